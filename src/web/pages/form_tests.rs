//! Every kind of field, to be filled in and to be read, in both languages.

use std::collections::BTreeMap;

use scraper::{Html, Selector};

use crate::app::pages::cards::shown;
use crate::app::pages::field_view::{FieldView, Somebody};
use crate::app::pages::lines::StepLine;
use crate::app::pages::step::{Evidence, StepPage, Typed};
use crate::app::pages::step_form::{Asked, StepForm, samples};
use crate::engine::calendar::{Anchor, Dated, Why};
use crate::engine::condition::{Comparison, Condition, Path};
use crate::engine::form::{Answer, Answers, FieldProblem, NOTE};
use crate::engine::message::Message;
use crate::engine::release::{
    Choice, Column, ColumnKind, Dimension, Field, FieldKind, NOT_OBSERVED, Notes, Number, SMART,
};
use crate::engine::vocabulary::{Lang, Role, Text};
use crate::render::{Chrome, shared};

const FILE: uuid::Uuid = uuid::Uuid::from_u128(7);

fn text(words: &str) -> Text {
    Text { en: words.to_owned(), zh_tw: format!("{words}（中）") }
}

fn field(id: &str, kind: FieldKind) -> Field {
    Field {
        id: id.to_owned(),
        label: text(&format!("Label of {id}")),
        help: None,
        required: true,
        when: None,
        begin: None,
        kind,
    }
}

fn options() -> Vec<Choice> {
    ["price", "value", "time"].map(|id| Choice { id: id.to_owned(), label: text(&format!("Too little {id}")) }).into()
}

fn rating() -> FieldKind {
    let dimension = |id: &str| Dimension {
        id: id.to_owned(),
        source: None,
        label: text(&format!("Dimension {id}")),
        help: Some(text("Look at the numbers")),
        low: Some(text("Far below")),
        middle: Some(text("As agreed")),
        high: Some(text("Far above")),
    };
    FieldKind::Rating {
        dimensions: vec![dimension("attainment"), dimension("turnover")],
        min: 1,
        max: 5,
        not_observed: true,
        notes: Notes::Optional,
        at_least: 2,
    }
}

fn table() -> FieldKind {
    let column = |id: &str, kind| Column { id: id.to_owned(), label: text(id), required: true, kind };
    let columns = vec![
        column("what", ColumnKind::Text),
        column("whom", ColumnKind::Person),
        column("until", ColumnKind::Date),
        column("why", ColumnKind::Choice { options: options() }),
    ];
    FieldKind::Table { columns, min_rows: 1, max_rows: 3, of: None }
}

/// One field of every kind.
pub(super) fn asks() -> Vec<Field> {
    let mut why_other = field("why_other", FieldKind::LongText { example: Some(text("Such as")), min: 1, max: 900 });
    let cause = Condition::Path(Path::This { field: "cause".to_owned(), dimension: None });
    let is_time = Condition::Compare(Comparison::Equal, Box::new(cause), Box::new(Condition::Text("time".to_owned())));
    why_other.when = Some(is_time);
    let mut proof = field("proof", FieldKind::File { max_mb: 2 });
    proof.required = false;
    vec![
        field("headline", FieldKind::Text { example: Some(text("Win back")), min: 1, max: 80 }),
        field("story", FieldKind::LongText { example: None, min: 20, max: 2000 }),
        field("cause", FieldKind::Choice { options: options() }),
        field("causes", FieldKind::Several { options: options(), min: 1, max: 2 }),
        field("mood", FieldKind::Scale { min: 1, max: 5, low: Some(text("low")), high: Some(text("high")) }),
        field("quota", FieldKind::Number { min: Some(Number(0)), max: None, unit: Some(text("units")) }),
        field("on", FieldKind::Date),
        field("whom", FieldKind::Person),
        field("plan", table()),
        field("goal", FieldKind::Smart { example: Some(text("20 new customers")) }),
        field("scores", rating()),
        proof,
        field("report", FieldKind::File { max_mb: 5 }),
        field("source", FieldKind::Link),
        why_other,
    ]
}

fn row(cells: &[(&str, &str)]) -> BTreeMap<String, String> {
    cells.iter().map(|(name, cell)| ((*name).to_owned(), (*cell).to_owned())).collect()
}

