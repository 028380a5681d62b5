//! Answers that are taken back, and answers that don't come.

use super::*;
use crate::engine::ladder;
use crate::engine::notice::{Notice, notices};
use crate::engine::silence::silence;

const NEXT: PersonId = PersonId(Uuid::from_u128(6));
const LAST: PersonId = PersonId(Uuid::from_u128(8));

fn handed_in() -> Game {
    let mut game = Game::begun();
    game.on("2030-03-05");
    game.tick("gate").expect("it goes in");
    game
}

fn accept() -> Act {
    Act::Accept { line: None }
}

fn send_back() -> Act {
    Act::Return { line: Some(line()) }
}

/// A mentor is asked, with others to ask after them; and what was owed since.
fn asked(then: Vec<PersonId>) -> Game {
    let mut game = Game::begun();
    game.ask(HR, Request::AskMentor { mentor: NEXT, then }).expect("they are asked");
    game
}

fn owed(game: &mut Game, act: impl FnOnce(&mut Game)) -> Vec<Notice> {
    let (before, known) = (game.plan.clone(), game.facts.len());
    act(game);
    let today = crate::engine::zone::local_date(game.now, chrono_tz::Asia::Taipei);
    notices(&before, &game.plan, &game.release, &game.facts[known..], today)
}

#[test]
fn a_reviewer_takes_back_a_yes_or_a_no_and_the_work_waits_as_it_did() {
    for answer in [accept(), send_back()] {
        let mut game = handed_in();
        let before = game.state("gate").clone();
        game.on("2030-03-06");
        game.act(SUPERIOR, "gate", answer).expect("an answer");
        game.act(SUPERIOR, "gate", Act::Reconsider).expect("their own");
        assert_eq!(*game.state("gate"), before);
    }
}

#[test]
fn nobody_takes_back_somebody_elses_answer_or_one_that_was_built_on() {
    let refused = || Err(Refusal::CannotTakeBack { step: "gate".parse().expect("a key") });
    let mut game = handed_in();
    assert_eq!(game.act(SUPERIOR, "gate", Act::Reconsider), refused(), "there is no answer yet");
    game.act(SUPERIOR, "gate", send_back()).expect("an answer");
    assert_eq!(game.act(MANAGER, "gate", Act::Reconsider), refused());
    game.tick("gate").expect("it goes in again");
    assert_eq!(game.act(SUPERIOR, "gate", Act::Reconsider), refused());
}

#[test]
fn what_was_accepted_afterwards_is_not_changed_underneath_until_that_is_taken_back() {
    let gate = StepDef {
        after: vec![StepId("announce".to_owned())],
        review: Some(Role::Superior),
        report: Some(Role::Superior),
        ..step("gate", 2, 20)
    };
    let mut game = Game::begun_with(released(vec![curriculum("all", vec![step("announce", 1, 2), gate])]));
    game.on("2030-03-05");
    game.tick("announce").expect("done");
    game.tick("gate").expect("it goes in");
    game.act(MANAGER, "announce", Act::TakeBack).expect("nobody has judged it yet");
    game.tick("announce").expect("done again");
    game.now += chrono::TimeDelta::hours(1);
    game.act(SUPERIOR, "gate", accept()).expect("a yes");

    let refused = game.act(MANAGER, "announce", Act::TakeBack);
    assert_eq!(refused, Err(Refusal::AcceptedUpon { step: "gate".parse().expect("a key") }));
    game.act(SUPERIOR, "gate", Act::Reconsider).expect("their own");
    game.act(MANAGER, "announce", Act::TakeBack).expect("it is open again");
}

#[test]
fn who_has_just_become_a_mentor_may_think_better_of_it_for_a_day() {
    let mut game = Game::begun();
    game.ask(MENTOR, Request::AcceptMentoring).expect("yes");
    game.now += chrono::TimeDelta::hours(24);
    game.ask(MENTOR, Request::DeclineMentoring { line: None }).expect("still time");
    assert!(matches!(game.plan.cast.mentor, Mentoring::Declined { .. }));
    assert!(!game.state("mentor_accepts").is_done(), "the yes had closed it");
    game.ask(MENTOR, Request::AcceptMentoring).expect("and once more, while nobody else is asked");
    game.now += chrono::TimeDelta::hours(25);
    let refused = game.ask(MENTOR, Request::DeclineMentoring { line: None });
    assert_eq!(refused, Err(Refusal::AlreadyMentor { who: MENTOR }), "HR asks somebody else from then on");
}

