//! How long a thousand plans take to move over to another release.

use std::time::Instant;

use diesel_async::RunQueryDsl;
use pilothouse::app::plans::{self, NewPlan};
use pilothouse::app::{doctor, rollouts};
use pilothouse::config;
use pilothouse::engine::access::Actor;
use pilothouse::engine::release::{Day, Release, StepDef, Window};
use pilothouse::engine::upgrade::Policy;
use pilothouse::engine::vocabulary::{Lang, PersonId, StepId};
use pilothouse::store::releases;
use reqwest::StatusCode;

use crate::access::world;
use crate::harness::{TestApp, date};
use crate::relay::number;

#[derive(diesel::QueryableByName)]
struct Id {
    #[diesel(sql_type = diesel::sql_types::Uuid)]
    id: uuid::Uuid,
}

/// The shipped program with a third of its days moved, some steps renamed, some gone, some new.
fn changed(release: &Release) -> Release {
    let mut changed = release.clone();
    changed.hash = "c".repeat(64);
    let mut n = 0;
    for step in changed.curricula.iter_mut().filter(|one| one.launch.is_none()).flat_map(|one| &mut one.steps) {
        n += 1;
        for window in step.windows.iter_mut().filter(|_| n % 3 == 0) {
            if let Window { due: Day::Plan(day), .. } = window {
                *day += 2;
            }
        }
        if n % 5 == 0 {
            step.title.en += " (new)";
        }
    }
    if let Some(first) = changed.curricula.first_mut() {
        let one = first.steps[0].clone();
        for n in 0..8 {
            let id = StepId(format!("new_step_{n}"));
            let windows = vec![Window::plan(20 + n, 30 + n)];
            first.steps.push(StepDef {
                id,
                windows,
                after: Vec::new(),
                joins: Vec::new(),
                pending: Vec::new(),
                ..one.clone()
            });
        }
    }
    changed
}

/// 1,000 running plans of the shipped program take a changed release; prints how long it took.
#[actix_web::test]
#[ignore = "heavy: a thousand plans; cargo test --release --test stories upgrade_of_a_thousand -- --ignored --nocapture"]
async fn upgrade_of_a_thousand() {
    let count: usize = config::variable("PLANS").and_then(|n| n.into_string().ok()?.parse().ok()).unwrap_or(1000);
    let app = TestApp::at("2026-03-02T02:00:00Z").await;
    let hr = app.person("Yvonne Wu", "hr@company.example", Lang::En, true).await;
    let superior = app.person("Diane Wu", "diane@company.example", Lang::En, false).await;
    app.sql(&format!(
        "INSERT INTO people (id, name, email, lang, zone, calendar, brief_hour, next_brief_at, created_at) \
           SELECT md5('manager ' || n)::uuid, 'Manager ' || n, 'manager' || n || '@company.example', 'zh-TW', \
             'Asia/Taipei', 'taiwan', 9, '2100-01-01', now() FROM generate_series(1, {count}) AS n; \
         INSERT INTO members (id, manager_id, name, position, joined_on) \
           SELECT md5('member ' || n || ' ' || m)::uuid, md5('manager ' || n)::uuid, 'Member ' || m, 'Sales', \
             '2026-01-05' FROM generate_series(1, {count}) AS n, generate_series(1, 6) AS m"
    ))
    .await;
    let begun = Instant::now();
    let mut started_plans = Vec::new();
    let mut conn = app.pool.get().await.expect("a connection");
    let ids: Vec<Id> =
        diesel::sql_query("SELECT id FROM people WHERE name LIKE 'Manager %'").load(&mut *conn).await.expect("people");
    drop(conn);
    for (n, manager) in ids.into_iter().map(|one| PersonId(one.id)).enumerate() {
        let new = NewPlan {
            program: "sales_manager".to_owned(),
            manager,
            superior: superior.id,
            hr: hr.id,
            mentor: None,
            then: Vec::new(),
            effective: date("2026-03-02") - chrono::TimeDelta::days(i64::try_from(n % 60).expect("days")),
            calendar: None,
        };
        let (who, moment) = (Actor::Person(hr.viewer()), app.moment());
        let started = app.pool.in_transaction(async |tx| plans::start(tx, who, &new, &moment).await).await;
        started_plans.push(started.expect("a plan"));
    }
    let (started, moment) = (begun.elapsed(), app.moment());
    let standing = app.pool.in_transaction(async |tx| releases::current(tx, "sales_manager").await).await;
    let to = changed(&standing.expect("a release").expect("it is published"));
    app.pool.in_transaction(async |tx| releases::publish(tx, &to, &[], moment.now).await).await.expect("published");

    let mut browser = app.signed_in(&hr).await;
    let begun = Instant::now();
    browser.get(&format!("/curricula/{}/rollout", to.hash)).await;
    assert_eq!(browser.status, StatusCode::OK);
    let look = begun.elapsed();
    let who = hr.viewer();
    let start = async |tx: &mut _| rollouts::start(tx, who, &to.hash, Policy::default(), &started_plans, &moment).await;
    let rollout = app.pool.in_transaction(start).await.expect("it begins");
    let begun = Instant::now();
    while rollouts::step(&app.pool, &moment).await.expect("a step") > 0 {}
    let upgraded = begun.elapsed();
    let mut conn = app.pool.get().await.expect("a connection");
    let done = number(&mut conn, "SELECT count(*) FROM rollout_plans WHERE state = 'done'").await;
    assert_eq!(done, i64::try_from(count).expect("a count"));
    drop(conn);
    let undo = async |tx: &mut _| rollouts::undo(tx, who, rollout, &moment).await;
    app.pool.in_transaction(undo).await.expect("it is undone");
    let begun = Instant::now();
    while rollouts::step(&app.pool, &moment).await.expect("a step") > 0 {}
    let steps = world(&app, started_plans[0]).await.plan.steps.len();
    println!(
        "{count} plans of {steps} steps: started in {started:.1?}, looked at in {look:.1?}, upgraded in {upgraded:.1?}, \
         undone in {:.1?}",
        begun.elapsed()
    );
    for plan in started_plans.iter().step_by(100) {
        let mut conn = app.pool.get().await.expect("a connection");
        assert_eq!(doctor::examine(&mut conn, *plan).await.expect("a finding").drift, []);
    }
}
