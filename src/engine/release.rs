//! A release: a program with all it uses, as the compiler hands it over.
//!
//! It is stored as compiled JSON beside its sources, and a plan pinned to it reads that; a change of
//! these types that old JSON can't follow raises [`COMPILED_VERSION`].

use chrono::Weekday;
use serde::{Deserialize, Serialize};

use super::vocabulary::{Role, StepId, Text};

/// The version of the compiled form.
pub const COMPILED_VERSION: i32 = 1;

/// A program and its curricula, immutable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Release {
    /// SHA-256 over the sorted source files, in hex: the release's name.
    pub hash: String,
    pub program: Program,
    pub curricula: Vec<Curriculum>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Program {
    pub name: String,
    pub title: Text,
    pub summary: Text,
    /// The roles it needs besides the manager.
    pub cast: Vec<Role>,
    /// The mentor's step that is done when the mentor says yes.
    pub mentor_accepts: Option<StepId>,
    /// Plan days.
    pub checkpoints: Vec<u16>,
    /// Working days ahead at which the brief first names a step.
    pub due_soon: u16,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Curriculum {
    pub name: String,
    pub source: Option<String>,
    pub title: Text,
    pub summary: Text,
    pub steps: Vec<StepDef>,
}

/// A step as its author wrote it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepDef {
    pub id: StepId,
    pub source: Option<String>,
    pub title: Text,
    /// Markdown.
    pub body: Text,
    pub who: Role,
    /// One window per listed day; never empty, ordered.
    pub windows: Vec<Window>,
    /// Steps that must be closed first.
    #[serde(default)]
    pub after: Vec<StepId>,
    pub each: Option<Each>,
    pub every: Option<Every>,
    #[serde(default)]
    pub ask: Vec<Field>,
    pub review: Option<Role>,
    /// Who reads the evidence; who does and who reviews the step are always among them.
    pub visible_to: Vec<Role>,
    /// Minutes.
    pub effort: u16,
}

/// Plan days on which a step opens and is due; `opens <= due`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    pub opens: u16,
    pub due: u16,
}

/// One step per team member.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Each {
    /// Working days that a step for a later joiner has, counted from joining.
    pub within: u16,
}

/// How a step recurs after its last listed day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Every {
    pub period: Period,
    /// The plan day after which no turn is due.
    pub until: u16,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Period {
    WorkingDays(u16),
    Weekly(Weekday),
    /// Quarters are three, years twelve.
    Months(u16),
}

/// A piece of evidence that a step asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    pub id: String,
    pub label: Text,
    pub help: Option<Text>,
    pub required: bool,
    pub kind: FieldKind,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum FieldKind {
    /// Lengths in characters.
    Text {
        example: Option<Text>,
        min: u32,
        max: u32,
    },
    Choice {
        options: Vec<Choice>,
    },
    Scale {
        min: i32,
        max: i32,
        low: Option<Text>,
        high: Option<Text>,
    },
    Number {
        min: Option<Number>,
        max: Option<Number>,
        unit: Option<Text>,
    },
    Date,
    Table {
        columns: Vec<Column>,
        min_rows: u16,
        max_rows: u16,
    },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    pub id: String,
    pub label: Text,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    pub id: String,
    pub label: Text,
    pub required: bool,
    pub kind: ColumnKind,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ColumnKind {
    Text,
    Number,
    Date,
    Choice { options: Vec<Choice> },
}

/// A limit of a number field, in thousandths, so that limits compare exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Number(pub i64);

impl Number {
    /// A decimal number with at most three digits after the point.
    pub fn parse(text: &str) -> Option<Number> {
        let text = text.trim();
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let all_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || fraction.len() > 3 || !all_digits(whole) || !all_digits(fraction) {
            return None;
        }
        let thousandths = whole.parse::<i64>().ok()?.checked_mul(1000)?;
        let fraction = format!("{fraction:0<3}").parse::<i64>().ok()?;
        let value = thousandths.checked_add(fraction)?;
        Some(Number(if negative { -value } else { value }))
    }
}

impl std::fmt::Display for Number {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (sign, value) = (if self.0 < 0 { "-" } else { "" }, self.0.unsigned_abs());
        let fraction = format!("{:03}", value % 1000);
        let fraction = fraction.trim_end_matches('0');
        let point = if fraction.is_empty() { "" } else { "." };
        write!(f, "{sign}{}{point}{fraction}", value / 1000)
    }
}

impl Release {
    pub fn steps(&self) -> impl Iterator<Item = &StepDef> {
        self.curricula.iter().flat_map(|curriculum| &curriculum.steps)
    }

    pub fn step(&self, id: &StepId) -> Option<&StepDef> {
        self.steps().find(|step| step.id == *id)
    }

    pub fn curriculum_of(&self, id: &StepId) -> Option<&Curriculum> {
        self.curricula.iter().find(|curriculum| curriculum.steps.iter().any(|step| step.id == *id))
    }
}

impl StepDef {
    /// Whether a turn recurs (and lapses) instead of being one of the listed days.
    pub fn is_ritual_turn(&self, turn: u16) -> bool {
        usize::from(turn) > self.windows.len() || (self.every.is_some() && self.windows.len() == 1)
    }

    /// How many listed turns it has.
    pub fn listed(&self) -> u16 {
        u16::try_from(self.windows.len()).unwrap_or(u16::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_keeps_three_digits_and_refuses_more() {
        assert_eq!(Number::parse("80"), Some(Number(80_000)));
        assert_eq!(Number::parse("-2.5"), Some(Number(-2_500)));
        assert_eq!(Number::parse("1.2345"), None);
        assert_eq!(Number::parse("1e9"), None);
        assert_eq!(Number(-2_500).to_string(), "-2.5");
    }
}
