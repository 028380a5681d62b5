//! Invitations, read by a parser that shares no code with what wrote them.

use chrono::{Duration, NaiveDateTime};
use chrono_tz::{TZ_VARIANTS, Tz};
use icalendar::{CalendarDateTime, Component, DatePerhapsTime, EventLike};

use super::form::with_door;
use super::*;
use crate::app::letters::{Invite, MeetingLetter};
use crate::engine::vocabulary::Text;
use crate::mail::headers::plain;
use crate::mail::invite;

fn calendar(meeting: &MeetingLetter, letter: &Letter) -> String {
    invite::write(meeting, letter, RENDERER.with(|renderer| *renderer), &with_door()).text
}

fn in_chinese(is_cancelled: bool) -> String {
    let meeting = meeting(is_cancelled);
    calendar(&meeting, &letter(Lang::ZhTw, Body::Meeting(meeting.clone()))).replace("\r\n", "\n")
}

#[test]
fn a_meeting_is_asked_for_in_chinese() {
    insta::assert_snapshot!(in_chinese(false));
}

#[test]
fn a_meeting_is_cancelled_in_chinese() {
    insta::assert_snapshot!(in_chinese(true));
}

#[test]
fn a_place_that_nobody_named_is_left_out() {
    let meeting = MeetingLetter { place: " ".to_owned(), ..meeting(false) };
    assert!(!calendar(&meeting, &letter(Lang::En, Body::Meeting(meeting.clone()))).contains("LOCATION"));
}

#[test]
fn the_organizer_stays_the_same_from_letter_to_letter() {
    let meeting = meeting(false);
    let of = |token: &str| {
        let letter = Letter { token: token.repeat(32), ..letter(Lang::En, Body::Meeting(meeting.clone())) };
        calendar(&meeting, &letter)
    };
    assert_eq!(of("1"), of("2"));
    assert!(of("1").contains("ORGANIZER;CN=\"Pilothouse\":mailto:reply@plans.example.com\r\n"));
}

/// The moment that a property tells, by what the object itself says of the zone.
fn moment(text: &str, name: &str) -> DateTime<Utc> {
    let read: icalendar::Calendar = text.parse().expect("a calendar");
    let event = read.events().next().expect("an event");
    let told = if name == "DTSTART" { event.get_start() } else { event.get_end() };
    match told.expect("a time") {
        DatePerhapsTime::DateTime(CalendarDateTime::Utc(at)) => at,
        DatePerhapsTime::DateTime(CalendarDateTime::WithTimezone { date_time, tzid }) => {
            assert!(text.contains(&format!("\r\nTZID:{tzid}\r\n")));
            (date_time - in_force(text, date_time)).and_utc()
        }
        other => panic!("a moment, not {other:?}"),
    }
}

/// The offset of the last observance that has begun by then (RFC 5545 section 3.6.5).
fn in_force(text: &str, local: NaiveDateTime) -> Duration {
    let zone = text.split("END:VTIMEZONE").next().expect("a zone");
    let observances = zone.split("\r\nBEGIN:").skip(2).map(|one| {
        let value = |name: &str| one.split("\r\n").find_map(|line| line.strip_prefix(name)).expect("a line");
        let start = NaiveDateTime::parse_from_str(value("DTSTART:"), "%Y%m%dT%H%M%S").expect("a time");
        let (sign, digits) = value("TZOFFSETTO:").split_at(1);
        let number = |at: usize| digits.get(at..at + 2).map_or(0, |two| two.parse::<i64>().expect("a number"));
        let seconds = number(0) * 3600 + number(2) * 60 + number(4);
        (start, Duration::seconds(if sign == "-" { -seconds } else { seconds }))
    });
    observances.filter(|(start, _)| *start <= local).max_by_key(|(start, _)| *start).expect("one that holds").1
}

fn line() -> impl Strategy<Value = String> {
    prop_oneof!["[一-龥「」；，]{0,80}", "[ -~]{0,120}", "(👩🏽‍💼|🇹🇼|𠮷|é| ){0,30}", "(?s:.){0,40}"]
}

proptest! {
    #[test]
    fn an_invitation_reads_back_as_it_was_meant(
        title in line(), with in line(), place in line(), name in line().prop_map(|rest| format!("M{rest}")), zone in prop::sample::select(&TZ_VARIANTS[..]),
        minute in 0_i64..7_900_000, minutes in 5_i64..600,
    ) {
        let at = "2025-01-01T00:00:00Z".parse::<DateTime<Utc>>().expect("a moment") + Duration::minutes(minute);
        let attendees = vec![(name.clone(), "grace@example.com".to_owned()), ("林".to_owned(), "lin@example.com".to_owned())];
        let meeting = MeetingLetter {
            title: Text { en: title.replace(['{', '}'], ""), zh_tw: String::new() },
            with,
            place,
            at,
            until: at + Duration::minutes(minutes),
            invite: Invite { attendees, ..meeting(false).invite },
            ..meeting(false)
        };
        let letter = Letter { zone, ..letter(Lang::En, Body::Meeting(meeting.clone())) };
        let text = calendar(&meeting, &letter);
        prop_assert!(text.ends_with("END:VCALENDAR\r\n") && !text.replace("\r\n", "").contains(['\r', '\n']));
        prop_assert!(text.split("\r\n").all(|line| line.len() <= 75), "{text}");
        prop_assert_eq!((moment(&text, "DTSTART"), moment(&text, "DTEND")), (meeting.at, meeting.until));
        let read: icalendar::Calendar = text.parse().expect("a calendar");
        let event = read.events().next().expect("an event");
        let summary = plain(&format!("{} ({})", meeting.title.en, meeting.with));
        prop_assert_eq!(event.get_summary(), Some(summary.as_str()));
        prop_assert_eq!(event.get_location().unwrap_or_default(), plain(&meeting.place));
        prop_assert_eq!(event.get_uid(), Some("0190c2f4@pilothouse.example.com"));
        let names: Vec<Option<String>> = event.get_attendees().into_iter().map(|one| one.cn).collect();
        prop_assert_eq!(names, [Some(plain(&name).replace('"', "'")), Some("林".to_owned())]);
    }
}

#[test]
fn the_hour_that_is_told_twice_is_told_once() {
    let meeting = |at: &str| {
        let at: DateTime<Utc> = at.parse().expect("a moment");
        MeetingLetter { at, until: at + Duration::hours(2), ..meeting(false) }
    };
    // Berlin, 27 October 2030: three o'clock in summer is two o'clock in winter.
    for at in ["2030-10-27T00:30:00Z", "2030-10-27T01:30:00Z"] {
        let meeting = meeting(at);
        let letter = Letter { zone: Tz::Europe__Berlin, ..letter(Lang::En, Body::Meeting(meeting.clone())) };
        let text = calendar(&meeting, &letter);
        assert_eq!((moment(&text, "DTSTART"), moment(&text, "DTEND")), (meeting.at, meeting.until));
    }
}
