//! Where a cluster lies, who owns it now, and what is removed with it.

use std::fs::{self, DirBuilder, File, Metadata, OpenOptions, Permissions};
use std::io::{self, ErrorKind, Read, Write};
use std::os::fd::AsRawFd;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt, fchown};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use sha2::{Digest, Sha256};

use super::account::{Account, own};
use super::{Keep, PostgresError, server, wire};

/// PostgreSQL's own folder within a home.
pub(super) const CLUSTER: &str = "cluster";
/// Where `initdb` works; a rename makes it a cluster, so half a cluster is never taken for one.
const UNFINISHED: &str = "cluster.new";
const LOCK: &str = "lock";
/// In the program's folder.
const IN_FOLDER: &str = "postgres";
/// In a folder shared with others.
const PREFIX: &str = "pilothouse-";
const SHARED: &str = "/var/tmp";
const MEMORY: &str = "/dev/shm";

/// What a full run of tests may need in memory; a container's usual 64 MB would overflow.
#[cfg(target_os = "linux")]
const MEMORY_WANTED: u64 = 512 * 1024 * 1024;
/// A killed program's lock takes a moment to go, and so does a program that is just stopping.
const LOCK_PATIENCE: Duration = Duration::from_secs(1);
const REMOVE_PATIENCE: Duration = Duration::from_secs(5);
/// Younger leftovers may belong to a program that has made its folder and not yet locked it.
const LEFT_OVER_AFTER: Duration = Duration::from_secs(60);

/// A cluster's place and its server's account. The home itself stays this program's, so that the
/// server's account, which may be `nobody`, can plant nothing in root's way.
#[derive(Clone, Debug)]
pub(super) struct Home {
    pub folder: PathBuf,
    pub account: Account,
    shared: bool,
}

impl Home {
    /// Picks the place: below `folder`; where the server's account cannot get there, below
    /// `/var/tmp`; for a throwaway cluster in memory, if there is room.
    pub fn choose(folder: &Path, keep: Keep) -> Result<Home, PostgresError> {
        fs::create_dir_all(folder).map_err(PostgresError::io("make", folder))?;
        let folder = folder.canonicalize().map_err(PostgresError::io("find", folder))?;
        let named = format!("{PREFIX}{}", short_hash(&folder));
        if keep == Keep::Throwaway && memory_has_room() {
            let account = Account::for_server(None)?;
            return Ok(Home { folder: Path::new(MEMORY).join(named), account, shared: true });
        }
        let within = folder.join(IN_FOLDER);
        let elsewhere = Path::new(SHARED).join(named);
        let existing = within.join(CLUSTER).metadata().ok();
        let account = Account::for_server(existing.as_ref())?;
        if !account.may_pass(&folder).map_err(PostgresError::io("inspect", &folder))? {
            if existing.is_some() {
                // Beginning anew elsewhere would look as if everything were lost.
                return Err(PostgresError::Unreachable { folder: within, account: account.name });
            }
            return Self::shared(elsewhere);
        }
        if existing.is_none() && account.is_another && is_ours(&elsewhere) && elsewhere.join(CLUSTER).exists() {
            // The folder has become passable since; the cluster stays where it is.
            return Self::shared(elsewhere);
        }
        if let Some(owner) = existing.map(|cluster| cluster.uid()).filter(|&owner| owner != account.uid) {
            return Err(PostgresError::NotYours { folder: within, uid: owner });
        }
        Ok(Home { folder: within, account, shared: false })
    }

    fn shared(folder: PathBuf) -> Result<Home, PostgresError> {
        let account = Account::for_server(folder.join(CLUSTER).metadata().ok().as_ref())?;
        Ok(Home { folder, account, shared: true })
    }

    pub fn cluster(&self) -> PathBuf {
        self.folder.join(CLUSTER)
    }

    /// The server's output. The program opens it and hands it down, the server's account needs no
    /// right to it. One earlier run is kept beside it.
    pub fn log(&self) -> PathBuf {
        self.folder.join("server.log")
    }

    pub fn open_log(&self) -> Result<File, PostgresError> {
        let log = self.log();
        // Absent at the first start.
        let _ = fs::rename(&log, self.folder.join("server.log.old"));
        open(OpenOptions::new().append(true), &log).map_err(PostgresError::io("open", &log))
    }

