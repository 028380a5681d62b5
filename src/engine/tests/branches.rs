//! Steps that come later: on an answer, on another step's day, on a launch; and joins.

use chrono::NaiveDate;

use super::{Game, HR, MANAGER, MENTOR, curriculum, date, member, released, step, text};
use crate::engine::ask::{Choice, Field, FieldKind};
use crate::engine::calendar::Anchor;
use crate::engine::condition::{Comparison, Condition, Path};
use crate::engine::decide::{Act, Request};
use crate::engine::form::{Answer, Answers};
use crate::engine::plan::{CloseReason, Standing, StepState};
use crate::engine::refusal::Refusal;
use crate::engine::release::{
    Curriculum, Day, Each, Every, Join, Launch, Period, Quarter, Release, Share, StepDef, Until, Window,
};
use crate::engine::vocabulary::{Role, StepId, StepKey};

pub(super) fn id(name: &str) -> StepId {
    StepId(name.to_owned())
}

fn field(name: &str, kind: FieldKind) -> Field {
    Field { id: name.to_owned(), label: text(name), help: None, required: true, when: None, begin: None, kind }
}

pub(super) fn choice(name: &str, options: &[&str]) -> Field {
    let options = options.iter().map(|id| Choice { id: (*id).to_owned(), label: text(id) }).collect();
    field(name, FieldKind::Choice { options })
}

pub(super) fn answered(step: &str, name: &str, with: &str) -> Condition {
    let path = Path::Answer { step: id(step), field: name.to_owned(), dimension: None };
    Condition::Compare(Comparison::Equal, Box::new(Condition::Path(path)), Box::new(Condition::Text(with.to_owned())))
}

pub(super) fn closed(step: &str, opens: u16, due: u16) -> Vec<Window> {
    let day = |after| Day::Closed { step: id(step), after };
    vec![Window { opens: day(opens), due: day(due) }]
}

/// A decision with two branches, one of which opens a third step; and a step that waits for all.
pub(super) fn branching() -> Release {
    let end = vec![id("leads_plan"), id("value_plan"), id("value_check")];
    released(vec![curriculum(
        "all",
        vec![
            StepDef { ask: vec![choice("cause", &["leads", "value"])], ..step("diagnose", 1, 3) },
            StepDef {
                when: Some(answered("diagnose", "cause", "leads")),
                windows: closed("diagnose", 0, 3),
                ..step("leads_plan", 1, 1)
            },
            StepDef { when: Some(answered("diagnose", "cause", "value")), ..step("value_plan", 4, 6) },
            StepDef { windows: closed("value_plan", 1, 2), ..step("value_check", 1, 1) },
            StepDef { after: end.clone(), pending: end, ..step("close", 5, 20) },
        ],
    )])
}

/// All of these beside each other, for the properties.
pub(super) fn grove() -> Vec<StepDef> {
    let all = [branching(), joining(Share::Percent(50)), meetings()];
    let steps: Vec<StepDef> = all.iter().flat_map(Release::steps).cloned().collect();
    // The sample release has fan-out steps of these names already.
    let named = |id: &StepId| {
        if id.as_str() == "meet" || id.as_str() == "map" { StepId(format!("{id}_all")) } else { id.clone() }
    };
    let renamed = |def: StepDef| StepDef {
        id: named(&def.id),
        joins: def.joins.into_iter().map(|join| Join { of: join.of.iter().map(named).collect(), ..join }).collect(),
        ..def
    };
    steps.into_iter().map(renamed).collect()
}

pub(super) fn one(name: &str, with: &str) -> Answers {
    Answers([(name.to_owned(), Answer::One(with.to_owned()))].into())
}

pub(super) fn hand_in(game: &mut Game, key: &str, answers: Answers) -> Result<(), Refusal> {
    game.act(MANAGER, key, Act::HandIn { answers, evidence: None })
}

fn due(game: &Game, key: &str) -> NaiveDate {
    game.plan.steps[&key.parse::<StepKey>().expect("a key")].due.date
}

fn is_not_taken(game: &Game, key: &str) -> bool {
    matches!(game.state(key), StepState::Closed { reason: CloseReason::NotTaken, .. })
}

