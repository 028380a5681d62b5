//! The record of a plan: read, chosen, taken along.

use std::collections::BTreeSet;

use actix_web::http::header::{CONTENT_DISPOSITION, TryIntoHeaderValue};
use actix_web::web::{Path, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse, get};

use super::files::to_keep;
use super::people::named;
use crate::app::pages::record::{self, RecordPage};
use crate::engine::vocabulary::PlanId;
use crate::web::error::Error;
use crate::web::session::Visit;

pub fn configure(config: &mut ServiceConfig) {
    config.service(show).service(html).service(pdf).service(json);
}

#[get("/plans/{plan}/record")]
async fn show(visit: Visit, plan: Path<String>, request: HttpRequest) -> Result<HttpResponse, Error> {
    let mut page = page(&visit, named(&plan)?, &request).await?;
    page.has_pdf = visit.state.pdf.is_some();
    visit.page("record", &page)
}

/// A file that stands alone.
#[get("/plans/{plan}/record.html")]
async fn html(visit: Visit, plan: Path<String>, request: HttpRequest) -> Result<HttpResponse, Error> {
    let page = page(&visit, named(&plan)?, &request).await?;
    let mut file = visit.page("record_alone", &page)?;
    attach(&mut file, &name(&visit, &page, "html"));
    Ok(file)
}

/// The same on paper, where a browser is set that prints it.
#[get("/plans/{plan}/record.pdf")]
async fn pdf(visit: Visit, plan: Path<String>, request: HttpRequest) -> Result<HttpResponse, Error> {
    let page = page(&visit, named(&plan)?, &request).await?;
    let print = visit.state.pdf.clone().ok_or(Error::NotFound)?;
    let printed = print(visit.html("record_alone", &page)?).await.map_err(Error::Print)?;
    let mut file = HttpResponse::Ok().content_type("application/pdf").body(printed);
    attach(&mut file, &name(&visit, &page, "pdf"));
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
    attach(&mut file, &name(&visit, &page, "json"));
    Ok(file)
}

async fn page(visit: &Visit, plan: PlanId, request: &HttpRequest) -> Result<RecordPage, Error> {
    let pairs: Vec<(String, String)> =
        serde_urlencoded::from_str(request.query_string()).map_err(|_| Error::BadRequest)?;
    let ticked: BTreeSet<String> = pairs.into_iter().filter(|(name, _)| name == "private").map(|(_, id)| id).collect();
    let mut conn = visit.state.pool.get().await?;
    Ok(record::load(&mut conn, visit.viewer, plan, &ticked, &visit.state.base_url, visit.moment().now).await?)
}

fn name(visit: &Visit, page: &RecordPage, kind: &str) -> String {
    let day = page.record.made_at.with_timezone(&visit.zone).date_naive();
    format!("{}-{day}.{kind}", page.record.manager)
}

fn attach(file: &mut HttpResponse, name: &str) {
    if let Ok(value) = to_keep(name).try_into_value() {
        file.headers_mut().insert(CONTENT_DISPOSITION, value);
    }
}
