//! Which parts somebody has, over all plans: what their navigation offers.

use diesel_async::AsyncPgConnection;

use crate::app::Error;
use crate::engine::access::Viewer;
use crate::engine::vocabulary::PlanId;
use crate::store::plans;

/// Somebody's parts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Parts {
    /// Their newest plan as a manager.
    pub own_plan: Option<PlanId>,
    /// Is a mentor somewhere, or asked to be.
    pub is_mentor: bool,
    pub is_superior: bool,
}

/// The parts of a viewer.
///
/// # Errors
/// The database fails.
pub async fn of(conn: &mut AsyncPgConnection, viewer: Viewer) -> Result<Parts, Error> {
    let (own_plan, is_mentor, is_superior) = plans::parts(conn, viewer.id).await?;
    Ok(Parts { own_plan, is_mentor, is_superior })
}
