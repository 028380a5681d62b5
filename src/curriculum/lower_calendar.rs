//! A calendar file.

use std::collections::{BTreeMap, HashMap};

use chrono::{Datelike, NaiveDate, Weekday};

use crate::engine::calendar::{Calendar, Freeze, MAX_CLOSED, QuarterFreeze, Span as Days};
use crate::engine::diagnostic::Span;
use crate::engine::message::Message;
use crate::engine::vocabulary::Text;

use super::findings::Place;
use super::lower::file_name;
use super::map::{Map, Reader};
use super::scalar::Shape;
use super::tree::Node;

const KEYS: &[&str] = &[
    "calendar",
    "title",
    "source",
    "weekend",
    "known",
    "provisional",
    "holidays",
    "workdays",
    "half_days",
    "freezes",
    "quarter_freeze",
];

/// Exceptions of fifty years.
const MAX_EXCEPTIONS: usize = 5000;

const MAX_FREEZES: usize = 100;

/// The most working days at the end of a quarter in which nothing is due: four weeks of about 13.
pub const MAX_QUARTER_FREEZE: u16 = 20;

pub fn calendar(reader: &mut Reader, map: &Map) -> (Calendar, Place) {
    reader.only(map, KEYS);
    let name = file_name(reader, map, "calendar");
    let title = reader.needed_text(map, "title", Shape::Line);
    let source = reader.needed(map, "source").and_then(|node| reader.line(node, "source"));
    let weekend = reader.needed(map, "weekend").map_or(Vec::new(), |node| weekend(reader, node));
    let known = reader.needed(map, "known").and_then(|node| days(reader, node, "known"));
    let provisional = reader.optional(map, "provisional").and_then(|node| days(reader, node, "provisional"));
    if let (Some(known), Some(provisional)) = (known, provisional) {
        for date in [provisional.from, provisional.until] {
            is_known(reader, Some(known), date, map.key_span("provisional"));
        }
    }
    let holidays = exceptions(reader, map, "holidays", &weekend, known);
    let workdays = exceptions(reader, map, "workdays", &weekend, known);
    let half_days = exceptions(reader, map, "half_days", &weekend, known);
    let freezes = freezes(reader, map);
    let quarter_freeze = reader.optional(map, "quarter_freeze").and_then(|node| quarter_freeze(reader, node));
    let stand_in = Days { from: NaiveDate::MIN, until: NaiveDate::MIN };
    let calendar = Calendar {
        name: name.value,
        title,
        source: source.unwrap_or_default(),
        weekend,
        known: known.unwrap_or(stand_in),
        provisional,
        holidays,
        workdays,
        half_days,
        freezes,
        quarter_freeze,
        away: Vec::new(),
    };
    check_half_days(reader, map, &calendar);
    check_closed(reader, map, &calendar);
    (calendar, name.place)
}

fn weekend(reader: &mut Reader, node: &Node) -> Vec<Weekday> {
    let mut weekend = Vec::new();
    for item in reader.list_or_empty(node, "weekend", 7) {
        let Some(weekday) = reader.weekday(item, "weekend") else { continue };
        if weekend.contains(&weekday) {
            let name = weekday.to_string().to_lowercase();
            reader.error(item.span, Message::new("problem-duplicate-entry").with("name", name));
        } else {
            weekend.push(weekday);
        }
    }
    if weekend.len() == 7 {
        reader.error(node.span, Message::new("problem-no-working-days"));
    }
    weekend
}

fn days(reader: &mut Reader, node: &Node, key: &'static str) -> Option<Days> {
    let map = reader.map(node, key, &["from", "until"])?;
    span(reader, &map)
}

fn span(reader: &mut Reader, map: &Map) -> Option<Days> {
    let from = reader.needed(map, "from").and_then(|node| reader.date(node, "from"));
    let until = reader.needed(map, "until").and_then(|node| reader.date(node, "until"));
    let (from, until) = (from?, until?);
    if from > until {
        let message = Message::new("problem-span-reversed").with("from", from);
        reader.error(map.key_span("from"), message.with("until", until));
        return None;
    }
    Some(Days { from, until })
}

