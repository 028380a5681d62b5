//! One step: what to do, why then, the form, what was handed in, and what others said about it.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use diesel_async::AsyncPgConnection;
use serde::Serialize;

use super::arrange::banner;
use super::arrange::closing::{self, Closing};
use super::branches::Branches;
use super::cards::{self, Blocker, Shown};
use super::field_view::{Beside, FieldView};
use super::lines::line;
use super::meeting::{self, MeetingBlock};
use super::snooze::{self, SnoozeView};
use super::step_form::{self, Asked, StepForm};
use crate::app::wording::Wording;
use crate::app::worlds::{self, Names, PlanWorld};
use crate::app::{Error, earlier, mentoring};
use crate::engine::access::{self, Actor, Viewer};
use crate::engine::decide::{Act, Request, decide};
use crate::engine::form::Answers;
use crate::engine::growth::Known;
use crate::engine::message::Message;
use crate::engine::plan::{Mentoring, Step, StepState, WritingRef};
use crate::engine::release::StepDef;
use crate::engine::vocabulary::{PersonId, PlanId, Role, StepKey, Text, WritingId};
use crate::store::writings::{self, Writing};
use crate::store::{files, people, plans};

/// The page of a step.
#[derive(Debug, Clone, Serialize)]
pub struct StepPage {
    pub plan_href: String,
    pub history_href: String,
    /// The viewer is the plan's manager.
    pub is_own: bool,
    pub step: Shown,
    pub body: Text,
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
    pub asks: bool,
    pub may_read: bool,
    pub may_review: bool,
    /// Nothing goes back once the plan ended, or its module was left out.
    pub may_return: bool,
    pub may_take_back: bool,
    /// None where no mail would offer it.
    pub snooze: Option<SnoozeView>,
    pub form: Option<StepForm>,
    pub evidence: Option<Evidence>,
    pub review: Option<ReviewView>,
    /// Why it was closed without being done.
    pub closing: Option<Closing>,
    pub remarks: Vec<Remark>,
    /// The other turns of the same step, oldest first.
    pub turns: Vec<Turn>,
    pub mentoring: Option<MentorQuestion>,
    pub meeting: Option<MeetingBlock>,
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

/// What was handed in.
#[derive(Debug, Clone, Serialize)]
pub struct Evidence {
    pub by: String,
    pub at: DateTime<Utc>,
    /// None for those who see that it is done and not what it says.
    pub answers: Option<Vec<FieldView>>,
    /// The viewer is one of its readers.
    pub may_read: bool,
    /// The words were erased since.
    pub is_erased: bool,
}

/// What a reviewer answered.
#[derive(Debug, Clone, Serialize)]
pub struct ReviewView {
    pub accepted: bool,
    pub by: String,
    pub at: DateTime<Utc>,
    /// None without a line, and for those who may not read it.
    pub line: Option<String>,
}

/// A comment, or a line of an earlier review.
#[derive(Debug, Clone, Serialize)]
pub struct Remark {
    pub by: String,
    pub at: DateTime<Utc>,
    pub is_comment: bool,
    /// None once erased.
    pub words: Option<String>,
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
    let names = Names::around(conn, viewer.scope(), &[&world.plan]).await?;
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
        let standing = world.plan.standing(step, def, world.today(now));
        let earlier = read.of(step.state.evidence());
        let beside = read.beside.clone();
        Some(step_form::load(conn, viewer, (&world, &names), (key, &filled), &standing, earlier, beside).await?)
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
    let may_read_then = access::may_read(&world.plan, &asked_then, viewer);
    let evidence = evidence(step, &asked_then, may_read_then, form.is_some(), &read);
    let review = review(step, &read);
    let closing = closing::of(conn, viewer, &world, step).await?;
    let on_duty = |role: Role| access::holder_on(&world.plan, role, world.today(now)).map(|id| names.person(id));
    Ok(StepPage {
        plan_href: format!("/plans/{plan}"),
        history_href: format!("/plans/{plan}/history?step={key}"),
        is_own: world.plan.cast.manager == viewer.id,
        step: shown,
        body: filled.body,
        source: def.source.clone(),
        doer: on_duty(def.who),
        reviewer: def.review.and_then(on_duty),
        stands_for: banner::stands_for(&world, &names, Role::Mentor, world.today(now)),
        waits_for,
        readers: evidence.as_ref().map_or(def, |_| &asked_then).visible_to.clone(),
        visible_to: def.visible_to.clone(),
        seen: world.plan.version,
        asks: !world.plan.asks(key, def).is_empty() || evidence.as_ref().is_some_and(|one| one.answers.is_some()),
        may_read,
        may_review: access::may_review(&world.plan, def, viewer) && matches!(step.state, StepState::HandedIn { .. }),
        may_return: world.plan.arranged.may_return(&world.release, &key.id),
        may_take_back: may_take_back(&world, viewer, key, now),
        snooze: snooze::view(conn, &world, viewer, key, now).await?,
        form,
        evidence,
        review,
        closing,
        remarks: remarks(step, &read),
        turns: turns(&world, viewer, &names, key, now),
        mentoring: mentor_question(&world, viewer, def),
        meeting: meeting::block(conn, viewer, (&world, &names), key, now).await?,
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
    let answers = asked.typed(&step_form::read(&body));
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

/// The words of a step that a viewer may read, and the names of those who wrote or acted.
struct Read {
    words: Vec<Writing>,
    beside: Beside,
    people: HashMap<PersonId, String>,
}

impl Read {
    async fn load(
        conn: &mut AsyncPgConnection,
        viewer: Viewer,
        (world, names): (&PlanWorld, &Names),
        key: &StepKey,
        step: &Step,
    ) -> Result<Read, Error> {
        let mut words = writings::of_plan(conn, viewer.scope(), world.plan.id, Some(key)).await?;
        words.retain(|writing| !writing.is_reason());
        let files = files::heads_beside(conn, viewer.scope(), world.plan.id, Some(key), &words).await?;
        let beside = Beside::of(world, names, key, &files);
        let mut ids: BTreeSet<PersonId> = words.iter().map(Writing::author).collect();
        match &step.state {
            StepState::HandedIn { by, .. } | StepState::Returned { by, .. } => drop(ids.insert(*by)),
            StepState::Done { by, review, .. } => ids.extend(std::iter::once(*by).chain(review.as_ref().map(|r| r.by))),
            StepState::Todo { .. } | StepState::Lapsed { .. } | StepState::Closed { .. } => {}
        }
        let ids: Vec<PersonId> = ids.into_iter().collect();
        let people = people::some(conn, &ids).await?.into_iter().map(|person| (person.id, person.name)).collect();
        Ok(Read { words, beside, people })
    }

    fn find(&self, id: WritingId) -> Option<&Writing> {
        self.words.iter().find(|writing| writing.id() == id)
    }

    fn of(&self, reference: Option<WritingRef>) -> Option<&Writing> {
        self.find(reference?.id)
    }

    fn name(&self, id: PersonId) -> String {
        self.people.get(&id).cloned().unwrap_or_default()
    }
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

fn evidence(step: &Step, def: &StepDef, may_read: bool, has_form: bool, read: &Read) -> Option<Evidence> {
    let (by, at, reference) = match &step.state {
        StepState::HandedIn { by, at, evidence } | StepState::Done { by, at, evidence, .. } => {
            (Some(*by), *at, *evidence)
        }
        // What was sent back stands in the doer's form, and here for those who have none, as does what
        // was written before a step was closed.
        StepState::Returned { evidence, .. } | StepState::Closed { evidence, .. } if !has_form && may_read => {
            let writing = read.of(*evidence)?;
            (Some(writing.author()), writing.written_at, *evidence)
        }
        _ => return None,
    };
    let words = read.of(reference).map(Writing::words);
    let answers = match &words {
        Some(Some(body)) => step_form::answered(def, body, &read.beside),
        _ => None,
    };
    let is_erased = matches!(words, Some(None));
    let by = by.map(|id| read.name(id)).unwrap_or_default();
    Some(Evidence { by, at, answers, may_read, is_erased })
}

fn review(step: &Step, read: &Read) -> Option<ReviewView> {
    let (accepted, by, at, line) = match &step.state {
        StepState::Returned { by, at, line, .. } => (false, *by, *at, Some(*line)),
        StepState::Done { review: Some(review), .. } => (true, review.by, review.at, review.line),
        _ => return None,
    };
    let line = read.of(line).and_then(Writing::words);
    Some(ReviewView { accepted, by: read.name(by), at, line })
}

/// Comments and the lines of earlier reviews: a reviewer reads again what they asked for.
fn remarks(step: &Step, read: &Read) -> Vec<Remark> {
    let current = match &step.state {
        StepState::Returned { line, .. } => Some(line.id),
        StepState::Done { review: Some(review), .. } => review.line.map(|line| line.id),
        _ => None,
    };
    // The other words that are no comment are answers of earlier hand-ins, which are JSON.
    let is_line = |words: &str| serde_json::from_str::<Answers>(words).is_err();
    read.words
        .iter()
        .filter(|writing| Some(writing.id()) != current)
        .filter(|writing| writing.is_comment() || writing.words().is_some_and(|words| is_line(&words)))
        .map(|writing| Remark {
            by: read.name(writing.author()),
            at: writing.written_at,
            is_comment: writing.is_comment(),
            words: writing.words(),
        })
        .collect()
}

/// The engine's own rule, asked without doing anything.
fn may_take_back(world: &PlanWorld, viewer: Viewer, key: &StepKey, now: DateTime<Utc>) -> bool {
    let request = Request::Step { step: key.clone(), seen: None, act: Act::TakeBack };
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
            Some(Turn { n: other.turn, is_this: other == key, step: cards::shown(line) })
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
