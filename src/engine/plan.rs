//! A plan as its facts leave it, and what can be derived from it for a day.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::arrange::Arrangement;
use super::calendar::Dated;
pub use super::cast::{Cast, Mentoring};
use super::chain::{self, Link};
use super::release::{Curriculum, Field, Join, Release, StepDef};
use super::vocabulary::{MemberId, PersonId, PlanId, Role, StepId, StepKey, WritingId, split_run};

/// One person's run of a release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    pub id: PlanId,
    /// How many facts it has; the number of the newest.
    pub version: u64,
    /// The newest link of the chain.
    pub head: Link,
    /// The hash of the release it is pinned to.
    pub release: String,
    pub calendar: String,
    /// The day the manager takes the role.
    pub effective: NaiveDate,
    pub started_at: DateTime<Utc>,
    pub cast: Cast,
    pub members: BTreeMap<MemberId, Membership>,
    /// The runs of playbooks by their names (`p`, then `p~2`), and the day each began.
    pub launches: BTreeMap<String, NaiveDate>,
    /// What was arranged for this plan and no other.
    pub arranged: Arrangement,
    pub steps: BTreeMap<StepKey, Step>,
}

/// A member's time on the roster of this plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Membership {
    pub joined: NaiveDate,
    pub left: Option<NaiveDate>,
}

/// A step of the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    pub opens: Dated,
    pub due: Dated,
    pub state: StepState,
    /// The number of the last fact that touched it.
    pub touched: u64,
}

/// By which a fact names a writing without holding its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct WritingRef {
    pub id: WritingId,
    /// SHA-256 over salt and body.
    #[serde(with = "hex::serde")]
    pub digest: Link,
}

/// Where a step stands; what only time changes is not here but in [`Standing`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum StepState {
    /// Not done; `earlier` is what was handed in before it was taken back.
    Todo {
        earlier: Option<WritingRef>,
    },
    /// Waits for the reviewer.
    HandedIn {
        at: DateTime<Utc>,
        by: PersonId,
        evidence: Option<WritingRef>,
    },
    /// The reviewer sent it back with a line.
    Returned {
        at: DateTime<Utc>,
        by: PersonId,
        line: WritingRef,
        evidence: Option<WritingRef>,
        /// Who had handed it in, and when.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        handed_in: Option<HandIn>,
    },
    Done {
        at: DateTime<Utc>,
        by: PersonId,
        evidence: Option<WritingRef>,
        review: Option<Review>,
    },
    /// A turn of a ritual that was not done before the next one opened.
    Lapsed {
        at: DateTime<Utc>,
    },
    Closed {
        at: DateTime<Utc>,
        reason: CloseReason,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        line: Option<WritingRef>,
        /// What had been written by then.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        evidence: Option<WritingRef>,
    },
}

/// Who handed something in, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandIn {
    pub at: DateTime<Utc>,
    pub by: PersonId,
}

/// The reviewer's yes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    pub at: DateTime<Utc>,
    pub by: PersonId,
    pub line: Option<WritingRef>,
}

/// Why a step was closed without being done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CloseReason {
    MemberLeft,
    /// The answers opened another branch.
    NotTaken,
    /// What it recurred until is closed.
    Ended,
    /// Somebody took it out of this plan, with a reason.
    Waived,
    /// Its curriculum was left out of this plan.
    Skipped,
    /// The plan ended before it was done.
    PlanEnded,
}

impl StepState {
    /// Nothing more is expected of it.
    pub fn is_closed(&self) -> bool {
        matches!(self, StepState::Done { .. } | StepState::Lapsed { .. } | StepState::Closed { .. })
    }

    pub fn is_done(&self) -> bool {
        matches!(self, StepState::Done { .. })
    }

    /// As it waited for its reviewer, once more; anything else as it is.
    pub(super) fn reconsidered(&self) -> StepState {
        match self {
            StepState::Done { at, by, evidence, review: Some(_) } => {
                StepState::HandedIn { at: *at, by: *by, evidence: *evidence }
            }
            StepState::Returned { evidence, handed_in: Some(HandIn { at, by }), .. } => {
                StepState::HandedIn { at: *at, by: *by, evidence: *evidence }
            }
            other => other.clone(),
        }
    }

    /// The evidence that stands, or stood before it was taken back.
    pub fn evidence(&self) -> Option<WritingRef> {
        match self {
            StepState::Todo { earlier } => *earlier,
            StepState::HandedIn { evidence, .. }
            | StepState::Returned { evidence, .. }
            | StepState::Closed { evidence, .. }
            | StepState::Done { evidence, .. } => *evidence,
            StepState::Lapsed { .. } => None,
        }
    }

    /// When it was closed.
    pub fn closed_at(&self) -> Option<DateTime<Utc>> {
        match self {
            StepState::Done { at, review, .. } => Some(review.as_ref().map_or(*at, |review| review.at)),
            StepState::Lapsed { at } | StepState::Closed { at, .. } => Some(*at),
            _ => None,
        }
    }
}

