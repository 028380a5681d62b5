//! The pages of a part (queue, gates, the answer from the mail) with samples, in both languages.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use crate::app::pages::act::{ActPage, Report};
use crate::app::pages::arrange::banner::Banner;
use crate::app::pages::cards::{Shown, shown as as_shown};
use crate::app::pages::gates::GatesPage;
use crate::app::pages::lines::StepLine;
use crate::app::pages::managers::ManagerRow;
use crate::app::pages::mentor_answer::MentorAnswerPage;
use crate::app::pages::queue::{MentorRequest, QueuePage};
use crate::app::pages::reports;
use crate::app::pages::reviews::{Review, Said};
use crate::app::pages::step::Typed;
use crate::app::pages::step_form::samples;
use crate::engine::calendar::{Anchor, Dated, Why};
use crate::engine::form::{Answer, Answers};
use crate::engine::message::Message;
use crate::engine::plan::Progress;
use crate::engine::release::{Field, FieldKind};
use crate::engine::vocabulary::{Lang, PlanId, Role, Text};
use crate::render::{Chrome, shared};

fn rendered<T: Serialize>(lang: Lang, name: &str, page: &T) -> String {
    let renderer = shared();
    let mut chrome = Chrome::visitor(lang, chrono_tz::Asia::Taipei, "/mentor-answer/abc");
    chrome.csrf = Some("token".to_owned());
    renderer.page(name, &chrome, page).expect("a page")
}

/// The English page; the Chinese one must render too.
fn in_both<T: Serialize>(name: &str, page: &T) -> String {
    rendered(Lang::ZhTw, name, page);
    rendered(Lang::En, name, page)
}

fn text(words: &str) -> Text {
    Text { en: words.to_owned(), zh_tw: words.to_owned() }
}

fn day() -> NaiveDate {
    "2030-03-04".parse().expect("a date") // a Monday
}

fn moment() -> DateTime<Utc> {
    "2030-03-04T01:00:00Z".parse().expect("a moment")
}

fn dated() -> Dated {
    let from = Anchor::PlanDay { n: 3, effective: day() };
    let why = Why { from, calendar: "taiwan".into(), skipped: [].into(), passed: Vec::new(), provisional: false };
    Dated { date: day(), why }
}

fn step(standing: &'static str) -> Shown {
    as_shown(StepLine {
        href: "/plans/p/steps/interview".to_owned(),
        key: "interview".to_owned(),
        title: text("Interview"),
        common_title: text("Interview"),
        curriculum: text("Know every member"),
        member: Some("Chen".to_owned()),
        names_member: false,
        manager: "Lin <Mei>".to_owned(),
        who: Role::Manager,
        opens: dated(),
        due: dated(),
        calendar: text("Taiwan"),
        standing,
        days: 2,
        away: 0,
        rests: false,
        is_added: false,
        returned: false,
        waits_for: Vec::new(),
        reviewer: Some(Role::Mentor),
        closed_on: None,
        effort: 30,
        turn: Some(2),
        about: None,
        is_ritual: false,
    })
}

fn review() -> Review {
    let kind = FieldKind::LongText { example: None, min: 0, max: 100 };
    let label = text("What was said");
    let field = Field { id: "what".to_owned(), label, help: None, required: true, when: None, begin: None, kind };
    let said = Answers([("what".to_owned(), Answer::One("She wants <more> say.".to_owned()))].into());
    Review {
        step: step("review"),
        seen: 17,
        handed_in_at: moment(),
        waits: 3,
        answers: Some(samples::read(&[field], &said, &samples::Around { people: vec![], files: vec![] })),
        is_erased: false,
        may_return: true,
        remarks: vec![Said { by: "Wang".to_owned(), at: moment(), words: "Name one example.".to_owned() }],
    }
}

fn report() -> reports::Report {
    let Review { step, seen, handed_in_at: at, answers, .. } = review();
    reports::Report { step: Shown { state: "done", ..step }, seen, at, answers }
}

fn manager(mentoring: Option<&'static str>) -> ManagerRow {
    ManagerRow {
        href: "/plans/p".to_owned(),
        manager: "Lin".to_owned(),
        program: Message::new("plan-name").with("program", text("Sales manager")),
        day: 12,
        first_day: dated(),
        calendar: text("Taiwan"),
        progress: Progress { done: 3, all: 10 },
        overdue: 2,
        in_review: 1,
        mentoring,
        mentor: (mentoring != Some("nobody")).then(|| "Wang".to_owned()),
        next: Some(step("open")),
        finished_on: None,
        banner: Banner::default(),
    }
}

fn request() -> MentorRequest {
    MentorRequest {
        plan: PlanId(uuid::Uuid::from_u128(9)),
        manager: "Lin".to_owned(),
        superior: "Huang".to_owned(),
        hr: "Wu".to_owned(),
        program: text("Sales manager"),
        summary: text("Listen first."),
        first_day: dated(),
        calendar: text("Taiwan"),
        steps: 4,
        about: Some(text("**Why.** A mentor who said yes is there.")),
        line: String::new(),
        problem: None,
    }
}

fn nothing() -> QueuePage {
    QueuePage { requests: vec![], reviews: vec![], reports: vec![], mine: vec![], ahead: vec![], managers: vec![] }
}

