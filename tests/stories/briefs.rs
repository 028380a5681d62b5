//! The one mail of a day, and HR's of a week: when they come, and what they say when they do.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use chrono_tz::Tz;
use pilothouse::app::mentoring::{self, Answer};
use pilothouse::app::people::{self, NewPerson};
use pilothouse::app::plans::{self, NewPlan};
use pilothouse::app::steps::{self, At};
use pilothouse::app::{publish, sweep, worlds};
use pilothouse::curriculum::SourceFile;
use pilothouse::engine::access::Actor;
use pilothouse::engine::form::{Answer as Given, Answers};
use pilothouse::engine::vocabulary::{Lang, PlanId};
use pilothouse::engine::zone::local_date;
use pilothouse::mail::reading::ReadMail;

use crate::harness::{Cast, Someone, TestApp, date, utc};
use crate::relay::{message_id_of, number};
use crate::short::story_of;

const TAIPEI: Tz = chrono_tz::Asia::Taipei;
const NEW_YORK: Tz = chrono_tz::America::New_York;

/// What [`pilothouse::mail::reading`] calls the id of a letter.
fn id_of(dedup_key: &str) -> String {
    let id = message_id_of(dedup_key, "company.example");
    id.trim_start_matches('<').split('@').next().expect("a left side").to_owned()
}

fn brief_of(who: &Someone, day: &str) -> String {
    id_of(&format!("brief:{}:{day}", who.id))
}

fn digest_of(who: &Someone, day: &str) -> String {
    id_of(&format!("digest:{}:{day}", who.id))
}

fn welcome_of(plan: PlanId) -> String {
    id_of(&format!("welcome:{plan}"))
}

/// The letters to somebody that left at a moment.
async fn letters_at(app: &TestApp, now: &str, who: &Someone) -> Vec<ReadMail> {
    app.clock.travel_to(utc(now));
    app.deliver().await;
    app.mails().into_iter().filter(|mail| mail.to[0].address == who.email).collect()
}

/// Their ids alone.
async fn ids_at(app: &TestApp, now: &str, who: &Someone) -> Vec<String> {
    letters_at(app, now, who).await.into_iter().map(|mail| mail.id).collect()
}

/// Owes what is due at a moment, and delivers nothing: as while the relay is down.
async fn owe_at(app: &TestApp, now: &str) {
    app.clock.travel_to(utc(now));
    sweep::sweep(&app.pool, &app.moment()).await.expect("a sweep");
}

async fn somebody(app: &TestApp, name: &str, email: &str, zone: Tz, calendar: &str) -> Someone {
    let new = NewPerson {
        name: name.to_owned(),
        email: email.to_owned(),
        lang: Lang::En,
        zone: zone.name().to_owned(),
        calendar: calendar.to_owned(),
        brief_hour: 9,
        is_hr: false,
    };
    let moment = app.moment();
    let id = app.pool.in_transaction(async |tx| people::add(tx, Actor::Program, &new, &moment).await).await;
    Someone { id: id.expect("a person"), name: new.name, email: new.email, is_hr: false }
}

/// Publishes a program of one step, due on the first day.
async fn publish_short(app: &TestApp) {
    let curriculum = "curriculum: short\ntitle: {en: Short, zh-TW: 短}\nsummary: {en: Short., zh-TW: 短。}\nsteps:\n\
        \x20 - {id: only_step, title: {en: Only, zh-TW: 唯一}, body: {en: Do it., zh-TW: 去做。}, due: B1, effort: 10}\n";
    let program = "program: short_program\ntitle: {en: Short, zh-TW: 短}\nsummary: {en: Short., zh-TW: 短。}\n\
        curricula: [short]\ncast: [superior, hr]\n";
    let files = [("short.yaml", curriculum), ("program.yaml", program)];
    let files = files.map(|(path, text)| SourceFile { path: path.to_owned(), bytes: text.as_bytes().to_vec() });
    let moment = app.moment();
    let published = app.pool.in_transaction(async |tx| publish::publish(tx, &files, &moment).await);
    published.await.expect("it publishes");
}

