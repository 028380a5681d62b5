//! A program played to its end: its dates with their reasons, everybody's hours, every mail. For the
//! author at a terminal and for HR before anybody is enrolled.

mod branches;
mod days;
mod letters;
pub mod preview;

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use serde::Serialize;

pub use branches::{Asked, Branch};
pub use days::{DayLine, Reason, StepLine, Told};
pub use letters::{LetterLine, Named};

use crate::engine::calendar::{Calendar, Skipped, Span};
use crate::engine::message::Message;
use crate::engine::plan::Membership;
use crate::engine::release::Release;
use crate::engine::simulate::{Late, Simulation};
use crate::engine::vocabulary::{MemberId, Role, StepId, StepKey, Text};
use crate::engine::workload::{self, Share, Work, week_number};

/// The weeks over which the load is judged.
const FIRST_WEEKS: u32 = 13;

/// How many of the largest steps of a heavy week are named.
const LARGEST: usize = 5;

/// What was played, and the words around it.
pub struct Played<'a> {
    pub simulation: &'a Simulation,
    pub release: &'a Release,
    pub calendar: &'a Calendar,
    pub names: &'a BTreeMap<MemberId, String>,
    /// The last day that is shown; none: the plan's last.
    pub until: Option<NaiveDate>,
}

#[derive(Debug, Clone, Serialize)]
pub struct SimulationPage {
    pub program: Text,
    /// The first digits of the release's hash, as people say it.
    pub short_hash: String,
    pub calendar: Text,
    pub effective: NaiveDate,
    pub first_day: NaiveDate,
    /// The last day that is shown, and which working day of the plan it is.
    pub last_day: NaiveDate,
    pub last_plan_day: u16,
    /// Everybody on the roster, by name.
    pub team: Vec<Message>,
    /// Playbooks that were launched.
    pub launched: Vec<Message>,
    /// Only the hours are wanted.
    pub only_weeks: bool,
    pub load: Load,
    pub weeks: Vec<WeekLine>,
    pub letters: Vec<LetterLine>,
    pub mail: Vec<Mailed>,
    pub mentor: MentorLoad,
    pub late: Vec<LateLine>,
    pub branches: Vec<Branch>,
    /// Playbooks that were not launched.
    pub playbooks: Vec<Text>,
    pub provisional: Option<Provisional>,
    /// Working days that the calendar gives or takes within the plan.
    pub days_off: Vec<Skipped>,
    pub made_up: Vec<Skipped>,
}

/// The manager's hours. In minutes.
#[derive(Debug, Clone, Serialize)]
pub struct Load {
    /// A week over it is too much; what the program's author set.
    pub limit: Option<u32>,
    /// Of an average week among the first so many.
    pub mean: u32,
    pub mean_of: u32,
    pub heaviest: u32,
    /// The number of that week.
    pub heaviest_week: i64,
    pub heavy_weeks: usize,
    pub total: u32,
}

#[derive(Debug, Clone, Serialize)]
pub struct WeekLine {
    /// Counted from 1, the week of the effective date.
    pub n: i64,
    pub monday: NaiveDate,
    /// Minutes.
    pub manager: u32,
    pub mentor: u32,
    pub superior: u32,
    pub hr: u32,
    /// Steps of the manager that fall due.
    pub due: usize,
    pub is_heavy: bool,
    /// Of a heavy week.
    pub largest: Vec<Large>,
    pub days_off: Vec<Skipped>,
    pub made_up: Vec<Skipped>,
    /// Days on which something is due.
    pub days: Vec<DayLine>,
}

/// What takes much of a heavy week.
#[derive(Debug, Clone, Serialize)]
pub struct Large {
    pub title: Text,
    pub minutes: u32,
}

/// How many mails somebody gets.
#[derive(Debug, Clone, Serialize)]
pub struct Mailed {
    pub role: Role,
    pub count: usize,
    /// On the day with the most.
    pub most: usize,
}

/// What a mentor agrees to. In minutes.
#[derive(Debug, Clone, Serialize)]
pub struct MentorLoad {
    pub total: u32,
    pub mean: u32,
    pub mean_of: u32,
    pub heaviest: u32,
    pub heaviest_week: i64,
    /// Steps that are the mentor's own, and hand-ins that they read.
    pub steps: usize,
    pub reviews: usize,
    pub letters: usize,
}

#[derive(Debug, Clone, Serialize)]
pub struct LateLine {
    pub title: Text,
    pub members: Vec<String>,
    pub turn: u16,
    pub due: NaiveDate,
    /// Calendar days.
    pub days: i64,
    pub waited_for: Vec<Text>,
    /// It was not done at all.
    pub is_left: bool,
}

/// Dates that may still move.
#[derive(Debug, Clone, Serialize)]
pub struct Provisional {
    pub count: usize,
    pub first: NaiveDate,
    pub last: NaiveDate,
}

