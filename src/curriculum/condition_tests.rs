//! What conditions are admitted, and what is said of the others.

#[path = "condition_properties.rs"]
mod properties;

use std::collections::HashMap;

use super::{ConditionDraft, Sight, StepSight, check, read};
use crate::curriculum::SourceFile;
use crate::curriculum::draft::{AskDraft, Asked, Unread};
use crate::curriculum::findings::Findings;
use crate::curriculum::map::Reader;
use crate::curriculum::source::Source;
use crate::curriculum::tree::{self, Tree, Value};
use crate::engine::condition::{Comparison, Condition, Path};
use crate::engine::diagnostic::Diagnostic;
use crate::engine::message::Arg;
use crate::engine::release::{Choice, Dimension, Field, FieldKind, Notes, Number};
use crate::engine::vocabulary::{Role, StepId, Text};

fn words() -> Text {
    Text { en: "A".to_owned(), zh_tw: "甲".to_owned() }
}

fn field(id: &str, kind: FieldKind) -> Field {
    Field { id: id.to_owned(), label: words(), help: None, required: true, when: None, begin: None, kind }
}

fn options(ids: &[&str]) -> Vec<Choice> {
    ids.iter().map(|id| Choice { id: (*id).to_owned(), label: words() }).collect()
}

fn dimension(id: &str) -> Dimension {
    Dimension { id: id.to_owned(), source: None, label: words(), help: None, low: None, middle: None, high: None }
}

/// A form with a field of every kind that matters.
fn form() -> Vec<Field> {
    let (min, max) = (Some(Number(0)), Some(Number(100_000)));
    vec![
        field("cause", FieldKind::Choice { options: options(&["leads", "price", "people"]) }),
        field("causes", FieldKind::Several { options: options(&["leads", "price", "people"]), min: 1, max: 2 }),
        field("score", FieldKind::Scale { min: 1, max: 5, low: None, high: None }),
        field("budget", FieldKind::Number { min, max, unit: None }),
        field("rows", FieldKind::Table { columns: Vec::new(), min_rows: 2, max_rows: 5, of: None }),
        field("note", FieldKind::LongText { example: None, min: 1, max: 10 }),
        field("day", FieldKind::Date),
        field(
            "scores",
            FieldKind::Rating {
                dimensions: vec![dimension("attainment"), dimension("turnover")],
                min: 1,
                max: 5,
                not_observed: true,
                notes: Notes::None,
                at_least: 1,
            },
        ),
    ]
}

/// What a test changes of where a condition stands.
#[derive(Default)]
struct Stands {
    in_each: bool,
    in_form: bool,
    /// In the when of its first field.
    is_first: bool,
    is_partial: bool,
    /// A field that could not be read.
    unread: Option<&'static str>,
}

/// The file's scalar `when`, read and checked.
fn compiled(file: &str, stands: &Stands) -> (Option<ConditionDraft>, Vec<Diagnostic>) {
    let sources = [Source::new(&SourceFile { path: "a.yaml".to_owned(), bytes: file.as_bytes().to_vec() })];
    let mut findings = Findings::new(&sources);
    let mut reader = Reader::new(&mut findings, 0);
    let mut draft = None;
    if let Tree::Whole(node) = tree::parse(&mut reader, file)
        && let Value::Map(entries) = &node.value
    {
        draft = entries.first().and_then(|entry| read(&mut reader, &entry.node, "when"));
    }
    let unread = stands.unread.map(|name| Asked::Unread(Some(name.to_owned())));
    let unread = Unread::of(&AskDraft { items: unread.into_iter().collect(), ..AskDraft::default() });
    let form = form();
    let steps = HashMap::from([
        ("diagnose", StepSight { fields: &form, unread: &unread, is_each: false }),
        ("talk", StepSight { fields: &form, unread: &unread, is_each: true }),
    ]);
    if let Some(draft) = &draft {
        let this = stands.in_form.then_some((form.as_slice(), if stands.is_first { 0 } else { form.len() }, &unread));
        let allows_plan = !stands.in_form;
        let Stands { in_each, is_partial, .. } = *stands;
        let sight = Sight { steps: &steps, in_each, this, allows_plan, metrics: &["attainment"], is_partial };
        check(&mut findings, draft, &sight);
    }
    (draft, findings.into_diagnostics())
}

