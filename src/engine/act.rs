//! Acts on one step: handing in, accepting, returning, taking back, commenting.

use chrono::{DateTime, Utc};

use super::access::{self, Actor};
use super::decide::{Act, World};
use super::decision::Facts;
use super::fact::{Fact, What};
use super::form::{self, Answers};
use super::growth;
use super::plan::{CloseReason, Step, StepState};
use super::refusal::Refusal;
use super::release::StepDef;
use super::ritual;
use super::vocabulary::{MemberId, PersonId, Role, StepId, StepKey};
use super::zone::local_date;

/// An act on one step.
pub(super) fn on_step(
    world: &World,
    actor: Actor,
    key: &StepKey,
    seen: Option<u64>,
    act: Act,
    facts: &mut Facts,
) -> Result<(), Refusal> {
    let unknown = || Refusal::NoSuchStep { step: key.clone() };
    let step = world.plan.steps.get(key).ok_or_else(unknown)?;
    let def = world.release.step(&key.id).ok_or_else(unknown)?;
    let Actor::Person(viewer) = actor else { return Err(Refusal::NotYours { needs: def.who }) };
    let stale = seen.is_some_and(|seen| step.touched > seen);
    match act {
        Act::HandIn { answers, evidence } => {
            if !access::may_do(world.plan, def, viewer) {
                return Err(Refusal::NotYours { needs: def.who });
            }
            unchanged(step, key, stale)?;
            may_hand_in(world, key, step, def, facts.now)?;
            let members: Vec<MemberId> = world.plan.present().collect();
            let asks = world.asks(key, def);
            let clean = form::check(&asks, &answers, &members).map_err(Refusal::Evidence)?;
            form::check_days(&asks, &clean, local_date(facts.now, world.zone)).map_err(Refusal::Evidence)?;
            if def.review.is_some() {
                facts.push(What::HandedIn { step: key.clone(), evidence });
            } else {
                facts.push(What::Done { step: key.clone(), evidence });
                follow_up(world, key, def, facts);
                facts.answered = Some((key.clone(), clean));
            }
        }
        Act::Accept { line } => {
            may_review(world, key, step, def, actor, stale)?;
            facts.push(What::Accepted { step: key.clone(), line });
            follow_up(world, key, def, facts);
        }
        Act::Return { line } => {
            may_review(world, key, step, def, actor, stale)?;
            not_left_out(world, key)?;
            facts.push(What::Returned { step: key.clone(), line: line.ok_or(Refusal::LineNeeded)? });
        }
        Act::TakeBack => {
            unchanged(step, key, stale)?;
            not_left_out(world, key)?;
            let withdrawn = take_back(world, key, step, def, viewer.id)?;
            let grown = if step.state.is_done() { grown(world, key)? } else { Vec::new() };
            facts.push(What::TakenBack { step: key.clone(), withdrawn });
            for step in grown {
                facts.push(What::Withdrawn { step });
            }
            // Its days may have changed while it was done.
            facts.redate();
        }
        Act::Reconsider => {
            unchanged(step, key, stale)?;
            not_left_out(world, key)?;
            let withdrawn = reconsider(world, key, step, def, viewer.id)?;
            let grown = if step.state.is_done() { grown(world, key)? } else { Vec::new() };
            facts.push(What::Reconsidered { step: key.clone(), withdrawn });
            for step in grown {
                facts.push(What::Withdrawn { step });
            }
            facts.redate();
        }
        Act::Comment { comment } => {
            if !access::may_read(world.plan, def, viewer) {
                return Err(Refusal::NotYours { needs: def.who });
            }
            facts.push(What::Commented { step: key.clone(), comment });
        }
    }
    Ok(())
}

/// Nothing is open again in a module that was left out.
fn not_left_out(world: &World, key: &StepKey) -> Result<(), Refusal> {
    match world.plan.arranged.leaves_out(world.release, &key.id) {
        true => Err(Refusal::LeftOut),
        false => Ok(()),
    }
}

fn unchanged(step: &Step, key: &StepKey, stale: bool) -> Result<(), Refusal> {
    if !stale {
        return Ok(());
    }
    let (by, at) = match &step.state {
        StepState::HandedIn { at, by, .. } | StepState::Returned { at, by, .. } => (Some(*by), *at),
        StepState::Done { at, by, review, .. } => review.as_ref().map_or((Some(*by), *at), |r| (Some(r.by), r.at)),
        StepState::Lapsed { at } | StepState::Closed { at, .. } => (None, *at),
        // Taken back since: whoever fills the form may go on.
        StepState::Todo { .. } => return Ok(()),
    };
    Err(Refusal::Changed { step: key.clone(), by, at })
}

fn may_hand_in(world: &World, key: &StepKey, step: &Step, def: &StepDef, now: DateTime<Utc>) -> Result<(), Refusal> {
    match &step.state {
        StepState::Todo { .. } | StepState::Returned { .. } => {}
        StepState::HandedIn { .. } => {
            return Err(Refusal::InReview { step: key.clone(), by: def.review.unwrap_or(Role::Mentor) });
        }
        _ => return Err(Refusal::AlreadyClosed { step: key.clone() }),
    }
    if step.opens.date > world.plan.reached(local_date(now, world.zone)) {
        return Err(Refusal::NotOpenYet { step: key.clone(), opens: step.opens.date });
    }
    let by = world.plan.blockers(step, def);
    if by.is_empty() { Ok(()) } else { Err(Refusal::Blocked { step: key.clone(), by }) }
}

