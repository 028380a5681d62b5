//! A step for each row of a table that another step was answered with.

use std::collections::BTreeMap;

use super::branches::{hand_in, id};
use super::{Game, MANAGER, curriculum, released, step, text};
use crate::engine::ask::{Column, ColumnKind, Field, FieldKind};
use crate::engine::decide::Act;
use crate::engine::form::{Answer, Answers};
use crate::engine::refusal::Refusal;
use crate::engine::release::{Day, Every, Period, Release, StepDef, Until, Window};
use crate::engine::vocabulary::StepKey;

/// Promises with a day each, made anew every quarter; each becomes something to keep.
fn promising() -> Release {
    let column = |id: &str, kind| Column { id: id.to_owned(), label: text(id), required: false, kind };
    let columns = vec![column("what", ColumnKind::Text), column("by", ColumnKind::Date)];
    let kind = FieldKind::Table { columns, min_rows: 1, max_rows: 20, of: None };
    let promises = Field {
        id: "promises".to_owned(),
        label: text("promises"),
        help: None,
        required: true,
        when: None,
        begin: None,
        kind,
    };
    let due = Day::Answer { step: id("promise"), field: "promises".to_owned(), column: Some("by".to_owned()), n: 0 };
    let opens = Day::Closed { step: id("promise"), after: 0 };
    let every = Some(Every { period: Period::Months(3), until: Until::Plan(250) });
    released(vec![curriculum(
        "all",
        vec![
            StepDef { ask: vec![promises], every, ..step("promise", 1, 3) },
            StepDef { windows: vec![Window { opens, due }], ..step("keep", 1, 1) },
        ],
    )])
}

fn promised(rows: &[(&str, &str)]) -> Answers {
    let row =
        |(what, by): &(&str, &str)| BTreeMap::from([("what", *what), ("by", *by)].map(|(a, b)| (a.into(), b.into())));
    Answers([("promises".to_owned(), Answer::Rows(rows.iter().map(row).collect()))].into())
}

fn kept(game: &Game) -> Vec<(u16, String)> {
    let keep = id("keep");
    game.plan.of(&keep).map(|(key, step)| (key.turn, step.due.date.to_string())).collect()
}

#[test]
fn each_promise_with_a_day_becomes_a_step_due_on_it() {
    let mut game = Game::begun_with(promising());
    let rows = [("a rule", "2030-03-15"), ("some day", ""), ("the list", "2030-03-16")];
    hand_in(game.on("2030-03-05"), "promise", promised(&rows)).expect("promises");
    // A Saturday is worked on the working day after it.
    assert_eq!(kept(&game), [(1, "2030-03-15".to_owned()), (3, "2030-03-18".to_owned())]);
    let key: StepKey = "keep.3".parse().expect("a key");
    assert_eq!(key.row(), (1, 2));
    let def = game.release.step(&id("keep")).expect("a step").clone();
    assert_eq!(def.number(&key), Some(3));
    assert!(!def.is_ritual_turn(3), "it does not lapse");
}

#[test]
fn the_next_turn_adds_its_promises_to_those_that_are_open() {
    let mut game = Game::begun_with(promising());
    hand_in(game.on("2030-03-05"), "promise", promised(&[("a rule", "2030-03-15")])).expect("promises");
    game.on("2030-06-10").wake();
    hand_in(&mut game, "promise.2", promised(&[("the list", "2030-06-20")])).expect("promises");
    assert_eq!(kept(&game), [(1, "2030-03-15".to_owned()), (201, "2030-06-20".to_owned())]);
    assert_eq!("keep.201".parse::<StepKey>().expect("a key").row(), (2, 0));
}

#[test]
fn promises_can_be_taken_back_until_something_was_done_about_one() {
    let mut game = Game::begun_with(promising());
    hand_in(game.on("2030-03-05"), "promise", promised(&[("a", "2030-03-15"), ("b", "2030-03-18")])).expect("promises");
    let back = |game: &mut Game| game.act(MANAGER, "promise", Act::TakeBack);
    back(&mut game).expect("taken back");
    assert_eq!(kept(&game), []);
    hand_in(&mut game, "promise", promised(&[("b", "2030-03-18")])).expect("promises");
    hand_in(&mut game, "keep", Answers::default()).expect("kept");
    assert!(matches!(back(&mut game), Err(Refusal::BranchUnderWay { .. } | Refusal::NextTurnUnderWay { .. })));
}
