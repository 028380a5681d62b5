//! The engine beside a simple reference that was written apart from it: plain structs, days counted one by
//! one. Both are asked the same; they must refuse the same, and agree on every step and day.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate, TimeDelta};
use proptest::prelude::*;
use uuid::Uuid;

use super::{Game, HR, MANAGER, SUPERIOR, curriculum, line, member, released, step};
use crate::engine::calendar::samples::{calendar, date};
use crate::engine::decide::{Act, Request};
use crate::engine::form::Answers;
use crate::engine::plan::{StepState, WritingRef};
use crate::engine::release::{Each, StepDef, Window};
use crate::engine::replan::Arrange;
use crate::engine::vocabulary::{Role, StepId, WritingId};
use crate::engine::zone::local_date;

/// A step as the reference knows it.
#[derive(Debug, Clone)]
struct Rule {
    name: String,
    opens: u32,
    due: u32,
    after: Vec<usize>,
    each: bool,
    review: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Todo { worked: bool },
    HandedIn,
    Returned,
    Done { reviewed: bool },
    Closed,
    LeftWithMember,
}

#[derive(Debug, Clone)]
struct Row {
    rule: usize,
    member: Option<u8>,
    opens: NaiveDate,
    due: NaiveDate,
    chosen: Option<NaiveDate>,
    state: State,
}

/// Working days that somebody who joins later has.
const WITHIN: u32 = 4;

struct Reference {
    first: NaiveDate,
    today: NaiveDate,
    off: BTreeSet<NaiveDate>,
    on: BTreeSet<NaiveDate>,
    away: Vec<(NaiveDate, NaiveDate)>,
    paused: Option<NaiveDate>,
    pauses: Vec<(NaiveDate, NaiveDate)>,
    /// Since when, and whether they are there.
    members: BTreeMap<u8, (NaiveDate, bool)>,
    rules: Vec<Rule>,
    rows: BTreeMap<String, Row>,
}

impl Reference {
    fn counts(&self, day: NaiveDate) -> bool {
        let weekend = day.weekday().number_from_monday() > 5;
        let worked = if weekend { self.on.contains(&day) } else { !self.off.contains(&day) };
        worked && !self.away.iter().any(|(from, until)| *from <= day && day <= *until)
    }

    fn next(&self, mut day: NaiveDate) -> NaiveDate {
        while !self.counts(day) {
            day += TimeDelta::days(1);
        }
        day
    }

    /// The n-th day that counts, the first of them on or after a day being number one.
    fn nth(&self, from: NaiveDate, n: u32) -> NaiveDate {
        let (mut day, mut seen) = (from, 0);
        loop {
            if self.counts(day) {
                seen += 1;
            }
            if seen == n {
                return day;
            }
            day += TimeDelta::days(1);
        }
    }

    fn window(&self, rule: usize, member: Option<u8>) -> (NaiveDate, NaiveDate) {
        let rule = &self.rules[rule];
        let (mut opens, mut due) = (self.nth(self.first, rule.opens), self.nth(self.first, rule.due));
        let joined = member.map(|member| self.members[&member].0).filter(|joined| *joined > self.first);
        if let Some(joined) = joined {
            opens = opens.max(self.nth(joined, 1));
            due = due.max(self.nth(joined + TimeDelta::days(1), WITHIN));
        }
        (opens, due)
    }

    fn plan_missing(&mut self) {
        for at in 0..self.rules.len() {
            let there: Vec<u8> = self.members.iter().filter(|(_, (_, is))| *is).map(|(member, _)| *member).collect();
            let members: Vec<Option<u8>> =
                if self.rules[at].each { there.into_iter().map(Some).collect() } else { vec![None] };
            for who in members {
                let name = &self.rules[at].name;
                let key = who.map_or(name.clone(), |who| format!("{name}.{}", member(u128::from(who))));
                if self.rows.get(&key).is_none_or(|row| row.state == State::LeftWithMember) {
                    let (opens, due) = self.window(at, who);
                    let state = State::Todo { worked: false };
                    self.rows.insert(key, Row { rule: at, member: who, opens, due, chosen: None, state });
                }
            }
        }
    }

