//! What happened: append-only, and enough on its own to fold a plan from zero.
//!
//! A fact carries its outcome (dates with their reasons), so a calendar that is edited tomorrow
//! changes no yesterday; and no human words, only references to writings.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::arrange::Arrangement;
use super::calendar::Dated;
use super::chain;
use super::deed::Deed;
use super::plan::{Cast, CloseReason, HandIn, Membership, Mentoring, Plan, Review, Step, StepState, WritingRef};
use super::vocabulary::{MemberId, PersonId, StepKey};

/// The version of the payload; a reader meets every version that was ever written.
///
/// 1: a mentor is released when another one is asked, and what was written in a step that is closed
/// undone is no longer read. 2: both stay. 3: what was returned keeps who had handed it in, and a mentor
/// who is asked to take over, since when.
pub const PAYLOAD_VERSION: u32 = 3;

/// Something that happened to a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    pub v: u32,
    pub at: DateTime<Utc>,
    /// Nobody: the program itself, when time passed.
    pub by: Option<PersonId>,
    pub what: What,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum What {
    Started {
        release: String,
        calendar: String,
        effective: NaiveDate,
        manager: PersonId,
        superior: PersonId,
        hr: PersonId,
        /// Another calendar than the manager's was chosen for this plan: it does not follow theirs.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        own_calendar: bool,
    },
    /// A step came to stand in the plan.
    Planned {
        step: StepKey,
        opens: Dated,
        due: Dated,
    },
    HandedIn {
        step: StepKey,
        evidence: Option<WritingRef>,
    },
    Done {
        step: StepKey,
        evidence: Option<WritingRef>,
    },
    Accepted {
        step: StepKey,
        line: Option<WritingRef>,
    },
    Returned {
        step: StepKey,
        line: WritingRef,
    },
    /// Somebody took back their own hand-in; the next turn that it had planned goes with it.
    TakenBack {
        step: StepKey,
        withdrawn: Option<StepKey>,
    },
    /// A reviewer took back their yes or no; what the yes had brought goes with it.
    Reconsidered {
        step: StepKey,
        withdrawn: Option<StepKey>,
    },
    Commented {
        step: StepKey,
        comment: WritingRef,
    },
    Lapsed {
        step: StepKey,
    },
    Closed {
        step: StepKey,
        reason: CloseReason,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        line: Option<WritingRef>,
    },
    /// Something was done to the plan as a whole; the next `covers` facts belong to it.
    Deed {
        deed: Deed,
        covers: u32,
    },
    /// A step stands on other days.
    Moved {
        step: StepKey,
        opens: Dated,
        due: Dated,
    },
    /// A step goes by another name.
    Renamed {
        step: StepKey,
        to: StepKey,
    },
    /// A deed was undone: what it changed and nobody changed since is as before it.
    Undone {
        /// The number of the deed's fact.
        deed: u64,
        restored: Box<Restored>,
    },
    MentorAsked {
        mentor: PersonId,
        /// Who is asked next when they say no or nothing.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        then: Vec<PersonId>,
    },
    MentorAccepted {
        mentor: PersonId,
    },
    MentorDeclined {
        mentor: PersonId,
        line: Option<WritingRef>,
    },
    /// Another superior or HR owner; both are given, changed or not.
    Recast {
        superior: PersonId,
        hr: PersonId,
    },
    /// A playbook was launched; its days count from then.
    Launched {
        playbook: String,
        on: NaiveDate,
    },
    /// A step left the plan, because the answer that had brought it was taken back.
    Withdrawn {
        step: StepKey,
    },
    Joined {
        member: MemberId,
        on: NaiveDate,
    },
    Left {
        member: MemberId,
        on: NaiveDate,
    },
    /// The mentor is back; nobody stands in.
    DeputyLeft,
}

/// What a plan is again after a deed was undone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Restored {
    pub release: String,
    pub calendar: String,
    pub arranged: Arrangement,
    pub members: Vec<(MemberId, Option<Membership>)>,
    /// Only steps that change; none: it leaves the plan.
    pub steps: Vec<(StepKey, Option<Step>)>,
}

