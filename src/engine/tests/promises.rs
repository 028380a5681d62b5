//! What must hold of every plan, whatever was done to it. Each says what broke, with the step.

use std::collections::BTreeMap;

use chrono::{NaiveDate, TimeDelta};

use super::Game;
use super::change::Life;
use super::programs::lineage;
use crate::engine::calendar::{Anchor, AwayCause};
use crate::engine::condition::Path;
use crate::engine::fact::{Fact, What, fold, seal};
use crate::engine::growth::Ground;
use crate::engine::plan::{Plan, Standing, Step, StepState};
use crate::engine::redate::redated;
use crate::engine::release::{Day, StepDef};
use crate::engine::ritual;
use crate::engine::undo::Done;
use crate::engine::vocabulary::{StepId, StepKey};

mod turns;

type Kept = Result<(), String>;

fn ensure(holds: bool, why: impl FnOnce() -> String) -> Kept {
    if holds { Ok(()) } else { Err(why()) }
}

/// Everything that can be said after each move. `before` is the plan before it, and `undone` what it
/// undid.
pub(super) fn hold(life: &Life, undone: Option<&Done>, before: &Plan) -> Kept {
    // Of a request that was refused, nothing can have come.
    if life.game.plan.version == before.version {
        return Ok(());
    }
    finished_work_stands(life, before)?;
    nothing_is_asked_twice(life)?;
    nothing_is_stuck(life)?;
    dates_are_days_that_count(life)?;
    dates_go_forward(life)?;
    counting_again_changes_nothing(life, before)?;
    nothing_becomes_late_in_a_pause(life)?;
    nothing_opens_on_leave(life, before, undone)?;
    only_what_was_open_stays_open(life, before, undone)?;
    a_deed_lapses_nothing(life, before)?;
    turns::rituals_go_on(life, before)?;
    turns::listed_days_that_stay_are_asked(life, before, undone)?;
    undoing_at_once_is_exact(life, before)?;
    undone.map_or(Ok(()), |done| later_work_is_kept(life, before, done))
}

/// The facts alone, through their stored text, lead to the plan as it was kept step by step, and to the
/// same chain.
pub(super) fn replays(life: &Life) -> Kept {
    let Game { plan, facts, .. } = &life.game;
    let mut replayed = Plan::unwritten(plan.id);
    for fact in facts {
        let stored = serde_json::to_string(fact).map_err(|error| error.to_string())?;
        let read: Fact = serde_json::from_str(&stored).map_err(|error| format!("{error}: {stored}"))?;
        ensure(read == *fact, || format!("{stored} reads as another fact"))?;
        replayed = fold(replayed, &read);
    }
    let heads = || seal(&Plan::unwritten(plan.id), facts).map(|sealed| sealed.last().map(|last| last.link));
    let (one, other) = (heads().map_err(|e| e.to_string())?, heads().map_err(|e| e.to_string())?);
    ensure(one == other && one == Some(plan.head), || "the chain has another head".to_owned())?;
    replayed.head = plan.head;
    ensure(replayed == *plan, || "the facts lead to another plan".to_owned())
}

/// The facts of the last move.
fn new_facts<'a>(life: &'a Life, before: &Plan) -> &'a [Fact] {
    &life.game.facts[usize::try_from(before.version).unwrap_or(0)..]
}

/// The step in a plan in which it may have another name.
fn under_any_name<'a>(plan: &'a Plan, key: &'a StepKey) -> impl Iterator<Item = &'a Step> {
    let is_same = |other: &&StepKey| {
        lineage(&other.id) == lineage(&key.id) && (other.member, other.turn) == (key.member, key.turn)
    };
    plan.steps.iter().filter(move |(other, _)| is_same(other)).map(|(_, step)| step)
}

/// What is done stays done, exactly as it was done, under its name or its new one; but for what somebody
/// took back.
fn finished_work_stands(life: &Life, before: &Plan) -> Kept {
    let plan = &life.game.plan;
    let taken_back = |key: &StepKey| {
        let is_of = |fact: &Fact| match &fact.what {
            What::TakenBack { step, .. } | What::Reconsidered { step, .. } => step == key,
            _ => false,
        };
        new_facts(life, before).iter().any(is_of)
    };
    for (key, step) in before.steps.iter().filter(|(_, step)| step.state.is_done()) {
        let stands = under_any_name(plan, key).any(|now| now.state == step.state);
        ensure(taken_back(key) || stands, || format!("{key} was done"))?;
    }
    Ok(())
}

