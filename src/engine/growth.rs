//! How a plan grows: which steps of its release can stand in it by now.
//!
//! A step is planned once its days are known and the answers that its condition asks for are there;
//! most are from the first day on. Nothing here looks at what the plan already decided: a branch that
//! was taken stays taken.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use chrono_tz::Tz;

use super::arrange::Arrangement;
use super::calendar::{Anchor, Calendar, Dated};
use super::condition::{Path, Value};
use super::fact::{Fact, What, fold};
use super::form::{Answer, Answers};
use super::plan::{CloseReason, Plan, Step, StepState};
use super::release::{Curriculum, Day, Field, FieldKind, NOT_OBSERVED, Number, Release, StepDef, Window};
use super::ritual::{self, Course, Dates};
use super::vocabulary::{MemberId, StepId, StepKey, Text, split_run};
use super::zone::local_date;

/// What steps were answered with: those that conditions, dates and metrics ask for.
pub type Known = BTreeMap<StepKey, Answers>;

/// Where a plan grows.
pub struct Ground<'a> {
    pub release: &'a Release,
    pub calendar: &'a Calendar,
    pub zone: Tz,
    pub known: &'a Known,
    pub today: NaiveDate,
    /// A plan that takes another release: what comes to it late is not late from the start.
    pub is_change: bool,
}

/// What comes to stand in the plan, and the branches that are not taken. `add` makes a fact of it.
pub fn grow(ground: &Ground, mut plan: Plan, add: &mut dyn FnMut(What) -> Fact) {
    // A branch that is not taken may decide the next one; each round closes at least one step.
    loop {
        let found = additions(ground, &plan);
        if found.is_empty() {
            return;
        }
        for what in found {
            plan = fold(plan, &add(what));
        }
    }
}

fn additions(ground: &Ground, plan: &Plan) -> Vec<What> {
    let mut found = Vec::new();
    let is_in = |curriculum: &&Curriculum| {
        let is_launched = curriculum.launch.is_none() || plan.launches.contains_key(&curriculum.name);
        let Arrangement { skipped, over, .. } = &plan.arranged;
        let is_over = over.contains(&curriculum.name) && !plan.has_work(curriculum);
        is_launched && !skipped.contains(&curriculum.name) && !is_over
    };
    let taken = ground.release.curricula.iter().filter(is_in).flat_map(|curriculum| &curriculum.steps);
    for def in taken.filter(|def| !plan.arranged.declines(&def.id)) {
        let members: Vec<Option<MemberId>> =
            if def.each.is_some() { plan.present().map(Some).collect() } else { vec![None] };
        for member in members {
            for turn in missing_turns(ground, plan, def, member) {
                let key = StepKey { id: def.id.clone(), member, turn };
                add_turn(ground, plan, def, key, &mut found);
            }
        }
        add_ended(plan, def, &mut found);
    }
    found
}

/// The turns that should stand in the plan from now on and don't: the listed ones, or one for each
/// turn of another step, or of each row that it was answered with.
fn missing_turns(ground: &Ground, plan: &Plan, def: &StepDef, member: Option<MemberId>) -> Vec<u16> {
    // Who left and came back begins again.
    let left = |step: &Step| matches!(step.state, StepState::Closed { reason: CloseReason::MemberLeft, .. });
    let is_missing = |turn: &u16| plan.steps.get(&StepKey { id: def.id.clone(), member, turn: *turn }).is_none_or(left);
    match def.windows.first().map(|window| &window.due) {
        Some(Day::Turn { turn_of, .. }) => {
            let is_for =
                |(key, step): &(&StepKey, &Step)| key.member.is_none() || (key.member == member && !left(step));
            plan.of(turn_of).filter(is_for).map(|(key, _)| key.turn).filter(is_missing).collect()
        }
        Some(Day::Answer { step, field, column: Some(column), .. }) => {
            let is_done = |(key, step): &(&StepKey, &Step)| {
                (key.member.is_none() || key.member == member) && step.state.is_done()
            };
            let rows = plan.of(step).filter(is_done).flat_map(|(source, _)| {
                let rows = ground.known.get(source).map_or(&[][..], |answers| answers.rows(field));
                let is_dated = |row: &BTreeMap<String, String>| row.get(column).is_some_and(|cell| !cell.is_empty());
                let dated = rows.iter().enumerate().filter(move |(_, row)| is_dated(row));
                dated.filter_map(|(row, _)| source.of_row(&def.id, member, row))
            });
            rows.map(|key| key.turn).filter(is_missing).collect()
        }
        _ => (1..=def.listed()).filter(is_missing).collect(),
    }
}

