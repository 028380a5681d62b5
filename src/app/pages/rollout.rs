//! What a release would do to the plans that run another one, for HR: looked at, begun, watched, undone.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use diesel_async::AsyncPgConnection;
use serde::Serialize;

use super::change::{self, ChangeView};
use super::drafts::short;
use super::people::{Mistakes, for_hr};
use crate::app::arrange::Previewed;
use crate::app::rollouts::{self, Passages};
use crate::app::worlds::Names;
use crate::app::{Error, Moment};
use crate::engine::Release;
use crate::engine::access::Viewer;
use crate::engine::deed::UNDO_DAYS;
use crate::engine::diff::Diff;
use crate::engine::upgrade::Policy;
use crate::engine::vocabulary::{PersonId, PlanId, Role, StepId, StepKey, Text};
use crate::store::rollouts::{self as rows, Rollout, RolloutId, RolloutState};
use crate::store::{people, plans, releases};

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
    pub earlier: Vec<RolloutLine>,
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

/// A rollout in a list.
#[derive(Debug, Clone, Serialize)]
pub struct RolloutLine {
    pub href: String,
    pub by: String,
    pub at: DateTime<Utc>,
    pub is_undone: bool,
    #[serde(flatten)]
    pub far: HowFar,
}

/// How many plans of a rollout are through, and what became of them.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct HowFar {
    pub is_running: bool,
    /// Plans that are through, and of how many.
    pub settled: usize,
    pub all: usize,
    pub done: usize,
    pub refused: usize,
    pub undone: usize,
}

impl HowFar {
    fn of(rollout: &Rollout, counts: &BTreeMap<RolloutState, usize>) -> HowFar {
        let of = |state| counts.get(&state).copied().unwrap_or(0);
        let (waiting, going_back) = (of(RolloutState::Waiting), of(RolloutState::UndoWaiting));
        let back = of(RolloutState::Undone) + of(RolloutState::UndoRefused);
        let through = of(RolloutState::Done) + of(RolloutState::Refused);
        // While it is undone, what is to go back counts.
        let (settled, all) = match rollout.undone {
            Some(_) => (back, back + going_back),
            None => (through, through + waiting),
        };
        HowFar {
            is_running: waiting + going_back > 0,
            settled,
            all,
            done: of(RolloutState::Done),
            refused: of(RolloutState::Refused) + of(RolloutState::UndoRefused),
            undone: of(RolloutState::Undone),
        }
    }
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
    /// Titles of what the manager will be asked about.
    pub offers: Vec<Text>,
}

/// How far a rollout is.
#[derive(Debug, Clone, Serialize)]
pub struct RolloutView {
    pub href: String,
    pub release: ReleaseHead,
    pub by: String,
    pub at: DateTime<Utc>,
    pub undone_by: Option<String>,
    pub undone_at: Option<DateTime<Utc>>,
    #[serde(flatten)]
    pub far: HowFar,
    pub may_undo: bool,
    /// The last day on which it can be undone.
    pub until: NaiveDate,
    pub skipped: Vec<Text>,
    pub offered: Vec<Text>,
    pub plans: Vec<RolloutPlanLine>,
}

#[derive(Debug, Clone, Serialize)]
pub struct RolloutPlanLine {
    pub manager: String,
    pub href: String,
    pub state: &'static str,
    /// The end of a message's id.
    pub why: Option<String>,
}

/// Where the plans of a release's program are looked at.
pub fn href(hash: &str) -> String {
    format!("/curricula/{hash}/rollout")
}

