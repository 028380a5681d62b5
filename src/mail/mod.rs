//! A letter becomes MIME and leaves.
//!
//! Owns the form of a message ([`write`]), how it leaves ([`Mailer`]) and how a stored one is read
//! again ([`reading`]). It must not know why a letter is owed, when it is tried again, or what the
//! database holds: `app` says what a letter tells, `worker` when it goes.

mod dialogue;
pub mod dkim;
pub mod dns;
mod headers;
pub mod incoming;
mod invite;
pub mod mailer;
mod parts;
pub mod reading;
mod relay;
mod reply;
#[cfg(test)]
mod samples;
mod sheet;
#[cfg(test)]
mod tests;
pub mod trial;

use std::sync::Arc;

use chrono::{DateTime, Utc};
use lettre::address::AddressError;
use lettre::message::header::ContentTypeErr;
use serde::Serialize;

use dkim::Signer;
pub use headers::Door;
use headers::{address, fingerprint, header, mailbox, moment, plain};
pub use lettre::Message;
pub use mailer::{Courier, Directory, Mailer, Memory, SendError, StoredMail};
use parts::part;
pub use relay::{Encryption, Relay, RelayUrlError};

use crate::app::letters::{Body, Letter, MailLine};
use crate::engine::mail::Topic;
use crate::render::{MailWords, RenderError, Renderer};

/// Who the mail comes from: one stable address with the name of a role.
#[derive(Debug, Clone)]
pub struct Sender {
    pub from_name: String,
    pub from_email: String,
    /// The address that every mail names for questions, and where answers go without a door.
    pub reply_to: Option<String>,
    /// The right side of every Message-ID.
    pub domain: String,
    /// The address of the site, from the settings and never from a request's `Host`.
    pub home: String,
    /// Where answers, bounces and requests to stop are read by this program.
    pub door: Option<Door>,
    /// None: the relay signs, or nobody does.
    pub signer: Option<Arc<Signer>>,
}

impl Sender {
    /// A sender whose Message-IDs bear the domain of its address; without door and signature.
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
            door: None,
            signer: None,
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
    #[error("a part of the message has no type: {0}")]
    Type(#[from] ContentTypeErr),
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

/// The message that a letter becomes, signed where there is a key.
///
/// Nothing in it is left to chance, so two attempts at one letter differ in nothing but `date`, the
/// links and the moment of the signature.
///
/// # Errors
/// An address is not one, or a template does not render.
pub fn write(letter: &Letter, renderer: &Renderer, sender: &Sender, date: DateTime<Utc>) -> Result<Message, MailError> {
    let words = words(letter, renderer, sender)?;
    let head = headers::head(letter, &words.subject, renderer, sender, date)?;
    let mut message = head.multipart(parts::body(letter, words, renderer, sender)?)?;
    if let Some(signer) = &sender.signer {
        signer.sign(&mut message);
    }
    Ok(message)
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
    /// Whether an answer to it is read.
    answers: bool,
    /// Answers that do something about a numbered line, the first of each kind.
    examples: Vec<Example>,
}

/// What an answer can say: the name of an act, and a number.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Example {
    act: &'static str,
    number: usize,
}

fn examples(body: &Body) -> Vec<Example> {
    let lines: Vec<&MailLine> = match body {
        Body::Welcome(welcome) => welcome.others.shown.iter().collect(),
        Body::Brief(brief) => brief.lines().collect(),
        Body::Digest(digest) => digest.own.iter().flat_map(|own| own.lines()).collect(),
        _ => Vec::new(),
    };
    let first = |act: &'static str| {
        let has_it = |line: &&&MailLine| line.acts.iter().any(|link| link.act == act);
        let number = lines.iter().filter(has_it).find_map(|line| line.number)?;
        Some(Example { act, number })
    };
    ["done", "snooze", "accept"].into_iter().filter_map(first).collect()
}

fn words(letter: &Letter, renderer: &Renderer, sender: &Sender) -> Result<MailWords, RenderError> {
    fn rendered<T: Serialize>(
        name: &str,
        shown: &T,
        letter: &Letter,
        renderer: &Renderer,
        sender: &Sender,
    ) -> Result<MailWords, RenderError> {
        let stop = sender.stop_url(letter);
        let shown = Shown {
            letter: shown,
            home: &sender.home,
            help: sender.reply_to.as_deref(),
            stop: stop.as_deref(),
            topic: letter.topic.map(Topic::as_str),
            answers: sender.door.is_some(),
            examples: if sender.door.is_some() { examples(&letter.body) } else { Vec::new() },
        };
        renderer.mail(name, letter.lang, letter.zone, &shown)
    }
    match &letter.body {
        Body::Welcome(welcome) => rendered("welcome", welcome, letter, renderer, sender),
        Body::Brief(brief) => rendered("brief", brief, letter, renderer, sender),
        Body::Escalation(late) => rendered("escalation", late, letter, renderer, sender),
        Body::Returned(returned) => rendered("returned", returned, letter, renderer, sender),
        Body::Review(review) => rendered("review", review, letter, renderer, sender),
        Body::Gate(gate) => rendered("gate", gate, letter, renderer, sender),
        Body::Report(report) => rendered("report", report, letter, renderer, sender),
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
