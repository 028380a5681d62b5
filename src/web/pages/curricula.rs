//! What is published, for HR: releases and calendars.

use actix_web::web::{Path, ServiceConfig};
use actix_web::{HttpResponse, get};

use crate::app::pages::curricula;
use crate::engine::zone::local_date;
use crate::web::error::Error;
use crate::web::session::Visit;

pub fn configure(config: &mut ServiceConfig) {
    config.service(all).service(one);
}

#[get("/curricula")]
async fn all(visit: Visit) -> Result<HttpResponse, Error> {
    let mut conn = visit.state.pool.get().await?;
    let today = local_date(visit.moment().now, visit.zone);
    let page = curricula::load(&mut conn, visit.viewer, today).await?;
    visit.page("curricula", &page)
}

#[get("/curricula/{hash}")]
async fn one(visit: Visit, hash: Path<String>) -> Result<HttpResponse, Error> {
    let mut conn = visit.state.pool.get().await?;
    let page = curricula::load_one(&mut conn, visit.viewer, &hash).await?;
    visit.page("release", &page)
}
