//! `curriculum check`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use serde_json::json;

use super::files::{self, Found};
use super::{Failure, out, tell, watch};
use crate::cli::wording::{lang, parse_lang};
use crate::curriculum::{self, Compiled};
use crate::engine::diagnostic::Diagnostic;
use crate::engine::vocabulary::Lang;
use crate::render::{self, Renderer};
use crate::startup;

#[derive(Args)]
pub struct Check {
    /// Files, or folders of *.yaml
    #[arg(required = true)]
    pub paths: Vec<PathBuf>,
    /// text for people; json: one document; github: lines that GitHub shows beside a pull request
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// The language of what is said: en or zh-TW; else the terminal's
    #[arg(long, value_parser = parse_lang)]
    pub lang: Option<Lang>,
    /// Check again whenever a file changes, and show the result on a page of this machine
    #[arg(long)]
    pub watch: bool,
    /// The page's port, with --watch
    #[arg(long, default_value_t = 8090, requires = "watch", value_name = "PORT")]
    pub port: u16,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Text,
    Json,
    Github,
}

/// What the files came to.
pub type Result<T> = std::result::Result<T, Failure>;

pub async fn run(check: &Check) -> Result<ExitCode> {
    let renderer = startup::renderer()?;
    if check.watch {
        return watch::run(check, renderer).await;
    }
    let found = match files::read(&check.paths) {
        Ok(found) => found,
        Err(error) => {
            print_failure(check, &error)?;
            return Err(error);
        }
    };
    let compiled = curriculum::compile(&found.files);
    print(&renderer, check, &found, &compiled)?;
    Ok(if compiled.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Prints what was found: the sentences on stderr, what the files hold and what is for programs on
/// stdout.
pub fn print(
    renderer: &Renderer,
    check: &Check,
    found: &Found,
    compiled: &std::result::Result<Compiled, Vec<Diagnostic>>,
) -> Result<()> {
    let lang = lang(check.lang);
    let diagnostics = found.placed(match compiled {
        Ok(compiled) => &compiled.warnings,
        Err(found) => found,
    });
    match check.format {
        Format::Text => {
            let said = render::diagnostic::plain(renderer, lang, &diagnostics);
            tell(format_args!("{said}{}", if compiled.is_ok() { "" } else { "\n" }));
            out(&compiled.iter().map(held).collect::<String>())
        }
        Format::Json => out(&format!("{:#}\n", as_json(renderer, lang, &diagnostics))),
        Format::Github => out(&render::diagnostic::github(renderer, lang, &diagnostics)),
    }
}

/// Prints for a program why the files could not even be read; people are told on stderr.
pub fn print_failure(check: &Check, failure: &Failure) -> Result<()> {
    match check.format {
        Format::Json => out(&format!("{:#}\n", document(Some(&format!("{failure:#}")), 0, &[]))),
        Format::Text | Format::Github => Ok(()),
    }
}

/// What there is, a line each.
fn held(compiled: &Compiled) -> String {
    let releases = compiled.releases.iter().map(|release| {
        format!("{}: {} steps, release {}\n", release.program.name, release.steps().count(), release.hash)
    });
    let calendars = compiled
        .calendars
        .iter()
        .map(|calendar| format!("{}: calendar, {} to {}\n", calendar.name, calendar.known.from, calendar.known.until));
    releases.chain(calendars).collect()
}

fn as_json(renderer: &Renderer, lang: Lang, found: &[Diagnostic]) -> serde_json::Value {
    let errors = found.iter().filter(|diagnostic| diagnostic.is_error()).count();
    let one = |diagnostic: &Diagnostic| {
        json!({
            "file": diagnostic.file,
            "line": diagnostic.span.map(|span| span.line),
            "column": diagnostic.span.map(|span| span.column),
            "length": diagnostic.span.map(|span| span.length),
            "severity": diagnostic.severity,
            "id": diagnostic.message.id,
            "message": renderer.sentence(lang, &diagnostic.message),
            "hint": diagnostic.hint.as_ref().map(|hint| renderer.sentence(lang, hint)),
            "source": diagnostic.source,
        })
    };
    document(None, errors, &found.iter().map(one).collect::<Vec<_>>())
}

/// With a failure nothing was looked at, so that there is nothing to count.
fn document(failure: Option<&str>, errors: usize, diagnostics: &[serde_json::Value]) -> serde_json::Value {
    json!({
        "failure": failure,
        "errors": errors,
        "warnings": diagnostics.len() - errors,
        "diagnostics": diagnostics,
    })
}
