//! A mentor's queue, and their answer to a request.

use actix_web::web::{Path, ServiceConfig};
use actix_web::{HttpResponse, get, post};

use crate::app;
use crate::app::mentoring::{self, Answer};
use crate::app::pages::queue::{self, QueuePage};
use crate::engine::Refusal;
use crate::engine::vocabulary::PlanId;
use crate::render;
use crate::web::error::Error;
use crate::web::form::Posted;
use crate::web::session::{Visit, see};

pub fn configure(config: &mut ServiceConfig) {
    config.service(show).service(accept).service(decline);
}

#[get("/queue")]
async fn show(visit: Visit) -> Result<HttpResponse, Error> {
    visit.page("queue", &page(&visit).await?)
}

#[post("/mentor-requests/{plan}/accept")]
async fn accept(posted: Posted, plan: Path<String>) -> Result<HttpResponse, Error> {
    answer(posted, &plan, |_| Answer::Accept, "mentor-accepted").await
}

#[post("/mentor-requests/{plan}/decline")]
async fn decline(posted: Posted, plan: Path<String>) -> Result<HttpResponse, Error> {
    answer(posted, &plan, |line| Answer::Decline { line }, "mentor-declined").await
}

async fn answer(
    posted: Posted,
    plan: &str,
    answer: impl FnOnce(String) -> Answer,
    done: &str,
) -> Result<HttpResponse, Error> {
    let Posted { visit, fields } = posted;
    let plan: PlanId = plan.parse().map_err(|_| Error::NotFound)?;
    let (line, moment) = (fields.text("line").to_owned(), visit.moment());
    let answer = answer(line.clone());
    let answered = visit
        .state
        .pool
        .in_transaction(async |tx| mentoring::answer(tx, visit.viewer, plan, answer, &moment).await)
        .await;
    match answered {
        Ok(()) => Ok(see("/queue", Some(done))),
        Err(app::Error::Refused(Refusal::BadWords)) => {
            let mut page = page(&visit).await?;
            for request in page.requests.iter_mut().filter(|request| request.plan == plan) {
                request.line.clone_from(&line);
                request.problem = Some(render::refusal(&Refusal::BadWords, &render::Names::default()));
            }
            visit.invalid("queue", &page)
        }
        Err(app::Error::Refused(refusal)) => {
            // Already the mentor is the reader themselves, the only person such a refusal can name.
            let people = [(visit.id(), visit.name.clone())].into();
            let names = render::Names { people, ..render::Names::default() };
            visit.refused("queue", &page(&visit).await?, &refusal, &names)
        }
        Err(other) => Err(other.into()),
    }
}

async fn page(visit: &Visit) -> Result<QueuePage, Error> {
    let mut conn = visit.state.pool.get().await?;
    Ok(queue::load(&mut conn, visit.viewer, visit.moment().now).await?)
}
