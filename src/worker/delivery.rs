//! Claiming what is owed, several letters on their way at once, and settling each in a transaction
//! of its own.

use std::time::Duration;

use futures_util::StreamExt;
use futures_util::future::{FutureExt, LocalBoxFuture, OptionFuture};
use futures_util::stream::FuturesUnordered;
use tokio::sync::{Semaphore, watch};
use tokio::time::{Instant, sleep, sleep_until, timeout_at};
use uuid::Uuid;

use super::attempt::{Ending, verdict};
use super::backoff::{Troubles, roll};
use super::lanes::Lanes;
use super::pace::Meter;
use super::relaying::Relaying;
use super::{Delivered, GRACE, Worker, WorkerError, stopped};
use crate::store::outbox::{self, Claimed, Share, Verdict};
use crate::store::pool::StoreError;

/// Between two tries at settling while the database is away.
const SETTLE_AGAIN: Duration = Duration::from_secs(1);

/// How many letters are composed and settled at the same time, however many are on their way: half
/// the pool, so that pages find a connection.
const DESK: usize = 4;

/// What a look brought.
enum Look {
    /// What was claimed, of how many that were asked for, and when it was asked: the leases run since.
    Claimed(Result<Vec<Claimed>, StoreError>, Share, Instant),
    /// Whether the relay answers again.
    Relay(Result<(), String>),
}

/// A letter that is over and done with for this time.
pub(super) struct Landed {
    /// None when another worker settles it, or nobody could.
    verdict: Option<Verdict>,
    /// The relay took it, or cannot be used by any letter; none when neither is known.
    relay: Option<Result<(), String>>,
    is_awaited: bool,
}

impl Delivered {
    fn count(&mut self, landed: &Landed) {
        match landed.verdict {
            Some(Verdict::Sent) => self.sent += 1,
            Some(Verdict::Unneeded { .. }) => self.unneeded += 1,
            Some(Verdict::Later { .. }) => self.put_off += 1,
            Some(Verdict::Held { .. }) => self.held += 1,
            Some(Verdict::Retry { .. } | Verdict::Paused { .. }) => self.retried += 1,
            Some(Verdict::Failed { .. } | Verdict::Bounced(_)) => self.failed += 1,
            None => {}
        }
    }
}

impl Worker {
    /// Delivers everything that may leave now, a few at once.
    pub(super) async fn drain(&self, owner: Uuid) -> Result<Delivered, WorkerError> {
        let mut delivered = Delivered::default();
        let (desk, most) = (Semaphore::new(DESK), self.pace.at_once.max(1));
        loop {
            let mut claimed = self.claim(owner, Share { awaited: most, other: 0 }).await?;
            let other = most - claimed.len();
            if other > 0 {
                claimed.extend(self.claim(owner, Share { awaited: 0, other }).await?);
            }
            if claimed.is_empty() {
                return Ok(delivered);
            }
            let mut flying: FuturesUnordered<_> =
                claimed.into_iter().map(|letter| self.deliver(owner, letter, &desk)).collect();
            let mut has_relay = true;
            while let Some(landed) = flying.next().await {
                delivered.count(&landed);
                has_relay &= !matches!(landed.relay, Some(Err(_)));
            }
            if !has_relay {
                return Ok(delivered);
            }
        }
    }

