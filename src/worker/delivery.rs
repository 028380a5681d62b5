//! Claiming what is owed, several letters on their way at once, and settling each in a transaction
//! of its own.

use std::time::Duration;

use futures_util::StreamExt;
use futures_util::future::{FutureExt, LocalBoxFuture, OptionFuture};
use futures_util::stream::FuturesUnordered;
use tokio::sync::watch;
use tokio::time::{Instant, sleep, sleep_until, timeout_at};
use uuid::Uuid;

use super::attempt::{Ending, LEASE_SECONDS, TO_SETTLE, verdict};
use super::backoff::{Troubles, roll};
use super::{Delivered, GRACE, Worker, WorkerError, stopped};
use crate::store::outbox::{self, Claimed, Verdict};
use crate::store::pool::StoreError;

/// Between two tries at settling while the database is away.
const SETTLE_AGAIN: Duration = Duration::from_secs(1);

/// What a look brought.
enum Look {
    /// What was claimed, and whether there may be more.
    Claimed(Result<(Vec<Claimed>, bool), StoreError>),
    /// Whether the relay answers again.
    Relay(Result<(), String>),
}

/// A letter that is over and done with for this time.
pub(super) struct Landed {
    /// None when another worker settles it, or nobody could.
    verdict: Option<Verdict>,
    no_relay: Option<String>,
}

impl Delivered {
    fn count(&mut self, landed: &Landed) {
        match landed.verdict {
            Some(Verdict::Sent) => self.sent += 1,
            Some(Verdict::Unneeded { .. }) => self.unneeded += 1,
            Some(Verdict::Later { .. }) => self.put_off += 1,
            Some(Verdict::Held { .. }) => self.held += 1,
            Some(Verdict::Retry { .. }) => self.retried += 1,
            Some(Verdict::Failed { .. }) => self.failed += 1,
            None => {}
        }
    }
}

impl Worker {
    /// Delivers everything that may leave now, a few at once.
    pub(super) async fn drain(&self, owner: Uuid) -> Result<Delivered, WorkerError> {
        let mut delivered = Delivered::default();
        loop {
            let claimed = self.claim(owner, self.pace.at_once.max(1)).await?;
            if claimed.is_empty() {
                return Ok(delivered);
            }
            let mut flying: FuturesUnordered<_> = claimed.iter().map(|letter| self.deliver(owner, letter)).collect();
            let mut has_relay = true;
            while let Some(landed) = flying.next().await {
                delivered.count(&landed);
                has_relay &= landed.no_relay.is_none();
            }
            if !has_relay {
                return Ok(delivered);
            }
        }
    }

    /// Delivers until the word to stop.
    ///
    /// While the relay cannot be used nothing is claimed: it is asked again later and later,
    /// without a letter, so that an outage costs each of the few letters that met it one attempt
    /// and all others none.
    pub(super) async fn keep_delivering(&self, owner: Uuid, mut stop: watch::Receiver<bool>) {
        let mut claiming = Troubles::new("claiming letters");
        let mut relaying = Troubles::new("reaching the mail relay");
        let mut relay_is_down = false;
        let mut flying = FuturesUnordered::new();
        // A look at the outbox or the relay, which may take long while letters are on their way.
        let mut look: OptionFuture<LocalBoxFuture<'_, Look>> = None.into();
        let mut is_looking = false;
        let mut look_again = Instant::now();
        while !*stop.borrow() && stop.has_changed().is_ok() {
            let free = self.pace.at_once.max(1).saturating_sub(flying.len());
            if !is_looking && free > 0 && Instant::now() >= look_again {
                look = Some(self.look(owner, free, relay_is_down).boxed_local()).into();
                is_looking = true;
            }
            let rest = tokio::select! {
                () = stopped(&mut stop) => break,
                () = sleep_until(look_again), if !is_looking && free > 0 => continue,
                Some(landed) = flying.next() => match landed {
                    Landed { no_relay: Some(why), .. } if !relay_is_down => {
                        relay_is_down = true;
                        relaying.more(&why)
                    }
                    _ => continue,
                },
                Some(looked) = &mut look, if is_looking => {
                    is_looking = false;
                    match looked {
                        Look::Claimed(Ok((claimed, may_be_more))) => {
                            claiming.are_over();
                            let rest = if may_be_more { Duration::ZERO } else { self.pace.idle };
                            flying.extend(claimed.into_iter().map(|letter| self.deliver_owned(owner, letter)));
                            rest
                        }
                        Look::Claimed(Err(error)) => claiming.more(&error),
                        Look::Relay(Ok(())) => {
                            relaying.are_over();
                            relay_is_down = false;
                            Duration::ZERO
                        }
                        Look::Relay(Err(why)) => relaying.more(&why),
                    }
                }
            };
            look_again = Instant::now() + rest;
        }
        // What is on its way may arrive; what stalls is dropped, and its lease given back.
        let deadline = Instant::now() + GRACE;
        while let Ok(Some(_)) = timeout_at(deadline, flying.next()).await {}
    }

