//! Playbooks that the program offers: their rule holds, and somebody may launch them.

use chrono::NaiveDate;
use diesel_async::AsyncPgConnection;
use serde::Serialize;

use super::Error;
use super::worlds::{self, PlanWorld};
use crate::engine::access::{self, Viewer};
use crate::engine::growth::{self, Ground};
use crate::engine::vocabulary::Text;

/// A playbook that is offered to somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Offered {
    pub playbook: Text,
    pub manager: String,
    pub is_own: bool,
    /// The plan, where it is launched.
    pub href: String,
    /// The day on which the figures that decide were completed.
    pub since: NaiveDate,
}

/// What a plan offers a viewer on a day.
///
/// # Errors
/// The database fails.
pub async fn of(
    conn: &mut AsyncPgConnection,
    world: &PlanWorld,
    viewer: Viewer,
    today: NaiveDate,
) -> Result<Vec<Offered>, Error> {
    let has_rule = |launch: &crate::engine::release::Launch| launch.offer.is_some();
    let rests = world.plan.arranged.ended.is_some() || world.plan.arranged.rests_on(today);
    if rests || !world.release.curricula.iter().any(|one| one.launch.as_ref().is_some_and(has_rule)) {
        return Ok(Vec::new());
    }
    let known = worlds::known(conn, world).await?;
    let PlanWorld { plan, release, calendar, .. } = world;
    let ground = Ground { release, calendar, zone: world.zone(), known: &known, today, is_change: false };
    let roles = access::roles(plan, viewer);
    let offered = growth::offered(&ground, plan).into_iter().filter_map(|(playbook, since)| {
        let may = playbook.launch.as_ref().is_some_and(|launch| roles.iter().any(|role| launch.who.contains(role)));
        may.then(|| Offered {
            playbook: playbook.title.clone(),
            manager: world.manager.name.clone(),
            is_own: plan.cast.manager == viewer.id,
            href: format!("/plans/{}", plan.id),
            since,
        })
    });
    Ok(offered.collect())
}
