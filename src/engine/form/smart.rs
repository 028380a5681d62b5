//! Whether a goal holds what it is to be checked by: a number with its unit, a day, an owner.

use chrono::NaiveDate;

use super::{Answer, Answers, FieldProblem, date, trimmed};
use crate::engine::message::Message;
use crate::engine::release::{Field, FieldKind, OWNER, SMART};
use crate::engine::vocabulary::{is_blank, is_plain_text};

/// A part of a goal is a few sentences.
const MAX_PART: usize = 1000;

/// What a checked form says too late: the day of a goal lies ahead.
///
/// # Errors
/// Each goal whose day has passed.
pub fn check_days(fields: &[Field], clean: &Answers, today: NaiveDate) -> Result<(), Vec<FieldProblem>> {
    let [.., time_bound] = SMART;
    let has_passed = |field: &&Field| {
        let day = clean.rows(&field.id).first().and_then(|row| date(row.get(time_bound)?));
        matches!(field.kind, FieldKind::Smart { .. }) && day.is_some_and(|day| day <= today)
    };
    let problem = |field: &Field| FieldProblem { field: field.id.clone(), message: Message::new("field-smart-past") };
    let problems: Vec<FieldProblem> = fields.iter().filter(has_passed).map(problem).collect();
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

/// Everything that a goal still lacks is said at once: a part, a number, its unit, a date, an owner.
pub(super) fn check(field: &Field, given: &Answers) -> Result<Option<Answer>, Message> {
    let row = given.rows(&field.id).first().map(trimmed).unwrap_or_default();
    let part = |id: &str| row.get(id).map_or("", String::as_str);
    let parts = || SMART.into_iter().chain([OWNER]);
    if !field.required && parts().all(|id| is_blank(part(id))) {
        return Ok(None);
    }
    if parts().any(|id| !is_plain_text(part(id)) || part(id).chars().count() > MAX_PART) {
        return Err(Message::new("field-smart-too-long").with("max", MAX_PART));
    }
    let (measure, has_date) = (&*in_digits(part("measurable")), date(part("time_bound")).is_some());
    let number = if is_blank(measure) || has_number(measure) { "there" } else { "number" };
    let unit = if number == "there" && !is_blank(measure) && !has_unit(measure) { "unit" } else { number };
    let is_lacking = |id: &str| if id == "time_bound" { !has_date } else { is_blank(part(id)) };
    if unit == "there" && !parts().any(is_lacking) {
        return Ok(Some(Answer::Rows(vec![parts().map(|id| (id.to_owned(), part(id).to_owned())).collect()])));
    }
    let said = |message: Message, id: &'static str| message.with(id, if is_lacking(id) { "missing" } else { "there" });
    Err(parts().fold(Message::new("field-smart-lacks").with("measure", unit), said))
}

fn is_numeral(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c) || "一二兩三四五六七八九十百千萬".contains(c)
}

/// What is counted with 一: 「一成」 is a number, 「一起」 and 「一季」 are none.
const COUNTED: &str = "成倍件位家次張筆台通份場封人名項分";

/// Where numerals stand that count something.
fn numerals(words: &[char]) -> impl Iterator<Item = usize> + '_ {
    let at = |n: usize| words.get(n).copied();
    let is_alone =
        move |n: usize| !n.checked_sub(1).and_then(at).is_some_and(is_numeral) && !at(n + 1).is_some_and(is_numeral);
    let counts = move |n: usize| words[n] != '一' || !is_alone(n) || at(n + 1).is_some_and(|c| COUNTED.contains(c));
    (0..words.len()).filter(|n| is_numeral(words[*n])).filter(move |n| counts(*n))
}

/// Numbers that English writes as words, in digits.
fn in_digits(words: &str) -> String {
    const WORDS: [(&str, &str); 16] = [
        ("two", "2"),
        ("three", "3"),
        ("four", "4"),
        ("five", "5"),
        ("six", "6"),
        ("seven", "7"),
        ("eight", "8"),
        ("nine", "9"),
        ("ten", "10"),
        ("eleven", "11"),
        ("twelve", "12"),
        ("twenty", "20"),
        ("hundred", "100"),
        ("thousand", "1000"),
        ("double", "2 times"),
        ("twice", "2 times"),
    ];
    let digits = |word: &str| WORDS.iter().find(|(name, _)| word.eq_ignore_ascii_case(name)).map(|(_, digits)| *digits);
    words
        .split_inclusive(|c: char| !c.is_ascii_alphabetic())
        .map(|part| {
            let word = part.trim_end_matches(|c: char| !c.is_ascii_alphabetic());
            digits(word).map_or_else(|| part.to_owned(), |digits| format!("{digits}{}", &part[word.len()..]))
        })
        .collect()
}

fn has_number(words: &str) -> bool {
    numerals(&words.chars().collect::<Vec<_>>()).next().is_some()
}

/// What stands between two numbers and counts nothing: "from 60 to 75", 「從 60 到 75」.
const BETWEEN: [&str; 19] = [
    "to", "by", "until", "till", "from", "in", "on", "and", "or", "a", "到", "至", "提", "增", "降", "變", "或", "和",
    "以",
];

/// Whether a number says what it counts: a word or a sign behind it, or a currency before it.
fn has_unit(words: &str) -> bool {
    let words: Vec<char> = words.chars().filter(|c| !c.is_whitespace() || *c == ' ').collect();
    let is_sign = |c: &char| "%％‰$€£¥￥°".contains(*c);
    let counts = |at: usize| {
        let rest = words.iter().skip(at + 1).skip_while(|c| is_numeral(**c) || matches!(**c, '.' | ',' | '．' | '，'));
        let mut rest = rest.copied().skip_while(|c| *c == ' ').peekable();
        let Some(first) = rest.peek().copied() else { return false };
        let word: String = match first.is_ascii() {
            true => rest.take_while(char::is_ascii_alphabetic).map(|c| c.to_ascii_lowercase()).collect(),
            false => first.to_string(),
        };
        is_sign(&first) || (first.is_alphabetic() && !BETWEEN.contains(&word.as_str()))
    };
    let is_of_currency = |at: usize| words[..at].iter().rev().find(|c| **c != ' ').is_some_and(is_sign);
    numerals(&words).any(|at| counts(at) || is_of_currency(at))
}
