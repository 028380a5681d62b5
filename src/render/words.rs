//! The words of both languages, from the Fluent files.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use serde::Deserialize;
use serde_json::Value;
use unic_langid::LanguageIdentifier;

use super::embedded::WordFile;
use super::{RenderError, dates};
use crate::engine::message::Message;
use crate::engine::template::{self, Part};
use crate::engine::vocabulary::{Lang, Role, Text};

/// Who reads: what the form of words depends on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reader {
    pub lang: Lang,
    pub zone: Tz,
}

pub(super) struct Words {
    en: FluentBundle<FluentResource>,
    zh_tw: FluentBundle<FluentResource>,
}

/// Words that were asked for and are not there.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SentenceError {
    #[error("no words for `{id}` in {}", lang.as_str())]
    Unknown { lang: Lang, id: String },
    #[error("the words for `{id}` in {} lack something: {problems}", lang.as_str())]
    Incomplete { lang: Lang, id: String, problems: String },
    #[error("`{given}` can't stand in a sentence")]
    NoArgument { given: String },
}

/// What a serialised value can be in a sentence.
#[derive(Deserialize)]
#[serde(untagged)]
enum Shown {
    Arg(TaggedArg),
    Text(Text),
    Message { id: String, args: Vec<(String, Value)> },
    Number(serde_json::Number),
}

/// The serialised form of `engine::message::Arg`.
#[derive(Deserialize)]
#[serde(tag = "is", content = "value", rename_all = "snake_case")]
enum TaggedArg {
    Words(String),
    Text(Text),
    Number(i64),
    Date(NaiveDate),
    Time(DateTime<Utc>),
    Role(Role),
}

impl Words {
    pub fn parse(files: Vec<WordFile>) -> Result<Words, RenderError> {
        let mut en = empty(Lang::En);
        let mut zh_tw = empty(Lang::ZhTw);
        for WordFile { file, lang, source } in files {
            let bundle = match lang {
                Some(Lang::En) => &mut en,
                Some(Lang::ZhTw) => &mut zh_tw,
                None => {
                    let problems = "its name ends neither in .en.ftl nor in .zh-TW.ftl".to_owned();
                    return Err(RenderError::Words { file, problems });
                }
            };
            let resource = FluentResource::try_new(source)
                .map_err(|(_, problems)| RenderError::Words { file: file.clone(), problems: join(&problems) })?;
            bundle
                .add_resource(resource)
                .map_err(|problems| RenderError::Words { file: file.clone(), problems: join(&problems) })?;
        }
        Ok(Words { en, zh_tw })
    }

    pub fn knows(&self, lang: Lang, id: &str) -> bool {
        self.bundle(lang).get_message(id).is_some_and(|message| message.value().is_some())
    }

    /// The words for an id without arguments.
    pub fn plain(&self, reader: Reader, id: &str) -> Result<String, SentenceError> {
        self.say(reader.lang, id, &FluentArgs::new())
    }

    pub fn sentence(&self, reader: Reader, message: &Message) -> Result<String, SentenceError> {
        let args = message
            .args
            .iter()
            .map(|(name, arg)| {
                let arg = serde_json::to_value(arg).map_err(|e| SentenceError::NoArgument { given: e.to_string() })?;
                Ok(((*name).to_owned(), arg))
            })
            .collect::<Result<Vec<_>, SentenceError>>()?;
        self.say_with(reader, message.id, args)
    }

    /// The words for an id, with serialised arguments.
    pub fn say_with(
        &self,
        reader: Reader,
        id: &str,
        args: impl IntoIterator<Item = (String, Value)>,
    ) -> Result<String, SentenceError> {
        let mut filled = FluentArgs::new();
        for (name, value) in args {
            filled.set(name, self.argument(reader, &value)?);
        }
        self.say(reader.lang, id, &filled)
    }

    /// Anything serialised that has words: a string, a text in both languages, a message.
    pub fn of(&self, reader: Reader, value: &Value) -> Result<String, SentenceError> {
        Ok(match self.argument(reader, value)? {
            FluentValue::String(words) => words.into_owned(),
            FluentValue::Number(number) => number.as_string().into_owned(),
            _ => return Err(SentenceError::NoArgument { given: value.to_string() }),
        })
    }

