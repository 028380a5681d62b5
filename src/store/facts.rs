//! The append-only facts of plans.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Binary, Text, Timestamptz, Uuid};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::pool::Tx;
use super::schema::facts;
use super::{Doing, StoreError};
use crate::engine::fact::{Fact, Sealed};
use crate::engine::vocabulary::PlanId;

pub(super) async fn append(tx: &mut Tx, plan: PlanId, sealed: &[Sealed]) -> Result<(), StoreError> {
    diesel::sql_query(
        "INSERT INTO facts (plan_id, seq, at, payload, link) \
         SELECT $1, t.* FROM unnest($2, $3, $4, $5) AS t (seq, at, payload, link)",
    )
    .bind::<Uuid, _>(plan.0)
    .bind::<Array<BigInt>, _>(sealed.iter().map(|f| i64::try_from(f.seq).unwrap_or(i64::MAX)).collect::<Vec<_>>())
    .bind::<Array<Timestamptz>, _>(sealed.iter().map(|f| f.at).collect::<Vec<_>>())
    .bind::<Array<Text>, _>(sealed.iter().map(|f| f.payload.clone()).collect::<Vec<_>>())
    .bind::<Array<Binary>, _>(sealed.iter().map(|f| f.link.to_vec()).collect::<Vec<_>>())
    .execute(&mut **tx)
    .await
    .doing("appending facts")
    .map(drop)
}

/// The facts of a plan as stored, oldest first: for `doctor`, which folds from zero.
///
/// # Errors
/// The database fails.
pub async fn of_plan(conn: &mut AsyncPgConnection, plan: PlanId) -> Result<Vec<Sealed>, StoreError> {
    let rows: Vec<(i64, DateTime<Utc>, String, Vec<u8>)> = facts::table
        .filter(facts::plan_id.eq(plan.0))
        .order(facts::seq)
        .select((facts::seq, facts::at, facts::payload, facts::link))
        .load(conn)
        .await
        .doing("reading facts")?;
    rows.into_iter()
        .map(|(seq, at, payload, link)| {
            let broken = || StoreError::Broken { what: format!("fact {seq} of plan {plan}") };
            let (seq, link) = (u64::try_from(seq).map_err(|_| broken())?, link.try_into().map_err(|_| broken())?);
            Ok(Sealed { seq, at, payload, link })
        })
        .collect()
}

/// The facts of a plan, oldest first.
///
/// # Errors
/// The database fails, or a fact is of a kind that this program does not read.
pub async fn read(conn: &mut AsyncPgConnection, plan: PlanId) -> Result<Vec<Fact>, StoreError> {
    let sealed = of_plan(conn, plan).await?;
    let fact = |fact: Sealed| {
        let what = || format!("fact {} of plan {plan}", fact.seq);
        serde_json::from_str(&fact.payload).map_err(|source| StoreError::Unreadable { what: what(), source })
    };
    sealed.into_iter().map(fact).collect()
}

/// Whether a plan ever took another release than it began with.
///
/// # Errors
/// The database fails.
pub async fn was_upgraded(conn: &mut AsyncPgConnection, plan: PlanId) -> Result<bool, StoreError> {
    // As serde writes it. What else should hold these letters costs a look more, and nothing else.
    let upgrade = facts::table.filter(facts::plan_id.eq(plan.0).and(facts::payload.like("%\"is\":\"upgraded\"%")));
    diesel::select(diesel::dsl::exists(upgrade)).get_result(conn).await.doing("looking for upgrades")
}
