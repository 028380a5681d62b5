//! When a step happens, as its author wrote it: days, windows, recurrences.

use std::fmt;

use chrono::Weekday;
use serde::{Deserialize, Serialize};

use super::vocabulary::StepId;

/// A day, and what it is counted from. Releases of the first version knew plan days alone and stored
/// them as numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Day {
    /// The n-th working day of the plan.
    Plan(u16),
    /// The n-th working day after the playbook's launch.
    Launch { launch: u16 },
    /// The n-th working day after a date that somebody answered with; before it, if negative. With a `column`
    /// the field is a table, and there is a turn for each row.
    Answer {
        step: StepId,
        field: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        column: Option<String>,
        n: i16,
    },
    /// So many working days before each turn of another step is due. `ritual_from` is the first turn
    /// of that step that recurs instead of being listed.
    Turn { turn_of: StepId, before: u16, ritual_from: u16 },
    /// The n-th working day after another step was closed.
    Closed { step: StepId, after: u16 },
    /// Working days from the first or last working day of a quarter; the first such day that is not
    /// before a plan day.
    Quarter { quarter: Quarter, n: i16, not_before: u16 },
}

/// An end of a calendar quarter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Quarter {
    Start,
    End,
}

/// The days on which a step opens and is due, counted from the same thing; `opens <= due`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    pub opens: Day,
    pub due: Day,
}

/// One step per team member.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Each {
    /// Working days that a step for a later joiner has, counted from joining.
    pub within: u16,
}

/// How a step recurs after its last listed day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Every {
    pub period: Period,
    pub until: Until,
}

/// After what no turn is due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Until {
    /// A plan day.
    Plan(u16),
    /// The n-th working day after the playbook's launch.
    Launch { launch: u16 },
    /// The day another step is closed, and at the latest this plan day.
    Closed { step: StepId, latest: u16 },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Period {
    WorkingDays(u16),
    Weekly(Weekday),
    /// Quarters are three, years twelve.
    Months(u16),
}

impl Period {
    /// Shorter than a month: what recurs so often is a habit.
    pub fn is_short(self) -> bool {
        matches!(self, Period::Weekly(_) | Period::WorkingDays(_))
    }
}

impl Day {
    /// Whether the day is known from the plan's first day on.
    pub fn is_fixed(&self) -> bool {
        matches!(self, Day::Plan(_) | Day::Quarter { .. })
    }

    /// The step that must be closed or answered before the day is known.
    pub fn waits_for(&self) -> Option<&StepId> {
        match self {
            Day::Answer { step, .. } | Day::Closed { step, .. } => Some(step),
            Day::Turn { turn_of, .. } => Some(turn_of),
            Day::Plan(_) | Day::Launch { .. } | Day::Quarter { .. } => None,
        }
    }
}

/// As authors write it.
impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Day::Plan(n) => write!(f, "B{n}"),
            Day::Launch { launch } => write!(f, "T+{launch}"),
            Day::Answer { step, field, column: None, n } => write!(f, "{step}.{field}{n:+}"),
            Day::Answer { step, field, column: Some(column), n } => write!(f, "{step}.{field}.{column}{n:+}"),
            Day::Turn { turn_of, before, .. } => write!(f, "{turn_of}-{before}"),
            Day::Closed { step, after } => write!(f, "{step}+{after}"),
            Day::Quarter { quarter: Quarter::Start, n, .. } => write!(f, "quarter_start{n:+}"),
            Day::Quarter { quarter: Quarter::End, n, .. } => write!(f, "quarter_end{n:+}"),
        }
    }
}

/// As authors write it.
impl fmt::Display for Window {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.opens == self.due { self.due.fmt(f) } else { write!(f, "{}–{}", self.opens, self.due) }
    }
}

/// As authors write it.
impl fmt::Display for Until {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Until::Plan(n) => write!(f, "B{n}"),
            Until::Launch { launch } => write!(f, "T+{launch}"),
            Until::Closed { step, .. } => step.fmt(f),
        }
    }
}

impl Window {
    /// A window between two plan days.
    pub fn plan(opens: u16, due: u16) -> Window {
        Window { opens: Day::Plan(opens), due: Day::Plan(due) }
    }

    /// Working days between opening and due.
    pub fn length(&self) -> u16 {
        let span = |opens: i32, due: i32| u16::try_from(due - opens).unwrap_or(0);
        match (&self.opens, &self.due) {
            (Day::Plan(opens), Day::Plan(due)) | (Day::Launch { launch: opens }, Day::Launch { launch: due }) => {
                span(i32::from(*opens), i32::from(*due))
            }
            (Day::Answer { n: opens, .. }, Day::Answer { n: due, .. })
            | (Day::Quarter { n: opens, .. }, Day::Quarter { n: due, .. }) => span(i32::from(*opens), i32::from(*due)),
            (Day::Turn { before: opens, .. }, Day::Turn { before: due, .. }) => {
                span(-i32::from(*opens), -i32::from(*due))
            }
            (Day::Closed { after: opens, .. }, Day::Closed { after: due, .. }) => {
                span(i32::from(*opens), i32::from(*due))
            }
            _ => 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_day_is_stored_as_the_number_that_the_first_version_stored() {
        let window = Window::plan(3, 10);
        assert_eq!(serde_json::to_string(&window).expect("json"), r#"{"opens":3,"due":10}"#);
        assert_eq!(serde_json::from_str::<Window>(r#"{"opens":3,"due":10}"#).expect("window"), window);
        let every: Every = serde_json::from_str(r#"{"period":{"weekly":"Fri"},"until":250}"#).expect("every");
        assert_eq!(every.until, Until::Plan(250));
    }

    #[test]
    fn every_kind_of_day_reads_back_as_it_was_stored() {
        let step = StepId("a".to_owned());
        let days = [
            Day::Plan(1),
            Day::Launch { launch: 0 },
            Day::Answer { step: step.clone(), field: "on".to_owned(), column: None, n: -2 },
            Day::Answer { step: step.clone(), field: "promises".to_owned(), column: Some("by".to_owned()), n: 0 },
            Day::Turn { turn_of: step.clone(), before: 1, ritual_from: 2 },
            Day::Closed { step, after: 3 },
            Day::Quarter { quarter: Quarter::End, n: -10, not_before: 5 },
        ];
        let stored = serde_json::to_string(&days).expect("json");
        assert_eq!(serde_json::from_str::<Vec<Day>>(&stored).expect("days"), days);
    }
}
