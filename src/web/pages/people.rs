//! People, for HR: the list, an account with its team and cast, and what HR changes there.

use std::str::FromStr;

use actix_web::web::{Path, Query, ServiceConfig};
use actix_web::{HttpResponse, get, post, routes};
use chrono::NaiveDate;
use serde::Deserialize;

use crate::app;
use crate::app::pages::people::{Mistakes, PersonForm, for_hr};
use crate::app::pages::person::{JoinForm, PersonPage};
use crate::app::pages::{people as list, person};
use crate::app::people::NewPerson;
use crate::app::{mentoring, people, plans, roster};
use crate::engine::Refusal;
use crate::engine::form::FieldProblem;
use crate::engine::message::Message;
use crate::engine::vocabulary::{Lang, MemberId, PersonId, PlanId};
use crate::render;
use crate::web::error::Error;
use crate::web::form::{Fields, Posted};
use crate::web::session::{Visit, see};

pub fn configure(config: &mut ServiceConfig) {
    config
        .service(all)
        .service(blank)
        .service(add)
        .service(show)
        .service(save)
        .service(joining)
        .service(join)
        .service(leaving)
        .service(leave)
        .service(casting)
        .service(ask_mentor)
        .service(recast);
}

/// What an address names; what does not read names nothing.
pub(super) fn named<T: FromStr>(text: &str) -> Result<T, Error> {
    text.parse().map_err(|_| Error::NotFound)
}

/// The names that a refusal on HR's pages may speak of.
pub(super) async fn names(visit: &Visit) -> Result<render::Names, Error> {
    let mut conn = visit.state.pool.get().await?;
    let names = list::names(&mut conn, visit.viewer).await?;
    Ok(render::Names {
        people: names.people.into_iter().collect(),
        members: names.members.into_iter().collect(),
        ..render::Names::default()
    })
}

/// A date as it was typed into `field`, or what is wrong with it.
pub(super) fn date(field: &'static str, text: &str) -> Result<NaiveDate, FieldProblem> {
    let wrong = |id| FieldProblem { field: field.to_owned(), message: Message::new(id) };
    match text.trim() {
        "" => Err(wrong("field-required")),
        text => text.parse().map_err(|_| wrong("field-not-a-date")),
    }
}

#[derive(Deserialize)]
struct Search {
    #[serde(default)]
    find: String,
}

#[get("/people")]
async fn all(visit: Visit, search: Query<Search>) -> Result<HttpResponse, Error> {
    let mut conn = visit.state.pool.get().await?;
    let page = list::load(&mut conn, visit.viewer, &search.find).await?;
    visit.page("people", &page)
}

#[get("/people/new")]
async fn blank(visit: Visit) -> Result<HttpResponse, Error> {
    let mut conn = visit.state.pool.get().await?;
    let page = list::blank(&mut conn, visit.viewer).await?;
    visit.page("person_new", &page)
}

fn typed(fields: &Fields) -> Result<(PersonForm, NewPerson), Error> {
    let form = PersonForm {
        name: fields.text("name").to_owned(),
        email: fields.text("email").to_owned(),
        lang: Lang::parse(fields.text("lang")).ok_or(Error::BadRequest)?,
        zone: fields.text("zone").trim().to_owned(),
        calendar: fields.text("calendar").to_owned(),
        brief_hour: fields.text("brief_hour").trim().to_owned(),
        is_hr: fields.is_checked("is_hr"),
    };
    let new = NewPerson {
        name: form.name.clone(),
        email: form.email.clone(),
        lang: form.lang,
        zone: form.zone.clone(),
        calendar: form.calendar.clone(),
        // What is no number is no hour either; the use case says so beside the field.
        brief_hour: form.brief_hour.parse().unwrap_or(u8::MAX),
        is_hr: form.is_hr,
    };
    Ok((form, new))
}

fn person_label(field: &str) -> &'static str {
    match field {
        "name" => "person-label-name",
        "email" => "person-label-email",
        "zone" => "person-label-zone",
        "calendar" => "person-label-calendar",
        "brief_hour" => "person-label-hour",
        _ => "person-label-hr",
    }
}

#[post("/people")]
async fn add(posted: Posted) -> Result<HttpResponse, Error> {
    let Posted { visit, fields } = posted;
    for_hr(visit.viewer)?;
    let (form, new) = typed(&fields)?;
    let (moment, who) = (visit.moment(), crate::engine::access::Actor::Person(visit.viewer));
    match visit.state.pool.in_transaction(async |tx| people::add(tx, who, &new, &moment).await).await {
        Ok(id) => Ok(see(&list::href(id), Some("added"))),
        Err(app::Error::Invalid(found)) => {
            let mut conn = visit.state.pool.get().await?;
            let mut page = list::blank(&mut conn, visit.viewer).await?;
            page.form = form;
            page.mistakes = Mistakes::new("", found, person_label);
            visit.invalid("person_new", &page)
        }
        Err(other) => Err(other.into()),
    }
}

