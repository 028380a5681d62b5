//! What is published, for HR: releases and calendars; and what may be (`drafts`), tried out first (`tryout`,
//! `compare`, `papers`); and what running plans take of it (`rollout`).

mod compare;
mod drafts;
mod papers;
mod rollout;
mod tryout;

use actix_web::http::header::ContentDisposition;
use actix_web::web::{Path, ServiceConfig};
use actix_web::{HttpResponse, get, post};

use crate::app;
use crate::app::drafts::Packed;
use crate::app::pages::curricula;
use crate::engine::zone::local_date;
use crate::web::error::Error;
use crate::web::form::Posted;
use crate::web::session::{Visit, see};

pub fn configure(config: &mut ServiceConfig) {
    // Before any `/curricula/{hash}`: the first route that matches wins.
    drafts::configure(config);
    tryout::configure(config);
    compare::configure(config);
    papers::configure(config);
    rollout::configure(config);
    config.service(all).service(sources).service(redraft).service(one);
}

#[get("/curricula")]
async fn all(visit: Visit) -> Result<HttpResponse, Error> {
    let mut conn = visit.state.pool.get().await?;
    let today = local_date(visit.moment().now, visit.zone);
    let page = curricula::load(&mut conn, visit.viewer, today).await?;
    visit.page("curricula", &page)
}

#[get("/curricula/{hash}")]
async fn one(visit: Visit, hash: Path<String>) -> Result<HttpResponse, Error> {
    let mut conn = visit.state.pool.get().await?;
    let page = curricula::load_one(&mut conn, visit.viewer, &hash).await?;
    visit.page("release", &page)
}

/// What a release was published from, to edit and bring back.
#[get("/curricula/{hash}/sources.zip")]
async fn sources(visit: Visit, hash: Path<String>) -> Result<HttpResponse, Error> {
    let mut conn = visit.state.pool.get().await?;
    let packed = app::drafts::pack_release(&mut conn, visit.viewer, &hash).await?;
    Ok(to_keep(packed))
}

/// A draft of what a release was published from.
#[post("/curricula/{hash}/draft")]
async fn redraft(posted: Posted, hash: Path<String>) -> Result<HttpResponse, Error> {
    let Posted { visit, .. } = posted;
    let (who, moment) = (visit.viewer, visit.moment());
    let made = async |tx: &mut _| app::drafts::from_release(tx, who, &hash, &moment).await;
    let id = visit.state.pool.in_transaction(made).await?;
    Ok(see(&app::pages::drafts::href(id), None))
}

/// An archive to keep.
fn to_keep(packed: Packed) -> HttpResponse {
    let name = ContentDisposition::attachment(packed.name);
    HttpResponse::Ok().content_type("application/zip").insert_header(name).body(packed.bytes)
}

#[cfg(test)]
mod tests_of_drafts;

#[cfg(test)]
mod tests {
    use crate::app::pages::curricula::{
        Asked, CalendarLine, CurriculaPage, Module, ReleaseLine, ReleasePage, StepView,
    };
    use crate::app::pages::people::Mistakes;
    use crate::engine::calendar::Span;
    use crate::engine::message::Message;
    use crate::engine::vocabulary::Role;
    use crate::web::pages::people::tests::{day, shown, text};

    fn release() -> ReleaseLine {
        ReleaseLine {
            href: "/curricula/ab".to_owned(),
            title: text("Sales manager", "業務主管"),
            summary: text("Three months", "三個月"),
            short_hash: "ab".to_owned(),
            hash: "abcd".to_owned(),
            published_at: "2026-03-02T01:00:00Z".parse().expect("a moment"),
            is_current: true,
            steps: 1,
            plans: 0,
        }
    }

    fn ask(kind: Message) -> Asked {
        Asked {
            label: text("Topics", "主題"),
            help: Some(text("Help", "說明")),
            required: false,
            kind,
            parts: vec![text("A", "甲")],
        }
    }

    fn step() -> StepView {
        StepView {
            id: "interview".to_owned(),
            source: Some("M02.2".to_owned()),
            title: text("Interview", "訪談"),
            body: text("**Why.**", "**為什麼。**"),
            who: Role::Manager,
            windows: vec!["B3–B10".to_owned(), "B20".to_owned()],
            each_within: Some(10),
            every: Some(Message::new("curricula-every-months").with("n", 3_i64)),
            until: Some("B250".to_owned()),
            after: vec![text("Announce", "宣布")],
            ask: vec![
                ask(Message::new("curricula-ask-text").with("min", 1_i64).with("max", 20_i64)),
                ask(Message::new("curricula-ask-choice").with("count", 2_usize)),
                ask(Message::new("curricula-ask-scale").with("min", 1_i64).with("max", 5_i64)),
                ask(Message::new("curricula-ask-number")),
                ask(Message::new("curricula-ask-number-from").with("min", "1")),
                ask(Message::new("curricula-ask-number-to").with("max", "9")),
                ask(Message::new("curricula-ask-number-between").with("min", "1").with("max", "9")),
                ask(Message::new("curricula-ask-date")),
                ask(Message::new("curricula-ask-table").with("min", 1_i64).with("max", 3_i64)),
            ],
            review: Some(Role::Mentor),
            visible_to: vec![Role::Manager, Role::Mentor],
            effort: 30,
        }
    }

    #[test]
    fn a_release_is_shown_with_its_days_and_questions() {
        let module = Module {
            name: "team".to_owned(),
            title: text("Team", "團隊"),
            summary: text("S", "摘要"),
            steps: vec![step()],
        };
        let bare = StepView {
            every: None,
            until: None,
            each_within: None,
            after: Vec::new(),
            ask: Vec::new(),
            review: None,
            ..step()
        };
        let bare = Module { name: "bare".to_owned(), steps: vec![bare], ..module.clone() };
        let page = ReleasePage {
            release: release(),
            cast: vec![Role::Mentor, Role::Hr],
            checkpoints: vec![21, 42],
            behind: 2,
            rollout_href: "/curricula/ab/rollout".to_owned(),
            modules: vec![module, bare],
        };
        let (en, zh) = shown("release", &page);
        assert!(en.contains("B3–B10, B20, every quarter until B250") && en.contains("<strong>Why.</strong>"));
        assert!(en.contains("B21, B42") && zh.contains("每季") && zh.contains("數字，至少 1"));
    }

    #[test]
    fn a_calendar_says_what_is_known_and_what_is_provisional() {
        let span = Span { from: day("2026-01-01"), until: day("2027-12-31") };
        let calendar = |provisional| CalendarLine {
            name: "taiwan".to_owned(),
            title: text("Taiwan", "台灣"),
            source: "DGPA".to_owned(),
            known: span,
            provisional,
            holidays: 20,
            workdays: 1,
            ends_soon: true,
        };
        let page = CurriculaPage {
            drafts: vec![super::tests_of_drafts::line()],
            mistakes: Mistakes::default(),
            releases: vec![release()],
            calendars: vec![calendar(Some(span)), calendar(None)],
        };
        let (en, zh) = shown("curricula", &page);
        assert!(en.contains("1 January 2026 – 31 December 2027") && en.contains("no plans on it"));
        assert!(zh.contains("平日放假 20 天"));
    }
}
