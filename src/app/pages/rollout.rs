//! What a release would do to the plans that run another one, for HR: looked at before it begins.

pub mod watched;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use diesel_async::AsyncPgConnection;
use serde::Serialize;

use super::change::{self, ChangeView, Line};
use super::drafts::short;
use super::people::{Mistakes, for_hr};
use crate::app::arrange::Previewed;
use crate::app::mornings::Mornings;
use crate::app::rollouts::{self, Looked, Passages};
use crate::app::worlds::Names;
use crate::app::{Error, Moment};
use crate::engine::Release;
use crate::engine::access::Viewer;
use crate::engine::compare::{Comparison, Mail};
use crate::engine::diff::Diff;
use crate::engine::plan::{Plan, StepState};
use crate::engine::upgrade::{Policy, Stay, StayWhy};
use crate::engine::vocabulary::{PlanId, Role, StepId, Text};
use crate::store::{plans, releases};

/// Plans whose changes are counted on one page.
pub const COUNTED: usize = 200;

/// What HR has chosen so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Chosen {
    pub policy: Policy,
    /// None: every plan.
    pub plans: Option<BTreeSet<PlanId>>,
    /// Which of the pages with counts, from 0.
    pub page: usize,
}

/// A release and the plans that could take it.
#[derive(Debug, Clone, Serialize)]
pub struct RolloutPage {
    pub release: ReleaseHead,
    pub action: String,
    /// By the release that the plans run.
    #[serde(skip)]
    pub groups: Vec<Group>,
    #[serde(skip)]
    pub policy: Policy,
    pub plans: Vec<PlanRow>,
    /// Pages of counted plans, when there are several.
    pub pages: Vec<CountedPage>,
    pub mail: Vec<MailSum>,
    pub earlier: Vec<watched::RolloutLine>,
    pub mistakes: Mistakes,
}

#[derive(Debug, Clone, Serialize)]
pub struct ReleaseHead {
    pub href: String,
    pub title: Text,
    pub short_hash: String,
    /// New plans start on it.
    pub is_current: bool,
}

/// The plans that run one release, and what the new one changes for them.
#[derive(Debug, Clone)]
pub struct Group {
    pub short_hash: String,
    pub plans: usize,
    pub diff: Diff,
}

/// A plan, and how much would change in it.
#[derive(Debug, Clone, Serialize)]
pub struct PlanRow {
    pub id: String,
    pub manager: String,
    pub plan_href: String,
    /// The whole of it.
    pub href: String,
    pub from: String,
    pub is_chosen: bool,
    /// None: on another page.
    pub counts: Option<Counts>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    pub added: usize,
    /// Steps with other dates, or whose definition changes while they are open.
    pub changed: usize,
    /// Those that are not taken as they are now, since somebody worked at them.
    pub stays: usize,
    pub removed: usize,
    /// Touched by the release, done, and left as they are.
    pub done: usize,
    pub moved: usize,
    pub slips: usize,
    /// Changes that the manager will be asked about.
    pub offers: usize,
}

#[derive(Debug, Clone, Copy, Serialize)]
pub struct CountedPage {
    pub n: usize,
    pub from: usize,
    pub until: usize,
    pub is_this: bool,
}

/// What the next briefs of a role would name besides, and no longer, over all counted plans.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct MailSum {
    pub role: Role,
    pub plans: usize,
    pub more: usize,
    pub fewer: usize,
}

/// What one plan would become.
#[derive(Debug, Clone, Serialize)]
pub struct RolloutPreview {
    pub release: ReleaseHead,
    pub manager: String,
    pub plan_href: String,
    pub back: String,
    /// Where this plan alone is upgraded, and what the button says.
    pub action: String,
    pub plan: String,
    pub skip: Vec<String>,
    pub offer: Vec<String>,
    pub change: ChangeView,
    pub stays: Vec<StayLine>,
    /// Titles of what the manager will be asked about.
    pub offers: Vec<Text>,
}

/// A step that stays as it is.
#[derive(Debug, Clone, Serialize)]
pub struct StayLine {
    #[serde(flatten)]
    pub line: Line,
    /// The end of a message's id.
    pub why: &'static str,
    /// Who has to answer it.
    pub reviewer: Option<Role>,
    /// Open turns of the same step that stay with it.
    pub others: usize,
}

/// Where the plans of a release's program are looked at.
pub fn href(hash: &str) -> String {
    format!("/curricula/{hash}/rollout")
}

