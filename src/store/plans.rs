//! Plans: the projection that acts load and that every act writes with its facts.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Date, Nullable, Text, Uuid};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::pool::Tx;
use super::schema::{plan_members, plans, steps};
use super::{Doing, StoreError, facts, from_json, to_json};
use crate::engine::access::{Reach, Scope};
use crate::engine::calendar::Dated;
use crate::engine::fact::{Fact, fold_sealed, seal};
use crate::engine::plan::{Cast, Membership, Plan, Step};
use crate::engine::vocabulary::{MemberId, PersonId, PlanId, StepKey};

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
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = steps)]
struct StepRow {
    plan_id: uuid::Uuid,
    key: String,
    opens_on: NaiveDate,
    due_on: NaiveDate,
    opens_why: serde_json::Value,
    due_why: serde_json::Value,
    state: serde_json::Value,
    touched: i64,
}

type MemberRow = (uuid::Uuid, uuid::Uuid, NaiveDate, Option<NaiveDate>);

/// SQL for "this person has a part in the plan": its manager, superior, or mentor who said yes. A
/// macro, since diesel gives the expression another type in every query that it stands in.
macro_rules! has_part {
    ($person:expr) => {
        plans::manager_id
            .eq($person.0)
            .or(plans::superior_id.eq($person.0))
            .or(plans::mentor_id.eq($person.0).assume_not_null().and(plans::mentor_state.eq("accepted")))
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

/// The plans for which somebody was asked to be the mentor and has not answered.
///
/// # Errors
/// The database fails.
pub async fn asking(conn: &mut AsyncPgConnection, mentor: PersonId) -> Result<Vec<Plan>, StoreError> {
    let rows = plans::table
        .filter(plans::mentor_id.eq(mentor.0).and(plans::mentor_state.eq("asked")))
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
        "SELECT (SELECT id FROM plans WHERE manager_id = $1 ORDER BY effective_on DESC, id DESC LIMIT 1) AS own_plan, \
         EXISTS (SELECT 1 FROM plans WHERE mentor_id = $1 AND mentor_state IN ('asked', 'accepted')) AS is_mentor, \
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
    let step_rows: Vec<StepRow> = steps::table
        .filter(steps::plan_id.eq_any(&ids))
        .select(StepRow::as_select())
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
        members: BTreeMap::new(),
        steps: BTreeMap::new(),
    })
}

fn step(row: StepRow) -> Result<(StepKey, Step), StoreError> {
    let broken = || StoreError::Broken { what: format!("step {} of plan {}", row.key, row.plan_id) };
    let step = Step {
        touched: u64::try_from(row.touched).map_err(|_| broken())?,
        opens: Dated { date: row.opens_on, why: from_json("the reason of a date", row.opens_why)? },
        due: Dated { date: row.due_on, why: from_json("the reason of a date", row.due_why)? },
        state: from_json("the state of a step", row.state)?,
    };
    Ok((row.key.parse().map_err(|_| StoreError::Broken { what: "the name of a step".to_owned() })?, step))
}

/// Appends facts to a plan and writes the projection that they lead to. Answers the plan after them.
///
/// `next_wake` tells, from the plan after the facts, when time alone will change it next.
///
/// # Errors
/// [`StoreError::Raced`] when the plan is not the one that the facts were decided on.
pub async fn record(
    tx: &mut Tx,
    before: &Plan,
    new: &[Fact],
    next_wake: impl FnOnce(&Plan) -> Option<DateTime<Utc>>,
) -> Result<Plan, StoreError> {
    if new.is_empty() {
        return Ok(before.clone());
    }
    let sealed = seal(before, new).map_err(|source| StoreError::Unreadable { what: "a fact".to_owned(), source })?;
    let after = fold_sealed(before.clone(), new, &sealed);
    let wake = next_wake(&after);
    if before.version == 0 {
        insert_plan(tx, &after, wake).await?;
    } else {
        update_plan(tx, before, &after, wake).await?;
    }
    facts::append(tx, after.id, &sealed).await?;
    write_members(tx, before, &after).await?;
    write_steps(tx, before, &after).await?;
    Ok(after)
}

async fn insert_plan(tx: &mut Tx, plan: &Plan, wake: Option<DateTime<Utc>>) -> Result<(), StoreError> {
    diesel::insert_into(plans::table)
        .values((
            plans::id.eq(plan.id.0),
            plans::manager_id.eq(plan.cast.manager.0),
            plans::superior_id.eq(plan.cast.superior.0),
            plans::hr_id.eq(plan.cast.hr.0),
            plans::mentor_id.eq(plan.cast.mentor.candidate().map(|mentor| mentor.0)),
            plans::mentoring.eq(mentoring(plan)?),
            plans::launches.eq(launches(plan)?),
            plans::release_hash.eq(&plan.release),
            plans::calendar.eq(&plan.calendar),
            plans::effective_on.eq(plan.effective),
            plans::started_at.eq(plan.started_at),
            plans::version.eq(signed(plan.version)),
            plans::head.eq(plan.head.to_vec()),
            plans::next_wake_at.eq(wake),
        ))
        .execute(&mut **tx)
        .await
        .doing("starting a plan")
        .map(drop)
}

