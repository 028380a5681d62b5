//! The pages of calendars, in both languages.

use crate::app::calendar_warnings::CalendarWarning;
use crate::app::pages::calendars::{
    CalendarChange, CalendarLine, CalendarPage, CalendarPreviewPage, CalendarsPage, CompanyForm, CompanyLine,
    DayChange, DayLine, FileProblem, ImportLine, Known, Month, PlanMove,
};
use crate::app::pages::change::{ChangeView, CheckpointLine, Line, MovedLine};
use crate::app::pages::people::Mistakes;
use crate::engine::calendar::samples::calendar;
use crate::engine::calendar::{DayIs, Is, OverrideKind, Span};
use crate::engine::message::Message;
use crate::web::pages::people::tests::{day, shown, text};

fn span() -> Span {
    Span { from: day("2027-01-01"), until: day("2027-12-31") }
}

fn line() -> CalendarLine {
    let warning = |is| CalendarWarning {
        name: "taiwan".to_owned(),
        title: text("Taiwan", "台灣"),
        is,
        from: day("2027-01-01"),
        until: day("2027-12-31"),
        plans: 2,
        href: "/calendars/taiwan".to_owned(),
    };
    CalendarLine {
        href: "/calendars/taiwan".to_owned(),
        title: text("Taiwan", "台灣"),
        source: "DGPA".to_owned(),
        known: span(),
        provisional: Some(span()),
        ends_soon: true,
        people: 1,
        plans: 2,
        warnings: vec![warning("provisional"), warning("beyond")],
    }
}

fn is(is: Is) -> DayIs {
    DayIs { is, name: Some(text("Founding Day", "開國紀念日")), freeze: Some(text("Rush", "衝刺")) }
}

#[test]
fn the_list_says_how_long_days_are_known_and_which_plans_need_more() {
    let (en, zh) = shown("calendars", &CalendarsPage { calendars: vec![line()] });
    assert!(en.contains("2 running plans rest on days of the calendar Taiwan"), "{en}");
    assert!(en.contains("go on after 31 December 2027") && en.contains("ends soon"), "{en}");
    assert!(zh.contains("有 2 個進行中的計畫用到「台灣」"), "{zh}");
}

#[test]
fn a_calendar_shows_its_year_with_where_each_day_comes_from() {
    let days = [Is::Off, Is::MakeUp, Is::Half, Is::Work, Is::Weekend];
    let days = days.map(|one| DayLine { date: day("2027-01-01"), day: is(one), from: "company", provisional: true });
    let page = CalendarPage {
        line: line(),
        year: 2027,
        before: 2026,
        after: 2028,
        months: vec![
            Month { first: day("2027-01-01"), counts: 20, days: days.to_vec() },
            Month { first: day("2027-02-01"), counts: 1, days: Vec::new() },
        ],
        imports: vec![ImportLine {
            span: span(),
            file: "2027.csv".to_owned(),
            by: "Yvonne Wu".to_owned(),
            at: "2026-11-02T02:00:00Z".parse().expect("a moment"),
        }],
        company: vec![CompanyLine {
            id: "1".to_owned(),
            kind: OverrideKind::Freeze,
            span: span(),
            name: text("Rush", "衝刺"),
            everywhere: true,
            by: "Yvonne Wu".to_owned(),
        }],
        form: CompanyForm::default(),
        mistakes: Mistakes::default(),
        problems: vec![FileProblem { line: Some(3), message: Message::new("year-json-date") }],
    };
    let (en, zh) = shown("calendar", &page);
    assert!(en.contains("The days of 2027") && en.contains("January") && en.contains("February"), "{en}");
    assert!(en.contains("worked (make-up day): Founding Day") && en.contains("the company"), "{en}");
    assert!(en.contains("Line 3:") && en.contains("2027.csv"), "{en}");
    assert!(zh.contains("補班：開國紀念日") && zh.contains("一月"), "{zh}");
}

#[test]
fn a_preview_shows_each_day_that_changes_and_each_plan_that_moves() {
    let step = || Line { title: text("Meet", "認識團隊"), member: None, turn: None };
    let (was, now) = (calendar().plan_day(day("2030-03-04"), 2), calendar().plan_day(day("2030-03-04"), 3));
    let checkpoint = CheckpointLine {
        n: 21,
        was: Some(was.clone()),
        now: Some(now.clone()),
        differs: true,
        slips: vec![step(), step()],
    };
    let change = ChangeView {
        moved: vec![MovedLine { line: step(), was, now, days: 2, by: 2 }],
        checkpoints: vec![checkpoint],
        calendar: text("Taiwan", "台灣"),
        ..ChangeView::default()
    };
    let plan = |later, earlier| PlanMove {
        manager: "Grace Chen".to_owned(),
        href: "/plans/1".to_owned(),
        steps: 1,
        later,
        earlier,
        change: change.clone(),
    };
    let days = vec![DayChange { date: day("2027-01-01"), was: is(Is::Work), now: is(Is::Off) }];
    let known = |provisional| Known { known: span(), provisional };
    let preview = |calendars, plans| CalendarPreviewPage {
        title: text("Taiwan", "台灣"),
        href: "/calendars/taiwan".to_owned(),
        what: "import",
        file: Some("2027.csv".to_owned()),
        calendars,
        plans,
        kept: 1,
        change: "{}".to_owned(),
        seen: "ab".to_owned(),
    };
    let change = CalendarChange {
        title: text("Taiwan", "台灣"),
        was: known(Some(span())),
        now: known(None),
        knows_more: true,
        days,
    };
    let same = CalendarChange { days: Vec::new(), ..change.clone() };
    let (en, zh) = shown("calendar_preview", &preview(vec![change, same], vec![plan(2, 0), plan(1, 2)]));
    assert!(en.contains("2 running plans move.") && en.contains("One keeps every date."), "{en}");
    assert!(en.contains("At most 2 days later.") && en.contains("At most 2 days earlier."), "{en}");
    assert!(en.contains("2 steps slip past the day it was: <ul><li>Meet</li><li>Meet</li></ul>"), "{en}");
    assert!(en.contains("Checkpoint on working day 21: ") && en.contains("Why this date?"), "{en}");
    assert!(zh.contains("最多晚 2 天") && zh.contains("第 21 個工作日的檢視點："), "{zh}");
    let (en, _) = shown("calendar_preview", &preview(Vec::new(), Vec::new()));
    assert!(en.contains("Nothing changes") && !en.contains("Save, and move the dates"), "{en}");
}
