//! Where the characters of a scalar stand in its file, so that a part of it can be underlined.

use std::ops::Range;

use crate::engine::diagnostic::Span;

use super::super::source::Source;

/// A condition does not go over more lines.
const MAX_LINES: u32 = 500;

/// A longer line is not walked through: a file of one line could hold thousands of conditions.
const MAX_LINE: usize = 4000;

/// Where each character of a scalar stands; none if that can't be told.
pub struct Marks {
    whole: Span,
    at: Option<Vec<At>>,
}

/// A line, and the columns from which to which a character is written: two, if it is escaped.
#[derive(Clone, Copy, Default)]
struct At {
    line: u32,
    first: u32,
    last: u32,
}

impl Marks {
    /// `text` is what the scalar at this span says.
    pub fn new(source: Option<&Source>, whole: Span, text: &str) -> Marks {
        let raw = source.map(|source| raw(source, whole)).unwrap_or_default();
        let at = match raw.first().map(|(_, c)| *c) {
            Some('\'') => walk(raw.get(1..).unwrap_or_default(), text, Some('\'')),
            Some('"') => walk(raw.get(1..).unwrap_or_default(), text, Some('\\')),
            // A block starts below its sign.
            Some('|' | '>') => {
                let below: Vec<Mark> = raw.iter().filter(|((line, _), _)| *line > whole.line).copied().collect();
                walk(&below, text, None)
            }
            _ => None,
        };
        Marks { whole, at: at.or_else(|| walk(&raw, text, None)) }
    }

    /// The span of a part of the text, in bytes; the whole scalar's if it can't be told.
    pub fn span(&self, text: &str, part: &Range<usize>) -> Span {
        let count = |end: usize| text.get(..end).map(|before| before.chars().count());
        let ends = || {
            let at = self.at.as_ref()?;
            let (start, end) = (count(part.start)?, count(part.end)?);
            // What is missing at the end is marked at the last character.
            let first = at.get(start).or(at.last())?;
            Some((*first, *at.get(end.saturating_sub(1).max(start)).unwrap_or(first)))
        };
        let Some((first, last)) = ends() else { return self.whole };
        let is_one_line = first.line == last.line;
        let length = if is_one_line { (last.last + 1).saturating_sub(first.first).max(1) } else { 0 };
        Span { line: first.line, column: first.first, length }
    }
}

/// A character of the file, with its line and column.
type Mark = ((u32, u32), char);

fn raw(source: &Source, span: Span) -> Vec<Mark> {
    let mut found = Vec::new();
    for line in span.line..=span.line.saturating_add(MAX_LINES) {
        let words = source.line(line);
        if words.len() > MAX_LINE || found.len() > 2 * MAX_LINE {
            break;
        }
        let skip = if line == span.line { span.column.saturating_sub(1) } else { 0 };
        let marks = (1..).zip(words.chars()).skip(skip as usize);
        found.extend(marks.map(|(column, c)| ((line, column), c)));
    }
    found
}

/// Finds each character of the text. YAML folds and indents, so that white space is passed over.
fn walk(raw: &[Mark], text: &str, escape: Option<char>) -> Option<Vec<At>> {
    let mut raw = raw.iter().filter(|(_, c)| !c.is_whitespace());
    let mut found: Vec<At> = Vec::with_capacity(text.len());
    for c in text.chars() {
        if c.is_whitespace() {
            let At { line, last, .. } = found.last().copied().unwrap_or_default();
            found.push(At { line, first: last + 1, last: last + 1 });
            continue;
        }
        let ((line, first), mut given) = raw.next()?.to_owned();
        let mut last = first;
        if Some(given) == escape {
            ((_, last), given) = raw.next()?.to_owned();
        }
        if given != c {
            return None;
        }
        found.push(At { line, first, last });
    }
    Some(found)
}
