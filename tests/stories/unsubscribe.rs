//! Stopping a kind of mail: from the mail program, from a letter's link, in the settings.

use pilothouse::engine::mail::Topic;
use pilothouse::engine::vocabulary::Lang;
use reqwest::StatusCode;
use reqwest::header::CONTENT_TYPE;

use crate::access::stop_link;
use crate::browser::Browser;
use crate::harness::{Someone, TestApp};
use crate::relay::number;
use crate::sign_in::client;

/// The body of RFC 8058.
const ONE_CLICK: &str = "List-Unsubscribe=One-Click";

async fn app_with_mei() -> (TestApp, Someone) {
    let app = TestApp::at("2026-03-02T02:00:00Z").await; // a Monday
    let mei = app.person("林美", "mei@company.example", Lang::ZhTw, false).await;
    (app, mei)
}

/// How many topics of how many people are stopped, in this way.
async fn stopped(app: &TestApp, by: &str) -> i64 {
    let mut conn = app.pool.get().await.expect("a connection");
    number(&mut conn, &format!("SELECT count(*) FROM stopped WHERE by = '{by}'")).await
}

/// A post as a mail provider sends it: without cookies, origin or a page before it.
async fn post(app: &TestApp, secret: &str, kind: &str, body: String) -> reqwest::Response {
    let address = format!("{}/unsubscribe/{secret}", app.base_url);
    client().post(address).header(CONTENT_TYPE, kind).body(body).send().await.expect("an answer")
}

const FORM: &str = "application/x-www-form-urlencoded";

#[actix_web::test]
async fn a_mail_program_stops_a_topic_with_one_post() {
    let (app, mei) = app_with_mei().await;
    let reminders = stop_link(&app, &mei, Topic::Reminders).await;
    let queue = stop_link(&app, &mei, Topic::Queue).await;

    let answer = post(&app, &reminders, FORM, ONE_CLICK.to_owned()).await;
    assert_eq!(answer.status(), StatusCode::OK);
    assert!(!answer.headers().contains_key("set-cookie") && !answer.headers().contains_key("location"));
    assert_eq!(stopped(&app, "link").await, 1);
    let again = post(&app, &reminders, FORM, ONE_CLICK.to_owned()).await;
    assert_eq!((again.status(), stopped(&app, "link").await), (StatusCode::OK, 1));

    let part = "--cut\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--cut--\r\n";
    let in_parts = post(&app, &queue, "multipart/form-data; boundary=cut", part.to_owned()).await;
    assert_eq!((in_parts.status(), stopped(&app, "link").await), (StatusCode::OK, 2));
}

#[actix_web::test]
async fn opening_the_link_changes_nothing_however_often_and_tells_nothing_about_the_reader() {
    let (app, mei) = app_with_mei().await;
    let address = format!("{}/unsubscribe/{}", app.base_url, stop_link(&app, &mei, Topic::Queue).await);

    for _ in 0..10 {
        client().head(&address).send().await.expect("an answer");
        let answer = client().get(&address).send().await.expect("an answer");
        assert_eq!(answer.status(), StatusCode::OK);
        let page = answer.text().await.expect("a page");
        assert!(page.contains("等你回覆的事") && page.contains("仍然留在 Pilothouse"), "{page}");
        assert!(!page.contains("林美") && !page.contains("mei@"), "{page}");
    }

    assert_eq!(stopped(&app, "link").await, 0);
}

#[actix_web::test]
async fn a_forged_link_and_a_post_that_does_not_say_what_it_means_stop_nothing() {
    let (app, mei) = app_with_mei().await;
    let secret = stop_link(&app, &mei, Topic::Reminders).await;
    let forged = "0".repeat(64);

    let of_nobody = post(&app, &forged, FORM, ONE_CLICK.to_owned()).await.status();
    let empty = post(&app, &secret, FORM, String::new()).await.status();
    let other = post(&app, &secret, FORM, "List-Unsubscribe=Maybe".to_owned()).await.status();
    let huge = post(&app, &secret, "multipart/form-data; boundary=cut", "x".repeat(100_000)).await.status();
    let start = client().post(format!("{}/unsubscribe/{forged}/start", app.base_url)).send().await;
    let look = client().get(format!("{}/unsubscribe/{forged}", app.base_url)).send().await;

    assert_eq!([of_nobody, empty, other].map(|status| status.as_u16()), [404, 400, 400]);
    assert!(huge.is_client_error(), "{huge}");
    assert_eq!(start.expect("an answer").status(), StatusCode::NOT_FOUND);
    assert_eq!(look.expect("an answer").status(), StatusCode::NOT_FOUND);
    assert_eq!(stopped(&app, "link").await, 0);
}

#[actix_web::test]
async fn what_the_button_stopped_is_started_again_beside_it() {
    let (app, mei) = app_with_mei().await;
    let path = format!("/unsubscribe/{}", stop_link(&app, &mei, Topic::Reports).await);
    let mut browser = Browser::new(&app.base_url);

    browser.get(&path).await;
    browser.submit(&path, &[]).await;
    assert_eq!(browser.status, StatusCode::OK);
    assert!(browser.shows("已停止這類信件"), "{}", browser.text());
    assert_eq!(stopped(&app, "link").await, 1);

    browser.submit(&format!("{path}/start"), &[]).await;
    assert!(browser.shows("要停止這類信件嗎？"), "{}", browser.text());
    assert_eq!(stopped(&app, "link").await, 0);
    browser.submit("/language", &[("lang", "en")]).await;
    assert!(browser.shows("Stop this mail?") && browser.shows("Reports about your managers"), "{}", browser.text());
}

#[actix_web::test]
async fn the_settings_stop_and_start_what_somebody_can_get() {
    let (app, mei) = app_with_mei().await;
    let hr = app.person("Yvonne Wu", "hr@company.example", Lang::En, true).await;
    let mut page = app.signed_in(&mei).await;

    page.get("/settings").await;
    assert!(page.shows("提醒：") && !page.shows("人資週報"), "{}", page.text());
    let mut pairs = page.pairs("/settings", &[]);
    assert!(pairs.iter().any(|(name, _)| name == "topic-reminders"), "{pairs:?}");
    pairs.retain(|(name, _)| name != "topic-reminders");
    page.post("/settings", &pairs).await;
    assert_eq!(stopped(&app, "page").await, 1, "{}", page.text());
    page.submit("/settings", &[]).await;
    assert_eq!(stopped(&app, "page").await, 1, "saved as it stands, it stays stopped");
    page.submit("/settings", &[("topic-reminders", "yes")]).await;
    assert_eq!(stopped(&app, "page").await, 0);

    let mut page = app.signed_in(&hr).await;
    page.get("/settings").await;
    assert!(page.shows("HR’s weekly digest") && !page.shows("Reports about your managers"), "{}", page.text());
    let mut pairs = page.pairs("/settings", &[("offered", "reminders")]);
    pairs.retain(|(name, _)| name != "topic-digest");
    page.post("/settings", &pairs).await;
    assert!(page.shows("your changes are saved."), "{}", page.text());
    assert_eq!(stopped(&app, "page").await, 0, "what a page did not offer stays as it was");
}
