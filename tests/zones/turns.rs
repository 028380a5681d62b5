//! Turns of what recurs, over leap days, ends of months, week 53 and the turn of a year, through the
//! compiler and the simulation: in a calendar that knows weekends alone.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use pilothouse::app::sweep::digest_week;
use pilothouse::curriculum::{SourceFile, compile};
use pilothouse::engine::StartOrder;
use pilothouse::engine::simulate::{Setup, simulate};
use pilothouse::engine::vocabulary::PersonId;
use uuid::Uuid;

use super::day;

/// When the turns of a step are due that is due first on `due` and recurs `every` so often.
fn turns(begun: &str, due: &str, every: &str) -> Vec<NaiveDate> {
    let words = "title: {en: A, zh-TW: 甲}\nsummary: {en: A, zh-TW: 甲}\n";
    let step = "title: {en: A, zh-TW: 甲}, body: {en: A, zh-TW: 甲}, effort: 5";
    let ends = "ends: B400\ncheckpoints: [B5]\nmail: {due_soon: 2}\n";
    let files = [
        ("program.yaml", format!("program: p\n{words}curricula: [c]\ncast: [superior, hr]\n{ends}")),
        ("c.yaml", format!("curriculum: c\n{words}steps:\n  - {{id: turn, {step}, due: {due}, every: {every}}}\n")),
        (
            "calendar.yaml",
            "calendar: weekends\ntitle: {en: A, zh-TW: 甲}\nsource: nobody\nweekend: [sat, sun]\n\
             known: {from: 2020-01-01, until: 2020-01-02}\n"
                .to_owned(),
        ),
    ];
    let files = files.map(|(path, text)| SourceFile { path: path.to_owned(), bytes: text.into_bytes() });
    let compiled = compile(&files).unwrap_or_else(|found| panic!("{found:#?}"));
    let person = |n| PersonId(Uuid::from_u128(n));
    let order = StartOrder {
        own_calendar: false,
        effective: day(begun),
        manager: person(1),
        superior: person(2),
        hr: person(3),
        mentor: None,
        then: Vec::new(),
        members: Vec::new(),
    };
    let setup = Setup {
        release: &compiled.releases[0],
        calendar: &compiled.calendars[0],
        zone: chrono_tz::Europe::Berlin,
        order: &order,
        launches: &[],
        answers: &BTreeMap::new(),
        stop_on: None,
    };
    let plan = simulate(&setup).expect("it plays").plan;
    plan.steps.values().map(|step| step.due.date).collect()
}

fn days(texts: &[&str]) -> Vec<NaiveDate> {
    texts.iter().map(|text| day(text)).collect()
}

#[test]
fn a_year_after_a_leap_day_is_the_last_of_february() {
    // B2 is Tuesday 29 February 2028.
    assert_eq!(turns("2028-02-28", "B2", "{years: 1, until: end}"), days(&["2028-02-29", "2029-02-28"]));
}

#[test]
fn months_after_the_31st_are_their_last_days_and_none_drifts() {
    let turns = turns("2028-01-28", "B2", "{months: 1, until: B130}"); // B2 is Monday 31 January 2028
    // 30 April is a Sunday: that turn comes on the next day that is worked.
    assert_eq!(turns, days(&["2028-01-31", "2028-02-29", "2028-03-31", "2028-05-01", "2028-05-31", "2028-06-30"]));
}

#[test]
fn fridays_go_on_through_week_53_and_the_turn_of_the_year() {
    let turns = turns("2026-12-14", "B5", "{weekly: fri, until: B26}");
    assert_eq!(turns, days(&["2026-12-18", "2026-12-25", "2027-01-01", "2027-01-08", "2027-01-15"]));
    assert_eq!(turns.iter().map(|day| day.iso_week().week()).collect::<Vec<_>>(), [51, 52, 53, 1, 2]);
}

#[test]
fn working_days_are_counted_over_the_turn_of_a_leap_year() {
    let turns = turns("2027-12-20", "B5", "{working_days: 5, until: B16}");
    assert_eq!(turns, days(&["2027-12-24", "2027-12-31", "2028-01-07"]));
}

#[test]
fn the_end_of_a_quarter_is_the_end_of_the_year() {
    let turns = turns("2028-11-27", "quarter_end-0", "{quarters: 1, until: B160}");
    // 31 December 2028 and 31 March and 30 June 2029 are a Sunday, a Saturday and a Saturday.
    assert_eq!(turns, days(&["2028-12-29", "2029-03-30", "2029-06-29"]));
}

#[test]
fn the_digest_of_the_first_monday_speaks_of_week_53() {
    let (from, until) = digest_week(day("2027-01-04"));
    assert_eq!((from, until), (day("2026-12-28"), day("2027-01-03")));
    assert_eq!((from.iso_week().week(), until.iso_week().week()), (53, 53));
}
