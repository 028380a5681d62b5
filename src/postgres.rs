//! The embedded default: a private PostgreSQL for whoever gives no `DATABASE_URL`.
//!
//! Owns one cluster from its first `initdb` to its shutdown: which programs, which account, which
//! folder, which socket. It must not know what the database holds; it hands out a connection
//! string and nothing else. It reads no environment: [`Settings`] says it all.
//!
//! The promise to the data: one owner at a time. The owner holds a `flock` on a file beside the
//! cluster, so a live owner (the second program is refused) and an orphan (its owner was killed,
//! the server is adopted) never look alike. Whether a server lives is asked of its socket; a
//! process id in a file proves nothing after a reboot.

#![deny(unsafe_code)]

mod account;
mod home;
mod programs;
mod server;
mod wire;

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};

use self::home::{Home, Lock};
use self::server::Server;

/// How a cluster is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// For the demo's own data: durable, and found again at the next start.
    Kept,
    /// For tests: fsync off, in memory where the machine allows it, removed at stop.
    Throwaway,
}

/// What [`Cluster::start`] needs to know; `config` fills it.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The program's own folder, usually `./data`; the cluster gets a folder of its own in it. It
    /// also names the cluster: the same folder is the same cluster.
    pub folder: PathBuf,
    /// How the cluster is kept.
    pub keep: Keep,
    /// `PG_BINDIR`: the folder of PostgreSQL's server programs; nothing else is looked at then.
    pub bindir: Option<PathBuf>,
    /// `PATH`, searched next; its relative entries are ignored.
    pub path: Option<OsString>,
}

/// A running PostgreSQL that belongs to this program, until [`Cluster::stop`] or drop.
#[derive(Debug)]
pub struct Cluster {
    keep: Keep,
    home: PathBuf,
    socket: PathBuf,
    server: Option<Server>,
    adopted: bool,
    // Last, so that it is released only after everything else is gone.
    lock: Option<Lock>,
}

impl Cluster {
    /// Finds the programs, makes the cluster when there is none, starts the server or adopts the
    /// orphan of a killed program, and waits until its socket answers. Blocks: about half a second
    /// the first time, a tenth of it later.
    ///
    /// The thread that calls may end; the server is held by a thread of its own.
    ///
    /// # Errors
    /// Every [`PostgresError`] except [`PostgresError::DoesNotStop`]; nothing keeps running then.
    pub fn start(settings: &Settings) -> Result<Cluster, PostgresError> {
        Self::start_among(settings, &programs::well_known())
    }

    /// [`Cluster::start`], with the places where a system keeps the programs as an argument.
    fn start_among(settings: &Settings, places: &[PathBuf]) -> Result<Cluster, PostgresError> {
        if settings.keep == Keep::Throwaway {
            home::sweep();
        }
        let home = Home::choose(&settings.folder, settings.keep)?;
        let lock = home.lock()?;
        let (server, socket, adopted) = match server::settle(&home.cluster())? {
            Some((orphan, socket)) if settings.keep == Keep::Kept => (orphan, socket, true),
            left_over => {
                if let Some((mut orphan, socket)) = left_over {
                    orphan.stop(&home.cluster())?;
                    home::remove_socket(&socket);
                }
                let (server, socket) = Self::start_anew(settings, places, &home)?;
                (server, socket, false)
            }
        };
        Ok(Cluster { keep: settings.keep, home: home.folder, socket, server: Some(server), adopted, lock: Some(lock) })
    }

    /// Starts a server where none runs; the lock is held.
    fn start_anew(settings: &Settings, places: &[PathBuf], home: &Home) -> Result<(Server, PathBuf), PostgresError> {
        if settings.keep == Keep::Throwaway {
            home.clear()?;
        }
        let made_by = home.major()?;
        let programs = programs::find(settings, places, &home.account, made_by, &home.folder)?;
        if made_by.is_none() {
            server::initdb(&programs, home, settings.keep)?;
        }
        let socket = home.socket()?;
        let started = server::start(&programs, home, &socket, settings.keep);
        if started.is_err() {
            home::remove_socket(&socket);
        }
        Ok((started?, socket))
    }

    /// A connection string over the unix socket, for tokio-postgres and diesel-async:
    /// `postgres://pilothouse@%2Ftmp%2Fpilothouse-0123456789ab/postgres`. The user is the
    /// cluster's superuser. A new cluster has one database to connect to, `postgres`; others are
    /// the caller's to create.
    pub fn url(&self, database: &str) -> String {
        let socket = escape(self.socket.as_os_str().as_encoded_bytes());
        format!("postgres://{}@{socket}/{}", wire::SUPERUSER, escape(database.as_bytes()))
    }

    /// Where the cluster and its `server.log` lie, so that the program can say it.
    pub fn folder(&self) -> &Path {
        &self.home
    }

    /// Whether the server was running already, left over from a program that was killed.
    pub fn is_adopted(&self) -> bool {
        self.adopted
    }

    /// Stops the server (fast shutdown: open transactions are rolled back) and removes a throwaway
    /// cluster. Called twice, the second does nothing. Drop does the same and logs a failure.
    ///
    /// # Errors
    /// [`PostgresError::DoesNotStop`] when the server outlives a fast and an immediate shutdown;
    /// [`PostgresError::Io`] when a throwaway cluster cannot be removed.
    pub fn stop(&mut self) -> Result<(), PostgresError> {
        let Some(mut server) = self.server.take() else { return Ok(()) };
        server.stop(&self.home.join(home::CLUSTER))?;
        home::remove_socket(&self.socket);
        if self.keep == Keep::Throwaway {
            home::remove(&self.home)?;
        }
        self.lock = None;
        Ok(())
    }

