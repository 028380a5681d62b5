//! Plans: the projection that acts load and that every act writes with its facts.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Date, Nullable, Text, Uuid};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::pool::Tx;
use super::schema::{plan_members, plans, steps};
use super::{Doing, StoreError, from_json, people};
use crate::engine::access::{Reach, Scope};
use crate::engine::calendar::Dated;
use crate::engine::plan::{Cast, Membership, Plan, Step};
use crate::engine::vocabulary::{MemberId, PersonId, PlanId, StepKey};

mod record;

pub use record::record;

#[derive(Queryable, Selectable)]
#[diesel(table_name = plans)]
struct PlanRow {
    id: uuid::Uuid,
    manager_id: uuid::Uuid,
    superior_id: uuid::Uuid,
    hr_id: uuid::Uuid,
    mentoring: serde_json::Value,
    release_hash: String,
    calendar: String,
    effective_on: NaiveDate,
    started_at: DateTime<Utc>,
    version: i64,
    head: Vec<u8>,
    launches: serde_json::Value,
    arranged: serde_json::Value,
}

/// JSON comes as text: a plan has hundreds of steps, and a tree in between costs as much as the rest of
/// reading them.
#[derive(QueryableByName)]
struct StepRow {
    #[diesel(sql_type = Uuid)]
    plan_id: uuid::Uuid,
    #[diesel(sql_type = Text)]
    key: String,
    #[diesel(sql_type = Date)]
    opens_on: NaiveDate,
    #[diesel(sql_type = Date)]
    due_on: NaiveDate,
    #[diesel(sql_type = Text)]
    opens_why: String,
    #[diesel(sql_type = Text)]
    due_why: String,
    #[diesel(sql_type = Text)]
    state: String,
    #[diesel(sql_type = BigInt)]
    touched: i64,
}

type MemberRow = (uuid::Uuid, uuid::Uuid, NaiveDate, Option<NaiveDate>);

/// SQL for "this person has a part in the plan": its manager, superior, mentor who said yes or deputy. A
/// macro, since diesel gives the expression another type in every query that it stands in.
macro_rules! has_part {
    ($person:expr) => {
        plans::manager_id
            .eq($person.0)
            .or(plans::superior_id.eq($person.0))
            .or(plans::mentor_id.eq($person.0).assume_not_null().and(plans::mentor_state.eq("accepted")))
            .or(plans::deputy_id.eq($person.0).assume_not_null())
    };
}
pub(super) use has_part;

fn visible<'a>(scope: Scope) -> plans::BoxedQuery<'a, Pg> {
    let query = plans::table.into_boxed();
    match scope.reach() {
        Reach::Hr(_) | Reach::Program => query,
        Reach::Own(person) => query.filter(has_part!(person)),
    }
}

/// A plan that the scope reaches.
///
/// # Errors
/// The database fails.
pub async fn find(conn: &mut AsyncPgConnection, scope: Scope, id: PlanId) -> Result<Option<Plan>, StoreError> {
    let row = visible(scope).filter(plans::id.eq(id.0)).select(PlanRow::as_select()).first(conn).await.optional();
    let rows = row.doing("reading a plan")?.into_iter().collect();
    Ok(whole(conn, rows).await?.pop())
}

/// Every plan that the scope reaches, by start.
///
/// # Errors
/// The database fails.
pub async fn all(conn: &mut AsyncPgConnection, scope: Scope) -> Result<Vec<Plan>, StoreError> {
    let query = visible(scope).order((plans::effective_on, plans::id)).select(PlanRow::as_select());
    let rows = query.load(conn).await.doing("listing plans")?;
    whole(conn, rows).await
}

/// The plans of a manager that the scope reaches, by start.
///
/// # Errors
/// The database fails.
pub async fn of_manager(
    conn: &mut AsyncPgConnection,
    scope: Scope,
    manager: PersonId,
) -> Result<Vec<Plan>, StoreError> {
    let query = visible(scope).filter(plans::manager_id.eq(manager.0)).order((plans::effective_on, plans::id));
    let rows = query.select(PlanRow::as_select()).load(conn).await.doing("listing a manager's plans")?;
    whole(conn, rows).await
}

