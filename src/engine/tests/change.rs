//! Plans that change: random programs, calendars and rosters, played through random requests, deeds,
//! upgrades and undoing. After every move, everything of [`super::promises`] must hold.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use chrono::{NaiveDate, TimeDelta};
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;
use uuid::Uuid;

use super::circumstances::day;
use super::moves::{CALENDARS, Move, Start, arranged, moves, released, starts};
use super::programs::{Change, Sketch};
use super::{Game, HR, MANAGER, MENTOR, SUPERIOR, line, member, promises, viewer};
use crate::engine::access::Actor;
use crate::engine::arrange::{Ending, Own};
use crate::engine::calendar::{Calendar, Freeze, Span};
use crate::engine::decide::{Act, Request, decide};
use crate::engine::fact::{Fact, What};
use crate::engine::form::{Answer, Answers};
use crate::engine::plan::{Plan, StepState, WritingRef};
use crate::engine::release::Release;
use crate::engine::replan::Arrange;
use crate::engine::undo;
use crate::engine::upgrade::{Changes, Policy, Upgrade, upgrade};
use crate::engine::vocabulary::{PersonId, Role, StepKey, WritingId};
use crate::engine::zone::local_date;

pub(super) const OTHER_MENTOR: PersonId = PersonId(Uuid::from_u128(5));

/// A plan with everything around it that may change.
pub(super) struct Life {
    pub(super) game: Game,
    /// As somebody edited them last.
    pub(super) calendars: BTreeMap<String, Calendar>,
    /// Every release so far, by its hash.
    sketches: BTreeMap<String, Sketch>,
    /// What was handed in, by the writings that facts name.
    written: BTreeMap<WritingId, Answers>,
    writings: u128,
    /// Calendars before and after each edit, by the number of the deed that counted the plan over again.
    edited: BTreeMap<u64, (Calendar, Calendar)>,
}

impl Life {
    fn begun(begin: &Start) -> Life {
        let hash = format!("{:064}", 1);
        let release = begin.program.released(&hash);
        let calendars: BTreeMap<String, Calendar> =
            begin.calendars.iter().map(|one| (one.name.clone(), one.clone())).collect();
        let calendar = calendars[CALENDARS[0]].clone();
        let game = Game::started(release, calendar, begin.roster.clone());
        let sketches = [(hash, begin.program.clone())].into();
        Life { game, calendars, sketches, written: BTreeMap::new(), writings: 1000, edited: BTreeMap::new() }
    }

    pub(super) fn today(&self) -> NaiveDate {
        local_date(self.game.now, chrono_tz::Asia::Taipei)
    }

    /// What the use cases load before they decide: the plan's calendar, and what its steps were answered
    /// with.
    fn reload(&mut self) {
        let plan = &self.game.plan;
        self.game.calendar = self.calendars[&plan.calendar].without(&plan.arranged.away);
        let answers = plan.steps.iter().filter_map(|(key, step)| {
            let evidence = step.state.evidence()?;
            Some((key.clone(), self.written.get(&evidence.id)?.clone()))
        });
        self.game.known = answers.collect();
    }

    fn ask(&mut self, who: PersonId, request: Request) {
        // Refusals are part of the game.
        if let Ok(facts) = decide(&self.game.world(), viewer(who), request, self.game.now) {
            self.game.keep(facts);
        }
        self.reload();
    }

    fn arrange(&mut self, who: PersonId, arrange: Arrange) {
        self.ask(who, Request::Arrange(arrange));
    }

    fn wake(&mut self) {
        let facts = decide(&self.game.world(), Actor::Program, Request::Wake, self.game.now).expect("time passes");
        self.game.keep(facts);
        self.reload();
    }

    fn pick(&self, n: u8, wanted: impl Fn(&StepKey, &StepState) -> bool) -> Option<StepKey> {
        let steps = self.game.plan.steps.iter().filter(|(key, step)| wanted(key, &step.state));
        let found: Vec<&StepKey> = steps.map(|(key, _)| key).collect();
        found.get(usize::from(n) % found.len().max(1)).map(|key| (*key).clone())
    }

    fn is_actionable(&self, key: &StepKey) -> bool {
        let plan = &self.game.plan;
        let standing = |def| plan.standing(&plan.steps[key], def, self.today());
        self.game.release.step(&key.id).is_some_and(|def| standing(def).is_actionable())
    }

    fn holder(&self, role: Role) -> PersonId {
        crate::engine::access::holder(&self.game.plan, role).unwrap_or(MENTOR)
    }

