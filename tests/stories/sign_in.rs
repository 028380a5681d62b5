//! Signing in by a mailed link, sessions, forms: who gets in, once, and what keeps others out.

use std::collections::{BTreeMap, BTreeSet};

use pilothouse::app::sign_in;
use pilothouse::clock::Clock;
use pilothouse::engine::vocabulary::Lang;
use pilothouse::startup;
use pilothouse::web::State;
use reqwest::redirect::Policy;
use reqwest::{Client, Method, Response, StatusCode};

use crate::access::{self, Route};
use crate::browser::Browser;
use crate::harness::{Someone, TestApp, chance, link_in, renderer, utc};
use crate::migrations::lines;

/// A client that keeps no cookies and follows nothing, so that a story says what it sends.
pub fn client() -> Client {
    Client::builder().redirect(Policy::none()).build().expect("a client")
}

/// The program with somebody who has an account.
async fn app_with_grace() -> (TestApp, Someone) {
    let app = TestApp::at("2026-03-02T02:00:00Z").await;
    let grace = app.person("Grace Chen", "grace@company.example", Lang::En, false).await;
    (app, grace)
}

async fn ask(app: &TestApp, email: &str) -> Response {
    let request = client().post(format!("{}/sign-in", app.base_url)).header("accept-language", "en");
    request.form(&[("email", email)]).send().await.expect("an answer")
}

/// The path of a link that was asked for and mailed.
async fn link(app: &TestApp, email: &str) -> String {
    assert_eq!(ask(app, email).await.status(), StatusCode::OK);
    app.deliver().await;
    let mails = app.mails();
    let mail = mails.iter().rev().find(|mail| mail.to[0].address == email).expect("a sign-in mail");
    let link = link_in(&mail.text, "/sign-in/").expect("a link");
    link.strip_prefix(&app.base_url).expect("our own link").to_owned()
}

async fn press(app: &TestApp, path: &str) -> Response {
    client().post(format!("{}{path}", app.base_url)).send().await.expect("an answer")
}

async fn number(app: &TestApp, what: &str) -> String {
    let mut conn = app.pool.get().await.expect("a connection");
    lines(&mut conn, &format!("SELECT ({what})::text AS line")).await.remove(0)
}

async fn sessions(app: &TestApp) -> String {
    number(app, "SELECT count(*) FROM sessions").await
}

/// A session's cookie as a browser would send it, made without the mail.
pub async fn cookie_of(app: &TestApp, who: &Someone) -> String {
    let moment = app.moment();
    let secret = app.pool.in_transaction(async |tx| sign_in::begin_session(tx, who.id, &moment).await).await;
    format!("session={}", secret.expect("a session"))
}

/// The token that forms of a session carry.
pub fn csrf_of(cookie: &str) -> String {
    let secret = cookie.split_once('=').map_or("", |(_, secret)| secret);
    hex::encode(pilothouse::engine::chain::digest(b"pilothouse form", secret.as_bytes()))
}

/// Every row of every table, as a digest a table; when a session was seen last is left out.
pub async fn rows(app: &TestApp) -> BTreeMap<String, String> {
    let mut conn = app.pool.get().await.expect("a connection");
    let tables = "SELECT table_name::text AS line FROM information_schema.tables WHERE table_schema = 'public'";
    let mut found = BTreeMap::new();
    for table in lines(&mut conn, tables).await {
        let row = if table == "sessions" { "(token_hash, person_id, created_at, expires_at)" } else { "t" };
        let digest = format!(
            "SELECT count(*) || ' ' || coalesce(md5(string_agg({row}::text, '|' ORDER BY {row}::text)), '') AS line \
             FROM {table} t"
        );
        found.insert(table, lines(&mut conn, &digest).await.remove(0));
    }
    found
}

