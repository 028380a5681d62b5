//! How much of a manager's time a release asks for, before anybody starts it.
//!
//! A calendar is not known here: a plan week is five plan days, a month has about 21, a quarter 63.
//! Playbooks are left out, since nobody hopes for one; a step with a condition counts, because it may
//! come. [`super::workload`] does the same with the dates of a plan.

use std::collections::{BTreeMap, HashMap};

use super::days::{Day, Period, Quarter, Until};
use super::release::{Release, StepDef};
use super::vocabulary::{Role, StepId};
use super::workload;

const WEEK: i32 = 5;
const MONTH: i32 = 21;
const QUARTER: i32 = 63;

/// As in a plan, a weekly turn opens so many days before it is due.
const WEEKLY_WINDOW: i32 = 4;

/// What a week of a plan asks of its manager.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Week {
    /// Counted from 1.
    pub number: u16,
    pub minutes: u32,
    /// By step, or by the page that gathers steps; the most first.
    pub shares: Vec<(String, u32)>,
}

/// The plan days on which a turn opens and is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Turn {
    opens: i32,
    due: i32,
    recurs: bool,
}

/// Every week up to the last day of the program, for a team of so many.
pub fn weeks(release: &Release, team: u16) -> Vec<Week> {
    let turns = turns(release);
    let count = usize::from(release.program.ends).div_ceil(WEEK.unsigned_abs() as usize);
    let mut sums: Vec<BTreeMap<&str, f64>> = vec![BTreeMap::new(); count];
    for def in core(release).filter(|def| def.who == Role::Manager) {
        let times = if def.each.is_some() { team } else { 1 };
        let effort = f64::from(def.effort) * f64::from(times);
        let page = release.program.gathering(&def.id);
        for turn in turns.get(&def.id).into_iter().flatten() {
            match page.filter(|_| turn.recurs) {
                // A page takes its time once a week, however many steps it holds.
                Some(page) => {
                    if let Some(sum) = week_of(turn.due).and_then(|week| sums.get_mut(week)) {
                        sum.insert(&page.id, f64::from(page.effort));
                    }
                }
                None => add(&mut sums, def.id.as_str(), turn, effort),
            }
        }
    }
    sums.iter().zip(1..).map(|(sum, number)| week(number, sum)).collect()
}

fn core(release: &Release) -> impl Iterator<Item = &StepDef> {
    release.steps().filter(|def| def.playbook.is_none())
}

fn week(number: u16, sum: &BTreeMap<&str, f64>) -> Week {
    let minutes = |sum: f64| sum.round() as u32;
    let mut shares: Vec<(String, u32)> = sum.iter().map(|(id, sum)| ((*id).to_owned(), minutes(*sum))).collect();
    shares.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    Week { number, minutes: minutes(sum.values().sum()), shares }
}

fn week_of(day: i32) -> Option<usize> {
    usize::try_from((day - 1).div_euclid(WEEK)).ok()
}

fn add<'r>(sums: &mut [BTreeMap<&'r str, f64>], id: &'r str, turn: &Turn, effort: f64) {
    let weeks: Vec<usize> = (turn.opens..=turn.due).filter_map(week_of).collect();
    for (week, share) in workload::spread(effort, &weeks) {
        if let Some(sum) = sums.get_mut(week) {
            *sum.entry(id).or_default() += share;
        }
    }
}

/// The turns of every step outside playbooks. A step is looked at once those that its days are counted
/// from are known.
fn turns(release: &Release) -> HashMap<&StepId, Vec<Turn>> {
    let anchor = |def: &StepDef| def.windows.first().and_then(|window| window.due.waits_for().cloned());
    let mut waiting: HashMap<StepId, Vec<&StepDef>> = HashMap::new();
    let mut ready = Vec::new();
    for def in core(release) {
        match anchor(def) {
            Some(id) => waiting.entry(id).or_default().push(def),
            None => ready.push(def),
        }
    }
    let mut known: HashMap<&StepId, Vec<Turn>> = HashMap::new();
    while let Some(def) = ready.pop() {
        let listed = listed(def, &known);
        let recurring = recurring(def, release.program.ends, listed.last());
        known.insert(&def.id, listed.into_iter().chain(recurring).collect());
        ready.extend(waiting.remove(&def.id).unwrap_or_default());
    }
    // What recurs until a step is closed was taken to recur as long as it can.
    for def in core(release) {
        let Some(Until::Closed { step, .. }) = def.every.as_ref().map(|every| &every.until) else { continue };
        let Some(end) = known.get(step).and_then(|turns| turns.last()).map(|turn| turn.due) else { continue };
        if let Some(turns) = known.get_mut(&def.id) {
            turns.retain(|turn| turn.due <= end || !turn.recurs);
        }
    }
    known
}

