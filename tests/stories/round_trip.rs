//! Every kind of letter through Debian's Postfix into a mailbox, and read there by Python's `email`
//! (strict), `dkimpy` and `icalendar`. What is for nobody comes back, and is read by this program.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use pilothouse::config::variable;
use pilothouse::engine::mail::Topic;
use pilothouse::engine::vocabulary::Lang;
use pilothouse::mail::dkim::Signer;
use pilothouse::mail::incoming::{self, Address, Kind as Incoming, Ours, Purpose, Verdict};
use pilothouse::mail::{Door, Mailer, Relay, Sender, reading};
use pilothouse::store::outbox::Kind;
use serde_json::{Value, json};

use crate::relay::message_id_of;
use crate::season::{self, Left, MANAGER, PLACE, TALK, UNKNOWN};

const HOME: &str = "https://pilothouse.company.example";
const DOOR: (&str, &str) = ("reply", "plans.company.example");

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

    fn mailer(&self) -> Mailer {
        Mailer::Smtp(Relay::from_url(&format!("smtp://127.0.0.1:{}", self.port)).expect("a relay"))
    }

    /// Everything in the mailbox once so many have come, by Message-ID.
    fn read(&self, many: usize, keys: &[Arc<Signer>]) -> BTreeMap<String, Value> {
        let begun = Instant::now();
        let come = || std::fs::read_dir(&self.mailbox).map_or(0, Iterator::count);
        while come() < many && begun.elapsed() < Duration::from_secs(60) {
            std::thread::sleep(Duration::from_millis(100));
        }
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
    Arc::new(Signer::read(&file, selector, "company.example").expect("a signer"))
}

fn sender(key: &Arc<Signer>) -> Sender {
    let (local, domain) = DOOR;
    let sender = Sender::new("Pilothouse", "plans@company.example", HOME).expect("a sender");
    Sender {
        door: Some(Door { local: local.to_owned(), domain: domain.to_owned() }),
        signer: Some(key.clone()),
        ..sender
    }
}

#[actix_web::test]
#[ignore = "needs Postfix and Python's parsers: run by .ci/run"]
async fn independent_every_kind_of_letter_comes_through_postfix_as_it_was_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let rsa = Command::new("openssl").args(["genrsa", "2048"]).output().expect("openssl is there").stdout;
    let keys = [
        signer(folder.path(), "rsa", &String::from_utf8(rsa).expect("PEM")),
        signer(folder.path(), "ed", "QkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkI="),
    ];
    let people = ["grace", "diane", "hr", "kevin", "lin"].map(|name| format!("{name}@company.example"));
    let door = format!("{}@{}", DOOR.0, DOOR.1);
    let boxes: Vec<&str> = people.iter().map(String::as_str).chain([door.as_str()]).collect();
    let postfix = Postfix::start(&boxes);

    let mut left = Vec::new();
    for (lang, key) in Lang::ALL.into_iter().zip(&keys) {
        left.extend(season::play(lang, postfix.mailer(), sender(key)).await);
    }

    let mut mails = postfix.read(left.len(), &keys);
    let (unknown, known): (Vec<&Left>, Vec<&Left>) = left.iter().partition(|letter| letter.to.email == UNKNOWN);
    let mut topics = BTreeSet::new();
    for letter in &known {
        let id = message_id_of(&letter.dedup_key, "company.example");
        let mail = mails.remove(&id).unwrap_or_else(|| panic!("{} arrives", letter.dedup_key));
        assert_arrived(letter, &mail);
        assert_attached(letter, &mail);
        topics.extend(list_of(letter, &mail).map(|topic| (topic, letter.lang.as_str())));
    }
    for (lang, kind) in Lang::ALL.into_iter().flat_map(|lang| Kind::ALL.map(|kind| (lang, kind))) {
        assert!(known.iter().any(|one| one.lang == lang && one.kind == kind), "{kind:?} in {lang:?}");
    }
    assert_eq!(topics.len(), Topic::ALL.len() * Lang::ALL.len(), "{topics:?}");
    assert_eq!(mails.len(), unknown.len(), "what is for nobody comes back, and nothing else is there");
    for bounce in mails.values() {
        assert_bounced(&unknown, bounce);
    }
}

fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value[name].as_str().unwrap_or_else(|| panic!("{name} in {value}"))
}

fn holds(list: &Value, name: &str) -> bool {
    let names = list.as_array().expect("a list").iter().filter_map(Value::as_str);
    names.into_iter().any(|one| one.eq_ignore_ascii_case(name))
}

/// What must hold for every letter.
fn assert_arrived(letter: &Left, mail: &Value) {
    assert_eq!(mail["defects"], json!([]), "{mail}");
    assert!(mail["is_ascii"] == true && mail["longest_line"].as_u64() <= Some(998), "{mail}");
    // The signature says that it came as it left; two parsers, that it is read as it was meant.
    let ours = reading::read(text(mail, "raw").as_bytes()).expect("a mail");
    let same = |name: &str, ours: &str| {
        assert_eq!(text(mail, name).replace("\r\n", "\n").trim_end(), ours.replace("\r\n", "\n").trim_end());
        assert!(!ours.trim().is_empty(), "{name}");
    };
    same("subject", &ours.subject);
    same("text", &ours.text);
    same("html", &ours.html);
    assert_eq!(mail["from"], json!([["Pilothouse", "plans@company.example"]]));
    assert_eq!(mail["to"], json!([[letter.to.name, letter.to.email]]));
    let values = &mail["values"];
    assert_eq!(text(values, "Content-Language"), letter.lang.as_str());
    let submitted = if letter.kind == Kind::Answer { "auto-replied" } else { "auto-generated" };
    assert_eq!((text(values, "Auto-Submitted"), text(values, "X-Auto-Response-Suppress")), (submitted, "All"));
    let [answers, bounces] = [&mail["reply_to"][0][1], &mail["return_path"]]
        .map(|address| at_the_door(address.as_str().unwrap_or_default().trim_matches(['<', '>'])));
    assert_eq!((answers.purpose, bounces.purpose), (Purpose::Answer, Purpose::Bounce));
    assert!(answers.token.is_some() && bounces.token.is_some() && answers.token != bounces.token, "{mail}");
    let roots = ["In-Reply-To", "References"].map(|name| values.get(name).and_then(Value::as_str));
    let is_threaded = !matches!(
        letter.kind,
        Kind::SignIn
            | Kind::Welcome
            | Kind::Digest
            | Kind::MentorSilent
            | Kind::Checkpoint
            | Kind::Graduation
            | Kind::Answer
    );
    assert!(roots[0] == roots[1] && roots[0].is_some() == is_threaded, "{:?}: {roots:?}", letter.kind);

    let dkim = &mail["dkim"];
    assert_eq!((&dkim["valid"], &dkim["domain"]), (&json!(true), &json!("company.example")), "{mail}");
    let signed = "From To Subject Date Message-ID Reply-To References Auto-Submitted List-Id List-Unsubscribe \
                  List-Unsubscribe-Post";
    for name in signed.split_whitespace() {
        assert!(holds(&dkim["signed"], name), "{name} is not signed: {dkim}");
    }
}

fn at_the_door(address: &str) -> Address {
    Address::read(address, DOOR.0, DOOR.1).unwrap_or_else(|| panic!("{address} is at our door"))
}

/// The list that a letter says it is of, with how it is stopped.
fn list_of(letter: &Left, mail: &Value) -> Option<Topic> {
    let value = |name: &str| mail["values"].get(name).and_then(Value::as_str);
    let lists = ["List-Id", "List-Unsubscribe", "List-Unsubscribe-Post"].map(value);
    let [Some(id), Some(ways), Some(post)] = lists else {
        assert_eq!(lists, [None; 3], "{:?}", letter.kind);
        return None;
    };
    assert_eq!(post, "List-Unsubscribe=One-Click");
    let (page, address) = ways.split_once(", ").expect("two ways");
    assert!(page.starts_with(&format!("<{HOME}/unsubscribe/")), "{ways}");
    let address = address.strip_prefix("<mailto:").and_then(|rest| rest.strip_suffix('>')).expect("an address");
    assert_eq!(at_the_door(address).purpose, Purpose::Unsubscribe);
    let (name, id) = id.rsplit_once(" <").expect("a name and an id");
    assert!(!name.is_empty() && id.ends_with(".pilothouse.company.example>"), "{id}");
    Some(Topic::parse(id.split('.').next().unwrap_or_default()).expect("a topic"))
}

