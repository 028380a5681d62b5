//! A Markdown checklist, as many companies keep one in a handbook or an issue template, as a
//! curriculum file. What the checklist does not say is guessed, and every guess is listed: the file
//! compiles, but somebody has to read it.

mod days;
mod hints;
mod outline;
mod write;

#[cfg(test)]
mod tests;

use std::collections::HashSet;

use crate::engine::message::Message;
use crate::engine::vocabulary::{Lang, Role, is_plain_line};

use super::scalar::{MAX_BODY, MAX_LINE, MAX_NOTE, RESERVED};
use days::Window;
use outline::{Item, Outline};

/// Minutes of a step that says nothing of its length.
const EFFORT: u16 = 30;

/// More steps than a new manager could take, and small enough for one file.
const MAX_STEPS: usize = 300;

/// Bodies together, in bytes: the other language doubles them, and a file holds a mebibyte.
const MAX_TEXT: usize = 200_000;

/// A longer piece of a text says no more in a list of guesses.
const MAX_WORDS: usize = 60;

/// The days of a step under no heading that says any: the first week.
const NO_DAYS: Window = Window { opens: 1, due: 5 };

/// A curriculum file and what in it was guessed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    pub yaml: String,
    pub steps: usize,
    /// In the order of their lines.
    pub guesses: Vec<Guess>,
}

/// Something to look at, and the line of the checklist that it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guess {
    /// None for the file as a whole.
    pub line: Option<u32>,
    pub message: Message,
}

/// A step before it is written.
struct Draft {
    id: String,
    title: String,
    body: String,
    who: Option<Role>,
    days: Window,
    effort: u16,
}

