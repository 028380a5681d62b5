//! The loop: sweep what is due, claim what is owed, deliver, settle.
//!
//! Any number of instances may run it; there is no leader. Three loops share one task: the sweep
//! turns due times into owed letters, the delivery takes owed letters to the mailer (composed in
//! batches, sent several at once, so that one that stalls holds nobody up), and plans that HR has take another release are
//! upgraded two at a time. No transaction is open while a letter is on its
//! way.
//!
//! Delivery is at least once: a letter that left and could not be settled (the program was killed,
//! the database went away for longer than the lease) leaves again with the same Message-ID.
//!
//! What it must not know: what a letter says, or whether it is still needed (`app`).

mod attempt;
mod backoff;
mod canary;
mod delivery;
mod lanes;
mod pace;
mod preparing;
mod relaying;
mod settling;
#[cfg(test)]
mod tests;

use std::any::Any;
use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt;
use tokio::sync::watch;
use tokio::time::sleep;
use uuid::Uuid;

use crate::app::rollouts;
use crate::app::sweep::{self, Swept};
use crate::app::{self, Chance, Moment};
use crate::clock::Clock;
use crate::mail::{Mailer, Sender};
use crate::render::Renderer;
use crate::store::outbox;
use crate::store::pool::Pool;
use crate::store::pool::StoreError;
use backoff::Troubles;
pub use pace::{Limits, Pace};

/// How long a stop waits for what is in flight. Under the 25 seconds in which a program must end.
const GRACE: Duration = Duration::from_secs(15);

/// What the loop works with.
#[derive(Clone)]
pub struct Worker {
    pub pool: Pool,
    pub renderer: Arc<Renderer>,
    pub mailer: Arc<Mailer>,
    pub sender: Sender,
    /// The site's address in letters, without a slash at its end.
    pub base_url: String,
    pub clock: Clock,
    pub chance: Chance,
    pub pace: Pace,
}

/// What became of the letters of one run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Delivered {
    pub sent: usize,
    pub unneeded: usize,
    /// To be tried again later.
    pub retried: usize,
    pub failed: usize,
    /// For a better hour.
    pub put_off: usize,
    /// For want of an address that takes mail.
    pub held: usize,
}

/// A run that did not get through.
#[derive(Debug, thiserror::Error)]
pub enum WorkerError {
    #[error("sweeping what is due: {0}")]
    Sweep(#[source] app::Error),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("sweeping what is due panicked: {0}")]
    Panicked(String),
    #[error("upgrading plans: {0}")]
    Rollout(#[source] app::Error),
    #[error("upgrading plans panicked: {0}")]
    RolloutPanicked(String),
}

impl Worker {
    /// A worker at the usual pace.
    pub fn new(
        pool: Pool,
        renderer: Arc<Renderer>,
        mailer: Arc<Mailer>,
        sender: Sender,
        base_url: String,
        clock: Clock,
        chance: Chance,
    ) -> Worker {
        Worker { pool, renderer, mailer, sender, base_url, clock, chance, pace: Pace::default() }
    }

    /// Sweeps and delivers until `stop` says true or its sender is gone; then finishes what is in
    /// flight, or gives it back after a grace.
    ///
    /// A database or relay that is down does not end it: it says so once, waits and goes on.
    /// Futures in here are not `Send`: run it on a current-thread runtime or a `LocalSet`.
    ///
    /// # Errors
    /// None so far; what can be waited out is.
    pub async fn run(self, stop: watch::Receiver<bool>) -> Result<(), WorkerError> {
        let owner = self.moment().id();
        tracing::info!(%owner, "the worker begins");
        let sweeping = self.keep_sweeping(stop.clone());
        tokio::join!(sweeping, self.keep_upgrading(stop.clone()), self.keep_delivering(owner, stop));
        if let Err(error) = self.give_back_all(owner).await {
            // The leases run out by themselves.
            tracing::warn!(%error, "leases could not be given back");
        }
        tracing::info!(%owner, "the worker ends");
        Ok(())
    }

    /// Sweeps once and delivers everything that may leave now.
    ///
    /// When the relay cannot be used it stops after the letters that met it; they and the rest stay
    /// owed.
    ///
    /// # Errors
    /// The database fails; what was delivered before stays delivered.
    pub async fn run_once(&self) -> Result<Delivered, WorkerError> {
        self.sweep_once().await?;
        while self.upgrade_once().await? > 0 {}
        self.drain(self.moment().id()).await
    }

    fn moment(&self) -> Moment {
        Moment { now: self.clock.now(), chance: self.chance.clone() }
    }

    async fn sweep_once(&self) -> Result<Swept, WorkerError> {
        unless_it_panics(sweep::sweep(&self.pool, &self.moment()))
            .await
            .map_err(WorkerError::Panicked)?
            .map_err(WorkerError::Sweep)
    }

    /// A sweep that fails is tried again later and later: one plan that cannot be woken must not
    /// fill the log, and the letters that are owed leave without it. Watches too that some leave.
    async fn keep_sweeping(&self, mut stop: watch::Receiver<bool>) {
        let mut troubles = Troubles::new("sweeping");
        let mut watch = self.begin_watch();
        while !*stop.borrow() {
            // Also when the sweep fails: letters are owed by other ways too.
            let (swept, watched) = (self.sweep_once().await, self.watch(&mut watch).await);
            let rest = match swept.and_then(|swept| watched.map(|()| swept)) {
                Ok(swept) => {
                    troubles.are_over();
                    if swept != Swept::default() {
                        tracing::info!(swept.briefs, swept.digests, swept.woken, "swept");
                    }
                    self.pace.idle
                }
                Err(error) => troubles.more(&error),
            };
            rested(&mut stop, rest).await;
        }
    }

    async fn upgrade_once(&self) -> Result<usize, WorkerError> {
        unless_it_panics(rollouts::step(&self.pool, &self.moment()))
            .await
            .map_err(WorkerError::RolloutPanicked)?
            .map_err(WorkerError::Rollout)
    }

    /// Looks for plans that wait to be upgraded; while there are some, without rest.
    async fn keep_upgrading(&self, mut stop: watch::Receiver<bool>) {
        let mut troubles = Troubles::new("upgrading plans");
        while !*stop.borrow() {
            let rest = match self.upgrade_once().await {
                Ok(settled) => {
                    troubles.are_over();
                    if settled > 0 { Duration::ZERO } else { self.pace.idle }
                }
                Err(error) => troubles.more(&error),
            };
            rested(&mut stop, rest).await;
        }
    }

    async fn give_back_all(&self, owner: Uuid) -> Result<usize, StoreError> {
        self.pool.in_transaction(async |tx| outbox::give_back_all(tx, owner).await).await
    }
}

/// Waits, but not beyond the word to stop.
async fn rested(stop: &mut watch::Receiver<bool>, rest: Duration) {
    tokio::select! {
        () = stopped(stop) => {}
        () = sleep(rest) => {}
    }
}

/// Ends when the word to stop is given, or nobody is left to give it.
async fn stopped(stop: &mut watch::Receiver<bool>) {
    // An error means that the sender is gone, which is a stop too.
    let _ = stop.wait_for(|stop| *stop).await;
}

/// The future's outcome, or what it panicked with: a bug in one letter must not end all others.
async fn unless_it_panics<T>(future: impl Future<Output = T>) -> Result<T, String> {
    AssertUnwindSafe(future).catch_unwind().await.map_err(|cause| words_of(cause.as_ref()))
}

fn words_of(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "no message".to_owned())
}
