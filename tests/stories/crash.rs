//! The real program, killed without warning while its letters are on their way.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use diesel_async::{AsyncPgConnection, SimpleAsyncConnection};
use pilothouse::store::pool;

use crate::harness::database;
use crate::migrations::lines;
use crate::relay::{TestRelay, message_id_of, number, until};
use crate::serving::Serving;

/// What a worker has on its way at once, each on a connection of its own (`Pace::default`).
const CONNECTIONS: usize = 4;

/// What it holds the lease of besides, and has not begun.
const AHEAD: usize = 16;

/// Always the same numbers (SplitMix64), so that a failure comes again.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % end
    }
}

/// As many people as letters, and a letter owed to each.
async fn owe(conn: &mut AsyncPgConnection, letters: usize) {
    let statement = format!(
        "INSERT INTO people (id, name, email, lang, zone, calendar, brief_hour, next_brief_at, created_at) \
           SELECT md5('person ' || n)::uuid, '同事 ' || n, 'person' || n || '@company.example', 'zh-TW', \
             'Asia/Taipei', 'taiwan', 9, '2100-01-01', now() FROM generate_series(1, {letters}) AS n; \
         INSERT INTO outbox (id, dedup_key, kind, lane, person_id, owed_at, due_at) \
           SELECT md5('letter ' || n)::uuid, 'sign_in:' || n, 'sign_in', 0, md5('person ' || n)::uuid, now(), \
             '2020-01-01' FROM generate_series(1, {letters}) AS n"
    );
    conn.batch_execute(&statement).await.expect("people and letters");
}

/// What the kills left behind.
#[derive(Debug, Default)]
struct Toll {
    kills: usize,
    /// Letters that a killed worker held the lease of.
    orphans: usize,
    /// Of those, the ones that the relay had taken.
    in_flight: usize,
    /// Copies beyond the first.
    repeated: usize,
    took: Duration,
}

/// Kills the program `kills` times, each a few letters after its start, and lets the last one drain.
async fn kill_and_drain(letters: usize, kills: usize) -> Toll {
    let begun = Instant::now();
    let url = database().await;
    let mut conn = pool::connect(&url).await.expect("a connection");
    owe(&mut conn, letters).await;
    let relay = TestRelay::slow(Duration::from_millis(10));
    let mut dice = Dice(20_301_104);
    let mut toll = Toll::default();
    // Enough that the last kill still meets letters on their way.
    let most = u64::try_from(letters * 9 / 10 / kills - CONNECTIONS).expect("letters for every kill");
    for _ in 0..kills {
        let mut serving = Serving::start(&url, &relay);
        let moment = relay.count() + 1 + usize::try_from(dice.below(most)).expect("a count");
        until("some letters to arrive", Duration::from_secs(30), async || {
            serving.assert_alive();
            relay.count() >= moment
        })
        .await;
        actix_web::rt::time::sleep(Duration::from_millis(dice.below(12))).await;
        serving.kill();
        toll.kills += 1;
        let (orphans, in_flight) = bury(&mut conn, &relay).await;
        toll.orphans += orphans;
        toll.in_flight += in_flight;
    }
    let mut serving = Serving::start(&url, &relay);
    until("every letter to be settled", Duration::from_secs(60), async || {
        serving.assert_alive();
        number(&mut conn, "SELECT count(*) FROM outbox WHERE state = 'owed'").await == 0
    })
    .await;
    serving.kill();
    toll.repeated = assert_each_arrived(&mut conn, &relay, letters).await;
    toll.took = begun.elapsed();
    toll
}

/// Waits until the dead worker's connections are gone, then ends its leases at once: how long a lease
/// is (two minutes) is not what is tested here, but that it is a lease's end that frees a letter.
///
/// How many letters it held, and how many of them had arrived: these come twice.
async fn bury(conn: &mut AsyncPgConnection, relay: &TestRelay) -> (usize, usize) {
    until("the dead worker's connections to close", Duration::from_secs(30), async || {
        let others =
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()";
        number(conn, others).await == 0
    })
    .await;
    // Those that the one before it held, and nobody took since, have no lease any more.
    let held = lines(conn, "SELECT dedup_key AS line FROM outbox WHERE lease_until > now()").await;
    let held: BTreeSet<String> = held.iter().map(|key| message_id_of(key, "company.example")).collect();
    // Counted by whose answer is out, not by copies: one may have come twice already.
    let arrived: BTreeSet<String> = relay.received().iter().map(|letter| letter.message_id()).collect();
    let in_flight = held.intersection(&arrived).count();
    assert!(held.len() <= CONNECTIONS + AHEAD, "a worker held {} letters", held.len());
    conn.batch_execute("UPDATE outbox SET lease_until = now() - interval '1 second' WHERE lease_owner IS NOT NULL")
        .await
        .expect("the leases end");
    (held.len(), in_flight)
}

