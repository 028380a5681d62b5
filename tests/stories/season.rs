//! A short plan in which every kind of letter is sent, in one language.

use pilothouse::app::arrange::{self, Wish};
use pilothouse::app::meetings::{self, Given};
use pilothouse::app::mentoring::Answer as Yes;
use pilothouse::app::plans::{self, NewPlan};
use pilothouse::app::steps::{self, At};
use pilothouse::app::{publish, sign_in};
use pilothouse::curriculum::SourceFile;
use pilothouse::engine::access::Actor;
use pilothouse::engine::arrange::Ending;
use pilothouse::engine::form::{Answer, Answers};
use pilothouse::engine::vocabulary::{Lang, PlanId, StepKey};
use pilothouse::mail::{Mailer, Sender};
use pilothouse::store;
use pilothouse::store::outbox::{self, Kind, Owed};

use crate::access::{answer, world};
use crate::harness::{Someone, TestApp, date, utc};

/// What mail programs must show as it is: quotes, commas and two scripts.
pub const MANAGER: &str = "陳怡君 \"Grace\" Chen, 業務部";
pub const TALK: [&str; 2] = [
    "The first talk; goals, habits and what your mentor would do again in the first ninety days",
    "第一次導師談話：角色轉換、九十天的目標，以及前三個月最想避免的三個錯誤",
];
pub const PLACE: &str = "台北總部 3 樓, 會議室「玉山」; 靠窗";

/// What relays and programs may trip over: a lone dot, a line that begins like a mailbox's, a signature.
const WORDS: &str = "15 of 18 renewals.\n.\nFrom here on: 張先生。\n-- \nGrace";

/// Who reads no mail: there is no such mailbox.
pub const UNKNOWN: &str = "nobody@company.example";

const PROGRAM: &str = "
program: season
title: {en: A season, zh-TW: 一季}
summary: {en: A short program., zh-TW: 一個短的方案。}
curricula: [season]
cast: [mentor, superior, hr]
checkpoints: [B4]
mail: {urgent: [returned, review, gate], ladder: {mentor: 1, superior: 2, hr: 3}}
";

fn curriculum() -> String {
    let [en, zh] = TALK;
    format!(
        "
curriculum: season
title: {{en: Season, zh-TW: 一季}}
summary: {{en: What comes first., zh-TW: 先做的事。}}
steps:
  - id: first_talk
    title: {{en: '{en}', zh-TW: '{zh}'}}
    body: {{en: Talk., zh-TW: 談談。}}
    meet: mentor
    due: B9
    effort: 45
  - id: team_map
    title: {{en: Map the team, zh-TW: 畫出團隊}}
    body: {{en: Map., zh-TW: 畫。}}
    review: mentor
    due: B3
    effort: 10
  - id: week
    title: {{en: My week, zh-TW: 我的一週}}
    body: {{en: Two lines., zh-TW: 兩行。}}
    ask: [{{id: progress, type: long_text, label: {{en: Progress, zh-TW: 進度}}, max: 500}}]
    report: superior
    due: B7
    effort: 5
  - id: decide
    title: {{en: Decide, zh-TW: 決定}}
    body: {{en: Decide., zh-TW: 決定。}}
    review: superior
    due: B7
    effort: 10
  - id: go
    title: {{en: Go, zh-TW: 開始}}
    body: {{en: Go., zh-TW: 開始。}}
    after: [decide]
    due: B9
    effort: 10
"
    )
}

/// A letter that left.
pub struct Left {
    pub dedup_key: String,
    pub kind: Kind,
    pub to: Someone,
    pub lang: Lang,
}

struct Season {
    app: TestApp,
    lang: Lang,
    manager: Someone,
    superior: Someone,
    hr: Someone,
    /// Says nothing.
    silent: Someone,
    mentor: Someone,
    nobody: Someone,
    plan: PlanId,
}

/// Plays it through a mailer, and tells what left.
pub async fn play(lang: Lang, mailer: Mailer, sender: Sender) -> Vec<Left> {
    let season = Season::begun(lang, mailer, sender).await;
    season.first_days().await;
    season.meets().await;
    season.works().await;
    season.ends().await;
    season.left().await
}

impl Season {
    /// Monday, 2 March 2026, nine in Taipei.
    async fn begun(lang: Lang, mailer: Mailer, sender: Sender) -> Season {
        let mut app = TestApp::with_mailer("2026-03-02T01:00:00Z", mailer).await;
        app.worker.sender = sender;
        let file = |path: &str, text: String| SourceFile { path: path.to_owned(), bytes: text.into_bytes() };
        let files = vec![file("season.yaml", curriculum()), file("program.yaml", PROGRAM.to_owned())];
        let moment = app.moment();
        app.pool.in_transaction(async |tx| publish::publish(tx, &files, &moment).await).await.expect("it publishes");
        let manager = app.person(MANAGER, "grace@company.example", lang, false).await;
        let superior = app.person("Diane Wu", "diane@company.example", lang, false).await;
        let hr = app.person("吳雅雯", "hr@company.example", lang, true).await;
        let silent = app.person("Kevin Lin", "kevin@company.example", lang, false).await;
        let mentor = app.person("林志明", "lin@company.example", lang, false).await;
        let nobody = app.person("Nobody", UNKNOWN, lang, false).await;
        let new = NewPlan {
            program: "season".to_owned(),
            manager: manager.id,
            superior: superior.id,
            hr: hr.id,
            mentor: Some(silent.id),
            then: vec![mentor.id],
            effective: date("2026-03-02"),
            calendar: None,
        };
        let (by, moment) = (Actor::Person(hr.viewer()), app.moment());
        let start = async |tx: &mut _| plans::start(tx, by, &new, &moment).await;
        let plan = app.pool.in_transaction(start).await.expect("a plan");
        Season { app, lang, manager, superior, hr, silent, mentor, nobody, plan }
    }