    /// Makes the home and becomes its owner.
    pub fn lock(&self) -> Result<Lock, PostgresError> {
        let path = self.folder.join(LOCK);
        let deadline = Instant::now() + LOCK_PATIENCE;
        loop {
            self.make()?;
            let mut file =
                open(OpenOptions::new().read(true).write(true), &path).map_err(PostgresError::io("open", &path))?;
            if try_lock(&file).map_err(PostgresError::io("lock", &path))? {
                // A throwaway's owner may have removed the file between open and lock.
                if is_still(&file, &path) {
                    let pid = std::process::id().to_string();
                    file.set_len(0).map_err(PostgresError::io("write", &path))?;
                    file.write_all(pid.as_bytes()).map_err(PostgresError::io("write", &path))?;
                    return Ok(Lock(file));
                }
            } else if Instant::now() > deadline {
                let mut owner = String::new();
                // Only to be more helpful: an unreadable file names nobody.
                let _ = file.read_to_string(&mut owner);
                return Err(PostgresError::InUse { folder: self.folder.clone(), owner: owner.parse().ok() });
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    fn make(&self) -> Result<(), PostgresError> {
        match DirBuilder::new().mode(0o711).create(&self.folder) {
            // The umask may have taken the right to pass, without which nothing works.
            Ok(()) => fs::set_permissions(&self.folder, Permissions::from_mode(0o711)),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
            Err(error) => Err(error),
        }
        .map_err(PostgresError::io("make", &self.folder))?;
        if self.shared && !is_ours(&self.folder) {
            return Err(PostgresError::Untrusted { folder: self.folder.clone() });
        }
        Ok(())
    }

    /// The folder of the socket: short, because a socket's path holds about a hundred bytes, and
    /// closed, because whoever reaches the socket is let in.
    pub fn socket(&self) -> Result<PathBuf, PostgresError> {
        let mut refused = None;
        for folder in sockets_of(&self.folder) {
            match DirBuilder::new().mode(0o700).create(&folder) {
                Ok(()) => self.give_away(&folder)?,
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                // Some machines keep one of these places to root.
                Err(error) => {
                    refused.get_or_insert((folder, error));
                    continue;
                }
            }
            let found = folder.symlink_metadata().map_err(PostgresError::io("inspect", &folder))?;
            let ours = is_closed_to_others(&found, self.account.uid, 0o077);
            return if ours { Ok(folder) } else { Err(PostgresError::Untrusted { folder }) };
        }
        let (folder, error) = refused.unwrap_or_else(|| (self.folder.clone(), ErrorKind::NotFound.into()));
        Err(PostgresError::io("make", folder)(error))
    }

    /// An empty folder of the server's account for `initdb`; what an interrupted one left goes.
    pub fn unfinished(&self) -> Result<PathBuf, PostgresError> {
        let folder = self.folder.join(UNFINISHED);
        remove(&folder)?;
        DirBuilder::new().mode(0o700).create(&folder).map_err(PostgresError::io("make", &folder))?;
        self.give_away(&folder)?;
        Ok(folder)
    }

    fn give_away(&self, folder: &Path) -> Result<(), PostgresError> {
        if !self.account.is_another {
            return Ok(());
        }
        // Through a handle that refuses a link: the home may be a user's whom root helps out.
        OpenOptions::new()
            .read(true)
            .custom_flags(libc::O_DIRECTORY | libc::O_NOFOLLOW)
            .open(folder)
            .and_then(|handle| fchown(handle, Some(self.account.uid), Some(self.account.gid)))
            .map_err(PostgresError::io("give to the server's account", folder))
    }

    /// The major version that made the cluster; none when there is no cluster yet.
    pub fn major(&self) -> Result<Option<u32>, PostgresError> {
        let cluster = self.cluster();
        let version = cluster.join("PG_VERSION");
        match fs::read_to_string(&version) {
            Ok(text) => text.trim().parse().map(Some).map_err(|_| PostgresError::NotACluster { folder: cluster }),
            Err(error) if error.kind() == ErrorKind::NotFound && !cluster.exists() => Ok(None),
            Err(error) if error.kind() == ErrorKind::NotFound => Err(PostgresError::NotACluster { folder: cluster }),
            Err(error) => Err(PostgresError::io("read", &version)(error)),
        }
    }

    /// Removes an earlier cluster, which only a throwaway's owner asks for.
    pub fn clear(&self) -> Result<(), PostgresError> {
        remove(&self.cluster())
    }
}

/// Ownership of a home, until dropped or killed.
#[derive(Debug)]
pub(super) struct Lock(#[expect(dead_code, reason = "held, not read")] File);

/// Removes what killed tests left in memory. Best effort: what cannot be removed now is tried at
/// the next start.
pub(super) fn sweep() {
    for entry in Path::new(MEMORY).read_dir().into_iter().flatten().flatten() {
        let home = entry.path();
        if !entry.file_name().as_bytes().starts_with(PREFIX.as_bytes()) || !is_ours(&home) {
            continue;
        }
        let Ok(lock) = OpenOptions::new().read(true).custom_flags(libc::O_NOFOLLOW).open(home.join(LOCK)) else {
            continue;
        };
        let is_old = lock
            .metadata()
            .and_then(|found| found.modified())
            .is_ok_and(|at| at.elapsed().is_ok_and(|age| age > LEFT_OVER_AFTER));
        if is_old && try_lock(&lock).is_ok_and(|locked| locked) {
            let cluster = home.join(CLUSTER);
            let stopped = match server::settle(&cluster) {
                Ok(Some((mut orphan, _))) => orphan.stop(&cluster).is_ok(),
                Ok(None) => true,
                Err(_) => false,
            };
            if stopped {
                for socket in sockets_of(&home) {
                    remove_socket(&socket);
                }
                let _ = remove(&home);
            }
        }
    }
}

/// Removes a folder with all in it; one that is not there is fine.
pub(super) fn remove(folder: &Path) -> Result<(), PostgresError> {
    let deadline = Instant::now() + REMOVE_PATIENCE;
    loop {
        match fs::remove_dir_all(folder) {
            // Whom a killed `initdb` had started writes on until it notices.
            Err(error) if error.kind() == ErrorKind::DirectoryNotEmpty && Instant::now() < deadline => {
                std::thread::sleep(Duration::from_millis(20));
            }
            Err(error) if error.kind() != ErrorKind::NotFound => {
                return Err(PostgresError::io("remove", folder)(error));
            }
            _ => return Ok(()),
        }
    }
}

/// Removes the socket's folder. Failing is harmless: it is empty, and the next start uses it again.
pub(super) fn remove_socket(folder: &Path) {
    clear_socket(folder);
    let _ = fs::remove_dir(folder);
}

/// Removes a dead server's socket and its lock, which holds a process id that may be another's by
/// now, and PostgreSQL would believe it.
pub(super) fn clear_socket(folder: &Path) {
    // Usually absent: the server removes them itself.
    let _ = fs::remove_file(folder.join(wire::SOCKET));
    let _ = fs::remove_file(folder.join(format!("{}.lock", wire::SOCKET)));
}

/// Where a home's socket may lie, best first. Named after the home, so that what a killed program
/// leaves is used again instead of piling up.
fn sockets_of(home: &Path) -> [PathBuf; 2] {
    let named = format!("{PREFIX}{}", short_hash(home));
    [Path::new("/tmp").join(&named), Path::new(SHARED).join(named + "-socket")]
}

fn short_hash(path: &Path) -> String {
    let digest = hex::encode(Sha256::digest(path.as_os_str().as_bytes()));
    digest.chars().take(12).collect()
}

/// A folder, not a link to one, that this program's user made and nobody else can change.
fn is_ours(folder: &Path) -> bool {
    folder.symlink_metadata().is_ok_and(|found| is_closed_to_others(&found, own().0, 0o022))
}

fn is_closed_to_others(found: &Metadata, uid: u32, forbidden: u32) -> bool {
    found.is_dir() && found.uid() == uid && found.mode() & forbidden == 0
}

fn open(options: &mut OpenOptions, path: &Path) -> io::Result<File> {
    options.create(true).mode(0o600).custom_flags(libc::O_NOFOLLOW).open(path)
}

fn is_still(file: &File, path: &Path) -> bool {
    let (Ok(held), Ok(named)) = (file.metadata(), path.symlink_metadata()) else { return false };
    (held.dev(), held.ino()) == (named.dev(), named.ino())
}

/// Whether the lock was free. `flock`, because it goes with its holder, however that ends, and
/// because two openings within one process exclude each other too.
#[expect(unsafe_code, reason = "std's File::try_lock is younger than the oldest Rust we build with")]
fn try_lock(file: &File) -> io::Result<bool> {
    // SAFETY: the descriptor is open for as long as `file` is borrowed.
    if unsafe { libc::flock(file.as_raw_fd(), libc::LOCK_EX | libc::LOCK_NB) } == 0 {
        return Ok(true);
    }
    match io::Error::last_os_error() {
        error if error.kind() == ErrorKind::WouldBlock => Ok(false),
        error => Err(error),
    }
}

/// Whether a throwaway cluster may lie in memory.
#[cfg(target_os = "linux")]
#[expect(unsafe_code, reason = "std does not say how much room a disk has")]
fn memory_has_room() -> bool {
    // SAFETY: statvfs holds integers only, for which zero is a value.
    let mut found: libc::statvfs = unsafe { std::mem::zeroed() };
    // SAFETY: the name is a C string, and `found` outlives the call.
    let status = unsafe { libc::statvfs(c"/dev/shm".as_ptr(), &raw mut found) };
    let is_writable = || Path::new(MEMORY).metadata().is_ok_and(|folder| folder.mode() & 0o002 != 0);
    status == 0 && found.f_bavail.saturating_mul(found.f_frsize) >= MEMORY_WANTED && is_writable()
}

#[cfg(not(target_os = "linux"))]
fn memory_has_room() -> bool {
    false
}
