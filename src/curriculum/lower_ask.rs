//! What a step asks for: fields, options, columns.

use std::collections::HashMap;
use std::ops::RangeInclusive;

use crate::engine::diagnostic::Span;
use crate::engine::message::Message;
use crate::engine::release::{Begin, Choice, Column, ColumnKind, Entries, EntryEnd, Field, FieldKind};
use crate::engine::vocabulary::{StepId, Text};

use super::closest::closest;
use super::condition;
use super::draft::{AskDraft, Asked, FieldDraft};
use super::findings::short;
use super::lower::references;
use super::lower_rating;
use super::map::{Map, Reader};
use super::names::Names;
use super::refs::{Needs, Ref};
use super::scalar::{MAX_NOTE, Shape};
use super::tree::Node;

/// A form that is filled in on a phone between two meetings.
pub const MAX_FIELDS: usize = 50;
const MAX_OPTIONS: usize = 50;
const MAX_COLUMNS: usize = 12;
const MAX_ROWS: i64 = 200;

/// Characters of one answer.
const MAX_ANSWER: i64 = 20_000;
const DEFAULT_ANSWER: i64 = 8000;
const MAX_LINE_ANSWER: i64 = 500;
const DEFAULT_LINE_ANSWER: i64 = 200;

/// Every value of a scale is a button on the page.
const MAX_SCALE: i64 = 20;

/// An upload is kept in the database.
const MAX_UPLOAD: i64 = 10;
const DEFAULT_UPLOAD: i64 = 5;

const SHARED: [&str; 7] = ["id", "type", "label", "help", "required", "when", "begin"];

/// The types of fields and the keys that each adds.
const TYPES: [(&str, &[&str]); 13] = [
    ("text", &["example", "min", "max"]),
    ("long_text", &["example", "min", "max"]),
    ("choice", &["options"]),
    ("several", &["options", "min", "max"]),
    ("scale", &["min", "max", "low", "high"]),
    ("number", &["min", "max", "unit"]),
    ("date", &[]),
    ("person", &[]),
    ("table", &["columns", "rows", "of"]),
    ("smart", &["example"]),
    ("rating", &["dimensions", "min", "max", "not_observed", "notes", "at_least"]),
    ("file", &["max_mb"]),
    ("link", &[]),
];

const COLUMN_TYPES: [(&str, &[&str]); 5] =
    [("text", &[]), ("number", &[]), ("date", &[]), ("person", &[]), ("choice", &["options"])];

/// What a step asks for; forms by name may stand among its fields.
pub fn ask(reader: &mut Reader, node: &Node) -> AskDraft {
    let place = reader.place(node.span);
    let (items, names) = reader.filled(|reader| {
        let items = reader.list(node, "ask", MAX_FIELDS);
        items.iter().take(MAX_FIELDS).filter_map(|item| asked(reader, item)).collect()
    });
    AskDraft { place, items, names }
}

fn asked(reader: &mut Reader, node: &Node) -> Option<Asked> {
    let map = reader.open_map(node, "ask")?;
    if !map.has("use") {
        return Some(field(reader, &map));
    }
    reader.only(&map, &["use"]);
    let name = reader.optional(&map, "use").and_then(|form| {
        let name = reader.scalar(form, "use", "name")?.to_owned();
        Some(reader.placed(name, form.span))
    });
    Some(name.map_or(Asked::Unread(None), Asked::Use))
}

/// What a named form asks for: fields alone.
pub fn form_fields(reader: &mut Reader, node: &Node) -> AskDraft {
    let place = reader.place(node.span);
    let (items, names) = reader.filled(|reader| {
        let items = reader.list(node, "ask", MAX_FIELDS);
        let maps = items.iter().take(MAX_FIELDS);
        maps.filter_map(|item| {
            let map = reader.open_map(item, "ask")?;
            if map.has("use") {
                reader.error(map.key_span("use"), Message::new("problem-form-in-form"));
                return Some(Asked::Unread(None));
            }
            for key in ["begin", "of"].into_iter().filter(|key| map.has(key)) {
                reader.error(map.key_span(key), Message::new("problem-form-refers").with("key", key));
            }
            Some(field(reader, &map))
        })
        .collect()
    });
    AskDraft { place, items, names }
}

