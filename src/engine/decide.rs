//! What a request does to a plan: facts, or a refusal.

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;

use super::access::{self, Actor};
use super::calendar::Calendar;
use super::fact::{Fact, PAYLOAD_VERSION, What, fold};
use super::form::{self, Answers};
use super::plan::{CloseReason, Mentoring, Plan, Step, StepState, WritingRef};
use super::refusal::Refusal;
use super::release::{Release, StepDef};
use super::ritual;
use super::vocabulary::{MemberId, PersonId, Role, StepId, StepKey};
use super::zone::local_date;

/// What a decision rests on.
#[derive(Debug, Clone, Copy)]
pub struct World<'a> {
    pub plan: &'a Plan,
    pub release: &'a Release,
    pub calendar: &'a Calendar,
    /// The manager's time zone: a plan's days are the manager's days.
    pub zone: Tz,
}

/// What somebody wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Request {
    /// An act on one step; `seen` is the plan's version when the page was shown.
    Step {
        step: StepKey,
        seen: Option<u64>,
        act: Act,
    },
    AskMentor {
        mentor: PersonId,
    },
    /// Another superior or HR owner takes over.
    Recast {
        superior: PersonId,
        hr: PersonId,
    },
    AcceptMentoring,
    DeclineMentoring {
        line: Option<WritingRef>,
    },
    Join {
        member: MemberId,
        on: NaiveDate,
    },
    Leave {
        member: MemberId,
        on: NaiveDate,
    },
    /// Time passed: rituals move on.
    Wake,
}

/// An act on one step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    HandIn { answers: Answers, evidence: Option<WritingRef> },
    Accept { line: Option<WritingRef> },
    Return { line: Option<WritingRef> },
    TakeBack,
    Comment { comment: WritingRef },
}

/// What a plan starts with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StartOrder {
    /// The day the manager takes the role.
    pub effective: NaiveDate,
    pub manager: PersonId,
    pub superior: PersonId,
    pub hr: PersonId,
    pub mentor: Option<PersonId>,
    /// Who is on the roster, and since when.
    pub members: Vec<(MemberId, NaiveDate)>,
}

/// Days before or after today that a date may lie; further is a typing mistake.
const FURTHEST: i64 = 731;

/// The facts of a new plan.
///
/// # Errors
/// A cast in which one person would supervise or mentor themselves, or a day too far away.
pub fn start(
    order: &StartOrder,
    release: &Release,
    calendar: &Calendar,
    by: Actor,
    now: DateTime<Utc>,
) -> Result<Vec<Fact>, Refusal> {
    if order.superior == order.manager {
        return Err(Refusal::SuperiorIsManager);
    }
    in_range(order.effective, now.date_naive())?;
    let mut facts = Facts { now, by: by.person(), list: Vec::new() };
    facts.push(What::Started {
        release: release.hash.clone(),
        calendar: calendar.name.clone(),
        effective: order.effective,
        manager: order.manager,
        superior: order.superior,
        hr: order.hr,
    });
    for (member, joined) in &order.members {
        in_range((*joined).max(order.effective), now.date_naive())?;
        facts.push(What::Joined { member: *member, on: (*joined).max(order.effective) });
    }
    for def in release.steps() {
        let members: Vec<Option<(MemberId, NaiveDate)>> =
            if def.each.is_some() { order.members.iter().copied().map(Some).collect() } else { vec![None] };
        for member in members {
            for turn in 1..=def.listed() {
                let dates = match member {
                    // Who joins after the first day has their own days.
                    Some((id, on)) if on > order.effective => {
                        ritual::for_joiner(def, turn, (id, on), order.effective, calendar)
                    }
                    _ => ritual::listed(def, turn, order.effective, calendar),
                };
                if let Some(dates) = dates {
                    let step = StepKey { id: def.id.clone(), member: member.map(|(id, _)| id), turn };
                    facts.push(What::Planned { step, opens: dates.opens, due: dates.due });
                }
            }
        }
    }
    if let Some(mentor) = order.mentor {
        may_mentor(order.manager, order.superior, mentor)?;
        facts.push(What::MentorAsked { mentor });
    }
    Ok(facts.list)
}

