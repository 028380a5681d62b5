//! Rules of plans, told one by one; `properties` holds them over random requests.

mod arranged;
mod branches;
mod change;
mod circumstances;
mod gathered;
mod model;
mod moves;
mod pinned;
mod programs;
mod promises;
mod properties;
mod rhythm;
mod risk;
mod rows;
mod second_thoughts;
mod simulation;
mod stays;
mod undone;
mod upgraded;
mod versions;

use std::rc::Rc;

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::Refusal;
use super::access::{Actor, Viewer};
use super::calendar::samples::{calendar, date};
use super::calendar::{Anchor, Calendar};
use super::decide::{Act, Request, StartOrder, World, decide, start};
use super::fact::{Fact, What, fold_sealed, seal};
use super::form::Answers;
use super::growth::Known;
use super::plan::{Mentoring, Plan, Standing, StepState, WritingRef};
use super::release::{Each, Every, Period, Release, StepDef, Until, Window};
use super::ritual;
use super::samples::{curriculum, released, step, text};
use super::tailor::Tailor;
use super::vocabulary::{MemberId, PersonId, PlanId, Role, StepId, StepKey, Text, WritingId};

const MANAGER: PersonId = PersonId(Uuid::from_u128(1));
const MENTOR: PersonId = PersonId(Uuid::from_u128(2));
const SUPERIOR: PersonId = PersonId(Uuid::from_u128(3));
const HR: PersonId = PersonId(Uuid::from_u128(4));

/// One of everything: a plain step, one that waits, a fan-out, reviews, a ritual, listed turns.
fn release() -> Release {
    let after = |id: &str| vec![StepId(id.to_owned())];
    let steps = vec![
        step("announce", 1, 2),
        StepDef { after: after("announce"), each: Some(Each { within: 5 }), ..step("meet", 2, 10) },
        StepDef { after: after("meet"), review: Some(Role::Mentor), ..step("map", 2, 12) },
        StepDef { review: Some(Role::Superior), ..step("gate", 2, 20) },
        StepDef { who: Role::Mentor, ..step("mentor_accepts", 1, 3) },
        StepDef {
            every: Some(Every { period: Period::Weekly(chrono::Weekday::Fri), until: Until::Plan(40) }),
            ..step("weekly", 3, 5)
        },
        StepDef {
            windows: vec![Window::plan(16, 21), Window::plan(37, 42)],
            every: Some(Every { period: Period::Months(3), until: Until::Plan(250) }),
            ..step("rate", 16, 21)
        },
    ];
    released(vec![curriculum("all", steps)])
}

struct Game {
    /// As the plan runs it.
    release: Rc<Release>,
    /// With the days that do not count in the plan.
    calendar: Calendar,
    tailor: Tailor,
    plan: Plan,
    /// What steps were answered with.
    known: Known,
    facts: Vec<Fact>,
    now: DateTime<Utc>,
}

fn noon(day: NaiveDate) -> DateTime<Utc> {
    day.and_hms_opt(4, 0, 0).expect("a time").and_utc() // noon in Taipei
}

impl Game {
    /// Started on Monday 2030-03-04 with two members and a mentor who is asked.
    fn begun() -> Game {
        Game::begun_with(release())
    }

    fn begun_with(release: Release) -> Game {
        Game::started(release, calendar(), vec![(member(1), date("2030-01-02")), (member(2), date("2030-03-04"))])
    }

    fn started(release: Release, calendar: Calendar, members: Vec<(MemberId, NaiveDate)>) -> Game {
        let now = noon(date("2030-03-04"));
        let order = StartOrder {
            own_calendar: false,
            effective: date("2030-03-04"),
            manager: MANAGER,
            superior: SUPERIOR,
            hr: HR,
            mentor: Some(MENTOR),
            then: Vec::new(),
            members,
        };
        let zone = chrono_tz::Asia::Taipei;
        let facts = start(&order, &release, &calendar, zone, Actor::Program, now).expect("it starts");
        let plan = Plan::unwritten(PlanId(Uuid::from_u128(9)));
        let release = Rc::new(release);
        let tailor = Tailor::plain(release.clone());
        let mut game = Game { release, calendar, tailor, plan, known: Known::new(), facts: Vec::new(), now };
        game.keep(facts);
        game
    }

