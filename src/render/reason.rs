//! "Why this date?", in sentences.

use serde_json::{Value, json};

use super::dates;
use super::words::{Reader, SentenceError, Words};
use crate::engine::calendar::{Anchor, Why};
use crate::engine::vocabulary::Lang;

/// How the date came about, each holiday that pushed it, and whether it may still move.
///
/// The reason itself knows the calendar and the member by their ids alone; who calls gives their
/// names where they are at hand.
pub(super) fn sentences(
    words: &Words,
    reader: Reader,
    why: &Why,
    calendar: Option<&Value>,
    member: Option<&Value>,
) -> Result<String, SentenceError> {
    let lang = reader.lang;
    let calendar = calendar.cloned().unwrap_or_else(|| json!(why.calendar));
    let somebody = || words.plain(reader, "why-a-member").map(Value::from);
    let (id, args) = match why.from {
        Anchor::PlanDay { n, effective } => ("why-plan-day", vec![("n", json!(n)), ("date", long(lang, effective))]),
        Anchor::Joined { n, on, .. } => {
            let member = member.cloned().map_or_else(somebody, Ok)?;
            ("why-joined", vec![("n", json!(n)), ("date", long(lang, on)), ("member", member)])
        }
        Anchor::Turn { turn, base } => ("why-turn", vec![("turn", json!(turn)), ("date", long(lang, base))]),
        Anchor::Recurs { turn, nominal } => ("why-recurs", vec![("turn", json!(turn)), ("date", long(lang, nominal))]),
        Anchor::Before { n, due } => ("why-before", vec![("n", json!(n)), ("date", long(lang, due))]),
    };
    let args = args.into_iter().chain([("calendar", calendar)]).map(|(name, value)| (name.to_owned(), value));
    let mut said = words.say_with(reader, id, args)?;
    if !why.skipped.is_empty() {
        let days = skipped(lang, why);
        said += &words.say_with(reader, "why-skips", [("days".to_owned(), days.into())])?;
    }
    said += &words.plain(reader, "why-end")?;
    if why.provisional {
        said += &words.plain(reader, "why-provisional")?;
    }
    Ok(said)
}

fn long(lang: Lang, day: chrono::NaiveDate) -> Value {
    dates::long(lang, day).into()
}

fn skipped(lang: Lang, why: &Why) -> String {
    let (open, close, comma) = match lang {
        Lang::En => (" (", ")", ", "),
        Lang::ZhTw => ("（", "）", "、"),
    };
    let days: Vec<String> = why
        .skipped
        .iter()
        .map(|day| format!("{}{open}{}{close}", day.name.in_lang(lang), dates::short(lang, day.date)))
        .collect();
    days.join(comma)
}
