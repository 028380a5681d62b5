//! One step as the subject of a letter: work that came back, work that waits for an answer.

use std::rc::Rc;

use super::desk::Desk;
use super::lists::{done, single};
use super::{Body, GateLetter, HandedIn, ReportLetter, ReturnedLetter, ReviewLetter};
use crate::app::worlds::{Names, PlanWorld, title};
use crate::app::{Error, pages, reports};
use crate::engine::access::{self, Viewer};
use crate::engine::plan::StepState;
use crate::engine::release::StepDef;
use crate::engine::vocabulary::{StepKey, Text};
use crate::store::links::{ReportAct, StepAct};
use crate::store::pool::Tx;

async fn world(tx: &mut Tx, desk: &Desk<'_>) -> Result<Option<(Rc<PlanWorld>, Names, StepKey)>, Error> {
    let (Some(world), Some(step)) = (desk.world.clone(), desk.claimed.step.clone()) else { return Ok(None) };
    let names = Names::around(tx, desk.person.viewer().scope(), &[&world.plan]).await?;
    Ok(Some((world, names, step)))
}

/// Work came back; none when it was handed in again meanwhile.
pub(super) async fn returned(tx: &mut Tx, desk: &mut Desk<'_>) -> Result<Option<Body>, Error> {
    let Some((world, names, step)) = world(tx, desk).await? else { return Ok(None) };
    let Some(StepState::Returned { by, .. }) = world.plan.steps.get(&step).map(|step| &step.state) else {
        return Ok(None);
    };
    let by = match crate::store::people::find(tx, *by).await? {
        Some(person) => person.name,
        None => String::new(),
    };
    let Some(def) = world.release.step(&step.id).filter(|def| access::may_do(&world.plan, def, desk.person.viewer()))
    else {
        return Ok(None);
    };
    let acts = done(&world, &step, def).into_iter().collect();
    let line = single(desk, &world, &names, &step, |_| acts);
    Ok(line.map(|line| Body::Returned(ReturnedLetter { name: desk.person.name.clone(), by, line })))
}

/// Work waits for the reader's answer; none when somebody has answered, or it was taken back.
pub(super) async fn to_review(tx: &mut Tx, desk: &mut Desk<'_>, is_gate: bool) -> Result<Option<Body>, Error> {
    let Some((world, names, step)) = world(tx, desk).await? else { return Ok(None) };
    let waits = matches!(world.plan.steps.get(&step).map(|step| &step.state), Some(StepState::HandedIn { .. }));
    let today = world.today(desk.moment.now);
    let viewer = desk.person.viewer();
    let def = world.release.step(&step.id).filter(|def| {
        let is_on_duty = |role| access::is_on_duty(&world.plan, viewer.id, role, today);
        access::may_review(&world.plan, def, viewer) && def.review.is_some_and(is_on_duty)
    });
    let Some(def) = def.filter(|_| waits) else { return Ok(None) };
    let opens = behind(&world, &def.id);
    let acts = |_: &_| vec![StepAct::Accept, StepAct::Return];
    let Some(line) = single(desk, &world, &names, &step, acts) else { return Ok(None) };
    let handed_in = handed_in(tx, viewer, (&world, &names), &step, def).await?;
    let (name, manager) = (desk.person.name.clone(), world.manager.name.clone());
    Ok(Some(if is_gate {
        Body::Gate(GateLetter { name, manager, line, handed_in, opens })
    } else {
        Body::Review(ReviewLetter { name, manager, line, handed_in })
    }))
}

/// What the reader needs to judge a step that reports to them, without signing in.
async fn handed_in(
    tx: &mut Tx,
    viewer: Viewer,
    around: (&PlanWorld, &Names),
    step: &StepKey,
    def: &StepDef,
) -> Result<Vec<HandedIn>, Error> {
    if def.report.is_none() {
        return Ok(Vec::new());
    }
    let (world, _) = around;
    let is_of_same = |key: &StepKey| key.member.is_none() || key.member == step.member;
    let newest = |id| world.plan.of(id).filter(|(key, step)| is_of_same(key) && step.state.is_done()).last();
    let before = def.after.iter().filter_map(newest).map(|(key, _)| key);
    let mut found = Vec::new();
    for key in std::iter::once(step).chain(before) {
        let readable = world.release.step(&key.id).is_some_and(|def| access::may_read(&world.plan, def, viewer));
        let said = if readable { pages::reports::answers(tx, viewer, around, key).await?.flatten() } else { None };
        found.extend(said.map(|said| HandedIn { of: title(&world.release, key), said }));
    }
    Ok(found)
}

/// What was handed in for the reader to know; none when it was taken back, or they have said something to it.
pub(super) async fn report(tx: &mut Tx, desk: &mut Desk<'_>) -> Result<Option<Body>, Error> {
    let Some((world, names, step)) = world(tx, desk).await? else { return Ok(None) };
    let viewer = desk.person.viewer();
    // Handed in again since: the next letter brings that.
    let owed_at = desk.claimed.dedup_key.split(':').nth(2).and_then(|version| version.parse().ok());
    let stands = reports::may(&world, &step, viewer, owed_at).is_ok();
    if !stands || reports::answered(tx, &world, &step, viewer).await?.is_some() {
        return Ok(None);
    }
    let Some(report) = pages::reports::one(tx, viewer, (&world, &names), &step, desk.moment.now).await? else {
        return Ok(None);
    };
    let acts = |_: &_| [ReportAct::Seen, ReportAct::Talk].map(StepAct::Answer).to_vec();
    let Some(line) = single(desk, &world, &names, &step, acts) else { return Ok(None) };
    let (name, manager) = (desk.person.name.clone(), world.manager.name.clone());
    let said = report.answers.unwrap_or_default();
    Ok(Some(Body::Report(ReportLetter { name, manager, at: report.at, line, said })))
}

/// Titles, without members' names, of the steps that wait for this one and are not closed.
fn behind(world: &PlanWorld, id: &crate::engine::vocabulary::StepId) -> Vec<Text> {
    let waits = |def: &&StepDef| def.after.contains(id);
    let is_open = |def: &StepDef| world.plan.of(&def.id).any(|(_, step)| !step.state.is_closed());
    let waiting = world.release.steps().filter(waits).filter(|def| is_open(def));
    waiting.map(|def| title(&world.release, &StepKey::first(&def.id, None))).collect()
}
