//! A short program, and a plan of it that has just begun.

use chrono::NaiveDate;
use pilothouse::app::mentoring::Answer;
use pilothouse::app::plans::{self, NewPlan};
use pilothouse::app::publish;
use pilothouse::curriculum::SourceFile;
use pilothouse::engine::access::Actor;
use pilothouse::engine::plan::StepState;
use pilothouse::engine::vocabulary::{Lang, PlanId, StepKey};
use pilothouse::mail::reading::ReadMail;
use reqwest::StatusCode;

use crate::access::{answer, world};
use crate::browser::Browser;
use crate::harness::{Someone, TestApp, date, utc};

pub const CURRICULA: [&str; 2] = [
    "
curriculum: basics
title: {en: Basics, zh-TW: 基礎}
summary: {en: What comes first., zh-TW: 先做的事。}
steps:
  - {id: listen, title: {en: Listen first, zh-TW: 先聽}, body: {en: Listen., zh-TW: 聽。}, due: B3, effort: 10}
  - id: write_down
    title: {en: Write it down, zh-TW: 寫下來}
    body: {en: Write., zh-TW: 寫。}
    due: B5
    review: mentor
    visible_to: [manager, mentor]
    effort: 10
    ask: [{id: what, type: long_text, label: {en: What you heard, zh-TW: 聽到什麼}, min: 5, max: 500}]
  - {id: report, title: {en: Report it, zh-TW: 報告}, body: {en: Report., zh-TW: 報告。}, due: B8, effort: 10}
",
    "
curriculum: extra
title: {en: Extra, zh-TW: 加碼}
summary: {en: What comes besides., zh-TW: 另外的事。}
steps:
  - {id: read_on, title: {en: Read on, zh-TW: 多讀}, body: {en: Read., zh-TW: 讀。}, due: B7, effort: 10}
  - {id: talk, title: {en: Talk it over, zh-TW: 聊一聊}, body: {en: 'Meet {{mentor.name}}.', zh-TW: '見 {{mentor.name}}。'}, who: mentor, due: B6, effort: 10}
",
];

const PROGRAM: &str = "
program: short
title: {en: Short, zh-TW: 短程}
summary: {en: A short program., zh-TW: 一個短的方案。}
curricula: [basics, extra]
cast: [mentor, superior, hr]
checkpoints: [B5, B10]
mail: {due_soon: 2, overdue_every: 1}
";

pub struct Story {
    pub app: TestApp,
    pub manager: Someone,
    pub mentor: Someone,
    pub superior: Someone,
    pub hr: Someone,
    /// Has no part in the plan.
    pub colleague: Someone,
    pub plan: PlanId,
}

/// Starts a plan on 2 March 2026 for its manager, mentor, superior and HR owner; the mentor says yes, and
/// the first mails are read.
pub async fn under_way(app: &TestApp, program: &str, [manager, mentor, superior, hr]: [&Someone; 4]) -> PlanId {
    let new = NewPlan {
        program: program.to_owned(),
        manager: manager.id,
        superior: superior.id,
        hr: hr.id,
        mentor: Some(mentor.id),
        then: Vec::new(),
        effective: date("2026-03-02"),
        calendar: None,
    };
    let (by, moment) = (Actor::Person(hr.viewer()), app.moment());
    let plan = app.pool.in_transaction(async |tx| plans::start(tx, by, &new, &moment).await).await.expect("a plan");
    answer(app, mentor, plan, Answer::Accept).await;
    app.deliver().await;
    app.mails();
    plan
}

/// Publishes the program with these basics; its hash.
pub async fn publishes(app: &TestApp, basics: &str) -> String {
    let files = [("basics.yaml", basics), ("extra.yaml", CURRICULA[1]), ("program.yaml", PROGRAM)];
    let files = files.map(|(path, text)| SourceFile { path: path.to_owned(), bytes: text.as_bytes().to_vec() });
    let moment = app.moment();
    let published = app.pool.in_transaction(async |tx| publish::publish(tx, &files, &moment).await).await;
    published.expect("it publishes").programs.remove(0).1
}

/// A plan on its first morning, with a mentor who said yes.
pub async fn story() -> Story {
    story_of(CURRICULA[0]).await
}

/// As [`story`], with these basics.
pub async fn story_of(basics: &str) -> Story {
    let app = TestApp::at("2026-03-02T01:30:00Z").await; // a Monday, 9:30 in Taipei
    publishes(&app, basics).await;
    let manager = app.person("Grace Chen", "grace@company.example", Lang::En, false).await;
    let mentor = app.person("Kevin Lin", "kevin@company.example", Lang::En, false).await;
    let superior = app.person("Diane Wu", "diane@company.example", Lang::En, false).await;
    let hr = app.person("Yvonne Wu", "hr@company.example", Lang::En, true).await;
    let colleague = app.person("Priya Raman", "priya@company.example", Lang::En, false).await;
    let plan = under_way(&app, "short", [&manager, &mentor, &superior, &hr]).await;
    Story { app, manager, mentor, superior, hr, colleague, plan }
}

impl Story {
    pub fn page(&self) -> String {
        format!("/plans/{}", self.plan)
    }

    pub fn arrange(&self) -> String {
        format!("{}/arrange", self.page())
    }

    /// The address of a form of the page.
    pub fn form(&self, what: &str) -> String {
        format!("{}/preview?form={what}", self.arrange())
    }

    pub fn step(&self, key: &str) -> String {
        format!("{}/steps/{key}", self.page())
    }

    /// Fills a form of the page, and looks at what it would do.
    pub async fn look(&self, who: &mut Browser, form: &[(&str, &str)]) {
        who.get(&self.arrange()).await;
        who.submit(&self.form(form[0].1), form).await;
    }

    /// As [`Story::look`], and does it.
    pub async fn arranged(&self, who: &mut Browser, form: &[(&str, &str)]) {
        self.look(who, form).await;
        assert_eq!(who.status, StatusCode::OK, "{}", who.text());
        who.submit(&self.arrange(), &[]).await;
        assert!(who.shows("the plan is changed"), "{} {}", who.status, who.text());
    }

    /// Undoes the deed that was arranged last, as far as the page offers it.
    pub async fn look_at_undo(&self, who: &mut Browser) -> String {
        who.get(&self.arrange()).await;
        let links = who.links();
        let undo = links.into_iter().find(|link| link.contains("/undo/")).expect("an undo");
        who.get(&undo).await;
        assert_eq!(who.status, StatusCode::OK, "{}", who.text());
        undo
    }

    pub async fn due(&self, key: &str) -> NaiveDate {
        world(&self.app, self.plan).await.plan.steps[&key.parse::<StepKey>().expect("a key")].due.date
    }

    pub async fn state(&self, key: &str) -> StepState {
        world(&self.app, self.plan).await.plan.steps[&key.parse::<StepKey>().expect("a key")].state.clone()
    }

    /// The mail that comes by a moment.
    pub async fn mails(&self, morning: &str) -> Vec<ReadMail> {
        self.app.mails();
        self.app.clock.travel_to(utc(morning));
        self.app.deliver().await;
        self.app.mails()
    }

    /// What of it is somebody's.
    pub async fn mail(&self, who: &Someone, morning: &str) -> Option<ReadMail> {
        self.mails(morning).await.into_iter().find(|mail| mail.to[0].address == who.email)
    }

    pub async fn hand_in(&self, who: &mut Browser, key: &str, fields: &[(&str, &str)]) {
        who.get(&self.step(key)).await;
        who.submit(&format!("{}/hand-in", self.step(key)), fields).await;
        assert_eq!(who.status, StatusCode::OK, "{}", who.text());
    }
}
