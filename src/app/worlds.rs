//! Loading what decisions and pages rest on.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use diesel_async::AsyncPgConnection;

use super::{Error, Moment};
use crate::engine::access::{Actor, Scope};
use crate::engine::calendar::Calendar;
use crate::engine::decide::{Request, World, decide};
use crate::engine::fact::Fact;
use crate::engine::growth::Known;
use crate::engine::notice::{Notice, notices};
use crate::engine::plan::Plan;
use crate::engine::ritual::{self, Course};
use crate::engine::vocabulary::{MemberId, PersonId, PlanId, StepKey, Text, WritingId};
use crate::engine::zone::{local_date, start_of};
use crate::engine::{Refusal, Release};
use crate::store::outbox::{self, Owed};
use crate::store::people::Person;
use crate::store::pool::Tx;
use crate::store::{members, people, plans, releases, writings};

/// A plan with all that a decision or a page about it needs.
#[derive(Debug, Clone)]
pub struct PlanWorld {
    pub plan: Plan,
    pub release: std::rc::Rc<Release>,
    pub calendar: std::rc::Rc<Calendar>,
    pub manager: Person,
}

impl PlanWorld {
    /// What a decision rests on; `known` from [`known`], or nothing where only refusals are asked for.
    pub fn world<'a>(&'a self, known: &'a Known) -> World<'a> {
        World { plan: &self.plan, release: &self.release, calendar: &self.calendar, zone: self.zone(), known }
    }

    /// What turns of the rituals of this plan, or of what becomes of it, are planned by.
    pub fn course<'a>(&'a self, plan: &'a Plan) -> Course<'a> {
        Course { plan, release: &self.release, calendar: &self.calendar }
    }

    /// A plan's days are the manager's days.
    pub fn zone(&self) -> Tz {
        self.manager.zone
    }

    pub fn today(&self, now: DateTime<Utc>) -> NaiveDate {
        local_date(now, self.zone())
    }
}

/// Releases and calendars, read once for many plans.
#[derive(Debug, Default)]
pub struct Library {
    releases: HashMap<String, std::rc::Rc<Release>>,
    calendars: HashMap<String, std::rc::Rc<Calendar>>,
}

impl Library {
    pub async fn release(&mut self, conn: &mut AsyncPgConnection, hash: &str) -> Result<std::rc::Rc<Release>, Error> {
        if let Some(release) = self.releases.get(hash) {
            return Ok(release.clone());
        }
        let release = releases::by_hash(conn, hash).await?;
        let release = std::rc::Rc::new(release.ok_or_else(|| Error::Missing(format!("release {hash}")))?);
        self.releases.insert(hash.to_owned(), release.clone());
        Ok(release)
    }

    pub async fn calendar(&mut self, conn: &mut AsyncPgConnection, name: &str) -> Result<std::rc::Rc<Calendar>, Error> {
        if self.calendars.is_empty() {
            let all = releases::calendars(conn).await?;
            self.calendars = all.into_iter().map(|c| (c.name.clone(), std::rc::Rc::new(c))).collect();
        }
        self.calendars.get(name).cloned().ok_or_else(|| Error::Missing(format!("calendar {name}")))
    }

    /// The world around each of these plans.
    pub async fn worlds(&mut self, conn: &mut AsyncPgConnection, plans: Vec<Plan>) -> Result<Vec<PlanWorld>, Error> {
        let managers: Vec<PersonId> = plans.iter().map(|plan| plan.cast.manager).collect();
        let managers: HashMap<PersonId, Person> =
            people::some(conn, &managers).await?.into_iter().map(|person| (person.id, person)).collect();
        let mut worlds = Vec::with_capacity(plans.len());
        for plan in plans {
            let release = self.release(conn, &plan.release).await?;
            let calendar = self.calendar(conn, &plan.calendar).await?;
            let manager = managers.get(&plan.cast.manager).cloned();
            let manager = manager.ok_or_else(|| Error::Missing(format!("person {}", plan.cast.manager)))?;
            worlds.push(PlanWorld { plan, release, calendar, manager });
        }
        Ok(worlds)
    }
}

/// One plan that the scope reaches, with its world.
pub async fn find(conn: &mut AsyncPgConnection, scope: Scope, plan: PlanId) -> Result<PlanWorld, Error> {
    let plan = plans::find(conn, scope, plan).await?.ok_or(Error::NotFound)?;
    Library::default().worlds(conn, vec![plan]).await?.pop().ok_or(Error::NotFound)
}

/// As [`find`], locked for an act.
pub async fn lock(tx: &mut Tx, scope: Scope, plan: PlanId) -> Result<PlanWorld, Error> {
    let plan = plans::lock(tx, scope, plan).await?.ok_or(Error::NotFound)?;
    Library::default().worlds(tx, vec![plan]).await?.pop().ok_or(Error::NotFound)
}

/// Decides a request and writes what it does: facts, projection and owed mail, in the caller's
/// transaction. Answers the plan afterwards.
pub async fn act(
    tx: &mut Tx,
    world: &PlanWorld,
    actor: Actor,
    request: Request,
    moment: &Moment,
) -> Result<Plan, Error> {
    let known = known(tx, world).await?;
    let facts = decide(&world.world(&known), actor, request, moment.now)?;
    record(tx, world, &facts, moment).await
}

