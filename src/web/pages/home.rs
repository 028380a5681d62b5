//! The first page, assets, language, and the probes of whoever runs the program.

use actix_web::cookie::time::Duration;
use actix_web::http::header;
use actix_web::web::{Data, Path, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse, get, post};

use crate::engine::vocabulary::Lang;
use crate::render;
use crate::web::State;
use crate::web::error::Error;
use crate::web::form::Fields;
use crate::web::session::{Visit, keep, local, see};

pub fn configure(config: &mut ServiceConfig) {
    config.service(home).service(asset).service(language).service(healthy).service(ready);
}

#[get("/")]
async fn home(visit: Visit) -> HttpResponse {
    see(visit.home(), None)
}

#[get("/assets/{name}")]
async fn asset(name: Path<String>) -> Result<HttpResponse, Error> {
    let (bytes, kind) = render::asset(&name).ok_or(Error::NotFound)?;
    // The address holds the file's hash, so a changed file has another address.
    Ok(HttpResponse::Ok()
        .content_type(kind)
        .insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .body(bytes.into_owned()))
}

/// The other language: for a visitor a cookie, for somebody signed in their setting too.
#[post("/language")]
async fn language(request: HttpRequest, state: Data<State>, fields: Fields) -> Result<HttpResponse, Error> {
    let lang = Lang::parse(fields.text("lang")).ok_or(Error::BadRequest)?;
    if !fields.text("csrf").is_empty() {
        crate::web::pages::account::set_language(&request, &state, &fields, lang).await?;
    }
    let cookie = keep(&state, "lang", lang.as_str().to_owned(), Duration::days(365));
    let mut response = see(local(fields.text("back")), None);
    response.add_cookie(&cookie).map_err(|_| Error::BadRequest)?;
    Ok(response)
}

/// The process lives.
#[get("/healthz")]
async fn healthy() -> &'static str {
    "ok"
}

/// The database answers.
#[get("/readyz")]
async fn ready(state: Data<State>) -> Result<&'static str, Error> {
    drop(state.pool.get().await?);
    Ok("ok")
}
