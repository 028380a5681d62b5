//! The account the server runs under: this program's own, unless that is root.

use std::ffi::{CStr, CString, OsStr};
use std::fs::Metadata;
use std::os::unix::fs::MetadataExt;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::{io, ptr};

use super::PostgresError;

/// In this order: `postgres` comes with the distribution's package, `nobody` with every system.
const FOR_ROOT: [&str; 2] = ["postgres", "nobody"];

/// What would make PostgreSQL's programs look elsewhere or speak differently.
const NOT_INHERITED: [&str; 9] =
    ["PGDATA", "PGHOST", "PGPORT", "PGUSER", "PGDATABASE", "PGOPTIONS", "PGTZ", "PGCLIENTENCODING", "PGDATESTYLE"];

/// Who the server is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Account {
    pub uid: u32,
    pub gid: u32,
    pub name: String,
    /// Whether this program must become that account first.
    pub is_another: bool,
}

impl Account {
    /// The account for a cluster, or for a new one. A cluster that root finds keeps its owner:
    /// PostgreSQL insists on it, and the demo that began as a user goes on under `sudo`.
    pub fn for_server(cluster: Option<&Metadata>) -> Result<Account, PostgresError> {
        let (uid, gid) = own();
        if uid != 0 {
            return Ok(Account { uid, gid, name: format!("uid {uid}"), is_another: false });
        }
        if let Some(owner) = cluster.filter(|cluster| cluster.uid() != 0) {
            let (uid, gid) = (owner.uid(), owner.gid());
            let known = FOR_ROOT.into_iter().filter_map(named).find(|account| account.uid == uid);
            let name = known.map_or_else(|| format!("uid {uid}"), |account| account.name);
            return Ok(Account { uid, gid, name, is_another: true });
        }
        FOR_ROOT.into_iter().find_map(named).ok_or(PostgresError::NoAccount)
    }

    /// Whether this account may pass through a folder and all above it. Judged by mode bits: an
    /// access list that grants more only sends the cluster to its other place.
    pub fn may_pass(&self, folder: &Path) -> io::Result<bool> {
        if !self.is_another {
            return Ok(true);
        }
        for above in folder.canonicalize()?.ancestors() {
            let found = above.metadata()?;
            let bit = match (found.uid() == self.uid, found.gid() == self.gid) {
                (true, _) => 0o100,
                (false, true) => 0o010,
                (false, false) => 0o001,
            };
            if found.mode() & bit == 0 {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// One of PostgreSQL's programs, under this account, deaf to what the shell exports for
    /// clients and to a Ctrl-C at the terminal: the program drains first, then stops its server.
    pub fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        command.stdin(Stdio::null()).current_dir("/").process_group(0).env("LC_ALL", "C");
        for name in NOT_INHERITED {
            command.env_remove(name);
        }
        if self.is_another {
            // As root, std drops the supplementary groups too.
            command.gid(self.gid).uid(self.uid);
        }
        command
    }
}

/// Makes the child end when the thread that spawns it does, however that comes about. Only Linux
/// can; elsewhere an orphan is adopted at the next start.
#[cfg(target_os = "linux")]
#[expect(unsafe_code, reason = "std has no call for PR_SET_PDEATHSIG")]
pub(super) fn end_with_parent(command: &mut Command, signal: libc::c_int) {
    let parent = std::process::id();
    let signal = libc::c_ulong::from(signal.unsigned_abs());
    let tie = move || {
        // SAFETY: prctl and getppid are async-signal-safe, take integers and touch no memory here.
        // Changing the uid forgets this signal; std has changed it before it runs this closure
        // (`the_server_ends_when_its_program_is_killed` would tell).
        let (tied, parent_now) = unsafe { (libc::prctl(libc::PR_SET_PDEATHSIG, signal), libc::getppid()) };
        if tied != 0 {
            return Err(io::Error::last_os_error());
        }
        // The parent may have died before it was watched.
        if u32::try_from(parent_now) != Ok(parent) {
            return Err(io::ErrorKind::BrokenPipe.into());
        }
        Ok(())
    };
    // SAFETY: between fork and exec the closure allocates nothing and takes no lock.
    unsafe { command.pre_exec(tie) };
}

/// Elsewhere there is nothing to tie.
#[cfg(not(target_os = "linux"))]
pub(super) fn end_with_parent(_command: &mut Command, _signal: libc::c_int) {}

/// This program's user and group.
#[expect(unsafe_code, reason = "std does not say who we are")]
pub(super) fn own() -> (u32, u32) {
    // SAFETY: both always succeed and touch no memory.
    unsafe { (libc::geteuid(), libc::getegid()) }
}

/// Looks a user up by name.
#[expect(unsafe_code, reason = "std cannot look up a user")]
fn named(name: &str) -> Option<Account> {
    let wanted = CString::new(name).ok()?;
    let mut strings = vec![0; 16 * 1024];
    let mut found: *mut libc::passwd = ptr::null_mut();
    // SAFETY: passwd holds integers and pointers, for which zero is a value.
    let mut entry: libc::passwd = unsafe { std::mem::zeroed() };
    // SAFETY: every pointer is valid for the call, and the length is the buffer's own.
    let status = unsafe {
        libc::getpwnam_r(wanted.as_ptr(), &raw mut entry, strings.as_mut_ptr(), strings.len(), &raw mut found)
    };
    if status != 0 || found.is_null() {
        return None;
    }
    // SAFETY: found, so pw_name is a C string inside `strings`, which is still alive.
    let name = unsafe { CStr::from_ptr(entry.pw_name) }.to_string_lossy().into_owned();
    Some(Account { uid: entry.pw_uid, gid: entry.pw_gid, name, is_another: true })
}