/// No step stands under two names, and a step that was done for all is not asked of each, or the other
/// way round.
fn nothing_is_asked_twice(life: &Life) -> Kept {
    let mut turns: BTreeMap<_, Vec<(&StepKey, &Step)>> = BTreeMap::new();
    for (key, step) in &life.game.plan.steps {
        turns.entry((lineage(&key.id), key.turn)).or_default().push((key, step));
    }
    for same in turns.values() {
        for (key, step) in same.iter().filter(|(_, step)| step.state.is_done()) {
            let is_again = |(other, now): &&(&StepKey, &Step)| {
                let is_other = other.id != key.id || other.member.is_some() != key.member.is_some();
                let for_same = other.member == key.member || other.member.is_none() || key.member.is_none();
                is_other && for_same && !now.state.is_closed() && step.state.is_done()
            };
            let again = same.iter().find(is_again);
            ensure(again.is_none(), || format!("{key} is done, and asked again as {:?}", again.map(|(key, _)| key)))?;
        }
    }
    Ok(())
}

/// Every open step can be done, opens later, waits for its reviewer, or waits for steps of which the same
/// holds; and the release says what it is.
fn nothing_is_stuck(life: &Life) -> Kept {
    let Game { plan, release, .. } = &life.game;
    for (key, _) in plan.steps.iter().filter(|(_, step)| !step.state.is_closed() || step.state.is_done()) {
        ensure(release.step(&key.id).is_some(), || format!("nothing says what {key} is"))?;
    }
    let far = life.today() + TimeDelta::days(400);
    for (key, _) in plan.steps.iter().filter(|(_, step)| !step.state.is_closed()) {
        moves(life, key, far, &mut Vec::new())?;
    }
    Ok(())
}

fn moves(life: &Life, key: &StepKey, far: NaiveDate, path: &mut Vec<StepKey>) -> Kept {
    let Game { plan, release, .. } = &life.game;
    ensure(!path.contains(key), || format!("{key} waits for itself: {path:?}"))?;
    path.push(key.clone());
    match (plan.steps.get(key), release.step(&key.id)) {
        (_, None) => return Err(format!("{key} is waited for, and is in no release: {path:?}")),
        (Some(step), Some(def)) => {
            if let Standing::Blocked { by } = plan.standing(step, def, far) {
                for blocker in by {
                    let is_closed = plan.steps.get(&blocker).is_some_and(|step| step.state.is_closed());
                    ensure(!is_closed, || format!("{key} waits for {blocker}, which is closed"))?;
                    moves(life, &blocker, far, path)?;
                }
            }
        }
        (None, Some(def)) => may_come(life, def, far, path)?,
    }
    path.pop();
    Ok(())
}

/// A step that does not stand in the plan waits for an answer, a date, a member or a launch.
fn may_come(life: &Life, def: &StepDef, far: NaiveDate, path: &mut Vec<StepKey>) -> Kept {
    let plan = &life.game.plan;
    if def.each.is_some() && plan.present().next().is_none() {
        return Ok(());
    }
    let asked = def.when.iter().flat_map(|when| when.paths()).filter_map(|path| match path {
        Path::Answer { step, .. } => Some(step.clone()),
        _ => None,
    });
    let days = def.windows.iter().filter_map(|window| window.due.waits_for().cloned());
    let mut reasons: Vec<StepId> = asked.chain(days).collect();
    reasons.dedup();
    // A step that the plan does not have answers nothing.
    reasons.retain(|id| life.game.release.step(id).is_some());
    let mut waits = false;
    for id in reasons {
        let turns: Vec<&StepKey> = plan.of(&id).map(|(key, _)| key).collect();
        if turns.is_empty() {
            waits = true;
            moves(life, &StepKey::first(&id, None), far, path)?;
        }
        // Of a step that recurs, another turn may bring the answer.
        waits |= life.game.release.step(&id).is_some_and(|def| def.every.is_some() || def.follows_turns());
        for key in turns.into_iter().filter(|key| plan.steps.get(*key).is_some_and(|step| !step.state.is_closed())) {
            waits = true;
            moves(life, key, far, path)?;
        }
    }
    ensure(waits, || format!("{} never comes, and {path:?} wait for it", def.id))
}

fn opened_before(life: &Life, step: &Step) -> bool {
    // What stood open stays open; a later deed moves its due day alone.
    step.opens.date <= life.today()
}