/// What a request does.
///
/// # Errors
/// The refusal that the rules answer with; then nothing has happened.
pub fn decide(world: &World, actor: Actor, request: Request, now: DateTime<Utc>) -> Result<Vec<Fact>, Refusal> {
    let mut facts = Facts { now, by: actor.person(), list: Vec::new() };
    match request {
        Request::Step { step, seen, act } => on_step(world, actor, &step, seen, act, &mut facts)?,
        Request::AskMentor { mentor } => {
            needs(world, actor, Role::Hr)?;
            may_mentor(world.plan.cast.manager, world.plan.cast.superior, mentor)?;
            match world.plan.cast.mentor {
                Mentoring::Asked { who, .. } | Mentoring::Accepted { who, .. } if who == mentor => {
                    return Err(Refusal::AlreadyMentor { who });
                }
                _ => facts.push(What::MentorAsked { mentor }),
            }
        }
        Request::Recast { superior, hr } => {
            needs(world, actor, Role::Hr)?;
            let cast = &world.plan.cast;
            if superior == cast.manager {
                return Err(Refusal::SuperiorIsManager);
            }
            if cast.mentor.candidate() == Some(superior) {
                return Err(Refusal::MentorInCast { role: Role::Superior });
            }
            if (superior, hr) != (cast.superior, cast.hr) {
                facts.push(What::Recast { superior, hr });
            }
        }
        Request::AcceptMentoring => {
            let mentor = asked(world, actor)?;
            facts.push(What::MentorAccepted { mentor });
            if let Some(step) = accepting_step(world) {
                facts.push(What::Done { step, evidence: None });
            }
        }
        Request::DeclineMentoring { line } => {
            let mentor = asked(world, actor)?;
            facts.push(What::MentorDeclined { mentor, line });
        }
        Request::Join { member, on } => join(world, actor, member, on, &mut facts)?,
        Request::Leave { member, on } => leave(world, actor, member, on, &mut facts)?,
        Request::Wake => wake(world, &mut facts),
    }
    Ok(facts.list)
}

struct Facts {
    now: DateTime<Utc>,
    by: Option<PersonId>,
    list: Vec<Fact>,
}

impl Facts {
    fn push(&mut self, what: What) {
        self.list.push(Fact { v: PAYLOAD_VERSION, at: self.now, by: self.by, what });
    }
}

fn on_step(
    world: &World,
    actor: Actor,
    key: &StepKey,
    seen: Option<u64>,
    act: Act,
    facts: &mut Facts,
) -> Result<(), Refusal> {
    let unknown = || Refusal::NoSuchStep { step: key.clone() };
    let step = world.plan.steps.get(key).ok_or_else(unknown)?;
    let def = world.release.step(&key.id).ok_or_else(unknown)?;
    let Actor::Person(viewer) = actor else { return Err(Refusal::NotYours { needs: def.who }) };
    let stale = seen.is_some_and(|seen| step.touched > seen);
    match act {
        Act::HandIn { answers, evidence } => {
            if !access::may_do(world.plan, def, viewer) {
                return Err(Refusal::NotYours { needs: def.who });
            }
            unchanged(step, key, stale)?;
            may_hand_in(world, key, step, def, facts.now)?;
            form::check(&def.ask, &answers).map_err(Refusal::Evidence)?;
            if def.review.is_some() {
                facts.push(What::HandedIn { step: key.clone(), evidence });
            } else {
                facts.push(What::Done { step: key.clone(), evidence });
                follow_up(world, key, def, facts);
            }
        }
        Act::Accept { line } => {
            may_review(world, key, step, def, actor, stale)?;
            facts.push(What::Accepted { step: key.clone(), line });
            follow_up(world, key, def, facts);
        }
        Act::Return { line } => {
            may_review(world, key, step, def, actor, stale)?;
            facts.push(What::Returned { step: key.clone(), line: line.ok_or(Refusal::LineNeeded)? });
        }
        Act::TakeBack => {
            unchanged(step, key, stale)?;
            let withdrawn = take_back(world, key, step, def, viewer.id)?;
            facts.push(What::TakenBack { step: key.clone(), withdrawn });
        }
        Act::Comment { comment } => {
            if !access::may_read(world.plan, def, viewer) {
                return Err(Refusal::NotYours { needs: def.who });
            }
            facts.push(What::Commented { step: key.clone(), comment });
        }
    }
    Ok(())
}

