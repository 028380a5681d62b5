//! A step that reports: who gets it by mail, what they say to it, and who hears of that.

use pilothouse::engine::plan::StepState;
use pilothouse::mail::reading::ReadMail;
use reqwest::StatusCode;

use crate::acts::upgrades;
use crate::browser::Browser;
use crate::harness::{Someone, utc};
use crate::replies::{self, Opened};
use crate::short::{Story, story_of};

const BASICS: &str = "
curriculum: basics
title: {en: Basics, zh-TW: 基礎}
summary: {en: What comes first., zh-TW: 先做的事。}
steps:
  - id: week
    title: {en: My week, zh-TW: 我的一週}
    body: {en: Three lines., zh-TW: 三行。}
    due: B5
    effort: 5
    ask:
      - {id: progress, type: long_text, label: {en: Progress, zh-TW: 進度}, min: 5, max: 500}
      - {id: support, type: text, required: false, label: {en: Support, zh-TW: 支持}, max: 100}
    report: superior
    visible_to: [manager, superior]
  - id: dilemma
    title: {en: My dilemma, zh-TW: 我的難題}
    body: {en: One line., zh-TW: 一行。}
    due: B5
    effort: 5
    ask: [{id: what, type: text, label: {en: What, zh-TW: 什麼}, max: 100}]
    report: mentor
";

/// Friday afternoon in Taipei.
const FRIDAY: &str = "2026-03-06T08:30:00Z";
const MONDAY: &str = "2026-03-09T01:00:00Z";
const WORDS: &str = "Fifteen of <eighteen> renewals.\n\nFirst talk led by a member.";

/// The mail of these days is read, the manager hands in on Friday, and this is what leaves then.
async fn handed_in(story: &Story) -> (Browser, Vec<ReadMail>) {
    story.mails(FRIDAY).await;
    let mut manager = story.app.signed_in(&story.manager).await;
    story.app.mails();
    manager.get(&story.step("week")).await;
    assert!(manager.shows("When you hand it in, Diane Wu gets it by mail."), "{}", manager.text());
    story.hand_in(&mut manager, "week", &[("progress", WORDS)]).await;
    story.app.deliver().await;
    (manager, story.app.mails())
}

/// The address behind a label of a report's text.
fn link(story: &Story, mail: &ReadMail, label: &str) -> String {
    let (_, after) = mail.text.split_once(label).unwrap_or_else(|| panic!("no {label}: {}", mail.text));
    let address = after.split_whitespace().find(|word| word.contains("/act/")).expect("an address");
    address.strip_prefix(&story.app.base_url).expect("our own").to_owned()
}

fn only(mut mails: Vec<ReadMail>, who: &Someone) -> ReadMail {
    assert_eq!(mails.iter().map(|mail| mail.to[0].address.as_str()).collect::<Vec<_>>(), [who.email.as_str()]);
    mails.remove(0)
}

async fn answers(story: &Story, what: &str) -> i64 {
    replies::count(&story.app, &format!("report_answers WHERE step_key = 'week' AND answer = '{what}'")).await
}

