//! The file of a program.

use std::collections::HashMap;

use crate::engine::diagnostic::Span;
use crate::engine::message::Message;
use crate::engine::release::{Day, Gather, Load, Metric, Program};
use crate::engine::vocabulary::{Role, StepId, is_name};

use super::draft::{GatherDraft, MetricDraft, ProgramDraft, Wave};
use super::findings::{Placed, short};
use super::lower::{MAX_LISTED, file_name, references};
use super::lower_ask::id;
use super::lower_mail::mail;
use super::map::{Map, Reader};
use super::scalar::{MAX_BODY, MAX_NOTE, Shape};
use super::tree::Node;

const KEYS: &[&str] = &[
    "program",
    "title",
    "summary",
    "includes",
    "curricula",
    "waves",
    "playbooks",
    "ends",
    "cast",
    "mentor_accepts",
    "checkpoints",
    "mail",
    "load",
    "gather",
    "metrics",
];

/// The last plan day, unless the program says otherwise: a year has about so many working days.
const ENDS: u16 = 250;

const MAX_WAVES: usize = 50;
const MAX_GATHERINGS: usize = 20;
const MAX_METRICS: usize = 50;

const MAX_HOURS: i64 = 60;
const MAX_TEAM: i64 = 200;

pub fn program(reader: &mut Reader, map: &Map) -> ProgramDraft {
    reader.only(map, KEYS);
    let name = file_name(reader, map, "program");
    let title = reader.needed_text(map, "title", Shape::Line);
    let summary = reader.needed_text(map, "summary", Shape::Block(MAX_NOTE));
    let mut names =
        |key: &'static str| reader.optional(map, key).map_or(Vec::new(), |node| references(reader, node, key, true));
    let (includes, playbooks) = (names("includes"), names("playbooks"));
    let waves = waves(reader, map);
    let mentor_accepts = reader.optional(map, "mentor_accepts").and_then(|node| {
        let step = reader.scalar(node, "mentor_accepts", "name")?.to_owned();
        Some(reader.placed(step, node.span))
    });
    let mail = mail(reader, map);
    let (gather, gathered) = gatherings(reader, map).into_iter().unzip();
    let (metrics, measured) = metrics(reader, map).into_iter().unzip();
    let ends = match reader.optional(map, "ends") {
        Some(node) => reader.plan_day(node, "ends"),
        None => Some(ENDS),
    };
    let program = Program {
        name: name.value.clone(),
        title,
        summary,
        cast: cast(reader, map),
        mentor_accepts: mentor_accepts.as_ref().map(|step| StepId(step.value.clone())),
        checkpoints: checkpoints(reader, map, ends),
        due_soon: mail.due_soon,
        overdue_every: mail.overdue_every,
        mail: mail.policy,
        ends: ends.unwrap_or(ENDS),
        load: load(reader, map),
        gather,
        metrics,
    };
    let (file, load) = (reader.file, reader.place(map.key_span("load")));
    ProgramDraft {
        file,
        name,
        program,
        includes,
        waves,
        playbooks,
        mentor_accepts,
        load,
        gather: gathered,
        metrics: measured,
    }
}

/// `curricula` is a wave from the first day.
fn waves(reader: &mut Reader, map: &Map) -> Vec<Wave> {
    let mut waves = Vec::new();
    if let Some(node) = reader.optional(map, "curricula") {
        waves.push(Wave { from: 1, curricula: references(reader, node, "curricula", false) });
    }
    let items = reader.optional(map, "waves").map_or(&[][..], |node| reader.list(node, "waves", MAX_WAVES));
    for item in items.iter().take(MAX_WAVES) {
        let Some(map) = reader.map(item, "waves", &["from", "curricula"]) else { continue };
        let from = reader.needed(&map, "from").and_then(|node| reader.plan_day(node, "from"));
        let Some(node) = reader.needed(&map, "curricula") else { continue };
        let curricula = references(reader, node, "curricula", false);
        waves.push(Wave { from: from.unwrap_or(1), curricula });
    }
    if !["curricula", "waves", "includes"].iter().any(|key| map.has(key)) {
        reader.error(map.span, Message::new("problem-missing-key").with("key", "curricula"));
    }
    waves
}

