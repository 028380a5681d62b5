//! The history of a plan as its people read it: a diary, the plan on a past day, what became of old
//! links, and whether somebody meddled.

use pilothouse::app::arrange::{self, Wish};
use pilothouse::app::doctor::{self, Drift};
use pilothouse::app::steps::{self, At};
use pilothouse::app::worlds::PlanWorld;
use pilothouse::app::{publish, worlds};
use pilothouse::curriculum::SourceFile;
use pilothouse::engine::arrange::Ending;
use pilothouse::engine::deed::Deed;
use pilothouse::engine::fact::{Fact, PAYLOAD_VERSION, What};
use pilothouse::engine::form::{Answer, Answers};
use pilothouse::engine::vocabulary::{PlanId, Role, StepKey};
use pilothouse::store::facts;
use reqwest::StatusCode;

use crate::access::{Company, company, world};
use crate::browser::Browser;
use crate::harness::{Cast, Someone, TestApp, date, shipped, utc};

fn key(step: &str) -> StepKey {
    step.parse().expect("a step")
}

/// Somebody's browser, after the mails that were due have left.
async fn browser(app: &TestApp, who: &Someone) -> Browser {
    app.deliver().await;
    app.mails();
    app.signed_in(who).await
}

async fn arranged(app: &TestApp, who: &Someone, plan: PlanId, wish: &Wish) {
    let seen = world(app, plan).await.plan.version;
    let (who, moment) = (who.viewer(), app.moment());
    let done = app.pool.in_transaction(async |tx| arrange::apply(tx, who, plan, wish, seen, &moment).await).await;
    done.expect("it is arranged");
}

/// The number of the newest deed.
async fn last_deed(app: &TestApp, plan: PlanId) -> u64 {
    let mut conn = app.pool.get().await.expect("a connection");
    let facts = facts::read(&mut conn, plan).await.expect("facts");
    let at = facts.iter().rposition(|fact| matches!(fact.what, What::Deed { .. })).expect("a deed");
    at as u64 + 1
}

async fn undone(app: &TestApp, who: &Someone, plan: PlanId, deed: u64) {
    let (who, moment) = (who.viewer(), app.moment());
    let done = app.pool.in_transaction(async |tx| arrange::undo(tx, who, plan, deed, None, &moment).await).await;
    done.expect("it is undone");
}

async fn handed_in(app: &TestApp, cast: &Cast, step: &str, answers: &[(&str, &str)]) {
    let given = Answers(answers.iter().map(|(f, v)| ((*f).to_owned(), Answer::One((*v).to_owned()))).collect());
    let at = At { plan: cast.plan, step: key(step), seen: None };
    let (who, moment) = (cast.manager.viewer(), app.moment());
    let done = app.pool.in_transaction(async |tx| steps::hand_in(tx, who, &at, given, &moment).await).await;
    done.expect("it is handed in");
}

async fn commented(app: &TestApp, cast: &Cast, step: &str, words: &str) {
    let at = At { plan: cast.plan, step: key(step), seen: None };
    let (who, moment) = (cast.manager.viewer(), app.moment());
    let done = app.pool.in_transaction(async |tx| steps::comment(tx, who, &at, words, &moment).await).await;
    done.expect("it is said");
}

/// Three days of a plan, on each of which something happened.
async fn lived() -> (TestApp, Cast, u64) {
    let app = TestApp::at("2026-03-02T02:00:00Z").await;
    let cast = app.cast("2026-03-02", 2).await;
    handed_in(&app, &cast, "name_the_unease", &[("unease", "Whom do I tell first?")]).await;
    commented(&app, &cast, "name_the_unease", "kanarie of a comment").await;
    app.clock.travel_to(utc("2026-03-03T02:00:00Z"));
    arranged(&app, &cast.hr, cast.plan, &Wish::Shift { from: date("2026-03-04"), days: 5 }).await;
    let shift = last_deed(&app, cast.plan).await;
    app.clock.travel_to(utc("2026-03-04T02:00:00Z"));
    let reason = "They did it in the last role.".to_owned();
    arranged(&app, &cast.hr, cast.plan, &Wish::Waive { step: key("read_the_guide"), reason }).await;
    undone(&app, &cast.hr, cast.plan, shift).await;
    (app, cast, shift)
}

