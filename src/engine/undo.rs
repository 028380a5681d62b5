//! Undoing a deed. Where nothing followed, the plan is exactly as before; otherwise what was done since
//! stays, and only what is still as the deed left it goes back.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};

use super::access::Actor;
use super::arrange::{Arrangement, Kept, Paused, run_of};
use super::calendar::Anchor;
use super::decide::{World, needs_hr_or};
use super::decision::Facts;
use super::deed::{Deed, UNDO_DAYS};
use super::fact::{Fact, Restored, What, fold};
use super::plan::{Plan, Step};
use super::refusal::Refusal;
use super::upgrade::is_untouched;
use super::vocabulary::{Role, StepId, StepKey};

/// A deed of a plan, and the plan around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// The number of its fact.
    pub seq: u64,
    pub fact: Fact,
    pub before: Plan,
    pub after: Plan,
    /// It was undone since.
    pub undone: bool,
}

/// The deed whose fact has this number, in the facts of a plan.
pub fn find(plan: &Plan, facts: &[Fact], seq: u64) -> Option<Done> {
    let at = usize::try_from(seq.checked_sub(1)?).ok()?;
    let fact = facts.get(at)?;
    let What::Deed { covers, .. } = fact.what else { return None };
    let end = at + 1 + usize::try_from(covers).ok()?;
    let before = facts.get(..at)?.iter().fold(Plan::unwritten(plan.id), fold);
    let after = facts.get(at..end)?.iter().fold(before.clone(), fold);
    let undone = facts.iter().any(|fact| matches!(fact.what, What::Undone { deed, .. } if deed == seq));
    Some(Done { seq, fact: fact.clone(), before, after, undone })
}

/// The facts that undo a deed. `world` is the plan as it is now.
///
/// # Errors
/// It was undone, is too old, or a later upgrade rests on it; the actor may not.
pub fn undo(world: &World, actor: Actor, done: &Done, now: DateTime<Utc>) -> Result<Vec<Fact>, Refusal> {
    let What::Deed { deed, .. } = &done.fact.what else { return Err(Refusal::NothingToUndo) };
    allowed(world, actor, deed)?;
    if done.undone {
        return Err(Refusal::NothingToUndo);
    }
    if (now - done.fact.at).num_days() >= UNDO_DAYS {
        return Err(Refusal::TooLateToUndo { days: UNDO_DAYS });
    }
    let Done { seq, before, after, .. } = done;
    let plan = world.plan;
    // Nothing opens in a plan that ended; whoever wants it back undoes its end first.
    if let Some(ended) = plan.arranged.ended
        && !matches!(deed, Deed::Ended { .. })
    {
        return Err(Refusal::PlanEnded { how: ended.how, at: ended.at });
    }
    if before.release != after.release && plan.release != after.release {
        return Err(Refusal::LaterUpgrade);
    }
    // A pause that was ended since is undone with its end first.
    let is_this = |paused: &Paused| paused.deed == *seq;
    if matches!(deed, Deed::Paused { .. }) && !plan.arranged.paused.as_ref().is_some_and(is_this) {
        return Err(Refusal::NotPaused);
    }
    let old = old_names(before, after);
    let since = new_names(after, plan);
    let steps_then = |then: &Plan| renamed(&then.steps, &since);
    let mut steps =
        merged_if(&steps_then(before), &renamed(&steps_then(after), &old), &renamed(&plan.steps, &old), is_as_left);
    let members = merged(&before.members, &after.members, &plan.members);
    let release = one(&before.release, &after.release, &plan.release);
    let mut arranged = arrangement(&before.arranged, &after.arranged, &plan.arranged);
    if release == plan.release && before.release != release {
        // What another release offered is no offer of this one.
        arranged.offers.clone_from(&plan.arranged.offers);
    }
    // A step of this plan alone that somebody worked at since is still described by it.
    let own = plan.arranged.own.iter().filter(|(id, _)| steps.keys().any(|key| key.id == **id));
    arranged.own.extend(own.map(|(id, own)| (id.clone(), own.clone())));
    let present = |id: &StepId| old.iter().find(|(_, was)| *was == id).map_or(id, |(now, _)| now).clone();
    keep_readable(world, &release, &present, &mut arranged, &mut steps);
    let restored = Restored {
        release,
        calendar: one(&before.calendar, &after.calendar, &plan.calendar),
        arranged,
        members: changed(&plan.members, &members),
        steps: changed(&plan.steps, &steps),
    };
    let mut facts = Facts::new(actor, now);
    facts.push(What::Undone { deed: *seq, restored: Box::new(restored) });
    // Dates that something else moved since are counted again; where nothing followed, they are as before.
    let is_exact = same(plan, after);
    if !is_exact {
        facts.redate();
        facts.grow(world);
    }
    Ok(facts.list)
}

