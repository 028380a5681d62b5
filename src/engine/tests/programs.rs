//! Random small programs, and what a newer release makes of them.

use std::fmt;

use chrono::Weekday;
use proptest::prelude::*;

use super::branches::{answered, choice, id};
use super::{curriculum, released, step, text};
use crate::engine::ask::{Field, FieldKind};
use crate::engine::release::{
    Curriculum, Day, Each, Every, Join, Launch, Period, Quarter, Release, Share, StepDef, Until, Window,
};
use crate::engine::vocabulary::{Role, StepId};

/// A program before it is released. Lines refer to lines before them, by their numbers.
#[derive(Debug, Clone)]
pub(super) struct Sketch {
    pub(super) lines: Vec<Line>,
    /// The number of the next new line; a number is never used again.
    next: u8,
}

/// A step. What it says about steps that are not there, or not of the kind it needs, is left out.
#[derive(Clone)]
pub(super) struct Line {
    /// Which step it is in every release, whatever its name there.
    pub(super) n: u8,
    pub(super) times_renamed: u8,
    pub(super) in_playbook: bool,
    pub(super) opens: u16,
    pub(super) length: u16,
    pub(super) counted: Counted,
    pub(super) recurs: Recurs,
    pub(super) each: bool,
    pub(super) after: Vec<u8>,
    pub(super) join: Vec<u8>,
    /// The answer of another line that it opens on.
    pub(super) when: Option<(u8, bool)>,
    pub(super) review: Option<Role>,
    pub(super) by_mentor: bool,
    pub(super) asks: Asks,
}

