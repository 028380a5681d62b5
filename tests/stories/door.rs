//! The door itself: what servers and programs send to it, who may come in, and the pipe beside it.

use std::io::Write;
use std::net::SocketAddr;
use std::process::Stdio;
use std::time::Duration;

use pilothouse::engine::plan::StepState;
use pilothouse::store::pool::Pool;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::commands::{command, the_program};
use crate::harness::{TestApp, utc};
use crate::relay::{TestRelay, until};
use crate::replies::{Opened, TUESDAY, WEDNESDAY, count, ended, left, morning, speak};
use crate::serving::Serving;

/// A report on delivery, as Postfix writes it.
fn report(action: &str, status: &str, address: &str) -> String {
    format!(
        "From: MAILER-DAEMON@mx.company.example\r\nSubject: Undelivered\r\nMIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=cut\r\n\r\n--cut\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n--cut\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.company.example\r\n\r\nFinal-Recipient: rfc822; {address}\r\nAction: {action}\r\nStatus: {status}\r\nDiagnostic-Code: smtp; 550 {status} <{address}>: it said so\r\n--cut--\r\n"
    )
}

#[actix_web::test]
async fn an_address_that_bounces_gets_no_more_mail_and_hr_sees_why() {
    let (story, door, letter) = morning().await;
    let who = &story.manager;
    let to = letter.bounces();
    door.takes("", &to, &report("delayed", "4.4.1", &who.email)).await;
    door.takes("", &to, &report("failed", "5.2.2", &who.email)).await;
    door.takes("", &to, &report("failed", "5.7.1", &who.email)).await;
    assert_eq!(count(&story.app, "bounced").await, 0);
    door.takes("", &to, &report("failed", "5.1.1", &who.email)).await;
    assert_eq!(count(&story.app, "bounced WHERE email = 'grace@company.example' AND status = '5.1.1'").await, 1);

    let mut hr = story.app.signed_in(&story.hr).await;
    hr.get("/outbox").await;
    for words in
        ["A letter that came back", "A rule of the receiving server", "The address takes no mail.", who.name.as_str()]
    {
        assert!(hr.shows(words), "{words}: {}", hr.text());
    }
    story.app.clock.travel_to(utc(WEDNESDAY));
    assert!(left(&story.app).await.iter().all(|mail| mail.to != who.email), "no more goes there");
    assert_eq!(count(&story.app, "outbox WHERE state = 'held' AND why = 'bounced'").await, 1);

    // HR corrects the address; what still comes back is about the old one.
    story.app.sql("UPDATE people SET email = 'grace.chen@company.example' WHERE email = 'grace@company.example'").await;
    door.takes("", &to, &report("failed", "5.1.1", "grace@company.example").replace("Sorry", "Again")).await;
    assert_eq!(ended(&story.app, "bounce", "ignored", Some("earlier_address")).await, 1);
    assert_eq!(count(&story.app, "bounced").await, 1);
    // Whoever guesses a token, or knows the one that an answer shows to all who get a copy, stops nobody's mail.
    let guess = format!("reply+b-{}@plans.company.example", "0".repeat(32));
    for forged in [guess, letter.reply_to.replace('+', "+b-"), letter.reply_to.clone()] {
        door.takes("", &forged, &report("failed", "5.1.1", "grace.chen@company.example")).await;
        assert_eq!(count(&story.app, "bounced").await, 1, "{forged}");
    }
}

#[actix_web::test]
async fn a_rule_of_a_receiving_server_is_an_error_in_the_log_once_and_a_full_mailbox_is_none() {
    let (story, _door, letter) = morning().await;
    let settings = pipe_settings(story.app.url.clone());
    let bounces = letter.bounces();
    let to = ["mail-in", bounces.as_str()];
    let logged = |status: &str| {
        let (code, log) = piped(&settings, &to, &report("failed", status, &story.manager.email));
        assert_eq!(code, Some(0), "{log}");
        log
    };
    assert_eq!(logged("5.2.2"), "");
    let log = logged("5.7.1");
    assert_eq!(log.lines().filter(|line| line.contains("ERROR")).count(), 1, "{log}");
    for words in ["refuses our mail by a rule of its own", "status=\"5.7.1\"", "550 5.7.1"] {
        assert!(log.contains(words), "{words}: {log}");
    }
    let secret = bounces.split(['-', '@']).nth(1).expect("a secret");
    assert!(!log.contains(secret), "{log}");
    assert_eq!(logged("5.7.1"), "", "the same bounce again");
}

