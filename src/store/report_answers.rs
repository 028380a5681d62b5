//! What superiors answered to the reports at checkpoints.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::links::ReportAct;
use super::pool::Tx;
use super::schema::report_answers;
use super::{Doing, StoreError};
use crate::engine::vocabulary::{PersonId, PlanId};

/// A superior's answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReportAnswer {
    pub plan_day: u16,
    pub by: PersonId,
    pub answer: ReportAct,
    pub at: DateTime<Utc>,
}

/// The answers to a plan's reports, in the order of their days.
///
/// # Errors
/// The database fails.
pub async fn of_plan(conn: &mut AsyncPgConnection, plan: PlanId) -> Result<Vec<ReportAnswer>, StoreError> {
    let rows: Vec<(i16, uuid::Uuid, String, DateTime<Utc>)> = report_answers::table
        .filter(report_answers::plan_id.eq(plan.0))
        .order(report_answers::plan_day)
        .select((report_answers::plan_day, report_answers::person_id, report_answers::answer, report_answers::at))
        .load(conn)
        .await
        .doing("reading answers to reports")?;
    let answer = |(day, by, answer, at): (i16, uuid::Uuid, String, DateTime<Utc>)| {
        let (plan_day, answer) = (u16::try_from(day).ok()?, ReportAct::parse(&answer)?);
        Some(ReportAnswer { plan_day, by: PersonId(by), answer, at })
    };
    Ok(rows.into_iter().filter_map(answer).collect())
}

/// Puts an answer in place of the one before.
///
/// # Errors
/// The database fails.
pub async fn put(
    tx: &mut Tx,
    plan: PlanId,
    day: u16,
    (by, answer): (PersonId, ReportAct),
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let what =
        (report_answers::person_id.eq(by.0), report_answers::answer.eq(answer.as_str()), report_answers::at.eq(at));
    diesel::insert_into(report_answers::table)
        .values((
            report_answers::plan_id.eq(plan.0),
            report_answers::plan_day.eq(i16::try_from(day).unwrap_or(i16::MAX)),
            what,
        ))
        .on_conflict((report_answers::plan_id, report_answers::plan_day))
        .do_update()
        .set(what)
        .execute(&mut **tx)
        .await
        .doing("keeping the answer to a report")
        .map(drop)
}

/// Takes an answer back.
///
/// # Errors
/// The database fails.
pub async fn take_back(tx: &mut Tx, plan: PlanId, day: u16) -> Result<(), StoreError> {
    let day = i16::try_from(day).unwrap_or(i16::MAX);
    diesel::delete(
        report_answers::table.filter(report_answers::plan_id.eq(plan.0).and(report_answers::plan_day.eq(day))),
    )
    .execute(&mut **tx)
    .await
    .doing("taking back the answer to a report")
    .map(drop)
}
