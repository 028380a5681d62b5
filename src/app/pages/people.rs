//! Everybody with an account, for HR: who they are and which parts they play; and the form that adds
//! or changes one.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use diesel_async::AsyncPgConnection;
use serde::Serialize;

use super::outbox::BouncedAddress;
use super::progress::{self, Finished};
use crate::app::given::Rows;
use crate::app::naming::Naming;
use crate::app::worlds::{Library, Names, PlanWorld};
use crate::app::{Error, mentoring};
use crate::engine::access::Viewer;
use crate::engine::form::FieldProblem;
use crate::engine::message::Message;
use crate::engine::plan::Mentoring;
use crate::engine::vocabulary::{Lang, PersonId, Role, Text};
use crate::store::people::Person;
use crate::store::{bounced, members, people, plans, releases};

/// HR's pages exist for HR accounts; to everybody else they look like any address that is not there.
///
/// # Errors
/// [`Error::NotFound`] for everybody else.
pub fn for_hr(viewer: Viewer) -> Result<(), Error> {
    if viewer.is_hr { Ok(()) } else { Err(Error::NotFound) }
}

/// What is wrong with a form: as a list on top, and beside each field.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Mistakes {
    pub list: Vec<Mistake>,
    pub beside: BTreeMap<String, Message>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Mistake {
    /// The end of the input's id, `field-<this>`.
    pub field: String,
    pub label: Message,
    pub message: Message,
}

impl Mistakes {
    /// `form` parts the ids of several forms on one page; `label` names a field's words.
    pub fn new(form: &str, found: Vec<FieldProblem>, label: impl Fn(&str) -> &'static str) -> Mistakes {
        let list = found
            .iter()
            .map(|problem| Mistake {
                field: format!("{form}{}", problem.field),
                label: Message::new(label(&problem.field)),
                message: problem.message.clone(),
            })
            .collect();
        Mistakes { list, beside: found.into_iter().map(|problem| (problem.field, problem.message)).collect() }
    }
}

/// The list of accounts.
#[derive(Debug, Clone, Serialize)]
pub struct PeoplePage {
    /// What was looked for; empty: everybody.
    pub find: String,
    pub all: usize,
    pub people: Vec<PersonLine>,
}

#[derive(Debug, Clone, Serialize)]
pub struct PersonLine {
    pub href: String,
    pub name: String,
    pub email: String,
    pub lang: Lang,
    pub is_hr: bool,
    /// Set where mail to them comes back.
    pub bounced: Option<BouncedAddress>,
    pub parts: Vec<PartLine>,
}

/// A part that somebody plays in a plan.
#[derive(Debug, Clone, Serialize)]
pub struct PartLine {
    pub role: Role,
    /// Asked to be the mentor and has not answered.
    pub is_asked: bool,
    pub finished: Option<Finished>,
    pub manager: String,
    /// Which plan of theirs.
    pub program: Message,
    /// The plan.
    pub href: String,
}

/// Everybody whose name or address holds `find`.
///
/// # Errors
/// The viewer is not HR, or the database fails.
pub async fn load(conn: &mut AsyncPgConnection, viewer: Viewer, find: &str) -> Result<PeoplePage, Error> {
    for_hr(viewer)?;
    let everybody = people::all(conn, viewer.scope()).await?;
    let all_plans = plans::all(conn, viewer.scope()).await?;
    let worlds = Library::default().worlds(conn, all_plans).await?;
    let naming = Naming::among(&worlds);
    let wanted = find.trim().to_lowercase();
    let all = everybody.len();
    let emails: Vec<String> = everybody.iter().map(|person| person.email.clone()).collect();
    let known = bounced::among(conn, &emails).await?;
    let mut bounced: BTreeMap<String, BouncedAddress> =
        known.into_iter().map(|one| (one.email.clone(), BouncedAddress::from(one))).collect();
    let people = everybody
        .into_iter()
        .filter(|person| person.name.to_lowercase().contains(&wanted) || person.email.contains(&wanted))
        .map(|person| PersonLine {
            href: href(person.id),
            parts: parts(&worlds, &naming, person.id),
            bounced: bounced.remove(&person.email),
            name: person.name,
            email: person.email,
            lang: person.lang,
            is_hr: person.is_hr,
        })
        .collect();
    Ok(PeoplePage { find: find.trim().to_owned(), all, people })
}

/// The address of a person's page.
pub fn href(person: PersonId) -> String {
    format!("/people/{person}")
}

/// The parts that somebody plays over all plans. Owning a plan for HR is no part here: the list says
/// who is HR beside the name.
pub(super) fn parts(worlds: &[PlanWorld], naming: &Naming, person: PersonId) -> Vec<PartLine> {
    worlds.iter().filter_map(|world| part(world, naming, person)).collect()
}

