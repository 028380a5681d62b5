//! One account, for HR: the form that changes it, the team, and who plays which part beside it.

use chrono::{DateTime, NaiveDate, Utc};
use diesel_async::AsyncPgConnection;
use serde::Serialize;

use super::calendars::{PlanMove, plan_move};
use super::lines::{StepLine, line};
use super::outbox::{self, BouncedAddress};
use super::people::{self as list, Choices, Mistakes, PartLine, PersonForm, for_hr};
use super::progress::{self, Finished};
use crate::app::naming::Naming;
use crate::app::worlds::{Library, Names, PlanWorld};
use crate::app::{Error, Moment, mentoring};
use crate::engine::access::Viewer;
use crate::engine::calendar::Dated;
use crate::engine::message::Message;
use crate::engine::plan::{CloseReason, Mentoring, StepState};
use crate::engine::vocabulary::{MemberId, PersonId, PlanId, Role, Text};
use crate::engine::zone::local_date;
use crate::store::members::Member;
use crate::store::people::Person;
use crate::store::{bounced, members, people, plans, writings};

/// The page of one account.
#[derive(Debug, Clone, Serialize)]
pub struct PersonPage {
    pub href: String,
    pub name: String,
    pub email: String,
    /// Set where mail to them comes back.
    pub bounced: Option<BouncedAddress>,
    /// Where the mail to them is listed.
    pub mail_href: String,
    pub form: PersonForm,
    pub choices: Choices,
    pub mistakes: Mistakes,
    /// Parts beside somebody else's plan.
    pub parts: Vec<PartLine>,
    /// Their own plans, newest first.
    pub plans: Vec<OwnPlan>,
    /// Where a plan for them is started.
    pub start_href: String,
    pub present: Vec<MemberLine>,
    pub gone: Vec<MemberLine>,
    pub joining: JoinForm,
    pub join_mistakes: Mistakes,
    /// What a joiner or leaver just changed.
    pub changed: Option<Changed>,
    /// What another calendar would do to their plans; shown before it is saved.
    pub following: Option<Following>,
}

/// How somebody's running plans would follow them to another calendar.
#[derive(Debug, Clone, Serialize)]
pub struct Following {
    /// The calendar, by its name and its title.
    pub calendar: String,
    pub title: Text,
    pub plans: Vec<PlanMove>,
}

/// A team member.
#[derive(Debug, Clone, Serialize)]
pub struct MemberLine {
    pub id: MemberId,
    pub name: String,
    pub position: String,
    pub joined_on: NaiveDate,
    pub left_on: Option<NaiveDate>,
    /// What stands in the form that marks them as gone.
    pub leave_on: String,
    /// The form was just posted and not done: it stands open.
    pub is_leaving: bool,
    /// What was wrong with it.
    pub problem: Option<Message>,
}

/// The form that adds a member, as it was typed.
#[derive(Debug, Clone, Serialize)]
pub struct JoinForm {
    pub name: String,
    pub position: String,
    pub joined_on: String,
}

/// A plan of this manager, with its cast.
#[derive(Debug, Clone, Serialize)]
pub struct OwnPlan {
    pub id: PlanId,
    pub href: String,
    pub program: Text,
    pub first_day: Dated,
    /// The title of the calendar that it was counted in.
    pub calendar: Text,
    pub finished: Option<Finished>,
    pub superior: Named,
    pub hr: Named,
    pub mentor: MentorState,
    /// Who else could be asked; the manager and the superior can't.
    pub candidates: Vec<Candidate>,
    /// Who could be the superior, and who the HR owner.
    pub superiors: Vec<Choice>,
    pub hr_owners: Vec<Choice>,
}

/// Somebody to choose.
#[derive(Debug, Clone, Serialize)]
pub struct Choice {
    pub id: PersonId,
    pub name: String,
    pub is_chosen: bool,
}

/// Somebody with a page.
#[derive(Debug, Clone, Serialize)]
pub struct Named {
    pub name: String,
    pub href: String,
}

/// How a plan stands with its mentor.
#[derive(Debug, Clone, Serialize)]
pub struct MentorState {
    /// As [`mentoring::state`] says.
    pub is: &'static str,
    pub who: Option<Named>,
    /// Asked to take over, and has not answered.
    pub next: Option<Named>,
    pub at: Option<DateTime<Utc>>,
    /// The line that came with a no, when it is for HR to read.
    pub line: Option<String>,
}

/// Somebody who could be a mentor.
#[derive(Debug, Clone, Serialize)]
pub struct Candidate {
    pub id: PersonId,
    pub name: String,
    /// How many managers they accompany now, or are asked to.
    pub mentees: usize,
}

/// What one member's coming or going did to the manager's plans.
#[derive(Debug, Clone, Serialize)]
pub struct Changed {
    pub member: String,
    pub has_left: bool,
    pub plans: Vec<ChangedPlan>,
}