fn freezes(reader: &mut Reader, map: &Map) -> Vec<Freeze> {
    let Some(node) = reader.optional(map, "freezes") else { return Vec::new() };
    let mut freezes = Vec::new();
    for item in reader.list_or_empty(node, "freezes", MAX_FREEZES).iter().take(MAX_FREEZES) {
        let Some(map) = reader.map(item, "freezes", &["from", "until", "name"]) else { continue };
        let name = reader.needed_text(&map, "name", Shape::Line);
        freezes.extend(span(reader, &map).map(|span| Freeze { name, span }));
    }
    freezes
}

fn quarter_freeze(reader: &mut Reader, node: &Node) -> Option<QuarterFreeze> {
    let map = reader.map(node, "quarter_freeze", &["days", "name"])?;
    let name = reader.needed_text(&map, "name", Shape::Line);
    let days = reader.needed(&map, "days")?;
    let days = reader.whole(days, "days", 1, i64::from(MAX_QUARTER_FREEZE))?;
    Some(QuarterFreeze { name, days: u16::try_from(days).ok()? })
}

/// Holidays, workdays or half days.
fn exceptions(
    reader: &mut Reader,
    map: &Map,
    key: &'static str,
    weekend: &[Weekday],
    known: Option<Days>,
) -> BTreeMap<NaiveDate, Text> {
    let Some(node) = reader.optional(map, key) else { return BTreeMap::new() };
    let items = reader.list_or_empty(node, key, MAX_EXCEPTIONS);
    let mut first: HashMap<NaiveDate, Span> = HashMap::new();
    let mut exceptions = BTreeMap::new();
    for item in items.iter().take(MAX_EXCEPTIONS) {
        let Some(map) = reader.map(item, key, &["date", "name"]) else { continue };
        let name = reader.needed_text(&map, "name", Shape::Line);
        let Some(node) = reader.needed(&map, "date") else { continue };
        let Some(date) = reader.date(node, "date") else { continue };
        if let Some(first) = first.get(&date) {
            let message = Message::new("problem-duplicate-date").with("date", date);
            reader.error(node.span, message.with("line", i64::from(first.line)));
            continue;
        }
        first.insert(date, node.span);
        is_known(reader, known, date, node.span);
        check_weekday(reader, key, weekend, date, node.span);
        exceptions.insert(date, name);
    }
    exceptions
}

fn is_known(reader: &mut Reader, known: Option<Days>, date: NaiveDate, span: Span) {
    if let Some(known) = known.filter(|known| !known.holds(date)) {
        let message = Message::new("problem-date-outside-known").with("date", date);
        reader.error(span, message.with("from", known.from).with("until", known.until));
    }
}

fn check_weekday(reader: &mut Reader, key: &str, weekend: &[Weekday], date: NaiveDate, span: Span) {
    let id = match (key, weekend.contains(&date.weekday())) {
        ("holidays", true) => "problem-holiday-at-weekend",
        ("workdays", false) => "problem-workday-not-at-weekend",
        _ => return,
    };
    reader.error(span, Message::new(id).with("date", date));
}

/// Half of a day off is no half day.
fn check_half_days(reader: &mut Reader, map: &Map, calendar: &Calendar) {
    if let Some(date) = calendar.half_days.keys().find(|date| !calendar.is_working(**date)) {
        reader.error(map.key_span("half_days"), Message::new("problem-half-day-off").with("date", *date));
    }
}

/// Reports stretches without a day that counts that are too long for plans to be counted over; seven
/// days of weekend are refused where they stand.
fn check_closed(reader: &mut Reader, map: &Map, calendar: &Calendar) {
    if calendar.weekend.len() == 7 {
        return;
    }
    let key = if calendar.holidays.is_empty() { "freezes" } else { "holidays" };
    for first in calendar.closed_too_long() {
        let message = Message::new("problem-closed-too-long").with("from", first).with("days", MAX_CLOSED);
        reader.error(map.key_span(key), message);
    }
}
