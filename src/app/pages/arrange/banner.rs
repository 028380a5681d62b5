//! What holds for a plan as a whole on a day: it ended, rests, or somebody stands in.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use crate::app::worlds::{Names, PlanWorld};
use crate::engine::arrange::Ending;
use crate::engine::calendar::Span;
use crate::engine::vocabulary::Role;

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
    pub last_day: Option<LastDay>,
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

/// The last day of a program that came before everything was closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct LastDay {
    pub date: NaiveDate,
    pub is_today: bool,
    /// Steps that are not closed.
    pub open: usize,
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
        last_day: last_day(world, today),
    }
}

/// Who stands in on a day, or is to.
pub fn deputy(world: &PlanWorld, names: &Names, today: NaiveDate) -> Option<DeputyView> {
    let deputy = world.plan.arranged.deputy.filter(|deputy| deputy.span.until >= today)?;
    Some(DeputyView { name: names.person(deputy.who), span: deputy.span })
}

/// The program's last day, once it has come while steps of a running plan are still open. It moves on while
/// the plan rests.
pub fn last_day(world: &PlanWorld, today: NaiveDate) -> Option<LastDay> {
    let plan = &world.plan;
    let date = world.calendar.plan_date(plan.effective, world.release.program.ends);
    let open = plan.steps.values().filter(|step| !step.state.is_closed()).count();
    let has_come = plan.arranged.ended.is_none() && date <= plan.counted_until(today);
    (has_come && open > 0).then_some(LastDay { date, is_today: date == today, open })
}

/// For whom somebody stands in who plays a role on a day.
pub fn stands_for(world: &PlanWorld, names: &Names, role: Role, today: NaiveDate) -> Option<String> {
    world.plan.arranged.deputy_on(today).filter(|_| role == Role::Mentor)?;
    world.plan.cast.mentor.mentor().map(|mentor| names.person(mentor))
}

/// When everything that was listed was done. A plan that was ended before that never was.
pub fn completed_at(world: &PlanWorld) -> Option<DateTime<Utc>> {
    let ended = world.plan.arranged.ended.as_ref().map(|ended| ended.how);
    let is_cut_short = matches!(ended, Some(Ending::Early | Ending::Cancelled));
    world.plan.completed_at(&world.release).filter(|_| !is_cut_short)
}
