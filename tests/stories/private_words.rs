//! Private words: a canary in every field of a whole plan, which must reach nobody whom its step does
//! not name, in no page, mail or log; and must reach those whom it names.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use pilothouse::app::files::{Given, Upload};
use pilothouse::app::mentoring::{self, Answer as MentorAnswer};
use pilothouse::app::steps::{self, At};
use pilothouse::app::worlds::{self, PlanWorld};
use pilothouse::engine::access::{holder, may_read, roles};
use pilothouse::engine::form::{Answer, NOTE, asked};
use pilothouse::engine::plan::{Step, StepState};
use pilothouse::engine::release::{ColumnKind, ENTRY, Field, FieldKind, Notes, OWNER, SMART, StepDef};
use pilothouse::engine::vocabulary::{Lang, MemberId, PlanId, Role, StepKey};
use pilothouse::mail::reading::ReadMail;
use reqwest::StatusCode;

use crate::access::{answer, start, world};
use crate::harness::{Someone, TestApp, utc};
use crate::sign_in::{client, cookie_of};

/// Words that stand nowhere else: who wrote them, on which step, and who reads them.
#[derive(Debug, Clone)]
struct Canary {
    word: String,
    /// The step's page, and what was written there.
    page: String,
    kind: &'static str,
    readers: BTreeSet<&'static str>,
    /// What stands on the page now; an answer that was returned and replaced no longer does.
    is_current: bool,
}

/// One plan of the shipped program, lived through by its cast, with a canary in every field.
struct Lived {
    app: TestApp,
    plan: PlanId,
    /// Whom answers name.
    member: MemberId,
    people: Vec<(&'static str, Someone)>,
    canaries: Vec<Canary>,
    mails: Vec<ReadMail>,
}

const MARK: &str = "kanarie";

impl Lived {
    fn who(&self, name: &str) -> Someone {
        self.people.iter().find(|(known, _)| *known == name).expect("somebody").1.clone()
    }

    /// A word like no other.
    fn word(&mut self, page: &str, kind: &'static str, readers: BTreeSet<&'static str>) -> String {
        let word = format!("{MARK}{:05}", self.canaries.len());
        let page = page.to_owned();
        self.canaries.push(Canary { word: word.clone(), page, kind, readers, is_current: true });
        word
    }

