//! A diagnostic as an author reads it in a terminal, a log or on a page: place, sentence, the line
//! underlined.

use handlebars::Handlebars;
use serde::{Deserialize, Serialize};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::Renderer;
use super::helpers::{failed, gives, param};
use crate::engine::diagnostic::{Diagnostic, Severity, Span};
use crate::engine::message::Message;
use crate::engine::vocabulary::Lang;

/// A longer line is shown around its mistake, so that the mark is not wrapped away from its words.
const MAX_SHOWN: usize = 120;

/// How much of a long line stands before the mistake.
const BEFORE: usize = 40;

/// Each as `file:line:column: error: sentence`, the source line with its mark, and the hint.
///
/// All is in the reader's language; for tools there are JSON and [`github`].
pub fn plain(renderer: &Renderer, lang: Lang, found: &[Diagnostic]) -> String {
    let say = |message: &Message| renderer.sentence(lang, message);
    let hint_label = say(&Message::new("severity-hint"));
    let one = |diagnostic: &Diagnostic| {
        let hint = diagnostic.hint.as_ref().map(|hint| format!("{hint_label}: {}", say(hint)));
        text(diagnostic, &say(&severity(diagnostic)), &say(&diagnostic.message), hint.as_deref())
    };
    found.iter().map(one).collect::<Vec<_>>().join("\n")
}

/// The word for how bad it is.
pub fn severity(diagnostic: &Diagnostic) -> Message {
    Message::new(match diagnostic.severity {
        Severity::Error => "severity-error",
        Severity::Warning => "severity-warning",
    })
}

/// Lines that GitHub shows beside the changed files: one each.
pub fn github(renderer: &Renderer, lang: Lang, found: &[Diagnostic]) -> String {
    let one = |diagnostic: &Diagnostic| {
        let command = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        let place = diagnostic.span.map_or(String::new(), |span| {
            let end = span.column.saturating_add(span.length);
            format!(",line={},col={},endColumn={end}", span.line, span.column)
        });
        let title = diagnostic.message.id.trim_start_matches("problem-");
        let hint = diagnostic.hint.as_ref().map(|hint| format!("\n{}", renderer.sentence(lang, hint)));
        let says = renderer.sentence(lang, &diagnostic.message) + &hint.unwrap_or_default();
        format!(
            "::{command} file={}{place},title={}::{}\n",
            property(&diagnostic.file),
            property(title),
            escaped(&says)
        )
    };
    found.iter().map(one).collect()
}

/// As GitHub reads it: a line is a command, and a per cent sign begins a code.
fn escaped(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    escaped(text).replace(':', "%3A").replace(',', "%2C")
}

fn text(diagnostic: &Diagnostic, severity: &str, sentence: &str, hint: Option<&str>) -> String {
    let place = match diagnostic.span {
        Some(span) => format!("{}:{}:{}", diagnostic.file, span.line, span.column),
        None => diagnostic.file.clone(),
    };
    let mut text = format!("{place}: {severity}: {sentence}\n");
    if let Some(span) = diagnostic.span.filter(|_| !diagnostic.source.is_empty()) {
        text += &underlined(span, &diagnostic.source);
    }
    if let Some(hint) = hint {
        text += &format!("      {hint}\n");
    }
    text
}

fn underlined(span: Span, source: &str) -> String {
    let Excerpt { before, marked, after } = excerpt(span.column, span.length, source);
    let line = format!("{before}{marked}{after}");
    let marks = marked.chars().filter_map(UnicodeWidthChar::width).sum::<usize>().max(1);
    let gutter = format!("{:>5}", span.line);
    format!("{gutter} | {}\n{:5} | {}{}\n", line.trim_end(), "", " ".repeat(before.width()), "^".repeat(marks))
}

/// A source line, cut where its mistake begins and ends.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Excerpt {
    before: String,
    marked: String,
    after: String,
}

fn excerpt(column: u32, length: u32, source: &str) -> Excerpt {
    // A tab would move the mark by as much as the terminal likes.
    let chars: Vec<char> = source.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let at = (column as usize).saturating_sub(1).min(chars.len());
    let end = at.saturating_add(length as usize).min(chars.len());
    let (from, to) = shown(chars.len(), at);
    let end = end.min(to);
    let piece = |from: usize, to: usize| chars.get(from..to).unwrap_or_default().iter().collect::<String>();
    let (head, tail) = (if from > 0 { "…" } else { "" }, if to < chars.len() { "…" } else { "" });
    Excerpt { before: head.to_owned() + &piece(from, at), marked: piece(at, end), after: piece(end, to) + tail }
}