#[test]
fn what_could_not_be_read_may_hold_what_is_asked_for() {
    let ids = |condition: &str, in_form: bool| {
        let stands = Stands { in_form, unread: Some("lost"), ..Stands::default() };
        let (_, found) = compiled(&quoted(condition), &stands);
        found.iter().map(|found| found.message.id).collect::<Vec<_>>()
    };
    assert_eq!(ids("answers.diagnose.lost == \"x\"", false), Vec::<&str>::new());
    assert_eq!(ids("answers.diagnose.gone == \"x\"", false), ["problem-never-asked"]);
    assert_eq!(ids("this.lost > 3", true), Vec::<&str>::new());
    assert_eq!(ids("this.gone > 3", true), ["problem-this-never-asked"]);
}

/// As a scalar in quotes, which YAML hands over unchanged.
fn quoted(condition: &str) -> String {
    format!("when: '{}'\n", condition.replace('\'', "''"))
}

/// The message, what is underlined (as it was before it was quoted), and the hint's words.
fn said(diagnostic: &Diagnostic) -> String {
    let span = diagnostic.span.expect("a place");
    let (skip, take) = (span.column as usize - 1, span.length as usize);
    let under: String = diagnostic.source.chars().skip(skip).take(take).collect();
    let under = under.replace("''", "'");
    let hint = diagnostic.hint.as_ref().and_then(|hint| match hint.args.first() {
        Some((_, Arg::Words(words))) => Some(format!(" ({words})")),
        _ => None,
    });
    let id = diagnostic.message.id.trim_start_matches("problem-");
    format!("{id}: {under}{}", hint.unwrap_or_default())
}

fn found_where(condition: &str, stands: &Stands) -> Vec<String> {
    compiled(&quoted(condition), stands).1.iter().map(said).collect()
}

fn found(condition: &str) -> Vec<String> {
    found_where(condition, &Stands::default())
}

fn none() -> Vec<String> {
    Vec::new()
}

fn condition(text: &str) -> Condition {
    let (draft, found) = compiled(&quoted(text), &Stands::default());
    assert_eq!(found, []);
    draft.expect("a condition").condition
}

fn answer(field: &str, dimension: Option<&str>) -> Box<Condition> {
    let (field, dimension) = (field.to_owned(), dimension.map(str::to_owned));
    Box::new(Condition::Path(Path::Answer { step: StepId("diagnose".to_owned()), field, dimension }))
}

#[test]
fn a_condition_reads_as_it_is_written() {
    let leads = || Box::new(Condition::Text("leads".to_owned()));
    let number = |n: i64| Box::new(Condition::Number(Number(n)));
    let is_leads = || Box::new(Condition::Compare(Comparison::Equal, answer("cause", None), leads()));
    assert_eq!(condition("answers.diagnose.cause == \"leads\""), *is_leads());
    assert_eq!(
        condition("answers.diagnose.cause == 'leads' && size(roster) > 3"),
        Condition::And(
            is_leads(),
            Box::new(Condition::Compare(
                Comparison::Greater,
                Box::new(Condition::Size(Box::new(Condition::Path(Path::Roster)))),
                number(3000)
            ))
        )
    );
    assert_eq!(
        condition("answers.diagnose.budget <= 2.125 || !cast.mentor"),
        Condition::Or(
            Box::new(Condition::Compare(Comparison::LessOrEqual, answer("budget", None), number(2125))),
            Box::new(Condition::Not(Box::new(Condition::Path(Path::Cast(Role::Mentor)))))
        )
    );
    assert_eq!(
        condition("answers.diagnose.cause in ['leads', \"price\"]"),
        Condition::In(
            answer("cause", None),
            Box::new(Condition::List(vec![*leads(), Condition::Text("price".to_owned())]))
        )
    );
    assert_eq!(
        condition("metrics.attainment.before > metrics.attainment.last"),
        Condition::Compare(
            Comparison::Greater,
            Box::new(Condition::Path(Path::Metric { id: "attainment".to_owned(), before: true })),
            Box::new(Condition::Path(Path::Metric { id: "attainment".to_owned(), before: false }))
        )
    );
    assert_eq!(
        condition("metrics.attainment.last >= - 1.5"),
        Condition::Compare(
            Comparison::GreaterOrEqual,
            Box::new(Condition::Path(Path::Metric { id: "attainment".to_owned(), before: false })),
            number(-1500)
        )
    );
    assert_eq!(
        condition("answers.diagnose.scores.turnover < 3"),
        Condition::Compare(Comparison::Less, answer("scores", Some("turnover")), number(3000))
    );
}

