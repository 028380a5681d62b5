//! The outbox as HR looks at it and tends it. Ids are UUIDv7, so their order is that in which letters
//! became owed.

use std::ops::Range;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Date, Integer, Nullable, Text, Timestamptz, Uuid};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::pool::Tx;
use super::schema::outbox;
use super::{Doing, StoreError};
use crate::engine::access::{Reach, Scope};
use crate::engine::vocabulary::PersonId;

/// Which letters a page shows.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    pub state: Option<&'static str>,
    /// To one of these.
    pub people: Option<Vec<PersonId>>,
    /// Older than this letter.
    pub after: Option<uuid::Uuid>,
}

/// A letter as HR sees it: to whom and why, and nothing of what it says.
#[derive(Debug, Clone, QueryableByName)]
pub struct Letter {
    #[diesel(sql_type = Uuid)]
    pub id: uuid::Uuid,
    #[diesel(sql_type = Text)]
    pub kind: String,
    #[diesel(sql_type = Text)]
    pub state: String,
    #[diesel(sql_type = Nullable<Text>)]
    pub why: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub last_error: Option<String>,
    #[diesel(sql_type = Integer)]
    pub attempts: i32,
    #[diesel(sql_type = Timestamptz)]
    pub due_at: DateTime<Utc>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub settled_at: Option<DateTime<Utc>>,
    /// When it is tried again, where it waits for that.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub again_at: Option<DateTime<Utc>>,
    /// On its way at this moment.
    #[diesel(sql_type = Bool)]
    pub is_leased: bool,
    #[diesel(sql_type = Uuid)]
    pub person_id: uuid::Uuid,
    #[diesel(sql_type = Text)]
    pub person: String,
    #[diesel(sql_type = Nullable<Uuid>)]
    pub plan_id: Option<uuid::Uuid>,
    /// Whose plan it is.
    #[diesel(sql_type = Nullable<Text>)]
    pub manager: Option<String>,
}

/// Letters, newest first. The page is cut out before names are looked up, so that its cost does not
/// grow with the outbox.
///
/// # Errors
/// The database fails.
pub async fn letters(
    conn: &mut AsyncPgConnection,
    scope: Scope,
    wanted: &Wanted,
    limit: i64,
) -> Result<Vec<Letter>, StoreError> {
    let people = match scope.reach() {
        Reach::Own(person) => Some(vec![person]),
        Reach::Hr(_) | Reach::Program => wanted.people.clone(),
    };
    diesel::sql_query(
        "SELECT letter.id, kind, state, why, last_error, attempts, due_at, settled_at, \
           CASE WHEN state = 'owed' AND retry_at > now() THEN retry_at END AS again_at, \
           coalesce(lease_until >= now(), false) AS is_leased, \
           person_id, person.name AS person, plan_id, manager.name AS manager \
         FROM (SELECT * FROM outbox WHERE ($1 IS NULL OR state = $1) AND ($2 IS NULL OR person_id = ANY ($2)) \
             AND ($3 IS NULL OR id < $3) ORDER BY id DESC LIMIT $4) AS letter \
           JOIN people AS person ON person.id = letter.person_id \
           LEFT JOIN plans ON plans.id = letter.plan_id \
           LEFT JOIN people AS manager ON manager.id = plans.manager_id \
         ORDER BY letter.id DESC",
    )
    .bind::<Nullable<Text>, _>(wanted.state)
    .bind::<Nullable<Array<Uuid>>, _>(people.map(|people| people.iter().map(|person| person.0).collect::<Vec<_>>()))
    .bind::<Nullable<Uuid>, _>(wanted.after)
    .bind::<BigInt, _>(limit)
    .load(conn)
    .await
    .doing("listing letters for HR")
}

/// To whom a letter goes, and its state.
///
/// # Errors
/// The database fails.
pub async fn find(conn: &mut AsyncPgConnection, letter: uuid::Uuid) -> Result<Option<(PersonId, String)>, StoreError> {
    let row: Option<(uuid::Uuid, String)> = outbox::table
        .find(letter)
        .select((outbox::person_id, outbox::state))
        .first(conn)
        .await
        .optional()
        .doing("looking at a letter")?;
    Ok(row.map(|(person, state)| (PersonId(person), state)))
}

/// Owes a letter again that was given up. False: it was not, or not any more.
///
/// # Errors
/// The database fails.
pub async fn again(tx: &mut Tx, letter: uuid::Uuid, now: DateTime<Utc>) -> Result<bool, StoreError> {
    let owed = diesel::sql_query(
        "UPDATE outbox SET state = 'owed', attempts = 0, settled_at = NULL, retry_at = now(), why = NULL, \
           due_at = greatest(due_at, $2) WHERE id = $1 AND state = 'failed'",
    )
    .bind::<Uuid, _>(letter)
    .bind::<Timestamptz, _>(now)
    .execute(&mut **tx)
    .await
    .doing("owing a letter again")?;
    Ok(owed == 1)
}

