//! Figures from a CRM: what comes out is looked at first, how it was worked out is remembered, and nothing is handed
//! in by itself.

use pilothouse::engine::vocabulary::Lang;
use reqwest::StatusCode;

use crate::harness::utc;
use crate::practice::{Practice, practice};

const DEALS: &str = "Deal,Stage,Amount,Created,Closed
Harbour clinic,Won,\"NT$1,200,000\",2026-01-20,2026-02-09
North mill,won,800000,2026/2/1,2026/2/27
East depot,Quotation,450000,2026-02-11,
South labs,Lost,600000,2026-02-12,someday
West bank,Won,to be seen,2026-02-02,2026-02-20
";

fn at(story: &Practice) -> String {
    format!("/plans/{}/steps/month", story.plan)
}

const READING: [(&str, &str); 11] = [
    ("how.leads", "count"),
    ("dated.leads", "Created"),
    ("how.deals", "count"),
    ("dated.deals", "Closed"),
    ("only.deals", "Stage"),
    ("says.deals", "won, signed"),
    ("how.reached", "mean"),
    ("column.reached", "Amount"),
    ("dated.reached", "Closed"),
    ("in_thousands.reached", "yes"),
    ("how.offers", ""),
];

#[actix_web::test]
async fn figures_are_looked_at_before_they_stand_in_the_draft_and_are_handed_in_by_the_manager() {
    let story = practice(Lang::En).await;
    let (at, mut browser) = (at(&story), story.app.signed_in(&story.manager).await);
    browser.get(&at).await;
    assert!(browser.links().contains(&format!("{at}/figures")), "{:?}", browser.links());

    browser.get(&format!("{at}/figures")).await;
    browser.upload(&format!("{at}/figures"), ("table", "deals.csv"), DEALS.as_bytes()).await;
    assert!(browser.shows("5 lines") && browser.shows("Harbour clinic"), "{}", browser.text());
    browser.submit(&format!("{at}/figures/reading"), &READING).await;
    let seen = browser.text();
    assert!(seen.contains("What comes out, Sun 1 Feb 2026 to Sat 28 Feb 2026"), "{seen}");
    assert!(seen.contains("Leads From the file 4 In your form now empty Rests on 4 lines."), "{seen}");
    assert!(seen.contains("Deals From the file 3 In your form now empty Rests on 3 lines."), "{seen}");
    assert!(seen.contains("Reached From the file 1000 In your form now empty Rests on 2 lines."), "{seen}");
    assert!(seen.contains("2 lines do not read and were left out: 5, 6"), "what was left out is named: {seen}");

    // Nothing has reached the form yet.
    browser.get(&at).await;
    assert!(!browser.html.contains("value=\"1000\""));
    browser.get(&format!("{at}/figures")).await;
    browser.submit(&format!("{at}/figures/take"), &[]).await;
    assert!(browser.shows("the figures stand in your form"), "{}", browser.text());
    assert!(browser.html.contains("value=\"1000\"") && browser.has_form(&format!("{at}/hand-in")));
    assert!(browser.shows("Hand in"), "nothing was handed in by itself");
    assert_eq!(story.app.read("SELECT count(*)::text FROM figure_tables").await, "0", "customers are kept no longer");

    browser.submit(&format!("{at}/hand-in"), &[("offers", "9")]).await;
    assert_eq!(browser.status, StatusCode::OK, "{}", browser.text());
    browser.get(&format!("{at}/figures")).await;
    assert!(browser.text().contains("Handed") || browser.html.contains("1000"), "it leads to what was handed in");
    story.app.assert_no_drift().await;
}

#[actix_web::test]
async fn a_file_of_which_no_line_reads_names_the_lines() {
    let story = practice(Lang::En).await;
    let (at, mut browser) = (at(&story), story.app.signed_in(&story.manager).await);
    let unreadable = "Deal,Stage,Amount,Created,Closed\nWest bank,Won,120萬,2026-02-02,2026-02-20\n";
    browser.get(&format!("{at}/figures")).await;
    browser.upload(&format!("{at}/figures"), ("table", "deals.csv"), unreadable.as_bytes()).await;
    browser.submit(&format!("{at}/figures/reading"), &READING).await;
    assert!(browser.shows("The one line of these days does not read: line 2 of the file."), "{}", browser.text());
}

#[actix_web::test]
async fn what_stands_in_the_draft_stays_where_the_file_says_nothing_and_the_reading_is_remembered() {
    let story = practice(Lang::En).await;
    let (at, mut browser) = (at(&story), story.app.signed_in(&story.manager).await);
    browser.get(&at).await;
    let typed = browser.pairs(&format!("{at}/hand-in"), &[("offers", "7"), ("leads", "1")]);
    browser.post(&format!("{at}/draft"), &typed).await;
    for round in 0..2 {
        browser.get(&format!("{at}/figures")).await;
        browser.upload(&format!("{at}/figures"), ("table", "deals.csv"), DEALS.as_bytes()).await;
        if round == 0 {
            browser.submit(&format!("{at}/figures/reading"), &READING).await;
        }
        assert!(browser.text().contains("Put 3 figures into my form"), "{round}: {}", browser.text());
        browser.submit(&format!("{at}/figures/take"), &[]).await;
        for value in ["7", "4", "3", "1000"] {
            assert!(browser.html.contains(&format!("value=\"{value}\"")), "{round}: {value}");
        }
    }
}

