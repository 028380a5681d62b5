//! Running plans take a release: look at what it would do, choose, begin, watch, undo.

use std::collections::BTreeSet;

use actix_web::http::header::HeaderName;
use actix_web::web::{Path, Query, ServiceConfig};
use actix_web::{HttpResponse, get, post};
use serde::{Deserialize, Serialize};

use crate::app;
use crate::app::pages::people::{Mistakes, for_hr};
use crate::app::pages::rollout::{self, Chosen, RolloutPage, watched};
use crate::app::rollouts::{self, RolloutId};
use crate::engine::diff::Diff;
use crate::engine::upgrade::Policy;
use crate::engine::vocabulary::{PlanId, StepId};
use crate::render;
use crate::render::diff;
use crate::web::error::Error;
use crate::web::form::{Fields, Posted};
use crate::web::pages::people::named;
use crate::web::session::{Visit, see};

/// Seconds between two looks while plans are on their way.
const REFRESH: &str = "2";

/// What may become of a change in running plans.
const CHOICES: [&str; 3] = ["apply", "offer", "skip"];

pub fn configure(config: &mut ServiceConfig) {
    config.service(look).service(start).service(previewed).service(preview).service(plan);
    config.service(view).service(undo);
}

/// The page, with sentences.
#[derive(Serialize)]
struct LookPage {
    #[serde(flatten)]
    page: RolloutPage,
    groups: Vec<GroupLine>,
}

/// What changes for the plans of one release.
#[derive(Serialize)]
struct GroupLine {
    short_hash: String,
    plans: usize,
    changes: Vec<ChangeLine>,
}

#[derive(Serialize)]
struct ChangeLine {
    /// added, removed, changed
    how: &'static str,
    says: String,
    means: Vec<String>,
    /// The step that the choice is about; none where there is no choice, or it stands above.
    step: Option<String>,
    /// apply, offer, skip
    choice: &'static str,
}

fn lines(visit: &Visit, page: &RolloutPage) -> Vec<GroupLine> {
    let mut named = BTreeSet::new();
    let mut line = |change: diff::Change| {
        let id = StepId(change.name.clone());
        let is_first = change.what == "step" && named.insert(change.name.clone());
        let choice = match &page.policy {
            policy if policy.skip.contains(&id) => "skip",
            policy if policy.offer.contains(&id) => "offer",
            _ => "apply",
        };
        let (how, says, means) = (change.how, change.says, change.means);
        ChangeLine { how, says, means, step: is_first.then_some(change.name), choice }
    };
    let mut changes = |found: &Diff| {
        let found = diff::changes(&visit.state.renderer, visit.lang, found);
        found.into_iter().map(&mut line).collect()
    };
    let group = |one: &rollout::Group| GroupLine {
        short_hash: one.short_hash.clone(),
        plans: one.plans,
        changes: changes(&one.diff),
    };
    page.groups.iter().map(group).collect()
}

async fn load(visit: &Visit, hash: &str, chosen: &Chosen) -> Result<LookPage, Error> {
    let mut conn = visit.state.pool.get().await?;
    let page = rollout::load(&mut conn, visit.viewer, hash, chosen, &visit.moment()).await?;
    drop(conn);
    Ok(LookPage { groups: lines(visit, &page), page })
}

#[get("/curricula/{hash}/rollout")]
async fn look(visit: Visit, hash: Path<String>) -> Result<HttpResponse, Error> {
    let page = load(&visit, &hash, &Chosen::default()).await?;
    visit.page("rollout", &page)
}

/// What the form holds.
///
/// # Errors
/// A choice is none of those that the page has, or a name or number does not read.
fn chosen(fields: &Fields) -> Result<Chosen, Error> {
    let choices = fields.within("how.");
    if choices.names().any(|step| !CHOICES.contains(&choices.text(step))) {
        return Err(Error::BadRequest);
    }
    let of = |choice: &str| {
        let steps = choices.names().filter(|step| choices.text(step) == choice);
        steps.map(|step| StepId(step.to_owned())).collect()
    };
    let policy = Policy { skip: of("skip"), offer: of("offer") };
    let ticked: Result<BTreeSet<PlanId>, Error> = fields.within("plan.").names().map(named).collect();
    let plans = match fields.text("tick") {
        "all" => None,
        "none" => Some(BTreeSet::new()),
        _ => Some(ticked?),
    };
    Ok(Chosen { policy, plans, page: fields.read("page")?.unwrap_or(0) })
}

