//! The team changes: what was entered wrongly is corrected, who left by mistake never left, who comes
//! back is met again.

use chrono::NaiveDate;
use pilothouse::app::plans::{self, NewPlan};
use pilothouse::app::publish;
use pilothouse::curriculum::SourceFile;
use pilothouse::engine::access::Actor;
use pilothouse::engine::plan::{CloseReason, Plan, StepState};
use pilothouse::engine::vocabulary::Lang;
use pilothouse::engine::zone::at_hour;
use reqwest::StatusCode;

use crate::access::{company, world};
use crate::harness::{TestApp, date};

const CURRICULUM: &str = "
curriculum: people
title: {en: People, zh-TW: 成員}
summary: {en: Who is there., zh-TW: 有哪些人。}
steps:
  - {id: meet, each: member, title: {en: Meet, zh-TW: 見面}, body: {en: Meet., zh-TW: 見面。}, due: B3, effort: 10}
  - {id: talk, each: member, title: {en: Talk again, zh-TW: 再談}, body: {en: Talk., zh-TW: 談。}, due: B6, effort: 10}
";

const PROGRAM: &str = "
program: team
title: {en: Team, zh-TW: 團隊}
summary: {en: A team., zh-TW: 一個團隊。}
curricula: [people]
cast: [superior, hr]
checkpoints: [B10]
mail: {due_soon: 2, overdue_every: 1}
";

#[actix_web::test]
async fn a_leaver_by_mistake_and_a_corrected_date_put_the_steps_where_they_belong() {
    let company = company().await;
    let app = &company.app;
    let mut hr = app.signed_in(&company.hr).await;
    let team = format!("/people/{}", company.manager.id);
    let joins = [("name", "Lin Shu-fen"), ("position", ""), ("joined_on", "2026-03-16")];
    hr.get(&team).await;
    hr.submit(&format!("{team}/members"), &joins).await;
    let before = world(app, company.plan).await;
    let late = before.plan.members.iter().find(|(_, one)| one.joined == date("2026-03-16")).expect("the joiner");
    let (member, page) = (*late.0, format!("/members/{}", late.0));
    let dues = |world: &pilothouse::app::worlds::PlanWorld| -> Vec<NaiveDate> {
        let of = world.plan.steps.iter().filter(|(key, step)| key.member == Some(member) && !step.state.is_closed());
        of.map(|(_, step)| step.due.date).collect()
    };

    hr.get(&page).await;
    let corrected = [("name", "Lin Shu-fang"), ("position", "Sales"), ("joined_on", "2026-03-23")];
    hr.submit(&page, &corrected).await;
    assert!(hr.shows("Lin Shu-fang"), "{}", hr.text());
    let moved = world(app, company.plan).await;
    assert!(dues(&moved).iter().zip(dues(&before)).any(|(now, was)| *now > was), "they follow the new date");

    app.clock.travel_to(at_hour(date("2026-03-25"), 9, chrono_tz::Asia::Taipei));
    hr.get(&team).await;
    hr.submit(&format!("{page}/leave"), &[("left_on", "2026-03-25")]).await;
    let left = world(app, company.plan).await;
    let is_closed = |state: &StepState| matches!(state, StepState::Closed { reason: CloseReason::MemberLeft, .. });
    assert!(dues(&left).is_empty(), "a leaver's open steps close");
    assert!(left.plan.steps.iter().any(|(key, step)| key.member == Some(member) && is_closed(&step.state)));

    hr.get(&page).await;
    assert!(hr.shows("Left the team on"), "{}", hr.text());
    hr.submit(&format!("{page}/back"), &[("back_on", "2026-03-20")]).await;
    assert_eq!(hr.status, StatusCode::UNPROCESSABLE_ENTITY, "nobody is back before they left");
    hr.submit(&format!("{page}/undo-leave"), &[]).await;
    assert_eq!(hr.status, StatusCode::OK, "{}", hr.text());
    assert_eq!(dues(&world(app, company.plan).await), dues(&moved), "as if they had never left");

    hr.get(&team).await;
    hr.submit(&format!("{page}/leave"), &[("left_on", "2026-03-25")]).await;
    hr.get(&page).await;
    hr.submit(&format!("{page}/back"), &[("back_on", "2026-04-13")]).await;
    let back = world(app, company.plan).await;
    assert!(
        dues(&back).into_iter().all(|due| due >= date("2026-04-13")) && !dues(&back).is_empty(),
        "they are met again"
    );

    let (member_page, shown) = (page.clone(), hr.text());
    assert!(shown.contains("new or open again in the plan"), "{shown}");
    hr.get(&member_page).await;
    assert!(hr.shows("They are gone again since Wed 25 Mar 2026"), "{}", hr.text());
    hr.submit(&format!("{member_page}/undo-back"), &[]).await;
    assert_eq!(hr.status, StatusCode::OK, "{}", hr.text());
    let gone = world(app, company.plan).await;
    assert_eq!(gone.plan.members, left.plan.members, "gone since the day on which they had left");
    assert!(dues(&gone).is_empty(), "what the return brought is closed");
    hr.get(&member_page).await;
    assert!(hr.shows("Left the team on Wed 25 Mar 2026.") && !hr.has_form(&format!("{member_page}/undo-back")));
    hr.submit(&format!("{member_page}/undo-leave"), &[]).await;
    assert_eq!(dues(&world(app, company.plan).await), dues(&moved), "and even that can be undone");
    app.assert_no_drift().await;
}

