//! Weekly rituals that one page gathers.

use chrono::{NaiveDate, Weekday};

use super::branches::id;
use super::{Game, curriculum, date, released, step, text};
use crate::engine::brief::{Mention, mention};
use crate::engine::calendar::Anchor;
use crate::engine::plan::StepState;
use crate::engine::release::{Every, Gather, Period, Release, StepDef, Until};
use crate::engine::vocabulary::{Role, StepKey};

/// A page for Fridays; the plan begins on Monday 2030-03-04.
fn fridays(due: u16) -> Release {
    let every = Every { period: Period::Weekly(Weekday::Fri), until: Until::Plan(60) };
    let ritual = StepDef { every: Some(every), ..step("look_back", due, due) };
    let mut release = released(vec![curriculum("all", vec![ritual])]);
    release.program.gather = vec![Gather {
        id: "friday".to_owned(),
        title: text("Friday"),
        body: text("Friday"),
        weekday: Weekday::Fri,
        effort: 30,
        steps: vec![id("look_back")],
    }];
    release
}

fn key(turn: u16) -> StepKey {
    StepKey::first(&id("look_back"), None).at_turn(turn)
}

fn days(game: &Game, turn: u16) -> (NaiveDate, NaiveDate) {
    let step = &game.plan.steps[&key(turn)];
    (step.opens.date, step.due.date)
}

fn named(game: &Game, turn: u16, today: &str) -> Option<Mention> {
    let (step, def) = (&game.plan.steps[&key(turn)], game.release.step(&id("look_back")).expect("the step"));
    let at = (&key(turn), step, def);
    mention(&game.plan, &game.release.program, &game.calendar, at, &[Role::Manager], date(today))
}

#[test]
fn the_first_turn_falls_on_the_weekday_of_the_page_and_says_so() {
    let game = Game::begun_with(fridays(1));
    assert_eq!(days(&game, 1), (date("2030-03-04"), date("2030-03-08"))); // Monday, Friday
    let from = &game.plan.steps[&key(1)].due.why.from;
    let friday = date("2030-03-08");
    assert_eq!(*from, Anchor::OnWeekday { turn: 1, from: date("2030-03-04"), nominal: friday });
}

#[test]
fn a_first_turn_that_falls_on_the_weekday_keeps_the_reason_of_its_author() {
    let game = Game::begun_with(fridays(4)); // the 6th is off
    assert_eq!(days(&game, 1).1, date("2030-03-08"));
    let from = &game.plan.steps[&key(1)].due.why.from;
    assert_eq!(*from, Anchor::PlanDay { n: 4, effective: date("2030-03-04") });
}

#[test]
fn the_page_is_open_all_week_and_a_line_that_was_missed_lapses_when_the_next_week_begins() {
    let mut game = Game::begun_with(fridays(4));
    game.on("2030-03-11").wake();
    assert!(matches!(game.state("look_back"), StepState::Lapsed { .. }));
    assert_eq!(days(&game, 2), (date("2030-03-11"), date("2030-03-15")));
}

#[test]
fn the_mail_names_the_page_on_its_day_and_on_no_other() {
    let game = Game::begun_with(fridays(1));
    assert_eq!(named(&game, 1, "2030-03-07"), None);
    assert_eq!(named(&game, 1, "2030-03-08"), Some(Mention::Due));
    assert_eq!(named(&game, 1, "2030-03-09"), None);
}
