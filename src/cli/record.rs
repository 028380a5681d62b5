//! `record verify`: a plan's record, looked at without the database that it came from.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use clap::Subcommand;

use super::{Failure, out};
use crate::app::pages::record::{self, Verified};

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
    let found = record::verify(&text).with_context(|| format!("{} does not verify", file.display()))?;
    let Verified { facts, writings, plan, seal } = found;
    out(&format!(
        "It verifies: {facts} facts, and {writings} pieces of writing that they vouch for, \
         each as of its step and person.\n\
         Newest seal: {seal}\n\
         Compare it with the seal on the record's page or on paper: a chain that was made anew as a whole has another.\n\
         Nobody vouches for the rest: that the plan is {plan}, and how names, progress and words are shown \
         under \"record\" (its seal, release, first day and number of facts are those of the facts). Read \"writings\" and \"facts\".\n"
    ))?;
    Ok(ExitCode::SUCCESS)
}
