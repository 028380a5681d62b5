//! One plan as a whole: its modules, its weeks, its people.

use chrono::{DateTime, Datelike, Days, NaiveDate, Utc};
use diesel_async::AsyncPgConnection;
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};

use super::arrange::{self, May};
use super::as_of::AsOf;
use super::branches::{Branches, ToCome};
use super::cards::{self, Card, Shown};
use super::lines::{StepLine, lines};
use super::today::{self, Checkpoint, PlanGlance};
use super::versions::{self, VersionOffer};
use super::{practice, record};
use crate::app::worlds::{self, Names, PlanWorld};
use crate::app::{Error, mentoring, naming};
use crate::engine::access::{self, Viewer};
use crate::engine::growth;
use crate::engine::message::Message;
use crate::engine::plan::Progress;
use crate::engine::release::Curriculum;
use crate::engine::replan::OWN;
use crate::engine::vocabulary::{PersonId, PlanId, Role, Text, split_run};
use crate::store::people::Person;
use crate::store::{members, people};

/// How many days ahead the weeks stand open on the page.
const SOON: u64 = 14;

/// The page of a plan.
#[derive(Debug, Clone, Serialize)]
pub struct PlanPage {
    /// The viewer is the plan's manager.
    pub is_own: bool,
    pub manager: String,
    pub href: String,
    /// The past day that it shows; none: it shows the plan of now.
    pub as_of: Option<AsOf>,
    /// Why it does not show the day that was asked for.
    pub not_then: Option<Message>,
    pub summary: Text,
    pub effective: NaiveDate,
    pub today: NaiveDate,
    pub glance: PlanGlance,
    pub overdue: usize,
    pub checkpoints: Vec<Checkpoint>,
    pub cast: Vec<CastLine>,
    pub modules: Vec<Module>,
    /// Weeks that are over; this one and the next; those after. Only weeks with something in them.
    pub past: Vec<Week>,
    pub weeks: Vec<Week>,
    pub ahead: Vec<Week>,
    pub roster: Vec<RosterLine>,
    pub playbooks: Vec<PlaybookLine>,
    /// Newer versions of steps that the viewer may take.
    pub versions: Vec<VersionOffer>,
    /// Where its answers add up to something that the viewer may see.
    pub practice_href: Option<String>,
    /// Where what came of it can be taken along.
    pub record_href: Option<String>,
    /// Where the viewer arranges it.
    pub arrange_href: Option<String>,
}

/// A playbook of the program.
#[derive(Debug, Clone, Serialize)]
pub struct PlaybookLine {
    pub title: Text,
    pub summary: Text,
    /// The days on which its runs began, the last one first.
    pub launched: Vec<NaiveDate>,
    /// Its last run has work left.
    pub is_running: bool,
    /// The program's rule for offering it holds.
    pub is_offered: bool,
    /// Where the viewer launches it.
    pub launch_href: Option<String>,
}

/// Who plays a part.
#[derive(Debug, Clone, Serialize)]
pub struct CastLine {
    pub role: Role,
    pub name: Option<String>,
    pub email: Option<String>,
    /// For the mentor: as [`mentoring::state`] says.
    pub mentoring: Option<&'static str>,
}

/// A curriculum of the program.
#[derive(Debug, Clone, Serialize)]
pub struct Module {
    pub name: String,
    /// The steps that only this plan has; it has no title of its own.
    pub is_own: bool,
    pub title: Text,
    pub summary: Text,
    pub progress: Progress,
    /// Something in it is late, due today or sent back, so that it stands open.
    pub is_pressing: bool,
    /// Steps under way.
    pub rows: Vec<Row>,
    /// Steps of which every line is over, or opens later.
    pub done: Vec<Row>,
    pub later: Vec<Row>,
    /// Steps that are not in the plan yet.
    pub to_come: Vec<ToCome>,
}

/// A step of a curriculum with all its members and turns.
#[derive(Debug, Clone, Serialize)]
pub struct Row {
    pub title: Text,
    pub who: Role,
    /// Has members or turns, so that its lines need names of their own.
    pub is_many: bool,
    pub done: usize,
    /// Of how many; without those that were not taken.
    pub all: usize,
    pub open: Vec<Shown>,
    pub closed: Vec<Shown>,
}

/// A week, from Monday.
#[derive(Debug, Clone, Serialize)]
pub struct Week {
    pub monday: NaiveDate,
    pub sunday: NaiveDate,
    pub is_now: bool,
    pub is_past: bool,
    pub checkpoints: Vec<Checkpoint>,
    pub cards: Vec<Card>,
}

/// A member on the plan's roster.
#[derive(Debug, Clone, Serialize)]
pub struct RosterLine {
    pub name: String,
    pub position: String,
    pub joined: NaiveDate,
    pub left: Option<NaiveDate>,
}

