//! YAML as a tree with positions, from the events of `saphyr-parser`.
//!
//! `saphyr-parser` was chosen because it hands out events with positions from a loop: it does not
//! recurse (its `load` does, and is not used here), holds the nesting of brackets to 255, and takes time
//! in proportion to its input. It was fuzzed with overflow checks on before it was taken, and the tests
//! of this module go on with that. Serde-based readers, with spans or without, stop at the first
//! mistake of a shape. Depth, number, aliases and tags are bounded here, so that a small file can't mean
//! a large tree.

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, Tag};

use crate::engine::diagnostic::Span;
use crate::engine::message::Message;

use super::findings::short;
use super::map::Reader;
use super::source::Source;
use super::syntax;

/// The language needs eight levels.
pub const MAX_DEPTH: usize = 64;

/// A program of 5,000 bare steps holds half of this; beyond it, memory is at stake.
const MAX_NODES: usize = 150_000;

/// A tag stands no further above its value.
const MAX_TAG_LINES: u32 = 50;

pub struct Node {
    pub span: Span,
    pub value: Value,
}

pub enum Value {
    /// `plain` is text without quotes, which alone can be a number, a truth or nothing.
    Scalar {
        text: String,
        plain: bool,
    },
    List(Vec<Node>),
    Map(Vec<Entry>),
    /// Reported already; nothing more is said about it.
    Refused,
}

pub struct Entry {
    pub key: String,
    pub span: Span,
    pub node: Node,
}

impl Node {
    /// Nothing was written, or a word that means nothing.
    pub fn is_nothing(&self) -> bool {
        matches!(&self.value, Value::Scalar { text, plain: true } if matches!(text.as_str(), "" | "~" | "null"))
    }
}

/// A file as far as it could be read.
pub enum Tree {
    Whole(Node),
    /// A mistake that is reported ended the reading; the first key and its value, if it got as far.
    Broken(Option<(String, String)>),
}

/// Reads the first document of the reader's file.
pub fn parse(reader: &mut Reader, text: &str) -> Tree {
    let mut parser = Parser::new_from_str(text);
    let mut builder = Builder::default();
    while let Some(event) = parser.next_event() {
        let (event, span) = match event {
            Ok((event, span)) => (event, between(&span.start, &span.end)),
            Err(error) => {
                syntax::report(reader, &error);
                return builder.broken();
            }
        };
        match builder.take(reader, event, span) {
            Step::Goes => {}
            Step::Ends => return builder.finish(reader, &mut parser),
            Step::Breaks => return builder.broken(),
        }
    }
    // No document at all: nothing but comments.
    Tree::Whole(nothing())
}

fn nothing() -> Node {
    Node { span: Span::default(), value: Value::Scalar { text: String::new(), plain: true } }
}

/// The parser counts columns from 0. A span of no length reaches to the end of its line.
fn between(start: &Marker, end: &Marker) -> Span {
    let at = point(start);
    let one_line = start.line() == end.line() && start.col() < end.col();
    Span { length: if one_line { count(end.col() - start.col()) } else { 0 }, ..at }
}