    fn hand_in(&mut self, n: u8, leads: bool) {
        let Some(step) = self.pick(n, |key, _| self.is_actionable(key)) else { return };
        let Some(def) = self.game.release.step(&step.id) else { return };
        let who = self.holder(def.who);
        self.writings += 1;
        let evidence = WritingRef { id: WritingId(Uuid::from_u128(self.writings)), digest: [1; 32] };
        let one = |name: &str, text: &str| (name.to_owned(), Answer::One(text.to_owned()));
        let on = day(u16::from(n)).to_string();
        let cause = if leads { "leads" } else { "value" };
        let answers = Answers([one("cause", cause), one("go_on_reason", "Away until June"), one("on", &on)].into());
        self.written.insert(evidence.id, answers.clone());
        let act = Act::HandIn { answers, evidence: Some(evidence) };
        self.ask(who, Request::Step { step, seen: None, act });
    }

    fn act(&mut self, who: Option<PersonId>, step: Option<StepKey>, act: Act) {
        let Some(step) = step else { return };
        let role = |def: &crate::engine::release::StepDef| def.review.unwrap_or(Role::Superior);
        let reviewer = self.game.release.step(&step.id).map(role).map_or(SUPERIOR, |role| self.holder(role));
        self.ask(who.unwrap_or(reviewer), Request::Step { step, seen: None, act });
    }

    fn mentor(&mut self, n: u8) {
        let request = match n {
            0 | 1 => return self.ask(MENTOR, Request::AcceptMentoring),
            2 => return self.ask(OTHER_MENTOR, Request::AcceptMentoring),
            3 => return self.ask(OTHER_MENTOR, Request::DeclineMentoring { line: None }),
            4 => return self.ask(MENTOR, Request::DeclineMentoring { line: None }),
            5 => Request::AskMentor { mentor: MENTOR, then: Vec::new() },
            6 => Request::AskMentor { mentor: MENTOR, then: vec![OTHER_MENTOR] },
            _ => Request::AskMentor { mentor: OTHER_MENTOR, then: Vec::new() },
        };
        self.ask(HR, request);
    }

    fn redate(&mut self, calendar: &str) {
        self.game.calendar = self.calendars[calendar].without(&self.game.plan.arranged.away);
        self.arrange(HR, Arrange::Redate);
    }

    fn edit(&mut self, change: impl FnOnce(&mut Calendar)) {
        let name = self.game.plan.calendar.clone();
        let calendar = self.calendars.get_mut(&name).expect("the plan's calendar");
        let before = calendar.clone();
        change(calendar);
        let (seq, after) = (self.game.plan.version + 1, calendar.clone());
        self.redate(&name);
        if self.game.plan.version >= seq {
            self.edited.insert(seq, (before, after));
        }
    }

    fn release(&self, hash: &str) -> Rc<Release> {
        self.game.tailor.releases[hash].clone()
    }

    fn upgrade(&mut self, changes: &[Change], policy: u8, has_begun: bool) {
        let from = self.release(&self.game.plan.release);
        let sketch = self.sketches[&from.hash].changed(changes);
        let hash = format!("{:064}", self.sketches.len() + 1);
        let to = Rc::new(sketch.released(&hash));
        self.sketches.insert(hash.clone(), sketch);
        self.game.tailor.releases.insert(hash, to.clone());
        let ids = from.steps().chain(to.steps()).map(|def| def.id.clone());
        let (mut skip, mut offer) = (BTreeSet::new(), BTreeSet::new());
        for (n, id) in ids.enumerate() {
            match (n + usize::from(policy)) % 5 {
                0 if policy > 80 => drop(skip.insert(id)),
                1 if policy > 160 => drop(offer.insert(id)),
                _ => {}
            }
        }
        let begun: BTreeSet<StepKey> =
            self.pick(policy, |key, _| has_begun && self.is_actionable(key)).into_iter().collect();
        let policy = Policy { skip, offer };
        let order = Upgrade { to: &to, changes: &Changes::between(&from, &to), policy: &policy, begun: &begun };
        if let Ok(facts) = upgrade(&self.game.world(), viewer(HR), &order, self.game.now) {
            self.game.keep(facts);
        }
        self.reload();
    }

