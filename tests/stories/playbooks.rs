//! A playbook is launched from the plan's page by whoever may, offered by its rule, played through its
//! branches to its close, and launched again.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use pilothouse::engine::Release;
use pilothouse::engine::plan::{CloseReason, StepState};
use pilothouse::engine::vocabulary::{Role, StepId, StepKey};
use pilothouse::engine::zone::at_hour;
use reqwest::StatusCode;

use crate::access::{Company, company, world};
use crate::browser::Browser;
use crate::harness::date;

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
    let (mut mentor, mut hr) = (app.signed_in(&company.mentor).await, app.signed_in(&company.hr).await);
    let may = &world(app, company.plan).await.release.clone();
    let launched_by = may.curricula.iter().find_map(|one| one.launch.clone()).expect("a playbook").who;
    assert_eq!(launched_by, [Role::Manager, Role::Mentor, Role::Superior]);

    manager.get(&plan).await;
    superior.get(&plan).await;
    mentor.get(&plan).await;
    hr.get(&plan).await;
    assert!(mentor.has_form(&launch), "{}", mentor.text());
    assert!(hr.shows("When the team falls short") && !hr.has_form(&launch), "{}", hr.text());
    superior.submit(&launch, &[]).await;
    assert_eq!(superior.status, StatusCode::OK);
    manager.submit(&launch, &[]).await;
    assert_eq!(manager.status, StatusCode::CONFLICT);
    assert!(manager.shows("This playbook is under way"), "{}", manager.text());
}

fn noon(company: &Company, day: NaiveDate) {
    company.app.clock.travel_to(at_hour(day, 12, chrono_tz::Asia::Taipei));
}

/// The steps of the newest run that somebody can act on.
async fn open_steps(company: &Company, who: Role) -> Vec<StepKey> {
    let world = world(&company.app, company.plan).await;
    let today = world.today(company.app.clock.now());
    let is_open = |key: &StepKey| {
        let found = world.plan.steps.get(key).zip(world.release.step(&key.id));
        found.is_some_and(|(step, def)| {
            let reviews = def.review == Some(who) && matches!(step.state, StepState::HandedIn { .. });
            let does = def.who == who && world.plan.standing(step, def, today).is_actionable();
            def.playbook.is_some() && (does || reviews)
        })
    };
    world.plan.steps.keys().filter(|key| is_open(key)).cloned().collect()
}

/// What a day asks of the manager and the superior.
async fn work(company: &Company, manager: &mut Browser, superior: &mut Browser, day: NaiveDate) {
    for key in open_steps(company, Role::Manager).await {
        let path = format!("/plans/{}/steps/{key}", company.plan);
        manager.get(&path).await;
        if !manager.has_form(&format!("{path}/hand-in")) {
            continue; // the closing of another step ended it just now
        }
        // A choice that asks for a figure only on another answer is answered from the top down.
        let outcome: &[(&str, &str)] =
            if key.id.as_str().starts_with("close_case") { &[("outcome", "not_yet")] } else { &[] };
        manager.fill_with(&format!("{path}/hand-in"), &day.to_string(), outcome).await;
        assert_eq!(manager.status, StatusCode::OK, "{path}: {}", manager.text());
    }
    for key in open_steps(company, Role::Superior).await {
        let path = format!("/plans/{}/steps/{key}", company.plan);
        superior.get(&path).await;
        superior.submit(&format!("{path}/accept"), &[("line", "Agreed.")]).await;
        assert_eq!(superior.status, StatusCode::OK, "{path}: {}", superior.text());
    }
}

