//! Headings in Chinese: 「第一週」「第 30 天」「第二到第四週」「報到前」「到職當天」「滿三個月」「半年後」.

use super::{MAX_DAY, MONTH, QUARTER, Token, WEEK, Window, YEAR, following, stretch, working};

/// How the first day is called.
const JOINING: [&str; 5] = ["報到", "到職", "入職", "上任", "就任"];

/// 「報到前」「到職日之前」「到職當天前」「第一天前」.
pub fn is_before(words: &[Token]) -> bool {
    let text = text_of(words);
    let rest = joining(&text).or_else(|| text.strip_prefix("第一天"));
    rest.map(|rest| strip_any(rest, &["之", "以"])).is_some_and(|rest| rest.starts_with('前'))
}

/// What stands behind 「到職」 or 「到職當天」.
fn joining(text: &str) -> Option<&str> {
    let rest = JOINING.iter().find_map(|name| text.strip_prefix(name))?;
    Some(on_the_day(rest).unwrap_or(rest))
}

/// What stands behind 「當天」 or the like.
fn on_the_day(text: &str) -> Option<&str> {
    // 「到職日期」 and 「上任日程」 are other words.
    let other = ["日期", "日程", "日誌", "日常", "日記"];
    if other.iter().any(|word| text.starts_with(word)) {
        return None;
    }
    ["當天", "當日", "那天", "首日", "日"].iter().find_map(|name| text.strip_prefix(name))
}

fn strip_any<'a>(text: &'a str, names: &[&str]) -> &'a str {
    names.iter().find_map(|name| text.strip_prefix(name)).unwrap_or(text)
}

/// The characters up to what is none.
fn text_of(words: &[Token]) -> String {
    let han = |one: &Token| match one {
        Token::Han(c) => Some(*c),
        _ => None,
    };
    words.iter().map_while(han).take(9).collect()
}

fn at(words: &[Token], n: usize) -> &[Token] {
    words.get(n..).unwrap_or_default()
}

/// The days that the words begin with, if they do.
pub fn window(words: &[Token]) -> Option<Window> {
    match words.first()? {
        Token::Han('首') => unit(at(words, 1)).filter(|unit| !unit.is_day).map(|unit| stretch(1, 1, unit.days)),
        Token::Han('第') => numbered(at(words, 1)),
        Token::Han('前') => span(at(words, 1)).map(|(days, _)| super::window(1, days)),
        // 「滿三個月」 is said of what comes then; 「滿三個月前」 and 「未滿三個月」 of what comes before.
        Token::Han('滿') => {
            let (days, length) = span(at(words, 1))?;
            let rest = text_of(at(words, 1 + length));
            let is_until = strip_any(&rest, &["之", "以"]).starts_with(['前', '內']);
            Some(if is_until { super::window(1, days) } else { following(days, days) })
        }
        Token::Han('未') if matches!(words.get(1), Some(Token::Han('滿'))) => {
            span(at(words, 2)).map(|(days, _)| super::window(1, days))
        }
        _ => on_joining(words).or_else(|| counted(words)),
    }
}

/// 「到職當天」「到職後三個月內」「報到後一週」.
fn on_joining(words: &[Token]) -> Option<Window> {
    let text = text_of(words);
    let rest = JOINING.iter().find_map(|name| text.strip_prefix(name))?;
    let day = on_the_day(rest);
    let rest = day.unwrap_or(rest);
    let Some(then) = strip_any(rest, &["之", "以"]).strip_prefix('後') else {
        return day.map(|_| super::window(1, 1));
    };
    let passed = text.chars().count() - then.chars().count();
    let words = at(words, passed + usize::from(then.starts_with('滿')));
    let (days, _) = span(words)?;
    Some(counted(words).unwrap_or_else(|| following(days, days)))
}

/// 「三個月內」「半年後」.
fn counted(words: &[Token]) -> Option<Window> {
    let (days, length) = span(words)?;
    let rest = text_of(at(words, length));
    match strip_any(&rest, &["之", "以"]).chars().next()? {
        '內' => Some(super::window(1, days)),
        '後' => Some(following(days, days)),
        _ => None,
    }
}

