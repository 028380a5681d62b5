//! One plan as a whole, for everybody who has a part in it.

use actix_web::web::{Path, ServiceConfig};
use actix_web::{HttpResponse, get};

use crate::app::pages::plan;
use crate::engine::vocabulary::PlanId;
use crate::web::error::Error;
use crate::web::session::Visit;

pub fn configure(config: &mut ServiceConfig) {
    config.service(show);
}

/// A UUID only: `/plans/new` is another page, whichever of the two was registered first.
#[get("/plans/{plan:[0-9a-f]{8}-[0-9a-f-]{27}}")]
async fn show(visit: Visit, plan: Path<String>) -> Result<HttpResponse, Error> {
    let plan: PlanId = plan.parse().map_err(|_| Error::NotFound)?;
    let mut conn = visit.state.pool.get().await?;
    let page = plan::load(&mut conn, visit.viewer, plan, visit.moment().now).await?;
    visit.page("plan", &page)
}
