//! What an upgrade leaves as it is in one plan though nobody decided so: somebody worked at it, or set its
//! day by hand.

use super::super::decide::World;
use super::super::diff::StepChange;
use super::super::plan::StepState;
use super::super::vocabulary::{Role, StepKey};
use super::{Fate, Passage, Upgrade};

/// A step that stays as it is in a plan that takes another release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stay {
    /// As the plan will name it; the turn that keeps it so.
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
    /// It is done, or closed, in the form that it had.
    Done,
    /// Somebody set its day by hand.
    ByHand,
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
            StayWhy::ByHand => "by_hand",
            StayWhy::NameTaken => "name_taken",
        }
    }
}

/// What stays as it is in a plan that takes this release, whatever the policy says of it. What the policy
/// leaves out, and what is done and over, is no part of it.
pub fn stays(world: &World, upgrade: &Upgrade) -> Vec<Stay> {
    let passage = Passage::new(world, upgrade);
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
        let review = self.world.release.step(old).and_then(|def| def.review).unwrap_or(Role::Mentor);
        let open = |key: &StepKey| self.plan.steps.get(key).is_some_and(|step| !step.state.is_closed());
        let with_why = |key: &StepKey| Some((key.clone(), self.why(key, review)?));
        match self.fate(change) {
            Fate::Stays if !self.upgrade.policy.skip.contains(&change.step) && self.is_bound(change) => {
                let first = self.holding(change).into_iter().filter_map(with_why).min_by_key(|(_, why)| *why);
                let (key, why) = first.unwrap_or_else(|| (StepKey::first(old, None), StayWhy::NameTaken));
                let others = self.family(old).steps().filter(|(other, _)| **other != key && open(other)).count();
                vec![Stay { step: key, why, others }]
            }
            Fate::Rests => {
                let open = self.family(old).worked(&self.held).into_iter().filter(|key| open(key));
                open.filter_map(with_why).map(|(step, why)| Stay { step, why, others: 0 }).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Why a turn keeps its step as it is.
    fn why(&self, key: &StepKey, review: Role) -> Option<StayWhy> {
        let state = &self.plan.steps.get(key)?.state;
        Some(match state {
            StepState::HandedIn { .. } => StayWhy::InReview { by: review },
            state if !super::is_untouched(state) && state.is_closed() => StayWhy::Done,
            state if super::is_untouched(state) && !self.upgrade.begun.contains(key) => StayWhy::ByHand,
            _ => StayWhy::Begun,
        })
    }
}
