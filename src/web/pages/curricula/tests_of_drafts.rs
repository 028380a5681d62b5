//! The pages about drafts as they show samples, in both languages.

use crate::app::pages::drafts::{
    CalendarView, DraftLine, DraftPage, FileLine, LoadView, ProgramView, PublishForm, Replaced,
};
use crate::app::pages::people::Mistakes;
use crate::engine::calendar::Span;
use crate::engine::diagnostic::{self, Diagnostic, Severity};
use crate::engine::form::FieldProblem;
use crate::engine::message::Message;
use crate::web::pages::people::tests::{day, shown, text};

pub(super) fn line() -> DraftLine {
    DraftLine {
        href: "/curricula/drafts/1".to_owned(),
        name: "<b>program.zip</b>".to_owned(),
        uploaded_by: "吳雅雯".to_owned(),
        uploaded_at: "2026-03-02T01:00:00Z".parse().expect("a moment"),
        until: "2026-04-01T01:00:00Z".parse().expect("a moment"),
    }
}

fn page() -> DraftPage {
    DraftPage {
        draft: line(),
        count: 1,
        ignored: vec!["README.md".to_owned()],
        errors: 0,
        files: Vec::new(),
        programs: Vec::new(),
        calendars: Vec::new(),
        publish: None,
        mistakes: Mistakes::default(),
    }
}

fn found(severity: Severity, span: Option<diagnostic::Span>) -> Diagnostic {
    Diagnostic {
        file: "kick_off.yaml".to_owned(),
        span,
        severity,
        message: Message::new("problem-empty-file"),
        hint: Some(Message::new("problem-syntax-tab")),
        source: "    due: <B0>".to_owned(),
    }
}

fn program(state: &'static str) -> ProgramView {
    ProgramView {
        name: "sales_manager".to_owned(),
        title: text("Sales manager", "業務主管"),
        summary: text("Three months", "三個月"),
        short_hash: "0123456789ab".to_owned(),
        hash: "0123456789abcdef".to_owned(),
        href: "/curricula/drafts/1/sales_manager".to_owned(),
        curricula: 2,
        steps: 7,
        state,
        replaces: (state == "changed").then(|| Replaced {
            href: "/curricula/fe".to_owned(),
            short_hash: "fe".to_owned(),
            plans: 3,
        }),
        load: LoadView {
            team: 6,
            mean: 300,
            mean_of: 13,
            heaviest: 540,
            heaviest_week: 4,
            limit: (state == "changed").then_some(480),
            heavy_weeks: 1,
        },
    }
}

#[test]
fn every_mistake_stands_under_its_file_with_its_line_marked() {
    let at = Some(diagnostic::Span { line: 12, column: 10, length: 4 });
    let found = vec![found(Severity::Error, at), found(Severity::Warning, None)];
    let file = FileLine { path: "kick_off.yaml".to_owned(), errors: 1, warnings: 1, found };
    let (en, zh) = shown("draft", &DraftPage { errors: 1, files: vec![file], ..page() });
    assert!(en.contains("line 12, column 10") && zh.contains("第 12 行第 10 字"));
    assert!(en.contains("    due: <mark>&lt;B0&gt;</mark></code></pre>"), "{en}");
    assert_eq!(en.matches("class=\"excerpt\"").count(), 1);
    assert!(en.contains("There is one mistake.") && zh.contains("有 1 處錯誤"));
    assert!(!en.contains("/publish\""));
}

#[test]
fn a_draft_without_mistakes_says_what_it_replaces_and_what_a_week_takes() {
    let span = Span { from: day("2026-01-01"), until: day("2027-12-31") };
    let calendar = |state| CalendarView { title: text("Taiwan", "台灣"), known: span, state };
    let file = FileLine {
        path: "kick_off.yaml".to_owned(),
        errors: 0,
        warnings: 1,
        found: vec![found(Severity::Warning, None)],
    };
    let unconfirmed = FieldProblem { field: "confirm".to_owned(), message: Message::new("draft-publish-unconfirmed") };
    let page = DraftPage {
        programs: ["new", "changed", "current", "earlier"].map(program).to_vec(),
        calendars: ["new", "changed", "current"].map(calendar).to_vec(),
        publish: Some(PublishForm { releases: "ab cd".to_owned(), current: "- ef".to_owned() }),
        files: vec![file],
        mistakes: Mistakes::new("", vec![unconfirmed], |_| "draft-publish"),
        ..page()
    };
    let (en, zh) = shown("draft", &page);
    assert!(
        en.contains("3 plans stand on it and stay there until you upgrade them.")
            && zh.contains("3 個計畫使用這個版本")
    );
    assert!(en.contains("5.0 h a week on average") && en.contains("One week is over the limit of 8.0 h."));
    assert!(en.contains("name=\"releases\" value=\"ab cd\"") && en.contains("id=\"problem-confirm\""));
    assert!(en.contains("/curricula/drafts/1/sales_manager/simulate"));
}

#[test]
fn what_stands_published_has_no_button() {
    let (en, zh) = shown("draft", &DraftPage { programs: vec![program("current")], ..page() });
    assert!(en.contains("All of this stands published already.") && zh.contains("這些內容都已經發布"));
    assert!(!en.contains("name=\"confirm\""));
}

#[test]
fn every_refusal_of_an_upload_has_words() {
    let renderer = crate::render::shared();
    let sources = concat!(include_str!("../../../app/archive.rs"), include_str!("../../../app/drafts.rs"));
    let ids = || sources.split('"').filter(|text| text.starts_with("upload-") || text.starts_with("draft-publish"));
    assert!(ids().count() > 15);
    for lang in crate::engine::vocabulary::Lang::ALL {
        assert_eq!(ids().find(|id| !renderer.knows(lang, id)), None);
    }
}
