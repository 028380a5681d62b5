//! Steps as lists show them: one line a step, a fan-out that falls due together as one line.

use chrono::NaiveDate;
use serde::Serialize;

use crate::app::wording::Wording;
use crate::app::worlds::{Names, PlanWorld, title};
use crate::engine::access::Viewer;
use crate::engine::calendar::Dated;
use crate::engine::plan::{CloseReason, Standing, Step, StepState};
use crate::engine::release::StepDef;
use crate::engine::vocabulary::{Role, StepKey, Text};

/// A step in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StepLine {
    /// `/plans/<plan>/steps/<key>`.
    pub href: String,
    pub key: String,
    pub title: Text,
    /// The title without a member's name: what a fan-out has in common, and what a subject line may say.
    pub common_title: Text,
    pub curriculum: Text,
    /// The team member of a fan-out, where the viewer may know the name.
    pub member: Option<String>,
    /// The title says that name already.
    pub names_member: bool,
    /// The manager whose plan it is.
    pub manager: String,
    pub who: Role,
    pub opens: Dated,
    pub due: Dated,
    /// The title of the calendar that both were counted in.
    pub calendar: Text,
    /// later, blocked, open, overdue, review, done, lapsed, closed, not-taken, ended, waived, skipped, plan-ended.
    pub standing: &'static str,
    /// Calendar days until it is due when open, since then when overdue, since it was handed in when in
    /// review.
    pub days: i64,
    /// Days since it was due that `days` leaves out when overdue: the manager was away, or the plan rested.
    pub away: i64,
    /// The plan is paused, and nothing of it falls due.
    pub rests: bool,
    /// Of this plan alone, and open since the day on which it was added.
    pub is_added: bool,
    /// Sent back by a reviewer and not handed in again.
    pub returned: bool,
    /// Titles of the steps that it waits for.
    pub waits_for: Vec<WaitsFor>,
    /// Who reviews it.
    pub reviewer: Option<Role>,
    /// The day it was closed.
    pub closed_on: Option<NaiveDate>,
    /// Minutes.
    pub effort: u16,
    /// Which turn, when it has several and is about nothing that tells them apart.
    pub turn: Option<u16>,
    /// What the row says for which it stands, for whoever may read it.
    pub about: Option<String>,
    pub is_ritual: bool,
}

/// A step that another one waits for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WaitsFor {
    pub key: StepKey,
    pub title: Text,
    pub common_title: Text,
    pub member: Option<String>,
    pub names_member: bool,
    /// None while the step is not in the plan, and has no page.
    pub href: Option<String>,
}

/// The address of a step.
pub fn step_href(plan: &crate::engine::Plan, key: &StepKey) -> String {
    format!("/plans/{}/steps/{key}", plan.id)
}

/// One step as a line, for a viewer on a day.
pub fn line(
    world: &PlanWorld,
    names: &Names,
    viewer: Viewer,
    (key, step, def): (&StepKey, &Step, &StepDef),
    today: NaiveDate,
) -> StepLine {
    let plan = &world.plan;
    let standing = plan.standing(step, def, today);
    let wording = Wording::of_step(world, names, viewer, key);
    let curriculum = world.release.curriculum_of(&key.id).map_or_else(|| def.title.clone(), |c| c.title.clone());
    let about = names.rows.get(&(plan.id, key.clone())).cloned();
    let (name, days) = match &standing {
        Standing::Later => ("later", 0),
        Standing::Blocked { .. } => ("blocked", 0),
        Standing::Open { days } => ("open", *days),
        Standing::Overdue { days } => ("overdue", *days),
        Standing::InReview { .. } => ("review", waiting_days(world, step, today)),
        Standing::Closed => match step.state {
            StepState::Lapsed { .. } => ("lapsed", 0),
            StepState::Closed { reason: CloseReason::MemberLeft, .. } => ("closed", 0),
            StepState::Closed { reason: CloseReason::NotTaken, .. } => ("not-taken", 0),
            StepState::Closed { reason: CloseReason::Ended, .. } => ("ended", 0),
            StepState::Closed { reason: CloseReason::Waived, .. } => ("waived", 0),
            StepState::Closed { reason: CloseReason::Skipped, .. } => ("skipped", 0),
            StepState::Closed { reason: CloseReason::PlanEnded, .. } => ("plan-ended", 0),
            _ => ("done", 0),
        },
    };
    let waits_for = match standing {
        Standing::Blocked { by } => by.iter().map(|blocker| waits_for(world, names, viewer, blocker)).collect(),
        _ => Vec::new(),
    };
    StepLine {
        href: step_href(plan, key),
        key: key.to_string(),
        title: wording.text(&def.title),
        common_title: wording.common(&def.title),
        curriculum,
        names_member: wording.names_member(def),
        member: wording.member.clone(),
        manager: names.person(plan.cast.manager),
        who: def.who,
        opens: wording.dated(&step.opens),
        due: wording.dated(&step.due),
        calendar: world.calendar.title.clone(),
        standing: name,
        away: if name == "overdue" { (plan.reached(today) - step.due.date).num_days() - days } else { 0 },
        days,
        rests: plan.arranged.paused.is_some_and(|paused| paused.from <= today),
        is_added: plan.arranged.own.contains_key(&key.id) && step.opens != step.due,
        returned: matches!(step.state, StepState::Returned { .. }),
        waits_for,
        reviewer: def.review,
        closed_on: step.state.closed_at().map(|at| crate::engine::zone::local_date(at, world.zone())),
        effort: def.effort,
        turn: def.number(key).filter(|_| about.is_none()),
        about,
        is_ritual: def.is_ritual_turn(key.turn),
    }
}

fn waiting_days(world: &PlanWorld, step: &Step, today: NaiveDate) -> i64 {
    match &step.state {
        StepState::HandedIn { at, .. } => (today - crate::engine::zone::local_date(*at, world.zone())).num_days(),
        _ => 0,
    }
}

/// A step that another one waits for, or goes on without.
pub(super) fn waits_for(world: &PlanWorld, names: &Names, viewer: Viewer, key: &StepKey) -> WaitsFor {
    let wording = Wording::of_step(world, names, viewer, key);
    let title = title(&world.release, key);
    WaitsFor {
        key: key.clone(),
        title: wording.text(&title),
        common_title: wording.common(&title),
        names_member: world.release.step(&key.id).is_some_and(|def| wording.names_member(def)),
        member: wording.member,
        href: world.plan.steps.contains_key(key).then(|| step_href(&world.plan, key)),
    }
}

/// Every step of a plan as a line, by due day, then as the program orders them.
pub fn lines(world: &PlanWorld, names: &Names, viewer: Viewer, today: NaiveDate) -> Vec<StepLine> {
    let order: std::collections::HashMap<&str, usize> =
        world.release.steps().enumerate().map(|(n, def)| (def.id.as_str(), n)).collect();
    let mut steps: Vec<_> =
        world.plan.steps.iter().filter_map(|(key, step)| Some((key, step, world.release.step(&key.id)?))).collect();
    steps.sort_by_key(|(key, step, _)| (step.due.date, order.get(key.id.as_str()).copied(), key.member, key.turn));
    steps.into_iter().map(|step| line(world, names, viewer, step, today)).collect()
}
