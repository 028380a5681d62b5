//! Arranging one plan: what the viewer may do with it, and what was arranged so far.

pub mod banner;
pub mod closing;
pub mod deeds;
pub mod preview;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use diesel_async::AsyncPgConnection;
use serde::Serialize;

use self::banner::Banner;
use self::deeds::DeedLine;
use super::lines::lines;
use super::people::Mistakes;
use crate::app::Error;
use crate::app::naming::{self, Naming};
use crate::app::worlds::{self, Library, Names, PlanWorld};
use crate::engine::Refusal;
use crate::engine::access::{Actor, Viewer};
use crate::engine::arrange::Ending;
use crate::engine::decide::{Request, World, decide};
use crate::engine::growth::Known;
use crate::engine::message::Message;
use crate::engine::plan::StepState;
use crate::engine::release::Curriculum;
use crate::engine::replan::{Arrange, OWN};
use crate::engine::vocabulary::{PersonId, PlanId, StepKey, Text};
use crate::store::{people, plans};

/// The page on which a plan is arranged.
#[derive(Debug, Clone, Serialize)]
pub struct ArrangePage {
    pub plan_href: String,
    /// The address of this page.
    pub href: String,
    pub manager: String,
    /// Which plan of the manager.
    pub program: Message,
    pub may: May,
    pub banner: Banner,
    /// Where a leave has to be entered as well.
    pub others: Vec<OtherPlan>,
    /// Everything that was listed is closed.
    pub is_complete: bool,
    /// Steps that can be moved or taken out, by due day.
    pub open: Vec<OpenStep>,
    pub modules: Vec<ModuleChoice>,
    /// Who could stand in for the mentor.
    pub deputies: Vec<DeputyChoice>,
    /// The mentor for whom somebody would stand in.
    pub mentor: Option<String>,
    /// What stands in the forms, by the names of their fields.
    pub typed: BTreeMap<String, String>,
    /// The form that came back.
    pub again: Option<String>,
    pub mistakes: Mistakes,
    /// The newest first.
    pub deeds: Vec<DeedLine>,
}

/// Another running plan of the same manager.
#[derive(Debug, Clone, Serialize)]
pub struct OtherPlan {
    /// The address of its own page like this one.
    pub href: String,
    /// Which one it is.
    pub program: Message,
}

/// What somebody may arrange.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct May {
    /// Days, steps, modules, leave and pauses.
    pub arrange: bool,
    /// Somebody who stands in for the mentor.
    pub deputy: bool,
    /// The end.
    pub end: bool,
}

/// A step to choose.
#[derive(Debug, Clone, Serialize)]
pub struct OpenStep {
    pub key: String,
    pub title: Text,
    /// Where the title does not say it.
    pub member: Option<String>,
    pub turn: Option<u16>,
    pub due: NaiveDate,
}

/// A module to choose.
#[derive(Debug, Clone, Serialize)]
pub struct ModuleChoice {
    pub name: String,
    pub title: Text,
    /// Steps that would be closed.
    pub open: usize,
}

/// Somebody to choose.
#[derive(Debug, Clone, Serialize)]
pub struct DeputyChoice {
    pub id: PersonId,
    pub name: String,
}

impl May {
    /// The engine's own rule, asked with wishes that do nothing; whether the plan ended is another question.
    pub fn of(world: &PlanWorld, viewer: Viewer, now: DateTime<Utc>) -> May {
        let mut plan = world.plan.clone();
        plan.arranged.ended = None;
        let known = Known::new();
        let asked = World { plan: &plan, ..world.world(&known) };
        let may = |arrange: Arrange| {
            let decided = decide(&asked, Actor::Person(viewer), Request::Arrange(arrange), now);
            !matches!(decided, Err(Refusal::NotYours { .. }))
        };
        let today = world.today(now);
        May {
            arrange: may(Arrange::Shift { from: today, days: 0 }),
            deputy: may(Arrange::NameDeputy { who: plan.cast.manager, from: today, until: today }),
            end: may(Arrange::End { how: Ending::Early, reason: None }),
        }
    }

    pub fn anything(self) -> bool {
        self.arrange || self.deputy || self.end
    }
}

/// A plan that the viewer may arrange something in; to everybody else the page looks like any address
/// that is not there.
///
/// # Errors
/// [`Error::NotFound`], or the database fails.
pub async fn arrangeable(
    conn: &mut AsyncPgConnection,
    viewer: Viewer,
    plan: PlanId,
    now: DateTime<Utc>,
) -> Result<(PlanWorld, May), Error> {
    let world = worlds::find(conn, viewer.scope(), plan).await?;
    let may = May::of(&world, viewer, now);
    if may.anything() { Ok((world, may)) } else { Err(Error::NotFound) }
}

