//! The server's life: made, started or adopted, stopped.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::sync::Mutex;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use super::account::end_with_parent;
use super::home::{self, Home};
use super::programs::Programs;
use super::wire::{self, Answer};
use super::{Keep, PostgresError};

/// Recovery after a crash may take this long; a server that gives up is noticed at once.
const START_PATIENCE: Duration = Duration::from_secs(120);
/// What a killed server's last processes get to let go of the cluster.
const RELEASE_PATIENCE: Duration = Duration::from_secs(10);
/// A fast shutdown writes everything down; beyond this, an immediate one leaves it to recovery.
const STOP_PATIENCE: Duration = Duration::from_secs(30);
const KILL_PATIENCE: Duration = Duration::from_secs(5);
const PAUSE: Duration = Duration::from_millis(2);
/// A killed program's lock may be free a moment before its server hears of it.
const SECOND_LOOK: Duration = Duration::from_millis(20);

/// A server that runs.
#[derive(Debug)]
pub(super) enum Server {
    /// Started here. Its thread waits for it, and hangs up when it has ended.
    Child { pid: i32, ended: Mutex<Receiver<()>> },
    /// Started by a program that was killed.
    Orphan { pid: i32 },
}

impl Server {
    /// Ends the server: fast, and if that takes too long, immediately.
    pub fn stop(&mut self, cluster: &Path) -> Result<(), PostgresError> {
        let pid = match self {
            Server::Child { pid, .. } | Server::Orphan { pid } => *pid,
        };
        for (signal, patience) in [(libc::SIGINT, STOP_PATIENCE), (libc::SIGQUIT, KILL_PATIENCE)] {
            if self.has_ended(cluster, Duration::ZERO) {
                return Ok(());
            }
            tell(pid, signal);
            if self.has_ended(cluster, patience) {
                return Ok(());
            }
        }
        Err(PostgresError::DoesNotStop { pid, folder: cluster.to_path_buf() })
    }

    fn has_ended(&mut self, cluster: &Path, patience: Duration) -> bool {
        match self {
            Server::Child { ended, .. } => {
                let ended = ended.get_mut().unwrap_or_else(std::sync::PoisonError::into_inner);
                ended.recv_timeout(patience) == Err(RecvTimeoutError::Disconnected)
            }
            Server::Orphan { pid } => {
                let deadline = Instant::now() + patience;
                loop {
                    if PidFile::read(cluster).is_none_or(|file| file.pid != *pid || !file.is_at_work(cluster)) {
                        return true;
                    }
                    if Instant::now() >= deadline {
                        return false;
                    }
                    thread::sleep(PAUSE);
                }
            }
        }
    }
}

/// Waits until what an earlier run left on a cluster is either a server that answers, returned with
/// its socket's folder, or gone. The cluster's lock is held.
pub(super) fn settle(cluster: &Path) -> Result<Option<(Server, PathBuf)>, PostgresError> {
    let begun = Instant::now();
    let mut signals = [(KILL_PATIENCE, libc::SIGINT), (STOP_PATIENCE, libc::SIGQUIT)].into_iter().peekable();
    while let Some(left) = PidFile::read(cluster) {
        let answer = wire::ask(&left.socket);
        if answer == Answer::Ready {
            thread::sleep(SECOND_LOOK);
            if wire::ask(&left.socket) == Answer::Ready {
                return Ok(Some((Server::Orphan { pid: left.pid }, left.socket)));
            }
        } else if answer == Answer::Silent {
            if !left.is_at_work(cluster) {
                left.forget(cluster)?;
                return Ok(None);
            }
            // At work and silent: on its way up or down, or its socket was swept from /tmp.
            if let Some((_, signal)) = signals.next_if(|(after, _)| begun.elapsed() > *after) {
                tell(left.pid, signal);
            }
        }
        if begun.elapsed() > START_PATIENCE {
            return Err(PostgresError::DoesNotStop { pid: left.pid, folder: cluster.to_path_buf() });
        }
        thread::sleep(PAUSE);
    }
    Ok(None)
}

/// What PostgreSQL writes into a cluster that is in use.
#[derive(Debug)]
struct PidFile {
    pid: i32,
    socket: PathBuf,
}

impl PidFile {
    fn read(cluster: &Path) -> Option<PidFile> {
        let text = fs::read_to_string(cluster.join("postmaster.pid")).ok()?;
        let mut lines = text.lines();
        // The pid; the cluster, its start and its port; the socket's folder, empty until it listens.
        let pid = lines.next()?.trim().parse().ok().filter(|&pid| pid > 1)?;
        let socket = lines.nth(3).unwrap_or_default();
        Some(PidFile { pid, socket: PathBuf::from(socket) })
    }

    /// Whether the process of that number is a server of this cluster: it works in its folder.
    /// Where the system does not say (no `/proc`), no: PostgreSQL itself then refuses a cluster
    /// whose shared memory is still in use.
    fn is_at_work(&self, cluster: &Path) -> bool {
        let (Ok(works_in), Ok(cluster)) = (fs::read_link(format!("/proc/{}/cwd", self.pid)), cluster.canonicalize())
        else {
            return false;
        };
        works_in == cluster
    }

    fn forget(&self, cluster: &Path) -> Result<(), PostgresError> {
        if self.socket.is_absolute() {
            home::clear_socket(&self.socket);
        }
        let file = cluster.join("postmaster.pid");
        match fs::remove_file(&file) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(PostgresError::io("remove", &file)(error)),
            _ => Ok(()),
        }
    }
}

