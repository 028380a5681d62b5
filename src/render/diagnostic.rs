//! A diagnostic as an author reads it in a terminal or a log: place, sentence, the line underlined.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::engine::diagnostic::{Diagnostic, Severity, Span};

/// A longer line is shown around its mistake, so that the mark is not wrapped away from its words.
const MAX_SHOWN: usize = 120;

/// How much of a long line stands before the mistake.
const BEFORE: usize = 40;

/// `file:line:column: error: sentence`, the source line with its mark, and the hint.
///
/// Severities are English in every language: tools look for `error:`.
pub fn plain(diagnostic: &Diagnostic, sentence: &str, hint: Option<&str>) -> String {
    let severity = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let place = match diagnostic.span {
        Some(span) => format!("{}:{}:{}", diagnostic.file, span.line, span.column),
        None => diagnostic.file.clone(),
    };
    let mut text = format!("{place}: {severity}: {sentence}\n");
    if let Some(span) = diagnostic.span.filter(|_| !diagnostic.source.is_empty()) {
        text += &underlined(span, &diagnostic.source);
    }
    if let Some(hint) = hint {
        text += &format!("      hint: {hint}\n");
    }
    text
}

fn underlined(span: Span, source: &str) -> String {
    // A tab would move the mark by as much as the terminal likes.
    let chars: Vec<char> = source.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let at = (span.column as usize).saturating_sub(1).min(chars.len());
    let end = at.saturating_add(span.length as usize).min(chars.len());
    let (from, to) = shown(chars.len(), at);
    let piece = |from: usize, to: usize| chars.get(from..to).unwrap_or_default().iter().collect::<String>();
    let (head, tail) = (if from > 0 { "…" } else { "" }, if to < chars.len() { "…" } else { "" });
    let line = format!("{head}{}{tail}", piece(from, to));
    let indent = head.width() + piece(from, at).width();
    let marked = piece(at, end.min(to)).chars().filter_map(UnicodeWidthChar::width).sum::<usize>().max(1);
    let gutter = format!("{:>5}", span.line);
    format!("{gutter} | {}\n{:5} | {}{}\n", line.trim_end(), "", " ".repeat(indent), "^".repeat(marked))
}

/// Which characters of a line are shown.
fn shown(length: usize, at: usize) -> (usize, usize) {
    if length <= MAX_SHOWN {
        return (0, length);
    }
    let from = at.saturating_sub(BEFORE).min(length - MAX_SHOWN);
    (from, from + MAX_SHOWN)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::message::Message;

    fn diagnostic(span: Option<Span>, source: &str) -> Diagnostic {
        Diagnostic {
            file: "curricula/mentor.yaml".to_owned(),
            span,
            severity: Severity::Error,
            message: Message::new("problem-bad-day"),
            hint: None,
            source: source.to_owned(),
        }
    }

    #[test]
    fn the_mistake_is_underlined_and_the_hint_follows() {
        let found = diagnostic(Some(Span { line: 12, column: 10, length: 2 }), "    due: B0");
        insta::assert_snapshot!(plain(&found, "B0 is no day.", Some("did you mean B1?")), @r"
        curricula/mentor.yaml:12:10: error: B0 is no day.
           12 |     due: B0
              |          ^^
              hint: did you mean B1?
        ");
    }

    #[test]
    fn the_mark_stands_under_double_width_characters() {
        let found = diagnostic(Some(Span { line: 3, column: 9, length: 2 }), "{en: 一, 名字: x}");
        insta::assert_snapshot!(plain(&found, "Unknown key.", None), @r"
        curricula/mentor.yaml:3:9: error: Unknown key.
            3 | {en: 一, 名字: x}
              |          ^^^^
        ");
    }

    #[test]
    fn a_file_as_a_whole_has_no_line() {
        insta::assert_snapshot!(plain(&diagnostic(None, ""), "Too large.", None), @"curricula/mentor.yaml: error: Too large.");
    }

    #[test]
    fn a_long_line_is_shown_around_its_mistake() {
        let source = format!("{}bad{}", "a".repeat(300), "b".repeat(300));
        let text = plain(&diagnostic(Some(Span { line: 1, column: 301, length: 3 }), &source), "Bad.", None);
        let lines: Vec<&str> = text.lines().collect();
        assert!(lines[1].chars().count() < 140 && lines[1].contains("…aaa") && lines[1].ends_with("bbb…"));
        assert_eq!(lines[1].find("bad").map(|at| lines[1][..at].width()), lines[2].find('^'));
    }

    #[test]
    fn a_span_beyond_its_line_is_drawn_at_the_end() {
        let text = plain(&diagnostic(Some(Span { line: 1, column: 99, length: 9 }), "ab"), "Bad.", None);
        assert!(text.ends_with("|   ^\n"));
    }
}