/// The page of a plan.
///
/// # Errors
/// As [`arrangeable`].
pub async fn load(
    conn: &mut AsyncPgConnection,
    viewer: Viewer,
    plan: PlanId,
    now: DateTime<Utc>,
) -> Result<ArrangePage, Error> {
    let (world, may) = arrangeable(conn, viewer, plan, now).await?;
    let names = Names::around(conn, viewer.scope(), &[&world.plan]).await?;
    let deeds = deeds::lines(conn, viewer, &world, now).await?;
    let mentor = world.plan.cast.mentor.mentor();
    let deputies = if may.deputy && mentor.is_some() { deputies(conn, viewer, &world).await? } else { Vec::new() };
    let today = world.today(now);
    Ok(ArrangePage {
        plan_href: format!("/plans/{plan}"),
        href: href(plan),
        manager: world.manager.name.clone(),
        program: naming::name(conn, viewer.scope(), &world).await?,
        may,
        banner: banner::banner(&world, &names, today),
        others: others(conn, viewer, &world, now).await?,
        is_complete: world.plan.completed_at(&world.release).is_some(),
        open: open(&world, &names, viewer, today),
        modules: modules(&world),
        deputies,
        mentor: mentor.map(|id| names.person(id)),
        typed: likely(&world, today),
        again: None,
        mistakes: Mistakes::default(),
        deeds,
    })
}

/// The manager's other running plans whose days the viewer may arrange, the newest first.
async fn others(
    conn: &mut AsyncPgConnection,
    viewer: Viewer,
    world: &PlanWorld,
    now: DateTime<Utc>,
) -> Result<Vec<OtherPlan>, Error> {
    let plans = plans::of_manager(conn, viewer.scope(), world.plan.cast.manager).await?;
    let worlds = Library::default().worlds(conn, plans).await?;
    let naming = Naming::among(&worlds);
    let may = |other: &&PlanWorld| {
        let is_other = other.plan.id != world.plan.id;
        is_other && !other.plan.is_over(&other.release) && May::of(other, viewer, now).arrange
    };
    let other = |other: &PlanWorld| OtherPlan { href: href(other.plan.id), program: naming.name(other) };
    Ok(worlds.iter().rev().filter(may).map(other).collect())
}

/// The address of the page.
pub fn href(plan: PlanId) -> String {
    format!("/plans/{plan}/arrange")
}

fn open(world: &PlanWorld, names: &Names, viewer: Viewer, today: NaiveDate) -> Vec<OpenStep> {
    let is_open = |key: &str| {
        let step = key.parse::<StepKey>().ok().and_then(|key| world.plan.steps.get(&key));
        step.is_some_and(|step| matches!(step.state, StepState::Todo { .. } | StepState::Returned { .. }))
    };
    lines(world, names, viewer, today)
        .into_iter()
        .filter(|line| is_open(&line.key))
        .map(|line| OpenStep {
            member: line.member.filter(|_| !line.names_member),
            key: line.key,
            title: line.title,
            turn: line.turn,
            due: line.due.date,
        })
        .collect()
}

/// The modules that run and are not over.
fn modules(world: &PlanWorld) -> Vec<ModuleChoice> {
    let plan = &world.plan;
    let runs = |one: &&Curriculum| {
        let is_there = one.launch.is_none() || plan.launches.contains_key(&one.name);
        is_there && one.name != OWN && !plan.arranged.skipped.contains(&one.name)
    };
    let choice = |one: &Curriculum| {
        let steps = || one.steps.iter().flat_map(|def| plan.of(&def.id));
        let open = steps().filter(|(_, step)| !step.state.is_closed()).count();
        let is_to_come = one.steps.iter().any(|def| plan.of(&def.id).next().is_none());
        (open > 0 || is_to_come).then(|| ModuleChoice { name: one.name.clone(), title: one.title.clone(), open })
    };
    world.release.curricula.iter().filter(runs).filter_map(choice).collect()
}

/// HR chooses among everybody, others among those who mentor already: the list of all accounts is HR's.
async fn deputies(conn: &mut AsyncPgConnection, viewer: Viewer, world: &PlanWorld) -> Result<Vec<DeputyChoice>, Error> {
    let everybody = people::all(conn, Actor::Program.scope()).await?;
    let mentors: BTreeSet<PersonId> = if viewer.is_hr {
        everybody.iter().map(|person| person.id).collect()
    } else {
        let plans = plans::all(conn, Actor::Program.scope()).await?;
        plans.iter().filter_map(|plan| plan.cast.mentor.mentor()).collect()
    };
    let cast = &world.plan.cast;
    let may = |id: PersonId| {
        mentors.contains(&id) && id != cast.manager && id != cast.superior && Some(id) != cast.mentor.mentor()
    };
    let able = everybody.into_iter().filter(|person| may(person.id));
    Ok(able.map(|person| DeputyChoice { id: person.id, name: person.name }).collect())
}

/// What stands in the forms before anybody typed.
fn likely(world: &PlanWorld, today: NaiveDate) -> BTreeMap<String, String> {
    let next = world.calendar.on_or_after(today).to_string();
    let dates = ["move_due", "shift_from", "add_due", "leave_from", "leave_until", "deputy_from", "deputy_until"];
    let dates = dates.into_iter().map(|name| (name.to_owned(), next.clone()));
    let others = [("shift_days", "5"), ("add_minutes", "30"), ("add_who", "manager")];
    dates.chain(others.map(|(name, value)| (name.to_owned(), value.to_owned()))).collect()
}
