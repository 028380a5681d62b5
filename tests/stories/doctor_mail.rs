//! `doctor --mail`: what it says of a key, of DNS and of a relay, with a DNS server of the tests' own.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, UdpSocket};
use std::path::PathBuf;

use tempfile::TempDir;

use crate::commands::{command, the_program};
use crate::relay::TestRelay;

/// Stands in every password that a story gives; no line of any output may hold it.
const SECRET: &str = "s3cret-canary";

/// A key made for these stories, which signs nothing else.
const SEED: &str = "7urEj6l/NDeoakG6SP/qyPW+94J0rOogwwEL+JeJ2tQ=";
const RECORD: &str = "v=DKIM1; k=ed25519; p=IBKR9AcHhouu5DrS35Q9IHoJXsmyifhC980Iz7dBuJ0=";

const KEY_NAME: &str = "s1._domainkey.plans.example.com";

/// A DNS server with TXT records; every other name does not exist, and one is never answered well.
struct TestDns {
    address: SocketAddr,
}

type Records = HashMap<String, Vec<String>>;

impl TestDns {
    fn start(records: Records) -> TestDns {
        let socket = UdpSocket::bind("127.0.0.1:0").expect("a port");
        let address = socket.local_addr().expect("an address");
        std::thread::spawn(move || {
            let mut question = [0; 1500];
            while let Ok((length, asker)) = socket.recv_from(&mut question) {
                let _ = socket.send_to(&answer(&question[..length], &records), asker);
            }
        });
        TestDns { address }
    }
}

fn answer(question: &[u8], records: &Records) -> Vec<u8> {
    let (mut labels, mut at) = (Vec::new(), 12);
    while question[at] != 0 {
        let end = at + 1 + usize::from(question[at]);
        labels.push(String::from_utf8_lossy(&question[at + 1..end]).to_lowercase());
        at = end;
    }
    let name = labels.join(".");
    let (found, code) = match records.get(&name) {
        Some(_) if question[at + 1..at + 3] != [0, 16] => (&[][..], 0),
        Some(found) if found.iter().any(|record| record == "SERVFAIL") => (&[][..], 2),
        Some(found) => (&found[..], 0),
        None => (&[][..], 3),
    };
    let mut answer = question[..2].to_vec();
    answer.extend([0x81, 0x80 | code, 0, 1, 0, u8::try_from(found.len()).expect("few"), 0, 0, 0, 0]);
    answer.extend(&question[12..at + 5]);
    for record in found {
        // In strings of 20 octets, as a long record comes in several of 255.
        let strings = record.as_bytes().chunks(20);
        let text: Vec<u8> = strings.flat_map(|s| [&[u8::try_from(s.len()).expect("short")], s].concat()).collect();
        answer.extend([0xC0, 12, 0, 16, 0, 1, 0, 0, 0, 60]);
        answer.extend(u16::try_from(text.len()).expect("short").to_be_bytes());
        answer.extend(text);
    }
    answer
}

/// A company whose mail is as it should be, until a story changes something.
struct Company {
    records: Records,
    settings: Vec<(&'static str, String)>,
    folder: TempDir,
    relay: TestRelay,
}

impl Company {
    fn new() -> Company {
        let folder = tempfile::tempdir().expect("a folder");
        let relay = TestRelay::start();
        let settings = vec![
            ("DATABASE_URL", format!("postgres://u:{SECRET}@127.0.0.1:1/pilothouse")),
            ("BASE_URL", "https://plans.example.com".to_owned()),
            ("SMTP_URL", relay.url()),
            ("MAIL_FROM", "team@plans.example.com".to_owned()),
            ("DKIM_SELECTOR", "s1".to_owned()),
        ];
        let company = Company { records: HashMap::new(), settings, folder, relay };
        company
            .with_key(SEED)
            .with_dns(KEY_NAME, &[RECORD])
            .with_dns("plans.example.com", &["site-verification=1", "v=spf1 mx -all"])
            .with_dns("_dmarc.example.com", &["v=DMARC1; p=reject; sp=quarantine"])
    }

    fn with_dns(mut self, name: &str, records: &[&str]) -> Company {
        self.records.insert(name.to_owned(), records.iter().map(|record| (*record).to_owned()).collect());
        self
    }

    fn without_dns(mut self, name: &str) -> Company {
        self.records.remove(name).expect("it was there");
        self
    }

    fn with(mut self, name: &'static str, value: &str) -> Company {
        self.settings.retain(|(known, _)| *known != name);
        self.settings.push((name, value.to_owned()));
        self
    }

    fn without(mut self, name: &'static str) -> Company {
        self.settings.retain(|(known, _)| *known != name);
        self
    }

    fn with_key(self, text: &str) -> Company {
        let file: PathBuf = self.folder.path().join("dkim");
        std::fs::write(&file, text).expect("a file");
        self.with("DKIM_KEY", file.to_str().expect("a path"))
    }

    /// The exit code and the lines.
    fn doctor(&self, more: &[&str]) -> (i32, String) {
        self.doctor_asking(TestDns::start(self.records.clone()).address, more)
    }

