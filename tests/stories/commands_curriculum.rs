//! The commands for authors: what they print and how they end. None needs a database, unless a
//! published release is meant.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::commands::{command, the_program};
use crate::harness;

struct Ran {
    code: Option<i32>,
    out: String,
    err: String,
}

fn run_with(settings: &[(&str, &str)], arguments: &[&str]) -> Ran {
    let output = command(&the_program(), settings, arguments).output().expect("the program runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    Ran { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

fn run(arguments: &[&str]) -> Ran {
    run_with(&[], &[&["curriculum"], arguments].concat())
}

fn fixture(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/curricula").join(name).display().to_string()
}

/// A folder with the good fixture, to change.
fn folder() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    for entry in Path::new(&fixture("good/two_curricula")).read_dir().expect("files").flatten() {
        std::fs::copy(entry.path(), folder.path().join(entry.file_name())).expect("a copy");
    }
    let first = folder.path().join("first.yaml");
    (folder, first)
}

fn change(path: &Path, from: &str, to: &str) {
    let text = std::fs::read_to_string(path).expect("a file");
    assert!(text.contains(from), "{text}");
    std::fs::write(path, text.replace(from, to)).expect("a file");
}

#[test]
fn checking_for_a_program_gives_one_document() {
    let ran = run(&["check", &fixture("bad/cycle"), "--format", "json", "--lang", "zh-TW"]);
    let document: Value = serde_json::from_str(&ran.out).expect("JSON");

    assert_eq!(ran.code, Some(1));
    assert_eq!(ran.err, "");
    let first = &document["diagnostics"][0];
    assert_eq!((&document["errors"], &first["severity"]), (&Value::from(3), &Value::from("error")));
    assert_eq!((&first["line"], &first["column"], &first["id"]), (&10.into(), &13.into(), &"problem-cycle".into()));
    assert!(first["file"].as_str().is_some_and(|file| Path::new(file).is_file()), "{first}");
    assert!(first["message"].as_str().is_some_and(|words| words.starts_with("這些步驟互相等待")), "{first}");

    let nowhere = run(&["check", "/nowhere/at/all", "--format", "json"]);
    let document: Value = serde_json::from_str(&nowhere.out).expect("JSON");
    assert_eq!((nowhere.code, document["diagnostics"].as_array().map(Vec::len)), (Some(1), Some(0)));
    let failure = document["failure"].as_str().expect("a text");
    assert!(failure.starts_with("/nowhere/at/all cannot be read"), "{failure}");
    assert_eq!(nowhere.err, format!("pilothouse: {failure}\n"));

    let good = run(&["check", &fixture("good/two_curricula"), "--format", "json"]);
    assert_eq!(good.code, Some(0));
    assert_eq!(serde_json::from_str::<Value>(&good.out).expect("JSON")["errors"], Value::from(0));
}

#[test]
fn checking_for_github_gives_a_line_for_each_mistake() {
    let ran = run(&["check", &fixture("bad/cycle"), "--format", "github"]);

    assert_eq!(ran.code, Some(1));
    assert_eq!(ran.out.lines().count(), 3, "{}", ran.out);
    for line in ran.out.lines() {
        assert!(line.starts_with("::error file=") && line.contains(",title=cycle::These steps wait"), "{line}");
    }
}

#[test]
fn a_pipe_that_is_called_yaml_is_refused_at_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let pipe = folder.path().join("pipe.yaml");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status().expect("mkfifo runs");
    assert!(made.success());

    let begun = Instant::now();
    let ran = run(&["check", &folder.path().display().to_string()]);

    assert_eq!(ran.code, Some(1));
    assert!(ran.err.contains("pipe.yaml is no file but a pipe, socket or device"), "{}", ran.err);
    assert!(begun.elapsed() < Duration::from_secs(5));
}

