//! What is assumed when a program is played on HR's pages: the answers that decide, and the playbooks
//! that are launched.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::engine::ask::Dimension;
use crate::engine::condition::Path;
use crate::engine::days::Day;
use crate::engine::form::{self, Answer, Answers, FieldProblem};
use crate::engine::message::Message;
use crate::engine::release::{Choice, Field, FieldKind, NOT_OBSERVED, Release};
use crate::engine::vocabulary::{StepId, Text};

/// Something that may be assumed, with what was typed for it.
#[derive(Debug, Clone, Serialize)]
pub struct Question {
    /// As it stands in the address: `answer.step.field`, with a rating's dimension, or `launch.playbook`.
    pub name: String,
    pub about: Message,
    /// choice, number, date
    pub kind: &'static str,
    pub options: Vec<Choice>,
    pub given: String,
}

/// Launches by playbook and plan day, and answers by step.
#[derive(Debug, Default)]
pub struct Assumed {
    pub launches: Vec<(String, u16)>,
    pub answers: BTreeMap<StepId, Answers>,
}

/// An answer that a condition, or a date, of the release asks for.
struct Asked<'r> {
    name: String,
    step: &'r StepId,
    field: &'r Field,
    dimension: Option<&'r Dimension>,
}

/// Playbooks first: most questions are theirs.
pub fn questions(release: &Release, typed: &BTreeMap<String, String>) -> Vec<Question> {
    let given = |name: &str| typed.get(name).cloned().unwrap_or_default();
    let playbooks = release.curricula.iter().filter(|one| one.launch.is_some()).map(|one| {
        let name = format!("launch.{}", one.name);
        let about = Message::new("tryout-launch").with("playbook", one.title.clone());
        Question { given: given(&name), name, about, kind: "number", options: Vec::new() }
    });
    let answers = asked(release).into_iter().filter_map(|one| {
        let (kind, options) = match (&one.field.kind, one.dimension) {
            (FieldKind::Choice { options } | FieldKind::Several { options, .. }, _) => ("choice", options.clone()),
            (FieldKind::Scale { .. } | FieldKind::Number { .. } | FieldKind::Rating { .. }, _) => {
                ("number", Vec::new())
            }
            (FieldKind::Date, _) => ("date", Vec::new()),
            _ => return None, // only how many rows there are could be asked, and no line says rows
        };
        let title = release.step(one.step).map_or_else(Text::default, |def| def.title.clone());
        let label = one.dimension.map_or(&one.field.label, |dimension| &dimension.label).clone();
        let about = Message::new("simulate-asks-answer").with("step", title).with("field", label);
        Some(Question { given: given(&one.name), name: one.name, about, kind, options })
    });
    playbooks.chain(answers).collect()
}

/// What was typed, read; or every mistake in it.
pub fn read(release: &Release, typed: &BTreeMap<String, String>) -> Result<Assumed, Vec<FieldProblem>> {
    let mut assumed = Assumed::default();
    let mut found = Vec::new();
    let mut wrong = |field: &str, message| found.push(FieldProblem { field: field.to_owned(), message });
    let filled = |name: &str| typed.get(name).map(|text| text.trim()).filter(|text| !text.is_empty());
    for playbook in release.curricula.iter().filter(|one| one.launch.is_some()) {
        let name = format!("launch.{}", playbook.name);
        let Some(text) = filled(&name) else { continue };
        let ends = release.program.ends;
        match text.trim_start_matches(['B', 'b']).parse().ok().filter(|day| (1..=ends).contains(day)) {
            Some(day) => assumed.launches.push((playbook.name.clone(), day)),
            None => wrong(&name, Message::new("tryout-launch-day").with("ends", i64::from(ends))),
        }
    }
    for one in asked(release) {
        let Some(text) = filled(&one.name) else { continue };
        // Whether it is asked hangs on the other answers; whether it is an answer does not.
        let alone = Field { when: None, ..one.field.clone() };
        let entry = assumed.answers.entry(one.step.clone()).or_default();
        let answer = answer(&one, text, entry.0.get(&one.field.id));
        let answers = Answers([(one.field.id.clone(), answer)].into());
        match form::check(std::slice::from_ref(&alone), &answers, &[]) {
            Ok(clean) => entry.0.extend(clean.0),
            Err(problems) => problems.into_iter().for_each(|problem| wrong(&one.name, problem.message)),
        }
    }
    if found.is_empty() { Ok(assumed) } else { Err(found) }
}

/// In the shape of its field; `before` holds the other dimensions of a rating.
fn answer(one: &Asked, text: &str, before: Option<&Answer>) -> Answer {
    match (&one.field.kind, one.dimension) {
        (FieldKind::Several { .. }, _) => Answer::Many(vec![text.to_owned()]),
        (FieldKind::Rating { dimensions, .. }, Some(dimension)) => {
            let unseen = || dimensions.iter().map(|one| (one.id.clone(), NOT_OBSERVED.to_owned())).collect();
            let mut row: BTreeMap<String, String> = match before {
                Some(Answer::Rows(rows)) => rows.first().cloned().unwrap_or_else(unseen),
                _ => unseen(),
            };
            row.insert(dimension.id.clone(), text.to_owned());
            Answer::Rows(vec![row])
        }
        _ => Answer::One(text.to_owned()),
    }
}

fn asked(release: &Release) -> Vec<Asked<'_>> {
    let mut found: Vec<Asked> = Vec::new();
    let mut add = |step: &StepId, field: &str, dimension: Option<&str>| {
        let Some(def) = release.step(step) else { return };
        let Some(field) = def.ask.iter().find(|one| one.id == *field) else { return };
        let of_rating = match (&field.kind, dimension) {
            (FieldKind::Rating { dimensions, .. }, Some(id)) => dimensions.iter().find(|one| one.id == *id),
            _ => None,
        };
        let path = [Some(step.as_str()), Some(field.id.as_str()), of_rating.map(|one| one.id.as_str())];
        let name = path.into_iter().flatten().fold("answer".to_owned(), |name, part| format!("{name}.{part}"));
        if !found.iter().any(|one| one.name == name) {
            found.push(Asked { name, step: &def.id, field, dimension: of_rating });
        }
    };
    for def in release.steps() {
        for path in def.when.iter().flat_map(|when| when.paths()) {
            if let Path::Answer { step, field, dimension } = path {
                add(step, field, dimension.as_deref());
            }
        }
        for window in &def.windows {
            if let Day::Answer { step, field, column: None, .. } = &window.due {
                add(step, field, None);
            }
        }
    }
    found
}
