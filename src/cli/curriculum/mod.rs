//! Curriculum files: check, preview, compare, draw, begin, import, export, publish.

mod check;
mod diff;
mod export;
mod files;
mod graph;
mod import;
mod new;
mod publish;
mod released;
mod schema;
mod simulate;
mod watch;

use std::process::ExitCode;

use clap::Subcommand;

use super::{Failure, out, tell};

pub use publish::publish_if_empty;

#[derive(Subcommand)]
pub enum Command {
    /// Say every mistake in curriculum files
    Check(check::Check),
    /// Say what a new version changes, and what that means for running plans
    Diff(diff::Diff),
    /// Draw a program: its modules, its steps, what waits for what
    Graph(graph::Graph),
    /// Print the JSON Schema of the files, with which editors complete and check them
    Schema,
    /// Write a starter file
    New(new::New),
    /// Turn a Markdown checklist into a curriculum file
    Import(import::Import),
    /// Write a program as Markdown, for reading
    Export(export::Export),
    /// Play a program to its end: dates with their reasons, hours per week, every mail
    Simulate(Box<simulate::Simulate>),
    /// Check files and publish them; without a folder, the program inside this binary
    Publish(publish::Publish),
}

pub async fn run(command: Command) -> Result<ExitCode, Failure> {
    match command {
        Command::Check(command) => check::run(&command).await,
        Command::Diff(command) => diff::run(&command).await,
        Command::Graph(command) => graph::run(&command),
        Command::Schema => schema::run(),
        Command::New(command) => new::run(&command),
        Command::Import(command) => import::run(&command),
        Command::Export(command) => export::run(&command).await,
        Command::Simulate(command) => simulate::run(&command),
        Command::Publish(command) => publish::run(command).await,
    }
}
