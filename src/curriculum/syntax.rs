//! What the YAML parser stumbled over, as codes: its own words are English and about YAML, not about
//! what an author did.

use saphyr_parser::ScanError;

use crate::engine::message::Message;

use super::map::Reader;
use super::tree::{MAX_DEPTH, point};

/// Pieces of the parser's messages, and the slip that most often leads to each.
///
/// A piece that a new version of the parser words otherwise falls back to `problem-syntax`, which
/// still has the place; `a_slip_gets_its_own_message` notices.
const SLIPS: &[(&str, &str)] = &[
    ("tab", "problem-syntax-tab"),
    ("mapping values are not allowed", "problem-syntax-colon"),
    ("illegal placement of ':'", "problem-syntax-bracket"),
    ("unknown anchor", "problem-alias"),
    ("anchor or alias", "problem-alias"),
    ("unexpected end of stream", "problem-syntax-quote"),
    // A quotation that is not closed swallows the lines after it, until one is indented less.
    ("indentation in quoted", "problem-syntax-quote"),
    ("document indicator", "problem-syntax-quote"),
    ("trailing content after double-quoted", "problem-syntax-after-quote"),
    ("unexpected character", "problem-syntax-character"),
    ("escape", "problem-syntax-escape"),
    ("hexadecimal", "problem-syntax-escape"),
    ("flow mapping", "problem-syntax-bracket"),
    ("flow sequence", "problem-syntax-bracket"),
    ("flow construct", "problem-syntax-bracket"),
    ("recursion limit", "problem-too-deep"),
    ("simple key expect", "problem-syntax-key"),
    ("indentation", "problem-syntax-indent"),
    ("indented", "problem-syntax-indent"),
    ("did not find expected key", "problem-syntax-indent"),
    ("did not find expected '-'", "problem-syntax-indent"),
    ("did not find expected <document start>", "problem-syntax-indent"),
    (" tag", "problem-tag"),
    ("TAG", "problem-tag"),
    ("handle wasn't declared", "problem-tag"),
];

pub fn report(reader: &mut Reader, error: &ScanError) {
    let slip = SLIPS.iter().find(|(piece, _)| error.info().contains(piece));
    let id = slip.map_or("problem-syntax", |(_, id)| id);
    let hint = match id {
        "problem-syntax-character" | "problem-syntax-colon" => Some(Message::new("hint-quote-text")),
        _ => None,
    };
    let message = Message::new(id);
    let message = if id == "problem-too-deep" { message.with("max", MAX_DEPTH) } else { message };
    reader.error_with(point(error.marker()), message, hint);
}

#[cfg(test)]
mod tests {
    use super::super::{SourceFile, compile};

    fn first_id(yaml: &str) -> String {
        let file = SourceFile { path: "a.yaml".to_owned(), bytes: yaml.as_bytes().to_vec() };
        let found = compile(&[file]).expect_err("a mistake");
        found.iter().map(|diagnostic| diagnostic.message.id).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_slip_gets_its_own_message() {
        assert_eq!(first_id("curriculum: a: b\n"), "problem-syntax-colon");
        assert_eq!(first_id("curriculum: \"a\n"), "problem-syntax-quote");
        assert_eq!(first_id("curriculum: a\nsteps:\n  - id: \"b\n    title: c\ncast: d\n"), "problem-syntax-quote");
        assert_eq!(first_id("curriculum: 'a' b\n"), "problem-syntax-after-quote");
        assert_eq!(first_id("curriculum: @a\n"), "problem-syntax-character");
        assert_eq!(first_id("curriculum: *a*\n"), "problem-alias");
        assert_eq!(first_id("curriculum: a\nsteps:\n\t- id: b\n"), "problem-syntax-tab");
        assert_eq!(first_id("curriculum: a\ncast: [a, b\ntitle: c\n"), "problem-syntax-bracket");
        assert_eq!(first_id("curriculum: \"a\\qb\"\n"), "problem-syntax-escape");
        assert_eq!(first_id("curriculum: a\nsteps:\n  - id: b\n title: c\n"), "problem-syntax-indent");
        assert_eq!(first_id("curriculum: a\nsteps:\n  id\n  b: c\n"), "problem-syntax-colon");
        assert_eq!(first_id("curriculum: a\nid\nb: c\n"), "problem-syntax-key");
    }
}
