//! Calendars for HR: years are imported, company days added; and plans follow, previewed first.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use chrono::{Months, NaiveDate};
use diesel_async::AsyncPgConnection;
use serde::{Deserialize, Serialize};

use super::arrange::Previewed;
use super::people::problem;
use super::roster::hr_only;
use super::worlds::{self, Library, PlanWorld};
use super::{Error, Moment, sweep};
use crate::curriculum::year::{self, MAX_DAYS, MAX_NAME, MAX_YEARS};
use crate::engine::access::{Actor, Viewer};
use crate::engine::calendar::{Calendar, Import, Layers, MAX_CLOSED, Override, Year};
use crate::engine::decide::{Request, decide};
use crate::engine::fact::{Fact, What};
use crate::engine::form::FieldProblem;
use crate::engine::growth::Known;
use crate::engine::message::Message;
use crate::engine::plan::Plan;
use crate::engine::replan::Arrange;
use crate::engine::vocabulary::{PersonId, PlanId, Text, is_blank, is_plain_line};
use crate::engine::zone::start_of;
pub use crate::store::calendars::OverrideId;
use crate::store::calendars::{self, Company};
use crate::store::facts;
use crate::store::people;
use crate::store::plans;
use crate::store::pool::Tx;

/// What HR changes about calendars.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Change {
    /// A year's days, as they were read from a file.
    Import {
        calendar: String,
        file: String,
        year: Year,
    },
    /// Takes an import out; it is known by the first day of its span.
    Drop {
        calendar: String,
        from: NaiveDate,
    },
    /// Days of the company, in one calendar or in all.
    Add {
        calendar: Option<String>,
        days: Override,
    },
    Remove {
        id: OverrideId,
    },
}

/// What a change does.
#[derive(Debug, Clone)]
pub struct Preview {
    /// Calendars that change, before and after.
    pub calendars: Vec<(Calendar, Calendar)>,
    /// Plans whose dates move.
    pub moved: Vec<Previewed>,
    /// Running plans on these calendars that keep every date.
    pub kept: usize,
    /// What was seen, for [`apply`].
    pub seen: String,
}

/// Reads a file of days for a calendar.
///
/// # Errors
/// The viewer is not HR, or there is no such calendar. Within: every mistake of the file.
pub async fn read(
    conn: &mut AsyncPgConnection,
    who: Viewer,
    calendar: &str,
    (file, bytes): (&str, &[u8]),
) -> Result<Result<Change, Vec<year::Problem>>, Error> {
    hr_only(who)?;
    let all = calendars::all(conn).await?;
    let so_far = calendars::layers(conn).await?.get(calendar).ok_or(Error::NotFound)?.published();
    // What was named in both languages once has both names again.
    let names = all.iter().flat_map(|one| one.holidays.values().chain(one.workdays.values()));
    let known: BTreeMap<&str, &Text> = names.flat_map(|name| [(name.zh_tw.as_str(), name), (&name.en, name)]).collect();
    let by_words = |words: &str| known.get(words).map(|name| (*name).clone());
    let year = year::read(file, bytes, &so_far.weekend, &by_words);
    let file: String = file.chars().filter(|c| !c.is_control()).take(MAX_NAME).collect();
    Ok(year.map(|mut year| {
        so_far.keep_names(&mut year);
        Change::Import { calendar: calendar.to_owned(), file, year }
    }))
}

/// What a change would do. Changes nothing.
///
/// # Errors
/// The viewer is not HR; or the change does not fit the calendar.
pub async fn preview(
    conn: &mut AsyncPgConnection,
    who: Viewer,
    change: &Change,
    moment: &Moment,
) -> Result<Preview, Error> {
    hr_only(who)?;
    let before = calendars::layers(conn).await?;
    let seen = fingerprint(&before);
    let mut after = Edit { layers: before.clone(), company: calendars::company(conn).await? };
    after.change(change, who, moment)?;
    let calendars = changed(&before, &after.layers);
    let follow = calendars.iter().map(|(_, now)| (now.name.clone(), now.clone())).collect();
    let on = running_on(plans::all(conn, who.scope()).await?, &follow);
    let (all, mut moved) = (on.len(), Vec::new());
    for one in redated(conn, on, &follow, Actor::Person(who), moment).await? {
        let previewed = one.previewed(moment)?;
        if has_moved(&previewed, moment) {
            moved.push(previewed);
        }
    }
    Ok(Preview { kept: all - moved.len(), calendars, moved, seen })
}

