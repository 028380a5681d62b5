//! What servers report of mail that we sent: that it did not arrive (RFC 3464), that somebody
//! complained of it (RFC 5965). Codes count, never words, which every server writes in its own
//! language.

use super::address::Address;
use super::mime::{Part, addr_spec, report_fields};
use crate::mail::plain;
use crate::mail::reply::{Refusal, enhanced};

/// A delivery status notification. It proves nothing: whoever guesses no token of ours can write
/// one, so only the address that it came to says which letter it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bounce {
    pub recipients: Vec<Recipient>,
    /// Of the letter that it is about, without brackets.
    pub original_message_id: Option<String>,
}

/// What became of a letter for one recipient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient {
    /// Where it went at last: behind a forwarder, not the address that we wrote to.
    pub last: Option<String>,
    pub original: Option<String>,
    pub action: Action,
    pub status: Option<Status>,
    /// One bounded line for an admin to read.
    pub diagnostic: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    Failed,
    Delayed,
    Delivered,
    Relayed,
    Expanded,
}

/// An enhanced status code (RFC 3463), `5.1.1`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Status {
    pub class: u16,
    pub subject: u16,
    pub detail: u16,
}

/// What a bounce means for the address that it is about, worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Nobody is reached there, now or later.
    Address,
    /// A rule of theirs, or our own address: an admin's to mend, and not the person's fault.
    Policy,
    /// It failed for good for another reason, such as a full mailbox.
    Other,
    /// It may work another time.
    Later,
    Delivered,
}

/// A letter to more is none of ours.
const MOST_RECIPIENTS: usize = 50;
const LONGEST_DIAGNOSTIC: usize = 300;

impl Bounce {
    /// The worst of what became of it.
    pub fn verdict(&self) -> Verdict {
        self.recipients.iter().map(Recipient::verdict).min().unwrap_or(Verdict::Other)
    }
}

impl Recipient {
    pub fn verdict(&self) -> Verdict {
        match (self.action, self.precise()) {
            (Action::Delivered | Action::Relayed | Action::Expanded, _) => Verdict::Delivered,
            (Action::Delayed, _) | (Action::Failed, Some(Status { class: 4, .. })) => Verdict::Later,
            (Action::Failed, Some(status)) => match Refusal::of(self.reply_code(), status.subject, status.detail) {
                Refusal::Mailbox => Verdict::Address,
                Refusal::Sender | Refusal::Policy => Verdict::Policy,
                Refusal::Other => Verdict::Other,
            },
            (Action::Failed, None) => Verdict::Other,
        }
    }

    /// The status, or the one that the other server named where the field says no more than "failed".
    pub fn precise(&self) -> Option<Status> {
        let said = || {
            let code = self.reply_code();
            let (subject, detail) = enhanced(code, self.diagnostic.as_deref()?)?;
            Some(Status { class: code / 100, subject, detail })
        };
        match self.status {
            None | Some(Status { subject: 0, detail: 0, .. }) => said().or(self.status),
            known => known,
        }
    }

    /// The three digits of the other server's reply; 550 stands for every refusal without.
    fn reply_code(&self) -> u16 {
        let words =
            self.diagnostic.iter().flat_map(|text| text.split(|c: char| !c.is_ascii_alphanumeric() && c != '.'));
        words
            .filter(|word| word.len() == 3)
            .find_map(|word| word.parse().ok().filter(|code| (200..600).contains(code)))
            .unwrap_or(550)
    }
}

/// Reads a report on delivery; none when none of its parts is one.
pub(super) fn bounce(leaves: &[Part<'_>]) -> Option<Bounce> {
    let is_status = |part: &&Part<'_>| {
        matches!(part.media_type().as_str(), "message/delivery-status" | "message/global-delivery-status")
    };
    let status = leaves.iter().find(is_status)?.text();
    let recipients = groups(&status).iter().filter_map(recipient).take(MOST_RECIPIENTS).collect::<Vec<_>>();
    (!recipients.is_empty()).then(|| Bounce { recipients, original_message_id: original(leaves).and_then(|it| it.id) })
}

/// Exim before 4.90 and small servers name who was not reached in the header alone.
pub(super) fn bare_bounce(mail: &Part<'_>) -> Option<Bounce> {
    let failed = mail.raw("X-Failed-Recipients");
    let recipients = failed.iter().flat_map(|list| list.split(',')).filter_map(addr_spec).take(MOST_RECIPIENTS);
    let recipients: Vec<Recipient> = recipients
        .map(|last| Recipient {
            last: Some(last),
            original: None,
            action: Action::Failed,
            status: None,
            diagnostic: None,
        })
        .collect();
    (!recipients.is_empty()).then_some(Bounce { recipients, original_message_id: None })
}

type Group = Vec<(String, String)>;

/// Groups of fields with empty lines between; some servers leave a space on those.
fn groups(text: &str) -> Vec<Group> {
    let mut blocks = vec![String::new()];
    for line in text.lines() {
        if line.trim().is_empty() {
            blocks.push(String::new());
        } else if let Some(block) = blocks.last_mut() {
            block.push_str(line);
            block.push('\n');
        }
    }
    blocks.iter().map(|block| report_fields(block)).filter(|group| !group.is_empty()).collect()
}

fn field<'a>(group: &'a Group, name: &str) -> Option<&'a str> {
    group.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
}

