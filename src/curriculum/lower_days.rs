//! When a step happens: the days on which it opens and is due.

use std::cmp::Ordering;

use crate::engine::message::Message;
use crate::engine::release::{Day, Quarter, Window};
use crate::engine::vocabulary::{StepId, is_name};

use super::draft::Kind;
use super::findings::{Placed, short};
use super::map::{Map, Reader};
use super::tree::{Node, Value};

/// The last plan day; calendars are not known much further ahead. No other day is further away from
/// what it is counted from.
pub const MAX_DAY: u16 = 400;

/// A step that names no day for opening opens this many working days before it is due.
const OPENS_BEFORE: u16 = 5;

/// Listed days of one step.
const MAX_TURNS: usize = 100;

/// What `opens` and `due` say.
pub struct Days {
    /// Empty after a mistake.
    pub windows: Vec<Window>,
    /// Every listed one, if all could be read.
    pub due: Vec<Placed<Day>>,
}

impl Reader<'_, '_> {
    pub fn windows(&mut self, map: &Map, kind: Kind) -> Days {
        let due = self.needed(map, "due").map(|node| self.days(node, "due", kind, 1));
        let opens = self.optional(map, "opens").map(|node| self.days(node, "opens", kind, 0));
        let Some(Some(due)) = due else { return Days { windows: Vec::new(), due: Vec::new() } };
        let windows = match opens {
            Some(Some(opens)) => self.paired(map, opens, &due),
            Some(None) => Vec::new(),
            None => due.iter().map(|due| window_before(&due.value)).collect(),
        };
        Days { windows, due }
    }

    fn paired(&mut self, map: &Map, opens: Vec<Placed<Day>>, due: &[Placed<Day>]) -> Vec<Window> {
        if opens.len() != due.len() {
            let message = Message::new("problem-opens-and-due-differ").with("opens", opens.len());
            self.error(map.key_span("opens"), message.with("due", due.len()));
            return Vec::new();
        }
        for (opens, due) in opens.iter().zip(due) {
            let id = match compared(&opens.value, &due.value) {
                None => "problem-opens-elsewhere",
                Some(Ordering::Greater) => "problem-opens-after-due",
                Some(_) => continue,
            };
            let message = Message::new(id).with("opens", opens.value.to_string());
            self.findings.error(opens.place, message.with("due", due.value.to_string()));
        }
        opens.into_iter().zip(due).map(|(opens, due)| Window { opens: opens.value, due: due.value.clone() }).collect()
    }

    /// A day or a list of days, at least `step` apart; nothing if one of them could not be read.
    fn days(&mut self, node: &Node, key: &'static str, kind: Kind, step: u16) -> Option<Vec<Placed<Day>>> {
        let Value::List(_) = &node.value else {
            let day = self.day(node, key, kind)?;
            return Some(vec![self.placed(day, node.span)]);
        };
        let items = self.list(node, key, MAX_TURNS);
        let mut days = Vec::new();
        for item in items {
            let Some(day) = self.day(item, key, kind) else { continue };
            if !matches!(day, Day::Plan(_) | Day::Launch { .. }) {
                let message = Message::new("problem-day-in-list").with("day", day.to_string());
                self.error(item.span, message);
                continue;
            }
            days.push(self.placed(day, item.span));
        }
        self.check_order(&days, key, step);
        (days.len() == items.len() && !days.is_empty()).then_some(days)
    }

    /// Reports each day that is not at least `step` after the one before.
    fn check_order(&mut self, days: &[Placed<Day>], key: &'static str, step: u16) {
        for (before, day) in days.iter().zip(days.iter().skip(1)) {
            if position(&day.value) < position(&before.value) + i32::from(step) {
                let message = Message::new("problem-days-not-ascending").with("key", key);
                let message = message.with("day", day.value.to_string()).with("before", before.value.to_string());
                self.findings.error(day.place, message);
            }
        }
    }

    /// Plan days in order, each once.
    pub fn plan_days(&mut self, items: &[Node], key: &'static str) -> Vec<Placed<Day>> {
        let mut days = Vec::new();
        for item in items {
            let Some(day) = self.plan_day(item, key) else { continue };
            days.push(self.placed(Day::Plan(day), item.span));
        }
        self.check_order(&days, key, 1);
        days
    }

    /// A plan day: `B1` to `B400`.
    pub fn plan_day(&mut self, node: &Node, key: &str) -> Option<u16> {
        match self.any_day(node, key)? {
            Day::Plan(day) => Some(day),
            other => {
                let message = Message::new("problem-not-a-plan-day").with("key", short(key));
                self.error(node.span, message.with("day", other.to_string()));
                None
            }
        }
    }

