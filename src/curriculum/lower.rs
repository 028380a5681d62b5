//! One file alone: what kind it is, and the heads of curricula and programs.

use std::collections::HashSet;

use crate::engine::calendar::Calendar;
use crate::engine::message::Message;
use crate::engine::release::{Curriculum, Launch};
use crate::engine::vocabulary::Role;

use super::closest::closest;
use super::condition;
use super::draft::{CurriculumDraft, FormDraft, Kind, ProgramDraft, StepDraft, Unread};
use super::findings::{Findings, Place, Placed, short};
use super::lower_step::Home;
use super::map::{Map, Reader};
use super::scalar::{MAX_NOTE, Shape};
use super::tree::{self, Node, Tree, Value};

/// The first keys that say what a file is.
const KINDS: [&str; 5] = ["curriculum", "playbook", "assessment", "program", "calendar"];

/// More than this many curricula or checkpoints is a slip, not a program.
pub const MAX_LISTED: usize = 500;

/// Enough for every step of the largest program in one file; [`super::check`] counts the program.
const MAX_STEPS_IN_FILE: usize = 10_000;

/// Each step of an assessment holds its dimensions.
const MAX_ASSESSMENT_STEPS: usize = 50;

const MAX_FORMS: usize = 100;

/// The most working days that "due soon" may look ahead, and between two reminders.
pub const MAX_DUE_SOON: i64 = 20;
pub const MAX_OVERDUE_EVERY: i64 = 60;

/// What a file turned out to be.
pub enum Lowered {
    /// Or a playbook, or an assessment.
    Curriculum(CurriculumDraft),
    Program(ProgramDraft),
    Calendar {
        calendar: Calendar,
        place: Place,
    },
    /// It could not be read to its end; its kind and name, if it got as far.
    Unreadable(Option<(String, String)>),
    /// Read, and not one of ours.
    Nothing,
}

pub fn lower(findings: &mut Findings, file: usize) -> Lowered {
    let Some(source) = findings.source(file) else { return Lowered::Nothing };
    if let Some((span, message)) = &source.refused {
        let hint = (message.id == "problem-not-utf8").then(|| Message::new("hint-save-as-utf8"));
        findings.file_error(file, *span, message.clone(), hint);
        return Lowered::Unreadable(None);
    }
    for (span, message) in &source.controls {
        findings.file_error(file, Some(*span), message.clone(), None);
    }
    let mut reader = Reader::new(findings, file);
    match tree::parse(&mut reader, &source.text) {
        Tree::Whole(node) => lower_file(&mut reader, &node),
        Tree::Broken(head) => Lowered::Unreadable(head),
    }
}

fn lower_file(reader: &mut Reader, node: &Node) -> Lowered {
    if node.is_nothing() {
        reader.findings.file_error(reader.file, None, Message::new("problem-empty-file"), None);
        return Lowered::Nothing;
    }
    let Value::Map(entries) = &node.value else {
        reader.error(node.span, Message::new("problem-unknown-file-kind"));
        return Lowered::Nothing;
    };
    let map = Map::new(node.span, entries);
    let Some(at) = entries.iter().position(|entry| KINDS.contains(&entry.key.as_str())) else {
        let nearest = entries.first().and_then(|entry| closest(&entry.key, KINDS));
        let hint = nearest.map(|name| Message::new("hint-did-you-mean").with("name", name));
        reader.error_with(node.span, Message::new("problem-unknown-file-kind"), hint);
        return Lowered::Nothing;
    };
    let Some(kind) = entries.get(at) else { return Lowered::Nothing };
    if at > 0 {
        reader.error(kind.span, Message::new("problem-kind-not-first").with("key", short(&kind.key)));
    }
    match (Kind::parse(&kind.key), kind.key.as_str()) {
        (Some(kind), _) => Lowered::Curriculum(curriculum(reader, &map, kind)),
        (None, "program") => Lowered::Program(super::lower_program::program(reader, &map)),
        _ => {
            let (calendar, place) = super::lower_calendar::calendar(reader, &map);
            Lowered::Calendar { calendar, place }
        }
    }
}

/// The name of the file's curriculum, program or calendar; empty after a mistake.
pub fn file_name(reader: &mut Reader, map: &Map, kind: &'static str) -> Placed<String> {
    let name = reader.needed(map, kind).and_then(|node| reader.name(node, kind));
    name.unwrap_or_else(|| reader.placed(String::new(), map.key_span(kind)))
}

const KEYS: &[&str] = &["source", "title", "summary", "forms", "steps"];