/// These plans, as far as the scope reaches them; in no particular order.
///
/// # Errors
/// The database fails.
pub async fn some(conn: &mut AsyncPgConnection, scope: Scope, ids: &[PlanId]) -> Result<Vec<Plan>, StoreError> {
    let ids: Vec<uuid::Uuid> = ids.iter().map(|plan| plan.0).collect();
    let rows = visible(scope).filter(plans::id.eq_any(ids)).select(PlanRow::as_select()).load(conn).await;
    whole(conn, rows.doing("reading plans")?).await
}

/// The names of the managers of these plans, as far as the scope reaches them.
///
/// # Errors
/// The database fails.
pub async fn managers(
    conn: &mut AsyncPgConnection,
    scope: Scope,
    ids: &[PlanId],
) -> Result<Vec<(PlanId, String)>, StoreError> {
    let ids: Vec<uuid::Uuid> = ids.iter().map(|plan| plan.0).collect();
    let rows: Vec<(uuid::Uuid, uuid::Uuid)> = visible(scope)
        .filter(plans::id.eq_any(ids))
        .select((plans::id, plans::manager_id))
        .load(conn)
        .await
        .doing("reading managers of plans")?;
    let managers: Vec<PersonId> = rows.iter().map(|(_, manager)| PersonId(*manager)).collect();
    let names: BTreeMap<PersonId, String> =
        people::some(conn, &managers).await?.into_iter().map(|person| (person.id, person.name)).collect();
    let named =
        |(plan, manager): (uuid::Uuid, uuid::Uuid)| Some((PlanId(plan), names.get(&PersonId(manager))?.clone()));
    Ok(rows.into_iter().filter_map(named).collect())
}

/// The plans for which somebody was asked to be the mentor and has not answered.
///
/// # Errors
/// The database fails.
pub async fn asking(conn: &mut AsyncPgConnection, mentor: PersonId) -> Result<Vec<Plan>, StoreError> {
    let rows = plans::table
        .filter(
            plans::mentor_id
                .eq(mentor.0)
                .and(plans::mentor_state.eq("asked"))
                .assume_not_null()
                .or(plans::next_mentor_id.eq(mentor.0).assume_not_null()),
        )
        .filter(plans::ended_at.is_null())
        .order((plans::effective_on, plans::id))
        .select(PlanRow::as_select())
        .load(conn)
        .await
        .doing("reading mentor requests")?;
    whole(conn, rows).await
}

/// A plan that the scope reaches, locked until the transaction ends: acts on one plan queue up here.
///
/// # Errors
/// The database fails.
pub async fn lock(tx: &mut Tx, scope: Scope, id: PlanId) -> Result<Option<Plan>, StoreError> {
    let row: Option<uuid::Uuid> = plans::table
        .find(id.0)
        .select(plans::id)
        .for_update()
        .first(&mut **tx)
        .await
        .optional()
        .doing("locking a plan")?;
    match row {
        Some(_) => find(tx, scope, id).await,
        None => Ok(None),
    }
}

/// Locks and names plans that time alone changes by `now`.
///
/// # Errors
/// The database fails.
pub async fn due_to_wake(tx: &mut Tx, now: DateTime<Utc>, limit: i64) -> Result<Vec<PlanId>, StoreError> {
    let ids: Vec<uuid::Uuid> = plans::table
        .filter(plans::next_wake_at.le(now))
        .order((plans::next_wake_at, plans::id))
        .limit(limit)
        .select(plans::id)
        .for_update()
        .skip_locked()
        .load(&mut **tx)
        .await
        .doing("looking for plans to wake")?;
    Ok(ids.into_iter().map(PlanId).collect())
}