    /// An author's text in the reader's language. Where a name is not filled in, it says the part; authors of
    /// Chinese set a name off by spaces, which its own words don't need.
    pub fn text(&self, reader: Reader, text: &Text) -> Result<String, SentenceError> {
        let mut said = String::new();
        // Between Chinese and Chinese alone.
        let is_han = |c: char| !c.is_ascii();
        let mut is_close = false;
        for part in template::parts(text.in_lang(reader.lang)) {
            match part {
                Part::Words(words) if is_close => {
                    said.push_str(words.strip_prefix(' ').filter(|rest| rest.starts_with(is_han)).unwrap_or(words));
                }
                Part::Words(words) => said.push_str(words),
                Part::Name(who, _) => {
                    let words = self.plain(reader, &format!("name-of-{}", who.as_str()))?;
                    is_close = reader.lang == Lang::ZhTw;
                    if is_close && said.strip_suffix(' ').is_some_and(|before| before.ends_with(is_han)) {
                        said.pop();
                    }
                    let begins = said.is_empty() || said.ends_with('\n') || said.ends_with(". ");
                    said.push_str(&if begins { capitalised(&words) } else { words });
                }
            }
        }
        Ok(said)
    }

    fn argument(&self, reader: Reader, value: &Value) -> Result<FluentValue<'static>, SentenceError> {
        // Most are words: serde would try all other kinds first.
        let shown = match value {
            Value::String(words) => return Ok(words.clone().into()),
            other => Shown::deserialize(other),
        };
        let shown = shown.map_err(|_| SentenceError::NoArgument { given: value.to_string() })?;
        Ok(match shown {
            Shown::Arg(TaggedArg::Words(words)) => words.into(),
            Shown::Text(text) | Shown::Arg(TaggedArg::Text(text)) => self.text(reader, &text)?.into(),
            Shown::Number(number) => match number.as_i64() {
                Some(whole) => whole.into(),
                None => number.as_f64().unwrap_or(f64::NAN).into(),
            },
            Shown::Arg(TaggedArg::Number(number)) => number.into(),
            Shown::Arg(TaggedArg::Date(day)) => dates::with_weekday(reader.lang, day).into(),
            Shown::Arg(TaggedArg::Time(at)) => dates::moment(reader.lang, reader.zone, at).into(),
            Shown::Arg(TaggedArg::Role(role)) => self.plain(reader, &format!("role-{}", role.as_str()))?.into(),
            Shown::Message { id, args } => self.say_with(reader, &id, args)?.into(),
        })
    }

    fn say(&self, lang: Lang, id: &str, args: &FluentArgs<'_>) -> Result<String, SentenceError> {
        let bundle = self.bundle(lang);
        let pattern = bundle
            .get_message(id)
            .and_then(|message| message.value())
            .ok_or_else(|| SentenceError::Unknown { lang, id: id.to_owned() })?;
        let mut problems = Vec::new();
        let sentence = bundle.format_pattern(pattern, Some(args), &mut problems).into_owned();
        if problems.is_empty() {
            Ok(sentence)
        } else {
            Err(SentenceError::Incomplete { lang, id: id.to_owned(), problems: join(&problems) })
        }
    }

    fn bundle(&self, lang: Lang) -> &FluentBundle<FluentResource> {
        match lang {
            Lang::En => &self.en,
            Lang::ZhTw => &self.zh_tw,
        }
    }
}

/// With a capital letter, as at the beginning of a sentence; Chinese has none.
fn capitalised(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map(char::to_uppercase).into_iter().flatten().chain(chars).collect()
}

fn empty(lang: Lang) -> FluentBundle<FluentResource> {
    // The plural rules are the only thing that hangs on the locale; both names are well formed.
    let locale: LanguageIdentifier = lang.as_str().parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![locale]);
    // The marks show as boxes in mail clients; both languages run left to right.
    bundle.set_use_isolating(false);
    bundle
}

fn join<T: std::fmt::Display>(problems: &[T]) -> String {
    problems.iter().map(T::to_string).collect::<Vec<_>>().join("; ")
}
