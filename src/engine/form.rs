//! Whether what somebody handed in is the evidence that a step asks for.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::message::Message;
use super::release::{Choice, ColumnKind, Field, FieldKind, Number};
use super::vocabulary::{is_blank, is_plain_text};

/// A table cell is a note, not an essay.
const MAX_CELL: usize = 2000;

/// Answers as they were typed: by field, a text or the rows of a table (by column).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Answers(pub BTreeMap<String, Answer>);

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Answer {
    One(String),
    Rows(Vec<BTreeMap<String, String>>),
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

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Every text that was typed, in the order of the fields.
    pub fn texts(&self) -> Vec<String> {
        let cells = |answer: &Answer| match answer {
            Answer::One(text) => vec![text.clone()],
            Answer::Rows(rows) => rows.iter().flat_map(BTreeMap::values).cloned().collect(),
        };
        self.0.values().flat_map(cells).filter(|text| !is_blank(text)).collect()
    }

    /// Whether no answer holds a control character.
    pub fn is_plain(&self) -> bool {
        self.0.values().all(|answer| match answer {
            Answer::One(text) => is_plain_text(text),
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
pub fn check(fields: &[Field], given: &Answers) -> Result<Answers, Vec<FieldProblem>> {
    let mut clean = Answers::default();
    let mut problems = Vec::new();
    for field in fields {
        match check_field(field, given) {
            Ok(Some(answer)) => {
                clean.0.insert(field.id.clone(), answer);
            }
            Ok(None) => {}
            Err(message) => problems.push(FieldProblem { field: field.id.clone(), message }),
        }
    }
    if problems.is_empty() { Ok(clean) } else { Err(problems) }
}

fn check_field(field: &Field, given: &Answers) -> Result<Option<Answer>, Message> {
    if let FieldKind::Table { columns, min_rows, max_rows } = &field.kind {
        let rows: Vec<BTreeMap<String, String>> = given
            .rows(&field.id)
            .iter()
            .map(|row| row.iter().map(|(column, cell)| (column.clone(), cell.trim().to_owned())).collect())
            .filter(|row: &BTreeMap<String, String>| row.values().any(|cell| !is_blank(cell)))
            .collect();
        if rows.is_empty() && !field.required {
            return Ok(None);
        }
        if rows.len() < usize::from(*min_rows) {
            return Err(Message::new("field-rows-too-few").with("min", i64::from(*min_rows)).with("given", rows.len()));
        }
        if rows.len() > usize::from(*max_rows) {
            return Err(Message::new("field-rows-too-many").with("max", i64::from(*max_rows)));
        }
        let clean = rows
            .iter()
            .enumerate()
            .map(|(n, row)| {
                columns
                    .iter()
                    .map(|column| {
                        let cell = row.get(&column.id).map_or("", String::as_str);
                        check_cell(&column.kind, column.required, cell)
                            .map(|()| (column.id.clone(), cell.to_owned()))
                            .map_err(|why| Message::new(why).with("row", n + 1).with("column", column.label.clone()))
                    })
                    .collect()
            })
            .collect::<Result<_, _>>()?;
        return Ok(Some(Answer::Rows(clean)));
    }
    let text = given.text(&field.id).trim();
    if is_blank(text) {
        return if field.required { Err(Message::new("field-required")) } else { Ok(None) };
    }
    if !is_plain_text(text) {
        return Err(Message::new("field-control-character"));
    }
    match &field.kind {
        FieldKind::Text { min, max, .. } => {
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
        FieldKind::Number { min, max, .. } => check_number(text, *min, *max)?,
        FieldKind::Date => {
            if text.parse::<NaiveDate>().is_err() {
                return Err(Message::new("field-not-a-date"));
            }
        }
        FieldKind::Table { .. } => {}
    }
    Ok(Some(Answer::One(text.to_owned())))
}

fn check_number(text: &str, min: Option<Number>, max: Option<Number>) -> Result<(), Message> {
    let value = Number::parse(text).ok_or_else(|| Message::new("field-not-a-number"))?;
    if let Some(min) = min.filter(|min| value < *min) {
        return Err(Message::new("field-number-too-small").with("min", min.to_string()));
    }
    if let Some(max) = max.filter(|max| value > *max) {
        return Err(Message::new("field-number-too-large").with("max", max.to_string()));
    }
    Ok(())
}

fn check_cell(kind: &ColumnKind, required: bool, cell: &str) -> Result<(), &'static str> {
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
        ColumnKind::Number => Number::parse(cell).map(drop).ok_or("cell-not-a-number"),
        ColumnKind::Date => cell.parse::<NaiveDate>().map(drop).map_err(|_| "cell-not-a-date"),
        ColumnKind::Choice { options } => is_option(options, cell).then_some(()).ok_or("cell-not-an-option"),
    }
}

fn is_option(options: &[Choice], given: &str) -> bool {
    options.iter().any(|option| option.id == given)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::release::Column;
    use crate::engine::vocabulary::Text;

    fn words(text: &str) -> Text {
        Text { en: text.to_owned(), zh_tw: text.to_owned() }
    }

    fn field(id: &str, kind: FieldKind) -> Field {
        Field { id: id.to_owned(), label: words(id), help: None, required: true, kind }
    }

    fn one(id: &str, text: &str) -> Answers {
        Answers([(id.to_owned(), Answer::One(text.to_owned()))].into())
    }

    #[test]
    fn every_missing_field_is_named_at_once() {
        let fields = [field("a", FieldKind::Date), field("b", FieldKind::Text { example: None, min: 1, max: 10 })];
        let problems = check(&fields, &Answers::default()).expect_err("two problems");
        assert_eq!(problems.iter().map(|p| p.field.as_str()).collect::<Vec<_>>(), ["a", "b"]);
    }

    #[test]
    fn a_scale_takes_its_ends_and_nothing_beyond() {
        let fields = [field("s", FieldKind::Scale { min: 1, max: 5, low: None, high: None })];
        assert!(check(&fields, &one("s", "1")).is_ok());
        assert!(check(&fields, &one("s", "5")).is_ok());
        assert!(check(&fields, &one("s", "0")).is_err());
        assert!(check(&fields, &one("s", "6")).is_err());
    }

    #[test]
    fn a_text_is_counted_in_characters_not_bytes() {
        let fields = [field("t", FieldKind::Text { example: None, min: 1, max: 3 })];
        assert!(check(&fields, &one("t", "陳怡君")).is_ok());
        assert!(check(&fields, &one("t", "陳怡君們")).is_err());
    }

    #[test]
    fn empty_rows_of_a_table_do_not_count() {
        let column = Column { id: "what".to_owned(), label: words("What"), required: true, kind: ColumnKind::Text };
        let fields = [field("t", FieldKind::Table { columns: vec![column], min_rows: 2, max_rows: 3 })];
        let row = |cell: &str| BTreeMap::from([("what".to_owned(), cell.to_owned())]);
        let given = |rows: Vec<BTreeMap<String, String>>| Answers([("t".to_owned(), Answer::Rows(rows))].into());
        assert!(check(&fields, &given(vec![row("one"), row("  "), row("two")])).is_ok());
        assert!(check(&fields, &given(vec![row("one"), row(" ")])).is_err());
        assert!(check(&fields, &given(vec![row("1"), row("2"), row("3"), row("4")])).is_err());
    }

    #[test]
    fn fields_that_the_form_does_not_have_are_left_out() {
        let fields = [field("d", FieldKind::Date)];
        let mut given = one("d", "2030-03-04");
        given.0.insert("is_admin".to_owned(), Answer::One("yes".to_owned()));
        assert_eq!(check(&fields, &given), Ok(one("d", "2030-03-04")));
    }
}
