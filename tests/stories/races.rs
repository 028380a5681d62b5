//! Two at once: one wins, the other hears who was faster, and nothing is done twice or by halves.

use pilothouse::app::mentoring;
use pilothouse::engine::vocabulary::StepKey;
use pilothouse::store::{pool, releases};
use reqwest::StatusCode;

use crate::browser::Browser;
use crate::harness::{Cast, Someone, TestApp};
use crate::migrations::lines;
use crate::sign_in::{client, cookie_of, csrf_of};

async fn first_morning() -> (TestApp, Cast) {
    let app = TestApp::at("2026-03-02T02:00:00Z").await;
    let cast = app.cast("2026-03-02", 2).await;
    let (mentor, plan, moment) = (cast.mentor.viewer(), cast.plan, app.moment());
    let yes = mentoring::Answer::Accept;
    app.pool.in_transaction(async |tx| mentoring::answer(tx, mentor, plan, yes, &moment).await).await.expect("yes");
    (app, cast)
}

async fn facts(app: &TestApp, kind: &str) -> usize {
    let mut conn = pool::connect(&app.url).await.expect("a connection of the story's own");
    let query = format!("SELECT seq::text AS line FROM facts WHERE payload LIKE '%\"is\":\"{kind}\"%'");
    lines(&mut conn, &query).await.len()
}

/// A form as a page held it: who sends it, where to, and what it says.
struct Form {
    cookie: String,
    address: String,
    fields: Vec<(String, String)>,
}

impl Form {
    async fn of(app: &TestApp, who: &Someone, path: &str, fields: &[(&str, &str)]) -> Form {
        let cookie = cookie_of(app, who).await;
        let mut fields: Vec<_> = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        fields.push(("csrf".to_owned(), csrf_of(&cookie)));
        Form { cookie, address: format!("{}{path}", app.base_url), fields }
    }

    async fn send(&self) -> (StatusCode, String) {
        let request = client().post(&self.address).header("cookie", &self.cookie).form(&self.fields);
        let answer = request.send().await.expect("an answer");
        (answer.status(), answer.text().await.expect("a page"))
    }
}

/// The version that the page of a step shows.
async fn seen(app: &TestApp, who: &Someone, step: &str) -> String {
    let mut browser = Browser::new(&app.base_url);
    let cookie = cookie_of(app, who).await;
    let page =
        client().get(format!("{}{step}", app.base_url)).header("cookie", cookie).send().await.expect("an answer");
    browser.html = page.text().await.expect("a page");
    let (_, rest) = browser.html.split_once("name=\"seen\" value=\"").expect(&browser.html);
    rest.split('"').next().expect("a version").to_owned()
}

fn step(cast: &Cast, step: &str) -> String {
    let key: StepKey = step.parse().expect("a step");
    format!("/plans/{}/steps/{key}", cast.plan)
}

async fn hand_in(app: &TestApp, cast: &Cast, key: &str, fields: &[(&str, &str)]) -> (StatusCode, String) {
    Form::of(app, &cast.manager, &format!("{}/hand-in", step(cast, key)), fields).await.send().await
}

const WANTS: [(&str, &str); 1] = [("unease", "Whom do I tell first, and what do I leave out?")];

#[actix_web::test]
async fn of_two_hand_ins_from_the_same_page_one_wins_and_the_other_hears_who_was_faster() {
    let (app, cast) = first_morning().await;
    let page = step(&cast, "name_the_unease");
    let version = seen(&app, &cast.manager, &page).await;
    let fields = [WANTS[0], ("seen", &version)];
    let one = Form::of(&app, &cast.manager, &format!("{page}/hand-in"), &fields).await;
    let fields = [("unease", "Whom do I tell last, and what do I leave to them?"), ("seen", &version)];
    let other = Form::of(&app, &cast.manager, &format!("{page}/hand-in"), &fields).await;

    let answers = futures_util::future::join(one.send(), other.send()).await;

    let mut statuses = [answers.0.0, answers.1.0];
    statuses.sort();
    assert_eq!(statuses, [StatusCode::SEE_OTHER, StatusCode::CONFLICT]);
    let refused = if answers.0.0 == StatusCode::CONFLICT { answers.0.1 } else { answers.1.1 };
    let browser = page_of(refused);
    assert!(
        browser.shows("陳怡君 Grace Chen changed") && browser.shows("after you opened this page"),
        "{}",
        browser.text()
    );
    assert_eq!(facts(&app, "done").await - 1, 1, "the mentor's yes apart");
    app.assert_no_drift().await;
}

