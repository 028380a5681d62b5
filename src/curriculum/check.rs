//! Files together: what refers to what, who is there to do it, and what waits for what.

use std::collections::{HashMap, HashSet};

use crate::engine::message::Message;
use crate::engine::vocabulary::Role;

use super::closest::closest;
use super::draft::{CurriculumDraft, Files, ProgramDraft, StepDraft};
use super::duplicate;
use super::findings::{Findings, Place, Placed, short};
use super::graph;
use super::lower_days::day;

/// A program of more steps is refused: it is past what one person could do in a year.
const MAX_STEPS: usize = 5000;

/// Steps of a circle that are printed; the rest are counted by an ellipsis.
const MAX_CYCLE: usize = 12;

pub fn check(findings: &mut Findings, files: &Files) {
    let whereabouts = Whereabouts::of(files);
    let mut used = HashSet::new();
    for program in &files.programs {
        let group = Group::of_program(findings, files, &whereabouts, program);
        used.extend(group.curricula.iter().copied());
        check_count(findings, program, &group);
        check_roles(findings, program, &group);
        check_mentor_accepts(findings, &whereabouts, program, &group);
        group.check(findings, &whereabouts);
    }
    for (at, curriculum) in files.curricula.iter().enumerate().filter(|(at, _)| !used.contains(at)) {
        if !files.unreadable.a_mystery && !files.unreadable.a_program {
            let message = Message::new("problem-unused-curriculum").with("name", curriculum.name.value.as_str());
            findings.warning(curriculum.name.place, message);
        }
        Group::of_curriculum(files, at).check(findings, &whereabouts);
    }
}

/// Every step of every file, to tell a step of another program from one that does not exist.
struct Whereabouts<'d> {
    curricula: HashMap<&'d str, usize>,
    /// The curriculum of each step.
    steps: HashMap<&'d str, &'d str>,
}

impl<'d> Whereabouts<'d> {
    fn of(files: &'d Files) -> Whereabouts<'d> {
        let curricula = files.curricula.iter().enumerate().map(|(at, draft)| (draft.name.value.as_str(), at)).collect();
        let steps = files
            .curricula
            .iter()
            .flat_map(|draft| draft.steps.iter().map(|step| (step.id.value.as_str(), draft.name.value.as_str())));
        Whereabouts { curricula, steps: steps.collect() }
    }
}

/// Steps that are one space of names: those of a program, or of a curriculum that no program uses.
struct Group<'d> {
    /// The program's name; none for a curriculum by itself.
    program: Option<&'d str>,
    curricula: Vec<usize>,
    steps: Vec<&'d StepDraft>,
    by_id: HashMap<&'d str, usize>,
    /// Some of its curricula could not be read or found, so that what is missing may be there.
    is_partial: bool,
}

