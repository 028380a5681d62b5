//! The release as one plan runs it: with the steps that only this plan has, those it keeps from earlier
//! releases, further runs of its playbooks, and without what it does not take.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::arrange::{Kept, Own, run_of};
use super::days::{Day, Window};
use super::diff;
use super::plan::Plan;
use super::release::{Curriculum, Release, Remind, StepDef};
use super::replan::OWN;
use super::vocabulary::{Role, StepId, Text, in_run, split_run};

/// What releases are tailored from.
#[derive(Debug, Clone, Default)]
pub struct Tailor {
    /// By hash: the plan's own, and every one that a step is kept from.
    pub releases: BTreeMap<String, Rc<Release>>,
    /// Title and text of the steps that only one plan has.
    pub words: BTreeMap<StepId, (Text, Text)>,
}

impl Tailor {
    /// For plans that take this release as it was published.
    pub fn plain(release: Rc<Release>) -> Tailor {
        Tailor { releases: [(release.hash.clone(), release)].into(), words: BTreeMap::new() }
    }

    /// The release as this plan runs it; none when the plan's release is not at hand.
    pub fn tailored(&self, plan: &Plan) -> Option<Rc<Release>> {
        let base = self.releases.get(&plan.release)?;
        let arranged = &plan.arranged;
        let further: Vec<(&str, &String)> =
            plan.launches.keys().filter_map(|run| Some((split_run(run)?.0, run))).collect();
        let is_plain = arranged.own.is_empty()
            && arranged.kept.is_empty()
            && arranged.declined.is_empty()
            && arranged.skipped.is_empty()
            && further.is_empty();
        if is_plain {
            return Some(base.clone());
        }
        let mut release = Release::clone(base);
        for curriculum in &mut release.curricula {
            curriculum.steps.retain(|def| !arranged.declined.contains(&def.id));
        }
        for (id, kept) in &arranged.kept {
            self.keep(&mut release, base, id, kept);
        }
        if !arranged.own.is_empty() {
            release.curricula.push(self.own(&arranged.own));
        }
        for (playbook, run) in further {
            let again = another_run(&release, plan, playbook, run);
            release.curricula.extend(again);
        }
        wait_for_nothing_gone(&mut release, plan);
        Some(Rc::new(release))
    }

    /// Puts a step as an earlier release had it in the place of what it has become.
    fn keep(&self, release: &mut Release, base: &Release, id: &StepId, kept: &Kept) {
        let Some(earlier) = self.releases.get(&kept.release) else { return };
        let Some((home, def)) = earlier.curriculum_of(&kept.id).zip(earlier.step(&kept.id)) else { return };
        let def = StepDef { id: id.clone(), ..diff::as_named_in(def, earlier, base) };
        let mut all = release.curricula.iter_mut().flat_map(|one| &mut one.steps);
        if let Some(now) = all.find(|def| def.id == *id) {
            *now = def;
        } else if let Some(curriculum) = release.curricula.iter_mut().find(|one| one.name == home.name) {
            curriculum.steps.push(def);
        } else {
            release.curricula.push(Curriculum { steps: vec![def], ..home.clone() });
        }
    }

    fn own(&self, own: &BTreeMap<StepId, Own>) -> Curriculum {
        let step = |(id, own): (&StepId, &Own)| {
            let (title, body) = self.words.get(id).cloned().unwrap_or_default();
            let reads = [Some(Role::Manager), Some(Role::Mentor), Some(Role::Superior), Some(own.who), own.review];
            let visible_to: BTreeSet<Role> = reads.into_iter().flatten().collect();
            StepDef {
                id: id.clone(),
                was: Vec::new(),
                source: None,
                title,
                body,
                who: own.who,
                // Its days were chosen by hand; the release knows none.
                windows: vec![Window::plan(1, 1)],
                after: Vec::new(),
                pending: Vec::new(),
                joins: Vec::new(),
                when: None,
                each: None,
                every: None,
                ask: Vec::new(),
                review: own.review,
                report: None,
                visible_to: visible_to.into_iter().collect(),
                effort: own.effort,
                meet: None,
                remind: Remind::Program,
                playbook: None,
                about: None,
                ballot: None,
            }
        };
        Curriculum {
            views: Vec::new(),
            name: OWN.to_owned(),
            source: None,
            title: Text::default(),
            summary: Text::default(),
            launch: None,
            dimensions: Vec::new(),
            steps: own.iter().map(step).collect(),
        }
    }
}

