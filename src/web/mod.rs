//! The web: routes, sessions, forms. A handler parses, calls one use case, redirects; the rules are
//! the engine's, the words are `render`'s.

pub mod error;
mod form;
mod guard;
mod gzip;
pub mod pages;
pub mod preview;
mod session;

use std::sync::Arc;

use actix_web::web::{PathConfig, QueryConfig, ServiceConfig};
use chrono::{DateTime, Utc};
use futures_util::future::LocalBoxFuture;
use serde::Serialize;

use crate::app::{Chance, Moment};
use crate::clock::Clock;
use crate::render::{HelpContact, Renderer};
use crate::store::pool::Pool;

pub use error::Error;
pub use guard::{dress_failures, heads, masked, same_origin, secure_headers};
pub use gzip::gzip;

/// What every handler may use.
#[derive(Clone)]
pub struct State {
    pub pool: Pool,
    pub renderer: Arc<Renderer>,
    pub clock: Clock,
    pub chance: Chance,
    /// Where the program is reached, without a slash at the end.
    pub base_url: String,
    /// False only for the demo on loopback http, where browsers refuse `Secure` and `__Host-`.
    pub secure_cookies: bool,
    /// Whom to ask, shown at the foot of every page.
    pub help: Option<HelpContact>,
    /// Prints a page that stands alone as PDF; none: no browser is set.
    pub pdf: Option<Arc<Print>>,
    /// The routes of the demo exist only with it.
    pub demo: Option<Demo>,
}

/// Running programs is not the web's, so `startup` hands it in. An error is what to log.
pub type Print = dyn Fn(String) -> LocalBoxFuture<'static, Result<Vec<u8>, String>> + Send + Sync;

/// What the demo's pages need. Delivery and parsing are not the web's, so `startup` hands in how time
/// travels and what the mailbox holds.
#[derive(Clone)]
pub struct Demo {
    /// Moves the clock, sweeping and delivering for each day passed; ends when that is done.
    pub travel: Arc<Journey>,
    /// The mails so far, newest first.
    pub mails: Arc<dyn Fn() -> Vec<MailHead> + Send + Sync>,
    pub mail: Arc<ReadMail>,
}

type Journey = dyn Fn(Travel) -> LocalBoxFuture<'static, Result<(), String>> + Send + Sync;
type ReadMail = dyn Fn(&str) -> Option<MailView> + Send + Sync;

/// How far the demo's clock is moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Travel {
    Day,
    Week,
    /// To the next moment at which a mail leaves.
    NextMail,
}

/// A mail in the demo's mailbox, as a list shows it.
#[derive(Debug, Clone, Serialize)]
pub struct MailHead {
    pub id: String,
    pub to: String,
    pub to_email: String,
    pub subject: String,
    pub date: DateTime<Utc>,
}

/// A mail in the demo's mailbox, as a client shows it.
#[derive(Debug, Clone, Serialize)]
pub struct MailView {
    #[serde(flatten)]
    pub head: MailHead,
    pub from: String,
    pub text: String,
    pub html: String,
    pub attachments: Vec<Attachment>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Attachment {
    pub name: String,
    pub kind: String,
    /// Bytes.
    pub size: usize,
}

impl State {
    pub fn moment(&self) -> Moment {
        Moment { now: self.clock.now(), chance: self.chance.clone() }
    }
}

/// Every route. A route that is missing here does not exist.
pub fn configure(config: &mut ServiceConfig, has_demo: bool) {
    unreadable(config);
    pages::configure(config);
    if has_demo {
        pages::demo::configure(config);
    }
    // Looks who visits, so that the page says it in their language.
    config.default_service(actix_web::web::to(|_: Option<session::Visit>| async {
        Err::<actix_web::HttpResponse, Error>(Error::NotFound)
    }));
}

/// An address that does not read is answered as every other failure, and not in the framework's own words.
fn unreadable(config: &mut ServiceConfig) {
    config.app_data(QueryConfig::default().error_handler(|_, _| Error::BadRequest.into()));
    config.app_data(PathConfig::default().error_handler(|_, _| Error::NotFound.into()));
}

#[cfg(test)]
mod tests {
    use actix_web::test::{TestRequest, call_service, init_service};
    use actix_web::web::{Path, Query, get};
    use actix_web::{App, HttpResponse};

    use super::error::Failure;
    use super::*;

    #[derive(serde::Deserialize)]
    struct Page {
        _number: u32,
    }

    #[actix_web::test]
    async fn an_address_that_does_not_read_fails_as_ours_do() {
        let route = get().to(async |_: Path<u32>, _: Query<Page>| HttpResponse::Ok().finish());
        let app = init_service(App::new().configure(unreadable).route("/things/{thing}", route)).await;
        for (address, code) in
            [("/things/abc?_number=1", "error-not-found"), ("/things/1?_number=abc", "error-bad-request")]
        {
            let answer = call_service(&app, TestRequest::get().uri(address).to_request()).await;
            let failure = answer.response().extensions().get::<Failure>().map(|failure| failure.code);
            assert_eq!(failure, Some(code), "{address}");
        }
    }
}
