//! A team answers in secret: each slip counts once, nothing leads from an answer to who gave it, and nothing is
//! opened before it may be.

use pilothouse::app::{publish, sweep};
use pilothouse::curriculum::SourceFile;
use pilothouse::engine::vocabulary::{Lang, PlanId};
use reqwest::StatusCode;

use crate::browser::Browser;
use crate::harness::{Someone, TestApp, utc};
use crate::short::under_way;

const ASSESSMENT: &str = "
assessment: card
title: {en: Card, zh-TW: 評分卡}
summary: {en: Two sides., zh-TW: 兩個面向。}
scale: {min: 1, max: 5}
dimensions:
  - {id: growth, label: {en: Growth, zh-TW: 成長}}
  - {id: calm, label: {en: Calm, zh-TW: 冷靜}}
steps:
  - {id: rate_myself, title: {en: Rate myself, zh-TW: 自評}, body: {en: Rate., zh-TW: 評。}, due: B2, effort: 5, visible_to: [manager, mentor, superior]}
  - id: pulse
    title: {en: The team in secret, zh-TW: 團隊匿名回饋}
    body: {en: Hand the slips out., zh-TW: 發紙條。}
    who: superior
    by: members
    due: B3
    effort: 10
    visible_to: [manager, mentor, superior]
    ask: [{id: handed_out, type: number, label: {en: Handed out, zh-TW: 發出}}]
";

const PROGRAM: &str = "
program: pulse
title: {en: Pulse, zh-TW: 回饋}
summary: {en: A program., zh-TW: 一個方案。}
curricula: [card]
cast: [mentor, superior, hr]
mail: {quiet: never}
";

struct Story {
    app: TestApp,
    manager: Someone,
    superior: Someone,
    hr: Someone,
    plan: PlanId,
}

async fn story(members: usize) -> Story {
    let app = TestApp::at("2026-03-02T01:30:00Z").await;
    let files = [("card.yaml", ASSESSMENT), ("program.yaml", PROGRAM)];
    let files = files.map(|(path, text)| SourceFile { path: path.to_owned(), bytes: text.as_bytes().to_vec() });
    let moment = app.moment();
    app.pool.in_transaction(async |tx| publish::publish(tx, &files, &moment).await).await.expect("it publishes");
    let manager = app.person("Grace Chen", "grace@company.example", Lang::En, false).await;
    let mentor = app.person("Kevin Lin", "kevin@company.example", Lang::En, false).await;
    let superior = app.person("Diane Wu", "diane@company.example", Lang::En, false).await;
    let hr = app.person("Yvonne Wu", "hr@company.example", Lang::En, true).await;
    for n in 0..members {
        app.join(&hr, &manager, &format!("Member {n}"), "2026-03-02").await;
    }
    let plan = under_way(&app, "pulse", [&manager, &mentor, &superior, &hr]).await;
    Story { app, manager, superior, hr, plan }
}

impl Story {
    fn step(&self) -> String {
        format!("/plans/{}/steps/pulse", self.plan)
    }

    /// The codes that the slips show.
    async fn slips(&self) -> Vec<String> {
        let mut browser = self.app.signed_in(&self.superior).await;
        browser.get(&self.step()).await;
        browser.submit(&format!("{}/pulse", self.step()), &[]).await;
        assert_eq!(browser.status, StatusCode::OK, "{}", browser.text());
        codes(&browser.html)
    }

    async fn vote(&self, code: &str, growth: &str, calm: &str) -> Browser {
        let mut member = Browser::new(&self.app.base_url);
        member.get(&format!("/pulse/{code}")).await;
        let given = [("scores.0.growth", growth), ("scores.0.calm", calm)];
        member.submit(&format!("/pulse/{code}"), &given).await;
        member
    }

    /// What the page of the step says to somebody.
    async fn seen_by(&self, who: &Someone) -> String {
        let mut browser = self.app.signed_in(who).await;
        browser.get(&self.step()).await;
        browser.text()
    }
}

fn codes(html: &str) -> Vec<String> {
    let parts = html.split("slip-code\">").skip(1);
    parts.filter_map(|part| part.split('<').next().map(str::to_owned)).collect()
}