async fn update_plan(tx: &mut Tx, before: &Plan, after: &Plan, wake: Option<DateTime<Utc>>) -> Result<(), StoreError> {
    let changed =
        diesel::update(plans::table.filter(plans::id.eq(after.id.0).and(plans::version.eq(signed(before.version)))))
            .set((
                plans::superior_id.eq(after.cast.superior.0),
                plans::hr_id.eq(after.cast.hr.0),
                plans::mentor_id.eq(after.cast.mentor.candidate().map(|mentor| mentor.0)),
                plans::mentoring.eq(mentoring(after)?),
                plans::launches.eq(launches(after)?),
                plans::version.eq(signed(after.version)),
                plans::head.eq(after.head.to_vec()),
                plans::next_wake_at.eq(wake),
            ))
            .execute(&mut **tx)
            .await
            .doing("moving a plan on")?;
    if changed == 1 { Ok(()) } else { Err(StoreError::Raced) }
}

fn mentoring(plan: &Plan) -> Result<serde_json::Value, StoreError> {
    serde_json::to_value(&plan.cast.mentor)
        .map_err(|source| StoreError::Unreadable { what: "the mentor of a plan".to_owned(), source })
}

fn launches(plan: &Plan) -> Result<serde_json::Value, StoreError> {
    serde_json::to_value(&plan.launches)
        .map_err(|source| StoreError::Unreadable { what: "the launches of a plan".to_owned(), source })
}

async fn write_members(tx: &mut Tx, before: &Plan, after: &Plan) -> Result<(), StoreError> {
    let changed: Vec<_> =
        after.members.iter().filter(|(id, membership)| before.members.get(id) != Some(membership)).collect();
    if changed.is_empty() {
        return Ok(());
    }
    diesel::sql_query(
        "INSERT INTO plan_members (plan_id, member_id, joined_on, left_on) \
         SELECT $1, t.* FROM unnest($2, $3, $4) AS t (member_id, joined_on, left_on) \
         ON CONFLICT (plan_id, member_id) DO UPDATE SET joined_on = excluded.joined_on, left_on = excluded.left_on",
    )
    .bind::<Uuid, _>(after.id.0)
    .bind::<Array<Uuid>, _>(changed.iter().map(|(id, _)| id.0).collect::<Vec<_>>())
    .bind::<Array<Date>, _>(changed.iter().map(|(_, m)| m.joined).collect::<Vec<_>>())
    .bind::<Array<Nullable<Date>>, _>(changed.iter().map(|(_, m)| m.left).collect::<Vec<_>>())
    .execute(&mut **tx)
    .await
    .doing("writing the roster of a plan")
    .map(drop)
}

async fn write_steps(tx: &mut Tx, before: &Plan, after: &Plan) -> Result<(), StoreError> {
    let gone: Vec<String> =
        before.steps.keys().filter(|key| !after.steps.contains_key(key)).map(ToString::to_string).collect();
    if !gone.is_empty() {
        diesel::delete(steps::table.filter(steps::plan_id.eq(after.id.0).and(steps::key.eq_any(gone))))
            .execute(&mut **tx)
            .await
            .doing("taking steps out of a plan")?;
    }
    let changed: Vec<(&StepKey, &Step)> =
        after.steps.iter().filter(|(key, step)| before.steps.get(key) != Some(step)).collect();
    if changed.is_empty() {
        return Ok(());
    }
    let json = |of: &dyn Fn(&Step) -> Result<String, StoreError>| -> Result<Vec<String>, StoreError> {
        changed.iter().map(|(_, step)| of(step)).collect()
    };
    let opens_why = json(&|step| to_json("the reason of a date", &step.opens.why))?;
    let due_why = json(&|step| to_json("the reason of a date", &step.due.why))?;
    let states = json(&|step| to_json("the state of a step", &step.state))?;
    diesel::sql_query(
        "INSERT INTO steps (plan_id, key, opens_on, due_on, opens_why, due_why, state, touched) \
         SELECT $1, t.key, t.opens_on, t.due_on, t.opens_why::jsonb, t.due_why::jsonb, t.state::jsonb, t.touched \
         FROM unnest($2, $3, $4, $5, $6, $7, $8) AS t (key, opens_on, due_on, opens_why, due_why, state, touched) \
         ON CONFLICT (plan_id, key) DO UPDATE SET opens_on = excluded.opens_on, due_on = excluded.due_on, \
         opens_why = excluded.opens_why, due_why = excluded.due_why, state = excluded.state, touched = excluded.touched",
    )
    .bind::<Uuid, _>(after.id.0)
    .bind::<Array<Text>, _>(changed.iter().map(|(key, _)| key.to_string()).collect::<Vec<_>>())
    .bind::<Array<Date>, _>(changed.iter().map(|(_, step)| step.opens.date).collect::<Vec<_>>())
    .bind::<Array<Date>, _>(changed.iter().map(|(_, step)| step.due.date).collect::<Vec<_>>())
    .bind::<Array<Text>, _>(opens_why)
    .bind::<Array<Text>, _>(due_why)
    .bind::<Array<Text>, _>(states)
    .bind::<Array<BigInt>, _>(changed.iter().map(|(_, step)| signed(step.touched)).collect::<Vec<_>>())
    .execute(&mut **tx)
    .await
    .doing("writing steps")
    .map(drop)
}

fn signed(version: u64) -> i64 {
    i64::try_from(version).unwrap_or(i64::MAX)
}
