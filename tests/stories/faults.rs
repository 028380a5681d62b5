//! A relay that fails in each way in which relays do: no letter is lost, none is stuck, none is sent or
//! signed in for in the clear, and each leaves when the relay is well again.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use pilothouse::app::Chance;
use pilothouse::engine::vocabulary::Lang;
use pilothouse::mail::{Mailer, Relay};
use pilothouse::worker::{Limits, Pace};
use tokio::sync::watch;

use crate::harness::TestApp;
use crate::relay::{Mode, TestRelay, message_id_of, number, until};

const LETTERS: usize = 8;

/// As the program's own, but no story waits a minute.
const SHORT: Limits = Limits {
    begin: Duration::from_millis(500),
    compose: Duration::from_secs(2),
    connect: Duration::from_millis(500),
    send: Duration::from_millis(500),
    settle: Duration::from_secs(1),
    lease: Duration::from_secs(6),
};

/// What becomes of letters that meet a fault.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// Each is tried again later.
    Wait,
    /// Each is given up: somebody has to correct the address.
    GivenUp,
    /// Only those that were on their way meet it, which costs them no attempt; all others wait until the
    /// relay can be used.
    Paused,
}

async fn count(app: &TestApp, condition: &str) -> usize {
    let mut conn = app.pool.get().await.expect("a connection");
    let found = number(&mut conn, &format!("SELECT count(*) FROM outbox WHERE {condition}")).await;
    usize::try_from(found).expect("a count")
}

/// A program with letters owed, behind the relay as an address would say it.
async fn app_with_letters(url: &str) -> TestApp {
    let mailer = Mailer::Smtp(Relay::from_url(url).expect("a relay"));
    let mut app = TestApp::with_mailer("2026-03-02T01:00:00Z", mailer).await;
    app.worker.pace = Pace { idle: Duration::from_millis(100), limits: SHORT, ..Pace::default() };
    app.person("Grace Chen", "grace@company.example", Lang::En, false).await;
    app.sql("UPDATE people SET next_brief_at = '2100-01-01'").await;
    let owed = format!(
        "INSERT INTO outbox (id, dedup_key, kind, lane, person_id, owed_at, due_at) \
           SELECT md5('letter ' || n)::uuid, 'sign_in:' || n, 'sign_in', 0, people.id, now(), '2026-03-02T00:00:00Z' \
           FROM generate_series(1, {LETTERS}) AS n, people"
    );
    app.sql(&owed).await;
    app
}

/// Meets the fault with the worker's own loop, heals the relay, and sees that every letter has its fate.
async fn meet(mode: Mode, fate: Fate, said: &str) {
    let relay = TestRelay::start();
    relay.set(mode);
    let login = if mode == Mode::KnowsNotUs { "pilot:secret@" } else { "" };
    let app = app_with_letters(&relay.url().replace("smtp://", &format!("smtp://{login}"))).await;
    let (word, stop) = watch::channel(false);
    let running = actix_web::rt::spawn(app.worker.clone().run(stop));
    let begun = Instant::now();

    let met = format!("last_error LIKE '%{said}%' AND lease_owner IS NULL");
    let meets = if fate == Fate::Paused { 1 } else { LETTERS };
    until("the fault to be met", Duration::from_secs(10), async || count(&app, &met).await >= meets).await;
    let took = begun.elapsed();
    assert!(took < Duration::from_secs(8), "{took:?}: an attempt ends when its limits say so");
    match fate {
        Fate::Wait => assert_eq!(count(&app, "state = 'owed' AND attempts = 1 AND retry_at > now()").await, LETTERS),
        Fate::GivenUp => assert_eq!(count(&app, "state = 'failed' AND attempts = 1").await, LETTERS),
        Fate::Paused => {
            let untouched = "state = 'owed' AND attempts = 0 AND lease_owner IS NULL";
            until("every letter to be as before", Duration::from_secs(5), async || {
                count(&app, untouched).await == LETTERS
            })
            .await;
            assert!(count(&app, "last_error IS NOT NULL").await <= app.worker.pace.at_once + 1);
        }
    }

    relay.set(Mode::Takes);
    app.sql("UPDATE outbox SET retry_at = now() WHERE state = 'owed'").await;
    until("every letter to be settled", Duration::from_secs(20), async || count(&app, "state = 'owed'").await == 0)
        .await;
    let arrives = if fate == Fate::GivenUp { 0 } else { LETTERS };
    assert_eq!(count(&app, "state = 'sent' AND lease_owner IS NULL").await, arrives);
    let twice = if mode == Mode::HangsUpAfterData { 2 } else { 1 };
    let mut arrived: Vec<String> = relay.received().iter().map(|letter| letter.message_id()).collect();
    arrived.sort();
    let mut owed: Vec<String> =
        (1..=arrives).map(|n| message_id_of(&format!("sign_in:{n}"), "company.example")).collect();
    owed.sort();
    assert_eq!(arrived, owed.into_iter().flat_map(|id| vec![id; twice]).collect::<Vec<_>>());
    word.send(true).expect("a worker that listens");
    running.await.expect("the worker ends").expect("well");
}

