//! The ladder: who hears that a step is late with somebody else.

use chrono::NaiveDate;
use chrono_tz::Tz;

use super::access::holder_on;
use super::brief::working_days_between;
use super::plan::{Standing, Step, StepState};
use super::release::{Remind, StepDef};
use super::ritual::Course;
use super::vocabulary::{PersonId, Role, StepKey};
use super::zone::local_date;

/// A reviewer has so many working days before their answer is late.
pub const REVIEW_DAYS: u16 = 2;

/// A step that is late with somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Late {
    pub step: StepKey,
    /// Whose turn it is, as which part.
    pub who: PersonId,
    pub role: Role,
    /// They owe an answer to what was handed in.
    pub is_review: bool,
    /// The day since which it is counted: on another one it is late once more.
    pub since: NaiveDate,
    /// Working days.
    pub late: u16,
}

/// What is late in a plan on a day, and with whom. What is never reminded of is left out, and so are the
/// lines of a page that gathers rituals, which lapse. Nothing is late in a plan that rests or is over.
pub fn late(course: &Course, zone: Tz, today: NaiveDate) -> Vec<Late> {
    let Course { plan, release, .. } = *course;
    if plan.arranged.ended.is_some() || plan.arranged.rests_on(today) {
        return Vec::new();
    }
    let defs = release.by_id();
    let of_step = |(key, step): (&StepKey, &Step)| {
        let def = defs.get(&key.id)?;
        let is_gathered = release.program.gathering(&def.id).is_some() && def.is_ritual_turn(key.turn);
        if def.remind == Remind::Never || is_gathered {
            return None;
        }
        one(course, zone, (key, step, def), today)
    };
    plan.steps.iter().filter_map(of_step).collect()
}

fn one(course: &Course, zone: Tz, (key, step, def): (&StepKey, &Step, &StepDef), today: NaiveDate) -> Option<Late> {
    let (role, since, grace) = match course.plan.standing(step, def, today) {
        Standing::Overdue { .. } => (def.who, step.due.date, 0),
        Standing::InReview { by } => {
            let StepState::HandedIn { at, .. } = &step.state else { return None };
            (by, local_date(*at, zone), REVIEW_DAYS)
        }
        _ => return None,
    };
    let late = working_days_between(course.calendar, since, today).checked_sub(grace).filter(|late| *late > 0)?;
    let who = holder_on(course.plan, role, today)?;
    Some(Late { step: key.clone(), who, role, is_review: grace > 0, since, late })
}
