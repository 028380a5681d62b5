//! The gathering page with samples, in both languages.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use scraper::{Html, Selector};

use crate::app::pages::cards::{Shown, shown};
use crate::app::pages::gather::{GatherPage, NotKept, Section};
use crate::app::pages::lines::StepLine;
use crate::app::pages::step_form::{FieldView, FormProblem};
use crate::engine::calendar::{Anchor, Dated, Why};
use crate::engine::message::Message;
use crate::engine::release::{Field, FieldKind};
use crate::engine::vocabulary::{Lang, Role, Text};
use crate::render::{Chrome, shared};

fn text(words: &str) -> Text {
    Text { en: words.to_owned(), zh_tw: words.to_owned() }
}

fn day() -> NaiveDate {
    "2030-03-08".parse().expect("a date") // a Friday
}

fn moment() -> DateTime<Utc> {
    "2030-03-08T01:00:00Z".parse().expect("a moment")
}

fn dated() -> Dated {
    let from = Anchor::PlanDay { n: 5, effective: day() };
    let why = Why { from, calendar: "taiwan".into(), skipped: [].into(), passed: Vec::new(), provisional: false };
    Dated { date: day(), why }
}

pub(super) fn step(id: &str, standing: &'static str) -> Shown {
    let title = text(id);
    shown(StepLine {
        href: format!("/plans/p/steps/{id}.3"),
        key: format!("{id}.3"),
        title: title.clone(),
        common_title: title,
        curriculum: text("Week by week"),
        member: None,
        names_member: false,
        manager: "Chen".to_owned(),
        who: Role::Manager,
        opens: dated(),
        due: dated(),
        calendar: text("Taiwan"),
        standing,
        days: 0,
        away: 0,
        rests: false,
        is_added: false,
        returned: false,
        waits_for: Vec::new(),
        reviewer: None,
        closed_on: (standing == "done").then(day),
        effort: 5,
        turn: Some(3),
        about: None,
        is_ritual: true,
    })
}

fn field(id: &str, problem: Option<Message>) -> FieldView {
    FieldView {
        field: Field {
            id: id.to_owned(),
            label: text("What went well with <Lin>"),
            help: None,
            required: true,
            when: None,
            begin: None,
            kind: FieldKind::LongText { example: None, min: 1, max: 500 },
        },
        value: "We *listened*".to_owned(),
        rows: Vec::new(),
        chosen: BTreeMap::new(),
        people: Vec::new(),
        file: None,
        link: None,
        middle: None,
        asked: None,
        begun: Vec::new(),
        is_begun: false,
        missing: Vec::new(),
        problem,
    }
}

fn section(id: &str, fields: Vec<FieldView>) -> Section {
    Section {
        prefix: format!("{id}-3--"),
        step: step(id, "open"),
        body: text("Ask {{mentor.name}}."),
        is_tick: fields.is_empty(),
        is_ticked: fields.is_empty(),
        fields,
        draft_saved_at: Some(moment()),
    }
}

fn page() -> GatherPage {
    let problem = Message::new("field-required");
    GatherPage {
        plan_href: "/plans/p".to_owned(),
        href: "/plans/p/weekly/friday".to_owned(),
        title: text("Friday thirty minutes"),
        body: text("**One sitting.**"),
        effort: 30,
        today: day(),
        seen: 17,
        now: moment(),
        since: Some(moment()),
        sections: vec![
            section("look_back", vec![field("look_back-3--well", Some(problem.clone()))]),
            section("delegate", Vec::new()),
        ],
        rest: vec![step("numbers", "done")],
        next: None,
        calendar: text("Taiwan"),
        problems: vec![FormProblem {
            field: "look_back-3--well".to_owned(),
            part: Some(text("look_back")),
            label: text("Well"),
            message: problem,
        }],
        has_files: false,
        is_empty: true,
        not_kept: vec![NotKept { title: text("Numbers"), answers: vec![field("calls", None)] }],
    }
}

const WHY: &str = "Working day 5, counted from 8 March 2030 in the calendar Taiwan.";

fn rendered(lang: Lang, page: &GatherPage) -> String {
    let mut chrome = Chrome::visitor(lang, chrono_tz::Asia::Taipei, "/plans/p/weekly/friday");
    chrome.csrf = Some("token".to_owned());
    shared().page("gather", &chrome, page).expect("a page")
}

#[test]
fn a_gathering_is_one_form_with_a_part_for_each_ritual() {
    let html = rendered(Lang::En, &page());
    let shown = Html::parse_document(&html);
    let all = |what: &str| shown.select(&Selector::parse(what).expect("a selector")).count();
    assert_eq!(all("main form"), 1);
    assert_eq!(all("main form section"), 2);
    assert_eq!(all("form[data-now='2030-03-08T01:00:00Z'][data-since] [data-kept][hidden] [role=status]"), 1);
    assert_eq!(all("textarea[name='look_back-3--well'][aria-invalid]"), 1);
    assert_eq!(all("a[href='#field-look_back-3--well']"), 1);
    let link = shown.select(&Selector::parse("a[href='#field-look_back-3--well']").expect("a selector")).next();
    assert_eq!(link.map(|link| link.text().collect::<String>()).as_deref(), Some("look_back: Well"));
    assert_eq!(all(".notice .answer"), 1);
    assert_eq!(all("input[type=checkbox][name='delegate-3--done'][checked]"), 1);
    assert_eq!(all("a[href='/plans/p/steps/numbers.3']"), 1);
    assert!(html.contains("Ask your mentor.") && html.contains("with &lt;Lin&gt;"), "{html}");
}

#[test]
fn each_part_of_a_gathering_says_why_its_day_and_what_is_over_needs_no_reason() {
    assert_eq!(rendered(Lang::En, &page()).matches(WHY).count(), 2);
    let waiting = GatherPage { rest: vec![step("numbers", "review")], ..page() };
    assert_eq!(rendered(Lang::En, &waiting).matches(WHY).count(), 3);
    let later = GatherPage { rest: vec![step("numbers", "later")], ..page() };
    let html = rendered(Lang::En, &later);
    assert!(html.contains(&format!("Opens: {WHY}")) && html.contains(&format!("Due: {WHY}")), "{html}");
}

#[test]
fn a_gathering_reads_in_chinese_too() {
    let html = rendered(Lang::ZhTw, &page());
    assert!(html.contains("Ask 導師.") && html.contains("交出已填寫的項目"), "{html}");
}

#[test]
fn a_gathering_with_nothing_open_says_when_it_comes_next() {
    let closed = GatherPage { sections: Vec::new(), problems: Vec::new(), next: Some(dated()), ..page() };
    let html = rendered(Lang::En, &closed);
    assert!(html.contains("The next one opens on Fri 8 Mar 2030.") && !html.contains("gather-hand-in"), "{html}");
    assert_eq!(html.matches(WHY).count(), 1);
    rendered(Lang::ZhTw, &closed);
}
