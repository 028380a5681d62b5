//! A release: a program with all it uses, as the compiler hands it over.
//!
//! It is stored as compiled JSON beside its sources, and a plan pinned to it reads that; a change of
//! these types that old JSON can't follow raises [`COMPILED_VERSION`].

use std::collections::{BTreeSet, HashMap};

use chrono::Weekday;
use serde::{Deserialize, Serialize};

pub use super::ask::{
    ABOUT, Begin, Choice, Column, ColumnKind, Dimension, ENTRY, Entries, Entry, EntryEnd, Field, FieldKind,
    NOT_OBSERVED, Notes, Number, OWNER, SMART,
};
use super::condition::{Condition, Path};
pub use super::days::{Day, Each, Every, Period, Quarter, Until, Window};
use super::mail::Policy;
use super::view::View;
use super::vocabulary::{Role, StepId, StepKey, Text};

/// The version of the compiled form.
pub const COMPILED_VERSION: i32 = 1;

/// A program and its curricula, immutable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Release {
    /// SHA-256 over the sorted source files, in hex: the release's name.
    pub hash: String,
    pub program: Program,
    pub curricula: Vec<Curriculum>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Program {
    pub name: String,
    pub title: Text,
    pub summary: Text,
    /// The roles it needs besides the manager.
    pub cast: Vec<Role>,
    /// The mentor's step that is done when the mentor says yes.
    pub mentor_accepts: Option<StepId>,
    /// Plan days.
    pub checkpoints: Vec<u16>,
    /// Working days ahead at which the brief first names a step.
    pub due_soon: u16,
    /// Working days between two reminders of a step that is late.
    #[serde(default = "one")]
    pub overdue_every: u16,
    #[serde(default)]
    pub mail: Policy,
    /// The last plan day.
    #[serde(default = "a_year")]
    pub ends: u16,
    #[serde(default)]
    pub load: Option<Load>,
    #[serde(default)]
    pub gather: Vec<Gather>,
    #[serde(default)]
    pub metrics: Vec<Metric>,
}

fn one() -> u16 {
    1
}

/// Working days of a year, about.
fn a_year() -> u16 {
    250
}

/// How much work a week may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Load {
    /// Hours.
    pub hours: u16,
    /// For a team of so many.
    pub team: u16,
}

/// One page for many weekly rituals.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gather {
    pub id: String,
    pub title: Text,
    /// Markdown.
    pub body: Text,
    pub weekday: Weekday,
    /// Minutes for the whole page, instead of the steps' own.
    pub effort: u16,
    pub steps: Vec<StepId>,
}

/// A figure that conditions may ask for: what a step is answered with, turn by turn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Metric {
    pub id: String,
    pub title: Text,
    pub step: StepId,
    pub field: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Curriculum {
    pub name: String,
    pub source: Option<String>,
    pub title: Text,
    pub summary: Text,
    /// Only of a playbook: who may launch it.
    #[serde(default)]
    pub launch: Option<Launch>,
    /// Only of an assessment: what its steps rate.
    #[serde(default)]
    pub dimensions: Vec<Dimension>,
    /// What its answers add up to, to be looked at.
    #[serde(default)]
    pub views: Vec<View>,
    pub steps: Vec<StepDef>,
}

/// How a playbook begins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Launch {
    pub who: Vec<Role>,
    /// Offered when this holds.
    pub offer: Option<Condition>,
}

/// A step as its author wrote it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepDef {
    pub id: StepId,
    /// Names that the step had in earlier releases.
    #[serde(default)]
    pub was: Vec<StepId>,
    pub source: Option<String>,
    pub title: Text,
    /// Markdown.
    pub body: Text,
    pub who: Role,
    /// One window per listed day; never empty, ordered.
    pub windows: Vec<Window>,
    /// Steps that must be closed first.
    #[serde(default)]
    pub after: Vec<StepId>,
    /// Those of `after` and of the joins that may come to stand in the plan later, or never.
    #[serde(default)]
    pub pending: Vec<StepId>,
    /// Steps of which some must be closed first.
    #[serde(default)]
    pub joins: Vec<Join>,
    /// The step opens only when this holds.
    #[serde(default)]
    pub when: Option<Condition>,
    pub each: Option<Each>,
    pub every: Option<Every>,
    #[serde(default)]
    pub ask: Vec<Field>,
    pub review: Option<Role>,
    /// Who gets by mail what was handed in, and answers "seen" or "let's talk": nothing waits for that. With a
    /// review by the same: the mail that asks for it carries what was handed in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub report: Option<Role>,
    /// Who reads the evidence; who does, who reviews and who hears of the step are always among them.
    pub visible_to: Vec<Role>,
    /// Minutes.
    pub effort: u16,
    /// A meeting of the manager with whoever plays this role, who agree on a time for it.
    #[serde(default)]
    pub meet: Option<Role>,
    #[serde(default)]
    pub remind: Remind,
    /// The playbook that it belongs to.
    #[serde(default)]
    pub playbook: Option<String>,
    /// Of a step with a turn for each row: the column that says what the turn is about.
    #[serde(default)]
    pub about: Option<String>,
    /// What the members of the team rate in secret: a rating. The doer hands their ballots out.
    #[serde(default)]
    pub ballot: Option<Field>,
}

/// Steps of which not all need be closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Join {
    pub of: Vec<StepId>,
    pub at_least: Share,
    /// Asked of whoever goes on without the rest.
    pub reason: Field,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Share {
    Count(u16),
    Percent(u16),
}

