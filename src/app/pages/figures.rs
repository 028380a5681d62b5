//! The page on which figures from a CRM are looked at before they are taken.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use diesel_async::AsyncPgConnection;
use serde::Serialize;

use super::cards::{self, Shown};
use super::lines::line;
use crate::app::Error;
use crate::app::figures::{self, Offered};
use crate::app::wording::Wording;
use crate::app::worlds::{self, Names};
use crate::engine::access::Viewer;
use crate::engine::calendar::Span;
use crate::engine::figures::{How, Rule};
use crate::engine::message::Message;
use crate::engine::release::{Field, FieldKind};
use crate::engine::vocabulary::{PlanId, StepKey, Text};

/// Rows and columns that are shown of a file: enough to know it again.
const SHOWN_ROWS: usize = 3;
const SHOWN_COLUMNS: usize = 12;
const SHOWN_CHARS: usize = 60;

/// Words of a column that are named: enough for the stages of a sale.
const NAMED_WORDS: usize = 12;

/// Lines that are named of those that don't read.
const NAMED_LINES: usize = 5;

/// The page.
#[derive(Debug, Clone, Serialize)]
pub struct FiguresPage {
    pub step: Shown,
    /// When it was shown: what the plan was then.
    pub seen: u64,
    pub file: Option<FileView>,
    /// Why a file was not taken.
    pub problem: Option<Message>,
    /// The most that a file may hold, and how long it is kept.
    pub most_mb: usize,
    pub hours: i64,
}

/// A file, and what would come out of it.
#[derive(Debug, Clone, Serialize)]
pub struct FileView {
    pub name: String,
    /// What is taken must be what is shown here.
    pub seal: String,
    pub uploaded_at: DateTime<Utc>,
    pub rows: usize,
    pub columns: Vec<String>,
    pub shown_columns: Vec<String>,
    pub sample: Vec<Vec<String>>,
    pub from: NaiveDate,
    pub until: NaiveDate,
    pub hows: Vec<&'static str>,
    pub fields: Vec<FigureField>,
    /// A way was chosen for one figure at least.
    pub is_read: bool,
    /// How many fields would be filled.
    pub found: usize,
    pub guessed: Vec<Guessed>,
}

/// A column whose dates could be read in two ways: one of them, and how it was read.
#[derive(Debug, Clone, Serialize)]
pub struct Guessed {
    pub column: String,
    pub cell: String,
    pub read: NaiveDate,
}

/// A field, how it is worked out, and what comes of that.
#[derive(Debug, Clone, Serialize)]
pub struct FigureField {
    pub id: String,
    pub label: Text,
    pub unit: Option<Text>,
    /// Empty: it is not taken from the file.
    pub how: &'static str,
    pub column: String,
    pub until: String,
    pub dated: String,
    pub only: String,
    pub says: String,
    pub in_thousands: bool,
    /// Columns that it names and this file does not have: they stay chosen until somebody chooses others.
    pub lost: Vec<String>,
    /// What the column of the words says in this file, and whether it says more.
    pub words: Vec<String>,
    pub has_more_words: bool,
    /// No line says any of the words.
    pub is_unsaid: bool,
    /// What stands in the form now.
    pub now: String,
    pub value: Option<String>,
    pub rows: usize,
    /// Lines that were left out because they don't read: some, and how many there are.
    pub unread: Vec<u64>,
    pub unread_count: usize,
    /// Why nothing comes of it.
    pub problem: Option<Message>,
}

/// The page of a step whose figures may come from a file.
///
/// # Errors
/// The step is not the viewer's to fill in now, or asks for too few numbers.
pub async fn load(
    conn: &mut AsyncPgConnection,
    viewer: Viewer,
    (plan, key): (PlanId, &StepKey),
    period: (Option<NaiveDate>, Option<NaiveDate>),
    now: DateTime<Utc>,
) -> Result<FiguresPage, Error> {
    let world = worlds::find(conn, viewer.scope(), plan).await?;
    let step = world.plan.steps.get(key).ok_or(Error::NotFound)?;
    let def = world.release.step(&key.id).ok_or(Error::NotFound)?;
    let (_, offered) = figures::find(conn, viewer, &world, key).await?;
    let names = Names::around(conn, viewer.scope(), &[&world.plan]).await?;
    let usual = figures::period(&world, key, def);
    let period = Span { from: period.0.unwrap_or(usual.from), until: period.1.unwrap_or(usual.until) };
    let period = if period.from <= period.until { period } else { usual };
    let asks = Wording::of_step(&world, &names, viewer, key).step(def).ask;
    let file = match offered {
        Some(offered) => {
            let standing = figures::standing(conn, &world, viewer, key).await?;
            let field = |field: &Field| field_view(field, &offered, period, standing.text(&field.id));
            let fields: Vec<FigureField> = figures::fields(&asks).map(field).collect();
            Some(file_view(&offered, period, fields))
        }
        None => None,
    };
    Ok(FiguresPage {
        step: cards::shown(line(&world, &names, viewer, (key, step, def), world.today(now))),
        seen: world.plan.version,
        file,
        problem: None,
        most_mb: figures::MOST_BYTES / 1024 / 1024,
        hours: figures::KEPT_HOURS,
    })
}

