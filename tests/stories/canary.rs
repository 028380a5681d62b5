//! A relay that takes nothing is said on the log, to whoever looks after the program: not at once, and not
//! every minute.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use pilothouse::engine::vocabulary::Lang;
use pilothouse::mail::{Mailer, Relay};
use pilothouse::worker::Pace;
use tokio::sync::watch;
use tracing_subscriber::fmt::MakeWriter;

use crate::harness::{TestApp, utc};
use crate::relay::{Mode, TestRelay, number, until};

/// What is logged on this thread.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn warnings(&self) -> usize {
        let log = self.0.lock().expect("a lock");
        String::from_utf8_lossy(&log).lines().filter(|line| line.contains("mail is owed, and none leaves")).count()
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("a lock").write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Log;

    fn make_writer(&'a self) -> Log {
        self.clone()
    }
}

#[actix_web::test]
async fn mail_that_does_not_leave_for_half_an_hour_is_said_on_the_log_once_an_hour_until_it_leaves() {
    let log = Log::default();
    let lines = tracing_subscriber::fmt().with_max_level(tracing::Level::ERROR).with_writer(log.clone()).finish();
    let _here = tracing::subscriber::set_default(lines);
    let relay = TestRelay::start();
    relay.set(Mode::TurnsAway);
    let mailer = Mailer::Smtp(Relay::from_url(&relay.url()).expect("a relay"));
    let mut app = TestApp::with_mailer("2026-03-02T01:00:00Z", mailer).await;
    app.worker.pace = Pace { idle: Duration::from_millis(20), ..Pace::default() };
    app.person("Grace Chen", "grace@company.example", Lang::En, false).await;
    app.sql("UPDATE people SET next_brief_at = '2100-01-01'").await;
    let owed = "INSERT INTO outbox (id, dedup_key, kind, lane, person_id, owed_at, due_at) \
                SELECT gen_random_uuid(), 'sign_in:' || n, 'sign_in', 0, people.id, '2026-03-02T00:40:00Z', \
                '2026-03-02T00:40:00Z' FROM generate_series(1, 20) AS n, people";
    app.sql(owed).await;
    let (word, stop) = watch::channel(false);
    let running = actix_web::rt::spawn(app.worker.clone().run(stop));
    let said_by = async |clock: &str| {
        app.clock.travel_to(utc(&format!("2026-03-02T{clock}:00Z")));
        actix_web::rt::time::sleep(Duration::from_millis(500)).await; // several looks
        log.warnings()
    };

    assert_eq!(said_by("01:01").await, 0, "it waits for twenty minutes only");
    assert_eq!(said_by("01:10").await, 1);
    assert_eq!(said_by("02:09").await, 1);
    assert_eq!(said_by("02:10").await, 2);

    relay.set(Mode::Takes);
    app.sql("UPDATE outbox SET retry_at = now()").await;
    until("all to leave", Duration::from_secs(20), async || {
        let mut conn = app.pool.get().await.expect("a connection");
        number(&mut conn, "SELECT count(*) FROM outbox WHERE state = 'owed'").await == 0
    })
    .await;
    assert_eq!(said_by("04:00").await, 2, "nothing is owed any more");
    word.send(true).expect("a worker that listens");
    running.await.expect("the worker ends").expect("well");
}
