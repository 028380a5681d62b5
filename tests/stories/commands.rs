//! The program as it is started: what its commands print, how they end, and that none says a secret.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use diesel_async::SimpleAsyncConnection;
use pilothouse::postgres::{Cluster, Keep, Settings};
use pilothouse::store::pool;

use crate::harness;
use crate::migrations::lines;
use crate::relay::{TestRelay, until};

/// Stands in every password that a story gives; no line of any output may hold it.
const SECRET: &str = "s3cret-canary";

/// How a command ended.
#[derive(Debug)]
struct Ran {
    code: Option<i32>,
    out: String,
    err: String,
}

pub fn command(program: &Path, settings: &[(&str, &str)], arguments: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.env_clear().env("PATH", "/usr/local/bin:/usr/bin:/bin").stdin(Stdio::null());
    command.envs(settings.iter().copied()).args(arguments);
    command
}

pub fn the_program() -> PathBuf {
    PathBuf::from(env!("CARGO_BIN_EXE_pilothouse"))
}

/// Runs a command to its end.
fn run(settings: &[(&str, &str)], arguments: &[&str]) -> Ran {
    let output = command(&the_program(), settings, arguments).output().expect("the program runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    let ran = Ran { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) };
    assert!(!ran.out.contains(SECRET) && !ran.err.contains(SECRET), "a secret was printed: {ran:?}");
    ran
}

/// Runs a command that is done.
fn done(database: &str, arguments: &[&str]) -> String {
    let ran = run(&[("DATABASE_URL", database)], arguments);
    assert_eq!(ran.code, Some(0), "{arguments:?}: {ran:?}");
    ran.out
}

/// The one sentence with which a command is not done.
fn sentence(settings: &[(&str, &str)], arguments: &[&str]) -> String {
    let ran = run(settings, arguments);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert_eq!(ran.out, "", "{ran:?}");
    let said = ran.err.strip_prefix("pilothouse: ").expect(&ran.err).trim_end();
    assert_eq!(said.lines().count(), 1, "{ran:?}");
    said.to_owned()
}

/// Settings with which `serve` would start.
fn settings() -> [(&'static str, &'static str); 5] {
    [
        ("DATABASE_URL", "postgres://u:s3cret-canary@127.0.0.1:1/pilothouse"),
        ("BASE_URL", "https://plans.example.com"),
        ("SMTP_URL", "smtps://u:s3cret-canary@mail.example.com"),
        ("MAIL_FROM", "plans@example.com"),
        ("LISTEN", "127.0.0.1:0"),
    ]
}

/// What `serve` says with one setting changed.
fn serve_with(name: &str, value: &str) -> String {
    let mut settings = settings().to_vec();
    settings.retain(|(known, _)| *known != name);
    settings.push((name, value));
    sentence(&settings, &["serve"])
}

fn serve_without(name: &str) -> String {
    let mut settings = settings().to_vec();
    settings.retain(|(known, _)| *known != name);
    sentence(&settings, &["serve"])
}

#[test]
fn a_missing_setting_is_named_in_one_sentence() {
    assert!(serve_without("DATABASE_URL").starts_with("DATABASE_URL is missing: set it to postgres://"));
    assert!(serve_without("BASE_URL").starts_with("BASE_URL is missing: set it to"));
    assert!(serve_without("SMTP_URL").starts_with("SMTP_URL is missing: set it to"));
    assert!(serve_without("MAIL_FROM").starts_with("MAIL_FROM is missing: set it to"));
    assert!(sentence(&[], &["person", "list"]).starts_with("DATABASE_URL is missing"));
    assert!(sentence(&[], &["migrate"]).starts_with("DATABASE_URL is missing"));
}

#[test]
fn a_wrong_setting_is_named_in_one_sentence_that_says_how_it_should_look() {
    assert!(serve_with("DATABASE_URL", "mysql://u:s3cret-canary@h/d").starts_with("DATABASE_URL must look like"));
    assert!(serve_with("BASE_URL", "plans.example.com").starts_with("BASE_URL is \"plans.example.com\"; it must"));
    assert!(
        serve_with("BASE_URL", "http://plans.example.com").contains("plain http is refused except on this machine")
    );
    assert!(serve_with("BASE_URL", "https://plans.example.com/app").contains("must end with the host and port"));
    assert!(serve_with("SMTP_URL", "mail.example.com").starts_with("SMTP_URL must look like"));
    assert!(serve_with("MAIL_FROM", "Pilothouse").starts_with("MAIL_FROM is \"Pilothouse\"; it must be"));
    assert!(serve_with("LISTEN", "8080").starts_with("LISTEN is \"8080\"; it must look like"));
    assert!(serve_with("HELP_NAME", "HR").starts_with("HELP_NAME and HELP_EMAIL go together"));
}

#[test]
fn a_password_never_leaves_for_a_relay_in_the_clear() {
    let said = serve_with("SMTP_URL", "smtp://u:s3cret-canary@mail.example.com?tls=none");
    assert!(said.contains("in the clear"), "{said}");
}

#[test]
fn a_wrong_line_of_a_settings_file_is_named_with_its_number() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("settings");
    let path = file.to_str().expect("a path");

    std::fs::write(&file, "# ours\n\nBASE_URL=https://plans.example.com\nSMTP s3cret-canary\n").expect("a file");
    let no_setting = sentence(&[], &["serve", "--config", path]);
    std::fs::write(&file, "BASE_URL=https://plans.example.com\nSMTP_PASSWORD=s3cret-canary\n").expect("a file");
    let unknown = sentence(&[("PILOTHOUSE_CONFIG", path)], &["serve"]);

    assert_eq!(no_setting, format!("{path}:4: a setting is a line NAME=value"));
    assert_eq!(unknown, format!("{path}:2: there is no setting SMTP_PASSWORD; see --help for their names"));
    assert!(sentence(&[], &["serve", "--config", "/nowhere/settings"]).contains("/nowhere/settings cannot be read"));
}

