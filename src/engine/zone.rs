//! Local days and hours in a person's time zone, with daylight saving decided once.

use chrono::{DateTime, Days, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::{GapInfo, Tz};

/// The date on the wall of somebody in `zone`.
pub fn local_date(now: DateTime<Utc>, zone: Tz) -> NaiveDate {
    now.with_timezone(&zone).date_naive()
}

/// The moment of a whole hour on a local day.
///
/// An hour that the clocks skip is the first valid moment after it, be it on another day; an hour that
/// comes twice is the first of the two.
pub fn at_hour(day: NaiveDate, hour: u8, zone: Tz) -> DateTime<Utc> {
    at_wall(day.and_time(NaiveTime::from_hms_opt(u32::from(hour.min(23)), 0, 0).unwrap_or(NaiveTime::MIN)), zone)
}

/// The moment at which the clocks on the wall show this, by the same rule.
pub fn at_wall(wall: NaiveDateTime, zone: Tz) -> DateTime<Utc> {
    // Not by steps of a quarter hour: clocks have been changed at 00:01 (St John's until 2011).
    let first = zone.from_local_datetime(&wall).earliest().or_else(|| GapInfo::new(&wall, &zone)?.end);
    first.map_or_else(|| Utc.from_utc_datetime(&wall), |first| first.with_timezone(&Utc))
}

/// What the clocks do around a moment, where a time on the wall alone may be misread.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shift {
    /// They have just skipped what came before: it may stand for a time that does not exist.
    Skipped,
    /// They show this time twice, and this is the first one.
    First,
    /// The second one.
    Second,
}

/// Whether the time on the wall at a moment may be misread.
pub fn shift_at(moment: DateTime<Utc>, zone: Tz) -> Option<Shift> {
    let wall = moment.with_timezone(&zone).naive_local();
    match zone.from_local_datetime(&wall) {
        LocalResult::Ambiguous(first, _) if first == moment => Some(Shift::First),
        LocalResult::Ambiguous(..) => Some(Shift::Second),
        _ => {
            let before = GapInfo::new(&(wall - TimeDelta::minutes(1)), &zone);
            before.is_some_and(|gap| gap.end.is_some_and(|end| end == moment)).then_some(Shift::Skipped)
        }
    }
}

/// The first moment of a local day.
pub fn start_of(day: NaiveDate, zone: Tz) -> DateTime<Utc> {
    at_hour(day, 0, zone)
}

/// The next moment strictly after `now` at which it is `hour` on a day that `counts`; none within
/// two years means never.
///
/// A day on which the clocks show neither this hour nor a later one is passed over: the first valid
/// moment after belongs to a day with an hour of its own, and nobody gets two briefs on one day.
pub fn next_at_hour(
    now: DateTime<Utc>,
    hour: u8,
    zone: Tz,
    counts: impl Fn(NaiveDate) -> bool,
) -> Option<DateTime<Utc>> {
    let today = local_date(now, zone);
    (0..=730)
        .filter_map(|n| today.checked_add_days(Days::new(n)))
        .filter(|day| counts(*day))
        .map(|day| (day, at_hour(day, hour, zone)))
        .find(|(day, moment)| *moment > now && local_date(*moment, zone) == *day)
        .map(|(_, moment)| moment)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utc(text: &str) -> DateTime<Utc> {
        text.parse().expect("a moment")
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    #[test]
    fn an_hour_that_the_clocks_skip_is_the_first_valid_moment_after_it() {
        assert_eq!(at_hour(day("2027-03-28"), 2, chrono_tz::Europe::Berlin), utc("2027-03-28T01:00:00Z"));
    }

    #[test]
    fn an_hour_that_comes_twice_is_the_first_of_the_two() {
        assert_eq!(at_hour(day("2026-10-25"), 2, chrono_tz::Europe::Berlin), utc("2026-10-25T00:00:00Z"));
    }

    #[test]
    fn a_time_that_may_be_misread_is_known() {
        let berlin = chrono_tz::Europe::Berlin;
        let wall = |text: &str| at_wall(text.parse().expect("a local time"), berlin);
        assert_eq!(shift_at(wall("2027-03-28T02:30:00"), berlin), Some(Shift::Skipped));
        assert_eq!(wall("2027-03-28T02:30:00"), utc("2027-03-28T01:00:00Z"));
        assert_eq!(shift_at(wall("2026-10-25T02:30:00"), berlin), Some(Shift::First));
        assert_eq!(shift_at(utc("2026-10-25T01:30:00Z"), berlin), Some(Shift::Second));
        assert_eq!(shift_at(wall("2026-10-25T03:00:00"), berlin), None);
        assert_eq!(shift_at(wall("2027-03-28T03:15:00"), berlin), None);
    }

    #[test]
    fn half_and_quarter_hour_zones_keep_their_own_hour() {
        assert_eq!(at_hour(day("2026-06-01"), 9, chrono_tz::Asia::Kathmandu), utc("2026-06-01T03:15:00Z"));
    }

    #[test]
    fn the_next_hour_is_never_now_itself() {
        let nine = utc("2026-03-02T01:00:00Z"); // 09:00 in Taipei
        assert_eq!(next_at_hour(nine, 9, chrono_tz::Asia::Taipei, |_| true), Some(utc("2026-03-03T01:00:00Z")));
    }

    #[test]
    fn the_day_that_samoa_skipped_begins_when_the_next_one_does() {
        assert_eq!(
            start_of(day("2011-12-30"), chrono_tz::Pacific::Apia),
            start_of(day("2011-12-31"), chrono_tz::Pacific::Apia)
        );
    }

    #[test]
    fn clocks_that_change_a_minute_after_midnight_skip_to_the_minute() {
        // 00:01 became 01:01.
        assert_eq!(at_hour(day("2011-03-13"), 1, chrono_tz::America::St_Johns), utc("2011-03-13T03:31:00Z"));
    }

    #[test]
    fn a_day_that_nobody_lives_has_no_hour() {
        let brief = |now| next_at_hour(utc(now), 9, chrono_tz::Pacific::Apia, |_| true);
        let (thursday, saturday) = (utc("2011-12-29T19:00:00Z"), utc("2011-12-30T19:00:00Z"));
        assert_eq!(brief("2011-12-29T18:59:59Z"), Some(thursday));
        assert_eq!(brief("2011-12-29T19:00:00Z"), Some(saturday));
    }

    #[test]
    fn an_hour_that_is_skipped_into_the_next_day_is_passed_over() {
        // In Greenland 23:00 on Saturday became midnight.
        let brief = |now| next_at_hour(utc(now), 23, chrono_tz::America::Nuuk, |_| true);
        assert_eq!(brief("2027-03-27T12:00:00Z"), Some(utc("2027-03-29T00:00:00Z")));
    }
}
