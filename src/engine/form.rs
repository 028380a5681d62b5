//! Whether what somebody handed in is the evidence that a step asks for.

mod smart;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::condition::{Path, Value};
use super::entries;
use super::growth;
use super::message::Message;
use super::release::{
    ABOUT, Choice, Column, ColumnKind, Dimension, ENTRY, Entries, Field, FieldKind, NOT_OBSERVED, Notes, Number,
};
use super::vocabulary::{MemberId, is_blank, is_plain_line, is_plain_text};
pub use smart::check_days;

/// A table cell is a note, not an essay.
const MAX_CELL: usize = 2000;

/// A line beside a rating is a sentence.
const MAX_NOTE: usize = 300;

/// Addresses longer than this are data, not links.
const MAX_LINK: usize = 2000;

/// What follows a dimension's name in the name of the line beside it.
pub const NOTE: &str = ":note";

/// Answers as they were typed: by field, a text, several options, or the rows of a table (by column).
/// A goal is one row of its parts; a rating one row of its dimensions and of the lines beside them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Answers(pub BTreeMap<String, Answer>);

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Answer {
    One(String),
    Rows(Vec<BTreeMap<String, String>>),
    Many(Vec<String>),
}

impl Answers {
    pub fn text(&self, field: &str) -> &str {
        match self.0.get(field) {
            Some(Answer::One(text)) => text,
            _ => "",
        }
    }

    pub fn rows(&self, field: &str) -> &[BTreeMap<String, String>] {
        match self.0.get(field) {
            Some(Answer::Rows(rows)) => rows,
            _ => &[],
        }
    }

    /// The options that were chosen. A form that allows several and got one is read as one.
    pub fn many(&self, field: &str) -> &[String] {
        match self.0.get(field) {
            Some(Answer::Many(many)) => many,
            Some(Answer::One(one)) if !is_blank(one) => std::slice::from_ref(one),
            _ => &[],
        }
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Every text that was typed, in the order of the fields.
    pub fn texts(&self) -> Vec<String> {
        let cells = |answer: &Answer| match answer {
            Answer::One(text) => vec![text.clone()],
            Answer::Many(many) => many.clone(),
            Answer::Rows(rows) => {
                let typed = rows.iter().flatten().filter(|(column, _)| *column != ENTRY && *column != ABOUT);
                typed.map(|(_, cell)| cell.clone()).collect()
            }
        };
        self.0.values().flat_map(cells).filter(|text| !is_blank(text)).collect()
    }

    /// Whether no answer holds a control character.
    pub fn is_plain(&self) -> bool {
        self.0.values().all(|answer| match answer {
            Answer::One(text) => is_plain_text(text),
            Answer::Many(many) => many.iter().all(|text| is_plain_text(text)),
            Answer::Rows(rows) => rows.iter().flat_map(BTreeMap::values).all(|cell| is_plain_text(cell)),
        })
    }
}

/// What is wrong with one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldProblem {
    pub field: String,
    pub message: Message,
}

/// The answers that belong to the form, trimmed, with empty rows dropped; or every problem at once.
/// `members` are those on the roster.
pub fn check(fields: &[Field], given: &Answers, members: &[MemberId]) -> Result<Answers, Vec<FieldProblem>> {
    let mut clean = Answers::default();
    let mut problems = Vec::new();
    for field in asked(fields, given) {
        match check_field(field, given, members) {
            Ok(Some(answer)) => {
                clean.0.insert(field.id.clone(), answer);
            }
            Ok(None) => {}
            Err(message) => problems.push(FieldProblem { field: field.id.clone(), message }),
        }
    }
    if problems.is_empty() { Ok(clean) } else { Err(problems) }
}

/// The fields that are asked as the answers stand. Each depends only on those above it; an answer that
/// is left from before its own question went counts as empty.
pub fn asked<'f>(fields: &'f [Field], given: &Answers) -> Vec<&'f Field> {
    let mut asked: Vec<&Field> = Vec::new();
    for field in fields {
        let look = |path: &Path| match path {
            Path::This { field, dimension } => {
                let above = asked.iter().find(|one| one.id == *field);
                Some(above.map_or(Value::Nothing, |above| growth::value(above, given, dimension.as_deref())))
            }
            _ => Some(Value::Nothing),
        };
        if field.when.as_ref().is_none_or(|when| when.holds(&look).unwrap_or(false)) {
            asked.push(field);
        }
    }
    asked
}

