//! Mail that is owed: claimed briefly, settled with a fence. Leases and back-off run on the
//! database's clock, `due_at` on the program's.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Date, Integer, Nullable, SmallInt, Text, Timestamptz, Uuid};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::pool::Tx;
use super::schema::outbox;
use super::{Doing, StoreError};
use crate::engine::vocabulary::{PersonId, PlanId, StepKey};

/// What kind of letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Welcome,
    Brief,
    MentorRequest,
    /// Somebody asked to be a mentor has not answered yet.
    MentorReminder,
    /// To HR: nobody of those on the list has said yes, or the next one was asked.
    MentorSilent,
    Digest,
    SignIn,
    Returned,
    Review,
    Gate,
    Checkpoint,
    Graduation,
    /// Times of a meeting to choose from.
    Proposal,
    /// An invitation, its change or its cancellation.
    Meeting,
    /// To somebody whose reply could not be followed.
    Answer,
}

impl Kind {
    pub const ALL: [Kind; 15] = [
        Kind::Welcome,
        Kind::Brief,
        Kind::MentorRequest,
        Kind::MentorReminder,
        Kind::MentorSilent,
        Kind::Digest,
        Kind::SignIn,
        Kind::Returned,
        Kind::Review,
        Kind::Gate,
        Kind::Checkpoint,
        Kind::Graduation,
        Kind::Proposal,
        Kind::Meeting,
        Kind::Answer,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Welcome => "welcome",
            Kind::Brief => "brief",
            Kind::MentorRequest => "mentor_request",
            Kind::MentorReminder => "mentor_reminder",
            Kind::MentorSilent => "mentor_silent",
            Kind::Digest => "digest",
            Kind::SignIn => "sign_in",
            Kind::Returned => "returned",
            Kind::Review => "review",
            Kind::Gate => "gate",
            Kind::Checkpoint => "checkpoint",
            Kind::Graduation => "graduation",
            Kind::Proposal => "proposal",
            Kind::Meeting => "meeting",
            Kind::Answer => "answer",
        }
    }

    /// Sign-in mail passes everything: somebody waits for it.
    fn lane(self) -> i16 {
        match self {
            Kind::SignIn => 0,
            Kind::Brief | Kind::Digest => 2,
            _ => 1,
        }
    }

    /// Said at once, and at most so often a day: the brief says it too.
    pub fn is_urgent(self) -> bool {
        matches!(self, Kind::Returned | Kind::Review | Kind::Gate)
    }

    pub fn parse(text: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

/// A letter to owe.
#[derive(Debug, Clone)]
pub struct Owed {
    pub id: uuid::Uuid,
    pub dedup_key: String,
    pub kind: Kind,
    pub person: PersonId,
    pub plan: Option<PlanId>,
    /// The local day that a brief, welcome or digest is for.
    pub for_day: Option<NaiveDate>,
    /// Of which step it speaks.
    pub step: Option<StepKey>,
    pub meeting: Option<uuid::Uuid>,
    pub due_at: DateTime<Utc>,
}

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
    /// Never again.
    Failed {
        error: String,
    },
}

/// A row as `outbox list` shows it.
#[derive(Debug, Clone, Queryable)]
pub struct Row {
    pub id: uuid::Uuid,
    pub dedup_key: String,
    pub kind: String,
    pub person: uuid::Uuid,
    pub state: String,
    pub attempts: i32,
    pub due_at: DateTime<Utc>,
    pub settled_at: Option<DateTime<Utc>>,
    pub last_error: Option<String>,
    pub why: Option<String>,
}

