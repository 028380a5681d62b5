//! Files together: what refers to what, and what nobody uses.

use std::collections::{HashMap, HashSet};

use crate::engine::message::Message;

use super::check_program;
use super::closest::closest;
use super::condition::StepSight;
use super::draft::Files;
use super::findings::{Findings, Placed, short};
use super::group::Group;
use super::programs::{self, Whole};

/// Checks all files; what programs are made of is the answer, in the order of the programs.
pub fn check<'d>(findings: &mut Findings, files: &'d Files) -> Vec<Whole<'d>> {
    let whereabouts = Whereabouts::of(files);
    programs::check_circles(findings, files, &whereabouts);
    let mut used = HashSet::new();
    let mut wholes = Vec::new();
    for program in &files.programs {
        let whole = Whole::of(findings, files, &whereabouts, program);
        used.extend(whole.used.iter().map(|used| used.at));
        let group = Group::of_program(files, &whereabouts, &whole);
        whole.check_names(findings);
        group.check(findings);
        check_program::check(findings, &whole, &group);
        wholes.push(whole);
    }
    for (at, draft) in files.curricula.iter().enumerate().filter(|(at, _)| !used.contains(at)) {
        if !files.unreadable.a_mystery && !files.unreadable.a_program {
            let message = Message::new("problem-unused-curriculum").with("kind", draft.kind.as_str());
            findings.warning(draft.name.place, message.with("name", short(&draft.name.value)));
        }
        Group::of_curriculum(files, &whereabouts, at).check(findings);
    }
    wholes
}

/// What stands where, to tell a step of another program from one that does not exist.
pub struct Whereabouts<'d> {
    pub curricula: HashMap<&'d str, usize>,
    pub programs: HashMap<&'d str, usize>,
    /// The curriculum of each step.
    pub steps: HashMap<&'d str, &'d str>,
    /// For the conditions of curricula that no program uses: a program to come may hold any step.
    pub sights: HashMap<&'d str, StepSight<'d>>,
    pub metrics: Vec<&'d str>,
}

impl<'d> Whereabouts<'d> {
    fn of(files: &'d Files) -> Whereabouts<'d> {
        let curricula = files.curricula.iter().enumerate().map(|(at, draft)| (draft.name.value.as_str(), at));
        let programs = files.programs.iter().enumerate().map(|(at, draft)| (draft.name.value.as_str(), at));
        let steps = files
            .curricula
            .iter()
            .flat_map(|draft| draft.steps.iter().map(|step| (step.id.value.as_str(), draft.name.value.as_str())));
        let sights = files.curricula.iter().flat_map(|draft| &draft.steps).map(|step| {
            let sight = StepSight { fields: &step.def.ask, unread: &step.unread, is_each: step.def.each.is_some() };
            (step.id.value.as_str(), sight)
        });
        let metrics = files.programs.iter().flat_map(|program| &program.metrics);
        Whereabouts {
            curricula: curricula.collect(),
            programs: programs.collect(),
            steps: steps.collect(),
            sights: sights.collect(),
            metrics: metrics.map(|metric| metric.id.value.as_str()).collect(),
        }
    }
}

/// Reports a name that was not found, with the one that is nearest.
pub fn unknown<'k>(
    findings: &mut Findings,
    id: &'static str,
    name: &Placed<String>,
    known: impl Iterator<Item = &'k str>,
) {
    let known = if findings.may_suggest() { closest(&name.value, known) } else { None };
    let hint = known.map(|name| Message::new("hint-did-you-mean").with("name", name));
    findings.error_with(name.place, Message::new(id).with("name", short(&name.value)), hint);
}
