//! The words of the product as types: ids, roles, languages, the name of a step in a plan.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { self.0.fmt(f) }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> { text.parse().map($name) }
        }
    )*};
}

ids! {
    /// Somebody with an account: a manager, mentor, superior or HR.
    PersonId,
    /// Somebody on a manager's roster. A member needs no account.
    MemberId,
    /// One person's run of a release.
    PlanId,
    /// A piece of human words kept apart from the facts.
    WritingId,
}

/// A part that a person plays in a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Manager,
    Mentor,
    Superior,
    Hr,
}

impl Role {
    pub const ALL: [Role; 4] = [Role::Manager, Role::Mentor, Role::Superior, Role::Hr];

    /// The role's name in curriculum files, tables and message ids.
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Manager => "manager",
            Role::Mentor => "mentor",
            Role::Superior => "superior",
            Role::Hr => "hr",
        }
    }

    pub fn parse(text: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.as_str() == text)
    }
}

/// The two languages, equals everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Lang {
    #[serde(rename = "en")]
    En,
    #[serde(rename = "zh-TW")]
    ZhTw,
}

impl Lang {
    pub const ALL: [Lang; 2] = [Lang::En, Lang::ZhTw];

    pub fn as_str(self) -> &'static str {
        match self {
            Lang::En => "en",
            Lang::ZhTw => "zh-TW",
        }
    }

    pub fn parse(text: &str) -> Option<Lang> {
        Lang::ALL.into_iter().find(|lang| lang.as_str() == text)
    }
}

/// A text that the author wrote in both languages.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    pub en: String,
    #[serde(rename = "zh-TW")]
    pub zh_tw: String,
}

impl Text {
    pub fn in_lang(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.en,
            Lang::ZhTw => &self.zh_tw,
        }
    }
}

/// The permanent name of a step in a curriculum file: `[a-z][a-z0-9_]*`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StepId(pub String);

impl StepId {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for StepId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The most rows of a table.
pub const ROWS: u16 = 200;

/// One step of one plan: which step, for which member of a fan-out, at which turn.
///
/// Written `step`, `step.2` (second turn), `step.<member>` or `step.<member>.2`, which is how it
/// stands in tables and addresses.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StepKey {
    pub id: StepId,
    pub member: Option<MemberId>,
    /// Counted from 1.
    pub turn: u16,
}

impl StepKey {
    pub fn first(id: &StepId, member: Option<MemberId>) -> StepKey {
        StepKey { id: id.clone(), member, turn: 1 }
    }

    pub fn at_turn(&self, turn: u16) -> StepKey {
        StepKey { turn, ..self.clone() }
    }

    /// Of a step with a turn for each row of a table: the turn of the step that asks for the table, and the
    /// row, counted from 0.
    pub fn row(&self) -> (u16, u16) {
        let turn = self.turn.saturating_sub(1);
        (turn / ROWS + 1, turn % ROWS)
    }

    /// The key for a row of this step's table; none past the last that can be numbered.
    pub fn of_row(&self, id: &StepId, member: Option<MemberId>, row: usize) -> Option<StepKey> {
        let row = u16::try_from(row).ok().filter(|row| *row < ROWS)?;
        let turn = self.turn.checked_sub(1)?.checked_mul(ROWS)?.checked_add(row + 1)?;
        Some(StepKey { id: id.clone(), member, turn })
    }

    /// The same step for the same member, whatever the turn.
    pub fn chain(&self) -> (&StepId, Option<MemberId>) {
        (&self.id, self.member)
    }
}

impl fmt::Display for StepKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.id)?;
        if let Some(member) = self.member {
            write!(f, ".{member}")?;
        }
        if self.turn != 1 {
            write!(f, ".{}", self.turn)?;
        }
        Ok(())
    }
}

/// A text that names no step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the name of a step")]
pub struct NotAStepKey;

impl FromStr for StepKey {
    type Err = NotAStepKey;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut parts = text.split('.');
        let id = parts.next().filter(|id| is_step_name(id)).ok_or(NotAStepKey)?;
        let mut key = StepKey::first(&StepId(id.to_owned()), None);
        for part in parts {
            match (part.parse::<u16>(), part.parse::<MemberId>()) {
                (Ok(turn), _) if key.turn == 1 && turn > 1 && part == turn.to_string() => key.turn = turn,
                (_, Ok(member)) if key.member.is_none() && key.turn == 1 => key.member = Some(member),
                _ => return Err(NotAStepKey),
            }
        }
        Ok(key)
    }
}

impl Serialize for StepKey {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for StepKey {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// Whether a text may name a step, field, curriculum or program: `[a-z][a-z0-9_]*`.
pub fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

/// The name of a playbook, or of one of its steps, in a further run.
pub fn in_run(name: &str, number: impl fmt::Display) -> String {
    format!("{name}~{number}")
}

/// What a name in a further run repeats, and the number of the run.
pub fn split_run(name: &str) -> Option<(&str, &str)> {
    name.split_once('~').filter(|(_, number)| number.bytes().all(|digit| digit.is_ascii_digit()))
}

/// Whether a text may name a step of a plan: as in a curriculum file, or, after `~`, with the number of a
/// playbook's run or of a step that only one plan has.
fn is_step_name(text: &str) -> bool {
    match text.split_once('~') {
        None => is_name(text),
        Some((name, run)) => {
            let number = run.strip_prefix("own").unwrap_or(run);
            is_name(name) && !number.starts_with('0') && number.parse::<u64>().is_ok_and(|n| n.to_string() == number)
        }
    }
}

/// Whether a text shows nothing: white space and characters without width alone.
pub fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{00ad}' | '\u{115f}' | '\u{1160}' | '\u{3164}'))
}

/// Whether a text holds no control character but line breaks and tabs.
///
/// Mail libraries panic or worse on CR and LF in names, so single lines go through
/// [`is_plain_line`].
pub fn is_plain_text(text: &str) -> bool {
    text.chars().all(|c| !c.is_control() || matches!(c, '\n' | '\t' | '\r'))
}

/// A letter, digit or sign of double width, as Chinese keyboards write them, in single width.
pub fn narrow(c: char) -> char {
    match u32::from(c) {
        code @ 0xff01..=0xff5e => char::from_u32(code - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

/// Whether a text may be a name or a title: no control characters and no direction overrides, which
/// would let one name pass for another.
pub fn is_plain_line(text: &str) -> bool {
    text.chars().all(|c| {
        !c.is_control() && !matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_step_key_reads_back_as_it_was_written(id in "[a-z][a-z0-9_]{0,20}(~(own)?[1-9][0-9]{0,5})?", turn in 1u16..500, member in any::<Option<u128>>()) {
            let key = StepKey { id: StepId(id), member: member.map(|m| MemberId(Uuid::from_u128(m))), turn };
            prop_assert_eq!(key.to_string().parse::<StepKey>(), Ok(key));
        }

        #[test]
        fn no_text_makes_the_step_key_parser_panic(text in ".*") {
            let _ = text.parse::<StepKey>();
        }
    }

    #[test]
    fn a_name_with_a_line_break_or_a_direction_override_is_not_plain() {
        assert!(is_plain_line("陳怡君 Grace Chen"));
        assert!(!is_plain_line("Grace\r\nBcc: all"));
        assert!(!is_plain_line("Grace\u{202e}nehC"));
    }
}
