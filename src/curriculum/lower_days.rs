//! When a step happens: its windows and how it recurs.

use crate::engine::message::Message;
use crate::engine::release::{Every, Period, Window};

use super::findings::Placed;
use super::map::{Map, Reader};
use super::scalar::MAX_DAY;
use super::tree::{Node, Value};

/// A step that names no day for opening opens this many working days before it is due.
const OPENS_BEFORE: u16 = 5;

/// Listed days of one step.
const MAX_TURNS: usize = 100;

/// The forms of `every`, and the most that each may count: what ends by B400 recurs within two years.
const PERIODS: [(&str, i64); 5] =
    [("working_days", MAX_DAY as i64), ("weekly", 0), ("months", 24), ("quarters", 8), ("years", 2)];

/// What `opens` and `due` say.
pub struct Days {
    /// Empty after a mistake.
    pub windows: Vec<Window>,
    pub first_due: Option<Placed<u16>>,
}

impl Reader<'_, '_> {
    pub fn windows(&mut self, map: &Map) -> Days {
        let due = self.needed(map, "due").map(|node| self.days(node, "due", 1));
        let opens = self.optional(map, "opens").map(|node| self.days(node, "opens", 0));
        let Some(Some(due)) = due else { return Days { windows: Vec::new(), first_due: None } };
        let windows = match opens {
            Some(Some(opens)) => self.paired(map, &opens, &due),
            Some(None) => Vec::new(),
            None => due.iter().map(|due| window_before(due.value)).collect(),
        };
        Days { windows, first_due: due.into_iter().next() }
    }

    fn paired(&mut self, map: &Map, opens: &[Placed<u16>], due: &[Placed<u16>]) -> Vec<Window> {
        if opens.len() != due.len() {
            let message = Message::new("problem-opens-and-due-differ").with("opens", opens.len());
            self.error(map.key_span("opens"), message.with("due", due.len()));
            return Vec::new();
        }
        for (opens, due) in opens.iter().zip(due).filter(|(opens, due)| opens.value > due.value) {
            let message = Message::new("problem-opens-after-due").with("opens", day(opens.value));
            self.findings.error(opens.place, message.with("due", day(due.value)));
        }
        opens.iter().zip(due).map(|(opens, due)| Window { opens: opens.value, due: due.value }).collect()
    }

    /// A day or a list of days, at least `step` apart; nothing if one of them could not be read.
    fn days(&mut self, node: &Node, key: &'static str, step: u16) -> Option<Vec<Placed<u16>>> {
        let Value::List(_) = &node.value else {
            let day = self.day(node, key)?;
            return Some(vec![self.placed(day, node.span)]);
        };
        let items = self.list(node, key, MAX_TURNS);
        let days = self.ascending_days(items, key, step);
        (days.len() == items.len() && !days.is_empty()).then_some(days)
    }

    /// The days that could be read; one that is not at least `step` after the one before is reported.
    pub fn ascending_days(&mut self, items: &[Node], key: &'static str, step: u16) -> Vec<Placed<u16>> {
        let mut days: Vec<Placed<u16>> = Vec::new();
        for item in items {
            let Some(value) = self.day(item, key) else { continue };
            if let Some(before) = days.last().filter(|before| value < before.value + step) {
                let message = Message::new("problem-days-not-ascending").with("key", key).with("day", day(value));
                let message = message.with("before", day(before.value));
                self.error(item.span, message);
            }
            days.push(self.placed(value, item.span));
        }
        days
    }

    pub fn every(&mut self, map: &Map, windows: &[Window]) -> Option<Every> {
        let node = self.optional(map, "every")?;
        let every = self.map(node, "every", &["working_days", "weekly", "months", "quarters", "years", "until"])?;
        let period = self.period(&every);
        if !every.has("until") {
            self.error(map.key_span("every"), Message::new("problem-no-until"));
        }
        let node = self.optional(&every, "until")?;
        let until = self.day(node, "until")?;
        // Otherwise no turn would ever come.
        if let Some(last) = windows.last().filter(|last| until <= last.due) {
            let message = Message::new("problem-until-too-early").with("until", day(until));
            self.error(node.span, message.with("due", day(last.due)));
        }
        Some(Every { period: period?, until })
    }

    fn period(&mut self, every: &Map) -> Option<Period> {
        let forms: Vec<_> = PERIODS.iter().filter(|(form, _)| every.has(form)).collect();
        let [(form, max)] = forms.as_slice() else {
            let names = PERIODS.map(|(form, _)| form).join(", ");
            self.error(every.span, Message::new("problem-bad-period").with("forms", names));
            return None;
        };
        let node = self.optional(every, form)?;
        if *form == "weekly" {
            return self.weekday(node, form).map(Period::Weekly);
        }
        let count = u16::try_from(self.whole(node, form, 1, *max)?).ok()?;
        Some(match *form {
            "working_days" => Period::WorkingDays(count),
            "months" => Period::Months(count),
            "quarters" => Period::Months(count.saturating_mul(3)),
            _ => Period::Months(count.saturating_mul(12)),
        })
    }
}

fn window_before(due: u16) -> Window {
    Window { opens: due.saturating_sub(OPENS_BEFORE).max(1), due }
}

/// A plan day as authors write it.
pub fn day(n: u16) -> String {
    format!("B{n}")
}
