//! Putting down what became of attempts: those that end while others are being put down go together.
//!
//! A connection takes its next letter only when its last one is put down. So a worker that is killed
//! repeats one letter a connection at most, and yet few commits carry many letters.

use std::cell::{Cell, RefCell};
use std::time::Duration;

use tokio::sync::{Mutex, Notify, oneshot};
use tokio::time::{Instant, sleep, timeout_at};
use uuid::Uuid;

use super::Worker;
use crate::store::outbox::{self, Claimed, Verdict};
use crate::store::pool::{Conn, StoreError};

/// Between two tries at settling while the database is away.
const AGAIN: Duration = Duration::from_secs(1);

/// A commit waits for the disk, and costs as much as sending a letter: so long it waits for others to land.
const MOMENT: Duration = Duration::from_millis(1);

/// A connection that says nothing for so long leads nowhere any more: another is tried.
const TRY: Duration = Duration::from_secs(10);

/// Ended attempts, before they are put down.
#[derive(Default)]
pub(super) struct Register {
    /// How many letters are on their way.
    flying: Cell<usize>,
    landed: Notify,
    waiting: RefCell<Vec<Entry>>,
    /// Whoever holds it puts down all that wait, over a connection that is kept while letters leave: the
    /// pool would ask each time whether it is still there.
    turn: Mutex<Option<Conn>>,
}

impl Register {
    /// What `attempt` comes to, counted as on its way meanwhile.
    pub async fn counted<T>(&self, attempt: impl Future<Output = T>) -> T {
        self.flying.set(self.flying.get() + 1);
        let ended = attempt.await;
        self.flying.set(self.flying.get() - 1);
        self.landed.notify_one();
        ended
    }

    /// Nothing leaves at the moment: others may have the connection.
    pub fn rests(&self) {
        if let Ok(mut kept) = self.turn.try_lock() {
            kept.take();
        }
    }

    /// Those that land in a moment go with whoever has the turn.
    async fn gather(&self) -> Vec<Entry> {
        let moment = Instant::now() + MOMENT;
        while self.flying.get() > 0 && timeout_at(moment, self.landed.notified()).await.is_ok() {}
        self.waiting.take()
    }
}

struct Entry {
    letter: Uuid,
    attempt: i32,
    verdict: Verdict,
    /// A worker that comes after it has the lease.
    until: Instant,
    is_settled: oneshot::Sender<bool>,
}

impl Worker {
    /// Whether this attempt is now put down.
    ///
    /// A database that went away between sending and settling is waited for while the lease holds:
    /// the letter is out, and each second more saves somebody a second copy.
    pub(super) async fn settle(&self, owner: Uuid, letter: &Claimed, verdict: Verdict, register: &Register) -> bool {
        let (is_settled, mut settled) = oneshot::channel();
        let until = Instant::now() + self.pace.limits.settle;
        let entry = Entry { letter: letter.id, attempt: letter.attempt, verdict, until, is_settled };
        register.waiting.borrow_mut().push(entry);
        let mut turn = register.turn.lock().await;
        if let Ok(settled) = settled.try_recv() {
            return settled;
        }
        self.put_down(owner, register.gather().await, &mut turn).await;
        drop(turn);
        settled.await.unwrap_or(false)
    }

    async fn put_down(&self, owner: Uuid, mut group: Vec<Entry>, kept: &mut Option<Conn>) {
        while let Some(until) = group.iter().map(|entry| entry.until).min() {
            let limit = until.min(Instant::now() + TRY);
            let (error, may_pass) = match timeout_at(limit, self.put_down_once(owner, &mut group, kept)).await {
                Ok(Ok(())) => continue,
                Ok(Err(error)) => (error.to_string(), error.is_transient()),
                Err(_) => ("no answer from the database".to_owned(), true),
            };
            if may_pass && Instant::now() + AGAIN < until {
                sleep(AGAIN).await;
                continue;
            }
            // What the database refuses for good stands first, and must not hold up what waits behind it.
            let refused = group.first().filter(|_| !may_pass).map(|entry| entry.letter);
            for entry in group.extract_if(.., |entry| entry.until <= until || Some(entry.letter) == refused) {
                let letter = entry.letter;
                tracing::error!(%letter, %error, "an attempt could not be settled; the letter goes again after its lease");
                let _ = entry.is_settled.send(false); // who waited for it is gone
            }
        }
    }

    /// Takes out of the group what is put down: those that ended alike in one statement.
    async fn put_down_once(
        &self,
        owner: Uuid,
        group: &mut Vec<Entry>,
        kept: &mut Option<Conn>,
    ) -> Result<(), StoreError> {
        while let Some(first) = group.first() {
            let (attempt, verdict, now) = (first.attempt, first.verdict.clone(), self.clock.now());
            let is_alike = |entry: &Entry| entry.attempt == attempt && entry.verdict == verdict;
            let letters: Vec<Uuid> = group.iter().filter(|entry| is_alike(entry)).map(|entry| entry.letter).collect();
            let settled = if let Verdict::Bounced(address) = &verdict {
                let bounced =
                    async |tx: &mut _| outbox::settle_bounced(tx, owner, &letters, attempt, address, now).await;
                self.pool.in_transaction(bounced).await?
            } else {
                let mut conn = match kept.take() {
                    Some(conn) => conn,
                    None => self.pool.get().await?,
                };
                let settled = outbox::settle(&mut conn, owner, &letters, attempt, &verdict, now).await?;
                *kept = Some(conn);
                settled
            };
            for entry in group.extract_if(.., |entry| is_alike(entry)) {
                let is_settled = settled.contains(&entry.letter);
                if !is_settled {
                    tracing::warn!(letter = %entry.letter, attempt, "the lease had passed to another worker, or an earlier try at settling had worked");
                }
                let _ = entry.is_settled.send(is_settled); // who waited for it is gone
            }
        }
        Ok(())
    }
}
