//! What the compiler found wrong, and where: a code with arguments, for `render` to say.

use serde::Serialize;

use super::message::Message;

/// A mistake in a curriculum file, or something its author should know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// The path as the caller gave it.
    pub file: String,
    /// Where in the file; none when the file as a whole is meant.
    pub span: Option<Span>,
    pub severity: Severity,
    pub message: Message,
    /// What could be done about it, when more is known than the message says.
    pub hint: Option<Message>,
    /// The line on which the span starts, without its end of line, so that it can be underlined.
    pub source: String,
}

/// A stretch of one line, counted from 1 in characters (not bytes, not columns of a terminal).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Span {
    pub line: u32,
    pub column: u32,
    /// What goes over several lines is marked to the end of the first.
    pub length: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Nothing is published while it stands.
    Error,
    Warning,
}

impl Diagnostic {
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}
