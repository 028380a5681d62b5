//! One step.

use crate::engine::message::Message;
use crate::engine::release::{Each, Field, FieldKind, Notes, Remind, StepDef};
use crate::engine::template::Who;
use crate::engine::vocabulary::{Role, StepId, is_name};

use super::condition;
use super::draft::{AskDraft, Asked, Kind, Scorecard, StepDraft, Unread};
use super::findings::{Placed, short};
use super::lower::{MAX_DUE_SOON, MAX_OVERDUE_EVERY, references};
use super::lower_waits::{self, Waits};
use super::map::{Map, Reader};
use super::scalar::{MAX_BODY, MAX_NAME, Shape};
use super::tree::{Node, Value};

const KEYS: &[&str] = &[
    "id",
    "was",
    "source",
    "title",
    "body",
    "who",
    "opens",
    "due",
    "after",
    "when",
    "each",
    "every",
    "ask",
    "review",
    "report",
    "visible_to",
    "effort",
    "remind",
    "meet",
    "about",
    "rates",
    "by",
];

/// The last of the keys are an assessment's alone.
const OF_ASSESSMENTS: usize = 2;

/// The file that a step stands in.
pub struct Home<'h> {
    pub kind: Kind,
    pub name: &'h str,
    pub scorecard: Option<&'h Scorecard>,
}

/// Who rates, if not who does the step.
const BY: &str = "by";
const MEMBERS: &str = "members";

/// Two and a half working days; what takes longer is several steps.
const MAX_EFFORT: i64 = 1200;

/// Working days that a step for a later joiner has, unless its author says otherwise.
const WITHIN: u16 = 5;
const MAX_WITHIN: i64 = 100;

/// Nothing only if the item is no map; every other mistake leaves a stand-in.
pub fn step(reader: &mut Reader, node: &Node, home: &Home) -> Option<StepDraft> {
    let (draft, names) = reader.filled(|reader| drafted(reader, node, home));
    let mut draft = draft?;
    draft.names = names;
    draft.names.extend(home.scorecard.iter().flat_map(|scorecard| scorecard.names.iter().cloned()));
    if draft.def.each.is_none() {
        draft.names.iter().chain(&draft.ask.names).for_each(|who| check_member(reader, who));
    }
    Some(draft)
}

fn check_member(reader: &mut Reader, who: &Placed<Who>) {
    if who.value == Who::Member {
        reader.findings.error(who.place, Message::new("problem-member-without-each"));
    }
}

fn drafted(reader: &mut Reader, node: &Node, home: &Home) -> Option<StepDraft> {
    let keys = if home.scorecard.is_some() { KEYS } else { KEYS.get(..KEYS.len() - OF_ASSESSMENTS).unwrap_or(KEYS) };
    let map = reader.map(node, "steps", keys)?;
    let id = reader.needed(&map, "id").and_then(|node| reader.free_name(node, "id"));
    let id = id.unwrap_or_else(|| reader.placed(String::new(), map.span));
    let was = reader.optional(&map, "was").map_or(Vec::new(), |node| earlier_names(reader, node));
    let source = reader.optional(&map, "source").and_then(|node| reader.line(node, "source"));
    let title = reader.needed_text(&map, "title", Shape::Line);
    let body = reader.needed_text(&map, "body", Shape::Block(MAX_BODY));
    let who = who(reader, &map, &id);
    let days = reader.windows(&map, home.kind);
    let Waits { after, joins } =
        reader.optional(&map, "after").map_or_else(Waits::default, |node| lower_waits::waits(reader, node));
    let (joins, of): (Vec<_>, Vec<_>) = joins.into_iter().unzip();
    let when = reader.optional(&map, "when").and_then(|node| condition::read(reader, node, "when"));
    let every = reader.every(&map, home.kind, &days.windows);
    let review = review(reader, &map, &who);
    let report = report(reader, &map, &who, review.as_ref());
    let hears = review.as_ref().or(report.as_ref());
    let readers = readers(reader, &map, &who, hears);
    let meet = meet(reader, &map, &who);
    let about = reader.optional(&map, "about").and_then(|node| {
        let name = reader.scalar(node, "about", "name")?.to_owned();
        Some(reader.placed(name, node.span))
    });
    let ballot = ballot(reader, &map, home, &who);
    let def = StepDef {
        id: StepId(id.value.clone()),
        was: ids(&was),
        source,
        title,
        body,
        who: who.value,
        windows: days.windows,
        after: ids(&after),
        pending: Vec::new(),
        joins,
        when: when.as_ref().map(|when| when.condition.clone()),
        each: reader.optional(&map, "each").and_then(|node| each(reader, node)),
        every: None,
        ask: Vec::new(),
        review: review.as_ref().map(|review| review.value),
        report: report.as_ref().map(|report| report.value),
        visible_to: visible_to(&readers, who.value, hears),
        effort: effort(reader, &map, "effort"),
        meet: meet.as_ref().map(|meet| meet.value),
        remind: reader.optional(&map, "remind").map_or(Remind::Program, |node| remind(reader, node)),
        playbook: (home.kind == Kind::Playbook).then(|| home.name.to_owned()),
        about: about.as_ref().map(|about| about.value.clone()),
        ballot,
    };
    let ask = ask(reader, &map, home);
    let (names, due) = (Vec::new(), days.due);
    let unread = Unread::of(&ask);
    let joins = of;
    Some(StepDraft {
        id,
        def,
        who,
        review,
        report,
        meet,
        readers,
        was,
        after,
        joins,
        when,
        due,
        every,
        about,
        ask,
        unread,
        names,
    })
}