#[test]
fn a_mentor_reads_accepts_and_returns_right_in_the_queue() {
    let page = in_both(
        "queue",
        &QueuePage {
            reviews: vec![review()],
            reports: vec![report()],
            mine: vec![step("overdue"), step("open")],
            ahead: vec![step("later")],
            managers: vec![manager(Some("accepted"))],
            ..nothing()
        },
    );
    assert!(page.contains("She wants &lt;more&gt; say.") && page.contains("Name one example."));
    assert!(page.contains(r#"action="/plans/p/steps/interview/accept""#));
    assert!(page.contains(r#"formaction="/plans/p/steps/interview/return""#));
    assert!(page.contains(r#"action="/plans/p/steps/interview/read""#) && page.contains(r#"value="talk""#));
    assert!(page.contains(r#"name="seen" value="17""#) && page.contains(r#"name="csrf" value="token""#));
    assert!(page.contains("2 days late"));
}

#[test]
fn every_line_of_a_part_says_why_its_day_and_so_does_a_first_day_ahead() {
    let soon = ManagerRow { day: 0, ..manager(None) };
    let page = in_both(
        "queue",
        &QueuePage {
            requests: vec![request()],
            mine: vec![step("overdue"), step("open")],
            ahead: vec![step("later")],
            managers: vec![manager(None), soon],
            ..nothing()
        },
    );
    // One of the request, three of the lists, two of what comes next, one of the day on which a plan begins.
    assert_eq!(page.matches("Working day 3, counted from 4 March 2030 in the calendar Taiwan.").count(), 7);
}

#[test]
fn a_mentor_who_is_asked_answers_in_the_queue_and_keeps_what_came_back() {
    let line = "x".repeat(20);
    let problem = Some(Message::new("refusal-bad-words"));
    let asked = MentorRequest { line: line.clone(), problem, ..request() };
    let page = in_both("queue", &QueuePage { requests: vec![asked], ..nothing() });
    assert!(page.contains(r#"action="/mentor-requests/00000000-0000-0000-0000-000000000009/decline""#));
    assert!(page.contains(&line) && page.contains("aria-invalid"));
}

#[test]
fn an_empty_queue_says_what_it_is_for() {
    assert!(in_both("queue", &nothing()).contains("You are nobody&#x27;s mentor so far"));
    let read_all = QueuePage { managers: vec![manager(Some("accepted"))], ..nothing() };
    assert!(in_both("queue", &read_all).contains("When one of your managers hands something in"));
}

#[test]
fn a_superior_sees_gates_and_every_state_of_a_mentor() {
    let states = [None, Some("nobody"), Some("asked"), Some("declined"), Some("accepted")];
    let page = in_both(
        "gates",
        &GatesPage {
            reviews: vec![Review { answers: None, is_erased: true, remarks: vec![], ..review() }],
            reports: vec![reports::Report { answers: None, ..report() }],
            gates: vec![step("blocked")],
            more_gates: 2,
            mine: vec![step("open")],
            ahead: vec![],
            managers: states.map(manager).to_vec(),
        },
    );
    assert!(page.contains("Wang was asked") && page.contains("nobody asked so far") && page.contains("Wang said no"));
    assert_eq!(page.matches("What was written here was erased.").count(), 2);
}

#[test]
fn a_superior_without_managers_learns_when_there_will_be_some() {
    let empty = GatesPage {
        reviews: vec![],
        reports: vec![],
        gates: vec![],
        more_gates: 0,
        mine: vec![],
        ahead: vec![],
        managers: vec![],
    };
    assert!(in_both("gates", &empty).contains("None of your people runs a plan so far"));
}

#[test]
fn only_an_open_question_has_buttons() {
    let page = |state| MentorAnswerPage { name: "Wang".to_owned(), state, request: request() };
    assert!(in_both("mentor_answer", &page("open")).contains(r#"action="/mentor-answer/abc/accept""#));
    for state in ["accepted", "declined", "ended", "elsewhere"] {
        let page = in_both("mentor_answer", &page(state));
        assert!(!page.contains("/mentor-answer/abc/") && page.contains("<h1>"), "{state}");
    }
}

#[test]
fn every_link_of_a_mail_says_what_it_does_and_how_that_stands_and_only_what_is_open_can_be_pressed() {
    let report = || Report { manager: "Lin".to_owned(), plan_day: 30, date: day() };
    let acts = ["done", "snooze", "accept", "return", "seen", "talk"].map(|act| (act, false));
    for (act, of_checkpoint) in acts.into_iter().chain([("seen", true), ("talk", true)]) {
        for state in ["open", "instead", "done", "form", "moved", "refused", "left", "gone"] {
            let is_known = !matches!(state, "left" | "gone");
            let page = ActPage {
                name: "Wang".to_owned(),
                act,
                state,
                step: (is_known && !of_checkpoint).then(|| step("open")),
                report: (is_known && of_checkpoint).then(report),
                until: (act == "snooze").then(day),
                may_undo: state == "done",
                url: "/plans/p".to_owned(),
                line: Typed { text: "x".to_owned(), problem: Some(Message::new("refusal-line-needed")) },
                why: (state == "refused").then(|| Message::new("refusal-left-out")),
            };
            let page = in_both("act", &page);
            let is_open = matches!(state, "open" | "instead");
            assert_eq!(page.contains(r#"action="/mentor-answer/abc""#), is_open, "{act} {state}");
            assert_eq!(page.contains("/mentor-answer/abc/undo"), state == "done", "{act} {state}");
            assert_eq!(page.contains("<textarea"), is_open && matches!(act, "accept" | "return"), "{act} {state}");
        }
    }
}

#[test]
fn a_failure_says_what_it_means_and_where_to_go_on() {
    for code in [
        "error-not-found",
        "error-sign-in",
        "error-forged",
        "error-bad-request",
        "error-too-large",
        "error-refused",
        "error-overtaken",
        "error-print",
        "error-unavailable",
        "error-broken",
    ] {
        let page = serde_json::json!({ "message": Message::new(code), "title": code, "reference": "0a1b2c" });
        assert!(in_both("error", &page).contains(r#"<a class="button" href="/">"#), "{code}");
    }
}
