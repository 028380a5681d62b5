//! Which plans are at risk, and why. In the sample calendar the week of 4 March 2030 has a holiday on
//! Wednesday and is worked on Saturday.

use super::*;
use crate::engine::replan::Arrange;
use crate::engine::risk::{Risk, risks};
use crate::engine::ritual::Course;

/// A plan of these steps whose mentor said yes on its first day, a Monday.
fn begun(steps: Vec<StepDef>) -> Game {
    let mut game = without_mentor(steps);
    game.ask(MENTOR, Request::AcceptMentoring).expect("a yes");
    game
}

fn without_mentor(mut steps: Vec<StepDef>) -> Game {
    steps.push(StepDef { who: Role::Mentor, ..step("mentor_accepts", 1, 60) });
    Game::started(released(vec![curriculum("all", steps)]), calendar(), Vec::new())
}

fn on(game: &Game, day: &str) -> Vec<Risk> {
    let course = Course { plan: &game.plan, release: &game.release, calendar: &game.calendar };
    risks(&course, chrono_tz::Asia::Taipei, date(day))
}

#[test]
fn a_step_that_is_late_for_a_working_week_is_a_risk() {
    let game = begun(vec![step("first", 1, 2), step("second", 1, 3)]);

    assert_eq!(on(&game, "2030-03-11"), [], "late for four working days"); // a Monday
    assert_eq!(on(&game, "2030-03-12"), [Risk::Late { steps: 2, days: 5 }]);
}

#[test]
fn an_answer_that_is_due_for_a_working_week_is_a_risk() {
    let mut game = begun(vec![StepDef { review: Some(Role::Superior), ..step("gate", 1, 2) }]);
    game.on("2030-03-05").tick("gate").expect("it is handed in"); // a Tuesday

    assert_eq!(on(&game, "2030-03-11"), []);
    assert_eq!(on(&game, "2030-03-12"), [Risk::Unanswered { by: Role::Superior, days: 5 }]);
    game.act(SUPERIOR, "gate", Act::Accept { line: None }).expect("it is accepted");
    assert_eq!(on(&game, "2030-03-12"), []);
}

#[test]
fn two_working_weeks_in_which_nobody_did_anything_are_a_risk_while_there_is_something_to_do() {
    let mut game = begun(vec![step("first", 1, 60), step("second", 1, 60)]);

    assert_eq!(on(&game, "2030-03-15"), []); // a Friday
    assert_eq!(on(&game, "2030-03-18"), [Risk::Silent { days: 10 }]); // the Monday after
    game.on("2030-03-18").tick("first").expect("it is done");
    assert_eq!(on(&game, "2030-03-18"), []);
    assert_eq!(on(&begun(vec![step("later", 40, 60)]), "2030-03-18"), [], "nothing is open yet");
}

#[test]
fn a_plan_without_a_mentor_is_at_risk_after_a_working_week_where_its_program_has_one() {
    let mut game = without_mentor(vec![step("first", 1, 60)]);

    assert_eq!(on(&game, "2030-03-09"), []); // a Saturday that is worked
    assert_eq!(on(&game, "2030-03-11"), [Risk::NoMentor { days: 5 }]);
    Rc::make_mut(&mut game.release).program.cast.retain(|role| *role != Role::Mentor);
    assert_eq!(on(&game, "2030-03-11"), []);
}

#[test]
fn no_plan_is_at_risk_before_it_begins_while_it_rests_or_once_all_is_done() {
    let mut game = begun(vec![step("first", 1, 2)]);
    let leave = Arrange::Leave { from: date("2030-03-11"), until: date("2030-03-15") };
    game.ask(HR, Request::Arrange(leave)).expect("a leave");

    assert_eq!(on(&game, "2030-03-01"), []);
    assert_eq!(on(&game, "2030-03-12"), []);
    assert_eq!(on(&game, "2030-03-18"), [], "days of leave do not count"); // a Monday
    assert_eq!(on(&game, "2030-03-19"), [Risk::Late { steps: 1, days: 5 }]);
    game.on("2030-03-19").tick("first").expect("it is done");
    assert_eq!(on(&game, "2030-05-01"), []);
}