/// What was done since stays, and is still read by the release that knows it; of that, nothing more comes.
/// What nobody did anything about goes with the release that had it. `now` is the name that a step has in
/// the plan as it is.
fn keep_readable(
    world: &World,
    release: &String,
    now: &dyn Fn(&StepId) -> StepId,
    arranged: &mut Arrangement,
    steps: &mut BTreeMap<StepKey, Step>,
) {
    let releases = &world.tailor.releases;
    let base = |id: &StepId| run_of(id).map_or_else(|| id.clone(), |(base, _)| base);
    let kept_now = |id: &StepId| {
        let id = now(id);
        let kept = Kept { release: world.plan.release.clone(), id: id.clone() };
        world.plan.arranged.kept.get(&id).cloned().unwrap_or(kept)
    };
    let is_known = |key: &StepKey| {
        let id = base(&key.id);
        let is_there = releases.get(release).is_some_and(|release| release.step(&id).is_some());
        let is_taken = is_there && !arranged.declined.contains(&id);
        is_taken || arranged.own.contains_key(&key.id) || arranged.kept.contains_key(&id)
    };
    let unknown: BTreeSet<StepKey> = steps.keys().filter(|key| !is_known(key)).cloned().collect();
    steps.retain(|key, step| !unknown.contains(key) || !is_untouched(&step.state));
    for id in unknown.iter().filter(|key| steps.contains_key(*key)).map(|key| base(&key.id)) {
        arranged.kept.insert(id.clone(), kept_now(&id));
        arranged.declined.insert(id);
    }
    // What was done for each member since is not asked of all again, nor the other way round.
    let def = |id: &StepId| match arranged.kept.get(&base(id)) {
        Some(kept) => releases.get(&kept.release)?.step(&kept.id),
        None => releases.get(release)?.step(&base(id)),
    };
    let is_misfit = |key: &StepKey| def(&key.id).is_some_and(|def| def.each.is_some() != key.member.is_some());
    let worked = steps.iter().filter(|(key, step)| is_misfit(key) && !is_untouched(&step.state));
    let worked: BTreeSet<StepId> = worked.map(|(key, _)| base(&key.id)).collect();
    steps.retain(|key, step| !is_untouched(&step.state) || is_misfit(key) == worked.contains(&base(&key.id)));
    arranged.kept.extend(worked.into_iter().map(|id| (id.clone(), kept_now(&id))));
}

fn same(a: &Plan, b: &Plan) -> bool {
    (&a.steps, &a.arranged, &a.members, &a.release, &a.calendar)
        == (&b.steps, &b.arranged, &b.members, &b.release, &b.calendar)
}

fn allowed(world: &World, actor: Actor, deed: &Deed) -> Result<(), Refusal> {
    let also = match deed {
        Deed::Upgraded { .. } | Deed::Ended { .. } | Deed::Redated { .. } => None,
        deed if deed.is_of_roster() => None,
        Deed::OfferTaken { .. } | Deed::OfferDeclined { .. } => Some(Role::Manager),
        Deed::DeputyNamed { .. } => Some(Role::Mentor),
        _ => Some(Role::Superior),
    };
    needs_hr_or(world, actor, also)
}

/// What goes back to what it was before, unless somebody changed it since.
fn one<T: Clone + PartialEq>(before: &T, after: &T, now: &T) -> T {
    if now == after { before.clone() } else { now.clone() }
}

/// The names that steps had before an upgrade gave them others.
fn old_names(before: &Plan, after: &Plan) -> BTreeMap<StepId, StepId> {
    let (was, is) = (&before.arranged.renamed, &after.arranged.renamed);
    // A step that was renamed twice goes back to the name between.
    let name = |old: &StepId| was.get(old).unwrap_or(old).clone();
    is.iter().filter(|(old, new)| was.get(*old) != Some(*new)).map(|(old, new)| (new.clone(), name(old))).collect()
}