#[test]
fn what_the_language_has_not_is_named() {
    assert_eq!(found("size(roster) + 1 > 3"), ["condition-part: +"]);
    assert_eq!(found("size(roster) - 1 > 3"), ["condition-part: -"]);
    assert_eq!(found("-size(roster) > 3"), ["condition-part: -"]);
    assert_eq!(found("cast.mentor ? true : false"), ["condition-part: ?"]);
    assert_eq!(found("has(answers.diagnose.cause)"), ["condition-part: has"]);
    assert_eq!(found("roster.exists(m, true)"), ["condition-part: exists"]);
    assert_eq!(found("roster.size() > 3"), ["condition-part: size"]);
    assert_eq!(found("size(roster, 2) > 3"), ["condition-part: ("]);
    assert_eq!(found("answers.diagnose.causes[0] == 'leads'"), ["condition-part: ["]);
    assert_eq!(found("cast.mentor == null"), ["condition-part: null"]);
    assert_eq!(found("cast.mentor == {}"), ["condition-part: {"]);
    assert_eq!(found("answers.diagnose.cause == b'leads'"), ["condition-part: b"]);
    assert_eq!(found("answers.diagnose.cause == '''leads'''"), ["condition-part: '"]);
    assert_eq!(found("size(roster) > 3 // many"), ["condition-part: /"]);
    assert_eq!(found("size(roster) > 0x10"), ["condition-number: 0x10"]);
    assert_eq!(found("size(roster) > 3u"), ["condition-number: 3u"]);
    assert_eq!(found("size(roster) > 1.2345"), ["condition-number: 1.2345"]);
    assert_eq!(found("size(roster) > 9223372036854775807"), ["condition-number: 9223372036854775807"]);
    assert_eq!(found("1 < size(roster) < 3"), ["condition-chained: <"]);
    assert_eq!(found("(1 < size(roster)) == true"), ["condition-chained: 1 < size(roster)) == true"]);
    assert_eq!(
        found("answers.diagnose.cause in [answers.diagnose.cause, [1], -1]"),
        ["condition-item: answers.diagnose.cause", "condition-item: [1]"]
    );
}

#[test]
fn what_was_meant_by_a_slip_is_found() {
    assert_eq!(found("cast.mentor and cast.hr"), ["condition-part: and (&&)"]);
    assert_eq!(found("not cast.mentor"), ["condition-part: not (!)"]);
    assert_eq!(found("size(roster) = 3"), ["condition-part: = (==)"]);
    assert_eq!(found("size(roster) === 3"), ["condition-part: === (==)"]);
    assert_eq!(found("cast.mentor & cast.hr"), ["condition-part: & (&&)"]);
    assert_eq!(found("answers.diagnose.cause == “leads”"), ["condition-part: “ (\")"]);
    assert_eq!(found("answer.diagnose.cause == 'leads'"), ["condition-root: answer (answers)"]);
    assert_eq!(found("answers.diagnose.cause == leads"), ["condition-root: leads (\"leads\")"]);
    assert_eq!(found("cast.mentr"), ["unknown-role: mentr (mentor)"]);
    assert_eq!(found("answers.diagnoes.cause == 'leads'"), ["unknown-step: diagnoes (diagnose)"]);
    assert_eq!(found("answers.diagnose.cuase == 'leads'"), ["never-asked: cuase (cause)"]);
    assert_eq!(found("answers.diagnose.cause == 'lead'"), ["unknown-option: 'lead' (leads)"]);
    assert_eq!(found("'lead' in answers.diagnose.causes"), ["unknown-option: 'lead' (leads)"]);
    assert_eq!(found("answers.diagnose.cause in ['leads', 'prise']"), ["unknown-option: 'prise' (price)"]);
    assert_eq!(found("answers.diagnose.scores.turnovr > 3"), ["unknown-dimension: turnovr (turnover)"]);
    assert_eq!(found("metrics.atainment.last > 3"), ["unknown-metric: atainment (attainment)"]);
    assert_eq!(found("answers.diagnose.score == '3'"), ["types-differ: answers.diagnose.score == '3' (3)"]);
}

