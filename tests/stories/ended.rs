//! What a plan that ended still lets somebody do, and what its pages no longer speak of.

use pilothouse::app::plans::{self, NewPlan};
use pilothouse::app::publish;
use pilothouse::app::roster;
use pilothouse::curriculum::SourceFile;
use pilothouse::engine::access::Actor;
use pilothouse::engine::plan::StepState;
use pilothouse::engine::vocabulary::{Lang, PlanId};
use reqwest::StatusCode;

use crate::access::world;
use crate::browser::Browser;
use crate::harness::{Someone, date, link_in, utc};
use crate::short::{Story, story};

const END: [(&str, &str); 3] = [("what", "end"), ("end_how", "early"), ("end_reason", "She knows it all.")];

/// Another plan of the same manager, which begins a day later: on Tuesday, 3 March.
async fn start(story: &Story, program: &str, mentor: Option<&Someone>) -> PlanId {
    let new = NewPlan {
        program: program.to_owned(),
        manager: story.manager.id,
        superior: story.superior.id,
        hr: story.hr.id,
        mentor: mentor.map(|mentor| mentor.id),
        then: Vec::new(),
        effective: date("2026-03-03"),
        calendar: None,
    };
    let (by, moment) = (Actor::Person(story.hr.viewer()), story.app.moment());
    story.app.pool.in_transaction(async |tx| plans::start(tx, by, &new, &moment).await).await.expect("a plan")
}

#[actix_web::test]
async fn what_waits_when_a_plan_ends_is_accepted_and_never_sent_back() {
    let story = story().await;
    let (mut hr, mut manager) = (story.app.signed_in(&story.hr).await, story.app.signed_in(&story.manager).await);
    let mut mentor = story.app.signed_in(&story.mentor).await;
    let step = format!("/plans/{}/steps/write_down", story.plan);
    manager.get(&step).await;
    manager.submit(&format!("{step}/hand-in"), &[("what", "They want to be asked.")]).await;
    manager.get("/today").await;
    assert!(manager.shows("Mentor: Kevin Lin"), "{}", manager.text());
    mentor.get("/queue").await;
    assert!(mentor.shows("Return with a line"), "{}", mentor.text());
    story.arranged(&mut hr, &[("what", "end"), ("end_how", "cancelled"), ("end_reason", "Moved abroad.")]).await;

    manager.get("/today").await;
    assert!(manager.shows("Your plan has ended") && !manager.shows("Mentor: Kevin Lin"), "{}", manager.text());
    for page in [step.as_str(), "/queue"] {
        mentor.get(page).await;
        assert!(mentor.shows("Accept") && mentor.shows("you can still accept this"), "{page}: {}", mentor.text());
        assert!(!mentor.shows("Return with a line"), "{page}: {}", mentor.text());
    }
    mentor.submit(&format!("{step}/accept"), &[]).await;
    assert_eq!(mentor.status, StatusCode::OK);
    let plan = world(&story.app, story.plan).await.plan;
    assert!(matches!(plan.steps[&"write_down".parse().expect("a key")].state, StepState::Done { .. }));
}

#[actix_web::test]
async fn what_was_open_at_the_end_counts_in_its_module_as_it_does_in_the_plan() {
    let story = story().await;
    let (mut hr, mut manager) = (story.app.signed_in(&story.hr).await, story.app.signed_in(&story.manager).await);
    manager.get(&story.step("listen")).await;
    manager.submit(&format!("{}/hand-in", story.step("listen")), &[]).await;
    story.arranged(&mut hr, &END).await;

    hr.get(&story.page()).await;

    let text = hr.text();
    assert!(hr.shows("1 of 5 done") && hr.shows("1 of 3 done") && hr.shows("0 of 2 done"), "{text}");
    assert!(!text.contains("of 0 done") && !text.contains("100 %"), "{text}");
}

#[actix_web::test]
async fn a_module_of_which_nothing_counts_shows_no_progress() {
    let story = story().await;
    let mut hr = story.app.signed_in(&story.hr).await;
    let skip = [("what", "skip"), ("skip_module", "extra"), ("skip_reason", "Not for her.")];
    story.arranged(&mut hr, &skip).await;

    hr.get(&story.page()).await;

    assert!(hr.shows("no step counts") && !hr.text().contains("0 of 0"), "{}", hr.text());
}

#[actix_web::test]
async fn the_end_stops_the_count_of_days_and_the_checkpoints() {
    let story = story().await;
    let (mut hr, mut manager) = (story.app.signed_in(&story.hr).await, story.app.signed_in(&story.manager).await);
    story.app.clock.travel_to(utc("2026-03-09T01:30:00Z")); // the Monday after: working day 6
    story.arranged(&mut hr, &END).await;
    story.app.clock.travel_to(utc("2026-04-20T01:30:00Z")); // a Monday

    manager.get("/today").await;
    assert!(manager.shows("ended on working day 6 of the plan"), "{}", manager.text());
    hr.get(&story.page()).await;
    assert!(hr.shows("Checkpoint on working day 5") && !hr.shows("Checkpoint on working day 10"), "{}", hr.text());
}

