//! Who may see and do what: every route for every kind of visitor, and private words that must reach
//! nobody whom their step does not name.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use pilothouse::app::mentoring::{self, Answer as MentorAnswer};
use pilothouse::app::plans::{self, NewPlan};
use pilothouse::app::steps::{self, At};
use pilothouse::app::worlds::{self, PlanWorld};
use pilothouse::engine::access::{Actor, may_read, roles};
use pilothouse::engine::form::{Answer, Answers};
use pilothouse::engine::plan::StepState;
use pilothouse::engine::release::{ColumnKind, Field, FieldKind, StepDef};
use pilothouse::engine::vocabulary::{Lang, MemberId, PlanId, Role, StepKey};
use pilothouse::mail::reading::ReadMail;
use reqwest::{Method, StatusCode};

use crate::browser::Browser;
use crate::harness::{Someone, TestApp, date, link_in, utc};
use crate::sign_in::{client, cookie_of, csrf_of};

/// A route as the source declares it, with an address at which this company has something.
#[derive(Debug, Clone)]
pub struct Route {
    pub method: Method,
    pub pattern: String,
    pub path: String,
}

/// Two managers with mentors, and a third whose mentor has not answered.
pub struct Company {
    pub app: TestApp,
    pub hr: Someone,
    pub manager: Someone,
    pub mentor: Someone,
    pub superior: Someone,
    pub other_manager: Someone,
    pub other_mentor: Someone,
    pub asked: Someone,
    pub plan: PlanId,
    pub asked_plan: PlanId,
    member: MemberId,
    release: String,
    asset: String,
    /// The secret of the asked mentor's link.
    secret: String,
}

/// Routes as they are declared in the source, so that none can be forgotten here.
fn declared() -> Vec<(Method, String)> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/web/pages");
    let mut found = Vec::new();
    for entry in folder.read_dir().expect("handlers").flatten() {
        if entry.file_name() == "demo.rs" {
            continue;
        }
        let text = std::fs::read_to_string(entry.path()).expect("a file");
        for line in text.lines() {
            let get = line.strip_prefix("#[get(\"").map(|rest| (Method::GET, rest));
            let post = line.strip_prefix("#[post(\"").map(|rest| (Method::POST, rest));
            if let Some((method, rest)) = get.or(post) {
                found.push((method, rest.split('"').next().expect("a pattern").to_owned()));
            }
        }
    }
    found.sort_by_key(|(method, pattern)| (pattern.clone(), method.to_string()));
    found
}

impl Company {
    /// Every route, at this company's first plan.
    pub fn routes(&self) -> Vec<Route> {
        self.routes_at(&self.plan.to_string(), &self.member.to_string(), &self.manager.id.to_string())
    }

    fn routes_at(&self, plan: &str, member: &str, person: &str) -> Vec<Route> {
        let fill = |pattern: &str| {
            let segments = pattern.split('/').map(|segment| match segment.split([':', '}']).next() {
                Some("{plan") => plan,
                Some("{key") => "name_the_unease",
                Some("{id") if pattern.starts_with("/members/") => member,
                Some("{id") => person,
                Some("{hash") => &self.release,
                Some("{name") => &self.asset,
                Some("{secret") => &self.secret,
                Some(new) if new.starts_with('{') => panic!("{pattern}: what stands for {new}?"),
                _ => segment,
            });
            segments.collect::<Vec<_>>().join("/")
        };
        declared()
            .into_iter()
            .map(|(method, pattern)| Route { path: fill(&pattern), method, pattern })
            .collect()
    }
}

async fn start(app: &TestApp, cast: (&Someone, &Someone, &Someone, &Someone)) -> PlanId {
    let (manager, superior, mentor, hr) = cast;
    let new = NewPlan {
        program: "sales_manager".to_owned(),
        manager: manager.id,
        superior: superior.id,
        hr: hr.id,
        mentor: Some(mentor.id),
        effective: date("2026-03-02"),
        calendar: None,
    };
    let (moment, hr) = (app.moment(), Actor::Person(hr.viewer()));
    app.pool.in_transaction(async |tx| plans::start(tx, hr, &new, &moment).await).await.expect("a plan")
}

