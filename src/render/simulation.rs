//! A simulation at a terminal, as a document of its own, and as a drawing.
//!
//! | in a template | gives |
//! |---|---|
//! | `{{in_hours m}}` | minutes as hours, `5.3` |
//! | `{{joined xs}}`, `{{named_days xs}}`, `{{named_steps xs}}` | texts, `Skipped` days, steps of a mail in a row |
//! | `{{step_title line}}` | a step with its members, its turn or its parts |
//! | `{{month_day d}}` | `2 Feb` |
//! | `(hours_chart weeks limit)` | where the bars, the lines and their labels lie |
//! | `{{stylesheet "x.css"}}` | in HTML: an asset as it is |
//! | `{{fit x n}}`, `{{right x n}}`, `{{wrap x indent}}`, `{{heading x}}`, `{{bar m limit most}}` | in text: columns, lines, bars of a terminal |
//! | `{{csv x}}` | in text: a cell of a table |

use std::sync::Arc;

use handlebars::{Context, Handlebars, Helper, HelperDef, HelperResult, Output, RenderContext, RenderError};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::helpers::{failed, gives, param, reader, value};
use super::hours_chart::{ChartWeek, chart};
use super::words::{Reader, SentenceError, Words};
use super::{RenderError as Broken, Renderer, dates, embedded, render, strict};
use crate::engine::calendar::Skipped;
use crate::engine::vocabulary::Lang;

/// Columns of a terminal that hardly anybody's is narrower than, with room for a quotation mark.
const WIDTH: usize = 96;

/// How long the bar of the fullest week is.
const BAR: usize = 40;

impl Renderer {
    /// The text `templates/pages/<name>.txt.hbs`, which sees `lang`, `zone` and `page`.
    ///
    /// # Errors
    /// The template does not fit what it shows.
    pub fn plain<T: Serialize>(&self, name: &str, lang: Lang, page: &T) -> Result<String, Broken> {
        let name = format!("pages/{name}.txt");
        let shown = shown(&name, lang, page)?;
        render(&self.text, name, &shown)
    }

    /// The page `templates/pages/<name>.hbs` that stands alone: no address, no viewer, nothing around it.
    ///
    /// # Errors
    /// The template does not fit what it shows.
    pub fn document<T: Serialize>(&self, name: &str, lang: Lang, page: &T) -> Result<String, Broken> {
        let name = format!("pages/{name}");
        let shown = shown(&name, lang, page)?;
        render(&self.html, name, &shown)
    }
}

fn shown<T: Serialize>(name: &str, lang: Lang, page: &T) -> Result<Context, Broken> {
    let page = serde_json::to_value(page).map_err(|source| Broken::Shown { name: name.to_owned(), source })?;
    Ok(Context::from(json!({ "lang": lang, "zone": chrono_tz::Tz::UTC, "page": page })))
}

pub(super) fn register(registry: &mut Handlebars<'static>, words: &Arc<Words>) {
    gives(registry, "in_hours", |h, _| Ok(in_hours(param(h, 0)?).into()));
    gives(registry, "month_day", |h, ctx| Ok(dates::short(reader(ctx)?.lang, param(h, 0)?).into()));
    let speak = Arc::clone(words);
    gives(registry, "joined", move |h, ctx| {
        let (reader, list) = (reader(ctx)?, param::<Vec<Value>>(h, 0)?);
        joined(&speak, reader, &list, "simulate-comma").map(Value::from).map_err(failed)
    });
    let speak = Arc::clone(words);
    gives(registry, "named_days", move |h, ctx| {
        named_days(&speak, reader(ctx)?, &param::<Vec<Skipped>>(h, 0)?).map(Value::from).map_err(failed)
    });
    let speak = Arc::clone(words);
    gives(registry, "named_steps", move |h, ctx| {
        named_steps(&speak, reader(ctx)?, param(h, 0)?).map(Value::from).map_err(failed)
    });
    let speak = Arc::clone(words);
    gives(registry, "step_title", move |h, ctx| {
        step_title(&speak, reader(ctx)?, param(h, 0)?).map(Value::from).map_err(failed)
    });
    gives(registry, "hours_chart", |h, _| {
        let chart = chart(&param::<Vec<ChartWeek>>(h, 0)?, param(h, 1)?);
        serde_json::to_value(chart).map_err(failed)
    });
}

pub(super) fn register_html(html: &mut Handlebars<'static>) {
    html.register_helper("stylesheet", Box::new(Stylesheet));
}

