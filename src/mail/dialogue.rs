//! What is said to a relay about one letter.
//!
//! lettre's own `send` is left out: it writes a message and its final dot apart, the system holds the dot
//! back until the message is acknowledged, and a receiver may take 40 ms over that.

use lettre::address::Envelope;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::client::AsyncSmtpConnection;
use lettre::transport::smtp::commands::{Data, Ehlo, Mail, Rcpt, Rset};
use lettre::transport::smtp::extension::ClientId;
use lettre::{Address, Message};

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

    /// Sends a letter.
    ///
    /// # Errors
    /// The relay refused it, or the dialogue broke off ([`Connection::goes_on`]).
    pub(super) async fn send(&mut self, message: &Message) -> Result<(), Error> {
        let said = self.say(message.envelope(), &message.formatted()).await;
        self.is_broken |= said.as_ref().is_err_and(|error| !is_reply(error));
        said
    }

    async fn say(&mut self, envelope: &Envelope, message: &[u8]) -> Result<(), Error> {
        let is_ascii = |address: &Address| AsRef::<str>::as_ref(address).is_ascii();
        let text = std::str::from_utf8(message).ok().filter(|text| text.is_ascii());
        let Some(text) = text.filter(|_| envelope.to().iter().chain(envelope.from()).all(is_ascii)) else {
            // It knows which extension of the relay that takes.
            return self.smtp.send(envelope, message).await.map(drop);
        };
        let mut commands = vec![Mail::new(envelope.from().cloned(), Vec::new()).to_string()];
        commands.extend(envelope.to().iter().map(|to| Rcpt::new(to.clone(), Vec::new()).to_string()));
        commands.push(Data.to_string());
        if self.takes_groups {
            self.group(&commands).await?;
        } else {
            for command in commands {
                self.smtp.command(command).await?;
            }
        }
        self.smtp.command(on_the_wire(text)).await.map(drop)
    }

    /// Says several commands at once, of which DATA is the last. The first refusal is the one that counts:
    /// what follows it comes of it.
    async fn group(&mut self, commands: &[String]) -> Result<(), Error> {
        let mut refusal = None;
        let mut answer = self.smtp.command(commands.concat()).await;
        for _ in 1..commands.len() {
            match answer {
                Ok(_) => {}
                Err(error) if is_reply(&error) => refusal = refusal.or(Some(error)),
                Err(error) => return Err(self.broken(refusal, error)),
            }
            answer = self.smtp.read_response().await;
        }
        let Some(refusal) = refusal else { return answer.map(drop) };
        if answer.is_ok() {
            // It waits for a letter to nobody, and gets one without a word (RFC 2920 section 3.1).
            answer = self.smtp.command(".\r\n").await;
        }
        match answer {
            Err(error) if !is_reply(&error) => Err(self.broken(Some(refusal), error)),
            _ => Err(refusal),
        }
    }

    /// Why the letter did not leave, when the dialogue broke off.
    fn broken(&mut self, refusal: Option<Error>, error: Error) -> Error {
        self.is_broken = true;
        refusal.unwrap_or(error)
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