/// Looks at a plan again at a later moment.
///
/// # Errors
/// The database fails.
pub async fn wake_at(tx: &mut Tx, plan: PlanId, at: DateTime<Utc>) -> Result<(), StoreError> {
    let put_off = diesel::update(plans::table.find(plan.0)).set(plans::next_wake_at.eq(at)).execute(&mut **tx).await;
    put_off.doing("putting off a wake").map(drop)
}

/// The next moment at which time alone changes a plan.
///
/// # Errors
/// The database fails.
pub async fn next_wake(conn: &mut AsyncPgConnection) -> Result<Option<DateTime<Utc>>, StoreError> {
    plans::table.select(diesel::dsl::min(plans::next_wake_at)).first(conn).await.doing("looking for the next wake")
}

/// Somebody's parts: their newest plan as a manager, whether they are a mentor or asked to be one,
/// whether they are a superior.
///
/// # Errors
/// The database fails.
pub async fn parts(conn: &mut AsyncPgConnection, who: PersonId) -> Result<(Option<PlanId>, bool, bool), StoreError> {
    #[derive(QueryableByName)]
    struct PartsRow {
        #[diesel(sql_type = Nullable<Uuid>)]
        own_plan: Option<uuid::Uuid>,
        #[diesel(sql_type = diesel::sql_types::Bool)]
        is_mentor: bool,
        #[diesel(sql_type = diesel::sql_types::Bool)]
        is_superior: bool,
    }
    let row: PartsRow = diesel::sql_query(
        "SELECT (SELECT id FROM plans WHERE manager_id = $1 \
         ORDER BY ended_at IS NULL DESC, effective_on DESC, id DESC LIMIT 1) AS own_plan, \
         EXISTS (SELECT 1 FROM plans WHERE deputy_id = $1 \
         OR mentor_id = $1 AND (mentor_state = 'accepted' OR mentor_state = 'asked' AND ended_at IS NULL) \
         OR next_mentor_id = $1 AND ended_at IS NULL) AS is_mentor, \
         EXISTS (SELECT 1 FROM plans WHERE superior_id = $1) AS is_superior",
    )
    .bind::<Uuid, _>(who.0)
    .get_result(conn)
    .await
    .doing("reading somebody's parts")?;
    Ok((row.own_plan.map(PlanId), row.is_mentor, row.is_superior))
}

/// Every plan's id, for `doctor`.
///
/// # Errors
/// The database fails.
pub async fn ids(conn: &mut AsyncPgConnection) -> Result<Vec<PlanId>, StoreError> {
    let ids: Vec<uuid::Uuid> =
        plans::table.order(plans::id).select(plans::id).load(conn).await.doing("listing plans")?;
    Ok(ids.into_iter().map(PlanId).collect())
}

/// The columns that stand beside the projection for queries, and are not what it says: for `doctor`.
///
/// # Errors
/// The database fails.
pub async fn unlike_projection(
    conn: &mut AsyncPgConnection,
    of: &[PlanId],
) -> Result<Vec<(PlanId, String)>, StoreError> {
    #[derive(QueryableByName)]
    struct Unlike {
        #[diesel(sql_type = Uuid)]
        id: uuid::Uuid,
        #[diesel(sql_type = Text)]
        name: String,
    }
    let rows: Vec<Unlike> = diesel::sql_query(
        "SELECT p.id, c.name FROM plans p CROSS JOIN LATERAL (VALUES \
         ('mentor_id', p.mentor_id IS DISTINCT FROM (p.mentoring ->> 'who')::uuid), \
         ('next_mentor_id', p.next_mentor_id IS DISTINCT FROM (p.mentoring ->> 'next')::uuid), \
         ('deputy_id', p.deputy_id IS DISTINCT FROM (p.arranged #>> '{deputy,who}')::uuid), \
         ('ended_at', p.ended_at IS DISTINCT FROM (p.arranged #>> '{ended,at}')::timestamptz)) \
         AS c (name, differs) WHERE p.id = ANY($1) AND c.differs ORDER BY p.id, c.name",
    )
    .bind::<Array<Uuid>, _>(of.iter().map(|id| id.0).collect::<Vec<_>>())
    .load(conn)
    .await
    .doing("comparing plans with their columns")?;
    Ok(rows.into_iter().map(|row| (PlanId(row.id), row.name)).collect())
}

