//! How every plan goes, for HR.

use actix_web::web::ServiceConfig;
use actix_web::{HttpResponse, get};

use crate::app::pages::progress;
use crate::web::error::Error;
use crate::web::session::Visit;

pub fn configure(config: &mut ServiceConfig) {
    config.service(show);
}

#[get("/progress")]
async fn show(visit: Visit) -> Result<HttpResponse, Error> {
    let mut conn = visit.state.pool.get().await?;
    let page = progress::load(&mut conn, visit.viewer, visit.moment().now).await?;
    visit.page("progress", &page)
}
