//! A program and its curricula as one release, and the release's name.

use std::collections::{BTreeSet, HashMap};

use sha2::{Digest, Sha256};

use crate::engine::release::{Curriculum, Day, Every, FieldKind, Program, Release, StepDef, Until, Window};
use crate::engine::view::{Show, View};
use crate::engine::vocabulary::{StepId, Text};

use super::SourceFile;
use super::draft::{CurriculumDraft, EveryDraft, Kind, StepDraft, UntilDraft};
use super::lower_days::shifted;
use super::lower_views::RATINGS;
use super::programs::Whole;

/// Called only when nothing was found wrong; `files` are in the order that drafts count them in.
pub fn assemble(whole: &Whole, curricula: &[CurriculumDraft], files: &[&SourceFile]) -> Release {
    let used: Vec<(&CurriculumDraft, u16)> =
        whole.used.iter().filter_map(|used| Some((curricula.get(used.at)?, used.shift))).collect();
    let own = whole.parts.iter().map(|part| part.program.file);
    let sources: BTreeSet<usize> = used.iter().map(|(draft, _)| draft.file).chain(own).collect();
    let sources = sources.into_iter().filter_map(|file| files.get(file).copied());
    let program = program(whole);
    let curricula = used.into_iter().map(|(draft, shift)| curriculum(draft, shift, program.ends));
    let mut release = Release { hash: hash(sources), curricula: curricula.collect(), program };
    settle(&mut release);
    label_entries(&mut release);
    release
}

/// With what it takes over.
fn program(whole: &Whole) -> Program {
    let parts = || whole.parts.iter().map(|part| &part.program.program);
    Program {
        gather: parts().flat_map(|program| program.gather.iter().cloned()).collect(),
        metrics: parts().flat_map(|program| program.metrics.iter().cloned()).collect(),
        ..whole.own.program.clone()
    }
}

fn curriculum(draft: &CurriculumDraft, shift: u16, ends: u16) -> Curriculum {
    let rated = (draft.kind == Kind::Assessment).then(|| View {
        id: RATINGS.to_owned(),
        title: draft.head.title.clone(),
        help: draft.head.summary.clone(),
        show: Show::Ratings { assessment: draft.head.name.clone() },
    });
    Curriculum {
        views: rated.into_iter().chain(draft.views.iter().map(|one| one.view.clone())).collect(),
        steps: draft.steps.iter().map(|one| step(one, shift, ends)).collect(),
        ..draft.head.clone()
    }
}

/// A step with its days counted from the plan's first day.
fn step(draft: &StepDraft, shift: u16, ends: u16) -> StepDef {
    let day = |day: &Day| shifted(day, shift).unwrap_or_else(|| day.clone());
    let window = |window: &Window| Window { opens: day(&window.opens), due: day(&window.due) };
    let until = |every: &EveryDraft| match &every.until.value {
        UntilDraft::Plan(n) => Until::Plan(n.saturating_add(shift)),
        UntilDraft::Launch(launch) => Until::Launch { launch: *launch },
        UntilDraft::End => Until::Plan(ends),
        UntilDraft::Step(step) => Until::Closed { step: StepId(step.clone()), latest: ends },
    };
    StepDef {
        windows: draft.def.windows.iter().map(window).collect(),
        every: draft.every.as_ref().map(|every| Every { period: every.period, until: until(every) }),
        ..draft.def.clone()
    }
}

/// What a step knows of the others: which of those it waits for may come later, and which turns of
/// another recur.
fn settle(release: &mut Release) {
    let later: BTreeSet<StepId> = release.steps().filter(|def| def.comes_later()).map(|def| def.id.clone()).collect();
    let turn_of = |def: &StepDef| match def.windows.first().map(|window| &window.due) {
        Some(Day::Turn { turn_of, .. }) => Some(turn_of.clone()),
        _ => None,
    };
    let followed: HashMap<StepId, (Option<StepId>, u16)> =
        release.steps().map(|def| (def.id.clone(), (turn_of(def), def.ritual_from()))).collect();
    for def in release.curricula.iter_mut().flat_map(|curriculum| &mut curriculum.steps) {
        let awaited = def.after.iter().chain(def.joins.iter().flat_map(|join| &join.of));
        let awaited: BTreeSet<&StepId> = awaited.filter(|id| later.contains(id)).collect();
        def.pending = awaited.into_iter().cloned().collect();
        let Some(mut followed_one) = turn_of(def) else { continue };
        // Of a step that follows turns itself, those of the first one count.
        while let Some((Some(next), _)) = followed.get(&followed_one) {
            followed_one = next.clone();
        }
        let from = followed.get(&followed_one).map_or(1, |(_, from)| *from);
        for day in def.windows.iter_mut().flat_map(|window| [&mut window.opens, &mut window.due]) {
            if let Day::Turn { ritual_from, .. } = day {
                *ritual_from = from;
            }
        }
    }
}

/// What a table calls the entries that its rows stand for, as the step does that asks for them.
fn label_entries(release: &mut Release) {
    let labels: HashMap<(StepId, String), Text> = release
        .steps()
        .flat_map(|def| def.ask.iter().map(|field| ((def.id.clone(), field.id.clone()), field.label.clone())))
        .collect();
    let fields = release.curricula.iter_mut().flat_map(|one| &mut one.steps).flat_map(|def| &mut def.ask);
    for field in fields {
        if let FieldKind::Table { of: Some(entries), .. } = &mut field.kind {
            let first = entries.steps.first().map(|step| (step.clone(), entries.about.clone()));
            entries.label = first.and_then(|first| labels.get(&first)).cloned().unwrap_or_default();
        }
    }
}

/// Each path and content goes in behind its length, so that no two sets of files share a name.
fn hash<'f>(files: impl Iterator<Item = &'f SourceFile>) -> String {
    let mut hasher = Sha256::new();
    for file in files {
        for part in [file.path.as_bytes(), &file.bytes] {
            hasher.update((part.len() as u64).to_be_bytes());
            hasher.update(part);
        }
    }
    hex::encode(hasher.finalize())
}
