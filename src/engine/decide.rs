//! What a request does to a plan: facts, or a refusal.

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;

use super::access::{self, Actor};
use super::act;
use super::arrange::Ending;
use super::calendar::Calendar;
use super::decision::Facts;
use super::deed::Deed;
use super::entries;
use super::fact::{Fact, What, fold};
use super::form::Answers;
use super::growth::{Ground, Known, grow};
use super::mentoring;
use super::plan::{CloseReason, Membership, Plan, StepState, WritingRef};
use super::refusal::Refusal;
use super::release::{Field, Release, StepDef};
use super::replan::{self, Arrange};
use super::ritual::{self, Course};
use super::silence;
use super::tailor::Tailor;
use super::upgrade;
use super::vocabulary::{MemberId, PersonId, PlanId, Role, StepId, StepKey, in_run};
use super::zone::local_date;

/// What a decision rests on.
#[derive(Debug, Clone, Copy)]
pub struct World<'a> {
    pub plan: &'a Plan,
    pub release: &'a Release,
    pub calendar: &'a Calendar,
    /// The manager's time zone: a plan's days are the manager's days.
    pub zone: Tz,
    /// What the steps of [`Release::asked`] were answered with.
    pub known: &'a Known,
    /// What the release is tailored from when the request arranges something for this plan.
    pub tailor: &'a Tailor,
}

impl World<'_> {
    /// What a step asks for now.
    pub fn asks(&self, key: &StepKey, def: &StepDef) -> Vec<Field> {
        entries::resolved(self.plan.asks(key, def), key, (self.plan, self.release), self.known)
    }

    /// What turns of its rituals are planned by.
    pub fn course(&self) -> Course<'_> {
        Course { plan: self.plan, release: self.release, calendar: self.calendar }
    }
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
        /// Who is asked next when they say no or nothing, in this order.
        then: Vec<PersonId>,
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
    /// A member joined on another day than was said.
    CorrectMember {
        member: MemberId,
        joined: NaiveDate,
    },
    /// A playbook begins, once more when its last run is over.
    Launch {
        playbook: String,
    },
    /// HR, or who else may, arranges something for this plan alone.
    Arrange(Arrange),
    /// A change of the release that was offered is taken, or left.
    Offer {
        step: StepId,
        take: bool,
    },
    /// Time passed: rituals move on.
    Wake,
}

/// An act on one step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    HandIn {
        answers: Answers,
        evidence: Option<WritingRef>,
    },
    Accept {
        line: Option<WritingRef>,
    },
    Return {
        line: Option<WritingRef>,
    },
    TakeBack,
    /// A reviewer takes back their own yes or no.
    Reconsider,
    Comment {
        comment: WritingRef,
    },
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
    /// Who is asked to be the mentor next.
    pub then: Vec<PersonId>,
    /// Who is on the roster, and since when.
    pub members: Vec<(MemberId, NaiveDate)>,
    /// Another calendar than the manager's was chosen.
    pub own_calendar: bool,
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
    zone: Tz,
    by: Actor,
    now: DateTime<Utc>,
) -> Result<Vec<Fact>, Refusal> {
    if order.superior == order.manager {
        return Err(Refusal::SuperiorIsManager);
    }
    in_range(order.effective, now.date_naive())?;
    let mut facts = Facts::new(by, now);
    facts.push(What::Started {
        release: release.hash.clone(),
        calendar: calendar.name.clone(),
        effective: order.effective,
        manager: order.manager,
        superior: order.superior,
        hr: order.hr,
        own_calendar: order.own_calendar,
    });
    for (member, joined) in &order.members {
        in_range((*joined).max(order.effective), now.date_naive())?;
        facts.push(What::Joined { member: *member, on: (*joined).max(order.effective) });
    }
    if let Some(mentor) = order.mentor {
        let then = mentoring::may_follow(order.manager, order.superior, mentor, &order.then)?;
        facts.push(What::MentorAsked { mentor, then });
    }
    let known = Known::new();
    let plan = Plan::unwritten(PlanId(uuid::Uuid::nil()));
    let plan = facts.list.iter().fold(plan, fold);
    let today = local_date(now, zone);
    let ground = Ground { release, calendar, zone, known: &known, today, is_change: false };
    grow(&ground, plan, &mut |what| facts.add(what));
    Ok(facts.list)
}

