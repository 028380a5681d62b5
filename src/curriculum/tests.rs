//! Limits, and what holds whatever the bytes.

use proptest::prelude::*;

use super::lower_days::compared;
use super::{Compiled, SourceFile, compile};
use crate::engine::diagnostic::{Diagnostic, Severity};
use crate::engine::release::{Day, FieldKind, Period, Release, Share, StepDef, Until, Window};
use crate::engine::vocabulary::{Role, Text};

fn file(path: &str, text: impl Into<Vec<u8>>) -> SourceFile {
    SourceFile { path: path.to_owned(), bytes: text.into() }
}

const HEAD: &str = "title: {en: A, zh-TW: 甲}\nsummary: {en: A, zh-TW: 甲}\n";

fn step(id: &str, more: &str) -> String {
    format!("  - id: {id}\n    title: {{en: A, zh-TW: 甲}}\n    body: {{en: A, zh-TW: 甲}}\n    effort: 5\n{more}")
}

fn curriculum(name: &str, steps: &str) -> SourceFile {
    file(&format!("{name}.yaml"), format!("curriculum: {name}\n{HEAD}steps:\n{steps}"))
}

fn program(curricula: &str) -> SourceFile {
    file("program.yaml", format!("program: one\n{HEAD}curricula: {curricula}\ncast: [mentor]\n"))
}

fn ids(result: Result<Compiled, Vec<Diagnostic>>) -> Vec<&'static str> {
    let found = result.map_or_else(|found| found, |compiled| compiled.warnings);
    found.iter().map(|diagnostic| diagnostic.message.id).collect()
}

fn release(steps: &str) -> Release {
    let compiled = compile(&[curriculum("a", steps), program("[a]")]).expect("a program that compiles");
    compiled.releases.into_iter().next().expect("one release")
}

fn chain(length: usize) -> String {
    let one = |n: usize| match n {
        0 => step("s0", "    due: B5\n"),
        _ => step(&format!("s{n}"), &format!("    due: B5\n    after: [s{}]\n", n - 1)),
    };
    (0..length).map(one).collect()
}

#[test]
fn what_is_left_out_has_the_value_that_the_guide_promises() {
    let release = release(&step("one", "    due: [B3, B20]\n    each: member\n"));
    let step = release.steps().next().expect("a step");
    assert_eq!(step.who, Role::Manager);
    assert_eq!(step.windows, [Window::plan(1, 3), Window::plan(15, 20)]);
    assert_eq!(step.each.map(|each| each.within), Some(5));
    assert_eq!(step.visible_to, [Role::Manager, Role::Mentor]);
    assert_eq!(release.program.due_soon, 2);
}

#[test]
fn who_does_and_who_reviews_a_step_read_it_by_default() {
    let release = release(&step("one", "    due: B3\n    who: mentor\n"));
    assert_eq!(release.steps().next().map(|step| step.visible_to.clone()), Some(vec![Role::Manager, Role::Mentor]));
    let steps = step("one", "    due: B3\n    review: superior\n");
    let mut program = program("[a]");
    program.bytes = String::from_utf8(program.bytes).expect("text").replace("[mentor]", "[superior]").into_bytes();
    let compiled = compile(&[curriculum("a", &steps), program]).expect("a program that compiles");
    let visible_to = &compiled.releases[0].curricula[0].steps[0].visible_to;
    assert_eq!(visible_to, &[Role::Manager, Role::Mentor, Role::Superior]);
}

#[test]
fn quarters_and_years_are_months() {
    let period = |every: &str| {
        let release = release(&step("one", &format!("    due: B3\n    every: {{{every}, until: B250}}\n")));
        release.steps().next().and_then(|step| step.every.clone()).map(|every| every.period)
    };
    assert_eq!(period("quarters: 2"), Some(Period::Months(6)));
    assert_eq!(period("years: 1"), Some(Period::Months(12)));
}

#[test]
fn a_program_holds_five_thousand_steps_and_not_one_more() {
    assert_eq!(ids(compile(&[curriculum("a", &chain(5000)), program("[a]")])), Vec::<&str>::new());
    assert_eq!(ids(compile(&[curriculum("a", &chain(5001)), program("[a]")])), ["problem-too-many-steps"]);
}

#[test]
fn a_circle_of_five_thousand_steps_is_printed_short() {
    let steps = chain(5000).replacen("due: B5\n", "due: B5\n    after: [s4999]\n", 1);
    let found = compile(&[curriculum("a", &steps), program("[a]")]).expect_err("a circle");
    let path = found.iter().map(|diagnostic| format!("{:?}", diagnostic.message.args)).collect::<Vec<_>>();
    assert_eq!(path.len(), 1);
    assert!(path[0].contains("s0 -> s4999 -> s4998") && path[0].contains("… -> s0") && path[0].len() < 200);
}

