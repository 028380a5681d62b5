//! A manager's team: who joins and who leaves, with what that does to every plan of the manager.

use chrono::NaiveDate;

use super::people::{name_problems, problem};
use super::{Error, Moment, arrange, worlds};
use crate::engine::access::{Actor, Viewer};
use crate::engine::calendar::Span;
use crate::engine::decide::{self, Request};
use crate::engine::deed::Deed;
use crate::engine::vocabulary::{MemberId, PersonId, PlanId, Role};
use crate::engine::{Fact, Refusal, What, zone};
use crate::store::members::{self, Member};
use crate::store::pool::Tx;
use crate::store::{facts, people, plans};

/// Somebody joins a manager's team.
///
/// # Errors
/// The viewer is not HR, the manager is unknown, or the name can't be a name.
pub async fn join(
    tx: &mut Tx,
    who: Viewer,
    manager: PersonId,
    name: &str,
    position: &str,
    on: Option<NaiveDate>,
    moment: &Moment,
) -> Result<MemberId, Error> {
    hr_only(who)?;
    let manager = people::find(tx, manager).await?.ok_or(Error::NotFound)?;
    let mut problems = name_problems("name", name);
    if !position.trim().is_empty() {
        problems.extend(name_problems("position", position));
    }
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let on = on.unwrap_or_else(|| zone::local_date(moment.now, manager.zone));
    decide::in_range(on, zone::local_date(moment.now, manager.zone))?;
    let member = Member {
        id: MemberId(moment.id()),
        manager: manager.id,
        name: name.trim().to_owned(),
        position: position.trim().to_owned(),
        joined_on: on,
        left_on: None,
        former: None,
    };
    members::insert(tx, &member).await?;
    on_every_plan(tx, who, manager.id, None, Request::Join { member: member.id, on }, moment).await?;
    Ok(member.id)
}

/// Somebody leaves a manager's team.
///
/// # Errors
/// The viewer is not HR, or the member is unknown or gone.
pub async fn leave(
    tx: &mut Tx,
    who: Viewer,
    member: MemberId,
    on: Option<NaiveDate>,
    moment: &Moment,
) -> Result<(), Error> {
    hr_only(who)?;
    let member = members::find(tx, who.scope(), member).await?.ok_or(Error::NotFound)?;
    if member.left_on.is_some() {
        return Err(Refusal::MemberAbsent { member: member.id }.into());
    }
    let manager = people::find(tx, member.manager).await?.ok_or(Error::NotFound)?;
    let on = on.unwrap_or_else(|| zone::local_date(moment.now, manager.zone));
    // Who never came leaves on the day on which they were to join, be it ahead.
    if on > zone::local_date(moment.now, manager.zone) && on != member.joined_on {
        return Err(Error::Invalid(vec![problem("left_on", "member-leaves-later")]));
    }
    if on < member.joined_on {
        return Err(Refusal::LeftBeforeJoining.into());
    }
    members::leave(tx, member.id, on).await?;
    on_every_plan(tx, who, member.manager, Some(member.id), Request::Leave { member: member.id, on }, moment).await
}

/// What is known of a member is corrected; dates that were counted from another joining day follow.
///
/// # Errors
/// The viewer is not HR, the member is unknown, the name can't be a name, or the day lies after the
/// last one.
pub async fn correct(
    tx: &mut Tx,
    who: Viewer,
    member: MemberId,
    new: &Corrected,
    moment: &Moment,
) -> Result<(), Error> {
    hr_only(who)?;
    let member = members::find(tx, who.scope(), member).await?.ok_or(Error::NotFound)?;
    let mut problems = name_problems("name", &new.name);
    if !new.position.trim().is_empty() {
        problems.extend(name_problems("position", &new.position));
    }
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    if member.left_on.is_some_and(|left| left < new.joined_on) {
        return Err(Refusal::LeftBeforeJoining.into());
    }
    let manager = people::find(tx, member.manager).await?.ok_or(Error::NotFound)?;
    decide::in_range(new.joined_on, zone::local_date(moment.now, manager.zone))?;
    members::correct(tx, member.id, new.name.trim(), new.position.trim(), new.joined_on).await?;
    let request = Request::CorrectMember { member: member.id, joined: new.joined_on };
    on_every_plan(tx, who, member.manager, Some(member.id), request, moment).await
}

/// A member as they should have been entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Corrected {
    pub name: String,
    pub position: String,
    pub joined_on: NaiveDate,
}

