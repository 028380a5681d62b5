//! The form of a step: its fields with what stands in them, and answers to be read.

use chrono::{DateTime, Utc};
use diesel_async::AsyncPgConnection;
use serde::Serialize;

use std::collections::BTreeMap;

use super::begin::{self, Begun};
use super::cards;
pub use super::field_view::FieldView;
use super::field_view::{Beside, to_fill, view};
use super::lines::waits_for;
use crate::app::worlds::{self, Names, PlanWorld};
use crate::app::{Error, figures, steps};
use crate::engine::access::Viewer;
use crate::engine::form::{self, Answers, FieldProblem};
use crate::engine::message::Message;
use crate::engine::release::{Field, FieldKind, StepDef};
use crate::engine::vocabulary::{StepKey, Text};
use crate::store::writings::{self, Writing};

/// A form to fill in.
#[derive(Debug, Clone, Serialize)]
pub struct StepForm {
    pub fields: Vec<FieldView>,
    pub problems: Vec<FormProblem>,
    /// Not before it opens and while it waits for others, though a draft can be kept.
    pub may_hand_in: bool,
    /// Nothing is asked: one button says that it is done.
    pub is_tick: bool,
    /// Files travel in another encoding than words.
    pub has_files: bool,
    /// It asks for numbers enough to take them from a file.
    pub takes_figures: bool,
    /// When the draft in the form was kept; none for earlier evidence and an empty form.
    pub draft_saved_at: Option<DateTime<Utc>>,
    /// When what stands in the form was written, as a draft or as earlier evidence: what a browser kept since
    /// then is newer.
    pub since: Option<DateTime<Utc>>,
    /// What was handed in before stands in the form.
    pub is_earlier: bool,
    #[serde(skip)]
    beside: Beside,
}

/// A mistake, as `partials/problems` takes it.
#[derive(Debug, Clone, Serialize)]
pub struct FormProblem {
    pub field: String,
    /// Which part of a page with many it belongs to.
    pub part: Option<Text>,
    pub label: Text,
    pub message: Message,
}

/// The form as its doer left it: the draft or the earlier evidence, whichever is newer.
///
/// # Errors
/// The database fails.
pub(super) async fn load(
    conn: &mut AsyncPgConnection,
    viewer: Viewer,
    (world, names): (&PlanWorld, &Names),
    (key, def): (&StepKey, &StepDef),
    now: DateTime<Utc>,
    earlier: Option<&Writing>,
    beside: Beside,
) -> Result<StepForm, Error> {
    let draft = writings::draft(conn, world.plan.id, key, viewer.id).await?;
    let (mut answers, draft_saved_at) = steps::standing(draft, earlier);
    let asks = worlds::asks(conn, world, key, def).await?;
    // Only an untouched form begins with something: what somebody cleared stays empty.
    let is_untouched = draft_saved_at.is_none() && earlier.is_none();
    let begun = match is_untouched {
        true => begin::begun(conn, viewer, (world, names), key, &asks, now).await?,
        false => BTreeMap::new(),
    };
    let mut lines = BTreeMap::new();
    for (id, begun) in begun {
        match begun {
            Begun::Answer(answer) => drop(answers.0.insert(id.clone(), answer)),
            Begun::Lines(said) => drop(lines.insert(id, said)),
        }
    }
    let fields = asks.iter().map(|field| {
        let begun = lines.remove(&field.id).unwrap_or_default();
        FieldView {
            is_begun: !begun.is_empty() || (is_untouched && answers.0.contains_key(&field.id)),
            begun,
            missing: missing(world, names, viewer, (key, def), field),
            ..to_fill(&asks, field, &answers, &beside)
        }
    });
    let fields: Vec<FieldView> = fields.collect();
    let standing = world.plan.steps.get(key).map(|step| world.plan.standing(step, def, world.today(now)));
    Ok(StepForm {
        fields,
        problems: Vec::new(),
        may_hand_in: standing.is_some_and(|standing| standing.is_actionable()),
        is_tick: asks.is_empty(),
        has_files: asks.iter().any(|field| matches!(field.kind, FieldKind::File { .. })),
        takes_figures: figures::may_come_from_file(&asks),
        is_earlier: !is_untouched && draft_saved_at.is_none() && !answers.is_empty(),
        draft_saved_at,
        since: draft_saved_at.or(earlier.map(|earlier| earlier.written_at)),
        beside,
    })
}

/// What the step goes on without, where this field asks why.
fn missing(
    world: &PlanWorld,
    names: &Names,
    viewer: Viewer,
    (key, def): (&StepKey, &StepDef),
    field: &Field,
) -> Vec<cards::Blocker> {
    let Some(join) = def.joins.iter().find(|join| join.reason.id == field.id) else { return Vec::new() };
    let left_out = world.plan.left_out(key, def);
    let of_join = left_out.iter().filter(|key| join.of.contains(&key.id));
    cards::blockers(&of_join.map(|key| waits_for(world, names, viewer, key)).collect::<Vec<_>>())
}