#[test]
fn a_file_past_its_limits_is_refused_and_the_others_are_still_read() {
    let large = file("large.yaml", vec![b'a'; 1024 * 1024 + 1]);
    let many = file("many.yaml", format!("curriculum: a\nsteps: [{}]\n", "a,".repeat(150_001)));
    let lines = file("lines.yaml", "- a\n".repeat(150_001));
    let bad = curriculum("bad", &step("one", "    due: B0\n"));
    assert_eq!(
        ids(compile(&[large, many, lines, bad])),
        ["problem-bad-day", "problem-too-large", "problem-too-many-values", "problem-too-many-values"]
    );
}

#[test]
fn mistakes_past_five_hundred_are_counted() {
    let steps: String = (0..2000).map(|n| step(&format!("s{n}"), "    due: B0\n")).collect();
    let found = ids(compile(&[curriculum("a", &steps)]));
    assert_eq!((found.len(), found.last()), (501, Some(&"problem-many-more")));
}

#[test]
fn what_refers_to_a_file_that_does_not_parse_is_not_reported() {
    let broken = file("broken.yaml", "curriculum: broken\ntitle: 'a\n");
    let uses = curriculum("a", &step("one", "    due: B5\n    after: [step_of_broken]\n"));
    let found = ids(compile(&[broken, uses.clone(), program("[a, broken]")]));
    assert_eq!(found, ["problem-syntax-quote"]);
    let mystery = file("mystery.yaml", "'a");
    assert_eq!(ids(compile(&[mystery, uses.clone(), program("[a, gone]")])), ["problem-syntax-quote"]);
    let program = file("program.yaml", "program: one\ntitle: 'a\n");
    assert_eq!(ids(compile(&[uses, program])), ["problem-unknown-step", "problem-syntax-quote"]);
}

#[test]
fn a_release_keeps_the_order_of_its_program() {
    let steps = |id: &str| step(id, "    due: B5\n");
    let files = [curriculum("a", &steps("x")), curriculum("b", &steps("y")), program("[b, a]")];
    let compiled = compile(&files).expect("a program that compiles");
    assert_eq!(compiled.releases[0].steps().map(|step| step.id.as_str()).collect::<Vec<_>>(), ["y", "x"]);
}

/// Everything the language has, as an author writes it.
const EVERYTHING: [(&str, &str); 7] = [
    ("assessment.yaml", include_str!("../../tests/curricula/good/everything/assessment.yaml")),
    ("base.yaml", include_str!("../../tests/curricula/good/everything/base.yaml")),
    ("curriculum.yaml", include_str!("../../tests/curricula/good/everything/curriculum.yaml")),
    ("later.yaml", include_str!("../../tests/curricula/good/everything/later.yaml")),
    ("more.yaml", include_str!("../../tests/curricula/good/everything/more.yaml")),
    ("playbook.yaml", include_str!("../../tests/curricula/good/everything/playbook.yaml")),
    ("plus.yaml", include_str!("../../tests/curricula/good/everything/plus.yaml")),
];
const CALENDAR: &str = include_str!("../../tests/curricula/good/calendar.yaml");

fn everything() -> Vec<SourceFile> {
    EVERYTHING.iter().map(|(path, text)| file(path, *text)).collect()
}

fn everything_of(program: &str) -> Release {
    let compiled = compile(&everything()).expect("files that compile");
    compiled.releases.into_iter().find(|release| release.program.name == program).expect("the program")
}

fn found<'r>(release: &'r Release, id: &str) -> &'r StepDef {
    release.steps().find(|step| step.id.as_str() == id).expect("a step")
}

#[test]
fn a_wave_counts_its_days_from_its_first_day_in_each_program_by_itself() {
    let steps =
        step("one", "    due: B5\n    every: {weekly: fri, until: B50}\n") + &step("q", "    due: quarter_end-3\n");
    let program = |name: &str, from: &str| {
        let text = format!("program: {name}\n{HEAD}waves: [{{from: {from}, curricula: [a]}}]\n");
        file(&format!("{name}.yaml"), text)
    };
    let compiled = compile(&[curriculum("a", &steps), program("p", "B1"), program("q", "B22")]).expect("programs");
    let days = |release: &Release| {
        let (one, quarter) = (found(release, "one"), found(release, "q"));
        let not_before = |day: &Day| if let Day::Quarter { not_before, .. } = day { *not_before } else { 0 };
        (one.windows.clone(), one.every.clone().map(|every| every.until), not_before(&quarter.windows[0].due))
    };
    assert_eq!(days(&compiled.releases[0]), (vec![Window::plan(1, 5)], Some(Until::Plan(50)), 1));
    assert_eq!(days(&compiled.releases[1]), (vec![Window::plan(22, 26)], Some(Until::Plan(71)), 22));
}