/// None for the group that is about the message as a whole.
fn recipient(group: &Group) -> Option<Recipient> {
    let status = field(group, "status").and_then(Status::parse);
    let of_status = match status {
        Some(Status { class: 2, .. }) => Action::Delivered,
        Some(Status { class: 4, .. }) => Action::Delayed,
        _ => Action::Failed,
    };
    let (last, original) = (field(group, "final-recipient"), field(group, "original-recipient"));
    last.or(original)?;
    Some(Recipient {
        last: last.and_then(typed_address),
        original: original.and_then(typed_address),
        action: field(group, "action").and_then(Action::parse).unwrap_or(of_status),
        status,
        diagnostic: field(group, "diagnostic-code").and_then(diagnostic),
    })
}

/// `rfc822; grace@company.example`
fn typed_address(value: &str) -> Option<String> {
    addr_spec(value.split_once(';').map_or(value, |(_, address)| address))
}

fn diagnostic(value: &str) -> Option<String> {
    let line: String = plain(value).chars().take(LONGEST_DIAGNOSTIC).collect();
    (!line.is_empty()).then_some(line)
}

impl Action {
    fn parse(value: &str) -> Option<Action> {
        let word = value.split(|c: char| !c.is_ascii_alphabetic()).next()?.to_lowercase();
        match word.as_str() {
            "failed" => Some(Action::Failed),
            "delayed" => Some(Action::Delayed),
            "delivered" => Some(Action::Delivered),
            "relayed" => Some(Action::Relayed),
            "expanded" => Some(Action::Expanded),
            _ => None,
        }
    }
}

impl Status {
    fn parse(value: &str) -> Option<Status> {
        let code = value.split(|c: char| c.is_whitespace() || c == '(').next()?;
        let mut numbers = code.split('.').map(|number| number.parse::<u16>().ok());
        let (class, subject, detail) = (numbers.next()??, numbers.next()??, numbers.next()??);
        (numbers.next().is_none() && matches!(class, 2 | 4 | 5)).then_some(Status { class, subject, detail })
    }
}

/// A complaint: somebody called a letter unwanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Complaint {
    pub feedback: Feedback,
    /// Whom the report names, where it was not blacked out.
    pub mail_from: Option<String>,
    pub rcpt_to: Option<String>,
    /// Of the letter that it is about, without brackets.
    pub original_message_id: Option<String>,
    /// Addresses at our door that the letter bore. Providers black out who complained, not these.
    pub addresses: Vec<Address>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Feedback {
    Abuse,
    Fraud,
    Virus,
    /// Somebody took it back.
    NotSpam,
    Other,
}

/// Reads a complaint; none when the mail is none.
pub(super) fn complaint(leaves: &[Part<'_>], local: &str, domain: &str) -> Option<Complaint> {
    let report = leaves.iter().find(|part| part.media_type() == "message/feedback-report").map(Part::text);
    let original = original(leaves);
    // Microsoft's older reports hold nothing but the letter, with a field of theirs in it.
    let named = original.as_ref().and_then(|it| field(&it.fields, "x-hmxmroriginalrecipient")).and_then(addr_spec);
    if report.is_none() && named.is_none() {
        return None;
    }
    let report = report.unwrap_or_default();
    let fields = report_fields(&report);
    let seen = original.as_ref().map_or("", |it| it.head.as_str());
    Some(Complaint {
        feedback: field(&fields, "feedback-type").map_or(Feedback::Abuse, Feedback::parse),
        mail_from: field(&fields, "original-mail-from").and_then(addr_spec),
        rcpt_to: field(&fields, "original-rcpt-to").and_then(addr_spec).or(named),
        addresses: our_addresses(&format!("{report}\n{seen}"), local, domain),
        original_message_id: original.and_then(|it| it.id),
    })
}

impl Feedback {
    fn parse(value: &str) -> Feedback {
        match value.to_lowercase().as_str() {
            "abuse" => Feedback::Abuse,
            "fraud" => Feedback::Fraud,
            "virus" => Feedback::Virus,
            "not-spam" => Feedback::NotSpam,
            _ => Feedback::Other,
        }
    }
}

fn our_addresses(text: &str, local: &str, domain: &str) -> Vec<Address> {
    let is_between = |c: char| c.is_whitespace() || "<>,;:?\"()=".contains(c);
    let mut found = Vec::new();
    for address in text.split(is_between).filter_map(|word| Address::read(word, local, domain)) {
        if address.token.is_some() && !found.contains(&address) {
            found.push(address);
        }
    }
    found
}

/// The header of the letter that a report is about.
struct Original {
    id: Option<String>,
    head: String,
    fields: Group,
}

fn original(leaves: &[Part<'_>]) -> Option<Original> {
    let is_letter = |part: &&Part<'_>| {
        matches!(
            part.media_type().as_str(),
            "message/rfc822"
                | "message/global"
                | "text/rfc822-headers"
                | "message/rfc822-headers"
                | "message/global-headers"
        )
    };
    let bytes = leaves.iter().find(is_letter)?.decoded();
    let head = String::from_utf8_lossy(&bytes)
        .lines()
        .take_while(|line| !line.trim().is_empty())
        .fold(String::new(), |head, line| head + line + "\n");
    let closed = format!("{head}\n");
    Some(Original { id: Part::new(closed.as_bytes()).message_id(), fields: report_fields(&head), head })
}
