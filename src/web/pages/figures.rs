//! Figures from a CRM: a file is uploaded, its columns are named, and what comes out is looked at and taken.

use actix_web::web::{Path, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse, get, post};
use chrono::NaiveDate;
use serde::Deserialize;

use super::step::{at, href, named};
use crate::app;
use crate::app::figures::{self, FILE};
use crate::app::pages::figures::{self as pages, FiguresPage};
use crate::app::steps::At;
use crate::engine::Refusal;
use crate::engine::calendar::Span;
use crate::engine::figures::{How, Reading, Rule};
use crate::engine::form::FieldProblem;
use crate::engine::message::Message;
use crate::engine::vocabulary::{PlanId, StepKey};
use crate::web::error::Error;
use crate::web::form::{Fields, Posted};
use crate::web::session::{Visit, see};

type Address = Path<(String, String)>;

pub fn configure(config: &mut ServiceConfig) {
    config.service(show).service(upload).service(read).service(take).service(discard);
}

/// The days that the figures are of.
#[derive(Deserialize)]
struct Days {
    from: Option<NaiveDate>,
    until: Option<NaiveDate>,
}

#[get("/plans/{plan}/steps/{key}/figures")]
async fn show(visit: Visit, address: Address, request: HttpRequest) -> Result<HttpResponse, Error> {
    let days: Days = serde_urlencoded::from_str(request.query_string()).map_err(|_| Error::BadRequest)?;
    let (plan, key) = named(&address.0, &address.1)?;
    match page(&visit, plan, &key, (days.from, days.until)).await {
        // Whoever comes back to it after handing in finds what they handed in.
        Err(Error::Refused(_)) => Ok(see(&format!("/plans/{plan}/steps/{key}"), None)),
        page => visit.page("figures", &page?),
    }
}

async fn page(
    visit: &Visit,
    plan: PlanId,
    key: &StepKey,
    days: (Option<NaiveDate>, Option<NaiveDate>),
) -> Result<FiguresPage, Error> {
    let mut conn = visit.state.pool.get().await?;
    Ok(pages::load(&mut conn, visit.viewer, (plan, key), days, visit.moment().now).await?)
}

#[post("/plans/{plan}/steps/{key}/figures")]
async fn upload(posted: Posted, address: Address) -> Result<HttpResponse, Error> {
    let Posted { visit, fields } = posted;
    let at = at(&visit, &address, &fields).await?;
    let (moment, file) = (visit.moment(), fields.given().uploads.into_iter().find(|one| one.field == FILE));
    let kept = async |tx: &mut _| figures::keep(tx, visit.viewer, &at, file, &moment).await;
    match visit.state.pool.in_transaction(kept).await {
        Ok(()) => Ok(see(&of(&at), None)),
        Err(error) => refused(&visit, &at, error).await,
    }
}

/// The page again, with what is wrong on top. Whoever comes after handing in finds what they handed in.
async fn refused(visit: &Visit, at: &At, error: app::Error) -> Result<HttpResponse, Error> {
    match error {
        app::Error::Invalid(problems) => {
            let mut page = page(visit, at.plan, &at.step, (None, None)).await?;
            page.problem = problems.into_iter().next().map(|problem| problem.message);
            visit.invalid("figures", &page)
        }
        app::Error::Refused(Refusal::AlreadyClosed { .. } | Refusal::InReview { .. }) => Ok(see(&href(at), None)),
        other => Err(other.into()),
    }
}

#[post("/plans/{plan}/steps/{key}/figures/reading")]
async fn read(posted: Posted, address: Address) -> Result<HttpResponse, Error> {
    let Posted { visit, fields } = posted;
    let at = at(&visit, &address, &fields).await?;
    let (moment, reading) = (visit.moment(), reading(&fields));
    let days = fields.read("from").ok().flatten().zip(fields.read("until").ok().flatten());
    let days = days.filter(|(from, until): &(NaiveDate, NaiveDate)| from <= until);
    let remembered = async |tx: &mut _| figures::remember(tx, visit.viewer, &at, &reading, &moment).await;
    if let Err(error) = visit.state.pool.in_transaction(remembered).await {
        return refused(&visit, &at, error).await;
    }
    match days {
        Some((from, until)) => Ok(see(&format!("{}?from={from}&until={until}#found", of(&at)), None)),
        None => {
            let problem = FieldProblem { field: "from".to_owned(), message: Message::new("figures-bad-period") };
            refused(&visit, &at, app::Error::Invalid(vec![problem])).await
        }
    }
}

/// A rule for each field, by `field.part`; one without a way is not taken.
fn reading(fields: &Fields) -> Reading {
    let ids: Vec<String> = fields.names().filter_map(|name| Some(name.strip_prefix("how.")?.to_owned())).collect();
    let rule = |id: String| {
        // Nobody types what does not print, and the database takes no NUL.
        let plain = |text: &str| text.chars().filter(|c| !c.is_control()).collect::<String>().trim().to_owned();
        let part = |part: &str| plain(fields.text(&format!("{part}.{id}")));
        let how = How::parse(&part("how"))?;
        let rule = Rule {
            how,
            column: part("column"),
            until: part("until"),
            dated: part("dated"),
            only: part("only"),
            says: Some(part("says")).filter(|typed| !typed.is_empty()).into_iter().collect(),
            in_thousands: !part("in_thousands").is_empty(),
        };
        Some((id, rule))
    };
    ids.into_iter().filter_map(rule).collect()
}

#[post("/plans/{plan}/steps/{key}/figures/take")]
async fn take(posted: Posted, address: Address) -> Result<HttpResponse, Error> {
    let Posted { visit, fields } = posted;
    let at = at(&visit, &address, &fields).await?;
    let moment = visit.moment();
    let days = fields.read("from").ok().flatten().zip(fields.read("until").ok().flatten());
    let period = days.map(|(from, until)| Span { from, until });
    let seen = fields.text("shown");
    let taken = async |tx: &mut _| figures::take(tx, visit.viewer, &at, (seen, period), &moment).await;
    match visit.state.pool.in_transaction(taken).await {
        Ok(true) => Ok(see(&href(&at), Some("figures-taken"))),
        // Dropped meanwhile: the page asks for it again.
        Ok(false) => Ok(see(&of(&at), None)),
        Err(error) => refused(&visit, &at, error).await,
    }
}

#[post("/plans/{plan}/steps/{key}/figures/discard")]
async fn discard(posted: Posted, address: Address) -> Result<HttpResponse, Error> {
    let Posted { visit, fields } = posted;
    let at = at(&visit, &address, &fields).await?;
    visit.state.pool.in_transaction(async |tx| figures::discard(tx, visit.viewer, &at).await).await?;
    Ok(see(&of(&at), None))
}

fn of(at: &At) -> String {
    format!("{}/figures", href(at))
}