async fn answer(app: &TestApp, mentor: &Someone, plan: PlanId, answer: MentorAnswer) {
    let (who, moment) = (mentor.viewer(), app.moment());
    let answered = app.pool.in_transaction(async |tx| mentoring::answer(tx, who, plan, answer, &moment).await).await;
    answered.expect("an answer");
}

/// The company of the stories about access, on the first morning of three plans.
pub async fn company() -> Company {
    let app = TestApp::at("2026-03-02T02:00:00Z").await;
    let person = async |name, email| app.person(name, email, Lang::En, false).await;
    let hr = app.person("Yvonne Wu", "hr@company.example", Lang::En, true).await;
    let manager = person("Grace Chen", "grace@company.example").await;
    let mentor = person("Kevin Lin", "kevin@company.example").await;
    let superior = person("Diane Wu", "diane@company.example").await;
    let other_manager = person("Emily Tsai", "emily@company.example").await;
    let other_mentor = person("Priya Raman", "priya@company.example").await;
    let other_superior = person("Olivia Hsu", "olivia@company.example").await;
    let third = person("Daniel Lin", "daniel@company.example").await;
    let asked = person("Vincent Chang", "vincent@company.example").await;
    let member = app.join(&hr, &manager, "Member One", "2026-03-02").await;
    app.join(&hr, &other_manager, "Member Two", "2026-03-02").await;
    let plan = start(&app, (&manager, &superior, &mentor, &hr)).await;
    let other = start(&app, (&other_manager, &other_superior, &other_mentor, &hr)).await;
    let asked_plan = start(&app, (&third, &other_superior, &asked, &hr)).await;
    answer(&app, &mentor, plan, MentorAnswer::Accept).await;
    answer(&app, &other_mentor, other, MentorAnswer::Accept).await;
    app.deliver().await;
    let mails = app.mails();
    let request = mails.iter().find_map(|mail| link_in(&mail.text, "/mentor-answer/")).expect("a mentor's request");
    let secret = request.rsplit('/').next().expect("a secret").to_owned();
    let mut visitor = Browser::new(&app.base_url);
    visitor.get("/sign-in").await;
    let asset = visitor.html.split("/assets/").nth(1).and_then(|rest| rest.split('"').next()).expect("an asset");
    let asset = asset.to_owned();
    let release = world(&app, plan).await.plan.release;
    Company {
        app,
        hr,
        manager,
        mentor,
        superior,
        other_manager,
        other_mentor,
        asked,
        plan,
        asked_plan,
        member,
        release,
        asset,
        secret,
    }
}

async fn world(app: &TestApp, plan: PlanId) -> PlanWorld {
    let mut conn = app.pool.get().await.expect("a connection");
    worlds::find(&mut conn, Actor::Program.scope(), plan).await.expect("the plan")
}

/// Asks for a route as somebody with a session of their own, with an empty form that bears its token.
async fn answered(app: &TestApp, route: &Route, who: Option<&Someone>) -> (StatusCode, String) {
    let cookie = match who {
        Some(who) => cookie_of(app, who).await,
        None => String::new(),
    };
    let request = client().request(route.method.clone(), format!("{}{}", app.base_url, route.path));
    let request = request.header("accept-language", "en").header("cookie", &cookie);
    let request =
        if route.method == Method::POST { request.form(&[("csrf", csrf_of(&cookie))]) } else { request };
    let answer = request.send().await.expect("an answer");
    (answer.status(), answer.text().await.unwrap_or_default())
}