#[actix_web::test]
async fn a_file_that_is_no_table_says_what_to_do_and_leaves_nothing_behind() {
    let story = practice(Lang::ZhTw).await;
    let (at, mut browser) = (at(&story), story.app.signed_in(&story.manager).await);
    let cases: [(&[u8], &str); 3] =
        [(b"PK\x03\x04zip", "這是活頁簿"), (b"a,b\n", "欄位名稱之下沒有內容"), (b"\xFF\x00\x81,\n1\n", "讀不成表格")];
    for (bytes, said) in cases {
        browser.get(&format!("{at}/figures")).await;
        browser.upload(&format!("{at}/figures"), ("table", "deals.csv"), bytes).await;
        assert_eq!(browser.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(browser.shows(said), "{}", browser.text());
    }
    browser.get(&format!("{at}/figures")).await;
    browser.submit(&format!("{at}/figures"), &[]).await;
    assert!(browser.shows("沒有選擇檔案"), "{}", browser.text());
    assert_eq!(story.app.read("SELECT count(*)::text FROM figure_tables").await, "0");
}

#[actix_web::test]
async fn a_column_that_next_months_file_no_longer_has_is_named() {
    let story = practice(Lang::En).await;
    let (at, mut browser) = (at(&story), story.app.signed_in(&story.manager).await);
    browser.get(&format!("{at}/figures")).await;
    browser.upload(&format!("{at}/figures"), ("table", "deals.csv"), DEALS.as_bytes()).await;
    browser.submit(&format!("{at}/figures/reading"), &READING).await;
    browser.submit(&format!("{at}/figures/discard"), &[]).await;
    let other = DEALS.replace("Closed", "Signed on");
    browser.upload(&format!("{at}/figures"), ("table", "march.csv"), other.as_bytes()).await;
    assert!(browser.shows("The file has no column “Closed”"), "{}", browser.text());
    assert!(browser.shows("Put one figure into my form"), "{}", browser.text());

    // It stays chosen: nobody loses it who changes something else, or nothing.
    assert!(browser.shows("Closed — not in this file"), "{}", browser.text());
    browser.submit(&format!("{at}/figures/reading"), &[]).await;
    assert!(browser.shows("The file has no column “Closed”"), "{}", browser.text());
    let dated = story.app.read("SELECT reading->'deals'->>'dated' FROM figure_readings").await;
    assert_eq!(dated, "Closed");
}

#[actix_web::test]
async fn a_stage_that_the_file_does_not_know_is_said_beside_those_that_it_does() {
    let story = practice(Lang::ZhTw).await;
    let (at, mut browser) = (at(&story), story.app.signed_in(&story.manager).await);
    browser.get(&format!("{at}/figures")).await;
    let deals = DEALS.replace(",Won,", ",\"Closed, won\",").replace(",won,", ",Signed,");
    browser.upload(&format!("{at}/figures"), ("table", "deals.csv"), deals.as_bytes()).await;
    let stage = [("how.deals", "count"), ("only.deals", "Stage")];
    browser.submit(&format!("{at}/figures/reading"), &[&stage[..], &[("says.deals", "won")]].concat()).await;
    assert!(browser.shows("檔案裡沒有任何一行的「Stage」是這些字：won"), "{}", browser.text());
    assert!(browser.shows("Closed, won · Signed · Quotation · Lost"), "{}", browser.text());
    browser.submit(&format!("{at}/figures/reading"), &[("says.deals", "closed, won")]).await;
    assert!(browser.shows("根據 2 行") && !browser.shows("沒有任何一行"), "{}", browser.text());
}

#[actix_web::test]
async fn words_that_no_reading_holds_are_refused_with_a_sentence_or_cleaned() {
    let story = practice(Lang::En).await;
    let (at, mut browser) = (at(&story), story.app.signed_in(&story.manager).await);
    browser.get(&format!("{at}/figures")).await;
    browser.upload(&format!("{at}/figures"), ("table", "deals.csv"), DEALS.as_bytes()).await;
    let long = "w".repeat(70_000);
    let stage = [("how.deals", "count"), ("only.deals", "Stage")];
    browser.submit(&format!("{at}/figures/reading"), &[&stage[..], &[("says.deals", &long)]].concat()).await;
    assert_eq!(browser.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", browser.text());
    assert!(browser.shows("500 characters"), "{}", browser.text());
    let nul = [("how.deals", "count"), ("only.deals", "Sta\0ge"), ("says.deals", "won\0")];
    browser.submit(&format!("{at}/figures/reading"), &nul).await;
    assert_eq!(browser.status, StatusCode::OK, "{}", browser.text());
    assert!(browser.shows("Rests on 3 lines"), "{}", browser.text());
}

#[actix_web::test]
async fn dates_that_could_be_read_two_ways_say_how_they_were_read() {
    let story = practice(Lang::En).await;
    let (at, mut browser) = (at(&story), story.app.signed_in(&story.manager).await);
    browser.get(&format!("{at}/figures")).await;
    let deals = "Deal,Closed\nA,02/03/2026\nB,03/02/2026\n";
    browser.upload(&format!("{at}/figures"), ("table", "deals.csv"), deals.as_bytes()).await;
    browser.submit(&format!("{at}/figures/reading"), &[("how.deals", "count"), ("dated.deals", "Closed")]).await;
    assert!(browser.shows("02/03/2026 as 3 February 2026"), "{}", browser.text());
    assert!(browser.shows("Rests on one line"), "{}", browser.text());
}

#[actix_web::test]
async fn what_is_taken_is_what_was_looked_at_whatever_another_window_did() {
    let story = practice(Lang::En).await;
    let (at, mut browser) = (at(&story), story.app.signed_in(&story.manager).await);
    browser.get(&format!("{at}/figures")).await;
    browser.upload(&format!("{at}/figures"), ("table", "deals.csv"), DEALS.as_bytes()).await;
    browser.submit(&format!("{at}/figures/reading"), &READING).await;
    let looked_at = browser.pairs(&format!("{at}/figures/take"), &[]);
    browser.submit(&format!("{at}/figures/reading"), &[("how.leads", "")]).await;
    browser.post(&format!("{at}/figures/take"), &looked_at).await;
    assert_eq!(browser.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(browser.shows("has changed since you looked"), "{}", browser.text());
    assert_eq!(story.app.read("SELECT count(*)::text FROM drafts").await, "0");
}

#[actix_web::test]
async fn what_could_not_be_handed_in_or_makes_no_sense_is_said_before_it_is_taken() {
    let story = practice(Lang::En).await;
    let (at, mut browser) = (at(&story), story.app.signed_in(&story.manager).await);
    browser.get(&format!("{at}/figures")).await;
    browser.upload(&format!("{at}/figures"), ("table", "deals.csv"), DEALS.as_bytes()).await;
    let backwards = [("from", "2026-02-28"), ("until", "2026-02-01"), ("how.leads", "count")];
    browser.submit(&format!("{at}/figures/reading"), &backwards).await;
    assert_eq!(browser.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(browser.shows("Choose a first day and a last day"), "{}", browser.text());
    let half = [("how.leads", "count"), ("only.leads", "Stage"), ("says.leads", ""), ("how.deals", "sum")];
    browser.submit(&format!("{at}/figures/reading"), &half).await;
    assert!(browser.shows("Say which words count") && browser.shows("Choose a column."), "{}", browser.text());
    assert!(!browser.has_form(&format!("{at}/figures/take")), "{}", browser.text());
}

#[actix_web::test]
async fn days_that_do_not_read_are_answered_in_the_readers_language() {
    let story = practice(Lang::ZhTw).await;
    let (at, mut browser) = (at(&story), story.app.signed_in(&story.manager).await);
    browser.get(&format!("{at}/figures?from=abc")).await;
    assert_eq!(browser.status, StatusCode::BAD_REQUEST);
    assert!(browser.html.contains("zh-Hant-TW") && browser.shows("沒有任何變更"), "{}", browser.text());
}

#[actix_web::test]
async fn nobody_else_sees_a_file_and_after_a_day_nobody_does() {
    let story = practice(Lang::En).await;
    let (at, mut browser) = (at(&story), story.app.signed_in(&story.manager).await);
    browser.get(&format!("{at}/figures")).await;
    browser.upload(&format!("{at}/figures"), ("table", "deals.csv"), DEALS.as_bytes()).await;
    for other in [&story.mentor, &story.superior] {
        let mut browser = story.app.signed_in(other).await;
        browser.get(&format!("{at}/figures")).await;
        assert!(!browser.html.contains("Harbour clinic"), "{}", browser.text());
        let pairs = browser.pairs("/language", &[]);
        browser.post(&format!("{at}/figures/discard"), &pairs).await;
        assert_ne!(browser.status, StatusCode::OK);
    }
    assert_eq!(story.app.read("SELECT count(*)::text FROM figure_tables").await, "1");
    story.app.clock.travel_to(utc("2026-03-03T02:00:00Z"));
    story.app.deliver().await;
    assert_eq!(story.app.read("SELECT count(*)::text FROM figure_tables").await, "0");
}
