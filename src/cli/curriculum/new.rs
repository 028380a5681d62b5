//! `curriculum new`.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use clap::{Args, ValueEnum};

use super::{Failure, out};
use crate::engine::vocabulary::is_name;

#[derive(Args)]
pub struct New {
    /// The file's name and what is named in it: small letters, digits and _
    name: String,
    /// What the file is
    #[arg(long, value_enum, default_value_t = Kind::Curriculum)]
    kind: Kind,
    /// The folder to write it into
    #[arg(long, default_value = ".", value_name = "FOLDER")]
    dir: PathBuf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    Curriculum,
    Playbook,
    Assessment,
    Program,
    Calendar,
}

impl Kind {
    fn starter(self) -> &'static str {
        match self {
            Kind::Curriculum => include_str!("starters/curriculum.yaml"),
            Kind::Playbook => include_str!("starters/playbook.yaml"),
            Kind::Assessment => include_str!("starters/assessment.yaml"),
            Kind::Program => include_str!("starters/program.yaml"),
            Kind::Calendar => include_str!("starters/calendar.yaml"),
        }
    }
}

/// A starter file; steps begin with the file's name, so that two starters fit into one program.
pub fn starter(kind: Kind, name: &str) -> String {
    kind.starter().replace("starter", name)
}

/// Names longer than this leave no room for the names that are made from them.
const MAX_NAME: usize = 40;

pub fn run(command: &New) -> Result<ExitCode, Failure> {
    let name = &command.name;
    anyhow::ensure!(
        is_name(name) && name.len() <= MAX_NAME,
        "{name} can't be a name: a name starts with a letter from a to z and has only small letters, digits and _, \
         here at most {MAX_NAME} of them"
    );
    std::fs::create_dir_all(&command.dir)
        .with_context(|| format!("the folder {} cannot be made", command.dir.display()))?;
    let mut text = starter(command.kind, name);
    if command.kind == Kind::Program {
        let uses = beside(&command.dir)?;
        if uses.is_empty() {
            let steps = format!("{name}_steps");
            write(&command.dir, &steps, &starter(Kind::Curriculum, &steps))?;
        } else {
            text = using(&text, name, &uses);
        }
    }
    write(&command.dir, name, &text)?;
    out(&format!("Try: pilothouse curriculum check {}\n", command.dir.display()))?;
    Ok(ExitCode::SUCCESS)
}

fn write(folder: &Path, name: &str, text: &str) -> Result<(), Failure> {
    let path = folder.join(format!("{name}.yaml"));
    // Looking first and writing then could overwrite what came between.
    let mut file = OpenOptions::new().write(true).create_new(true).open(&path).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => anyhow::anyhow!("{} exists already; it was left as it is", path.display()),
        _ => anyhow::Error::new(error).context(format!("{} cannot be written", path.display())),
    })?;
    file.write_all(text.as_bytes()).with_context(|| format!("{} cannot be written", path.display()))?;
    out(&format!("Wrote {}\n", path.display()))
}

/// What a folder holds that a program may use: kinds and names, as the files' first keys say.
fn beside(folder: &Path) -> Result<Vec<(String, String)>, Failure> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))? {
        let path = entry?.path();
        if !path.is_file() || path.extension().is_none_or(|kind| kind != "yaml") {
            continue;
        }
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        let first = text.lines().find(|line| !line.trim().is_empty() && !line.starts_with('#'));
        let Some((kind, name)) = first.and_then(|line| line.split_once(':')) else { continue };
        if matches!(kind, "curriculum" | "assessment" | "playbook") && is_name(name.trim()) {
            found.push((kind.to_owned(), name.trim().to_owned()));
        }
    }
    found.sort();
    Ok(found)
}

/// The starter program with what stands beside it in place of a curriculum of its own.
fn using(text: &str, name: &str, uses: &[(String, String)]) -> String {
    let names = |is_playbook: bool| {
        let of = uses.iter().filter(|(kind, _)| (kind == "playbook") == is_playbook).map(|(_, name)| name.as_str());
        of.collect::<Vec<_>>().join(", ")
    };
    let playbooks = names(true);
    let playbooks = if playbooks.is_empty() { String::new() } else { format!("\nplaybooks: [{playbooks}]") };
    text.replace(&format!("[{name}_steps]"), &format!("[{}]{playbooks}", names(false)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::curriculum::{SourceFile, compile};
    use crate::engine::diagnostic::Diagnostic;

    fn new(folder: &Path, kind: Kind, name: &str) -> Result<ExitCode, Failure> {
        run(&New { name: name.to_owned(), kind, dir: folder.to_owned() })
    }

    fn warnings(folder: &Path) -> Vec<Diagnostic> {
        let files = std::fs::read_dir(folder).expect("a folder").map(|entry| {
            let path = entry.expect("an entry").path();
            SourceFile { path: path.display().to_string(), bytes: std::fs::read(&path).expect("a file") }
        });
        compile(&files.collect::<Vec<_>>()).unwrap_or_else(|found| panic!("{found:#?}")).warnings
    }

    #[test]
    fn starters_of_every_kind_compile_together_without_a_warning() {
        let folder = tempfile::tempdir().expect("a folder");
        new(folder.path(), Kind::Curriculum, "first_weeks").expect("written");
        new(folder.path(), Kind::Playbook, "trouble").expect("written");
        new(folder.path(), Kind::Assessment, "two_sides").expect("written");
        new(folder.path(), Kind::Calendar, "our_office").expect("written");
        new(folder.path(), Kind::Program, "team_leads").expect("written");
        assert_eq!(warnings(folder.path()), Vec::new());
    }

    #[test]
    fn a_program_alone_comes_with_a_curriculum() {
        let folder = tempfile::tempdir().expect("a folder");
        new(folder.path(), Kind::Program, "team_leads").expect("written");
        assert_eq!(warnings(folder.path()), Vec::new());
    }

    #[test]
    fn what_stands_there_is_never_overwritten() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("mine.yaml"), "mine").expect("a file");
        let said = new(folder.path(), Kind::Curriculum, "mine").err().map(|error| error.to_string());
        assert!(said.is_some_and(|said| said.ends_with("mine.yaml exists already; it was left as it is")));
        assert_eq!(std::fs::read_to_string(folder.path().join("mine.yaml")).expect("a file"), "mine");
    }
}
