//! What became of a plan's steps when deeds were undone.

use std::collections::{BTreeMap, BTreeSet};

use super::acts::Numbered;
use crate::engine::fact::{Restored, What};
use crate::engine::plan::Plan;
use crate::engine::undo;
use crate::engine::vocabulary::StepKey;

/// What became of a step when a deed was undone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Back {
    AsBefore,
    Gone,
    /// Somebody, or another deed, changed it since the deed.
    Stays,
}

impl Back {
    /// What is said of one step, and of a number of them.
    pub fn ids(self) -> (&'static str, &'static str) {
        match self {
            Back::AsBefore => ("history-put-back", "history-count-put-back"),
            Back::Gone => ("history-withdrawn", "history-count-withdrawn"),
            Back::Stays => ("history-stays", "history-count-stays"),
        }
    }
}

/// The deeds that were undone later, while facts are folded one after the other.
#[derive(Default)]
pub struct Deeds {
    undone: BTreeSet<u64>,
    /// The plan before each, the number of its last fact, and the plan after that.
    found: BTreeMap<u64, (Plan, u64, Option<Plan>)>,
}

impl Deeds {
    pub fn of(facts: &[Numbered]) -> Deeds {
        let undone = facts.iter().filter_map(|(_, fact)| match fact.what {
            What::Undone { deed, .. } => Some(deed),
            _ => None,
        });
        Deeds { undone: undone.collect(), ..Deeds::default() }
    }

    pub fn before(&mut self, (n, fact): &Numbered, plan: &Plan) {
        if let What::Deed { covers, .. } = fact.what
            && self.undone.contains(n)
        {
            self.found.insert(*n, (plan.clone(), n + u64::from(covers), None));
        }
    }

    pub fn after(&mut self, (n, _): &Numbered, plan: &Plan) {
        for (_, last, after) in self.found.values_mut() {
            if last == n {
                *after = Some(plan.clone());
            }
        }
    }

    /// What became of the steps that a deed had changed, or that its undoing did; `was` and `is` are the
    /// plan before and after that.
    pub fn undoing(&self, deed: u64, restored: &Restored, was: &Plan, is: &Plan) -> Vec<(StepKey, Back)> {
        let Some((before, _, Some(after))) = self.found.get(&deed) else { return Vec::new() };
        let [before, after, was] = [before, after, was].map(|then| undo::as_named_now(then, is));
        let put: BTreeSet<&StepKey> = restored.steps.iter().map(|(key, _)| key).collect();
        let both: BTreeSet<&StepKey> = before.keys().chain(after.keys()).collect();
        let changed = both.into_iter().filter(|key| before.get(*key) != after.get(*key));
        let keys: BTreeSet<&StepKey> = changed.chain(put.iter().copied()).collect();
        let back = |key: &StepKey| match (was.get(key), is.steps.get(key)) {
            // What only had another name goes by its old one.
            (None, None) => None,
            (Some(_), None) => Some(Back::Gone),
            (was, now) if was != now => Some(Back::AsBefore),
            (_, now) if before.get(key) != now => Some(Back::Stays),
            _ => put.contains(key).then_some(Back::AsBefore),
        };
        keys.into_iter().filter_map(|key| Some((key.clone(), back(key)?))).collect()
    }
}