impl StepKey {
    /// The row that this step stands for, and the turn of the step that was answered with it: the same
    /// member's, or everybody's.
    pub fn row_in<'k>(
        &self,
        step: &StepId,
        field: &str,
        known: &'k Known,
    ) -> Option<(StepKey, &'k BTreeMap<String, String>)> {
        let (turn, row) = self.row();
        let own = StepKey { id: step.clone(), member: self.member, turn };
        let common = StepKey { member: None, ..own.clone() };
        let (from, answers) = [own, common].into_iter().find_map(|key| Some((key.clone(), known.get(&key)?)))?;
        Some((from, answers.rows(field).get(usize::from(row))?))
    }
}

fn add_turn(ground: &Ground, plan: &Plan, def: &StepDef, key: StepKey, found: &mut Vec<What>) {
    let is_taken = match &def.when {
        Some(when) => when.holds(&|path| look(ground, plan, key.member, path)),
        None => Some(true),
    };
    let (is_taken, mut dates) = match (is_taken, dates(ground, plan, def, &key)) {
        (Some(is_taken), Some(dates)) => (is_taken, dates),
        // Its day will never be known, and nobody waits for it any longer.
        (Some(_), None) if is_never_dated(ground, plan, def, &key) => (false, opened_today(ground, def)),
        _ => return,
    };
    if ground.is_change || (def.when.is_some() && is_taken) {
        dates = not_passed(ground, def, dates);
    }
    lapse_earlier(plan, def, &key, found);
    found.push(What::Planned { step: key.clone(), opens: dates.opens, due: dates.due });
    if !is_taken {
        found.push(What::Closed { step: key, reason: CloseReason::NotTaken, line: None });
    }
}

/// A turn that recurs with another step's turns lapses when the next one comes.
fn lapse_earlier(plan: &Plan, def: &StepDef, key: &StepKey, found: &mut Vec<What>) {
    if !def.follows_turns() || !def.is_ritual_turn(key.turn) {
        return;
    }
    let chain = plan.of(&def.id).filter(|(other, _)| other.member == key.member && other.turn < key.turn);
    for (other, step) in chain {
        let is_open = matches!(step.state, StepState::Todo { .. } | StepState::Returned { .. });
        if is_open && def.is_ritual_turn(other.turn) {
            found.push(What::Lapsed { step: other.clone() });
        }
    }
}

/// The turn that stands open when what its step recurred until is closed.
fn add_ended(plan: &Plan, def: &StepDef, found: &mut Vec<What>) {
    if !ritual::has_ended(plan, def) {
        return;
    }
    for (key, step) in plan.of(&def.id).filter(|(_, step)| !step.state.is_closed()) {
        if !matches!(step.state, StepState::HandedIn { .. }) {
            found.push(What::Closed { step: key.clone(), reason: CloseReason::Ended, line: None });
        }
    }
}

/// A branch that opens late is not late from the start: its window moves to the day it opens.
pub(super) fn not_passed(ground: &Ground, def: &StepDef, dates: Dates) -> Dates {
    let today = ground.calendar.on_or_after(ground.today);
    if dates.due.date >= today {
        return dates;
    }
    opened_today(ground, def)
}

fn opened_today(ground: &Ground, def: &StepDef) -> Dates {
    let today = ground.calendar.on_or_after(ground.today);
    let length = def.windows.first().map_or(0, Window::length);
    let opened = |n: u16| {
        let from = Anchor::Opened { n, on: ground.today };
        ground.calendar.dated(ground.calendar.after(today, n), from, ground.today)
    };
    Dates { opens: opened(0), due: opened(length) }
}

