//! Whom an answer is believed to come from.

use super::*;

const AUTHOR: &str = "From: Grace Chen <grace@company.example>\nTo: reply@plans.company.example\nSubject: Re\n";
const GOOD: &str = "Authentication-Results: mx.company.example; dmarc=pass header.from=company.example\n";
const BAD: &str = "Authentication-Results: mx.company.example; dkim=none; spf=fail smtp.mailfrom=evil.example; dmarc=fail header.from=company.example\n";

fn judged(header: &str) -> Authentic {
    read(format!("{header}\ndone").as_bytes(), OURS).authentic
}

#[test]
fn a_mail_that_our_server_vouches_for_is_believed() {
    assert_eq!(incoming("reply-gmail-en").authentic, Authentic::Yes);
    assert_eq!(judged(&format!("{GOOD}{AUTHOR}")), Authentic::Yes);
}

#[test]
fn a_spoofed_sender_is_refused() {
    assert_eq!(judged(&format!("{BAD}{AUTHOR}")), Authentic::No(Doubt::Disowned));
    let other = "Authentication-Results: mx.company.example; dkim=pass header.d=evil.example; spf=pass smtp.mailfrom=evil.example; dmarc=none header.from=company.example\n";
    assert_eq!(judged(&format!("{other}{AUTHOR}")), Authentic::No(Doubt::NotAligned));
}

#[test]
fn a_forged_field_below_the_true_one_is_ignored() {
    let hop = "Received: from evil.example by mx.company.example\n";
    assert_eq!(judged(&format!("{BAD}{hop}{GOOD}{AUTHOR}")), Authentic::No(Doubt::Disowned));
}

#[test]
fn a_field_with_our_name_among_the_senders_own_is_ignored() {
    assert_eq!(judged(&format!("{AUTHOR}{GOOD}")), Authentic::No(Doubt::NoResult));
    assert_eq!(judged(&format!("Subject: Re\n{GOOD}From: grace@company.example\n")), Authentic::No(Doubt::NoResult));
}

#[test]
fn another_servers_word_does_not_count() {
    let theirs = GOOD.replace("mx.company.example", "mx.evil.example");
    assert_eq!(judged(&format!("{theirs}{AUTHOR}")), Authentic::No(Doubt::NoResult));
    assert_eq!(judged(&format!("{theirs}{GOOD}{AUTHOR}")), Authentic::Yes);
    let version = GOOD.replace("mx.company.example;", "MX.Company.example 1;");
    assert_eq!(judged(&format!("{version}{AUTHOR}")), Authentic::Yes);
}

#[test]
fn nobody_is_believed_without_a_server_that_is_named() {
    let mail = format!("{GOOD}{AUTHOR}\ndone");
    let found = read(mail.as_bytes(), Ours { authserv: None, ..OURS });
    assert_eq!(found.authentic, Authentic::No(Doubt::NoServer));
    assert_eq!(judged(AUTHOR), Authentic::No(Doubt::NoResult));
}

#[test]
fn several_senders_are_none() {
    let second = "From: may@company.example\n";
    let twice = read(format!("{GOOD}{AUTHOR}{second}\ndone").as_bytes(), OURS);
    assert_eq!((twice.from, twice.authentic), (None, Authentic::No(Doubt::NoSender)));
    let list = format!("{GOOD}From: grace@company.example, may@company.example\n");
    assert_eq!(judged(&list), Authentic::No(Doubt::NoSender));
    assert_eq!(judged(&format!("{GOOD}From: Grace\n")), Authentic::No(Doubt::NoSender));
}

#[test]
fn an_address_in_the_name_of_a_sender_is_not_the_sender() {
    let mail = "From: \"grace@company.example\" <mallory@evil.example>\n\ndone";
    assert_eq!(read(mail.as_bytes(), OURS).from.as_deref(), Some("mallory@evil.example"));
    let bare = read(b"From: grace@company.example <mallory@evil.example>\n\ndone", OURS).from;
    assert_ne!(bare.as_deref(), Some("grace@company.example"));
}
