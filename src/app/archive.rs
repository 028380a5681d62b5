//! What HR uploads, opened: a zip, a folder or files become sources, named as the command names them;
//! and sources packed as a zip to take away.
//!
//! An archive is anybody's bytes. What it says of its sizes is not believed, what is no curriculum file
//! is never unpacked, and nothing touches a disk.

use std::collections::BTreeSet;
use std::io::{Cursor, Read, Write};

use zip::result::{ZipError, ZipResult};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::files::{self, Upload};
use crate::curriculum::{MAX_BYTES, SourceFile};
use crate::engine::message::Message;
use crate::engine::vocabulary::{is_blank, is_plain_line};

/// All curriculum files of an upload together, unpacked.
const MOST_BYTES: usize = 20 * MIB;

const MOST_FILES: usize = 500;

/// Entries of any kind; they cost room even if nothing is done with them.
const MOST_ENTRIES: usize = 5000;

/// Characters of a path.
const MOST_PATH: usize = 200;

const MIB: usize = 1024 * 1024;

/// What an upload holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unpacked {
    /// What it was uploaded as.
    pub name: String,
    /// By path.
    pub files: Vec<SourceFile>,
    /// What came along and is no curriculum file.
    pub ignored: Vec<String>,
}

/// Opens what was uploaded.
///
/// # Errors
/// The sentence that says why nothing was taken.
pub fn unpack(uploads: &[Upload]) -> Result<Unpacked, Message> {
    let (first, others) = uploads.split_first().ok_or_else(|| Message::new("upload-nothing"))?;
    if others.iter().any(|one| one.field != first.field) {
        return Err(Message::new("upload-one-way"));
    }
    let mut found = Found { room: MOST_BYTES, ..Found::default() };
    if others.is_empty() && is_archive(&first.name) {
        let too_large = || Message::new("upload-zip-too-large").with("max", files::MOST_BYTES / MIB);
        found.open(first.body.as_deref().ok_or_else(too_large)?)?;
    } else {
        for upload in uploads {
            found.add_file(upload)?;
        }
    }
    found.finish(&first.name, uploads.len())
}

/// Packs files below one folder, which unpacking takes away again.
///
/// # Errors
/// The names can't stand in an archive.
pub fn pack(folder: &str, files: &[SourceFile]) -> ZipResult<Vec<u8>> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    // Without a time of its own, the same files are the same archive.
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).unix_permissions(0o644);
    for file in files {
        writer.start_file(format!("{folder}/{}", file.path), options)?;
        writer.write_all(&file.bytes)?;
    }
    Ok(writer.finish()?.into_inner())
}

/// What was found so far.
#[derive(Default)]
struct Found {
    /// Bytes that may still come.
    room: usize,
    entries: usize,
    files: Vec<SourceFile>,
    ignored: Vec<String>,
    /// The first folder of every path; an empty name for what lies in none.
    tops: BTreeSet<String>,
}

