//! The demo's own pages: stepping into somebody's shoes, travelling in time, the mailbox. They exist
//! in `demo` only.

use std::collections::BTreeSet;

use actix_web::http::header::{self, HeaderValue};
use actix_web::web::{Data, Path, Query, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse, get, post};
use serde::{Deserialize, Serialize};

use crate::app::pages::everybody::{self, DemoPerson};
use crate::app::sign_in;
use crate::engine::vocabulary::PersonId;
use crate::web::error::Error;
use crate::web::form::Fields;
use crate::web::pages::account::remembered;
use crate::web::pages::styleguide;
use crate::web::session::{Visit, cookie, local, see, visitor_page};
use crate::web::{Demo, MailHead, MailView, State, Travel};

pub fn configure(config: &mut ServiceConfig) {
    config.service(people).service(step_into).service(travel).service(mailbox).service(mail).service(mail_html);
    config.service(style);
}

fn demo(state: &State) -> Result<&Demo, Error> {
    state.demo.as_ref().ok_or(Error::NotFound)
}

/// A page of the demo as whoever looks has it: their language, their name, their way back.
fn shown<T: Serialize>(
    visit: Option<&Visit>,
    state: &State,
    request: &HttpRequest,
    name: &str,
    page: &T,
) -> Result<HttpResponse, Error> {
    match visit {
        Some(visit) => visit.page(name, page),
        None => visitor_page(state, request, name, page),
    }
}

#[derive(Serialize)]
struct DemoPage {
    people: Vec<DemoPerson>,
}

#[get("/demo")]
async fn people(visit: Option<Visit>, request: HttpRequest, state: Data<State>) -> Result<HttpResponse, Error> {
    demo(&state)?;
    let mut conn = state.pool.get().await?;
    let people = everybody::all(&mut conn, state.clock.now()).await?;
    shown(visit.as_ref(), &state, &request, "demo", &DemoPage { people })
}

