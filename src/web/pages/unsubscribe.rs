//! Stopping one topic of mail from a letter: by RFC 8058's post of a mail program, or by a button.

use actix_web::web::{Data, Path, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse, get, post};
use serde::Serialize;

use crate::app::mail_topics::{self, Linked};
use crate::engine::mail::Topic;
use crate::web::State;
use crate::web::error::Error;
use crate::web::form::OneClick;
use crate::web::session::{reader_chrome, see};

pub fn configure(config: &mut ServiceConfig) {
    config.service(show).service(stop).service(start);
}

/// Nothing here tells who the reader is: mail is forwarded.
#[derive(Serialize)]
struct UnsubscribePage {
    topic: Topic,
    is_stopped: bool,
    /// Where it is started again.
    start: String,
}

/// Changes nothing: mail scanners open links before people do.
#[get("/unsubscribe/{secret}")]
async fn show(request: HttpRequest, state: Data<State>, secret: Path<String>) -> Result<HttpResponse, Error> {
    page(&request, &state, &secret).await
}

/// From a mail program (no cookies, no page of ours before) and from our button alike: the secret alone
/// allows it, and it is done at once, without a redirect that a program might not follow.
#[post("/unsubscribe/{secret}")]
async fn stop(
    request: HttpRequest,
    state: Data<State>,
    secret: Path<String>,
    _: OneClick,
) -> Result<HttpResponse, Error> {
    let now = state.moment().now;
    state.pool.in_transaction(async |tx| mail_topics::stop(tx, &secret, now).await).await?;
    page(&request, &state, &secret).await
}

#[post("/unsubscribe/{secret}/start")]
async fn start(state: Data<State>, secret: Path<String>) -> Result<HttpResponse, Error> {
    state.pool.in_transaction(async |tx| mail_topics::start(tx, &secret).await).await?;
    Ok(see(&href(&secret), None))
}

fn href(secret: &str) -> String {
    format!("/unsubscribe/{secret}")
}

async fn page(request: &HttpRequest, state: &State, secret: &str) -> Result<HttpResponse, Error> {
    let mut conn = state.pool.get().await?;
    let Linked { topic, is_stopped, lang, zone } = mail_topics::behind(&mut conn, secret).await?;
    let chrome = reader_chrome(state, request, (lang, zone), request.path().to_owned());
    let page = UnsubscribePage { topic, is_stopped, start: format!("{}/start", href(secret)) };
    let body = state.renderer.page("unsubscribe", &chrome, &page)?;
    Ok(HttpResponse::Ok().content_type("text/html; charset=utf-8").body(body))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::pages::people::tests::shown;

    #[test]
    fn every_topic_is_named_before_and_after_it_stops() {
        for topic in Topic::ALL {
            let page = |is_stopped| UnsubscribePage { topic, is_stopped, start: "/unsubscribe/x/start".to_owned() };
            let (on, off) = (shown("unsubscribe", &page(false)), shown("unsubscribe", &page(true)));
            assert!(on.0.contains("List-Unsubscribe") && !off.0.contains("List-Unsubscribe"));
            assert!(off.0.contains("/unsubscribe/x/start") && off.1.contains("/unsubscribe/x/start"));
        }
    }
}
