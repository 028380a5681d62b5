//! What stands in a plan once a deed is undone, seen from the release that it goes back to.

use std::collections::{BTreeMap, BTreeSet};

use crate::engine::arrange::{Arrangement, Kept, run_of};
use crate::engine::decide::World;
use crate::engine::plan::{CloseReason, Plan, Step, StepState};
use crate::engine::release::{StepDef, Until};
use crate::engine::upgrade::is_untouched;
use crate::engine::vocabulary::{StepId, StepKey};

/// A playbook's further runs keep what the playbook keeps.
fn base(id: &StepId) -> StepId {
    run_of(id).map_or_else(|| id.clone(), |(base, _)| base)
}

/// What was kept for work alone goes back with the last of it, and what had made room for it comes back.
pub(super) fn let_go(back: &Plan, arranged: &mut Arrangement, steps: &mut BTreeMap<StepKey, Step>) {
    let worked: BTreeSet<StepId> =
        steps.iter().filter(|(_, step)| !is_untouched(&step.state)).map(|(key, _)| base(&key.id)).collect();
    let over = arranged.kept.iter().filter(|(id, kept)| kept.for_work && !worked.contains(*id));
    let over: BTreeSet<StepId> = over.map(|(id, _)| id.clone()).collect();
    let was = &back.arranged;
    arranged.kept.retain(|id, _| !over.contains(id));
    arranged
        .kept
        .extend(was.kept.iter().filter(|(id, _)| over.contains(id)).map(|(id, kept)| (id.clone(), kept.clone())));
    arranged.declined.retain(|id| !over.contains(id) || was.declined.contains(id));
    for (key, step) in back.steps.iter().filter(|(key, _)| over.contains(&base(&key.id))) {
        steps.entry(key.clone()).or_insert_with(|| step.clone());
    }
}

/// What was done since stays, and is still read by the release that knows it; of that, nothing more comes.
/// What nobody did anything about goes with the release that had it. `now` is the name that a step has in
/// the plan as it is.
pub(super) fn keep_readable(
    world: &World,
    release: &String,
    now: &dyn Fn(&StepId) -> StepId,
    arranged: &mut Arrangement,
    steps: &mut BTreeMap<StepKey, Step>,
) {
    let releases = &world.tailor.releases;
    let kept_now = |id: &StepId| {
        let id = now(id);
        let kept = Kept { release: world.plan.release.clone(), id: id.clone(), for_work: true };
        let was = world.plan.arranged.kept.get(&id);
        was.map_or(kept, |was| Kept { for_work: true, ..was.clone() })
    };
    let in_release = |id: &StepId| releases.get(release).is_some_and(|release| release.step(id).is_some());
    let is_known = |key: &StepKey| {
        let id = base(&key.id);
        let is_taken = in_release(&id) && !arranged.declined.contains(&id);
        is_taken || arranged.own.contains_key(&key.id) || arranged.kept.contains_key(&id)
    };
    let unknown: BTreeSet<StepKey> = steps.keys().filter(|key| !is_known(key)).cloned().collect();
    let rests = |id: &StepId| arranged.declined.contains(id) && arranged.kept.get(id).is_some_and(|kept| kept.for_work);
    steps.retain(|key, step| !(unknown.contains(key) || rests(&base(&key.id))) || !is_untouched(&step.state));
    for id in unknown.iter().filter(|key| steps.contains_key(*key)).map(|key| base(&key.id)) {
        arranged.kept.insert(id.clone(), kept_now(&id));
        arranged.declined.insert(id);
    }
    // What was done for each member since is not asked of all again, nor the other way round.
    let is_misfit = |key: &StepKey| {
        def(world, release, arranged, key).is_some_and(|def| def.each.is_some() != key.member.is_some())
    };
    let worked = steps.iter().filter(|(key, step)| is_misfit(key) && !is_untouched(&step.state));
    let worked: BTreeSet<StepId> = worked.map(|(key, _)| base(&key.id)).collect();
    steps.retain(|key, step| !is_untouched(&step.state) || is_misfit(key) == worked.contains(&base(&key.id)));
    arranged.kept.extend(worked.into_iter().map(|id| (id.clone(), kept_now(&id))));
}

