//! The meeting of a step: the block on the step's page, and the page behind a link in the mail.

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use diesel_async::AsyncPgConnection;
use serde::Serialize;

use super::lines::step_href;
use super::people::Mistakes;
use crate::app::meetings::{self, Given, Scene, TIMES};
use crate::app::wording::Wording;
use crate::app::worlds::{self, Names, PlanWorld};
use crate::app::{Error, moment};
use crate::engine::access::{Actor, Viewer};
use crate::engine::form::FieldProblem;
use crate::engine::message::Message;
use crate::engine::vocabulary::{Lang, PersonId, Role, StepKey, Text};
use crate::engine::zone::{Shift, at_wall, shift_at};
use crate::store::meetings::{self as stored, Appointment, Meeting, Side, State};
use crate::store::people;

/// The block on a step's page.
#[derive(Debug, Clone, Serialize)]
pub struct MeetingBlock {
    /// Where its forms go, and the address of the block.
    pub action: String,
    /// nobody: who it is with has not been found; none: no time so far; waiting: for the other one's choice;
    /// choose: it is the viewer's; agreed; past. What was agreed on stands beside an offer to move it.
    pub state: &'static str,
    /// Both, for those who are neither.
    pub manager: String,
    pub other: Option<String>,
    pub role: Role,
    /// Whom the viewer meets; none: they are not one of the two.
    pub with: Option<String>,
    pub agreed: Option<Agreed>,
    pub offer: Option<Offered>,
    /// Nothing can be done any more, or not by this viewer.
    pub form: Option<MeetingForm>,
    pub may_cancel: bool,
    pub seen: String,
    pub zone: &'static str,
    /// Why a button did nothing.
    pub problem: Option<Message>,
}

/// A moment as it is shown, with what the clocks do around it.
#[derive(Debug, Clone, Serialize)]
pub struct Slot {
    pub at: DateTime<Utc>,
    pub until: DateTime<Utc>,
    /// skipped, first, second: as [`Shift`] says.
    pub shift: Option<&'static str>,
    pub is_past: bool,
}

