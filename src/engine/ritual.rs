//! Dates of steps: listed windows, windows of joiners, and the turns of rituals.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

use super::calendar::{Anchor, Calendar, Dated};
use super::plan::{CloseReason, Plan, Step, StepState};
use super::release::{Day, Period, Quarter, Release, StepDef, Until, Window};
use super::vocabulary::{MemberId, StepKey};

/// No plan is away for longer.
const MOST_WEEKS_AWAY: usize = 160;

/// When a turn opens and when it is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dates {
    pub opens: Dated,
    pub due: Dated,
}

/// What turns are planned by.
#[derive(Clone, Copy)]
pub struct Course<'a> {
    pub plan: &'a Plan,
    pub release: &'a Release,
    pub calendar: &'a Calendar,
}

/// A weekly turn opens at most this many working days before it is due, so that turns don't overlap;
/// one that a page gathers, just so many: the page is open the whole week.
const WEEKLY_WINDOW: u16 = 4;

/// Calendar days that lie at least between the last listed day and the first weekly turn.
const LEAST_WEEKLY_GAP: u32 = 3;

/// The dates of a member's turn: who joins after the first day has never less than `within` working days. A
/// day that somebody chose is a promise, and stands.
pub fn for_joiner(def: &StepDef, dates: Dates, (member, on): (MemberId, NaiveDate), calendar: &Calendar) -> Dates {
    let Some(each) = def.each else { return dates };
    let Dates { mut opens, mut due } = dates;
    let joined = calendar.on_or_after(on);
    // Of who joins on a day off, the first working day is the first of them.
    let last = calendar.after(on, each.within.saturating_sub(u16::from(joined != on)));
    if opens.date < joined {
        opens = calendar.dated(joined, Anchor::Joined { n: 0, member, on }, on);
    }
    if due.date < last && !matches!(due.why.from, Anchor::Answered { .. }) {
        due = calendar.dated(last, Anchor::Joined { n: each.within, member, on }, on);
    }
    Dates { opens, due }
}

/// A day of the quarter that is so many after the first one whose day is not before `not_before`.
pub fn in_quarter(quarter: Quarter, n: i16, not_before: NaiveDate, ahead: i32, calendar: &Calendar) -> Dated {
    // Days that do not count, here or anywhere, move a day on, and never into another quarter's turn.
    // A day before the quarter's start, or after its end, lies in the quarter beside it.
    let mut from = -1;
    while from < 2 && calendar.worked_beside(calendar.quarter(not_before, from, quarter), n) < not_before {
        from += 1;
    }
    calendar.in_quarter(quarter, n, calendar.quarter(not_before, from + ahead, quarter))
}

/// After what day no turn is due.
pub(super) fn last_day(until: &Until, plan: &Plan, def: &StepDef, calendar: &Calendar) -> NaiveDate {
    let plan_day = |n: u16| calendar.plan_date(plan.effective, n);
    match until {
        Until::Plan(n) => plan_day(*n),
        Until::Launch { launch } => {
            let on = def.playbook.as_ref().and_then(|playbook| plan.launches.get(playbook));
            on.map_or(plan.effective, |on| calendar.after(*on, *launch))
        }
        Until::Closed { step, latest } => {
            let closed = plan.of(step).map(|(_, step)| step.state.closed_at()).collect::<Option<Vec<_>>>();
            let closed = closed.and_then(|all| all.into_iter().max()).map(|at| at.date_naive());
            closed.map_or(plan_day(*latest), |closed| closed.min(plan_day(*latest)))
        }
    }
}

/// Whether everything is closed until which a step recurs.
pub(super) fn has_ended(plan: &Plan, def: &StepDef) -> bool {
    let Some(Until::Closed { step, .. }) = def.every.as_ref().map(|every| &every.until) else { return false };
    let mut last = plan.of(step).peekable();
    last.peek().is_some() && last.all(|(_, step)| step.state.is_closed())
}