    /// Delivers until the word to stop.
    ///
    /// While the relay cannot be used nothing is claimed, and what was claimed ahead is given back: the
    /// relay is asked again later and later, without a letter, and then tried with one alone, so that an
    /// outage costs no letter an attempt, and all but the few that met it not even a wait.
    pub(super) async fn keep_delivering(&self, owner: Uuid, mut stop: watch::Receiver<bool>) {
        let mut claiming = Troubles::new("claiming letters");
        let mut relaying = Relaying::new();
        let (mut lanes, mut meter, desk) =
            (Lanes::new(self.pace), Meter::new(self.pace.per_second), Semaphore::new(DESK));
        let mut flying = FuturesUnordered::new();
        // A look at the outbox or the relay, which may take long while letters are on their way.
        let mut look: OptionFuture<LocalBoxFuture<'_, Look>> = None.into();
        let mut is_looking = false;
        let mut look_again = Instant::now();
        while !*stop.borrow() && stop.has_changed().is_ok() {
            let now = Instant::now();
            while relaying.may_begin() && meter.next().is_none_or(|next| next <= now) {
                let Some(letter) = lanes.begin(now) else { break };
                meter.count(now);
                relaying.begun();
                flying.push(self.deliver(owner, letter, &desk));
            }
            let can_leave = !relaying.is_down();
            if !is_looking && (look_again <= now || can_leave && lanes.want_more()) {
                let not_begun = lanes.not_begun(now, can_leave);
                let share = can_leave.then(|| lanes.share());
                look = Some(self.look(owner, not_begun, share).boxed_local()).into();
                is_looking = true;
            }
            let next_look = (!is_looking).then_some(look_again);
            let wake = meter.next().filter(|next| *next > now).into_iter().chain(next_look).min();
            let rest = tokio::select! {
                () = stopped(&mut stop) => break,
                () = sleep_until(wake.unwrap_or(now)), if wake.is_some() => continue,
                Some(landed) = flying.next() => {
                    lanes.landed(landed.is_awaited);
                    match relaying.landed(landed.relay) {
                        Some(pause) => pause,
                        None => continue,
                    }
                }
                Some(looked) = &mut look, if is_looking => {
                    is_looking = false;
                    match looked {
                        Look::Claimed(Ok(claimed), asked, since) => {
                            claiming.are_over();
                            lanes.claimed(claimed, asked, since);
                            self.pace.idle
                        }
                        Look::Claimed(Err(error), ..) => {
                            lanes.claimed_nothing();
                            claiming.more(&error)
                        }
                        Look::Relay(answered) => relaying.answered(answered),
                    }
                }
            };
            look_again = Instant::now() + rest;
        }
        // What is on its way may arrive; what stalls is dropped, and its lease given back.
        let deadline = Instant::now() + GRACE;
        while let Ok(Some(_)) = timeout_at(deadline, flying.next()).await {}
    }

    /// Gives back what was not begun, and looks at the outbox for a share of letters; without one, at
    /// the relay.
    async fn look(&self, owner: Uuid, not_begun: Vec<Claimed>, share: Option<Share>) -> Look {
        if !not_begun.is_empty() {
            let given = self.pool.in_transaction(async |tx| outbox::give_back(tx, owner, &not_begun).await).await;
            if let Err(error) = given {
                // The leases run out by themselves.
                tracing::warn!(%error, "letters that were not begun could not be given back");
            }
        }
        match share {
            Some(share) => {
                let since = Instant::now();
                Look::Claimed(self.claim(owner, share).await, share, since)
            }
            None => Look::Relay(self.relay_answers().await),
        }
    }

    async fn claim(&self, owner: Uuid, share: Share) -> Result<Vec<Claimed>, StoreError> {
        let now = self.clock.now();
        let lease = i64::try_from(self.pace.limits.lease.as_secs()).unwrap_or(i64::MAX);
        self.pool.in_transaction(async |tx| outbox::claim(tx, owner, now, lease, share).await).await
    }

    /// Tries one letter and puts down what became of it.
    async fn deliver(&self, owner: Uuid, letter: Claimed, desk: &Semaphore) -> Landed {
        let ending = self.attempt(&letter, desk).await;
        let verdict = verdict(&ending, letter.kind, letter.attempt, roll(&self.moment()));
        said(&letter, &verdict);
        let settled = self.settle(owner, &letter, &verdict, desk).await;
        Landed {
            verdict: settled.then_some(verdict),
            relay: match ending {
                Ending::Sent => Some(Ok(())),
                Ending::NoRelay(why) => Some(Err(why)),
                _ => None,
            },
            is_awaited: letter.kind.is_awaited(),
        }
    }

    /// Whether this attempt is now put down.
    ///
    /// A database that went away between sending and settling is waited for while the lease holds:
    /// the letter is out, and each second more saves somebody a second copy.
    async fn settle(&self, owner: Uuid, letter: &Claimed, verdict: &Verdict, desk: &Semaphore) -> bool {
        let deadline = Instant::now() + self.pace.limits.settle;
        loop {
            let now = self.clock.now();
            let done = async {
                let _seat = desk.acquire().await;
                if let Verdict::Bounced(address) = verdict {
                    let bounced = async |tx: &mut _| outbox::settle_bounced(tx, letter, owner, address, now).await;
                    return self.pool.in_transaction(bounced).await;
                }
                let mut conn = self.pool.get().await?;
                outbox::settle(&mut conn, letter, owner, verdict, now).await
            };
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
        Verdict::Paused { seconds, .. } => {
            tracing::info!(letter = %letter.id, kind, seconds, "waits for the relay or the database")
        }
        Verdict::Failed { .. } => tracing::warn!(letter = %letter.id, kind, attempt, "given up"),
        Verdict::Bounced(_) => tracing::warn!(letter = %letter.id, kind, attempt, "refused for good"),
    }
}
