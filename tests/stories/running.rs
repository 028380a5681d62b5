//! The program while it runs: `serve` from its first line to SIGTERM, and the demo from the binary
//! alone, through a kill.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use diesel_async::SimpleAsyncConnection;
use pilothouse::store::pool;
use reqwest::StatusCode;

use crate::commands::{add, command, the_program};
use crate::harness::{self, link_in};
use crate::relay::{TestRelay, number, until};

/// The program while it runs; killed when dropped.
struct Running {
    child: Child,
    out: Arc<Mutex<String>>,
    err: Arc<Mutex<String>>,
}

impl Running {
    fn start(mut command: Command) -> Running {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts");
        let out = collect(child.stdout.take().expect("its output"));
        let err = collect(child.stderr.take().expect("its log"));
        Running { child, out, err }
    }

    fn out(&self) -> String {
        self.out.lock().expect("a lock").clone()
    }

    fn err(&self) -> String {
        self.err.lock().expect("a lock").clone()
    }

    /// What it prints or logs, once `find` finds something in it.
    async fn says<T>(&mut self, what: &str, limit: Duration, find: impl Fn(&str, &str) -> Option<T>) -> T {
        let deadline = Instant::now() + limit;
        loop {
            let (out, err) = (self.out(), self.err());
            if let Some(found) = find(&out, &err) {
                return found;
            }
            let ended = self.child.try_wait().expect("a process to ask");
            assert!(ended.is_none(), "it ended without {what}: {ended:?}\n{out}\n{err}");
            assert!(Instant::now() < deadline, "waited in vain for {what}\n{out}\n{err}");
            actix_web::rt::time::sleep(Duration::from_millis(20)).await;
        }
    }

    fn signal(&self, name: &str) {
        let told = Command::new("kill").args([name, &self.child.id().to_string()]).status().expect("kill runs");
        assert!(told.success());
    }

