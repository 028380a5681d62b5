//! The door: mail that comes in by SMTP or LMTP, from the mail server of the house.
//!
//! Owns connections and when a sender hears that its mail is taken: only after the transaction that
//! acted on it. While the database is away it hears to come again. It must not know what a mail says or
//! does (`app::replies`).

pub mod smtp;
#[cfg(test)]
mod tests;

use std::cell::Cell;
use std::io;
use std::net::SocketAddr;
use std::panic::AssertUnwindSafe;
use std::rc::Rc;
use std::time::Duration;

use futures_util::stream::FuturesUnordered;
use futures_util::{FutureExt, StreamExt};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, Semaphore, watch};
use tokio::time::{Instant, sleep, timeout};

use crate::app::replies;
use crate::app::{Chance, Moment};
use crate::clock::Clock;
use crate::store::pool::Pool;
use smtp::{Dialogue, Event, Fate, Mail};

/// One mail server opens few; what is beyond is turned away and comes again.
const MOST_CONNECTIONS: usize = 20;

/// When all are taken, whoever had no letter for this long makes room, or an idle crowd would shut out the
/// mail server of the house. One that has a letter begins it sooner.
const IDLE: Duration = Duration::from_secs(2);

/// How long the other side may be silent (RFC 5321, 4.5.3.2).
const PATIENCE: Duration = Duration::from_secs(5 * 60);

/// What is being taken gets this long after the word to stop.
const GRACE: Duration = Duration::from_secs(10);

/// Mails taken at the same time: pages need the database, too.
const AT_ONCE: usize = 2;

/// What the door works with.
#[derive(Clone)]
pub struct Door {
    pub pool: Pool,
    pub address: replies::Door,
    pub clock: Clock,
    pub chance: Chance,
}

/// The address cannot be listened on.
#[derive(Debug, thiserror::Error)]
#[error("MAIL_LISTEN: the address {address} cannot be listened on: {source}")]
pub struct ListenError {
    address: SocketAddr,
    source: io::Error,
}

/// Takes the address.
///
/// # Errors
/// Another program has it, or it is not this machine's.
pub fn listen(address: SocketAddr) -> Result<std::net::TcpListener, ListenError> {
    let bound = std::net::TcpListener::bind(address).and_then(|listener| {
        listener.set_nonblocking(true)?;
        Ok(listener)
    });
    bound.map_err(|source| ListenError { address, source })
}

impl Door {
    /// Takes mail until `stop` says true or its sender is gone; then finishes what is being taken.
    ///
    /// Futures in here are not `Send`: run it on a current-thread runtime or a `LocalSet`.
    ///
    /// # Errors
    /// The listener belongs to no runtime. Nothing that a client does ends it.
    pub async fn run(self, listener: std::net::TcpListener, mut stop: watch::Receiver<bool>) -> io::Result<()> {
        let listener = TcpListener::from_std(listener)?;
        let desk = Semaphore::new(AT_ONCE);
        let mut open = FuturesUnordered::new();
        let mut seats = Seats::default();
        loop {
            tokio::select! {
                () = stopped(&mut stop) => break,
                Some(seat) = open.next(), if !open.is_empty() => seats.leave(&seat),
                client = listener.accept() => match client {
                    Ok((stream, _)) => match seats.take() {
                        Some(seat) => open.push(self.attend(stream, seat, &desk, stop.clone())),
                        None => part(&stream, b"421 4.7.0 Too many connections\r\n"),
                    },
                    Err(error) => {
                        tracing::warn!(%error, "a mail server could not be let in");
                        sleep(Duration::from_secs(1)).await;
                    }
                },
            }
        }
        drop(listener);
        if timeout(GRACE, async { while open.next().await.is_some() {} }).await.is_err() {
            tracing::warn!(open = open.len(), "mail servers were left in the middle; they come again");
        }
        Ok(())
    }

    async fn attend(
        &self,
        mut stream: TcpStream,
        seat: Rc<Seat>,
        desk: &Semaphore,
        stop: watch::Receiver<bool>,
    ) -> Rc<Seat> {
        tokio::select! {
            // First, so that nobody who is to leave begins a letter meanwhile.
            biased;
            () = seat.is_wanted.notified() => part(&stream, b"421 4.7.0 Others wait, and no letter came\r\n"),
            end = self.converse(&mut stream, &seat, desk, stop) => if let Err(error) = end {
                tracing::debug!(%error, "a mail server hung up");
            }
        }
        seat
    }

