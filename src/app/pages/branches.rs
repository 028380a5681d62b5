//! Branches: what decided that a step was not taken, and what still decides about those to come.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use super::cards::Shown;
use super::lines::step_href;
use crate::app::wording::Wording;
use crate::app::worlds::{Names, PlanWorld};
use crate::engine::access::{self, Viewer};
use crate::engine::condition::{Path, Value};
use crate::engine::growth::{self, Ground, Known};
use crate::engine::message::Arg;
use crate::engine::plan::{CloseReason, Plan, StepState};
use crate::engine::release::{Curriculum, Day, Field, FieldKind, StepDef};
use crate::engine::vocabulary::{MemberId, Role, StepId, StepKey, Text};

/// A question whose answer decided about a branch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Decided {
    /// The step in which it was asked.
    pub step: Text,
    pub href: Option<String>,
    /// None for those who may not read that step; then there are no answers either.
    pub question: Option<Text>,
    pub answers: Vec<Arg>,
}

/// A step of the program that is not in the plan yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ToCome {
    pub title: Text,
    pub who: Role,
    pub waits_for: Vec<Awaited>,
}

/// What decides whether, or when, a step comes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Awaited {
    /// answer, after, turns.
    pub is: &'static str,
    pub step: Text,
    /// None while that step has no page either.
    pub href: Option<String>,
}

/// A plan and its answers, for one viewer on a day.
pub(super) struct Branches<'a> {
    pub world: &'a PlanWorld,
    pub names: &'a Names,
    pub viewer: Viewer,
    pub known: &'a Known,
    pub today: NaiveDate,
}

impl Branches<'_> {
    /// Says of a line that was not taken what decided.
    pub fn explain(&self, shown: &mut Shown) {
        let Some(key) = super::cards::key(&shown.line) else { return };
        let found = self.world.plan.steps.get(&key).zip(self.world.release.step(&key.id));
        let Some((step, def)) = found else { return };
        if let StepState::Closed { reason: CloseReason::NotTaken, at, .. } = step.state {
            shown.decided = self.decided(def, &key, at);
        }
    }

    fn decided(&self, def: &StepDef, key: &StepKey, at: DateTime<Utc>) -> Vec<Decided> {
        // A question that recurs may have been answered otherwise since.
        let mut then = self.world.plan.clone();
        then.steps.retain(|_, step| step.state.closed_at().is_none_or(|closed| closed <= at));
        asked(self.world, def).into_iter().filter_map(|path| self.decision(&then, key.member, path)).collect()
    }

    fn decision(&self, then: &Plan, member: Option<MemberId>, path: &Path) -> Option<Decided> {
        let (id, field) = self.source(path)?;
        let asker = self.world.release.step(id)?;
        let (wording, title, href) = self.step(id, member);
        let may_read = access::may_read(&self.world.plan, asker, self.viewer);
        let value = growth::look(&self.ground(), then, member, path).filter(|_| may_read);
        let answers = value.as_ref().map(|value| said(field, value, &wording)).unwrap_or_default();
        let question = value.map(|_| wording.text(question(field, path)));
        Some(Decided { step: title, href, question, answers })
    }

    /// The steps of a curriculum that are not in the plan yet.
    pub fn to_come(&self, curriculum: &Curriculum) -> Vec<ToCome> {
        let come_later = curriculum.steps.iter().filter(|def| def.comes_later());
        come_later.filter_map(|def| self.awaited(def)).collect()
    }

    fn awaited(&self, def: &StepDef) -> Option<ToCome> {
        let plan = &self.world.plan;
        let member = match def.each {
            // For some members it may be there already.
            Some(_) => Some(plan.present().find(|id| plan.of(&def.id).all(|(key, _)| key.member != Some(*id)))?),
            None => None,
        };
        if member.is_none() && plan.of(&def.id).next().is_some() {
            return None;
        }
        let mut waits_for: BTreeMap<&StepId, &'static str> = BTreeMap::new();
        let ground = self.ground();
        for path in asked(self.world, def) {
            if growth::look(&ground, plan, member, path).is_none()
                && let Some((id, _)) = self.source(path)
            {
                waits_for.insert(id, "answer");
            }
        }
        if let Some(day) = def.windows.first().map(|window| &window.due)
            && let Some(id) = day.waits_for()
        {
            let is = match day {
                Day::Turn { .. } => "turns",
                Day::Answer { .. } => "answer",
                _ => "after",
            };
            waits_for.entry(id).or_insert(is);
        }
        let waits_for = waits_for.into_iter().map(|(id, is)| {
            let (_, step, href) = self.step(id, None);
            Awaited { is, step, href }
        });
        let title = Wording::of_plan(self.world, self.names).text(&def.title);
        Some(ToCome { title, who: def.who, waits_for: waits_for.collect() })
    }

    /// How a step is named here, and its page if it has one: the same member's, or the only one.
    fn step(&self, id: &StepId, member: Option<MemberId>) -> (Wording<'_>, Text, Option<String>) {
        let of_member = |key: &&StepKey| key.member.is_none() || key.member == member;
        let key = self.world.plan.of(id).map(|(key, _)| key).filter(of_member).max_by_key(|key| key.turn);
        let wording = Wording::of_step(self.world, self.names, self.viewer, &StepKey::first(id, member));
        let title = wording.text(&crate::app::worlds::title(&self.world.release, &StepKey::first(id, None)));
        (wording, title, key.map(|key| step_href(&self.world.plan, key)))
    }

    /// The step and field that a path leads to.
    fn source<'p>(&'p self, path: &'p Path) -> Option<(&'p StepId, &'p Field)> {
        let (step, field) = match path {
            Path::Answer { step, field, .. } => (step, field),
            Path::Metric { id, .. } => {
                let metric = self.world.release.program.metrics.iter().find(|metric| metric.id == *id)?;
                (&metric.step, &metric.field)
            }
            Path::This { .. } | Path::Cast(_) | Path::Roster => return None,
        };
        let def = self.world.release.step(step)?;
        Some((step, def.ask.iter().find(|one| one.id == *field)?))
    }

    /// Where the plan grows.
    pub(super) fn ground(&self) -> Ground<'_> {
        let PlanWorld { release, calendar, .. } = self.world;
        Ground { release, calendar, zone: self.world.zone(), known: self.known, today: self.today, is_change: false }
    }
}

