//! One step: what to do, why then, the form, what was handed in, and what others said about it.

mod row;
mod said;

use chrono::{DateTime, Utc};
use diesel_async::AsyncPgConnection;
use serde::Serialize;

pub use row::FromRow;
pub use said::{Evidence, Remark, ReviewView};
use said::{Read, evidence, remarks, review};

use super::arrange::banner;
use super::arrange::closing::{self, Closing};
use super::branches::Branches;
use super::cards::{self, Blocker, Shown};
use super::field_view::FieldView;
use super::lines::line;
use super::meeting::{self, MeetingBlock};
use super::practice;
use super::pulse::{self, PulseBlock};
use super::reports::{self, Heard};
use super::snooze::{self, SnoozeView};
use super::step_form::{self, Asked, StepForm};
use crate::app::wording::Wording;
use crate::app::worlds::{self, Names, PlanWorld};
use crate::app::{Error, earlier, mentoring, steps};
use crate::engine::access::{self, Actor, Viewer};
use crate::engine::decide::{Act, Request, decide};
use crate::engine::form::Answers;
use crate::engine::growth::Known;
use crate::engine::message::Message;
use crate::engine::plan::{Mentoring, Step, StepState};
use crate::engine::release::StepDef;
use crate::engine::vocabulary::{PlanId, Role, StepKey, Text};
use crate::store::{plans, writings};

/// The page of a step.
#[derive(Debug, Clone, Serialize)]
pub struct StepPage {
    pub plan_href: String,
    pub history_href: String,
    /// Where its curriculum's answers are put together for the viewer.
    pub practice_href: Option<String>,
    /// The viewer is the plan's manager.
    pub is_own: bool,
    pub step: Shown,
    pub body: Text,
    /// The row for which it stands.
    pub row: Option<FromRow>,
    pub source: Option<String>,
    /// Who does it, and who reviews it; none while the part is nobody's.
    pub doer: Option<String>,
    pub reviewer: Option<String>,
    /// Whom either stands in for, as the mentor.
    pub stands_for: Option<String>,
    pub waits_for: Vec<Blocker>,
    /// Who reads what was handed in, by the release in which it was answered; before that, what will be.
    pub readers: Vec<Role>,
    /// Who reads what is written here from now on.
    pub visible_to: Vec<Role>,
    /// The version of the plan that the page shows; an act on an older one is stopped.
    pub seen: u64,
    /// When it was shown, by the server's clock.
    pub now: DateTime<Utc>,
    pub asks: bool,
    pub may_read: bool,
    pub may_review: bool,
    /// Nothing goes back once the plan ended, or its module was left out.
    pub may_return: bool,
    pub may_take_back: bool,
    /// A reviewer's own yes or no.
    pub may_reconsider: bool,
    /// None where no mail would offer it.
    pub snooze: Option<SnoozeView>,
    pub form: Option<StepForm>,
    pub evidence: Option<Evidence>,
    pub review: Option<ReviewView>,
    /// Of a step that reports to somebody.
    pub report: Option<Heard>,
    /// Why it was closed without being done.
    pub closing: Option<Closing>,
    pub remarks: Vec<Remark>,
    /// The other turns of the same step, oldest first.
    pub turns: Vec<Turn>,
    pub mentoring: Option<MentorQuestion>,
    pub meeting: Option<MeetingBlock>,
    pub pulse: Option<PulseBlock>,
    pub line: Typed,
    pub comment: Typed,
    /// What was typed into a form that is no longer there: handed in from another window meanwhile.
    pub not_kept: Vec<FieldView>,
    /// The viewer's own draft of a step that closed before it was handed in.
    pub left_draft: Option<LeftDraft>,
    #[serde(skip)]
    pub asked: Asked,
}

impl StepPage {
    /// Shows what was typed and refused, so that nobody has to write it again.
    pub fn show_typed(&mut self, answers: &Answers) {
        match &mut self.form {
            Some(form) => form.typed(answers, &[]),
            None => self.not_kept = self.asked.typed(answers),
        }
    }
}

/// A draft that can no longer be handed in, to be read.
#[derive(Debug, Clone, Serialize)]
pub struct LeftDraft {
    pub saved_at: DateTime<Utc>,
    pub answers: Vec<FieldView>,
}