fn check_field(field: &Field, given: &Answers, members: &[MemberId]) -> Result<Option<Answer>, Message> {
    match &field.kind {
        FieldKind::Table { .. } => return check_table(field, given, members),
        FieldKind::Several { options, min, max } => return check_several(field, given, options, (*min, *max)),
        FieldKind::Smart { .. } => return smart::check(field, given),
        FieldKind::Rating { .. } => return check_rating(field, given),
        _ => {}
    }
    let text = given.text(&field.id).trim();
    if is_blank(text) {
        return if field.required { Err(Message::new("field-required")) } else { Ok(None) };
    }
    if !is_plain_text(text) {
        return Err(Message::new("field-control-character"));
    }
    match &field.kind {
        FieldKind::LongText { min, max, .. } | FieldKind::Text { min, max, .. } => {
            if matches!(field.kind, FieldKind::Text { .. }) && !is_plain_line(text) {
                return Err(Message::new("field-not-one-line"));
            }
            let length = text.chars().count();
            if length < *min as usize {
                return Err(Message::new("field-too-short").with("min", i64::from(*min)).with("given", length));
            }
            if length > *max as usize {
                return Err(Message::new("field-too-long").with("max", i64::from(*max)).with("given", length));
            }
        }
        FieldKind::Choice { options } => {
            if !is_option(options, text) {
                return Err(Message::new("field-not-an-option"));
            }
        }
        FieldKind::Scale { min, max, .. } => {
            if !text.parse::<i32>().is_ok_and(|value| (*min..=*max).contains(&value)) {
                return Err(Message::new("field-out-of-scale")
                    .with("min", i64::from(*min))
                    .with("max", i64::from(*max)));
            }
        }
        FieldKind::Number { min, max, .. } => {
            return Ok(Some(Answer::One(check_number(text, *min, *max)?.to_string())));
        }
        FieldKind::Date => {
            if date(text).is_none() {
                return Err(Message::new("field-not-a-date"));
            }
        }
        FieldKind::Person => {
            if !is_member(members, text) {
                return Err(Message::new("field-not-on-roster"));
            }
        }
        FieldKind::Link => check_link(text)?,
        FieldKind::File { .. } => {
            // The upload itself was checked when it came; here stands its name in the database.
            if text.parse::<uuid::Uuid>().is_err() {
                return Err(Message::new("field-not-a-file"));
            }
        }
        FieldKind::Table { .. } | FieldKind::Several { .. } | FieldKind::Smart { .. } | FieldKind::Rating { .. } => {}
    }
    Ok(Some(Answer::One(text.to_owned())))
}

fn check_table(field: &Field, given: &Answers, members: &[MemberId]) -> Result<Option<Answer>, Message> {
    let FieldKind::Table { columns, min_rows, max_rows, of } = &field.kind else { return Ok(None) };
    if let Some(entries) = of {
        return check_entries(field, (entries, columns), given, members).map(Some);
    }
    let rows: Vec<BTreeMap<String, String>> =
        given.rows(&field.id).iter().map(trimmed).filter(|row| row.values().any(|cell| !is_blank(cell))).collect();
    if rows.is_empty() && !field.required {
        return Ok(None);
    }
    if rows.len() < usize::from(*min_rows) {
        return Err(Message::new("field-rows-too-few").with("min", i64::from(*min_rows)).with("given", rows.len()));
    }
    if rows.len() > usize::from(*max_rows) {
        return Err(Message::new("field-rows-too-many").with("max", i64::from(*max_rows)));
    }
    let clean =
        rows.iter().enumerate().map(|(n, row)| check_row(columns, n, row, members)).collect::<Result<_, _>>()?;
    Ok(Some(Answer::Rows(clean)))
}

type TableRow = BTreeMap<String, String>;

fn check_row(columns: &[Column], n: usize, row: &TableRow, members: &[MemberId]) -> Result<TableRow, Message> {
    let checked = columns.iter().map(|column| {
        let cell = row.get(&column.id).map_or("", String::as_str);
        check_cell(&column.kind, column.required, cell, members)
            .map(|()| (column.id.clone(), cell.to_owned()))
            .map_err(|why| Message::new(why).with("row", n + 1).with("column", column.label.clone()))
    });
    checked.collect()
}

/// A row for each entry that stands, whatever else was sent.
fn check_entries(
    field: &Field,
    (entries, columns): (&Entries, &[Column]),
    given: &Answers,
    members: &[MemberId],
) -> Result<Answer, Message> {
    let none = TableRow::new();
    let rows = entries.open.iter().enumerate().map(|(n, entry)| {
        let row = trimmed(entries::row_of(given, &field.id, std::slice::from_ref(&entry.key)).unwrap_or(&none));
        let mut row = check_row(columns, n, &row, members)?;
        row.insert(ENTRY.to_owned(), entry.key.clone());
        row.insert(ABOUT.to_owned(), entry.about.clone());
        Ok(row)
    });
    rows.collect::<Result<_, _>>().map(Answer::Rows)
}

fn trimmed(row: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    row.iter().map(|(column, cell)| (column.clone(), cell.trim().to_owned())).collect()
}

