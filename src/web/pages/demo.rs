//! The demo's own pages: stepping into somebody's shoes, travelling in time, the mailbox. They exist
//! in `demo` only.

use actix_web::http::header::{self, HeaderValue};
use actix_web::web::{Data, Path, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse, get, post};
use serde::Serialize;

use crate::app::pages::everybody::{self, DemoPerson};
use crate::app::sign_in;
use crate::engine::vocabulary::PersonId;
use crate::web::error::Error;
use crate::web::form::Fields;
use crate::web::session::{cookie, local, see, visitor_page};
use crate::web::{Demo, MailHead, MailView, State, Travel};

pub fn configure(config: &mut ServiceConfig) {
    config.service(people).service(step_into).service(travel).service(mailbox).service(mail).service(mail_html);
}

fn demo(state: &State) -> Result<&Demo, Error> {
    state.demo.as_ref().ok_or(Error::NotFound)
}

#[derive(Serialize)]
struct DemoPage {
    people: Vec<DemoPerson>,
}

#[get("/demo")]
async fn people(request: HttpRequest, state: Data<State>) -> Result<HttpResponse, Error> {
    demo(&state)?;
    let mut conn = state.pool.get().await?;
    let people = everybody::all(&mut conn, state.clock.now()).await?;
    visitor_page(&state, &request, "demo", &DemoPage { people })
}

#[get("/demo/as/{person}")]
async fn step_into(state: Data<State>, person: Path<PersonId>) -> Result<HttpResponse, Error> {
    demo(&state)?;
    let moment = state.moment();
    let person = person.into_inner();
    let session = state
        .pool
        .in_transaction(async |tx| {
            crate::app::people::find(tx, person).await?;
            sign_in::begin_session(tx, person, &moment).await
        })
        .await?;
    let mut response = see("/", None);
    response.add_cookie(&cookie(&state, Some(&session))).map_err(|_| Error::BadRequest)?;
    Ok(response)
}

#[post("/demo/travel")]
async fn travel(state: Data<State>, fields: Fields) -> Result<HttpResponse, Error> {
    let by = match fields.text("by") {
        "day" => Travel::Day,
        "week" => Travel::Week,
        "mail" => Travel::NextMail,
        _ => return Err(Error::BadRequest),
    };
    (demo(&state)?.travel)(by).await.map_err(|why| {
        tracing::error!("time did not travel: {why}");
        Error::BadRequest
    })?;
    Ok(see(local(fields.text("back")), None))
}

#[derive(Serialize)]
struct MailboxPage {
    mails: Vec<MailHead>,
}

#[get("/mailbox")]
async fn mailbox(request: HttpRequest, state: Data<State>) -> Result<HttpResponse, Error> {
    let mails = (demo(&state)?.mails)();
    visitor_page(&state, &request, "mailbox", &MailboxPage { mails })
}

#[derive(Serialize)]
struct MailPage {
    mail: MailView,
}

#[get("/mailbox/{id}")]
async fn mail(request: HttpRequest, state: Data<State>, id: Path<String>) -> Result<HttpResponse, Error> {
    let found = (demo(&state)?.mail)(&id).ok_or(Error::NotFound)?;
    visitor_page(&state, &request, "mail", &MailPage { mail: found })
}

/// The HTML part alone, as a client shows it: no scripts, nothing from elsewhere; links open in the
/// page around the frame.
#[get("/mailbox/{id}/html")]
async fn mail_html(state: Data<State>, id: Path<String>) -> Result<HttpResponse, Error> {
    let found = (demo(&state)?.mail)(&id).ok_or(Error::NotFound)?;
    let mut response = HttpResponse::Ok().content_type("text/html; charset=utf-8").body(found.html);
    response.headers_mut().insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(
            "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; \
             sandbox allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation",
        ),
    );
    Ok(response)
}
