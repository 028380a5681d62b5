//! Starting a plan, for HR: the choices, and what would come of them. Nothing here writes.

use chrono::{DateTime, Datelike, Days, NaiveDate, Utc};
use diesel_async::AsyncPgConnection;
use serde::Serialize;

use super::curricula::period;
use super::people::{self as list, CalendarChoice, Mistakes, for_hr, href};
use super::person::{Candidate, candidates};
use crate::app::naming::Naming;
use crate::app::plans::{self as starting, NewPlan};
use crate::app::wording::Wording;
use crate::app::worlds::{Library, Names, PlanWorld};
use crate::app::{Error, Moment};
use crate::engine::access::{Actor, Viewer};
use crate::engine::calendar::{Dated, Span};
use crate::engine::decide;
use crate::engine::form::FieldProblem;
use crate::engine::message::Message;
use crate::engine::plan::{Plan, Step, StepState};
use crate::engine::release::{StepDef, Until};
use crate::engine::ritual;
use crate::engine::vocabulary::{PersonId, Role, StepKey, Text};
use crate::engine::zone::local_date;
use crate::store::people::Person;
use crate::store::{people, plans, releases};

/// The choices as they were typed, to be shown or kept as hidden fields.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Chosen {
    pub manager: String,
    pub superior: String,
    /// Empty: none for now.
    pub mentor: String,
    /// Who is asked next when they say no or nothing; empty: nobody.
    pub mentor_2: String,
    pub mentor_3: String,
    pub hr: String,
    pub program: String,
    pub effective: String,
    /// Empty: the manager's own.
    pub calendar: String,
}

/// The form.
#[derive(Debug, Clone, Serialize)]
pub struct StartPage {
    pub chosen: Chosen,
    pub mistakes: Mistakes,
    /// Managers to choose from: those without a running plan come first.
    pub without_plan: Vec<PersonChoice>,
    pub with_plan: Vec<PersonChoice>,
    pub everybody: Vec<PersonChoice>,
    pub mentors: Vec<Candidate>,
    pub hr: Vec<PersonChoice>,
    pub programs: Vec<ProgramChoice>,
    pub calendars: Vec<CalendarChoice>,
}

