//! A list with a row a day: `{date, week, isHoliday, description}`.
//!
//! The rows are read one by one, so that each mistake has its line and none hides the next.

use serde_json::{Deserializer, Map, Value};

use crate::engine::message::Message;

use super::days::Days;
use super::{Kind, Lines};

pub fn read(days: &mut Days, text: &str) {
    let text = text.trim_end();
    let mut lines = Lines::new(text.as_bytes());
    let Some(mut rest) = text.trim_start().strip_prefix('[').map(str::trim_start) else {
        let line = lines.at(text.len() - text.trim_start().len());
        return days.problem(line, Message::new("year-json-not-a-list"));
    };
    let syntax = || Message::new("year-json-syntax");
    while rest != "]" && !days.is_full() {
        let line = lines.at(text.len() - rest.len());
        let mut values = Deserializer::from_str(rest).into_iter::<Value>();
        match values.next() {
            Some(Ok(value)) => row(days, line, &value),
            Some(Err(error)) => {
                let lines_on = u32::try_from(error.line().saturating_sub(1)).unwrap_or(u32::MAX);
                return days.problem(line.saturating_add(lines_on), syntax());
            }
            None => return days.problem(line, syntax()),
        }
        rest = rest.get(values.byte_offset()..).unwrap_or_default().trim_start();
        rest = match rest.strip_prefix(',').map(str::trim_start) {
            Some("]") | None if rest != "]" => {
                return days.problem(lines.at(text.len() - rest.len()), syntax());
            }
            next => next.unwrap_or(rest),
        };
    }
}

fn row(days: &mut Days, line: u32, value: &Value) {
    let Some(row) = value.as_object() else {
        return days.problem(line, Message::new("year-json-not-a-row"));
    };
    let date = match row.get("date") {
        Some(Value::String(words)) => days.date(line, words),
        Some(Value::Number(number)) => days.date(line, &number.to_string()),
        _ => {
            days.problem(line, Message::new("year-json-date"));
            None
        }
    };
    let kind = match row.get("isHoliday") {
        Some(Value::Bool(true)) => Some(Kind::Off),
        Some(Value::Bool(false)) => Some(Kind::Worked),
        _ => {
            days.problem(line, Message::new("year-json-holiday"));
            None
        }
    };
    let name = description(days, line, row).and_then(|words| days.name(line, words, ""));
    if let (Some(date), Some(kind)) = (date, kind) {
        days.say(line, date, kind, name);
    }
}

fn description<'r>(days: &mut Days, line: u32, row: &'r Map<String, Value>) -> Option<&'r str> {
    match row.get("description") {
        None | Some(Value::Null) => None,
        Some(Value::String(words)) => Some(words),
        Some(_) => {
            days.problem(line, Message::new("year-json-description"));
            None
        }
    }
}
