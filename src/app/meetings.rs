//! Meetings: manager and mentor (or whoever else a step names) agree on a time, on a page or from the mail.
//!
//! Every use case holds the plan's lock, so that what two people do at the same moment comes one after
//! the other, and what happens to the step with it.

mod form;
mod scene;
mod sent;

use chrono::{DateTime, Utc};

use super::worlds::{self, PlanWorld};
use super::{Error, Moment, moment};
use crate::engine::access::{Actor, Viewer};
use crate::engine::plan::Plan;
use crate::engine::vocabulary::{PersonId, PlanId, StepKey};
use crate::store::meetings::{self, Answer, Appointment, Meeting, Offer, Side, State};
use crate::store::outbox::Kind;
use crate::store::people;
use crate::store::pool::Tx;
pub use form::{Given, TIMES};
use form::{Wanted, invalid};
use scene::plays;
pub use scene::{Scene, has_come, is_chosen, role, seen, undone};
use sent::{agree, call_off, owe, send_out};

/// One of the two proposes times, says on which one both agreed, or changes the time or place that stands.
/// Answers what became of it: `proposed` or `agreed`.
///
/// # Errors
/// The viewer is neither, the step is closed, somebody changed the meeting since; or mistakes in the form.
pub async fn propose(
    tx: &mut Tx,
    who: Viewer,
    (plan, step): (PlanId, &StepKey),
    given: &Given,
    moment: &Moment,
) -> Result<&'static str, Error> {
    let scene = Scene::lock(tx, Actor::Person(who), plan, step).await?;
    let side = scene.acting(who.id, moment)?;
    let zone = people::find(tx, who.id).await?.ok_or(Error::NotFound)?.zone;
    let standing = scene.meeting.as_ref().and_then(Meeting::standing);
    let ahead = standing.filter(|appointment| appointment.at > moment.now).cloned();
    let wanted = form::read(given, zone, moment.now, ahead.as_ref().map(|appointment| appointment.at))?;
    let settled = match wanted.times[..] {
        [at] if wanted.is_agreed || ahead.as_ref().is_some_and(|standing| standing.at == at) => Some(at),
        _ => None,
    };
    // A button pressed twice does once; what the first press did is no change by somebody else.
    if scene.meeting.as_ref().is_some_and(|meeting| is_as(meeting, who.id, &wanted, settled)) {
        return Ok(if settled.is_some() { "meeting-agreed" } else { "meeting-proposed" });
    }
    scene.unchanged_since(&given.seen)?;
    let mut meeting = begun(tx, &scene, (who.id, side), moment).await?;
    meeting.title = worlds::title(&scene.world.release, step);
    let Wanted { times, minutes, place, .. } = wanted;
    let slots = if settled.is_some() { Vec::new() } else { times };
    meeting.offer = Offer { by: who.id, slots, minutes, place: place.clone() };
    if let Some(at) = settled {
        agree(tx, scene.manager(), meeting, Appointment { at, minutes, place }, moment).await?;
        return Ok("meeting-agreed");
    }
    meeting.state = if meeting.standing().is_some() { State::Moving } else { State::Proposed };
    meeting.round += 1;
    meeting.changed_at = moment.now;
    meetings::write(tx, &meeting).await?;
    let to = if side == Side::Manager { meeting.other } else { scene.manager() };
    let key = format!("proposal:{}:{}:{to}", meeting.id, meeting.round);
    owe(tx, &meeting, vec![(to, Kind::Proposal, key)], moment).await?;
    Ok("meeting-proposed")
}

/// Whether a meeting stands as this form wants it.
fn is_as(meeting: &Meeting, by: PersonId, wanted: &Wanted, settled: Option<DateTime<Utc>>) -> bool {
    let Wanted { times, minutes, place, .. } = wanted;
    match settled {
        Some(at) => {
            let agreed = Appointment { at, minutes: *minutes, place: place.clone() };
            meeting.state == State::Agreed && meeting.agreed == Some(agreed)
        }
        None => {
            let offer = Offer { by, slots: times.clone(), minutes: *minutes, place: place.clone() };
            meeting.is_open() && meeting.offer == offer
        }
    }
}