/// What a template asks of a serialised diagnostic.
#[derive(Deserialize)]
struct Found {
    span: Option<Place>,
    source: String,
}

#[derive(Deserialize)]
struct Place {
    column: u32,
    length: u32,
}

/// `(excerpt diagnostic)`: its source line in three parts, or null where there is none to show.
pub(super) fn register(registry: &mut Handlebars<'static>) {
    gives(registry, "excerpt", |h, _| {
        let Found { span, source } = param(h, 0)?;
        let shown = span.filter(|_| !source.is_empty()).map(|at| excerpt(at.column, at.length, &source));
        serde_json::to_value(shown).map_err(failed)
    });
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
        insta::assert_snapshot!(text(&found, "error", "B0 is no day.", Some("hint: did you mean B1?")), @r"
        curricula/mentor.yaml:12:10: error: B0 is no day.
           12 |     due: B0
              |          ^^
              hint: did you mean B1?
        ");
    }

    #[test]
    fn the_mark_stands_under_double_width_characters() {
        let found = diagnostic(Some(Span { line: 3, column: 9, length: 2 }), "{en: 一, 名字: x}");
        insta::assert_snapshot!(text(&found, "error", "Unknown key.", None), @r"
        curricula/mentor.yaml:3:9: error: Unknown key.
            3 | {en: 一, 名字: x}
              |          ^^^^
        ");
    }

    #[test]
    fn a_file_as_a_whole_has_no_line() {
        insta::assert_snapshot!(text(&diagnostic(None, ""), "error", "Too large.", None), @"curricula/mentor.yaml: error: Too large.");
    }

    #[test]
    fn a_long_line_is_shown_around_its_mistake() {
        let source = format!("{}bad{}", "a".repeat(300), "b".repeat(300));
        let text = text(&diagnostic(Some(Span { line: 1, column: 301, length: 3 }), &source), "error", "Bad.", None);
        let lines: Vec<&str> = text.lines().collect();
        assert!(lines[1].chars().count() < 140 && lines[1].contains("…aaa") && lines[1].ends_with("bbb…"));
        assert_eq!(lines[1].find("bad").map(|at| lines[1][..at].width()), lines[2].find('^'));
    }

    #[test]
    fn a_span_beyond_its_line_is_drawn_at_the_end() {
        let text = text(&diagnostic(Some(Span { line: 1, column: 99, length: 9 }), "ab"), "error", "Bad.", None);
        assert!(text.ends_with("|   ^\n"));
    }

    #[test]
    fn the_labels_are_in_the_readers_language() {
        let renderer = crate::render::shared();
        let found = [Diagnostic { hint: Some(Message::new("hint-quote-text")), ..problem("problem-empty-file") }];
        let (en, zh) = (plain(renderer, Lang::En, &found), plain(renderer, Lang::ZhTw, &found));
        assert!(en.starts_with("curricula/mentor.yaml: error: ") && en.contains("\n      hint: "), "{en}");
        assert!(zh.starts_with("curricula/mentor.yaml: 錯誤: ") && zh.contains("\n      提示: "), "{zh}");
    }

    #[test]
    fn a_line_for_github_is_one_line_whatever_stands_in_it() {
        let renderer = crate::render::shared();
        let message = Message::new("problem-unknown-curriculum").with("name", "a%\r\n::b");
        let span = Some(Span { line: 3, column: 5, length: 2 });
        let found = Diagnostic { file: "a,b:c.yaml".to_owned(), span, message, ..problem("problem-empty-file") };
        insta::assert_snapshot!(github(renderer, Lang::En, &[found]), @"::error file=a%2Cb%3Ac.yaml,line=3,col=5,endColumn=7,title=unknown-curriculum::There is no curriculum a%25%0D%0A::b among these files.");
    }

    fn problem(id: &'static str) -> Diagnostic {
        Diagnostic { message: Message::new(id), ..diagnostic(None, "") }
    }
}