macro_rules! faults {
    ($($name:ident: $mode:ident => $fate:ident, $said:literal;)*) => {$(
        #[actix_web::test]
        async fn $name() {
            meet(Mode::$mode, Fate::$fate, $said).await;
        }
    )*};
}

faults! {
    greylisted_letters_wait: Greylists => Wait, "greylisted";
    letters_to_a_relay_that_closes_wait: Closes => Wait, "closing for today";
    letters_that_a_relay_could_not_store_wait: IsBroken => Wait, "try again later";
    letters_to_a_full_mailbox_wait: IsFull => Wait, "mailbox full";
    letters_to_nobody_are_given_up: KnowsNobody => GivenUp, "no such user";
    letters_whose_answer_was_lost_go_again: HangsUpAfterData => Wait, "not now";
    letters_cut_off_in_the_middle_go_again_whole: HangsUpInData => Wait, "not now";
    letters_to_a_relay_that_stalls_end_in_time: Stalls => Wait, "sending took longer";
    a_relay_that_greets_a_byte_a_second_pauses_mail: Drips => Paused, "reaching the relay took longer";
    a_relay_that_turns_us_away_pauses_mail: TurnsAway => Paused, "the relay cannot be used";
    a_wrong_password_pauses_mail: KnowsNotUs => Paused, "the relay cannot be used";
}

#[actix_web::test]
async fn a_relay_that_greets_and_takes_nothing_is_tried_with_one_letter_at_a_time_and_ever_less_often() {
    let relay = TestRelay::start();
    relay.set(Mode::RefusesUs);
    let app = app_with_letters(&relay.url()).await;
    let (word, stop) = watch::channel(false);
    let running = actix_web::rt::spawn(app.worker.clone().run(stop));
    actix_web::rt::time::sleep(Duration::from_secs(4)).await;

    // Those that were on their way, one after a second, one two seconds later.
    let tried = relay.times_heard("MAIL");
    assert!(tried <= app.worker.pace.at_once + 2, "{tried} tries");
    assert!(tried >= 2, "{tried} tries");

    word.send(true).expect("a worker that listens");
    running.await.expect("the worker ends").expect("well");
}

#[actix_web::test]
async fn an_address_that_a_relay_knows_for_none_gets_no_further_letter_until_somebody_sees_to_it() {
    let relay = TestRelay::start();
    relay.set(Mode::KnowsNobody);
    let app = app_with_letters(&relay.url()).await;
    app.deliver().await;
    let mut conn = app.pool.get().await.expect("a connection");
    let bounced = "SELECT count(*) FROM bounced WHERE email = 'grace@company.example' AND status = '5.1.1' \
                   AND said LIKE '%no such user here%'";
    assert_eq!(number(&mut conn, bounced).await, 1);

    relay.set(Mode::Takes);
    let answer = "INSERT INTO outbox (id, dedup_key, kind, lane, person_id, owed_at, due_at) \
                  SELECT gen_random_uuid(), 'answer:1', 'answer', 1, id, now(), '2026-03-02' FROM people";
    app.sql(answer).await;
    app.deliver().await;

    assert_eq!(count(&app, "dedup_key = 'answer:1' AND state = 'held' AND why = 'bounced'").await, 1);
    assert_eq!(relay.count(), 0);
}

