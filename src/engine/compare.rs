//! What a deed would change in a plan, before it is done: a plan beside what would become of it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::brief::{self, Mention};
use super::calendar::{Calendar, Dated};
use super::diff::{self, StepFacet};
use super::plan::{CloseReason, Plan, Standing, Step, StepState};
use super::release::{Release, StepDef};
use super::undo;
use super::vocabulary::{Role, StepId, StepKey};

/// A plan with what it is read by.
#[derive(Clone, Copy)]
pub struct Side<'a> {
    pub plan: &'a Plan,
    pub release: &'a Release,
    pub calendar: &'a Calendar,
}

/// What differs between a plan and what would become of it, each in the order of the days.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Comparison {
    pub moved: Vec<Moved>,
    /// Steps that could not be done on this day, and then can be at once.
    pub opening: Vec<StepKey>,
    /// Open steps that are described otherwise; with another release, those that it moves too.
    pub changed: Vec<Changed>,
    /// Steps that come, with their due days.
    pub added: Vec<(StepKey, Dated)>,
    /// Steps that leave the plan.
    pub removed: Vec<StepKey>,
    /// Steps that are closed without being done; none: the next turn opens.
    pub closed: Vec<(StepKey, Option<CloseReason>)>,
    /// Steps that were closed and are open again, with their due days.
    pub reopened: Vec<(StepKey, Dated)>,
    /// Steps that are done and stay so though the change touches them.
    pub done: Vec<StepKey>,
    /// Of both releases, but for those that have passed.
    pub checkpoints: Vec<Checkpoint>,
    /// The last day of the program as it was and is, where it moves.
    pub last_day: Option<(Dated, Dated)>,
}

/// By role: what a brief names that it would not have named, and the other way round.
pub type Mail = BTreeMap<Role, (Vec<StepKey>, Vec<StepKey>)>;

/// A step that comes to be due on another day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// As the plan will name it.
    pub step: StepKey,
    pub was: Dated,
    pub now: Dated,
}

/// A step that stays in the plan and open, and is not as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// As the plan will name it.
    pub step: StepKey,
    pub is_renamed: bool,
    pub is_moved: bool,
    pub facets: Vec<StepFacet>,
}

/// A plan day on which HR looks how far the plan is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// Plan day.
    pub n: u16,
    /// None: it comes.
    pub was: Option<Dated>,
    /// None: it goes.
    pub now: Option<Dated>,
    /// Steps that were due by the day on which it was, and no longer are, of one that stays.
    pub slips: Vec<StepKey>,
}

impl Checkpoint {
    /// Whether its day is not the one that it was.
    pub fn differs(&self) -> bool {
        let date = |side: &Option<Dated>| side.as_ref().map(|dated| dated.date);
        date(&self.was) != date(&self.now)
    }
}

impl Comparison {
    pub fn is_empty(&self) -> bool {
        let Comparison { moved, opening, changed, added, removed, closed, reopened, checkpoints, .. } = self;
        let stays = self.last_day.is_none() && checkpoints.iter().all(|one| !one.differs() && one.slips.is_empty());
        let is_same = moved.is_empty() && opening.is_empty() && changed.is_empty();
        is_same && added.is_empty() && removed.is_empty() && closed.is_empty() && reopened.is_empty() && stays
    }
}

/// What differs, seen on a day. `touched` are the steps whose definition changes, as `after` names them.
pub fn compare(before: Side, after: Side, today: NaiveDate, touched: &[StepId]) -> Comparison {
    let was = earlier_keys(before.plan, after.plan);
    let mut found = Comparison::default();
    for (key, step) in &after.plan.steps {
        let old = was.get(key).and_then(|key| before.plan.steps.get(key));
        let is_open = !step.state.is_closed();
        match old {
            None if is_open => found.added.push((key.clone(), step.due.clone())),
            None => {}
            Some(old) if is_open && old.state.is_closed() => found.reopened.push((key.clone(), step.due.clone())),
            Some(old) if is_open && old.due.date != step.due.date => {
                found.moved.push(Moved { step: key.clone(), was: old.due.clone(), now: step.due.clone() });
            }
            Some(old) => match step.state {
                StepState::Closed { reason, .. } if !old.state.is_closed() => {
                    found.closed.push((key.clone(), Some(reason)));
                }
                StepState::Lapsed { .. } if !old.state.is_closed() => found.closed.push((key.clone(), None)),
                StepState::Done { .. } if touched.contains(&key.id) => found.done.push(key.clone()),
                _ => {}
            },
        }
    }
    found.removed =
        was.iter().filter(|(now, _)| !after.plan.steps.contains_key(now)).map(|(_, old)| old.clone()).collect();
    found.opening = opening(before, after, &was, today);
    found.changed = changed(before, after, &was, &found.moved);
    found.moved.sort_by_key(|one| one.now.date);
    found.added.sort_by_key(|(_, due)| due.date);
    found.reopened.sort_by_key(|(_, due)| due.date);
    found.checkpoints = checkpoints(before, after, &was, today);
    let (ended, ends) = (last_day(before), last_day(after));
    let is_to_come = ended.date.max(ends.date) >= today;
    found.last_day = (ended.date != ends.date && is_to_come).then_some((ended, ends));
    found
}

/// The steps as the plan will name them, with their names until then.
fn earlier_keys(before: &Plan, after: &Plan) -> BTreeMap<StepKey, StepKey> {
    let names = undo::new_names(before, after);
    let now = |key: &StepKey| {
        let id = match after.steps.contains_key(key) {
            true => &key.id,
            false => names.get(&key.id).unwrap_or(&key.id),
        };
        StepKey { id: id.clone(), ..key.clone() }
    };
    before.steps.keys().map(|key| (now(key), key.clone())).collect()
}

