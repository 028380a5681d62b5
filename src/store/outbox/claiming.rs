//! Leasing letters that may leave, and putting down what became of them.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Date, Integer, Nullable, Text, Timestamptz, Uuid};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::Kind;
use crate::engine::vocabulary::{PersonId, PlanId, StepKey};
use crate::store::bounced::{self, Bounced};
use crate::store::pool::Tx;
use crate::store::prepared::Prepared;
use crate::store::schema::outbox;
use crate::store::{Doing, StoreError};

/// An error longer than this says nothing more.
const LONGEST_ERROR: usize = 500;

/// A letter that this worker holds the lease of.
#[derive(Debug, Clone)]
pub struct Claimed {
    pub id: uuid::Uuid,
    pub dedup_key: String,
    pub kind: Kind,
    pub person: PersonId,
    pub plan: Option<PlanId>,
    pub for_day: Option<NaiveDate>,
    pub step: Option<StepKey>,
    pub meeting: Option<uuid::Uuid>,
    /// Which attempt this is, from 1; part of the fence.
    pub attempt: i32,
}

/// How many letters to claim: of those that somebody waits for, and of all others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    pub awaited: usize,
    pub other: usize,
}

/// What became of an attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    Sent,
    /// Looked up at delivery, and there was nothing left to say; with the code of the reason.
    Unneeded {
        why: &'static str,
    },
    /// Not now: a quiet hour, a day off. The attempt does not count.
    Later {
        until: DateTime<Utc>,
        why: &'static str,
    },
    /// Not before somebody corrects the address.
    Held {
        why: &'static str,
    },
    /// Try again after this many seconds.
    Retry {
        seconds: i64,
        error: String,
    },
    /// As [`Verdict::Retry`], for a reason that any letter would have met. The attempt does not count.
    Paused {
        seconds: i64,
        error: String,
    },
    /// Never again.
    Failed {
        error: String,
    },
    /// Never again, and the address takes no mail at all.
    Bounced(Bounced),
}

#[derive(QueryableByName)]
struct ClaimedRow {
    #[diesel(sql_type = Uuid)]
    id: uuid::Uuid,
    #[diesel(sql_type = Text)]
    dedup_key: String,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Uuid)]
    person_id: uuid::Uuid,
    #[diesel(sql_type = Nullable<Uuid>)]
    plan_id: Option<uuid::Uuid>,
    #[diesel(sql_type = Nullable<Date>)]
    for_day: Option<NaiveDate>,
    #[diesel(sql_type = Nullable<Text>)]
    step_key: Option<String>,
    #[diesel(sql_type = Nullable<Uuid>)]
    meeting_id: Option<uuid::Uuid>,
    #[diesel(sql_type = Integer)]
    attempts: i32,
}

#[derive(QueryableByName)]
struct Settled {
    #[diesel(sql_type = Uuid)]
    id: uuid::Uuid,
}

impl ClaimedRow {
    fn claimed(self) -> Result<Claimed, StoreError> {
        let kind = Kind::parse(&self.kind).ok_or(StoreError::Broken { what: format!("letter {}", self.id) })?;
        Ok(Claimed {
            id: self.id,
            dedup_key: self.dedup_key,
            kind,
            person: PersonId(self.person_id),
            plan: self.plan_id.map(PlanId),
            for_day: self.for_day,
            step: self.step_key.and_then(|key| key.parse().ok()),
            meeting: self.meeting_id,
            attempt: self.attempts,
        })
    }
}

