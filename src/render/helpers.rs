//! What templates can call. The first path of a template is `lang`, `zone`, and `chrome` and `page`, or
//! `letter` and `preview`; inside an `each` the way back to them is `@root.page`.
//!
//! | in a template | gives |
//! |---|---|
//! | `{{t "id" name=value}}` | the words for an id; arguments are strings, numbers, serialised `Arg`, `Text` or `Message` |
//! | `{{message m}}`, `{{text x}}` | a serialised `Message`, `Text` or `Arg` in the reader's language; a string as it is. Of a name that a text lacks it says the part: "your mentor" |
//! | `{{date d}}`, `{{day d}}` | `Mon 2 Mar 2026`, `2 March 2026` |
//! | `{{week d}}` | `2 March`: the Monday of the week of a day |
//! | `{{time ts}}`, `{{local_date ts}}`, `{{hour ts}}` | a moment in the reader's zone, with its hour, its day alone, its hour alone |
//! | `{{why w calendar=c member=m}}` | a serialised `calendar::Why` as sentences; both arguments may be left out or null |
//! | `{{why_lately d calendar=c member=m}}` | of a serialised `calendar::Dated`: as `why`, of what pushed it only what is recent, for a line of a mail |
//! | `{{markdown x}}` | a string or a `Text`: safe HTML, or in text mail the Markdown itself |
//! | `{{thousandths n}}` | a serialised `release::Number` |
//! | `{{percent done all}}`, `{{add a b}}`, `(range a b)`, `{{len x}}`, `{{concat a b ..}}` | as they say |
//! | `(lines x)` | the lines of what somebody wrote |
//! | `(cell row "column")` | the cell of a row, empty when it has none |
//! | `{{option options id}}` | the label of a choice |
//! | `(eq a b)`, `(ne a b)`, `(gt a b)`, `(lt a b)`, `(and ..)`, `(or ..)`, `(not x)` | true or false |
//! | `(excerpt d)` | the source line of a serialised `Diagnostic` as before, marked, after; null without one |
//! | `{{in_hours m}}`, `{{joined xs}}` and others | what a simulation shows: [`super::simulation`] |
//! | `{{lang_tag}}`, `{{asset "app.css"}}` | `zh-Hant-TW`, an address |

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use handlebars::{
    Context, Handlebars, Helper, HelperDef, HelperResult, JsonRender, JsonTruthy, Output, RenderContext, RenderError,
    RenderErrorReason, ScopedJson,
};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::words::{Reader, Words};
use super::{dates, embedded, markdown, reason, strict};
use crate::engine::calendar::Dated;
use crate::engine::release::Number;
use crate::engine::vocabulary::{Lang, Text};

/// A helper that gives a value: handlebars escapes it where it is shown, and not inside a call.
struct Gives<F>(F);

impl<F> HelperDef for Gives<F>
where
    F: Fn(&Helper<'_>, &Context) -> Result<Value, RenderError>,
{
    fn call_inner<'reg: 'rc, 'rc>(
        &self,
        h: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        ctx: &'rc Context,
        _: &mut RenderContext<'reg, 'rc>,
    ) -> Result<ScopedJson<'rc>, RenderError> {
        strict::present(h)?;
        (self.0)(h, ctx).map(ScopedJson::Derived)
    }
}

pub(super) fn register(registry: &mut Handlebars<'static>, words: &Arc<Words>) {
    register_words(registry, words);
    register_dates(registry);
    register_reasons(registry, words);
    register_values(registry);
    register_truths(registry);
}