#[derive(Debug, Clone, Serialize)]
pub struct ChangedPlan {
    /// Which plan of the manager.
    pub program: Message,
    pub steps: Vec<StepLine>,
}

/// What a calendar that HR chose would do to somebody's running plans; none if it is theirs already, is
/// no calendar, or there is no such plan.
///
/// # Errors
/// The viewer is not HR, there is no such person, or the database fails.
pub async fn following(
    conn: &mut AsyncPgConnection,
    viewer: Viewer,
    id: PersonId,
    calendar: &str,
    moment: &Moment,
) -> Result<Option<Following>, Error> {
    for_hr(viewer)?;
    let person = people::find(conn, id).await?.ok_or(Error::NotFound)?;
    let to = list::calendars(conn).await?.into_iter().find(|one| one.name == calendar);
    let Some(to) = to.filter(|_| person.calendar != calendar) else { return Ok(None) };
    let on = (person.calendar.as_str(), calendar);
    let previewed = crate::app::calendars::preview_move(conn, viewer, id, on, moment).await?;
    let before: Vec<_> = previewed.iter().map(|one| &one.before.plan).collect();
    let names = Names::around(conn, viewer.scope(), &before).await?;
    let plans: Vec<PlanMove> = previewed.iter().map(|one| plan_move(one, &names, viewer, moment)).collect();
    Ok((!plans.is_empty()).then_some(Following { calendar: to.name, title: to.title, plans }))
}

/// The page of a person; `member` is whoever just joined or left their team.
///
/// # Errors
/// The viewer is not HR, there is no such person, or the database fails.
pub async fn load(
    conn: &mut AsyncPgConnection,
    viewer: Viewer,
    id: PersonId,
    member: Option<MemberId>,
    now: DateTime<Utc>,
) -> Result<PersonPage, Error> {
    for_hr(viewer)?;
    let person = people::find(conn, id).await?.ok_or(Error::NotFound)?;
    let everybody = people::all(conn, viewer.scope()).await?;
    let all_plans = plans::all(conn, viewer.scope()).await?;
    let worlds = Library::default().worlds(conn, all_plans).await?;
    let roster = members::of_manager(conn, viewer.scope(), id).await?;
    let today = local_date(now, person.zone);
    let mut own = Vec::new();
    for world in worlds.iter().rev().filter(|world| world.plan.cast.manager == id) {
        own.push(own_plan(conn, viewer, world, &worlds, &everybody).await?);
    }
    let changed = match roster.iter().find(|one| Some(one.id) == member) {
        Some(one) => Some(changed(conn, viewer, one, &worlds, now).await?),
        None => None,
    };
    let (gone, present): (Vec<MemberLine>, Vec<MemberLine>) =
        roster.into_iter().map(|one| member_line(one, today)).partition(|one| one.left_on.is_some());
    Ok(PersonPage {
        href: list::href(id),
        name: person.name.clone(),
        email: person.email.clone(),
        bounced: bounced::find(conn, &person.email).await?.map(BouncedAddress::from),
        mail_href: outbox::href_to(&person.email),
        form: PersonForm::from(&person),
        choices: list::choices(conn).await?,
        mistakes: Mistakes::default(),
        parts: list::parts(&worlds, &Naming::among(&worlds), id)
            .into_iter()
            .filter(|part| part.role != Role::Manager)
            .collect(),
        plans: own,
        start_href: format!("/plans/new?manager={id}"),
        present,
        gone,
        joining: JoinForm { name: String::new(), position: String::new(), joined_on: today.to_string() },
        join_mistakes: Mistakes::default(),
        changed,
        following: None,
    })
}

fn member_line(member: Member, today: NaiveDate) -> MemberLine {
    MemberLine {
        id: member.id,
        name: member.name,
        position: member.position,
        joined_on: member.joined_on,
        left_on: member.left_on,
        leave_on: today.max(member.joined_on).to_string(),
        is_leaving: false,
        problem: None,
    }
}

