//! Letters about a plan as a whole: its first morning, its reports, its end.

use std::rc::Rc;

use chrono::NaiveDate;

use super::brief::of_other_plans;
use super::desk::Desk;
use super::lists::{mail_lines, open_by};
use super::{Body, CheckpointLetter, GraduationLetter, MOST, ModuleLine, Short, WelcomeLetter};
use crate::app::Error;
use crate::app::pages::cards;
use crate::app::worlds::{Names, PlanWorld};
use crate::engine::arrange::Ending;
use crate::engine::calendar::Anchor;
use crate::engine::plan::{Plan, Progress};
use crate::engine::release::Curriculum;
use crate::engine::vocabulary::{PlanId, Role};
use crate::engine::zone::local_date;
use crate::store::pool::Tx;

async fn world(tx: &mut Tx, desk: &Desk<'_>) -> Result<Option<(Rc<PlanWorld>, Names)>, Error> {
    let Some(world) = desk.world.clone() else { return Ok(None) };
    let names = Names::around(tx, desk.person.viewer().scope(), &[&world.plan]).await?;
    Ok(Some((world, names)))
}

/// The first morning in the role; none when the plan is over already.
pub(super) async fn welcome(tx: &mut Tx, desk: &mut Desk<'_>) -> Result<Option<Body>, Error> {
    let Some((world, names)) = world(tx, desk).await? else { return Ok(None) };
    if world.plan.arranged.ended.is_some() {
        return Ok(None);
    }
    let soon = world.calendar.after(world.today(desk.moment.now), world.release.program.due_soon);
    let steps = open_by(desk, &world, &names, soon, |line| line.line.who == Role::Manager);
    let today_url = desk.url("/today");
    let others = of_other_plans(tx, desk, world.plan.id).await?;
    let cast = &world.plan.cast;
    Ok(Some(Body::Welcome(WelcomeLetter {
        name: desk.person.name.clone(),
        program: world.release.program.title.clone(),
        summary: world.release.program.summary.clone(),
        first_day: world.first_day(),
        calendar: world.calendar.title.clone(),
        superior: names.person(cast.superior),
        mentor: cast.mentor.mentor().map(|mentor| names.person(mentor)),
        hr: names.person(cast.hr),
        steps: Short::new(steps, MOST, &today_url),
        others,
        today_url,
    })))
}

/// The key of a superior's report.
pub fn checkpoint_key(plan: PlanId, plan_day: u16) -> String {
    format!("checkpoint:{plan}:{plan_day}")
}

/// A superior's report; none when they have no part in the plan any more, or it is over.
pub(super) async fn checkpoint(tx: &mut Tx, desk: &mut Desk<'_>) -> Result<Option<Body>, Error> {
    let plan_day = desk.claimed.dedup_key.rsplit(':').next().and_then(|day| day.parse().ok());
    let (Some((world, names)), Some(plan_day)) = (world(tx, desk).await?, plan_day) else { return Ok(None) };
    let plan = &world.plan;
    if plan.cast.superior != desk.person.id || plan.arranged.ended.is_some() {
        return Ok(None);
    }
    let checkpoints = &world.release.program.checkpoints;
    let before = checkpoints.iter().copied().filter(|day| *day < plan_day).max();
    let after = checkpoints.iter().copied().filter(|day| *day > plan_day).min().unwrap_or(world.release.program.ends);
    let date = |day| world.calendar.plan_date(plan.effective, day);
    let since = before.map_or(plan.effective, date);
    let today = world.today(desk.moment.now);
    let all: Vec<_> = mail_lines(desk, &world, &names).collect();
    // A line of a page that gathers rituals lapses, and nobody is chased for it.
    let is_late =
        |line: &&super::MailLine| line.line.standing == "overdue" && cards::gathering(&world, &line.line).is_none();
    let overdue = all.iter().filter(is_late).cloned().collect();
    let is_next = |line: &&super::MailLine| {
        let is_ahead = matches!(line.line.standing, "open" | "later" | "blocked");
        is_ahead && !line.line.is_ritual && line.line.due.date >= today && line.line.due.date <= date(after)
    };
    let progress = plan.progress(&world.release);
    let anchor = Anchor::PlanDay { n: plan_day, effective: plan.effective };
    let plan_url = desk.url(&format!("/plans/{}", plan.id));
    let acts = desk.report_acts(plan.id, plan_day);
    Ok(Some(Body::Checkpoint(CheckpointLetter {
        name: desk.person.name.clone(),
        manager: world.manager.name.clone(),
        program: world.release.program.title.clone(),
        plan_day,
        date: world.calendar.dated(date(plan_day), anchor, plan.effective),
        calendar: world.calendar.title.clone(),
        progress,
        percent: progress.percent(),
        modules: world.release.curricula.iter().filter_map(|one| module(&world, one)).collect(),
        done: done_since(&world, since),
        since,
        overdue: Short::new(overdue, MOST, &plan_url),
        next: Short::new(all.iter().filter(is_next).cloned().collect(), MOST, &plan_url),
        mentor: plan.cast.mentor.mentor().map(|mentor| names.person(mentor)),
        acts,
        plan_url,
    })))
}

/// Of what progress counts: turns of a ritual would make it more than all.
fn done_since(world: &PlanWorld, since: NaiveDate) -> usize {
    world.plan.done_in(&world.release, |at| local_date(at, world.zone()) >= since)
}

fn module(world: &PlanWorld, curriculum: &Curriculum) -> Option<ModuleLine> {
    let own = |plan: &Plan| {
        let mut plan = plan.clone();
        plan.steps.retain(|key, _| curriculum.steps.iter().any(|def| def.id == key.id));
        plan
    };
    let progress: Progress = own(&world.plan).progress(&world.release);
    let title = curriculum.title.clone();
    (progress.all > 0).then(|| ModuleLine { title, progress, percent: progress.percent() })
}

/// The end of a plan that was gone through; none when that was undone.
pub(super) async fn graduation(tx: &mut Tx, desk: &mut Desk<'_>) -> Result<Option<Body>, Error> {
    let Some((world, names)) = world(tx, desk).await? else { return Ok(None) };
    let Some(ended) = world.plan.arranged.ended.as_ref().filter(|ended| ended.how == Ending::Graduated) else {
        return Ok(None);
    };
    let cast = &world.plan.cast;
    Ok(Some(Body::Graduation(GraduationLetter {
        name: desk.person.name.clone(),
        program: world.release.program.title.clone(),
        first_day: world.first_day().date,
        last_day: local_date(ended.at, world.zone()),
        progress: world.plan.progress(&world.release),
        superior: names.person(cast.superior),
        mentor: cast.mentor.mentor().map(|mentor| names.person(mentor)),
        hr: names.person(cast.hr),
        plan_url: desk.url(&format!("/plans/{}", world.plan.id)),
    })))
}
