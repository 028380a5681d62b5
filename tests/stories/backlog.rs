//! A backlog of briefs over two instances of the real program: it drains fast, pages stay quick, memory
//! stays small, and whoever wants to sign in meanwhile gets their link at once.

use std::time::{Duration, Instant};

use diesel_async::SimpleAsyncConnection;
use pilothouse::app::{Moment, sign_in};
use pilothouse::clock::Clock;
use pilothouse::engine::vocabulary::PersonId;
use pilothouse::store::pool::{self, Pool};

use crate::fleet::fleet;
use crate::harness::{chance, database};
use crate::migrations::lines;
use crate::relay::{TestRelay, number, until};
use crate::serving::Serving;

/// What was seen while the backlog drained.
#[derive(Debug)]
struct Seen {
    letters: usize,
    took: Duration,
    per_second: f64,
    sign_ins: Vec<Duration>,
    pages: Vec<Duration>,
    /// The most memory of an instance, in MB.
    memory: u64,
}

/// The slowest but one in a hundred.
fn p99(times: &[Duration]) -> Duration {
    let mut sorted = times.to_vec();
    sorted.sort();
    sorted[(sorted.len() * 99 / 100).min(sorted.len() - 1)]
}

async fn drain(letters: usize, limit: Duration) -> Seen {
    let url = database().await;
    let day = fleet(&url, letters).await;
    let pool = Pool::new(&url).expect("a pool");
    let mut conn = pool::connect(&url).await.expect("a connection");
    let owed = format!(
        "UPDATE people SET next_brief_at = '2100-01-01'; \
         INSERT INTO outbox (id, dedup_key, kind, lane, person_id, for_day, owed_at, due_at) \
           SELECT md5('letter ' || n)::uuid, 'brief:' || n, 'brief', 2, md5('person ' || n)::uuid, '{day}', now(), \
             date_trunc('hour', now()) FROM generate_series(1, {letters}) AS n; \
         ANALYZE"
    );
    conn.batch_execute(&owed).await.expect("a backlog");
    let moment = Moment { now: Clock::system().now(), chance: chance() };
    let someone = lines(&mut conn, "SELECT id::text AS line FROM people WHERE email = 'person1@company.example'").await;
    let someone = PersonId(someone[0].parse().expect("an id"));
    let session = pool.in_transaction(async |tx| sign_in::begin_session(tx, someone, &moment).await).await;
    let cookie = format!("session={}", session.expect("a session"));
    let relay = TestRelay::forgetful();
    let instances = [0; 2].map(|_| Serving::start(&url, &relay));
    until("an address", Duration::from_secs(30), async || instances[0].address().is_some()).await;
    let page = format!("http://{}/today", instances[0].address().expect("an address"));
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().expect("a client");
    until("the backlog to move", Duration::from_secs(30), async || relay.count() > 0).await;

    let begun = Instant::now();
    let (mut pages, mut sign_ins) = (Vec::new(), Vec::new());
    let mut waiting: Option<(String, Instant)> = None;
    let left = "SELECT count(*) FROM outbox WHERE kind = 'brief' AND state = 'owed'";
    while number(&mut conn, left).await > 0 {
        assert!(begun.elapsed() < limit, "{} left after {limit:?}", number(&mut conn, left).await);
        if let Some((to, asked)) = &waiting {
            if let Some(came) = relay.came(to) {
                sign_ins.push(came - *asked);
                waiting = None;
            }
        } else {
            // Nobody of those to whom a brief is owed: their letter could not be told from it.
            let to = format!("guest{}@company.example", sign_ins.len());
            let guest = format!(
                "INSERT INTO people (id, name, email, lang, zone, calendar, brief_hour, next_brief_at, created_at) \
                 VALUES (gen_random_uuid(), 'Guest', '{to}', 'en', 'Asia/Taipei', 'always', 9, '2100-01-01', now())"
            );
            conn.batch_execute(&guest).await.expect("a guest");
            let moment = Moment { now: Clock::system().now(), chance: chance() };
            waiting = Some((to.clone(), Instant::now()));
            pool.in_transaction(async |tx| sign_in::request(tx, &to, &moment).await).await.expect("a link is owed");
        }
        let asked = Instant::now();
        let answer = client.get(&page).header("cookie", cookie.as_str()).send().await.expect("an answer");
        assert_eq!(answer.status(), 200);
        answer.bytes().await.expect("a page");
        pages.push(asked.elapsed());
        actix_web::rt::time::sleep(Duration::from_millis(20)).await;
    }
    let took = begun.elapsed();
    let sent = number(&mut conn, "SELECT count(*) FROM outbox WHERE kind = 'brief' AND state = 'sent'").await;
    assert_eq!(sent, i64::try_from(letters).expect("a count"));
    let memory = instances.iter().map(Serving::largest).max().expect("two");
    Seen { letters, took, per_second: letters as f64 / took.as_secs_f64(), sign_ins, pages, memory }
}

#[actix_web::test]
async fn a_sign_in_link_leaves_within_seconds_while_two_instances_drain_a_backlog() {
    let seen = drain(300, Duration::from_secs(60)).await;

    assert!(!seen.sign_ins.is_empty(), "{seen:?}");
    assert!(p99(&seen.sign_ins) < Duration::from_secs(10), "{seen:?}");
}

#[actix_web::test]
#[ignore = "heavy: a backlog of 100,000, run by .ci/run --full"]
async fn heavy_two_instances_drain_100_000_briefs_while_pages_and_sign_in_links_stay_quick() {
    let seen = drain(100_000, Duration::from_secs(600)).await;

    let (page, sign_in) = (p99(&seen.pages), p99(&seen.sign_ins));
    println!(
        "{} letters in {:?}, {:.0}/s; {} pages, p99 {page:?}; {} sign-in links, p99 {sign_in:?}; {} MB",
        seen.letters,
        seen.took,
        seen.per_second,
        seen.pages.len(),
        seen.sign_ins.len(),
        seen.memory
    );
    assert!(seen.per_second >= 200.0);
    assert!(page < Duration::from_millis(300));
    assert!(sign_in < Duration::from_secs(10));
    assert!(seen.memory < 300);
}
