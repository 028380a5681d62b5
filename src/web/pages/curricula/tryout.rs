//! A release tried out before anybody is enrolled, published or not.

use std::collections::BTreeMap;

use actix_web::web::{self, Path, Query, ServiceConfig};
use actix_web::{HttpResponse, get};
use chrono::NaiveDate;
use serde::Deserialize;

use crate::app::pages::tryout::{self, Inputs, Subject, Which};
use crate::engine::message::Message;
use crate::engine::zone::local_date;
use crate::store::pool::StoreError;
use crate::web::error::Error;
use crate::web::pages::people::named;
use crate::web::session::Visit;

pub fn configure(config: &mut ServiceConfig) {
    config.service(simulate_draft).service(preview_draft);
    config.service(simulate).service(preview);
}

/// What an address holds; what it leaves out gets its most likely value.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Given {
    start: String,
    team: String,
    names: String,
    calendar: String,
    role: String,
    on: String,
    /// Questions of the program, by their names.
    #[serde(flatten)]
    assumed: BTreeMap<String, String>,
}

impl From<Given> for Inputs {
    fn from(given: Given) -> Inputs {
        let text = |typed: String| typed.trim().to_owned();
        Inputs {
            start: text(given.start),
            team: text(given.team),
            names: text(given.names),
            calendar: text(given.calendar),
            role: text(given.role),
            on: text(given.on),
            assumed: given.assumed,
        }
    }
}

pub(super) fn published(hash: Path<String>) -> Which {
    Which::Published { hash: hash.into_inner() }
}

pub(super) fn drafted(address: Path<(String, String)>) -> Result<Which, Error> {
    let (draft, program) = address.into_inner();
    Ok(Which::Draft { id: named(&draft)?, program })
}

#[get("/curricula/{hash}/simulate")]
async fn simulate(visit: Visit, hash: Path<String>, given: Query<Given>) -> Result<HttpResponse, Error> {
    simulated(&visit, &published(hash), given.into_inner()).await
}

#[get("/curricula/drafts/{draft}/{program}/simulate")]
async fn simulate_draft(
    visit: Visit,
    address: Path<(String, String)>,
    given: Query<Given>,
) -> Result<HttpResponse, Error> {
    simulated(&visit, &drafted(address)?, given.into_inner()).await
}

#[get("/curricula/{hash}/preview")]
async fn preview(visit: Visit, hash: Path<String>, given: Query<Given>) -> Result<HttpResponse, Error> {
    previewed(&visit, &published(hash), given.into_inner()).await
}

#[get("/curricula/drafts/{draft}/{program}/preview")]
async fn preview_draft(
    visit: Visit,
    address: Path<(String, String)>,
    given: Query<Given>,
) -> Result<HttpResponse, Error> {
    previewed(&visit, &drafted(address)?, given.into_inner()).await
}

/// What a release comes to, worked out beside the threads that answer: a year of a program takes its time.
async fn worked_out<T: Send + 'static>(
    visit: &Visit,
    which: &Which,
    work: impl FnOnce(&Subject, NaiveDate, &dyn Fn(u16) -> String) -> T + Send + 'static,
) -> Result<T, Error> {
    let mut conn = visit.state.pool.get().await?;
    let subject = tryout::subject(&mut conn, visit.viewer, which).await?;
    drop(conn);
    let (renderer, lang) = (visit.state.renderer.clone(), visit.lang);
    let today = local_date(visit.moment().now, visit.zone);
    // A team that is only assumed has no names of its own.
    let named = move |n| renderer.sentence(lang, &Message::new("simulate-member").with("n", i64::from(n)));
    let done = web::block(move || work(&subject, today, &named)).await;
    done.map_err(|stopping| StoreError::Unreachable(stopping.to_string()).into())
}

async fn simulated(visit: &Visit, which: &Which, given: Given) -> Result<HttpResponse, Error> {
    let inputs: Inputs = given.into();
    let page = worked_out(visit, which, |subject, today, named| subject.simulation(inputs, today, named)).await?;
    if page.is_played { visit.page("tryout_simulate", &page) } else { visit.invalid("tryout_simulate", &page) }
}

async fn previewed(visit: &Visit, which: &Which, given: Given) -> Result<HttpResponse, Error> {
    let inputs: Inputs = given.into();
    let page = worked_out(visit, which, |subject, today, named| subject.day(inputs, today, named)).await?;
    if page.day.is_some() { visit.page("tryout_preview", &page) } else { visit.invalid("tryout_preview", &page) }
}
