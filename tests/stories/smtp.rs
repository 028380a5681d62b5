//! Letters over real SMTP: to a relay of the tests' own that fails on demand, and to aiosmtpd, which
//! shares no line with us, read by Python's own parser.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use pilothouse::app::sign_in;
use pilothouse::config::variable;
use pilothouse::engine::vocabulary::Lang;
use pilothouse::mail::reading::{self, ReadMail};
use pilothouse::mail::{Mailer, Relay};
use serde::Deserialize;
use tempfile::TempDir;
use tokio::sync::watch;

use crate::harness::{Cast, Someone, TestApp, utc};
use crate::relay::{Mode, TestRelay, message_id_of, number, until};

/// Monday, a minute before the welcome.
const EARLY: &str = "2026-03-02T00:59:00Z";
const NINE: &str = "2026-03-02T01:00:00Z";

/// What a worker has on its way at once.
const AT_ONCE: usize = 4;

async fn app_behind(url: &str) -> TestApp {
    TestApp::with_mailer(EARLY, Mailer::Smtp(Relay::from_url(url).expect("a relay"))).await
}

/// A plan whose manager reads Chinese, with nothing owed but the welcome, at the hour of it.
async fn welcome_is_due(app: &TestApp) -> Cast {
    let cast = app.cast("2026-03-02", 0).await;
    app.sql("UPDATE people SET lang = 'zh-TW' WHERE email = 'grace@company.example'").await;
    app.sql("DELETE FROM outbox WHERE kind <> 'welcome'").await;
    // Nobody's brief disturbs: tests/stories/briefs.rs tells when those come.
    app.sql("UPDATE people SET next_brief_at = '2100-01-01', next_digest_at = NULL").await;
    app.clock.travel_to(utc(NINE));
    cast
}

/// Back-off runs on the database's clock, which no test can move: so the wait is taken away.
async fn the_wait_is_over(app: &TestApp) {
    app.sql("UPDATE outbox SET retry_at = now() WHERE state = 'owed'").await;
}

async fn count(app: &TestApp, condition: &str) -> i64 {
    let mut conn = app.pool.get().await.expect("a connection");
    number(&mut conn, &format!("SELECT count(*) FROM outbox WHERE {condition}")).await
}

fn read(raw: &[u8]) -> ReadMail {
    reading::read(raw).expect("a mail")
}

/// The worker's own loop in the background; told to stop when dropped.
struct Running(watch::Sender<bool>);

impl Running {
    fn start(app: &TestApp) -> Running {
        let (word, stop) = watch::channel(false);
        actix_web::rt::spawn(app.worker.clone().run(stop));
        Running(word)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.send(true); // it may have ended already
    }
}

#[actix_web::test]
async fn a_welcome_in_chinese_leaves_over_smtp_and_arrives_as_it_was_written() {
    let relay = TestRelay::start();
    let app = app_behind(&relay.url()).await;
    let cast = welcome_is_due(&app).await;

    app.deliver().await;

    let received = relay.received();
    assert_eq!(received.len(), 1);
    assert_eq!(
        (received[0].from.as_str(), received[0].to.as_slice()),
        ("plans@company.example", &[cast.manager.email][..])
    );
    assert_eq!(received[0].message_id(), message_id_of(&format!("welcome:{}", cast.plan), "company.example"));
    assert_eq!(received[0].header("Auto-Submitted"), "auto-generated");
    let mail = read(&received[0].raw);
    assert_eq!(mail.subject, "恭喜接任主管：「新任業務主管」的第一步");
    assert_eq!(mail.to[0].name, "陳怡君 Grace Chen");
    assert_eq!(mail.date, Some(utc(NINE)));
    assert!(
        mail.text.contains("陳怡君 Grace Chen，你好：") && mail.text.contains("你的上級：Diane Wu"),
        "{}",
        mail.text
    );
    assert!(
        mail.html.contains("陳怡君 Grace Chen，你好：") && mail.html.contains("你的上級：Diane Wu"),
        "{}",
        mail.html
    );
    assert_eq!(count(&app, "state = 'sent' AND attempts = 1").await, 1);
}

