//! Asking somebody to be the mentor, and their answer.

use chrono::TimeDelta;

use super::access::Actor;
use super::decide::{World, needs};
use super::decision::Facts;
use super::fact::What;
use super::plan::{Mentoring, Step, WritingRef};
use super::refusal::Refusal;
use super::vocabulary::{PersonId, Role, StepKey};

/// How long who has just become a mentor may still say no without HR.
const SECOND_THOUGHTS: TimeDelta = TimeDelta::days(1);

/// HR asks somebody, with others to ask after them.
pub(super) fn ask(
    world: &World,
    actor: Actor,
    mentor: PersonId,
    then: &[PersonId],
    facts: &mut Facts,
) -> Result<(), Refusal> {
    needs(world, actor, Role::Hr)?;
    let cast = &world.plan.cast;
    let then = may_follow(cast.manager, cast.superior, mentor, then)?;
    match cast.mentor {
        Mentoring::Asked { who, .. } | Mentoring::Accepted { who, .. }
            if who == mentor || cast.mentor.next() == Some(mentor) =>
        {
            return Err(Refusal::AlreadyMentor { who });
        }
        _ => facts.push(What::MentorAsked { mentor, then }),
    }
    Ok(())
}

/// Who was asked says yes.
pub(super) fn accept(world: &World, actor: Actor, facts: &mut Facts) -> Result<(), Refusal> {
    let mentor = match (&world.plan.cast.mentor, actor.person()) {
        (mentoring, Some(person)) if mentoring.asks(person) => person,
        // Somebody who said no may think better of it, while nobody else was asked.
        (Mentoring::Declined { who, .. }, Some(person)) if *who == person => person,
        (Mentoring::Accepted { who, .. }, Some(person)) if *who == person => {
            return Err(Refusal::AlreadyMentor { who: person });
        }
        _ => return Err(Refusal::NotAsked),
    };
    facts.push(What::MentorAccepted { mentor });
    // Whoever stood in stood in for the mentor before.
    if world.plan.arranged.deputy.is_some() {
        facts.push(What::DeputyLeft);
    }
    if let Some((step, _)) = own_step(world).filter(|(_, step)| !step.state.is_closed()) {
        facts.push(What::Done { step, evidence: None });
    }
    Ok(())
}

/// Who was asked says no, or who has just said yes thinks better of it. The next one on the list is asked.
pub(super) fn decline(world: &World, actor: Actor, line: Option<WritingRef>, facts: &mut Facts) -> Result<(), Refusal> {
    let mentor = match (&world.plan.cast.mentor, actor.person()) {
        (mentoring, Some(person)) if mentoring.asks(person) => person,
        (Mentoring::Accepted { who, at, next: None, .. }, Some(person))
            if *who == person && facts.now - *at <= SECOND_THOUGHTS =>
        {
            if let Some((step, _)) = own_step(world).filter(|(_, step)| step.state.is_done()) {
                facts.push(What::TakenBack { step, withdrawn: None });
            }
            person
        }
        (Mentoring::Accepted { who, .. }, Some(person)) if *who == person => {
            return Err(Refusal::AlreadyMentor { who: person });
        }
        _ => return Err(Refusal::NotAsked),
    };
    facts.push(What::MentorDeclined { mentor, line });
    ask_next(world, facts);
    Ok(())
}

/// Asks the next one on the list, if there is one.
pub(super) fn ask_next(world: &World, facts: &mut Facts) {
    if let [mentor, then @ ..] = world.plan.cast.mentor.then() {
        facts.push(What::MentorAsked { mentor: *mentor, then: then.to_vec() });
    }
}

/// The step that a mentor's yes closes.
fn own_step<'w>(world: &'w World) -> Option<(StepKey, &'w Step)> {
    let key = StepKey::first(world.release.program.mentor_accepts.as_ref()?, None);
    world.plan.steps.get(&key).map(|step| (key, step))
}

pub(super) fn may_mentor(manager: PersonId, superior: PersonId, mentor: PersonId) -> Result<(), Refusal> {
    if mentor == manager {
        return Err(Refusal::MentorInCast { role: Role::Manager });
    }
    if mentor == superior {
        return Err(Refusal::MentorInCast { role: Role::Superior });
    }
    Ok(())
}

/// Who may follow a mentor that is asked: everybody on the list once.
pub(super) fn may_follow(
    manager: PersonId,
    superior: PersonId,
    mentor: PersonId,
    then: &[PersonId],
) -> Result<Vec<PersonId>, Refusal> {
    may_mentor(manager, superior, mentor)?;
    let mut list: Vec<PersonId> = Vec::new();
    for next in then.iter().filter(|next| **next != mentor) {
        may_mentor(manager, superior, *next)?;
        if !list.contains(next) {
            list.push(*next);
        }
    }
    Ok(list)
}