#[test]
fn what_the_parser_stumbles_over_is_underlined() {
    assert_eq!(found("cast.mentor &&"), ["condition-syntax: &"]);
    assert_eq!(found("cast..mentor"), ["condition-syntax: ."]);
    assert_eq!(found("(cast.mentor"), ["condition-syntax: r"]);
    assert_eq!(found("cast.mentor cast.hr"), ["condition-syntax: c"]);
    assert_eq!(found("answers.diagnose.cause == \"leads"), ["condition-quote: \"leads"]);
}

#[test]
fn a_path_is_whole() {
    assert_eq!(found("answers.diagnose == 'leads'"), ["condition-path: answers.diagnose"]);
    assert_eq!(found("answers.diagnose.scores.turnover.x > 1"), ["condition-part: ."]);
    assert_eq!(found("roster.size > 1"), ["condition-path: roster.size"]);
    assert_eq!(found("metrics.attainment > 1"), ["condition-path: metrics.attainment"]);
    assert_eq!(found("cast.manager"), ["condition-manager: cast.manager"]);
}

#[test]
fn types_that_do_not_fit_are_named() {
    assert_eq!(found("answers.diagnose.scores > 3"), ["rating-needs-dimension: answers.diagnose.scores"]);
    assert_eq!(found("answers.diagnose.score.turnover > 3"), ["no-dimensions: turnover"]);
    assert_eq!(found("answers.diagnose.note == 'a'"), ["not-comparable: note"]);
    assert_eq!(found("answers.diagnose.day > 3"), ["not-comparable: day"]);
    assert_eq!(found("answers.diagnose.causes == ['leads']"), ["list-compared: answers.diagnose.causes"]);
    assert_eq!(found("roster > 3"), ["list-compared: roster"]);
    assert_eq!(found("answers.diagnose.cause < 'leads'"), ["order: answers.diagnose.cause < 'leads'"]);
    assert_eq!(found("cast.mentor == 1"), ["types-differ: cast.mentor == 1"]);
    assert_eq!(found("answers.diagnose.score in ['a']"), ["types-differ: 'a'"]);
    assert_eq!(found("answers.diagnose.cause in ['leads', 1]"), ["list-mixed: ['leads', 1]"]);
    assert_eq!(found("answers.diagnose.cause in answers.diagnose.causes"), ["in-needs-option: answers.diagnose.cause"]);
    assert_eq!(found("answers.diagnose.score in answers.diagnose.rows"), ["in-needs-list: answers.diagnose.rows"]);
    assert_eq!(found("size(answers.diagnose.score) > 3"), ["size-of: answers.diagnose.score"]);
    assert_eq!(found("answers.diagnose.score && cast.hr"), ["not-a-truth: answers.diagnose.score"]);
    assert_eq!(found("size(roster)"), ["not-a-truth: size(roster)"]);
}

