//! Running plans take a release: looked at first, then one, some or all in one go. Each plan is a
//! transaction of its own, and any instance goes on with what is left.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use diesel_async::AsyncPgConnection;

use super::arrange::{Previewed, undoing};
use super::pages::people::for_hr;
use super::worlds::{self, Library, PlanWorld};
use super::{Error, Moment};
use crate::engine::access::{Actor, Viewer};
use crate::engine::decide::Request;
use crate::engine::deed::UNDO_DAYS;
use crate::engine::diff;
use crate::engine::fact::Fact;
use crate::engine::form::FieldProblem;
use crate::engine::growth::Known;
use crate::engine::message::Message;
use crate::engine::upgrade::{Changes, Policy, Stay, Upgrade, stays, upgrade};
use crate::engine::vocabulary::{PersonId, PlanId, StepId, StepKey};
use crate::engine::{Refusal, Release};
use crate::store::pool::{Pool, Tx};
pub use crate::store::rollouts::RolloutId;
use crate::store::rollouts::{self, Rollout, RolloutState, Waiting};
use crate::store::{plans, releases};

/// How many plans one look takes: so many that looking costs nothing, so few that a stop is soon.
const BATCH: i64 = 200;

/// Plans that are upgraded at once, a connection each: the rest of the pool is left to whoever reads pages.
const LANES: usize = 4;

/// Releases, and what each changes, read and worked out once for many plans.
#[derive(Default)]
pub struct Passages {
    library: Library,
    changes: HashMap<(String, String), Rc<Changes>>,
}

/// A plan on its way to another release.
struct Upgraded {
    /// With both releases.
    world: PlanWorld,
    facts: Vec<Fact>,
    stays: Vec<Stay>,
    known: Known,
}

/// What a plan would become.
pub struct Looked {
    pub previewed: Previewed,
    /// What the plan does not take, since somebody worked at it.
    pub stays: Vec<Stay>,
}

impl Upgraded {
    fn looked(self, moment: &Moment) -> Result<Looked, Error> {
        let Upgraded { world, facts, stays, known } = self;
        Ok(Looked { previewed: Previewed::of(world, &facts, &known, moment.now)?, stays })
    }
}

impl Passages {
    /// What a release changes against another one.
    ///
    /// # Errors
    /// There is no such release, or the database fails.
    pub async fn changes(&mut self, conn: &mut AsyncPgConnection, from: &str, to: &str) -> Result<Rc<Changes>, Error> {
        let key = (from.to_owned(), to.to_owned());
        if let Some(changes) = self.changes.get(&key) {
            return Ok(changes.clone());
        }
        let (old, new) = (self.library.release(conn, from).await?, self.library.release(conn, to).await?);
        let mut between = vec![old.clone()];
        for hash in releases::between(conn, from, to).await? {
            between.push(self.library.release(conn, &hash).await?);
        }
        let changes = Rc::new(Changes::between(&old, &diff::named_through(&new, &between)));
        self.changes.insert(key, changes.clone());
        Ok(changes)
    }

    /// What becomes of a plan.
    async fn upgraded(
        &mut self,
        conn: &mut AsyncPgConnection,
        world: PlanWorld,
        order: &Order<'_>,
        begun: &BTreeSet<StepKey>,
        moment: &Moment,
    ) -> Result<Upgraded, Error> {
        let to = self.library.release(conn, order.to).await?;
        if world.plan.release == to.hash {
            return Err(Refusal::SameRelease.into());
        }
        let changes = self.changes(conn, &world.plan.release, order.to).await?;
        let world = self.library.with_releases(conn, world, [&to.hash]).await?;
        let known = worlds::known(conn, &world).await?;
        let order = (Actor::Person(order.who), Upgrade { to: &to, changes: &changes, policy: order.policy, begun });
        let facts = upgrade(&world.world(&known), order.0, &order.1, moment.now)?;
        let stays = stays(&world.world(&known), &order.1);
        Ok(Upgraded { world, facts, stays, known })
    }
}

/// Who has plans take which release, and how.
struct Order<'a> {
    who: Viewer,
    to: &'a str,
    policy: &'a Policy,
}

/// The running plans of the program that a release is of, that are not on it, with the release each runs.
///
/// # Errors
/// The viewer is not HR, there is no such release, or the database fails.
pub async fn affected(conn: &mut AsyncPgConnection, who: Viewer, to: &Release) -> Result<Vec<(PlanId, String)>, Error> {
    for_hr(who)?;
    Ok(rollouts::affected(conn, who.scope(), &to.program.name, &to.hash).await?)
}

