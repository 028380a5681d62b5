//! `curriculum publish`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::{Failure, files, out, tell};
use crate::app::{self, Moment, publish};
use crate::cli::wording::{diagnostics, lang, parse_lang};
use crate::cli::{moment, open, shipped};
use crate::config::DatabaseArgs;
use crate::engine::vocabulary::Lang;
use crate::startup;
use crate::store::pool::Pool;
use crate::store::releases;

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

pub async fn run(command: Publish) -> Result<ExitCode, Failure> {
    let found = if command.paths.is_empty() { None } else { Some(files::read(&command.paths)?) };
    let files = found.as_ref().map_or_else(shipped::files, |found| found.files.clone());
    let pool = open(&command.database).await?;
    let moment = moment();
    match pool.in_transaction(async |tx| publish::publish(tx, &files, &moment).await).await {
        Ok(done) => {
            for (program, hash, is_new) in done.programs {
                out(&format!("{program}: release {hash}{}\n", if is_new { "" } else { ", as before" }))?;
            }
            for calendar in done.calendars {
                out(&format!("{calendar}: calendar\n"))?;
            }
            if done.redated > 0 {
                let plans = if done.redated == 1 { "plan has" } else { "plans have" };
                out(&format!(
                    "{} running {plans} new dates or reasons, since the days of their calendar changed\n",
                    done.redated
                ))?;
            }
            Ok(ExitCode::SUCCESS)
        }
        Err(app::Error::Curriculum(mistakes)) => {
            let mistakes = found.map_or_else(|| mistakes.clone(), |found| found.placed(&mistakes));
            let said = diagnostics(&*startup::renderer()?, lang(command.lang), &mistakes);
            tell(format_args!("{said}\nNothing was published.\n"));
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
