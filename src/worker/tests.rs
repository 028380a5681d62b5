//! What needs no database: stopping, panics, and a relay that misbehaves.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Mutex;
use std::time::Instant;

use super::attempt::Ending;
use super::preparing::{Held, Shelf};
use super::*;
use crate::app::letters::{Body, Letter, SignInLetter};
use crate::engine::vocabulary::{Lang, PersonId};
use crate::mail::mailer::Memory;
use crate::mail::{self, Relay, SendError};
use crate::store::outbox::{Claimed, Kind};

/// A relay that says what a test wants to hear.
#[derive(Debug, Clone, Copy, Default)]
struct Script {
    banner: Option<&'static str>,
    /// Of a relay that waits for groups alone.
    mail: Option<&'static str>,
    rcpt: Option<&'static str>,
    auth: Option<&'static str>,
    after_data: AfterData,
    /// Says nothing about MAIL and RCPT before it has read DATA.
    waits_for_groups: bool,
}

#[derive(Debug, Clone, Copy, Default, PartialEq)]
enum AfterData {
    #[default]
    Accept,
    HangUp,
    /// Says nothing for the first message, and takes the next.
    StallOnce,
}

/// What reached the relay: a line for every connection, and every message it took.
#[derive(Debug, Default)]
struct Seen {
    connections: usize,
    taken: Vec<String>,
}

fn relay(script: Script) -> (Mailer, Arc<Mutex<Seen>>) {
    relay_at(script, "")
}

fn relay_at(script: Script, login: &str) -> (Mailer, Arc<Mutex<Seen>>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("smtp://{login}{}", listener.local_addr().expect("an address"));
    let seen = Arc::new(Mutex::new(Seen::default()));
    let noted = Arc::clone(&seen);
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            noted.lock().expect("a lock").connections += 1;
            let noted = Arc::clone(&noted);
            std::thread::spawn(move || talk(stream, script, &noted));
        }
    });
    (Mailer::Smtp(Relay::from_url(&url).expect("a relay")), seen)
}

fn talk(mut out: TcpStream, script: Script, seen: &Mutex<Seen>) -> Option<()> {
    let mut lines = BufReader::new(out.try_clone().ok()?).lines();
    let mut say = |text: &str| out.write_all(format!("{text}\r\n").as_bytes()).ok();
    say(script.banner.unwrap_or("220 relay.test ESMTP"))?;
    while let Some(Ok(line)) = lines.next() {
        match line.get(..4).unwrap_or_default() {
            "EHLO" if script.waits_for_groups => say("250-relay.test\r\n250-PIPELINING\r\n250 8BITMIME")?,
            "EHLO" => say("250-relay.test\r\n250-AUTH PLAIN\r\n250 8BITMIME")?,
            "MAIL" if script.waits_for_groups => {
                let group = [lines.next()?.ok()?, lines.next()?.ok()?];
                assert!(group[0].starts_with("RCPT") && group[1] == "DATA");
                let mail = script.mail.unwrap_or("250 2.1.0 ok");
                let rcpt = script.rcpt.unwrap_or("250 2.1.5 ok");
                say(&format!("{mail}\r\n{rcpt}\r\n354 go on"))?;
                let message: Vec<String> =
                    lines.by_ref().map_while(Result::ok).take_while(|line| line != ".").collect();
                seen.lock().ok()?.taken.push(message.join("\n"));
                say(if script.rcpt.is_some() { "554 5.5.1 to nobody" } else { "250 2.0.0 taken" })?;
            }
            "AUTH" => say(script.auth.unwrap_or("235 2.7.0 in"))?,
            "RCPT" => say(script.rcpt.unwrap_or("250 2.1.5 ok"))?,
            "DATA" => {
                say("354 go on")?;
                let message: Vec<String> =
                    lines.by_ref().map_while(Result::ok).take_while(|line| line != ".").collect();
                let is_first = seen.lock().ok()?.connections == 1;
                match script.after_data {
                    AfterData::HangUp => return None,
                    AfterData::StallOnce if is_first => std::thread::sleep(Duration::from_secs(600)),
                    AfterData::StallOnce | AfterData::Accept => {}
                }
                seen.lock().ok()?.taken.push(message.join("\n"));
                say("250 2.0.0 taken")?;
            }
            "QUIT" => return say("221 bye"),
            _ => say("250 2.0.0 ok")?,
        }
    }
    Some(())
}

fn message(name: &str) -> mail::Message {
    let worker = worker(Mailer::Memory(Memory::default()));
    let letter = Letter {
        to_name: name.to_owned(),
        to_email: "grace@example.com".to_owned(),
        lang: Lang::En,
        zone: chrono_tz::Tz::Asia__Taipei,
        dedup_key: name.to_owned(),
        thread: None,
        topic: None,
        stop: None,
        token: "0".repeat(32),
        back: "fedcba9876543210fedcba9876543210".to_owned(),
        body: Body::SignIn(SignInLetter {
            name: name.to_owned(),
            url: "https://example.com/s".to_owned(),
            minutes: 10,
            is_invitation: false,
            again_url: String::new(),
        }),
    };
    mail::write(&letter, &worker.renderer, &worker.sender, worker.clock.now()).expect("a message")
}

