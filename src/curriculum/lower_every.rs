//! How a step recurs.

use crate::engine::message::Message;
use crate::engine::release::{Day, Period, Window};
use crate::engine::vocabulary::is_name;

use super::draft::{EveryDraft, Kind, UntilDraft};
use super::findings::Placed;
use super::lower_days::{MAX_DAY, parse};
use super::map::{Map, Reader};
use super::tree::Node;

/// The forms of `every`, and the most that each may count: what ends by B400 recurs within two years.
const PERIODS: [(&str, i64); 5] =
    [("working_days", MAX_DAY as i64), ("weekly", 0), ("months", 24), ("quarters", 8), ("years", 2)];

impl Reader<'_, '_> {
    pub fn every(&mut self, map: &Map, kind: Kind, windows: &[Window]) -> Option<EveryDraft> {
        let node = self.optional(map, "every")?;
        let every = self.map(node, "every", &["working_days", "weekly", "months", "quarters", "years", "until"])?;
        let period = self.period(&every);
        match windows.last().map(|window| &window.due) {
            Some(Day::Turn { turn_of, .. }) => {
                let message = Message::new("problem-turns-recur").with("step", turn_of.as_str());
                self.error(map.key_span("every"), message);
            }
            Some(Day::Quarter { .. }) if ["working_days", "weekly", "months"].iter().any(|form| every.has(form)) => {
                self.error(map.key_span("every"), Message::new("problem-quarter-period"));
            }
            _ => {}
        }
        if !every.has("until") {
            self.error(map.key_span("every"), Message::new("problem-no-until"));
        }
        let node = self.optional(&every, "until")?;
        let until = self.until(node, kind)?;
        if let Some(last) = windows.last() {
            self.check_until(&until, &last.due);
        }
        Some(EveryDraft { period: period?, until })
    }

    fn until(&mut self, node: &Node, kind: Kind) -> Option<Placed<UntilDraft>> {
        let text = self.scalar(node, "until", "day")?;
        let until = match text {
            "end" => UntilDraft::End,
            // A step, unless it is a slip of a day: `b250` is no likely name.
            _ if is_name(text) && parse(&text.to_uppercase()).is_none() => UntilDraft::Step(text.to_owned()),
            _ => match self.day(node, "until", kind)? {
                Day::Plan(day) => UntilDraft::Plan(day),
                Day::Launch { launch } => UntilDraft::Launch(launch),
                other => {
                    self.error(node.span, Message::new("problem-bad-until").with("given", other.to_string()));
                    return None;
                }
            },
        };
        Some(self.placed(until, node.span))
    }

    /// Otherwise no turn would ever come.
    fn check_until(&mut self, until: &Placed<UntilDraft>, last: &Day) {
        let day = match (&until.value, last) {
            (UntilDraft::Plan(until), Day::Plan(due)) if until <= due => Day::Plan(*until),
            (UntilDraft::Launch(until), Day::Launch { launch: due }) if until <= due => Day::Launch { launch: *until },
            _ => return,
        };
        let message = Message::new("problem-until-too-early").with("until", day.to_string());
        self.findings.error(until.place, message.with("due", last.to_string()));
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