/// Owes again what is held for somebody; what is of no use any more is seen when it is composed.
///
/// # Errors
/// The database fails.
pub async fn release(tx: &mut Tx, person: PersonId, now: DateTime<Utc>) -> Result<usize, StoreError> {
    diesel::sql_query(
        "UPDATE outbox SET state = 'owed', attempts = 0, settled_at = NULL, retry_at = now(), why = NULL, \
           due_at = greatest(due_at, $2) WHERE person_id = $1 AND state = 'held'",
    )
    .bind::<Uuid, _>(person.0)
    .bind::<Timestamptz, _>(now)
    .execute(&mut **tx)
    .await
    .doing("owing again what was held")
}

/// Takes an owed letter back. False: it is on its way at this moment, or was settled.
///
/// # Errors
/// The database fails.
pub async fn take_back(tx: &mut Tx, letter: uuid::Uuid, now: DateTime<Utc>) -> Result<bool, StoreError> {
    let taken = diesel::sql_query(
        "UPDATE outbox SET state = 'unneeded', why = 'by_hr', settled_at = $2, lease_owner = NULL, lease_until = NULL \
         WHERE id = $1 AND state = 'owed' AND (lease_until IS NULL OR lease_until < now())",
    )
    .bind::<Uuid, _>(letter)
    .bind::<Timestamptz, _>(now)
    .execute(&mut **tx)
    .await
    .doing("taking a letter back")?;
    Ok(taken == 1)
}

/// Letters that could leave now and that nobody takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, QueryableByName)]
pub struct Waiting {
    #[diesel(sql_type = BigInt)]
    pub count: i64,
    /// Since when the oldest could leave: what became owed late did not wait before.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub since: Option<DateTime<Utc>>,
}

/// What could leave at `now`. What is put off, waits for its next try or is on its way does not count.
///
/// # Errors
/// The database fails.
pub async fn waiting(conn: &mut AsyncPgConnection, now: DateTime<Utc>) -> Result<Waiting, StoreError> {
    diesel::sql_query(
        "SELECT count(*) AS count, min(greatest(due_at, owed_at)) AS since FROM outbox \
         WHERE state = 'owed' AND due_at <= $1 AND retry_at <= now() AND (lease_until IS NULL OR lease_until < now())",
    )
    .bind::<Timestamptz, _>(now)
    .get_result(conn)
    .await
    .doing("looking for letters that wait")
}

/// When a letter was last sent.
///
/// # Errors
/// The database fails.
pub async fn last_sent(conn: &mut AsyncPgConnection) -> Result<Option<DateTime<Utc>>, StoreError> {
    outbox::table
        .filter(outbox::state.eq("sent"))
        .select(diesel::dsl::max(outbox::settled_at))
        .first(conn)
        .await
        .doing("looking when mail last left")
}

/// How many letters of a kind did not arrive.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct Unsent {
    #[diesel(sql_type = Text)]
    pub state: String,
    #[diesel(sql_type = Text)]
    pub kind: String,
    #[diesel(sql_type = BigInt)]
    pub count: i64,
}

/// What was given up, or held, in a span of time and still is.
///
/// # Errors
/// The database fails.
pub async fn unsent_in(conn: &mut AsyncPgConnection, span: &Range<DateTime<Utc>>) -> Result<Vec<Unsent>, StoreError> {
    diesel::sql_query(
        "SELECT state, kind, count(*) AS count FROM outbox WHERE state IN ('failed', 'held') \
           AND settled_at >= $1 AND settled_at < $2 GROUP BY state, kind ORDER BY count DESC, kind",
    )
    .bind::<Timestamptz, _>(span.start)
    .bind::<Timestamptz, _>(span.end)
    .load(conn)
    .await
    .doing("looking for letters that did not arrive")
}

/// When two digests of somebody's came due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, QueryableByName)]
pub struct Digests {
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub before: Option<DateTime<Utc>>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub this: Option<DateTime<Utc>>,
}

/// Of the digest of a day, and of the one before it that was sent or still is to be.
///
/// # Errors
/// The database fails.
pub async fn digests(conn: &mut AsyncPgConnection, person: PersonId, day: NaiveDate) -> Result<Digests, StoreError> {
    diesel::sql_query(
        "SELECT max(due_at) FILTER (WHERE for_day < $2 AND state IN ('sent', 'owed')) AS before, \
           max(due_at) FILTER (WHERE for_day = $2) AS this \
         FROM outbox WHERE person_id = $1 AND kind = 'digest' AND for_day <= $2",
    )
    .bind::<Uuid, _>(person.0)
    .bind::<Date, _>(day)
    .get_result(conn)
    .await
    .doing("looking when digests came due")
}
