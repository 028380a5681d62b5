//! Rollouts: running plans take a release, each in a transaction of its own.

mod far;

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, Uuid};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::pool::Tx;
use super::schema::{drafts, people, plans, releases, rollout_plans, rollouts};
use super::{Doing, StoreError, from_json};
use crate::engine::access::{Reach, Scope};
use crate::engine::upgrade::Policy;
use crate::engine::vocabulary::{PersonId, PlanId, StepKey};
use far::undone_alone;
pub use far::{RolloutPlan, RolloutState, counts, plans_of};

/// A rollout.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct RolloutId(pub uuid::Uuid);

impl fmt::Display for RolloutId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for RolloutId {
    type Err = uuid::Error;

    fn from_str(text: &str) -> Result<RolloutId, uuid::Error> {
        text.parse().map(RolloutId)
    }
}

/// What HR decided, once for many plans.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rollout {
    pub id: RolloutId,
    pub program: String,
    pub release: String,
    pub policy: Policy,
    pub started_by: PersonId,
    pub started_at: DateTime<Utc>,
    /// Who asked for it to be undone, and when.
    pub undone: Option<(PersonId, DateTime<Utc>)>,
}

/// A plan that waits for its turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiting {
    pub rollout: RolloutId,
    pub plan: PlanId,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = rollouts)]
struct RolloutRow {
    id: uuid::Uuid,
    program: String,
    release_hash: String,
    policy: serde_json::Value,
    started_by: uuid::Uuid,
    started_at: DateTime<Utc>,
    undone_by: Option<uuid::Uuid>,
    undone_at: Option<DateTime<Utc>>,
}

fn rollout(row: RolloutRow) -> Result<Rollout, StoreError> {
    Ok(Rollout {
        id: RolloutId(row.id),
        program: row.program,
        release: row.release_hash,
        policy: from_json("the policy of a rollout", row.policy)?,
        started_by: PersonId(row.started_by),
        started_at: row.started_at,
        undone: row.undone_by.map(PersonId).zip(row.undone_at),
    })
}

/// Keeps what was decided, with the plans that wait for it.
///
/// # Errors
/// The database fails.
pub async fn insert(tx: &mut Tx, new: &Rollout, plans: &[PlanId]) -> Result<(), StoreError> {
    let policy = serde_json::to_value(&new.policy)
        .map_err(|source| StoreError::Unreadable { what: "the policy of a rollout".to_owned(), source })?;
    diesel::insert_into(rollouts::table)
        .values((
            rollouts::id.eq(new.id.0),
            rollouts::program.eq(&new.program),
            rollouts::release_hash.eq(&new.release),
            rollouts::policy.eq(policy),
            rollouts::started_by.eq(new.started_by.0),
            rollouts::started_at.eq(new.started_at),
        ))
        .execute(&mut **tx)
        .await
        .doing("keeping a rollout")?;
    diesel::sql_query("INSERT INTO rollout_plans (rollout_id, plan_id) SELECT $1, unnest($2)")
        .bind::<Uuid, _>(new.id.0)
        .bind::<Array<Uuid>, _>(plans.iter().map(|plan| plan.0).collect::<Vec<_>>())
        .execute(&mut **tx)
        .await
        .doing("keeping the plans of a rollout")
        .map(drop)
}

/// HR alone sees rollouts.
fn is_hr(scope: Scope) -> bool {
    matches!(scope.reach(), Reach::Hr(_) | Reach::Program)
}

/// A rollout.
///
/// # Errors
/// The database fails.
pub async fn find(conn: &mut AsyncPgConnection, scope: Scope, id: RolloutId) -> Result<Option<Rollout>, StoreError> {
    if !is_hr(scope) {
        return Ok(None);
    }
    let row = rollouts::table.find(id.0).select(RolloutRow::as_select()).first(conn).await.optional();
    row.doing("reading a rollout")?.map(rollout).transpose()
}

