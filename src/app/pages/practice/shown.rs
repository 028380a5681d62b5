//! What one view shows: rows, counts, lines, stages.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::Serialize;

use super::rated::{self, RatedView};
use super::{Reading, SourceLink};
use crate::app::pages::field_view::{self, Beside, FieldView};
use crate::app::pages::lines::step_href;
use crate::app::wording::Wording;
use crate::engine::form::Answers;
use crate::engine::release::{ColumnKind, Field, FieldKind, Number};
use crate::engine::view::{Check, Outcome, Point, Row, Series, Show, Source, View, Way};
use crate::engine::vocabulary::{StepKey, Text};

/// A view with what stands in it.
#[derive(Debug, Clone, Serialize)]
pub struct ViewShown {
    pub id: String,
    pub title: Text,
    pub help: Text,
    pub from: Vec<SourceLink>,
    #[serde(flatten)]
    pub shown: Shown,
}

#[derive(Debug, Clone, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Shown {
    /// Nothing was answered yet.
    Empty,
    Table {
        has_members: bool,
        columns: Vec<Text>,
        /// What the looks at the rows say, beside the columns; empty: nobody looks at them again.
        looked: Vec<Text>,
        /// Other steps stand for the rows.
        has_outcomes: bool,
        rows: Vec<TableLine>,
        flags: Vec<FlagLine>,
    },
    Counts {
        lines: Vec<CountLine>,
        of: usize,
    },
    Line {
        series: Vec<SeriesLine>,
        ways: Vec<WayLine>,
        /// The same figures, a row a day.
        days: Vec<DayLine>,
    },
    Funnel {
        on: NaiveDate,
        stages: Vec<StageLine>,
        lost_most: Option<Text>,
    },
    Ratings(RatedView),
}

#[derive(Debug, Clone, Serialize)]
pub struct TableLine {
    /// The step in which it was answered.
    pub href: String,
    pub on: NaiveDate,
    pub member: Option<String>,
    pub cells: Vec<Option<FieldView>>,
    pub check: Option<CellCheck>,
    pub outcome: Option<OutcomeLine>,
}

/// The last look at a row.
#[derive(Debug, Clone, Serialize)]
pub struct CellCheck {
    pub href: String,
    pub on: NaiveDate,
    pub cells: Vec<Option<FieldView>>,
}

/// What became of a row.
#[derive(Debug, Clone, Serialize)]
pub struct OutcomeLine {
    pub href: String,
    /// open, overdue, done, closed: as `partials/pill` names them.
    pub state: &'static str,
    pub due: NaiveDate,
    pub on: Option<NaiveDate>,
    /// What was chosen when it was done.
    pub choice: Option<Text>,
}

#[derive(Debug, Clone, Serialize)]
pub struct FlagLine {
    pub say: Text,
    /// The rows that it is about, by what they say first.
    pub rows: Vec<SourceWord>,
}

