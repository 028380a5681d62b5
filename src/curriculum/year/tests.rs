//! Files of days: what they mean, what is refused, and what holds whatever the bytes.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};
use proptest::prelude::*;

use super::samples::{WEEKEND, government, ics, in_one_language, json, plain, text, whole, years};
use super::{IDS, Kind, MAX_BYTES, MAX_DAYS, MAX_PROBLEMS, Problem, Year, read};
use crate::curriculum::{SourceFile, compile};
use crate::engine::calendar::samples::date;
use crate::engine::calendar::{Calendar, Span};
use crate::engine::vocabulary::{Lang, Text};
use crate::render::shared;

fn found(file_name: &str, bytes: impl AsRef<[u8]>) -> Result<Year, Vec<Problem>> {
    read(file_name, bytes.as_ref(), &WEEKEND, &|_| None)
}

fn year(bytes: impl AsRef<[u8]>) -> Year {
    found("", bytes).expect("a year")
}

fn problems(bytes: impl AsRef<[u8]>) -> Vec<(Option<u32>, &'static str)> {
    let problems = found("", bytes).expect_err("problems");
    problems.into_iter().map(|problem| (problem.line, problem.message.id)).collect()
}

/// Mondays off that no test looks at: a whole year has its days off.
const MONDAYS: [&str; 5] = ["20260601", "20260608", "20260615", "20260706", "20260713"];

fn mondays_as(line: impl Fn(&str) -> String) -> String {
    MONDAYS.map(line).concat()
}

fn event_of(day: &str) -> String {
    format!("BEGIN:VEVENT\r\nDTSTART:{day}\r\nEND:VEVENT\r\n")
}

/// A table of these rows and of the Mondays off.
fn table(rows: &str) -> String {
    format!("date,kind,name\n{rows}{}", mondays_as(|day| format!("{day},off,\n")))
}

/// The exceptions without the Mondays off.
fn looked_at(year: &Year) -> impl Iterator<Item = (&NaiveDate, &(Kind, Text))> {
    year.days.iter().filter(|(day, _)| !MONDAYS.contains(&day.format("%Y%m%d").to_string().as_str()))
}

/// The exceptions in short: date, kind, Chinese name.
fn short(year: &Year) -> Vec<(String, Kind, &str)> {
    looked_at(year).map(|(day, (kind, name))| (day.to_string(), *kind, name.zh_tw.as_str())).collect()
}

fn events(lines: &str) -> String {
    let events = lines.trim().replace('\n', "\r\n");
    let mondays = mondays_as(event_of);
    format!("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n{events}\r\nEND:VEVENT\r\n{mondays}END:VCALENDAR\r\n")
}

fn taiwan() -> Calendar {
    let bytes = include_bytes!("../../../curricula/calendars/taiwan.yaml").to_vec();
    let compiled = compile(&[SourceFile { path: "taiwan.yaml".to_owned(), bytes }]).expect("a calendar");
    compiled.calendars.into_iter().next().expect("one calendar")
}

/// The shipped calendar's days of one year.
fn shipped(calendar: &Calendar, span: Span) -> Year {
    let of = |days: &BTreeMap<_, Text>, kind| {
        let days = days.range(span.from..=span.until);
        days.map(|(day, name)| (*day, (kind, name.clone()))).collect::<Vec<_>>()
    };
    let (off, worked) = (of(&calendar.holidays, Kind::Off), of(&calendar.workdays, Kind::Worked));
    Year { span, days: off.into_iter().chain(worked).collect() }
}

fn every_form_of_a_shipped_year_is_the_shipped_year(number: i32) {
    let calendar = taiwan();
    let expected = shipped(&calendar, whole(number));
    let known = |name: &str| {
        let mut names = calendar.holidays.values().chain(calendar.workdays.values());
        names.find(|known| known.zh_tw == name).cloned()
    };
    let read = |bytes: &[u8]| read("a.txt", bytes, &calendar.weekend, &known).expect("a year");
    let table = government(&expected);
    let (big5, _, is_lossy) = encoding_rs::BIG5.encode(&table);
    assert!(!is_lossy);
    assert!(std::str::from_utf8(&big5).is_err());
    assert_eq!(read(&big5), expected);
    assert_eq!(read(government(&expected).as_bytes()), expected);
    assert_eq!(read(format!("\u{feff}{}", government(&expected)).as_bytes()), expected);
    assert_eq!(read(json(&expected).as_bytes()), expected);
    assert_eq!(read(plain(&expected).as_bytes()), expected);
    assert_eq!(read(&ics(&expected)), expected);
}