/// Whether a step stands in a plan. It tells nothing else, and so takes no scope: what follows does.
///
/// # Errors
/// The database fails.
pub async fn holds(conn: &mut AsyncPgConnection, plan: PlanId, step: &StepKey) -> Result<bool, StoreError> {
    let found = diesel::select(diesel::dsl::exists(steps::table.find((plan.0, step.to_string())))).get_result(conn);
    found.await.doing("looking for a step")
}

async fn whole(conn: &mut AsyncPgConnection, rows: Vec<PlanRow>) -> Result<Vec<Plan>, StoreError> {
    let ids: Vec<uuid::Uuid> = rows.iter().map(|row| row.id).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let members: Vec<MemberRow> = plan_members::table
        .filter(plan_members::plan_id.eq_any(&ids))
        .select((plan_members::plan_id, plan_members::member_id, plan_members::joined_on, plan_members::left_on))
        .load(conn)
        .await
        .doing("reading rosters of plans")?;
    let step_rows: Vec<StepRow> = diesel::sql_query(
        "SELECT plan_id, key, opens_on, due_on, opens_why::text, due_why::text, state::text, touched \
         FROM steps WHERE plan_id = ANY ($1)",
    )
    .bind::<Array<Uuid>, _>(&ids)
    .load(conn)
    .await
    .doing("reading steps")?;
    let mut plans = rows.into_iter().map(empty).collect::<Result<Vec<Plan>, _>>()?;
    let mut by_id: BTreeMap<PlanId, &mut Plan> = plans.iter_mut().map(|plan| (plan.id, plan)).collect();
    for (plan, member, joined, left) in members {
        if let Some(plan) = by_id.get_mut(&PlanId(plan)) {
            plan.members.insert(MemberId(member), Membership { joined, left });
        }
    }
    for row in step_rows {
        if let Some(plan) = by_id.get_mut(&PlanId(row.plan_id)) {
            let (key, step) = step(row)?;
            plan.steps.insert(key, step);
        }
    }
    Ok(plans)
}

fn empty(row: PlanRow) -> Result<Plan, StoreError> {
    let broken = || StoreError::Broken { what: format!("plan {}", row.id) };
    Ok(Plan {
        id: PlanId(row.id),
        version: u64::try_from(row.version).map_err(|_| broken())?,
        head: row.head.clone().try_into().map_err(|_| broken())?,
        release: row.release_hash,
        calendar: row.calendar,
        effective: row.effective_on,
        started_at: row.started_at,
        cast: Cast {
            manager: PersonId(row.manager_id),
            superior: PersonId(row.superior_id),
            hr: PersonId(row.hr_id),
            mentor: from_json("the mentor of a plan", row.mentoring)?,
        },
        launches: from_json("the launches of a plan", row.launches)?,
        arranged: from_json("the arrangements of a plan", row.arranged)?,
        members: BTreeMap::new(),
        steps: BTreeMap::new(),
    })
}

fn read<T: serde::de::DeserializeOwned>(what: &str, json: String) -> Result<T, StoreError> {
    serde_json::from_str(&json).map_err(|source| StoreError::Unreadable { what: what.to_owned(), source })
}

fn step(row: StepRow) -> Result<(StepKey, Step), StoreError> {
    let broken = || StoreError::Broken { what: format!("step {} of plan {}", row.key, row.plan_id) };
    let step = Step {
        touched: u64::try_from(row.touched).map_err(|_| broken())?,
        opens: Dated { date: row.opens_on, why: read("the reason of a date", row.opens_why)? },
        due: Dated { date: row.due_on, why: read("the reason of a date", row.due_why)? },
        state: read("the state of a step", row.state)?,
    };
    Ok((row.key.parse().map_err(|_| StoreError::Broken { what: "the name of a step".to_owned() })?, step))
}
