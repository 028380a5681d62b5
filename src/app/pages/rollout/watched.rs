//! Rollouts that were begun: how far each is, what became of its plans, and whether it can be undone.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use diesel_async::AsyncPgConnection;
use serde::Serialize;

use super::super::people::for_hr;
use super::{ReleaseHead, head};
use crate::app::rollouts;
use crate::app::{Error, Moment};
use crate::engine::Release;
use crate::engine::access::Viewer;
use crate::engine::deed::UNDO_DAYS;
use crate::engine::vocabulary::{PersonId, StepId, Text};
use crate::store::rollouts::{self as rows, Rollout, RolloutId, RolloutState};
use crate::store::{people, releases};

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
    /// Upgraded, and then undone one by one.
    pub alone: usize,
    /// Plans that are upgraded or wait for it: what there is to undo.
    pub left: usize,
}

impl HowFar {
    fn of(rollout: &Rollout, counts: &BTreeMap<RolloutState, usize>) -> HowFar {
        let of = |state| counts.get(&state).copied().unwrap_or(0);
        let (waiting, going_back) = (of(RolloutState::Waiting), of(RolloutState::UndoWaiting));
        let alone = of(RolloutState::UndoneAlone);
        let back = of(RolloutState::Undone) + of(RolloutState::UndoRefused) + alone;
        let through = of(RolloutState::Done) + of(RolloutState::Refused) + alone;
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
            undone: of(RolloutState::Undone) + alone,
            alone,
            left: of(RolloutState::Done) + waiting,
        }
    }
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
    /// It stands, and can no longer be undone.
    pub is_too_late: bool,
    /// What has to be undone first.
    pub later: Option<Later>,
    /// The last day on which it can be undone.
    pub until: NaiveDate,
    pub skipped: Vec<Text>,
    pub offered: Vec<Text>,
    pub plans: Vec<RolloutPlanLine>,
}

/// A later rollout that holds plans of this one.
#[derive(Debug, Clone, Serialize)]
pub struct Later {
    pub href: String,
    pub at: DateTime<Utc>,
}

#[derive(Debug, Clone, Serialize)]
pub struct RolloutPlanLine {
    pub manager: String,
    pub href: String,
    pub history_href: String,
    pub state: &'static str,
    /// The end of a message's id.
    pub why: Option<String>,
    /// Steps that were left as they were, in a plan that is upgraded.
    pub stays: usize,
}

/// Where a rollout is watched.
pub fn href(id: RolloutId) -> String {
    format!("/rollouts/{id}")
}

/// The rollouts of a release so far, newest first.
pub(super) async fn of_release(
    conn: &mut AsyncPgConnection,
    viewer: Viewer,
    hash: &str,
) -> Result<Vec<RolloutLine>, Error> {
    let all = rows::of_release(conn, viewer.scope(), hash).await?;
    let by: Vec<PersonId> = all.iter().map(|one| one.started_by).collect();
    let names: BTreeMap<PersonId, String> =
        people::some(conn, &by).await?.into_iter().map(|person| (person.id, person.name)).collect();
    let ids: Vec<RolloutId> = all.iter().map(|one| one.id).collect();
    let mut counts = rows::counts(conn, &ids).await?;
    let line = |one: Rollout| RolloutLine {
        href: href(one.id),
        by: names.get(&one.started_by).cloned().unwrap_or_default(),
        at: one.started_at,
        is_undone: one.undone.is_some(),
        far: HowFar::of(&one, &counts.remove(&one.id).unwrap_or_default()),
    };
    Ok(all.into_iter().map(line).collect())
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

async fn later(conn: &mut AsyncPgConnection, viewer: Viewer, id: RolloutId) -> Result<Option<Later>, Error> {
    let Some(id) = rows::later(conn, viewer.scope(), id).await? else { return Ok(None) };
    let found = rows::find(conn, viewer.scope(), id).await?;
    Ok(found.map(|one| Later { href: href(id), at: one.started_at }))
}

/// How far a rollout is.
///
/// # Errors
/// The viewer is not HR, there is no such rollout, or the database fails.
pub async fn load(
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
        history_href: format!("/plans/{}/history", one.plan),
        stays: if one.state == RolloutState::Done { one.stays } else { 0 },
        state: one.state.as_str(),
        why: one.why,
    });
    // What is done or waits, while nobody undid it.
    let stands = rollout.undone.is_none() && far.left > 0;
    let may_undo = stands && rollouts::may_undo(&rollout, moment);
    let later = match may_undo {
        true => later(conn, viewer, id).await?,
        false => None,
    };
    let policy = &rollout.policy;
    let (skipped, offered) =
        (titles(conn, &release, &policy.skip).await?, titles(conn, &release, &policy.offer).await?);
    let last = rollout.started_at + TimeDelta::days(UNDO_DAYS) - TimeDelta::seconds(1);
    Ok(RolloutView {
        href: href(id),
        release: head,
        by: name(rollout.started_by),
        at: rollout.started_at,
        undone_by: rollout.undone.map(|(by, _)| name(by)),
        undone_at: rollout.undone.map(|(_, at)| at),
        may_undo: may_undo && later.is_none(),
        is_too_late: stands && !may_undo,
        later,
        far,
        until: last.date_naive(),
        skipped,
        offered,
        plans: plans.collect(),
    })
}
