//! Steps that are reports: whoever gets one says "seen" or "let's talk", and nothing waits for it.

use chrono::{DateTime, Utc};
use diesel_async::AsyncPgConnection;

use super::steps::At;
use super::worlds::{self, PlanWorld};
use super::{Error, Moment};
use crate::engine::Refusal;
use crate::engine::access::{self, Viewer};
use crate::engine::plan::StepState;
use crate::engine::vocabulary::{PlanId, StepKey};
use crate::store::links::ReportAct;
use crate::store::pool::Tx;
use crate::store::report_answers::{self, About, ReportAnswer};

/// When a report was handed in; none while it is not.
pub(super) fn handed_in_at(world: &PlanWorld, key: &StepKey) -> Option<DateTime<Utc>> {
    world.release.step(&key.id)?.reports_to()?;
    match world.plan.steps.get(key)?.state {
        StepState::Done { at, .. } => Some(at),
        _ => None,
    }
}

/// What was answered to the report as it stands: an answer to what was taken back since is none.
pub(super) fn answer_to<'a>(answers: &'a [ReportAnswer], world: &PlanWorld, key: &StepKey) -> Option<&'a ReportAnswer> {
    let at = handed_in_at(world, key)?;
    answers.iter().find(|one| matches!(&one.about, About::Step(step) if step == key) && one.at >= at)
}

/// What a person answered to the report as it stands.
///
/// # Errors
/// The database fails.
pub(super) async fn answered(
    conn: &mut AsyncPgConnection,
    world: &PlanWorld,
    key: &StepKey,
    who: Viewer,
) -> Result<Option<ReportAct>, Error> {
    let answers = report_answers::of_plan(conn, world.plan.id).await?;
    Ok(answer_to(&answers, world, key).filter(|one| one.by == who.id).map(|one| one.answer))
}

/// Whether somebody may answer a report that they saw at the plan's version `seen`.
///
/// # Errors
/// Why not.
pub(super) fn may(world: &PlanWorld, key: &StepKey, who: Viewer, seen: Option<u64>) -> Result<(), Refusal> {
    let unknown = || Refusal::NoSuchStep { step: key.clone() };
    let (step, def) = world.plan.steps.get(key).zip(world.release.step(&key.id)).ok_or_else(unknown)?;
    if let Some(ended) = &world.plan.arranged.ended {
        return Err(Refusal::PlanEnded { how: ended.how, at: ended.at });
    }
    if !access::hears(&world.plan, def, who) {
        return Err(Refusal::NotYours { needs: def.report.unwrap_or(def.who) });
    }
    match step.state {
        // Handed in again since: these are not the words that they read.
        StepState::Done { at, by, .. } if seen.is_some_and(|seen| step.touched > seen) => {
            Err(Refusal::Changed { step: key.clone(), by: Some(by), at })
        }
        StepState::Done { .. } => Ok(()),
        _ => Err(Refusal::NothingToReview { step: key.clone() }),
    }
}

/// The answer that a form names.
///
/// # Errors
/// It is none.
pub fn said(name: &str) -> Result<ReportAct, Error> {
    ReportAct::parse(name).ok_or(Error::NotFound)
}

/// Answers a report; the same again changes nothing.
///
/// # Errors
/// It is not theirs, it is not handed in, or it was handed in again since they saw it.
pub async fn answer(tx: &mut Tx, who: Viewer, at: &At, answer: ReportAct, moment: &Moment) -> Result<(), Error> {
    let world = worlds::lock(tx, who.scope(), at.plan).await?;
    may(&world, &at.step, who, at.seen)?;
    if answered(tx, &world, &at.step, who).await? == Some(answer) {
        return Ok(());
    }
    Ok(report_answers::put(tx, at.plan, &About::Step(at.step.clone()), (who.id, answer), moment.now).await?)
}

/// Takes back an answer; when another one stands, or none, nothing.
///
/// # Errors
/// The plan is over.
pub(super) async fn take_back(
    tx: &mut Tx,
    who: Viewer,
    (plan, key): (PlanId, &StepKey),
    answer: ReportAct,
) -> Result<(), Error> {
    let world = worlds::lock(tx, who.scope(), plan).await?;
    may(&world, key, who, None)?;
    match answered(tx, &world, key, who).await? {
        Some(stands) if stands == answer => Ok(report_answers::take_back(tx, plan, &About::Step(key.clone())).await?),
        _ => Ok(()),
    }
}