/// A playbook once more: its steps and what they refer to among themselves carry the number of the run.
/// What stands in the plan from a run and has another home by now belongs to the run still.
fn another_run(release: &Release, plan: &Plan, playbook: &str, run: &str) -> Option<Curriculum> {
    let (_, number) = split_run(run)?;
    let own = release.curricula.iter().find(|one| one.name == playbook);
    let mut defs: Vec<&StepDef> = own.map_or(Vec::new(), |one| one.steps.iter().collect());
    let mut home = own;
    for (base, _) in plan.steps.keys().filter_map(|key| run_of(&key.id)).filter(|(_, n)| *n == number) {
        let Some(elsewhere) = release.curriculum_of(&base).filter(|_| defs.iter().all(|def| def.id != base)) else {
            continue;
        };
        // Another playbook's run of the same number is not this one's.
        if elsewhere.launch.is_some() && elsewhere.name != playbook && plan.launches.contains_key(&elsewhere.name) {
            continue;
        }
        home = home.or(Some(elsewhere));
        defs.extend(elsewhere.steps.iter().find(|def| def.id == base));
    }
    let names: BTreeMap<StepId, StepId> =
        defs.iter().map(|def| (def.id.clone(), StepId(in_run(def.id.as_str(), number)))).collect();
    let again = |def: &&StepDef| {
        let mut def = diff::with_names(def, &|id: &StepId| names.get(id));
        def.pending.iter_mut().for_each(|id| *id = names.get(id).unwrap_or(id).clone());
        StepDef { id: names.get(&def.id).unwrap_or(&def.id).clone(), playbook: Some(run.to_owned()), ..def }
    };
    Some(Curriculum { name: run.to_owned(), steps: defs.iter().map(again).collect(), ..home?.clone() })
}

/// Nothing waits for steps that will never stand in this plan: those that it does not take, and those
/// whose day or condition rests on one of them.
fn wait_for_nothing_gone(release: &mut Release, plan: &Plan) {
    let is_planned = |id: &StepId| plan.of(id).next().is_some();
    let is_skipped = |curriculum: &Curriculum| plan.arranged.skipped.contains(&curriculum.name);
    let there = release.curricula.iter().filter(|one| !is_skipped(one)).flat_map(|one| &one.steps);
    // Of a step that only what was done of it keeps, nothing more comes.
    let is_taken = |id: &&StepId| !plan.arranged.declines(id);
    let mut coming: BTreeSet<StepId> = there.map(|def| &def.id).filter(is_taken).cloned().collect();
    loop {
        let rests_on_gone = |def: &&StepDef| {
            let gone = |id: &StepId| !coming.contains(id) && !is_planned(id);
            // A step that is kept may be done for each member, which the one that counts from it is not.
            let is_of_each = |id: &StepId| release.step(id).is_some_and(|other| other.each.is_some());
            let has_first = |id: &StepId| coming.contains(id) || plan.of(id).any(|(key, _)| key.turn == 1);
            let never = |day: &Day| match day {
                // The first turn's closing is counted from; of a step of which nothing more comes, later ones may stand.
                Day::Closed { step, .. } => !has_first(step),
                Day::Turn { turn_of: id, .. } | Day::Answer { step: id, .. } if def.each.is_none() => is_of_each(id),
                _ => false,
            };
            def.windows.iter().any(|window| window.due.waits_for().is_some_and(gone) || never(&window.due))
        };
        let gone: Vec<StepId> = release
            .steps()
            .filter(|def| coming.contains(&def.id) && !is_planned(&def.id))
            .filter(rests_on_gone)
            .map(|def| def.id.clone())
            .collect();
        if gone.is_empty() {
            break;
        }
        coming.retain(|id| !gone.contains(id));
    }
    for curriculum in &mut release.curricula {
        curriculum.steps.retain(|def| coming.contains(&def.id) || is_planned(&def.id));
        for def in &mut curriculum.steps {
            def.pending.retain(|id| coming.contains(id) || is_planned(id));
        }
    }
}
