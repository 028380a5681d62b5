//! One step: its page, and the acts on it.

use actix_web::web::{Path, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse, get, post};
use chrono::{DateTime, SecondsFormat, Utc};

use crate::app;
use crate::app::files::Given;
use crate::app::pages::names::{self, PlanNames};
use crate::app::pages::step::{self, StepPage, Typed};
use crate::app::pages::step_gone::{self, Sent, Whereabouts};
use crate::app::reports;
use crate::app::snoozing;
use crate::app::steps::{self, At};
use crate::engine::Refusal;
use crate::engine::form::Answers;
use crate::engine::vocabulary::{PlanId, StepKey};
use crate::render;
use crate::web::error::Error;
use crate::web::form::{Fields, Posted};
use crate::web::session::{Visit, local, see};

/// Plan and step of an address, read by hand: one that can't be is not found, like any other.
type Address = Path<(String, String)>;

pub fn configure(config: &mut ServiceConfig) {
    config
        .service(show)
        .service(hand_in)
        .service(draft)
        .service(accept)
        .service(send_back)
        .service(read)
        .service(take_back)
        .service(reconsider)
        .service(comment)
        .service(snooze)
        .service(undo_snooze);
}

#[get("/plans/{plan}/steps/{key}")]
async fn show(visit: Visit, address: Address) -> Result<HttpResponse, Error> {
    let (plan, key) = named(&address.0, &address.1)?;
    match page(&visit, plan, &key).await {
        Err(Error::NotFound) => {
            let now = elsewhere(&visit, plan, &key, &Sent::default()).await?;
            Ok(see(&format!("/plans/{plan}/steps/{now}"), None))
        }
        page => visit.page("step", &page?),
    }
}

#[post("/plans/{plan}/steps/{key}/hand-in")]
async fn hand_in(posted: Posted, address: Address) -> Result<HttpResponse, Error> {
    let Posted { visit, fields } = posted;
    let at = at(&visit, &address, &fields).await?;
    let (given, moment) = (fields.given(), visit.moment());
    let sent = given.clone();
    let done = visit
        .state
        .pool
        .in_transaction(async |tx| {
            steps::hand_in(tx, visit.viewer, &at, sent, &moment).await?;
            step::handed_in(tx, visit.viewer, at.plan, &at.step).await
        })
        .await;
    let error = match done {
        Ok(what) => return Ok(see(&href(&at), Some(what))),
        Err(error) => error,
    };
    let answers = keep_draft(&visit, &at, given).await;
    let mut page = page(&visit, at.plan, &at.step).await?;
    match error {
        app::Error::Refused(Refusal::Evidence(problems)) => {
            if let Some(form) = &mut page.form {
                form.typed(&answers, &problems);
            }
            visit.invalid("step", &page)
        }
        other => {
            page.show_typed(&answers);
            refused(&visit, &at, &page, other).await
        }
    }
}

/// What was typed and uploaded outlives a hand-in that was refused; answers it as it was kept. Whoever
/// may not keep a draft here was refused for the same reason, and hears that one.
async fn keep_draft(visit: &Visit, at: &At, given: Given) -> Answers {
    let (moment, answers) = (visit.moment(), given.answers.clone());
    let kept =
        visit.state.pool.in_transaction(async |tx| steps::save_draft(tx, visit.viewer, at, given, &moment).await).await;
    match kept {
        Ok((kept, _)) => kept,
        Err(error) => {
            tracing::debug!("no draft after a refused hand-in: {error}");
            answers
        }
    }
}

/// Saved by the script while somebody types, or by the button.
#[post("/plans/{plan}/steps/{key}/draft")]
async fn draft(request: HttpRequest, posted: Posted, address: Address) -> Result<HttpResponse, Error> {
    let Posted { visit, fields } = posted;
    let at = at(&visit, &address, &fields).await?;
    let (given, moment) = (fields.given(), visit.moment());
    let typed = given.answers.clone();
    let since = draft_since(&request);
    let save = async |tx: &mut _| {
        let step = std::slice::from_ref(&at.step);
        let save = async |tx: &mut _| steps::save_draft(tx, visit.viewer, &at, given, &moment).await;
        steps::unless_overtaken(tx, (visit.viewer, at.plan), step, since, save).await
    };
    let saved = visit.state.pool.in_transaction(save).await;
    // The form names the script's address apart; others who fetch say so in a header.
    let is_fetch = request.headers().get("x-requested-with").is_some_and(|value| value == "fetch")
        || request.query_string() == "by=fetch";
    let (answers, problems) = match saved {
        Ok(_) if is_fetch => return Ok(kept_at(moment.now)),
        Ok(saved) => saved,
        // What was typed stands on the page still.
        Err(error @ app::Error::Refused(_)) if !is_fetch => {
            let mut page = page(&visit, at.plan, &at.step).await?;
            page.show_typed(&typed);
            return refused(&visit, &at, &page, error).await;
        }
        Err(error) => return Err(error.into()),
    };
    if problems.is_empty() {
        return Ok(see(&href(&at), Some("saved")));
    }
    let mut page = page(&visit, at.plan, &at.step).await?;
    if let Some(form) = &mut page.form {
        form.typed(&answers, &problems);
    }
    visit.invalid("step", &page)
}