    async fn converse(
        &self,
        stream: &mut TcpStream,
        seat: &Seat,
        desk: &Semaphore,
        mut stop: watch::Receiver<bool>,
    ) -> io::Result<()> {
        let is_ours = |address: &str| self.address.takes(address);
        let mut dialogue = Dialogue::new(&self.address.domain, &is_ours);
        let mut saying = dialogue.greeting();
        let mut heard = vec![0; 16 * 1024];
        loop {
            while let Some(event) = dialogue.event() {
                match event {
                    Event::Say(words) => saying.push_str(&words),
                    Event::Take(mail) => {
                        // Its first words may have come with its last.
                        seat.note(true);
                        say(stream, &std::mem::take(&mut saying)).await?;
                        let fate = self.take(&mail, desk).await;
                        saying.push_str(&dialogue.taken(fate));
                    }
                    Event::Part(words) => {
                        say(stream, &(saying + &words)).await?;
                        return stream.shutdown().await;
                    }
                }
            }
            seat.note(dialogue.is_in_letter());
            say(stream, &std::mem::take(&mut saying)).await?;
            let length = tokio::select! {
                () = stopped(&mut stop) => {
                    say(stream, "421 4.3.2 The program stops\r\n").await?;
                    return stream.shutdown().await;
                }
                read = timeout(PATIENCE, stream.read(&mut heard)) => match read {
                    Ok(length) => length?,
                    Err(_) => return say(stream, "421 4.4.2 Silent for too long\r\n").await,
                },
            };
            if length == 0 {
                return Ok(());
            }
            dialogue.hear(&heard[..length]);
        }
    }

    /// A bug in one mail must not end the door.
    async fn take(&self, mail: &Mail, desk: &Semaphore) -> Fate {
        let Ok(_permit) = desk.acquire().await else { return Fate::Later };
        let moment = Moment { now: self.clock.now(), chance: self.chance.clone() };
        let taking = replies::take(&self.pool, &self.address, &mail.to, &mail.bytes, &moment);
        match AssertUnwindSafe(taking).catch_unwind().await {
            Ok(Ok(_)) => Fate::Kept,
            Ok(Err(error)) => {
                tracing::warn!(%error, "a mail could not be taken; its server comes again");
                Fate::Later
            }
            Err(_) => {
                tracing::error!("taking a mail panicked; its server comes again");
                Fate::Later
            }
        }
    }
}

/// The connections that are open.
#[derive(Default)]
struct Seats(Vec<Rc<Seat>>);

/// One connection, as the door sees it.
struct Seat {
    /// Since when no letter is on its way.
    idle_since: Cell<Option<Instant>>,
    is_wanted: Notify,
}

impl Seat {
    fn note(&self, is_in_letter: bool) {
        let since = self.idle_since.get();
        self.idle_since.set(if is_in_letter { None } else { since.or_else(|| Some(Instant::now())) });
    }
}

impl Seats {
    /// One for who comes, of whoever is idle longest when there is no other.
    fn take(&mut self) -> Option<Rc<Seat>> {
        if self.0.len() >= MOST_CONNECTIONS {
            let idle = self.0.iter().filter(|seat| seat.idle_since.get().is_some_and(|since| since.elapsed() >= IDLE));
            let longest = Rc::clone(idle.min_by_key(|seat| seat.idle_since.get())?);
            longest.is_wanted.notify_one();
            self.leave(&longest);
        }
        let seat = Rc::new(Seat { idle_since: Cell::new(Some(Instant::now())), is_wanted: Notify::new() });
        self.0.push(Rc::clone(&seat));
        Some(seat)
    }

    fn leave(&mut self, seat: &Rc<Seat>) {
        self.0.retain(|other| !Rc::ptr_eq(other, seat));
    }
}

/// The last words. Whether they are heard or not, the connection closes.
fn part(stream: &TcpStream, words: &[u8]) {
    drop(stream.try_write(words));
}

async fn say(stream: &mut TcpStream, words: &str) -> io::Result<()> {
    if words.is_empty() {
        return Ok(());
    }
    match timeout(PATIENCE, stream.write_all(words.as_bytes())).await {
        Ok(written) => written,
        Err(elapsed) => Err(elapsed.into()),
    }
}

/// Ends when the word to stop is given, or nobody is left to give it.
async fn stopped(stop: &mut watch::Receiver<bool>) {
    // An error means that the sender is gone, which is a stop too.
    let _ = stop.wait_for(|stop| *stop).await;
}
