//! Years, and the files that an office could make of them.

use std::fmt::Write;

use chrono::{Datelike, NaiveDate, Weekday};
use proptest::collection::btree_map;
use proptest::prelude::*;

use super::{Kind, MIN_OFF, Year};
use crate::engine::calendar::Span;
use crate::engine::vocabulary::Text;

pub const WEEKEND: [Weekday; 2] = [Weekday::Sat, Weekday::Sun];

pub fn text(words: &str) -> Text {
    Text { en: words.to_owned(), zh_tw: words.to_owned() }
}

pub fn whole(year: i32) -> Span {
    let day = |month, day| NaiveDate::from_ymd_opt(year, month, day).expect("a date");
    Span { from: day(1, 1), until: day(12, 31) }
}

fn is_weekend(day: NaiveDate) -> bool {
    WEEKEND.contains(&day.weekday())
}

/// Each day of the span: whether it is off, and its name.
fn every_day(year: &Year) -> Vec<(NaiveDate, bool, &str)> {
    let days = year.span.from.iter_days().take_while(|day| *day <= year.span.until);
    days.map(|day| match year.days.get(&day) {
        Some((kind, name)) => (day, *kind == Kind::Off, name.zh_tw.as_str()),
        None => (day, is_weekend(day), ""),
    })
    .collect()
}

pub fn json(year: &Year) -> String {
    let row = |(day, is_off, name): (NaiveDate, bool, &str)| {
        let date = day.format("%Y%m%d").to_string();
        serde_json::json!({ "date": date, "week": "", "isHoliday": is_off, "description": name })
    };
    serde_json::to_string_pretty(&every_day(year).into_iter().map(row).collect::<Vec<_>>()).expect("JSON")
}

fn quoted(words: &str) -> String {
    format!("\"{}\"", words.replace('"', "\"\""))
}

/// As Taiwan's government publishes it.
pub fn government(year: &Year) -> String {
    let mut csv = "西元日期,星期,是否放假,備註\r\n".to_owned();
    for (day, is_off, name) in every_day(year) {
        let flag = if is_off { 2 } else { 0 };
        writeln!(csv, "{},一,{flag},{}\r", day.format("%Y%m%d"), quoted(name)).expect("text");
    }
    csv
}

/// Only what differs, with another order of the columns and one that nobody knows.
pub fn plain(year: &Year) -> String {
    let mut csv = "name_en,kind,note,name,date\n".to_owned();
    for (day, (kind, name)) in &year.days {
        let kind = match kind {
            Kind::Off => "off",
            Kind::Worked => "補班",
            Kind::Half => "Half",
        };
        let date = day.format("%Y/%-m/%-d");
        writeln!(csv, "{},{kind},x,{},{date}", quoted(&name.en), quoted(&name.zh_tw)).expect("text");
    }
    csv
}

/// Lines are folded at 75 bytes, in the middle of a character if it falls there.
pub fn ics(year: &Year) -> Vec<u8> {
    let mut lines = vec!["BEGIN:VCALENDAR".to_owned(), "VERSION:2.0".to_owned()];
    for (day, (kind, name)) in &year.days {
        let escaped = name.zh_tw.replace('\\', "\\\\").replace(',', "\\,").replace(';', "\\;");
        let end = day.succ_opt().expect("a day after");
        lines.push("BEGIN:VEVENT".to_owned());
        lines.push(format!("DTSTART;VALUE=DATE:{}", day.format("%Y%m%d")));
        lines.push(format!("DTEND;VALUE=DATE:{}", end.format("%Y%m%d")));
        lines.push(format!("SUMMARY;LANGUAGE=zh-TW:{escaped}"));
        match kind {
            Kind::Off => {}
            Kind::Worked => lines.push("CATEGORIES:補班".to_owned()),
            Kind::Half if is_weekend(*day) => lines.push("CATEGORIES:補班,半天".to_owned()),
            Kind::Half => lines.push("CATEGORIES:Half day".to_owned()),
        }
        lines.push("END:VEVENT".to_owned());
    }
    lines.push("END:VCALENDAR".to_owned());
    let folded = |line: String| line.as_bytes().chunks(74).collect::<Vec<_>>().join(&b"\r\n "[..]);
    lines.into_iter().flat_map(|line| [folded(line), b"\r\n".to_vec()].concat()).collect()
}

/// A name with everything that files must quote, fold or escape.
fn names() -> impl Strategy<Value = Text> {
    ("[A-Z0-9節日補,;:\"'\\\\]{1,40}", "[A-Z0-9節日補,;:\"'\\\\]{1,40}").prop_map(|(en, zh_tw)| Text { en, zh_tw })
}

/// A whole year whose names differ in the two languages. `halves` lets it have half days.
pub fn years(halves: bool) -> impl Strategy<Value = Year> {
    let days = btree_map(1u32..=365, (any::<bool>(), names()), 0..30);
    (2000i32..=2099, days, names()).prop_map(move |(year, days, off)| {
        let span = whole(year);
        let day = |ordinal| NaiveDate::from_yo_opt(year, ordinal).expect("a date");
        let kind = |day, is_half| match (is_half && halves, is_weekend(day)) {
            (true, _) => Kind::Half,
            (false, true) => Kind::Worked,
            (false, false) => Kind::Off,
        };
        let days =
            days.into_iter().map(|(ordinal, (is_half, name))| (day(ordinal), (kind(day(ordinal), is_half), name)));
        let weekdays = span.from.iter_days().filter(|day| !is_weekend(*day)).step_by(50).take(MIN_OFF);
        Year { span, days: days.chain(weekdays.map(|day| (day, (Kind::Off, off.clone())))).collect() }
    })
}

/// The same year with one name for both languages, as files without English have it.
pub fn in_one_language(mut year: Year) -> Year {
    for (_, name) in year.days.values_mut() {
        name.en.clone_from(&name.zh_tw);
    }
    year
}