/// Working days of a time, and how many tokens name it: 「三個月」「半年」「10 個工作天」.
fn span(words: &[Token]) -> Option<(u32, usize)> {
    let text = text_of(words);
    if text.starts_with("半年") {
        return Some((6 * MONTH, 2));
    }
    let (from, mut length) = number(words)?;
    let mut n = from;
    if is_to(words.get(length))
        && let Some((end, more)) = number(at(words, length + 1))
    {
        n = end.max(from);
        length += 1 + more;
    }
    let unit = unit(at(words, length))?;
    // 「三月後」 and 「2026 年內」 are dates.
    let is_date = unit.days == MONTH && unit.length == 1 || n > u32::from(MAX_DAY);
    if is_date {
        return None;
    }
    let days = if unit.is_day && !unit.is_working { working(n) } else { n.saturating_mul(unit.days) };
    Some((days, length + unit.length))
}

fn is_to(token: Option<&Token>) -> bool {
    matches!(token, Some(Token::To | Token::Han('至' | '到')))
}

/// What stands behind 「第」: 「30 天」「1-2 週」「二週到第四週」「二個月」「5 個工作日」「三個月後」.
fn numbered(words: &[Token]) -> Option<Window> {
    if words.first() == Some(&Token::Number(0)) {
        return unit(at(words, 1)).filter(|unit| unit.is_day).map(|_| super::window(1, 1));
    }
    let (from, mut length) = number(words)?;
    let first = unit(at(words, length));
    let passed = length + first.as_ref().map_or(0, |unit| unit.length);
    let end = if is_to(words.get(passed)) { range_end(at(words, passed + 1)) } else { None };
    let (end, unit) = match end {
        // 「第一週到第二個月」 has two units: the first says enough.
        Some((end, unit, more)) if end >= from && first.as_ref().is_none_or(|first| first.days == unit.days) => {
            length = passed + 1 + more;
            (Some(end), unit)
        }
        _ => {
            length = passed;
            (None, first?)
        }
    };
    let last = end.unwrap_or(from);
    let found = match (unit.is_day, unit.is_working) {
        (true, true) => super::window(from, last),
        (true, false) if end.is_some() => super::window(working(from), working(last)),
        (true, false) => super::window(working(from).saturating_sub(5).max(1), working(from)),
        (false, _) => stretch(from, last, unit.days),
    };
    let rest = text_of(at(words, length));
    let is_after = strip_any(&rest, &["之", "以"]).starts_with('後');
    Some(if is_after { following(found.due.into(), unit.days) } else { found })
}

/// The end of a range, its unit, and how many tokens that took.
fn range_end(words: &[Token]) -> Option<(u32, Unit, usize)> {
    let again = usize::from(matches!(words.first(), Some(Token::Han('第'))));
    let (end, length) = number(at(words, again))?;
    let unit = unit(at(words, again + length))?;
    let passed = again + length + unit.length;
    Some((end, unit, passed))
}

struct Unit {
    /// Working days.
    days: u32,
    is_day: bool,
    is_working: bool,
    /// How many characters name it.
    length: usize,
}

fn unit(words: &[Token]) -> Option<Unit> {
    let text = text_of(words);
    let name = text.strip_prefix('個').unwrap_or(&text);
    let known = [
        ("工作日", 1, true, true),
        ("工作天", 1, true, true),
        ("天", 1, true, false),
        ("日", 1, true, false),
        ("週", WEEK, false, false),
        ("周", WEEK, false, false),
        ("星期", WEEK, false, false),
        ("禮拜", WEEK, false, false),
        ("月", MONTH, false, false),
        ("季", QUARTER, false, false),
        ("年", YEAR, false, false),
    ];
    let (found, days, is_day, is_working) = known.into_iter().find(|(known, ..)| name.starts_with(known))?;
    let length = found.chars().count() + usize::from(text.starts_with('個'));
    Some(Unit { days, is_day, is_working, length })
}

/// 3, 三, 十二, 三十, 九十; and how many tokens that took.
fn number(words: &[Token]) -> Option<(u32, usize)> {
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
