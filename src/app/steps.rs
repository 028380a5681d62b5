//! Acts on one step: hand in, accept, return, take back, comment; and the draft of a form.

use chrono::{DateTime, Utc};

use super::files::{self, Given};
use super::worlds::{self, PlanWorld, plain_words};
use super::{Error, Moment};
use crate::engine::Refusal;
use crate::engine::access::{Actor, Viewer};
use crate::engine::chain;
use crate::engine::decide::{Act, Request};
use crate::engine::form::{self, Answer, Answers, FieldProblem};
use crate::engine::plan::{StepState, WritingRef};
use crate::engine::release::{Field, FieldKind, StepDef};
use crate::engine::vocabulary::{PlanId, Role, StepKey, WritingId, is_blank};
use crate::store;
use crate::store::pool::Tx;
use crate::store::writings::{self, Kind, NewWriting, Writing};

/// The same comment again within this time is the same press.
const ONE_PRESS: chrono::TimeDelta = chrono::TimeDelta::seconds(60);

/// A line or a comment is a few sentences.
const MOST_WORDS: usize = 2000;

/// A step of a plan, and the plan's version when the page that acts was shown.
#[derive(Debug, Clone)]
pub struct At {
    pub plan: PlanId,
    pub step: StepKey,
    pub seen: Option<u64>,
}

/// Hands in the evidence of a step; without a form, ticks it. The same again by the same person changes
/// nothing.
///
/// # Errors
/// The step is not the viewer's, is not open, or the evidence is not what it asks for; then nothing
/// was kept but the draft.
pub async fn hand_in(tx: &mut Tx, who: Viewer, at: &At, given: impl Into<Given>, moment: &Moment) -> Result<(), Error> {
    let world = worlds::lock(tx, who.scope(), at.plan).await?;
    let def = definition(&world, &at.step)?;
    let asks = worlds::asks(tx, &world, &at.step, def).await?;
    let taken = files::take(tx, who, at, &asks, given.into(), moment).await?;
    let members: Vec<_> = world.plan.present().collect();
    let checked = form::check(&asks, &taken.answers, &members);
    if let Ok(clean) = &checked
        && taken.problems.is_empty()
        && stands(tx, &world, who, at, clean).await?
    {
        return Ok(());
    }
    // Only clean answers become words; `decide` checks the same form and says what is wrong.
    let (answers, evidence) = match checked {
        Ok(clean) if clean.is_empty() => (clean, None),
        Ok(clean) => {
            let body = serde_json::to_vec(&clean).map_err(|_| Error::Refused(Refusal::BadWords))?;
            (clean, Some(words(&world, &at.step, who, Kind::Evidence, body, def.visible_to.clone(), moment)))
        }
        Err(_) => (taken.answers.clone(), None),
    };
    let named = files::named(&asks, &answers);
    let act = Act::HandIn { answers, evidence: evidence.as_ref().map(|(_, reference)| *reference) };
    let decided = step_act(tx, &world, who, at, act, moment).await;
    with_uploads(decided, &asks, taken.problems, &taken.answers)?;
    let words = evidence.as_ref().map(|(writing, _)| writing.id);
    keep(tx, evidence).await?;
    for file in taken.files.iter().filter(|file| named.contains(&file.id)) {
        store::files::insert(tx, file).await?;
    }
    if let Some(words) = words {
        store::files::hand_over(tx, at.plan, &named, words).await?;
    }
    store::files::prune(tx, at.plan, &at.step, who.id, &[]).await?;
    writings::drop_draft(tx, at.plan, &at.step, who.id).await?;
    Ok(())
}

/// Whether this very hand-in stands already: a button pressed twice hands in once.
async fn stands(tx: &mut Tx, world: &PlanWorld, who: Viewer, at: &At, given: &Answers) -> Result<bool, Error> {
    let standing = match world.plan.steps.get(&at.step).map(|step| &step.state) {
        Some(StepState::HandedIn { by, evidence, .. } | StepState::Done { by, evidence, .. }) if *by == who.id => {
            evidence
        }
        _ => return Ok(false),
    };
    let Some(standing) = standing else { return Ok(given.is_empty()) };
    let words = writings::of_plan(tx, who.scope(), at.plan, Some(&at.step)).await?;
    let words = words.iter().find(|words| words.id() == standing.id).and_then(Writing::words);
    Ok(words.and_then(|body| serde_json::from_str::<Answers>(&body).ok()).is_some_and(|standing| standing == *given))
}

/// What was decided, with what is wrong with the uploads in its place among the other problems.
fn with_uploads(
    decided: Result<(), Error>,
    asks: &[Field],
    uploads: Vec<FieldProblem>,
    answers: &Answers,
) -> Result<(), Error> {
    let asked = form::asked(asks, answers);
    let is_asked = |id: &str| asked.iter().any(|field| field.id == id);
    let uploads: Vec<FieldProblem> = uploads.into_iter().filter(|problem| is_asked(&problem.field)).collect();
    let mut problems = match decided {
        Err(Error::Refused(Refusal::Evidence(problems))) => problems,
        Ok(()) if !uploads.is_empty() => Vec::new(),
        decided => return decided,
    };
    problems.retain(|problem| uploads.iter().all(|upload| upload.field != problem.field));
    problems.extend(uploads);
    problems.sort_by_key(|problem| asks.iter().position(|field| field.id == problem.field));
    Err(Refusal::Evidence(problems).into())
}

