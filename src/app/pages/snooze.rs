//! Whether a step is put off by the viewer, or can be.

use chrono::{DateTime, NaiveDate, Utc};
use diesel_async::AsyncPgConnection;
use serde::Serialize;

use crate::app::worlds::PlanWorld;
use crate::app::{Error, snoozing};
use crate::engine::access::Viewer;
use crate::engine::vocabulary::StepKey;

#[derive(Debug, Clone, Serialize)]
pub struct SnoozeView {
    /// The first day on which the viewer's letters name the step again; none: it can be put off.
    pub until: Option<NaiveDate>,
}

/// None where the step is not put off, and no mail would offer it.
pub(super) async fn view(
    conn: &mut AsyncPgConnection,
    world: &PlanWorld,
    viewer: Viewer,
    key: &StepKey,
    now: DateTime<Utc>,
) -> Result<Option<SnoozeView>, Error> {
    let (today, before) = (world.today(now), snoozing::of(conn, world.plan.id, key, viewer.id).await?);
    let is_open = snoozing::may(world, key, viewer, None).is_ok();
    let until = snoozing::lasts(before, today).filter(|_| is_open);
    let is_shown = until.is_some() || snoozing::is_offered(world, key, viewer, before, today);
    Ok(is_shown.then_some(SnoozeView { until }))
}
