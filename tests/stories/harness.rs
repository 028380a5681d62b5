//! One throwaway cluster for all stories, a database for each, a clock that stands still, and a
//! mailbox in memory.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, OnceLock};

use chrono::{DateTime, NaiveDate, Utc};
use pilothouse::app::people::NewPerson;
use pilothouse::app::plans::NewPlan;
use pilothouse::app::{Chance, Moment, people, plans, publish, roster};
use pilothouse::clock::Clock;
use pilothouse::config;
use pilothouse::curriculum::SourceFile;
use pilothouse::engine::access::{Actor, Viewer};
use pilothouse::engine::vocabulary::{Lang, MemberId, PersonId, PlanId};
use pilothouse::mail::reading::{self, ReadMail};
use pilothouse::mail::{Mailer, Memory, Sender};
use pilothouse::postgres::{Cluster, Keep, Settings};
use pilothouse::render::Renderer;
use pilothouse::startup;
use pilothouse::store::pool::{self, Pool};
use pilothouse::web::State;
use pilothouse::worker::{Pace, Worker};

use crate::browser::Browser;

/// The cluster, with a template that is migrated and holds the shipped program.
struct Postgres {
    cluster: Mutex<Cluster>,
    admin: String,
}

static POSTGRES: OnceLock<Postgres> = OnceLock::new();
static DATABASES: AtomicU32 = AtomicU32::new(0);
static RENDERER: OnceLock<Arc<Renderer>> = OnceLock::new();

fn postgres() -> &'static Postgres {
    POSTGRES.get_or_init(|| {
        // A thread of its own: the stories run on runtimes that must not block or nest.
        std::thread::spawn(|| {
            let folder = std::env::temp_dir().join(format!("pilothouse-stories-{}", std::process::id()));
            std::fs::create_dir_all(&folder).expect("a folder for the cluster");
            let bindir = config::variable("PG_BINDIR").map(PathBuf::from);
            let settings = Settings { folder, keep: Keep::Throwaway, bindir, path: config::variable("PATH") };
            let cluster = Cluster::start(&settings).expect("PostgreSQL starts");
            let admin = cluster.url("postgres");
            let template = cluster.url("template");
            actix_web::rt::System::new().block_on(async {
                pool::ensure_database(&admin, "template").await.expect("a template");
                startup::migrate(&template).await.expect("migrations run");
                let pool = Pool::new(&template).expect("a pool");
                let moment = Moment { now: "2026-01-01T00:00:00Z".parse().expect("a moment"), chance: chance() };
                let files = shipped();
                pool.in_transaction(async |tx| publish::publish(tx, &files, &moment).await)
                    .await
                    .expect("it publishes");
            });
            Postgres { cluster: Mutex::new(cluster), admin }
        })
        .join()
        .expect("the cluster starts")
    })
}

