//! Real clusters, from `initdb` to kill -9. They need PostgreSQL's programs, as the program does.

use std::fs::{self, Permissions};
use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::wire::{self, Answer};
use super::*;

/// A folder that every account may pass.
fn open_folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::set_permissions(folder.path(), Permissions::from_mode(0o755)).expect("its mode");
    folder
}

/// A folder that only its owner may pass.
fn closed_folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::set_permissions(folder.path(), Permissions::from_mode(0o700)).expect("its mode");
    folder
}

fn settings(folder: &Path, keep: Keep) -> Settings {
    Settings { folder: folder.to_path_buf(), keep, bindir: None, path: None }
}

fn start(folder: &Path, keep: Keep) -> Cluster {
    Cluster::start(&settings(folder, keep)).unwrap_or_else(|error| panic!("{error}: {error:?}"))
}

/// What `psql`, which comes with the server, gets for a query.
fn query(cluster: &Cluster, sql: &str) -> String {
    let psql = programs::well_known().into_iter().map(|folder| folder.join("psql")).find(|psql| psql.is_file());
    let psql = psql.expect("psql beside the server's programs");
    let ran = Command::new(psql).args([&cluster.url("postgres"), "-qAtXc", sql]).output().expect("psql");
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    String::from_utf8_lossy(&ran.stdout).trim().to_owned()
}

fn pid(cluster: &Cluster) -> i32 {
    match cluster.server.as_ref().expect("a running server") {
        Server::Child { pid, .. } | Server::Orphan { pid } => *pid,
    }
}

#[expect(unsafe_code, reason = "a test plays the kernel's part")]
fn kill_hard(pid: i32) {
    // SAFETY: takes two integers; `pid` names a server this test started.
    assert_eq!(unsafe { libc::kill(pid, libc::SIGKILL) }, 0);
}

/// A folder with programs that only know their version.
fn pretend_programs(version: &str) -> TempDir {
    let bindir = open_folder();
    let script = format!("#!/bin/sh\necho 'postgres (PostgreSQL) {version}'\n");
    let write = |name: &str| {
        let program = bindir.path().join(name);
        fs::write(&program, &script).expect("a script");
        fs::set_permissions(&program, Permissions::from_mode(0o755)).expect("its mode");
    };
    write("postgres");
    write("initdb");
    bindir
}

#[test]
fn a_kept_cluster_is_found_again_with_what_it_held() {
    let folder = open_folder();
    let mut first = start(folder.path(), Keep::Kept);
    query(&first, "CREATE TABLE kept AS SELECT 'Lin Mei-hua 林美華' AS name");
    first.stop().expect("a clean stop");

    let second = start(folder.path(), Keep::Kept);

    assert!(!second.is_adopted());
    assert_eq!(query(&second, "SELECT name FROM kept"), "Lin Mei-hua 林美華");
    assert_eq!(query(&second, "SHOW fsync"), "on");
}

#[test]
fn the_server_listens_on_its_socket_alone_and_the_socket_is_closed_to_others() {
    let folder = open_folder();
    let cluster = start(folder.path(), Keep::Throwaway);

    assert_eq!(query(&cluster, "SHOW listen_addresses"), "");
    let mode = cluster.socket.metadata().expect("the socket's folder").permissions().mode();
    assert_eq!(mode & 0o777, 0o700);
    assert_ne!(query(&cluster, "SELECT pg_read_file('/proc/self/status') ~ 'Uid:\\s+0\\s'"), "t");
}

#[test]
fn a_throwaway_cluster_leaves_nothing() {
    let folder = open_folder();
    let mut cluster = start(folder.path(), Keep::Throwaway);
    assert_eq!(query(&cluster, "SHOW fsync"), "off");
    let (home, socket) = (cluster.home.clone(), cluster.socket.clone());

    cluster.stop().expect("a clean stop");
    cluster.stop().expect("a second stop does nothing");

    assert!(!home.exists());
    assert!(!socket.exists());
}

#[test]
fn a_second_program_on_the_same_folder_is_refused_while_the_first_lives() {
    let folder = open_folder();
    let first = start(folder.path(), Keep::Kept);

    let refused = Cluster::start(&settings(folder.path(), Keep::Kept)).expect_err("two owners");

    let this = std::process::id();
    assert!(matches!(refused, PostgresError::InUse { owner: Some(owner), .. } if owner == this), "{refused:?}");
    assert_eq!(query(&first, "SELECT 1"), "1");
}