#[actix_web::test]
async fn the_history_reads_as_a_diary_with_what_belongs_to_a_deed_folded_under_it() {
    let (app, cast, shift) = lived().await;
    let mut manager = browser(&app, &cast.manager).await;

    manager.get(&format!("/plans/{}", cast.plan)).await;
    let href = format!("/plans/{}/history", cast.plan);
    assert!(manager.links().contains(&href), "{:?}", manager.links());
    manager.get(&href).await;

    assert_eq!(manager.status, StatusCode::OK);
    let text = manager.text();
    let places: Vec<usize> = ["Wed 4 Mar 2026", "Tue 3 Mar 2026", "Mon 2 Mar 2026"]
        .map(|day| text.find(day).unwrap_or_else(|| panic!("{day} in {text}")))
        .into();
    assert!(places.is_sorted(), "{text}");
    assert!(text.contains("Chain verified"), "{text}");
    assert!(text.contains("The plan was moved on by 5 working days, from Wed 4 Mar 2026"), "{text}");
    assert!(text.contains("dates moved"), "{text}");
    assert!(text.contains("was taken out of this plan") && text.contains("They did it in the last role."), "{text}");
    assert!(text.contains("Undone by 吳雅雯 on Wed 4 Mar 2026"), "{text}");
    assert!(text.contains(&format!("吳雅雯 undid entry {shift}")), "{text}");
    assert!(text.contains("It was: "), "what was undone is told beside it: {text}");
    assert!(text.contains("陳怡君 Grace Chen commented on") && !text.contains("kanarie"), "{text}");
    assert!(text.contains("The plan began. 陳怡君 Grace Chen takes the role on Mon 2 Mar 2026"), "{text}");
    assert!(text.contains("steps came") && text.contains("2 team members"), "{text}");
    // On the manager's clock, not on the server's.
    assert!(text.contains("10:00"), "{text}");
    assert!(manager.links().contains(&format!("/plans/{}?as_of=2026-03-03", cast.plan)), "{:?}", manager.links());
    assert!(manager.links().contains(&format!("/plans/{}/steps/name_the_unease", cast.plan)));
    assert!(!text.contains("history-"), "{text}");
}

#[actix_web::test]
async fn the_diary_is_told_in_chinese_to_whoever_reads_chinese() {
    let (app, cast, _) = lived().await;
    let mut hr = browser(&app, &cast.hr).await;

    hr.get(&format!("/plans/{}/history", cast.plan)).await;

    let text = hr.text();
    assert!(text.contains("計畫延後 5 個工作日") && text.contains("紀錄鏈驗證無誤"), "{text}");
    assert!(text.contains("They did it in the last role."), "{text}");
    assert!(text.contains("已邀請林志明擔任導師"), "{text}");
}

#[actix_web::test]
async fn who_was_asked_to_be_the_mentor_is_between_them_and_hr() {
    let (app, cast, _) = lived().await;
    let mut manager = browser(&app, &cast.manager).await;

    manager.get(&format!("/plans/{}/history", cast.plan)).await;

    assert!(manager.shows("Somebody was asked to be the mentor"), "{}", manager.text());
    assert!(!manager.shows("林志明"), "{}", manager.text());
}