/// The rollouts of a release, newest first.
///
/// # Errors
/// The database fails.
pub async fn of_release(conn: &mut AsyncPgConnection, scope: Scope, hash: &str) -> Result<Vec<Rollout>, StoreError> {
    if !is_hr(scope) {
        return Ok(Vec::new());
    }
    let rows: Vec<RolloutRow> = rollouts::table
        .filter(rollouts::release_hash.eq(hash))
        .order((rollouts::started_at.desc(), rollouts::id.desc()))
        .select(RolloutRow::as_select())
        .load(conn)
        .await
        .doing("listing rollouts")?;
    rows.into_iter().map(rollout).collect()
}

/// Plans that wait, of whichever rollout. They are not locked: see [`hold`].
///
/// # Errors
/// The database fails.
pub async fn waiting(conn: &mut AsyncPgConnection, limit: i64) -> Result<Vec<Waiting>, StoreError> {
    let rows: Vec<(uuid::Uuid, uuid::Uuid)> = rollout_plans::table
        .inner_join(rollouts::table.on(rollouts::id.eq(rollout_plans::rollout_id)))
        .filter(rollout_plans::state.eq_any(["waiting", "undo_waiting"]))
        .order((rollouts::started_at, rollout_plans::rollout_id, rollout_plans::plan_id))
        .limit(limit)
        .select((rollout_plans::rollout_id, rollout_plans::plan_id))
        .load(conn)
        .await
        .doing("looking for plans to upgrade")?;
    Ok(rows.into_iter().map(|(rollout, plan)| Waiting { rollout: RolloutId(rollout), plan: PlanId(plan) }).collect())
}

/// Holds a plan that waits until the transaction ends, with the number of the deed to undo; none when
/// another instance has it or was quicker.
///
/// # Errors
/// The database fails.
pub async fn hold(tx: &mut Tx, at: Waiting) -> Result<Option<(RolloutState, Option<u64>)>, StoreError> {
    let row: Option<(String, Option<i64>)> = rollout_plans::table
        .find((at.rollout.0, at.plan.0))
        .filter(rollout_plans::state.eq_any(["waiting", "undo_waiting"]))
        .select((rollout_plans::state, rollout_plans::deed))
        .for_update()
        .skip_locked()
        .first(&mut **tx)
        .await
        .optional()
        .doing("taking a plan of a rollout")?;
    let Some((state, deed)) = row else { return Ok(None) };
    Ok(Some((RolloutState::parse(&state)?, deed.and_then(|deed| u64::try_from(deed).ok()))))
}

/// Writes what became of a plan: with the number of the deed, or a code of the refusal. The program's
/// time, as everything that people see.
///
/// # Errors
/// The database fails.
pub async fn settle(
    tx: &mut Tx,
    at: Waiting,
    state: RolloutState,
    deed: Option<u64>,
    why: Option<&str>,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let deed = deed.map(|deed| i64::try_from(deed).unwrap_or(i64::MAX));
    diesel::update(rollout_plans::table.find((at.rollout.0, at.plan.0)))
        .set((
            rollout_plans::state.eq(state.as_str()),
            rollout_plans::deed.eq(deed),
            rollout_plans::why.eq(why),
            rollout_plans::settled_at.eq(Some(now)),
        ))
        .execute(&mut **tx)
        .await
        .doing("settling a plan of a rollout")
        .map(drop)
}

/// Writes how many steps an upgrade left as they were in a plan.
///
/// # Errors
/// The database fails.
pub async fn note_stays(tx: &mut Tx, at: Waiting, count: usize) -> Result<(), StoreError> {
    diesel::update(rollout_plans::table.find((at.rollout.0, at.plan.0)))
        .set(rollout_plans::stays.eq(i32::try_from(count).unwrap_or(i32::MAX)))
        .execute(&mut **tx)
        .await
        .doing("noting what an upgrade left")
        .map(drop)
}

