//! Every letter through Debian's Postfix into a mailbox, and read there by Python's `email` (strict),
//! `dkimpy` and `icalendar`.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

use super::form::{of_topic, with_door, words_of_all_kinds};
use super::invitations::meeting;
use super::*;
use crate::config::variable;
use crate::mail::incoming::{self, Kind, Ours, Purpose, Verdict};

fn python(script: &str) -> Command {
    let python = variable("AIOSMTPD_PYTHON").expect("AIOSMTPD_PYTHON names a Python with dkimpy: see .ci/run");
    let mut command = Command::new(python);
    command.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/smtp").join(script));
    command
}

/// Ends when its input does, also when a test fails.
struct Postfix {
    child: Child,
    port: u64,
    mailbox: PathBuf,
}

impl Postfix {
    fn start(addresses: &[&str]) -> Postfix {
        let mut command = python("postfix.py");
        let mut child =
            command.args(addresses).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("Python starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("its output")).read_line(&mut line).expect("a line");
        let told: Value = serde_json::from_str(&line).expect("where it takes mail");
        let mailbox = told["mailbox"].as_str().expect("a folder").into();
        Postfix { child, port: told["port"].as_u64().expect("a port"), mailbox }
    }

    /// Everything in the mailbox once so many have come, by Message-ID.
    fn read(&self, many: usize, keys: &[&Signer]) -> BTreeMap<String, Value> {
        let begun = Instant::now();
        let come = || std::fs::read_dir(&self.mailbox).map_or(0, Iterator::count);
        while come() < many && begun.elapsed().as_secs() < 60 {
            std::thread::sleep(std::time::Duration::from_millis(100));
        }
        assert_eq!(come(), many);
        let records = keys.iter().flat_map(|key| [key.name(), key.record()]);
        let done = python("read_back.py").arg(&self.mailbox).args(records).output().expect("Python runs");
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        let lines = String::from_utf8(done.stdout).expect("UTF-8");
        let read = |line: &str| serde_json::from_str::<Value>(line).expect("JSON");
        lines.lines().map(read).map(|mail| (mail["message_id"].as_str().unwrap_or_default().to_owned(), mail)).collect()
    }
}

impl Drop for Postfix {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        let _ = self.child.wait(); // it may have ended by itself
    }
}

fn signer(folder: &Path, selector: &str, key: &str) -> Arc<Signer> {
    let file = folder.join(selector);
    std::fs::write(&file, key).expect("a key file");
    Arc::new(Signer::read(&file, selector, "example.com").expect("a signer"))
}

/// Every kind of letter with every branch, in both languages; each topic among them.
fn letters() -> Vec<Letter> {
    let bodies = || all().into_iter().chain([meeting(false), meeting(true)].map(Body::Meeting));
    let written = Lang::ALL.into_iter().flat_map(|lang| bodies().map(move |body| (lang, body)));
    let topics = [None].into_iter().chain(Topic::ALL.map(Some)).cycle();
    let numbered = written.zip(topics).enumerate();
    numbered
        .map(|(n, ((lang, body), topic))| Letter {
            dedup_key: format!("round-trip:{n}"),
            token: format!("{n:032x}"),
            thread: Some("round-trip:0".to_owned()),
            body,
            ..of_topic(topic, lang)
        })
        .collect()
}

#[tokio::test]
#[ignore = "needs Postfix and Python's parsers: run by .ci/run"]
async fn independent_every_letter_comes_through_postfix_as_it_was_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let rsa = Command::new("openssl").args(["genrsa", "2048"]).output().expect("openssl is there").stdout;
    let keys = [
        signer(folder.path(), "rsa", &String::from_utf8(rsa).expect("PEM")),
        signer(folder.path(), "ed", "QkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkI="),
    ];
    let postfix = Postfix::start(&["grace@example.com", "reply@plans.example.com"]);
    let relay = Relay::from_url(&format!("smtp://127.0.0.1:{}", postfix.port)).expect("a relay");
    let mailer = Mailer::Smtp(relay);
    let renderer = RENDERER.with(|renderer| *renderer);
    let letters = letters();
    let unknown = Letter {
        to_email: "nobody@example.com".to_owned(),
        token: "f".repeat(32),
        dedup_key: "unknown".to_owned(),
        ..letters[0].clone()
    };
    for (letter, key) in letters.iter().chain([&unknown]).zip(keys.iter().cycle()) {
        let sender = Sender { signer: Some(key.clone()), ..with_door() };
        mailer.send(&write(letter, renderer, &sender, date()).expect("a message")).await.expect("sent");
    }

    let mut mails = postfix.read(letters.len() + 1, &[&keys[0], &keys[1]]);

    for (letter, key) in letters.iter().zip(keys.iter().cycle()) {
        let id = format!("<{}@pilothouse.example.com>", fingerprint(&letter.dedup_key));
        let mail = mails.remove(&id).unwrap_or_else(|| panic!("{id} arrives"));
        assert_arrived(letter, key, &mail);
    }
    let (_, bounce) = mails.pop_first().expect("what is for nobody comes back");
    assert_bounced(&unknown, &bounce);
}