#[actix_web::test]
async fn the_end_of_a_plan_settles_the_question_to_its_mentor() {
    let mut story = story().await;
    let (mut hr, mut asked) = (story.app.signed_in(&story.hr).await, story.app.signed_in(&story.colleague).await);
    story.plan = start(&story, "short", Some(&story.colleague)).await;
    let mails = story.mails("2026-03-02T01:35:00Z").await;
    let link = mails.iter().find_map(|mail| link_in(&mail.text, "/mentor-answer/")).expect("a link");
    let link = link.trim_start_matches(&story.app.base_url).to_owned();
    let mut visitor = Browser::new(&story.app.base_url);
    visitor.get(&link).await;
    assert!(visitor.shows("Will you be the mentor of Grace Chen?"), "{}", visitor.text());
    asked.get("/queue").await;
    assert!(asked.shows("Yes, I will be the mentor of Grace Chen"), "{}", asked.text());
    story.arranged(&mut hr, &END).await;

    visitor.submit(&format!("{link}/accept"), &[]).await;
    assert_eq!(visitor.status, StatusCode::OK);
    assert!(visitor.shows("This plan has ended") && visitor.links().contains(&"/queue".to_owned()));
    visitor.get(&link).await;
    assert!(visitor.shows("nothing waits for your answer any more"), "{}", visitor.text());
    assert!(!visitor.has_form(&format!("{link}/accept")), "{}", visitor.text());
    for page in ["/progress", &format!("/people/{}", story.manager.id), &story.page()] {
        hr.get(page).await;
        let text = hr.text();
        assert!(!text.contains("asked, no answer yet") && !text.contains("has not answered yet"), "{page}: {text}");
        assert!(text.contains("before the end") || text.contains("ended before an answer"), "{page}: {text}");
    }
    hr.get(&format!("/people/{}", story.colleague.id)).await;
    assert!(!hr.shows("Asked to be"), "{}", hr.text());
    asked.get("/queue").await;
    assert!(!asked.shows("I will be the mentor"), "{}", asked.text());
    asked.get("/settings").await;
    assert!(!asked.links().contains(&"/queue".to_owned()), "{}", asked.text());
}

#[actix_web::test]
async fn the_link_to_an_ended_plan_says_so_in_the_language_of_whoever_was_asked() {
    let mut story = story().await;
    let mut hr = story.app.signed_in(&story.hr).await;
    let asked = story.app.person("林怡君", "lin@company.example", Lang::ZhTw, false).await;
    story.plan = start(&story, "short", Some(&asked)).await;
    let mails = story.mails("2026-03-02T01:35:00Z").await;
    let link = mails.iter().find_map(|mail| link_in(&mail.text, "/mentor-answer/")).expect("a link");
    let link = link.trim_start_matches(&story.app.base_url).to_owned();
    story.arranged(&mut hr, &END).await;

    let mut visitor = Browser::new(&story.app.base_url);
    visitor.get(&link).await;

    assert!(visitor.shows("這個計畫已經結束") && visitor.shows("不需要再等你回覆"), "{}", visitor.text());
}

#[actix_web::test]
async fn a_plan_with_open_steps_says_when_the_last_day_of_its_program_comes_and_has_passed() {
    let mut story = story().await;
    let files = [
        (
            "one.yaml",
            "
curriculum: one
title: {en: One, zh-TW: 一}
summary: {en: One thing., zh-TW: 一件事。}
steps:
  - {id: listen_once, title: {en: Listen once, zh-TW: 聽一次}, body: {en: Listen., zh-TW: 聽。}, due: B3, effort: 10}
",
        ),
        (
            "ending.yaml",
            "
program: ending
title: {en: Ending, zh-TW: 到期}
summary: {en: It ends soon., zh-TW: 很快就到期。}
curricula: [one]
ends: B4
cast: [superior, hr]
mail: {due_soon: 2, overdue_every: 1}
",
        ),
    ];
    let files = files.map(|(path, text)| SourceFile { path: path.to_owned(), bytes: text.as_bytes().to_vec() });
    let moment = story.app.moment();
    story.app.pool.in_transaction(async |tx| publish::publish(tx, &files, &moment).await).await.expect("it publishes");
    let (mut hr, mut manager) = (story.app.signed_in(&story.hr).await, story.app.signed_in(&story.manager).await);
    story.arranged(&mut hr, &END).await;
    story.plan = start(&story, "ending", None).await;
    let (is, was) = ("Today is the last day of the program", "The last day of the program was Fri 6 Mar 2026");

    manager.get("/today").await;
    assert!(!manager.shows("last day of the program"), "{}", manager.text());
    story.app.clock.travel_to(utc("2026-03-06T01:30:00Z")); // a Friday, working day 4
    manager.get("/today").await;
    assert!(manager.shows(is), "{}", manager.text());
    let mail = story.mails("2026-03-09T01:30:00Z").await; // the Monday after
    manager.get("/today").await;
    assert!(manager.shows(was), "{}", manager.text());

    let digest = mail.iter().find(|mail| mail.text.contains("The week from")).expect("HR's digest");
    let past = "The plan of Grace Chen goes on after the last day of its program, Fri 6 Mar 2026: 1 step is open.";
    assert!(digest.text.contains(past), "{}", digest.text);
    story.arranged(&mut hr, &END).await;
    manager.get("/today").await;
    assert!(!manager.shows(was), "{}", manager.text());
}

