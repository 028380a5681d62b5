//! Topics of mail that people stopped. Their steps stay, and so does mail that is no list's.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::pool::Tx;
use super::schema::{links, stopped};
use super::{Doing, StoreError};
use crate::engine::chain::Link as Hash;
use crate::engine::mail::Topic;
use crate::engine::vocabulary::PersonId;

/// How somebody stopped a topic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// In their settings.
    Page,
    /// By the link of a letter.
    Link,
    /// By an answer to a letter.
    Mail,
    /// They called a letter unwanted at their provider.
    Complaint,
}

impl By {
    fn as_str(self) -> &'static str {
        match self {
            By::Page => "page",
            By::Link => "link",
            By::Mail => "mail",
            By::Complaint => "complaint",
        }
    }
}

/// The topics that somebody stopped.
///
/// # Errors
/// The database fails.
pub async fn of(conn: &mut AsyncPgConnection, person: PersonId) -> Result<Vec<Topic>, StoreError> {
    let topics: Vec<String> = stopped::table
        .filter(stopped::person_id.eq(person.0))
        .order(stopped::topic)
        .select(stopped::topic)
        .load(conn)
        .await
        .doing("reading what somebody stopped")?;
    topics.iter().map(|topic| named(topic)).collect()
}

/// Whether somebody stopped a topic.
///
/// # Errors
/// The database fails.
pub async fn is_stopped(conn: &mut AsyncPgConnection, person: PersonId, topic: Topic) -> Result<bool, StoreError> {
    let found: Option<String> = stopped::table
        .find((person.0, topic.as_str()))
        .select(stopped::topic)
        .first(conn)
        .await
        .optional()
        .doing("looking whether somebody stopped a topic")?;
    Ok(found.is_some())
}

/// What these people stopped: whom the digest calls reached by the pages alone.
///
/// # Errors
/// The database fails.
pub async fn among(conn: &mut AsyncPgConnection, people: &[PersonId]) -> Result<Vec<(PersonId, Topic)>, StoreError> {
    let ids: Vec<uuid::Uuid> = people.iter().map(|person| person.0).collect();
    let rows: Vec<(uuid::Uuid, String)> = stopped::table
        .filter(stopped::person_id.eq_any(ids))
        .order((stopped::person_id, stopped::topic))
        .select((stopped::person_id, stopped::topic))
        .load(conn)
        .await
        .doing("reading what people stopped")?;
    rows.iter().map(|(person, topic)| Ok((PersonId(*person), named(topic)?))).collect()
}

/// Stops a topic for somebody. Stopped already, it stays as it was stopped first; false then.
///
/// # Errors
/// The database fails.
pub async fn stop(tx: &mut Tx, person: PersonId, topic: Topic, by: By, now: DateTime<Utc>) -> Result<bool, StoreError> {
    let row = (
        stopped::person_id.eq(person.0),
        stopped::topic.eq(topic.as_str()),
        stopped::at.eq(now),
        stopped::by.eq(by.as_str()),
    );
    let stopped = diesel::insert_into(stopped::table).values(row).on_conflict_do_nothing().execute(&mut **tx).await;
    Ok(stopped.doing("stopping a topic")? == 1)
}

/// Starts a topic again.
///
/// # Errors
/// The database fails.
pub async fn start(tx: &mut Tx, person: PersonId, topic: Topic) -> Result<(), StoreError> {
    let row = stopped::table.find((person.0, topic.as_str()));
    diesel::delete(row).execute(&mut **tx).await.doing("starting a topic again").map(drop)
}

/// Whose mail of which topic a link stops. Mail is kept for long, so it lives for ever.
///
/// # Errors
/// The database fails.
pub async fn unsubscribe(
    conn: &mut AsyncPgConnection,
    token_hash: &Hash,
) -> Result<Option<(PersonId, Topic)>, StoreError> {
    let row: Option<(uuid::Uuid, Option<String>)> = links::table
        .filter(links::token_hash.eq(token_hash.to_vec()).and(links::purpose.eq("unsubscribe")))
        .select((links::person_id, links::topic))
        .first(conn)
        .await
        .optional()
        .doing("looking at a link that stops mail")?;
    match row {
        Some((person, Some(topic))) => Ok(Some((PersonId(person), named(&topic)?))),
        _ => Ok(None),
    }
}

fn named(topic: &str) -> Result<Topic, StoreError> {
    Topic::parse(topic).ok_or_else(|| StoreError::Broken { what: format!("the topic {topic}") })
}