async fn head(conn: &mut AsyncPgConnection, hash: &str) -> Result<(Release, ReleaseHead), Error> {
    let release = releases::by_hash(conn, hash).await?.ok_or(Error::NotFound)?;
    let current = releases::current_hash(conn, &release.program.name).await?;
    let head = ReleaseHead {
        href: format!("/curricula/{hash}"),
        title: release.program.title.clone(),
        short_hash: short(hash),
        is_current: current.as_deref() == Some(hash),
    };
    Ok((release, head))
}

/// What a release would do to the plans that run another one.
///
/// # Errors
/// The viewer is not HR, there is no such release, or the database fails.
pub async fn load(
    conn: &mut AsyncPgConnection,
    viewer: Viewer,
    hash: &str,
    chosen: &Chosen,
    moment: &Moment,
) -> Result<RolloutPage, Error> {
    for_hr(viewer)?;
    let (release, head) = head(conn, hash).await?;
    let affected = rollouts::affected(conn, viewer, &release).await?;
    let mut passages = Passages::default();
    let mut groups: BTreeMap<&str, Group> = BTreeMap::new();
    for (_, from) in &affected {
        if let Some(group) = groups.get_mut(from.as_str()) {
            group.plans += 1;
            continue;
        }
        let diff = passages.changes(conn, from, hash).await?.diff.clone();
        groups.insert(from, Group { short_hash: short(from), plans: 1, diff });
    }
    let pages = affected.len().div_ceil(COUNTED);
    let page = chosen.page.min(pages.saturating_sub(1));
    let counted: Vec<PlanId> = affected.iter().skip(page * COUNTED).take(COUNTED).map(|(plan, _)| *plan).collect();
    let previews = rollouts::preview(conn, &mut passages, viewer, hash, &chosen.policy, &counted, moment).await?;
    let mut counts: BTreeMap<PlanId, Counts> = BTreeMap::new();
    let mut mail: BTreeMap<Role, MailSum> = BTreeMap::new();
    let counted: Vec<&Plan> = previews.iter().map(|looked| &looked.previewed.after.plan).collect();
    let mornings = Mornings::around(conn, &counted, moment.now).await?;
    for looked in &previews {
        let touched = touched(&groups, &looked.previewed);
        let today = looked.previewed.before.today(moment.now);
        sum_up(&mut mail, &mornings.mail(&looked.previewed, today));
        counts.insert(looked.previewed.before.plan.id, count(looked, &touched, today));
    }
    let managers = managers(conn, viewer, &affected).await?;
    let query = query(&chosen.policy);
    let row = |(plan, from): &(PlanId, String)| PlanRow {
        id: plan.to_string(),
        manager: managers.get(plan).cloned().unwrap_or_default(),
        plan_href: format!("/plans/{plan}"),
        href: format!("{}/{plan}{query}", href(hash)),
        from: short(from),
        is_chosen: chosen.plans.as_ref().is_none_or(|plans| plans.contains(plan)),
        counts: counts.get(plan).copied(),
    };
    let counted_page = |n: usize| CountedPage {
        n,
        from: n * COUNTED + 1,
        until: ((n + 1) * COUNTED).min(affected.len()),
        is_this: n == page,
    };
    Ok(RolloutPage {
        action: href(hash),
        plans: affected.iter().map(row).collect(),
        pages: if pages > 1 { (0..pages).map(counted_page).collect() } else { Vec::new() },
        mail: mail.into_values().collect(),
        earlier: watched::of_release(conn, viewer, hash).await?,
        groups: groups.into_values().collect(),
        policy: chosen.policy.clone(),
        mistakes: Mistakes::default(),
        release: head,
    })
}

async fn managers(
    conn: &mut AsyncPgConnection,
    viewer: Viewer,
    affected: &[(PlanId, String)],
) -> Result<BTreeMap<PlanId, String>, Error> {
    let ids: Vec<PlanId> = affected.iter().map(|(plan, _)| *plan).collect();
    Ok(plans::managers(conn, viewer.scope(), &ids).await?.into_iter().collect())
}

/// The steps of a plan whose definition changes, as the new release names them.
fn touched(groups: &BTreeMap<&str, Group>, previewed: &Previewed) -> Vec<StepId> {
    let group = groups.get(previewed.before.plan.release.as_str());
    group.map_or(Vec::new(), |group| group.diff.steps.iter().map(|change| change.step.clone()).collect())
}

