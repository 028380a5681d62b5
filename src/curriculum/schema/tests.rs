//! The schema against the compiler: the same keys, and the same judgement of files as far as a schema
//! can judge.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::document;
use crate::curriculum::findings::Findings;
use crate::curriculum::map::Reader;
use crate::curriculum::source::Source;
use crate::curriculum::tree::{self, Node, Tree};
use crate::curriculum::{SourceFile, compile};
use crate::engine::diagnostic::Diagnostic;
use crate::engine::message::Arg;

fn schema() -> Value {
    serde_json::from_str(&document()).expect("JSON")
}

/// A key that is like no other, so that the compiler lists those which may stand there.
const NO_KEY: &str = "qqqqqqqqqqqq: 1";

/// A place for [`NO_KEY`] in a map of every definition.
const PLACES: &[(&str, &str)] = &[
    ("CurriculumFile", "curriculum: a\n?\n"),
    ("PlaybookFile", "playbook: a\n?\n"),
    ("AssessmentFile", "assessment: a\n?\n"),
    ("ProgramFile", "program: a\n?\n"),
    ("CalendarFile", "calendar: a\n?\n"),
    ("Text", "curriculum: a\ntitle: {?}\n"),
    ("Step", "curriculum: a\nsteps:\n- {?}\n"),
    ("RatingStep", "assessment: a\nsteps:\n- {?}\n"),
    ("Form", "curriculum: a\nforms:\n- {?}\n"),
    ("Launch", "playbook: a\nlaunch: {?}\n"),
    ("Dimension", "assessment: a\ndimensions:\n- {?}\n"),
    ("ScaleEnds", "assessment: a\nscale: {?}\n"),
    ("Wave", "program: a\nwaves:\n- {?}\n"),
    ("Mail", "program: a\nmail: {?}\n"),
    ("Load", "program: a\nload: {?}\n"),
    ("Gather", "program: a\ngather:\n- {?}\n"),
    ("Metric", "program: a\nmetrics:\n- {?}\n"),
    ("Span", "calendar: a\nknown: {?}\n"),
    ("NamedDate", "calendar: a\nholidays:\n- {?}\n"),
    ("Join", "curriculum: a\nsteps:\n- after:\n  - {?}\n"),
    ("EachWithin", "curriculum: a\nsteps:\n- each: {?}\n"),
    ("Every", "curriculum: a\nsteps:\n- every: {?}\n"),
    ("Use", "curriculum: a\nsteps:\n- ask:\n  - {use: a, ?}\n"),
    ("TextField", "curriculum: a\nsteps:\n- ask:\n  - {type: text, ?}\n"),
    ("LongTextField", "curriculum: a\nsteps:\n- ask:\n  - {type: long_text, ?}\n"),
    ("ChoiceField", "curriculum: a\nsteps:\n- ask:\n  - {type: choice, ?}\n"),
    ("SeveralField", "curriculum: a\nsteps:\n- ask:\n  - {type: several, ?}\n"),
    ("ScaleField", "curriculum: a\nsteps:\n- ask:\n  - {type: scale, ?}\n"),
    ("NumberField", "curriculum: a\nsteps:\n- ask:\n  - {type: number, ?}\n"),
    ("DateField", "curriculum: a\nsteps:\n- ask:\n  - {type: date, ?}\n"),
    ("PersonField", "curriculum: a\nsteps:\n- ask:\n  - {type: person, ?}\n"),
    ("TableField", "curriculum: a\nsteps:\n- ask:\n  - {type: table, ?}\n"),
    ("SmartField", "curriculum: a\nsteps:\n- ask:\n  - {type: smart, ?}\n"),
    ("RatingField", "curriculum: a\nsteps:\n- ask:\n  - {type: rating, ?}\n"),
    ("FileField", "curriculum: a\nsteps:\n- ask:\n  - {type: file, ?}\n"),
    ("LinkField", "curriculum: a\nsteps:\n- ask:\n  - {type: link, ?}\n"),
    ("Choice", "curriculum: a\nsteps:\n- ask:\n  - {type: choice, options: [{?}]}\n"),
    ("Rows", "curriculum: a\nsteps:\n- ask:\n  - {type: table, rows: {?}}\n"),
    ("PlainColumn", "curriculum: a\nsteps:\n- ask:\n  - {type: table, columns: [{type: date, ?}]}\n"),
    ("ChoiceColumn", "curriculum: a\nsteps:\n- ask:\n  - {type: table, columns: [{type: choice, ?}]}\n"),
];