fn check_several(
    field: &Field,
    given: &Answers,
    options: &[Choice],
    (min, max): (u16, u16),
) -> Result<Option<Answer>, Message> {
    let given: Vec<&str> = given.many(&field.id).iter().map(|one| one.trim()).filter(|one| !is_blank(one)).collect();
    if given.is_empty() && !field.required {
        return Ok(None);
    }
    if given.iter().any(|one| !is_option(options, one)) {
        return Err(Message::new("field-not-an-option"));
    }
    // In the order of the form, each once.
    let chosen: Vec<String> =
        options.iter().map(|option| option.id.clone()).filter(|id| given.contains(&id.as_str())).collect();
    if chosen.is_empty() {
        return Err(Message::new("field-required"));
    }
    if chosen.len() < usize::from(min) || chosen.len() > usize::from(max) {
        let message = Message::new("field-several-count").with("min", i64::from(min)).with("max", i64::from(max));
        return Err(message.with("given", chosen.len()));
    }
    Ok(Some(Answer::Many(chosen)))
}

fn check_rating(field: &Field, given: &Answers) -> Result<Option<Answer>, Message> {
    let FieldKind::Rating { dimensions, min, max, not_observed, notes, at_least } = &field.kind else {
        return Ok(None);
    };
    let row = given.rows(&field.id).first().map(trimmed).unwrap_or_default();
    let cell = |name: &str| row.get(name).map_or("", String::as_str);
    let note_of = |one: &Dimension| format!("{}{NOTE}", one.id);
    if !field.required && row.values().all(|cell| is_blank(cell)) {
        return Ok(None);
    }
    let mut clean = BTreeMap::new();
    let mut rated = 0;
    for one in dimensions {
        let (given, note) = (cell(&one.id), cell(&note_of(one)));
        let problem = |id: &'static str| Message::new(id).with("dimension", one.label.clone());
        if is_blank(given) {
            return Err(problem("field-dimension-missing"));
        }
        if given == NOT_OBSERVED && *not_observed {
            clean.insert(one.id.clone(), given.to_owned());
        } else if given.parse::<i32>().is_ok_and(|value| (*min..=*max).contains(&value)) {
            rated += 1;
            clean.insert(one.id.clone(), given.to_owned());
            if *notes == Notes::Required && is_blank(note) {
                return Err(problem("field-note-missing"));
            }
        } else {
            return Err(problem("field-dimension-out-of-scale"));
        }
        if !is_plain_text(note) || note.chars().count() > MAX_NOTE {
            return Err(problem("field-note-too-long").with("max", MAX_NOTE));
        }
        if *notes != Notes::None && !is_blank(note) {
            clean.insert(note_of(one), note.to_owned());
        }
    }
    if rated < usize::from(*at_least) {
        return Err(Message::new("field-rated-too-few").with("min", i64::from(*at_least)).with("given", rated));
    }
    Ok(Some(Answer::Rows(vec![clean])))
}

fn check_link(text: &str) -> Result<(), Message> {
    let is_web = url::Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    let is_short = text.chars().count() <= MAX_LINK && is_plain_line(text);
    if is_web && is_short { Ok(()) } else { Err(Message::new("field-not-a-link")) }
}

fn is_member(members: &[MemberId], text: &str) -> bool {
    text.parse::<MemberId>().is_ok_and(|id| members.contains(&id))
}

/// A date that a plan can have to do with. A year that is half typed, as 0020, is none.
fn date(text: &str) -> Option<NaiveDate> {
    text.parse().ok().filter(|date: &NaiveDate| (2000..2100).contains(&date.year()))
}

fn check_number(text: &str, min: Option<Number>, max: Option<Number>) -> Result<Number, Message> {
    let value = Number::typed(text).ok_or_else(|| Message::new("field-not-a-number"))?;
    if let Some(min) = min.filter(|min| value < *min) {
        return Err(Message::new("field-number-too-small").with("min", min.to_string()));
    }
    if let Some(max) = max.filter(|max| value > *max) {
        return Err(Message::new("field-number-too-large").with("max", max.to_string()));
    }
    Ok(value)
}

fn check_cell(kind: &ColumnKind, required: bool, cell: &str, members: &[MemberId]) -> Result<(), &'static str> {
    if is_blank(cell) {
        return if required { Err("cell-required") } else { Ok(()) };
    }
    if !is_plain_text(cell) {
        return Err("cell-control-character");
    }
    if cell.chars().count() > MAX_CELL {
        return Err("cell-too-long");
    }
    match kind {
        ColumnKind::Text => Ok(()),
        ColumnKind::Number => Number::typed(cell).map(drop).ok_or("cell-not-a-number"),
        ColumnKind::Date => date(cell).map(drop).ok_or("cell-not-a-date"),
        ColumnKind::Person => is_member(members, cell).then_some(()).ok_or("cell-not-on-roster"),
        ColumnKind::Choice { options } => is_option(options, cell).then_some(()).ok_or("cell-not-an-option"),
    }
}

fn is_option(options: &[Choice], given: &str) -> bool {
    options.iter().any(|option| option.id == given)
}
