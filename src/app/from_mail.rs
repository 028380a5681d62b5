//! What one press in a mail does: on a step, on a report. A link does one thing, for one person; pressed
//! twice it does it once; when the step has moved on it does nothing more.

use chrono::{DateTime, Utc};
use diesel_async::AsyncPgConnection;

use super::steps::{self, At};
use super::worlds::{self, PlanWorld};
use super::{Error, Moment, moment, reports, snoozing};
use crate::engine::Refusal;
use crate::engine::access::{Actor, Viewer};
use crate::engine::decide::{Act, Request, decide};
use crate::engine::form::Answers;
use crate::engine::growth::Known;
use crate::engine::plan::StepState;
use crate::engine::vocabulary::{PersonId, PlanId};
use crate::store::links::{self, Found, ReportAct, StepAct, StepLink};
use crate::store::people::{self, Person};
use crate::store::plans;
use crate::store::pool::Tx;
use crate::store::report_answers::{self, About};
use crate::store::snoozes::Snooze;

/// What a link does, for whom, and how things stand.
#[derive(Debug, Clone)]
pub struct Pressed {
    pub person: Person,
    pub does: Found,
    /// None: the person has no part in the plan any more.
    pub world: Option<PlanWorld>,
    pub who: Viewer,
    /// How far they have put the step off, whatever the link does.
    pub snooze: Option<Snooze>,
    /// What they answered to the report, if they did.
    pub answer: Option<ReportAct>,
}

/// What is behind a link; looking changes nothing.
///
/// # Errors
/// There is no such link.
pub async fn behind(conn: &mut AsyncPgConnection, secret: &str) -> Result<Pressed, Error> {
    let (person, does) = found(conn, secret).await?;
    let who = viewer(conn, person, does.plan()).await?;
    let person = people::find(conn, person).await?.ok_or(Error::NotFound)?;
    let world = match worlds::find(conn, who.scope(), does.plan()).await {
        Ok(world) => Some(world).filter(|world| is_theirs(world, &does, person.id)),
        Err(Error::NotFound) => None,
        Err(error) => return Err(error),
    };
    let (snooze, answer) = match &does {
        Found::Step(StepLink { step, act: StepAct::Answer(_), .. }) => match &world {
            Some(world) => (None, reports::answered(conn, world, step, who).await?),
            None => (None, None),
        },
        Found::Step(on) => (snoozing::of(conn, on.plan, &on.step, person.id).await?, None),
        Found::Report { plan, day, .. } => (None, answered(conn, *plan, *day, person.id).await?),
    };
    Ok(Pressed { person, does, world, who, snooze, answer })
}

fn is_theirs(world: &PlanWorld, does: &Found, person: PersonId) -> bool {
    match does {
        Found::Step(_) => true,
        Found::Report { .. } => world.plan.cast.superior == person,
    }
}

impl Pressed {
    /// Whether all stands as the link would leave it.
    pub fn is_done(&self, world: &PlanWorld, now: DateTime<Utc>) -> bool {
        match &self.does {
            Found::Step(on) if on.act == StepAct::Snooze => {
                // A step that closed since is put off by nobody.
                let refused = snoozing::may(world, &on.step, self.who, None).is_err();
                snoozing::lasts(self.snooze, world.today(now)).is_some() && !refused
            }
            Found::Step(StepLink { act: StepAct::Answer(answer), .. }) => self.answer == Some(*answer),
            Found::Step(on) => stands(world, on, self.person.id),
            Found::Report { act, .. } => self.answer == Some(*act),
        }
    }

    /// Whether a press would be followed now, as far as no word of it decides that.
    ///
    /// # Errors
    /// What the rules say.
    pub fn would_do(&self, world: &PlanWorld, now: DateTime<Utc>) -> Result<(), Refusal> {
        let on = match &self.does {
            Found::Step(on) => on,
            Found::Report { .. } => return not_ended(world),
        };
        let act = match on.act {
            StepAct::Snooze => return snoozing::may(world, &on.step, self.who, self.snooze),
            StepAct::Done => Act::HandIn { answers: Answers::default(), evidence: None },
            StepAct::Accept => Act::Accept { line: None },
            StepAct::Return => Act::Return { line: None },
            StepAct::Answer(_) => return reports::may(world, &on.step, self.who, Some(on.seen)),
        };
        match self.decides(world, on, Some(on.seen), act, now) {
            Err(Refusal::LineNeeded) => Ok(()), // asked for on the page
            Ok(()) if on.act == StepAct::Done => is_plain(world, on),
            decided => decided,
        }
    }

