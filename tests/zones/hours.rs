//! The rule against an independent one: `oracle.py` asks Python's zoneinfo.
//!
//! The data are compared before the rule is: a zone's changes of offset must be the same on both sides.
//! When the two databases are of different versions, a zone may differ from the first change on that
//! only one of them knows; it is named, and compared up to there.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Lines, Write};
use std::process::{Child, ChildStdout, Command, Stdio};

use chrono::{Days, NaiveDate};
use chrono_tz::{IANA_TZDB_VERSION, TZ_VARIANTS, Tz};
use pilothouse::engine::zone::{at_hour, local_date, start_of};
use serde::Deserialize;

use super::{DAY, FIRST, LAST, at, changes, zone};

/// Names that Debian keeps in `tzdata-legacy` may be missing, not more.
const LEAST_ZONES: usize = 400;

const NEEDED: &str = "this test needs python3, version 3.9 or newer, and the time zone database: install \
    `python3 tzdata` (Debian; from version 13 on `tzdata-legacy` as well), or python3 and its package `tzdata`";

#[derive(Deserialize)]
struct Answer {
    zone: String,
    changes: Vec<(i64, i32, i32)>,
    /// Moments, and the date on the wall.
    dates: Vec<(i64, NaiveDate)>,
    /// Days around changes, and the moments of their 24 hours.
    hours: BTreeMap<NaiveDate, Vec<i64>>,
    /// zoneinfo does not know the name.
    #[serde(default)]
    missing: bool,
}

struct Oracle {
    python: Child,
    lines: Lines<BufReader<ChildStdout>>,
    version: String,
}

impl Oracle {
    fn asked() -> Oracle {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/zones/oracle.py");
        let mut python = Command::new("python3")
            .args([script.to_owned(), FIRST.to_string(), LAST.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("python3 does not start ({error}): {NEEDED}"));
        let names: String = TZ_VARIANTS.iter().map(|zone| format!("{zone}\n")).collect();
        let mut asked = python.stdin.take().expect("its input");
        asked.write_all(names.as_bytes()).unwrap_or_else(|error| panic!("python3 stopped ({error}): {NEEDED}"));
        drop(asked);
        let mut lines = BufReader::new(python.stdout.take().expect("its output")).lines();
        let version = lines.next().unwrap_or_else(|| panic!("python3 stopped: {NEEDED}")).expect("a line");
        Oracle { python, lines, version }
    }

    fn next(&mut self) -> Option<Answer> {
        let line = self.lines.next()?.expect("a line");
        Some(serde_json::from_str(&line).expect("an answer"))
    }
}

#[derive(Default)]
struct Found {
    zones: usize,
    changes: usize,
    hours: usize,
    dates: usize,
    wrong: Vec<String>,
    /// Zones whose changes differ, and the first change that does.
    different: Vec<String>,
    missing: Vec<String>,
}

impl Found {
    fn compare(&mut self, answer: &Answer) {
        if answer.missing {
            return self.missing.push(answer.zone.clone());
        }
        let zone = zone(&answer.zone);
        let ours = changes(zone);
        let until = first_difference(&ours, &answer.changes);
        if let Some(first) = until {
            self.different.push(format!("{zone} from {}", at(first)));
        }
        let agreed = |seconds: i64| until.is_none_or(|until| seconds + 4 * DAY < until);
        let agreed_day = |day: NaiveDate| agreed(day.and_time(chrono::NaiveTime::MIN).and_utc().timestamp());

        let around = around(&ours);
        let unasked = around.iter().filter(|day| agreed_day(**day) && !answer.hours.contains_key(*day));
        self.wrong.extend(unasked.map(|day| format!("{zone} {day}: the oracle has no answer")));
        for (day, moments) in answer.hours.iter().filter(|(day, _)| agreed_day(**day)) {
            self.compare_day(zone, *day, moments);
        }
        for (seconds, date) in answer.dates.iter().filter(|(seconds, _)| agreed(*seconds)) {
            let is = local_date(at(*seconds), zone);
            if is != *date {
                self.wrong.push(format!("{zone} at {}: {is} instead of {date}", at(*seconds)));
            }
            self.dates += 1;
        }
        self.zones += 1;
        self.changes += ours.len();
    }

    fn compare_day(&mut self, zone: Tz, day: NaiveDate, moments: &[i64]) {
        for (hour, should_be) in (0..24).zip(moments) {
            let is = at_hour(day, hour, zone);
            if is.timestamp() != *should_be {
                self.wrong.push(format!("{zone} {day} {hour}:00: {is} instead of {}", at(*should_be)));
            }
            self.hours += 1;
        }
        if moments.first() != Some(&start_of(day, zone).timestamp()) || moments.len() != 24 {
            self.wrong.push(format!("{zone} {day} begins at {}", start_of(day, zone)));
        }
    }
}

/// When the first change comes that only one side knows.
fn first_difference(ours: &[(i64, i32, i32)], theirs: &[(i64, i32, i32)]) -> Option<i64> {
    let (ours, theirs): (BTreeSet<_>, BTreeSet<_>) = (ours.iter().collect(), theirs.iter().collect());
    ours.symmetric_difference(&theirs).map(|(at, ..)| *at).min()
}

/// The days on which clocks change, with those before and after them.
fn around(changes: &[(i64, i32, i32)]) -> BTreeSet<NaiveDate> {
    let days = changes.iter().flat_map(|(seconds, before, after)| {
        let walls = [before, after].map(|offset| at(seconds + i64::from(*offset)).date_naive());
        let (from, until) = (walls[0].min(walls[1]) - Days::new(1), walls[0].max(walls[1]) + Days::new(1));
        from.iter_days().take_while(move |day| *day <= until)
    });
    days.collect()
}

#[test]
fn every_hour_around_every_change_of_clocks_in_every_zone_is_what_zoneinfo_says() {
    let mut oracle = Oracle::asked();
    let mut found = Found::default();
    while let Some(answer) = oracle.next() {
        found.compare(&answer);
    }
    assert!(oracle.python.wait().expect("its end").success(), "python3 failed, see above: {NEEDED}");

    let Found { zones, changes, hours, dates, wrong, different, missing } = found;
    println!("{IANA_TZDB_VERSION} here, {} in zoneinfo", oracle.version);
    println!("{zones} zones, {changes} changes of offset, {hours} hours, {dates} dates");
    println!("rules that differ: {different:?}\nnames that zoneinfo lacks: {missing:?}");
    assert!(wrong.is_empty(), "{} answers are wrong, such as {:#?}", wrong.len(), &wrong[..wrong.len().min(20)]);
    let same_version = oracle.version == IANA_TZDB_VERSION;
    assert!(!same_version || different.is_empty(), "one version, two rules: {different:#?}");
    assert_eq!(zones + missing.len(), TZ_VARIANTS.len(), "the oracle did not answer about every zone");
    assert!(zones >= LEAST_ZONES, "zoneinfo lacks {} of {} zones: {NEEDED}", missing.len(), TZ_VARIANTS.len());
}

/// What a rule by steps may not assume: `at_hour` once went on by quarter hours.
#[test]
fn offsets_are_whole_quarter_hours_and_changes_of_clocks_are_not() {
    let changes: Vec<_> = TZ_VARIANTS.iter().flat_map(|zone| changes(*zone)).collect();
    let quarter = 15 * 60;
    assert!(changes.iter().all(|(_, before, after)| before % quarter == 0 && after % quarter == 0));
    assert!(changes.iter().any(|(at, ..)| at % i64::from(quarter) != 0));
    assert!(changes.iter().all(|(at, ..)| at % 60 == 0));
}
