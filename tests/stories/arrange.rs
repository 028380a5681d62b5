//! One plan is arranged: days, steps, leave, pauses, a deputy, the end; each is shown first, and undone.

use pilothouse::engine::plan::StepState;
use pilothouse::engine::vocabulary::Lang;
use reqwest::StatusCode;

use crate::access::{company, world};
use crate::browser::Browser;
use crate::harness::{Someone, date, utc};
use crate::short::{Story, story};

const LEAVE: [(&str, &str); 3] = [("what", "leave"), ("leave_from", "2026-03-04"), ("leave_until", "2026-03-06")];
const HEARD: (&str, &str) = ("what", "They want to be asked.");

#[actix_web::test]
async fn leave_moves_what_comes_and_says_first_what_slips_past_a_checkpoint() {
    let story = story().await;
    let mut hr = story.app.signed_in(&story.hr).await;

    story.look(&mut hr, &LEAVE).await;
    assert!(hr.shows("Leave from Wed 4 Mar 2026 to Fri 6 Mar 2026"), "{}", hr.text());
    assert!(hr.shows("It moves from Fri 6 Mar 2026 to Wed 11 Mar 2026."), "{}", hr.text());
    assert!(hr.shows("2 steps were due by Fri 6 Mar 2026 and no longer are: Listen first Write it down"));
    assert!(hr.shows("Why this date?"), "{}", hr.text());
    assert_eq!(story.due("listen").await, date("2026-03-04"), "looking changes nothing");

    hr.submit(&story.arrange(), &[]).await;
    assert_eq!(story.due("listen").await, date("2026-03-09")); // a Monday
    assert_eq!(story.due("write_down").await, date("2026-03-11"));
    assert!(hr.shows("A leave was entered: Wed 4 Mar 2026 to Fri 6 Mar 2026"), "{}", hr.text());
    let mut manager = story.app.signed_in(&story.manager).await;
    assert!(story.mail(&story.manager, "2026-03-04T01:30:00Z").await.is_none(), "nobody is reminded on leave");
    manager.get("/today").await;
    assert!(manager.shows("Nothing is expected of you today."), "{}", manager.text());
    assert!(manager.shows("Leave from Wed 4 Mar 2026 to Fri 6 Mar 2026."), "{}", manager.text());
    story.app.assert_no_drift().await;
}

#[actix_web::test]
async fn a_pause_stops_lateness_and_mail_and_taking_up_the_plan_moves_it() {
    let story = story().await;
    let (mut hr, mut manager) = (story.app.signed_in(&story.hr).await, story.app.signed_in(&story.manager).await);
    assert!(story.mail(&story.manager, "2026-03-04T01:30:00Z").await.is_some());

    story.look(&mut hr, &[("what", "pause")]).await;
    assert!(hr.shows("No date changes") && hr.shows("Would no longer name: Listen first"), "{}", hr.text());
    hr.submit(&story.arrange(), &[]).await;
    assert!(hr.shows("Paused since Wed 4 Mar 2026."), "{}", hr.text());
    let mails = story.mails("2026-03-09T01:30:00Z").await;
    assert!(!mails.iter().any(|mail| mail.to[0].address == story.manager.email), "a plan that rests sends no mail");
    let digest = mails.iter().find(|mail| mail.text.contains("The week from")).expect("HR's digest");
    assert!(
        digest.text.contains("Grace Chen, paused: 0 of 5") && !digest.text.contains("1 overdue"),
        "{}",
        digest.text
    );
    hr.get("/progress").await;
    assert!(hr.shows("Working day 2") && hr.shows("Paused since"), "as the manager's own page: {}", hr.text());
    manager.get("/today").await;
    assert!(manager.shows("Paused since") && !manager.shows("late."), "{}", manager.text());
    assert!(!manager.shows("Overdue") && !manager.shows("Due today"), "{}", manager.text());
    assert!(manager.shows("Open, while the plan rests") && !manager.shows("After this week"), "{}", manager.text());
    assert!(manager.shows("Listen first Resting was due Wed 4 Mar 2026"), "{}", manager.text());
    for page in [story.page(), story.step("listen")] {
        manager.get(&page).await;
        assert!(manager.shows("Resting") && !manager.shows("Due today"), "{page}: {}", manager.text());
    }

    story.arranged(&mut hr, &[("what", "resume")]).await;
    assert_eq!(story.due("listen").await, date("2026-03-09")); // a Monday: it rested for three working days
    assert_eq!(story.due("report").await, date("2026-03-16"));
    story.app.assert_no_drift().await;
}