#[actix_web::test]
async fn the_superior_reads_it_in_one_mail_and_the_manager_hears_that_they_would_like_to_talk() {
    let story = story_of(BASICS).await;
    let (mut manager, mails) = handed_in(&story).await;
    let mail = only(mails, &story.superior);
    assert_eq!(mail.subject, "Grace Chen: My week");
    let text = mail.text.replace('\r', "");
    assert!(text.contains("Progress\n  Fifteen of <eighteen> renewals.\n"), "{text}");
    assert!(text.contains("Support\n  No answer"), "{text}");
    assert!(mail.html.contains("Fifteen of &lt;eighteen&gt; renewals.") && !mail.html.contains("<eighteen>"));

    let (seen, talk) = (link(&story, &mail, "Seen: "), link(&story, &mail, "Let’s talk about "));
    let mut reader = Browser::new(&story.app.base_url);
    reader.get(&seen).await;
    assert!(reader.shows("Have you seen this report?") && reader.shows("My week"), "{}", reader.text());
    assert_eq!(replies::count(&story.app, "report_answers").await, 0, "looking changes nothing");
    reader.submit(&seen, &[]).await;
    assert!(reader.shows("the plan of Grace Chen that you have seen the report"), "{}", reader.text());
    reader.get(&talk).await;
    assert!(reader.shows("you gave another answer before"), "{}", reader.text());
    reader.submit(&talk, &[]).await;
    reader.post(&talk, &[]).await;
    assert_eq!((answers(&story, "seen").await, answers(&story, "talk").await), (0, 1));
    reader.post(&format!("{seen}/undo"), &[]).await;
    assert_eq!(answers(&story, "talk").await, 1, "what the other link did is not this one's to undo");

    manager.get(&story.step("week")).await;
    assert!(manager.shows("Diane Wu would like to talk about it"), "{}", manager.text());
    assert!(!manager.has_form(&format!("{}/read", story.step("week"))), "nobody answers their own report");
    let brief = story.mail(&story.manager, MONDAY).await.expect("a mail");
    assert!(brief.text.contains("Diane Wu read “My week”, and would like to talk"), "{}", brief.text);
    let later = story.mail(&story.manager, "2026-03-10T01:00:00Z").await;
    assert!(later.is_none_or(|mail| !mail.text.contains("would like to talk")), "it is said once");

    reader.get(&talk).await;
    reader.submit(&format!("{talk}/undo"), &[]).await;
    assert_eq!(replies::count(&story.app, "report_answers").await, 0, "{}", reader.text());
    story.app.assert_no_drift().await;
}

#[actix_web::test]
async fn a_report_handed_in_again_comes_again_and_the_answer_to_the_first_is_none() {
    let story = story_of(BASICS).await;
    let (mut manager, mails) = handed_in(&story).await;
    let seen = link(&story, &only(mails, &story.superior), "Seen: ");
    let mut reader = Browser::new(&story.app.base_url);
    reader.get(&seen).await;
    reader.submit(&seen, &[]).await;

    // Taken back before it leaves: the letter that is owed for it says nothing.
    story.app.clock.travel_to(utc("2026-03-06T08:40:00Z"));
    let take_back = format!("{}/take-back", story.step("week"));
    manager.get(&story.step("week")).await;
    manager.submit(&take_back, &[]).await;
    story.hand_in(&mut manager, "week", &[("progress", "Sixteen, wrongly counted.")]).await;
    manager.submit(&take_back, &[]).await;
    story.hand_in(&mut manager, "week", &[("progress", "Seventeen of eighteen renewals.")]).await;
    story.app.deliver().await;
    let again = only(story.app.mails(), &story.superior);
    assert!(again.text.contains("Seventeen of eighteen"), "{}", again.text);

    manager.get(&story.step("week")).await;
    assert!(manager.shows("It went to Diane Wu by mail.") && !manager.shows("has seen it"), "{}", manager.text());
    reader.get(&seen).await;
    assert!(reader.shows("The step has moved on"), "{}", reader.text());
    reader.post(&seen, &[]).await;
    assert_eq!(reader.status, StatusCode::CONFLICT);
    manager.get(&story.step("week")).await;
    assert!(!manager.shows("has seen it"), "{}", manager.text());
    let newer = link(&story, &again, "Seen: ");
    reader.get(&newer).await;
    reader.submit(&newer, &[]).await;
    manager.get(&story.step("week")).await;
    assert!(manager.shows("Diane Wu has seen it"), "{}", manager.text());
    story.app.assert_no_drift().await;
}

