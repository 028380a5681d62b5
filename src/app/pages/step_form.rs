//! The form of a step: its fields with what stands in them, and answers to be read.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use diesel_async::AsyncPgConnection;
use serde::Serialize;

use crate::app::Error;
use crate::engine::access::Viewer;
use crate::engine::form::{Answers, FieldProblem};
use crate::engine::message::Message;
use crate::engine::plan::{Plan, Standing};
use crate::engine::release::{Field, FieldKind, StepDef};
use crate::engine::vocabulary::{StepKey, Text};
use crate::store::writings::{self, Writing};

/// Empty rows shown below those that are filled, for those who can't add any (no script).
const SPARE_ROWS: usize = 2;

/// A form to fill in.
#[derive(Debug, Clone, Serialize)]
pub struct StepForm {
    pub fields: Vec<FieldView>,
    pub problems: Vec<FormProblem>,
    /// Not before it opens and while it waits for others, though a draft can be kept.
    pub may_hand_in: bool,
    /// Nothing is asked: one button says that it is done.
    pub is_tick: bool,
    /// When the draft in the form was kept; none for earlier evidence and an empty form.
    pub draft_saved_at: Option<DateTime<Utc>>,
    /// What was handed in before stands in the form.
    pub is_earlier: bool,
}

/// A field with what stands in it, as `partials/field` and `partials/answer` take it.
#[derive(Debug, Clone, Serialize)]
pub struct FieldView {
    pub field: Field,
    pub value: String,
    pub rows: Vec<BTreeMap<String, String>>,
    pub problem: Option<Message>,
}

/// A mistake, as `partials/problems` takes it.
#[derive(Debug, Clone, Serialize)]
pub struct FormProblem {
    pub field: String,
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
    (plan, key): (&Plan, &StepKey),
    def: &StepDef,
    standing: &Standing,
    earlier: Option<&Writing>,
) -> Result<StepForm, Error> {
    let draft = writings::draft(conn, plan.id, key, viewer.id).await?;
    let draft = draft.filter(|(_, at)| earlier.is_none_or(|earlier| *at > earlier.written_at));
    let (answers, draft_saved_at) = match (&draft, earlier) {
        (Some((body, at)), _) => (read(body), Some(*at)),
        (None, Some(writing)) => (writing.words().map(|body| read(&body)).unwrap_or_default(), None),
        (None, None) => (Answers::default(), None),
    };
    Ok(StepForm {
        fields: def.ask.iter().map(|field| to_fill(field, &answers)).collect(),
        problems: Vec::new(),
        may_hand_in: standing.is_actionable(),
        is_tick: def.ask.is_empty(),
        is_earlier: draft_saved_at.is_none() && !answers.is_empty(),
        draft_saved_at,
    })
}

impl StepForm {
    /// The form with what was typed into it, and what is wrong with that.
    pub fn typed(&mut self, answers: &Answers, problems: &[FieldProblem]) {
        for view in &mut self.fields {
            *view = to_fill(&view.field, answers);
            let problem = problems.iter().find(|problem| problem.field == view.field.id);
            view.problem = problem.map(|problem| problem.message.clone());
        }
        self.problems = self
            .fields
            .iter()
            .filter_map(|view| {
                let message = view.problem.clone()?;
                Some(FormProblem { field: view.field.id.clone(), label: view.field.label.clone(), message })
            })
            .collect();
        self.is_earlier = false;
    }
}

/// Answers to be read; none when they don't read as answers.
pub(super) fn answered(def: &StepDef, body: &str) -> Option<Vec<FieldView>> {
    let answers: Answers = serde_json::from_str(body).ok()?;
    Some(def.ask.iter().map(|field| view(field, &answers)).collect())
}

/// A draft that does not read is an empty form: it was checked by nobody when it was kept.
fn read(body: &str) -> Answers {
    serde_json::from_str(body).unwrap_or_default()
}

fn view(field: &Field, answers: &Answers) -> FieldView {
    FieldView {
        field: field.clone(),
        value: answers.text(&field.id).to_owned(),
        rows: answers.rows(&field.id).iter().filter(|row| has_words(row)).cloned().collect(),
        problem: None,
    }
}

fn to_fill(field: &Field, answers: &Answers) -> FieldView {
    let mut view = view(field, answers);
    if let FieldKind::Table { min_rows, max_rows, .. } = &field.kind {
        let (least, most) = (usize::from(*min_rows).max(1), usize::from(*max_rows).max(1));
        // Rows beyond the limit stay to be seen: the problem beside the field says how many may.
        let shown = (view.rows.len() + SPARE_ROWS).max(least).min(most).max(view.rows.len());
        view.rows.resize_with(shown, BTreeMap::new);
    }
    view
}

fn has_words(row: &BTreeMap<String, String>) -> bool {
    row.values().any(|cell| !cell.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::form::Answer;

    fn table(min_rows: u16, max_rows: u16) -> Field {
        let label = Text { en: "Rows".to_owned(), zh_tw: "列".to_owned() };
        let kind = FieldKind::Table { columns: Vec::new(), min_rows, max_rows };
        Field { id: "t".to_owned(), label, help: None, required: true, kind }
    }

    fn rows(count: usize) -> Answers {
        let row = |n: usize| BTreeMap::from([("what".to_owned(), n.to_string())]);
        Answers([("t".to_owned(), Answer::Rows((0..count).map(row).collect()))].into())
    }

    #[test]
    fn a_table_has_spare_rows_up_to_its_limit() {
        assert_eq!(to_fill(&table(1, 10), &rows(0)).rows.len(), 2);
        assert_eq!(to_fill(&table(5, 10), &rows(0)).rows.len(), 5);
        assert_eq!(to_fill(&table(1, 10), &rows(9)).rows.len(), 10);
        assert_eq!(to_fill(&table(1, 3), &rows(5)).rows.len(), 5);
    }

    #[test]
    fn rows_that_stayed_empty_do_not_pile_up_in_drafts() {
        let empty = Answers([("t".to_owned(), Answer::Rows(vec![BTreeMap::new(); 8]))].into());
        assert_eq!(to_fill(&table(1, 10), &empty).rows.len(), 2);
    }
}
