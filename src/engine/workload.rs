//! How much of everybody's time a plan takes, week by week.
//!
//! A step's effort lies evenly on the working days of its window, half as much on a half day: nobody
//! prepares a meeting of three hours on the day it is due.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate, Weekday};

use super::calendar::Calendar;
use super::plan::{CloseReason, Plan, Step, StepState};
use super::release::{Release, StepDef};
use super::vocabulary::{Role, StepKey};

/// Minutes that reading and answering a hand-in takes.
pub const REVIEW: u16 = 5;

/// What takes somebody's time in a week.
#[derive(Debug, Clone, PartialEq)]
pub struct Share {
    pub monday: NaiveDate,
    pub role: Role,
    pub of: Work,
    pub minutes: f64,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Work {
    Step(StepKey),
    /// Reading what somebody else handed in.
    Review(StepKey),
    /// A page that gathers weekly steps, by its name.
    Page(String),
}

/// What a week asks of everybody, in minutes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Week {
    pub monday: NaiveDate,
    pub minutes: BTreeMap<Role, u32>,
    /// Steps of the manager that fall due.
    pub due: usize,
}

impl Week {
    pub fn minutes_of(&self, role: Role) -> u32 {
        self.minutes.get(&role).copied().unwrap_or(0)
    }
}

/// The Monday of a day's week.
pub fn monday(day: NaiveDate) -> NaiveDate {
    day.week(Weekday::Mon).checked_first_day().unwrap_or(day)
}

/// Which week of a plan that begins on `effective` a day lies in, counted from 1.
pub fn week_number(effective: NaiveDate, day: NaiveDate) -> i64 {
    (monday(day) - monday(effective)).num_days() / 7 + 1
}

/// Effort spread evenly on the days of a window, by weeks; `weeks` has the week of each day, in order.
pub(super) fn spread<W: Copy + PartialEq>(effort: f64, weeks: &[W]) -> impl Iterator<Item = (W, f64)> {
    let share = move |days: usize| effort * days as f64 / weeks.len() as f64;
    weeks.chunk_by(PartialEq::eq).filter_map(move |week| Some((*week.first()?, share(week.len()))))
}

/// What takes whose time, in no order.
pub fn shares(release: &Release, calendar: &Calendar, plan: &Plan) -> Vec<Share> {
    let mut found = Vec::new();
    let mut pages: BTreeMap<(NaiveDate, &str), u16> = BTreeMap::new();
    for (key, step, def) in expected(release, plan) {
        // A page takes its time once a week, however many steps it holds.
        if let Some(gather) = release.program.gathering(&key.id).filter(|_| def.is_ritual_turn(key.turn)) {
            pages.insert((monday(step.due.date), &gather.id), gather.effort);
            continue;
        }
        let halves = half_days(calendar, step.opens.date, step.due.date);
        let mondays: Vec<NaiveDate> = halves.into_iter().map(monday).collect();
        found.extend(spread(f64::from(def.effort), &mondays).map(|(monday, minutes)| Share {
            monday,
            role: def.who,
            of: Work::Step(key.clone()),
            minutes,
        }));
        found.extend(def.review.map(|role| Share {
            monday: monday(step.due.date),
            role,
            of: Work::Review(key.clone()),
            minutes: f64::from(REVIEW),
        }));
    }
    found.extend(pages.into_iter().map(|((monday, page), effort)| Share {
        monday,
        role: Role::Manager,
        of: Work::Page(page.to_owned()),
        minutes: f64::from(effort),
    }));
    found
}

/// Every week from the first to the last in which something is to be done.
pub fn weeks(release: &Release, plan: &Plan, shares: &[Share]) -> Vec<Week> {
    let mut sums: BTreeMap<NaiveDate, BTreeMap<Role, f64>> = BTreeMap::new();
    for share in shares {
        *sums.entry(share.monday).or_default().entry(share.role).or_default() += share.minutes;
    }
    let mut due: BTreeMap<NaiveDate, usize> = BTreeMap::new();
    for (_, step, def) in expected(release, plan) {
        *due.entry(monday(step.due.date)).or_default() += usize::from(def.who == Role::Manager);
    }
    let mondays = || sums.keys().chain(due.keys()).copied();
    let (Some(first), Some(last)) = (mondays().min(), mondays().max()) else { return Vec::new() };
    first
        .iter_days()
        .step_by(7)
        .take_while(|monday| *monday <= last)
        .map(|monday| Week {
            monday,
            minutes: sums.get(&monday).into_iter().flatten().map(|(role, sum)| (*role, sum.round() as u32)).collect(),
            due: due.get(&monday).copied().unwrap_or(0),
        })
        .collect()
}

/// Minutes of a role in an average week among the first `n` of a plan.
pub fn mean(weeks: &[Week], plan: &Plan, role: Role, n: u32) -> u32 {
    let first = monday(plan.effective);
    let end = first.checked_add_days(Days::new(7 * u64::from(n))).unwrap_or(NaiveDate::MAX);
    let sum: u32 = weeks.iter().filter(|week| week.monday < end).map(|week| week.minutes_of(role)).sum();
    // A plan that is shorter than `n` weeks is measured by its own length.
    let last = weeks.last().map_or(0, |last| week_number(plan.effective, last.monday));
    let count = u32::try_from(last).unwrap_or(0).min(n);
    sum.checked_div(count).unwrap_or(0)
}

/// The steps that somebody spends time on: not those that no answer opened.
fn expected<'a>(release: &'a Release, plan: &'a Plan) -> impl Iterator<Item = (&'a StepKey, &'a Step, &'a StepDef)> {
    plan.steps
        .iter()
        .filter(|(_, step)| is_expected(step))
        .filter_map(|(key, step)| Some((key, step, release.step(&key.id)?)))
}

/// Whether a step asks for anybody's time.
pub fn is_expected(step: &Step) -> bool {
    !matches!(step.state, StepState::Closed { reason: CloseReason::NotTaken | CloseReason::Ended, .. })
}

/// The days of a window that count, each once for every half of it that is worked; the last one when
/// none counts.
fn half_days(calendar: &Calendar, from: NaiveDate, to: NaiveDate) -> Vec<NaiveDate> {
    let days = from.iter_days().take_while(|day| *day <= to);
    let halves: Vec<NaiveDate> = days.flat_map(|day| std::iter::repeat_n(day, calendar.halves(day))).collect();
    if halves.is_empty() { vec![to] } else { halves }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::calendar::samples::{calendar, date};

    #[test]
    fn a_half_day_holds_half_the_hours_of_a_day() {
        let mut calendar = calendar();
        let name = calendar.title.clone();
        calendar.half_days.insert(date("2030-03-08"), name); // a Friday, before a Saturday that is worked
        let halves = half_days(&calendar, date("2030-03-08"), date("2030-03-11"));
        let days = [("2030-03-08", 1), ("2030-03-09", 2), ("2030-03-11", 2)];
        assert_eq!(halves, days.map(|(day, n)| vec![date(day); n]).concat());
        let weeks: Vec<NaiveDate> = halves.into_iter().map(monday).collect();
        let spread: Vec<(NaiveDate, f64)> = spread(100.0, &weeks).collect();
        assert_eq!(spread, [(date("2030-03-04"), 60.0), (date("2030-03-11"), 40.0)]);
    }
}
