//! Answers to somebody whose reply did not do what it may have been meant to: why, and where it can be done.

use super::Error;
use super::letters::AnswerLetter;
use crate::engine::Refusal;
use crate::engine::message::Message;
use crate::store::outbox::{Claimed, Kind, Owed};
use crate::store::people::Person;

/// Why a reply did not do what it may have been meant to, in a code that its letter's key carries and HR reads in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotFollowed {
    /// The letter listed several things, and the reply names none.
    WhichOne,
    /// What it asks for can't be done about what the letter was about.
    NotHere,
    /// The step has moved on.
    MovedOn,
    /// The step asks for more than a word.
    NeedsForm,
    /// Sent back without a line that says what is missing.
    NeedsLine,
    /// Put off as often as it can be.
    NoMoreSnooze,
    /// Words in which no decision is seen: they are kept, and the work still waits for one.
    StillWaits,
}

impl NotFollowed {
    pub const ALL: [NotFollowed; 7] = [
        NotFollowed::WhichOne,
        NotFollowed::NotHere,
        NotFollowed::MovedOn,
        NotFollowed::NeedsForm,
        NotFollowed::NeedsLine,
        NotFollowed::NoMoreSnooze,
        NotFollowed::StillWaits,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            NotFollowed::WhichOne => "which_one",
            NotFollowed::NotHere => "not_here",
            NotFollowed::MovedOn => "moved_on",
            NotFollowed::NeedsForm => "needs_form",
            NotFollowed::NeedsLine => "needs_line",
            NotFollowed::NoMoreSnooze => "no_more_snooze",
            NotFollowed::StillWaits => "still_waits",
        }
    }

    /// What an act that was refused is to whoever asked for it by mail; none: no fault of theirs.
    pub(super) fn of(error: &Error) -> Option<NotFollowed> {
        Some(match error {
            Error::NotFound
            | Error::Refused(Refusal::NotYours { .. } | Refusal::NotOfMeeting { .. } | Refusal::BadWords) => {
                NotFollowed::NotHere
            }
            Error::Refused(Refusal::NotOpenYet { .. } | Refusal::Blocked { .. }) => NotFollowed::NotHere,
            Error::Refused(Refusal::Evidence(_)) => NotFollowed::NeedsForm,
            Error::Refused(Refusal::LineNeeded) => NotFollowed::NeedsLine,
            Error::Refused(Refusal::PutOffTooOften { .. }) => NotFollowed::NoMoreSnooze,
            Error::Refused(_) | Error::Overtaken | Error::Invalid(_) => NotFollowed::MovedOn,
            Error::Curriculum(_) | Error::Archive(_) | Error::Store(_) | Error::Missing(_) => return None,
        })
    }

    /// The letter that says so.
    pub fn letter(self, name: String, url: String) -> AnswerLetter {
        let [subject, title, became] = match self {
            NotFollowed::StillWaits => ["answer-kept-subject", "answer-kept-title", "answer-kept-lead"],
            _ => ["answer-subject", "answer-title", "answer-lead"],
        };
        let why = match self {
            NotFollowed::WhichOne => "answer-which-one",
            NotFollowed::NotHere => "answer-not-here",
            NotFollowed::MovedOn => "answer-moved-on",
            NotFollowed::NeedsForm => "answer-needs-form",
            NotFollowed::NeedsLine => "answer-needs-line",
            NotFollowed::NoMoreSnooze => "answer-no-more-snooze",
            NotFollowed::StillWaits => "answer-still-waits",
        };
        let [subject, title, became, why] = [subject, title, became, why].map(Message::new);
        AnswerLetter { name, subject, title, became, why, url }
    }
}

/// The letter that says so, to be written when its time comes.
pub(super) fn owed(id: uuid::Uuid, person: &Person, why: NotFollowed, now: chrono::DateTime<chrono::Utc>) -> Owed {
    Owed {
        id,
        dedup_key: format!("answer:{id}:{}", why.as_str()),
        kind: Kind::Answer,
        person: person.id,
        plan: None,
        for_day: None,
        step: None,
        meeting: None,
        due_at: now,
    }
}

/// As [`owed`], when it is written.
pub(super) fn answer(claimed: &Claimed, person: &Person, base_url: &str) -> Option<AnswerLetter> {
    let code = claimed.dedup_key.rsplit(':').next().unwrap_or_default();
    let why = NotFollowed::ALL.into_iter().find(|why| why.as_str() == code)?;
    Some(why.letter(person.name.clone(), format!("{base_url}/")))
}
