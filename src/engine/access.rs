//! Who may see and do what: one table, from which every read gets its [`Scope`].

use chrono::NaiveDate;

use super::plan::Plan;
use super::release::StepDef;
use super::vocabulary::{PersonId, Role, StepKey};

/// Somebody who looks or acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Viewer {
    pub id: PersonId,
    /// Has an HR account.
    pub is_hr: bool,
}

/// Who acts: a person, or the program when time passes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Actor {
    Person(Viewer),
    Program,
}

/// What a read may return. Only this module makes one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scope(Reach);

/// How far a scope goes, for `store` to put into its queries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Every plan and person; words only where `visible_to` names HR or the reader's own part.
    Hr(PersonId),
    /// The plans in which the person has a part.
    Own(PersonId),
    /// The program's own work: sweeping, replaying, composing for a named reader.
    Program,
}

impl Scope {
    pub fn reach(self) -> Reach {
        self.0
    }
}

impl Viewer {
    pub fn scope(self) -> Scope {
        Scope(if self.is_hr { Reach::Hr(self.id) } else { Reach::Own(self.id) })
    }
}

impl Actor {
    pub fn scope(self) -> Scope {
        match self {
            Actor::Person(viewer) => viewer.scope(),
            Actor::Program => Scope(Reach::Program),
        }
    }

    pub fn person(self) -> Option<PersonId> {
        match self {
            Actor::Person(viewer) => Some(viewer.id),
            Actor::Program => None,
        }
    }
}

/// The parts that a viewer has in a plan. A mentor has one only after saying yes; a deputy, from the day
/// they were named, so that they can read first.
pub fn roles(plan: &Plan, viewer: Viewer) -> Vec<Role> {
    let cast = &plan.cast;
    [
        (Role::Manager, cast.manager == viewer.id),
        (Role::Mentor, cast.mentor.mentor() == Some(viewer.id) || is_deputy(plan, viewer.id)),
        (Role::Superior, cast.superior == viewer.id),
        (Role::Hr, viewer.is_hr),
    ]
    .into_iter()
    .filter_map(|(role, has)| has.then_some(role))
    .collect()
}

fn is_deputy(plan: &Plan, person: PersonId) -> bool {
    plan.arranged.deputy.is_some_and(|deputy| deputy.who == person)
}

/// Whether a person is on duty in a role on a day: while a deputy stands in, the mentor is not.
pub fn is_on_duty(plan: &Plan, person: PersonId, role: Role, today: NaiveDate) -> bool {
    role != Role::Mentor || holder_on(plan, role, today) == Some(person)
}

/// Who plays a role on a day.
pub fn holder_on(plan: &Plan, role: Role, today: NaiveDate) -> Option<PersonId> {
    let deputy = plan.arranged.deputy_on(today).filter(|_| role == Role::Mentor);
    deputy.or_else(|| holder(plan, role))
}

/// Whether a viewer reads the answers and comments of a step.
pub fn may_read(plan: &Plan, def: &StepDef, viewer: Viewer) -> bool {
    roles(plan, viewer).iter().any(|role| def.visible_to.contains(role))
}

/// Whether a viewer does this step.
pub fn may_do(plan: &Plan, def: &StepDef, viewer: Viewer) -> bool {
    roles(plan, viewer).contains(&def.who)
}

/// Whether a viewer accepts or returns this step; nobody reviews their own hand-in.
pub fn may_review(plan: &Plan, def: &StepDef, viewer: Viewer) -> bool {
    def.review.is_some_and(|role| roles(plan, viewer).contains(&role)) && !may_do(plan, def, viewer)
}

/// Whether this step reports to a viewer.
pub fn hears(plan: &Plan, def: &StepDef, viewer: Viewer) -> bool {
    def.reports_to().is_some_and(|role| roles(plan, viewer).contains(&role)) && !may_do(plan, def, viewer)
}

/// Whether a member's name stands beside a step for this viewer: names of a private fan-out go no
/// further than its evidence does.
pub fn may_name_member(plan: &Plan, key: &StepKey, def: &StepDef, viewer: Viewer) -> bool {
    key.member.is_none() || viewer.is_hr || may_read(plan, def, viewer) || plan.cast.superior == viewer.id
}

/// Who, in the order of a plan's cast, plays a role now.
pub fn holder(plan: &Plan, role: Role) -> Option<PersonId> {
    match role {
        Role::Manager => Some(plan.cast.manager),
        Role::Mentor => plan.cast.mentor.mentor(),
        Role::Superior => Some(plan.cast.superior),
        Role::Hr => Some(plan.cast.hr),
    }
}