/// Does it: saves the change and re-dates the plans, all at once. Answers how many plans have facts of it.
///
/// # Errors
/// As [`preview`]; or a calendar changed since it was `seen`.
pub async fn apply(tx: &mut Tx, who: Viewer, change: &Change, seen: &str, moment: &Moment) -> Result<usize, Error> {
    hr_only(who)?;
    calendars::hold(tx).await?;
    let before = calendars::layers(tx).await?;
    if fingerprint(&before) != seen {
        return Err(Error::Invalid(vec![problem("change", "calendars-stale")]));
    }
    let mut after = Edit { layers: before.clone(), company: calendars::company(tx).await? };
    after.change(change, who, moment)?;
    match change {
        Change::Import { calendar, .. } | Change::Drop { calendar, .. } => {
            let Layers { file, imports, .. } = after.layers.get(calendar).cloned().ok_or(Error::NotFound)?;
            calendars::save(tx, file, imports, moment.now).await?;
        }
        Change::Add { .. } => {
            if let Some(new) = after.company.last() {
                calendars::add(tx, new).await?;
            }
        }
        Change::Remove { id } => drop(calendars::remove(tx, *id).await?),
    }
    follow(tx, Actor::Person(who), &changed(&before, &after.layers), moment).await
}

/// What publishing calendars of a curriculum does to the plans that run on them: how many have facts of
/// it.
///
/// # Errors
/// The database fails.
pub(super) async fn publish(tx: &mut Tx, published: &[Calendar], moment: &Moment) -> Result<usize, Error> {
    calendars::hold(tx).await?;
    let before = calendars::layers(tx).await?;
    for calendar in published {
        calendars::publish(tx, calendar, moment.now).await?;
    }
    let after = calendars::layers(tx).await?;
    follow(tx, Actor::Program, &changed(&before, &after), moment).await
}

/// Plans and people follow calendars that changed.
async fn follow(tx: &mut Tx, actor: Actor, changed: &[(Calendar, Calendar)], moment: &Moment) -> Result<usize, Error> {
    let to = changed.iter().map(|(_, now)| (now.name.clone(), now.clone())).collect();
    let count = redate(tx, &to, actor, moment, |_| true).await?;
    let mut times = Vec::new();
    for mut person in people::all(tx, actor.scope()).await? {
        let Some(calendar) = to.get(&person.calendar) else { continue };
        let before = person.clone();
        sweep::reschedule_after_change(&mut person, &before, calendar, moment.now);
        times.push((person.id, person.next_brief_at, person.next_digest_at));
    }
    people::reschedule(tx, &times).await?;
    Ok(count)
}

/// What becomes of a manager's running plans on the calendar that was theirs when they follow another.
///
/// # Errors
/// The viewer is not HR, or there is no such calendar.
pub async fn preview_move(
    conn: &mut AsyncPgConnection,
    who: Viewer,
    manager: PersonId,
    (from, to): (&str, &str),
    moment: &Moment,
) -> Result<Vec<Previewed>, Error> {
    hr_only(who)?;
    let to = Library::default().calendar(conn, to).await?;
    let to = BTreeMap::from([(from.to_owned(), (*to).clone())]);
    let mut on = running_on(plans::all(conn, who.scope()).await?, &to);
    let own = own_calendars(conn, who, manager).await?;
    on.retain(|plan| plan.cast.manager == manager && !own.contains(&plan.id));
    let redated = redated(conn, on, &to, Actor::Person(who), moment).await?;
    redated.iter().map(|one| one.previewed(moment)).collect()
}

/// A manager's running plans on the calendar that was theirs follow them to another.
///
/// # Errors
/// There is no such calendar, or the database fails.
pub(super) async fn move_plans(
    tx: &mut Tx,
    who: Viewer,
    manager: PersonId,
    (from, to): (&str, &str),
    moment: &Moment,
) -> Result<usize, Error> {
    let to = Library::default().calendar(tx, to).await?;
    let to = BTreeMap::from([(from.to_owned(), (*to).clone())]);
    let own = own_calendars(tx, who, manager).await?;
    let follows = |plan: &Plan| plan.cast.manager == manager && !own.contains(&plan.id);
    redate(tx, &to, Actor::Person(who), moment, follows).await
}