/// The meeting that an offer is for: the one under way, unless its time has come or it is with somebody
/// else, who then is told that it is off.
async fn begun(tx: &mut Tx, scene: &Scene, (who, side): (PersonId, Side), moment: &Moment) -> Result<Meeting, Error> {
    let holder = || scene.holder(scene.world.today(moment.now)).ok_or(invalid("changed", "meeting-nobody"));
    let other = match (side, &scene.meeting) {
        (Side::Other, _) => who,
        // A time that was agreed on is moved with whom it was agreed.
        (Side::Manager, Some(meeting)) if meeting.standing().is_some() => meeting.other,
        (Side::Manager, _) => holder()?,
    };
    if let Some(mut meeting) = scene.meeting.clone() {
        if has_come(&meeting, moment.now) {
            meeting.state = State::Held;
            meetings::write(tx, &meeting).await?;
        } else if meeting.other != other && meeting.sequence.is_some() {
            call_off(tx, scene.manager(), meeting, moment).await?;
        } else {
            meeting.other = other;
            return Ok(meeting);
        }
    }
    Ok(Meeting {
        id: moment.id(),
        plan: scene.world.plan.id,
        step: scene.step.clone(),
        title: worlds::title(&scene.world.release, &scene.step),
        other,
        state: State::Proposed,
        offer: Offer { by: who, slots: Vec::new(), minutes: 0, place: String::new() },
        round: 0,
        agreed: None,
        before: None,
        sequence: None,
        manager_says: None,
        other_says: None,
        changed_at: moment.now,
    })
}

/// The other one chooses one of the times, or another one while nothing else happened.
///
/// # Errors
/// The viewer is not the other one; the step is closed; the meeting moved on, or the time has passed.
pub async fn choose(
    tx: &mut Tx,
    who: Viewer,
    (plan, step): (PlanId, &StepKey),
    slot: DateTime<Utc>,
    moment: &Moment,
) -> Result<(), Error> {
    let scene = Scene::lock(tx, Actor::Person(who), plan, step).await?;
    choose_in(tx, scene, who.id, slot, moment).await
}

/// As [`choose`], by somebody who was named the meeting in a letter: by its link, or by answering it.
///
/// # Errors
/// As [`choose`].
pub async fn choose_of(
    tx: &mut Tx,
    who: PersonId,
    meeting: uuid::Uuid,
    slot: DateTime<Utc>,
    moment: &Moment,
) -> Result<(), Error> {
    let scene = scene_of(tx, meeting).await?;
    choose_in(tx, scene, who, slot, moment).await
}

/// Chooses by a link the time that it is for, or `another` one of the same offer.
///
/// # Errors
/// There is no such link; or as [`choose`].
pub async fn choose_by_link(
    tx: &mut Tx,
    secret: &str,
    another: Option<DateTime<Utc>>,
    moment: &Moment,
) -> Result<(), Error> {
    let (person, meeting, slot) = meetings::by_link(tx, &moment::token_hash(secret)).await?.ok_or(Error::NotFound)?;
    choose_of(tx, person, meeting.id, another.unwrap_or(slot), moment).await
}

/// The scene of one meeting, which no longer counts there when another one was begun.
async fn scene_of(tx: &mut Tx, meeting: uuid::Uuid) -> Result<Scene, Error> {
    let found = meetings::find(tx, meeting).await?.ok_or(Error::NotFound)?;
    let moved = || invalid("changed", "meeting-moved");
    match Scene::lock(tx, Actor::Program, found.plan, &found.step).await {
        Ok(scene) if scene.meeting.as_ref().is_some_and(|now| now.id == meeting) => Ok(scene),
        Ok(_) | Err(Error::NotFound) => Err(moved()),
        Err(error) => Err(error),
    }
}

async fn choose_in(
    tx: &mut Tx,
    scene: Scene,
    who: PersonId,
    slot: DateTime<Utc>,
    moment: &Moment,
) -> Result<(), Error> {
    let side = scene.acting(who, moment)?;
    let moved = || invalid("changed", "meeting-moved");
    let mut meeting = scene.meeting.clone().ok_or_else(moved)?;
    let Offer { minutes, place, .. } = meeting.offer.clone();
    let chosen = Appointment { at: slot, minutes, place };
    if meeting.is_open() {
        meeting.before = meeting.standing().cloned();
    }
    if meeting.state == State::Agreed && meeting.agreed.as_ref() == Some(&chosen) {
        return Ok(());
    }
    let may_choose = meeting.is_open() || is_chosen(&meeting) && !has_come(&meeting, moment.now);
    if !may_choose || scene.offered_by(&meeting) == side || !meeting.offer.slots.contains(&slot) {
        return Err(moved());
    }
    if slot <= moment.now {
        return Err(invalid("changed", "meeting-passed"));
    }
    if side == Side::Other && meeting.other != who {
        // Whoever stands in takes over what was only proposed; what was agreed on, the two themselves move.
        if meeting.sequence.is_some() {
            return Err(moved());
        }
        meeting.other = who;
    }
    agree(tx, scene.manager(), meeting, chosen, moment).await
}

