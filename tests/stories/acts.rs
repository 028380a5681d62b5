//! What is done from a mail with one press: on steps and on reports, without signing in.

use pilothouse::app::mentoring::{self, Answer as MentorAnswer};
use pilothouse::app::rollouts;
use pilothouse::engine::plan::StepState;
use pilothouse::engine::upgrade::Policy;
use pilothouse::engine::vocabulary::Lang;
use pilothouse::mail::reading::ReadMail;
use pilothouse::store::links::{Purpose, StepAct, StepLink};
use reqwest::StatusCode;

use crate::access::{answer, minted, world};
use crate::browser::Browser;
use crate::harness::{Someone, utc};
use crate::relay::number;
use crate::short::{CURRICULA, Story, publishes, story};
use crate::sign_in::client;

/// Nine in Taipei. "Listen first" is due on Wednesday.
const TUESDAY: &str = "2026-03-03T01:00:00Z";
const WEDNESDAY: &str = "2026-03-04T01:00:00Z";
const FRIDAY: &str = "2026-03-06T01:00:00Z";

/// The address behind a label of a mail's text, in the part about a step when one is named.
fn link(story: &Story, mail: &ReadMail, about: &str, label: &str) -> String {
    let (_, after) = mail.text.split_once(about).unwrap_or_else(|| panic!("nothing on {about}: {}", mail.text));
    let (_, after) = after.split_once(label).unwrap_or_else(|| panic!("no {label}: {}", mail.text));
    let address = after.split_whitespace().find(|word| word.contains("/act/")).expect("an address");
    address.strip_prefix(&story.app.base_url).expect("our own").to_owned()
}

async fn brief(story: &Story, who: &Someone, morning: &str) -> ReadMail {
    story.mail(who, morning).await.expect("a mail")
}

fn reader(story: &Story) -> Browser {
    Browser::new(&story.app.base_url)
}

async fn version(story: &Story) -> u64 {
    world(&story.app, story.plan).await.plan.version
}

async fn count(story: &Story, of: &str) -> i64 {
    let mut conn = story.app.pool.get().await.expect("a connection");
    number(&mut conn, &format!("SELECT count(*) FROM {of}")).await
}

/// The manager hands in, and the mentor's mail of the next morning says so.
async fn handed_in(story: &Story) -> (Browser, ReadMail) {
    story.app.clock.travel_to(utc(TUESDAY));
    let mut manager = story.app.signed_in(&story.manager).await;
    story.hand_in(&mut manager, "write_down", &[("what", "They want quiet mornings.")]).await;
    (manager, brief(story, &story.mentor, WEDNESDAY).await)
}

async fn mint(story: &Story, who: &Someone, step: &str, act: StepAct) -> String {
    let step = step.parse().expect("a step");
    let on = StepLink { plan: story.plan, step, act, seen: version(story).await };
    format!("/act/{}", minted(&story.app, who, Purpose::Step(on)).await)
}

#[actix_web::test]
async fn a_step_is_done_with_one_press_twice_is_once_and_undo_opens_it_again() {
    let story = story().await;
    let done = link(&story, &brief(&story, &story.manager, TUESDAY).await, "Listen first", "Done");
    let before = version(&story).await;
    let address = format!("{}{done}", story.app.base_url);
    for _ in 0..5 {
        let head = client().head(&address).send().await.expect("an answer");
        assert_eq!((head.status(), head.text().await.expect("a body").as_str()), (StatusCode::OK, ""));
        let looked = client().get(&address).send().await.expect("an answer");
        assert_eq!(looked.status(), StatusCode::OK);
        assert_eq!(looked.headers()["referrer-policy"], "no-referrer");
        assert_eq!(looked.headers()["cache-control"], "no-store");
        assert_eq!(looked.headers()["x-robots-tag"], "noindex");
    }
    assert_eq!(version(&story).await, before, "looking changes nothing");

    let mut reader = reader(&story);
    reader.get(&done).await;
    assert!(reader.shows("Mark this step as done?") && reader.shows("Listen first"), "{}", reader.text());
    reader.submit(&done, &[]).await;
    assert!(reader.status == StatusCode::OK && reader.shows("Thank you. The plan has it."), "{}", reader.text());
    assert!(matches!(story.state("listen").await, StepState::Done { by, .. } if by == story.manager.id));
    let after = version(&story).await;
    reader.post(&done, &[]).await;
    assert_eq!((reader.status, version(&story).await), (StatusCode::OK, after));

    reader.submit(&format!("{done}/undo"), &[]).await;
    assert!(reader.shows("Mark this step as done?"), "{}", reader.text());
    assert!(matches!(story.state("listen").await, StepState::Todo { .. }));
    let undone = version(&story).await;
    reader.post(&format!("{done}/undo"), &[]).await;
    assert_eq!((reader.status, version(&story).await), (StatusCode::OK, undone));
    reader.submit(&done, &[]).await;
    assert!(matches!(story.state("listen").await, StepState::Done { .. }), "it lives until the step closes");
    story.app.assert_no_drift().await;
}