#[derive(Debug, Clone, Serialize)]
pub struct PersonChoice {
    pub id: PersonId,
    pub name: String,
    pub email: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct ProgramChoice {
    pub name: String,
    pub title: Text,
}

/// The form, with what is chosen so far; what is missing gets its most likely value.
///
/// # Errors
/// The viewer is not HR, or the database fails.
pub async fn load(
    conn: &mut AsyncPgConnection,
    viewer: Viewer,
    chosen: Option<Chosen>,
    now: DateTime<Utc>,
) -> Result<StartPage, Error> {
    for_hr(viewer)?;
    let everybody = people::all(conn, viewer.scope()).await?;
    let all = plans::all(conn, viewer.scope()).await?;
    let worlds = Library::default().worlds(conn, all).await?;
    let runs = |person: &Person| worlds.iter().any(|w| w.plan.cast.manager == person.id && !w.plan.is_over(&w.release));
    let (with_plan, without_plan): (Vec<&Person>, Vec<&Person>) = everybody.iter().partition(|person| runs(person));
    let programs: Vec<ProgramChoice> = releases::all(conn)
        .await?
        .into_iter()
        .filter(|one| one.is_current)
        .map(|one| ProgramChoice { name: one.release.program.name, title: one.release.program.title })
        .collect();
    let chosen = match chosen {
        Some(chosen) => chosen,
        None => likely(conn, viewer, &programs, now).await?,
    };
    Ok(StartPage {
        chosen,
        mistakes: Mistakes::default(),
        without_plan: without_plan.into_iter().map(choice).collect(),
        with_plan: with_plan.into_iter().map(choice).collect(),
        mentors: candidates(&everybody, &worlds),
        hr: everybody.iter().filter(|person| person.is_hr).map(choice).collect(),
        everybody: everybody.iter().map(choice).collect(),
        programs,
        calendars: list::calendars(conn).await?,
    })
}

fn choice(person: &Person) -> PersonChoice {
    PersonChoice { id: person.id, name: person.name.clone(), email: person.email.clone() }
}

/// The viewer owns the plan, which starts on their next working day.
async fn likely(
    conn: &mut AsyncPgConnection,
    viewer: Viewer,
    programs: &[ProgramChoice],
    now: DateTime<Utc>,
) -> Result<Chosen, Error> {
    let own = people::find(conn, viewer.id).await?.ok_or(Error::NotFound)?;
    let calendar = Library::default().calendar(conn, &own.calendar).await?;
    let tomorrow = local_date(now, own.zone) + Days::new(1);
    Ok(Chosen {
        hr: viewer.id.to_string(),
        program: programs.first().map(|program| program.name.clone()).unwrap_or_default(),
        effective: calendar.on_or_after(tomorrow).to_string(),
        ..Chosen::default()
    })
}

/// A plan as it would start.
#[derive(Debug, Clone, Serialize)]
pub struct PreviewPage {
    pub chosen: Chosen,
    pub manager: String,
    pub manager_href: String,
    pub superior: String,
    pub mentor: Option<String>,
    pub hr: String,
    pub program: Text,
    /// The hash of the release; the start is stopped when another one is current by then.
    pub release: String,
    pub calendar: Text,
    pub first_day: Dated,
    /// How many steps the plan starts with.
    pub steps: usize,
    pub weeks: Vec<Week>,
    pub recurring: Vec<Recurring>,
    /// The most that one week asks of the manager.
    pub busiest: usize,
    pub members: usize,
    /// Steps per member would have nobody to be about.
    pub lacks_roster: bool,
    pub lacks_mentor: bool,
    /// Steps whose days are not published yet.
    pub provisional: usize,
    /// Plans of this manager that run already, the newest first.
    pub running: Vec<RunningPlan>,
    /// The first day is over.
    pub is_past: bool,
}

/// A plan that runs already, and what holds there alone.
#[derive(Debug, Clone, Serialize)]
pub struct RunningPlan {
    pub href: String,
    /// Which one it is.
    pub program: Message,
    /// Leave that is not over.
    pub leaves: Vec<Span>,
    pub paused_since: Option<NaiveDate>,
}

/// What falls due in a calendar week.
#[derive(Debug, Clone, Serialize)]
pub struct Week {
    /// Counted from the week of the first day.
    pub n: i64,
    pub from: NaiveDate,
    pub until: NaiveDate,
    /// Of the manager.
    pub minutes: usize,
    /// Of everybody else.
    pub others: usize,
    pub steps: Vec<PreviewStep>,
}

#[derive(Debug, Clone, Serialize)]
pub struct PreviewStep {
    pub title: Text,
    pub module: Text,
    pub who: Role,
    pub member: Option<String>,
    /// The title says the name already.
    pub names_member: bool,
    pub opens: Dated,
    pub due: Dated,
    pub effort: u16,
    /// Comes again; only its next turn stands in a plan.
    pub is_ritual: bool,
}

/// A step that goes on coming after the listed weeks.
#[derive(Debug, Clone, Serialize)]
pub struct Recurring {
    pub title: Text,
    pub who: Role,
    pub every: Message,
    pub until: Dated,
}

/// Whether the calendar that was chosen is there.
///
/// # Errors
/// [`Error::Invalid`] when it is not, or the database fails.
pub async fn check_calendar(conn: &mut AsyncPgConnection, new: &NewPlan) -> Result<(), Error> {
    let Some(name) = &new.calendar else { return Ok(()) };
    if list::calendars(conn).await?.iter().any(|calendar| calendar.name == *name) {
        return Ok(());
    }
    let message = Message::new("person-calendar");
    Err(Error::Invalid(vec![FieldProblem { field: "calendar".to_owned(), message }]))
}

/// What would start; nothing is written.
///
/// # Errors
/// As [`starting::preview`]; and [`Error::NotFound`] for everybody but HR.
pub async fn preview(
    conn: &mut AsyncPgConnection,
    viewer: Viewer,
    new: &NewPlan,
    chosen: Chosen,
    moment: &Moment,
) -> Result<PreviewPage, Error> {
    for_hr(viewer)?;
    check_calendar(conn, new).await?;
    let (world, facts) = starting::preview(conn, Actor::Person(viewer), new, moment).await?;
    let plan = decide::after(&world.plan, &facts);
    let names = Names::around(conn, viewer.scope(), &[&plan]).await?;
    let horizon = listed_until(&world, &plan);
    let all = with_turns(&world, &plan, horizon);
    let weeks = weeks((&world, &names), viewer, &all);
    let named = |everybody: &[Person], id: PersonId| {
        everybody.iter().find(|person| person.id == id).map(|person| person.name.clone()).unwrap_or_default()
    };
    let everybody = people::all(conn, viewer.scope()).await?;
    Ok(PreviewPage {
        manager: world.manager.name.clone(),
        manager_href: href(new.manager),
        superior: named(&everybody, new.superior),
        mentor: new.mentor.map(|mentor| named(&everybody, mentor)),
        hr: named(&everybody, new.hr),
        program: world.release.program.title.clone(),
        release: world.release.hash.clone(),
        calendar: world.calendar.title.clone(),
        first_day: world.calendar.plan_day(new.effective, 1),
        steps: plan.steps.len(),
        busiest: weeks.iter().map(|week| week.minutes).max().unwrap_or(0),
        recurring: recurring(&world, &names, plan.effective),
        members: plan.members.len(),
        lacks_roster: plan.members.is_empty() && world.release.steps().any(|def| def.each.is_some()),
        lacks_mentor: new.mentor.is_none() && world.release.program.cast.contains(&Role::Mentor),
        provisional: plan.steps.values().filter(|step| step.opens.why.provisional || step.due.why.provisional).count(),
        running: running(conn, viewer, new.manager, moment).await?,
        is_past: new.effective < world.today(moment.now),
        weeks,
        chosen,
    })
}

async fn running(
    conn: &mut AsyncPgConnection,
    viewer: Viewer,
    manager: PersonId,
    moment: &Moment,
) -> Result<Vec<RunningPlan>, Error> {
    let own = plans::of_manager(conn, viewer.scope(), manager).await?;
    let worlds = Library::default().worlds(conn, own).await?;
    let naming = Naming::among(&worlds);
    let plan = |world: &PlanWorld| RunningPlan {
        href: format!("/plans/{}", world.plan.id),
        program: naming.name(world),
        leaves: world.plan.arranged.leaves_from(world.today(moment.now)).collect(),
        paused_since: world.plan.arranged.paused.map(|paused| paused.from),
    };
    Ok(worlds.iter().rev().filter(|world| !world.plan.is_over(&world.release)).map(plan).collect())
}

/// The last day that a step with listed days is due: so far the preview goes.
fn listed_until(world: &PlanWorld, plan: &Plan) -> NaiveDate {
    let listed = plan.steps.iter().filter(|(key, _)| {
        world.release.step(&key.id).is_some_and(|def| def.every.is_none() || !def.is_ritual_turn(key.turn))
    });
    listed.map(|(_, step)| step.due.date).max().unwrap_or(plan.effective)
}

/// The plan with the turns of rituals up to a day, as if each were done in time.
fn with_turns(world: &PlanWorld, plan: &Plan, horizon: NaiveDate) -> Plan {
    let mut plan = plan.clone();
    let chains: Vec<StepKey> = plan.newest_turns().values().map(|(key, _)| (*key).clone()).collect();
    for key in chains {
        let Some(def) = world.release.step(&key.id) else { continue };
        let mut newest = key;
        while let Some((next, dates)) = ritual::next_turn(&world.course(&plan), def, &newest, plan.effective) {
            if dates.due.date > horizon {
                break;
            }
            let state = StepState::Todo { earlier: None };
            plan.steps.insert(next.clone(), Step { opens: dates.opens, due: dates.due, state, touched: 0 });
            newest = next;
        }
    }
    plan
}

fn weeks((world, names): (&PlanWorld, &Names), viewer: Viewer, plan: &Plan) -> Vec<Week> {
    let first = monday(world.calendar.on_or_after(plan.effective));
    let mut steps: Vec<(&StepKey, &Step, &StepDef)> =
        plan.steps.iter().filter_map(|(key, step)| Some((key, step, world.release.step(&key.id)?))).collect();
    // Sorting is stable, and the plan keeps a step's members and turns together.
    steps.sort_by_key(|(_, step, _)| (step.due.date, step.opens.date));
    let mut weeks: Vec<Week> = Vec::new();
    for (key, step, def) in steps {
        let from = monday(step.due.date);
        if weeks.last().is_none_or(|week| week.from != from) {
            let n = (from - first).num_days() / 7 + 1;
            let until = from + Days::new(6);
            weeks.push(Week { n, from, until, minutes: 0, others: 0, steps: Vec::new() });
        }
        let Some(week) = weeks.last_mut() else { continue };
        let minutes = if def.who == Role::Manager { &mut week.minutes } else { &mut week.others };
        *minutes += usize::from(def.effort);
        let wording = Wording::of_step(world, names, viewer, key);
        week.steps.push(PreviewStep {
            title: wording.text(&def.title),
            module: world.release.curriculum_of(&key.id).map_or_else(|| def.title.clone(), |one| one.title.clone()),
            who: def.who,
            names_member: wording.names_member(def),
            opens: wording.dated(&step.opens),
            due: wording.dated(&step.due),
            member: wording.member,
            effort: def.effort,
            is_ritual: def.is_ritual_turn(key.turn),
        });
    }
    weeks
}

fn monday(day: NaiveDate) -> NaiveDate {
    day - Days::new(u64::from(day.weekday().num_days_from_monday()))
}

fn recurring(world: &PlanWorld, names: &Names, effective: NaiveDate) -> Vec<Recurring> {
    let wording = Wording::of_plan(world, names);
    let of = |def: &StepDef| {
        let every = def.every.as_ref().filter(|_| def.playbook.is_none())?;
        Some(Recurring {
            title: wording.text(&def.title),
            who: def.who,
            every: period(every.period),
            until: until(world, effective, &every.until),
        })
    };
    world.release.steps().filter_map(of).collect()
}

/// The last day of a recurrence, as far as it is known before the plan starts.
fn until(world: &PlanWorld, effective: NaiveDate, until: &Until) -> Dated {
    let (Until::Plan(n) | Until::Launch { launch: n } | Until::Closed { latest: n, .. }) = until;
    world.calendar.plan_day(effective, *n)
}