#[get("/demo/as/{person}")]
async fn step_into(request: HttpRequest, state: Data<State>, person: Path<PersonId>) -> Result<HttpResponse, Error> {
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
    let mut response = see(&remembered(&request), None);
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

/// Every part of which pages are made, living.
#[get("/styleguide")]
async fn style(visit: Option<Visit>, request: HttpRequest, state: Data<State>) -> Result<HttpResponse, Error> {
    demo(&state)?;
    shown(visit.as_ref(), &state, &request, "styleguide", &styleguide::page(&state.renderer, state.clock.now()))
}

/// Three months of a company's mail would make a page of many screens.
const NEWEST: usize = 40;

#[derive(Deserialize)]
struct Filter {
    /// A recipient's address, or everybody's mail.
    #[serde(default)]
    to: String,
    /// Given: all of them, however many.
    #[serde(default)]
    all: String,
}

#[derive(Serialize)]
struct MailboxPage {
    /// The newest first.
    mails: Vec<MailHead>,
    /// Mails that fit and are not shown.
    older: usize,
    /// Name and address of everybody who ever got mail.
    recipients: Vec<Recipient>,
    to: String,
}

#[derive(Serialize, PartialEq, Eq, PartialOrd, Ord)]
struct Recipient {
    email: String,
    name: String,
}

#[get("/mailbox")]
async fn mailbox(
    visit: Option<Visit>,
    request: HttpRequest,
    state: Data<State>,
    filter: Query<Filter>,
) -> Result<HttpResponse, Error> {
    let mails = (demo(&state)?.mails)();
    shown(visit.as_ref(), &state, &request, "mailbox", &mailbox_page(mails, filter.into_inner()))
}

fn mailbox_page(mut mails: Vec<MailHead>, filter: Filter) -> MailboxPage {
    let named = |head: &MailHead| Recipient { email: head.to_email.clone(), name: head.to.clone() };
    let recipients: BTreeSet<Recipient> = mails.iter().map(named).collect();
    mails.retain(|head| filter.to.is_empty() || head.to_email == filter.to);
    let older = if filter.all.is_empty() { mails.len().saturating_sub(NEWEST) } else { 0 };
    mails.truncate(mails.len() - older);
    MailboxPage { mails, older, recipients: recipients.into_iter().collect(), to: filter.to }
}

#[derive(Serialize)]
struct MailPage {
    mail: MailView,
}

#[get("/mailbox/{id}")]
async fn mail(
    visit: Option<Visit>,
    request: HttpRequest,
    state: Data<State>,
    id: Path<String>,
) -> Result<HttpResponse, Error> {
    let found = (demo(&state)?.mail)(&id).ok_or(Error::NotFound)?;
    shown(visit.as_ref(), &state, &request, "mail", &MailPage { mail: found })
}

/// The HTML part alone, as a client shows it: no scripts, nothing from elsewhere; links open in the
/// page around the frame.
#[get("/mailbox/{id}/html")]
async fn mail_html(state: Data<State>, id: Path<String>) -> Result<HttpResponse, Error> {
    let found = (demo(&state)?.mail)(&id).ok_or(Error::NotFound)?;
    let html = found.html.replacen("<head>", "<head><base target=\"_top\">", 1);
    let mut response = HttpResponse::Ok().content_type("text/html; charset=utf-8").body(html);
    response.headers_mut().insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(
            "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; \
             sandbox allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation",
        ),
    );
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::vocabulary::{Lang, Role};
    use crate::render::{Chrome, shared};
    use crate::web::Attachment;

    fn shown<T: Serialize>(name: &str, page: &T) -> String {
        let renderer = shared();
        let in_lang = |lang| {
            let chrome = Chrome::visitor(lang, chrono_tz::Asia::Taipei, "/");
            renderer.page(name, &chrome, page).expect("a page")
        };
        in_lang(Lang::En) + &in_lang(Lang::ZhTw)
    }

    fn person(role: Option<Role>, day: Option<u16>) -> DemoPerson {
        let id = PersonId(uuid::Uuid::from_u128(7));
        DemoPerson { id, name: "林怡君".to_owned(), email: "lin@demo.example".to_owned(), role, day }
    }

    fn head() -> MailHead {
        MailHead {
            id: "0001".to_owned(),
            to: "林怡君".to_owned(),
            to_email: "lin@demo.example".to_owned(),
            subject: "3 things <for> you".to_owned(),
            date: "2026-03-02T00:00:00Z".parse().expect("a moment"),
        }
    }

    #[test]
    fn everybody_can_be_stepped_into_whatever_their_part() {
        let everybody = vec![
            person(Some(Role::Manager), Some(12)),
            person(Some(Role::Manager), Some(0)),
            person(Some(Role::Hr), None),
            person(None, None),
        ];
        let page = shown("demo", &DemoPage { people: everybody });
        assert_eq!(page.matches("href=\"/demo/as/00000000-0000-0000-0000-000000000007\"").count(), 8);
        assert!(page.contains("manager, working day 12") && page.contains("主管，尚未開始"));
    }

    #[test]
    fn the_mailbox_names_its_mail_or_says_how_mail_comes() {
        let page = |mails, to: &str| mailbox_page(mails, Filter { to: to.to_owned(), all: String::new() });
        assert!(shown("mailbox", &page(vec![head()], "")).contains("3 things &lt;for&gt; you"));
        assert!(shown("mailbox", &page(Vec::new(), "")).contains("class=\"empty\""));
        assert!(shown("mailbox", &page(vec![head()], "nobody@demo.example")).contains("class=\"empty\""));
    }

    #[test]
    fn a_long_mailbox_begins_with_its_newest_and_gives_all_when_asked() {
        let page = |all: &str| mailbox_page(vec![head(); 50], Filter { to: String::new(), all: all.to_owned() });
        assert_eq!((page("").mails.len(), page("").older, page("").recipients.len()), (40, 10, 1));
        assert_eq!((page("yes").mails.len(), page("yes").older), (50, 0));
        assert!(shown("mailbox", &page("")).contains("href=\"/mailbox?all=yes&amp;to=\""));
    }

    #[test]
    fn a_mail_is_framed_where_it_can_run_nothing() {
        let letter = MailView {
            head: head(),
            from: "Pilothouse".to_owned(),
            text: "Hello\n  there".to_owned(),
            html: "<p>Hello</p>".to_owned(),
            attachments: vec![Attachment { name: "a.ics".to_owned(), kind: "text/calendar".to_owned(), size: 12 }],
        };
        let page = shown("mail", &MailPage { mail: letter });
        assert!(page.contains(r#"src="/mailbox/0001/html""#) && !page.contains("allow-scripts"));
        assert!(!page.contains("<p>Hello</p>") && page.contains("Hello\n  there</pre>"));
    }
}