/// The turns that later ones are counted from once a step recurs otherwise: of each chain the newest that
/// is closed, or the one before that which stands open.
pub(super) fn new_bases<'a>(
    was: &StepDef,
    now: &StepDef,
    steps: impl Iterator<Item = (&'a StepKey, &'a Step)>,
) -> Vec<StepKey> {
    let period = |def: &StepDef| def.every.as_ref().map(|every| every.period);
    if now.every.is_none() || period(was) == period(now) {
        return Vec::new();
    }
    // Keys sort by turn within a chain, so the newest stays.
    let newest: BTreeMap<_, _> = steps.map(|(key, step)| ((&key.id, key.member), (key, step))).collect();
    newest.into_values().map(newest_base).filter(|key| key.turn > now.listed()).collect()
}

fn newest_base((newest, step): (&StepKey, &Step)) -> StepKey {
    newest.at_turn(newest.turn - u16::from(!step.state.is_closed()))
}

/// Whether a chain has come so far that turns may be counted from this one.
pub(super) fn has_come_to(base: &StepKey, steps: &BTreeMap<StepKey, Step>) -> bool {
    let newest = steps.range(base.at_turn(0)..=base.at_turn(u16::MAX)).next_back();
    newest.is_some_and(|newest| newest_base(newest) >= *base)
}

/// The turn that those after `newest` are counted from, and the step whose day is its day: the last listed
/// one; the last before the step came to recur otherwise; one that was moved on, since its day had passed.
/// Where that turn was left out or is gone, the one before it that stands has its day.
fn base<'a>(plan: &'a Plan, def: &StepDef, newest: &StepKey) -> Option<(u16, &'a Step)> {
    let chain = || plan.steps.range(newest.at_turn(0)..=newest.clone());
    let is_moved_on = |(_, step): &(&StepKey, &Step)| matches!(step.due.why.from, Anchor::Opened { .. });
    let moved_on = chain().filter(is_moved_on).map(|(key, _)| key.turn);
    let before = plan.arranged.bases.range(newest.at_turn(0)..=newest.clone()).map(|key| key.turn);
    let turn = before.chain(moved_on).max().unwrap_or(0).max(def.listed());
    Some((turn, chain().take_while(|(key, _)| key.turn <= turn).last()?.1))
}

/// Whether a turn that recurs, or the one that those are counted from, has a later one: its days are those
/// that the later one was counted by.
pub(super) fn is_passed(plan: &Plan, def: &StepDef, key: &StepKey) -> bool {
    let later = key.at_turn(key.turn.saturating_add(1))..=key.at_turn(u16::MAX);
    def.every.is_some() && key.turn >= def.listed() && plan.steps.range(later).next().is_some()
}

/// A turn of a ritual by the one that it is counted from, unless the ritual ends before.
fn recurring(course: &Course, def: &StepDef, (from, base): (u16, &Step), turn: u16) -> Option<Dates> {
    let Course { plan, release, calendar } = *course;
    let every = def.every.as_ref()?;
    let beyond = turn.checked_sub(from)?;
    let base_due = base.due.date;
    let due = match every.period {
        Period::Months(n) if matches!(def.windows.last(), Some(Window { due: Day::Quarter { .. }, .. })) => {
            let Some(Window { due: Day::Quarter { quarter, n: beside, .. }, .. }) = def.windows.last() else {
                return None;
            };
            let ahead = i32::from(n / 3) * i32::from(beyond);
            let first = match base.due.why.from {
                Anchor::Quarter { nominal: Some(nominal), .. } => nominal,
                _ => base_due,
            };
            in_quarter(*quarter, *beside, first, ahead, calendar)
        }
        Period::WorkingDays(n) => {
            let n = n.saturating_mul(beyond);
            calendar.dated(calendar.after(base_due, n), Anchor::Turn { turn, n, base: base_due }, base_due)
        }
        Period::Weekly(weekday) => {
            let ahead = (7 + weekday.num_days_from_monday() - base_due.weekday().num_days_from_monday()) % 7;
            // Two turns in one week would be one too many.
            let ahead = if ahead <= LEAST_WEEKLY_GAP { ahead + 7 } else { ahead };
            let nominal = base_due.checked_add_days(Days::new(u64::from(ahead) + 7 * (u64::from(beyond) - 1)))?;
            in_its_week(turn, nominal, calendar)
        }
        Period::Months(n) => {
            let nominal = base_due.checked_add_months(Months::new(u32::from(n) * u32::from(beyond)))?;
            recurs(turn, nominal, calendar)
        }
    };
    if due.date > last_day(&every.until, plan, def, calendar) {
        return None;
    }
    let window = def.windows.last().map_or(0, Window::length);
    let window = match every.period {
        Period::Weekly(_) if release.program.gathering(&def.id).is_some() => WEEKLY_WINDOW,
        Period::Weekly(_) => window.min(WEEKLY_WINDOW),
        _ => window,
    };
    let opens =
        calendar.dated(calendar.before(due.date, window), Anchor::Before { n: window, due: due.date }, due.date);
    Some(Dates { opens, due })
}