/// What its days are counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Counted {
    Start,
    Closed(u8),
    Answer(u8),
    Turn(u8),
    Quarter,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Recurs {
    No,
    /// Listed windows: the bits of a number say in which of five fortnights they lie.
    Listed(u8),
    Every(Period, Option<u8>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asks {
    Nothing,
    Cause,
    Date,
}

/// What a newer release changes.
#[derive(Debug, Clone)]
pub(super) enum Change {
    Gone(u8),
    New(Line),
    Renamed(u8),
    Days(u8, u16, u16),
    Each(u8),
    Review(u8, Option<Role>),
    Asks(u8, Asks),
    When(u8, Option<(u8, bool)>),
    Recurs(u8, Recurs),
}

fn period() -> impl Strategy<Value = Period> {
    prop_oneof![
        (3u16..15).prop_map(Period::WorkingDays),
        prop_oneof![Just(Weekday::Mon), Just(Weekday::Wed), Just(Weekday::Fri)].prop_map(Period::Weekly),
        prop_oneof![Just(1u16), Just(3)].prop_map(Period::Months),
    ]
}

fn role() -> impl Strategy<Value = Option<Role>> {
    prop_oneof![4 => Just(None), 1 => Just(Some(Role::Mentor)), 1 => Just(Some(Role::Superior))]
}

fn asks() -> impl Strategy<Value = Asks> {
    prop_oneof![2 => Just(Asks::Nothing), 1 => Just(Asks::Cause), 1 => Just(Asks::Date)]
}

fn opened_by() -> impl Strategy<Value = Option<(u8, bool)>> {
    prop_oneof![3 => Just(None), 1 => any::<(u8, bool)>().prop_map(Some)]
}

fn recurs() -> impl Strategy<Value = Recurs> {
    prop_oneof![
        1 => (1u8..32).prop_map(Recurs::Listed),
        2 => (period(), proptest::option::weighted(0.3, any::<u8>())).prop_map(|(p, until)| Recurs::Every(p, until)),
    ]
}

fn line() -> impl Strategy<Value = Line> {
    let counted = prop_oneof![
        5 => Just(Counted::Start),
        1 => any::<u8>().prop_map(Counted::Closed),
        1 => any::<u8>().prop_map(Counted::Answer),
        1 => any::<u8>().prop_map(Counted::Turn),
        1 => Just(Counted::Quarter),
    ];
    let recurs = prop_oneof![1 => Just(Recurs::No), 1 => recurs()];
    let waits = (
        proptest::collection::vec(any::<u8>(), 0..3),
        prop_oneof![4 => Just(Vec::new()), 1 => proptest::collection::vec(any::<u8>(), 1..4)],
        opened_by(),
    );
    let days = (1u16..40, 0u16..12, counted, recurs);
    let rest = (proptest::bool::weighted(0.25), role(), proptest::bool::weighted(0.2), asks());
    (days, waits, rest, proptest::bool::weighted(0.2)).prop_map(|(days, waits, rest, in_playbook)| {
        let ((opens, length, counted, recurs), (after, join, when)) = (days, waits);
        let (each, review, by_mentor, asks) = rest;
        // Settled by `numbered`.
        let (n, times_renamed) = (0, 0);
        Line {
            n,
            times_renamed,
            in_playbook,
            opens,
            length,
            counted,
            recurs,
            each,
            after,
            join,
            when,
            review,
            by_mentor,
            asks,
        }
    })
}

pub(super) fn sketches() -> impl Strategy<Value = Sketch> {
    proptest::collection::vec(line(), 3..16).prop_map(|lines| {
        let mut sketch = Sketch { lines: Vec::new(), next: 0 };
        lines.into_iter().for_each(|line| sketch.add(line));
        sketch
    })
}

pub(super) fn changes() -> impl Strategy<Value = Vec<Change>> {
    let one = prop_oneof![
        any::<u8>().prop_map(Change::Gone),
        line().prop_map(Change::New),
        any::<u8>().prop_map(Change::Renamed),
        (any::<u8>(), 1u16..50, 0u16..10).prop_map(|(of, opens, length)| Change::Days(of, opens, length)),
        any::<u8>().prop_map(Change::Each),
        (any::<u8>(), role()).prop_map(|(of, role)| Change::Review(of, role)),
        (any::<u8>(), asks()).prop_map(|(of, asks)| Change::Asks(of, asks)),
        (any::<u8>(), opened_by()).prop_map(|(of, when)| Change::When(of, when)),
        (any::<u8>(), recurs()).prop_map(|(of, recurs)| Change::Recurs(of, recurs)),
    ];
    proptest::collection::vec(one, 1..5)
}

impl Sketch {
    /// Adds a line; what it refers to are lines before it in the same part of the program.
    fn add(&mut self, mut line: Line) {
        line.n = self.next;
        self.next = self.next.saturating_add(1);
        let before: Vec<u8> =
            self.lines.iter().filter(|other| other.in_playbook == line.in_playbook).map(|other| other.n).collect();
        let pick = |of: u8| if before.is_empty() { u8::MAX } else { before[usize::from(of) % before.len()] };
        line.after.iter_mut().chain(&mut line.join).for_each(|of| *of = pick(*of));
        line.when = line.when.map(|(of, is)| (pick(of), is));
        line.counted = match line.counted {
            Counted::Closed(of) => Counted::Closed(pick(of)),
            Counted::Answer(of) => Counted::Answer(pick(of)),
            Counted::Turn(of) => Counted::Turn(pick(of)),
            counted => counted,
        };
        line.recurs = line.recurs.until(pick);
        self.lines.push(line);
    }

    /// What a newer release of it would be.
    pub(super) fn changed(&self, changes: &[Change]) -> Sketch {
        let mut sketch = self.clone();
        for change in changes {
            sketch.change(change);
        }
        sketch
    }

    fn change(&mut self, change: &Change) {
        let many = self.lines.len().max(1);
        let before = |at: usize, lines: &[Line]| lines.get(at.wrapping_sub(1)).map(|line| line.n);
        fn at<'a>(lines: &'a mut [Line], of: &u8) -> Option<&'a mut Line> {
            let many = lines.len().max(1);
            lines.get_mut(usize::from(*of) % many)
        }
        match change {
            Change::Gone(of) if many > 1 => drop(self.lines.remove(usize::from(*of) % many)),
            Change::Gone(_) => {}
            Change::New(line) if many < 20 => self.add(line.clone()),
            Change::New(_) => {}
            Change::Renamed(of) => at(&mut self.lines, of).into_iter().for_each(|line| line.times_renamed += 1),
            Change::Days(of, opens, length) => {
                at(&mut self.lines, of).into_iter().for_each(|line| (line.opens, line.length) = (*opens, *length));
            }
            Change::Each(of) => at(&mut self.lines, of).into_iter().for_each(|line| line.each = !line.each),
            Change::Review(of, role) => at(&mut self.lines, of).into_iter().for_each(|line| line.review = *role),
            Change::Asks(of, asks) => at(&mut self.lines, of).into_iter().for_each(|line| line.asks = *asks),
            Change::When(of, when) => {
                let place = usize::from(*of) % many;
                let earlier = before(place, &self.lines).unwrap_or(u8::MAX);
                self.lines[place].when = when.map(|(_, is)| (earlier, is));
            }
            Change::Recurs(of, recurs) => {
                let place = usize::from(*of) % many;
                let earlier = before(place, &self.lines).unwrap_or(u8::MAX);
                self.lines[place].recurs = recurs.until(|_| earlier);
            }
        }
    }

    /// As the compiler would hand it over.
    pub(super) fn released(&self, hash: &str) -> Release {
        let mut built: Vec<(&Line, StepDef)> = Vec::new();
        for line in &self.lines {
            let def = self.built(line, &built);
            built.push((line, def));
        }
        let of = |wanted: &dyn Fn(&Line) -> bool| -> Vec<StepDef> {
            built.iter().filter(|(line, _)| wanted(line)).map(|(_, def)| def.clone()).collect()
        };
        let mut first = vec![StepDef { who: Role::Mentor, ..step("mentor_accepts", 1, 3) }];
        first.extend(of(&|line| !line.in_playbook && line.n % 2 == 0));
        let playbook = Curriculum {
            launch: Some(Launch { who: vec![Role::Manager, Role::Superior, Role::Hr], offer: None }),
            ..curriculum("rescue", of(&|line| line.in_playbook))
        };
        let second = curriculum("second", of(&|line| !line.in_playbook && line.n % 2 == 1));
        let mut release = released(vec![curriculum("first", first), second, playbook]);
        release.hash = hash.to_owned();
        release.program.ends = 150;
        let later: Vec<StepId> = release.steps().filter(|def| def.comes_later()).map(|def| def.id.clone()).collect();
        for def in release.curricula.iter_mut().flat_map(|one| &mut one.steps) {
            let awaited = def.after.iter().chain(def.joins.iter().flat_map(|join| &join.of));
            let mut pending: Vec<StepId> = awaited.filter(|id| later.contains(id)).cloned().collect();
            pending.sort();
            pending.dedup();
            def.pending = pending;
        }
        release
    }

    fn built(&self, line: &Line, built: &[(&Line, StepDef)]) -> StepDef {
        let there = |n: u8| built.iter().find(|(other, _)| other.n == n && other.in_playbook == line.in_playbook);
        // Who asks one step that is done for each member for its answer, or its turns, is done for each too.
        let fits = |n: u8| there(n).filter(|(_, def)| line.each || def.each.is_none());
        let of = |ns: &[u8]| -> Vec<StepId> {
            let mut ids: Vec<StepId> = ns.iter().filter_map(|n| Some(there(*n)?.1.id.clone())).collect();
            ids.sort();
            ids.dedup();
            ids
        };
        let id = line.name(line.times_renamed);
        let (windows, every) = self.days(line, built);
        let join = of(&line.join);
        let reason = Field { id: "go_on_reason".to_owned(), ..date_field() };
        let reason = Field { kind: FieldKind::LongText { example: None, min: 1, max: 100 }, ..reason };
        let when = line.when.and_then(|(n, is)| {
            let (other, def) = fits(n)?;
            (other.asks == Asks::Cause).then(|| answered(def.id.as_str(), "cause", if is { "leads" } else { "value" }))
        });
        StepDef {
            was: (0..line.times_renamed).map(|times| line.name(times)).collect(),
            windows,
            every,
            after: of(&line.after),
            joins: if join.is_empty() { vec![] } else { vec![Join { of: join, at_least: Share::Percent(60), reason }] },
            when,
            each: line.each.then_some(Each { within: 4 }),
            ask: match line.asks {
                Asks::Nothing => vec![],
                Asks::Cause => vec![choice("cause", &["leads", "value"])],
                Asks::Date => vec![date_field()],
            },
            review: line.review.filter(|role| *role != line.who()),
            who: line.who(),
            playbook: line.in_playbook.then(|| "rescue".to_owned()),
            ..step(id.as_str(), 1, 1)
        }
    }

    fn days(&self, line: &Line, built: &[(&Line, StepDef)]) -> (Vec<Window>, Option<Every>) {
        let there = |n: u8| built.iter().find(|(other, _)| other.n == n && other.in_playbook == line.in_playbook);
        let fits = |n: u8| there(n).filter(|(_, def)| line.each || def.each.is_none());
        let start = |n: u16| if line.in_playbook { Day::Launch { launch: n - 1 } } else { Day::Plan(n) };
        // No step is due before one that it waits for, as far as that is known.
        let least = line.after.iter().chain(line.when.iter().map(|(n, _)| n)).filter_map(|n| Some(&there(*n)?.1));
        let least = least.filter_map(|def| match def.windows.first()?.due {
            Day::Plan(n) => Some(n),
            Day::Launch { launch } => Some(launch + 1),
            _ => None,
        });
        let due = least.max().unwrap_or(1).max(line.opens + line.length);
        let opens = due - line.length;
        let counted = match line.counted {
            Counted::Closed(n) => there(n).map(|(_, def)| {
                let day = |after| Day::Closed { step: def.id.clone(), after };
                Window { opens: day(0), due: day(line.length) }
            }),
            Counted::Answer(n) => fits(n).filter(|(other, _)| other.asks == Asks::Date).map(|(_, def)| {
                let day = |n| Day::Answer { step: def.id.clone(), field: "on".to_owned(), column: None, n };
                Window { opens: day(-2), due: day(3) }
            }),
            Counted::Turn(n) => fits(n).filter(|(_, def)| !def.follows_turns()).map(|(_, def)| {
                let ritual_from = def.ritual_from();
                let day = |before| Day::Turn { turn_of: def.id.clone(), before, ritual_from };
                Window { opens: day(3), due: day(1) }
            }),
            Counted::Quarter if !line.in_playbook => {
                let day = |n| Day::Quarter { quarter: Quarter::End, n, not_before: 1 };
                Some(Window { opens: day(-12), due: day(-5) })
            }
            _ => None,
        };
        let latest = if line.in_playbook { Until::Launch { launch: 90 } } else { Until::Plan(140) };
        match (counted, line.recurs) {
            (Some(window), Recurs::Every(Period::Months(_), _)) if line.counted == Counted::Quarter => {
                (vec![window], Some(Every { period: Period::Months(3), until: latest }))
            }
            (Some(window), _) => (vec![window], None),
            (None, Recurs::No) => (vec![Window { opens: start(opens), due: start(due) }], None),
            (None, Recurs::Listed(fortnights)) => {
                let window = |n: u16| Window { opens: start(opens + 10 * n), due: start(due + 10 * n) };
                let is_in = |n: &u16| fortnights & (1 << n) != 0;
                ((0..5).filter(is_in).map(window).collect(), None)
            }
            (None, Recurs::Every(period, until)) => {
                let until = until.and_then(|n| Some(there(n)?.1.id.clone()));
                let until = until.map_or(latest, |step| Until::Closed { step, latest: 140 });
                (vec![Window { opens: start(opens), due: start(due) }], Some(Every { period, until }))
            }
        }
    }
}