    async fn ends(&mut self, limit: Duration) -> ExitStatus {
        let deadline = Instant::now() + limit;
        loop {
            if let Some(status) = self.child.try_wait().expect("a process to ask") {
                return status;
            }
            assert!(Instant::now() < deadline, "it did not end in {limit:?}\n{}", self.err());
            actix_web::rt::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn collect(from: impl Read + Send + 'static) -> Arc<Mutex<String>> {
    let text = Arc::new(Mutex::new(String::new()));
    let to = text.clone();
    std::thread::spawn(move || {
        for line in BufReader::new(from).lines().map_while(Result::ok) {
            let mut to = to.lock().expect("a lock");
            to.push_str(&line);
            to.push('\n');
        }
    });
    text
}

/// `serve` on a database, and where it listens.
async fn serving(database: &str, relay: &TestRelay) -> (Running, String) {
    let smtp = relay.url();
    let settings = [
        ("DATABASE_URL", database),
        ("BASE_URL", "http://localhost:8080"),
        ("SMTP_URL", &smtp),
        ("MAIL_FROM", "plans@company.example"),
        ("LISTEN", "127.0.0.1:0"),
    ];
    let mut running = Running::start(command(&the_program(), &settings, &["serve"]));
    let address = running
        .says("an address", Duration::from_secs(20), |_, err| {
            Some(err.lines().find(|line| line.contains(" serving http"))?.rsplit(' ').next()?.to_owned())
        })
        .await;
    (running, format!("http://{address}"))
}

async fn status(base: &str, path: &str) -> StatusCode {
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().expect("a client");
    client.get(format!("{base}{path}")).send().await.expect("an answer").status()
}

#[actix_web::test]
async fn serve_answers_its_probes_mails_the_first_link_and_has_no_demo() {
    let database = harness::database().await;
    add(&database, "吳雅雯", "hr@company.example", "hr");
    let relay = TestRelay::start();

    let (mut running, base) = serving(&database, &relay).await;

    assert_eq!(status(&base, "/healthz").await, StatusCode::OK);
    assert_eq!(status(&base, "/readyz").await, StatusCode::OK);
    assert_eq!(status(&base, "/sign-in").await, StatusCode::OK);
    assert_eq!(status(&base, "/demo").await, StatusCode::NOT_FOUND);
    assert_eq!(status(&base, "/demo/as/01a00000-0000-7000-8000-000000000000").await, StatusCode::NOT_FOUND);
    assert_eq!(status(&base, "/mailbox").await, StatusCode::NOT_FOUND);
    let travel = reqwest::Client::new().post(format!("{base}/demo/travel")).form(&[("by", "day")]).send().await;
    assert_eq!(travel.expect("an answer").status(), StatusCode::NOT_FOUND);
    until("the first link", Duration::from_secs(15), async || relay.count() > 0).await;
    let mail = pilothouse::mail::reading::read(&relay.received()[0].raw).expect("a mail");
    let link = link_in(&mail.text, "http://localhost:8080/sign-in/").expect("a link");
    running.signal("-TERM");
    assert_eq!(running.ends(Duration::from_secs(10)).await.code(), Some(0));
    let secret = link.rsplit('/').next().expect("a secret");
    let log = running.err();
    assert!(!log.contains(secret) && !log.contains("hr@company.example"), "{log}");
    assert!(!log.contains('\u{1b}'), "a log that is no terminal has no colours: {log}");
}

/// Waits until some session of the database waits for a lock. Looks from outside of any transaction,
/// in which the view of sessions would stand still.
async fn somebody_waits(database: &str) {
    let mut conn = pool::connect(database).await.expect("a connection");
    let waiting =
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
    until("somebody to wait for a lock", Duration::from_secs(15), async || number(&mut conn, waiting).await > 0).await;
}

#[actix_web::test]
async fn serve_that_is_told_to_stop_finishes_what_it_is_answering_and_ends_with_zero() {
    let database = harness::database().await;
    add(&database, "吳雅雯", "hr@company.example", "hr");
    let (mut running, base) = serving(&database, &TestRelay::start()).await;
    let mut conn = pool::connect(&database).await.expect("a connection");
    let owed = "SELECT count(*) FROM outbox";
    let before = number(&mut conn, owed).await;
    // A row that whoever asks for a link waits for, and the worker does not.
    conn.batch_execute("BEGIN; SELECT id FROM people FOR NO KEY UPDATE").await.expect("a lock");
    let address = format!("{base}/sign-in");
    let asked = actix_web::rt::spawn(async move {
        reqwest::Client::new().post(address).form(&[("email", "hr@company.example")]).send().await
    });
    somebody_waits(&database).await;

    running.signal("-TERM");
    running.says("that it stops", Duration::from_secs(10), |_, err| err.contains("told to stop").then_some(())).await;
    conn.batch_execute("ROLLBACK").await.expect("the lock ends");

    let answer = asked.await.expect("it ends").unwrap_or_else(|error| panic!("{error:?}\n{}", running.err()));
    assert_eq!(answer.status(), StatusCode::OK);
    assert_eq!(running.ends(Duration::from_secs(20)).await.code(), Some(0));
    assert_eq!(number(&mut conn, owed).await, before + 1);
    let leased = "SELECT count(*) FROM outbox WHERE lease_owner IS NOT NULL";
    assert_eq!(number(&mut conn, leased).await, 0);
}

/// A sample company lives through three months before the demo answers.
const FILLING: Duration = Duration::from_secs(240);

fn demo_in(folder: &Path) -> Running {
    let mut command = command(&folder.join("pilothouse"), &[("LISTEN", "127.0.0.1:0")], &["demo"]);
    command.current_dir(folder);
    Running::start(command)
}

async fn greeting(demo: &mut Running) -> String {
    demo.says("a greeting", FILLING, |out, _| out.contains("Ctrl-C stops it").then(|| out.to_owned())).await
}

fn address_in(greeting: &str) -> String {
    let line = greeting.lines().find(|line| line.starts_with("Pilothouse demo: ")).expect("an address");
    line.trim_start_matches("Pilothouse demo: ").to_owned()
}

/// Names and ids of the people, without the address, which changes with the port.
fn people_in(greeting: &str) -> Vec<String> {
    let people = greeting.lines().filter_map(|line| Some(line.split_once("/demo/as/")?.1.to_owned()));
    people.collect()
}

/// Whether a server of the demo's cluster runs: its pid file names a live process.
fn postgres_runs(folder: &Path) -> bool {
    let file = folder.join("data/postgres/cluster/postmaster.pid");
    let Ok(text) = std::fs::read_to_string(file) else { return false };
    let pid = text.lines().next().unwrap_or_default().trim().to_owned();
    !pid.is_empty() && Path::new("/proc").join(pid).exists()
}

#[actix_web::test]
async fn the_demo_runs_from_the_program_alone_stops_whole_and_keeps_its_data_through_a_kill() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().expect("a folder");
    // PostgreSQL's own account must pass through when the tests run as root.
    std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o755)).expect("a folder that is open");
    std::fs::copy(the_program(), folder.path().join("pilothouse")).expect("a copy");

    let mut demo = demo_in(folder.path());
    let first = greeting(&mut demo).await;
    let people = people_in(&first);
    assert!(people.len() >= 8, "{first}");
    assert!(first.contains("manager, day") && first.contains("mentor") && first.contains("superior"), "{first}");
    assert_eq!(status(&address_in(&first), "/demo").await, StatusCode::OK);
    assert_eq!(status(&address_in(&first), "/mailbox").await, StatusCode::OK);
    assert!(postgres_runs(folder.path()));
    demo.child.kill().expect("kill -9");
    demo.child.wait().expect("it is gone");

    let mut demo = demo_in(folder.path());
    let second = greeting(&mut demo).await;
    assert_eq!(people_in(&second), people);
    assert_eq!(status(&address_in(&second), "/demo").await, StatusCode::OK);
    demo.signal("-INT");
    assert_eq!(demo.ends(Duration::from_secs(30)).await.code(), Some(0));
    assert!(!postgres_runs(folder.path()));
}