fn answers() -> Answers {
    let one = |id: &str, text: &str| (id.to_owned(), Answer::One(text.to_owned()));
    let rows = |id: &str, row| (id.to_owned(), Answer::Rows(vec![row]));
    let smart: Vec<(&str, &str)> = SMART.into_iter().zip(["a <b>", "20 more", "c", "d", "2030-03-04"]).collect();
    let note = format!("turnover{NOTE}");
    let scores = [("attainment", "4"), ("turnover", NOT_OBSERVED), (note.as_str(), "Too new")];
    let named = [("what", "Call"), ("whom", "m2"), ("until", "2030-03-05"), ("why", "value")];
    Answers(
        [
            one("headline", "Win <back>"),
            one("story", "One\nTwo"),
            one("cause", "time"),
            ("causes".to_owned(), Answer::Many(vec!["price".to_owned(), "time".to_owned()])),
            one("mood", "5"),
            one("quota", "12.5"),
            one("on", "2030-03-04"),
            one("whom", "m2"),
            rows("plan", row(&named)),
            rows("goal", row(&smart)),
            rows("scores", row(&scores)),
            one("proof", &FILE.to_string()),
            one("report", &uuid::Uuid::nil().to_string()),
            one("source", "https://example.com/q?a=1&b=2"),
            one("why_other", "Because"),
        ]
        .into(),
    )
}

fn around() -> samples::Around {
    let somebody = |id: &str, name: &str, is_here| Somebody { id: id.to_owned(), name: name.to_owned(), is_here };
    samples::Around {
        people: vec![somebody("m1", "Chen", true), somebody("m2", "Lin <Mei>", false)],
        files: vec![(FILE, "proof", "報告.pdf", 1_600_000)],
    }
}

/// The page of a step with this form, or with these answers handed in.
fn page(lang: Lang, form: Option<StepForm>, read: Option<Vec<FieldView>>) -> String {
    let moment = "2030-03-04T01:00:00Z".parse().expect("a moment");
    let day = "2030-03-04".parse().expect("a date"); // a Monday
    let from = Anchor::PlanDay { n: 1, effective: day };
    let why = Why { from, calendar: "taiwan".into(), skipped: [].into(), passed: Vec::new(), provisional: false };
    let dated = Dated { date: day, why };
    let step = shown(StepLine {
        href: "/plans/p/steps/s".to_owned(),
        key: "s".to_owned(),
        title: text("Step"),
        common_title: text("Step"),
        names_member: false,
        curriculum: text("All kinds"),
        member: None,
        manager: "Grace".to_owned(),
        who: Role::Manager,
        opens: dated.clone(),
        due: dated,
        calendar: text("Taiwan"),
        standing: "open",
        days: 1,
        away: 0,
        rests: false,
        is_added: false,
        returned: false,
        waits_for: Vec::new(),
        reviewer: None,
        closed_on: None,
        effort: 30,
        turn: None,
        about: None,
        is_ritual: false,
    });
    let page = StepPage {
        plan_href: "/plans/p".to_owned(),
        history_href: "/plans/p/history?step=s".to_owned(),
        practice_href: None,
        is_own: true,
        step,
        body: text("Do it."),
        row: None,
        source: None,
        doer: None,
        reviewer: None,
        stands_for: None,
        waits_for: Vec::new(),
        readers: vec![Role::Manager],
        visible_to: vec![Role::Manager],
        seen: 3,
        now: moment,
        asks: true,
        may_read: true,
        may_review: false,
        may_return: true,
        may_take_back: false,
        may_reconsider: false,
        snooze: None,
        form,
        evidence: read.map(|read| Evidence {
            by: "Grace".to_owned(),
            at: moment,
            answers: Some(read),
            may_read: true,
            is_erased: false,
        }),
        review: None,
        report: None,
        closing: None,
        remarks: Vec::new(),
        turns: Vec::new(),
        mentoring: None,
        meeting: None,
        pulse: None,
        line: Typed::default(),
        comment: Typed::default(),
        not_kept: Vec::new(),
        left_draft: None,
        asked: Asked::default(),
    };
    let mut chrome = Chrome::visitor(lang, chrono_tz::Asia::Taipei, "/plans/p/steps/s");
    chrome.csrf = Some("token".to_owned());
    shared().page("step", &chrome, &page).expect("a page")
}