async fn own_plan(
    conn: &mut AsyncPgConnection,
    viewer: Viewer,
    world: &PlanWorld,
    worlds: &[PlanWorld],
    everybody: &[Person],
) -> Result<OwnPlan, Error> {
    let plan = &world.plan;
    let named = |id: PersonId| Named {
        name: everybody.iter().find(|person| person.id == id).map(|person| person.name.clone()).unwrap_or_default(),
        href: list::href(id),
    };
    let taken = match plan.cast.mentor {
        Mentoring::Asked { who, .. } | Mentoring::Accepted { who, .. } => Some(who),
        Mentoring::Nobody | Mentoring::Declined { .. } => None,
    };
    let candidates = candidates(everybody, worlds)
        .into_iter()
        .filter(|one| one.id != plan.cast.manager && one.id != plan.cast.superior && Some(one.id) != taken)
        .collect();
    let choices = |chosen: PersonId, may: &dyn Fn(&Person) -> bool| -> Vec<Choice> {
        let able = everybody.iter().filter(|person| may(person));
        able.map(|p| Choice { id: p.id, name: p.name.clone(), is_chosen: p.id == chosen }).collect()
    };
    Ok(OwnPlan {
        superiors: choices(plan.cast.superior, &|p| {
            p.id != plan.cast.manager && plan.cast.mentor.candidate() != Some(p.id)
        }),
        hr_owners: choices(plan.cast.hr, &|p| p.is_hr),
        id: plan.id,
        href: format!("/plans/{}", plan.id),
        program: world.release.program.title.clone(),
        first_day: world.first_day(),
        calendar: world.calendar.title.clone(),
        finished: progress::finished(world),
        superior: named(plan.cast.superior),
        hr: named(plan.cast.hr),
        mentor: mentor_state(conn, viewer, world, named).await?,
        candidates,
    })
}

/// Everybody, with how many managers each accompanies: the least busy first.
pub(super) fn candidates(everybody: &[Person], worlds: &[PlanWorld]) -> Vec<Candidate> {
    let mut all: Vec<Candidate> = everybody
        .iter()
        .map(|person| Candidate { id: person.id, name: person.name.clone(), mentees: list::mentees(worlds, person.id) })
        .collect();
    all.sort_by_key(|one| one.mentees);
    all
}

async fn mentor_state(
    conn: &mut AsyncPgConnection,
    viewer: Viewer,
    world: &PlanWorld,
    named: impl Fn(PersonId) -> Named,
) -> Result<MentorState, Error> {
    let (at, reference) = match &world.plan.cast.mentor {
        Mentoring::Nobody => (None, None),
        Mentoring::Asked { at, .. } | Mentoring::Accepted { at, .. } => (Some(*at), None),
        Mentoring::Declined { at, line, .. } => (Some(*at), *line),
    };
    let line = match reference {
        // The store leaves out what the scope may not read.
        Some(reference) => writings::of_plan(conn, viewer.scope(), world.plan.id, None)
            .await?
            .into_iter()
            .find(|writing| writing.id() == reference.id)
            .and_then(|writing| writing.words()),
        None => None,
    };
    let mentor = &world.plan.cast.mentor;
    let next = mentor.next().filter(|next| mentoring::is_open(&world.plan, *next));
    let is = mentoring::state(&world.plan);
    Ok(MentorState { is, who: mentor.candidate().map(&named), next: next.map(&named), at, line })
}

async fn changed(
    conn: &mut AsyncPgConnection,
    viewer: Viewer,
    member: &Member,
    worlds: &[PlanWorld],
    now: DateTime<Utc>,
) -> Result<Changed, Error> {
    let has_left = member.left_on.is_some();
    let mut plans = Vec::new();
    let is_running = |world: &&PlanWorld| world.plan.arranged.ended.is_none();
    let with_member = |world: &&PlanWorld| world.plan.members.contains_key(&member.id);
    let naming = Naming::among(worlds);
    for world in worlds.iter().filter(is_running).filter(with_member) {
        let names = Names::around(conn, viewer.scope(), &[&world.plan]).await?;
        let today = world.today(now);
        let mut steps: Vec<StepLine> = world
            .plan
            .steps
            .iter()
            // What is over stays as it was: the change brought none of it.
            .filter(|(_, step)| match step.state {
                StepState::Closed { reason: CloseReason::MemberLeft, .. } => has_left,
                _ => !has_left && !step.state.is_closed(),
            })
            .filter(|(key, _)| key.member == Some(member.id))
            .filter_map(|(key, step)| Some((key, step, world.release.step(&key.id)?)))
            .map(|step| line(world, &names, viewer, step, today))
            .collect();
        steps.sort_by_key(|line| line.due.date);
        plans.push(ChangedPlan { program: naming.name(world), steps });
    }
    Ok(Changed { member: member.name.clone(), has_left, plans })
}

/// On whose team a member is.
///
/// # Errors
/// The viewer is not HR, there is no such member, or the database fails.
pub async fn manager_of(conn: &mut AsyncPgConnection, viewer: Viewer, member: MemberId) -> Result<PersonId, Error> {
    for_hr(viewer)?;
    let member = members::find(conn, viewer.scope(), member).await?;
    Ok(member.ok_or(Error::NotFound)?.manager)
}

/// Whose plan it is.
///
/// # Errors
/// As [`manager_of`], of a plan.
pub async fn manager_of_plan(conn: &mut AsyncPgConnection, viewer: Viewer, plan: PlanId) -> Result<PersonId, Error> {
    for_hr(viewer)?;
    let plan = plans::find(conn, viewer.scope(), plan).await?;
    Ok(plan.ok_or(Error::NotFound)?.cast.manager)
}
