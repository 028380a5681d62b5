//! What holds for every plan, over random requests by random people on random days.

use chrono::TimeDelta;
use proptest::prelude::*;

use super::{Game, HR, MANAGER, MENTOR, SUPERIOR, curriculum, line, member, release};
use crate::engine::condition::Path;
use crate::engine::decide::{Act, Request};
use crate::engine::fact::{Fact, What, fold};
use crate::engine::form::{Answer, Answers};
use crate::engine::plan::{Plan, Standing, StepState};
use crate::engine::ritual::{self, Course};
use crate::engine::vocabulary::{StepId, StepKey};
use crate::engine::zone::local_date;

#[derive(Debug, Clone)]
enum Move {
    Days(u8),
    Act(u8, u8, u8),
    Join(u8),
    Leave(u8),
    Mentor(u8),
}

fn moves() -> impl Strategy<Value = Vec<Move>> {
    let one = prop_oneof![
        2 => (0u8..12).prop_map(Move::Days),
        6 => (any::<u8>(), 0u8..4, 0u8..5).prop_map(|(step, who, act)| Move::Act(step, who, act)),
        1 => (1u8..6).prop_map(Move::Join),
        1 => (1u8..6).prop_map(Move::Leave),
        1 => (0u8..3).prop_map(Move::Mentor),
    ];
    proptest::collection::vec(one, 0..60)
}

/// What every form of the sample takes.
fn answers(cause: &str) -> Answers {
    let one = |name: &str, text: &str| (name.to_owned(), Answer::One(text.to_owned()));
    Answers([one("cause", cause), one("go_on_reason", "Away until June")].into())
}