fn field(reader: &mut Reader, map: &Map) -> Asked {
    let kind = kind_of(reader, map, &TYPES, &SHARED);
    let id = reader.needed(map, "id").and_then(|node| reader.name(node, "id"));
    let id = id.unwrap_or_else(|| reader.placed(String::new(), map.span));
    let label = reader.needed_text(map, "label", Shape::Line);
    let help = reader.optional_text(map, "help", Shape::Block(MAX_NOTE));
    let required = truth(reader, map, "required", true);
    let when = reader.optional(map, "when").and_then(|node| condition::read(reader, node, "when"));
    let mut refs = Vec::new();
    let Some(kind) = kind else { return Asked::Unread(Some(id.value).filter(|id| !id.is_empty())) };
    let kind = match kind {
        "text" => {
            let (example, (min, max)) = text(reader, map, DEFAULT_LINE_ANSWER, MAX_LINE_ANSWER);
            FieldKind::Text { example, min, max }
        }
        "long_text" => {
            let (example, (min, max)) = text(reader, map, DEFAULT_ANSWER, MAX_ANSWER);
            FieldKind::LongText { example, min, max }
        }
        "choice" => FieldKind::Choice { options: options(reader, map) },
        "several" => several(reader, map, required),
        "scale" => scale(reader, map),
        "number" => number(reader, map),
        "date" => FieldKind::Date,
        "person" => FieldKind::Person,
        "table" => table(reader, map, &mut refs),
        "smart" => FieldKind::Smart { example: reader.optional_text(map, "example", Shape::Block(MAX_NOTE)) },
        "rating" => lower_rating::rating(reader, map),
        "file" => {
            let max = reader.optional(map, "max_mb").and_then(|node| reader.whole(node, "max_mb", 1, MAX_UPLOAD));
            FieldKind::File { max_mb: u16::try_from(max.unwrap_or(DEFAULT_UPLOAD)).unwrap_or(0) }
        }
        _ => FieldKind::Link,
    };
    let drafted = when.as_ref().map(|when| when.condition.clone());
    let begin = reader.optional(map, "begin").and_then(|node| begin(reader, node, &kind, &mut refs));
    let field = Field { id: id.value.clone(), label, help, required, when: drafted, begin, kind };
    Asked::Field(Box::new(FieldDraft { id, field, when, refs }))
}

/// The type of a field or column; its keys are checked against what the type knows.
fn kind_of(
    reader: &mut Reader,
    map: &Map,
    types: &[(&'static str, &[&'static str])],
    shared: &[&'static str],
) -> Option<&'static str> {
    let node = reader.needed(map, "type")?;
    let given = reader.scalar(node, "type", "name")?;
    let Some((name, more)) = types.iter().find(|(name, _)| *name == given) else {
        let names: Vec<&str> = types.iter().map(|(name, _)| *name).collect();
        let hint = closest(given, names.iter().copied());
        let hint = hint.map(|name| Message::new("hint-did-you-mean").with("name", name));
        let message = Message::new("problem-unknown-type").with("type", short(given));
        reader.error_with(node.span, message.with("types", names.join(", ")), hint);
        return None;
    };
    let keys: Vec<&'static str> = shared.iter().chain(*more).copied().collect();
    reader.only(map, &keys);
    Some(name)
}

pub fn id(reader: &mut Reader, map: &Map, kind: &'static str, known: &mut HashMap<String, Span>) -> String {
    let Some(name) = reader.needed(map, "id").and_then(|node| reader.name(node, "id")) else { return String::new() };
    reader.is_new(known, kind, &name);
    name.value
}

pub fn truth(reader: &mut Reader, map: &Map, key: &'static str, otherwise: bool) -> bool {
    reader.optional(map, key).and_then(|node| reader.truth(node, key)).unwrap_or(otherwise)
}

/// The example, and the least and most characters.
fn text(reader: &mut Reader, map: &Map, default: i64, most: i64) -> (Option<Text>, (u32, u32)) {
    let (min, max) = limits(reader, map, (1, default), 0..=most);
    let length = |n: i64| u32::try_from(n).unwrap_or(0);
    (reader.optional_text(map, "example", Shape::Block(MAX_NOTE)), (length(min), length(max)))
}