#[actix_web::test]
async fn a_pulse_opens_when_everybody_has_answered_and_then_stands_on_the_scorecard() {
    let story = story(5).await;
    let codes = story.slips().await;
    assert_eq!(codes.len(), 5);
    for (code, growth) in codes.iter().take(4).zip(["2", "5", "4", "4"]) {
        let member = story.vote(code, growth, "not_observed").await;
        assert!(member.shows("This code has counted"), "{}", member.text());
    }
    let sealed = story.seen_by(&story.superior).await;
    assert!(sealed.contains("4 of 5 have answered") && !sealed.contains("In the middle"), "{sealed}");

    story.vote(&codes[4], "3", "1").await;
    let read = story.seen_by(&story.manager).await;
    assert!(read.contains("Growth 4 2: once, 3: once, 4: 2 times, 5: once"), "{read}");
    assert!(read.contains("Calm fewer than 5 could say"), "one answer is nobody's secret: {read}");

    // Whether or not the superior has said by then how many slips there were.
    let mut manager = story.app.signed_in(&story.manager).await;
    manager.get(&format!("/plans/{}/practice/card", story.plan)).await;
    assert!(manager.shows("the team, in secret, Mon 2 Mar") && manager.shows("2, 3, 4, 4, 5"), "{}", manager.text());
    story.app.clock.travel_to(utc("2026-03-04T01:30:00Z"));
    let mut superior = story.app.signed_in(&story.superior).await;
    superior.get(&story.step()).await;
    superior.submit(&format!("{}/hand-in", story.step()), &[("handed_out", "5")]).await;
    assert_eq!(superior.status, StatusCode::OK);
    manager.get(&format!("/plans/{}/practice/card", story.plan)).await;
    assert!(manager.shows("the team, in secret, Mon 2 Mar") && manager.shows("2, 3, 4, 4, 5"), "{}", manager.text());
    assert!(manager.html.contains("radar-shape chart-1\""), "its line is the team's though nobody else has rated");
    story.app.assert_no_drift().await;
}

#[actix_web::test]
async fn no_button_leads_away_from_the_slips_which_are_shown_once() {
    let story = story(5).await;
    let mut browser = story.app.signed_in(&story.superior).await;
    browser.get(&story.step()).await;
    assert!(browser.has_form("/language"));
    browser.submit(&format!("{}/pulse", story.step()), &[]).await;
    assert_eq!(codes(&browser.html).len(), 5);
    assert!(!browser.has_form("/language") && browser.has_form("/sign-out"), "{}", browser.text());
    assert!(browser.shows("Nobody can tell who answered what. Open until"), "{}", browser.text());
}

#[actix_web::test]
async fn what_fewer_than_five_said_stays_sealed_for_good() {
    let story = story(6).await;
    let codes = story.slips().await;
    for code in codes.iter().take(4) {
        story.vote(code, "1", "1").await;
    }
    story.app.clock.travel_to(utc("2026-03-17T01:30:00Z"));
    let mut late = Browser::new(&story.app.base_url);
    let ballot = [("scores.0.growth", "1"), ("scores.0.calm", "1")].map(|(name, value)| (name.into(), value.into()));
    late.post(&format!("/pulse/{}", codes[4]), &ballot).await;
    assert!(late.shows("This pulse is closed"), "{}", late.text());
    for who in [&story.manager, &story.superior, &story.hr] {
        let seen = story.seen_by(who).await;
        assert!(!seen.contains("In the middle") && !seen.contains("Growth"), "{seen}");
    }
    assert!(story.seen_by(&story.manager).await.contains("4 members have answered, fewer than 5"));
    // And then nobody has it any more, whoever may read the database neither.
    sweep::sweep(&story.app.pool, &story.app.moment()).await.expect("a sweep");
    assert_eq!(story.app.read("SELECT ballots::text FROM pulses").await, "[null, null, null, null]");
    assert!(story.seen_by(&story.manager).await.contains("4 members have answered, fewer than 5"));
    late.post(&format!("/pulse/{}", codes[4]), &ballot).await;
    assert!(late.shows("This pulse is closed"), "{}", late.text());
}

#[actix_web::test]
async fn after_a_fortnight_what_five_of_six_said_is_opened_and_not_before() {
    let story = story(6).await;
    let codes = story.slips().await;
    for code in codes.iter().take(5) {
        story.vote(code, "3", "3").await;
    }
    story.app.clock.travel_to(utc("2026-03-16T01:00:00Z"));
    assert!(!story.seen_by(&story.manager).await.contains("In the middle"));
    story.app.clock.travel_to(utc("2026-03-16T02:00:00Z"));
    assert!(story.seen_by(&story.manager).await.contains("5 of 6 have answered"));
    assert!(story.seen_by(&story.manager).await.contains("In the middle"));
}

#[actix_web::test]
async fn a_code_counts_once_however_often_it_is_sent_at_once() {
    let story = story(5).await;
    let codes = story.slips().await;
    let sends = (0..20).map(|_| story.vote(&codes[0], "4", "4"));
    futures_util::future::join_all(sends).await;
    let seen = story.seen_by(&story.superior).await;
    assert!(seen.contains("1 of 5 have answered"), "{seen}");
}

