//! One page for many weekly rituals, and handing them in together.

use std::collections::BTreeSet;

use actix_web::web::{Path, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse, get, post};
use chrono::{DateTime, Utc};

use crate::app;
use crate::app::gather::{self, Page, Sent};
use crate::app::pages::gather::{self as pages, Gathering};
use crate::app::pages::{names, step_gone};
use crate::app::steps;
use crate::engine::vocabulary::StepKey;
use crate::web::error::Error;
use crate::web::form::{Fields, Posted};
use crate::web::pages::step::{draft_since, elsewhere, kept_at};
use crate::web::session::{Visit, see};

/// Plan and gathering of an address.
type Address = Path<(String, String)>;

pub fn configure(config: &mut ServiceConfig) {
    config.service(show).service(hand_in).service(draft);
}

#[get("/plans/{plan}/weekly/{gather}")]
async fn show(visit: Visit, address: Address) -> Result<HttpResponse, Error> {
    let page = page_of(&address, &Fields::default())?;
    visit.page("gather", &gathering(&visit, &page).await?.page())
}

#[post("/plans/{plan}/weekly/{gather}")]
async fn hand_in(posted: Posted, address: Address) -> Result<HttpResponse, Error> {
    let Posted { visit, fields } = posted;
    let (page, moment) = (page_of(&address, &fields)?, visit.moment());
    let sent = placed(&visit, &page, sent(&fields)).await?;
    let given = sent.clone();
    let done = visit
        .state
        .pool
        .in_transaction(async |tx| gather::hand_in(tx, visit.viewer, &page, given, &moment).await)
        .await;
    let error = match done {
        Ok(()) => return Ok(see(&href(&page), Some("handed-in"))),
        Err(error @ (app::Error::Invalid(_) | app::Error::Refused(_))) => error,
        Err(other) => return Err(other.into()),
    };
    // What was typed outlives the refusal.
    if let Err(error) = keep(&visit, &page, sent.clone(), None).await {
        tracing::debug!("no drafts after a refused hand-in: {error}");
    }
    let mut gathering = gathering(&visit, &page).await?;
    match error {
        app::Error::Refused(refusal) => {
            gathering.typed(&sent, &[]);
            let mut conn = visit.state.pool.get().await?;
            let names = names::of_plan(&mut conn, visit.viewer, page.plan).await?;
            visit.refused("gather", &gathering.page(), &refusal, &names.into())
        }
        app::Error::Invalid(problems) => {
            gathering.typed(&sent, &problems);
            visit.invalid("gather", &gathering.page())
        }
        other => Err(other.into()),
    }
}

/// Saved by the script while somebody types, or by the button.
#[post("/plans/{plan}/weekly/{gather}/draft")]
async fn draft(request: HttpRequest, posted: Posted, address: Address) -> Result<HttpResponse, Error> {
    let Posted { visit, fields } = posted;
    let page = page_of(&address, &fields)?;
    let sent = placed(&visit, &page, sent(&fields)).await?;
    let since = draft_since(&request);
    let now = keep(&visit, &page, sent, since).await?;
    if request.query_string() == "by=fetch" {
        return Ok(kept_at(now));
    }
    Ok(see(&href(&page), Some("saved")))
}

/// Answers the moment that the drafts bear.
async fn keep(visit: &Visit, page: &Page, sent: Sent, since: Option<DateTime<Utc>>) -> Result<DateTime<Utc>, Error> {
    let (drafts, moment) = (gathering(visit, page).await?.drafts(), visit.moment());
    let keep = async |tx: &mut _| {
        let save = async |tx: &mut _| gather::save_drafts(tx, visit.viewer, page, sent, &drafts, &moment).await;
        steps::unless_overtaken(tx, (visit.viewer, page.plan), &drafts, since, save).await
    };
    visit.state.pool.in_transaction(keep).await?;
    Ok(moment.now)
}

/// Each part under the name that its step goes by now. One whose step left the plan is an error with the
/// page that says so and shows what was typed; the others are kept as drafts.
async fn placed(visit: &Visit, page: &Page, sent: Sent) -> Result<Sent, Error> {
    let mut conn = visit.state.pool.get().await?;
    let (here, gone) = step_gone::placed(&mut conn, visit.viewer, page.plan, sent).await?;
    drop(conn);
    let mut gone = gone.into_iter().filter(|(_, given)| gather::has_words(given));
    let Some((key, given)) = gone.next() else { return Ok(here) };
    let words = gone.flat_map(|(_, given)| given.answers.texts());
    let typed = step_gone::Sent { answers: given.answers, words: words.collect() };
    let found = elsewhere(visit, page.plan, &key, &typed).await;
    if let Err(error) = keep(visit, page, here, None).await {
        tracing::debug!("no drafts beside a part that is gone: {error}");
    }
    found.and(Err(Error::NotFound))
}

/// What was sent for each part, told apart by the names of the fields.
fn sent(fields: &Fields) -> Sent {
    let parts: BTreeSet<StepKey> = fields.names().filter_map(gather::part).collect();
    let with_words = |key: StepKey| {
        let given = fields.within(&gather::prefix(&key)).given();
        (key, given)
    };
    parts.into_iter().map(with_words).collect()
}

async fn gathering(visit: &Visit, page: &Page) -> Result<Gathering, Error> {
    let mut conn = visit.state.pool.get().await?;
    Ok(pages::load(&mut conn, visit.viewer, page.plan, &page.gather, visit.moment().now).await?)
}

fn page_of(address: &Address, fields: &Fields) -> Result<Page, Error> {
    let plan = address.0.parse().map_err(|_| Error::NotFound)?;
    Ok(Page { plan, gather: address.1.clone(), seen: fields.read("seen")? })
}

fn href(page: &Page) -> String {
    format!("/plans/{}/weekly/{}", page.plan, page.gather)
}
