//! A stored plan replays to the same projection, whatever happened around it since.

use pilothouse::app::steps::{self, At};
use pilothouse::engine::form::{Answer, Answers};
use pilothouse::engine::vocabulary::{PlanId, StepKey};
use pilothouse::store;

use crate::harness::{Cast, TestApp};

async fn hand_in(app: &TestApp, cast: &Cast, step: &str, answers: &[(&str, &str)]) {
    let given = Answers(answers.iter().map(|(f, v)| ((*f).to_owned(), Answer::One((*v).to_owned()))).collect());
    let at = At { plan: cast.plan, step: step.parse().expect("a step"), seen: None };
    let (who, moment) = (cast.manager.viewer(), app.moment());
    app.pool
        .in_transaction(async |tx| steps::hand_in(tx, who, &at, given, &moment).await)
        .await
        .expect("it is handed in");
}

async fn projection(app: &TestApp, plan: PlanId) -> pilothouse::engine::Plan {
    let scope = pilothouse::engine::access::Actor::Program.scope();
    let mut conn = app.pool.get().await.expect("a connection");
    store::plans::find(&mut conn, scope, plan).await.expect("a read").expect("the plan")
}

#[actix_web::test]
async fn a_plan_replays_the_same_after_its_calendar_was_edited_and_its_writings_were_erased() {
    let app = TestApp::at("2026-03-02T02:00:00Z").await;
    let cast = app.cast("2026-03-02", 3).await;
    hand_in(&app, &cast, "name_the_unease", &[("unease", "Whom do I tell first?")]).await;
    hand_in(&app, &cast, "read_the_guide", &[("surprises", "That I should listen first.")]).await;
    let before = projection(&app, cast.plan).await;
    app.assert_no_drift().await;

    app.sql("UPDATE calendars SET compiled = replace(compiled, '\"2026-03-', '\"2026-04-')").await;
    app.sql("UPDATE writings SET body = NULL, salt = NULL").await;

    app.assert_no_drift().await;
    let after = projection(&app, cast.plan).await;
    assert_eq!(after, before);
    let key: StepKey = "name_the_unease".parse().expect("a step");
    assert!(after.steps[&key].state.is_done());
}

#[actix_web::test]
async fn doctor_finds_a_fact_that_was_changed_after_it_was_written() {
    let app = TestApp::at("2026-03-02T02:00:00Z").await;
    let cast = app.cast("2026-03-02", 1).await;
    app.sql("UPDATE facts SET payload = replace(payload, '2026-03-02', '2026-03-03') WHERE seq = 1").await;
    let mut conn = app.pool.get().await.expect("a connection");
    let finding = pilothouse::app::doctor::examine(&mut conn, cast.plan).await.expect("a finding");
    assert!(finding.drift.contains(&pilothouse::app::doctor::Drift::BrokenLink { seq: 1 }), "{:?}", finding.drift);
}

#[actix_web::test]
async fn doctor_finds_a_projection_that_no_fact_explains() {
    let app = TestApp::at("2026-03-02T02:00:00Z").await;
    let cast = app.cast("2026-03-02", 1).await;
    app.sql("UPDATE steps SET due_on = due_on + 1 WHERE key = 'rate_myself'").await;
    let mut conn = app.pool.get().await.expect("a connection");
    let finding = pilothouse::app::doctor::examine(&mut conn, cast.plan).await.expect("a finding");
    assert_eq!(finding.drift.len(), 1, "{:?}", finding.drift);
}
