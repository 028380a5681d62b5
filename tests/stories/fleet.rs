//! Three instances of the real program on one database: who is due is written to once.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use chrono::{DateTime, NaiveDate, TimeDelta, Timelike, Utc};
use diesel_async::{AsyncPgConnection, SimpleAsyncConnection};
use pilothouse::app::people::{self, NewPerson};
use pilothouse::app::plans::{self, NewPlan};
use pilothouse::app::{Moment, publish};
use pilothouse::clock::Clock;
use pilothouse::curriculum::SourceFile;
use pilothouse::engine::access::{Actor, Viewer};
use pilothouse::engine::vocabulary::{Lang, PersonId, PlanId};
use pilothouse::store::pool::{self, Pool};

use crate::harness::{chance, database};
use crate::relay::{TestRelay, number, until};
use crate::serving::Serving;

/// A step that is due on the first day, and a calendar on which each day counts: the instances have the
/// machine's clock, and this story has to hold on Sundays too.
const FILES: [(&str, &str); 3] = [
    (
        "calendars/always.yaml",
        "calendar: always\ntitle: {en: Always, zh-TW: 天天}\nsource: this story\nweekend: []\n\
         known: {from: 2020-01-01, until: 2099-12-31}\n",
    ),
    (
        "one.yaml",
        "curriculum: one\ntitle: {en: One, zh-TW: 一}\nsummary: {en: One step., zh-TW: 一步。}\nsteps:\n\
         \x20 - {id: listen, title: {en: Listen first, zh-TW: 先聽}, body: {en: Listen., zh-TW: 聽。}, due: B1, effort: 10}\n",
    ),
    (
        "fleet.yaml",
        "program: fleet\ntitle: {en: Fleet, zh-TW: 船隊}\nsummary: {en: A fleet., zh-TW: 船隊。}\ncurricula: [one]\n\
         cast: [superior, hr]\n",
    ),
];

/// What three instances made of it.
#[derive(Debug)]
struct Tally {
    briefs: i64,
    /// Briefs that arrived, and copies beyond the first.
    arrived: usize,
    repeated: usize,
    others: i64,
}

/// A zone in which it is some time in the middle of the morning.
fn morning(now: DateTime<Utc>) -> (String, TimeDelta) {
    let hours = 10 - i64::from(now.hour());
    let hours = if hours < -11 { hours + 24 } else { hours };
    // POSIX has the sign the other way round.
    (format!("Etc/GMT{:+}", -hours), TimeDelta::hours(hours))
}

async fn someone(pool: &Pool, name: &str, zone: &str, is_hr: bool, moment: &Moment) -> PersonId {
    let new = NewPerson {
        name: name.to_owned(),
        email: format!("{name}@company.example"),
        lang: Lang::En,
        zone: zone.to_owned(),
        calendar: "always".to_owned(),
        brief_hour: 9,
        is_hr,
    };
    pool.in_transaction(async |tx| people::add(tx, Actor::Program, &new, moment).await).await.expect("a person")
}

/// One plan through the front door, and as many like it as there are managers, `person1` and so on, whose
/// brief is due; the local day.
pub async fn fleet(url: &str, managers: usize) -> NaiveDate {
    let pool = Pool::new(url).expect("a pool");
    let moment = Moment { now: Clock::system().now(), chance: chance() };
    let (zone, ahead) = morning(moment.now);
    let files = FILES.map(|(path, text)| SourceFile { path: path.to_owned(), bytes: text.as_bytes().to_vec() });
    pool.in_transaction(async |tx| publish::publish(tx, &files, &moment).await).await.expect("it publishes");
    let manager = someone(&pool, "first", &zone, false, &moment).await;
    let superior = someone(&pool, "superior", &zone, false, &moment).await;
    let hr = someone(&pool, "hr", &zone, true, &moment).await;
    let new = NewPlan {
        program: "fleet".to_owned(),
        manager,
        superior,
        hr,
        mentor: None,
        then: Vec::new(),
        effective: (moment.now + ahead).date_naive(),
        calendar: None,
    };
    let by = Actor::Person(Viewer { id: hr, is_hr: true });
    let plan = pool.in_transaction(async |tx| plans::start(tx, by, &new, &moment).await).await.expect("a plan");
    let mut conn = pool.get().await.expect("a connection");
    conn.batch_execute(&like_it(plan, managers)).await.expect("as many like it");
    (moment.now + ahead).date_naive()
}

