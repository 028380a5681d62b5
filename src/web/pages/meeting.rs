//! Meetings: the forms on a step's page, and the page behind a link in the mail.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse, get, post};
use chrono::{DateTime, Utc};

use super::step;
use crate::app;
use crate::app::meetings::{self, Given, TIMES};
use crate::app::pages::meeting;
use crate::app::steps::At;
use crate::web::State;
use crate::web::error::Error;
use crate::web::form::{Fields, Posted};
use crate::web::session::{Visit, reader_chrome, see};

type Address = Path<(String, String)>;

pub fn configure(config: &mut ServiceConfig) {
    config.service(propose).service(choose).service(cancel).service(show).service(choose_by_link).service(undo_by_link);
}

#[post("/plans/{plan}/steps/{key}/meeting")]
async fn propose(posted: Posted, address: Address) -> Result<HttpResponse, Error> {
    let Posted { visit, fields } = posted;
    let at = step::at(&visit, &address, &fields).await?;
    let (given, moment) = (given(&fields), visit.moment());
    let done = visit
        .state
        .pool
        .in_transaction(async |tx| meetings::propose(tx, visit.viewer, (at.plan, &at.step), &given, &moment).await);
    match done.await {
        Ok(what) => Ok(back(&at, what)),
        Err(error) => refused(&visit, &at, &given, error).await,
    }
}

#[post("/plans/{plan}/steps/{key}/meeting/choose")]
async fn choose(posted: Posted, address: Address) -> Result<HttpResponse, Error> {
    let Posted { visit, fields } = posted;
    let at = step::at(&visit, &address, &fields).await?;
    // None is a time that nobody offered, which is said in words.
    let slot: DateTime<Utc> = fields.read("slot")?.unwrap_or_default();
    let moment = visit.moment();
    let done = visit
        .state
        .pool
        .in_transaction(async |tx| meetings::choose(tx, visit.viewer, (at.plan, &at.step), slot, &moment).await);
    match done.await {
        Ok(()) => Ok(back(&at, "meeting-agreed")),
        Err(error) => refused(&visit, &at, &Given::default(), error).await,
    }
}

#[post("/plans/{plan}/steps/{key}/meeting/cancel")]
async fn cancel(posted: Posted, address: Address) -> Result<HttpResponse, Error> {
    let Posted { visit, fields } = posted;
    let at = step::at(&visit, &address, &fields).await?;
    let (stands, moment) = (fields.text("stands"), visit.moment());
    let done = visit
        .state
        .pool
        .in_transaction(async |tx| meetings::cancel(tx, visit.viewer, (at.plan, &at.step), stands, &moment).await);
    match done.await {
        Ok(()) => Ok(back(&at, "meeting-cancelled")),
        Err(error) => refused(&visit, &at, &Given::default(), error).await,
    }
}

fn given(fields: &Fields) -> Given {
    Given {
        times: TIMES.map(|name| fields.text(name).to_owned()),
        minutes: fields.text("minutes").to_owned(),
        place: fields.text("place").to_owned(),
        is_agreed: fields.is_checked("agreed"),
        seen: fields.text("stands").to_owned(),
    }
}

fn back(at: &At, done: &str) -> HttpResponse {
    see(&format!("{}?done={done}#meeting", step::href(at)), None)
}

/// The step's page again, with what was wrong beside the fields or the buttons.
async fn refused(visit: &Visit, at: &At, given: &Given, error: app::Error) -> Result<HttpResponse, Error> {
    if matches!(error, app::Error::NotFound) {
        return Err(error.into());
    }
    let mut page = step::page(visit, at.plan, &at.step).await?;
    match (error, &mut page.meeting) {
        (app::Error::Invalid(problems), Some(block)) => {
            block.show_refused(given, problems);
            visit.invalid("step", &page)
        }
        (error, _) => step::refused(visit, at, &page, error).await,
    }
}

/// Changes nothing: mail scanners open links before people do.
#[get("/meet/{secret}")]
async fn show(request: HttpRequest, state: Data<State>, secret: Path<String>) -> Result<HttpResponse, Error> {
    let now = state.moment().now;
    let linked = meeting::load(&mut *state.pool.get().await?, &secret, now).await?;
    let chrome = reader_chrome(&state, &request, (linked.lang, linked.zone), format!("/meet/{secret}"));
    let body = state.renderer.page("meeting", &chrome, &linked.page)?;
    Ok(HttpResponse::build(StatusCode::OK).content_type("text/html; charset=utf-8").body(body))
}

#[post("/meet/{secret}")]
async fn choose_by_link(state: Data<State>, secret: Path<String>, fields: Fields) -> Result<HttpResponse, Error> {
    let (another, moment) = (fields.read("slot")?, state.moment());
    let done = state.pool.in_transaction(async |tx| meetings::choose_by_link(tx, &secret, another, &moment).await);
    answer(&secret, done.await)
}

#[post("/meet/{secret}/undo")]
async fn undo_by_link(state: Data<State>, secret: Path<String>) -> Result<HttpResponse, Error> {
    let moment = state.moment();
    let done = state.pool.in_transaction(async |tx| meetings::undo_by_link(tx, &secret, &moment).await);
    answer(&secret, done.await)
}

/// Whatever came of it, the page says how the meeting stands.
fn answer(secret: &str, done: Result<(), app::Error>) -> Result<HttpResponse, Error> {
    match done {
        Ok(()) | Err(app::Error::Invalid(_) | app::Error::Refused(_)) => Ok(see(&format!("/meet/{secret}"), None)),
        Err(other) => Err(other.into()),
    }
}