    async fn look(&self, owner: Uuid, free: usize, relay_is_down: bool) -> Look {
        if relay_is_down {
            Look::Relay(self.relay_answers().await)
        } else {
            // Letters land meanwhile, so how many were asked for is known only here.
            Look::Claimed(self.claim(owner, free).await.map(|claimed| {
                let may_be_more = claimed.len() == free;
                (claimed, may_be_more)
            }))
        }
    }

    async fn deliver_owned(&self, owner: Uuid, letter: Claimed) -> Landed {
        self.deliver(owner, &letter).await
    }

    async fn claim(&self, owner: Uuid, limit: usize) -> Result<Vec<Claimed>, StoreError> {
        let now = self.clock.now();
        let limit = i64::try_from(limit).unwrap_or(1);
        self.pool.in_transaction(async |tx| outbox::claim(tx, owner, now, LEASE_SECONDS, limit).await).await
    }

    /// Tries one letter and puts down what became of it.
    async fn deliver(&self, owner: Uuid, letter: &Claimed) -> Landed {
        let ending = self.attempt(letter).await;
        let verdict = verdict(&ending, letter.kind, letter.attempt, roll(&self.moment()));
        said(letter, &verdict);
        let settled = self.settle(owner, letter, &verdict).await;
        Landed {
            verdict: settled.then_some(verdict),
            no_relay: if let Ending::NoRelay(why) = ending { Some(why) } else { None },
        }
    }

    /// Whether this attempt is now put down.
    ///
    /// A database that went away between sending and settling is waited for while the lease holds:
    /// the letter is out, and each second more saves somebody a second copy.
    async fn settle(&self, owner: Uuid, letter: &Claimed, verdict: &Verdict) -> bool {
        let deadline = Instant::now() + TO_SETTLE;
        loop {
            let now = self.clock.now();
            let done = self.pool.in_transaction(async |tx| outbox::settle(tx, letter, owner, verdict, now).await);
            let error = match timeout_at(deadline, done).await {
                Ok(Ok(true)) => return true,
                Ok(Ok(false)) => {
                    tracing::warn!(letter = %letter.id, attempt = letter.attempt, "the lease had passed to another worker");
                    return false;
                }
                Ok(Err(error)) => error.to_string(),
                Err(_) => "no answer from the database".to_owned(),
            };
            if Instant::now() + SETTLE_AGAIN >= deadline {
                tracing::error!(letter = %letter.id, %error, "an attempt could not be settled; the letter goes again after its lease");
                return false;
            }
            sleep(SETTLE_AGAIN).await;
        }
    }
}

/// The log says which letter and why; never to whom, which the row knows.
fn said(letter: &Claimed, verdict: &Verdict) {
    let (kind, attempt) = (letter.kind.as_str(), letter.attempt);
    match verdict {
        Verdict::Sent => tracing::info!(letter = %letter.id, kind, attempt, "sent"),
        Verdict::Unneeded { why } => tracing::info!(letter = %letter.id, kind, attempt, why, "not needed"),
        Verdict::Later { why, .. } => tracing::info!(letter = %letter.id, kind, attempt, why, "put off"),
        Verdict::Held { why } => tracing::info!(letter = %letter.id, kind, attempt, why, "held"),
        Verdict::Retry { seconds, .. } => {
            tracing::info!(letter = %letter.id, kind, attempt, seconds, "tried again later")
        }
        Verdict::Failed { .. } => tracing::warn!(letter = %letter.id, kind, attempt, "given up"),
    }
}
