//! A release tried out by HR before anybody is enrolled, published or not: played to its end, and seen
//! as somebody on a morning.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate, Weekday};
use diesel_async::AsyncPgConnection;
use serde::Serialize;
use uuid::Uuid;

use super::assumed::{self, Assumed, Question};
use super::drafts::{self, TEAM, short};
use super::people::{CalendarChoice, Mistakes, for_hr};
use super::simulation::preview::{self, PreviewPage};
use super::simulation::{self, Played, SimulationPage};
use crate::app::Error;
use crate::app::drafts as kept;
use crate::curriculum;
use crate::engine::StartOrder;
use crate::engine::access::Viewer;
use crate::engine::calendar::Calendar;
use crate::engine::form::FieldProblem;
use crate::engine::message::Message;
use crate::engine::release::Release;
use crate::engine::simulate::{Setup, Simulation, simulate};
use crate::engine::vocabulary::{MemberId, PersonId, Role, Text, is_plain_line};
use crate::store::curriculum_drafts::DraftId;
use crate::store::{people, releases};

/// A team that nobody has; a page of more would not be read.
const MOST_TEAM: u16 = 100;

/// Characters.
const LONGEST_NAME: usize = 100;

/// How far from today a start may lie: holidays further away are guesses, and a slip of the finger is likely.
const FURTHEST: i64 = 731;

/// Which release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Which {
    Draft { id: DraftId, program: String },
    Published { hash: String },
}

/// A release with the calendars that it may be counted on.
#[derive(Debug, Clone)]
pub struct Subject {
    pub about: About,
    pub release: Release,
    calendars: Vec<Calendar>,
    /// The viewer's own.
    calendar: String,
}

/// What the pages about a release say of it.
#[derive(Debug, Clone, Serialize)]
pub struct About {
    pub title: Text,
    pub short_hash: String,
    /// Where its pages begin.
    pub href: String,
    /// The page that they were reached from.
    pub up: String,
    pub is_draft: bool,
}

/// The inputs as they were typed.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Inputs {
    pub start: String,
    pub team: String,
    /// A team with names, one a line; wins over the number.
    pub names: String,
    pub calendar: String,
    pub role: String,
    pub on: String,
    /// By the name of a [`Question`].
    pub assumed: BTreeMap<String, String>,
}

/// The form, and what came of it.
#[derive(Debug, Clone, Serialize)]
pub struct SimulatePage {
    pub about: About,
    pub inputs: Inputs,
    pub calendars: Vec<CalendarChoice>,
    pub questions: Vec<Question>,
    /// Something of these is assumed.
    pub is_assumed: bool,
    pub mistakes: Mistakes,
    pub is_played: bool,
    /// The partials of a simulation find its data at the top of the page.
    #[serde(flatten)]
    pub played: Option<SimulationPage>,
}

/// The form, and somebody's day.
#[derive(Debug, Clone, Serialize)]
pub struct DayPage {
    pub about: About,
    pub inputs: Inputs,
    pub calendars: Vec<CalendarChoice>,
    pub questions: Vec<Question>,
    pub is_assumed: bool,
    pub roles: Vec<Role>,
    pub mistakes: Mistakes,
    pub day: Option<PreviewPage>,
}

/// A release to look at.
///
/// # Errors
/// The viewer is not HR, there is no such release or draft, the draft has mistakes, or the database fails.
pub async fn subject(conn: &mut AsyncPgConnection, viewer: Viewer, which: &Which) -> Result<Subject, Error> {
    for_hr(viewer)?;
    let mut calendars = releases::calendars(conn).await?;
    let calendar = people::find(conn, viewer.id).await?.map(|one| one.calendar).unwrap_or_default();
    let (release, up, href) = match which {
        Which::Published { hash } => {
            let href = format!("/curricula/{hash}");
            (releases::by_hash(conn, hash).await?, href.clone(), href)
        }
        Which::Draft { id, program } => {
            let draft = kept::open(conn, viewer, *id).await?;
            // Its own page says what is wrong; these are only reached from one without mistakes.
            let compiled = curriculum::compile(&draft.files).map_err(|_| Error::NotFound)?;
            calendars.retain(|one| compiled.calendars.iter().all(|own| own.name != one.name));
            calendars.extend(compiled.calendars);
            calendars.sort_by(|a, b| a.name.cmp(&b.name));
            let up = drafts::href(*id);
            let found = compiled.releases.into_iter().find(|one| one.program.name == *program);
            (found, up.clone(), format!("{up}/{program}"))
        }
    };
    let release = release.ok_or(Error::NotFound)?;
    let (title, short_hash) = (release.program.title.clone(), short(&release.hash));
    let is_draft = matches!(which, Which::Draft { .. });
    Ok(Subject { about: About { title, short_hash, href, up, is_draft }, release, calendars, calendar })
}