    /// Whom a step names as its readers, and the author.
    fn readers(&self, world: &PlanWorld, def: &StepDef, author: &'static str) -> BTreeSet<&'static str> {
        let reads = |who: &Someone| may_read(&world.plan, def, who.viewer());
        let named = self.people.iter().filter(|(_, who)| reads(who)).map(|(name, _)| *name);
        named.chain([author]).collect()
    }

    /// Answers to everything that is asked, with a canary in every field that takes words.
    fn answers(&mut self, page: &str, asks: &[Field], readers: &BTreeSet<&'static str>) -> Given {
        let mut given = Given::default();
        for field in asks {
            if !asked(asks, &given.answers).contains(&field) {
                continue;
            }
            if matches!(field.kind, FieldKind::File { .. }) {
                let name = format!("{}.txt", self.word(page, "answer", readers.clone()));
                given.uploads.push(Upload { field: field.id.clone(), name, body: Some(b"words".as_slice().into()) });
                continue;
            }
            let answer = self.filled(page, field, readers);
            given.answers.0.insert(field.id.clone(), answer);
        }
        given
    }

    fn filled(&mut self, page: &str, field: &Field, readers: &BTreeSet<&'static str>) -> Answer {
        let one = |text: &str| Answer::One(text.to_owned());
        match &field.kind {
            FieldKind::LongText { min, max, .. } | FieldKind::Text { min, max, .. } => {
                let mut text = self.word(page, "answer", readers.clone());
                while text.chars().count() < *min as usize {
                    text += " and more";
                }
                assert!(text.chars().count() <= *max as usize, "{} has no room for a canary", field.id);
                Answer::One(text)
            }
            FieldKind::Choice { options } => one(&options[0].id),
            FieldKind::Several { options, min, .. } => {
                Answer::Many(options.iter().take(usize::from(*min).max(1)).map(|option| option.id.clone()).collect())
            }
            FieldKind::Scale { min, .. } => one(&min.to_string()),
            FieldKind::Number { min, .. } => one(&min.map_or("1".to_owned(), |min| min.to_string())),
            FieldKind::Date => one("2026-04-01"),
            FieldKind::Person => one(&self.member.to_string()),
            FieldKind::Link => one(&format!("https://example.com/{}", self.word(page, "answer", readers.clone()))),
            FieldKind::File { .. } => panic!("{} is uploaded, not typed", field.id),
            FieldKind::Smart { .. } => {
                let mut row = BTreeMap::new();
                for part in [OWNER].into_iter().chain(SMART) {
                    row.insert(part.to_owned(), format!("{} 20 %", self.word(page, "cell", readers.clone())));
                }
                row.insert(SMART[4].to_owned(), "2027-04-01".to_owned());
                // The last part is a date; its word is nowhere.
                self.canaries.pop();
                Answer::Rows(vec![row])
            }
            FieldKind::Rating { dimensions, min, notes, .. } => {
                let mut row = BTreeMap::new();
                for dimension in dimensions {
                    row.insert(dimension.id.clone(), min.to_string());
                    if *notes != Notes::None {
                        row.insert(format!("{}{NOTE}", dimension.id), self.word(page, "cell", readers.clone()));
                    }
                }
                Answer::Rows(vec![row])
            }
            FieldKind::Table { columns, min_rows, of, .. } => {
                let mut rows = Vec::new();
                let entries = of.iter().flat_map(|of| &of.open).map(|entry| Some(entry.key.clone()));
                let count = if of.is_some() { 0 } else { (*min_rows).max(1) };
                for entry in entries.chain((0..count).map(|_| None)) {
                    let mut row: BTreeMap<String, String> =
                        entry.into_iter().map(|key| (ENTRY.to_owned(), key)).collect();
                    for column in columns {
                        let cell = match &column.kind {
                            ColumnKind::Text => self.word(page, "cell", readers.clone()),
                            ColumnKind::Number => "1".to_owned(),
                            ColumnKind::Date => "2026-04-01".to_owned(),
                            ColumnKind::Person => self.member.to_string(),
                            ColumnKind::Choice { options } => options[0].id.clone(),
                        };
                        row.insert(column.id.clone(), cell);
                    }
                    rows.push(row);
                }
                Answer::Rows(rows)
            }
        }
    }

    async fn hand_in(&mut self, world: &PlanWorld, key: &StepKey, def: &StepDef) {
        let page = format!("/plans/{}/steps/{key}", self.plan);
        let doer = name_of(def.who);
        let readers = self.readers(world, def, doer);
        for canary in
            self.canaries.iter_mut().filter(|c| c.page == page && matches!(c.kind, "answer" | "cell" | "draft"))
        {
            canary.is_current = false;
        }
        let mut conn = self.app.pool.get().await.expect("a connection");
        let asks = worlds::asks(&mut conn, world, key, def).await.expect("what it asks");
        drop(conn);
        let given = self.answers(&page, &asks, &readers);
        let at = At { plan: self.plan, step: key.clone(), seen: None };
        let (who, moment) = (self.who(doer).viewer(), self.app.moment());
        let done = self.app.pool.in_transaction(async |tx| steps::hand_in(tx, who, &at, given, &moment).await).await;
        done.unwrap_or_else(|error| panic!("{key}: {error:?}"));
    }

    /// The reviewer's answer, with a line; the first one sends it back.
    async fn review(&mut self, world: &PlanWorld, key: &StepKey, def: &StepDef, is_accepted: bool) {
        let page = format!("/plans/{}/steps/{key}", self.plan);
        let reviewer = name_of(def.review.expect("a reviewer"));
        let line = self.word(&page, "line", self.readers(world, def, reviewer));
        let at = At { plan: self.plan, step: key.clone(), seen: None };
        let (who, moment) = (self.who(reviewer).viewer(), self.app.moment());
        let work = async |tx: &mut _| {
            if is_accepted {
                steps::accept(tx, who, &at, &line, &moment).await
            } else {
                steps::send_back(tx, who, &at, &line, &moment).await
            }
        };
        self.app.pool.in_transaction(work).await.unwrap_or_else(|error| panic!("{key}: {error:?}"));
    }

    /// A comment by one of the cast who read the step, each in their turn.
    async fn comment(&mut self, world: &PlanWorld, key: &StepKey, def: &StepDef) {
        let page = format!("/plans/{}/steps/{key}", self.plan);
        let at = At { plan: self.plan, step: key.clone(), seen: None };
        let cast = Role::ALL.map(name_of);
        let readers: Vec<_> =
            cast.into_iter().filter(|name| may_read(&world.plan, def, self.who(name).viewer())).collect();
        let name = readers[self.canaries.len() % readers.len()];
        let text = self.word(&page, "comment", self.readers(world, def, name));
        let (who, moment) = (self.who(name).viewer(), self.app.moment());
        let said = self.app.pool.in_transaction(async |tx| steps::comment(tx, who, &at, &text, &moment).await).await;
        said.unwrap_or_else(|error| panic!("{key}: {error:?}"));
    }

    async fn draft(&mut self, key: &StepKey, def: &StepDef) {
        let page = format!("/plans/{}/steps/{key}", self.plan);
        let doer = name_of(def.who);
        let given = self.answers(&page, &def.ask, &BTreeSet::from([doer]));
        for canary in self.canaries.iter_mut().filter(|c| c.page == page && matches!(c.kind, "answer" | "cell")) {
            canary.kind = "draft";
        }
        let at = At { plan: self.plan, step: key.clone(), seen: None };
        let (who, moment) = (self.who(doer).viewer(), self.app.moment());
        let kept = self.app.pool.in_transaction(async |tx| steps::save_draft(tx, who, &at, given, &moment).await).await;
        kept.unwrap_or_else(|error| panic!("{key}: {error:?}"));
    }

    /// Does all that can be done today. A ritual is done once; its later turns pass by.
    async fn live_a_day(&mut self) {
        loop {
            let world = world(&self.app, self.plan).await;
            let today = world.today(self.app.clock.now());
            let next = world.plan.steps.iter().find_map(|(key, step)| {
                let def = world.release.step(&key.id)?;
                let is_done = |(other, step): (&StepKey, &Step)| {
                    other.member == key.member && other.turn < key.turn && step.state.is_done()
                };
                let is_once_more = key.turn > def.listed().max(1) && world.plan.of(&def.id).any(is_done);
                let is_open = world.plan.standing(step, def, today).is_actionable() && !is_once_more;
                is_open.then(|| (key.clone(), def.clone()))
            });
            let Some((key, def)) = next else { return };
            self.hand_in(&world, &key, &def).await;
            if def.review.is_some() {
                self.review(&world, &key, &def, false).await;
                self.hand_in(&world, &key, &def).await;
                self.review(&world, &key, &def, true).await;
            }
            self.comment(&world, &key, &def).await;
        }
    }
}

/// The person of a role.
fn name_of(role: Role) -> &'static str {
    role.as_str()
}

async fn lived() -> Lived {
    let app = TestApp::at("2026-03-02T02:00:00Z").await;
    let person = async |name, email| app.person(name, email, Lang::En, false).await;
    let hr = app.person("Yvonne Wu", "hr@company.example", Lang::En, true).await;
    let colleague = app.person("Henry Ho", "henry@company.example", Lang::En, true).await;
    let manager = person("Grace Chen", "grace@company.example").await;
    let declined = person("Vincent Chang", "vincent@company.example").await;
    let mentor = person("Kevin Lin", "kevin@company.example").await;
    let superior = person("Diane Wu", "diane@company.example").await;
    let other_manager = person("Emily Tsai", "emily@company.example").await;
    let other_mentor = person("Priya Raman", "priya@company.example").await;
    let member = app.join(&hr, &manager, "Member One", "2026-03-02").await;
    app.join(&hr, &other_manager, "Member Two", "2026-03-02").await;
    // One superior over both, and one HR: nearness gives no right to words.
    let plan = start(&app, (&manager, &superior, &declined, &hr)).await;
    let other = start(&app, (&other_manager, &superior, &other_mentor, &hr)).await;
    answer(&app, &other_mentor, other, MentorAnswer::Accept).await;
    let people = vec![
        ("manager", manager),
        ("mentor", mentor),
        ("superior", superior),
        ("hr", hr),
        ("hr colleague", colleague),
        ("other manager", other_manager),
        ("other mentor", other_mentor),
        ("declined mentor", declined),
    ];
    let mut lived = Lived { app, plan, member, people, canaries: Vec::new(), mails: Vec::new() };
    let no = lived.word("", "declining", BTreeSet::from(["hr", "hr colleague", "declined mentor"]));
    answer(&lived.app, &lived.who("declined mentor"), plan, MentorAnswer::Decline { line: no }).await;
    let (hr, mentor, moment) = (lived.who("hr").viewer(), lived.who("mentor"), lived.app.moment());
    let asked =
        lived.app.pool.in_transaction(async |tx| mentoring::ask(tx, hr, plan, mentor.id, &[], &moment).await).await;
    asked.expect("asked");
    answer(&lived.app, &mentor, plan, MentorAnswer::Accept).await;
    // Every Monday of a quarter, at ten in the morning in Taipei.
    for day in (0..93).step_by(7) {
        lived.app.clock.travel_to(utc("2026-03-02T02:00:00Z") + chrono::TimeDelta::days(day));
        lived.app.deliver().await;
        lived.live_a_day().await;
        let mails = lived.app.mails();
        lived.mails.extend(mails);
    }
    let world = world(&lived.app, plan).await;
    let today = world.today(lived.app.clock.now());
    let begun = world.plan.steps.iter().find_map(|(key, step)| {
        let def = world.release.step(&key.id)?;
        let is_open = world.plan.standing(step, def, today).is_actionable() && !def.ask.is_empty();
        is_open.then(|| (key.clone(), def.clone()))
    });
    let (key, def) = begun.expect("a later turn of a ritual is open");
    lived.draft(&key, &def).await;
    lived
}

/// Every page that somebody reaches by links from their own, and every step of the plan: address and
/// what it shows. Of another plan's steps one stands for all, which are alike.
async fn pages_of(lived: &Lived, who: &Someone, steps: &[String]) -> BTreeMap<String, (StatusCode, String)> {
    let cookie = cookie_of(&lived.app, who).await;
    let (client, plan) = (client(), lived.plan.to_string());
    let mut pages = BTreeMap::new();
    let mut to_visit: Vec<String> =
        ["/", "/today", "/queue", "/gates", "/progress", "/people", "/settings", "/plans/new", "/curricula"]
            .map(str::to_owned)
            .to_vec();
    to_visit.extend(steps.iter().cloned());
    let mut seen: BTreeSet<String> = to_visit.iter().cloned().collect();
    while let Some(path) = to_visit.pop() {
        let request = client.get(format!("{}{path}", lived.app.base_url)).header("cookie", &cookie);
        let answer = request.send().await.expect("an answer");
        let (status, page) = (answer.status(), answer.text().await.unwrap_or_default());
        let hrefs = page.split("href=\"").skip(1).filter_map(|rest| rest.split(['"', '#']).next());
        let is_like_another =
            |href: &str| href.contains("/steps/") && !href.ends_with("/name_the_unease") && !href.contains(&plan);
        for href in hrefs.filter(|href| href.starts_with('/') && !href.starts_with("/assets/")) {
            if !is_like_another(href) && seen.insert(href.to_owned()) {
                to_visit.push(href.to_owned());
            }
        }
        pages.insert(path, (status, page));
    }
    pages
}

fn words_in(text: &str) -> BTreeSet<String> {
    let after = text.match_indices(MARK).map(|(at, _)| &text[at..]);
    after.map(|rest| rest.chars().take(MARK.len() + 5).collect()).collect()
}

#[actix_web::test]
#[ignore = "run by the story below, which reads its log"]
async fn lived_through() {
    let lived = lived().await;
    lived.app.assert_no_drift().await;
    let world = world(&lived.app, lived.plan).await;
    let steps: Vec<String> = world.plan.steps.keys().map(|key| format!("/plans/{}/steps/{key}", lived.plan)).collect();
    let by_word: BTreeMap<&str, &Canary> = lived.canaries.iter().map(|c| (c.word.as_str(), c)).collect();
    let kinds: BTreeSet<&str> = lived.canaries.iter().map(|c| c.kind).collect();
    assert_eq!(kinds, BTreeSet::from(["answer", "cell", "comment", "declining", "draft", "line"]));
    // Every step that asks for words, and had opened a week before the end, has met the story.
    let last = lived.app.moment().now.date_naive() - chrono::Days::new(7);
    let has_opened = |def: &StepDef| {
        def.when.is_none() && world.plan.of(&def.id).next().is_some_and(|(_, step)| step.due.date <= last)
    };
    let asking: BTreeSet<&str> =
        world.release.steps().filter(|def| has_words(def) && has_opened(def)).map(|def| def.id.as_str()).collect();
    let met: BTreeSet<&str> = lived
        .canaries
        .iter()
        .filter(|c| matches!(c.kind, "answer" | "cell"))
        .filter_map(|c| c.page.rsplit('/').next()?.split('.').next())
        .collect();
    assert_eq!(asking.difference(&met).collect::<Vec<_>>(), Vec::<&&str>::new());
    assert!(world.plan.steps.values().filter(|step| matches!(step.state, StepState::Done { .. })).count() > 30);

    let mut leaks = Vec::new();
    let mut hidden = Vec::new();
    for (name, who) in &lived.people {
        let pages = pages_of(&lived, who, &steps).await;
        for (path, (_, page)) in &pages {
            for word in words_in(page) {
                let canary = by_word[word.as_str()];
                if !canary.readers.contains(name) {
                    leaks.push(format!("{name} reads {} ({}) on {path}", canary.page, canary.kind));
                }
            }
        }
        let named = lived.canaries.iter().filter(|c| c.is_current && !c.page.is_empty() && c.readers.contains(name));
        let unread = named.filter(|canary| !pages[&canary.page].1.contains(&canary.word));
        hidden.extend(unread.map(|canary| format!("{name} does not read {} ({}) ", canary.page, canary.kind)));
        let expected = if roles(&world.plan, who.viewer()).is_empty() { StatusCode::NOT_FOUND } else { StatusCode::OK };
        assert_eq!(steps.iter().find(|step| pages[*step].0 != expected), None, "{name}");
    }
    let nobody = client().get(format!("{}{}", lived.app.base_url, steps[0])).send().await.expect("an answer");
    assert_eq!(nobody.status(), StatusCode::SEE_OTHER);
    assert_eq!(leaks, Vec::<String>::new());
    assert_eq!(hidden, Vec::<String>::new());

    let previews: BTreeSet<&str> = lived.mails.iter().filter_map(|mail| mail.text.lines().next()).collect();
    assert!(lived.mails.len() > 40 && previews.len() > 10, "{} mails, {previews:?}", lived.mails.len());
    let shown = lived.mails.iter().find(|mail| {
        let attached = mail.attachments.iter().any(|part| part.name.contains(MARK));
        let preview = mail.text.lines().next().unwrap_or_default();
        mail.subject.contains(MARK) || preview.contains(MARK) || attached
    });
    assert!(shown.is_none(), "a lock screen would show it: {shown:?}");
    // What reports to somebody comes to them, and to nobody else.
    let mut reported = BTreeSet::new();
    for mail in &lived.mails {
        let reader = lived.people.iter().find(|(_, who)| who.email == mail.to[0].address).map(|(name, _)| *name);
        for word in words_in(&mail.text).into_iter().chain(words_in(&mail.html)) {
            let canary = by_word[word.as_str()];
            let key: StepKey = canary.page.rsplit('/').next().and_then(|key| key.parse().ok()).expect("a step");
            // By itself, or beside a step that comes after it and is to be judged from the mail.
            let carries = |def: &&StepDef| def.id == key.id || def.review.is_some() && def.after.contains(&key.id);
            let role = world.release.steps().filter(carries).find_map(|def| def.report);
            let to = role.and_then(|role| holder(&world.plan, role));
            let to = lived.people.iter().find(|(_, who)| Some(who.id) == to).map(|(name, _)| *name);
            assert!(
                matches!(canary.kind, "answer" | "cell")
                    && reader == to
                    && canary.readers.contains(to.unwrap_or_default()),
                "{mail:?}"
            );
            reported.insert(reader);
        }
    }
    assert_eq!(reported.len(), 1, "the superior alone: {reported:?}");
}

fn has_words(def: &StepDef) -> bool {
    // What depends on another answer need not be asked.
    def.ask.iter().filter(|field| field.when.is_none()).any(|field| match &field.kind {
        FieldKind::LongText { .. } | FieldKind::Text { .. } | FieldKind::Link | FieldKind::File { .. } => true,
        FieldKind::Smart { .. } => true,
        FieldKind::Rating { notes, .. } => *notes != Notes::None,
        FieldKind::Table { columns, .. } => columns.iter().any(|column| matches!(column.kind, ColumnKind::Text)),
        _ => false,
    })
}

/// The story runs in a process of its own, whose log at debug level is then searched.
#[test]
fn a_canary_in_every_private_answer_appears_in_no_page_mail_digest_or_log_of_anyone_outside_visible_to() {
    let program = std::env::current_exe().expect("this program");
    let story = ["--exact", "private_words::lived_through", "--ignored", "--nocapture"];
    let ran = Command::new(program)
        .args(story)
        .env("RUST_LOG", "debug")
        .env("RUST_BACKTRACE", "0")
        .output()
        .expect("it runs");
    let log = String::from_utf8_lossy(&ran.stderr).into_owned() + &String::from_utf8_lossy(&ran.stdout);

    let last: Vec<&str> = log.lines().rev().take(60).collect();
    assert!(ran.status.success(), "{}", last.into_iter().rev().collect::<Vec<_>>().join("\n"));
    assert!(log.contains("1 passed") && log.contains("DEBUG") && log.contains("answered"), "the log was not there");
    // A database driver may print parameters as numbers.
    let bytes = format!("{:?}", MARK.as_bytes());
    let bytes = bytes.trim_matches(['[', ']']);
    let told: Vec<&str> = log.lines().filter(|line| line.contains(MARK) || line.contains(bytes)).take(3).collect();
    assert_eq!(told, Vec::<&str>::new());
}