/// What a simulation shows.
pub fn page(played: &Played) -> SimulationPage {
    let Played { simulation, release, calendar, .. } = played;
    let plan = &simulation.plan;
    let end = calendar.plan_date(plan.effective, release.program.ends);
    let last_day = played.until.map_or(end, |until| until.clamp(plan.effective, end));
    let first_day = calendar.on_or_after(plan.effective);
    let span = Span { from: plan.effective, until: last_day };
    let weeks = played.weeks(last_day);
    let letters = letters::lines(played, last_day);
    SimulationPage {
        program: release.program.title.clone(),
        short_hash: release.hash.chars().take(12).collect(),
        calendar: calendar.title.clone(),
        effective: plan.effective,
        first_day,
        last_day,
        last_plan_day: calendar.plan_day_of(plan.effective, last_day),
        team: played.team(),
        launched: played.launched(),
        only_weeks: false,
        load: played.load(&weeks),
        mail: mailed(&letters),
        mentor: played.mentor_load(&weeks, &letters),
        late: played.late_lines(&weeks, last_day),
        branches: branches::branches(played),
        playbooks: not_launched(played),
        provisional: provisional(&weeks),
        days_off: days_off(calendar, span),
        made_up: made_up(calendar, span),
        weeks,
        letters,
    }
}

impl Played<'_> {
    fn title(&self, id: &StepId) -> Text {
        self.release.step(id).map_or_else(Text::default, |def| def.title.clone())
    }

    fn name(&self, key: &StepKey) -> Option<String> {
        self.names.get(&key.member?).cloned()
    }

    fn curriculum(&self, name: &str) -> Option<Text> {
        self.release.curricula.iter().find(|one| one.name == name).map(|one| one.title.clone())
    }

    /// In the order of their ids, which is the order of the roster.
    fn team(&self) -> Vec<Message> {
        let plan = &self.simulation.plan;
        let words = |words: &String| Message::new("simulate-name").with("name", words.as_str());
        let one = |(id, membership): (&MemberId, &Membership)| {
            let name = self.names.get(id)?;
            let is_later = membership.joined > plan.effective;
            let joins = || Message::new("simulate-member-joins").with("name", name.as_str());
            Some(if is_later { joins().with("date", membership.joined) } else { words(name) })
        };
        plan.members.iter().filter_map(one).collect()
    }

    fn launched(&self) -> Vec<Message> {
        let plan = &self.simulation.plan;
        let one = |(name, on): (&String, &NaiveDate)| {
            let day = i64::from(self.calendar.plan_day_of(plan.effective, *on));
            let message = Message::new("simulate-launched-on").with("playbook", self.curriculum(name)?);
            Some(message.with("date", *on).with("day", day))
        };
        plan.launches.iter().filter_map(one).collect()
    }

    fn weeks(&self, last_day: NaiveDate) -> Vec<WeekLine> {
        let mut days = days::days(self, last_day);
        let limit = self.limit();
        let shown = self.simulation.weeks.iter().filter(|week| week.monday <= last_day);
        shown
            .map(|week| {
                let manager = week.minutes_of(Role::Manager);
                let is_heavy = limit.is_some_and(|limit| manager > limit);
                let sunday = week.monday.iter_days().nth(6).unwrap_or(week.monday);
                let span = Span { from: week.monday.max(self.simulation.plan.effective), until: sunday };
                WeekLine {
                    n: week_number(self.simulation.plan.effective, week.monday),
                    monday: week.monday,
                    manager,
                    mentor: week.minutes_of(Role::Mentor),
                    superior: week.minutes_of(Role::Superior),
                    hr: week.minutes_of(Role::Hr),
                    due: week.due,
                    is_heavy,
                    largest: if is_heavy { self.largest(week.monday) } else { Vec::new() },
                    days_off: days_off(self.calendar, span),
                    made_up: made_up(self.calendar, span),
                    days: days.remove(&week.monday).unwrap_or_default(),
                }
            })
            .collect()
    }

    fn limit(&self) -> Option<u32> {
        self.release.program.load.map(|load| u32::from(load.hours) * 60)
    }

    /// What takes most of the manager's week, a fan-out as one.
    fn largest(&self, monday: NaiveDate) -> Vec<Large> {
        let mut sums: BTreeMap<&str, (Text, f64)> = BTreeMap::new();
        let shares = &self.simulation.shares;
        for Share { of, minutes, .. } in shares.iter().filter(|s| s.monday == monday && s.role == Role::Manager) {
            let (id, title) = match of {
                Work::Step(key) | Work::Review(key) => (key.id.as_str(), self.title(&key.id)),
                Work::Page(id) => (id.as_str(), self.gathering(id)),
            };
            sums.entry(id).or_insert((title, 0.0)).1 += minutes;
        }
        let mut found: Vec<(Text, f64)> = sums.into_values().collect();
        found.sort_by(|a, b| b.1.total_cmp(&a.1));
        let large = found.into_iter().take(LARGEST);
        large.map(|(title, minutes)| Large { title, minutes: minutes.round() as u32 }).collect()
    }

    fn gathering(&self, id: &str) -> Text {
        let found = self.release.program.gather.iter().find(|gather| gather.id == id);
        found.map_or_else(Text::default, |gather| gather.title.clone())
    }

    fn load(&self, weeks: &[WeekLine]) -> Load {
        let heaviest = weeks.iter().max_by_key(|week| (week.manager, std::cmp::Reverse(week.n)));
        Load {
            limit: self.limit(),
            mean: workload::mean(&self.simulation.weeks, &self.simulation.plan, Role::Manager, FIRST_WEEKS),
            mean_of: FIRST_WEEKS,
            heaviest: heaviest.map_or(0, |week| week.manager),
            heaviest_week: heaviest.map_or(0, |week| week.n),
            heavy_weeks: weeks.iter().filter(|week| week.is_heavy).count(),
            total: weeks.iter().map(|week| week.manager).sum(),
        }
    }

    fn mentor_load(&self, weeks: &[WeekLine], letters: &[LetterLine]) -> MentorLoad {
        let heaviest = weeks.iter().max_by_key(|week| (week.mentor, std::cmp::Reverse(week.n)));
        let lines = || weeks.iter().flat_map(|week| &week.days).flat_map(|day| &day.steps);
        let turns = |line: &StepLine| line.members.len().max(1);
        MentorLoad {
            total: weeks.iter().map(|week| week.mentor).sum(),
            mean: workload::mean(&self.simulation.weeks, &self.simulation.plan, Role::Mentor, FIRST_WEEKS),
            mean_of: FIRST_WEEKS,
            heaviest: heaviest.map_or(0, |week| week.mentor),
            heaviest_week: heaviest.map_or(0, |week| week.n),
            steps: lines().filter(|line| line.who == Role::Mentor).map(turns).sum(),
            reviews: lines().filter(|line| line.review == Some(Role::Mentor)).map(turns).sum(),
            letters: letters.iter().filter(|letter| letter.to == Role::Mentor).count(),
        }
    }

    fn late(&self, late: &Late) -> Option<LateLine> {
        let mut waited_for: Vec<Text> = Vec::new();
        for key in &late.waited_for {
            let title = self.title(&key.id);
            if !waited_for.contains(&title) {
                waited_for.push(title);
            }
        }
        Some(LateLine {
            title: self.title(&late.step.id),
            members: self.name(&late.step).into_iter().collect(),
            turn: late.step.turn,
            due: self.simulation.plan.steps.get(&late.step)?.due.date,
            days: late.days,
            waited_for,
            is_left: false,
        })
    }

    /// What was late, and then what nothing that was played let be done.
    fn late_lines(&self, weeks: &[WeekLine], last_day: NaiveDate) -> Vec<LateLine> {
        let late = self.simulation.late.iter().filter_map(|late| self.late(late)).filter(|line| line.due <= last_day);
        let lines = weeks.iter().flat_map(|week| &week.days).flat_map(|day| &day.steps);
        let left = lines.filter(|line| line.is_left).map(|line| LateLine {
            title: line.title.clone(),
            members: line.members.clone(),
            turn: line.turn,
            due: line.due,
            days: 0,
            waited_for: Vec::new(),
            is_left: true,
        });
        late.chain(left).collect()
    }
}

