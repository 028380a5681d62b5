//! Playbooks of a running plan.

use super::worlds;
use super::{Error, Moment};
use crate::engine::access::{Actor, Viewer};
use crate::engine::decide::Request;
use crate::engine::vocabulary::PlanId;
use crate::store::pool::Tx;

/// Puts a playbook's steps into a plan, counted from today.
///
/// # Errors
/// The plan is not the viewer's to see; the playbook is not theirs to launch, is none of the program's,
/// or its last run is not over.
pub async fn launch(tx: &mut Tx, who: Viewer, plan: PlanId, playbook: &str, moment: &Moment) -> Result<(), Error> {
    let world = worlds::lock(tx, who.scope(), plan).await?;
    let request = Request::Launch { playbook: playbook.to_owned() };
    worlds::act(tx, &world, Actor::Person(who), request, moment).await.map(drop)
}