/// Each answer in the shape that its field has: a form may send one of several options, or a name
/// twice.
pub fn fitted(fields: &[Field], given: Answers) -> Answers {
    let is_several =
        |id: &str| fields.iter().any(|field| field.id == id && matches!(field.kind, FieldKind::Several { .. }));
    let fit = |(id, answer): (String, Answer)| {
        let answer = match answer {
            Answer::One(one) if is_several(&id) => Answer::Many(vec![one]),
            Answer::Many(many) if !is_several(&id) => Answer::One(many.into_iter().next().unwrap_or_default()),
            // Rows that stayed empty are no rows to a condition either.
            Answer::Rows(rows) => {
                Answer::Rows(rows.into_iter().filter(|row| row.values().any(|cell| !is_blank(cell))).collect())
            }
            answer => answer,
        };
        (id, answer)
    };
    Answers(given.0.into_iter().map(fit).collect())
}

/// Accepts what was handed in, with a line if the reviewer has one.
///
/// # Errors
/// The viewer does not review the step, or nothing waits for review.
pub async fn accept(tx: &mut Tx, who: Viewer, at: &At, line: &str, moment: &Moment) -> Result<(), Error> {
    review(tx, who, at, line, moment, |line| Act::Accept { line }).await
}

/// Sends back what was handed in, with a line that says what is missing.
///
/// # Errors
/// As [`accept`]; or the line is empty.
pub async fn send_back(tx: &mut Tx, who: Viewer, at: &At, line: &str, moment: &Moment) -> Result<(), Error> {
    review(tx, who, at, line, moment, |line| Act::Return { line }).await
}

async fn review(
    tx: &mut Tx,
    who: Viewer,
    at: &At,
    line: &str,
    moment: &Moment,
    act: impl FnOnce(Option<WritingRef>) -> Act,
) -> Result<(), Error> {
    let world = worlds::lock(tx, who.scope(), at.plan).await?;
    let def = definition(&world, &at.step)?;
    let line = plain_words(line, MOST_WORDS)?;
    let line = (!line.is_empty())
        .then(|| words(&world, &at.step, who, Kind::Line, line.into_bytes(), def.visible_to.clone(), moment));
    let act = act(line.as_ref().map(|(_, reference)| *reference));
    step_act(tx, &world, who, at, act, moment).await?;
    keep(tx, line).await
}

/// Takes back one's own hand-in.
///
/// # Errors
/// It was not the viewer's, or a reviewer has accepted it.
pub async fn take_back(tx: &mut Tx, who: Viewer, at: &At, moment: &Moment) -> Result<(), Error> {
    let world = worlds::lock(tx, who.scope(), at.plan).await?;
    step_act(tx, &world, who, at, Act::TakeBack, moment).await
}

/// A reviewer takes back their own yes or no.
///
/// # Errors
/// It was not theirs, or others have built on it.
pub async fn reconsider(tx: &mut Tx, who: Viewer, at: &At, moment: &Moment) -> Result<(), Error> {
    let world = worlds::lock(tx, who.scope(), at.plan).await?;
    step_act(tx, &world, who, at, Act::Reconsider, moment).await
}

/// Adds a comment, for everybody who reads the step.
///
/// # Errors
/// The viewer does not read the step, or the comment is empty.
pub async fn comment(tx: &mut Tx, who: Viewer, at: &At, text: &str, moment: &Moment) -> Result<(), Error> {
    let world = worlds::lock(tx, who.scope(), at.plan).await?;
    let def = definition(&world, &at.step)?;
    let text = plain_words(text, MOST_WORDS)?;
    if text.is_empty() {
        return Err(Refusal::LineNeeded.into());
    }
    // A button pressed twice says it once.
    let said = writings::of_plan(tx, who.scope(), at.plan, Some(&at.step)).await?;
    let is_repeated = said.iter().rev().find(|words| words.author() == who.id).is_some_and(|last| {
        last.is_comment() && last.words().as_deref() == Some(&text) && moment.now - last.written_at < ONE_PRESS
    });
    if is_repeated {
        return Ok(());
    }
    let comment = words(&world, &at.step, who, Kind::Comment, text.into_bytes(), def.visible_to.clone(), moment);
    step_act(tx, &world, who, at, Act::Comment { comment: comment.1 }, moment).await?;
    keep(tx, Some(comment)).await
}

