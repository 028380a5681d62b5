//! Ratings: dimensions, and the assessments that ask for the same ones again and again.

use std::collections::HashMap;

use crate::engine::message::Message;
use crate::engine::release::{Dimension, Field, FieldKind, Notes};
use crate::engine::vocabulary::Text;

use super::closest::closest;
use super::draft::{FieldDraft, Scorecard};
use super::findings::{Placed, short};
use super::lower::references;
use super::lower_ask::{ends, id, truth};
use super::map::{Map, Reader};
use super::scalar::{MAX_NOTE, Shape};
use super::tree::Node;

/// More than these are several ratings.
const MAX_DIMENSIONS: usize = 30;

/// The field that holds an assessment's ratings.
const SCORES: &str = "scores";

const NOTES: [(&str, Notes); 3] = [("none", Notes::None), ("optional", Notes::Optional), ("required", Notes::Required)];

/// A field of its own dimensions.
pub fn rating(reader: &mut Reader, map: &Map) -> FieldKind {
    let dimensions = reader.needed(map, "dimensions").map_or(Vec::new(), |node| dimensions(reader, node));
    let (min, max) = ends(reader, map);
    let (not_observed, notes) = (truth(reader, map, "not_observed", true), notes(reader, map));
    let at_least = at_least(reader, map, dimensions.len());
    FieldKind::Rating { dimensions, min, max, not_observed, notes, at_least }
}

/// What every step of an assessment rates.
pub fn scorecard(reader: &mut Reader, map: &Map, title: Text) -> Scorecard {
    let (dimensions, names) =
        reader.filled(|reader| reader.needed(map, "dimensions").map_or(Vec::new(), |node| dimensions(reader, node)));
    let scale = reader.optional(map, "scale").and_then(|node| reader.map(node, "scale", &["min", "max"]));
    let (min, max) = scale.map_or((1, 5), |scale| ends(reader, &scale));
    Scorecard {
        title,
        min,
        max,
        not_observed: truth(reader, map, "not_observed", true),
        notes: notes(reader, map),
        at_least: at_least(reader, map, dimensions.len()),
        dimensions,
        names,
    }
}

impl Scorecard {
    /// The field that a step of the assessment asks for before its own.
    pub fn field(&self, reader: &mut Reader, step: &Map) -> FieldDraft {
        let id = reader.placed(SCORES.to_owned(), step.span);
        let rated = reader.optional(step, "rates").map(|node| references(reader, node, "rates", false));
        let dimensions: Vec<Dimension> = match &rated {
            Some(rated) => rated.iter().filter_map(|name| self.rated(reader, name)).collect(),
            None => self.dimensions.clone(),
        };
        // Who rates a single dimension can't rate more.
        let at_least = u16::try_from(dimensions.len()).unwrap_or(u16::MAX).min(self.at_least);
        let kind = FieldKind::Rating {
            dimensions,
            min: self.min,
            max: self.max,
            not_observed: self.not_observed,
            notes: self.notes,
            at_least,
        };
        let label = self.title.clone();
        let field = Field { id: SCORES.to_owned(), label, help: None, required: true, when: None, begin: None, kind };
        FieldDraft { id, field, when: None, refs: Vec::new() }
    }

    fn rated(&self, reader: &mut Reader, name: &Placed<String>) -> Option<Dimension> {
        let found = self.dimensions.iter().find(|dimension| dimension.id == name.value);
        if found.is_none() {
            let may_suggest = reader.findings.may_suggest();
            let known = self.dimensions.iter().map(|dimension| dimension.id.as_str());
            let hint = closest(&name.value, known).filter(|_| may_suggest);
            let hint = hint.map(|name| Message::new("hint-did-you-mean").with("name", name));
            let message = Message::new("problem-unknown-dimension").with("name", short(&name.value));
            reader.findings.error_with(name.place, message.with("field", SCORES), hint);
        }
        found.cloned()
    }
}

fn dimensions(reader: &mut Reader, node: &Node) -> Vec<Dimension> {
    let items = reader.list(node, "dimensions", MAX_DIMENSIONS);
    let mut known = HashMap::new();
    let mut dimensions = Vec::new();
    for item in items.iter().take(MAX_DIMENSIONS) {
        let keys = &["id", "source", "label", "help", "low", "middle", "high"];
        let Some(map) = reader.map(item, "dimensions", keys) else { continue };
        dimensions.push(Dimension {
            id: id(reader, &map, "dimension", &mut known),
            source: reader.optional(&map, "source").and_then(|node| reader.line(node, "source")),
            label: reader.needed_text(&map, "label", Shape::Line),
            help: reader.optional_text(&map, "help", Shape::Block(MAX_NOTE)),
            low: reader.optional_text(&map, "low", Shape::Line),
            middle: reader.optional_text(&map, "middle", Shape::Line),
            high: reader.optional_text(&map, "high", Shape::Line),
        });
    }
    dimensions
}

fn notes(reader: &mut Reader, map: &Map) -> Notes {
    let Some(node) = reader.optional(map, "notes") else { return Notes::Optional };
    let Some(given) = reader.scalar(node, "notes", "name") else { return Notes::Optional };
    if let Some((_, notes)) = NOTES.iter().find(|(name, _)| *name == given) {
        return *notes;
    }
    let names = NOTES.map(|(name, _)| name);
    let hint = closest(given, names).map(|name| Message::new("hint-did-you-mean").with("name", name));
    let message = Message::new("problem-unknown-notes").with("given", short(given));
    reader.error_with(node.span, message.with("known", names.join(", ")), hint);
    Notes::Optional
}

/// How many dimensions must be rated: at least one, and not more than there are.
fn at_least(reader: &mut Reader, map: &Map, dimensions: usize) -> u16 {
    let most = i64::try_from(dimensions).unwrap_or(0).max(1);
    let given = reader.optional(map, "at_least").and_then(|node| reader.whole(node, "at_least", 1, most));
    given.and_then(|n| u16::try_from(n).ok()).unwrap_or(1)
}