/// Whether the date that a step is counted from was left empty, or was to be answered in a step that is
/// closed without an answer.
fn is_never_dated(ground: &Ground, plan: &Plan, def: &StepDef, key: &StepKey) -> bool {
    let due = def.windows.first().map(|window| &window.due);
    let Some(Day::Answer { step, field, column: None, .. }) = due else { return false };
    let path = Path::Answer { step: step.clone(), field: field.clone(), dimension: None };
    look(ground, plan, key.member, &path) == Some(Value::Nothing)
}

/// The dates of a listed turn, or of one that follows another step's turns; none while they are not known.
pub(super) fn dates(ground: &Ground, plan: &Plan, def: &StepDef, key: &StepKey) -> Option<Dates> {
    let listed = usize::from(key.turn).checked_sub(1)?;
    let is_alike = def.follows_turns() || def.is_of_rows();
    let window = if is_alike { def.windows.first() } else { def.windows.get(listed) }?;
    let (opens, due) = (dated(ground, plan, def, &window.opens, key)?, dated(ground, plan, def, &window.due, key)?);
    let weekday = ground.release.program.gathering(&def.id).filter(|_| def.is_ritual_turn(key.turn));
    let due = weekday.map_or(due.clone(), |page| ritual::on_weekday(&due, page.weekday, key.turn, ground.calendar));
    // What counts back from a date may come to lie before the plan begins.
    let first = ground.calendar.on_or_after(plan.effective);
    let begun = |dated: Dated| {
        if dated.date < first { ground.calendar.plan_day(plan.effective, 1) } else { dated }
    };
    let (opens, due) = (begun(opens), begun(due));
    // A window that counts back from a date may open before it could be known.
    let dates = Dates { opens: if opens.date > due.date { due.clone() } else { opens }, due };
    let joined = key.member.and_then(|member| Some((member, plan.members.get(&member)?.joined)));
    Some(match joined {
        Some((member, on)) if on > plan.effective => ritual::for_joiner(def, dates, (member, on), ground.calendar),
        _ => dates,
    })
}

fn dated(ground: &Ground, plan: &Plan, def: &StepDef, day: &Day, key: &StepKey) -> Option<Dated> {
    let calendar = ground.calendar;
    let title = |id: &StepId| ground.release.step(id).map_or_else(Text::default, |def| def.title.clone());
    Some(match day {
        Day::Plan(n) => calendar.plan_day(plan.effective, *n),
        Day::Launch { launch: n } => {
            let playbook = def.playbook.as_ref()?;
            let on = *plan.launches.get(playbook)?;
            let title = ground.release.curricula.iter().find(|c| c.name == *playbook)?.title.clone();
            calendar.dated(calendar.after(on, *n), Anchor::Launched { n: *n, playbook: title, on }, on)
        }
        Day::Quarter { quarter, n, not_before } => {
            // What does not count in a plan moves a day on, and never into another quarter.
            let before = plan.effective.pred_opt().unwrap_or(plan.effective);
            let first = calendar.worked_beside(before, i16::try_from(*not_before).unwrap_or(i16::MAX));
            ritual::in_quarter(*quarter, *n, first, 0, calendar)
        }
        Day::Closed { step, after: n } => {
            let on = closed_on(ground, plan, step, key.member)?;
            let from = Anchor::Closed { n: *n, step: step.clone(), title: title(step), on };
            calendar.dated(calendar.after(on, *n), from, on)
        }
        Day::Answer { step, field, column, n } => {
            let on: NaiveDate = match column {
                Some(column) => key.row_in(step, field, ground.known)?.1.get(column)?.parse().ok()?,
                None => {
                    let path = Path::Answer { step: step.clone(), field: field.clone(), dimension: None };
                    let Value::Text(on) = look(ground, plan, key.member, &path)? else { return None };
                    on.parse().ok()?
                }
            };
            let date = calendar.beside(on, *n);
            let from = Anchor::Answered { n: *n, step: step.clone(), title: title(step), on };
            calendar.dated(date, from, on)
        }
        Day::Turn { turn_of, before, .. } => {
            let own = StepKey { id: turn_of.clone(), ..key.clone() };
            let target = plan.steps.get(&own).or_else(|| plan.steps.get(&StepKey { member: None, ..own }))?;
            let due = target.due.date;
            let from = Anchor::BeforeTurn { n: *before, step: turn_of.clone(), title: title(turn_of), due };
            calendar.dated(calendar.before(due, *before), from, due)
        }
    })
}

