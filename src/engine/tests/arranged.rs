//! What is arranged for one plan, told one by one: dates that move, what stays, and what undoing does.

use super::*;
use crate::engine::arrange::{Ending, Own};
use crate::engine::calendar::{PassedCause, Span};
use crate::engine::deed::Deed;
use crate::engine::plan::CloseReason;
use crate::engine::replan::Arrange;
use crate::engine::undo;

fn arrange(game: &mut Game, arrange: Arrange) -> Result<(), Refusal> {
    game.ask(HR, Request::Arrange(arrange))
}

fn due(game: &Game, key: &str) -> NaiveDate {
    game.plan.steps[&key.parse::<StepKey>().expect("a key")].due.date
}

fn undo_last(game: &mut Game) -> Result<(), Refusal> {
    let is_deed = |fact: &Fact| matches!(fact.what, What::Deed { .. });
    let at = game.facts.iter().rposition(is_deed).expect("a deed");
    undo_at(game, at)
}

/// `at` is the place of the deed's fact.
fn undo_at(game: &mut Game, at: usize) -> Result<(), Refusal> {
    let done = undo::find(&game.plan, &game.facts, at as u64 + 1).expect("it is found");
    let facts = undo::undo(&game.world(), viewer(HR), &done, game.now)?;
    game.keep(facts);
    Ok(())
}

/// Without what only counts facts.
fn shape(plan: &Plan) -> Plan {
    Plan { version: 0, head: [0; 32], ..plan.clone() }
}

#[test]
fn leave_moves_what_is_due_in_it_or_later_and_the_date_says_so() {
    let mut game = Game::begun();
    game.on("2030-03-05");
    let (announce, map) = (due(&game, "announce"), due(&game, "map"));
    arrange(&mut game, Arrange::Leave { from: date("2030-03-11"), until: date("2030-03-15") }).unwrap();
    assert_eq!(due(&game, "announce"), announce);
    assert_eq!((map, due(&game, "map")), (date("2030-03-19"), date("2030-03-26")), "five working days later");
    let why = &game.plan.steps[&"map".parse().unwrap()].due.why;
    assert_eq!(why.passed.len(), 1);
    assert_eq!(why.passed[0].cause, PassedCause::Leave);
    assert_eq!(why.passed[0].span, Span { from: date("2030-03-11"), until: date("2030-03-15") });
}

#[test]
fn a_leave_entered_when_it_is_over_leaves_the_dates_that_one_entered_before_it_does() {
    let leave = || Arrange::Leave { from: date("2030-03-11"), until: date("2030-03-15") };
    let (mut early, mut late) = (Game::begun(), Game::begun());
    early.on("2030-03-05");
    arrange(&mut early, leave()).unwrap();
    late.on("2030-03-20");
    arrange(&mut late, leave()).unwrap();
    assert_eq!(due(&late, "map"), date("2030-03-26"));
    let dates = |game: &Game| game.plan.steps.values().map(|step| step.due.clone()).collect::<Vec<_>>();
    assert_eq!(dates(&late), dates(&early));
    let before = Arrange::Leave { from: date("2030-02-25"), until: date("2030-03-01") };
    let refused = Refusal::LeaveBeforePlan { begins: date("2030-03-04"), until: date("2030-03-01") };
    assert_eq!(arrange(&mut late, before), Err(refused), "before the plan began, it moves nothing");
    let (from, until) = (date("2030-03-12"), date("2030-03-11"));
    assert_eq!(arrange(&mut late, Arrange::Leave { from, until }), Err(Refusal::EndsBefore { from, until }));
}

#[test]
fn nobody_stands_in_on_days_that_are_over() {
    let mut game = Game::begun();
    game.on("2030-03-20").ask(MENTOR, Request::AcceptMentoring).unwrap();
    let over =
        Arrange::NameDeputy { who: PersonId(Uuid::from_u128(5)), from: date("2030-03-11"), until: date("2030-03-15") };
    assert_eq!(arrange(&mut game, over), Err(Refusal::DayPassed { day: date("2030-03-15") }));
}