impl Found {
    fn open(&mut self, bytes: &[u8]) -> Result<(), Message> {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Message::new("upload-no-zip"))?;
        // The reader would keep the last of them without a word.
        if archive.has_duplicate_names() {
            return Err(Message::new("upload-twice").with("path", twice(bytes, archive.central_directory_start())));
        }
        if archive.len() > MOST_ENTRIES {
            return Err(Message::new("upload-too-many-entries").with("max", MOST_ENTRIES));
        }
        for at in 0..archive.len() {
            let mut entry = archive.by_index(at).map_err(unreadable)?;
            let name = match std::str::from_utf8(entry.name_raw()) {
                // macOS writes UTF-8 without saying so.
                Ok(name) => name.to_owned(),
                Err(_) => entry.name().map_err(unreadable)?.into_owned(),
            };
            let path = path(&name)?;
            if entry.is_symlink() {
                return Err(Message::new("upload-link").with("path", path));
            }
            if entry.is_dir() {
                continue;
            }
            let Some(path) = self.wanted(path)? else { continue };
            if entry.size() > self.room as u64 {
                return Err(too_much());
            }
            let mut bytes = Vec::new();
            // A byte more than a file may have shows that it is too large; what the entry says of its
            // size may be a lie.
            let most = MAX_BYTES as u64 + 1;
            entry.by_ref().take(most).read_to_end(&mut bytes).map_err(|_| Message::new("upload-broken"))?;
            self.keep(path, bytes)?;
        }
        Ok(())
    }

    fn add_file(&mut self, upload: &Upload) -> Result<(), Message> {
        let Some(path) = self.wanted(path(&upload.name)?)? else { return Ok(()) };
        let Some(body) = &upload.body else { return Err(too_much()) };
        let shown = body.get(..=MAX_BYTES).unwrap_or(body);
        self.keep(path, shown.to_vec())
    }

    /// The path of a curriculum file; none for what is passed over.
    fn wanted(&mut self, path: String) -> Result<Option<String>, Message> {
        self.entries += 1;
        if self.entries > MOST_ENTRIES {
            return Err(Message::new("upload-too-many-entries").with("max", MOST_ENTRIES));
        }
        if path.split('/').any(|part| part.starts_with('.') || part == "__MACOSX") {
            self.ignored.push(path);
            return Ok(None);
        }
        if is_archive(&path) {
            return Err(Message::new("upload-archive-inside").with("path", path));
        }
        self.tops.insert(path.split_once('/').map_or("", |(top, _)| top).to_owned());
        // As the command: by the ending, as it is written.
        if path.ends_with(".yaml") || path.ends_with(".yml") {
            return Ok(Some(path));
        }
        self.ignored.push(path);
        Ok(None)
    }

    fn keep(&mut self, path: String, bytes: Vec<u8>) -> Result<(), Message> {
        if self.files.len() == MOST_FILES {
            return Err(Message::new("upload-too-many").with("max", MOST_FILES));
        }
        self.room = self.room.checked_sub(bytes.len()).ok_or_else(too_much)?;
        self.files.push(SourceFile { path, bytes });
        Ok(())
    }

    fn finish(mut self, uploaded: &str, count: usize) -> Result<Unpacked, Message> {
        if self.files.is_empty() {
            return Err(Message::new("upload-no-yaml"));
        }
        let folder = self.only_folder();
        if let Some(folder) = &folder {
            let inside = |path: &mut String| {
                if let Some(rest) = path.strip_prefix(folder.as_str()).and_then(|rest| rest.strip_prefix('/')) {
                    *path = rest.to_owned();
                }
            };
            self.files.iter_mut().map(|file| &mut file.path).chain(&mut self.ignored).for_each(inside);
        }
        self.files.sort_by(|a, b| a.path.cmp(&b.path));
        let twice = self.files.windows(2).find(|pair| matches!(pair, [a, b] if a.path == b.path));
        if let Some([file, _]) = twice {
            return Err(Message::new("upload-twice").with("path", file.path.as_str()));
        }
        self.ignored.sort();
        // A folder comes as its files; a zip by its own name.
        let name = match folder.filter(|_| !is_archive(uploaded)) {
            Some(folder) => folder,
            None if count > 1 => self.files.first().map(|file| file.path.clone()).unwrap_or_default() + " …",
            None => uploaded.to_owned(),
        };
        Ok(Unpacked { name: named(&name), files: self.files, ignored: self.ignored })
    }

    /// The one folder in which everything lies: whoever packs a folder packs its name with it.
    fn only_folder(&self) -> Option<String> {
        let mut tops = self.tops.iter();
        tops.next().filter(|top| !top.is_empty() && tops.next().is_none()).cloned()
    }
}

/// The first name that stands in a list of an archive's entries a second time, as far as it can be shown.
fn twice(bytes: &[u8], list: u64) -> String {
    let mut rest = usize::try_from(list).ok().and_then(|at| bytes.get(at..)).unwrap_or_default();
    let mut seen = BTreeSet::new();
    // Each entry: a signature, sizes of what follows at 28, 30 and 32, and at 46 the name.
    while let Some(head) = rest.get(..46).filter(|head| head.starts_with(b"PK\x01\x02")) {
        let size =
            |at: usize| head.get(at..at + 2).map_or(0, |two| two.iter().rev().fold(0, |n, b| n << 8 | usize::from(*b)));
        let end = 46 + size(28);
        let Some(name) = rest.get(46..end) else { break };
        if !seen.insert(name) {
            let name = String::from_utf8_lossy(name);
            return name.chars().filter(|c| is_plain_line(&c.to_string())).take(MOST_PATH).collect();
        }
        rest = rest.get(end + size(30) + size(32)..).unwrap_or_default();
    }
    "…".to_owned()
}

/// A path from the top of an archive, with slashes, or why it leads elsewhere.
fn path(name: &str) -> Result<String, Message> {
    let name = name.replace('\\', "/");
    let shown = || name.chars().filter(|c| is_plain_line(&c.to_string())).take(MOST_PATH).collect::<String>();
    let is_drive = name.chars().nth(1) == Some(':');
    let leads_out = name.starts_with('/') || is_drive || name.split('/').any(|part| part == "..");
    if leads_out || !is_plain_line(&name) {
        return Err(Message::new("upload-bad-path").with("path", shown()));
    }
    let parts: Vec<&str> = name.split('/').filter(|part| !matches!(*part, "" | ".")).collect();
    let path = parts.join("/");
    if path.chars().count() > MOST_PATH {
        return Err(Message::new("upload-long-path").with("path", shown()).with("max", MOST_PATH));
    }
    Ok(path)
}

fn is_archive(name: &str) -> bool {
    let ending = name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    matches!(ending.as_str(), "zip" | "7z" | "rar" | "tar" | "gz" | "tgz" | "bz2" | "xz" | "jar")
}

/// A name without folders and without what can't be seen.
fn named(name: &str) -> String {
    let own = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let own: String = own.chars().filter(|c| is_plain_line(&c.to_string())).take(MOST_PATH).collect();
    if is_blank(&own) { "…".to_owned() } else { own }
}

fn too_much() -> Message {
    Message::new("upload-too-much").with("max", MOST_BYTES / MIB)
}

fn unreadable(error: ZipError) -> Message {
    Message::new(match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => "upload-password",
        ZipError::UnsupportedArchive(_) | ZipError::CompressionMethodNotSupported(_) => "upload-compression",
        _ => "upload-broken",
    })
}

#[cfg(test)]
#[path = "archive_tests.rs"]
mod tests;
