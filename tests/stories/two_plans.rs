//! Somebody has two running plans: whatever speaks of one says which.

use pilothouse::app::plans::{self, NewPlan};
use pilothouse::engine::access::Actor;
use pilothouse::engine::vocabulary::{Lang, PlanId};
use reqwest::StatusCode;

use crate::access::world;
use crate::harness::date;
use crate::short::{Story, story};

const LEAVE: [(&str, &str); 3] = [("what", "leave"), ("leave_from", "2026-03-10"), ("leave_until", "2026-03-12")];

/// A second plan of the same manager, in the shipped program.
async fn second(story: &Story) -> PlanId {
    start(story, "sales_manager", "2026-03-02").await
}

async fn start(story: &Story, program: &str, effective: &str) -> PlanId {
    start_on(story, program, effective, None).await
}

async fn start_on(story: &Story, program: &str, effective: &str, calendar: Option<&str>) -> PlanId {
    let new = NewPlan {
        program: program.to_owned(),
        manager: story.manager.id,
        superior: story.superior.id,
        hr: story.hr.id,
        mentor: None,
        then: Vec::new(),
        effective: date(effective),
        calendar: calendar.map(str::to_owned),
    };
    let (by, moment) = (Actor::Person(story.hr.viewer()), story.app.moment());
    story.app.pool.in_transaction(async |tx| plans::start(tx, by, &new, &moment).await).await.expect("a plan")
}

#[actix_web::test]
async fn a_leave_says_that_it_counts_for_one_plan_and_leads_to_the_other() {
    let story = story().await;
    let mut hr = story.app.signed_in(&story.hr).await;
    story.look(&mut hr, &LEAVE).await;
    assert!(!hr.shows("It counts for this plan alone."), "{}", hr.text());
    let other = format!("/plans/{}/arrange", second(&story).await);

    hr.get(&story.arrange()).await;
    let says = "It counts for this plan alone. Grace Chen has other running plans; enter it there as well: \
                Newly promoted sales manager";
    assert!(hr.shows(says) && hr.links().contains(&other), "{}", hr.text());
    story.look(&mut hr, &LEAVE).await;
    assert!(hr.shows(says) && hr.links().contains(&other), "{}", hr.text());
    let mut superior = story.app.signed_in(&story.superior).await;
    superior.get(&story.arrange()).await;
    assert!(superior.shows(says), "{}", superior.text());
}

#[actix_web::test]
async fn the_day_of_two_plans_names_the_program_that_a_leave_or_a_pause_is_of() {
    let story = story().await;
    let (mut hr, mut manager) = (story.app.signed_in(&story.hr).await, story.app.signed_in(&story.manager).await);
    story.arranged(&mut hr, &LEAVE).await;
    manager.get("/today").await;
    assert!(manager.shows("Leave from Tue 10 Mar 2026") && !manager.shows("“Short”:"), "{}", manager.text());

    second(&story).await;
    manager.get("/today").await;
    assert!(manager.shows("“Short”: Leave from Tue 10 Mar 2026 to Thu 12 Mar 2026."), "{}", manager.text());
    story.arranged(&mut hr, &[("what", "end"), ("end_how", "cancelled"), ("end_reason", "She moves on.")]).await;
    manager.get("/today").await;
    assert!(manager.shows("“Short”: Cancelled on Mon 2 Mar 2026."), "{}", manager.text());
}

#[actix_web::test]
async fn mail_about_two_plans_of_one_manager_names_their_programs() {
    let story = story().await;
    let alone = story.mail(&story.manager, "2026-03-04T01:30:00Z").await.expect("a brief");
    assert!(alone.text.contains("- Listen first\r\n") && !alone.text.contains("“Short”"), "{}", alone.text);
    second(&story).await;
    story.app.deliver().await; // the welcome, which is the mail of its day

    let mails = story.mails("2026-03-09T01:30:00Z").await; // the Monday after
    let briefs = mails.iter().find(|mail| mail.text.contains("Hello Grace Chen") && mail.text.contains("Your day"));
    let brief = &briefs.expect("a brief").text;
    assert!(brief.contains("- Listen first (“Short”)"), "{brief}");
    assert!(brief.contains(" (“Newly promoted sales manager”)"), "{brief}");
    let digest = &mails.iter().find(|mail| mail.text.contains("The week from")).expect("HR's digest").text;
    assert!(digest.contains("Grace Chen (“Short”) has 2 steps overdue."), "{digest}");
    assert!(digest.contains("Grace Chen (“Newly promoted sales manager”) has had no mentor"), "{digest}");
    assert!(digest.contains("- Started: Grace Chen (“"), "{digest}");
    assert!(digest.contains("Grace Chen (“Short”), working day 5:"), "{digest}");
}