/// Another turn of the same step.
#[derive(Debug, Clone, Serialize)]
pub struct Turn {
    pub n: u16,
    pub is_this: bool,
    #[serde(flatten)]
    pub step: Shown,
}

/// The step that is done when the mentor says yes.
#[derive(Debug, Clone, Serialize)]
pub struct MentorQuestion {
    /// As [`mentoring::state`] says.
    pub is: &'static str,
    /// The viewer is the one who was asked.
    pub is_yours: bool,
}

/// One text of a form that may have come back.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Typed {
    pub text: String,
    pub problem: Option<Message>,
}

/// A step of a plan that the viewer has a part in.
///
/// # Errors
/// The viewer does not see the plan, it has no such step, or the database fails.
pub async fn load(
    conn: &mut AsyncPgConnection,
    viewer: Viewer,
    plan: PlanId,
    key: &StepKey,
    now: DateTime<Utc>,
) -> Result<StepPage, Error> {
    let world = worlds::find(conn, viewer.scope(), plan).await?;
    let step = world.plan.steps.get(key).ok_or(Error::NotFound)?;
    let def = world.release.step(&key.id).ok_or(Error::NotFound)?;
    let names = Names::with_rows(conn, viewer.scope(), &[&world]).await?;
    let read = Read::load(conn, viewer, (&world, &names), key, step).await?;
    let line = line(&world, &names, viewer, (key, step, def), world.today(now));
    let waits_for = cards::blockers(&line.waits_for);
    let mut shown = cards::shown(line);
    if shown.state == "not-taken" {
        let known = worlds::known(conn, &world).await?;
        let today = world.today(now);
        Branches { world: &world, names: &names, viewer, known: &known, today }.explain(&mut shown);
    }
    let wording = Wording::of_step(&world, &names, viewer, key);
    let filled = wording.step(def);
    let may_read = access::may_read(&world.plan, def, viewer);
    let form = if shows_form(&world, step, def, viewer) {
        let earlier = read.of(step.state.evidence());
        let beside = read.beside.clone();
        Some(step_form::load(conn, viewer, (&world, &names), (key, &filled), now, earlier, beside).await?)
    } else {
        None
    };
    let asked = Asked::new(world.plan.asks(key, &filled), read.beside.clone());
    let left_draft = left_draft(conn, viewer, &world, key, &asked).await?;
    // What was answered is shown beside what was asked then.
    let asked_then = match step.state.evidence() {
        Some(evidence) => earlier::answered_def(conn, &world, evidence).await?,
        None => None,
    };
    let asked_then = asked_then.map_or_else(|| filled.clone(), |def| wording.step(&def));
    let pulse = pulse::block(conn, viewer, &world, (key, &filled), now).await?;
    let may_read_then = access::may_read(&world.plan, &asked_then, viewer);
    let evidence = evidence(step, &asked_then, may_read_then, form.is_some(), &read);
    let review = review(step, &read);
    let closing = closing::of(conn, viewer, &world, step).await?;
    let report = reports::heard(conn, viewer, (&world, &names), key, now).await?;
    let on_duty = |role: Role| access::holder_on(&world.plan, role, world.today(now)).map(|id| names.person(id));
    Ok(StepPage {
        plan_href: format!("/plans/{plan}"),
        history_href: format!("/plans/{plan}/history?step={key}"),
        practice_href: practice::href_beside(&world, viewer, key),
        is_own: world.plan.cast.manager == viewer.id,
        step: shown,
        body: filled.body,
        row: row::of(conn, viewer, (&world, &names), (key, def)).await?,
        source: def.source.clone(),
        doer: on_duty(def.who),
        reviewer: def.review.and_then(on_duty),
        stands_for: banner::stands_for(&world, &names, Role::Mentor, world.today(now)),
        waits_for,
        readers: evidence.as_ref().map_or(def, |_| &asked_then).visible_to.clone(),
        visible_to: def.visible_to.clone(),
        seen: world.plan.version,
        now,
        asks: !world.plan.asks(key, def).is_empty() || evidence.as_ref().is_some_and(|one| one.answers.is_some()),
        may_read,
        may_review: access::may_review(&world.plan, def, viewer) && matches!(step.state, StepState::HandedIn { .. }),
        may_return: world.plan.arranged.may_return(&world.release, &key.id),
        may_take_back: may(&world, viewer, key, Act::TakeBack, now),
        may_reconsider: may(&world, viewer, key, Act::Reconsider, now),
        snooze: snooze::view(conn, &world, viewer, key, now).await?,
        form,
        evidence,
        review,
        report,
        closing,
        remarks: remarks(step, &read),
        turns: turns(&world, viewer, &names, key, now),
        mentoring: mentor_question(&world, viewer, def),
        meeting: meeting::block(conn, viewer, (&world, &names), key, now).await?,
        pulse,
        line: Typed::default(),
        comment: Typed::default(),
        not_kept: Vec::new(),
        left_draft,
        asked,
    })
}