fn load(reader: &mut Reader, map: &Map) -> Option<Load> {
    let node = reader.optional(map, "load")?;
    let map = reader.map(node, "load", &["hours", "team"])?;
    let mut number = |key: &'static str, max: i64| {
        let node = reader.needed(&map, key)?;
        reader.whole(node, key, 1, max).and_then(|n| u16::try_from(n).ok())
    };
    let (hours, team) = (number("hours", MAX_HOURS), number("team", MAX_TEAM));
    Some(Load { hours: hours?, team: team? })
}

fn gatherings(reader: &mut Reader, map: &Map) -> Vec<(Gather, GatherDraft)> {
    let items = reader.optional(map, "gather").map_or(&[][..], |node| reader.list(node, "gather", MAX_GATHERINGS));
    let mut known: HashMap<String, Span> = HashMap::new();
    let items = items.iter().take(MAX_GATHERINGS);
    items.filter_map(|item| gathering(reader, item, &mut known)).collect()
}

fn gathering(reader: &mut Reader, node: &Node, known: &mut HashMap<String, Span>) -> Option<(Gather, GatherDraft)> {
    let map = reader.map(node, "gather", &["id", "title", "body", "weekly", "effort", "steps"])?;
    let id = Placed { value: id(reader, &map, "gathering", known), place: reader.place(map.key_span("id")) };
    let ((title, body), names) = reader.filled(|reader| {
        (reader.needed_text(&map, "title", Shape::Line), reader.needed_text(&map, "body", Shape::Block(MAX_BODY)))
    });
    for who in names.iter().filter(|who| who.value == crate::engine::template::Who::Member) {
        reader.findings.error(who.place, Message::new("problem-member-without-each"));
    }
    let weekday = reader.needed(&map, "weekly").and_then(|node| reader.weekday(node, "weekly"));
    let effort = super::lower_step::effort(reader, &map, "effort");
    let steps = reader.needed(&map, "steps").map_or(Vec::new(), |node| references(reader, node, "steps", false));
    let gather = Gather {
        id: id.value.clone(),
        title,
        body,
        weekday: weekday.unwrap_or(chrono::Weekday::Fri),
        effort,
        steps: steps.iter().map(|step| StepId(step.value.clone())).collect(),
    };
    Some((gather, GatherDraft { id, weekday, steps, names }))
}

fn metrics(reader: &mut Reader, map: &Map) -> Vec<(Metric, MetricDraft)> {
    let items = reader.optional(map, "metrics").map_or(&[][..], |node| reader.list(node, "metrics", MAX_METRICS));
    let mut known: HashMap<String, Span> = HashMap::new();
    items.iter().take(MAX_METRICS).filter_map(|item| metric(reader, item, &mut known)).collect()
}

fn metric(reader: &mut Reader, node: &Node, known: &mut HashMap<String, Span>) -> Option<(Metric, MetricDraft)> {
    let map = reader.map(node, "metrics", &["id", "title", "from"])?;
    let id = Placed { value: id(reader, &map, "metric", known), place: reader.place(map.key_span("id")) };
    let title = reader.needed_text(&map, "title", Shape::Line);
    let node = reader.needed(&map, "from")?;
    let text = reader.scalar(node, "from", "name")?;
    let Some((step, field)) = text.split_once('.').filter(|(step, field)| is_name(step) && is_name(field)) else {
        reader.error(node.span, Message::new("problem-bad-metric").with("given", short(text)));
        return None;
    };
    let from = reader.placed((step.to_owned(), field.to_owned()), node.span);
    let metric = Metric { id: id.value.clone(), title, step: StepId(step.to_owned()), field: field.to_owned() };
    Some((metric, MetricDraft { id, from }))
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

/// `ends` is the last plan day, if it could be read.
fn checkpoints(reader: &mut Reader, map: &Map, ends: Option<u16>) -> Vec<u16> {
    let Some(node) = reader.optional(map, "checkpoints") else { return Vec::new() };
    let items = reader.list_or_empty(node, "checkpoints", MAX_LISTED);
    let mut checkpoints = Vec::new();
    for checkpoint in reader.plan_days(items, "checkpoints") {
        let Day::Plan(day) = checkpoint.value else { continue };
        if ends.is_some_and(|ends| day > ends) {
            let message = Message::new("problem-checkpoint-after-the-end").with("day", checkpoint.value.to_string());
            let end = Day::Plan(ends.unwrap_or(ENDS)).to_string();
            reader.findings.error(checkpoint.place, message.with("end", end));
        }
        checkpoints.push(day);
    }
    checkpoints
}
