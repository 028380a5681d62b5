//! Files lowered one by one, with the places that the checks across files point at.

use std::collections::{HashMap, HashSet};

use crate::engine::calendar::Calendar;
use crate::engine::release::{Curriculum, Program, StepDef};
use crate::engine::vocabulary::Role;

use super::findings::{Place, Placed};

/// All files of a run.
#[derive(Default)]
pub struct Files {
    pub curricula: Vec<CurriculumDraft>,
    pub programs: Vec<ProgramDraft>,
    pub calendars: Vec<Calendar>,
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
            Some((kind, name)) if kind == "curriculum" => {
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
}

pub struct CurriculumDraft {
    pub file: usize,
    pub name: Placed<String>,
    /// Without its steps; they follow as drafts.
    pub head: Curriculum,
    pub steps: Vec<StepDraft>,
}

pub struct StepDraft {
    pub id: Placed<String>,
    pub def: StepDef,
    /// Where `who` stands, or the step if it is left out.
    pub who: Placed<Role>,
    pub review: Option<Placed<Role>>,
    /// Who is named in `visible_to`.
    pub readers: Vec<Placed<Role>>,
    pub after: Vec<Placed<String>>,
    /// The first day of `due`, if it could be read.
    pub first_due: Option<Placed<u16>>,
}

pub struct ProgramDraft {
    pub file: usize,
    pub name: Placed<String>,
    pub program: Program,
    pub curricula: Vec<Placed<String>>,
    pub mentor_accepts: Option<Placed<String>>,
}