/// A look can't be asked for again without what was chosen: the language button leads back to the
/// beginning.
#[get("/curricula/{hash}/rollout/preview")]
async fn previewed(visit: Visit, hash: Path<String>) -> Result<HttpResponse, Error> {
    for_hr(visit.viewer)?;
    Ok(see(&rollout::href(&hash), None))
}

#[post("/curricula/{hash}/rollout/preview")]
async fn preview(posted: Posted, hash: Path<String>) -> Result<HttpResponse, Error> {
    let Posted { visit, fields } = posted;
    for_hr(visit.viewer)?;
    let page = load(&visit, &hash, &chosen(&fields)?).await?;
    visit.page("rollout", &page)
}

#[post("/curricula/{hash}/rollout")]
async fn start(posted: Posted, hash: Path<String>) -> Result<HttpResponse, Error> {
    let Posted { visit, fields } = posted;
    for_hr(visit.viewer)?;
    let (chosen, moment) = (chosen(&fields)?, visit.moment());
    let plans: Vec<PlanId> = chosen.plans.iter().flatten().copied().collect();
    let work =
        async |tx: &mut _| rollouts::start(tx, visit.viewer, &hash, chosen.policy.clone(), &plans, &moment).await;
    match visit.state.pool.in_transaction(work).await {
        Ok(id) => Ok(see(&watched::href(id), None)),
        Err(app::Error::Invalid(found)) => {
            let mut page = load(&visit, &hash, &chosen).await?;
            page.page.mistakes = Mistakes::new("", found, |_| "rollout-plans");
            visit.invalid("rollout", &page)
        }
        Err(other) => Err(other.into()),
    }
}

/// What an address says was chosen.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Given {
    skip: String,
    offer: String,
}

impl Given {
    fn policy(&self) -> Policy {
        let list = |text: &str| text.split(',').filter(|id| !id.is_empty()).map(|id| StepId(id.to_owned())).collect();
        Policy { skip: list(&self.skip), offer: list(&self.offer) }
    }
}

#[get("/curricula/{hash}/rollout/{plan}")]
async fn plan(visit: Visit, address: Path<(String, String)>, given: Query<Given>) -> Result<HttpResponse, Error> {
    let (hash, plan) = address.into_inner();
    let mut conn = visit.state.pool.get().await?;
    let (plan, moment) = (named(&plan)?, visit.moment());
    let page = rollout::plan(&mut conn, visit.viewer, &hash, plan, &given.policy(), &moment).await?;
    drop(conn);
    visit.page("rollout_plan", &page)
}

#[get("/rollouts/{rollout}")]
async fn view(visit: Visit, id: Path<String>) -> Result<HttpResponse, Error> {
    let id: RolloutId = named(&id)?;
    shown(&visit, id).await
}

async fn shown(visit: &Visit, id: RolloutId) -> Result<HttpResponse, Error> {
    let mut conn = visit.state.pool.get().await?;
    let page = watched::load(&mut conn, visit.viewer, id, &visit.moment()).await?;
    drop(conn);
    let mut response = visit.page("rollout_view", &page)?;
    if page.far.is_running {
        let value = actix_web::http::header::HeaderValue::from_static(REFRESH);
        response.headers_mut().insert(HeaderName::from_static("refresh"), value);
    }
    Ok(response)
}

