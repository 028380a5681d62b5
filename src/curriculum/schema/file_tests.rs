//! The schema against files: it judges them as the compiler does, as far as a schema can, and the author's
//! guide shows each of its keys.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use jsonschema::Validator;
use serde_json::{Value, json};

use super::{DAYS, PATHS, document};
use crate::curriculum::SourceFile;
use crate::curriculum::findings::Findings;
use crate::curriculum::map::Reader;
use crate::curriculum::source::Source;
use crate::curriculum::tree::{self, Node, Tree};

fn schema() -> Value {
    serde_json::from_str(&document()).expect("JSON")
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
        "bad-day",
        "bad-each",
        "bad-name",
        "date-form",
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

/// The examples of the guide, as the schema sees them.
fn examples() -> Vec<Value> {
    let guide = include_str!("../../../docs/curriculum.md");
    let blocks = guide.split("\n```yaml ").skip(1).filter_map(|block| Some(block.split_once('\n')?.1));
    let bodies = blocks.filter_map(|rest| rest.split("\n```").next());
    bodies.map(|body| as_json(format!("{body}\n").as_bytes()).expect("YAML")).collect()
}

/// What files use of the schema.
struct Used<'s> {
    schema: &'s Value,
    validators: HashMap<String, Validator>,
    /// Definition and key.
    keys: BTreeSet<String>,
    days: BTreeSet<String>,
    conditions: BTreeSet<String>,
}

impl Used<'_> {
    fn walk(&mut self, value: &Value, about: &Value, name: &str) {
        if let Some(name) = about["$ref"].as_str().and_then(|reference| reference.strip_prefix("#/definitions/")) {
            return self.walk(value, &self.schema["definitions"][name], name);
        }
        match (name, value.as_str()) {
            ("Day" | "PlanDay", Some(day)) => drop(self.days.insert(day.to_owned())),
            ("Condition", Some(condition)) => drop(self.conditions.insert(condition.to_owned())),
            _ => {}
        }
        let choices = ["anyOf", "oneOf", "allOf"].into_iter().filter_map(|kind| about[kind].as_array()).flatten();
        for choice in choices {
            if self.fits(value, choice) {
                self.walk(value, choice, "");
            }
        }
        for (key, held) in value.as_object().into_iter().flatten() {
            if let Some(about) = about["properties"].get(key) {
                self.keys.insert(once(self.schema, name, key));
                self.walk(held, about, "");
            }
        }
        for item in value.as_array().into_iter().flatten().filter(|_| about["items"].is_object()) {
            self.walk(item, &about["items"], "");
        }
    }

    fn fits(&mut self, value: &Value, choice: &Value) -> bool {
        let validator = self.validators.entry(choice.to_string()).or_insert_with(|| {
            let mut whole = choice.clone();
            whole["definitions"] = self.schema["definitions"].clone();
            jsonschema::validator_for(&whole).expect("a schema")
        });
        validator.is_valid(value)
    }
}

fn used(schema: &Value) -> Used<'_> {
    let empty = BTreeSet::new;
    let mut used = Used { schema, validators: HashMap::new(), keys: empty(), days: empty(), conditions: empty() };
    for example in examples() {
        used.walk(&example, schema, "");
    }
    used
}

/// Kinds of the same thing and one of them, whose keys the others share.
fn shared_with(name: &str) -> &str {
    match name {
        "AssessmentFile" | "PlaybookFile" => "CurriculumFile",
        "RatingStep" => "Step",
        "ChoiceColumn" => "PlainColumn",
        field if field.ends_with("Field") => "DateField",
        other => other,
    }
}

/// A key that several definitions share needs one example.
fn once(schema: &Value, name: &str, key: &str) -> String {
    let shared = shared_with(name);
    let is_shared = key != "type" && schema["definitions"][shared]["properties"].get(key).is_some();
    format!("{}.{key}", if is_shared { shared } else { name })
}

#[test]
fn every_key_stands_in_an_example_of_the_guide() {
    let schema = schema();
    let used = used(&schema).keys;
    let definitions = schema["definitions"].as_object().expect("definitions");
    let keys = definitions.iter().flat_map(|(name, about)| {
        let keys = about["properties"].as_object().into_iter().flatten();
        keys.map(|(key, _)| once(&schema, name, key)).collect::<Vec<_>>()
    });
    let missing: BTreeSet<String> = keys.filter(|key| !used.contains(key)).collect();
    assert_eq!(missing, BTreeSet::new());
}

#[test]
fn every_way_to_write_a_day_stands_in_an_example_of_the_guide() {
    let schema = schema();
    let used = used(&schema).days;
    let is_used = |pattern: &str| {
        let pattern = json!({ "pattern": format!("^({pattern})$") });
        let validator = jsonschema::validator_for(&pattern).expect("a pattern");
        used.iter().any(|day| validator.is_valid(&json!(day)))
    };
    let missing: Vec<&str> =
        DAYS.iter().filter(|(_, pattern, _)| !is_used(pattern)).map(|(written, ..)| *written).collect();
    assert_eq!(missing, Vec::<&str>::new());
}

/// The first name of a path, and how many follow.
fn outline(path: &str) -> (&str, usize) {
    (path.split('.').next().unwrap_or_default(), path.matches('.').count())
}

#[test]
fn everything_that_conditions_can_ask_for_is_asked_in_an_example_of_the_guide() {
    let schema = schema();
    let used = used(&schema).conditions;
    let paths =
        used.iter().flat_map(|condition| condition.split(|c: char| !c.is_ascii_alphanumeric() && !"_.".contains(c)));
    let outlines: BTreeSet<(&str, usize)> = paths.map(outline).collect();
    let asked = |path: &str| path.trim_start_matches("size(").trim_end_matches(')').to_owned();
    let missing: Vec<&str> = PATHS
        .into_iter()
        .filter(|(path, _)| !outlines.contains(&outline(&asked(path))))
        .map(|(path, _)| path)
        .collect();
    assert_eq!(missing, Vec::<&str>::new());
}
