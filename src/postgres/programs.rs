//! Which `postgres` and `initdb` to run.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use super::account::Account;
use super::{PostgresError, Settings};

/// The oldest major version the project runs on.
pub(super) const OLDEST: u32 = 14;

/// Folders that carry a version: the parent, what stands before the number, what comes below it.
const NUMBERED: [(&str, &str, &str); 7] = [
    ("/usr/lib/postgresql", "", "bin"),                       // Debian, Ubuntu
    ("/usr", "pgsql-", "bin"),                                // PostgreSQL's own packages on Fedora and RHEL
    ("/opt/homebrew/opt", "postgresql@", "bin"),              // Homebrew on Apple silicon
    ("/usr/local/opt", "postgresql@", "bin"),                 // Homebrew on Intel
    ("/home/linuxbrew/.linuxbrew/opt", "postgresql@", "bin"), // Homebrew on Linux
    ("/Applications/Postgres.app/Contents/Versions", "", "bin"),
    ("/usr/libexec", "postgresql", ""), // Alpine
];

/// Folders that do not.
const PLAIN: [&str; 5] = ["/usr/bin", "/usr/local/bin", "/opt/homebrew/bin", "/usr/local/pgsql/bin", "/opt/local/bin"];

/// A pair of programs that can be run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Programs {
    pub bindir: PathBuf,
    pub major: u32,
}

impl Programs {
    pub fn postgres(&self) -> PathBuf {
        self.bindir.join("postgres")
    }

    pub fn initdb(&self) -> PathBuf {
        self.bindir.join("initdb")
    }
}

/// Where the systems we know keep the programs, the newest version first.
pub(super) fn well_known() -> Vec<PathBuf> {
    let mut numbered: Vec<(u32, PathBuf)> = Vec::new();
    for (parent, prefix, below) in NUMBERED {
        // A parent that is not there is another system's.
        for entry in Path::new(parent).read_dir().into_iter().flatten().flatten() {
            let name = entry.file_name();
            let number = name.to_str().and_then(|name| name.strip_prefix(prefix)).and_then(|rest| rest.parse().ok());
            if let Some(number) = number {
                numbered.push((number, entry.path().join(below)));
            }
        }
    }
    numbered.sort_by_key(|(number, _)| std::cmp::Reverse(*number));
    numbered.into_iter().map(|(_, folder)| folder).chain(PLAIN.map(PathBuf::from)).collect()
}

/// The first programs that will do: `PG_BINDIR` alone, or `PATH`, `pg_config`, then `places`. A
/// cluster is only ever opened by the major version that made it.
pub(super) fn find(
    settings: &Settings,
    places: &[PathBuf],
    account: &Account,
    made_by: Option<u32>,
    cluster: &Path,
) -> Result<Programs, PostgresError> {
    let candidates = match &settings.bindir {
        Some(bindir) => vec![std::path::absolute(bindir).map_err(PostgresError::io("find", bindir))?],
        None => candidates(settings.path.as_deref(), places, account),
    };
    let mut found: Vec<Programs> = Vec::new();
    for bindir in candidates {
        let Some(programs) = inspect(bindir, account) else { continue };
        let will_do = programs.major >= OLDEST && made_by.is_none_or(|major| major == programs.major);
        if will_do {
            return Ok(programs);
        }
        found.push(programs);
    }
    Err(match (found.into_iter().max_by_key(|programs| programs.major), made_by, &settings.bindir) {
        (Some(_), Some(made_by), _) => PostgresError::OtherVersion { made_by, folder: cluster.to_path_buf() },
        (Some(old), None, _) => PostgresError::TooOld { found: old.major, bindir: old.bindir },
        (None, _, Some(bindir)) => PostgresError::NotInBindir { bindir: bindir.clone() },
        (None, _, None) => PostgresError::NotInstalled,
    })
}

fn candidates(path: Option<&OsStr>, places: &[PathBuf], account: &Account) -> Vec<PathBuf> {
    // A relative entry would let whoever owns the current folder choose root's programs.
    let on_path: Vec<PathBuf> =
        path.into_iter().flat_map(std::env::split_paths).filter(|folder| folder.is_absolute()).collect();
    let told = on_path.iter().filter_map(|folder| bindir_of(&folder.join("pg_config"), account));
    let mut all: Vec<PathBuf> = Vec::new();
    for folder in on_path.iter().cloned().chain(told).chain(places.iter().cloned()) {
        if !all.contains(&folder) {
            all.push(folder);
        }
    }
    all
}

/// What a `pg_config` says. On Debian it comes with the client's headers and may well name a
/// folder without a server, so its word is only one more candidate.
fn bindir_of(pg_config: &Path, account: &Account) -> Option<PathBuf> {
    if !pg_config.is_file() {
        return None;
    }
    let said = account.command(pg_config).arg("--bindir").output().ok()?;
    let bindir = PathBuf::from(String::from_utf8(said.stdout).ok()?.trim());
    bindir.is_absolute().then_some(bindir)
}

/// The programs in a folder, if both are there and the server's account can run them: root's own
/// tool folders are closed to it.
fn inspect(bindir: PathBuf, account: &Account) -> Option<Programs> {
    let (postgres, initdb) = (bindir.join("postgres"), bindir.join("initdb"));
    if !postgres.is_file() || !initdb.is_file() {
        return None;
    }
    let said = account.command(&postgres).arg("--version").output().ok()?;
    let major = major_of(&String::from_utf8(said.stdout).ok()?)?;
    Some(Programs { bindir, major })
}

/// `postgres (PostgreSQL) 15.13 (Debian 15.13-0+deb12u1)` is 15.
fn major_of(version: &str) -> Option<u32> {
    let (_, after) = version.split_once("(PostgreSQL) ")?;
    let digits = after.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(after.len());
    after.get(..digits)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_is_read_from_every_known_form() {
        assert_eq!(major_of("postgres (PostgreSQL) 15.13 (Debian 15.13-0+deb12u1)\n"), Some(15));
        assert_eq!(major_of("postgres (PostgreSQL) 18beta1\n"), Some(18));
        assert_eq!(major_of("postgres (PostgreSQL) 9.6.24\n"), Some(9));
        assert_eq!(major_of("BusyBox\n"), None);
    }
}
