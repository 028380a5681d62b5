//! The calendar of steps: what is due on which day, and why then.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::Serialize;

use super::{Played, made_up};
use crate::engine::calendar::{Anchor, Calendar, Dated, Skipped, Span, Why};
use crate::engine::plan::{Step, StepState};
use crate::engine::release::StepDef;
use crate::engine::vocabulary::{Role, StepKey, Text};
use crate::engine::workload::{is_expected, monday};

/// A day on which something is due.
#[derive(Debug, Clone, Serialize)]
pub struct DayLine {
    pub date: NaiveDate,
    pub plan_day: u16,
    /// The days off around it are not published yet.
    pub provisional: bool,
    pub steps: Vec<StepLine>,
    /// Why its dates lie where they do, where the number of its day does not say it all: they are
    /// counted from something else than the first day, or a day off or a make-up day moved them.
    pub told: Vec<Told>,
}

/// A step; the turns of several members that fall together are one line.
#[derive(Debug, Clone, Serialize)]
pub struct StepLine {
    pub id: String,
    pub title: Text,
    pub members: Vec<String>,
    pub turn: u16,
    pub who: Role,
    /// Of all the members together.
    pub minutes: u32,
    pub review: Option<Role>,
    /// The steps on a page that gathers them.
    pub parts: Vec<Text>,
    pub playbook: Option<Text>,
    pub opens: NaiveDate,
    pub opens_reason: Reason,
    pub due: NaiveDate,
    pub reason: Reason,
    /// Nothing that was played let it be done.
    pub is_left: bool,
}

/// Why a date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reason {
    /// With every day off between what it is counted from and the date.
    pub why: Why,
    /// Weekend days between the two that are worked.
    pub made_up: Vec<Skipped>,
    /// Whom it is counted for.
    pub member: Option<String>,
}

/// A reason that does not repeat what earlier ones named.
#[derive(Debug, Clone, Serialize)]
pub struct Told {
    pub reason: Reason,
    /// Days off, and make-up days, that earlier dates counted from the same day have named.
    pub earlier_off: usize,
    pub earlier_made_up: usize,
}

impl Reason {
    fn of(dated: &Dated, calendar: &Calendar, member: Option<String>) -> Reason {
        let from = counted_from(&dated.why.from);
        let span = Span { from: from.min(dated.date), until: from.max(dated.date) };
        Reason { why: dated.why.clone(), made_up: made_up(calendar, span), member }
    }

    /// Whether the number of the day, or of the turn, does not explain the date.
    fn needs_telling(&self) -> bool {
        let is_plain = matches!(
            self.why.from,
            Anchor::PlanDay { .. } | Anchor::Turn { .. } | Anchor::Recurs { moved: false, .. } | Anchor::Before { .. }
        );
        !is_plain || !self.why.skipped.is_empty() || !self.made_up.is_empty()
    }
}

/// The day that a date is counted from, forward or back.
fn counted_from(anchor: &Anchor) -> NaiveDate {
    match anchor {
        Anchor::PlanDay { effective, .. } => *effective,
        Anchor::Turn { base, .. } => *base,
        Anchor::Recurs { nominal, .. } => *nominal,
        Anchor::OnWeekday { from, .. } => *from,
        Anchor::Before { due, .. } | Anchor::BeforeTurn { due, .. } => *due,
        Anchor::Quarter { day, .. } => *day,
        Anchor::Joined { on, .. }
        | Anchor::Launched { on, .. }
        | Anchor::Closed { on, .. }
        | Anchor::Answered { on, .. }
        | Anchor::Chosen { on }
        | Anchor::Stood { on }
        | Anchor::Opened { on, .. } => *on,
    }
}