impl Share {
    /// How many of `all` that is; a part of one counts as one.
    pub fn of(self, all: usize) -> usize {
        match self {
            Share::Count(n) => usize::from(n).min(all),
            Share::Percent(p) => (all * usize::from(p)).div_ceil(100),
        }
    }
}

/// What a step says about its reminders.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Remind {
    /// As the program says.
    #[default]
    Program,
    /// On the page only.
    Never,
    /// Working days ahead, and between two reminders when it is late; none: as the program says.
    Own { due_soon: Option<u16>, overdue_every: Option<u16> },
}

impl Program {
    /// The page that gathers a step with others.
    pub fn gathering(&self, id: &StepId) -> Option<&Gather> {
        self.gather.iter().find(|gather| gather.steps.contains(id))
    }
}

impl Release {
    pub fn steps(&self) -> impl Iterator<Item = &StepDef> {
        self.curricula.iter().flat_map(|curriculum| &curriculum.steps)
    }

    pub fn step(&self, id: &StepId) -> Option<&StepDef> {
        self.steps().find(|step| step.id == *id)
    }

    /// Its steps by their names, for whoever looks up many.
    pub fn by_id(&self) -> HashMap<&StepId, &StepDef> {
        self.steps().map(|def| (&def.id, def)).collect()
    }

    /// The steps whose answers decide something: conditions, dates and metrics ask for them.
    pub fn asked(&self) -> BTreeSet<&StepId> {
        let offers = self.curricula.iter().filter_map(|c| c.launch.as_ref()?.offer.as_ref());
        let conditions = self.steps().filter_map(|def| def.when.as_ref()).chain(offers);
        let mut asked: BTreeSet<&StepId> = conditions
            .flat_map(Condition::paths)
            .filter_map(|path| match path {
                Path::Answer { step, .. } => Some(step),
                _ => None,
            })
            .collect();
        for def in self.steps() {
            let tables = def.ask.iter().filter_map(|field| match &field.kind {
                FieldKind::Table { of: Some(entries), .. } => Some(entries),
                _ => None,
            });
            asked.extend(tables.flat_map(|entries| entries.steps.iter().chain([&def.id])));
        }
        asked.extend(self.program.metrics.iter().map(|metric| &metric.step));
        asked.extend(self.steps().flat_map(|def| &def.windows).filter_map(|window| match &window.due {
            Day::Answer { step, .. } => Some(step),
            _ => None,
        }));
        asked
    }

    /// The playbook that a step belongs to.
    pub fn playbook_of(&self, id: &StepId) -> Option<&Curriculum> {
        self.curriculum_of(id).filter(|curriculum| curriculum.launch.is_some())
    }

    pub fn curriculum_of(&self, id: &StepId) -> Option<&Curriculum> {
        self.curricula.iter().find(|curriculum| curriculum.steps.iter().any(|step| step.id == *id))
    }
}

impl StepDef {
    /// Who hears of what was handed in without anything waiting for them: a reviewer is asked for an answer.
    pub fn reports_to(&self) -> Option<Role> {
        self.report.filter(|_| self.review.is_none())
    }

    /// Whether a turn recurs (and lapses) instead of being one of the listed days.
    pub fn is_ritual_turn(&self, turn: u16) -> bool {
        match self.windows.last().map(|window| &window.due) {
            Some(Day::Turn { ritual_from, .. }) => turn >= *ritual_from,
            Some(Day::Answer { column: Some(_), .. }) => false,
            _ => turn >= self.ritual_from(),
        }
    }

    /// The first turn that recurs: with one listed day and a recurrence, that day is the first of many.
    pub fn ritual_from(&self) -> u16 {
        if self.every.is_some() && self.windows.len() == 1 { 1 } else { self.listed().saturating_add(1) }
    }

    /// How many listed turns it has.
    pub fn listed(&self) -> u16 {
        u16::try_from(self.windows.len()).unwrap_or(u16::MAX)
    }

    /// Whether it can have a turn of this number.
    pub fn may_have(&self, turn: u16) -> bool {
        self.every.is_some() || self.follows_turns() || self.is_of_rows() || turn <= self.listed()
    }

    /// Whether it has a turn for each row of a table that another step asks for.
    pub fn is_of_rows(&self) -> bool {
        self.rows_of().is_some()
    }

    /// The step and the table for whose rows it has a turn each.
    pub fn rows_of(&self) -> Option<(&StepId, &str)> {
        match self.windows.first().map(|window| &window.due) {
            Some(Day::Answer { step, field, column: Some(_), .. }) => Some((step, field)),
            _ => None,
        }
    }

    /// The number by which people tell its turns apart; none when there is but one.
    pub fn number(&self, key: &StepKey) -> Option<u16> {
        if self.is_of_rows() {
            return Some(key.row().1 + 1);
        }
        self.has_turns().then_some(key.turn)
    }

    /// Whether it has a turn for each turn of another step.
    pub fn follows_turns(&self) -> bool {
        matches!(self.windows.first().map(|window| &window.due), Some(Day::Turn { .. }))
    }

    /// Whether it can have several turns, so that they are told apart by their numbers.
    pub fn has_turns(&self) -> bool {
        self.listed() > 1 || self.every.is_some() || self.follows_turns() || self.is_of_rows()
    }

    /// Whether it may stand in a plan later than from the first day, or never.
    pub fn comes_later(&self) -> bool {
        self.when.is_some() || self.windows.iter().any(|window| !window.due.is_fixed())
    }
}
