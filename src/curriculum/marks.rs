//! Where the characters of a scalar stand in its file, so that a part of it can be underlined.

use std::ops::Range;

use crate::engine::diagnostic::Span;

use super::scalar::MAX_BODY;
use super::source::Source;

/// A text goes over more lines only if most are empty.
const MAX_LINES: u32 = 2000;

/// A longer line is not walked through: a file of one line could hold thousands of texts.
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
        let raw = || source.into_iter().flat_map(|source| raw(source, whole));
        let at = match raw().next().map(|(_, c)| c) {
            Some('\'') => walk(raw().skip(1), text, Some('\'')),
            Some('"') => walk(raw().skip(1), text, Some('\\')),
            // A block starts below its sign.
            Some('|' | '>') => walk(raw().filter(|((line, _), _)| *line > whole.line), text, None),
            _ => None,
        };
        Marks { whole, at: at.or_else(|| walk(raw(), text, None)) }
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

/// The characters from the span on, and no more than the longest text can take.
fn raw(source: &Source, span: Span) -> impl Iterator<Item = Mark> {
    let lines = (span.line..=span.line.saturating_add(MAX_LINES)).map(|line| (line, source.line(line)));
    let lines = lines.take_while(|(_, words)| words.len() <= MAX_LINE);
    let marks = lines.flat_map(move |(line, words)| {
        let skip = if line == span.line { span.column.saturating_sub(1) } else { 0 };
        (1..).zip(words.chars()).skip(skip as usize).map(move |(column, c)| ((line, column), c))
    });
    marks.take(3 * MAX_BODY)
}

/// Finds each character of the text. YAML folds and indents, so that white space is passed over.
fn walk(raw: impl Iterator<Item = Mark>, text: &str, escape: Option<char>) -> Option<Vec<At>> {
    let mut raw = raw.filter(|(_, c)| !c.is_whitespace());
    let mut found: Vec<At> = Vec::with_capacity(text.len());
    for c in text.chars() {
        if c.is_whitespace() {
            let At { line, last, .. } = found.last().copied().unwrap_or_default();
            found.push(At { line, first: last + 1, last: last + 1 });
            continue;
        }
        let ((mut line, mut first), mut given) = raw.next()?;
        let mut last = first;
        while Some(given) == escape {
            ((_, last), given) = raw.next()?;
            // A line break or a tab, which is passed over like any other.
            if escape == Some('\\') && matches!(given, 'n' | 'r' | 't') {
                ((line, first), given) = raw.next()?;
                last = first;
            } else {
                break;
            }
        }
        if given != c {
            return None;
        }
        found.push(At { line, first, last });
    }
    Some(found)
}
