//! Loading what decisions and pages rest on.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use diesel_async::AsyncPgConnection;
use serde::{Deserialize, Serialize};

use super::given::{self, Rows};
use super::{Error, Moment, meetings, owed};
use crate::engine::access::{Actor, Scope};
use crate::engine::calendar::{Calendar, Dated};
use crate::engine::decide::{self, Request, World, decide};
use crate::engine::fact::Fact;
use crate::engine::growth::Known;
use crate::engine::plan::Plan;
use crate::engine::release::{Field, FieldKind, StepDef};
use crate::engine::ritual::{self, Course};
use crate::engine::silence;
use crate::engine::tailor::Tailor;
use crate::engine::vocabulary::{MemberId, PersonId, PlanId, StepId, StepKey, Text, WritingId};
use crate::engine::zone::{local_date, start_of};
use crate::engine::{Refusal, Release};
use crate::store::people::Person;
use crate::store::pool::Tx;
use crate::store::{members, outbox, people, plans, releases, writings};

/// A plan with all that a decision or a page about it needs.
#[derive(Debug, Clone)]
pub struct PlanWorld {
    pub plan: Plan,
    /// As this plan runs it.
    pub release: Rc<Release>,
    /// With the days that do not count in this plan.
    pub calendar: Rc<Calendar>,
    pub manager: Person,
    /// What the release is tailored from, when something is arranged.
    pub tailor: Rc<Tailor>,
}

impl PlanWorld {
    /// What a decision rests on; `known` from [`known`], or nothing where only refusals are asked for.
    pub fn world<'a>(&'a self, known: &'a Known) -> World<'a> {
        let PlanWorld { plan, release, calendar, tailor, .. } = self;
        World { plan, release, calendar, zone: self.zone(), known, tailor }
    }

    /// What turns of the rituals of this plan, or of what becomes of it, are planned by.
    pub fn course<'a>(&'a self, plan: &'a Plan) -> Course<'a> {
        Course { plan, release: &self.release, calendar: &self.calendar }
    }

    /// The world around what becomes of the plan.
    pub fn around(&self, plan: Plan) -> PlanWorld {
        let is_same = plan.arranged == self.plan.arranged
            && plan.release == self.plan.release
            && plan.launches == self.plan.launches;
        let tailored = if is_same { None } else { self.tailor.tailored(&plan) };
        let calendar = if plan.arranged.away == self.calendar.away {
            self.calendar.clone()
        } else {
            Rc::new(self.calendar.without(&plan.arranged.away))
        };
        let release = tailored.unwrap_or_else(|| self.release.clone());
        PlanWorld { plan, release, calendar, manager: self.manager.clone(), tailor: self.tailor.clone() }
    }

    /// The day on which time alone changes this plan next.
    pub fn next_wake(&self, now: DateTime<Utc>) -> Option<NaiveDate> {
        let course = self.course(&self.plan);
        let next_asked = silence::next_is_asked_on(&course, self.zone());
        ritual::next_wake(&course, self.today(now)).into_iter().chain(next_asked).chain(owed::next_day(self, now)).min()
    }

    /// The world as time alone will have it a moment later.
    ///
    /// # Errors
    /// The rules refuse it, which they don't for what passes by itself.
    pub fn woken(self, known: &Known, now: DateTime<Utc>) -> Result<PlanWorld, Error> {
        let facts = decide(&self.world(known), Actor::Program, Request::Wake, now)?;
        Ok(self.around(decide::after(&self.plan, &facts)))
    }

    /// A plan's days are the manager's days.
    pub fn zone(&self) -> Tz {
        self.manager.zone
    }

    pub fn today(&self, now: DateTime<Utc>) -> NaiveDate {
        local_date(now, self.zone())
    }

    /// The working day that the plan is at on a day: a plan that rests stands where it was, and its end stops the
    /// count. 0 before the first.
    pub fn plan_day(&self, today: NaiveDate) -> u16 {
        let ended = self.plan.arranged.ended.as_ref();
        if let Some(counted) = ended.and_then(|ended| ended.counted.as_ref()) {
            return counted.day;
        }
        let until = ended.map_or(today, |ended| local_date(ended.at, self.zone()).min(today));
        self.calendar.plan_day_of(self.plan.effective, self.plan.counted_until(until))
    }

    /// The first working day in the role.
    pub fn first_day(&self) -> Dated {
        self.calendar.plan_day(self.plan.effective, 1)
    }
}

/// Releases and calendars, read once for many plans, or many letters.
#[derive(Debug, Default, Clone)]
pub struct Library {
    releases: HashMap<String, Rc<Release>>,
    calendars: HashMap<String, Rc<Calendar>>,
    /// For plans that take their release as it was published, by its hash.
    plain: HashMap<String, Rc<Tailor>>,
}

/// So many releases are kept from one batch of letters to the next.
const MOST_KEPT: usize = 16;

impl Library {
    /// Forgets what may have changed since: a release never does.
    pub fn refresh(&mut self) {
        self.calendars.clear();
        if self.releases.len() > MOST_KEPT {
            self.releases.clear();
            self.plain.clear();
        }
    }