#[actix_web::test]
async fn the_history_of_one_step_holds_what_happened_to_it_and_nothing_else() {
    let (app, cast, _) = lived().await;
    let mut manager = browser(&app, &cast.manager).await;

    manager.get(&format!("/plans/{}/steps/read_the_guide", cast.plan)).await;
    let href = format!("/plans/{}/history?step=read_the_guide", cast.plan);
    assert!(manager.links().contains(&href), "{:?}", manager.links());
    manager.get(&href).await;
    assert!(manager.shows("was taken out of this plan") && !manager.shows("commented on"), "{}", manager.text());
    assert!(!manager.shows("The plan was moved on"), "{}", manager.text());

    manager.get(&format!("/plans/{}/history?step=operating_rhythm", cast.plan)).await;
    assert!(manager.shows("The plan was moved on by 5 working days"), "{}", manager.text());
    assert!(manager.shows("one date moved") && manager.shows("one step put back"), "{}", manager.text());

    manager.get(&format!("/plans/{}/history?step=never_was", cast.plan)).await;
    assert_eq!(manager.status, StatusCode::NOT_FOUND);
}

#[actix_web::test]
async fn more_than_three_weeks_are_read_page_by_page() {
    let app = TestApp::at("2026-03-02T02:00:00Z").await;
    let cast = app.cast("2026-03-02", 1).await;
    let first = date("2026-03-03");
    for n in 0..30 {
        let day = first + chrono::Days::new(n);
        app.clock.travel_to(utc(&format!("{day}T02:00:00Z")));
        commented(&app, &cast, "name_the_unease", &format!("Comment {n}")).await;
    }
    let mut manager = browser(&app, &cast.manager).await;

    manager.get(&format!("/plans/{}/history", cast.plan)).await;
    assert!(manager.html.contains("day-2026-04-01") && !manager.shows("The plan began"), "{}", manager.text());
    let earlier = manager.links().into_iter().find(|link| link.contains("before=")).expect("earlier days");
    manager.get(&earlier).await;
    assert!(manager.shows("The plan began") && !manager.html.contains("day-2026-04-01"), "{}", manager.text());
    assert!(manager.shows("Back to the newest"), "{}", manager.text());
}

#[actix_web::test]
async fn meddling_with_a_fact_is_shown_where_it_happened() {
    let (app, cast, shift) = lived().await;
    let mut manager = browser(&app, &cast.manager).await;
    app.sql(&format!("UPDATE facts SET payload = replace(payload, '2026-03-04', '2026-03-05') WHERE seq = {shift}"))
        .await;

    manager.get(&format!("/plans/{}/history", cast.plan)).await;
    assert!(manager.shows(&format!("The chain breaks at fact {shift}")), "{}", manager.text());

    app.sql(&format!("DELETE FROM facts WHERE seq = {shift}")).await;
    manager.get(&format!("/plans/{}/history", cast.plan)).await;
    assert!(manager.shows(&format!("fact {shift} is missing")), "{}", manager.text());

    app.sql(&format!("DELETE FROM facts WHERE seq > {shift}")).await;
    manager.get(&format!("/plans/{}/history", cast.plan)).await;
    assert!(manager.shows("The chain breaks at its end"), "{}", manager.text());
}