fn part(world: &PlanWorld, naming: &Naming, person: PersonId) -> Option<PartLine> {
    let cast = &world.plan.cast;
    let role = if cast.manager == person {
        Role::Manager
    } else if cast.superior == person {
        Role::Superior
    } else {
        match cast.mentor {
            Mentoring::Accepted { who, .. } if who == person => Role::Mentor,
            Mentoring::Asked { .. } if mentoring::is_open(&world.plan, person) => Role::Mentor,
            _ => return None,
        }
    };
    Some(PartLine {
        role,
        is_asked: role == Role::Mentor && cast.mentor.mentor().is_none(),
        finished: progress::finished(world),
        manager: world.manager.name.clone(),
        program: naming.name(world),
        href: format!("/plans/{}", world.plan.id),
    })
}

/// Names for refusals on HR's pages: HR may know everybody.
///
/// # Errors
/// The viewer is not HR, or the database fails.
pub async fn names(conn: &mut AsyncPgConnection, viewer: Viewer) -> Result<Names, Error> {
    for_hr(viewer)?;
    let people = people::all(conn, viewer.scope()).await?;
    let members = members::all(conn, viewer.scope()).await?;
    Ok(Names {
        people: people.into_iter().map(|person| (person.id, person.name)).collect(),
        members: members.into_iter().map(|member| (member.id, member.name)).collect(),
        rows: Rows::new(),
    })
}

/// An account as the form shows it: everything as it was typed.
#[derive(Debug, Clone, Serialize)]
pub struct PersonForm {
    pub name: String,
    pub email: String,
    pub lang: Lang,
    pub zone: String,
    pub calendar: String,
    pub brief_hour: String,
    pub is_hr: bool,
}

impl From<&Person> for PersonForm {
    fn from(person: &Person) -> PersonForm {
        PersonForm {
            name: person.name.clone(),
            email: person.email.clone(),
            lang: person.lang,
            zone: person.zone.name().to_owned(),
            calendar: person.calendar.clone(),
            brief_hour: person.brief_hour.to_string(),
            is_hr: person.is_hr,
        }
    }
}

/// What the form offers.
#[derive(Debug, Clone, Serialize)]
pub struct Choices {
    pub calendars: Vec<CalendarChoice>,
    pub zones: Vec<&'static str>,
    pub hours: Vec<HourChoice>,
}

#[derive(Debug, Clone, Serialize)]
pub struct CalendarChoice {
    pub name: String,
    pub title: Text,
}

#[derive(Debug, Clone, Serialize)]
pub struct HourChoice {
    pub value: String,
    /// As a clock shows it: `09:00`.
    pub clock: String,
}

pub(super) async fn choices(conn: &mut AsyncPgConnection) -> Result<Choices, Error> {
    Ok(Choices {
        calendars: calendars(conn).await?,
        zones: chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name()).collect(),
        hours: (0..24).map(|hour| HourChoice { value: hour.to_string(), clock: format!("{hour:02}:00") }).collect(),
    })
}

pub(super) async fn calendars(conn: &mut AsyncPgConnection) -> Result<Vec<CalendarChoice>, Error> {
    let all = releases::calendars(conn).await?;
    Ok(all.into_iter().map(|calendar| CalendarChoice { name: calendar.name, title: calendar.title }).collect())
}

/// The form that adds an account.
#[derive(Debug, Clone, Serialize)]
pub struct NewPersonPage {
    pub form: PersonForm,
    pub choices: Choices,
    pub mistakes: Mistakes,
}

/// An empty form: a new colleague most likely shares language, zone, calendar and hour with the
/// viewer.
///
/// # Errors
/// The viewer is not HR, or the database fails.
pub async fn blank(conn: &mut AsyncPgConnection, viewer: Viewer) -> Result<NewPersonPage, Error> {
    for_hr(viewer)?;
    let own = people::find(conn, viewer.id).await?.ok_or(Error::NotFound)?;
    let form = PersonForm { name: String::new(), email: String::new(), is_hr: false, ..PersonForm::from(&own) };
    Ok(NewPersonPage { form, choices: choices(conn).await?, mistakes: Mistakes::default() })
}

/// How many managers somebody accompanies now, or is asked to: what HR weighs before asking again.
pub(super) fn mentees(worlds: &[PlanWorld], person: PersonId) -> usize {
    let counts = |world: &&PlanWorld| {
        let asked_or_mentor = matches!(
            world.plan.cast.mentor,
            Mentoring::Asked { who, .. } | Mentoring::Accepted { who, .. } if who == person
        );
        asked_or_mentor && !world.plan.is_over(&world.release)
    };
    worlds.iter().filter(counts).count()
}

/// When somebody was last active in a plan: hand-ins, reviews, the mentor's answer.
pub(super) fn last_act(world: &PlanWorld) -> Option<DateTime<Utc>> {
    use crate::engine::plan::StepState;
    let on_steps = world.plan.steps.values().filter_map(|step| match &step.state {
        StepState::HandedIn { at, .. } | StepState::Returned { at, .. } => Some(*at),
        StepState::Done { .. } => step.state.closed_at(),
        // Time, not a person.
        StepState::Todo { .. } | StepState::Lapsed { .. } | StepState::Closed { .. } => None,
    });
    let answer = match world.plan.cast.mentor {
        Mentoring::Accepted { at, .. } | Mentoring::Declined { at, .. } => Some(at),
        Mentoring::Nobody | Mentoring::Asked { .. } => None,
    };
    on_steps.chain(answer).max()
}