#[actix_web::test]
async fn on_their_pages_superior_and_mentor_find_what_there_is_to_read_until_they_say_so() {
    let story = story_of(BASICS).await;
    let (mut manager, _) = handed_in(&story).await;
    story.hand_in(&mut manager, "dilemma", &[("what", "Whom do I let go first?")]).await;
    let mut superior = story.app.signed_in(&story.superior).await;
    superior.get("/gates").await;
    assert!(superior.shows("To read") && superior.shows("First talk led by a member."), "{}", superior.text());
    assert!(!superior.shows("My dilemma"), "{}", superior.text());
    superior.submit(&format!("{}/read", story.step("week")), &[("answer", "talk")]).await;
    assert!(superior.shows("that you would like to talk") && !superior.shows("To read"), "{}", superior.text());
    assert_eq!(answers(&story, "talk").await, 1);
    superior.get(&story.step("week")).await;
    assert!(superior.shows("Diane Wu would like to talk about it"), "{}", superior.text());
    superior.submit(&format!("{}/read", story.step("week")), &[("answer", "seen")]).await;
    assert_eq!((answers(&story, "seen").await, answers(&story, "talk").await), (1, 0));
    superior.submit(&format!("{}/read", story.step("week")), &[("answer", "gladly")]).await;
    assert_eq!(superior.status, StatusCode::NOT_FOUND);

    let mut mentor = story.app.signed_in(&story.mentor).await;
    mentor.get("/queue").await;
    assert!(mentor.shows("Whom do I let go first?") && !mentor.shows("renewals"), "{}", mentor.text());
    mentor.submit(&format!("{}/read", story.step("dilemma")), &[("answer", "seen")]).await;
    assert!(mentor.shows("you have seen it") && !mentor.shows("To read"), "{}", mentor.text());

    let foreign = mentor.pairs("/language", &[("answer", "talk")]);
    mentor.post(&format!("{}/read", story.step("week")), &foreign).await;
    assert_eq!((mentor.status, answers(&story, "talk").await), (StatusCode::CONFLICT, 0), "it is the superior's");
    story.app.assert_no_drift().await;
}

#[actix_web::test]
async fn a_superior_answers_the_mail_with_one_word_and_a_line() {
    let mut story = story_of(BASICS).await;
    let door = Opened::before(&mut story.app);
    story.mails(FRIDAY).await;
    let mut manager = story.app.signed_in(&story.manager).await;
    story.app.mails();
    story.hand_in(&mut manager, "week", &[("progress", WORDS)]).await;
    let who = &story.superior;
    let letter = replies::letter_to(&story.app, who, FRIDAY).await;
    assert!(letter.text.contains("You can also answer this mail: “seen” or “talk”"), "{}", letter.text);
    door.takes(&who.email, &letter.reply_to, &letter.answered(who, "Let's talk\n\nOn Tuesday, about the list.")).await;
    assert_eq!((replies::ended(&story.app, "reply", "done", None).await, answers(&story, "talk").await), (1, 1));
    manager.get(&story.step("week")).await;
    assert!(manager.shows("On Tuesday, about the list."), "{}", manager.text());
    story.app.assert_no_drift().await;
}

#[actix_web::test]
async fn whoever_stopped_reports_gets_none_and_still_finds_it_on_their_page() {
    let story = story_of(BASICS).await;
    let row = format!("'{}', 'reports', now(), 'mail'", story.superior.id);
    story.app.sql(&format!("INSERT INTO stopped (person_id, topic, at, by) VALUES ({row})")).await;
    let (_, mails) = handed_in(&story).await;
    assert_eq!(mails.len(), 0);
    assert!(matches!(story.state("week").await, StepState::Done { .. }));
    let mut superior = story.app.signed_in(&story.superior).await;
    superior.get("/gates").await;
    assert!(superior.shows("First talk led by a member."), "{}", superior.text());
    // Whoever answers nothing is not reminded for ever.
    story.app.clock.travel_to(utc("2026-03-20T01:00:00Z"));
    let mut superior = story.app.signed_in(&story.superior).await;
    superior.get("/gates").await;
    assert!(!superior.shows("First talk led by a member."), "{}", superior.text());
}

#[actix_web::test]
async fn what_was_handed_in_under_a_rule_that_hid_it_is_no_report_under_a_later_one() {
    let hidden =
        BASICS.replace("    report: superior\n    visible_to: [manager, superior]\n", "    visible_to: [manager]\n");
    let story = story_of(&hidden).await;
    story.mails(FRIDAY).await;
    let mut manager = story.app.signed_in(&story.manager).await;
    story.hand_in(&mut manager, "week", &[("progress", WORDS)]).await;
    upgrades(&story, BASICS).await;
    assert!(story.mail(&story.superior, MONDAY).await.is_none_or(|mail| !mail.text.contains("renewals")));
    let mut superior = story.app.signed_in(&story.superior).await;
    superior.get("/gates").await;
    assert!(!superior.shows("To read") && !superior.shows("renewals"), "{}", superior.text());
    superior.get(&story.step("week")).await;
    assert!(!superior.shows("renewals"), "{}", superior.text());
    story.app.assert_no_drift().await;
}

