//! What one press in a mail does: on a step, on a report. A link does one thing, for one person; pressed
//! twice it does it once; when the step has moved on it does nothing more.

use diesel_async::AsyncPgConnection;

use super::letters::MOST_SNOOZES;
use super::steps::{self, At};
use super::worlds::{self, PlanWorld};
use super::{Error, Moment, moment};
use crate::engine::Refusal;
use crate::engine::access::{self, Actor, Viewer};
use crate::engine::form::Answers;
use crate::engine::plan::StepState;
use crate::engine::vocabulary::{PersonId, PlanId};
use crate::store::links::{self, Found, ReportAct, StepAct, StepLink};
use crate::store::people::{self, Person};
use crate::store::pool::Tx;
use crate::store::report_answers;
use crate::store::snoozes::{self, Snooze};

/// Calendar days for which a step is put off.
pub const SNOOZE_DAYS: u64 = 3;

/// The longest that an answer by mail may ask for.
const LONGEST_SNOOZE: u64 = 14;

/// What a link does, for whom, and how things stand.
#[derive(Debug, Clone)]
pub struct Pressed {
    pub person: Person,
    pub world: PlanWorld,
    pub does: Found,
}

/// What is behind a link; looking changes nothing.
///
/// # Errors
/// There is no such link.
pub async fn behind(conn: &mut AsyncPgConnection, secret: &str) -> Result<Pressed, Error> {
    let (person, does) = links::acting(conn, &moment::token_hash(secret)).await?.ok_or(Error::NotFound)?;
    let person = people::find(conn, person).await?.ok_or(Error::NotFound)?;
    let plan = match &does {
        Found::Step(on) => on.plan,
        Found::Report { plan, .. } => *plan,
    };
    // Whoever has no part in the plan any more has no link either.
    let world = worlds::find(conn, viewer(person.id).scope(), plan).await?;
    Ok(Pressed { person, world, does })
}

/// Does what a link is for.
///
/// # Errors
/// There is no such link; or the rules refuse it now.
pub async fn press(tx: &mut Tx, secret: &str, line: &str, moment: &Moment) -> Result<(), Error> {
    let (person, does) = links::acting(tx, &moment::token_hash(secret)).await?.ok_or(Error::NotFound)?;
    match does {
        Found::Step(on) => step(tx, person, &on, line, moment).await,
        Found::Report { plan, day, act } => report(tx, person, plan, day, act, moment).await,
    }
}

/// Takes back what a link did.
///
/// # Errors
/// There is no such link; or others have built on it.
pub async fn undo(tx: &mut Tx, secret: &str, moment: &Moment) -> Result<(), Error> {
    let (person, does) = links::acting(tx, &moment::token_hash(secret)).await?.ok_or(Error::NotFound)?;
    match does {
        Found::Step(StepLink { plan, step, act: StepAct::Snooze, .. }) => {
            worlds::lock(tx, viewer(person).scope(), plan).await?;
            Ok(snoozes::take_back(tx, plan, &step, person).await?)
        }
        Found::Step(StepLink { plan, step, act, .. }) => {
            let at = At { plan, step, seen: None };
            match act {
                StepAct::Done => steps::take_back(tx, viewer(person), &at, moment).await,
                _ => steps::reconsider(tx, viewer(person), &at, moment).await,
            }
        }
        Found::Report { plan, day, .. } => {
            superior(tx, person, plan).await?;
            Ok(report_answers::take_back(tx, plan, day).await?)
        }
    }
}

/// Does one thing about one step; the same again changes nothing.
///
/// # Errors
/// The rules refuse it now, or it needs more than a press.
pub async fn step(tx: &mut Tx, person: PersonId, on: &StepLink, line: &str, moment: &Moment) -> Result<(), Error> {
    let (plan, seen) = (on.plan, Some(on.seen));
    let at = |seen| At { plan, step: on.step.clone(), seen };
    let who = viewer(person);
    match on.act {
        StepAct::Snooze => snooze(tx, person, on, SNOOZE_DAYS, moment).await,
        StepAct::Done => steps::hand_in(tx, who, &at(None), Answers::default(), moment).await,
        StepAct::Accept | StepAct::Return if is_done(tx, person, on).await? => Ok(()),
        StepAct::Accept => steps::accept(tx, who, &at(seen), line, moment).await,
        StepAct::Return => steps::send_back(tx, who, &at(seen), line, moment).await,
    }
}