#[actix_web::test]
async fn who_comes_back_finds_what_was_done_and_is_told_only_of_what_opens() {
    let app = TestApp::at("2026-03-02T02:00:00Z").await; // a Monday
    let files = [("people.yaml", CURRICULUM), ("program.yaml", PROGRAM)];
    let files = files.map(|(path, text)| SourceFile { path: path.to_owned(), bytes: text.as_bytes().to_vec() });
    let moment = app.moment();
    app.pool.in_transaction(async |tx| publish::publish(tx, &files, &moment).await).await.expect("it publishes");
    let manager = app.person("Grace Chen", "grace@company.example", Lang::En, false).await;
    let superior = app.person("Diane Wu", "diane@company.example", Lang::En, false).await;
    let person = app.person("Yvonne Wu", "hr@company.example", Lang::En, true).await;
    let member = app.join(&person, &manager, "Member One", "2026-03-02").await;
    let new = NewPlan {
        program: "team".to_owned(),
        manager: manager.id,
        superior: superior.id,
        hr: person.id,
        mentor: None,
        then: Vec::new(),
        effective: date("2026-03-02"),
        calendar: None,
    };
    let by = Actor::Person(person.viewer());
    let plan = app.pool.in_transaction(async |tx| plans::start(tx, by, &new, &moment).await).await.expect("a plan");
    let (mut hr, mut own) = (app.signed_in(&person).await, app.signed_in(&manager).await);
    let meet = format!("/plans/{plan}/steps/meet.{member}");
    own.get(&meet).await;
    own.submit(&format!("{meet}/hand-in"), &[]).await;
    let page = format!("/members/{member}");
    hr.get(&format!("/people/{}", manager.id)).await;
    hr.submit(&format!("{page}/leave"), &[("left_on", "2026-03-02")]).await;

    hr.get(&page).await;
    hr.submit(&format!("{page}/back"), &[("back_on", "2026-03-02")]).await;
    assert!(hr.shows("Talk again : due Mon 9 Mar 2026") && !hr.shows("Meet"), "{}", hr.text());
    hr.get(&page).await;
    hr.submit(&format!("{page}/undo-back"), &[]).await;
    assert!(hr.shows("Talk again") && !hr.shows("Meet"), "{}", hr.text());
    let steps = world(&app, plan).await.plan.steps;
    let states: Vec<_> = steps.values().map(|step| (step.state.is_done(), step.state.is_closed())).collect();
    assert_eq!(states, [(true, true), (false, true)], "what was done stays done");
    app.assert_no_drift().await;
}

#[actix_web::test]
async fn who_never_came_leaves_on_a_joining_day_that_lies_ahead_and_it_is_undone_like_any_other() {
    let company = company().await;
    let app = &company.app;
    let mut hr = app.signed_in(&company.hr).await;
    let team = format!("/people/{}", company.manager.id);
    hr.get(&team).await;
    let joins = [("name", "Lin Shu-fen"), ("position", ""), ("joined_on", "2026-03-16")];
    hr.submit(&format!("{team}/members"), &joins).await;
    let before = world(app, company.plan).await.plan;
    let joined = before.members.iter().find(|(_, one)| one.joined == date("2026-03-16")).expect("the joiner");
    let (member, page) = (*joined.0, format!("/members/{}", joined.0));
    let open = |plan: &Plan| {
        let of = plan.steps.iter().filter(|(key, step)| key.member == Some(member) && !step.state.is_closed());
        of.map(|(key, step)| (key.clone(), step.due.date)).collect::<Vec<_>>()
    };
    assert!(!open(&before).is_empty());

    for day in ["2026-03-15", "2026-03-17"] {
        hr.get(&team).await;
        hr.submit(&format!("{page}/leave"), &[("left_on", day)]).await;
        assert_eq!(hr.status, StatusCode::UNPROCESSABLE_ENTITY, "{day}");
    }
    hr.submit(&format!("{page}/leave"), &[("left_on", "2026-03-16")]).await;
    assert_eq!(hr.status, StatusCode::OK, "{}", hr.text());
    assert!(open(&world(app, company.plan).await.plan).is_empty(), "their steps close");
    let at_once = "Lin Shu-fen: Mon 16 Mar 2026 is both the first and the last day";
    assert!(hr.shows("Lin Shu-fen is not on the team any more.") && hr.shows(at_once), "{}", hr.text());
    hr.get(&format!("/plans/{}", company.plan)).await;
    assert!(hr.shows("Lin Shu-fen not on the team") && !hr.shows("left on Mon 16 Mar 2026"), "{}", hr.text());
    hr.get(&format!("/plans/{}/history", company.plan)).await;
    assert!(hr.shows("Last day of Lin Shu-fen in the team: Mon 16 Mar 2026") && !hr.shows("left the team"));
    hr.get(&page).await;
    assert!(hr.shows("Not on the team: Mon 16 Mar 2026 is both the first and the last day."), "{}", hr.text());
    hr.submit(&format!("{page}/undo-leave"), &[]).await;
    assert_eq!(open(&world(app, company.plan).await.plan), open(&before));
    app.assert_no_drift().await;
}