/// Nobody but its author has a draft, and it stays theirs when the step closes without them.
async fn left_draft(
    conn: &mut AsyncPgConnection,
    viewer: Viewer,
    world: &PlanWorld,
    key: &StepKey,
    asked: &Asked,
) -> Result<Option<LeftDraft>, Error> {
    let state = world.plan.steps.get(key).map(|step| &step.state);
    if !matches!(state, Some(StepState::Lapsed { .. } | StepState::Closed { .. })) {
        return Ok(None);
    }
    let Some((body, saved_at)) = writings::draft(conn, world.plan.id, key, viewer.id).await? else { return Ok(None) };
    let answers = asked.typed(&steps::read(&body));
    Ok((!answers.is_empty()).then_some(LeftDraft { saved_at, answers }))
}

/// How an act on a step came out, for the sentence that says it was done: `ticked` or `handed-in`.
///
/// # Errors
/// The viewer does not see the plan, or the database fails.
pub async fn handed_in(
    conn: &mut AsyncPgConnection,
    viewer: Viewer,
    plan: PlanId,
    key: &StepKey,
) -> Result<&'static str, Error> {
    let plan = plans::find(conn, viewer.scope(), plan).await?.ok_or(Error::NotFound)?;
    let is_done = plan.steps.get(key).is_some_and(|step| step.state.is_done());
    Ok(if is_done { "ticked" } else { "handed-in" })
}

/// Whoever does the step may prepare it before it opens; only a closed step or one in review has no
/// form, and the mentor's yes is said elsewhere.
fn shows_form(world: &PlanWorld, step: &Step, def: &StepDef, viewer: Viewer) -> bool {
    matches!(step.state, StepState::Todo { .. } | StepState::Returned { .. })
        && access::may_do(&world.plan, def, viewer)
        && !is_accepting(world, def)
}

fn is_accepting(world: &PlanWorld, def: &StepDef) -> bool {
    world.release.program.mentor_accepts.as_ref() == Some(&def.id)
}

/// The engine's own rule, asked without doing anything.
fn may(world: &PlanWorld, viewer: Viewer, key: &StepKey, act: Act, now: DateTime<Utc>) -> bool {
    let request = Request::Step { step: key.clone(), seen: None, act };
    decide(&world.world(&Known::new()), Actor::Person(viewer), request, now).is_ok()
}

fn turns(world: &PlanWorld, viewer: Viewer, names: &Names, key: &StepKey, now: DateTime<Utc>) -> Vec<Turn> {
    let turns: Vec<Turn> = world
        .plan
        .steps
        .iter()
        .filter(|(other, _)| other.chain() == key.chain())
        .filter_map(|(other, step)| {
            let def = world.release.step(&other.id)?;
            let line = line(world, names, viewer, (other, step, def), world.today(now));
            Some(Turn { n: def.number(other).unwrap_or(other.turn), is_this: other == key, step: cards::shown(line) })
        })
        .collect();
    if turns.len() > 1 { turns } else { Vec::new() }
}

fn mentor_question(world: &PlanWorld, viewer: Viewer, def: &StepDef) -> Option<MentorQuestion> {
    is_accepting(world, def).then(|| MentorQuestion {
        is: mentoring::state(&world.plan),
        is_yours: matches!(world.plan.cast.mentor, Mentoring::Asked { who, .. } if who == viewer.id),
    })
}
