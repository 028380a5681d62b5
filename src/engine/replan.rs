//! What is arranged for one plan: steps moved, added, waived; a module left out; leave, pauses, a deputy;
//! the end. Each is a deed, so that it can be undone as a whole.

use chrono::{Days, NaiveDate};

use super::access::Actor;
use super::arrange::{Counted, Ending, Own};
use super::calendar::{Anchor, Dated};
use super::decide::{World, in_range, needs_hr_or};
use super::decision::Facts;
use super::deed::Deed;
use super::fact::What;
use super::plan::{CloseReason, Step, StepState, WritingRef};
use super::refusal::Refusal;
use super::ritual::Dates;
use super::vocabulary::{PersonId, Role, StepId, StepKey};
use super::zone::local_date;

/// Calendar days that a leave lasts at most, and working days that a plan is moved on at once.
pub const LONGEST_LEAVE: i64 = 366;
pub const LONGEST_SHIFT: u16 = 130;

/// What HR, or the manager's superior, arranges for one plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Arrange {
    /// One step is due on another day.
    Move {
        step: StepKey,
        due: NaiveDate,
    },
    /// Everything due from a day on comes later by so many working days.
    Shift {
        from: NaiveDate,
        days: u16,
    },
    /// A step that no other plan has.
    Add {
        own: Own,
        due: NaiveDate,
    },
    Waive {
        step: StepKey,
        reason: Option<WritingRef>,
    },
    /// The open steps of a curriculum are closed, and it brings no more.
    Skip {
        curriculum: String,
        reason: Option<WritingRef>,
    },
    /// The manager is away; both days included.
    Leave {
        from: NaiveDate,
        until: NaiveDate,
    },
    Pause,
    Resume,
    /// Somebody stands in for the mentor; both days included.
    NameDeputy {
        who: PersonId,
        from: NaiveDate,
        until: NaiveDate,
    },
    End {
        how: Ending,
        reason: Option<WritingRef>,
    },
    /// The days of the plan's calendar changed, or the plan follows another one: `World::calendar` is it.
    Redate,
}

/// # Errors
/// The refusal that the rules answer with.
pub(super) fn arrange(world: &World, actor: Actor, arrange: Arrange, facts: &mut Facts) -> Result<(), Refusal> {
    let today = local_date(facts.now, world.zone);
    allowed(world, actor, &arrange)?;
    match arrange {
        Arrange::Move { step, due } => {
            let on = world.calendar.on_or_after(ahead(due, today)?);
            let old = open(world, &step)?;
            facts.begin(Deed::Moved { step: step.clone() });
            let due = world.calendar.dated(on, Anchor::Chosen { on: due }, due);
            let opens = if old.opens.date > due.date { due.clone() } else { old.opens.clone() };
            facts.push(What::Moved { step, opens, due });
        }
        Arrange::Shift { from, days } => {
            let from = world.calendar.on_or_after(ahead(from, today)?);
            if days == 0 {
                return Err(Refusal::NoDays);
            }
            if days > LONGEST_SHIFT {
                return Err(Refusal::TooLong { most: i64::from(LONGEST_SHIFT) });
            }
            let until = day_before(world.calendar.after(from, days));
            facts.begin(Deed::Shifted { from, until, days });
        }
        Arrange::Add { own, due } => {
            let due = ahead(due, today)?;
            // The number of the fact: no other step of this plan has it, not even one that was undone.
            let step = StepId(format!("{OWN}{}", world.plan.version + 1));
            facts.begin(Deed::Added { step: step.clone(), own });
            let Dates { opens, due } = window(world, today, due);
            facts.push(What::Planned { step: StepKey::first(&step, None), opens, due });
        }
        Arrange::Waive { step, reason } => {
            let reason = reason.ok_or(Refusal::LineNeeded)?;
            open(world, &step)?;
            facts.begin(Deed::Waived { step: step.clone(), reason });
            facts.push(What::Closed { step, reason: CloseReason::Waived, line: Some(reason) });
        }
        Arrange::Skip { curriculum, reason } => {
            let reason = reason.ok_or(Refusal::LineNeeded)?;
            skip(world, curriculum, reason, facts)?;
        }
        Arrange::Leave { from, until } => {
            in_range(from, today)?;
            in_range(until, today)?;
            let length = (until - from).num_days() + 1;
            // Also one that is over: what is still open has the dates that it would have had.
            let begins = world.plan.effective;
            if until < from {
                return Err(Refusal::EndsBefore { from, until });
            }
            if until < today.min(begins) {
                return Err(Refusal::LeaveBeforePlan { begins, until });
            }
            if length > LONGEST_LEAVE {
                return Err(Refusal::TooLong { most: LONGEST_LEAVE });
            }
            facts.begin(Deed::Leave { from, until });
        }
        Arrange::Pause => {
            if world.plan.arranged.paused.is_some() {
                return Err(Refusal::Paused);
            }
            facts.begin(Deed::Paused { from: today });
        }
        Arrange::Resume => {
            let paused = world.plan.arranged.paused.ok_or(Refusal::NotPaused)?;
            let last = day_before(today);
            facts.begin(Deed::Resumed { from: paused.from, until: (last >= paused.from).then_some(last) });
        }
        Arrange::NameDeputy { who, from, until } => name_deputy(world, who, (from, until), today, facts)?,
        Arrange::End { how, reason } => end(world, how, reason, facts)?,
        Arrange::Redate => facts.begin(Deed::Redated { calendar: world.calendar.name.clone() }),
    }
    Ok(())
}