#[test]
fn an_answer_opens_its_branch_and_closes_the_other_as_not_taken() {
    let mut game = Game::begun_with(branching());
    assert_eq!(game.plan.steps.len(), 2); // the decision, and what waits for its branches
    hand_in(game.on("2030-03-05"), "diagnose", one("cause", "leads")).expect("a diagnosis");
    assert_eq!(due(&game, "leads_plan"), date("2030-03-09")); // Wednesday is off, Saturday is worked
    assert!(is_not_taken(&game, "value_plan"));
    assert!(game.plan.steps.contains_key(&"value_check".parse().expect("a key")));
}

#[test]
fn what_waits_for_a_branch_that_may_still_come_is_blocked_and_one_not_taken_counts_as_closed() {
    let mut game = Game::begun_with(branching());
    let key: StepKey = "close".parse().expect("a key");
    let standing = |game: &Game| {
        let def = game.release.step(&key.id).expect("its definition");
        game.plan.standing(&game.plan.steps[&key], def, date("2030-03-20"))
    };
    let Standing::Blocked { by } = standing(&game) else { panic!("not blocked") };
    assert_eq!(by.len(), 3);
    hand_in(game.on("2030-03-05"), "diagnose", one("cause", "leads")).expect("a diagnosis");
    hand_in(game.on("2030-03-20"), "leads_plan", Answers::default()).expect("the branch");
    hand_in(&mut game, "value_check", Answers::default()).expect("what follows the branch not taken");
    assert_eq!(standing(&game), Standing::Open { days: 9 });
}

#[test]
fn a_branch_that_opens_after_its_own_days_moves_to_the_day_it_opens() {
    let mut game = Game::begun_with(branching());
    hand_in(game.on("2030-04-01"), "diagnose", one("cause", "value")).expect("a late diagnosis");
    let step = &game.plan.steps[&"value_plan".parse::<StepKey>().expect("a key")];
    assert_eq!(step.opens.date, date("2030-04-01"));
    assert_eq!(step.due.date, date("2030-04-03"));
    assert!(matches!(step.due.why.from, Anchor::Opened { n: 2, .. }));
}

#[test]
fn taking_back_the_answer_takes_its_branches_with_it_until_one_is_under_way() {
    let mut game = Game::begun_with(branching());
    hand_in(game.on("2030-03-05"), "diagnose", one("cause", "leads")).expect("a diagnosis");
    game.act(MANAGER, "diagnose", Act::TakeBack).expect("taken back");
    assert_eq!(game.plan.steps.len(), 2);
    hand_in(&mut game, "diagnose", one("cause", "value")).expect("another diagnosis");
    assert!(is_not_taken(&game, "leads_plan"));
    hand_in(game.on("2030-03-08"), "value_plan", Answers::default()).expect("the branch");
    let refused = game.act(MANAGER, "diagnose", Act::TakeBack);
    assert!(matches!(refused, Err(Refusal::BranchUnderWay { .. })), "{refused:?}");
}

/// Meeting each member, and a map that may go on when enough are met.
fn joining(at_least: Share) -> Release {
    let long = FieldKind::LongText { example: None, min: 1, max: 100 };
    let join = Join { of: vec![id("meet")], at_least, reason: field("go_on_reason", long) };
    released(vec![curriculum(
        "all",
        vec![
            StepDef { each: Some(Each { within: 5 }), ..step("meet", 1, 10) },
            StepDef { joins: vec![join], ..step("map", 2, 12) },
        ],
    )])
}

#[test]
fn a_join_goes_on_with_enough_of_its_steps_and_a_written_reason() {
    let mut game = Game::begun_with(joining(Share::Percent(50)));
    game.on("2030-03-08");
    let refused = hand_in(&mut game, "map", Answers::default());
    assert!(matches!(refused, Err(Refusal::Blocked { ref by, .. }) if by.len() == 2), "{refused:?}");
    hand_in(&mut game, &format!("meet.{}", member(1)), Answers::default()).expect("one is met");
    let refused = hand_in(&mut game, "map", Answers::default());
    assert!(matches!(refused, Err(Refusal::Evidence(ref problems)) if problems[0].field == "go_on_reason"));
    hand_in(&mut game, "map", one("go_on_reason", "On leave until June")).expect("with a reason");
}