fn page_of(html: String) -> Browser {
    let mut browser = Browser::new("");
    browser.html = html;
    browser
}

#[actix_web::test]
async fn a_mentor_who_judges_words_that_were_replaced_meanwhile_is_told_so() {
    let (app, cast) = first_morning().await;
    let (key, fields) = reviewed_step(&app, &cast).await;
    assert_eq!(hand_in(&app, &cast, &key, &fields_of(&fields)).await.0, StatusCode::SEE_OTHER);
    let page = step(&cast, &key);
    let read = seen(&app, &cast.mentor, &page).await;
    let accept = Form::of(&app, &cast.mentor, &format!("{page}/accept"), &[("seen", &read)]).await;

    Form::of(&app, &cast.manager, &format!("{page}/take-back"), &[]).await.send().await;
    assert_eq!(hand_in(&app, &cast, &key, &fields_of(&fields)).await.0, StatusCode::SEE_OTHER);
    let (status, answer) = accept.send().await;

    assert_eq!(status, StatusCode::CONFLICT);
    assert!(answer.contains("陳怡君 Grace Chen"), "{}", page_of(answer).text());
    assert_eq!(facts(&app, "accepted").await, 0);
    app.assert_no_drift().await;
}

#[actix_web::test]
async fn of_taking_back_and_accepting_at_once_exactly_one_happens() {
    let (app, cast) = first_morning().await;
    let (key, fields) = reviewed_step(&app, &cast).await;
    assert_eq!(hand_in(&app, &cast, &key, &fields_of(&fields)).await.0, StatusCode::SEE_OTHER);
    let page = step(&cast, &key);
    let read = seen(&app, &cast.mentor, &page).await;
    let accept = Form::of(&app, &cast.mentor, &format!("{page}/accept"), &[("seen", &read)]).await;
    let take_back = Form::of(&app, &cast.manager, &format!("{page}/take-back"), &[("seen", &read)]).await;

    let answers = futures_util::future::join(accept.send(), take_back.send()).await;

    let mut statuses = [answers.0.0, answers.1.0];
    statuses.sort();
    assert_eq!(statuses, [StatusCode::SEE_OTHER, StatusCode::CONFLICT]);
    assert_eq!(facts(&app, "accepted").await + facts(&app, "taken_back").await, 1);
    app.assert_no_drift().await;
}

/// A step that a mentor reviews, open on the first morning for this story, and answers to it.
async fn reviewed_step(app: &TestApp, cast: &Cast) -> (String, Vec<(String, String)>) {
    app.clock.travel_to(crate::harness::utc("2026-03-12T02:00:00Z"));
    let fields = [("unused", "")];
    assert_eq!(hand_in(app, cast, "first_mentor_meeting", &fields).await.0, StatusCode::UNPROCESSABLE_ENTITY);
    let answers = crate::access::answers_to(app, cast.plan, "first_mentor_meeting").await;
    ("first_mentor_meeting".to_owned(), answers)
}

