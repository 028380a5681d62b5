//! What stands above a letter's body: who it is from and for, what it belongs to, how it is answered
//! and stopped.
//!
//! Every value comes through [`in_header`] or is made of tokens, so that no name or title forges a header.

use std::time::{Duration, SystemTime};

use chrono::{DateTime, Utc};
use lettre::Address;
use lettre::address::Envelope;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MessageBuilder};
use sha2::{Digest, Sha256};
use url::Url;

use super::incoming::{self, Purpose};
use super::{MailError, Message, RECIPIENT, Sender};
use crate::app::letters::{Body, Letter};
use crate::engine::mail::Topic;
use crate::engine::message::Message as Words;
use crate::engine::vocabulary::is_plain_line;
use crate::render::Renderer;

/// Years beyond this one do not fit a `Date` header, and lettre panics on them.
const LAST_SECOND: u64 = 253_402_300_799;

/// The characters of a name or a subject that a header takes: nobody reads more, and a line without
/// a space must not pass 998 octets.
const LONGEST: usize = 250;

/// Where answers, bounces and requests to stop come in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Door {
    /// What stands before the `+` and the token.
    pub local: String,
    pub domain: String,
}

impl Door {
    fn address(&self, purpose: Purpose, token: Option<&str>) -> String {
        let token = token.map(str::to_owned);
        incoming::Address { purpose, token }.write(&self.local, &self.domain)
    }
}

impl Sender {
    /// Where an answer to a letter goes.
    fn reply_to(&self, letter: &Letter) -> Option<String> {
        let by_letter = self.door.as_ref().map(|door| door.address(Purpose::Answer, Some(&letter.token)));
        by_letter.or_else(|| self.reply_to.clone())
    }

    /// Where a letter comes back to when it cannot be delivered: an address of its own, so that no
    /// bounce has to be understood to know whose it is.
    fn return_path(&self, letter: &Letter) -> String {
        let by_letter = self.door.as_ref().map(|door| door.address(Purpose::Bounce, Some(&letter.back)));
        by_letter.unwrap_or_else(|| self.from_email.clone())
    }

    /// Who organizes meetings: where calendars send their answers. Always the same address, for a
    /// calendar follows a change or a cancellation only of the organizer it knows; the answer itself
    /// says for which meeting and whom. It stands in calendars that others see, so it holds no token.
    pub(super) fn organizer(&self) -> String {
        let door = self.door.as_ref().map(|door| door.address(Purpose::Answer, None));
        door.unwrap_or_else(|| self.from_email.clone())
    }

    /// The page that stops mail of the letter's topic.
    pub(super) fn stop_url(&self, letter: &Letter) -> Option<String> {
        letter.stop.as_ref().map(|stop| format!("{}/unsubscribe/{stop}", self.home))
    }

    fn message_id(&self, dedup_key: &str) -> String {
        format!("<{}@{}>", fingerprint(dedup_key), self.domain)
    }
}

/// A message with all its headers but those of its body.
pub(super) fn head(
    letter: &Letter,
    subject: &str,
    renderer: &Renderer,
    sender: &Sender,
    date: DateTime<Utc>,
) -> Result<MessageBuilder, MailError> {
    let to = mailbox(RECIPIENT, &letter.to_name, &letter.to_email)?;
    let return_path = address("envelope's sender", &sender.return_path(letter))?;
    let mut head = Message::builder()
        .envelope(Envelope::new(Some(return_path), vec![to.email.clone()])?)
        .from(mailbox("sender", &sender.from_name, &sender.from_email)?)
        .to(to)
        .subject(in_header(subject))
        .date(moment(date))
        .message_id(Some(sender.message_id(&letter.dedup_key)))
        // RFC 3834, and what Exchange reads instead: nobody's absence note answers a reminder.
        .raw_header(header("Auto-Submitted", submitted(&letter.body)))
        .raw_header(header("X-Auto-Response-Suppress", "All"))
        .raw_header(header("Content-Language", letter.lang.as_str()));
    if let Some(reply_to) = sender.reply_to(letter) {
        head = head.reply_to(mailbox("sender's replies", "", &reply_to)?);
    }
    // A thread's root has the key of the thread as its own.
    if let Some(root) = letter.thread.as_ref().filter(|root| **root != letter.dedup_key) {
        let root = sender.message_id(root);
        head = head.in_reply_to(root.clone()).references(root);
    }
    if let Some(topic) = letter.topic {
        head = list(head, letter, topic, renderer, sender);
    }
    Ok(head)
}

fn submitted(body: &Body) -> &'static str {
    match body {
        Body::Answer(_) => "auto-replied",
        _ => "auto-generated",
    }
}

/// Which stream a letter is of (RFC 2919), and how it is stopped by whatever program its reader has
/// (RFC 2369; at one press, RFC 8058).
fn list(
    mut head: MessageBuilder,
    letter: &Letter,
    topic: Topic,
    renderer: &Renderer,
    sender: &Sender,
) -> MessageBuilder {
    let name = match topic {
        Topic::Reminders => "form-list-reminders",
        Topic::Queue => "form-list-queue",
        Topic::Reports => "form-list-reports",
        Topic::Digest => "form-list-digest",
    };
    let name = renderer.sentence(letter.lang, &Words::new(name));
    let id = format!("{}.pilothouse.{}", topic.as_str(), sender.domain);
    head = head.raw_header(header("List-Id", &format!("{} <{id}>", in_header(&name))));
    // A host that is not ASCII would be encoded like a word.
    let page = sender.stop_url(letter).map(|page| Url::parse(&page).map_or(page, String::from));
    let mail = sender.door.as_ref().map(|door| door.address(Purpose::Unsubscribe, Some(&letter.back)));
    let ways: Vec<String> =
        page.iter().cloned().chain(mail.map(|mail| format!("mailto:{mail}"))).map(|way| format!("<{way}>")).collect();
    if !ways.is_empty() {
        head = head.raw_header(header("List-Unsubscribe", &ways.join(", ")));
    }
    if page.is_some_and(|page| page.starts_with("https:")) {
        head = head.raw_header(header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"));
    }
    head
}

/// 128 bits by which a letter is known: the left side of its Message-ID.
pub(super) fn fingerprint(dedup_key: &str) -> String {
    let mut hex = hex::encode(Sha256::digest(dedup_key.as_bytes()));
    hex.truncate(32);
    hex
}

pub(super) fn mailbox(whose: &'static str, name: &str, email: &str) -> Result<Mailbox, MailError> {
    let name = in_header(name);
    Ok(Mailbox::new((!name.is_empty()).then_some(name), address(whose, email)?))
}

pub(super) fn address(whose: &'static str, email: &str) -> Result<Address, MailError> {
    email.trim().parse().map_err(|source| MailError::Address { whose, source })
}

/// One line as a header takes it. What looks like an encoded word is none: whoever reads it would
/// show something else.
pub(super) fn in_header(text: &str) -> String {
    plain(text).replace("=?", "= ?").chars().take(LONGEST).collect::<String>().trim_end().to_owned()
}

/// One line without control characters and direction overrides. Input refuses them; a row that was
/// written some other way must not panic lettre or forge a line.
pub(super) fn plain(text: &str) -> String {
    let kept: String = text.chars().map(|c| if is_plain_line(c.encode_utf8(&mut [0; 4])) { c } else { ' ' }).collect();
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

pub(super) fn header(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}

/// lettre panics on moments that a `Date` header cannot say.
pub(super) fn moment(at: DateTime<Utc>) -> SystemTime {
    let seconds = u64::try_from(at.timestamp()).unwrap_or(0).min(LAST_SECOND);
    SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)
}