#[derive(Deserialize)]
struct Just {
    /// The member who joined or left a moment ago.
    #[serde(default)]
    member: String,
}

async fn page_of(visit: &Visit, id: PersonId, member: Option<MemberId>) -> Result<PersonPage, Error> {
    let mut conn = visit.state.pool.get().await?;
    Ok(person::load(&mut conn, visit.viewer, id, member, visit.moment().now).await?)
}

#[get("/people/{id}")]
async fn show(visit: Visit, id: Path<String>, just: Query<Just>) -> Result<HttpResponse, Error> {
    let page = page_of(&visit, named(&id)?, just.member.parse().ok()).await?;
    visit.page("person", &page)
}

#[post("/people/{id}")]
async fn save(posted: Posted, id: Path<String>) -> Result<HttpResponse, Error> {
    let Posted { visit, fields } = posted;
    for_hr(visit.viewer)?;
    let id: PersonId = named(&id)?;
    let (form, new) = typed(&fields)?;
    let moment = visit.moment();
    // Another calendar moves their plans: shown first, and done when it is sent again.
    if fields.text("moves") != new.calendar {
        let mut conn = visit.state.pool.get().await?;
        let following = person::following(&mut conn, visit.viewer, id, &new.calendar, &moment).await?;
        drop(conn);
        if following.is_some() {
            let mut page = page_of(&visit, id, None).await?;
            page.form = form;
            page.following = following;
            return visit.page("person", &page);
        }
    }
    match visit.state.pool.in_transaction(async |tx| people::edit(tx, visit.viewer, id, &new, &moment).await).await {
        Ok(()) => Ok(see(&list::href(id), Some("saved"))),
        Err(app::Error::Invalid(found)) => {
            let mut page = page_of(&visit, id, None).await?;
            page.form = form;
            page.mistakes = Mistakes::new("", found, person_label);
            visit.invalid("person", &page)
        }
        Err(other) => Err(other.into()),
    }
}

fn join_label(field: &str) -> &'static str {
    match field {
        "name" => "person-label-member",
        "position" => "person-label-position",
        _ => "person-label-joined",
    }
}

#[post("/people/{id}/members")]
async fn join(posted: Posted, id: Path<String>) -> Result<HttpResponse, Error> {
    let Posted { visit, fields } = posted;
    for_hr(visit.viewer)?;
    let id: PersonId = named(&id)?;
    let typed = JoinForm {
        name: fields.text("name").to_owned(),
        position: fields.text("position").to_owned(),
        joined_on: fields.text("joined_on").trim().to_owned(),
    };
    let moment = visit.moment();
    let joined = match joining_day(&typed) {
        Err(problem) => Err(app::Error::Invalid(vec![problem])),
        Ok(on) => {
            let (name, position) = (&typed.name, &typed.position);
            let work = async |tx: &mut _| roster::join(tx, visit.viewer, id, name, position, on, &moment).await;
            visit.state.pool.in_transaction(work).await
        }
    };
    match joined {
        Ok(member) => Ok(see(&format!("{}?member={member}", list::href(id)), Some("joined"))),
        Err(app::Error::Invalid(found)) => {
            let mut page = page_of(&visit, id, None).await?;
            page.joining = typed;
            page.join_mistakes = Mistakes::new("member-", found, join_label);
            visit.invalid("person", &page)
        }
        Err(app::Error::Refused(refusal)) => {
            let mut page = page_of(&visit, id, None).await?;
            page.joining = typed;
            refused(&visit, &page, &refusal).await
        }
        Err(other) => Err(other.into()),
    }
}

/// A form that came back stands at its own address, to which the language button returns.
#[get("/people/{id}/members")]
async fn joining(visit: Visit, id: Path<String>) -> Result<HttpResponse, Error> {
    for_hr(visit.viewer)?;
    Ok(see(&list::href(named(&id)?), None))
}

/// As [`joining`].
#[get("/members/{id}/leave")]
async fn leaving(visit: Visit, id: Path<String>) -> Result<HttpResponse, Error> {
    let mut conn = visit.state.pool.get().await?;
    let manager = person::manager_of(&mut conn, visit.viewer, named(&id)?).await?;
    Ok(see(&list::href(manager), None))
}

/// As [`joining`].
#[routes]
#[get("/plans/{plan}/mentor")]
#[get("/plans/{plan}/cast")]
async fn casting(visit: Visit, plan: Path<String>) -> Result<HttpResponse, Error> {
    let mut conn = visit.state.pool.get().await?;
    let manager = person::manager_of_plan(&mut conn, visit.viewer, named(&plan)?).await?;
    Ok(see(&list::href(manager), None))
}