#[actix_web::test]
async fn a_complaint_stops_the_kind_of_mail_that_it_is_about() {
    let (story, door, letter) = morning().await;
    let complaint = format!(
        "From: fbl@provider.example\r\nSubject: FW\r\nMIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=feedback-report; boundary=cut\r\n\r\n--cut\r\nContent-Type: message/feedback-report\r\n\r\nFeedback-Type: abuse\r\nUser-Agent: x\r\nVersion: 1\r\n\r\n--cut\r\nContent-Type: message/rfc822\r\n\r\nList-Unsubscribe: <mailto:{}>\r\nSubject: Today\r\n\r\n--cut--\r\n",
        letter.stop
    );
    door.takes("fbl@provider.example", "reply@plans.company.example", &complaint).await;
    let stopped =
        format!("stopped WHERE person_id = '{}' AND topic = 'reminders' AND by = 'complaint'", story.manager.id);
    assert_eq!(count(&story.app, &stopped).await, 1);
    assert_eq!(ended(&story.app, "complaint", "done", Some("stopped")).await, 1);
}

#[actix_web::test]
async fn a_mail_program_stops_a_kind_of_mail_by_a_mail_of_its_own() {
    let (story, door, letter) = morning().await;
    let who = &story.manager;
    let to = letter.stop.clone();
    door.takes(&who.email, &to, &letter.unproven(&who.email, "unsubscribe")).await;
    assert_eq!(ended(&story.app, "unsubscribe", "refused", Some("unproven")).await, 1);
    let by_program = format!("Auto-Submitted: auto-generated\r\n{}", letter.answered(who, ""));
    door.takes(&who.email, &to, &by_program).await;
    let stopped = format!("stopped WHERE person_id = '{}' AND topic = 'reminders' AND by = 'mail'", who.id);
    assert_eq!(count(&story.app, &stopped).await, 1);
}

#[actix_web::test]
async fn without_the_database_the_sender_is_asked_to_come_again() {
    let (story, _door, letter) = morning().await;
    let nowhere = Pool::new("postgres://nobody@127.0.0.1:1/nothing").expect("a pool");
    let door = Opened::on(&story.app, nowhere);
    let who = &story.manager;
    let said = door.given(&who.email, &letter.reply_to, &letter.answered(who, "done")).await;
    assert_eq!(said, "451 4.3.0 Not now, please come again");
    let said = speak(door.at, &who.email, "grace@company.example", "x").await;
    assert!(said.contains("\n550 5.1.1 ") && said.contains("\n503 5.5.1 "), "{said}");
}

/// A connection that was greeted, or what it was told instead.
async fn connected(at: SocketAddr) -> Result<TcpStream, String> {
    let mut stream = TcpStream::connect(at).await.expect("a port");
    let mut greeting = [0; 4];
    stream.read_exact(&mut greeting).await.expect("a word");
    if &greeting == b"220 " {
        return Ok(stream);
    }
    Err(String::from_utf8_lossy(&greeting).into_owned() + &rest(&mut stream).await)
}

/// What it hears until it is closed.
async fn rest(stream: &mut TcpStream) -> String {
    let mut said = String::new();
    stream.read_to_string(&mut said).await.expect("words");
    said
}

#[actix_web::test]
async fn connections_beyond_the_limit_are_turned_away_and_the_rest_end_with_the_program() {
    let app = TestApp::at(TUESDAY).await;
    let door = Opened::on(&app, app.pool.clone());
    let mut open = Vec::new();
    for _ in 0..20 {
        open.push(connected(door.at).await.expect("room"));
    }
    assert_eq!(connected(door.at).await.expect_err("no room"), "421 4.7.0 Too many connections\r\n");
    let Opened { at, _stop } = door;
    _stop.send(true).expect("it runs");
    for stream in &mut open {
        let last = rest(stream).await;
        assert!(last.ends_with("421 4.3.2 The program stops\r\n"), "{last}");
    }
    assert!(TcpStream::connect(at).await.is_err(), "nobody listens any more");
}

#[actix_web::test]
async fn an_idle_crowd_makes_room_for_a_mail_server_and_a_letter_on_its_way_is_left_alone() {
    let (story, door, letter) = morning().await;
    let who = &story.manager;
    let mut writing = connected(door.at).await.expect("room");
    writing.write_all(b"EHLO mx\r\nMAIL FROM:<grace@company.example>\r\n").await.expect("it listens");
    let mut crowd = Vec::new();
    for _ in 0..19 {
        crowd.push(connected(door.at).await.expect("room"));
    }
    tokio::time::sleep(Duration::from_secs(3)).await;

    // Saying something is not writing a letter.
    crowd[0].write_all(b"NOOP\r\n").await.expect("it listens");
    let mut said = Vec::new();
    while !said.ends_with(b"250 2.0.0 Here\r\n") {
        said.push(crowd[0].read_u8().await.expect("an answer"));
    }
    door.takes(&who.email, &letter.reply_to, &letter.answered(who, "done")).await;

    assert_eq!(rest(&mut crowd[0]).await, "421 4.7.0 Others wait, and no letter came\r\n");
    let end = format!("RCPT TO:<{}>\r\nDATA\r\nSubject: x\r\n\r\n.\r\nQUIT\r\n", letter.reply_to);
    writing.write_all(end.as_bytes()).await.expect("it listens");
    assert!(rest(&mut writing).await.contains("250 2.0.0 Taken"));
    let mut still_there = crowd.remove(1);
    still_there.write_all(b"QUIT\r\n").await.expect("it listens");
    assert!(rest(&mut still_there).await.contains("221 2.0.0 "), "one made room, not all");
}