/// What these plans would become, in the same order; a plan that can't take the release is left out.
/// Changes nothing.
///
/// # Errors
/// The viewer is not HR, there is no such release, or the database fails.
pub async fn preview(
    conn: &mut AsyncPgConnection,
    passages: &mut Passages,
    who: Viewer,
    to: &str,
    policy: &Policy,
    plans: &[PlanId],
    moment: &Moment,
) -> Result<Vec<Looked>, Error> {
    for_hr(who)?;
    let mut found = plans::some(conn, who.scope(), plans).await?;
    found.sort_by_key(|plan| plans.iter().position(|id| *id == plan.id));
    let mut begun = rollouts::begun(conn, plans).await?;
    let worlds = passages.library.worlds(conn, found).await?;
    let order = Order { who, to, policy };
    let mut previews = Vec::with_capacity(worlds.len());
    for world in worlds {
        let begun: BTreeSet<StepKey> = begun.remove(&world.plan.id).unwrap_or_default().into_iter().collect();
        match passages.upgraded(conn, world, &order, &begun, moment).await {
            Ok(upgraded) => previews.push(upgraded.looked(moment)?),
            Err(Error::Refused(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(previews)
}

/// What one plan would become. Changes nothing.
///
/// # Errors
/// The viewer is not HR, there is no such plan of the release's program, or it can't take the release.
pub async fn preview_one(
    conn: &mut AsyncPgConnection,
    passages: &mut Passages,
    who: Viewer,
    to: &Release,
    policy: &Policy,
    plan: PlanId,
    moment: &Moment,
) -> Result<Looked, Error> {
    for_hr(who)?;
    let world = worlds::find(conn, who.scope(), plan).await?;
    if world.release.program.name != to.program.name {
        return Err(Error::NotFound);
    }
    let begun = rollouts::begun(conn, &[plan]).await?.into_values().flatten().collect();
    let upgraded = passages.upgraded(conn, world, &Order { who, to: &to.hash, policy }, &begun, moment).await?;
    upgraded.looked(moment)
}

/// Has plans take a release, as far as they run another one of its program. It begins with the worker's
/// next look.
///
/// # Errors
/// The viewer is not HR, there is no such release, no plan is left to upgrade, or the database fails.
pub async fn start(
    tx: &mut Tx,
    who: Viewer,
    to: &str,
    policy: Policy,
    plans: &[PlanId],
    moment: &Moment,
) -> Result<RolloutId, Error> {
    for_hr(who)?;
    let release = releases::by_hash(tx, to).await?.ok_or(Error::NotFound)?;
    let chosen: BTreeSet<&PlanId> = plans.iter().collect();
    let affected = affected(tx, who, &release).await?;
    let plans: Vec<PlanId> = affected.into_iter().map(|(plan, _)| plan).filter(|plan| chosen.contains(plan)).collect();
    if plans.is_empty() {
        let message = Message::new("rollout-choose-plans");
        return Err(Error::Invalid(vec![FieldProblem { field: "plan".to_owned(), message }]));
    }
    let rollout = Rollout {
        id: RolloutId(moment.id()),
        program: release.program.name,
        release: release.hash,
        policy,
        started_by: who.id,
        started_at: moment.now,
        undone: None,
    };
    rollouts::insert(tx, &rollout, &plans).await?;
    Ok(rollout.id)
}

/// Has a whole rollout undone; what it has not reached yet stays as it is. Asked twice, nothing happens
/// the second time.
///
/// # Errors
/// The viewer is not HR, there is no such rollout, it is too old, each of its plans was undone alone, or a
/// later one stands on them.
pub async fn undo(tx: &mut Tx, who: Viewer, id: RolloutId, moment: &Moment) -> Result<(), Error> {
    for_hr(who)?;
    let rollout = rollouts::find(tx, who.scope(), id).await?.ok_or(Error::NotFound)?;
    if rollout.undone.is_some() {
        return Ok(());
    }
    if !may_undo(&rollout, moment) {
        return Err(Refusal::TooLateToUndo { days: UNDO_DAYS }.into());
    }
    if rollouts::later(tx, who.scope(), id).await?.is_some() {
        return Err(Refusal::LaterRollout.into());
    }
    let far = rollouts::counts(tx, &[id]).await?.remove(&id).unwrap_or_default();
    if !far.contains_key(&RolloutState::Done) && !far.contains_key(&RolloutState::Waiting) {
        return Err(Refusal::NothingToUndo.into());
    }
    rollouts::mark_undone(tx, id, who.id, moment.now).await?;
    Ok(())
}

/// Whether a rollout can still be undone.
pub fn may_undo(rollout: &Rollout, moment: &Moment) -> bool {
    rollout.undone.is_none() && (moment.now - rollout.started_at).num_days() < UNDO_DAYS
}

/// The manager's answer to a change that was offered.
///
/// # Errors
/// The plan is not the viewer's to see, or nothing is offered there.
pub async fn answer_offer(
    tx: &mut Tx,
    who: Viewer,
    plan: PlanId,
    step: StepId,
    take: bool,
    moment: &Moment,
) -> Result<(), Error> {
    let world = worlds::lock(tx, who.scope(), plan).await?;
    worlds::act(tx, &world, Actor::Person(who), Request::Offer { step, take }, moment).await.map(drop)
}

/// Upgrades plans that wait for it, or takes them back, and answers how many were settled. Each is a
/// transaction of its own: a kill in the middle leaves every plan whole, and one that fails holds up no
/// other.
///
/// # Errors
/// The database fails; what was settled stays so.
pub async fn step(pool: &Pool, moment: &Moment) -> Result<usize, Error> {
    let mut waiting = rollouts::waiting(&mut *pool.get().await?, BATCH).await?;
    // A plan that several rollouts wait for takes the earliest alone: the next one looks at what came of it.
    let mut taken = BTreeSet::new();
    waiting.retain(|at| taken.insert(at.plan));
    // One lane counts while others wait for the database.
    let mut lanes: [Vec<Waiting>; LANES] = Default::default();
    waiting.into_iter().zip((0..LANES).cycle()).for_each(|(at, n)| lanes[n].push(at));
    let settled = futures_util::future::join_all(lanes.map(|waiting| lane(pool, waiting, moment))).await;
    settled.into_iter().sum()
}

async fn lane(pool: &Pool, waiting: Vec<Waiting>, moment: &Moment) -> Result<usize, Error> {
    let mut passages = Passages::default();
    let mut orders: BTreeMap<RolloutId, Rollout> = BTreeMap::new();
    let mut settled = 0;
    for at in waiting {
        if !orders.contains_key(&at.rollout) {
            let found = rollouts::find(&mut *pool.get().await?, Actor::Program.scope(), at.rollout).await?;
            orders.extend(found.map(|rollout| (at.rollout, rollout)));
        }
        let Some(rollout) = orders.get(&at.rollout) else { continue };
        match pool.in_transaction(async |tx| one(tx, &mut passages, rollout, at, moment).await).await {
            Ok(is_settled) => settled += usize::from(is_settled),
            Err(Error::Store(error)) if error.is_transient() => return Err(error.into()),
            Err(error) => {
                tracing::error!(rollout = %at.rollout, plan = %at.plan, "a plan could not be upgraded: {error}");
                settled += usize::from(pool.in_transaction(async |tx| fail(tx, at, moment).await).await?);
            }
        }
    }
    Ok(settled)
}

/// False: another instance has it.
async fn one(
    tx: &mut Tx,
    passages: &mut Passages,
    rollout: &Rollout,
    at: Waiting,
    moment: &Moment,
) -> Result<bool, Error> {
    let Some((state, deed)) = rollouts::hold(tx, at).await? else { return Ok(false) };
    // Who pressed the button had an account of HR then.
    let who = Viewer { id: rollout_by(rollout, state), is_hr: true };
    let world = passages.library.lock(tx, who.scope(), at.plan).await?;
    let is_undo = state == RolloutState::UndoWaiting;
    let next = world.plan.version + 1;
    let decided = match (is_undo, deed) {
        (true, Some(deed)) => {
            let undone = undoing(tx, &mut passages.library, world, who, deed, moment).await;
            undone.map(|(world, facts)| Upgraded { world, facts, stays: Vec::new(), known: Known::new() })
        }
        (true, None) => Err(Refusal::NothingToUndo.into()),
        (false, _) => {
            let begun = rollouts::begun(tx, &[at.plan]).await?;
            let begun: BTreeSet<StepKey> = begun.into_values().flatten().collect();
            let order = Order { who, to: &rollout.release, policy: &rollout.policy };
            passages.upgraded(tx, world, &order, &begun, moment).await
        }
    };
    match decided {
        Ok(Upgraded { world, facts, stays, .. }) => {
            worlds::record(tx, &world, &facts, moment).await?;
            rollouts::note_stays(tx, at, stays.len()).await?;
            let (state, deed) = if is_undo { (RolloutState::Undone, deed) } else { (RolloutState::Done, Some(next)) };
            rollouts::settle(tx, at, state, deed, None, moment.now).await?;
        }
        Err(Error::Refused(refusal)) => {
            let state = if is_undo { RolloutState::UndoRefused } else { RolloutState::Refused };
            rollouts::settle(tx, at, state, deed, Some(code(&refusal)), moment.now).await?;
        }
        Err(error) => return Err(error),
    }
    Ok(true)
}

fn rollout_by(rollout: &Rollout, state: RolloutState) -> PersonId {
    let undone_by = rollout.undone.map(|(by, _)| by).filter(|_| state == RolloutState::UndoWaiting);
    undone_by.unwrap_or(rollout.started_by)
}

/// A plan that fails by itself fails again: HR reads it on the page, whoever runs the program in the log.
async fn fail(tx: &mut Tx, at: Waiting, moment: &Moment) -> Result<bool, Error> {
    let Some((state, deed)) = rollouts::hold(tx, at).await? else { return Ok(false) };
    let state = if state == RolloutState::UndoWaiting { RolloutState::UndoRefused } else { RolloutState::Refused };
    rollouts::settle(tx, at, state, deed, Some("error"), moment.now).await?;
    Ok(true)
}

/// The end of the message that says why a plan was left as it was.
fn code(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::PlanEnded { .. } => "plan_ended",
        Refusal::SameRelease => "same_release",
        Refusal::TooLateToUndo { .. } => "too_late",
        Refusal::LaterUpgrade => "later_upgrade",
        Refusal::NothingToUndo => "nothing_to_undo",
        _ => "other",
    }
}
