//! Who visits: the session behind the cookie, their language, and the chrome of their pages.

use std::future::Future;
use std::pin::Pin;

use actix_web::cookie::{Cookie, SameSite, time::Duration};
use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::{FromRequest, HttpMessage, HttpRequest, HttpResponse, web};
use serde::Serialize;

use super::State;
use super::error::Error;
use crate::app::pages::parts::{self, Parts};
use crate::app::{Moment, sign_in};
use crate::engine::Refusal;
use crate::engine::access::Viewer;
use crate::engine::message::Message;
use crate::engine::vocabulary::{Lang, PersonId};
use crate::render::{self, Chrome, DemoBar, Flash, FlashKind, NavItem, ViewerChrome};

/// Somebody who is signed in, and the request they make.
pub struct Visit {
    pub state: State,
    pub viewer: Viewer,
    pub name: String,
    pub lang: Lang,
    pub zone: chrono_tz::Tz,
    /// What their forms carry: derived from the cookie's secret, so it needs no store and dies with it.
    pub csrf: String,
    /// The cookie's secret.
    pub secret: String,
    pub parts: Parts,
    /// Where the language button leads back to; empty: no address leads back to the page.
    pub path: String,
    flash: Option<Flash>,
}

/// The name of the session's cookie.
pub fn cookie_name(state: &State) -> &'static str {
    if state.secure_cookies { "__Host-session" } else { "session" }
}

/// A cookie that holds a session, or ends one.
pub fn cookie<'c>(state: &State, secret: Option<&str>) -> Cookie<'c> {
    let age = if secret.is_some() { Duration::days(7) } else { Duration::ZERO };
    keep(state, cookie_name(state), secret.unwrap_or_default().to_owned(), age)
}

/// A cookie as all of ours are: for this site alone, and no script reads it.
pub fn keep<'c>(state: &State, name: &'static str, value: String, age: Duration) -> Cookie<'c> {
    Cookie::build(name, value)
        .path("/")
        .http_only(true)
        .secure(state.secure_cookies)
        .same_site(SameSite::Lax)
        .max_age(age)
        .finish()
}

fn csrf_of(secret: &str) -> String {
    hex::encode(crate::engine::chain::digest(b"pilothouse form", secret.as_bytes()))
}

/// Under which a browser keeps what somebody typed: the same in each of their sessions.
fn viewer_token(id: PersonId) -> String {
    hex::encode(&crate::engine::chain::digest(b"pilothouse viewer", id.0.as_bytes())[..8])
}

/// The language of somebody who is not signed in: chosen by the button, else the browser's.
pub fn visitor_lang(request: &HttpRequest) -> Lang {
    if let Some(chosen) = request.cookie("lang").and_then(|cookie| Lang::parse(cookie.value())) {
        return chosen;
    }
    let accepted = request.headers().get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or("");
    let first = accepted.split(',').map(str::trim).find(|tag| tag.starts_with("zh") || tag.starts_with("en"));
    if first.is_some_and(|tag| tag.starts_with("zh")) { Lang::ZhTw } else { Lang::En }
}

/// The chrome of a page for somebody who is not signed in.
pub fn visitor_chrome(state: &State, request: &HttpRequest) -> Chrome {
    let lang = visitor_lang(request);
    let mut chrome = Chrome::visitor(lang, chrono_tz::Asia::Taipei, request.path());
    chrome.help.clone_from(&state.help);
    chrome.demo = demo_bar(state);
    chrome
}

/// The chrome of a page behind a link in a mail: in its reader's own language, unless they pressed the
/// language button in this browser.
pub fn reader_chrome(
    state: &State,
    request: &HttpRequest,
    (lang, zone): (Lang, chrono_tz::Tz),
    path: String,
) -> Chrome {
    let chosen = request.cookie("lang").and_then(|cookie| Lang::parse(cookie.value()));
    Chrome { lang: chosen.unwrap_or(lang), zone, path, ..visitor_chrome(state, request) }
}

/// A page for somebody who is not signed in.
///
/// # Errors
/// The template does not render.
pub fn visitor_page<T: Serialize>(
    state: &State,
    request: &HttpRequest,
    name: &str,
    page: &T,
) -> Result<HttpResponse, Error> {
    let chrome = visitor_chrome(state, request);
    Ok(html(state.renderer.page(name, &chrome, page)?))
}

fn html(body: String) -> HttpResponse {
    HttpResponse::Ok().content_type("text/html; charset=utf-8").body(body)
}

fn demo_bar(state: &State) -> Option<DemoBar> {
    state.demo.as_ref().map(|_| DemoBar { now: state.clock.now(), people: Vec::new() })
}