pub(super) fn register_text(text: &mut Handlebars<'static>) {
    gives(text, "fit", |h, _| Ok(fit(&words_of(value(h, 0)?), param(h, 1)?).into()));
    gives(text, "right", |h, _| Ok(right(&words_of(value(h, 0)?), param(h, 1)?).into()));
    gives(text, "wrap", |h, _| Ok(wrap(&words_of(value(h, 0)?), param(h, 1)?).into()));
    gives(text, "bar", |h, _| Ok(bar(param(h, 0)?, param(h, 1)?, param(h, 2)?).into()));
    gives(text, "heading", |h, _| {
        let words = words_of(value(h, 0)?);
        Ok(format!("{words}\n{}", "=".repeat(words.width())).into())
    });
    gives(text, "csv", |h, _| Ok(csv(&words_of(value(h, 0)?)).into()));
}

/// An asset inside a page that has to stand alone. It is a file of this program, so nobody's words.
struct Stylesheet;

impl HelperDef for Stylesheet {
    fn call<'reg: 'rc, 'rc>(
        &self,
        h: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        _: &'rc Context,
        _: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        strict::present(h)?;
        let name: String = param(h, 0)?;
        let missing = || -> RenderError { failed(format!("no style sheet `{name}`")) };
        let (bytes, _) = embedded::asset(&name).filter(|(_, kind)| kind.starts_with("text/css")).ok_or_else(missing)?;
        out.write(std::str::from_utf8(&bytes).map_err(failed)?)?;
        Ok(())
    }
}

