//! Dates of steps: listed windows, windows of joiners, and the turns of rituals.

use chrono::{Datelike, Days, Months, NaiveDate};

use super::calendar::{Anchor, Calendar, Dated};
use super::plan::{Plan, Step, StepState};
use super::release::{Period, StepDef};
use super::vocabulary::{MemberId, StepKey};

/// When a turn opens and when it is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dates {
    pub opens: Dated,
    pub due: Dated,
}

/// A weekly turn opens at most this many working days before it is due, so that turns don't overlap.
const WEEKLY_WINDOW: u16 = 4;

/// Calendar days that lie at least between the last listed day and the first weekly turn.
const LEAST_WEEKLY_GAP: u32 = 3;

/// The dates of a listed turn (counted from 1).
pub fn listed(def: &StepDef, turn: u16, effective: NaiveDate, calendar: &Calendar) -> Option<Dates> {
    let window = def.windows.get(usize::from(turn).checked_sub(1)?)?;
    Some(Dates { opens: calendar.plan_day(effective, window.opens), due: calendar.plan_day(effective, window.due) })
}

/// The dates of a listed turn for a member who joined on `on`: never less than `within` working days.
pub fn for_joiner(
    def: &StepDef,
    turn: u16,
    (member, on): (MemberId, NaiveDate),
    effective: NaiveDate,
    calendar: &Calendar,
) -> Option<Dates> {
    let mut dates = listed(def, turn, effective, calendar)?;
    let within = def.each?.within;
    let joined = calendar.after(on, 0);
    let last = calendar.after(on, within);
    if dates.opens.date < joined {
        dates.opens = calendar.dated(joined, Anchor::Joined { n: 0, member, on }, on);
    }
    if dates.due.date < last {
        dates.due = calendar.dated(last, Anchor::Joined { n: within, member, on }, on);
    }
    Some(dates)
}

/// The turn of a ritual that comes `beyond` turns after its last listed one, unless it ends before.
fn recurring(def: &StepDef, base: &Step, beyond: u16, effective: NaiveDate, calendar: &Calendar) -> Option<Dates> {
    let every = def.every?;
    let turn = def.listed().saturating_add(beyond);
    let base_due = base.due.date;
    let due = match every.period {
        Period::WorkingDays(n) => {
            let n = n.saturating_mul(beyond);
            calendar.dated(calendar.after(base_due, n), Anchor::Turn { turn, n, base: base_due }, base_due)
        }
        Period::Weekly(weekday) => {
            let ahead = (7 + weekday.num_days_from_monday() - base_due.weekday().num_days_from_monday()) % 7;
            // Two turns in one week would be one too many.
            let ahead = if ahead <= LEAST_WEEKLY_GAP { ahead + 7 } else { ahead };
            let nominal = base_due.checked_add_days(Days::new(u64::from(ahead) + 7 * (u64::from(beyond) - 1)))?;
            recurs(turn, nominal, calendar)
        }
        Period::Months(n) => {
            let nominal = base_due.checked_add_months(Months::new(u32::from(n) * u32::from(beyond)))?;
            recurs(turn, nominal, calendar)
        }
    };
    let until = calendar.plan_day(effective, every.until).date;
    if due.date > until {
        return None;
    }
    let window = def.windows.last().map_or(0, |window| window.due - window.opens);
    let window = if matches!(every.period, Period::Weekly(_)) { window.min(WEEKLY_WINDOW) } else { window };
    let opens =
        calendar.dated(calendar.before(due.date, window), Anchor::Before { n: window, due: due.date }, due.date);
    Some(Dates { opens, due })
}

/// A turn that lands on a calendar day, or on the next one that is worked.
fn recurs(turn: u16, nominal: NaiveDate, calendar: &Calendar) -> Dated {
    let date = calendar.on_or_after(nominal);
    calendar.dated(date, Anchor::Recurs { turn, nominal, moved: date != nominal }, nominal)
}

/// The turn that follows `newest` in its chain. It opens after `newest` was due, so that a turn is
/// never chased by its successor.
pub fn next_turn(plan: &Plan, def: &StepDef, newest: &StepKey, calendar: &Calendar) -> Option<(StepKey, Dates)> {
    let listed = def.listed();
    if newest.turn < listed {
        return None; // listed turns are planned from the start
    }
    let base = plan.steps.get(&newest.at_turn(listed))?;
    let before = plan.steps.get(newest)?;
    let turn = newest.turn.checked_add(1)?;
    let mut dates = recurring(def, base, turn - listed, plan.effective, calendar)?;
    let earliest = calendar.after(before.due.date, 1);
    if dates.due.date <= before.due.date {
        // A long holiday can push two turns onto one day; the later of them is left out.
        return next_turn_after_clash(plan, def, newest, base, calendar);
    }
    if dates.opens.date < earliest {
        dates.opens = calendar.dated(earliest, dates.opens.why.from, earliest);
    }
    Some((newest.at_turn(turn), dates))
}

fn next_turn_after_clash(
    plan: &Plan,
    def: &StepDef,
    newest: &StepKey,
    base: &Step,
    calendar: &Calendar,
) -> Option<(StepKey, Dates)> {
    let before = plan.steps.get(newest)?.due.date;
    let turn = newest.turn.checked_add(2)?;
    let mut dates = recurring(def, base, turn - def.listed(), plan.effective, calendar)?;
    let earliest = calendar.after(before, 1);
    if dates.opens.date < earliest {
        dates.opens = calendar.dated(earliest, dates.opens.why.from, earliest);
    }
    (dates.due.date > before).then(|| (newest.at_turn(turn), dates))
}

/// The turn of a chain that should stand open on `today`: the last one that has opened by then.
pub fn turn_for(
    plan: &Plan,
    def: &StepDef,
    newest: &StepKey,
    calendar: &Calendar,
    today: NaiveDate,
) -> Option<(StepKey, Dates)> {
    let mut found = next_turn(plan, def, newest, calendar).filter(|(_, dates)| dates.opens.date <= today)?;
    let base = plan.steps.get(&newest.at_turn(def.listed()))?;
    // Turns that passed while nothing ran are left out, not piled up.
    while let Some(turn) = found.0.turn.checked_add(1) {
        match recurring(def, base, turn - def.listed(), plan.effective, calendar) {
            Some(dates) if dates.opens.date <= today && found.1.due.date < today => {
                found = (newest.at_turn(turn), dates)
            }
            _ => break,
        }
    }
    Some(found)
}

/// The day on which time alone will next change the plan: a ritual's next turn opens.
pub fn next_wake(plan: &Plan, release: &super::Release, calendar: &Calendar) -> Option<NaiveDate> {
    plan.newest_turns()
        .values()
        .filter_map(|(key, step)| {
            let def = release.step(&key.id).filter(|def| moves_on(plan, step, def))?;
            next_turn(plan, def, key, calendar).map(|(_, dates)| dates.opens.date)
        })
        .min()
}

/// Whether a chain moves on by time alone. It doesn't for a member who left; and a turn that could
/// not be done, since it waits for other steps, neither lapses nor is followed by one like it.
pub fn moves_on(plan: &Plan, newest: &Step, def: &StepDef) -> bool {
    match newest.state {
        StepState::Closed { .. } => false,
        StepState::Todo { .. } => plan.blockers(newest, def).is_empty(),
        _ => true,
    }
}