    /// The facts that would undo a deed now.
    pub(super) fn undoing(&self, seq: u64) -> Option<(undo::Done, Vec<Fact>)> {
        let Game { plan, facts, .. } = &self.game;
        let done = undo::find(plan, facts, seq)?;
        // As the use case loads it: the calendar that the plan goes back to.
        let calendar = self.calendars[done.calendar(plan)].without(&plan.arranged.away);
        let world = crate::engine::decide::World { calendar: &calendar, ..self.game.world() };
        let facts = undo::undo(&world, viewer(HR), &done, self.game.now).ok()?;
        Some((done, facts))
    }

    fn deeds(&self) -> Vec<u64> {
        let numbered = (1..).zip(&self.game.facts);
        numbered.filter(|(_, fact)| matches!(fact.what, What::Deed { .. })).map(|(seq, _)| seq).collect()
    }

    fn undo(&mut self, seq: u64) -> Option<undo::Done> {
        // Whoever undoes an edit of a calendar gives it its days back; later edits stand in the way.
        if let Some((before, after)) = self.edited.get(&seq) {
            if self.calendars[&after.name] != *after {
                return None;
            }
            self.calendars.insert(before.name.clone(), before.clone());
            self.reload();
        }
        let Some((done, facts)) = self.undoing(seq) else {
            if let Some((before, after)) = self.edited.get(&seq) {
                self.calendars.insert(before.name.clone(), after.clone());
                self.reload();
            }
            return None;
        };
        self.game.keep(facts);
        self.reload();
        Some(done)
    }

    /// What was undone, if it was an undoing.
    fn make(&mut self, made: &Move) -> Option<undo::Done> {
        let today = self.today();
        let on = |n: u8| today + TimeDelta::days(i64::from(n));
        let is_open = |_: &StepKey, state: &StepState| !state.is_closed();
        match made {
            Move::Days(n) => {
                self.game.now += TimeDelta::days(i64::from(*n));
                self.wake();
            }
            Move::Do(n, leads) => self.hand_in(*n, *leads),
            Move::Review(n, yes) => {
                let step = self.pick(*n, |_, state| matches!(state, StepState::HandedIn { .. }));
                let line = Some(line());
                self.act(None, step, if *yes { Act::Accept { line } } else { Act::Return { line } });
            }
            Move::TakeBack(n) => {
                let is_in = |state: &StepState| matches!(state, StepState::HandedIn { .. } | StepState::Done { .. });
                let step = self.pick(*n, |_, state| is_in(state));
                self.act(Some(MANAGER), step, Act::TakeBack);
            }
            Move::Reconsider(n) => {
                let is_answered = |state: &StepState| {
                    matches!(state, StepState::Returned { .. } | StepState::Done { review: Some(_), .. })
                };
                let step = self.pick(*n, |_, state| is_answered(state));
                self.act(None, step, Act::Reconsider);
            }
            Move::Join(n) => self.ask(HR, Request::Join { member: member(u128::from(*n)), on: today }),
            Move::Leave(n) => self.ask(HR, Request::Leave { member: member(u128::from(*n)), on: today }),
            Move::Correct(n, joined) => {
                let request = Request::CorrectMember { member: member(u128::from(*n)), joined: day(*joined) };
                self.ask(HR, request);
            }
            Move::Mentor(n) => self.mentor(*n),
            Move::Launch => self.ask(MANAGER, Request::Launch { playbook: "rescue".to_owned() }),
            Move::Reschedule(n, days) => {
                if let Some(step) = self.pick(*n, is_open) {
                    self.arrange(SUPERIOR, Arrange::Move { step, due: on(*days) });
                }
            }
            Move::Shift(from, days) => self.arrange(HR, Arrange::Shift { from: on(*from), days: u16::from(*days) }),
            Move::Add(days, reviewed) => {
                let review = reviewed.then_some(Role::Superior);
                let own = Own { who: Role::Manager, review, effort: 30, words: line() };
                self.arrange(SUPERIOR, Arrange::Add { own, due: on(*days) });
            }
            Move::Waive(n) => {
                if let Some(step) = self.pick(*n, is_open) {
                    self.arrange(HR, Arrange::Waive { step, reason: Some(line()) });
                }
            }
            Move::Skip(n) => {
                let curriculum = self.game.release.curricula.get(usize::from(*n)).map(|one| one.name.clone());
                if let Some(curriculum) = curriculum {
                    self.arrange(HR, Arrange::Skip { curriculum, reason: Some(line()) });
                }
            }
            Move::Away(from, days) => {
                let from = today + TimeDelta::days(i64::from(*from));
                self.arrange(HR, Arrange::Leave { from, until: from + TimeDelta::days(i64::from(*days)) });
            }
            Move::Pause => self.arrange(HR, Arrange::Pause),
            Move::Resume => self.arrange(HR, Arrange::Resume),
            Move::Deputy(from, days) => {
                let (from, until) = (on(*from), on(from + days));
                self.arrange(HR, Arrange::NameDeputy { who: OTHER_MENTOR, from, until });
            }
            Move::End(n) => {
                let how = [Ending::Graduated, Ending::Early, Ending::Cancelled].get(usize::from(*n)).copied();
                self.arrange(HR, Arrange::End { how: how.unwrap_or(Ending::Graduated), reason: Some(line()) });
            }
            Move::Redate(n) => self.redate(CALENDARS[usize::from(*n) % 3]),
            Move::Edit(days) => self.edit(|calendar| {
                for on in days.iter().map(|n| day(*n)) {
                    if calendar.holidays.remove(&on).is_none() && calendar.is_working(on) {
                        calendar.holidays.insert(on, super::text("Off"));
                    }
                }
            }),
            Move::Freeze(from, days) => self.edit(|calendar| {
                let from = today + TimeDelta::days(i64::from(*from));
                let span = Span { from, until: from + TimeDelta::days(i64::from(*days)) };
                if calendar.freezes.is_empty() {
                    calendar.freezes.push(Freeze { span, name: super::text("Freeze") });
                } else {
                    calendar.freezes.remove(0);
                }
            }),
            Move::Upgrade(changes, policy, begun) => self.upgrade(changes, *policy, *begun),
            Move::Offer(n, take) => {
                let offers = &self.game.plan.arranged.offers;
                if let Some(step) = offers.iter().nth(usize::from(*n) % offers.len().max(1)).cloned() {
                    self.ask(MANAGER, Request::Offer { step, take: *take });
                }
            }
            Move::Undo(n) => {
                let deeds = self.deeds();
                return self.undo(*deeds.get(usize::from(*n) % deeds.len().max(1))?);
            }
        }
        None
    }
}