/// How the steps of one plan alone are named: with the number of the fact that added them.
pub const OWN: &str = "step~own";

fn allowed(world: &World, actor: Actor, arrange: &Arrange) -> Result<(), Refusal> {
    let also = match arrange {
        Arrange::End { .. } | Arrange::Redate => None,
        Arrange::NameDeputy { .. } => Some(Role::Mentor),
        _ => Some(Role::Superior),
    };
    // A deputy has the mentor's part for a while, and names nobody for longer.
    let is_deputy = actor.person() != world.plan.cast.mentor.mentor();
    needs_hr_or(world, actor, also.filter(|role| *role != Role::Mentor || !is_deputy))
}

/// A day that is not over yet.
fn ahead(day: NaiveDate, today: NaiveDate) -> Result<NaiveDate, Refusal> {
    in_range(day, today)?;
    if day < today { Err(Refusal::DayPassed { day }) } else { Ok(day) }
}

fn day_before(day: NaiveDate) -> NaiveDate {
    day.checked_sub_days(Days::new(1)).unwrap_or(day)
}

/// A step that can still be moved or taken out.
fn open<'a>(world: &World<'a>, key: &StepKey) -> Result<&'a Step, Refusal> {
    let step = world.plan.steps.get(key).ok_or_else(|| Refusal::NoSuchStep { step: key.clone() })?;
    match step.state {
        StepState::Todo { .. } | StepState::Returned { .. } => Ok(step),
        StepState::HandedIn { .. } => {
            let by = world.release.step(&key.id).and_then(|def| def.review).unwrap_or(Role::Mentor);
            Err(Refusal::InReview { step: key.clone(), by })
        }
        _ => Err(Refusal::AlreadyClosed { step: key.clone() }),
    }
}

/// From today until a day that somebody chose.
fn window(world: &World, today: NaiveDate, due: NaiveDate) -> Dates {
    let chosen =
        |on: NaiveDate| -> Dated { world.calendar.dated(world.calendar.on_or_after(on), Anchor::Chosen { on }, on) };
    let (opens, due) = (chosen(today), chosen(due));
    Dates { opens: if opens.date > due.date { due.clone() } else { opens }, due }
}

fn skip(world: &World, curriculum: String, reason: WritingRef, facts: &mut Facts) -> Result<(), Refusal> {
    let found = world.release.curricula.iter().find(|one| one.name == curriculum).ok_or(Refusal::NoSuchModule)?;
    if world.plan.arranged.skipped.contains(&curriculum) {
        return Err(Refusal::ModuleSkipped);
    }
    facts.begin(Deed::Skipped { curriculum, reason });
    for (key, step) in found.steps.iter().flat_map(|def| world.plan.of(&def.id)) {
        // What was handed in is finished work, and is still answered.
        if matches!(step.state, StepState::Todo { .. } | StepState::Returned { .. }) {
            facts.push(What::Closed { step: key.clone(), reason: CloseReason::Skipped, line: Some(reason) });
        }
    }
    Ok(())
}

fn name_deputy(
    world: &World,
    who: PersonId,
    (from, until): (NaiveDate, NaiveDate),
    today: NaiveDate,
    facts: &mut Facts,
) -> Result<(), Refusal> {
    let cast = &world.plan.cast;
    let mentor = cast.mentor.mentor().ok_or(Refusal::NoMentor)?;
    if who == mentor {
        return Err(Refusal::AlreadyMentor { who });
    }
    super::mentoring::may_mentor(cast.manager, cast.superior, who)?;
    in_range(from, today)?;
    ahead(until, today)?;
    if until < from {
        return Err(Refusal::EndsBefore { from, until });
    }
    // Who stood in on days that are over answers nothing any more.
    facts.begin(Deed::DeputyNamed { who, from, until });
    Ok(())
}

fn end(world: &World, how: Ending, reason: Option<WritingRef>, facts: &mut Facts) -> Result<(), Refusal> {
    match how {
        Ending::Graduated if world.plan.completed_at(world.release).is_none() => return Err(Refusal::StepsLeft),
        Ending::Graduated => {}
        Ending::Early | Ending::Cancelled if reason.is_none() => return Err(Refusal::LineNeeded),
        Ending::Early | Ending::Cancelled => {}
    }
    ended(world, how, reason, facts);
    Ok(())
}

/// What is open when a plan ends is closed; what was handed in is still answered.
pub(super) fn ended(world: &World, how: Ending, reason: Option<WritingRef>, facts: &mut Facts) {
    let (calendar, effective) = (world.calendar, world.plan.effective);
    let until = world.plan.counted_until(local_date(facts.now, world.zone));
    let checkpoints = &world.release.program.checkpoints;
    let counted = Counted {
        day: calendar.plan_day_of(effective, until),
        checkpoints: checkpoints.iter().map(|n| calendar.plan_day(effective, *n)).collect(),
    };
    facts.begin(Deed::Ended { how, reason, counted: Some(counted) });
    for (key, step) in &world.plan.steps {
        if matches!(step.state, StepState::Todo { .. } | StepState::Returned { .. }) {
            facts.push(What::Closed { step: key.clone(), reason: CloseReason::PlanEnded, line: None });
        }
    }
}