#[actix_web::test]
async fn a_greylisted_letter_is_tried_again_and_is_the_same_letter() {
    let relay = TestRelay::start();
    let app = app_behind(&relay.url()).await;
    let cast = welcome_is_due(&app).await;
    relay.set(Mode::Greylists);
    app.deliver().await;
    assert_eq!(count(&app, "state = 'owed' AND attempts = 1 AND last_error LIKE '%greylisted%'").await, 1);

    relay.set(Mode::Takes);
    app.deliver().await;
    assert_eq!(relay.count(), 0, "a minute is waited first");
    the_wait_is_over(&app).await;
    app.deliver().await;
    app.deliver().await;

    assert_eq!(relay.count(), 1);
    assert_eq!(relay.received()[0].message_id(), message_id_of(&format!("welcome:{}", cast.plan), "company.example"));
    assert_eq!(count(&app, "state = 'sent' AND attempts = 2").await, 1);
}

#[actix_web::test]
async fn an_address_that_does_not_exist_is_given_up_and_hrs_digest_says_so() {
    let relay = TestRelay::start();
    let app = app_behind(&relay.url()).await;
    let cast = welcome_is_due(&app).await;
    relay.set(Mode::KnowsNobody);
    app.deliver().await;
    assert_eq!(count(&app, "state = 'failed' AND attempts = 1 AND last_error LIKE '%no such user%'").await, 1);
    the_wait_is_over(&app).await;
    relay.set(Mode::Takes);
    app.deliver().await;
    assert_eq!(relay.count(), 0, "what was given up is not tried again");

    app.sql("UPDATE people SET next_digest_at = '2026-03-09T01:00:00Z' WHERE is_hr").await; // the Monday after
    app.clock.travel_to(utc("2026-03-09T01:00:00Z"));
    app.deliver().await;

    let received = relay.received();
    let to_hr = received.iter().filter(|letter| letter.to == [cast.hr.email.clone()]);
    let digest = to_hr.map(|letter| read(&letter.raw)).find(|mail| mail.subject.contains("的一週")).expect("a digest");
    assert!(digest.text.contains("都被退回") && digest.text.contains("有 1 封信無法寄達"), "{}", digest.text);
}

#[actix_web::test]
async fn a_letter_whose_answer_was_lost_goes_again_byte_for_byte_the_same() {
    let relay = TestRelay::start();
    let app = app_behind(&relay.url()).await;
    welcome_is_due(&app).await;
    relay.set(Mode::HangsUpAfterData);
    app.deliver().await;
    assert_eq!(count(&app, "state = 'owed' AND attempts = 1 AND last_error IS NOT NULL").await, 1);

    relay.set(Mode::Takes);
    the_wait_is_over(&app).await;
    app.deliver().await;

    let received = relay.received();
    assert_eq!(received.len(), 2);
    assert_eq!(received[0].message_id(), received[1].message_id());
    assert_eq!(received[0].raw, received[1].raw);
    assert_eq!(count(&app, "state = 'sent'").await, 1);
}

/// Owes sign-in mail to the manager, `n` times.
async fn owe_sign_ins(app: &TestApp, n: usize) {
    let statement = format!(
        "INSERT INTO outbox (id, dedup_key, kind, lane, person_id, owed_at, due_at) \
           SELECT md5('letter ' || n)::uuid, 'sign_in:' || n, 'sign_in', 0, people.id, now(), '2026-03-02T00:00:00Z' \
           FROM generate_series(1, {n}) AS n, people WHERE email = 'grace@company.example'"
    );
    app.sql(&statement).await;
}

#[actix_web::test]
async fn a_relay_that_is_down_uses_up_no_letter_and_all_leave_by_themselves_when_it_is_back() {
    let mut relay = TestRelay::start();
    let app = app_behind(&relay.url()).await;
    app.person("Grace Chen", "grace@company.example", Lang::En, false).await;
    app.sql("UPDATE people SET next_brief_at = '2100-01-01'").await;
    owe_sign_ins(&app, 20).await;
    relay.goes_down();

    let _running = Running::start(&app);
    until("a letter to meet the relay", Duration::from_secs(10), async || {
        count(&app, "last_error IS NOT NULL").await > 0
    })
    .await;
    actix_web::rt::time::sleep(Duration::from_millis(1500)).await; // the outage lasts through a look at the relay

    assert_eq!(count(&app, "state = 'owed'").await, 20);
    assert!(count(&app, "last_error IS NOT NULL").await <= AT_ONCE as i64, "only those on their way met the outage");
    assert_eq!(count(&app, "attempts > 0").await, 0);
    relay.comes_back();
    the_wait_is_over(&app).await;
    until("every letter to leave by itself", Duration::from_secs(20), async || {
        count(&app, "state = 'sent'").await == 20
    })
    .await;
    assert_eq!(relay.count(), 20);
    assert_eq!(count(&app, "attempts > 1").await, 0, "an outage costs no attempt");
}

