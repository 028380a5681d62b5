//! The shipped program holds every line of the content map: each is the `source` of a step (or of a
//! dimension of the scorecard) on the days that the map gives it, or stands below with the reason why
//! not.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use pilothouse::curriculum::{SourceFile, compile};
use pilothouse::engine::release::{Day, Release, StepDef};

/// A line a row: its name, then the days that it names.
const MAP: &str = include_str!("content_map.txt");

/// Lines that are no step, and why.
const NO_STEP: &[(&str, &str)] =
    &[("A1.8", "the same record as M04.8, which asks for participation, milestones and morale every month")];

/// Lines whose steps have other days, and why.
const OTHER_DAYS: &[(&str, &str)] = &[
    ("P1.2a", "a branch counts from the answer that opens it"),
    ("P1.2b", "a branch counts from the answer that opens it"),
    ("P1.2c", "a branch counts from the answer that opens it"),
    ("P1.2d", "a branch counts from the answer that opens it"),
    ("P1.2e", "a branch counts from the answer that opens it"),
    ("P1.2f", "a branch counts from the answer that opens it"),
    ("P1.4a", "a branch counts from the answer that opens it"),
    ("P1.4b", "a branch counts from the answer that opens it"),
    ("P1.4c", "a branch counts from the answer that opens it"),
    ("P1.4d", "a branch counts from the answer that opens it"),
];

fn shipped() -> Release {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("curricula");
    let mut files = Vec::new();
    collect(&root, &root, &mut files);
    let compiled = compile(&files).expect("the shipped files compile");
    let release = compiled.releases.into_iter().find(|release| release.program.name == "sales_manager");
    release.expect("the program")
}

fn collect(folder: &Path, root: &Path, files: &mut Vec<SourceFile>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(&path, root, files);
        } else if path.extension().is_some_and(|extension| extension == "yaml") {
            let name = path.strip_prefix(root).expect("below it").to_string_lossy().into_owned();
            files.push(SourceFile { path: name, bytes: fs::read(&path).expect("a file") });
        }
    }
}

/// The days of a step as the map writes them.
fn days(def: &StepDef) -> impl Iterator<Item = String> + '_ {
    def.windows.iter().flat_map(|window| [&window.opens, &window.due]).map(Day::to_string)
}

fn lines() -> impl Iterator<Item = (&'static str, Vec<&'static str>)> {
    MAP.lines().filter_map(|line| {
        let mut words = line.split_whitespace();
        Some((words.next()?, words.collect()))
    })
}

#[test]
fn every_line_of_the_map_is_a_step_or_an_exception_with_a_reason() {
    let release = shipped();
    let steps = release.steps().filter_map(|def| def.source.as_deref());
    let dimensions = release.curricula.iter().flat_map(|curriculum| &curriculum.dimensions);
    let held: BTreeSet<&str> = steps.chain(dimensions.filter_map(|one| one.source.as_deref())).collect();
    let missing: Vec<&str> = lines().map(|(line, _)| line).filter(|line| !held.contains(line)).collect();
    let excused: Vec<&str> = NO_STEP.iter().map(|(line, _)| *line).collect();
    assert_eq!(missing, excused);
}

#[test]
fn every_source_is_a_line_of_the_map() {
    let known: BTreeSet<&str> = lines().map(|(line, _)| line).collect();
    let release = shipped();
    let of_no_line =
        |source: &&str| !known.contains(source) && !known.iter().any(|line| line.starts_with(&format!("{source}.")));
    let strange: Vec<String> = release
        .steps()
        .filter(|def| def.source.as_deref().is_some_and(|source| of_no_line(&source)))
        .map(|def| def.id.to_string())
        .collect();
    assert!(strange.is_empty(), "{strange:?}");
}

#[test]
fn every_line_has_the_days_of_the_map_or_an_exception_with_a_reason() {
    let release = shipped();
    let mut held: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for def in release.steps() {
        if let Some(source) = &def.source {
            held.entry(source).or_default().extend(days(def));
        }
    }
    let none = BTreeSet::new();
    let differing: Vec<String> = lines()
        .filter(|(line, wanted)| {
            let held = held.get(line).unwrap_or(&none);
            let is_excused = NO_STEP.iter().chain(OTHER_DAYS).any(|(excused, _)| excused == line);
            !is_excused && wanted.iter().any(|day| !held.contains(*day))
        })
        .map(|(line, wanted)| format!("{line}: {wanted:?}, not {:?}", held.get(line).unwrap_or(&none)))
        .collect();
    assert!(differing.is_empty(), "{}", differing.join("\n"));
}

#[test]
fn no_exception_stands_longer_than_it_is_needed() {
    let lines: BTreeSet<&str> = lines().map(|(line, _)| line).collect();
    assert!(NO_STEP.iter().chain(OTHER_DAYS).all(|(line, reason)| lines.contains(line) && !reason.is_empty()));
}
