//! A plan's history as a diary: day by day, what happened, by whom, and whether its facts still are
//! what was written.

mod acts;
mod names;
mod telling;
#[cfg(test)]
mod tests;
mod undoing;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use chrono_tz::Tz;
use diesel_async::AsyncPgConnection;
use serde::Serialize;

use crate::app::Error;
use crate::app::doctor::{self, Drift, Replayed};
use crate::app::worlds::{self, PlanWorld};
use crate::engine::access::Viewer;
use crate::engine::deed::Deed;
use crate::engine::fact::{Fact, Sealed, What};
use crate::engine::message::Message;
use crate::engine::plan::Plan;
use crate::engine::vocabulary::{PlanId, StepKey, Text, WritingId};
use crate::engine::zone::local_date;
use crate::store::{facts, writings};
use acts::{Act, Numbered};
use telling::{Named, counted};

/// Days with something in them that one page shows.
const DAYS: usize = 21;

/// The history of a plan.
#[derive(Debug, Clone, Serialize)]
pub struct HistoryPage {
    pub plan_href: String,
    pub href: String,
    /// The viewer is the plan's manager.
    pub is_own: bool,
    pub manager: String,
    /// The step that the page is about, if it is about one.
    pub step: Option<StepLink>,
    /// How many facts the plan has.
    pub facts: usize,
    pub chain: Chain,
    /// Newest first.
    pub days: Vec<Day>,
    /// Where older days are, and the newest.
    pub earlier: Option<String>,
    pub newest: Option<String>,
}

/// Whether every fact is as it was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Chain {
    /// verified, gap, broken, unreadable, end.
    pub is: &'static str,
    /// The number of the fact where it breaks.
    pub n: u64,
}

#[derive(Debug, Clone, Serialize)]
pub struct Day {
    pub day: NaiveDate,
    /// The plan as it was at the end of this day.
    pub as_of: String,
    /// In the order in which they happened.
    pub acts: Vec<ActView>,
}

