//! A file before it is YAML: its limits, its encoding, its lines.

use crate::engine::diagnostic::Span;
use crate::engine::message::Message;
use crate::engine::vocabulary::is_plain_line;

use super::SourceFile;

/// Beyond this nobody wrote the file by hand, and a YAML scanner would be kept busy.
pub const MAX_BYTES: usize = 1024 * 1024;

/// A source line longer than this is neither measured for a diagnostic nor copied into one: hundreds
/// of diagnostics on one line of a megabyte would be hundreds of megabytes.
const MAX_SHOWN_LINE: usize = 4000;

/// Characters that can make a token of YAML. The scanner keeps the tokens of an open bracket until it
/// closes, so that a megabyte of `[a,a,a` would cost a hundred; prose comes nowhere near.
const MAX_MARKS: usize = 150_000;

/// A file of more control characters is no text; of these the first are reported.
const MAX_CONTROLS: usize = 100;

/// A file's text by lines, and why it can't be read, if so.
pub struct Source {
    pub path: String,
    /// What could be read; empty for a file that is too large.
    pub text: String,
    /// Where each line starts, in bytes.
    starts: Vec<usize>,
    pub refused: Option<(Option<Span>, Message)>,
    /// Control characters, for each of which a blank stands in the text.
    pub controls: Vec<(Span, Message)>,
}

impl Source {
    pub fn new(file: &SourceFile) -> Source {
        let (text, refused) = match read(&file.bytes) {
            Ok(text) => (text, None),
            Err((text, problem)) => (text, Some(problem)),
        };
        let (text, controls) = without_controls(text);
        let starts = line_starts(&text);
        let refused = refused.map(|problem| problem.locate(&text, &starts));
        Source { path: file.path.clone(), text, starts, refused, controls }
    }

    /// A line's text without its end, counted from 1; empty beyond the last.
    pub fn line(&self, line: u32) -> &str {
        line_of(&self.text, &self.starts, line)
    }

    /// A line, unless it is too long to walk through again and again.
    pub fn short_line(&self, line: u32) -> Option<&str> {
        Some(self.line(line)).filter(|line| line.len() <= MAX_SHOWN_LINE)
    }

    /// A line to show, unless it is too long to copy.
    pub fn shown_line(&self, line: u32) -> String {
        self.short_line(line).unwrap_or_default().to_owned()
    }

    /// The span cut to what its first line holds, at least one character long.
    pub fn fit(&self, span: Span) -> Span {
        let last = u32::try_from(self.starts.len()).unwrap_or(u32::MAX);
        if span.line > last {
            // The scanner ends the last line where the file does not, and may stumble behind it.
            let end = u32::try_from(self.line(last).chars().count()).unwrap_or(u32::MAX);
            return Span { line: last, column: end.saturating_add(1), length: 1 };
        }
        if self.line(span.line).len() > MAX_SHOWN_LINE {
            return Span { length: span.length.max(1), ..span };
        }
        let width = u32::try_from(self.line(span.line).trim_end().chars().count()).unwrap_or(u32::MAX);
        let rest = (width + 1).saturating_sub(span.column);
        let length = if span.length == 0 { rest } else { span.length.min(rest) };
        Span { length: length.max(1), ..span }
    }
}

enum Problem {
    TooLarge { given: usize },
    TooManyMarks,
    NotUtf8 { offset: usize },
}

impl Problem {
    fn locate(self, text: &str, starts: &[usize]) -> (Option<Span>, Message) {
        match self {
            Problem::TooLarge { given } => {
                (None, Message::new("problem-too-large").with("given", given).with("max", MAX_BYTES))
            }
            Problem::TooManyMarks => (None, Message::new("problem-too-many-values").with("max", MAX_MARKS)),
            Problem::NotUtf8 { offset } => {
                let span = span_at(text, starts, offset);
                let message = Message::new("problem-not-utf8").with("offset", offset);
                (Some(span), message.with("line", i64::from(span.line)))
            }
        }
    }
}

/// The text, or the part of it that is sound and what comes after it.
fn read(bytes: &[u8]) -> Result<&str, (&str, Problem)> {
    if bytes.len() > MAX_BYTES {
        return Err(("", Problem::TooLarge { given: bytes.len() }));
    }
    if bytes.iter().filter(|byte| is_mark(**byte)).count() > MAX_MARKS {
        return Err(("", Problem::TooManyMarks));
    }
    // Editors on Windows put a byte order mark first; it means nothing in UTF-8.
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    std::str::from_utf8(text).map_err(|error| {
        let sound = text.get(..error.valid_up_to()).unwrap_or_default();
        let sound = std::str::from_utf8(sound).unwrap_or_default();
        (sound, Problem::NotUtf8 { offset: error.valid_up_to() })
    })
}

