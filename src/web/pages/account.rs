//! Signing in and out, and everybody's own settings.

use actix_web::cookie::{Cookie, time::Duration};
use actix_web::dev::Payload;
use actix_web::web::{Data, Path, Query, ServiceConfig};
use actix_web::{FromRequest, HttpRequest, HttpResponse, get, post};
use serde::{Deserialize, Serialize};

use crate::app::mail_topics::{self, Topics};
use crate::app::pages::people::Mistakes;
use crate::app::{people, sign_in};
use crate::engine::mail::Topic;
use crate::engine::vocabulary::Lang;
use crate::web::State;
use crate::web::error::Error;
use crate::web::form::{Fields, Posted};
use crate::web::session::{Visit, cookie, keep, local, see, visitor_page};

pub fn configure(config: &mut ServiceConfig) {
    config
        .service(ask)
        .service(send)
        .service(link)
        .service(enter)
        .service(sign_out)
        .service(settings)
        .service(save_settings);
}

#[derive(Deserialize)]
struct Next {
    #[serde(default)]
    next: String,
}

#[derive(Serialize)]
struct SignInPage {
    /// Where to go afterwards.
    next: String,
    /// The address that a link was asked for; the page says the same whether it has an account.
    sent_to: Option<String>,
    is_demo: bool,
}

#[get("/sign-in")]
async fn ask(request: HttpRequest, state: Data<State>, query: Query<Next>) -> Result<HttpResponse, Error> {
    let next = local(&query.next).to_owned();
    let page = SignInPage { next: next.clone(), sent_to: None, is_demo: state.demo.is_some() };
    let mut response = visitor_page(&state, &request, "sign_in", &page)?;
    response.add_cookie(&next_cookie(&state, Some(&next))).map_err(|_| Error::BadRequest)?;
    Ok(response)
}

/// Where somebody wanted to go when they were asked to sign in: the link in the mail comes back to
/// the same browser without it.
fn next_cookie<'c>(state: &State, next: Option<&str>) -> Cookie<'c> {
    let age = if next.is_some() { Duration::minutes(30) } else { Duration::ZERO };
    let value = serde_urlencoded::to_string([("next", next.unwrap_or_default())]).unwrap_or_default();
    keep(state, "next", value, age)
}

/// What [`next_cookie`] remembers, if it is a path of this site.
pub(super) fn remembered(request: &HttpRequest) -> String {
    let cookie = request.cookie("next");
    let next = cookie.and_then(|cookie| serde_urlencoded::from_str::<Next>(cookie.value()).ok());
    next.map_or_else(|| "/".to_owned(), |next| local(&next.next).to_owned())
}

#[post("/sign-in")]
async fn send(request: HttpRequest, state: Data<State>, fields: Fields) -> Result<HttpResponse, Error> {
    let email = fields.text("email").trim().to_owned();
    let moment = state.moment();
    state.pool.in_transaction(async |tx| sign_in::request(tx, &email, &moment).await).await?;
    let page = SignInPage {
        next: local(fields.text("next")).to_owned(),
        sent_to: Some(email.chars().filter(|c| !c.is_control()).take(254).collect()),
        is_demo: state.demo.is_some(),
    };
    visitor_page(&state, &request, "sign_in", &page)
}

#[derive(Serialize)]
struct LinkPage {
    is_live: bool,
}

/// Shows a button: mail scanners open links before people do, so opening one must not use it up.
#[get("/sign-in/{secret}")]
async fn link(request: HttpRequest, state: Data<State>, secret: Path<String>) -> Result<HttpResponse, Error> {
    let mut conn = state.pool.get().await?;
    let is_live = sign_in::is_live(&mut conn, &secret).await?;
    visitor_page(&state, &request, "sign_in_link", &LinkPage { is_live })
}

#[post("/sign-in/{secret}")]
async fn enter(request: HttpRequest, state: Data<State>, secret: Path<String>) -> Result<HttpResponse, Error> {
    let moment = state.moment();
    let used = state.pool.in_transaction(async |tx| sign_in::use_link(tx, &secret, &moment).await).await;
    match used {
        Ok(session) => {
            let mut response = see(&remembered(&request), None);
            response.add_cookie(&cookie(&state, Some(&session))).map_err(|_| Error::BadRequest)?;
            response.add_cookie(&next_cookie(&state, None)).map_err(|_| Error::BadRequest)?;
            Ok(response)
        }
        Err(crate::app::Error::NotFound) => {
            visitor_page(&state, &request, "sign_in_link", &LinkPage { is_live: false })
        }
        Err(other) => Err(other.into()),
    }
}

#[post("/sign-out")]
async fn sign_out(posted: Posted) -> Result<HttpResponse, Error> {
    let visit = posted.visit;
    visit.state.pool.in_transaction(async |tx| sign_in::end(tx, &visit.secret).await).await?;
    let mut response = see("/sign-in", None);
    response.add_cookie(&cookie(&visit.state, None)).map_err(|_| Error::BadRequest)?;
    Ok(response)
}

#[derive(Serialize)]
struct SettingsPage {
    lang: Lang,
    zone: String,
    zones: Vec<&'static str>,
    brief_hour: u8,
    hours: Vec<u8>,
    email: String,
    topics: Topics,
    mistakes: Mistakes,
}