#[test]
fn a_year_with_a_make_up_day_reads_the_same_from_every_form() {
    every_form_of_a_shipped_year_is_the_shipped_year(2024);
    every_form_of_a_shipped_year_is_the_shipped_year(2025);
}

#[test]
fn a_year_without_make_up_days_reads_the_same_from_every_form() {
    every_form_of_a_shipped_year_is_the_shipped_year(2026);
}

/// Government open data, twenty days around the Spring Festival.
const EXTRACT: &str = r#"[
    {"date": "20250125", "week": "六", "isHoliday": true, "description": ""},
    {"date": "20250126", "week": "日", "isHoliday": true, "description": ""},
    {"date": "20250127", "week": "一", "isHoliday": true, "description": "小年夜"},
    {"date": "20250128", "week": "二", "isHoliday": true, "description": "農曆除夕"},
    {"date": "20250129", "week": "三", "isHoliday": true, "description": "春節"},
    {"date": "20250130", "week": "四", "isHoliday": true, "description": "春節"},
    {"date": "20250131", "week": "五", "isHoliday": true, "description": "春節"},
    {"date": "20250201", "week": "六", "isHoliday": true, "description": ""},
    {"date": "20250202", "week": "日", "isHoliday": true, "description": ""},
    {"date": "20250203", "week": "一", "isHoliday": false, "description": ""},
    {"date": "20250204", "week": "二", "isHoliday": false, "description": ""},
    {"date": "20250205", "week": "三", "isHoliday": false, "description": ""},
    {"date": "20250206", "week": "四", "isHoliday": false, "description": ""},
    {"date": "20250207", "week": "五", "isHoliday": false, "description": ""},
    {"date": "20250208", "week": "六", "isHoliday": false, "description": "補行上班"},
    {"date": "20250209", "week": "日", "isHoliday": true, "description": ""},
    {"date": "20250210", "week": "一", "isHoliday": false, "description": ""},
    {"date": "20250211", "week": "二", "isHoliday": false, "description": ""},
    {"date": "20250212", "week": "三", "isHoliday": false, "description": ""},
    {"date": "20250213", "week": "四", "isHoliday": false, "description": ""}
]"#;

#[test]
fn a_published_stretch_is_what_the_shipped_calendar_has_for_it() {
    let span = Span { from: date("2025-01-25"), until: date("2025-02-13") }; // a Saturday, a Thursday
    let (extract, calendar) = (year(EXTRACT), taiwan());
    assert_eq!(extract.span, span);
    let kinds = |year: &Year| year.days.iter().map(|(day, (kind, _))| (*day, *kind)).collect::<Vec<_>>();
    assert_eq!(kinds(&extract), kinds(&shipped(&calendar, span)));
}

#[test]
fn a_table_with_the_names_of_the_list_reads_like_the_list() {
    let table =
        "date,week,isHoliday,description\n20260101,四,true,開國紀念日\n20260103,六,true,\n20260110,六,FALSE,調整上班\n";
    let days = year(format!("{table}{}", mondays_as(|day| format!("{day},一,true,\n"))));
    let expected = [("2026-01-01", Kind::Off, "開國紀念日"), ("2026-01-10", Kind::Worked, "調整上班")];
    assert_eq!(short(&days), expected.map(|(day, kind, name)| (day.to_owned(), kind, name)));
    assert_eq!(days.span, whole(2026));
}

