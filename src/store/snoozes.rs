//! Steps that somebody put off: letters are silent about them for a while, their days stay.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::pool::Tx;
use super::schema::snoozes;
use super::{Doing, StoreError};
use crate::engine::vocabulary::{PersonId, PlanId, StepKey};

/// How long a step is put off, and how often it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Snooze {
    /// The first day on which letters name it again.
    pub until: NaiveDate,
    pub times: u16,
}

/// What somebody put off, in every plan.
///
/// # Errors
/// The database fails.
pub async fn of(
    conn: &mut AsyncPgConnection,
    person: PersonId,
) -> Result<BTreeMap<(PlanId, StepKey), Snooze>, StoreError> {
    let rows: Vec<(uuid::Uuid, String, NaiveDate, i16)> = snoozes::table
        .filter(snoozes::person_id.eq(person.0))
        .select((snoozes::plan_id, snoozes::step_key, snoozes::until, snoozes::times))
        .load(conn)
        .await
        .doing("reading what was put off")?;
    Ok(rows
        .into_iter()
        .filter_map(|(plan, step, until, times)| Some((key(plan, &step)?, snooze(until, times))))
        .collect())
}

/// What anybody put off in these plans.
///
/// # Errors
/// The database fails.
pub async fn in_plans(
    conn: &mut AsyncPgConnection,
    plans: &[PlanId],
) -> Result<BTreeMap<(PlanId, StepKey, PersonId), Snooze>, StoreError> {
    let ids: Vec<uuid::Uuid> = plans.iter().map(|plan| plan.0).collect();
    let rows: Vec<(uuid::Uuid, String, uuid::Uuid, NaiveDate, i16)> = snoozes::table
        .filter(snoozes::plan_id.eq_any(ids))
        .select((snoozes::plan_id, snoozes::step_key, snoozes::person_id, snoozes::until, snoozes::times))
        .load(conn)
        .await
        .doing("reading what was put off")?;
    let row = |(plan, step, person, until, times): (uuid::Uuid, String, uuid::Uuid, NaiveDate, i16)| {
        let (plan, step) = key(plan, &step)?;
        Some(((plan, step, PersonId(person)), snooze(until, times)))
    };
    Ok(rows.into_iter().filter_map(row).collect())
}

fn key(plan: uuid::Uuid, step: &str) -> Option<(PlanId, StepKey)> {
    Some((PlanId(plan), step.parse().ok()?))
}

fn snooze(until: NaiveDate, times: i16) -> Snooze {
    Snooze { until, times: u16::try_from(times).unwrap_or(u16::MAX) }
}

/// Puts a step off, or off again.
///
/// # Errors
/// The database fails.
pub async fn put(
    tx: &mut Tx,
    plan: PlanId,
    step: &StepKey,
    person: PersonId,
    until: NaiveDate,
) -> Result<(), StoreError> {
    diesel::insert_into(snoozes::table)
        .values((
            snoozes::plan_id.eq(plan.0),
            snoozes::step_key.eq(step.to_string()),
            snoozes::person_id.eq(person.0),
            snoozes::until.eq(until),
            snoozes::times.eq(1_i16),
        ))
        .on_conflict((snoozes::plan_id, snoozes::step_key, snoozes::person_id))
        .do_update()
        .set((snoozes::until.eq(until), snoozes::times.eq(snoozes::times + 1_i16)))
        .execute(&mut **tx)
        .await
        .doing("putting a step off")
        .map(drop)
}

/// Takes the last putting off back: letters name the step again from today.
///
/// # Errors
/// The database fails.
pub async fn take_back(
    tx: &mut Tx,
    plan: PlanId,
    step: &StepKey,
    person: PersonId,
    today: NaiveDate,
) -> Result<(), StoreError> {
    let row = || snoozes::table.find((plan.0, step.to_string(), person.0));
    diesel::delete(row().filter(snoozes::times.le(1)))
        .execute(&mut **tx)
        .await
        .doing("taking back what was put off")?;
    diesel::update(row())
        .set((snoozes::until.eq(today), snoozes::times.eq(snoozes::times - 1_i16)))
        .execute(&mut **tx)
        .await
        .doing("taking back what was put off")
        .map(drop)
}
