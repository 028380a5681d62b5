//! Tables of figures until something is taken from them, and how each reader reads theirs.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::pool::Tx;
use super::schema::{figure_readings, figure_tables};
use super::{Doing, StoreError};
use crate::engine::figures::Reading;
use crate::engine::vocabulary::{PersonId, PlanId, StepId, StepKey};

/// A file as it was uploaded.
#[derive(Debug, Clone, Queryable)]
pub struct Kept {
    pub name: String,
    pub body: Vec<u8>,
    pub uploaded_at: DateTime<Utc>,
}

/// Keeps a file for a step, in place of the one before.
///
/// # Errors
/// The database fails.
pub async fn keep(
    tx: &mut Tx,
    (plan, step, who): (PlanId, &StepKey, PersonId),
    name: &str,
    body: &[u8],
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let file = (figure_tables::name.eq(name), figure_tables::body.eq(body), figure_tables::uploaded_at.eq(now));
    diesel::insert_into(figure_tables::table)
        .values((
            figure_tables::plan_id.eq(plan.0),
            figure_tables::step_key.eq(step.to_string()),
            figure_tables::person_id.eq(who.0),
            file,
        ))
        .on_conflict((figure_tables::plan_id, figure_tables::step_key, figure_tables::person_id))
        .do_update()
        .set(file)
        .execute(&mut **tx)
        .await
        .doing("keeping a table of figures")
        .map(drop)
}

/// The file that somebody uploaded for a step.
///
/// # Errors
/// The database fails.
pub async fn find(
    conn: &mut AsyncPgConnection,
    (plan, step, who): (PlanId, &StepKey, PersonId),
) -> Result<Option<Kept>, StoreError> {
    figure_tables::table
        .find((plan.0, step.to_string(), who.0))
        .select((figure_tables::name, figure_tables::body, figure_tables::uploaded_at))
        .first(conn)
        .await
        .optional()
        .doing("reading a table of figures")
}

/// Drops it.
///
/// # Errors
/// The database fails.
pub async fn discard(tx: &mut Tx, (plan, step, who): (PlanId, &StepKey, PersonId)) -> Result<(), StoreError> {
    diesel::delete(figure_tables::table.find((plan.0, step.to_string(), who.0)))
        .execute(&mut **tx)
        .await
        .doing("dropping a table of figures")
        .map(drop)
}

/// Drops what was uploaded before this.
///
/// # Errors
/// The database fails.
pub async fn sweep(tx: &mut Tx, before: DateTime<Utc>) -> Result<(), StoreError> {
    let old = figure_tables::table.filter(figure_tables::uploaded_at.lt(before));
    diesel::delete(old).execute(&mut **tx).await.doing("dropping old tables of figures").map(drop)
}

/// Remembers how somebody reads their columns, for every turn of a step.
///
/// # Errors
/// The database fails.
pub async fn remember(
    tx: &mut Tx,
    (plan, step, who): (PlanId, &StepId, PersonId),
    reading: &Reading,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let what = || "how a table is read".to_owned();
    let reading = serde_json::to_value(reading).map_err(|source| StoreError::Unreadable { what: what(), source })?;
    let values = (figure_readings::reading.eq(reading), figure_readings::saved_at.eq(now));
    diesel::insert_into(figure_readings::table)
        .values((
            figure_readings::plan_id.eq(plan.0),
            figure_readings::step_id.eq(step.as_str()),
            figure_readings::person_id.eq(who.0),
            values.clone(),
        ))
        .on_conflict((figure_readings::plan_id, figure_readings::step_id, figure_readings::person_id))
        .do_update()
        .set(values)
        .execute(&mut **tx)
        .await
        .doing("remembering how a table is read")
        .map(drop)
}

/// How somebody read their columns last; empty at first, and when it no longer reads.
///
/// # Errors
/// The database fails.
pub async fn reading(
    conn: &mut AsyncPgConnection,
    (plan, step, who): (PlanId, &StepId, PersonId),
) -> Result<Reading, StoreError> {
    let kept: Option<serde_json::Value> = figure_readings::table
        .find((plan.0, step.as_str(), who.0))
        .select(figure_readings::reading)
        .first(conn)
        .await
        .optional()
        .doing("reading how a table is read")?;
    Ok(kept.and_then(|kept| serde_json::from_value(kept).ok()).unwrap_or_default())
}
