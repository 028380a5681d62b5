//! The compiler: files to engine definitions, or every mistake at once.
//!
//! It takes bytes and gives back releases and calendars, or diagnostics with file, line and column.
//! It reads no disk, clock or environment, and no bytes make it panic. The language is described in
//! `docs/authors-guide.md`.
//!
//! A file goes through [`source`] (limits, UTF-8, lines), [`tree`] (YAML with positions) and the
//! `lower_*` modules (one file alone), then through [`check`] (files together). After a mistake the
//! reading goes on with a stand-in, so that one run finds them all; nothing that holds a stand-in
//! leaves [`compile`], because one error makes it fail.

mod check;
mod closest;
mod draft;
mod findings;
mod graph;
mod ids;
mod lower;
mod lower_ask;
mod lower_calendar;
mod lower_days;
mod lower_step;
mod map;
mod release;
mod scalar;
mod source;
mod syntax;
mod tree;

#[cfg(test)]
mod tests;

use std::collections::HashMap;

use crate::engine::calendar::Calendar;
use crate::engine::diagnostic::Diagnostic;
use crate::engine::message::Message;
use crate::engine::release::Release;

pub use ids::IDS;
pub use source::MAX_BYTES;

use draft::{CurriculumDraft, Files, ProgramDraft};
use findings::{Findings, Place};
use lower::Lowered;
use source::Source;

/// A file as it was found. Diagnostics and the release's hash use the path as it is given, so it
/// should be relative to the folder that is compiled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    pub path: String,
    pub bytes: Vec<u8>,
}

/// What a folder of files means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compiled {
    /// One for every program file, in the order of their paths.
    pub releases: Vec<Release>,
    /// In the order of their paths.
    pub calendars: Vec<Calendar>,
    /// In the order of their places.
    pub warnings: Vec<Diagnostic>,
}

/// Compiles all files together; a single error refuses them all.
///
/// The diagnostics stand in the order of their places and include the warnings.
pub fn compile(files: &[SourceFile]) -> Result<Compiled, Vec<Diagnostic>> {
    let mut ordered: Vec<&SourceFile> = files.iter().collect();
    ordered.sort_by(|a, b| (&a.path, &a.bytes).cmp(&(&b.path, &b.bytes)));
    let sources: Vec<Source> = ordered.iter().map(|file| Source::new(file)).collect();
    let mut findings = Findings::new(&sources);
    let lowered = lower_all(&mut findings, &sources);
    check::check(&mut findings, &lowered);
    let diagnostics = findings.into_diagnostics();
    if diagnostics.iter().any(Diagnostic::is_error) {
        return Err(diagnostics);
    }
    let Files { curricula, programs, calendars, .. } = lowered;
    let releases = programs.iter().map(|program| release::assemble(program, &curricula, &ordered)).collect();
    Ok(Compiled { releases, calendars, warnings: diagnostics })
}

fn lower_all(findings: &mut Findings, sources: &[Source]) -> Files {
    let mut files = Files::default();
    let mut calendars_by_name = HashMap::new();
    for file in 0..sources.len() {
        match lower::lower(findings, file) {
            Lowered::Curriculum(draft) => add_curriculum(findings, &mut files, draft),
            Lowered::Program(draft) => add_program(findings, &mut files, draft),
            Lowered::Calendar { calendar, place } => {
                if is_new(findings, &mut calendars_by_name, "calendar", &calendar.name, place) {
                    files.calendars.push(calendar);
                }
            }
            Lowered::Unreadable(head) => files.unreadable.add(head),
            Lowered::Nothing => {}
        }
    }
    files
}

fn add_curriculum(findings: &mut Findings, files: &mut Files, draft: CurriculumDraft) {
    if is_new(findings, &mut files.curricula_by_name, "curriculum", &draft.name.value, draft.name.place) {
        files.curricula.push(draft);
    }
}

fn add_program(findings: &mut Findings, files: &mut Files, draft: ProgramDraft) {
    if is_new(findings, &mut files.programs_by_name, "program", &draft.name.value, draft.name.place) {
        files.programs.push(draft);
    }
}

/// Remembers where a name stands, and reports the second place it is given.
fn is_new(
    findings: &mut Findings,
    known: &mut HashMap<String, Place>,
    kind: &'static str,
    name: &str,
    place: Place,
) -> bool {
    if name.is_empty() {
        return true; // a stand-in: the name itself was refused
    }
    if let Some(first) = known.get(name) {
        findings.error(place, duplicate(findings, kind, name, *first));
        return false;
    }
    known.insert(name.to_owned(), place);
    true
}

/// The message for a name that is given twice, with the place of the first.
fn duplicate(findings: &Findings, kind: &'static str, name: &str, first: Place) -> Message {
    Message::new("problem-duplicate-id")
        .with("kind", kind)
        .with("name", findings::short(name))
        .with("file", findings.path(first.file))
        .with("line", i64::from(first.span.line))
}