/// Leases letters that may leave by `now` (the program's clock), those longest due first. The attempt
/// is counted here, so that a worker that dies has used it up. Of letters due together those come first
/// that were claimed least often, or workers that die early would use up the attempts of the same few.
///
/// Letters of one hour are all due at the same moment: they are sorted by what the index holds, or each
/// claim would read them all. Kinds that only a newer release knows are left to it.
///
/// # Errors
/// The database fails.
pub async fn claim(
    tx: &mut Tx,
    owner: uuid::Uuid,
    now: DateTime<Utc>,
    lease_seconds: i64,
    share: Share,
) -> Result<Vec<Claimed>, StoreError> {
    let limit = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let claim = diesel::sql_query(
        "WITH awaited AS (SELECT id FROM outbox WHERE state = 'owed' AND lane = 0 AND due_at <= $2 \
           AND retry_at <= now() AND (lease_until IS NULL OR lease_until < now()) AND kind = ANY ($6) \
           ORDER BY due_at, attempts LIMIT $4 FOR UPDATE SKIP LOCKED), \
         other AS (SELECT id FROM outbox WHERE state = 'owed' AND lane > 0 AND due_at <= $2 \
           AND retry_at <= now() AND (lease_until IS NULL OR lease_until < now()) AND kind = ANY ($6) \
           ORDER BY lane, due_at, attempts LIMIT $5 FOR UPDATE SKIP LOCKED), \
         claimed AS (UPDATE outbox \
           SET lease_owner = $1, lease_until = now() + make_interval(secs => $3), attempts = attempts + 1 \
           FROM (TABLE awaited UNION ALL TABLE other) AS next WHERE outbox.id = next.id \
           RETURNING outbox.id, dedup_key, kind, person_id, plan_id, for_day, step_key, meeting_id, attempts, lane, due_at) \
         SELECT id, dedup_key, kind, person_id, plan_id, for_day, step_key, meeting_id, attempts FROM claimed \
         ORDER BY lane, due_at, attempts, id",
    )
    .bind::<Uuid, _>(owner)
    .bind::<Timestamptz, _>(now)
    .bind::<BigInt, _>(lease_seconds)
    .bind::<BigInt, _>(limit(share.awaited))
    .bind::<BigInt, _>(limit(share.other))
    .bind::<Array<Text>, _>(Kind::ALL.map(Kind::as_str).to_vec());
    let rows: Vec<ClaimedRow> = Prepared(claim).load(&mut **tx).await.doing("claiming letters")?;
    rows.into_iter().map(ClaimedRow::claimed).collect()
}

/// Settles letters whose attempts have one number and ended alike, in one statement. Answers which: a letter
/// that is missing had passed to another worker or was settled before, and is as it was.
///
/// # Errors
/// The database fails.
pub async fn settle(
    conn: &mut AsyncPgConnection,
    owner: uuid::Uuid,
    letters: &[uuid::Uuid],
    attempt: i32,
    verdict: &Verdict,
    now: DateTime<Utc>,
) -> Result<Vec<uuid::Uuid>, StoreError> {
    let fence = (owner, letters, attempt);
    let held = held(letters, attempt, owner);
    match verdict {
        Verdict::Sent => close(conn, fence, now, ("sent", None, None)).await,
        Verdict::Unneeded { why } => close(conn, fence, now, ("unneeded", Some(why), None)).await,
        Verdict::Held { why } => close(conn, fence, now, ("held", Some(why), None)).await,
        Verdict::Failed { error } => close(conn, fence, now, ("failed", None, Some(error))).await,
        Verdict::Later { until, why } => put_off(conn, held, *until, why).await,
        Verdict::Bounced(address) => close(conn, fence, now, ("failed", None, Some(&address.said))).await,
        Verdict::Retry { seconds, error } => try_again(conn, held, (*seconds, 0), error).await,
        Verdict::Paused { seconds, error } => try_again(conn, held, (*seconds, 1), error).await,
    }
}

/// Settles letters to an address that takes no mail, and puts that down with them: HR sees it, and no other
/// letter tries.
///
/// # Errors
/// As [`settle`].
pub async fn settle_bounced(
    tx: &mut Tx,
    owner: uuid::Uuid,
    letters: &[uuid::Uuid],
    attempt: i32,
    address: &Bounced,
    now: DateTime<Utc>,
) -> Result<Vec<uuid::Uuid>, StoreError> {
    let settled = settle(tx, owner, letters, attempt, &Verdict::Bounced(address.clone()), now).await?;
    if !settled.is_empty() {
        bounced::put(tx, address).await?;
    }
    Ok(settled)
}

/// The fence: the rows as this worker claimed them. A worker that slept past its lease changes nothing.
#[diesel::dsl::auto_type]
fn held<'a>(letters: &'a [uuid::Uuid], attempt: i32, owner: uuid::Uuid) -> _ {
    let rows = outbox::id.eq_any(letters);
    let lease = outbox::attempts.eq(attempt).and(outbox::lease_owner.eq(owner));
    rows.and(lease).and(outbox::state.eq("owed"))
}

type Held<'a> = held<'a>;