    fn world(&self) -> World<'_> {
        let Game { plan, release, calendar, known, tailor, .. } = self;
        World { plan, release, calendar, zone: chrono_tz::Asia::Taipei, known, tailor }
    }

    fn keep(&mut self, facts: Vec<Fact>) {
        let sealed = seal(&self.plan, &facts).expect("facts seal");
        self.plan = fold_sealed(self.plan.clone(), &facts, &sealed);
        self.facts.extend(facts);
        self.release = self.tailor.tailored(&self.plan).expect("its release is at hand");
        self.calendar = self.calendar.without(&self.plan.arranged.away);
    }

    fn ask(&mut self, who: PersonId, request: Request) -> Result<(), Refusal> {
        let facts = decide(&self.world(), viewer(who), request.clone(), self.now)?;
        // As the use case keeps them: beside the facts.
        if let Request::Step { step, act: Act::HandIn { answers, .. }, .. } = request {
            self.known.insert(step, answers);
        }
        self.keep(facts);
        Ok(())
    }

    fn act(&mut self, who: PersonId, key: &str, act: Act) -> Result<(), Refusal> {
        self.ask(who, Request::Step { step: key.parse().expect("a key"), seen: None, act })
    }

    fn tick(&mut self, key: &str) -> Result<(), Refusal> {
        self.act(MANAGER, key, Act::HandIn { answers: Answers::default(), evidence: None })
    }

    fn wake(&mut self) {
        let facts = decide(&self.world(), Actor::Program, Request::Wake, self.now).expect("time passes");
        self.keep(facts);
    }

    fn on(&mut self, day: &str) -> &mut Game {
        self.now = noon(date(day));
        self
    }

    fn state(&self, key: &str) -> &StepState {
        &self.plan.steps[&key.parse::<StepKey>().expect("a key")].state
    }
}

fn viewer(who: PersonId) -> Actor {
    Actor::Person(Viewer { id: who, is_hr: who == HR })
}

fn member(n: u128) -> MemberId {
    MemberId(Uuid::from_u128(100 + n))
}

fn meet(n: u128) -> String {
    format!("meet.{}", member(n))
}

fn line() -> WritingRef {
    WritingRef { id: WritingId(Uuid::from_u128(7)), digest: [7; 32] }
}

#[test]
fn a_step_waits_for_the_ones_before_it_and_says_for_which() {
    let mut game = Game::begun();
    game.on("2030-03-05");
    let refused = game.tick(&meet(1)).expect_err("it is blocked");
    assert_eq!(refused, Refusal::Blocked { step: meet(1).parse().unwrap(), by: vec!["announce".parse().unwrap()] });
    game.tick("announce").expect("it is done");
    game.tick(&meet(1)).expect("now it opens");
}

#[test]
fn a_step_after_a_fan_out_opens_when_the_last_member_is_done() {
    let mut game = Game::begun();
    game.on("2030-03-05");
    game.tick("announce").unwrap();
    game.tick(&meet(1)).unwrap();
    assert!(matches!(game.tick("map"), Err(Refusal::Blocked { .. })));
    game.tick(&meet(2)).unwrap();
    game.tick("map").expect("everybody was met");
}

#[test]
fn a_gate_opens_only_after_the_superior_accepts() {
    let mut game = Game::begun();
    game.on("2030-03-05");
    game.tick("gate").unwrap();
    assert!(matches!(game.state("gate"), StepState::HandedIn { .. }));
    assert_eq!(game.act(MANAGER, "gate", Act::Accept { line: None }), Err(Refusal::NotYours { needs: Role::Superior }));
    game.act(SUPERIOR, "gate", Act::Accept { line: None }).unwrap();
    assert!(game.state("gate").is_done());
}

#[test]
fn a_step_goes_back_only_with_a_line_and_can_be_handed_in_again() {
    let mut game = Game::begun();
    game.on("2030-03-05");
    game.tick("gate").unwrap();
    assert_eq!(game.act(SUPERIOR, "gate", Act::Return { line: None }), Err(Refusal::LineNeeded));
    game.act(SUPERIOR, "gate", Act::Return { line: Some(line()) }).unwrap();
    assert!(matches!(game.state("gate"), StepState::Returned { .. }));
    game.tick("gate").expect("it goes in again");
}

#[test]
fn nobody_acts_as_a_mentor_before_saying_yes() {
    let mut game = Game::begun();
    assert_eq!(
        game.act(MENTOR, "mentor_accepts", Act::HandIn { answers: Answers::default(), evidence: None }),
        Err(Refusal::NotYours { needs: Role::Mentor })
    );
    game.ask(MENTOR, Request::AcceptMentoring).unwrap();
    assert!(game.state("mentor_accepts").is_done());
    assert_eq!(game.plan.cast.mentor.mentor(), Some(MENTOR));
    assert_eq!(game.ask(MENTOR, Request::AcceptMentoring), Err(Refusal::AlreadyMentor { who: MENTOR }));
}