/// The days of every week up to the last one that is shown.
pub(super) fn days(played: &Played, last_day: NaiveDate) -> BTreeMap<NaiveDate, Vec<DayLine>> {
    let mut by_day: BTreeMap<NaiveDate, Vec<(usize, StepLine)>> = BTreeMap::new();
    for (at, def) in played.release.steps().enumerate() {
        for (key, step) in played.simulation.plan.of(&def.id) {
            if is_expected(step) && step.due.date <= last_day {
                add(played, by_day.entry(step.due.date).or_default(), (at, def), key, step);
            }
        }
    }
    let (mut named, mut pages) = (BTreeMap::new(), BTreeSet::new());
    let mut weeks: BTreeMap<NaiveDate, Vec<DayLine>> = BTreeMap::new();
    for (date, mut lines) in by_day {
        // A page takes its time once a week, on whichever days its steps fall.
        for (_, line) in lines.iter_mut().filter(|(_, line)| !line.parts.is_empty()) {
            let gather = played.release.program.gather.iter().find(|gather| gather.id == line.id);
            let is_first = pages.insert((monday(date), line.id.clone()));
            line.minutes = gather.filter(|_| is_first).map_or(0, |gather| u32::from(gather.effort));
        }
        // The manager's own first, then in the order of the program.
        lines.sort_by_key(|(at, line)| (line.who, *at, line.turn));
        let steps: Vec<StepLine> = lines.into_iter().map(|(_, line)| line).collect();
        let plan_day = played.calendar.plan_day_of(played.simulation.plan.effective, date);
        let provisional = steps.iter().any(|line| line.reason.why.provisional);
        let told = told(&steps, &mut named);
        weeks.entry(monday(date)).or_default().push(DayLine { date, plan_day, provisional, steps, told });
    }
    weeks
}

fn add(played: &Played, lines: &mut Vec<(usize, StepLine)>, (at, def): (usize, &StepDef), key: &StepKey, step: &Step) {
    let gather = played.release.program.gathering(&key.id).filter(|_| def.is_ritual_turn(key.turn));
    if let Some(gather) = gather
        && let Some((_, page)) = lines.iter_mut().find(|(_, line)| line.id == gather.id)
    {
        page.parts.push(def.title.clone());
        return;
    }
    let name = played.name(key);
    let reason = Reason::of(&step.due, played.calendar, name.clone());
    let same = |line: &StepLine| {
        line.id == def.id.as_str()
            && line.turn == key.turn
            && line.opens == step.opens.date
            && line.reason.why == reason.why
    };
    let line = match lines.iter_mut().find(|(_, line)| gather.is_none() && same(line)) {
        Some((_, line)) => line,
        None => {
            let mut line = StepLine {
                id: def.id.to_string(),
                title: def.title.clone(),
                members: Vec::new(),
                turn: key.turn,
                who: def.who,
                minutes: 0,
                review: def.review,
                parts: Vec::new(),
                playbook: def.playbook.as_ref().and_then(|name| played.curriculum(name)),
                opens: step.opens.date,
                opens_reason: Reason::of(&step.opens, played.calendar, name.clone()),
                due: step.due.date,
                reason,
                is_left: false,
            };
            if let Some(gather) = gather {
                line.id.clone_from(&gather.id);
                line.title = gather.title.clone();
                line.parts = vec![def.title.clone()];
            }
            lines.push((at, line));
            let Some((_, line)) = lines.last_mut() else { return };
            line
        }
    };
    if gather.is_none() {
        line.minutes += u32::from(def.effort);
        line.members.extend(name);
    }
    line.is_left |= !matches!(step.state, StepState::Done { .. });
}

/// The reasons of a day that have to be told, each once. Dates counted from the same day have passed
/// over the same days off; only those that none of them has named yet are named.
fn told(steps: &[StepLine], named: &mut BTreeMap<NaiveDate, NaiveDate>) -> Vec<Told> {
    let mut found: Vec<Told> = Vec::new();
    for line in steps.iter().filter(|line| line.reason.needs_telling()) {
        if found.iter().any(|one| one.reason.why.from == line.reason.why.from) {
            continue;
        }
        let mut reason = line.reason.clone();
        let from = counted_from(&reason.why.from);
        let until = named.get(&from).copied().filter(|_| from < line.due);
        let is_new = |day: &Skipped| until.is_none_or(|until| day.date > until);
        let (off, made_up) = (reason.why.skipped.len(), reason.made_up.len());
        reason.why.skipped = reason.why.skipped.iter().filter(|day| is_new(day)).cloned().collect();
        reason.made_up.retain(is_new);
        found.push(Told {
            earlier_off: off - reason.why.skipped.len(),
            earlier_made_up: made_up - reason.made_up.len(),
            reason,
        });
    }
    // After the whole day: two reasons of one day may count from the same one.
    for line in steps {
        let from = counted_from(&line.reason.why.from);
        if from < line.due {
            named.insert(from, line.due);
        }
    }
    found
}