#[actix_web::test]
async fn a_sign_in_mail_passes_a_backlog() {
    let relay = TestRelay::slow(Duration::from_millis(20));
    let app = app_behind(&relay.url()).await;
    welcome_is_due(&app).await;
    let backlog = "INSERT INTO outbox (id, dedup_key, kind, lane, person_id, plan_id, owed_at, due_at) \
        SELECT md5('letter ' || n)::uuid, 'welcome:' || n, 'welcome', 1, person_id, plan_id, owed_at, due_at \
        FROM generate_series(1, 150) AS n, outbox AS first WHERE first.kind = 'welcome'";
    app.sql(backlog).await;
    let _running = Running::start(&app);
    until("the backlog to move", Duration::from_secs(10), async || relay.count() >= 5).await;

    let moment = app.moment();
    let asked = app.pool.in_transaction(async |tx| sign_in::request(tx, "hr@company.example", &moment).await);
    asked.await.expect("a sign-in mail is owed");
    let before = relay.count();
    let to_hr = || relay.received().iter().position(|letter| letter.to == ["hr@company.example"]);
    until("the sign-in mail", Duration::from_secs(10), async || to_hr().is_some()).await;

    // Those on their way, and those that are composed already, are before it.
    let place = to_hr().expect("it arrived");
    assert!(place <= before + 4 * AT_ONCE, "it came as number {place} when {before} had left");
    assert!(count(&app, "state = 'owed'").await > 50, "the backlog was still there");
}

/// aiosmtpd in a process of its own (`tests/smtp/server.py`), killed when dropped.
struct Independent {
    child: Child,
    port: u16,
    lines: Receiver<String>,
}

/// What the server tells, a JSON line each.
#[derive(Debug, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
enum Told {
    Listening { port: u16 },
    Login { user: String, accepted: bool },
    Mail(Box<PythonMail>),
}

/// A message as Python's email package reads it.
#[derive(Debug, Deserialize)]
struct PythonMail {
    over_tls: bool,
    sender: String,
    recipients: Vec<String>,
    from: String,
    to: String,
    subject: String,
    date: String,
    message_id: String,
    auto_submitted: String,
    content_language: String,
    parts: Vec<String>,
    text: String,
    html: String,
    defects: Vec<String>,
    longest_line: usize,
    is_ascii: bool,
}

impl Independent {
    /// Starts it with these options; a server that can't start is a failure, never a skip.
    fn start(options: &[&str]) -> Independent {
        let python = variable("AIOSMTPD_PYTHON").expect("AIOSMTPD_PYTHON names a Python with aiosmtpd: see .ci/run");
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/smtp/server.py");
        let mut child = Command::new(python)
            .arg(script)
            .args(options)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .expect("Python starts");
        let out = child.stdout.take().expect("its output");
        let (tell, lines) = channel();
        std::thread::spawn(move || {
            for line in BufReader::new(out).lines().map_while(Result::ok) {
                if tell.send(line).is_err() {
                    return;
                }
            }
        });
        let mut server = Independent { child, port: 0, lines };
        let Some(Told::Listening { port }) = server.told() else { panic!("it says where it listens") };
        server.port = port;
        server
    }

    /// The next thing it tells, within a few seconds.
    fn told(&self) -> Option<Told> {
        let line = self.lines.recv_timeout(Duration::from_secs(15)).ok()?;
        Some(serde_json::from_str(&line).expect(&line))
    }

    /// The next mail; fails when it tells something else.
    fn mail(&self) -> PythonMail {
        match self.told() {
            Some(Told::Mail(mail)) => *mail,
            other => panic!("a mail, not {other:?}"),
        }
    }

    fn assert_silent(&self) {
        let line = self.lines.recv_timeout(Duration::from_millis(300));
        assert!(line.is_err(), "nothing is told, but: {line:?}");
    }
}

impl Drop for Independent {
    fn drop(&mut self) {
        let _ = self.child.kill(); // it may have ended by itself
        let _ = self.child.wait();
    }
}

/// A certificate authority of the company's own, and a certificate for this machine under it.
struct Authority {
    folder: TempDir,
}

impl Authority {
    fn new() -> Authority {
        let folder = tempfile::tempdir().expect("a folder");
        let authority = Authority { folder };
        authority.openssl("req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=Company -keyout ca.key -out ca.pem");
        authority.openssl("req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=localhost -addext subjectAltName=DNS:localhost -addext basicConstraints=CA:FALSE -keyout server.key -out server.csr");
        authority.certify(2);
        authority
    }

