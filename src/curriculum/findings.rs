//! Everything that was found wrong, by file.

use crate::engine::diagnostic::{Diagnostic, Severity, Span};
use crate::engine::message::Message;

use super::source::Source;

/// A file with more mistakes than this is not the file that was meant; the rest is counted.
const MAX_PER_FILE: usize = 500;

/// "Did you mean" compares with every known name; a file full of unknown names must not take minutes.
const MAX_SUGGESTIONS: usize = 50;

/// Words of an author that a message repeats are cut here.
const MAX_WORDS: usize = 80;

/// A span and its file, by the file's place among the sources.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Place {
    pub file: usize,
    pub span: Span,
}

/// A value and where it stands.
#[derive(Debug, Clone)]
pub struct Placed<T> {
    pub value: T,
    pub place: Place,
}

pub struct Findings<'s> {
    sources: &'s [Source],
    found: Vec<Vec<Diagnostic>>,
    left_out: Vec<usize>,
    suggestions_left: usize,
}

impl<'s> Findings<'s> {
    pub fn new(sources: &'s [Source]) -> Findings<'s> {
        Findings {
            sources,
            found: sources.iter().map(|_| Vec::new()).collect(),
            left_out: vec![0; sources.len()],
            suggestions_left: MAX_SUGGESTIONS,
        }
    }

    pub fn source(&self, file: usize) -> Option<&'s Source> {
        self.sources.get(file)
    }

    pub fn path(&self, file: usize) -> &str {
        self.sources.get(file).map_or("", |source| &source.path)
    }

    pub fn error(&mut self, place: Place, message: Message) {
        self.add(place.file, Some(place.span), Severity::Error, message, None);
    }

    pub fn error_with(&mut self, place: Place, message: Message, hint: Option<Message>) {
        self.add(place.file, Some(place.span), Severity::Error, message, hint);
    }

    pub fn warning(&mut self, place: Place, message: Message) {
        self.add(place.file, Some(place.span), Severity::Warning, message, None);
    }

    /// A mistake of a file as a whole, or at a place if there is one.
    pub fn file_error(&mut self, file: usize, span: Option<Span>, message: Message, hint: Option<Message>) {
        self.add(file, span, Severity::Error, message, hint);
    }

    /// Whether what more is found in a file will only be counted.
    pub fn is_full(&self, file: usize) -> bool {
        self.found.get(file).is_some_and(|found| found.len() >= MAX_PER_FILE)
    }

    /// Whether one more name may be compared with many.
    pub fn may_suggest(&mut self) -> bool {
        self.suggestions_left = self.suggestions_left.saturating_sub(1);
        self.suggestions_left > 0
    }

    /// Whether something was found that refuses all files.
    pub fn has_errors(&self) -> bool {
        let is_error = |diagnostic: &Diagnostic| diagnostic.is_error();
        self.found.iter().flatten().any(is_error) || self.left_out.iter().any(|count| *count > 0)
    }

    fn add(&mut self, file: usize, span: Option<Span>, severity: Severity, message: Message, hint: Option<Message>) {
        let (Some(source), Some(found)) = (self.sources.get(file), self.found.get_mut(file)) else { return };
        if found.len() >= MAX_PER_FILE {
            if let Some(left_out) = self.left_out.get_mut(file) {
                *left_out += 1;
            }
            return;
        }
        let span = span.map(|span| source.fit(span));
        let shown = span.map(|span| source.shown_line(span.line)).unwrap_or_default();
        found.push(Diagnostic { file: source.path.clone(), span, severity, message, hint, source: shown });
    }

    /// By file, line and column, each once: two programs can find the same mistake of a curriculum.
    pub fn into_diagnostics(self) -> Vec<Diagnostic> {
        let mut all = Vec::new();
        for ((source, mut found), left_out) in self.sources.iter().zip(self.found).zip(self.left_out) {
            found.sort_by_key(|diagnostic| (diagnostic.span, diagnostic.message.id));
            found.dedup();
            all.append(&mut found);
            if left_out > 0 {
                all.push(Diagnostic {
                    file: source.path.clone(),
                    span: None,
                    severity: Severity::Error,
                    message: Message::new("problem-many-more").with("count", left_out),
                    hint: None,
                    source: String::new(),
                });
            }
        }
        all
    }
}

/// An author's words as a message repeats them: one line, not too long.
pub fn short(words: &str) -> String {
    let one_line = |c: char| if c.is_whitespace() || c.is_control() { ' ' } else { c };
    let mut short: String = words.trim().chars().map(one_line).take(MAX_WORDS).collect();
    if words.trim().chars().nth(MAX_WORDS).is_some() {
        short.push('…');
    }
    short
}
