//! What a brief names: which steps, on which morning, for whom.

use chrono::NaiveDate;
use serde::Serialize;

use super::calendar::Calendar;
use super::plan::{Plan, Standing, Step, StepState};
use super::release::{Program, Remind, StepDef};
use super::vocabulary::{Role, StepKey};

/// Why a brief names a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Mention {
    /// Sent back by its reviewer.
    Returned,
    Overdue,
    /// Open, and due today or soon.
    Due,
    /// Handed in by somebody else, for this reader to accept or return.
    ToReview,
}

/// Whether the brief of somebody with these roles names a step on the morning of `today`.
pub fn mention(
    plan: &Plan,
    program: &Program,
    calendar: &Calendar,
    (key, step, def): (&StepKey, &Step, &StepDef),
    roles: &[Role],
    today: NaiveDate,
) -> Option<Mention> {
    let standing = plan.standing(step, def, today);
    let is_gathered = is_gathered(program, key, def);
    if !roles.contains(&def.who) {
        let reviews =
            matches!(standing, Standing::InReview { .. }) && def.review.is_some_and(|role| roles.contains(&role));
        return reviews.then_some(Mention::ToReview);
    }
    // Nobody is reminded of a plan that rests; what was handed in is still answered.
    if plan.arranged.rests_on(today) {
        return None;
    }
    let (due_soon, overdue_every) = match def.remind {
        Remind::Never => return None,
        Remind::Program => (program.due_soon, program.overdue_every),
        Remind::Own { due_soon, overdue_every } => {
            (due_soon.unwrap_or(program.due_soon), overdue_every.unwrap_or(program.overdue_every))
        }
    };
    match standing {
        // What came back is said every morning: somebody waits for it.
        Standing::Open { .. } | Standing::Overdue { .. } if matches!(step.state, StepState::Returned { .. }) => {
            Some(Mention::Returned)
        }
        // The page is open the whole week and named on its day; a line that is missed lapses, unchased.
        Standing::Open { days } if is_gathered => (days == 0).then_some(Mention::Due),
        Standing::Overdue { .. } if is_gathered => None,
        Standing::Overdue { .. } => {
            let late = working_days_between(calendar, step.due.date, today);
            late.saturating_sub(1).is_multiple_of(overdue_every.max(1)).then_some(Mention::Overdue)
        }
        Standing::Open { .. } => (step.due.date <= calendar.after(today, due_soon)).then_some(Mention::Due),
        _ => None,
    }
}

/// Whether a step is late and still expected of somebody with these roles, though the brief of `today` need not name
/// it: what is late comes back every few mornings.
pub fn is_late_besides(
    plan: &Plan,
    program: &Program,
    (key, step, def): (&StepKey, &Step, &StepDef),
    roles: &[Role],
    today: NaiveDate,
) -> bool {
    roles.contains(&def.who)
        && matches!(plan.standing(step, def, today), Standing::Overdue { .. })
        && !is_gathered(program, key, def)
        && def.remind != Remind::Never
        && !plan.arranged.rests_on(today)
}

fn is_gathered(program: &Program, key: &StepKey, def: &StepDef) -> bool {
    program.gathering(&def.id).is_some() && def.is_ritual_turn(key.turn)
}

/// Working days after `from`, up to and with `to`.
pub(super) fn working_days_between(calendar: &Calendar, from: NaiveDate, to: NaiveDate) -> u16 {
    let days = from.iter_days().skip(1).take_while(|day| *day <= to).filter(|day| calendar.is_working(*day)).count();
    u16::try_from(days).unwrap_or(u16::MAX)
}
