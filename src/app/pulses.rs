//! What a team says in secret of its manager: somebody else hands slips with codes to the members, each code
//! counts once, and nobody can tell who has which.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use diesel_async::AsyncPgConnection;

use super::steps::At;
use super::worlds::{self, PlanWorld};
use super::{Error, Moment, moment};
use crate::engine::Refusal;
use crate::engine::access::{self, Actor, Viewer};
use crate::engine::ballot::{self, Ballot, DAYS, FEWEST};
use crate::engine::form::{self, Answers};
use crate::engine::plan::Step;
use crate::engine::release::{Field, StepDef};
use crate::engine::view::Said;
use crate::engine::vocabulary::{StepId, StepKey};
use crate::engine::zone::local_date;
use crate::store::pool::Tx;
use crate::store::pulses::{self, NewPulse, Pulse};

/// What a company's largest team may have.
const MOST_CODES: usize = 200;

/// Opens the pulse of a step, and answers a code for each member of the team: they are shown once and kept
/// nowhere. None: it was opened already.
///
/// # Errors
/// The step is not the viewer's, is not open, or has no ballot; or the team is too small.
pub async fn open(tx: &mut Tx, who: Viewer, at: &At, moment: &Moment) -> Result<Option<Vec<String>>, Error> {
    let world = worlds::lock(tx, who.scope(), at.plan).await?;
    let (step, def) = whose(&world, who, &at.step)?;
    if pulses::of_step(tx, at.plan, &at.step).await?.is_some() {
        return Ok(None);
    }
    if !world.plan.standing(step, def, world.today(moment.now)).is_actionable() {
        return Err(match step.state.is_closed() {
            true => Refusal::AlreadyClosed { step: at.step.clone() },
            false => Refusal::NotOpenYet { step: at.step.clone(), opens: step.opens.date },
        }
        .into());
    }
    let members = world.plan.present().count();
    if members < FEWEST {
        return Err(Refusal::TeamTooSmall { fewest: FEWEST }.into());
    }
    let codes: Vec<String> = (0..members.min(MOST_CODES)).map(|_| moment.code()).collect();
    let pulse = NewPulse {
        id: moment.id(),
        plan: at.plan,
        step: at.step.clone(),
        opened_by: who.id,
        opened_at: moment.now,
        closes_at: moment.now + TimeDelta::days(DAYS),
        codes: codes.iter().map(|code| moment::code_hash(code)).collect(),
    };
    pulses::open(tx, &pulse).await?;
    Ok(Some(codes))
}

/// Drops a pulse that nobody has answered, so that it can be opened anew: the slips are lost, or were too few.
///
/// # Errors
/// The step is not the viewer's, or somebody has answered.
pub async fn discard(tx: &mut Tx, who: Viewer, at: &At) -> Result<(), Error> {
    let world = worlds::lock(tx, who.scope(), at.plan).await?;
    whose(&world, who, &at.step)?;
    let Some(pulse) = pulses::of_step(tx, at.plan, &at.step).await? else { return Ok(()) };
    if pulses::discard(tx, pulse.id).await? { Ok(()) } else { Err(Refusal::PulseAnswered.into()) }
}

fn whose<'w>(world: &'w PlanWorld, who: Viewer, key: &StepKey) -> Result<(&'w Step, &'w StepDef), Error> {
    let step = world.plan.steps.get(key).ok_or(Error::NotFound)?;
    let def = world.release.step(&key.id).filter(|def| def.ballot.is_some()).ok_or(Error::NotFound)?;
    if !access::may_do(&world.plan, def, who) {
        return Err(Refusal::NotYours { needs: def.who }.into());
    }
    Ok((step, def))
}

/// A ballot before it is cast.
#[derive(Debug, Clone)]
pub struct Blank {
    pub pulse: Pulse,
    pub is_spent: bool,
    pub world: PlanWorld,
    /// What is rated.
    pub field: Field,
}

/// The ballot behind a code; looking changes nothing.
///
/// # Errors
/// There is no such code, or its step asks for no ballots any more.
pub async fn behind(conn: &mut AsyncPgConnection, code: &str) -> Result<Blank, Error> {
    let (pulse, is_spent) = pulses::behind(conn, &moment::code_hash(code)).await?.ok_or(Error::NotFound)?;
    let world = worlds::find(conn, Actor::Program.scope(), pulse.plan).await?;
    let field = world.release.step(&pulse.step.id).and_then(|def| def.ballot.clone()).ok_or(Error::NotFound)?;
    Ok(Blank { pulse, is_spent, world, field })
}

/// Counts a ballot. False: the code has counted, or the pulse is closed.
///
/// # Errors
/// There is no such code, or the ballot is not filled in as it asks; then nothing is spent.
pub async fn cast(tx: &mut Tx, code: &str, given: &Answers, now: DateTime<Utc>) -> Result<bool, Error> {
    let blank = behind(tx, code).await?;
    if blank.pulse.is_closed(now) {
        return Ok(false);
    }
    let (pulse, ballots) = pulses::lock(tx, blank.pulse.id).await?.ok_or(Error::NotFound)?;
    if blank.is_spent || pulse.is_closed(now) {
        return Ok(false);
    }
    let fields = std::slice::from_ref(&blank.field);
    let clean = form::check(fields, given, &[]).map_err(Error::Invalid)?;
    if !pulses::spend(tx, pulse.id, &moment::code_hash(code)).await? {
        return Ok(false);
    }
    pulses::keep(tx, pulse.id, &ballot::with(ballots, ballot::ballot(&blank.field, &clean))).await?;
    Ok(true)
}

/// What the team said in one turn of a step, once it may be known to this reader.
///
/// # Errors
/// The database fails.
pub async fn ballots(
    conn: &mut AsyncPgConnection,
    viewer: Viewer,
    world: &PlanWorld,
    key: &StepKey,
    now: DateTime<Utc>,
) -> Result<Option<Vec<Ballot>>, Error> {
    let def = world.release.step(&key.id).filter(|def| access::may_read(&world.plan, def, viewer));
    if def.is_none() {
        return Ok(None);
    }
    let opened = pulses::opened(conn, world.plan.id, now).await?;
    Ok(opened.into_iter().find(|(step, ..)| step == key).map(|(.., ballots)| ballots))
}

/// What the team said in these steps, each as a rater would have answered, as far as the viewer may read it:
/// with the day on which it was asked, whether or not the step was handed in since.
///
/// # Errors
/// The database fails.
pub async fn said(
    conn: &mut AsyncPgConnection,
    viewer: Viewer,
    world: &PlanWorld,
    steps: &BTreeSet<&StepId>,
    now: DateTime<Utc>,
) -> Result<Said, Error> {
    let field = |id: &StepId| {
        let def = world.release.step(id).filter(|def| steps.contains(&def.id))?;
        def.ballot.as_ref().filter(|_| access::may_read(&world.plan, def, viewer))
    };
    if !steps.iter().any(|id| field(id).is_some()) {
        return Ok(Said::new());
    }
    let opened = pulses::opened(conn, world.plan.id, now).await?.into_iter();
    let said = opened.filter_map(|(key, opened_at, ballots)| {
        let answers = ballot::answers(field(&key.id)?, &ballots);
        Some((key, (local_date(opened_at, world.zone()), answers)))
    });
    Ok(said.collect())
}
