//! A plan played to its end.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::branches::{answered, branching, choice, closed, id, meetings, one, playbook};
use super::{HR, MANAGER, MENTOR, SUPERIOR, calendar, curriculum, date, member, release, released, step};
use crate::engine::brief::Mention;
use crate::engine::decide::StartOrder;
use crate::engine::form::Answers;
use crate::engine::plan::{CloseReason, StepState};
use crate::engine::release::{Day, Gather, Release, StepDef, Window};
use crate::engine::simulate::{Kind, Setup, Simulation, simulate};
use crate::engine::vocabulary::{Role, StepId, StepKey};
use crate::engine::workload::{self, Work};

struct Play {
    release: Release,
    effective: NaiveDate,
    launches: Vec<(String, u16)>,
    answers: BTreeMap<StepId, Answers>,
    stop_on: Option<NaiveDate>,
    mentor: bool,
}

impl Play {
    fn of(release: Release) -> Play {
        let (launches, answers) = (Vec::new(), BTreeMap::new());
        Play { release, effective: date("2030-03-04"), launches, answers, stop_on: None, mentor: true }
    }

    fn to_its_end(&self) -> Simulation {
        let order = StartOrder {
            own_calendar: false,
            effective: self.effective,
            manager: MANAGER,
            superior: SUPERIOR,
            hr: HR,
            mentor: self.mentor.then_some(MENTOR),
            then: Vec::new(),
            members: vec![(member(1), date("2030-01-02")), (member(2), date("2030-01-02"))],
        };
        let setup = Setup {
            release: &self.release,
            calendar: &calendar(),
            zone: chrono_tz::Tz::UTC,
            order: &order,
            launches: &self.launches,
            answers: &self.answers,
            stop_on: self.stop_on,
        };
        simulate(&setup).expect("it plays")
    }
}

fn key(text: &str) -> StepKey {
    text.parse().expect("a key")
}

fn ends(release: Release, ends: u16) -> Release {
    let mut release = release;
    release.program.ends = ends;
    release
}

#[test]
fn everything_is_done_by_its_day_and_what_is_reviewed_a_day_earlier() {
    let played = Play::of(ends(release(), 60)).to_its_end();
    let done = |name: &str| match &played.plan.steps[&key(name)].state {
        StepState::Done { at, review, .. } => (at.date_naive(), review.as_ref().map(|review| review.at.date_naive())),
        other => panic!("{name} is {other:?}"),
    };
    assert_eq!(done("announce"), (date("2030-03-05"), None));
    assert_eq!(played.plan.steps[&key("gate")].due.date, date("2030-03-29"));
    assert_eq!(done("gate"), (date("2030-03-28"), Some(date("2030-03-29"))));
    assert_eq!(played.late, []);
    assert!(played.undecided.is_empty());
}

#[test]
fn nobody_gets_a_mail_on_a_day_off_or_two_briefs_on_a_day() {
    let mut play = Play::of(ends(release(), 60));
    play.effective = date("2030-03-02"); // a Saturday
    let played = play.to_its_end();
    assert!(played.letters.iter().all(|letter| calendar().is_working(letter.day)), "{:?}", played.letters);
    let briefs: Vec<_> = played.letters.iter().filter(|l| l.kind != Kind::Digest).map(|l| (l.day, l.to)).collect();
    assert_eq!(briefs.len(), briefs.iter().collect::<BTreeSet<_>>().len());
    let first: Vec<_> = played.letters.iter().take(2).map(|l| (l.day, l.to, l.kind)).collect();
    let monday = date("2030-03-04");
    assert_eq!(first, [(monday, Role::Mentor, Kind::MentorRequest), (monday, Role::Manager, Kind::Welcome)]);
}

#[test]
fn the_mentor_is_told_of_a_hand_in_on_the_morning_after() {
    let played = Play::of(ends(release(), 60)).to_its_end();
    let told = |on: &str| {
        played.letters.iter().any(|letter| {
            letter.day == date(on)
                && letter.to == Role::Mentor
                && letter.steps.contains(&(Mention::ToReview, key("map")))
        })
    };
    assert_eq!(played.plan.steps[&key("map")].due.date, date("2030-03-19"));
    assert!(told("2030-03-19") && !told("2030-03-18")); // handed in at the end of Monday the 18th
}

#[test]
fn an_answer_opens_its_branch_and_no_answer_opens_none() {
    let silent = Play::of(ends(branching(), 40)).to_its_end();
    let is_not_taken = |played: &Simulation, name: &str| {
        matches!(played.plan.steps[&key(name)].state, StepState::Closed { reason: CloseReason::NotTaken, .. })
    };
    assert!(is_not_taken(&silent, "leads_plan") && is_not_taken(&silent, "value_plan"));
    let mut play = Play::of(ends(branching(), 40));
    play.answers.insert(id("diagnose"), one("cause", "leads"));
    let answered = play.to_its_end();
    assert!(answered.plan.steps[&key("leads_plan")].state.is_done());
    assert!(is_not_taken(&answered, "value_plan"));
    assert_eq!(answered.known[&key("diagnose")], one("cause", "leads"));
}