fn assert_attached(letter: &Left, mail: &Value) {
    let (calendars, tables) = (mail["calendars"].as_array(), mail["tables"].as_array());
    let (calendars, tables) = (calendars.expect("a list"), tables.expect("a list"));
    match letter.kind {
        Kind::Meeting => assert_invited(letter, calendars),
        // One of a week without plans has none.
        Kind::Digest if !tables.is_empty() => {
            assert!(text(&tables[0], "file").starts_with("week-2026-") && tables[0]["has_mark"] == true);
            assert_eq!(tables[0]["rows"].as_array().map(Vec::len), Some(2));
        }
        _ => assert!(calendars.is_empty() && tables.is_empty(), "{:?}", letter.kind),
    }
}

fn assert_invited(letter: &Left, calendars: &[Value]) {
    let [shown, file] = calendars else { panic!("two: {calendars:?}") };
    assert_eq!(
        (&shown["text"], text(file, "file"), text(file, "type")),
        (&file["text"], "invite.ics", "application/ics")
    );
    let is_cancelled = shown["sequence"] == 1;
    let (method, status) = if is_cancelled { ("CANCEL", "CANCELLED") } else { ("REQUEST", "CONFIRMED") };
    let told = ["mime_method", "method", "status"].map(|name| text(shown, name));
    assert_eq!(told, [method, method, status]);
    assert!(shown["longest_line"].as_u64() <= Some(75) && shown["errors"] == json!([]), "{shown}");
    assert!(text(shown, "uid").ends_with("@company.example"), "{shown}");
    assert_eq!((text(shown, "zone"), &shown["zones"]), ("Asia/Taipei", &json!(["Asia/Taipei"])));
    let times = ["start", "end"].map(|name| text(shown, name));
    assert_eq!(times, ["2026-03-06T14:00:00+08:00", "2026-03-06T14:45:00+08:00"]);
    let [en, zh] = TALK;
    let summary = text(shown, "summary");
    assert!(summary.starts_with(if letter.lang == Lang::En { en } else { zh }), "{summary}");
    assert_eq!((text(shown, "location"), text(shown, "organizer")), (PLACE, "mailto:reply@plans.company.example"));
    let attendees = json!([
        [MANAGER.replace('"', "'"), "mailto:grace@company.example", "NEEDS-ACTION", "TRUE"],
        ["林志明", "mailto:lin@company.example", "NEEDS-ACTION", "TRUE"]
    ]);
    assert_eq!(shown["attendees"], attendees);
}

/// Postfix's own report on an address that is none.
fn assert_bounced(unknown: &[&Left], bounce: &Value) {
    let came_to = at_the_door(text(bounce, "delivered_to"));
    let (local, domain) = DOOR;
    let ours = Ours { local, domain, sender: "plans@company.example", authserv: None };
    let raw = text(bounce, "raw");
    let Incoming::Bounce(read) = incoming::read(raw.as_bytes(), ours).kind else { panic!("a bounce: {raw}") };
    assert_eq!((came_to.purpose, read.verdict()), (Purpose::Bounce, Verdict::Address));
    assert_eq!(read.recipients[0].last.as_deref(), Some(UNKNOWN));
    let ids = unknown.iter().map(|one| message_id_of(&one.dedup_key, "company.example"));
    let id = read.original_message_id.map(|id| format!("<{id}>")).expect("which letter it was");
    assert!(ids.into_iter().any(|one| one == id), "{id}");
    // The returned part holds the letter's own headers, and with them the address for answers.
    assert!(raw.contains(&came_to.token.expect("a token")), "{raw}");
}
