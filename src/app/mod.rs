//! Use cases: load, let the engine decide, save facts, steps and outbox in one transaction; and what
//! a viewer may see, now (`pages`), and what a letter says, now (`letters`).
//!
//! Nothing here reads a clock or the machine's randomness (a [`Moment`] is an argument), makes a
//! sentence, or sends.

pub mod answers;
pub mod archive;
pub mod arrange;
pub mod calendar_warnings;
pub mod calendars;
pub mod digest;
pub mod doctor;
pub mod drafts;
pub mod earlier;
pub mod figures;
pub mod files;
pub mod from_mail;
pub mod gather;
pub mod given;
pub mod letters;
pub mod mail_topics;
pub mod meetings;
pub mod mentoring;
pub mod moment;
pub mod mornings;
pub mod naming;
pub mod offers;
pub mod outbox;
mod owed;
pub mod pages;
pub mod people;
pub mod plans;
pub mod playbooks;
pub mod publish;
pub mod pulses;
pub mod replies;
pub mod reports;
pub mod rollouts;
pub mod roster;
pub mod sign_in;
pub mod snoozing;
pub mod steps;
pub mod sweep;
pub mod wording;
pub mod worlds;

pub use moment::{Chance, Moment};

use crate::engine::Refusal;
use crate::engine::diagnostic::Diagnostic;
use crate::engine::form::FieldProblem;
use crate::store::StoreError;

/// What a use case answers when it is not done.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such thing, or not for this viewer: both look the same.
    #[error("not found")]
    NotFound,
    /// The rules don't allow it now.
    #[error("refused: {0:?}")]
    Refused(Refusal),
    /// Another window kept a draft of the same form, and this one doesn't know of it.
    #[error("another window kept a draft since")]
    Overtaken,
    /// A form with mistakes, each beside its field.
    #[error("{} fields of a form have mistakes", .0.len())]
    Invalid(Vec<FieldProblem>),
    /// Curriculum files with mistakes.
    #[error("{} mistakes in the curriculum files", .0.len())]
    Curriculum(Vec<Diagnostic>),
    /// Names that can't stand in an archive.
    #[error(transparent)]
    Archive(#[from] zip::result::ZipError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("a plan rests on something that is gone: {0}")]
    Missing(String),
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Error {
        Error::Refused(refusal)
    }
}
