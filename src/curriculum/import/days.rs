//! Which working days a heading means: "Week 1", "第一週", "Day 30", "Before day 1", "Month 2", "Q1".
//!
//! Calendar days and weeks become working days: five of seven. A month counts 21 of them, a quarter 63.

use super::super::lower_days::MAX_DAY;

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
        if let Some((window, is_before)) = before(at(n)) {
            return Some(Found { window, words: text.trim().to_owned(), is_before });
        }
        if let Some(window) = unit_first(at(n)).or_else(|| number_first(at(n))).or_else(|| chinese(at(n))) {
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
            '-' | '–' | '—' | '~' | '/' | '至' | '到' => found.push(Token::To),
            _ => {}
        }
        glued = c.is_alphanumeric();
    }
    found
}

/// Digits and letters of double width as those of single width.
fn narrow(c: char) -> char {
    match u32::from(c) {
        code @ 0xff01..=0xff5e => char::from_u32(code - 0xfee0).unwrap_or(c),
        _ => c,
    }
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

/// The working day of a calendar day.
fn working(day: u32) -> u32 {
    day.saturating_mul(5).div_ceil(7).max(1)
}

/// "Before day 1", "Before you start", "Pre-boarding", "報到前".
fn before(words: &[Token]) -> Option<(Window, bool)> {
    let first = word(words.first());
    let is_before = match first {
        "before" => {
            let day_one = word(words.get(1)) == "day" && number(words.get(2)) == Some(1);
            let next: Vec<&str> = words.iter().skip(1).take(4).map(|one| word(Some(one))).collect();
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
        "pre" => {
            matches!(word(words.get(1)), "boarding" | "start" | "arrival")
                || matches!(word(words.get(2)), "boarding" | "start" | "arrival")
        }
        _ => {
            let han = text_of(words, 4);
            ["報到前", "到職前", "入職前", "上任前", "就任前"].iter().any(|name| han.starts_with(name))
                || han.starts_with("第一天前")
        }
    };
    is_before.then(|| (window(1, 1), true))
}

fn text_of(words: &[Token], n: usize) -> String {
    words
        .iter()
        .map_while(|one| match one {
            Token::Han(c) => Some(*c),
            _ => None,
        })
        .take(n)
        .collect()
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
    let from = number(words.get(1)).filter(|n| *n > 0)?;
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
    let is_ordinal = at == 2 || matches!(rest.first(), Some(Token::Word(_)));
    while matches!(rest.get(at), Some(Token::To)) {
        let Some(next) = number(rest.get(at + 1)) else { break };
        to = Some(next);
        at += 2;
    }
    if matches!(rest.get(at), Some(Token::To)) {
        at += 1; // "90-day"
    }
    let span = |unit: u32| match to {
        Some(to) if to >= n => Some(window(n.saturating_mul(unit).saturating_add(1), to.saturating_mul(unit))),
        _ if is_ordinal && rest.len() == words.len() => Some(stretch(n, n, unit)),
        _ => Some(window(1, n.saturating_mul(unit))),
    };
    match word(rest.get(at)) {
        "day" | "days" => match to {
            Some(to) if to >= n => Some(window(working(n) + u32::from(n > 1), working(to))),
            _ => Some(window(1, working(n))),
        },
        "week" | "weeks" => span(WEEK),
        "month" | "months" => span(MONTH),
        "quarter" => span(QUARTER),
        "year" => span(YEAR),
        // "30/60/90" alone.
        _ if to == Some(90) && n == 30 => Some(window(1, working(90))),
        _ => None,
    }
}

/// "第一週", "第 30 天", "第二個月", "第 1-2 週", "前三十天", "首月", "第三季", "第 5 個工作日".
fn chinese(words: &[Token]) -> Option<Window> {
    let Token::Han(lead) = words.first()? else { return None };
    let rest = words.get(1..)?;
    if *lead == '首' {
        return unit(rest).and_then(|(unit, is_day, _)| if is_day { None } else { Some(stretch(1, 1, unit)) });
    }
    if !matches!(lead, '第' | '前') {
        return None;
    }
    let (from, mut at) = chinese_number(rest)?;
    let mut to = None;
    if matches!(rest.get(at), Some(Token::To)) {
        let again = usize::from(matches!(rest.get(at + 1), Some(Token::Han('第'))));
        let (end, length) = chinese_number(rest.get(at + 1 + again..)?)?;
        to = Some(end).filter(|end| *end >= from);
        at += 1 + again + length;
    }
    let (unit, is_day, is_working) = unit(rest.get(at..)?)?;
    let end = to.unwrap_or(from);
    Some(match (is_day, *lead) {
        (true, '前') if is_working => window(1, from),
        (true, '前') => window(1, working(from)),
        (true, _) if is_working => window(from, end),
        (true, _) if to.is_some() => window(working(from), working(end)),
        (true, _) => window(working(from).saturating_sub(5).max(1), working(from)),
        (false, '前') => window(1, from.saturating_mul(unit)),
        (false, _) => stretch(from, end, unit),
    })
}

/// Working days of a unit, whether it is a day, and whether a working one.
fn unit(words: &[Token]) -> Option<(u32, bool, bool)> {
    let text = text_of(words, 5);
    let text = text.strip_prefix('個').unwrap_or(&text);
    let known = [
        ("工作日", 1, true, true),
        ("工作天", 1, true, true),
        ("天", 1, true, false),
        ("日", 1, true, false),
        ("週", WEEK, false, false),
        ("周", WEEK, false, false),
        ("星期", WEEK, false, false),
        ("禮拜", WEEK, false, false),
        ("個月", MONTH, false, false),
        ("月", MONTH, false, false),
        ("季", QUARTER, false, false),
        ("年", YEAR, false, false),
    ];
    known
        .iter()
        .find(|(name, ..)| text.starts_with(name))
        .map(|(_, unit, is_day, is_working)| (*unit, *is_day, *is_working))
}

/// 3, 三, 十二, 三十, 九十; and how many tokens that took.
fn chinese_number(words: &[Token]) -> Option<(u32, usize)> {
    if let Some(Token::Number(n)) = words.first() {
        return (*n > 0).then_some((*n, 1));
    }
    let digits = "一二三四五六七八九";
    let (mut sum, mut digit, mut at) = (0_u32, 0_u32, 0);
    while let Some(Token::Han(c)) = words.get(at) {
        match (c, digits.chars().position(|known| known == *c).and_then(|n| u32::try_from(n + 1).ok())) {
            (_, Some(n)) => digit = n,
            ('兩', _) => digit = 2,
            ('十', _) => {
                sum = sum.saturating_add(digit.max(1) * 10);
                digit = 0;
            }
            ('百', _) => {
                sum = sum.saturating_add(digit.max(1) * 100);
                digit = 0;
            }
            _ => break,
        }
        at += 1;
    }
    let n = sum.saturating_add(digit);
    (n > 0).then_some((n, at))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Option<(u16, u16)> {
        days(text).map(|found| (found.window.opens, found.window.due))
    }

    #[test]
    fn headings_in_english_name_working_days() {
        assert_eq!(of("Week 1"), Some((1, 5)));
        assert_eq!(of("Weeks 2–4: settle in"), Some((6, 20)));
        assert_eq!(of("Your first week"), Some((1, 5)));
        assert_eq!(of("Second week"), Some((6, 10)));
        assert_eq!(of("Day 1"), Some((1, 1)));
        assert_eq!(of("By day 30"), Some((17, 22)));
        assert_eq!(of("Days 31-60"), Some((23, 43)));
        assert_eq!(of("30-60 days"), Some((23, 43)));
        assert_eq!(of("First 90 days"), Some((1, 65)));
        assert_eq!(of("30/60/90 plan"), Some((1, 65)));
        assert_eq!(of("First month"), Some((1, 21)));
        assert_eq!(of("Month 2"), Some((22, 42)));
        assert_eq!(of("Q2"), Some((64, 126)));
        assert_eq!(of("Working day 5"), Some((5, 5)));
        assert_eq!(of("Before day 1"), Some((1, 1)));
        assert_eq!(of("Before you start"), Some((1, 1)));
        assert_eq!(of("Pre-boarding"), Some((1, 1)));
    }

    #[test]
    fn headings_in_chinese_name_working_days() {
        assert_eq!(of("第一週"), Some((1, 5)));
        assert_eq!(of("第 2-4 週"), Some((6, 20)));
        assert_eq!(of("第１週：認識團隊"), Some((1, 5)));
        assert_eq!(of("第 30 天"), Some((17, 22)));
        assert_eq!(of("前三十天"), Some((1, 22)));
        assert_eq!(of("首月"), Some((1, 21)));
        assert_eq!(of("第二個月"), Some((22, 42)));
        assert_eq!(of("第三季"), Some((127, 189)));
        assert_eq!(of("第 5 個工作天"), Some((5, 5)));
        assert_eq!(of("報到前"), Some((1, 1)));
    }

    #[test]
    fn other_words_name_no_day() {
        let others =
            ["Tools", "Day-to-day work", "2026", "Someday", "第三方", "一般事項", "Weekly report", "Meet 3 people"];
        assert_eq!(others.map(of), [None; 8]);
    }
}