async fn start(app: &TestApp, cast: &Cast, manager: &Someone, program: &str, effective: &str) -> PlanId {
    let new = NewPlan {
        program: program.to_owned(),
        manager: manager.id,
        superior: cast.superior.id,
        hr: cast.hr.id,
        mentor: None,
        then: Vec::new(),
        effective: date(effective),
        calendar: None,
    };
    let moment = app.moment();
    let plan =
        app.pool.in_transaction(async |tx| plans::start(tx, Actor::Person(cast.hr.viewer()), &new, &moment).await);
    plan.await.expect("a plan")
}

async fn hand_in(app: &TestApp, who: &Someone, plan: PlanId, step: &str, answers: &[(&str, &str)]) {
    let given = Answers(answers.iter().map(|(f, v)| ((*f).to_owned(), Given::One((*v).to_owned()))).collect());
    let at = At { plan, step: step.parse().expect("a step"), seen: None };
    let (who, moment) = (who.viewer(), app.moment());
    let done = app.pool.in_transaction(async |tx| steps::hand_in(tx, who, &at, given, &moment).await);
    done.await.expect("it is handed in");
}

async fn set(app: &TestApp, who: &Someone, zone: Tz, hour: u8) {
    let (who, moment) = (who.viewer(), app.moment());
    let saved =
        app.pool.in_transaction(async |tx| people::settings(tx, who, Lang::En, zone.name(), hour, &moment).await);
    saved.await.expect("settings");
}

async fn outbox(app: &TestApp, condition: &str) -> i64 {
    let mut conn = app.pool.get().await.expect("a connection");
    number(&mut conn, &format!("SELECT count(*) FROM outbox WHERE {condition}")).await
}

/// Monday 2 March 2026, early in Taipei, with a plan that begins today.
async fn monday() -> (TestApp, Cast) {
    let app = TestApp::at("2026-03-02T00:00:00Z").await;
    let cast = app.cast("2026-03-02", 0).await;
    (app, cast)
}

/// The same on Tuesday, the welcome read and the brief not yet due.
async fn tuesday() -> (TestApp, Cast) {
    let (app, cast) = monday().await;
    assert_eq!(ids_at(&app, "2026-03-02T01:00:00Z", &cast.manager).await, [welcome_of(cast.plan)]);
    app.clock.travel_to(utc("2026-03-03T00:00:00Z"));
    (app, cast)
}

const NOTHING: [String; 0] = [];

#[actix_web::test]
async fn the_brief_comes_at_the_persons_hour_and_once_however_often_is_looked() {
    let (app, cast) = tuesday().await;
    let grace = &cast.manager;

    assert_eq!(ids_at(&app, "2026-03-03T00:59:59Z", grace).await, NOTHING);
    assert_eq!(ids_at(&app, "2026-03-03T01:00:00Z", grace).await, [brief_of(grace, "2026-03-03")]);
    assert_eq!(ids_at(&app, "2026-03-03T01:00:00Z", grace).await, NOTHING);
    assert_eq!(ids_at(&app, "2026-03-03T01:00:01Z", grace).await, NOTHING);
    assert_eq!(ids_at(&app, "2026-03-03T15:59:59Z", grace).await, NOTHING);
    assert_eq!(ids_at(&app, "2026-03-03T16:00:00Z", grace).await, NOTHING); // Wednesday begins
    assert_eq!(ids_at(&app, "2026-03-04T00:59:59Z", grace).await, NOTHING);
    assert_eq!(ids_at(&app, "2026-03-04T01:00:00Z", grace).await, [brief_of(grace, "2026-03-04")]);
}

#[actix_web::test]
async fn no_brief_comes_on_a_holiday_or_a_weekend() {
    let app = TestApp::at("2026-02-23T00:00:00Z").await; // a Monday
    let cast = app.cast("2026-02-23", 0).await;
    let grace = &cast.manager;
    assert_eq!(ids_at(&app, "2026-02-26T01:00:00Z", grace).await.len(), 1); // the late welcome, for Thursday's brief

    assert_eq!(ids_at(&app, "2026-02-27T01:00:00Z", grace).await, NOTHING); // Friday, 和平紀念日補假
    assert_eq!(ids_at(&app, "2026-02-27T10:00:00Z", grace).await, NOTHING);
    assert_eq!(ids_at(&app, "2026-02-28T01:00:00Z", grace).await, NOTHING); // Saturday
    assert_eq!(ids_at(&app, "2026-03-01T01:00:00Z", grace).await, NOTHING); // Sunday
    assert_eq!(ids_at(&app, "2026-03-02T01:00:00Z", grace).await, [brief_of(grace, "2026-03-02")]);
}

