//! A release as a drawing and as a document, published or not.

use actix_web::http::header::{CONTENT_SECURITY_POLICY, ContentDisposition};
use actix_web::web::{Path, Query, ServiceConfig};
use actix_web::{HttpResponse, get};
use serde::{Deserialize, Serialize};

use super::tryout::{drafted, published};
use crate::app::pages::tryout::{self, About, Subject, Which};
use crate::engine::vocabulary::Lang;
use crate::render::{export, graph};
use crate::web::error::Error;
use crate::web::session::Visit;

pub fn configure(config: &mut ServiceConfig) {
    config.service(graph_draft).service(drawing_draft).service(export_draft);
    config.service(graph_release).service(drawing_release).service(export_release);
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Given {
    lang: String,
}

#[derive(Serialize)]
struct GraphPage {
    about: About,
}

async fn subject(visit: &Visit, which: &Which) -> Result<Subject, Error> {
    let mut conn = visit.state.pool.get().await?;
    Ok(tryout::subject(&mut conn, visit.viewer, which).await?)
}

#[get("/curricula/{hash}/graph")]
async fn graph_release(visit: Visit, hash: Path<String>) -> Result<HttpResponse, Error> {
    framed(&visit, &published(hash)).await
}

#[get("/curricula/drafts/{draft}/{program}/graph")]
async fn graph_draft(visit: Visit, address: Path<(String, String)>) -> Result<HttpResponse, Error> {
    framed(&visit, &drafted(address)?).await
}

async fn framed(visit: &Visit, which: &Which) -> Result<HttpResponse, Error> {
    visit.page("graph", &GraphPage { about: subject(visit, which).await?.about })
}

#[get("/curricula/{hash}/graph.svg")]
async fn drawing_release(visit: Visit, hash: Path<String>) -> Result<HttpResponse, Error> {
    drawn(&visit, &published(hash)).await
}

#[get("/curricula/drafts/{draft}/{program}/graph.svg")]
async fn drawing_draft(visit: Visit, address: Path<(String, String)>) -> Result<HttpResponse, Error> {
    drawn(&visit, &drafted(address)?).await
}

/// The drawing brings its own style, which our pages let nothing do: so it is an image of theirs.
async fn drawn(visit: &Visit, which: &Which) -> Result<HttpResponse, Error> {
    let subject = subject(visit, which).await?;
    let svg = graph::svg(&visit.state.renderer, visit.lang, &subject.release);
    Ok(HttpResponse::Ok()
        .content_type("image/svg+xml")
        .insert_header((CONTENT_SECURITY_POLICY, "default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'; sandbox"))
        .body(svg))
}

#[get("/curricula/{hash}/export")]
async fn export_release(visit: Visit, hash: Path<String>, given: Query<Given>) -> Result<HttpResponse, Error> {
    exported(&visit, &published(hash), &given.lang).await
}

#[get("/curricula/drafts/{draft}/{program}/export")]
async fn export_draft(
    visit: Visit,
    address: Path<(String, String)>,
    given: Query<Given>,
) -> Result<HttpResponse, Error> {
    exported(&visit, &drafted(address)?, &given.lang).await
}

async fn exported(visit: &Visit, which: &Which, lang: &str) -> Result<HttpResponse, Error> {
    let subject = subject(visit, which).await?;
    let lang = Lang::parse(lang).unwrap_or(visit.lang);
    let text = export::markdown(&visit.state.renderer, lang, &subject.release);
    let name = format!("{}-{}.{}.md", subject.release.program.name, subject.about.short_hash, lang.as_str());
    Ok(HttpResponse::Ok()
        .content_type("text/markdown; charset=utf-8")
        .insert_header(ContentDisposition::attachment(name))
        .body(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::pages::people::tests::{shown, text};

    #[test]
    fn the_drawing_stands_on_its_page_as_an_image_with_words() {
        let about = About {
            title: text("Sales manager", "業務主管"),
            short_hash: "0123".to_owned(),
            href: "/curricula/ab".to_owned(),
            up: "/curricula/ab".to_owned(),
            is_draft: false,
        };
        let (en, zh) = shown("graph", &GraphPage { about });
        assert!(en.contains("src=\"/curricula/ab/graph.svg\"") && en.contains("alt=\"Sales manager: its steps"));
        assert!(zh.contains("業務主管"));
    }
}