/// Open steps open and are due on days that count in this plan, in this order.
fn dates_are_days_that_count(life: &Life) -> Kept {
    let Game { plan, calendar, .. } = &life.game;
    if plan.arranged.ended.is_some() {
        return Ok(());
    }
    let is_passed =
        |key: &StepKey| life.game.release.step(&key.id).is_some_and(|def| ritual::is_passed(plan, def, key));
    for (key, step) in plan.steps.iter().filter(|(key, step)| !step.state.is_closed() && !is_passed(key)) {
        let (opens, due) = (step.opens.date, step.due.date);
        ensure(opens <= due, || format!("{key} opens on {opens} and is due on {due}: {step:?}"))?;
        ensure(calendar.counts(due), || format!("{key} is due on {due}, which does not count: {step:?}"))?;
        let counts = calendar.counts(opens) || opened_before(life, step);
        ensure(counts, || format!("{key} opens on {opens}, which does not count: {step:?}"))?;
    }
    Ok(())
}

/// Plan days in their order are days in their order; and of the turns of a step, a later one is due later.
fn dates_go_forward(life: &Life) -> Kept {
    let Game { plan, release, .. } = &life.game;
    if plan.arranged.ended.is_some() {
        return Ok(());
    }
    for curriculum in &release.curricula {
        // A step whose day is no longer a plan day keeps the old one until its own is known.
        let counted = curriculum.steps.iter().filter(|def| matches!(def.windows[0].due, Day::Plan(_)));
        // And a turn that only an upgrade had which was undone, once somebody worked at it.
        let open = counted.flat_map(|def| {
            plan.of(&def.id).filter(|(key, _)| key.turn <= def.listed() && !ritual::is_passed(plan, def, key))
        });
        let mut days: Vec<(u16, NaiveDate, &StepKey)> = open
            .filter(|(_, step)| !step.state.is_closed())
            .filter_map(|(key, step)| match step.due.why.from {
                Anchor::PlanDay { n, .. } => Some((n, step.due.date, key)),
                _ => None,
            })
            .collect();
        days.sort();
        for pair in days.windows(2) {
            ensure(pair[0].1 <= pair[1].1, || format!("{:?} and {:?} are in no order", pair[0], pair[1]))?;
        }
    }
    Ok(())
}

/// Nothing would move if the dates were counted over again: after a deed or an undoing, never; and what is
/// counted twice is as after once.
fn counting_again_changes_nothing(life: &Life, before: &Plan) -> Kept {
    let Game { plan, release, calendar, known, .. } = &life.game;
    if plan.arranged.ended.is_some() {
        return Ok(());
    }
    let zone = chrono_tz::Asia::Taipei;
    let ground = Ground { release, calendar, zone, known, today: life.today(), is_change: false };
    let moved = redated(&ground, plan);
    let recounted = |fact: &Fact| matches!(fact.what, What::Deed { .. });
    if new_facts(life, before).iter().any(recounted) {
        ensure(moved.is_empty(), || format!("counted again, {moved:?}"))?;
    }
    let at = |what: &What| Fact { v: 2, at: life.game.now, by: None, what: what.clone() };
    let settled = moved.iter().fold(plan.clone(), |plan, what| fold(plan, &at(what)));
    let again = if moved.is_empty() { moved } else { redated(&ground, &settled) };
    ensure(again.is_empty(), || format!("counted twice, {again:?}"))
}

/// No day of a pause opens a step, or makes one late that was not late when it began.
fn nothing_becomes_late_in_a_pause(life: &Life) -> Kept {
    let Game { plan, release, .. } = &life.game;
    let Some(paused) = plan.arranged.paused else { return Ok(()) };
    let far = life.today() + TimeDelta::days(300);
    for (key, step) in &plan.steps {
        let Some(def) = release.step(&key.id).filter(|_| !step.state.is_closed()) else { continue };
        let opens = step.opens.date > paused.from && plan.standing(step, def, far) != Standing::Later;
        ensure(!opens || matches!(step.state, StepState::HandedIn { .. }), || format!("{key} opens in a pause"))?;
        let (then, later) = (plan.standing(step, def, paused.from), plan.standing(step, def, far));
        let is_late = |standing: &Standing| matches!(standing, Standing::Overdue { .. });
        let becomes = is_late(&later) && step.due.date >= paused.from;
        ensure(!becomes, || format!("{key}, {then:?} when the pause began, becomes {later:?}"))?;
    }
    Ok(())
}

