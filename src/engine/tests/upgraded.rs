//! A running plan takes another release: what is done is neither lost nor asked again.

use super::versions::{each, id, key, nth, of, playbook, was, weekly};
use super::*;
use crate::engine::arrange::Own;
use crate::engine::deed::Deed;
use crate::engine::release::{Curriculum, Day};
use crate::engine::replan::Arrange;
use crate::engine::upgrade::Policy;

fn titled(def: StepDef, title: &str) -> StepDef {
    StepDef { title: text(title), ..def }
}

fn skip(name: &str) -> Policy {
    Policy { skip: [id(name)].into(), ..Policy::default() }
}

fn offer(name: &str) -> Policy {
    Policy { offer: [id(name)].into(), ..Policy::default() }
}

#[test]
fn a_step_that_is_added_comes_with_its_days_and_is_not_late_from_the_start() {
    let mut game = Game::at(vec![step("a", 1, 5)]);
    game.on("2030-04-10").takes(nth(2, vec![step("a", 1, 5), step("early", 2, 3), step("late", 60, 70)]));
    assert!(game.plan.steps[&key("early")].due.date >= date("2030-04-10"));
    assert_eq!(game.plan.steps[&key("late")].due.date, game.calendar.plan_date(game.plan.effective, 70));
}

#[test]
fn a_step_that_comes_to_be_due_earlier_is_not_late_by_it() {
    let mut game = Game::at(vec![step("a", 1, 60)]);
    game.on("2030-04-10").takes(nth(2, vec![step("a", 1, 5)]));
    assert!(game.plan.steps[&key("a")].due.date >= date("2030-04-10"), "{:?}", game.plan.steps[&key("a")].due);
}

#[test]
fn a_step_that_was_late_stays_late() {
    let mut game = Game::at(vec![step("a", 1, 5)]);
    game.on("2030-04-10").takes(nth(2, vec![step("a", 1, 4)]));
    assert_eq!(game.plan.steps[&key("a")].due.date, game.calendar.plan_date(game.plan.effective, 4));
}

#[test]
fn a_step_that_is_gone_leaves_the_plan_unless_something_was_done_about_it() {
    let mut game = Game::at(vec![step("a", 1, 5), step("b", 1, 5), step("c", 1, 5), step("begun", 1, 5)]);
    game.on("2030-03-05").tick("a").unwrap();
    game.takes_begun(nth(2, vec![step("c", 1, 5)]), &Policy::default(), &["begun"]);
    assert_eq!(game.keys(), ["a", "begun", "c"]);
    assert!(game.is_done("a"));
}

#[test]
fn of_a_fan_out_that_is_gone_what_was_done_stays_and_no_more_comes() {
    let mut game = Game::at(vec![each(step("meet", 1, 10)), step("b", 1, 5)]);
    game.on("2030-03-05").tick(&meet(1)).unwrap();
    game.takes(nth(2, vec![step("b", 1, 5)]));
    assert_eq!(game.keys(), ["b".to_owned(), meet(1)]);
    game.ask(HR, Request::Join { member: member(3), on: date("2030-03-05") }).unwrap();
    assert_eq!(game.keys(), ["b".to_owned(), meet(1)]);
}

#[test]
fn a_ritual_that_is_gone_does_not_come_back_with_time_or_with_a_tick() {
    let reviewed = |def| StepDef { review: Some(Role::Superior), ..def };
    let mut game = Game::at(vec![reviewed(weekly("w")), weekly("v"), step("b", 1, 5)]);
    game.on("2030-03-07").tick("w").unwrap();
    game.tick("v").unwrap();
    game.takes(nth(2, vec![step("b", 1, 5)]));
    assert_eq!(game.keys(), ["b", "v", "w"]);
    game.act(SUPERIOR, "w", Act::Accept { line: None }).unwrap();
    game.on("2030-04-20").wake();
    assert_eq!(game.keys(), ["b", "v", "w"]);
}

#[test]
fn a_removal_that_is_skipped_leaves_all_of_the_step() {
    let mut game = Game::at(vec![each(step("meet", 1, 10)), step("b", 1, 5)]);
    game.on("2030-03-05").tick(&meet(1)).unwrap();
    game.takes_with(nth(2, vec![step("b", 1, 5)]), &skip("meet"));
    assert_eq!(game.keys(), ["b".to_owned(), meet(1), meet(2)]);
}

