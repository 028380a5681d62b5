//! What a file said of its days, held against the week and against itself.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Months, NaiveDate, Weekday};

use crate::curriculum::findings::short;
use crate::engine::calendar::Span;
use crate::engine::message::Message;
use crate::engine::vocabulary::{Text, is_blank, is_plain_line};

use super::{Kind, MAX_DAYS, MAX_NAME, MAX_PROBLEMS, MAX_YEARS, MIN_OFF, MIN_STRETCHES, Problem, Year};

/// The years whose days are taken, both included.
const YEARS: (i32, i32) = (2000, 2099);

pub struct Days<'a> {
    weekend: &'a [Weekday],
    known_names: &'a dyn Fn(&str) -> Option<Text>,
    said: BTreeMap<NaiveDate, Said>,
    /// The first and the last day that were mentioned, and how often a day was.
    mentioned: Option<Span>,
    mentions: usize,
    problems: Vec<Problem>,
    /// The problems beyond those that are told.
    more: usize,
}

/// What a line says of a day, whether or not it differs from the weekday.
struct Said {
    line: u32,
    kind: Kind,
    name: Option<Text>,
}

impl<'a> Days<'a> {
    pub fn new(weekend: &'a [Weekday], known_names: &'a dyn Fn(&str) -> Option<Text>) -> Days<'a> {
        Days {
            weekend,
            known_names,
            said: BTreeMap::new(),
            mentioned: None,
            mentions: 0,
            problems: Vec::new(),
            more: 0,
        }
    }

    pub fn problem(&mut self, line: impl Into<Option<u32>>, message: Message) {
        if self.problems.len() < MAX_PROBLEMS {
            self.problems.push(Problem { line: line.into(), message });
        } else {
            self.more += 1;
        }
    }

    pub fn is_weekend(&self, date: NaiveDate) -> bool {
        self.weekend.contains(&date.weekday())
    }

    /// The file speaks of more days than are taken; the reader may stop.
    pub fn is_full(&self) -> bool {
        self.mentions > MAX_DAYS
    }

    /// A date as files write it, or a problem.
    pub fn date(&mut self, line: u32, words: &str) -> Option<NaiveDate> {
        let Some(date) = date(words) else {
            self.problem(line, Message::new("year-not-a-date").with("given", short(words)));
            return None;
        };
        self.in_range(line, date).then_some(date)
    }

    pub fn in_range(&mut self, line: u32, date: NaiveDate) -> bool {
        let is_in_range = (YEARS.0..=YEARS.1).contains(&date.year());
        if !is_in_range {
            let message = Message::new("year-date-out-of-range").with("date", date.to_string());
            self.problem(line, message.with("from", i64::from(YEARS.0)).with("until", i64::from(YEARS.1)));
        }
        is_in_range
    }

    /// The name of a day in both languages; none if there are no words, or they are refused.
    ///
    /// A name that the file itself gives in English needs nobody who knows it.
    pub fn name(&mut self, line: u32, words: &str, in_english: &str) -> Option<Text> {
        match (self.plain(line, words), self.plain(line, in_english)) {
            (Some(zh_tw), Some(en)) => Some(Text { en, zh_tw }),
            (name, in_english) => {
                let name = name.or(in_english)?;
                Some((self.known_names)(&name).unwrap_or_else(|| Text { en: name.clone(), zh_tw: name }))
            }
        }
    }

    fn plain(&mut self, line: u32, words: &str) -> Option<String> {
        let visible = words.chars().filter_map(|c| match c {
            '\n' | '\t' => Some(' '),
            _ => (!c.is_control()).then_some(c),
        });
        let name = visible.collect::<String>().trim().to_owned();
        let count = name.chars().count();
        if is_blank(&name) {
            return None;
        }
        if !is_plain_line(&name) {
            self.problem(line, Message::new("year-name-direction"));
            return None;
        }
        if count > MAX_NAME {
            let message = Message::new("year-name-too-long").with("count", count).with("max", MAX_NAME);
            self.problem(line, message.with("name", short(&name)));
            return None;
        }
        Some(name)
    }

    /// A day that the file speaks of without saying anything that counts.
    pub fn mention(&mut self, date: NaiveDate) {
        let seen = self.mentioned.unwrap_or(Span { from: date, until: date });
        self.mentioned = Some(Span { from: seen.from.min(date), until: seen.until.max(date) });
        self.mentions += 1;
        if self.mentions == MAX_DAYS + 1 {
            self.problem(None, Message::new("year-too-many-days").with("max", MAX_DAYS));
        }
    }

    pub fn say(&mut self, line: u32, date: NaiveDate, kind: Kind, name: Option<Text>) {
        self.mention(date);
        match self.said.get_mut(&date) {
            None => drop(self.said.insert(date, Said { line, kind, name })),
            // Two holidays may fall on one day: the first name stands.
            Some(first) if first.kind == kind => first.name = first.name.take().or(name),
            Some(first) => {
                let first = i64::from(first.line);
                let message = Message::new("year-duplicate").with("date", date);
                self.problem(line, message.with("first", first).with("second", i64::from(line)));
            }
        }
    }

    pub fn finish(mut self) -> Result<Year, Vec<Problem>> {
        let year = if self.problems.is_empty() { self.year() } else { None };
        match year {
            Some(year) if self.problems.is_empty() => Ok(year),
            _ => Err(self.told()),
        }
    }

    fn told(mut self) -> Vec<Problem> {
        self.problems.sort_by_key(|problem| problem.line);
        if self.more > 0 {
            self.problems.truncate(MAX_PROBLEMS - 1);
            let message = Message::new("year-many-more").with("count", self.more + 1);
            self.problems.push(Problem { line: None, message });
        }
        self.problems
    }

    fn year(&mut self) -> Option<Year> {
        let Some(mentioned) = self.mentioned else {
            self.problem(None, Message::new("year-no-days"));
            return None;
        };
        let mut days = BTreeMap::new();
        let mut ordinary = 0;
        for (date, said) in &self.said {
            match (said.kind, self.is_weekend(*date)) {
                (Kind::Off, true) => {}
                (Kind::Worked, false) => ordinary += 1,
                (kind, _) => {
                    let name = said.name.clone().unwrap_or_else(|| nameless(kind));
                    days.insert(*date, (kind, name));
                }
            }
        }
        // Who lists exceptions has no reason to name ordinary working days, or but a few.
        let is_whole_list = ordinary > days.len();
        let span = if is_whole_list { mentioned } else { whole_years(mentioned)? };
        if span.from.checked_add_months(Months::new(MAX_YEARS * 12)).is_some_and(|end| span.until >= end) {
            let message = Message::new("year-too-long").with("from", span.from).with("until", span.until);
            self.problem(None, message.with("max", i64::from(MAX_YEARS)));
            return None;
        }
        if is_whole_list {
            self.check_missing(span);
        }
        self.check_off(span, &days);
        Some(Year { span, days })
    }

    /// A list of every day that lacks one may lack a holiday. Weekends may be left out.
    fn check_missing(&mut self, span: Span) {
        let all = span.from.iter_days().take_while(|date| *date <= span.until);
        let missing: Vec<NaiveDate> =
            all.filter(|date| !self.is_weekend(*date) && !self.said.contains_key(date)).collect();
        if let Some(first) = missing.first() {
            let message = Message::new("year-days-missing").with("date", *first);
            self.problem(None, message.with("count", missing.len()));
        }
    }

    /// A year with next to no day off, or with all of them in one season, is the wrong file, or a part of
    /// it: what it leaves out would be worked.
    fn check_off(&mut self, span: Span, days: &BTreeMap<NaiveDate, (Kind, Text)>) {
        let whole = (span.from.year()..=span.until.year()).filter_map(|year| Some((year, whole_year(year)?)));
        let whole = whole.filter(|(_, year)| span.holds(year.from) && span.holds(year.until));
        let thin: Vec<Message> = whole
            .filter_map(|(year, span)| {
                let off = days.range(span.from..=span.until).filter(|(_, (kind, _))| *kind == Kind::Off);
                Some(self.thin(&off.map(|(date, _)| *date).collect())?.with("year", i64::from(year)))
            })
            .collect();
        if thin.is_empty() && days.is_empty() {
            self.problem(None, Message::new("year-nothing-differs"));
        }
        for message in thin {
            self.problem(None, message);
        }
    }

    /// What is wrong with the days off of a whole year; none of them is on a weekend.
    fn thin(&self, off: &BTreeSet<NaiveDate>) -> Option<Message> {
        let weekday_before = |date: &NaiveDate| {
            std::iter::successors(date.pred_opt(), NaiveDate::pred_opt).take(7).find(|day| !self.is_weekend(*day))
        };
        let goes_on = |date: &&NaiveDate| weekday_before(date).is_some_and(|day| off.contains(&day));
        let stretches = off.len() - off.iter().filter(goes_on).count();
        let early = off.iter().filter(|date| date.month() <= 6).count();
        let half = |empty: &str| Message::new("year-half").with("count", off.len()).with("empty", empty);
        match off.len() {
            0 => Some(Message::new("year-nothing-off")),
            count if count < MIN_OFF || stretches < MIN_STRETCHES => {
                Some(Message::new("year-few-days").with("count", count).with("stretches", stretches))
            }
            _ if early == 0 => Some(half("first")),
            count if early == count => Some(half("second")),
            _ => None,
        }
    }
}