    /// Whether what the link did could be taken back.
    pub fn may_undo(&self, world: &PlanWorld, now: DateTime<Utc>) -> bool {
        match &self.does {
            Found::Report { .. } => not_ended(world).is_ok(),
            Found::Step(on) if on.act == StepAct::Snooze => true,
            Found::Step(StepLink { step, act: StepAct::Answer(_), .. }) => {
                reports::may(world, step, self.who, None).is_ok()
            }
            Found::Step(on) => {
                let act = if on.act == StepAct::Done { Act::TakeBack } else { Act::Reconsider };
                self.decides(world, on, None, act, now).is_ok()
            }
        }
    }

    /// The engine's own rule, asked without doing anything.
    fn decides(
        &self,
        world: &PlanWorld,
        on: &StepLink,
        seen: Option<u64>,
        act: Act,
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        let request = Request::Step { step: on.step.clone(), seen, act };
        decide(&world.world(&Known::new()), Actor::Person(self.who), request, now).map(drop)
    }
}

/// Does what a link is for.
///
/// # Errors
/// There is no such link; or the rules refuse it now.
pub async fn press(tx: &mut Tx, secret: &str, line: &str, moment: &Moment) -> Result<(), Error> {
    let (person, does) = found(tx, secret).await?;
    match does {
        Found::Step(on) => step(tx, person, &on, line, moment).await,
        Found::Report { plan, day, act } => report(tx, person, plan, day, act, moment).await,
    }
}

/// Takes back what a link did; when that does not stand any more, nothing.
///
/// # Errors
/// There is no such link; or others have built on it.
pub async fn undo(tx: &mut Tx, secret: &str, moment: &Moment) -> Result<(), Error> {
    let (person, does) = found(tx, secret).await?;
    let who = viewer(tx, person, does.plan()).await?;
    match does {
        Found::Step(StepLink { plan, step, act: StepAct::Snooze, .. }) => {
            snoozing::take_back(tx, who, (plan, &step), moment).await
        }
        Found::Step(StepLink { plan, step, act: StepAct::Answer(answer), .. }) => {
            reports::take_back(tx, who, (plan, &step), answer).await
        }
        Found::Step(on) => {
            let world = worlds::lock(tx, who.scope(), on.plan).await?;
            if !stands(&world, &on, person) {
                return Ok(());
            }
            let at = At { plan: on.plan, step: on.step.clone(), seen: None };
            match on.act {
                StepAct::Done => steps::take_back(tx, who, &at, moment).await?,
                _ => steps::reconsider(tx, who, &at, moment).await?,
            }
            let world = worlds::find(tx, who.scope(), on.plan).await?;
            let touched = world.plan.steps.get(&on.step).map_or(on.seen, |step| step.touched);
            // All is as the letter showed it: what it offers can be pressed again.
            Ok(links::shown_again(tx, person, &on, touched).await?)
        }
        Found::Report { plan, day, act } => {
            superior(tx, person, plan).await?;
            match answered(tx, plan, day, person).await? {
                Some(answer) if answer == act => {
                    Ok(report_answers::take_back(tx, plan, &About::Checkpoint(day)).await?)
                }
                _ => Ok(()),
            }
        }
    }
}

