//! What a release changes against another one, and what each change would mean for a plan that is
//! upgraded to it. A plan that is not upgraded stays on its release and sees none of it.
//!
//! Steps are matched as an upgrade matches them: by their names and by `was`.

mod change;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::condition::{Condition, Path};
use super::days::{Day, Period, Until};
use super::release::{Curriculum, Program, Release, StepDef};
use super::vocabulary::StepId;

pub use change::{CurriculumChange, CurriculumHow, Diff, Meaning, ProgramFacet, StepChange, StepFacet, StepHow};

/// Steps that are compared for likeness; beyond, only equal titles are found.
const MAX_COMPARED: usize = 40_000;

/// How much of their words two steps must share to be perhaps the same, in percent.
const ALIKE: usize = 50;

/// What `new` changes.
pub fn diff(old: &Release, new: &Release) -> Diff {
    let matched = matched(old, new);
    Diff {
        program: program_facets(&old.program, &new.program, &matched),
        curricula: curricula(old, new),
        steps: steps(old, new, &matched),
    }
}

/// A release in which each step knows all names that it ever had in these others, earlier and later
/// ones: plans may pass over releases, or go back.
pub fn named_through<R: AsRef<Release>>(to: &Release, others: &[R]) -> Release {
    let mut beside: BTreeMap<&StepId, BTreeSet<&StepId>> = BTreeMap::new();
    for def in others.iter().flat_map(|one| one.as_ref().steps()).chain(to.steps()) {
        for was in &def.was {
            beside.entry(was).or_default().insert(&def.id);
            beside.entry(&def.id).or_default().insert(was);
        }
    }
    let mut named = to.clone();
    for def in named.curricula.iter_mut().flat_map(|one| &mut one.steps) {
        let mut found = BTreeSet::from([&def.id]);
        let mut next: Vec<&StepId> = vec![&def.id];
        while let Some(id) = next.pop() {
            let new = beside.get(id).into_iter().flatten().filter(|name| found.insert(*name));
            next.extend(new.copied());
        }
        let known: BTreeSet<StepId> = found.into_iter().filter(|name| !def.was.contains(name)).cloned().collect();
        def.was.extend(known.into_iter().filter(|name| *name != def.id));
    }
    named
}

/// The old step behind each new one.
type Matched<'a> = HashMap<&'a StepId, &'a StepDef>;

/// New names by old ones.
type Names<'a> = HashMap<&'a StepId, &'a StepId>;

fn matched<'a>(old: &'a Release, new: &'a Release) -> Matched<'a> {
    let before: HashMap<&StepId, &StepDef> = old.steps().map(|def| (&def.id, def)).collect();
    let after: HashSet<&StepId> = new.steps().map(|def| &def.id).collect();
    let one = |def: &'a StepDef| {
        // A name that still stands is no earlier name of another step.
        let earlier = || def.was.iter().filter(|was| !after.contains(was)).find_map(|was| before.get(was));
        Some((&def.id, *before.get(&def.id).or_else(earlier)?))
    };
    new.steps().filter_map(one).collect()
}

/// The new name of an old step.
fn renamed<'a>(matched: &Matched<'a>) -> Names<'a> {
    matched.iter().map(|(now, def)| (&def.id, *now)).collect()
}

fn program_facets(old: &Program, new: &Program, matched: &Matched) -> Vec<ProgramFacet> {
    let names = renamed(matched);
    let now = |id: &StepId| names.get(id).map_or_else(|| id.clone(), |now| (*now).clone());
    let mut gather = old.gather.clone();
    gather.iter_mut().flat_map(|one| &mut one.steps).for_each(|step| *step = now(step));
    let mut metrics = old.metrics.clone();
    metrics.iter_mut().for_each(|metric| metric.step = now(&metric.step));
    let mail = |program: &Program| (program.due_soon, program.overdue_every, program.mail.clone());
    let facets = [
        (ProgramFacet::Name, old.name != new.name),
        (ProgramFacet::Words, old.title != new.title || old.summary != new.summary),
        (ProgramFacet::Cast, old.cast != new.cast),
        (ProgramFacet::MentorAccepts, old.mentor_accepts.as_ref().map(now) != new.mentor_accepts),
        (ProgramFacet::Checkpoints, old.checkpoints != new.checkpoints),
        (ProgramFacet::Mail, mail(old) != mail(new)),
        (ProgramFacet::Ends, old.ends != new.ends),
        (ProgramFacet::Load, old.load != new.load),
        (ProgramFacet::Gather, gather != new.gather),
        (ProgramFacet::Metrics, metrics != new.metrics),
    ];
    facets.into_iter().filter(|(_, differs)| *differs).map(|(facet, _)| facet).collect()
}

