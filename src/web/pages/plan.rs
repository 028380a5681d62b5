//! One plan as a whole, for everybody who has a part in it.

use actix_web::web::{Path, Query, ServiceConfig};
use actix_web::{HttpResponse, get, post};
use serde::Deserialize;

use crate::app;
use crate::app::pages::{as_of, names, plan};
use crate::app::{playbooks, rollouts};
use crate::engine::vocabulary::{PlanId, StepId};
use crate::render;
use crate::web::error::Error;
use crate::web::form::Posted;
use crate::web::pages::people::named;
use crate::web::session::{Visit, local, see};

pub fn configure(config: &mut ServiceConfig) {
    config.service(show).service(launch).service(answer);
}

#[derive(Deserialize)]
struct Given {
    /// A past day, as somebody typed it.
    as_of: Option<String>,
}

/// A UUID only: `/plans/new` is another page, whichever of the two was registered first.
#[get("/plans/{plan:[0-9a-f]{8}-[0-9a-f-]{27}}")]
async fn show(visit: Visit, plan: Path<String>, given: Query<Given>) -> Result<HttpResponse, Error> {
    let plan = named(&plan)?;
    let Some(day) = &given.as_of else { return visit.page("plan", &page(&visit, plan).await?) };
    let mut conn = visit.state.pool.get().await?;
    visit.page("plan", &as_of::load(&mut conn, visit.viewer, plan, day, visit.moment().now).await?)
}

#[post("/plans/{plan}/playbooks/{playbook}")]
async fn launch(posted: Posted, address: Path<(String, String)>) -> Result<HttpResponse, Error> {
    let Posted { visit, .. } = posted;
    let (plan, playbook) = address.into_inner();
    let (plan, moment): (PlanId, _) = (named(&plan)?, visit.moment());
    let pool = &visit.state.pool;
    let launched =
        pool.in_transaction(async |tx| playbooks::launch(tx, visit.viewer, plan, &playbook, &moment).await).await;
    match launched {
        Ok(()) => Ok(see(&format!("/plans/{plan}"), Some("launched"))),
        Err(app::Error::Refused(refusal)) => {
            visit.refused("plan", &page(&visit, plan).await?, &refusal, &render::Names::default())
        }
        Err(other) => Err(other.into()),
    }
}

/// The manager takes a newer version of a step, or leaves it as it is.
#[post("/plans/{plan}/offers/{step}")]
async fn answer(posted: Posted, address: Path<(String, String)>) -> Result<HttpResponse, Error> {
    let Posted { visit, fields } = posted;
    let (plan, step) = address.into_inner();
    let (plan, step, moment): (PlanId, _, _) = (named(&plan)?, StepId(step), visit.moment());
    let take = match fields.text("answer") {
        "take" => true,
        "leave" => false,
        _ => {
            // Who may not see the plan learns nothing, whatever they send.
            page(&visit, plan).await?;
            return Err(Error::BadRequest);
        }
    };
    let work = async |tx: &mut _| rollouts::answer_offer(tx, visit.viewer, plan, step.clone(), take, &moment).await;
    match visit.state.pool.in_transaction(work).await {
        Ok(()) => {
            let back = fields.text("back");
            let back = if back.is_empty() { format!("/plans/{plan}") } else { local(back).to_owned() };
            Ok(see(&back, Some(if take { "offer-taken" } else { "offer-left" })))
        }
        Err(app::Error::Refused(refusal)) => {
            let mut conn = visit.state.pool.get().await?;
            let names = names::of_plan(&mut conn, visit.viewer, plan).await?;
            drop(conn);
            visit.refused("plan", &page(&visit, plan).await?, &refusal, &names.into())
        }
        Err(other) => Err(other.into()),
    }
}

async fn page(visit: &Visit, plan: PlanId) -> Result<plan::PlanPage, Error> {
    let mut conn = visit.state.pool.get().await?;
    Ok(plan::load(&mut conn, visit.viewer, plan, visit.moment().now).await?)
}
