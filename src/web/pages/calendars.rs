//! Calendars, for HR: which there are, one of them in a year, and its edits, previewed first.

use actix_web::web::{Path, Query, ServiceConfig};
use actix_web::{HttpResponse, get, post};
use serde::Deserialize;

use crate::app;
use crate::app::calendar_warnings::href;
use crate::app::calendars::{self as edits, Change};
use crate::app::pages::calendars::{self, CalendarPage, CompanyForm, FileProblem};
use crate::app::pages::people::{Mistakes, for_hr};
use crate::engine::calendar::{Override, OverrideKind, Span};
use crate::engine::form::FieldProblem;
use crate::engine::message::Message;
use crate::engine::vocabulary::Text;
use crate::engine::zone::local_date;
use crate::web::error::Error;
use crate::web::form::{Fields, Posted};
use crate::web::pages::people::{date, named};
use crate::web::session::{Visit, see};

pub fn configure(config: &mut ServiceConfig) {
    config.service(all).service(one).service(apply).service(previewing).service(preview);
}

#[derive(Deserialize)]
struct Shown {
    year: Option<i32>,
}

#[get("/calendars")]
async fn all(visit: Visit) -> Result<HttpResponse, Error> {
    let mut conn = visit.state.pool.get().await?;
    let today = local_date(visit.moment().now, visit.zone);
    let page = calendars::load(&mut conn, visit.viewer, today).await?;
    visit.page("calendars", &page)
}

#[get("/calendars/{calendar}")]
async fn one(visit: Visit, calendar: Path<String>, shown: Query<Shown>) -> Result<HttpResponse, Error> {
    let page = load(&visit, &calendar, shown.year).await?;
    visit.page("calendar", &page)
}

async fn load(visit: &Visit, calendar: &str, year: Option<i32>) -> Result<CalendarPage, Error> {
    let mut conn = visit.state.pool.get().await?;
    let today = local_date(visit.moment().now, visit.zone);
    Ok(calendars::load_one(&mut conn, visit.viewer, calendar, year, today).await?)
}

/// Where the language button leads on a page that came back.
#[get("/calendars/{calendar}/preview")]
async fn previewing(visit: Visit, calendar: Path<String>) -> Result<HttpResponse, Error> {
    for_hr(visit.viewer)?;
    Ok(see(&href(&calendar), None))
}

/// What a form asks for, or what is wrong with it.
enum Asked {
    Change(Change),
    File(Vec<FileProblem>),
    Mistakes(Vec<FieldProblem>),
}

#[post("/calendars/{calendar}/preview")]
async fn preview(posted: Posted, calendar: Path<String>) -> Result<HttpResponse, Error> {
    let Posted { visit, fields } = posted;
    for_hr(visit.viewer)?;
    let change = match asked(&visit, &calendar, &fields).await? {
        Asked::Change(change) => change,
        Asked::File(problems) => return again(&visit, &calendar, &fields, Vec::new(), problems).await,
        Asked::Mistakes(found) => return again(&visit, &calendar, &fields, found, Vec::new()).await,
    };
    let moment = visit.moment();
    let mut conn = visit.state.pool.get().await?;
    let previewed = match edits::preview(&mut conn, visit.viewer, &change, &moment).await {
        Ok(previewed) => previewed,
        Err(app::Error::Invalid(found)) => {
            drop(conn);
            return again(&visit, &calendar, &fields, found, Vec::new()).await;
        }
        Err(other) => return Err(other.into()),
    };
    let page = calendars::preview(&mut conn, visit.viewer, &calendar, (&change, previewed), &moment).await?;
    drop(conn);
    visit.page("calendar_preview", &page)
}

