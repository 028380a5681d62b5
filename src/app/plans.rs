//! Starting plans: the preview of their dates, and the start itself.

use chrono::NaiveDate;
use diesel_async::AsyncPgConnection;

use super::roster::hr_only;
use super::worlds::{self, Library, PlanWorld};
use super::{Error, Moment};
use crate::engine::Release;
use crate::engine::access::{Actor, Viewer};
use crate::engine::calendar::Calendar;
use crate::engine::decide::{self, Request, StartOrder};
use crate::engine::fact::Fact;
use crate::engine::form::FieldProblem;
use crate::engine::message::Message;
use crate::engine::plan::Plan;
use crate::engine::tailor::Tailor;
use crate::engine::vocabulary::{PersonId, PlanId};
use crate::store::people::Person;
use crate::store::pool::Tx;
use crate::store::{members, people, releases};

/// What HR chooses when a plan starts.
#[derive(Debug, Clone)]
pub struct NewPlan {
    pub program: String,
    pub manager: PersonId,
    pub superior: PersonId,
    pub hr: PersonId,
    pub mentor: Option<PersonId>,
    /// Who is asked to be the mentor when they say no or nothing, in this order.
    pub then: Vec<PersonId>,
    /// The day the manager takes the role.
    pub effective: NaiveDate,
    /// The calendar whose working days the plan counts in; the manager's own when none is given.
    pub calendar: Option<String>,
}

/// A plan as it would start, and what it would start from; nothing is written.
///
/// # Errors
/// The viewer is not HR, the program or a person is unknown, or the cast can't be.
pub async fn preview(
    conn: &mut AsyncPgConnection,
    who: Actor,
    new: &NewPlan,
    moment: &Moment,
) -> Result<(PlanWorld, Vec<Fact>), Error> {
    if let Actor::Person(viewer) = who {
        hr_only(viewer)?;
    }
    let release = releases::current(conn, &new.program).await?.ok_or(Error::NotFound)?;
    let mut manager = people::find(conn, new.manager).await?.ok_or(Error::NotFound)?;
    if let Some(hour) = release.program.mail.hour.filter(|_| !manager.hour_is_own) {
        manager.brief_hour = hour;
    }
    for person in std::iter::once(&new.superior).chain(&new.mentor).chain(&new.then) {
        people::find(conn, *person).await?.ok_or(Error::NotFound)?;
    }
    if !people::find(conn, new.hr).await?.ok_or(Error::NotFound)?.is_hr {
        return Err(problem("hr", "plan-hr-owner"));
    }
    let name = new.calendar.as_deref().unwrap_or(&manager.calendar);
    let calendar = Library::default().calendar(conn, name).await?;
    let roster = members::of_manager(conn, who.scope(), manager.id).await?;
    let order = StartOrder {
        effective: new.effective,
        manager: new.manager,
        superior: new.superior,
        hr: new.hr,
        mentor: new.mentor,
        then: new.then.clone(),
        members: roster
            .into_iter()
            .filter(|member| member.left_on.is_none())
            .map(|member| (member.id, member.joined_on))
            .collect(),
        own_calendar: *name != *manager.calendar,
    };
    let facts = decide::start(&order, &release, &calendar, manager.zone, who, moment.now)?;
    Ok((unwritten(moment, release, (*calendar).clone(), manager), facts))
}

fn unwritten(moment: &Moment, release: Release, calendar: Calendar, manager: Person) -> PlanWorld {
    let release = std::rc::Rc::new(release);
    PlanWorld {
        plan: Plan::unwritten(PlanId(moment.id())),
        tailor: std::rc::Rc::new(Tailor::plain(release.clone())),
        release,
        calendar: std::rc::Rc::new(calendar),
        manager,
    }
}

/// Starts a plan.
///
/// # Errors
/// As [`preview`]; or the same plan runs already.
pub async fn start(tx: &mut Tx, who: Actor, new: &NewPlan, moment: &Moment) -> Result<PlanId, Error> {
    let (world, facts) = preview(tx, who, new, moment).await?;
    record(tx, &world, &facts, moment).await
}

/// Starts a plan whose preview somebody saw; `release` is the hash that it showed.
///
/// # Errors
/// As [`start`]; or another release of the program was published since.
pub async fn start_as_previewed(
    tx: &mut Tx,
    who: Actor,
    new: &NewPlan,
    release: &str,
    moment: &Moment,
) -> Result<PlanId, Error> {
    let (world, facts) = preview(tx, who, new, moment).await?;
    if world.release.hash != release {
        let message = Message::new("plan-release-newer").with("program", world.release.program.title.clone());
        return Err(Error::Invalid(vec![FieldProblem { field: "program".to_owned(), message }]));
    }
    record(tx, &world, &facts, moment).await
}

async fn record(tx: &mut Tx, world: &PlanWorld, facts: &[Fact], moment: &Moment) -> Result<PlanId, Error> {
    super::people::keep_hour(tx, &world.manager, moment).await?;
    match worlds::record(tx, world, facts, moment).await {
        Err(Error::Store(error)) if error.is_duplicate() => Err(problem("effective", "plan-runs-already")),
        other => other.map(|plan| plan.id),
    }
}

/// Another superior or HR owner takes over a plan; what was done stays done.
///
/// # Errors
/// The viewer is not HR, a person is unknown, or the cast can't be.
pub async fn recast(
    tx: &mut Tx,
    who: Viewer,
    plan: PlanId,
    superior: PersonId,
    hr: PersonId,
    moment: &Moment,
) -> Result<(), Error> {
    hr_only(who)?;
    let world = worlds::lock(tx, who.scope(), plan).await?;
    people::find(tx, superior).await?.ok_or(Error::NotFound)?;
    if !people::find(tx, hr).await?.ok_or(Error::NotFound)?.is_hr {
        return Err(problem("hr", "plan-hr-owner"));
    }
    worlds::act(tx, &world, Actor::Person(who), Request::Recast { superior, hr }, moment).await.map(drop)
}

fn problem(field: &str, id: &'static str) -> Error {
    Error::Invalid(vec![FieldProblem { field: field.to_owned(), message: Message::new(id) }])
}
