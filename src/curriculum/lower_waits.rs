//! What a step waits for: other steps, all of them or a part.

use std::collections::HashSet;

use crate::engine::message::Message;
use crate::engine::release::{Field, FieldKind, Join, Share};
use crate::engine::vocabulary::StepId;

use super::draft::JoinDraft;
use super::findings::{Placed, short};
use super::lower::{MAX_LISTED, references};
use super::map::Reader;
use super::scalar::Shape;
use super::tree::{Node, Value};

/// Joins of one step.
const MAX_JOINS: usize = 5;

/// The most that a join can ask for of a fan-out.
const MAX_COUNT: i64 = 500;

/// Characters of the answer why somebody goes on without the rest.
const MAX_REASON: u32 = 1000;

/// What `after` says.
#[derive(Default)]
pub struct Waits {
    pub after: Vec<Placed<String>>,
    /// Each join with where its parts stand.
    pub joins: Vec<(Join, JoinDraft)>,
}

pub fn waits(reader: &mut Reader, node: &Node) -> Waits {
    let items = reader.list_or_empty(node, "after", MAX_LISTED);
    let mut known = HashSet::new();
    let mut waits = Waits::default();
    for item in items.iter().take(MAX_LISTED) {
        if let Value::Map(_) = &item.value {
            let count = waits.joins.len();
            if count == MAX_JOINS {
                let message = Message::new("problem-too-many-joins").with("max", MAX_JOINS);
                reader.error(item.span, message);
                break;
            }
            waits.joins.extend(join(reader, item, count));
            continue;
        }
        let Some(name) = reader.scalar(item, "after", "name") else { continue };
        if known.insert(name) {
            waits.after.push(reader.placed(name.to_owned(), item.span));
        } else {
            reader.error(item.span, Message::new("problem-duplicate-entry").with("name", short(name)));
        }
    }
    waits
}

fn join(reader: &mut Reader, node: &Node, before: usize) -> Option<(Join, JoinDraft)> {
    let map = reader.map(node, "after", &["of", "at_least", "reason"])?;
    let of = reader.needed(&map, "of").map(|node| references(reader, node, "of", false));
    let at_least = reader.needed(&map, "at_least").and_then(|node| {
        let share = share(reader, node)?;
        Some(reader.placed(share, node.span))
    });
    let label = reader.needed_text(&map, "reason", Shape::Line);
    let (of, at_least) = (of?, at_least?);
    let id = if before == 0 { "go_on_reason".to_owned() } else { format!("go_on_reason_{}", before + 1) };
    let kind = FieldKind::LongText { example: None, min: 1, max: MAX_REASON };
    let reason = Field { id, label, help: None, required: true, when: None, begin: None, kind };
    let ids = of.iter().map(|name| StepId(name.value.clone())).collect();
    let draft = JoinDraft { of, at_least: at_least.place };
    Some((Join { of: ids, at_least: at_least.value, reason }, draft))
}

/// A number of steps, or a part of all in percent.
fn share(reader: &mut Reader, node: &Node) -> Option<Share> {
    let text = reader.scalar(node, "at_least", "share")?;
    let (digits, max) = match text.strip_suffix('%') {
        Some(digits) => (digits, 99),
        None => (text, MAX_COUNT),
    };
    let given = digits.parse::<i64>().ok().filter(|n| (1..=max).contains(n) && digits == n.to_string());
    let Some(given) = given.and_then(|n| u16::try_from(n).ok()) else {
        let message = Message::new("problem-bad-share").with("given", short(text));
        reader.error(node.span, message.with("max", MAX_COUNT));
        return None;
    };
    Some(if text.ends_with('%') { Share::Percent(given) } else { Share::Count(given) })
}
