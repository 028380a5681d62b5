//! A program and its curricula as one release, and the release's name.

use std::collections::HashMap;

use sha2::{Digest, Sha256};

use crate::engine::release::{Curriculum, Release};

use super::SourceFile;
use super::draft::{CurriculumDraft, ProgramDraft};

/// Called only when nothing was found wrong; `files` are in the order that drafts count them in.
pub fn assemble(program: &ProgramDraft, curricula: &[CurriculumDraft], files: &[&SourceFile]) -> Release {
    let by_name: HashMap<&str, &CurriculumDraft> =
        curricula.iter().map(|draft| (draft.name.value.as_str(), draft)).collect();
    let used: Vec<&CurriculumDraft> =
        program.curricula.iter().filter_map(|name| by_name.get(name.value.as_str()).copied()).collect();
    let mut sources: Vec<usize> = used.iter().map(|draft| draft.file).chain([program.file]).collect();
    sources.sort_unstable();
    let sources = sources.into_iter().filter_map(|file| files.get(file).copied());
    Release {
        hash: hash(sources),
        program: program.program.clone(),
        curricula: used.into_iter().map(curriculum).collect(),
    }
}

fn curriculum(draft: &CurriculumDraft) -> Curriculum {
    Curriculum { steps: draft.steps.iter().map(|step| step.def.clone()).collect(), ..draft.head.clone() }
}

/// Each path and content goes in behind its length, so that no two sets of files share a name.
fn hash<'f>(files: impl Iterator<Item = &'f SourceFile>) -> String {
    let mut hasher = Sha256::new();
    for file in files {
        for part in [file.path.as_bytes(), &file.bytes] {
            hasher.update((part.len() as u64).to_be_bytes());
            hasher.update(part);
        }
    }
    hex::encode(hasher.finalize())
}