#[test]
fn a_join_of_which_all_is_closed_asks_for_no_reason() {
    let mut game = Game::begun_with(joining(Share::Count(1)));
    game.on("2030-03-08");
    hand_in(&mut game, &format!("meet.{}", member(1)), Answers::default()).expect("one is met");
    hand_in(&mut game, &format!("meet.{}", member(2)), Answers::default()).expect("all are met");
    hand_in(&mut game, "map", Answers::default()).expect("nothing more is asked");
}

#[test]
fn who_joins_too_late_for_a_step_is_not_waited_for() {
    let mut game = Game::begun_with(joining(Share::Percent(80)));
    game.on("2030-03-18"); // B11; the map is due on B12, the talk with a joiner five days on
    game.ask(HR, Request::Join { member: member(3), on: date("2030-03-18") }).expect("three joins");
    hand_in(&mut game, &format!("meet.{}", member(1)), Answers::default()).expect("one is met");
    let refused = hand_in(&mut game, "map", Answers::default());
    assert!(matches!(refused, Err(Refusal::Blocked { ref by, .. }) if by.len() == 1), "{refused:?}");
    hand_in(&mut game, &format!("meet.{}", member(2)), Answers::default()).expect("both are met");
    hand_in(&mut game, "map", Answers::default()).expect("nobody is waited for, and no reason is asked");
}

#[test]
fn a_share_of_members_is_rounded_up() {
    assert_eq!(Share::Percent(80).of(6), 5);
    assert_eq!(Share::Percent(80).of(5), 4);
    assert_eq!(Share::Percent(80).of(1), 1);
    assert_eq!(Share::Count(3).of(2), 2);
    assert_eq!(Share::Percent(80).of(0), 0);
}

/// A meeting every ten working days after two listed ones, and a preparation the day before each.
pub(super) fn meetings() -> Release {
    let before = |before| Day::Turn { turn_of: id("talk"), before, ritual_from: 3 };
    let talk = StepDef {
        windows: vec![Window::plan(8, 10), Window::plan(18, 20)],
        every: Some(Every { period: Period::WorkingDays(10), until: Until::Plan(60) }),
        ..step("talk", 8, 10)
    };
    let dilemma = StepDef { windows: vec![Window { opens: before(3), due: before(1) }], ..step("dilemma", 1, 1) };
    released(vec![curriculum("all", vec![dilemma, talk])])
}

#[test]
fn what_counts_back_beyond_the_first_day_falls_on_it() {
    let mut release = meetings();
    let windows = vec![Window {
        opens: Day::Turn { turn_of: id("talk"), before: 14, ritual_from: 3 },
        due: Day::Turn { turn_of: id("talk"), before: 12, ritual_from: 3 },
    }];
    let early = StepDef { windows, ..step("early", 1, 1) };
    release.curricula[0].steps.push(early);
    let game = Game::begun_with(release);
    assert_eq!(due(&game, "early"), date("2030-03-04")); // twelve days before B10
    assert_eq!(due(&game, "early.2"), date("2030-03-13")); // twelve days before B20: B8
}

#[test]
fn a_step_before_each_turn_has_as_many_turns_each_a_working_day_earlier() {
    let mut game = Game::begun_with(meetings());
    assert_eq!(due(&game, "talk"), date("2030-03-15"));
    assert_eq!(due(&game, "dilemma"), date("2030-03-14"));
    assert_eq!(due(&game, "dilemma.2"), date("2030-03-28"));
    assert!(!game.plan.steps.contains_key(&"dilemma.3".parse().expect("a key")));
    game.on("2030-04-10").wake();
    assert_eq!(due(&game, "talk.3"), date("2030-04-12"));
    assert_eq!(due(&game, "dilemma.3"), date("2030-04-11"));
    game.on("2030-04-24").wake();
    assert!(matches!(game.state("dilemma.3"), StepState::Lapsed { .. }));
    assert!(matches!(game.state("dilemma.2"), StepState::Todo { .. })); // listed days never lapse
}