impl StepForm {
    /// Shows beside the fields what they would begin with, instead of in them.
    pub(super) fn suggest(&mut self) {
        for view in self.fields.iter_mut().filter(|view| view.is_begun) {
            view.is_begun = false;
            view.value.clear();
            view.rows.iter_mut().for_each(BTreeMap::clear);
            view.chosen.clear();
        }
    }

    /// The form with what was typed into it, and what is wrong with that.
    pub fn typed(&mut self, answers: &Answers, problems: &[FieldProblem]) {
        let asks: Vec<Field> = self.fields.iter().map(|view| view.field.clone()).collect();
        // Said again of the fields as they stand here, where a label holds names and not their places.
        let said = form::check(&asks, answers, &self.beside.members()).err().unwrap_or_default();
        let as_shown = |problem: &FieldProblem| {
            let same = |one: &&FieldProblem| one.field == problem.field && one.message.id == problem.message.id;
            said.iter().find(same).unwrap_or(problem).message.clone()
        };
        let answers = steps::fitted(&asks, answers.clone());
        for view in &mut self.fields {
            let problem = problems.iter().find(|problem| problem.field == view.field.id);
            *view = FieldView {
                missing: std::mem::take(&mut view.missing),
                problem: problem.map(as_shown),
                ..to_fill(&asks, &view.field, &answers, &self.beside)
            };
        }
        self.problems = self
            .fields
            .iter()
            .filter_map(|view| {
                let message = view.problem.clone()?;
                let (field, label) = (view.field.id.clone(), view.field.label.clone());
                Some(FormProblem { field, part: None, label, message })
            })
            .collect();
        self.is_earlier = false;
    }
}

/// Answers to be read, with the reasons that were given; none when they don't read as answers. What was
/// not asked is left out.
pub(super) fn answered(def: &StepDef, body: &str, beside: &Beside) -> Option<Vec<FieldView>> {
    let answers: Answers = serde_json::from_str(body).ok()?;
    let reasons = def.joins.iter().map(|join| &join.reason).filter(|reason| answers.0.contains_key(&reason.id));
    let fields: Vec<Field> = def.ask.iter().chain(reasons).cloned().collect();
    let asked = form::asked(&fields, &answers).into_iter();
    Some(asked.map(|field| view(field, &answers, beside)).collect())
}

/// What a step asks, to show answers beside their questions where there is no form.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    fields: Vec<Field>,
    beside: Beside,
}

impl Asked {
    pub(super) fn new(fields: Vec<Field>, beside: Beside) -> Asked {
        Asked { fields, beside }
    }

    /// What was typed, to be read and copied; a question without an answer is left out.
    pub fn typed(&self, answers: &Answers) -> Vec<FieldView> {
        let answers = steps::fitted(&self.fields, answers.clone());
        let has_words = |field: &&Field| {
            let own = answers.0.get(&field.id).map(|answer| (field.id.clone(), answer.clone()));
            !Answers(own.into_iter().collect()).texts().is_empty()
        };
        self.fields.iter().filter(has_words).map(|field| view(field, &answers, &self.beside)).collect()
    }
}

/// Forms and answers for tests of what renders them.
#[cfg(test)]
pub(crate) mod samples {
    use super::*;
    use crate::app::pages::field_view::Somebody;
    use crate::store::files::{FileHead, FileId};

    pub(crate) struct Around {
        pub people: Vec<Somebody>,
        /// Id, field, name and size.
        pub files: Vec<(uuid::Uuid, &'static str, &'static str, i32)>,
    }

    impl Around {
        fn beside(&self) -> Beside {
            let files =
                self.files.iter().map(|(id, field, name, size)| FileHead::sample(FileId(*id), field, name, *size));
            Beside::sample(self.people.clone(), files.collect(), "/plans/p/steps/s")
        }
    }

    pub(crate) fn form(asks: &[Field], answers: &Answers, around: &Around) -> StepForm {
        let beside = around.beside();
        StepForm {
            fields: asks.iter().map(|field| to_fill(asks, field, answers, &beside)).collect(),
            problems: Vec::new(),
            may_hand_in: true,
            is_tick: asks.is_empty(),
            has_files: asks.iter().any(|field| matches!(field.kind, FieldKind::File { .. })),
            takes_figures: figures::may_come_from_file(asks),
            draft_saved_at: None,
            since: None,
            is_earlier: false,
            beside,
        }
    }

    pub(crate) fn read(asks: &[Field], answers: &Answers, around: &Around) -> Vec<FieldView> {
        asks.iter().map(|field| view(field, answers, &around.beside())).collect()
    }
}