/// A step as a plan would have it.
fn def<'a>(world: &World<'a>, release: &String, arranged: &Arrangement, key: &StepKey) -> Option<&'a StepDef> {
    let (releases, id) = (&world.tailor.releases, base(&key.id));
    match arranged.kept.get(&id) {
        Some(kept) => releases.get(&kept.release)?.step(&kept.id),
        None => releases.get(release)?.step(&id),
    }
}

/// Nobody did anything about it; it came or passed by itself.
fn is_of_time(state: &StepState) -> bool {
    let is_past = matches!(state, StepState::Lapsed { .. } | StepState::Closed { reason: CloseReason::Ended, .. });
    is_past || is_untouched(state)
}

/// What time alone did under a release that the plan leaves: turns that came leave with it where the one
/// before has none, and a step that never lapses there has not lapsed.
pub(super) fn forget(
    world: &World,
    (release, back): (&String, &Plan),
    now: &dyn Fn(&StepId) -> StepId,
    arranged: &Arrangement,
    steps: &mut BTreeMap<StepKey, Step>,
) {
    // A listed day that the list no longer has is no turn of a rhythm.
    let was_listed = |key: &StepKey| world.release.step(&now(&key.id)).is_some_and(|def| key.turn <= def.listed());
    let has = |key: &StepKey| {
        let fits = |def: &StepDef| def.may_have(key.turn) && (key.turn <= def.listed() || !was_listed(key));
        def(world, release, arranged, key).is_some_and(fits)
    };
    steps.retain(|key, step| back.steps.contains_key(key) || !is_of_time(&step.state) || has(key));
    let lapses = |key: &StepKey| def(world, release, arranged, key).is_none_or(|def| def.is_ritual_turn(key.turn));
    for (key, was) in back.steps.iter().filter(|(key, was)| !was.state.is_closed() && !lapses(key)) {
        if let Some(step) = steps.get_mut(key).filter(|step| matches!(step.state, StepState::Lapsed { .. })) {
            *step = was.clone();
        }
    }
}

/// Under a release that came since, no turn comes back that it does not have.
pub(super) fn leave_gone_turns(
    world: &World,
    release: &String,
    now: &dyn Fn(&StepId) -> StepId,
    arranged: &Arrangement,
    steps: &mut BTreeMap<StepKey, Step>,
) {
    let is_open = |key: &StepKey| world.plan.steps.get(key).is_some_and(|step| !step.state.is_closed());
    let stands = |key: &StepKey| is_open(&StepKey { id: now(&key.id), ..key.clone() });
    let may_have = |key: &StepKey| def(world, release, arranged, key).is_none_or(|def| def.may_have(key.turn));
    steps.retain(|key, step| !is_untouched(&step.state) || stands(key) || may_have(key));
}

/// A turn that ended since with what it recurred until is open again with it.
pub(super) fn go_on(
    world: &World,
    (release, back): (&String, &Plan),
    arranged: &Arrangement,
    steps: &mut BTreeMap<StepKey, Step>,
) {
    let is_open = |id: &StepId| steps.iter().any(|(key, step)| key.id == *id && !step.state.is_closed());
    let goes_on = |key: &StepKey| match def(world, release, arranged, key)?.every.as_ref()?.until {
        Until::Closed { ref step, .. } => Some(is_open(step)),
        _ => None,
    };
    let has_ended = |step: &Step| match step.state {
        StepState::Closed { reason: CloseReason::Ended, evidence, .. } => Some(evidence),
        _ => None,
    };
    let ended = steps.iter().filter_map(|(key, step)| Some((key.clone(), has_ended(step)?)));
    let had_ended = |key: &StepKey| back.steps.get(key).is_some_and(|step| has_ended(step).is_some());
    let again: Vec<_> = ended.filter(|(key, _)| !had_ended(key) && goes_on(key) == Some(true)).collect();
    for (key, earlier) in again {
        if let Some(step) = steps.get_mut(&key) {
            step.state = StepState::Todo { earlier };
        }
    }
}
