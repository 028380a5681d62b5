//! `curriculum graph`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::{Failure, out, released};
use crate::cli::wording::{lang, parse_lang};
use crate::engine::vocabulary::Lang;
use crate::render::graph;
use crate::startup;

#[derive(Args)]
pub struct Graph {
    /// Files, or folders of *.yaml
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// One program of several
    #[arg(long)]
    program: Option<String>,
    /// svg: a picture; mermaid: a flowchart for Markdown
    #[arg(long, value_enum, default_value_t = Format::Svg)]
    format: Format,
    /// The language of titles: en or zh-TW; else the terminal's
    #[arg(long, value_parser = parse_lang)]
    lang: Option<Lang>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Svg,
    Mermaid,
}

pub fn run(command: &Graph) -> Result<ExitCode, Failure> {
    let lang = lang(command.lang);
    let Some(releases) = released::of_files(&command.paths, lang)? else { return Ok(ExitCode::FAILURE) };
    let release = released::the_one(releases, command.program.as_deref())?;
    let renderer = startup::renderer()?;
    out(&match command.format {
        Format::Svg => graph::svg(&renderer, lang, &release),
        Format::Mermaid => graph::mermaid(&renderer, lang, &release),
    })?;
    Ok(ExitCode::SUCCESS)
}
