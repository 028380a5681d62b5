//! The small values: names, words in two languages, roles, numbers, days, dates.

use std::collections::HashMap;

use chrono::{Datelike, NaiveDate, Weekday};

use crate::engine::diagnostic::Span;
use crate::engine::message::Message;
use crate::engine::release::Number;
use crate::engine::vocabulary::{Lang, Role, Text, is_name, is_plain_line};

use super::closest::closest;
use super::duplicate;
use super::findings::{Placed, short};
use super::map::{Map, Reader};
use super::source::{control_character, is_allowed};
use super::tree::{Node, Value};

/// Names that steps can't have: conditions (CEL) and days use them for plan data, operators and
/// functions.
///
/// Fields of `ask` may have them, because they are always read through their step; and so may
/// curricula, programs and calendars, which no condition names.
pub const RESERVED: &[&str] = &[
    "all",
    "and",
    "answers",
    "any",
    "calendar",
    "cast",
    "curriculum",
    "day",
    "each",
    "end",
    "every",
    "exists",
    "false",
    "filter",
    "has",
    "hr",
    "in",
    "launch",
    "manager",
    "map",
    "member",
    "members",
    "mentor",
    "metrics",
    "new",
    "not",
    "null",
    "or",
    "plan",
    "playbook",
    "program",
    "quarter_end",
    "quarter_start",
    "release",
    "roster",
    "size",
    "start",
    "step",
    "steps",
    "superior",
    "this",
    "today",
    "true",
    "until",
];

/// A name stands in addresses, subjects of mail and database keys.
pub const MAX_NAME: usize = 64;

pub const MAX_LINE: usize = 200;
pub const MAX_BODY: usize = 20_000;
/// A summary or a help is read at a glance.
pub const MAX_NOTE: usize = 2000;

/// How a text in both languages may look.
#[derive(Clone, Copy)]
pub enum Shape {
    /// One line of at most [`MAX_LINE`] characters.
    Line,
    /// Several lines of at most so many characters.
    Block(usize),
}

impl Reader<'_, '_> {
    /// A permanent name. What is wrong is reported, and the name is kept, so that what refers to it
    /// is not reported as well.
    pub fn name(&mut self, node: &Node, key: &str) -> Option<Placed<String>> {
        let text = self.scalar(node, key, "name")?;
        if text.chars().count() > MAX_NAME || !is_name(text) {
            let suggestion = as_name(text).map(|name| Message::new("hint-did-you-mean").with("name", name));
            let message = Message::new("problem-bad-name").with("name", short(text)).with("max", MAX_NAME);
            self.error_with(node.span, message, suggestion);
        }
        Some(self.placed(text.to_owned(), node.span))
    }

    /// A name that conditions and days use by itself.
    pub fn free_name(&mut self, node: &Node, key: &str) -> Option<Placed<String>> {
        let name = self.name(node, key)?;
        if RESERVED.contains(&name.value.as_str()) {
            self.error(node.span, Message::new("problem-reserved-name").with("name", name.value.as_str()));
        }
        Some(name)
    }

    /// Whether a name is new in its list; the second place is reported.
    pub fn is_new(&mut self, known: &mut HashMap<String, Span>, kind: &'static str, name: &Placed<String>) -> bool {
        if let Some(first) = known.get(&name.value) {
            let message = duplicate(self.findings, kind, &name.value, self.place(*first));
            self.findings.error(name.place, message);
            return false;
        }
        known.insert(name.value.clone(), name.place.span);
        true
    }

    /// The text of a key that must be there; blank after a mistake.
    pub fn needed_text(&mut self, map: &Map, key: &'static str, shape: Shape) -> Text {
        match self.needed(map, key) {
            Some(node) => self.text(node, key, shape),
            None => blank(),
        }
    }

    pub fn optional_text(&mut self, map: &Map, key: &'static str, shape: Shape) -> Option<Text> {
        self.optional(map, key).map(|node| self.text(node, key, shape))
    }

    /// A text in both languages.
    pub fn text(&mut self, node: &Node, key: &str, shape: Shape) -> Text {
        let Value::Map(entries) = &node.value else {
            self.wrong_type(node, key, "both-languages", Some(Message::new("hint-both-languages")));
            return blank();
        };
        let map = Map::new(node.span, entries);
        self.only_languages(&map);
        Text { en: self.words(&map, key, Lang::En, shape), zh_tw: self.words(&map, key, Lang::ZhTw, shape) }
    }

    fn only_languages(&mut self, map: &Map) {
        let languages = Lang::ALL.map(Lang::as_str);
        for entry in map.entries().iter().filter(|entry| !languages.contains(&entry.key.as_str())) {
            // In `{en: First, second, zh-TW: ...}` YAML takes `second` for a key of its own.
            let hint = entry.node.is_nothing().then(|| Message::new("hint-quote-comma"));
            self.unknown_key(entry, &languages, hint);
        }
    }

