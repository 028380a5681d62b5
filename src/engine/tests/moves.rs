//! What may happen to a plan, at random: acts, deeds, upgrades, undoing.

use std::fmt;

use chrono::NaiveDate;
use proptest::prelude::*;

use super::circumstances::{calendars, rosters};
use super::programs::{Change, Sketch, changes, sketches};
use crate::engine::calendar::{Calendar, Span};
use crate::engine::vocabulary::MemberId;

/// By name; a plan begins with the first.
pub(super) const CALENDARS: [&str; 3] = ["sample", "other", "third"];

#[derive(Clone)]
pub(super) struct Start {
    pub(super) program: Sketch,
    pub(super) calendars: Vec<Calendar>,
    pub(super) roster: Vec<(MemberId, NaiveDate)>,
}

/// Few lines, so that a plan that broke a promise can be read.
impl fmt::Debug for Start {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.program.lines.iter().try_for_each(|line| writeln!(f, "{line:?}"))?;
        let joined: Vec<NaiveDate> = self.roster.iter().map(|(_, on)| *on).collect();
        writeln!(f, "joined {joined:?}")?;
        self.calendars.iter().try_for_each(|one| {
            let off: Vec<&NaiveDate> = one.holidays.keys().collect();
            let worked: Vec<&NaiveDate> = one.workdays.keys().collect();
            let freezes: Vec<Span> = one.freezes.iter().map(|freeze| freeze.span).collect();
            let quarter = one.quarter_freeze.as_ref().map(|freeze| freeze.days);
            writeln!(f, "{} {off:?}, worked {worked:?}, frozen {freezes:?} {quarter:?}", one.name)
        })
    }
}

/// Steps, people and days are picks: numbers that find something to act on, whatever the plan holds.
#[derive(Debug, Clone)]
pub(super) enum Move {
    Days(u8),
    /// Somebody does a step that is open.
    Do(u8, bool),
    /// Somebody answers what was handed in.
    Review(u8, bool),
    TakeBack(u8),
    /// A reviewer takes back their own answer.
    Reconsider(u8),
    Join(u8),
    Leave(u8),
    Correct(u8, u16),
    Mentor(u8),
    Launch,
    Reschedule(u8, u8),
    Shift(u8, u8),
    Add(u8, bool),
    Waive(u8),
    Skip(u8),
    Away(i8, u8),
    Pause,
    Resume,
    Deputy(u8, u8),
    End(u8),
    Redate(u8),
    /// The days of the plan's calendar are edited.
    Edit(Vec<u16>),
    /// It gets a freeze, or loses its first.
    Freeze(i8, u8),
    Upgrade(Vec<Change>, u8, bool),
    Offer(u8, bool),
    Undo(u8),
}

pub(super) fn starts() -> impl Strategy<Value = Start> {
    let all = CALENDARS.map(calendars);
    (sketches(), all, rosters()).prop_map(|(program, calendars, roster)| Start {
        program,
        calendars: calendars.to_vec(),
        roster,
    })
}

pub(super) fn moves() -> impl Strategy<Value = Vec<Move>> {
    let one = prop_oneof![
        4 => (0u8..15).prop_map(Move::Days),
        8 => acts(),
        3 => arranged(),
        1 => released(),
        1 => any::<u8>().prop_map(Move::Undo),
    ];
    proptest::collection::vec(one, 0..50)
}

fn acts() -> impl Strategy<Value = Move> {
    prop_oneof![
        8 => any::<(u8, bool)>().prop_map(|(pick, first)| Move::Do(pick, first)),
        2 => (any::<u8>(), proptest::bool::weighted(0.7)).prop_map(|(pick, yes)| Move::Review(pick, yes)),
        1 => any::<u8>().prop_map(Move::TakeBack),
        1 => any::<u8>().prop_map(Move::Reconsider),
        1 => (1u8..6).prop_map(Move::Join),
        1 => (1u8..6).prop_map(Move::Leave),
        1 => (1u8..6, 0u16..60).prop_map(|(who, on)| Move::Correct(who, on)),
        1 => (0u8..8).prop_map(Move::Mentor),
        1 => Just(Move::Launch),
    ]
}

/// What one plan alone is arranged by.
pub(super) fn arranged() -> impl Strategy<Value = Move> {
    prop_oneof![
        2 => (any::<u8>(), 0u8..60).prop_map(|(pick, days)| Move::Reschedule(pick, days)),
        1 => (0u8..40, 0u8..30).prop_map(|(from, days)| Move::Shift(from, days)),
        1 => (0u8..40, any::<bool>()).prop_map(|(days, reviewed)| Move::Add(days, reviewed)),
        1 => any::<u8>().prop_map(Move::Waive),
        1 => (0u8..8).prop_map(Move::Skip),
        2 => (-10i8..30, 0u8..30).prop_map(|(from, days)| Move::Away(from, days)),
        1 => Just(Move::Pause),
        1 => Just(Move::Resume),
        1 => (0u8..10, 0u8..20).prop_map(|(from, days)| Move::Deputy(from, days)),
        1 => (0u8..30).prop_map(Move::End),
        2 => (0u8..3).prop_map(Move::Redate),
        1 => proptest::collection::vec(0u16..200, 1..6).prop_map(Move::Edit),
        1 => (-10i8..30, 0u8..30).prop_map(|(from, days)| Move::Freeze(from, days)),
    ]
}

/// What comes with another release.
pub(super) fn released() -> impl Strategy<Value = Move> {
    prop_oneof![
        3 => (changes(), any::<u8>(), any::<bool>()).prop_map(|(c, policy, begun)| Move::Upgrade(c, policy, begun)),
        1 => any::<(u8, bool)>().prop_map(|(pick, take)| Move::Offer(pick, take)),
    ]
}