/// None lost, each under its one Message-ID and to its one person; how many copies were too many.
async fn assert_each_arrived(conn: &mut AsyncPgConnection, relay: &TestRelay, letters: usize) -> usize {
    let others = "SELECT concat_ws(' ', state, attempts, why, last_error) AS line FROM outbox \
        WHERE state <> 'sent' OR lease_owner IS NOT NULL";
    assert_eq!(lines(conn, others).await, [""; 0], "every letter is sent");
    let received = relay.received();
    let mut copies: BTreeMap<(String, Vec<String>), usize> = BTreeMap::new();
    for letter in &received {
        *copies.entry((letter.message_id(), letter.to.clone())).or_default() += 1;
    }
    let promised: BTreeMap<(String, Vec<String>), usize> = (1..=letters)
        .map(|n| {
            (message_id_of(&format!("sign_in:{n}"), "company.example"), vec![format!("person{n}@company.example")])
        })
        .map(|letter| (letter, 0))
        .collect();
    assert!(copies.keys().eq(promised.keys()), "{} of {letters} letters arrived", copies.len());
    received.len() - letters
}

fn assert_repeats_only_what_was_in_flight(toll: &Toll) {
    assert!(toll.in_flight > 0, "no kill met a letter in flight, so nothing was shown");
    assert!(toll.repeated <= toll.kills * CONNECTIONS, "{toll:?}: one letter a connection and kill may come twice");
}

#[actix_web::test]
async fn a_worker_that_is_killed_twenty_times_over_500_letters_loses_none_and_repeats_only_what_was_in_flight() {
    let toll = kill_and_drain(500, 20).await;

    println!("{toll:?}");
    assert_eq!(toll.kills, 20);
    assert_repeats_only_what_was_in_flight(&toll);
}

#[actix_web::test]
#[ignore = "heavy: two hundred kills over 2,000 letters, run by .ci/run --full"]
async fn heavy_two_hundred_kills_over_2000_letters_lose_none_and_repeat_only_what_was_in_flight() {
    let toll = kill_and_drain(2000, 200).await;

    println!("{toll:?}");
    assert_eq!(toll.kills, 200);
    assert_repeats_only_what_was_in_flight(&toll);
}

#[actix_web::test]
async fn a_worker_that_is_not_killed_repeats_nothing() {
    let url = database().await;
    let mut conn = pool::connect(&url).await.expect("a connection");
    owe(&mut conn, 50).await;
    let relay = TestRelay::start();

    let _serving = Serving::start(&url, &relay);
    until("every letter to be settled", Duration::from_secs(30), async || {
        number(&mut conn, "SELECT count(*) FROM outbox WHERE state = 'owed'").await == 0
    })
    .await;

    assert_eq!(assert_each_arrived(&mut conn, &relay, 50).await, 0);
}

#[actix_web::test]
async fn a_letter_whose_lease_still_holds_is_left_to_the_worker_that_has_it() {
    let url = database().await;
    let mut conn = pool::connect(&url).await.expect("a connection");
    owe(&mut conn, 5).await;
    let held = "UPDATE outbox SET lease_owner = md5('another worker')::uuid, lease_until = now() + interval '1 minute' \
                WHERE dedup_key = 'sign_in:3'";
    conn.batch_execute(held).await.expect("a lease");
    let relay = TestRelay::start();

    let _serving = Serving::start(&url, &relay);
    until("the others to leave", Duration::from_secs(30), async || {
        number(&mut conn, "SELECT count(*) FROM outbox WHERE state = 'sent'").await == 4
    })
    .await;

    assert_eq!(relay.count(), 4);
    assert_eq!(number(&mut conn, "SELECT count(*) FROM outbox WHERE attempts = 0 AND state = 'owed'").await, 1);
}

#[actix_web::test]
async fn a_worker_that_slept_past_its_lease_settles_nothing_when_it_wakes() {
    let url = database().await;
    let mut conn = pool::connect(&url).await.expect("a connection");
    owe(&mut conn, 12).await;
    let relay = TestRelay::slow(Duration::from_millis(400));
    let first = Serving::start(&url, &relay);
    until("letters in flight", Duration::from_secs(30), async || relay.count() >= CONNECTIONS).await;
    // Not in the middle of a transaction, whose locks would hold the other one up.
    let open = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() \
                AND state <> 'idle'";
    until("it to sleep between transactions", Duration::from_secs(30), async || {
        first.sleep();
        actix_web::rt::time::sleep(Duration::from_millis(50)).await;
        let is_between = number(&mut conn, open).await == 0;
        if !is_between {
            first.wake();
        }
        is_between
    })
    .await;
    let held = number(&mut conn, "SELECT count(*) FROM outbox WHERE lease_owner IS NOT NULL").await;
    let in_flight = relay.count();

    conn.batch_execute("UPDATE outbox SET lease_until = now() - interval '1 second' WHERE lease_owner IS NOT NULL")
        .await
        .expect("the leases end");
    let _second = Serving::start(&url, &relay);
    until("another worker to settle all", Duration::from_secs(30), async || {
        number(&mut conn, "SELECT count(*) FROM outbox WHERE state = 'owed'").await == 0
    })
    .await;
    let rows = "SELECT row(o)::text AS line FROM outbox AS o ORDER BY id";
    let before = lines(&mut conn, rows).await;
    first.wake();
    let refused = || first.log().iter().filter(|line| line.contains("the lease had passed")).count();
    until("it to try to settle", Duration::from_secs(30), async || refused() as i64 == held).await;

    assert_eq!(lines(&mut conn, rows).await, before);
    assert!(held > 0 && in_flight >= CONNECTIONS, "{held} letters were held, {in_flight} had arrived");
}