fn earlier_names(reader: &mut Reader, node: &Node) -> Vec<Placed<String>> {
    let names = references(reader, node, "was", false);
    for name in names.iter().filter(|name| !is_name(&name.value)) {
        let message = Message::new("problem-bad-name").with("name", short(&name.value)).with("max", MAX_NAME);
        reader.findings.error(name.place, message);
    }
    names
}

fn ids(names: &[Placed<String>]) -> Vec<StepId> {
    names.iter().map(|name| StepId(name.value.clone())).collect()
}

/// `by: members`: what the team rates in secret. Neither the manager nor anybody member by member hands
/// such ballots out.
fn ballot(reader: &mut Reader, map: &Map, home: &Home, who: &Placed<Role>) -> Option<Field> {
    let node = reader.optional(map, BY)?;
    let given = reader.scalar(node, BY, "name")?;
    if given != MEMBERS {
        reader.error(node.span, Message::new("problem-bad-by").with("given", short(given)));
        return None;
    }
    if who.value == Role::Manager {
        reader.error(node.span, Message::new("problem-ballot-by-manager"));
    }
    if map.has("each") {
        reader.error(map.key_span("each"), Message::new("problem-ballot-each"));
    }
    let mut field = home.scorecard?.field(reader, map).field;
    if let FieldKind::Rating { notes, .. } = &mut field.kind {
        // A handwriting is known, and so is a way to put things.
        *notes = Notes::None;
    }
    Some(field)
}

/// A step of an assessment rates first, unless others do, and then asks for what is its own.
fn ask(reader: &mut Reader, map: &Map, home: &Home) -> AskDraft {
    let own = home.scorecard.filter(|_| !map.has(BY));
    let scores = own.map(|scorecard| Asked::Field(Box::new(scorecard.field(reader, map))));
    let mut ask = match reader.optional(map, "ask") {
        Some(node) => super::lower_ask::ask(reader, node),
        None => AskDraft { place: reader.place(map.span), ..AskDraft::default() },
    };
    ask.items.splice(0..0, scores);
    ask
}

