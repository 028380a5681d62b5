//! The record as data: with the chain of facts and the salts of its words, so that it proves itself.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use diesel_async::AsyncPgConnection;
use serde::{Deserialize, Serialize};

use super::{Record, RecordPage, is_private};
use crate::app::{Error, worlds};
use crate::engine::access::Viewer;
use crate::engine::chain;
use crate::engine::fact::{Fact, Sealed, What, fold};
use crate::engine::plan::{Plan, WritingRef};
use crate::engine::undo::new_names;
use crate::engine::vocabulary::{PersonId, PlanId, StepId, StepKey, WritingId};
use crate::store::writings::Writing;
use crate::store::{facts, writings};

/// What the file says it is.
const FORMAT: &str = "pilothouse-record";
const VERSION: u32 = 1;

/// A record with all that proves it.
#[derive(Debug, Clone, Serialize)]
pub struct Proven<'r> {
    pub format: &'static str,
    pub version: u32,
    pub plan: PlanId,
    pub record: &'r Record,
    pub facts: Vec<ProvenFact>,
    pub writings: Vec<ProvenWriting>,
}

/// A fact, as the chain covers it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProvenFact {
    pub seq: u64,
    pub payload: String,
    /// In hex.
    pub link: String,
}

/// Words, with the salt by which a fact vouches for them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProvenWriting {
    pub id: String,
    pub step: Option<String>,
    /// None in files of earlier versions.
    pub author: Option<PersonId>,
    /// In hex.
    pub salt: String,
    pub body: String,
}

/// The record with its chain of facts, and the words that it holds with their salts.
///
/// # Errors
/// The viewer does not see the plan, or the database fails.
pub async fn proven<'r>(
    conn: &mut AsyncPgConnection,
    viewer: Viewer,
    plan: PlanId,
    page: &'r RecordPage,
) -> Result<Proven<'r>, Error> {
    let world = worlds::find(conn, viewer.scope(), plan).await?;
    let ticked: BTreeSet<&str> = page.private.iter().filter(|one| one.is_ticked).map(|one| one.id.as_str()).collect();
    let may_hold = |key: &str| {
        let id = key.parse::<StepKey>().ok().map(|key| key.id);
        let def = id.and_then(|id| world.release.step(&id));
        def.is_some_and(|def| !is_private(def) || ticked.contains(def.id.as_str()))
    };
    let sealed = facts::of_plan(conn, plan).await?;
    let withdrawn = withdrawn(plan, &sealed);
    let readable = writings::of_plan(conn, viewer.scope(), plan, None).await?;
    let held: BTreeMap<WritingId, &Writing> = readable
        .iter()
        .filter(|one| one.step_key.as_deref().is_some_and(may_hold) && !withdrawn.contains(&one.id()))
        .map(|one| (one.id(), one))
        .collect();
    let salted = writings::bodies(conn, plan).await?;
    let writings = salted.into_iter().filter_map(|(id, salt, body)| {
        let writing = held.get(&id)?;
        let body = String::from_utf8(body).ok()?;
        let (step, author) = (writing.step_key.clone(), Some(writing.author()));
        Some(ProvenWriting { id: id.to_string(), step, author, salt: hex::encode(salt), body })
    });
    let fact = |fact: Sealed| ProvenFact { seq: fact.seq, payload: fact.payload, link: hex::encode(fact.link) };
    Ok(Proven {
        format: FORMAT,
        version: VERSION,
        plan,
        record: &page.record,
        facts: sealed.into_iter().map(fact).collect(),
        writings: writings.collect(),
    })
}

/// Words that somebody handed in and took back: they are in nobody's file. A step may go by another name by then, so
/// the plan as it was says which words stood.
fn withdrawn(plan: PlanId, sealed: &[Sealed]) -> BTreeSet<WritingId> {
    let (mut plan, mut withdrawn) = (Plan::unwritten(plan), BTreeSet::new());
    for fact in sealed.iter().filter_map(|fact| serde_json::from_str::<Fact>(&fact.payload).ok()) {
        if let What::TakenBack { step, .. } = &fact.what {
            withdrawn.extend(plan.steps.get(step).and_then(|step| step.state.evidence()).map(|words| words.id));
        }
        plan = fold(plan, &fact);
    }
    withdrawn
}

/// What is not as it should be in a record.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unproven {
    #[error("this is no record of this format")]
    NoRecord,
    #[error("fact {0} does not follow from the one before it")]
    BrokenLink(u64),
    #[error("fact {0} is none that this version of the program reads")]
    Unreadable(u64),
    #[error("the record's head is not the newest link of its chain")]
    OtherHead,
    #[error("the record says of its {0} something else than its facts")]
    OtherRecord(&'static str),
    #[error("no fact vouches for the words {0}")]
    Unvouched(String),
    #[error("the words {0} are of another step or person in their fact")]
    Misplaced(String),
}