#[test]
fn a_command_that_needs_the_database_alone_reads_the_same_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("settings");
    let settings = "BASE_URL=https://plans.example\nDATABASE_URL=mysql://of-the-file/x\n";
    std::fs::write(&file, settings).expect("a file");
    let path = file.to_str().expect("a path");

    let by_flag = sentence(&[], &["person", "list", "--config", path]);
    let by_variable = sentence(&[("PILOTHOUSE_CONFIG", path)], &["migrate"]);

    assert!(by_flag.contains("DATABASE_URL must look like"), "{by_flag}");
    assert!(by_variable.contains("DATABASE_URL must look like"), "{by_variable}");
}

#[test]
fn a_settings_file_stands_behind_the_environment() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("settings");
    let written = "DATABASE_URL=postgres://u:s3cret-canary@127.0.0.1:1/x\nBASE_URL=http://of-the-file.example\n\
                   SMTP_URL=smtp://127.0.0.1:1\nMAIL_FROM=plans@example.com\n";
    std::fs::write(&file, written).expect("a file");
    let path = file.to_str().expect("a path");

    let of_the_file = sentence(&[], &["serve", "--config", path]);
    let of_the_environment =
        sentence(&[("BASE_URL", "http://of-the-environment.example")], &["serve", "--config", path]);

    assert!(of_the_file.contains("of-the-file"), "{of_the_file}");
    assert!(of_the_environment.contains("of-the-environment"), "{of_the_environment}");
}

#[test]
fn a_port_in_use_is_said_before_anything_else() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = taken.local_addr().expect("an address").to_string();

    let of_serve = serve_with("LISTEN", &address);
    let of_demo = sentence(&[("LISTEN", &address)], &["demo", "--data", "/nowhere"]);

    assert_eq!(of_serve, format!("the address {address} is in use by another program; choose another with --listen"));
    assert_eq!(of_demo, of_serve);
}