impl What {
    /// The step that it touches.
    pub fn step(&self) -> Option<&StepKey> {
        match self {
            What::Planned { step, .. }
            | What::HandedIn { step, .. }
            | What::Done { step, .. }
            | What::Accepted { step, .. }
            | What::Returned { step, .. }
            | What::TakenBack { step, .. }
            | What::Reconsidered { step, .. }
            | What::Commented { step, .. }
            | What::Lapsed { step }
            | What::Closed { step, .. }
            | What::Moved { step, .. }
            | What::Renamed { step, .. }
            | What::Withdrawn { step } => Some(step),
            What::Started { .. }
            | What::Launched { .. }
            | What::MentorAsked { .. }
            | What::MentorAccepted { .. }
            | What::MentorDeclined { .. }
            | What::Recast { .. }
            | What::Joined { .. }
            | What::Deed { .. }
            | What::Undone { .. }
            | What::DeputyLeft
            | What::Left { .. } => None,
        }
    }

    /// The words that a fact vouches for. Every kind is named, so that a new one is not forgotten.
    pub fn writing(&self) -> Option<WritingRef> {
        match self {
            What::HandedIn { evidence, .. } | What::Done { evidence, .. } => *evidence,
            What::Accepted { line, .. } | What::MentorDeclined { line, .. } | What::Closed { line, .. } => *line,
            What::Returned { line, .. } => Some(*line),
            What::Commented { comment, .. } => Some(*comment),
            What::Deed { deed, .. } => deed.writing(),
            What::Started { .. }
            | What::Planned { .. }
            | What::TakenBack { .. }
            | What::Reconsidered { .. }
            | What::Lapsed { .. }
            | What::Moved { .. }
            | What::Renamed { .. }
            | What::Undone { .. }
            | What::MentorAsked { .. }
            | What::MentorAccepted { .. }
            | What::Recast { .. }
            | What::Launched { .. }
            | What::Withdrawn { .. }
            | What::Joined { .. }
            | What::Left { .. }
            | What::DeputyLeft => None,
        }
    }
}

/// A fact as it is stored: its text and its link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    pub seq: u64,
    pub at: DateTime<Utc>,
    pub payload: String,
    pub link: chain::Link,
}

/// The stored form of facts that follow `plan`.
///
/// # Errors
/// Never for the types of this module; serde's signature admits one.
pub fn seal(plan: &Plan, facts: &[Fact]) -> Result<Vec<Sealed>, serde_json::Error> {
    let mut head = plan.head;
    let mut sealed = Vec::with_capacity(facts.len());
    for (seq, fact) in (plan.version + 1..).zip(facts) {
        let payload = serde_json::to_string(fact)?;
        head = chain::link(&head, &payload);
        sealed.push(Sealed { seq, at: fact.at, payload, link: head });
    }
    Ok(sealed)
}

/// The plan after something that was not written down: for looking ahead.
pub(super) fn fold_what(plan: Plan, what: &What) -> Plan {
    let at = plan.started_at;
    fold(plan, &Fact { v: PAYLOAD_VERSION, at, by: None, what: what.clone() })
}