#[test]
fn what_was_done_under_an_old_name_is_done_under_the_new_one_and_the_old_name_still_leads_there() {
    let mut game = Game::at(vec![step("a", 1, 5), StepDef { after: vec![id("a")], ..step("b", 1, 9) }]);
    game.on("2030-03-05").tick("a").unwrap();
    game.takes(nth(2, vec![was(step("z", 1, 5), "a"), StepDef { after: vec![id("z")], ..step("b", 1, 9) }]));
    assert_eq!(game.keys(), ["b", "z"]);
    assert!(game.is_done("z"));
    assert_eq!(game.plan.arranged.renamed[&id("a")], id("z"));
    game.takes(nth(
        3,
        vec![
            StepDef { was: vec![id("z"), id("a")], ..step("y", 1, 5) },
            StepDef { after: vec![id("y")], ..step("b", 1, 9) },
        ],
    ));
    assert_eq!(
        (game.plan.arranged.renamed[&id("a")].as_str(), game.plan.arranged.renamed[&id("z")].as_str()),
        ("y", "y")
    );
    assert!(game.is_done("y"));
    game.undoes();
    assert!(game.is_done("z") && game.keys() == ["b", "z"], "{:?}", game.keys());
}

#[test]
fn a_name_that_another_step_of_the_plan_bears_is_not_written_over() {
    let mut game = Game::at(vec![step("a", 1, 5), step("b", 1, 5)]);
    game.on("2030-03-05").tick("a").unwrap();
    game.tick("b").unwrap();
    game.takes(nth(2, vec![step("a", 1, 5)])); // b is gone and stays as done
    game.takes(nth(3, vec![was(titled(step("b", 1, 5), "New"), "a")]));
    assert_eq!(game.keys(), ["a", "b"]);
    assert!(game.is_done("a") && game.is_done("b"));
    assert_eq!(game.title("b"), "b");
}

#[test]
fn a_finished_step_is_not_asked_again_member_by_member() {
    let mut game = Game::at(vec![step("talk", 1, 5), step("plan", 1, 5)]);
    game.on("2030-03-05").tick("talk").unwrap();
    game.takes(nth(2, vec![each(step("talk", 1, 5)), each(step("plan", 1, 5))]));
    let of = |n| format!("plan.{}", member(n));
    assert_eq!(game.keys(), [of(1), of(2), "talk".to_owned()]);
}

#[test]
fn what_was_handed_in_is_not_asked_again_member_by_member() {
    let reviewed = |def| StepDef { review: Some(Role::Superior), ..def };
    let mut game = Game::at(vec![reviewed(step("talk", 1, 5))]);
    game.on("2030-03-05").tick("talk").unwrap();
    game.takes(nth(2, vec![each(reviewed(step("talk", 1, 5)))]));
    assert_eq!(game.keys(), ["talk"]);
    game.act(SUPERIOR, "talk", Act::Accept { line: None }).expect("it is still reviewed");
}

#[test]
fn a_fan_out_that_becomes_one_step_keeps_what_was_done() {
    let mut game = Game::at(vec![each(step("meet", 1, 10)), each(step("other", 1, 10))]);
    game.on("2030-03-05").tick(&meet(1)).unwrap();
    game.takes(nth(2, vec![step("meet", 1, 10), step("other", 1, 10)]));
    assert_eq!(game.keys(), [meet(1), meet(2), "other".to_owned()]);
}

#[test]
fn work_rests_on_the_step_as_the_plan_has_it_not_as_the_last_release_had_it() {
    let mut game = Game::at(vec![step("talk", 1, 5)]);
    game.takes_with(nth(2, vec![each(step("talk", 1, 5))]), &skip("talk"));
    game.on("2030-03-05").tick("talk").unwrap();
    game.takes(nth(3, vec![each(titled(step("talk", 1, 5), "Words"))]));
    assert_eq!(game.keys(), ["talk"]);
}

#[test]
fn a_hand_in_whose_reviewer_is_gone_keeps_its_reviewer() {
    let reviewed = StepDef { review: Some(Role::Superior), ..step("gate", 1, 5) };
    let mut game = Game::at(vec![reviewed]);
    game.on("2030-03-05").tick("gate").unwrap();
    game.takes(nth(2, vec![step("gate", 1, 5)]));
    game.act(SUPERIOR, "gate", Act::Accept { line: None }).expect("the superior still reviews it");
    assert!(game.is_done("gate"));
}

