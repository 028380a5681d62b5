//! What was handed in and waits for a reviewer, with the evidence to read right there.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use diesel_async::AsyncPgConnection;
use serde::Serialize;

use super::cards::{self, Shown};
use super::field_view::{Beside, FieldView};
use super::lines::line;
use super::step_form;
use crate::app::Error;
use crate::app::wording::Wording;
use crate::app::worlds::{Names, PlanWorld};
use crate::engine::access::{self, Viewer};
use crate::engine::form::Answers;
use crate::engine::plan::{Step, StepState};
use crate::engine::release::StepDef;
use crate::engine::vocabulary::{PersonId, Role, StepKey};
use crate::store::writings::{self, Writing};
use crate::store::{files, people};

/// A step that waits for the viewer's yes.
#[derive(Debug, Clone, Serialize)]
pub struct Review {
    pub step: Shown,
    /// The version of the plan that the page shows; an act on an older one is stopped.
    pub seen: u64,
    pub handed_in_at: DateTime<Utc>,
    /// Whole days since then.
    pub waits: i64,
    /// None when the step asks for no words, or when they were erased.
    pub answers: Option<Vec<FieldView>>,
    pub is_erased: bool,
    /// None goes back once the plan ended.
    pub may_return: bool,
    /// Comments, and the lines with which it was sent back before; oldest first.
    pub remarks: Vec<Said>,
}

/// What somebody said about a step.
#[derive(Debug, Clone, Serialize)]
pub struct Said {
    pub by: String,
    pub at: DateTime<Utc>,
    pub words: String,
}

/// Everything in these plans that waits for the viewer in a role, the longest wait first.
///
/// # Errors
/// The database fails.
pub(super) async fn waiting(
    conn: &mut AsyncPgConnection,
    viewer: Viewer,
    worlds: &[PlanWorld],
    names: &Names,
    role: Role,
    now: DateTime<Utc>,
) -> Result<Vec<Review>, Error> {
    let mut found = Vec::new();
    for world in worlds {
        let handed_in = handed_in(world, viewer, role);
        if handed_in.is_empty() {
            continue;
        }
        let words = writings::of_plan(conn, viewer.scope(), world.plan.id, None).await?;
        let authors: BTreeSet<PersonId> = words.iter().map(Writing::author).collect();
        let authors: HashMap<PersonId, String> = people::some(conn, &authors.into_iter().collect::<Vec<_>>())
            .await?
            .into_iter()
            .map(|person| (person.id, person.name))
            .collect();
        let files = files::heads_beside(conn, viewer.scope(), world.plan.id, None, &words).await?;
        let of_step = |step: InPlan| {
            let beside = Beside::of(world, names, step.0, &files);
            review(world, names, viewer, step, (&words, &beside), &authors, now)
        };
        found.extend(handed_in.into_iter().filter_map(of_step));
    }
    found.sort_by_key(|review| review.handed_in_at);
    Ok(found)
}

type InPlan<'w> = (&'w StepKey, &'w Step, &'w StepDef);

fn handed_in(world: &PlanWorld, viewer: Viewer, role: Role) -> Vec<InPlan<'_>> {
    let plan = &world.plan;
    plan.steps
        .iter()
        .filter(|(_, step)| matches!(step.state, StepState::HandedIn { .. }))
        .filter_map(|(key, step)| Some((key, step, world.release.step(&key.id)?)))
        .filter(|(_, _, def)| def.review == Some(role) && access::may_review(plan, def, viewer))
        .collect()
}

fn review(
    world: &PlanWorld,
    names: &Names,
    viewer: Viewer,
    (key, step, def): InPlan,
    (words, beside): (&[Writing], &Beside),
    authors: &HashMap<PersonId, String>,
    now: DateTime<Utc>,
) -> Option<Review> {
    let StepState::HandedIn { at, evidence, .. } = &step.state else { return None };
    let words: Vec<&Writing> =
        words.iter().filter(|writing| writing.step_key.as_deref() == Some(key.to_string().as_str())).collect();
    let handed_in = evidence.and_then(|evidence| words.iter().find(|writing| writing.id() == evidence.id));
    let body = handed_in.map(|writing| writing.words());
    let filled = Wording::of_step(world, names, viewer, key).step(def);
    Some(Review {
        step: cards::shown(line(world, names, viewer, (key, step, def), world.today(now))),
        seen: world.plan.version,
        handed_in_at: *at,
        waits: (now - *at).num_days(),
        answers: body.iter().flatten().find_map(|body| step_form::answered(&filled, body, beside)),
        is_erased: body == Some(None),
        may_return: world.plan.arranged.may_return(&world.release, &key.id),
        remarks: words.into_iter().filter_map(|writing| said(writing, authors)).collect(),
    })
}

/// A comment or a line; answers, which are JSON, are shown as such and not here.
fn said(writing: &Writing, authors: &HashMap<PersonId, String>) -> Option<Said> {
    let words = writing.words()?;
    let is_said = writing.is_comment() || (!writing.is_reason() && serde_json::from_str::<Answers>(&words).is_err());
    let by = authors.get(&writing.author()).cloned().unwrap_or_default();
    is_said.then_some(Said { by, at: writing.written_at, words })
}