/// Where a rollout is watched.
pub fn view_href(id: RolloutId) -> String {
    format!("/rollouts/{id}")
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
    for previewed in &previews {
        let touched = touched(&groups, previewed);
        counts.insert(previewed.before.plan.id, count(previewed, &touched, &mut mail, moment));
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
        earlier: earlier(conn, viewer, hash).await?,
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

async fn earlier(conn: &mut AsyncPgConnection, viewer: Viewer, hash: &str) -> Result<Vec<RolloutLine>, Error> {
    let all = rows::of_release(conn, viewer.scope(), hash).await?;
    let by: Vec<PersonId> = all.iter().map(|one| one.started_by).collect();
    let names: BTreeMap<PersonId, String> =
        people::some(conn, &by).await?.into_iter().map(|person| (person.id, person.name)).collect();
    let ids: Vec<RolloutId> = all.iter().map(|one| one.id).collect();
    let mut counts = rows::counts(conn, &ids).await?;
    let line = |one: Rollout| RolloutLine {
        href: view_href(one.id),
        by: names.get(&one.started_by).cloned().unwrap_or_default(),
        at: one.started_at,
        is_undone: one.undone.is_some(),
        far: HowFar::of(&one, &counts.remove(&one.id).unwrap_or_default()),
    };
    Ok(all.into_iter().map(line).collect())
}

/// The steps of a plan whose definition changes, as the new release names them.
fn touched(groups: &BTreeMap<&str, Group>, previewed: &Previewed) -> Vec<StepId> {
    let group = groups.get(previewed.before.plan.release.as_str());
    group.map_or(Vec::new(), |group| group.diff.steps.iter().map(|change| change.step.clone()).collect())
}

fn count(previewed: &Previewed, touched: &[StepId], mail: &mut BTreeMap<Role, MailSum>, moment: &Moment) -> Counts {
    let found = change::comparison(previewed, previewed.before.today(moment.now), touched);
    for (role, (more, fewer)) in &found.mail {
        let sum = mail.entry(*role).or_insert(MailSum { role: *role, plans: 0, more: 0, fewer: 0 });
        sum.plans += 1;
        sum.more += more.len();
        sum.fewer += fewer.len();
    }
    let (before, after) = (&previewed.before, &previewed.after);
    let is_other = |id: &StepId| before.release.step(id) != after.release.step(id);
    let open = after.plan.steps.iter().filter(|(_, step)| !step.state.is_closed());
    let is_added = |key: &StepKey| found.added.iter().any(|(added, _)| added == key);
    let is_moved = |key: &StepKey| found.moved.iter().any(|moved| moved.step == *key);
    let touched: BTreeSet<&StepId> = touched.iter().collect();
    let changed = open.filter(|(key, _)| !is_added(key));
    let changed = changed.filter(|(key, _)| is_moved(key) || (touched.contains(&key.id) && is_other(&key.id)));
    Counts {
        added: found.added.len(),
        changed: changed.count(),
        removed: found.removed.len(),
        done: found.done.len(),
        moved: found.moved.len(),
        slips: found.checkpoints.iter().map(|one| one.slips.len()).sum(),
        offers: after.plan.arranged.offers.len(),
    }
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
    let previewed = rollouts::preview_one(conn, &mut passages, viewer, &release, policy, plan, moment).await?;
    let (before, after) = (&previewed.before, &previewed.after);
    let changes = passages.changes(conn, &before.plan.release, hash).await?;
    let touched: Vec<StepId> = changes.diff.steps.iter().map(|change| change.step.clone()).collect();
    let names = Names::around(conn, viewer.scope(), &[&before.plan]).await?;
    let title = |id: &StepId| {
        let def = release.step(id).or_else(|| after.release.step(id));
        def.map(|def| def.title.clone()).unwrap_or_default()
    };
    Ok(RolloutPreview {
        release: head,
        manager: before.manager.name.clone(),
        plan_href: format!("/plans/{plan}"),
        back: href(hash),
        action: href(hash),
        plan: plan.to_string(),
        skip: policy.skip.iter().map(StepId::to_string).collect(),
        offer: policy.offer.iter().map(StepId::to_string).collect(),
        offers: after.plan.arranged.offers.iter().map(title).collect(),
        change: change::view(&previewed, &names, viewer, before.today(moment.now), &touched),
    })
}

/// The titles of a program's steps. A step that the release took out goes by its title in the newest
/// release that has it.
async fn titles(conn: &mut AsyncPgConnection, release: &Release, ids: &BTreeSet<StepId>) -> Result<Vec<Text>, Error> {
    let is_gone = ids.iter().any(|id| release.step(id).is_none());
    let others = if is_gone { releases::all(conn).await? } else { Vec::new() };
    let others = others.into_iter().map(|one| one.release).filter(|one| one.program.name == release.program.name);
    let others: Vec<Release> = others.collect();
    let title = |id: &StepId| {
        let def = [release].into_iter().chain(&others).find_map(|one| one.step(id));
        def.map_or_else(|| Text { en: id.to_string(), zh_tw: id.to_string() }, |def| def.title.clone())
    };
    Ok(ids.iter().map(title).collect())
}

/// How far a rollout is.
///
/// # Errors
/// The viewer is not HR, there is no such rollout, or the database fails.
pub async fn view(
    conn: &mut AsyncPgConnection,
    viewer: Viewer,
    id: RolloutId,
    moment: &Moment,
) -> Result<RolloutView, Error> {
    for_hr(viewer)?;
    let rollout = rows::find(conn, viewer.scope(), id).await?.ok_or(Error::NotFound)?;
    let (release, head) = head(conn, &rollout.release).await?;
    let counts = rows::counts(conn, &[id]).await?.remove(&id).unwrap_or_default();
    let far = HowFar::of(&rollout, &counts);
    let by: Vec<PersonId> =
        [Some(rollout.started_by), rollout.undone.map(|(by, _)| by)].into_iter().flatten().collect();
    let names: BTreeMap<PersonId, String> =
        people::some(conn, &by).await?.into_iter().map(|person| (person.id, person.name)).collect();
    let name = |id: PersonId| names.get(&id).cloned().unwrap_or_default();
    let plans = rows::plans_of(conn, id).await?.into_iter().map(|one| RolloutPlanLine {
        manager: one.manager,
        href: format!("/plans/{}", one.plan),
        state: one.state.as_str(),
        why: one.why,
    });
    let policy = &rollout.policy;
    let (skipped, offered) =
        (titles(conn, &release, &policy.skip).await?, titles(conn, &release, &policy.offer).await?);
    let last = rollout.started_at + TimeDelta::days(UNDO_DAYS) - TimeDelta::seconds(1);
    Ok(RolloutView {
        href: view_href(id),
        release: head,
        by: name(rollout.started_by),
        at: rollout.started_at,
        undone_by: rollout.undone.map(|(by, _)| name(by)),
        undone_at: rollout.undone.map(|(_, at)| at),
        // What is done or waits, while nobody undid it.
        may_undo: rollouts::may_undo(&rollout, moment) && (far.done > 0 || far.is_running),
        far,
        until: last.date_naive(),
        skipped,
        offered,
        plans: plans.collect(),
    })
}