#[actix_web::test]
async fn the_brief_comes_on_a_saturday_that_is_worked() {
    let app = TestApp::at("2025-02-03T01:00:00Z").await; // a Monday
    let cast = app.cast("2025-02-03", 0).await;
    let grace = &cast.manager;
    assert_eq!(ids_at(&app, "2025-02-03T01:00:00Z", grace).await, [welcome_of(cast.plan)]);
    assert_eq!(ids_at(&app, "2025-02-07T01:00:00Z", grace).await, [brief_of(grace, "2025-02-07")]);

    assert_eq!(ids_at(&app, "2025-02-08T01:00:00Z", grace).await, [brief_of(grace, "2025-02-08")]); // 補班
    assert_eq!(ids_at(&app, "2025-02-09T01:00:00Z", grace).await, NOTHING); // Sunday
}

#[actix_web::test]
async fn whoever_has_nothing_to_do_gets_no_mail() {
    let app = TestApp::at("2026-03-02T00:00:00Z").await; // a Monday
    let idle = app.person("Idle Ivy", "ivy@company.example", Lang::En, false).await;

    assert_eq!(ids_at(&app, "2026-03-02T01:00:00Z", &idle).await, NOTHING);

    assert_eq!(outbox(&app, "state = 'unneeded' AND kind = 'brief'").await, 1);
    assert_eq!(outbox(&app, "state <> 'unneeded'").await, 0);
}

#[actix_web::test]
async fn the_welcome_is_the_first_mornings_brief() {
    let (app, cast) = monday().await;
    let grace = &cast.manager;

    assert_eq!(ids_at(&app, "2026-03-02T00:59:59Z", grace).await, NOTHING);
    let welcome = letters_at(&app, "2026-03-02T01:00:00Z", grace).await;
    assert_eq!(welcome.iter().map(|mail| mail.id.as_str()).collect::<Vec<_>>(), [welcome_of(cast.plan)]);
    // Of the first day, and of each step.
    let why = "Why this date? Working day 1, counted from 2 March 2026 in the calendar Taiwan";
    assert!(welcome[0].text.matches(why).count() > 1, "{}", welcome[0].text);
    assert_eq!(ids_at(&app, "2026-03-02T09:00:00Z", grace).await, NOTHING);
    assert_eq!(ids_at(&app, "2026-03-03T01:00:00Z", grace).await, [brief_of(grace, "2026-03-03")]);
}

#[actix_web::test]
async fn before_a_plan_begins_every_page_that_names_its_first_day_says_why() {
    let app = TestApp::at("2026-02-24T02:00:00Z").await; // a Tuesday
    let cast = app.cast("2026-02-28", 0).await; // a Saturday
    let why = "Why this date? Mon 2 Mar 2026 Working day 1, counted from 28 February 2026 in the calendar Taiwan.";
    let plan = format!("/plans/{}", cast.plan);

    let mut manager = app.signed_in(&cast.manager).await;
    assert!(manager.get("/today").await.shows(why), "{}", manager.text());
    assert!(manager.get(&plan).await.shows(why), "{}", manager.text());
    let mut superior = app.signed_in(&cast.superior).await;
    assert!(superior.get("/gates").await.shows(why), "{}", superior.text());
    let why = "從 2026年2月28日起，依「台灣」行事曆算的第 1 個工作日。";
    let mut hr = app.signed_in(&cast.hr).await;
    assert!(hr.get("/progress").await.shows(why), "{}", hr.text());
    assert!(hr.get(&format!("/people/{}", cast.manager.id)).await.shows(why), "{}", hr.text());
}

#[actix_web::test]
async fn a_step_that_is_done_between_owing_and_delivering_is_not_named() {
    let (app, cast) = tuesday().await;
    let (grace, unease) = (&cast.manager, "Name the unease");
    owe_at(&app, "2026-03-03T01:00:00Z").await;
    hand_in(&app, grace, cast.plan, "name_the_unease", &[("unease", "Whom do I tell first?")]).await;

    let letters = letters_at(&app, "2026-03-03T01:00:00Z", grace).await;

    assert_eq!(letters.len(), 1);
    assert!(letters[0].text.contains("Read the guide"), "{}", letters[0].text);
    assert!(!letters[0].text.contains(unease) && !letters[0].html.contains(unease), "{}", letters[0].text);
}