#[test]
fn a_database_that_is_down_is_said_in_one_sentence() {
    let said = sentence(&settings(), &["serve"]);
    assert!(said.starts_with("the database does not answer"), "{said}");
    assert!(sentence(&settings(), &["migrate"]).starts_with("the database does not answer"));
    assert!(sentence(&settings(), &["person", "list"]).starts_with("the database does not answer"));
}

/// A cluster of its own that asks one role for a password.
async fn wary_cluster(folder: &Path) -> Cluster {
    let settings = Settings {
        folder: folder.to_owned(),
        keep: Keep::Throwaway,
        bindir: None,
        path: Some("/usr/local/bin:/usr/bin:/bin".into()),
    };
    let cluster = std::thread::spawn(move || Cluster::start(&settings)).join().expect("the thread ends");
    let cluster = cluster.expect("PostgreSQL starts");
    let rules = cluster.folder().join("cluster/pg_hba.conf");
    let others = std::fs::read_to_string(&rules).expect("its rules");
    std::fs::write(&rules, format!("local all wary scram-sha-256\n{others}")).expect("another rule");
    let mut conn = pool::connect(&cluster.url("postgres")).await.expect("a connection");
    let role = "CREATE ROLE wary LOGIN PASSWORD 'right'; SELECT pg_reload_conf()";
    conn.batch_execute(role).await.expect("a role");
    let wrong = cluster.url("postgres").replace("pilothouse@", "wary:wrong@");
    until("the rule to hold", Duration::from_secs(10), async || pool::connect(&wrong).await.is_err()).await;
    cluster
}

#[actix_web::test]
async fn a_wrong_password_is_said_in_one_sentence_without_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let cluster = wary_cluster(folder.path()).await;
    let url = cluster.url("postgres").replace("pilothouse@", "wary:s3cret-canary@");

    let said = sentence(&[("DATABASE_URL", &url)], &["person", "list"]);
    let of_migrate = sentence(&[("DATABASE_URL", &url)], &["migrate"]);

    assert!(said.contains("password authentication failed"), "{said}");
    assert!(of_migrate.contains("password authentication failed"), "{of_migrate}");
}

#[actix_web::test]
async fn a_schema_that_is_behind_is_answered_with_the_command_that_brings_it_up() {
    let database = harness::empty_database().await;
    let behind = [("DATABASE_URL", database.as_str())];

    let said = sentence(&behind, &["person", "list"]);
    let first = done(&database, &["migrate"]);
    let second = done(&database, &["migrate"]);

    assert_eq!(said, "the database is behind this program: run `pilothouse migrate` first");
    assert!(first.lines().count() >= 6 && first.lines().all(|line| line.starts_with("Ran ")), "{first}");
    assert_eq!(second, "The database is up to date.\n");
    done(&database, &["person", "list"]);
}

pub fn add(database: &str, name: &str, email: &str, role: &str) -> String {
    done(database, &["person", "add", "--name", name, "--email", email, "--role", role])
}

#[actix_web::test]
async fn the_first_account_is_made_on_a_database_that_was_only_migrated() {
    let database = harness::empty_database().await;
    done(&database, &["migrate"]);

    let added = add(&database, "吳雅雯", "HR@company.example", "hr");
    let listed = done(&database, &["person", "list"]);

    assert!(added.starts_with("Added 吳雅雯 (") && added.contains("sign-in link leaves by mail"), "{added}");
    assert_eq!(listed.lines().count(), 1, "{listed}");
    assert!(listed.contains("  hr   吳雅雯  <hr@company.example>"), "{listed}");
}

#[actix_web::test]
async fn an_account_with_mistakes_is_refused_with_each_of_them_named() {
    let database = harness::database().await;
    add(&database, "Diane Wu", "diane@company.example", "person");
    let database_url = [("DATABASE_URL", database.as_str())];
    let add = |name, email, zone| {
        sentence(&database_url, &["person", "add", "--name", name, "--email", email, "--zone", zone])
    };

    let twice = add("Diane Wu", "Diane@company.example", "Asia/Taipei");
    let wrong = add(" ", "diane", "Asia/Atlantis");

    assert!(twice.starts_with("email: "), "{twice}");
    assert!(wrong.contains("name: ") && wrong.contains("email: ") && wrong.contains("zone: "), "{wrong}");
}