/// Whether this very reviewer has given this very answer.
async fn is_done(tx: &mut Tx, person: PersonId, on: &StepLink) -> Result<bool, Error> {
    let world = worlds::find(tx, viewer(person).scope(), on.plan).await?;
    Ok(stands(&world, on, person))
}

/// Whether a step stands as a link would leave it, by its person.
pub fn stands(world: &PlanWorld, on: &StepLink, person: PersonId) -> bool {
    match (world.plan.steps.get(&on.step).map(|step| &step.state), on.act) {
        (Some(StepState::HandedIn { by, .. } | StepState::Done { by, .. }), StepAct::Done) => *by == person,
        (Some(StepState::Done { review: Some(review), .. }), StepAct::Accept) => review.by == person,
        (Some(StepState::Returned { by, .. }), StepAct::Return) => *by == person,
        _ => false,
    }
}

/// Puts a step off for some calendar days, so often in a row at most.
///
/// # Errors
/// The step is not open, not theirs, or was put off too often.
pub async fn snooze(
    tx: &mut Tx,
    person: PersonId,
    on: &StepLink,
    days: u64,
    moment: &Moment,
) -> Result<(), Error> {
    let world = worlds::lock(tx, viewer(person).scope(), on.plan).await?;
    let (step, def) =
        world.plan.steps.get(&on.step).zip(world.release.step(&on.step.id)).ok_or(Error::NotFound)?;
    if !access::may_do(&world.plan, def, viewer(person)) {
        return Err(Refusal::NotYours { needs: def.who }.into());
    }
    if !matches!(step.state, StepState::Todo { .. } | StepState::Returned { .. }) {
        return Err(Refusal::AlreadyClosed { step: on.step.clone() }.into());
    }
    let today = world.today(moment.now);
    let before = snoozed(tx, &world, on, person).await?;
    if before.is_some_and(|before| before.until > today) {
        return Ok(()); // the same press again
    }
    if before.is_some_and(|before| before.times >= MOST_SNOOZES) {
        return Err(Refusal::PutOffTooOften { times: MOST_SNOOZES }.into());
    }
    let until = today + chrono::Days::new(days.clamp(1, LONGEST_SNOOZE));
    Ok(snoozes::put(tx, on.plan, &on.step, person, until).await?)
}

/// How long somebody has put a step off, if they did.
///
/// # Errors
/// The database fails.
pub async fn snoozed(
    conn: &mut AsyncPgConnection,
    world: &PlanWorld,
    on: &StepLink,
    person: PersonId,
) -> Result<Option<Snooze>, Error> {
    let all = snoozes::in_plans(conn, &[world.plan.id]).await?;
    Ok(all.get(&(world.plan.id, on.step.clone(), person)).copied())
}

/// A superior's answer to a report.
///
/// # Errors
/// They are not the superior any more, or the plan is over.
pub async fn report(
    tx: &mut Tx,
    person: PersonId,
    plan: PlanId,
    day: u16,
    answer: ReportAct,
    moment: &Moment,
) -> Result<(), Error> {
    superior(tx, person, plan).await?;
    let before = report_answers::of_plan(tx, plan).await?;
    if before.iter().any(|one| (one.plan_day, one.by, one.answer) == (day, person, answer)) {
        return Ok(());
    }
    Ok(report_answers::put(tx, plan, day, (person, answer), moment.now).await?)
}

async fn superior(tx: &mut Tx, person: PersonId, plan: PlanId) -> Result<(), Error> {
    let world = worlds::lock(tx, Actor::Program.scope(), plan).await?;
    match world.plan.cast.superior == person {
        true => Ok(()),
        false => Err(Error::NotFound),
    }
}

/// A link is no sign-in: whoever has one acts in their own part alone, never as HR of every plan.
fn viewer(person: PersonId) -> Viewer {
    Viewer { id: person, is_hr: false }
}
