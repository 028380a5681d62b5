//! Figures from a table of cases, as a CRM exports it: how each is worked out from the columns, and what comes
//! out of which rows.

mod cells;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::ask::Number;
use super::calendar::Span;
use cells::{Amounts, Dates};

/// A table: the names of its columns, and its rows. A row may be shorter than the names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    pub columns: Vec<String>,
    pub rows: Vec<Row>,
    /// Semicolons stand between the cells.
    pub by_semicolons: bool,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// In the file, counted from 1, so that somebody finds it there.
    pub line: u64,
    pub cells: Vec<String>,
}

/// How somebody reads the columns of their CRM: a rule for each field that is taken from it.
pub type Reading = BTreeMap<String, Rule>;

/// How a figure is worked out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    pub how: How,
    /// The column of the numbers, or of the first days; none for a count.
    #[serde(default)]
    pub column: String,
    /// The column of the last days, for [`How::Days`].
    #[serde(default)]
    pub until: String,
    /// The column whose date says whether a row belongs to the period; empty: all rows do.
    #[serde(default)]
    pub dated: String,
    /// Only rows that say one of these in a column; empty: all rows.
    #[serde(default)]
    pub only: String,
    /// Each as it was typed: one of the words, or several with commas between.
    #[serde(default)]
    pub says: Vec<String>,
    /// The file has single units where the field asks for thousands.
    #[serde(default)]
    pub in_thousands: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// How many rows.
    Count,
    Sum,
    Mean,
    /// The mean of the calendar days from one column's date to another's.
    Days,
    /// What the last row says: for a file with a row for each month.
    Last,
}

impl How {
    pub const ALL: [How; 5] = [How::Count, How::Sum, How::Mean, How::Days, How::Last];

    pub fn as_str(self) -> &'static str {
        match self {
            How::Count => "count",
            How::Sum => "sum",
            How::Mean => "mean",
            How::Days => "days",
            How::Last => "last",
        }
    }

    pub fn parse(name: &str) -> Option<How> {
        How::ALL.into_iter().find(|how| how.as_str() == name)
    }
}

/// What came of a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Worked {
    /// None when no row had anything to say.
    pub value: Option<String>,
    /// How many rows it rests on.
    pub rows: usize,
    /// Lines that belong to it and don't read: left out.
    pub unread: Vec<u64>,
    /// No line of the whole file says any of the words that it asks for.
    pub is_unsaid: bool,
}

/// Why a rule can't be followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unworked {
    /// The table has no such column.
    NoColumn(String),
    /// A column has still to be named.
    Unnamed,
    /// A column is to say one of some words, and there are none.
    NoWords,
}

impl Table {
    fn column(&self, name: &str) -> Result<usize, Unworked> {
        match name {
            "" => Err(Unworked::Unnamed),
            name => {
                let at = self.columns.iter().position(|column| column == name);
                at.ok_or_else(|| Unworked::NoColumn(name.to_owned()))
            }
        }
    }

    fn cells(&self, at: usize) -> impl Iterator<Item = &str> {
        self.rows.iter().map(move |row| row.cell(at))
    }

    fn dates(&self, at: usize, zone: Tz) -> Dates {
        let own = Dates::of(self.cells(at), zone);
        // One program wrote all columns.
        let all = || Dates::of((0..self.columns.len()).flat_map(|at| self.cells(at)), zone);
        if own.is_shown() { own } else { all() }
    }

    fn amounts(&self, at: usize) -> Amounts {
        Amounts::of(self.cells(at), self.by_semicolons)
    }

    /// The different words of a column, as they come, so many at most; and whether there are more.
    pub fn words(&self, column: &str, most: usize) -> (Vec<&str>, bool) {
        let Ok(at) = self.column(column) else { return (Vec::new(), false) };
        let mut known = BTreeSet::new();
        let cells = self.rows.iter().filter(|row| self.is_case(row)).map(|row| row.cell(at));
        let new = cells.filter(|cell| !cell.is_empty() && known.insert(*cell));
        let mut words: Vec<&str> = new.take(most + 1).collect();
        let has_more = words.len() > most;
        words.truncate(most);
        (words, has_more)
    }

    /// A date of a column that does not show whether its days or its months come first, and what it was read as.
    pub fn guessed(&self, column: &str, zone: Tz) -> Option<(&str, NaiveDate)> {
        let at = self.column(column).ok()?;
        let dates = self.dates(at, zone);
        self.cells(at).find_map(|cell| Some((cell, dates.guess(cell)?)))
    }

    /// Whether a row is a case: not one whose cells stand in other columns than they should, because one of them
    /// was cut in two, and no line of words above or below the table.
    fn is_case(&self, row: &Row) -> bool {
        let has_words = |cell: &&String| !cell.trim().is_empty();
        let is_note = self.columns.len() > 2 && row.cells.iter().filter(has_words).count() < 2;
        !is_note && !row.cells.iter().skip(self.columns.len()).any(|cell| has_words(&cell))
    }

