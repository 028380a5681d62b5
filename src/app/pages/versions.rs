//! Newer versions of steps that HR left to the manager: to take, or to leave as it is.

use chrono::{DateTime, NaiveDate, Utc};
use diesel_async::AsyncPgConnection;
use serde::Serialize;

use super::change::{self, Line};
use crate::app::Error;
use crate::app::arrange::Previewed;
use crate::app::wording::Wording;
use crate::app::worlds::{self, Names, PlanWorld};
use crate::engine::access::{self, Actor, Viewer};
use crate::engine::arrange::run_of;
use crate::engine::decide::{self, Request, decide};
use crate::engine::diff::{self, StepFacet};
use crate::engine::growth::Known;
use crate::engine::message::Message;
use crate::engine::release::StepDef;
use crate::engine::vocabulary::{Role, StepId, StepKey, Text};

/// A change that waits for the manager's answer.
#[derive(Debug, Clone, Serialize)]
pub struct VersionOffer {
    /// Where the answer goes.
    pub action: String,
    pub title: Text,
    /// changed, added, removed
    pub is: &'static str,
    /// The days on which it would be due.
    pub days: Vec<DueDay>,
    /// What else would be different.
    pub says: Vec<Message>,
    /// What besides, as releases are compared.
    pub keys: Vec<&'static str>,
    /// The text of the newer version where it is another one; Markdown.
    pub body: Option<Text>,
}

/// A turn that would be due on another day, or come.
#[derive(Debug, Clone, Serialize)]
pub struct DueDay {
    #[serde(flatten)]
    pub line: Line,
    /// None of one that comes.
    pub was: Option<NaiveDate>,
    pub now: NaiveDate,
}

/// What a plan offers; nothing to those who don't answer it.
///
/// # Errors
/// The database fails.
pub async fn of(
    conn: &mut AsyncPgConnection,
    world: &PlanWorld,
    names: &Names,
    viewer: Viewer,
    now: DateTime<Utc>,
) -> Result<Vec<VersionOffer>, Error> {
    let plan = &world.plan;
    let is_asked = plan.arranged.ended.is_none() && access::roles(plan, viewer).contains(&Role::Manager);
    if !is_asked || plan.arranged.offers.is_empty() {
        return Ok(Vec::new());
    }
    let known = worlds::known(conn, world).await?;
    let offer = |id| offer(world, names, viewer, id, taken(world, &known, viewer, id, now).as_ref(), now);
    Ok(plan.arranged.offers.iter().filter_map(offer).collect())
}

/// The plan beside what it would become with a yes; none while it can't be taken.
fn taken(world: &PlanWorld, known: &Known, viewer: Viewer, id: &StepId, now: DateTime<Utc>) -> Option<Previewed> {
    let request = Request::Offer { step: id.clone(), take: true };
    let facts = decide(&world.world(known), Actor::Person(viewer), request, now).ok()?;
    let after = world.around(decide::after(&world.plan, &facts)).woken(known, now).ok()?;
    Some(Previewed { before: world.clone(), after })
}

fn offer(
    world: &PlanWorld,
    names: &Names,
    viewer: Viewer,
    id: &StepId,
    taken: Option<&Previewed>,
    now: DateTime<Utc>,
) -> Option<VersionOffer> {
    let plan = &world.plan;
    let newer = world.tailor.releases.get(&plan.release).and_then(|base| base.step(id));
    let has = world.release.step(id).filter(|_| plan.arranged.kept.contains_key(id));
    let title = newer.or(has).map(|def| def.title.clone())?;
    let wording = Wording::of_plan(world, names);
    let days = taken.map_or_else(Vec::new, |taken| days(taken, names, viewer, id, now));
    // What somebody worked at since it was offered stays as it is with a yes, too.
    let comes = taken.map_or(newer, |taken| taken.after.release.step(id));
    let (mut says, keys) = match has.zip(comes) {
        Some((was, comes)) => (says(was, comes, &wording), keys(was, comes, !days.is_empty())),
        None => (Vec::new(), Vec::new()),
    };
    if newer.is_some() && days.is_empty() && says.is_empty() && keys.is_empty() {
        says.push(Message::new("version-nothing"));
    }
    Some(VersionOffer {
        action: format!("/plans/{}/offers/{id}", plan.id),
        title: wording.text(&title),
        is: match (newer, has) {
            (Some(_), Some(_)) => "changed",
            (Some(_), None) => "added",
            (None, _) => "removed",
        },
        days,
        says,
        keys,
        body: comes.filter(|comes| has.is_none_or(|was| was.body != comes.body)).map(|def| wording.text(&def.body)),
    })
}

fn days(taken: &Previewed, names: &Names, viewer: Viewer, id: &StepId, now: DateTime<Utc>) -> Vec<DueDay> {
    let found = taken.comparison(taken.before.today(now), &[]);
    let is_of = |key: &StepKey| key.id == *id || run_of(&key.id).is_some_and(|(base, _)| base == *id);
    let line = |key: &StepKey| change::line(&taken.after, names, viewer, key);
    let moved = found.moved.iter().filter(|one| is_of(&one.step));
    let moved = moved.map(|one| DueDay { line: line(&one.step), was: Some(one.was.date), now: one.now.date });
    let added = found.added.iter().filter(|(key, _)| is_of(key));
    let added = added.map(|(key, due)| DueDay { line: line(key), was: None, now: due.date });
    moved.chain(added).collect()
}

/// What pages say in a sentence of its own.
fn says(was: &StepDef, now: &StepDef, wording: &Wording) -> Vec<Message> {
    let mut said = Vec::new();
    if was.title != now.title {
        said.push(Message::new("version-called").with("step", wording.text(&was.title)));
    }
    if was.who != now.who {
        said.push(Message::new("version-who").with("role", now.who));
    }
    if was.review != now.review {
        let reviewed = now.review.map(|role| Message::new("version-review").with("role", role));
        said.push(reviewed.unwrap_or_else(|| Message::new("version-no-review")));
    }
    let only_in = |def: &StepDef, other: &StepDef| {
        def.ask.iter().filter(|one| other.ask.iter().all(|field| field.id != one.id)).count()
    };
    let other = now.ask.iter().filter(|one| was.ask.iter().any(|field| field.id == one.id && field != *one)).count();
    let counts = [
        ("version-asks-more", only_in(now, was)),
        ("version-asks-other", other),
        ("version-asks-fewer", only_in(was, now)),
    ];
    let asks = counts.into_iter().filter(|(_, count)| *count > 0);
    said.extend(asks.map(|(id, count)| Message::new(id).with("count", count)));
    said
}

/// What has no sentence and no day of its own on the page.
fn keys(was: &StepDef, now: &StepDef, has_days: bool) -> Vec<&'static str> {
    let moves = !has_days && (was.windows != now.windows || was.every != now.every);
    let is_said = [StepFacet::Title, StepFacet::Who, StepFacet::Review];
    let rest = diff::facets(was, now).into_iter().filter(|facet| !is_said.contains(facet));
    // Questions that only change places have no sentence.
    let has_counts = was.ask.len() != now.ask.len() || was.ask.iter().any(|field| !now.ask.contains(field));
    let rest = rest.filter(|facet| *facet != StepFacet::Ask || !has_counts).map(StepFacet::as_str);
    moves.then_some("days").into_iter().chain(rest).collect()
}