impl Subject {
    /// The release played to its end. `named` says the names of a team that nobody has named.
    pub fn simulation(&self, typed: Inputs, today: NaiveDate, named: &dyn Fn(u16) -> String) -> SimulatePage {
        let inputs = self.likely(typed, today);
        let (mistakes, played) = match self.read(&inputs, today) {
            Ok(asked) => match self.play(&asked, None, named) {
                Ok((simulation, names)) => {
                    let played = self.played(&simulation, &asked, &names);
                    (Mistakes::default(), Some(simulation::page(&played)))
                }
                Err(found) => (mistakes(vec![found]), None),
            },
            Err(found) => (mistakes(found), None),
        };
        let (about, calendars) = (self.about.clone(), self.choices());
        let questions = assumed::questions(&self.release, &inputs.assumed);
        let (is_assumed, is_played) = (inputs.assumes(), played.is_some());
        SimulatePage { about, inputs, calendars, questions, is_assumed, mistakes, is_played, played }
    }

    /// Somebody's day, if everybody did everything on its day until then.
    pub fn day(&self, typed: Inputs, today: NaiveDate, named: &dyn Fn(u16) -> String) -> DayPage {
        let inputs = self.likely(typed, today);
        let found = self.read(&inputs, today).and_then(|asked| {
            let (simulation, names) = self.play(&asked, Some(asked.on), named).map_err(|found| vec![found])?;
            Ok(preview::preview(&self.played(&simulation, &asked, &names), asked.role, asked.on))
        });
        let (mistakes, day) = match found {
            Ok(day) => (Mistakes::default(), Some(day)),
            Err(found) => (mistakes(found), None),
        };
        let (about, calendars, roles) = (self.about.clone(), self.choices(), self.roles());
        let questions = assumed::questions(&self.release, &inputs.assumed);
        let is_assumed = inputs.assumes();
        DayPage { about, inputs, calendars, questions, is_assumed, roles, mistakes, day }
    }

    /// The manager, and who else has a part in the program.
    fn roles(&self) -> Vec<Role> {
        let cast = &self.release.program.cast;
        Role::ALL.into_iter().filter(|role| *role == Role::Manager || cast.contains(role)).collect()
    }

    fn choices(&self) -> Vec<CalendarChoice> {
        self.calendars.iter().map(|one| CalendarChoice { name: one.name.clone(), title: one.title.clone() }).collect()
    }

    /// What was left open gets its most likely value.
    fn likely(&self, typed: Inputs, today: NaiveDate) -> Inputs {
        let or = |typed: String, likely: &dyn Fn() -> String| if typed.is_empty() { likely() } else { typed };
        let known = |name: &String| self.calendars.iter().any(|one| one.name == *name);
        let start = or(typed.start, &|| next_monday(today).to_string());
        Inputs {
            team: or(typed.team, &|| self.release.program.load.map_or(TEAM, |load| load.team).to_string()),
            calendar: or(typed.calendar, &|| {
                let own = Some(self.calendar.clone()).filter(known);
                own.or_else(|| self.calendars.first().map(|one| one.name.clone())).unwrap_or_default()
            }),
            role: or(typed.role, &|| Role::Manager.as_str().to_owned()),
            on: or(typed.on, &|| start.clone()),
            start,
            names: typed.names,
            assumed: typed.assumed,
        }
    }

