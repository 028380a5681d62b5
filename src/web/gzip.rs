//! Smaller answers for whoever takes gzip.

use std::io::Write;

use actix_web::body::{self, BodySize, BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::ErrorInternalServerError;
use actix_web::http::header::{self, AcceptEncoding, Encoding, HeaderMap, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{HttpMessage, HttpResponse};
use flate2::Compression;
use flate2::write::GzEncoder;

/// What fits one packet gains nothing.
const LEAST: u64 = 1_000;

/// actix's own middleware knows the fastest level alone, which leaves a long plan half as large again.
pub async fn gzip(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let takes_gzip = request.get_header::<AcceptEncoding>().is_some_and(|accepted| {
        accepted.negotiate([Encoding::identity(), Encoding::gzip()].iter()) == Some(Encoding::gzip())
    });
    let response = next.call(request).await?;
    let is_long = matches!(response.response().body().size(), BodySize::Sized(size) if size >= LEAST);
    if !takes_gzip || !is_long || !is_text(response.headers()) {
        return Ok(response.map_into_boxed_body());
    }
    let (request, response) = response.into_parts();
    let (mut response, whole) = response.into_parts();
    let whole = body::to_bytes(whole).await.map_err(|error| ErrorInternalServerError(error.into()))?;
    let mut encoder = GzEncoder::new(Vec::with_capacity(whole.len() / 4), Compression::default());
    encoder.write_all(&whole)?;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    headers.append(header::VARY, HeaderValue::from_static("accept-encoding"));
    let response: HttpResponse = response.set_body(BoxBody::new(encoder.finish()?));
    Ok(ServiceResponse::new(request, response))
}

/// Whether there are words to be made shorter: what was uploaded and what is packed already goes as it is.
fn is_text(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let is_words = ["text/", "application/json", "image/svg+xml"].iter().any(|words| kind.starts_with(words));
    is_words && !headers.contains_key(header::CONTENT_ENCODING) && !headers.contains_key(header::CONTENT_DISPOSITION)
}

#[cfg(test)]
mod tests {
    use actix_web::middleware::from_fn;
    use actix_web::{App, test, web};

    use super::*;

    async fn answered(accepted: &str, kind: &'static str, length: usize) -> Option<String> {
        let page = move || async move { HttpResponse::Ok().content_type(kind).body("a".repeat(length)) };
        let app = test::init_service(App::new().wrap(from_fn(gzip)).route("/", web::get().to(page))).await;
        let request = test::TestRequest::get().insert_header((header::ACCEPT_ENCODING, accepted)).to_request();
        let response = test::call_service(&app, request).await;
        let encoding = response.headers().get(header::CONTENT_ENCODING);
        encoding.and_then(|value| value.to_str().ok()).map(str::to_owned)
    }

    #[actix_web::test]
    async fn a_long_page_is_packed_for_whoever_takes_it() {
        assert_eq!(answered("gzip, deflate, br", "text/html; charset=utf-8", 5_000).await, Some("gzip".to_owned()));
    }

    #[actix_web::test]
    async fn what_is_short_or_packed_or_not_asked_for_goes_as_it_is() {
        assert_eq!(answered("gzip", "text/html", 500).await, None);
        assert_eq!(answered("gzip", "application/zip", 5_000).await, None);
        assert_eq!(answered("gzip;q=0", "text/html", 5_000).await, None);
    }
}