#[actix_web::test]
async fn a_step_put_off_is_named_again_three_days_later_or_when_that_is_taken_back() {
    let story = story().await;
    let snooze = link(&story, &brief(&story, &story.manager, TUESDAY).await, "Listen first", "Snooze 3 days");
    let mut reader = reader(&story);
    reader.get(&snooze).await;
    assert!(reader.shows("again before Fri 6 Mar 2026"), "{}", reader.text());
    reader.submit(&snooze, &[]).await;
    assert!(reader.shows("Put off") && reader.shows("again before Fri 6 Mar 2026"), "{}", reader.text());
    reader.post(&snooze, &[]).await;
    assert_eq!(count(&story, "snoozes WHERE until = '2026-03-06' AND times = 1").await, 1);
    let silent = brief(&story, &story.manager, WEDNESDAY).await;
    assert!(!silent.text.contains("Listen first") && silent.text.contains("Write it down"), "{}", silent.text);

    let mut manager = story.app.signed_in(&story.manager).await;
    manager.get(&story.step("listen")).await;
    assert!(manager.shows("You put this off: no mail of yours names it before Fri 6 Mar 2026"), "{}", manager.text());
    manager.submit(&format!("{}/snooze/undo", story.step("listen")), &[]).await;
    assert!(manager.shows("your mails name this step again") && count(&story, "snoozes").await == 0);
    manager.submit(&format!("{}/snooze", story.step("listen")), &[]).await;
    assert!(manager.shows("no mail of yours names it before Sat 7 Mar 2026"), "{}", manager.text());
    reader.get(&snooze).await;
    reader.submit(&format!("{snooze}/undo"), &[]).await;
    assert!(reader.shows("Put this step off for 3 days?") && count(&story, "snoozes").await == 0);

    let mut mentor = story.app.signed_in(&story.mentor).await;
    mentor.get(&story.step("listen")).await;
    assert!(!mentor.has_form(&format!("{}/snooze", story.step("listen"))), "only whoever does it puts it off");
    manager.get(&story.step("report")).await;
    assert!(!manager.has_form(&format!("{}/snooze", story.step("report"))), "no mail names it so early");
}

#[actix_web::test]
async fn a_step_is_put_off_three_times_and_what_was_taken_back_does_not_count() {
    let story = story().await;
    let snooze = link(&story, &brief(&story, &story.manager, TUESDAY).await, "Listen first", "Snooze 3 days");
    let mut reader = reader(&story);
    for (morning, times) in [(TUESDAY, 1), (FRIDAY, 2)] {
        story.app.clock.travel_to(utc(morning));
        reader.post(&snooze, &[]).await;
        assert_eq!(count(&story, &format!("snoozes WHERE times = {times}")).await, 1, "{}", reader.text());
    }
    reader.post(&format!("{snooze}/undo"), &[]).await;
    reader.post(&format!("{snooze}/undo"), &[]).await;
    assert_eq!(count(&story, "snoozes WHERE times = 1").await, 1);
    let named = story.mail(&story.manager, "2026-03-06T01:30:00Z").await.expect("its brief");
    assert!(named.text.contains("Listen first"), "{}", named.text);

    for morning in ["2026-03-09T01:00:00Z", "2026-03-12T01:00:00Z"] {
        story.app.clock.travel_to(utc(morning));
        reader.post(&snooze, &[]).await;
        assert_eq!(reader.status, StatusCode::OK, "{}", reader.text());
    }
    story.app.clock.travel_to(utc("2026-03-16T01:00:00Z"));
    reader.get(&snooze).await;
    assert!(reader.shows("You have put this off 3 times already.") && !reader.has_form(&snooze), "{}", reader.text());
    reader.post(&snooze, &[]).await;
    assert!(reader.status == StatusCode::CONFLICT && reader.shows("3 times already"), "{}", reader.text());
}