#[test]
fn a_day_without_a_name_has_one_in_both_languages() {
    let days = year(table("2026-01-01,off,\n2026-01-03,worked,\u{200b}\n2026-12-31,half\n"));
    let names: Vec<_> = looked_at(&days).map(|(_, (_, name))| (name.en.as_str(), name.zh_tw.as_str())).collect();
    assert_eq!(names, [("Day off", "放假日"), ("Make-up working day", "補行上班"), ("Half day", "半天")]);
}

#[test]
fn a_name_loses_its_control_characters_and_is_looked_up_without_them() {
    let known =
        |name: &str| (name == "春節").then(|| Text { en: "Spring Festival".to_owned(), zh_tw: name.to_owned() });
    let table = table("2026-02-17,off, 春\u{7}節 \n2026-02-18,off,初二\n");
    let days = read("a.csv", table.as_bytes(), &WEEKEND, &known).expect("a year").days;
    assert_eq!(days[&date("2026-02-17")].1.en, "Spring Festival");
    assert_eq!(days[&date("2026-02-18")].1, text("初二"));
}

#[test]
fn an_event_of_several_days_ends_on_the_day_before_its_end() {
    let days = year(events("DTSTART;VALUE=DATE:20260216\nDTEND;VALUE=DATE:20260219\nSUMMARY:春\\,節"));
    let expected = ["2026-02-16", "2026-02-17", "2026-02-18"].map(|day| (day.to_owned(), Kind::Off, "春,節"));
    assert_eq!(short(&days), expected);
    assert_eq!(year(events("DTSTART:20260216\nDURATION:P3D\nSUMMARY:春\\,節")), days);
    assert_eq!(short(&year(events("DTSTART:20260216\nDTEND:20260216\nSUMMARY:A"))).len(), 1);
}

#[test]
fn an_event_at_the_weekend_is_nothing_unless_it_says_that_the_day_is_worked() {
    let all = |summary: &str| {
        let lines = format!("DTSTART:20260213\nDTEND:20260215\nSUMMARY:{summary}"); // a Friday, a Saturday
        found("", events(&lines)).map(|year| looked_at(&year).map(|(_, (kind, _))| *kind).collect::<Vec<_>>())
    };
    assert_eq!(all("Festival"), Ok(vec![Kind::Off]));
    assert_eq!(all("Non-working day"), Ok(vec![Kind::Off]));
    assert_eq!(all("Make-up holiday"), Ok(vec![Kind::Off]));
    assert_eq!(all("半天"), Ok(vec![Kind::Half]));
    let with_off = |summary: &str| {
        let more = "END:VEVENT\nBEGIN:VEVENT\nDTSTART:20260101\nSUMMARY:New Year";
        let lines = format!("DTSTART:20260214\nCATEGORIES:{summary}\n{more}"); // a Saturday
        year(events(&lines)).days.get(&date("2026-02-14")).map(|(kind, _)| *kind)
    };
    assert_eq!(with_off("補行上班"), Some(Kind::Worked));
    assert_eq!(with_off("Make-up working day for the holiday"), Some(Kind::Worked));
    assert_eq!(with_off("A,補班 半天"), Some(Kind::Half));
    assert_eq!(with_off("Exhibition"), None);
}

#[test]
fn alarms_time_zones_and_cancelled_events_are_passed_over() {
    let calendar = format!(
        "BEGIN:VCALENDAR
BEGIN:VTIMEZONE\nBEGIN:STANDARD\nDTSTART:19700101T000000\nRRULE:FREQ=YEARLY\nEND:STANDARD\nEND:VTIMEZONE
BEGIN:VEVENT\nDTSTART;X=\"a:b\";VALUE=DATE:20260101\nSUMMARY:New
  Year\nBEGIN:VALARM\nDURATION:PT15M\nSUMMARY:Ring\nEND:VALARM\nEND:VEVENT
BEGIN:VEVENT\nDTSTART:20260102\nSTATUS:CANCELLED\nEND:VEVENT
{}END:VCALENDAR",
        mondays_as(event_of)
    );
    assert_eq!(short(&year(calendar)), [("2026-01-01".to_owned(), Kind::Off, "New Year")]);
}