#[derive(Debug, Clone, Serialize)]
pub struct SourceWord {
    pub href: String,
    pub words: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct CountLine {
    pub label: Text,
    pub count: usize,
    /// Whole per cent of all who answered.
    pub percent: usize,
    /// The members who chose it, where it is answered for each.
    pub who: Vec<String>,
}

#[derive(Debug, Clone, Serialize)]
pub struct SeriesLine {
    pub label: Text,
    pub unit: Option<Text>,
    pub scale: Option<(i32, i32)>,
    pub points: Vec<PointLine>,
}

/// The figures of a day, in the order of the series.
#[derive(Debug, Clone, Serialize)]
pub struct DayLine {
    pub on: NaiveDate,
    pub values: Vec<Option<String>>,
    /// Where the goal's way should have been on that day.
    pub should_be: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
pub struct PointLine {
    pub on: NaiveDate,
    /// As it was written, and in thousandths for the drawing.
    pub value: String,
    pub thousandths: i64,
}

#[derive(Debug, Clone, Serialize)]
pub struct WayLine {
    pub from: PointLine,
    pub to: PointLine,
}

#[derive(Debug, Clone, Serialize)]
pub struct StageLine {
    pub label: Text,
    pub value: String,
    pub thousandths: i64,
    /// Whole per cent of the stage before; the same in the answers before.
    pub kept: Option<i64>,
    pub kept_before: Option<i64>,
    pub lost_most: bool,
}

impl Shown {
    /// Things worth a look.
    pub fn flags(&self) -> usize {
        match self {
            Shown::Table { flags, .. } => flags.len(),
            _ => 0,
        }
    }
}

pub(super) fn shown(reading: &Reading, view: &View) -> Shown {
    let sight = reading.sight();
    match &view.show {
        Show::Table { of, columns, checks, signs } => {
            let rows = sight.rows(of, columns, checks.as_ref());
            if rows.is_empty() {
                return Shown::Empty;
            }
            let flags = sight.flags(signs, &rows, checks.as_ref());
            let table = Table::of(reading, of, columns, checks.as_ref());
            let flag = |flag: &crate::engine::view::Flag| FlagLine {
                say: flag.say.clone(),
                rows: flag.rows.iter().map(|key| table.word(key, &rows)).collect(),
            };
            Shown::Table {
                has_members: rows.iter().any(|row| row.member.is_some()),
                columns: table.labels(&table.columns),
                looked: table.labels(&table.looked),
                has_outcomes: rows.iter().any(|row| row.became.is_some()),
                flags: flags.iter().map(flag).collect(),
                rows: rows.iter().map(|row| table.line(row)).collect(),
            }
        }
        Show::Counts { of } => {
            let (counts, all) = sight.counts(of);
            if all == 0 {
                return Shown::Empty;
            }
            let who = |key: &StepKey| reading.names.member(key.member);
            let line = |count: &crate::engine::view::Count| CountLine {
                label: count.option.label.clone(),
                count: count.by.len(),
                percent: count.by.len() * 100 / all,
                who: count.by.iter().filter_map(who).collect(),
            };
            Shown::Counts { lines: counts.iter().map(line).collect(), of: all }
        }
        Show::Line { of, goal } => {
            let ways = goal.as_ref().map_or(Vec::new(), |goal| sight.ways(goal));
            let series: Vec<Series> = sight.series(of).into_iter().filter(|series| !series.points.is_empty()).collect();
            if series.is_empty() && ways.is_empty() {
                return Shown::Empty;
            }
            let way = |way: &Way| WayLine { from: point(&way.start), to: point(&way.end) };
            let line = |series: &Series| SeriesLine {
                label: series.label.clone(),
                unit: series.unit.clone(),
                scale: series.scale,
                points: series.points.iter().map(point).collect(),
            };
            Shown::Line {
                days: days(&series, &ways),
                series: series.iter().map(line).collect(),
                ways: ways.iter().map(way).collect(),
            }
        }
        Show::Funnel { step, stages } => {
            let Some(funnel) = sight.funnel(step, stages) else { return Shown::Empty };
            let percent = |kept: Option<i64>| kept.map(|kept| (kept + 5) / 10);
            let stage = |(at, stage): (usize, &crate::engine::view::Stage)| StageLine {
                label: stage.label.clone(),
                value: stage.value.to_string(),
                thousandths: stage.value.0,
                kept: percent(stage.kept),
                kept_before: percent(stage.kept_before),
                lost_most: funnel.lost_most == Some(at),
            };
            let lost_most = funnel.lost_most.and_then(|at| Some(funnel.stages.get(at)?.label.clone()));
            Shown::Funnel { on: funnel.on, stages: funnel.stages.iter().enumerate().map(stage).collect(), lost_most }
        }
        Show::Ratings { assessment } => rated::shown(reading, assessment).map_or(Shown::Empty, Shown::Ratings),
    }
}

fn point(point: &Point) -> PointLine {
    PointLine { on: point.on, value: point.value.to_string(), thousandths: point.value.0 }
}

fn days(series: &[Series], ways: &[Way]) -> Vec<DayLine> {
    let all: BTreeSet<NaiveDate> = series.iter().flat_map(|one| &one.points).map(|point| point.on).collect();
    let day = |on: NaiveDate| {
        // The newest way that had begun by then.
        let way = ways.iter().rev().find(|way| way.start.on <= on);
        let value = |one: &Series| one.points.iter().rev().find(|point| point.on == on).map(|p| p.value.to_string());
        DayLine {
            on,
            values: series.iter().map(value).collect(),
            should_be: way.map(|way| rounded(way.at(on)).to_string()),
        }
    };
    all.into_iter().map(day).collect()
}

/// To tenths: a way of ninety days has no exact thousandths to promise.
fn rounded(value: Number) -> Number {
    Number((value.0 + 50 * value.0.signum()) / 100 * 100)
}

/// The columns of a table view, as fields that can be read.
struct Table<'r> {
    reading: &'r Reading<'r>,
    columns: Vec<(String, Option<Field>)>,
    looked: Vec<(String, Option<Field>)>,
}

impl<'r> Table<'r> {
    fn of(reading: &'r Reading<'r>, of: &[Source], columns: &[String], checks: Option<&Source>) -> Table<'r> {
        let own = columns.iter().map(|id| (id.clone(), of.iter().find_map(|source| field(reading, source, id))));
        let sight = reading.sight();
        let looked = checks.map_or(Vec::new(), |table| {
            let columns = sight.columns(table);
            columns.iter().map(|column| (column.id.clone(), field(reading, table, &column.id))).collect()
        });
        Table { reading, columns: own.collect(), looked }
    }

