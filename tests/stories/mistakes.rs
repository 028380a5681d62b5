//! What people do by mistake, and what the program makes of it.

use pilothouse::app::plans::{self, NewPlan};
use pilothouse::app::steps::{self, At};
use pilothouse::app::{Error, roster};
use pilothouse::engine::Refusal;
use pilothouse::engine::access::Actor;
use pilothouse::engine::form::{Answer, Answers};
use pilothouse::engine::vocabulary::Lang;
use pilothouse::store::releases;

use crate::harness::{Cast, TestApp, date};

async fn monday() -> (TestApp, Cast) {
    let app = TestApp::at("2026-03-02T02:00:00Z").await;
    let cast = app.cast("2026-03-02", 2).await;
    app.deliver().await; // the first day's mail
    app.mails();
    (app, cast)
}

fn problem(refused: Result<impl std::fmt::Debug, Error>) -> String {
    match refused {
        Err(Error::Invalid(problems)) => problems[0].message.id.to_owned(),
        other => panic!("{other:?}"),
    }
}

fn surprises(words: &str) -> Answers {
    Answers([("surprises".to_owned(), Answer::One(words.to_owned()))].into())
}

#[actix_web::test]
async fn an_hr_owner_has_an_hr_account_and_keeps_it() {
    let (app, cast) = monday().await;
    let other = app.person("Ruth Ortiz", "ruth@company.example", Lang::En, false).await;
    let new = NewPlan {
        program: "sales_manager".to_owned(),
        manager: other.id,
        superior: cast.superior.id,
        hr: cast.superior.id,
        mentor: None,
        then: Vec::new(),
        effective: date("2026-03-02"),
        calendar: None,
    };
    let (by, moment) = (Actor::Person(cast.hr.viewer()), app.moment());

    let started = app.pool.in_transaction(async |tx| plans::start(tx, by, &new, &moment).await).await;

    assert_eq!(problem(started), "plan-hr-owner");
}

#[actix_web::test]
async fn a_last_day_that_lies_ahead_is_marked_when_it_comes() {
    let (app, cast) = monday().await;
    let (hr, member, moment) = (cast.hr.viewer(), cast.members[0], app.moment());

    let ahead = Some(date("2026-03-06"));
    let left = app.pool.in_transaction(async |tx| roster::leave(tx, hr, member, ahead, &moment).await).await;

    assert_eq!(problem(left), "member-leaves-later");
}

#[actix_web::test]
async fn a_second_window_neither_hides_what_was_handed_in_nor_loses_what_was_typed() {
    let (app, cast) = monday().await;
    let step = format!("/plans/{}/steps/read_the_guide", cast.plan);
    let mut browser = app.signed_in(&cast.manager).await;
    browser.get(&step).await;
    let second = browser.pairs(&format!("{step}/hand-in"), &[("surprises", "From the second window, with care.")]);
    browser.submit(&format!("{step}/hand-in"), &[("surprises", "From the first window, with care.")]).await;

    browser.post(&format!("{step}/hand-in"), &second).await;

    assert_eq!(browser.status, 409);
    assert!(browser.shows("From the second window"), "{}", browser.text());
    browser.get(&step).await;
    browser.submit(&format!("{step}/take-back"), &[]).await;
    assert!(browser.html.contains("From the first window"));
    assert!(!browser.html.contains("From the second window"));
}

#[actix_web::test]
async fn a_button_pressed_twice_hands_in_once_and_says_that_it_is_done() {
    let (app, cast) = monday().await;
    let step = format!("/plans/{}/steps/read_the_guide", cast.plan);
    let mut browser = app.signed_in(&cast.manager).await;
    browser.get(&step).await;
    let typed = [("surprises", "From the first press, with care.")];
    let pairs = browser.pairs(&format!("{step}/hand-in"), &typed);

    browser.post(&format!("{step}/hand-in"), &pairs).await;
    browser.post(&format!("{step}/hand-in"), &pairs).await;

    assert_eq!((browser.status.as_u16(), browser.path.as_str()), (200, step.as_str()), "{}", browser.text());
    assert!(browser.shows("From the first press") && !browser.shows("was not kept"), "{}", browser.text());
    app.assert_no_drift().await;
}