#[tokio::test]
async fn a_relay_keeps_its_connection_for_the_next_letter() {
    let (mailer, seen) = relay(Script::default());
    mailer.send(&message("one")).await.expect("sent");
    mailer.send(&message("two")).await.expect("sent");
    let seen = seen.lock().expect("a lock");
    assert_eq!((seen.connections, seen.taken.len()), (1, 2));
}

#[tokio::test]
async fn a_relay_that_reads_ahead_is_told_all_about_a_letter_at_once() {
    let (mailer, seen) = relay(Script { waits_for_groups: true, ..Script::default() });
    let letters = [message("one"), message("two")];
    let sending = async { tokio::join!(mailer.send(&letters[0]), mailer.send(&letters[1])) };
    let (one, two) = tokio::time::timeout(Duration::from_secs(10), sending).await.expect("no waiting for each other");
    assert!(one.is_ok() && two.is_ok());
    let seen = seen.lock().expect("a lock");
    assert!(seen.taken.iter().all(|taken| taken.contains("\nSubject: ")));
}

#[tokio::test]
async fn a_letter_to_nobody_says_nothing_and_the_next_one_goes_over_the_same_connection() {
    let refusal = Some("550 5.1.1 no such user");
    let (mailer, seen) = relay(Script { waits_for_groups: true, rcpt: refusal, ..Script::default() });
    for name in ["one", "two"] {
        let refused = mailer.send(&message(name)).await;
        assert!(matches!(refused, Err(SendError::Recipient { status: Some(status), .. }) if status == "5.1.1"));
    }
    let seen = seen.lock().expect("a lock");
    assert_eq!((seen.connections, &seen.taken), (1, &vec![String::new(); 2]));
}

#[tokio::test]
async fn a_recipient_whose_letter_was_refused_gets_no_empty_one() {
    let refusal = Some("451 4.7.1 not now");
    let (mailer, seen) = relay(Script { waits_for_groups: true, mail: refusal, ..Script::default() });
    for name in ["one", "two"] {
        let refused = mailer.send(&message(name)).await;
        assert!(matches!(refused, Err(SendError::Later { why }) if why.contains("4.7.1")));
    }
    assert_eq!(seen.lock().expect("a lock").connections, 2, "it hangs up instead");
}

#[tokio::test]
async fn an_answer_too_many_is_not_taken_for_the_one_to_the_letter() {
    let twice = Some("250 2.1.5 ok\r\n250 2.1.5 ok");
    for waits_for_groups in [true, false] {
        let (mailer, seen) = relay(Script { waits_for_groups, rcpt: twice, ..Script::default() });
        for name in ["one", "two"] {
            assert!(matches!(mailer.send(&message(name)).await, Err(SendError::Later { .. })));
        }
        assert_eq!(seen.lock().expect("a lock").connections, 2, "none is used again");
    }
}

#[tokio::test]
async fn a_letter_that_was_dropped_in_the_middle_leaves_no_answer_to_the_next_one() {
    let (mailer, seen) = relay(Script { after_data: AfterData::StallOnce, ..Script::default() });
    let stalled = tokio::time::timeout(Duration::from_millis(200), mailer.send(&message("stalled"))).await;
    assert!(stalled.is_err());
    mailer.send(&message("next")).await.expect("sent");
    let seen = seen.lock().expect("a lock");
    assert_eq!(seen.connections, 2);
    assert!(seen.taken.len() == 1 && seen.taken[0].contains("next"));
}

#[tokio::test]
async fn an_answer_that_was_lost_is_no_refusal() {
    let (mailer, _) = relay(Script { after_data: AfterData::HangUp, ..Script::default() });
    assert!(matches!(mailer.send(&message("one")).await, Err(SendError::Later { .. })));
}

#[tokio::test]
async fn a_refused_recipient_and_a_greylisted_one_are_told_apart() {
    let (gone, _) = relay(Script { rcpt: Some("550 5.1.1 no such user"), ..Script::default() });
    let Err(SendError::Recipient { status, .. }) = gone.send(&message("one")).await else { panic!("a refusal") };
    assert_eq!(status.as_deref(), Some("5.1.1"));
    let (grey, _) = relay(Script { rcpt: Some("450 4.2.0 come back"), ..Script::default() });
    assert!(matches!(grey.send(&message("one")).await, Err(SendError::Later { .. })));
}

