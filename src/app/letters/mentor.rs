//! Asking a mentor, once more, and telling HR when nobody says yes.

use super::desk::Desk;
use super::{Body, MentorRequestLetter, MentorSilentLetter};
use crate::app::worlds::Names;
use crate::app::{Error, mentoring};
use crate::engine::access::Actor;
use crate::engine::silence::silence;
use crate::engine::vocabulary::{PersonId, PlanId, Role};
use crate::store::links::{Item, Purpose};
use crate::store::pool::Tx;

/// A link with which a mentor answers for one plan, and does nothing else.
pub(super) fn answer_url(desk: &mut Desk, plan: PlanId) -> String {
    let secret = desk.link(Purpose::MentorAnswer { plan });
    desk.url(&format!("/mentor-answer/{secret}"))
}

/// Somebody is asked, for the first time or once more; none when the question is settled.
pub(super) async fn request(tx: &mut Tx, desk: &mut Desk<'_>, is_reminder: bool) -> Result<Option<Body>, Error> {
    let Some(world) = desk.world.clone() else { return Ok(None) };
    let plan = world.plan.id;
    if !mentoring::is_open(&world.plan, desk.person.id) {
        return Ok(None); // answered on the page, or somebody else was asked meanwhile
    }
    let names = Names::around(tx, Actor::Program.scope(), &[&world.plan]).await?;
    let waits = silence(&world.course(&world.plan), world.zone()).filter(|_| is_reminder);
    let goes_on = waits.filter(|_| !world.plan.cast.mentor.then().is_empty());
    desk.items.push(Item::Mentoring { plan });
    let has_part = |role| move |def: &&crate::engine::release::StepDef| def.who == role || def.review == Some(role);
    let steps = world.plan.steps.keys().filter_map(|key| world.release.step(&key.id));
    Ok(Some(Body::MentorRequest(MentorRequestLetter {
        name: desk.person.name.clone(),
        manager: names.person(world.plan.cast.manager),
        program: world.release.program.title.clone(),
        first_day: world.first_day(),
        has_begun: world.first_day().date < world.today(desk.moment.now),
        calendar: world.calendar.title.clone(),
        hr: names.person(world.plan.cast.hr),
        meetings: steps.filter(has_part(Role::Mentor)).count(),
        asked_on: waits.map(|waits| waits.asked_on),
        next_on: goes_on.map(|waits| waits.next_on),
        answer_url: answer_url(desk, plan),
    })))
}

/// Why HR hears of a mentor: said no, or nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missed {
    Declined,
    Silent,
}

impl Missed {
    fn as_str(self) -> &'static str {
        match self {
            Missed::Declined => "declined",
            Missed::Silent => "silent",
        }
    }
}

/// The key of the letter to HR: whose answer was missed in which plan, and how often the plan had changed by
/// then.
pub fn silent_key(plan: PlanId, asked: PersonId, missed: Missed, version: u64) -> String {
    format!("mentor_silent:{plan}:{version}:{}:{asked}", missed.as_str())
}

fn of_key(key: &str) -> Option<(PersonId, Missed)> {
    let mut parts = key.rsplit(':');
    let asked = parts.next()?.parse().ok()?;
    let missed =
        [Missed::Declined, Missed::Silent].into_iter().find(|missed| Some(missed.as_str()) == parts.clone().next())?;
    Some((asked, missed))
}

/// HR hears that an answer was missed; none when a mentor has said yes since.
pub(super) async fn silent(tx: &mut Tx, desk: &mut Desk<'_>) -> Result<Option<Body>, Error> {
    let (Some(world), Some((asked, missed))) = (desk.world.clone(), of_key(&desk.claimed.dedup_key)) else {
        return Ok(None);
    };
    let mentor = &world.plan.cast.mentor;
    let waiting = mentor.waiting().map(|(who, _)| who);
    // Whoever is a mentor and was not to be followed has answered; so has whoever took over.
    let is_settled = mentor.mentor().is_some() && waiting.is_none() || mentor.mentor() == Some(asked);
    if is_settled || world.plan.arranged.ended.is_some() {
        return Ok(None);
    }
    let names = Names::around(tx, Actor::Program.scope(), &[&world.plan]).await?;
    let asked_name = match crate::store::people::find(tx, asked).await? {
        Some(person) => person.name,
        None => return Ok(None),
    };
    Ok(Some(Body::MentorSilent(MentorSilentLetter {
        name: desk.person.name.clone(),
        manager: names.person(world.plan.cast.manager),
        program: world.release.program.title.clone(),
        asked: asked_name,
        declined: missed == Missed::Declined,
        next: waiting.filter(|who| *who != asked).map(|who| names.person(who)),
        url: desk.url(&format!("/people/{}", world.plan.cast.manager)),
    })))
}
