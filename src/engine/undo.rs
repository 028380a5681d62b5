//! Undoing a deed. Where nothing followed, the plan is exactly as before; otherwise what was done since
//! stays, and only what is still as the deed left it goes back.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};

use super::access::Actor;
use super::arrange::{Arrangement, Paused};
use super::calendar::{Anchor, Away};
use super::decide::{World, needs_hr_or};
use super::decision::Facts;
use super::deed::{Deed, UNDO_DAYS};
use super::fact::{Fact, Restored, What, fold};
use super::growth::grown_from;
use super::plan::{Plan, Step, StepState};
use super::refusal::Refusal;
use super::release::{Day, Release, StepDef};
use super::ritual;
use super::upgrade::is_untouched;
use super::vocabulary::{Role, StepId, StepKey};

mod readable;
mod sides;

use readable::{forget, go_on, keep_readable, leave_gone_turns, let_go};
use sides::Sides;

/// A deed of a plan, and the plan around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// The number of its fact.
    pub seq: u64,
    pub fact: Fact,
    pub before: Plan,
    /// As `before`, without deeds that were undone since: what this one goes back to.
    pub back: Plan,
    pub after: Plan,
    /// It was undone since.
    pub undone: bool,
}

impl Done {
    /// The calendar that a plan is counted in when this is undone.
    pub fn calendar<'a>(&'a self, plan: &'a Plan) -> &'a String {
        let Done { before, back, after, .. } = self;
        Sides { before, back, after, now: plan }.of(|plan| &plan.calendar).one()
    }
}

/// The deed whose fact has this number, in the facts of a plan.
pub fn find(plan: &Plan, facts: &[Fact], seq: u64) -> Option<Done> {
    let at = usize::try_from(seq.checked_sub(1)?).ok()?;
    let fact = facts.get(at)?;
    let What::Deed { covers, .. } = fact.what else { return None };
    let end = at + 1 + usize::try_from(covers).ok()?;
    let before = facts.get(..at)?.iter().fold(Plan::unwritten(plan.id), fold);
    let after = facts.get(at..end)?.iter().fold(before.clone(), fold);
    let back = without_undone(&before, facts, at);
    let undone = facts.iter().any(|fact| undoes(fact) == Some(seq));
    Some(Done { seq, fact: fact.clone(), before, back, after, undone })
}

/// The plan after the first `at` facts, but for the deeds among them that were undone later. What people
/// did stays.
fn without_undone(before: &Plan, facts: &[Fact], at: usize) -> Plan {
    let (earlier, later) = facts.split_at(at.min(facts.len()));
    let undone: BTreeSet<u64> = later.iter().filter_map(undoes).collect();
    if undone.iter().all(|seq| *seq > before.version) {
        return before.clone();
    }
    let mut plan = Plan::unwritten(before.id);
    let mut passed_over = 0;
    for fact in earlier {
        if let What::Deed { covers, .. } = fact.what
            && undone.contains(&(plan.version + 1))
        {
            passed_over = u64::from(covers) + 1;
        }
        if passed_over > 0 {
            passed_over -= 1;
            plan.version += 1;
        } else {
            plan = fold(plan, fact);
        }
    }
    for (key, step) in before.steps.iter().filter(|(_, step)| is_work(&step.state)) {
        let mine = plan.steps.entry(key.clone()).or_insert_with(|| step.clone());
        (mine.state, mine.touched) = (step.state.clone(), step.touched);
    }
    plan
}

/// The deed that a fact undoes.
fn undoes(fact: &Fact) -> Option<u64> {
    match fact.what {
        What::Undone { deed, .. } => Some(deed),
        _ => None,
    }
}