#[test]
fn a_quarters_step_is_counted_back_from_its_last_working_day_each_quarter() {
    let day = |n| Day::Quarter { quarter: Quarter::End, n, not_before: 1 };
    let goal = StepDef {
        windows: vec![Window { opens: day(-15), due: day(-10) }],
        every: Some(Every { period: Period::Months(3), until: Until::Plan(250) }),
        ..step("goal", 1, 1)
    };
    let mut game = Game::begun_with(released(vec![curriculum("all", vec![goal])]));
    assert_eq!(due(&game, "goal"), date("2030-03-15")); // ten working days before Friday the 29th
    game.on("2030-06-10").wake();
    assert_eq!(due(&game, "goal.2"), date("2030-06-14")); // before Friday the 28th
    assert!(matches!(game.state("goal"), StepState::Lapsed { .. }));
}

pub(super) fn playbook() -> Curriculum {
    let launch = |n| Day::Launch { launch: n };
    let of = |def: StepDef| StepDef { playbook: Some("rescue".to_owned()), ..def };
    let track = StepDef {
        windows: vec![Window { opens: launch(1), due: launch(4) }],
        every: Some(Every {
            period: Period::Weekly(chrono::Weekday::Fri),
            until: Until::Closed { step: id("end"), latest: 250 },
        }),
        ..step("track", 1, 1)
    };
    let steps = vec![
        of(StepDef { windows: vec![Window { opens: launch(0), due: launch(1) }], ..step("calm", 1, 1) }),
        of(track),
        of(StepDef { windows: vec![Window { opens: launch(0), due: launch(20) }], ..step("end", 1, 1) }),
    ];
    Curriculum {
        launch: Some(Launch { who: vec![Role::Manager, Role::Superior], offer: None }),
        ..curriculum("rescue", steps)
    }
}

fn launched() -> Game {
    let core = curriculum("all", vec![step("announce", 1, 2)]);
    let mut game = Game::begun_with(released(vec![core, playbook()]));
    assert_eq!(game.plan.steps.len(), 1);
    let request = Request::Launch { playbook: "rescue".to_owned() };
    game.on("2030-03-11").ask(MANAGER, request).expect("a launch");
    game
}

#[test]
fn a_playbook_stands_in_the_plan_from_its_launch_on_and_counts_from_then() {
    let game = launched();
    assert_eq!(due(&game, "calm"), date("2030-03-12"));
    assert_eq!(due(&game, "end"), date("2030-04-08"));
}

#[test]
fn only_its_roles_launch_a_playbook_and_only_once() {
    let mut game = launched();
    let request = || Request::Launch { playbook: "rescue".to_owned() };
    assert_eq!(game.ask(MANAGER, request()), Err(Refusal::PlaybookRuns));
    assert_eq!(game.ask(HR, request()), Err(Refusal::NotYours { needs: Role::Manager }));
    let other = Request::Launch { playbook: "all".to_owned() };
    assert_eq!(game.ask(MENTOR, other), Err(Refusal::NoSuchPlaybook));
}

#[test]
fn what_recurs_until_a_step_ends_with_it() {
    let mut game = launched();
    hand_in(game.on("2030-03-13"), "track", Answers::default()).expect("tracked");
    assert_eq!(due(&game, "track.2"), date("2030-03-22"));
    hand_in(game.on("2030-03-18"), "end", Answers::default()).expect("ended");
    assert!(matches!(game.state("track.2"), StepState::Closed { reason: CloseReason::Ended, .. }));
    game.on("2030-05-02").wake();
    assert!(!game.plan.steps.contains_key(&"track.3".parse().expect("a key")));
}

#[test]
fn a_date_that_somebody_answered_anchors_what_follows() {
    let on = |n| Day::Answer { step: id("begin"), field: "on".to_owned(), column: None, n };
    let steps = vec![
        StepDef { ask: vec![field("on", FieldKind::Date)], ..step("begin", 1, 3) },
        StepDef { windows: vec![Window { opens: on(-2), due: on(3) }], ..step("look_back", 1, 1) },
    ];
    let mut game = Game::begun_with(released(vec![curriculum("all", steps)]));
    hand_in(game.on("2030-03-05"), "begin", one("on", "2030-03-09")).expect("a date");
    assert_eq!(due(&game, "look_back"), date("2030-03-13")); // Saturday is worked, then Mon, Tue, Wed
    let step = &game.plan.steps[&"look_back".parse::<StepKey>().expect("a key")];
    assert_eq!(step.opens.date, date("2030-03-07"));
    assert!(matches!(step.due.why.from, Anchor::Answered { n: 3, .. }));
}