/// A folder with three files that are each wrong in a way of their own.
fn bad_folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let bad = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/curricula/bad");
    let copy = |from: &str, to: &str| {
        std::fs::copy(bad.join(from), folder.path().join(to)).expect("a copy");
    };
    copy("not-utf8.yaml", "a_not_utf8.yaml");
    copy("cycle/first.yaml", "first.yaml");
    copy("cycle/second.yaml", "second.yaml");
    copy("cycle/program.yaml", "program.yaml");
    std::fs::write(folder.path().join("z_huge.yaml"), vec![b'['; 3 * 1024 * 1024]).expect("a file");
    folder
}

#[test]
fn checking_a_bad_folder_prints_every_mistake_and_ends_with_one() {
    let folder = bad_folder();
    let path = folder.path().to_str().expect("a path");

    let begun = Instant::now();
    let ran = run(&[], &["curriculum", "check", path]);

    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(ran.err.contains("a_not_utf8.yaml") && ran.err.contains("z_huge.yaml"), "{}", ran.err);
    assert!(ran.err.contains("error: ") && ran.err.lines().count() < 60, "{}", ran.err);
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
}

#[test]
fn checking_a_cycle_points_at_every_step_in_it() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/curricula/bad/cycle");

    let ran = run(&[], &["curriculum", "check", folder.to_str().expect("a path")]);
    let in_chinese = run(&[("LANG", "zh_TW.UTF-8")], &["curriculum", "check", folder.to_str().expect("a path")]);

    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(
        ran.err.contains("first.yaml:10:13: error: ") && ran.err.contains("first.yaml:22:13: error: "),
        "{}",
        ran.err
    );
    assert!(in_chinese.err.contains("first.yaml:10:13: 錯誤: ") && in_chinese.err != ran.err, "{}", in_chinese.err);
}

#[test]
fn checking_the_shipped_folder_says_what_it_holds() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("curricula");

    let ran = run(&[], &["curriculum", "check", folder.to_str().expect("a path")]);

    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.out.contains("sales_manager: ") && ran.out.contains("taiwan: calendar, "), "{}", ran.out);
}

#[test]
fn a_folder_that_is_not_there_or_holds_no_curriculum_is_named() {
    let empty = tempfile::tempdir().expect("a folder");
    let path = empty.path().to_str().expect("a path");

    assert_eq!(sentence(&[], &["curriculum", "check", path]), format!("there is no .yaml file in {path}"));
    assert!(sentence(&[], &["curriculum", "check", "/nowhere/at/all"]).contains("/nowhere/at/all cannot be read"));
}

const PUBLISHED: &str = "SELECT concat_ws(' ', (SELECT count(*) FROM releases), (SELECT count(*) FROM release_files), \
                         (SELECT count(*) FROM programs), (SELECT md5(string_agg(compiled, '|' ORDER BY name)) \
                         FROM calendars)) AS line";

async fn published(database: &str) -> Vec<String> {
    lines(&mut pool::connect(database).await.expect("a connection"), PUBLISHED).await
}

#[actix_web::test]
async fn publishing_a_folder_with_one_mistake_publishes_nothing_of_it() {
    let database = harness::database().await;
    let before = published(&database).await;
    let folder = tempfile::tempdir().expect("a folder");
    let calendar = "calendar: empty_weeks\n";
    let good = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/curricula/good/two_curricula");
    for entry in good.read_dir().expect("files").flatten() {
        std::fs::copy(entry.path(), folder.path().join(entry.file_name())).expect("a copy");
    }
    std::fs::write(folder.path().join("z_calendar.yaml"), calendar).expect("a file");

    let path = folder.path().to_str().expect("a path");
    let ran = run(&[("DATABASE_URL", &database)], &["curriculum", "publish", path]);

    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(ran.err.contains("z_calendar.yaml") && ran.err.ends_with("Nothing was published.\n"), "{}", ran.err);
    assert_eq!(ran.out, "");
    assert_eq!(published(&database).await, before);
}

