//! A calendar as calendar programs save it (RFC 5545), of which only all-day events are days.
//!
//! An event says that its days are off, unless its words say otherwise. Events with a time and events
//! that repeat are refused: which days they mean hangs on zones and rules that an office's calendar
//! does not need.

use chrono::{Days as Stretch, NaiveDate};

use crate::curriculum::findings::short;
use crate::engine::message::Message;

use super::days::{self, Days};
use super::{Kind, decoded};

/// An event as far as it was read, each value with its line.
#[derive(Default)]
struct Event<'t> {
    line: u32,
    start: Option<(u32, &'t str)>,
    end: Option<(u32, &'t str)>,
    duration: Option<(u32, &'t str)>,
    summary: Option<(u32, String)>,
    /// The summary and the categories, in small letters.
    words: String,
    repeats: Option<(u32, &'static str)>,
    is_cancelled: bool,
}

pub fn read(days: &mut Days, bytes: &[u8]) {
    let (joined, starts) = unfolded(bytes);
    let text = match decoded(&joined) {
        Ok(text) => text,
        Err(line) => {
            let line = usize::try_from(line).ok().and_then(|line| starts.get(line.checked_sub(1)?)).copied();
            return days.problem(line, Message::new("year-not-text"));
        }
    };
    let mut open: Vec<String> = Vec::new();
    let mut event: Option<Event> = None;
    for (line, content) in starts.iter().copied().zip(text.split('\n')) {
        let Some((name, value)) = property(content) else {
            let id = if open.is_empty() { "year-ics-no-calendar" } else { "year-ics-line" };
            days.problem(line, Message::new(id));
            if open.is_empty() {
                return;
            }
            continue;
        };
        let component = value.trim().to_ascii_uppercase();
        match name.as_str() {
            "BEGIN" if component == "VEVENT" && event.is_some() => {
                return days.problem(line, Message::new("year-ics-end"));
            }
            "BEGIN" => {
                if component == "VEVENT" {
                    event = Some(Event { line, ..Event::default() });
                }
                open.push(component);
            }
            "END" if open.pop().is_none_or(|opened| opened != component) => {
                return days.problem(line, Message::new("year-ics-end"));
            }
            "END" if component == "VEVENT" => {
                if let Some(event) = event.take() {
                    close(days, &event);
                }
            }
            "END" => {}
            _ if open.is_empty() => return days.problem(line, Message::new("year-ics-no-calendar")),
            _ => {
                // Alarms within an event have a duration of their own.
                let inner = open.last().is_some_and(|component| component == "VEVENT");
                if let Some(event) = event.as_mut().filter(|_| inner) {
                    take(event, line, &name, value);
                }
            }
        }
        if days.is_full() {
            return;
        }
    }
    if !open.is_empty() {
        days.problem(starts.last().copied(), Message::new("year-ics-cut"));
    }
}

/// The content lines, one each, and the number of the line that each begins on. A line that begins with
/// a blank continues the one before, even within a character.
fn unfolded(bytes: &[u8]) -> (Vec<u8>, Vec<u32>) {
    let mut joined: Vec<u8> = Vec::with_capacity(bytes.len());
    let mut starts = Vec::new();
    for (number, line) in (1..).zip(bytes.split(|byte| *byte == b'\n')) {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        match line.split_first() {
            Some((b' ' | b'\t', more)) if !starts.is_empty() => joined.extend(more),
            _ if line.trim_ascii().is_empty() => {}
            _ => {
                if !starts.is_empty() {
                    joined.push(b'\n');
                }
                joined.extend(line);
                starts.push(number);
            }
        }
    }
    (joined, starts)
}

/// A content line's name, in capitals and without its parameters, and its value. A colon within
/// quotation marks belongs to a parameter.
fn property(content: &str) -> Option<(String, &str)> {
    let mut is_quoted = false;
    let colon = content.find(|c| {
        is_quoted ^= c == '"';
        c == ':' && !is_quoted
    })?;
    let (head, value) = content.split_at_checked(colon)?;
    let name = head.split(';').next().unwrap_or_default().trim();
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    is_name.then(|| (name.to_ascii_uppercase(), value.strip_prefix(':').unwrap_or(value)))
}

fn take<'t>(event: &mut Event<'t>, line: u32, name: &str, value: &'t str) {
    match name {
        "DTSTART" => event.start = Some((line, value.trim())),
        "DTEND" => event.end = Some((line, value.trim())),
        "DURATION" => event.duration = Some((line, value.trim())),
        "RRULE" => event.repeats = Some((line, "RRULE")),
        "RDATE" => event.repeats = Some((line, "RDATE")),
        "STATUS" => event.is_cancelled = value.trim().eq_ignore_ascii_case("CANCELLED"),
        "SUMMARY" | "CATEGORIES" => {
            let words = unescaped(value);
            event.words.push_str(&words.to_lowercase());
            event.words.push('\n');
            if name == "SUMMARY" {
                event.summary.get_or_insert((line, words));
            }
        }
        _ => {}
    }
}

fn unescaped(value: &str) -> String {
    let mut words = String::with_capacity(value.len());
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        match (c, (c == '\\').then(|| chars.next()).flatten()) {
            (_, Some('n' | 'N')) => words.push('\n'),
            (_, Some(escaped)) => words.push(escaped),
            (c, None) => words.push(c),
        }
    }
    words
}

fn close(days: &mut Days, event: &Event) {
    if event.is_cancelled {
        return;
    }
    if let Some((line, rule)) = event.repeats {
        return days.problem(line, Message::new("year-ics-repeats").with("rule", rule));
    }
    let name = event.summary.as_ref().and_then(|(line, words)| days.name(*line, words, ""));
    let Some((line, start)) = event.start else {
        return days.problem(event.line, Message::new("year-ics-no-start"));
    };
    if is_timed(start) {
        return days.problem(line, Message::new("year-ics-timed").with("given", short(start)));
    }
    let Some(first) = days.date(line, start) else { return };
    let Some(last) = last(days, event, first) else { return };
    let (is_worked, is_half) = (says_worked(&event.words), says_half(&event.words));
    for date in first.iter_days().take_while(|date| *date <= last) {
        match (days.is_weekend(date), is_worked, is_half) {
            (true, false, _) | (false, true, false) => days.mention(date),
            (_, _, true) => days.say(event.line, date, Kind::Half, name.clone()),
            (true, true, false) => days.say(event.line, date, Kind::Worked, name.clone()),
            (false, false, false) => days.say(event.line, date, Kind::Off, name.clone()),
        }
        if days.is_full() {
            return;
        }
    }
}

/// The last day of an event. Its end is the day after; programs that write its first day mean one day.
fn last(days: &mut Days, event: &Event, first: NaiveDate) -> Option<NaiveDate> {
    let (line, end) = match (event.end, event.duration) {
        (None, None) => return Some(first),
        (Some((line, end)), _) | (None, Some((line, end))) if is_timed(end) => {
            days.problem(line, Message::new("year-ics-timed").with("given", short(end)));
            return None;
        }
        (Some((line, end)), _) => match days::date(end) {
            Some(end) => (line, end),
            None => return days.date(line, end),
        },
        (None, Some((line, given))) => match stretch(given).and_then(|days| first.checked_add_days(days)) {
            Some(end) => (line, end),
            None => {
                days.problem(line, Message::new("year-ics-duration").with("given", short(given)));
                return None;
            }
        },
    };
    if end < first {
        days.problem(line, Message::new("year-ics-reversed").with("from", first).with("until", end.to_string()));
        return None;
    }
    let last = end.pred_opt().unwrap_or(end).max(first);
    days.in_range(line, last).then_some(last)
}

/// Dates have no `T`; moments and durations of hours do.
fn is_timed(value: &str) -> bool {
    value.contains(['T', 't'])
}

/// `P3D` or `P1W`.
fn stretch(given: &str) -> Option<Stretch> {
    let count = given.trim_start_matches('+').strip_prefix(['P', 'p'])?;
    let (count, days) = match count.strip_suffix(['W', 'w']) {
        Some(weeks) => (weeks, 7),
        None => (count.strip_suffix(['D', 'd'])?, 1),
    };
    count.parse::<u64>().ok()?.checked_mul(days).map(Stretch::new)
}

fn says_worked(words: &str) -> bool {
    let words = words.replace("non-working", "").replace("non working", "").replace("nonworking", "");
    let says = |phrases: &[&str]| phrases.iter().any(|phrase| words.contains(phrase));
    // A make-up holiday (補假) makes up for a holiday at the weekend, and is off.
    says(&["補班", "補行上班", "調整上班", "working day"])
        || (says(&["make-up", "makeup"]) && !says(&["holiday", "day off"]))
}

fn says_half(words: &str) -> bool {
    ["半天", "半日", "half day", "half-day"].iter().any(|phrase| words.contains(phrase))
}