/// Something that was done, with what belongs to it.
#[derive(Debug, Clone, Serialize)]
pub struct ActView {
    /// The number of its first fact.
    pub n: u64,
    /// Nobody: the program, or somebody who is not named to this viewer.
    pub by: Option<String>,
    pub is_program: bool,
    /// On the manager's clock.
    pub hour: String,
    pub says: Message,
    pub step: Option<StepLink>,
    /// Why, in the words of whoever did it.
    pub words: Option<String>,
    pub undone: Option<Undone>,
    /// What it undid.
    pub undid: Option<Undid>,
    /// Where HR reads why a calendar changed.
    pub calendar_href: Option<String>,
    /// What belongs to it, by kind; then one by one.
    pub counts: Vec<Message>,
    pub lines: Vec<Line>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Line {
    pub says: Message,
    pub step: Option<StepLink>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Undone {
    pub by: String,
    pub on: NaiveDate,
    /// The number of the fact that undid it.
    pub n: u64,
}

#[derive(Debug, Clone, Serialize)]
pub struct Undid {
    pub says: Message,
    pub on: NaiveDate,
}

/// A step that an entry is about.
#[derive(Debug, Clone, Serialize)]
pub struct StepLink {
    pub href: String,
    pub title: Text,
    pub member: Option<String>,
    pub turn: Option<u16>,
}

/// Which part of a history is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    pub step: Option<StepKey>,
    /// Only days before this one.
    pub before: Option<NaiveDate>,
}

/// The history of a plan that the viewer has a part in.
///
/// # Errors
/// The viewer does not see the plan, it never had the step that is asked for, or the database fails.
pub async fn load(
    conn: &mut AsyncPgConnection,
    viewer: Viewer,
    plan: PlanId,
    asked: &Asked,
) -> Result<HistoryPage, Error> {
    let world = worlds::find(conn, viewer.scope(), plan).await?;
    let sealed = facts::of_plan(conn, plan).await?;
    let Replayed { facts: mut all, drift, .. } = doctor::replay(plan, &sealed);
    let keys = asked.step.as_ref().map(|step| acts::names_of(step, &all));
    let mut changes = acts::changes(plan, &all);
    if let Some(keys) = &keys {
        acts::put_back_only(&mut all, &mut changes, keys);
    }
    let mut shown = acts::acts(&all, &changes);
    if let Some(keys) = &keys {
        shown = shown.into_iter().filter_map(|act| act.about(keys)).collect();
        if shown.is_empty() {
            return Err(Error::NotFound);
        }
    }
    let (shown, has_earlier) = page(shown, world.zone(), asked.before);
    let named = names::around(conn, viewer, &world, (&all, changes), &shown).await?;
    let words = reasons(conn, viewer, plan, &shown).await?;
    let deeds = numbered(acts::acts(&all, &named.changes));
    let view = View { world: &world, viewer, named: &named, undone: acts::undone(&all), deeds, words };
    let days = view.days(&shown);
    let href = format!("/plans/{plan}/history");
    let filter = asked.step.as_ref().map(|step| format!("step={step}"));
    let at = |before: Option<NaiveDate>| {
        let before = before.map(|day| format!("before={day}"));
        let query: Vec<String> = filter.iter().cloned().chain(before).collect();
        if query.is_empty() { href.clone() } else { format!("{href}?{}", query.join("&")) }
    };
    Ok(HistoryPage {
        plan_href: format!("/plans/{plan}"),
        is_own: world.plan.cast.manager == viewer.id,
        manager: world.manager.name.clone(),
        step: asked.step.as_ref().map(|step| view.link(step)),
        facts: sealed.len(),
        chain: chain(&world.plan, &sealed, &drift),
        earlier: days.last().filter(|_| has_earlier).map(|oldest| at(Some(oldest.day))),
        newest: asked.before.map(|_| at(None)),
        days,
        href,
    })
}

/// The deeds of a plan, the newest first; `facts` are all facts of the plan.
///
/// # Errors
/// The database fails.
pub(super) async fn deeds(
    conn: &mut AsyncPgConnection,
    viewer: Viewer,
    world: &PlanWorld,
    facts: Vec<Fact>,
) -> Result<Vec<ActView>, Error> {
    let all: Vec<Numbered> = (1..).zip(facts).collect();
    let is_told = |act: &Act| matches!(act.first.1.what, What::Deed { .. } | What::Undone { .. });
    let changes = acts::changes(world.plan.id, &all);
    let shown: Vec<Act<'_>> = acts::acts(&all, &changes).into_iter().filter(is_told).collect();
    let named = names::around(conn, viewer, world, (&all, changes), &shown).await?;
    let words = reasons(conn, viewer, world.plan.id, &shown).await?;
    let deeds = numbered(acts::acts(&all, &named.changes));
    let view = View { world, viewer, named: &named, undone: acts::undone(&all), deeds, words };
    let deeds = shown.iter().rev().filter(|act| matches!(act.first.1.what, What::Deed { .. }));
    Ok(deeds.map(|act| view.act(act)).collect())
}

/// What a plan's chain of facts is like: every link as the text gives it, up to the plan's newest.
fn chain(plan: &Plan, sealed: &[Sealed], drift: &[Drift]) -> Chain {
    // What was written since the plan was read comes after its newest, and is not missed.
    let ends = sealed.iter().any(|fact| fact.seq == plan.version && fact.link == plan.head);
    match drift.first() {
        Some(Drift::Gap { seq }) => Chain { is: "gap", n: *seq },
        Some(Drift::BrokenLink { seq }) => Chain { is: "broken", n: *seq },
        Some(Drift::Unreadable { seq, .. }) => Chain { is: "unreadable", n: *seq },
        Some(Drift::Projection { .. } | Drift::Writing { .. }) => Chain { is: "end", n: plan.version },
        None if !ends => Chain { is: "end", n: plan.version },
        None => Chain { is: "verified", n: plan.version },
    }
}

/// The acts of one page, and whether there are earlier ones.
fn page(acts: Vec<Act<'_>>, zone: Tz, before: Option<NaiveDate>) -> (Vec<Act<'_>>, bool) {
    let day = |act: &Act| local_date(act.first.1.at, zone);
    let asked: Vec<Act<'_>> = acts.into_iter().filter(|act| before.is_none_or(|before| day(act) < before)).collect();
    let days: BTreeSet<NaiveDate> = asked.iter().map(day).collect();
    let first = days.iter().rev().nth(DAYS - 1).copied();
    let has_earlier = days.len() > DAYS;
    (asked.into_iter().filter(|act| first.is_none_or(|first| day(act) >= first)).collect(), has_earlier)
}

/// Why deeds were done, as far as the viewer may read it.
async fn reasons(
    conn: &mut AsyncPgConnection,
    viewer: Viewer,
    plan: PlanId,
    acts: &[Act<'_>],
) -> Result<BTreeMap<WritingId, String>, Error> {
    let ids: Vec<WritingId> = acts.iter().filter_map(|act| reason(&act.first.1.what)).collect();
    let read = writings::some(conn, viewer.scope(), plan, &ids).await?;
    Ok(read.iter().filter_map(|writing| Some((writing.id(), writing.words()?))).collect())
}

/// The reason of a deed; the words of a step that one plan has are its title and text, and no reason.
fn reason(what: &What) -> Option<WritingId> {
    match what {
        What::Deed { deed: Deed::Added { .. }, .. } => None,
        What::Deed { deed, .. } => deed.writing().map(|writing| writing.id),
        _ => None,
    }
}

fn numbered(acts: Vec<Act<'_>>) -> BTreeMap<u64, Act<'_>> {
    acts.into_iter().map(|act| (act.first.0, act)).collect()
}

struct View<'a> {
    world: &'a PlanWorld,
    viewer: Viewer,
    named: &'a Named,
    undone: BTreeMap<u64, &'a Numbered>,
    /// By the numbers of their first facts.
    deeds: BTreeMap<u64, Act<'a>>,
    words: BTreeMap<WritingId, String>,
}

impl View<'_> {
    fn days(&self, acts: &[Act<'_>]) -> Vec<Day> {
        let mut days: BTreeMap<NaiveDate, Vec<ActView>> = BTreeMap::new();
        for act in acts {
            days.entry(local_date(act.first.1.at, self.world.zone())).or_default().push(self.act(act));
        }
        let plan = self.world.plan.id;
        let day = |(day, acts)| Day { day, as_of: format!("/plans/{plan}?as_of={day}"), acts };
        days.into_iter().rev().map(day).collect()
    }

    fn act(&self, act: &Act<'_>) -> ActView {
        let (n, fact) = act.first;
        let undone = self.undone.get(n).map(|numbered| Undone {
            by: self.named.by(numbered).unwrap_or_default(),
            on: local_date(numbered.1.at, self.world.zone()),
            n: numbered.0,
        });
        let undid = match fact.what {
            What::Undone { deed, .. } => self
                .deeds
                .get(&deed)
                .map(|act| Undid { says: self.named.told(act), on: local_date(act.first.1.at, self.world.zone()) }),
            _ => None,
        };
        let is_headless = act.is_headless();
        let own_step = fact.what.step().filter(|_| !is_headless).map(StepKey::chain);
        // The next turn of what was just done goes without saying.
        let is_next_turn = |what: &What| matches!(what, What::Planned { step, .. } if own_step == Some(step.chain()));
        let is_folded = |numbered: &&Numbered| {
            let is_head = !is_headless && numbered.0 == *n && !matches!(fact.what, What::Undone { .. });
            !is_head && !is_next_turn(&numbered.1.what)
        };
        let says = self.named.told(act);
        let calendar_href = match &fact.what {
            What::Deed { deed: Deed::Redated { calendar }, .. } if self.viewer.is_hr => {
                Some(format!("/calendars/{calendar}"))
            }
            _ => None,
        };
        ActView {
            n: *n,
            by: self.named.by(act.first).filter(|_| !says.args.iter().any(|(name, _)| *name == "who")),
            is_program: fact.by.is_none(),
            hour: fact.at.with_timezone(&self.world.zone()).format("%H:%M").to_string(),
            says,
            step: self.step_of(&fact.what).filter(|_| !is_headless),
            words: reason(&fact.what).and_then(|id| self.words.get(&id).cloned()),
            undone,
            undid,
            calendar_href,
            counts: counted(act.facts().filter(is_folded), &self.named.changes),
            lines: act.facts().filter(is_folded).flat_map(|numbered| self.lines(numbered)).collect(),
        }
    }

    fn lines(&self, numbered: &Numbered) -> Vec<Line> {
        match &numbered.1.what {
            What::Undone { .. } => {
                let line = |(key, says): (&StepKey, _)| Line { says, step: Some(self.link(key)) };
                self.named.put_back(numbered.0).map(line).collect()
            }
            what => vec![Line { says: self.named.fact(numbered), step: self.step_of(what) }],
        }
    }

    /// The step that an entry leads to.
    fn step_of(&self, what: &What) -> Option<StepLink> {
        match what {
            What::Undone { .. } => None,
            What::Renamed { to, .. } => Some(self.link(to)),
            other => acts::mentioned(other).first().map(|key| self.link(key)),
        }
    }

    fn link(&self, key: &StepKey) -> StepLink {
        let name = self.named.steps.get(key).cloned().unwrap_or_default();
        let href = format!("/plans/{}/steps/{key}", self.world.plan.id);
        StepLink { href, title: name.title, member: name.member, turn: name.turn }
    }
}

/// How a step left a plan.
#[derive(Debug, Clone, Serialize)]
pub struct Leaving {
    pub title: Text,
    pub on: NaiveDate,
    pub by: Option<String>,
    pub is_program: bool,
    /// What was done that it left with.
    pub says: Message,
}

/// How a step left a plan that the viewer sees; none when it stands there, or never did.
///
/// # Errors
/// The database fails.
pub async fn leaving(
    conn: &mut AsyncPgConnection,
    viewer: Viewer,
    world: &PlanWorld,
    step: &StepKey,
) -> Result<Option<Leaving>, Error> {
    let sealed = facts::of_plan(conn, world.plan.id).await?;
    let Replayed { facts: all, .. } = doctor::replay(world.plan.id, &sealed);
    let Some(left) = left_with(world.plan.id, &all, step) else { return Ok(None) };
    let changes = acts::changes(world.plan.id, &all);
    let act = acts::acts(&all, &changes).into_iter().find(|act| act.facts().any(|(n, _)| *n == left));
    let Some(act) = act else { return Ok(None) };
    let shown = [act];
    let named = names::around(conn, viewer, world, (&all, changes), &shown).await?;
    let [act] = &shown;
    let (_, fact) = act.first;
    Ok(Some(Leaving {
        title: named.steps.get(step).cloned().unwrap_or_default().title,
        on: local_date(fact.at, world.zone()),
        by: named.by(act.first),
        is_program: fact.by.is_none(),
        says: named.told(act),
    }))
}

/// The number of the fact with which a step was last taken out of a plan.
fn left_with(id: PlanId, facts: &[Numbered], step: &StepKey) -> Option<u64> {
    let mut plan = Plan::unwritten(id);
    let mut left = None;
    for (n, fact) in facts {
        let stood = plan.steps.contains_key(step);
        plan = crate::engine::fact::fold(plan, fact);
        if stood != plan.steps.contains_key(step) {
            left = stood.then_some(*n);
        }
    }
    left
}