fn file_view(offered: &Offered, period: Span, fields: Vec<FigureField>) -> FileView {
    let Offered { kept, table, .. } = offered;
    let some = |cells: &[String]| cells.iter().take(SHOWN_COLUMNS).map(|cell| short(cell)).collect::<Vec<_>>();
    let shown_columns = some(&table.columns);
    let cells = |row: &crate::engine::figures::Row| {
        let mut cells = some(&row.cells);
        cells.resize(shown_columns.len(), String::new());
        cells
    };
    FileView {
        name: kept.name.clone(),
        seal: offered.seal(),
        uploaded_at: kept.uploaded_at,
        rows: table.rows.len(),
        sample: table.rows.iter().take(SHOWN_ROWS).map(cells).collect(),
        columns: table.columns.clone(),
        shown_columns,
        from: period.from,
        until: period.until,
        hows: How::ALL.map(How::as_str).to_vec(),
        is_read: fields.iter().any(|field| !field.how.is_empty()),
        found: fields.iter().filter(|field| field.value.is_some()).count(),
        guessed: guessed(offered),
        fields,
    }
}

fn short(cell: &str) -> String {
    match cell.char_indices().nth(SHOWN_CHARS) {
        Some((at, _)) => format!("{}…", cell.get(..at).unwrap_or_default()),
        None => cell.to_owned(),
    }
}

fn guessed(offered: &Offered) -> Vec<Guessed> {
    let columns: BTreeSet<&str> = offered.reading.values().flat_map(Rule::dates).collect();
    let guessed = |column: &str| {
        let (cell, read) = offered.table.guessed(column, offered.zone)?;
        Some(Guessed { column: column.to_owned(), cell: short(cell), read })
    };
    columns.into_iter().filter_map(guessed).collect()
}

fn field_view(field: &Field, offered: &Offered, period: Span, now: &str) -> FigureField {
    let rule = offered.reading.get(&field.id);
    let (worked, problem) = match offered.figure(field, period) {
        Ok(worked) => (worked, None),
        Err(problem) => (None, Some(problem)),
    };
    let mut unread = worked.as_ref().map_or(Vec::new(), |worked| worked.unread.clone());
    let unread_count = unread.len();
    unread.truncate(NAMED_LINES);
    let columns = rule.map_or([""; 4], |rule| [&rule.column, &rule.until, &rule.dated, &rule.only].map(String::as_str));
    let is_lost = |column: &&str| !column.is_empty() && !offered.table.columns.iter().any(|one| one == column);
    let lost: BTreeSet<&str> = columns.into_iter().filter(is_lost).collect();
    let (words, has_more_words) = offered.table.words(rule.map_or("", |rule| &rule.only), NAMED_WORDS);
    let of = |text: fn(&Rule) -> &str| rule.map_or(String::new(), |rule| text(rule).to_owned());
    let unit = match &field.kind {
        FieldKind::Number { unit, .. } => unit.clone(),
        _ => None,
    };
    FigureField {
        id: field.id.clone(),
        label: field.label.clone(),
        unit,
        how: rule.map_or("", |rule| rule.how.as_str()),
        column: of(|rule| &rule.column),
        until: of(|rule| &rule.until),
        dated: of(|rule| &rule.dated),
        only: of(|rule| &rule.only),
        says: rule.map_or(String::new(), |rule| rule.says.join(", ")),
        in_thousands: rule.is_some_and(|rule| rule.in_thousands),
        lost: lost.into_iter().map(str::to_owned).collect(),
        words: words.into_iter().map(short).collect(),
        has_more_words,
        is_unsaid: worked.as_ref().is_some_and(|worked| worked.is_unsaid),
        now: now.to_owned(),
        rows: worked.as_ref().map_or(0, |worked| worked.rows),
        value: worked.and_then(|worked| worked.value),
        unread,
        unread_count,
        problem,
    }
}