/// The day on which the first turns of a step were closed: the same member's, or everybody's.
fn closed_on(ground: &Ground, plan: &Plan, id: &StepId, member: Option<MemberId>) -> Option<NaiveDate> {
    let mut last = None;
    for (_, step) in plan.of(id).filter(|(key, _)| key.turn == 1 && is_for(key, member)) {
        last = last.max(Some(step.state.closed_at()?));
    }
    last.map(|at| local_date(at, ground.zone))
}

/// Whether a step is of this member, or of nobody in particular; for a step without a member, of any.
fn is_for(key: &StepKey, member: Option<MemberId>) -> bool {
    key.member.is_none() || member.is_none() || key.member == member
}

/// What a path leads to in a plan, for a step of this member; none while that is not known.
pub fn look(ground: &Ground, plan: &Plan, member: Option<MemberId>, path: &Path) -> Option<Value> {
    match path {
        Path::Cast(role) => Some(Value::Bool(match role {
            super::vocabulary::Role::Mentor => plan.cast.mentor.candidate().is_some(),
            _ => true,
        })),
        Path::Roster => Some(Value::List(plan.present().map(|id| Value::Text(id.to_string())).collect())),
        Path::This { .. } => Some(Value::Nothing), // the compiler admits it in forms alone
        Path::Answer { step, field, dimension } => {
            // What was left out of the plan answers nothing.
            let Some(def) = ground.release.step(step) else { return Some(Value::Nothing) };
            let steps = || plan.of(step).filter(|(key, _)| is_for(key, member));
            let newest = steps().filter(|(_, step)| step.state.is_done()).max_by_key(|(key, _)| key.turn);
            match newest {
                Some((key, _)) => {
                    // Asked since, by another release: a step that is done is not asked again.
                    let Some(field) = def.ask.iter().find(|one| one.id == *field) else { return Some(Value::Nothing) };
                    let none = Answers::default();
                    Some(value(field, ground.known.get(key).unwrap_or(&none), dimension.as_deref()))
                }
                // A step that will never be answered has answered nothing.
                None => {
                    // Keys sort by turn within a chain, so the newest stays.
                    let newest: BTreeMap<_, _> = steps().map(|(key, step)| (key.member, (key, step))).collect();
                    let ends = |(key, step): &(&StepKey, &Step)| is_last(ground, plan, def, key, &step.state);
                    (!newest.is_empty() && newest.values().all(ends)).then_some(Value::Nothing)
                }
            }
        }
        Path::Metric { id, before } => {
            let metric = ground.release.program.metrics.iter().find(|metric| metric.id == *id)?;
            let field = ground.release.step(&metric.step)?.ask.iter().find(|field| field.id == metric.field)?;
            let mut done: Vec<_> = plan.of(&metric.step).filter(|(_, step)| step.state.is_done()).collect();
            done.sort_by_key(|(key, step)| (step.due.date, key.turn));
            let values = done.iter().rev().filter_map(|(key, _)| match value(field, ground.known.get(key)?, None) {
                value @ Value::Number(_) => Some(value),
                _ => None,
            });
            values.take(2).nth(usize::from(*before))
        }
    }
}

/// Whether a turn was closed without an answer, and no other turn comes after it.
fn is_last(ground: &Ground, plan: &Plan, def: &StepDef, key: &StepKey, state: &StepState) -> bool {
    match state {
        StepState::Lapsed { .. } | StepState::Closed { reason: CloseReason::Waived, .. } => {
            let course = Course { plan, release: ground.release, calendar: ground.calendar };
            !def.follows_turns() && ritual::next_turn(&course, def, key, ground.today).is_none()
        }
        StepState::Closed { .. } => true,
        _ => false,
    }
}

