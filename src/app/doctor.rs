//! The check that nothing has drifted: every plan folded from zero against its projection, every link
//! of its chain, every writing against its digest.

use std::collections::BTreeMap;

use diesel_async::AsyncPgConnection;

use super::Error;
use crate::engine::access::Actor;
use crate::engine::chain::{self, Link};
use crate::engine::fact::{Fact, Sealed, fold};
use crate::engine::plan::Plan;
use crate::engine::vocabulary::{PlanId, WritingId};
use crate::store::{facts, plans, writings};

/// What is wrong with a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Drift {
    /// A fact is missing, or out of order.
    Gap { seq: u64 },
    /// A fact was changed after it was written.
    BrokenLink { seq: u64 },
    /// A fact cannot be read.
    Unreadable { seq: u64, why: String },
    /// The projection is not what the facts lead to.
    Projection { what: String },
    /// A writing is not what its fact vouches for.
    Writing { id: WritingId },
}

/// What one plan's check found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub plan: PlanId,
    pub facts: usize,
    pub drift: Vec<Drift>,
}

/// A plan folded from zero.
#[derive(Debug, Clone)]
pub struct Replayed {
    pub plan: Plan,
    /// The facts that read, with their numbers, up to the first that is missing.
    pub facts: Vec<(u64, Fact)>,
    /// What is wrong with the chain itself.
    pub drift: Vec<Drift>,
}

/// Folds the stored facts of a plan, and checks each link on the way.
pub fn replay(id: PlanId, sealed: &[Sealed]) -> Replayed {
    let mut found = Replayed { plan: Plan::unwritten(id), facts: Vec::with_capacity(sealed.len()), drift: Vec::new() };
    for (expected, fact) in (1_u64..).zip(sealed) {
        if fact.seq != expected {
            found.drift.push(Drift::Gap { seq: expected });
            break;
        }
        if chain::link(&found.plan.head, &fact.payload) != fact.link {
            found.drift.push(Drift::BrokenLink { seq: fact.seq });
        }
        match serde_json::from_str::<Fact>(&fact.payload) {
            Ok(read) => {
                found.plan = fold(found.plan, &read);
                found.facts.push((fact.seq, read));
            }
            Err(error) => found.drift.push(Drift::Unreadable { seq: fact.seq, why: error.to_string() }),
        }
        found.plan.head = fact.link;
    }
    found
}

/// Folds a plan from zero and compares. Changes nothing.
///
/// # Errors
/// The database fails.
pub async fn examine(conn: &mut AsyncPgConnection, id: PlanId) -> Result<Finding, Error> {
    let stored = plans::find(conn, Actor::Program.scope(), id).await?.ok_or(Error::NotFound)?;
    let sealed = facts::of_plan(conn, id).await?;
    let Replayed { plan, facts, mut drift } = replay(id, &sealed);
    drift.extend(differences(&plan, &stored).into_iter().map(|what| Drift::Projection { what }));
    let beside = plans::unlike_projection(conn, &[id]).await?.into_iter();
    drift.extend(beside.map(|(_, column)| Drift::Projection { what: format!("the column {column}") }));
    let vouched = facts.iter().filter_map(|(_, fact)| fact.what.writing());
    let vouched: BTreeMap<WritingId, Link> = vouched.map(|reference| (reference.id, reference.digest)).collect();
    for (id, salt, body) in writings::bodies(conn, id).await? {
        if vouched.get(&id).is_none_or(|digest| *digest != chain::digest(&salt, &body)) {
            drift.push(Drift::Writing { id });
        }
    }
    Ok(Finding { plan: id, facts: sealed.len(), drift })
}

fn differences(folded: &Plan, stored: &Plan) -> Vec<String> {
    let mut found = Vec::new();
    if folded.version != stored.version || folded.head != stored.head {
        found.push(format!("version {} by its facts, {} as stored", folded.version, stored.version));
    }
    let same = folded.release == stored.release
        && folded.calendar == stored.calendar
        && folded.effective == stored.effective
        && folded.started_at == stored.started_at;
    if !same {
        found.push("the start of the plan".to_owned());
    }
    if folded.cast != stored.cast {
        found.push("the cast".to_owned());
    }
    if folded.members != stored.members {
        found.push("the roster".to_owned());
    }
    if folded.launches != stored.launches {
        found.push("the launches of playbooks".to_owned());
    }
    if folded.arranged != stored.arranged {
        found.push("what was arranged".to_owned());
    }
    let keys = folded.steps.keys().chain(stored.steps.keys()).collect::<std::collections::BTreeSet<_>>();
    found.extend(
        keys.into_iter()
            .filter(|key| folded.steps.get(key) != stored.steps.get(key))
            .map(|key| format!("the step {key}")),
    );
    found
}