/// What language a text seems to be in.
pub fn language_of(markdown: &str) -> Lang {
    let letters = markdown.chars().filter(|c| c.is_alphabetic());
    let (han, other) =
        letters.fold((0_usize, 0_usize), |(han, other), c| if is_han(c) { (han + 1, other) } else { (han, other + 1) });
    // A Chinese word is two characters, an English one five.
    if han * 5 > other * 2 { Lang::ZhTw } else { Lang::En }
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

/// The checklist as a curriculum of this name; `lang` is the language that it is written in.
///
/// # Errors
/// Nothing in it could be a step.
pub fn import(markdown: &str, name: &str, lang: Lang) -> Result<Imported, Message> {
    let Outline { title, summary, items, left_out } = outline::outline(markdown);
    let mut guesses: Vec<Guess> =
        left_out.into_iter().map(|line| Guess { line: Some(line), message: Message::new("guess-left-out") }).collect();
    let mut names = Names::default();
    let (mut drafts, mut size, mut without_effort) = (Vec::new(), 0, 0_usize);
    for item in items {
        if drafts.len() >= MAX_STEPS || size + item.body.len() > MAX_TEXT {
            guesses
                .push(Guess { line: Some(item.line), message: Message::new("guess-too-many").with("max", MAX_STEPS) });
            break;
        }
        size += item.body.len();
        if item.minutes.is_none() {
            without_effort += 1;
        }
        drafts.extend(draft(item, &mut names, &mut guesses));
    }
    if drafts.is_empty() {
        return Err(Message::new("import-nothing"));
    }
    if without_effort > 0 {
        let message = Message::new("guess-effort").with("count", without_effort).with("minutes", i64::from(EFFORT));
        guesses.push(Guess { line: None, message });
    }
    guesses
        .extend(braces(&[title.as_deref().unwrap_or_default(), &summary]).map(|message| Guess { line: None, message }));
    let other = if lang == Lang::En { Lang::ZhTw } else { Lang::En };
    let message = Message::new("guess-translate").with("count", drafts.len()).with("lang", other.as_str());
    guesses.push(Guess { line: None, message });
    guesses.sort_by_key(|guess| (guess.line.is_none(), guess.line));
    let title = title.map(|title| line(&title)).filter(|title| !title.is_empty()).unwrap_or_else(|| name.to_owned());
    let summary = block(&summary, MAX_NOTE);
    let summary = if summary.is_empty() { title.clone() } else { summary };
    let yaml = write::file(name, other, &title, &summary, &drafts);
    Ok(Imported { yaml, steps: drafts.len(), guesses })
}

fn draft(item: Item, names: &mut Names, guesses: &mut Vec<Guess>) -> Option<Draft> {
    let title = line(&item.title);
    if title.is_empty() {
        return None;
    }
    let mut guess = |message: Message| guesses.push(Guess { line: Some(item.line), message });
    let days = match &item.days {
        Some(found) => {
            let message = Message::new(if found.is_before { "guess-before" } else { "guess-days" });
            guess(
                message
                    .with("words", found.words.as_str())
                    .with("opens", day(found.window.opens))
                    .with("due", day(found.window.due)),
            );
            found.window
        }
        None => {
            guess(Message::new("guess-no-days").with("due", day(NO_DAYS.due)));
            NO_DAYS
        }
    };
    if let Some(hint) = &item.who {
        guess(Message::new("guess-who").with("words", hint.words.as_str()).with("role", hint.role));
    }
    if let Some(message) = braces(&[&item.title, &item.body]) {
        guess(message);
    }
    let body = block(&item.body, MAX_BODY);
    Some(Draft {
        id: names.name(&title),
        body: if body.is_empty() { title.clone() } else { body },
        title,
        who: item.who.map(|hint| hint.role).filter(|role| *role != Role::Manager),
        days,
        effort: item.minutes.unwrap_or(EFFORT),
    })
}

fn day(n: u16) -> String {
    format!("B{n}")
}

/// One line as the compiler admits it.
fn line(text: &str) -> String {
    let plain: String = clean(text).chars().filter(|c| is_plain_line(c.encode_utf8(&mut [0; 4]))).collect();
    let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    if plain.chars().count() <= MAX_LINE {
        return plain;
    }
    plain.chars().take(MAX_LINE - 1).chain(['…']).collect()
}

/// Several lines as the compiler admits them.
fn block(text: &str, max: usize) -> String {
    let text = clean(text);
    let text = text.trim();
    if text.chars().count() <= max {
        return text.to_owned();
    }
    text.chars().take(max - 1).chain(['…']).collect()
}

/// What [`clean`] writes otherwise, if these texts hold any of it: the first such words, and what became
/// of them.
fn braces(texts: &[&str]) -> Option<Message> {
    let words = texts.iter().find_map(|text| {
        let from = text.find("{{").or_else(|| text.find("}}"))?;
        let words = text.get(from..)?.lines().next()?;
        let end = words.find("}}").map_or(words.len(), |end| end + 2);
        words.get(..end)
    })?;
    let words: String = words.chars().take(MAX_WORDS).collect();
    Some(Message::new("guess-braces").with("written", line(&words)).with("words", words))
}

/// Without control characters, and without what would be read as a name to fill in.
fn clean(text: &str) -> String {
    let plain: String = text.replace("\r\n", "\n").chars().filter(|c| *c == '\n' || !is_refused(*c)).collect();
    plain.replace("{{", "{ {").replace("{{", "{ {").replace("}}", "} }")
}

fn is_refused(c: char) -> bool {
    c.is_control() || !super::source::is_allowed(c)
}

/// Names that were given, so that each is given once.
#[derive(Default)]
struct Names {
    given: HashSet<String>,
    numbered: usize,
}

/// A name is read in addresses; longer ones say no more.
const MAX_ID: usize = 40;

impl Names {
    /// A name made from a title; of a title in Chinese, a number.
    fn name(&mut self, title: &str) -> String {
        let letters = title.chars().filter(|c| c.is_alphanumeric()).count();
        let ascii = title.chars().filter(char::is_ascii_alphanumeric).count();
        let slug = if ascii * 2 > letters { slug(title) } else { String::new() };
        if slug.is_empty() {
            loop {
                self.numbered += 1;
                let name = format!("step_{}", self.numbered);
                if self.given.insert(name.clone()) {
                    return name;
                }
            }
        }
        let slug = if RESERVED.contains(&slug.as_str()) { format!("{slug}_step") } else { slug };
        let mut name = slug.clone();
        let mut n = 1;
        while !self.given.insert(name.clone()) {
            n += 1;
            name = format!("{slug}_{n}");
        }
        name
    }
}

/// `Set up your laptop` becomes `set_up_your_laptop`; whole words as far as they go.
fn slug(title: &str) -> String {
    let mut slug = String::new();
    for word in title.to_ascii_lowercase().split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()) {
        let word: String = word.chars().take(MAX_ID).collect();
        if slug.is_empty() {
            slug = word;
        } else if slug.len() + 1 + word.len() <= MAX_ID {
            slug = format!("{slug}_{word}");
        } else {
            break;
        }
    }
    if slug.starts_with(|c: char| c.is_ascii_digit()) { format!("step_{slug}") } else { slug }
}
