//! One plan as a whole, for everybody who has a part in it.

use actix_web::web::{Path, ServiceConfig};
use actix_web::{HttpResponse, get, post};

use crate::app;
use crate::app::pages::plan;
use crate::app::playbooks;
use crate::engine::vocabulary::PlanId;
use crate::render;
use crate::web::error::Error;
use crate::web::form::Posted;
use crate::web::pages::people::named;
use crate::web::session::{Visit, see};

pub fn configure(config: &mut ServiceConfig) {
    config.service(show).service(launch);
}

/// A UUID only: `/plans/new` is another page, whichever of the two was registered first.
#[get("/plans/{plan:[0-9a-f]{8}-[0-9a-f-]{27}}")]
async fn show(visit: Visit, plan: Path<String>) -> Result<HttpResponse, Error> {
    visit.page("plan", &page(&visit, named(&plan)?).await?)
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

async fn page(visit: &Visit, plan: PlanId) -> Result<plan::PlanPage, Error> {
    let mut conn = visit.state.pool.get().await?;
    Ok(plan::load(&mut conn, visit.viewer, plan, visit.moment().now).await?)
}
