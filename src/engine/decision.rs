//! The facts of one decision as they come about: what was asked for, then what follows from it.

use chrono::{DateTime, Utc};

use super::access::Actor;
use super::decide::{World, after};
use super::deed::Deed;
use super::fact::{Fact, PAYLOAD_VERSION, What, fold};
use super::form::Answers;
use super::growth::{Ground, Known, grow};
use super::redate::redated;
use super::undo::new_names;
use super::vocabulary::{PersonId, StepKey};
use super::zone::local_date;

/// Rounds of counting and growing until nothing changes; a plan that would not settle keeps what it has
/// by then.
const SETTLING_ROUNDS: u8 = 4;

pub(super) struct Facts {
    pub(super) now: DateTime<Utc>,
    pub(super) by: Option<PersonId>,
    /// The step that is being closed, with its answers: they decide at once.
    pub(super) answered: Option<(StepKey, Answers)>,
    pub(super) list: Vec<Fact>,
    /// The deed that the facts after it belong to.
    deed: Option<usize>,
    /// Dates are counted over again.
    redates: bool,
}

impl Facts {
    pub(super) fn new(by: Actor, now: DateTime<Utc>) -> Facts {
        Facts { now, by: by.person(), answered: None, list: Vec::new(), deed: None, redates: false }
    }

    /// Everything from here on belongs to a deed.
    pub(super) fn begin(&mut self, deed: Deed) {
        self.deed = Some(self.list.len());
        self.redates = true;
        self.push(What::Deed { deed, covers: 0 });
    }

    /// Has the dates counted over again.
    pub(super) fn redate(&mut self) {
        self.redates = true;
    }

    pub(super) fn push(&mut self, what: What) {
        self.add(what);
    }

    pub(super) fn add(&mut self, what: What) -> Fact {
        let fact = Fact { v: PAYLOAD_VERSION, at: self.now, by: self.by, what };
        self.list.push(fact.clone());
        fact
    }

    /// Adds what the plan can hold after these facts, and the dates that a deed changes.
    pub(super) fn grow(&mut self, world: &World) {
        let today = local_date(self.now, world.zone);
        let mut plan = after(world.plan, &self.list);
        // What a step was answered with goes by its new name too.
        let names = new_names(world.plan, &plan);
        let known = world.known.clone().into_iter().chain(self.answered.take());
        let known: Known = known
            .map(|(key, answers)| (StepKey { id: names.get(&key.id).cloned().unwrap_or(key.id), ..key }, answers))
            .collect();
        let is_arranged = plan.arranged != world.plan.arranged
            || plan.release != world.plan.release
            || plan.launches != world.plan.launches;
        let tailored = if is_arranged { world.tailor.tailored(&plan) } else { None };
        let release = tailored.as_deref().unwrap_or(world.release);
        let calendar = world.calendar.leaving_out(&plan.arranged.away);
        let is_change = plan.release != world.plan.release
            || matches!(
                self.list.first().map(|fact| &fact.what),
                Some(What::Deed { deed: Deed::OfferTaken { .. }, .. })
            );
        let ground = Ground { release, calendar: &calendar, zone: world.zone, known: &known, today, is_change };
        // What grows may be what the days of others are counted from.
        let mut rounds = if plan.arranged.ended.is_some() { 0 } else { SETTLING_ROUNDS };
        while rounds > 0 {
            if self.redates {
                for what in redated(&ground, &plan) {
                    plan = fold(plan, &self.add(what));
                }
            }
            let redated = self.list.len();
            grow(&ground, plan.clone(), &mut |what| self.add(what));
            plan = self.list.iter().skip(redated).fold(plan, fold);
            rounds = if self.redates && self.list.len() > redated { rounds - 1 } else { 0 };
        }
        let follow = self.deed.map(|at| self.list.len() - at - 1);
        let deed = self.deed.and_then(|at| self.list.get_mut(at));
        if let Some((Fact { what: What::Deed { covers, .. }, .. }, follow)) = deed.zip(follow) {
            *covers = u32::try_from(follow).unwrap_or(u32::MAX);
        }
    }
}
