//! Claiming what is owed, composing it ahead in batches, several letters on their way at once, and settling
//! each before its connection takes another.

use futures_util::StreamExt;
use futures_util::future::{FutureExt, LocalBoxFuture, OptionFuture};
use futures_util::stream::FuturesUnordered;
use tokio::sync::watch;
use tokio::time::{Instant, sleep_until, timeout_at};
use uuid::Uuid;

use super::attempt::{Ending, verdict};
use super::backoff::{Troubles, roll};
use super::lanes::Lanes;
use super::pace::Meter;
use super::preparing::{Held, Ready, Shelf};
use super::relaying::Relaying;
use super::settling::Register;
use super::{Delivered, GRACE, Worker, WorkerError, stopped};
use crate::store::outbox::{self, Claimed, Share, Verdict};
use crate::store::pool::StoreError;

/// What a look is for.
enum Ask {
    /// Letters, so many of them.
    Letters(Share),
    /// Whether the relay answers again.
    Relay,
    /// Nothing but giving back.
    Nothing,
}

/// What a look brought.
enum Look {
    /// What was claimed, of how many that were asked for, and when it was asked: the leases run since.
    Claimed(Result<Vec<Claimed>, StoreError>, Share, Instant),
    /// Whether the relay answers again.
    Relay(Result<(), String>),
    Nothing,
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
        let (shelf, register, most) = (Shelf::default(), Register::default(), self.pace.at_once.max(1));
        loop {
            let since = Instant::now();
            let mut claimed = self.claim(owner, Share { awaited: most, other: 0 }).await?;
            let other = most - claimed.len();
            if other > 0 {
                claimed.extend(self.claim(owner, Share { awaited: 0, other }).await?);
            }
            if claimed.is_empty() {
                return Ok(delivered);
            }
            let held = claimed.into_iter().map(|letter| Held { letter, since }).collect();
            let prepared = self.prepare(held, &shelf).await;
            self.give_back(owner, prepared.left.into_iter().map(|held| held.letter).collect()).await;
            let mut flying: FuturesUnordered<_> =
                prepared.ready.into_iter().map(|ready| self.deliver(owner, ready, &register)).collect();
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
        let (mut lanes, mut meter) = (Lanes::new(self.pace), Meter::new(self.pace.per_second));
        let (shelf, register) = (Shelf::default(), Register::default());
        let (mut composing, mut flying) = (FuturesUnordered::new(), FuturesUnordered::new());
        // A look at the outbox or the relay, which may take long while letters are on their way.
        let mut look: OptionFuture<LocalBoxFuture<'_, Look>> = None.into();
        let mut is_looking = false;
        let mut look_again = Instant::now();
        while !*stop.borrow() && stop.has_changed().is_ok() {
            let now = Instant::now();
            while relaying.may_begin() && meter.next().is_none_or(|next| next <= now) {
                let Some(ready) = lanes.begin(now) else { break };
                meter.count(now);
                relaying.begun();
                flying.push(self.deliver(owner, ready, &register));
            }
            let can_leave = !relaying.is_down();
            lanes.keep_up(meter.rate(now));
            while let Some((letters, is_awaited)) = can_leave.then(|| lanes.compose()).flatten() {
                let count = letters.len();
                composing.push(self.prepare(letters, &shelf).map(move |prepared| (prepared, is_awaited, count)));
            }
            let ask = if look_again <= now {
                Some(if can_leave { Ask::Letters(lanes.share()) } else { Ask::Relay })
            } else if can_leave {
                lanes.want_more().then(|| Ask::Letters(lanes.share()))
            } else {
                lanes.hold_some().then_some(Ask::Nothing)
            };
            if let Some(ask) = ask.filter(|_| !is_looking) {
                look = Some(self.look(owner, lanes.not_begun(now, can_leave), ask).boxed_local()).into();
                is_looking = true;
            }
            let next_look = (!is_looking).then_some(look_again);
            let wake = meter.next().filter(|next| *next > now).into_iter().chain(next_look).min();
            let rest = tokio::select! {
                () = stopped(&mut stop) => break,
                () = sleep_until(wake.unwrap_or(now)), if wake.is_some() => continue,
                Some((prepared, is_awaited, count)) = composing.next() => {
                    lanes.prepared(prepared, is_awaited, count);
                    continue;
                }
                Some(landed) = flying.next() => {
                    lanes.landed(landed.is_awaited);
                    match relaying.landed(landed.relay) {
                        Some(pause) => pause,
                        None => continue,
                    }
                }
                Some(looked) = &mut look, if is_looking => {
                    is_looking = false;
                    if !matches!(&looked, Look::Claimed(Ok(claimed), ..) if !claimed.is_empty()) {
                        register.rests();
                    }
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
                        Look::Nothing => continue,
                    }
                }
            };
            look_again = Instant::now() + rest;
        }
        // What is on its way may arrive; what stalls is dropped, and its lease given back.
        let deadline = Instant::now() + GRACE;
        while let Ok(Some(_)) = timeout_at(deadline, flying.next()).await {}
    }

    /// Gives back what was not begun, and looks.
    async fn look(&self, owner: Uuid, not_begun: Vec<Claimed>, ask: Ask) -> Look {
        self.give_back(owner, not_begun).await;
        match ask {
            Ask::Letters(share) => {
                let since = Instant::now();
                Look::Claimed(self.claim(owner, share).await, share, since)
            }
            Ask::Relay => Look::Relay(self.relay_answers().await),
            Ask::Nothing => Look::Nothing,
        }
    }

    async fn give_back(&self, owner: Uuid, letters: Vec<Claimed>) {
        if letters.is_empty() {
            return;
        }
        let given = self.pool.in_transaction(async |tx| outbox::give_back(tx, owner, &letters).await).await;
        if let Err(error) = given {
            // The leases run out by themselves.
            tracing::warn!(%error, "letters that were not begun could not be given back");
        }
    }

    async fn claim(&self, owner: Uuid, share: Share) -> Result<Vec<Claimed>, StoreError> {
        let now = self.clock.now();
        let lease = i64::try_from(self.pace.limits.lease.as_secs()).unwrap_or(i64::MAX);
        // A claim that was lost with the database's machine was not settled either.
        self.pool.in_unflushed_transaction(async |tx| outbox::claim(tx, owner, now, lease, share).await).await
    }

    /// Tries one letter and puts down what became of it.
    async fn deliver(&self, owner: Uuid, ready: Ready, register: &Register) -> Landed {
        let letter = ready.held.letter;
        let ending = register.counted(self.attempt(ready.next)).await;
        let verdict = verdict(&ending, letter.kind, letter.attempt, roll(&self.moment()));
        said(&letter, &verdict);
        let settled = self.settle(owner, &letter, verdict.clone(), register).await;
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
