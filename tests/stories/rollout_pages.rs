//! What the pages of an upgrade say of one plan: what changes in it, what stays and why, and what has to be
//! undone first.

use pilothouse::engine::upgrade::Policy;
use reqwest::StatusCode;

use crate::harness::utc;
use crate::rollouts::{ASKS, Story, basics, first, second};

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
    assert!(hr.shows("2 one date moves 2 stay as they are: somebody is at them"), "{}", hr.text());
    hr.get(&format!("{look}/{}", story.plans[0])).await;
    for says in [
        "2 steps change Better report title Notes days",
        "One step moves",
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
    assert!(hr.shows("2 steps stayed as they were, since somebody was at them."), "{}", hr.text());
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
    assert!(hr.shows("2 steps move") && !hr.shows("Somebody worked on them since"), "{}", hr.text());
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

#[actix_web::test]
async fn the_diary_tells_what_went_back_with_an_upgrade_from_what_was_done_since_and_stays() {
    let story = Story::begun(1).await;
    let to = story.publishes(&second()).await;
    story.upgrades(&to, Policy::default()).await;
    story.steps_through().await;
    story.hands_in(0, "meet_the_team", "Everybody is well.").await;
    let mut hr = story.app.signed_in(&story.hr).await;
    hr.get(&format!("/plans/{}/arrange", story.plans[0])).await;
    let undo = hr.links().into_iter().find(|link| link.contains("/undo/")).expect("an undo");
    hr.get(&undo).await;
    hr.submit(&undo, &[]).await;
    assert_eq!(hr.status, StatusCode::OK, "{}", hr.text());

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
