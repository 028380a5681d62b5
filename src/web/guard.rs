//! What stands around every route: the same-origin guard, the headers, and the page of a failure.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{HttpMessage, ResponseError, web};
use serde::Serialize;

use super::State;
use super::error::{Error, Failure};
use super::session;
use crate::engine::message::Message;
use crate::engine::vocabulary::Lang;
use crate::render;

/// Refuses what another site sends: a browser says where a post comes from.
pub async fn same_origin(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    if !request.method().is_safe() && is_foreign(&request) {
        let (request, _) = request.into_parts();
        return Ok(ServiceResponse::new(request, Error::Forged.error_response()));
    }
    next.call(request).await.map(ServiceResponse::map_into_boxed_body)
}

/// Whoever asks for the head of a page gets it: routes know GET alone, and the answer to HEAD leaves without
/// its body.
pub async fn heads(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    if request.method() == Method::HEAD {
        request.head_mut().method = Method::GET;
    }
    next.call(request).await.map(ServiceResponse::map_into_boxed_body)
}

fn is_foreign(request: &ServiceRequest) -> bool {
    let text = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        return !matches!(site, "same-origin" | "none");
    }
    let Some(state) = request.app_data::<web::Data<State>>() else { return true };
    match text("origin") {
        // Behind a proxy the base URL is what browsers see; without one, the host they asked for.
        Some(origin) => {
            let host = text("host").unwrap_or("");
            origin != state.base_url && (state.secure_cookies || origin != format!("http://{host}"))
        }
        None => false,
    }
}

const CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
                   frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Headers of every answer.
pub async fn secure_headers(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let is_asset = request.path().starts_with("/assets/");
    // An address that is a secret goes to nobody.
    let is_secret = secret(request.path()).is_some();
    let referrer = if is_secret { "no-referrer" } else { "same-origin" };
    let secure = request.app_data::<web::Data<State>>().is_some_and(|state| state.secure_cookies);
    let mut response = next.call(request).await?.map_into_boxed_body();
    let headers = response.headers_mut();
    let mut set = |name: HeaderName, value: &'static str| {
        if !headers.contains_key(&name) {
            headers.insert(name, HeaderValue::from_static(value));
        }
    };
    set(header::CONTENT_SECURITY_POLICY, CSP);
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::REFERRER_POLICY, referrer);
    set(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    if is_secret {
        set(HeaderName::from_static("x-robots-tag"), "noindex");
    }
    if !is_asset {
        set(header::CACHE_CONTROL, "no-store");
    }
    if secure {
        set(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000; includeSubDomains");
    }
    Ok(response)
}

/// Gives a failed request a page that says what is wrong, in the visitor's language.
pub async fn dress_failures(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let response = match next.call(request).await {
        Ok(response) => response.map_into_boxed_body(),
        Err(error) => return Err(error),
    };
    let failure = response.response().extensions().get::<Failure>().cloned();
    let Some(failure) = failure else { return Ok(response) };
    let (request, response) = response.into_parts();
    let page = failure_page(&request, &failure);
    let mut response = response;
    if page.is_some() {
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    }
    let response = response.set_body(BoxBody::new(page.unwrap_or_default()));
    Ok(ServiceResponse::new(request, response))
}

#[derive(Serialize)]
struct FailurePage {
    message: Message,
    title: &'static str,
    /// By which whoever runs the program finds the cause in the log.
    reference: Option<String>,
}

fn failure_page(request: &actix_web::HttpRequest, failure: &Failure) -> Option<String> {
    let state = request.app_data::<web::Data<State>>()?;
    let mut chrome = session::visitor_chrome(state, request);
    if let Some(lang) = request.extensions().get::<Lang>() {
        chrome.lang = *lang;
    }
    let message = match &failure.refusal {
        Some(refusal) => render::refusal(refusal, &render::Names::default()),
        None => Message::new(failure.code),
    };
    // Logged once, here; the client learns a sentence and a reference.
    let reference = failure.cause.as_ref().map(|cause| {
        let reference = state.moment().id().simple().to_string()[20..].to_owned();
        tracing::error!(%reference, path = %masked(request.path()), "{cause}");
        reference
    });
    match state.renderer.page("error", &chrome, &FailurePage { message, title: failure.code, reference }) {
        Ok(page) => Some(page),
        Err(error) => {
            tracing::error!("the error page does not render: {error:?}");
            None
        }
    }
}

/// A path without the secrets that some addresses hold.
pub fn masked(path: &str) -> String {
    match secret(path) {
        Some(secret) => path.replacen(secret, "…", 1),
        None => path.to_owned(),
    }
}

/// What only the reader of a mail knows of a path.
fn secret(path: &str) -> Option<&str> {
    let mut parts = path.split('/').skip(1);
    let holds_one = matches!(parts.next()?, "sign-in" | "mentor-answer" | "act" | "meet" | "unsubscribe" | "pulse");
    parts.next().filter(|secret| holds_one && !secret.is_empty())
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn the_secret_of_a_link_stands_in_no_log() {
        assert_eq!(masked("/sign-in/0123abcd"), "/sign-in/…");
        assert_eq!(masked("/mentor-answer/0123abcd/accept"), "/mentor-answer/…/accept");
        assert_eq!(masked("/unsubscribe/0123abcd"), "/unsubscribe/…");
        assert_eq!(masked("/meet/0123abcd/undo"), "/meet/…/undo");
        assert_eq!(masked("/act/0123abcd"), "/act/…");
        assert_eq!(masked("/pulse/ABCD-EFGH-JKLM"), "/pulse/…");
        assert_eq!(masked("/pulse"), "/pulse");
        assert_eq!(masked("/plans/1/steps/a"), "/plans/1/steps/a");
    }
}
