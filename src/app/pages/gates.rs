//! A superior's page: what waits for their approval, what will, and how each of their managers is.

use chrono::{DateTime, Utc};
use diesel_async::AsyncPgConnection;
use serde::Serialize;

use super::cards::Shown;
use super::managers::{self, ManagerRow, Part};
use super::reports::{self, Report};
use super::reviews::{self, Review};
use crate::app::Error;
use crate::engine::access::Viewer;
use crate::engine::vocabulary::Role;

/// Gates to come that are named; the rest is counted.
const NAMED: usize = 6;

/// The superior's page.
#[derive(Debug, Clone, Serialize)]
pub struct GatesPage {
    /// The longest wait first.
    pub reviews: Vec<Review>,
    /// What they have said nothing to yet, the oldest first.
    pub reports: Vec<Report>,
    /// Gates that are not handed in yet, the next one first.
    pub gates: Vec<Shown>,
    /// Gates that come after those.
    pub more_gates: usize,
    pub mine: Vec<Shown>,
    pub ahead: Vec<Shown>,
    pub managers: Vec<ManagerRow>,
}

/// A superior's page.
///
/// # Errors
/// The database fails.
pub async fn load(conn: &mut AsyncPgConnection, viewer: Viewer, now: DateTime<Utc>) -> Result<GatesPage, Error> {
    let viewer = managers::in_part(viewer);
    let part = managers::part(conn, viewer, Role::Superior, now).await?;
    let reviews = reviews::waiting(conn, viewer, &part.worlds, &part.names, Role::Superior, now).await?;
    let reports = reports::to_read(conn, viewer, &part.worlds, &part.names, Role::Superior, now).await?;
    let mut gates = managers::to_come(&part, viewer, Role::Superior, now);
    let more_gates = gates.len().saturating_sub(NAMED);
    gates.truncate(NAMED);
    let Part { mine, ahead, managers, .. } = part;
    Ok(GatesPage { reviews, reports, gates, more_gates, mine, ahead, managers })
}