#[test]
fn an_orphan_whose_socket_answers_is_adopted() {
    let folder = open_folder();
    let first = start(folder.path(), Keep::Kept);
    let orphan = pid(&first);
    query(&first, "CREATE TABLE kept AS SELECT 7 AS number");
    first.abandon();

    let mut second = start(folder.path(), Keep::Kept);

    assert!(second.is_adopted());
    assert_eq!(pid(&second), orphan);
    assert_eq!(query(&second, "SELECT number FROM kept"), "7");
    let socket = second.socket.clone();
    second.stop().expect("an orphan stops like a child");
    assert_eq!(wire::ask(&socket), Answer::Silent);
    assert!(!socket.exists());
}

#[test]
fn a_process_id_in_a_stale_file_does_not_count_as_alive() {
    let folder = open_folder();
    let mut first = start(folder.path(), Keep::Kept);
    let (cluster, socket) = (first.home.join(home::CLUSTER), first.socket.clone());
    first.stop().expect("a clean stop");
    // This test's own process lives, and is no server.
    let this = std::process::id();
    let stale = format!("{this}\n{}\n1\n5432\n{}\n", cluster.display(), socket.display());
    fs::write(cluster.join("postmaster.pid"), stale).expect("a stale file");

    let second = start(folder.path(), Keep::Kept);

    assert!(!second.is_adopted());
    assert_eq!(query(&second, "SELECT 1"), "1");
}

#[test]
fn a_killed_server_is_cleaned_up_and_loses_nothing_committed() {
    let folder = open_folder();
    let first = start(folder.path(), Keep::Kept);
    query(&first, "CREATE TABLE kept AS SELECT 7 AS number");
    kill_hard(pid(&first));
    first.abandon();

    let second = start(folder.path(), Keep::Kept);

    assert!(!second.is_adopted());
    assert_eq!(query(&second, "SELECT number FROM kept"), "7");
}

#[test]
fn a_throwaway_cluster_never_inherits_from_a_killed_one() {
    let folder = open_folder();
    let first = start(folder.path(), Keep::Throwaway);
    query(&first, "CREATE TABLE left_over ()");
    first.abandon();

    let second = start(folder.path(), Keep::Throwaway);

    assert!(!second.is_adopted());
    assert_eq!(query(&second, "SELECT to_regclass('left_over') IS NULL"), "t");
}

/// Not a test: the program that the next one kills.
#[test]
#[ignore = "run by the_server_ends_when_its_program_is_killed"]
fn a_program_that_waits_to_be_killed() {
    let mut folder = String::new();
    std::io::stdin().read_line(&mut folder).expect("a folder");
    let cluster = start(Path::new(folder.trim()), Keep::Kept);
    query(&cluster, "CREATE TABLE kept AS SELECT 7 AS number");
    let mut out = std::io::stdout();
    writeln!(out, "\nserver {} {}", pid(&cluster), cluster.socket.display()).expect("a reader");
    std::thread::sleep(Duration::from_secs(60));
}

#[test]
#[cfg(target_os = "linux")]
fn the_server_ends_when_its_program_is_killed() {
    let folder = open_folder();
    let this = std::env::current_exe().expect("this test's program");
    // Without the crate's own name, as the test harness wants it.
    let module = module_path!().split_once("::").map_or("", |(_, rest)| rest);
    let mut program = Command::new(this)
        .args(["--ignored", "--nocapture", "--exact", &format!("{module}::a_program_that_waits_to_be_killed")])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("a second program");
    writeln!(program.stdin.take().expect("its input"), "{}", folder.path().display()).expect("a listener");
    let said = BufReader::new(program.stdout.take().expect("its output"))
        .lines()
        .map_while(Result::ok)
        .find(|line| line.starts_with("server "))
        .expect("a started server");
    let socket = PathBuf::from(said.split(' ').nth(2).expect("its socket"));
    assert_eq!(wire::ask(&socket), Answer::Ready);

    program.kill().expect("kill -9");
    program.wait().expect("its end");

    let killed = Instant::now();
    while wire::ask(&socket) != Answer::Silent {
        assert!(killed.elapsed() < Duration::from_secs(10), "the server outlived its program");
        std::thread::sleep(Duration::from_millis(5));
    }
    let next = start(folder.path(), Keep::Kept);
    assert_eq!(query(&next, "SELECT number FROM kept"), "7");
}

#[test]
fn a_start_right_after_a_kill_waits_for_the_old_server_to_go() {
    let folder = open_folder();
    let first = start(folder.path(), Keep::Kept);
    server::tell(pid(&first), libc::SIGINT);
    first.abandon();

    let second = start(folder.path(), Keep::Kept);

    assert!(!second.is_adopted());
    assert_eq!(query(&second, "SELECT 1"), "1");
}

