//! Mail that came in, and what became of it: no words of it, and nothing twice.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::pool::Tx;
use super::schema::incoming;
use super::{Doing, StoreError};
use crate::engine::vocabulary::PersonId;

/// What a mail was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Reply,
    Bounce,
    Complaint,
    /// A calendar's answer to an invitation.
    Calendar,
    Unsubscribe,
    /// Nobody wrote it.
    Automatic,
    Unknown,
}

impl Kind {
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Reply => "reply",
            Kind::Bounce => "bounce",
            Kind::Complaint => "complaint",
            Kind::Calendar => "calendar",
            Kind::Unsubscribe => "unsubscribe",
            Kind::Automatic => "automatic",
            Kind::Unknown => "unknown",
        }
    }
}

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Done,
    /// What it asked for may not be done, or not by its sender.
    Refused,
    /// There was nothing to do.
    Ignored,
}

impl Outcome {
    pub fn as_str(self) -> &'static str {
        match self {
            Outcome::Done => "done",
            Outcome::Refused => "refused",
            Outcome::Ignored => "ignored",
        }
    }
}

/// A mail that came.
#[derive(Debug, Clone)]
pub struct Came {
    pub id: uuid::Uuid,
    pub at: DateTime<Utc>,
    /// SHA-256 of the whole message.
    pub digest: [u8; 32],
    pub kind: Kind,
    pub person: Option<PersonId>,
    pub letter: Option<uuid::Uuid>,
    pub outcome: Outcome,
    /// A code.
    pub why: Option<&'static str>,
}

/// A mail as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Row {
    pub at: DateTime<Utc>,
    pub kind: String,
    pub person: Option<uuid::Uuid>,
    pub outcome: String,
    pub why: Option<String>,
}

/// Notes a mail. False: the same one came before, so what it asks for is done already; of two that
/// come at once, one waits here for the other.
///
/// # Errors
/// The database fails.
pub async fn insert(tx: &mut Tx, mail: &Came) -> Result<bool, StoreError> {
    let row = (
        incoming::id.eq(mail.id),
        incoming::at.eq(mail.at),
        incoming::digest.eq(mail.digest.to_vec()),
        incoming::kind.eq(mail.kind.as_str()),
        incoming::person_id.eq(mail.person.map(|person| person.0)),
        incoming::letter_id.eq(mail.letter),
        incoming::outcome.eq(mail.outcome.as_str()),
        incoming::why.eq(mail.why),
    );
    let insert = diesel::insert_into(incoming::table).values(row).on_conflict(incoming::digest).do_nothing();
    Ok(insert.execute(&mut **tx).await.doing("noting a mail that came in")? == 1)
}

/// Notes what became of a mail.
///
/// # Errors
/// The database fails.
pub async fn settle(
    tx: &mut Tx,
    id: uuid::Uuid,
    outcome: Outcome,
    why: Option<&'static str>,
) -> Result<(), StoreError> {
    diesel::update(incoming::table.find(id))
        .set((incoming::outcome.eq(outcome.as_str()), incoming::why.eq(why)))
        .execute(&mut **tx)
        .await
        .doing("noting what became of a mail")
        .map(drop)
}

/// The newest mails that came in.
///
/// # Errors
/// The database fails.
pub async fn newest(conn: &mut AsyncPgConnection, limit: i64) -> Result<Vec<Row>, StoreError> {
    incoming::table
        .order((incoming::at.desc(), incoming::id.desc()))
        .limit(limit)
        .select((incoming::at, incoming::kind, incoming::person_id, incoming::outcome, incoming::why))
        .load(conn)
        .await
        .doing("listing mail that came in")
}