#[test]
fn a_file_that_is_named_in_three_ways_is_one_and_an_editors_lock_is_none() {
    let (folder, first) = folder();
    let path = folder.path().display().to_string();
    std::os::unix::fs::symlink("me@here.123", folder.path().join(".#first.yaml")).expect("a link");
    std::os::unix::fs::symlink("nowhere", folder.path().join("gone.yaml")).expect("a link");

    let ran = run(&["check", &path, &format!("{path}/."), &first.display().to_string()]);

    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(ran.err.contains("gone.yaml is a link that leads nowhere; it was passed over"), "{}", ran.err);
    assert!(!ran.err.contains(".#first.yaml"), "{}", ran.err);
}

#[test]
fn watching_on_a_port_that_is_taken_names_the_option() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = taken.local_addr().expect("an address").port().to_string();

    let ran = run(&["check", &fixture("good/two_curricula"), "--watch", "--port", &port]);

    assert_eq!(ran.code, Some(1));
    assert!(ran.err.contains("in use by another program; choose another with --port\n"), "{}", ran.err);
}

/// What the preview answers.
fn preview(address: &str) -> String {
    let mut stream = TcpStream::connect(address).expect("the preview answers");
    write!(stream, "GET / HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").expect("a request");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    answer
}

#[test]
fn watching_shows_each_change_on_a_page_until_it_is_ended() {
    let (folder, first) = folder();
    let path = folder.path().display().to_string();
    let arguments = ["curriculum", "check", &path, "--watch", "--port", "0", "--lang", "en"];
    let mut child = command(&the_program(), &[], &arguments)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    let mut said = String::new();
    // Kept to the end: a program that nobody listens to can't go on printing.
    let mut stderr = BufReader::new(child.stderr.take().expect("stderr"));
    stderr.read_line(&mut said).expect("a line");
    let address = said.split("http://").nth(1).and_then(|rest| rest.split('/').next()).expect("an address").to_owned();

    let until = |wanted: &str| {
        let begun = Instant::now();
        loop {
            let page = preview(&address);
            if page.contains(wanted) {
                return page;
            }
            assert!(begun.elapsed() < Duration::from_secs(20), "{wanted} is not in {page}");
            std::thread::sleep(Duration::from_millis(100));
        }
    };
    let page = until("No mistakes.");
    assert!(page.to_lowercase().contains("content-security-policy: default-src 'none'"), "{page}");
    assert!(page.to_lowercase().contains("etag: \""), "{page}");
    change(&first, "effort:", "efort:");
    let page = until("efort is not a key that can stand here.");
    assert!(page.contains("<mark>efort</mark>"), "{page}");
    change(&first, "efort:", "effort:");
    until("No mistakes.");

    let ended = std::process::Command::new("kill").arg(child.id().to_string()).status().expect("kill runs");
    assert!(ended.success());
    assert_eq!(child.wait().expect("it ends").code(), Some(0));
}

#[actix_web::test]
async fn a_change_is_told_with_what_it_means_for_running_plans() {
    let (folder, first) = folder();
    change(&first, "effort: ", "effort: 1");
    let (old, new) = (fixture("good/two_curricula"), folder.path().display().to_string());

    let ran = run(&["diff", &old, &new, "--lang", "en"]);
    let json = run(&["diff", &old, &new, "--format", "json"]);
    let same = run(&["diff", &old, &old, "--lang", "zh-TW"]);
    let neither = run(&["diff", &old, "/nowhere/at/all"]);

    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(ran.out.contains("changed: effort.\n    → Hours and reminders change, no work does\n"), "{}", ran.out);
    let json: Value = serde_json::from_str(&json.out).expect("JSON");
    assert_eq!(json["programs"][0]["changes"][0]["keys"], serde_json::json!(["effort"]));
    assert!(same.out.contains("沒有任何計畫感覺得到的差異"), "{}", same.out);
    assert_eq!(neither.code, Some(1));
    assert!(neither.err.contains("/nowhere/at/all is neither a file or folder nor the hash"), "{}", neither.err);

    let database = harness::database().await;
    let published = run_with(&[("DATABASE_URL", &database)], &["curriculum", "publish", &old]);
    let hash = published.out.split("release ").nth(1).expect("a hash").get(..12).expect("a hash").to_owned();
    let against = run_with(&[("DATABASE_URL", &database)], &["curriculum", "diff", &hash, &new, "--lang", "en"]);
    assert!(against.out.contains("changed: effort."), "{}{}", against.out, against.err);
    let exported = run_with(&[("DATABASE_URL", &database)], &["curriculum", "export", "--release", &hash]);
    assert!(exported.out.starts_with("# "), "{}{}", exported.out, exported.err);
}

