//! A superior's gates and reports.

use actix_web::web::ServiceConfig;
use actix_web::{HttpResponse, get};

use crate::app::pages::gates;
use crate::web::error::Error;
use crate::web::session::Visit;

pub fn configure(config: &mut ServiceConfig) {
    config.service(show);
}

#[get("/gates")]
async fn show(visit: Visit) -> Result<HttpResponse, Error> {
    let mut conn = visit.state.pool.get().await?;
    let page = gates::load(&mut conn, visit.viewer, visit.moment().now).await?;
    visit.page("gates", &page)
}