#[test]
fn a_folder_that_the_servers_account_cannot_reach_sends_the_cluster_to_var_tmp() {
    let folder = closed_folder();
    let mut cluster = start(folder.path(), Keep::Kept);

    let is_root = account::own().0 == 0;
    assert_eq!(cluster.folder().starts_with("/var/tmp/") && !cluster.folder().starts_with(folder.path()), is_root);
    assert_eq!(query(&cluster, "SELECT 1"), "1");

    cluster.stop().expect("a clean stop");
    home::remove(cluster.folder()).expect("nothing left in /var/tmp");
}

#[test]
fn a_cluster_in_var_tmp_is_not_forgotten_when_its_folder_opens_up() {
    let folder = closed_folder();
    let mut closed = start(folder.path(), Keep::Kept);
    query(&closed, "CREATE TABLE kept AS SELECT 7 AS number");
    closed.stop().expect("a clean stop");
    fs::set_permissions(folder.path(), Permissions::from_mode(0o755)).expect("its mode");

    let mut opened = start(folder.path(), Keep::Kept);

    assert_eq!(query(&opened, "SELECT number FROM kept"), "7");
    opened.stop().expect("a clean stop");
    home::remove(opened.folder()).expect("nothing left in /var/tmp");
}

#[test]
fn a_cluster_that_got_out_of_reach_is_an_error_and_not_an_empty_one() {
    let folder = open_folder();
    start(folder.path(), Keep::Kept).stop().expect("a clean stop");
    fs::set_permissions(folder.path(), Permissions::from_mode(0o700)).expect("its mode");

    let outcome = Cluster::start(&settings(folder.path(), Keep::Kept));

    let is_root = account::own().0 == 0;
    assert_eq!(matches!(outcome, Err(PostgresError::Unreachable { .. })), is_root, "{outcome:?}");
}

#[test]
fn without_programs_one_sentence_names_the_package_for_every_system() {
    let folder = open_folder();

    let error = Cluster::start_among(&settings(folder.path(), Keep::Kept), &[]).expect_err("no programs");

    assert_eq!(
        error.to_string(),
        "PostgreSQL's server programs are not installed: install them (Debian and Ubuntu: `apt install postgresql`; \
         Fedora: `dnf install postgresql-server`; macOS: `brew install postgresql@17`), or set DATABASE_URL to a \
         server that runs elsewhere, or PG_BINDIR to the folder that holds `postgres` and `initdb`"
    );
}

#[test]
fn a_named_bindir_without_programs_is_not_replaced_by_another() {
    let folder = open_folder();
    let named = Settings { bindir: Some(PathBuf::from("/nowhere/bin")), ..settings(folder.path(), Keep::Kept) };

    let error = Cluster::start(&named).expect_err("no programs there");

    assert!(error.to_string().starts_with("PG_BINDIR is /nowhere/bin, which holds no"), "{error}");
}

#[test]
fn programs_that_are_too_old_are_named_with_their_folder() {
    let (folder, old) = (open_folder(), pretend_programs("13.22"));
    let path = Some(old.path().as_os_str().to_owned());

    let error = Cluster::start_among(&Settings { path, ..settings(folder.path(), Keep::Kept) }, &[]);

    let expected = format!("PostgreSQL 13 in {} is too old: install PostgreSQL 14 or newer", old.path().display());
    assert_eq!(error.expect_err("too old").to_string(), expected);
}

#[test]
fn a_cluster_is_not_opened_by_another_major_version() {
    let (folder, newer) = (open_folder(), pretend_programs("99.1"));
    start(folder.path(), Keep::Kept).stop().expect("a clean stop");
    let places = [newer.path().to_path_buf()];

    let error = Cluster::start_among(&settings(folder.path(), Keep::Kept), &places).expect_err("another version");

    assert!(matches!(error, PostgresError::OtherVersion { .. }), "{error:?}");
}

#[test]
fn a_folder_in_the_way_is_left_alone() {
    let folder = open_folder();
    let cluster = folder.path().join("postgres/cluster");
    fs::create_dir_all(&cluster).expect("a folder");
    fs::set_permissions(&cluster, Permissions::from_mode(0o755)).expect("its mode");
    fs::write(cluster.join("thesis.txt"), "do not lose me").expect("a file");

    let error = Cluster::start(&settings(folder.path(), Keep::Kept)).expect_err("no cluster there");

    assert!(matches!(error, PostgresError::NotACluster { .. } | PostgresError::NotYours { .. }), "{error:?}");
    assert!(cluster.join("thesis.txt").exists());
}

#[test]
fn a_url_escapes_what_it_could_misread() {
    assert_eq!(escape(b"/tmp/pilothouse-0a1b"), "%2Ftmp%2Fpilothouse-0a1b");
    assert_eq!(escape("名 ?".as_bytes()), "%E5%90%8D%20%3F");
}
