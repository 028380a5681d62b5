//! An old address of a step: where it leads now, or how the step left the plan.

use diesel_async::AsyncPgConnection;
use serde::Serialize;

use super::field_view::{Beside, FieldView};
use super::history::{self, Leaving};
use super::step_form::Asked;
use crate::app::wording::Wording;
use crate::app::worlds::{self, Names, PlanWorld};
use crate::app::{Error, earlier, gather, steps};
use crate::engine::access::Viewer;
use crate::engine::form::{Answer, Answers};
use crate::engine::vocabulary::{PlanId, StepKey};
use crate::store::{plans, writings};

/// Where the address of a step leads.
#[derive(Debug, Clone)]
pub enum Whereabouts {
    /// It goes by another name now.
    Renamed(StepKey),
    Gone(Box<StepGone>),
}

/// What somebody sent to a step that is gone: the answers to its form, and other words.
#[derive(Debug, Clone, Default)]
pub struct Sent {
    pub answers: Answers,
    pub words: Vec<String>,
}

/// The page of a step that left the plan.
#[derive(Debug, Clone, Serialize)]
pub struct StepGone {
    pub plan_href: String,
    pub history_href: String,
    /// The viewer is the plan's manager.
    pub is_own: bool,
    pub manager: String,
    pub left: Leaving,
    /// What was typed into its form, to be read and copied.
    pub typed: Vec<FieldView>,
    /// What else was typed.
    pub words: Vec<String>,
    /// The viewer's own draft.
    pub draft: Vec<FieldView>,
}

/// Whether a step stands in a plan, for whomever: what is done with it asks who may.
///
/// # Errors
/// The database fails.
pub async fn stands(conn: &mut AsyncPgConnection, plan: PlanId, key: &StepKey) -> Result<bool, Error> {
    Ok(plans::holds(conn, plan, key).await?)
}

/// The parts of a page under the names that their steps go by now, and those whose steps stand in the plan
/// no more.
///
/// # Errors
/// The viewer does not see the plan, or the database fails.
pub async fn placed(
    conn: &mut AsyncPgConnection,
    viewer: Viewer,
    plan: PlanId,
    parts: gather::Sent,
) -> Result<(gather::Sent, gather::Sent), Error> {
    let plan = plans::find(conn, viewer.scope(), plan).await?.ok_or(Error::NotFound)?;
    let now = |key: StepKey| match plan.steps.contains_key(&key) {
        true => key,
        false => earlier::name_now(&plan, &key).unwrap_or(key),
    };
    let parts = parts.into_iter().map(|(key, given)| (now(key), given));
    Ok(parts.partition(|(key, _)| plan.steps.contains_key(key)))
}

/// Where the address of a step that does not stand in a plan leads.
///
/// # Errors
/// The viewer does not see the plan, it stands there or never did, or the database fails.
pub async fn find(
    conn: &mut AsyncPgConnection,
    viewer: Viewer,
    plan: PlanId,
    key: &StepKey,
    sent: &Sent,
) -> Result<Whereabouts, Error> {
    let world = worlds::find(conn, viewer.scope(), plan).await?;
    if world.plan.steps.contains_key(key) {
        return Err(Error::NotFound);
    }
    if let Some(now) = earlier::name_now(&world.plan, key) {
        return Ok(Whereabouts::Renamed(now));
    }
    // An upgrade that gave it another name was undone.
    if let Some(own) = earlier::name_before(conn, &world.plan, key).await? {
        return Ok(Whereabouts::Renamed(own));
    }
    let left = history::leaving(conn, viewer, &world, key).await?.ok_or(Error::NotFound)?;
    let draft = writings::draft(conn, plan, key, viewer.id).await?;
    let draft = draft.map(|(body, _)| steps::read(&body)).unwrap_or_default();
    let asked = asked(conn, viewer, &world, key).await?;
    let typed = asked.typed(&sent.answers);
    let is_shown = |id: &str| typed.iter().any(|view| view.field.id == id);
    let unasked = sent.answers.0.iter().filter(|(id, _)| !is_shown(id)).filter_map(|(_, answer)| words(answer));
    let others = sent.words.iter().filter(|words| !words.trim().is_empty()).cloned();
    let words = unasked.chain(others).collect();
    Ok(Whereabouts::Gone(Box::new(StepGone {
        plan_href: format!("/plans/{plan}"),
        history_href: format!("/plans/{plan}/history?step={key}"),
        is_own: world.plan.cast.manager == viewer.id,
        manager: world.manager.name.clone(),
        left,
        typed,
        words,
        draft: asked.typed(&draft),
    })))
}

/// What the step asked when it last stood in the plan.
async fn asked(conn: &mut AsyncPgConnection, viewer: Viewer, world: &PlanWorld, key: &StepKey) -> Result<Asked, Error> {
    let Some(def) = earlier::last_def(conn, world, key).await? else { return Ok(Asked::default()) };
    let names = Names::around(conn, viewer.scope(), &[&world.plan]).await?;
    let beside = Beside::of(world, &names, key, &[]);
    Ok(Asked::new(Wording::of_plan(world, &names).step(&def).ask, beside))
}

fn words(answer: &Answer) -> Option<String> {
    let said = match answer {
        Answer::One(one) => one.clone(),
        Answer::Many(many) => many.join("\n\n"),
        Answer::Rows(rows) => rows
            .iter()
            .map(|row| row.values().cloned().collect::<Vec<_>>().join("\n\n"))
            .collect::<Vec<_>>()
            .join("\n\n"),
    };
    (!said.trim().is_empty()).then_some(said)
}