#[test]
fn a_pause_stops_the_clock_and_taking_up_again_moves_the_rest() {
    let mut game = Game::begun();
    game.on("2030-03-05");
    let gate = due(&game, "gate");
    arrange(&mut game, Arrange::Pause).unwrap();
    game.on("2030-06-03").wake();
    let (step, def) =
        (&game.plan.steps[&"announce".parse().unwrap()], game.release.step(&StepId("announce".to_owned())).unwrap());
    assert!(matches!(game.plan.standing(step, def, date("2030-06-03")), Standing::Open { .. }), "nothing becomes late");
    assert!(!game.plan.steps.contains_key(&"weekly.2".parse().unwrap()), "no turn opens");
    arrange(&mut game, Arrange::Resume).unwrap();
    assert!(due(&game, "gate") > date("2030-06-03") && gate < date("2030-06-03"));
    assert_eq!(due(&game, "announce"), date("2030-06-03"), "a day was left, and a day is left");
}

#[test]
fn the_rest_of_a_plan_moves_on_by_working_days() {
    let mut game = Game::begun();
    game.on("2030-03-05");
    arrange(&mut game, Arrange::Shift { from: date("2030-03-12"), days: 3 }).unwrap();
    assert_eq!(due(&game, "announce"), date("2030-03-05"));
    assert_eq!(due(&game, "map"), date("2030-03-22"), "from the 19th: 20, 21, 22");
}

#[test]
fn a_step_that_was_moved_keeps_its_day_when_others_move() {
    let mut game = Game::begun();
    game.on("2030-03-05");
    arrange(&mut game, Arrange::Move { step: "gate".parse().unwrap(), due: date("2030-03-20") }).unwrap();
    arrange(&mut game, Arrange::Shift { from: date("2030-03-12"), days: 5 }).unwrap();
    assert_eq!(due(&game, "gate"), date("2030-03-20"));
    arrange(&mut game, Arrange::Leave { from: date("2030-03-20"), until: date("2030-03-22") }).unwrap();
    assert_eq!(due(&game, "gate"), date("2030-03-25"), "the day itself does not count any more: the next that does");
}

#[test]
fn a_step_of_one_plan_alone_is_done_like_any_other() {
    let mut game = Game::begun();
    game.on("2030-03-05");
    let own = Own { who: Role::Manager, review: Some(Role::Mentor), effort: 30, words: line() };
    arrange(&mut game, Arrange::Add { own, due: date("2030-03-14") }).unwrap();
    let key =
        game.plan.steps.keys().find(|key| key.id.as_str().starts_with("step~own")).expect("it stands").to_string();
    game.ask(MENTOR, Request::AcceptMentoring).unwrap();
    game.tick(&key).unwrap();
    game.act(MENTOR, &key, Act::Accept { line: None }).unwrap();
    assert!(game.state(&key).is_done());
}

#[test]
fn what_is_waived_or_left_out_holds_nothing_up_and_says_why() {
    let mut game = Game::begun();
    game.on("2030-03-05");
    let waive = |reason| Arrange::Waive { step: "announce".parse().unwrap(), reason };
    assert_eq!(arrange(&mut game, waive(None)), Err(Refusal::LineNeeded));
    arrange(&mut game, waive(Some(line()))).unwrap();
    assert!(matches!(game.state("announce"), StepState::Closed { reason: CloseReason::Waived, line: Some(_), .. }));
    game.tick(&meet(1)).expect("it waits for nothing any more");
    arrange(&mut game, Arrange::Skip { curriculum: "all".to_owned(), reason: Some(line()) }).unwrap();
    assert!(game.plan.steps.values().all(|step| step.state.is_closed()));
    game.on("2030-05-01").wake();
    let joins = Request::Join { member: member(5), on: date("2030-05-01") };
    game.ask(HR, joins).unwrap();
    assert!(game.plan.steps.values().all(|step| step.state.is_closed()), "it brings no more");
    assert!(game.state(&meet(1)).is_done());
}

