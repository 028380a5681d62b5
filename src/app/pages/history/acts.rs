//! Facts as people see them: what somebody did, and what came of it.

use std::collections::{BTreeMap, BTreeSet};

use super::undoing::{Back, Deeds};
use crate::engine::arrange::Deputy;
use crate::engine::deed::Deed;
use crate::engine::fact::{Fact, What, fold};
use crate::engine::plan::{Plan, Step};
use crate::engine::vocabulary::{PlanId, StepKey};

/// A fact with its number.
pub type Numbered = (u64, Fact);

/// What was done at once: the fact that says it, and those that belong to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act<'a> {
    pub first: &'a Numbered,
    pub rest: Vec<&'a Numbered>,
}

/// What facts changed, as far as they don't say it themselves.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Those of steps that keep their days: only the reason of a day is another one.
    pub silent: BTreeSet<u64>,
    /// Those of steps that open on another day and are due on the same one.
    pub opening: BTreeSet<u64>,
    /// Who stood in, or was to, until somebody else was named.
    pub replaced: BTreeMap<u64, Deputy>,
    /// What became of steps by the facts that undid deeds.
    pub back: BTreeMap<u64, Vec<(StepKey, Back)>>,
}

/// What all facts of a plan changed.
pub fn changes(id: PlanId, facts: &[Numbered]) -> Changes {
    let mut changes = Changes::default();
    let (mut plan, mut deeds) = (Plan::unwritten(id), Deeds::of(facts));
    for numbered @ (n, fact) in facts {
        deeds.before(numbered, &plan);
        let undone = matches!(fact.what, What::Undone { .. }).then(|| plan.clone());
        let days = |plan: &Plan| {
            let step = fact.what.step().and_then(|key| plan.steps.get(key));
            step.map(|Step { opens, due, .. }| (opens.date, due.date))
        };
        let (was, deputy) = (days(&plan), plan.arranged.deputy);
        plan = fold(plan, fact);
        deeds.after(numbered, &plan);
        if let (What::Undone { deed, restored }, Some(was)) = (&fact.what, undone) {
            changes.back.insert(*n, deeds.undoing(*deed, restored, &was, &plan));
        }
        match (&fact.what, was.zip(days(&plan))) {
            (What::Moved { .. }, Some((was, is))) if was == is => drop(changes.silent.insert(*n)),
            (What::Moved { .. }, Some((was, is))) if was.1 == is.1 => drop(changes.opening.insert(*n)),
            (What::Deed { deed: Deed::DeputyNamed { .. }, .. }, _) => {
                changes.replaced.extend(deputy.map(|deputy| (*n, deputy)));
            }
            _ => {}
        }
    }
    changes
}

/// The acts of a plan, oldest first, without what is `silent`.
///
/// A deed says how many facts it covers. To any other fact belong those that only follow from
/// something, as long as they were written in the same moment by the same person.
pub fn acts<'a>(facts: &'a [Numbered], changes: &Changes) -> Vec<Act<'a>> {
    let mut acts: Vec<Act<'_>> = Vec::new();
    let mut covered = 0_u32;
    for fact in facts {
        let is_covered = covered > 0;
        covered = covered.saturating_sub(1);
        // A day that was set is told even where it stood already.
        let is_set = |act: &Act<'_>| match &act.first.1.what {
            What::Deed { deed: Deed::Moved { step }, .. } => is_covered && fact.1.what.step() == Some(step),
            _ => false,
        };
        if changes.silent.contains(&fact.0) && !acts.last().is_some_and(is_set) {
            continue;
        }
        if let Some(act) = acts.last_mut().filter(|act| is_covered || belongs(fact, act.first)) {
            act.rest.push(fact);
        } else {
            acts.push(Act { first: fact, rest: Vec::new() });
            covered = if let What::Deed { covers, .. } = fact.1.what { covers } else { 0 };
        }
    }
    acts
}

fn belongs((_, fact): &Numbered, (_, first): &Numbered) -> bool {
    let is_of_start = matches!(first.what, What::Started { .. })
        && matches!(fact.what, What::Joined { .. } | What::MentorAsked { .. });
    (fact.at, fact.by) == (first.at, first.by) && (follows(&fact.what) || is_of_start)
}