/// The first turn of a ritual that a page gathers: on the page's weekday, so that one sitting holds
/// them all.
pub fn on_weekday(first: &Dated, weekday: Weekday, turn: u16, calendar: &Calendar) -> Dated {
    let ahead = (7 + weekday.num_days_from_monday() - first.date.weekday().num_days_from_monday()) % 7;
    let nominal = first.date.checked_add_days(Days::new(u64::from(ahead))).unwrap_or(first.date);
    if ahead == 0 {
        return first.clone();
    }
    let from = Anchor::OnWeekday { turn, from: first.date, nominal };
    calendar.dated(calendar.on_or_after(nominal), from, first.date)
}

/// A weekly turn. One that falls into days on which its people are away comes on the same weekday of the
/// first week after them: the first morning back is full enough.
fn in_its_week(turn: u16, nominal: NaiveDate, calendar: &Calendar) -> Dated {
    let weeks = std::iter::successors(Some(nominal), |day| day.checked_add_days(Days::new(7)));
    let there = weeks.take(MOST_WEEKS_AWAY).find(|day| !calendar.is_away(*day)).unwrap_or(nominal);
    let date = calendar.on_or_after(there);
    calendar.dated(date, Anchor::Recurs { turn, nominal: there, moved: date != there }, nominal)
}

/// A turn that lands on a calendar day, or on the next one that is worked.
fn recurs(turn: u16, nominal: NaiveDate, calendar: &Calendar) -> Dated {
    let date = calendar.on_or_after(nominal);
    calendar.dated(date, Anchor::Recurs { turn, nominal, moved: date != nominal }, nominal)
}

/// The turn that follows `newest` in its chain: the first that is not due before `from`, so that none
/// comes late. It opens after `newest` was due, so that a turn is never chased by its successor.
pub fn next_turn(course: &Course, def: &StepDef, newest: &StepKey, from: NaiveDate) -> Option<(StepKey, Dates)> {
    let Course { plan, calendar, .. } = *course;
    let listed = def.listed();
    if newest.turn < listed || plan.arranged.declines(&def.id) {
        return None; // listed turns are planned from the start
    }
    let base = base(plan, def, newest)?;
    let before = plan.steps.get(newest)?.due.date;
    // Turns that passed while nothing ran are left out, not piled up; and days off can push many turns onto
    // one day, of which the first comes.
    for turn in (newest.turn..u16::MAX).map(|turn| turn + 1) {
        let dates = recurring(course, def, base, turn)?;
        if dates.due.date > before && dates.due.date >= from {
            return Some((newest.at_turn(turn), not_before(day_after(before, calendar), dates, calendar)));
        }
    }
    None
}