fn curricula(old: &Release, new: &Release) -> Vec<CurriculumChange> {
    let before: BTreeMap<&str, &Curriculum> = old.curricula.iter().map(|one| (one.name.as_str(), one)).collect();
    let after: BTreeSet<&str> = new.curricula.iter().map(|one| one.name.as_str()).collect();
    let change = |one: &Curriculum, how| CurriculumChange { name: one.name.clone(), title: one.title.clone(), how };
    let mut found = Vec::new();
    for one in &new.curricula {
        let Some(was) = before.get(one.name.as_str()) else {
            found.push(change(one, CurriculumHow::Added));
            continue;
        };
        let facets = [
            (CurriculumHow::Words, was.title != one.title || was.summary != one.summary),
            (CurriculumHow::Launch, was.launch != one.launch),
            (CurriculumHow::Dimensions, was.dimensions != one.dimensions),
        ];
        found.extend(facets.into_iter().filter(|(_, differs)| *differs).map(|(how, _)| change(one, how)));
    }
    let gone = old.curricula.iter().filter(|one| !after.contains(one.name.as_str()));
    found.extend(gone.map(|one| change(one, CurriculumHow::Removed)));
    found
}

fn steps(old: &Release, new: &Release, matched: &Matched) -> Vec<StepChange> {
    let names = renamed(matched);
    let home = |one: &Curriculum| one.steps.iter().map(|def| (def.id.clone(), one.name.clone())).collect::<Vec<_>>();
    let stood: HashMap<StepId, String> = old.curricula.iter().flat_map(home).collect();
    let gone: Vec<&StepDef> = old.steps().filter(|def| !names.contains_key(&def.id)).collect();
    let came: Vec<&StepDef> = new.steps().filter(|def| !matched.contains_key(&def.id)).collect();
    let alike = alike(&gone, &came);
    let mut found = Vec::new();
    for curriculum in &new.curricula {
        for def in &curriculum.steps {
            let how = match matched.get(&def.id) {
                Some(was) => changed(was, def, &names, stood.get(&was.id), &curriculum.name),
                None => Some(StepHow::Added {
                    days: days(def),
                    perhaps_was: alike.iter().find(|(_, now)| *now == &def.id).map(|(was, _)| (*was).clone()),
                    in_playbook: curriculum.launch.is_some(),
                }),
            };
            let change = |how| StepChange {
                step: def.id.clone(),
                title: def.title.clone(),
                curriculum: curriculum.name.clone(),
                how,
            };
            found.extend(how.map(change));
        }
    }
    found.extend(gone.iter().map(|def| StepChange {
        step: def.id.clone(),
        title: def.title.clone(),
        curriculum: stood.get(&def.id).cloned().unwrap_or_default(),
        how: StepHow::Removed {
            perhaps_now: alike.iter().find(|(was, _)| *was == &def.id).map(|(_, now)| (*now).clone()),
        },
    }));
    found
}

fn changed(was: &StepDef, now: &StepDef, names: &Names, stood: Option<&String>, stands: &str) -> Option<StepHow> {
    // What refers to a step that was only renamed refers to the same step.
    let old = with_names(was, &|id| names.get(id).copied());
    let facets = facets(&old, now);
    let moves = old.windows != now.windows || old.every != now.every;
    let moved = moves.then(|| (days(&old), days(now)));
    let was = (was.id != now.id).then(|| was.id.clone());
    let from_curriculum = stood.filter(|stood| *stood != stands).cloned();
    let is_same = facets.is_empty() && moved.is_none() && was.is_none() && from_curriculum.is_none();
    (!is_same).then_some(StepHow::Changed { was, moved, from_curriculum, facets })
}

/// What of a step is not as it was, besides its days; both name other steps alike.
pub fn facets(old: &StepDef, now: &StepDef) -> Vec<StepFacet> {
    let facets = [
        (StepFacet::Title, old.title != now.title),
        (StepFacet::Body, old.body != now.body),
        (StepFacet::Who, old.who != now.who),
        (StepFacet::After, old.after != now.after || old.joins != now.joins),
        (StepFacet::When, old.when != now.when),
        (StepFacet::Each, old.each != now.each),
        (StepFacet::Ask, (&old.ask, &old.ballot) != (&now.ask, &now.ballot)),
        (StepFacet::Review, old.review != now.review),
        (StepFacet::Report, old.report != now.report),
        (StepFacet::VisibleTo, old.visible_to != now.visible_to),
        (StepFacet::Effort, old.effort != now.effort),
        (StepFacet::Remind, old.remind != now.remind),
        (StepFacet::Meet, old.meet != now.meet),
        (StepFacet::Source, old.source != now.source),
    ];
    facets.into_iter().filter(|(_, differs)| *differs).map(|(facet, _)| facet).collect()
}

/// A step of `old` that refers to other steps by the names that they have in `new`.
pub(super) fn as_named_in(def: &StepDef, old: &Release, new: &Release) -> StepDef {
    let matched = matched(old, new);
    let names = renamed(&matched);
    with_names(def, &|id| names.get(id).copied())
}

