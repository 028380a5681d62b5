//! Which working days a heading means: "Week 1", "第一週", "Day 30", "Before day 1", "Month 2", "Q1".
//!
//! Calendar days and weeks become working days: five of seven. A month counts 21 of them, a quarter 63.

#[path = "days_in_chinese.rs"]
mod in_chinese;

#[cfg(test)]
#[path = "days_tests.rs"]
mod tests;

use super::super::lower_days::MAX_DAY;
use crate::engine::vocabulary::narrow;

/// From this day to that one, both plan days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    pub opens: u16,
    pub due: u16,
}

/// Days that a text names, and the words that do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub window: Window,
    pub words: String,
    /// It means days before the first, which a plan does not have.
    pub is_before: bool,
}

const WEEK: u32 = 5;
const MONTH: u32 = 21;
const QUARTER: u32 = 63;
const YEAR: u32 = 250;

/// The days that a text names, if it names any.
pub fn days(text: &str) -> Option<Found> {
    let words = tokens(text);
    let at = |n: usize| words.get(n..).unwrap_or_default();
    for n in 0..words.len() {
        if is_before(at(n)) || in_chinese::is_before(at(n)) {
            return Some(Found { window: window(1, 1), words: text.trim().to_owned(), is_before: true });
        }
        let found = after(at(n)).or_else(|| unit_first(at(n))).or_else(|| number_first(at(n)));
        if let Some(window) = found.or_else(|| in_chinese::window(at(n))) {
            return Some(Found { window, words: text.trim().to_owned(), is_before: false });
        }
    }
    None
}

/// Words in small letters, numbers, and single characters of Chinese.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Word(String),
    Number(u32),
    Han(char),
    /// Between two numbers: a dash or a slash.
    To,
    /// What stands after it says something else: the numbers in "Phase 2: Week 3" are of two kinds.
    Stop,
}

fn tokens(text: &str) -> Vec<Token> {
    let mut found: Vec<Token> = Vec::new();
    let mut glued = false;
    for c in text.chars() {
        let c = narrow(c);
        match c {
            _ if c.is_ascii_digit() => {
                let digit = c.to_digit(10).unwrap_or(0);
                match found.last_mut() {
                    Some(Token::Number(n)) if glued => *n = n.saturating_mul(10).saturating_add(digit).min(100_000),
                    _ => found.push(Token::Number(digit)),
                }
            }
            _ if super::is_han(c) => found.push(Token::Han(c)),
            _ if c.is_alphabetic() => match found.last_mut() {
                Some(Token::Word(word)) if glued => word.extend(c.to_lowercase()),
                _ => found.push(Token::Word(c.to_lowercase().collect())),
            },
            '-' | '–' | '—' | '~' | '〜' | '/' | '、' => found.push(Token::To),
            ':' | ';' | '。' => found.push(Token::Stop),
            _ => {}
        }
        glued = c.is_alphanumeric();
    }
    found
}

fn word(token: Option<&Token>) -> &str {
    match token {
        Some(Token::Word(word)) => word,
        _ => "",
    }
}

fn number(token: Option<&Token>) -> Option<u32> {
    match token {
        Some(Token::Number(n)) => Some(*n),
        Some(Token::Word(word)) => {
            let names = [
                ("first", 1),
                ("second", 2),
                ("third", 3),
                ("fourth", 4),
                ("one", 1),
                ("two", 2),
                ("three", 3),
                ("four", 4),
                ("five", 5),
                ("six", 6),
            ];
            names.iter().find(|(name, _)| name == word).map(|(_, n)| *n)
        }
        _ => None,
    }
}

/// A stretch of working days, from and to counted from 1.
fn window(opens: u32, due: u32) -> Window {
    let day = |n: u32| u16::try_from(n).unwrap_or(u16::MAX).clamp(1, MAX_DAY);
    Window { opens: day(opens.min(due)), due: day(due) }
}

/// What follows a day, with as much time as the unit that names it: a week, or a month.
fn following(day: u32, unit: u32) -> Window {
    window(day.saturating_add(1), day.saturating_add(if unit < MONTH { WEEK } else { MONTH }))
}

/// The working day of a calendar day.
fn working(day: u32) -> u32 {
    day.saturating_mul(5).div_ceil(7).max(1)
}

/// "Before day 1", "Before you start", "Prior to joining", "Pre-boarding", the end of "One week before",
/// "Week 0".
fn is_before(words: &[Token]) -> bool {
    let at = |n: usize| word(words.get(n));
    match at(0) {
        "before" | "prior" => {
            let day_one = at(1) == "day" && matches!(number(words.get(2)), Some(0 | 1));
            let next: Vec<&str> = (1..5).map(at).collect();
            let names = [
                "start",
                "starts",
                "starting",
                "joining",
                "arrival",
                "arrive",
                "first",
                "join",
                "onboarding",
                "you",
                "they",
            ];
            day_one || next.iter().any(|one| names.contains(one))
        }
        "preboarding" => true,
        "pre" => matches!(at(1), "boarding" | "start" | "arrival") || matches!(at(2), "boarding" | "start" | "arrival"),
        "week" | "month" if number(words.get(1)) == Some(0) => true,
        unit if unit_of(unit).is_some() => {
            matches!(at(1), "before" | "prior") && matches!(words.get(2), None | Some(Token::Stop))
        }
        _ => false,
    }
}