    /// What a kill -9 leaves behind where the kernel does not stop the server: a server that runs
    /// and a lock that is free.
    #[cfg(test)]
    fn abandon(mut self) {
        self.lock = None;
        std::mem::forget(self);
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if let Err(error) = self.stop() {
            tracing::warn!(%error, folder = %self.home.display(), "the embedded PostgreSQL was not stopped cleanly");
        }
    }
}

/// Percent-encodes everything that a URL could read as its own.
fn escape(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, &byte| {
        if byte.is_ascii_alphanumeric() || b"-_.".contains(&byte) {
            text.push(char::from(byte));
        } else {
            let _ = write!(text, "%{byte:02X}"); // writing to a String cannot fail
        }
        text
    })
}

/// Why there is no embedded PostgreSQL, and what to do about it. `folder` is always the place the
/// sentence is about.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PostgresError {
    /// No server programs anywhere.
    #[error(
        "PostgreSQL's server programs are not installed: install them (Debian and Ubuntu: `apt install postgresql`; \
         Fedora: `dnf install postgresql-server`; macOS: `brew install postgresql@17`), or set DATABASE_URL to a \
         server that runs elsewhere, or PG_BINDIR to the folder that holds `postgres` and `initdb`"
    )]
    NotInstalled,
    /// `PG_BINDIR` was given and does not hold the programs.
    #[error(
        "PG_BINDIR is {}, which holds no `postgres` and `initdb` that can be run: correct it, or unset it to let \
         Pilothouse look for them", bindir.display()
    )]
    NotInBindir {
        /// The folder that was named.
        bindir: PathBuf,
    },
    /// The newest programs found are older than the oldest supported.
    #[error("PostgreSQL {found} in {} is too old: install PostgreSQL {oldest} or newer", bindir.display(),
        oldest = programs::OLDEST)]
    TooOld {
        /// The major version found.
        found: u32,
        /// Where.
        bindir: PathBuf,
    },
    /// The cluster was made by a major version that is not installed.
    #[error(
        "the cluster in {} was made by PostgreSQL {made_by}, which was not found: install PostgreSQL {made_by}, or \
         move that folder away to begin with an empty one", folder.display()
    )]
    OtherVersion {
        /// The major version that made the cluster.
        made_by: u32,
        /// Where the cluster lies.
        folder: PathBuf,
    },
    /// Root, and no account to run the server under.
    #[error(
        "PostgreSQL refuses to run as root, and this machine has neither a user `postgres` nor a user `nobody`: \
         create one of them, or start Pilothouse as another user"
    )]
    NoAccount,
    /// Another program owns this cluster and lives.
    #[error(
        "another Pilothouse{} uses the data in {}: stop it first, or give this one a folder of its own",
        owner.map(|pid| format!(" (process {pid})")).unwrap_or_default(), folder.display()
    )]
    InUse {
        /// The cluster's folder.
        folder: PathBuf,
        /// The owner's process id, as it wrote it down.
        owner: Option<u32>,
    },
    /// There is a cluster, and its server's account can no longer get there.
    #[error(
        "the user `{account}` cannot reach the cluster in {}: make every folder above it passable \
         (`chmod a+x`), or move it elsewhere", folder.display()
    )]
    Unreachable {
        /// The cluster's folder.
        folder: PathBuf,
        /// The account the server runs under.
        account: String,
    },
    /// The cluster belongs to another user.
    #[error("the cluster in {} belongs to another user (uid {uid}): start Pilothouse as that user, or as root",
        folder.display())]
    NotYours {
        /// The cluster's folder.
        folder: PathBuf,
        /// Whose it is.
        uid: u32,
    },
    /// Something else lies where the cluster would be.
    #[error("{} is there but holds no PostgreSQL cluster: move it away", folder.display())]
    NotACluster {
        /// The folder in the way.
        folder: PathBuf,
    },
    /// In a folder open to all, somebody else took our name.
    #[error("{} was made by somebody else or is open to others, so it is not used: remove it", folder.display())]
    Untrusted {
        /// The folder in the way.
        folder: PathBuf,
    },
    /// `initdb` failed.
    #[error("initdb could not make a cluster in {}, correct what it says and start again: {said}", folder.display())]
    Initdb {
        /// Where.
        folder: PathBuf,
        /// The last lines that initdb printed.
        said: String,
    },
    /// The server ended, or did not answer in time.
    #[error("PostgreSQL did not start, correct what {} says and start again: {said}", log.display())]
    DidNotStart {
        /// The server's log.
        log: PathBuf,
        /// Its last lines.
        said: String,
    },
    /// The server ignores its signals.
    #[error("PostgreSQL (process {pid}) on {} does not stop: end that process by hand", folder.display())]
    DoesNotStop {
        /// The server's process.
        pid: i32,
        /// The cluster's folder.
        folder: PathBuf,
    },
    /// The machine refused something; the source says why.
    #[error("could not {doing} {}: check who owns it and whether the disk is full", path.display())]
    Io {
        /// A verb: what was tried.
        doing: &'static str,
        /// On what.
        path: PathBuf,
        /// The machine's answer.
        source: io::Error,
    },
}

impl PostgresError {
    /// For `map_err`: keeps the cause and says what was tried on what.
    fn io(doing: &'static str, path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> PostgresError {
        let path = path.into();
        move |source| PostgresError::Io { doing, path, source }
    }
}

#[cfg(test)]
mod tests;