/// What the steps were answered with that conditions, dates and metrics of the program ask for.
///
/// # Errors
/// The database fails.
pub async fn known(conn: &mut AsyncPgConnection, world: &PlanWorld) -> Result<Known, Error> {
    let asked = world.release.asked().into_iter();
    let steps = asked.flat_map(|id| world.plan.of(id)).map(|(key, step)| (key, step.state.evidence()));
    let wanted: BTreeMap<WritingId, &StepKey> = steps.filter_map(|(key, evidence)| Some((evidence?.id, key))).collect();
    let ids: Vec<WritingId> = wanted.keys().copied().collect();
    let read = writings::answers(conn, Actor::Program.scope(), world.plan.id, &ids).await?;
    // Answers that were erased, or that no longer read, are as good as none.
    let known = read
        .into_iter()
        .filter_map(|(id, body)| Some(((*wanted.get(&id)?).clone(), serde_json::from_slice(&body).ok()?)));
    Ok(known.collect())
}

/// Writes decided facts.
pub async fn record(tx: &mut Tx, world: &PlanWorld, facts: &[Fact], moment: &Moment) -> Result<Plan, Error> {
    let zone = world.zone();
    let after = plans::record(tx, &world.plan, facts, |plan| {
        ritual::next_wake(&world.course(plan)).map(|day| start_of(day, zone))
    })
    .await?;
    owe_notices(tx, world, &after, facts, moment).await?;
    Ok(after)
}

async fn owe_notices(
    tx: &mut Tx,
    world: &PlanWorld,
    plan: &Plan,
    facts: &[Fact],
    moment: &Moment,
) -> Result<(), Error> {
    let letters: Vec<Owed> = notices(facts)
        .into_iter()
        .map(|notice| match notice {
            // The welcome comes with the first morning in the role, not in the night before.
            Notice::Welcome { to } => {
                let first = world.calendar.on_or_after(plan.effective);
                let due_at =
                    crate::engine::zone::at_hour(first, world.manager.brief_hour, world.zone()).max(moment.now);
                Owed {
                    id: moment.id(),
                    dedup_key: format!("welcome:{}", plan.id),
                    kind: outbox::Kind::Welcome,
                    person: to,
                    plan: Some(plan.id),
                    for_day: Some(local_date(due_at, world.zone())),
                    due_at,
                }
            }
            Notice::MentorRequest { to } => Owed {
                id: moment.id(),
                dedup_key: format!("mentor_request:{}:{}", plan.id, plan.version),
                kind: outbox::Kind::MentorRequest,
                person: to,
                plan: Some(plan.id),
                for_day: None,
                due_at: moment.now,
            },
        })
        .collect();
    outbox::owe(tx, &letters, moment.now).await?;
    Ok(())
}

/// Names of the people and members that a page or a letter speaks of.
#[derive(Debug, Clone, Default)]
pub struct Names {
    pub people: BTreeMap<PersonId, String>,
    pub members: BTreeMap<MemberId, String>,
}

impl Names {
    /// The names around these plans that the scope may read.
    pub async fn around(conn: &mut AsyncPgConnection, scope: Scope, plans: &[&Plan]) -> Result<Names, Error> {
        let ids: Vec<PersonId> = plans
            .iter()
            .flat_map(|plan| {
                let cast = &plan.cast;
                [Some(cast.manager), Some(cast.superior), Some(cast.hr), cast.mentor.candidate()].into_iter().flatten()
            })
            .collect();
        let people = people::some(conn, &ids).await?.into_iter().map(|person| (person.id, person.name)).collect();
        let members = members::all(conn, scope).await?.into_iter().map(|member| (member.id, member.name)).collect();
        Ok(Names { people, members })
    }

    pub fn person(&self, id: PersonId) -> String {
        self.people.get(&id).cloned().unwrap_or_default()
    }

    pub fn member(&self, id: Option<MemberId>) -> Option<String> {
        self.members.get(&id?).cloned()
    }
}

/// The title of a step, wherever it stands.
pub fn title(release: &Release, key: &StepKey) -> Text {
    release
        .step(&key.id)
        .map_or_else(|| Text { en: key.id.to_string(), zh_tw: key.id.to_string() }, |def| def.title.clone())
}

/// A refusal about words that were never well-formed.
pub fn plain_words(text: &str, most: usize) -> Result<String, Refusal> {
    let text = text.trim();
    if text.chars().count() > most || !crate::engine::vocabulary::is_plain_text(text) {
        return Err(Refusal::BadWords);
    }
    Ok(text.to_owned())
}

/// The next moment at which a brief, a digest, a letter or a ritual is due.
///
/// # Errors
/// The database fails.
pub async fn next_due(conn: &mut AsyncPgConnection) -> Result<Option<DateTime<Utc>>, Error> {
    let moments = [people::next_mail_at(conn).await?, outbox::next_due(conn).await?, plans::next_wake(conn).await?];
    Ok(moments.into_iter().flatten().min())
}
