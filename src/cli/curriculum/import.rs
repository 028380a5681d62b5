//! `curriculum import`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::{Failure, files, out, tell};
use crate::cli::wording::parse_lang;
use crate::curriculum::import::{import, language_of};
use crate::engine::message::Message;
use crate::engine::vocabulary::{Lang, is_name};
use crate::render::Renderer;
use crate::startup;

#[derive(Args)]
pub struct Import {
    /// The checklist, in Markdown
    file: PathBuf,
    /// The curriculum's name; else from the file's
    #[arg(long)]
    name: Option<String>,
    /// The language that the checklist is written in: en or zh-TW; else as it looks
    #[arg(long, value_parser = parse_lang)]
    lang: Option<Lang>,
}

pub fn run(command: &Import) -> Result<ExitCode, Failure> {
    let markdown = files::read_text(&command.file)?;
    let name = match &command.name {
        Some(name) => name.clone(),
        None => name_of(&command.file),
    };
    anyhow::ensure!(
        is_name(&name) && name.len() <= MAX_NAME,
        "{name} can't be a name: choose one with --name, of small letters, digits and _, at most {MAX_NAME} of them"
    );
    let lang = command.lang.unwrap_or_else(|| language_of(&markdown));
    let renderer = startup::renderer()?;
    let imported = match import(&markdown, &name, lang) {
        Ok(imported) => imported,
        Err(message) => anyhow::bail!("{}", in_both(&renderer, &message)),
    };
    out(&imported.yaml)?;
    let count = Message::new("guess-title").with("steps", imported.steps).with("guesses", imported.guesses.len());
    tell(format_args!("{}\n", in_both(&renderer, &count)));
    for guess in imported.guesses {
        let place = match guess.line {
            Some(line) => format!("{}:{line}", command.file.display()),
            None => command.file.display().to_string(),
        };
        tell(format_args!("{place}: {}\n", in_both(&renderer, &guess.message)));
    }
    Ok(ExitCode::SUCCESS)
}

/// Whoever reviews the guesses may read either language.
fn in_both(renderer: &Renderer, message: &Message) -> String {
    Lang::ALL.map(|lang| renderer.sentence(lang, message)).join(" / ")
}

const MAX_NAME: usize = 64;

/// `New hires.md` gives `new_hires`.
fn name_of(file: &std::path::Path) -> String {
    let stem = file.file_stem().map(|stem| stem.to_string_lossy().to_lowercase()).unwrap_or_default();
    let words = stem.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let name = words.collect::<Vec<_>>().join("_");
    if is_name(&name) { name } else { "imported".to_owned() }
}
