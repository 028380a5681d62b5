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
    },
    Accepted {
        who: PersonId,
        at: DateTime<Utc>,
        /// Asked to take over, and has not answered.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        next: Option<PersonId>,
    },
    Declined {
        who: PersonId,
        at: DateTime<Utc>,
        line: Option<WritingRef>,
    },
}

impl Mentoring {
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