#[post("/plans/{plan}/steps/{key}/accept")]
async fn accept(posted: Posted, address: Address) -> Result<HttpResponse, Error> {
    let Posted { visit, fields } = posted;
    let at = at(&visit, &address, &fields).await?;
    let (line, moment) = (fields.text("line"), visit.moment());
    let done =
        visit.state.pool.in_transaction(async |tx| steps::accept(tx, visit.viewer, &at, line, &moment).await).await;
    reviewed(&visit, &at, &fields, done, "accepted").await
}

#[post("/plans/{plan}/steps/{key}/return")]
async fn send_back(posted: Posted, address: Address) -> Result<HttpResponse, Error> {
    let Posted { visit, fields } = posted;
    let at = at(&visit, &address, &fields).await?;
    let (line, moment) = (fields.text("line"), visit.moment());
    let done =
        visit.state.pool.in_transaction(async |tx| steps::send_back(tx, visit.viewer, &at, line, &moment).await).await;
    reviewed(&visit, &at, &fields, done, "returned").await
}

/// As the two links in the mail do it.
#[post("/plans/{plan}/steps/{key}/read")]
async fn read(posted: Posted, address: Address) -> Result<HttpResponse, Error> {
    let Posted { visit, fields } = posted;
    let at = at(&visit, &address, &fields).await?;
    let said = reports::said(fields.text("answer"))?;
    let moment = visit.moment();
    let done =
        visit.state.pool.in_transaction(async |tx| reports::answer(tx, visit.viewer, &at, said, &moment).await).await;
    reviewed(&visit, &at, &fields, done, said.as_str()).await
}

async fn reviewed(
    visit: &Visit,
    at: &At,
    fields: &Fields,
    done: Result<(), app::Error>,
    what: &str,
) -> Result<HttpResponse, Error> {
    let Err(error) = done else {
        // Whoever reviewed from a queue goes on with the queue.
        let back = fields.text("back");
        return Ok(see(if back.is_empty() { href(at) } else { local(back).to_owned() }.as_str(), Some(what)));
    };
    let mut page = page(visit, at.plan, &at.step).await?;
    page.line = typed(fields.text("line"), &error);
    refused(visit, at, &page, error).await
}

#[post("/plans/{plan}/steps/{key}/take-back")]
async fn take_back(posted: Posted, address: Address) -> Result<HttpResponse, Error> {
    let Posted { visit, fields } = posted;
    let at = at(&visit, &address, &fields).await?;
    let moment = visit.moment();
    let done = visit.state.pool.in_transaction(async |tx| steps::take_back(tx, visit.viewer, &at, &moment).await).await;
    match done {
        Ok(()) => Ok(see(&href(&at), Some("taken-back"))),
        Err(error) => refused(&visit, &at, &page(&visit, at.plan, &at.step).await?, error).await,
    }
}

#[post("/plans/{plan}/steps/{key}/reconsider")]
async fn reconsider(posted: Posted, address: Address) -> Result<HttpResponse, Error> {
    let Posted { visit, fields } = posted;
    let at = at(&visit, &address, &fields).await?;
    let moment = visit.moment();
    let done =
        visit.state.pool.in_transaction(async |tx| steps::reconsider(tx, visit.viewer, &at, &moment).await).await;
    match done {
        Ok(()) => Ok(see(&href(&at), Some("reconsidered"))),
        Err(error) => refused(&visit, &at, &page(&visit, at.plan, &at.step).await?, error).await,
    }
}

#[post("/plans/{plan}/steps/{key}/comment")]
async fn comment(posted: Posted, address: Address) -> Result<HttpResponse, Error> {
    let Posted { visit, fields } = posted;
    let at = at(&visit, &address, &fields).await?;
    let (text, moment) = (fields.text("text"), visit.moment());
    let done =
        visit.state.pool.in_transaction(async |tx| steps::comment(tx, visit.viewer, &at, text, &moment).await).await;
    let Err(error) = done else { return Ok(see(&href(&at), Some("commented"))) };
    let mut page = page(&visit, at.plan, &at.step).await?;
    page.comment = typed(text, &error);
    // An empty line is asked for in other words than an empty comment.
    if matches!(error, app::Error::Refused(Refusal::LineNeeded)) {
        page.comment.problem = Some(crate::engine::message::Message::new("field-required"));
    }
    refused(&visit, &at, &page, error).await
}