/// Behind the same fence as [`held`]. The letters stand in a subquery, so that PostgreSQL keeps one plan, until
/// the table is analysed, and makes none for each number of them: planning takes as long as settling.
async fn close(
    conn: &mut AsyncPgConnection,
    (owner, letters, attempt): (uuid::Uuid, &[uuid::Uuid], i32),
    now: DateTime<Utc>,
    (state, why, error): (&str, Option<&str>, Option<&str>),
) -> Result<Vec<uuid::Uuid>, StoreError> {
    // Sign-in links are counted by retry_at.
    let settle = diesel::sql_query(
        "UPDATE outbox SET state = $4, why = $5, last_error = $6, settled_at = $7, retry_at = now(), \
           lease_owner = NULL, lease_until = NULL \
         WHERE id = ANY ((SELECT $1)::uuid[]) AND attempts = $2 AND lease_owner = $3 AND state = 'owed' RETURNING id",
    )
    .bind::<Array<Uuid>, _>(letters)
    .bind::<Integer, _>(attempt)
    .bind::<Uuid, _>(owner)
    .bind::<Text, _>(state)
    .bind::<Nullable<Text>, _>(why)
    .bind::<Nullable<Text>, _>(error.map(shortened))
    .bind::<Timestamptz, _>(now);
    let settled: Vec<Settled> = Prepared(settle).load(conn).await.doing("settling letters")?;
    Ok(settled.into_iter().map(|letter| letter.id).collect())
}

async fn put_off(
    conn: &mut AsyncPgConnection,
    held: Held<'_>,
    until: DateTime<Utc>,
    why: &str,
) -> Result<Vec<uuid::Uuid>, StoreError> {
    diesel::update(outbox::table.filter(held))
        .set((
            outbox::due_at.eq(until),
            outbox::why.eq(Some(why)),
            outbox::attempts.eq(outbox::attempts - 1),
            outbox::retry_at.eq(diesel::dsl::now.into_sql::<Timestamptz>()),
            outbox::last_error.eq(None::<String>),
            outbox::lease_owner.eq(None::<uuid::Uuid>),
            outbox::lease_until.eq(None::<DateTime<Utc>>),
        ))
        .returning(outbox::id)
        .get_results(conn)
        .await
        .doing("putting letters off")
}

async fn try_again(
    conn: &mut AsyncPgConnection,
    held: Held<'_>,
    (seconds, uncounted): (i64, i32),
    error: &str,
) -> Result<Vec<uuid::Uuid>, StoreError> {
    let wait = diesel::dsl::sql::<Timestamptz>("now() + make_interval(secs => ").bind::<BigInt, _>(seconds).sql(")");
    diesel::update(outbox::table.filter(held))
        .set((
            outbox::retry_at.eq(wait),
            outbox::last_error.eq(Some(shortened(error))),
            outbox::why.eq(None::<String>),
            outbox::attempts.eq(outbox::attempts - uncounted),
            outbox::lease_owner.eq(None::<uuid::Uuid>),
            outbox::lease_until.eq(None::<DateTime<Utc>>),
        ))
        .returning(outbox::id)
        .get_results(conn)
        .await
        .doing("settling letters that are tried again")
}

fn shortened(error: &str) -> String {
    error.chars().take(LONGEST_ERROR).collect()
}

/// Gives back letters that were not begun, without using up the attempt; fenced as settling is.
///
/// # Errors
/// The database fails.
pub async fn give_back(tx: &mut Tx, owner: uuid::Uuid, letters: &[Claimed]) -> Result<usize, StoreError> {
    diesel::sql_query(
        "UPDATE outbox SET attempts = attempts - 1, lease_owner = NULL, lease_until = NULL \
         FROM unnest($2, $3) AS given (id, attempt) \
         WHERE outbox.id = given.id AND attempts = given.attempt AND lease_owner = $1 AND state = 'owed'",
    )
    .bind::<Uuid, _>(owner)
    .bind::<Array<Uuid>, _>(letters.iter().map(|letter| letter.id).collect::<Vec<_>>())
    .bind::<Array<Integer>, _>(letters.iter().map(|letter| letter.attempt).collect::<Vec<_>>())
    .execute(&mut **tx)
    .await
    .doing("giving back letters that were not begun")
}

/// Gives back all that a worker which stops still holds the lease of, without using up the attempt.
///
/// # Errors
/// The database fails.
pub async fn give_back_all(tx: &mut Tx, owner: uuid::Uuid) -> Result<usize, StoreError> {
    diesel::update(outbox::table.filter(outbox::lease_owner.eq(owner).and(outbox::state.eq("owed"))))
        .set((
            outbox::attempts.eq(outbox::attempts - 1),
            outbox::lease_owner.eq(None::<uuid::Uuid>),
            outbox::lease_until.eq(None::<DateTime<Utc>>),
        ))
        .execute(&mut **tx)
        .await
        .doing("giving back leases")
}