#[actix_web::test]
async fn a_link_signs_in_once() {
    let (app, _) = app_with_grace().await;
    let path = link(&app, "grace@company.example").await;

    let first = press(&app, &path).await;
    let second = press(&app, &path).await;

    assert_eq!(first.status(), StatusCode::SEE_OTHER);
    assert_eq!(first.headers()["location"], "/");
    assert!(second.headers().get("set-cookie").is_none(), "{second:?}");
    assert_eq!(sessions(&app).await, "1");
    assert!(!second.text().await.expect("a page").contains("<form method=\"post\">"));
}

#[actix_web::test]
async fn a_scanner_that_opens_a_link_uses_nothing_up() {
    let (app, _) = app_with_grace().await;
    let path = link(&app, "grace@company.example").await;
    let address = format!("{}{path}", app.base_url);
    let before = rows(&app).await;

    for _ in 0..5 {
        let page = client().get(&address).header("user-agent", "SafeLinks").send().await.expect("an answer");
        assert_eq!(page.status(), StatusCode::OK);
        client().head(&address).send().await.expect("an answer");
    }

    assert_eq!(rows(&app).await, before);
    assert_eq!(press(&app, &path).await.status(), StatusCode::SEE_OTHER);
}

#[actix_web::test]
async fn a_link_is_dead_after_ten_minutes_and_not_before() {
    let (app, _) = app_with_grace().await;
    let (early, late) = (link(&app, "grace@company.example").await, link(&app, "grace@company.example").await);
    // The database's clock decides, so the rows are made older instead of waiting.
    let age = |path: &str, by: &str| {
        let secret = path.rsplit('/').next().expect("a secret").to_owned();
        let hash = hex::encode(pilothouse::app::moment::token_hash(&secret));
        format!(
            "UPDATE links SET created_at = created_at - interval '{by}', expires_at = expires_at - interval '{by}' \
             WHERE token_hash = '\\x{hash}'"
        )
    };

    app.sql(&age(&early, "9 minutes 50 seconds")).await;
    app.sql(&age(&late, "10 minutes")).await;

    assert_eq!(press(&app, &early).await.status(), StatusCode::SEE_OTHER);
    let dead = press(&app, &late).await;
    assert!(dead.headers().get("set-cookie").is_none());
    assert_eq!(sessions(&app).await, "1");
}

#[actix_web::test]
async fn twenty_presses_at_once_make_exactly_one_session() {
    let (app, _) = app_with_grace().await;
    let path = link(&app, "grace@company.example").await;

    let answers = futures_util::future::join_all((0..20).map(|_| press(&app, &path))).await;

    let entered = answers.iter().filter(|answer| answer.headers().contains_key("set-cookie")).count();
    assert_eq!(entered, 1);
    assert_eq!(sessions(&app).await, "1");
}

#[actix_web::test]
async fn an_unknown_address_gets_the_same_page_and_no_mail() {
    let (app, _) = app_with_grace().await;

    let known = ask(&app, "grace@company.example").await;
    let unknown = ask(&app, "gracf@company.example").await;

    assert_eq!(known.status(), unknown.status());
    let names = |answer: &Response| answer.headers().keys().map(ToString::to_string).collect::<BTreeSet<_>>();
    assert_eq!(names(&known), names(&unknown));
    let (known, unknown) = (known.text().await.expect("a page"), unknown.text().await.expect("a page"));
    assert_eq!(known.replace("grace@", "gracf@"), unknown);
    app.deliver().await;
    let to: Vec<String> = app.mails().iter().map(|mail| mail.to[0].address.clone()).collect();
    assert_eq!(to, ["grace@company.example"]);
}

#[actix_web::test]
async fn an_address_is_the_same_in_capitals_and_with_spaces_around() {
    let (app, _) = app_with_grace().await;

    ask(&app, "  GRACE@Company.Example ").await;
    app.deliver().await;

    assert_eq!(app.mails().len(), 1);
}

#[actix_web::test]
async fn nobody_gets_more_than_five_links_an_hour() {
    let (app, _) = app_with_grace().await;

    for _ in 0..7 {
        assert_eq!(ask(&app, "grace@company.example").await.status(), StatusCode::OK);
    }
    app.deliver().await;
    let in_the_first_hour = app.mails().len();
    app.sql("UPDATE outbox SET retry_at = retry_at - interval '61 minutes'").await;
    ask(&app, "grace@company.example").await;
    app.deliver().await;

    assert_eq!(in_the_first_hour, 5);
    assert_eq!(app.mails().len(), 1);
}

