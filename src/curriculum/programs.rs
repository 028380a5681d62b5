//! A program with all that it includes.

use std::collections::{HashMap, HashSet};

use crate::engine::message::Message;

use super::check::{Whereabouts, unknown};
use super::draft::{Files, Kind, ProgramDraft};
use super::duplicate;
use super::findings::{Findings, Place, Placed, short};
use super::graph;

/// Programs that one takes over, and those that they take over.
const MAX_INCLUDED: usize = 20;

pub struct Whole<'d> {
    pub own: &'d ProgramDraft,
    /// Those that it includes, and itself as the last.
    pub parts: Vec<Part<'d>>,
    /// In the order of the parts; playbooks follow.
    pub used: Vec<Used>,
    /// Something of it could not be read or found, so that what is missing may be there.
    pub is_partial: bool,
}

pub struct Part<'d> {
    pub program: &'d ProgramDraft,
    /// The entry of `includes` that brings it; none for the program itself.
    pub via: Option<Place>,
}

/// A curriculum, by its place among the files.
#[derive(Clone, Copy)]
pub struct Used {
    pub at: usize,
    /// Plan days between B1 and the first day of its wave.
    pub shift: u16,
    pub place: Place,
}

impl<'d> Whole<'d> {
    pub fn of(
        findings: &mut Findings,
        files: &'d Files,
        whereabouts: &Whereabouts<'d>,
        own: &'d ProgramDraft,
    ) -> Whole<'d> {
        let mut whole = Whole { own, parts: Vec::new(), used: Vec::new(), is_partial: false };
        let mut seen = HashSet::from([own.name.value.as_str()]);
        for name in &own.includes {
            whole.include(findings, files, whereabouts, name, &mut seen);
        }
        whole.parts.push(Part { program: own, via: None });
        whole.use_curricula(findings, files, whereabouts);
        whole
    }

    /// Takes over a program and all that it includes, those first. Without recursion: programs may
    /// include each other in a long row.
    fn include(
        &mut self,
        findings: &mut Findings,
        files: &'d Files,
        whereabouts: &Whereabouts<'d>,
        name: &'d Placed<String>,
        seen: &mut HashSet<&'d str>,
    ) {
        let mut found = Vec::new();
        let mut open = vec![name];
        while let Some(next) = open.pop() {
            let Some(at) = whereabouts.programs.get(next.value.as_str()) else {
                self.is_partial = true;
                // The program that names it reports it.
                if std::ptr::eq(next, name) && !files.unreadable.a_program && !files.unreadable.a_mystery {
                    let known = whereabouts.programs.keys().copied();
                    unknown(findings, "problem-unknown-program", next, known);
                }
                continue;
            };
            let Some(program) = files.programs.get(*at).filter(|_| seen.insert(&next.value)) else { continue };
            if self.parts.len() + found.len() == MAX_INCLUDED {
                let message = Message::new("problem-too-many-includes").with("max", MAX_INCLUDED);
                findings.error(name.place, message);
                break;
            }
            found.push(Part { program, via: Some(name.place) });
            open.extend(&program.includes);
        }
        found.reverse();
        self.parts.append(&mut found);
    }

    fn use_curricula(&mut self, findings: &mut Findings, files: &Files, whereabouts: &Whereabouts) {
        let mut used = HashMap::new();
        let parts = std::mem::take(&mut self.parts);
        for part in &parts {
            for wave in &part.program.waves {
                for name in &wave.curricula {
                    let shift = wave.from.saturating_sub(1);
                    self.use_one(findings, files, whereabouts, (part, name, Listed::InWave(shift)), &mut used);
                }
            }
        }
        for part in &parts {
            for name in &part.program.playbooks {
                self.use_one(findings, files, whereabouts, (part, name, Listed::AsPlaybook), &mut used);
            }
        }
        self.parts = parts;
    }

    fn use_one(
        &mut self,
        findings: &mut Findings,
        files: &Files,
        whereabouts: &Whereabouts,
        (part, name, listed): (&Part, &Placed<String>, Listed),
        used: &mut HashMap<usize, Option<Place>>,
    ) {
        let place = part.via.unwrap_or(name.place);
        let Some((at, draft)) =
            whereabouts.curricula.get(name.value.as_str()).and_then(|at| Some((*at, files.curricula.get(*at)?)))
        else {
            self.is_partial = true;
            if part.via.is_none() && !files.unreadable.may_hold(&name.value) {
                unknown(findings, listed.unknown(), name, whereabouts.curricula.keys().copied());
            }
            return;
        };
        if part.via.is_none() && (draft.kind == Kind::Playbook) != matches!(listed, Listed::AsPlaybook) {
            let message = Message::new("problem-listed-elsewhere").with("name", short(&name.value));
            findings.error(name.place, message.with("kind", draft.kind.as_str()));
        }
        match used.get(&at) {
            None => {
                used.insert(at, part.via);
                let shift = if let Listed::InWave(shift) = listed { shift } else { 0 };
                self.used.push(Used { at, shift, place });
            }
            // Twice within what is included: that program reports it.
            Some(first) if first.is_some() && *first == part.via => {}
            Some(_) => findings.error(place, Message::new("problem-curriculum-twice").with("name", short(&name.value))),
        }
    }

    /// Reports gatherings and metrics of one name.
    pub fn check_names(&self, findings: &mut Findings) {
        let mut known: HashMap<(&str, &str), Place> = HashMap::new();
        for part in &self.parts {
            let gather = part.program.gather.iter().map(|one| ("gathering", &one.id));
            for (kind, id) in gather.chain(part.program.metrics.iter().map(|one| ("metric", &one.id))) {
                let first = known.get(&(kind, id.value.as_str())).copied();
                // Within one file it is reported already.
                if let Some(first) = first.filter(|first| first.file != id.place.file) {
                    let message = duplicate(findings, kind, &id.value, first);
                    findings.error(part.via.unwrap_or(id.place), message);
                }
                known.insert((kind, &id.value), id.place);
            }
        }
    }
}

/// Where a program lists a curriculum.
#[derive(Clone, Copy)]
enum Listed {
    InWave(u16),
    AsPlaybook,
}

impl Listed {
    fn unknown(self) -> &'static str {
        match self {
            Listed::InWave(_) => "problem-unknown-curriculum",
            Listed::AsPlaybook => "problem-unknown-playbook",
        }
    }
}

/// Reports programs that include each other in a circle.
pub fn check_circles(findings: &mut Findings, files: &Files, whereabouts: &Whereabouts) {
    let includes = |program: &ProgramDraft| {
        program.includes.iter().filter_map(|name| whereabouts.programs.get(name.value.as_str()).copied()).collect()
    };
    let edges: graph::Edges = files.programs.iter().map(includes).collect();
    for cycle in graph::cycles(&edges, &graph::components(&edges)) {
        let name = |at: &usize| files.programs.get(*at).map_or("", |program| program.name.value.as_str());
        let next = cycle.get(1).or(cycle.first()).map_or("", name);
        let first = cycle.first().and_then(|at| files.programs.get(*at));
        let entry = first.and_then(|first| first.includes.iter().find(|include| include.value == next));
        if let Some(entry) = entry {
            let path = super::group::path(&cycle, name);
            findings.error(entry.place, Message::new("problem-include-cycle").with("path", path));
        }
    }
}