/// The newest of the later rollouts that hold a plan of this one: the plan runs their release, or will.
///
/// # Errors
/// The database fails.
pub async fn later(conn: &mut AsyncPgConnection, scope: Scope, id: RolloutId) -> Result<Option<RolloutId>, StoreError> {
    #[derive(QueryableByName)]
    struct Found {
        #[diesel(sql_type = Uuid)]
        id: uuid::Uuid,
    }
    if !is_hr(scope) {
        return Ok(None);
    }
    // Somebody may have undone the later one in a plan alone: then the plan runs this release again.
    let found: Option<Found> = diesel::sql_query(format!(
        "SELECT later.id FROM rollouts this JOIN rollout_plans mine ON mine.rollout_id = this.id \
         JOIN plans p ON p.id = mine.plan_id JOIN rollout_plans theirs ON theirs.plan_id = p.id \
         JOIN rollouts later ON later.id = theirs.rollout_id \
         WHERE this.id = $1 AND mine.state = 'done' AND NOT {} \
         AND (later.started_at, later.id) > (this.started_at, this.id) \
         AND (theirs.state = 'waiting' \
         OR theirs.state IN ('done', 'undo_waiting') AND p.release_hash <> this.release_hash) \
         ORDER BY later.started_at DESC, later.id DESC LIMIT 1",
        undone_alone("mine")
    ))
    .bind::<Uuid, _>(id.0)
    .get_result(conn)
    .await
    .optional()
    .doing("looking for later rollouts")?;
    Ok(found.map(|found| RolloutId(found.id)))
}

/// Has a rollout undone: what was upgraded waits to go back, what was not, or went back alone, stays as it
/// is. False when somebody asked for it before.
///
/// # Errors
/// The database fails.
pub async fn mark_undone(tx: &mut Tx, id: RolloutId, by: PersonId, now: DateTime<Utc>) -> Result<bool, StoreError> {
    let marked = diesel::update(rollouts::table.filter(rollouts::id.eq(id.0).and(rollouts::undone_at.is_null())))
        .set((rollouts::undone_by.eq(Some(by.0)), rollouts::undone_at.eq(Some(now))))
        .execute(&mut **tx)
        .await
        .doing("undoing a rollout")?;
    if marked == 0 {
        return Ok(false);
    }
    diesel::sql_query(format!(
        "UPDATE rollout_plans SET state = CASE state WHEN 'done' THEN 'undo_waiting' ELSE 'refused' END, \
         why = CASE state WHEN 'waiting' THEN 'stopped' END \
         WHERE rollout_id = $1 AND (state = 'waiting' OR state = 'done' AND NOT {})",
        undone_alone("rollout_plans")
    ))
    .bind::<Uuid, _>(id.0)
    .execute(&mut **tx)
    .await
    .doing("undoing the plans of a rollout")?;
    Ok(true)
}

/// The running plans of a program that are not on this release, by their managers' names, with the
/// release that each runs.
///
/// # Errors
/// The database fails.
pub async fn affected(
    conn: &mut AsyncPgConnection,
    scope: Scope,
    program: &str,
    hash: &str,
) -> Result<Vec<(PlanId, String)>, StoreError> {
    if !is_hr(scope) {
        return Ok(Vec::new());
    }
    let rows: Vec<(uuid::Uuid, String)> = plans::table
        .inner_join(releases::table.on(releases::hash.eq(plans::release_hash)))
        .inner_join(people::table.on(people::id.eq(plans::manager_id)))
        .filter(releases::program.eq(program).and(plans::release_hash.ne(hash)).and(plans::ended_at.is_null()))
        .order((people::name, plans::id))
        .select((plans::id, plans::release_hash))
        .load(conn)
        .await
        .doing("looking for plans on other releases")?;
    Ok(rows.into_iter().map(|(plan, release)| (PlanId(plan), release)).collect())
}

/// The steps of these plans with a form that somebody began to fill.
///
/// # Errors
/// The database fails.
pub async fn begun(conn: &mut AsyncPgConnection, ids: &[PlanId]) -> Result<BTreeMap<PlanId, Vec<StepKey>>, StoreError> {
    let ids: Vec<uuid::Uuid> = ids.iter().map(|plan| plan.0).collect();
    let rows: Vec<(uuid::Uuid, String)> = drafts::table
        .filter(drafts::plan_id.eq_any(ids))
        .select((drafts::plan_id, drafts::step_key))
        .distinct()
        .load(conn)
        .await
        .doing("looking for begun forms")?;
    let mut found: BTreeMap<PlanId, Vec<StepKey>> = BTreeMap::new();
    for (plan, key) in rows {
        // A draft of a step that no longer has such a name is nobody's concern here.
        if let Ok(key) = key.parse() {
            found.entry(PlanId(plan)).or_default().push(key);
        }
    }
    Ok(found)
}