fn several(reader: &mut Reader, map: &Map, required: bool) -> FieldKind {
    let options = options(reader, map);
    let all = i64::try_from(options.len()).unwrap_or(0);
    let (min, max) = limits(reader, map, (i64::from(required), all), 0..=all.max(1));
    let count = |n: i64| u16::try_from(n).unwrap_or(0);
    FieldKind::Several { options, min: count(min), max: count(max) }
}

fn scale(reader: &mut Reader, map: &Map) -> FieldKind {
    let (min, max) = ends(reader, map);
    let names = std::mem::replace(&mut reader.names, Names::AsWritten);
    let (low, high) = (reader.optional_text(map, "low", Shape::Line), reader.optional_text(map, "high", Shape::Line));
    reader.names = names;
    FieldKind::Scale { min, max, low, high }
}

/// The least and the most of a scale.
pub fn ends(reader: &mut Reader, map: &Map) -> (i32, i32) {
    let (min, max) = limits(reader, map, (1, 5), -1000..=1000);
    if max - min >= MAX_SCALE {
        let message = Message::new("problem-scale-too-long").with("given", max - min + 1);
        reader.error(map.key_span("max"), message.with("max", MAX_SCALE));
    } else if max == min {
        reader.error(map.key_span("max"), Message::new("problem-scale-too-short").with("given", min));
    }
    let end = |n: i64| i32::try_from(n).unwrap_or(0);
    (end(min), end(max))
}

/// `min` and `max` as whole numbers; the least may not exceed the most.
fn limits(reader: &mut Reader, map: &Map, default: (i64, i64), allowed: RangeInclusive<i64>) -> (i64, i64) {
    let mut one = |key: &'static str, least: i64| {
        reader.optional(map, key).map(|node| reader.whole(node, key, least, *allowed.end()))
    };
    // A count may begin at nothing, but what holds at most nothing can't be filled in.
    let least = if *allowed.start() == 0 { 1 } else { *allowed.start() };
    let (min, max) = (one("min", *allowed.start()), one("max", least));
    if matches!(min, Some(None)) || matches!(max, Some(None)) {
        return default; // reported
    }
    let (min, max) = (min.flatten().unwrap_or(default.0), max.flatten().unwrap_or(default.1));
    if min > max {
        min_over_max(reader, map, min.to_string(), max.to_string());
    }
    (min, max)
}

fn min_over_max(reader: &mut Reader, map: &Map, min: String, max: String) {
    let span = if map.has("min") { map.key_span("min") } else { map.key_span("max") };
    reader.error(span, Message::new("problem-min-over-max").with("min", min).with("max", max));
}

fn number(reader: &mut Reader, map: &Map) -> FieldKind {
    let min = reader.optional(map, "min").and_then(|node| reader.decimal(node, "min"));
    let max = reader.optional(map, "max").and_then(|node| reader.decimal(node, "max"));
    match (min, max) {
        (Some(min), Some(max)) if min > max => min_over_max(reader, map, min.to_string(), max.to_string()),
        _ => {}
    }
    let names = std::mem::replace(&mut reader.names, Names::AsWritten);
    let unit = reader.optional_text(map, "unit", Shape::Line);
    reader.names = names;
    FieldKind::Number { min, max, unit }
}

fn options(reader: &mut Reader, map: &Map) -> Vec<Choice> {
    let Some(node) = reader.needed(map, "options") else { return Vec::new() };
    let items = reader.list(node, "options", MAX_OPTIONS);
    let mut known = HashMap::new();
    let mut options = Vec::new();
    for item in items.iter().take(MAX_OPTIONS) {
        let Some(map) = reader.map(item, "options", &["id", "label"]) else { continue };
        let id = id(reader, &map, "option", &mut known);
        options.push(Choice { id, label: reader.needed_text(&map, "label", Shape::Line) });
    }
    options
}

/// `done`, `late`, `gaps`, or a step and its field.
fn begin(reader: &mut Reader, node: &Node, kind: &FieldKind, refs: &mut Vec<Ref>) -> Option<Begin> {
    let of_facts = match reader.scalar(node, "begin", "name")? {
        "done" => Some(Begin::Done),
        "late" => Some(Begin::Late),
        "gaps" => Some(Begin::Gaps),
        _ => None,
    };
    if let Some(begin) = of_facts {
        if !matches!(kind, FieldKind::Text { .. } | FieldKind::LongText { .. }) {
            reader.error(node.span, Message::new("problem-begins-in-words"));
        }
        return Some(begin);
    }
    let source = reader.source(node, "begin", true)?;
    refs.push(source.needing(Needs::Begins(Box::new(kind.clone()))));
    Some(Begin::Answer { step: source.value.step, field: source.value.field? })
}