/// Whether it is never done by itself.
fn follows(what: &What) -> bool {
    match what {
        What::Planned { .. }
        | What::Moved { .. }
        | What::Renamed { .. }
        | What::Withdrawn { .. }
        | What::Lapsed { .. }
        | What::Closed { .. } => true,
        What::Started { .. }
        | What::HandedIn { .. }
        | What::Done { .. }
        | What::Accepted { .. }
        | What::Returned { .. }
        | What::TakenBack { .. }
        | What::Reconsidered { .. }
        | What::Commented { .. }
        | What::Deed { .. }
        | What::Undone { .. }
        | What::MentorAsked { .. }
        | What::MentorAccepted { .. }
        | What::MentorDeclined { .. }
        | What::Recast { .. }
        | What::Launched { .. }
        | What::Joined { .. }
        | What::Left { .. }
        | What::DeputyLeft => false,
    }
}

impl<'a> Act<'a> {
    /// Nobody did anything: time, or an answer, moved several things on at once.
    pub fn is_headless(&self) -> bool {
        follows(&self.first.1.what) && !self.rest.is_empty()
    }

    /// Its facts.
    pub fn facts(&self) -> impl Iterator<Item = &'a Numbered> + '_ {
        std::iter::once(self.first).chain(self.rest.iter().copied())
    }

    /// The part of it that is about one step, whatever that step was named; none: it is about others.
    pub fn about(self, keys: &BTreeSet<StepKey>) -> Option<Act<'a>> {
        let is_headless = self.is_headless();
        let Act { first, mut rest } = self;
        rest.retain(|(_, fact)| touches(&fact.what, keys));
        if touches(&first.1.what, keys) || (!rest.is_empty() && !is_headless) {
            return Some(Act { first, rest });
        }
        let mut rest = rest.into_iter();
        Some(Act { first: rest.next()?, rest: rest.collect() })
    }
}

/// The steps that a fact speaks of.
pub fn mentioned(what: &What) -> Vec<StepKey> {
    let other = match what {
        What::TakenBack { withdrawn, .. } => withdrawn.clone(),
        What::Renamed { to, .. } => Some(to.clone()),
        What::Undone { restored, .. } => return restored.steps.iter().map(|(key, _)| key.clone()).collect(),
        What::Deed { deed, .. } => match deed {
            Deed::Moved { step } | Deed::Waived { step, .. } => Some(step.clone()),
            Deed::Added { step, .. } | Deed::OfferTaken { step, .. } | Deed::OfferDeclined { step, .. } => {
                Some(StepKey::first(step, None))
            }
            _ => None,
        },
        _ => None,
    };
    what.step().cloned().into_iter().chain(other).collect()
}

fn touches(what: &What, keys: &BTreeSet<StepKey>) -> bool {
    let is_offer = |key: &StepKey| match what {
        What::Deed { deed: Deed::OfferTaken { step, .. } | Deed::OfferDeclined { step, .. }, .. } => key.id == *step,
        _ => false,
    };
    mentioned(what).iter().any(|key| keys.contains(key)) || keys.iter().any(is_offer)
}

/// Every name that a step ever had.
pub fn names_of(key: &StepKey, facts: &[Numbered]) -> BTreeSet<StepKey> {
    let mut names = BTreeSet::from([key.clone()]);
    let renamed: Vec<(&StepKey, &StepKey)> = facts
        .iter()
        .filter_map(|(_, fact)| match &fact.what {
            What::Renamed { step, to } => Some((step, to)),
            _ => None,
        })
        .collect();
    loop {
        let known = names.len();
        for (was, is) in &renamed {
            if names.contains(was) || names.contains(is) {
                names.extend([(*was).clone(), (*is).clone()]);
            }
        }
        if names.len() == known {
            return names;
        }
    }
}

/// Leaves out of what was undone all but these steps.
pub fn put_back_only(facts: &mut [Numbered], changes: &mut Changes, keys: &BTreeSet<StepKey>) {
    changes.back.values_mut().for_each(|steps| steps.retain(|(key, _)| keys.contains(key)));
    for (_, fact) in facts {
        if let What::Undone { restored, .. } = &mut fact.what {
            restored.steps.retain(|(key, _)| keys.contains(key));
        }
    }
}

/// The facts that undid deeds, by the numbers of the deeds.
pub fn undone(facts: &[Numbered]) -> BTreeMap<u64, &Numbered> {
    let deed = |numbered: &Numbered| match numbered.1.what {
        What::Undone { deed, .. } => Some(deed),
        _ => None,
    };
    facts.iter().filter_map(|numbered| Some((deed(numbered)?, numbered))).collect()
}