/// Makes the cluster. Trusted: only the socket leads in, and its folder is closed.
pub(super) fn initdb(programs: &Programs, home: &Home, keep: Keep) -> Result<(), PostgresError> {
    let folder = home.unfinished()?;
    let initdb = programs.initdb();
    // C.UTF-8 knows letters beyond ASCII and needs no language pack; macOS has none.
    let locale = if cfg!(target_os = "linux") { "C.UTF-8" } else { "C" };
    let mut command = home.account.command(&initdb);
    command.arg("--pgdata").arg(&folder).args(["--username", wire::SUPERUSER, "--encoding", "UTF8"]);
    command.args(["--auth", "trust", "--locale", locale, "--no-instructions"]);
    if keep == Keep::Throwaway {
        command.args(["--no-sync", "--wal-segsize", "1"]);
    }
    end_with_parent(&mut command, libc::SIGKILL);
    let ran = command.output().map_err(PostgresError::io("run", &initdb))?;
    if !ran.status.success() {
        let said = last_lines(&String::from_utf8_lossy(&ran.stderr));
        return Err(PostgresError::Initdb { folder, said });
    }
    let cluster = home.cluster();
    fs::rename(&folder, &cluster).map_err(PostgresError::io("name", cluster))
}

/// Starts the server on a cluster that nobody uses, and waits until it answers.
pub(super) fn start(programs: &Programs, home: &Home, socket: &Path, keep: Keep) -> Result<Server, PostgresError> {
    let begun = Instant::now();
    loop {
        home::clear_socket(socket);
        let mut server = spawn(command(programs, home, socket, keep)?, programs)?;
        let answers = await_answer(&mut server, home, socket, begun + START_PATIENCE);
        if answers {
            return Ok(server);
        }
        server.stop(&home.cluster())?;
        let log = home.log();
        let text = fs::read(&log).map_err(PostgresError::io("read", &log))?;
        let said = last_lines(&String::from_utf8_lossy(&text));
        // The server was killed, its sessions have yet to notice.
        let is_released_soon = said.contains("shared memory block") && begun.elapsed() < RELEASE_PATIENCE;
        if !is_released_soon {
            return Err(PostgresError::DidNotStart { log, said });
        }
        thread::sleep(Duration::from_millis(100));
    }
}

fn await_answer(server: &mut Server, home: &Home, socket: &Path, deadline: Instant) -> bool {
    let cluster = home.cluster();
    while Instant::now() < deadline {
        if wire::ask(socket) == Answer::Ready {
            return true;
        }
        if server.has_ended(&cluster, PAUSE) {
            return false;
        }
    }
    false
}

fn command(programs: &Programs, home: &Home, socket: &Path, keep: Keep) -> Result<Command, PostgresError> {
    let log = home.open_log()?;
    let output = log.try_clone().map_err(PostgresError::io("open", home.log()))?;
    let mut command = home.account.command(programs.postgres());
    command.arg("-D").arg(home.cluster()).stdout(output).stderr(log);
    let at = format!("unix_socket_directories={}", socket.display());
    let common = ["listen_addresses=", "port=5432", "unix_socket_permissions=0700", "timezone=UTC", "log_timezone=UTC"];
    let kept: &[&str] = match keep {
        Keep::Kept => &[],
        // Nothing here outlives a crash, so nothing is written twice or waited for.
        Keep::Throwaway => &[
            "fsync=off",
            "synchronous_commit=off",
            "full_page_writes=off",
            "max_connections=200",
            "wal_level=minimal",
            "max_wal_senders=0",
            "min_wal_size=8MB",
            "max_wal_size=64MB",
        ],
    };
    for setting in [at.as_str()].into_iter().chain(common).chain(kept.iter().copied()) {
        command.args(["-c", setting]);
    }
    end_with_parent(&mut command, libc::SIGINT);
    Ok(command)
}

/// Starts the server from a thread that lives as long as the server: the kernel ends the server
/// with the thread that started it, not with the program.
fn spawn(mut command: Command, programs: &Programs) -> Result<Server, PostgresError> {
    let (tell_started, started) = mpsc::channel();
    let (alive, ended) = mpsc::channel::<()>();
    let watch = move || match command.spawn() {
        Ok(mut child) => {
            let told = tell_started.send(pid_of(&child));
            // Waiting cannot fail for a child of one's own; hanging up says that it has ended.
            let _ = (told, child.wait());
            drop(alive);
        }
        Err(error) => {
            let _ = tell_started.send(Err(error));
        }
    };
    let postgres = programs.postgres();
    thread::Builder::new().name("postgres".into()).spawn(watch).map_err(PostgresError::io("watch", &postgres))?;
    match started.recv() {
        Ok(Ok(pid)) => Ok(Server::Child { pid, ended: Mutex::new(ended) }),
        Ok(Err(error)) => Err(PostgresError::io("run", postgres)(error)),
        Err(gone) => Err(PostgresError::io("watch", postgres)(std::io::Error::other(gone))),
    }
}

fn pid_of(child: &Child) -> std::io::Result<i32> {
    i32::try_from(child.id()).map_err(std::io::Error::other)
}

/// Sends a signal. One that cannot be delivered changes nothing: whether the server has ended is
/// looked at afterwards in any case.
#[expect(unsafe_code, reason = "std can only kill, and a killed server loses its last words")]
pub(super) fn tell(pid: i32, signal: libc::c_int) {
    // SAFETY: takes two integers. `pid` is above 1, so it names one process, never a group.
    unsafe { libc::kill(pid, signal) };
}

fn last_lines(text: &str) -> String {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    lines.iter().skip(lines.len().saturating_sub(4)).copied().collect::<Vec<_>>().join(" | ")
}