/// A plan that the viewer has a part in.
///
/// # Errors
/// The viewer does not see the plan, or the database fails.
pub async fn load(
    conn: &mut AsyncPgConnection,
    viewer: Viewer,
    plan: PlanId,
    now: DateTime<Utc>,
) -> Result<PlanPage, Error> {
    let world = worlds::find(conn, viewer.scope(), plan).await?;
    shown(conn, viewer, world, now).await
}

/// The page of a plan that is at hand, be it as it was once; `now` is a moment of that time.
pub(super) async fn shown(
    conn: &mut AsyncPgConnection,
    viewer: Viewer,
    world: PlanWorld,
    now: DateTime<Utc>,
) -> Result<PlanPage, Error> {
    let names = Names::with_rows(conn, viewer.scope(), &[&world]).await?;
    let cast = cast(conn, &world, viewer).await?;
    let roster = roster(conn, &world, viewer).await?;
    let today = world.today(now);
    let lines = lines(&world, &names, viewer, today);
    let overdue = lines.iter().filter(|line| line.standing == "overdue").count();
    let known = worlds::known(conn, &world).await?;
    let branches = Branches { world: &world, names: &names, viewer, known: &known, today };
    let modules = modules(&branches, &lines);
    let playbooks = playbooks(&branches);
    let (past, coming) = weeks(&world, lines, today);
    let soon = today.checked_add_days(Days::new(SOON)).unwrap_or(today);
    let (weeks, ahead) = coming.into_iter().partition(|week| week.monday <= soon);
    Ok(PlanPage {
        is_own: world.plan.cast.manager == viewer.id,
        manager: world.manager.name.clone(),
        href: format!("/plans/{}", world.plan.id),
        as_of: None,
        not_then: None,
        summary: world.release.program.summary.clone(),
        effective: world.plan.effective,
        today,
        glance: today::glance(&world, naming::name(conn, viewer.scope(), &world).await?, &names, now),
        overdue,
        checkpoints: today::checkpoints(&world, today),
        cast,
        modules,
        past,
        weeks,
        ahead,
        roster,
        playbooks,
        versions: versions::of(conn, &world, &names, viewer, now).await?,
        practice_href: practice::has_views(&world, viewer).then(|| format!("/plans/{}/practice", world.plan.id)),
        record_href: record::has_record(&world.plan).then(|| format!("/plans/{}/record", world.plan.id)),
        arrange_href: May::of(&world, viewer, now).anything().then(|| arrange::href(world.plan.id)),
    })
}

fn playbooks(branches: &Branches) -> Vec<PlaybookLine> {
    let Branches { world, viewer, .. } = *branches;
    let (plan, roles) = (&world.plan, access::roles(&world.plan, viewer));
    let offered = growth::offered(&branches.ground(), plan);
    let of = |curriculum: &Curriculum| {
        // A further run is a curriculum of its own, and a line of the one that it repeats.
        let launch = curriculum.launch.as_ref().filter(|_| split_run(&curriculum.name).is_none())?;
        let mut launched: Vec<NaiveDate> = plan.runs(&curriculum.name).map(|(_, on)| on).collect();
        launched.sort_by(|a, b| b.cmp(a));
        let is_running = plan.is_running(&world.release, &curriculum.name);
        let rests = plan.arranged.ended.is_some() || is_running;
        let may = !rests && roles.iter().any(|role| launch.who.contains(role));
        Some(PlaybookLine {
            title: curriculum.title.clone(),
            summary: curriculum.summary.clone(),
            launched,
            is_running,
            is_offered: offered.iter().any(|(one, _)| one.name == curriculum.name),
            launch_href: may.then(|| format!("/plans/{}/playbooks/{}", plan.id, curriculum.name)),
        })
    };
    world.release.curricula.iter().filter_map(of).collect()
}

async fn cast(conn: &mut AsyncPgConnection, world: &PlanWorld, viewer: Viewer) -> Result<Vec<CastLine>, Error> {
    let plan = &world.plan;
    let candidate = plan.cast.mentor.candidate();
    let ids: Vec<PersonId> = [Some(plan.cast.manager), Some(plan.cast.superior), Some(plan.cast.hr), candidate]
        .into_iter()
        .flatten()
        .collect();
    let people: HashMap<PersonId, Person> =
        people::some(conn, &ids).await?.into_iter().map(|person| (person.id, person)).collect();
    let sees_candidate = access::roles(plan, viewer).contains(&Role::Hr);
    let roles = Role::ALL.into_iter().filter(|role| *role != Role::Mentor || today::has_mentor(world));
    Ok(roles
        .map(|role| {
            // Whoever has not said yes, or said no, is between them and HR.
            let holder = access::holder(plan, role);
            let who = if role == Role::Mentor && sees_candidate { candidate } else { holder };
            let person = who.and_then(|id| people.get(&id));
            CastLine {
                role,
                name: person.map(|person| person.name.clone()),
                email: person.map(|person| person.email.clone()),
                mentoring: (role == Role::Mentor).then(|| mentoring::state(plan)),
            }
        })
        .collect())
}

