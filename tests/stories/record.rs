//! The record that a manager takes along: whole, without private words, verified without our database.

use std::process::Command;

use pilothouse::engine::vocabulary::Lang;
use reqwest::StatusCode;

use crate::harness::utc;
use crate::practice::{Practice, practice};

async fn worked(lang: Lang) -> Practice {
    let story = practice(lang).await;
    let mut browser = story.app.signed_in(&story.manager).await;
    let talk = format!("talk.{}", story.amy);
    story.hand_in(&mut browser, &talk, &[("wish", "Fewer meetings"), ("needs", "time")]).await;
    story.promise(&mut browser).await;
    let month = [("reached", "65"), ("leads", "100"), ("offers", "80"), ("deals", "20")];
    story.hand_in(&mut browser, "month", &month).await;
    story
}

fn verify(text: &str) -> (bool, String) {
    let file = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(file.path(), text).expect("written");
    let done = Command::new(env!("CARGO_BIN_EXE_pilothouse")).args(["record", "verify"]).arg(file.path()).output();
    let done = done.expect("the command runs");
    let said = [done.stdout, done.stderr].concat();
    (done.status.success(), String::from_utf8_lossy(&said).into_owned())
}

#[actix_web::test]
async fn private_words_stay_out_of_the_record_unless_its_manager_ticks_them() {
    let story = worked(Lang::En).await;
    let at = format!("/plans/{}/record", story.plan);
    let mut browser = story.app.signed_in(&story.manager).await;

    for address in [at.clone(), format!("{at}.html"), format!("{at}.json")] {
        browser.get(&address).await;
        assert!(!browser.html.contains("Fewer meetings"), "{address}");
        assert!(!browser.html.contains("A rule on the board"), "what the mentor reads is private too: {address}");
        assert!(browser.html.contains("65"), "{address}");
    }
    for address in [format!("{at}?private=talk"), format!("{at}.html?private=talk"), format!("{at}.json?private=talk")]
    {
        browser.get(&address).await;
        assert!(browser.html.contains("Fewer meetings"), "{address}");
        assert!(!browser.html.contains("A rule on the board"), "{address}");
    }
    // Nobody else can tick anything, whatever they may read.
    for other in [&story.mentor, &story.superior] {
        let mut browser = story.app.signed_in(other).await;
        browser.get(&format!("{at}.json?private=talk&private=promise")).await;
        assert!(!browser.html.contains("Fewer meetings") && !browser.html.contains("A rule on the board"));
    }
}

#[actix_web::test]
async fn whoever_may_not_read_some_words_is_told_how_many_were_left_out() {
    let story = worked(Lang::En).await;
    // HR reads no figures of the month either.
    for (who, count) in [(&story.manager, 2), (&story.mentor, 2), (&story.superior, 2), (&story.hr, 3)] {
        let mut browser = story.app.signed_in(who).await;
        browser.get(&format!("/plans/{}/record", story.plan)).await;
        assert!(browser.shows(&format!("{count} private answers were left out")), "{}: {}", who.name, browser.text());
        browser.get(&format!("/plans/{}/record.json", story.plan)).await;
        assert!(browser.html.contains(&format!("\"left_out\":{count}")), "{}", who.name);
    }
}

#[actix_web::test]
async fn paper_is_offered_once_and_its_controls_stay_on_the_screen() {
    let story = worked(Lang::En).await;
    let mut browser = story.app.signed_in(&story.manager).await;
    browser.get(&format!("/plans/{}/record", story.plan)).await;
    assert!(browser.html.contains("data-print") && !browser.html.contains("record.pdf"));
    let choice = browser.html.find("record-choice").expect("the private words to choose among");
    assert!(choice < browser.html.find("name=\"private\"").expect("a box to tick"));
}

#[actix_web::test]
async fn the_record_is_offered_from_the_last_checkpoint_on_for_a_month() {
    let story = worked(Lang::ZhTw).await;
    let at = format!("/plans/{}/record", story.plan);
    // The checkpoint is Friday 6 March.
    for (now, is_offered) in [("2026-03-05", false), ("2026-03-06", true), ("2026-04-05", true), ("2026-04-06", false)]
    {
        story.app.clock.travel_to(utc(&format!("{now}T01:30:00Z")));
        let mut browser = story.app.signed_in(&story.manager).await;
        browser.get("/today").await;
        assert_eq!(browser.links().contains(&at), is_offered, "{now}: {}", browser.text());
    }
}

