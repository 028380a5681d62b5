//! What an upgrade does to steps that recur or have several days, and to rounds of playbooks that are over.

use super::versions::{id, key, nth, of, playbook, was};
use super::*;
use crate::engine::calendar::{Freeze, Span};
use crate::engine::diff::named_through;
use crate::engine::release::{Curriculum, Day, Quarter};
use crate::engine::upgrade::Changes;

pub(super) fn every(period: Period) -> StepDef {
    StepDef { every: Some(Every { period, until: Until::Plan(250) }), ..step("w", 1, 5) }
}

pub(super) fn listed(days: &[u16]) -> StepDef {
    StepDef { windows: days.iter().map(|day| Window::plan(day - 1, *day)).collect(), ..step("w", 1, 5) }
}

pub(super) fn due(game: &Game, name: &str) -> NaiveDate {
    game.plan.steps[&key(name)].due.date
}

/// Does turns one after the other, each on the day it is due.
pub(super) fn does(game: &mut Game, turns: &[&str]) {
    for turn in turns {
        let day = due(game, turn).to_string();
        game.on(&day).wake();
        game.tick(turn).expect("it is open");
        game.wake();
    }
}

#[test]
fn a_step_that_comes_to_recur_otherwise_is_counted_from_the_last_turn_that_was_done() {
    let mut game = Game::at(vec![every(Period::Weekly(chrono::Weekday::Fri))]);
    does(&mut game, &["w", "w.2", "w.3", "w.4"]);
    assert_eq!(due(&game, "w.4"), date("2030-03-29"));
    game.on("2030-04-02").wake();
    game.takes(nth(2, vec![every(Period::Months(1))]));
    assert_eq!(due(&game, "w.5"), date("2030-04-29"), "a month after the last, not four after the first");
    does(&mut game, &["w.5", "w.6"]);
    assert_eq!(due(&game, "w.6"), date("2030-05-29"));
}

#[test]
fn what_was_done_at_another_rhythm_makes_no_hole_when_the_upgrade_is_undone() {
    let mut game = Game::at(vec![every(Period::Months(1))]);
    does(&mut game, &["w"]);
    game.takes(nth(2, vec![every(Period::Weekly(chrono::Weekday::Fri))]));
    does(&mut game, &["w.2", "w.3"]);
    assert_eq!(due(&game, "w.3"), date("2030-03-22"));
    game.undoes();
    game.on("2030-04-20").wake();
    assert_eq!(due(&game, "w.4"), date("2030-04-22"), "a month after the last");
}

#[test]
fn a_day_that_comes_before_one_that_was_done_asks_nothing_again() {
    let mut game = Game::at(vec![listed(&[3, 10, 20])]);
    does(&mut game, &["w", "w.2"]);
    let third = due(&game, "w.3");
    game.takes(nth(2, vec![listed(&[3, 6, 10, 20])]));
    assert_eq!(game.keys(), ["w", "w.2", "w.3"]);
    assert_eq!(due(&game, "w.3"), third);
    // One that comes after it is taken.
    game.takes(nth(3, vec![listed(&[3, 10, 20, 30])]));
    assert_eq!(game.keys(), ["w", "w.2", "w.3", "w.4"]);
}

#[test]
fn a_day_that_goes_takes_no_later_day_along() {
    let mut game = Game::at(vec![listed(&[3, 10, 20])]);
    does(&mut game, &["w", "w.2"]);
    let third = due(&game, "w.3");
    game.takes(nth(2, vec![listed(&[3, 20])]));
    assert_eq!((game.keys(), due(&game, "w.3")), (vec!["w".to_owned(), "w.2".to_owned(), "w.3".to_owned()], third));
}

/// A playbook with these steps beside a program.
pub(super) fn round(names: &[&str]) -> Vec<Curriculum> {
    let at = |name: &&str| StepDef {
        windows: vec![Window { opens: Day::Launch { launch: 0 }, due: Day::Launch { launch: 3 } }],
        ..step(name, 1, 1)
    };
    vec![curriculum("all", vec![step("a", 1, 50)]), playbook(names.iter().map(at).collect())]
}

#[test]
fn a_round_of_a_playbook_that_is_over_gets_no_more_steps() {
    let mut game = Game::begun_with(of(1, round(&["p"])));
    game.launches();
    game.tick("p").unwrap();
    game.launches();
    game.takes(of(2, round(&["p", "q"])));
    assert_eq!(game.keys(), ["a", "p", "p~2", "q~2"], "the round that runs gets it");
    game.on("2030-03-05").wake();
    assert_eq!(game.keys(), ["a", "p", "p~2", "q~2"]);
}

