//! Numbers and dates as programs export them.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate};
use chrono_tz::Tz;

use crate::engine::ask::Number;

/// How the numbers of a column are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amounts {
    /// `1.234,56`: the comma is the decimal sign, and points part the thousands.
    is_comma: bool,
}

impl Amounts {
    /// By what most cells show. Where none does, `1.200` may be either, and the file says: `by_semicolons` do
    /// programs part their cells that need the comma for numbers.
    pub fn of<'a>(cells: impl Iterator<Item = &'a str>, by_semicolons: bool) -> Amounts {
        let count = |(commas, points), sign| if sign == ',' { (commas + 1, points) } else { (commas, points + 1) };
        let (commas, points) = cells.filter_map(|cell| decimal_sign(bare(cell).1)).fold((0, 0), count);
        Amounts { is_comma: if commas == points { by_semicolons } else { commas > points } }
    }

    /// A number with what stands around it in exports: a currency, brackets for a loss. None: the cell is empty.
    pub fn read(self, cell: &str) -> Result<Option<Number>, ()> {
        let cell = cell.trim();
        if cell.is_empty() || cell == "-" {
            return Ok(None);
        }
        let (is_negative, bare) = bare(cell);
        let swapped = |c: char| match c {
            ',' => '.',
            '.' => ',',
            c => c,
        };
        let is_space = |c: &char| matches!(c, '\u{a0}' | '\u{202f}');
        let bare: String =
            bare.chars().filter(|c| !is_space(c)).map(|c| if self.is_comma { swapped(c) } else { c }).collect();
        // Some programs write more digits than anybody asked for.
        let bare = match bare.split_once('.') {
            Some((whole, rest)) if rest.len() > 3 && rest.bytes().all(|b| b.is_ascii_digit()) => {
                format!("{whole}.{}", &rest[..3])
            }
            _ => bare,
        };
        let Number(value) = Number::typed(&bare).ok_or(())?;
        Ok(Some(Number(if is_negative { -value } else { value })))
    }
}

/// Whether a cell is below nothing, and its number without what stands around it.
fn bare(cell: &str) -> (bool, &str) {
    let cell = cell.trim();
    let (is_loss, cell) = match cell.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        Some(inner) => (true, inner.trim()),
        None => (false, cell),
    };
    let (is_negative, cell) = match cell.strip_prefix('-') {
        Some(rest) => (true, rest.trim_start()),
        None => (false, cell),
    };
    let signs = ["NT$", "US$", "TWD", "USD", "EUR", "$", "＄", "€"];
    let bare = signs.iter().find_map(|one| cell.strip_prefix(one)).unwrap_or(cell).trim();
    let units = ["元", "天", "件", "days", "€", "EUR"];
    (is_loss != is_negative, units.iter().find_map(|one| bare.strip_suffix(one)).unwrap_or(bare).trim())
}

/// Which of comma and point a number shows to be its decimal sign; none where it may be either: `1,200`.
fn decimal_sign(number: &str) -> Option<char> {
    let number = number.trim_end_matches(['%', ' ']);
    if !number.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b',' | b'.')) {
        return None;
    }
    let (whole, rest) = number.split_at(number.rfind([',', '.'])?);
    let (sign, other) = if rest.starts_with(',') { (',', '.') } else { ('.', ',') };
    let is_group = rest.len() == 4;
    if whole.contains(sign) {
        // What comes more than once parts thousands.
        return is_group.then_some(other);
    }
    let may_be_thousands = is_group && (1..=3).contains(&whole.len()) && whole != "0";
    (whole.contains(other) || !may_be_thousands).then_some(sign)
}

/// How the dates of a column are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dates {
    /// Where the year stands last: the day before the month. A column shows it by one day past the twelfth.
    day_first: bool,
    /// A cell showed the order; otherwise it is a guess.
    is_shown: bool,
    /// Whose day it was, where a cell names a moment together with its zone.
    zone: Tz,
}

impl Dates {
    pub fn of<'a>(cells: impl Iterator<Item = &'a str>, zone: Tz) -> Dates {
        let first_parts: Vec<(u32, u32)> = cells.filter_map(year_last).collect();
        let day_first = first_parts.iter().any(|(first, second)| *first > 12 && *second <= 12);
        let month_first = first_parts.iter().any(|(first, second)| *first <= 12 && *second > 12);
        Dates { day_first, is_shown: day_first || month_first, zone }
    }

    /// Whether a cell showed the order.
    pub fn is_shown(self) -> bool {
        self.is_shown
    }

    /// What a cell was read as that could be another day just as well.
    pub fn guess(self, cell: &str) -> Option<NaiveDate> {
        let (first, second) = year_last(cell).filter(|_| !self.is_shown)?;
        if first == second { None } else { self.read(cell).ok()? }
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
        let ([first, second, third], is_dotted) = parts(cell)?;
        let (year, month, day) = match (first, third) {
            (1000.., _) => (first, second, third),
            (_, 1000..) if self.day_first || is_dotted => (third, second, first),
            (_, 1000..) => (third, first, second),
            // Years of the Republic: 115/03/05.
            (100..=199, _) => (first + 1911, second, third),
            _ => return None,
        };
        NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
    }
}

/// The first two numbers of a date whose year stands last, between slashes or dashes: day and month in either
/// order. With points (`5.3.2026`) the day comes first everywhere.
fn year_last(cell: &str) -> Option<(u32, u32)> {
    match parts(cell)? {
        ([first, second, year], false) if year >= 1000 => Some((first, second)),
        _ => None,
    }
}

/// The three numbers of a date, in whichever order, and whether points stand between them: `2026-03-05`,
/// `5.3.2026`, `2026年3月5日`, `115/03/05`, `20260305`, `1150305`.
fn parts(cell: &str) -> Option<([u32; 3], bool)> {
    let cell = cell.trim();
    let cell = ["民國", "中華民國"].iter().find_map(|one| cell.strip_prefix(one)).unwrap_or(cell);
    let end = cell.find(|c: char| c.is_whitespace() || c == 'T').unwrap_or(cell.len());
    let date = cell.get(..end)?.trim_end_matches('日');
    if date.bytes().all(|byte| byte.is_ascii_digit()) && matches!(date.len(), 7 | 8) {
        let number = |from: usize, until: usize| date.get(from..until)?.parse::<u32>().ok();
        let year = date.len() - 4;
        return Some(([number(0, year)?, number(year, year + 2)?, number(year + 2, year + 4)?], false));
    }
    let mut numbers = date.split(['-', '/', '.', '年', '月']).map(|part| part.parse::<u32>().ok());
    let three = [numbers.next()??, numbers.next()??, numbers.next()??];
    numbers.next().is_none().then_some((three, date.contains('.')))
}
