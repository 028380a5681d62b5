//! What the answers of a plan add up to.

use actix_web::web::{Path, ServiceConfig};
use actix_web::{HttpResponse, get};

use super::people::named;
use crate::app::pages::practice;
use crate::web::error::Error;
use crate::web::session::Visit;

pub fn configure(config: &mut ServiceConfig) {
    config.service(index).service(views);
}

#[get("/plans/{plan}/practice")]
async fn index(visit: Visit, plan: Path<String>) -> Result<HttpResponse, Error> {
    let mut conn = visit.state.pool.get().await?;
    visit.page("practice", &practice::load(&mut conn, visit.viewer, named(&plan)?, visit.moment().now).await?)
}

#[get("/plans/{plan}/practice/{curriculum}")]
async fn views(visit: Visit, address: Path<(String, String)>) -> Result<HttpResponse, Error> {
    let (plan, curriculum) = address.into_inner();
    let mut conn = visit.state.pool.get().await?;
    let (plan, now) = (named(&plan)?, visit.moment().now);
    visit.page("views", &practice::views(&mut conn, visit.viewer, plan, &curriculum, now).await?)
}