#[tokio::test]
async fn whatever_fails_before_the_letter_is_the_relays_fault() {
    let (banner, _) = relay(Script { banner: Some("554 not for you"), ..Script::default() });
    assert!(matches!(banner.send(&message("one")).await, Err(SendError::Relay { .. })));
    let (login, _) = relay_at(Script { auth: Some("550 5.1.1 odd"), ..Script::default() }, "me:secret@");
    assert!(matches!(login.send(&message("one")).await, Err(SendError::Relay { .. })));
    let nobody = Mailer::Smtp(Relay::from_url("smtp://127.0.0.1:1").expect("a relay"));
    assert!(matches!(nobody.send(&message("one")).await, Err(SendError::Relay { .. })));
}

#[tokio::test]
async fn a_relay_without_tls_gets_neither_letter_nor_password() {
    let (Mailer::Smtp(plain), seen) = relay(Script::default()) else { unreachable!() };
    let port = format!("{plain:?}").trim_matches(|c: char| !c.is_ascii_digit()).rsplit(':').next().map(str::to_owned);
    let url = format!("smtp://me:secret@localhost:{}?tls=required", port.expect("a port"));
    let strict = Mailer::Smtp(Relay::from_url(&url).expect("a relay"));
    assert!(matches!(strict.send(&message("one")).await, Err(SendError::Relay { .. })));
    assert!(seen.lock().expect("a lock").taken.is_empty());
}

fn worker(mailer: Mailer) -> Worker {
    Worker {
        pool: Pool::new("postgres://nobody@127.0.0.1:1/none").expect("a pool"),
        renderer: Arc::new(Renderer::new().expect("templates that parse")),
        mailer: Arc::new(mailer),
        sender: mail::Sender::new("Pilothouse", "pilothouse@example.com", "https://example.com").expect("a sender"),
        base_url: "https://example.com".to_owned(),
        clock: Clock::fixed("2030-03-04T01:00:00Z".parse().expect("a moment")), // a Monday
        chance: Chance::new(|bytes| bytes.fill(7)),
        pace: Pace::default(),
    }
}

#[tokio::test]
async fn a_database_that_is_down_does_not_end_the_worker_and_a_stop_does() {
    let (word, stop) = watch::channel(false);
    let running = worker(Mailer::Memory(Memory::default())).run(stop);
    let begun = Instant::now();
    let (ended, ()) = tokio::join!(running, async {
        sleep(Duration::from_millis(300)).await;
        word.send(true).expect("a worker that listens");
    });
    assert!(ended.is_ok());
    assert!(begun.elapsed() >= Duration::from_millis(300) && begun.elapsed() < Duration::from_secs(10));
}

#[tokio::test]
async fn a_letter_that_was_begun_again_and_again_and_never_ended_is_set_aside_unread() {
    let letter = Claimed {
        id: Uuid::nil(),
        dedup_key: "sign_in:1".to_owned(),
        kind: Kind::SignIn,
        person: PersonId(Uuid::nil()),
        plan: None,
        for_day: None,
        step: None,
        meeting: None,
        attempt: 21,
    };
    let worker = worker(Mailer::Memory(Memory::default()));
    let prepared = async |attempt| {
        let held = Held { letter: Claimed { attempt, ..letter.clone() }, since: tokio::time::Instant::now() };
        let mut prepared = worker.prepare(vec![held], &Shelf::default()).await;
        prepared.ready.remove(0).next.err()
    };
    let ending = prepared(21).await;
    assert!(matches!(ending, Some(Ending::Hopeless(why)) if why.starts_with("begun 20 times and never ended")));
    let again = prepared(20).await;
    assert!(matches!(again, Some(Ending::NoDatabase(_))), "one time less, it is composed: {again:?}");
}

#[tokio::test]
async fn one_run_says_that_the_database_is_down() {
    assert!(worker(Mailer::Memory(Memory::default())).run_once().await.is_err());
}

#[tokio::test]
async fn a_relay_is_asked_without_a_letter_whether_it_is_back() {
    let (mailer, seen) = relay(Script::default());
    let worker = worker(mailer);
    worker.relay_answers().await.expect("an answer");
    worker.relay_answers().await.expect("an answer");
    let seen = seen.lock().expect("a lock");
    assert_eq!((seen.connections, seen.taken.len()), (1, 0));
}

#[tokio::test]
async fn a_panic_is_an_outcome_with_its_words() {
    assert_eq!(unless_it_panics(async { 1 }).await, Ok(1));
    let plain = unless_it_panics::<()>(async { panic!("a line break in a name") }).await;
    assert_eq!(plain, Err("a line break in a name".to_owned()));
    let n = 3;
    assert_eq!(unless_it_panics::<()>(async { panic!("attempt {n}") }).await, Err("attempt 3".to_owned()));
}

#[tokio::test]
async fn a_rest_ends_with_the_word_to_stop_or_with_who_could_give_it() {
    let (word, mut stop) = watch::channel(false);
    word.send(true).expect("a listener");
    rested(&mut stop, Duration::from_secs(3600)).await;
    let (word, mut stop) = watch::channel(false);
    drop(word);
    rested(&mut stop, Duration::from_secs(3600)).await;
}
