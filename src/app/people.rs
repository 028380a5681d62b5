//! Accounts: HR adds and edits them, everybody sets their own language, zone and hour.

use chrono_tz::Tz;

use super::mail_topics::{self, Topics};
use super::roster::hr_only;
use super::worlds::Library;
use super::{Error, Moment, calendars, outbox, sign_in, sweep};
use crate::engine::access::{Actor, Viewer};
use crate::engine::form::FieldProblem;
use crate::engine::message::Message;
use crate::engine::vocabulary::{Lang, PersonId, is_blank, is_plain_line};
use crate::store::StoreError;
use crate::store::people::{self, Person};
use crate::store::plans;
use crate::store::pool::Tx;

/// An account as HR or the command line asks for it.
#[derive(Debug, Clone)]
pub struct NewPerson {
    pub name: String,
    pub email: String,
    pub lang: Lang,
    pub zone: String,
    pub calendar: String,
    pub brief_hour: u8,
    pub is_hr: bool,
}

/// Adds an account.
///
/// # Errors
/// The viewer is not HR; or fields with mistakes, each named.
pub async fn add(tx: &mut Tx, who: Actor, new: &NewPerson, moment: &Moment) -> Result<PersonId, Error> {
    if let Actor::Person(viewer) = who {
        hr_only(viewer)?;
    }
    let zone = check(tx, new).await?;
    let mut person = Person {
        id: PersonId(moment.id()),
        name: new.name.trim().to_owned(),
        email: new.email.trim().to_lowercase(),
        lang: new.lang,
        zone,
        calendar: new.calendar.clone(),
        brief_hour: new.brief_hour,
        hour_is_own: false,
        is_hr: new.is_hr,
        next_brief_at: moment.now,
        next_digest_at: None,
        created_at: moment.now,
    };
    let calendar = Library::default().calendar(tx, &person.calendar).await?;
    sweep::reschedule(&mut person, &calendar, moment.now);
    match people::insert(tx, &person).await {
        Err(error) if error.is_duplicate() => Err(Error::Invalid(vec![taken()])),
        other => other.map(|()| person.id).map_err(Error::from),
    }
}

/// Adds an account from the command line and owes it a sign-in link.
///
/// # Errors
/// As [`add`].
pub async fn add_first(tx: &mut Tx, new: &NewPerson, moment: &Moment) -> Result<PersonId, Error> {
    let id = add(tx, Actor::Program, new, moment).await?;
    sign_in::owe_link(tx, id, sign_in::Wanted::Invited, moment).await?;
    Ok(id)
}

/// HR changes an account. With another calendar their running plans get its dates; to another address
/// goes what was held.
///
/// # Errors
/// As [`add`]; or HR would take their own HR account away.
pub async fn edit(tx: &mut Tx, who: Viewer, id: PersonId, new: &NewPerson, moment: &Moment) -> Result<(), Error> {
    hr_only(who)?;
    let zone = check(tx, new).await?;
    let mut person = people::find(tx, id).await?.ok_or(Error::NotFound)?;
    if id == who.id && !new.is_hr {
        return Err(Error::Invalid(vec![problem("is_hr", "person-own-hr")]));
    }
    let owns = async |tx: &mut Tx| plans::all(tx, who.scope()).await.map(|all| all.iter().any(|p| p.cast.hr == id));
    if person.is_hr && !new.is_hr && owns(tx).await? {
        return Err(Error::Invalid(vec![problem("is_hr", "person-owns-plans")]));
    }
    person.name = new.name.trim().to_owned();
    let email = new.email.trim().to_lowercase();
    let is_moved = person.email != email;
    person.email = email;
    person.is_hr = new.is_hr;
    let was = person.calendar.clone();
    settle(tx, person, new.lang, zone, &new.calendar, new.brief_hour, moment).await?;
    if is_moved {
        outbox::release_held(tx, id, moment.now).await?;
    }
    if was != new.calendar {
        // A plan that was started on a calendar of its own keeps it.
        calendars::move_plans(tx, who, id, (&was, &new.calendar), moment).await?;
    }
    Ok(())
}

/// Somebody saves their settings, with the topics of mail that they were offered.
///
/// # Errors
/// As [`settings`].
pub async fn save(
    tx: &mut Tx,
    who: Viewer,
    (lang, zone, brief_hour): (Lang, &str, u8),
    topics: &Topics,
    moment: &Moment,
) -> Result<(), Error> {
    settings(tx, who, lang, zone, brief_hour, moment).await?;
    mail_topics::choose(tx, who.id, topics, moment).await
}

