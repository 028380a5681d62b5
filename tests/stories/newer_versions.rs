//! What pages say of a step that a newer release has otherwise: why it stays, what an offer would change,
//! who reads what was written before.

use pilothouse::engine::upgrade::Policy;
use pilothouse::engine::vocabulary::StepId;

use crate::rollouts::{ASKS, Story, basics, first, second};

#[actix_web::test]
async fn a_day_that_hr_set_by_hand_is_named_as_the_reason_why_its_step_stays() {
    let story = Story::begun_with(1, &first()).await;
    let mut hr = story.app.signed_in(&story.hr).await;
    let arrange = format!("/plans/{}/arrange", story.plans[0]);
    hr.get(&arrange).await;
    let wish = [("what", "move"), ("move_step", "old_habit"), ("move_due", "2026-04-02")];
    hr.submit(&format!("{arrange}/preview?form=move"), &wish).await;
    hr.submit(&arrange, &[]).await;
    let to = story.publishes(&second()).await;
    let plan = format!("/curricula/{to}/rollout/{}", story.plans[0]);
    hr.get(&plan).await;
    assert!(hr.shows("Old habit: its day was set by hand.") && hr.shows("a day that was set by hand"), "{}", hr.text());
}

#[actix_web::test]
async fn an_offer_says_what_would_be_different() {
    let asks = |more: &str| {
        format!("    ask:\n      - {{id: words, type: long_text, label: {{en: Words, zh-TW: 文字}}}}\n{more}")
    };
    let before = [("talk", "Talk", "B10", &*asks("")), ("done", "Done long ago", "B3", "")];
    let story = Story::begun_with(1, &basics(&before)).await;
    story.hands_in(0, "done", "").await;
    let more = "      - {id: next, type: text, label: {en: Next, zh-TW: 接著}}\n    effort: 45\n    review: superior\n";
    let after = [("talk", "A better talk", "B15", &*asks(more)), ("done", "Done better", "B3", "")];
    let to = story.publishes(&basics(&after).replace("    effort: 30\n    ask", "    ask")).await;
    let offer = ["talk", "done"].map(|name| StepId(name.to_owned())).into();
    story.upgrades(&to, Policy { offer, ..Policy::default() }).await;
    story.steps_through().await;

    let mut manager = story.app.signed_in(&story.managers[0]).await;
    let plan = format!("/plans/{}", story.plans[0]);
    for page in ["/today", plan.as_str()] {
        manager.get(page).await;
        let says = "Due Fri 13 Mar 2026 → Fri 20 Mar 2026. Until now: “Talk”. Reviewed by the superior. It asks one \
                    more question. Also changed: who may read it, effort";
        assert!(manager.shows(says), "{}", manager.text());
        assert!(!manager.shows("Read the newer version") && !manager.shows("“Done better”: a newer version"));
    }
}

#[actix_web::test]
async fn what_was_handed_in_keeps_the_readers_that_it_was_written_for() {
    let read_by = |roles: &str| basics(&[("talk", "Talk", "B3", &format!("{ASKS}    visible_to: [{roles}]\n"))]);
    let story = Story::begun_with(1, &read_by("manager")).await;
    story.hands_in(0, "talk", "Between us.").await;
    let to = story.publishes(&read_by("manager, mentor, hr")).await;
    story.upgrades(&to, Policy::default()).await;
    story.steps_through().await;

    let page = format!("/plans/{}/steps/talk", story.plans[0]);
    let (mut hr, mut manager) = (story.app.signed_in(&story.hr).await, story.app.signed_in(&story.managers[0]).await);
    hr.get(&page).await;
    assert!(hr.shows("It was handed in. What it says stays with those named under “Read by”."), "{}", hr.text());
    assert!(!hr.shows("No answer") && !hr.shows("Between us."), "{}", hr.text());
    manager.get(&page).await;
    assert!(manager.shows("Between us."), "{}", manager.text());
    for who in [&hr, &manager] {
        assert!(who.shows("Read by manager") && !who.shows("Read by manager, mentor"), "{}", who.text());
        assert!(who.shows("manager, mentor, HR owner"), "what is said from now on has the new readers: {}", who.text());
    }
}