/// As the button in the mail does it.
#[post("/plans/{plan}/steps/{key}/snooze")]
async fn snooze(posted: Posted, address: Address) -> Result<HttpResponse, Error> {
    let Posted { visit, fields } = posted;
    let at = at(&visit, &address, &fields).await?;
    let (step, moment) = ((at.plan, &at.step), visit.moment());
    let put_off = async |tx: &mut _| snoozing::put_off(tx, visit.viewer, step, snoozing::DAYS, &moment).await;
    match visit.state.pool.in_transaction(put_off).await {
        Ok(()) => Ok(see(&href(&at), Some("put-off"))),
        Err(error) => refused(&visit, &at, &page(&visit, at.plan, &at.step).await?, error).await,
    }
}

#[post("/plans/{plan}/steps/{key}/snooze/undo")]
async fn undo_snooze(posted: Posted, address: Address) -> Result<HttpResponse, Error> {
    let Posted { visit, fields } = posted;
    let at = at(&visit, &address, &fields).await?;
    let (step, moment) = ((at.plan, &at.step), visit.moment());
    visit.state.pool.in_transaction(async |tx| snoozing::take_back(tx, visit.viewer, step, &moment).await).await?;
    Ok(see(&href(&at), Some("not-put-off")))
}

/// The draft, or the page, on which the script builds. A button names none: who presses it has seen the form.
pub(super) fn draft_since(request: &HttpRequest) -> Option<DateTime<Utc>> {
    request.headers().get("draft-since")?.to_str().ok()?.parse().ok()
}

/// The answer to the script, which learns how old the draft is that stands now.
pub(super) fn kept_at(now: DateTime<Utc>) -> HttpResponse {
    let at = now.to_rfc3339_opts(SecondsFormat::AutoSi, true);
    HttpResponse::NoContent().insert_header(("draft-saved-at", at)).finish()
}

/// What was typed, with what is wrong with the words themselves beside them.
pub(super) fn typed(text: &str, error: &app::Error) -> Typed {
    let problem = match error {
        app::Error::Refused(refusal @ (Refusal::LineNeeded | Refusal::BadWords)) => {
            Some(render::refusal(refusal, &render::Names::default()))
        }
        _ => None,
    };
    Typed { text: text.to_owned(), problem }
}

/// The page after an act that was not done: with its mistake beside the field, or with the refusal on
/// top.
pub(super) async fn refused(visit: &Visit, at: &At, page: &StepPage, error: app::Error) -> Result<HttpResponse, Error> {
    match error {
        app::Error::Refused(_) if page.line.problem.is_some() || page.comment.problem.is_some() => {
            visit.invalid("step", page)
        }
        app::Error::Refused(refusal) => {
            let mut conn = visit.state.pool.get().await?;
            let names = names::of_plan(&mut conn, visit.viewer, at.plan).await?;
            visit.refused("step", page, &refusal, &names.into())
        }
        other => Err(other.into()),
    }
}

impl From<PlanNames> for render::Names {
    fn from(names: PlanNames) -> render::Names {
        render::Names { steps: names.steps, people: names.people, members: names.members }
    }
}

pub(super) async fn page(visit: &Visit, plan: PlanId, key: &StepKey) -> Result<StepPage, Error> {
    let mut conn = visit.state.pool.get().await?;
    Ok(step::load(&mut conn, visit.viewer, plan, key, visit.moment().now).await?)
}

/// Plan and step of an address.
pub(super) fn named(plan: &str, step: &str) -> Result<(PlanId, StepKey), Error> {
    let plan = plan.parse().map_err(|_| Error::NotFound)?;
    Ok((plan, step.parse().map_err(|_| Error::NotFound)?))
}

/// The step that a form is for, by the name that it goes by now.
pub(super) async fn at(visit: &Visit, address: &Address, fields: &Fields) -> Result<At, Error> {
    let (plan, step) = named(&address.0, &address.1)?;
    let seen = fields.read("seen")?;
    let mut conn = visit.state.pool.get().await?;
    if step_gone::stands(&mut conn, plan, &step).await? {
        return Ok(At { plan, step, seen });
    }
    drop(conn);
    let words = ["line", "text"].map(|name| fields.text(name).to_owned()).into();
    let mut answers = fields.answers();
    answers.0.retain(|name, _| !matches!(name.as_str(), "line" | "text" | "back"));
    let step = elsewhere(visit, plan, &step, &Sent { answers, words }).await?;
    Ok(At { plan, step, seen })
}

/// The name by which a step goes now. One that left the plan is an error with the page that says so,
/// and with what was typed.
pub(super) async fn elsewhere(visit: &Visit, plan: PlanId, key: &StepKey, sent: &Sent) -> Result<StepKey, Error> {
    let mut conn = visit.state.pool.get().await?;
    match step_gone::find(&mut conn, visit.viewer, plan, key, sent).await? {
        Whereabouts::Renamed(now) => Ok(now),
        Whereabouts::Gone(page) => Err(visit.absent("step_gone", &page)),
    }
}

pub(super) fn href(at: &At) -> String {
    format!("/plans/{}/steps/{}", at.plan, at.step)
}
