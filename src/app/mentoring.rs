//! The mentor: HR asks, the mentor answers from the mail or from their queue.

use diesel_async::AsyncPgConnection;

use super::steps::words;
use super::worlds::{self, PlanWorld, plain_words};
use super::{Error, Moment, moment};
use crate::engine::Refusal;
use crate::engine::access::{Actor, Viewer};
use crate::engine::decide::Request;
use crate::engine::plan::{Mentoring, Plan};
use crate::engine::vocabulary::{PersonId, PlanId, Role, StepId, StepKey};
use crate::store::pool::Tx;
use crate::store::writings::{self, Kind};
use crate::store::{links, people, plans};

/// A mentor's answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    Accept,
    /// With a line for HR, if there is one.
    Decline {
        line: String,
    },
}

/// HR asks somebody to be the mentor of a plan, and says who is asked next when they say no or nothing;
/// whoever was asked before is released, and a mentor mentors until the answer is yes.
///
/// # Errors
/// The viewer is not HR, or the person has a part in the plan that a mentor can't have.
pub async fn ask(
    tx: &mut Tx,
    who: Viewer,
    plan: PlanId,
    mentor: PersonId,
    then: &[PersonId],
    moment: &Moment,
) -> Result<(), Error> {
    let world = worlds::lock(tx, who.scope(), plan).await?;
    for person in std::iter::once(&mentor).chain(then) {
        people::find(tx, *person).await?.ok_or(Error::NotFound)?;
    }
    let request = Request::AskMentor { mentor, then: then.to_vec() };
    worlds::act(tx, &world, Actor::Person(who), request, moment).await.map(drop)
}

/// A signed-in mentor answers.
///
/// # Errors
/// They were not asked, or have answered.
pub async fn answer(tx: &mut Tx, who: Viewer, plan: PlanId, answer: Answer, moment: &Moment) -> Result<(), Error> {
    let world = asked_world(tx, who.id, plan).await?;
    act(tx, &world, who, answer, moment).await
}

/// A mentor answers by the link in the mail, which is for this one answer and no sign-in.
///
/// # Errors
/// There is no such link; or the question was answered or withdrawn since.
pub async fn answer_by_link(tx: &mut Tx, secret: &str, answer: Answer, moment: &Moment) -> Result<(), Error> {
    let (person, plan) = links::mentor_answer(tx, &moment::token_hash(secret)).await?.ok_or(Error::NotFound)?;
    let world = asked_world(tx, person, plan).await?;
    act(tx, &world, Viewer { id: person, is_hr: false }, answer, moment).await
}

/// Who is asked by a link, for which plan, and how the question stands; changes nothing.
///
/// # Errors
/// There is no such link.
pub async fn question(conn: &mut AsyncPgConnection, secret: &str) -> Result<(people::Person, PlanWorld), Error> {
    let (person, plan) = links::mentor_answer(conn, &moment::token_hash(secret)).await?.ok_or(Error::NotFound)?;
    let person = people::find(conn, person).await?.ok_or(Error::NotFound)?;
    let world = worlds::find(conn, Actor::Program.scope(), plan).await?;
    Ok((person, world))
}

/// Whether a question still stands for a person: the end of a plan settles it.
pub fn is_open(plan: &Plan, person: PersonId) -> bool {
    plan.arranged.ended.is_none() && plan.cast.mentor.asks(person)
}

/// How far a plan is with its mentor, for message ids. Unanswered: it ended before whoever was asked said
/// anything.
pub fn state(plan: &Plan) -> &'static str {
    match plan.cast.mentor {
        Mentoring::Nobody => "nobody",
        Mentoring::Asked { .. } if plan.arranged.ended.is_some() => "unanswered",
        Mentoring::Asked { .. } => "asked",
        Mentoring::Accepted { .. } => "accepted",
        Mentoring::Declined { .. } => "declined",
    }
}

async fn asked_world(tx: &mut Tx, person: PersonId, plan: PlanId) -> Result<PlanWorld, Error> {
    // The scope of somebody who was only asked does not reach the plan: the question itself does.
    // A plan that does not exist is answered like one that is not theirs to answer for.
    let plan = plans::lock(tx, Actor::Program.scope(), plan).await?.ok_or(Refusal::NotAsked)?;
    if plan.cast.mentor.candidate() != Some(person) && !plan.cast.mentor.asks(person) {
        return Err(Refusal::NotAsked.into());
    }
    worlds::Library::default().worlds(tx, vec![plan]).await?.pop().ok_or(Error::NotFound)
}

async fn act(tx: &mut Tx, world: &PlanWorld, who: Viewer, answer: Answer, moment: &Moment) -> Result<(), Error> {
    match answer {
        Answer::Accept => {
            worlds::act(tx, world, Actor::Person(who), Request::AcceptMentoring, moment).await?;
        }
        Answer::Decline { line } => {
            let line = plain_words(&line, 2000)?;
            // Stands on no step: it is between the mentor and HR.
            let nowhere = StepKey::first(&StepId("mentor".to_owned()), None);
            let line = (!line.is_empty()).then(|| {
                let (mut writing, reference) =
                    words(world, &nowhere, who, Kind::Line, line.into_bytes(), vec![Role::Hr], moment);
                writing.step = None;
                (writing, reference)
            });
            let request = Request::DeclineMentoring { line: line.as_ref().map(|(_, reference)| *reference) };
            worlds::act(tx, world, Actor::Person(who), request, moment).await?;
            if let Some((writing, _)) = line {
                writings::insert(tx, &writing).await?;
            }
        }
    }
    Ok(())
}
