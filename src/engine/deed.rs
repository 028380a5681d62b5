//! Deeds: what is done to a plan as a whole, and can be undone as a whole. A deed's fact says how many
//! of the facts after it belong to it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::arrange::{Counted, Deputy, Ended, Ending, Kept, Own, Paused};
use super::calendar::{Away, AwayCause, Span};
use super::plan::{Plan, WritingRef};
use super::vocabulary::{MemberId, PersonId, StepId, StepKey};

/// Days within which a deed can be undone.
pub const UNDO_DAYS: i64 = 30;

/// What was done to a plan as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Deed {
    /// One step was set to another day.
    Moved {
        step: StepKey,
    },
    /// What is not done yet comes later by so many working days, counted from a day.
    Shifted {
        from: NaiveDate,
        until: NaiveDate,
        days: u16,
    },
    /// A step of this plan alone.
    Added {
        step: StepId,
        own: Own,
    },
    Waived {
        step: StepKey,
        reason: WritingRef,
    },
    /// The open steps of a curriculum were closed, and it brings no more.
    Skipped {
        curriculum: String,
        reason: WritingRef,
    },
    /// The manager is on leave; both days included.
    Leave {
        from: NaiveDate,
        until: NaiveDate,
    },
    Paused {
        from: NaiveDate,
    },
    /// The plan goes on; `until` is the last day of the pause, if it lasted a day.
    Resumed {
        from: NaiveDate,
        until: Option<NaiveDate>,
    },
    /// The mentor is away, and somebody stands in.
    DeputyNamed {
        who: PersonId,
        from: NaiveDate,
        until: NaiveDate,
    },
    /// The days of its calendar were edited, or another calendar took its place.
    Redated {
        calendar: String,
    },
    Upgraded {
        to: String,
        taken: Box<Taken>,
    },
    /// A change that was offered was taken.
    OfferTaken {
        step: StepId,
        /// What was done of it keeps it as it was.
        #[serde(default)]
        keeps: bool,
        /// Nothing more comes of it.
        #[serde(default)]
        rests: bool,
    },
    OfferDeclined {
        step: StepId,
    },
    MemberLeft {
        member: MemberId,
    },
    /// Somebody who left is on the team again.
    MemberBack {
        member: MemberId,
    },
    /// A member joined on another day than was said.
    MemberCorrected {
        member: MemberId,
        joined: NaiveDate,
    },
    Ended {
        how: Ending,
        reason: Option<WritingRef>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        counted: Option<Counted>,
    },
}

/// How a plan takes a release: whole, but for these.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Taken {
    pub kept: BTreeMap<StepId, Kept>,
    pub declined: BTreeSet<StepId>,
    pub offers: BTreeSet<StepId>,
    pub renamed: BTreeMap<StepId, StepId>,
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub bases: BTreeSet<StepKey>,
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub over: BTreeSet<String>,
}

impl Deed {
    /// Whether it is one of the roster, and undone there: other plans of the manager have it too.
    pub fn is_of_roster(&self) -> bool {
        matches!(self, Deed::MemberLeft { .. } | Deed::MemberBack { .. } | Deed::MemberCorrected { .. })
    }

    /// Whether it came with the calendar, which says what is true for every plan, and is changed there.
    pub fn is_of_calendar(&self) -> bool {
        matches!(self, Deed::Redated { .. })
    }

    /// The words that it rests on.
    pub fn writing(&self) -> Option<WritingRef> {
        match self {
            Deed::Added { own, .. } => Some(own.words),
            Deed::Waived { reason, .. } | Deed::Skipped { reason, .. } => Some(*reason),
            Deed::Ended { reason, .. } => *reason,
            _ => None,
        }
    }

    /// What it arranges in the plan; `seq` is the number of its fact. What it does to steps is told by
    /// the facts that follow it.
    pub(super) fn arrange(&self, plan: &mut Plan, seq: u64, at: DateTime<Utc>) {
        let arranged = &mut plan.arranged;
        let mut away = |from, until, cause| arranged.away.push(Away { span: Span { from, until }, cause, deed: seq });
        match self {
            Deed::Moved { .. } | Deed::Waived { .. } | Deed::MemberLeft { .. } | Deed::MemberBack { .. } => {}
            Deed::Shifted { from, until, .. } => away(*from, *until, AwayCause::Shift),
            Deed::Leave { from, until } => away(*from, *until, AwayCause::Leave),
            Deed::Resumed { from, until } => {
                if let Some(until) = until {
                    away(*from, *until, AwayCause::Pause);
                }
                arranged.paused = None;
            }
            Deed::Added { step, own } => {
                arranged.own.insert(step.clone(), own.clone());
            }
            Deed::MemberCorrected { member, joined } => {
                if let Some(membership) = plan.members.get_mut(member) {
                    membership.joined = *joined;
                }
            }
            Deed::Skipped { curriculum, .. } => {
                arranged.skipped.insert(curriculum.clone());
            }
            Deed::Paused { from } => arranged.paused = Some(Paused { from: *from, deed: seq }),
            Deed::DeputyNamed { who, from, until } => {
                arranged.deputy = Some(Deputy { who: *who, span: Span { from: *from, until: *until } });
            }
            Deed::Redated { calendar } => plan.calendar.clone_from(calendar),
            Deed::Upgraded { to, taken } => {
                plan.release.clone_from(to);
                let Taken { kept, declined, offers, renamed, bases, over } = (**taken).clone();
                (arranged.kept, arranged.declined, arranged.offers) = (kept, declined, offers);
                (arranged.renamed, arranged.bases, arranged.over) = (renamed, bases, over);
            }
            Deed::OfferTaken { step, keeps, rests } => {
                arranged.offers.remove(step);
                if !keeps {
                    arranged.kept.remove(step);
                }
                arranged.declined.remove(step);
                if *rests {
                    arranged.declined.insert(step.clone());
                }
            }
            Deed::OfferDeclined { step } => {
                arranged.offers.remove(step);
            }
            Deed::Ended { how, reason, counted } => {
                arranged.ended = Some(Ended { how: *how, at, reason: *reason, counted: counted.clone() });
            }
        }
    }
}
