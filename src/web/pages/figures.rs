//! Figures from a CRM: a file is uploaded, its columns are named, and what comes out is looked at and taken.

use actix_web::web::{Path, Query, ServiceConfig};
use actix_web::{HttpResponse, get, post};
use chrono::NaiveDate;
use serde::Deserialize;

use super::step::{at, href, named};
use crate::app;
use crate::app::figures::{self, FILE};
use crate::app::pages::figures::{self as pages, FiguresPage};
use crate::app::steps::At;
use crate::engine::calendar::Span;
use crate::engine::figures::{How, Reading, Rule};
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
async fn show(visit: Visit, address: Address, days: Query<Days>) -> Result<HttpResponse, Error> {
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
        Err(app::Error::Invalid(problems)) => {
            let mut page = page(&visit, at.plan, &at.step, (None, None)).await?;
            page.problem = problems.into_iter().next().map(|problem| problem.message);
            visit.invalid("figures", &page)
        }
        Err(other) => Err(other.into()),
    }
}

#[post("/plans/{plan}/steps/{key}/figures/reading")]
async fn read(posted: Posted, address: Address) -> Result<HttpResponse, Error> {
    let Posted { visit, fields } = posted;
    let at = at(&visit, &address, &fields).await?;
    let (moment, reading) = (visit.moment(), reading(&fields));
    let days = Days { from: fields.read("from").unwrap_or(None), until: fields.read("until").unwrap_or(None) };
    let remembered = async |tx: &mut _| figures::remember(tx, visit.viewer, &at, &reading, &moment).await;
    visit.state.pool.in_transaction(remembered).await?;
    let days = [("from", days.from), ("until", days.until)];
    let days: Vec<String> = days.iter().filter_map(|(name, day)| Some(format!("{name}={}", (*day)?))).collect();
    Ok(see(&format!("{}?{}#found", of(&at), days.join("&")), None))
}

/// A rule for each field, by `field.part`; one without a way is not taken.
fn reading(fields: &Fields) -> Reading {
    let ids: Vec<String> = fields.names().filter_map(|name| Some(name.strip_prefix("how.")?.to_owned())).collect();
    let rule = |id: String| {
        let part = |part: &str| fields.text(&format!("{part}.{id}")).trim().to_owned();
        let how = How::parse(&part("how"))?;
        let rule = Rule {
            how,
            column: part("column"),
            until: part("until"),
            dated: part("dated"),
            only: part("only"),
            says: part("says")
                .split([',', ';', '、', '，', '；'])
                .map(|one| one.trim().to_owned())
                .filter(|one| !one.is_empty())
                .collect(),
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
    let period = fields.read("from")?.zip(fields.read("until")?).map(|(from, until)| Span { from, until });
    let taken = async |tx: &mut _| figures::take(tx, visit.viewer, &at, period, &moment).await;
    Ok(match visit.state.pool.in_transaction(taken).await? {
        true => see(&href(&at), Some("figures-taken")),
        // Dropped meanwhile: the page asks for it again.
        false => see(&of(&at), None),
    })
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
