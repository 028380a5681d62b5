//! What is said to a relay about one letter.
//!
//! lettre's own `send` is left out: it writes a message and its final dot apart, the system holds the dot
//! back until the message is acknowledged, and a receiver may take 40 ms over that.

use lettre::address::Envelope;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::client::AsyncSmtpConnection;
use lettre::transport::smtp::commands::{Data, Ehlo, Mail, Rcpt, Rset};
use lettre::transport::smtp::extension::ClientId;
use lettre::transport::smtp::response::{Response, Severity};
use lettre::{Address, Message};

use super::mailer::SendError;
use super::reply;

/// The relay hangs up (RFC 5321).
const CLOSING: u16 = 421;

/// A relay that was greeted.
pub struct Connection {
    smtp: AsyncSmtpConnection,
    /// RFC 2920: it reads commands that come before it answered the last one. Half of the waiting for its
    /// answers is saved so.
    takes_groups: bool,
    /// Nobody knows what the next answer would be about.
    is_broken: bool,
}

impl Connection {
    /// Asks the relay what it can do: lettre has asked, and doesn't tell of this.
    pub(super) async fn greet(mut smtp: AsyncSmtpConnection, hello: &ClientId) -> Result<Connection, Error> {
        let takes_groups = match smtp.command(Ehlo::new(hello.clone())).await {
            Ok(said) => said.message().any(|line| line.trim().eq_ignore_ascii_case("PIPELINING")),
            Err(error) if is_reply(&error) => false,
            Err(error) => return Err(error),
        };
        Ok(Connection { smtp, takes_groups, is_broken: false })
    }

    pub(super) fn smtp(&mut self) -> &mut AsyncSmtpConnection {
        &mut self.smtp
    }

    /// Whether the relay is still there; it forgets half a letter, if it remembers one.
    pub(super) async fn reset(&mut self) -> bool {
        self.smtp.command(Rset).await.is_ok()
    }

    /// Whether another letter can follow.
    pub(super) fn goes_on(&self) -> bool {
        !self.is_broken && !self.smtp.has_broken()
    }

    /// Sends a letter; whether another can follow says [`Connection::goes_on`].
    ///
    /// # Errors
    /// The relay refused it, or nobody knows whether it took it.
    pub(super) async fn send(&mut self, message: &Message) -> Result<(), SendError> {
        let said = self.say(message.envelope(), &message.formatted()).await;
        self.is_broken |= matches!(said, Err(No::Broken(_) | No::OutOfStep));
        said.map_err(|no| match no {
            No::Refused(error) | No::Broken(error) => reply::meaning(&error),
            No::OutOfStep => SendError::Later { why: "the relay answered what it was not asked".to_owned() },
        })
    }

    async fn say(&mut self, envelope: &Envelope, message: &[u8]) -> Result<(), No> {
        let is_ascii = |address: &Address| AsRef::<str>::as_ref(address).is_ascii();
        let text = std::str::from_utf8(message).ok().filter(|text| text.is_ascii());
        let Some(text) = text.filter(|_| envelope.to().iter().chain(envelope.from()).all(is_ascii)) else {
            // It knows which extension of the relay that takes.
            return heard(self.smtp.send(envelope, message).await, DONE);
        };
        let from = Mail::new(envelope.from().cloned(), Vec::new()).to_string();
        let to: Vec<String> = envelope.to().iter().map(|to| Rcpt::new(to.clone(), Vec::new()).to_string()).collect();
        if self.takes_groups {
            self.group(&from, &to).await?;
        } else {
            for command in std::iter::once(&from).chain(&to) {
                heard(self.smtp.command(command).await, DONE)?;
            }
            heard(self.smtp.command(Data).await, GO_ON)?;
        }
        heard(self.smtp.command(on_the_wire(text)).await, DONE)
    }

    /// All commands before the letter at once. The first refusal is the one that counts: what follows it comes
    /// of it.
    async fn group(&mut self, from: &str, to: &[String]) -> Result<(), No> {
        let sender = heard(self.smtp.command(format!("{from}{}{Data}", to.concat())).await, DONE);
        let (mut refusal, mut has_recipient) = (refused(sender)?, false);
        for _ in to {
            let recipient = heard(self.smtp.read_response().await, DONE);
            has_recipient |= recipient.is_ok();
            refusal = match (refusal, refused(recipient)) {
                (Some(first), _) => Some(first),
                (None, next) => next?,
            };
        }
        let data = heard(self.smtp.read_response().await, GO_ON);
        let Some(refusal) = refusal else { return data };
        let ended = match data {
            Ok(()) if has_recipient => Err(No::OutOfStep),
            // It waits for a letter to nobody, and gets one without a word (RFC 2920 section 3.1).
            Ok(()) => heard(self.smtp.command(".\r\n").await, DONE),
            no => no,
        };
        self.is_broken |= matches!(ended, Err(No::Broken(_) | No::OutOfStep));
        Err(No::Refused(refusal))
    }
}

/// No letter left.
enum No {
    /// In so many words, and the relay goes on listening.
    Refused(Error),
    /// Nobody knows what the next answer would be about.
    Broken(Error),
    /// It said yes to something else.
    OutOfStep,
}

const DONE: Severity = Severity::PositiveCompletion;
const GO_ON: Severity = Severity::PositiveIntermediate;

fn heard(answer: Result<Response, Error>, yes: Severity) -> Result<(), No> {
    match answer {
        Ok(answer) if answer.code().severity == yes => Ok(()),
        Ok(_) => Err(No::OutOfStep),
        Err(error) if is_reply(&error) => Err(No::Refused(error)),
        Err(error) => Err(No::Broken(error)),
    }
}

/// The refusal, which is no reason to stop reading answers.
fn refused(heard: Result<(), No>) -> Result<Option<Error>, No> {
    match heard {
        Ok(()) => Ok(None),
        Err(No::Refused(error)) => Ok(Some(error)),
        Err(no) => Err(no),
    }
}

/// Whether the relay said no, and goes on listening.
fn is_reply(error: &Error) -> bool {
    error.status().is_some_and(|code| u16::from(code) != CLOSING)
}

/// A message as it follows DATA (RFC 5321 section 4.5.2): with the dots doubled that begin a line, and
/// the final one.
fn on_the_wire(message: &str) -> String {
    let mut wire = String::with_capacity(message.len() + 64);
    for line in message.split_inclusive("\r\n") {
        if line.starts_with('.') {
            wire.push('.');
        }
        wire.push_str(line);
    }
    if !wire.ends_with("\r\n") {
        wire.push_str("\r\n");
    }
    wire.push_str(".\r\n");
    wire
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_begins_with_a_dot_does_not_end_the_message() {
        assert_eq!(on_the_wire("a\r\n.\r\n..b\r\nc."), "a\r\n..\r\n...b\r\nc.\r\n.\r\n");
        assert_eq!(on_the_wire(".\r\n"), "..\r\n.\r\n");
        assert_eq!(on_the_wire(""), "\r\n.\r\n");
    }
}