/// What was agreed on.
#[derive(Debug, Clone, Serialize)]
pub struct Agreed {
    #[serde(flatten)]
    pub slot: Slot,
    pub place: String,
    /// What their calendars answered, by name.
    pub said: Vec<Said>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Said {
    pub name: String,
    pub answer: &'static str,
}

/// Times to choose from.
#[derive(Debug, Clone, Serialize)]
pub struct Offered {
    pub by: String,
    pub slots: Vec<Slot>,
    pub place: String,
}

/// The form with which times are proposed or changed.
#[derive(Debug, Clone, Serialize)]
pub struct MeetingForm {
    pub times: Vec<TimeField>,
    pub minutes: String,
    pub place: String,
    pub is_agreed: bool,
    pub mistakes: Mistakes,
}

#[derive(Debug, Clone, Serialize)]
pub struct TimeField {
    pub name: &'static str,
    pub number: usize,
    pub value: String,
}

impl MeetingBlock {
    /// Shows what was typed and refused, or why a button did nothing.
    pub fn show_refused(&mut self, given: &Given, problems: Vec<FieldProblem>) {
        let (buttons, fields): (Vec<_>, Vec<_>) = problems.into_iter().partition(|problem| problem.field == "changed");
        self.problem = buttons.into_iter().next().map(|problem| problem.message);
        let Some(form) = &mut self.form else { return };
        if given.times.iter().all(String::is_empty) && fields.is_empty() {
            return;
        }
        for (field, value) in form.times.iter_mut().zip(&given.times) {
            field.value.clone_from(value);
        }
        form.minutes.clone_from(&given.minutes);
        form.place.clone_from(&given.place);
        form.is_agreed = given.is_agreed;
        form.mistakes = Mistakes::new("meeting-", fields, |field| match field {
            "time1" => "meeting-time-1",
            "time2" => "meeting-time-2",
            "time3" => "meeting-time-3",
            "minutes" => "meeting-minutes",
            "place" => "meeting-place",
            _ => "meeting-both-agreed",
        });
    }
}

/// The block of a step, where it is a meeting.
///
/// # Errors
/// The database fails.
pub(super) async fn block(
    conn: &mut AsyncPgConnection,
    viewer: Viewer,
    (world, names): (&PlanWorld, &Names),
    step: &StepKey,
    now: DateTime<Utc>,
) -> Result<Option<MeetingBlock>, Error> {
    let Some(role) = meetings::role(world, step) else { return Ok(None) };
    let meeting = stored::of_step(conn, world.plan.id, step).await?;
    let zone = people::find(conn, viewer.id).await?.ok_or(Error::NotFound)?.zone;
    let scene = Scene { world: world.clone(), step: step.clone(), role, meeting };
    Ok(Some(scene_block(&scene, names, viewer.id, zone, now)))
}

fn scene_block(scene: &Scene, names: &Names, viewer: PersonId, zone: Tz, now: DateTime<Utc>) -> MeetingBlock {
    let today = scene.world.today(now);
    let meeting = scene.meeting.as_ref();
    let side = scene.side(viewer, today);
    let standing = meeting.and_then(Meeting::standing);
    let other = meeting.filter(|_| standing.is_some()).map(|one| one.other).or_else(|| scene.holder(today));
    let other = other.or_else(|| meeting.map(|one| one.other)).map(|id| names.person(id));
    let manager = scene.world.manager.name.clone();
    let with = match side {
        Some(Side::Manager) => other.clone(),
        Some(Side::Other) => Some(manager.clone()),
        None => None,
    };
    let is_live = side.is_some() && scene.closed().is_none();
    let offer = meeting.filter(|meeting| meeting.is_open() && scene.closed().is_none());
    let is_theirs = |meeting: &Meeting| side.is_some_and(|side| side != scene.offered_by(meeting));
    let is_past = meeting.is_some_and(|meeting| meetings::has_come(meeting, now));
    let state = match (offer, standing) {
        (Some(meeting), _) if is_theirs(meeting) => "choose",
        (Some(_), _) => "waiting",
        (None, Some(_)) if is_past => "past",
        (None, Some(_)) => "agreed",
        (None, None) if other.is_none() => "nobody",
        (None, None) => "none",
    };
    MeetingBlock {
        action: format!("{}/meeting", step_href(&scene.world.plan, &scene.step)),
        state,
        role: scene.role,
        agreed: meeting
            .zip(standing)
            .map(|(meeting, one)| agreed(meeting, one, (&manager, other.as_deref()), zone, now)),
        offer: offer.map(|meeting| Offered {
            by: names.person(meeting.offer.by),
            slots: meeting.offer.slots.iter().map(|at| slot(*at, meeting.offer.minutes, zone, now)).collect(),
            place: meeting.offer.place.clone(),
        }),
        form: (is_live && other.is_some()).then(|| form(scene, standing.filter(|one| one.at > now), zone)),
        may_cancel: is_live && meeting.is_some() && !is_past,
        seen: meetings::seen(meeting),
        zone: zone.name(),
        problem: None,
        manager,
        other,
        with,
    }
}

fn agreed(
    meeting: &Meeting,
    appointment: &Appointment,
    (manager, other): (&str, Option<&str>),
    zone: Tz,
    now: DateTime<Utc>,
) -> Agreed {
    let both = [(Some(manager), meeting.manager_says), (other, meeting.other_says)];
    let said =
        both.into_iter().filter_map(|(name, says)| Some(Said { name: name?.to_owned(), answer: says?.as_str() }));
    Agreed {
        slot: slot(appointment.at, appointment.minutes, zone, now),
        place: appointment.place.clone(),
        said: said.collect(),
    }
}

fn slot(at: DateTime<Utc>, minutes: i16, zone: Tz, now: DateTime<Utc>) -> Slot {
    let shift = shift_at(at, zone).map(|shift| match shift {
        Shift::Skipped => "skipped",
        Shift::First => "first",
        Shift::Second => "second",
    });
    Slot { at, until: at + TimeDelta::minutes(minutes.into()), shift, is_past: at <= now }
}

/// With what stands or was offered last, to be changed.
fn form(scene: &Scene, standing: Option<&Appointment>, zone: Tz) -> MeetingForm {
    let def = scene.world.release.step(&scene.step.id);
    let usual = def.map_or(0, |def| def.effort);
    let usual = if usual == 0 { 30 } else { i16::try_from(usual.clamp(5, 480)).unwrap_or(30) };
    let offer = scene.meeting.as_ref().map(|meeting| &meeting.offer);
    let of_offer = offer.map(|offer| (offer.minutes, offer.place.clone()));
    let (minutes, place) =
        standing.map(|one| (one.minutes, one.place.clone())).or(of_offer).unwrap_or_else(|| (usual, String::new()));
    let mut values = standing.map(|one| wall(one.at, zone)).into_iter();
    let times = TIMES.into_iter().enumerate().map(|(at, name)| TimeField {
        name,
        number: at + 1,
        value: values.next().unwrap_or_default(),
    });
    MeetingForm {
        times: times.collect(),
        minutes: minutes.to_string(),
        place,
        is_agreed: false,
        mistakes: Mistakes::default(),
    }
}

/// As the input of a browser holds it. An hour that comes twice reads back as the first one: the second can't
/// be typed, and is left to be typed anew.
fn wall(at: DateTime<Utc>, zone: Tz) -> String {
    let local: NaiveDateTime = at.with_timezone(&zone).naive_local();
    if at_wall(local, zone) == at { local.format("%Y-%m-%dT%H:%M").to_string() } else { String::new() }
}

/// The page behind a link in the mail, and the reader in whose language and zone it speaks.
#[derive(Debug, Clone)]
pub struct Linked {
    pub lang: Lang,
    pub zone: Tz,
    pub page: MeetingPage,
}

/// One of the times that were offered, and how the meeting stands by now.
#[derive(Debug, Clone, Serialize)]
pub struct MeetingPage {
    pub name: String,
    pub with: String,
    pub title: Text,
    /// open: the time can be chosen; chosen: it is agreed on; instead: another one of the same offer is, and
    /// this one can be chosen in its place; agreed: on another time; moved: other times were offered since;
    /// passed; cancelled; closed: the step is, or its plan; gone: the meeting is not the reader's any more.
    pub state: &'static str,
    pub slot: Slot,
    pub place: String,
    /// What stands.
    pub agreed: Option<Slot>,
    /// The other times of the offer that can be chosen.
    pub others: Vec<Slot>,
    pub may_undo: bool,
    /// What stands again when it is undone; none: nothing does.
    pub stood: Option<Slot>,
    pub url: String,
    pub zone: &'static str,
}

/// How a meeting stands for the reader of a link; looking changes nothing.
///
/// # Errors
/// There is no such link, or the database fails.
pub async fn load(conn: &mut AsyncPgConnection, secret: &str, now: DateTime<Utc>) -> Result<Linked, Error> {
    let (person, meeting, at) = stored::by_link(conn, &moment::token_hash(secret)).await?.ok_or(Error::NotFound)?;
    let person = people::find(conn, person).await?.ok_or(Error::NotFound)?;
    let world = worlds::find(conn, Actor::Program.scope(), meeting.plan).await?;
    let names = Names::around(conn, Actor::Program.scope(), &[&world.plan]).await?;
    let def = world.release.step(&meeting.step.id);
    let title = Wording::of_plan(&world, &names).text(def.map_or(&meeting.title, |def| &def.title));
    let with = if person.id == world.plan.cast.manager { meeting.other } else { world.plan.cast.manager };
    let with = people::find(conn, with).await?.ok_or(Error::NotFound)?.name;
    let url = step_href(&world.plan, &meeting.step);
    let role = meetings::role(&world, &meeting.step);
    let scene = Scene { step: meeting.step.clone(), role: role.unwrap_or(Role::Mentor), meeting: Some(meeting), world };
    let Some(meeting) = &scene.meeting else { return Err(Error::NotFound) };
    let side = scene.side(person.id, scene.world.today(now)).filter(|_| role.is_some());
    let state = state(&scene, meeting, side, at, now);
    let of_offer = |at: &DateTime<Utc>| slot(*at, meeting.offer.minutes, person.zone, now);
    let chosen = meeting.standing().map(|one| one.at);
    let is_live = scene.closed().is_none() && !meetings::has_come(meeting, now);
    let may_choose = match state {
        "open" | "instead" => true,
        "chosen" => is_live && meetings::is_chosen(meeting),
        _ => false,
    };
    let others = meeting.offer.slots.iter().filter(|other| **other != at && Some(**other) != chosen && **other > now);
    let page = MeetingPage {
        name: person.name.clone(),
        with,
        title,
        state,
        slot: of_offer(&at),
        place: meeting.offer.place.clone(),
        agreed: meeting.standing().map(|one| slot(one.at, one.minutes, person.zone, now)),
        others: others.filter(|_| may_choose).map(of_offer).collect(),
        may_undo: may_choose && meetings::undone(meeting, now).is_some(),
        stood: meeting.before.as_ref().map(|one| slot(one.at, one.minutes, person.zone, now)),
        url,
        zone: person.zone.name(),
    };
    Ok(Linked { lang: person.lang, zone: person.zone, page })
}

fn state(scene: &Scene, meeting: &Meeting, side: Option<Side>, at: DateTime<Utc>, now: DateTime<Utc>) -> &'static str {
    let is_of_offer = meeting.offer.slots.contains(&at) && side.is_some_and(|side| side != scene.offered_by(meeting));
    match meeting.state {
        State::Cancelled => "cancelled",
        _ if side.is_none() => "gone",
        State::Agreed | State::Held if meeting.agreed.as_ref().is_some_and(|agreed| agreed.at == at) => "chosen",
        State::Held => "moved",
        State::Agreed if !meetings::is_chosen(meeting) || meetings::has_come(meeting, now) => "agreed",
        _ if scene.closed().is_some() => "closed",
        _ if !is_of_offer => "moved",
        _ if at <= now => "passed",
        State::Agreed => "instead",
        State::Proposed | State::Moving => "open",
    }
}