#[actix_web::test]
async fn a_mentor_accepts_with_a_line_from_the_mail_and_may_think_better_of_it() {
    let story = story().await;
    let (mut manager, mail) = handed_in(&story).await;
    let accept = link(&story, &mail, "Write it down", "Accept:");
    let mut reader = reader(&story);
    reader.get(&accept).await;
    assert!(reader.shows("Accept what was handed in?") && !reader.shows("quiet mornings"), "{}", reader.text());
    reader.submit(&accept, &[("line", "Well heard.")]).await;
    assert!(reader.shows("Accepted"), "{} {}", reader.status, reader.text());
    reader.post(&accept, &[("line".to_owned(), "Once more.".to_owned())]).await;
    manager.get(&story.step("write_down")).await;
    assert!(manager.shows("Well heard.") && !manager.shows("Once more."), "{}", manager.text());

    reader.submit(&format!("{accept}/undo"), &[]).await;
    assert!(matches!(story.state("write_down").await, StepState::HandedIn { .. }), "{}", reader.text());
    assert!(reader.shows("Accept what was handed in?"), "it can be pressed again: {}", reader.text());
    reader.submit(&accept, &[("line", "On second thoughts, yes.")]).await;
    assert!(reader.shows("Accepted"), "{} {}", reader.status, reader.text());
    story.app.assert_no_drift().await;
}

#[actix_web::test]
async fn whoever_wants_no_reminders_still_hears_of_what_waits_for_their_answer_and_without_both_of_nothing() {
    let story = story().await;
    story.app.clock.travel_to(utc(TUESDAY));
    let stop = async |topic: &str| {
        let row = format!("'{}', '{topic}', now(), 'page'", story.mentor.id);
        story.app.sql(&format!("INSERT INTO stopped (person_id, topic, at, by) VALUES ({row})")).await;
    };
    stop("reminders").await;
    let (_, mail) = handed_in(&story).await;
    assert!(mail.subject.contains("What waits") && mail.text.contains("Write it down"), "{}", mail.text);
    assert!(!link(&story, &mail, "Write it down", "Accept:").is_empty());
    stop("queue").await;
    assert!(story.mail(&story.mentor, FRIDAY).await.is_none());
    let said =
        format!("outbox WHERE person_id = '{}' AND for_day = '2026-03-06' AND why = 'nothing_else'", story.mentor.id);
    assert_eq!(count(&story, &said).await, 1, "HR can see why");
}