/// What each visitor is answered: nobody, the manager, another manager, the mentor, another mentor, an
/// asked mentor, the superior, HR. Forms are empty, so whoever may act hears 400, 409 or 422 for what
/// is missing, and 303 only where there is nothing to fill in.
const MATRIX: &str = "
GET  /                                     303 303 303 303 303 303 303 303
GET  /assets/{name}                        200 200 200 200 200 200 200 200
GET  /curricula                            303 404 404 404 404 404 404 200
GET  /curricula/{hash}                     303 404 404 404 404 404 404 200
GET  /gates                                303 200 200 200 200 200 200 200
GET  /healthz                              200 200 200 200 200 200 200 200
POST /language                             400 400 400 400 400 400 400 400
GET  /members/{id}/leave                   303 404 404 404 404 404 404 303
POST /members/{id}/leave                   303 404 404 404 404 404 404 422
GET  /mentor-answer/{secret}               200 200 200 200 200 200 200 200
POST /mentor-answer/{secret}/accept        303 303 303 303 303 303 303 303
POST /mentor-answer/{secret}/decline       303 303 303 303 303 303 303 303
POST /mentor-requests/{plan}/accept        303 409 409 409 409 409 409 409
POST /mentor-requests/{plan}/decline       303 409 409 409 409 409 409 409
GET  /people                               303 404 404 404 404 404 404 200
POST /people                               303 404 404 404 404 404 404 400
GET  /people/new                           303 404 404 404 404 404 404 200
GET  /people/{id}                          303 404 404 404 404 404 404 200
POST /people/{id}                          303 404 404 404 404 404 404 400
GET  /people/{id}/members                  303 404 404 404 404 404 404 303
POST /people/{id}/members                  303 404 404 404 404 404 404 422
GET  /plans                                303 404 404 404 404 404 404 303
POST /plans                                303 404 404 404 404 404 404 422
GET  /plans/new                            303 404 404 404 404 404 404 200
GET  /plans/preview                        303 404 404 404 404 404 404 303
POST /plans/preview                        303 404 404 404 404 404 404 422
GET  /plans/{plan}                         303 200 404 200 404 404 200 200
GET  /plans/{plan}/mentor                  303 404 404 404 404 404 404 303
POST /plans/{plan}/mentor                  303 404 404 404 404 404 404 400
GET  /plans/{plan}/steps/{key}             303 200 404 200 404 404 200 200
POST /plans/{plan}/steps/{key}/accept      303 409 404 409 404 404 409 409
POST /plans/{plan}/steps/{key}/comment     303 422 404 422 404 404 422 422
POST /plans/{plan}/steps/{key}/draft       303 303 404 409 404 404 409 409
POST /plans/{plan}/steps/{key}/hand-in     303 422 404 409 404 404 409 409
POST /plans/{plan}/steps/{key}/return      303 409 404 409 404 404 409 409
POST /plans/{plan}/steps/{key}/take-back   303 409 404 409 404 404 409 409
GET  /progress                             303 404 404 404 404 404 404 200
GET  /queue                                303 200 200 200 200 200 200 200
GET  /readyz                               200 200 200 200 200 200 200 200
GET  /settings                             303 200 200 200 200 200 200 200
POST /settings                             303 400 400 400 400 400 400 400
GET  /sign-in                              200 200 200 200 200 200 200 200
POST /sign-in                              200 200 200 200 200 200 200 200
GET  /sign-in/{secret}                     200 200 200 200 200 200 200 200
POST /sign-in/{secret}                     200 200 200 200 200 200 200 200
POST /sign-out                             303 303 303 303 303 303 303 303
GET  /today                                303 200 200 200 200 200 200 200
";

#[actix_web::test]
async fn every_route_answers_every_visitor_as_the_table_says() {
    let company = company().await;
    let visitors = [
        None,
        Some(&company.manager),
        Some(&company.other_manager),
        Some(&company.mentor),
        Some(&company.other_mentor),
        Some(&company.asked),
        Some(&company.superior),
        Some(&company.hr),
    ];

    let mut table = String::from("\n");
    for route in company.routes() {
        let mut statuses = Vec::new();
        for visitor in visitors {
            statuses.push(answered(&company.app, &route, visitor).await.0.as_str().to_owned());
        }
        table += &format!("{:<4} {:<37} {}\n", route.method.as_str(), short(&route.pattern), statuses.join(" "));
    }

    assert!(table == MATRIX, "{table}");
    company.app.assert_no_drift().await;
}

/// A pattern without its regular expression.
fn short(pattern: &str) -> String {
    let segments = pattern.split('/').map(|segment| match segment.split_once(':') {
        Some((name, _)) => format!("{name}}}"),
        None => segment.to_owned(),
    });
    segments.collect::<Vec<_>>().join("/")
}

const NOWHERE: &str = "01a00000-0000-7000-8000-000000000000";