#[actix_web::test]
async fn a_brief_whose_last_matter_is_settled_before_it_leaves_is_not_sent() {
    let (app, cast) = tuesday().await;
    owe_at(&app, "2026-03-03T01:00:00Z").await;
    let (lin, moment) = (cast.mentor.viewer(), app.moment());
    let no = Answer::Decline { line: String::new() };
    let declined = app.pool.in_transaction(async |tx| mentoring::answer(tx, lin, cast.plan, no, &moment).await);
    declined.await.expect("an answer");

    assert_eq!(ids_at(&app, "2026-03-03T01:00:00Z", &cast.mentor).await, NOTHING);

    let its_row = format!("dedup_key = 'brief:{}:2026-03-03' AND state = 'unneeded'", cast.mentor.id);
    assert_eq!(outbox(&app, &its_row).await, 1);
}

#[actix_web::test]
async fn a_look_that_comes_hours_late_still_sends_the_days_brief_but_not_at_night() {
    let (app, cast) = tuesday().await;
    let grace = &cast.manager;

    assert_eq!(ids_at(&app, "2026-03-03T11:30:00Z", grace).await, [brief_of(grace, "2026-03-03")]); // 19:30
    let (app, cast) = tuesday().await;
    let grace = &cast.manager;
    assert_eq!(ids_at(&app, "2026-03-03T15:30:00Z", grace).await, NOTHING); // 23:30
    assert_eq!(ids_at(&app, "2026-03-04T01:00:00Z", grace).await, [brief_of(grace, "2026-03-04")]);
}

#[actix_web::test]
async fn a_program_that_was_down_for_three_days_sends_one_brief() {
    let (app, cast) = tuesday().await;
    let grace = &cast.manager;

    assert_eq!(ids_at(&app, "2026-03-06T02:00:00Z", grace).await, [brief_of(grace, "2026-03-06")]);
    assert_eq!(ids_at(&app, "2026-03-06T09:00:00Z", grace).await, NOTHING);
}

#[actix_web::test]
async fn a_program_that_comes_back_on_a_weekend_sends_no_brief_of_friday() {
    let (app, cast) = tuesday().await;
    let grace = &cast.manager;

    assert_eq!(ids_at(&app, "2026-03-07T02:00:00Z", grace).await, NOTHING); // a Saturday
    assert_eq!(ids_at(&app, "2026-03-09T00:59:00Z", grace).await, NOTHING);
    assert_eq!(ids_at(&app, "2026-03-09T01:00:00Z", grace).await, [brief_of(grace, "2026-03-09")]);
}

#[actix_web::test]
async fn briefs_that_waited_three_days_for_the_relay_leave_as_one() {
    let (app, cast) = tuesday().await;
    let grace = &cast.manager;
    owe_at(&app, "2026-03-03T01:00:00Z").await;
    owe_at(&app, "2026-03-04T01:00:00Z").await;
    owe_at(&app, "2026-03-05T01:00:00Z").await;

    assert_eq!(ids_at(&app, "2026-03-06T01:00:00Z", grace).await, [brief_of(grace, "2026-03-06")]);

    let theirs = format!("person_id = '{}' AND kind = 'brief'", grace.id);
    assert_eq!(outbox(&app, &format!("{theirs} AND state = 'unneeded'")).await, 3);
    assert_eq!(outbox(&app, &format!("{theirs} AND state = 'sent'")).await, 1);
}

#[actix_web::test]
async fn the_digest_names_who_started_who_is_overdue_and_who_waits_for_a_mentor() {
    let (app, cast) = monday().await;

    let letters = letters_at(&app, "2026-03-09T01:00:00Z", &cast.hr).await; // the Monday after

    let digest = letters.iter().find(|mail| mail.id == digest_of(&cast.hr, "2026-03-09")).expect("a digest");
    let says = |words: &str| assert!(digest.text.contains(words), "{words} in\n{}", digest.text);
    says("開始：陳怡君 Grace Chen");
    says("完成：沒有人");
    says("7 天前邀請了林志明當陳怡君 Grace Chen的導師，還沒有回覆。");
    says("需要留意：陳怡君 Grace Chen");
    says(" 個步驟逾期，最久的已經 5 個工作日。");
}

