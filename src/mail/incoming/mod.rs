//! Mail that comes in, read.
//!
//! Owns what bytes mean: an answer, a bounce, a complaint, a meeting's answer, or nothing for us.
//! Pure: no database, clock or network, and no bytes make it panic. It must not know what a token
//! stands for, whether a sender may act, or what happens then.

mod address;
mod auth;
mod invite;
mod mime;
mod quotes;
mod reply;
mod report;
#[cfg(test)]
mod tests;

pub use address::{Address, Purpose, is_postmaster};
pub use auth::{Authentic, Doubt};
pub use invite::{Answer, CalendarReply};
pub use reply::{Command, Reply};
pub use report::{Action, Bounce, Complaint, Feedback, Recipient, Status, Verdict};

use mime::Part;

/// Who we are, so that our own mail and our own door are known.
#[derive(Debug, Clone, Copy)]
pub struct Ours<'a> {
    /// The door's address, before and after the `@`.
    pub local: &'a str,
    pub domain: &'a str,
    /// The address that our mail comes from.
    pub sender: &'a str,
    /// Whose Authentication-Results are believed; none: nobody's.
    pub authserv: Option<&'a str>,
}

/// A mail, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incoming {
    /// Without brackets.
    pub message_id: Option<String>,
    /// The sender's address in lower case, when the mail names exactly one.
    pub from: Option<String>,
    /// Whether `from` is true. Answers of people and of calendars count only then, and so does
    /// unsubscribing by mail; a bounce is known by the address that it came to.
    pub authentic: Authentic,
    pub kind: Kind,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// A person's answer, perhaps an empty one.
    Reply(Reply),
    Bounce(Bounce),
    Complaint(Complaint),
    Calendar(CalendarReply),
    /// Nobody wrote it, so nothing is done and nothing answered.
    Automatic(Automatic),
    Unreadable,
}

/// By what a mail is known to come from no person. Never by words: an absence note is one in any
/// language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Automatic {
    /// An absence note or another answer by rule: its sender may be away.
    Away,
    /// It says so itself (RFC 3834), or its envelope takes no answer.
    Generated,
    /// A list, or mail to many.
    List,
    /// It goes in a circle, or is our own.
    Loop,
    /// A report of another sort, such as a receipt for reading.
    Report,
}

/// More servers than these pass a mail on only when it goes in a circle.
const MOST_HOPS: usize = 30;

/// Reads a mail, whatever its bytes are.
pub fn read(bytes: &[u8], ours: Ours<'_>) -> Incoming {
    let mail = Part::new(bytes);
    let from = mail.from();
    Incoming {
        message_id: mail.message_id(),
        authentic: auth::judge(&mail, from.as_deref(), ours.authserv),
        kind: kind(&mail, from.as_deref(), &Part::new(bytes).leaves(), ours),
        from,
    }
}

/// The domain of the envelope's sender, as the receiving server noted it (`Return-Path`); none: mail that
/// takes no answer.
pub fn sender_domain(bytes: &[u8]) -> Option<String> {
    let path = Part::new(bytes).word("Return-Path")?;
    let (_, domain) = path.trim_matches(['<', '>']).rsplit_once('@')?;
    Some(domain.to_owned())
}

fn kind(mail: &Part<'_>, from: Option<&str>, leaves: &[Part<'_>], ours: Ours<'_>) -> Kind {
    let is_ours =
        |from: &str| from.eq_ignore_ascii_case(ours.sender) || Address::read(from, ours.local, ours.domain).is_some();
    if mail.count("Received") > MOST_HOPS || from.is_some_and(is_ours) {
        return Kind::Automatic(Automatic::Loop);
    }
    if let Some(complaint) = report::complaint(leaves, ours.local, ours.domain) {
        return Kind::Complaint(complaint);
    }
    if mail.media_type() == "multipart/report" {
        return match (mail.parameter("report-type").as_deref(), report::bounce(leaves)) {
            (None | Some("delivery-status"), Some(bounce)) => Kind::Bounce(bounce),
            (Some("delivery-status" | "feedback-report"), _) => Kind::Unreadable,
            _ => Kind::Automatic(Automatic::Report),
        };
    }
    // Before the marks of automatic mail: calendars answer by program for a person who clicked.
    if invite::is_reply(leaves) {
        return invite::read(leaves, from).map_or(Kind::Unreadable, Kind::Calendar);
    }
    if let Some(bounce) = report::bare_bounce(mail) {
        return Kind::Bounce(bounce);
    }
    match automatic(mail) {
        Some(automatic) => Kind::Automatic(automatic),
        None if mail.has("From") => Kind::Reply(reply::read(leaves)),
        None => Kind::Unreadable,
    }
}

fn automatic(mail: &Part<'_>) -> Option<Automatic> {
    let submitted = mail.word("Auto-Submitted").filter(|word| word != "no");
    let precedence = mail.word("Precedence").unwrap_or_default();
    // Exchange marks its absence notes so. DR and RN alone stand on the mail of people, too.
    let suppress = mail.word("X-Auto-Response-Suppress").unwrap_or_default();
    let suppresses = suppress.split(',').any(|word| matches!(word.trim(), "all" | "oof" | "autoreply"));
    let is_answer = submitted.as_deref().is_some_and(|word| word.starts_with("auto-replied"))
        || ["X-Autoreply", "X-Autorespond", "X-MS-Exchange-Inbox-Rules-Loop"].iter().any(|name| mail.has(name))
        || precedence == "auto_reply";
    if is_answer {
        Some(Automatic::Away)
    } else if mail.has("List-Id") || matches!(precedence.as_str(), "bulk" | "junk" | "list") {
        Some(Automatic::List)
    } else if submitted.is_some() || suppresses || mail.word("Return-Path").as_deref() == Some("<>") {
        Some(Automatic::Generated)
    } else {
        None
    }
}