fn may_review(
    world: &World,
    key: &StepKey,
    step: &Step,
    def: &StepDef,
    actor: Actor,
    stale: bool,
) -> Result<(), Refusal> {
    let Actor::Person(viewer) = actor else { return Err(Refusal::NotYours { needs: def.who }) };
    if !access::may_review(world.plan, def, viewer) {
        return Err(Refusal::NotYours { needs: def.review.unwrap_or(def.who) });
    }
    unchanged(step, key, stale && !matches!(step.state, StepState::HandedIn { .. }))?;
    if matches!(step.state, StepState::HandedIn { .. }) {
        // Handed in again since the reviewer looked: the words they read are not the words they judge.
        if stale {
            return unchanged(step, key, true);
        }
        Ok(())
    } else {
        Err(Refusal::NothingToReview { step: key.clone() })
    }
}

/// The next turn of a ritual is planned as soon as this one is closed.
fn follow_up(world: &World, key: &StepKey, def: &StepDef, facts: &mut Facts) {
    if world.plan.newest_turns().get(&(key.id.0.clone(), key.member)).is_none_or(|(newest, _)| *newest != key) {
        return;
    }
    if let Some((step, dates)) = ritual::next_turn(&world.course(), def, key, local_date(facts.now, world.zone)) {
        facts.push(What::Planned { step, opens: dates.opens, due: dates.due });
    }
}

fn take_back(
    world: &World,
    key: &StepKey,
    step: &Step,
    def: &StepDef,
    who: PersonId,
) -> Result<Option<StepKey>, Refusal> {
    let own = match &step.state {
        StepState::HandedIn { by, .. } => *by == who,
        StepState::Done { by, review, .. } => *by == who && review.is_none() && !is_accepting(world, &key.id),
        _ => false,
    };
    if !own {
        return Err(Refusal::CannotTakeBack { step: key.clone() });
    }
    match accepted_upon(world, key, step) {
        Some(later) => Err(Refusal::AcceptedUpon { step: later.clone() }),
        None => planned_with_it(world, key, step, def),
    }
}

/// A step that comes after this one, reports to its reviewer and was accepted since: the mail that asked for the yes
/// carried what stands here, and a goal doesn't change under the gate that confirmed it.
fn accepted_upon<'w>(world: &'w World, key: &StepKey, step: &Step) -> Option<&'w StepKey> {
    let StepState::Done { at: done, .. } = &step.state else { return None };
    let rests_on_it = |later: &StepKey| {
        let def = world.release.step(&later.id);
        def.is_some_and(|def| def.report.is_some() && def.after.contains(&key.id))
            && (later.member.is_none() || key.member.is_none() || later.member == key.member)
    };
    let accepted =
        |step: &Step| matches!(&step.state, StepState::Done { review: Some(review), .. } if review.at >= *done);
    world.plan.steps.iter().find(|(later, step)| accepted(step) && rests_on_it(later)).map(|(later, _)| later)
}

fn reconsider(
    world: &World,
    key: &StepKey,
    step: &Step,
    def: &StepDef,
    who: PersonId,
) -> Result<Option<StepKey>, Refusal> {
    match &step.state {
        StepState::Done { review: Some(review), .. } if review.by == who => planned_with_it(world, key, step, def),
        StepState::Returned { by, handed_in: Some(_), .. } if *by == who => Ok(None),
        _ => Err(Refusal::CannotTakeBack { step: key.clone() }),
    }
}

/// The turn that closing a step had planned, if nothing was done about it.
fn planned_with_it(world: &World, key: &StepKey, step: &Step, def: &StepDef) -> Result<Option<StepKey>, Refusal> {
    if !step.state.is_done() || !def.is_ritual_turn(key.turn.saturating_add(1)) {
        return Ok(None);
    }
    // Only the turn that this one planned goes with it, and only while nothing was done about it.
    let mut later = world.plan.steps.iter().filter(|(other, _)| other.chain() == key.chain() && other.turn > key.turn);
    match (later.next(), later.next()) {
        (None, _) => Ok(None),
        (Some((next, step)), None) if step.state == (StepState::Todo { earlier: None }) => Ok(Some(next.clone())),
        _ => Err(Refusal::NextTurnUnderWay { step: key.clone() }),
    }
}

/// What grew from a step's answers, if nothing was done about any of it.
fn grown(world: &World, key: &StepKey) -> Result<Vec<StepKey>, Refusal> {
    let grown = growth::grown_from(world.release, world.plan, key);
    let is_untouched = |key: &StepKey| {
        let state = world.plan.steps.get(key).map(|step| &step.state);
        matches!(
            state,
            Some(StepState::Todo { earlier: None } | StepState::Closed { reason: CloseReason::NotTaken, .. })
        )
    };
    match grown.iter().find(|key| !is_untouched(key)) {
        Some(step) => Err(Refusal::BranchUnderWay { step: step.clone() }),
        None => Ok(grown),
    }
}

pub(super) fn is_accepting(world: &World, id: &StepId) -> bool {
    world.release.program.mentor_accepts.as_ref() == Some(id)
}

/// What handing in (or, `reviewed`, accepting) a step does when it is only assumed: nobody's evidence is
/// checked. For [`super::simulate`].
pub(super) fn assumed(
    world: &World,
    key: &StepKey,
    answers: &Answers,
    reviewed: bool,
    now: DateTime<Utc>,
) -> Vec<Fact> {
    let mut facts = Facts::new(Actor::Program, now);
    let Some(def) = world.release.step(&key.id) else { return Vec::new() };
    if def.review.is_some() && !reviewed {
        facts.push(What::HandedIn { step: key.clone(), evidence: None });
        return facts.list;
    }
    facts.push(match reviewed {
        true => What::Accepted { step: key.clone(), line: None },
        false => What::Done { step: key.clone(), evidence: None },
    });
    follow_up(world, key, def, &mut facts);
    facts.answered = Some((key.clone(), answers.clone()));
    facts.grow(world);
    facts.list
}
