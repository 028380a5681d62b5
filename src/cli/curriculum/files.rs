//! The files that a command is given.

use std::collections::{BTreeMap, HashSet};
use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use anyhow::Context;

use super::{Failure, tell};
use crate::curriculum::{self, SourceFile};
use crate::engine::diagnostic::Diagnostic;

/// Files that were read, and where each stands.
pub struct Found {
    pub files: Vec<SourceFile>,
    places: BTreeMap<String, PathBuf>,
}

impl Found {
    /// The diagnostics with paths that lead to the files from where the command was given. The compiler
    /// names files from their folder on.
    pub fn placed(&self, found: &[Diagnostic]) -> Vec<Diagnostic> {
        let place = |diagnostic: &Diagnostic| match self.places.get(&diagnostic.file) {
            Some(path) => Diagnostic { file: path.display().to_string(), ..diagnostic.clone() },
            None => diagnostic.clone(),
        };
        found.iter().map(place).collect()
    }
}

/// A file as far as a watcher looks at it.
pub type Trace = (PathBuf, Option<SystemTime>, u64);

/// The files at these paths; a folder gives its `*.yaml` and `*.yml`, at any depth, named from the
/// folder on: the same files in another place are the same release. What begins with a dot is an
/// editor's or the system's own, and a file that several paths lead to is one file. A file that is too
/// large is read as far as it takes to say so.
///
/// # Errors
/// One cannot be read, one is no file, or there is none.
pub fn read(paths: &[PathBuf]) -> Result<Found, Failure> {
    let Sought { found, dangling } = find(paths)?;
    for path in dangling {
        tell(format_args!("pilothouse: {} is a link that leads nowhere; it was passed over\n", path.display()));
    }
    let first = paths.first().map(|path| path.display().to_string()).unwrap_or_default();
    anyhow::ensure!(!found.is_empty(), "there is no .yaml file in {first}");
    let (mut files, mut places) = (Vec::new(), BTreeMap::new());
    for (base, path) in found {
        let name = path.strip_prefix(&base).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        let bytes = read_capped(&path).with_context(|| format!("{} cannot be read", path.display()))?;
        files.push(SourceFile { path: name.clone(), bytes });
        // Two folders may hold files of one name; then the name is all that can be said.
        places.entry(name.clone()).and_modify(|place| *place = PathBuf::from(&name)).or_insert(path);
    }
    Ok(Found { files, places })
}

/// A text that is no curriculum file.
///
/// # Errors
/// It cannot be read, is no file, too large or not UTF-8.
pub fn read_text(path: &Path) -> Result<String, Failure> {
    check_is_file(path)?;
    let bytes = read_capped(path).with_context(|| format!("{} cannot be read", path.display()))?;
    anyhow::ensure!(bytes.len() <= curriculum::MAX_BYTES, "{} is larger than 1 MiB", path.display());
    String::from_utf8(bytes).with_context(|| format!("{} is not UTF-8: save it as UTF-8", path.display()))
}

/// When each file was last written. A file that goes between looking and asking is no mistake.
///
/// # Errors
/// As [`read`].
pub fn traces(paths: &[PathBuf]) -> Result<Vec<Trace>, Failure> {
    let trace = |(_, path): (PathBuf, PathBuf)| {
        let told = std::fs::metadata(&path).ok();
        let length = told.as_ref().map_or(0, Metadata::len);
        (path, told.and_then(|told| told.modified().ok()), length)
    };
    Ok(find(paths)?.found.into_iter().map(trace).collect())
}

/// What stands at some paths.
struct Sought {
    /// Each file with the folder that it is named from.
    found: Vec<(PathBuf, PathBuf)>,
    /// Links in folders that lead nowhere.
    dangling: Vec<PathBuf>,
}

fn find(paths: &[PathBuf]) -> Result<Sought, Failure> {
    let (mut found, mut dangling, mut once) = (Vec::new(), Vec::new(), HashSet::new());
    for path in paths {
        let base = if path.is_dir() { path.clone() } else { path.parent().unwrap_or(Path::new("")).to_owned() };
        let mut below = Vec::new();
        collect(path, true, &mut HashSet::new(), &mut below)?;
        for file in below {
            if file != *path && file.symlink_metadata().is_ok() && !file.exists() {
                dangling.push(file);
            } else if once.insert(file.canonicalize().unwrap_or_else(|_| file.clone())) {
                found.push((base.clone(), file));
            }
        }
    }
    found.sort();
    Ok(Sought { found, dangling })
}

