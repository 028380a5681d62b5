//! Why a step was closed without being done, in somebody's words.

use diesel_async::AsyncPgConnection;
use serde::Serialize;

use crate::app::Error;
use crate::app::worlds::PlanWorld;
use crate::engine::access::Viewer;
use crate::engine::plan::{CloseReason, Step, StepState, WritingRef};
use crate::store::{people, writings};

/// The words, and whose they are.
#[derive(Debug, Clone, Serialize)]
pub struct Closing {
    pub line: String,
    pub by: String,
}

/// The words with which a step, its module or its plan was closed; none without any, or for those who may
/// not read them.
///
/// # Errors
/// The database fails.
pub async fn of(
    conn: &mut AsyncPgConnection,
    viewer: Viewer,
    world: &PlanWorld,
    step: &Step,
) -> Result<Option<Closing>, Error> {
    let Some(reason) = reason(world, step) else { return Ok(None) };
    let found = writings::some(conn, viewer.scope(), world.plan.id, &[reason.id]).await?.pop();
    let Some((author, line)) = found.and_then(|writing| Some((writing.author(), writing.words()?))) else {
        return Ok(None);
    };
    let by = people::find(conn, author).await?.map(|person| person.name).unwrap_or_default();
    Ok(Some(Closing { line, by }))
}

fn reason(world: &PlanWorld, step: &Step) -> Option<WritingRef> {
    match step.state {
        StepState::Closed { reason: CloseReason::PlanEnded, .. } => world.plan.arranged.ended.as_ref()?.reason,
        StepState::Closed { line, .. } => line,
        _ => None,
    }
}
