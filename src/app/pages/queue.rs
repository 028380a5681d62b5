//! A mentor's ten minutes: who asks, what waits for a yes, what is the mentor's own to do, and how
//! their managers are.

use chrono::{DateTime, Utc};
use diesel_async::AsyncPgConnection;
use serde::Serialize;

use super::cards::Shown;
use super::managers::{self, ManagerRow, Part};
use super::reports::{self, Report};
use super::reviews::{self, Review};
use crate::app::Error;
use crate::app::wording::Wording;
use crate::app::worlds::{Library, Names, PlanWorld};
use crate::engine::access::{Actor, Viewer};
use crate::engine::calendar::Dated;
use crate::engine::message::Message;
use crate::engine::vocabulary::{PlanId, Role, Text};
use crate::store::plans;

/// The mentor's page.
#[derive(Debug, Clone, Serialize)]
pub struct QueuePage {
    pub requests: Vec<MentorRequest>,
    /// The longest wait first.
    pub reviews: Vec<Review>,
    /// What they have said nothing to yet, the oldest first.
    pub reports: Vec<Report>,
    pub mine: Vec<Shown>,
    pub ahead: Vec<Shown>,
    pub managers: Vec<ManagerRow>,
}

/// Somebody needs a mentor, and the reader is asked.
#[derive(Debug, Clone, Serialize)]
pub struct MentorRequest {
    pub plan: PlanId,
    pub manager: String,
    pub superior: String,
    pub hr: String,
    pub program: Text,
    pub summary: Text,
    pub first_day: Dated,
    /// The title of the calendar that it was counted in.
    pub calendar: Text,
    /// Steps in which the mentor has a part, as the mail counts them.
    pub steps: usize,
    /// What the program says about saying yes; Markdown.
    pub about: Option<Text>,
    /// A line that came back with the form.
    pub line: String,
    pub problem: Option<Message>,
}

/// A mentor's page.
///
/// # Errors
/// The database fails.
pub async fn load(conn: &mut AsyncPgConnection, viewer: Viewer, now: DateTime<Utc>) -> Result<QueuePage, Error> {
    let viewer = managers::in_part(viewer);
    let requests = requests(conn, viewer).await?;
    let part = managers::part(conn, viewer, Role::Mentor, now).await?;
    let reviews = reviews::waiting(conn, viewer, &part.worlds, &part.names, Role::Mentor, now).await?;
    let reports = reports::to_read(conn, viewer, &part.worlds, &part.names, Role::Mentor, now).await?;
    let Part { mine, ahead, managers, .. } = part;
    Ok(QueuePage { requests, reviews, reports, mine, ahead, managers })
}

async fn requests(conn: &mut AsyncPgConnection, viewer: Viewer) -> Result<Vec<MentorRequest>, Error> {
    let asking = plans::asking(conn, viewer.id).await?;
    let names = names(conn, &asking.iter().collect::<Vec<_>>()).await?;
    let worlds = Library::default().worlds(conn, asking).await?;
    Ok(worlds.iter().map(|world| request(world, &names)).collect())
}

/// Who is asked has no part in the plan yet, so no scope of theirs reaches the names around it: the
/// question itself tells them.
pub(super) async fn names(conn: &mut AsyncPgConnection, plans: &[&crate::engine::Plan]) -> Result<Names, Error> {
    let mut names = Names::around(conn, Actor::Program.scope(), plans).await?;
    names.members.clear();
    Ok(names)
}

/// A plan as the question to its mentor tells it.
pub(super) fn request(world: &PlanWorld, names: &Names) -> MentorRequest {
    let (plan, program) = (&world.plan, &world.release.program);
    let steps = plan
        .steps
        .keys()
        .filter_map(|key| world.release.step(&key.id))
        .filter(|def| def.who == Role::Mentor || def.review == Some(Role::Mentor))
        .count();
    let about = program.mentor_accepts.as_ref().and_then(|id| world.release.step(id));
    MentorRequest {
        plan: plan.id,
        manager: names.person(plan.cast.manager),
        superior: names.person(plan.cast.superior),
        hr: names.person(plan.cast.hr),
        program: program.title.clone(),
        summary: program.summary.clone(),
        first_day: world.first_day(),
        calendar: world.calendar.title.clone(),
        steps,
        about: about.map(|def| Wording::of_plan(world, names).body(&def.body)),
        line: String::new(),
        problem: None,
    }
}