impl FromRequest for Visit {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Visit, Error>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let state = request.app_data::<web::Data<State>>().ok_or(Error::NotFound)?.get_ref().clone();
            let next = request.uri().path_and_query().map_or("/", |p| p.as_str()).to_owned();
            let next = if request.method().is_safe() { next } else { "/".to_owned() };
            let Some(cookie) = request.cookie(cookie_name(&state)) else { return Err(Error::SignInFirst { next }) };
            let secret = cookie.value().to_owned();
            let mut conn = state.pool.get().await?;
            let person = sign_in::who(&mut conn, &secret).await?.ok_or(Error::SignInFirst { next })?;
            let parts = parts::of(&mut conn, person.viewer()).await?;
            request.extensions_mut().insert(person.lang);
            Ok(Visit {
                viewer: person.viewer(),
                csrf: csrf_of(&secret),
                flash: done(request.query_string()),
                name: person.name,
                lang: person.lang,
                zone: person.zone,
                path: request.path().to_owned(),
                secret,
                parts,
                state,
            })
        })
    }
}

/// What an address says was just done: `?done=<what>`, from a fixed list.
fn done(query: &str) -> Option<Flash> {
    let pairs: Vec<(String, String)> = serde_urlencoded::from_str(query).ok()?;
    let what = pairs.into_iter().find(|(name, _)| name == "done")?.1;
    let id = DONE.iter().find(|(code, _)| *code == what)?.1;
    Some(Flash { message: Message::new(id), kind: FlashKind::Done })
}

/// What an act says it did, and the id of its sentence.
const DONE: [(&str, &str); 36] = [
    ("ticked", "done-ticked"),
    ("handed-in", "done-handed-in"),
    ("accepted", "done-accepted"),
    ("returned", "done-returned"),
    ("seen", "done-seen"),
    ("talk", "done-talk"),
    ("taken-back", "done-taken-back"),
    ("reconsidered", "done-reconsidered"),
    ("put-off", "done-put-off"),
    ("not-put-off", "done-not-put-off"),
    ("pulse-discarded", "done-pulse-discarded"),
    ("figures-taken", "done-figures-taken"),
    ("commented", "done-commented"),
    ("saved", "done-saved"),
    ("added", "done-added"),
    ("joined", "done-joined"),
    ("left", "done-left"),
    ("started", "done-started"),
    ("launched", "done-launched"),
    ("arranged", "done-arranged"),
    ("undone", "done-undone"),
    ("mentor-asked", "done-mentor-asked"),
    ("mentor-accepted", "done-mentor-accepted"),
    ("mentor-declined", "done-mentor-declined"),
    ("published", "done-published"),
    ("draft-dropped", "done-draft-dropped"),
    ("offer-taken", "done-offer-taken"),
    ("offer-left", "done-offer-left"),
    ("calendar-changed", "done-calendar-changed"),
    ("meeting-proposed", "done-meeting-proposed"),
    ("meeting-agreed", "done-meeting-agreed"),
    ("meeting-cancelled", "done-meeting-cancelled"),
    ("travelled", "done-travelled"),
    ("letter-again", "done-letter-again"),
    ("letter-taken-back", "done-letter-taken-back"),
    ("address-tried", "done-address-tried"),
];

impl Visit {
    pub fn moment(&self) -> Moment {
        self.state.moment()
    }

    pub fn id(&self) -> PersonId {
        self.viewer.id
    }

    /// A page of this visitor.
    ///
    /// # Errors
    /// The template does not render.
    pub fn page<T: Serialize>(&self, name: &str, page: &T) -> Result<HttpResponse, Error> {
        Ok(html(self.html(name, page)?))
    }

    /// A page of this visitor as it is sent.
    ///
    /// # Errors
    /// The template does not render.
    pub fn html<T: Serialize>(&self, name: &str, page: &T) -> Result<String, Error> {
        Ok(self.state.renderer.page(name, &self.chrome(self.flash.clone()), page)?)
    }

    /// The page again after an act was refused, with the reason on top.
    ///
    /// # Errors
    /// The template does not render.
    pub fn refused<T: Serialize>(
        &self,
        name: &str,
        page: &T,
        refusal: &Refusal,
        names: &render::Names,
    ) -> Result<HttpResponse, Error> {
        let flash = Flash { message: render::refusal(refusal, names), kind: FlashKind::Refused };
        let body = self.state.renderer.page(name, &self.chrome(Some(flash)), page)?;
        Ok(HttpResponse::Conflict().content_type("text/html; charset=utf-8").body(body))
    }

