//! How many letters a second leave the worker, beside Postfix's smtp-source over as many sessions to the
//! same smtp-sink with messages of the same size; and where the time of one letter goes.
//!
//! Needs `smtp-source` and `smtp-sink` (Debian: package postfix, which need not run) in the `PATH`, and
//! PostgreSQL's server programs. The database keeps its promises: fsync on.
//!
//!     cargo run --release --example mail_rate              # five rounds of 4,000 letters, 4 connections
//!     cargo run --release --example mail_rate -- 1000 3 8  # letters, rounds, connections of the worker

use std::error::Error;
use std::net::TcpStream;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use diesel_async::{RunQueryDsl, SimpleAsyncConnection};
use pilothouse::app::letters::{self, Composed};
use pilothouse::app::people::{self, NewPerson};
use pilothouse::app::plans::{self, NewPlan};
use pilothouse::app::worlds::Library;
use pilothouse::app::{Moment, publish};
use pilothouse::clock::Clock;
use pilothouse::curriculum::SourceFile;
use pilothouse::engine::access::{Actor, Viewer};
use pilothouse::engine::vocabulary::{Lang, PersonId, PlanId};
use pilothouse::engine::zone::local_date;
use pilothouse::mail::dkim::Signer;
use pilothouse::mail::{self, Mailer, Relay, Sender};
use pilothouse::postgres::{Cluster, Keep, Settings};
use pilothouse::store::outbox::{self, Claimed, Kind, Owed, Share, Verdict};
use pilothouse::store::pool::{self, Pool};
use pilothouse::store::prepared::Prepared;
use pilothouse::worker::{Pace, Worker};
use pilothouse::{config, startup};
use tokio::sync::watch;
use uuid::Uuid;

type Tried<T> = Result<T, Box<dyn Error>>;

const SESSIONS: usize = 4;

/// Monday, at the hour of the first brief after the welcome.
const MOMENT: &str = "2026-03-03T01:00:00Z";

/// Letters of one profile, one after the other.
const PROFILED: usize = 300;

const BASE: &str = "https://plans.example.com";

fn main() -> Tried<()> {
    let mut given = std::env::args().skip(1).map(|number| number.parse::<usize>());
    let (count, rounds) = (given.next().unwrap_or(Ok(4000))?, given.next().unwrap_or(Ok(5))?);
    let connections = given.next().unwrap_or(Ok(SESSIONS))?;
    pilothouse::telemetry::init(Some("error"));
    // As `serve` does it: the worker lives on one thread.
    actix_web::rt::System::new().block_on(measure(count, rounds, connections))
}

async fn measure(count: usize, rounds: usize, connections: usize) -> Tried<()> {
    let folder = tempfile::tempdir()?;
    let bindir = config::variable("PG_BINDIR").map(Into::into);
    let settings = Settings { folder: folder.path().into(), keep: Keep::Kept, bindir, path: config::variable("PATH") };
    let mut cluster = tokio::task::spawn_blocking(move || Cluster::start(&settings)).await??;
    let url = cluster.url("rate");
    pool::ensure_database(&cluster.url("postgres"), "rate").await?;
    startup::migrate(&url).await?;
    let sink = Sink::start()?;
    let mut bench = Bench::new(&url, folder.path(), (sink.port, connections)).await?;
    for key in [Key::None, Key::Ed25519, Key::Rsa2048] {
        bench.sign_with(key)?;
        for kind in [Kind::SignIn, Kind::Brief, Kind::Welcome] {
            bench.profile(kind, key).await?;
        }
    }
    println!("\n{connections} connections beside {SESSIONS}, {count} letters, {rounds} rounds, one after the other\n");
    for (kind, key) in [(Kind::SignIn, Key::Ed25519), (Kind::Brief, Key::Ed25519), (Kind::SignIn, Key::Rsa2048)] {
        bench.sign_with(key)?;
        bench.compare(kind, key, count, rounds, &sink).await?;
    }
    drop(sink);
    cluster.stop()?;
    Ok(())
}

