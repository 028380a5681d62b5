//! From claimed rows to messages that can leave: composed in one transaction, written and signed on a
//! thread of their own.

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};

use chrono::{DateTime, Utc};
use tokio::task::spawn_blocking;
use tokio::time::{Instant, timeout};

use super::attempt::{Ending, out_of_time, with_causes};
use super::{Worker, backoff, unless_it_panics, words_of};
use crate::app::letters::{self, Composed, Letter};
use crate::app::worlds::Library;
use crate::app::{self, Moment};
use crate::mail::{self, MailError, Message};
use crate::store::outbox::Claimed;

/// A letter, and since when it is held: its lease runs since.
#[derive(Debug, Clone)]
pub(super) struct Held {
    pub letter: Claimed,
    pub since: Instant,
}

/// A letter that can leave, or has ended before.
pub(super) struct Ready {
    pub held: Held,
    pub next: Result<Outgoing, Ending>,
}

/// What leaves, and to which address.
pub(super) struct Outgoing {
    pub message: Message,
    pub to: String,
}

/// What the letters of one worker are composed with, kept from one batch to the next.
pub(super) type Shelf = RefCell<Library>;

/// What became of a batch: those that are ready, and those that were held for too long before their turn.
#[derive(Default)]
pub(super) struct Prepared {
    pub ready: Vec<Ready>,
    pub left: Vec<Held>,
}

type ToWrite = (Held, Result<Box<Letter>, Ending>);

impl Worker {
    /// Composes and writes letters, a batch in one transaction. Where that fails each is composed alone, so
    /// that one which cannot be composed holds up no other. A panic in a template, lettre or anywhere else
    /// is a failed attempt.
    pub(super) async fn prepare(&self, letters: Vec<Held>, shelf: &Shelf) -> Prepared {
        let moment = self.moment();
        let (mut to_write, mut left) = (Vec::new(), Vec::new());
        let is_worn = |held: &Held| held.letter.attempt > backoff::MOST_BEGUN;
        let (worn, letters): (Vec<Held>, Vec<Held>) = letters.into_iter().partition(is_worn);
        to_write.extend(worn.into_iter().map(|held| {
            let begun = held.letter.attempt - 1;
            let why = format!("begun {begun} times and never ended: perhaps it ends the program");
            (held, Err(Ending::Hopeless(why)))
        }));
        match self.compose(&letters, &moment, shelf).await {
            Ok(all) => to_write.extend(letters.into_iter().zip(all.into_iter().map(to_say))),
            Err(ending) if letters.len() == 1 || matches!(ending, Ending::NoDatabase(_)) => {
                to_write.extend(letters.into_iter().map(|held| (held, Err(ending.clone()))));
            }
            Err(_) => {
                for held in letters {
                    if held.since.elapsed() >= self.pace.limits.begin {
                        left.push(held);
                        continue;
                    }
                    let one = self.compose(std::slice::from_ref(&held), &moment, shelf).await;
                    to_write.push((held, one.and_then(|mut one| to_say(one.remove(0)))));
                }
            }
        }
        Prepared { ready: self.written(to_write, moment.now).await, left }
    }

    async fn compose(&self, letters: &[Held], moment: &Moment, shelf: &Shelf) -> Result<Vec<Composed>, Ending> {
        if letters.is_empty() {
            return Ok(Vec::new());
        }
        let limit = self.pace.limits.compose;
        let claimed: Vec<Claimed> = letters.iter().map(|held| held.letter.clone()).collect();
        // Another batch may be composed meanwhile.
        let mut library = shelf.borrow().clone();
        let composing = letters::compose(&self.pool, &claimed, &self.base_url, moment, &mut library);
        let composed = timeout(limit, unless_it_panics(composing)).await;
        shelf.replace(library);
        match composed {
            Ok(Ok(Ok(composed))) => Ok(composed),
            Ok(Ok(Err(app::Error::Store(error)))) if error.is_transient() => {
                Err(Ending::NoDatabase(with_causes("composing", &error)))
            }
            Ok(Ok(Err(error))) => Err(Ending::Failed(with_causes("composing", &error))),
            Ok(Err(panic)) => Err(Ending::Failed(format!("the attempt panicked: {panic}"))),
            Err(_) => Err(Ending::Failed(out_of_time("composing", limit))),
        }
    }

    /// Templates and signatures keep a processor busy, and this thread has the pages to answer as well.
    async fn written(&self, letters: Vec<ToWrite>, now: DateTime<Utc>) -> Vec<Ready> {
        let (renderer, sender) = (self.renderer.clone(), self.sender.clone());
        let write = move |letter: &Letter| {
            let message = catch_unwind(AssertUnwindSafe(|| mail::write(letter, &renderer, &sender, now)))
                .map_err(|cause| Ending::Failed(format!("the attempt panicked: {}", words_of(cause.as_ref()))))?;
            Ok(Outgoing { message: message.map_err(|error| of_writing(&error))?, to: letter.to_email.clone() })
        };
        let written = spawn_blocking(move || {
            let ready = |(held, letter): ToWrite| Ready { held, next: letter.and_then(|letter| write(&letter)) };
            letters.into_iter().map(ready).collect()
        });
        // It fails when the program ends: then the leases run out.
        written.await.unwrap_or_default()
    }
}

fn to_say(composed: Composed) -> Result<Box<Letter>, Ending> {
    match composed {
        Composed::Letter(letter) => Ok(letter),
        Composed::Unneeded(why) => Err(Ending::Unneeded(why)),
        Composed::Later(until, why) => Err(Ending::Later(until, why)),
        Composed::Held(why) => Err(Ending::Held(why)),
    }
}

fn of_writing(error: &MailError) -> Ending {
    let words = with_causes("writing", error);
    if error.is_permanent() { Ending::Hopeless(words) } else { Ending::Failed(words) }
}
