//! A team's pulse: slips with codes for whoever hands them out, and a ballot for whoever has one. Nobody signs in
//! to answer, and no cookie is read or set beside the language's.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse, get, post};
use serde::Serialize;

use super::step::{at, href, page, refused};
use crate::app;
use crate::app::pages::pulse;
use crate::app::pulses;
use crate::engine::form::{Answers, FieldProblem};
use crate::web::State;
use crate::web::error::Error;
use crate::web::form::{Fields, Posted};
use crate::web::session::{reader_chrome, see, visitor_lang, visitor_page};

type Address = Path<(String, String)>;

pub fn configure(config: &mut ServiceConfig) {
    config.service(open).service(discard).service(ask).service(enter).service(show).service(cast);
}

/// Slips to print. They are shown this once.
#[derive(Serialize)]
struct SlipsPage {
    step_href: String,
    manager: String,
    closes_at: chrono::DateTime<chrono::Utc>,
    /// Where a code is typed in.
    address: String,
    slips: Vec<Slip>,
}

#[derive(Serialize)]
struct Slip {
    code: String,
    href: String,
}

#[post("/plans/{plan}/steps/{key}/pulse")]
async fn open(posted: Posted, address: Address) -> Result<HttpResponse, Error> {
    let Posted { mut visit, fields } = posted;
    let at = at(&visit, &address, &fields).await?;
    let moment = visit.moment();
    let opened = visit.state.pool.in_transaction(async |tx| pulses::open(tx, visit.viewer, &at, &moment).await).await;
    let shown = page(&visit, at.plan, &at.step).await?;
    match opened {
        Ok(None) => Ok(see(&href(&at), None)),
        Ok(Some(codes)) => {
            let base_url = &visit.state.base_url;
            let slip = |code: String| Slip { href: format!("{base_url}/pulse/{code}"), code };
            let slips = SlipsPage {
                step_href: href(&at),
                manager: shown.step.line.manager.clone(),
                closes_at: shown.pulse.and_then(|pulse| pulse.closes_at).unwrap_or(moment.now),
                address: format!("{base_url}/pulse"),
                slips: codes.into_iter().map(slip).collect(),
            };
            // No button leads away from the codes unless it says so: they are shown this once.
            visit.path.clear();
            visit.page("pulse_slips", &slips)
        }
        Err(error) => refused(&visit, &at, &shown, error).await,
    }
}

#[post("/plans/{plan}/steps/{key}/pulse/discard")]
async fn discard(posted: Posted, address: Address) -> Result<HttpResponse, Error> {
    let Posted { visit, fields } = posted;
    let at = at(&visit, &address, &fields).await?;
    match visit.state.pool.in_transaction(async |tx| pulses::discard(tx, visit.viewer, &at).await).await {
        Ok(()) => Ok(see(&href(&at), Some("pulse-discarded"))),
        Err(error) => refused(&visit, &at, &page(&visit, at.plan, &at.step).await?, error).await,
    }
}

/// Where a code is typed in.
#[derive(Serialize)]
struct CodePage {
    code: String,
    is_unknown: bool,
}

#[get("/pulse")]
async fn ask(request: HttpRequest, state: Data<State>) -> Result<HttpResponse, Error> {
    visitor_page(&state, &request, "pulse", &CodePage { code: String::new(), is_unknown: false })
}

#[post("/pulse")]
async fn enter(request: HttpRequest, state: Data<State>, fields: Fields) -> Result<HttpResponse, Error> {
    let code = fields.text("code").trim().to_owned();
    let found = pulses::behind(&mut *state.pool.get().await?, &code).await;
    match found {
        Ok(_) => {
            let letters: String = code.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
            Ok(see(&format!("/pulse/{letters}"), None))
        }
        Err(app::Error::NotFound) => {
            let mut response = visitor_page(&state, &request, "pulse", &CodePage { code, is_unknown: true })?;
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(response)
        }
        Err(other) => Err(other.into()),
    }
}

#[get("/pulse/{code}")]
async fn show(request: HttpRequest, state: Data<State>, code: Path<String>) -> Result<HttpResponse, Error> {
    ballot(&request, &state, &code, &Answers::default(), &[]).await
}

#[post("/pulse/{code}")]
async fn cast(
    request: HttpRequest,
    state: Data<State>,
    code: Path<String>,
    fields: Fields,
) -> Result<HttpResponse, Error> {
    let (given, now) = (fields.answers(), state.moment().now);
    match state.pool.in_transaction(async |tx| pulses::cast(tx, &code, &given, now).await).await {
        // The page says that it was counted, that the code was used, or that the pulse is closed.
        Ok(_) => Ok(see(&format!("/pulse/{code}"), None)),
        Err(app::Error::Invalid(problems)) => {
            let mut response = ballot(&request, &state, &code, &given, &problems).await?;
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(response)
        }
        Err(other) => Err(other.into()),
    }
}

async fn ballot(
    request: &HttpRequest,
    state: &State,
    code: &str,
    typed: &Answers,
    problems: &[FieldProblem],
) -> Result<HttpResponse, Error> {
    let mut conn = state.pool.get().await?;
    let opened = pulse::load(&mut conn, code, (typed, problems), state.moment().now).await?;
    let path = opened.page.href.clone();
    let chrome = reader_chrome(state, request, (visitor_lang(request), opened.zone), path);
    let body = state.renderer.page("ballot", &chrome, &opened.page)?;
    Ok(HttpResponse::Ok().content_type("text/html; charset=utf-8").body(body))
}