#[test]
fn a_change_that_is_skipped_stays_out_until_a_later_one_is_taken() {
    let mut game = Game::at(vec![step("a", 1, 5)]);
    game.takes_with(nth(2, vec![titled(step("a", 1, 9), "Two")]), &skip("a"));
    assert_eq!(game.title("a"), "a");
    assert_eq!(game.plan.steps[&key("a")].due.date, game.calendar.plan_date(game.plan.effective, 5));
    game.takes(nth(3, vec![titled(step("a", 1, 9), "Two"), step("b", 1, 5)]));
    assert_eq!(game.title("a"), "a", "nothing changed it since");
    game.takes(nth(4, vec![titled(step("a", 1, 12), "Four"), step("b", 1, 5)]));
    assert_eq!(game.title("a"), "Four");
    assert_eq!(game.plan.steps[&key("a")].due.date, game.calendar.plan_date(game.plan.effective, 12));
    assert!(game.plan.arranged.kept.is_empty());
}

#[test]
fn a_new_name_alone_does_not_bring_what_was_skipped() {
    let mut game = Game::at(vec![step("a", 1, 5)]);
    game.takes_with(nth(2, vec![titled(step("a", 1, 9), "Two")]), &skip("a"));
    game.takes(nth(3, vec![was(titled(step("z", 1, 9), "Two"), "a")]));
    assert_eq!((game.keys(), game.title("z")), (vec!["z".to_owned()], "a".to_owned()));
}

#[test]
fn a_step_that_was_left_out_stays_out_when_its_words_change() {
    let mut game = Game::at(vec![step("a", 1, 5)]);
    game.takes_with(nth(2, vec![step("a", 1, 5), step("b", 1, 5)]), &skip("b"));
    game.takes(nth(3, vec![step("a", 1, 5), titled(step("b", 1, 5), "Three")]));
    assert_eq!(game.keys(), ["a"]);
    game.takes_with(nth(4, vec![step("a", 1, 5), titled(step("b", 1, 5), "Four")]), &offer("b"));
    assert_eq!(game.keys(), ["a"]);
    game.takes_offer("b").unwrap();
    assert_eq!((game.keys(), game.title("b")), (vec!["a".to_owned(), "b".to_owned()], "Four".to_owned()));
}

#[test]
fn offers_are_taken_or_left_by_the_manager_alone() {
    let mut game = Game::at(vec![step("a", 1, 5), step("gone", 1, 5)]);
    let policy = Policy { offer: [id("a"), id("b"), id("gone")].into(), ..Policy::default() };
    game.takes_with(nth(2, vec![titled(step("a", 1, 9), "Two"), step("b", 1, 5)]), &policy);
    assert_eq!((game.keys(), game.title("a")), (vec!["a".to_owned(), "gone".to_owned()], "a".to_owned()));
    let take = Request::Offer { step: id("a"), take: true };
    assert_eq!(game.ask(MENTOR, take), Err(Refusal::NotYours { needs: Role::Hr }));
    game.takes_offer("a").unwrap();
    assert_eq!(game.title("a"), "Two");
    game.takes_offer("gone").unwrap();
    game.ask(MANAGER, Request::Offer { step: id("b"), take: false }).unwrap();
    assert_eq!(game.keys(), ["a"]);
    assert!(game.plan.arranged.offers.is_empty());
    assert_eq!(game.takes_offer("b"), Err(Refusal::NothingOffered));
}

#[test]
fn an_offer_to_drop_a_step_keeps_what_was_done_of_it() {
    let mut game = Game::at(vec![each(step("meet", 1, 10)), step("b", 1, 5)]);
    game.takes_with(nth(2, vec![step("b", 1, 5)]), &offer("meet"));
    game.on("2030-03-05").tick(&meet(1)).unwrap();
    game.takes_offer("meet").unwrap();
    assert_eq!(game.keys(), ["b".to_owned(), meet(1)]);
}

#[test]
fn an_offer_of_another_shape_asks_nothing_twice() {
    let mut game = Game::at(vec![step("talk", 1, 5), step("open", 1, 5)]);
    let policy = Policy { offer: [id("talk"), id("open")].into(), ..Policy::default() };
    game.takes_with(nth(2, vec![each(step("talk", 1, 5)), each(step("open", 1, 5))]), &policy);
    game.on("2030-03-05").tick("talk").unwrap();
    game.takes_offer("talk").unwrap();
    game.takes_offer("open").unwrap();
    assert_eq!(game.keys(), [format!("open.{}", member(1)), format!("open.{}", member(2)), "talk".to_owned()]);
}