#[test]
fn a_day_that_stands_twice_may_agree_and_the_first_name_stands() {
    let days = year(table("2026-01-01,off,\n20260101,放假,New Year\n2026/1/1,off,Other\n"));
    assert_eq!(short(&days), [("2026-01-01".to_owned(), Kind::Off, "New Year")]);
}

#[test]
fn two_lines_that_disagree_are_both_named() {
    let given = found("", "date,kind\n\n2026-01-02,off\n2026-01-01,off\n20260102,half\n").expect_err("a problem");
    let said: Vec<String> = given.iter().map(|problem| said(Lang::En, problem)).collect();
    assert_eq!(said, ["5: Fri 2 Jan 2026 is one thing on line 3 and another on line 5. Keep one of the two."]);
}

#[test]
fn every_mistake_is_told_at_once_with_its_line_and_none_beyond_fifty() {
    let table = "date,kind,name\r\n2026-02-30,off,A\r\n\r\n1999-01-01,often,\u{202e}B\r\n113/1/1,off,C\r\n";
    let expected = [
        (Some(2), "year-not-a-date"),
        (Some(4), "year-date-out-of-range"),
        (Some(4), "year-bad-kind"),
        (Some(4), "year-name-direction"),
        (Some(5), "year-not-a-date"),
    ];
    assert_eq!(problems(table), expected);
    let many = found("", format!("date,kind\n{}", "x,off\n".repeat(60))).expect_err("problems");
    assert_eq!(many.len(), MAX_PROBLEMS);
    let (last, others) = many.split_last().expect("problems");
    assert_eq!(said(Lang::En, last), "-: 11 more mistakes are not listed. Mend the ones above first.");
    assert!(others.iter().all(|problem| problem.message.id == "year-not-a-date"));
}

#[test]
fn rows_of_a_list_have_the_lines_they_begin_on() {
    let list = "[\n{\"date\": \"20260101\", \"isHoliday\": true},\n{\n\"date\": 5,\n\"isHoliday\": \"no\"},\n\n[]\n]\n";
    assert_eq!(
        problems(list),
        [(Some(3), "year-not-a-date"), (Some(3), "year-json-holiday"), (Some(7), "year-json-not-a-row")]
    );
    assert_eq!(problems("[{\"date\":\n\n?}]"), [(Some(3), "year-json-syntax")]);
    assert_eq!(problems("[\n{},\n]").last(), Some(&(Some(2), "year-json-syntax")));
    assert_eq!(problems("[]"), [(None, "year-no-days")]);
}

#[test]
fn the_content_says_what_a_file_is_before_its_name_does() {
    assert_eq!(found("holidays.csv", EXTRACT), found("holidays.json", EXTRACT));
    let ids = |name: &str| found(name, "nothing").expect_err("a problem").remove(0).message.id;
    assert_eq!(
        [ids("a.JSON"), ids("a.ics"), ids("a")],
        ["year-json-not-a-list", "year-ics-no-calendar", "year-no-columns"]
    );
}

#[test]
fn a_list_of_every_day_may_leave_weekends_out_and_no_other_day() {
    let calendar = taiwan();
    let whole_list = government(&shipped(&calendar, whole(2026)));
    let is_kept = |line: &&str| match super::days::date(line.split(',').next().unwrap_or_default()) {
        Some(day) => !WEEKEND.contains(&day.weekday()),
        None => true, // the names of the columns
    };
    let weekdays: Vec<&str> = whole_list.lines().filter(is_kept).collect();
    assert_eq!(year(weekdays.join("\n")), year(&whole_list));
    let but_one: Vec<&str> = weekdays.into_iter().filter(|line| !line.starts_with("20261225")).collect();
    assert_eq!(problems(but_one.join("\n")), [(None, "year-days-missing")]);
}