#[actix_web::test]
async fn nobody_gets_more_than_five_links_an_hour_however_many_ask_at_once() {
    let (app, _) = app_with_grace().await;

    futures_util::future::join_all((0..24).map(|_| ask(&app, "grace@company.example"))).await;

    assert_eq!(number(&app, "SELECT count(*) FROM outbox WHERE kind = 'sign_in'").await, "5");
}

/// Every row of every table as text.
async fn dump(app: &TestApp) -> String {
    let mut conn = app.pool.get().await.expect("a connection");
    let tables = "SELECT table_name::text AS line FROM information_schema.tables WHERE table_schema = 'public' \
                  AND table_name NOT IN ('releases', 'release_files', 'calendars')";
    let mut text = String::new();
    for table in lines(&mut conn, tables).await {
        text += &lines(&mut conn, &format!("SELECT t::text AS line FROM {table} t")).await.join("\n");
    }
    text
}

#[actix_web::test]
async fn links_and_cookies_stand_in_the_database_only_as_hashes() {
    let (app, grace) = app_with_grace().await;
    let path = link(&app, "grace@company.example").await;
    let entered = press(&app, &path).await;
    let cookie = entered.headers()["set-cookie"].to_str().expect("a cookie").to_owned();
    let session = cookie.trim_start_matches("session=").split(';').next().expect("a secret").to_owned();
    let secret = path.rsplit('/').next().expect("a secret").to_owned();

    let dump = dump(&app).await;

    assert!(dump.contains(&grace.id.to_string()) && dump.contains("sign_in"), "{dump}");
    assert!(secret.len() == 64 && session.len() == 64 && secret != session);
    assert!(!dump.contains(&secret) && !dump.contains(&hex::encode(&secret)));
    assert!(!dump.contains(&session) && !dump.contains(&hex::encode(&session)));
    assert!(!dump.contains(&csrf_of(&format!("session={session}"))));
}

#[actix_web::test]
async fn signing_out_ends_the_session_on_the_server() {
    let (app, grace) = app_with_grace().await;
    let cookie = cookie_of(&app, &grace).await;
    let settings = || client().get(format!("{}/settings", app.base_url)).header("cookie", &cookie).send();
    assert_eq!(settings().await.expect("an answer").status(), StatusCode::OK);

    let out = client().post(format!("{}/sign-out", app.base_url)).header("cookie", &cookie);
    let out = out.form(&[("csrf", csrf_of(&cookie))]).send().await.expect("an answer");

    assert_eq!(out.headers()["location"], "/sign-in");
    assert!(out.headers()["set-cookie"].to_str().expect("a cookie").contains("Max-Age=0"));
    assert_eq!(sessions(&app).await, "0");
    let again = settings().await.expect("an answer");
    assert_eq!(again.headers()["location"], "/sign-in?next=%2Fsettings");
}

#[actix_web::test]
async fn a_session_ends_after_twelve_quiet_hours_and_after_seven_days() {
    let (app, grace) = app_with_grace().await;
    let cookie = cookie_of(&app, &grace).await;
    let status = async || {
        let request = client().get(format!("{}/settings", app.base_url)).header("cookie", &cookie);
        request.send().await.expect("an answer").status()
    };

    app.sql("UPDATE sessions SET seen_at = now() - interval '11 hours 59 minutes'").await;
    assert_eq!(status().await, StatusCode::OK);
    app.sql("UPDATE sessions SET seen_at = now() - interval '12 hours 1 second'").await;
    assert_eq!(status().await, StatusCode::SEE_OTHER);
    app.sql("UPDATE sessions SET seen_at = now(), expires_at = now()").await;
    assert_eq!(status().await, StatusCode::SEE_OTHER);
}