#[actix_web::test]
async fn a_pause_says_what_comes_of_it_and_the_reviewer_is_still_asked_for_an_answer() {
    let story = story().await;
    let (mut hr, mut manager) = (story.app.signed_in(&story.hr).await, story.app.signed_in(&story.manager).await);
    story.hand_in(&mut manager, "write_down", &[HEARD]).await;

    story.look(&mut hr, &[("what", "pause")]).await;
    assert!(hr.shows("no step opens or falls due, and nobody is reminded of one."), "{}", hr.text());
    assert!(hr.shows("What was handed in still asks for its answer."), "{}", hr.text());
    assert!(hr.shows("the days of the pause don’t count, and what is open then comes later by them."), "{}", hr.text());
    hr.submit(&story.arrange(), &[]).await;
    assert!(hr.shows("What was handed in still asks for its answer."), "{}", hr.text());
    let mails = story.mails("2026-03-04T01:30:00Z").await;
    let to = |who: &Someone| mails.iter().find(|mail| mail.to[0].address == who.email);
    let mentors = to(&story.mentor).expect("the mentor's mail");
    assert!(mentors.text.contains("Write it down in the plan of Grace Chen"), "{}", mentors.text);
    assert!(to(&story.manager).is_none(), "no step is named to who does it");
}

#[actix_web::test]
async fn a_preview_names_what_opens_at_once_by_it() {
    let story = story().await;
    let mut hr = story.app.signed_in(&story.hr).await;
    story.arranged(&mut hr, &LEAVE).await;
    assert!(!hr.shows("opens at once"), "{}", hr.text());
    story.app.clock.travel_to(utc("2026-03-04T02:00:00Z"));
    story.look_at_undo(&mut hr).await;
    assert!(hr.shows("One step opens at once Report it"), "{}", hr.text());
}

#[actix_web::test]
async fn a_late_count_says_which_days_it_leaves_out() {
    let story = story().await;
    let (mut hr, mut manager) = (story.app.signed_in(&story.hr).await, story.app.signed_in(&story.manager).await);
    story.app.clock.travel_to(utc("2026-03-05T02:00:00Z")); // a Thursday; the step was due on Wednesday
    let leave = [("what", "leave"), ("leave_from", "2026-03-09"), ("leave_until", "2026-03-11")];
    manager.get(&story.step("listen")).await;
    assert!(manager.shows("1 day late due Wed 4 Mar 2026"), "{}", manager.text());
    story.arranged(&mut hr, &leave).await;

    let mail = story.mail(&story.manager, "2026-03-12T01:30:00Z").await.expect("a brief");
    let says = "5 days late (not counting 3 days of leave or pause), was due Wed 4 Mar 2026";
    assert!(mail.text.contains(says), "{}", mail.text);
    for page in ["/today".to_owned(), story.page(), story.step("listen")] {
        manager.get(&page).await;
        assert!(manager.shows("5 days late, not counting 3 days of leave or pause"), "{page}: {}", manager.text());
    }
}

#[actix_web::test]
async fn a_step_that_was_moved_keeps_its_day() {
    let story = story().await;
    let mut hr = story.app.signed_in(&story.hr).await;
    let wish = [("what", "move"), ("move_step", "report"), ("move_due", "2026-03-21")]; // a Saturday

    story.arranged(&mut hr, &wish).await;
    assert_eq!(story.due("report").await, date("2026-03-23"));
    assert!(hr.shows("“Report it” was set to Mon 23 Mar 2026"), "{}", hr.text());
    story.arranged(&mut hr, &LEAVE).await;
    assert_eq!(story.due("report").await, date("2026-03-23"));
    assert_eq!(story.due("read_on").await, date("2026-03-13"));
    let says = "A step whose day was set by hand keeps it, unless it falls into these working days";
    assert!(hr.shows(says), "{}", hr.text());
    let shift = [("what", "shift"), ("shift_from", "2026-03-12"), ("shift_days", "2")];
    story.arranged(&mut hr, &shift).await;
    assert_eq!(story.due("listen").await, date("2026-03-09"));
    assert_eq!(story.due("read_on").await, date("2026-03-17"));
}

