//! Sending one letter, and what is to become of it.

use std::time::Duration;

use tokio::time::timeout;

use super::preparing::Outgoing;
use super::{Worker, backoff, unless_it_panics};
use crate::mail::SendError;
use crate::store::outbox::{Bounced, Kind, Verdict};

/// How an attempt ended, before it is put down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Ending {
    Sent,
    /// There was nothing left to say; with a code that says why.
    Unneeded(&'static str),
    /// A quiet hour or a day off: at that moment.
    Later(chrono::DateTime<chrono::Utc>, &'static str),
    /// Not before somebody corrects the address.
    Held(&'static str),
    /// No later attempt would help.
    Hopeless(String),
    /// Nor would any other letter to that address.
    Bounced(Bounced),
    /// Failed for a reason of this letter, or one that nobody knows.
    Failed(String),
    /// The database went away while composing.
    NoDatabase(String),
    /// The relay cannot be used by any letter.
    NoRelay(String),
}

impl Worker {
    /// Sends one letter that is ready. A panic is a failed attempt.
    pub(super) async fn attempt(&self, next: Result<Outgoing, Ending>) -> Ending {
        match next {
            Ok(outgoing) => unless_it_panics(self.send(&outgoing))
                .await
                .unwrap_or_else(|panic| Ending::Failed(format!("the attempt panicked: {panic}"))),
            Err(ending) => ending,
        }
    }

    async fn send(&self, outgoing: &Outgoing) -> Ending {
        let limits = self.pace.limits;
        let courier = match timeout(limits.connect, self.mailer.connect()).await {
            Ok(Ok(courier)) => courier,
            Ok(Err(error)) => return self.of_sending(error, outgoing),
            Err(_) => return Ending::NoRelay(out_of_time("reaching the relay", limits.connect)),
        };
        match timeout(limits.send, courier.send(&outgoing.message)).await {
            Ok(Ok(())) => Ending::Sent,
            Ok(Err(error)) => self.of_sending(error, outgoing),
            // The relay may have taken it: it goes again with the same Message-ID.
            Err(_) => Ending::Failed(out_of_time("sending", limits.send)),
        }
    }

    fn of_sending(&self, error: SendError, outgoing: &Outgoing) -> Ending {
        let why = error.to_string();
        match error {
            SendError::Recipient { status: Some(status), .. } => {
                Ending::Bounced(Bounced { email: outgoing.to.clone(), at: self.clock.now(), status, said: why })
            }
            SendError::Recipient { status: None, .. } => Ending::Hopeless(why),
            SendError::Later { .. } => Ending::Failed(why),
            SendError::Relay { .. } => Ending::NoRelay(why),
        }
    }

    /// Whether the relay can be used, asked without a letter, so that an outage uses up no attempts.
    pub(super) async fn relay_answers(&self) -> Result<(), String> {
        let limit = self.pace.limits.connect;
        match timeout(limit, self.mailer.connect()).await {
            Ok(Ok(courier)) => {
                courier.leave();
                Ok(())
            }
            Ok(Err(error)) => Err(error.to_string()),
            Err(_) => Err(out_of_time("reaching the relay", limit)),
        }
    }
}

/// What is put down about an attempt.
pub(super) fn verdict(ending: &Ending, kind: Kind, attempt: i32, roll: u8) -> Verdict {
    match ending {
        Ending::Sent => Verdict::Sent,
        Ending::Unneeded(why) => Verdict::Unneeded { why },
        Ending::Later(until, why) => Verdict::Later { until: *until, why },
        Ending::Held(why) => Verdict::Held { why },
        Ending::Hopeless(error) => Verdict::Failed { error: error.clone() },
        Ending::Failed(error) => match backoff::wait_after(kind, attempt, roll) {
            Some(seconds) => Verdict::Retry { seconds, error: error.clone() },
            None => Verdict::Failed { error: error.clone() },
        },
        Ending::Bounced(address) => Verdict::Bounced(address.clone()),
        // Never given up, however often: when the password of the relay is corrected, all mail leaves.
        Ending::NoRelay(error) | Ending::NoDatabase(error) => {
            Verdict::Paused { seconds: backoff::wait_for_others(kind, roll), error: error.clone() }
        }
    }
}

pub(super) fn out_of_time(doing: &str, limit: Duration) -> String {
    format!("{doing} took longer than {} s", limit.as_secs())
}

pub(super) fn with_causes(doing: &str, error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(Some(error), |error| error.source());
    let mut said: Vec<String> = causes.map(ToString::to_string).collect();
    // A transparent error says the same as its cause.
    said.dedup();
    format!("{doing}: {}", said.join(": "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unusable_relay_never_uses_a_letter_up() {
        let ending = Ending::NoRelay("refused".to_owned());
        assert!(matches!(verdict(&ending, Kind::Brief, 12, 0), Verdict::Paused { .. }));
        assert!(matches!(verdict(&ending, Kind::SignIn, 1000, 0), Verdict::Paused { .. }));
    }

    #[test]
    fn a_letter_that_no_attempt_will_help_is_given_up_at_once() {
        let ending = Ending::Hopeless("550".to_owned());
        assert!(matches!(verdict(&ending, Kind::Brief, 1, 0), Verdict::Failed { .. }));
    }

    #[test]
    fn a_busy_relay_is_tried_until_the_last_attempt() {
        let ending = Ending::Failed("450".to_owned());
        assert!(matches!(verdict(&ending, Kind::Brief, 11, 0), Verdict::Retry { .. }));
        assert!(matches!(verdict(&ending, Kind::Brief, 12, 0), Verdict::Failed { .. }));
    }
}