#[actix_web::test]
async fn a_cookie_that_somebody_brings_along_is_no_session_afterwards() {
    let (app, _) = app_with_grace().await;
    let planted = "0".repeat(64);
    let path = link(&app, "grace@company.example").await;

    let entered = client().post(format!("{}{path}", app.base_url)).header("cookie", format!("session={planted}"));
    let entered = entered.send().await.expect("an answer");

    assert!(!entered.headers()["set-cookie"].to_str().expect("a cookie").contains(&planted));
    let request = client().get(format!("{}/settings", app.base_url)).header("cookie", format!("session={planted}"));
    assert_eq!(request.send().await.expect("an answer").status(), StatusCode::SEE_OTHER);
}

/// Posts to every route that takes a form, as HR and manager at once, and how each was answered.
async fn post_everywhere(
    app: &TestApp,
    routes: &[Route],
    cookie: &str,
    csrf: Option<&str>,
    headers: &[(&str, &str)],
) -> Vec<(String, StatusCode)> {
    let mut answers = Vec::new();
    for route in routes.iter().filter(|route| route.method == Method::POST) {
        let mut request = client().post(format!("{}{}", app.base_url, route.path)).header("cookie", cookie);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let fields = [("lang", "zh-TW"), ("zone", "UTC"), ("brief_hour", "7"), ("name", "X"), ("email", "x@y.example")];
        let mut fields: Vec<(&str, &str)> = fields.to_vec();
        fields.extend([("text", "words"), ("line", "words"), ("left_on", "2026-03-03"), ("unease", "words")]);
        fields.extend(csrf.map(|token| ("csrf", token)));
        let answer = request.form(&fields).send().await.expect("an answer");
        answers.push((route.path.clone(), answer.status()));
    }
    answers
}

/// Routes that anybody may post to: their forms are held by the same-origin guard alone.
fn is_public(path: &str) -> bool {
    ["/sign-in", "/language", "/pulse"].contains(&path) || holds_a_secret(path)
}

/// Addresses that only the reader of a mail knows, or whoever drew a slip.
fn holds_a_secret(path: &str) -> bool {
    ["/sign-in/", "/mentor-answer/", "/act/", "/meet/", "/unsubscribe/", "/pulse/"]
        .iter()
        .any(|below| path.starts_with(below))
}

#[actix_web::test]
async fn a_form_without_the_token_of_its_own_session_changes_nothing() {
    let company = access::company().await;
    let app = &company.app;
    let cookie = cookie_of(app, &company.hr).await;
    let other = csrf_of(&cookie_of(app, &company.hr).await);
    let routes: Vec<Route> = company.routes().into_iter().filter(|route| !is_public(&route.path)).collect();
    let before = rows(app).await;

    let without = post_everywhere(app, &routes, &cookie, None, &[]).await;
    let foreign = post_everywhere(app, &routes, &cookie, Some(&other), &[]).await;

    let passed = |answers: Vec<(String, StatusCode)>| -> Vec<_> {
        answers.into_iter().filter(|(_, status)| *status != StatusCode::FORBIDDEN).collect()
    };
    assert!(without.len() > 12);
    assert_eq!(passed(without), []);
    assert_eq!(passed(foreign), []);
    assert_eq!(rows(app).await, before);
}

#[actix_web::test]
async fn a_form_that_another_site_sends_changes_nothing() {
    let company = access::company().await;
    let app = &company.app;
    let cookie = cookie_of(app, &company.hr).await;
    let csrf = csrf_of(&cookie);
    let routes = company.routes();
    let before = rows(app).await;

    let origin = post_everywhere(app, &routes, &cookie, Some(&csrf), &[("origin", "https://evil.example")]).await;
    let opaque = post_everywhere(app, &routes, &cookie, Some(&csrf), &[("origin", "null")]).await;
    let cross = post_everywhere(app, &routes, &cookie, Some(&csrf), &[("sec-fetch-site", "cross-site")]).await;
    let sibling = post_everywhere(app, &routes, &cookie, Some(&csrf), &[("sec-fetch-site", "same-site")]).await;

    let all: Vec<_> = [origin, opaque, cross, sibling].concat();
    assert!(all.len() > 60);
    assert_eq!(all.into_iter().find(|(_, status)| *status != StatusCode::FORBIDDEN), None);
    assert_eq!(rows(app).await, before);
}

