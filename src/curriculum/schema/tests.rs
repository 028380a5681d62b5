//! The schema against the compiler: the same keys, needed or not, and the same limits.

use std::collections::{BTreeMap, BTreeSet};
use std::mem::discriminant;

use serde_json::{Value, json};

use super::{DAYS, PATHS, document};
use crate::curriculum::lower_days;
use crate::curriculum::{SourceFile, compile};
use crate::engine::diagnostic::Diagnostic;
use crate::engine::message::{Arg, Message};
use crate::engine::release::Day;

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
    ("Line", "curriculum: a\ntitle: {?}\n"),
    ("Note", "curriculum: a\nsummary: {?}\n"),
    ("Markdown", "curriculum: a\nsteps:\n- body: {?}\n"),
    ("Step", "curriculum: a\nsteps:\n- {?}\n"),
    ("RatingStep", "assessment: a\nsteps:\n- {?}\n"),
    ("Form", "curriculum: a\nforms:\n- {?}\n"),
    ("Launch", "playbook: a\nlaunch: {?}\n"),
    ("Dimension", "assessment: a\ndimensions:\n- {?}\n"),
    ("ScaleEnds", "assessment: a\nscale: {?}\n"),
    ("Wave", "program: a\nwaves:\n- {?}\n"),
    ("Mail", "program: a\nmail: {?}\n"),
    ("QuietHours", "program: a\nmail: {quiet: {?}}\n"),
    ("Ladder", "program: a\nmail: {ladder: {?}}\n"),
    ("Silence", "program: a\nmail: {mentor: {?}}\n"),
    ("Reminders", "curriculum: a\nsteps:\n- remind: {?}\n"),
    ("Load", "program: a\nload: {?}\n"),
    ("Gather", "program: a\ngather:\n- {?}\n"),
    ("Metric", "program: a\nmetrics:\n- {?}\n"),
    ("Span", "calendar: a\nknown: {?}\n"),
    ("NamedDate", "calendar: a\nholidays:\n- {?}\n"),
    ("Freeze", "calendar: a\nfreezes:\n- {?}\n"),
    ("QuarterFreeze", "calendar: a\nquarter_freeze: {?}\n"),
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
    ("EntriesOf", "curriculum: a\nsteps:\n- ask:\n  - {type: table, of: {?}}\n"),
    ("EntriesUntil", "curriculum: a\nsteps:\n- ask:\n  - {type: table, of: {until: {?}}}\n"),
    ("View", "curriculum: a\nviews:\n- {?}\n"),
    ("TableView", "curriculum: a\nviews:\n- table: {?}\n"),
    ("Sign", "curriculum: a\nviews:\n- table:\n    signs:\n    - {?}\n"),
    ("LineView", "curriculum: a\nviews:\n- line: {?}\n"),
    ("GoalOf", "curriculum: a\nviews:\n- line: {goal: {?}}\n"),
    ("FunnelView", "curriculum: a\nviews:\n- funnel: {?}\n"),
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

/// What the compiler says of a place with these entries in it.
fn said_of(place: &str, entries: &str) -> Vec<Diagnostic> {
    let file = SourceFile { path: "a.yaml".to_owned(), bytes: place.replace('?', entries).into_bytes() };
    compile(&[file]).expect_err("an unfinished file")
}

fn words(message: &Message, name: &str) -> String {
    match message.args.iter().find(|(arg, _)| *arg == name) {
        Some((_, Arg::Words(words))) => words.clone(),
        other => panic!("{}: no words for {name}, but {other:?}", message.id),
    }
}

/// What the compiler says may stand where [`NO_KEY`] does.
fn keys_of_the_compiler(place: &str) -> BTreeSet<String> {
    let hint = said_of(place, NO_KEY).into_iter().filter_map(|one| one.hint).find(|hint| hint.id == "hint-known-keys");
    let hint = hint.unwrap_or_else(|| panic!("no keys are listed for {place}"));
    words(&hint, "keys").split(", ").map(str::to_owned).collect()
}

#[test]
fn the_schema_has_the_keys_that_the_compiler_admits_and_no_others() {
    let compiler = PLACES.iter().map(|(name, place)| ((*name).to_owned(), keys_of_the_compiler(place))).collect();
    assert_eq!(keys_of_the_schema(), compiler);
}

/// Keys of which the compiler says in its own way that one is missing: one of three, or one of five and an
/// end, or a language.
const MISSED_OTHERWISE: [&str; 5] = ["ProgramFile", "Every", "Line", "Note", "Markdown"];

/// What the compiler misses in the map that holds [`NO_KEY`] alone.
fn needed_by_the_compiler(place: &str) -> BTreeSet<String> {
    let before = place.split('?').next().unwrap_or_default();
    // The map begins at the last brace, or with the file.
    let start = before.rfind('{').map_or("", |at| &before[..at]);
    let line = start.matches('\n').count() + 1;
    let is_flow = usize::from(before.contains('{'));
    // A map in braces is underlined from its first key on.
    let column = start.rsplit('\n').next().unwrap_or_default().len() + 1 + is_flow;
    let is_here = |one: &Diagnostic| {
        one.message.id == "problem-missing-key"
            && one.span.is_some_and(|span| (span.line as usize, span.column as usize) == (line, column))
    };
    said_of(place, NO_KEY).iter().filter(|one| is_here(one)).map(|one| words(&one.message, "key")).collect()
}