/// A manager's plans for which a calendar was chosen: they follow nobody's.
async fn own_calendars(
    conn: &mut AsyncPgConnection,
    who: Viewer,
    manager: PersonId,
) -> Result<BTreeSet<PlanId>, Error> {
    let mut own = BTreeSet::new();
    for plan in plans::all(conn, who.scope()).await?.into_iter().filter(|plan| plan.cast.manager == manager) {
        let first = facts::read(conn, plan.id).await?.into_iter().next();
        if let Some(What::Started { own_calendar: true, .. }) = first.map(|fact| fact.what) {
            own.insert(plan.id);
        }
    }
    Ok(own)
}

/// Which calendar takes the place of the one a plan is on, by the name of that.
type Follow = BTreeMap<String, Calendar>;

/// A plan whose dates were counted over again.
struct Redated {
    before: PlanWorld,
    /// In the new calendar.
    world: PlanWorld,
    facts: Vec<Fact>,
    known: Known,
}

impl Redated {
    fn previewed(&self, moment: &Moment) -> Result<Previewed, Error> {
        let Previewed { after, .. } = Previewed::of(self.world.clone(), &self.facts, &self.known, moment.now)?;
        Ok(Previewed { before: self.before.clone(), after })
    }
}

fn has_moved(previewed: &Previewed, moment: &Moment) -> bool {
    let today = previewed.before.today(moment.now);
    !previewed.comparison(today, &[]).is_empty()
}

fn running_on(mut plans: Vec<Plan>, to: &Follow) -> Vec<Plan> {
    plans.retain(|plan| plan.arranged.ended.is_none() && to.contains_key(&plan.calendar));
    plans
}

async fn redated(
    conn: &mut AsyncPgConnection,
    plans: Vec<Plan>,
    to: &Follow,
    actor: Actor,
    moment: &Moment,
) -> Result<Vec<Redated>, Error> {
    let mut done = Vec::new();
    for before in Library::default().worlds(conn, plans).await? {
        let Some(calendar) = to.get(&before.plan.calendar) else { continue };
        let calendar = Rc::new(calendar.without(&before.plan.arranged.away));
        let world = PlanWorld { calendar, ..before.clone() };
        let known = worlds::known(conn, &world).await?;
        let facts = decide(&world.world(&known), actor, Request::Arrange(Arrange::Redate), moment.now)?;
        done.push(Redated { before, world, facts, known });
    }
    Ok(done)
}

/// Locks the plans, in the order of their ids, and re-dates them. A plan of which no date moves has no
/// fact of it, unless its calendar has another name.
async fn redate(
    tx: &mut Tx,
    to: &Follow,
    actor: Actor,
    moment: &Moment,
    is_meant: impl Fn(&Plan) -> bool,
) -> Result<usize, Error> {
    if to.is_empty() {
        return Ok(0);
    }
    let all = running_on(plans::all(tx, actor.scope()).await?, to);
    let ids: BTreeSet<PlanId> = all.iter().filter(|plan| is_meant(plan)).map(|plan| plan.id).collect();
    let mut locked = Vec::with_capacity(ids.len());
    for id in ids {
        locked.extend(plans::lock(tx, actor.scope(), id).await?);
    }
    let mut count = 0;
    for Redated { world, facts, .. } in redated(tx, running_on(locked, to), to, actor, moment).await? {
        if facts.len() > 1 || world.calendar.name != world.plan.calendar {
            worlds::record(tx, &world, &facts, moment).await?;
            count += 1;
        } else if let Some(day) = world.next_wake(moment.now) {
            plans::wake_at(tx, world.plan.id, start_of(day, world.zone())).await?;
        }
    }
    Ok(count)
}

fn changed(before: &BTreeMap<String, Layers>, after: &BTreeMap<String, Layers>) -> Vec<(Calendar, Calendar)> {
    let both = before.iter().filter_map(|(name, was)| Some((was.calendar(), after.get(name)?.calendar())));
    both.filter(|(was, now)| was != now).collect()
}

fn fingerprint(layers: &BTreeMap<String, Layers>) -> String {
    let calendars: Vec<Calendar> = layers.values().map(Layers::calendar).collect();
    let body = serde_json::to_vec(&calendars).unwrap_or_default();
    hex::encode(crate::engine::chain::digest(b"pilothouse calendars", &body))
}