#[actix_web::test]
async fn a_mentor_returns_with_a_line_from_the_mail_and_not_without_one() {
    let story = story().await;
    let (mut manager, mail) = handed_in(&story).await;
    let back = link(&story, &mail, "Write it down", "Return with a line");
    let mut reader = reader(&story);
    reader.get(&back).await;
    reader.submit(&back, &[("line", " ")]).await;
    assert_eq!(reader.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(reader.shows("Write one line that says what is missing"), "{}", reader.text());
    reader.submit(&back, &[("line", "Name one example.")]).await;
    assert!(reader.status == StatusCode::OK && reader.shows("Sent back"), "{}", reader.text());
    reader.post(&back, &[]).await;
    assert_eq!(reader.status, StatusCode::OK, "the same press again");
    manager.get(&story.step("write_down")).await;
    assert!(manager.shows("Name one example."), "{}", manager.text());

    // The answer to what is handed in next is another one.
    story.hand_in(&mut manager, "write_down", &[("what", "Mei wants quiet mornings.")]).await;
    reader.get(&back).await;
    assert!(reader.shows("The step has moved on") && !reader.has_form(&back), "{}", reader.text());
    reader.post(&back, &[("line".to_owned(), "Name two.".to_owned())]).await;
    assert_eq!(reader.status, StatusCode::CONFLICT);
    assert!(matches!(story.state("write_down").await, StepState::HandedIn { .. }));
    story.app.assert_no_drift().await;
}

#[actix_web::test]
async fn a_link_does_nothing_when_somebody_needs_to_look_first_or_the_plan_is_over() {
    let story = story().await;
    let mail = brief(&story, &story.manager, TUESDAY).await;
    let (done, snooze) =
        (link(&story, &mail, "Listen first", "Done"), link(&story, &mail, "Listen first", "Snooze 3 days"));
    let form = mint(&story, &story.manager, "write_down", StepAct::Done).await;
    let early = mint(&story, &story.mentor, "write_down", StepAct::Accept).await;
    let mut reader = reader(&story);
    for (link, words) in [(&form, "This step asks for more than a press"), (&early, "Nothing is handed in for")] {
        reader.get(link).await;
        assert!(reader.shows(words) && !reader.has_form(link), "{}", reader.text());
        assert!(reader.links().contains(&story.step("write_down")));
        reader.post(link, &[]).await;
        assert!(reader.status == StatusCode::CONFLICT && reader.shows(words), "{}", reader.text());
    }

    let mut hr = story.app.signed_in(&story.hr).await;
    let end = [("what", "end"), ("end_how", "cancelled"), ("end_reason", "She moves on.")];
    story.arranged(&mut hr, &end).await;
    let before = version(&story).await;
    for link in [&done, &snooze] {
        reader.get(link).await;
        assert!(reader.shows("This plan was cancelled on") && !reader.has_form(link), "{}", reader.text());
        reader.post(link, &[]).await;
        assert_eq!(reader.status, StatusCode::CONFLICT);
        reader.post(&format!("{link}/undo"), &[]).await;
        assert!(reader.status == StatusCode::OK && reader.shows("This plan was cancelled on"), "{}", reader.text());
    }
    assert_eq!((version(&story).await, count(&story, "snoozes").await), (before, 0));
}

#[actix_web::test]
async fn a_former_mentors_link_is_dead_and_tells_nothing() {
    let story = story().await;
    let (_, mail) = handed_in(&story).await;
    let accept = link(&story, &mail, "Write it down", "Accept:");
    let (by, next, moment) = (story.hr.viewer(), story.colleague.id, story.app.moment());
    let asked = async |tx: &mut _| mentoring::ask(tx, by, story.plan, next, &[], &moment).await;
    story.app.pool.in_transaction(asked).await.expect("asked");
    answer(&story.app, &story.colleague, story.plan, MentorAnswer::Accept).await;

    let mut reader = reader(&story);
    for _ in 0..2 {
        assert!(!reader.shows("Write it down") && !reader.shows("Grace"), "{}", reader.text());
        reader.post(&accept, &[]).await;
        assert!(reader.status == StatusCode::CONFLICT && reader.shows("This is not yours any more"));
        reader.post(&format!("{accept}/undo"), &[]).await;
        assert_eq!(reader.status, StatusCode::CONFLICT);
        reader.get(&accept).await;
        assert!(reader.status == StatusCode::OK && !reader.has_form(&accept), "{}", reader.text());
    }
    assert!(matches!(story.state("write_down").await, StepState::HandedIn { .. }));
}

#[actix_web::test]
async fn a_link_that_nobody_was_sent_is_not_there() {
    let story = story().await;
    let mut reader = reader(&story);
    for path in ["/act/0123456789abcdef", "/act/0123456789abcdef/undo"] {
        reader.post(path, &[]).await;
        assert_eq!(reader.status, StatusCode::NOT_FOUND);
    }
    reader.get("/act/0123456789abcdef").await;
    assert_eq!(reader.status, StatusCode::NOT_FOUND);
}

pub async fn upgrades(story: &Story, basics: &str) {
    let to = publishes(&story.app, basics).await;
    let (who, plans, moment) = (story.hr.viewer(), [story.plan], story.app.moment());
    let begun = async |tx: &mut _| rollouts::start(tx, who, &to, Policy::default(), &plans, &moment).await;
    story.app.pool.in_transaction(begun).await.expect("it begins");
    while rollouts::step(&story.app.pool, &story.app.moment()).await.expect("a step") > 0 {}
}

#[actix_web::test]
async fn links_survive_an_upgrade_that_renames_their_step_and_say_when_one_removes_it() {
    let story = story().await;
    let mail = brief(&story, &story.manager, TUESDAY).await;
    let (done, snooze) =
        (link(&story, &mail, "Listen first", "Done"), link(&story, &mail, "Listen first", "Snooze 3 days"));
    let mut reader = reader(&story);
    reader.post(&snooze, &[]).await;
    let renamed = CURRICULA[0]
        .replace("{id: listen, title: {en: Listen first,", "{id: hear, was: [listen], title: {en: Hear first,");
    upgrades(&story, &renamed).await;
    reader.get(&snooze).await;
    assert!(reader.shows("Put off") && reader.shows("Hear first"), "{}", reader.text());
    reader.get(&done).await;
    reader.submit(&done, &[]).await;
    assert!(matches!(story.state("hear").await, StepState::Done { .. }), "{}", reader.text());
    reader.submit(&format!("{done}/undo"), &[]).await;

    let without: String =
        renamed.lines().filter(|line| !line.contains("{id: hear,")).map(|l| format!("{l}\n")).collect();
    upgrades(&story, &without).await;
    reader.get(&done).await;
    assert!(reader.shows("The step is not in the plan any more"), "{}", reader.text());
    reader.post(&done, &[]).await;
    assert!(reader.status == StatusCode::CONFLICT && reader.links().contains(&story.page()), "{}", reader.text());
    story.app.assert_no_drift().await;
}

#[actix_web::test]
async fn hr_acts_from_a_mail_only_in_the_plans_that_are_theirs() {
    let story = story().await;
    let step = "  - {id: desk, who: hr, title: {en: Find a desk, zh-TW: 找座位}, body: {en: Find., zh-TW: 找。}, due: B4, effort: 10}\n";
    upgrades(&story, &format!("{}{step}", CURRICULA[0])).await;
    let other = story.app.person("Ann Yeh", "ann@company.example", Lang::En, true).await;
    let foreign = mint(&story, &other, "desk", StepAct::Done).await;
    let mut reader = reader(&story);
    reader.post(&foreign, &[]).await;
    assert!(reader.status == StatusCode::CONFLICT && reader.shows("This is not yours any more"), "{}", reader.text());

    let own = link(&story, &brief(&story, &story.hr, WEDNESDAY).await, "Find a desk", "Done");
    reader.get(&own).await;
    reader.submit(&own, &[]).await;
    assert!(matches!(story.state("desk").await, StepState::Done { by, .. } if by == story.hr.id), "{}", reader.text());
}

#[actix_web::test]
async fn a_superior_answers_a_report_and_may_change_or_undo_it() {
    let story = story().await;
    let mail = brief(&story, &story.superior, FRIDAY).await;
    let (seen, talk) = (link(&story, &mail, "Your answer", "Seen"), link(&story, &mail, "Your answer", "talk about"));
    let mut reader = reader(&story);
    reader.get(&seen).await;
    assert!(reader.shows("The report on Grace Chen after 5 working days"), "{}", reader.text());
    assert_eq!(count(&story, "report_answers").await, 0);
    reader.submit(&seen, &[]).await;
    assert!(reader.shows("you have seen the report"), "{}", reader.text());
    reader.get(&talk).await;
    assert!(reader.shows("you gave another answer before"), "{}", reader.text());
    reader.submit(&talk, &[]).await;
    reader.post(&talk, &[]).await;
    assert_eq!(count(&story, "report_answers WHERE answer = 'talk'").await, 1, "{}", reader.text());

    // What the other link did is gone, and not this one's to undo.
    reader.post(&format!("{seen}/undo"), &[]).await;
    assert_eq!(count(&story, "report_answers").await, 1);
    let heard = brief(&story, &story.manager, "2026-03-09T01:00:00Z").await;
    assert!(heard.text.contains("Diane Wu read the report of working day 5"), "{}", heard.text);
    reader.get(&talk).await;
    reader.submit(&format!("{talk}/undo"), &[]).await;
    assert_eq!(count(&story, "report_answers").await, 0, "{}", reader.text());

    story.app.sql(&format!("UPDATE links SET person_id = '{}' WHERE purpose = 'report'", story.mentor.id)).await;
    reader.get(&talk).await;
    assert!(reader.shows("This is not yours any more") && !reader.shows("Grace"), "{}", reader.text());
    reader.post(&talk, &[]).await;
    assert_eq!((reader.status, count(&story, "report_answers").await), (StatusCode::CONFLICT, 0));
}
