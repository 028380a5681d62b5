//! The preview of an author's files, on their own machine: one page that is asked for again and again.
//!
//! It has no database, no session and nothing to send, so it shares with the product's pages only
//! their templates and headers.

use std::sync::{Arc, PoisonError, RwLock};

use actix_web::http::header::{self, EntityTag};
use actix_web::web::{self, Data, Path, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};

use crate::engine::vocabulary::Lang;
use crate::render::preview::Preview;
use crate::render::{self, Chrome, RenderError, Renderer};

/// The page as it stands, for every visitor.
#[derive(Clone)]
pub struct Shown {
    renderer: Arc<Renderer>,
    lang: Lang,
    page: Arc<RwLock<Page>>,
}

#[derive(Default)]
struct Page {
    tag: String,
    html: String,
}

impl Shown {
    /// Nothing yet.
    pub fn new(renderer: Arc<Renderer>, lang: Lang) -> Shown {
        Shown { renderer, lang, page: Arc::default() }
    }

    /// Shows this from now on; pages that are open load it by themselves.
    ///
    /// # Errors
    /// A template of the program itself is broken.
    pub fn show(&self, preview: &Preview) -> Result<(), RenderError> {
        let chrome = Chrome::visitor(self.lang, chrono_tz::UTC, "/");
        let html = self.renderer.page("watch", &chrome, preview)?;
        let mut page = self.page.write().unwrap_or_else(PoisonError::into_inner);
        *page = Page { tag: tag(&html), html };
        Ok(())
    }
}

/// A name for the content, so that a page knows whether it is the newest.
fn tag(html: &str) -> String {
    use sha2::{Digest, Sha256};
    hex::encode(Sha256::digest(html)).chars().take(24).collect()
}

/// The routes of the preview.
pub fn configure(config: &mut ServiceConfig) {
    config
        .route("/", web::get().to(page))
        .route("/", web::head().to(page))
        .route("/assets/{name}", web::get().to(asset))
        .default_service(web::to(|| async { HttpResponse::NotFound().finish() }));
}

async fn page(request: HttpRequest, shown: Data<Shown>) -> HttpResponse {
    // Another site could have its own name lead here and read the files.
    if !is_this_machine(&request) {
        return HttpResponse::MisdirectedRequest().finish();
    }
    let page = shown.page.read().unwrap_or_else(PoisonError::into_inner);
    let tag = EntityTag::new_strong(page.tag.clone());
    let asked = request.headers().get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    if asked == Some(tag.to_string().as_str()) {
        return HttpResponse::NotModified().finish();
    }
    HttpResponse::Ok().content_type("text/html; charset=utf-8").insert_header(header::ETag(tag)).body(page.html.clone())
}

fn is_this_machine(request: &HttpRequest) -> bool {
    let host = request.connection_info().host().to_owned();
    let name = host.rsplit_once(':').map_or(host.as_str(), |(name, _)| name);
    matches!(name, "127.0.0.1" | "localhost")
}

async fn asset(name: Path<String>) -> HttpResponse {
    match render::asset(&name) {
        Some((bytes, kind)) => HttpResponse::Ok().content_type(kind).body(bytes.into_owned()),
        None => HttpResponse::NotFound().finish(),
    }
}

#[cfg(test)]
mod tests {
    use actix_web::http::StatusCode;
    use actix_web::test::{TestRequest, call_service, init_service, read_body};
    use actix_web::{App, body::MessageBody};

    use super::*;
    use crate::engine::diagnostic::Span;
    use crate::render::preview::{Found, preview};

    fn shown() -> (Shown, Arc<Renderer>) {
        let renderer = Arc::new(Renderer::new().expect("a renderer"));
        (Shown::new(renderer.clone(), Lang::ZhTw), renderer)
    }

    fn get() -> TestRequest {
        TestRequest::get().uri("/").insert_header(("host", "127.0.0.1:8090"))
    }

    #[actix_web::test]
    async fn a_page_is_sent_again_only_when_it_changed() {
        let (shown, renderer) = shown();
        let mut page = preview(&renderer, Lang::ZhTw, &[], &[], &[]);
        shown.show(&page).expect("a page");
        let app = init_service(App::new().app_data(Data::new(shown.clone())).configure(configure)).await;
        let first = call_service(&app, get().to_request()).await;
        let tag = first.headers().get("etag").expect("a tag").to_str().expect("text").to_owned();
        let again = call_service(&app, get().insert_header(("if-none-match", tag.clone())).to_request()).await;
        assert_eq!(again.status(), StatusCode::NOT_MODIFIED);

        let mistake = "<b>壞了</b>".to_owned();
        page.errors = 1;
        page.found.push(Found {
            is_error: true,
            severity: "錯誤".to_owned(),
            place: "a.yaml:1:1".to_owned(),
            says: mistake,
            span: Some(Span { line: 1, column: 2, length: 2 }),
            source: "a<b c".to_owned(),
            hint: Some("b".to_owned()),
        });
        shown.show(&page).expect("a page");
        let changed = call_service(&app, get().insert_header(("if-none-match", tag)).to_request()).await;
        assert_eq!(changed.status(), StatusCode::OK);
        let html = read_body(changed).await.try_into_bytes().expect("bytes");
        let html = String::from_utf8_lossy(&html);
        assert!(html.contains("&lt;b&gt;壞了&lt;/b&gt;"));
        assert!(html.contains("<code>a<mark>&lt;b</mark> c</code>"), "{html}");
    }

    #[actix_web::test]
    async fn another_name_of_this_machine_is_refused() {
        let (shown, _) = shown();
        let app = init_service(App::new().app_data(Data::new(shown)).configure(configure)).await;
        let request = TestRequest::get().uri("/").insert_header(("host", "evil.example:8090")).to_request();
        assert_eq!(call_service(&app, request).await.status(), StatusCode::MISDIRECTED_REQUEST);
    }
}