/// Empty: today, in the manager's zone.
fn joining_day(typed: &JoinForm) -> Result<Option<NaiveDate>, FieldProblem> {
    if typed.joined_on.is_empty() { Ok(None) } else { date("joined_on", &typed.joined_on).map(Some) }
}

async fn refused(visit: &Visit, page: &PersonPage, refusal: &Refusal) -> Result<HttpResponse, Error> {
    visit.refused("person", page, refusal, &names(visit).await?)
}

#[post("/members/{id}/leave")]
async fn leave(posted: Posted, id: Path<String>) -> Result<HttpResponse, Error> {
    let Posted { visit, fields } = posted;
    let id: MemberId = named(&id)?;
    let mut conn = visit.state.pool.get().await?;
    let manager = person::manager_of(&mut conn, visit.viewer, id).await?;
    drop(conn);
    let (typed, moment) = (fields.text("left_on").trim().to_owned(), visit.moment());
    let left = match date("left_on", &typed) {
        Err(problem) => Err(app::Error::Invalid(vec![problem])),
        Ok(on) => {
            let work = async |tx: &mut _| roster::leave(tx, visit.viewer, id, Some(on), &moment).await;
            visit.state.pool.in_transaction(work).await
        }
    };
    match left {
        Ok(()) => Ok(see(&format!("{}?member={id}", list::href(manager)), Some("left"))),
        Err(app::Error::Invalid(found)) => {
            let mut page = page_of(&visit, manager, None).await?;
            mark(&mut page, id, &typed, found);
            visit.invalid("person", &page)
        }
        Err(app::Error::Refused(refusal)) => {
            let mut page = page_of(&visit, manager, None).await?;
            mark(&mut page, id, &typed, Vec::new());
            refused(&visit, &page, &refusal).await
        }
        Err(other) => Err(other.into()),
    }
}

/// Keeps what was typed for one member, with what is wrong with it beside it and on top.
fn mark(page: &mut PersonPage, id: MemberId, typed: &str, found: Vec<FieldProblem>) {
    if let Some(member) = page.present.iter_mut().find(|member| member.id == id) {
        typed.clone_into(&mut member.leave_on);
        member.is_leaving = true;
        member.problem = found.first().map(|problem| problem.message.clone());
        page.mistakes.list = Mistakes::new(&format!("{id}-"), found, |_| "person-label-left").list;
    }
}

/// What a change of the cast came to, on the manager's page.
async fn cast(
    visit: &Visit,
    manager: PersonId,
    done: Result<(), app::Error>,
    what: &str,
) -> Result<HttpResponse, Error> {
    match done {
        Ok(()) => Ok(see(&list::href(manager), Some(what))),
        Err(app::Error::Refused(refusal)) => {
            let page = page_of(visit, manager, None).await?;
            refused(visit, &page, &refusal).await
        }
        Err(other) => Err(other.into()),
    }
}

#[post("/plans/{plan}/cast")]
async fn recast(posted: Posted, plan: Path<String>) -> Result<HttpResponse, Error> {
    let Posted { visit, fields } = posted;
    let plan: PlanId = named(&plan)?;
    let mut conn = visit.state.pool.get().await?;
    let manager = person::manager_of_plan(&mut conn, visit.viewer, plan).await?;
    drop(conn);
    let (superior, hr) = (fields.need::<PersonId>("superior")?, fields.need::<PersonId>("hr")?);
    let moment = visit.moment();
    let work = async |tx: &mut _| plans::recast(tx, visit.viewer, plan, superior, hr, &moment).await;
    cast(&visit, manager, visit.state.pool.in_transaction(work).await, "saved").await
}

#[post("/plans/{plan}/mentor")]
async fn ask_mentor(posted: Posted, plan: Path<String>) -> Result<HttpResponse, Error> {
    let Posted { visit, fields } = posted;
    let plan: PlanId = named(&plan)?;
    let mut conn = visit.state.pool.get().await?;
    let manager = person::manager_of_plan(&mut conn, visit.viewer, plan).await?;
    drop(conn);
    let (mentor, moment) = (fields.need::<PersonId>("person")?, visit.moment());
    let then: Vec<PersonId> = fields.read("then")?.into_iter().collect();
    let work = async |tx: &mut _| mentoring::ask(tx, visit.viewer, plan, mentor, &then, &moment).await;
    cast(&visit, manager, visit.state.pool.in_transaction(work).await, "mentor-asked").await
}

#[cfg(test)]
#[path = "people_tests.rs"]
pub(crate) mod tests;
