//! Tables: a row for each turn of a step, or for each row that it was answered with; how each was looked
//! at since, what became of it, and what is worth a look.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{Sight, Sign, Source, When};
use crate::engine::entries::{names, row_of};
use crate::engine::form::{Answer, Answers};
use crate::engine::plan::StepState;
use crate::engine::release::{Choice, FieldKind, StepDef};
use crate::engine::vocabulary::{MemberId, StepKey, Text};
use crate::engine::zone::local_date;

/// A row of a table view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The turn that was answered with it.
    pub key: StepKey,
    pub member: Option<MemberId>,
    /// The day on which it was handed in.
    pub on: NaiveDate,
    /// By column.
    pub cells: BTreeMap<String, Answers>,
    pub became: Option<Became>,
    /// How it was looked at since, the oldest look first.
    pub checks: Vec<Check>,
}

impl Row {
    fn says(&self, column: &str) -> &str {
        said(&self.cells, column)
    }

    /// What the last look says, or the row itself.
    fn last_says(&self, column: &str) -> &str {
        let looked = self.checks.last().filter(|check| check.cells.contains_key(column));
        looked.map_or_else(|| self.says(column), |check| said(&check.cells, column))
    }
}

fn said<'a>(cells: &'a BTreeMap<String, Answers>, column: &str) -> &'a str {
    cells.get(column).map_or("", |answers| answers.text(column))
}

/// What became of a row that another step stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Became {
    pub step: StepKey,
    pub state: Outcome,
    pub due: NaiveDate,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    Open,
    /// With the choice that it was answered with, if the step asks for one.
    Done {
        on: NaiveDate,
        choice: Option<Choice>,
    },
    /// Closed without being done.
    Dropped,
}

/// A look at a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// The turn in which it was looked at.
    pub step: StepKey,
    pub on: NaiveDate,
    /// By column.
    pub cells: BTreeMap<String, Answers>,
}

/// What is worth a look, and which rows it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flag {
    pub say: Text,
    pub rows: Vec<StepKey>,
}

/// One cell as an answer of its own.
fn cell(id: &str, text: &str) -> (String, Answers) {
    (id.to_owned(), Answers([(id.to_owned(), Answer::One(text.to_owned()))].into()))
}

impl Sight<'_> {
    /// The rows of a table view, in the order in which they came.
    pub fn rows(&self, of: &[Source], columns: &[String], checks: Option<&Source>) -> Vec<Row> {
        let mut rows: Vec<Row> = of.iter().flat_map(|source| self.rows_of(source, columns)).collect();
        rows.retain(|row| self.is_here(&row.key));
        rows.sort_by(|a, b| (a.on, &a.key).cmp(&(b.on, &b.key)));
        for row in &mut rows {
            row.checks = checks.map_or(Vec::new(), |table| self.checks(table, &row.key));
        }
        rows
    }

    fn rows_of(&self, source: &Source, columns: &[String]) -> Vec<Row> {
        let row = |key: &StepKey, on, cells, became| Row {
            key: key.clone(),
            member: key.member,
            on,
            cells,
            became,
            checks: Vec::new(),
        };
        let Some(table) = &source.field else {
            let of_turn = |(key, on, answers): (&StepKey, NaiveDate, &Answers)| {
                let cell = |id: &String| Some((id.clone(), Answers([(id.clone(), answers.0.get(id)?.clone())].into())));
                row(key, on, columns.iter().filter_map(cell).collect(), None)
            };
            return self.answered(&source.step).map(of_turn).collect();
        };
        let follower = self.release.steps().find(|def| def.rows_of() == Some((&source.step, table)));
        let mut rows = Vec::new();
        for (key, on, answers) in self.answered(&source.step) {
            for (n, given) in answers.rows(table).iter().enumerate() {
                let cells = columns.iter().filter_map(|id| Some(cell(id, given.get(id)?))).collect();
                rows.push(row(key, on, cells, follower.and_then(|def| self.became(def, key, n))));
            }
        }
        rows
    }

    /// How a turn was looked at in a table whose rows stand for such turns, the oldest look first.
    fn checks(&self, table: &Source, key: &StepKey) -> Vec<Check> {
        let (field, names) = (table.field.as_deref().unwrap_or_default(), names(self.release, key));
        let looks = self.answered(&table.step).filter_map(|(step, on, answers)| {
            let row = row_of(answers, field, &names)?;
            Some(Check { step: step.clone(), on, cells: row.iter().map(|(id, given)| cell(id, given)).collect() })
        });
        looks.collect()
    }

    /// What these rows are worth a look for.
    pub fn flags(&self, signs: &[Sign], rows: &[Row], checks: Option<&Source>) -> Vec<Flag> {
        let is_over = |row: &Row| checks.is_some_and(|table| self.is_over(table, row));
        let rows_for = |sign: &Sign| -> Vec<StepKey> {
            match &sign.when {
                When::Quiet(days) => {
                    let last = |row: &Row| row.checks.last().map_or(row.on, |check| check.on);
                    let is_quiet = |row: &&Row| !is_over(row) && self.calendar.after(last(row), *days) < self.today;
                    rows.iter().filter(is_quiet).map(|row| row.key.clone()).collect()
                }
                When::Same { column, times } => {
                    let newest: Vec<&Row> = rows.iter().rev().take(usize::from(*times)).collect();
                    let said: Vec<&str> = newest.iter().map(|row| row.says(column)).collect();
                    let is_same = said.len() == usize::from(*times)
                        && said.first().is_some_and(|first| !first.is_empty() && said.iter().all(|one| one == first));
                    if is_same { newest.iter().map(|row| row.key.clone()).collect() } else { Vec::new() }
                }
                When::Says { column, is } => {
                    let says = |row: &&Row| is.iter().any(|one| one == row.last_says(column));
                    rows.iter().filter(says).map(|row| row.key.clone()).collect()
                }
            }
        };
        let flag = |sign: &Sign| Flag { say: sign.say.clone(), rows: rows_for(sign) };
        signs.iter().map(flag).filter(|flag| !flag.rows.is_empty()).collect()
    }

    fn is_over(&self, table: &Source, row: &Row) -> bool {
        let Some(FieldKind::Table { of: Some(entries), .. }) = self.field(table).map(|field| &field.kind) else {
            return false;
        };
        let Some(until) = &entries.until else { return false };
        row.checks.iter().any(|check| until.is.iter().any(|end| end == said(&check.cells, &until.column)))
    }

    fn became(&self, def: &StepDef, source: &StepKey, row: usize) -> Option<Became> {
        let step = source.of_row(&def.id, source.member, row)?;
        let turn = self.plan.steps.get(&step)?;
        let state = match &turn.state {
            StepState::Done { .. } => Outcome::Done {
                on: local_date(turn.state.closed_at()?, self.zone),
                choice: self.given.get(&step).and_then(|answers| chosen(def, answers)),
            },
            StepState::Closed { .. } | StepState::Lapsed { .. } => Outcome::Dropped,
            _ => Outcome::Open,
        };
        Some(Became { step, state, due: turn.due.date })
    }
}

/// The first choice that a step was answered with.
fn chosen(def: &StepDef, answers: &Answers) -> Option<Choice> {
    def.ask.iter().find_map(|field| match &field.kind {
        FieldKind::Choice { options } => {
            let given = answers.text(&field.id);
            options.iter().find(|option| option.id == given).cloned()
        }
        _ => None,
    })
}