#[actix_web::test]
async fn what_is_not_yours_looks_like_what_is_not_there() {
    let company = company().await;
    let there = company.routes();
    let nowhere = company.routes_at(NOWHERE, NOWHERE, NOWHERE);
    let strangers = [&company.other_manager, &company.other_mentor, &company.asked];
    let hide = |page: &str| {
        let ids = [company.plan.to_string(), company.member.to_string(), company.manager.id.to_string()];
        let mut page = ids.iter().fold(page.to_owned(), |page, id| page.replace(id.as_str(), NOWHERE));
        // Each request has a session of its own, and so a token of its own.
        while let Some(at) = page.find("name=\"csrf\" value=\"") {
            page.replace_range(at..at + 18 + 64, "");
        }
        page
    };

    let mut compared = 0;
    for (there, nowhere) in there.iter().zip(&nowhere).filter(|(there, nowhere)| there.path != nowhere.path) {
        for stranger in strangers {
            let (status, page) = answered(&company.app, there, Some(stranger)).await;
            let (missing, empty) = answered(&company.app, nowhere, Some(stranger)).await;
            assert_eq!(status, missing, "{} {}", there.method, there.pattern);
            assert_eq!(hide(&page), hide(&empty), "{} {}", there.method, there.pattern);
            assert!(!status.is_success() && !status.is_redirection(), "{} {status}", there.pattern);
            compared += 1;
        }
    }
    assert!(compared > 30, "{compared}");
}

#[actix_web::test]
async fn an_asked_mentor_sees_the_question_and_nothing_of_the_plan_until_they_say_yes() {
    let company = company().await;
    let (app, plan) = (&company.app, company.asked_plan);
    let get = |path: String| Route { method: Method::GET, pattern: path.clone(), path };
    let page = get(format!("/plans/{plan}"));
    let step = get(format!("/plans/{plan}/steps/name_the_unease"));
    let queue = get("/queue".to_owned());

    let before = answered(app, &page, Some(&company.asked)).await.0;
    let step_before = answered(app, &step, Some(&company.asked)).await.0;
    let (_, question) = answered(app, &queue, Some(&company.asked)).await;
    answer(app, &company.asked, plan, MentorAnswer::Accept).await;

    assert_eq!((before, step_before), (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND));
    assert!(question.contains("Daniel Lin") && !question.contains("Grace Chen"), "{question}");
    assert_eq!(answered(app, &page, Some(&company.asked)).await.0, StatusCode::OK);
    assert_eq!(answered(app, &step, Some(&company.asked)).await.0, StatusCode::OK);
}

#[actix_web::test]
async fn a_mentor_who_was_replaced_is_out_with_the_next_request() {
    let company = company().await;
    let (app, plan) = (&company.app, company.plan);
    let page = Route { method: Method::GET, pattern: String::new(), path: format!("/plans/{plan}") };
    assert_eq!(answered(app, &page, Some(&company.mentor)).await.0, StatusCode::OK);

    let (hr, asked, moment) = (company.hr.viewer(), company.asked.id, app.moment());
    app.pool.in_transaction(async |tx| mentoring::ask(tx, hr, plan, asked, &moment).await).await.expect("asked");

    assert_eq!(answered(app, &page, Some(&company.mentor)).await.0, StatusCode::NOT_FOUND);
}