    /// Every open step over again.
    fn recount(&mut self) {
        let keys: Vec<String> = self.rows.keys().cloned().collect();
        for key in keys {
            let row = &self.rows[&key];
            if matches!(row.state, State::Done { .. } | State::Closed | State::LeftWithMember) {
                continue;
            }
            let (opens, due) = self.window(row.rule, row.member);
            let due = row.chosen.map_or(due, |day| self.next(day));
            let opens = opens.min(due);
            // What stands open stays open; in a pause nothing comes to stand open but on its first day.
            let slept = self.pauses.iter().any(|(from, until)| *from < row.opens && row.opens <= *until);
            let stands = row.opens <= self.today && !slept;
            let opens = if stands { opens.min(row.opens) } else { opens };
            let row = self.rows.get_mut(&key).expect("the same row");
            (row.opens, row.due) = (opens, due);
        }
    }

    fn is_blocked(&self, row: &Row) -> bool {
        if matches!(row.state, State::Returned | State::Todo { worked: true }) {
            return false;
        }
        let waits = |other: &&Row| self.rules[row.rule].after.contains(&other.rule);
        self.rows.values().filter(waits).any(|other| {
            let joined = other.member.map(|member| self.members[&member].0);
            let comes_too_late = joined.is_some_and(|on| on > self.first) && other.due > row.due;
            let is_open = !matches!(other.state, State::Done { .. } | State::Closed | State::LeftWithMember);
            is_open && !comes_too_late
        })
    }

    /// Whether it may be; then it is.
    fn ask(&mut self, asked: &Asked) -> bool {
        let key = |n: &u8| self.rows.keys().nth(usize::from(*n) % self.rows.len()).cloned().expect("a row");
        let today = self.today;
        let day = |ahead: i16| today + TimeDelta::days(i64::from(ahead));
        match asked {
            Asked::Days(n) => self.today += TimeDelta::days(i64::from(*n)),
            Asked::Tick(n) => {
                let key = key(n);
                let row = &self.rows[&key];
                let time_stands = self.paused.map_or(today, |from| from.min(today));
                let is_open = matches!(row.state, State::Todo { .. } | State::Returned) && row.opens <= time_stands;
                if !is_open || self.is_blocked(row) {
                    return false;
                }
                let review = self.rules[row.rule].review;
                let state = if review { State::HandedIn } else { State::Done { reviewed: false } };
                self.rows.get_mut(&key).expect("a row").state = state;
            }
            Asked::Review(n, yes) => {
                let row = self.rows.get_mut(&key(n)).expect("a row");
                if row.state != State::HandedIn {
                    return false;
                }
                row.state = if *yes { State::Done { reviewed: true } } else { State::Returned };
            }
            Asked::TakeBack(n) => {
                let row = self.rows.get_mut(&key(n)).expect("a row");
                if !matches!(row.state, State::HandedIn | State::Done { reviewed: false }) {
                    return false;
                }
                row.state = State::Todo { worked: true };
                self.recount();
            }
            Asked::Join(n) => {
                if self.members.get(n).is_some_and(|(_, is_there)| *is_there) {
                    return false;
                }
                self.members.insert(*n, (today, true));
                self.plan_missing();
            }
            Asked::Leave(n) => {
                let Some(membership) = self.members.get_mut(n).filter(|(_, is_there)| *is_there) else { return false };
                membership.1 = false;
                for row in self.rows.values_mut().filter(|row| row.member == Some(*n)) {
                    if !matches!(row.state, State::Done { .. } | State::Closed) {
                        row.state = State::LeftWithMember;
                    }
                }
                self.recount();
            }
            Asked::Waive(n) => {
                let row = self.rows.get_mut(&key(n)).expect("a row");
                if !matches!(row.state, State::Todo { .. } | State::Returned) {
                    return false;
                }
                row.state = State::Closed;
                self.recount();
            }
            Asked::Move(n, ahead) => {
                let (key, due) = (key(n), day(*ahead));
                let is_open = matches!(self.rows[&key].state, State::Todo { .. } | State::Returned);
                if due < today || !is_open {
                    return false;
                }
                let on = self.next(due);
                let row = self.rows.get_mut(&key).expect("a row");
                row.chosen = Some(due);
                row.opens = row.opens.min(on);
                self.recount();
            }
            Asked::Shift(ahead, days) => {
                if *ahead < 0 || *days == 0 || *days > 130 {
                    return false;
                }
                let from = self.next(day(*ahead));
                let until = self.nth(from, u32::from(*days) + 1) - TimeDelta::days(1);
                self.away.push((from, until));
                self.recount();
            }
            Asked::Away(from, until) => {
                let (from, until) = (day(*from), day(*until));
                if until < from.max(self.first) || (until - from).num_days() >= 366 {
                    return false;
                }
                self.away.push((from, until));
                self.recount();
            }
            Asked::Pause => {
                if self.paused.is_some() {
                    return false;
                }
                self.paused = Some(today);
                self.recount();
            }
            Asked::Resume => {
                let Some(from) = self.paused.take() else { return false };
                if from < today {
                    let span = (from, today - TimeDelta::days(1));
                    self.away.push(span);
                    self.pauses.push(span);
                }
                self.recount();
            }
        }
        true
    }
}

