//! A letter becomes MIME and leaves.
//!
//! Owns the form of a message ([`write`]), how it leaves ([`Mailer`]) and how a stored one is read
//! again ([`reading`]). It must not know why a letter is owed, when it is tried again, or what the
//! database holds: `app` says what a letter tells, `worker` when it goes.

pub mod incoming;
pub mod dkim;
pub mod dns;
pub mod mailer;
pub mod reading;
mod relay;
mod reply;
#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;
pub mod trial;

use std::time::{Duration, SystemTime};

use chrono::{DateTime, Utc};
use lettre::Address;
use lettre::address::AddressError;
use lettre::message::header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Body as Encoded, Mailbox, MultiPart, SinglePart};
use serde::Serialize;
use sha2::{Digest, Sha256};

pub use lettre::Message;
pub use mailer::{Courier, Directory, Mailer, Memory, SendError, StoredMail};
pub use relay::{Encryption, Relay, RelayUrlError};

use crate::app::letters::{Body, Letter};
use crate::engine::vocabulary::{Lang, is_plain_line};
use crate::render::{MailWords, RenderError, Renderer};

/// Years beyond this one do not fit a `Date` header, and lettre panics on them.
const LAST_SECOND: u64 = 253_402_300_799;

/// Who the mail comes from: one stable address with the name of a role.
#[derive(Debug, Clone)]
pub struct Sender {
    pub from_name: String,
    pub from_email: String,
    /// Where answers go, and the address that every mail names for questions.
    pub reply_to: Option<String>,
    /// The right side of every Message-ID.
    pub domain: String,
    /// The address of the site, from the settings and never from a request's `Host`.
    pub home: String,
}

impl Sender {
    /// A sender whose Message-IDs bear the domain of its address.
    ///
    /// # Errors
    /// The address is not one.
    pub fn new(name: &str, email: &str, home: &str) -> Result<Sender, MailError> {
        let address = address("sender", email)?;
        // A Message-ID is ASCII. One that names nobody's domain is as unique as any other.
        let domain = if address.domain().is_ascii() { address.domain() } else { "pilothouse.invalid" };
        Ok(Sender {
            from_name: plain(name),
            from_email: address.to_string(),
            reply_to: None,
            domain: domain.to_owned(),
            home: home.to_owned(),
        })
    }
}