/// The change comes back as it was previewed, and is held against the rules again.
#[post("/calendars/{calendar}")]
async fn apply(posted: Posted, calendar: Path<String>) -> Result<HttpResponse, Error> {
    let Posted { visit, fields } = posted;
    for_hr(visit.viewer)?;
    let change: Change = serde_json::from_str(fields.text("change")).map_err(|_| Error::BadRequest)?;
    let (who, moment, seen) = (visit.viewer, visit.moment(), fields.text("seen"));
    let applied = async |tx: &mut _| edits::apply(tx, who, &change, seen, &moment).await;
    match visit.state.pool.in_transaction(applied).await {
        Ok(_) => Ok(see(&href(&calendar), Some("calendar-changed"))),
        Err(app::Error::Invalid(found)) => again(&visit, &calendar, &fields, found, Vec::new()).await,
        Err(other) => Err(other.into()),
    }
}

async fn asked(visit: &Visit, calendar: &str, fields: &Fields) -> Result<Asked, Error> {
    Ok(match fields.text("what") {
        "import" => {
            let given = fields.given();
            let upload = given.uploads.iter().find(|upload| upload.field == "file");
            let Some(upload) = upload else { return Ok(wrong("file", "calendars-no-file")) };
            let Some(body) = &upload.body else { return Ok(wrong("file", "year-too-large")) };
            let mut conn = visit.state.pool.get().await?;
            match edits::read(&mut conn, visit.viewer, calendar, (&upload.name, body)).await? {
                Ok(change) => Asked::Change(change),
                Err(found) => Asked::File(calendars::problems(found)),
            }
        }
        "drop" => Asked::Change(Change::Drop { calendar: calendar.to_owned(), from: fields.need("from")? }),
        "remove" => Asked::Change(Change::Remove { id: named(fields.text("id"))? }),
        "add" => match company(fields)? {
            Ok(days) => {
                let calendar = (!fields.is_checked("everywhere")).then(|| calendar.to_owned());
                Asked::Change(Change::Add { calendar, days })
            }
            Err(found) => Asked::Mistakes(found),
        },
        _ => return Err(Error::BadRequest),
    })
}

fn wrong(field: &str, id: &'static str) -> Asked {
    Asked::Mistakes(vec![FieldProblem { field: field.to_owned(), message: Message::new(id) }])
}

fn company(fields: &Fields) -> Result<Result<Override, Vec<FieldProblem>>, Error> {
    let kind = OverrideKind::parse(fields.text("kind")).ok_or(Error::BadRequest)?;
    let from = date("from", fields.text("from"));
    // One day is the usual case.
    let until = match fields.text("until").trim() {
        "" => from.clone(),
        until => date("until", until),
    };
    let (en, zh_tw) = (fields.text("name_en").trim(), fields.text("name_zh_tw").trim());
    // A name in one language stands for both, as that of an imported day does.
    let either = |first: &str, second: &str| if first.is_empty() { second.to_owned() } else { first.to_owned() };
    let name = Text { en: either(en, zh_tw), zh_tw: either(zh_tw, en) };
    Ok(match (from, until) {
        (Ok(from), Ok(until)) => Ok(Override { kind, span: Span { from, until }, name }),
        (Err(problem), _) | (_, Err(problem)) => Err(vec![problem]),
    })
}

/// The page of the calendar again, with the form as it was typed and what is wrong with it.
async fn again(
    visit: &Visit,
    calendar: &str,
    fields: &Fields,
    found: Vec<FieldProblem>,
    problems: Vec<FileProblem>,
) -> Result<HttpResponse, Error> {
    let mut page = load(visit, calendar, None).await?;
    let typed = |name| fields.text(name).to_owned();
    page.form = CompanyForm {
        kind: typed("kind"),
        from: typed("from"),
        until: typed("until"),
        name_en: typed("name_en"),
        name_zh_tw: typed("name_zh_tw"),
        everywhere: fields.is_checked("everywhere"),
    };
    page.mistakes = Mistakes::new("", found, label);
    page.problems = problems;
    visit.invalid("calendar", &page)
}

fn label(field: &str) -> &'static str {
    match field {
        "from" => "calendars-from",
        "until" => "calendars-until",
        "name_en" => "calendars-name-en",
        "name_zh_tw" => "calendars-name-zh-tw",
        "file" => "calendars-file",
        _ => "calendars-title",
    }
}
