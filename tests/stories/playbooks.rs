//! A playbook is launched from the plan's page by whoever may, once.

use pilothouse::engine::plan::StepState;
use pilothouse::engine::vocabulary::Role;
use reqwest::StatusCode;

use crate::access::{company, world};

#[actix_web::test]
async fn a_manager_launches_a_playbook_once_and_its_steps_stand_in_the_plan() {
    let company = company().await;
    let (plan, app) = (format!("/plans/{}", company.plan), &company.app);
    let launch = format!("{plan}/playbooks/underperformance");
    let mut manager = app.signed_in(&company.manager).await;

    manager.get(&plan).await;
    assert!(manager.shows("When the team falls short") && manager.has_form(&launch), "{}", manager.text());
    manager.submit(&launch, &[]).await;
    assert_eq!(manager.status, StatusCode::OK);
    assert!(manager.shows("Launched on") && !manager.has_form(&launch), "{}", manager.text());
    let world = world(app, company.plan).await;
    let begin = &world.plan.steps[&"begin_calmly".parse().expect("a step")];
    assert_eq!(begin.due.date, world.today(app.clock.now()));
    assert!(matches!(begin.state, StepState::Todo { .. }));
    manager.get("/today").await;
    assert!(manager.shows("Begin calmly, and tell your superior"), "{}", manager.text());
    app.assert_no_drift().await;
}

#[actix_web::test]
async fn who_comes_second_is_told_and_who_may_not_launch_finds_no_button() {
    let company = company().await;
    let (plan, app) = (format!("/plans/{}", company.plan), &company.app);
    let launch = format!("{plan}/playbooks/underperformance");
    let (mut manager, mut superior) = (app.signed_in(&company.manager).await, app.signed_in(&company.superior).await);
    let mut mentor = app.signed_in(&company.mentor).await;
    let may = &world(app, company.plan).await.release.clone();
    let launched_by = may.curricula.iter().find_map(|one| one.launch.clone()).expect("a playbook").who;
    assert_eq!(launched_by, [Role::Manager, Role::Superior]);

    manager.get(&plan).await;
    superior.get(&plan).await;
    mentor.get(&plan).await;
    assert!(!mentor.has_form(&launch), "{}", mentor.text());
    superior.submit(&launch, &[]).await;
    assert_eq!(superior.status, StatusCode::OK);
    manager.submit(&launch, &[]).await;
    assert_eq!(manager.status, StatusCode::CONFLICT);
    assert!(manager.shows("The playbook was launched before"), "{}", manager.text());
}