#[test]
fn the_schema_needs_the_keys_that_the_compiler_needs_and_no_others() {
    let schema = schema();
    let judged = || PLACES.iter().filter(|(name, _)| !MISSED_OTHERWISE.contains(name));
    let of_the_schema: BTreeMap<&str, BTreeSet<String>> = judged()
        .map(|(name, place)| {
            let needed = schema["definitions"][name]["required"].as_array().into_iter().flatten();
            let given = |key: &String| place.contains(&format!("{key}: "));
            (*name, needed.filter_map(Value::as_str).map(str::to_owned).filter(|key| !given(key)).collect())
        })
        .collect();
    let compiler = judged().map(|(name, place)| (*name, needed_by_the_compiler(place))).collect();
    assert_eq!(of_the_schema, compiler);
}

/// A limit of a key: where it stands, and what is allowed.
type Limits = BTreeMap<(String, String), (i64, i64)>;

fn limits_of_the_schema(least: &str, most: &str) -> Limits {
    let mut limits = Limits::new();
    for (name, definition) in schema()["definitions"].as_object().expect("definitions") {
        for (key, about) in definition["properties"].as_object().into_iter().flatten() {
            if let Some(max) = about[most].as_i64() {
                limits.insert((name.clone(), key.clone()), (about[least].as_i64().unwrap_or(0), max));
            }
        }
    }
    limits
}

/// What the compiler says when a key that has a limit in the schema gets this value.
fn limits_of_the_compiler(schema: &Limits, value: &str, ids: &[&str]) -> Limits {
    let mut limits = Limits::new();
    for (name, key) in schema.keys() {
        let (_, place) = PLACES.iter().find(|(place, _)| place == name).expect("a place");
        let said = said_of(place, &format!("{key}: {value}"));
        let about = said.iter().map(|one| &one.message).find(|message| ids.contains(&message.id));
        let about = about.unwrap_or_else(|| panic!("{name}: no limit of {key}"));
        let number = |name: &str, otherwise: i64| match about.args.iter().find(|(arg, _)| *arg == name) {
            Some((_, Arg::Number(number))) => *number,
            _ => otherwise,
        };
        limits.insert((name.clone(), key.clone()), (number("min", 1), number("max", -1)));
    }
    limits
}

#[test]
fn numbers_have_the_same_limits_in_the_schema_and_in_the_compiler() {
    let schema = limits_of_the_schema("minimum", "maximum");
    let ids = ["problem-number-out-of-range", "problem-effort-out-of-range"];
    assert_eq!(limits_of_the_compiler(&schema, "99999999", &ids), schema);
}

#[test]
fn lists_have_the_same_limits_in_the_schema_and_in_the_compiler() {
    let most: BTreeMap<_, _> =
        limits_of_the_schema("minItems", "maxItems").into_iter().map(|(at, (_, max))| (at, (1, max))).collect();
    let too_many = format!("[{}]", "a, ".repeat(10_001));
    assert_eq!(limits_of_the_compiler(&most, &too_many, &["problem-too-many"]), most);
}

#[test]
fn texts_have_the_same_limits_in_the_schema_and_in_the_compiler() {
    let schema: Limits = limits_of_the_schema("minLength", "maxLength");
    let too_long = "x".repeat(20_001);
    assert_eq!(limits_of_the_compiler(&schema, &too_long, &["problem-text-too-long"]), schema);
}

#[test]
fn every_file_kind_and_key_says_what_it_is_for() {
    let schema = schema();
    let mut silent = Vec::new();
    for (name, definition) in schema["definitions"].as_object().expect("definitions") {
        if definition["anyOf"].is_null() && definition["description"].is_null() {
            silent.push(name.clone());
        }
        let keys = definition["properties"].as_object().into_iter().flatten();
        silent.extend(keys.filter(|(_, about)| about["description"].is_null()).map(|(key, _)| format!("{name}.{key}")));
    }
    assert_eq!(silent, Vec::<String>::new());
}

#[test]
fn every_way_to_write_a_day_that_is_told_is_one_and_fits_its_pattern() {
    let fits = |pattern: &str, text: &str| {
        let schema = json!({ "pattern": format!("^({pattern})$") });
        jsonschema::validator_for(&schema).expect("a pattern").is_valid(&json!(text))
    };
    let told: Vec<(&str, bool, bool)> =
        DAYS.iter().map(|(day, pattern, _)| (*day, lower_days::parse(day).is_some(), fits(pattern, day))).collect();
    assert!(told.iter().all(|(_, is_read, fits)| *is_read && *fits), "{told:?}");
    let kinds: BTreeSet<_> = DAYS
        .iter()
        .filter_map(|(day, ..)| lower_days::parse(day))
        // A date in a field, and one in each row of a table.
        .map(|day| (discriminant(&day), matches!(day, Day::Answer { column: Some(_), .. })))
        .map(|kind| format!("{kind:?}"))
        .collect();
    assert_eq!(kinds.len(), DAYS.len());
}

#[test]
fn what_conditions_can_ask_for_begins_as_the_compiler_says() {
    let said = said_of("curriculum: a\nsteps:\n- {?}\n", "when: nothing.like.this == 1");
    let roots = said.iter().find(|one| one.message.id == "problem-condition-root").expect("a mistake");
    let roots = words(&roots.message, "roots");
    let told = PATHS.map(|(path, _)| path.trim_start_matches("size(").split(['.', ')']).next().unwrap_or_default());
    assert_eq!(roots.split(", ").collect::<BTreeSet<_>>(), BTreeSet::from(told));
}