    /// What a rule makes of the rows of a period, which is one of days in that zone.
    ///
    /// # Errors
    /// It names a column that the table does not have, or none where it needs one.
    pub fn work(&self, rule: &Rule, period: Span, zone: Tz) -> Result<Worked, Unworked> {
        let has_no_words = rule.says.iter().all(|typed| typed.split(BETWEEN_WORDS).all(|word| word.trim().is_empty()));
        let only = match (rule.only.as_str(), has_no_words) {
            ("", true) => None,
            ("", false) => return Err(Unworked::Unnamed),
            (_, true) => return Err(Unworked::NoWords),
            (only, false) => Some(self.column(only)?),
        };
        let dated = if rule.dated.is_empty() { None } else { Some(self.column(&rule.dated)?) };
        let dated = dated.map(|at| (at, self.dates(at, zone)));
        let column = if rule.how == How::Count { None } else { Some(self.column(&rule.column)?) };
        let days = match (rule.how, column) {
            (How::Days, Some(from)) => {
                let until = self.column(&rule.until)?;
                Some((self.dates(from, zone), until, self.dates(until, zone)))
            }
            _ => None,
        };
        let amounts = column.map(|at| self.amounts(at));
        let mut unread = Vec::new();
        let mut found = Vec::new();
        let mut is_unsaid = only.is_some();
        for row in &self.rows {
            if !self.is_case(row) {
                unread.push(row.line);
                continue;
            }
            if only.is_some_and(|at| !says(row.cell(at), &rule.says)) {
                continue;
            }
            is_unsaid = false;
            if let Some((at, dates)) = &dated {
                match dates.read(row.cell(*at)) {
                    Ok(Some(on)) if period.holds(on) => {}
                    Err(()) => {
                        unread.push(row.line);
                        continue;
                    }
                    Ok(_) => continue,
                }
            }
            let value = match (column.zip(amounts), &days) {
                (None, _) => Ok(Some(0)),
                (Some((from, _)), Some((first, until, last))) => {
                    between(first.read(row.cell(from)), last.read(row.cell(*until)))
                }
                (Some((at, amounts)), None) => {
                    amounts.read(row.cell(at)).map(|number| number.map(|number| i128::from(number.0)))
                }
            };
            match value {
                Ok(Some(value)) => found.push(value),
                // An empty cell says nothing: a deal that is not closed has no amount yet.
                Ok(None) => {}
                Err(()) => unread.push(row.line),
            }
        }
        Ok(Worked { value: rule.value(&found), rows: found.len(), unread, is_unsaid })
    }
}

impl Row {
    fn cell(&self, at: usize) -> &str {
        self.cells.get(at).map_or("", |cell| cell.trim())
    }
}

impl Rule {
    /// The columns whose dates it reads.
    pub fn dates(&self) -> impl Iterator<Item = &str> {
        let of_days = [&self.column, &self.until].into_iter().filter(|_| self.how == How::Days);
        of_days.chain([&self.dated]).map(String::as_str)
    }

    /// From thousandths. Means keep one digit: more would say that they are exact.
    fn value(&self, found: &[i128]) -> Option<String> {
        let rows = i128::try_from(found.len()).ok().filter(|rows| *rows > 0 || self.how == How::Count)?;
        let share = if self.in_thousands { 1000 } else { 1 };
        let sum: i128 = found.iter().sum();
        let thousandths = match self.how {
            How::Count => rows.checked_mul(1000)?,
            How::Sum => rounded(sum, share),
            How::Mean | How::Days => rounded(sum, rows.checked_mul(share)?.checked_mul(100)?).checked_mul(100)?,
            How::Last => rounded(*found.last()?, share),
        };
        Some(Number(i64::try_from(thousandths).ok()?).to_string())
    }
}

/// Half away from zero, as people round.
fn rounded(value: i128, by: i128) -> i128 {
    (value.abs() * 2 + by) / (by * 2) * value.signum()
}

/// Thousandths of a day. An end before its beginning is a mistake of the file.
fn between(from: Result<Option<NaiveDate>, ()>, until: Result<Option<NaiveDate>, ()>) -> Result<Option<i128>, ()> {
    match (from?, until?) {
        (Some(from), Some(until)) if from <= until => Ok(Some(i128::from((until - from).num_days()) * 1000)),
        (Some(_), Some(_)) => Err(()),
        _ => Ok(None),
    }
}

/// What people put between the words that count.
const BETWEEN_WORDS: [char; 5] = [',', ';', '、', '，', '；'];

/// Whether a cell says one of these, whatever its case.
fn says(cell: &str, typed: &[String]) -> bool {
    let cell = cell.to_lowercase();
    !cell.is_empty() && typed.iter().any(|typed| stands_in(&cell, &typed.to_lowercase()))
}

/// Whether a word is one of those that were typed. It may hold a comma itself: `Closed, won`.
fn stands_in(word: &str, typed: &str) -> bool {
    typed.match_indices(word).any(|(at, _)| {
        let (before, rest) = typed.split_at(at);
        let (before, after) = (before.trim_end(), rest.strip_prefix(word).unwrap_or_default().trim_start());
        (before.is_empty() || before.ends_with(BETWEEN_WORDS)) && (after.is_empty() || after.starts_with(BETWEEN_WORDS))
    })
}
