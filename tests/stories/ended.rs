//! What a plan that ended still lets somebody do, and what its pages no longer speak of.

use pilothouse::engine::plan::StepState;
use reqwest::StatusCode;

use crate::access::world;
use crate::short::story;

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
    assert!(manager.shows("Your program has ended") && !manager.shows("Mentor: Kevin Lin"), "{}", manager.text());
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
