//! Dialogues, as mail servers and others lead them.

use super::smtp::*;
use proptest::prelude::*;

const OURS: &str = "reply+0123456789abcdef0123456789abcdef@plans.example.com";

fn is_ours(address: &str) -> bool {
    address.eq_ignore_ascii_case(OURS) || address == "reply@plans.example.com"
}

/// All that is said, a line each, and the messages; each is kept.
fn spoken(heard: &[&[u8]]) -> (Vec<String>, Vec<Mail>) {
    let mut dialogue = Dialogue::new("plans.example.com", &is_ours);
    let (mut said, mut mails) = (String::new(), Vec::new());
    for bytes in heard {
        dialogue.hear(bytes);
        while let Some(event) = dialogue.event() {
            match event {
                Event::Say(words) | Event::Part(words) => said.push_str(&words),
                Event::Take(mail) => {
                    mails.push(mail);
                    said.push_str(&dialogue.taken(Fate::Kept));
                }
            }
        }
    }
    assert!(said.is_empty() || said.ends_with("\r\n"));
    (said.lines().map(str::to_owned).collect(), mails)
}

fn codes(said: &[String]) -> Vec<&str> {
    said.iter().map(|line| &line[..3]).collect()
}

fn message(data: &str) -> String {
    format!("EHLO mx\r\nMAIL FROM:<>\r\nRCPT TO:<{OURS}>\r\nDATA\r\n{data}")
}

fn taken(data: &str) -> Vec<String> {
    let (_, mails) = spoken(&[message(data).as_bytes()]);
    let head = "Return-Path: <>\r\n";
    let text = |mail: Mail| String::from_utf8(mail.bytes).expect("text").strip_prefix(head).expect(head).to_owned();
    mails.into_iter().map(text).collect()
}

#[test]
fn a_bounce_comes_in_as_servers_send_it() {
    let dialogue = format!(
        "EHLO mx.example.com\r\nMAIL FROM:<> SIZE=1234 BODY=8BITMIME SMTPUTF8\r\nrcpt to: <{OURS}>\r\nDATA\r\nA: b\r\n\r\nc\r\n.\r\nQUIT\r\n"
    );
    let (said, mails) = spoken(&[dialogue.as_bytes()]);
    assert_eq!(codes(&said), ["250", "250", "250", "250", "250", "250", "250", "250", "354", "250", "221"], "{said:?}");
    assert_eq!(said[2], "250-SIZE 10485760");
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].to, [OURS]);
    assert_eq!(String::from_utf8_lossy(&mails[0].bytes), "Return-Path: <>\r\nA: b\r\n\r\nc\r\n");
}

#[test]
fn a_dialogue_cut_anywhere_is_the_same_dialogue() {
    let whole = message("A: b\r\n\r\n..c\r\n.d\r\n\r\n.\r\nMAIL FROM:<x@y>\r\nRSET\r\nQUIT\r\n").into_bytes();
    let once = spoken(&[&whole]);
    for at in 0..whole.len() {
        assert_eq!(spoken(&[&whole[..at], &whole[at..]]), once, "{at}");
    }
    let bytes: Vec<&[u8]> = whole.chunks(1).collect();
    assert_eq!(spoken(&bytes), once);
}

#[test]
fn a_message_ends_with_one_sequence_and_with_nothing_like_it() {
    for fake in ["\n.\n", "\n.\r\n", "\r\n.\n", "\r.\r", "\r\n.\r", "\r\r\n.\n", "\n.\r", "\r.\r\n", "\r\n.\r\r\n"] {
        let inside = format!("a{fake}MAIL FROM:<boss@example.com>\r\nRCPT TO:<{OURS}>\r\nDATA\r\ndone\r\n.\r\n");
        let found = taken(&inside);
        assert_eq!(found.len(), 1, "{fake:?} ended a message");
        assert!(found[0].contains("MAIL FROM:<boss@example.com>"), "{fake:?}");
    }
}

#[test]
fn the_dots_that_a_sender_doubled_are_single_again() {
    assert_eq!(taken("..\r\n...\r\n.x\r\nx.\r\n.\r\n"), [".\r\n..\r\nx\r\nx.\r\n"]);
    assert_eq!(taken(".\r\n"), [""]);
    assert_eq!(taken("a\nb\r\n.\r\n"), ["a\nb\r\n"]);
}

#[test]
fn lmtp_answers_for_each_recipient_and_smtp_once() {
    let letter = |hello: &str| {
        format!(
            "{hello} mx\r\nMAIL FROM:<a@b>\r\nRCPT TO:<{OURS}>\r\nRCPT TO:<reply@plans.example.com>\r\nDATA\r\nx\r\n.\r\n"
        )
    };
    let (said, mails) = spoken(&[letter("LHLO").as_bytes()]);
    assert_eq!((said.iter().filter(|line| *line == "250 2.0.0 Taken").count(), mails[0].to.len()), (2, 2));
    let (said, _) = spoken(&[letter("EHLO").as_bytes()]);
    assert_eq!(said.iter().filter(|line| *line == "250 2.0.0 Taken").count(), 1);
}