/// What an answer is worth to a condition.
pub fn value(field: &Field, answers: &Answers, dimension: Option<&str>) -> Value {
    let number = |text: &str| Number::parse(text).map_or(Value::Nothing, Value::Number);
    let text = answers.text(&field.id);
    match &field.kind {
        FieldKind::Scale { .. } | FieldKind::Number { .. } => number(text),
        FieldKind::Several { .. } => {
            Value::List(answers.many(&field.id).iter().map(|one| Value::Text(one.clone())).collect())
        }
        FieldKind::Table { .. } => Value::List(answers.rows(&field.id).iter().map(|_| Value::Nothing).collect()),
        FieldKind::Rating { .. } => {
            let given = answers.rows(&field.id).first().zip(dimension).and_then(|(row, one)| row.get(one));
            given.filter(|given| *given != NOT_OBSERVED).map_or(Value::Nothing, |given| number(given))
        }
        _ if text.is_empty() => Value::Nothing,
        _ => match answers.0.get(&field.id) {
            Some(Answer::One(text)) => Value::Text(text.clone()),
            _ => Value::Nothing,
        },
    }
}

/// The playbooks that the program offers now, and the day on which the figures that decide were
/// completed: the rule holds, no run has work left, and the figures are newer than the last run.
pub fn offered<'a>(ground: &Ground<'a>, plan: &Plan) -> Vec<(&'a Curriculum, NaiveDate)> {
    let offer = |curriculum: &'a Curriculum| {
        let offer = curriculum.launch.as_ref()?.offer.as_ref()?;
        let last = plan.runs(&curriculum.name).map(|(_, on)| on).max();
        let figured = offer.paths().into_iter().filter_map(|path| figured_on(ground, plan, path)).max()?;
        let is_offered = split_run(&curriculum.name).is_none()
            && !plan.is_running(ground.release, &curriculum.name)
            && last.is_none_or(|last| figured > last)
            && offer.holds(&|path| look(ground, plan, None, path)) == Some(true);
        is_offered.then_some((curriculum, figured))
    };
    ground.release.curricula.iter().filter_map(offer).collect()
}

/// The local day on which the newest figure or answer of a path was given.
fn figured_on(ground: &Ground, plan: &Plan, path: &Path) -> Option<NaiveDate> {
    let step = match path {
        Path::Metric { id, .. } => &ground.release.program.metrics.iter().find(|metric| metric.id == *id)?.step,
        Path::Answer { step, .. } => step,
        _ => return None,
    };
    let done = plan.of(step).filter(|(_, step)| step.state.is_done()).filter_map(|(_, step)| step.state.closed_at());
    done.max().map(|at| local_date(at, ground.zone))
}

/// The steps that stand in the plan because of a step's answers or its closing, those that stand
/// because of these, and so on. They go with it when it is taken back.
pub fn grown_from(release: &Release, plan: &Plan, key: &StepKey) -> Vec<StepKey> {
    let mut found: Vec<StepKey> = Vec::new();
    let mut causes = vec![key.clone()];
    while let Some(cause) = causes.pop() {
        for def in release.steps().filter(|def| rests_on(def, &cause.id)) {
            let grown = plan.of(&def.id).map(|(key, _)| key).filter(|grown| is_for(&cause, grown.member));
            let new: Vec<StepKey> = grown.filter(|grown| !found.contains(grown) && *grown != key).cloned().collect();
            causes.extend(new.iter().filter(|key| is_not_taken(plan, key)).cloned());
            found.extend(new);
        }
    }
    found
}

fn is_not_taken(plan: &Plan, key: &StepKey) -> bool {
    let reason = plan.steps.get(key).map(|step| &step.state);
    matches!(reason, Some(StepState::Closed { reason: CloseReason::NotTaken, .. }))
}

/// Whether it came with this step: because of its answers, or because of the day it was closed.
fn rests_on(def: &StepDef, id: &StepId) -> bool {
    let asks = |path: &&Path| matches!(path, Path::Answer { step, .. } if step == id);
    let by_condition = def.when.as_ref().is_some_and(|when| when.paths().iter().any(asks));
    let by_date = |window: &Window| match &window.due {
        Day::Closed { step, .. } | Day::Answer { step, .. } => step == id,
        _ => false,
    };
    by_condition || def.windows.iter().any(by_date)
}
