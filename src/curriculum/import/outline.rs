//! What a checklist consists of: headings with days, items, and words that belong to neither.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, LinkType, Options, Parser, Tag};

use super::days::{self, Found};
use super::hints::{self, Who};

/// Lists inside lists whose items are headings ("Week 1") are followed so far.
const MAX_DEPTH: u8 = 6;

/// A longer text is no heading, whatever days it names.
const MAX_HEADING: usize = 60;

/// A paragraph that is all bold is a heading below all others.
const BOLD: u8 = 7;

#[derive(Default)]
pub struct Outline {
    pub title: Option<String>,
    /// What stands before the first item.
    pub summary: String,
    pub items: Vec<Item>,
    /// Lines of what is in no step.
    pub left_out: Vec<u32>,
}

pub struct Item {
    pub line: u32,
    /// Without marks.
    pub title: String,
    /// Markdown, with what is nested in it.
    pub body: String,
    pub days: Option<Found>,
    pub who: Option<Who>,
    pub minutes: Option<u16>,
}

type Spanned<'a> = (Event<'a>, Range<usize>);

struct Reading<'a> {
    source: &'a str,
    /// Where each line starts.
    lines: Vec<usize>,
    outline: Outline,
    /// Headings that stand above, with their levels.
    above: Vec<(u8, Option<Found>)>,
}

pub fn outline(markdown: &str) -> Outline {
    let options = Options::ENABLE_TASKLISTS
        | Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let events: Vec<Spanned> = Parser::new_ext(markdown, options).into_offset_iter().collect();
    let lines = std::iter::once(0).chain(markdown.match_indices('\n').map(|(at, _)| at + 1)).collect();
    let mut reading = Reading { source: markdown, lines, outline: Outline::default(), above: Vec::new() };
    reading.blocks(&events);
    reading.outline
}

impl Reading<'_> {
    fn blocks(&mut self, events: &[Spanned]) {
        let mut at = 0;
        while let Some((event, range)) = events.get(at) {
            let end = end_of(events, at);
            let inside = events.get(at + 1..end).unwrap_or_default();
            match event {
                Event::Start(Tag::Heading { level, .. }) => self.heading(level_of(*level), &text(inside)),
                Event::Start(Tag::Paragraph) if is_bold(inside) => self.heading(BOLD, &text(inside)),
                Event::Start(Tag::Paragraph) => self.paragraph(inside, range),
                Event::Start(Tag::List(_)) => self.list(inside, 0),
                Event::Start(Tag::BlockQuote(_)) => self.blocks(inside),
                // A template's notes to whoever fills it in, and its head.
                Event::Start(Tag::HtmlBlock | Tag::MetadataBlock(_)) | Event::Rule => {}
                Event::Start(_) => self.leave_out(range),
                _ => {}
            }
            at = end.max(at) + 1;
        }
    }

    fn heading(&mut self, level: u8, words: &str) {
        let found = if words.chars().count() <= MAX_HEADING { days::days(words) } else { None };
        if level == 1 && found.is_none() && self.outline.title.is_none() {
            self.outline.title = Some(words.trim().to_owned());
            return;
        }
        self.above.retain(|(above, _)| *above < level);
        self.above.push((level, found));
    }

    fn paragraph(&mut self, inside: &[Spanned], range: &Range<usize>) {
        if !self.outline.items.is_empty() {
            return self.leave_out(range);
        }
        if !self.outline.summary.is_empty() {
            self.outline.summary.push_str("\n\n");
        }
        self.outline.summary.push_str(&text(inside));
    }

    fn leave_out(&mut self, range: &Range<usize>) {
        let line = self.line(range.start);
        self.outline.left_out.push(line);
    }

    fn line(&self, at: usize) -> u32 {
        u32::try_from(self.lines.partition_point(|start| *start <= at)).unwrap_or(u32::MAX)
    }

    fn list(&mut self, events: &[Spanned], depth: u8) {
        let mut at = 0;
        while let Some((event, range)) = events.get(at) {
            let end = end_of(events, at);
            if matches!(event, Event::Start(Tag::Item)) {
                self.item(events.get(at + 1..end).unwrap_or_default(), range, depth);
            }
            at = end.max(at) + 1;
        }
    }

    fn item(&mut self, inside: &[Spanned], range: &Range<usize>, depth: u8) {
        let first = inside.iter().position(|(event, _)| matches!(event, Event::Start(Tag::List(_))));
        let title = text(first_block(inside.get(..first.unwrap_or(inside.len())).unwrap_or_default()));
        let is_task = inside.iter().take(2).any(|(event, _)| matches!(event, Event::TaskListMarker(_)));
        let named = if title.chars().count() <= MAX_HEADING { days::days(&title) } else { None };
        if let (Some(first), Some(found), false, true) = (first, named, is_task, depth < MAX_DEPTH) {
            // "- Week 1" with items of its own is a heading in the shape of an item.
            let level = BOLD + 1 + depth;
            self.above.retain(|(above, _)| *above < level);
            self.above.push((level, Some(found)));
            let end = end_of(inside, first);
            self.list(inside.get(first + 1..end).unwrap_or_default(), depth + 1);
            self.above.retain(|(above, _)| *above < level);
            return;
        }
        let body = body(self.source.get(range.clone()).unwrap_or_default()) + &definitions(inside);
        let days = own_days(&title).or_else(|| self.above.iter().rev().find_map(|(_, found)| found.clone()));
        let item = Item {
            line: self.line(range.start),
            who: hints::who(&title),
            minutes: hints::minutes(&title),
            title,
            body,
            days,
        };
        self.outline.items.push(item);
    }
}

