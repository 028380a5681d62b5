//! What happened: append-only, and enough on its own to fold a plan from zero.
//!
//! A fact carries its outcome (dates with their reasons), so a calendar that is edited tomorrow
//! changes no yesterday; and no human words, only references to writings.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::calendar::Dated;
use super::chain;
use super::plan::{Cast, CloseReason, Membership, Mentoring, Plan, Review, Step, StepState, WritingRef};
use super::vocabulary::{MemberId, PersonId, StepKey};

/// The version of the payload; a reader meets every version that was ever written.
pub const PAYLOAD_VERSION: u32 = 1;

/// Something that happened to a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    pub v: u32,
    pub at: DateTime<Utc>,
    /// Nobody: the program itself, when time passed.
    pub by: Option<PersonId>,
    pub what: What,
}

#[expect(
    clippy::large_enum_variant,
    reason = "a plan begins with hundreds of the large one; boxing it would cost more"
)]
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
    },
    MentorAsked {
        mentor: PersonId,
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
            | What::Commented { step, .. }
            | What::Lapsed { step }
            | What::Closed { step, .. }
            | What::Withdrawn { step } => Some(step),
            What::Started { .. }
            | What::Launched { .. }
            | What::MentorAsked { .. }
            | What::MentorAccepted { .. }
            | What::MentorDeclined { .. }
            | What::Recast { .. }
            | What::Joined { .. }
            | What::Left { .. } => None,
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
        What::Started { release, calendar, effective, manager, superior, hr } => {
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
            set(step, &|state| StepState::Returned { at, by, line: *line, evidence: state.evidence() });
        }
        What::TakenBack { step, withdrawn } => {
            set(step, &|state| StepState::Todo { earlier: state.evidence() });
            if let Some(withdrawn) = withdrawn {
                plan.steps.remove(withdrawn);
            }
        }
        // A comment changes nothing that a form in somebody's browser rests on.
        What::Commented { .. } => {}
        What::Lapsed { step } => set(step, &|_| StepState::Lapsed { at }),
        What::Closed { step, reason } => set(step, &|_| StepState::Closed { at, reason: *reason }),
        What::Launched { playbook, on } => {
            plan.launches.insert(playbook.clone(), *on);
        }
        What::Withdrawn { step } => {
            plan.steps.remove(step);
        }
        What::MentorAsked { mentor } => plan.cast.mentor = Mentoring::Asked { who: *mentor, at },
        What::MentorAccepted { mentor } => plan.cast.mentor = Mentoring::Accepted { who: *mentor, at },
        What::MentorDeclined { mentor, line } => {
            plan.cast.mentor = Mentoring::Declined { who: *mentor, at, line: *line };
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

/// The plan after facts that were just sealed.
pub fn fold_sealed(plan: Plan, facts: &[Fact], sealed: &[Sealed]) -> Plan {
    let mut plan = facts.iter().fold(plan, fold);
    if let Some(last) = sealed.last() {
        plan.head = last.link;
    }
    plan
}