    fn read(&self, inputs: &Inputs, today: NaiveDate) -> Result<Asked<'_>, Vec<FieldProblem>> {
        let mut found = Vec::new();
        let mut wrong = |field: &str, message| found.push(FieldProblem { field: field.to_owned(), message });
        let mut date = |field: &str, text: &str| -> Option<NaiveDate> {
            let read = text.parse().ok();
            if read.is_none() {
                wrong(field, Message::new("field-not-a-date"));
            }
            read
        };
        let (start, on) = (date("start", &inputs.start), date("on", &inputs.on));
        if start.is_some_and(|start| (start - today).num_days().abs() > FURTHEST) {
            wrong("start", Message::new("tryout-start"));
        }
        let team: Option<u16> = inputs.team.parse().ok().filter(|team| *team <= MOST_TEAM);
        if team.is_none() {
            wrong("team", Message::new("tryout-team").with("max", i64::from(MOST_TEAM)));
        }
        let names: Vec<String> =
            inputs.names.lines().map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect();
        let is_name = |name: &String| is_plain_line(name) && name.chars().count() <= LONGEST_NAME;
        if names.len() > usize::from(MOST_TEAM) || !names.iter().all(is_name) {
            let message = Message::new("tryout-names").with("max", i64::from(MOST_TEAM));
            wrong("names", message.with("longest", LONGEST_NAME));
        }
        let calendar = self.calendars.iter().find(|one| one.name == inputs.calendar);
        if calendar.is_none() {
            wrong("calendar", Message::new("person-calendar"));
        }
        let role = self.roles().into_iter().find(|role| role.as_str() == inputs.role);
        if role.is_none() {
            wrong("role", Message::new("tryout-role"));
        }
        let assumed = assumed::read(&self.release, &inputs.assumed).map_err(|wrong| found.extend(wrong)).ok();
        match (start, on, team, calendar, role, assumed) {
            (Some(start), Some(on), Some(team), Some(calendar), Some(role), Some(assumed)) if found.is_empty() => {
                Ok(Asked { start, on, team, names, calendar, role, assumed })
            }
            _ => Err(found),
        }
    }

    fn play(
        &self,
        asked: &Asked,
        stop_on: Option<NaiveDate>,
        named: &dyn Fn(u16) -> String,
    ) -> Result<(Simulation, BTreeMap<MemberId, String>), FieldProblem> {
        let member = |n: usize| MemberId(Uuid::from_u128(n as u128 + 1));
        let team: Vec<String> =
            if asked.names.is_empty() { (1..=asked.team).map(named).collect() } else { asked.names.clone() };
        let person = |n| PersonId(Uuid::from_u128(n));
        let order = StartOrder {
            own_calendar: false,
            effective: asked.start,
            manager: person(1),
            superior: person(2),
            hr: person(3),
            mentor: self.release.program.cast.contains(&Role::Mentor).then(|| person(4)),
            then: Vec::new(),
            members: (0..team.len()).map(|n| (member(n), asked.start)).collect(),
        };
        let setup = Setup {
            release: &self.release,
            calendar: asked.calendar,
            // Days are the manager's days, whichever zone that is in.
            zone: chrono_tz::Tz::UTC,
            order: &order,
            launches: &asked.assumed.launches,
            answers: &asked.assumed.answers,
            stop_on,
        };
        let names = team.into_iter().enumerate().map(|(n, name)| (member(n), name)).collect();
        let wrong = |_| FieldProblem { field: "start".to_owned(), message: Message::new("tryout-start") };
        simulate(&setup).map(|simulation| (simulation, names)).map_err(wrong)
    }

    fn played<'a>(
        &'a self,
        simulation: &'a Simulation,
        asked: &Asked<'a>,
        names: &'a BTreeMap<MemberId, String>,
    ) -> Played<'a> {
        Played { simulation, release: &self.release, calendar: asked.calendar, names, until: None }
    }
}

/// The inputs, read.
struct Asked<'a> {
    start: NaiveDate,
    on: NaiveDate,
    team: u16,
    names: Vec<String>,
    calendar: &'a Calendar,
    role: Role,
    assumed: Assumed,
}

impl Inputs {
    fn assumes(&self) -> bool {
        !self.names.trim().is_empty() || self.assumed.values().any(|typed| !typed.trim().is_empty())
    }
}

fn mistakes(found: Vec<FieldProblem>) -> Mistakes {
    Mistakes::new("", found, |field| match field {
        "start" => "start-effective",
        "team" => "tryout-team-label",
        "names" => "tryout-names-label",
        name if name.starts_with("launch.") => "tryout-launch-label",
        name if name.starts_with("answer.") => "tryout-answer-label",
        "calendar" => "start-calendar",
        "role" => "tryout-role-label",
        _ => "tryout-on-label",
    })
}

fn next_monday(today: NaiveDate) -> NaiveDate {
    today.iter_days().skip(1).find(|day| day.weekday() == Weekday::Mon).unwrap_or(today)
}