/// `never`, or other days than the program's.
fn remind(reader: &mut Reader, node: &Node) -> Remind {
    if let Value::Scalar { .. } = &node.value {
        match reader.scalar(node, "remind", "name") {
            Some("never") | None => {}
            Some(other) => reader.error(node.span, Message::new("problem-bad-remind").with("given", short(other))),
        }
        return Remind::Never;
    }
    let Some(map) = reader.map(node, "remind", &["due_soon", "overdue_every"]) else { return Remind::Never };
    let mut days = |key: &'static str, min: i64, max: i64| {
        let node = reader.optional(&map, key)?;
        reader.whole(node, key, min, max).and_then(|days| u16::try_from(days).ok())
    };
    Remind::Own {
        due_soon: days("due_soon", 0, MAX_DUE_SOON),
        overdue_every: days("overdue_every", 1, MAX_OVERDUE_EVERY),
    }
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

/// Who reads what was handed in, without anything waiting for them.
fn report(reader: &mut Reader, map: &Map, who: &Placed<Role>, review: Option<&Placed<Role>>) -> Option<Placed<Role>> {
    let node = reader.optional(map, "report")?;
    let role = reader.role(node, "report")?;
    if role == who.value || !matches!(role, Role::Mentor | Role::Superior) {
        reader.error(node.span, Message::new("problem-bad-report").with("role", role));
    } else if review.is_some_and(|review| review.value != role) {
        reader.error(map.key_span("report"), Message::new("problem-report-reviewed"));
    } else if !map.has("ask") {
        reader.error(map.key_span("report"), Message::new("problem-report-of-nothing"));
    }
    Some(reader.placed(role, node.span))
}

/// With whom the manager meets: a step of one of the two, done once.
fn meet(reader: &mut Reader, map: &Map, who: &Placed<Role>) -> Option<Placed<Role>> {
    let node = reader.optional(map, "meet")?;
    let role = reader.role(node, "meet")?;
    if !matches!(role, Role::Mentor | Role::Superior) {
        reader.error(node.span, Message::new("problem-bad-meet").with("role", role));
        return None;
    }
    if who.value != Role::Manager && who.value != role {
        let message = Message::new("problem-meet-by-other").with("role", role);
        reader.error(node.span, message.with("who", who.value));
    }
    if map.has("each") {
        reader.error(map.key_span("each"), Message::new("problem-meet-each").with("role", role));
    }
    Some(reader.placed(role, node.span))
}

/// `hears`: who reviews the step, or gets it by mail.
fn readers(reader: &mut Reader, map: &Map, who: &Placed<Role>, hears: Option<&Placed<Role>>) -> Vec<Placed<Role>> {
    let Some(node) = reader.optional(map, "visible_to") else { return Vec::new() };
    let items = reader.list(node, "visible_to", Role::ALL.len());
    let roles = reader.roles("visible_to", items);
    // A role that was misspelt is no missing role.
    if roles.is_empty() || roles.len() < items.len() {
        return roles;
    }
    for needed in std::iter::once(who).chain(hears) {
        if !roles.iter().any(|role| role.value == needed.value) {
            let message = Message::new("problem-visible-to-lacks").with("role", needed.value);
            reader.error(map.key_span("visible_to"), message);
        }
    }
    roles
}

/// Who reads the evidence, in the order of roles: who is named, or manager and mentor; and always who
/// does and who reviews the step or gets it by mail.
fn visible_to(readers: &[Placed<Role>], who: Role, hears: Option<&Placed<Role>>) -> Vec<Role> {
    let named: Vec<Role> = readers.iter().map(|role| role.value).collect();
    let base = if named.is_empty() { vec![Role::Manager, Role::Mentor] } else { named };
    let reads = |role: &Role| base.contains(role) || *role == who || hears.is_some_and(|hears| hears.value == *role);
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
        reader.error(node.span, Message::new("problem-bad-each").with("given", short(text)));
        return None;
    }
    Some(())
}

/// Minutes.
pub fn effort(reader: &mut Reader, map: &Map, key: &'static str) -> u16 {
    let Some(node) = reader.needed(map, key) else { return 0 };
    let Some(minutes) = reader.any_whole(node, key) else { return 0 };
    if !(1..=MAX_EFFORT).contains(&minutes) {
        let message = Message::new("problem-effort-out-of-range").with("given", minutes);
        reader.error(node.span, message.with("max", MAX_EFFORT));
    }
    u16::try_from(minutes).unwrap_or(0)
}