async fn roster(conn: &mut AsyncPgConnection, world: &PlanWorld, viewer: Viewer) -> Result<Vec<RosterLine>, Error> {
    let members = members::of_manager(conn, viewer.scope(), world.plan.cast.manager).await?;
    Ok(members
        .into_iter()
        .filter_map(|member| {
            let membership = world.plan.members.get(&member.id)?;
            Some(RosterLine {
                name: member.name,
                position: member.position,
                joined: membership.joined,
                left: membership.left,
            })
        })
        .collect())
}

fn modules(branches: &Branches, lines: &[StepLine]) -> Vec<Module> {
    let mut by_step: HashMap<String, Vec<&StepLine>> = HashMap::new();
    for line in lines {
        if let Some(key) = cards::key(line) {
            by_step.entry(key.id.0).or_default().push(line);
        }
    }
    let launches = &branches.world.plan.launches;
    let is_there = |one: &&Curriculum| one.launch.is_none() || launches.contains_key(&one.name);
    let curricula = branches.world.release.curricula.iter().filter(is_there);
    curricula.map(|curriculum| module(branches, curriculum, &by_step)).collect()
}

fn module(branches: &Branches, curriculum: &Curriculum, by_step: &HashMap<String, Vec<&StepLine>>) -> Module {
    let lines_of = |id: &str| by_step.get(id).map_or(&[][..], Vec::as_slice);
    let counted = curriculum.steps.iter().flat_map(|def| lines_of(def.id.as_str()));
    // As the plan counts: what was open when it ended was to be done.
    let is_counted = |line: &&&StepLine| line.standing == "plan-ended" || !is_dropped(line.standing);
    let counted = counted.filter(|line| !line.is_ritual).filter(is_counted);
    let progress = counted.fold(Progress::default(), |progress, line| Progress {
        done: progress.done + usize::from(line.standing == "done"),
        all: progress.all + 1,
    });
    let shown = |line: &&StepLine| {
        let mut shown = cards::shown((*line).clone());
        branches.explain(&mut shown);
        shown
    };
    let rows = curriculum.steps.iter().filter_map(|def| {
        let lines: Vec<Shown> = lines_of(def.id.as_str()).iter().map(shown).collect();
        let first = lines.first()?;
        let is_many = lines.len() > 1 || def.each.is_some();
        let (title, who) = (first.line.common_title.clone(), first.line.who);
        let is_closed = |line: &Shown| matches!(line.state, "done" | "lapsed") || is_dropped(line.state);
        let done = lines.iter().filter(|line| line.state == "done").count();
        let all = lines.iter().filter(|line| line.state != "not-taken").count();
        let (closed, open) = lines.into_iter().partition(is_closed);
        Some(Row { title, who, is_many, done, all, open, closed })
    });
    let mut sorted: [Vec<Row>; 3] = Default::default();
    for row in rows {
        let is_under_way = row.open.iter().any(|line| line.state != "later");
        let at = if is_under_way { 0 } else { 1 + usize::from(!row.open.is_empty()) };
        sorted[at].push(row);
    }
    let [rows, done, later] = sorted;
    let presses = |line: &Shown| matches!(line.state, "overdue" | "today" | "returned");
    Module {
        name: curriculum.name.clone(),
        is_own: curriculum.name == OWN,
        title: curriculum.title.clone(),
        summary: curriculum.summary.clone(),
        progress,
        is_pressing: rows.iter().flat_map(|row| &row.open).any(presses),
        rows,
        done,
        later,
        to_come: branches.to_come(curriculum),
    }
}

/// Whether a step was closed without being done.
fn is_dropped(standing: &str) -> bool {
    matches!(standing, "closed" | "not-taken" | "ended" | "waived" | "skipped" | "plan-ended")
}

/// The weeks of a plan: over, and the rest.
fn weeks(world: &PlanWorld, lines: Vec<StepLine>, today: NaiveDate) -> (Vec<Week>, Vec<Week>) {
    let this = monday(today);
    let mut due: BTreeMap<NaiveDate, Vec<StepLine>> = BTreeMap::new();
    due.entry(this).or_default();
    // What was not taken has no week.
    for line in lines.into_iter().filter(|line| line.standing != "not-taken") {
        due.entry(monday(line.due.date)).or_default().push(line);
    }
    let checkpoints = today::checkpoints(world, today);
    for checkpoint in &checkpoints {
        due.entry(monday(checkpoint.dated.date)).or_default();
    }
    let week = |(start, lines): (NaiveDate, Vec<StepLine>)| Week {
        monday: start,
        sunday: start.checked_add_days(Days::new(6)).unwrap_or(start),
        is_now: start == this,
        is_past: start < this,
        checkpoints: checkpoints.iter().filter(|one| monday(one.dated.date) == start).cloned().collect(),
        cards: cards::grouped(None, lines),
    };
    due.into_iter().map(week).partition(|week| week.is_past)
}

fn monday(day: NaiveDate) -> NaiveDate {
    let since = u64::from(day.weekday().num_days_from_monday());
    day.checked_sub_days(Days::new(since)).unwrap_or(day)
}
