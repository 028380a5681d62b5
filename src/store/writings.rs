//! Human words: evidence, lines, comments, drafts. Who reads them is decided here, from the scope.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, Binary, Nullable, Text, Timestamptz, Uuid};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::pool::Tx;
use super::schema::{drafts, writings};
use super::{Doing, StoreError};
use crate::engine::access::{Reach, Scope};
use crate::engine::vocabulary::{PersonId, PlanId, Role, StepKey, WritingId};

/// What kind of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Answers as JSON.
    Evidence,
    /// A reviewer's or mentor's line.
    Line,
    Comment,
    /// Why something was arranged.
    Reason,
    /// Title and text, as JSON, of a step that one plan alone has.
    Step,
}

impl Kind {
    fn as_str(self) -> &'static str {
        match self {
            Kind::Evidence => "evidence",
            Kind::Line => "line",
            Kind::Comment => "comment",
            Kind::Reason => "reason",
            Kind::Step => "step",
        }
    }
}

/// Words to keep.
#[derive(Debug, Clone)]
pub struct NewWriting {
    pub id: WritingId,
    pub plan: PlanId,
    pub step: Option<StepKey>,
    pub author: PersonId,
    pub kind: Kind,
    pub visible_to: Vec<Role>,
    pub body: Vec<u8>,
    pub salt: Vec<u8>,
    pub written_at: DateTime<Utc>,
}

/// Words as a reader may have them; `body` is none once they were erased.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct Writing {
    #[diesel(sql_type = Uuid)]
    id: uuid::Uuid,
    #[diesel(sql_type = Uuid)]
    author_id: uuid::Uuid,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Nullable<Text>)]
    pub step_key: Option<String>,
    #[diesel(sql_type = Nullable<Binary>)]
    body: Option<Vec<u8>>,
    #[diesel(sql_type = Timestamptz)]
    pub written_at: DateTime<Utc>,
}

impl Writing {
    pub fn id(&self) -> WritingId {
        WritingId(self.id)
    }

    pub fn author(&self) -> PersonId {
        PersonId(self.author_id)
    }

    pub fn is_comment(&self) -> bool {
        self.kind == "comment"
    }

    /// Why something was arranged.
    pub fn is_reason(&self) -> bool {
        self.kind == "reason"
    }

    /// The words; none once they were erased.
    pub fn words(&self) -> Option<String> {
        self.body.as_ref().map(|body| String::from_utf8_lossy(body).into_owned())
    }
}

/// Keeps words.
///
/// # Errors
/// The database fails.
pub async fn insert(tx: &mut Tx, writing: &NewWriting) -> Result<(), StoreError> {
    diesel::insert_into(writings::table)
        .values((
            writings::id.eq(writing.id.0),
            writings::plan_id.eq(writing.plan.0),
            writings::step_key.eq(writing.step.as_ref().map(ToString::to_string)),
            writings::author_id.eq(writing.author.0),
            writings::kind.eq(writing.kind.as_str()),
            writings::visible_to.eq(writing.visible_to.iter().map(|role| role.as_str()).collect::<Vec<_>>()),
            writings::body.eq(&writing.body),
            writings::salt.eq(&writing.salt),
            writings::written_at.eq(writing.written_at),
        ))
        .execute(&mut **tx)
        .await
        .doing("keeping words")
        .map(drop)
}

/// The words of a plan that the scope may read, oldest first; of one step when `step` is given.
///
/// # Errors
/// The database fails.
pub async fn of_plan(
    conn: &mut AsyncPgConnection,
    scope: Scope,
    plan: PlanId,
    step: Option<&StepKey>,
) -> Result<Vec<Writing>, StoreError> {
    readable(conn, scope, plan, step, None).await
}

/// Those of these words of a plan that the scope may read.
///
/// # Errors
/// The database fails.
pub async fn some(
    conn: &mut AsyncPgConnection,
    scope: Scope,
    plan: PlanId,
    ids: &[WritingId],
) -> Result<Vec<Writing>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    readable(conn, scope, plan, None, Some(ids)).await
}

async fn readable(
    conn: &mut AsyncPgConnection,
    scope: Scope,
    plan: PlanId,
    step: Option<&StepKey>,
    ids: Option<&[WritingId]>,
) -> Result<Vec<Writing>, StoreError> {
    let (reader, is_hr, is_program) = match scope.reach() {
        Reach::Hr(person) => (person.0, true, false),
        Reach::Own(person) => (person.0, false, false),
        Reach::Program => (uuid::Uuid::nil(), false, true),
    };
    // A reader's parts in the plan against the step's visible_to; authors always read their own.
    diesel::sql_query(
        "SELECT w.id, w.author_id, w.kind, w.step_key, w.body, w.written_at \
         FROM writings w JOIN plans p ON p.id = w.plan_id \
         WHERE w.plan_id = $1 AND ($2 IS NULL OR w.step_key = $2) AND ($6 IS NULL OR w.id = ANY($6)) \
         AND ($5 OR w.author_id = $3 OR w.visible_to && ( \
           CASE WHEN p.manager_id = $3 THEN ARRAY['manager'] ELSE ARRAY[]::text[] END || \
           CASE WHEN p.superior_id = $3 THEN ARRAY['superior'] ELSE ARRAY[]::text[] END || \
           CASE WHEN p.mentor_id = $3 AND p.mentor_state = 'accepted' OR p.deputy_id = $3 THEN ARRAY['mentor'] ELSE ARRAY[]::text[] END || \
           CASE WHEN $4 THEN ARRAY['hr'] ELSE ARRAY[]::text[] END)) \
         ORDER BY w.written_at, w.id",
    )
    .bind::<Uuid, _>(plan.0)
    .bind::<Nullable<Text>, _>(step.map(ToString::to_string))
    .bind::<Uuid, _>(reader)
    .bind::<diesel::sql_types::Bool, _>(is_hr)
    .bind::<diesel::sql_types::Bool, _>(is_program)
    .bind::<Nullable<Array<Uuid>>, _>(ids.map(|ids| ids.iter().map(|id| id.0).collect::<Vec<_>>()))
    .load(conn)
    .await
    .doing("reading words")
}

