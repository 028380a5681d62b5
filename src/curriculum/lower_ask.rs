//! What a step asks for: fields, options, columns.

use std::collections::HashMap;

use crate::engine::diagnostic::Span;
use crate::engine::message::Message;
use crate::engine::release::{Choice, Column, ColumnKind, Field, FieldKind};

use super::closest::closest;
use super::findings::short;
use super::map::{Map, Reader};
use super::scalar::{MAX_NOTE, Shape};
use super::tree::Node;

/// A form that is filled in on a phone between two meetings.
const MAX_FIELDS: usize = 50;
const MAX_OPTIONS: usize = 50;
const MAX_COLUMNS: usize = 12;
const MAX_ROWS: i64 = 200;

/// Characters of one answer.
const MAX_ANSWER: i64 = 20_000;
const DEFAULT_ANSWER: i64 = 8000;

/// Every value of a scale is a button on the page.
const MAX_SCALE: i64 = 20;

const SHARED: [&str; 5] = ["id", "type", "label", "help", "required"];

/// The types of fields and the keys that each adds.
const TYPES: [(&str, &[&str]); 6] = [
    ("text", &["example", "min", "max"]),
    ("choice", &["options"]),
    ("scale", &["min", "max", "low", "high"]),
    ("number", &["min", "max", "unit"]),
    ("date", &[]),
    ("table", &["columns", "rows"]),
];

const COLUMN_TYPES: [(&str, &[&str]); 4] = [("text", &[]), ("number", &[]), ("date", &[]), ("choice", &["options"])];

pub fn fields(reader: &mut Reader, node: &Node) -> Vec<Field> {
    let mut known = HashMap::new();
    let items = reader.list(node, "ask", MAX_FIELDS);
    items.iter().take(MAX_FIELDS).filter_map(|item| field(reader, item, &mut known)).collect()
}

fn field(reader: &mut Reader, node: &Node, known: &mut HashMap<String, Span>) -> Option<Field> {
    let map = reader.open_map(node, "ask")?;
    let kind = kind_of(reader, &map, &TYPES, &SHARED);
    let id = id(reader, &map, "field", known);
    let label = reader.needed_text(&map, "label", Shape::Line);
    let help = reader.optional_text(&map, "help", Shape::Block(MAX_NOTE));
    let required = required(reader, &map);
    let kind = match kind? {
        "text" => text(reader, &map),
        "choice" => FieldKind::Choice { options: options(reader, &map) },
        "scale" => scale(reader, &map),
        "number" => number(reader, &map),
        "date" => FieldKind::Date,
        _ => table(reader, &map),
    };
    Some(Field { id, label, help, required, kind })
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

fn id(reader: &mut Reader, map: &Map, kind: &'static str, known: &mut HashMap<String, Span>) -> String {
    let Some(name) = reader.needed(map, "id").and_then(|node| reader.name(node, "id")) else { return String::new() };
    reader.is_new(known, kind, &name);
    name.value
}

fn required(reader: &mut Reader, map: &Map) -> bool {
    reader.optional(map, "required").and_then(|node| reader.truth(node, "required")).unwrap_or(true)
}

fn text(reader: &mut Reader, map: &Map) -> FieldKind {
    let (min, max) = limits(reader, map, (1, DEFAULT_ANSWER), 0..=MAX_ANSWER);
    let length = |n: i64| u32::try_from(n).unwrap_or(0);
    FieldKind::Text {
        example: reader.optional_text(map, "example", Shape::Block(MAX_NOTE)),
        min: length(min),
        max: length(max),
    }
}

fn scale(reader: &mut Reader, map: &Map) -> FieldKind {
    let (min, max) = limits(reader, map, (1, 5), -1000..=1000);
    if max - min >= MAX_SCALE {
        let message = Message::new("problem-scale-too-long").with("given", max - min + 1);
        reader.error(map.key_span("max"), message.with("max", MAX_SCALE));
    }
    let end = |n: i64| i32::try_from(n).unwrap_or(0);
    FieldKind::Scale {
        min: end(min),
        max: end(max),
        low: reader.optional_text(map, "low", Shape::Line),
        high: reader.optional_text(map, "high", Shape::Line),
    }
}

/// `min` and `max` as whole numbers; the least may not exceed the most.
fn limits(reader: &mut Reader, map: &Map, default: (i64, i64), allowed: std::ops::RangeInclusive<i64>) -> (i64, i64) {
    let mut one = |key: &'static str| {
        reader.optional(map, key).map(|node| reader.whole(node, key, *allowed.start(), *allowed.end()))
    };
    let (min, max) = (one("min"), one("max"));
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
    FieldKind::Number { min, max, unit: reader.optional_text(map, "unit", Shape::Line) }
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

fn table(reader: &mut Reader, map: &Map) -> FieldKind {
    let columns = columns(reader, map);
    let (mut min, mut max) = (1, 20);
    if let Some(rows) = reader.optional(map, "rows").and_then(|node| reader.map(node, "rows", &["min", "max"])) {
        (min, max) = limits(reader, &rows, (1, 20), 1..=MAX_ROWS);
    }
    let rows = |n: i64| u16::try_from(n).unwrap_or(0);
    FieldKind::Table { columns, min_rows: rows(min), max_rows: rows(max) }
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
    let required = required(reader, &map);
    let kind = match kind? {
        "text" => ColumnKind::Text,
        "number" => ColumnKind::Number,
        "date" => ColumnKind::Date,
        _ => ColumnKind::Choice { options: options(reader, &map) },
    };
    Some(Column { id, label, required, kind })
}
