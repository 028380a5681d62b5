//! Mail that is owed: claimed briefly, settled with a fence. Leases and back-off run on the
//! database's clock, `due_at` on the program's.

mod claiming;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, Date, Nullable, SmallInt, Text, Timestamptz, Uuid};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

pub use super::bounced::Bounced;
use super::pool::Tx;
use super::schema::outbox;
use super::{Doing, StoreError};
use crate::engine::vocabulary::{PersonId, PlanId, StepKey};
pub use claiming::{Claimed, Share, Verdict, claim, give_back, give_back_all, settle, settle_bounced};

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
    /// What was handed in for its reader, who need not answer.
    Report,
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
    pub const ALL: [Kind; 16] = [
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
        Kind::Report,
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
            Kind::Report => "report",
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

    /// Somebody sits before a screen until it comes.
    pub fn is_awaited(self) -> bool {
        self.lane() == 0
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

/// How many letters said something at once to somebody since a moment: sent, or on their way.
///
/// # Errors
/// The database fails.
pub async fn urgent_since(
    tx: &mut Tx,
    person: PersonId,
    since: DateTime<Utc>,
    but: uuid::Uuid,
) -> Result<i64, StoreError> {
    // Two of them composed at the same moment would not count each other.
    let row = super::schema::people::table.find(person.0).select(super::schema::people::id).for_no_key_update();
    row.execute(&mut **tx).await.doing("waiting for other letters to somebody")?;
    let urgent: Vec<&str> = Kind::ALL.iter().filter(|kind| kind.is_urgent()).map(|kind| kind.as_str()).collect();
    let sent = outbox::state.eq("sent").and(outbox::settled_at.ge(since));
    let leaving = outbox::state.eq("owed").and(outbox::lease_until.is_not_null());
    outbox::table
        .filter(outbox::person_id.eq(person.0).and(outbox::kind.eq_any(urgent)).and(outbox::id.ne(but)))
        .filter(sent.nullable().or(leaving.nullable()))
        .count()
        .get_result(&mut **tx)
        .await
        .doing("counting what was said at once")
}

/// How many letters of a kind somebody was owed in the last hour: whoever asks for them must not fill a
/// mailbox. Requests for one person wait for each other here, or each would count without the others.
///
/// # Errors
/// The database fails.
pub async fn in_the_last_hour(tx: &mut Tx, person: PersonId, kind: Kind) -> Result<i64, StoreError> {
    let row = super::schema::people::table.find(person.0).select(super::schema::people::id).for_no_key_update();
    row.execute(&mut **tx).await.doing("waiting for other requests of letters")?;
    outbox::table
        .filter(outbox::person_id.eq(person.0).and(outbox::kind.eq(kind.as_str())))
        .filter(diesel::dsl::sql::<diesel::sql_types::Bool>("retry_at >= now() - interval '1 hour'"))
        .count()
        .get_result(&mut **tx)
        .await
        .doing("counting letters that were asked for")
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
