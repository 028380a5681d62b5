//! What a letter says, now, or that it is no longer needed: looked up when it is delivered, not when
//! it was owed.

mod shapes;

use chrono::{DateTime, NaiveDate, Utc};

use super::digest;
use super::naming::Naming;
use super::offers::{self, Offered};
use super::pages::cards;
use super::pages::lines::{self, StepLine, lines};
use super::wording::Wording;
use super::worlds::{self, Library, Names, PlanWorld};
use super::{Error, Moment, mentoring};
use crate::engine::access::{self, Actor};
use crate::engine::brief::{self, Mention};
use crate::engine::message::Message;
use crate::engine::vocabulary::{PlanId, Role, StepId, StepKey, Text};
use crate::engine::zone::local_date;
use crate::store::links::{self, Purpose};
use crate::store::outbox::{Claimed, Kind};
use crate::store::people::{self, Person};
use crate::store::plans;
use crate::store::pool::{Pool, Tx};
pub use shapes::*;

/// What became of an attempt to compose a letter.
#[derive(Debug, Clone)]
pub enum Composed {
    Letter(Box<Letter>),
    /// There is nothing left to say; with a code that says why.
    Unneeded(&'static str),
    /// Not now: it is looked into again then.
    Later(DateTime<Utc>, &'static str),
    /// Not before somebody corrects the address.
    Held(&'static str),
}

/// The letter that a claimed row stands for, or none when there is nothing left to say.
///
/// Links that act are made here, with their hashes kept in the same transaction, so that no secret
/// waits in the outbox.
///
/// # Errors
/// The database fails, or what the letter speaks of is gone.
pub async fn compose(pool: &Pool, claimed: &Claimed, base_url: &str, moment: &Moment) -> Result<Composed, Error> {
    pool.in_transaction(async |tx| {
        let person = people::find(tx, claimed.person).await?.ok_or(Error::NotFound)?;
        let body = match claimed.kind {
            Kind::SignIn => {
                let mut letter = sign_in(tx, &person, base_url, moment).await?;
                letter.is_invitation = claimed.dedup_key.starts_with(super::sign_in::INVITATION);
                Some(Body::SignIn(letter))
            }
            Kind::Welcome => welcome(tx, claimed, &person, base_url, moment).await?.map(Body::Welcome),
            Kind::MentorRequest => {
                mentor_request(tx, claimed, &person, base_url, moment).await?.map(Body::MentorRequest)
            }
            Kind::Brief => brief(tx, claimed, &person, base_url, moment).await?.map(Body::Brief),
            Kind::Digest => {
                let day = claimed.for_day.unwrap_or_else(|| local_date(moment.now, person.zone));
                digest::compose(tx, &person, day, base_url, moment).await?.map(Body::Digest)
            }
            _ => None,
        };
        let Some(body) = body else { return Ok(Composed::Unneeded("nothing")) };
        Ok(Composed::Letter(Box::new(Letter {
            to_name: person.name,
            to_email: person.email,
            lang: person.lang,
            zone: person.zone,
            dedup_key: claimed.dedup_key.clone(),
            thread: None,
            topic: None,
            stop: None,
            token: String::new(),
            body,
        })))
    })
    .await
}

async fn sign_in(tx: &mut Tx, person: &Person, base_url: &str, moment: &Moment) -> Result<SignInLetter, Error> {
    let token = moment.token();
    links::insert(tx, &token.hash, person.id, Purpose::SignIn).await?;
    Ok(SignInLetter {
        name: person.name.clone(),
        url: format!("{base_url}/sign-in/{}", token.secret),
        minutes: links::SIGN_IN_MINUTES,
        is_invitation: false,
        again_url: format!("{base_url}/sign-in"),
    })
}

async fn welcome(
    tx: &mut Tx,
    claimed: &Claimed,
    person: &Person,
    base_url: &str,
    moment: &Moment,
) -> Result<Option<WelcomeLetter>, Error> {
    let Some(plan) = claimed.plan else { return Ok(None) };
    let world = worlds::find(tx, Actor::Program.scope(), plan).await?;
    let names = Names::around(tx, person.viewer().scope(), &[&world.plan]).await?;
    let soon = world.calendar.after(world.today(moment.now), world.release.program.due_soon);
    let mut steps: Vec<MailLine> = mail_lines(&world, &names, person, base_url, moment)
        .into_iter()
        .filter(|line| line.line.who == Role::Manager && is_open(&line.line) && line.line.due.date <= soon)
        .collect();
    gather_lines(&world, &names, base_url, [&mut steps]);
    let cast = &world.plan.cast;
    Ok(Some(WelcomeLetter {
        name: person.name.clone(),
        program: world.release.program.title.clone(),
        summary: world.release.program.summary.clone(),
        first_day: world.first_day(),
        calendar: world.calendar.title.clone(),
        superior: names.person(cast.superior),
        mentor: cast.mentor.mentor().map(|mentor| names.person(mentor)),
        hr: names.person(cast.hr),
        steps,
        others: Vec::new(),
        today_url: format!("{base_url}/today"),
    }))
}

async fn mentor_request(
    tx: &mut Tx,
    claimed: &Claimed,
    person: &Person,
    base_url: &str,
    moment: &Moment,
) -> Result<Option<MentorRequestLetter>, Error> {
    let Some(plan) = claimed.plan else { return Ok(None) };
    let world = worlds::find(tx, Actor::Program.scope(), plan).await?;
    if !mentoring::is_open(&world.plan, person.id) {
        return Ok(None); // answered on the page, or somebody else was asked meanwhile
    }
    let names = Names::around(tx, Actor::Program.scope(), &[&world.plan]).await?;
    let answer_url = answer_link(tx, person, plan, base_url, moment).await?;
    let meetings = world
        .plan
        .steps
        .keys()
        .filter_map(|key| world.release.step(&key.id))
        .filter(|def| def.who == Role::Mentor || def.review == Some(Role::Mentor))
        .count();
    Ok(Some(MentorRequestLetter {
        name: person.name.clone(),
        manager: names.person(world.plan.cast.manager),
        program: world.release.program.title.clone(),
        first_day: world.first_day(),
        has_begun: world.first_day().date < world.today(moment.now),
        calendar: world.calendar.title.clone(),
        hr: names.person(world.plan.cast.hr),
        meetings,
        asked_on: None,
        next_on: None,
        answer_url,
    }))
}

/// A link with which a mentor answers for one plan, and does nothing else.
async fn answer_link(
    tx: &mut Tx,
    person: &Person,
    plan: PlanId,
    base_url: &str,
    moment: &Moment,
) -> Result<String, Error> {
    let token = moment.token();
    links::insert(tx, &token.hash, person.id, Purpose::MentorAnswer { plan }).await?;
    Ok(format!("{base_url}/mentor-answer/{}", token.secret))
}

async fn brief(
    tx: &mut Tx,
    claimed: &Claimed,
    person: &Person,
    base_url: &str,
    moment: &Moment,
) -> Result<Option<BriefLetter>, Error> {
    let day = local_date(moment.now, person.zone);
    if claimed.for_day != Some(day) {
        return Ok(None); // yesterday's brief: today's says it
    }
    let viewer = person.viewer();
    let plans = plans::all(tx, viewer.scope()).await?;
    let asked = plans::asking(tx, person.id).await?;
    let all: Vec<_> = plans.iter().chain(&asked).collect();
    let names = Names::around(tx, viewer.scope(), &all).await?;
    let mut asked_by = Vec::new();
    for plan in &asked {
        let answer_url = answer_link(tx, person, plan.id, base_url, moment).await?;
        asked_by.push(Asked {
            manager: names.person(plan.cast.manager),
            program: Text { en: String::new(), zh_tw: String::new() },
            answer_url,
        });
    }
    let mut letter = BriefLetter {
        name: person.name.clone(),
        day,
        stands_in: Vec::new(),
        returned: Vec::new(),
        overdue: Vec::new(),
        due: Vec::new(),
        to_review: Vec::new(),
        escalated: Vec::new(),
        asked_by,
        talks: Vec::new(),
        offered: Vec::new(),
        today_url: format!("{base_url}/"),
        settings_url: format!("{base_url}/settings"),
        count: 0,
    };
    let worlds = Library::default().worlds(tx, plans).await?;
    let naming = Naming::among(&worlds);
    for world in worlds {
        add_plan(&mut letter, (&world, naming.apart(&world)), &names, person, base_url, moment);
        let today = world.today(moment.now);
        letter.stands_in.extend(stands_in(&world, &names, person, today));
        // Said once: on the morning after the figures came.
        let is_new = |offer: &Offered| offer.since >= world.calendar.before(today, 1) && offer.since < today;
        let new = offers::of(tx, &world, viewer, today).await?.into_iter().filter(is_new);
        letter.offered.extend(new.map(|offer| OfferLine {
            url: format!("{base_url}{}", offer.href),
            manager: offer.manager,
            playbook: offer.playbook,
        }));
    }
    letter.count = letter.returned.len()
        + letter.overdue.len()
        + letter.due.len()
        + letter.to_review.len()
        + letter.asked_by.len()
        + letter.offered.len();
    Ok((letter.count > 0).then_some(letter))
}

fn stands_in(world: &PlanWorld, names: &Names, person: &Person, today: NaiveDate) -> Option<StandsIn> {
    let deputy = world.plan.arranged.deputy.filter(|deputy| deputy.who == person.id && deputy.span.holds(today))?;
    let mentor = names.person(world.plan.cast.mentor.mentor()?);
    Some(StandsIn { mentor, manager: world.manager.name.clone(), until: deputy.span.until, program: None })
}

fn add_plan(
    letter: &mut BriefLetter,
    (world, program): (&PlanWorld, Option<Message>),
    names: &Names,
    person: &Person,
    base_url: &str,
    moment: &Moment,
) {
    let viewer = person.viewer();
    let owns_hr = world.plan.cast.hr == person.id;
    let today = world.today(moment.now);
    // While somebody stands in for the mentor, what waits is said to them alone.
    let has_it =
        |role: &Role| (*role != Role::Hr || owns_hr) && access::is_on_duty(&world.plan, person.id, *role, today);
    let roles: Vec<Role> = access::roles(&world.plan, viewer).into_iter().filter(has_it).collect();
    for line in mail_lines(world, names, person, base_url, moment) {
        let found = line.line.key.parse::<StepKey>().ok();
        let Some(key) = found else { continue };
        let Some((step, def)) = world.plan.steps.get(&key).zip(world.release.step(&key.id)) else { continue };
        let step = (&key, step, def);
        let list = match brief::mention(&world.plan, &world.release.program, &world.calendar, step, &roles, today) {
            Some(Mention::Returned) => &mut letter.returned,
            Some(Mention::Overdue) => &mut letter.overdue,
            Some(Mention::Due) => &mut letter.due,
            Some(Mention::ToReview) => &mut letter.to_review,
            None => continue,
        };
        list.push(MailLine { program: program.clone(), ..line });
    }
    gather_lines(world, names, base_url, [&mut letter.overdue, &mut letter.due]);
}

/// Puts one line in place of the rituals that share a page, where the first of them stands; `lists`
/// begin with the most urgent.
fn gather_lines<const N: usize>(world: &PlanWorld, names: &Names, base_url: &str, mut lists: [&mut Vec<MailLine>; N]) {
    let of_plan = lines::step_href(&world.plan, &StepKey::first(&StepId(String::new()), None));
    for gather in &world.release.program.gather {
        let is_part = |line: &MailLine| {
            let gathering = cards::gathering(world, &line.line);
            line.line.href.starts_with(&of_plan) && gathering.is_some_and(|one| one.id == gather.id)
        };
        let found = lists.iter().enumerate().find_map(|(n, list)| Some((n, list.iter().position(is_part)?)));
        let Some((list, at)) = found else { continue };
        let parts = lists.iter().flat_map(|list| list.iter()).filter(|line| is_part(line)).count();
        let mut one = lists[list][at].clone();
        lists.iter_mut().for_each(|list| list.retain(|line| !is_part(line)));
        let said = Wording::of_plan(world, names).gather(gather);
        one.parts = Some(parts);
        one.url = format!("{base_url}{}", cards::gather_href(world, gather));
        (one.line.common_title, one.line.title) = (said.title.clone(), said.title);
        (one.line.effort, one.line.turn) = (gather.effort, None);
        lists[list].insert(at, one);
    }
}

fn is_open(line: &StepLine) -> bool {
    matches!(line.standing, "open" | "overdue")
}

fn mail_lines(world: &PlanWorld, names: &Names, person: &Person, base_url: &str, moment: &Moment) -> Vec<MailLine> {
    lines(world, names, person.viewer(), world.today(moment.now))
        .into_iter()
        .map(|line| MailLine {
            url: format!("{base_url}{}", line.href),
            parts: None,
            program: None,
            number: None,
            acts: Vec::new(),
            line,
        })
        .collect()
}