/// Owes letters, in one statement; a letter that is owed already stays one.
///
/// # Errors
/// The database fails.
pub async fn owe(tx: &mut Tx, letters: &[Owed], now: DateTime<Utc>) -> Result<usize, StoreError> {
    if letters.is_empty() {
        return Ok(0);
    }
    diesel::sql_query(
        "INSERT INTO outbox \
           (id, dedup_key, kind, lane, person_id, plan_id, for_day, due_at, step_key, meeting_id, owed_at, retry_at) \
         SELECT t.*, $11, now() FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) AS t \
         ON CONFLICT (dedup_key) DO NOTHING",
    )
    .bind::<Array<Uuid>, _>(letters.iter().map(|l| l.id).collect::<Vec<_>>())
    .bind::<Array<Text>, _>(letters.iter().map(|l| l.dedup_key.clone()).collect::<Vec<_>>())
    .bind::<Array<Text>, _>(letters.iter().map(|l| l.kind.as_str()).collect::<Vec<_>>())
    .bind::<Array<SmallInt>, _>(letters.iter().map(|l| l.kind.lane()).collect::<Vec<_>>())
    .bind::<Array<Uuid>, _>(letters.iter().map(|l| l.person.0).collect::<Vec<_>>())
    .bind::<Array<Nullable<Uuid>>, _>(letters.iter().map(|l| l.plan.map(|plan| plan.0)).collect::<Vec<_>>())
    .bind::<Array<Nullable<Date>>, _>(letters.iter().map(|l| l.for_day).collect::<Vec<_>>())
    .bind::<Array<Timestamptz>, _>(letters.iter().map(|l| l.due_at).collect::<Vec<_>>())
    .bind::<Array<Nullable<Text>>, _>(
        letters.iter().map(|l| l.step.as_ref().map(ToString::to_string)).collect::<Vec<_>>(),
    )
    .bind::<Array<Nullable<Uuid>>, _>(letters.iter().map(|l| l.meeting).collect::<Vec<_>>())
    .bind::<Timestamptz, _>(now)
    .execute(&mut **tx)
    .await
    .doing("owing letters")
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

/// Leases up to `limit` letters that may leave by `now` (the program's clock), sign-in first, oldest
/// first. The attempt is counted here, so that a worker that dies has used it up.
///
/// # Errors
/// The database fails.
pub async fn claim(
    tx: &mut Tx,
    owner: uuid::Uuid,
    now: DateTime<Utc>,
    lease_seconds: i64,
    limit: i64,
) -> Result<Vec<Claimed>, StoreError> {
    let rows: Vec<ClaimedRow> = diesel::sql_query(
        "WITH next AS (SELECT id FROM outbox WHERE state = 'owed' AND due_at <= $2 AND retry_at <= now() \
           AND (lease_until IS NULL OR lease_until < now()) ORDER BY lane, due_at, id LIMIT $4 FOR UPDATE SKIP LOCKED) \
         UPDATE outbox SET lease_owner = $1, lease_until = now() + make_interval(secs => $3), attempts = attempts + 1 \
         FROM next WHERE outbox.id = next.id \
         RETURNING outbox.id, dedup_key, kind, person_id, plan_id, for_day, step_key, meeting_id, attempts",
    )
    .bind::<Uuid, _>(owner)
    .bind::<Timestamptz, _>(now)
    .bind::<BigInt, _>(lease_seconds)
    .bind::<BigInt, _>(limit)
    .load(&mut **tx)
    .await
    .doing("claiming letters")?;
    rows.into_iter()
        .map(|row| {
            let kind = Kind::parse(&row.kind).ok_or(StoreError::Broken { what: format!("letter {}", row.id) })?;
            Ok(Claimed {
                id: row.id,
                dedup_key: row.dedup_key,
                kind,
                person: PersonId(row.person_id),
                plan: row.plan_id.map(PlanId),
                for_day: row.for_day,
                step: row.step_key.and_then(|key| key.parse().ok()),
                meeting: row.meeting_id,
                attempt: row.attempts,
            })
        })
        .collect()
}

/// Settles an attempt. False: the lease had passed to another worker, and nothing was changed.
///
/// # Errors
/// The database fails.
pub async fn settle(
    tx: &mut Tx,
    letter: &Claimed,
    owner: uuid::Uuid,
    verdict: &Verdict,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let (state, wait, error, why, due) = match verdict {
        Verdict::Sent => ("sent", 0, None, None, None),
        Verdict::Unneeded { why } => ("unneeded", 0, None, Some(*why), None),
        Verdict::Later { until, why } => ("owed", 0, None, Some(*why), Some(*until)),
        Verdict::Held { why } => ("held", 0, None, Some(*why), None),
        Verdict::Retry { seconds, error } => ("owed", *seconds, Some(error), None, None),
        Verdict::Failed { error } => ("failed", 0, Some(error), None, None),
    };
    let settled = (state != "owed").then_some(now);
    let changed = diesel::sql_query(
        "UPDATE outbox SET state = $4, retry_at = now() + make_interval(secs => $5), last_error = left($6, 500), \
           settled_at = $7, why = $8, due_at = coalesce($9, due_at), \
           attempts = CASE WHEN $9 IS NULL THEN attempts ELSE attempts - 1 END, \
           lease_owner = NULL, lease_until = NULL \
         WHERE id = $1 AND attempts = $2 AND lease_owner = $3 AND state = 'owed'",
    )
    .bind::<Uuid, _>(letter.id)
    .bind::<Integer, _>(letter.attempt)
    .bind::<Uuid, _>(owner)
    .bind::<Text, _>(state)
    .bind::<BigInt, _>(wait)
    .bind::<Nullable<Text>, _>(error)
    .bind::<Nullable<Timestamptz>, _>(settled)
    .bind::<Nullable<Text>, _>(why)
    .bind::<Nullable<Timestamptz>, _>(due)
    .execute(&mut **tx)
    .await
    .doing("settling a letter")?;
    Ok(changed == 1)
}

/// Gives back leases without using up the attempt: a worker that stops had not begun on these.
///
/// # Errors
/// The database fails.
pub async fn give_back(tx: &mut Tx, owner: uuid::Uuid) -> Result<usize, StoreError> {
    diesel::sql_query(
        "UPDATE outbox SET lease_owner = NULL, lease_until = NULL, attempts = attempts - 1 \
         WHERE lease_owner = $1 AND state = 'owed'",
    )
    .bind::<Uuid, _>(owner)
    .execute(&mut **tx)
    .await
    .doing("giving back leases")
}

/// Letters, newest first; in one state when given.
///
/// # Errors
/// The database fails.
pub async fn list(conn: &mut AsyncPgConnection, state: Option<&str>, limit: i64) -> Result<Vec<Row>, StoreError> {
    let mut query = outbox::table.order((outbox::due_at.desc(), outbox::id)).limit(limit).into_boxed();
    if let Some(state) = state {
        query = query.filter(outbox::state.eq(state));
    }
    query
        .select((
            outbox::id,
            outbox::dedup_key,
            outbox::kind,
            outbox::person_id,
            outbox::state,
            outbox::attempts,
            outbox::due_at,
            outbox::settled_at,
            outbox::last_error,
            outbox::why,
        ))
        .load(conn)
        .await
        .doing("listing letters")
}

/// Owes letters again that were given up: one (which may also be waiting for its next try), or all.
///
/// # Errors
/// The database fails.
pub async fn retry(tx: &mut Tx, id: Option<uuid::Uuid>) -> Result<usize, StoreError> {
    diesel::sql_query(
        "UPDATE outbox SET state = 'owed', attempts = 0, settled_at = NULL, retry_at = now(), why = NULL \
         WHERE state = 'failed' AND $1 IS NULL OR id = $1 AND (state = 'failed' OR state = 'owed' AND lease_owner IS NULL)",
    )
    .bind::<Nullable<Uuid>, _>(id)
    .execute(&mut **tx)
    .await
    .doing("owing letters again")
}

/// How many letters stand in each state.
///
/// # Errors
/// The database fails.
pub async fn counts(conn: &mut AsyncPgConnection) -> Result<Vec<(String, i64)>, StoreError> {
    outbox::table
        .group_by(outbox::state)
        .order(outbox::state)
        .select((outbox::state, diesel::dsl::count_star()))
        .load(conn)
        .await
        .doing("counting letters")
}

/// Whether somebody's welcome is for this day, or from a day before and still owed: it leaves now.
///
/// # Errors
/// The database fails.
pub async fn welcomes(conn: &mut AsyncPgConnection, person: PersonId, day: NaiveDate) -> Result<bool, StoreError> {
    let (of_the_day, late) = (outbox::for_day.eq(day), outbox::for_day.lt(day).and(outbox::state.eq("owed")));
    let count: i64 = outbox::table
        .filter(outbox::kind.eq(Kind::Welcome.as_str()).and(outbox::person_id.eq(person.0)))
        .filter(of_the_day.or(late))
        .count()
        .get_result(conn)
        .await
        .doing("looking for a welcome")?;
    Ok(count > 0)
}

/// When the next letter may leave, of those that are owed.
///
/// # Errors
/// The database fails.
pub async fn next_due(conn: &mut AsyncPgConnection) -> Result<Option<DateTime<Utc>>, StoreError> {
    outbox::table
        .filter(outbox::state.eq("owed"))
        .select(diesel::dsl::min(outbox::due_at))
        .first(conn)
        .await
        .doing("looking for the next letter")
}
