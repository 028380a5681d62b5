//! A condition's text before the parser sees it: its letters, words, quotes and brackets.
//!
//! The parser of `cel` knows more than the language here and explains little, so that what is not
//! admitted is named before. It also takes a stack of nearly 200 KB for each bracket inside another
//! (without optimization), and some for each sign of a chain like `a.b.c` or `a < b < c`; a thread has
//! 2 MB. What is nested deeper or chained longer than a condition can be is never handed to it.

use std::ops::Range;

use crate::engine::message::Message;
use crate::engine::release::Number;

use super::super::findings::short;

/// Brackets inside brackets; a condition that needs three is hard to read.
pub const MAX_NESTING: usize = 5;

/// The dots of the longest path, of a rating's dimension.
const MAX_DOTS: usize = 3;

/// What is wrong with a part of the text, in bytes.
pub struct Problem {
    pub at: Range<usize>,
    pub message: Message,
    pub hint: Option<Message>,
}

impl Problem {
    fn new(at: Range<usize>, message: Message) -> Problem {
        Problem { at, message, hint: None }
    }

    /// A part that no condition has, and what was meant by it.
    fn part(at: Range<usize>, part: &str, meant: Option<&'static str>) -> Problem {
        let hint = match meant {
            Some(name) => Message::new("hint-did-you-mean").with("name", name),
            None => Message::new("hint-condition"),
        };
        Problem { at, message: Message::new("problem-condition-part").with("part", short(part)), hint: Some(hint) }
    }
}

/// Looks through a condition's text, up to the first thing that can't be in one.
pub fn scan(text: &str) -> Result<(), Problem> {
    let mut scanner = Scanner { text, at: 0, last: Last::Sign, dots: 0, comparisons: vec![0] };
    while let Some(next) = scanner.rest().chars().next() {
        scanner.take(next)?;
    }
    Ok(())
}

/// What stands before.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    Dot,
    /// What a sign between two values could follow.
    Value,
    Sign,
}

struct Scanner<'t> {
    text: &'t str,
    at: usize,
    last: Last,
    /// Of the path that goes on here.
    dots: usize,
    /// In each bracket that is open, since the last sign that joins conditions.
    comparisons: Vec<usize>,
}