/// Working days of a unit.
fn unit_of(word: &str) -> Option<u32> {
    match word {
        "day" | "days" => Some(1),
        "week" | "weeks" | "wk" => Some(WEEK),
        "month" | "months" => Some(MONTH),
        "quarter" | "quarters" => Some(QUARTER),
        "year" | "years" => Some(YEAR),
        _ => None,
    }
}

/// "After 3 months", "After the first week", "After day 30", "Two weeks later".
fn after(words: &[Token]) -> Option<Window> {
    let span = if word(words.first()) == "after" {
        let small = words.iter().skip(1).take_while(|one| matches!(word(Some(one)), "the" | "your" | "their" | "a"));
        words.get(1 + small.count()..)?
    } else {
        number(words.first())?;
        if word(words.get(2)) == "later" { words.get(..2)? } else { return None }
    };
    let end = unit_first(span).or_else(|| number_first(span))?.due;
    let unit = span.iter().find_map(|one| unit_of(word(Some(one)))).unwrap_or(QUARTER);
    Some(following(end.into(), unit))
}

/// "Week 1", "Weeks 2-4", "Day 30", "Days 31–60", "Month 2", "Q1", "Working day 5".
fn unit_first(words: &[Token]) -> Option<Window> {
    let unit = word(words.first());
    if unit == "working" && matches!(word(words.get(1)), "day" | "days") {
        let from = number(words.get(2))?;
        return Some(window(from, range_end(words, 3).unwrap_or(from)));
    }
    if let Some(n) = unit.strip_prefix('q').and_then(|n| n.parse::<u32>().ok()) {
        return (1..=4).contains(&n).then(|| stretch(n, n, QUARTER));
    }
    // "Q1" comes as a letter and a number.
    let unit = if unit == "q" { "quarter" } else { unit };
    // Some count their days from 0.
    let least = u32::from(matches!(unit, "day" | "days"));
    let from = number(words.get(1)).map(|n| n.max(least)).filter(|n| *n > 0)?;
    let to = range_end(words, 2).filter(|to| *to >= from);
    match unit {
        "day" | "days" => Some(match to {
            Some(to) => window(working(from), working(to)),
            None => window(working(from).saturating_sub(5).max(1), working(from)),
        }),
        "week" | "weeks" | "wk" => Some(stretch(from, to.unwrap_or(from), WEEK)),
        "month" | "months" => Some(stretch(from, to.unwrap_or(from), MONTH)),
        "quarter" | "quarters" => Some(stretch(from, to.unwrap_or(from), QUARTER)),
        "year" => Some(stretch(from, to.unwrap_or(from), YEAR)),
        _ => None,
    }
}

fn range_end(words: &[Token], at: usize) -> Option<u32> {
    let joins = matches!(words.get(at), Some(Token::To)) || matches!(word(words.get(at)), "to" | "and" | "through");
    // "Week 1 - Week 2" names the unit again.
    let skip = usize::from(matches!(word(words.get(at + 1)), "day" | "week" | "month" | "q"));
    if joins { number(words.get(at + 1 + skip)) } else { None }
}

/// Whole units, such as the second to the fourth week.
fn stretch(from: u32, to: u32, unit: u32) -> Window {
    window((from - 1).saturating_mul(unit).saturating_add(1), to.saturating_mul(unit))
}

/// "First week", "30 days", "First 30 days", "30-60 days", "30/60/90", "90-day plan".
fn number_first(words: &[Token]) -> Option<Window> {
    let is_first = matches!(word(words.first()), "first" | "1st");
    let rest = if is_first && number(words.get(1)).is_some() { words.get(1..)? } else { words };
    let n = number(rest.first()).filter(|n| *n > 0)?;
    let mut at = 1;
    let mut to = None;
    // "1st", "2nd".
    if matches!(word(rest.get(at)), "st" | "nd" | "rd" | "th") {
        at += 1;
    }
    let is_ordinal = at == 2 || matches!(word(rest.first()), "first" | "second" | "third" | "fourth");
    while matches!(rest.get(at), Some(Token::To)) {
        let Some(next) = number(rest.get(at + 1)) else { break };
        to = Some(next);
        at += 2;
    }
    let is_dashed = matches!(rest.get(at), Some(Token::To));
    if is_dashed {
        at += 1; // "90-day"
    }
    let unit = word(rest.get(at));
    match rest.get(at + 1) {
        // "Phase 2 – Week 3": the number before the unit counts something else.
        Some(Token::Number(_)) if is_dashed || !unit.ends_with('s') => return None,
        // Of something that is not known here.
        Some(Token::Word(next)) if matches!(next.as_str(), "before" | "prior" | "ago") => return None,
        _ => {}
    }
    let span = |unit: u32| match to {
        Some(to) if to >= n => Some(window(n.saturating_mul(unit).saturating_add(1), to.saturating_mul(unit))),
        _ if is_ordinal && rest.len() == words.len() => Some(stretch(n, n, unit)),
        _ => Some(window(1, n.saturating_mul(unit))),
    };
    match unit {
        "day" | "days" => match to {
            Some(to) if to >= n => Some(window(working(n) + u32::from(n > 1), working(to))),
            _ => Some(window(1, working(n))),
        },
        "week" | "weeks" => span(WEEK),
        "month" | "months" => span(MONTH),
        "quarter" | "quarters" => span(QUARTER),
        "year" | "years" => span(YEAR),
        // "30/60/90" alone.
        _ if to == Some(90) && n == 30 => Some(window(1, working(90))),
        _ => None,
    }
}