#[derive(Debug, Clone)]
enum Asked {
    Days(u8),
    Tick(u8),
    Review(u8, bool),
    TakeBack(u8),
    Join(u8),
    Leave(u8),
    Waive(u8),
    Move(u8, i16),
    Shift(i16, u16),
    Away(i16, i16),
    Pause,
    Resume,
}

fn asked() -> impl Strategy<Value = Vec<Asked>> {
    let one = prop_oneof![
        4 => (0u8..9).prop_map(Asked::Days),
        8 => any::<u8>().prop_map(Asked::Tick),
        4 => any::<(u8, bool)>().prop_map(|(n, yes)| Asked::Review(n, yes)),
        2 => any::<u8>().prop_map(Asked::TakeBack),
        1 => (1u8..6).prop_map(Asked::Join),
        1 => (1u8..6).prop_map(Asked::Leave),
        1 => any::<u8>().prop_map(Asked::Waive),
        2 => (any::<u8>(), -5i16..40).prop_map(|(n, ahead)| Asked::Move(n, ahead)),
        1 => (-3i16..40, prop_oneof![9 => 0u16..25, 1 => 120u16..140]).prop_map(|(from, n)| Asked::Shift(from, n)),
        2 => (-20i16..40, -20i16..60).prop_map(|(from, until)| Asked::Away(from, until)),
        1 => Just(Asked::Pause),
        2 => Just(Asked::Resume),
    ];
    proptest::collection::vec(one, 0..50)
}

fn rules() -> impl Strategy<Value = Vec<Rule>> {
    let one = (1u32..25, 0u32..10, proptest::collection::vec(any::<u8>(), 0..3), any::<bool>(), any::<bool>());
    proptest::collection::vec(one, 1..8).prop_map(|all| {
        let mut rules: Vec<Rule> = Vec::new();
        for (at, (opens, length, after, each, review)) in all.into_iter().enumerate() {
            let after: BTreeSet<usize> = after.into_iter().filter(|_| at > 0).map(|n| usize::from(n) % at).collect();
            let name = format!("s{at}");
            rules.push(Rule { name, opens, due: opens + length, after: after.into_iter().collect(), each, review });
        }
        rules
    })
}

/// The same rules as the engine takes them.
fn as_released(rules: &[Rule]) -> Vec<StepDef> {
    let id = |at: &usize| StepId(format!("s{at}"));
    let day = |n: u32| u16::try_from(n).expect("a small day");
    let one = |rule: &Rule| StepDef {
        windows: vec![Window::plan(day(rule.opens), day(rule.due))],
        after: rule.after.iter().map(id).collect(),
        each: rule.each.then_some(Each { within: day(WITHIN) }),
        review: rule.review.then_some(Role::Superior),
        ..step(&rule.name, 1, 1)
    };
    rules.iter().map(one).collect()
}