#[test]
fn a_deputy_reviews_while_the_mentor_is_away_and_no_longer() {
    const DEPUTY: PersonId = PersonId(Uuid::from_u128(5));
    let mut game = Game::begun();
    game.on("2030-03-05");
    let named = |who| Arrange::NameDeputy { who, from: date("2030-03-06"), until: date("2030-03-12") };
    assert_eq!(arrange(&mut game, named(DEPUTY)), Err(Refusal::NoMentor));
    game.ask(MENTOR, Request::AcceptMentoring).unwrap();
    assert_eq!(arrange(&mut game, named(SUPERIOR)), Err(Refusal::MentorInCast { role: Role::Superior }));
    game.ask(MENTOR, Request::Arrange(named(DEPUTY))).unwrap();
    for key in ["announce".to_owned(), meet(1), meet(2), "map".to_owned()] {
        game.on("2030-03-07").tick(&key).unwrap();
    }
    let on = |day| crate::engine::access::holder_on(&game.plan, Role::Mentor, date(day));
    assert_eq!((on("2030-03-05"), on("2030-03-07"), on("2030-03-13")), (Some(MENTOR), Some(DEPUTY), Some(MENTOR)));
    game.act(DEPUTY, "map", Act::Return { line: Some(line()) }).unwrap();
    game.on("2030-03-13").wake();
    assert_eq!(game.plan.arranged.deputy, None);
    game.tick("map").unwrap();
    assert_eq!(game.act(DEPUTY, "map", Act::Accept { line: None }), Err(Refusal::NotYours { needs: Role::Mentor }));
    // Nobody stands in for whoever takes over.
    let again = Arrange::NameDeputy { who: DEPUTY, from: date("2030-03-14"), until: date("2030-03-28") };
    game.ask(MENTOR, Request::Arrange(again)).unwrap();
    let next = PersonId(Uuid::from_u128(6));
    game.ask(HR, Request::AskMentor { mentor: next, then: Vec::new() }).unwrap();
    game.ask(next, Request::AcceptMentoring).unwrap();
    assert_eq!(crate::engine::access::holder_on(&game.plan, Role::Mentor, date("2030-03-15")), Some(next));
    game.act(next, "map", Act::Accept { line: None }).unwrap();
}

#[test]
fn a_plan_that_ended_takes_nothing_but_the_answer_to_what_was_handed_in() {
    let mut game = Game::begun();
    game.on("2030-03-05");
    game.tick("gate").unwrap();
    assert_eq!(arrange(&mut game, Arrange::End { how: Ending::Graduated, reason: None }), Err(Refusal::StepsLeft));
    arrange(&mut game, Arrange::End { how: Ending::Early, reason: Some(line()) }).unwrap();
    assert!(matches!(game.tick("announce"), Err(Refusal::PlanEnded { how: Ending::Early, .. })));
    game.act(SUPERIOR, "gate", Act::Accept { line: None }).unwrap();
    let version = game.plan.version;
    game.on("2030-07-01").wake();
    assert_eq!(game.plan.version, version, "time changes nothing any more");
}

#[test]
fn a_plan_in_which_everything_is_closed_graduates_by_itself_at_the_end_of_its_program() {
    let mut steps = vec![step("only", 1, 2)];
    steps.push(StepDef {
        every: Some(Every { period: Period::Weekly(chrono::Weekday::Fri), until: Until::Plan(250) }),
        ..step("weekly", 3, 5)
    });
    let mut release = released(vec![curriculum("all", steps)]);
    release.program.ends = 20;
    let mut game = Game::begun_with(release);
    game.on("2030-03-05").tick("only").unwrap();
    game.on("2030-03-29").wake();
    assert_eq!(game.plan.arranged.ended, None);
    game.on("2030-04-02").wake();
    assert_eq!(game.plan.arranged.ended.as_ref().map(|ended| ended.how), Some(Ending::Graduated));
    assert!(game.plan.steps.values().all(|step| step.state.is_closed()));
}

#[test]
fn undoing_at_once_restores_the_plan_exactly() {
    let wishes = [
        Arrange::Leave { from: date("2030-03-11"), until: date("2030-03-15") },
        Arrange::Shift { from: date("2030-03-12"), days: 3 },
        Arrange::Move { step: "gate".parse().unwrap(), due: date("2030-03-20") },
        Arrange::Waive { step: "announce".parse().unwrap(), reason: Some(line()) },
        Arrange::Skip { curriculum: "all".to_owned(), reason: Some(line()) },
        Arrange::Pause,
        Arrange::End { how: Ending::Cancelled, reason: Some(line()) },
    ];
    for wish in wishes {
        let mut game = Game::begun();
        game.on("2030-03-05");
        let before = shape(&game.plan);
        arrange(&mut game, wish.clone()).unwrap();
        assert_ne!(shape(&game.plan), before, "{wish:?}");
        undo_last(&mut game).unwrap();
        assert_eq!(shape(&game.plan), before, "{wish:?}");
        assert_eq!(undo_last(&mut game), Err(Refusal::NothingToUndo));
    }
}