fn keys_of_the_schema() -> BTreeMap<String, BTreeSet<String>> {
    let schema = schema();
    let definitions = schema["definitions"].as_object().expect("definitions");
    let keys = |(name, definition): (&String, &Value)| {
        let properties = definition["properties"].as_object()?;
        Some((name.clone(), properties.keys().cloned().collect()))
    };
    definitions.iter().filter_map(keys).collect()
}

/// What the compiler says may stand where [`NO_KEY`] does.
fn keys_of_the_compiler(place: &str) -> BTreeSet<String> {
    let yaml = place.replace('?', NO_KEY);
    let file = SourceFile { path: "a.yaml".to_owned(), bytes: yaml.into_bytes() };
    let found: Vec<Diagnostic> = compile(&[file]).expect_err("an unknown key");
    let hint = found.into_iter().filter_map(|one| one.hint).find(|hint| hint.id == "hint-known-keys");
    let hint = hint.unwrap_or_else(|| panic!("no keys are listed for {place}"));
    let Some((_, Arg::Words(keys))) = hint.args.into_iter().find(|(name, _)| *name == "keys") else {
        panic!("no keys for {place}");
    };
    keys.split(", ").map(str::to_owned).collect()
}

#[test]
fn the_schema_has_the_keys_that_the_compiler_admits_and_no_others() {
    let compiler = PLACES.iter().map(|(name, place)| ((*name).to_owned(), keys_of_the_compiler(place))).collect();
    assert_eq!(keys_of_the_schema(), compiler);
}

/// A file as JSON, as the YAML extensions of editors hand it to the schema.
fn as_json(bytes: &[u8]) -> Option<Value> {
    let file = SourceFile { path: "a.yaml".to_owned(), bytes: bytes.to_vec() };
    let sources = [Source::new(&file)];
    let mut findings = Findings::new(&sources);
    let text = findings.source(0)?.text.clone();
    match tree::parse(&mut Reader::new(&mut findings, 0), &text) {
        Tree::Whole(node) => Some(value(&node)),
        Tree::Broken(_) => None,
    }
}

fn value(node: &Node) -> Value {
    match &node.value {
        tree::Value::Refused => Value::Null,
        tree::Value::List(items) => items.iter().map(value).collect(),
        tree::Value::Map(entries) => {
            Value::Object(entries.iter().map(|entry| (entry.key.clone(), value(&entry.node))).collect())
        }
        tree::Value::Scalar { text, plain: true } => match text.as_str() {
            "" | "~" | "null" => Value::Null,
            "true" => json!(true),
            "false" => json!(false),
            // Whole numbers and decimals, but nothing that only looks like one to Rust.
            text if text.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '.')) => {
                serde_json::from_str(text).unwrap_or_else(|_| json!(text))
            }
            text => json!(text),
        },
        tree::Value::Scalar { text, .. } => json!(text),
    }
}

fn yaml_below(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            yaml_below(&path, found);
        } else if path.extension().is_some_and(|kind| kind == "yaml") {
            found.push(path);
        }
    }
}

/// The files below a folder that the schema refuses, with the first reason.
fn refused(folder: &str) -> BTreeMap<String, String> {
    let validator = jsonschema::validator_for(&schema()).expect("a schema");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut paths = Vec::new();
    yaml_below(&root, &mut paths);
    let judged = paths.iter().filter_map(|path| {
        let name = path.strip_prefix(&root).expect("below").with_extension("").display().to_string();
        let value = as_json(&std::fs::read(path).expect("a file"))?;
        let error = validator.iter_errors(&value).next()?;
        Some((name, format!("{} {error}", error.instance_path())))
    });
    judged.collect()
}

#[test]
fn every_file_that_is_shipped_and_every_good_fixture_fits() {
    assert_eq!(refused("curricula"), BTreeMap::new());
    assert_eq!(refused("tests/curricula/good"), BTreeMap::new());
}

#[test]
fn mistakes_that_a_schema_can_see_are_seen() {
    let refused: BTreeSet<String> = refused("tests/curricula/bad").into_keys().collect();
    let seen = [
        "bad-date",
        "bad-day",
        "bad-each",
        "bad-name",
        "effort-out-of-range",
        "empty-list",
        "empty-value",
        "missing-key",
        "missing-translation",
        "no-until",
        "number-out-of-range",
        "unknown-file-kind",
        "unknown-key",
        "unknown-role",
        "unknown-type",
        "unknown-weekday",
        "wrong-type",
    ];
    let missed: Vec<&str> = seen.into_iter().filter(|name| !refused.contains(*name)).collect();
    assert_eq!(missed, Vec::<&str>::new());
}

#[test]
fn the_shipped_schema_is_the_one_of_this_program() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("curricula/schema.json");
    let shipped = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(shipped == document(), "write it anew: pilothouse curriculum schema > curricula/schema.json");
}