    pub async fn release(&mut self, conn: &mut AsyncPgConnection, hash: &str) -> Result<Rc<Release>, Error> {
        if let Some(release) = self.releases.get(hash) {
            return Ok(release.clone());
        }
        let release = releases::by_hash(conn, hash).await?;
        let release = Rc::new(release.ok_or_else(|| Error::Missing(format!("release {hash}")))?);
        self.releases.insert(hash.to_owned(), release.clone());
        Ok(release)
    }

    pub async fn calendar(&mut self, conn: &mut AsyncPgConnection, name: &str) -> Result<Rc<Calendar>, Error> {
        if self.calendars.is_empty() {
            let all = releases::calendars(conn).await?;
            self.calendars = all.into_iter().map(|c| (c.name.clone(), Rc::new(c))).collect();
        }
        self.calendars.get(name).cloned().ok_or_else(|| Error::Missing(format!("calendar {name}")))
    }

    /// What the release of a plan is tailored from.
    pub async fn tailor(&mut self, conn: &mut AsyncPgConnection, plan: &Plan) -> Result<Rc<Tailor>, Error> {
        let arranged = &plan.arranged;
        if arranged.kept.is_empty() && arranged.own.is_empty() {
            let tailors = self.plain.get(&plan.release).cloned();
            if let Some(tailor) = tailors {
                return Ok(tailor);
            }
            let tailor = Rc::new(Tailor::plain(self.release(conn, &plan.release).await?));
            self.plain.insert(plan.release.clone(), tailor.clone());
            return Ok(tailor);
        }
        let mut tailor = Tailor::default();
        let hashes: BTreeSet<&String> =
            arranged.kept.values().map(|kept| &kept.release).chain([&plan.release]).collect();
        for hash in hashes {
            tailor.releases.insert(hash.clone(), self.release(conn, hash).await?);
        }
        tailor.words = own_words(conn, plan).await?;
        Ok(Rc::new(tailor))
    }

    /// The world with more releases to tailor from.
    pub async fn with_releases<'a>(
        &mut self,
        conn: &mut AsyncPgConnection,
        world: PlanWorld,
        hashes: impl IntoIterator<Item = &'a String>,
    ) -> Result<PlanWorld, Error> {
        let mut tailor = Tailor::clone(&world.tailor);
        for hash in hashes {
            if !tailor.releases.contains_key(hash) {
                tailor.releases.insert(hash.clone(), self.release(conn, hash).await?);
            }
        }
        Ok(PlanWorld { tailor: Rc::new(tailor), ..world })
    }

    /// As [`find`], for one plan after the other.
    pub async fn find(&mut self, conn: &mut AsyncPgConnection, scope: Scope, plan: PlanId) -> Result<PlanWorld, Error> {
        let plan = plans::find(conn, scope, plan).await?.ok_or(Error::NotFound)?;
        self.worlds(conn, vec![plan]).await?.pop().ok_or(Error::NotFound)
    }

    /// As [`lock`], for an act on many plans, one after the other.
    pub async fn lock(&mut self, tx: &mut Tx, scope: Scope, plan: PlanId) -> Result<PlanWorld, Error> {
        let plan = plans::lock(tx, scope, plan).await?.ok_or(Error::NotFound)?;
        self.worlds(tx, vec![plan]).await?.pop().ok_or(Error::NotFound)
    }

    /// The world around each of these plans.
    pub async fn worlds(&mut self, conn: &mut AsyncPgConnection, plans: Vec<Plan>) -> Result<Vec<PlanWorld>, Error> {
        let managers: Vec<PersonId> = plans.iter().map(|plan| plan.cast.manager).collect();
        let managers: HashMap<PersonId, Person> =
            people::some(conn, &managers).await?.into_iter().map(|person| (person.id, person)).collect();
        let mut worlds = Vec::with_capacity(plans.len());
        for plan in plans {
            let tailor = self.tailor(conn, &plan).await?;
            let release = tailor.tailored(&plan).ok_or_else(|| Error::Missing(format!("release {}", plan.release)))?;
            let calendar = self.calendar(conn, &plan.calendar).await?;
            let away = &plan.arranged.away;
            let calendar = if away.is_empty() { calendar } else { Rc::new(calendar.without(away)) };
            let manager = managers.get(&plan.cast.manager).cloned();
            let manager = manager.ok_or_else(|| Error::Missing(format!("person {}", plan.cast.manager)))?;
            worlds.push(PlanWorld { plan, release, calendar, manager, tailor });
        }
        Ok(worlds)
    }
}

/// One plan that the scope reaches, with its world.
pub async fn find(conn: &mut AsyncPgConnection, scope: Scope, plan: PlanId) -> Result<PlanWorld, Error> {
    Library::default().find(conn, scope, plan).await
}