#[test]
fn one_or_two_long_holidays_are_no_year_however_many_days_they_have() {
    let event = |from: &str, until: &str| format!("BEGIN:VEVENT\nDTSTART:{from}\nDTEND:{until}\nEND:VEVENT\n");
    let calendar = |events: &[String]| format!("BEGIN:VCALENDAR\n{}END:VCALENDAR", events.concat());
    // A Thursday to the Wednesday after it: five weekdays. A Friday, a Monday: one stretch.
    let two = calendar(&[event("20270204", "20270211"), event("20271008", "20271012")]);
    let given = found("a.ics", two).expect_err("a problem");
    assert_eq!(
        said(Lang::En, &given[0]),
        "-: The file has only 7 days off on weekdays of 2027, in 2 stretches. A year has more: choose the whole \
         calendar, or add them as days of the company."
    );
    let days = |halves: &str| format!("date,kind\n2027-01-01,off\n2027-03-01,off\n2027-09-15,off\n{halves}");
    assert_eq!(problems(days("2027-12-30,half\n2027-12-31,half\n")), [(None, "year-few-days")]);
    assert!(found("", days("2027-10-11,off\n2027-12-24,off\n")).is_ok());
}

/// A file for each message, in the order of the messages.
fn mistakes() -> Vec<(&'static str, Vec<u8>)> {
    let table = |rows: &str| format!("date,kind,name\n2026-01-01,off,A\n{rows}").into_bytes();
    let flags = |rows: &str| format!("西元日期,是否放假\n20260101,2\n{rows}").into_bytes();
    let list = |row: &str| format!("[\n{row}\n]").into_bytes();
    let event = |lines: &str| events(lines).into_bytes();
    vec![
        ("year-bad-flag", flags("20260102,3")),
        ("year-bad-kind", table("2026-01-02,often")),
        ("year-column-twice", b"date,kind,isHoliday\n".to_vec()),
        ("year-date-out-of-range", table("2100-01-01,off")),
        ("year-days-missing", flags("20260105,0\n20260106,0")),
        ("year-duplicate", table("2026-01-01,half")),
        ("year-few-days", table("2026-01-02,off,B")),
        ("year-half", table("2026-02-16,off\n2026-03-02,off\n2026-04-06,off\n2026-06-19,off")),
        ("year-ics-cut", b"BEGIN:VCALENDAR\nVERSION:2.0".to_vec()),
        ("year-ics-duration", event("DTSTART:20260101\nDURATION:-P1D")),
        ("year-ics-end", b"BEGIN:VCALENDAR\nEND:VEVENT".to_vec()),
        ("year-ics-line", event("DTSTART:20260101\nhello")),
        ("year-ics-no-calendar", b"VERSION:2.0".to_vec()),
        ("year-ics-no-start", event("SUMMARY:A")),
        ("year-ics-repeats", event("DTSTART:20260101\nRRULE:FREQ=YEARLY")),
        ("year-ics-reversed", event("DTSTART:20260102\nDTEND:20260101")),
        ("year-ics-timed", event("DTSTART:20260101T090000Z")),
        ("year-json-date", list("{\"isHoliday\": true}")),
        ("year-json-description", list("{\"date\": \"20260101\", \"isHoliday\": true, \"description\": 1}")),
        ("year-json-holiday", list("{\"date\": \"20260101\"}")),
        ("year-json-not-a-list", b"{}".to_vec()),
        ("year-json-not-a-row", list("[]")),
        ("year-json-syntax", list("{\"date\"}")),
        ("year-many-more", table(&"x,off\n".repeat(51))),
        ("year-name-direction", table("2026-01-02,off,\u{202e}B")),
        ("year-name-too-long", table(&format!("2026-01-02,off,{}", "節".repeat(121)))),
        ("year-no-columns", b"2026-01-01,off\n".to_vec()),
        ("year-no-days", b"date,kind\n".to_vec()),
        ("year-not-a-date", table("113/1/1,off")),
        ("year-not-text", table("2026-01-02,off,A").into_iter().chain(*b"\xff\xfe").collect()),
        ("year-nothing-differs", "西元日期,是否放假\n20260102,0\n20260105,0".into()),
        ("year-nothing-off", table("2028-01-03,off")),
        ("year-quote", table("2026-01-02,off,\"B\n2026-01-05,off,C")),
        ("year-too-large", vec![b' '; MAX_BYTES + 1]),
        ("year-too-long", table("2036-01-01,off")),
        ("year-too-many-days", table(&"2026-01-01,off\n".repeat(MAX_DAYS))),
    ]
}

