//! Steps that report to somebody: what there is to read, and what was said to it.

use chrono::{DateTime, Days, Utc};
use diesel_async::AsyncPgConnection;
use serde::Serialize;

use super::cards::{self, Shown};
use super::field_view::{Beside, FieldView};
use super::lines::line;
use super::step_form;
use crate::app::wording::Wording;
use crate::app::worlds::{Names, PlanWorld};
use crate::app::{Error, earlier, reports};
use crate::engine::access::{self, Viewer};
use crate::engine::release::StepDef;
use crate::engine::vocabulary::{Role, StepKey};
use crate::engine::zone::local_date;
use crate::store::{files, report_answers, writings};

/// For so many days a page lists what nobody has answered: whoever reads the mail alone need not.
const LISTED: Days = Days::new(14);

/// A report that was handed in.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    pub step: Shown,
    /// The version of the plan that the page shows.
    pub seen: u64,
    pub at: DateTime<Utc>,
    /// None once they were erased.
    pub answers: Option<Vec<FieldView>>,
}

/// Of a step that reports to somebody: to whom, and what they said.
#[derive(Debug, Clone, Serialize)]
pub struct Heard {
    /// None while nobody has the part.
    pub to: Option<String>,
    /// Whether it lies before them.
    pub is_handed_in: bool,
    /// The viewer may answer.
    pub is_yours: bool,
    pub answer: Option<Answer>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Answer {
    pub by: String,
    pub at: DateTime<Utc>,
    /// seen, talk.
    pub act: &'static str,
}

/// What in these plans reports to the viewer in a role and waits for a word of theirs, the oldest first.
///
/// # Errors
/// The database fails.
pub(super) async fn to_read(
    conn: &mut AsyncPgConnection,
    viewer: Viewer,
    worlds: &[PlanWorld],
    names: &Names,
    role: Role,
    now: DateTime<Utc>,
) -> Result<Vec<Report>, Error> {
    let mut found = Vec::new();
    for world in worlds.iter().filter(|world| world.plan.arranged.ended.is_none()) {
        let is_new = |at| local_date(at, world.zone()) + LISTED > world.today(now);
        let is_theirs = |key: &&StepKey| {
            let def = world.release.step(&key.id);
            def.is_some_and(|def| def.reports_to() == Some(role) && access::hears(&world.plan, def, viewer))
                && reports::handed_in_at(world, key).is_some_and(is_new)
        };
        let theirs: Vec<&StepKey> = world.plan.steps.keys().filter(is_theirs).collect();
        if theirs.is_empty() {
            continue;
        }
        let answers = report_answers::of_plan(conn, world.plan.id).await?;
        for key in theirs.into_iter().filter(|key| reports::answer_to(&answers, world, key).is_none()) {
            found.extend(one(conn, viewer, (world, names), key, now).await?);
        }
    }
    found.sort_by_key(|report| report.at);
    Ok(found)
}

/// A report as it was handed in; none while it is not, or where the viewer may not read it.
///
/// # Errors
/// The database fails.
pub(in crate::app) async fn one(
    conn: &mut AsyncPgConnection,
    viewer: Viewer,
    (world, names): (&PlanWorld, &Names),
    key: &StepKey,
    now: DateTime<Utc>,
) -> Result<Option<Report>, Error> {
    let Some((step, def)) = world.plan.steps.get(key).zip(world.release.step(&key.id)) else { return Ok(None) };
    let Some(at) = reports::handed_in_at(world, key) else { return Ok(None) };
    // None at all was handed in under a rule that did not let the viewer read it.
    let Some(answers) = answers(conn, viewer, (world, names), key).await? else { return Ok(None) };
    Ok(Some(Report {
        step: cards::shown(line(world, names, viewer, (key, step, def), world.today(now))),
        seen: world.plan.version,
        at,
        answers,
    }))
}

/// What was handed in for a step, as far as the viewer may read it: none at all, or none any more where the words
/// were erased.
///
/// # Errors
/// The database fails.
pub(in crate::app) async fn answers(
    conn: &mut AsyncPgConnection,
    viewer: Viewer,
    (world, names): (&PlanWorld, &Names),
    key: &StepKey,
) -> Result<Option<Option<Vec<FieldView>>>, Error> {
    let Some((step, def)) = world.plan.steps.get(key).zip(world.release.step(&key.id)) else { return Ok(None) };
    let Some(evidence) = step.state.evidence() else { return Ok(None) };
    let words = writings::of_plan(conn, viewer.scope(), world.plan.id, Some(key)).await?;
    let files = files::heads_beside(conn, viewer.scope(), world.plan.id, Some(key), &words).await?;
    let Some(writing) = words.iter().find(|writing| writing.id() == evidence.id) else { return Ok(None) };
    let body = writing.words();
    let asked_then = earlier::answered_def(conn, world, evidence).await?;
    let asked_then = Wording::of_step(world, names, viewer, key).step(asked_then.as_ref().unwrap_or(def));
    let beside = Beside::of(world, names, key, &files);
    Ok(Some(body.and_then(|body| step_form::answered(&asked_then, &body, &beside))))
}

/// Of a step on its page; none when it reports to nobody.
///
/// # Errors
/// The database fails.
pub(super) async fn heard(
    conn: &mut AsyncPgConnection,
    viewer: Viewer,
    (world, names): (&PlanWorld, &Names),
    key: &StepKey,
    now: DateTime<Utc>,
) -> Result<Option<Heard>, Error> {
    let Some(role) = world.release.step(&key.id).and_then(StepDef::reports_to) else { return Ok(None) };
    let answers = report_answers::of_plan(conn, world.plan.id).await?;
    let answer = reports::answer_to(&answers, world, key);
    let to = access::holder_on(&world.plan, role, world.today(now));
    Ok(Some(Heard {
        to: to.map(|to| names.person(to)),
        is_handed_in: reports::handed_in_at(world, key).is_some(),
        is_yours: reports::may(world, key, viewer, None).is_ok(),
        answer: answer.map(|one| Answer { by: names.person(one.by), at: one.at, act: one.answer.as_str() }),
    }))
}