#[test]
fn undoing_later_keeps_what_was_done_since() {
    let mut game = Game::begun();
    game.on("2030-03-05");
    let map = due(&game, "map");
    arrange(&mut game, Arrange::Leave { from: date("2030-03-11"), until: date("2030-03-15") }).unwrap();
    game.tick("announce").unwrap();
    arrange(&mut game, Arrange::Waive { step: "gate".parse().unwrap(), reason: Some(line()) }).unwrap();
    let leave = game.facts.iter().position(|fact| matches!(fact.what, What::Deed { deed: Deed::Leave { .. }, .. }));
    undo_at(&mut game, leave.unwrap()).unwrap();
    assert!(game.state("announce").is_done());
    assert!(matches!(game.state("gate"), StepState::Closed { reason: CloseReason::Waived, .. }));
    assert_eq!(due(&game, "map"), map);
    assert!(game.plan.arranged.away.is_empty());
}

#[test]
fn what_was_undone_does_not_come_back_with_the_undoing_of_what_followed_it() {
    let mut game = Game::begun();
    game.on("2030-03-05");
    game.ask(MENTOR, Request::AcceptMentoring).unwrap();
    let before = shape(&game.plan);
    let gate = || "gate".parse::<StepKey>().unwrap();
    let deputy = |who| Arrange::NameDeputy { who, from: date("2030-03-11"), until: date("2030-03-15") };
    let pairs = [
        [
            Arrange::Move { step: gate(), due: date("2030-03-20") },
            Arrange::Move { step: gate(), due: date("2030-03-27") },
        ],
        [78, 77].map(|n| deputy(PersonId(Uuid::from_u128(n)))),
    ];
    for [first, second] in pairs {
        let at = game.facts.len();
        arrange(&mut game, first).unwrap();
        let then = game.facts.len();
        arrange(&mut game, second).unwrap();
        undo_at(&mut game, at).unwrap();
        assert_ne!(shape(&game.plan), before, "the second stands");
        undo_at(&mut game, then).unwrap();
        assert_eq!(shape(&game.plan), before);
    }
}

#[test]
fn a_deed_is_undone_within_thirty_days() {
    let mut game = Game::begun();
    game.on("2030-03-05");
    arrange(&mut game, Arrange::Leave { from: date("2030-03-11"), until: date("2030-03-15") }).unwrap();
    game.on("2030-04-04");
    assert_eq!(undo_last(&mut game), Err(Refusal::TooLateToUndo { days: 30 }));
    game.on("2030-04-03");
    undo_last(&mut game).unwrap();
}

#[test]
fn a_mentor_mentors_until_another_one_says_yes() {
    const NEXT: PersonId = PersonId(Uuid::from_u128(6));
    let mut game = Game::begun();
    game.on("2030-03-05");
    game.ask(MENTOR, Request::AcceptMentoring).unwrap();
    game.ask(HR, Request::AskMentor { mentor: NEXT, then: Vec::new() }).unwrap();
    assert_eq!(game.plan.cast.mentor.mentor(), Some(MENTOR));
    game.ask(NEXT, Request::DeclineMentoring { line: None }).unwrap();
    assert_eq!((game.plan.cast.mentor.mentor(), game.plan.cast.mentor.next()), (Some(MENTOR), None));
    game.ask(HR, Request::AskMentor { mentor: NEXT, then: Vec::new() }).unwrap();
    game.ask(NEXT, Request::AcceptMentoring).unwrap();
    assert_eq!(game.plan.cast.mentor.mentor(), Some(NEXT));
}

#[test]
fn somebody_whose_joining_date_was_wrong_has_the_days_of_the_right_one() {
    let mut game = Game::begun();
    game.on("2030-03-05");
    game.ask(HR, Request::Join { member: member(3), on: date("2030-03-18") }).unwrap();
    assert_eq!(due(&game, &meet(3)), date("2030-03-25"), "five working days after joining");
    game.ask(HR, Request::CorrectMember { member: member(3), joined: date("2030-04-01") }).unwrap();
    assert_eq!(due(&game, &meet(3)), date("2030-04-08"));
}