#[test]
fn nobody_is_asked_about_a_name_or_about_what_is_over() {
    let reviewed = |def| StepDef { review: Some(Role::Superior), ..def };
    let steps = || vec![step("done", 1, 5), step("a", 1, 5), reviewed(step("waits", 1, 5)), each(step("meet", 1, 5))];
    let mut game = Game::at(steps());
    game.on("2030-03-05");
    for one in ["done", "waits", &meet(1), &meet(2)] {
        game.tick(one).unwrap();
    }
    let meeting = |name| titled(each(step(name, 1, 5)), "Two");
    let renamed = was(titled(step("z", 1, 5), "a"), "a");
    let waits = titled(reviewed(step("waits", 1, 5)), "Two");
    let policy = Policy { offer: ["done", "z", "waits", "meet"].map(id).into(), ..Policy::default() };
    let second = vec![titled(step("done", 1, 9), "Two"), renamed, waits, meeting("meet")];
    game.takes_with(nth(2, second), &policy);
    assert_eq!(game.plan.arranged.offers, ["waits", "meet"].map(id).into(), "they may still come to matter");
    assert_eq!((game.title("done"), game.is_done("z")), ("Two".to_owned(), false));
    game.takes(nth(3, vec![was(meeting("team"), "meet")]));
    assert!(game.plan.arranged.offers.contains(&id("team")), "another name answers nothing");
}

#[test]
fn an_offer_stands_through_later_upgrades_and_ends_with_one_that_takes_the_step() {
    let mut game = Game::at(vec![step("a", 1, 5)]);
    game.takes_with(nth(2, vec![titled(step("a", 1, 5), "Two")]), &offer("a"));
    game.takes(nth(3, vec![titled(step("a", 1, 5), "Two"), step("b", 1, 5)]));
    assert!(game.plan.arranged.offers.contains(&id("a")));
    game.takes(nth(4, vec![titled(step("a", 1, 5), "Four"), step("b", 1, 5)]));
    assert!(game.plan.arranged.offers.is_empty());
    assert_eq!(game.title("a"), "Four");
}

#[test]
fn a_second_run_of_a_playbook_survives_every_kind_of_change() {
    let first = vec![step("s", 1, 2), step("t", 1, 2), step("u", 1, 2)];
    let mut game = Game::begun_with(of(1, vec![curriculum("all", vec![step("a", 1, 5)]), playbook(first)]));
    game.launches().on("2030-03-05");
    for one in ["s", "t", "u"] {
        game.tick(one).unwrap();
    }
    game.launches();
    game.tick("s~2").unwrap();
    game.tick("t~2").unwrap();
    // s is renamed, t is gone, u changes.
    let second = playbook(vec![was(step("z", 1, 2), "s"), titled(step("u", 1, 3), "Two")]);
    game.takes(of(2, vec![curriculum("all", vec![step("a", 1, 5)]), second.clone()]));
    assert_eq!(game.keys(), ["a", "t", "t~2", "u", "u~2", "z", "z~2"]);
    assert!(game.is_done("z~2") && game.is_done("t~2"));
    assert_eq!(game.title("u~2"), "Two");
    assert_eq!(game.plan.arranged.renamed[&id("s~2")], id("z~2"));
    // The playbook itself is gone.
    game.takes(of(3, vec![curriculum("all", vec![step("a", 1, 5)])]));
    assert_eq!(game.keys(), ["a", "t", "t~2", "u", "z", "z~2"]);
    game.undoes();
    assert_eq!(game.keys(), ["a", "t", "t~2", "u", "u~2", "z", "z~2"]);
}

#[test]
fn a_playbook_under_another_name_keeps_its_second_run() {
    let mut game = Game::begun_with(of(1, vec![playbook(vec![step("s", 1, 2)])]));
    game.launches().on("2030-03-05").tick("s").unwrap();
    game.launches();
    let renamed = Curriculum { name: "other".to_owned(), ..playbook(vec![step("s", 1, 2)]) };
    game.takes(of(2, vec![renamed]));
    game.tick("s~2").expect("it can still be done");
}

