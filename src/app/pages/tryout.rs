//! A release tried out by HR before anybody is enrolled, published or not: played to its end, and seen
//! as somebody on a morning.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate, Weekday};
use diesel_async::AsyncPgConnection;
use serde::Serialize;
use uuid::Uuid;

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
use crate::engine::vocabulary::{MemberId, PersonId, Role, Text};
use crate::store::curriculum_drafts::DraftId;
use crate::store::{people, releases};

/// A team that nobody has; a page of more would not be read.
const MOST_TEAM: u16 = 100;

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
    pub calendar: String,
    pub role: String,
    pub on: String,
}

/// The form, and what came of it.
#[derive(Debug, Clone, Serialize)]
pub struct SimulatePage {
    pub about: About,
    pub inputs: Inputs,
    pub calendars: Vec<CalendarChoice>,
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
        SimulatePage { about, inputs, calendars, mistakes, is_played: played.is_some(), played }
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
        DayPage { about: self.about.clone(), inputs, calendars: self.choices(), roles: self.roles(), mistakes, day }
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
        let team = inputs.team.parse().ok().filter(|team| *team <= MOST_TEAM);
        if team.is_none() {
            wrong("team", Message::new("tryout-team").with("max", i64::from(MOST_TEAM)));
        }
        let calendar = self.calendars.iter().find(|one| one.name == inputs.calendar);
        if calendar.is_none() {
            wrong("calendar", Message::new("person-calendar"));
        }
        let role = self.roles().into_iter().find(|role| role.as_str() == inputs.role);
        if role.is_none() {
            wrong("role", Message::new("tryout-role"));
        }
        match (start, on, team, calendar, role) {
            (Some(start), Some(on), Some(team), Some(calendar), Some(role)) if found.is_empty() => {
                Ok(Asked { start, on, team, calendar, role })
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
        let member = |n: u16| MemberId(Uuid::from_u128(u128::from(n)));
        let person = |n| PersonId(Uuid::from_u128(n));
        let order = StartOrder {
            effective: asked.start,
            manager: person(1),
            superior: person(2),
            hr: person(3),
            mentor: self.release.program.cast.contains(&Role::Mentor).then(|| person(4)),
            members: (1..=asked.team).map(|n| (member(n), asked.start)).collect(),
        };
        let setup = Setup {
            release: &self.release,
            calendar: asked.calendar,
            // Days are the manager's days, whichever zone that is in.
            zone: chrono_tz::Tz::UTC,
            order: &order,
            launches: &[],
            answers: &BTreeMap::new(),
            stop_on,
        };
        let names = (1..=asked.team).map(|n| (member(n), named(n))).collect();
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
    calendar: &'a Calendar,
    role: Role,
}

fn mistakes(found: Vec<FieldProblem>) -> Mistakes {
    Mistakes::new("", found, |field| match field {
        "start" => "start-effective",
        "team" => "tryout-team-label",
        "calendar" => "start-calendar",
        "role" => "tryout-role-label",
        _ => "tryout-on-label",
    })
}

fn next_monday(today: NaiveDate) -> NaiveDate {
    today.iter_days().skip(1).find(|day| day.weekday() == Weekday::Mon).unwrap_or(today)
}