/// The shipped files, read as an author's folder.
pub fn shipped() -> Vec<SourceFile> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("curricula");
    let mut files = Vec::new();
    for folder in [root.clone(), root.join("calendars")] {
        for entry in std::fs::read_dir(folder).expect("curricula") {
            let path = entry.expect("an entry").path();
            if path.extension().is_some_and(|kind| kind == "yaml") {
                let name = path.strip_prefix(&root).expect("inside").to_string_lossy().into_owned();
                files.push(SourceFile { path: name, bytes: std::fs::read(&path).expect("a file") });
            }
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

pub fn chance() -> Chance {
    startup::chance()
}

pub fn renderer() -> Arc<Renderer> {
    RENDERER.get_or_init(|| startup::renderer().expect("templates parse")).clone()
}

/// A fresh database from the template; its URL.
pub async fn database() -> String {
    let n = DATABASES.fetch_add(1, Ordering::SeqCst);
    let name = format!("story_{}_{n}", std::process::id());
    let postgres = postgres();
    let url = postgres.cluster.lock().expect("the cluster").url(&name);
    let mut conn = pool::connect(&postgres.admin).await.expect("a connection");
    use diesel_async::SimpleAsyncConnection;
    conn.batch_execute(&format!("CREATE DATABASE {name} TEMPLATE template STRATEGY FILE_COPY"))
        .await
        .expect("a database");
    url
}

/// An empty database without a schema; its URL.
pub async fn empty_database() -> String {
    let name = format!("empty_{}_{}", std::process::id(), DATABASES.fetch_add(1, Ordering::SeqCst));
    let postgres = postgres();
    pool::ensure_database(&postgres.admin, &name).await.expect("a database");
    postgres.cluster.lock().expect("the cluster").url(&name)
}

/// The whole program, with a clock that stands still until a story moves it.
pub struct TestApp {
    pub url: String,
    pub pool: Pool,
    pub clock: Clock,
    pub base_url: String,
    pub worker: Worker,
    mailer: Arc<Mailer>,
}

/// Somebody of a story.
#[derive(Debug, Clone)]
pub struct Someone {
    pub id: PersonId,
    pub name: String,
    pub email: String,
    pub is_hr: bool,
}

impl Someone {
    pub fn viewer(&self) -> Viewer {
        Viewer { id: self.id, is_hr: self.is_hr }
    }
}

/// A manager with a plan and the people around it.
pub struct Cast {
    pub manager: Someone,
    pub mentor: Someone,
    pub superior: Someone,
    pub hr: Someone,
    pub members: Vec<MemberId>,
    pub plan: PlanId,
}

pub fn utc(text: &str) -> DateTime<Utc> {
    text.parse().expect("a moment")
}

pub fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

impl TestApp {
    /// The program at a moment, with mail kept in memory.
    pub async fn at(now: &str) -> TestApp {
        TestApp::with_mailer(now, Mailer::Memory(Memory::default())).await
    }

    pub async fn with_mailer(now: &str, mailer: Mailer) -> TestApp {
        let level = config::variable("RUST_LOG").and_then(|level| level.into_string().ok());
        pilothouse::telemetry::init(level.as_deref().or(Some("error")));
        let url = database().await;
        let pool = Pool::new(&url).expect("a pool");
        let clock = Clock::fixed(utc(now));
        let listening = startup::listen("127.0.0.1:0".parse().expect("an address")).expect("a port");
        let base_url = format!("http://{}", listening.address);
        let state = State {
            pool: pool.clone(),
            renderer: renderer(),
            clock: clock.clone(),
            chance: chance(),
            base_url: base_url.clone(),
            secure_cookies: false,
            help: None,
            pdf: None,
            demo: None,
        };
        let server = startup::server(listening, state).expect("a server");
        actix_web::rt::spawn(server);
        let mailer = Arc::new(mailer);
        let worker = Worker {
            pool: pool.clone(),
            renderer: renderer(),
            mailer: mailer.clone(),
            sender: Sender::new("Pilothouse", "plans@company.example", &base_url).expect("a sender"),
            base_url: base_url.clone(),
            clock: clock.clone(),
            chance: chance(),
            pace: Pace::default(),
        };
        TestApp { url, pool, clock, base_url, worker, mailer }
    }

    pub fn moment(&self) -> Moment {
        Moment { now: self.clock.now(), chance: chance() }
    }

    /// Adds somebody.
    pub async fn person(&self, name: &str, email: &str, lang: Lang, is_hr: bool) -> Someone {
        let new = NewPerson {
            name: name.to_owned(),
            email: email.to_owned(),
            lang,
            zone: "Asia/Taipei".to_owned(),
            calendar: "taiwan".to_owned(),
            brief_hour: 9,
            is_hr,
        };
        let moment = self.moment();
        let id = self.pool.in_transaction(async |tx| people::add(tx, Actor::Program, &new, &moment).await).await;
        Someone { id: id.expect("a person"), name: name.to_owned(), email: email.to_owned(), is_hr }
    }

    /// A manager with `team` members, a mentor who is asked, a superior and HR, on the shipped program
    /// from `effective`.
    pub async fn cast(&self, effective: &str, team: usize) -> Cast {
        let manager = self.person("陳怡君 Grace Chen", "grace@company.example", Lang::En, false).await;
        let mentor = self.person("林志明", "lin@company.example", Lang::ZhTw, false).await;
        let superior = self.person("Diane Wu", "diane@company.example", Lang::En, false).await;
        let hr = self.person("吳雅雯", "hr@company.example", Lang::ZhTw, true).await;
        let mut members = Vec::new();
        for n in 1..=team {
            members.push(self.join(&hr, &manager, &format!("Member {n}"), effective).await);
        }
        let new = NewPlan {
            program: "sales_manager".to_owned(),
            manager: manager.id,
            superior: superior.id,
            hr: hr.id,
            mentor: Some(mentor.id),
            then: Vec::new(),
            effective: date(effective),
            calendar: None,
        };
        let moment = self.moment();
        let plan =
            self.pool.in_transaction(async |tx| plans::start(tx, Actor::Person(hr.viewer()), &new, &moment).await);
        Cast { plan: plan.await.expect("a plan"), manager, mentor, superior, hr, members }
    }

    pub async fn join(&self, hr: &Someone, manager: &Someone, name: &str, on: &str) -> MemberId {
        let moment = self.moment();
        let (hr, manager, on) = (hr.viewer(), manager.id, Some(date(on)));
        let joined =
            self.pool.in_transaction(async |tx| roster::join(tx, hr, manager, name, "Sales", on, &moment).await);
        joined.await.expect("a member")
    }

    /// Sweeps and delivers all that is due now.
    pub async fn deliver(&self) {
        self.worker.run_once().await.expect("a delivery");
    }

    /// The mails that left since the last look.
    pub fn mails(&self) -> Vec<ReadMail> {
        match &*self.mailer {
            Mailer::Memory(memory) => memory.take().iter().map(|raw| reading::read(raw).expect("a mail")).collect(),
            _ => panic!("this story's mail is not in memory"),
        }
    }

    /// A browser in which somebody has signed in by the link in their mail.
    pub async fn signed_in(&self, who: &Someone) -> Browser {
        let mut browser = Browser::new(&self.base_url);
        browser.get("/sign-in").await;
        browser.submit("/sign-in", &[("email", &who.email)]).await;
        self.deliver().await;
        let mails = self.mails();
        // Another letter may have left after it.
        let theirs = mails.iter().rev().filter(|mail| mail.to[0].address == who.email);
        let link = theirs.filter_map(|mail| link_in(&mail.text, "/sign-in/")).next().expect("a sign-in mail");
        let path = link.strip_prefix(&self.base_url).expect("our own link").to_owned();
        browser.get(&path).await;
        browser.submit(&path, &[]).await;
        browser
    }

    /// Zero drift over every plan, or what drifted.
    pub async fn assert_no_drift(&self) {
        let mut conn = self.pool.get().await.expect("a connection");
        for plan in pilothouse::store::plans::ids(&mut conn).await.expect("plans") {
            let finding = pilothouse::app::doctor::examine(&mut conn, plan).await.expect("a finding");
            assert_eq!(finding.drift, [], "plan {plan}");
        }
    }

    /// The one text that a query answers, for what no page shows.
    pub async fn read(&self, query: &str) -> String {
        use diesel_async::RunQueryDsl;
        #[derive(diesel::QueryableByName)]
        struct Row {
            #[diesel(sql_type = diesel::sql_types::Text)]
            text: String,
        }
        let mut conn = self.pool.get().await.expect("a connection");
        let row: Row =
            diesel::sql_query(format!("SELECT ({query}) AS text")).get_result(&mut conn).await.expect("a row");
        row.text
    }

    /// Runs SQL that no use case would.
    pub async fn sql(&self, statement: &str) {
        use diesel_async::SimpleAsyncConnection;
        self.pool.get().await.expect("a connection").batch_execute(statement).await.expect("the statement runs");
    }
}

/// The first address in a text that holds `part`.
pub fn link_in(text: &str, part: &str) -> Option<String> {
    text.split_whitespace().find(|word| word.starts_with("http") && word.contains(part)).map(str::to_owned)
}
