//! Who was told that a step is late with somebody else: each rung of the ladder once.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{Array, Date, Text, Uuid};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::pool::Tx;
use super::schema::escalations;
use super::{Doing, StoreError};
use crate::engine::vocabulary::{PlanId, Role, StepKey};

/// A rung that was reached.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Told {
    pub plan: PlanId,
    pub step: StepKey,
    pub since: NaiveDate,
    pub rung: Role,
}

/// The rungs that were told in these plans, with the letter that says each.
///
/// # Errors
/// The database fails.
pub async fn in_plans(conn: &mut AsyncPgConnection, plans: &[PlanId]) -> Result<Vec<(Told, uuid::Uuid)>, StoreError> {
    let ids: Vec<uuid::Uuid> = plans.iter().map(|plan| plan.0).collect();
    let rows: Vec<(uuid::Uuid, String, NaiveDate, String, uuid::Uuid)> = escalations::table
        .filter(escalations::plan_id.eq_any(ids))
        .select((
            escalations::plan_id,
            escalations::step_key,
            escalations::due,
            escalations::rung,
            escalations::letter_id,
        ))
        .load(conn)
        .await
        .doing("reading who was told")?;
    let told = |(plan, step, since, rung, letter): (uuid::Uuid, String, NaiveDate, String, uuid::Uuid)| {
        Some((Told { plan: PlanId(plan), step: step.parse().ok()?, since, rung: Role::parse(&rung)? }, letter))
    };
    Ok(rows.into_iter().filter_map(told).collect())
}

/// Puts down what a letter tells; a rung that was told stays another letter's.
///
/// # Errors
/// The database fails.
pub async fn put(tx: &mut Tx, letter: uuid::Uuid, told: &[Told]) -> Result<(), StoreError> {
    if told.is_empty() {
        return Ok(());
    }
    diesel::sql_query(
        "INSERT INTO escalations (plan_id, step_key, due, rung, letter_id) \
         SELECT t.*, $5 FROM unnest($1, $2, $3, $4) AS t ON CONFLICT DO NOTHING",
    )
    .bind::<Array<Uuid>, _>(told.iter().map(|one| one.plan.0).collect::<Vec<_>>())
    .bind::<Array<Text>, _>(told.iter().map(|one| one.step.to_string()).collect::<Vec<_>>())
    .bind::<Array<Date>, _>(told.iter().map(|one| one.since).collect::<Vec<_>>())
    .bind::<Array<Text>, _>(told.iter().map(|one| one.rung.as_str()).collect::<Vec<_>>())
    .bind::<Uuid, _>(letter)
    .execute(&mut **tx)
    .await
    .doing("putting down who is told")
    .map(drop)
}
