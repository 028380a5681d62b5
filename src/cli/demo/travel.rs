//! Time travel: the clock moves from one due moment to the next, and each is swept and delivered, so
//! that no mail of a passed day is left out.

use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::{Mutex, watch};

use crate::app::worlds;
use crate::cli::Failure;
use crate::clock::Clock;
use crate::store::pool::Pool;
use crate::store::travel;
use crate::web::Travel;
use crate::worker::Worker;

/// A next mail further away than this is not waited for.
const HORIZON: TimeDelta = TimeDelta::days(120);

/// How many due moments one journey passes; a week of a large company is far below.
const MOST_STOPS: usize = 5000;

/// Moves the demo's clock.
pub struct Traveller {
    pool: Pool,
    clock: Clock,
    /// One journey at a time, and none while the present is kept up.
    worker: Mutex<Worker>,
}

impl Traveller {
    pub fn new(pool: Pool, clock: Clock, worker: Worker) -> Traveller {
        Traveller { pool, clock, worker: Mutex::new(worker) }
    }

    /// Travels and keeps where the clock stands.
    pub async fn travel(&self, by: Travel) -> Result<(), Failure> {
        let worker = self.worker.lock().await;
        let now = self.clock.now();
        match by {
            Travel::Day => self.pass(&worker, now + TimeDelta::days(1), false).await?,
            Travel::Week => self.pass(&worker, now + TimeDelta::days(7), false).await?,
            Travel::NextMail => self.pass(&worker, now + HORIZON, true).await?,
        }
        let ahead = self.clock.seconds_ahead();
        Ok(self.pool.in_transaction(async |tx| travel::set(tx, ahead).await).await?)
    }

    /// Passes every due moment until `target`; stops at the first that sends a mail when told so.
    pub async fn pass(&self, worker: &Worker, target: DateTime<Utc>, until_mail: bool) -> Result<(), Failure> {
        for _ in 0..MOST_STOPS {
            let next = worlds::next_due(&mut *self.pool.get().await?).await?;
            let Some(next) = next.filter(|next| *next <= target) else { break };
            self.clock.travel_to(next.max(self.clock.now()));
            let delivered = worker.run_once().await?;
            if until_mail && delivered.sent > 0 {
                return Ok(());
            }
        }
        if !until_mail {
            self.clock.travel_to(target);
            worker.run_once().await?;
        }
        Ok(())
    }

    /// Lives through a stretch of the past, for the sample company.
    pub async fn live_until(&self, target: DateTime<Utc>) -> Result<(), Failure> {
        let worker = self.worker.lock().await;
        self.pass(&worker, target, false).await
    }

    /// Delivers what becomes due while nobody travels.
    pub async fn keep_up(&self, mut stop: watch::Receiver<bool>) -> Result<(), Failure> {
        loop {
            if let Err(error) = self.worker.lock().await.run_once().await {
                // The database may come back; the pages say meanwhile what is wrong.
                tracing::warn!("what is due could not be delivered: {error}");
            }
            tokio::select! {
                _ = stop.wait_for(|stop| *stop) => return Ok(()),
                () = tokio::time::sleep(std::time::Duration::from_secs(1)) => {}
            }
        }
    }
}