fn listed(def: &StepDef, known: &HashMap<&StepId, Vec<Turn>>) -> Vec<Turn> {
    if let Some(Day::Turn { turn_of, .. }) = def.windows.first().map(|window| &window.due) {
        let before = |day: &Day| if let Day::Turn { before, .. } = day { i32::from(*before) } else { 0 };
        let window = def.windows.first();
        let (opens, due) = window.map_or((0, 0), |window| (before(&window.opens), before(&window.due)));
        let turns = known.get(turn_of).into_iter().flatten();
        return turns.map(|turn| clamped(turn.due - opens, turn.due - due, turn.recurs)).collect();
    }
    let recurs = def.ritual_from() == 1;
    let windows = def.windows.iter().filter_map(|window| {
        let due = plan_day(&window.due, known)?;
        Some(clamped(due - i32::from(window.length()), due, recurs))
    });
    windows.collect()
}

fn clamped(opens: i32, due: i32, recurs: bool) -> Turn {
    let due = due.max(1);
    Turn { opens: opens.clamp(1, due), due, recurs }
}

/// About which plan day that is: a step is taken to be closed on the day it is due, a date that is
/// asked for to be that day, and the plan to begin with a quarter.
fn plan_day(day: &Day, known: &HashMap<&StepId, Vec<Turn>>) -> Option<i32> {
    let due_of = |step: &StepId| known.get(step).and_then(|turns| turns.first()).map(|turn| turn.due);
    Some(match day {
        Day::Plan(n) => i32::from(*n),
        Day::Closed { step, after } => due_of(step)? + i32::from(*after),
        Day::Answer { step, n, .. } => due_of(step)? + i32::from(*n),
        Day::Quarter { quarter, n, not_before } => {
            let first = i32::from(*n) + if *quarter == Quarter::Start { 1 } else { QUARTER };
            let missing = i32::from(*not_before) - first;
            first + if missing > 0 { (missing + QUARTER - 1) / QUARTER * QUARTER } else { 0 }
        }
        Day::Launch { .. } | Day::Turn { .. } => return None,
    })
}

fn recurring(def: &StepDef, ends: u16, last: Option<&Turn>) -> Vec<Turn> {
    let (Some(every), Some(last)) = (&def.every, last) else { return Vec::new() };
    let end = match every.until {
        Until::Plan(n) | Until::Closed { latest: n, .. } => i32::from(n.min(ends)),
        Until::Launch { .. } => return Vec::new(),
    };
    let period = match every.period {
        Period::WorkingDays(n) => i32::from(n),
        Period::Weekly(_) => WEEK,
        Period::Months(n) => i32::from(n / 3) * QUARTER + i32::from(n % 3) * MONTH,
    };
    let length = def.windows.last().map_or(0, |window| i32::from(window.length()));
    let length = if matches!(every.period, Period::Weekly(_)) { length.min(WEEKLY_WINDOW) } else { length };
    let dues = (1..).map(|n| last.due + n * period.max(1)).take_while(|due| *due <= end);
    // A turn opens once the one before is due.
    dues.map(|due| clamped((due - length).max(due - period.max(1) + 1), due, true)).collect()
}

#[cfg(test)]
mod tests {
    use chrono::Weekday;

    use super::super::ask::{Field, FieldKind};
    use super::super::days::{Each, Every, Window};
    use super::super::release::Gather;
    use super::super::samples::{self, curriculum, released};
    use super::super::vocabulary::Text;
    use super::*;

    fn step(id: &str, opens: u16, due: u16, effort: u16) -> StepDef {
        StepDef { effort, ..samples::step(id, opens, due) }
    }

    fn release(ends: u16, steps: Vec<StepDef>) -> Release {
        let mut release = released(vec![curriculum("a", steps)]);
        release.program.ends = ends;
        release
    }

    fn minutes(release: &Release, team: u16) -> Vec<u32> {
        weeks(release, team).iter().map(|week| week.minutes).collect()
    }

