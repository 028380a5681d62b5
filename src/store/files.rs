//! Uploads, beside the words that name them. Who reads one is decided by those words.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::pool::Tx;
use super::schema::files;
use super::writings::{self, Writing};
use super::{Doing, StoreError};
use crate::engine::access::{Reach, Scope};
use crate::engine::vocabulary::{PersonId, PlanId, StepKey, WritingId};

/// A file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct FileId(pub uuid::Uuid);

impl fmt::Display for FileId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for FileId {
    type Err = uuid::Error;

    fn from_str(text: &str) -> Result<FileId, uuid::Error> {
        text.parse().map(FileId)
    }
}

/// A file to keep.
#[derive(Debug, Clone)]
pub struct NewFile {
    pub id: FileId,
    pub plan: PlanId,
    pub step: StepKey,
    pub field: String,
    pub name: String,
    pub media_type: &'static str,
    pub body: Vec<u8>,
    pub sha256: [u8; 32],
    pub uploaded_by: PersonId,
    pub uploaded_at: DateTime<Utc>,
}

/// A file without what is in it.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = files)]
pub struct FileHead {
    id: uuid::Uuid,
    pub step_key: String,
    pub field: String,
    pub name: String,
    pub media_type: String,
    size: i32,
}

impl FileHead {
    #[cfg(test)]
    pub(crate) fn sample(id: FileId, field: &str, name: &str, size: i32) -> FileHead {
        let (step_key, media_type) = ("s".to_owned(), "application/pdf".to_owned());
        FileHead { id: id.0, step_key, field: field.to_owned(), name: name.to_owned(), media_type, size }
    }

    pub fn id(&self) -> FileId {
        FileId(self.id)
    }

    /// Bytes.
    pub fn size(&self) -> u32 {
        u32::try_from(self.size).unwrap_or(0)
    }
}

/// Keeps a file; only its uploader reads it until it is handed in.
///
/// # Errors
/// The database fails.
pub async fn insert(tx: &mut Tx, file: &NewFile) -> Result<(), StoreError> {
    diesel::insert_into(files::table)
        .values((
            files::id.eq(file.id.0),
            files::plan_id.eq(file.plan.0),
            files::step_key.eq(file.step.to_string()),
            files::field.eq(&file.field),
            files::name.eq(&file.name),
            files::media_type.eq(file.media_type),
            files::size.eq(i32::try_from(file.body.len()).unwrap_or(i32::MAX)),
            files::body.eq(&file.body),
            files::sha256.eq(file.sha256.as_slice()),
            files::uploaded_by.eq(file.uploaded_by.0),
            files::uploaded_at.eq(file.uploaded_at),
        ))
        .execute(&mut **tx)
        .await
        .doing("keeping a file")
        .map(drop)
}

/// The files of a plan that the scope may read; of one step when `step` is given. A file of words that
/// were erased is nobody's any more.
///
/// # Errors
/// The database fails.
pub async fn heads(
    conn: &mut AsyncPgConnection,
    scope: Scope,
    plan: PlanId,
    step: Option<&StepKey>,
) -> Result<Vec<FileHead>, StoreError> {
    let words = writings::of_plan(conn, scope, plan, step).await?;
    heads_beside(conn, scope, plan, step, &words).await
}

/// As [`heads`], beside words that were read already.
///
/// # Errors
/// The database fails.
pub async fn heads_beside(
    conn: &mut AsyncPgConnection,
    scope: Scope,
    plan: PlanId,
    step: Option<&StepKey>,
    words: &[Writing],
) -> Result<Vec<FileHead>, StoreError> {
    let mut query = readable(scope, plan, words).select(FileHead::as_select()).order(files::id);
    if let Some(step) = step {
        query = query.filter(files::step_key.eq(step.to_string()));
    }
    query.load(conn).await.doing("reading files")
}

/// What is in a file of a step; none when there is no such file for this scope.
///
/// # Errors
/// The database fails.
pub async fn open(
    conn: &mut AsyncPgConnection,
    scope: Scope,
    plan: PlanId,
    step: &StepKey,
    id: FileId,
) -> Result<Option<(FileHead, Vec<u8>)>, StoreError> {
    let words = writings::of_plan(conn, scope, plan, Some(step)).await?;
    let found: Option<(FileHead, Option<Vec<u8>>)> = readable(scope, plan, &words)
        .filter(files::id.eq(id.0).and(files::step_key.eq(step.to_string())))
        .select((FileHead::as_select(), files::body))
        .first(conn)
        .await
        .optional()
        .doing("opening a file")?;
    Ok(found.and_then(|(head, body)| Some((head, body?))))
}

fn readable<'a>(scope: Scope, plan: PlanId, words: &[Writing]) -> files::BoxedQuery<'a, diesel::pg::Pg> {
    let standing: Vec<uuid::Uuid> =
        words.iter().filter(|writing| writing.words().is_some()).map(|writing| writing.id().0).collect();
    let reader = match scope.reach() {
        Reach::Hr(person) | Reach::Own(person) => person.0,
        Reach::Program => uuid::Uuid::nil(),
    };
    let is_draft_of_reader = files::writing_id.is_null().and(files::uploaded_by.eq(reader));
    files::table
        .into_boxed()
        .filter(files::plan_id.eq(plan.0).and(files::body.is_not_null()))
        .filter(is_draft_of_reader.or(files::writing_id.eq_any(standing).assume_not_null()))
}

/// Puts files under the evidence that names them from now on.
///
/// # Errors
/// The database fails.
pub async fn hand_over(tx: &mut Tx, plan: PlanId, ids: &[FileId], evidence: WritingId) -> Result<(), StoreError> {
    if ids.is_empty() {
        return Ok(());
    }
    let ids: Vec<uuid::Uuid> = ids.iter().map(|id| id.0).collect();
    diesel::update(files::table.filter(files::plan_id.eq(plan.0).and(files::id.eq_any(ids))))
        .set(files::writing_id.eq(evidence.0))
        .execute(&mut **tx)
        .await
        .doing("handing over files")
        .map(drop)
}

/// Drops what somebody uploaded for a step and neither evidence nor their draft (`keep`) names.
///
/// # Errors
/// The database fails.
pub async fn prune(
    tx: &mut Tx,
    plan: PlanId,
    step: &StepKey,
    person: PersonId,
    keep: &[FileId],
) -> Result<(), StoreError> {
    let keep: Vec<uuid::Uuid> = keep.iter().map(|id| id.0).collect();
    let left_over = files::table
        .filter(files::plan_id.eq(plan.0).and(files::step_key.eq(step.to_string())))
        .filter(files::uploaded_by.eq(person.0).and(files::writing_id.is_null()).and(files::id.ne_all(keep)));
    diesel::delete(left_over).execute(&mut **tx).await.doing("dropping replaced files").map(drop)
}