fn is_work(state: &StepState) -> bool {
    !matches!(state, StepState::Todo { earlier: None } | StepState::Closed { .. } | StepState::Lapsed { .. })
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
    let Done { seq, before, back, after, .. } = done;
    let plan = world.plan;
    // Nothing opens in a plan that ended; whoever wants it back undoes its end first.
    if let Some(ended) = &plan.arranged.ended
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
    let [before, back, after] = &[before, back, after].map(|then| by_names(then, &since));
    let (steps_after, steps_now) = (renamed(&after.steps, &old), renamed(&plan.steps, &old));
    let sides = Sides { before: &before.steps, back: &back.steps, after: &steps_after, now: &steps_now };
    let mut steps = sides.merged_if(is_as_left);
    let sides = Sides { before, back, after, now: plan };
    let members = sides.of(|plan| &plan.members).merged();
    let release = sides.of(|plan| &plan.release).one().clone();
    let mut arranged = arrangement(&sides.of(|plan| &plan.arranged));
    if release == plan.release && before.release != release {
        // What another release offered is no offer of this one.
        arranged.offers.clone_from(&plan.arranged.offers);
    }
    // A step of this plan alone that somebody worked at since is still described by it.
    arranged.own.extend(plan.arranged.own.iter().map(|(id, own)| (id.clone(), own.clone())));
    let present = |id: &StepId| old.iter().find(|(_, was)| *was == id).map_or(id, |(now, _)| now).clone();
    let_go(back, &mut arranged, &mut steps);
    if before.release != after.release {
        forget(world, (&release, back), &present, &arranged, &mut steps);
    }
    keep_readable(world, &release, &present, &mut arranged, &mut steps);
    if release != back.release {
        leave_gone_turns(world, &release, &present, &arranged, &mut steps);
    }
    go_on(world, (&release, back), &arranged, &mut steps);
    for key in brought_since(world, back, &old, &steps) {
        steps.remove(&key);
    }
    if release != plan.release {
        arranged.bases.extend(new_bases(world, before, &release, &present, &steps));
    }
    arranged.own.retain(|id, _| steps.keys().any(|key| key.id == *id));
    // A turn was counted from only since its chain had come so far, by what is undone now.
    let has_gone_back = |key: &StepKey| ritual::has_come_to(key, &steps_now) && !ritual::has_come_to(key, &steps);
    arranged.bases.retain(|key| back.arranged.bases.contains(key) || !has_gone_back(key));
    let restored = Restored {
        release,
        calendar: done.calendar(plan).clone(),
        arranged,
        members: changed(&plan.members, &members),
        steps: changed(&plan.steps, &steps),
    };
    let mut facts = Facts::new(actor, now);
    facts.push(What::Undone { deed: *seq, restored: Box::new(restored) });
    // Where nothing followed, dates are as before; else they are counted again. Of a plan that ended,
    // calendars were edited without counting it.
    let is_exact = plan.version == after.version && same(before, back) && !matches!(deed, Deed::Ended { .. });
    if !is_exact {
        facts.redate();
        facts.grow(world);
    }
    Ok(facts.list)
}

/// The steps that came since the deed because of steps that are open again, or gone, by its undoing: nobody
/// did anything about them, and what should stand grows anew.
fn brought_since(
    world: &World,
    back: &Plan,
    old: &BTreeMap<StepId, StepId>,
    steps: &BTreeMap<StepKey, Step>,
) -> Vec<StepKey> {
    let plan = world.plan;
    let before = |key: &StepKey| StepKey { id: old.get(&key.id).unwrap_or(&key.id).clone(), ..key.clone() };
    let is_open = |key: &StepKey| steps.get(&before(key)).is_none_or(|step| !step.state.is_closed());
    let reopened = plan.steps.iter().filter(|(key, step)| step.state.is_closed() && is_open(key));
    let grown = reopened.flat_map(|(key, _)| grown_from(world.release, plan, key));
    let gone = plan.steps.keys().filter(|key| !steps.contains_key(&before(key))).cloned();
    let grown: Vec<StepKey> = grown.collect();
    let gone: Vec<StepKey> = gone.chain(grown.iter().cloned()).collect();
    let grown = grown.into_iter().chain(gone.iter().flat_map(|key| followers(world.release, plan, key)));
    let is_new = |key: &StepKey| !back.steps.contains_key(key);
    let is_left = |key: &StepKey| plan.steps.get(key).is_some_and(|step| is_untouched(&step.state));
    grown.filter(is_left).map(|key| before(&key)).filter(is_new).collect()
}

