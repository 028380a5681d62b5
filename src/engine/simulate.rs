//! A plan played to its end before anybody is enrolled: its dates, its hours, its mail.
//!
//! Everybody does what they should on the day it is due; what is reviewed is handed in a working day
//! earlier and accepted the next one. Branches open on the answers that are given; a question that is
//! given no answer counts as left empty.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

use super::access::{Actor, Viewer};
use super::act;
use super::brief::{self, Mention};
use super::calendar::Calendar;
use super::decide::{Request, StartOrder, World, decide, start};
use super::fact::{Fact, fold};
use super::form::{self, Answer, Answers};
use super::growth::Known;
use super::plan::{Mentoring, Plan, Standing, Step, StepState};
use super::refusal::Refusal;
use super::release::{Day, Release, StepDef};
use super::tailor::Tailor;
use super::vocabulary::{PlanId, Role, StepId, StepKey};
use super::workload::{self, Share, Week, monday};
use super::zone::{at_hour, local_date};

/// The hour at which briefs go out, and the one by which the day's work is done.
const MORNING: u8 = 8;
const EVENING: u8 = 17;

/// What is played.
pub struct Setup<'a> {
    pub release: &'a Release,
    pub calendar: &'a Calendar,
    pub zone: Tz,
    pub order: &'a StartOrder,
    /// Playbooks, and the plan day on which each is launched.
    pub launches: &'a [(String, u16)],
    /// By step and field: what a question is answered with.
    pub answers: &'a BTreeMap<StepId, Answers>,
    /// The morning on which it stops, before anything is done; none: the program's last day.
    pub stop_on: Option<NaiveDate>,
}

/// A plan at its end, and how it got there.
pub struct Simulation {
    pub plan: Plan,
    /// What steps were answered with.
    pub known: Known,
    /// What takes whose time, in no order.
    pub shares: Vec<Share>,
    /// Weeks from the first to the last in which something is to be done.
    pub weeks: Vec<Week>,
    /// In the order of their days.
    pub letters: Vec<Letter>,
    pub late: Vec<Late>,
    /// Steps that came to no date: nothing that was played decided about them.
    pub undecided: Vec<StepId>,
}

/// A step that could only be done after it was due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Late {
    pub step: StepKey,
    /// By so many calendar days.
    pub days: i64,
    /// The steps before it that were closed after it was due; none when its days had passed as it came
    /// to stand in the plan.
    pub waited_for: Vec<StepKey>,
}

/// A mail that would be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    pub day: NaiveDate,
    pub to: Role,
    pub kind: Kind,
    /// What it names, in the order of the mail.
    pub steps: Vec<(Mention, StepKey)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Welcome,
    MentorRequest,
    Brief,
    Digest,
}

impl Kind {
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Welcome => "welcome",
            Kind::MentorRequest => "mentor_request",
            Kind::Brief => "brief",
            Kind::Digest => "digest",
        }
    }
}

/// Plays a program.
///
/// # Errors
/// The cast can't be, as when a plan is started.
pub fn simulate(setup: &Setup) -> Result<Simulation, Refusal> {
    let (order, calendar, release) = (setup.order, setup.calendar, setup.release);
    let begun = at_hour(order.effective, MORNING, setup.zone);
    let facts = start(order, release, calendar, setup.zone, Actor::Program, begun)?;
    let plan = Plan::unwritten(PlanId(uuid::Uuid::nil()));
    let defs = release.steps().map(|def| (&def.id, def)).collect();
    let tailor = Tailor::default();
    let mut game = Game { setup, defs, plan, known: Known::new(), tailor, letters: Vec::new(), late: Vec::new() };
    game.keep(&facts);
    game.play();
    let Game { plan, known, letters, late, .. } = game;
    let undecided = release.steps().filter(|def| is_missing(setup, &plan, def)).map(|def| def.id.clone()).collect();
    let shares = workload::shares(release, calendar, &plan);
    let weeks = workload::weeks(release, &plan, &shares);
    Ok(Simulation { plan, known, shares, weeks, letters, late, undecided })
}

/// A core or launched step that never came to stand in the plan.
fn is_missing(setup: &Setup, plan: &Plan, def: &StepDef) -> bool {
    let is_played = def.playbook.as_ref().is_none_or(|playbook| plan.launches.contains_key(playbook));
    let has_somebody = def.each.is_none() || !setup.order.members.is_empty();
    is_played && has_somebody && plan.of(&def.id).next().is_none()
}