#[actix_web::test]
async fn a_postmaster_has_an_address_and_nothing_is_kept_of_what_comes_to_it() {
    let (story, door, letter) = morning().await;
    for to in ["postmaster", "PostMaster@Plans.Company.example"] {
        door.takes("someone@far.example", to, "From: <someone@far.example>\r\n\r\nYour mail is odd.\r\n").await;
    }
    let elsewhere = door.given("someone@far.example", "postmaster@company.example", "x").await;
    assert!(elsewhere.starts_with("503 5.5.1 ") || elsewhere.starts_with("500 "), "{elsewhere}");
    assert_eq!(count(&story.app, "incoming").await, 0);

    // The same, through a pipe: the log names the sender's domain, and neither who nor what.
    let settings = pipe_settings(story.app.url.clone());
    let mail = format!("Return-Path: <someone@far.example>\r\n{}", letter.answered(&story.manager, "done"));
    let (code, log) = piped(&settings, &["mail-in", "postmaster@plans.company.example"], &mail);
    assert_eq!(code, Some(0), "{log}");
    assert!(log.contains("WARN") && log.contains("for the postmaster") && log.contains("far.example"), "{log}");
    assert!(!log.contains("someone") && !log.contains("done"), "{log}");
    assert!(!matches!(story.state("listen").await, StepState::Done { .. }));

    // Beside another address of ours it hinders nothing.
    let both = ["mail-in", "postmaster@plans.company.example", letter.reply_to.as_str()];
    assert_eq!(piped(&settings, &both, &mail).0, Some(0));
    assert!(matches!(story.state("listen").await, StepState::Done { .. }));
}

#[actix_web::test]
async fn the_program_listens_where_its_settings_say() {
    let (story, _door, letter) = morning().await;
    let relay = TestRelay::start();
    let port = std::net::TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("its address");
    let listen = port.to_string();
    let settings = [
        "--mail-reply",
        "reply@plans.company.example",
        "--mail-authserv",
        "mx.company.example",
        "--mail-listen",
        &listen,
    ];
    let program = Serving::with(&story.app.url, &relay.url(), &settings);
    let who = &story.manager;
    until("it serves", Duration::from_secs(30), async || program.address().is_some()).await;
    let said = speak(port, &who.email, &letter.reply_to, &letter.answered(who, "done")).await;
    assert!(said.contains("250 2.0.0 Taken"), "{said}");
    assert!(matches!(story.state("listen").await, StepState::Done { .. }));
}

/// Hands a mail over as a server's pipe does; the code with which the program ends, and its log.
fn piped(settings: &[(&str, String)], arguments: &[&str], mail: &str) -> (Option<i32>, String) {
    let settings: Vec<_> = settings.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let mut program = command(&the_program(), &settings, arguments);
    let mut child = program.stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts");
    // It may end without reading.
    let _ = child.stdin.take().expect("its input").write_all(mail.as_bytes());
    let ended = child.wait_with_output().expect("it ends");
    (ended.status.code(), String::from_utf8_lossy(&ended.stderr).into_owned())
}

fn pipe_settings(database: String) -> [(&'static str, String); 4] {
    [
        ("DATABASE_URL", database),
        ("MAIL_REPLY", "reply@plans.company.example".to_owned()),
        ("MAIL_FROM", "plans@company.example".to_owned()),
        ("MAIL_AUTHSERV", "mx.company.example".to_owned()),
    ]
}

#[actix_web::test]
async fn a_mail_server_hands_mail_over_by_a_pipe_and_understands_how_it_ended() {
    let (story, _door, letter) = morning().await;
    let who = &story.manager;
    let mail = letter.answered(who, "done").replace("\r\n", "\n");
    let code = |settings: &[(&str, String)], arguments: &[&str]| piped(settings, arguments, &mail).0;
    let settings = pipe_settings(story.app.url.clone());
    let to = ["mail-in", letter.reply_to.as_str()];
    let nowhere = pipe_settings("postgres://nobody@127.0.0.1:1/nothing".to_owned());
    assert_eq!(code(&nowhere, &to), Some(75));
    assert_eq!(code(&nowhere[..2], &to), Some(78));
    assert_eq!(code(&settings, &["mail-in"]), Some(64));
    assert_eq!(code(&settings, &["mail-in", "grace@company.example"]), Some(67));
    assert_eq!(count(&story.app, "incoming").await, 0);

    assert_eq!(code(&settings, &to), Some(0));
    assert_eq!(code(&settings, &to), Some(0));
    assert!(matches!(story.state("listen").await, StepState::Done { .. }));
    assert_eq!(count(&story.app, "incoming").await, 1);
}