/// Somebody who left was marked as gone by mistake: what was closed for that is open again.
///
/// # Errors
/// The viewer is not HR, the member is unknown or on the team, or it was too long ago.
pub async fn undo_leave(tx: &mut Tx, who: Viewer, member: MemberId, moment: &Moment) -> Result<(), Error> {
    let member = gone(tx, who, member).await?;
    for plan in running(tx, who, member.manager, Some(member.id)).await? {
        if let Some(deed) = newest(tx, plan, &Deed::MemberLeft { member: member.id }).await? {
            arrange::undo_deed(tx, who, plan, deed, moment).await?;
        }
    }
    Ok(members::set_days(tx, member.id, (member.joined_on, None), member.former).await?)
}

/// Somebody who left is back from a day on, and is met again.
///
/// # Errors
/// The viewer is not HR, the member is unknown or on the team, or the day is before they left.
pub async fn come_back(
    tx: &mut Tx,
    who: Viewer,
    member: MemberId,
    on: NaiveDate,
    moment: &Moment,
) -> Result<(), Error> {
    let member = gone(tx, who, member).await?;
    let manager = people::find(tx, member.manager).await?.ok_or(Error::NotFound)?;
    decide::in_range(on, zone::local_date(moment.now, manager.zone))?;
    if member.left_on.is_some_and(|left| on < left) {
        return Err(Error::Invalid(vec![problem("back_on", "member-back-before-leaving")]));
    }
    let former = member.left_on.map(|left| Span { from: member.joined_on, until: left });
    members::set_days(tx, member.id, (on, None), former).await?;
    on_every_plan(tx, who, member.manager, None, Request::Join { member: member.id, on }, moment).await
}

/// Somebody was put back on the team by mistake: they are gone since the day on which they left.
///
/// # Errors
/// The viewer is not HR, the member is unknown or did not come back, or it was too long ago.
pub async fn undo_return(tx: &mut Tx, who: Viewer, member: MemberId, moment: &Moment) -> Result<(), Error> {
    hr_only(who)?;
    let member = members::find(tx, who.scope(), member).await?.ok_or(Error::NotFound)?;
    let former = member.former.filter(|_| member.left_on.is_none()).ok_or(Refusal::NothingToUndo)?;
    for plan in running(tx, who, member.manager, Some(member.id)).await? {
        match newest(tx, plan, &Deed::MemberBack { member: member.id }).await? {
            Some(deed) => arrange::undo_deed(tx, who, plan, deed, moment).await?,
            // It began since they left, and knows of no time before.
            None => {
                let world = worlds::lock(tx, who.scope(), plan).await?;
                let request = Request::Leave { member: member.id, on: former.until };
                worlds::act(tx, &world, Actor::Person(who), request, moment).await?;
            }
        }
    }
    Ok(members::set_days(tx, member.id, (former.from, Some(former.until)), None).await?)
}

/// The number of the newest fact of a plan that is this deed.
async fn newest(tx: &mut Tx, plan: PlanId, deed: &Deed) -> Result<Option<u64>, Error> {
    let is_it = |fact: &Fact| matches!(&fact.what, What::Deed { deed: done, .. } if done == deed);
    let at = facts::read(tx, plan).await?.iter().rposition(is_it);
    Ok(at.and_then(|at| u64::try_from(at + 1).ok()))
}

async fn gone(tx: &mut Tx, who: Viewer, member: MemberId) -> Result<Member, Error> {
    hr_only(who)?;
    let member = members::find(tx, who.scope(), member).await?.ok_or(Error::NotFound)?;
    if member.left_on.is_some() { Ok(member) } else { Err(Refusal::MemberPresent { member: member.id }.into()) }
}

/// The plans of a manager that have not ended; only those with a member, if one is named.
async fn running(tx: &mut Tx, who: Viewer, manager: PersonId, member: Option<MemberId>) -> Result<Vec<PlanId>, Error> {
    let plans = plans::of_manager(tx, who.scope(), manager).await?.into_iter();
    let running = plans.filter(|plan| plan.arranged.ended.is_none());
    Ok(running.filter(|plan| member.is_none_or(|one| plan.members.contains_key(&one))).map(|plan| plan.id).collect())
}

async fn on_every_plan(
    tx: &mut Tx,
    who: Viewer,
    manager: PersonId,
    member: Option<MemberId>,
    request: Request,
    moment: &Moment,
) -> Result<(), Error> {
    for plan in running(tx, who, manager, member).await? {
        let world = worlds::lock(tx, who.scope(), plan).await?;
        worlds::act(tx, &world, Actor::Person(who), request.clone(), moment).await?;
    }
    Ok(())
}

/// # Errors
/// The viewer is not HR.
pub(super) fn hr_only(who: Viewer) -> Result<(), Error> {
    if who.is_hr { Ok(()) } else { Err(Refusal::NotYours { needs: Role::Hr }.into()) }
}