fn sum_up(sums: &mut BTreeMap<Role, MailSum>, mail: &Mail) {
    for (role, (more, fewer)) in mail {
        let sum = sums.entry(*role).or_insert(MailSum { role: *role, plans: 0, more: 0, fewer: 0 });
        sum.plans += 1;
        sum.more += more.len();
        sum.fewer += fewer.len();
    }
}

fn count(looked: &Looked, touched: &[StepId], today: NaiveDate) -> Counts {
    let previewed = &looked.previewed;
    let found = previewed.comparison(today, touched);
    Counts {
        added: found.added.len(),
        changed: found.changed.len(),
        stays: staying(looked, &found, touched).len(),
        removed: found.removed.len(),
        done: found.done.len(),
        moved: found.moved.len(),
        slips: found.checkpoints.iter().map(|one| one.slips.len()).sum(),
        offers: previewed.after.plan.arranged.offers.len(),
    }
}

/// What stays as it is. What was handed in is told here too when the release touches it and nothing of it
/// changes: its reviewer has it before them.
fn staying(looked: &Looked, found: &Comparison, touched: &[StepId]) -> Vec<Stay> {
    let (after, mut stays) = (&looked.previewed.after, looked.stays.clone());
    for (key, step) in &after.plan.steps {
        let is_told = found.changed.iter().any(|one| one.step == *key) || stays.iter().any(|one| one.step == *key);
        if matches!(step.state, StepState::HandedIn { .. }) && touched.contains(&key.id) && !is_told {
            let by = after.release.step(&key.id).and_then(|def| def.review).unwrap_or(Role::Mentor);
            stays.push(Stay { step: key.clone(), why: StayWhy::InReview { by }, others: 0 });
        }
    }
    stays
}

/// What was chosen, for an address; steps' names hold nothing that would have to be escaped.
fn query(policy: &Policy) -> String {
    let list = |ids: &BTreeSet<StepId>| ids.iter().map(StepId::as_str).collect::<Vec<_>>().join(",");
    let parts = [("skip", list(&policy.skip)), ("offer", list(&policy.offer))];
    let parts: Vec<String> =
        parts.into_iter().filter(|(_, list)| !list.is_empty()).map(|(name, list)| format!("{name}={list}")).collect();
    if parts.is_empty() { String::new() } else { format!("?{}", parts.join("&")) }
}

/// What one plan would become.
///
/// # Errors
/// The viewer is not HR, there is no such release or plan, the plan can't take the release, or the
/// database fails.
pub async fn plan(
    conn: &mut AsyncPgConnection,
    viewer: Viewer,
    hash: &str,
    plan: PlanId,
    policy: &Policy,
    moment: &Moment,
) -> Result<RolloutPreview, Error> {
    for_hr(viewer)?;
    let (release, head) = head(conn, hash).await?;
    let mut passages = Passages::default();
    let looked = rollouts::preview_one(conn, &mut passages, viewer, &release, policy, plan, moment).await?;
    let previewed = &looked.previewed;
    let (before, after) = (&previewed.before, &previewed.after);
    let changes = passages.changes(conn, &before.plan.release, hash).await?;
    let touched: Vec<StepId> = changes.diff.steps.iter().map(|change| change.step.clone()).collect();
    let names = Names::around(conn, viewer.scope(), &[&before.plan]).await?;
    let mornings = Mornings::around(conn, &[&after.plan], moment.now).await?;
    let title = |id: &StepId| {
        let def = release.step(id).or_else(|| after.release.step(id));
        def.map(|def| def.title.clone()).unwrap_or_default()
    };
    let today = before.today(moment.now);
    let stays = staying(&looked, &previewed.comparison(today, &touched), &touched);
    let stay = |one: &Stay| StayLine {
        line: change::line(after, &names, viewer, &one.step),
        why: one.why.as_str(),
        reviewer: match one.why {
            StayWhy::InReview { by } => Some(by),
            _ => None,
        },
        others: one.others,
    };
    Ok(RolloutPreview {
        release: head,
        stays: stays.iter().map(stay).collect(),
        manager: before.manager.name.clone(),
        plan_href: format!("/plans/{plan}"),
        back: href(hash),
        action: href(hash),
        plan: plan.to_string(),
        skip: policy.skip.iter().map(StepId::to_string).collect(),
        offer: policy.offer.iter().map(StepId::to_string).collect(),
        offers: after.plan.arranged.offers.iter().map(title).collect(),
        change: ChangeView {
            mail: change::mail(previewed, &names, viewer, today, &mornings),
            ..change::view(previewed, &names, viewer, today, &touched)
        },
    })
}