#[derive(Debug, Clone, Copy)]
enum Key {
    None,
    Ed25519,
    Rsa2048,
}

struct Bench {
    pool: Pool,
    worker: Worker,
    folder: std::path::PathBuf,
    manager: PersonId,
    plan: Uuid,
}

impl Bench {
    async fn new(url: &str, folder: &Path, (port, connections): (u16, usize)) -> Tried<Bench> {
        let pool = Pool::new(url)?;
        let clock = Clock::fixed(MOMENT.parse()?);
        let moment = Moment { now: "2026-02-25T01:00:00Z".parse()?, chance: startup::chance() };
        let files = shipped()?;
        pool.in_transaction(async |tx| publish::publish(tx, &files, &moment).await).await?;
        let mut ids = Vec::new();
        for (n, name) in ["陳怡君 Grace Chen", "林志明", "Diane Wu", "吳雅雯"].into_iter().enumerate() {
            let new = NewPerson {
                name: name.to_owned(),
                email: format!("person{n}@example.com"),
                lang: Lang::ZhTw,
                zone: "Asia/Taipei".to_owned(),
                calendar: "taiwan".to_owned(),
                brief_hour: 9,
                is_hr: n == 3,
            };
            ids.push(pool.in_transaction(async |tx| people::add(tx, Actor::Program, &new, &moment).await).await?);
        }
        let new = NewPlan {
            program: "sales_manager".to_owned(),
            manager: ids[0],
            superior: ids[2],
            hr: ids[3],
            mentor: Some(ids[1]),
            then: Vec::new(),
            effective: "2026-03-02".parse()?,
            calendar: None,
        };
        let hr = Actor::Person(Viewer { id: ids[3], is_hr: true });
        let plan = pool.in_transaction(async |tx| plans::start(tx, hr, &new, &moment).await).await?;
        pool.get()
            .await?
            .batch_execute("UPDATE people SET next_brief_at = '2100-01-01', next_digest_at = NULL")
            .await?;
        let mut worker = Worker::new(
            pool.clone(),
            startup::renderer()?,
            Arc::new(Mailer::Smtp(Relay::from_url(&format!("smtp://127.0.0.1:{port}"))?)),
            Sender::new("Pilothouse", "plans@example.com", BASE)?,
            BASE.to_owned(),
            clock,
            startup::chance(),
        );
        worker.pace = Pace { at_once: connections, ..Pace::default() };
        Ok(Bench { pool, worker, folder: folder.to_owned(), manager: ids[0], plan: plan.0 })
    }

    fn sign_with(&mut self, key: Key) -> Tried<()> {
        let file = self.folder.join(format!("{key:?}.pem"));
        let made = |algorithm: &[&str]| {
            let mut openssl = Command::new("openssl");
            let status =
                openssl.arg("genpkey").args(algorithm).arg("-out").arg(&file).stderr(Stdio::null()).status()?;
            if status.success() { Ok(()) } else { Err("openssl makes no key") }?;
            Tried::Ok(Some(Arc::new(Signer::read(&file, "rate", "example.com")?)))
        };
        self.worker.sender.signer = match key {
            Key::None => None,
            Key::Ed25519 => made(&["-algorithm", "ed25519"])?,
            Key::Rsa2048 => made(&["-algorithm", "rsa", "-pkeyopt", "rsa_keygen_bits:2048"])?,
        };
        Ok(())
    }

    /// Owes letters of one kind to the manager, as the program does.
    async fn owe(&self, kind: Kind, count: usize) -> Tried<()> {
        self.pool.get().await?.batch_execute("TRUNCATE outbox, links CASCADE").await?;
        let moment = Moment { now: self.worker.clock.now(), chance: startup::chance() };
        let letter = |n| Owed {
            id: moment.id(),
            dedup_key: format!("{}:{n}", kind.as_str()),
            kind,
            person: self.manager,
            plan: (kind == Kind::Welcome).then_some(PlanId(self.plan)),
            for_day: Some(local_date(moment.now, chrono_tz::Asia::Taipei)),
            step: None,
            meeting: None,
            due_at: moment.now,
        };
        let letters: Vec<Owed> = (0..count).map(letter).collect();
        self.pool.in_transaction(async |tx| outbox::owe(tx, &letters, moment.now).await).await?;
        Ok(self.pool.get().await?.batch_execute("ANALYZE outbox; CHECKPOINT").await?)
    }

