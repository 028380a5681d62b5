//! Local days and hours in every time zone of the years 2000 to 2037: against Python's zoneinfo, against
//! a table, and as a promise about briefs. And the days that recur over leap days and turns of years.

mod briefs;
mod hours;
mod table;
mod turns;

use chrono::{DateTime, NaiveDate, Offset, TimeZone, Utc};
use chrono_tz::{IANA_TZDB_VERSION, Tz};
use pilothouse::clock::Clock;

const FIRST: i32 = 2000;
const LAST: i32 = 2037;

const DAY: i64 = 24 * 60 * 60;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn utc(text: &str) -> DateTime<Utc> {
    text.parse().expect("a moment")
}

fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(seconds, 0).expect("a moment")
}

fn zone(name: &str) -> Tz {
    name.parse().expect("a zone")
}

fn new_year(year: i32) -> i64 {
    utc(&format!("{year}-01-01T00:00:00Z")).timestamp()
}

/// Seconds that clocks are ahead of UTC.
fn offset(zone: Tz, seconds: i64) -> i32 {
    zone.offset_from_utc_datetime(&at(seconds).naive_utc()).fix().local_minus_utc()
}

/// The first second of each offset, with the offsets before and after it. No offset has held for less
/// than a week since 2000 (Recife, October 2000), so every third day is looked at.
fn changes(zone: Tz) -> Vec<(i64, i32, i32)> {
    let step = 3 * DAY;
    let looks: Vec<i64> = (new_year(FIRST)..new_year(LAST + 1) + step).step_by(step as usize).collect();
    let offsets: Vec<i32> = looks.iter().map(|look| offset(zone, *look)).collect();
    let pairs = looks.windows(2).zip(offsets.windows(2)).filter(|(_, offsets)| offsets[0] != offsets[1]);
    pairs
        .map(|(looks, offsets)| {
            let (mut low, mut high) = (looks[0], looks[1]);
            while high - low > 1 {
                let middle = low + (high - low) / 2;
                if offset(zone, middle) == offsets[0] { low = middle } else { high = middle }
            }
            (high, offsets[0], offsets[1])
        })
        .collect()
}

/// Rules change several times a year, and a program that is rebuilt with old ones sends mail at wrong
/// hours: <https://github.com/chronotope/chrono-tz/releases>, then `cargo update -p chrono-tz`.
#[test]
fn the_time_zone_database_in_the_binary_is_younger_than_three_years() {
    use chrono::Datelike;
    let released: i32 = IANA_TZDB_VERSION.trim_end_matches(char::is_alphabetic).parse().expect("a year");
    let this_year = Clock::system().now().year();
    assert!(
        this_year - released <= 2,
        "the time zone rules of {IANA_TZDB_VERSION} are too old for {this_year}: update chrono-tz"
    );
}
