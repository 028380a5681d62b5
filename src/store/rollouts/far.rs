//! How far the plans of rollouts are.

use std::collections::BTreeMap;

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Text, Uuid};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::RolloutId;
use crate::engine::vocabulary::PlanId;
use crate::store::schema::{people, plans, rollout_plans};
use crate::store::{Doing, StoreError};

/// How far a plan of a rollout is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RolloutState {
    Waiting,
    Done,
    Refused,
    UndoWaiting,
    Undone,
    UndoRefused,
    /// Upgraded, and then undone in this plan alone; its row says it is done.
    UndoneAlone,
}

impl RolloutState {
    /// The name in the table and in message ids.
    pub fn as_str(self) -> &'static str {
        match self {
            RolloutState::Waiting => "waiting",
            RolloutState::Done => "done",
            RolloutState::Refused => "refused",
            RolloutState::UndoWaiting => "undo_waiting",
            RolloutState::Undone => "undone",
            RolloutState::UndoRefused => "undo_refused",
            RolloutState::UndoneAlone => "undone_alone",
        }
    }

    pub(super) fn parse(text: &str) -> Result<RolloutState, StoreError> {
        use RolloutState::{Done, Refused, UndoRefused, UndoWaiting, Undone, UndoneAlone, Waiting};
        let found = [Waiting, Done, Refused, UndoWaiting, Undone, UndoRefused, UndoneAlone].into_iter();
        let broken = || StoreError::Broken { what: format!("the state of a rollout's plan, {text}") };
        found.into_iter().find(|one| one.as_str() == text).ok_or_else(broken)
    }
}

/// A plan of a rollout, for a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RolloutPlan {
    pub plan: PlanId,
    /// The manager's name.
    pub manager: String,
    pub state: RolloutState,
    pub why: Option<String>,
    /// Steps that were left as they were when the plan was upgraded.
    pub stays: usize,
}

/// Whether the deed of an upgrade was undone in a plan alone, of a row of `rollout_plans` under this name:
/// the facts of the plan know, its row does not. Facts are many, and those of a plan that runs the release and
/// was in no other rollout need not be asked.
pub(super) fn undone_alone(row: &str) -> String {
    format!(
        "((EXISTS (SELECT FROM plans p, rollouts r WHERE p.id = {row}.plan_id AND r.id = {row}.rollout_id \
         AND p.release_hash <> r.release_hash) OR EXISTS (SELECT FROM rollout_plans o \
         WHERE o.plan_id = {row}.plan_id AND o.rollout_id <> {row}.rollout_id)) \
         AND EXISTS (SELECT FROM facts f WHERE f.plan_id = {row}.plan_id AND f.seq > {row}.deed \
         AND f.payload LIKE '%\"is\":\"undone\"%' AND f.payload::jsonb -> 'what' ->> 'deed' = {row}.deed::text))"
    )
}

/// The state of a row of `rollout_plans`.
fn state() -> String {
    let (row, undone_alone) = ("rollout_plans.state", undone_alone("rollout_plans"));
    format!("CASE WHEN {row} = 'done' AND {undone_alone} THEN 'undone_alone' ELSE {row} END")
}

/// How many plans of each rollout are how far.
///
/// # Errors
/// The database fails.
pub async fn counts(
    conn: &mut AsyncPgConnection,
    ids: &[RolloutId],
) -> Result<BTreeMap<RolloutId, BTreeMap<RolloutState, usize>>, StoreError> {
    #[derive(QueryableByName)]
    struct Counted {
        #[diesel(sql_type = Uuid)]
        rollout_id: uuid::Uuid,
        #[diesel(sql_type = Text)]
        far: String,
        #[diesel(sql_type = BigInt)]
        plans: i64,
    }
    let rows: Vec<Counted> = diesel::sql_query(format!(
        "SELECT rollout_id, {} AS far, count(*) AS plans FROM rollout_plans WHERE rollout_id = ANY($1) GROUP BY 1, 2",
        state()
    ))
    .bind::<Array<Uuid>, _>(ids.iter().map(|id| id.0).collect::<Vec<_>>())
    .load(conn)
    .await
    .doing("counting the plans of rollouts")?;
    let mut found: BTreeMap<RolloutId, BTreeMap<RolloutState, usize>> = BTreeMap::new();
    for Counted { rollout_id, far, plans } in rows {
        let count = usize::try_from(plans).unwrap_or(0);
        found.entry(RolloutId(rollout_id)).or_default().insert(RolloutState::parse(&far)?, count);
    }
    Ok(found)
}

/// The plans of a rollout by their managers' names.
///
/// # Errors
/// The database fails.
pub async fn plans_of(conn: &mut AsyncPgConnection, id: RolloutId) -> Result<Vec<RolloutPlan>, StoreError> {
    let rows: Vec<(uuid::Uuid, String, String, Option<String>, i32)> = rollout_plans::table
        .inner_join(plans::table.on(plans::id.eq(rollout_plans::plan_id)))
        .inner_join(people::table.on(people::id.eq(plans::manager_id)))
        .filter(rollout_plans::rollout_id.eq(id.0))
        .order((people::name, rollout_plans::plan_id))
        .select((rollout_plans::plan_id, people::name, sql::<Text>(&state()), rollout_plans::why, rollout_plans::stays))
        .load(conn)
        .await
        .doing("reading the plans of a rollout")?;
    rows.into_iter()
        .map(|(plan, manager, state, why, stays)| {
            let stays = usize::try_from(stays).unwrap_or(0);
            Ok(RolloutPlan { plan: PlanId(plan), manager, state: RolloutState::parse(&state)?, why, stays })
        })
        .collect()
}