fn mailed(letters: &[LetterLine]) -> Vec<Mailed> {
    let count = |role: Role| {
        let mut days: BTreeMap<NaiveDate, usize> = BTreeMap::new();
        for letter in letters.iter().filter(|letter| letter.to == role) {
            *days.entry(letter.day).or_default() += 1;
        }
        Mailed { role, count: days.values().sum(), most: days.values().max().copied().unwrap_or(0) }
    };
    Role::ALL.into_iter().map(count).filter(|mailed| mailed.count > 0).collect()
}

fn not_launched(played: &Played) -> Vec<Text> {
    let launches = &played.simulation.plan.launches;
    let waiting = played.release.curricula.iter().filter(|one| one.launch.is_some());
    waiting.filter(|one| !launches.contains_key(&one.name)).map(|one| one.title.clone()).collect()
}

fn provisional(weeks: &[WeekLine]) -> Option<Provisional> {
    let days = || weeks.iter().flat_map(|week| &week.days).filter(|day| day.provisional).map(|day| day.date);
    Some(Provisional { count: days().count(), first: days().min()?, last: days().max()? })
}

/// Days off outside the weekend.
fn days_off(calendar: &Calendar, span: Span) -> Vec<Skipped> {
    let named = calendar.holidays.iter().filter(|(day, _)| span.holds(**day) && !is_weekend(calendar, **day));
    named.map(|(date, name)| Skipped { date: *date, name: name.clone() }).collect()
}

/// Weekend days that are worked.
fn made_up(calendar: &Calendar, span: Span) -> Vec<Skipped> {
    let named = calendar.workdays.iter().filter(|(day, _)| span.holds(**day) && is_weekend(calendar, **day));
    named.map(|(date, name)| Skipped { date: *date, name: name.clone() }).collect()
}

fn is_weekend(calendar: &Calendar, day: NaiveDate) -> bool {
    calendar.weekend.contains(&day.weekday())
}