#[actix_web::test]
async fn publishing_the_same_twice_says_that_it_is_as_before() {
    let database = harness::database().await;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/curricula/good/two_curricula");
    let path = folder.to_str().expect("a path");

    let first = done(&database, &["curriculum", "publish", path]);
    let once = published(&database).await;
    let second = done(&database, &["curriculum", "publish", path]);
    let shipped = done(&database, &["curriculum", "publish"]);

    assert!(first.contains(": release ") && !first.contains("as before"), "{first}");
    assert_eq!(second, first.replacen('\n', ", as before\n", 1));
    assert_eq!(published(&database).await, once);
    assert!(shipped.contains("sales_manager: release ") && shipped.contains(", as before"), "{shipped}");
}

/// A database with people and a plan, made by commands alone.
async fn with_a_plan() -> (String, String) {
    let database = harness::database().await;
    add(&database, "陳怡君 Grace Chen", "grace@company.example", "person");
    add(&database, "Diane Wu", "diane@company.example", "person");
    add(&database, "吳雅雯", "hr@company.example", "hr");
    let started = done(&database, &START);
    let plan = started.split_whitespace().nth(2).expect("an id").to_owned();
    (database, plan)
}

const START: [&str; 8] = [
    "plan",
    "start",
    "--manager=grace@company.example",
    "--superior=diane@company.example",
    "--hr=hr@company.example",
    "--program=sales_manager",
    "--on=2026-03-02",
    "--calendar=taiwan",
];

#[actix_web::test]
async fn a_plan_is_started_and_shown() {
    let (database, plan) = with_a_plan().await;

    let all = done(&database, &["plan", "show"]);
    let steps = done(&database, &["plan", "show", &plan, "--lang", "en"]);
    let in_chinese = done(&database, &["plan", "show", &plan, "--lang", "zh-TW"]);

    assert_eq!(all, format!("{plan}  2026-03-02  陳怡君 Grace Chen\n"));
    assert!(steps.starts_with("陳怡君 Grace Chen: Newly promoted sales manager\n"), "{steps}");
    assert!(
        steps.lines().count() > 20 && steps.lines().nth(1).is_some_and(|line| line.starts_with("2026-03-")),
        "{steps}"
    );
    assert!(in_chinese.starts_with("陳怡君 Grace Chen: 新任業務主管\n"), "{in_chinese}");
}

#[actix_web::test]
async fn a_plan_that_cannot_start_is_answered_with_a_sentence() {
    let (database, _) = with_a_plan().await;
    let settings = [("DATABASE_URL", database.as_str())];
    let mut unknown = START;
    unknown[3] = "--superior=nobody@company.example";
    let mut own = START;
    own[3] = "--superior=grace@company.example";
    let mut program = START;
    program[5] = "--program=astronaut";

    assert!(sentence(&settings, &START).starts_with("effective: "));
    assert!(sentence(&settings, &unknown).starts_with("nobody has the address nobody@company.example"));
    assert!(!sentence(&settings, &own).contains("SuperiorIsManager"));
    assert_eq!(sentence(&settings, &program), "there is no program astronaut: publish it first");
    let nowhere = sentence(&settings, &["plan", "show", "01a00000-0000-7000-8000-000000000000"]);
    assert_eq!(nowhere, "there is no plan 01a00000-0000-7000-8000-000000000000");
}

async fn sql(database: &str, statement: &str) {
    let mut conn = pool::connect(database).await.expect("a connection");
    conn.batch_execute(statement).await.expect("the statement runs");
}

