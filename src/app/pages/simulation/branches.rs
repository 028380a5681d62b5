//! Which branches the answers opened, and which nothing decided.

use serde::Serialize;

use super::Played;
use crate::engine::condition::{Condition, Path, Value};
use crate::engine::form::Answer;
use crate::engine::growth::{self, Ground};
use crate::engine::message::Message;
use crate::engine::plan::{CloseReason, StepState};
use crate::engine::release::{Choice, Field, FieldKind, StepDef};
use crate::engine::vocabulary::{Role, StepId, Text};

/// Steps that open on the same condition.
#[derive(Debug, Clone, Serialize)]
pub struct Branch {
    /// taken, not_taken, undecided
    pub is: &'static str,
    /// What the condition asks for; nothing when a step waits for a day that never came.
    pub asks: Vec<Asked>,
    pub steps: Vec<Text>,
}

/// A question that decides, and how it was answered.
#[derive(Debug, Clone, Serialize)]
pub struct Asked {
    pub about: Message,
    /// It stands without an answer: whether somebody has a part.
    pub is_fact: bool,
    /// None: not answered.
    pub answer: Option<Text>,
}

/// Every branch of what was played, grouped by its condition, in the order of the program.
pub(super) fn branches(played: &Played) -> Vec<Branch> {
    let mut found: Vec<(Option<&Condition>, Branch)> = Vec::new();
    let launches = &played.simulation.plan.launches;
    let is_played = |def: &&StepDef| def.playbook.as_ref().is_none_or(|playbook| launches.contains_key(playbook));
    for def in played.release.steps().filter(is_played) {
        let Some(is) = outcome(played, def) else { continue };
        match found.iter_mut().find(|(when, branch)| *when == def.when.as_ref() && branch.is == is) {
            Some((_, branch)) => branch.steps.push(def.title.clone()),
            None => {
                let asks = def.when.as_ref().map(|when| asks(played, when)).unwrap_or_default();
                found.push((def.when.as_ref(), Branch { is, asks, steps: vec![def.title.clone()] }));
            }
        }
    }
    found.into_iter().map(|(_, branch)| branch).collect()
}

/// How a branch went; none for a step that hangs on no condition and has its day.
fn outcome(played: &Played, def: &StepDef) -> Option<&'static str> {
    if played.simulation.undecided.contains(&def.id) {
        return Some("undecided");
    }
    def.when.as_ref()?;
    let not_taken = |state: &StepState| matches!(state, StepState::Closed { reason: CloseReason::NotTaken, .. });
    let mut turns = played.simulation.plan.of(&def.id).peekable();
    turns.peek()?;
    Some(if turns.all(|(_, step)| not_taken(&step.state)) { "not_taken" } else { "taken" })
}

fn asks(played: &Played, when: &Condition) -> Vec<Asked> {
    let mut paths = when.paths();
    paths.dedup();
    paths.into_iter().filter_map(|path| asked(played, path)).collect()
}

fn asked(played: &Played, path: &Path) -> Option<Asked> {
    let plain = |text: String| Text { en: text.clone(), zh_tw: text };
    Some(match path {
        Path::Answer { step, field, dimension } => {
            let asked = played.release.step(step)?.ask.iter().find(|one| one.id == *field)?;
            let label = match (&asked.kind, dimension) {
                (FieldKind::Rating { dimensions, .. }, Some(id)) => {
                    dimensions.iter().find(|one| one.id == *id)?.label.clone()
                }
                _ => asked.label.clone(),
            };
            let about = Message::new("simulate-asks-answer").with("step", played.title(step)).with("field", label);
            Asked { about, is_fact: false, answer: answer(played, step, asked, dimension.as_deref()) }
        }
        Path::Metric { id, before } => {
            let metric = played.release.program.metrics.iter().find(|metric| metric.id == *id)?;
            let id = if *before { "simulate-asks-metric-before" } else { "simulate-asks-metric" };
            let about = Message::new(id).with("metric", metric.title.clone());
            Asked { about, is_fact: false, answer: metric_value(played, path).map(plain) }
        }
        Path::Cast(role) => {
            let has_somebody = *role != Role::Mentor || played.simulation.plan.cast.mentor.candidate().is_some();
            let id = if has_somebody { "simulate-asks-cast" } else { "simulate-asks-no-cast" };
            Asked { about: Message::new(id).with("role", *role), is_fact: true, answer: None }
        }
        Path::Roster => {
            let size = played.simulation.plan.present().count();
            Asked { about: Message::new("simulate-asks-roster"), is_fact: false, answer: Some(plain(size.to_string())) }
        }
        Path::This { .. } => return None,
    })
}

/// The newest answer to a field, in words.
fn answer(played: &Played, step: &StepId, field: &Field, dimension: Option<&str>) -> Option<Text> {
    let plan = &played.simulation.plan;
    let newest = plan.of(step).filter(|(_, step)| step.state.is_done()).max_by_key(|(key, _)| key.turn)?;
    let given = played.simulation.known.get(newest.0)?.0.get(&field.id)?;
    let options: &[Choice] = match &field.kind {
        FieldKind::Choice { options } | FieldKind::Several { options, .. } => options,
        _ => &[],
    };
    let worded = |id: &String| {
        let option = options.iter().find(|option| option.id == *id);
        option.map_or_else(|| Text { en: id.clone(), zh_tw: id.clone() }, |option| option.label.clone())
    };
    Some(match given {
        Answer::One(one) => worded(one),
        Answer::Many(many) => {
            let all: Vec<Text> = many.iter().map(worded).collect();
            let joined = |pick: fn(&Text) -> &str, comma| all.iter().map(pick).collect::<Vec<_>>().join(comma);
            Text { en: joined(|text| &text.en, ", "), zh_tw: joined(|text| &text.zh_tw, "、") }
        }
        Answer::Rows(rows) => {
            let cell = dimension.and_then(|id| rows.first()?.get(id).cloned());
            let cell = cell.unwrap_or_else(|| rows.len().to_string());
            Text { en: cell.clone(), zh_tw: cell }
        }
    })
}

fn metric_value(played: &Played, path: &Path) -> Option<String> {
    let Played { simulation, release, calendar, .. } = played;
    let (zone, today) = (chrono_tz::Tz::UTC, simulation.plan.effective);
    let ground = Ground { release, calendar, zone, known: &simulation.known, today, is_change: false };
    match growth::look(&ground, &simulation.plan, None, path)? {
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
