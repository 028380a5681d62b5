//! What a program says about its mail.

use crate::engine::mail::{Ladder, Policy, Quiet, Silence, Urgent};
use crate::engine::message::Message;
use crate::engine::vocabulary::Role;

use super::closest::closest;
use super::findings::short;
use super::lower::{MAX_DUE_SOON, MAX_OVERDUE_EVERY};
use super::map::{Map, Reader};
use super::tree::{Node, Value};

const KEYS: &[&str] = &["due_soon", "overdue_every", "hour", "quiet", "ladder", "urgent", "urgent_a_day", "mentor"];

pub const LAST_HOUR: i64 = 23;
pub const MAX_URGENT_A_DAY: i64 = 20;

/// Working days: late until the next one hears, and of a mentor's silence.
pub const MAX_LATE: i64 = 100;
pub const MAX_SILENCE: i64 = 20;

pub struct Mail {
    /// Working days ahead at which a step is first named.
    pub due_soon: u16,
    /// Working days between two reminders.
    pub overdue_every: u16,
    pub policy: Policy,
}

pub fn mail(reader: &mut Reader, program: &Map) -> Mail {
    let mut mail = Mail { due_soon: 2, overdue_every: 1, policy: Policy::default() };
    let node = reader.optional(program, "mail");
    let Some(map) = node.and_then(|node| reader.map(node, "mail", KEYS)) else { return mail };
    mail.due_soon = number(reader, &map, "due_soon", (0, MAX_DUE_SOON)).unwrap_or(mail.due_soon);
    mail.overdue_every = number(reader, &map, "overdue_every", (1, MAX_OVERDUE_EVERY)).unwrap_or(mail.overdue_every);
    let usual = mail.policy;
    mail.policy = Policy {
        hour: number(reader, &map, "hour", (0, LAST_HOUR)),
        quiet: reader.optional(&map, "quiet").and_then(|node| quiet(reader, node)).unwrap_or(usual.quiet),
        ladder: reader.optional(&map, "ladder").and_then(|node| ladder(reader, node)).unwrap_or(usual.ladder),
        urgent: reader.optional(&map, "urgent").map_or(usual.urgent, |node| urgent(reader, node)),
        urgent_a_day: number(reader, &map, "urgent_a_day", (0, MAX_URGENT_A_DAY)).unwrap_or(usual.urgent_a_day),
        mentor: reader.optional(&map, "mentor").and_then(|node| silence(reader, node)).unwrap_or(usual.mentor),
    };
    check_hour(reader, &map, &mail.policy);
    mail
}

fn number<N: TryFrom<i64>>(reader: &mut Reader, map: &Map, key: &'static str, limits: (i64, i64)) -> Option<N> {
    let node = reader.optional(map, key)?;
    reader.whole(node, key, limits.0, limits.1).and_then(|number| N::try_from(number).ok())
}

fn needed_number<N: TryFrom<i64>>(reader: &mut Reader, map: &Map, key: &'static str, limits: (i64, i64)) -> Option<N> {
    reader.needed(map, key)?;
    number(reader, map, key, limits)
}

/// The hour that a program gives to those who chose none themselves is no quiet one.
fn check_hour(reader: &mut Reader, map: &Map, policy: &Policy) {
    let Some(hour) = policy.hour.filter(|hour| policy.quiet.holds(*hour)) else { return };
    let Quiet { from, until } = policy.quiet;
    let message = Message::new("problem-hour-is-quiet").with("hour", i64::from(hour));
    let at = map.key_span("hour");
    reader.error(at, message.with("from", i64::from(from)).with("until", i64::from(until)));
}

/// `never`, or from one hour until another.
fn quiet(reader: &mut Reader, node: &Node) -> Option<Quiet> {
    if let Value::Scalar { .. } = &node.value {
        let given = reader.scalar(node, "quiet", "map")?;
        if given != "never" {
            reader.error(node.span, Message::new("problem-bad-quiet").with("given", short(given)));
        }
        return Some(Quiet::NEVER);
    }
    let map = reader.map(node, "quiet", &["from", "until"])?;
    let from = needed_number(reader, &map, "from", (0, LAST_HOUR));
    let until = needed_number(reader, &map, "until", (0, LAST_HOUR));
    let (from, until): (u8, u8) = (from?, until?);
    if from == until {
        let message = Message::new("problem-quiet-all-day").with("hour", i64::from(from));
        reader.error(map.key_span("until"), message);
    }
    Some(Quiet { from, until })
}

/// Each rung hears no sooner than those below it.
fn ladder(reader: &mut Reader, node: &Node) -> Option<Ladder> {
    let map = reader.map(node, "ladder", &["mentor", "superior", "hr"])?;
    let mut below: Option<(Role, u16)> = None;
    let mut rung = |role: Role| {
        let node = reader.needed(&map, role.as_str())?;
        let days = days_late(reader, node, role)?;
        if let Some((lower, before)) = below.filter(|(_, before)| days < *before) {
            let message = Message::new("problem-ladder-falls").with("role", role).with("days", i64::from(days));
            reader.error(node.span, message.with("lower", lower).with("before", i64::from(before)));
        }
        below = Some((role, days));
        Some(days)
    };
    Some(Ladder { mentor: rung(Role::Mentor), superior: rung(Role::Superior), hr: rung(Role::Hr) })
}

/// None: never.
fn days_late(reader: &mut Reader, node: &Node, role: Role) -> Option<u16> {
    let text = reader.scalar(node, role.as_str(), "whole-number")?;
    if text == "never" {
        return None;
    }
    let days = text.parse::<i64>().ok().filter(|days| (1..=MAX_LATE).contains(days) && text == days.to_string());
    if days.is_none() {
        let message = Message::new("problem-bad-ladder").with("given", short(text));
        reader.error(node.span, message.with("max", MAX_LATE));
    }
    days.and_then(|days| u16::try_from(days).ok())
}

/// In the order of the engine: as a list of what may be, it has none of its own.
fn urgent(reader: &mut Reader, node: &Node) -> Vec<Urgent> {
    let names = Urgent::ALL.map(Urgent::as_str);
    let mut found = Vec::new();
    for item in reader.list_or_empty(node, "urgent", names.len()).iter().take(names.len()) {
        let Some(given) = reader.scalar(item, "urgent", "name") else { continue };
        match Urgent::ALL.into_iter().find(|urgent| urgent.as_str() == given) {
            Some(urgent) if found.contains(&urgent) => {
                reader.error(item.span, Message::new("problem-duplicate-entry").with("name", given));
            }
            Some(urgent) => found.push(urgent),
            None => {
                let hint = closest(given, names).map(|name| Message::new("hint-did-you-mean").with("name", name));
                let message = Message::new("problem-unknown-urgent").with("given", short(given));
                reader.error_with(item.span, message.with("known", names.join(", ")), hint);
            }
        }
    }
    found.sort();
    found
}

fn silence(reader: &mut Reader, node: &Node) -> Option<Silence> {
    let map = reader.map(node, "mentor", &["remind", "next"])?;
    let remind = needed_number(reader, &map, "remind", (1, MAX_SILENCE));
    let next = needed_number(reader, &map, "next", (1, MAX_SILENCE));
    let (remind, next): (u16, u16) = (remind?, next?);
    if next <= remind {
        let message = Message::new("problem-next-too-early").with("next", i64::from(next));
        reader.error(map.key_span("next"), message.with("remind", i64::from(remind)));
    }
    Some(Silence { remind, next })
}