/// `20240101`, `2024-01-01`, `2024/1/1`.
pub fn date(words: &str) -> Option<NaiveDate> {
    let number = |digits: &str, lengths: std::ops::RangeInclusive<usize>| {
        let is_number = lengths.contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| digits.parse::<u32>().ok()).flatten()
    };
    let words = words.trim();
    if let Some(number) = number(words, 8..=8) {
        return NaiveDate::from_ymd_opt(i32::try_from(number / 10_000).ok()?, number / 100 % 100, number % 100);
    }
    let separator = if words.contains('/') { '/' } else { '-' };
    let mut parts = words.split(separator);
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    NaiveDate::from_ymd_opt(i32::try_from(number(year, 4..=4)?).ok()?, number(month, 1..=2)?, number(day, 1..=2)?)
}

fn whole_year(year: i32) -> Option<Span> {
    Some(Span { from: NaiveDate::from_ymd_opt(year, 1, 1)?, until: NaiveDate::from_ymd_opt(year, 12, 31)? })
}

fn whole_years(span: Span) -> Option<Span> {
    Some(Span { from: whole_year(span.from.year())?.from, until: whole_year(span.until.year())?.until })
}

/// What a day is called that the file gives no name. It is a name like those in calendar files, kept
/// with the days, and no sentence.
fn nameless(kind: Kind) -> Text {
    let (en, zh_tw) = match kind {
        Kind::Off => ("Day off", "放假日"),
        Kind::Worked => ("Make-up working day", "補行上班"),
        Kind::Half => ("Half day", "半天"),
    };
    Text { en: en.to_owned(), zh_tw: zh_tw.to_owned() }
}