async fn settings_page(visit: &Visit) -> Result<SettingsPage, Error> {
    let mut conn = visit.state.pool.get().await?;
    let person = people::find(&mut conn, visit.id()).await?;
    Ok(SettingsPage {
        topics: mail_topics::of(&mut conn, visit.viewer, visit.parts).await?,
        lang: person.lang,
        zone: person.zone.name().to_owned(),
        zones: chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name()).collect(),
        brief_hour: person.brief_hour,
        hours: (0..24).collect(),
        email: person.email,
        mistakes: Mistakes::default(),
    })
}

#[get("/settings")]
async fn settings(visit: Visit) -> Result<HttpResponse, Error> {
    visit.page("settings", &settings_page(&visit).await?)
}

#[post("/settings")]
async fn save_settings(posted: Posted) -> Result<HttpResponse, Error> {
    let (visit, fields) = (posted.visit, posted.fields);
    let lang = Lang::parse(fields.text("lang")).ok_or(Error::BadRequest)?;
    let (zone, hour) = (fields.text("zone").to_owned(), fields.need::<u8>("brief_hour")?);
    let (topics, moment) = (topics(&fields), visit.moment());
    let save = async |tx: &mut _| people::save(tx, visit.viewer, (lang, &zone, hour), &topics, &moment).await;
    let saved = visit.state.pool.in_transaction(save).await;
    match saved {
        Ok(()) => Ok(see("/settings", Some("saved"))),
        Err(crate::app::Error::Invalid(found)) => {
            // A zone that is not in the list stays as it was: nothing else would be chosen there.
            let stored = settings_page(&visit).await?;
            let zone = if stored.zones.contains(&zone.as_str()) { zone } else { stored.zone.clone() };
            let label = |field: &str| if field == "zone" { "settings-zone" } else { "settings-hour" };
            let mistakes = Mistakes::new("", found, label);
            let page = SettingsPage { zone, brief_hour: hour, lang, topics, mistakes, ..stored };
            visit.invalid("settings", &page)
        }
        Err(other) => Err(other.into()),
    }
}

/// The topics that the page offered, and whether each was checked: what it did not offer stays as it is.
fn topics(fields: &Fields) -> Topics {
    let offered = fields.text("offered").split(' ').filter_map(Topic::parse);
    offered.map(|topic| (topic, fields.is_checked(&format!("topic-{}", topic.as_str())))).collect()
}

/// The language button pressed by somebody who is signed in changes their setting too: their mail
/// follows the page.
pub(super) async fn set_language(
    request: &HttpRequest,
    state: &State,
    fields: &Fields,
    lang: Lang,
) -> Result<(), Error> {
    let visit = Visit::from_request(request, &mut Payload::None).await?;
    if fields.text("csrf") != visit.csrf {
        return Err(Error::Forged);
    }
    let moment = state.moment();
    state.pool.in_transaction(async |tx| people::set_language(tx, visit.viewer, lang, &moment).await).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::form::FieldProblem;
    use crate::engine::message::Message;
    use crate::render::{Chrome, shared};

    fn shown<T: Serialize>(name: &str, page: &T) -> String {
        let renderer = shared();
        let in_lang = |lang| {
            let chrome = Chrome::visitor(lang, chrono_tz::Asia::Taipei, "/");
            renderer.page(name, &chrome, page).expect("a page")
        };
        in_lang(Lang::En) + &in_lang(Lang::ZhTw)
    }

    fn sign_in(sent_to: Option<&str>) -> SignInPage {
        SignInPage { next: "/plans/1?x=y".to_owned(), sent_to: sent_to.map(str::to_owned), is_demo: true }
    }

    #[test]
    fn signing_in_offers_the_demo_where_there_is_one() {
        assert!(shown("sign_in", &sign_in(None)).contains(r#"href="/demo""#));
    }

    #[test]
    fn the_page_after_asking_says_the_same_for_every_address() {
        let page = shown("sign_in", &sign_in(Some("<b>@x.example")));
        assert!(page.contains("&lt;b&gt;@x.example") && !page.contains("<b>@"));
    }

    #[test]
    fn a_dead_link_has_no_button_that_would_use_it() {
        assert!(shown("sign_in_link", &LinkPage { is_live: true }).contains("<form method=\"post\">"));
        assert!(!shown("sign_in_link", &LinkPage { is_live: false }).contains("<form method=\"post\">"));
    }

    #[test]
    fn a_mistake_stands_beside_its_setting() {
        let page = SettingsPage {
            lang: Lang::ZhTw,
            zone: "Asia/Taipei".to_owned(),
            zones: vec!["Asia/Taipei", "UTC"],
            brief_hour: 7,
            hours: (0..24).collect(),
            email: "mei@example.com".to_owned(),
            topics: [(Topic::Reminders, true), (Topic::Digest, false)].into(),
            mistakes: Mistakes::new(
                "",
                vec![FieldProblem { field: "zone".to_owned(), message: Message::new("field-required") }],
                |_| "settings-zone",
            ),
        };
        let page = shown("settings", &page);
        assert!(page.contains(r#"id="problem-zone""#) && !page.contains(r#"id="problem-brief_hour""#));
        assert!(page.contains(r#"<option value="7" selected>07:00</option>"#));
        assert!(page.contains(r#"name="topic-reminders" value="yes" checked"#));
        assert!(page.contains(r#"name="topic-digest" value="yes">"#) && !page.contains("topic-queue"));
    }
}
