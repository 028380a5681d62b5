//! What a step asks for: fields, options, columns, dimensions.

use serde::{Deserialize, Serialize};

use super::condition::Condition;
use super::vocabulary::{StepId, Text};

/// A piece of evidence that a step asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    pub id: String,
    pub label: Text,
    pub help: Option<Text>,
    pub required: bool,
    /// Asked only when this holds of the other answers of the form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Condition>,
    /// What stands in it when the form is opened for the first time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub begin: Option<Begin>,
    pub kind: FieldKind,
}

/// What a field begins with, to be changed or left as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Begin {
    /// The newest answer of a step; of a figure in words also the one before it.
    Answer { step: StepId, field: String },
    /// What was done in the plan since this step was handed in last.
    Done,
    /// What is late in the plan.
    Late,
    /// Where the raters of the plan's assessments are furthest apart.
    Gaps,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum FieldKind {
    /// Paragraphs; lengths in characters. Releases of the first version knew no other text, so it is
    /// stored under that name.
    #[serde(rename = "text")]
    LongText {
        example: Option<Text>,
        min: u32,
        max: u32,
    },
    /// One line; lengths in characters.
    #[serde(rename = "line")]
    Text {
        example: Option<Text>,
        min: u32,
        max: u32,
    },
    Choice {
        options: Vec<Choice>,
    },
    /// As many options as somebody likes, within these numbers.
    Several {
        options: Vec<Choice>,
        min: u16,
        max: u16,
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
    /// Somebody on the plan's roster.
    Person,
    Table {
        columns: Vec<Column>,
        min_rows: u16,
        max_rows: u16,
        /// Its rows are not typed: they stand for what other steps were answered with.
        #[serde(default)]
        of: Option<Entries>,
    },
    /// A goal in five parts; see [`SMART`].
    Smart {
        example: Option<Text>,
    },
    Rating {
        dimensions: Vec<Dimension>,
        min: i32,
        max: i32,
        /// "Not observed" is an answer.
        not_observed: bool,
        notes: Notes,
        /// How many dimensions must be rated.
        at_least: u16,
    },
    /// One upload, of at most so many MiB.
    File {
        max_mb: u16,
    },
    /// An http or https address.
    Link,
}

/// The parts of a SMART goal, by the names of their answers: the measurable one holds a number with its
/// unit, the last one a date.
pub const SMART: [&str; 5] = ["specific", "measurable", "achievable", "relevant", "time_bound"];

/// Who answers for a goal, beside its five parts. Goals of earlier versions name nobody.
pub const OWNER: &str = "owner";

/// The answer to a dimension that could not be judged.
pub const NOT_OBSERVED: &str = "not_observed";

/// What one dimension of a rating means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dimension {
    pub id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    pub label: Text,
    pub help: Option<Text>,
    /// What the least, the middle and the most mean.
    pub low: Option<Text>,
    pub middle: Option<Text>,
    pub high: Option<Text>,
}

/// Whether a rating asks for a line beside each dimension.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Notes {
    None,
    Optional,
    /// Where the dimension was rated.
    Required,
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
    /// Somebody on the plan's roster.
    Person,
    Choice {
        options: Vec<Choice>,
    },
}

/// What the rows of a table stand for: each turn of these steps that was handed in, until it is over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entries {
    pub steps: Vec<StepId>,
    /// The field of these steps that says what an entry is.
    pub about: String,
    /// The label of that field.
    pub label: Text,
    /// An entry is over once this column of its row was answered with one of these options.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<EntryEnd>,
    /// Those that stand when the form is shown; a release holds none.
    #[serde(default, skip_deserializing)]
    pub open: Vec<Entry>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryEnd {
    pub column: String,
    pub is: Vec<String>,
}

/// A row that a form shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// The turn that it stands for.
    pub key: String,
    pub about: String,
}

/// The names of the cells that hold an entry's key, and what it was about when the row was written.
pub const ENTRY: &str = ":entry";
pub const ABOUT: &str = ":about";

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

    /// A number as people write it: `1,250,000`, `80%`, `１２．５`. The sign of a share is the unit's, which
    /// the field names.
    pub fn typed(text: &str) -> Option<Number> {
        let narrow = |c: char| match c {
            '０'..='９' | '．' | '，' | '－' | '％' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
            '−' => '-',
            _ => c,
        };
        let text: String = text.trim().chars().map(narrow).collect();
        let text = text.strip_suffix('%').unwrap_or(&text).trim_end();
        let (whole, fraction) = text.split_once('.').map_or((text, None), |(whole, rest)| (whole, Some(rest)));
        let mut groups = whole.trim_start_matches('-').split(',');
        let is_grouped =
            groups.next().is_some_and(|first| (1..=3).contains(&first.len())) && groups.all(|group| group.len() == 3);
        if whole.contains(',') && !is_grouped {
            return None;
        }
        let whole = whole.replace(',', "");
        Number::parse(&fraction.map_or_else(|| whole.clone(), |fraction| format!("{whole}.{fraction}")))
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
