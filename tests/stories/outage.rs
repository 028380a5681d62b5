//! The database goes away and comes back: pages say so and nothing more, and everything works again
//! by itself.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use actix_web::rt::task::JoinHandle;
use diesel_async::{AsyncPgConnection, SimpleAsyncConnection};
use pilothouse::app::{Moment, sign_in};
use pilothouse::clock::Clock;
use pilothouse::mail::{Mailer, Memory, Sender};
use pilothouse::startup;
use pilothouse::store::pool::{self, Pool};
use pilothouse::web::State;
use pilothouse::worker::{Pace, Worker};
use reqwest::{Response, StatusCode};
use tempfile::TempDir;
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::watch;

use crate::harness::{self, Someone, chance, renderer, utc};
use crate::migrations::lines;

const SOCKET: &str = ".s.PGSQL.5432";

/// Longer than any recovery takes; a condition that is still not met then never will be.
const PATIENCE: Duration = Duration::from_secs(15);

/// What the way to the database does with what is sent over it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Open,
    /// Connections break, and new ones are refused.
    Cut,
    /// Nothing breaks and nothing arrives: a cable that was pulled.
    Silent,
}

/// A unix socket before the cluster's own, which a story can cut.
struct Proxy {
    folder: TempDir,
    database: String,
    way: watch::Sender<Way>,
    listener: Option<JoinHandle<()>>,
    socket: PathBuf,
}

impl Proxy {
    fn before(url: &str) -> Proxy {
        let url = url::Url::parse(url).expect("a URL");
        let host = url.host_str().expect("a folder").replace("%2F", "/").replace("%2f", "/");
        let folder = tempfile::Builder::new().prefix("ph").tempdir_in("/tmp").expect("a folder");
        let mut proxy = Proxy {
            socket: Path::new(&host).join(SOCKET),
            database: url.path().trim_start_matches('/').to_owned(),
            way: watch::channel(Way::Open).0,
            listener: None,
            folder,
        };
        proxy.listen();
        proxy
    }

    /// The database's URL, through here.
    fn url(&self) -> String {
        let folder = self.folder.path().display().to_string().replace('/', "%2F");
        format!("postgres://pilothouse@{folder}/{}", self.database)
    }

    fn listen(&mut self) {
        let listener = UnixListener::bind(self.folder.path().join(SOCKET)).expect("a socket");
        let (to, way) = (self.socket.clone(), self.way.subscribe());
        self.listener = Some(actix_web::rt::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                actix_web::rt::spawn(carry(client, to.clone(), way.clone()));
            }
        }));
    }

    async fn cut(&mut self) {
        self.way.send_replace(Way::Cut);
        let listener = self.listener.take().expect("it listens");
        listener.abort();
        let _ = listener.await;
        std::fs::remove_file(self.folder.path().join(SOCKET)).expect("the socket");
    }

    fn mend(&mut self) {
        self.way.send_replace(Way::Open);
        self.listen();
    }
}

async fn carry(mut client: UnixStream, to: PathBuf, mut way: watch::Receiver<Way>) {
    let mut server = UnixStream::connect(to).await.expect("the cluster");
    loop {
        let now = *way.borrow_and_update();
        match now {
            Way::Cut => return,
            Way::Silent => drop(way.changed().await),
            Way::Open => tokio::select! {
                _ = tokio::io::copy_bidirectional(&mut client, &mut server) => return,
                _ = way.changed() => {}
            },
        }
    }
}

/// The program behind a proxy, with HR signed in.
struct Remote {
    proxy: Proxy,
    /// Past the proxy: what the story itself asks the database.
    direct: AsyncPgConnection,
    pool: Pool,
    base: String,
    hr: Someone,
    cookie: String,
    client: reqwest::Client,
    mailer: Arc<Mailer>,
}

static PEOPLE: AtomicU32 = AtomicU32::new(0);

impl Remote {
    async fn start() -> Remote {
        let url = harness::database().await;
        let proxy = Proxy::before(&url);
        let pool = Pool::new(&proxy.url()).expect("a pool");
        let clock = Clock::fixed(utc("2026-03-02T02:00:00Z"));
        let listening = startup::listen("127.0.0.1:0".parse().expect("an address")).expect("a port");
        let base = format!("http://{}", listening.address);
        let state = State {
            pool: pool.clone(),
            renderer: renderer(),
            clock: clock.clone(),
            chance: chance(),
            base_url: base.clone(),
            secure_cookies: false,
            help: None,
            pdf: None,
            demo: None,
        };
        actix_web::rt::spawn(startup::server(listening, state).expect("a server"));
        let direct = pool::connect(&url).await.expect("a connection");
        let (hr, cookie) = hr(&pool, &clock).await;
        let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().expect("a client");
        let mailer = Arc::new(Mailer::Memory(Memory::default()));
        Remote { proxy, direct, pool, base, hr, cookie, client, mailer }
    }