/// Where later turns are counted from, of steps that recurred as the release says that the plan leaves and
/// of which turns were closed or came since.
fn new_bases(
    world: &World,
    was: &Plan,
    release: &str,
    present: &dyn Fn(&StepId) -> StepId,
    steps: &BTreeMap<StepKey, Step>,
) -> Vec<StepKey> {
    let defs = world.tailor.releases.get(release).into_iter().flat_map(|release| release.steps());
    let pairs = defs.filter_map(|def| Some((world.release.step(&present(&def.id))?, def)));
    let bases =
        pairs.flat_map(|(was, now)| ritual::new_bases(was, now, steps.iter().filter(|(key, _)| key.id == now.id)));
    let is_as_before = |(key, step): (&StepKey, &Step)| {
        was.steps.get(key).is_some_and(|was| was.state.is_closed() == step.state.is_closed())
    };
    let of_chain = |base: &StepKey| steps.range(base.at_turn(0)..=base.at_turn(u16::MAX));
    bases.filter(|base| !of_chain(base).all(is_as_before)).collect()
}

/// The turns that came with another step's turn.
fn followers(release: &Release, plan: &Plan, turn: &StepKey) -> Vec<StepKey> {
    let follows = |def: &&StepDef| match def.windows.first().map(|window| &window.due) {
        Some(Day::Turn { turn_of, .. }) => *turn_of == turn.id,
        _ => false,
    };
    let is_same = |key: &&StepKey| key.turn == turn.turn && (turn.member.is_none() || key.member == turn.member);
    release
        .steps()
        .filter(follows)
        .flat_map(|def| plan.of(&def.id))
        .map(|(key, _)| key)
        .filter(is_same)
        .cloned()
        .collect()
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

/// The names that steps had before an upgrade gave them others.
fn old_names(before: &Plan, after: &Plan) -> BTreeMap<StepId, StepId> {
    let (was, is) = (&before.arranged.renamed, &after.arranged.renamed);
    // A step that was renamed twice goes back to the name between.
    let name = |old: &StepId| was.get(old).unwrap_or(old).clone();
    is.iter().filter(|(old, new)| was.get(*old) != Some(*new)).map(|(old, new)| (new.clone(), name(old))).collect()
}

/// The names that steps have now by those that they had then: an upgrade since gave them others, or was
/// undone.
pub fn new_names(then: &Plan, now: &Plan) -> BTreeMap<StepId, StepId> {
    let (was, is) = (&then.arranged.renamed, &now.arranged.renamed);
    let first = was.keys().chain(is.keys());
    let names = first.map(|id| (was.get(id).unwrap_or(id).clone(), is.get(id).unwrap_or(id).clone()));
    names.filter(|(then, now)| then != now).collect()
}

/// The steps that a plan had then, by the names that they have now.
pub fn as_named_now(then: &Plan, now: &Plan) -> BTreeMap<StepKey, Step> {
    renamed(&then.steps, &new_names(then, now))
}

/// A plan as it was then, its steps by the names that they have now.
fn by_names(then: &Plan, names: &BTreeMap<StepId, StepId>) -> Plan {
    let (steps, arranged) = (renamed(&then.steps, names), then.arranged.by_names(names));
    Plan { steps, arranged, ..then.clone() }
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

fn arrangement(sides: &Sides<Arrangement>) -> Arrangement {
    let Sides { before, after, now, .. } = *sides;
    // Stretches come with a deed, and go with it alone.
    let is_of_deed = |one: &&Away| after.away.contains(one) && !before.away.contains(one);
    let away = now.away.iter().filter(|one| !is_of_deed(one)).cloned().collect();
    Arrangement {
        away,
        paused: *sides.of(|plan| &plan.paused).one(),
        deputy: *sides.of(|plan| &plan.deputy).one(),
        own: sides.of(|plan| &plan.own).merged(),
        skipped: sides.of(|plan| &plan.skipped).merged_set(),
        declined: sides.of(|plan| &plan.declined).merged_set(),
        kept: sides.of(|plan| &plan.kept).merged(),
        offers: sides.of(|plan| &plan.offers).merged_set(),
        bases: sides.of(|plan| &plan.bases).merged_set(),
        over: sides.of(|plan| &plan.over).merged_set(),
        renamed: sides.of(|plan| &plan.renamed).merged(),
        ended: sides.of(|plan| &plan.ended).one().clone(),
    }
}

fn changed<K: Ord + Clone, V: Clone + PartialEq>(now: &BTreeMap<K, V>, then: &BTreeMap<K, V>) -> Vec<(K, Option<V>)> {
    let keys: BTreeSet<&K> = now.keys().chain(then.keys()).collect();
    let differs = |key: &&K| now.get(*key) != then.get(*key);
    keys.into_iter().filter(differs).map(|key| (key.clone(), then.get(key).cloned())).collect()
}
