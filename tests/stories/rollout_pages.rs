//! What the pages of an upgrade say of one plan: what changes in it, what stays and why, and what has to be
//! undone first.

use pilothouse::engine::upgrade::Policy;
use reqwest::StatusCode;

use crate::browser::Browser;
use crate::harness::utc;
use crate::rollouts::{ASKS, PROGRAM, Story, basics, first, second};

/// Whose interview is reviewed by one role or another.
fn reviewed(by: &str, rest: &[(&str, &str, &str, &str)]) -> String {
    let interview = format!("{ASKS}    review: {by}\n");
    let steps = [("interview", "Interview", "B3", interview.as_str())];
    basics(&steps.into_iter().chain(rest.iter().copied()).collect::<Vec<_>>())
}

#[actix_web::test]
async fn a_plan_page_names_what_changes_and_what_stays_since_somebody_is_at_it() {
    let rest = [("report", "Report", "B10", ""), ("notes", "Notes", "B12", ""), ("old_habit", "Old habit", "B4", ASKS)];
    let story = Story::begun_with(1, &reviewed("superior", &rest)).await;
    story.hands_in(0, "interview", "She wants more say.").await;
    let mut manager = story.app.signed_in(&story.managers[0]).await;
    let begun = format!("/plans/{}/steps/old_habit", story.plans[0]);
    manager.get(&begun).await;
    let typed = manager.pairs(&format!("{begun}/hand-in"), &[("words", "Half a thought")]);
    manager.post(&format!("{begun}/draft"), &typed).await;
    let rest = [("report", "Better report", "B10", ""), ("notes", "Notes", "B15", "")];
    let to = story.publishes(&reviewed("hr", &rest)).await;

    let mut hr = story.app.signed_in(&story.hr).await;
    let look = format!("/curricula/{to}/rollout");
    hr.get(&look).await;
    assert!(hr.shows("2 1 date among them moves 2 stay as they are"), "{}", hr.text());
    hr.get(&format!("{look}/{}", story.plans[0])).await;
    for says in [
        "2 steps change Better report title Notes days",
        "One date moves",
        "2 steps stay as they are in this plan",
        "Interview: handed in, and waiting for the superior.",
        "Old habit: somebody began to fill it in.",
    ] {
        assert!(hr.shows(says), "{says}: {}", hr.text());
    }
    hr.get(&format!("{look}/{}?skip=interview", story.plans[0])).await;
    assert!(hr.shows("Interview: handed in, and waiting for the superior."), "{}", hr.text());

    let rollout = story.upgrades(&to, Policy::default()).await;
    story.steps_through().await;
    hr.get(&format!("/rollouts/{rollout}")).await;
    assert!(
        hr.shows("2 steps stayed as they were, so that nothing done or arranged in this plan is lost."),
        "{}",
        hr.text()
    );
    assert!(hr.links().contains(&format!("/plans/{}/history", story.plans[0])));
    story.app.assert_no_drift().await;
}

#[actix_web::test]
async fn a_step_that_was_renamed_since_is_no_work_done_since() {
    let story = Story::begun(1).await;
    story.hands_in(0, "meet_everybody", "Everybody is well.").await;
    let mut hr = story.app.signed_in(&story.hr).await;
    let arrange = format!("/plans/{}/arrange", story.plans[0]);
    hr.get(&arrange).await;
    let leave = [("what", "leave"), ("leave_from", "2026-03-04"), ("leave_until", "2026-03-06")];
    hr.submit(&format!("{arrange}/preview?form=leave"), &leave).await;
    hr.submit(&arrange, &[]).await;
    let undo = hr.links().into_iter().find(|link| link.contains("/undo/")).expect("an undo");
    let to = story.publishes(&second()).await;
    story.upgrades(&to, Policy::default()).await;
    story.steps_through().await;

    hr.get(&undo).await;
    assert_eq!(hr.status, StatusCode::OK);
    assert!(hr.shows("2 dates move") && !hr.shows("Somebody worked on them since"), "{}", hr.text());
}

#[actix_web::test]
async fn undoing_an_upgrade_shows_a_renamed_step_as_the_same_one() {
    let story = Story::begun(1).await;
    let to = story.publishes(&second()).await;
    story.upgrades(&to, Policy::default()).await;
    story.steps_through().await;
    let mut hr = story.app.signed_in(&story.hr).await;
    hr.get(&format!("/plans/{}/arrange", story.plans[0])).await;
    let undo = hr.links().into_iter().find(|link| link.contains("/undo/")).expect("an undo");
    hr.get(&undo).await;
    assert!(hr.shows("One step leaves the plan New habit"), "{}", hr.text());
    assert!(hr.shows("2 steps change Meet everybody name, days, title"), "{}", hr.text());
}