fn register_words(registry: &mut Handlebars<'static>, words: &Arc<Words>) {
    let speak = Arc::clone(words);
    gives(registry, "t", move |h, ctx| {
        let args = h.hash().iter().map(|(name, value)| ((*name).to_owned(), value.value().clone()));
        let id: String = param(h, 0)?;
        speak.say_with(reader(ctx)?, &id, args).map(Value::from).map_err(failed)
    });
    for name in ["message", "text"] {
        let speak = Arc::clone(words);
        gives(registry, name, move |h, ctx| speak.of(reader(ctx)?, value(h, 0)?).map(Value::from).map_err(failed));
    }
    let speak = Arc::clone(words);
    gives(registry, "option", move |h, ctx| {
        let (options, id) = (value(h, 0)?, value(h, 1)?);
        let chosen = options.as_array().into_iter().flatten().find(|option| option.get("id") == Some(id));
        match chosen.and_then(|option| option.get("label")) {
            Some(label) => speak.of(reader(ctx)?, label).map(Value::from).map_err(failed),
            // An answer to an option that a later release dropped still says what was chosen.
            None => Ok(id.clone()),
        }
    });
    gives(registry, "lang_tag", |_, ctx| {
        Ok(Value::from(match reader(ctx)?.lang {
            Lang::En => "en",
            Lang::ZhTw => "zh-Hant-TW",
        }))
    });
}

fn register_dates(registry: &mut Handlebars<'static>) {
    gives(registry, "date", |h, ctx| Ok(dates::with_weekday(reader(ctx)?.lang, param(h, 0)?).into()));
    gives(registry, "day", |h, ctx| Ok(dates::long(reader(ctx)?.lang, param::<NaiveDate>(h, 0)?).into()));
    gives(registry, "week", |h, ctx| Ok(dates::week(reader(ctx)?.lang, param(h, 0)?).into()));
    gives(registry, "time", |h, ctx| {
        let Reader { lang, zone } = reader(ctx)?;
        Ok(dates::moment(lang, zone, param::<DateTime<Utc>>(h, 0)?).into())
    });
    gives(registry, "hour", |h, ctx| {
        let at: DateTime<Utc> = param(h, 0)?;
        Ok(at.with_timezone(&reader(ctx)?.zone).format("%H:%M").to_string().into())
    });
    gives(registry, "local_date", |h, ctx| {
        let Reader { lang, zone } = reader(ctx)?;
        let at: DateTime<Utc> = param(h, 0)?;
        Ok(dates::with_weekday(lang, at.with_timezone(&zone).date_naive()).into())
    });
}

fn register_reasons(registry: &mut Handlebars<'static>, words: &Arc<Words>) {
    let speak = Arc::clone(words);
    gives(registry, "why", move |h, ctx| {
        let said = reason::sentences(&speak, reader(ctx)?, &param(h, 0)?, names(h), None);
        said.map(Value::from).map_err(failed)
    });
    let speak = Arc::clone(words);
    gives(registry, "why_lately", move |h, ctx| {
        let Dated { date, why } = param(h, 0)?;
        let said = reason::sentences(&speak, reader(ctx)?, &why, names(h), Some(reason::recent(date)));
        said.map(Value::from).map_err(failed)
    });
}

/// The names of the calendar and the member that a reason speaks of, where they are given.
fn names<'h>(h: &'h Helper<'_>) -> (Option<&'h Value>, Option<&'h Value>) {
    let named = |name| h.hash_get(name).map(|given| given.value()).filter(|given| !given.is_null());
    (named("calendar"), named("member"))
}

fn register_values(registry: &mut Handlebars<'static>) {
    gives(registry, "thousandths", |h, _| Ok(param::<Number>(h, 0)?.to_string().into()));
    gives(registry, "percent", |h, _| {
        let (done, all): (u64, u64) = (param(h, 0)?, param(h, 1)?);
        Ok(done.saturating_mul(100).checked_div(all).unwrap_or(100).into())
    });
    gives(registry, "add", |h, _| Ok((param::<i64>(h, 0)? + param::<i64>(h, 1)?).into()));
    // As texts, because what somebody chose is one.
    gives(registry, "range", |h, _| {
        Ok((param::<i64>(h, 0)?..=param::<i64>(h, 1)?).map(|n| Value::from(n.to_string())).collect())
    });
    gives(registry, "len", |h, _| match value(h, 0)? {
        Value::Array(list) => Ok(list.len().into()),
        Value::Object(map) => Ok(map.len().into()),
        Value::String(text) => Ok(text.chars().count().into()),
        other => Err(failed(format!("`{other}` has no length"))),
    });
    gives(registry, "concat", |h, _| {
        Ok(h.params().iter().map(|part| part.value().render()).collect::<String>().into())
    });
    gives(registry, "lines", |h, _| Ok(param::<String>(h, 0)?.lines().map(str::to_owned).collect()));
    gives(registry, "cell", |h, _| {
        let column: String = param(h, 1)?;
        Ok(value(h, 0)?.get(&column).cloned().unwrap_or_else(|| "".into()))
    });
    gives(registry, "asset", |h, _| {
        let name: String = param(h, 0)?;
        embedded::asset_address(&name).map(Value::from).ok_or_else(|| failed(format!("no asset `{name}`")))
    });
}

