//! `curriculum check` and `curriculum publish`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use clap::{Args, Subcommand};

use super::wording::{diagnostics, lang, parse_lang};
use super::{Failure, moment, open, shipped};
use crate::app::{self, Moment, publish};
use crate::config::DatabaseArgs;
use crate::curriculum::{self, SourceFile};
use crate::engine::vocabulary::Lang;
use crate::startup;
use crate::store::pool::Pool;
use crate::store::releases;

#[derive(Subcommand)]
pub enum Command {
    /// Say every mistake in curriculum files
    Check(Check),
    /// Check files and publish them; without a folder, the program inside this binary
    Publish(Publish),
}

#[derive(Args)]
pub struct Check {
    /// Files, or folders of *.yaml
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// The language of what is said: en or zh-TW; else the terminal's
    #[arg(long, value_parser = parse_lang)]
    lang: Option<Lang>,
}

#[derive(Args)]
pub struct Publish {
    #[command(flatten)]
    database: DatabaseArgs,
    /// Files, or folders of *.yaml
    paths: Vec<PathBuf>,
    /// The language of what is said: en or zh-TW; else the terminal's
    #[arg(long, value_parser = parse_lang)]
    lang: Option<Lang>,
}

pub async fn run(command: Command) -> Result<ExitCode, Failure> {
    match command {
        Command::Check(check) => check_files(&check),
        Command::Publish(publish) => publish_files(publish).await,
    }
}

fn check_files(check: &Check) -> Result<ExitCode, Failure> {
    let files = read(&check.paths)?;
    let renderer = startup::renderer()?;
    let lang = lang(check.lang);
    match curriculum::compile(&files) {
        Ok(compiled) => {
            eprint!("{}", diagnostics(&renderer, lang, &compiled.warnings));
            for release in &compiled.releases {
                println!("{}: {} steps, release {}", release.program.name, release.steps().count(), release.hash);
            }
            for calendar in &compiled.calendars {
                println!("{}: calendar, {} to {}", calendar.name, calendar.known.from, calendar.known.until);
            }
            Ok(ExitCode::SUCCESS)
        }
        Err(found) => {
            eprintln!("{}", diagnostics(&renderer, lang, &found));
            Ok(ExitCode::FAILURE)
        }
    }
}

async fn publish_files(command: Publish) -> Result<ExitCode, Failure> {
    let files = if command.paths.is_empty() { shipped::files() } else { read(&command.paths)? };
    let pool = open(&command.database).await?;
    let moment = moment();
    match pool.in_transaction(async |tx| publish::publish(tx, &files, &moment).await).await {
        Ok(done) => {
            for (program, hash, is_new) in done.programs {
                println!("{program}: release {hash}{}", if is_new { "" } else { ", as before" });
            }
            for calendar in done.calendars {
                println!("{calendar}: calendar");
            }
            Ok(ExitCode::SUCCESS)
        }
        Err(app::Error::Curriculum(found)) => {
            eprintln!("{}", diagnostics(&*startup::renderer()?, lang(command.lang), &found));
            eprintln!("Nothing was published.");
            Ok(ExitCode::FAILURE)
        }
        Err(other) => Err(other.into()),
    }
}

/// Publishes the shipped program into a database that has none, so that the first account has a
/// calendar to stand on.
pub async fn publish_if_empty(pool: &Pool, moment: &Moment) -> Result<bool, Failure> {
    if !releases::all(&mut *pool.get().await?).await?.is_empty() {
        return Ok(false);
    }
    let files = shipped::files();
    pool.in_transaction(async |tx| publish::publish(tx, &files, moment).await).await?;
    Ok(true)
}

/// The files at these paths; a folder gives its `*.yaml` and `*.yml`, at any depth, named from the
/// folder on: the same files in another place are the same release. A file that is too large is read
/// as far as it takes to say so.
fn read(paths: &[PathBuf]) -> Result<Vec<SourceFile>, Failure> {
    let mut found = Vec::new();
    for path in paths {
        let base = if path.is_dir() { path.clone() } else { path.parent().unwrap_or(Path::new("")).to_owned() };
        let mut below = Vec::new();
        collect(path, true, &mut below)?;
        found.extend(below.into_iter().map(|file| (base.clone(), file)));
    }
    found.sort();
    found.dedup();
    anyhow::ensure!(!found.is_empty(), "there is no .yaml file in {}", paths[0].display());
    found
        .into_iter()
        .map(|(base, path)| {
            let bytes = read_capped(&path).with_context(|| format!("{} cannot be read", path.display()))?;
            let name = path.strip_prefix(&base).unwrap_or(&path);
            Ok(SourceFile { path: name.to_string_lossy().replace('\\', "/"), bytes })
        })
        .collect()
}

/// A byte more than a file may have shows that it is too large.
fn read_capped(path: &Path) -> std::io::Result<Vec<u8>> {
    use std::io::Read;
    let mut bytes = Vec::new();
    std::fs::File::open(path)?.take(curriculum::MAX_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn collect(path: &Path, named: bool, found: &mut Vec<PathBuf>) -> Result<(), Failure> {
    if path.is_dir() {
        let entries = std::fs::read_dir(path).with_context(|| format!("{} cannot be read", path.display()))?;
        for entry in entries {
            collect(&entry?.path(), false, found)?;
        }
    } else if named || path.extension().is_some_and(|kind| kind == "yaml" || kind == "yml") {
        found.push(path.to_owned());
    }
    Ok(())
}