#[test]
fn a_step_of_a_later_wave_is_due_after_what_it_waits_for() {
    let files = |wave: &str| {
        let first = step("one", "    due: B9\n");
        let second = step("two", "    due: B5\n    after: [one]\n");
        let program = format!("program: p\n{HEAD}curricula: [a]\nwaves: [{{from: {wave}, curricula: [b]}}]\n");
        [curriculum("a", &first), curriculum("b", &second), file("program.yaml", program)]
    };
    assert_eq!(ids(compile(&files("B5"))), Vec::<&str>::new());
    assert_eq!(ids(compile(&files("B4"))), ["problem-due-before-blocker"]);
}

#[test]
fn a_day_for_opening_that_is_left_out_is_five_working_days_before() {
    let release = everything_of("base");
    let written = |id: &str| found(&release, id).windows.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(written("keep"), ["meet+0–meet+5"]);
    assert_eq!(written("begin_quarter"), ["quarter_start+0–quarter_start+5"]);
    assert_eq!(written("prices"), ["T+5–T+10", "T+15–T+20"]);
    assert_eq!(written("close_case"), ["diagnose.checked_on-5–diagnose.checked_on+0"]);
    assert_eq!(written("diagnose"), ["T+0–T+3"]);
}

#[test]
fn what_may_come_later_is_said_where_it_is_waited_for() {
    let release = everything_of("base");
    let pending = |id: &str| found(&release, id).pending.iter().map(|id| id.as_str().to_owned()).collect::<Vec<_>>();
    assert_eq!(pending("weekly_check"), ["diagnose", "people", "prices"]);
    assert_eq!(pending("close_case"), ["diagnose"]);
    assert_eq!(pending("team_map"), Vec::<String>::new());
}

#[test]
fn a_step_before_each_turn_knows_which_turns_recur() {
    let steps = [
        step("listed", "    due: [B5, B9]\n    every: {weekly: fri, until: end}\n"),
        step("before", "    due: listed-1\n"),
        step("before_that", "    due: before-1\n"),
    ];
    let release = release(&steps.concat());
    let from = |id: &str| match found(&release, id).windows[0].due {
        Day::Turn { ritual_from, .. } => ritual_from,
        _ => 0,
    };
    assert_eq!((from("before"), from("before_that")), (3, 3));
}

#[test]
fn an_end_is_the_program_s_last_day_and_a_step_that_ends_a_recurrence_comes_by_then() {
    let until = |release: &Release, id: &str| found(release, id).every.clone().map(|every| every.until);
    let (base, plus) = (everything_of("base"), everything_of("plus"));
    assert_eq!(until(&base, "friday_numbers"), Some(Until::Plan(240)));
    assert_eq!(until(&plus, "friday_numbers"), Some(Until::Plan(250)));
    let step = super::super::engine::vocabulary::StepId("team_map".to_owned());
    assert_eq!(until(&base, "friday_check"), Some(Until::Closed { step, latest: 240 }));
    assert_eq!(until(&base, "weekly_check"), Some(Until::Launch { launch: 40 }));
}

#[test]
fn a_program_takes_over_what_it_includes() {
    let plus = everything_of("plus");
    let names: Vec<&str> = plus.curricula.iter().map(|curriculum| curriculum.name.as_str()).collect();
    assert_eq!(names, ["core", "scorecard", "later", "more", "falling_short"]);
    assert_eq!(found(&plus, "once_more").windows, [Window::plan(30, 34)]);
    assert_eq!((plus.program.gather.len(), plus.program.metrics.len()), (1, 1));
    assert!(plus.program.load.is_none() && plus.program.checkpoints.is_empty());
}

