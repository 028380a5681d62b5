//! What a link in the mail does, without signing in: a page that says it, one button, and undo.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse, get, post};

use super::step::typed;
use crate::app;
use crate::app::from_mail;
use crate::app::pages::act::{self, Linked};
use crate::engine::Refusal;
use crate::render::{self, Flash, FlashKind};
use crate::web::State;
use crate::web::error::Error;
use crate::web::form::Fields;
use crate::web::session::{reader_chrome, see};

pub fn configure(config: &mut ServiceConfig) {
    config.service(show).service(press).service(undo);
}

/// Changes nothing: mail scanners open links before people do.
#[get("/act/{secret}")]
async fn show(request: HttpRequest, state: Data<State>, secret: Path<String>) -> Result<HttpResponse, Error> {
    let linked = load(&state, &secret).await?;
    page(&request, &state, &secret, linked, StatusCode::OK, None)
}

#[post("/act/{secret}")]
async fn press(
    request: HttpRequest,
    state: Data<State>,
    secret: Path<String>,
    fields: Fields,
) -> Result<HttpResponse, Error> {
    let (line, moment) = (fields.text("line"), state.moment());
    let done = state.pool.in_transaction(async |tx| from_mail::press(tx, &secret, line, &moment).await).await;
    answer(&request, &state, &secret, line, done).await
}

#[post("/act/{secret}/undo")]
async fn undo(request: HttpRequest, state: Data<State>, secret: Path<String>) -> Result<HttpResponse, Error> {
    let moment = state.moment();
    let done = state.pool.in_transaction(async |tx| from_mail::undo(tx, &secret, &moment).await).await;
    answer(&request, &state, &secret, "", done).await
}

/// Whatever came of it, the page says how things stand; what was refused is said there too.
async fn answer(
    request: &HttpRequest,
    state: &State,
    secret: &str,
    line: &str,
    done: Result<(), app::Error>,
) -> Result<HttpResponse, Error> {
    let error = match done {
        Ok(()) => return Ok(see(&href(secret), None)),
        Err(error) => error,
    };
    let refusal = match &error {
        app::Error::Refused(refusal) => Some(refusal.clone()),
        // The plan is not theirs any more, which the page says; without a link there is no page either.
        app::Error::NotFound => None,
        _ => return Err(error.into()),
    };
    let mut linked = load(state, secret).await?;
    linked.page.line = typed(line, &error);
    let status = match linked.page.line.problem {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::CONFLICT,
    };
    page(request, state, secret, linked, status, refusal)
}

async fn load(state: &State, secret: &str) -> Result<Linked, Error> {
    let mut conn = state.pool.get().await?;
    Ok(act::load(&mut conn, secret, state.moment().now).await?)
}

/// `refused` is said on top when nothing else on the page says it.
fn page(
    request: &HttpRequest,
    state: &State,
    secret: &str,
    linked: Linked,
    status: StatusCode,
    refused: Option<Refusal>,
) -> Result<HttpResponse, Error> {
    let Linked { lang, zone, refusal, names, mut page } = linked;
    let names = names.into();
    page.why = refusal.map(|refusal| render::refusal(&refusal, &names));
    let mut chrome = reader_chrome(state, request, (lang, zone), href(secret));
    let is_said = page.why.is_some() || page.line.problem.is_some();
    chrome.flash = refused
        .filter(|_| !is_said)
        .map(|refusal| Flash { message: render::refusal(&refusal, &names), kind: FlashKind::Refused });
    let body = state.renderer.page("act", &chrome, &page)?;
    Ok(HttpResponse::build(status).content_type("text/html; charset=utf-8").body(body))
}

fn href(secret: &str) -> String {
    format!("/act/{secret}")
}