/// What a request does.
///
/// # Errors
/// The refusal that the rules answer with; then nothing has happened.
pub fn decide(world: &World, actor: Actor, request: Request, now: DateTime<Utc>) -> Result<Vec<Fact>, Refusal> {
    let mut facts = Facts::new(actor, now);
    not_ended(world, &request)?;
    match request {
        Request::Step { step, seen, act } => act::on_step(world, actor, &step, seen, act, &mut facts)?,
        Request::AskMentor { mentor, then } => mentoring::ask(world, actor, mentor, &then, &mut facts)?,
        Request::Recast { superior, hr } => {
            needs(world, actor, Role::Hr)?;
            let cast = &world.plan.cast;
            if superior == cast.manager {
                return Err(Refusal::SuperiorIsManager);
            }
            let mentors = [cast.mentor.candidate(), cast.mentor.next(), world.plan.arranged.deputy.map(|one| one.who)];
            if mentors.contains(&Some(superior)) {
                return Err(Refusal::MentorInCast { role: Role::Superior });
            }
            if (superior, hr) != (cast.superior, cast.hr) {
                facts.push(What::Recast { superior, hr });
            }
        }
        Request::AcceptMentoring => mentoring::accept(world, actor, &mut facts)?,
        Request::DeclineMentoring { line } => mentoring::decline(world, actor, line, &mut facts)?,
        Request::Join { member, on } => join(world, actor, member, on, &mut facts)?,
        Request::Leave { member, on } => leave(world, actor, member, on, &mut facts)?,
        Request::CorrectMember { member, joined } => correct(world, actor, member, joined, &mut facts)?,
        Request::Launch { playbook } => launch(world, actor, playbook, &mut facts)?,
        Request::Arrange(arrange) => replan::arrange(world, actor, arrange, &mut facts)?,
        Request::Offer { step, take } => upgrade::answer(world, actor, step, take, &mut facts)?,
        Request::Wake => wake(world, &mut facts),
    }
    if !facts.list.is_empty() {
        facts.grow(world);
    }
    Ok(facts.list)
}

/// In a plan that ended, work that was handed in is still answered, and everything can be read.
fn not_ended(world: &World, request: &Request) -> Result<(), Refusal> {
    let still = matches!(
        request,
        Request::Wake | Request::Recast { .. } | Request::Step { act: Act::Accept { .. } | Act::Comment { .. }, .. }
    );
    match &world.plan.arranged.ended {
        Some(ended) if !still => Err(Refusal::PlanEnded { how: ended.how, at: ended.at }),
        _ => Ok(()),
    }
}

pub(super) fn needs(world: &World, actor: Actor, role: Role) -> Result<(), Refusal> {
    match actor {
        Actor::Program => Ok(()),
        Actor::Person(viewer) if access::roles(world.plan, viewer).contains(&role) => Ok(()),
        Actor::Person(_) => Err(Refusal::NotYours { needs: role }),
    }
}

/// HR, or somebody who plays another part too.
pub(super) fn needs_hr_or(world: &World, actor: Actor, also: Option<Role>) -> Result<(), Refusal> {
    let plays = |role| matches!(actor, Actor::Person(viewer) if access::roles(world.plan, viewer).contains(&role));
    if also.is_some_and(plays) { Ok(()) } else { needs(world, actor, Role::Hr) }
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
    match world.plan.members.get(&member) {
        Some(Membership { left: None, .. }) => return Err(Refusal::MemberPresent { member }),
        Some(_) => facts.begin(Deed::MemberBack { member }),
        None => {}
    }
    facts.push(What::Joined { member, on });
    Ok(())
}

