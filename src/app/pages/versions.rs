//! Newer versions of steps that HR left to the manager: to take, or to leave as it is.

use serde::Serialize;

use crate::app::wording::Wording;
use crate::app::worlds::{Names, PlanWorld};
use crate::engine::access::{self, Viewer};
use crate::engine::vocabulary::{Role, Text};

/// A change that waits for the manager's answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct VersionOffer {
    /// Where the answer goes.
    pub action: String,
    pub title: Text,
    /// changed, added, removed
    pub is: &'static str,
    /// The text of the newer version; Markdown. None of a step that would go.
    pub body: Option<Text>,
}

/// What a plan offers; nothing to those who don't answer it.
pub fn of(world: &PlanWorld, names: &Names, viewer: Viewer) -> Vec<VersionOffer> {
    let plan = &world.plan;
    if plan.arranged.ended.is_some() || !access::roles(plan, viewer).contains(&Role::Manager) {
        return Vec::new();
    }
    let base = world.tailor.releases.get(&plan.release);
    let wording = Wording::of_plan(world, names);
    let offer = |id| {
        let newer = base.and_then(|base| base.step(id));
        let is_kept = plan.arranged.kept.contains_key(id);
        let title = newer.or_else(|| world.release.step(id)).map(|def| def.title.clone())?;
        Some(VersionOffer {
            action: format!("/plans/{}/offers/{id}", plan.id),
            title: wording.text(&title),
            is: match (newer, is_kept) {
                (Some(_), true) => "changed",
                (Some(_), false) => "added",
                (None, _) => "removed",
            },
            body: newer.map(|def| wording.text(&def.body)),
        })
    };
    plan.arranged.offers.iter().filter_map(offer).collect()
}
