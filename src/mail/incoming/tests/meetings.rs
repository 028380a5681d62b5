//! Calendars' answers.

use super::*;

fn meeting(name: &str) -> CalendarReply {
    match incoming(name).kind {
        Kind::Calendar(reply) => reply,
        other => panic!("{name} is {other:?}"),
    }
}

fn says(answer: Answer, sequence: u32) -> CalendarReply {
    let uid = "meeting-7@plans.company.example".to_owned();
    CalendarReply { uid, sequence, attendee: "grace@company.example".to_owned(), answer }
}

#[test]
fn google_accepts_for_a_person_although_its_mail_is_generated() {
    assert_eq!(meeting("calendar-google-accepted"), says(Answer::Accepted, 2));
    assert_eq!(incoming("calendar-google-accepted").authentic, Authentic::Yes);
}

#[test]
fn outlook_declines_with_colons_in_a_quoted_name() {
    assert_eq!(meeting("calendar-outlook-declined-zh"), says(Answer::Declined, 0));
}

#[test]
fn apple_says_perhaps_without_a_method_on_its_type() {
    assert_eq!(meeting("calendar-apple-tentative"), says(Answer::Tentative, 2));
}

fn with(attendees: &str) -> Kind {
    let mail = format!(
        "From: grace@company.example\nContent-Type: text/calendar\n\nBEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\nUID:7\n{attendees}\nEND:VEVENT\nEND:VCALENDAR\n"
    );
    read(mail.as_bytes(), OURS).kind
}

#[test]
fn of_several_attendees_the_sender_is_the_one_who_answers() {
    let kind = with(
        "ATTENDEE;PARTSTAT=DECLINED:mailto:may@company.example\nATTENDEE;PARTSTAT=ACCEPTED:mailto:grace@company.example",
    );
    let Kind::Calendar(reply) = kind else { panic!("{kind:?}") };
    assert_eq!((reply.attendee.as_str(), reply.answer), ("grace@company.example", Answer::Accepted));
}

#[test]
fn an_answer_that_says_nothing_is_unreadable() {
    assert_eq!(with("ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:grace@company.example"), Kind::Unreadable);
    assert_eq!(with("ATTENDEE:mailto:grace@company.example"), Kind::Unreadable);
    assert_eq!(with(""), Kind::Unreadable);
}

#[test]
fn an_answer_written_into_a_name_is_no_answer() {
    let kind = with("ATTENDEE;CN=\"x;PARTSTAT=ACCEPTED\";PARTSTAT=DECLINED:mailto:grace@company.example");
    let Kind::Calendar(reply) = kind else { panic!("{kind:?}") };
    assert_eq!(reply.answer, Answer::Declined);
}

#[test]
fn only_the_first_meeting_of_a_mail_is_answered() {
    let kind = with("END:VEVENT\nBEGIN:VEVENT\nATTENDEE;PARTSTAT=ACCEPTED:mailto:grace@company.example");
    assert_eq!(kind, Kind::Unreadable);
}