#[test]
fn own_steps_and_days_that_were_set_by_hand_stay() {
    let mut game = Game::at(vec![step("a", 1, 30), step("b", 1, 30)]);
    game.ask(HR, Request::Arrange(Arrange::Move { step: key("a"), due: date("2030-03-21") })).unwrap();
    let own = Own { who: Role::Manager, review: None, effort: 15, words: line() };
    game.ask(HR, Request::Arrange(Arrange::Add { own, due: date("2030-03-22") })).unwrap();
    let own = game.plan.arranged.own.keys().next().expect("its name").clone();
    game.takes(nth(2, vec![titled(step("a", 1, 40), "Two"), step("b", 1, 40)]));
    assert_eq!(game.plan.steps[&key("a")].due.date, date("2030-03-21"));
    assert_eq!(game.plan.steps[&StepKey::first(&own, None)].due.date, date("2030-03-22"));
    assert_eq!(game.plan.steps[&key("b")].due.date, game.calendar.plan_date(game.plan.effective, 40));
}

#[test]
fn waived_steps_and_modules_that_were_left_out_stay_out() {
    let mut game =
        Game::begun_with(of(1, vec![curriculum("x", vec![step("a", 1, 5)]), curriculum("y", vec![step("b", 1, 5)])]));
    let reason = Some(line());
    game.ask(HR, Request::Arrange(Arrange::Waive { step: key("a"), reason })).unwrap();
    game.ask(HR, Request::Arrange(Arrange::Skip { curriculum: "y".to_owned(), reason })).unwrap();
    let x = curriculum("x", vec![titled(step("a", 1, 9), "Two")]);
    game.takes(of(2, vec![x, curriculum("y", vec![step("b", 1, 9), step("c", 1, 5)])]));
    assert_eq!(game.keys(), ["a", "b"]);
    assert!(game.state("a").is_closed() && game.state("b").is_closed());
}

#[test]
fn an_upgrade_that_nothing_followed_is_undone_exactly() {
    let mut game = Game::at(vec![step("a", 1, 5), each(step("meet", 1, 10)), step("gone", 1, 9), weekly("w")]);
    game.on("2030-03-05").tick("a").unwrap();
    game.tick(&meet(1)).unwrap();
    let before = game.plan.clone();
    game.takes(nth(2, vec![was(step("z", 1, 7), "a"), step("meet", 1, 12), step("new", 1, 9), weekly("w")]));
    game.undoes();
    assert_eq!(
        (&game.plan.steps, &game.plan.arranged, &game.plan.release),
        (&before.steps, &before.arranged, &before.release)
    );
}

#[test]
fn what_was_done_since_stays_when_an_upgrade_is_undone() {
    let mut game = Game::at(vec![step("a", 1, 5)]);
    game.takes(nth(2, vec![step("a", 1, 5), each(step("meet", 1, 10))]));
    game.on("2030-03-05").tick(&meet(1)).unwrap();
    game.undoes();
    assert_eq!(game.keys(), ["a".to_owned(), meet(1)]);
    // And the release taken again asks only for what is missing.
    game.takes(nth(2, vec![step("a", 1, 5), each(step("meet", 1, 10))]));
    assert_eq!(game.keys(), ["a".to_owned(), meet(1), meet(2)]);
    assert!(game.is_done(&meet(1)) && game.plan.arranged.kept.is_empty() && game.plan.arranged.declined.is_empty());
}

#[test]
fn a_step_that_came_with_an_upgrade_leaves_nothing_behind_once_its_waiving_is_undone_too() {
    let days = |before| Day::Turn { turn_of: id("new"), before, ritual_from: 2 };
    let follower = StepDef { windows: vec![Window { opens: days(3), due: days(1) }], ..step("before", 1, 1) };
    let mut game = Game::at(vec![step("a", 1, 5)]);
    game.on("2030-03-05");
    let before = game.plan.clone();
    let upgrade = game.facts.len();
    game.takes(nth(2, vec![step("a", 1, 9), step("new", 1, 9), follower]));
    let waive = game.facts.len();
    game.ask(HR, Request::Arrange(Arrange::Waive { step: key("new"), reason: Some(line()) })).unwrap();
    game.undoes_at(upgrade).undoes_at(waive);
    assert_eq!((&game.plan.steps, &game.plan.arranged), (&before.steps, &before.arranged));
}

#[test]
fn an_upgrade_is_one_deed_that_covers_all_it_does() {
    let mut game = Game::at(vec![step("a", 1, 5), step("gone", 1, 5)]);
    let begun = game.facts.len();
    game.takes(nth(2, vec![was(step("z", 1, 9), "a"), step("new", 1, 9)]));
    let What::Deed { deed: Deed::Upgraded { .. }, covers } = &game.facts[begun].what else { panic!("no deed first") };
    assert_eq!(usize::try_from(*covers).unwrap(), game.facts.len() - begun - 1);
}
