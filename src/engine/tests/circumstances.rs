//! Random calendars and rosters.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use proptest::prelude::*;

use super::{member, text};
use crate::engine::calendar::samples::{calendar, date};
use crate::engine::calendar::{Calendar, Freeze, QuarterFreeze, Span};
use crate::engine::vocabulary::MemberId;

pub(super) fn day(n: u16) -> NaiveDate {
    date("2030-03-04") + Days::new(u64::from(n))
}

/// A calendar with holidays, days that are worked instead, half days and freezes.
pub(super) fn calendars(name: &'static str) -> impl Strategy<Value = Calendar> {
    let days = |most| proptest::collection::vec(0u16..250, 0..most);
    let spans = proptest::collection::vec((0u16..200, 1u16..8), 0..3);
    let quarter = prop_oneof![2 => Just(None), 1 => (1u16..8).prop_map(Some)];
    (days(12), days(8), days(4), spans.clone(), spans, quarter).prop_map(
        move |(holidays, worked, half, long, freezes, quarter)| {
            let mut found = Calendar { name: name.to_owned(), ..calendar() };
            let long = long.into_iter().flat_map(|(from, length)| from..from + length);
            let off = holidays.into_iter().chain(long).map(day).filter(|day| !is_weekend(*day));
            found.holidays.extend(off.map(|day| (day, text("Off"))));
            let worked = worked.into_iter().map(day).filter(|day| is_weekend(*day));
            found.workdays.extend(worked.map(|day| (day, text("Worked"))));
            let half: Vec<NaiveDate> = half.into_iter().map(day).filter(|day| found.is_working(*day)).collect();
            found.half_days.extend(half.into_iter().map(|day| (day, text("Half"))));
            let freeze = |(from, length)| Freeze {
                name: text("Freeze"),
                span: Span { from: day(from), until: day(from + length) },
            };
            found.freezes = freezes.into_iter().map(freeze).collect();
            found.quarter_freeze = quarter.map(|days| QuarterFreeze { name: text("Quarter's end"), days });
            found
        },
    )
}

fn is_weekend(day: NaiveDate) -> bool {
    matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

/// Who is on the roster, and since when: some from before the first day, some from after it.
pub(super) fn rosters() -> impl Strategy<Value = Vec<(MemberId, NaiveDate)>> {
    proptest::collection::vec(-30i64..15, 0..4).prop_map(|since| {
        let joined = |since| date("2030-03-04") + chrono::TimeDelta::days(since);
        (1..).zip(since).map(|(n, since)| (member(n), joined(since))).collect()
    })
}