/// Does one thing about one step; the same again changes nothing.
///
/// # Errors
/// The rules refuse it now, or it needs more than a press.
pub async fn step(tx: &mut Tx, person: PersonId, on: &StepLink, line: &str, moment: &Moment) -> Result<(), Error> {
    let who = viewer(tx, person, on.plan).await?;
    let at = At { plan: on.plan, step: on.step.clone(), seen: Some(on.seen) };
    let world = worlds::lock(tx, who.scope(), on.plan).await?;
    match on.act {
        StepAct::Snooze => snoozing::put_off(tx, who, (on.plan, &on.step), snoozing::DAYS, moment).await,
        _ if stands(&world, on, person) => Ok(()),
        StepAct::Done => {
            is_plain(&world, on)?;
            steps::hand_in(tx, who, &at, Answers::default(), moment).await
        }
        StepAct::Accept => steps::accept(tx, who, &at, line, moment).await,
        StepAct::Return => steps::send_back(tx, who, &at, line, moment).await,
        StepAct::Answer(answer) => reports::answer(tx, who, &at, answer, moment).await,
    }
}

/// Nobody fills in a form with a press.
fn is_plain(world: &PlanWorld, on: &StepLink) -> Result<(), Refusal> {
    let def = world.release.step(&on.step.id).ok_or_else(|| Refusal::NoSuchStep { step: on.step.clone() })?;
    match world.plan.asks(&on.step, def).is_empty() {
        true => Ok(()),
        false => Err(Refusal::Evidence(Vec::new())),
    }
}

/// Whether a step stands as a link would leave it, by its person.
fn stands(world: &PlanWorld, on: &StepLink, person: PersonId) -> bool {
    match (world.plan.steps.get(&on.step).map(|step| &step.state), on.act) {
        (Some(StepState::HandedIn { by, .. } | StepState::Done { by, .. }), StepAct::Done) => *by == person,
        (Some(StepState::Done { review: Some(review), .. }), StepAct::Accept) => review.by == person,
        (Some(StepState::Returned { by, .. }), StepAct::Return) => *by == person,
        _ => false,
    }
}

/// A superior's answer to a report.
///
/// # Errors
/// They are not the superior any more, or the plan is over.
pub async fn report(
    tx: &mut Tx,
    person: PersonId,
    plan: PlanId,
    day: u16,
    answer: ReportAct,
    moment: &Moment,
) -> Result<(), Error> {
    superior(tx, person, plan).await?;
    if answered(tx, plan, day, person).await? == Some(answer) {
        return Ok(());
    }
    Ok(report_answers::put(tx, plan, &About::Checkpoint(day), (person, answer), moment.now).await?)
}

async fn answered(
    conn: &mut AsyncPgConnection,
    plan: PlanId,
    day: u16,
    person: PersonId,
) -> Result<Option<ReportAct>, Error> {
    let answers = report_answers::of_plan(conn, plan).await?;
    Ok(answers.iter().find(|one| (&one.about, one.by) == (&About::Checkpoint(day), person)).map(|one| one.answer))
}

async fn superior(tx: &mut Tx, person: PersonId, plan: PlanId) -> Result<(), Error> {
    let world = worlds::lock(tx, Actor::Program.scope(), plan).await?;
    if world.plan.cast.superior != person {
        return Err(Error::NotFound);
    }
    Ok(not_ended(&world)?)
}

fn not_ended(world: &PlanWorld) -> Result<(), Refusal> {
    match &world.plan.arranged.ended {
        Some(ended) => Err(Refusal::PlanEnded { how: ended.how, at: ended.at }),
        None => Ok(()),
    }
}

async fn found(conn: &mut AsyncPgConnection, secret: &str) -> Result<(PersonId, Found), Error> {
    links::acting(conn, &moment::token_hash(secret)).await?.ok_or(Error::NotFound)
}

/// A mail is no sign-in: whoever acts from one acts in their own part alone, and as HR only in a plan that
/// names them as its HR.
///
/// # Errors
/// There is no such person or plan.
pub async fn viewer(conn: &mut AsyncPgConnection, person: PersonId, plan: PlanId) -> Result<Viewer, Error> {
    let found = people::find(conn, person).await?.ok_or(Error::NotFound)?;
    let plan = plans::find(conn, Actor::Program.scope(), plan).await?.ok_or(Error::NotFound)?;
    Ok(Viewer { id: person, is_hr: found.is_hr && plan.cast.hr == person })
}
