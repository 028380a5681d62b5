//! Local days and hours in a person's time zone, with daylight saving decided once.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;

/// The date on the wall of somebody in `zone`.
pub fn local_date(now: DateTime<Utc>, zone: Tz) -> NaiveDate {
    now.with_timezone(&zone).date_naive()
}

/// The moment of a whole hour on a local day.
///
/// An hour that the clocks skip is the first valid moment after it; an hour that comes twice is the
/// first of the two.
pub fn at_hour(day: NaiveDate, hour: u8, zone: Tz) -> DateTime<Utc> {
    let wall = day.and_time(NaiveTime::from_hms_opt(u32::from(hour.min(23)), 0, 0).unwrap_or(NaiveTime::MIN));
    // Gaps are at most a day (Samoa skipped one in 2011); 15 minutes divides every offset in use.
    (0..=4 * 25)
        .find_map(|quarter| {
            let wall = wall.checked_add_signed(chrono::TimeDelta::minutes(15 * quarter))?;
            Some(zone.from_local_datetime(&wall).earliest()?.with_timezone(&Utc))
        })
        .unwrap_or_else(|| Utc.from_utc_datetime(&wall))
}

/// The first moment of a local day.
pub fn start_of(day: NaiveDate, zone: Tz) -> DateTime<Utc> {
    at_hour(day, 0, zone)
}

/// The next moment strictly after `now` at which it is `hour` on a day that `counts`; none within
/// two years means never.
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
        .map(|day| at_hour(day, hour, zone))
        .find(|moment| *moment > now)
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
}
