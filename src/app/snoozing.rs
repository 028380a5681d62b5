//! Putting a step off: letters are silent about it for a while, its days stay as they are.

use chrono::{Days, NaiveDate};
use diesel_async::AsyncPgConnection;

use super::letters::MOST_SNOOZES;
use super::worlds::{self, PlanWorld};
use super::{Error, Moment};
use crate::engine::Refusal;
use crate::engine::access::{self, Viewer};
use crate::engine::plan::{Standing, StepState};
use crate::engine::vocabulary::{PersonId, PlanId, Role, StepKey};
use crate::store::pool::Tx;
use crate::store::snoozes::{self, Snooze};

/// Calendar days for which a step is put off.
pub const DAYS: u64 = 3;

/// The longest that an answer by mail may ask for.
const LONGEST: u64 = 14;

/// Puts a step off for some calendar days; the same again while it lasts changes nothing.
///
/// # Errors
/// The step is not open, not theirs, or was put off too often.
pub async fn put_off(
    tx: &mut Tx,
    who: Viewer,
    (plan, step): (PlanId, &StepKey),
    days: u64,
    moment: &Moment,
) -> Result<(), Error> {
    let world = worlds::lock(tx, who.scope(), plan).await?;
    let before = of(tx, plan, step, who.id).await?;
    let today = world.today(moment.now);
    if lasts(before, today).is_some() {
        return Ok(());
    }
    may(&world, step, who, before)?;
    Ok(snoozes::put(tx, plan, step, who.id, until(today, days)).await?)
}

/// Takes the last putting off back, while it lasts.
///
/// # Errors
/// The viewer has no part in the plan.
pub async fn take_back(
    tx: &mut Tx,
    who: Viewer,
    (plan, step): (PlanId, &StepKey),
    moment: &Moment,
) -> Result<(), Error> {
    let today = worlds::lock(tx, who.scope(), plan).await?.today(moment.now);
    match lasts(of(tx, plan, step, who.id).await?, today) {
        Some(_) => Ok(snoozes::take_back(tx, plan, step, who.id, today).await?),
        None => Ok(()),
    }
}

/// How somebody has put a step off, if they ever did.
///
/// # Errors
/// The database fails.
pub async fn of(
    conn: &mut AsyncPgConnection,
    plan: PlanId,
    step: &StepKey,
    person: PersonId,
) -> Result<Option<Snooze>, Error> {
    let all = snoozes::in_plans(conn, &[plan]).await?;
    Ok(all.get(&(plan, step.clone(), person)).copied())
}

/// The first day on which letters name the step again, while it is put off.
pub fn lasts(snooze: Option<Snooze>, today: NaiveDate) -> Option<NaiveDate> {
    snooze.map(|snooze| snooze.until).filter(|until| *until > today)
}

/// The first day on which letters name again what is put off today.
pub fn until(today: NaiveDate, days: u64) -> NaiveDate {
    today + Days::new(days.clamp(1, LONGEST))
}

/// Whether somebody may put a step off that they have put off so far as `before` says.
///
/// # Errors
/// Why not.
pub fn may(world: &PlanWorld, key: &StepKey, who: Viewer, before: Option<Snooze>) -> Result<(), Refusal> {
    let unknown = || Refusal::NoSuchStep { step: key.clone() };
    let (step, def) = world.plan.steps.get(key).zip(world.release.step(&key.id)).ok_or_else(unknown)?;
    if let Some(ended) = &world.plan.arranged.ended {
        return Err(Refusal::PlanEnded { how: ended.how, at: ended.at });
    }
    if !access::may_do(&world.plan, def, who) {
        return Err(Refusal::NotYours { needs: def.who });
    }
    match step.state {
        StepState::Todo { .. } | StepState::Returned { .. } => {}
        StepState::HandedIn { .. } => {
            return Err(Refusal::InReview { step: key.clone(), by: def.review.unwrap_or(Role::Mentor) });
        }
        _ => return Err(Refusal::AlreadyClosed { step: key.clone() }),
    }
    match before {
        Some(before) if before.times >= MOST_SNOOZES => Err(Refusal::PutOffTooOften { times: MOST_SNOOZES }),
        _ => Ok(()),
    }
}

/// Whether a page offers it: where a letter speaks of the step these days. What came back is put off by
/// nobody: somebody waits for it.
pub fn is_offered(world: &PlanWorld, key: &StepKey, who: Viewer, before: Option<Snooze>, today: NaiveDate) -> bool {
    let Some((step, def)) = world.plan.steps.get(key).zip(world.release.step(&key.id)) else { return false };
    let is_due = match world.plan.standing(step, def, today) {
        Standing::Overdue { .. } => true,
        Standing::Open { .. } => step.due.date <= world.calendar.after(today, world.release.program.due_soon),
        _ => false,
    };
    let hears = (def.who != Role::Hr || world.plan.cast.hr == who.id)
        && access::is_on_duty(&world.plan, who.id, def.who, today)
        && !world.plan.arranged.rests_on(today);
    is_due
        && hears
        && matches!(step.state, StepState::Todo { .. })
        && lasts(before, today).is_none()
        && may(world, key, who, before).is_ok()
}