#[test]
fn what_cannot_be_kept_is_to_come_again() {
    let mut dialogue = Dialogue::new("plans.example.com", &is_ours);
    dialogue.hear(message("x\r\n.\r\n").as_bytes());
    while !matches!(dialogue.event().expect("an event"), Event::Take(_)) {}
    assert_eq!(dialogue.taken(Fate::Later), "451 4.3.0 Not now, please come again\r\n");
    dialogue.hear(b"DATA\r\n");
    assert_eq!(dialogue.event(), Some(Event::Say("503 5.5.1 Name a recipient first\r\n".to_owned())));
}

#[test]
fn only_addresses_of_ours_are_known() {
    let ask = |path: &str| {
        let (said, _) = spoken(&[format!("HELO mx\r\nMAIL FROM:<a@b>\r\nRCPT TO:{path}\r\n").as_bytes()]);
        said[2][..9].to_owned()
    };
    assert_eq!(ask(&format!("<{}>", OURS.to_uppercase())), "250 2.1.5");
    assert_eq!(ask("<reply@plans.example.com>"), "250 2.1.5");
    for other in ["<grace@example.com>", "<>", "<reply@example.com>", "<\"a>b\"@plans.example.com>"] {
        assert_eq!(ask(other), "550 5.1.1", "{other}");
    }
    assert_eq!(ask("reply@plans.example.com"), "501 5.5.4");
    assert_eq!(ask("<reply@plans.example.com>x"), "501 5.5.4");
    assert_eq!(ask("<reply@plans.example.com> NOTIFY=NEVER"), "555 5.5.4");
}

#[test]
fn commands_out_of_their_order_are_refused_and_do_nothing() {
    let said = |text: &str| spoken(&[text.as_bytes()]).0;
    assert_eq!(codes(&said("MAIL FROM:<>\r\nRCPT TO:<x>\r\nDATA\r\n")), ["503", "503", "503"]);
    assert_eq!(
        codes(&said("HELO\r\nHELO mx\r\nMAIL FROM:<>\r\nMAIL FROM:<>\r\nDATA\r\n")),
        ["501", "250", "250", "503", "503"]
    );
    assert_eq!(
        codes(&said("NOOP\r\nVRFY grace\r\nSTARTTLS\r\nAUTH PLAIN x\r\nGET / HTTP/1.1\r\n")),
        ["250", "252", "502", "502", "500"]
    );
    assert_eq!(
        codes(&said("HELO mx\r\nMAIL FROM:<> SIZE=10485761\r\nMAIL FROM:<> RET=HDRS\r\n")),
        ["250", "552", "555"]
    );
}

#[test]
fn lines_that_end_otherwise_or_never_end_the_dialogue() {
    let last = |bytes: &[u8]| spoken(&[bytes, b"NOOP\r\n"]).0.pop().expect("a reply");
    assert_eq!(last(b"HELO mx\n"), "500 5.5.2 Lines end with CR and LF");
    assert_eq!(last(&[b'x'; LONGEST_LINE + 1]), "500 5.5.2 The line is too long");
    assert_eq!(last(&b"x\r\n".repeat(MOST_MISTAKES + 5)), "421 4.7.0 Too many mistakes");
    assert_eq!(codes(&spoken(&[b"HELO a\rb\r\nHELO \xff\r\nHELO a\0\r\n"]).0), ["500", "500", "500"]);
}

#[test]
fn a_message_beyond_the_limit_is_heard_to_its_end_and_refused() {
    let mut dialogue = Dialogue::new("plans.example.com", &is_ours);
    dialogue.hear(message("").as_bytes());
    while dialogue.event().is_some() {}
    let line = [&[b'x'; 998][..], b"\r\n"].concat();
    for _ in 0..=MOST_BYTES / 1000 {
        dialogue.hear(&line);
        assert_eq!(dialogue.event(), None);
    }
    dialogue.hear(b".\r\nNOOP\r\n");
    assert_eq!(dialogue.event(), Some(Event::Say("552 5.3.4 The message is too large\r\n".to_owned())));
    assert_eq!(dialogue.event(), Some(Event::Say("250 2.0.0 Here\r\n".to_owned())));
}

#[test]
fn more_recipients_than_anybody_needs_are_to_come_again() {
    let many = format!("RCPT TO:<{OURS}>\r\n").repeat(MOST_RECIPIENTS + 1);
    let (said, _) = spoken(&[b"HELO mx\r\nMAIL FROM:<>\r\n", many.as_bytes()]);
    assert_eq!(said.last().map(|line| &line[..9]), Some("452 4.5.3"));
}

proptest! {
    #[test]
    fn any_bytes_are_answered_and_make_no_message(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
        prop_assert_eq!(spoken(&[&bytes]).1, Vec::new());
    }

    #[test]
    fn any_message_comes_in_as_it_was_sent(lines in prop::collection::vec("[.\\r\\n a]{0,6}", 0..12)) {
        // As a client writes it: each line ended, each first dot doubled.
        let text: String = lines.iter().map(|line| format!("{}\r\n", line.replace("\r\n", ""))).collect();
        let stuffed: String = text.split_inclusive("\r\n").map(|line| {
            if line.starts_with('.') { format!(".{line}") } else { line.to_owned() }
        }).collect();
        prop_assert_eq!(taken(&format!("{stuffed}.\r\nQUIT\r\n")), [text]);
    }
}
