//! The record of a plan: read, chosen, taken along.

use std::collections::BTreeSet;

use actix_web::http::header::ContentDisposition;
use actix_web::web::{Path, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse, get};

use super::people::named;
use crate::app::pages::record::{self, RecordPage};
use crate::engine::vocabulary::PlanId;
use crate::web::error::Error;
use crate::web::session::Visit;

pub fn configure(config: &mut ServiceConfig) {
    config.service(show).service(html).service(json);
}

#[get("/plans/{plan}/record")]
async fn show(visit: Visit, plan: Path<String>, request: HttpRequest) -> Result<HttpResponse, Error> {
    visit.page("record", &page(&visit, named(&plan)?, &request).await?)
}

/// A file that stands alone.
#[get("/plans/{plan}/record.html")]
async fn html(visit: Visit, plan: Path<String>, request: HttpRequest) -> Result<HttpResponse, Error> {
    let page = page(&visit, named(&plan)?, &request).await?;
    let mut file = visit.page("record_alone", &page)?;
    attach(&mut file, &name(&page, "html"));
    Ok(file)
}

/// With all that proves it: see [`record::verify`].
#[get("/plans/{plan}/record.json")]
async fn json(visit: Visit, plan: Path<String>, request: HttpRequest) -> Result<HttpResponse, Error> {
    let plan = named(&plan)?;
    let page = page(&visit, plan, &request).await?;
    let mut conn = visit.state.pool.get().await?;
    let proven = record::proven(&mut conn, visit.viewer, plan, &page).await?;
    let mut file = HttpResponse::Ok().json(&proven);
    attach(&mut file, &name(&page, "json"));
    Ok(file)
}

async fn page(visit: &Visit, plan: PlanId, request: &HttpRequest) -> Result<RecordPage, Error> {
    let pairs: Vec<(String, String)> =
        serde_urlencoded::from_str(request.query_string()).map_err(|_| Error::BadRequest)?;
    let ticked: BTreeSet<String> = pairs.into_iter().filter(|(name, _)| name == "private").map(|(_, id)| id).collect();
    let mut conn = visit.state.pool.get().await?;
    Ok(record::load(&mut conn, visit.viewer, plan, &ticked, &visit.state.base_url, visit.moment().now).await?)
}

fn name(page: &RecordPage, kind: &str) -> String {
    format!("{}-{}.{kind}", page.record.manager, page.record.made_at.date_naive())
}

fn attach(file: &mut HttpResponse, name: &str) {
    use actix_web::http::header::{CONTENT_DISPOSITION, TryIntoHeaderValue};
    if let Ok(value) = ContentDisposition::attachment(name).try_into_value() {
        file.headers_mut().insert(CONTENT_DISPOSITION, value);
    }
}
