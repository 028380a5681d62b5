//! One step.

use crate::engine::message::Message;
use crate::engine::release::{Each, StepDef};
use crate::engine::vocabulary::{Role, StepId};

use super::draft::StepDraft;
use super::findings::Placed;
use super::lower::references;
use super::map::{Map, Reader};
use super::scalar::{MAX_BODY, Shape};
use super::tree::{Node, Value};

const KEYS: &[&str] = &[
    "id",
    "source",
    "title",
    "body",
    "who",
    "opens",
    "due",
    "after",
    "each",
    "every",
    "ask",
    "review",
    "visible_to",
    "effort",
];

/// Two and a half working days; what takes longer is several steps.
const MAX_EFFORT: i64 = 1200;

/// Working days that a step for a later joiner has, unless its author says otherwise.
const WITHIN: u16 = 5;
const MAX_WITHIN: i64 = 100;

/// Nothing only if the item is no map; every other mistake leaves a stand-in.
pub fn step(reader: &mut Reader, node: &Node) -> Option<StepDraft> {
    let map = reader.map(node, "steps", KEYS)?;
    let id = reader.needed(&map, "id").and_then(|node| reader.free_name(node, "id"));
    let id = id.unwrap_or_else(|| reader.placed(String::new(), map.span));
    let source = reader.optional(&map, "source").and_then(|node| reader.line(node, "source"));
    let title = reader.needed_text(&map, "title", Shape::Line);
    let body = reader.needed_text(&map, "body", Shape::Block(MAX_BODY));
    let who = who(reader, &map, &id);
    let days = reader.windows(&map);
    let after = reader.optional(&map, "after").map_or(Vec::new(), |node| references(reader, node, "after", true));
    let review = review(reader, &map, &who);
    let readers = readers(reader, &map, &who, review.as_ref());
    let def = StepDef {
        id: StepId(id.value.clone()),
        source,
        title,
        body,
        who: who.value,
        every: reader.every(&map, &days.windows),
        windows: days.windows,
        after: after.iter().map(|step| StepId(step.value.clone())).collect(),
        each: reader.optional(&map, "each").and_then(|node| each(reader, node)),
        ask: reader.optional(&map, "ask").map_or(Vec::new(), |node| super::lower_ask::fields(reader, node)),
        review: review.as_ref().map(|review| review.value),
        visible_to: visible_to(&readers, who.value, review.as_ref()),
        effort: effort(reader, &map),
    };
    Some(StepDraft { id, def, who, review, readers, after, first_due: days.first_due })
}

fn who(reader: &mut Reader, map: &Map, id: &Placed<String>) -> Placed<Role> {
    let given = reader.optional(map, "who").and_then(|node| Some((reader.role(node, "who")?, node.span)));
    match given {
        Some((role, span)) => reader.placed(role, span),
        None => Placed { value: Role::Manager, place: id.place },
    }
}

fn review(reader: &mut Reader, map: &Map, who: &Placed<Role>) -> Option<Placed<Role>> {
    let node = reader.optional(map, "review")?;
    let role = reader.role(node, "review")?;
    if role == who.value {
        reader.error(node.span, Message::new("problem-review-by-doer").with("role", role));
    } else if role == Role::Manager {
        reader.error(node.span, Message::new("problem-manager-reviews"));
    }
    Some(reader.placed(role, node.span))
}

fn readers(reader: &mut Reader, map: &Map, who: &Placed<Role>, review: Option<&Placed<Role>>) -> Vec<Placed<Role>> {
    let Some(node) = reader.optional(map, "visible_to") else { return Vec::new() };
    let items = reader.list(node, "visible_to", Role::ALL.len());
    let roles = reader.roles("visible_to", items);
    // A role that was misspelt is no missing role.
    if roles.is_empty() || roles.len() < items.len() {
        return roles;
    }
    for needed in std::iter::once(who).chain(review) {
        if !roles.iter().any(|role| role.value == needed.value) {
            let message = Message::new("problem-visible-to-lacks").with("role", needed.value);
            reader.error(map.key_span("visible_to"), message);
        }
    }
    roles
}

/// Who reads the evidence, in the order of roles: who is named, or manager and mentor; and always who
/// does and who reviews the step.
fn visible_to(readers: &[Placed<Role>], who: Role, review: Option<&Placed<Role>>) -> Vec<Role> {
    let named: Vec<Role> = readers.iter().map(|role| role.value).collect();
    let base = if named.is_empty() { vec![Role::Manager, Role::Mentor] } else { named };
    let reads = |role: &Role| base.contains(role) || *role == who || review.is_some_and(|review| review.value == *role);
    Role::ALL.into_iter().filter(reads).collect()
}

fn each(reader: &mut Reader, node: &Node) -> Option<Each> {
    if let Value::Scalar { .. } = &node.value {
        of_member(reader, node)?;
        return Some(Each { within: WITHIN });
    }
    let map = reader.map(node, "each", &["of", "within"])?;
    if let Some(node) = reader.needed(&map, "of") {
        of_member(reader, node);
    }
    let within = reader.optional(&map, "within").and_then(|node| reader.whole(node, "within", 1, MAX_WITHIN));
    Some(Each { within: within.and_then(|days| u16::try_from(days).ok()).unwrap_or(WITHIN) })
}

fn of_member(reader: &mut Reader, node: &Node) -> Option<()> {
    let text = reader.scalar(node, "each", "name")?;
    if text != "member" {
        reader.error(node.span, Message::new("problem-bad-each").with("given", super::findings::short(text)));
        return None;
    }
    Some(())
}

fn effort(reader: &mut Reader, map: &Map) -> u16 {
    let Some(node) = reader.needed(map, "effort") else { return 0 };
    let Some(minutes) = reader.any_whole(node, "effort") else { return 0 };
    if !(1..=MAX_EFFORT).contains(&minutes) {
        let message = Message::new("problem-effort-out-of-range").with("given", minutes);
        reader.error(node.span, message.with("max", MAX_EFFORT));
    }
    u16::try_from(minutes).unwrap_or(0)
}