#[actix_web::test]
async fn a_plan_starts_only_on_the_release_that_its_preview_showed() {
    let (app, cast) = monday().await;
    let other = app.person("Ruth Ortiz", "ruth@company.example", Lang::En, false).await;
    let mut desk = app.signed_in(&cast.hr).await;
    let (manager, superior, hr) = (other.id.to_string(), cast.superior.id.to_string(), cast.hr.id.to_string());
    let choices = [
        ("manager", manager.as_str()),
        ("superior", &superior),
        ("hr", &hr),
        ("program", "sales_manager"),
        ("effective", "2026-03-09"),
    ];
    desk.get("/plans/new").await;
    desk.submit("/plans/preview", &choices).await;
    let start = desk.pairs("/plans", &[]);
    let (mut conn, now) = (app.pool.get().await.expect("a connection"), app.moment().now);
    let mut newer = releases::current(&mut conn, "sales_manager").await.expect("a look").expect("a release");
    drop(conn);
    newer.program.title.en.push_str(" again");
    newer.hash = "1".repeat(64);
    let published = app.pool.in_transaction(async |tx| releases::publish(tx, &newer, &[], now).await).await;
    assert!(published.expect("it is published"));

    desk.post("/plans", &start).await;

    assert_eq!(desk.status, 422, "{}", desk.text());
    assert!(desk.shows("在你預覽之後發布了新版本") && desk.shows("請再看一次預覽"), "{}", desk.text());
    desk.submit("/plans/preview", &[]).await;
    desk.submit("/plans", &[]).await;
    assert!(desk.status == 200 && desk.path.starts_with("/plans/"), "{} {}", desk.path, desk.text());
}

#[actix_web::test]
async fn a_draft_of_a_closed_step_is_refused() {
    let (app, cast) = monday().await;
    let at = At { plan: cast.plan, step: "read_the_guide".parse().expect("a step"), seen: None };
    let (who, moment) = (cast.manager.viewer(), app.moment());
    let words = surprises("Three things, said with some care.");
    let done = app.pool.in_transaction(async |tx| steps::hand_in(tx, who, &at, words, &moment).await).await;
    done.expect("it is handed in");

    let draft = surprises("Too late");
    let kept = app.pool.in_transaction(async |tx| steps::save_draft(tx, who, &at, &draft, &moment).await).await;

    assert!(matches!(kept, Err(Error::Refused(Refusal::AlreadyClosed { .. }))), "{kept:?}");
}

#[actix_web::test]
async fn an_answer_that_shows_nothing_is_no_answer() {
    let (app, cast) = monday().await;
    let at = At { plan: cast.plan, step: "read_the_guide".parse().expect("a step"), seen: None };
    let (who, moment) = (cast.manager.viewer(), app.moment());

    let words = surprises(&"\u{200b}\u{3000}".repeat(40));
    let done = app.pool.in_transaction(async |tx| steps::hand_in(tx, who, &at, words, &moment).await).await;

    assert!(matches!(done, Err(Error::Refused(Refusal::Evidence(_)))), "{done:?}");
}

#[actix_web::test]
async fn a_comment_sent_twice_is_said_once() {
    let (app, cast) = monday().await;
    let step = format!("/plans/{}/steps/read_the_guide", cast.plan);
    let mut browser = app.signed_in(&cast.manager).await;
    browser.get(&step).await;
    let pairs = browser.pairs(&format!("{step}/comment"), &[("text", "Where is the road map?")]);

    browser.post(&format!("{step}/comment"), &pairs).await;
    browser.post(&format!("{step}/comment"), &pairs).await;

    assert_eq!(browser.html.matches("Where is the road map?").count(), 1);
}

#[actix_web::test]
async fn an_address_that_can_be_none_gets_the_same_page_as_any_other() {
    let (app, _) = monday().await;
    let mut browser = crate::browser::Browser::new(&app.base_url);
    browser.get("/sign-in").await;

    browser.submit("/sign-in", &[("email", "a\0b@company.example")]).await;

    assert_eq!(browser.status, 200);
}

#[actix_web::test]
async fn another_superior_takes_over_and_the_one_before_sees_the_plan_no_more() {
    let (app, cast) = monday().await;
    let next = app.person("Ruth Ortiz", "ruth@company.example", Lang::En, false).await;
    let plan = format!("/plans/{}", cast.plan);
    let (mut desk, person) = (app.signed_in(&cast.hr).await, format!("/people/{}", cast.manager.id));
    desk.get(&person).await;

    desk.submit(&format!("{plan}/cast"), &[("superior", &next.id.to_string())]).await;

    assert_eq!((desk.status.as_u16(), desk.path.as_str()), (200, person.as_str()), "{}", desk.text());
    let (mut before, mut after) = (app.signed_in(&cast.superior).await, app.signed_in(&next).await);
    assert_eq!(before.get(&plan).await.status, 404);
    assert_eq!(after.get(&plan).await.status, 200);
    desk.get(&person).await;
    desk.submit(&format!("{plan}/cast"), &[("superior", &cast.manager.id.to_string())]).await;
    assert_eq!(desk.status, 409);
    app.assert_no_drift().await;
}
