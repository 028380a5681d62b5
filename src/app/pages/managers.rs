//! The managers whom somebody accompanies as mentor or superior: how far each is, at a glance.

use chrono::{DateTime, NaiveDate, Utc};
use diesel_async::AsyncPgConnection;
use serde::Serialize;

use super::arrange::banner::{self, Banner};
use super::cards::{self, Shown};
use super::lines::{StepLine, lines};
use crate::app::naming::Naming;
use crate::app::worlds::{Library, Names, PlanWorld};
use crate::app::{Error, mentoring};
use crate::engine::access::{self, Viewer};
use crate::engine::calendar::Dated;
use crate::engine::message::Message;
use crate::engine::plan::{Plan, Progress};
use crate::engine::vocabulary::{Role, Text};
use crate::engine::zone::local_date;
use crate::store::plans;

/// Steps to look forward to; more would hide what waits now.
const AHEAD: usize = 3;

/// One manager's plan.
#[derive(Debug, Clone, Serialize)]
pub struct ManagerRow {
    pub href: String,
    pub manager: String,
    /// Which plan of theirs.
    pub program: Message,
    /// The working day that today is; 0 before the first.
    pub day: u16,
    pub first_day: Dated,
    /// The title of the calendar that it was counted in.
    pub calendar: Text,
    pub progress: Progress,
    /// Steps that are late, whoever has them.
    pub overdue: usize,
    /// Steps that wait for a reviewer.
    pub in_review: usize,
    /// As [`mentoring::state`] says; none when the program has no mentor.
    pub mentoring: Option<&'static str>,
    pub mentor: Option<String>,
    /// The next step in which the viewer has a part.
    pub next: Option<Shown>,
    pub finished_on: Option<NaiveDate>,
    pub banner: Banner,
}

/// What one part sees: the plans in which somebody has it, and what is theirs to do.
pub(super) struct Part {
    pub worlds: Vec<PlanWorld>,
    pub names: Names,
    /// Open and late steps that the viewer does, the most urgent first.
    pub mine: Vec<Shown>,
    /// The next ones, which are not open yet.
    pub ahead: Vec<Shown>,
    /// The furthest behind first, those that are over last.
    pub managers: Vec<ManagerRow>,
}

/// Who looks at a page of a part. Whether they are HR too does not matter there: a page of a part
/// reaches no further than the part does.
pub(super) fn in_part(viewer: Viewer) -> Viewer {
    Viewer { is_hr: false, ..viewer }
}

/// The plans in which the viewer plays a role.
///
/// # Errors
/// The database fails.
pub(super) async fn part(
    conn: &mut AsyncPgConnection,
    viewer: Viewer,
    role: Role,
    now: DateTime<Utc>,
) -> Result<Part, Error> {
    let mut plans = plans::all(conn, viewer.scope()).await?;
    let stands_in = |plan: &Plan| role == Role::Mentor && plan.arranged.deputy.is_some_and(|one| one.who == viewer.id);
    plans.retain(|plan| access::holder(plan, role) == Some(viewer.id) || stands_in(plan));
    let names = Names::around(conn, viewer.scope(), &plans.iter().collect::<Vec<_>>()).await?;
    let mut worlds = Library::default().worlds(conn, plans).await?;
    let (mut mine, mut ahead) = (Vec::new(), Vec::new());
    let mut managers = Vec::with_capacity(worlds.len());
    let naming = Naming::among(&worlds);
    for world in &worlds {
        let all = lines(world, &names, viewer, world.today(now));
        managers.push(row((world, &naming), &names, role, &all, now));
        if !is_their_turn(world, viewer, role, now) {
            continue;
        }
        for line in all.into_iter().filter(|line| line.who == role) {
            match line.standing {
                "open" | "overdue" => mine.push(cards::shown(line)),
                "later" | "blocked" => ahead.push(cards::shown(line)),
                _ => {}
            }
        }
    }
    mine.sort_by_key(|shown| shown.line.due.date);
    ahead.sort_by_key(|shown| shown.line.due.date);
    ahead.truncate(AHEAD);
    managers.sort_by(|a, b| {
        let rank = |row: &ManagerRow| {
            let is_over = row.finished_on.is_some() || row.banner.ended.is_some();
            (is_over, std::cmp::Reverse(row.overdue))
        };
        rank(a).cmp(&rank(b)).then_with(|| a.first_day.date.cmp(&b.first_day.date))
    });
    worlds.retain(|world| is_their_turn(world, viewer, role, now));
    Ok(Part { worlds, names, mine, ahead, managers })
}

/// Who will stand in for the mentor sees the manager before, and what waits from the first day on.
fn is_their_turn(world: &PlanWorld, viewer: Viewer, role: Role, now: DateTime<Utc>) -> bool {
    let plan = &world.plan;
    let on_duty = access::holder_on(plan, role, world.today(now));
    access::holder(plan, role) == Some(viewer.id) || on_duty == Some(viewer.id)
}

fn row(
    (world, naming): (&PlanWorld, &Naming),
    names: &Names,
    role: Role,
    lines: &[StepLine],
    now: DateTime<Utc>,
) -> ManagerRow {
    let (plan, today) = (&world.plan, world.today(now));
    let with_me = |line: &&StepLine| {
        (line.who == role || line.reviewer == Some(role))
            && matches!(line.standing, "open" | "overdue" | "later" | "blocked")
    };
    let banner = banner::banner(world, names, today);
    ManagerRow {
        href: format!("/plans/{}", plan.id),
        manager: names.person(plan.cast.manager),
        program: naming.name(world),
        day: world.plan_day(today),
        first_day: world.first_day(),
        calendar: world.calendar.title.clone(),
        progress: plan.progress(&world.release),
        // Nobody is late in a plan that rests.
        overdue: if banner.rests { 0 } else { lines.iter().filter(|line| line.standing == "overdue").count() },
        in_review: lines.iter().filter(|line| line.standing == "review").count(),
        mentoring: world.release.program.cast.contains(&Role::Mentor).then(|| mentoring::state(plan)),
        mentor: plan.cast.mentor.candidate().map(|who| names.person(who)),
        next: lines.iter().find(with_me).cloned().map(cards::shown),
        finished_on: banner::completed_at(world).map(|at| local_date(at, world.zone())),
        banner,
    }
}

/// Steps that a role will review and that are not handed in yet, the next one first.
pub(super) fn to_come(part: &Part, viewer: Viewer, role: Role, now: DateTime<Utc>) -> Vec<Shown> {
    let mut found: Vec<Shown> = part
        .worlds
        .iter()
        .flat_map(|world| lines(world, &part.names, viewer, world.today(now)))
        .filter(|line| line.reviewer == Some(role))
        .filter(|line| matches!(line.standing, "open" | "overdue" | "later" | "blocked"))
        .map(cards::shown)
        .collect();
    found.sort_by_key(|shown| shown.line.due.date);
    found
}