/// The text with a blank for each control character, and the first of them: the rest of the file is read
/// all the same.
fn without_controls(text: &str) -> (String, Vec<(Span, Message)>) {
    if text.chars().all(is_allowed) {
        return (text.to_owned(), Vec::new());
    }
    let starts = line_starts(text);
    let found = text.char_indices().filter(|(_, c)| !is_allowed(*c)).take(MAX_CONTROLS);
    let controls = found.map(|(offset, c)| (span_at(text, &starts, offset), control_character(c)));
    let controls = controls.collect();
    (text.chars().map(|c| if is_allowed(c) { c } else { ' ' }).collect(), controls)
}

pub fn control_character(c: char) -> Message {
    Message::new("problem-control-character").with("code", format!("U+{:04X}", u32::from(c)))
}

// A pattern and no list that is searched: every byte of every file is asked.
fn is_mark(byte: u8) -> bool {
    matches!(byte, b',' | b':' | b'[' | b']' | b'{' | b'}' | b'\'' | b'"' | b'&' | b'*' | b'!' | b'?')
}

/// Direction overrides are refused with the control characters: with one, a file reads otherwise than
/// it compiles.
pub fn is_allowed(c: char) -> bool {
    // Most characters are among the first, and every one of every file is asked.
    matches!(c, ' '..='~' | '\n' | '\r' | '\t') || is_plain_line(c.encode_utf8(&mut [0; 4]))
}

/// Lines end as in YAML: LF, CR LF, or a lone CR.
fn line_starts(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let ends = bytes.iter().enumerate().filter(|(at, byte)| match byte {
        b'\n' => true,
        b'\r' => bytes.get(at + 1) != Some(&b'\n'),
        _ => false,
    });
    std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect()
}

fn line_of<'t>(text: &'t str, starts: &[usize], line: u32) -> &'t str {
    let Some(at) = (line as usize).checked_sub(1) else { return "" };
    let Some(start) = starts.get(at) else { return "" };
    let end = starts.get(at + 1).copied().unwrap_or(text.len());
    text.get(*start..end).unwrap_or_default().trim_end_matches(['\n', '\r'])
}

fn span_at(text: &str, starts: &[usize], offset: usize) -> Span {
    let line = starts.partition_point(|start| *start <= offset);
    let start = line.checked_sub(1).and_then(|at| starts.get(at)).copied().unwrap_or_default();
    let column = text.get(start..offset).unwrap_or_default().chars().count() + 1;
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Span { line: count(line), column: count(column), length: 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(bytes: &[u8]) -> Source {
        Source::new(&SourceFile { path: "a.yaml".to_owned(), bytes: bytes.to_vec() })
    }

    #[test]
    fn lines_end_as_in_yaml() {
        let source = source(b"one\r\ntwo\rthree\n\nfive");
        let lines: Vec<&str> = (0..7).map(|n| source.line(n)).collect();
        assert_eq!(lines, ["", "one", "two", "three", "", "five", ""]);
    }

    #[test]
    fn what_is_not_utf8_is_found_at_its_line_and_byte() {
        let (span, message) = source(b"ok: 1\nbad: \xff\n").refused.expect("not UTF-8");
        assert_eq!(span, Some(Span { line: 2, column: 6, length: 1 }));
        assert_eq!(message, Message::new("problem-not-utf8").with("offset", 11usize).with("line", 2i64));
    }

    #[test]
    fn a_column_counts_characters() {
        let source = source("名字: \u{0}".as_bytes());
        let places: Vec<Span> = source.controls.iter().map(|(span, _)| *span).collect();
        assert_eq!(places, [Span { line: 1, column: 5, length: 1 }]);
    }

    #[test]
    fn a_file_may_hold_one_mebibyte_and_no_byte_more() {
        assert!(source(&vec![b'a'; MAX_BYTES]).refused.is_none());
        assert!(source(&vec![b'a'; MAX_BYTES + 1]).refused.is_some());
    }

    #[test]
    fn a_byte_order_mark_is_passed_over_and_a_direction_override_is_not() {
        assert!(source(b"\xef\xbb\xbfa: b").controls.is_empty());
        assert_eq!(source("a: \u{202e}b".as_bytes()).controls.len(), 1);
    }

    #[test]
    fn a_control_character_is_a_blank_for_what_is_read_and_only_the_first_hundred_are_told() {
        let source = source("a\u{1}: \u{85}b\n".repeat(60).as_bytes());
        assert_eq!((source.line(2), source.controls.len()), ("a :  b", 100));
    }

    #[test]
    fn a_span_is_cut_to_its_line() {
        let source = source(b"abc  \ndef\n");
        assert_eq!(source.fit(Span { line: 1, column: 2, length: 0 }).length, 2);
        assert_eq!(source.fit(Span { line: 1, column: 9, length: 4 }).length, 1);
    }

    #[test]
    fn what_the_scanner_finds_behind_the_last_line_is_at_its_end() {
        let source = source(b"abc\ndef");
        assert_eq!(source.fit(Span { line: 3, column: 1, length: 1 }), Span { line: 2, column: 4, length: 1 });
    }
}