fn register_truths(registry: &mut Handlebars<'static>) {
    gives(registry, "eq", |h, _| Ok((value(h, 0)? == value(h, 1)?).into()));
    gives(registry, "ne", |h, _| Ok((value(h, 0)? != value(h, 1)?).into()));
    gives(registry, "gt", |h, _| Ok((param::<f64>(h, 0)? > param::<f64>(h, 1)?).into()));
    gives(registry, "lt", |h, _| Ok((param::<f64>(h, 0)? < param::<f64>(h, 1)?).into()));
    gives(registry, "and", |h, _| Ok(h.params().iter().all(|it| it.value().is_truthy(false)).into()));
    gives(registry, "or", |h, _| Ok(h.params().iter().any(|it| it.value().is_truthy(false)).into()));
    gives(registry, "not", |h, _| Ok((!value(h, 0)?.is_truthy(false)).into()));
}

/// `{{markdown x}}`: the one helper that writes HTML, which [`markdown()`](super::markdown()) made safe.
pub(super) fn register_markdown(html: &mut Handlebars<'static>, text: &mut Handlebars<'static>, words: &Arc<Words>) {
    html.register_helper("markdown", Box::new(MarkdownAsHtml(Arc::clone(words))));
    let speak = Arc::clone(words);
    gives(text, "markdown", move |h, ctx| Ok(written(&speak, h, ctx)?.trim().into()));
}

struct MarkdownAsHtml(Arc<Words>);

impl HelperDef for MarkdownAsHtml {
    fn call<'reg: 'rc, 'rc>(
        &self,
        h: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        ctx: &'rc Context,
        _: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        strict::present(h)?;
        out.write(&markdown::markdown(&written(&self.0, h, ctx)?))?;
        Ok(())
    }
}

fn written(words: &Words, h: &Helper<'_>, ctx: &Context) -> Result<String, RenderError> {
    match value(h, 0)? {
        Value::String(text) => Ok(text.clone()),
        given => {
            let text = Text::deserialize(given).map_err(|_| failed(format!("`{given}` is no Markdown")))?;
            words.text(reader(ctx)?, &text).map_err(failed)
        }
    }
}

pub(super) fn gives(
    registry: &mut Handlebars<'static>,
    name: &str,
    give: impl Fn(&Helper<'_>, &Context) -> Result<Value, RenderError> + Send + Sync + 'static,
) {
    registry.register_helper(name, Box::new(Gives(give)));
}

/// Language and zone stand at the root of everything that is rendered.
pub(super) fn reader(ctx: &Context) -> Result<Reader, RenderError> {
    let at_root = |key| ctx.data().get(key).and_then(Value::as_str);
    let lang = at_root("lang").and_then(Lang::parse);
    let zone = at_root("zone").and_then(|zone| zone.parse().ok());
    lang.zip(zone)
        .map(|(lang, zone)| Reader { lang, zone })
        .ok_or_else(|| failed("the data names no language and zone"))
}

pub(super) fn value<'a>(h: &'a Helper<'_>, n: usize) -> Result<&'a Value, RenderError> {
    h.param(n).map(|given| given.value()).ok_or_else(|| failed(format!("`{}` lacks parameter {}", h.name(), n + 1)))
}

pub(super) fn param<T: DeserializeOwned>(h: &Helper<'_>, n: usize) -> Result<T, RenderError> {
    let given = value(h, n)?;
    T::deserialize(given).map_err(|why| failed(format!("`{}` can't use {given}: {why}", h.name())))
}

pub(super) fn failed(why: impl ToString) -> RenderError {
    RenderErrorReason::Other(why.to_string()).into()
}
