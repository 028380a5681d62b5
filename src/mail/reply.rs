//! What a relay's refusal of a letter means for the letter.

use lettre::transport::smtp::Error;

use super::mailer::SendError;

/// What a failure after the relay was reached means.
pub(super) fn meaning(error: &Error) -> SendError {
    let why = error.to_string();
    match error.status() {
        Some(code) => of_code(u16::from(code), why),
        // An address in Chinese and a relay without SMTPUTF8: no attempt will help this address.
        None if error.is_client() => SendError::Recipient { why, status: None },
        // The dialogue broke off, perhaps after the relay took the letter: unknown, so it goes again,
        // with the same Message-ID.
        None => SendError::Later { why },
    }
}

/// The reply code decides with the enhanced one (RFC 3463) where there is one, and never words,
/// which every relay writes in its own language.
fn of_code(code: u16, why: String) -> SendError {
    let precise = enhanced(code, &why);
    let status = precise.map(|(subject, detail)| format!("5.{subject}.{detail}"));
    match (code, precise.map(|(subject, detail)| Refusal::of(code, subject, detail))) {
        // Who we are is not accepted, or our own address: no letter's fault, and every letter's fate.
        (530 | 534 | 535 | 538 | 454, _) | (500.., Some(Refusal::Sender)) => SendError::Relay { why },
        (..500, _) => SendError::Later { why },
        (_, Some(Refusal::Mailbox)) => SendError::Recipient { why, status },
        // Full (2), the other system's trouble (3, 4), policy (7): an admin or time may help.
        (_, Some(_)) => SendError::Later { why },
        (550 | 551 | 553, None) => SendError::Recipient { why, status: None },
        (_, None) => SendError::Later { why },
    }
}

/// What an enhanced status code for good means, in a relay's reply and in a bounce alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    /// No such mailbox, moved, or closed.
    Mailbox,
    /// Our own address.
    Sender,
    Policy,
    Other,
}

impl Refusal {
    pub(super) fn of(code: u16, subject: u16, detail: u16) -> Refusal {
        match (subject, detail) {
            (1, 7 | 8) => Refusal::Sender,
            (1, _) | (2, 1) => Refusal::Mailbox,
            // Exchange Online says it for an address that never was; others of a host that is silent.
            (4, 1) if code == 550 => Refusal::Mailbox,
            (7, _) => Refusal::Policy,
            _ => Refusal::Other,
        }
    }
}

/// Subject and detail of the enhanced status code, from `permanent error (550): 5.1.1 No such user`.
pub(super) fn enhanced(code: u16, why: &str) -> Option<(u16, u16)> {
    let class = (code / 100).to_string();
    why.split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']' | '#' | ';' | ','))
        .filter_map(|word| word.strip_prefix(&class)?.strip_prefix('.')?.split_once('.'))
        .find_map(|(subject, detail)| Some((subject.parse().ok()?, detail.trim_end_matches(':').parse().ok()?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(code: u16, reply: &str) -> &'static str {
        match of_code(code, format!("permanent error ({code}): {reply}")) {
            SendError::Recipient { status: Some(_), .. } => "address",
            SendError::Recipient { status: None, .. } => "recipient",
            SendError::Later { .. } => "later",
            SendError::Relay { .. } => "relay",
        }
    }

    #[test]
    fn an_address_that_the_relay_says_is_none_takes_no_mail_any_more() {
        assert_eq!(verdict(550, "5.1.1 <x@example.com>: Recipient address rejected"), "address");
        assert_eq!(verdict(553, "5.1.3 bad syntax"), "address");
        assert_eq!(verdict(550, "5.2.1 mailbox disabled"), "address");
        assert_eq!(verdict(550, "5.4.1 Recipient address rejected: Access denied."), "address");
        let why = "permanent error (550): 5.1.1 no".to_owned();
        let SendError::Recipient { status, .. } = of_code(550, why) else { panic!("a refusal") };
        assert_eq!(status.as_deref(), Some("5.1.1"));
    }

    #[test]
    fn a_refusal_without_a_precise_code_ends_the_letter_and_says_nothing_of_the_address() {
        assert_eq!(verdict(550, "No such user here"), "recipient");
        assert_eq!(verdict(550, "relay not permitted"), "recipient");
        assert_eq!(verdict(551, "User not local"), "recipient");
    }

    #[test]
    fn a_full_mailbox_a_policy_and_a_busy_relay_are_tried_again() {
        assert_eq!(verdict(552, "5.2.2 mailbox full"), "later");
        assert_eq!(verdict(552, "too much mail"), "later");
        assert_eq!(verdict(550, "5.7.1 not authorised to relay"), "later");
        assert_eq!(verdict(554, "transaction failed"), "later");
        assert_eq!(verdict(421, "4.3.2 closing"), "later");
        assert_eq!(verdict(450, "4.2.0 greylisted"), "later");
        assert_eq!(verdict(451, "local error"), "later");
        assert_eq!(verdict(452, "4.1.1 odd, but temporary"), "later");
    }

    #[test]
    fn what_would_meet_every_letter_is_the_relays() {
        assert_eq!(verdict(535, "5.7.8 bad credentials"), "relay");
        assert_eq!(verdict(530, "5.7.0 must issue STARTTLS first"), "relay");
        assert_eq!(verdict(454, "4.7.0 TLS not available"), "relay");
        assert_eq!(verdict(553, "5.1.8 sender's domain does not exist"), "relay");
    }

    #[test]
    fn an_address_in_a_reply_is_not_taken_for_a_code() {
        assert_eq!(enhanced(550, "host 5.6.7.8 said: 550 no such user"), None);
        assert_eq!(enhanced(550, "host mx.example.com said: 550 #5.1.1 no"), Some((1, 1)));
    }
}
