//! What somebody typed into the form of a meeting.

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use chrono_tz::Tz;

use crate::app::Error;
use crate::engine::form::FieldProblem;
use crate::engine::message::Message;
use crate::engine::vocabulary::{is_blank, is_plain_line};
use crate::engine::zone::at_wall;

/// The form as it came.
#[derive(Debug, Clone, Default)]
pub struct Given {
    /// Times on the wall of whoever fills it in, as browsers write them.
    pub times: [String; 3],
    pub minutes: String,
    pub place: String,
    /// Both agreed on the time already.
    pub is_agreed: bool,
    /// How the meeting stood when the page was shown.
    pub seen: String,
}

/// What it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wanted {
    /// One to three, in order.
    pub times: Vec<DateTime<Utc>>,
    pub minutes: i16,
    pub place: String,
    pub is_agreed: bool,
}

/// The names of the fields of the times.
pub const TIMES: [&str; 3] = ["time1", "time2", "time3"];

/// Who is invited needs to see it before it begins.
const SOONEST: TimeDelta = TimeDelta::minutes(10);

const LATEST: TimeDelta = TimeDelta::days(366);

const MOST_PLACE: usize = 200;

/// Reads the form of somebody in `zone`; `standing` is the time that was agreed on before, which may be
/// near.
pub(super) fn read(
    given: &Given,
    zone: Tz,
    now: DateTime<Utc>,
    standing: Option<DateTime<Utc>>,
) -> Result<Wanted, Error> {
    let mut problems = Vec::new();
    let mut times = Vec::new();
    for (field, text) in TIMES.into_iter().zip(&given.times).filter(|(_, text)| !text.trim().is_empty()) {
        match time(text.trim(), zone, now, standing) {
            Ok(time) => times.push(time),
            Err(id) => problems.push(problem(field, id)),
        }
    }
    times.sort_unstable();
    times.dedup();
    if times.is_empty() && problems.is_empty() {
        problems.push(problem(TIMES[0], "meeting-time-missing"));
    }
    let minutes = given.minutes.trim().parse::<i16>().ok().filter(|minutes| (5..=480).contains(minutes));
    if minutes.is_none() {
        problems.push(problem("minutes", "meeting-minutes-wrong"));
    }
    let place = if is_blank(&given.place) { "" } else { given.place.trim() };
    if !is_plain_line(place) {
        problems.push(problem("place", "field-not-one-line"));
    } else if place.chars().count() > MOST_PLACE {
        problems.push(problem("place", "meeting-place-long"));
    }
    if given.is_agreed && times.len() > 1 {
        problems.push(problem("agreed", "meeting-agreed-one"));
    }
    match minutes {
        Some(minutes) if problems.is_empty() => {
            Ok(Wanted { times, minutes, place: place.to_owned(), is_agreed: given.is_agreed })
        }
        _ => Err(Error::Invalid(problems)),
    }
}

fn time(
    text: &str,
    zone: Tz,
    now: DateTime<Utc>,
    standing: Option<DateTime<Utc>>,
) -> Result<DateTime<Utc>, &'static str> {
    let wall = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]
        .into_iter()
        .find_map(|form| NaiveDateTime::parse_from_str(text, form).ok());
    let at = at_wall(wall.ok_or("meeting-time-unreadable")?, zone);
    match at {
        at if Some(at) == standing => Ok(at),
        at if at < now + SOONEST => Err("meeting-time-soon"),
        at if at > now + LATEST => Err("meeting-time-far"),
        at => Ok(at),
    }
}

/// A mistake that is not of the form alone; what a button can't do any more is of the field `changed`.
pub(super) fn invalid(field: &str, id: &'static str) -> Error {
    Error::Invalid(vec![problem(field, id)])
}

fn problem(field: &str, id: &'static str) -> FieldProblem {
    FieldProblem { field: field.to_owned(), message: Message::new(id) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(times: [&str; 3]) -> Given {
        Given { times: times.map(str::to_owned), minutes: "30".to_owned(), ..Given::default() }
    }

    /// At ten on Monday, 2 March 2026, in Taipei.
    fn read_at(given: &Given) -> Result<Wanted, Vec<String>> {
        let now = "2026-03-02T02:00:00Z".parse().expect("a moment");
        read(given, chrono_tz::Asia::Taipei, now, None).map_err(|error| match error {
            Error::Invalid(problems) => {
                problems.iter().map(|one| format!("{}: {}", one.field, one.message.id)).collect()
            }
            other => panic!("{other}"),
        })
    }

    #[test]
    fn times_are_those_of_the_wall_each_once_and_in_order() {
        let wanted = read_at(&given(["2026-03-05T14:00", "2026-03-04T09:30:00", "2026-03-05T14:00"])).expect("times");
        let times: Vec<String> = wanted.times.iter().map(DateTime::to_rfc3339).collect();
        assert_eq!(times, ["2026-03-04T01:30:00+00:00", "2026-03-05T06:00:00+00:00"]);
    }

    #[test]
    fn a_time_is_ten_minutes_to_a_year_ahead() {
        assert!(read_at(&given(["2026-03-02T10:10", "2027-03-03T10:00", ""])).is_ok());
        let wrong = read_at(&given(["2026-03-02T10:09", "2027-03-03T10:01", "tomorrow"]));
        let says = ["time1: meeting-time-soon", "time2: meeting-time-far", "time3: meeting-time-unreadable"];
        assert_eq!(wrong, Err(says.map(str::to_owned).to_vec()));
    }

    #[test]
    fn every_mistake_is_said_at_once() {
        let place = "a\u{202e}b".to_owned();
        let none = Given { minutes: "4".to_owned(), place, ..given(["", " ", ""]) };
        let says = ["time1: meeting-time-missing", "minutes: meeting-minutes-wrong", "place: field-not-one-line"];
        assert_eq!(read_at(&none), Err(says.map(str::to_owned).to_vec()));
        let two = Given { is_agreed: true, ..given(["2026-03-05T14:00", "2026-03-05T15:00", ""]) };
        assert_eq!(read_at(&two), Err(vec!["agreed: meeting-agreed-one".to_owned()]));
    }
}