#[post("/rollouts/{rollout}/undo")]
async fn undo(posted: Posted, id: Path<String>) -> Result<HttpResponse, Error> {
    let Posted { visit, .. } = posted;
    let (id, moment): (RolloutId, _) = (named(&id)?, visit.moment());
    match visit.state.pool.in_transaction(async |tx| rollouts::undo(tx, visit.viewer, id, &moment).await).await {
        Ok(()) => Ok(see(&watched::href(id), None)),
        Err(app::Error::Refused(refusal)) => {
            let mut conn = visit.state.pool.get().await?;
            let page = watched::load(&mut conn, visit.viewer, id, &moment).await?;
            visit.refused("rollout_view", &page, &refusal, &render::Names::default())
        }
        Err(other) => Err(other.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::pages::change::{ChangeView, ChangedLine, Line};
    use crate::app::pages::rollout::watched::{HowFar, Later, RolloutLine, RolloutPlanLine, RolloutView};
    use crate::app::pages::rollout::{CountedPage, Counts, MailSum, PlanRow, ReleaseHead, RolloutPreview, StayLine};
    use crate::engine::upgrade::StayWhy;
    use crate::engine::vocabulary::Role;
    use crate::web::pages::people::tests::{day, shown, text};

    fn head(is_current: bool) -> ReleaseHead {
        let (href, short_hash) = ("/curricula/ab".to_owned(), "ab".to_owned());
        ReleaseHead { href, title: text("Sales manager", "業務主管"), short_hash, is_current }
    }

    fn row(counts: Option<Counts>) -> PlanRow {
        PlanRow {
            id: "1".to_owned(),
            manager: "<Grace>".to_owned(),
            plan_href: "/plans/1".to_owned(),
            href: "/curricula/ab/rollout/1".to_owned(),
            from: "cd".to_owned(),
            is_chosen: true,
            counts,
        }
    }

    fn look() -> LookPage {
        let counts = Counts { added: 1, changed: 2, stays: 2, removed: 3, done: 4, moved: 1, slips: 5, offers: 1 };
        let page = RolloutPage {
            release: head(false),
            action: "/curricula/ab/rollout".to_owned(),
            groups: Vec::new(),
            policy: Policy::default(),
            plans: vec![row(Some(counts)), row(None)],
            pages: vec![CountedPage { n: 0, from: 1, until: 200, is_this: true }],
            mail: vec![MailSum { role: Role::Manager, plans: 2, more: 3, fewer: 1 }],
            earlier: vec![RolloutLine {
                href: "/rollouts/1".to_owned(),
                by: "Wu".to_owned(),
                at: "2026-03-02T01:00:00Z".parse().expect("a moment"),
                is_undone: true,
                far: HowFar { settled: 3, all: 3, undone: 2, refused: 1, ..HowFar::default() },
            }],
            mistakes: Mistakes::default(),
        };
        let change = ChangeLine {
            how: "changed",
            says: "<interview> changes".to_owned(),
            means: vec!["dates move".to_owned()],
            step: Some("interview".to_owned()),
            choice: "offer",
        };
        let groups = vec![GroupLine { short_hash: "cd".to_owned(), plans: 2, changes: vec![change] }];
        LookPage { page, groups }
    }

    #[test]
    fn every_change_stands_with_its_choice_and_every_plan_with_its_counts() {
        let (en, zh) = shown("rollout", &look());
        assert!(en.contains("&lt;interview&gt; changes") && en.contains(r#"<option value="offer" selected>"#), "{en}");
        assert!(
            en.contains("&lt;Grace&gt;")
                && en.contains("1 date among them moves")
                && en.contains("not counted on this page")
        );
        assert!(en.contains("would name 3 more and 1 fewer") && zh.contains("多列 3 項、少列 1 項"));
        assert!(en.contains("takes running plans back") && zh.contains("已復原"));
        assert!(en.contains("2 plans were taken back; one was left as it is.") && zh.contains("已復原 2 個計畫"));
    }

    fn view(is_running: bool, undone: bool) -> RolloutView {
        let line = |state, why: Option<&str>| RolloutPlanLine {
            manager: "Grace".to_owned(),
            href: "/plans/1".to_owned(),
            history_href: "/plans/1/history".to_owned(),
            state,
            why: why.map(str::to_owned),
            stays: usize::from(state == "done"),
        };
        let at = "2026-03-02T01:00:00Z".parse().expect("a moment");
        RolloutView {
            href: "/rollouts/1".to_owned(),
            release: head(true),
            by: "Wu".to_owned(),
            at,
            undone_by: undone.then(|| "Lin".to_owned()),
            undone_at: undone.then_some(at),
            far: HowFar { is_running, settled: 1, all: 2, done: 1, refused: 1, left: 2, ..HowFar::default() },
            may_undo: !undone,
            is_too_late: false,
            later: None,
            until: day("2026-04-01"),
            skipped: vec![text("Interview", "訪談")],
            offered: vec![text("Report", "報告")],
            plans: vec![line("waiting", None), line("done", None), line("undo_refused", Some("later_upgrade"))],
        }
    }

    #[test]
    fn a_rollout_says_how_far_it_is_and_why_a_plan_was_left() {
        let (en, zh) = shown("rollout_view", &view(true, false));
        assert!(
            en.contains("One plan was upgraded; one was left as it was.")
                && zh.contains("已升級 1 個計畫；1 個維持原樣。")
        );
        assert!(en.contains("it was upgraded again since") && zh.contains("之後又升級過"));
        assert!(en.contains("One step stayed as it was") && zh.contains("1 個步驟維持原樣，以保留"));
        assert!(en.contains("Undo the upgrade") && en.contains(r#"max="2" value="1""#), "{en}");
        let (en, zh) = shown("rollout_view", &view(false, true));
        assert!(en.contains("Undone by Lin") && zh.contains("Lin 於") && !en.contains("Undo the upgrade"));
    }

    #[test]
    fn what_a_later_upgrade_holds_is_not_undone_before_it() {
        let at = "2026-03-03T01:00:00Z".parse().expect("a moment");
        let later = Some(Later { href: "/rollouts/2".to_owned(), at });
        let (en, zh) = shown("rollout_view", &RolloutView { may_undo: false, later, ..view(false, false) });
        assert!(en.contains("has to be undone first") && en.contains(r#"href="/rollouts/2""#), "{en}");
        assert!(zh.contains("要先復原那一次升級") && !en.contains("Undo the upgrade"), "{zh}");
    }

    #[test]
    fn one_plan_shows_what_changes_of_a_step_and_why_another_one_stays() {
        let step = || Line { title: text("Report", "報告"), member: None, turn: None };
        let change = ChangeView {
            changed: vec![ChangedLine { line: step(), keys: vec!["was", "days", "ask"] }],
            calendar: text("Taiwan", "台灣"),
            ..ChangeView::default()
        };
        let stay = |why: StayWhy, reviewer| StayLine { line: step(), why: why.as_str(), reviewer, others: 2 };
        let others = [StayWhy::Begun, StayWhy::Done, StayWhy::ByHand, StayWhy::NameTaken].map(|why| stay(why, None));
        let in_review = stay(StayWhy::InReview { by: Role::Mentor }, Some(Role::Mentor));
        let page = RolloutPreview {
            release: head(true),
            manager: "Grace".to_owned(),
            plan_href: "/plans/1".to_owned(),
            back: "/curricula/ab/rollout".to_owned(),
            action: "/curricula/ab/rollout".to_owned(),
            plan: "1".to_owned(),
            skip: Vec::new(),
            offer: Vec::new(),
            change,
            stays: others.into_iter().chain([in_review]).collect(),
            offers: Vec::new(),
        };
        let (en, zh) = shown("rollout_plan", &page);
        assert!(en.contains("name, days, what it asks for") && zh.contains("名稱、日子、要交出的內容"), "{en}");
        assert!(en.contains("5 steps stay as they are in this plan") && en.contains("waiting for the mentor."), "{en}");
        assert!(en.contains("2 other open turns of it stay with it.") && zh.contains("已有人開始填寫。"), "{zh}");
        assert!(en.contains("its day was set by hand.") && zh.contains("日期由人工指定。"));
    }

    #[test]
    fn every_reason_and_state_has_words() {
        let whys =
            ["plan_ended", "same_release", "stopped", "too_late", "later_upgrade", "nothing_to_undo", "error", "other"];
        let states = ["waiting", "done", "refused", "undo_waiting", "undone", "undo_refused", "undone_alone"];
        let line = |state, why: Option<&str>| RolloutPlanLine {
            manager: "Grace".to_owned(),
            href: "/plans/1".to_owned(),
            history_href: "/plans/1/history".to_owned(),
            state,
            why: why.map(str::to_owned),
            stays: 0,
        };
        let plans = whys.into_iter().map(|why| line("refused", Some(why)));
        let plans = plans.chain(states.into_iter().map(|state| line(state, None))).collect();
        shown("rollout_view", &RolloutView { plans, ..view(false, false) });
    }
}
