//! Mail as programs and servers of these years write it, from tests/mail/incoming.

mod answers;
mod any_bytes;
mod meetings;
mod quoting;
mod reports;
mod trust;

use std::path::{Path, PathBuf};

use super::*;

const TOKEN: &str = "0123456789abcdef0123456789abcdef";

const OURS: Ours<'_> = Ours {
    local: "reply",
    domain: "plans.company.example",
    sender: "pilothouse@plans.company.example",
    authserv: Some("mx.company.example"),
};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mail/incoming")
}

fn sample(name: &str) -> String {
    std::fs::read_to_string(folder().join(name).with_extension("eml")).expect("a sample")
}

fn incoming(name: &str) -> Incoming {
    read(sample(name).as_bytes(), OURS)
}

fn answer(name: &str) -> Reply {
    match incoming(name).kind {
        Kind::Reply(reply) => reply,
        other => panic!("{name} is {other:?}"),
    }
}

fn bounce(name: &str) -> Bounce {
    match incoming(name).kind {
        Kind::Bounce(bounce) => bounce,
        other => panic!("{name} is {other:?}"),
    }
}

#[test]
fn line_ends_of_the_wire_and_of_a_file_read_the_same() {
    let samples = std::fs::read_dir(folder()).expect("the samples");
    let texts: Vec<String> =
        samples.map(|entry| std::fs::read_to_string(entry.expect("an entry").path()).expect("a sample")).collect();
    assert!(texts.len() >= 28);
    let differs = |text: &&String| read(text.as_bytes(), OURS) != read(text.replace('\n', "\r\n").as_bytes(), OURS);
    assert_eq!(texts.iter().find(differs), None);
}

#[test]
fn an_absence_note_is_known_by_its_header_in_any_language() {
    assert_eq!(incoming("away-exchange-zh").kind, Kind::Automatic(Automatic::Away));
    assert_eq!(incoming("away-gmail-en").kind, Kind::Automatic(Automatic::Away));
}

#[test]
fn a_person_may_write_of_being_away_and_is_still_a_person() {
    let mail = "From: grace@company.example\nSubject: Out of office: automatic reply\nAuto-Submitted: no\n\ndone";
    assert!(matches!(read(mail.as_bytes(), OURS).kind, Kind::Reply(Reply { command: Some(Command::Done), .. })));
}

#[test]
fn mail_that_nobody_wrote_is_no_answer() {
    let kind = |field: &str| read(format!("{field}\nFrom: grace@company.example\n\ndone").as_bytes(), OURS).kind;
    assert_eq!(kind("Auto-Submitted: auto-generated"), Kind::Automatic(Automatic::Generated));
    assert_eq!(kind("Return-Path: <>"), Kind::Automatic(Automatic::Generated));
    assert_eq!(kind("X-Auto-Response-Suppress: OOF, AutoReply"), Kind::Automatic(Automatic::Generated));
    assert!(matches!(kind("X-Auto-Response-Suppress: DR, RN"), Kind::Reply(_)));
    assert_eq!(kind("Precedence: auto_reply"), Kind::Automatic(Automatic::Away));
    assert_eq!(kind("X-Autorespond: yes"), Kind::Automatic(Automatic::Away));
    assert_eq!(kind("Precedence: junk"), Kind::Automatic(Automatic::List));
    assert_eq!(kind("List-Id: <all.company.example>"), Kind::Automatic(Automatic::List));
    assert_eq!(incoming("receipt-outlook").kind, Kind::Automatic(Automatic::Report));
}

#[test]
fn a_loop_ends_here() {
    let hops =
        |count: usize| format!("{}From: grace@company.example\n\ndone", "Received: by a.example\n".repeat(count));
    assert!(matches!(read(hops(30).as_bytes(), OURS).kind, Kind::Reply(_)));
    assert_eq!(read(hops(31).as_bytes(), OURS).kind, Kind::Automatic(Automatic::Loop));
    let own = |from: &str| read(format!("From: {from}\n\ndone").as_bytes(), OURS).kind;
    assert_eq!(own("Pilothouse <Pilothouse@plans.company.example>"), Kind::Automatic(Automatic::Loop));
    assert_eq!(own(&format!("reply+{TOKEN}@plans.company.example")), Kind::Automatic(Automatic::Loop));
}

#[test]
fn what_has_no_header_is_unreadable() {
    assert_eq!(read(b"", OURS).kind, Kind::Unreadable);
    assert_eq!(read(b"\n\ndone", OURS).kind, Kind::Unreadable);
    assert_eq!(read(&[0xff; 400], OURS).kind, Kind::Unreadable);
}
