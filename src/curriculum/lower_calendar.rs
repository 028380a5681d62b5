//! A calendar file.

use std::collections::{BTreeMap, HashMap};

use chrono::{Datelike, NaiveDate, Weekday};

use crate::engine::calendar::{Calendar, Span as Days};
use crate::engine::diagnostic::Span;
use crate::engine::message::Message;
use crate::engine::vocabulary::Text;

use super::findings::Place;
use super::lower::file_name;
use super::map::{Map, Reader};
use super::scalar::Shape;
use super::tree::Node;

const KEYS: &[&str] = &["calendar", "title", "source", "weekend", "known", "provisional", "holidays", "workdays"];

/// Exceptions of fifty years.
const MAX_EXCEPTIONS: usize = 5000;

/// The longest stretch without a working day: a plant that closes for the summer. The engine looks
/// for the next working day one day at a time and gives up after 400.
const MAX_CLOSED: usize = 60;

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
    };
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
    let from = reader.needed(&map, "from").and_then(|node| reader.date(node, "from"));
    let until = reader.needed(&map, "until").and_then(|node| reader.date(node, "until"));
    let (from, until) = (from?, until?);
    if from > until {
        let message = Message::new("problem-span-reversed").with("from", from);
        reader.error(map.key_span("from"), message.with("until", until));
        return None;
    }
    Some(Days { from, until })
}

/// Holidays or workdays.
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

/// Reports stretches without a working day that are too long for plans to be counted over. Only a
/// holiday can begin one: seven days of weekend are refused where they stand.
fn check_closed(reader: &mut Reader, map: &Map, calendar: &Calendar) {
    let mut last = NaiveDate::MIN;
    for first in calendar.holidays.keys().filter(|_| calendar.weekend.len() < 7) {
        if *first <= last {
            continue; // within the stretch before
        }
        let closed = first.iter_days().take(MAX_CLOSED + 1).take_while(|date| !calendar.is_working(*date));
        let closed: Vec<NaiveDate> = closed.collect();
        last = closed.last().copied().unwrap_or(*first);
        if closed.len() > MAX_CLOSED {
            let message = Message::new("problem-closed-too-long").with("from", *first).with("days", MAX_CLOSED);
            reader.error(map.key_span("holidays"), message);
        }
    }
}