    fn worker(&self) -> Worker {
        Worker {
            pool: self.pool.clone(),
            renderer: renderer(),
            mailer: self.mailer.clone(),
            sender: Sender::new("Pilothouse", "plans@company.example", &self.base).expect("a sender"),
            base_url: self.base.clone(),
            clock: Clock::fixed(utc("2026-03-02T02:00:00Z")),
            chance: chance(),
            pace: Pace { idle: Duration::from_millis(50), ..Pace::default() },
        }
    }

    async fn get(&self, path: &str) -> Response {
        get(self.client.clone(), format!("{}{path}", self.base), self.cookie.clone()).await
    }

    /// Whether a path answers so before the story runs out of patience.
    async fn comes_to_answer(&self, path: &str, status: StatusCode) -> bool {
        let until = Instant::now() + PATIENCE;
        while Instant::now() < until {
            if self.get(path).await.status() == status {
                return true;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        false
    }

    /// Waits until some session of the database waits for a lock.
    async fn somebody_waits_for_a_lock(&mut self) {
        let query = "SELECT pid::text AS line FROM pg_stat_activity \
                     WHERE datname = current_database() AND wait_event_type = 'Lock'";
        let until = Instant::now() + PATIENCE;
        while lines(&mut self.direct, query).await.is_empty() {
            assert!(Instant::now() < until, "nobody waits");
            tokio::time::sleep(Duration::from_millis(10)).await;
            // Within a transaction the view of sessions stands still until it is let go.
            self.direct("SELECT pg_stat_clear_snapshot()").await;
        }
    }

    async fn direct(&mut self, statement: &str) {
        self.direct.batch_execute(statement).await.expect("the statement runs");
    }
}

async fn get(client: reqwest::Client, address: String, cookie: String) -> Response {
    let request = client.get(address).header("cookie", cookie).header("accept-language", "en");
    request.send().await.expect("an answer")
}

async fn hr(pool: &Pool, clock: &Clock) -> (Someone, String) {
    let moment = Moment { now: clock.now(), chance: chance() };
    let email = format!("hr{}@company.example", PEOPLE.fetch_add(1, Ordering::SeqCst));
    let new = pilothouse::app::people::NewPerson {
        name: "吳雅雯".to_owned(),
        email: email.clone(),
        lang: pilothouse::engine::vocabulary::Lang::En,
        zone: "Asia/Taipei".to_owned(),
        calendar: "taiwan".to_owned(),
        brief_hour: 9,
        is_hr: true,
    };
    let program = pilothouse::engine::access::Actor::Program;
    let (id, secret) = pool
        .in_transaction(async |tx| {
            let id = pilothouse::app::people::add(tx, program, &new, &moment).await?;
            Ok::<_, pilothouse::app::Error>((id, sign_in::begin_session(tx, id, &moment).await?))
        })
        .await
        .expect("HR");
    (Someone { id, name: new.name, email, is_hr: true }, format!("session={secret}"))
}

/// An answer that says "later" in words of its own and nothing about the database.
async fn assert_unavailable(response: Response) {
    assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(response.headers()["retry-after"], "5");
    let page = response.text().await.expect("a page");
    let told = ["SELECT", "INSERT", "connection", "postgres", "diesel", "sessions", "while ", "server closed"];
    assert_eq!(told.into_iter().find(|word| page.contains(word)), None, "{page}");
    assert!(page.contains("<h1"), "{page}");
}

#[actix_web::test]
async fn while_the_database_is_away_pages_say_so_and_afterwards_work_by_themselves() {
    let mut remote = Remote::start().await;
    assert_eq!(remote.get("/people").await.status(), StatusCode::OK);
    assert_eq!(remote.get("/readyz").await.status(), StatusCode::OK);

    remote.proxy.cut().await;

    assert_unavailable(remote.get("/people").await).await;
    assert_unavailable(remote.get("/settings").await).await;
    assert_unavailable(remote.get("/sign-in/0123").await).await;
    assert_eq!(remote.get("/readyz").await.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(remote.get("/healthz").await.status(), StatusCode::OK);
    assert_eq!(remote.get("/sign-in").await.status(), StatusCode::OK);

    remote.proxy.mend();

    assert!(remote.comes_to_answer("/readyz", StatusCode::OK).await);
    assert_eq!(remote.get("/people").await.status(), StatusCode::OK);
    assert_eq!(remote.get("/progress").await.status(), StatusCode::OK);
}

#[actix_web::test]
async fn a_page_whose_query_is_cut_in_the_middle_says_later() {
    let mut remote = Remote::start().await;
    remote.direct("BEGIN; LOCK TABLE people IN ACCESS EXCLUSIVE MODE").await;
    let page =
        actix_web::rt::spawn(get(remote.client.clone(), format!("{}/people", remote.base), remote.cookie.clone()));
    remote.somebody_waits_for_a_lock().await;

    remote.proxy.cut().await;

    assert_unavailable(page.await.expect("an answer")).await;
    remote.direct("ROLLBACK").await;
    remote.proxy.mend();
    assert!(remote.comes_to_answer("/people", StatusCode::OK).await);
}

#[actix_web::test]
async fn a_page_whose_session_the_database_ends_says_later() {
    let mut remote = Remote::start().await;
    remote.direct("BEGIN; LOCK TABLE people IN ACCESS EXCLUSIVE MODE").await;
    let page =
        actix_web::rt::spawn(get(remote.client.clone(), format!("{}/people", remote.base), remote.cookie.clone()));
    remote.somebody_waits_for_a_lock().await;

    remote
        .direct("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")
        .await;

    assert_unavailable(page.await.expect("an answer")).await;
    remote.direct("ROLLBACK").await;
    assert_eq!(remote.get("/people").await.status(), StatusCode::OK);
}

#[actix_web::test]
async fn an_act_that_is_cut_in_the_middle_has_not_happened() {
    let mut remote = Remote::start().await;
    let before = lines(&mut remote.direct, "SELECT count(*)::text AS line FROM outbox").await;
    remote.direct("BEGIN; LOCK TABLE outbox IN ACCESS EXCLUSIVE MODE").await;
    let request = remote.client.post(format!("{}/sign-in", remote.base)).form(&[("email", remote.hr.email.clone())]);
    let asked = actix_web::rt::spawn(async move { request.send().await.expect("an answer") });
    remote.somebody_waits_for_a_lock().await;

    remote.proxy.cut().await;

    assert_unavailable(asked.await.expect("an answer")).await;
    remote.direct("ROLLBACK").await;
    assert_eq!(lines(&mut remote.direct, "SELECT count(*)::text AS line FROM outbox").await, before);
}

#[actix_web::test]
async fn a_database_that_falls_silent_is_given_up_after_seconds_and_found_again() {
    let remote = Remote::start().await;
    assert_eq!(remote.get("/people").await.status(), StatusCode::OK);

    remote.proxy.way.send_replace(Way::Silent);
    let begun = Instant::now();
    assert_unavailable(remote.get("/people").await).await;
    assert!(begun.elapsed() < Duration::from_secs(8), "{:?}", begun.elapsed());
    assert_eq!(remote.get("/healthz").await.status(), StatusCode::OK);

    remote.proxy.way.send_replace(Way::Open);
    assert!(remote.comes_to_answer("/people", StatusCode::OK).await);
}

#[actix_web::test]
async fn when_every_connection_is_taken_pages_say_so_within_seconds_and_nothing_is_stuck() {
    let remote = Remote::start().await;
    let mut taken = Vec::new();
    for _ in 0..8 {
        taken.push(remote.pool.get().await.expect("a connection"));
    }

    let begun = Instant::now();
    assert_unavailable(remote.get("/people").await).await;

    assert!(begun.elapsed() < Duration::from_secs(4), "{:?}", begun.elapsed());
    assert_eq!(remote.get("/healthz").await.status(), StatusCode::OK);
    drop(taken);
    assert_eq!(remote.get("/people").await.status(), StatusCode::OK);
}

#[actix_web::test]
async fn the_worker_waits_for_the_database_and_then_delivers_what_was_owed_once() {
    let mut remote = Remote::start().await;
    let (stop, stopped) = watch::channel(false);
    let working = actix_web::rt::spawn(remote.worker().run(stopped));
    remote.proxy.cut().await;
    // Owed by another instance, past the cut.
    let hr = remote.hr.id;
    let owed = format!(
        "INSERT INTO outbox (id, dedup_key, kind, lane, person_id, owed_at, due_at) \
         VALUES (gen_random_uuid(), 'story:1', 'sign_in', 0, '{hr}', '2026-03-02', '2026-03-02')"
    );
    remote.direct(&owed).await;
    tokio::time::sleep(Duration::from_millis(300)).await; // long enough for several looks that fail
    assert!(!working.is_finished(), "the worker gave up");

    remote.proxy.mend();

    let until = Instant::now() + PATIENCE;
    let left = "SELECT state AS line FROM outbox WHERE dedup_key = 'story:1'";
    while lines(&mut remote.direct, left).await != ["sent"] {
        assert!(Instant::now() < until, "it is still owed");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    stop.send_replace(true);
    working.await.expect("the worker ends").expect("well");
    let Mailer::Memory(memory) = &*remote.mailer else { panic!("mail in memory") };
    assert_eq!(memory.take().len(), 1);
}
