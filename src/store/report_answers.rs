//! What superiors and mentors answered to reports: those at checkpoints, and steps that are one.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::links::ReportAct;
use super::pool::Tx;
use super::schema::report_answers;
use super::{Doing, StoreError};
use crate::engine::vocabulary::{PersonId, PlanId, StepKey};

/// What was reported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// How a plan was on a day of it.
    Checkpoint(u16),
    /// What was handed in for a step.
    Step(StepKey),
}

/// An answer to a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportAnswer {
    pub about: About,
    pub by: PersonId,
    pub answer: ReportAct,
    pub at: DateTime<Utc>,
}

impl About {
    fn day(&self) -> Option<i16> {
        match self {
            About::Checkpoint(day) => Some(i16::try_from(*day).unwrap_or(i16::MAX)),
            About::Step(_) => None,
        }
    }

    fn step(&self) -> Option<String> {
        match self {
            About::Checkpoint(_) => None,
            About::Step(step) => Some(step.to_string()),
        }
    }

    fn read(day: Option<i16>, step: Option<&str>) -> Option<About> {
        match (day, step) {
            (Some(day), None) => Some(About::Checkpoint(u16::try_from(day).ok()?)),
            (None, Some(step)) => Some(About::Step(step.parse().ok()?)),
            _ => None,
        }
    }
}

/// The answers to a plan's reports, the oldest first.
///
/// # Errors
/// The database fails.
pub async fn of_plan(conn: &mut AsyncPgConnection, plan: PlanId) -> Result<Vec<ReportAnswer>, StoreError> {
    type Row = (Option<i16>, Option<String>, uuid::Uuid, String, DateTime<Utc>);
    let rows: Vec<Row> = report_answers::table
        .filter(report_answers::plan_id.eq(plan.0))
        .order((report_answers::at, report_answers::plan_day, report_answers::step_key))
        .select((
            report_answers::plan_day,
            report_answers::step_key,
            report_answers::person_id,
            report_answers::answer,
            report_answers::at,
        ))
        .load(conn)
        .await
        .doing("reading answers to reports")?;
    let answer = |(day, step, by, answer, at): Row| {
        let (about, answer) = (About::read(day, step.as_deref())?, ReportAct::parse(&answer)?);
        Some(ReportAnswer { about, by: PersonId(by), answer, at })
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
    about: &About,
    (by, answer): (PersonId, ReportAct),
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    take_back(tx, plan, about).await?;
    diesel::insert_into(report_answers::table)
        .values((
            report_answers::plan_id.eq(plan.0),
            report_answers::plan_day.eq(about.day()),
            report_answers::step_key.eq(about.step()),
            report_answers::person_id.eq(by.0),
            report_answers::answer.eq(answer.as_str()),
            report_answers::at.eq(at),
        ))
        .execute(&mut **tx)
        .await
        .doing("keeping the answer to a report")
        .map(drop)
}

/// Takes an answer back.
///
/// # Errors
/// The database fails.
pub async fn take_back(tx: &mut Tx, plan: PlanId, about: &About) -> Result<(), StoreError> {
    let is_it = report_answers::plan_day
        .is_not_distinct_from(about.day())
        .and(report_answers::step_key.is_not_distinct_from(about.step()));
    diesel::delete(report_answers::table.filter(report_answers::plan_id.eq(plan.0).and(is_it)))
        .execute(&mut **tx)
        .await
        .doing("taking back the answer to a report")
        .map(drop)
}