/// The bodies of these words, as far as they were not erased. Only the program itself reads them so:
/// what a plan decides rests on answers whoever acts need not see.
///
/// # Errors
/// The scope is a person's, or the database fails.
pub async fn answers(
    conn: &mut AsyncPgConnection,
    scope: Scope,
    plan: PlanId,
    ids: &[WritingId],
) -> Result<Vec<(WritingId, Vec<u8>)>, StoreError> {
    if scope.reach() != Reach::Program {
        return Err(StoreError::Broken { what: "a read that is the program's alone".to_owned() });
    }
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<uuid::Uuid> = ids.iter().map(|id| id.0).collect();
    let rows: Vec<(uuid::Uuid, Option<Vec<u8>>)> = writings::table
        .filter(writings::plan_id.eq(plan.0).and(writings::id.eq_any(ids)))
        .select((writings::id, writings::body))
        .load(conn)
        .await
        .doing("reading answers")?;
    Ok(rows.into_iter().filter_map(|(id, body)| Some((WritingId(id), body?))).collect())
}

/// Digests over salt and body of the writings of a plan that stand, for `doctor`.
///
/// # Errors
/// The database fails.
pub async fn bodies(
    conn: &mut AsyncPgConnection,
    plan: PlanId,
) -> Result<Vec<(WritingId, Vec<u8>, Vec<u8>)>, StoreError> {
    type Row = (uuid::Uuid, Option<Vec<u8>>, Option<Vec<u8>>);
    let rows: Vec<Row> = writings::table
        .filter(writings::plan_id.eq(plan.0).and(writings::body.is_not_null()))
        .select((writings::id, writings::salt, writings::body))
        .load(conn)
        .await
        .doing("reading words to verify")?;
    Ok(rows.into_iter().filter_map(|(id, salt, body)| Some((WritingId(id), salt?, body?))).collect())
}

/// The draft of a form; only its author has it.
///
/// # Errors
/// The database fails.
pub async fn draft(
    conn: &mut AsyncPgConnection,
    plan: PlanId,
    step: &StepKey,
    author: PersonId,
) -> Result<Option<(String, DateTime<Utc>)>, StoreError> {
    drafts::table
        .find((plan.0, step.to_string(), author.0))
        .select((drafts::body, drafts::saved_at))
        .first(conn)
        .await
        .optional()
        .doing("reading a draft")
}

/// The drafts of these steps that the author kept after that moment: step and words, in the order of the steps.
///
/// # Errors
/// The database fails.
pub async fn drafts_since(
    conn: &mut AsyncPgConnection,
    plan: PlanId,
    steps: &[StepKey],
    author: PersonId,
    since: DateTime<Utc>,
) -> Result<Vec<(String, String)>, StoreError> {
    let keys: Vec<String> = steps.iter().map(StepKey::to_string).collect();
    drafts::table
        .filter(drafts::plan_id.eq(plan.0).and(drafts::person_id.eq(author.0)))
        .filter(drafts::step_key.eq_any(keys).and(drafts::saved_at.gt(since)))
        .select((drafts::step_key, drafts::body))
        .order(drafts::step_key)
        .load(conn)
        .await
        .doing("looking for newer drafts")
}

/// Keeps a draft in place of the one before.
///
/// # Errors
/// The database fails.
pub async fn save_draft(
    tx: &mut Tx,
    plan: PlanId,
    step: &StepKey,
    author: PersonId,
    body: &str,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    diesel::insert_into(drafts::table)
        .values((
            drafts::plan_id.eq(plan.0),
            drafts::step_key.eq(step.to_string()),
            drafts::person_id.eq(author.0),
            drafts::body.eq(body),
            drafts::saved_at.eq(now),
        ))
        .on_conflict((drafts::plan_id, drafts::step_key, drafts::person_id))
        .do_update()
        .set((drafts::body.eq(body), drafts::saved_at.eq(now)))
        .execute(&mut **tx)
        .await
        .doing("keeping a draft")
        .map(drop)
}

/// Drops a draft that was handed in.
///
/// # Errors
/// The database fails.
pub async fn drop_draft(tx: &mut Tx, plan: PlanId, step: &StepKey, author: PersonId) -> Result<(), StoreError> {
    diesel::delete(drafts::table.find((plan.0, step.to_string(), author.0)))
        .execute(&mut **tx)
        .await
        .doing("dropping a draft")
        .map(drop)
}
