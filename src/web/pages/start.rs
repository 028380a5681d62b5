//! Starting a plan, for HR: choose, look at what would come of it, press once.

use actix_web::web::{Query, ServiceConfig};
use actix_web::{HttpResponse, get, post};
use serde::Deserialize;

use super::people::{date, names};
use crate::app;
use crate::app::pages::people::{Mistakes, for_hr};
use crate::app::pages::start::{self, Chosen};
use crate::app::plans::{self as starting, NewPlan};
use crate::engine::access::Actor;
use crate::engine::form::FieldProblem;
use crate::engine::message::Message;
use crate::engine::vocabulary::PersonId;
use crate::web::error::Error;
use crate::web::form::{Fields, Posted};
use crate::web::session::{Visit, see};

pub fn configure(config: &mut ServiceConfig) {
    config.service(choose).service(preview).service(begin);
}

/// Choices in an address: a link from a person's page, or the way back from the preview.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Given {
    manager: String,
    superior: String,
    mentor: String,
    hr: String,
    program: String,
    effective: String,
    calendar: String,
}

#[get("/plans/new")]
async fn choose(visit: Visit, given: Query<Given>) -> Result<HttpResponse, Error> {
    let mut conn = visit.state.pool.get().await?;
    let given = given.into_inner();
    // An address from the preview holds every choice; one from a person's page only the manager.
    let whole = !given.program.is_empty();
    let manager = given.manager.clone();
    let chosen = whole.then(|| Chosen {
        manager: given.manager,
        superior: given.superior,
        mentor: given.mentor,
        hr: given.hr,
        program: given.program,
        effective: given.effective,
        calendar: given.calendar,
    });
    let mut page = start::load(&mut conn, visit.viewer, chosen, visit.moment().now).await?;
    if !whole {
        page.chosen.manager = manager;
    }
    visit.page("start", &page)
}

fn typed(fields: &Fields) -> Chosen {
    let text = |name| fields.text(name).trim().to_owned();
    Chosen {
        manager: text("manager"),
        superior: text("superior"),
        mentor: text("mentor"),
        hr: text("hr"),
        program: text("program"),
        effective: text("effective"),
        calendar: text("calendar"),
    }
}

/// The order that the choices make, or every choice that is missing.
fn order(chosen: &Chosen) -> Result<NewPlan, Vec<FieldProblem>> {
    let mut problems = Vec::new();
    let mut person = |field: &'static str, text: &str| -> Option<PersonId> {
        let id = text.parse().ok();
        if id.is_none() {
            problems.push(FieldProblem { field: field.to_owned(), message: Message::new("field-required") });
        }
        id
    };
    let manager = person("manager", &chosen.manager);
    let superior = person("superior", &chosen.superior);
    let mentor = if chosen.mentor.is_empty() { None } else { person("mentor", &chosen.mentor) };
    let hr = person("hr", &chosen.hr);
    if chosen.program.is_empty() {
        problems.push(FieldProblem { field: "program".to_owned(), message: Message::new("field-required") });
    }
    let effective = date("effective", &chosen.effective).map_err(|problem| problems.push(problem)).ok();
    match (manager, superior, hr, effective) {
        (Some(manager), Some(superior), Some(hr), Some(effective)) if problems.is_empty() => Ok(NewPlan {
            program: chosen.program.clone(),
            manager,
            superior,
            hr,
            mentor,
            effective,
            calendar: Some(chosen.calendar.clone()).filter(|name| !name.is_empty()),
        }),
        _ => Err(problems),
    }
}

fn label(field: &str) -> &'static str {
    match field {
        "manager" => "start-manager",
        "superior" => "start-superior",
        "mentor" => "start-mentor",
        "hr" => "start-hr",
        "program" => "start-program",
        "effective" => "start-effective",
        _ => "start-calendar",
    }
}

/// The form again, with what is wrong.
async fn again(visit: &Visit, chosen: Chosen, why: app::Error) -> Result<HttpResponse, Error> {
    let mut conn = visit.state.pool.get().await?;
    let mut page = start::load(&mut conn, visit.viewer, Some(chosen), visit.moment().now).await?;
    drop(conn);
    match why {
        app::Error::Invalid(found) => {
            page.mistakes = Mistakes::new("", found, label);
            visit.invalid("start", &page)
        }
        app::Error::Refused(refusal) => visit.refused("start", &page, &refusal, &names(visit).await?),
        other => Err(other.into()),
    }
}

#[post("/plans/preview")]
async fn preview(posted: Posted) -> Result<HttpResponse, Error> {
    let Posted { visit, fields } = posted;
    for_hr(visit.viewer)?;
    let chosen = typed(&fields);
    let new = match order(&chosen) {
        Ok(new) => new,
        Err(problems) => return again(&visit, chosen, app::Error::Invalid(problems)).await,
    };
    let mut conn = visit.state.pool.get().await?;
    let page = start::preview(&mut conn, visit.viewer, &new, chosen.clone(), &visit.moment()).await;
    drop(conn);
    match page {
        Ok(page) => visit.page("start_preview", &page),
        Err(why) => again(&visit, chosen, why).await,
    }
}

#[post("/plans")]
async fn begin(posted: Posted) -> Result<HttpResponse, Error> {
    let Posted { visit, fields } = posted;
    for_hr(visit.viewer)?;
    let chosen = typed(&fields);
    let new = match order(&chosen) {
        Ok(new) => new,
        Err(problems) => return again(&visit, chosen, app::Error::Invalid(problems)).await,
    };
    let (moment, who) = (visit.moment(), Actor::Person(visit.viewer));
    match visit.state.pool.in_transaction(async |tx| starting::start(tx, who, &new, &moment).await).await {
        Ok(plan) => Ok(see(&format!("/plans/{plan}"), Some("started"))),
        Err(why) => again(&visit, chosen, why).await,
    }
}