fn fields_of(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

#[actix_web::test]
async fn a_hand_in_that_is_sent_twenty_times_at_once_happens_once() {
    let (app, cast) = first_morning().await;
    let path = format!("{}/hand-in", step(&cast, "name_the_unease"));
    let form = Form::of(&app, &cast.manager, &path, &WANTS).await;
    let before = facts(&app, "done").await;

    let answers = futures_util::future::join_all((0..20).map(|_| form.send())).await;

    let count = |status| answers.iter().filter(|(answered, _)| *answered == status).count();
    assert_eq!(facts(&app, "done").await, before + 1);
    // Each that sends the same hears that it is done. Whoever waits longer for a connection than anybody
    // should hears "later", which changes nothing.
    assert_eq!(count(StatusCode::SEE_OTHER) + count(StatusCode::SERVICE_UNAVAILABLE), 20);
    assert!(count(StatusCode::SEE_OTHER) >= 8, "{:?}", answers.iter().map(|(s, _)| s).collect::<Vec<_>>());
    let mut conn = app.pool.get().await.expect("a connection");
    assert_eq!(lines(&mut conn, "SELECT id::text AS line FROM writings WHERE kind = 'evidence'").await.len(), 1);
    app.assert_no_drift().await;
}

#[actix_web::test]
async fn a_plan_that_two_of_hr_start_at_once_starts_once() {
    let app = TestApp::at("2026-03-02T02:00:00Z").await;
    let person = async |name, email| app.person(name, email, pilothouse::engine::vocabulary::Lang::En, false).await;
    let one = app.person("Yvonne Wu", "hr@company.example", pilothouse::engine::vocabulary::Lang::En, true).await;
    let other = app.person("Henry Ho", "henry@company.example", pilothouse::engine::vocabulary::Lang::En, true).await;
    let manager = person("Grace Chen", "grace@company.example").await.id.to_string();
    let superior = person("Diane Wu", "diane@company.example").await.id.to_string();
    let hr = one.id.to_string();
    let mut conn = app.pool.get().await.expect("a connection");
    let release = releases::current(&mut conn, "sales_manager").await.expect("a look").expect("a release").hash;
    drop(conn);
    let fields = [
        ("release", release.as_str()),
        ("manager", manager.as_str()),
        ("superior", &superior),
        ("hr", &hr),
        ("program", "sales_manager"),
        ("effective", "2026-03-02"),
        ("calendar", "taiwan"),
    ];
    let (one, other) = (Form::of(&app, &one, "/plans", &fields).await, Form::of(&app, &other, "/plans", &fields).await);

    let answers = futures_util::future::join(one.send(), other.send()).await;

    let mut statuses = [answers.0.0, answers.1.0];
    statuses.sort();
    assert_eq!(statuses, [StatusCode::SEE_OTHER, StatusCode::UNPROCESSABLE_ENTITY]);
    assert_eq!(facts(&app, "started").await, 1);
    let mut conn = app.pool.get().await.expect("a connection");
    assert_eq!(lines(&mut conn, "SELECT id::text AS line FROM plans").await.len(), 1);
    assert_eq!(lines(&mut conn, "SELECT id::text AS line FROM outbox WHERE kind = 'welcome'").await.len(), 1);
    drop(conn);
    app.assert_no_drift().await;
}

#[actix_web::test]
async fn acts_on_different_steps_of_one_plan_at_once_all_happen() {
    let (app, cast) = first_morning().await;
    let unease = Form::of(&app, &cast.manager, &format!("{}/hand-in", step(&cast, "name_the_unease")), &WANTS).await;
    let read = [("surprises", "That I should listen first, and for longer than I thought.")];
    let guide = Form::of(&app, &cast.manager, &format!("{}/hand-in", step(&cast, "read_the_guide")), &read).await;
    let said = [("text", "Well done so far.")];
    let of_mentor = Form::of(&app, &cast.mentor, &format!("{}/comment", step(&cast, "operating_rhythm")), &said).await;
    let of_manager = Form::of(&app, &cast.manager, &format!("{}/comment", step(&cast, "rate_myself")), &said).await;
    let met = step(&cast, &format!("meet_each_member.{}", cast.members[0]));
    let of_meeting = Form::of(&app, &cast.manager, &format!("{met}/comment"), &said).await;
    let joins = [("name", "Member 9"), ("position", "Sales"), ("joined_on", "2026-03-02")];
    let joined = Form::of(&app, &cast.hr, &format!("/people/{}/members", cast.manager.id), &joins).await;

    let answers = futures_util::future::join_all(
        [&unease, &guide, &of_mentor, &of_manager, &of_meeting, &joined].map(Form::send),
    )
    .await;

    let statuses: Vec<StatusCode> = answers.iter().map(|(status, _)| *status).collect();
    assert_eq!(statuses, [StatusCode::SEE_OTHER; 6]);
    assert_eq!(facts(&app, "commented").await, 3);
    assert_eq!(facts(&app, "done").await, 3, "with the mentor's yes");
    app.assert_no_drift().await;
}
