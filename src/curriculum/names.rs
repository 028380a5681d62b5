//! Names that are filled in: `{{mentor.name}}` in the words of steps and forms.

use crate::engine::diagnostic::Span;
use crate::engine::message::Message;
use crate::engine::template::Who;

use super::closest::closest;
use super::findings::{Placed, short};
use super::map::Reader;

/// Whether a name may be filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Names {
    Filled,
    /// The words are shown where nobody's plan is at hand.
    AsWritten,
}

impl Reader<'_, '_> {
    /// Checks the names in an author's words, and remembers whom they need.
    pub fn names_in(&mut self, words: &str, span: Span) {
        let mut rest = words;
        while let Some(open) = rest.find("{{") {
            let inner = rest.get(open + 2..).unwrap_or_default();
            let Some(end) = inner.find("}}") else {
                self.error(span, Message::new("problem-name-not-closed").with("given", short(inner)));
                return;
            };
            let given = inner.get(..end).unwrap_or_default().trim();
            if self.names == Names::AsWritten {
                self.error(span, Message::new("problem-no-names-here").with("given", short(given)));
            } else {
                self.name_in(given, span);
            }
            rest = inner.get(end + 2..).unwrap_or_default();
        }
    }

    fn name_in(&mut self, given: &str, span: Span) {
        let all = Who::ALL.map(|who| format!("{}.name", who.as_str()));
        if let Some((who, _)) = Who::ALL.into_iter().zip(&all).find(|(_, name)| *name == given) {
            let who = self.placed(who, span);
            let is_same = |need: &Placed<Who>| need.value == who.value && need.place == who.place;
            // A text may name somebody in every sentence.
            if !self.needs.iter().rev().take(Who::ALL.len()).any(is_same) {
                self.needs.push(who);
            }
            return;
        }
        let known = all.iter().map(String::as_str);
        let hint = if self.findings.may_suggest() { closest(given, known) } else { None };
        let hint = hint.map(|name| Message::new("hint-did-you-mean").with("name", name));
        let message = Message::new("problem-unknown-name").with("given", short(given));
        self.error_with(span, message.with("names", all.join(", ")), hint);
    }
}