fn unchanged(step: &Step, key: &StepKey, stale: bool) -> Result<(), Refusal> {
    if !stale {
        return Ok(());
    }
    let (by, at) = match &step.state {
        StepState::HandedIn { at, by, .. } | StepState::Returned { at, by, .. } => (Some(*by), *at),
        StepState::Done { at, by, review, .. } => review.as_ref().map_or((Some(*by), *at), |r| (Some(r.by), r.at)),
        StepState::Lapsed { at } | StepState::Closed { at, .. } => (None, *at),
        // Taken back since: whoever fills the form may go on.
        StepState::Todo { .. } => return Ok(()),
    };
    Err(Refusal::Changed { step: key.clone(), by, at })
}

fn may_hand_in(world: &World, key: &StepKey, step: &Step, def: &StepDef, now: DateTime<Utc>) -> Result<(), Refusal> {
    match &step.state {
        StepState::Todo { .. } | StepState::Returned { .. } => {}
        StepState::HandedIn { .. } => {
            return Err(Refusal::InReview { step: key.clone(), by: def.review.unwrap_or(Role::Mentor) });
        }
        _ => return Err(Refusal::AlreadyClosed { step: key.clone() }),
    }
    if step.opens.date > local_date(now, world.zone) {
        return Err(Refusal::NotOpenYet { step: key.clone(), opens: step.opens.date });
    }
    let by = world.plan.blockers(step, def);
    if by.is_empty() { Ok(()) } else { Err(Refusal::Blocked { step: key.clone(), by }) }
}

fn may_review(
    world: &World,
    key: &StepKey,
    step: &Step,
    def: &StepDef,
    actor: Actor,
    stale: bool,
) -> Result<(), Refusal> {
    let Actor::Person(viewer) = actor else { return Err(Refusal::NotYours { needs: def.who }) };
    if !access::may_review(world.plan, def, viewer) {
        return Err(Refusal::NotYours { needs: def.review.unwrap_or(def.who) });
    }
    unchanged(step, key, stale && !matches!(step.state, StepState::HandedIn { .. }))?;
    if matches!(step.state, StepState::HandedIn { .. }) {
        // Handed in again since the reviewer looked: the words they read are not the words they judge.
        if stale {
            return unchanged(step, key, true);
        }
        Ok(())
    } else {
        Err(Refusal::NothingToReview { step: key.clone() })
    }
}

/// The next turn of a ritual is planned as soon as this one is closed.
fn follow_up(world: &World, key: &StepKey, def: &StepDef, facts: &mut Facts) {
    if world.plan.newest_turns().get(&(key.id.0.clone(), key.member)).is_none_or(|(newest, _)| *newest != key) {
        return;
    }
    if let Some((step, dates)) = ritual::next_turn(world.plan, def, key, world.calendar) {
        facts.push(What::Planned { step, opens: dates.opens, due: dates.due });
    }
}

fn take_back(
    world: &World,
    key: &StepKey,
    step: &Step,
    def: &StepDef,
    who: PersonId,
) -> Result<Option<StepKey>, Refusal> {
    let own = match &step.state {
        StepState::HandedIn { by, .. } => *by == who,
        StepState::Done { by, review, .. } => *by == who && review.is_none() && !is_accepting(world, &key.id),
        _ => false,
    };
    if !own {
        return Err(Refusal::CannotTakeBack { step: key.clone() });
    }
    if !step.state.is_done() || !def.is_ritual_turn(key.turn.saturating_add(1)) {
        return Ok(None);
    }
    // Only the turn that this one planned goes with it, and only while nothing was done about it.
    let mut later = world.plan.steps.iter().filter(|(other, _)| other.chain() == key.chain() && other.turn > key.turn);
    match (later.next(), later.next()) {
        (None, _) => Ok(None),
        (Some((next, step)), None) if step.state == (StepState::Todo { earlier: None }) => Ok(Some(next.clone())),
        _ => Err(Refusal::NextTurnUnderWay { step: key.clone() }),
    }
}

fn is_accepting(world: &World, id: &StepId) -> bool {
    world.release.program.mentor_accepts.as_ref() == Some(id)
}

fn accepting_step(world: &World) -> Option<StepKey> {
    let key = StepKey::first(world.release.program.mentor_accepts.as_ref()?, None);
    world.plan.steps.get(&key).filter(|step| !step.state.is_closed()).map(|_| key)
}