#[actix_web::test]
async fn the_data_verify_without_our_database_and_not_when_a_word_was_changed() {
    let story = worked(Lang::En).await;
    let mut browser = story.app.signed_in(&story.manager).await;
    browser.get(&format!("/plans/{}/record.json?private=talk", story.plan)).await;
    let text = browser.html.clone();

    let (holds, said) = verify(&text);
    assert!(holds && said.contains("2 pieces of writing"), "{said}");
    // Whoever makes the whole chain anew has another seal than the page and the paper.
    browser.get(&format!("/plans/{}/record", story.plan)).await;
    let seal = said.split("Newest seal: ").nth(1).and_then(|rest| rest.lines().next()).expect("a seal");
    assert!(seal.len() == 64 && browser.shows(seal), "{said}");
    let (holds, said) = verify(&text.replace("Fewer meetings", "More meetings"));
    assert!(!holds && said.contains("no fact vouches"), "{said}");
    let (holds, said) = verify(&text.replace("handed_in", "handed_on").replace("\\\"done\\\"", "\\\"dont\\\""));
    assert!(!holds && said.contains("does not follow"), "{said}");
    let (holds, said) = verify("{}");
    assert!(!holds && said.contains("no record"), "{said}");
}

#[actix_web::test]
async fn what_was_taken_back_is_in_nobodys_file() {
    let story = worked(Lang::En).await;
    let step = format!("/plans/{}/steps/month", story.plan);
    let words = r#"\"reached\":\"65\""#;
    let mut browser = story.app.signed_in(&story.manager).await;
    browser.get(&format!("/plans/{}/record.json", story.plan)).await;
    assert!(browser.html.contains(words), "{}", browser.html);
    browser.get(&step).await;
    browser.submit(&format!("{step}/take-back"), &[]).await;
    assert_eq!(browser.status, StatusCode::OK, "{}", browser.text());
    for who in [&story.manager, &story.superior] {
        let mut browser = story.app.signed_in(who).await;
        browser.get(&format!("/plans/{}/record.json", story.plan)).await;
        assert!(!browser.html.contains(words), "{}", browser.html);
        let (holds, said) = verify(&browser.html);
        assert!(holds, "{said}");
    }
}

#[actix_web::test]
async fn words_verify_only_where_they_were_written_and_by_whom() {
    let story = worked(Lang::En).await;
    let mut browser = story.app.signed_in(&story.manager).await;
    browser.get(&format!("/plans/{}/record.json?private=talk", story.plan)).await;
    let text = browser.html.clone();
    let forged = |forge: &dyn Fn(&mut serde_json::Value)| {
        let mut record = serde_json::from_str(&text).expect("a record");
        forge(&mut record);
        verify(&record.to_string())
    };
    let swapped = |name: &'static str| {
        move |record: &mut serde_json::Value| {
            let first = record["writings"][0][name].take();
            record["writings"][0][name] = record["writings"][1][name].take();
            record["writings"][1][name] = first;
        }
    };

    let (holds, said) = forged(&|record| {
        swapped("body")(record);
        swapped("salt")(record);
    });
    assert!(!holds && said.contains("no fact vouches"), "{said}");
    let (holds, said) = forged(&swapped("id"));
    assert!(!holds && said.contains("no fact vouches"), "{said}");
    let (holds, said) = forged(&swapped("step"));
    assert!(!holds && said.contains("another step or person"), "{said}");
    let (holds, said) = forged(&|record| record["writings"][0]["author"] = story.mentor.id.to_string().into());
    assert!(!holds && said.contains("another step or person"), "{said}");
    let (holds, said) = forged(&|record| record["record"]["facts"] = 3.into());
    assert!(!holds && said.contains("number of facts"), "{said}");
    let (holds, said) = forged(&|record| record["record"]["effective"] = "2020-01-01".into());
    assert!(!holds && said.contains("first day"), "{said}");
    let (holds, said) = verify(&format!("\u{feff}{text}"));
    assert!(holds && said.contains("Nobody vouches for the rest"), "{said}");
    let (holds, said) = forged(&|record| drop(record["writings"][0].as_object_mut().map(|one| one.remove("author"))));
    assert!(holds, "as earlier versions wrote it: {said}");
}

#[actix_web::test]
async fn the_file_stands_alone_in_the_readers_language() {
    let story = worked(Lang::ZhTw).await;
    let mut browser = story.app.signed_in(&story.manager).await;
    browser.get(&format!("/plans/{}/record.html", story.plan)).await;
    let file = &browser.html;
    assert!(file.contains("lang=\"zh-Hant-TW\"") && file.contains("主管成長履歷"), "{file}");
    assert!(file.contains("<style>") && !file.contains("<link") && !file.contains("<script"), "{file}");
}