    /// Where the time of one letter goes when nothing else is done: the mean of a few hundred.
    async fn profile(&self, kind: Kind, key: Key) -> Tried<()> {
        self.owe(kind, PROFILED).await?;
        let owner = Uuid::from_u128(1);
        let share = Share { awaited: PROFILED, other: PROFILED };
        let now = self.worker.clock.now();
        let claimed = self.pool.in_transaction(async |tx| outbox::claim(tx, owner, now, 120, share).await).await?;
        let moment = Moment { now, chance: startup::chance() };
        let mut spent = [Duration::ZERO; 5];
        let mut bytes = 0;
        for letter in &claimed {
            let begun = Instant::now();
            let composed = self.composed(letter, &moment).await?;
            spent[0] += begun.elapsed();
            let begun = Instant::now();
            let unsigned = Sender { signer: None, ..self.worker.sender.clone() };
            let mut message = mail::write(&composed, &self.worker.renderer, &unsigned, now)?;
            spent[1] += begun.elapsed();
            let begun = Instant::now();
            if let Some(signer) = &self.worker.sender.signer {
                signer.sign(&mut message);
            }
            spent[2] += begun.elapsed();
            bytes = message.formatted().len();
            let begun = Instant::now();
            self.worker.mailer.send(&message).await?;
            spent[3] += begun.elapsed();
            let begun = Instant::now();
            outbox::settle(&mut *self.pool.get().await?, owner, &[letter.id], letter.attempt, &Verdict::Sent, now)
                .await?;
            spent[4] += begun.elapsed();
        }
        let each = spent.map(|time| time.as_secs_f64() * 1e6 / claimed.len() as f64);
        println!(
            "{:8} {key:?}, {bytes} bytes: compose {:.0} µs, write {:.0}, sign {:.0}, send {:.0}, settle {:.0}",
            kind.as_str(),
            each[0],
            each[1],
            each[2],
            each[3],
            each[4]
        );
        Ok(())
    }

    async fn composed(&self, letter: &Claimed, moment: &Moment) -> Tried<Box<letters::Letter>> {
        let letters = std::slice::from_ref(letter);
        match letters::compose(&self.pool, letters, BASE, moment, &mut Library::default()).await?.pop() {
            Some(Composed::Letter(composed)) => Ok(composed),
            other => Err(format!("no letter: {other:?}").into()),
        }
    }

    /// How many bytes such a letter has.
    async fn size(&self, kind: Kind) -> Tried<usize> {
        self.owe(kind, 1).await?;
        let share = Share { awaited: 1, other: 1 };
        let (owner, now) = (Uuid::from_u128(1), self.worker.clock.now());
        let claimed = self.pool.in_transaction(async |tx| outbox::claim(tx, owner, now, 120, share).await).await?;
        let moment = Moment { now, chance: startup::chance() };
        let [letter] = &claimed[..] else { return Err("nothing is owed".into()) };
        let letter = self.composed(letter, &moment).await?;
        Ok(mail::write(&letter, &self.worker.renderer, &self.worker.sender, now)?.formatted().len())
    }