#[actix_web::test]
async fn a_step_for_one_person_is_done_like_any_other() {
    let story = story().await;
    let (mut hr, mut manager) = (story.app.signed_in(&story.hr).await, story.app.signed_in(&story.manager).await);
    let untitled = [("what", "add"), ("add_text", "Bring *cake*."), ("add_due", "2026-03-05")];
    story.look(&mut hr, &untitled).await;
    assert_eq!(hr.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(hr.shows("Fill this in.") && hr.shows("Bring *cake*."), "{}", hr.text());

    story.look(&mut hr, &[&untitled[..], &[("add_title", "Visit Tainan")]].concat()).await;
    assert!(hr.shows("One step comes Visit Tainan") && hr.html.contains("<em>cake</em>"), "{}", hr.text());
    hr.submit(&story.arrange(), &[]).await;
    manager.get(&story.page()).await;
    assert!(manager.shows("Only for this person"), "{}", manager.text());
    let own = manager.links().into_iter().find(|link| link.contains("step~own")).expect("the step");
    manager.get(&own).await;
    assert!(manager.shows("Visit Tainan") && manager.html.contains("<em>cake</em>"), "{}", manager.text());
    assert!(manager.shows("The day on which it was added to this plan, or the next"), "{}", manager.text());
    manager.submit(&format!("{own}/hand-in"), &[]).await;
    let key = own.rsplit('/').next().expect("a key");
    assert!(matches!(story.state(key).await, StepState::Done { .. }));
    story.app.assert_no_drift().await;
}

#[actix_web::test]
async fn a_step_is_taken_out_and_a_module_left_out_with_a_reason_that_everybody_reads() {
    let story = story().await;
    let (mut manager, mut mentor) =
        (story.app.signed_in(&story.manager).await, story.app.signed_in(&story.mentor).await);
    let mut superior = story.app.signed_in(&story.superior).await;
    let at = story.step("write_down");
    story.hand_in(&mut manager, "write_down", &[HEARD]).await;
    mentor.get(&at).await;
    let line = mentor.pairs(&format!("{at}/accept"), &[("line", "Who said it?")]);
    mentor.post(&format!("{at}/return"), &line).await;

    let (waive, why) = ([("what", "waive"), ("waive_step", "write_down")], [("waive_reason", "She knows the team.")]);
    story.look(&mut superior, &waive).await;
    assert_eq!(superior.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(superior.shows("Reason : Fill this in."), "{}", superior.text());
    story.arranged(&mut superior, &[&waive[..], &why].concat()).await;
    let skip = [("what", "skip"), ("skip_module", "extra"), ("skip_reason", "Read before.")];
    story.arranged(&mut superior, &skip).await;

    manager.get(&at).await;
    assert!(manager.shows("This step was taken out of the plan."), "{}", manager.text());
    assert!(manager.shows("Diane Wu, in their own words: She knows the team."), "{}", manager.text());
    assert!(manager.shows("They want to be asked."), "what was written stays: {}", manager.text());
    assert!(!manager.has_form(&format!("{at}/hand-in")));
    manager.get(&story.step("read_on")).await;
    assert!(manager.shows("was left out of the plan.") && manager.shows("Read before."), "{}", manager.text());
    story.app.assert_no_drift().await;
}

#[actix_web::test]
async fn a_deputy_answers_while_the_mentor_is_away_and_sees_nothing_afterwards() {
    let story = story().await;
    let (mut manager, mut mentor) =
        (story.app.signed_in(&story.manager).await, story.app.signed_in(&story.mentor).await);
    let mut deputy = story.app.signed_in(&story.colleague).await;
    let colleague = story.colleague.id.to_string();
    let away = [("deputy_who", colleague.as_str()), ("deputy_from", "2026-03-09"), ("deputy_until", "2026-03-10")];
    story.hand_in(&mut manager, "write_down", &[HEARD]).await;

    mentor.get(&story.arrange()).await;
    assert!(mentor.shows("Kevin Lin is away") && !mentor.shows("Pause the plan") && !mentor.shows("End the plan"));
    mentor.submit(&story.form("deputy"), &away).await;
    assert!(mentor.shows("What goes to Priya Raman"), "{}", mentor.text());
    assert!(mentor.shows("Write it down to answer") && mentor.shows("Talk it over to do"), "{}", mentor.text());
    mentor.submit(&story.arrange(), &[]).await;
    deputy.get("/queue").await;
    assert!(deputy.shows("Grace Chen") && !deputy.shows("They want to be asked."), "{}", deputy.text());

    assert!(story.mail(&story.mentor, "2026-03-09T01:30:00Z").await.is_none(), "the deputy has it now");
    deputy.get("/queue").await;
    assert!(deputy.shows("They want to be asked."), "{}", deputy.text());
    let at = story.step("write_down");
    manager.get("/today").await;
    assert!(manager.shows("Priya Raman (mentor, for Kevin Lin) has had it since"), "{}", manager.text());
    manager.get(&at).await;
    assert!(manager.shows("Priya Raman (mentor, for Kevin Lin)"), "{}", manager.text());
    manager.get(&story.step("talk")).await;
    assert!(manager.shows("Meet Priya Raman."), "on the day on which it is due: {}", manager.text());
    deputy.submit(&format!("{at}/accept"), &[]).await;
    assert!(matches!(story.state("write_down").await, StepState::Done { .. }), "{}", deputy.text());
    manager.get("/today").await;
    assert!(manager.shows("Priya Raman stands in for the mentor from Mon 9 Mar 2026 to Tue 10 Mar 2026."));

    story.mail(&story.mentor, "2026-03-11T01:30:00Z").await;
    deputy.get(&story.page()).await;
    assert_eq!(deputy.status, StatusCode::NOT_FOUND);
    story.app.assert_no_drift().await;
}

#[actix_web::test]
async fn the_deputys_mail_names_what_the_mentors_no_longer_does() {
    let story = story().await;
    let (mut manager, mut hr) = (story.app.signed_in(&story.manager).await, story.app.signed_in(&story.hr).await);
    let colleague = story.colleague.id.to_string();
    story.hand_in(&mut manager, "write_down", &[HEARD]).await;
    let away = [("deputy_who", colleague.as_str()), ("deputy_from", "2026-03-03"), ("deputy_until", "2026-03-04")];
    story.arranged(&mut hr, &[&[("what", "deputy")][..], &away].concat()).await;

    let mail = story.mail(&story.colleague, "2026-03-03T01:30:00Z").await.expect("a brief");
    assert!(mail.text.contains("Write it down"), "{}", mail.text);
    let mail = story.mail(&story.mentor, "2026-03-05T01:30:00Z").await.expect("a brief");
    assert!(mail.text.contains("Write it down"), "the mentor is back: {}", mail.text);
}

#[actix_web::test]
async fn a_second_deputy_is_shown_to_take_the_place_of_the_first_before_and_after() {
    let story = story().await;
    let mut hr = story.app.signed_in(&story.hr).await;
    let second = story.app.person("周美玲", "zhou@company.example", Lang::En, false).await;
    let named = |who: &Someone, from: &'static str, until: &'static str| {
        let who = who.id.to_string();
        [
            ("what", "deputy".to_owned()),
            ("deputy_who", who),
            ("deputy_from", from.into()),
            ("deputy_until", until.into()),
        ]
    };
    let [first, other] =
        [named(&story.colleague, "2026-03-16", "2026-03-18"), named(&second, "2026-03-23", "2026-03-25")];
    story.look(&mut hr, &first.each_ref().map(|(name, value)| (*name, value.as_str()))).await;
    assert!(!hr.shows("This replaces"), "{}", hr.text());
    hr.submit(&story.arrange(), &[]).await;

    story.look(&mut hr, &other.each_ref().map(|(name, value)| (*name, value.as_str()))).await;
    assert!(hr.shows("This replaces Priya Raman, Mon 16 Mar 2026 to Wed 18 Mar 2026."), "{}", hr.text());
    hr.submit(&story.arrange(), &[]).await;
    let told = "周美玲 stands in for the mentor from Mon 23 Mar 2026 to Wed 25 Mar 2026, in place of Priya Raman \
                (Mon 16 Mar 2026 to Wed 18 Mar 2026)";
    hr.get(&story.arrange()).await;
    assert!(hr.shows(told) && hr.shows("who is named last does"), "{}", hr.text());
}

#[actix_web::test]
async fn what_waits_for_the_mentor_before_somebody_stands_in_is_shown_to_go_to_them() {
    let story = story().await;
    let (mut manager, mut hr) = (story.app.signed_in(&story.manager).await, story.app.signed_in(&story.hr).await);
    story.hand_in(&mut manager, "write_down", &[HEARD]).await; // due on the 6th
    story.mails("2026-03-12T01:30:00Z").await; // "Talk it over" was due on the 9th
    let colleague = story.colleague.id.to_string();
    let away = [("deputy_who", colleague.as_str()), ("deputy_from", "2026-03-16"), ("deputy_until", "2026-03-17")];

    story.look(&mut hr, &[&[("what", "deputy")][..], &away].concat()).await;
    assert!(hr.shows("Write it down to answer") && hr.shows("Talk it over to do"), "{}", hr.text());
    hr.submit(&story.arrange(), &[]).await;
    let mail = story.mail(&story.colleague, "2026-03-16T01:30:00Z").await.expect("a brief");
    assert!(mail.text.contains("Write it down") && mail.text.contains("Talk it over"), "{}", mail.text);
    let stands_in = "You stand in for Kevin Lin in the plan of Grace Chen until Tue 17 Mar 2026.";
    assert!(mail.text.contains(stands_in) && mail.html.contains(stands_in), "{}", mail.text);
}

#[actix_web::test]
async fn a_plan_that_ended_early_is_read_and_takes_no_acts() {
    let story = story().await;
    let (mut hr, mut manager) = (story.app.signed_in(&story.hr).await, story.app.signed_in(&story.manager).await);
    let at = story.step("listen");
    manager.get(&at).await;
    let hand_in = manager.pairs(&format!("{at}/hand-in"), &[]);
    story.look(&mut hr, &[("what", "end"), ("end_how", "graduated")]).await;
    assert!(hr.shows("Steps of this plan are still open."), "{}", hr.text());

    story.arranged(&mut hr, &[("what", "end"), ("end_how", "early"), ("end_reason", "She leads already.")]).await;
    assert!(hr.shows("Ended early on Mon 2 Mar 2026.") && !hr.shows("Move one step"), "{}", hr.text());
    manager.get(&story.page()).await;
    assert!(manager.shows("Ended early on") && !manager.shows("Everything was done"), "{}", manager.text());
    manager.post(&format!("{at}/hand-in"), &hand_in).await;
    assert_eq!(manager.status, StatusCode::CONFLICT);
    assert!(manager.shows("She leads already.") && manager.shows("is only read now"), "{}", manager.text());
    assert!(story.mail(&story.manager, "2026-03-04T01:30:00Z").await.is_none());
    let mails = story.mails("2026-03-09T02:00:00Z").await;
    let digest = mails.iter().find(|mail| mail.text.contains("The week from")).expect("HR's digest");
    assert!(!digest.text.contains("Grace Chen,"), "it no longer counts: {}", digest.text);

    story.look_at_undo(&mut hr).await;
    hr.submit(&hr.path.clone(), &[]).await;
    assert!(matches!(story.state("listen").await, StepState::Todo { .. }));
    story.app.assert_no_drift().await;
}

#[actix_web::test]
async fn a_plan_graduates_when_everything_listed_is_closed_and_a_cancelled_one_says_so() {
    let story = story().await;
    let (mut hr, mut manager) = (story.app.signed_in(&story.hr).await, story.app.signed_in(&story.manager).await);
    story.hand_in(&mut manager, "listen", &[]).await;
    story.arranged(&mut hr, &[("what", "skip"), ("skip_module", "basics"), ("skip_reason", "Known.")]).await;
    story.arranged(&mut hr, &[("what", "skip"), ("skip_module", "extra"), ("skip_reason", "Known.")]).await;

    story.arranged(&mut hr, &[("what", "end"), ("end_how", "graduated")]).await;
    assert!(hr.shows("Graduated on Mon 2 Mar 2026."), "{}", hr.text());
    let undo = story.look_at_undo(&mut hr).await;
    hr.submit(&undo, &[]).await;
    story.arranged(&mut hr, &[("what", "end"), ("end_how", "cancelled"), ("end_reason", "Moved abroad.")]).await;
    manager.get("/today").await;
    assert!(manager.shows("Cancelled on Mon 2 Mar 2026.") && manager.shows("Nothing is expected of you today."));
    assert!(manager.shows("Your plan has ended") && !manager.shows("still to come"), "{}", manager.text());
    hr.get(&format!("/people/{}", story.manager.id)).await;
    assert!(hr.shows("Cancelled Mon 2 Mar 2026"), "{}", hr.text());
    hr.get("/people").await;
    assert!(hr.shows("Cancelled Mon 2 Mar 2026") && !hr.shows("finished"), "{}", hr.text());
}

#[actix_web::test]
async fn a_leave_that_is_over_is_entered_late_and_moves_what_is_open() {
    let story = story().await;
    let (mut hr, mut manager) = (story.app.signed_in(&story.hr).await, story.app.signed_in(&story.manager).await);
    story.hand_in(&mut manager, "listen", &[]).await;
    story.app.clock.travel_to(utc("2026-03-09T02:00:00Z")); // the Monday after

    let early = [("what", "leave"), ("leave_from", "2026-02-23"), ("leave_until", "2026-02-27")];
    story.look(&mut hr, &early).await;
    assert_eq!(hr.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(hr.shows("before the plan’s first day, Mon 2 Mar 2026: it would change nothing"), "{}", hr.text());
    story.arranged(&mut hr, &LEAVE).await;
    assert_eq!(story.due("listen").await, date("2026-03-04"), "what is done stays");
    assert_eq!(story.due("write_down").await, date("2026-03-11"), "as if it had been known");
    let colleague = story.colleague.id.to_string();
    let away = [("deputy_who", colleague.as_str()), ("deputy_from", "2026-03-03"), ("deputy_until", "2026-03-04")];
    story.look(&mut hr, &[&[("what", "deputy")][..], &away].concat()).await;
    assert!(hr.shows("Wed 4 Mar 2026 is over."), "{}", hr.text());
    story.app.assert_no_drift().await;
}

#[actix_web::test]
async fn undoing_speaks_of_somebodys_work_and_not_of_what_time_alone_did() {
    let company = company().await;
    let app = &company.app;
    let (mut hr, mut manager) = (app.signed_in(&company.hr).await, app.signed_in(&company.manager).await);
    let (plan, arrange) = (format!("/plans/{}", company.plan), format!("/plans/{}/arrange", company.plan));
    let leave = [("what", "leave"), ("leave_from", "2026-03-05"), ("leave_until", "2026-03-06")];
    hr.get(&arrange).await;
    hr.submit(&format!("{arrange}/preview?form=leave"), &leave).await;
    hr.submit(&arrange, &[]).await;
    let undo = hr.links().into_iter().find(|link| link.contains("/undo/")).expect("an undo");
    app.clock.travel_to(utc("2026-03-25T02:00:00Z"));
    app.deliver().await;

    hr.get(&undo).await;
    assert!(hr.shows("Undo: A leave was entered") && !hr.shows("as it is now"), "{}", hr.text());
    let step = format!("{plan}/steps/name_the_unease");
    manager.get(&step).await;
    manager.fill_and_submit(&format!("{step}/hand-in"), "2026-03-25").await;
    hr.get(&undo).await;
    assert!(hr.shows("One step stays as it is now"), "{}", hr.text());
}

#[actix_web::test]
async fn undoing_puts_dates_back_and_keeps_what_was_done_since() {
    let story = story().await;
    let (mut hr, mut manager) = (story.app.signed_in(&story.hr).await, story.app.signed_in(&story.manager).await);
    story.arranged(&mut hr, &LEAVE).await;
    let before = world(&story.app, story.plan).await.plan.arranged.away;
    let undo = story.look_at_undo(&mut hr).await;
    assert!(hr.shows("Undo: A leave was entered") && !hr.shows("stays as it is now"), "{}", hr.text());
    hr.submit(&undo, &[]).await;
    let after = world(&story.app, story.plan).await.plan.arranged.away;
    assert_eq!((before.len(), after.len(), story.due("listen").await), (1, 0, date("2026-03-04")));

    story.arranged(&mut hr, &LEAVE).await;
    let undo = story.look_at_undo(&mut hr).await;
    story.hand_in(&mut manager, "listen", &[]).await;
    hr.get(&undo).await;
    assert!(hr.shows("One step stays as it is now") && hr.shows("4 dates move"), "{}", hr.text());
    hr.submit(&undo, &[]).await;
    assert!(hr.shows("it is undone") && hr.shows("Undone by Yvonne Wu"), "{}", hr.text());
    assert_eq!(story.due("write_down").await, date("2026-03-06"));
    assert!(matches!(story.state("listen").await, StepState::Done { .. }));
    hr.get(&undo).await;
    assert_eq!(hr.status, StatusCode::CONFLICT);
    assert!(hr.shows("it was undone already"), "{}", hr.text());
    story.app.assert_no_drift().await;
}

#[actix_web::test]
async fn a_plan_that_changed_since_the_preview_is_previewed_again() {
    let story = story().await;
    let (mut hr, mut manager) = (story.app.signed_in(&story.hr).await, story.app.signed_in(&story.manager).await);
    story.look(&mut hr, &LEAVE).await;
    story.hand_in(&mut manager, "listen", &[]).await;

    hr.submit(&story.arrange(), &[]).await;
    assert_eq!(hr.status, StatusCode::CONFLICT);
    assert!(hr.shows("The plan changed while you were looking") && hr.shows("4 dates move"), "{}", hr.text());
    hr.submit(&story.arrange(), &[]).await;
    assert_eq!(story.due("write_down").await, date("2026-03-11"), "{}", hr.text());
}

#[actix_web::test]
async fn the_superior_arranges_all_but_the_end_and_the_manager_nothing() {
    let story = story().await;
    let (mut superior, mut manager) =
        (story.app.signed_in(&story.superior).await, story.app.signed_in(&story.manager).await);
    let mut mentor = story.app.signed_in(&story.mentor).await;

    superior.get(&story.page()).await;
    assert!(superior.links().contains(&story.arrange()));
    superior.get(&story.arrange()).await;
    assert!(superior.shows("Pause the plan") && !superior.shows("End the plan"), "{}", superior.text());
    let early = [("what", "end"), ("end_how", "early"), ("end_reason", "Enough.")];
    let early = superior.pairs(&story.form("shift"), &early);
    superior.post(&story.form("end"), &early).await;
    assert_eq!(superior.status, StatusCode::CONFLICT);
    mentor.get(&story.arrange()).await;
    let pause = mentor.pairs(&story.form("deputy"), &[("what", "pause")]);
    mentor.post(&story.form("pause"), &pause).await;
    assert_eq!(mentor.status, StatusCode::CONFLICT);
    assert!(mentor.shows("Only the HR owner of this plan can do this."), "{}", mentor.text());
    manager.get(&story.page()).await;
    assert!(!manager.links().contains(&story.arrange()));
    manager.get(&story.arrange()).await;
    assert_eq!(manager.status, StatusCode::NOT_FOUND);
}

#[actix_web::test]
async fn every_page_of_arranging_speaks_chinese_as_well() {
    let story = story().await;
    let reader = story.app.person("吳雅雯", "wu@company.example", Lang::ZhTw, true).await;
    let mut hr = story.app.signed_in(&reader).await;
    let colleague = story.colleague.id.to_string();
    let add = [("what", "add"), ("add_title", "拜訪台南"), ("add_due", "2026-03-05"), ("add_review", "mentor")];
    let deputy = [("what", "deputy"), ("deputy_who", colleague.as_str())];

    story.arranged_in_chinese(&mut hr, &LEAVE, "從 2026年3月6日").await;
    story.arranged_in_chinese(&mut hr, &add, "新增 1 個步驟").await;
    story.arranged_in_chinese(&mut hr, &deputy, "交給Priya Raman的事").await;
    story.arranged_in_chinese(&mut hr, &[("what", "pause")], "計畫從今天起暫停").await;
    story.arranged_in_chinese(&mut hr, &[("what", "resume")], "計畫從今天起恢復").await;
    story
        .arranged_in_chinese(&mut hr, &[("what", "waive"), ("waive_step", "listen"), ("waive_reason", "會了")], "會了")
        .await;
    story.look_at_undo(&mut hr).await;
    assert!(hr.shows("復原：從這份計畫中免除了「先聽」"), "{}", hr.text());
    let cancel = [("what", "end"), ("end_how", "cancelled"), ("end_reason", "調職")];
    story.arranged_in_chinese(&mut hr, &cancel, "個步驟結束").await;
    assert!(hr.shows("已於") && hr.shows("Priya Raman於"), "{}", hr.text());
    hr.get(&story.step("report")).await;
    assert!(hr.shows("計畫在這個步驟完成之前就結束了") && hr.shows("調職"), "{}", hr.text());
}

impl Story {
    async fn arranged_in_chinese(&self, who: &mut Browser, form: &[(&str, &str)], says: &str) {
        self.look(who, form).await;
        assert!(who.shows(says), "{} {}", who.status, who.text());
        who.submit(&self.arrange(), &[]).await;
        assert!(who.shows("計畫已經調整"), "{} {}", who.status, who.text());
    }
}