/// Somebody changes their own language, zone and hour.
///
/// # Errors
/// The zone or the hour is none.
pub async fn settings(
    tx: &mut Tx,
    who: Viewer,
    lang: Lang,
    zone: &str,
    brief_hour: u8,
    moment: &Moment,
) -> Result<(), Error> {
    let mut problems = Vec::new();
    let zone = zone.parse::<Tz>().map_err(|_| problems.push(problem("zone", "person-zone")));
    if brief_hour > 23 {
        problems.push(problem("brief_hour", "person-hour"));
    }
    let (Ok(zone), true) = (zone, problems.is_empty()) else { return Err(Error::Invalid(problems)) };
    let person = people::find(tx, who.id).await?.ok_or(Error::NotFound)?;
    let calendar = person.calendar.clone();
    settle(tx, person, lang, zone, &calendar, brief_hour, moment).await
}

async fn settle(
    tx: &mut Tx,
    mut person: Person,
    lang: Lang,
    zone: Tz,
    calendar: &str,
    brief_hour: u8,
    moment: &Moment,
) -> Result<(), Error> {
    let before = person.clone();
    person.lang = lang;
    person.zone = zone;
    person.calendar = calendar.to_owned();
    person.brief_hour = brief_hour;
    person.hour_is_own |= before.brief_hour != brief_hour;
    let calendar = Library::default().calendar(tx, calendar).await?;
    sweep::reschedule_after_change(&mut person, &before, &calendar, moment.now);
    match people::update(tx, &person).await {
        Err(error) if error.is_duplicate() => Err(Error::Invalid(vec![taken()])),
        other => other.map_err(Error::from),
    }
}

/// A plan begins that has its program's hour for somebody who chose none.
pub(super) async fn keep_hour(tx: &mut Tx, manager: &Person, moment: &Moment) -> Result<(), Error> {
    let before = people::find(tx, manager.id).await?.ok_or(Error::NotFound)?;
    if before.brief_hour == manager.brief_hour {
        return Ok(());
    }
    let mut person = Person { brief_hour: manager.brief_hour, ..before.clone() };
    let calendar = Library::default().calendar(tx, &person.calendar).await?;
    sweep::reschedule_after_change(&mut person, &before, &calendar, moment.now);
    Ok(people::update(tx, &person).await?)
}

async fn check(tx: &mut Tx, new: &NewPerson) -> Result<Tz, Error> {
    let mut problems = name_problems("name", &new.name);
    if !is_address(new.email.trim()) {
        problems.push(problem("email", "person-email"));
    }
    if new.brief_hour > 23 {
        problems.push(problem("brief_hour", "person-hour"));
    }
    match Library::default().calendar(tx, &new.calendar).await {
        Err(Error::Missing(_)) => problems.push(problem("calendar", "person-calendar")),
        other => drop(other?),
    }
    let zone = new.zone.parse::<Tz>().map_err(|_| problems.push(problem("zone", "person-zone")));
    match zone {
        Ok(zone) if problems.is_empty() => Ok(zone),
        _ => Err(Error::Invalid(problems)),
    }
}

/// What is wrong with a name, if anything.
pub(super) fn name_problems(field: &'static str, name: &str) -> Vec<FieldProblem> {
    let name = name.trim();
    if is_blank(name) {
        vec![problem(field, "field-required")]
    } else if !is_plain_line(name) {
        vec![problem(field, "field-control-character")]
    } else if name.chars().count() > 120 {
        let message = Message::new("field-too-long").with("max", 120_i64).with("given", name.chars().count());
        vec![FieldProblem { field: field.to_owned(), message }]
    } else {
        Vec::new()
    }
}

/// Whether a text may be a mail address: one `@`, no spaces, a domain. Whether it works is found out
/// by mailing it.
fn is_address(email: &str) -> bool {
    let Some((local, domain)) = email.split_once('@') else { return false };
    let plain = |part: &str| {
        !part.is_empty() && part.chars().all(|c| !c.is_whitespace() && !c.is_control() && !"@<>()[],;:\\\"".contains(c))
    };
    plain(local)
        && plain(domain)
        && domain.len() < 190
        && local.len() <= 64
        && !domain.starts_with('.')
        && !domain.ends_with('.')
}

pub(super) fn problem(field: &str, id: &'static str) -> FieldProblem {
    FieldProblem { field: field.to_owned(), message: Message::new(id) }
}

fn taken() -> FieldProblem {
    problem("email", "person-email-taken")
}

/// Somebody changes their language alone.
///
/// # Errors
/// The database fails.
pub async fn set_language(tx: &mut Tx, who: Viewer, lang: Lang, moment: &Moment) -> Result<(), Error> {
    let person = find(tx, who.id).await?;
    settings(tx, who, lang, person.zone.name(), person.brief_hour, moment).await
}

/// One account.
///
/// # Errors
/// There is none with this id.
pub async fn find(conn: &mut diesel_async::AsyncPgConnection, id: PersonId) -> Result<Person, Error> {
    people::find(conn, id).await?.ok_or(Error::NotFound)
}

/// Whether nobody has an HR account yet, so that the program can say how to make one.
///
/// # Errors
/// The database fails.
pub async fn has_no_hr(conn: &mut diesel_async::AsyncPgConnection) -> Result<bool, StoreError> {
    Ok(people::all(conn, Actor::Program.scope()).await?.iter().all(|person| !person.is_hr))
}