/// Where a step stands on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// Opens later.
    Later,
    /// Waits for other steps.
    Blocked {
        by: Vec<StepKey>,
    },
    /// Open, due in this many calendar days (0: today).
    Open {
        days: i64,
    },
    /// Open and late by this many calendar days.
    Overdue {
        days: i64,
    },
    /// Handed in; waits for the reviewer.
    InReview {
        by: Role,
    },
    Closed,
}

impl Standing {
    pub fn is_actionable(&self) -> bool {
        matches!(self, Standing::Open { .. } | Standing::Overdue { .. })
    }
}

/// Done and expected, rituals apart.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Progress {
    pub done: usize,
    pub all: usize,
}

impl Progress {
    /// Whole per cent; an empty plan has nothing left.
    pub fn percent(&self) -> usize {
        (self.done * 100).checked_div(self.all).unwrap_or(100)
    }
}

impl Plan {
    /// The plan before its first fact.
    pub fn unwritten(id: PlanId) -> Plan {
        let nobody = PersonId(uuid::Uuid::nil());
        Plan {
            id,
            version: 0,
            head: chain::ROOT,
            release: String::new(),
            calendar: String::new(),
            effective: NaiveDate::MIN,
            started_at: DateTime::<Utc>::MIN_UTC,
            cast: Cast { manager: nobody, superior: nobody, hr: nobody, mentor: Mentoring::Nobody },
            members: BTreeMap::new(),
            launches: BTreeMap::new(),
            arranged: Arrangement::default(),
            steps: BTreeMap::new(),
        }
    }

    /// The steps that `step` waits for and that are not closed, in plan order. Work that was handed in
    /// once is never locked again: somebody who joins later must not stop a correction.
    pub fn blockers(&self, step: &Step, def: &StepDef) -> Vec<StepKey> {
        if matches!(step.state, StepState::Returned { .. } | StepState::Todo { earlier: Some(_) }) {
            return Vec::new();
        }
        let due = step.due.date;
        let mut by: Vec<StepKey> = def.after.iter().flat_map(|id| self.unclosed(id, def, due)).collect();
        for join in &def.joins {
            let (open, all) = self.joined(join, def, due);
            if all - open.len() < join.at_least.of(all) {
                by.extend(open);
            }
        }
        by.sort();
        by.dedup();
        by
    }

    /// The steps of its joins that a step goes on without, once enough of them are closed.
    pub fn left_out(&self, key: &StepKey, def: &StepDef) -> Vec<StepKey> {
        let due = self.due(key);
        def.joins.iter().flat_map(|join| self.joined(join, def, due).0).collect()
    }

    /// What a step asks for now: its form, and why it goes on without a part of what it joins.
    pub fn asks(&self, key: &StepKey, def: &StepDef) -> Vec<Field> {
        let due = self.due(key);
        let reasons = def.joins.iter().filter(|join| !self.joined(join, def, due).0.is_empty());
        def.ask.iter().cloned().chain(reasons.map(|join| join.reason.clone())).collect()
    }