/// The steps whose turns are the rows of a table.
fn entries(reader: &mut Reader, node: &Node, columns: &[Column], refs: &mut Vec<Ref>) -> Option<Entries> {
    let map = reader.map(node, "of", &["steps", "about", "until"])?;
    let steps = reader.needed(&map, "steps").map_or(Vec::new(), |node| references(reader, node, "steps", false));
    let about = reader.plain_name(&map, "about");
    let until = reader.optional(&map, "until").and_then(|node| entry_end(reader, node, columns));
    let about = about?;
    for step in &steps {
        let (field, place) = (Some(about.value.clone()), step.place);
        refs.push(Ref { step: step.value.clone(), field, place, needs: Needs::Words });
    }
    Some(Entries {
        steps: steps.into_iter().map(|step| StepId(step.value)).collect(),
        about: about.value,
        label: super::scalar::blank(),
        until,
        open: Vec::new(),
    })
}

/// Options of one of the table's own columns.
fn entry_end(reader: &mut Reader, node: &Node, columns: &[Column]) -> Option<EntryEnd> {
    let map = reader.map(node, "until", &["column", "is"])?;
    let column = reader.plain_name(&map, "column");
    let is = reader.needed(&map, "is").map_or(Vec::new(), |node| references(reader, node, "is", false));
    let column = column?;
    let Some(ColumnKind::Choice { options }) =
        columns.iter().find(|one| one.id == column.value).map(|column| &column.kind)
    else {
        let message = Message::new("problem-unknown-column").with("column", short(&column.value));
        reader.findings.error(column.place, message);
        return None;
    };
    for one in is.iter().filter(|one| options.iter().all(|option| option.id != one.value)) {
        let nearest = closest(&one.value, options.iter().map(|option| option.id.as_str()));
        let hint = nearest.map(|name| Message::new("hint-did-you-mean").with("name", name));
        let message = Message::new("problem-unknown-option").with("part", short(&column.value));
        reader.findings.error_with(one.place, message.with("name", short(&one.value)), hint);
    }
    Some(EntryEnd { column: column.value, is: is.into_iter().map(|one| one.value).collect() })
}

fn table(reader: &mut Reader, map: &Map, refs: &mut Vec<Ref>) -> FieldKind {
    let columns = columns(reader, map);
    let of = reader.optional(map, "of").and_then(|node| entries(reader, node, &columns, refs));
    let (mut min, mut max) = (1, 20);
    if let Some(rows) = reader.optional(map, "rows").and_then(|node| reader.map(node, "rows", &["min", "max"])) {
        (min, max) = limits(reader, &rows, (1, 20), 1..=MAX_ROWS);
    }
    let rows = |n: i64| u16::try_from(n).unwrap_or(0);
    FieldKind::Table { columns, min_rows: rows(min), max_rows: rows(max), of }
}

fn columns(reader: &mut Reader, map: &Map) -> Vec<Column> {
    let Some(node) = reader.needed(map, "columns") else { return Vec::new() };
    let items = reader.list(node, "columns", MAX_COLUMNS);
    let mut known = HashMap::new();
    items.iter().take(MAX_COLUMNS).filter_map(|item| column(reader, item, &mut known)).collect()
}

fn column(reader: &mut Reader, node: &Node, known: &mut HashMap<String, Span>) -> Option<Column> {
    let map = reader.open_map(node, "columns")?;
    let kind = kind_of(reader, &map, &COLUMN_TYPES, &["id", "type", "label", "required"]);
    let id = id(reader, &map, "column", known);
    let label = reader.needed_text(&map, "label", Shape::Line);
    let required = truth(reader, &map, "required", true);
    let kind = match kind? {
        "text" => ColumnKind::Text,
        "number" => ColumnKind::Number,
        "date" => ColumnKind::Date,
        "person" => ColumnKind::Person,
        _ => ColumnKind::Choice { options: options(reader, &map) },
    };
    Some(Column { id, label, required, kind })
}
