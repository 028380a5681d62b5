//! Releases for tests of upgrades, and plans that take them and go back.

use std::collections::BTreeSet;

use super::*;
use crate::engine::release::{Curriculum, Launch};
use crate::engine::replan::Arrange;
use crate::engine::undo;
use crate::engine::upgrade::{Changes, Policy, Upgrade, upgrade};

pub(super) fn id(name: &str) -> StepId {
    StepId(name.to_owned())
}

pub(super) fn key(name: &str) -> StepKey {
    name.parse().expect("a key")
}

pub(super) fn each(def: StepDef) -> StepDef {
    StepDef { each: Some(Each { within: 5 }), ..def }
}

pub(super) fn weekly(name: &str) -> StepDef {
    let every = Some(Every { period: Period::Weekly(chrono::Weekday::Fri), until: Until::Plan(200) });
    StepDef { every, ..step(name, 1, 5) }
}

pub(super) fn was(def: StepDef, name: &str) -> StepDef {
    StepDef { was: vec![id(name)], ..def }
}

/// The n-th release, of one curriculum.
pub(super) fn nth(n: u8, steps: Vec<StepDef>) -> Release {
    of(n, vec![curriculum("all", steps)])
}

pub(super) fn of(n: u8, curricula: Vec<Curriculum>) -> Release {
    Release { hash: n.to_string().repeat(64), ..released(curricula) }
}

pub(super) fn playbook(steps: Vec<StepDef>) -> Curriculum {
    let steps = steps.into_iter().map(|def| StepDef { playbook: Some("pb".to_owned()), ..def }).collect();
    Curriculum { launch: Some(Launch { who: vec![Role::Manager], offer: None }), ..curriculum("pb", steps) }
}

impl Game {
    pub(super) fn at(steps: Vec<StepDef>) -> Game {
        Game::begun_with(nth(1, steps))
    }

    pub(super) fn takes(&mut self, to: Release) -> &mut Game {
        self.takes_with(to, &Policy::default())
    }

    pub(super) fn takes_with(&mut self, to: Release, policy: &Policy) -> &mut Game {
        self.takes_begun(to, policy, &[])
    }

    pub(super) fn takes_begun(&mut self, to: Release, policy: &Policy, begun: &[&str]) -> &mut Game {
        let begun: BTreeSet<StepKey> = begun.iter().map(|one| key(one)).collect();
        let from = self.tailor.releases[&self.plan.release].clone();
        let to = Rc::new(to);
        self.tailor.releases.insert(to.hash.clone(), to.clone());
        let changes = Changes::between(&from, &to);
        let order = Upgrade { to: &to, changes: &changes, policy, begun: &begun };
        let facts = upgrade(&self.world(), viewer(HR), &order, self.now).expect("it upgrades");
        self.keep(facts);
        self.assert_whole();
        self
    }

    /// Every step of the plan has a definition, or nobody could open its page.
    pub(super) fn assert_whole(&self) {
        for key in self.plan.steps.keys() {
            assert!(self.release.step(&key.id).is_some(), "{key} has no definition");
        }
    }

    pub(super) fn keys(&self) -> Vec<String> {
        self.plan.steps.keys().map(ToString::to_string).collect()
    }

    pub(super) fn title(&self, name: &str) -> String {
        self.release.step(&id(name)).expect("a definition").title.en.clone()
    }

    pub(super) fn takes_offer(&mut self, name: &str) -> Result<(), Refusal> {
        self.ask(MANAGER, Request::Offer { step: id(name), take: true })?;
        self.assert_whole();
        Ok(())
    }

    pub(super) fn undoes(&mut self) -> &mut Game {
        let at = self.facts.iter().rposition(|fact| matches!(fact.what, What::Deed { .. })).expect("a deed");
        self.undoes_at(at)
    }

    /// `at` is the place of the deed's fact.
    pub(super) fn undoes_at(&mut self, at: usize) -> &mut Game {
        let done = undo::find(&self.plan, &self.facts, at as u64 + 1).expect("a deed");
        let facts = undo::undo(&self.world(), viewer(HR), &done, self.now).expect("it is undone");
        self.keep(facts);
        self.assert_whole();
        self
    }

    pub(super) fn is_done(&self, name: &str) -> bool {
        self.state(name).is_done()
    }

    /// Sets the day of a step by hand.
    pub(super) fn moves(&mut self, step: &str, due: &str) -> &mut Game {
        self.ask(HR, Request::Arrange(Arrange::Move { step: key(step), due: date(due) })).expect("it is moved");
        self
    }

    pub(super) fn launches(&mut self) -> &mut Game {
        self.ask(MANAGER, Request::Launch { playbook: "pb".to_owned() }).expect("it is launched");
        self
    }
}
