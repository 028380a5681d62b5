//! Who plays which part in a plan.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::plan::WritingRef;
use super::vocabulary::PersonId;

/// Who plays which part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cast {
    pub manager: PersonId,
    pub superior: PersonId,
    /// The HR owner.
    pub hr: PersonId,
    pub mentor: Mentoring,
}

/// How far a plan is with its mentor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Mentoring {
    Nobody,
    Asked {
        who: PersonId,
        at: DateTime<Utc>,
        /// Who is asked next when they say no or nothing, in this order.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        then: Vec<PersonId>,
    },
    Accepted {
        who: PersonId,
        at: DateTime<Utc>,
        /// Asked to take over, and has not answered.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        next: Option<PersonId>,
        /// When they were asked.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        next_at: Option<DateTime<Utc>>,
        /// As in [`Mentoring::Asked`].
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        then: Vec<PersonId>,
    },
    Declined {
        who: PersonId,
        at: DateTime<Utc>,
        line: Option<WritingRef>,
    },
}

impl Mentoring {
    /// A mentor whom nobody is asked to follow.
    pub fn accepted(who: PersonId, at: DateTime<Utc>) -> Mentoring {
        Mentoring::Accepted { who, at, next: None, next_at: None, then: Vec::new() }
    }

    /// The mentor, once they have said yes.
    pub fn mentor(&self) -> Option<PersonId> {
        match self {
            Mentoring::Accepted { who, .. } => Some(*who),
            _ => None,
        }
    }

    /// Whoever was asked to take over from a mentor.
    pub fn next(&self) -> Option<PersonId> {
        match self {
            Mentoring::Accepted { next, .. } => *next,
            _ => None,
        }
    }

    /// Who was asked and has not answered, and when.
    pub fn waiting(&self) -> Option<(PersonId, DateTime<Utc>)> {
        match self {
            Mentoring::Asked { who, at, .. } => Some((*who, *at)),
            Mentoring::Accepted { next, next_at, .. } => (*next).zip(*next_at),
            _ => None,
        }
    }

    /// Who is asked when whoever was asked says no or nothing, in this order.
    pub fn then(&self) -> &[PersonId] {
        match self {
            Mentoring::Asked { then, .. } | Mentoring::Accepted { then, .. } => then,
            _ => &[],
        }
    }

    /// Whether somebody was asked and has not answered.
    pub fn asks(&self, person: PersonId) -> bool {
        matches!(self, Mentoring::Asked { who, .. } if *who == person) || self.next() == Some(person)
    }

    /// Whoever was asked last, whatever they said; the mentor, while somebody is asked to take over.
    pub fn candidate(&self) -> Option<PersonId> {
        match self {
            Mentoring::Nobody => None,
            Mentoring::Asked { who, .. } | Mentoring::Accepted { who, .. } | Mentoring::Declined { who, .. } => {
                Some(*who)
            }
        }
    }
}