    fn doctor_asking(&self, dns: SocketAddr, more: &[&str]) -> (i32, String) {
        let dns = dns.to_string();
        let settings: Vec<(&str, &str)> = self.settings.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let arguments = [&["doctor", "--mail", "--resolver", &dns], more].concat();
        let output = command(&the_program(), &settings, &arguments).output().expect("the program runs");
        let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(!format!("{out}{err}").contains(SECRET), "a password was printed: {out}{err}");
        assert!(!format!("{out}{err}").contains(&SEED[..20]), "a key was printed: {out}{err}");
        assert_eq!(err, "", "{out}");
        (output.status.code().expect("an end"), out.into_owned())
    }

    /// The one line that fails.
    fn failure(&self) -> String {
        let (code, out) = self.doctor(&[]);
        let failed: Vec<&str> = out.lines().filter_map(|line| line.strip_prefix("FAIL  ")).collect();
        assert_eq!((code, failed.len()), (1, 1), "{out}");
        failed[0].to_owned()
    }
}

/// A relay that speaks of a sign-in and takes none.
fn relay_that_refuses_everybody() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    std::thread::spawn(move || {
        let (mut out, _) = listener.accept().expect("a client");
        let input = BufReader::new(out.try_clone().expect("a second handle"));
        out.write_all(b"220 relay.test ESMTP\r\n").expect("it listens");
        for line in input.lines().map_while(Result::ok) {
            let said: &[u8] = match line.get(..4) {
                Some("EHLO") => b"250-relay.test\r\n250 AUTH PLAIN LOGIN\r\n",
                Some("AUTH") => b"535 5.7.8 bad credentials\r\n",
                _ => b"221 2.0.0 bye\r\n",
            };
            if out.write_all(said).is_err() {
                return;
            }
        }
    });
    address
}

#[test]
fn all_is_well_and_a_signed_letter_arrives() {
    let company = Company::new();

    let (code, out) = company.doctor(&["--to", "mei@example.org"]);

    assert_eq!(code, 0, "{out}");
    let notes: Vec<&str> = out.lines().filter(|line| !line.starts_with("ok    ")).collect();
    assert_eq!(notes, ["note  DKIM: many large receivers verify RSA alone, for which an Ed25519 signature is none"]);
    assert!(out.contains("answers; plain, on this machine; without sign-in"), "{out}");
    assert!(out.contains(&format!("DKIM: {KEY_NAME} holds the key")), "{out}");
    assert!(out.contains("SPF: plans.example.com says who may send for it: v=spf1 mx -all"), "{out}");
    assert!(out.contains("DMARC: _dmarc.example.com asks receivers for p=quarantine"), "{out}");
    assert!(out.contains("letter: the relay took it for mei@example.org"), "{out}");
    let received = company.relay.received();
    assert_eq!((received.len(), received[0].from.as_str()), (1, "team@plans.example.com"));
    assert_eq!(received[0].to, ["mei@example.org"]);
    assert_eq!(received[0].header("Auto-Submitted"), "auto-generated");
    let signed = received[0].header("DKIM-Signature");
    assert!(signed.starts_with("v=1; a=ed25519-sha256; d=plans.example.com; s=s1;"), "{signed}");
}

#[test]
fn without_an_address_no_letter_is_sent() {
    let company = Company::new();

    let (code, out) = company.doctor(&[]);

    assert_eq!(code, 0, "{out}");
    assert!(out.contains("note  letter: none was sent; --to ADDRESS sends"), "{out}");
    assert_eq!(company.relay.count(), 0);
}

#[test]
fn another_key_in_dns_is_told_with_the_record_that_must_stand_there() {
    let said = Company::new().with_dns(KEY_NAME, &["v=DKIM1; k=ed25519; p=AAAA"]).failure();
    assert_eq!(said, format!("DKIM: {KEY_NAME} holds another key than DKIM_KEY; for that it must hold: {RECORD}"));
}

#[test]
fn a_key_that_is_not_in_dns_or_is_revoked_there_is_told() {
    let missing = Company::new().without_dns(KEY_NAME).failure();
    let revoked = Company::new().with_dns(KEY_NAME, &["v=DKIM1; k=ed25519; p="]).failure();

    assert_eq!(missing, format!("DKIM: {KEY_NAME} has no TXT record; it must hold: {RECORD}"));
    assert!(revoked.starts_with(&format!("DKIM: {KEY_NAME} revokes its key")), "{revoked}");
}

#[test]
fn a_key_file_that_cannot_sign_is_told_and_no_letter_leaves_unsigned() {
    let company = Company::new().with_key("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n");

    let (code, out) = company.doctor(&["--to", "mei@example.org"]);

    assert_eq!(code, 1, "{out}");
    assert!(out.contains("FAIL  DKIM: DKIM_KEY is the file") && out.contains("no key that can sign"), "{out}");
    assert!(out.contains("note  letter: none was sent, because of what failed above"), "{out}");
    assert_eq!(company.relay.count(), 0);
}

