//! What was handed in for a step, and what others said about it.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use diesel_async::AsyncPgConnection;
use serde::Serialize;

use crate::app::Error;
use crate::app::pages::field_view::{Beside, FieldView};
use crate::app::pages::step_form;
use crate::app::worlds::{Names, PlanWorld};
use crate::engine::access::Viewer;
use crate::engine::form::Answers;
use crate::engine::plan::{Step, StepState, WritingRef};
use crate::engine::release::StepDef;
use crate::engine::vocabulary::{PersonId, StepKey, WritingId};
use crate::store::writings::{self, Writing};
use crate::store::{files, people};

/// What was handed in.
#[derive(Debug, Clone, Serialize)]
pub struct Evidence {
    pub by: String,
    pub at: DateTime<Utc>,
    /// None for those who see that it is done and not what it says.
    pub answers: Option<Vec<FieldView>>,
    /// The viewer is one of its readers.
    pub may_read: bool,
    /// The words were erased since.
    pub is_erased: bool,
}

/// What a reviewer answered.
#[derive(Debug, Clone, Serialize)]
pub struct ReviewView {
    pub accepted: bool,
    pub by: String,
    pub at: DateTime<Utc>,
    /// None without a line, and for those who may not read it.
    pub line: Option<String>,
}

/// A comment, or a line of an earlier review.
#[derive(Debug, Clone, Serialize)]
pub struct Remark {
    pub by: String,
    pub at: DateTime<Utc>,
    pub is_comment: bool,
    /// None once erased.
    pub words: Option<String>,
}

/// The words of a step that a viewer may read, and the names of those who wrote or acted.
pub(super) struct Read {
    words: Vec<Writing>,
    pub beside: Beside,
    people: HashMap<PersonId, String>,
}

impl Read {
    pub async fn load(
        conn: &mut AsyncPgConnection,
        viewer: Viewer,
        (world, names): (&PlanWorld, &Names),
        key: &StepKey,
        step: &Step,
    ) -> Result<Read, Error> {
        let mut words = writings::of_plan(conn, viewer.scope(), world.plan.id, Some(key)).await?;
        words.retain(|writing| !writing.is_reason());
        let files = files::heads_beside(conn, viewer.scope(), world.plan.id, Some(key), &words).await?;
        let beside = Beside::of(world, names, key, &files);
        let mut ids: BTreeSet<PersonId> = words.iter().map(Writing::author).collect();
        match &step.state {
            StepState::HandedIn { by, .. } | StepState::Returned { by, .. } => drop(ids.insert(*by)),
            StepState::Done { by, review, .. } => ids.extend(std::iter::once(*by).chain(review.as_ref().map(|r| r.by))),
            StepState::Todo { .. } | StepState::Lapsed { .. } | StepState::Closed { .. } => {}
        }
        let ids: Vec<PersonId> = ids.into_iter().collect();
        let people = people::some(conn, &ids).await?.into_iter().map(|person| (person.id, person.name)).collect();
        Ok(Read { words, beside, people })
    }

    fn find(&self, id: WritingId) -> Option<&Writing> {
        self.words.iter().find(|writing| writing.id() == id)
    }

    pub fn of(&self, reference: Option<WritingRef>) -> Option<&Writing> {
        self.find(reference?.id)
    }

    fn name(&self, id: PersonId) -> String {
        self.people.get(&id).cloned().unwrap_or_default()
    }
}

pub(super) fn evidence(step: &Step, def: &StepDef, may_read: bool, has_form: bool, read: &Read) -> Option<Evidence> {
    let (by, at, reference) = match &step.state {
        StepState::HandedIn { by, at, evidence } | StepState::Done { by, at, evidence, .. } => {
            (Some(*by), *at, *evidence)
        }
        // What was sent back stands in the doer's form, and here for those who have none, as does what
        // was written before a step was closed.
        StepState::Returned { evidence, .. } | StepState::Closed { evidence, .. } if !has_form && may_read => {
            let writing = read.of(*evidence)?;
            (Some(writing.author()), writing.written_at, *evidence)
        }
        _ => return None,
    };
    let words = read.of(reference).map(Writing::words);
    let answers = match &words {
        Some(Some(body)) => step_form::answered(def, body, &read.beside),
        _ => None,
    };
    let is_erased = matches!(words, Some(None));
    let by = by.map(|id| read.name(id)).unwrap_or_default();
    Some(Evidence { by, at, answers, may_read, is_erased })
}

pub(super) fn review(step: &Step, read: &Read) -> Option<ReviewView> {
    let (accepted, by, at, line) = match &step.state {
        StepState::Returned { by, at, line, .. } => (false, *by, *at, Some(*line)),
        StepState::Done { review: Some(review), .. } => (true, review.by, review.at, review.line),
        _ => return None,
    };
    let line = read.of(line).and_then(Writing::words);
    Some(ReviewView { accepted, by: read.name(by), at, line })
}

/// Comments and the lines of earlier reviews: a reviewer reads again what they asked for.
pub(super) fn remarks(step: &Step, read: &Read) -> Vec<Remark> {
    let current = match &step.state {
        StepState::Returned { line, .. } => Some(line.id),
        StepState::Done { review: Some(review), .. } => review.line.map(|line| line.id),
        _ => None,
    };
    // The other words that are no comment are answers of earlier hand-ins, which are JSON.
    let is_line = |words: &str| serde_json::from_str::<Answers>(words).is_err();
    read.words
        .iter()
        .filter(|writing| Some(writing.id()) != current)
        .filter(|writing| writing.is_comment() || writing.words().is_some_and(|words| is_line(&words)))
        .map(|writing| Remark {
            by: read.name(writing.author()),
            at: writing.written_at,
            is_comment: writing.is_comment(),
            words: writing.words(),
        })
        .collect()
}