/// What the condition of a step asks for, each once.
fn asked<'d>(world: &'d PlanWorld, def: &'d StepDef) -> Vec<&'d Path> {
    // The release's own definition: the paths must outlive the copy that a page fills.
    let def = world.release.step(&def.id).unwrap_or(def);
    let mut paths = def.when.as_ref().map(|when| when.paths()).unwrap_or_default();
    paths.sort();
    paths.dedup();
    paths
}

/// The question that a path asks: the field's, or one dimension's of a rating.
fn question<'f>(field: &'f Field, path: &Path) -> &'f Text {
    let Path::Answer { dimension: Some(name), .. } = path else { return &field.label };
    match &field.kind {
        FieldKind::Rating { dimensions, .. } => {
            dimensions.iter().find(|one| one.id == *name).map_or(&field.label, |one| &one.label)
        }
        _ => &field.label,
    }
}

/// An answer as its form words it. A table is only counted, so there is nothing to say of it.
fn said(field: &Field, value: &Value, wording: &Wording) -> Vec<Arg> {
    match value {
        Value::Nothing | Value::Bool(_) => Vec::new(),
        Value::Number(number) => vec![Arg::Words(number.to_string())],
        Value::List(items) => items.iter().flat_map(|item| said(field, item, wording)).collect(),
        Value::Text(id) => match &field.kind {
            FieldKind::Choice { options } | FieldKind::Several { options, .. } => {
                let label = options.iter().find(|option| option.id == *id).map(|option| wording.text(&option.label));
                vec![label.map_or_else(|| Arg::Words(id.clone()), Arg::Text)]
            }
            _ => vec![Arg::Words(id.clone())],
        },
    }
}