    fn weekly(until: Until) -> Option<Every> {
        Some(Every { period: Period::Weekly(Weekday::Fri), until })
    }

    fn id(name: &str) -> StepId {
        StepId(name.to_owned())
    }

    #[test]
    fn effort_lies_evenly_on_the_days_of_a_window() {
        // Days 4 to 8: two of five in the first week.
        assert_eq!(minutes(&release(15, vec![step("a", 4, 8, 100)]), 6), [40, 60, 0]);
    }

    #[test]
    fn a_fan_out_counts_for_every_member_and_the_work_of_others_does_not() {
        let meet = StepDef { each: Some(Each { within: 5 }), ..step("meet", 1, 5, 45) };
        let mentor = StepDef { who: Role::Mentor, ..step("mentor", 1, 5, 500) };
        let of_playbook = StepDef { playbook: Some("p".to_owned()), ..step("p", 1, 5, 500) };
        assert_eq!(minutes(&release(5, vec![meet, mentor, of_playbook]), 6), [270]);
    }

    #[test]
    fn a_recurrence_counts_each_turn_to_its_end() {
        let until = |until| StepDef { every: weekly(until), ..step("a", 5, 5, 10) };
        assert_eq!(minutes(&release(30, vec![until(Until::Plan(20))]), 6), [10, 10, 10, 10, 0, 0]);
        let closed = Until::Closed { step: id("b"), latest: 30 };
        let steps = vec![until(closed), StepDef { effort: 0, ..step("b", 1, 12, 1) }];
        assert_eq!(minutes(&release(30, steps), 6), [10, 10, 0, 0, 0, 0]);
        let monthly = Some(Every { period: Period::Months(1), until: Until::Plan(30) });
        let monthly = StepDef { every: monthly, ..step("a", 5, 5, 10) };
        assert_eq!(minutes(&release(30, vec![monthly]), 6), [10, 0, 0, 0, 0, 10]);
    }

    #[test]
    fn a_gathered_page_counts_once_a_week_instead_of_its_steps() {
        let one = |name: &str| StepDef { every: weekly(Until::Plan(10)), ..step(name, 5, 5, 60) };
        let mut release = release(15, vec![one("a"), one("b")]);
        release.program.gather.push(Gather {
            id: "friday".to_owned(),
            title: Text::default(),
            body: Text::default(),
            weekday: Weekday::Fri,
            effort: 30,
            steps: vec![id("a"), id("b")],
        });
        assert_eq!(minutes(&release, 6), [30, 30, 0]);
        assert_eq!(weeks(&release, 6)[0].shares, [("friday".to_owned(), 30)]);
    }

    #[test]
    fn a_step_follows_the_day_or_the_turns_it_is_counted_from() {
        let at = |due: Day, opens: Day| vec![Window { opens, due }];
        let first = StepDef { every: weekly(Until::Plan(20)), ..step("first", 10, 10, 0) };
        let before = |before: u16| Day::Turn { turn_of: id("first"), before, ritual_from: 1 };
        let each_turn = StepDef { windows: at(before(5), before(5)), ..step("before", 1, 1, 10) };
        let after = |after: u16| Day::Closed { step: id("first"), after };
        let once = StepDef { windows: at(after(5), after(1)), ..step("after", 1, 1, 100) };
        let field = Field {
            id: "on".to_owned(),
            label: Text::default(),
            help: None,
            required: true,
            when: None,
            begin: None,
            kind: FieldKind::Date,
        };
        let asks = StepDef { ask: vec![field], ..step("asks", 22, 22, 0) };
        let on = |n: i16| Day::Answer { step: id("asks"), field: "on".to_owned(), column: None, n };
        let answered = StepDef { windows: at(on(3), on(0)), ..step("answered", 1, 1, 8) };
        assert_eq!(minutes(&release(25, vec![answered, once, each_turn, first, asks]), 6), [10, 10, 110, 0, 8]);
    }

    #[test]
    fn a_quarter_is_sixty_three_days_and_the_first_day_lies_in_the_plan() {
        let end = |n: i16, not_before: u16| Day::Quarter { quarter: Quarter::End, n, not_before };
        let known = HashMap::new();
        assert_eq!(plan_day(&end(-10, 1), &known), Some(53));
        assert_eq!(plan_day(&end(-10, 54), &known), Some(116));
    }
}
