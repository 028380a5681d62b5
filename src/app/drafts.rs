//! A draft of a release: curriculum files that HR uploads, checks and looks at, and then publishes.

use diesel_async::AsyncPgConnection;

use super::archive::{self, Unpacked};
use super::pages::people::for_hr;
use super::publish::{self, Published};
use super::{Error, Moment};
use crate::curriculum::{self, SourceFile};
use crate::engine::access::Viewer;
use crate::engine::form::FieldProblem;
use crate::engine::message::Message;
pub use crate::store::curriculum_drafts::DraftId;
use crate::store::curriculum_drafts::{self as drafts, DraftHead, NewDraft};
use crate::store::pool::Tx;
use crate::store::releases;

/// After so many days a draft that nobody published is dropped.
pub const DAYS: i64 = 30;

/// A draft with its files.
#[derive(Debug, Clone)]
pub struct Draft {
    pub head: DraftHead,
    pub files: Vec<SourceFile>,
}

/// Keeps what was uploaded.
///
/// # Errors
/// The viewer is not HR, or the database fails.
pub async fn keep(tx: &mut Tx, who: Viewer, unpacked: Unpacked, moment: &Moment) -> Result<DraftId, Error> {
    for_hr(who)?;
    let id = DraftId(moment.id());
    let files = unpacked.files.into_iter().map(|file| (file.path, file.bytes)).collect();
    let (uploaded_by, uploaded_at) = (who.id, moment.now);
    let draft = NewDraft { id, name: unpacked.name, uploaded_by, uploaded_at, ignored: unpacked.ignored, files };
    drafts::insert(tx, &draft).await?;
    Ok(id)
}

/// Makes a draft of what a release was published from: to look at it again beside the newest, and to go
/// back to it.
///
/// # Errors
/// The viewer is not HR, there is no such release, or the database fails.
pub async fn from_release(tx: &mut Tx, who: Viewer, hash: &str, moment: &Moment) -> Result<DraftId, Error> {
    let (folder, files) = sources(tx, who, hash).await?;
    keep(tx, who, Unpacked { name: folder, files, ignored: Vec::new() }, moment).await
}

/// A draft with its files.
///
/// # Errors
/// The viewer is not HR, there is no such draft, or the database fails.
pub async fn open(conn: &mut AsyncPgConnection, who: Viewer, id: DraftId) -> Result<Draft, Error> {
    for_hr(who)?;
    let (head, files) = drafts::find(conn, who.scope(), id).await?.ok_or(Error::NotFound)?;
    let files = files.into_iter().map(|(path, bytes)| SourceFile { path, bytes }).collect();
    Ok(Draft { head, files })
}

/// Drops a draft.
///
/// # Errors
/// The viewer is not HR, there is no such draft, or the database fails.
pub async fn discard(tx: &mut Tx, who: Viewer, id: DraftId) -> Result<(), Error> {
    for_hr(who)?;
    if drafts::discard(tx, who.scope(), id).await? { Ok(()) } else { Err(Error::NotFound) }
}

/// What somebody saw when they pressed the button.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seen {
    /// Hashes of the draft's releases, in the order of its programs.
    pub releases: Vec<String>,
    /// Hashes that new plans start on, in the same order; empty where a program is new.
    pub current: Vec<String>,
    /// Whether they said that they mean it.
    pub confirmed: bool,
}

/// Publishes a draft, checked again as the command checks. What was published meanwhile is not undone
/// unseen. Pressed twice, nothing happens the second time.
///
/// # Errors
/// The viewer is not HR, the files have mistakes, it was not confirmed, or something changed since it
/// was looked at.
pub async fn publish(tx: &mut Tx, who: Viewer, id: DraftId, seen: &Seen, moment: &Moment) -> Result<Published, Error> {
    let draft = open(tx, who, id).await?;
    let compiled = curriculum::compile(&draft.files).map_err(Error::Curriculum)?;
    if !seen.confirmed {
        return Err(wrong("draft-publish-unconfirmed"));
    }
    let hashes: Vec<String> = compiled.releases.iter().map(|release| release.hash.clone()).collect();
    let names: Vec<&str> = compiled.releases.iter().map(|release| release.program.name.as_str()).collect();
    let standing = releases::hold(tx, &names).await?;
    let current: Vec<String> = names.iter().map(|name| standing.get(*name).cloned().unwrap_or_default()).collect();
    // A second press finds its own releases current.
    let is_unchanged = current == seen.current || current == hashes;
    if hashes != seen.releases || !is_unchanged {
        return Err(wrong("draft-publish-stale"));
    }
    publish::publish(tx, &draft.files, moment).await
}

fn wrong(id: &'static str) -> Error {
    Error::Invalid(vec![FieldProblem { field: "confirm".to_owned(), message: Message::new(id) }])
}

/// Files as an archive to take away.
#[derive(Debug, Clone)]
pub struct Packed {
    pub name: String,
    pub bytes: Vec<u8>,
}

impl Packed {
    fn new(folder: &str, files: &[SourceFile]) -> Result<Packed, Error> {
        Ok(Packed { name: format!("{folder}.zip"), bytes: archive::pack(folder, files)? })
    }
}

/// What a release was published from, to edit and bring back: unchanged, it is the same release.
///
/// # Errors
/// The viewer is not HR, there is no such release, or the database fails.
pub async fn pack_release(conn: &mut AsyncPgConnection, who: Viewer, hash: &str) -> Result<Packed, Error> {
    let (folder, files) = sources(conn, who, hash).await?;
    Packed::new(&folder, &files)
}

/// The files of a draft.
///
/// # Errors
/// The viewer is not HR, there is no such draft, or the database fails.
pub async fn pack(conn: &mut AsyncPgConnection, who: Viewer, id: DraftId) -> Result<Packed, Error> {
    let draft = open(conn, who, id).await?;
    Packed::new("draft", &draft.files)
}

/// The sources of a release, and the folder that they are packed in.
async fn sources(conn: &mut AsyncPgConnection, who: Viewer, hash: &str) -> Result<(String, Vec<SourceFile>), Error> {
    for_hr(who)?;
    let release = releases::by_hash(conn, hash).await?.ok_or(Error::NotFound)?;
    let files = releases::sources(conn, hash).await?;
    let files = files.into_iter().map(|(path, bytes)| SourceFile { path, bytes }).collect();
    Ok((folder_name(&release.program.name, hash), files))
}

/// `sales_manager-0123456789ab`
fn folder_name(program: &str, hash: &str) -> String {
    let short: String = hash.chars().take(12).collect();
    format!("{program}-{short}")
}