    /// The page again with mistakes beside its fields.
    ///
    /// # Errors
    /// The template does not render.
    pub fn invalid<T: Serialize>(&self, name: &str, page: &T) -> Result<HttpResponse, Error> {
        let body = self.state.renderer.page(name, &self.chrome(None), page)?;
        Ok(HttpResponse::UnprocessableEntity().content_type("text/html; charset=utf-8").body(body))
    }

    /// The answer about something that is not there any more.
    pub fn absent<T: Serialize>(&self, name: &str, page: &T) -> Error {
        match self.state.renderer.page(name, &self.chrome(None), page) {
            Ok(page) => Error::Absent { page },
            Err(error) => error.into(),
        }
    }

    fn chrome(&self, flash: Option<Flash>) -> Chrome {
        Chrome {
            lang: self.lang,
            zone: self.zone,
            path: self.path.clone(),
            viewer: Some(ViewerChrome {
                name: self.name.clone(),
                token: viewer_token(self.id()),
                is_hr: self.viewer.is_hr,
            }),
            csrf: Some(self.csrf.clone()),
            nav: self.nav(),
            demo: demo_bar(&self.state),
            flash,
            help: self.state.help.clone(),
        }
    }

    fn nav(&self) -> Vec<NavItem> {
        let own_plan = self.parts.own_plan.map(|plan| format!("/plans/{plan}"));
        let own_practice = own_plan.as_ref().map(|plan| format!("{plan}/practice"));
        let items: [(Option<String>, &'static str); 12] = [
            (self.parts.own_plan.map(|_| "/today".to_owned()), "nav-today"),
            (own_plan, "nav-plan"),
            (own_practice, "nav-practice"),
            (self.parts.is_mentor.then(|| "/queue".to_owned()), "nav-queue"),
            (self.parts.is_superior.then(|| "/gates".to_owned()), "nav-gates"),
            (self.viewer.is_hr.then(|| "/progress".to_owned()), "nav-progress"),
            (self.viewer.is_hr.then(|| "/people".to_owned()), "nav-people"),
            (self.viewer.is_hr.then(|| "/plans/new".to_owned()), "nav-start"),
            (self.viewer.is_hr.then(|| "/curricula".to_owned()), "nav-curricula"),
            (self.viewer.is_hr.then(|| "/calendars".to_owned()), "nav-calendars"),
            (self.viewer.is_hr.then(|| "/outbox".to_owned()), "nav-outbox"),
            (Some("/settings".to_owned()), "nav-settings"),
        ];
        let is_above =
            |href: &str| self.path.strip_prefix(href).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        let items: Vec<(String, &'static str)> =
            items.into_iter().filter_map(|(href, label)| Some((href?, label))).collect();
        // A page may lie below two of them, as what a plan adds up to does: the nearest one is meant.
        let nearest = items.iter().filter(|(href, _)| is_above(href)).map(|(href, _)| href.len()).max();
        let item = |(href, label): (String, &'static str)| {
            let current = is_above(&href) && Some(href.len()) == nearest;
            NavItem { current, href, label }
        };
        items.into_iter().map(item).collect()
    }

    /// Where somebody begins: what their part is most about.
    pub fn home(&self) -> &'static str {
        if self.parts.own_plan.is_some() {
            "/today"
        } else if self.viewer.is_hr {
            "/progress"
        } else if self.parts.is_mentor {
            "/queue"
        } else if self.parts.is_superior {
            "/gates"
        } else {
            "/today"
        }
    }
}

/// After an act: look at the page again, which says that it was done.
pub fn see(href: &str, done: Option<&str>) -> HttpResponse {
    let location = match done {
        Some(done) if href.contains('?') => format!("{href}&done={done}"),
        Some(done) => format!("{href}?done={done}"),
        None => href.to_owned(),
    };
    HttpResponse::SeeOther().insert_header((header::LOCATION, location)).finish()
}

/// An address on this site to go to, or `/`: never another site's.
pub fn local(next: &str) -> &str {
    let bytes = next.as_bytes();
    let is_local = bytes.first() == Some(&b'/')
        && !matches!(bytes.get(1), Some(b'/' | b'\\'))
        && next.chars().all(|c| !c.is_control() && c != '\\');
    if is_local { next } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::local;

    #[test]
    fn only_a_path_of_this_site_is_followed() {
        assert_eq!(local("/plans/1?x=y"), "/plans/1?x=y");
        for elsewhere in ["//evil", "/\\evil", "https:evil", "/\t/evil", "/a\r\nLocation: x", "", "evil"] {
            assert_eq!(local(elsewhere), "/", "{elsewhere:?}");
        }
    }
}