    fn words(&mut self, map: &Map, key: &str, lang: Lang, shape: Shape) -> String {
        let entry = map.entries().iter().find(|entry| entry.key == lang.as_str());
        let words = match entry.map(|entry| &entry.node.value) {
            Some(Value::Refused) => return String::new(),
            Some(Value::Scalar { text, .. }) if !entry.is_some_and(|entry| entry.node.is_nothing()) => text.trim(),
            Some(Value::List(_) | Value::Map(_)) => {
                if let Some(entry) = entry {
                    self.wrong_type(&entry.node, lang.as_str(), "text", Some(Message::new("hint-quote-text")));
                }
                return String::new();
            }
            _ => "",
        };
        let span = entry.map_or(map.span, |entry| if words.is_empty() { entry.span } else { entry.node.span });
        if words.is_empty() {
            let message = Message::new("problem-missing-translation").with("key", short(key));
            self.error(span, message.with("lang", lang.as_str()));
        }
        self.check_words(words, key, span, shape);
        self.names_in(words, span);
        words.to_owned()
    }

    fn check_words(&mut self, words: &str, key: &str, span: Span, shape: Shape) {
        // The file holds none, but "\x07" in quotes makes one.
        if let Some(c) = words.chars().find(|c| !is_allowed(*c)) {
            self.error(span, control_character(c));
        } else if matches!(shape, Shape::Line) && !is_plain_line(words) {
            self.error(span, Message::new("problem-not-one-line").with("key", short(key)));
        }
        let max = match shape {
            Shape::Line => MAX_LINE,
            Shape::Block(max) => max,
        };
        let given = words.chars().count();
        if given > max {
            let message = Message::new("problem-text-too-long").with("key", short(key));
            self.error(span, message.with("max", max).with("given", given));
        }
    }

    /// One line that is the same in every language: a source.
    pub fn line(&mut self, node: &Node, key: &str) -> Option<String> {
        let words = self.scalar(node, key, "text")?;
        if words.is_empty() {
            self.error(node.span, Message::new("problem-empty-value").with("key", short(key)));
        }
        self.check_words(words, key, node.span, Shape::Line);
        Some(words.to_owned())
    }

    pub fn role(&mut self, node: &Node, key: &str) -> Option<Role> {
        let text = self.scalar(node, key, "role")?;
        let role = Role::parse(text);
        if role.is_none() {
            let roles = Role::ALL.map(Role::as_str);
            let hint = closest(text, roles).map(|name| Message::new("hint-did-you-mean").with("name", name));
            let message = Message::new("problem-unknown-role").with("name", short(text));
            self.error_with(node.span, message.with("roles", roles.join(", ")), hint);
        }
        role
    }

    /// A list of roles, each once.
    pub fn roles(&mut self, key: &str, items: &[Node]) -> Vec<Placed<Role>> {
        let mut roles: Vec<Placed<Role>> = Vec::new();
        for item in items {
            let Some(role) = self.role(item, key) else { continue };
            if roles.iter().any(|placed| placed.value == role) {
                self.error(item.span, Message::new("problem-duplicate-entry").with("name", role.as_str()));
            } else {
                roles.push(self.placed(role, item.span));
            }
        }
        roles
    }

    /// A whole number within limits, written without quotes.
    pub fn whole(&mut self, node: &Node, key: &str, min: i64, max: i64) -> Option<i64> {
        let number = self.any_whole(node, key)?;
        if number < min || number > max {
            let message = Message::new("problem-number-out-of-range").with("key", short(key));
            self.error(node.span, message.with("min", min).with("max", max).with("given", number));
            return None;
        }
        Some(number)
    }

    pub fn any_whole(&mut self, node: &Node, key: &str) -> Option<i64> {
        let number = plain(node).and_then(|text| text.parse().ok());
        if number.is_none() && !self.is_bad_number(node, key, 0) {
            self.wrong_type(node, key, "whole-number", None);
        }
        number
    }

    /// A decimal number with at most three digits after the point.
    pub fn decimal(&mut self, node: &Node, key: &str) -> Option<Number> {
        let number = plain(node).and_then(Number::parse);
        if number.is_none() && !self.is_bad_number(node, key, 3) {
            self.wrong_type(node, key, "decimal", None);
        }
        number
    }

