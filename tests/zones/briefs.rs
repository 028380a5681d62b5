//! One brief on each day that counts, in every zone, whatever the clocks do: never two, none missing.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, TimeZone, Timelike, Utc};
use chrono_tz::{TZ_VARIANTS, Tz};
use pilothouse::engine::zone::{at_hour, local_date, next_at_hour};
use proptest::prelude::*;

use super::{DAY, FIRST, LAST, at, changes, new_year, zone};

static CHANGES: LazyLock<BTreeMap<&str, Vec<i64>>> = LazyLock::new(|| {
    TZ_VARIANTS.iter().map(|zone| (zone.name(), changes(*zone).iter().map(|(at, ..)| *at).collect())).collect()
});

/// Somebody who waits for mail.
#[derive(Debug, Clone)]
struct Reader {
    zone: Tz,
    hour: u8,
    /// Monday first.
    works: [bool; 7],
    since: DateTime<Utc>,
}

impl Reader {
    fn counts(&self, day: NaiveDate) -> bool {
        self.works[day.weekday().num_days_from_monday() as usize]
    }

    /// Whether the clocks show the hour, or a later one, on that day.
    fn has_hour(&self, day: NaiveDate) -> bool {
        (self.hour..24).any(|hour| {
            let minute = |n| self.zone.from_local_datetime(&day.and_hms_opt(hour.into(), n, 0).expect("a time"));
            (0..60).any(|n| minute(n).earliest().is_some())
        })
    }

    /// It is the hour, or the first minute that the clocks show after it.
    fn is_the_hour(&self, moment: DateTime<Utc>) -> bool {
        let wall = moment.with_timezone(&self.zone).naive_local();
        let hour = wall.date().and_hms_opt(self.hour.into(), 0, 0).expect("a time");
        let shown = |wall| self.zone.from_local_datetime(&wall).earliest();
        let between = (0..(wall - hour).num_minutes()).map(|n| hour + TimeDelta::minutes(n));
        wall >= hour
            && wall.second() == 0
            && shown(wall).is_some_and(|first| first == moment)
            && between.map(shown).all(|shown| shown.is_none())
    }

    /// Follows the briefs for so many days. Between two of them lies no day that should have had one.
    fn follow(&self, days: i64) -> Result<(), TestCaseError> {
        let Reader { zone, hour, since, .. } = *self;
        let mut now = since;
        // Today's hour may have passed as it began.
        let mut last = local_date(since, zone).pred_opt().expect("a day before");
        if at_hour(local_date(since, zone), hour, zone) <= since {
            last = local_date(since, zone);
        }
        while now < since + TimeDelta::days(days) {
            let next = next_at_hour(now, hour, zone, |day| self.counts(day)).expect("some day counts");
            let day = local_date(next, zone);
            prop_assert!(next > now, "{next} is not after {now}");
            prop_assert!(day > last, "two on {day}, or back from {last}");
            prop_assert!(self.counts(day), "{day} does not count");
            prop_assert!(self.is_the_hour(next), "{next} is not {hour}:00");
            let mut between = last.iter_days().skip(1).take_while(|between| *between < day);
            let missed = between.find(|missed| self.counts(*missed) && self.has_hour(*missed));
            prop_assert_eq!(missed, None, "before {}", next);
            (now, last) = (next, day);
        }
        Ok(())
    }
}

/// Any moment, or one shortly before the clocks of that zone change.
fn moments(zone: Tz) -> BoxedStrategy<DateTime<Utc>> {
    let any = (new_year(FIRST)..new_year(LAST)).prop_map(at);
    match CHANGES.get(zone.name()).filter(|changes| !changes.is_empty()) {
        None => any.boxed(),
        Some(changes) => {
            let before = (prop::sample::select(changes.clone()), -DAY..3 * DAY);
            prop_oneof![any, before.prop_map(|(change, before)| at(change - before))].boxed()
        }
    }
}

fn readers() -> impl Strategy<Value = Reader> {
    let works = any::<[bool; 7]>().prop_filter("some day counts", |works| works.contains(&true));
    let zoned = prop::sample::select(TZ_VARIANTS.to_vec()).prop_flat_map(|zone| (Just(zone), moments(zone)));
    (zoned, 0..24_u8, works).prop_map(|((zone, since), hour, works)| Reader { zone, hour, works, since })
}

proptest! {
    #[test]
    fn four_hundred_days_bring_one_brief_on_each_day_that_counts(reader in readers()) {
        reader.follow(400)?;
    }
}

/// The promise around every change of clocks, at every hour.
#[test]
fn every_change_of_clocks_leaves_each_day_its_brief() {
    let changes = CHANGES.iter().flat_map(|(name, changes)| changes.iter().map(|change| (zone(name), *change)));
    for (zone, change) in changes {
        for hour in 0..24 {
            let reader = Reader { zone, hour, works: [true; 7], since: at(change - DAY) };
            reader.follow(3).unwrap_or_else(|error| panic!("{reader:?}: {error}"));
        }
    }
}

fn every_day(name: &str, hour: u8, since: &str) -> Result<(), TestCaseError> {
    Reader { zone: zone(name), hour, works: [true; 7], since: super::utc(since) }.follow(10)
}

#[test]
fn the_day_that_samoa_skipped_brings_none_and_its_neighbours_one_each() {
    (0..24).try_for_each(|hour| every_day("Pacific/Apia", hour, "2011-12-26T00:00:00Z")).expect("one each");
}

#[test]
fn an_hour_that_greenland_skips_into_sunday_brings_one_on_sunday() {
    every_day("America/Nuuk", 23, "2027-03-24T00:00:00Z").expect("one each");
}
