//! Names that are filled in: `{{mentor.name}}` in the words of steps and forms.

use std::ops::Range;

use crate::engine::diagnostic::Span;
use crate::engine::message::Message;
use crate::engine::template::Who;

use super::closest::closest;
use super::findings::short;
use super::map::Reader;
use super::marks::Marks;

/// Whether a name may be filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Names {
    Filled,
    /// The words are shown where nobody's plan is at hand.
    AsWritten,
}

/// The words of a scalar. Where their characters stand is found out once a name needs it.
struct Words<'w> {
    text: &'w str,
    span: Span,
    marks: Option<Marks>,
}

impl Reader<'_, '_> {
    /// Checks the names in an author's words, and remembers whom they need.
    pub fn names_in(&mut self, words: &str, span: Span) {
        let mut words = Words { text: words, span, marks: None };
        // A text may name somebody in every sentence.
        let mut named = Vec::new();
        let mut from = 0;
        while let Some(open) = words.text.get(from..).and_then(|rest| rest.find("{{")).map(|at| from + at) {
            let inner = words.text.get(open + 2..).unwrap_or_default();
            let Some(end) = inner.find("}}") else {
                let message = Message::new("problem-name-not-closed").with("given", short(inner));
                self.name_error(&mut words, open..open + 2, message, None);
                return;
            };
            let given = inner.get(..end).unwrap_or_default().trim();
            from = open + 2 + end + 2;
            if self.names == Names::AsWritten {
                let message = Message::new("problem-no-names-here");
                let message = message.with("given", if given.is_empty() { "{{}}".to_owned() } else { short(given) });
                self.name_error(&mut words, open..from, message, None);
            } else {
                self.name_in(given, &mut words, open..from, &mut named);
            }
        }
    }

    fn name_in(&mut self, given: &str, words: &mut Words, part: Range<usize>, named: &mut Vec<Who>) {
        let all = Who::ALL.map(|who| format!("{}.name", who.as_str()));
        if let Some((who, _)) = Who::ALL.into_iter().zip(&all).find(|(_, name)| *name == given) {
            if !named.contains(&who) {
                named.push(who);
                let span = self.name_span(words, &part);
                let who = self.placed(who, span);
                self.needs.push(who);
            }
            return;
        }
        if given.is_empty() {
            return self.name_error(words, part, Message::new("problem-name-empty"), None);
        }
        let known = all.iter().map(String::as_str);
        let hint = if self.findings.may_suggest() { closest(given, known) } else { None };
        let hint = hint.map(|name| Message::new("hint-did-you-mean").with("name", name));
        let message = Message::new("problem-unknown-name").with("given", short(given));
        self.name_error(words, part, message.with("names", all.join(", ")), hint);
    }

    fn name_error(&mut self, words: &mut Words, part: Range<usize>, message: Message, hint: Option<Message>) {
        // What is only counted need not be found.
        let span = if self.findings.is_full(self.file) { words.span } else { self.name_span(words, &part) };
        self.error_with(span, message, hint);
    }

    fn name_span(&self, words: &mut Words, part: &Range<usize>) -> Span {
        let Words { text, span, marks } = words;
        let source = self.findings.source(self.file);
        marks.get_or_insert_with(|| Marks::new(source, *span, text)).span(text, part)
    }
}
