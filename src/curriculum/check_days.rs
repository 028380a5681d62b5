//! The days of steps against the program: its waves, its last day, its first one; and joins that nobody
//! can go on without.

use crate::engine::message::Message;
use crate::engine::release::Day;

use super::draft::{Kind, UntilDraft};
use super::findings::{Findings, Placed, short};
use super::group::{Group, Member};
use super::lower_days::{MAX_DAY, compared, shifted};

pub fn check(findings: &mut Findings, group: &Group) {
    for member in &group.steps {
        check_shift(findings, member);
        check_due(findings, group, member);
        check_first(findings, group, member);
        check_until(findings, group, member);
        check_joins(findings, group, member);
    }
}

/// The program's last day, and its name for messages; none of a curriculum by itself.
fn end(group: &Group) -> Option<(Day, String)> {
    let program = group.whole?.own;
    Some((Day::Plan(program.program.ends), short(&program.name.value)))
}

/// Whether a day comes after another; not if they are counted from different things.
fn is_after(day: &Day, other: &Day) -> bool {
    compared(day, other).is_some_and(std::cmp::Ordering::is_gt)
}

/// A wave may not carry a day past the last one.
fn check_shift(findings: &mut Findings, member: &Member) {
    if member.used.shift == 0 {
        return;
    }
    let until = member.step.every.as_ref().map(|every| &every.until.value);
    let until = until.and_then(|until| match until {
        UntilDraft::Plan(day) => Some(Day::Plan(*day)),
        _ => None,
    });
    let last = member.step.def.windows.last().map(|window| window.due.clone());
    for day in last.into_iter().chain(until).filter(|day| shifted(day, member.used.shift).is_none()) {
        let message = Message::new("problem-day-past-last").with("step", short(&member.step.id.value));
        let message = message.with("day", day.to_string());
        let from = Day::Plan(member.used.shift + 1).to_string();
        let message = message.with("from", from).with("max", i64::from(MAX_DAY));
        findings.error(member.used.place, message);
    }
}

/// No plan holds a step that is due after its end. Days come in order: of those that do, the first is
/// named.
fn check_due(findings: &mut Findings, group: &Group, member: &Member) {
    if member.home.kind == Kind::Playbook {
        return;
    }
    let Some((ends, program)) = end(group) else { return };
    let shift = member.used.shift;
    let days = member.step.due.iter().filter_map(|due| Some((due.place, shifted(&due.value, shift)?)));
    if let Some((place, day)) = days.into_iter().find(|(_, day)| is_after(day, &ends)) {
        let message = Message::new("problem-after-the-end").with("step", short(&member.step.id.value));
        let message = message.with("day", day.to_string()).with("end", ends.to_string());
        findings.error(place, message.with("program", program));
    }
}

/// A day before the first turn of another step, where there is no plan yet.
fn check_first(findings: &mut Findings, group: &Group, member: &Member) {
    if group.whole.is_none() {
        return; // in a wave to come there may be
    }
    let Some(Placed { value: Day::Turn { turn_of, before, .. }, place }) = member.step.first_due() else { return };
    let Some(other) = group.find(turn_of.as_str()) else { return };
    let first = other.step.first_due().and_then(|due| shifted(&due.value, other.used.shift));
    let Some(Day::Plan(first)) = first.filter(|first| matches!(first, Day::Plan(n) if n <= before)) else { return };
    let message = Message::new("problem-before-the-plan").with("step", short(&other.step.id.value));
    let message = message.with("day", Day::Plan(first).to_string());
    findings.error(*place, message.with("count", i64::from(*before)));
}

fn check_until(findings: &mut Findings, group: &Group, member: &Member) {
    let Some(every) = &member.step.every else { return };
    match &every.until.value {
        UntilDraft::Step(step) if *step == member.step.id.value => {
            let message = Message::new("problem-bad-until").with("given", short(step));
            findings.error(every.until.place, message);
        }
        UntilDraft::Step(step) if group.find(step).is_none() => {
            group.unknown_step(findings, &Placed { value: step.clone(), place: every.until.place });
        }
        UntilDraft::End => {
            let last = member.step.def.windows.last();
            let last = last.and_then(|window| shifted(&window.due, member.used.shift));
            let Some(((ends, _), last)) = end(group).zip(last) else { return };
            // A day past the end is reported by itself.
            if last == ends {
                let message = Message::new("problem-until-too-early").with("until", ends.to_string());
                findings.error(every.until.place, message.with("due", last.to_string()));
            }
        }
        UntilDraft::Plan(day) => {
            let Some((ends, program)) = end(group) else { return };
            let day = shifted(&Day::Plan(*day), member.used.shift);
            if let Some(day) = day.filter(|day| is_after(day, &ends)) {
                let message = Message::new("problem-until-after-the-end").with("day", day.to_string());
                let message = message.with("end", ends.to_string());
                findings.error(every.until.place, message.with("program", program));
            }
        }
        UntilDraft::Step(_) | UntilDraft::Launch(_) => {}
    }
}

/// Whoever goes on without a part of a join says why; without a step done for each member, asking for
/// all of them leaves no part.
fn check_joins(findings: &mut Findings, group: &Group, member: &Member) {
    for (join, draft) in member.step.def.joins.iter().zip(&member.step.joins) {
        let is_one = |name: &Placed<String>| group.find(&name.value).is_some_and(|other| other.step.def.each.is_none());
        let count = join.of.len();
        if join.at_least.of(count) >= count && count > 0 && draft.of.iter().all(is_one) {
            findings.error(draft.at_least, Message::new("problem-join-of-all").with("count", count));
        }
    }
}