#[actix_web::test]
async fn a_plan_is_shown_as_it_was_on_a_past_day_without_anything_to_act_with() {
    let company = company().await;
    let Company { app, manager, hr, plan, .. } = &company;
    let due = world(app, *plan).await.plan.steps[&key("operating_rhythm")].due.date;
    app.clock.travel_to(utc("2026-03-04T02:00:00Z"));
    arranged(app, hr, *plan, &Wish::Shift { from: date("2026-03-04"), days: 20 }).await;
    let moved = world(app, *plan).await.plan.steps[&key("operating_rhythm")].due.date;
    assert!(moved > due, "{moved} {due}");
    let mut manager = browser(app, manager).await;

    manager.get(&format!("/plans/{plan}?as_of=2026-03-03")).await;
    assert_eq!(manager.status, StatusCode::OK);
    assert!(manager.shows("The plan as it was on Tue 3 Mar 2026"), "{}", manager.text());
    let title = "Working day 2 of the plan";
    assert!(manager.shows(title), "{}", manager.text());
    let day = due.format("%-d %b %Y").to_string();
    assert!(manager.shows(&day), "{day}: {}", manager.text());
    let links = manager.links();
    assert!(links.contains(&format!("/plans/{plan}?as_of=2026-03-02")), "{links:?}");
    assert!(links.contains(&format!("/plans/{plan}?as_of=2026-03-04")), "{links:?}");
    assert!(links.contains(&format!("/plans/{plan}")), "{links:?}");
    let main = manager.html.split("<main").nth(1).and_then(|rest| rest.split("</main>").next()).expect("a page");
    assert!(!main.contains("<form"), "{main}");

    manager.get(&format!("/plans/{plan}?as_of=2026-01-01")).await;
    assert!(manager.shows("This plan began on Mon 2 Mar 2026"), "{}", manager.text());
    manager.get(&format!("/plans/{plan}?as_of=2026-04-01")).await;
    assert!(manager.shows("Wed 1 Apr 2026 is yet to come"), "{}", manager.text());
    manager.get(&format!("/plans/{plan}?as_of=yesterday")).await;
    assert_eq!(manager.status, StatusCode::OK);
    assert!(manager.shows("“yesterday” is not a date"), "{}", manager.text());
}

fn own_step(title: &str) -> Wish {
    Wish::Add(arrange::OwnStep {
        title: title.to_owned(),
        text: "Go there.".to_owned(),
        who: Role::Manager,
        review: None,
        due: date("2026-03-20"),
        effort: 30,
    })
}

#[actix_web::test]
async fn a_link_to_a_step_that_left_the_plan_says_with_what_and_keeps_what_was_typed() {
    let company = company().await;
    let Company { app, manager, hr, plan, .. } = &company;
    arranged(app, hr, *plan, &own_step("Visit the warehouse")).await;
    let added = last_deed(app, *plan).await;
    let step = world(app, *plan).await.plan.arranged.own.keys().next().expect("its own step").to_string();
    let href = format!("/plans/{plan}/steps/{step}");
    let mut page = browser(app, manager).await;
    page.get(&href).await;
    assert_eq!(page.status, StatusCode::OK);
    let comment = format!("{href}/comment");
    let typed = page.pairs(&comment, &[("text", "I was there on Monday.")]);
    app.clock.travel_to(utc("2026-03-03T02:00:00Z"));
    undone(app, hr, *plan, added).await;

    page.get(&href).await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    assert!(page.shows("This step has left the plan") && page.shows("Visit the warehouse"), "{}", page.text());
    assert!(page.shows(&format!("undid entry {added}")) && page.shows("Tue 3 Mar 2026"), "{}", page.text());
    assert!(page.links().contains(&format!("/plans/{plan}")), "{:?}", page.links());
    assert!(page.links().contains(&format!("/plans/{plan}/history?step={step}")), "{:?}", page.links());
    page.post(&comment, &typed).await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    assert!(page.shows("I was there on Monday."), "{}", page.text());

    page.get(&format!("/plans/{plan}/steps/never_was")).await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    assert!(!page.shows("has left the plan"), "{}", page.text());
}

#[actix_web::test]
async fn a_link_to_a_step_that_was_renamed_leads_to_its_new_name_and_so_does_a_form() {
    let company = company().await;
    let Company { app, manager, plan, .. } = &company;
    // As an upgrade leaves it: the old name leads through another to the one that stands.
    let renamed = r#"{"told_before": "told_since", "told_since": "name_the_unease"}"#;
    app.sql(&format!(
        "UPDATE plans SET arranged = jsonb_set(arranged, '{{renamed}}', '{renamed}') WHERE id = '{plan}'"
    ))
    .await;
    let mut page = browser(app, manager).await;

    page.get(&format!("/plans/{plan}/steps/told_before")).await;
    assert_eq!(page.path, format!("/plans/{plan}/steps/name_the_unease"));
    let comment = format!("/plans/{plan}/steps/name_the_unease/comment");
    let typed = page.pairs(&comment, &[("text", "Still here.")]);
    page.post(&format!("/plans/{plan}/steps/told_before/comment"), &typed).await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.path, format!("/plans/{plan}/steps/name_the_unease"));
    assert!(page.shows("Still here."), "{}", page.text());
}