#[actix_web::test]
async fn the_playbook_runs_through_its_branches_to_its_close_and_once_more() {
    let company = company().await;
    let plan = format!("/plans/{}", company.plan);
    let (mut manager, mut superior) =
        (company.app.signed_in(&company.manager).await, company.app.signed_in(&company.superior).await);
    let launch = format!("{plan}/playbooks/underperformance");
    noon(&company, date("2026-03-09"));
    manager.get(&plan).await;
    manager.submit(&launch, &[]).await;
    let mut day = date("2026-03-09");
    while day < date("2026-05-15") {
        noon(&company, day);
        company.app.deliver().await;
        noon(&company, day);
        work(&company, &mut manager, &mut superior, day).await;
        day = day + Days::new(1);
    }
    let first = world(&company.app, company.plan).await;
    let state = |key: &str| first.plan.steps.get(&key.parse().expect("a key")).map(|step| step.state.clone());
    assert!(state("too_few_leads").is_some_and(|state| state.is_done()), "a branch that the answers opened");
    let not_taken =
        |state: Option<StepState>| matches!(state, Some(StepState::Closed { reason: CloseReason::NotTaken, .. }));
    assert!(not_taken(state("missing_figures")), "and one that they did not");
    assert!(state("close_case").is_some_and(|state| state.is_done()));
    assert!(state("ask_superior_to_join").is_some_and(|state| state.is_done()), "the loop asks the superior to join");
    let tracks = || first.plan.steps.iter().filter(|(key, _)| key.id.as_str() == "track_recovery");
    assert!(tracks().count() > 2 && tracks().all(|(_, step)| step.state.is_closed()), "the weekly check ends with it");

    superior.get(&plan).await;
    assert!(superior.shows("Launch it again"), "{}", superior.text());
    superior.submit(&launch, &[]).await;
    assert_eq!(superior.status, StatusCode::OK, "{}", superior.text());
    let second = world(&company.app, company.plan).await;
    assert!(
        second.plan.steps[&"begin_calmly".parse().expect("a key")].state.is_done(),
        "the first run stays as it was"
    );
    let again = &second.plan.steps[&"begin_calmly~2".parse().expect("a key")];
    assert_eq!(again.due.date, second.today(company.app.clock.now()));
    work(&company, &mut manager, &mut superior, day).await;
    let second = world(&company.app, company.plan).await;
    assert!(second.plan.steps[&"begin_calmly~2".parse().expect("a key")].state.is_done());
    company.app.assert_no_drift().await;
}

/// A step and what it waits for, and so on.
fn needed(release: &Release, step: &str) -> BTreeSet<StepId> {
    let mut found = BTreeSet::new();
    let mut next = vec![StepId(step.to_owned())];
    while let Some(id) = next.pop() {
        let def = release.step(&id).expect("a step");
        let joined = def.joins.iter().flat_map(|join| &join.of);
        next.extend(def.after.iter().chain(joined).filter(|id| !found.contains(*id)).cloned());
        found.insert(id);
    }
    found
}

#[actix_web::test]
async fn two_months_under_the_goal_offer_the_playbook_on_today_and_once_by_mail() {
    let company = company().await;
    let plan = format!("/plans/{}", company.plan);
    let (mut manager, mut superior) =
        (company.app.signed_in(&company.manager).await, company.app.signed_in(&company.superior).await);
    let offers = "Your figures call for";
    let mut day = date("2026-03-02");
    let mut reviews = 0;
    while reviews < 2 && day < date("2026-07-01") {
        noon(&company, day);
        company.app.deliver().await;
        noon(&company, day);
        manager.get("/today").await;
        assert!(!manager.shows(offers), "{day}: {}", manager.text());
        let world = world(&company.app, company.plan).await;
        let needed = needed(&world.release, "goal_review");
        for (key, step) in world.plan.steps.iter().filter(|(key, _)| needed.contains(&key.id)) {
            let Some(def) = world.release.step(&key.id) else { continue };
            let path = format!("{plan}/steps/{key}");
            let is_gate = def.review == Some(Role::Superior) && matches!(step.state, StepState::HandedIn { .. });
            let is_open = def.who == Role::Manager && world.plan.standing(step, def, day).is_actionable();
            if is_gate {
                superior.get(&path).await;
                superior.submit(&format!("{path}/accept"), &[("line", "Agreed.")]).await;
            } else if is_open {
                let is_review = key.id.as_str() == "goal_review";
                let figure: &[(&str, &str)] = if is_review { &[("attainment", "72")] } else { &[] };
                manager.get(&path).await;
                manager.fill_with(&format!("{path}/hand-in"), &day.to_string(), figure).await;
                reviews += usize::from(is_review && manager.status == StatusCode::OK);
            }
        }
        day = day + Days::new(1);
    }
    assert_eq!(reviews, 2, "two months were reviewed");
    manager.get("/today").await;
    assert!(manager.shows(offers), "{}", manager.text());
    manager.get(&plan).await;
    assert!(manager.shows("Offered"), "{}", manager.text());

    let mut said = 0;
    for _ in 0..7 {
        company.app.clock.travel_to(at_hour(day, 9, chrono_tz::Asia::Taipei));
        company.app.deliver().await;
        let mails = company.app.mails();
        let to_manager = mails.iter().filter(|mail| mail.to[0].address == company.manager.email);
        said += to_manager.filter(|mail| mail.text.contains("Offered for")).count();
        day = day + Days::new(1);
    }
    assert_eq!(said, 1, "by one brief");
}