#[actix_web::test]
async fn the_digest_names_who_finished() {
    let (app, cast) = monday().await;
    publish_short(&app).await;
    let quick = somebody(&app, "Quinn Quick", "quinn@company.example", TAIPEI, "taiwan").await;
    let plan = start(&app, &cast, &quick, "short_program", "2026-03-02").await;
    hand_in(&app, &quick, plan, "only_step", &[]).await;

    let letters = letters_at(&app, "2026-03-09T01:00:00Z", &cast.hr).await;

    let digest = letters.iter().find(|mail| mail.id == digest_of(&cast.hr, "2026-03-09")).expect("a digest");
    assert!(digest.text.contains("完成：Quinn Quick"), "{}", digest.text);
    assert!(!digest.text.contains("Quinn Quick有 "), "whoever finished has nothing overdue: {}", digest.text);
}

#[actix_web::test]
async fn the_digest_comes_once_a_week_on_its_first_working_day_and_to_hr_alone() {
    let (app, cast) = monday().await;
    let digests = async |now: &str| {
        app.clock.travel_to(utc(now));
        app.deliver().await;
        let mails: Vec<ReadMail> = app.mails().into_iter().filter(|mail| mail.subject.contains("的一週")).collect();
        assert!(mails.iter().all(|mail| mail.to[0].address == cast.hr.email));
        mails.into_iter().map(|mail| mail.id).collect::<Vec<_>>()
    };

    assert_eq!(digests("2026-03-09T00:59:59Z").await, NOTHING);
    assert_eq!(digests("2026-03-09T01:00:00Z").await, [digest_of(&cast.hr, "2026-03-09")]); // Monday
    assert_eq!(digests("2026-03-09T01:00:00Z").await, NOTHING);
    assert_eq!(digests("2026-03-10T01:00:00Z").await, NOTHING);
    assert_eq!(digests("2026-03-13T01:00:00Z").await, NOTHING);
    assert_eq!(digests("2026-03-30T02:00:00Z").await, [digest_of(&cast.hr, "2026-03-30")]); // after two weeks down
    assert_eq!(digests("2026-04-06T01:00:00Z").await, NOTHING); // Monday, 清明節補假
    assert_eq!(digests("2026-04-07T01:00:00Z").await, [digest_of(&cast.hr, "2026-04-07")]); // Tuesday
}

#[actix_web::test]
async fn a_digest_whose_day_the_program_slept_through_comes_on_the_next_working_day() {
    let (app, cast) = monday().await;
    let digests = async |now: &str| {
        let letters = letters_at(&app, now, &cast.hr).await;
        letters.into_iter().filter(|mail| mail.subject.contains("的一週")).collect::<Vec<_>>()
    };
    assert_eq!(digests("2026-03-02T01:00:00Z").await.len(), 1);
    assert_eq!(digests("2026-03-06T01:00:00Z").await, []);

    assert_eq!(digests("2026-03-10T00:00:00Z").await, []); // Tuesday, 08:00
    let late = digests("2026-03-10T01:00:00Z").await;

    assert_eq!(late.len(), 1);
    assert!(late[0].text.contains("開始：陳怡君 Grace Chen"), "it speaks of the week before: {}", late[0].text);
    assert_eq!(digests("2026-03-11T01:00:00Z").await, []);
    assert_eq!(digests("2026-03-16T01:00:00Z").await.len(), 1); // the next Monday
}

#[actix_web::test]
async fn a_later_hour_counts_from_tomorrow_when_todays_brief_has_come() {
    let (app, cast) = tuesday().await;
    let grace = &cast.manager;
    assert_eq!(ids_at(&app, "2026-03-03T01:00:00Z", grace).await, [brief_of(grace, "2026-03-03")]);

    set(&app, grace, TAIPEI, 11).await;

    assert_eq!(ids_at(&app, "2026-03-03T03:00:00Z", grace).await, NOTHING);
    assert_eq!(ids_at(&app, "2026-03-04T01:00:00Z", grace).await, NOTHING);
    assert_eq!(ids_at(&app, "2026-03-04T03:00:00Z", grace).await, [brief_of(grace, "2026-03-04")]);
}