#[test]
fn a_join_asks_why_somebody_goes_on_without_the_rest() {
    let release = everything_of("base");
    let step = found(&release, "team_map");
    let ids: Vec<&str> = step.joins.iter().map(|join| join.reason.id.as_str()).collect();
    assert_eq!(ids, ["go_on_reason", "go_on_reason_2"]);
    assert_eq!(step.joins.iter().map(|join| join.at_least).collect::<Vec<_>>(), [Share::Percent(80), Share::Count(1)]);
    let reason = &step.joins[0].reason;
    assert!(reason.required && matches!(reason.kind, FieldKind::LongText { min: 1, max: 1000, .. }));
    let fields: Vec<&str> = step.ask.iter().map(|field| field.id.as_str()).collect();
    assert_eq!(fields, ["own", "found", "found_more"]);
}

#[test]
fn a_step_of_an_assessment_rates_before_it_asks_for_more() {
    let release = everything_of("base");
    let rated = |id: &str| match &found(&release, id).ask[0].kind {
        FieldKind::Rating { dimensions, at_least, .. } => (dimensions.len(), *at_least),
        _ => (0, 0),
    };
    assert_eq!((rated("scorecard_self"), rated("scorecard_mentor")), ((3, 2), (2, 2)));
    let ids: Vec<&str> = found(&release, "scorecard_self").ask.iter().map(|field| field.id.as_str()).collect();
    assert_eq!(ids, ["scores", "why"]);
    assert_eq!(found(&release, "scorecard_self").ask[0].label.en, "Scorecard");
}

#[test]
fn a_form_stands_in_fifty_steps_and_not_in_one_more() {
    let forms = "forms:\n  - id: f\n    ask: [{id: a, type: date, label: {en: A, zh-TW: 甲}}]\n";
    let files = |count: usize| {
        let uses: String = (0..count).map(|n| step(&format!("s{n}"), "    due: B5\n    ask: [{use: f}]\n")).collect();
        [file("a.yaml", format!("curriculum: a\n{HEAD}{forms}steps:\n{uses}")), program("[a]")]
    };
    assert_eq!(ids(compile(&files(50))), Vec::<&str>::new());
    assert_eq!(ids(compile(&files(51))), ["problem-form-too-often"]);
}

#[test]
fn a_program_includes_twenty_others_and_not_one_more() {
    let chain = |count: usize| {
        let one = |n: usize| {
            let more = if n == count { "curricula: [a]".to_owned() } else { format!("includes: [p{}]", n + 1) };
            file(&format!("p{n}.yaml"), format!("program: p{n}\n{HEAD}{more}\n"))
        };
        let mut files: Vec<SourceFile> = (0..=count).map(one).collect();
        files.push(curriculum("a", &step("one", "    due: B5\n")));
        files
    };
    assert_eq!(ids(compile(&chain(20))), Vec::<&str>::new());
    assert_eq!(ids(compile(&chain(21))), ["problem-too-many-includes"]);
}

#[test]
fn a_control_character_hides_no_other_mistake_of_its_file() {
    let steps = step("one", "    due: B0\n").replacen("en: A", "en: A\u{7}\u{202e}", 1);
    let found = ids(compile(&[curriculum("a", &steps), program("[a]")]));
    assert_eq!(found, ["problem-control-character", "problem-control-character", "problem-bad-day"]);
}

/// What must hold of every answer.
fn hold(files: &[SourceFile]) -> Result<(), TestCaseError> {
    match compile(files) {
        Ok(compiled) => {
            prop_assert!(compiled.warnings.iter().all(|found| found.severity == Severity::Warning));
            compiled.releases.iter().try_for_each(is_sound)?;
        }
        Err(found) => {
            prop_assert!(found.iter().any(Diagnostic::is_error));
            for diagnostic in found {
                prop_assert!(diagnostic.span.is_none_or(|span| span.column >= 1 && span.length >= 1));
            }
        }
    }
    Ok(())
}

fn is_sound(release: &Release) -> Result<(), TestCaseError> {
    let written = |text: &Text| !text.en.trim().is_empty() && !text.zh_tw.trim().is_empty();
    prop_assert!(written(&release.program.title) && !release.curricula.is_empty());
    for step in release.steps() {
        prop_assert!(written(&step.title) && written(&step.body) && step.effort > 0);
        prop_assert!(!step.windows.is_empty());
        prop_assert!(step.windows.iter().all(|w| compared(&w.opens, &w.due).is_some_and(std::cmp::Ordering::is_le)));
        prop_assert!(step.windows.is_sorted_by(|a, b| compared(&a.due, &b.due).is_some_and(std::cmp::Ordering::is_lt)));
        prop_assert!(step.windows.iter().all(|w| !matches!(w.opens, Day::Plan(n) if n == 0 || n > 400)));
        let joined = step.joins.iter().flat_map(|join| &join.of);
        let anchors = step.windows.iter().filter_map(|window| window.due.waits_for());
        let awaited = step.after.iter().chain(joined).chain(anchors);
        prop_assert!(awaited.clone().all(|other| release.step(other).is_some() && *other != step.id));
        prop_assert!(step.pending.iter().all(|other| awaited.clone().any(|awaited| awaited == other)));
        prop_assert!(release.step(&step.id).is_some_and(|found| std::ptr::eq(found, step)));
        prop_assert!(step.visible_to.contains(&step.who) && step.review != Some(step.who));
        prop_assert!(step.ask.iter().all(|field| written(&field.label)));
    }
    Ok(())
}