/// Where what begins here ends; the same place if nothing begins.
fn end_of(events: &[Spanned], at: usize) -> usize {
    let mut open = 0_usize;
    for (n, (event, _)) in events.iter().enumerate().skip(at) {
        match event {
            Event::Start(_) => open += 1,
            Event::End(_) => open = open.saturating_sub(1),
            _ => {}
        }
        if open == 0 {
            return n;
        }
    }
    events.len()
}

fn level_of(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

fn text(events: &[Spanned]) -> String {
    let mut words = String::new();
    for (event, _) in events {
        match event {
            Event::Text(piece) | Event::Code(piece) => words.push_str(piece),
            Event::SoftBreak | Event::HardBreak => words.push(' '),
            _ => {}
        }
    }
    words
}

/// The first paragraph of an item; of a tight one, all of it.
fn first_block<'e, 'a>(inside: &'e [Spanned<'a>]) -> &'e [Spanned<'a>] {
    match inside.first() {
        Some((Event::Start(Tag::Paragraph), _)) => inside.get(..end_of(inside, 0)).unwrap_or_default(),
        _ => inside,
    }
}

fn is_bold(inside: &[Spanned]) -> bool {
    let starts = matches!(inside.first(), Some((Event::Start(Tag::Strong), _)));
    starts && end_of(inside, 0) + 1 == inside.len()
}

/// Days that an item names for itself: before a colon, or in brackets.
fn own_days(title: &str) -> Option<Found> {
    let front = title.split_once([':', '：']).map(|(front, _)| front);
    let inside = title.split(['(', '（']).skip(1).filter_map(|rest| rest.split([')', '）']).next());
    let short = |piece: &&str| piece.chars().count() <= 24;
    front.into_iter().chain(inside).filter(short).find_map(days::days)
}

/// An item's Markdown without its mark, as far left as it goes.
fn body(source: &str) -> String {
    let mut lines = source.lines();
    let first = without_mark(lines.next().unwrap_or_default());
    let rest: Vec<&str> = lines.collect();
    let indent = |line: &&&str| line.chars().take_while(|c| *c == ' ').count();
    let least = rest.iter().filter(|line| !line.trim().is_empty()).map(|line| indent(&line)).min().unwrap_or(0);
    let moved = rest.iter().map(|line| line.get(least.min(indent(&line))..).unwrap_or_default());
    std::iter::once(first).chain(moved).collect::<Vec<_>>().join("\n").trim_end().to_owned()
}

fn without_mark(line: &str) -> &str {
    let line = line.trim_start();
    let after_number = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let line = match line.strip_prefix(['-', '*', '+']) {
        Some(rest) => rest,
        None if after_number.len() < line.len() => after_number.strip_prefix(['.', ')']).unwrap_or(line),
        None => line,
    };
    let line = line.trim_start();
    ["[ ]", "[x]", "[X]"].iter().find_map(|mark| line.strip_prefix(mark)).unwrap_or(line).trim_start()
}

/// What reference links of an item lead to: the checklist says it elsewhere.
fn definitions(inside: &[Spanned]) -> String {
    let mut found = Vec::new();
    for (event, _) in inside {
        if let Event::Start(Tag::Link { link_type, dest_url, id, .. }) = event
            && matches!(link_type, LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut)
        {
            let line = format!("[{id}]: <{dest_url}>");
            if !found.contains(&line) {
                found.push(line);
            }
        }
    }
    if found.is_empty() { String::new() } else { format!("\n\n{}", found.join("\n")) }
}
