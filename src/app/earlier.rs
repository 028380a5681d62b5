//! A plan as it was: on a past day, when something was answered, when a step last stood in it.

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use diesel_async::AsyncPgConnection;

use super::Error;
use super::worlds::{Library, PlanWorld};
use crate::engine::fact::{Fact, What, fold};
use crate::engine::plan::{Plan, WritingRef};
use crate::engine::release::StepDef;
use crate::engine::vocabulary::StepKey;
use crate::engine::zone::{local_date, start_of};
use crate::store::facts;

/// A plan at the end of a past day.
#[derive(Debug, Clone)]
pub struct Then {
    pub world: PlanWorld,
    /// The last moment of that day.
    pub at: DateTime<Utc>,
}

/// Why there is no plan to see on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Never {
    /// It began later, on this day.
    BeforeStart(NaiveDate),
    /// The day is yet to come.
    NotYet,
}

/// A plan as it was at the end of a day on the manager's clock; today, as it is.
///
/// # Errors
/// The database fails.
pub async fn at_end_of(
    conn: &mut AsyncPgConnection,
    world: PlanWorld,
    day: NaiveDate,
    now: DateTime<Utc>,
) -> Result<Result<Then, (PlanWorld, Never)>, Error> {
    let zone = world.zone();
    let began = local_date(world.plan.started_at, zone);
    if day < began {
        return Ok(Err((world, Never::BeforeStart(began))));
    }
    let Some(next) = day.checked_add_days(Days::new(1)).filter(|_| day <= world.today(now)) else {
        return Ok(Err((world, Never::NotYet)));
    };
    let end = start_of(next, zone);
    let facts = facts::read(conn, world.plan.id).await?;
    let until = facts.iter().take_while(|fact| fact.at < end);
    let plan = until.fold(Plan::unwritten(world.plan.id), fold);
    let world = Library::default().worlds(conn, vec![plan]).await?.pop().ok_or(Error::NotFound)?;
    Ok(Ok(Then { world, at: now.min(end - TimeDelta::seconds(1)) }))
}

/// The definition with whose form something was answered, when it is not the one of now.
///
/// # Errors
/// The database fails, or a release is gone.
pub async fn answered_def(
    conn: &mut AsyncPgConnection,
    world: &PlanWorld,
    evidence: WritingRef,
) -> Result<Option<StepDef>, Error> {
    let is_of = |given: &Option<WritingRef>| given.is_some_and(|given| given.id == evidence.id);
    let answered = |fact: &Fact| match &fact.what {
        What::HandedIn { step, evidence } | What::Done { step, evidence } if is_of(evidence) => Some(step.clone()),
        _ => None,
    };
    if !facts::was_upgraded(conn, world.plan.id).await? {
        return Ok(None);
    }
    let facts = facts::read(conn, world.plan.id).await?;
    let Some((before, step)) = split(&facts, answered) else { return Ok(None) };
    def_in(conn, world, before, &step).await
}

/// The definition of a step when it last stood in a plan.
///
/// # Errors
/// The database fails, or a release is gone.
pub async fn last_def(
    conn: &mut AsyncPgConnection,
    world: &PlanWorld,
    step: &StepKey,
) -> Result<Option<StepDef>, Error> {
    let facts = facts::read(conn, world.plan.id).await?;
    let mut last = None;
    let mut plan = Plan::unwritten(world.plan.id);
    for (n, fact) in facts.iter().enumerate() {
        plan = fold(plan, fact);
        if plan.steps.contains_key(step) {
            last = Some(n + 1);
        }
    }
    match last.and_then(|last| facts.get(..last)) {
        Some(until) => def_in(conn, world, until, step).await,
        None => Ok(None),
    }
}

/// What a finder finds in the facts, with those before it.
fn split<T>(facts: &[Fact], find: impl Fn(&Fact) -> Option<T>) -> Option<(&[Fact], T)> {
    let (at, found) = facts.iter().enumerate().find_map(|(at, fact)| Some((at, find(fact)?)))?;
    Some((facts.get(..at)?, found))
}

/// A step's definition in the release that a plan ran after these facts.
async fn def_in(
    conn: &mut AsyncPgConnection,
    world: &PlanWorld,
    facts: &[Fact],
    step: &StepKey,
) -> Result<Option<StepDef>, Error> {
    let then = facts.iter().fold(Plan::unwritten(world.plan.id), fold);
    let tailor = Library::default().tailor(conn, &then).await?;
    Ok(tailor.tailored(&then).and_then(|release| release.step(&step.id).cloned()))
}

/// The name of a step that had another one only until its upgrade was undone.
pub async fn name_before(conn: &mut AsyncPgConnection, plan: &Plan, key: &StepKey) -> Result<Option<StepKey>, Error> {
    let facts = facts::read(conn, plan.id).await?;
    let mut name = key.clone();
    for fact in facts.iter().rev() {
        if let What::Renamed { step, to } = &fact.what
            && *to == name
        {
            name = step.clone();
            // A later upgrade may have renamed it again.
            let now = if plan.steps.contains_key(&name) { Some(name.clone()) } else { name_now(plan, &name) };
            if now.is_some() {
                return Ok(now);
            }
        }
    }
    Ok(None)
}

/// The name by which a renamed step stands in a plan now.
pub fn name_now(plan: &Plan, key: &StepKey) -> Option<StepKey> {
    let mut name = &key.id;
    // A chain of names is no longer than there are names, even one that leads back to its beginning.
    for _ in 0..plan.arranged.renamed.len() {
        name = plan.arranged.renamed.get(name)?;
        let now = StepKey { id: name.clone(), ..key.clone() };
        if plan.steps.contains_key(&now) {
            return Some(now);
        }
    }
    None
}