fn like_it(plan: PlanId, managers: usize) -> String {
    format!(
        "UPDATE people SET next_brief_at = '2100-01-01', next_digest_at = NULL; \
         DELETE FROM outbox; \
         DO $$ DECLARE plan_columns text; person_columns text; step_columns text; BEGIN \
           SELECT string_agg(quote_ident(column_name), ', ') INTO plan_columns FROM information_schema.columns \
             WHERE table_name = 'plans' AND is_generated = 'NEVER' AND column_name NOT IN ('id', 'manager_id', 'next_wake_at'); \
           SELECT string_agg(quote_ident(column_name), ', ') INTO person_columns FROM information_schema.columns \
             WHERE table_name = 'people' AND column_name NOT IN ('id', 'name', 'email', 'next_brief_at'); \
           SELECT string_agg(quote_ident(column_name), ', ') INTO step_columns FROM information_schema.columns \
             WHERE table_name = 'steps' AND is_generated = 'NEVER' AND column_name <> 'plan_id'; \
           EXECUTE format('INSERT INTO people (id, name, email, next_brief_at, %1$s) \
             SELECT md5(''person '' || n)::uuid, ''Manager '' || n, ''person'' || n || ''@company.example'', now(), %1$s \
             FROM people, generate_series(1, {managers}) AS n WHERE email = ''first@company.example''', person_columns); \
           EXECUTE format('INSERT INTO plans (id, manager_id, %1$s) \
             SELECT md5(''plan '' || n)::uuid, md5(''person '' || n)::uuid, %1$s \
             FROM plans, generate_series(1, {managers}) AS n WHERE id = ''{plan}''', plan_columns); \
           EXECUTE format('INSERT INTO steps (plan_id, %1$s) SELECT md5(''plan '' || n)::uuid, %1$s \
             FROM steps, generate_series(1, {managers}) AS n WHERE plan_id = ''{plan}''', step_columns); \
         END $$; ANALYZE"
    )
}

async fn settled(conn: &mut AsyncPgConnection) -> i64 {
    number(conn, "SELECT count(*) FROM outbox WHERE kind = 'brief' AND state <> 'owed'").await
}

/// Lets three instances write to everybody, and kills one of them on the way or none.
async fn three_instances(managers: usize, kills_one: bool, limit: Duration) -> Tally {
    let url = database().await;
    fleet(&url, managers).await;
    let mut conn = pool::connect(&url).await.expect("a connection");
    let relay = TestRelay::start();
    let mut instances = [0; 3].map(|_| Serving::start(&url, &relay));
    let all = i64::try_from(managers).expect("a count");
    if kills_one {
        until("a third to be on its way", limit, async || settled(&mut conn).await > all / 3).await;
        instances[0].kill();
        // The other two do all but what the dead one holds; its lease would end by itself later.
        until("only the orphans to be left", limit, async || {
            number(&mut conn, "SELECT count(*) FROM outbox WHERE state = 'owed' AND lease_owner IS NULL").await == 0
                && number(&mut conn, "SELECT count(DISTINCT lease_owner) FROM outbox WHERE state = 'owed'").await <= 1
        })
        .await;
        conn.batch_execute("UPDATE outbox SET lease_until = now() - interval '1 second' WHERE state = 'owed'")
            .await
            .expect("its leases end");
    }
    until("everybody's letter", limit, async || settled(&mut conn).await == all).await;
    instances[1].assert_alive();
    instances[2].assert_alive();
    let mut copies: BTreeMap<String, usize> = BTreeMap::new();
    for letter in relay.received() {
        *copies.entry(format!("{:?} {}", letter.to, letter.message_id())).or_default() += 1;
    }
    let people: BTreeSet<&str> = copies.keys().filter_map(|key| key.split(' ').next()).collect();
    assert_eq!(people.len(), copies.len(), "each gets one letter");
    Tally {
        briefs: number(&mut conn, "SELECT count(*) FROM outbox WHERE kind = 'brief' AND state = 'sent'").await,
        arrived: copies.len(),
        repeated: copies.values().map(|copies| copies - 1).sum(),
        others: number(&mut conn, "SELECT count(*) FROM outbox WHERE kind <> 'brief'").await,
    }
}

async fn without_a_kill(managers: usize) {
    let tally = three_instances(managers, false, Duration::from_secs(300)).await;
    println!("{managers} due: {tally:?}");
    assert_eq!((tally.briefs, tally.arrived, tally.repeated), (managers as i64, managers, 0));
    assert_eq!(tally.others, 0, "nobody gets anything else");
}

async fn with_a_kill(managers: usize) {
    let tally = three_instances(managers, true, Duration::from_secs(300)).await;
    println!("{managers} due: {tally:?}");
    assert_eq!((tally.briefs, tally.arrived), (managers as i64, managers));
    assert!(tally.repeated <= 4, "one letter a connection: {tally:?}");
}

#[actix_web::test]
async fn three_instances_write_once_to_each_of_200_managers_whose_step_is_due() {
    without_a_kill(200).await;
}

#[actix_web::test]
async fn three_instances_of_which_one_is_killed_write_to_each_of_200_managers() {
    with_a_kill(200).await;
}

#[actix_web::test]
#[ignore = "heavy: 10,000 due steps, run by .ci/run --full"]
async fn heavy_three_instances_write_once_to_each_of_10_000_managers_whose_step_is_due() {
    without_a_kill(10_000).await;
}

#[actix_web::test]
#[ignore = "heavy: 10,000 due steps, run by .ci/run --full"]
async fn heavy_three_instances_of_which_one_is_killed_write_to_each_of_10_000_managers() {
    with_a_kill(10_000).await;
}
