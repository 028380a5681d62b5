//! What fields begin with when a form is opened for the first time: earlier answers, or what the plan
//! records. It is a draft in the form, and nobody's words until it is handed in.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use diesel_async::AsyncPgConnection;

use super::practice::{self, Reading};
use crate::app::worlds::{Names, PlanWorld};
use crate::app::{Error, given};
use crate::engine::access::Viewer;
use crate::engine::form::Answer;
use crate::engine::message::Message;
use crate::engine::plan::{Standing, StepState};
use crate::engine::release::{Begin, Field, FieldKind, StepDef};
use crate::engine::vocabulary::{Role, StepId, StepKey, Text};

/// So many lines are a draft; more are a log that nobody reads.
const MOST_LINES: usize = 8;

/// In one line there is room for few.
const MOST_IN_A_LINE: usize = 3;

/// What a field begins with.
#[derive(Debug, Clone)]
pub(super) enum Begun {
    /// As it was answered there.
    Answer(Answer),
    /// In sentences of the reader's language.
    Lines(Vec<Message>),
}

/// By field; a field that has nothing to begin with is left out.
pub(super) async fn begun(
    conn: &mut AsyncPgConnection,
    viewer: Viewer,
    (world, names): (&PlanWorld, &Names),
    key: &StepKey,
    fields: &[Field],
    now: DateTime<Utc>,
) -> Result<BTreeMap<String, Begun>, Error> {
    let mut found = BTreeMap::new();
    for field in fields {
        let Some(begin) = &field.begin else { continue };
        let most = if matches!(field.kind, FieldKind::Text { .. }) { MOST_IN_A_LINE } else { MOST_LINES };
        let mut lines = match begin {
            Begin::Answer { step, field: from } => {
                found
                    .extend(answer(conn, viewer, world, field, (step, from)).await?.map(|one| (field.id.clone(), one)));
                continue;
            }
            Begin::Done => done(world, names, key, now),
            Begin::Late => late(world, names, world.today(now)),
            Begin::Gaps => gaps(conn, viewer, (world, names), now).await?,
        };
        lines.truncate(most);
        if !lines.is_empty() {
            found.insert(field.id.clone(), Begun::Lines(lines));
        }
    }
    Ok(found)
}

/// The newest answer there that the viewer may read; a figure in words with the one before it.
async fn answer(
    conn: &mut AsyncPgConnection,
    viewer: Viewer,
    world: &PlanWorld,
    field: &Field,
    (step, from): (&StepId, &str),
) -> Result<Option<Begun>, Error> {
    let given = given::readable(conn, viewer.scope(), world, &[step].into()).await?;
    let mut turns: Vec<_> = given.iter().filter_map(|(key, answers)| Some((key, answers.0.get(from)?))).collect();
    turns.sort_by_key(|(key, _)| key.turn);
    let Some((key, newest)) = turns.pop() else { return Ok(None) };
    let asked = world.release.step(step).and_then(|def| def.ask.iter().find(|one| one.id == from));
    let is_words = |kind: &FieldKind| matches!(kind, FieldKind::Text { .. } | FieldKind::LongText { .. });
    let (Some(asked), Answer::One(value)) = (asked, newest) else { return Ok(Some(Begun::Answer(newest.clone()))) };
    if !is_words(&field.kind) || is_words(&asked.kind) {
        return Ok(Some(Begun::Answer(newest.clone())));
    }
    let unit = match &asked.kind {
        FieldKind::Number { unit, .. } => unit.clone().unwrap_or_default(),
        _ => Text::default(),
    };
    // A figure of last month is not one of today.
    let day = world.plan.steps.get(key).map_or(world.plan.effective, |step| step.due.date);
    let figure = |id: &'static str| {
        let message = Message::new(id).with("label", asked.label.clone()).with("value", value.clone());
        message.with("unit", unit.clone()).with("day", day)
    };
    let line = match turns.pop() {
        Some((_, Answer::One(before))) => figure("begin-figure").with("before", before.clone()),
        _ => figure("begin-figure-alone"),
    };
    Ok(Some(Begun::Lines(vec![line])))
}

/// What the manager got done or handed in since this step was handed in last, habits apart: what somebody judges
/// first, then what took longest. Titles without names, since others than the manager read them.
fn done(world: &PlanWorld, names: &Names, key: &StepKey, now: DateTime<Utc>) -> Vec<Message> {
    let earlier = world.plan.of(&key.id).filter(|(other, _)| other.chain() == key.chain() && other.turn < key.turn);
    let since = earlier.filter_map(|(_, step)| match &step.state {
        StepState::Done { at, .. } | StepState::HandedIn { at, .. } => Some(*at),
        _ => None,
    });
    let since = since.max().unwrap_or(world.plan.started_at);
    let is_habit = |def: &StepDef| def.every.as_ref().is_some_and(|every| every.period.is_short());
    let mut found: Vec<(&StepDef, usize)> = Vec::new();
    for (other, step) in &world.plan.steps {
        let Some(def) = world.release.step(&other.id) else { continue };
        let is_done = match &step.state {
            StepState::Done { at, .. } | StepState::HandedIn { at, .. } => *at >= since && *at <= now,
            _ => false,
        };
        if !is_done || def.who != Role::Manager || is_habit(def) || other.id == key.id {
            continue;
        }
        match found.iter_mut().find(|(same, _)| same.id == def.id) {
            Some((_, count)) => *count += 1,
            None => found.push((def, 1)),
        }
    }
    found.sort_by_key(|(def, count)| {
        std::cmp::Reverse((def.review.is_some(), usize::from(def.effort).saturating_mul(*count)))
    });
    let line = |(def, count): (&StepDef, usize)| {
        Message::new("begin-done").with("title", common(world, names, def)).with("count", count)
    };
    found.into_iter().map(line).collect()
}

fn late(world: &PlanWorld, names: &Names, today: NaiveDate) -> Vec<Message> {
    let mut found: Vec<(i64, Text)> = Vec::new();
    for (key, step) in &world.plan.steps {
        let Some(def) = world.release.step(&key.id).filter(|def| def.who == Role::Manager) else { continue };
        let Standing::Overdue { days } = world.plan.standing(step, def, today) else { continue };
        let title = common(world, names, def);
        if found.iter().all(|(_, same)| *same != title) {
            found.push((days, title));
        }
    }
    found.sort_by_key(|(days, _)| std::cmp::Reverse(*days));
    let line = |(days, title): (i64, Text)| Message::new("begin-late").with("title", title).with("days", days);
    found.into_iter().map(line).collect()
}

/// The questions of every scorecard that the viewer may read.
async fn gaps(
    conn: &mut AsyncPgConnection,
    viewer: Viewer,
    (world, names): (&PlanWorld, &Names),
    now: DateTime<Utc>,
) -> Result<Vec<Message>, Error> {
    let rated: Vec<_> = world.release.curricula.iter().filter(|one| !one.dimensions.is_empty()).collect();
    let views = rated.iter().flat_map(|one| &one.views);
    let reading = Reading::load(conn, viewer, (world, names), views, now).await?;
    Ok(rated.iter().flat_map(|one| practice::questions(&reading, &one.name)).collect())
}

fn common(world: &PlanWorld, names: &Names, def: &StepDef) -> Text {
    crate::app::wording::Wording::of_plan(world, names).common(&def.title)
}