/// Nothing that was not open yet opens on a day of leave.
fn nothing_opens_on_leave(life: &Life, before: &Plan, undone: Option<&Done>) -> Kept {
    let plan = &life.game.plan;
    let leaves = plan.arranged.away.iter().filter(|away| away.cause == AwayCause::Leave);
    for away in leaves {
        for (key, step) in plan.steps.iter().filter(|(_, step)| matches!(step.state, StepState::Todo { .. })) {
            let opens = step.opens.date;
            let stood = under_any_name(before, key).any(|was| was.opens.date == opens);
            // What undoing brings back was open before.
            let is_new = opens > life.today() || !(stood || undone.is_some());
            ensure(!(is_new && away.span.holds(opens)), || format!("{key} opens on {opens}, a day of leave"))?;
        }
    }
    Ok(())
}

/// Of a step that opens on a day on which it stood open, this is so.
fn only_what_was_open_stays_open(life: &Life, before: &Plan, undone: Option<&Done>) -> Kept {
    for (key, step) in &life.game.plan.steps {
        let Anchor::Stood { on } = step.opens.why.from else { continue };
        let stood = |was: &Step| was.opens.date == on && on <= life.today();
        let is_known = under_any_name(before, key).any(stood) || undone.is_some();
        ensure(is_known, || format!("{key} did not stand open on {on}"))?;
    }
    Ok(())
}

/// What is arranged for a plan may move a turn, and leaves it to the next one to end it.
fn a_deed_lapses_nothing(life: &Life, before: &Plan) -> Kept {
    let new = || new_facts(life, before).iter().map(|fact| &fact.what);
    if !new().any(|what| matches!(what, What::Deed { .. } | What::Undone { .. })) {
        return Ok(());
    }
    let has_come = |lapsed: &StepKey| {
        new().any(|what| matches!(what, What::Planned { step, .. } if step.chain() == lapsed.chain()))
    };
    let mut lapsed = new().filter_map(|what| if let What::Lapsed { step } = what { Some(step) } else { None });
    lapsed.find(|step| !has_come(step)).map_or(Ok(()), |step| Err(format!("{step} lapsed")))
}

/// A deed that is undone before anything else happens leaves the plan exactly as it was before.
fn undoing_at_once_is_exact(life: &Life, before: &Plan) -> Kept {
    let facts = &life.game.facts;
    for (seq, fact) in (1_u64..).zip(facts).skip(usize::try_from(before.version).unwrap_or(0)) {
        let What::Deed { deed, .. } = &fact.what else { continue };
        let (done, undoing) = life.undoing(seq).ok_or(format!("{deed:?} can't be undone"))?;
        let back = undoing.iter().fold(life.game.plan.clone(), fold);
        let was = &done.before;
        for key in was.steps.keys().chain(back.steps.keys()) {
            let (one, other) = (was.steps.get(key), back.steps.get(key));
            ensure(one == other, || format!("undone at once, {key} was {one:?} and is {other:?}"))?;
        }
        ensure(was.arranged == back.arranged, || format!("undone: {:?} and {:?}", was.arranged, back.arranged))?;
        ensure(was.members == back.members, || "undone: the roster is another".to_owned())?;
        ensure(was.launches == back.launches, || "undone: the launches are others".to_owned())?;
        let named = |plan: &Plan| (plan.release.clone(), plan.calendar.clone());
        ensure(named(was) == named(&back), || format!("undone: {:?} and {:?}", named(was), named(&back)))?;
    }
    Ok(())
}

/// Undoing an earlier deed leaves what was done, handed in or sent back since as it is.
fn later_work_is_kept(life: &Life, before: &Plan, done: &Done) -> Kept {
    let plan = &life.game.plan;
    let is_work = |state: &StepState| {
        matches!(state, StepState::Done { .. } | StepState::HandedIn { .. } | StepState::Returned { .. })
    };
    for (key, step) in before.steps.iter().filter(|(_, step)| is_work(&step.state)) {
        if done.after.steps.get(key).is_some_and(|then| then.state == step.state) {
            continue;
        }
        let stands = under_any_name(plan, key).any(|now| now.state == step.state);
        ensure(stands, || format!("undoing lost {key}, {:?}", step.state))?;
    }
    let closed = |step: &Step| match step.state {
        StepState::Closed { reason, .. } => Some(reason),
        _ => None,
    };
    for (key, was) in done.before.steps.iter().filter(|(_, was)| !was.state.is_closed()) {
        let Some(left) = done.after.steps.get(key).filter(|left| closed(left).is_some()) else { continue };
        let is_untouched = under_any_name(before, key).any(|now| now.state == left.state);
        let is_back = under_any_name(plan, key).all(|now| closed(now) != closed(left));
        ensure(!is_untouched || is_back, || format!("undoing left {key} closed, which was {:?}", was.state))?;
    }
    Ok(())
}