fn said(lang: Lang, problem: &Problem) -> String {
    let renderer = shared();
    let line = problem.line.map_or("-".to_owned(), |line| line.to_string());
    format!("{line}: {}", renderer.sentence(lang, &problem.message))
}

#[test]
fn every_message_has_a_file_that_gives_it_and_a_sentence_in_both_languages() {
    let renderer = shared();
    let mut shown = String::new();
    for (id, bytes) in mistakes() {
        let name = if id == "year-ics-no-calendar" { "a.ics" } else { "a.csv" };
        let problems = found(name, bytes).expect_err(id);
        let problem = problems.iter().find(|problem| problem.message.id == id);
        let problem = problem.unwrap_or_else(|| panic!("{id} is not among {problems:?}"));
        shown.push_str(&format!("{id}, line {:?}, of {}\n", problem.line, problems.len()));
        for lang in Lang::ALL {
            let sentence = renderer.sentence(lang, &problem.message);
            assert_ne!(sentence, id, "{}", lang.as_str());
            shown.push_str(&format!("  {sentence}\n"));
        }
    }
    assert_eq!(mistakes().iter().map(|(id, _)| *id).collect::<Vec<_>>(), IDS);
    insta::assert_snapshot!(shown);
}

#[test]
fn the_words_of_this_area_are_those_of_its_messages() {
    let words =
        [include_str!("../../../templates/i18n/year.en.ftl"), include_str!("../../../templates/i18n/year.zh-TW.ftl")];
    for words in words {
        let ids = words.lines().filter(|line| line.starts_with("year-")).filter_map(|line| line.split(" =").next());
        assert_eq!(ids.collect::<BTreeSet<_>>(), IDS.iter().copied().collect());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_year_reads_back_from_a_plain_table_in_both_languages(expected in years(true)) {
        prop_assert_eq!(found("a.csv", plain(&expected)), Ok(expected));
    }

    #[test]
    fn a_year_reads_back_from_the_governments_table_and_from_a_list(expected in years(false).prop_map(in_one_language)) {
        let table = government(&expected);
        let (big5, _, _) = encoding_rs::BIG5.encode(&table);
        prop_assert_eq!(found("a.csv", big5), Ok(expected.clone()));
        prop_assert_eq!(found("a.csv", &table), Ok(expected.clone()));
        prop_assert_eq!(found("a.json", json(&expected)), Ok(expected));
    }

    #[test]
    fn a_year_reads_back_from_a_calendar_file(expected in years(true).prop_map(in_one_language)) {
        prop_assert_eq!(found("a.ics", ics(&expected)), Ok(expected));
    }
}

proptest! {
    #[test]
    fn no_bytes_make_a_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), name in "[a-c.]{0,3}(ics|json|csv)?") {
        let _ = found(&name, bytes);
    }

    #[test]
    fn no_file_that_begins_well_makes_a_reader_panic(
        start in prop::sample::select(vec!["[", "[{\"date\":\"2026", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDT", "date,kind,name\n", "西元日期,是否放假\n"]),
        parts in prop::collection::vec(prop_oneof![
            prop::sample::select(vec![
                "\n", "\r\n ", ",", "\"", ":", ";", "{", "}", "[", "]", "\\", "BEGIN:VEVENT\n", "END:VEVENT\n", "END:VCALENDAR\n",
                "DTSTART:20260101\n", "DTEND:99991231\n", "DTEND:20991231\n", "DURATION:P99999999999999999999W\n",
                "DURATION:P999999999D\n", "SUMMARY:補班\n", "20260101", "2026-1-1", "0000-00-00", "off", "2", "isHoliday", "true", "節",
            ]).prop_map(str::to_owned),
            any::<String>(),
        ], 0..40),
    ) {
        match found("", format!("{start}{}", parts.concat())) {
            Ok(year) => prop_assert!(!year.days.is_empty()),
            Err(problems) => prop_assert!((1..=MAX_PROBLEMS).contains(&problems.len())),
        }
    }
}
