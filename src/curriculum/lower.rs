//! One file alone: what kind it is, and the heads of curricula and programs.

use std::collections::HashSet;

use crate::engine::calendar::Calendar;
use crate::engine::message::Message;
use crate::engine::release::{Curriculum, Program};
use crate::engine::vocabulary::{Role, StepId};

use super::closest::closest;
use super::draft::{CurriculumDraft, ProgramDraft, StepDraft};
use super::findings::{Findings, Place, Placed, short};
use super::map::{Map, Reader};
use super::scalar::{MAX_NOTE, Shape};
use super::tree::{self, Node, Tree, Value};

/// The first keys that say what a file is.
const KINDS: [&str; 3] = ["curriculum", "program", "calendar"];

/// More than this many curricula or checkpoints is a slip, not a program.
const MAX_LISTED: usize = 500;

/// Enough for every step of the largest program in one file; [`super::check`] counts the program.
const MAX_STEPS_IN_FILE: usize = 10_000;

/// The most working days that "due soon" may look ahead.
const MAX_DUE_SOON: i64 = 20;

/// What a file turned out to be.
pub enum Lowered {
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
    let mut reader = Reader { findings, file };
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
    match kind.key.as_str() {
        "curriculum" => Lowered::Curriculum(curriculum(reader, &map)),
        "program" => Lowered::Program(program(reader, &map)),
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

fn curriculum(reader: &mut Reader, map: &Map) -> CurriculumDraft {
    reader.only(map, &["curriculum", "source", "title", "summary", "steps"]);
    let name = file_name(reader, map, "curriculum");
    let head = Curriculum {
        name: name.value.clone(),
        source: reader.optional(map, "source").and_then(|node| reader.line(node, "source")),
        title: reader.needed_text(map, "title", Shape::Line),
        summary: reader.needed_text(map, "summary", Shape::Block(MAX_NOTE)),
        steps: Vec::new(),
    };
    let steps = reader.needed(map, "steps").map_or(Vec::new(), |node| steps(reader, node));
    CurriculumDraft { file: reader.file, name, head, steps }
}

fn steps(reader: &mut Reader, node: &Node) -> Vec<StepDraft> {
    let items = reader.list(node, "steps", MAX_STEPS_IN_FILE);
    items.iter().filter_map(|item| super::lower_step::step(reader, item)).collect()
}

const PROGRAM_KEYS: &[&str] =
    &["program", "title", "summary", "curricula", "cast", "mentor_accepts", "checkpoints", "due_soon"];

fn program(reader: &mut Reader, map: &Map) -> ProgramDraft {
    reader.only(map, PROGRAM_KEYS);
    let name = file_name(reader, map, "program");
    let title = reader.needed_text(map, "title", Shape::Line);
    let summary = reader.needed_text(map, "summary", Shape::Block(MAX_NOTE));
    let curricula =
        reader.needed(map, "curricula").map_or(Vec::new(), |node| references(reader, node, "curricula", false));
    let mentor_accepts = reader.optional(map, "mentor_accepts").and_then(|node| {
        let step = reader.scalar(node, "mentor_accepts", "name")?.to_owned();
        Some(reader.placed(step, node.span))
    });
    let due_soon = reader.optional(map, "due_soon").and_then(|node| reader.whole(node, "due_soon", 0, MAX_DUE_SOON));
    let program = Program {
        name: name.value.clone(),
        title,
        summary,
        cast: cast(reader, map),
        mentor_accepts: mentor_accepts.as_ref().map(|step| StepId(step.value.clone())),
        checkpoints: checkpoints(reader, map),
        due_soon: due_soon.and_then(|days| u16::try_from(days).ok()).unwrap_or(2),
    };
    ProgramDraft { file: reader.file, name, program, curricula, mentor_accepts }
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

fn cast(reader: &mut Reader, map: &Map) -> Vec<Role> {
    let Some(node) = reader.optional(map, "cast") else { return Vec::new() };
    let items = reader.list_or_empty(node, "cast", Role::ALL.len());
    let roles = reader.roles("cast", items);
    if let Some(manager) = roles.iter().find(|role| role.value == Role::Manager) {
        reader.findings.error(manager.place, Message::new("problem-manager-in-cast"));
    }
    roles.into_iter().map(|role| role.value).collect()
}

fn checkpoints(reader: &mut Reader, map: &Map) -> Vec<u16> {
    let Some(node) = reader.optional(map, "checkpoints") else { return Vec::new() };
    let items = reader.list_or_empty(node, "checkpoints", MAX_LISTED);
    reader.ascending_days(items, "checkpoints", 1).into_iter().map(|day| day.value).collect()
}