#[test]
fn a_form_asks_itself_and_nothing_else_does() {
    let in_form = Stands { in_form: true, ..Stands::default() };
    assert_eq!(found_where("this.cause == 'leads' && this.scores.turnover > 2", &in_form), none());
    assert_eq!(found_where("this.cuase == 'leads'", &in_form), ["this-never-asked: cuase (cause)"]);
    assert_eq!(found_where("cast.mentor", &in_form), ["plan-in-form: cast.mentor"]);
    assert_eq!(found("this.cause == 'leads'"), ["this-outside-form: this.cause"]);
    let at_first = Stands { is_first: true, ..in_form };
    assert_eq!(found_where("this.cause == 'leads'", &at_first), ["this-asked-later: cause"]);
}

#[test]
fn a_step_for_each_member_is_asked_only_by_another() {
    assert_eq!(found("answers.talk.cause == 'leads'"), ["asks-each: talk"]);
    let in_each = Stands { in_each: true, ..Stands::default() };
    assert_eq!(found_where("answers.talk.cause == 'leads' && answers.diagnose.score > 2", &in_each), none());
}

#[test]
fn what_an_unreadable_file_may_hold_is_not_reported() {
    let partial = Stands { is_partial: true, ..Stands::default() };
    assert_eq!(found_where("answers.gone.cause == 'leads' && metrics.gone.last > 3", &partial), none());
    assert_eq!(found_where("answers.diagnose.gone == 'leads'", &partial).len(), 1);
}

#[test]
fn a_condition_that_never_holds_is_an_error() {
    let never = |condition: &str| found(condition) == [format!("never-holds: '{condition}'")];
    assert!(never("answers.diagnose.cause == 'leads' && answers.diagnose.cause == 'price'"));
    assert!(never("answers.diagnose.score > 5"));
    assert!(never("answers.diagnose.score > 3 && answers.diagnose.score < 4"));
    assert!(never("answers.diagnose.score == 2.5"));
    assert!(never("answers.diagnose.budget > 3 && answers.diagnose.budget < 3.001"));
    assert!(never("answers.diagnose.budget < 0"));
    assert!(never("size(answers.diagnose.causes) > 2"));
    assert!(never("'leads' in answers.diagnose.causes && size(answers.diagnose.causes) == 0"));
    assert!(never("size(answers.diagnose.rows) == 1"));
    assert!(never("size(answers.diagnose.rows) > 5"));
    assert!(never("answers.diagnose.cause in []"));
    assert!(never("size(roster) < 0"));
    assert!(never("cast.mentor && !cast.mentor"));
    assert!(never(
        "metrics.attainment.last > metrics.attainment.before && metrics.attainment.last < metrics.attainment.before"
    ));
    assert!(never(
        "answers.diagnose.score > answers.diagnose.budget && answers.diagnose.budget > 4.5 && answers.diagnose.score < 5"
    ));
    assert!(never("1 == 2"));
}

#[test]
fn a_condition_that_may_hold_is_left_alone() {
    assert_eq!(found("answers.diagnose.budget > 3 && answers.diagnose.budget < 3.002"), none());
    assert_eq!(found("answers.diagnose.score > 3 && answers.diagnose.score < 4.001"), none());
    assert_eq!(found("answers.diagnose.score > answers.diagnose.budget && answers.diagnose.budget > 4.5"), none());
    assert_eq!(found("answers.diagnose.score >= 1"), none()); // or not answered
    assert_eq!(found("answers.diagnose.cause != 'leads' && answers.diagnose.cause != 'price'"), none());
    assert_eq!(found("'leads' in answers.diagnose.causes && 'price' in answers.diagnose.causes"), none());
    assert_eq!(found("'leads' in answers.diagnose.causes && size(answers.diagnose.causes) == 2"), none());
    assert_eq!(found("size(answers.diagnose.rows) > 1 && size(answers.diagnose.rows) < 5"), none());
    assert_eq!(found("metrics.attainment.last < 0 && metrics.attainment.before < metrics.attainment.last"), none());
    assert_eq!(found("size(roster) > 5000000"), none());
}

#[test]
fn a_condition_that_always_holds_is_a_warning() {
    let (_, found) = compiled(&quoted("size(roster) >= 0 || cast.hr"), &Stands::default());
    assert_eq!(found.iter().map(said).collect::<Vec<_>>(), ["always-holds: 'size(roster) >= 0 || cast.hr'"]);
    assert!(!found.iter().any(Diagnostic::is_error));
    assert_eq!(self::found("true"), ["always-holds: 'true'"]);
}