#[derive(Deserialize)]
struct Given {
    format: String,
    version: u32,
    plan: PlanId,
    record: GivenRecord,
    facts: Vec<ProvenFact>,
    writings: Vec<ProvenWriting>,
}

/// What the shown record has in common with its facts.
#[derive(Deserialize)]
struct GivenRecord {
    release: String,
    effective: NaiveDate,
    facts: usize,
    head: String,
}

/// What of a record was verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    pub facts: usize,
    pub writings: usize,
    /// As the file names it: no fact does, so that a chain fits any plan.
    pub plan: PlanId,
    /// The newest link, in hex. Whoever changes every fact can compute all links anew, so it proves something
    /// only beside one from elsewhere: the program's own page, or a printed record.
    pub seal: String,
}

/// Words as a fact names them.
struct Vouched {
    reference: WritingRef,
    step: Option<StepKey>,
    by: Option<PersonId>,
}

/// Verifies a record by itself: every link follows from the one before, the head is the last one, and one fact
/// vouches for every writing as it stands there: id, words, step and author. How the record shows them is no part
/// of it, but for the few things that it and the facts both say.
///
/// # Errors
/// The first thing that is not so.
pub fn verify(text: &str) -> Result<Verified, Unproven> {
    // Editors on Windows begin a file with a mark that is no JSON.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let given: Given = serde_json::from_str(text).map_err(|_| Unproven::NoRecord)?;
    if given.format != FORMAT || given.version != VERSION {
        return Err(Unproven::NoRecord);
    }
    let mut plan = Plan::unwritten(given.plan);
    let mut vouched = Vec::new();
    for (seq, fact) in (1..).zip(&given.facts) {
        let link = chain::link(&plan.head, &fact.payload);
        if fact.seq != seq || hex::encode(link) != fact.link {
            return Err(Unproven::BrokenLink(fact.seq));
        }
        let read: Fact = serde_json::from_str(&fact.payload).map_err(|_| Unproven::Unreadable(seq))?;
        let before = plan.clone();
        plan = fold(plan, &read);
        plan.head = link;
        rename(&mut vouched, &new_names(&before, &plan));
        if let Some(reference) = read.what.writing() {
            vouched.push(Vouched { reference, step: read.what.step().cloned(), by: read.by });
        }
    }
    agrees(&given.record, &plan, given.facts.len())?;
    let mut known = BTreeSet::new();
    for writing in &given.writings {
        if !known.insert(&writing.id) {
            return Err(Unproven::Unvouched(writing.id.clone()));
        }
        vouches(&vouched, writing)?;
    }
    Ok(Verified { facts: given.facts.len(), writings: given.writings.len(), plan: given.plan, seal: given.record.head })
}

fn agrees(record: &GivenRecord, plan: &Plan, facts: usize) -> Result<(), Unproven> {
    if hex::encode(plan.head) != record.head {
        return Err(Unproven::OtherHead);
    }
    let said = [
        ("number of facts", record.facts == facts),
        ("release", record.release == plan.release),
        ("first day", record.effective == plan.effective),
    ];
    said.into_iter().find(|(_, is_so)| !is_so).map_or(Ok(()), |(what, _)| Err(Unproven::OtherRecord(what)))
}

fn vouches(vouched: &[Vouched], writing: &ProvenWriting) -> Result<(), Unproven> {
    let unvouched = || Unproven::Unvouched(writing.id.clone());
    let digest = chain::digest(&hex::decode(&writing.salt).map_err(|_| unvouched())?, writing.body.as_bytes());
    let is_it = |one: &&Vouched| one.reference.id.to_string() == writing.id && one.reference.digest == digest;
    let is_there = |one: &Vouched| {
        let is_of_step = writing.step.is_none() || writing.step == one.step.as_ref().map(StepKey::to_string);
        is_of_step && writing.author.is_none_or(|author| Some(author) == one.by)
    };
    let mut found = vouched.iter().filter(is_it).peekable();
    found.peek().ok_or_else(unvouched)?;
    if found.any(is_there) { Ok(()) } else { Err(Unproven::Misplaced(writing.id.clone())) }
}

/// Words go by the name that their step has now.
fn rename(vouched: &mut [Vouched], names: &BTreeMap<StepId, StepId>) {
    for step in vouched.iter_mut().filter_map(|one| one.step.as_mut()) {
        if let Some(new) = names.get(&step.id) {
            step.id = new.clone();
        }
    }
}