/// Plays random moves; refusals are part of the game.
fn play(moves: &[Move]) -> Game {
    let mut whole = release();
    whole.curricula.push(curriculum("grove", super::branches::grove()));
    let mut game = Game::begun_with(whole);
    for step in moves {
        match step {
            Move::Days(n) => {
                game.now += TimeDelta::days(i64::from(*n));
                game.wake();
            }
            Move::Act(step, who, act) => {
                let keys: Vec<StepKey> = game.plan.steps.keys().cloned().collect();
                let key = keys[usize::from(*step) % keys.len()].clone();
                let who = [MANAGER, MENTOR, SUPERIOR, HR][usize::from(*who)];
                let act = match act {
                    0 => Act::HandIn { answers: answers("leads"), evidence: None },
                    1 => Act::HandIn { answers: answers("value"), evidence: None },
                    2 => Act::Accept { line: None },
                    3 => Act::Return { line: Some(line()) },
                    _ => Act::TakeBack,
                };
                let _ = game.ask(who, Request::Step { step: key, seen: None, act });
            }
            Move::Join(n) => {
                let on = game.now.date_naive();
                let _ = game.ask(HR, Request::Join { member: member(u128::from(*n)), on });
            }
            Move::Leave(n) => {
                let on = game.now.date_naive();
                let _ = game.ask(HR, Request::Leave { member: member(u128::from(*n)), on });
            }
            Move::Mentor(0) => drop(game.ask(MENTOR, Request::AcceptMentoring)),
            Move::Mentor(1) => drop(game.ask(MENTOR, Request::DeclineMentoring { line: None })),
            Move::Mentor(_) => drop(game.ask(HR, Request::AskMentor { mentor: MENTOR, then: Vec::new() })),
        }
    }
    game
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn facts_alone_fold_to_the_same_plan_through_their_stored_text(moves in moves()) {
        let game = play(&moves);
        let mut plan = Plan::unwritten(game.plan.id);
        for fact in &game.facts {
            let stored = serde_json::to_string(fact).expect("a fact is text");
            let read: Fact = serde_json::from_str(&stored).expect("its text is a fact");
            prop_assert_eq!(&read, fact);
            plan = fold(plan, &read);
        }
        plan.head = game.plan.head;
        prop_assert_eq!(plan, game.plan);
    }

    #[test]
    fn no_plan_gets_stuck(moves in moves()) {
        let game = play(&moves);
        let far = game.now.date_naive() + TimeDelta::days(400);
        for (key, step) in &game.plan.steps {
            let def = game.release.step(&key.id).expect("its definition");
            if let Standing::Blocked { by } = game.plan.standing(step, def, far) {
                // What it waits for stands open, or may still come.
                let is_open = |b: &StepKey| match game.plan.steps.get(b) {
                    Some(step) => !step.state.is_closed(),
                    None => def.pending.contains(&b.id),
                };
                prop_assert!(by.iter().all(|b| is_open(b) && b != key), "{key} waits for {by:?}");
            }
        }
    }

    #[test]
    fn no_done_step_is_lost_but_by_taking_it_back(moves in moves()) {
        let game = play(&moves);
        for (n, fact) in game.facts.iter().enumerate() {
            if let What::Done { step, .. } | What::Accepted { step, .. } = &fact.what {
                let taken = game.facts[n..].iter().any(|later| matches!(&later.what, What::TakenBack { step: back, .. } if back == step));
                // A member who left and came back is met anew.
                let anew = game.facts[n + 1..].iter().any(|later| matches!(&later.what, What::Planned { step: again, .. } if again == step));
                prop_assert!(taken || anew || game.plan.steps[step].state.is_done(), "{step}");
            }
        }
    }

    #[test]
    fn every_date_is_worked_and_a_chain_of_turns_goes_forward(moves in moves()) {
        let game = play(&moves);
        for (key, step) in &game.plan.steps {
            prop_assert!(step.opens.date <= step.due.date, "{key}");
            prop_assert!(game.calendar.is_working(step.due.date), "{key} is due on {}", step.due.date);
            prop_assert!(game.calendar.is_working(step.opens.date), "{key} opens on {}", step.opens.date);
            let before = game.plan.steps.range(..key.clone()).next_back();
            if let Some((earlier, turn)) = before.filter(|(earlier, _)| earlier.chain() == key.chain()) {
                prop_assert!(turn.due.date < step.due.date, "{earlier} and {key}");
            }
        }
    }

    #[test]
    fn a_step_that_is_not_in_the_plan_waits_for_one_that_is_not_closed(moves in moves()) {
        let game = play(&moves);
        for def in game.release.steps().filter(|def| def.each.is_none() && game.plan.of(&def.id).next().is_none()) {
            let asked = def.when.iter().flat_map(|when| when.paths()).filter_map(|path| match path {
                Path::Answer { step, .. } => Some(step),
                _ => None,
            });
            let mut waits = asked.chain(def.windows.iter().filter_map(|window| window.due.waits_for()));
            let is_open = |id: &StepId| {
                let mut turns = game.plan.of(id).peekable();
                turns.peek().is_none() || turns.any(|(_, step)| !step.state.is_closed())
            };
            prop_assert!(waits.any(is_open), "{} is missing", def.id);
        }
    }

    #[test]
    fn of_two_branches_at_most_one_is_taken(moves in moves()) {
        let game = play(&moves);
        let taken = |id: &str| {
            let key: StepKey = id.parse().expect("a key");
            game.plan.steps.get(&key).is_some_and(|step| !matches!(step.state, StepState::Closed { .. }))
        };
        prop_assert!(!(taken("leads_plan") && taken("value_plan")));
    }

    #[test]
    fn at_most_one_turn_of_a_ritual_stands_open(moves in moves()) {
        let game = play(&moves);
        let open = game.plan.steps.iter().filter(|(k, s)| {
            k.id.as_str() == "weekly" && matches!(s.state, StepState::Todo { .. } | StepState::Returned { .. })
        });
        prop_assert!(open.count() <= 1);
    }

    #[test]
    fn time_is_asked_again_only_after_now(moves in moves()) {
        let mut game = play(&moves);
        game.wake();
        if let Some(next) = ritual::next_wake(&Course { plan: &game.plan, release: &game.release, calendar: &game.calendar }, local_date(game.now, chrono_tz::Asia::Taipei)) {
            prop_assert!(next > local_date(game.now, chrono_tz::Asia::Taipei), "{next}");
        }
    }
}
