//! Sentences and HTML: the only room that makes either.
//!
//! It turns engine types and page data into words in the reader's language: pages, the subject and
//! the two bodies of a mail, single sentences. Every template and every word is embedded in the
//! binary and parsed when a [`Renderer`] is made, so a broken one stops the start and not a page. A
//! misspelt path, an unknown message id or a missing argument is an error, never an empty string.
//!
//! It must not know who may see what (`engine::access`), where the data comes from, or what a page
//! is for; a template decides nothing but what it looks like.

mod charts;
mod chrome;
mod dates;
pub mod diagnostic;
pub mod diff;
mod embedded;
pub mod export;
pub mod graph;
mod helpers;
mod hours_chart;
mod look;
mod markdown;
pub mod preview;
mod qr;
mod reason;
mod refusal;
mod simulation;
mod strict;
mod telling;
mod words;

use std::sync::Arc;

use chrono_tz::Tz;
use handlebars::{Context, Handlebars};
use serde::Serialize;
use serde_json::json;

pub use chrome::{Chrome, DemoBar, DemoPerson, Flash, FlashKind, HelpContact, NavItem, ViewerChrome};
pub use embedded::{asset, asset_address};
pub use markdown::markdown;
pub use refusal::{Names, refusal};

use crate::engine::message::Message;
use crate::engine::vocabulary::{Lang, Text};
use embedded::Kind;
use look::Look;
use words::{Reader, Words};

/// Every template and word of the product, parsed.
pub struct Renderer {
    html: Handlebars<'static>,
    /// Subjects and text bodies, which must not be escaped.
    text: Handlebars<'static>,
    words: Arc<Words>,
    look: Look,
}

/// The words of a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailWords {
    pub subject: String,
    pub text: String,
    pub html: String,
}

/// A template or a word that is not as it should be.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    #[error("the template {file} does not parse")]
    Template { file: String, source: Box<handlebars::TemplateError> },
    #[error("the file {file} is not UTF-8")]
    NotText { file: String, source: std::str::Utf8Error },
    #[error("the words in {file} do not parse: {problems}")]
    Words { file: String, problems: String },
    #[error("the template {name} does not render")]
    Page { name: String, source: Box<handlebars::RenderError> },
    #[error("the mail {name} takes no style")]
    Look { name: String, source: css_inline::InlineError },
    #[error("what the template {name} shows does not serialise")]
    Shown { name: String, source: serde_json::Error },
    #[error(transparent)]
    Sentence(#[from] words::SentenceError),
}

/// The renderer of tests: reading all templates takes a debug build most of a second.
#[cfg(test)]
pub(crate) fn shared() -> &'static Renderer {
    static SHARED: std::sync::LazyLock<Renderer> =
        std::sync::LazyLock::new(|| Renderer::new().expect("templates and words that parse"));
    &SHARED
}

impl Renderer {
    /// Parses every template and every word; an error names the file.
    pub fn new() -> Result<Renderer, RenderError> {
        let words = Arc::new(Words::parse(embedded::word_files()?)?);
        let mut html = Handlebars::new();
        let mut text = Handlebars::new();
        text.register_escape_fn(handlebars::no_escape);
        for registry in [&mut html, &mut text] {
            registry.set_strict_mode(true);
            // Indenting a partial would indent what people wrote inside its text areas.
            registry.set_prevent_indent(true);
            strict::register(registry);
            helpers::register(registry, &words);
            diagnostic::register(registry);
            simulation::register(registry, &words);
            charts::register(registry);
            qr::register(registry);
        }
        helpers::register_markdown(&mut html, &mut text, &words);
        simulation::register_html(&mut html);
        simulation::register_text(&mut text);
        for template in embedded::templates()? {
            let registry = match template.kind {
                Kind::Html => &mut html,
                Kind::Text => &mut text,
            };
            registry.register_template_string(&template.name, template.source).map_err(|source| {
                RenderError::Template { file: format!("{}.hbs", template.name), source: Box::new(source) }
            })?;
        }
        let look = Look::new().map_err(|source| RenderError::Look { name: "layouts/mail".to_owned(), source })?;
        Ok(Renderer { html, text, words, look })
    }