const GATED: &str = "
curriculum: basics
title: {en: Basics, zh-TW: 基礎}
summary: {en: What comes first., zh-TW: 先做的事。}
steps:
  - id: goal
    title: {en: Our goal, zh-TW: 我們的目標}
    body: {en: One goal., zh-TW: 一個目標。}
    due: B1
    effort: 5
    ask: [{id: goal, type: smart, label: {en: Goal, zh-TW: 目標}}]
    visible_to: [manager, superior]
  - id: unease
    title: {en: My unease, zh-TW: 我的不安}
    body: {en: One line., zh-TW: 一行。}
    due: B1
    effort: 5
    ask: [{id: what, type: text, label: {en: What, zh-TW: 什麼}, max: 100}]
    visible_to: [manager]
  - id: agree
    title: {en: Agree on the goal, zh-TW: 確認目標}
    body: {en: Three answers., zh-TW: 三個回答。}
    due: B2
    after: [goal, unease]
    effort: 5
    ask: [{id: aside, type: text, label: {en: Left aside, zh-TW: 先放下}, max: 100}]
    review: superior
    report: superior
    visible_to: [manager, superior]
";

#[actix_web::test]
async fn a_goal_is_judged_from_the_mail_and_does_not_change_under_the_yes() {
    let story = story_of(GATED).await;
    let mut manager = story.app.signed_in(&story.manager).await;
    let parts = ["specific", "measurable", "achievable", "relevant", "owner"];
    let goal = parts.map(|part| (format!("goal.0.{part}"), format!("{part} 40 contracts")));
    let mut goal: Vec<(&str, &str)> = goal.iter().map(|(name, words)| (name.as_str(), words.as_str())).collect();
    goal.push(("goal.0.time_bound", "2026-06-30"));
    manager.get(&story.step("goal")).await;
    story.hand_in(&mut manager, "goal", &goal).await;
    manager.get(&story.step("unease")).await;
    story.hand_in(&mut manager, "unease", &[("what", "Whom do I ask?")]).await;
    story.app.deliver().await;
    story.app.mails();
    manager.get(&story.step("agree")).await;
    story.hand_in(&mut manager, "agree", &[("aside", "The <dealer> round")]).await;
    story.app.deliver().await;

    let mail = only(story.app.mails(), &story.superior);
    let text = mail.text.replace('\r', "");
    assert!(text.contains("Left aside\n  The <dealer> round\n"), "{text}");
    assert!(text.contains("Our goal\n\nGoal\n  - Specific: specific 40 contracts\n"), "{text}");
    assert!(text.contains("  - Time-bound: Tue 30 Jun 2026\n  - Owner: owner 40 contracts\n"), "{text}");
    assert!(!text.contains("Whom do I ask?") && !mail.html.contains("Whom do I ask?"), "{text}");
    assert!(mail.html.contains("The &lt;dealer&gt; round"), "{}", mail.html);

    manager.get(&story.step("goal")).await;
    let take_back = format!("{}/take-back", story.step("goal"));
    let early = manager.pairs(&take_back, &[]);
    let accept = link(&story, &mail, "Accept");
    let mut mailbox = Browser::new(&story.app.base_url);
    mailbox.get(&accept).await;
    mailbox.submit(&accept, &[]).await;
    manager.post(&take_back, &early).await;
    assert_eq!(manager.status, StatusCode::CONFLICT);
    assert!(manager.shows("because Agree on the goal, which comes after it, was accepted"), "{}", manager.text());
    manager.get(&story.step("goal")).await;
    assert!(!manager.has_form(&take_back), "{}", manager.text());
    let mut superior = story.app.signed_in(&story.superior).await;
    superior.get(&story.step("agree")).await;
    superior.submit(&format!("{}/reconsider", story.step("agree")), &[]).await;
    assert!(superior.shows("your answer is taken back"), "{}", superior.text());
    manager.get(&story.step("goal")).await;
    manager.submit(&take_back, &[]).await;
    assert!(manager.shows("it is open again"), "{}", manager.text());
    story.app.assert_no_drift().await;
}
