//! What holds for a plan as a whole on a day: it ended, rests, or somebody stands in.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use crate::app::worlds::{Names, PlanWorld};
use crate::engine::arrange::Ending;
use crate::engine::calendar::Span;

/// What a page says about a plan before anything else.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Banner {
    pub ended: Option<EndedView>,
    pub paused_since: Option<NaiveDate>,
    /// The manager's leave that goes on, or the next one.
    pub leave: Option<Span>,
    pub deputy: Option<DeputyView>,
    /// Nothing is expected on this day: the plan rests, or the manager is on leave.
    pub rests: bool,
}

/// How a plan came to its end.
#[derive(Debug, Clone, Serialize)]
pub struct EndedView {
    /// graduated, early, cancelled.
    pub how: &'static str,
    pub at: DateTime<Utc>,
}

/// Who stands in for the mentor, and when; both days included.
#[derive(Debug, Clone, Serialize)]
pub struct DeputyView {
    pub name: String,
    #[serde(flatten)]
    pub span: Span,
}

/// What holds on a day.
pub fn banner(world: &PlanWorld, names: &Names, today: NaiveDate) -> Banner {
    let arranged = &world.plan.arranged;
    if let Some(ended) = &arranged.ended {
        let ended = EndedView { how: ended.how.as_str(), at: ended.at };
        return Banner { ended: Some(ended), ..Banner::default() };
    }
    Banner {
        ended: None,
        paused_since: arranged.paused.map(|paused| paused.from),
        leave: arranged.leaves_from(today).min_by_key(|span| span.from),
        deputy: deputy(world, names, today),
        rests: arranged.rests_on(today),
    }
}

/// Who stands in on a day, or is to.
pub fn deputy(world: &PlanWorld, names: &Names, today: NaiveDate) -> Option<DeputyView> {
    let deputy = world.plan.arranged.deputy.filter(|deputy| deputy.span.until >= today)?;
    Some(DeputyView { name: names.person(deputy.who), span: deputy.span })
}

/// When everything that was listed was done. A plan that was ended before that never was.
pub fn completed_at(world: &PlanWorld) -> Option<DateTime<Utc>> {
    let ended = world.plan.arranged.ended.as_ref().map(|ended| ended.how);
    let is_cut_short = matches!(ended, Some(Ending::Early | Ending::Cancelled));
    world.plan.completed_at(&world.release).filter(|_| !is_cut_short)
}