    /// Signs the certificate for so many days from now.
    fn certify(&self, days: i32) {
        self.openssl(&format!("x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days {days} -copy_extensions copy -out server.pem"));
    }

    /// Its certificate ran out yesterday.
    fn expire(&self) {
        self.certify(-1);
    }

    fn openssl(&self, arguments: &str) {
        let mut command = Command::new("openssl");
        command.args(arguments.split(' ')).current_dir(&self.folder);
        let done = command.output().expect("openssl is there");
        assert!(done.status.success(), "openssl {arguments}: {}", String::from_utf8_lossy(&done.stderr));
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// How the server is told to use the certificate.
    fn server(&self, mode: &str) -> Vec<String> {
        let path = |name: &str| self.file(name).display().to_string();
        vec![mode.to_owned(), "--cert".to_owned(), path("server.pem"), "--key".to_owned(), path("server.key")]
    }
}

/// Starts a server with TLS and a login of its own: `pilot` with the password `s3cr%t@home`.
fn with_login(authority: &Authority, mode: &str) -> Independent {
    let mut options = authority.server(mode);
    options.extend(["--login", "pilot", "s3cr%t@home"].map(str::to_owned));
    Independent::start(&options.iter().map(String::as_str).collect::<Vec<_>>())
}

const RIGHT: &str = "pilot:s3cr%25t%40home";

#[actix_web::test]
#[ignore = "needs aiosmtpd: run by .ci/run"]
async fn independent_a_welcome_in_chinese_reads_right_in_pythons_parser() {
    let server = Independent::start(&[]);
    let app = app_behind(&format!("smtp://127.0.0.1:{}", server.port)).await;
    let cast = welcome_is_due(&app).await;

    app.deliver().await;

    let mail = server.mail();
    assert_sound(&mail, &cast.manager, "zh-TW");
    assert_eq!(mail.subject, "恭喜接任主管：「新任業務主管」的第一步");
    assert_eq!(mail.to, "陳怡君 Grace Chen <grace@company.example>");
    assert_eq!(mail.date, "2026-03-02T01:00:00+00:00");
    assert_eq!(mail.message_id, message_id_of(&format!("welcome:{}", cast.plan), "company.example"));
    assert!(mail.text.contains("你的上級：Diane Wu") && mail.html.contains("你的上級：Diane Wu"), "{}", mail.text);
    assert_eq!(count(&app, "state = 'sent'").await, 1);
}

#[actix_web::test]
#[ignore = "needs aiosmtpd: run by .ci/run"]
async fn independent_a_brief_in_english_reads_right_in_pythons_parser() {
    let server = Independent::start(&[]);
    let app = app_behind(&format!("smtp://127.0.0.1:{}", server.port)).await;
    let cast = welcome_is_due(&app).await;
    app.sql(
        "UPDATE people SET lang = 'en', next_brief_at = '2026-03-03T01:00:00Z' WHERE email = 'grace@company.example'",
    )
    .await;
    app.sql("DELETE FROM outbox").await;
    app.clock.travel_to(utc("2026-03-03T01:00:00Z"));

    app.deliver().await;

    let mail = server.mail();
    assert_sound(&mail, &cast.manager, "en");
    assert_eq!(mail.subject, "Your week of 2 March");
    assert!(mail.text.contains("things for you. Overdue: "), "{}", mail.text);
    assert_eq!(mail.date, "2026-03-03T01:00:00+00:00");
    assert_eq!(mail.message_id, message_id_of(&format!("brief:{}:2026-03-03", cast.manager.id), "company.example"));
    let step = "Read the guide: six areas and the 90-day road map";
    assert!(mail.text.contains(step) && mail.html.contains(step), "{}", mail.text);
}

/// What must hold for every letter.
fn assert_sound(mail: &PythonMail, to: &Someone, lang: &str) {
    assert_eq!(mail.defects, Vec::<String>::new());
    assert_eq!(mail.parts, ["text/plain; charset=utf-8", "text/html; charset=utf-8"]);
    assert_eq!((mail.sender.as_str(), &mail.recipients[..]), ("plans@company.example", &[to.email.clone()][..]));
    assert_eq!(mail.from, "Pilothouse <plans@company.example>");
    assert_eq!(mail.auto_submitted, "auto-generated");
    assert_eq!(mail.content_language, lang);
    assert!(mail.is_ascii && mail.longest_line <= 998, "{mail:?}");
}

#[actix_web::test]
#[ignore = "needs aiosmtpd: run by .ci/run"]
async fn independent_mail_leaves_over_starttls_with_a_login_under_the_companys_own_authority() {
    let authority = Authority::new();
    let server = with_login(&authority, "--starttls");
    let ca = authority.file("ca.pem");
    let url = format!("smtp://{RIGHT}@localhost:{}?tls=required&ca={}", server.port, ca.display());
    let app = app_behind(&url).await;
    welcome_is_due(&app).await;

    app.deliver().await;

    assert!(matches!(server.told(), Some(Told::Login { user, accepted: true }) if user == "pilot"));
    assert!(server.mail().over_tls);
    assert_eq!(count(&app, "state = 'sent'").await, 1);
}

#[actix_web::test]
#[ignore = "needs aiosmtpd: run by .ci/run"]
async fn independent_mail_leaves_over_implicit_tls_with_a_login() {
    let authority = Authority::new();
    let server = with_login(&authority, "--implicit-tls");
    let ca = authority.file("ca.pem");
    let app = app_behind(&format!("smtps://{RIGHT}@localhost:{}?ca={}", server.port, ca.display())).await;
    welcome_is_due(&app).await;

    app.deliver().await;

    assert!(matches!(server.told(), Some(Told::Login { accepted: true, .. })));
    assert!(server.mail().over_tls);
    assert_eq!(count(&app, "state = 'sent'").await, 1);
}

#[actix_web::test]
#[ignore = "needs aiosmtpd: run by .ci/run"]
async fn independent_a_wrong_password_is_the_relays_trouble_and_leaves_every_letter_owed() {
    let authority = Authority::new();
    let server = with_login(&authority, "--starttls");
    let ca = authority.file("ca.pem");
    let url = format!("smtp://pilot:wrong@localhost:{}?tls=required&ca={}", server.port, ca.display());
    let app = app_behind(&url).await;
    welcome_is_due(&app).await;

    app.deliver().await;

    assert!(matches!(server.told(), Some(Told::Login { accepted: false, .. })));
    assert_still_owed(&app).await;
}

#[actix_web::test]
#[ignore = "needs aiosmtpd: run by .ci/run"]
async fn independent_a_certificate_of_an_unknown_authority_is_refused_before_any_password() {
    let authority = Authority::new();
    let server = with_login(&authority, "--starttls");
    let app = app_behind(&format!("smtp://{RIGHT}@localhost:{}?tls=required", server.port)).await;
    welcome_is_due(&app).await;

    app.deliver().await;

    server.assert_silent();
    assert_still_owed(&app).await;
}

#[actix_web::test]
#[ignore = "needs aiosmtpd: run by .ci/run"]
async fn independent_a_certificate_for_another_host_is_refused_before_any_password() {
    assert_refused(&Authority::new(), "127.0.0.1").await;
}

#[actix_web::test]
#[ignore = "needs aiosmtpd: run by .ci/run"]
async fn independent_a_certificate_that_ran_out_is_refused_before_any_password() {
    let authority = Authority::new();
    authority.expire();
    assert_refused(&authority, "localhost").await;
}

#[actix_web::test]
#[ignore = "needs aiosmtpd: run by .ci/run"]
async fn independent_a_relay_that_offers_no_tls_gets_no_password() {
    let server = Independent::start(&["--login", "pilot", "s3cr%t@home"]);
    let app = app_behind(&format!("smtp://{RIGHT}@localhost:{}?tls=required", server.port)).await;
    welcome_is_due(&app).await;

    app.deliver().await;

    server.assert_silent();
    assert_still_owed(&app).await;
}

/// The relay could not be used: the letter waits, and is never given up for it.
/// No password and no letter goes to this host of the authority's server.
async fn assert_refused(authority: &Authority, host: &str) {
    let server = with_login(authority, "--starttls");
    let ca = authority.file("ca.pem");
    let url = format!("smtp://{RIGHT}@{host}:{}?tls=required&ca={}", server.port, ca.display());
    let app = app_behind(&url).await;
    welcome_is_due(&app).await;

    app.deliver().await;

    server.assert_silent();
    assert_still_owed(&app).await;
}

async fn assert_still_owed(app: &TestApp) {
    let waits = "state = 'owed' AND lease_owner IS NULL AND last_error LIKE 'the relay cannot be used%'";
    assert_eq!(count(app, waits).await, 1);
    assert_eq!(count(app, "state IN ('failed', 'sent')").await, 0);
}