/// The names that steps have now by those that they had then: an upgrade since gave them others, or was
/// undone.
pub(super) fn new_names(then: &Plan, now: &Plan) -> BTreeMap<StepId, StepId> {
    let (was, is) = (&then.arranged.renamed, &now.arranged.renamed);
    let first = was.keys().chain(is.keys());
    let names = first.map(|id| (was.get(id).unwrap_or(id).clone(), is.get(id).unwrap_or(id).clone()));
    names.filter(|(then, now)| then != now).collect()
}

fn renamed(steps: &BTreeMap<StepKey, Step>, names: &BTreeMap<StepId, StepId>) -> BTreeMap<StepKey, Step> {
    let name = |key: &StepKey| StepKey { id: names.get(&key.id).unwrap_or(&key.id).clone(), ..key.clone() };
    steps.iter().map(|(key, step)| (name(key), step.clone())).collect()
}

/// Whether nobody did anything about a step. Dates that were counted over again are no change: they are
/// counted once more.
fn is_as_left(after: &Step, now: &Step) -> bool {
    let chosen = |step: &Step| match step.due.why.from {
        Anchor::Chosen { on } => Some(on),
        _ => None,
    };
    (&now.state, now.touched, chosen(now)) == (&after.state, after.touched, chosen(after))
}

fn merged<K: Ord + Clone, V: Clone + PartialEq>(
    before: &BTreeMap<K, V>,
    after: &BTreeMap<K, V>,
    now: &BTreeMap<K, V>,
) -> BTreeMap<K, V> {
    merged_if(before, after, now, PartialEq::eq)
}

fn merged_if<K: Ord + Clone, V: Clone>(
    before: &BTreeMap<K, V>,
    after: &BTreeMap<K, V>,
    now: &BTreeMap<K, V>,
    is_as_left: impl Fn(&V, &V) -> bool,
) -> BTreeMap<K, V> {
    let keys: BTreeSet<&K> = before.keys().chain(now.keys()).collect();
    let value = |key: &K| {
        let stands = match (after.get(key), now.get(key)) {
            (Some(after), Some(now)) => is_as_left(after, now),
            (after, now) => after.is_none() && now.is_none(),
        };
        let was = if stands { before.get(key) } else { now.get(key) };
        Some((key.clone(), was?.clone()))
    };
    keys.into_iter().filter_map(value).collect()
}

fn merged_set<T: Ord + Clone>(before: &BTreeSet<T>, after: &BTreeSet<T>, now: &BTreeSet<T>) -> BTreeSet<T> {
    let is_in = |one: &&T| {
        let same = now.contains(*one) == after.contains(*one);
        if same { before.contains(*one) } else { now.contains(*one) }
    };
    before.union(now).filter(is_in).cloned().collect()
}

fn arrangement(before: &Arrangement, after: &Arrangement, now: &Arrangement) -> Arrangement {
    let mut away: Vec<_> = before.away.clone();
    away.extend(
        now.away.iter().filter(|one| !after.away.contains(one) && !away.contains(one)).cloned().collect::<Vec<_>>(),
    );
    away.retain(|one| now.away.contains(one) || !after.away.contains(one));
    Arrangement {
        away,
        paused: one(&before.paused, &after.paused, &now.paused),
        deputy: one(&before.deputy, &after.deputy, &now.deputy),
        own: merged(&before.own, &after.own, &now.own),
        skipped: merged_set(&before.skipped, &after.skipped, &now.skipped),
        declined: merged_set(&before.declined, &after.declined, &now.declined),
        kept: merged(&before.kept, &after.kept, &now.kept),
        offers: merged_set(&before.offers, &after.offers, &now.offers),
        renamed: merged(&before.renamed, &after.renamed, &now.renamed),
        ended: one(&before.ended, &after.ended, &now.ended),
    }
}

fn changed<K: Ord + Clone, V: Clone + PartialEq>(now: &BTreeMap<K, V>, then: &BTreeMap<K, V>) -> Vec<(K, Option<V>)> {
    let keys: BTreeSet<&K> = now.keys().chain(then.keys()).collect();
    let differs = |key: &&K| now.get(*key) != then.get(*key);
    keys.into_iter().filter(differs).map(|key| (key.clone(), then.get(key).cloned())).collect()
}