#[actix_web::test]
async fn a_relay_that_offers_no_tls_hears_neither_a_password_nor_a_letter() {
    let relay = TestRelay::start();
    let url = format!("smtp://pilot:secret@localhost:{}?tls=required", relay.address.port());
    let app = app_with_letters(&url).await;

    app.deliver().await;

    assert_eq!(count(&app, "state = 'owed' AND lease_owner IS NULL").await, LETTERS);
    assert!(relay.has_heard("EHLO"), "it was reached");
    assert!(!["AUTH", "MAIL", "DATA"].iter().any(|command| relay.has_heard(command)));
}

#[actix_web::test]
async fn one_relay_connection_that_stalls_holds_up_no_letter_but_its_own() {
    let relay = TestRelay::start();
    let mut app = app_with_letters(&relay.url()).await;
    app.worker.pace.limits.send = Duration::from_secs(30);
    app.worker.pace.limits.lease = Duration::from_secs(60);
    relay.set(Mode::StallsOnce);
    let (word, stop) = watch::channel(false);
    let running = actix_web::rt::spawn(app.worker.clone().run(stop));

    until("all others to leave", Duration::from_secs(10), async || count(&app, "state = 'sent'").await == LETTERS - 1)
        .await;

    assert_eq!(count(&app, "state = 'owed' AND attempts = 1 AND lease_until > now()").await, 1);
    relay.hangs_up();
    until("its connection to be gone", Duration::from_secs(10), async || {
        count(&app, "state = 'owed' AND lease_owner IS NULL AND last_error LIKE 'not now%'").await == 1
    })
    .await;
    word.send(true).expect("a worker that listens");
    running.await.expect("the worker ends").expect("well");
}

#[actix_web::test]
async fn a_letter_that_panics_is_given_up_with_its_reason_while_others_leave() {
    let relay = TestRelay::start();
    let mut app = app_with_letters(&relay.url()).await;
    // One after the other, the poison first: the first secret that is drawn in a run is its own.
    app.worker.pace.at_once = 1;
    app.sql("UPDATE outbox SET due_at = '2026-03-01' WHERE dedup_key = 'sign_in:1'").await;
    let is_armed = Arc::new(AtomicBool::new(false));
    let armed = Arc::clone(&is_armed);
    app.worker.chance = Chance::new(move |bytes| {
        assert!(bytes.len() != 32 || !armed.swap(false, Ordering::SeqCst), "this letter is poison");
        getrandom::fill(bytes).expect("random bytes");
    });
    for _ in 0..6 {
        is_armed.store(true, Ordering::SeqCst);
        app.deliver().await;
        app.sql("UPDATE outbox SET retry_at = now() WHERE state = 'owed'").await;
    }

    let reason = "state = 'failed' AND attempts = 6 AND last_error LIKE 'the attempt panicked: this letter is poison%'";
    assert_eq!(count(&app, &format!("dedup_key = 'sign_in:1' AND {reason}")).await, 1);
    assert_eq!(count(&app, "state = 'sent' AND attempts = 1").await, LETTERS - 1);
    assert_eq!(relay.count(), LETTERS - 1);
}

#[actix_web::test]
async fn a_row_that_cannot_be_read_is_given_up_by_its_name_while_others_leave() {
    let relay = TestRelay::start();
    let app = app_with_letters(&relay.url()).await;
    let broken = app.person("Broken", "broken@company.example", Lang::En, false).await;
    app.sql(&format!(
        "UPDATE people SET zone = 'Mars/Olympus', next_brief_at = '2100-01-01' WHERE id = '{}'",
        broken.id
    ))
    .await;
    app.sql(&format!("UPDATE outbox SET person_id = '{}' WHERE dedup_key = 'sign_in:1'", broken.id)).await;
    for _ in 0..6 {
        app.deliver().await;
        app.sql("UPDATE outbox SET retry_at = now() WHERE state = 'owed'").await;
    }

    let reason = format!("state = 'failed' AND last_error LIKE '%person {}%'", broken.id);
    assert_eq!(count(&app, &format!("dedup_key = 'sign_in:1' AND {reason}")).await, 1);
    assert_eq!(count(&app, "state = 'sent'").await, LETTERS - 1);
    assert_eq!(relay.count(), LETTERS - 1);
}