/// A letter that did not become a message.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    #[error("the address of the {whose} is not one: {source}")]
    Address { whose: &'static str, source: AddressError },
    #[error(transparent)]
    Words(#[from] RenderError),
    #[error("the message could not be put together: {0}")]
    Form(#[from] lettre::error::Error),
}

impl MailError {
    /// Whether no later attempt can help until somebody corrects the recipient's address.
    ///
    /// Our own address or a template can be corrected for all letters at once, so those wait.
    pub fn is_permanent(&self) -> bool {
        matches!(self, MailError::Address { whose: RECIPIENT, .. })
    }
}

const RECIPIENT: &str = "recipient";

/// The message that a letter becomes: text, then HTML, both complete.
///
/// Nothing in it is left to chance, so two attempts at one letter differ in nothing but `date` and
/// the links.
///
/// # Errors
/// An address is not one, or a template does not render.
pub fn write(letter: &Letter, renderer: &Renderer, sender: &Sender, date: DateTime<Utc>) -> Result<Message, MailError> {
    let words = words(letter, renderer, sender)?;
    let fingerprint = fingerprint(&letter.dedup_key);
    let mut message = Message::builder()
        .from(mailbox("sender", &sender.from_name, &sender.from_email)?)
        .to(mailbox(RECIPIENT, &letter.to_name, &letter.to_email)?)
        .subject(plain(&words.subject))
        .date(moment(date))
        .message_id(Some(format!("<{fingerprint}@{}>", sender.domain)))
        // RFC 3834, and what Exchange reads instead: nobody's absence note answers a reminder.
        .raw_header(header("Auto-Submitted", "auto-generated"))
        .raw_header(header("X-Auto-Response-Suppress", "All"))
        .raw_header(header("Content-Language", letter.lang.as_str()));
    if let Some(reply_to) = &sender.reply_to {
        message = message.reply_to(mailbox("sender's replies", "", reply_to)?);
    }
    let body = MultiPart::alternative()
        // lettre would draw one; a retry should be the same message.
        .boundary(format!("pilothouse-{fingerprint}"))
        .singlepart(part(ContentType::TEXT_PLAIN, words.text, letter.lang))
        .singlepart(part(ContentType::TEXT_HTML, words.html, letter.lang));
    Ok(message.multipart(body)?)
}

/// What templates see: the letter, and what every mail says about the site.
#[derive(Serialize)]
struct Shown<'a, T> {
    #[serde(flatten)]
    letter: &'a T,
    home: &'a str,
    help: Option<&'a str>,
    /// The page that stops mail of this topic.
    stop: Option<&'a str>,
    topic: Option<&'a str>,
}

fn words(letter: &Letter, renderer: &Renderer, sender: &Sender) -> Result<MailWords, RenderError> {
    fn rendered<T: Serialize>(
        name: &str,
        shown: &T,
        letter: &Letter,
        renderer: &Renderer,
        sender: &Sender,
    ) -> Result<MailWords, RenderError> {
        let shown = Shown { letter: shown, home: &sender.home, help: sender.reply_to.as_deref(), stop: None, topic: None };
        renderer.mail(name, letter.lang, letter.zone, &shown)
    }
    match &letter.body {
        Body::Welcome(welcome) => rendered("welcome", welcome, letter, renderer, sender),
        Body::Brief(brief) => rendered("brief", brief, letter, renderer, sender),
        Body::Escalation(late) => rendered("escalation", late, letter, renderer, sender),
        Body::Returned(returned) => rendered("returned", returned, letter, renderer, sender),
        Body::Review(review) => rendered("review", review, letter, renderer, sender),
        Body::Gate(gate) => rendered("gate", gate, letter, renderer, sender),
        Body::MentorSilent(silent) => rendered("mentor_silent", silent, letter, renderer, sender),
        Body::Checkpoint(report) => rendered("checkpoint", report, letter, renderer, sender),
        Body::Graduation(graduation) => rendered("graduation", graduation, letter, renderer, sender),
        Body::Proposal(proposal) => rendered("proposal", proposal, letter, renderer, sender),
        Body::Meeting(meeting) => rendered("meeting", meeting, letter, renderer, sender),
        Body::Answer(answer) => rendered("answer", answer, letter, renderer, sender),
        Body::MentorRequest(request) => rendered("mentor_request", request, letter, renderer, sender),
        Body::Digest(digest) => rendered("digest", digest, letter, renderer, sender),
        Body::SignIn(sign_in) => rendered("sign_in", sign_in, letter, renderer, sender),
    }
}

/// 128 bits by which a letter is known: the left side of its Message-ID.
fn fingerprint(dedup_key: &str) -> String {
    let mut hex = hex::encode(Sha256::digest(dedup_key.as_bytes()));
    hex.truncate(32);
    hex
}

fn mailbox(whose: &'static str, name: &str, email: &str) -> Result<Mailbox, MailError> {
    let name = plain(name);
    Ok(Mailbox::new((!name.is_empty()).then_some(name), address(whose, email)?))
}

fn address(whose: &'static str, email: &str) -> Result<Address, MailError> {
    email.trim().parse().map_err(|source| MailError::Address { whose, source })
}

/// One line without control characters and direction overrides. Input refuses them; a row that was
/// written some other way must not panic lettre or forge a header.
fn plain(line: &str) -> String {
    let kept: String = line.chars().map(|c| if is_plain_line(c.encode_utf8(&mut [0; 4])) { c } else { ' ' }).collect();
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn header(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}

/// lettre panics on moments that a `Date` header cannot say.
fn moment(at: DateTime<Utc>) -> SystemTime {
    let seconds = u64::try_from(at.timestamp()).unwrap_or(0).min(LAST_SECOND);
    SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)
}

/// Never 8bit: a relay on the way may not take it, and no line may pass 998 octets. Chinese is
/// shorter in base64, English readable in quoted-printable.
fn part(content_type: ContentType, body: String, lang: Lang) -> SinglePart {
    let encoding = match lang {
        Lang::En => ContentTransferEncoding::QuotedPrintable,
        Lang::ZhTw => ContentTransferEncoding::Base64,
    };
    // These two take any text; lettre hands it back only for 7bit and 8bit.
    let body = Encoded::new_with_encoding(body, encoding)
        .unwrap_or_else(|body| Encoded::new(String::from_utf8_lossy(&body).into_owned()));
    SinglePart::builder().header(content_type).body(body)
}
