//! What was arranged for a plan so far, and what of it can be undone.

use chrono::{DateTime, Utc};
use diesel_async::AsyncPgConnection;
use serde::Serialize;

use crate::app::Error;
use crate::app::pages::history::{self, ActView};
use crate::app::worlds::PlanWorld;
use crate::engine::Refusal;
use crate::engine::access::{Actor, Viewer};
use crate::engine::deed::UNDO_DAYS;
use crate::engine::fact::{Fact, What};
use crate::engine::growth::Known;
use crate::engine::undo;
use crate::engine::vocabulary::PlanId;
use crate::store::facts;

/// Something that was arranged.
#[derive(Debug, Clone, Serialize)]
pub struct DeedLine {
    #[serde(flatten)]
    pub act: ActView,
    pub at: DateTime<Utc>,
    /// Where the viewer undoes it.
    pub undo_href: Option<String>,
}

/// What was arranged, the newest first.
///
/// # Errors
/// The database fails.
pub(super) async fn lines(
    conn: &mut AsyncPgConnection,
    viewer: Viewer,
    world: &PlanWorld,
    now: DateTime<Utc>,
) -> Result<Vec<DeedLine>, Error> {
    let facts = facts::read(conn, world.plan.id).await?;
    let acts = history::deeds(conn, viewer, world, facts.clone()).await?;
    let line = |act: ActView| {
        let at = facts.get(usize::try_from(act.n.checked_sub(1)?).ok()?)?.at;
        let may_undo = act.undone.is_none() && may_undo(world, viewer, &facts, act.n, now);
        Some(DeedLine { at, undo_href: may_undo.then(|| undo_href(world.plan.id, act.n)), act })
    };
    Ok(acts.into_iter().filter_map(line).collect())
}

/// Where a deed is undone; `n` is the number of its fact.
pub(super) fn undo_href(plan: PlanId, n: u64) -> String {
    format!("/plans/{plan}/undo/{n}")
}

/// The engine's own rule, asked without doing anything. A deed on which another one rests is offered too:
/// its page says which one to undo first.
fn may_undo(world: &PlanWorld, viewer: Viewer, facts: &[Fact], n: u64, now: DateTime<Utc>) -> bool {
    let Some(done) = undo::find(&world.plan, facts, n) else { return false };
    let What::Deed { deed, .. } = &done.fact.what else { return false };
    // Other plans have it too, so it is undone on the page of the member or of the calendar.
    if deed.is_of_roster() || deed.is_of_calendar() || (now - done.fact.at).num_days() >= UNDO_DAYS {
        return false;
    }
    let known = Known::new();
    let decided = undo::undo(&world.world(&known), Actor::Person(viewer), &done, now);
    matches!(decided, Ok(_) | Err(Refusal::LaterUpgrade))
}
