//! How a message leaves: through a relay, into a folder (the demo), into memory (tests).

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use chrono::{DateTime, NaiveDateTime, Utc};
use lettre::Message;
use lettre::message::header::Date;
use serde::Serialize;

use super::dialogue::Connection;
use super::relay::Relay;

/// How the file names of a folder say when.
const STAMP: &str = "%Y%m%dT%H%M%SZ";

/// How mail leaves this program.
#[derive(Debug)]
pub enum Mailer {
    Smtp(Relay),
    Directory(Directory),
    Memory(Memory),
}

/// Why a message did not leave.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// This recipient will never get it: somebody has to correct the address. With the code (RFC 3463)
    /// where the relay said for sure that it is the address.
    #[error("the recipient was refused: {why}")]
    Recipient { why: String, status: Option<String> },
    /// It may go another time. Perhaps it even left, and only the answer was lost.
    #[error("not now: {why}")]
    Later { why: String },
    /// The relay cannot be used by anybody: not reached, no TLS, not signed in. No letter's fault.
    #[error("the relay cannot be used: {why}")]
    Relay { why: String },
}

/// A way out that stands open for one message.
///
/// Apart from [`Mailer::send`], so that who waits can set one limit to reaching the relay and
/// another to sending, and knows which of the two it was.
pub enum Courier<'a> {
    Smtp { relay: &'a Relay, connection: Box<Connection> },
    Directory(&'a Directory),
    Memory(&'a Memory),
}

impl Mailer {
    /// Reaches the relay; the other ways are always open.
    ///
    /// May be dropped at any time: what it had opened is closed.
    ///
    /// # Errors
    /// [`SendError::Relay`], and no other.
    pub async fn connect(&self) -> Result<Courier<'_>, SendError> {
        Ok(match self {
            Mailer::Smtp(relay) => Courier::Smtp { relay, connection: Box::new(relay.connect().await?) },
            Mailer::Directory(directory) => Courier::Directory(directory),
            Mailer::Memory(memory) => Courier::Memory(memory),
        })
    }

    /// Sends one message, however long it takes.
    ///
    /// # Errors
    /// It did not leave, or nobody knows whether it did.
    pub async fn send(&self, message: &Message) -> Result<(), SendError> {
        self.connect().await?.send(message).await
    }
}

impl Courier<'_> {
    /// Sends the message. May be dropped at any time; whether it left is then unknown.
    ///
    /// # Errors
    /// It did not leave, or nobody knows whether it did.
    pub async fn send(self, message: &Message) -> Result<(), SendError> {
        match self {
            Courier::Smtp { relay, connection } => relay.send(*connection, message).await,
            Courier::Directory(directory) => {
                directory.store(message).map_err(|error| SendError::Relay { why: directory.trouble(&error) })
            }
            Courier::Memory(memory) => {
                memory.keep(message.formatted());
                Ok(())
            }
        }
    }

    /// Keeps the way open for the next message without sending one.
    pub fn leave(self) {
        if let Courier::Smtp { relay, connection } = self {
            relay.keep(*connection, false);
        }
    }
}

/// Messages as `.eml` files in a folder, one a letter however often it was tried.
#[derive(Debug, Clone)]
pub struct Directory {
    folder: PathBuf,
}

/// A message in a folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StoredMail {
    /// The left side of its Message-ID; stays the same when the letter is sent again.
    pub id: String,
    pub date: DateTime<Utc>,
}

impl Directory {
    /// The folder, made if it is not there.
    ///
    /// # Errors
    /// It is not there and cannot be made.
    pub fn open(folder: impl Into<PathBuf>) -> io::Result<Directory> {
        let folder = folder.into();
        std::fs::create_dir_all(&folder)?;
        Ok(Directory { folder })
    }

    /// What lies in the folder, newest first.
    ///
    /// # Errors
    /// The folder cannot be read.
    pub fn list(&self) -> io::Result<Vec<StoredMail>> {
        let mut stored: Vec<StoredMail> = self.files()?.into_iter().map(|(mail, _)| mail).collect();
        stored.sort_by(|a, b| (b.date, &b.id).cmp(&(a.date, &a.id)));
        Ok(stored)
    }

    /// The bytes of one message; none when there is no such.
    ///
    /// The id comes from a page's address: it is only ever compared with what lies there, so no
    /// spelling of it leads out of the folder.
    ///
    /// # Errors
    /// The file is there and cannot be read.
    pub fn read(&self, id: &str) -> io::Result<Option<Vec<u8>>> {
        match self.files()?.into_iter().find(|(mail, _)| mail.id == id) {
            Some((_, file)) => std::fs::read(file).map(Some),
            None => Ok(None),
        }
    }

    /// Written beside its name and then renamed: a reader sees all of it or nothing.
    fn store(&self, message: &Message) -> io::Result<()> {
        let mail = named(message)?;
        let earlier: Vec<PathBuf> =
            self.files()?.into_iter().filter(|(stored, _)| stored.id == mail.id).map(|(_, file)| file).collect();
        let file = self.folder.join(format!("{}-{}.eml", mail.date.format(STAMP), mail.id));
        let unfinished = self.folder.join(format!("{}.{}.part", mail.id, std::process::id()));
        let mut out = std::fs::File::create(&unfinished)?;
        out.write_all(&message.formatted())?;
        out.sync_all()?;
        std::fs::rename(&unfinished, &file)?;
        earlier.into_iter().filter(|old| *old != file).try_for_each(std::fs::remove_file)
    }

    fn files(&self) -> io::Result<Vec<(StoredMail, PathBuf)>> {
        let mut found = Vec::new();
        for entry in std::fs::read_dir(&self.folder)? {
            let path = entry?.path();
            if let Some(mail) = stored(&path) {
                found.push((mail, path));
            }
        }
        Ok(found)
    }

    fn trouble(&self, error: &io::Error) -> String {
        format!("{}: {error}", self.folder.display())
    }
}

fn stored(file: &Path) -> Option<StoredMail> {
    let (stamp, id) = file.file_name()?.to_str()?.strip_suffix(".eml")?.split_once('-')?;
    let date = NaiveDateTime::parse_from_str(stamp, STAMP).ok()?.and_utc();
    Some(StoredMail { id: id.to_owned(), date })
}

fn named(message: &Message) -> io::Result<StoredMail> {
    let unnamed = || io::Error::new(io::ErrorKind::InvalidData, "a message without a Message-ID of ours or a Date");
    let headers = message.headers();
    let id = headers.get_raw("Message-ID").ok_or_else(unnamed)?;
    let id = id.trim_start_matches('<').split('@').next().unwrap_or_default();
    let is_ours = !id.is_empty() && id.chars().all(|c| c.is_ascii_alphanumeric());
    let date = SystemTime::from(headers.get::<Date>().ok_or_else(unnamed)?);
    if is_ours { Ok(StoredMail { id: id.to_owned(), date: date.into() }) } else { Err(unnamed()) }
}

/// Messages for a test to look at, in the order in which they left.
#[derive(Debug, Default)]
pub struct Memory(Mutex<Vec<Vec<u8>>>);

impl Memory {
    pub fn all(&self) -> Vec<Vec<u8>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Takes everything out, for the next part of a story.
    pub fn take(&self) -> Vec<Vec<u8>> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn keep(&self, message: Vec<u8>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(message);
    }
}