fn assert_arrived(letter: &Letter, key: &Signer, mail: &Value) {
    let words = words(letter, RENDERER.with(|renderer| *renderer), &with_door()).expect("words");
    assert_eq!(mail["defects"], json!([]), "{mail}");
    assert!(mail["is_ascii"] == true && mail["longest_line"].as_u64() <= Some(998), "{mail}");
    assert_eq!(mail["subject"], words.subject);
    let same = |mail: &Value, written: &str| {
        assert_eq!(
            mail.as_str().map(|text| text.replace("\r\n", "\n")).as_deref().map(str::trim_end),
            Some(written.replace("\r\n", "\n").trim_end())
        )
    };
    same(&mail["text"], &words.text);
    same(&mail["html"], &words.html);
    assert_eq!(mail["from"], json!([["Pilothouse", "pilothouse@example.com"]]));
    assert_eq!(mail["to"], json!([[letter.to_name, "grace@example.com"]]));
    assert_eq!(mail["reply_to"], json!([["", format!("reply+{}@plans.example.com", letter.token)]]));
    assert_eq!(mail["return_path"], format!("<reply+b-{}@plans.example.com>", letter.token));
    let root = format!("<{}@pilothouse.example.com>", fingerprint("round-trip:0"));
    let thread = mail["values"]["References"].as_str().filter(|root| *root == mail["values"]["In-Reply-To"]);
    assert_eq!(thread, (letter.dedup_key != "round-trip:0").then_some(root.as_str()));

    let holds = |list: &Value, name: &str| {
        list.as_array()
            .is_some_and(|list| list.iter().any(|one| one.as_str().is_some_and(|one| one.eq_ignore_ascii_case(name))))
    };
    assert_eq!((&mail["dkim"]["valid"], &mail["dkim"]["domain"]), (&json!(true), &json!(key.domain())), "{mail}");
    for name in [
        "From",
        "To",
        "Subject",
        "Date",
        "Message-ID",
        "Reply-To",
        "References",
        "List-Id",
        "List-Unsubscribe",
        "List-Unsubscribe-Post",
    ] {
        assert!(holds(&mail["dkim"]["signed"], name), "{name} is not signed: {}", mail["dkim"]);
    }
    for name in ["List-Id", "List-Unsubscribe", "List-Unsubscribe-Post"] {
        assert_eq!(holds(&mail["headers"], name), letter.topic.is_some(), "{name}");
    }
    assert_attached(letter, mail);
}

fn assert_attached(letter: &Letter, mail: &Value) {
    match &letter.body {
        Body::Meeting(meeting) => {
            let method = if meeting.invite.is_cancelled { "CANCEL" } else { "REQUEST" };
            let [shown, file] = &mail["calendars"].as_array().expect("a list")[..] else {
                panic!("two: {}", mail["calendars"])
            };
            assert_eq!((&shown["text"], &file["file"]), (&file["text"], &json!("invite.ics")));
            assert_eq!((&shown["mime_method"], &shown["method"]), (&json!(method), &json!(method)));
            assert!(shown["longest_line"].as_u64() <= Some(75) && shown["errors"] == json!([]), "{shown}");
            assert_eq!(
                (&shown["uid"], &shown["sequence"]),
                (&json!("0190c2f4@pilothouse.example.com"), &json!(meeting.invite.sequence))
            );
            assert_eq!((&shown["zone"], &shown["zones"]), (&json!("Asia/Taipei"), &json!(["Asia/Taipei"])));
            assert_eq!(
                (&shown["start"], &shown["end"]),
                (&json!("2030-03-06T14:00:00+08:00"), &json!("2030-03-06T14:45:00+08:00"))
            );
            let title = match letter.lang {
                Lang::En => format!("{} (林志明)", meeting.title.en),
                Lang::ZhTw => format!("{}（林志明）", meeting.title.zh_tw),
            };
            assert_eq!((&shown["summary"], &shown["location"]), (&json!(title), &json!(meeting.place)));
            assert_eq!(
                (&shown["organizer"], &shown["description"]),
                (&json!("mailto:reply@plans.example.com"), &json!(meeting.url))
            );
            let attendees = json!([
                ["陳怡君 'Grace' Chen, 業務部", "mailto:grace@example.com", "NEEDS-ACTION", "TRUE"],
                ["林志明", "mailto:lin@example.com", "NEEDS-ACTION", "TRUE"]
            ]);
            assert_eq!(shown["attendees"], attendees);
        }
        Body::Digest(digest) => {
            let [table] = &mail["tables"].as_array().expect("a list")[..] else { panic!("one: {}", mail["tables"]) };
            assert_eq!((&table["file"], &table["has_mark"]), (&json!("week-2030-03-04.csv"), &json!(true)));
            assert_eq!(table["rows"].as_array().map(Vec::len), Some(digest.plans.len() + 1));
        }
        _ => assert_eq!((&mail["calendars"], &mail["tables"]), (&json!([]), &json!([]))),
    }
}

fn assert_bounced(letter: &Letter, bounce: &Value) {
    let came_to = bounce["delivered_to"].as_str().expect("an address");
    let address = incoming::Address::read(came_to, "reply", "plans.example.com").expect("one at our door");
    assert_eq!((address.purpose, address.token), (Purpose::Bounce, Some(letter.token.clone())));
    let raw = bounce["raw"].as_str().expect("the mail");
    let ours = Ours { local: "reply", domain: "plans.example.com", sender: "pilothouse@example.com", authserv: None };
    let Kind::Bounce(read) = incoming::read(raw.as_bytes(), ours).kind else { panic!("a bounce: {raw}") };
    assert_eq!(read.verdict(), Verdict::Address);
    assert_eq!(read.recipients[0].last.as_deref(), Some("nobody@example.com"));
    let id = format!("{}@pilothouse.example.com", fingerprint(&letter.dedup_key));
    assert_eq!(read.original_message_id, Some(id));
}
