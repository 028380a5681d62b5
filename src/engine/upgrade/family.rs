//! A step of a plan with all its members and turns, and for whose sake it stays as it was.

use std::collections::{BTreeMap, BTreeSet};

use super::super::calendar::Anchor;
use super::super::diff::StepFacet;
use super::super::plan::{Plan, Step, StepState};
use super::super::release::{Day, StepDef};
use super::super::vocabulary::{StepId, StepKey};
use super::{changes_review, is_untouched, numbers, run_step};

/// A step with all its members and turns, in a playbook's further runs too.
pub(super) struct Family<'a> {
    pub plan: &'a Plan,
    pub id: &'a StepId,
}

/// The open turns of a plan that are not taken away though nothing was handed in: somebody began to fill
/// them in, or set their day by hand.
pub(super) fn held(plan: &Plan, begun: &BTreeSet<StepKey>) -> BTreeSet<StepKey> {
    let by_hand = plan.steps.iter().filter(|(_, step)| is_by_hand(step)).map(|(key, _)| key);
    begun.iter().chain(by_hand).cloned().collect()
}

/// Whether it waits for a day that somebody set.
fn is_by_hand(step: &Step) -> bool {
    !step.state.is_closed() && matches!(step.due.why.from, Anchor::Chosen { .. })
}

impl<'a> Family<'a> {
    pub fn steps(&self) -> impl Iterator<Item = (&'a StepKey, &'a Step)> + use<'a> {
        let (plan, base) = (self.plan, self.id);
        let first = StepKey { id: base.clone(), member: None, turn: 0 };
        let own = plan.steps.range(first..).take_while(move |(key, _)| key.id == *base);
        let runs = move |n: &str| {
            let id = run_step(base, n);
            let first = StepKey { id: id.clone(), member: None, turn: 0 };
            plan.steps.range(first..).take_while(move |(key, _)| key.id == id)
        };
        own.chain(numbers(plan).flat_map(runs))
    }

    /// The turns about which somebody did something.
    pub fn worked(&self, held: &BTreeSet<StepKey>) -> Vec<&'a StepKey> {
        let worked = self.steps().filter(|(key, step)| held.contains(*key) || !is_untouched(&step.state));
        worked.map(|(key, _)| key).collect()
    }

    pub fn is_worked(&self, held: &BTreeSet<StepKey>) -> bool {
        !self.worked(held).is_empty()
    }

    pub fn untouched(&self, held: &BTreeSet<StepKey>) -> Vec<StepKey> {
        let steps = self.steps().filter(|(key, step)| is_untouched(&step.state) && !held.contains(*key));
        steps.map(|(key, _)| key.clone()).collect()
    }

    pub fn in_review(&self) -> Option<&'a StepKey> {
        self.steps().find(|(_, step)| matches!(step.state, StepState::HandedIn { .. })).map(|(key, _)| key)
    }

    /// Whether it was all done or closed, and no more of it comes by any of these definitions.
    pub fn is_over(&self, defs: &[&StepDef]) -> bool {
        let is_closed = |step: &Step| step.state.is_closed() && !is_untouched(&step.state);
        let has = |turn| self.plan.steps.contains_key(&StepKey { id: self.id.clone(), member: None, turn });
        let comes = |def: &&StepDef| {
            let is_again = def.every.is_some() || def.each.is_some() || def.follows_turns() || def.playbook.is_some();
            is_again || !(1..=def.listed()).all(has)
        };
        self.steps().all(|(_, step)| is_closed(step)) && !defs.iter().any(comes)
    }

    /// The turns that were done, or set to a day by hand, and would be others of the list: they would be
    /// asked again on their new day, or stand for one that nobody did.
    fn listed_otherwise(&self, was: &StepDef, now: &StepDef) -> Vec<&'a StepKey> {
        if was.follows_turns() || now.follows_turns() {
            return Vec::new();
        }
        let is_worked = |step: &Step| !is_untouched(&step.state) || is_by_hand(step);
        let keys: Vec<&StepKey> = self.steps().filter(|(_, step)| is_worked(step)).map(|(key, _)| key).collect();
        let mut worked: BTreeMap<_, BTreeSet<usize>> = BTreeMap::new();
        for key in &keys {
            worked.entry(key.chain()).or_default().insert(usize::from(key.turn));
        }
        let days = |def: &StepDef| -> Vec<Day> { def.windows.iter().map(|window| window.due.clone()).collect() };
        let (before, after) = (days(was), days(now));
        let alike = before.iter().zip(&after).take_while(|(day, other)| day == other).count();
        // A list of the same length may have moved its days on, or taken one in and another out.
        let pairs = || (1..).zip(&before).flat_map(|(n, day)| (1..).zip(&after).map(move |other| ((n, day), other)));
        let same = || pairs().filter(|((_, day), (_, other))| day == other).map(|((n, _), (m, _))| (n, m));
        let is_other = |key: &&StepKey| {
            let turn = usize::from(key.turn);
            if before.len() != after.len() {
                return turn > alike;
            }
            let lacks = |turn: usize| !worked.get(&key.chain()).is_some_and(|turns| turns.contains(&turn));
            same().any(|(n, m)| (n == turn && lacks(m)) || (m == turn && lacks(n)))
        };
        keys.into_iter().filter(is_other).collect()
    }

    /// The turns whose work rests on the step as it was: under another shape it would be asked again, and
    /// without its reviewer what waits would wait for ever. Another form does no harm: what was answered is
    /// read by the one that asked.
    pub fn holding(
        &self,
        was: &StepDef,
        now: &StepDef,
        facets: &[StepFacet],
        held: &BTreeSet<StepKey>,
    ) -> Vec<&'a StepKey> {
        let mut found = self.listed_otherwise(was, now);
        if was.each.is_some() != now.each.is_some() {
            found.extend(self.worked(held));
        }
        found.extend(self.in_review().filter(|_| changes_review(facets)));
        found
    }
}