/// As [`find`], locked for an act.
pub async fn lock(tx: &mut Tx, scope: Scope, plan: PlanId) -> Result<PlanWorld, Error> {
    Library::default().lock(tx, scope, plan).await
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

/// What a step asks for now.
///
/// # Errors
/// The database fails.
pub async fn asks(
    conn: &mut AsyncPgConnection,
    world: &PlanWorld,
    key: &StepKey,
    def: &StepDef,
) -> Result<Vec<Field>, Error> {
    let stands_for_others = |field: &Field| matches!(field.kind, FieldKind::Table { of: Some(_), .. });
    let known = if def.ask.iter().any(stands_for_others) { known(conn, world).await? } else { Known::new() };
    Ok(world.world(&known).asks(key, def))
}

/// What the steps were answered with that conditions, dates and metrics of the program ask for.
///
/// # Errors
/// The database fails.
pub async fn known(conn: &mut AsyncPgConnection, world: &PlanWorld) -> Result<Known, Error> {
    // Another release may ask for what a finished step was answered with.
    let asked: BTreeSet<&StepId> = match world.tailor.releases.len() {
        0 | 1 => world.release.asked(),
        _ => world.plan.steps.keys().map(|key| &key.id).collect(),
    };
    let steps = asked.into_iter().flat_map(|id| world.plan.of(id)).map(|(key, step)| (key, step.state.evidence()));
    let wanted: BTreeMap<WritingId, &StepKey> = steps.filter_map(|(key, evidence)| Some((evidence?.id, key))).collect();
    let ids: Vec<WritingId> = wanted.keys().copied().collect();
    let read = writings::answers(conn, Actor::Program.scope(), world.plan.id, &ids).await?;
    // Answers that were erased, or that no longer read, are as good as none.
    let known = read
        .into_iter()
        .filter_map(|(id, body)| Some(((*wanted.get(&id)?).clone(), serde_json::from_slice(&body).ok()?)));
    Ok(known.collect())
}

/// The words of the steps that only this plan has: a JSON of title and text, in whichever language they
/// were written.
async fn own_words(conn: &mut AsyncPgConnection, plan: &Plan) -> Result<BTreeMap<StepId, (Text, Text)>, Error> {
    let own = &plan.arranged.own;
    let ids: Vec<WritingId> = own.values().map(|own| own.words.id).collect();
    if ids.is_empty() {
        return Ok(BTreeMap::new());
    }
    let read: BTreeMap<WritingId, Vec<u8>> =
        writings::answers(conn, Actor::Program.scope(), plan.id, &ids).await?.into_iter().collect();
    let both = |words: String| Text { en: words.clone(), zh_tw: words };
    let words = own.iter().filter_map(|(step, own)| {
        let words: OwnWords = serde_json::from_slice(read.get(&own.words.id)?).ok()?;
        Some((step.clone(), (both(words.title), both(words.text))))
    });
    Ok(words.collect())
}

/// What a step of one plan alone says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnWords {
    pub title: String,
    /// Markdown.
    pub text: String,
}

/// Writes decided facts.
pub async fn record(tx: &mut Tx, world: &PlanWorld, facts: &[Fact], moment: &Moment) -> Result<Plan, Error> {
    let zone = world.zone();
    let after = plans::record(tx, &world.plan, facts, |plan| {
        world.around(plan.clone()).next_wake(moment.now).map(|day| start_of(day, zone))
    })
    .await?;
    owed::notices(tx, world, &after, facts, moment).await?;
    meetings::follow(tx, world, &after, moment).await?;
    Ok(after)
}

/// Names of the people and members that a page or a letter speaks of.
#[derive(Debug, Clone, Default)]
pub struct Names {
    pub people: BTreeMap<PersonId, String>,
    pub members: BTreeMap<MemberId, String>,
    /// What steps are about that stand for rows of a table; of no page that does not list steps.
    pub rows: Rows,
}

impl Names {
    /// The names around these plans that the scope may read.
    pub async fn around(conn: &mut AsyncPgConnection, scope: Scope, plans: &[&Plan]) -> Result<Names, Error> {
        let ids: Vec<PersonId> = plans
            .iter()
            .flat_map(|plan| {
                let cast = &plan.cast;
                let deputy = plan.arranged.deputy.map(|deputy| deputy.who);
                let mentors = [cast.mentor.candidate(), cast.mentor.next(), deputy];
                [Some(cast.manager), Some(cast.superior), Some(cast.hr)].into_iter().chain(mentors).flatten()
            })
            .collect();
        let people = people::some(conn, &ids).await?.into_iter().map(|person| (person.id, person.name)).collect();
        let members = members::all(conn, scope).await?.into_iter().map(|member| (member.id, member.name)).collect();
        Ok(Names { people, members, rows: Rows::new() })
    }

    /// As [`Names::around`], with what the steps are about that stand for rows.
    pub async fn with_rows(conn: &mut AsyncPgConnection, scope: Scope, worlds: &[&PlanWorld]) -> Result<Names, Error> {
        let plans: Vec<&Plan> = worlds.iter().map(|world| &world.plan).collect();
        let rows = given::rows(conn, scope, worlds).await?;
        Ok(Names { rows, ..Names::around(conn, scope, &plans).await? })
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
