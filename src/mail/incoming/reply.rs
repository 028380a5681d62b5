//! A person's answer: what it asks for, and what it says beside that.

use super::mime::{Part, plain_of_html};
use super::quotes::{own_words, plain, unflow};
use crate::engine::vocabulary::is_plain_line;

/// An answer without its quotations.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reply {
    pub command: Option<Command>,
    /// Which of the things that the letter lists, counted from 1.
    pub number: Option<u16>,
    /// What else it says: all of it where there is no command.
    pub comment: Option<String>,
}

/// What an answer asks for. Whether the letter offers it is for others to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    Done,
    /// For some days; none: as long as the letter offers. A bare number is [`Reply::number`].
    Snooze(Option<u16>),
    Accept,
    /// Work goes back, with the words that say why.
    Return(String),
    Seen,
    Talk,
    Yes,
    No,
    /// One of three.
    Choose(u8),
}

/// Longer ones are cut: this is a line or two beside a step.
const LONGEST_COMMENT: usize = 2000;

const WORDS: &[(&str, Command)] = &[
    ("done", Command::Done),
    ("completed", Command::Done),
    ("完成", Command::Done),
    ("已完成", Command::Done),
    ("完成了", Command::Done),
    ("snooze", Command::Snooze(None)),
    ("延後", Command::Snooze(None)),
    ("accept", Command::Accept),
    ("accepted", Command::Accept),
    ("approve", Command::Accept),
    ("approved", Command::Accept),
    ("核准", Command::Accept),
    ("同意", Command::Accept),
    ("接受", Command::Accept),
    ("seen", Command::Seen),
    ("已讀", Command::Seen),
    ("已閱", Command::Seen),
    ("看過了", Command::Seen),
    ("talk", Command::Talk),
    ("let's talk", Command::Talk),
    ("lets talk", Command::Talk),
    ("談談", Command::Talk),
    ("想談談", Command::Talk),
    ("我想談談", Command::Talk),
    ("想談", Command::Talk),
    ("let us talk", Command::Talk),
    ("i would like to talk", Command::Talk),
    ("i'd like to talk", Command::Talk),
    ("yes", Command::Yes),
    ("好", Command::Yes),
    ("好的", Command::Yes),
    ("可以", Command::Yes),
    ("no", Command::No),
    ("decline", Command::No),
    ("不", Command::No),
    ("不行", Command::No),
    ("婉拒", Command::No),
];

/// What a polite person writes after an answer.
const THANKS: &[&str] = &["thank you very much", "thank you", "thanks", "謝謝您", "謝謝你", "謝謝", "感謝", "辛苦了"];

const RETURNS: &[&str] = &["return", "退回"];

const DAYS: &[(&str, u16)] = &[
    ("d", 1),
    ("day", 1),
    ("days", 1),
    ("天", 1),
    ("日", 1),
    ("w", 7),
    ("week", 7),
    ("weeks", 7),
    ("週", 7),
    ("周", 7),
    ("個星期", 7),
];