#[actix_web::test]
async fn a_later_hour_moves_a_brief_that_has_not_come() {
    let (app, cast) = tuesday().await;
    let grace = &cast.manager;

    set(&app, grace, TAIPEI, 11).await;

    assert_eq!(ids_at(&app, "2026-03-03T01:00:00Z", grace).await, NOTHING);
    assert_eq!(ids_at(&app, "2026-03-03T03:00:00Z", grace).await, [brief_of(grace, "2026-03-03")]);
}

#[actix_web::test]
async fn an_hour_that_has_passed_today_loses_no_brief() {
    let (app, cast) = tuesday().await; // 08:00 in Taipei
    let grace = &cast.manager;

    set(&app, grace, TAIPEI, 7).await;

    let today = ids_at(&app, "2026-03-03T00:00:01Z", grace).await;
    let later = ids_at(&app, "2026-03-03T01:00:00Z", grace).await;
    assert_eq!([today, later].concat(), [brief_of(grace, "2026-03-03")]);
    assert_eq!(ids_at(&app, "2026-03-03T23:00:00Z", grace).await, [brief_of(grace, "2026-03-04")]); // 07:00
}

#[actix_web::test]
async fn an_hour_that_has_passed_today_loses_no_digest() {
    let (app, cast) = monday().await;
    app.clock.travel_to(utc("2026-03-09T00:00:00Z")); // Monday, 08:00 in Taipei
    app.deliver().await;
    app.mails();

    set(&app, &cast.hr, TAIPEI, 7).await;

    let today = ids_at(&app, "2026-03-09T00:00:01Z", &cast.hr).await;
    let later = ids_at(&app, "2026-03-09T01:00:00Z", &cast.hr).await;
    let digests = [today, later].concat().into_iter().filter(|id| *id == digest_of(&cast.hr, "2026-03-09")).count();
    assert_eq!(digests, 1);
}

#[actix_web::test]
async fn whoever_travels_to_another_zone_gets_no_second_brief_of_the_day_and_the_next_at_their_hour_there() {
    let (app, cast) = tuesday().await;
    let grace = &cast.manager;
    assert_eq!(ids_at(&app, "2026-03-03T01:00:00Z", grace).await, [brief_of(grace, "2026-03-03")]);

    set(&app, grace, NEW_YORK, 9).await; // where it is 20:00 on Monday

    assert_eq!(ids_at(&app, "2026-03-03T14:00:00Z", grace).await, NOTHING); // 09:00 on Tuesday, told already
    assert_eq!(ids_at(&app, "2026-03-04T01:00:00Z", grace).await, NOTHING);
    assert_eq!(ids_at(&app, "2026-03-04T14:00:00Z", grace).await, [brief_of(grace, "2026-03-04")]);
}

#[actix_web::test]
async fn whoever_lives_elsewhere_gets_the_brief_at_their_own_hour_when_the_clocks_change_too() {
    let (app, cast) = tuesday().await;
    let ruth = somebody(&app, "Ruth Ortiz", "ruth@company.example", NEW_YORK, "weekdays").await;
    let plan = start(&app, &cast, &ruth, "sales_manager", "2026-03-03").await;

    assert_eq!(ids_at(&app, "2026-03-03T13:59:59Z", &ruth).await, NOTHING);
    assert_eq!(ids_at(&app, "2026-03-03T14:00:00Z", &ruth).await, [welcome_of(plan)]); // 09:00 EST
    assert_eq!(ids_at(&app, "2026-03-04T01:00:00Z", &ruth).await, NOTHING); // 09:00 in Taipei
    assert_eq!(ids_at(&app, "2026-03-06T14:00:00Z", &ruth).await, [brief_of(&ruth, "2026-03-06")]);
    assert_eq!(ids_at(&app, "2026-03-09T12:59:59Z", &ruth).await, NOTHING);
    assert_eq!(ids_at(&app, "2026-03-09T13:00:00Z", &ruth).await, [brief_of(&ruth, "2026-03-09")]); // 09:00 EDT
}