/// How many elements there are.
fn count(html: &str, selector: &str) -> usize {
    Html::parse_document(html).select(&Selector::parse(selector).expect("a selector")).count()
}

fn words(html: &str) -> String {
    let page = Html::parse_document(html);
    page.root_element().text().map(str::trim).filter(|piece| !piece.is_empty()).collect::<Vec<_>>().join(" ")
}

fn filled(lang: Lang) -> String {
    page(lang, Some(samples::form(&asks(), &answers(), &around())), None)
}

fn read(lang: Lang, given: &Answers) -> String {
    page(lang, None, Some(samples::read(&asks(), given, &around())))
}

#[test]
fn every_kind_of_field_is_filled_in_by_its_own_kind_of_input() {
    let html = filled(Lang::En);
    assert_eq!(count(&html, r#"input[type=text][name=headline][value="Win <back>"]"#), 1);
    assert_eq!(count(&html, "textarea[name=story]"), 1);
    assert_eq!(count(&html, "input[type=radio][name=cause][value=time][checked]"), 1);
    assert_eq!(count(&html, "input[type=checkbox][name=causes]"), 3);
    assert_eq!(count(&html, "input[type=checkbox][name=causes][checked]"), 2);
    assert_eq!(count(&html, "input[type=radio][name=mood]"), 5);
    assert_eq!(count(&html, "input[name=quota][inputmode=decimal]"), 1);
    assert_eq!(count(&html, "input[type=date][name=on]"), 1);
    assert_eq!(count(&html, "input[type=url][name=source]"), 1);
    assert_eq!(count(&html, r#"form[enctype="multipart/form-data"] input[type=file]"#), 2);
}

#[test]
fn a_scale_that_goes_below_nothing_is_read_with_both_its_ends() {
    let asks = [field("mood", FieldKind::Scale { min: -2, max: 2, low: None, high: None })];
    let given = Answers([("mood".to_owned(), Answer::One("-1".to_owned()))].into());
    let shown = |lang| words(&page(lang, None, Some(samples::read(&asks, &given, &around()))));
    assert!(shown(Lang::En).contains("-1 (-2 to 2)"), "{}", shown(Lang::En));
    assert!(shown(Lang::ZhTw).contains("-1（-2 到 2）"), "{}", shown(Lang::ZhTw));
}

#[test]
fn a_person_is_chosen_from_who_is_there_and_whoever_left_stays_named() {
    let html = filled(Lang::En);
    assert_eq!(count(&html, "select[name=whom] option"), 3);
    assert_eq!(count(&html, "select[name=whom] option[value=m2][selected]"), 1);
    assert_eq!(count(&html, r#"select[name="plan.0.whom"] option[value=m2][selected]"#), 1);
    assert!(words(&html).contains("Lin <Mei> (not on the team any more)"));
}

#[test]
fn a_goal_has_five_parts_and_an_owner_with_labels_and_a_date() {
    let html = filled(Lang::En);
    assert_eq!(count(&html, r#"fieldset#field-goal textarea[name^="goal.0."]"#), 5);
    assert_eq!(count(&html, r#"input[type=date][name="goal.0.time_bound"][value="2030-03-04"]"#), 1);
    assert_eq!(count(&html, r#"label[for="part-goal-achievable"]"#), 1);
    assert!(words(&html).contains("20 new customers"));
}

#[test]
fn each_dimension_is_a_fieldset_with_its_anchors_its_values_and_its_note() {
    let html = filled(Lang::En);
    assert_eq!(count(&html, "fieldset#field-scores > fieldset"), 2);
    assert_eq!(count(&html, r#"input[type=radio][name="scores.0.attainment"]"#), 6);
    assert_eq!(count(&html, r#"input[name="scores.0.attainment"][value="4"][checked]"#), 1);
    assert_eq!(count(&html, r#"input[name="scores.0.turnover"][value=not_observed][checked]"#), 1);
    assert_eq!(count(&html, r#"input[name="scores.0.turnover:note"][value="Too new"]"#), 1);
    assert!(words(&html).contains("1 Far below 3 As agreed 5 Far above"));
}

#[test]
fn a_kept_file_stays_unless_it_is_removed_or_replaced() {
    let html = filled(Lang::En);
    assert_eq!(count(&html, &format!(r#"input[type=radio][name=proof][value="{FILE}"][checked]"#)), 1);
    assert_eq!(count(&html, r#"input[type=radio][name=proof][value=""]"#), 1);
    assert_eq!(count(&html, &format!(r#"a[href="/plans/p/steps/s/files/{FILE}"]"#)), 1);
    assert!(
        words(&html).contains("報告.pdf ( 1.6 MB )") || words(&html).contains("報告.pdf (1.6 MB)"),
        "{}",
        words(&html)
    );
}

#[test]
fn a_question_that_depends_on_another_says_when_it_is_asked() {
    let html = filled(Lang::En);
    assert_eq!(count(&html, "[data-field=why_other][data-asked-if]"), 1);
    assert!(words(&html).contains("Only if “Label of cause” is “Too little time”"));
    assert!(words(&filled(Lang::ZhTw)).contains("「Label of cause（中）」選「Too little time（中）」時才需要回答"));
}

#[test]
fn every_input_has_a_label_and_every_problem_stands_beside_its_field() {
    let mut form = samples::form(&asks(), &Answers::default(), &around());
    let problem = |field: &Field| FieldProblem { field: field.id.clone(), message: Message::new("field-required") };
    form.typed(&Answers::default(), &asks().iter().map(problem).collect::<Vec<_>>());
    let html = page(Lang::ZhTw, Some(form), None);
    let document = Html::parse_document(&html);
    let all = |selector: &str| Selector::parse(selector).expect("a selector");
    for input in document.select(&all("form[data-autosave] :is(input, select, textarea):not([type=hidden])")) {
        let id = input.value().attr("id").unwrap_or("none");
        let inside = input.ancestors().any(|node| node.value().as_element().is_some_and(|e| e.name() == "label"));
        assert!(inside || count(&html, &format!(r#"label[for="{id}"]"#)) == 1, "{}", input.html());
    }
    for field in asks() {
        let named = format!("problem-{}", field.id);
        assert_eq!(count(&html, &format!("#{named}")), 1, "{named}");
        let described = format!(r#"#field-{}[aria-invalid="true"][aria-describedby~="{named}"]"#, field.id);
        assert_eq!(count(&html, &described), 1, "{named}");
        assert_eq!(count(&html, &format!(r##".problems a[href="#field-{}"]"##, field.id)), 1);
    }
    for id in document.select(&all("[id]")).filter_map(|it| it.value().attr("id")) {
        assert_eq!(count(&html, &format!(r#"[id="{id}"]"#)), 1, "{id}");
    }
}

#[test]
fn every_kind_of_answer_is_read_as_what_it_means() {
    let html = read(Lang::En, &answers());
    let said = words(&html);
    for part in ["Win <back>", "Too little time", "Too little price", "5 of 5", "12.5 units", "Mon 4 Mar 2030"] {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert!(said.contains("Lin <Mei>") && !said.contains("m2"), "{said}");
    assert!(said.contains("Measurable 20 more") && said.contains("a <b>"), "{said}");
    assert!(said.contains("4 of 5") && said.contains("Not observed yet") && said.contains("Too new"), "{said}");
    assert_eq!(count(&html, r#"a[href="https://example.com/q?a=1&b=2"][rel="noopener noreferrer"]"#), 1);
    assert!(said.contains("( example.com )") || said.contains("(example.com)"), "{said}");
    assert_eq!(count(&html, &format!(r#"a[href="/plans/p/steps/s/files/{FILE}"]"#)), 1);
    assert!(said.contains("The file was removed."), "{said}");
    assert!(words(&read(Lang::ZhTw, &answers())).contains("尚無機會觀察"));
}

#[test]
fn what_was_not_answered_is_said_of_every_kind() {
    let html = read(Lang::En, &Answers::default());
    assert_eq!(words(&html).matches("No answer").count(), asks().len());
}
