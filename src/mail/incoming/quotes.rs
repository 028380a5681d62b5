//! What a person wrote, without what their mail program put around it.
//!
//! Programs mark a quotation in the language of their owner, so both of ours are known here; a third
//! language is read as far as its quotations bear `>`.

use crate::engine::vocabulary::narrow;

/// Lines under which a mail program quotes: nothing of the person's stands below.
const DIVIDERS: &[&str] = &[
    "original message",
    "original appointment",
    "forwarded message",
    "begin forwarded message:",
    "原始郵件",
    "原始訊息",
    "原始邮件",
    "轉寄的郵件",
    "轉寄郵件",
    "轉寄訊息",
    "開始轉寄郵件:",
];

const FROM_LABELS: &[&str] = &["from:", "寄件者:", "寄件人:", "发件人:"];
const DATE_LABELS: &[&str] =
    &["sent:", "date:", "寄件日期:", "傳送時間:", "傳送日期:", "日期:", "已傳送:", "发送时间:", "时间:"];

/// Lines by which a program or a telephone signs.
const DEVICES: &[(&str, &str)] = &[
    ("sent from my ", ""),
    ("sent from outlook", ""),
    ("sent from mail for ", ""),
    ("sent from yahoo mail", ""),
    ("get outlook for ", ""),
    ("從我的", "傳送"),
    ("傳送自我的", ""),
    ("傳送自 outlook", ""),
    ("傳送自 windows", ""),
    ("從 windows 版", "傳送"),
    ("寄件自 windows", ""),
    ("取得 outlook for ", ""),
    ("取得 ios 版 outlook", ""),
    ("取得 android 版 outlook", ""),
];

/// The person's own lines. Text below a quotation counts too: some answer there.
pub(super) fn own_words(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let mut kept: Vec<&str> = Vec::new();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let bare = plain(line);
        let rest = &lines[at..];
        if bare.starts_with('>') || is_device(&bare) {
            at += 1;
        } else if let Some(length) = introduction(rest) {
            at += length;
            // Gmail breaks the introduction after a long sender.
            if kept.last().is_some_and(|last| is_sender(&plain(last))) {
                kept.pop();
            }
            // Without marks on what follows, all that follows is quoted.
            let next = lines[at..].iter().map(|line| plain(line)).find(|line| !line.is_empty());
            if !next.is_some_and(|next| next.starts_with('>')) {
                break;
            }
        } else if bare == "--" || is_divider(&bare) || is_header_block(rest) {
            break;
        } else {
            kept.push(line.trim_end());
            at += 1;
        }
    }
    kept.join("\n").trim_matches(|c: char| c.is_whitespace() || is_invisible(c)).to_owned()
}

/// RFC 3676: a line that ends with a space goes on in the next one. Chinese and Apple's programs say
/// `delsp`, and the space goes too.
pub(super) fn unflow(text: &str, delsp: bool) -> String {
    let mut joined = String::with_capacity(text.len());
    let mut is_open = false;
    for line in text.lines() {
        let depth = line.bytes().take_while(|&byte| byte == b'>').count();
        let line = if depth == 0 { line.strip_prefix(' ').unwrap_or(line) } else { line };
        if depth > 0 && is_open {
            joined.push('\n');
        }
        let is_flowed = depth == 0 && line.ends_with(' ') && line != "-- ";
        joined.push_str(if is_flowed && delsp { line.strip_suffix(' ').unwrap_or(line) } else { line });
        if !is_flowed {
            joined.push('\n');
        }
        is_open = is_flowed;
    }
    joined
}

/// A line as it is compared: full-width forms made narrow, no invisible characters, lower case.
pub(super) fn plain(line: &str) -> String {
    let single = |c: char| match c {
        '\u{2018}' | '\u{2019}' => '\'',
        c if c.is_whitespace() => ' ',
        c => narrow(c),
    };
    let narrowed: String = line.chars().filter(|&c| !is_invisible(c)).map(single).collect();
    narrowed.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        || (c.is_control() && !c.is_whitespace())
}

/// How many lines "On .. wrote:" takes at the start of these, if they start with it. Programs break
/// it after some seventy characters.
fn introduction(lines: &[&str]) -> Option<usize> {
    let ends = |line: &&&str| !line.trim().is_empty() && !line.trim_start().starts_with('>');
    let count = lines.iter().take(3).take_while(ends).count();
    let joined = |from: usize, to: usize| plain(&lines[from..to].join(" "));
    if count > 0 && is_sender(joined(0, 1).trim_end_matches("wrote:")) && joined(0, 1).ends_with("wrote:") {
        return Some(1);
    }
    let length = (1..=count).find(|&length| is_introduction(&joined(0, length)))?;
    // A person's last line is not swallowed with an introduction that stands whole below it.
    (!(1..length).any(|from| is_introduction(&joined(from, length)))).then_some(length)
}

fn is_introduction(line: &str) -> bool {
    let has_digit = line.chars().any(|c| c.is_ascii_digit());
    let in_english = line.starts_with("on ") && line.ends_with("wrote:");
    let in_chinese = (line.ends_with("寫道:") || line.ends_with("写道:"))
        && (line.contains(['於', '在', '于']) || line.starts_with("20"));
    // Gmail until 2019: `2026-11-29 14:05 GMT+08:00 Grace Chen <grace@company.example>:`
    let by_date = line.starts_with("20") && line.contains('@') && line.ends_with(">:");
    has_digit && line.chars().count() <= 400 && (in_english || in_chinese || by_date)
}

/// `Grace Chen <grace@company.example>`
fn is_sender(line: &str) -> bool {
    let line = line.trim();
    line.ends_with('>')
        && line.split_once('<').is_some_and(|(_, address)| address.contains('@') && !address.contains(' '))
}

fn is_divider(line: &str) -> bool {
    let is_ruled = line.starts_with("--");
    let words = line.trim_matches(|c| c == '-' || c == ' ');
    let is_underlined = line.len() >= 5 && line.bytes().all(|byte| byte == b'_');
    let is_begin = line.ends_with(':') && DIVIDERS.contains(&line);
    is_underlined || is_begin || is_ruled && DIVIDERS.contains(&words)
}

/// Outlook's block: `From:`, and within the next lines `Sent:`.
fn is_header_block(lines: &[&str]) -> bool {
    let label = |line: &&str| plain(line).replace('*', "").replace(" :", ":");
    let starts = |line: &str, labels: &[&str]| labels.iter().any(|label| line.starts_with(label));
    let mut near = lines.iter().take(8).map(label);
    near.next().is_some_and(|line| starts(&line, FROM_LABELS)) && near.any(|line| starts(&line, DATE_LABELS))
}

fn is_device(line: &str) -> bool {
    line.chars().count() <= 80
        && DEVICES
            .iter()
            .any(|(start, end)| line.starts_with(start) && line.trim_end_matches(['.', '。']).ends_with(end))
}