/// Words verify by the name that their step has now, whatever it was called when they were written.
async fn record_verifies(story: &Story, named: &str) {
    let mut manager = story.app.signed_in(&story.managers[0]).await;
    manager.get(&format!("/plans/{0}/record.json?private=meet_the_team&private=meet_everybody", story.plans[0])).await;
    assert!(manager.html.contains(named), "{}", manager.html);
    let verified = pilothouse::app::pages::record::verify(&manager.html).expect("it verifies");
    assert_eq!(verified.writings, 1);
}

#[actix_web::test]
async fn the_diary_tells_what_went_back_with_an_upgrade_from_what_was_done_since_and_stays() {
    let story = Story::begun(1).await;
    let to = story.publishes(&second()).await;
    story.upgrades(&to, Policy::default()).await;
    story.steps_through().await;
    story.hands_in(0, "meet_the_team", "Everybody is well.").await;
    record_verifies(&story, "\"step\":\"meet_the_team\"").await;
    let mut hr = story.app.signed_in(&story.hr).await;
    hr.get(&format!("/plans/{}/arrange", story.plans[0])).await;
    let undo = hr.links().into_iter().find(|link| link.contains("/undo/")).expect("an undo");
    hr.get(&undo).await;
    hr.submit(&undo, &[]).await;
    assert_eq!(hr.status, StatusCode::OK, "{}", hr.text());
    record_verifies(&story, "\"step\":\"meet_everybody\"").await;

    hr.get(&format!("/plans/{}/history", story.plans[0])).await;
    for says in [
        "“Meet everybody” has changed since, and stays as it is",
        "“First report” is as it was before",
        "“Old habit” is as it was before",
        "“New habit” left the plan",
        "one step stays as it is",
    ] {
        assert!(hr.shows(says), "{says}: {}", hr.text());
    }
    assert!(!hr.shows("“Meet everybody” is as it was before") && !hr.shows("“Meet the team” left the plan"));
    hr.get(&undo).await;
    assert_eq!(hr.status, StatusCode::CONFLICT);
    assert!(hr.links().contains(&format!("/plans/{}/history", story.plans[0])), "{}", hr.text());
    story.app.assert_no_drift().await;
}

#[actix_web::test]
async fn an_upgrade_on_which_a_later_one_stands_is_undone_after_it() {
    let story = Story::begun(2).await;
    let to = story.publishes(&second()).await;
    let earlier = story.upgrades(&to, Policy::default()).await;
    story.steps_through().await;
    story.app.clock.travel_to(utc("2026-03-03T02:00:00Z"));
    let to = story.publishes(&second().replace("Better report", "Best report")).await;
    let later = story.upgrades(&to, Policy::default()).await;
    story.steps_through().await;

    let mut hr = story.app.signed_in(&story.hr).await;
    let (view, undo) = (format!("/rollouts/{earlier}"), format!("/rollouts/{earlier}/undo"));
    let then = format!("/rollouts/{later}");
    hr.get(&then).await;
    let signed = hr.pairs(&format!("{then}/undo"), &[]);
    hr.get(&view).await;
    assert!(hr.shows("A later upgrade stands on some of these plans") && hr.links().contains(&then), "{}", hr.text());
    assert!(!hr.has_form(&undo));
    hr.post(&undo, &signed).await;
    assert_eq!(hr.status, StatusCode::CONFLICT);
    assert!(hr.shows("Undo that later upgrade first") && !hr.shows("Undone by"), "{}", hr.text());

    story.undoes(later).await.expect("it is undone");
    assert!(story.undoes(earlier).await.is_err(), "the later one still stands on its plans");
    story.steps_through().await;
    hr.get(&view).await;
    hr.submit(&undo, &[]).await;
    story.steps_through().await;
    hr.get(&view).await;
    assert!(hr.shows("2 plans were taken back."), "{}", hr.text());
    assert_eq!(story.publishes(&first()).await, crate::access::world(&story.app, story.plans[0]).await.plan.release);
    story.app.assert_no_drift().await;
}

/// Undoes the upgrade on the page of one plan.
async fn undoes_alone(story: &Story, hr: &mut Browser, n: usize) {
    hr.get(&format!("/plans/{}/arrange", story.plans[n])).await;
    let undo = hr.links().into_iter().find(|link| link.contains("/undo/")).expect("an undo");
    hr.get(&undo).await;
    hr.submit(&undo, &[]).await;
    assert_eq!(hr.status, StatusCode::OK, "{}", hr.text());
}