pub fn point(marker: &Marker) -> Span {
    Span { line: count(marker.line()), column: count(marker.col().saturating_add(1)), length: 1 }
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

enum Step {
    Goes,
    Ends,
    Breaks,
}

/// A list or map that is not closed yet.
enum Frame {
    List(Span, Vec<Node>),
    /// The key that waits for its value; none inside if the key was refused.
    Map(Span, Vec<Entry>, Option<(Option<String>, Span)>),
}

#[derive(Default)]
struct Builder {
    open: Vec<Frame>,
    root: Option<Node>,
    nodes: usize,
}

impl Builder {
    fn take(&mut self, reader: &mut Reader, event: Event, span: Span) -> Step {
        let value = match event {
            Event::Scalar(text, style, anchor, tag) => {
                if self.is_decorated(reader, span, anchor, tag.as_deref()) {
                    Value::Refused
                } else {
                    Value::Scalar { text: text.into_owned(), plain: style == ScalarStyle::Plain }
                }
            }
            Event::Alias(_) => {
                reader.error(span, Message::new("problem-alias"));
                Value::Refused
            }
            Event::SequenceStart(anchor, tag) => {
                self.is_decorated(reader, span, anchor, tag.as_deref());
                return self.open(reader, Frame::List(span, Vec::new()), span);
            }
            Event::MappingStart(anchor, tag) => {
                self.is_decorated(reader, span, anchor, tag.as_deref());
                return self.open(reader, Frame::Map(span, Vec::new(), None), span);
            }
            Event::SequenceEnd | Event::MappingEnd => {
                let node = self.open.pop().map(|frame| close(reader, frame));
                return node.map_or(Step::Goes, |node| self.attach(reader, node));
            }
            Event::DocumentEnd => return Step::Ends,
            _ => return Step::Goes,
        };
        self.attach(reader, Node { span, value })
    }

    fn is_decorated(&self, reader: &mut Reader, span: Span, anchor: usize, tag: Option<&Tag>) -> bool {
        if anchor > 0 {
            reader.error(span, Message::new("problem-alias"));
        }
        if let Some(tag) = tag {
            let source = reader.findings.source(reader.file).filter(|_| !reader.findings.is_full(reader.file));
            let at = source.and_then(|source| tag_before(source, span, &tag.suffix));
            reader.error(at.unwrap_or(span), Message::new("problem-tag"));
        }
        anchor > 0 || tag.is_some()
    }

    fn open(&mut self, reader: &mut Reader, frame: Frame, span: Span) -> Step {
        if self.open.len() >= MAX_DEPTH {
            reader.error(span, Message::new("problem-too-deep").with("max", MAX_DEPTH));
            return Step::Breaks;
        }
        self.open.push(frame);
        Step::Goes
    }

    fn attach(&mut self, reader: &mut Reader, node: Node) -> Step {
        self.nodes += 1;
        if self.nodes > MAX_NODES {
            reader.error(node.span, Message::new("problem-too-many-values").with("max", MAX_NODES));
            return Step::Breaks;
        }
        match self.open.last_mut() {
            None => self.root = Some(node),
            Some(Frame::List(_, items)) => items.push(node),
            Some(Frame::Map(_, entries, waiting)) => match waiting.take() {
                Some((Some(key), span)) => entries.push(Entry { key, span, node }),
                Some((None, _)) => {}
                None => *waiting = Some(as_key(reader, node)),
            },
        }
        Step::Goes
    }

    fn finish(self, reader: &mut Reader, parser: &mut Parser<'_, saphyr_parser::StrInput<'_>>) -> Tree {
        match parser.next_event() {
            Some(Ok((Event::DocumentStart(_), span))) => {
                reader.error(point(&span.start), Message::new("problem-second-document"));
            }
            Some(Err(error)) => syntax::report(reader, &error),
            _ => {}
        }
        Tree::Whole(self.root.unwrap_or_else(nothing))
    }

    fn broken(self) -> Tree {
        let Some(Frame::Map(_, entries, _)) = self.open.into_iter().next() else { return Tree::Broken(None) };
        let head = entries.into_iter().next().and_then(|entry| match entry.node.value {
            Value::Scalar { text, .. } => Some((entry.key, text)),
            _ => None,
        });
        Tree::Broken(head)
    }
}

/// The parser tells where the value stands that a tag belongs to, which may be lines below: an empty
/// value ends where the next begins.
fn tag_before(source: &Source, value: Span, suffix: &str) -> Option<Span> {
    let first = value.line.saturating_sub(MAX_TAG_LINES).max(1);
    (first..=value.line).rev().find_map(|line| {
        let words = source.short_line(line)?;
        let width = if line == value.line { value.column.saturating_sub(1) as usize } else { usize::MAX };
        let end = words.char_indices().nth(width).map_or(words.len(), |(at, _)| at);
        let words = words.get(..end).unwrap_or_default();
        // The last one that is no part of a comment.
        let is_tag = |(_, word): &(usize, &str)| word.starts_with('!') && word.contains(suffix);
        let (at, word) = words_at(words).filter(is_tag).last()?;
        let column = count(words.get(..at).unwrap_or_default().chars().count() + 1);
        Some(Span { line, column, length: count(word.chars().count()) })
    })
}

/// What stands between blanks and brackets, each with where it begins, in bytes.
fn words_at(line: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut next = 0;
    line.split([' ', '\t', ',', '[', ']', '{', '}']).map(move |word| {
        let at = next;
        next += word.len() + 1;
        (at, word)
    })
}

fn as_key(reader: &mut Reader, node: Node) -> (Option<String>, Span) {
    match node.value {
        Value::Scalar { text, .. } => (Some(text), node.span),
        Value::Refused => (None, node.span),
        Value::List(_) | Value::Map(_) => {
            reader.error(node.span, Message::new("problem-key-not-text"));
            (None, node.span)
        }
    }
}

fn close(reader: &mut Reader, frame: Frame) -> Node {
    match frame {
        Frame::List(span, items) => Node { span, value: Value::List(items) },
        Frame::Map(span, entries, _) => {
            // A map is best pointed at by its first key.
            let span = entries.first().map_or(span, |entry| entry.span);
            Node { span, value: Value::Map(without_repeats(reader, entries)) }
        }
    }
}

/// The first of each key; the others are reported.
fn without_repeats(reader: &mut Reader, entries: Vec<Entry>) -> Vec<Entry> {
    // Sorted and not hashed: most maps are small, and there are many.
    let mut sorted: Vec<(usize, &Entry)> = entries.iter().enumerate().collect();
    sorted.sort_by(|(_, a), (_, b)| a.key.cmp(&b.key)); // stable: the first of a key stays the first
    let of_a_key = sorted.chunk_by(|(_, a), (_, b)| a.key == b.key);
    let mut repeats: Vec<(usize, Span)> = of_a_key
        .filter_map(|same| same.split_first())
        .flat_map(|((_, first), more)| more.iter().map(|(at, _)| (*at, first.span)))
        .collect();
    if repeats.is_empty() {
        return entries;
    }
    repeats.sort_by_key(|(at, _)| *at);
    for (entry, first) in repeats.iter().filter_map(|(at, first)| Some((entries.get(*at)?, first))) {
        let message = Message::new("problem-duplicate-key").with("key", short(&entry.key));
        reader.error(entry.span, message.with("line", i64::from(first.line)));
    }
    let mut repeats = repeats.into_iter().peekable();
    let is_first = |(at, _): &(usize, Entry)| repeats.next_if(|(repeat, _)| repeat == at).is_none();
    entries.into_iter().enumerate().filter(is_first).map(|(_, entry)| entry).collect()
}
