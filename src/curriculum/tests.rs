//! Limits, and what holds whatever the bytes.

use proptest::prelude::*;

use super::{Compiled, SourceFile, compile};
use crate::engine::diagnostic::{Diagnostic, Severity};
use crate::engine::release::{Period, Release};
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
    assert_eq!(step.windows.iter().map(|window| (window.opens, window.due)).collect::<Vec<_>>(), [(1, 3), (15, 20)]);
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
        release.steps().next().and_then(|step| step.every).map(|every| every.period)
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
const EVERYTHING: &str = include_str!("../../tests/curricula/good/two_curricula/second.yaml");
const CALENDAR: &str = include_str!("../../tests/curricula/good/calendar.yaml");

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
        prop_assert!(!step.windows.is_empty() && step.windows.iter().all(|w| 1 <= w.opens && w.opens <= w.due));
        prop_assert!(step.windows.is_sorted_by(|a, b| a.due < b.due));
        prop_assert!(step.after.iter().all(|other| release.step(other).is_some() && *other != step.id));
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
        "0¦-1¦1e999¦99999999999999999999¦2026-02-30¦en: ¦zh-TW: ¦null¦true",
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
    fn no_change_of_a_sound_file_makes_it_panic(
        changes in prop::collection::vec((0usize..1000, 0usize..40, piece()), 1..6),
        calendar in prop::collection::vec((0usize..1000, 0usize..20, piece()), 0..4),
    ) {
        let program = file("p.yaml", format!("program: one\n{HEAD}curricula: [second]\ncast: [mentor, hr]\n"));
        hold(&[file("a.yaml", mutated(EVERYTHING, &changes)), file("c.yaml", mutated(CALENDAR, &calendar)), program])?;
    }
}