#[test]
fn a_program_is_drawn_and_written_for_reading() {
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("curricula").display().to_string();

    let svg = run(&["graph", &shipped, "--program", "sales_manager", "--lang", "zh-TW"]);
    let mermaid = run(&["graph", &shipped, "--program", "sales_manager", "--format", "mermaid"]);
    let page = run(&["export", &shipped, "--program", "sales_manager", "--lang", "en"]);
    let which = run(&["graph", &shipped]);
    let in_chinese = run(&["export", &shipped, "--program", "sales_manager", "--lang", "zh-TW"]);

    assert!(svg.out.starts_with("<svg ") && svg.out.contains("新任業務主管"), "{}", svg.err);
    assert!(mermaid.out.contains("\nflowchart TB\n"), "{}", mermaid.err);
    assert!(page.out.starts_with("# Newly promoted sales manager\n") && page.out.contains("\n## On demand\n"));
    let asked = "- Leads: the figure (one line): only if “1. Are there too few leads?” is not “Unknown”\n";
    assert!(page.out.contains(asked), "{}", page.out);
    let asked = "「1. 潛在客戶的數量不夠嗎？」不是「不知道」時才需要回答\n";
    assert!(in_chinese.out.contains(asked), "{}", in_chinese.out);
    assert_eq!(which.code, Some(1));
    assert!(which.err.contains("choose one with --program (sales_manager, sales_manager_plus)"), "{}", which.err);
}

#[test]
fn a_checklist_is_imported_and_its_guesses_are_listed_in_both_languages() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("Team leads.md");
    std::fs::write(&file, "# Team leads\n\n## Week 2\n- [ ] Meet [everybody](https://a.example)\n").expect("a file");

    let ran = run(&["import", &file.display().to_string()]);

    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(ran.out.contains("curriculum: team_leads\n") && ran.out.contains("due: B10\n"), "{}", ran.out);
    assert!(ran.out.contains("[everybody](https://a.example)"), "{}", ran.out);
    assert!(
        ran.err.contains("Team leads.md:4: “Week 2” was taken for B6 to B10 / 「Week 2」當作 B6 到 B10"),
        "{}",
        ran.err
    );
    std::fs::write(folder.path().join("team_leads.yaml"), ran.out).expect("a file");
    let program = run(&["new", "all_leads", "--kind", "program", "--dir", &folder.path().display().to_string()]);
    assert_eq!(program.code, Some(0), "{}", program.err);
    assert_eq!(run(&["check", &folder.path().display().to_string()]).code, Some(0));
}

#[test]
fn a_starter_is_written_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().display().to_string();

    let first = run(&["new", "first_weeks", "--dir", &path]);
    let second = run(&["new", "first_weeks", "--kind", "playbook", "--dir", &path]);
    let named = run(&["new", "First-Weeks", "--dir", &path]);

    assert_eq!((first.code, second.code, named.code), (Some(0), Some(1), Some(1)));
    assert!(second.err.contains("first_weeks.yaml exists already; it was left as it is"), "{}", second.err);
    assert!(named.err.contains("First-Weeks can't be a name"), "{}", named.err);
}

#[test]
fn a_reader_that_is_gone_ends_no_command_with_a_panic() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path().join("new").display().to_string();
    // Each writes to either stream; the last is done only if the one before wrote its files.
    for (arguments, code) in [
        (vec!["new", "sales", "--kind", "program", "--dir", &folder], 0),
        (vec!["check", &folder], 0),
        (vec!["publish", "/nowhere/at/all"], 1),
    ] {
        let gone = || std::io::pipe().map(|(_, writer)| writer).expect("a pipe");
        let mut command = command(&the_program(), &[], &[&["curriculum"], &arguments[..]].concat());
        let status = command.stdout(gone()).stderr(gone()).status().expect("the program runs");
        assert_eq!(status.code(), Some(code), "{arguments:?}");
    }
}
