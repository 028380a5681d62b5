//! Asking a mentor, and what HR hears of it.

use super::{address, calendar, date, first_day, program};
use crate::app::letters::{Body, MentorRequestLetter, MentorSilentLetter};

pub(in crate::mail) fn mentor_request(meetings: usize) -> MentorRequestLetter {
    MentorRequestLetter {
        name: "May Wu".to_owned(),
        manager: "Grace Chen".to_owned(),
        program: program(),
        first_day: first_day(),
        calendar: calendar(),
        hr: "Holly Huang".to_owned(),
        has_begun: false,
        asked_on: None,
        next_on: None,
        meetings,
        answer_url: address("/mentor-answer/5ec2e7"),
    }
}

/// In a plan that runs already.
pub(in crate::mail) fn begun_request() -> MentorRequestLetter {
    MentorRequestLetter { has_begun: true, ..mentor_request(1) }
}

/// Somebody else is asked next.
pub(in crate::mail) fn reminder() -> MentorRequestLetter {
    MentorRequestLetter {
        asked_on: Some(date("2030-02-27")), // a Wednesday
        next_on: Some(date("2030-03-05")),  // a Tuesday
        ..mentor_request(9)
    }
}

/// Nobody else is on the list.
pub(in crate::mail) fn last_reminder() -> MentorRequestLetter {
    MentorRequestLetter { has_begun: true, next_on: None, ..reminder() }
}

pub(in crate::mail) fn mentor_silent(declined: bool, next: Option<&str>) -> MentorSilentLetter {
    MentorSilentLetter {
        name: "Holly Huang".to_owned(),
        manager: "Grace Chen".to_owned(),
        program: program(),
        asked: "May Wu".to_owned(),
        declined,
        next: next.map(str::to_owned),
        url: address("/people/grace"),
    }
}

/// Of each letter, every branch.
pub(super) fn all() -> Vec<Body> {
    let requests =
        [mentor_request(0), mentor_request(1), mentor_request(9), begun_request(), reminder(), last_reminder()];
    let silences = [(false, None), (false, Some("Kevin Lin")), (true, None), (true, Some("Kevin Lin"))];
    let silences = silences.map(|(declined, next)| Body::MentorSilent(mentor_silent(declined, next)));
    requests.map(Body::MentorRequest).into_iter().chain(silences).collect()
}
