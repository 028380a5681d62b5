//! The compiler: files to engine definitions, or every mistake at once.
//!
//! It takes bytes and gives back releases and calendars, or diagnostics with file, line and column.
//! It reads no disk, clock or environment, and no bytes make it panic. The language is described in
//! `docs/curriculum.md`.
//!
//! A file goes through [`source`] (limits, UTF-8, lines), [`tree`] (YAML with positions) and the
//! `lower_*` modules (one file alone); then files meet: [`splice`] sets forms into steps, [`programs`]
//! puts programs together with what they include, [`group`] and [`check_program`] look at the steps of
//! each, and [`release`] makes of them what the engine knows. After a mistake the
//! reading goes on with a stand-in, so that one run finds them all; nothing that holds a stand-in
//! leaves [`compile`], because one error makes it fail.

mod check;
mod check_days;
mod check_load;
mod check_program;
mod closest;
mod condition;
mod draft;
mod findings;
mod graph;
mod group;
mod ids;
pub mod import;
mod lower;
mod lower_ask;
mod lower_calendar;
mod lower_days;
mod lower_every;
mod lower_mail;
mod lower_program;
mod lower_rating;
mod lower_step;
mod lower_views;
mod lower_waits;
mod map;
mod marks;
mod names;
mod programs;
mod refs;
mod release;
mod scalar;
pub mod schema;
mod source;
mod splice;
mod syntax;
mod tree;
pub mod year;

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
    let mut lowered = lower_all(&mut findings, &sources);
    splice::splice(&mut findings, &mut lowered);
    let wholes = check::check(&mut findings, &lowered);
    if findings.has_errors() {
        return Err(findings.into_diagnostics());
    }
    let assemble = |whole| release::assemble(whole, &lowered.curricula, &ordered);
    let releases: Vec<Release> = wholes.iter().map(assemble).collect();
    for (whole, release) in wholes.iter().zip(&releases) {
        check_load::check(&mut findings, whole, release);
    }
    let warnings = findings.into_diagnostics();
    drop(wholes);
    Ok(Compiled { releases, calendars: lowered.calendars, warnings })
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

/// Curricula, playbooks and assessments share their names.
fn add_curriculum(findings: &mut Findings, files: &mut Files, mut draft: CurriculumDraft) {
    let kind = draft.kind.as_str();
    if !is_new(findings, &mut files.curricula_by_name, kind, &draft.name.value, draft.name.place) {
        return;
    }
    for form in std::mem::take(&mut draft.forms) {
        if let Some(first) = files.forms.get(&form.name.value) {
            let message = duplicate(findings, "form", &form.name.value, first.name.place);
            findings.error(form.name.place, message);
        } else {
            files.forms.insert(form.name.value.clone(), form);
        }
    }
    files.curricula.push(draft);
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
