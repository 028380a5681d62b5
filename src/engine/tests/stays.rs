//! What an upgrade does not take, though it was decided so, is told with its reason.

use std::collections::BTreeSet;

use super::versions::{each, key, nth};
use super::*;
use crate::engine::upgrade::{Changes, Policy, Stay, StayWhy, Upgrade, stays};

fn told(game: &Game, to: Release, policy: &Policy, begun: &[&str]) -> Vec<Stay> {
    let begun: BTreeSet<StepKey> = begun.iter().map(|one| one.parse().expect("a key")).collect();
    let changes = Changes::between(&game.tailor.releases[&game.plan.release], &to);
    stays(&game.world(), &Upgrade { to: &to, changes: &changes, policy, begun: &begun })
}

fn stay(step: &str, why: StayWhy, others: usize) -> Vec<Stay> {
    vec![Stay { step: step.parse().expect("a key"), why, others }]
}

#[test]
fn a_draft_about_one_member_keeps_the_step_for_all_of_them() {
    let game = Game::at(vec![each(step("meet", 1, 10)), step("b", 1, 5)]);
    let for_all = || nth(2, vec![step("meet", 1, 10), step("b", 1, 5)]);
    assert_eq!(told(&game, for_all(), &Policy::default(), &[&meet(2)]), stay(&meet(2), StayWhy::Begun, 1));
    assert_eq!(told(&game, for_all(), &Policy::default(), &[]), []);
    let skip = Policy { skip: [StepId("meet".to_owned())].into(), ..Policy::default() };
    assert_eq!(told(&game, for_all(), &skip, &[&meet(2)]), [], "it was decided so");
}

#[test]
fn what_waits_for_its_reviewer_stays_with_them_and_what_is_done_and_gone_is_no_part_of_it() {
    let by = |role, def| StepDef { review: Some(role), ..def };
    let mut game = Game::at(vec![by(Role::Superior, step("a", 1, 5)), each(step("meet", 1, 10))]);
    game.on("2030-03-05").tick("a").expect("it is handed in");
    game.tick(&meet(1)).expect("it is done");
    let to = nth(2, vec![by(Role::Hr, step("a", 1, 5))]);
    let in_review = StayWhy::InReview { by: Role::Superior };
    assert_eq!(told(&game, to, &Policy::default(), &[]), stay("a", in_review, 0));
}

#[test]
fn what_is_done_for_one_member_keeps_the_step_for_the_others() {
    let mut game = Game::at(vec![each(step("meet", 1, 10)), step("b", 1, 5)]);
    game.on("2030-03-05").tick(&meet(1)).expect("it is done");
    let to = nth(2, vec![step("meet", 1, 10), step("b", 1, 5)]);
    assert_eq!(told(&game, to, &Policy::default(), &[]), stay(&meet(1), StayWhy::Done, 1));
}

#[test]
fn a_day_that_was_set_by_hand_is_the_reason_where_it_is_the_cause() {
    let listed = |days: &[u16]| StepDef {
        windows: days.iter().map(|day| Window::plan(1, *day)).collect(),
        review: Some(Role::Mentor),
        ..step("a", 1, 1)
    };
    let mut game = Game::at(vec![listed(&[5, 20, 30]), step("b", 1, 5)]);
    game.on("2030-03-05").tick("a").expect("it is handed in");
    game.moves("a.3", "2030-04-30");
    let shorter = || nth(2, vec![listed(&[5, 20]), step("b", 1, 5)]);
    assert_eq!(told(&game, shorter(), &Policy::default(), &[]), stay("a.3", StayWhy::ByHand, 2));
    game.takes(shorter());
    assert_eq!(game.plan.steps[&key("a.3")].due.date, date("2030-04-30"));
}

#[test]
fn a_day_that_was_set_by_hand_stays_with_its_step_whose_fan_out_or_whole_is_gone() {
    let mut game = Game::at(vec![each(step("meet", 1, 10)), step("gone", 1, 10), step("b", 1, 5)]);
    game.moves(&meet(1), "2030-03-21").moves("gone", "2030-03-22");
    let to = || nth(2, vec![step("meet", 1, 10), step("b", 1, 5)]);
    let both = [stay(&meet(1), StayWhy::ByHand, 1), stay("gone", StayWhy::ByHand, 0)].concat();
    assert_eq!(told(&game, to(), &Policy::default(), &[]), both);
    game.takes(to());
    assert_eq!(game.keys(), ["b".to_owned(), "gone".to_owned(), meet(1), meet(2)]);
    assert_eq!(game.plan.steps[&key(&meet(1))].due.date, date("2030-03-21"));
    assert_eq!(game.plan.steps[&key("gone")].due.date, date("2030-03-22"));
}

#[test]
fn what_the_manager_lets_go_goes_though_its_day_was_set_by_hand() {
    let mut game = Game::at(vec![step("gone", 1, 10), step("b", 1, 5)]);
    game.moves("gone", "2030-03-22");
    let offer = Policy { offer: [StepId("gone".to_owned())].into(), ..Policy::default() };
    game.takes_with(nth(2, vec![step("b", 1, 5)]), &offer);
    game.takes_offer("gone").expect("it was offered");
    assert_eq!(game.keys(), ["b"]);
}