    async fn at(&self, moment: &str) {
        self.app.clock.travel_to(utc(moment));
        self.app.deliver().await;
    }

    /// A welcome and a question to a mentor, who says nothing for three days.
    async fn first_days(&self) {
        for who in [&self.manager, &self.nobody] {
            let moment = self.app.moment();
            let asked = self.app.pool.in_transaction(async |tx| sign_in::request(tx, &who.email, &moment).await);
            asked.await.expect("a link is on its way");
        }
        self.app.deliver().await;
        self.at("2026-03-04T01:00:00Z").await;
        self.at("2026-03-05T01:00:00Z").await;
        answer(&self.app, &self.mentor, self.plan, Yes::Accept).await;
    }

    /// Proposed, agreed on, and called off.
    async fn meets(&self) {
        let (app, moment, step) = (&self.app, self.app.moment(), "first_talk".parse::<StepKey>().expect("a key"));
        let times = ["2026-03-06T14:00", "2026-03-09T14:00", "2026-03-10T14:00"].map(str::to_owned);
        let given = Given { times, minutes: "45".to_owned(), place: PLACE.to_owned(), ..Given::default() };
        let who = self.manager.viewer();
        let propose = async |tx: &mut _| meetings::propose(tx, who, (self.plan, &step), &given, &moment).await;
        app.pool.in_transaction(propose).await.expect("it is proposed");
        app.deliver().await;
        let (mentor, slot) = (self.mentor.viewer(), utc("2026-03-06T06:00:00Z"));
        let choose = async |tx: &mut _| meetings::choose(tx, mentor, (self.plan, &step), slot, &moment).await;
        app.pool.in_transaction(choose).await.expect("it is agreed on");
        app.deliver().await;
        let mut conn = app.pool.get().await.expect("a connection");
        let meeting = store::meetings::of_step(&mut conn, self.plan, &step).await.expect("a meeting");
        drop(conn);
        let seen = meetings::seen(meeting.as_ref());
        let call_off = async |tx: &mut _| meetings::cancel(tx, who, (self.plan, &step), &seen, &moment).await;
        app.pool.in_transaction(call_off).await.expect("it is called off");
        app.deliver().await;
    }

    /// Handed in, sent back, late; and accepted by the superior.
    async fn works(&self) {
        self.hands_in("team_map", Answers::default()).await;
        let (who, at, moment) = (self.mentor.viewer(), self.step("team_map"), self.app.moment());
        let send_back = async |tx: &mut _| steps::send_back(tx, who, &at, "請再具體一點。", &moment).await;
        self.app.pool.in_transaction(send_back).await.expect("it is sent back");
        self.hands_in("decide", Answers::default()).await;
        let words = Answer::One(WORDS.to_owned());
        self.hands_in("week", Answers([("progress".to_owned(), words)].into())).await;
        let (who, at) = (self.superior.viewer(), self.step("decide"));
        let accept = async |tx: &mut _| steps::accept(tx, who, &at, "", &moment).await;
        self.app.pool.in_transaction(accept).await.expect("it is accepted");
        self.at("2026-03-06T01:00:00Z").await;
        self.at("2026-03-09T01:00:00Z").await;
    }

    async fn hands_in(&self, step: &str, answers: Answers) {
        let (who, at, moment) = (self.manager.viewer(), self.step(step), self.app.moment());
        let hand_in = async |tx: &mut _| steps::hand_in(tx, who, &at, answers, &moment).await;
        self.app.pool.in_transaction(hand_in).await.expect("it is handed in");
        self.app.deliver().await;
    }

    fn step(&self, step: &str) -> At {
        At { plan: self.plan, step: step.parse().expect("a key"), seen: None }
    }

    /// An answer to a mail that nobody could follow, and the end of the plan.
    async fn ends(&self) {
        let moment = self.app.moment();
        let id = moment.id();
        let answer = Owed {
            id,
            dedup_key: format!("answer:{id}:moved_on"),
            kind: Kind::Answer,
            person: self.manager.id,
            plan: None,
            for_day: None,
            step: None,
            meeting: None,
            due_at: moment.now,
        };
        self.app
            .pool
            .in_transaction(async |tx| outbox::owe(tx, std::slice::from_ref(&answer), moment.now).await)
            .await
            .expect("owed");
        let (curriculum, reason) = ("season".to_owned(), "Known.".to_owned());
        for wish in [Wish::Skip { curriculum, reason }, Wish::End { how: Ending::Graduated, reason: String::new() }] {
            let (who, seen) = (self.hr.viewer(), world(&self.app, self.plan).await.plan.version);
            let apply = async |tx: &mut _| arrange::apply(tx, who, self.plan, &wish, seen, &moment).await;
            self.app.pool.in_transaction(apply).await.expect("it is arranged");
        }
        self.app.deliver().await;
    }

    async fn left(&self) -> Vec<Left> {
        let mut conn = self.app.pool.get().await.expect("a connection");
        let rows = outbox::list(&mut conn, None, 1000).await.expect("letters");
        let failed: Vec<_> = rows.iter().filter(|row| row.last_error.is_some()).collect();
        assert!(failed.is_empty(), "{failed:#?}");
        let everybody = [&self.manager, &self.superior, &self.hr, &self.silent, &self.mentor, &self.nobody];
        let sent = rows.into_iter().filter(|row| row.state == "sent").map(|row| Left {
            kind: Kind::parse(&row.kind).expect("a kind"),
            to: (*everybody.iter().find(|one| one.id.0 == row.person).expect("somebody of the story")).clone(),
            dedup_key: row.dedup_key,
            lang: self.lang,
        });
        sent.collect()
    }
}