#[test]
fn whoever_says_no_is_followed_by_the_next_on_the_list_and_hr_hears_of_it() {
    let mut game = asked(vec![LAST, NEXT, LAST]);
    let told = owed(&mut game, |game| game.ask(NEXT, Request::DeclineMentoring { line: None }).expect("no"));
    assert_eq!(
        told,
        [Notice::MentorMissed { to: HR, asked: NEXT, declined: true }, Notice::MentorRequest { to: LAST }]
    );
    assert_eq!(game.plan.cast.mentor.waiting().map(|(who, _)| who), Some(LAST));
    assert!(game.plan.cast.mentor.then().is_empty(), "everybody is asked once");
}

#[test]
fn after_three_working_days_of_silence_the_next_is_asked_and_hr_hears_of_it() {
    let mut game = asked(vec![LAST]);
    let waits = silence(&game.world().course(), chrono_tz::Asia::Taipei).expect("an answer is waited for");
    assert_eq!((waits.remind_on, waits.next_on), (date("2030-03-07"), date("2030-03-08")), "Wednesday is off");
    game.on("2030-03-07");
    assert_eq!(owed(&mut game, Game::wake), []);
    game.on("2030-03-08");
    let told = owed(&mut game, Game::wake);
    assert_eq!(
        told,
        [Notice::MentorRequest { to: LAST }, Notice::MentorMissed { to: HR, asked: NEXT, declined: false }]
    );
    game.on("2030-03-20");
    assert_eq!(owed(&mut game, Game::wake), [], "nobody is left to ask");
    assert_eq!(game.plan.cast.mentor.waiting().map(|(who, _)| who), Some(LAST));
}

#[test]
fn a_plan_that_rests_waits_for_no_answer() {
    let mut game = asked(vec![LAST]);
    game.ask(HR, Request::Arrange(super::super::replan::Arrange::Pause)).expect("it rests");
    game.on("2030-03-20");
    assert_eq!(owed(&mut game, Game::wake), []);
}

#[test]
fn work_that_waits_or_came_back_is_said_at_once_as_the_program_wants_it() {
    let step = || "gate".parse().expect("a key");
    let mut game = Game::begun();
    game.on("2030-03-05");
    let told = owed(&mut game, |game| game.tick("gate").expect("it goes in"));
    assert_eq!(told, [Notice::Gate { to: SUPERIOR, step: step() }]);
    let told = owed(&mut game, |game| game.act(SUPERIOR, "gate", send_back()).expect("it goes back"));
    assert_eq!(told, [Notice::Returned { to: MANAGER, step: step() }]);
    let mut quiet = release();
    quiet.program.mail.urgent.clear();
    let mut game = Game::begun_with(quiet);
    game.on("2030-03-05");
    assert_eq!(owed(&mut game, |game| game.tick("gate").expect("it goes in")), []);
}

#[test]
fn what_is_late_is_counted_in_working_days_with_whoever_owes_it() {
    let mut game = handed_in(); // on Tuesday
    let late = |game: &Game, day: &str| {
        let late = ladder::late(&game.world().course(), chrono_tz::Asia::Taipei, date(day)).into_iter();
        late.map(|late| (late.step.to_string(), late.who, late.late)).collect::<Vec<_>>()
    };
    assert!(late(&game, "2030-03-05").is_empty());
    assert_eq!(
        late(&game, "2030-03-11"),
        [
            ("announce".to_owned(), MANAGER, 4),
            ("gate".to_owned(), SUPERIOR, 2), // a reviewer has two working days
            ("weekly".to_owned(), MANAGER, 1),
        ]
    );
    game.ask(HR, Request::Arrange(super::super::replan::Arrange::Pause)).expect("it rests");
    assert!(late(&game, "2030-03-12").is_empty());
}
