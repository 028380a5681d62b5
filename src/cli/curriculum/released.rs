//! Releases that a command is pointed at: files on the disk, or what is published.

use std::path::{Path, PathBuf};

use anyhow::Context;

use super::{Failure, files, tell};
use crate::cli::open;
use crate::cli::wording::diagnostics;
use crate::config::DatabaseArgs;
use crate::curriculum;
use crate::engine::release::Release;
use crate::engine::vocabulary::Lang;
use crate::startup;
use crate::store::releases;

/// A shorter beginning of a hash could mean many releases.
const MIN_HASH: usize = 6;

/// The releases that files hold. Their mistakes are printed; then there are none.
///
/// # Errors
/// The files cannot be read.
pub fn of_files(paths: &[PathBuf], lang: Lang) -> Result<Option<Vec<Release>>, Failure> {
    let found = files::read(paths)?;
    match curriculum::compile(&found.files) {
        Ok(compiled) => {
            let first = paths.first().map(|path| path.display().to_string()).unwrap_or_default();
            anyhow::ensure!(!compiled.releases.is_empty(), "there is no program in {first}");
            Ok(Some(compiled.releases))
        }
        Err(mistakes) => {
            tell(format_args!("{}\n", diagnostics(&*startup::renderer()?, lang, &found.placed(&mistakes))));
            Ok(None)
        }
    }
}

/// The releases at a path, or the published one whose hash begins so.
///
/// # Errors
/// There is neither.
pub async fn of(given: &str, database: &DatabaseArgs, lang: Lang) -> Result<Option<Vec<Release>>, Failure> {
    if Path::new(given).exists() {
        return of_files(&[PathBuf::from(given)], lang);
    }
    let is_hash = given.len() >= MIN_HASH && given.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    anyhow::ensure!(is_hash, "{given} is neither a file or folder nor the hash of a release");
    Ok(Some(vec![by_hash(given, database).await?]))
}

/// The published release whose hash begins so.
///
/// # Errors
/// There is none, or more than one.
pub async fn by_hash(hash: &str, database: &DatabaseArgs) -> Result<Release, Failure> {
    anyhow::ensure!(hash.len() >= MIN_HASH, "{hash} is too short for a release: give at least {MIN_HASH} characters");
    let pool = open(database).await?;
    let mut conn = pool.get().await?;
    if let Some(release) = releases::by_hash(&mut conn, hash).await? {
        return Ok(release);
    }
    let mut begun: Vec<Release> = releases::all(&mut conn)
        .await?
        .into_iter()
        .map(|published| published.release)
        .filter(|release| release.hash.starts_with(hash))
        .collect();
    anyhow::ensure!(begun.len() < 2, "more than one release begins with {hash}: give more of it");
    begun.pop().with_context(|| format!("no release {hash} is published"))
}

/// The one program that is meant: the one that is named, or the only one.
///
/// # Errors
/// There is no such program, or more than one and none was named.
pub fn the_one(releases: Vec<Release>, program: Option<&str>) -> Result<Release, Failure> {
    let names: Vec<String> = releases.iter().map(|release| release.program.name.clone()).collect();
    let is_meant = |release: &Release| program.is_none_or(|name| release.program.name == name);
    let mut meant: Vec<Release> = releases.into_iter().filter(is_meant).collect();
    anyhow::ensure!(
        meant.len() < 2,
        "these files hold {} programs: choose one with --program ({})",
        meant.len(),
        names.join(", ")
    );
    meant.pop().with_context(|| {
        format!("there is no program {} among these files, but {}", program.unwrap_or_default(), names.join(", "))
    })
}