fn collect(path: &Path, named: bool, seen: &mut HashSet<PathBuf>, found: &mut Vec<PathBuf>) -> Result<(), Failure> {
    if path.is_dir() {
        // A link can lead back to a folder above it.
        let real = path.canonicalize().with_context(|| format!("{} cannot be read", path.display()))?;
        if !seen.insert(real) {
            return Ok(());
        }
        let entries = std::fs::read_dir(path).with_context(|| format!("{} cannot be read", path.display()))?;
        let mut below = entries.map(|entry| Ok(entry?.path())).collect::<std::io::Result<Vec<PathBuf>>>()?;
        // Of two paths to one file, the first gives the name.
        below.sort();
        for path in below.iter().filter(|path| !is_hidden(path)) {
            collect(path, false, seen, found)?;
        }
    } else if named || path.extension().is_some_and(|kind| kind == "yaml" || kind == "yml") {
        check_is_file(path)?;
        found.push(path.to_owned());
    }
    Ok(())
}

/// Emacs locks `a.yaml` with a link `.#a.yaml` that leads nowhere.
fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."))
}

/// A pipe, socket or device gives bytes when it likes, or never: reading it would hang.
fn check_is_file(path: &Path) -> Result<(), Failure> {
    let Ok(told) = std::fs::metadata(path) else { return Ok(()) };
    anyhow::ensure!(told.is_file(), "{} is no file but a pipe, socket or device", path.display());
    Ok(())
}

/// A byte more than a file may have shows that it is too large.
fn read_capped(path: &Path) -> std::io::Result<Vec<u8>> {
    use std::io::Read;
    let mut bytes = Vec::new();
    std::fs::File::open(path)?.take(curriculum::MAX_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_socket_that_is_called_yaml_is_refused_at_once() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("pipe.yaml");
        let _listener = std::os::unix::net::UnixListener::bind(&path).expect("a socket");
        let said = read(&[folder.path().to_owned()]).err().map(|error| error.to_string()).unwrap_or_default();
        assert!(said.ends_with("pipe.yaml is no file but a pipe, socket or device"), "{said}");
    }

    #[test]
    fn a_link_back_to_its_own_folder_ends() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("a.yaml"), "a").expect("a file");
        std::os::unix::fs::symlink(folder.path(), folder.path().join("back")).expect("a link");
        assert_eq!(read(&[folder.path().to_owned()]).expect("files").files.len(), 1);
    }

    fn names(paths: &[PathBuf]) -> Vec<String> {
        read(paths).expect("files").files.into_iter().map(|file| file.path).collect()
    }

    #[test]
    fn what_begins_with_a_dot_or_leads_nowhere_is_passed_over_in_a_folder() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        std::fs::create_dir(at(".trash")).expect("a folder");
        for name in ["a.yaml", ".hidden.yaml", ".trash/b.yaml"] {
            std::fs::write(at(name), "a").expect("a file");
        }
        for name in [".#a.yaml", "gone.yaml"] {
            std::os::unix::fs::symlink("nowhere", at(name)).expect("a link");
        }
        assert_eq!(names(&[folder.path().to_owned()]), ["a.yaml"]);
        assert_eq!(names(&[at(".hidden.yaml")]), [".hidden.yaml"]);
        assert!(read(&[at("gone.yaml")]).is_err());
    }

    #[test]
    fn a_file_that_several_paths_lead_to_is_read_once_under_its_first_name() {
        let folder = tempfile::tempdir().expect("a folder");
        let below = folder.path().join("below");
        std::fs::create_dir(&below).expect("a folder");
        std::fs::write(below.join("a.yaml"), "a").expect("a file");
        std::os::unix::fs::symlink(&below, folder.path().join("link")).expect("a link");
        let twice = [folder.path().to_owned(), folder.path().join("."), below.join("../below/a.yaml"), below];
        assert_eq!(names(&twice), ["below/a.yaml"]);
    }
}