#[test]
fn a_plan_that_passes_over_a_release_or_goes_back_knows_its_steps_by_all_their_names() {
    let releases = [nth(1, vec![step("a", 1, 5)]), nth(2, vec![was(step("b", 1, 5), "a")])];
    let last = nth(3, vec![was(step("c", 1, 5), "b")]);
    let all: Vec<Rc<Release>> = releases.iter().chain([&last]).cloned().map(Rc::new).collect();
    let there = Changes::between(&releases[0], &named_through(&last, &all));
    let back = Changes::between(&last, &named_through(&releases[0], &all));
    for (changes, old, new) in [(there, "a", "c"), (back, "c", "a")] {
        let only = &changes.diff.steps[..];
        assert_eq!((only.len(), &only[0].step), (1, &id(new)));
        let is_renamed =
            matches!(&only[0].how, crate::engine::diff::StepHow::Changed { was, .. } if *was == Some(id(old)));
        assert!(is_renamed, "{only:?}");
    }
}

#[test]
fn a_freeze_moves_a_day_of_a_quarter_on_and_never_back_or_a_quarter_away() {
    let end = |n| Day::Quarter { quarter: Quarter::End, n, not_before: 1 };
    let def = StepDef {
        windows: vec![Window { opens: end(-12), due: end(-5) }],
        every: Some(Every { period: Period::Months(3), until: Until::Plan(250) }),
        ..step("w", 1, 5)
    };
    let mut calendar = calendar();
    let span = Span { from: date("2030-03-11"), until: date("2030-03-31") };
    let free = ritual_day(&calendar, -5);
    calendar.freezes.push(Freeze { span, name: text("Stocktaking") });
    let frozen = ritual_day(&calendar, -5);
    assert_eq!((free, frozen), (date("2030-03-22"), date("2030-04-01")));
    let mut game = Game::at(vec![def]);
    game.calendar = calendar;
    game.ask(HR, Request::Arrange(crate::engine::replan::Arrange::Redate)).unwrap();
    assert_eq!(due(&game, "w"), date("2030-04-01"));
    game.on("2030-04-01").wake();
    game.tick("w").unwrap();
    game.on("2030-06-20").wake();
    assert_eq!(due(&game, "w.2"), date("2030-06-21"), "the next quarter's, not the one after it");
}

fn ritual_day(calendar: &Calendar, n: i16) -> NaiveDate {
    crate::engine::ritual::in_quarter(Quarter::End, n, date("2030-03-04"), 0, calendar).date
}

#[test]
fn a_freeze_that_comes_and_goes_opens_nothing_that_was_not_open() {
    let mut game = Game::at(vec![every(Period::WorkingDays(10)), step("far", 40, 45)]);
    game.calendar = calendar();
    let opens = game.plan.steps[&key("far")].opens.clone();
    game.on("2030-03-11").wake();
    let redate = |game: &mut Game, freezes: Vec<Freeze>| {
        game.calendar.freezes = freezes;
        game.ask(HR, Request::Arrange(crate::engine::replan::Arrange::Redate)).unwrap();
    };
    let span = Span { from: date("2030-03-12"), until: date("2030-05-10") };
    redate(&mut game, vec![Freeze { span, name: text("Stocktaking") }]);
    redate(&mut game, Vec::new());
    assert_eq!(game.plan.steps[&key("far")].opens, opens);
}

#[test]
fn a_turn_that_stands_open_is_the_next_one_of_another_rhythm() {
    let mut game = Game::at(vec![every(Period::WorkingDays(2))]);
    does(&mut game, &["w"]);
    // Nobody looked for a while: the turns that passed were left out.
    game.on("2030-04-10").wake();
    let newest = game.keys().pop().expect("a turn");
    assert!(key(&newest).turn > 5, "{newest}");
    game.takes(nth(2, vec![every(Period::Months(1))]));
    assert!(due(&game, &newest) < date("2030-05-10"), "{}", due(&game, &newest));
}

#[test]
fn a_turn_that_has_passed_by_another_rhythm_begins_today_and_later_ones_are_counted_from_it() {
    let mut game = Game::at(vec![every(Period::Months(1))]);
    does(&mut game, &["w"]);
    game.on("2030-04-03").wake();
    assert_eq!(due(&game, "w.2"), date("2030-04-09"));
    game.takes(nth(2, vec![every(Period::WorkingDays(5))]));
    let second = due(&game, "w.2");
    assert!(second >= date("2030-04-03"), "{second}");
    does(&mut game, &["w.2"]);
    game.on("2030-04-20").wake();
    assert_eq!(due(&game, "w.3"), game.calendar.after(second, 5));
}