fn play(begin: &Start, moves: &[Move]) -> Result<(), TestCaseError> {
    let mut life = Life::begun(begin);
    promises::hold(&life, None, &Plan::unwritten(life.game.plan.id)).map_err(TestCaseError::fail)?;
    for made in moves {
        let before = life.game.plan.clone();
        let undone = life.make(made);
        let broken = promises::hold(&life, undone.as_ref(), &before);
        broken.map_err(|why| TestCaseError::fail(format!("after {made:?}: {why}")))?;
    }
    promises::replays(&life).map_err(TestCaseError::fail)
}

/// The deed that a move was, if it was one.
fn deed_of(life: &mut Life, made: &Move) -> Option<u64> {
    let before = life.deeds();
    life.make(made);
    life.deeds().into_iter().find(|seq| !before.contains(seq))
}

/// Two deeds of one day that are undone in the order in which they were done leave the plan as it was.
fn undo_in_order(begin: &Start, moves: &[Move], first: &Move, second: &Move) -> Result<(), TestCaseError> {
    let mut life = Life::begun(begin);
    for made in moves {
        life.make(made);
    }
    // A day that was kept since a step stood open may be counted anew by now.
    let calendar = life.game.plan.calendar.clone();
    life.redate(&calendar);
    let was = life.game.plan.clone();
    // A step that came back while other days counted may have opened by them, or was given new ones.
    let has_days = matches!(second, Move::Waive(_) | Move::Skip(_) | Move::Add(..) | Move::Reschedule(..));
    let Some(first) = deed_of(&mut life, first) else { return Ok(()) };
    let Some(second) = deed_of(&mut life, second) else { return Ok(()) };
    if life.undo(first).is_none() || life.undo(second).is_none() {
        return Ok(());
    }
    let now = &life.game.plan;
    prop_assert_eq!(&was.arranged, &now.arranged);
    for key in was.steps.keys().chain(now.steps.keys()) {
        let step =
            |plan: &Plan| plan.steps.get(key).map(|step| (step.state.clone(), has_days.then(|| step.due.clone())));
        prop_assert_eq!(step(&was), step(now), "{}", key);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 20_000, ..ProptestConfig::default() })]

    #[test]
    fn whatever_becomes_of_a_plan_its_promises_hold(begin in starts(), moves in moves()) {
        play(&begin, &moves)?;
    }

    #[test]
    fn deeds_are_undone_in_any_order(
        begin in starts(),
        moves in moves(),
        first in prop_oneof![released(), arranged()],
        second in arranged(),
    ) {
        undo_in_order(&begin, &moves, &first, &second)?;
    }
}
