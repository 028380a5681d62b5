//! The chain of one life, whose head is written down: the same facts have the same hash on any machine.

use super::model::hand_in;
use super::{Game, HR, MANAGER, MENTOR, SUPERIOR, line, meet, member, noon, release, viewer};
use crate::engine::calendar::samples::date;
use crate::engine::decide::{Act, Request};
use crate::engine::fact::{Fact, What, seal};
use crate::engine::plan::Plan;
use crate::engine::replan::Arrange;
use crate::engine::undo;
use crate::engine::vocabulary::StepKey;

/// One of everything, on fixed days, with fixed ids.
fn a_fixed_life() -> Game {
    let mut game = Game::begun_with(release());
    let done = |game: &mut Game, who, request: Request| game.ask(who, request).expect("it is done");
    let step = |key: &str| key.parse::<StepKey>().expect("a key");
    done(&mut game, MENTOR, Request::AcceptMentoring);
    game.now = noon(date("2030-03-05"));
    done(&mut game, MANAGER, Request::Step { step: step("announce"), seen: None, act: hand_in(11) });
    done(&mut game, MANAGER, Request::Step { step: step("gate"), seen: None, act: hand_in(12) });
    done(
        &mut game,
        SUPERIOR,
        Request::Step { step: step("gate"), seen: None, act: Act::Return { line: Some(line()) } },
    );
    done(&mut game, HR, Request::Join { member: member(3), on: date("2030-03-05") });
    game.now = noon(date("2030-03-12"));
    game.wake();
    let arrange = |arrange: Arrange| Request::Arrange(arrange);
    let (from, until) = (date("2030-03-18"), date("2030-03-22"));
    done(&mut game, HR, arrange(Arrange::Leave { from, until }));
    done(&mut game, SUPERIOR, arrange(Arrange::Move { step: step("gate"), due: date("2030-04-10") }));
    done(&mut game, HR, arrange(Arrange::Waive { step: step(&meet(2)), reason: Some(line()) }));
    done(&mut game, HR, arrange(Arrange::Pause));
    game.now = noon(date("2030-04-02"));
    game.wake();
    done(&mut game, HR, arrange(Arrange::Resume));
    done(&mut game, HR, Request::Leave { member: member(1), on: date("2030-04-02") });
    let last = undo::find(&game.plan, &game.facts, 1 + leaving(&game)).expect("the deed");
    let world = game.world();
    let facts = undo::undo(&world, viewer(HR), &last, game.now).expect("it is undone");
    game.keep(facts);
    game
}

/// How many facts come before the last deed.
fn leaving(game: &Game) -> u64 {
    let is_deed = |fact: &Fact| matches!(fact.what, What::Deed { .. });
    game.facts.iter().rposition(is_deed).and_then(|at| u64::try_from(at).ok()).expect("a deed")
}

/// The hash goes over the stored text of every fact: whoever changes what a fact looks like changes it, and
/// must see to it that what was stored before still reads and verifies.
#[test]
fn the_same_facts_have_the_same_hash_on_any_machine() {
    let game = a_fixed_life();
    let replayed = seal(&Plan::unwritten(game.plan.id), &game.facts);
    assert_eq!(replayed.expect("facts seal").last().expect("the last").link, game.plan.head);
    let pinned = "283b76252946141094c35ecacdd352725f66d198630f00fea49e704839d469cc";
    assert_eq!((game.facts.len(), hex::encode(game.plan.head).as_str()), (40, pinned));
}