#[actix_web::test]
async fn a_ballot_that_is_not_filled_in_spends_no_code() {
    let story = story(5).await;
    let codes = story.slips().await;
    let member = story.vote(&codes[0], "not_observed", "not_observed").await;
    assert_eq!(member.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(member.has_form(&format!("/pulse/{}", codes[0])), "{}", member.text());
    let member = story.vote(&codes[0], "9", "4").await;
    assert_eq!(member.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(story.seen_by(&story.superior).await.contains("0 of 5 have answered"));
}

#[actix_web::test]
async fn no_row_of_the_database_leads_from_an_answer_to_who_gave_it() {
    let story = story(5).await;
    let codes = story.slips().await;
    for (code, growth) in codes.iter().rev().zip(["5", "1", "4", "2", "3"]) {
        story.vote(code, growth, "3").await;
    }
    // Every table, as text: codes stand nowhere, ballots in one row and in an order of their own.
    let mut dump = String::new();
    for table in ["pulses", "pulse_codes", "facts", "writings", "outbox", "drafts", "sessions", "steps"] {
        dump += &story.app.read(&format!("SELECT coalesce(string_agg(t::text, E'\\n'), '') FROM {table} t")).await;
    }
    for code in &codes {
        assert!(!dump.contains(code) && !dump.contains(&code.replace('-', "")), "a code is kept: {code}");
    }
    let ballots = story.app.read("SELECT ballots::text FROM pulses").await;
    let growths: Vec<&str> = ballots.split("\"growth\": ").skip(1).filter_map(|rest| rest.get(..1)).collect();
    assert_eq!(growths, ["1", "2", "3", "4", "5"], "{ballots}");
    let facts = story.app.read("SELECT coalesce(string_agg(payload, E'\\n'), '') FROM facts").await;
    assert!(!facts.contains("growth") && !facts.contains("ballot"), "no fact tells of it: {facts}");
    let columns = "SELECT string_agg(column_name, ',' ORDER BY column_name) FROM information_schema.columns \
                   WHERE table_name = 'pulse_codes'";
    assert_eq!(story.app.read(columns).await, "hash,is_spent,pulse_id");
    let writes = "SELECT count(DISTINCT xmin::text)::text FROM pulse_codes";
    assert_eq!(story.app.read(writes).await, "1", "no row tells when its code was used");
}

#[actix_web::test]
async fn slips_are_shown_once_and_can_be_made_anew_until_somebody_has_answered() {
    let story = story(5).await;
    let first = story.slips().await;
    let mut superior = story.app.signed_in(&story.superior).await;
    superior.get(&story.step()).await;
    assert!(!superior.has_form(&format!("{}/pulse", story.step())) && !superior.html.contains(&first[0]));
    superior.submit(&format!("{}/pulse/discard", story.step()), &[]).await;
    let second = story.slips().await;
    assert_eq!(second.len(), 5);
    let mut member = Browser::new(&story.app.base_url);
    assert_eq!(member.get(&format!("/pulse/{}", first[0])).await.status, StatusCode::NOT_FOUND);
    story.vote(&second[0], "3", "3").await;
    superior.get(&story.step()).await;
    assert!(!superior.has_form(&format!("{}/pulse/discard", story.step())), "{}", superior.text());
    let pairs = superior.pairs(&format!("{}/hand-in", story.step()), &[]);
    superior.post(&format!("{}/pulse/discard", story.step()), &pairs).await;
    assert!(superior.shows("Somebody has answered already"), "{}", superior.text());
}

#[actix_web::test]
async fn a_small_team_is_told_why_and_the_manager_never_makes_the_slips() {
    let story = story(4).await;
    let seen = story.seen_by(&story.superior).await;
    assert!(seen.contains("4 members; from 5 on"), "{seen}");
    let mut superior = story.app.signed_in(&story.superior).await;
    superior.get(&story.step()).await;
    let pairs = superior.pairs(&format!("{}/hand-in", story.step()), &[]);
    superior.post(&format!("{}/pulse", story.step()), &pairs).await;
    assert!(superior.shows("A pulse needs 5 members or more"), "{}", superior.text());
    let mut manager = story.app.signed_in(&story.manager).await;
    manager.get(&story.step()).await;
    assert!(!manager.has_form(&format!("{}/pulse", story.step())));
}

#[actix_web::test]
async fn a_code_is_typed_as_it_stands_on_the_paper_and_a_wrong_one_says_so() {
    let story = story(5).await;
    let codes = story.slips().await;
    let mut member = Browser::new(&story.app.base_url);
    member.get("/pulse").await;
    member.submit("/pulse", &[("code", "WRONG")]).await;
    assert_eq!(member.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(member.shows("There is no such code"), "{}", member.text());
    member.submit("/pulse", &[("code", &format!(" {} ", codes[1].to_lowercase().replace('-', " ")))]).await;
    assert!(member.shows("How does Grace Chen lead the team?"), "{}", member.text());
}