#[test]
fn a_playbook_runs_once_more_when_its_last_run_is_over() {
    use crate::engine::days::Day;
    let launched = |n| Window { opens: Day::Launch { launch: 0 }, due: Day::Launch { launch: n } };
    let of = |def: StepDef| StepDef { playbook: Some("rescue".to_owned()), ..def };
    let steps = vec![
        of(StepDef { windows: vec![launched(1)], ..step("look", 1, 1) }),
        of(StepDef { windows: vec![launched(3)], after: vec![StepId("look".to_owned())], ..step("act", 1, 1) }),
    ];
    let mut playbook = curriculum("rescue", steps);
    playbook.launch = Some(crate::engine::release::Launch { who: vec![Role::Manager], offer: None });
    let mut whole = release();
    whole.curricula.push(playbook);
    let mut game = Game::begun_with(whole);
    let launch = || Request::Launch { playbook: "rescue".to_owned() };
    game.on("2030-03-05").ask(MANAGER, launch()).unwrap();
    assert_eq!(game.ask(MANAGER, launch()), Err(Refusal::PlaybookRuns));
    game.tick("look").unwrap();
    game.tick("act").unwrap();
    game.on("2030-05-06").ask(MANAGER, launch()).unwrap();
    assert!(game.state("look").is_done(), "the first run stays as it was");
    assert_eq!(due(&game, "look~2"), date("2030-05-07"));
    let blocked = Refusal::Blocked { step: "act~2".parse().unwrap(), by: vec!["look~2".parse().unwrap()] };
    assert_eq!(game.tick("act~2"), Err(blocked), "it waits for the step of its own run");
    game.tick("look~2").unwrap();
    game.tick("act~2").unwrap();
    game.on("2030-07-01").ask(MANAGER, launch()).unwrap();
    assert_eq!(due(&game, "look~3"), date("2030-07-02"));
}

#[test]
fn a_weekly_turn_that_falls_into_leave_is_left_out_and_the_next_week_after_it_is_kept() {
    let mut game = Game::begun();
    game.on("2030-03-05");
    game.tick("weekly").unwrap_err(); // it opens later
    game.on("2030-03-09").tick("weekly").unwrap();
    assert_eq!(due(&game, "weekly.2"), date("2030-03-15"), "a Friday");
    arrange(&mut game, Arrange::Leave { from: date("2030-03-13"), until: date("2030-04-10") }).unwrap();
    let turn = game.plan.newest_turns()[&("weekly".to_owned(), None)].0.to_string();
    assert_eq!(due(&game, &turn), date("2030-04-12"), "the first Friday back, not the first morning");
    let why = &game.plan.steps[&turn.parse().unwrap()].due.why;
    assert_eq!(why.passed.iter().map(|one| one.cause.clone()).collect::<Vec<_>>(), [PassedCause::Leave]);
    game.on("2030-04-12").tick(&turn).unwrap();
    let next = game.plan.newest_turns()[&("weekly".to_owned(), None)].0.to_string();
    assert_eq!(due(&game, &next), date("2030-04-19"), "and it goes on weekly");
}

#[test]
fn a_ritual_goes_on_after_days_off_that_swallow_many_of_its_turns() {
    let mut steps = super::super::samples::step("check", 1, 2);
    steps.every = Some(Every { period: Period::WorkingDays(5), until: Until::Plan(200) });
    let mut monthly = super::super::samples::step("monthly", 1, 3);
    monthly.every = Some(Every { period: Period::Months(1), until: Until::Plan(250) });
    let mut game = Game::begun_with(released(vec![curriculum("all", vec![steps, monthly])]));
    game.on("2030-03-06");
    game.tick("check").unwrap();
    game.tick("monthly").unwrap();
    arrange(&mut game, Arrange::Leave { from: date("2030-03-11"), until: date("2030-08-30") }).unwrap();
    for _ in 0..3 {
        let newest = game.plan.newest_turns()[&("monthly".to_owned(), None)].0.to_string();
        let on = due(&game, &newest);
        assert!(on > date("2030-08-30"), "{newest} {on}");
        game.now = noon(on);
        game.wake();
        game.tick(&newest).unwrap();
    }
}