impl Recurs {
    /// The same, until another line.
    fn until(self, line: impl FnOnce(u8) -> u8) -> Recurs {
        match self {
            Recurs::Every(period, Some(until)) => Recurs::Every(period, Some(line(until))),
            recurs => recurs,
        }
    }
}

/// On one line, so that a program that broke a promise can be read.
impl fmt::Debug for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Line { n, opens, length, counted, recurs, after, join, when, review, asks, .. } = self;
        write!(f, "s{n} B{opens}+{length} {counted:?} {recurs:?} after {after:?} join {join:?} when {when:?}")?;
        write!(f, " review {review:?} asks {asks:?}")?;
        let marks = [("each", self.each), ("by the mentor", self.by_mentor), ("in the playbook", self.in_playbook)];
        marks.iter().filter(|(_, is)| *is).try_for_each(|(mark, _)| write!(f, ", {mark}"))
    }
}

impl Line {
    fn name(&self, times_renamed: u8) -> StepId {
        id(&if times_renamed == 0 { format!("s{}", self.n) } else { format!("s{}_v{times_renamed}", self.n) })
    }

    fn who(&self) -> Role {
        if self.by_mentor { Role::Mentor } else { Role::Manager }
    }
}

/// Which step it is, whatever its name; runs of a playbook are steps of their own.
pub(super) fn lineage(id: &StepId) -> String {
    let (name, run) = id.as_str().split_once('~').map_or((id.as_str(), ""), |(name, run)| (name, run));
    format!("{}~{run}", name.split("_v").next().unwrap_or(name))
}

fn date_field() -> Field {
    Field {
        id: "on".to_owned(),
        label: text("on"),
        help: None,
        required: true,
        when: None,
        begin: None,
        kind: FieldKind::Date,
    }
}