/// The dates of a recurring turn that stands in the plan, over again.
pub(super) fn dates_of_turn(course: &Course, def: &StepDef, key: &StepKey) -> Option<Dates> {
    let Course { plan, calendar, .. } = *course;
    let base = base(plan, def, &key.at_turn(key.turn.checked_sub(1)?))?;
    let dates = recurring(course, def, base, key.turn)?;
    let before = plan.of(&key.id).filter(|(other, _)| other.member == key.member && other.turn < key.turn);
    let Some((_, before)) = before.last() else { return Some(dates) };
    let earliest = day_after(before.due.date, calendar);
    let dates = if dates.due.date < earliest { pushed(earliest, dates, calendar) } else { dates };
    Some(not_before(earliest, dates, calendar))
}

/// The turn before it was moved past its day: it is due as soon as it opens.
fn pushed(earliest: NaiveDate, dates: Dates, calendar: &Calendar) -> Dates {
    let from = match dates.due.why.from {
        Anchor::Recurs { turn, nominal, .. } => Anchor::Recurs { turn, nominal, moved: true },
        from => from,
    };
    Dates { due: calendar.dated(earliest, from, dates.due.date), ..dates }
}

/// The first day that counts after another, which may be one that does not.
fn day_after(day: NaiveDate, calendar: &Calendar) -> NaiveDate {
    calendar.on_or_after(day.checked_add_days(Days::new(1)).unwrap_or(day))
}

/// A turn opens after the one before it was due.
fn not_before(earliest: NaiveDate, dates: Dates, calendar: &Calendar) -> Dates {
    if dates.opens.date >= earliest {
        return dates;
    }
    let due = dates.due.date;
    let n = calendar.plan_day_of(earliest, due).saturating_sub(1);
    Dates { opens: calendar.dated(earliest, Anchor::Before { n, due }, due), ..dates }
}

/// The day on which time alone will next change the plan: a ritual's next turn opens, or whoever stands
/// in for the mentor no longer does.
pub fn next_wake(course: &Course, today: NaiveDate) -> Option<NaiveDate> {
    let arranged = &course.plan.arranged;
    let deputy_leaves = arranged.deputy.and_then(|deputy| deputy.span.until.succ_opt());
    let rests = arranged.ended.is_some() || arranged.paused.is_some();
    let (turn_opens, graduates) =
        if rests { (None, None) } else { (next_opening(course, today), graduates_on(course)) };
    deputy_leaves.into_iter().chain(turn_opens).chain(graduates).min()
}

/// The day after the program's last one, on which a plan in which everything listed is closed graduates
/// by itself.
pub fn graduates_on(course: &Course) -> Option<NaiveDate> {
    let Course { plan, release, calendar } = *course;
    plan.completed_at(release)?;
    calendar.plan_date(plan.effective, release.program.ends).succ_opt()
}

fn next_opening(course: &Course, today: NaiveDate) -> Option<NaiveDate> {
    let Course { plan, release, .. } = *course;
    let defs = release.by_id();
    plan.newest_turns()
        .values()
        .filter_map(|(key, step)| {
            let def = defs.get(&key.id).filter(|def| moves_on(plan, step, def))?;
            next_turn(course, def, key, today).map(|(_, dates)| dates.opens.date)
        })
        .min()
}

/// Whether a chain moves on by time alone. It doesn't for a member who left; and a turn that could
/// not be done, since it waits for other steps, neither lapses nor is followed by one like it.
pub fn moves_on(plan: &Plan, newest: &Step, def: &StepDef) -> bool {
    match newest.state {
        // One turn was taken out, not those to come.
        StepState::Closed { reason: CloseReason::Waived, .. } => true,
        // What it recurred until was closed, and is open again.
        StepState::Closed { reason: CloseReason::Ended, .. } => !has_ended(plan, def),
        StepState::Closed { .. } => false,
        StepState::Todo { .. } => plan.blockers(newest, def).is_empty(),
        _ => true,
    }
}