/// Takes back a choice, while nothing else happened: the times stand to choose from as before.
///
/// # Errors
/// There is no such link; or something else happened.
pub async fn undo_by_link(tx: &mut Tx, secret: &str, moment: &Moment) -> Result<(), Error> {
    let (person, meeting, _) = meetings::by_link(tx, &moment::token_hash(secret)).await?.ok_or(Error::NotFound)?;
    let scene = scene_of(tx, meeting.id).await?;
    let side = scene.acting(person, moment)?;
    let meeting = scene.meeting.as_ref().filter(|meeting| scene.offered_by(meeting) != side);
    let undone = meeting.and_then(|meeting| undone(meeting, moment.now));
    send_out(tx, scene.manager(), undone.ok_or_else(|| invalid("changed", "meeting-moved"))?, moment).await
}

/// One of the two calls the meeting off, or takes back what was proposed.
///
/// # Errors
/// The viewer is neither; there is nothing to call off, or it was changed since.
pub async fn cancel(
    tx: &mut Tx,
    who: Viewer,
    (plan, step): (PlanId, &StepKey),
    seen: &str,
    moment: &Moment,
) -> Result<(), Error> {
    let scene = Scene::lock(tx, Actor::Person(who), plan, step).await?;
    scene.acting(who.id, moment)?;
    let Some(meeting) = scene.meeting.clone() else { return Err(invalid("changed", "meeting-changed")) };
    scene.unchanged_since(seen)?;
    if has_come(&meeting, moment.now) {
        return Err(invalid("changed", "meeting-passed"));
    }
    call_off(tx, scene.manager(), meeting, moment).await
}

/// Calls off what facts left without a reason: the step closed before the meeting's time, left the plan or
/// is no meeting any more; the plan ended; whoever it was with no longer plays the part.
///
/// # Errors
/// The database fails.
pub async fn follow(tx: &mut Tx, before: &PlanWorld, after: &Plan, moment: &Moment) -> Result<(), Error> {
    // Meetings are only of steps that the release had; a plan that begins has none.
    if before.plan.version == 0 || before.release.steps().all(|def| def.meet.is_none()) {
        return Ok(());
    }
    let open = meetings::under_way(tx, after.id).await?;
    if open.is_empty() {
        return Ok(());
    }
    let world = before.around(after.clone());
    for meeting in open {
        let has_reason = role(&world, &meeting.step).is_some_and(|role| plays(after, role, meeting.other))
            && after.arranged.ended.is_none()
            && after.steps.get(&meeting.step).is_some_and(|step| !step.state.is_closed());
        if !has_come(&meeting, moment.now) && !has_reason {
            call_off(tx, after.cast.manager, meeting, moment).await?;
        }
    }
    Ok(())
}

/// Keeps what somebody's calendar answered to an invitation. False: it is no answer to the newest one, by one
/// of the two.
///
/// # Errors
/// The database fails.
pub async fn answered(tx: &mut Tx, uid: &str, email: &str, sequence: u32, answer: Answer) -> Result<bool, Error> {
    // Some calendars answer with the domain that others put behind a UID.
    let id = uid.split('@').next().and_then(|id| id.parse().ok());
    let (Some(id), Ok(sequence)) = (id, i32::try_from(sequence)) else { return Ok(false) };
    let (Some(meeting), Some(person)) = (meetings::find(tx, id).await?, people::by_email(tx, email).await?) else {
        return Ok(false);
    };
    let world = worlds::find(tx, Actor::Program.scope(), meeting.plan).await?;
    let side = match person.id {
        who if who == meeting.other => Side::Other,
        who if who == world.plan.cast.manager => Side::Manager,
        _ => return Ok(false),
    };
    Ok(meetings::answered(tx, id, side, sequence, answer).await?)
}