    /// Reports a number with more than so many digits after the point, or too many before it.
    fn is_bad_number(&mut self, node: &Node, key: &str, max: usize) -> bool {
        let Some(text) = plain(node).map(str::trim) else { return false };
        let digits = text.strip_prefix('-').unwrap_or(text);
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        if whole.is_empty() || !whole.bytes().chain(fraction.bytes()).all(|b| b.is_ascii_digit()) {
            return false;
        }
        let why = match max {
            0 if digits.contains('.') => "point",
            max if fraction.len() > max => "digits",
            _ => "long",
        };
        let message = Message::new("problem-bad-number").with("key", short(key)).with("given", short(text));
        self.error(node.span, message.with("why", why));
        true
    }

    pub fn truth(&mut self, node: &Node, key: &str) -> Option<bool> {
        match plain(node) {
            Some("true") => Some(true),
            Some("false") => Some(false),
            _ => {
                self.wrong_type(node, key, "truth", None);
                None
            }
        }
    }

    pub fn weekday(&mut self, node: &Node, key: &str) -> Option<Weekday> {
        let text = self.scalar(node, key, "weekday")?;
        let weekday = WEEKDAYS.into_iter().find(|(name, _)| *name == text).map(|(_, weekday)| weekday);
        if weekday.is_none() {
            let names = WEEKDAYS.map(|(name, _)| name).join(", ");
            let message = Message::new("problem-unknown-weekday").with("name", short(text));
            self.error(node.span, message.with("weekdays", names));
        }
        weekday
    }

    pub fn date(&mut self, node: &Node, key: &str) -> Option<NaiveDate> {
        let text = self.scalar(node, key, "date")?;
        let date = parse_date(text);
        if date.is_none() && is_date_like(text) {
            self.error(node.span, Message::new("problem-bad-date").with("given", short(text)));
        } else if date.is_none() {
            let hint = meant_date(text).map(|date| Message::new("hint-did-you-mean").with("name", date));
            self.error_with(node.span, Message::new("problem-date-form").with("given", short(text)), hint);
        }
        date
    }
}

const WEEKDAYS: [(&str, Weekday); 7] = [
    ("mon", Weekday::Mon),
    ("tue", Weekday::Tue),
    ("wed", Weekday::Wed),
    ("thu", Weekday::Thu),
    ("fri", Weekday::Fri),
    ("sat", Weekday::Sat),
    ("sun", Weekday::Sun),
];

/// A stand-in after a mistake.
pub fn blank() -> Text {
    Text { en: String::new(), zh_tw: String::new() }
}

fn plain(node: &Node) -> Option<&str> {
    match &node.value {
        Value::Scalar { text, plain: true } => Some(text),
        _ => None,
    }
}

/// Years beyond these are slips, and some date arithmetic ends with them.
fn parse_date(text: &str) -> Option<NaiveDate> {
    let date: NaiveDate = text.parse().ok().filter(|_| is_date_like(text))?;
    (1900..=2200).contains(&date.year()).then_some(date)
}

/// Whether it is written as a date, even one that does not exist.
fn is_date_like(text: &str) -> bool {
    let form = |(at, b): (usize, u8)| if matches!(at, 4 | 7) { b == b'-' } else { b.is_ascii_digit() };
    text.len() == 10 && text.bytes().enumerate().all(form)
}

/// The date that `2026-1-5`, `2026/01/05` or `2026.1.5` means, as it is written here.
fn meant_date(text: &str) -> Option<String> {
    let parts: Vec<&str> = text.split(['-', '/', '.']).map(str::trim).collect();
    let [year, month, day] = parts.as_slice() else { return None };
    let written = format!("{year}-{month:0>2}-{day:0>2}");
    parse_date(&written).map(|date| date.to_string())
}

/// What the author may have meant: `Meet-Each Member` becomes `meet_each_member`.
fn as_name(text: &str) -> Option<String> {
    let name: String = text.trim().to_lowercase().replace([' ', '-', '.'], "_");
    (is_name(&name) && name.len() <= MAX_NAME).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_ten_characters_and_exists() {
        assert!(parse_date("2028-02-29").is_some());
        let refused = ["2027-02-29", "2027-2-01", "27-02-01", "2027/02/01", "+2027-2-1", "9999-12-31", "０027-02-01"];
        assert_eq!(refused.map(parse_date), [None; 7]);
    }

    #[test]
    fn a_date_that_is_written_otherwise_is_found() {
        for written in ["2026-1-5", "2026/01/05", "2026. 1. 5"] {
            assert_eq!(meant_date(written).as_deref(), Some("2026-01-05"));
        }
        assert_eq!(["5.1.2026", "2026-13-1", "soon"].map(meant_date), [const { None }; 3]);
    }

    #[test]
    fn what_was_meant_as_a_name_is_found() {
        assert_eq!(as_name("Meet-Each Member").as_deref(), Some("meet_each_member"));
        assert_eq!(as_name("團隊"), None);
    }
}
