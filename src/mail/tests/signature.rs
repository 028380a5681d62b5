//! Signatures, checked as receivers check them (RFC 6376): by hand, with the key that the record in DNS holds.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::VerifyingKey;
use rsa::pkcs8::DecodePublicKey;
use rsa::{Pkcs1v15Sign, RsaPublicKey};
use sha2::{Digest, Sha256};

use super::form::{of_topic, with_door};
use super::*;
use crate::mail::dkim::Signer;

/// Of RFC 8463 (appendix A), as is the record.
const SEED: &str = "nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=";
const RECORD: &str = "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";

/// How PKCS#1 names SHA-256 before a digest (RFC 8017, 9.2).
const SHA_256: [u8; 19] = [48, 49, 48, 13, 6, 9, 96, 134, 72, 1, 101, 3, 4, 2, 1, 5, 0, 4, 32];

fn signer(key: &Path) -> Signer {
    Signer::read(key, "s1", "example.com").expect("a key")
}

fn with_seed() -> Signer {
    let file = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(file.path(), SEED).expect("a file");
    signer(file.path())
}

fn with_rsa() -> Signer {
    signer(&PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/mail/dkim_rsa.pem"))
}

/// A letter as it leaves, in Chinese, with the headers of a list; and the record that DNS holds.
fn signed(signer: Signer) -> (String, String) {
    let record = signer.record();
    let sender = Sender { signer: Some(Arc::new(signer)), ..with_door() };
    let letter = of_topic(Some(Topic::Reminders), Lang::ZhTw);
    let message = write(&letter, RENDERER.with(|renderer| *renderer), &sender, date()).expect("a message");
    (String::from_utf8(message.formatted()).expect("a message in ASCII"), record)
}

/// A run of white space is one blank, none ends a line (RFC 6376, 3.4.2 and 3.4.4).
fn relaxed(line: &str) -> String {
    let mut told = String::new();
    for c in line.trim_end_matches([' ', '\t']).chars() {
        match c {
            ' ' | '\t' if told.ends_with(' ') => {}
            ' ' | '\t' => told.push(' '),
            c => told.push(c),
        }
    }
    told
}

fn relaxed_body(body: &str) -> String {
    let lines: String = body.split("\r\n").map(|line| relaxed(line) + "\r\n").collect();
    let told = lines.trim_end_matches("\r\n");
    if told.is_empty() { String::new() } else { format!("{told}\r\n") }
}

/// The header's fields: the name in lower case, and the value on one line.
fn fields(head: &str) -> Vec<(String, String)> {
    let unfolded = head.replace("\r\n ", " ").replace("\r\n\t", " ");
    let fields = unfolded.split("\r\n").map(|line| line.split_once(':').expect("a field"));
    fields.map(|(name, value)| (name.trim().to_lowercase(), relaxed(value).trim().to_owned())).collect()
}

/// What a signature says, by the names of its tags.
fn tag(signature: &str, name: &str) -> String {
    let tags = signature.split(';').filter_map(|tag| tag.trim().split_once('='));
    tags.filter(|(found, _)| *found == name).map(|(_, value)| value.replace(' ', "")).next().expect("a tag")
}

/// What is signed of the header: the named fields from the last one up, and the signature without its value.
fn signed_fields(fields: &[(String, String)], signature: &str) -> String {
    let mut left: Vec<_> = fields.iter().collect();
    let mut text = String::new();
    for name in tag(signature, "h").split(':') {
        if let Some(at) = left.iter().rposition(|(found, _)| *found == name.to_lowercase()) {
            let (name, value) = left.remove(at);
            text.push_str(&format!("{name}:{value}\r\n"));
        }
    }
    let without = signature.split(';').map(|tag| if tag.trim().starts_with("b=") { " b=" } else { tag });
    text + "dkim-signature:" + &without.collect::<Vec<_>>().join(";")
}

/// Whether a receiver finds the mail as it was signed.
fn is_true(mail: &str, record: &str) -> bool {
    let (head, body) = mail.split_once("\r\n\r\n").expect("a body");
    let fields = fields(head);
    let signature = &fields.iter().find(|(name, _)| name == "dkim-signature").expect("a signature").1;
    let decoded = |text: String| STANDARD.decode(text).expect("base64");
    let body_hash = decoded(tag(signature, "bh"));
    let (hash, value) = (Sha256::digest(signed_fields(&fields, signature)), decoded(tag(signature, "b")));
    let key = decoded(tag(record, "p"));
    let is_signed = match tag(signature, "a").as_str() {
        "rsa-sha256" => {
            let key = RsaPublicKey::from_public_key_der(&key).expect("a key");
            key.verify(Pkcs1v15Sign { hash_len: Some(32), prefix: SHA_256.into() }, &hash, &value).is_ok()
        }
        "ed25519-sha256" => {
            let key = VerifyingKey::from_bytes(&key.try_into().expect("32 bytes")).expect("a key");
            let value = value.try_into().map(|bytes| ed25519_dalek::Signature::from_bytes(&bytes)).expect("64 bytes");
            key.verify_strict(&hash, &value).is_ok()
        }
        other => panic!("{other}"),
    };
    is_signed && body_hash == *Sha256::digest(relaxed_body(body))
}

#[test]
fn a_receiver_finds_a_letter_true_by_the_record_that_an_admin_is_told_to_publish() {
    for (mail, record) in [signed(with_seed()), signed(with_rsa())] {
        assert!(is_true(&mail, &record), "{mail}");
    }
}

#[test]
fn the_published_key_of_rfc_8463_has_the_published_record() {
    assert_eq!(signed(with_seed()).1, RECORD);
}

#[test]
fn how_to_stop_a_letter_is_signed_with_it() {
    let (mail, record) = signed(with_rsa());
    for name in ["List-Unsubscribe", "List-Unsubscribe-Post", "List-Id", "From", "Subject", "Reply-To"] {
        let begins = format!("\r\n{name}: ");
        assert_eq!(format!("\r\n{mail}").matches(&begins).count(), 1, "{name}");
        let changed = format!("\r\n{mail}").replace(&begins, &format!("{begins}x"));
        assert!(!is_true(&changed[2..], &record), "{name} may be changed");
        assert!(!is_true(&format!("{name}: x\r\n{mail}"), &record), "a second {name} may be put in above");
    }
}

#[test]
fn what_servers_on_the_way_do_to_white_space_harms_nothing_and_a_changed_word_does() {
    let (mail, record) = signed(with_rsa());
    let (head, body) = mail.split_once("\r\n\r\n").expect("a body");
    let bent = format!("Received: by mx.example\r\n{}\r\n\r\n{}\r\n\r\n", head.replace(": ", ":  "), body);
    assert!(is_true(&bent, &record));
    assert!(!is_true(&mail.replacen("--", "-x", 2), &record));
}