#[actix_web::test]
async fn who_joined_or_left_while_the_plan_had_ended_is_in_it_when_its_end_is_undone() {
    let story = story().await;
    let (viewer, manager) = (story.hr.viewer(), story.manager.id);
    let joins = async |name: &str| {
        let moment = story.app.moment();
        story.app.pool.in_transaction(async |tx| roster::join(tx, viewer, manager, name, "", None, &moment).await).await
    };
    let ann = joins("Ann Lee").await.expect("she joins");
    let mut hr = story.app.signed_in(&story.hr).await;
    story.arranged(&mut hr, &END).await;
    let moment = story.app.moment();
    let leaves = story.app.pool.in_transaction(async |tx| roster::leave(tx, viewer, ann, None, &moment).await).await;
    leaves.expect("she leaves");
    let ben = joins("Ben Yang").await.expect("he joins");

    let undo = story.look_at_undo(&mut hr).await;
    hr.submit(&undo, &[]).await;

    let plan = world(&story.app, story.plan).await.plan;
    assert!(plan.arranged.ended.is_none() && plan.members[&ann].left.is_some());
    assert_eq!(plan.present().collect::<Vec<_>>(), [ben]);
    story.app.assert_no_drift().await;
}

#[actix_web::test]
async fn what_waits_in_a_module_that_is_left_out_is_accepted_and_never_sent_back() {
    let story = story().await;
    let (mut hr, mut manager) = (story.app.signed_in(&story.hr).await, story.app.signed_in(&story.manager).await);
    let mut mentor = story.app.signed_in(&story.mentor).await;
    story.hand_in(&mut manager, "write_down", &[("what", "They want to be asked.")]).await;
    let step = story.step("write_down");
    mentor.get(&step).await;
    let back = mentor.pairs(&format!("{step}/accept"), &[("line", "Who said it?")]);
    story.arranged(&mut hr, &[("what", "skip"), ("skip_module", "basics"), ("skip_reason", "Known.")]).await;

    for page in [step.as_str(), "/queue"] {
        mentor.get(page).await;
        assert!(mentor.shows("Accept") && mentor.shows("you can still accept this"), "{page}: {}", mentor.text());
        assert!(!mentor.shows("Return with a line"), "{page}: {}", mentor.text());
    }
    mentor.post(&format!("{step}/return"), &back).await;
    assert!(matches!(story.state("write_down").await, StepState::HandedIn { .. }), "{}", mentor.text());
    assert!(mentor.shows("can be accepted, and is not opened again"), "{}", mentor.text());
    manager.get(&step).await;
    assert!(!manager.has_form(&format!("{step}/take-back")));
}

#[actix_web::test]
async fn a_preview_names_what_time_alone_ends_as_soon_as_it_is_done() {
    let story = story().await;
    let plan = start(&story, "sales_manager", None).await;
    let page = format!("/plans/{plan}/arrange");
    let mut hr = story.app.signed_in(&story.hr).await;
    story.app.clock.travel_to(utc("2026-04-15T01:30:00Z"));
    story.app.deliver().await;
    hr.get(&page).await;
    hr.submit(&format!("{page}/preview?form=pause"), &[("what", "pause")]).await;
    hr.submit(&page, &[]).await;
    story.app.clock.travel_to(utc("2026-05-13T01:30:00Z"));
    story.app.deliver().await;
    let lapsed = async || {
        let steps = world(&story.app, plan).await.plan.steps;
        steps.values().filter(|step| matches!(step.state, StepState::Lapsed { .. })).count()
    };
    let before = lapsed().await;
    hr.get(&page).await;
    let undo = hr.links().into_iter().find(|link| link.contains("/undo/")).expect("an undo");
    hr.get(&undo).await;
    let named = hr.text().matches("Not done this time").count();
    hr.submit(&undo, &[]).await;
    story.app.deliver().await;
    assert!(named > 0);
    assert_eq!(lapsed().await - before, named, "{}", hr.text());
}