/// The plan after one more fact. The chain's head is the business of [`fold_sealed`].
pub fn fold(mut plan: Plan, fact: &Fact) -> Plan {
    plan.version += 1;
    let (at, version) = (fact.at, plan.version);
    let by = fact.by.unwrap_or(PersonId(uuid::Uuid::nil()));
    let mut set = |step: &StepKey, to: &dyn Fn(&StepState) -> StepState| {
        if let Some(step) = plan.steps.get_mut(step) {
            step.state = to(&step.state);
            step.touched = version;
        }
    };
    match &fact.what {
        What::Started { release, calendar, effective, manager, superior, hr, own_calendar: _ } => {
            plan.release = release.clone();
            plan.calendar = calendar.clone();
            plan.effective = *effective;
            plan.started_at = at;
            plan.cast = Cast { manager: *manager, superior: *superior, hr: *hr, mentor: Mentoring::Nobody };
        }
        What::Planned { step, opens, due } => {
            let state = StepState::Todo { earlier: None };
            plan.steps.insert(step.clone(), Step { opens: opens.clone(), due: due.clone(), state, touched: version });
        }
        What::HandedIn { step, evidence } => set(step, &|_| StepState::HandedIn { at, by, evidence: *evidence }),
        What::Done { step, evidence } => set(step, &|_| StepState::Done { at, by, evidence: *evidence, review: None }),
        What::Accepted { step, line } => set(step, &|state| match state {
            StepState::HandedIn { at: handed_in, by: author, evidence } => StepState::Done {
                at: *handed_in,
                by: *author,
                evidence: *evidence,
                review: Some(Review { at, by, line: *line }),
            },
            other => other.clone(),
        }),
        What::Returned { step, line } => {
            let author = |state: &StepState| match state {
                StepState::HandedIn { at, by, .. } if fact.v >= 3 => Some(HandIn { at: *at, by: *by }),
                _ => None,
            };
            set(step, &|state| StepState::Returned {
                at,
                by,
                line: *line,
                evidence: state.evidence(),
                handed_in: author(state),
            });
        }
        What::TakenBack { step, withdrawn } => {
            set(step, &|state| StepState::Todo { earlier: state.evidence() });
            if let Some(withdrawn) = withdrawn {
                plan.steps.remove(withdrawn);
            }
        }
        What::Reconsidered { step, withdrawn } => {
            set(step, &StepState::reconsidered);
            if let Some(withdrawn) = withdrawn {
                plan.steps.remove(withdrawn);
            }
        }
        // A comment changes nothing that a form in somebody's browser rests on.
        What::Commented { .. } => {}
        What::Lapsed { step } => set(step, &|_| StepState::Lapsed { at }),
        What::Closed { step, reason, line } => {
            let kept = |state: &StepState| state.evidence().filter(|_| fact.v >= 2);
            set(step, &|state| StepState::Closed { at, reason: *reason, line: *line, evidence: kept(state) });
        }
        What::Deed { deed, .. } => deed.arrange(&mut plan, version, at),
        What::Moved { step, opens, due } => {
            if let Some(step) = plan.steps.get_mut(step) {
                // A form in somebody's browser rests on no dates.
                (step.opens, step.due) = (opens.clone(), due.clone());
            }
        }
        What::Renamed { step, to } => {
            if let Some(moved) = plan.steps.remove(step) {
                plan.steps.insert(to.clone(), moved);
            }
        }
        What::Undone { restored, .. } => {
            let Restored { release, calendar, arranged, members, steps } = (**restored).clone();
            (plan.release, plan.calendar, plan.arranged) = (release, calendar, arranged);
            put_back(&mut plan.members, members);
            put_back(&mut plan.steps, steps);
        }
        What::DeputyLeft => plan.arranged.deputy = None,
        What::Launched { playbook, on } => {
            plan.launches.insert(playbook.clone(), *on);
        }
        What::Withdrawn { step } => {
            plan.steps.remove(step);
        }
        What::MentorAsked { mentor, then } => {
            let then = then.clone();
            plan.cast.mentor = match plan.cast.mentor {
                // A mentor mentors until another one says yes.
                Mentoring::Accepted { who, at: since, .. } if fact.v >= 2 => {
                    let next_at = (fact.v >= 3).then_some(at);
                    Mentoring::Accepted { who, at: since, next: Some(*mentor), next_at, then }
                }
                _ => Mentoring::Asked { who: *mentor, at, then },
            };
        }
        What::MentorAccepted { mentor } => plan.cast.mentor = Mentoring::accepted(*mentor, at),
        What::MentorDeclined { mentor, line } => {
            plan.cast.mentor = match plan.cast.mentor {
                Mentoring::Accepted { who, at, next, .. } if next == Some(*mentor) => Mentoring::accepted(who, at),
                _ => Mentoring::Declined { who: *mentor, at, line: *line },
            };
        }
        What::Recast { superior, hr } => {
            plan.cast.superior = *superior;
            plan.cast.hr = *hr;
        }
        What::Joined { member, on } => {
            plan.members.insert(*member, Membership { joined: *on, left: None });
        }
        What::Left { member, on } => {
            if let Some(membership) = plan.members.get_mut(member) {
                membership.left = Some(*on);
            }
        }
    }
    plan
}

fn put_back<K: Ord, V>(map: &mut BTreeMap<K, V>, entries: Vec<(K, Option<V>)>) {
    for (key, value) in entries {
        match value {
            Some(value) => drop(map.insert(key, value)),
            None => drop(map.remove(&key)),
        }
    }
}

/// The plan after facts that were just sealed.
pub fn fold_sealed(plan: Plan, facts: &[Fact], sealed: &[Sealed]) -> Plan {
    let mut plan = facts.iter().fold(plan, fold);
    if let Some(last) = sealed.last() {
        plan.head = last.link;
    }
    plan
}