    /// A day that can stand in a file of this kind.
    pub fn day(&mut self, node: &Node, key: &str, kind: Kind) -> Option<Day> {
        let day = self.any_day(node, key)?;
        let id = match (&day, kind) {
            (Day::Plan(_) | Day::Quarter { .. }, Kind::Playbook) => "problem-plan-day-in-playbook",
            (Day::Launch { .. }, Kind::Curriculum | Kind::Assessment) => "problem-launch-day-outside-playbook",
            _ => return Some(day),
        };
        self.error(node.span, Message::new(id).with("day", day.to_string()));
        None
    }

    fn any_day(&mut self, node: &Node, key: &str) -> Option<Day> {
        let text = self.scalar(node, key, "day")?;
        let day = parse(text);
        if day.is_none() {
            let hint = meant(text).map(|day| Message::new("hint-did-you-mean").with("name", day.to_string()));
            let message = Message::new("problem-bad-day").with("given", short(text));
            self.error_with(node.span, message.with("max", i64::from(MAX_DAY)), hint);
        }
        day
    }
}

fn window_before(due: &Day) -> Window {
    let opens = match due.clone() {
        Day::Plan(n) => Day::Plan(n.saturating_sub(OPENS_BEFORE).max(1)),
        Day::Launch { launch } => Day::Launch { launch: launch.saturating_sub(OPENS_BEFORE) },
        // Before that it can't be known.
        Day::Closed { step, .. } => Day::Closed { step, after: 0 },
        // What stands in a table is open at once: a promise may be kept early.
        Day::Answer { step, column: Some(_), .. } => Day::Closed { step, after: 0 },
        Day::Answer { step, field, column, n } => {
            Day::Answer { step, field, column, n: n.saturating_sub_unsigned(OPENS_BEFORE) }
        }
        Day::Turn { turn_of, before, ritual_from } => {
            Day::Turn { turn_of, before: before.saturating_add(OPENS_BEFORE), ritual_from }
        }
        Day::Quarter { quarter, n, not_before } => {
            Day::Quarter { quarter, n: n.saturating_sub_unsigned(OPENS_BEFORE), not_before }
        }
    };
    Window { opens, due: due.clone() }
}

/// Which of two days comes first; none if they are counted from different things.
pub fn compared(a: &Day, b: &Day) -> Option<Ordering> {
    let same = match (a, b) {
        (Day::Plan(_), Day::Plan(_)) | (Day::Launch { .. }, Day::Launch { .. }) => true,
        (Day::Closed { step: a, .. }, Day::Closed { step: b, .. })
        | (Day::Turn { turn_of: a, .. }, Day::Turn { turn_of: b, .. }) => a == b,
        (
            Day::Answer { step: a, field: field_a, column: column_a, .. },
            Day::Answer { step: b, field: field_b, column: column_b, .. },
        ) => a == b && field_a == field_b && column_a == column_b,
        (Day::Quarter { quarter: a, not_before: from_a, .. }, Day::Quarter { quarter: b, not_before: from_b, .. }) => {
            a == b && from_a == from_b
        }
        _ => false,
    };
    same.then(|| position(a).cmp(&position(b)))
}

/// Working days from what the day is counted from.
fn position(day: &Day) -> i32 {
    match day {
        Day::Plan(n) | Day::Launch { launch: n } | Day::Closed { after: n, .. } => i32::from(*n),
        Day::Answer { n, .. } | Day::Quarter { n, .. } => i32::from(*n),
        Day::Turn { before, .. } => -i32::from(*before),
    }
}

/// The same day for a curriculum whose first day is so many plan days after B1; none past the last.
pub fn shifted(day: &Day, by: u16) -> Option<Day> {
    let plan_day = |n: u16| n.checked_add(by).filter(|n| *n <= MAX_DAY);
    Some(match day {
        Day::Plan(n) => Day::Plan(plan_day(*n)?),
        Day::Quarter { quarter, n, not_before } => {
            Day::Quarter { quarter: *quarter, n: *n, not_before: plan_day(*not_before)? }
        }
        other => other.clone(),
    })
}

