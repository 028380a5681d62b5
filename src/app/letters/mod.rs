//! What a letter says, now, or that it is no longer needed: looked up when it is delivered, not when
//! it was owed.

mod brief;
mod desk;
mod escalated;
mod lists;
pub mod meeting;
pub mod mentor;
pub mod milestones;
mod shapes;
mod work;

use std::collections::HashMap;

use chrono::{DateTime, Utc};

pub use lists::MOST_SNOOZES;
pub use shapes::*;

use super::worlds::Library;
use super::{Error, Moment, digest};
use crate::engine::mail::Topic;
use crate::engine::vocabulary::PersonId;
use crate::store::links::{self, Item, NewLink, Purpose};
use crate::store::outbox::{Claimed, Kind};
use crate::store::people::{self, Person};
use crate::store::pool::{Pool, Tx};
use crate::store::stopped;
use desk::Desk;

/// What became of an attempt to compose a letter.
#[derive(Debug, Clone)]
pub enum Composed {
    Letter(Box<Letter>),
    /// There is nothing left to say; with a code that says why.
    Unneeded(&'static str),
    /// Not now: it is looked into again then.
    Later(DateTime<Utc>, &'static str),
    /// Not before somebody corrects the address.
    Held(&'static str),
}

/// The letters that claimed rows stand for, or why there is none, in the order of the rows.
///
/// Links that act are made here, with their hashes kept in the same transaction, so that no secret
/// waits in the outbox. They are as safe on disk as the settling of the letter, which comes later, is. One
/// letter that fails fails all: try again with each alone.
///
/// # Errors
/// The database fails, or what a letter speaks of is gone.
pub async fn compose(
    pool: &Pool,
    claimed: &[Claimed],
    base_url: &str,
    moment: &Moment,
    library: &mut Library,
) -> Result<Vec<Composed>, Error> {
    library.refresh();
    pool.in_unflushed_transaction(async |tx| {
        let readers: Vec<PersonId> = claimed.iter().map(|letter| letter.person).collect();
        let readers: HashMap<PersonId, Person> =
            people::some(tx, &readers).await?.into_iter().map(|person| (person.id, person)).collect();
        // Two batches that lock the rows of the same people must not wait for each other.
        let mut order: Vec<usize> = (0..claimed.len()).collect();
        order.sort_by_key(|n| claimed[*n].person);
        let (mut composed, mut links) = (Vec::with_capacity(claimed.len()), Vec::new());
        for n in order {
            let person = readers.get(&claimed[n].person).cloned().ok_or(Error::NotFound)?;
            let desk = Desk::open(tx, &claimed[n], person, base_url, moment, library).await?;
            composed.push((n, one(tx, desk, &mut links).await?));
        }
        links::insert(tx, &links).await?;
        composed.sort_by_key(|(n, _)| *n);
        Ok(composed.into_iter().map(|(_, composed)| composed).collect())
    })
    .await
}

async fn one(tx: &mut Tx, mut desk: Desk<'_>, links: &mut Vec<NewLink>) -> Result<Composed, Error> {
    if let Some(why_not) = desk.reason_not_to(tx).await? {
        return Ok(why_not);
    }
    match body(tx, &mut desk).await? {
        Some(body) => Ok(desk.send(body, links)),
        None => Ok(Composed::Unneeded(desk.why_nothing(tx).await?)),
    }
}

async fn body(tx: &mut Tx, desk: &mut Desk<'_>) -> Result<Option<Body>, Error> {
    let (claimed, base_url, moment) = (desk.claimed, desk.base_url, desk.moment);
    Ok(match claimed.kind {
        Kind::SignIn => Some(Body::SignIn(sign_in(desk))),
        Kind::Welcome => milestones::welcome(tx, desk).await?,
        Kind::Checkpoint => milestones::checkpoint(tx, desk).await?,
        Kind::Graduation => milestones::graduation(tx, desk).await?,
        Kind::MentorRequest => mentor::request(tx, desk, false).await?,
        Kind::MentorReminder => mentor::request(tx, desk, true).await?,
        Kind::MentorSilent => mentor::silent(tx, desk).await?,
        Kind::Returned => work::returned(tx, desk).await?,
        Kind::Review => work::to_review(tx, desk, false).await?,
        Kind::Gate => work::to_review(tx, desk, true).await?,
        Kind::Report => work::report(tx, desk).await?,
        Kind::Proposal => {
            let letter = meeting::proposal(tx, claimed, &desk.person, base_url, moment).await?;
            if let Some((letter, meeting)) = letter.as_ref().zip(claimed.meeting) {
                desk.items.extend(letter.slots.iter().map(|slot| Item::Slot { meeting, at: slot.at }));
            }
            letter.map(Body::Proposal)
        }
        Kind::Meeting => meeting::news(tx, claimed, &desk.person, base_url, moment).await?.map(Body::Meeting),
        Kind::Brief => brief::morning(tx, desk).await?,
        Kind::Digest => weekly(tx, desk).await?,
        Kind::Answer => super::answers::answer(claimed, &desk.person, base_url).map(Body::Answer),
    })
}

/// HR's digest, with what else the morning brings: one mail a day. Who stopped it gets the brief instead.
async fn weekly(tx: &mut Tx, desk: &mut Desk<'_>) -> Result<Option<Body>, Error> {
    if stopped::is_stopped(tx, desk.person.id, Topic::Digest).await? {
        return brief::morning(tx, desk).await;
    }
    let day = desk.claimed.for_day.unwrap_or_else(|| desk.today());
    let Some(mut digest) = digest::compose(tx, &desk.person, day, desk.base_url, desk.moment).await? else {
        return brief::morning(tx, desk).await;
    };
    digest.own = brief::compose(tx, desk).await?;
    Ok(Some(Body::Digest(digest)))
}

fn sign_in(desk: &mut Desk) -> SignInLetter {
    let secret = desk.link(Purpose::SignIn);
    SignInLetter {
        name: desk.person.name.clone(),
        url: desk.url(&format!("/sign-in/{secret}")),
        minutes: links::SIGN_IN_MINUTES,
        is_invitation: desk.claimed.dedup_key.starts_with(super::sign_in::INVITATION),
        again_url: desk.url("/sign-in"),
    }
}
