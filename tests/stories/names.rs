//! Names and titles of any kind: no header more than a letter has, and no worker that dies of one.

use pilothouse::app::letters::{Body, Letter, ProposalLetter, SignInLetter};
use pilothouse::engine::vocabulary::{Lang, Text};
use pilothouse::mail::{self, Sender, reading};
use pilothouse::render::Renderer;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use crate::harness::{TestApp, renderer, utc};
use crate::relay::number;

/// Line breaks that begin a header, encoded words, quotes, overrides of direction, anything else.
fn any_line() -> impl Strategy<Value = String> {
    prop_oneof![
        "(?s:.){0,60}",
        "\\PC{1,100}",
        "[a-z]{1,5}(\r|\n|\r\n)(Bcc|Subject|X-Evil|Content-Type|\\.): [a-z@.]{1,20}(\r\n\r\n)?[a-z<>]{0,10}",
        "[\"'\\\\<>@,;:()=?_ ]{1,40}",
        "=\\?(utf-8|big5)\\?[BQ]\\?[A-Za-z0-9=]{1,20}\\?=",
        "[\u{202a}-\u{202e}\u{2066}-\u{2069}\u{200b}-\u{200f}a-zא-ת陳-隊🙂]{1,40}",
        "[a-z]{900,1100}",
    ]
}

fn letter(name: &str, title: &str, body: fn(&str, &str) -> Body) -> Letter {
    Letter {
        to_name: name.to_owned(),
        to_email: "grace@company.example".to_owned(),
        lang: if title.len().is_multiple_of(2) { Lang::En } else { Lang::ZhTw },
        zone: chrono_tz::Tz::Asia__Taipei,
        dedup_key: "story".to_owned(),
        thread: None,
        topic: None,
        stop: None,
        token: "0".repeat(32),
        back: "1".repeat(32),
        body: body(name, title),
    }
}

/// Its subject holds a name and a title.
fn proposal(name: &str, title: &str) -> Body {
    Body::Proposal(ProposalLetter {
        name: name.to_owned(),
        with: name.to_owned(),
        title: Text { en: title.to_owned(), zh_tw: title.to_owned() },
        minutes: 30,
        place: title.to_owned(),
        slots: Vec::new(),
        url: "https://company.example/m".to_owned(),
    })
}

fn sign_in(name: &str, _: &str) -> Body {
    Body::SignIn(SignInLetter {
        name: name.to_owned(),
        url: "https://company.example/s".to_owned(),
        minutes: 10,
        is_invitation: false,
        again_url: "https://company.example/sign-in".to_owned(),
    })
}

/// The names of the headers, in their order; a line that is folded on belongs to the one before.
fn headers(raw: &[u8]) -> Vec<String> {
    let text = std::str::from_utf8(raw).expect("ASCII");
    let head = text.split("\r\n\r\n").next().expect("a head");
    assert!(!head.replace("\r\n", "").contains(['\r', '\n']), "a bare line break: {head:?}");
    head.split("\r\n")
        .filter(|line| !line.starts_with([' ', '\t']))
        .map(|line| line.split_once(':').expect("a header").0.to_owned())
        .collect()
}

fn written(letter: &Letter, renderer: &Renderer) -> Vec<u8> {
    let sender = Sender::new("Pilothouse", "plans@company.example", "https://company.example").expect("a sender");
    mail::write(letter, renderer, &sender, utc("2026-03-02T01:00:00Z")).expect("a message").formatted()
}

/// Writes so many letters to generated names about generated titles, and reads each again.
fn write_to(count: u32, body: fn(&str, &str) -> Body) {
    let renderer = renderer();
    let expected = headers(&written(&letter("Grace", "Meet", body), &renderer));
    let mut runner = TestRunner::new(ProptestConfig::with_cases(count));
    let lines = (any_line(), any_line());
    let tried = runner.run(&lines, |(name, title)| {
        let raw = written(&letter(&name, &title, body), &renderer);
        prop_assert_eq!(headers(&raw), expected.clone());
        prop_assert!(raw.split(|byte| *byte == b'\n').all(|line| line.len() <= 999));
        let read = reading::read(&raw).expect("a message");
        prop_assert_eq!(read.to.len(), 1);
        prop_assert_eq!(&read.to[0].address, "grace@company.example");
        prop_assert_eq!(read.from.len(), 1);
        Ok(())
    });
    tried.expect("every letter has its own headers and no other");
}

/// As [`write_to`], through the database and the worker: every name that a row can hold.
async fn deliver_to(count: usize) {
    let app = TestApp::at("2026-03-02T01:00:00Z").await;
    let (mut runner, line) = (TestRunner::deterministic(), any_line());
    let drawn = std::iter::repeat_with(|| line.new_tree(&mut runner).expect("a line").current());
    let is_name =
        |name: &String| !name.trim().is_empty() && name.chars().count() <= 120 && !name.chars().any(char::is_control);
    let names: Vec<String> = drawn.filter(is_name).take(count).collect();
    for (n, some) in names.chunks(500).enumerate() {
        let rows: Vec<String> = some
            .iter()
            .enumerate()
            .map(|(m, name)| format!("({}, $name${}$name$)", n * 500 + m, name.replace('$', "§")))
            .collect();
        app.sql(&format!(
            "WITH named (n, name) AS (VALUES {}), added AS ( \
               INSERT INTO people (id, name, email, lang, zone, calendar, brief_hour, next_brief_at, created_at) \
               SELECT md5('person ' || n)::uuid, name, 'person' || n || '@company.example', 'zh-TW', 'Asia/Taipei', \
                 'taiwan', 9, '2100-01-01', now() FROM named WHERE length(btrim(name)) > 0 RETURNING id) \
             INSERT INTO outbox (id, dedup_key, kind, lane, person_id, owed_at, due_at) \
               SELECT gen_random_uuid(), 'sign_in:' || n, 'sign_in', 0, md5('person ' || n)::uuid, now(), '2026-03-01' \
               FROM named WHERE length(btrim(name)) > 0",
            rows.join(", ")
        ))
        .await;
    }

    let owed = {
        let mut conn = app.pool.get().await.expect("a connection");
        number(&mut conn, "SELECT count(*) FROM outbox").await
    };
    let delivered = app.worker.run_once().await.expect("a worker that lives");

    assert_eq!((delivered.sent as i64, delivered.failed, delivered.retried), (owed, 0, 0));
    assert!(delivered.sent * 10 > count * 9, "{delivered:?} of {count}");
    let mails = app.mails();
    assert!(mails.iter().all(|mail| mail.to.len() == 1 && mail.to[0].address.ends_with("@company.example")));
}

#[test]
fn names_and_titles_of_any_kind_add_no_header() {
    write_to(200, proposal);
    write_to(100, sign_in);
}

#[actix_web::test]
async fn people_of_any_name_get_their_mail() {
    deliver_to(100).await;
}

#[test]
#[ignore = "heavy: 10,000 names and titles, run by .ci/run --full"]
fn heavy_ten_thousand_names_and_titles_add_no_header() {
    write_to(10_000, proposal);
}

#[actix_web::test]
#[ignore = "heavy: 10,000 names, run by .ci/run --full"]
async fn heavy_ten_thousand_people_of_any_name_get_their_mail() {
    deliver_to(10_000).await;
}
