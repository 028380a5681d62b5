//! Curriculum files that HR uploaded and has not published. HR alone reads them, whoever uploaded them.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::pool::Tx;
use super::schema::{curriculum_draft_files, curriculum_drafts};
use super::{Doing, StoreError};
use crate::engine::access::{Reach, Scope};
use crate::engine::vocabulary::PersonId;

/// A draft of a release.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DraftId(pub uuid::Uuid);

impl fmt::Display for DraftId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for DraftId {
    type Err = uuid::Error;

    fn from_str(text: &str) -> Result<DraftId, uuid::Error> {
        text.parse().map(DraftId)
    }
}

/// A draft to keep.
#[derive(Debug, Clone)]
pub struct NewDraft {
    pub id: DraftId,
    pub name: String,
    pub uploaded_by: PersonId,
    pub uploaded_at: DateTime<Utc>,
    pub ignored: Vec<String>,
    /// Path and content.
    pub files: Vec<(String, Vec<u8>)>,
}

/// A draft without its files.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = curriculum_drafts)]
pub struct DraftHead {
    id: uuid::Uuid,
    pub name: String,
    uploaded_by: uuid::Uuid,
    pub uploaded_at: DateTime<Utc>,
    pub ignored: Vec<String>,
}

impl DraftHead {
    pub fn id(&self) -> DraftId {
        DraftId(self.id)
    }

    pub fn uploaded_by(&self) -> PersonId {
        PersonId(self.uploaded_by)
    }
}

/// Keeps a draft with its files.
///
/// # Errors
/// The database fails.
pub async fn insert(tx: &mut Tx, draft: &NewDraft) -> Result<(), StoreError> {
    diesel::insert_into(curriculum_drafts::table)
        .values((
            curriculum_drafts::id.eq(draft.id.0),
            curriculum_drafts::name.eq(&draft.name),
            curriculum_drafts::uploaded_by.eq(draft.uploaded_by.0),
            curriculum_drafts::uploaded_at.eq(draft.uploaded_at),
            curriculum_drafts::ignored.eq(&draft.ignored),
        ))
        .execute(&mut **tx)
        .await
        .doing("keeping a draft of a release")?;
    let rows: Vec<_> = draft
        .files
        .iter()
        .map(|(path, body)| {
            (
                curriculum_draft_files::draft_id.eq(draft.id.0),
                curriculum_draft_files::path.eq(path),
                curriculum_draft_files::body.eq(body),
            )
        })
        .collect();
    diesel::insert_into(curriculum_draft_files::table)
        .values(rows)
        .execute(&mut **tx)
        .await
        .doing("keeping the files of a draft")
        .map(drop)
}

/// Every draft that the scope may read, newest first.
///
/// # Errors
/// The database fails.
pub async fn all(conn: &mut AsyncPgConnection, scope: Scope) -> Result<Vec<DraftHead>, StoreError> {
    if !reads(scope) {
        return Ok(Vec::new());
    }
    curriculum_drafts::table
        .select(DraftHead::as_select())
        .order((curriculum_drafts::uploaded_at.desc(), curriculum_drafts::id.desc()))
        .load(conn)
        .await
        .doing("listing drafts of releases")
}

/// A draft with its files, by path; none when there is no such draft for this scope.
///
/// # Errors
/// The database fails.
pub async fn find(
    conn: &mut AsyncPgConnection,
    scope: Scope,
    id: DraftId,
) -> Result<Option<(DraftHead, Vec<(String, Vec<u8>)>)>, StoreError> {
    if !reads(scope) {
        return Ok(None);
    }
    let head = curriculum_drafts::table.find(id.0).select(DraftHead::as_select());
    let head: Option<DraftHead> = head.first(conn).await.optional().doing("reading a draft of a release")?;
    let Some(head) = head else { return Ok(None) };
    let files = curriculum_draft_files::table
        .filter(curriculum_draft_files::draft_id.eq(id.0))
        .order(curriculum_draft_files::path)
        .select((curriculum_draft_files::path, curriculum_draft_files::body))
        .load(conn)
        .await
        .doing("reading the files of a draft")?;
    Ok(Some((head, files)))
}

/// Drops a draft. True: there was one.
///
/// # Errors
/// The database fails.
pub async fn discard(tx: &mut Tx, scope: Scope, id: DraftId) -> Result<bool, StoreError> {
    if !reads(scope) {
        return Ok(false);
    }
    let gone = diesel::delete(curriculum_drafts::table.find(id.0)).execute(&mut **tx).await;
    gone.doing("dropping a draft of a release").map(|count| count > 0)
}

/// Drops what was uploaded before this.
///
/// # Errors
/// The database fails.
pub async fn sweep(tx: &mut Tx, before: DateTime<Utc>) -> Result<(), StoreError> {
    let old = curriculum_drafts::table.filter(curriculum_drafts::uploaded_at.lt(before));
    diesel::delete(old).execute(&mut **tx).await.doing("dropping old drafts of releases").map(drop)
}

/// Drafts belong to no plan and to nobody: who is HR works on them together.
fn reads(scope: Scope) -> bool {
    matches!(scope.reach(), Reach::Hr(_) | Reach::Program)
}