fn needs(world: &World, actor: Actor, role: Role) -> Result<(), Refusal> {
    match actor {
        Actor::Program => Ok(()),
        Actor::Person(viewer) if access::roles(world.plan, viewer).contains(&role) => Ok(()),
        Actor::Person(_) => Err(Refusal::NotYours { needs: role }),
    }
}

fn may_mentor(manager: PersonId, superior: PersonId, mentor: PersonId) -> Result<(), Refusal> {
    if mentor == manager {
        return Err(Refusal::MentorInCast { role: Role::Manager });
    }
    if mentor == superior {
        return Err(Refusal::MentorInCast { role: Role::Superior });
    }
    Ok(())
}

fn asked(world: &World, actor: Actor) -> Result<PersonId, Refusal> {
    match (&world.plan.cast.mentor, actor.person()) {
        (Mentoring::Asked { who, .. }, Some(person)) if *who == person => Ok(person),
        (Mentoring::Accepted { who, .. }, Some(person)) if *who == person => Err(Refusal::AlreadyMentor { who: *who }),
        _ => Err(Refusal::NotAsked),
    }
}

/// Refuses a day that is too far away to be meant.
///
/// # Errors
/// [`Refusal::DayOutOfRange`].
pub fn in_range(day: NaiveDate, today: NaiveDate) -> Result<(), Refusal> {
    let furthest = TimeDelta::days(FURTHEST);
    if (day - today).abs() > furthest || day.year() < 1 { Err(Refusal::DayOutOfRange { day }) } else { Ok(()) }
}

fn join(world: &World, actor: Actor, member: MemberId, on: NaiveDate, facts: &mut Facts) -> Result<(), Refusal> {
    needs(world, actor, Role::Hr)?;
    in_range(on, local_date(facts.now, world.zone))?;
    if world.plan.members.get(&member).is_some_and(|membership| membership.left.is_none()) {
        return Err(Refusal::MemberPresent { member });
    }
    facts.push(What::Joined { member, on });
    for def in world.release.steps().filter(|def| def.each.is_some()) {
        for turn in 1..=def.listed() {
            let step = StepKey { id: def.id.clone(), member: Some(member), turn };
            let stands = world.plan.steps.get(&step).is_some_and(|s| !matches!(s.state, StepState::Closed { .. }));
            let dates = ritual::for_joiner(def, turn, (member, on), world.plan.effective, world.calendar);
            if let Some(dates) = dates.filter(|_| !stands) {
                facts.push(What::Planned { step, opens: dates.opens, due: dates.due });
            }
        }
    }
    Ok(())
}

fn leave(world: &World, actor: Actor, member: MemberId, on: NaiveDate, facts: &mut Facts) -> Result<(), Refusal> {
    needs(world, actor, Role::Hr)?;
    in_range(on, local_date(facts.now, world.zone))?;
    let membership = world.plan.members.get(&member).filter(|membership| membership.left.is_none());
    let membership = membership.ok_or(Refusal::MemberAbsent { member })?;
    // Who leaves before the plan's first day was on its roster from that day on.
    let on = on.max(membership.joined);
    facts.push(What::Left { member, on });
    for (key, _) in world.plan.steps.iter().filter(|(key, step)| key.member == Some(member) && !step.state.is_closed())
    {
        facts.push(What::Closed { step: key.clone(), reason: CloseReason::MemberLeft });
    }
    Ok(())
}

fn wake(world: &World, facts: &mut Facts) {
    let today = local_date(facts.now, world.zone);
    for (key, step) in world.plan.newest_turns().values() {
        let Some(def) = world.release.step(&key.id) else { continue };
        if !ritual::moves_on(world.plan, step, def) {
            continue;
        }
        let Some((next, dates)) = ritual::turn_for(world.plan, def, key, world.calendar, today) else { continue };
        let unfinished = matches!(step.state, StepState::Todo { .. } | StepState::Returned { .. });
        if unfinished && def.is_ritual_turn(key.turn) {
            facts.push(What::Lapsed { step: (*key).clone() });
        }
        facts.push(What::Planned { step: next, opens: dates.opens, due: dates.due });
    }
}

/// The plan after facts, without their chain: for looking ahead inside a use case.
pub fn after(plan: &Plan, facts: &[Fact]) -> Plan {
    facts.iter().fold(plan.clone(), fold)
}