    /// The page `templates/pages/<name>.hbs`, which sees `lang`, `zone`, `chrome` and `page`.
    pub fn page<T: Serialize>(&self, name: &str, chrome: &Chrome, page: &T) -> Result<String, RenderError> {
        let name = format!("pages/{name}");
        let page = serde_json::to_value(page).map_err(|source| RenderError::Shown { name: name.clone(), source })?;
        let shown = json!({ "lang": chrome.lang, "zone": chrome.zone, "chrome": chrome, "page": page });
        render(&self.html, name, &Context::from(shown))
    }

    /// The mail `templates/mail/<name>/`, which sees `lang`, `zone` and `letter`; its bodies see
    /// `preview` too, what a list of letters shows after the subject.
    ///
    /// Partials of mails are given `null` and what they show by name: without it handlebars copies all that
    /// stands around a partial each time, which for a long list was most of the work.
    pub fn mail<T: Serialize>(&self, name: &str, lang: Lang, zone: Tz, letter: &T) -> Result<MailWords, RenderError> {
        let name = format!("mail/{name}");
        let letter =
            serde_json::to_value(letter).map_err(|source| RenderError::Shown { name: name.clone(), source })?;
        let mut shown = Context::from(json!({ "lang": lang, "zone": zone, "letter": letter }));
        let subject = one_line(&render(&self.text, format!("{name}/subject.txt"), &shown)?);
        let preview = one_line(&render(&self.text, format!("{name}/preview.txt"), &shown)?);
        shown.data_mut()["preview"] = preview.into();
        let text = render(&self.text, format!("{name}/body.txt"), &shown)?;
        let html = render(&self.html, format!("{name}/body.html"), &shown)?;
        let html = self.look.given_to(&html).map_err(|source| RenderError::Look { name, source })?;
        Ok(MailWords { subject, text, html })
    }

    /// A page of a mail with the styles that css-inline gives it as a whole.
    #[cfg(test)]
    pub(crate) fn by_css_inline(&self, html: &str) -> String {
        self.look.by_css_inline(html)
    }

    /// A sentence outside a template; moments in it are given in UTC.
    ///
    /// An unknown id is logged and stands for itself: whoever asked gets something to report.
    pub fn sentence(&self, lang: Lang, message: &Message) -> String {
        self.sentence_at(lang, Tz::UTC, message)
    }

    /// A sentence outside a template, with moments in the reader's zone.
    pub fn sentence_at(&self, lang: Lang, zone: Tz, message: &Message) -> String {
        self.words.sentence(Reader { lang, zone }, message).unwrap_or_else(|error| {
            tracing::error!(%error, id = message.id, "a sentence without words");
            message.id.to_owned()
        })
    }

    /// An author's text in the reader's language, with the parts of those whom it lacks a name for.
    pub fn text(&self, lang: Lang, text: &Text) -> String {
        self.words.text(Reader { lang, zone: Tz::UTC }, text).unwrap_or_else(|error| {
            tracing::error!(%error, "a part without words");
            text.in_lang(lang).to_owned()
        })
    }

    /// Whether there are words for this id.
    pub fn knows(&self, lang: Lang, id: &str) -> bool {
        self.words.knows(lang, id)
    }
}

/// A template file ends with a line break; a subject must not hold one anywhere.
fn one_line(rendered: &str) -> String {
    rendered.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn render(registry: &Handlebars<'static>, name: String, shown: &Context) -> Result<String, RenderError> {
    registry.render_with_context(&name, shown).map_err(|source| RenderError::Page { name, source: Box::new(source) })
}

#[cfg(test)]
mod tests;