/// A day as authors write it. Which turns of another step recur is told once all files are read.
pub fn parse(text: &str) -> Option<Day> {
    if let Some(digits) = text.strip_prefix('B') {
        return number(digits).filter(|n| *n > 0).map(Day::Plan);
    }
    let (from, digits) = text.rsplit_once(['+', '-'])?;
    let n = number(digits)?;
    let is_after = text.as_bytes().get(from.len()) == Some(&b'+');
    let beside = i16::try_from(n).ok().map(|n| if is_after { n } else { -n })?;
    match (from, is_after) {
        ("T", true) => Some(Day::Launch { launch: n }),
        ("quarter_start", _) => Some(Day::Quarter { quarter: Quarter::Start, n: beside, not_before: 1 }),
        ("quarter_end", _) => Some(Day::Quarter { quarter: Quarter::End, n: beside, not_before: 1 }),
        _ => match from.split_once('.') {
            Some((step, answer)) if is_name(step) => {
                let (field, column) = answer.split_once('.').map_or((answer, None), |(field, of)| (field, Some(of)));
                let column = column.map(str::to_owned);
                (is_name(field) && column.as_deref().is_none_or(is_name)).then(|| Day::Answer {
                    step: StepId(step.to_owned()),
                    field: field.to_owned(),
                    column,
                    n: beside,
                })
            }
            None if !is_name(from) => None,
            None if is_after => Some(Day::Closed { step: StepId(from.to_owned()), after: n }),
            None => Some(Day::Turn { turn_of: StepId(from.to_owned()), before: n, ritual_from: 1 }),
            Some(_) => None,
        },
    }
}

/// Up to [`MAX_DAY`], written one way.
fn number(digits: &str) -> Option<u16> {
    let is_plain = digits.bytes().all(|b| b.is_ascii_digit()) && (digits == "0" || !digits.starts_with('0'));
    digits.parse().ok().filter(|n| is_plain && *n <= MAX_DAY)
}

/// The day that is most likely meant: `b 5`, `5` and `+5` are B5, `T3` is T+3, `a_step` is a_step+0.
fn meant(text: &str) -> Option<Day> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let bare = text.trim_start_matches(['b', 'B', '+']);
    let launch = text.trim_start_matches(['t', 'T', '+']);
    // A single word is as likely a slip of something else.
    let whole = if text.contains('_') { format!("{text}+0") } else { String::new() };
    let spellings = [text.clone(), format!("B{bare}"), format!("T+{launch}"), whole];
    spellings.iter().find_map(|spelling| parse(spelling))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_day_is_b1_to_b400_and_written_one_way() {
        assert_eq!(parse("B1"), Some(Day::Plan(1)));
        assert_eq!(parse("B400"), Some(Day::Plan(400)));
        let refused = ["B0", "B401", "B01", "b1", "1", "B", "B-1", "B+1", "B 1", "B1.5", "B99999999999999999999"];
        assert_eq!(refused.map(parse), [const { None }; 11]);
    }

    #[test]
    fn every_other_day_is_a_number_of_days_from_something() {
        let step = || StepId("a_step".to_owned());
        assert_eq!(parse("T+0"), Some(Day::Launch { launch: 0 }));
        assert_eq!(parse("a_step+3"), Some(Day::Closed { step: step(), after: 3 }));
        assert_eq!(parse("a_step-1"), Some(Day::Turn { turn_of: step(), before: 1, ritual_from: 1 }));
        let answer = |field: &str, column: Option<&str>, n| {
            Some(Day::Answer { step: step(), field: field.to_owned(), column: column.map(str::to_owned), n })
        };
        assert_eq!(parse("a_step.on-3"), answer("on", None, -3));
        assert_eq!(parse("a_step.promises.by+0"), answer("promises", Some("by"), 0));
        assert_eq!(parse("quarter_end-10"), Some(Day::Quarter { quarter: Quarter::End, n: -10, not_before: 1 }));
        let refused =
            ["T-1", "T", "A+1", "a.b.c.d+1", ".b+1", "a.+1", "a+-1", "a+01", "+1", "a+401", "quarter_end", "一+1"];
        assert_eq!(refused.map(parse), [const { None }; 12]);
    }

    #[test]
    fn what_was_meant_as_a_day_is_found() {
        let said = |text: &str| meant(text).map(|day| day.to_string());
        let given = ["b7", "+5", "12", "T3", "T + 3", "a_step", "quarter_end"];
        let meant = ["B7", "B5", "B12", "T+3", "T+3", "a_step+0", "quarter_end+0"];
        assert_eq!(given.map(said), meant.map(|day| Some(day.to_owned())));
        assert_eq!(said("tomorrow"), None);
        assert_eq!(said("B0"), None);
    }

    #[test]
    fn a_wave_moves_the_days_of_the_plan_and_no_others() {
        let moved = |text: &str| parse(text).and_then(|day| shifted(&day, 21)).map(|day| day.to_string());
        assert_eq!(moved("B1").as_deref(), Some("B22"));
        assert_eq!(moved("a+3").as_deref(), Some("a+3"));
        assert_eq!(moved("B380"), None);
    }
}
