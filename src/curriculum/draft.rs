//! Files lowered one by one, with the places that the checks across files point at.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::Weekday;

use crate::engine::calendar::Calendar;
use crate::engine::release::{Curriculum, Day, Dimension, Field, Notes, Period, Program, StepDef};
use crate::engine::template::Who;
use crate::engine::view::{Source, View};
use crate::engine::vocabulary::{Role, Text};

use super::condition::ConditionDraft;
use super::findings::{Place, Placed};
use super::refs::Ref;

/// All files of a run.
#[derive(Default)]
pub struct Files {
    /// Playbooks and assessments too.
    pub curricula: Vec<CurriculumDraft>,
    pub programs: Vec<ProgramDraft>,
    pub calendars: Vec<Calendar>,
    /// Of all curricula, by name.
    pub forms: BTreeMap<String, FormDraft>,
    pub unreadable: Unreadable,
    pub curricula_by_name: HashMap<String, Place>,
    pub programs_by_name: HashMap<String, Place>,
}

/// Files that could not be read to their end. What might refer to them, or be used by them, is not
/// reported: it would send the author after mistakes that are none.
#[derive(Default)]
pub struct Unreadable {
    /// Curricula whose name could be seen.
    pub curricula: HashSet<String>,
    pub a_program: bool,
    /// A file that broke before it said what it is.
    pub a_mystery: bool,
}

impl Unreadable {
    pub fn add(&mut self, head: Option<(String, String)>) {
        match head {
            Some((kind, name)) if Kind::parse(&kind).is_some() => {
                self.curricula.insert(name);
            }
            Some((kind, _)) if kind == "program" => self.a_program = true,
            Some((kind, _)) if kind == "calendar" => {}
            _ => self.a_mystery = true,
        }
    }

    pub fn may_hold(&self, curriculum: &str) -> bool {
        self.a_mystery || self.curricula.contains(curriculum)
    }

    /// Whether a curriculum of any name may be missing.
    pub fn a_curriculum(&self) -> bool {
        self.a_mystery || !self.curricula.is_empty()
    }
}

/// What a file with steps is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Curriculum,
    Playbook,
    Assessment,
}

impl Kind {
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Curriculum => "curriculum",
            Kind::Playbook => "playbook",
            Kind::Assessment => "assessment",
        }
    }

    pub fn parse(key: &str) -> Option<Kind> {
        [Kind::Curriculum, Kind::Playbook, Kind::Assessment].into_iter().find(|kind| kind.as_str() == key)
    }
}

pub struct CurriculumDraft {
    pub file: usize,
    pub kind: Kind,
    pub name: Placed<String>,
    /// Without its steps; they follow as drafts.
    pub head: Curriculum,
    /// Who may launch a playbook, where it stands.
    pub launchers: Option<(Vec<Role>, Place)>,
    pub offer: Option<ConditionDraft>,
    /// They move to [`Files::forms`].
    pub forms: Vec<FormDraft>,
    pub steps: Vec<StepDraft>,
    pub views: Vec<ViewDraft>,
}

/// A view, with what it asks for.
pub struct ViewDraft {
    pub view: View,
    pub refs: Vec<Ref>,
    /// Columns, and the steps or tables that should have them.
    pub columns: Vec<(Placed<String>, Vec<Source>)>,
}

/// Fields that steps of several curricula ask for.
pub struct FormDraft {
    pub name: Placed<String>,
    pub curriculum: String,
    pub ask: AskDraft,
    pub fields: Vec<Field>,
    pub unread: Unread,
}

/// What a step or form asks for, before named forms stand in it.
#[derive(Default)]
pub struct AskDraft {
    pub place: Place,
    pub items: Vec<Asked>,
    /// Whose names its words are filled in with.
    pub names: Vec<Placed<Who>>,
}

pub enum Asked {
    Field(Box<FieldDraft>),
    Use(Placed<String>),
    /// A field that could not be read, by its name; none for what may be any.
    Unread(Option<String>),
}

/// Fields that are asked for and could not be read, which is reported where they stand: what asks for
/// their answers is no mistake of its own.
#[derive(Default)]
pub struct Unread {
    names: Vec<String>,
    /// There may be others, such as all of a form that was not found.
    may_be_any: bool,
}