#[actix_web::test]
async fn starting_a_second_plan_says_which_leave_and_pause_it_does_not_take_over() {
    let story = story().await;
    let mut hr = story.app.signed_in(&story.hr).await;
    story.arranged(&mut hr, &LEAVE).await;
    story.arranged(&mut hr, &[("what", "pause")]).await;
    let ids = [&story.manager, &story.superior, &story.hr].map(|who| who.id.to_string());
    let chosen = [
        ("manager", ids[0].as_str()),
        ("superior", ids[1].as_str()),
        ("hr", ids[2].as_str()),
        ("program", "sales_manager"),
        ("effective", "2026-03-09"),
    ];

    hr.get("/plans/new").await;
    hr.submit("/plans/preview", &chosen).await;

    assert!(hr.shows("Grace Chen has a running plan already: “Short”."), "{}", hr.text());
    assert!(hr.shows("A leave from Tue 10 Mar 2026 to Thu 12 Mar 2026 counts there and is not carried over."));
    assert!(hr.shows("It has been paused since Mon 2 Mar 2026. The pause is not carried over."), "{}", hr.text());
}

#[actix_web::test]
async fn two_plans_of_one_program_are_told_apart_by_their_first_days() {
    let story = story().await;
    let (mut hr, mut manager) = (story.app.signed_in(&story.hr).await, story.app.signed_in(&story.manager).await);
    let other = start(&story, "short", "2026-03-04").await; // a Wednesday
    let (first, then) = ("Short from Mon 2 Mar 2026", "Short from Wed 4 Mar 2026");
    story.arranged(&mut hr, &LEAVE).await;
    hr.get(&story.arrange()).await;
    assert!(hr.shows(first) && hr.shows(&format!("enter it there as well: {then}")), "{}", hr.text());

    manager.get("/today").await;
    assert!(manager.shows(&format!("“{first}”: Leave from")) && manager.shows(then), "{}", manager.text());
    manager.get(&format!("/plans/{other}")).await;
    assert!(manager.shows(then) && !manager.shows(first), "{}", manager.text());
    for page in ["/progress", "/people"] {
        hr.get(page).await;
        assert!(hr.shows(first) && hr.shows(then), "{page}: {}", hr.text());
    }
    story.mails("2026-03-04T01:30:00Z").await; // the welcome, which is the mail of its day
    let mails = story.mails("2026-03-09T01:30:00Z").await; // the Monday after
    let briefs = mails.iter().find(|mail| mail.text.contains("Hello Grace Chen") && mail.text.contains("Your day"));
    let brief = &briefs.expect("a brief").text;
    assert!(brief.contains(&format!(" (“{first}”)")) && brief.contains(&format!(" (“{then}”)")), "{brief}");
    let digest = &mails.iter().find(|mail| mail.text.contains("The week from")).expect("HR's digest").text;
    assert!(digest.contains("Grace Chen (“Short” from Mon 2 Mar 2026) has"), "{digest}");
    assert!(digest.contains("Grace Chen (“Short” from Wed 4 Mar 2026), working day 3:"), "{digest}");
}

#[actix_web::test]
async fn two_plans_of_one_program_are_told_apart_in_chinese() {
    let story = story().await;
    let hr = story.app.person("吳敏", "min@company.example", Lang::ZhTw, true).await;
    start(&story, "short", "2026-03-04").await; // a Wednesday

    let mut browser = story.app.signed_in(&hr).await;
    browser.get("/progress").await;

    assert!(browser.shows("短程（2026年3月2日(一)起）") && browser.shows("短程（2026年3月4日(三)起）"));
}

#[actix_web::test]
async fn a_plan_for_which_a_calendar_was_chosen_does_not_follow_its_managers() {
    let story = story().await;
    let own = start_on(&story, "short", "2026-03-03", Some("weekdays")).await;
    let mut hr = story.app.signed_in(&story.hr).await;
    let person = format!("/people/{}", story.manager.id);
    let mut both = Vec::new();
    for calendar in ["weekdays", "taiwan"] {
        hr.get(&person).await;
        hr.submit(&person, &[("calendar", calendar)]).await;
        hr.submit(&person, &[]).await;
        assert_eq!(hr.status, StatusCode::OK, "{}", hr.text());
        for plan in [story.plan, own] {
            both.push(world(&story.app, plan).await.plan.calendar);
        }
    }
    assert_eq!(both, ["weekdays", "weekdays", "taiwan", "weekdays"]);
    story.app.assert_no_drift().await;
}