/// The new name of each step of `old` that still stands in `new`.
pub(super) fn names(old: &Release, new: &Release) -> BTreeMap<StepId, StepId> {
    let matched = matched(old, new);
    renamed(&matched).into_iter().map(|(old, new)| (old.clone(), new.clone())).collect()
}

/// The step with the new names of the steps that it refers to.
pub(super) fn with_names<'a>(def: &StepDef, names: &dyn Fn(&StepId) -> Option<&'a StepId>) -> StepDef {
    let mut def = def.clone();
    def.after.iter_mut().for_each(|id| rename(id, names));
    def.joins.iter_mut().flat_map(|join| &mut join.of).for_each(|id| rename(id, names));
    if let Some(when) = &mut def.when {
        rename_in(when, names);
    }
    for day in def.windows.iter_mut().flat_map(|window| [&mut window.opens, &mut window.due]) {
        match day {
            Day::Answer { step, .. } | Day::Closed { step, .. } | Day::Turn { turn_of: step, .. } => {
                rename(step, names);
            }
            Day::Plan(_) | Day::Launch { .. } | Day::Quarter { .. } => {}
        }
    }
    if let Some(Until::Closed { step, .. }) = def.every.as_mut().map(|every| &mut every.until) {
        rename(step, names);
    }
    def
}

fn rename<'a>(id: &mut StepId, names: &dyn Fn(&StepId) -> Option<&'a StepId>) {
    if let Some(now) = names(id) {
        *id = now.clone();
    }
}

fn rename_in<'a>(condition: &mut Condition, names: &dyn Fn(&StepId) -> Option<&'a StepId>) {
    match condition {
        Condition::Path(Path::Answer { step, .. }) => rename(step, names),
        Condition::List(items) => items.iter_mut().for_each(|item| rename_in(item, names)),
        Condition::Not(inner) | Condition::Size(inner) => rename_in(inner, names),
        Condition::And(a, b) | Condition::Or(a, b) | Condition::Compare(_, a, b) | Condition::In(a, b) => {
            rename_in(a, names);
            rename_in(b, names);
        }
        Condition::Path(_) | Condition::Bool(_) | Condition::Number(_) | Condition::Text(_) => {}
    }
}

/// Its windows and recurrence, as authors write them.
fn days(def: &StepDef) -> String {
    let windows: Vec<String> = def.windows.iter().map(ToString::to_string).collect();
    let windows = windows.join(", ");
    match &def.every {
        None => windows,
        Some(every) => {
            let period = match every.period {
                Period::WorkingDays(n) => format!("working_days: {n}"),
                Period::Weekly(day) => format!("weekly: {}", day.to_string().to_lowercase()),
                Period::Months(n) => format!("months: {n}"),
            };
            format!("{windows}, {period} until {}", every.until)
        }
    }
}

/// Pairs of steps of which one went and one came, and that share much of their words; each step once.
fn alike<'a>(gone: &[&'a StepDef], came: &[&'a StepDef]) -> Vec<(&'a StepId, &'a StepId)> {
    let may_compare = gone.len().saturating_mul(came.len()) <= MAX_COMPARED;
    let pairs = |defs: &[&StepDef]| defs.iter().map(|def| pieces(&def.body.en)).collect::<Vec<_>>();
    let (old_words, new_words) = if may_compare { (pairs(gone), pairs(came)) } else { (Vec::new(), Vec::new()) };
    let mut found: Vec<(usize, &StepId, &StepId)> = Vec::new();
    for (at, was) in gone.iter().enumerate() {
        for (to, now) in came.iter().enumerate() {
            let has_title = was.title.en == now.title.en || was.title.zh_tw == now.title.zh_tw;
            let share = old_words.get(at).zip(new_words.get(to)).map_or(0, |(a, b)| shared(a, b));
            let score = if has_title { 100 + share } else { share };
            if score >= ALIKE {
                found.push((score, &was.id, &now.id));
            }
        }
    }
    found.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)).then(a.2.cmp(b.2)));
    let (mut used, mut taken) = (HashSet::new(), HashSet::new());
    found
        .retain(|(_, was, now)| !used.contains(was) && !taken.contains(now) && used.insert(*was) && taken.insert(*now));
    found.into_iter().map(|(_, was, now)| (was, now)).collect()
}

/// Three characters in a row, every one once: likeness that needs no words to be known.
fn pieces(text: &str) -> HashSet<[char; 3]> {
    let chars: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
    chars.windows(3).filter_map(|three| three.try_into().ok()).collect()
}

fn shared(a: &HashSet<[char; 3]>, b: &HashSet<[char; 3]>) -> usize {
    let both = a.intersection(b).count();
    let all = (a.len() + b.len()).saturating_sub(both);
    (both * 100).checked_div(all).unwrap_or(0)
}