#[test]
fn what_waits_for_a_step_that_is_due_later_is_late_and_says_for_which() {
    let late = StepDef { after: vec![id("slow")], ..step("quick", 1, 3) };
    let steps = vec![late, step("slow", 1, 8)];
    let played = Play::of(ends(released(vec![curriculum("all", steps)]), 20)).to_its_end();
    let [late] = played.late.as_slice() else { panic!("{:?}", played.late) };
    assert_eq!((late.step.clone(), late.waited_for.clone()), (key("quick"), vec![key("slow")]));
    assert_eq!(late.days, 6); // Thursday the 7th to Wednesday the 13th
}

#[test]
fn a_step_whose_condition_is_never_answered_is_undecided() {
    let deciding =
        StepDef { ask: vec![choice("cause", &["leads"])], windows: closed("never", 0, 3), ..step("ask", 1, 1) };
    let hanging = StepDef { when: Some(answered("ask", "cause", "leads")), ..step("hangs", 5, 6) };
    let never = StepDef { playbook: Some("rescue".to_owned()), windows: launch_day(), ..step("never", 1, 1) };
    let mut rescue = playbook();
    rescue.steps.push(never);
    let core = curriculum("all", vec![deciding, hanging]);
    let played = Play::of(ends(released(vec![core, rescue]), 20)).to_its_end();
    assert_eq!(played.undecided, [id("ask"), id("hangs")]);
}

fn launch_day() -> Vec<Window> {
    vec![Window { opens: Day::Launch { launch: 0 }, due: Day::Launch { launch: 1 } }]
}

#[test]
fn a_playbook_is_played_from_the_day_it_is_launched() {
    let mut play = Play::of(ends(released(vec![curriculum("all", vec![step("announce", 1, 2)]), playbook()]), 60));
    assert_eq!(play.to_its_end().plan.steps.len(), 1);
    play.launches.push(("rescue".to_owned(), 10));
    let played = play.to_its_end();
    assert_eq!(played.plan.launches["rescue"], date("2030-03-15")); // B10: a day off and a Saturday worked
    assert!(played.plan.steps[&key("end")].state.is_done());
    assert!(played.plan.steps.len() > 4, "the weekly steps of it recur");
}

#[test]
fn the_simulation_stops_on_a_morning_before_anything_is_done() {
    let mut play = Play::of(ends(release(), 60));
    play.stop_on = Some(date("2030-03-05"));
    let played = play.to_its_end();
    assert!(matches!(played.plan.steps[&key("announce")].state, StepState::Todo { .. }));
    assert_eq!(played.letters.iter().map(|letter| letter.day).max(), Some(date("2030-03-05")));
}

#[test]
fn effort_lies_evenly_on_the_working_days_of_a_window() {
    let long = StepDef { effort: 100, ..step("long", 1, 10) };
    let played = Play::of(ends(released(vec![curriculum("all", vec![long])]), 20)).to_its_end();
    // Four days of the first week and its Saturday are worked, five of the second.
    let minutes: Vec<u32> = played.weeks.iter().map(|week| week.minutes_of(Role::Manager)).collect();
    assert_eq!(minutes, [50, 50]);
    assert_eq!(workload::mean(&played.weeks, &played.plan, Role::Manager, 13), 50);
}

#[test]
fn a_page_takes_its_time_once_a_week_however_many_steps_it_gathers() {
    let mut gathered = ends(meetings(), 30);
    let friday = |name: &str| StepDef { every: weekly(), effort: 40, ..step(name, 1, 5) };
    gathered.curricula = vec![curriculum("all", vec![friday("one"), friday("two")])];
    gathered.program.gather = vec![Gather {
        id: "friday".to_owned(),
        title: super::text("Friday"),
        body: super::text("Friday"),
        weekday: chrono::Weekday::Fri,
        effort: 30,
        steps: vec![id("one"), id("two")],
    }];
    let played = Play::of(gathered).to_its_end();
    assert!(played.weeks.iter().all(|week| week.minutes_of(Role::Manager) == 30), "{:?}", played.weeks);
    assert!(played.shares.iter().all(|share| share.of == Work::Page("friday".to_owned())));
}

fn weekly() -> Option<crate::engine::release::Every> {
    use crate::engine::release::{Every, Period, Until};
    Some(Every { period: Period::Weekly(chrono::Weekday::Fri), until: Until::Plan(30) })
}

#[test]
fn reading_a_hand_in_is_the_reviewers_time() {
    let played = Play::of(ends(release(), 15)).to_its_end();
    let reviews: Vec<_> = played.shares.iter().filter(|s| matches!(s.of, Work::Review(_))).collect();
    assert!(reviews.iter().any(|share| share.role == Role::Mentor && share.minutes == 5.0));
}
