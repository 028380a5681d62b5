//! What mail somebody gets: topics stopped and started again, in the settings or by a letter's link. A
//! step stays whatever its mail does.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use diesel_async::AsyncPgConnection;

use super::pages::parts::Parts;
use super::{Error, Moment, moment};
use crate::engine::access::Viewer;
use crate::engine::mail::Topic;
use crate::engine::vocabulary::{Lang, PersonId};
use crate::store::people;
use crate::store::pool::Tx;
use crate::store::stopped::{self, By};

/// Topics, and whether their mail is wanted.
pub type Topics = BTreeMap<Topic, bool>;

/// The topics that somebody can get or has stopped, and whether they get them.
///
/// # Errors
/// The database fails.
pub async fn of(conn: &mut AsyncPgConnection, viewer: Viewer, parts: Parts) -> Result<Topics, Error> {
    let stopped = stopped::of(conn, viewer.id).await?;
    let can_get = |topic: &Topic| match topic {
        Topic::Reminders | Topic::Queue => true,
        Topic::Reports => parts.is_superior,
        Topic::Digest => viewer.is_hr,
    };
    let topics = Topic::ALL.into_iter().filter(|topic| can_get(topic) || stopped.contains(topic));
    Ok(topics.map(|topic| (topic, !stopped.contains(&topic))).collect())
}

/// Stops and starts topics as somebody chose in their settings; those that were not offered stay.
pub(super) async fn choose(tx: &mut Tx, person: PersonId, topics: &Topics, moment: &Moment) -> Result<(), Error> {
    for (topic, is_wanted) in topics {
        if *is_wanted {
            stopped::start(tx, person, *topic).await?;
        } else {
            stopped::stop(tx, person, *topic, By::Page, moment.now).await?;
        }
    }
    Ok(())
}

/// What a link stops, how that stands, and the reader whose language and hours it speaks in.
#[derive(Debug, Clone, Copy)]
pub struct Linked {
    pub topic: Topic,
    pub is_stopped: bool,
    pub lang: Lang,
    pub zone: Tz,
}

/// What a link stops; looking changes nothing.
///
/// # Errors
/// There is no such link, or the database fails.
pub async fn behind(conn: &mut AsyncPgConnection, secret: &str) -> Result<Linked, Error> {
    let (id, topic) = linked(conn, secret).await?;
    let person = people::find(conn, id).await?.ok_or(Error::NotFound)?;
    let is_stopped = stopped::is_stopped(conn, id, topic).await?;
    Ok(Linked { topic, is_stopped, lang: person.lang, zone: person.zone })
}

/// Stops the topic of a link, however often.
///
/// # Errors
/// As [`behind`].
pub async fn stop(tx: &mut Tx, secret: &str, now: DateTime<Utc>) -> Result<(), Error> {
    let (person, topic) = linked(tx, secret).await?;
    stopped::stop(tx, person, topic, By::Link, now).await?;
    Ok(())
}

/// Starts the topic of a link again.
///
/// # Errors
/// As [`behind`].
pub async fn start(tx: &mut Tx, secret: &str) -> Result<(), Error> {
    let (person, topic) = linked(tx, secret).await?;
    Ok(stopped::start(tx, person, topic).await?)
}

async fn linked(conn: &mut AsyncPgConnection, secret: &str) -> Result<(PersonId, Topic), Error> {
    stopped::unsubscribe(conn, &moment::token_hash(secret)).await?.ok_or(Error::NotFound)
}
