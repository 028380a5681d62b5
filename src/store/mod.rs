//! Rows in, engine types out: diesel and its SQL live here and nowhere else.
//!
//! One file per aggregate. Every read of somebody's plan or words takes a
//! [`Scope`](crate::engine::access::Scope), which only the engine's access table hands out; every
//! write takes a [`Tx`](pool::Tx).

pub mod bounced;
pub mod calendars;
pub mod curriculum_drafts;
pub mod escalations;
pub mod facts;
pub mod figures;
pub mod files;
pub mod incoming;
pub mod links;
pub mod mailroom;
pub mod meetings;
pub mod members;
pub mod outbox;
pub mod people;
pub mod plans;
pub mod pool;
pub mod prepared;
pub mod pulses;
pub mod releases;
pub mod report_answers;
pub mod rollouts;
pub mod schema;
pub mod sessions;
pub mod snoozes;
pub mod stopped;
pub mod travel;
pub mod writings;

/// A read or write that did not come about.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// No connection could be had: the database is down, or its pool is used up.
    #[error("the database cannot be reached: {0}")]
    Unreachable(String),
    #[error("while {doing}: {source}")]
    Query { doing: &'static str, source: diesel::result::Error },
    /// A row that the program itself could not have written.
    #[error("{what} is stored in a form that cannot be read: {source}")]
    Unreadable { what: String, source: serde_json::Error },
    #[error("{what} is stored in a form that cannot be read")]
    Broken { what: String },
    /// Two acts met; the other one won.
    #[error("the plan was changed by another act at the same moment")]
    Raced,
}

impl StoreError {
    /// Whether trying again may help without anybody doing anything.
    pub fn is_transient(&self) -> bool {
        match self {
            StoreError::Unreachable(_) | StoreError::Raced => true,
            StoreError::Query { source, .. } => is_transient(source),
            StoreError::Unreadable { .. } | StoreError::Broken { .. } => false,
        }
    }

    /// Whether a row with the same unique value stands already.
    pub fn is_duplicate(&self) -> bool {
        use diesel::result::{DatabaseErrorKind, Error};
        matches!(self, StoreError::Query { source: Error::DatabaseError(DatabaseErrorKind::UniqueViolation, _), .. })
    }
}

fn is_transient(error: &diesel::result::Error) -> bool {
    use diesel::result::{DatabaseErrorKind as Kind, Error};
    match error {
        Error::BrokenTransactionManager => true,
        Error::DatabaseError(kind, message) => {
            matches!(
                kind,
                Kind::ClosedConnection
                    | Kind::SerializationFailure
                    | Kind::UnableToSendCommand
                    | Kind::ReadOnlyTransaction
            ) || message.message().contains("deadlock detected")
                || message.message().contains("terminating connection")
                || message.message().contains("connection closed")
        }
        _ => false,
    }
}

/// Says what was being done when a query failed.
trait Doing<T> {
    fn doing(self, doing: &'static str) -> Result<T, StoreError>;
}

impl<T> Doing<T> for Result<T, diesel::result::Error> {
    fn doing(self, doing: &'static str) -> Result<T, StoreError> {
        self.map_err(|source| StoreError::Query { doing, source })
    }
}

fn to_json<T: serde::Serialize>(what: &str, value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|source| StoreError::Unreadable { what: what.to_owned(), source })
}

fn from_json<T: serde::de::DeserializeOwned>(what: &str, value: serde_json::Value) -> Result<T, StoreError> {
    serde_json::from_value(value).map_err(|source| StoreError::Unreadable { what: what.to_owned(), source })
}