/// Keeps a form that is not handed in yet. Nothing is checked but who it belongs to, and what was
/// uploaded. Answers what was kept, and which uploads were not.
///
/// # Errors
/// The step is not the viewer's to do, or the draft is larger than any form.
pub async fn save_draft(
    tx: &mut Tx,
    who: Viewer,
    at: &At,
    given: impl Into<Given>,
    moment: &Moment,
) -> Result<(Answers, Vec<FieldProblem>), Error> {
    let world = worlds::find(tx, who.scope(), at.plan).await?;
    let def = fillable(&world, who, &at.step)?;
    let asks = worlds::asks(tx, &world, &at.step, def).await?;
    let taken = files::take(tx, who, at, &asks, given.into(), moment).await?;
    let body = serde_json::to_string(&taken.answers).map_err(|_| Error::Refused(Refusal::BadWords))?;
    if body.chars().count() > 200_000 || !taken.answers.is_plain() {
        return Err(Refusal::BadWords.into());
    }
    for file in &taken.files {
        store::files::insert(tx, file).await?;
    }
    store::files::prune(tx, at.plan, &at.step, who.id, &files::named(&asks, &taken.answers)).await?;
    writings::save_draft(tx, at.plan, &at.step, who.id, &body, moment.now).await?;
    Ok((taken.answers, taken.problems))
}

/// Saves drafts of these steps, unless another window has kept other words since: a form that was filled in without
/// knowing of them would replace them unseen. The same words again are the same window's, whose answer was lost.
///
/// # Errors
/// One did; or saving fails.
pub async fn unless_overtaken<T>(
    tx: &mut Tx,
    (who, plan): (Viewer, PlanId),
    steps: &[StepKey],
    since: Option<DateTime<Utc>>,
    save: impl AsyncFnOnce(&mut Tx) -> Result<T, Error>,
) -> Result<T, Error> {
    let Some(since) = since else { return save(tx).await };
    let others = writings::drafts_since(tx, plan, steps, who.id, since).await?;
    let saved = save(tx).await?;
    if !others.is_empty() {
        let now = writings::drafts_since(tx, plan, steps, who.id, since).await?;
        if others.iter().any(|other| !now.contains(other)) {
            return Err(Error::Overtaken);
        }
    }
    Ok(saved)
}

/// Words as answers. A draft that does not read is an empty form: it was checked by nobody when it was kept.
pub(super) fn read(body: &str) -> Answers {
    serde_json::from_str(body).unwrap_or_default()
}

/// What stands in a form: the draft or the earlier evidence, whichever is newer; and when that draft was kept.
pub(super) fn standing(
    draft: Option<(String, DateTime<Utc>)>,
    earlier: Option<&Writing>,
) -> (Answers, Option<DateTime<Utc>>) {
    match draft.filter(|(_, at)| earlier.is_none_or(|earlier| *at > earlier.written_at)) {
        Some((body, at)) => (read(&body), Some(at)),
        None => (earlier.and_then(Writing::words).map(|body| read(&body)).unwrap_or_default(), None),
    }
}

/// A step whose form the viewer may fill in, be it ahead.
///
/// # Errors
/// The step is not the viewer's to do, or has no form any more.
pub(super) fn fillable<'w>(world: &'w PlanWorld, who: Viewer, step: &StepKey) -> Result<&'w StepDef, Error> {
    let def = definition(world, step)?;
    if !crate::engine::access::may_do(&world.plan, def, who) {
        return Err(Refusal::NotYours { needs: def.who }.into());
    }
    // A draft of what is closed would later stand in the way of what was handed in.
    match world.plan.steps.get(step).map(|step| &step.state) {
        Some(StepState::Todo { .. } | StepState::Returned { .. }) => Ok(def),
        Some(StepState::HandedIn { .. }) => {
            let by = def.review.unwrap_or(Role::Mentor);
            Err(Refusal::InReview { step: step.clone(), by }.into())
        }
        _ => Err(Refusal::AlreadyClosed { step: step.clone() }.into()),
    }
}

fn definition<'w>(world: &'w PlanWorld, step: &StepKey) -> Result<&'w StepDef, Error> {
    world.plan.steps.get(step).and_then(|_| world.release.step(&step.id)).ok_or(Error::NotFound)
}

async fn step_act(
    tx: &mut Tx,
    world: &PlanWorld,
    who: Viewer,
    at: &At,
    act: Act,
    moment: &Moment,
) -> Result<(), Error> {
    let request = Request::Step { step: at.step.clone(), seen: at.seen, act };
    worlds::act(tx, world, Actor::Person(who), request, moment).await.map(drop)
}

/// Words to keep, and how a fact refers to them.
pub(super) fn words(
    world: &PlanWorld,
    step: &StepKey,
    who: Viewer,
    kind: Kind,
    body: Vec<u8>,
    visible_to: Vec<Role>,
    moment: &Moment,
) -> (NewWriting, WritingRef) {
    let (id, salt) = (WritingId(moment.id()), moment.salt());
    let reference = WritingRef { id, digest: chain::digest(&salt, &body) };
    let writing = NewWriting {
        id,
        plan: world.plan.id,
        step: Some(step.clone()),
        author: who.id,
        kind,
        visible_to,
        body,
        salt,
        written_at: moment.now,
    };
    (writing, reference)
}

async fn keep(tx: &mut Tx, words: Option<(NewWriting, WritingRef)>) -> Result<(), Error> {
    match words {
        Some((writing, _)) => Ok(writings::insert(tx, &writing).await?),
        None => Ok(()),
    }
}