/// The answer in a mail's first text: plain, or else HTML.
pub(super) fn read(leaves: &[Part<'_>]) -> Reply {
    let texts =
        |kind: &'static str| leaves.iter().filter(move |part| part.media_type() == kind && !part.is_attachment());
    let plain = texts("text/plain").next().map(text_of).filter(|text| !text.trim().is_empty());
    let text = plain.or_else(|| texts("text/html").next().map(|part| plain_of_html(&part.text())));
    understand(&own_words(&text.unwrap_or_default()))
}

fn text_of(part: &Part<'_>) -> String {
    let is = |name: &str, value: &str| part.parameter(name).as_deref() == Some(value);
    if is("format", "flowed") { unflow(&part.text(), is("delsp", "yes")) } else { part.text() }
}

/// A command is a first line that holds nothing else; a sentence with "done" in it is a comment.
pub(super) fn understand(words: &str) -> Reply {
    let words = words.trim();
    let (first, rest) = words.split_once('\n').unwrap_or((words, ""));
    if let Some((command, number)) = command(first) {
        return Reply { command: Some(command), number, comment: comment(rest) };
    }
    // Mail programs break lines, so the reason for a return is the whole paragraph.
    let (paragraph, below) = words.split_once("\n\n").unwrap_or((words, ""));
    if let Some((number, why)) = returned(paragraph) {
        return Reply { command: Some(Command::Return(why)), number, comment: comment(below) };
    }
    let (number, words) = numbered(words).map_or((None, words), |(number, words)| (Some(number), words));
    Reply { command: None, number, comment: comment(words) }
}

/// `2: words`; a time of day such as 10:30 is none.
fn numbered(words: &str) -> Option<(u16, &str)> {
    let (label, rest) = words.split_once([':', '：'])?;
    let is_label = words[label.len()..].starts_with('：') || rest.starts_with(char::is_whitespace);
    Some((number(&plain(label)).filter(|_| is_label)?, rest))
}

fn command(line: &str) -> Option<(Command, Option<u16>)> {
    let line = plain(line);
    let bare = |line: &str| line.trim_matches(|c: char| " .,!~\"'*;。、…「」“”".contains(c)).to_owned();
    let whole = bare(&line);
    let line = THANKS.iter().find_map(|thanks| whole.strip_suffix(thanks)).filter(|rest| !rest.is_empty());
    let line = bare(line.unwrap_or(&whole));
    if let Ok(choice @ 1..=3) = line.parse::<u8>() {
        return Some((Command::Choose(choice), None));
    }
    WORDS.iter().find_map(|(word, command)| {
        let (before, after) = line.split_once(word)?;
        let before = optional_number(before)?;
        let (after, days) = match command {
            Command::Snooze(_) => number_and_days(after)?,
            _ => (optional_number(after)?, None),
        };
        let command = days.map_or_else(|| command.clone(), |days| Command::Snooze(Some(days)));
        match (before, after) {
            (Some(_), Some(_)) => None,
            _ => Some((command, before.or(after))),
        }
    })
}

/// Some(None) for nothing, None for what is no number.
fn optional_number(text: &str) -> Option<Option<u16>> {
    if text.trim().is_empty() { Some(None) } else { number(text).map(Some) }
}

/// `2`, `#2`, `第 2 項`, `二`; never 0.
fn number(text: &str) -> Option<u16> {
    const DIGITS: [char; 10] = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];
    let text = text.trim_matches(|c: char| " #第項號個".contains(c));
    let mut chars = text.chars();
    let value = match (chars.next()?, chars.next()) {
        ('兩', None) => 2,
        (c, None) if !c.is_ascii() => DIGITS.iter().zip(1..).find(|(digit, _)| **digit == c)?.1,
        _ if text.bytes().all(|byte| byte.is_ascii_digit()) => text.parse().ok()?,
        _ => return None,
    };
    (value > 0).then_some(value)
}

/// What follows "snooze": ` 3d`, ` 2 for 3 days`, `三天`, ` 2` (the second thing, not two days).
fn number_and_days(text: &str) -> Option<(Option<u16>, Option<u16>)> {
    let text = text.trim();
    let unit = DAYS.iter().filter(|(unit, _)| text.ends_with(unit)).max_by_key(|(unit, _)| unit.len());
    let Some((unit, times)) = unit else { return Some((optional_number(text)?, None)) };
    let counted = text.strip_suffix(unit)?.trim_end();
    let (thing, count) = counted.rsplit_once([' ', '項']).unwrap_or(("", counted));
    let thing = thing.trim().trim_end_matches("for").trim_end_matches("by");
    Some((optional_number(thing)?, Some(number(count)?.checked_mul(*times)?)))
}

/// `return: words`, `return 2: words`.
fn returned(paragraph: &str) -> Option<(Option<u16>, String)> {
    let (label, why) = paragraph.split_once([':', '：'])?;
    let label = plain(label);
    let number = RETURNS.iter().find_map(|word| optional_number(label.strip_prefix(word)?))?;
    let why = why.lines().map(str::trim).collect::<Vec<_>>().join(" ");
    Some((number, comment(&why)?))
}

/// Bounded, and nothing in it but text and line ends.
fn comment(text: &str) -> Option<String> {
    let is_kept = |c: &char| matches!(c, '\n' | '\t') || is_plain_line(c.encode_utf8(&mut [0; 4]));
    let kept: String = text.trim().chars().filter(is_kept).take(LONGEST_COMMENT).collect();
    let kept = kept.trim();
    (!kept.is_empty()).then(|| kept.to_owned())
}
