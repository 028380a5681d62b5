//! A sentence before it has words: a code with its arguments.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use super::vocabulary::{Role, Text};

/// What `render` turns into a sentence in the reader's language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Message {
    /// The id in the Fluent files.
    pub id: &'static str,
    pub args: Vec<(&'static str, Arg)>,
}

/// An argument of a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "is", content = "value", rename_all = "snake_case")]
pub enum Arg {
    /// Words as somebody wrote them.
    Words(String),
    Text(Text),
    Number(i64),
    Date(NaiveDate),
    Time(DateTime<Utc>),
    Role(Role),
}

impl Message {
    pub fn new(id: &'static str) -> Message {
        Message { id, args: Vec::new() }
    }

    pub fn with(mut self, name: &'static str, arg: impl Into<Arg>) -> Message {
        self.args.push((name, arg.into()));
        self
    }
}

macro_rules! from {
    ($($kind:ty => $arg:expr),* $(,)?) => {$(
        impl From<$kind> for Arg { fn from(value: $kind) -> Arg { $arg(value) } }
    )*};
}
from! {
    String => Arg::Words,
    Text => Arg::Text,
    i64 => Arg::Number,
    NaiveDate => Arg::Date,
    DateTime<Utc> => Arg::Time,
    Role => Arg::Role,
}

impl From<&str> for Arg {
    fn from(value: &str) -> Arg {
        Arg::Words(value.to_owned())
    }
}

impl From<usize> for Arg {
    fn from(value: usize) -> Arg {
        Arg::Number(i64::try_from(value).unwrap_or(i64::MAX))
    }
}