#[test]
fn a_mentor_who_declines_leaves_the_question_open_for_another() {
    let mut game = Game::begun();
    game.ask(MENTOR, Request::DeclineMentoring { line: None }).unwrap();
    assert!(matches!(game.plan.cast.mentor, Mentoring::Declined { .. }));
    game.ask(HR, Request::AskMentor { mentor: PersonId(Uuid::from_u128(5)), then: Vec::new() }).unwrap();
    assert!(matches!(game.plan.cast.mentor, Mentoring::Asked { .. }));
    assert_eq!(game.ask(MENTOR, Request::AcceptMentoring), Err(Refusal::NotAsked));
}

#[test]
fn taking_back_ones_own_tick_restores_the_step_exactly() {
    let mut game = Game::begun();
    game.on("2030-03-07");
    let before = game.plan.steps.clone();
    game.tick("weekly").unwrap();
    assert_eq!(game.plan.steps.len(), before.len() + 1, "the next turn is planned");
    game.act(MANAGER, "weekly", Act::TakeBack).unwrap();
    let states = |steps: &std::collections::BTreeMap<StepKey, super::plan::Step>| {
        steps.iter().map(|(k, s)| (k.clone(), s.state.clone(), s.due.date)).collect::<Vec<_>>()
    };
    assert_eq!(states(&game.plan.steps), states(&before));
}

#[test]
fn what_was_done_lately_is_a_part_of_what_progress_counts() {
    let mut game = Game::begun();
    game.on("2030-03-05");
    game.tick("announce").unwrap();
    game.on("2030-03-07");
    game.tick("weekly").unwrap();
    game.tick(&meet(1)).unwrap();
    let (plan, seventh) = (&game.plan, noon(date("2030-03-07")));
    assert_eq!(plan.done_in(&game.release, |_| true), plan.progress(&game.release).done);
    assert_eq!(plan.done_in(&game.release, |at| at >= seventh), 1, "a ritual's turn is no step of the list");
}

#[test]
fn what_a_reviewer_accepted_is_not_taken_back() {
    let mut game = Game::begun();
    game.on("2030-03-05");
    game.tick("gate").unwrap();
    game.act(SUPERIOR, "gate", Act::Accept { line: None }).unwrap();
    assert!(matches!(game.act(MANAGER, "gate", Act::TakeBack), Err(Refusal::CannotTakeBack { .. })));
}

#[test]
fn a_day_that_was_promised_to_a_joiner_stands_as_it_was_promised() {
    let (calendar, chosen) = (calendar(), date("2030-03-20"));
    let keep = StepDef { each: Some(Each { within: 5 }), ..step("keep", 1, 1) };
    let promised = Anchor::Answered { n: 0, step: StepId("talk".to_owned()), title: Text::default(), on: chosen };
    let promised = calendar.dated(chosen, promised, chosen);
    let dates = ritual::Dates { opens: promised.clone(), due: promised.clone() };
    let joins = |dates| ritual::for_joiner(&keep, dates, (member(3), date("2030-03-18")), &calendar);
    assert_eq!(joins(dates.clone()).due, promised);
    let counted = calendar.dated(chosen, Anchor::PlanDay { n: 15, effective: date("2030-03-04") }, chosen);
    assert!(joins(ritual::Dates { due: counted, ..dates }).due.date > chosen, "a day that was counted gives time");
}

#[test]
fn a_joiner_gets_five_working_days_and_a_leavers_steps_close() {
    let mut game = Game::begun();
    game.on("2030-03-18");
    game.ask(HR, Request::Join { member: member(3), on: date("2030-03-18") }).unwrap();
    let joined = &game.plan.steps[&meet(3).parse::<StepKey>().unwrap()];
    assert_eq!(joined.due.date, date("2030-03-25"));
    assert!(matches!(joined.due.why.from, Anchor::Joined { n: 5, .. }));
    game.ask(HR, Request::Leave { member: member(2), on: date("2030-03-18") }).unwrap();
    assert!(matches!(game.state(&meet(2)), StepState::Closed { .. }));
    assert_eq!(
        game.ask(HR, Request::Leave { member: member(2), on: date("2030-03-18") }),
        Err(Refusal::MemberAbsent { member: member(2) })
    );
}