fn curriculum(reader: &mut Reader, map: &Map, kind: Kind) -> CurriculumDraft {
    let own: &[&'static str] = match kind {
        Kind::Curriculum => &["views"],
        Kind::Playbook => &["launch"],
        Kind::Assessment => &["views", "scale", "not_observed", "notes", "at_least", "dimensions"],
    };
    reader.only(map, &[&[kind.as_str()], KEYS, own].concat());
    let name = file_name(reader, map, kind.as_str());
    let title = reader.needed_text(map, "title", Shape::Line);
    let scorecard = (kind == Kind::Assessment).then(|| super::lower_rating::scorecard(reader, map, title.clone()));
    let (launch, offer, launchers) = match kind {
        Kind::Playbook => launch(reader, map),
        _ => (None, None, None),
    };
    let head = Curriculum {
        name: name.value.clone(),
        source: reader.optional(map, "source").and_then(|node| reader.line(node, "source")),
        title,
        summary: reader.needed_text(map, "summary", Shape::Block(MAX_NOTE)),
        launch,
        dimensions: scorecard.as_ref().map_or(Vec::new(), |scorecard| scorecard.dimensions.clone()),
        views: Vec::new(),
        steps: Vec::new(),
    };
    let forms = reader.optional(map, "forms").map_or(Vec::new(), |node| forms(reader, node, &name.value));
    let home = Home { kind, name: &name.value, scorecard: scorecard.as_ref() };
    let steps = reader.needed(map, "steps").map_or(Vec::new(), |node| steps(reader, node, &home));
    let views = super::lower_views::views(reader, map);
    CurriculumDraft { file: reader.file, kind, head, launchers, offer, forms, steps, views, name: name.clone() }
}

fn steps(reader: &mut Reader, node: &Node, home: &Home) -> Vec<StepDraft> {
    let max = if home.scorecard.is_some() { MAX_ASSESSMENT_STEPS } else { MAX_STEPS_IN_FILE };
    let items = reader.list(node, "steps", max);
    items.iter().take(max).filter_map(|item| super::lower_step::step(reader, item, home)).collect()
}

type LaunchDraft = (Option<Launch>, Option<condition::ConditionDraft>, Option<(Vec<Role>, Place)>);

/// How a playbook begins.
fn launch(reader: &mut Reader, map: &Map) -> LaunchDraft {
    let Some(node) = reader.needed(map, "launch") else { return (None, None, None) };
    let Some(map) = reader.map(node, "launch", &["who", "offer"]) else { return (None, None, None) };
    let who = reader.needed(&map, "who").map_or(Vec::new(), |node| {
        let items = reader.list(node, "who", Role::ALL.len());
        reader.roles("who", items)
    });
    let offer = reader.optional(&map, "offer").and_then(|node| condition::read(reader, node, "offer"));
    let roles: Vec<Role> = who.into_iter().map(|role| role.value).collect();
    let launch = Launch { who: roles.clone(), offer: offer.as_ref().map(|offer| offer.condition.clone()) };
    (Some(launch), offer, Some((roles, reader.place(map.key_span("who")))))
}

/// Forms that steps ask for by name.
fn forms(reader: &mut Reader, node: &Node, curriculum: &str) -> Vec<FormDraft> {
    let items = reader.list(node, "forms", MAX_FORMS);
    let mut forms = Vec::new();
    for item in items.iter().take(MAX_FORMS) {
        let Some(map) = reader.map(item, "forms", &["id", "ask"]) else { continue };
        let name = reader.needed(&map, "id").and_then(|node| reader.name(node, "id"));
        let ask = reader.needed(&map, "ask").map(|node| super::lower_ask::form_fields(reader, node));
        let Some(name) = name else { continue };
        let (curriculum, ask) = (curriculum.to_owned(), ask.unwrap_or_default());
        let unread = Unread::of(&ask);
        forms.push(FormDraft { name, curriculum, ask, fields: Vec::new(), unread });
    }
    forms
}

/// Names of other things, each once.
pub fn references(reader: &mut Reader, node: &Node, key: &'static str, may_be_empty: bool) -> Vec<Placed<String>> {
    let items = match may_be_empty {
        true => reader.list_or_empty(node, key, MAX_LISTED),
        false => reader.list(node, key, MAX_LISTED),
    };
    let mut known = HashSet::new();
    let mut names = Vec::new();
    for item in items.iter().take(MAX_LISTED) {
        let Some(name) = reader.scalar(item, key, "name") else { continue };
        if known.insert(name) {
            names.push(reader.placed(name.to_owned(), item.span));
        } else {
            reader.error(item.span, Message::new("problem-duplicate-entry").with("name", short(name)));
        }
    }
    names
}
