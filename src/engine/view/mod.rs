//! Standing pages over what steps were answered with: tables, counts, lines, funnels.
//!
//! A curriculum file says what they show; here it is worked out from a plan and the answers that a viewer
//! may read. Nothing of it is stored.

mod chart;
mod ratings;
mod table;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

pub use chart::{Count, Funnel, Point, Series, Stage, Way};
pub use ratings::{Rated, Rater, Spread, agenda, spreads};
pub use table::{Became, Check, Flag, Outcome, Row};

use super::calendar::Calendar;
use super::form::Answers;
use super::growth::Known;
use super::plan::{Plan, Step, StepState};
use super::release::{Column, Field, FieldKind, Release};
use super::vocabulary::{StepId, StepKey, Text};
use super::zone::local_date;

/// A standing page as its author wrote it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct View {
    pub id: String,
    pub title: Text,
    /// How to read it, and what to do with what it shows.
    pub help: Text,
    pub show: Show,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Show {
    /// A row for each turn of these steps, or for each row of a table that they ask for.
    Table {
        of: Vec<Source>,
        columns: Vec<String>,
        /// A table in which each of them is looked at again and again: one whose rows stand for them.
        #[serde(default)]
        checks: Option<Source>,
        #[serde(default)]
        signs: Vec<Sign>,
    },
    /// How often each option of a choice was chosen, newest answers alone.
    Counts { of: Source },
    /// Figures over time.
    Line { of: Vec<Source>, goal: Option<Goal> },
    /// How much of a figure is left from stage to stage, in the newest answers.
    Funnel { step: StepId, stages: Vec<String> },
    /// What the steps of an assessment rated.
    Ratings { assessment: String },
}

/// A step, and one of its fields.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    pub step: StepId,
    pub field: Option<String>,
}

/// Something that is worth a look, and what to say of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sign {
    pub when: When,
    pub say: Text,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum When {
    /// A row that is not over was not looked at for more than so many working days.
    Quiet(u16),
    /// So many rows in a row, the newest ones, say the same in a column.
    Same { column: String, times: u16 },
    /// The last look at a row, or the row itself, says one of these in a column.
    Says { column: String, is: Vec<String> },
}

/// Where figures come from and should lead to: the fields of one step, newest turn last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Goal {
    pub step: StepId,
    /// Numbers.
    pub from: String,
    pub to: String,
    /// A date, or a goal in five parts.
    pub by: String,
}

/// What teams said in secret, by the turn whose slips they filled in, and the day on which those were made.
pub type Said = BTreeMap<StepKey, (NaiveDate, Answers)>;

/// What a view is worked out from.
#[derive(Clone, Copy)]
pub struct Sight<'a> {
    pub plan: &'a Plan,
    pub release: &'a Release,
    /// The answers that the viewer may read.
    pub given: &'a Known,
    pub said: &'a Said,
    pub zone: Tz,
    pub calendar: &'a Calendar,
    pub today: NaiveDate,
}

impl View {
    /// The steps whose answers it shows.
    pub fn steps<'a>(&'a self, release: &'a Release) -> BTreeSet<&'a StepId> {
        match &self.show {
            Show::Table { of, checks, .. } => of.iter().chain(checks).map(|source| &source.step).collect(),
            Show::Line { of, goal } => {
                of.iter().map(|source| &source.step).chain(goal.iter().map(|goal| &goal.step)).collect()
            }
            Show::Counts { of } => [&of.step].into(),
            Show::Funnel { step, .. } => [step].into(),
            Show::Ratings { assessment } => {
                let home = release.curricula.iter().find(|one| one.name == *assessment);
                home.iter().flat_map(|home| &home.steps).map(|def| &def.id).collect()
            }
        }
    }
}

impl Sight<'_> {
    /// The turns of a step that were handed in, with what was answered.
    fn answered<'s>(&'s self, step: &'s StepId) -> impl Iterator<Item = (&'s StepKey, NaiveDate, &'s Answers)> {
        self.plan.of(step).filter_map(move |(key, turn)| {
            let on = local_date(handed_in_at(turn)?, self.zone);
            Some((key, on, self.given.get(key)?))
        })
    }

    /// Whether a turn is about nobody, or about a member who is still there.
    fn is_here(&self, key: &StepKey) -> bool {
        key.member.and_then(|member| self.plan.members.get(&member)).is_none_or(|one| one.left.is_none())
    }

    /// The newest answers of each member, or of the one who answers.
    fn newest<'s>(&'s self, step: &'s StepId) -> Vec<(&'s StepKey, NaiveDate, &'s Answers)> {
        // Turns sort within a chain, so the newest stays.
        let newest: BTreeMap<_, _> = self.answered(step).map(|one| (one.0.member, one)).collect();
        newest.into_values().collect()
    }

    /// The columns of a table.
    pub fn columns(&self, source: &Source) -> &[Column] {
        match self.field(source).map(|field| &field.kind) {
            Some(FieldKind::Table { columns, .. }) => columns,
            _ => &[],
        }
    }

    fn field(&self, source: &Source) -> Option<&Field> {
        let id = source.field.as_ref()?;
        self.release.step(&source.step)?.ask.iter().find(|field| field.id == *id)
    }
}

fn handed_in_at(step: &Step) -> Option<chrono::DateTime<chrono::Utc>> {
    match &step.state {
        StepState::HandedIn { at, .. } | StepState::Done { at, .. } => Some(*at),
        _ => None,
    }
}
