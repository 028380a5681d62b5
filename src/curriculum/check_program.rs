//! A program against its steps: who is there to do them, its gatherings and its metrics.

use std::collections::HashMap;

use crate::engine::message::Message;
use crate::engine::release::{FieldKind, Period};
use crate::engine::template::Who;
use crate::engine::vocabulary::Role;

use super::closest::closest;
use super::draft::{GatherDraft, Kind, MetricDraft};
use super::findings::{Findings, Place, Placed, short};
use super::group::{Group, Member};
use super::programs::Whole;

/// A program of more steps is refused: it is past what one person could do in a year.
const MAX_STEPS: usize = 5000;

pub fn check(findings: &mut Findings, whole: &Whole, group: &Group) {
    if group.steps.len() > MAX_STEPS {
        let message = Message::new("problem-too-many-steps").with("given", group.steps.len());
        findings.error(whole.own.name.place, message.with("max", MAX_STEPS));
    }
    check_roles(findings, whole, group);
    check_launchers(findings, whole, group);
    check_mentor_accepts(findings, whole, group);
    let mut gathered = HashMap::new();
    for part in &whole.parts {
        for gather in &part.program.gather {
            check_gathering(findings, group, gather, &mut gathered, part.via);
        }
        for metric in &part.program.metrics {
            check_metric(findings, group, metric);
        }
    }
}

fn is_there(whole: &Whole, role: Role) -> bool {
    role == Role::Manager || whole.own.program.cast.contains(&role)
}

fn check_roles(findings: &mut Findings, whole: &Whole, group: &Group) {
    let program = short(&whole.own.name.value);
    let message = |id: &'static str, role: Role, step: &str| {
        Message::new(id).with("role", role).with("step", short(step)).with("program", program.as_str())
    };
    for step in group.steps.iter().map(|member| member.step) {
        let id = step.id.value.as_str();
        for role in std::iter::once(&step.who)
            .chain(&step.review)
            .chain(&step.report)
            .filter(|role| !is_there(whole, role.value))
        {
            findings.error(role.place, message("problem-role-not-in-cast", role.value, id));
        }
        for role in step.meet.iter().filter(|role| !is_there(whole, role.value)) {
            findings.error(role.place, message("problem-meet-not-in-cast", role.value, id));
        }
        for role in step.readers.iter().filter(|role| !is_there(whole, role.value)) {
            // Nobody reads it, and nothing waits: a curriculum may serve programs with other casts.
            findings.warning(role.place, message("problem-reader-not-in-cast", role.value, id));
        }
        named(findings, whole, &step.names, |role| message("problem-name-not-in-cast", role, id));
    }
    for gather in whole.parts.iter().flat_map(|part| &part.program.gather) {
        named(findings, whole, &gather.names, |role| message("problem-name-not-in-cast", role, &gather.id.value));
    }
}

/// A name that nobody bears is shown as the role.
fn named(findings: &mut Findings, whole: &Whole, names: &[Placed<Who>], message: impl Fn(Role) -> Message) {
    for name in names {
        match name.value {
            Who::Role(role) if !is_there(whole, role) => findings.warning(name.place, message(role)),
            _ => {}
        }
    }
}

fn check_launchers(findings: &mut Findings, whole: &Whole, group: &Group) {
    let mut last = None;
    for member in group.steps.iter().filter(|member| last.replace(member.used.at) != Some(member.used.at)) {
        let Some((roles, place)) = &member.home.launchers else { continue };
        if !roles.is_empty() && !roles.iter().any(|role| is_there(whole, *role)) {
            let message = Message::new("problem-nobody-launches").with("name", short(&member.home.name.value));
            findings.error(*place, message.with("program", short(&whole.own.name.value)));
        }
    }
}

fn check_mentor_accepts(findings: &mut Findings, whole: &Whole, group: &Group) {
    let Some(name) = &whole.own.mentor_accepts else { return };
    let Some(member) = group.find(&name.value) else { return group.unknown_step(findings, name) };
    if member.step.who.value != Role::Mentor {
        let message = Message::new("problem-mentor-accepts-not-mentor").with("name", short(&name.value));
        findings.error(name.place, message.with("role", member.step.who.value));
    } else if !stands_once(member) {
        let message = Message::new("problem-mentor-accepts-not-once").with("name", short(&name.value));
        findings.error(name.place, message);
    }
}

/// Whether a step stands in every plan from the first day, and once.
fn stands_once(member: &Member) -> bool {
    let def = &member.step.def;
    member.home.kind != Kind::Playbook
        && member.step.every.is_none()
        && def.each.is_none()
        && def.windows.len() <= 1
        && !def.comes_later()
}

fn check_gathering<'g>(
    findings: &mut Findings,
    group: &Group,
    gather: &'g GatherDraft,
    gathered: &mut HashMap<&'g str, Place>,
    via: Option<Place>,
) {
    for name in &gather.steps {
        let Some(member) = group.find(&name.value) else {
            group.unknown_step(findings, name);
            continue;
        };
        let weekly = member.step.every.as_ref().map(|every| every.period);
        let def = &member.step.def;
        let fits = matches!((weekly, gather.weekday), (Some(Period::Weekly(a)), Some(b)) if a == b);
        if gather.weekday.is_some() && !fits || def.each.is_some() || def.who != Role::Manager {
            let message = Message::new("problem-cannot-gather").with("step", short(&name.value));
            findings.error(name.place, message.with("gathering", short(&gather.id.value)));
        }
        if let Some(first) = gathered.insert(&name.value, name.place) {
            let message = Message::new("problem-gathered-twice").with("step", short(&name.value));
            let message = message.with("file", findings.path(first.file));
            findings.error(via.unwrap_or(name.place), message.with("line", i64::from(first.span.line)));
        }
    }
}

fn check_metric(findings: &mut Findings, group: &Group, metric: &MetricDraft) {
    let (step, field) = &metric.from.value;
    let place = metric.from.place;
    let Some(member) = group.find(step) else {
        return group.unknown_step(findings, &Placed { value: step.clone(), place });
    };
    let fields = &member.step.def.ask;
    match fields.iter().find(|one| one.id == *field).map(|found| &found.kind) {
        Some(FieldKind::Number { .. } | FieldKind::Scale { .. }) => {}
        Some(_) => {
            let message = Message::new("problem-metric-no-number").with("step", short(step));
            findings.error(place, message.with("field", short(field)));
        }
        None if member.step.unread.may_hold(field) => {}
        None => {
            let known = fields.iter().map(|one| one.id.as_str());
            let known = if findings.may_suggest() { closest(field, known) } else { None };
            let hint = known.map(|name| Message::new("hint-did-you-mean").with("name", name));
            let message = Message::new("problem-never-asked").with("step", short(step));
            findings.error_with(place, message.with("field", short(field)), hint);
        }
    }
}
