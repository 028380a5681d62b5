//! A mentor's answer from the mail: no sign-in, one question, two buttons.

use actix_web::web::{Data, Path, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse, get, post};

use crate::app;
use crate::app::mentoring::{self, Answer};
use crate::app::pages::mentor_answer::{self, Asked};
use crate::engine::Refusal;
use crate::render;
use crate::web::State;
use crate::web::error::Error;
use crate::web::form::Fields;
use crate::web::session::{reader_chrome, see};

pub fn configure(config: &mut ServiceConfig) {
    config.service(show).service(accept).service(decline);
}

/// Changes nothing: mail scanners open links before people do.
#[get("/mentor-answer/{secret}")]
async fn show(request: HttpRequest, state: Data<State>, secret: Path<String>) -> Result<HttpResponse, Error> {
    let asked = asked(&state, &secret).await?;
    page(&request, &state, &secret, &asked)
}

#[post("/mentor-answer/{secret}/accept")]
async fn accept(request: HttpRequest, state: Data<State>, secret: Path<String>) -> Result<HttpResponse, Error> {
    answer(&request, &state, &secret, "", Answer::Accept).await
}

#[post("/mentor-answer/{secret}/decline")]
async fn decline(
    request: HttpRequest,
    state: Data<State>,
    secret: Path<String>,
    fields: Fields,
) -> Result<HttpResponse, Error> {
    let line = fields.text("line");
    answer(&request, &state, &secret, line, Answer::Decline { line: line.to_owned() }).await
}

async fn answer(
    request: &HttpRequest,
    state: &State,
    secret: &str,
    line: &str,
    answer: Answer,
) -> Result<HttpResponse, Error> {
    let moment = state.moment();
    let answered =
        state.pool.in_transaction(async |tx| mentoring::answer_by_link(tx, secret, answer, &moment).await).await;
    match answered {
        // Whatever was answered before, by whomever, or that the plan ended: the page says how the question stands.
        Ok(())
        | Err(app::Error::Refused(Refusal::NotAsked | Refusal::AlreadyMentor { .. } | Refusal::PlanEnded { .. })) => {
            Ok(see(&format!("/mentor-answer/{secret}"), None))
        }
        Err(app::Error::Refused(refusal)) => {
            let mut asked = asked(state, secret).await?;
            line.clone_into(&mut asked.page.request.line);
            asked.page.request.problem = Some(render::refusal(&refusal, &render::Names::default()));
            let mut response = page(request, state, secret, &asked)?;
            *response.status_mut() = actix_web::http::StatusCode::UNPROCESSABLE_ENTITY;
            Ok(response)
        }
        Err(other) => Err(other.into()),
    }
}

async fn asked(state: &State, secret: &str) -> Result<Asked, Error> {
    let mut conn = state.pool.get().await?;
    Ok(mentor_answer::load(&mut conn, secret).await?)
}

fn page(request: &HttpRequest, state: &State, secret: &str, asked: &Asked) -> Result<HttpResponse, Error> {
    let chrome = reader_chrome(state, request, (asked.lang, asked.zone), format!("/mentor-answer/{secret}"));
    let body = state.renderer.page("mentor_answer", &chrome, &asked.page)?;
    Ok(HttpResponse::Ok().content_type("text/html; charset=utf-8").body(body))
}