/// A piece that YAML or the language gives a meaning to.
fn piece() -> impl Strategy<Value = String> {
    // Split at ¦.
    const PIECES: &str = concat!(
        "\n¦\n  ¦\n    ¦\n      - ¦- ¦: ¦:¦? ¦, ¦[¦]¦{¦}¦&a ¦*a¦!t ¦!!int ¦'¦\"¦\\¦|\n¦>-\n¦#¦---\n¦",
        "...\n¦%YAML 1.2\n¦~¦<<¦\t¦\r¦\r\n¦\u{0}¦\u{feff}¦\u{202e}¦curriculum: a\n¦program: a\n¦",
        "calendar: a\n¦steps:\n¦id: a¦due: B5¦every: {weekly: fri}¦ask:¦type: table¦columns:¦member¦一¦B¦",
        "0¦-1¦1e999¦99999999999999999999¦2026-02-30¦en: ¦zh-TW: ¦null¦true¦playbook: a\n¦assessment: a\n¦",
        "T+¦+3¦-1¦quarter_end-10¦quarter_start+¦end¦until: ¦kick_off¦kick_off.review_on+¦¦answers.kick_off.¦",
        "this.¦metrics.¦size(roster)¦ && ¦when: ¦{{¦}}¦{{member.name}}¦use: audit¦{of: [¦at_least: 80%¦was: [¦",
        "each: member¦waves:¦includes: [¦gather:¦metrics:¦playbooks: [¦forms:¦dimensions:¦rates: [¦remind: never¦",
        "type: rating¦type: several¦type: smart¦type: person¦type: file¦type: link¦launch:¦who: hr",
    );
    prop_oneof![4 => prop::sample::select(PIECES.split('¦').collect::<Vec<_>>()).prop_map(str::to_owned), 1 => ".{0,4}"]
}

/// A change: at which thousandth, how many characters go, what comes instead.
fn mutated(text: &str, changes: &[(usize, usize, String)]) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    for (at, gone, piece) in changes {
        let start = at * chars.len() / 1000;
        let end = (start + gone).min(chars.len());
        chars.splice(start..end, piece.chars());
    }
    chars.into_iter().collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_bytes_make_it_panic(files in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..200), 0..3)) {
        let files: Vec<SourceFile> = files.into_iter().map(|bytes| file("a.yaml", bytes)).collect();
        hold(&files)?;
    }

    #[test]
    fn no_text_made_of_yaml_makes_it_panic(pieces in prop::collection::vec(piece(), 0..60)) {
        hold(&[file("a.yaml", pieces.concat())])?;
    }

    #[test]
    fn no_change_of_sound_files_makes_it_panic(
        at in 0..EVERYTHING.len(),
        changes in prop::collection::vec((0usize..1000, 0usize..40, piece()), 1..6),
        calendar in prop::collection::vec((0usize..1000, 0usize..20, piece()), 0..4),
    ) {
        let mut files = everything();
        files[at].bytes = mutated(EVERYTHING[at].1, &changes).into_bytes();
        files.push(file("c.yaml", mutated(CALENDAR, &calendar)));
        hold(&files)?;
    }

    #[test]
    fn no_day_makes_it_panic(day in r"[BT]?(quarter_start|quarter_end|one|two|x)?(\.on)?[+-]?[0-9]{0,4}", until in r"[BT]?(one|end|x)?[+-]?[0-9]{0,4}") {
        let more = "    ask: [{id: on, type: date, label: {en: A, zh-TW: 甲}}]\n";
        let every = format!("    due: '{day}'\n    every: {{quarters: 1, until: '{until}'}}\n");
        let steps = [step("one", &format!("    due: B5\n{more}")), step("two", &every), step("x", "    due: two-1\n")];
        let program = format!("program: one\n{HEAD}waves: [{{from: B22, curricula: [a]}}]\nload: {{hours: 1, team: 3}}\n");
        hold(&[curriculum("a", &steps.concat()), file("program.yaml", program)])?;
    }
}
