//! Hours that clocks skip or show twice, written out: what `oracle.py` is asked about all zones, to be
//! read. Each moment is the one that Python's zoneinfo gives.

use pilothouse::engine::zone::at_hour;

use super::{day, utc, zone};

#[rustfmt::skip]
const HOURS: [(&str, &str, u8, &str, &str); 40] = [
    ("Europe/Berlin", "2027-03-28", 9, "2027-03-28T07:00:00Z", "the morning that summer begins"),
    ("Europe/Berlin", "2027-03-28", 2, "2027-03-28T01:00:00Z", "skipped: 02:00 becomes 03:00"),
    ("Europe/Berlin", "2027-03-28", 3, "2027-03-28T01:00:00Z", "the first hour after the gap"),
    ("Europe/Berlin", "2026-10-25", 2, "2026-10-25T00:00:00Z", "twice: the first"),
    ("Europe/Berlin", "2026-10-25", 3, "2026-10-25T02:00:00Z", "the first hour after the fold"),
    ("Europe/Berlin", "2026-10-25", 9, "2026-10-25T08:00:00Z", "the morning that winter begins"),
    ("Europe/London", "2027-03-28", 1, "2027-03-28T01:00:00Z", "skipped, where winter is UTC"),
    ("Europe/Dublin", "2026-10-25", 1, "2026-10-25T00:00:00Z", "twice; summer is the standard time"),
    ("Europe/Moscow", "2014-10-26", 1, "2014-10-25T21:00:00Z", "twice, for good"),
    ("Atlantic/Azores", "2027-03-28", 0, "2027-03-28T01:00:00Z", "skipped: midnight itself"),
    ("America/Sao_Paulo", "2018-11-04", 0, "2018-11-04T03:00:00Z", "skipped: midnight itself"),
    ("America/Sao_Paulo", "2018-02-17", 23, "2018-02-18T01:00:00Z", "twice, at the end of a day"),
    ("America/Sao_Paulo", "2026-11-01", 0, "2026-11-01T03:00:00Z", "no summer time any more"),
    ("America/New_York", "2027-03-14", 2, "2027-03-14T07:00:00Z", "skipped"),
    ("America/New_York", "2026-11-01", 1, "2026-11-01T05:00:00Z", "twice: the first"),
    ("America/St_Johns", "2026-11-01", 1, "2026-11-01T03:30:00Z", "twice, half an hour beside the others"),
    ("America/St_Johns", "2011-03-13", 0, "2011-03-13T03:30:00Z", "midnight lasted a minute"),
    ("America/St_Johns", "2011-03-13", 1, "2011-03-13T03:31:00Z", "skipped: 00:01 became 01:01"),
    ("America/Havana", "2025-03-09", 0, "2025-03-09T05:00:00Z", "skipped: midnight itself"),
    ("America/Asuncion", "2024-10-06", 0, "2024-10-06T04:00:00Z", "skipped, for the last time"),
    ("America/Nuuk", "2027-03-27", 23, "2027-03-28T01:00:00Z", "skipped into Sunday"),
    ("America/Nuuk", "2026-10-24", 23, "2026-10-25T00:00:00Z", "twice: back over midnight"),
    ("America/Caracas", "2016-05-01", 3, "2016-05-01T07:00:00Z", "the end of a gap of half an hour"),
    ("Africa/Casablanca", "2026-02-15", 2, "2026-02-15T01:00:00Z", "twice: Ramadan is winter"),
    ("Africa/Casablanca", "2026-03-22", 2, "2026-03-22T02:00:00Z", "skipped: Ramadan is over"),
    ("Africa/Cairo", "2026-04-24", 0, "2026-04-23T22:00:00Z", "skipped: midnight itself"),
    ("Africa/Cairo", "2026-10-29", 23, "2026-10-29T20:00:00Z", "twice, at the end of a day"),
    ("Asia/Kathmandu", "2026-06-01", 9, "2026-06-01T03:15:00Z", "five hours and three quarters"),
    ("Asia/Taipei", "2026-06-01", 9, "2026-06-01T01:00:00Z", "no summer time"),
    ("Asia/Kolkata", "2026-06-01", 9, "2026-06-01T03:30:00Z", "five hours and a half"),
    ("Asia/Gaza", "2026-03-28", 2, "2026-03-28T00:00:00Z", "skipped, on a Saturday"),
    ("Asia/Pyongyang", "2018-05-04", 23, "2018-05-04T14:30:00Z", "half an hour of it: 23:30 becomes midnight"),
    ("Asia/Dhaka", "2009-06-19", 23, "2009-06-19T17:00:00Z", "skipped into the next day"),
    ("Australia/Lord_Howe", "2026-10-04", 2, "2026-10-03T15:30:00Z", "skipped: half an hour"),
    ("Australia/Lord_Howe", "2027-04-04", 2, "2027-04-03T15:30:00Z", "after half an hour came twice"),
    ("Pacific/Apia", "2011-12-30", 9, "2011-12-30T10:00:00Z", "a day that nobody lived"),
    ("Pacific/Chatham", "2026-09-27", 3, "2026-09-26T14:00:00Z", "skipped: 02:45 becomes 03:45"),
    ("Pacific/Kiritimati", "2026-06-01", 0, "2026-05-31T10:00:00Z", "fourteen hours ahead"),
    ("Antarctica/Troll", "2027-03-28", 1, "2027-03-28T01:00:00Z", "skipped: two hours"),
    ("Antarctica/Troll", "2026-10-25", 2, "2026-10-25T00:00:00Z", "twice: two hours"),
];

#[test]
fn forty_hours_of_change_are_the_moments_they_should_be() {
    let wrong: Vec<String> = HOURS
        .iter()
        .map(|(name, on, hour, at, about)| (at_hour(day(on), *hour, zone(name)), utc(at), name, on, hour, about))
        .filter(|(is, should_be, ..)| is != should_be)
        .map(|(is, should_be, name, on, hour, about)| {
            format!("{name} {on} {hour}:00 ({about}): {is} instead of {should_be}")
        })
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}