/// What `doctor` says of a plan after somebody ran this SQL.
async fn found_after(app: &TestApp, plan: PlanId, meddling: &str) -> Vec<String> {
    app.sql(meddling).await;
    let mut conn = app.pool.get().await.expect("a connection");
    let finding = doctor::examine(&mut conn, plan).await.expect("a finding");
    let named = finding.drift.into_iter().map(|drift| match drift {
        Drift::Projection { what } => what,
        other => format!("{other:?}"),
    });
    named.collect()
}

#[actix_web::test]
async fn doctor_names_what_differs_in_arrangements_launches_columns_and_the_words_of_deeds() {
    let (app, cast, _) = lived().await;
    let reason = "The role is gone.".to_owned();
    arranged(&app, &cast.hr, cast.plan, &Wish::End { how: Ending::Cancelled, reason }).await;
    app.assert_no_drift().await;

    let found =
        found_after(&app, cast.plan, "UPDATE plans SET launches = '{\"underperformance\": \"2026-03-02\"}'").await;
    assert_eq!(found, ["the launches of playbooks"]);
    let found =
        found_after(&app, cast.plan, "UPDATE plans SET launches = '{}', ended_at = ended_at + interval '1 s'").await;
    assert_eq!(found, ["the column ended_at"]);
    let columns = "UPDATE plans SET ended_at = (arranged #>> '{ended,at}')::timestamptz, deputy_id = hr_id, next_mentor_id = hr_id";
    assert_eq!(found_after(&app, cast.plan, columns).await, ["the column deputy_id", "the column next_mentor_id"]);
    let arranged = "UPDATE plans SET deputy_id = NULL, next_mentor_id = NULL, arranged = jsonb_set(arranged, '{skipped}', '[\"x\"]')";
    assert_eq!(found_after(&app, cast.plan, arranged).await, ["what was arranged"]);
    let words = "UPDATE plans SET arranged = jsonb_set(arranged, '{skipped}', '[]'); \
                 UPDATE writings SET body = 'Another reason.' WHERE kind = 'reason'";
    let found = found_after(&app, cast.plan, words).await;
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found.iter().all(|one| one.starts_with("Writing")), "{found:?}");
}

/// Writes a fact that no rule was asked about.
async fn recorded(app: &TestApp, who: &Someone, around: &PlanWorld, what: What) {
    let moment = app.moment();
    let fact = Fact { v: PAYLOAD_VERSION, at: moment.now, by: Some(who.id), what };
    let done = app.pool.in_transaction(async |tx| worlds::record(tx, around, &[fact], &moment).await).await;
    done.expect("it is recorded");
}

/// Gives a plan the release of these files, whole.
async fn upgraded(app: &TestApp, who: &Someone, plan: PlanId, files: &[SourceFile]) {
    let moment = app.moment();
    let published = app.pool.in_transaction(async |tx| publish::publish(tx, files, &moment).await).await;
    let programs = published.expect("it publishes").programs;
    let (_, to, _) = programs.into_iter().find(|(name, ..)| name == "sales_manager").expect("the program");
    let around = world(app, plan).await;
    let mut conn = app.pool.get().await.expect("a connection");
    let around = worlds::Library::default().with_releases(&mut conn, around, [&to]).await.expect("the release");
    let what = What::Deed { deed: Deed::Upgraded { to, taken: Box::default() }, covers: 0 };
    recorded(app, who, &around, what).await;
}