struct Game<'a> {
    setup: &'a Setup<'a>,
    /// A release looks its steps up one by one, which a year of days would feel.
    defs: BTreeMap<&'a StepId, &'a StepDef>,
    plan: Plan,
    known: Known,
    /// Nothing is arranged for a plan that is only played.
    tailor: Tailor,
    letters: Vec<Letter>,
    late: Vec<Late>,
}

impl Game<'_> {
    fn world(&self) -> World<'_> {
        let Setup { release, calendar, zone, .. } = self.setup;
        World { plan: &self.plan, release, calendar, zone: *zone, known: &self.known, tailor: &self.tailor }
    }

    fn keep(&mut self, facts: &[Fact]) {
        let plan = std::mem::replace(&mut self.plan, Plan::unwritten(PlanId(uuid::Uuid::nil())));
        self.plan = facts.iter().fold(plan, fold);
    }

    fn ask(&mut self, request: Request, now: DateTime<Utc>) {
        // What the program itself asks for is refused only where nothing is to be done.
        if let Ok(facts) = decide(&self.world(), Actor::Program, request, now) {
            self.keep(&facts);
        }
    }

    fn write(&mut self, day: NaiveDate, to: Role, kind: Kind, steps: Vec<(Mention, StepKey)>) {
        self.letters.push(Letter { day, to, kind, steps });
    }

    fn play(&mut self) {
        let Setup { calendar, order, release, stop_on, .. } = self.setup;
        let last = calendar.plan_date(order.effective, release.program.ends);
        for day in order.effective.iter_days().take_while(|day| *day <= last) {
            if stop_on.is_some_and(|stop| stop < day) {
                return;
            }
            self.morning(day);
            if calendar.is_working(day) && *stop_on != Some(day) {
                self.work(day);
            }
        }
    }

    fn morning(&mut self, day: NaiveDate) {
        let Setup { calendar, order, zone, .. } = self.setup;
        let now = at_hour(day, MORNING, *zone);
        self.ask(Request::Wake, now);
        if !calendar.is_working(day) {
            return;
        }
        for (playbook, n) in self.setup.launches {
            if calendar.plan_date(order.effective, *n) == day {
                self.ask(Request::Launch { playbook: playbook.clone() }, now);
            }
        }
        if day == calendar.on_or_after(order.effective) {
            if self.plan.cast.mentor.candidate().is_some() {
                self.write(day, Role::Mentor, Kind::MentorRequest, Vec::new());
            }
            self.write(day, Role::Manager, Kind::Welcome, self.named(Role::Manager, day));
        } else {
            self.brief(Role::Manager, day);
        }
        self.brief(Role::Mentor, day);
        self.brief(Role::Superior, day);
        self.brief(Role::Hr, day);
        if !monday(day).iter_days().take_while(|earlier| *earlier < day).any(|earlier| calendar.is_working(earlier)) {
            self.write(day, Role::Hr, Kind::Digest, Vec::new());
        }
    }

    fn brief(&mut self, role: Role, day: NaiveDate) {
        let is_there = role != Role::Mentor || self.plan.cast.mentor.mentor().is_some();
        let named = if is_there { self.named(role, day) } else { Vec::new() };
        if !named.is_empty() {
            self.write(day, role, Kind::Brief, named);
        }
    }

    /// What the brief of a role names on a morning.
    fn named(&self, role: Role, day: NaiveDate) -> Vec<(Mention, StepKey)> {
        let Setup { release, calendar, .. } = self.setup;
        let mut named: Vec<(Mention, StepKey)> = self
            .plan
            .steps
            .iter()
            .filter(|(_, step)| !step.state.is_closed())
            .filter_map(|(key, step)| {
                let step = (key, step, *self.defs.get(&key.id)?);
                let mention = brief::mention(&self.plan, &release.program, calendar, step, &[role], day)?;
                Some((mention, key.clone()))
            })
            .collect();
        named.sort_by_key(|(mention, key)| (*mention, self.plan.steps.get(key).map(|step| step.due.date)));
        named
    }

    /// A day's work: reviews first, then what is due, until nothing more can be done.
    fn work(&mut self, day: NaiveDate) {
        let now = at_hour(day, EVENING, self.setup.zone);
        let waiting: Vec<StepKey> = self.keys(|step, _| matches!(step.state, StepState::HandedIn { .. }));
        for key in waiting {
            self.assume(&key, true, day, now);
        }
        if let Mentoring::Asked { who, .. } = self.plan.cast.mentor
            && self.accepts_on().is_none_or(|on| on <= day)
        {
            let viewer = Viewer { id: who, is_hr: false };
            if let Ok(facts) = decide(&self.world(), Actor::Person(viewer), Request::AcceptMentoring, now) {
                self.keep(&facts);
            }
        }
        loop {
            let ready = self.keys(|step, def| self.is_ready(step, def, day));
            if ready.is_empty() {
                return;
            }
            for key in ready {
                self.assume(&key, false, day, now);
            }
        }
    }

    /// When the mentor says yes: on the day that the program gives them for it.
    fn accepts_on(&self) -> Option<NaiveDate> {
        let id = self.setup.release.program.mentor_accepts.as_ref()?;
        self.plan.of(id).next().map(|(_, step)| step.due.date)
    }

    fn is_ready(&self, step: &Step, def: &StepDef, day: NaiveDate) -> bool {
        if self.setup.release.program.mentor_accepts.as_ref() == Some(&def.id) {
            return false;
        }
        let by = if def.review.is_some() { self.setup.calendar.before(step.due.date, 1) } else { step.due.date };
        let is_late = matches!(self.plan.standing(step, def, day), Standing::Overdue { .. });
        self.plan.standing(step, def, day).is_actionable() && (by <= day || is_late)
    }

    fn keys(&self, wanted: impl Fn(&Step, &StepDef) -> bool) -> Vec<StepKey> {
        let open = self.plan.steps.iter().filter(|(_, step)| !step.state.is_closed());
        let found = open.filter(|(key, step)| self.defs.get(&key.id).is_some_and(|def| wanted(step, def)));
        found.map(|(key, _)| key.clone()).collect()
    }

    fn assume(&mut self, key: &StepKey, reviewed: bool, day: NaiveDate, now: DateTime<Utc>) {
        let Some(step) = self.plan.steps.get(key) else { return };
        let days = (day - step.due.date).num_days();
        // A review on the morning after is no lateness of the plan.
        if days > 0 && !reviewed {
            let waited_for = self.closed_after(key, step.due.date);
            self.late.push(Late { step: key.clone(), days, waited_for });
        }
        let handed_in = self.known.get(key).filter(|_| reviewed).cloned();
        let answers = handed_in
            .unwrap_or_else(|| self.dated(key, self.setup.answers.get(&key.id).cloned().unwrap_or_default(), day));
        let answers = self.asked(key, answers);
        let facts = act::assumed(&self.world(), key, &answers, reviewed, now);
        self.known.insert(key.clone(), answers);
        self.keep(&facts);
    }

    /// Without answers to what is not asked.
    fn asked(&self, key: &StepKey, mut answers: Answers) -> Answers {
        if let Some(def) = self.defs.get(&key.id) {
            let asked = form::asked(&def.ask, &answers);
            let kept: Vec<String> = asked.into_iter().map(|field| field.id.clone()).collect();
            answers.0.retain(|id, _| kept.contains(id));
        }
        answers
    }

    /// What a step waits for and that was closed after a day.
    fn closed_after(&self, key: &StepKey, day: NaiveDate) -> Vec<StepKey> {
        let Some(def) = self.defs.get(&key.id) else { return Vec::new() };
        let before = def.after.iter().chain(def.joins.iter().flat_map(|join| &join.of));
        let is_later = |step: &Step| step.state.closed_at().is_some_and(|at| local_date(at, self.setup.zone) > day);
        before
            .flat_map(|id| self.plan.of(id))
            .filter(|(other, step)| other.turn == 1 && is_later(step))
            .map(|(other, _)| other.clone())
            .collect()
    }

    /// A date that others count from, and that was given no answer, is the day of the answer.
    fn dated(&self, key: &StepKey, mut answers: Answers, day: NaiveDate) -> Answers {
        let windows = self.setup.release.steps().flat_map(|def| &def.windows);
        for window in windows {
            if let Day::Answer { step, field, column, .. } = &window.due
                && *step == key.id
            {
                let day = day.to_string();
                let answer = match column {
                    Some(column) => Answer::Rows(vec![[(column.clone(), day)].into()]),
                    None => Answer::One(day),
                };
                answers.0.entry(field.clone()).or_insert(answer);
            }
        }
        answers
    }
}