#[actix_web::test]
async fn two_workers_at_once_send_each_letter_once() {
    let (app, cast) = monday().await;
    let mut managers = vec![cast.manager.clone()];
    for n in 1..=7 {
        let email = format!("manager{n}@company.example");
        let manager = somebody(&app, &format!("Manager {n}"), &email, TAIPEI, "taiwan").await;
        start(&app, &cast, &manager, "sales_manager", "2026-03-02").await;
        managers.push(manager);
    }
    app.clock.travel_to(utc("2026-03-02T01:00:00Z"));
    app.deliver().await; // the welcomes
    app.mails();
    let welcomed = outbox(&app, "state = 'sent'").await;
    app.clock.travel_to(utc("2026-03-03T01:00:00Z"));

    let (one, other) = (app.worker.clone(), app.worker.clone());
    let (one, other) = tokio::join!(one.run_once(), other.run_once());

    // Who gets how many is chance; that nobody gets one twice is not.
    assert!(one.expect("a run").sent + other.expect("a run").sent > 0);
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    app.mails().into_iter().for_each(|mail| *times.entry(mail.id).or_default() += 1);
    assert!(times.values().all(|times| *times == 1), "{times:?}");
    let briefed = managers.iter().filter(|manager| times.contains_key(&brief_of(manager, "2026-03-03"))).count();
    assert_eq!(briefed, managers.len());
    assert_eq!(outbox(&app, "state = 'sent'").await - welcomed, i64::try_from(times.len()).expect("a count"));
    assert_eq!(outbox(&app, "state = 'owed' AND due_at <= '2026-03-03T01:00:00Z'").await, 0);
}

/// The mornings on which somebody got a brief or a welcome, and how many.
type Mornings = BTreeMap<(String, NaiveDate), usize>;

/// Everybody's letters until `end`, while the program looks whenever something is due.
async fn letters_until(app: &TestApp, end: &str, everybody: &[(Someone, Tz, PlanId)]) -> Mornings {
    let mut mornings = Mornings::new();
    loop {
        let mut conn = app.pool.get().await.expect("a connection");
        let next = worlds::next_due(&mut conn).await.expect("a look").expect("something is always due");
        drop(conn);
        if next >= utc(end) {
            return mornings;
        }
        app.clock.travel_to(next);
        app.deliver().await;
        for mail in app.mails() {
            let Some((who, zone, plan)) = everybody.iter().find(|(who, ..)| who.email == mail.to[0].address) else {
                continue;
            };
            let day = local_date(next, *zone);
            assert!([brief_of(who, &day.to_string()), welcome_of(*plan)].contains(&mail.id), "on {day}: {}", mail.text);
            *mornings.entry((who.name.clone(), day)).or_default() += 1;
        }
    }
}

#[actix_web::test]
async fn in_a_year_nobody_anywhere_gets_two_briefs_on_a_day_or_one_on_a_day_off() {
    let (app, cast) = monday().await;
    app.sql("UPDATE people SET next_brief_at = '2100-01-01', next_digest_at = NULL").await; // the cast's own mail
    app.sql("DELETE FROM outbox").await;
    app.sql("UPDATE plans SET next_wake_at = NULL").await;
    publish_short(&app).await;
    let mut everybody = Vec::new();
    for (name, zone, calendar) in [
        ("taipei", TAIPEI, "taiwan"),
        ("new.york", NEW_YORK, "weekdays"),
        ("lord.howe", chrono_tz::Australia::Lord_Howe, "weekdays"),
    ] {
        let who = somebody(&app, name, &format!("{name}@company.example"), zone, calendar).await;
        let plan = start(&app, &cast, &who, "short_program", "2026-03-02").await;
        everybody.push((who, zone, plan));
    }

    let mornings = letters_until(&app, "2027-02-27T00:00:00Z", &everybody).await;

    assert!(mornings.values().all(|letters| *letters == 1), "{mornings:?}");
    let of = |name: &str| mornings.keys().filter(|(who, _)| who == name).map(|(_, day)| *day).collect::<Vec<_>>();
    let weekdays = |from: &str| {
        let days = date(from).iter_days().take_while(|day| *day < date("2027-02-27"));
        days.filter(|day| day.weekday().num_days_from_monday() < 5).collect::<Vec<_>>()
    };
    assert_eq!(of("new.york"), weekdays("2026-03-02"));
    assert_eq!(of("lord.howe"), weekdays("2026-03-02"));
    assert_eq!(of("taipei").len(), weekdays("2026-03-02").len() - TAIWAN_HOLIDAYS);
    assert!(!of("taipei").contains(&date("2026-04-03")) && !of("taipei").contains(&date("2026-12-25")));
}

