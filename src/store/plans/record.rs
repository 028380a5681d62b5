//! Writing a plan: facts, and the projection that they lead to.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Date, Nullable, Text, Uuid};
use diesel_async::RunQueryDsl;

use super::super::pool::Tx;
use super::super::schema::{plans, steps};
use super::super::{Doing, StoreError, facts, to_json};
use crate::engine::fact::{Fact, fold_sealed, seal};
use crate::engine::plan::{Plan, Step};
use crate::engine::undo::new_names;
use crate::engine::vocabulary::{PlanId, StepId, StepKey};

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
    let renamed = new_names(before, &after);
    if !renamed.is_empty() {
        rename_steps(tx, after.id, &renamed).await?;
    }
    Ok(after)
}

/// Words, begun forms, files, meetings, links and what letters know go by the steps' new names.
macro_rules! renaming {
    ($table:literal) => {
        concat!(
            "UPDATE ",
            $table,
            " SET step_key = t.new || substr(step_key, length(t.old) + 1) FROM unnest($2, $3) AS t (old, new) ",
            "WHERE plan_id = $1 AND split_part(step_key, '.', 1) = t.old"
        )
    };
}

/// Takes what people wrote, began and attached along when steps go by other names.
async fn rename_steps(tx: &mut Tx, plan: PlanId, names: &BTreeMap<StepId, StepId>) -> Result<(), StoreError> {
    let (old, new): (Vec<&str>, Vec<&str>) = names.iter().map(|(old, new)| (old.as_str(), new.as_str())).unzip();
    let statements = [
        renaming!("writings"),
        renaming!("drafts"),
        renaming!("files"),
        renaming!("meetings"),
        renaming!("links"),
        renaming!("snoozes"),
        renaming!("escalations"),
        renaming!("outbox"),
    ];
    for statement in statements {
        diesel::sql_query(statement)
            .bind::<Uuid, _>(plan.0)
            .bind::<Array<Text>, _>(&old)
            .bind::<Array<Text>, _>(&new)
            .execute(&mut **tx)
            .await
            .doing("renaming steps")?;
    }
    Ok(())
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
            plans::arranged.eq(arranged(plan)?),
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
                plans::next_mentor_id.eq(after.cast.mentor.next().map(|next| next.0)),
                plans::launches.eq(launches(after)?),
                plans::arranged.eq(arranged(after)?),
                plans::deputy_id.eq(after.arranged.deputy.map(|deputy| deputy.who.0)),
                plans::ended_at.eq(after.arranged.ended.as_ref().map(|ended| ended.at)),
                plans::release_hash.eq(&after.release),
                plans::calendar.eq(&after.calendar),
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

fn arranged(plan: &Plan) -> Result<serde_json::Value, StoreError> {
    serde_json::to_value(&plan.arranged)
        .map_err(|source| StoreError::Unreadable { what: "the arrangements of a plan".to_owned(), source })
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