pub(super) fn hand_in(n: u128) -> Act {
    let evidence = WritingRef { id: WritingId(Uuid::from_u128(n)), digest: [3; 32] };
    Act::HandIn { answers: Answers::default(), evidence: Some(evidence) }
}

/// Asks the engine; whether it was done.
fn ask_engine(game: &mut Game, asked: &Asked) -> bool {
    let step = |n: &u8| game.plan.steps.keys().nth(usize::from(*n) % game.plan.steps.len()).cloned().expect("a step");
    let today = local_date(game.now, chrono_tz::Asia::Taipei);
    let day = |ahead: &i16| today + TimeDelta::days(i64::from(*ahead));
    let act = |n: &u8, act: Act| Request::Step { step: step(n), seen: None, act };
    let (who, request) = match asked {
        Asked::Days(n) => {
            game.now += TimeDelta::days(i64::from(*n));
            game.wake();
            return true;
        }
        Asked::Tick(n) => (MANAGER, act(n, hand_in(u128::from(game.plan.version)))),
        Asked::Review(n, true) => (SUPERIOR, act(n, Act::Accept { line: None })),
        Asked::Review(n, false) => (SUPERIOR, act(n, Act::Return { line: Some(line()) })),
        Asked::TakeBack(n) => (MANAGER, act(n, Act::TakeBack)),
        Asked::Join(n) => (HR, Request::Join { member: member(u128::from(*n)), on: today }),
        Asked::Leave(n) => (HR, Request::Leave { member: member(u128::from(*n)), on: today }),
        Asked::Waive(n) => (HR, Request::Arrange(Arrange::Waive { step: step(n), reason: Some(line()) })),
        Asked::Move(n, ahead) => (SUPERIOR, Request::Arrange(Arrange::Move { step: step(n), due: day(ahead) })),
        Asked::Shift(ahead, days) => (HR, Request::Arrange(Arrange::Shift { from: day(ahead), days: *days })),
        Asked::Away(from, until) => (HR, Request::Arrange(Arrange::Leave { from: day(from), until: day(until) })),
        Asked::Pause => (HR, Request::Arrange(Arrange::Pause)),
        Asked::Resume => (HR, Request::Arrange(Arrange::Resume)),
    };
    game.ask(who, request).is_ok()
}

/// Where the engine's step stands, in the reference's words.
fn kind(state: &StepState) -> &'static str {
    match state {
        StepState::Todo { .. } => "todo",
        StepState::HandedIn { .. } => "handed in",
        StepState::Returned { .. } => "returned",
        StepState::Done { .. } => "done",
        StepState::Lapsed { .. } | StepState::Closed { .. } => "closed",
    }
}

fn kind_of(state: State) -> &'static str {
    match state {
        State::Todo { .. } => "todo",
        State::HandedIn => "handed in",
        State::Returned => "returned",
        State::Done { .. } => "done",
        State::Closed | State::LeftWithMember => "closed",
    }
}

proptest! {
    #[test]
    fn the_engine_does_as_the_simple_reference_does(rules in rules(), asked in asked()) {
        let mut game = Game::begun_with(released(vec![curriculum("all", as_released(&rules))]));
        let mut reference = Reference {
            first: date("2030-03-04"),
            today: date("2030-03-04"),
            off: calendar().holidays.into_keys().collect(),
            on: calendar().workdays.into_keys().collect(),
            away: Vec::new(),
            paused: None,
            pauses: Vec::new(),
            members: [(1, (date("2030-03-04"), true)), (2, (date("2030-03-04"), true))].into(),
            rules,
            rows: BTreeMap::new(),
        };
        reference.plan_missing();
        for one in &asked {
            prop_assert_eq!(ask_engine(&mut game, one), reference.ask(one), "{:?} on {}", one, reference.today);
            let engine: Vec<_> = game.plan.steps.iter().map(|(key, step)| {
                (key.to_string(), kind(&step.state), step.opens.date, step.due.date)
            }).collect();
            let simple: Vec<_> = reference.rows.iter().map(|(key, row)| {
                (key.clone(), kind_of(row.state), row.opens, row.due)
            }).collect();
            prop_assert_eq!(engine, simple, "after {:?} on {}", one, reference.today);
        }
    }
}