    fn labels(&self, columns: &[(String, Option<Field>)]) -> Vec<Text> {
        let label = |(_, field): &(String, Option<Field>)| field.as_ref().map(|field| field.label.clone());
        columns.iter().map(|column| label(column).unwrap_or_default()).collect()
    }

    fn cells(
        &self,
        key: &StepKey,
        columns: &[(String, Option<Field>)],
        cells: &BTreeMap<String, Answers>,
    ) -> Vec<Option<FieldView>> {
        let beside = Beside::of(self.reading.world, self.reading.names, key, &[]);
        let cell = |(id, field): &(String, Option<Field>)| {
            let answers = cells.get(id).filter(|answers| !answers.texts().is_empty())?;
            Some(field_view::view(field.as_ref()?, answers, &beside))
        };
        columns.iter().map(cell).collect()
    }

    fn line(&self, row: &Row) -> TableLine {
        let plan = &self.reading.world.plan;
        let today = self.reading.world.today(self.reading.now);
        let check = |check: &Check| CellCheck {
            href: step_href(plan, &check.step),
            on: check.on,
            cells: self.cells(&check.step, &self.looked, &check.cells),
        };
        let outcome = row.became.as_ref().map(|became| {
            let (state, on, choice) = match &became.state {
                Outcome::Open if became.due < today => ("overdue", None, None),
                Outcome::Open => ("open", None, None),
                Outcome::Done { on, choice } => ("done", Some(*on), choice.as_ref().map(|one| one.label.clone())),
                Outcome::Dropped => ("closed", None, None),
            };
            OutcomeLine { href: step_href(plan, &became.step), state, due: became.due, on, choice }
        });
        TableLine {
            href: step_href(plan, &row.key),
            on: row.on,
            member: self.reading.names.member(row.member),
            cells: self.cells(&row.key, &self.columns, &row.cells),
            check: row.checks.last().map(check),
            outcome,
        }
    }

    /// A row by the words that it begins with.
    fn word(&self, key: &StepKey, rows: &[Row]) -> SourceWord {
        let row = rows.iter().find(|row| row.key == *key);
        let texts = |(id, _): &(String, Option<Field>)| row?.cells.get(id)?.texts().into_iter().next();
        let words = self.columns.iter().find_map(texts).unwrap_or_default();
        SourceWord { href: step_href(&self.reading.world.plan, key), words }
    }
}

/// A column as a field: one of a step's own, or of a table that it asks for.
fn field(reading: &Reading, source: &Source, id: &str) -> Option<Field> {
    let def = reading.world.release.step(&source.step)?;
    let def = Wording::of_plan(reading.world, reading.names).step(def);
    let Some(table) = &source.field else { return def.ask.into_iter().find(|field| field.id == id) };
    let table = def.ask.into_iter().find(|field| field.id == *table)?;
    let FieldKind::Table { columns, .. } = table.kind else { return None };
    let column = columns.into_iter().find(|column| column.id == id)?;
    let kind = match column.kind {
        ColumnKind::Text => FieldKind::LongText { example: None, min: 0, max: 0 },
        ColumnKind::Number => FieldKind::Number { min: None, max: None, unit: None },
        ColumnKind::Date => FieldKind::Date,
        ColumnKind::Person => FieldKind::Person,
        ColumnKind::Choice { options } => FieldKind::Choice { options },
    };
    Some(Field {
        id: column.id,
        label: column.label,
        help: None,
        required: column.required,
        when: None,
        begin: None,
        kind,
    })
}