#[test]
fn a_strict_policy_wants_the_very_domain_of_from() {
    let other =
        || Company::new().with("DKIM_DOMAIN", "mail.example.com").with_dns("s1._domainkey.mail.example.com", &[RECORD]);

    let relaxed = other().doctor(&[]);
    let strict = other().with_dns("_dmarc.example.com", &["v=DMARC1; p=reject; adkim=s"]).failure();

    assert_eq!(relaxed.0, 0, "{}", relaxed.1);
    assert!(relaxed.1.contains("the signature for mail.example.com goes with From plans.example.com"), "{}", relaxed.1);
    assert_eq!(
        strict,
        "alignment: the signature for mail.example.com does not go with From plans.example.com (strictly); set \
         DKIM_DOMAIN to plans.example.com and publish the key there"
    );
}

#[test]
fn a_domain_of_somebody_else_goes_with_no_policy() {
    let company = Company::new().with("MAIL_REPLY", "reply@bounces.example.net");
    let company = company.with_dns("bounces.example.net", &["v=spf1 mx -all"]);

    let (code, out) = company.doctor(&[]);
    let unsigned = company.without("DKIM_KEY").without("DKIM_SELECTOR").failure();

    assert_eq!(code, 0, "{out}");
    assert!(out.contains("note  alignment: the envelope's bounces.example.net does not go with"), "{out}");
    assert!(unsigned.starts_with("alignment: the envelope's bounces.example.net does not go"), "{unsigned}");
}

#[test]
fn spf_and_dmarc_that_receivers_take_for_none_are_told() {
    let two = Company::new().with_dns("plans.example.com", &["v=spf1 mx -all", "v=spf1 a -all"]).failure();
    let none = Company::new().without_dns("plans.example.com").failure();
    let broken = Company::new().with_dns("_dmarc.plans.example.com", &["v=DMARC1; p=perhaps"]).failure();
    let without = Company::new().without_dns("_dmarc.example.com").doctor(&[]);

    assert!(two.starts_with("SPF: plans.example.com has 2 SPF records"), "{two}");
    assert!(none.starts_with("SPF: plans.example.com has no SPF record"), "{none}");
    assert!(broken.starts_with("DMARC: _dmarc.plans.example.com holds what receivers cannot follow"), "{broken}");
    assert_eq!(without.0, 0, "{}", without.1);
    assert!(without.1.contains("note  DMARC: no record for plans.example.com"), "{}", without.1);
}

#[test]
fn a_dns_server_that_cannot_say_is_not_taken_for_one_that_says_no() {
    let said = Company::new().with_dns(KEY_NAME, &["SERVFAIL"]).failure();
    assert!(said.starts_with(&format!("DNS: no answer about {KEY_NAME}: ")), "{said}");
}

#[test]
fn without_dns_the_record_to_publish_is_told_all_the_same() {
    let nobody = UdpSocket::bind("127.0.0.1:0").and_then(|socket| socket.local_addr()).expect("a port");
    let company = Company::new();

    let (code, out) = company.doctor_asking(nobody, &[]);
    let elsewhere = Company::new().with_dns("plans.example.com", &["SERVFAIL"]).doctor(&[]).1;
    let unsigned = company.without("DKIM_KEY").without("DKIM_SELECTOR").doctor_asking(nobody, &[]).1;

    let record = format!("note  DKIM: {KEY_NAME} must hold: {RECORD}\n");
    assert_eq!(code, 1, "{out}");
    assert!(out.contains(&format!("FAIL  DNS: no answer about {KEY_NAME}: ")) && out.contains(&record), "{out}");
    assert!(elsewhere.contains(&record), "{elsewhere}");
    assert!(!unsigned.contains("must hold"), "{unsigned}");
}

#[test]
fn a_relay_without_starttls_gets_no_letter() {
    let company = Company::new();
    let url = format!("{}?tls=required", company.relay.url());
    let company = company.with("SMTP_URL", &url);

    let (code, out) = company.doctor(&["--to", "mei@example.org"]);

    assert_eq!(code, 1, "{out}");
    assert!(out.contains("FAIL  relay: 127.0.0.1:") && out.contains("(STARTTLS; without sign-in)"), "{out}");
    assert!(out.contains("note  letter: none was sent, because of what failed above"), "{out}");
    assert_eq!(company.relay.count(), 0);
}

#[test]
fn a_relay_that_refuses_the_sign_in_says_why_and_no_password_is_shown() {
    let url = format!("smtp://u:{SECRET}@{}", relay_that_refuses_everybody());

    let said = Company::new().with("SMTP_URL", &url).failure();

    assert!(said.starts_with("relay: 127.0.0.1:") && said.contains("5.7.8 bad credentials"), "{said}");
}

#[test]
fn an_address_is_asked_for_mail_alone() {
    let output = command(&the_program(), &[], &["doctor", "--to", "mei@example.org"]).output().expect("it runs");
    assert_eq!(output.status.code(), Some(2));
}
