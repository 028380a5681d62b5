//! Reading maps and lists of one file: known keys, needed keys, shapes.

use crate::engine::diagnostic::Span;
use crate::engine::message::Message;
use crate::engine::template::Who;

use super::closest::closest;
use super::findings::{Findings, Place, Placed, short};
use super::names::Names;
use super::tree::{Entry, Node, Value};

/// One file while it is lowered.
pub struct Reader<'f, 's> {
    pub findings: &'f mut Findings<'s>,
    pub file: usize,
    /// Whether the words that are read now may hold names, and those they held.
    pub names: Names,
    pub needs: Vec<Placed<Who>>,
}

/// A map of the file.
#[derive(Clone, Copy)]
pub struct Map<'n> {
    pub span: Span,
    entries: &'n [Entry],
}

impl<'n> Map<'n> {
    pub fn new(span: Span, entries: &'n [Entry]) -> Map<'n> {
        Map { span, entries }
    }

    pub fn entries(&self) -> &'n [Entry] {
        self.entries
    }

    fn entry(&self, key: &str) -> Option<&'n Entry> {
        self.entries.iter().find(|entry| entry.key == key)
    }

    pub fn has(&self, key: &str) -> bool {
        self.entry(key).is_some()
    }

    /// The span of a key, or of the map if it lacks it.
    pub fn key_span(&self, key: &str) -> Span {
        self.entry(key).map_or(self.span, |entry| entry.span)
    }
}

impl<'f, 's> Reader<'f, 's> {
    pub fn new(findings: &'f mut Findings<'s>, file: usize) -> Reader<'f, 's> {
        Reader { findings, file, names: Names::AsWritten, needs: Vec::new() }
    }

    /// Reads words in which names are filled in; gives back whose.
    pub fn filled<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> (T, Vec<Placed<Who>>) {
        let names = std::mem::replace(&mut self.names, Names::Filled);
        let before = std::mem::take(&mut self.needs);
        let value = read(self);
        self.names = names;
        (value, std::mem::replace(&mut self.needs, before))
    }
}

impl Reader<'_, '_> {
    pub fn error(&mut self, span: Span, message: Message) {
        self.error_with(span, message, None);
    }

    pub fn error_with(&mut self, span: Span, message: Message, hint: Option<Message>) {
        let place = self.place(span);
        self.findings.error_with(place, message, hint);
    }

    pub fn place(&self, span: Span) -> Place {
        Place { file: self.file, span }
    }

    pub fn placed<T>(&self, value: T, span: Span) -> Placed<T> {
        Placed { value, place: self.place(span) }
    }

    /// A map with no keys but these; `key` names the node in messages.
    pub fn map<'n>(&mut self, node: &'n Node, key: &str, keys: &[&'static str]) -> Option<Map<'n>> {
        let map = self.open_map(node, key)?;
        self.only(&map, keys);
        Some(map)
    }

    /// A map whose keys the caller checks with [`Reader::only`], once it knows which are allowed.
    pub fn open_map<'n>(&mut self, node: &'n Node, key: &str) -> Option<Map<'n>> {
        let Value::Map(entries) = &node.value else {
            self.wrong_type(node, key, "map", None);
            return None;
        };
        Some(Map { span: node.span, entries })
    }

    /// Reports every key that is not among these.
    pub fn only(&mut self, map: &Map, keys: &[&'static str]) {
        for entry in map.entries.iter().filter(|entry| !keys.contains(&entry.key.as_str())) {
            self.unknown_key(entry, keys, None);
        }
    }

    /// Reports a key that can't stand where it does; without a hint of the caller's, one is looked for.
    pub fn unknown_key(&mut self, entry: &Entry, keys: &[&'static str], hint: Option<Message>) {
        // A map of a hundred thousand unknown keys is compared with the known ones only so often.
        let nearest = if self.findings.is_full(self.file) { None } else { closest(&entry.key, keys.iter().copied()) };
        let hint = hint.unwrap_or_else(|| match nearest {
            Some(name) => Message::new("hint-did-you-mean").with("name", name),
            None => Message::new("hint-known-keys").with("keys", keys.join(", ")),
        });
        let message = Message::new("problem-unknown-key").with("key", short(&entry.key));
        self.error_with(entry.span, message, Some(hint));
    }

    /// The value of a key that must be there.
    pub fn needed<'n>(&mut self, map: &Map<'n>, key: &'static str) -> Option<&'n Node> {
        if !map.has(key) {
            self.error(map.span, Message::new("problem-missing-key").with("key", key));
        }
        self.optional(map, key)
    }

    /// The value of a key that may be left out, but not left empty.
    pub fn optional<'n>(&mut self, map: &Map<'n>, key: &'static str) -> Option<&'n Node> {
        let entry = map.entry(key)?;
        if entry.node.is_nothing() {
            self.error(entry.span, Message::new("problem-empty-value").with("key", key));
            return None;
        }
        Some(&entry.node)
    }

    /// A list that holds something, and not more than `max`.
    pub fn list<'n>(&mut self, node: &'n Node, key: &str, max: usize) -> &'n [Node] {
        let Value::List(items) = &node.value else {
            self.wrong_type(node, key, "list", None);
            return &[];
        };
        if items.is_empty() {
            self.error(node.span, Message::new("problem-empty-list").with("key", key));
        }
        if items.len() > max {
            let message = Message::new("problem-too-many").with("key", key).with("max", max);
            self.error(node.span, message.with("given", items.len()));
        }
        items
    }

    /// A list that may be empty.
    pub fn list_or_empty<'n>(&mut self, node: &'n Node, key: &str, max: usize) -> &'n [Node] {
        match &node.value {
            Value::List(items) if items.is_empty() => items,
            _ => self.list(node, key, max),
        }
    }

    /// A scalar's text, trimmed; a list or map is reported.
    pub fn scalar<'n>(&mut self, node: &'n Node, key: &str, expected: &'static str) -> Option<&'n str> {
        match &node.value {
            Value::Scalar { text, .. } if !node.is_nothing() => Some(text.trim()),
            _ => {
                self.wrong_type(node, key, expected, None);
                None
            }
        }
    }

    pub fn wrong_type(&mut self, node: &Node, key: &str, expected: &'static str, hint: Option<Message>) {
        let found = match &node.value {
            Value::Refused => return,
            Value::List(_) => "list",
            Value::Map(_) => "map",
            Value::Scalar { .. } if node.is_nothing() => "nothing",
            Value::Scalar { .. } => "text",
        };
        let message = Message::new("problem-wrong-type").with("key", short(key));
        self.error_with(node.span, message.with("expected", expected).with("found", found), hint);
    }
}