impl<'t> Scanner<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// How many bytes of the rest are such characters.
    fn run(&self, is: impl Fn(char) -> bool) -> usize {
        self.rest().find(|c| !is(c)).unwrap_or(self.rest().len())
    }

    fn take(&mut self, next: char) -> Result<(), Problem> {
        match next {
            ' ' | '\t' | '\n' | '\r' => {
                self.at += 1;
                return Ok(());
            }
            '"' | '\'' => self.quote(next)?,
            'a'..='z' | 'A'..='Z' | '_' => return self.word(),
            '0'..='9' => self.number()?,
            _ => return self.sign(next),
        }
        self.last = Last::Value;
        Ok(())
    }

    fn quote(&mut self, quote: char) -> Result<(), Problem> {
        let start = self.at;
        let mut chars = self.rest().char_indices().skip(1);
        while let Some((at, c)) = chars.next() {
            match c {
                '\\' => drop(chars.next()),
                c if c == quote => {
                    self.at = start + at + 1;
                    // Three quotes begin another kind of text.
                    if self.rest().starts_with(['"', '\'']) {
                        return Err(Problem::part(
                            self.at..self.at + 1,
                            self.text.get(self.at..self.at + 1).unwrap_or_default(),
                            None,
                        ));
                    }
                    return Ok(());
                }
                _ => {}
            }
        }
        Err(Problem::new(start..self.text.len(), Message::new("problem-condition-quote")))
    }

    fn word(&mut self) -> Result<(), Problem> {
        let start = self.at;
        let word = self.text.get(start..start + self.run(is_of_word)).unwrap_or_default();
        self.at += word.len();
        let here = start..self.at;
        if self.rest().starts_with(['"', '\'']) {
            return Err(Problem::part(here, word, None)); // r"..", b".."
        }
        let is_called = self.rest().trim_start().starts_with('(');
        if is_called && (self.last == Last::Dot || !matches!(word, "size" | "in" | "and" | "or" | "not")) {
            return Err(Problem::part(here, &format!("{word}()"), None));
        }
        if std::mem::replace(&mut self.last, Last::Value) == Last::Dot {
            return Ok(());
        }
        self.dots = 0;
        match word {
            "in" => {
                self.last = Last::Sign;
                self.compared(here)
            }
            "and" => Err(Problem::part(here, word, Some("&&"))),
            "or" => Err(Problem::part(here, word, Some("||"))),
            "not" => Err(Problem::part(here, word, Some("!"))),
            "True" | "TRUE" => Err(Problem::part(here, word, Some("true"))),
            "False" | "FALSE" => Err(Problem::part(here, word, Some("false"))),
            "null" => Err(Problem::part(here, word, None)),
            _ => Ok(()),
        }
    }

    fn number(&mut self) -> Result<(), Problem> {
        let start = self.at;
        let number = self.text.get(start..start + self.run(|c| is_of_word(c) || c == '.')).unwrap_or_default();
        self.at += number.len();
        if Number::parse(number).is_none() || number.ends_with('.') {
            let message = Message::new("problem-condition-number").with("number", short(number));
            return Err(Problem::new(start..self.at, message));
        }
        Ok(())
    }

    fn sign(&mut self, next: char) -> Result<(), Problem> {
        const SIGNS: [&str; 16] =
            ["==", "!=", "<=", ">=", "&&", "||", "<", ">", "!", "(", ")", "[", "]", ",", ".", "-"];
        if let Some(sign) = SIGNS.into_iter().find(|sign| self.rest().starts_with(sign)) {
            return self.known_sign(sign);
        }
        let meant = match next {
            '=' => Some("=="),
            '&' => Some("&&"),
            '|' => Some("||"),
            '“' | '”' | '‘' | '’' | '「' | '」' => Some("\""),
            '（' => Some("("),
            '）' => Some(")"),
            '！' => Some("!"),
            '，' | '、' => Some(","),
            _ => None,
        };
        let length = next.len_utf8();
        Err(Problem::part(self.at..self.at + length, next.encode_utf8(&mut [0; 4]), meant))
    }

    fn known_sign(&mut self, sign: &'static str) -> Result<(), Problem> {
        let here = self.at..self.at + sign.len();
        let last = std::mem::replace(&mut self.last, Last::Sign);
        self.at += sign.len();
        match sign {
            "." => {
                self.last = Last::Dot;
                self.dots += 1;
                if self.dots > MAX_DOTS {
                    return Err(Problem::part(here, sign, None));
                }
            }
            // Nothing is subtracted from a value, and nothing is picked out of it.
            "-" | "[" if last == Last::Value => return Err(Problem::part(here, sign, None)),
            "(" | "[" => {
                self.comparisons.push(0);
                if self.comparisons.len() > MAX_NESTING + 1 {
                    let message = Message::new("problem-condition-too-deep").with("max", MAX_NESTING);
                    return Err(Problem::new(here, message));
                }
            }
            ")" | "]" => {
                self.last = Last::Value;
                if self.comparisons.len() > 1 {
                    self.comparisons.pop();
                }
            }
            "&&" | "||" | "," => {
                if let Some(comparisons) = self.comparisons.last_mut() {
                    *comparisons = 0;
                }
            }
            "==" | "!=" if self.rest().starts_with('=') => {
                let slip = here.start..here.end + 1;
                let words = self.text.get(slip.clone()).unwrap_or_default();
                return Err(Problem::part(slip, words, Some(sign)));
            }
            "!" | "-" => {}
            _ => return self.compared(here),
        }
        Ok(())
    }

    /// `a < b < c` means something else than it says.
    fn compared(&mut self, sign: Range<usize>) -> Result<(), Problem> {
        let Some(comparisons) = self.comparisons.last_mut() else { return Ok(()) };
        *comparisons += 1;
        if *comparisons > 1 {
            return Err(Problem::new(sign, Message::new("problem-condition-chained")));
        }
        Ok(())
    }
}

fn is_of_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}
