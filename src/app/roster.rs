//! A manager's team: who joins and who leaves, with what that does to every plan of the manager.

use chrono::NaiveDate;

use super::people::{name_problems, problem};
use super::worlds;
use super::{Error, Moment};
use crate::engine::access::{Actor, Viewer};
use crate::engine::decide::{self, Request};
use crate::engine::vocabulary::{MemberId, PersonId, Role};
use crate::engine::{Refusal, zone};
use crate::store::members::{self, Member};
use crate::store::pool::Tx;
use crate::store::{people, plans};

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
    };
    members::insert(tx, &member).await?;
    on_every_plan(tx, who, manager.id, Request::Join { member: member.id, on }, moment).await?;
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
    if on > zone::local_date(moment.now, manager.zone) {
        return Err(Error::Invalid(vec![problem("left_on", "member-leaves-later")]));
    }
    if on < member.joined_on {
        return Err(Refusal::LeftBeforeJoining.into());
    }
    members::leave(tx, member.id, on).await?;
    on_every_plan(tx, who, member.manager, Request::Leave { member: member.id, on }, moment).await
}

async fn on_every_plan(
    tx: &mut Tx,
    who: Viewer,
    manager: PersonId,
    request: Request,
    moment: &Moment,
) -> Result<(), Error> {
    for plan in plans::all(tx, who.scope()).await?.into_iter().filter(|plan| plan.cast.manager == manager) {
        let world = worlds::lock(tx, who.scope(), plan.id).await?;
        worlds::act(tx, &world, Actor::Person(who), request.clone(), moment).await?;
    }
    Ok(())
}

/// # Errors
/// The viewer is not HR.
pub(super) fn hr_only(who: Viewer) -> Result<(), Error> {
    if who.is_hr { Ok(()) } else { Err(Refusal::NotYours { needs: Role::Hr }.into()) }
}
