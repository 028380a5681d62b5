//! `curriculum export`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::{Failure, out, released};
use crate::cli::wording::{lang, parse_lang};
use crate::config::DatabaseArgs;
use crate::engine::vocabulary::Lang;
use crate::render::export;
use crate::startup;

#[derive(Args)]
pub struct Export {
    #[command(flatten)]
    database: DatabaseArgs,
    /// Files, or folders of *.yaml
    #[arg(required_unless_present = "release", conflicts_with = "release")]
    paths: Vec<PathBuf>,
    /// A published release instead, by its hash or the beginning of it
    #[arg(long, value_name = "HASH")]
    release: Option<String>,
    /// One program of several
    #[arg(long)]
    program: Option<String>,
    /// The language of the page: en or zh-TW; else the terminal's
    #[arg(long, value_parser = parse_lang)]
    lang: Option<Lang>,
}

pub async fn run(command: &Export) -> Result<ExitCode, Failure> {
    let lang = lang(command.lang);
    let releases = match &command.release {
        Some(hash) => Some(vec![released::by_hash(hash, &command.database).await?]),
        None => released::of_files(&command.paths, lang)?,
    };
    let Some(releases) = releases else { return Ok(ExitCode::FAILURE) };
    let release = released::the_one(releases, command.program.as_deref())?;
    out(&export::markdown(&*startup::renderer()?, lang, &release))?;
    Ok(ExitCode::SUCCESS)
}
