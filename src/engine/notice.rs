//! Mail that facts owe at once. Everything else waits for the brief.

use super::fact::{Fact, What};
use super::vocabulary::PersonId;

/// A letter that is owed because of a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notice {
    /// The manager's plan has begun to exist.
    Welcome { to: PersonId },
    /// Somebody is asked to be the mentor.
    MentorRequest { to: PersonId },
}

/// The letters that these facts owe.
pub fn notices(facts: &[Fact]) -> Vec<Notice> {
    facts
        .iter()
        .filter_map(|fact| match &fact.what {
            What::Started { manager, .. } => Some(Notice::Welcome { to: *manager }),
            What::MentorAsked { mentor } => Some(Notice::MentorRequest { to: *mentor }),
            _ => None,
        })
        .collect()
}