fn words_of(value: &Value) -> String {
    match value {
        Value::String(words) => words.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

fn in_hours(minutes: u32) -> String {
    format!("{:.1}", f64::from(minutes) / 60.0)
}

fn joined(words: &Words, reader: Reader, list: &[Value], comma: &str) -> Result<String, SentenceError> {
    let all = list.iter().map(|one| words.of(reader, one)).collect::<Result<Vec<_>, _>>()?;
    Ok(all.join(&words.plain(reader, comma)?))
}

fn args(list: Vec<(&str, Value)>) -> impl Iterator<Item = (String, Value)> {
    list.into_iter().map(|(name, value)| (name.to_owned(), value))
}

fn named_days(words: &Words, reader: Reader, days: &[Skipped]) -> Result<String, SentenceError> {
    let one = |day: &Skipped| {
        let date = dates::short(reader.lang, day.date);
        let name = day.name.in_lang(reader.lang);
        words.say_with(reader, "simulate-dated", args(vec![("name", name.into()), ("date", date.into())]))
    };
    Ok(days.iter().map(one).collect::<Result<Vec<_>, _>>()?.join(&words.plain(reader, "simulate-comma")?))
}

/// A step that a mail names.
#[derive(Deserialize)]
struct NamedStep {
    title: Value,
    count: usize,
}

fn named_steps(words: &Words, reader: Reader, steps: Vec<NamedStep>) -> Result<String, SentenceError> {
    let one = |step: NamedStep| match step.count {
        1 => words.of(reader, &step.title),
        count => {
            words.say_with(reader, "simulate-mail-times", args(vec![("title", step.title), ("count", count.into())]))
        }
    };
    let all = steps.into_iter().map(one).collect::<Result<Vec<_>, _>>()?;
    Ok(all.join(&words.plain(reader, "simulate-semicolon")?))
}

/// What a line of the calendar says besides its dates.
#[derive(Deserialize)]
struct TitledStep {
    title: Value,
    members: Vec<Value>,
    turn: u16,
    #[serde(default)]
    parts: Vec<Value>,
}

fn step_title(words: &Words, reader: Reader, step: TitledStep) -> Result<String, SentenceError> {
    let mut said = words.of(reader, &step.title)?;
    if !step.parts.is_empty() {
        let parts = joined(words, reader, &step.parts, "simulate-semicolon")?;
        let given = args(vec![("title", said.into()), ("parts", parts.into())]);
        return words.say_with(reader, "simulate-step-parts", given);
    }
    if !step.members.is_empty() {
        let members = joined(words, reader, &step.members, "simulate-comma")?;
        let given = args(vec![("title", said.into()), ("members", members.into())]);
        said = words.say_with(reader, "simulate-step-members", given)?;
    }
    if step.turn > 1 {
        let given = args(vec![("title", said.into()), ("turn", step.turn.into())]);
        said = words.say_with(reader, "simulate-step-turn", given)?;
    }
    Ok(said)
}

/// Words in a column of so many cells: filled up, or cut with an ellipsis.
fn fit(words: &str, width: usize) -> String {
    if words.width() <= width {
        return format!("{words}{}", " ".repeat(width - words.width()));
    }
    let mut cut = String::new();
    for c in words.chars() {
        if cut.width() + c.width().unwrap_or(0) + 1 > width {
            break;
        }
        cut.push(c);
    }
    cut.push('…');
    let filled = " ".repeat(width.saturating_sub(cut.width()));
    cut + &filled
}

fn right(words: &str, width: usize) -> String {
    format!("{}{words}", " ".repeat(width.saturating_sub(words.width())))
}

/// A bar of minutes; `|` marks the limit. ASCII, because terminals disagree about the width of block
/// characters beside Chinese.
fn bar(minutes: u32, limit: Option<u32>, most: u32) -> String {
    let full = f64::from(most.max(limit.unwrap_or(0)).max(1));
    let cells = |minutes: u32| ((f64::from(minutes) / full * BAR as f64).round() as usize).min(BAR);
    let (length, mark) = (cells(minutes), limit.map(cells));
    let drawn = (0..=BAR).map(|cell| match (Some(cell) == mark, cell < length) {
        (true, _) => '|',
        (false, true) => '#',
        (false, false) => ' ',
    });
    drawn.collect()
}

/// A paragraph that starts in column `indent`, broken into lines that start there too.
fn wrap(words: &str, indent: usize) -> String {
    let room = WIDTH.saturating_sub(indent).max(20);
    let mut lines = vec![String::new()];
    for piece in pieces(words) {
        let Some(line) = lines.last_mut() else { break };
        let is_new = line.trim().is_empty();
        if !is_new && line.width() + piece.trim_end().width() > room {
            lines.push(piece.trim_start().to_owned());
        } else {
            line.push_str(if is_new { piece.trim_start() } else { piece });
        }
    }
    let lines: Vec<&str> = lines.iter().map(|line| line.trim_end()).collect();
    lines.join(&format!("\n{}", " ".repeat(indent)))
}

/// What is not broken: Latin words with the space after them, Chinese characters with the mark that
/// belongs to them.
fn pieces(words: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut before: Option<char> = None;
    for (at, c) in words.char_indices() {
        if before.is_some_and(|before| may_break(before, c)) {
            found.extend(words.get(start..at));
            start = at;
        }
        before = Some(c);
    }
    found.extend(words.get(start..));
    found
}

fn may_break(before: char, c: char) -> bool {
    let is_wide = |c: char| c.width() == Some(2);
    let may_begin = !"，。、；：？！）」』】》〉…".contains(c) && !c.is_whitespace();
    let may_end = !"（「『【《〈".contains(before);
    // 2月20日 is one thing.
    let is_figure = before.is_ascii_digit() || (c.is_ascii_digit() && "年月".contains(before));
    may_begin && may_end && !is_figure && (before.is_whitespace() || is_wide(before) || is_wide(c))
}

/// A cell of a table. A spreadsheet takes what begins like a formula for one.
fn csv(words: &str) -> String {
    let is_formula = words.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let words = if is_formula { format!("'{words}") } else { words.to_owned() };
    if words.contains([',', '"', '\n', '\r']) { format!("\"{}\"", words.replace('"', "\"\"")) } else { words }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_holds_chinese_by_its_width() {
        assert_eq!(fit("訪談", 6), "訪談  ");
        assert_eq!(fit("訪談成員", 6), "訪談… ");
        assert_eq!(fit("Interview", 6), "Inter…");
        assert_eq!(right("訪談", 6), "  訪談");
    }

    #[test]
    fn a_paragraph_is_broken_between_words_and_never_before_a_chinese_mark() {
        let chinese = "字".repeat(46) + "，" + &"字".repeat(5); // the mark would not fit any more
        let lines: Vec<String> = wrap(&chinese, 4).lines().map(str::to_owned).collect();
        assert_eq!(lines.len(), 2);
        assert_eq!(lines[1], format!("    字，{}", "字".repeat(5)));
        let english = wrap(&"word ".repeat(40), 6);
        assert!(english.lines().all(|line| line.len() <= WIDTH && !line.ends_with(' ')), "{english}");
        assert!(english.lines().skip(1).all(|line| line.starts_with("      word")));
    }

    #[test]
    fn a_bar_marks_its_limit_whether_it_reaches_it_or_not() {
        assert_eq!(bar(240, Some(480), 480).trim_end(), format!("{}{}|", "#".repeat(20), " ".repeat(20)));
        assert_eq!(bar(600, Some(480), 600).trim_end(), format!("{}|{}", "#".repeat(32), "#".repeat(7)));
        assert_eq!(bar(0, None, 0).trim_end(), "");
    }

    #[test]
    fn a_cell_that_looks_like_a_formula_is_no_formula() {
        assert_eq!(csv("=1+1"), "'=1+1");
        assert_eq!(csv("a \"b\", c"), "\"a \"\"b\"\", c\"");
        assert_eq!(csv("陳怡君"), "陳怡君");
    }
}
