//! `record verify`: a plan's record, looked at without the database that it came from.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use clap::Subcommand;

use super::{Failure, out};
use crate::app::pages::record;

#[derive(Subcommand)]
pub enum Command {
    /// Whether the facts of a record follow from each other and vouch for its words
    Verify {
        /// The record, saved as data
        file: PathBuf,
    },
}

pub fn run(command: &Command) -> Result<ExitCode, Failure> {
    let Command::Verify { file } = command;
    let text = std::fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))?;
    let (facts, words) = record::verify(&text).with_context(|| format!("{} does not verify", file.display()))?;
    out(&format!("It verifies: {facts} facts, and {words} pieces of writing that they vouch for.\n"))?;
    Ok(ExitCode::SUCCESS)
}
