//! The words of diagnostics on a terminal, in the language that the author asks for.

use crate::app;
use crate::config;
use crate::engine::diagnostic::Diagnostic;
use crate::engine::vocabulary::Lang;
use crate::render::{self, Renderer};

/// The language of whoever sits at the terminal: as asked, else as the machine says, else English.
pub fn lang(asked: Option<Lang>) -> Lang {
    asked.unwrap_or_else(|| {
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(config::variable);
        let is_chinese = locale.is_some_and(|locale| locale.to_string_lossy().starts_with("zh"));
        if is_chinese { Lang::ZhTw } else { Lang::En }
    })
}

/// A language as an argument.
pub fn parse_lang(text: &str) -> Result<Lang, String> {
    Lang::parse(text).ok_or_else(|| "languages are en and zh-TW".to_owned())
}

/// Diagnostics with their sentences.
pub fn diagnostics(renderer: &Renderer, lang: Lang, found: &[Diagnostic]) -> String {
    render::diagnostic::plain(renderer, lang, found)
}

/// An error of a use case as one sentence.
pub fn failure(error: app::Error) -> anyhow::Error {
    let renderer = match Renderer::new() {
        Ok(renderer) => renderer,
        Err(broken) => return broken.into(),
    };
    let lang = lang(None);
    match error {
        app::Error::Refused(refusal) => {
            anyhow::anyhow!(renderer.sentence(lang, &render::refusal(&refusal, &render::Names::default())))
        }
        app::Error::Invalid(problems) => {
            let said: Vec<String> =
                problems.iter().map(|p| format!("{}: {}", p.field, renderer.sentence(lang, &p.message))).collect();
            anyhow::anyhow!(said.join("; "))
        }
        other => other.into(),
    }
}