/// Days off between Monday and Friday from March 2026 to February 2027, in curricula/calendars/taiwan.yaml.
const TAIWAN_HOLIDAYS: usize = 15;

#[actix_web::test]
async fn the_programs_hour_is_the_managers_until_they_choose_one() {
    let app = TestApp::at("2026-02-27T02:00:00Z").await; // a Friday
    let hr = app.person("吳雅雯", "hr@company.example", Lang::ZhTw, true).await;
    let superior = app.person("Diane Wu", "diane@company.example", Lang::En, false).await;
    let early = somebody(&app, "Early Liu", "early@company.example", TAIPEI, "taiwan").await;
    let usual = somebody(&app, "Usual Liu", "usual@company.example", TAIPEI, "taiwan").await;
    app.sql("UPDATE people SET brief_hour = 8 WHERE email = 'usual@company.example'").await; // as HR gave it
    let moment = app.moment();
    let chosen = app
        .pool
        .in_transaction(async |tx| people::settings(tx, early.viewer(), Lang::En, TAIPEI.name(), 7, &moment).await);
    chosen.await.expect("settings");
    for manager in [&early, &usual] {
        let new = NewPlan {
            program: "sales_manager".to_owned(), // at nine
            manager: manager.id,
            superior: superior.id,
            hr: hr.id,
            mentor: None,
            then: Vec::new(),
            effective: date("2026-03-02"),
            calendar: None,
        };
        let started =
            app.pool.in_transaction(async |tx| plans::start(tx, Actor::Person(hr.viewer()), &new, &moment).await);
        started.await.expect("a plan");
    }
    let mut conn = app.pool.get().await.expect("a connection");
    let hour = async |conn: &mut _, who: &Someone| {
        number(conn, &format!("SELECT brief_hour::bigint FROM people WHERE id = '{}'", who.id)).await
    };
    assert_eq!((hour(&mut conn, &early).await, hour(&mut conn, &usual).await), (7, 9));
    let next =
        format!("SELECT count(*) FROM people WHERE id = '{}' AND next_brief_at = '2026-03-02T01:00:00Z'", usual.id);
    assert_eq!(number(&mut conn, &next).await, 1, "the next brief comes at that hour");
}

#[actix_web::test]
async fn what_is_late_and_named_on_another_morning_is_counted_so_that_mail_and_page_agree() {
    let step = |id: &str, every: u16| {
        format!(
            "  - {{id: {id}, title: {{en: Do {id}, zh-TW: 做 {id}}}, body: {{en: Do., zh-TW: 做。}}, due: B1, effort: 5, \
             remind: {{due_soon: 1, overdue_every: {every}}}}}\n"
        )
    };
    let head = "curriculum: basics\ntitle: {en: Basics, zh-TW: 基礎}\nsummary: {en: First., zh-TW: 先做。}\nsteps:\n";
    let steps = step("daily", 1) + &step("second", 2) + &step("third", 3);
    let story = story_of(&format!("{head}{steps}")).await;
    let mut said = Vec::new();
    for day in ["2026-03-03", "2026-03-04", "2026-03-05"] {
        let mails = letters_at(&story.app, &format!("{day}T01:30:00Z"), &story.manager).await;
        let brief = mails.iter().find(|mail| mail.id == brief_of(&story.manager, day)).expect("a brief");
        let number = |before: &str, after: &str| {
            let (said, _) = brief.text.split_once(after)?;
            said.rsplit_once(before)?.1.parse::<usize>().ok()
        };
        let named = number("Overdue (", ")").unwrap_or_default();
        let besides = number("\n", " more is late, and").or(number("\n", " more are late, and")).unwrap_or_default();
        let mut today = story.app.signed_in(&story.manager).await;
        today.get("/").await;
        assert!(today.shows(&format!("{} steps are late.", named + besides)), "{} {}", today.text(), brief.text);
        said.push((named, besides));
    }
    assert_eq!(said, [(3, 0), (1, 2), (2, 1)]);
}
