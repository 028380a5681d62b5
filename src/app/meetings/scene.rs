//! How a step's meeting stands, and who may act on it.

use chrono::{DateTime, NaiveDate, Utc};

use super::form::invalid;
use crate::app::worlds::{self, PlanWorld};
use crate::app::{Error, Moment};
use crate::engine::Refusal;
use crate::engine::access::{self, Actor};
use crate::engine::plan::Plan;
use crate::engine::vocabulary::{PersonId, PlanId, Role, StepKey};
use crate::store::meetings::{self, Appointment, Meeting, Side, State};
use crate::store::pool::Tx;

/// A step's meeting, as one of the two finds it.
pub struct Scene {
    pub world: PlanWorld,
    pub step: StepKey,
    /// With whose role the manager meets.
    pub role: Role,
    pub meeting: Option<Meeting>,
}

impl Scene {
    /// Locked, for an act.
    pub(super) async fn lock(tx: &mut Tx, actor: Actor, plan: PlanId, step: &StepKey) -> Result<Scene, Error> {
        let world = worlds::lock(tx, actor.scope(), plan).await?;
        let role = role(&world, step).ok_or(Error::NotFound)?;
        let meeting = meetings::of_step(tx, plan, step).await?;
        Ok(Scene { world, step: step.clone(), role, meeting })
    }

    pub(super) fn manager(&self) -> PersonId {
        self.world.plan.cast.manager
    }

    /// Which of the two a person is on a day; none: nobody who may act.
    pub fn side(&self, person: PersonId, today: NaiveDate) -> Option<Side> {
        let plan = &self.world.plan;
        let is_invited = || self.meeting.as_ref().is_some_and(|meeting| meeting.other == person);
        if person == plan.cast.manager {
            Some(Side::Manager)
        } else if self.holder(today) == Some(person) || is_invited() && plays(plan, self.role, person) {
            Some(Side::Other)
        } else {
            None
        }
    }

    /// Who plays the role on a day.
    pub fn holder(&self, today: NaiveDate) -> Option<PersonId> {
        access::holder_on(&self.world.plan, self.role, today).filter(|who| *who != self.world.plan.cast.manager)
    }

    /// Which of the two the offer came from.
    pub fn offered_by(&self, meeting: &Meeting) -> Side {
        if meeting.offer.by == self.world.plan.cast.manager { Side::Manager } else { Side::Other }
    }

    /// Why nothing more is agreed for the step.
    pub fn closed(&self) -> Option<Refusal> {
        let plan = &self.world.plan;
        if let Some(ended) = &plan.arranged.ended {
            return Some(Refusal::PlanEnded { how: ended.how, at: ended.at });
        }
        let is_open = plan.steps.get(&self.step).is_some_and(|step| !step.state.is_closed());
        (!is_open).then(|| Refusal::AlreadyClosed { step: self.step.clone() })
    }

    /// Who acts, where they may.
    pub(super) fn acting(&self, who: PersonId, moment: &Moment) -> Result<Side, Error> {
        let side = self.side(who, self.world.today(moment.now)).ok_or(Refusal::NotOfMeeting { with: self.role })?;
        self.closed().map_or(Ok(side), |refusal| Err(refusal.into()))
    }

    pub(super) fn unchanged_since(&self, seen: &str) -> Result<(), Error> {
        if self::seen(self.meeting.as_ref()) == seen { Ok(()) } else { Err(invalid("changed", "meeting-changed")) }
    }
}

/// Whose role a step is a meeting with.
pub fn role(world: &PlanWorld, step: &StepKey) -> Option<Role> {
    world.plan.steps.get(step)?;
    world.release.step(&step.id)?.meet
}

/// How a meeting stands, for a form to say what its page showed.
pub fn seen(meeting: Option<&Meeting>) -> String {
    meeting.map_or_else(String::new, |one| {
        let sequence = one.sequence.map_or_else(String::new, |sequence| sequence.to_string());
        format!("{}.{}.{sequence}", one.id.simple(), one.round)
    })
}

/// Whether the appointment that stands is one of the times that were offered, so that another one can be
/// chosen instead: nothing else happened since.
pub fn is_chosen(meeting: &Meeting) -> bool {
    let offer = &meeting.offer;
    let is_of = |agreed: &Appointment| {
        offer.slots.contains(&agreed.at) && agreed.minutes == offer.minutes && agreed.place == offer.place
    };
    meeting.state == State::Agreed && meeting.agreed.as_ref().is_some_and(is_of)
}

/// A meeting whose choice is undone: its times stand to choose from as before, and beside them what stood
/// then. None: something else happened, or what stood then is over.
pub fn undone(meeting: &Meeting, now: DateTime<Utc>) -> Option<Meeting> {
    let is_over = meeting.before.as_ref().is_some_and(|before| before.at <= now);
    if !is_chosen(meeting) || has_come(meeting, now) || is_over {
        return None;
    }
    let state = if meeting.before.is_some() { State::Moving } else { State::Proposed };
    // What is called off is named in the letters that say so.
    let agreed = meeting.before.clone().or_else(|| meeting.agreed.clone());
    Some(Meeting { state, agreed, before: None, ..meeting.clone() })
}

/// Whether the time that was agreed on is past: nothing is called off any more.
pub fn has_come(meeting: &Meeting, now: DateTime<Utc>) -> bool {
    meeting.state == State::Agreed && meeting.agreed.as_ref().is_some_and(|agreed| agreed.at <= now)
}

/// Whether somebody has a role, on duty or not: a mentor for whom somebody stands in has it too.
pub(super) fn plays(plan: &Plan, role: Role, person: PersonId) -> bool {
    let is_deputy = || role == Role::Mentor && plan.arranged.deputy.is_some_and(|deputy| deputy.who == person);
    access::holder(plan, role) == Some(person) || is_deputy()
}
