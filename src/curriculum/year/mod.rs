//! A year's days as offices publish them: calendar files (`.ics`), tables (CSV) and lists (JSON).
//!
//! Bytes go in; what differs from the week comes out, or every mistake with its line. A reader ([`csv`],
//! [`ics`], [`json`]) says which days its file speaks of; [`days`] holds what was said against the week
//! and against itself. Nothing here reads a disk or a clock, and no bytes make it panic.

mod csv;
mod days;
mod ics;
mod json;

#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use chrono::Weekday;

pub use crate::engine::calendar::{DayKind as Kind, Year};
use crate::engine::message::Message;
use crate::engine::vocabulary::Text;

use days::Days;

/// The largest file, in bytes. Ten years, a row a day, are about half of it.
pub const MAX_BYTES: usize = 1024 * 1024;

/// The most days a file may speak of: ten years are 3653, and some days stand twice.
pub const MAX_DAYS: usize = 5000;

/// The longest span, in years.
pub const MAX_YEARS: u32 = 10;

/// The most problems that are told at once.
pub const MAX_PROBLEMS: usize = 50;

/// The fewest days off that a whole year has. With fewer, the file is a few days of a calendar.
pub const MIN_OFF: usize = 5;

/// The fewest stretches that they lie in: one or two long holidays are no year.
pub const MIN_STRETCHES: usize = 4;

/// The longest name of a day, in characters.
pub const MAX_NAME: usize = 120;

/// Every message of this module. `render` has a sentence for each, in both languages.
pub const IDS: &[&str] = &[
    "year-bad-flag",
    "year-bad-kind",
    "year-column-twice",
    "year-date-out-of-range",
    "year-days-missing",
    "year-duplicate",
    "year-few-days",
    "year-half",
    "year-ics-cut",
    "year-ics-duration",
    "year-ics-end",
    "year-ics-line",
    "year-ics-no-calendar",
    "year-ics-no-start",
    "year-ics-repeats",
    "year-ics-reversed",
    "year-ics-timed",
    "year-json-date",
    "year-json-description",
    "year-json-holiday",
    "year-json-not-a-list",
    "year-json-not-a-row",
    "year-json-syntax",
    "year-many-more",
    "year-name-direction",
    "year-name-too-long",
    "year-no-columns",
    "year-no-days",
    "year-not-a-date",
    "year-not-text",
    "year-nothing-differs",
    "year-nothing-off",
    "year-quote",
    "year-too-large",
    "year-too-long",
    "year-too-many-days",
];

/// Why a file is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Counted from 1; none if it is the file as a whole.
    pub line: Option<u32>,
    pub message: Message,
}

/// Reads a file of days.
///
/// What the file is, its first characters say; its name counts only where they don't. `known_names`
/// has the two languages of a day's name; a name that it does not know stands for both.
///
/// # Errors
///
/// Every mistake at once in the order of their lines, at most [`MAX_PROBLEMS`].
pub fn read(
    file_name: &str,
    bytes: &[u8],
    weekend: &[Weekday],
    known_names: &dyn Fn(&str) -> Option<Text>,
) -> Result<Year, Vec<Problem>> {
    if bytes.len() > MAX_BYTES {
        return Err(vec![Problem { line: None, message: Message::new("year-too-large") }]);
    }
    // Excel puts a byte order mark first; it means nothing in UTF-8.
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut days = Days::new(weekend, known_names);
    match Form::of(file_name, bytes) {
        // Lines may be folded within a character, so they are put together before they are decoded.
        Form::Ics => ics::read(&mut days, bytes),
        form => match decoded(bytes) {
            Err(line) => days.problem(line, Message::new("year-not-text")),
            Ok(text) if form == Form::Json => json::read(&mut days, &text),
            Ok(text) => csv::read(&mut days, &text),
        },
    }
    days.finish()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Json,
    Ics,
    Csv,
}

impl Form {
    fn of(file_name: &str, bytes: &[u8]) -> Form {
        let start = bytes.trim_ascii_start();
        let is_calendar = start.get(..15).is_some_and(|start| start.eq_ignore_ascii_case(b"BEGIN:VCALENDAR"));
        let extension = file_name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
        match (start.first(), extension.as_deref()) {
            (Some(b'[' | b'{'), _) => Form::Json,
            _ if is_calendar => Form::Ics,
            (_, Some("json")) => Form::Json,
            (_, Some("ics")) => Form::Ics,
            _ => Form::Csv,
        }
    }
}

/// UTF-8, or else Big5, in which Taiwan's offices publish. The error is the first line that is neither.
fn decoded(bytes: &[u8]) -> Result<Cow<'_, str>, u32> {
    std::str::from_utf8(bytes).map(Cow::Borrowed).or_else(|error| {
        let line = Lines::new(bytes).at(error.valid_up_to());
        encoding_rs::BIG5.decode_without_bom_handling_and_without_replacement(bytes).ok_or(line)
    })
}

/// The lines of offsets that never fall: the bytes are gone through once.
struct Lines<'t> {
    bytes: &'t [u8],
    offset: usize,
    line: u32,
}

impl<'t> Lines<'t> {
    fn new(bytes: &'t [u8]) -> Lines<'t> {
        Lines { bytes, offset: 0, line: 1 }
    }

    fn at(&mut self, offset: usize) -> u32 {
        let passed = self.bytes.get(self.offset..offset).unwrap_or_default();
        let ends = passed.iter().filter(|byte| **byte == b'\n').count();
        self.line = self.line.saturating_add(u32::try_from(ends).unwrap_or(u32::MAX));
        self.offset = self.offset.max(offset);
        self.line
    }
}
