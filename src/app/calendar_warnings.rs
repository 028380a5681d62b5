//! Running plans that rest on days nobody published yet, or go on past the last known day.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use super::worlds::PlanWorld;
use crate::engine::calendar::Calendar;
use crate::engine::vocabulary::Text;

/// What HR is to do something about: import the year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CalendarWarning {
    /// The calendar.
    pub name: String,
    pub title: Text,
    /// provisional: open steps rest on days that were derived; beyond: the plan goes on after the last
    /// known day.
    pub is: &'static str,
    /// The first and the last of those days; of `beyond` the last known day.
    pub from: NaiveDate,
    pub until: NaiveDate,
    /// Running plans.
    pub plans: usize,
    /// Where the year is imported.
    pub href: String,
}

/// The warnings about the running plans among these, by calendar.
pub fn warnings(worlds: &[PlanWorld]) -> Vec<CalendarWarning> {
    let mut found: BTreeMap<(&str, &'static str), (&Calendar, usize)> = BTreeMap::new();
    let running = worlds.iter().filter(|world| world.plan.arranged.ended.is_none());
    for world in running.filter(|world| world.plan.completed_at(&world.release).is_none()) {
        let calendar = &*world.calendar;
        let mut count = |is| found.entry((&calendar.name, is)).or_insert((calendar, 0)).1 += 1;
        if rests_on_provisional(world) {
            count("provisional");
        }
        if last_day(world) > calendar.known.until {
            count("beyond");
        }
    }
    let warning = |((_, is), (calendar, plans)): ((&str, &'static str), (&Calendar, usize))| {
        let provisional = calendar.provisional.filter(|_| is == "provisional");
        CalendarWarning {
            name: calendar.name.clone(),
            title: calendar.title.clone(),
            is,
            from: provisional.map_or(calendar.known.until, |span| span.from),
            until: provisional.map_or(calendar.known.until, |span| span.until),
            plans,
            href: href(&calendar.name),
        }
    };
    found.into_iter().map(warning).collect()
}

/// The address of a calendar's page.
pub fn href(name: &str) -> String {
    format!("/calendars/{name}")
}

/// Days past the known ones are provisional too; they are the other warning's.
fn rests_on_provisional(world: &PlanWorld) -> bool {
    let open = world.plan.steps.values().filter(|step| !step.state.is_closed());
    let known = world.calendar.known;
    open.into_iter().any(|step| step.due.why.provisional && known.holds(step.due.date))
}

/// The last day of the program, or of a step that is due later still.
fn last_day(world: &PlanWorld) -> NaiveDate {
    let end = world.calendar.plan_date(world.plan.effective, world.release.program.ends);
    let open = world.plan.steps.values().filter(|step| !step.state.is_closed());
    open.map(|step| step.due.date).max().map_or(end, |last| last.max(end))
}