#[actix_web::test]
async fn looking_at_any_page_changes_no_row() {
    let company = access::company().await;
    let app = &company.app;
    let cookies = [
        cookie_of(app, &company.hr).await,
        cookie_of(app, &company.manager).await,
        cookie_of(app, &company.mentor).await,
        cookie_of(app, &company.superior).await,
        cookie_of(app, &company.asked).await,
        String::new(),
    ];
    let before = rows(app).await;

    for cookie in &cookies {
        for route in company.routes().iter().filter(|route| route.method == Method::GET) {
            let address = format!("{}{}", app.base_url, route.path);
            let request = client().get(&address).header("cookie", cookie).header("user-agent", "scanner");
            let status = request.send().await.expect("an answer").status();
            assert!(!status.is_server_error(), "{} answers {status}", route.path);
            client().head(&address).header("cookie", cookie).send().await.expect("an answer");
        }
    }

    assert_eq!(rows(app).await, before);
}

/// The program as it stands behind an https proxy.
async fn behind_https(app: &TestApp) -> String {
    let listening = startup::listen("127.0.0.1:0".parse().expect("an address")).expect("a port");
    let base = format!("http://{}", listening.address);
    let state = State {
        pool: app.pool.clone(),
        renderer: renderer(),
        clock: Clock::fixed(utc("2026-03-02T02:00:00Z")),
        chance: chance(),
        base_url: "https://plans.company.example".to_owned(),
        secure_cookies: true,
        help: None,
        pdf: None,
        demo: None,
    };
    actix_web::rt::spawn(startup::server(listening, state).expect("a server"));
    base
}

fn attributes(answer: &Response) -> Vec<String> {
    let cookie = answer.headers()["set-cookie"].to_str().expect("a cookie");
    let mut parts: Vec<String> = cookie.split("; ").map(str::to_owned).collect();
    parts[0] = parts[0].split('=').next().expect("a name").to_owned();
    parts.sort();
    parts
}

#[actix_web::test]
async fn a_session_cookie_is_closed_to_scripts_and_other_sites() {
    let (app, _) = app_with_grace().await;
    let plain = press(&app, &link(&app, "grace@company.example").await).await;
    let https = behind_https(&app).await;
    let path = link(&app, "grace@company.example").await;

    let secure = client().post(format!("{https}{path}")).header("origin", "https://plans.company.example").send().await;
    let secure = secure.expect("an answer");

    assert_eq!(attributes(&plain), ["HttpOnly", "Max-Age=604800", "Path=/", "SameSite=Lax", "session"]);
    assert_eq!(
        attributes(&secure),
        ["HttpOnly", "Max-Age=604800", "Path=/", "SameSite=Lax", "Secure", "__Host-session"]
    );
    assert_eq!(secure.headers()["strict-transport-security"], "max-age=31536000; includeSubDomains");
}

#[actix_web::test]
async fn behind_https_the_inner_address_is_a_foreign_origin_and_a_plain_cookie_no_session() {
    let (app, grace) = app_with_grace().await;
    let https = behind_https(&app).await;
    let path = link(&app, "grace@company.example").await;

    let inner = client().post(format!("{https}{path}")).header("origin", &https).send().await.expect("an answer");
    let cookie = cookie_of(&app, &grace).await;
    let plain = client().get(format!("{https}/settings")).header("cookie", &cookie).send().await.expect("an answer");
    let host = cookie.replace("session=", "__Host-session=");
    let named = client().get(format!("{https}/settings")).header("cookie", host).send().await.expect("an answer");

    assert_eq!(inner.status(), StatusCode::FORBIDDEN);
    assert_eq!(plain.status(), StatusCode::SEE_OTHER);
    assert_eq!(named.status(), StatusCode::OK);
}