fn last_day(side: Side) -> Dated {
    side.calendar.plan_day(side.plan.effective, side.release.program.ends)
}

fn opening(before: Side, after: Side, was: &BTreeMap<StepKey, StepKey>, today: NaiveDate) -> Vec<StepKey> {
    let (old_defs, new_defs) = (before.release.by_id(), after.release.by_id());
    let standing = |side: Side, def: &StepDef, key: &StepKey| {
        side.plan.steps.get(key).map(|step| side.plan.standing(step, def, today))
    };
    let opens = |key: &&StepKey| {
        let old = was.get(*key)?;
        let stood = standing(before, old_defs.get(&old.id)?, old)?;
        let stands = standing(after, new_defs.get(&key.id)?, key)?;
        Some(matches!(stood, Standing::Later | Standing::Blocked { .. }) && stands.is_actionable())
    };
    let mut found: Vec<&StepKey> = after.plan.steps.keys().filter(|key| opens(key) == Some(true)).collect();
    found.sort_by_key(|key| after.plan.steps.get(*key).map(|step| step.due.date));
    found.into_iter().cloned().collect()
}

fn changed(before: Side, after: Side, was: &BTreeMap<StepKey, StepKey>, moved: &[Moved]) -> Vec<Changed> {
    let is_upgrade = before.plan.release != after.plan.release;
    let (old_defs, new_defs) = (before.release.by_id(), after.release.by_id());
    let all = if is_upgrade { diff::names(before.release, after.release) } else { BTreeMap::new() };
    let mut names: BTreeMap<&StepId, &StepId> = all.iter().collect();
    names.extend(was.iter().map(|(now, was)| (&was.id, &now.id)));
    let one = |key: &StepKey| {
        let old = was.get(key)?;
        let is_open = |side: Side, key: &StepKey| side.plan.steps.get(key).is_some_and(|step| !step.state.is_closed());
        if !is_open(before, old) || !is_open(after, key) {
            return None;
        }
        let (old_def, new_def) = (*old_defs.get(&old.id)?, *new_defs.get(&key.id)?);
        let facets = match old_def == new_def {
            true => Vec::new(),
            false => diff::facets(&diff::with_names(old_def, &|id| names.get(id).copied()), new_def),
        };
        let is_moved = is_upgrade && moved.iter().any(|moved| moved.step == *key);
        let is_renamed = old.id != key.id;
        let is_same = facets.is_empty() && !is_moved && !is_renamed;
        (!is_same).then(|| Changed { step: key.clone(), is_renamed, is_moved, facets })
    };
    let mut found: Vec<Changed> = after.plan.steps.keys().filter_map(one).collect();
    found.sort_by_key(|one| after.plan.steps.get(&one.step).map(|step| step.due.date));
    found
}

fn checkpoints(before: Side, after: Side, was: &BTreeMap<StepKey, StepKey>, today: NaiveDate) -> Vec<Checkpoint> {
    let on = |side: Side, n: u16| {
        let is_one = side.release.program.checkpoints.contains(&n);
        is_one.then(|| side.calendar.plan_day(side.plan.effective, n))
    };
    let slip = |(key, step): &(&StepKey, &Step), day: NaiveDate| {
        let old = was.get(*key).and_then(|key| before.plan.steps.get(key));
        !step.state.is_closed() && old.is_some_and(|old| old.due.date <= day && step.due.date > day)
    };
    let one = |n: u16| {
        let (was_on, now) = (on(before, n), on(after, n));
        let is_to_come = [&was_on, &now].into_iter().flatten().any(|day| day.date >= today);
        let stays = was_on.as_ref().filter(|_| now.is_some());
        let slips = stays.into_iter().flat_map(|day| after.plan.steps.iter().filter(|step| slip(step, day.date)));
        let slips = slips.map(|(key, _)| key.clone()).collect();
        is_to_come.then_some(Checkpoint { n, was: was_on, now, slips })
    };
    let days: BTreeSet<u16> =
        [before, after].into_iter().flat_map(|side| side.release.program.checkpoints.iter().copied()).collect();
    days.into_iter().filter_map(one).collect()
}

/// What of the next brief would differ, by the morning on which it comes to each role.
pub fn mail(before: Side, after: Side, morning: impl Fn(Role) -> NaiveDate) -> Mail {
    let was = earlier_keys(before.plan, after.plan);
    let named = |side: Side, role: Role| -> Vec<StepKey> {
        let Side { plan, release, calendar } = side;
        let (defs, morning) = (release.by_id(), morning(role));
        let steps = plan.steps.iter().filter_map(|(key, step)| Some((key, step, *defs.get(&key.id)?)));
        let mention = |at| brief::mention(plan, &release.program, calendar, at, &[role], morning);
        let mut named: Vec<(Mention, StepKey)> = steps.filter_map(|at| Some((mention(at)?, at.0.clone()))).collect();
        named.sort();
        named.into_iter().map(|(_, key)| key).collect()
    };
    let of = |role: Role| {
        let (old, new) = (named(before, role), named(after, role));
        let stood = |key: &StepKey| was.get(key).is_some_and(|old_key| old.contains(old_key));
        let still = |old_key: &StepKey| new.iter().any(|key| was.get(key) == Some(old_key));
        let more: Vec<StepKey> = new.iter().filter(|key| !stood(key)).cloned().collect();
        let fewer: Vec<StepKey> = old.iter().filter(|key| !still(key)).cloned().collect();
        (!more.is_empty() || !fewer.is_empty()).then_some((role, (more, fewer)))
    };
    Role::ALL.into_iter().filter_map(of).collect()
}
