//! Deeds that are undone while others that were made since stand.

use super::branches::{answered, choice};
use super::rhythm::{does, due, every, listed, round};
use super::versions::{id, key, nth, of, was};
use super::*;
use crate::engine::form::{Answer, Answers};
use crate::engine::release::Day;
use crate::engine::replan::Arrange;
use crate::engine::upgrade::Policy;
use crate::engine::vocabulary::WritingId;

impl Game {
    /// The place of the deed's fact.
    fn waives(&mut self, step: &str) -> usize {
        let at = self.facts.len();
        let waive = Arrange::Waive { step: key(step), reason: Some(line()) };
        self.ask(HR, Request::Arrange(waive)).expect("it is left out");
        at
    }
}

#[test]
fn a_listed_day_that_was_left_out_counts_no_turns_once_its_list_and_then_its_waiving_are_undone() {
    let mut game = Game::at(vec![every(Period::WorkingDays(3))]);
    let before = game.plan.clone();
    let upgrade = game.facts.len();
    game.takes(nth(2, vec![listed(&[5, 25])]));
    let waive = game.waives("w.2");
    game.undoes_at(upgrade).undoes_at(waive);
    assert_eq!((&game.plan.steps, &game.plan.arranged), (&before.steps, &before.arranged));
}

#[test]
fn a_rhythm_that_left_for_a_while_is_counted_from_where_it_was_whatever_was_undone_meanwhile() {
    let with_x = |def| vec![def, step("x", 1, 50)];
    let mut game = Game::at(with_x(every(Period::WorkingDays(2))));
    does(&mut game, &["w"]);
    let waive = game.waives("x");
    game.on("2030-03-30").wake();
    game.takes(nth(2, with_x(every(Period::Months(1)))));
    let bases = game.plan.arranged.bases.clone();
    assert!(bases.iter().any(|base| !game.plan.steps.contains_key(base)), "{bases:?}");
    let upgrade = game.facts.len();
    game.takes(nth(3, with_x(step("w", 1, 5))));
    game.undoes_at(waive).undoes_at(upgrade);
    assert_eq!(game.plan.arranged.bases, bases);
}

#[test]
fn what_came_with_a_turn_that_had_ended_goes_once_that_turn_goes_on() {
    let until = Until::Closed { step: id("x"), latest: 250 };
    let recurs = StepDef { every: Some(Every { period: Period::Months(1), until }), ..step("w", 1, 5) };
    let days = |after| Day::Closed { step: id("w"), after };
    let after = StepDef { windows: vec![Window { opens: days(0), due: days(3) }], ..step("after", 1, 1) };
    let mut game = Game::at(vec![step("x", 1, 5), recurs, after]);
    let [first, second] = ["w", "x"].map(|step| game.waives(step));
    assert_eq!(game.keys(), ["after", "w", "x"]);
    game.undoes_at(first).undoes_at(second);
    assert_eq!(game.keys(), ["w", "x"]);
    assert!(!game.state("w").is_closed() && !game.state("x").is_closed());
}

#[test]
fn a_step_with_a_day_of_its_own_keeps_it_by_its_new_name_when_something_earlier_is_undone() {
    let asks = || StepDef { ask: vec![choice("cause", &["leads", "value"])], ..every(Period::WorkingDays(5)) };
    let branch = |name| StepDef { when: Some(answered("w", "cause", "leads")), ..step(name, 1, 50) };
    let mut game = Game::at(vec![asks(), branch("f")]);
    let answers = Answers([("cause".to_owned(), Answer::One("leads".to_owned()))].into());
    let evidence = Some(WritingRef { id: WritingId(Uuid::from_u128(77)), digest: [1; 32] });
    game.known.insert(key("w"), answers.clone());
    game.act(MANAGER, "w", Act::HandIn { answers, evidence }).expect("it is open");
    game.on("2030-03-12").wake();
    game.moves("f", "2030-05-02");
    let waive = game.waives("w.2");
    game.takes(nth(2, vec![asks(), was(branch("g"), "f")]));
    game.undoes_at(waive);
    assert_eq!(due(&game, "g"), date("2030-05-02"));
}

#[test]
fn a_change_that_an_offer_brought_is_taken_back_by_the_name_that_its_step_has_now() {
    let titled = |name, title| StepDef { title: text(title), ..step(name, 1, 9) };
    let mut game = Game::at(vec![titled("a", "One")]);
    let policy = Policy { offer: [id("a")].into(), ..Policy::default() };
    game.takes_with(nth(2, vec![titled("a", "Two")]), &policy);
    let offer = game.facts.len();
    game.takes_offer("a").expect("it is offered");
    game.takes(nth(3, vec![was(titled("z", "Two"), "a")]));
    game.undoes_at(offer);
    assert_eq!((game.keys(), game.title("z")), (vec!["z".to_owned()], "One".to_owned()));
}

#[test]
fn a_round_of_a_playbook_in_which_something_is_open_again_gets_the_steps_that_it_passed_over() {
    let mut game = Game::begun_with(of(1, round(&["p"])));
    game.launches();
    let waive = game.waives("p");
    game.takes(of(2, round(&["p", "q"])));
    assert_eq!(game.keys(), ["a", "p"]);
    game.undoes_at(waive);
    assert_eq!(game.keys(), ["a", "p", "q"]);
}