const ELSEWHERE: [&str; 9] = [
    "//evil.example",
    "/\\evil.example",
    "https://evil.example",
    "https:evil.example",
    "/\t/evil.example",
    "/%09/evil.example\r\nLocation: https://evil.example",
    "javascript:alert(1)//evil",
    "\\\\evil.example",
    " //evil.example",
];

#[actix_web::test]
async fn no_address_that_a_visitor_brings_leads_to_another_site() {
    let (app, _) = app_with_grace().await;

    for elsewhere in ELSEWHERE {
        let page = client().get(format!("{}/sign-in", app.base_url)).query(&[("next", elsewhere)]).send().await;
        let page = page.expect("an answer").text().await.expect("a page");
        assert!(!page.contains("evil"), "{elsewhere}: {page}");
        let fields = [("email", "grace@company.example"), ("next", elsewhere)];
        let asked = client().post(format!("{}/sign-in", app.base_url)).form(&fields).send().await.expect("an answer");
        assert!(!asked.text().await.expect("a page").contains("evil"), "{elsewhere}");
        let fields = [("lang", "en"), ("back", elsewhere)];
        let back = client().post(format!("{}/language", app.base_url)).form(&fields).send().await.expect("an answer");
        assert_eq!(back.headers()["location"], "/", "{elsewhere}");
    }
}

async fn headers_of(base: &str, path: &str, cookie: &str) -> BTreeMap<String, String> {
    let request = client().get(format!("{base}{path}")).header("cookie", cookie);
    let answer = request.send().await.expect("an answer");
    let headers = answer.headers().iter();
    headers.map(|(name, value)| (name.to_string(), value.to_str().unwrap_or("").to_owned())).collect()
}

#[actix_web::test]
async fn every_answer_carries_the_headers_that_protect_it_errors_too() {
    let company = access::company().await;
    let app = &company.app;
    let cookie = cookie_of(app, &company.hr).await;
    let mut paths: Vec<String> =
        company.routes().into_iter().filter(|r| r.method == Method::GET).map(|r| r.path).collect();
    paths.extend(["/nothing/here", "/plans/0", "/assets/none.js", "/%ff"].map(str::to_owned));

    for path in paths {
        let headers = headers_of(&app.base_url, &path, &cookie).await;
        let csp = headers.get("content-security-policy").map(String::as_str).unwrap_or_default();
        assert!(csp.starts_with("default-src 'none'; script-src 'self'"), "{path}: {headers:?}");
        assert!(csp.contains("frame-ancestors 'none'") && csp.contains("base-uri 'none'"), "{path}: {csp}");
        assert_eq!(headers.get("x-content-type-options").map(String::as_str), Some("nosniff"), "{path}");
        let referrer = headers.get("referrer-policy").map(String::as_str);
        assert_eq!(referrer, Some(if holds_a_secret(&path) { "no-referrer" } else { "same-origin" }), "{path}");
        let is_kept = path.starts_with("/assets/") && path != "/assets/none.js";
        let cache = headers.get("cache-control").map(String::as_str).unwrap_or_default();
        assert_eq!(cache == "no-store", !path.starts_with("/assets/"), "{path}: {cache}");
        assert_eq!(cache.contains("immutable"), is_kept, "{path}: {cache}");
        assert!(!headers.contains_key("server") && !headers.contains_key("x-powered-by"), "{path}: {headers:?}");
    }
}

#[actix_web::test]
async fn the_page_behind_a_link_tells_its_address_to_nobody() {
    let (app, _) = app_with_grace().await;
    let path = link(&app, "grace@company.example").await;
    let mut browser = Browser::new(&app.base_url);

    browser.get(&path).await;

    let secret = path.rsplit('/').next().expect("a secret");
    assert_eq!(headers_of(&app.base_url, &path, "").await["referrer-policy"], "no-referrer");
    assert!(browser.links().iter().all(|link| !link.contains(secret)), "{:?}", browser.links());
}
