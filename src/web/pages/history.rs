//! The history of a plan, for everybody who has a part in it.

use actix_web::web::{Path, Query, ServiceConfig};
use actix_web::{HttpResponse, get};
use serde::Deserialize;

use crate::app::pages::history::{self, Asked};
use crate::web::error::Error;
use crate::web::pages::people::named;
use crate::web::session::Visit;

pub fn configure(config: &mut ServiceConfig) {
    config.service(show);
}

/// Read by hand: what can't be a step is not found, and what can't be a day is no limit.
#[derive(Deserialize)]
struct Given {
    step: Option<String>,
    before: Option<String>,
}

#[get("/plans/{plan}/history")]
async fn show(visit: Visit, plan: Path<String>, given: Query<Given>) -> Result<HttpResponse, Error> {
    let step = given.step.as_deref().map(|step| step.parse().map_err(|_| Error::NotFound)).transpose()?;
    let asked = Asked { step, before: given.before.as_deref().and_then(|day| day.parse().ok()) };
    let mut conn = visit.state.pool.get().await?;
    visit.page("history", &history::load(&mut conn, visit.viewer, named(&plan)?, &asked).await?)
}
