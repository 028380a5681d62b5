//! What a release changes beside another one.

use actix_web::web::{Path, Query, ServiceConfig};
use actix_web::{HttpResponse, get};
use serde::{Deserialize, Serialize};

use super::tryout::{drafted, published};
use crate::app::pages::compare::{self, Compared};
use crate::app::pages::tryout::Which;
use crate::render::diff;
use crate::web::error::Error;
use crate::web::session::Visit;

pub fn configure(config: &mut ServiceConfig) {
    config.service(diff_draft).service(diff_release);
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Given {
    with: String,
}

/// The page, with sentences.
#[derive(Serialize)]
struct DiffPage {
    #[serde(flatten)]
    compared: Compared,
    changes: Vec<ChangeLine>,
}

#[derive(Serialize)]
struct ChangeLine {
    /// added, removed, changed
    how: &'static str,
    says: String,
    means: Vec<String>,
    hint: Option<String>,
}

impl From<diff::Change> for ChangeLine {
    fn from(change: diff::Change) -> ChangeLine {
        ChangeLine { how: change.how, says: change.says, means: change.means, hint: change.hint }
    }
}

#[get("/curricula/{hash}/diff")]
async fn diff_release(visit: Visit, hash: Path<String>, given: Query<Given>) -> Result<HttpResponse, Error> {
    compared(&visit, &published(hash), &given.with).await
}

#[get("/curricula/drafts/{draft}/{program}/diff")]
async fn diff_draft(visit: Visit, address: Path<(String, String)>, given: Query<Given>) -> Result<HttpResponse, Error> {
    compared(&visit, &drafted(address)?, &given.with).await
}

async fn compared(visit: &Visit, which: &Which, with: &str) -> Result<HttpResponse, Error> {
    let mut conn = visit.state.pool.get().await?;
    let compared = compare::load(&mut conn, visit.viewer, which, with.trim()).await?;
    drop(conn);
    let changes = diff::changes(&visit.state.renderer, visit.lang, &compared.diff);
    let changes = changes.into_iter().map(ChangeLine::from).collect();
    visit.page("compare", &DiffPage { compared, changes })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::pages::compare::Beside;
    use crate::app::pages::tryout::About;
    use crate::engine::diff::Diff;
    use crate::web::pages::people::tests::{shown, text};

    fn compared() -> Compared {
        let about = About {
            title: text("Sales manager", "業務主管"),
            short_hash: "0123".to_owned(),
            href: "/curricula/drafts/1/sales_manager".to_owned(),
            up: "/curricula/drafts/1".to_owned(),
            is_draft: true,
        };
        let diff = Diff::default();
        Compared { about, beside: None, choices: Vec::new(), steps: 9, added: 1, removed: 0, changed: 0, diff }
    }

    #[test]
    fn what_changes_stands_with_what_it_means_for_a_plan() {
        let beside = Beside {
            hash: "ab".to_owned(),
            href: "/curricula/ab".to_owned(),
            short_hash: "ab".to_owned(),
            published_at: "2026-03-02T01:00:00Z".parse().expect("a moment"),
            is_current: true,
            plans: 2,
        };
        let change = ChangeLine {
            how: "added",
            says: "<interview> is new".to_owned(),
            means: vec!["it joins".to_owned()],
            hint: Some("a hint".to_owned()),
        };
        let compared = Compared { beside: Some(beside.clone()), choices: vec![beside], ..compared() };
        let (en, zh) = shown("compare", &DiffPage { compared, changes: vec![change] });
        assert!(en.contains("&lt;interview&gt; is new") && en.contains("it joins"), "{en}");
        assert!(
            en.contains("2 plans stand on it and stay there until you upgrade them.")
                && zh.contains("2 個計畫使用這個版本")
        );
    }

    #[test]
    fn a_program_that_was_never_published_has_nothing_beside_it() {
        let (en, zh) = shown("compare", &DiffPage { compared: compared(), changes: Vec::new() });
        assert!(en.contains("no other release") && zh.contains("沒有其他版本"));
    }
}