impl<'d> Group<'d> {
    fn of_program(
        findings: &mut Findings,
        files: &'d Files,
        whereabouts: &Whereabouts<'d>,
        program: &'d ProgramDraft,
    ) -> Group<'d> {
        let mut curricula = Vec::new();
        let mut is_partial = false;
        for name in &program.curricula {
            match whereabouts.curricula.get(name.value.as_str()) {
                Some(at) => curricula.push(*at),
                None => {
                    is_partial = true;
                    if !files.unreadable.may_hold(&name.value) {
                        unknown_curriculum(findings, whereabouts, name);
                    }
                }
            }
        }
        Group::new(Some(&program.name.value), files, curricula, is_partial)
    }

    fn of_curriculum(files: &'d Files, at: usize) -> Group<'d> {
        let unreadable = &files.unreadable;
        let is_partial = unreadable.a_mystery || !unreadable.curricula.is_empty();
        Group::new(None, files, vec![at], is_partial)
    }

    fn new(program: Option<&'d str>, files: &'d Files, curricula: Vec<usize>, is_partial: bool) -> Group<'d> {
        let drafts = curricula.iter().filter_map(|at| files.curricula.get(*at));
        let steps: Vec<&StepDraft> = drafts.flat_map(|draft: &CurriculumDraft| &draft.steps).collect();
        let mut by_id = HashMap::with_capacity(steps.len());
        for (at, step) in steps.iter().enumerate().filter(|(_, step)| !step.id.value.is_empty()) {
            by_id.entry(step.id.value.as_str()).or_insert(at);
        }
        Group { program, curricula, steps, by_id, is_partial }
    }

    fn check(&self, findings: &mut Findings, whereabouts: &Whereabouts) {
        self.check_repeats(findings);
        let waits: Vec<Vec<Wait>> = self.steps.iter().map(|step| self.waits(findings, whereabouts, step)).collect();
        let edges = waits.iter().map(|waits| waits.iter().map(|wait| wait.target).collect()).collect();
        let component = graph::components(&edges);
        for cycle in graph::cycles(&edges, &component) {
            self.report_cycle(findings, &waits, &cycle);
        }
        for (at, waits) in waits.iter().enumerate() {
            // Within a circle some step is always due before what it waits for.
            for wait in waits.iter().filter(|wait| component.get(wait.target) != component.get(at)) {
                self.check_due(findings, at, wait.target);
            }
        }
    }

    fn check_repeats(&self, findings: &mut Findings) {
        for (at, step) in self.steps.iter().enumerate() {
            let first = self.by_id.get(step.id.value.as_str()).filter(|first| **first != at);
            if let Some(first) = first.and_then(|first| self.steps.get(*first)) {
                let message = duplicate(findings, "step", &step.id.value, first.id.place);
                findings.error(step.id.place, message);
            }
        }
    }

    fn waits(&self, findings: &mut Findings, whereabouts: &Whereabouts, step: &StepDraft) -> Vec<Wait> {
        let mut waits = Vec::with_capacity(step.after.len());
        for name in &step.after {
            match self.by_id.get(name.value.as_str()) {
                Some(target) => waits.push(Wait { target: *target, place: name.place }),
                None => self.unknown_step(findings, whereabouts, name),
            }
        }
        waits
    }

    fn unknown_step(&self, findings: &mut Findings, whereabouts: &Whereabouts, name: &Placed<String>) {
        match (self.program, whereabouts.steps.get(name.value.as_str())) {
            (None, Some(_)) => {} // a program to come may put both together
            (Some(program), Some(curriculum)) => {
                let message = Message::new("problem-step-not-in-program").with("name", short(&name.value));
                findings.error(name.place, message.with("curriculum", *curriculum).with("program", program));
            }
            _ if self.is_partial => {}
            _ => {
                let known = findings.may_suggest().then(|| closest(&name.value, self.by_id.keys().copied())).flatten();
                let hint = known.map(|name| Message::new("hint-did-you-mean").with("name", name));
                let message = Message::new("problem-unknown-step").with("name", short(&name.value));
                findings.error_with(name.place, message, hint);
            }
        }
    }

    fn report_cycle(&self, findings: &mut Findings, waits: &[Vec<Wait>], cycle: &[usize]) {
        let name = |at: &usize| self.steps.get(*at).map_or("", |step| step.id.value.as_str());
        let mut names: Vec<&str> = cycle.iter().take(MAX_CYCLE).map(name).collect();
        if cycle.len() > MAX_CYCLE {
            names.push("…");
        }
        names.extend(cycle.first().map(name));
        let (first, next) = (cycle.first(), cycle.get(1).or(cycle.first()));
        let waits = first.and_then(|first| waits.get(*first));
        let wait = waits.and_then(|waits| waits.iter().find(|wait| Some(&wait.target) == next));
        if let Some(wait) = wait {
            findings.error(wait.place, Message::new("problem-cycle").with("path", names.join(" -> ")));
        }
    }

    fn check_due(&self, findings: &mut Findings, at: usize, target: usize) {
        let (Some(step), Some(other)) = (self.steps.get(at), self.steps.get(target)) else { return };
        let (Some(due), Some(other_due)) = (&step.first_due, &other.first_due) else { return };
        if due.value < other_due.value {
            let message = Message::new("problem-due-before-blocker").with("step", step.id.value.as_str());
            let message = message.with("day", day(due.value)).with("other", other.id.value.as_str());
            findings.error(due.place, message.with("other_day", day(other_due.value)));
        }
    }
}

/// A step that another waits for, and where it says so.
struct Wait {
    target: usize,
    place: Place,
}

fn unknown_curriculum(findings: &mut Findings, whereabouts: &Whereabouts, name: &Placed<String>) {
    let known = findings.may_suggest().then(|| closest(&name.value, whereabouts.curricula.keys().copied())).flatten();
    let hint = known.map(|name| Message::new("hint-did-you-mean").with("name", name));
    findings.error_with(name.place, Message::new("problem-unknown-curriculum").with("name", short(&name.value)), hint);
}

fn check_count(findings: &mut Findings, program: &ProgramDraft, group: &Group) {
    if group.steps.len() > MAX_STEPS {
        let message = Message::new("problem-too-many-steps").with("given", group.steps.len());
        findings.error(program.name.place, message.with("max", MAX_STEPS));
    }
}

fn check_roles(findings: &mut Findings, program: &ProgramDraft, group: &Group) {
    let is_there = |role: Role| role == Role::Manager || program.program.cast.contains(&role);
    let message = |id: &'static str, role: Role, step: &StepDraft| {
        let message = Message::new(id).with("role", role).with("step", step.id.value.as_str());
        message.with("program", program.name.value.as_str())
    };
    for step in &group.steps {
        for role in std::iter::once(&step.who).chain(&step.review).filter(|role| !is_there(role.value)) {
            findings.error(role.place, message("problem-role-not-in-cast", role.value, step));
        }
        for role in step.readers.iter().filter(|role| !is_there(role.value)) {
            // Nobody reads it, and nothing waits: a curriculum may serve programs with other casts.
            findings.warning(role.place, message("problem-reader-not-in-cast", role.value, step));
        }
    }
}

fn check_mentor_accepts(findings: &mut Findings, whereabouts: &Whereabouts, program: &ProgramDraft, group: &Group) {
    let Some(name) = &program.mentor_accepts else { return };
    let step = group.by_id.get(name.value.as_str()).and_then(|at| group.steps.get(*at));
    match step {
        None => group.unknown_step(findings, whereabouts, name),
        Some(step) if step.who.value != Role::Mentor => {
            let message = Message::new("problem-mentor-accepts-not-mentor").with("name", short(&name.value));
            findings.error(name.place, message.with("role", step.who.value));
        }
        Some(_) => {}
    }
}
