//! The team changes: what was entered wrongly is corrected, who left by mistake never left, who comes
//! back is met again.

use chrono::NaiveDate;
use pilothouse::engine::plan::{CloseReason, StepState};
use pilothouse::engine::zone::at_hour;
use reqwest::StatusCode;

use crate::access::{company, world};
use crate::harness::date;

#[actix_web::test]
async fn a_leaver_by_mistake_and_a_corrected_date_put_the_steps_where_they_belong() {
    let company = company().await;
    let app = &company.app;
    let mut hr = app.signed_in(&company.hr).await;
    let team = format!("/people/{}", company.manager.id);
    let joins = [("name", "Lin Shu-fen"), ("position", ""), ("joined_on", "2026-03-16")];
    hr.get(&team).await;
    hr.submit(&format!("{team}/members"), &joins).await;
    let before = world(app, company.plan).await;
    let late = before.plan.members.iter().find(|(_, one)| one.joined == date("2026-03-16")).expect("the joiner");
    let (member, page) = (*late.0, format!("/members/{}", late.0));
    let dues = |world: &pilothouse::app::worlds::PlanWorld| -> Vec<NaiveDate> {
        let of = world.plan.steps.iter().filter(|(key, step)| key.member == Some(member) && !step.state.is_closed());
        of.map(|(_, step)| step.due.date).collect()
    };

    hr.get(&page).await;
    let corrected = [("name", "Lin Shu-fang"), ("position", "Sales"), ("joined_on", "2026-03-23")];
    hr.submit(&page, &corrected).await;
    assert!(hr.shows("Lin Shu-fang"), "{}", hr.text());
    let moved = world(app, company.plan).await;
    assert!(dues(&moved).iter().zip(dues(&before)).any(|(now, was)| *now > was), "they follow the new date");

    app.clock.travel_to(at_hour(date("2026-03-25"), 9, chrono_tz::Asia::Taipei));
    hr.get(&team).await;
    hr.submit(&format!("{page}/leave"), &[("left_on", "2026-03-25")]).await;
    let left = world(app, company.plan).await;
    let is_closed = |state: &StepState| matches!(state, StepState::Closed { reason: CloseReason::MemberLeft, .. });
    assert!(dues(&left).is_empty(), "a leaver's open steps close");
    assert!(left.plan.steps.iter().any(|(key, step)| key.member == Some(member) && is_closed(&step.state)));

    hr.get(&page).await;
    assert!(hr.shows("Left the team on"), "{}", hr.text());
    hr.submit(&format!("{page}/back"), &[("back_on", "2026-03-20")]).await;
    assert_eq!(hr.status, StatusCode::UNPROCESSABLE_ENTITY, "nobody is back before they left");
    hr.submit(&format!("{page}/undo-leave"), &[]).await;
    assert_eq!(hr.status, StatusCode::OK, "{}", hr.text());
    assert_eq!(dues(&world(app, company.plan).await), dues(&moved), "as if they had never left");

    hr.get(&team).await;
    hr.submit(&format!("{page}/leave"), &[("left_on", "2026-03-25")]).await;
    hr.get(&page).await;
    hr.submit(&format!("{page}/back"), &[("back_on", "2026-04-13")]).await;
    let back = world(app, company.plan).await;
    assert!(
        dues(&back).into_iter().all(|due| due >= date("2026-04-13")) && !dues(&back).is_empty(),
        "they are met again"
    );
    app.assert_no_drift().await;
}