#[test]
fn what_would_take_too_long_to_try_is_left_alone() {
    let one =
        |n: usize| format!("answers.diagnose.budget > {n} && metrics.attainment.last > {n} && size(roster) > {n}");
    let many: Vec<String> = (0..20).map(one).collect();
    let many = format!("({}) && cast.hr && !cast.hr", many.join(" || "));
    assert_eq!(found(&many), none());
}

#[test]
fn a_part_is_underlined_however_the_scalar_is_written() {
    let under = |file: &str| compiled(file, &Stands::default()).1.iter().map(said).collect::<Vec<_>>();
    assert_eq!(under("when: answers.diagnose.cause == \"lead\"\n"), ["unknown-option: \"lead\" (leads)"]);
    assert_eq!(under("when: \"answers.diagnose.cause == \\\"lead\\\"\"\n"), ["unknown-option: \\\"lead\\\" (leads)"]);
    assert_eq!(under("when: 'answers.diagnose.cause == ''lead'''\n"), ["unknown-option: 'lead' (leads)"]);
    let folded = "when: >-\n  cast.mentor &&\n  answers.diagnose.cause == 'lead'\n";
    assert_eq!(under(folded), ["unknown-option: 'lead' (leads)"]);
    let block = "when: |\n  cast.mentor &&\n\n    answers.diagnose.cause == 'lead'\n";
    assert_eq!(under(block), ["unknown-option: 'lead' (leads)"]);
    let plain = "when: cast.mentor &&\n  answers.diagnose.cause == 'lead' # so\n";
    assert_eq!(under(plain), ["unknown-option: 'lead' (leads)"]);
    assert_eq!(under("when: '\"團隊\" == \"\" || cast.mentr'\n"), ["unknown-role: mentr (mentor)"]);
    assert_eq!(under("when: [cast.mentor]\n"), ["wrong-type: ["]);
}

#[test]
fn a_text_past_its_limits_is_refused_before_it_is_parsed() {
    assert_eq!(found(&format!("{}cast.mentor{}", "(".repeat(5), ")".repeat(5))), none());
    assert_eq!(found(&format!("{}cast.mentor{}", "(".repeat(6), ")".repeat(6))), ["condition-too-deep: ("]);
    assert_eq!(found(&"(".repeat(2000)), ["condition-too-deep: ("]);
    assert_eq!(found(&"[".repeat(10_000)).len(), 1);
    assert_eq!(found(&format!("cast.mentor{}", " ".repeat(2000) + "&& cast.hr")).len(), 1);
    assert_eq!(found(&"!".repeat(2000)), ["condition-syntax: !"]);
    // Chains, inside as many brackets as may be.
    let inside = |chain: String| format!("({}{chain}{})", "(".repeat(4), ")".repeat(4));
    assert_eq!(found(&inside(format!("a{}", ".b".repeat(900)))).len(), 1);
    assert_eq!(found(&inside(format!("1{}", "<1".repeat(900)))).len(), 1);
    assert_eq!(found(&inside(format!("1{}", "-1".repeat(900)))).len(), 1);
    assert_eq!(found(&inside(format!("roster{}", "[1]".repeat(600)))).len(), 1);
    assert_eq!(found(&inside(format!("{}true", "!".repeat(1900)))).len(), 1);
    assert_eq!(found(&inside(format!("{}1 < 2", "-".repeat(1900)))).len(), 1);
    assert_eq!(found(&inside("cast.hr cast.hr ".repeat(120))).len(), 1);
    assert_eq!(found(&inside(format!("cast.hr{}", "||cast.hr".repeat(220)))), none());
    let roster = format!("size([1{}]) < size(roster)", ",1".repeat(900));
    assert_eq!(found(&roster), none());
    let flat = format!("{}cast.hr{}", "(".repeat(5), ") && (cast.hr".repeat(100) + &")".repeat(5));
    assert_eq!(found(&flat), none());
}
