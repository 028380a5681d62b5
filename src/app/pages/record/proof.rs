//! The record as data: with the chain of facts and the salts of its words, so that it proves itself.

use std::collections::{BTreeMap, BTreeSet};

use diesel_async::AsyncPgConnection;
use serde::{Deserialize, Serialize};

use super::{Record, RecordPage, is_private};
use crate::app::{Error, worlds};
use crate::engine::access::Viewer;
use crate::engine::chain;
use crate::engine::vocabulary::{PlanId, StepKey, WritingId};
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
    let readable = writings::of_plan(conn, viewer.scope(), plan, None).await?;
    let held: BTreeMap<WritingId, &Writing> = readable
        .iter()
        .filter(|one| one.step_key.as_deref().is_some_and(may_hold))
        .map(|one| (one.id(), one))
        .collect();
    let salted = writings::bodies(conn, plan).await?;
    let writings = salted.into_iter().filter_map(|(id, salt, body)| {
        let writing = held.get(&id)?;
        let body = String::from_utf8(body).ok()?;
        Some(ProvenWriting { id: id.0.to_string(), step: writing.step_key.clone(), salt: hex::encode(salt), body })
    });
    let fact = |fact: crate::engine::fact::Sealed| ProvenFact {
        seq: fact.seq,
        payload: fact.payload,
        link: hex::encode(fact.link),
    };
    Ok(Proven {
        format: FORMAT,
        version: VERSION,
        plan,
        record: &page.record,
        facts: sealed.into_iter().map(fact).collect(),
        writings: writings.collect(),
    })
}

/// What is not as it should be in a record.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unproven {
    #[error("this is no record of this format")]
    NoRecord,
    #[error("fact {0} does not follow from the one before it")]
    BrokenLink(u64),
    #[error("the record's head is not the newest link of its chain")]
    OtherHead,
    #[error("no fact vouches for the words {0}")]
    Unvouched(String),
}

#[derive(Deserialize)]
struct Given {
    format: String,
    version: u32,
    record: GivenHead,
    facts: Vec<ProvenFact>,
    writings: Vec<ProvenWriting>,
}

#[derive(Deserialize)]
struct GivenHead {
    head: String,
}

/// What of a record was verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    pub facts: usize,
    pub writings: usize,
    /// The newest link, in hex. Whoever changes every fact can compute all links anew, so it proves something
    /// only beside one from elsewhere: the program's own page, or a printed record.
    pub seal: String,
}

/// Verifies a record by itself: every link follows from the one before, the head is the last one, and a
/// fact vouches for every writing. How the record shows them is no part of it.
///
/// # Errors
/// The first thing that is not so.
pub fn verify(text: &str) -> Result<Verified, Unproven> {
    let given: Given = serde_json::from_str(text).map_err(|_| Unproven::NoRecord)?;
    if given.format != FORMAT || given.version != VERSION {
        return Err(Unproven::NoRecord);
    }
    let mut head = chain::ROOT;
    let mut payloads = String::new();
    for fact in &given.facts {
        head = chain::link(&head, &fact.payload);
        if hex::encode(head) != fact.link {
            return Err(Unproven::BrokenLink(fact.seq));
        }
        payloads.push_str(&fact.payload);
    }
    if hex::encode(head) != given.record.head {
        return Err(Unproven::OtherHead);
    }
    let mut known = BTreeSet::new();
    for writing in &given.writings {
        if !known.insert(&writing.id) {
            return Err(Unproven::Unvouched(writing.id.clone()));
        }
        let salt = hex::decode(&writing.salt).map_err(|_| Unproven::Unvouched(writing.id.clone()))?;
        let digest = hex::encode(chain::digest(&salt, writing.body.as_bytes()));
        if !payloads.contains(&digest) || !payloads.contains(&writing.id) {
            return Err(Unproven::Unvouched(writing.id.clone()));
        }
    }
    Ok(Verified { facts: given.facts.len(), writings: given.writings.len(), seal: given.record.head })
}