/// Calendars while they are changed.
struct Edit {
    layers: BTreeMap<String, Layers>,
    company: Vec<Company>,
}

impl Edit {
    fn change(&mut self, change: &Change, who: Viewer, moment: &Moment) -> Result<(), Error> {
        match change {
            Change::Import { calendar, file, year } => {
                sound(year)?;
                let layers = self.layers.get_mut(calendar).ok_or(Error::NotFound)?;
                let import = Import { year: year.clone(), file: file.clone(), by: who.id, at: moment.now };
                layers.import(import).map_err(|gap| {
                    let message =
                        Message::new("calendars-gap").with("from", gap.year.from).with("until", gap.year.until);
                    let message = message.with("known_from", gap.known.from).with("known_until", gap.known.until);
                    Error::Invalid(vec![FieldProblem { field: "file".to_owned(), message }])
                })?;
            }
            Change::Drop { calendar, from } => {
                let layers = self.layers.get_mut(calendar).ok_or(Error::NotFound)?;
                let at = layers.imports.iter().position(|one| one.year.span.from == *from).ok_or(Error::NotFound)?;
                layers.imports.remove(at);
            }
            Change::Add { calendar, days } => {
                if calendar.as_ref().is_some_and(|name| !self.layers.contains_key(name)) {
                    return Err(Error::NotFound);
                }
                let problems = company_problems(days);
                if !problems.is_empty() {
                    return Err(Error::Invalid(problems));
                }
                let id = OverrideId(moment.id());
                let new = Company { id, calendar: calendar.clone(), days: days.clone(), by: who.id, at: moment.now };
                self.company.push(new);
                self.settle();
            }
            Change::Remove { id } => {
                let at = self.company.iter().position(|one| one.id == *id).ok_or(Error::NotFound)?;
                self.company.remove(at);
                self.settle();
            }
        }
        let field = if matches!(change, Change::Import { .. }) { "file" } else { "until" };
        let closed = self.layers.values().find_map(|one| one.calendar().closed_too_long().first().copied());
        closed.map_or(Ok(()), |from| {
            let message = Message::new("calendars-closed").with("from", from).with("days", MAX_CLOSED);
            Err(Error::Invalid(vec![FieldProblem { field: field.to_owned(), message }]))
        })
    }

    fn settle(&mut self) {
        for (name, layers) in &mut self.layers {
            let own = self.company.iter().filter(|one| one.calendar.as_ref().is_none_or(|one| one == name));
            layers.company = own.map(|one| one.days.clone()).collect();
        }
    }
}

/// What is wrong with days of the company, by the field.
fn company_problems(days: &Override) -> Vec<FieldProblem> {
    let mut problems = super::people::name_problems("name_en", &days.name.en);
    problems.extend(super::people::name_problems("name_zh_tw", &days.name.zh_tw));
    let Override { span, .. } = days;
    let most = i64::try_from(MAX_CLOSED).unwrap_or(i64::MAX);
    if span.until < span.from {
        problems.push(problem("until", "calendars-reversed"));
    } else if (span.until - span.from).num_days() >= most {
        let message = Message::new("calendars-too-long").with("days", MAX_CLOSED);
        problems.push(FieldProblem { field: "until".to_owned(), message });
    }
    problems
}

/// Holds what came back from a preview against what the readers let through.
fn sound(year: &Year) -> Result<(), Error> {
    let Year { span, days } = year;
    let longest = span.from.checked_add_months(Months::new(12 * MAX_YEARS));
    let in_span = span.from <= span.until && longest.is_some_and(|end| span.until < end);
    let is_line = |words: &str| !is_blank(words) && is_plain_line(words) && words.chars().count() <= MAX_NAME;
    let is_sound = |(day, (_, name)): (&NaiveDate, &(_, Text))| {
        span.holds(*day) && (name.en.is_empty() || is_line(&name.en)) && (name.zh_tw.is_empty() || is_line(&name.zh_tw))
    };
    if in_span && days.len() <= MAX_DAYS && days.iter().all(is_sound) {
        Ok(())
    } else {
        Err(Error::Invalid(vec![problem("file", "calendars-damaged")]))
    }
}
