//! The headers of letters, their parts, and what no name can do to them.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use mail_parser::{MessageParser, MimeHeaders};

use super::*;
use crate::mail::headers::{head, in_header};

const TOKEN: &str = "0123456789abcdef0123456789abcdef";
const BACK: &str = "fedcba9876543210fedcba9876543210";

pub(super) fn with_door() -> Sender {
    Sender { door: Some(Door { local: "reply".to_owned(), domain: "plans.example.com".to_owned() }), ..sender() }
}

pub(super) fn of_topic(topic: Option<Topic>, lang: Lang) -> Letter {
    let stop = topic.map(|_| "5ec2e7".repeat(10));
    Letter { topic, stop, ..letter(lang, Body::Brief(small_briefs().remove(0))) }
}

fn message(letter: &Letter, sender: &Sender) -> Message {
    write(letter, RENDERER.with(|renderer| *renderer), sender, date()).expect("a message")
}

/// The headers as they leave, unfolded.
fn heads(message: &Message) -> Vec<(String, String)> {
    let text = message.headers().to_string().replace("\r\n ", " ");
    let lines = text.lines().filter_map(|line| line.split_once(": "));
    lines.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

fn value(message: &Message, name: &str) -> Option<String> {
    heads(message).into_iter().find(|(found, _)| found == name).map(|(_, value)| value)
}

fn lists(message: &Message) -> Vec<(String, String)> {
    heads(message).into_iter().filter(|(name, _)| name.starts_with("List-")).collect()
}

#[test]
fn a_letter_of_each_topic_says_how_it_is_stopped() {
    for (topic, name) in
        Topic::ALL.into_iter().zip(["Reminders", "Waiting for your answer", "Reports on new managers", "Weekly digest"])
    {
        let message = message(&of_topic(Some(topic), Lang::En), &with_door());
        let page = format!("https://pilothouse.example.com/unsubscribe/{}", "5ec2e7".repeat(10));
        let expected = [
            ("List-Id", format!("{name} <{}.pilothouse.pilothouse.example.com>", topic.as_str())),
            ("List-Unsubscribe", format!("<{page}>, <mailto:reply+u-{BACK}@plans.example.com>")),
            ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".to_owned()),
        ];
        assert_eq!(lists(&message), expected.map(|(name, value)| (name.to_owned(), value)));
    }
}

#[test]
fn the_name_of_a_list_is_in_the_readers_language() {
    let message = message(&of_topic(Some(Topic::Digest), Lang::ZhTw), &with_door());
    let read =
        MessageParser::default().parse(&message.formatted()).map(|mail| mail.header_raw("List-Id").map(str::to_owned));
    let (words, id) = read
        .flatten()
        .and_then(|raw| raw.trim().rsplit_once(' ').map(|(a, b)| (a.to_owned(), b.to_owned())))
        .expect("a list");
    assert_eq!(
        (decoded(&words).concat().as_str(), id.as_str()),
        ("人資週報", "<digest.pilothouse.pilothouse.example.com>")
    );
}

#[test]
fn a_letter_without_a_topic_is_of_no_list() {
    assert!(lists(&message(&of_topic(None, Lang::En), &with_door())).is_empty());
}

#[test]
fn one_press_stops_a_topic_only_where_the_way_is_encrypted() {
    let plain = Sender { home: "http://127.0.0.1:8080".to_owned(), ..with_door() };
    let letter = of_topic(Some(Topic::Queue), Lang::En);
    assert!(value(&message(&letter, &plain), "List-Unsubscribe").is_some());
    assert_eq!(value(&message(&letter, &plain), "List-Unsubscribe-Post"), None);
    let by_mail = Letter { stop: None, ..letter };
    let message = message(&by_mail, &with_door());
    assert_eq!(value(&message, "List-Unsubscribe"), Some(format!("<mailto:reply+u-{BACK}@plans.example.com>")));
    assert_eq!(value(&message, "List-Unsubscribe-Post"), None);
}

#[test]
fn a_host_that_is_not_ascii_stays_an_address() {
    let sender = Sender { home: "https://計畫.example.com".to_owned(), ..sender() };
    let value = value(&message(&of_topic(Some(Topic::Queue), Lang::En), &sender), "List-Unsubscribe");
    assert_eq!(value, Some(format!("<https://xn--gpyr35b.example.com/unsubscribe/{}>", "5ec2e7".repeat(10))));
}

#[test]
fn the_letters_of_a_thread_hang_on_its_first() {
    let of =
        |key: &str| Letter { dedup_key: key.to_owned(), thread: Some("root".to_owned()), ..of_topic(None, Lang::En) };
    let (root, next) = (message(&of("root"), &sender()), message(&of("next"), &sender()));
    let id = value(&root, "Message-ID");
    assert_eq!(id, Some(format!("<{}@pilothouse.example.com>", fingerprint("root"))));
    assert_eq!((value(&root, "In-Reply-To"), value(&root, "References")), (None, None));
    assert_eq!((value(&next, "In-Reply-To"), value(&next, "References")), (id.clone(), id));
}

#[test]
fn answers_and_bounces_come_back_to_addresses_that_name_the_letter() {
    let letter = of_topic(None, Lang::En);
    let at_the_door = message(&letter, &with_door());
    assert_eq!(value(&at_the_door, "Reply-To"), Some(format!("reply+{TOKEN}@plans.example.com")));
    let back = |message: &Message| message.envelope().from().map(ToString::to_string);
    assert_eq!(back(&at_the_door), Some(format!("reply+b-{BACK}@plans.example.com")));
    assert_eq!(at_the_door.envelope().to().iter().map(ToString::to_string).collect::<Vec<_>>(), ["grace@example.com"]);
    let without = message(&letter, &sender());
    assert_eq!(value(&without, "Reply-To").as_deref(), Some("hr@example.com"));
    assert_eq!(back(&without).as_deref(), Some("pilothouse@example.com"));
}

#[test]
fn an_answer_says_that_a_program_answers() {
    let answer = message(&letter(Lang::En, Body::Answer(answer(NotFollowed::MovedOn))), &sender());
    assert_eq!(value(&answer, "Auto-Submitted").as_deref(), Some("auto-replied"));
    assert_eq!(
        value(&message(&of_topic(None, Lang::En), &sender()), "Auto-Submitted").as_deref(),
        Some("auto-generated")
    );
}

#[test]
fn no_header_holds_a_secret_but_the_one_that_stops_mail() {
    let secrets = ["https:", "/plans/", "5ec2e7", "Amy", "Kuo"];
    for lang in Lang::ALL {
        for body in all() {
            let letter = Letter { body, ..of_topic(Some(Topic::Reminders), lang) };
            for (name, value) in heads(&message(&letter, &with_door())) {
                let told = secrets.iter().find(|secret| name != "List-Unsubscribe" && value.contains(**secret));
                assert_eq!(told, None, "{name}: {value}");
            }
        }
    }
}

/// Media types with their parameters, outermost first.
fn types(message: &Message) -> Vec<String> {
    let text = String::from_utf8(message.formatted()).expect("ASCII").replace("\r\n ", " ");
    let types = text.lines().filter_map(|line| line.strip_prefix("Content-Type: "));
    types.map(|kind| kind.split(" boundary").next().unwrap_or_default().to_owned()).collect()
}

#[test]
fn a_digest_has_its_figures_attached_as_a_table() {
    let message = message(&letter(Lang::ZhTw, Body::Digest(digest())), &sender());
    assert_eq!(
        types(&message),
        [
            "multipart/mixed;",
            "multipart/alternative;",
            "text/plain; charset=utf-8",
            "text/html; charset=utf-8",
            "text/csv; charset=utf-8"
        ]
    );
    let bytes = message.formatted();
    let mail = MessageParser::default().parse(&bytes).expect("a message");
    let table = mail.attachment(0).expect("a table");
    assert_eq!(table.attachment_name(), Some("week-2030-03-04.csv"));
    let table = table.contents().strip_prefix(b"\xef\xbb\xbf").expect("the mark of UTF-8");
    let rows: Vec<csv::StringRecord> =
        csv::Reader::from_reader(table).into_records().map(|row| row.expect("a row")).collect();
    assert!(std::str::from_utf8(table).expect("UTF-8").starts_with("\"計畫\",\"第幾個工作日\","));
    let first: Vec<&str> = rows[0].iter().collect();
    assert_eq!(
        first,
        [
            "Grace Chen",
            "12",
            "8",
            "30",
            "26",
            "2",
            "3",
            "1",
            "進行中",
            "有 3 個步驟逾期，最久的已經 12 個工作日。 交出的內容等導師回覆，已經等了 6 個工作日。",
            "https://pilothouse.example.com/plans/grace-chen"
        ]
    );
    assert_eq!((rows.len(), &rows[4][8], &rows[4][9]), (6, "已完成", ""));
}

#[test]
fn a_digest_of_no_plans_has_no_table() {
    let digest = crate::app::digest::DigestLetter { plans: crate::app::digest::Plans::new(Vec::new(), ""), ..digest() };
    assert_eq!(types(&message(&letter(Lang::En, Body::Digest(digest)), &sender()))[0], "multipart/alternative;");
}

#[test]
fn a_meeting_is_an_invitation_where_calendars_look_and_a_file_for_the_others() {
    for (is_cancelled, method) in [(false, "REQUEST"), (true, "CANCEL")] {
        let message = message(&letter(Lang::ZhTw, Body::Meeting(meeting(is_cancelled))), &with_door());
        let calendar = format!("text/calendar; method={method}; charset=utf-8");
        let expected = [
            "multipart/mixed;",
            "multipart/alternative;",
            "text/plain; charset=utf-8",
            "text/html; charset=utf-8",
            &calendar,
            "application/ics; name=\"invite.ics\"",
        ];
        assert_eq!(types(&message), expected);
        let bytes = message.formatted();
        let mail = MessageParser::default().parse(&bytes).expect("a message");
        let objects: Vec<&[u8]> = mail
            .parts
            .iter()
            .filter(|part| part.content_type().is_some_and(|kind| matches!(kind.subtype(), Some("calendar" | "ics"))))
            .map(|part| part.contents())
            .collect();
        let text = String::from_utf8(objects[0].to_vec()).expect("UTF-8");
        assert!(objects.len() == 2 && objects[0] == objects[1]);
        assert!(text.contains(&format!("\r\nMETHOD:{method}\r\n")), "{text}");
        let read = read(&bytes).expect("a message");
        let files: Vec<&str> = read.attachments.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(files, ["invite.ics"]);
    }
}

/// What each encoded word of a header holds: every one alone must be whole characters (RFC 2047).
fn decoded(value: &str) -> Vec<String> {
    let words = value.split_whitespace().filter_map(|word| word.strip_prefix("=?utf-8?b?")?.strip_suffix("?="));
    words.map(|word| String::from_utf8(STANDARD.decode(word).expect("base64")).expect("whole characters")).collect()
}

/// Latin, Chinese, emoji joined of several characters, and what would end a header or a word of it.
pub(super) fn words_of_all_kinds() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[ -~]{0,20}",
        "[一-龥「」，。]{0,40}",
        "(👩🏽‍💼|👨‍👩‍👧|🇹🇼|é|ñ|𠮷| ){0,12}",
        Just("=?utf-8?q?=0D=0ABcc:_all=40example.com?=".to_owned()),
        Just("\r\nBcc: all@example.com\r\n\r\n".to_owned()),
        "[a-z]{0,600}",
        "\\PC{0,30}|(?s:.){0,30}",
    ];
    prop::collection::vec(piece, 0..5).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn no_name_or_subject_adds_a_header_or_arrives_as_another(name in words_of_all_kinds(), subject in words_of_all_kinds(), from in words_of_all_kinds(), topic in 0_usize..5) {
        let topic = Topic::ALL.get(topic).copied();
        let letter = Letter { to_name: name.clone(), ..of_topic(topic, Lang::ZhTw) };
        let sender = Sender { from_name: from.clone(), ..with_door() };
        let head = head(&letter, &subject, RENDERER.with(|renderer| *renderer), &sender, date()).expect("a head");
        let message = head.body(String::new()).expect("a message");
        let mut names: Vec<String> = heads(&message).into_iter().map(|(name, _)| name).collect();
        let mut expected = vec!["From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "X-Auto-Response-Suppress", "Content-Language", "Reply-To"];
        if topic.is_some() {
            expected.extend(["List-Id", "List-Unsubscribe", "List-Unsubscribe-Post"]);
        }
        expected.push("Content-Transfer-Encoding");
        names.retain(|name| name != "MIME-Version");
        prop_assert_eq!(names, expected);
        let bytes = message.formatted();
        for line in String::from_utf8(bytes.clone()).expect("ASCII").split("\r\n") {
            prop_assert!(line.len() <= 998 && line.is_ascii() && !line.contains(['\r', '\n']), "{line}");
            decoded(line);
            prop_assert!(line.split_whitespace().all(|word| !word.starts_with("=?utf-8?b?") || word.len() <= 75), "{line}");
        }
        let mail = read(&bytes).expect("a message");
        prop_assert_eq!(mail.subject, in_header(&subject));
        prop_assert_eq!(mail.to, [Correspondent { name: in_header(&name), address: "grace@example.com".into() }]);
        prop_assert_eq!(mail.from, [Correspondent { name: in_header(&from), address: "pilothouse@example.com".into() }]);
    }
}