#[actix_web::test]
async fn a_page_of_many_rituals_finds_those_that_were_renamed_and_keeps_what_was_typed_for_those_that_left() {
    let company = company().await;
    let Company { app, manager, hr, plan, .. } = &company;
    app.clock.travel_to(utc("2026-03-05T02:00:00Z"));
    let mut page = browser(app, manager).await;
    let weekly = format!("/plans/{plan}/weekly/friday_thirty");
    page.get(&weekly).await;
    let typed = |page: &Browser, fields: &[(&str, &str)]| {
        let renamed = |(name, value): (String, String)| (name.replace("coach_or_closer-1--", "coached-1--"), value);
        page.pairs(&weekly, fields).into_iter().map(renamed).collect::<Vec<_>>()
    };
    let renamed = r#"{"coached": "coach_or_closer"}"#;
    app.sql(&format!("UPDATE plans SET arranged = jsonb_set(arranged, '{{renamed}}', '{renamed}')")).await;

    let pairs = typed(&page, &[("coach_or_closer-1--moment", "Kept under its new name")]);
    page.post(&format!("{weekly}/draft"), &pairs).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.html.contains("Kept under its new name"), "{}", page.html);

    let what = What::Withdrawn { step: key("coach_or_closer") };
    let fields =
        [("coach_or_closer-1--moment", "Typed for what left"), ("weekly_brief-1--progress", "Typed for what stays")];
    let pairs = page.pairs(&weekly, &fields);
    recorded(app, hr, &world(app, *plan).await, what).await;
    page.post(&weekly, &pairs).await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    assert!(page.shows("has left the plan") && page.shows("Typed for what left"), "{}", page.text());
    page.get(&weekly).await;
    assert!(page.html.contains("Typed for what stays"), "{}", page.html);
}

#[actix_web::test]
async fn a_page_of_many_rituals_left_open_does_not_write_over_what_another_window_kept() {
    let Company { app, manager, plan, .. } = company().await;
    app.clock.travel_to(utc("2026-03-05T02:00:00Z"));
    let weekly = format!("/plans/{plan}/weekly/friday_thirty");
    let mut page = browser(&app, &manager).await;
    page.get(&weekly).await;
    let [newer, older] = ["From the new window", "From the old window"]
        .map(|words| page.pairs(&weekly, &[("weekly_brief-1--progress", words)]));
    app.clock.travel_to(utc("2026-03-05T02:01:00Z"));

    let draft = format!("{weekly}/draft");
    assert_eq!(page.autosave(&draft, "2026-03-05T02:00:00Z", &newer).await.status, StatusCode::NO_CONTENT);
    assert_eq!(page.autosave(&draft, "2026-03-05T02:00:00Z", &older).await.status, StatusCode::PRECONDITION_FAILED);

    page.get(&weekly).await;
    assert!(page.html.contains("From the new window"), "{}", page.html);
}

#[actix_web::test]
async fn what_was_answered_stays_beside_what_was_asked_then() {
    let app = TestApp::at("2026-03-02T02:00:00Z").await;
    let cast = app.cast("2026-03-02", 1).await;
    handed_in(&app, &cast, "name_the_unease", &[("unease", "Whom do I tell first?")]).await;
    let (was, is) = ("          en: What I do not know how to start\n", "          en: The start that scares me\n");
    let mut files = shipped();
    let file = files.iter_mut().find(|file| file.path == "kick_off.yaml").expect("the file");
    let text = String::from_utf8(file.bytes.clone()).expect("words");
    assert!(text.contains(was));
    file.bytes = text.replace(was, is).into_bytes();
    upgraded(&app, &cast.hr, cast.plan, &files).await;
    let mut manager = browser(&app, &cast.manager).await;

    manager.get(&format!("/plans/{}/steps/name_the_unease", cast.plan)).await;

    assert!(manager.shows("What I do not know how to start Whom do I tell first?"), "{}", manager.text());
    assert!(!manager.shows("The start that scares me"), "{}", manager.text());
    manager.get(&format!("/plans/{}/history", cast.plan)).await;
    assert!(manager.shows("of the program was applied"), "{}", manager.text());
}