// ---- private words ----

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

    /// Answers to everything that a step asks, with a canary in every field that takes words.
    fn answers(&mut self, page: &str, def: &StepDef, readers: &BTreeSet<&'static str>) -> Answers {
        let mut given = BTreeMap::new();
        for field in &def.ask {
            let answer = self.filled(page, field, readers);
            given.insert(field.id.clone(), answer);
        }
        Answers(given)
    }

    fn filled(&mut self, page: &str, field: &Field, readers: &BTreeSet<&'static str>) -> Answer {
        let one = |text: &str| Answer::One(text.to_owned());
        match &field.kind {
            FieldKind::Text { min, max, .. } => {
                let mut text = self.word(page, "answer", readers.clone());
                while text.chars().count() < *min as usize {
                    text += " and more";
                }
                assert!(text.chars().count() <= *max as usize, "{} has no room for a canary", field.id);
                Answer::One(text)
            }
            FieldKind::Choice { options } => one(&options[0].id),
            FieldKind::Scale { min, .. } => one(&min.to_string()),
            FieldKind::Number { min, .. } => one(&min.map_or("1".to_owned(), |min| min.to_string())),
            FieldKind::Date => one("2026-04-01"),
            FieldKind::Table { columns, min_rows, .. } => {
                let mut rows = Vec::new();
                for _ in 0..(*min_rows).max(1) {
                    let mut row = BTreeMap::new();
                    for column in columns {
                        let cell = match &column.kind {
                            ColumnKind::Text => self.word(page, "cell", readers.clone()),
                            ColumnKind::Number => "1".to_owned(),
                            ColumnKind::Date => "2026-04-01".to_owned(),
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
        for canary in self.canaries.iter_mut().filter(|c| c.page == page && matches!(c.kind, "answer" | "cell" | "draft")) {
            canary.is_current = false;
        }
        let given = self.answers(&page, def, &readers);
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

    async fn comment(&mut self, world: &PlanWorld, key: &StepKey, def: &StepDef) {
        let page = format!("/plans/{}/steps/{key}", self.plan);
        let at = At { plan: self.plan, step: key.clone(), seen: None };
        for name in ["manager", "mentor", "superior", "hr"] {
            let who = self.who(name).viewer();
            if !may_read(&world.plan, def, who) {
                continue;
            }
            let text = self.word(&page, "comment", self.readers(world, def, name));
            let moment = self.app.moment();
            let said = self.app.pool.in_transaction(async |tx| steps::comment(tx, who, &at, &text, &moment).await).await;
            said.unwrap_or_else(|error| panic!("{key}: {error:?}"));
        }
    }

    async fn draft(&mut self, key: &StepKey, def: &StepDef) {
        let page = format!("/plans/{}/steps/{key}", self.plan);
        let doer = name_of(def.who);
        let given = self.answers(&page, def, &BTreeSet::from([doer]));
        for canary in self.canaries.iter_mut().filter(|c| c.page == page && matches!(c.kind, "answer" | "cell")) {
            canary.kind = "draft";
        }
        let at = At { plan: self.plan, step: key.clone(), seen: None };
        let (who, moment) = (self.who(doer).viewer(), self.app.moment());
        let kept = self.app.pool.in_transaction(async |tx| steps::save_draft(tx, who, &at, &given, &moment).await).await;
        kept.unwrap_or_else(|error| panic!("{key}: {error:?}"));
    }

    /// Does all that can be done today. A ritual is done once; its later turns pass by.
    async fn live_a_day(&mut self) {
        loop {
            let world = world(&self.app, self.plan).await;
            let today = world.today(self.app.clock.now());
            let next = world.plan.steps.iter().find_map(|(key, step)| {
                let def = world.release.step(&key.id)?;
                let is_later_turn = key.turn > def.listed().max(1);
                let is_open = world.plan.standing(step, def, today).is_actionable() && !is_later_turn;
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
    app.join(&hr, &manager, "Member One", "2026-03-02").await;
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
    let mut lived = Lived { app, plan, people, canaries: Vec::new(), mails: Vec::new() };
    let no = lived.word("", "declining", BTreeSet::from(["hr", "hr colleague", "declined mentor"]));
    answer(&lived.app, &lived.who("declined mentor"), plan, MentorAnswer::Decline { line: no }).await;
    let (hr, mentor, moment) = (lived.who("hr").viewer(), lived.who("mentor"), lived.app.moment());
    let asked = lived.app.pool.in_transaction(async |tx| mentoring::ask(tx, hr, plan, mentor.id, &moment).await).await;
    asked.expect("asked");
    answer(&lived.app, &mentor, plan, MentorAnswer::Accept).await;
    // Every third day of a quarter, at ten in the morning in Taipei.
    for day in (0..93).step_by(3) {
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
/// what it shows.
async fn pages_of(lived: &Lived, who: &Someone, steps: &[String]) -> BTreeMap<String, (StatusCode, String)> {
    let cookie = cookie_of(&lived.app, who).await;
    let client = client();
    let mut pages = BTreeMap::new();
    let mut to_visit: Vec<String> = ["/", "/today", "/queue", "/gates", "/progress", "/people", "/settings", "/plans/new", "/curricula"]
        .map(str::to_owned)
        .to_vec();
    to_visit.extend(steps.iter().cloned());
    let mut seen: BTreeSet<String> = to_visit.iter().cloned().collect();
    while let Some(path) = to_visit.pop() {
        let request = client.get(format!("{}{path}", lived.app.base_url)).header("cookie", &cookie);
        let answer = request.send().await.expect("an answer");
        let (status, page) = (answer.status(), answer.text().await.unwrap_or_default());
        let html = scraper::Html::parse_document(&page);
        let links = scraper::Selector::parse("a[href]").expect("a selector");
        let hrefs = html.select(&links).filter_map(|a| a.value().attr("href"));
        for href in hrefs.filter(|href| href.starts_with('/') && !href.starts_with("/assets/")) {
            let href = href.split('#').next().unwrap_or(href).to_owned();
            if seen.insert(href.clone()) {
                to_visit.push(href);
            }
        }
        drop(html);
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
async fn private_words_lived_through() {
    let lived = lived().await;
    lived.app.assert_no_drift().await;
    let world = world(&lived.app, lived.plan).await;
    let steps: Vec<String> = world.plan.steps.keys().map(|key| format!("/plans/{}/steps/{key}", lived.plan)).collect();
    let by_word: BTreeMap<&str, &Canary> = lived.canaries.iter().map(|c| (c.word.as_str(), c)).collect();
    let kinds: BTreeSet<&str> = lived.canaries.iter().map(|c| c.kind).collect();
    assert_eq!(kinds, BTreeSet::from(["answer", "cell", "comment", "declining", "draft", "line"]));
    // Every step that asks for words has met the story.
    let asking: BTreeSet<&str> = world.release.steps().filter(|def| has_words(def)).map(|def| def.id.as_str()).collect();
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

    let subjects: BTreeSet<&str> = lived.mails.iter().map(|mail| mail.subject.as_str()).collect();
    assert!(lived.mails.len() > 60 && subjects.len() > 10, "{} mails, {subjects:?}", lived.mails.len());
    let told = lived.mails.iter().find(|mail| {
        let attached = mail.attachments.iter().any(|part| part.name.contains(MARK));
        mail.text.contains(MARK) || mail.html.contains(MARK) || mail.subject.contains(MARK) || attached
    });
    assert!(told.is_none(), "{told:?}");
}

/// Fields of a form that satisfy all that a step asks, for stories about something else.
pub async fn answers_to(app: &TestApp, plan: PlanId, step: &str) -> Vec<(String, String)> {
    let world = world(app, plan).await;
    let key: StepKey = step.parse().expect("a step");
    let def = world.release.step(&key.id).expect("its definition");
    let words = |min: u32| "words ".repeat(min as usize / 6 + 1);
    let one = |field: &Field| match &field.kind {
        FieldKind::Text { min, .. } => words(*min),
        FieldKind::Choice { options } => options[0].id.clone(),
        FieldKind::Scale { min, .. } => min.to_string(),
        FieldKind::Number { min, .. } => min.map_or("1".to_owned(), |min| min.to_string()),
        FieldKind::Date => "2026-04-01".to_owned(),
        FieldKind::Table { .. } => panic!("{step} has a table"),
    };
    def.ask.iter().map(|field| (field.id.clone(), one(field))).collect()
}

fn has_words(def: &StepDef) -> bool {
    def.ask.iter().any(|field| match &field.kind {
        FieldKind::Text { .. } => true,
        FieldKind::Table { columns, .. } => columns.iter().any(|column| matches!(column.kind, ColumnKind::Text)),
        _ => false,
    })
}

/// The story runs in a process of its own, whose log at debug level is then searched.
#[test]
fn a_canary_in_every_private_answer_appears_in_no_page_mail_digest_or_log_of_anyone_outside_visible_to() {
    let program = std::env::current_exe().expect("this program");
    let story = ["--exact", "access::private_words_lived_through", "--ignored", "--nocapture"];
    let ran = Command::new(program).args(story).env("RUST_LOG", "debug").output().expect("it runs");
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