#[test]
fn who_joins_after_the_first_day_of_a_plan_has_days_of_their_own_from_the_start() {
    let order = StartOrder {
        own_calendar: false,
        effective: date("2030-03-04"),
        manager: MANAGER,
        superior: SUPERIOR,
        hr: HR,
        mentor: None,
        then: Vec::new(),
        members: vec![(member(1), date("2030-03-04")), (member(2), date("2030-03-18"))],
    };
    let facts =
        start(&order, &release(), &calendar(), chrono_tz::Asia::Taipei, Actor::Program, noon(date("2030-03-01")))
            .expect("it starts");
    let due = |n| {
        facts.iter().find_map(|fact| match &fact.what {
            What::Planned { step, due, .. } if step.to_string() == meet(n) => Some(due.date),
            _ => None,
        })
    };
    assert_eq!((due(1), due(2)), (Some(date("2030-03-15")), Some(date("2030-03-25"))));
}

#[test]
fn a_turn_that_was_not_done_lapses_when_the_next_one_opens() {
    let mut game = Game::begun();
    game.on("2030-03-13");
    game.wake();
    assert!(matches!(game.state("weekly"), StepState::Lapsed { .. }));
    assert!(matches!(game.state("weekly.2"), StepState::Todo { .. }));
    assert!(game.plan.steps[&"weekly.2".parse::<StepKey>().unwrap()].opens.date <= date("2030-03-13"));
}

#[test]
fn after_a_long_silence_one_turn_stands_open_and_the_missed_ones_are_not_piled_up() {
    let mut game = Game::begun();
    game.on("2030-04-10");
    game.wake();
    let open: Vec<_> =
        game.plan.steps.iter().filter(|(k, s)| k.id.as_str() == "weekly" && !s.state.is_closed()).collect();
    assert_eq!(open.len(), 1);
    assert!(open[0].1.due.date >= date("2030-04-10"));
}

#[test]
fn listed_days_never_lapse() {
    let mut game = Game::begun();
    game.on("2030-09-02");
    game.wake();
    assert!(matches!(game.state("rate"), StepState::Todo { .. }));
    assert!(matches!(game.state("rate.2"), StepState::Todo { .. }));
}

#[test]
fn whoever_acts_on_an_old_page_is_told_who_changed_the_step() {
    let mut game = Game::begun();
    game.on("2030-03-05");
    let seen = game.plan.version;
    game.tick("announce").unwrap();
    let again = Act::HandIn { answers: Answers::default(), evidence: None };
    let refused = game.ask(MANAGER, Request::Step { step: "announce".parse().unwrap(), seen: Some(seen), act: again });
    assert!(matches!(refused, Err(Refusal::Changed { by: Some(MANAGER), .. })), "{refused:?}");
}

#[test]
fn an_act_on_another_step_does_not_disturb() {
    let mut game = Game::begun();
    game.on("2030-03-05");
    let seen = game.plan.version;
    game.tick("announce").unwrap();
    let act = Act::HandIn { answers: Answers::default(), evidence: None };
    game.ask(MANAGER, Request::Step { step: "gate".parse().unwrap(), seen: Some(seen), act }).expect("it is free");
}

#[test]
fn overdue_is_derived_from_the_day_alone() {
    let game = Game::begun();
    let (key, def) =
        ("announce".parse::<StepKey>().unwrap(), game.release.step(&StepId("announce".to_owned())).unwrap());
    let step = &game.plan.steps[&key];
    assert_eq!(game.plan.standing(step, def, date("2030-03-05")), Standing::Open { days: 0 });
    assert_eq!(game.plan.standing(step, def, date("2030-03-06")), Standing::Overdue { days: 1 });
}

#[test]
fn a_manager_is_not_their_own_superior_or_mentor() {
    let order = |superior, mentor| StartOrder {
        own_calendar: false,
        effective: date("2030-03-04"),
        manager: MANAGER,
        superior,
        hr: HR,
        mentor: Some(mentor),
        then: Vec::new(),
        members: Vec::new(),
    };
    let begin = |order| {
        start(&order, &release(), &calendar(), chrono_tz::Asia::Taipei, Actor::Program, noon(date("2030-03-04")))
    };
    assert_eq!(begin(order(MANAGER, MENTOR)), Err(Refusal::SuperiorIsManager));
    assert_eq!(begin(order(SUPERIOR, MANAGER)), Err(Refusal::MentorInCast { role: Role::Manager }));
    assert_eq!(begin(order(SUPERIOR, SUPERIOR)), Err(Refusal::MentorInCast { role: Role::Superior }));
}
