//! What an upgrade leaves as it is in one plan though nobody decided so: somebody worked at it.

use std::collections::BTreeSet;

use super::super::decide::World;
use super::super::diff::StepChange;
use super::super::plan::{Step, StepState};
use super::super::vocabulary::{Role, StepId, StepKey};
use super::{Fate, Passage, Upgrade};

/// A step that stays as it is in a plan that takes another release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stay {
    /// As the plan will name it; the turn at which somebody worked.
    pub step: StepKey,
    pub why: StayWhy,
    /// Open turns of the same step that stay with it.
    pub others: usize,
}

/// Why it stays; what weighs most comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum StayWhy {
    /// It was handed in and waits for this role.
    InReview { by: Role },
    /// Somebody began to fill it in.
    Begun,
    /// It is done in the form that it had.
    Done,
    /// Another step of the plan bears its new name.
    NameTaken,
}

impl StayWhy {
    /// The end of a message's id.
    pub fn as_str(self) -> &'static str {
        match self {
            StayWhy::InReview { .. } => "in_review",
            StayWhy::Begun => "begun",
            StayWhy::Done => "done",
            StayWhy::NameTaken => "name_taken",
        }
    }
}

/// What stays as it is in a plan that takes this release, whatever the policy says of it. What the policy
/// leaves out, and what is done and over, is no part of it.
pub fn stays(world: &World, upgrade: &Upgrade) -> Vec<Stay> {
    let passage = Passage { world, upgrade, plan: world.plan };
    let names = passage.names();
    let now = |key: &StepKey| StepKey { id: names.get(&key.id).unwrap_or(&key.id).clone(), ..key.clone() };
    let of_change = |change| {
        let mut found = passage.stays(change);
        found.iter_mut().for_each(|stay| stay.step = now(&stay.step));
        found
    };
    upgrade.changes.diff.steps.iter().flat_map(of_change).collect()
}

impl<'a> Passage<'a> {
    fn stays(&self, change: &'a StepChange) -> Vec<Stay> {
        let old = self.upgrade.changes.old(&change.step);
        let worked = self.worked(old);
        let open = |key: &StepKey| self.plan.steps.get(key).is_some_and(|step| !step.state.is_closed());
        match self.fate(change) {
            Fate::Stays if !self.upgrade.policy.skip.contains(&change.step) && self.is_bound(change) => {
                let first = worked.into_iter().min_by_key(|(_, why)| *why);
                let (key, why) = first.unwrap_or_else(|| (StepKey::first(old, None), StayWhy::NameTaken));
                let others = self.family(old).steps().filter(|(other, _)| **other != key && open(other)).count();
                vec![Stay { step: key, why, others }]
            }
            Fate::Rests => {
                let open = worked.into_iter().filter(|(key, _)| open(key));
                open.map(|(step, why)| Stay { step, why, others: 0 }).collect()
            }
            _ => Vec::new(),
        }
    }

    /// The turns of a step at which somebody worked.
    fn worked(&self, id: &'a StepId) -> Vec<(StepKey, StayWhy)> {
        let review = self.world.release.step(id).and_then(|def| def.review).unwrap_or(Role::Mentor);
        let why = |(key, step): (&StepKey, &Step)| Some((key.clone(), why(key, step, review, self.upgrade.begun)?));
        self.family(id).steps().filter_map(why).collect()
    }
}

fn why(key: &StepKey, step: &Step, review: Role, begun: &BTreeSet<StepKey>) -> Option<StayWhy> {
    match &step.state {
        StepState::HandedIn { .. } => Some(StayWhy::InReview { by: review }),
        state if super::is_untouched(state) && !begun.contains(key) => None,
        state if state.is_closed() => Some(StayWhy::Done),
        _ => Some(StayWhy::Begun),
    }
}