impl Unread {
    /// Of what stands in a step or form itself.
    pub fn of(ask: &AskDraft) -> Unread {
        let mut unread = Unread::default();
        for item in &ask.items {
            match item {
                Asked::Unread(Some(name)) => unread.names.push(name.clone()),
                Asked::Unread(None) => unread.may_be_any = true,
                Asked::Field(_) | Asked::Use(_) => {}
            }
        }
        unread
    }

    /// Takes up those of a form; of one that was not found, all.
    pub fn add(&mut self, form: Option<&Unread>) {
        self.names.extend(form.iter().flat_map(|form| form.names.iter().cloned()));
        self.may_be_any |= form.is_none_or(|form| form.may_be_any);
    }

    pub fn may_hold(&self, field: &str) -> bool {
        self.may_be_any || self.names.iter().any(|name| name == field)
    }
}

pub struct FieldDraft {
    pub id: Placed<String>,
    pub field: Field,
    pub when: Option<ConditionDraft>,
    /// Answers of other steps that it is made of.
    pub refs: Vec<Ref>,
}

pub struct StepDraft {
    pub id: Placed<String>,
    /// As its file alone tells: days are counted from the curriculum's own first day, `every` is not
    /// set, and forms are set in once all files are read.
    pub def: StepDef,
    /// Where `who` stands, or the step if it is left out.
    pub who: Placed<Role>,
    pub review: Option<Placed<Role>>,
    pub report: Option<Placed<Role>>,
    pub meet: Option<Placed<Role>>,
    /// Who is named in `visible_to`.
    pub readers: Vec<Placed<Role>>,
    pub was: Vec<Placed<String>>,
    pub after: Vec<Placed<String>>,
    pub joins: Vec<JoinDraft>,
    pub when: Option<ConditionDraft>,
    /// The days of `due`, if they could be read.
    pub due: Vec<Placed<Day>>,
    pub every: Option<EveryDraft>,
    /// A column of the table for whose rows it has turns.
    pub about: Option<Placed<String>>,
    pub ask: AskDraft,
    /// Of its own fields and of its forms.
    pub unread: Unread,
    /// Whose names its words are filled in with.
    pub names: Vec<Placed<Who>>,
}

impl StepDraft {
    pub fn first_due(&self) -> Option<&Placed<Day>> {
        self.due.first()
    }
}

/// Where a join names its steps, and how many of them must be closed.
pub struct JoinDraft {
    pub of: Vec<Placed<String>>,
    pub at_least: Place,
}

#[derive(Debug, Clone)]
pub struct EveryDraft {
    pub period: Period,
    pub until: Placed<UntilDraft>,
}

/// The end of a recurrence as its author wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UntilDraft {
    Plan(u16),
    Launch(u16),
    /// The last day of the program.
    End,
    Step(String),
}

pub struct ProgramDraft {
    pub file: usize,
    pub name: Placed<String>,
    /// Without what stands in other files.
    pub program: Program,
    pub includes: Vec<Placed<String>>,
    pub waves: Vec<Wave>,
    pub playbooks: Vec<Placed<String>>,
    pub mentor_accepts: Option<Placed<String>>,
    /// Where `load` stands.
    pub load: Place,
    pub gather: Vec<GatherDraft>,
    pub metrics: Vec<MetricDraft>,
}

/// Curricula that begin on one plan day.
pub struct Wave {
    pub from: u16,
    pub curricula: Vec<Placed<String>>,
}

pub struct GatherDraft {
    pub id: Placed<String>,
    pub weekday: Option<Weekday>,
    pub steps: Vec<Placed<String>>,
    pub names: Vec<Placed<Who>>,
}

pub struct MetricDraft {
    pub id: Placed<String>,
    pub from: Placed<(String, String)>,
}

/// What the steps of an assessment rate.
pub struct Scorecard {
    pub title: Text,
    pub dimensions: Vec<Dimension>,
    pub min: i32,
    pub max: i32,
    pub not_observed: bool,
    pub notes: Notes,
    pub at_least: u16,
    /// Whose names its words are filled in with.
    pub names: Vec<Placed<Who>>,
}
