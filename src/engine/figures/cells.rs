//! Numbers and dates as programs export them.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate};
use chrono_tz::Tz;

use crate::engine::ask::Number;

/// A number with what stands around it in exports: a currency, brackets for a loss. None: the cell is empty.
pub fn amount(cell: &str) -> Result<Option<Number>, ()> {
    let cell = cell.trim();
    if cell.is_empty() || cell == "-" {
        return Ok(None);
    }
    let (is_loss, cell) = match cell.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        Some(inner) => (true, inner.trim()),
        None => (false, cell),
    };
    let (sign, cell) = match cell.strip_prefix('-') {
        Some(rest) => ("-", rest.trim_start()),
        None => ("", cell),
    };
    let bare = ["NT$", "US$", "TWD", "USD", "EUR", "$", "＄", "€"].iter().find_map(|one| cell.strip_prefix(one));
    let bare = bare.unwrap_or(cell).trim();
    let bare = ["元", "天", "件", "days"].iter().find_map(|one| bare.strip_suffix(one)).unwrap_or(bare).trim();
    // Some programs write more digits than anybody asked for.
    let bare = match bare.split_once('.') {
        Some((whole, rest)) if rest.len() > 3 && rest.bytes().all(|b| b.is_ascii_digit()) => {
            format!("{whole}.{}", &rest[..3])
        }
        _ => bare.to_owned(),
    };
    let Number(value) = Number::typed(&format!("{sign}{bare}")).ok_or(())?;
    Ok(Some(Number(if is_loss { -value } else { value })))
}

/// How the dates of a column are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dates {
    /// Where the year stands last: the day before the month. A column shows it by one day past the twelfth.
    day_first: bool,
    /// Whose day it was, where a cell names a moment together with its zone.
    zone: Tz,
}

impl Dates {
    pub fn of<'a>(cells: impl Iterator<Item = &'a str>, zone: Tz) -> Dates {
        let first_parts = cells.filter_map(|cell| match parts(cell)? {
            [first, second, year] if year >= 1000 => Some((first, second)),
            _ => None,
        });
        let day_first = first_parts.fold(false, |seen, (first, second)| seen || (first > 12 && second <= 12));
        Dates { day_first, zone }
    }

    /// None: the cell is empty. A time after the date is not read, unless its zone stands there too.
    pub fn read(self, cell: &str) -> Result<Option<NaiveDate>, ()> {
        if cell.is_empty() || cell == "-" {
            return Ok(None);
        }
        let written = cell.parse::<DateTime<FixedOffset>>().map(|moment| moment.with_timezone(&self.zone).date_naive());
        let date = written.ok().or_else(|| self.as_typed(cell)).ok_or(())?;
        if (1900..=2200).contains(&date.year()) { Ok(Some(date)) } else { Err(()) }
    }

    fn as_typed(self, cell: &str) -> Option<NaiveDate> {
        let [first, second, third] = parts(cell)?;
        let (year, month, day) = match (first, third) {
            (1000.., _) => (first, second, third),
            (_, 1000..) if self.day_first => (third, second, first),
            (_, 1000..) => (third, first, second),
            // Years of the Republic: 115/03/05.
            (100..=199, _) => (first + 1911, second, third),
            _ => return None,
        };
        NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
    }
}

/// The three numbers of a date, in whichever order: `2026-03-05`, `5.3.2026`, `2026年3月5日`, `115/03/05`.
fn parts(cell: &str) -> Option<[u32; 3]> {
    let cell = cell.trim();
    let cell = ["民國", "中華民國"].iter().find_map(|one| cell.strip_prefix(one)).unwrap_or(cell);
    let end = cell.find(|c: char| c.is_whitespace() || c == 'T').unwrap_or(cell.len());
    let date = cell.get(..end)?.trim_end_matches('日');
    let mut numbers = date.split(['-', '/', '.', '年', '月']).map(|part| part.parse::<u32>().ok());
    let three = [numbers.next()??, numbers.next()??, numbers.next()??];
    numbers.next().is_none().then_some(three)
}