#[actix_web::test]
async fn a_plan_that_was_undone_alone_counts_as_such_and_is_not_undone_with_the_others() {
    let story = Story::begun(3).await;
    let to = story.publishes(&second()).await;
    let rollout = story.upgrades(&to, Policy::default()).await;
    story.steps_through().await;
    let mut hr = story.app.signed_in(&story.hr).await;
    undoes_alone(&story, &mut hr, 0).await;
    let (view, undo) = (format!("/rollouts/{rollout}"), format!("/rollouts/{rollout}/undo"));
    let counts = "2 plans are upgraded; one was undone by itself since.";
    hr.get(&view).await;
    assert!(hr.shows(counts) && hr.shows("3 of 3"), "{}", hr.text());
    assert!(hr.shows("Manager 1 How far upgraded, and undone since in this plan alone"), "{}", hr.text());
    assert!(hr.shows("Undo the upgrade of these 2 plans"), "{}", hr.text());
    hr.get(&format!("/curricula/{to}/rollout")).await;
    assert!(hr.shows(counts), "{}", hr.text());

    story.app.clock.travel_to(utc("2026-03-03T02:00:00Z"));
    let again = story.upgrades(&to, Policy::default()).await;
    story.steps_through().await;
    hr.get(&view).await;
    assert!(hr.shows(counts) && hr.has_form(&undo), "the later upgrade holds no plan of this one: {}", hr.text());
    hr.submit(&undo, &[]).await;
    story.steps_through().await;
    hr.get(&view).await;
    assert!(hr.shows("3 plans were taken back.") && hr.shows("in this plan alone"), "{}", hr.text());
    assert_eq!(crate::access::world(&story.app, story.plans[0]).await.plan.release, to);

    undoes_alone(&story, &mut hr, 0).await;
    hr.get(&format!("/rollouts/{again}")).await;
    assert!(hr.shows("No plan is upgraded any more; one was undone by itself since."), "{}", hr.text());
    assert!(!hr.has_form(&format!("/rollouts/{again}/undo")) && story.undoes(again).await.is_err());
    story.app.assert_no_drift().await;
}

#[actix_web::test]
async fn the_next_mail_of_a_preview_is_the_one_that_comes_next() {
    let story = Story::begun(1).await;
    let to = basics(&[
        ("meet_everybody", "Meet everybody", "B3", ASKS),
        ("first_report", "First report", "B10", ""),
        ("old_habit", "Old habit", "B20", ""),
        ("sooner", "Due on Wednesday", "B8", ""),
        ("soon", "Due on Thursday", "B9", ""),
    ]);
    let (to, mut hr) = (story.publishes(&to).await, story.app.signed_in(&story.hr).await);
    let look = format!("/curricula/{to}/rollout");
    // What is due in two working days or less is named. Saturday; Monday before the hour, and after it.
    for (now, names, more) in [
        ("2026-03-07T02:00:00Z", "Would also name: Due on Wednesday 2 steps come", 1),
        ("2026-03-09T00:30:00Z", "Would also name: Due on Wednesday 2 steps come", 1),
        ("2026-03-09T02:00:00Z", "Would also name: Due on Thursday Due on Wednesday 2 steps come", 2),
    ] {
        story.app.clock.travel_to(utc(now));
        hr.get(&look).await;
        assert!(hr.shows(&format!("the next morning's mail would name {more} more and 0 fewer")), "{}", hr.text());
        hr.get(&format!("{look}/{}", story.plans[0])).await;
        assert!(hr.shows(names), "{now}: {}", hr.text());
    }
}

#[actix_web::test]
async fn a_checkpoint_and_a_last_day_that_the_program_moves_are_named_though_no_step_moves() {
    let ends = |program: &str, n: u16| format!("{program}ends: B{n}\n");
    let story = Story::begun(1).await;
    let from = story.publishes_as(&ends(PROGRAM, 60), &first()).await;
    story.upgrades(&from, Policy::default()).await;
    story.steps_through().await;
    let moved = PROGRAM.replace("[B10]", "[B2, B12]");
    let to = story.publishes_as(&ends(&moved, 65), &first()).await;
    story.app.clock.travel_to(utc("2026-03-06T02:00:00Z"));
    let mut hr = story.app.signed_in(&story.hr).await;
    hr.get(&format!("/curricula/{to}/rollout/{}", story.plans[0])).await;
    for says in [
        "Checkpoint on working day 10 There is no longer one; it would have been on Fri 13 Mar 2026.",
        "Checkpoint on working day 12 It is new, on Tue 17 Mar 2026.",
        "Last day of the program It moves from",
    ] {
        assert!(hr.shows(says), "{says}: {}", hr.text());
    }
    assert!(!hr.shows("working day 2 ") && !hr.shows("No date changes"), "{}", hr.text());
}

#[actix_web::test]
async fn turns_that_follow_those_of_another_step_are_told_apart_by_their_numbers() {
    let days = "[B10, B20]";
    let story = Story::begun_with(1, &basics(&[("meeting", "Meet the mentor", days, "")])).await;
    let bring = [("meeting", "Meet the mentor", days, ""), ("bring", "Bring a question", "meeting-1", "")];
    let to = story.publishes(&basics(&bring)).await;
    let mut hr = story.app.signed_in(&story.hr).await;
    hr.get(&format!("/curricula/{to}/rollout/{}", story.plans[0])).await;
    assert!(hr.shows("Bring a question no. 1") && hr.shows("Bring a question no. 2"), "{}", hr.text());
}