#[actix_web::test]
async fn letters_are_listed_and_those_that_were_given_up_are_owed_again() {
    let database = harness::database().await;
    add(&database, "吳雅雯", "hr@company.example", "hr");
    sql(&database, "UPDATE outbox SET state = 'failed', attempts = 12, settled_at = now(), last_error = '550 no'")
        .await;

    let failed = done(&database, &["outbox", "list", "--state", "failed"]);
    let retried = done(&database, &["outbox", "retry"]);
    let owed = done(&database, &["outbox", "list"]);
    let nothing = run(&[("DATABASE_URL", &database)], &["outbox", "retry", "01a00000-0000-7000-8000-000000000000"]);

    assert!(failed.contains("  failed  ") && failed.contains("550 no") && failed.contains("failed: 1"), "{failed}");
    assert!(retried.starts_with("1 "), "{retried}");
    assert!(owed.contains("  owed  ") && owed.contains("attempts 0") && owed.contains("owed: 1"), "{owed}");
    assert_eq!(nothing.code, Some(1), "{nothing:?}");
}

async fn doctor(database: &str, relay: &TestRelay) -> Ran {
    let (smtp, base) = (relay.url(), "https://plans.example.com");
    let settings =
        [("DATABASE_URL", database), ("BASE_URL", base), ("SMTP_URL", &smtp), ("MAIL_FROM", "p@example.com")];
    run(&settings, &["doctor"])
}

#[actix_web::test]
async fn doctor_finds_a_well_program_well() {
    let (database, _) = with_a_plan().await;

    let ran = doctor(&database, &TestRelay::start()).await;

    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.out.lines().all(|line| line.starts_with("ok    ")), "{}", ran.out);
    assert!(ran.out.contains("plans: 1 plans") && ran.out.contains("zero drift"), "{}", ran.out);
    assert!(ran.out.contains("mail: the relay answers"), "{}", ran.out);
}

#[actix_web::test]
async fn doctor_finds_drift_given_up_letters_and_a_dead_relay_and_ends_with_one() {
    let (database, plan) = with_a_plan().await;
    sql(&database, "UPDATE steps SET due_on = due_on + 1 WHERE key = 'rate_myself'").await;
    sql(&database, "UPDATE outbox SET state = 'failed', settled_at = now() WHERE kind = 'sign_in'").await;
    let mut relay = TestRelay::start();
    relay.goes_down();

    let ran = doctor(&database, &relay).await;

    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(
        ran.out.contains(&format!("FAIL  plan {plan}: the step rate_myself is not what the facts say")),
        "{}",
        ran.out
    );
    assert!(ran.out.contains("FAIL  plans: 1 of 1 plans"), "{}", ran.out);
    assert!(ran.out.contains("FAIL  outbox: 3 letters were given up"), "{}", ran.out);
    assert!(ran.out.contains("FAIL  mail: "), "{}", ran.out);
    assert!(ran.out.contains("ok    database: "), "{}", ran.out);
}

#[test]
fn help_names_every_setting_and_shows_the_value_of_no_secret() {
    let set = [("DATABASE_URL", "postgres://u:s3cret-canary@h/d"), ("SMTP_URL", "smtps://u:s3cret-canary@h")];

    let serve = run(&set, &["serve", "--help"]).out;
    let demo = run(&set, &["demo", "--help"]).out;
    let program = run(&set, &["--help"]).out;

    for name in [
        "DATABASE_URL",
        "BASE_URL",
        "SMTP_URL",
        "MAIL_FROM",
        "MAIL_FROM_NAME",
        "HELP_NAME",
        "HELP_EMAIL",
        "LISTEN",
        "PILOTHOUSE_CONFIG",
    ] {
        assert!(serve.contains(&format!("[env: {name}")), "{name} in {serve}");
    }
    for name in ["DATABASE_URL", "LISTEN", "PILOTHOUSE_DATA", "PG_BINDIR"] {
        assert!(demo.contains(&format!("[env: {name}")), "{name} in {demo}");
    }
    assert!(program.contains("RUST_LOG"), "{program}");
}