    async fn compare(&self, kind: Kind, key: Key, count: usize, rounds: usize, sink: &Sink) -> Tried<()> {
        let size = self.size(kind).await?;
        let (mut ours, mut theirs, mut busy) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..rounds {
            theirs.push(sink.source(count * 4, size)?);
            let before = used(std::process::id());
            let (rate, took) = self.deliver(kind, count).await?;
            ours.push(rate);
            busy.push((used(std::process::id()) - before) / took.as_secs_f64());
        }
        let shown = |all: &[f64]| all.iter().map(|rate| format!("{rate:.0}")).collect::<Vec<_>>().join(" ");
        println!(
            "{:8} {key:?}, {size} bytes: {:.0} of {:.0} = {:.3}; busy on {:.2} of {} processors",
            kind.as_str(),
            median(&ours),
            median(&theirs),
            median(&ours) / median(&theirs),
            median(&busy),
            std::thread::available_parallelism()?,
        );
        println!("         letters a second: worker {} | smtp-source {}", shown(&ours), shown(&theirs));
        Ok(())
    }

    async fn deliver(&self, kind: Kind, count: usize) -> Tried<(f64, Duration)> {
        self.owe(kind, count).await?;
        let mut conn = self.pool.get().await?;
        let (stop, stopped) = watch::channel(false);
        let begun = Instant::now();
        let running = actix_web::rt::spawn(self.worker.clone().run(stopped));
        loop {
            let owes = diesel::sql_query("SELECT EXISTS (SELECT FROM outbox WHERE state = 'owed') AS owes");
            let owes: Owes = Prepared(owes).get_result(&mut conn).await?;
            if !owes.owes {
                break;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        let took = begun.elapsed();
        stop.send_replace(true);
        running.await??;
        Ok((count as f64 / took.as_secs_f64(), took))
    }
}

#[derive(diesel::QueryableByName)]
struct Owes {
    #[diesel(sql_type = diesel::sql_types::Bool)]
    owes: bool,
}

/// smtp-sink, ended when dropped.
struct Sink {
    child: Child,
    port: u16,
}

impl Sink {
    fn start() -> Tried<Sink> {
        let port = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let mut command = Command::new("smtp-sink");
        if is_root() {
            command.args(["-u", "nobody"]); // it refuses to start otherwise
        }
        command.arg(format!("127.0.0.1:{port}")).arg("100").stdout(Stdio::null());
        let child = command.spawn().map_err(|error| {
            format!("smtp-sink does not start ({error}): install smtp-sink and smtp-source (Debian: apt-get install postfix)")
        })?;
        let sink = Sink { child, port };
        let deadline = Instant::now() + Duration::from_secs(5);
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            if Instant::now() > deadline {
                return Err("smtp-sink does not listen".into());
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok(sink)
    }

    /// Messages a second of smtp-source, which keeps its sessions open as the worker does.
    fn source(&self, count: usize, size: usize) -> Tried<f64> {
        let begun = Instant::now();
        let arguments = [SESSIONS.to_string(), "-l".into(), size.to_string(), "-m".into(), count.to_string()];
        let status = Command::new("smtp-source")
            .args(["-d", "-s"])
            .args(arguments)
            .arg(format!("127.0.0.1:{}", self.port))
            .status()?;
        if !status.success() {
            return Err("smtp-source failed".into());
        }
        Ok(count as f64 / begun.elapsed().as_secs_f64())
    }
}

impl Drop for Sink {
    fn drop(&mut self) {
        let _ = self.child.kill(); // it may have ended by itself
        let _ = self.child.wait();
    }
}

/// Linux only; elsewhere false.
fn is_root() -> bool {
    std::fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0)
}

/// Seconds that a process was busy. Linux only; elsewhere nothing.
fn used(process: u32) -> f64 {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    let after = stat.rsplit(") ").next().unwrap_or_default();
    let ticks = after.split(' ').skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok());
    ticks.sum::<f64>() / 100.0
}

fn median(all: &[f64]) -> f64 {
    let mut sorted = all.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or_default()
}

fn shipped() -> Tried<Vec<SourceFile>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("curricula");
    let mut files = Vec::new();
    for folder in [root.clone(), root.join("calendars")] {
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            if path.extension().is_some_and(|kind| kind == "yaml") {
                let name = path.strip_prefix(&root)?.to_string_lossy().into_owned();
                files.push(SourceFile { path: name, bytes: std::fs::read(&path)? });
            }
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}