    /// Every turn of a step for every member, in their order.
    pub fn of<'a>(&'a self, id: &'a StepId) -> impl Iterator<Item = (&'a StepKey, &'a Step)> {
        let first = StepKey { id: id.clone(), member: None, turn: 0 };
        self.steps.range(first..).take_while(move |(key, _)| key.id == *id)
    }

    fn due(&self, key: &StepKey) -> NaiveDate {
        self.steps.get(key).map_or(NaiveDate::MAX, |step| step.due.date)
    }

    /// The first turns of a step for which something due on a day waits. Who joins so late that their
    /// own day comes after it is not waited for.
    fn firsts<'a>(&'a self, id: &'a StepId, due: NaiveDate) -> impl Iterator<Item = (&'a StepKey, &'a Step)> {
        let is_late = move |key: &StepKey, step: &Step| {
            let joined = key.member.and_then(|member| self.members.get(&member)).map(|member| member.joined);
            joined.is_some_and(|on| on > self.effective) && step.due.date > due
        };
        self.of(id).filter(move |(key, step)| key.turn == 1 && !is_late(key, step))
    }

    /// Those of [`Plan::firsts`] that are not closed; the step itself while it may still come.
    fn unclosed(&self, id: &StepId, def: &StepDef, due: NaiveDate) -> Vec<StepKey> {
        if def.pending.contains(id) && self.of(id).next().is_none() {
            return vec![StepKey::first(id, None)];
        }
        self.firsts(id, due).filter(|(_, step)| !step.state.is_closed()).map(|(key, _)| key.clone()).collect()
    }

    /// Those of a join that are not closed, and how many there are.
    fn joined(&self, join: &Join, def: &StepDef, due: NaiveDate) -> (Vec<StepKey>, usize) {
        let open: Vec<StepKey> = join.of.iter().flat_map(|id| self.unclosed(id, def, due)).collect();
        let firsts = |id: &StepId| self.firsts(id, due).count();
        let pending = open.iter().filter(|key| firsts(&key.id) == 0).count();
        let all = join.of.iter().map(firsts).sum::<usize>() + pending;
        (open, all)
    }

    /// How far the plan has come by `today`: while it rests, nothing opens and nothing becomes late.
    pub fn reached(&self, today: NaiveDate) -> NaiveDate {
        self.arranged.paused.map_or(today, |paused| today.min(paused.from))
    }

    /// The day up to which its days are counted: a plan that rests stands on the day before.
    pub fn counted_until(&self, today: NaiveDate) -> NaiveDate {
        let rests = self.arranged.paused.and_then(|paused| paused.from.pred_opt());
        rests.map_or(today, |last| last.min(today))
    }

    /// Where a step stands on `today`.
    pub fn standing(&self, step: &Step, def: &StepDef, today: NaiveDate) -> Standing {
        match &step.state {
            StepState::HandedIn { .. } => Standing::InReview { by: def.review.unwrap_or(Role::Mentor) },
            state if state.is_closed() => Standing::Closed,
            _ if step.opens.date > self.reached(today) => Standing::Later,
            _ => {
                let by = self.blockers(step, def);
                let today = self.reached(today);
                let days = (step.due.date - today).num_days();
                let days = if days < 0 { (days + self.arranged.days_away(step.due.date, today)).min(-1) } else { days };
                if !by.is_empty() {
                    Standing::Blocked { by }
                } else if days < 0 {
                    Standing::Overdue { days: -days }
                } else {
                    Standing::Open { days }
                }
            }
        }
    }

    /// How far the plan is. Turns of rituals and steps closed for a leaver do not count.
    pub fn progress(&self, release: &Release) -> Progress {
        self.counted(release).fold(Progress::default(), |progress, (_, step)| Progress {
            done: progress.done + usize::from(step.state.is_done()),
            all: progress.all + 1,
        })
    }

    /// How many of the steps that progress counts as done were closed at moments that `is_in` holds.
    pub fn done_in(&self, release: &Release, is_in: impl Fn(DateTime<Utc>) -> bool) -> usize {
        let done = self.counted(release).filter(|(_, step)| step.state.is_done());
        done.filter_map(|(_, step)| step.state.closed_at()).filter(|at| is_in(*at)).count()
    }

    /// When the last of the counted steps was closed; none while one is open.
    pub fn completed_at(&self, release: &Release) -> Option<DateTime<Utc>> {
        let closed: Option<Vec<_>> = self.counted(release).map(|(_, step)| step.state.closed_at()).collect();
        closed?.into_iter().max()
    }

    /// Whether nobody works on it any more: it ended, or everything that was listed is closed.
    pub fn is_over(&self, release: &Release) -> bool {
        self.arranged.ended.is_some() || self.completed_at(release).is_some()
    }

    fn counted<'a>(&'a self, release: &'a Release) -> impl Iterator<Item = (&'a StepKey, &'a Step)> {
        let defs = release.by_id();
        self.steps.iter().filter(move |(key, step)| {
            let is_dropped = matches!(step.state, StepState::Closed { reason, .. } if reason != CloseReason::PlanEnded);
            !is_dropped && defs.get(&key.id).is_some_and(|def| !def.is_ritual_turn(key.turn))
        })
    }

    /// The runs of a playbook, by the names of their curricula, and the day each began.
    pub fn runs<'a>(&'a self, playbook: &'a str) -> impl Iterator<Item = (&'a str, NaiveDate)> {
        let is_run = move |run: &str| split_run(run).map_or(run, |(of, _)| of) == playbook;
        self.launches.iter().filter(move |(run, _)| is_run(run)).map(|(run, on)| (run.as_str(), *on))
    }

    /// Whether a run of a playbook has work left; its rituals end with it.
    pub fn is_running(&self, release: &Release, playbook: &str) -> bool {
        let runs: Vec<&str> = self.runs(playbook).map(|(run, _)| run).collect();
        release.curricula.iter().any(|one| runs.contains(&one.name.as_str()) && self.has_work(one))
    }

    /// Whether something in a curriculum is open.
    pub(super) fn has_work(&self, curriculum: &Curriculum) -> bool {
        curriculum.steps.iter().flat_map(|def| self.of(&def.id)).any(|(_, step)| !step.state.is_closed())
    }

    /// Members who are on the roster now.
    pub fn present(&self) -> impl Iterator<Item = MemberId> + '_ {
        self.members.iter().filter(|(_, membership)| membership.left.is_none()).map(|(member, _)| *member)
    }

    /// The newest turn of each chain of turns (a step, or a step for one member).
    pub fn newest_turns(&self) -> BTreeMap<(String, Option<MemberId>), (&StepKey, &Step)> {
        // Keys sort by turn within a chain, so the last one stays.
        self.steps.iter().map(|(key, step)| ((key.id.0.clone(), key.member), (key, step))).collect()
    }
}