#[test]
fn an_overdue_turn_of_another_rhythm_is_not_ended_by_the_upgrade() {
    let mut game = Game::at(vec![every(Period::Months(1))]);
    does(&mut game, &["w"]);
    game.on("2030-04-22").wake();
    assert_eq!(due(&game, "w.2"), date("2030-04-09"), "it is late");
    game.takes(nth(2, vec![every(Period::WorkingDays(3))]));
    game.wake();
    assert_eq!(game.keys(), ["w", "w.2"]);
    assert!(!game.state("w.2").is_closed() && due(&game, "w.2") >= date("2030-04-22"));
}

#[test]
fn a_ritual_goes_on_though_the_turn_that_it_was_counted_from_left_the_plan() {
    let mut game = Game::at(vec![every(Period::Weekly(chrono::Weekday::Fri))]);
    does(&mut game, &["w", "w.2"]);
    game.on("2030-03-18").wake();
    // The open turn is the third; it is gone while the step does not recur.
    game.takes(nth(2, vec![every(Period::WorkingDays(5))]));
    game.takes(nth(3, vec![step("w", 1, 5)]));
    game.takes(nth(4, vec![every(Period::WorkingDays(5))]));
    game.on("2030-04-10").wake();
    assert!(!game.state(&game.keys().pop().expect("a turn")).is_closed());
}

#[test]
fn a_list_that_takes_a_day_in_and_another_out_asks_every_day_that_stays() {
    let mut game = Game::at(vec![listed(&[2, 10, 20])]);
    does(&mut game, &["w"]);
    let days = ["w.2", "w.3"].map(|turn| due(&game, turn));
    game.takes(nth(2, vec![listed(&[10, 15, 20])]));
    assert_eq!(["w.2", "w.3"].map(|turn| due(&game, turn)), days);
    // One that only moved its days is taken.
    let mut game = Game::at(vec![listed(&[2, 10, 20])]);
    does(&mut game, &["w"]);
    game.takes(nth(2, vec![listed(&[3, 12, 20])]));
    assert_eq!(due(&game, "w.2"), game.calendar.plan_date(game.plan.effective, 12));
}

#[test]
fn no_turn_comes_back_that_the_release_no_longer_has() {
    let mut game = Game::at(vec![every(Period::Weekly(chrono::Weekday::Fri))]);
    does(&mut game, &["w"]);
    game.on("2030-03-12").wake();
    let reason = Some(line());
    let waive = crate::engine::replan::Arrange::Waive { step: key("w.2"), reason };
    game.ask(HR, Request::Arrange(waive)).unwrap();
    let waived = game.facts.iter().rposition(|fact| matches!(fact.what, What::Deed { .. })).expect("a deed");
    game.takes(nth(2, vec![step("w", 1, 5)]));
    game.undoes_at(waived);
    assert_eq!(game.keys(), ["w"]);
}

#[test]
fn a_step_that_is_done_comes_to_recur_from_now_on_and_is_never_late_from_the_start() {
    let mut game = Game::at(vec![step("w", 1, 5)]);
    does(&mut game, &["w"]);
    game.on("2030-04-20").wake();
    game.takes(nth(2, vec![every(Period::Months(1))]));
    game.wake();
    assert_eq!(game.keys(), ["w"], "the turn of the 9th of April has passed");
    game.on("2030-05-09").wake();
    assert_eq!(due(&game, "w.3"), date("2030-05-09"));
}

#[test]
fn what_only_time_did_under_another_release_goes_with_it() {
    let mut game = Game::at(vec![step("w", 1, 5), every_named("x")]);
    game.takes(nth(2, vec![every(Period::Weekly(chrono::Weekday::Fri)), every_named("x")]));
    let upgrade = game.facts.iter().rposition(|fact| matches!(fact.what, What::Deed { .. })).expect("a deed");
    for day in ["2030-03-18", "2030-03-25", "2030-04-01"] {
        game.on(day).wake();
    }
    assert!(game.keys().len() > 3, "{:?}", game.keys());
    game.undoes_at(upgrade);
    assert!(!game.state("w").is_closed());
    assert_eq!(game.keys().iter().filter(|key| key.starts_with('w')).count(), 1, "{:?}", game.keys());
}

fn every_named(name: &str) -> StepDef {
    StepDef { id: id(name), ..every(Period::WorkingDays(5)) }
}

#[test]
fn a_listed_day_is_no_turn_of_the_rhythm_that_an_undone_upgrade_leaves() {
    let mut game = Game::at(vec![every(Period::WorkingDays(3)), step("x", 1, 5)]);
    game.takes(nth(2, vec![listed(&[5, 25]), step("x", 1, 5)]));
    let upgrade = game.facts.iter().rposition(|fact| matches!(fact.what, What::Deed { .. })).expect("a deed");
    game.tick("x").unwrap();
    game.undoes_at(upgrade);
    assert_eq!(game.keys(), ["w", "x"]);
}