fn leave(world: &World, actor: Actor, member: MemberId, on: NaiveDate, facts: &mut Facts) -> Result<(), Refusal> {
    needs(world, actor, Role::Hr)?;
    in_range(on, local_date(facts.now, world.zone))?;
    let membership = world.plan.members.get(&member).filter(|membership| membership.left.is_none());
    let membership = membership.ok_or(Refusal::MemberAbsent { member })?;
    // Who leaves before the plan's first day was on its roster from that day on.
    let on = on.max(membership.joined);
    facts.begin(Deed::MemberLeft { member });
    facts.push(What::Left { member, on });
    for (key, _) in world.plan.steps.iter().filter(|(key, step)| key.member == Some(member) && !step.state.is_closed())
    {
        facts.push(What::Closed { step: key.clone(), reason: CloseReason::MemberLeft, line: None });
    }
    Ok(())
}

fn correct(world: &World, actor: Actor, member: MemberId, on: NaiveDate, facts: &mut Facts) -> Result<(), Refusal> {
    needs(world, actor, Role::Hr)?;
    in_range(on, local_date(facts.now, world.zone))?;
    let membership = world.plan.members.get(&member).ok_or(Refusal::MemberAbsent { member })?;
    // Who joined before the plan's first day is on its roster from that day on.
    let joined = on.max(world.plan.effective);
    if membership.left.is_some_and(|left| left < joined) {
        return Err(Refusal::LeftBeforeJoining);
    }
    if membership.joined != joined {
        facts.begin(Deed::MemberCorrected { member, joined });
    }
    Ok(())
}

/// Begins a playbook, or a further run of one whose last run is over.
fn launch(world: &World, actor: Actor, playbook: String, facts: &mut Facts) -> Result<(), Refusal> {
    let found = world.release.curricula.iter().find(|curriculum| curriculum.name == playbook);
    let (curriculum, launch) = found.and_then(|c| Some((c, c.launch.as_ref()?))).ok_or(Refusal::NoSuchPlaybook)?;
    match actor {
        Actor::Person(viewer) if !access::roles(world.plan, viewer).iter().any(|role| launch.who.contains(role)) => {
            return Err(Refusal::NotYours { needs: launch.who.first().copied().unwrap_or(Role::Hr) });
        }
        _ => {}
    }
    if world.plan.is_running(world.release, &curriculum.name) {
        return Err(Refusal::PlaybookRuns);
    }
    let run = match world.plan.runs(&curriculum.name).count() {
        0 => playbook,
        earlier => in_run(&playbook, earlier + 1),
    };
    facts.push(What::Launched { playbook: run, on: local_date(facts.now, world.zone) });
    Ok(())
}

fn wake(world: &World, facts: &mut Facts) {
    let today = local_date(facts.now, world.zone);
    let arranged = &world.plan.arranged;
    if arranged.deputy.is_some_and(|deputy| deputy.span.until < today) {
        facts.push(What::DeputyLeft);
    }
    if arranged.ended.is_some() || arranged.paused.is_some() {
        return;
    }
    if silence::next_is_asked_on(&world.course(), world.zone).is_some_and(|on| on <= today) {
        mentoring::ask_next(world, facts);
    }
    if ritual::graduates_on(&world.course()).is_some_and(|on| on <= today) {
        replan::ended(world, Ending::Graduated, None, facts);
        return;
    }
    for (key, step) in world.plan.newest_turns().values() {
        let Some(def) = world.release.step(&key.id) else { continue };
        if !ritual::moves_on(world.plan, step, def) {
            continue;
        }
        let next = ritual::next_turn(&world.course(), def, key, today);
        let Some((next, dates)) = next.filter(|(_, dates)| dates.opens.date <= today) else { continue };
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
