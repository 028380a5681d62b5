//! What must hold of steps that recur or have several listed days.

use chrono::{Months, NaiveDate, TimeDelta};

use super::{Kept, ensure, under_any_name};
use crate::engine::calendar::{Anchor, Calendar};
use crate::engine::plan::{Plan, StepState};
use crate::engine::release::{Day, Period, StepDef, Window};
use crate::engine::ritual::{self, Course};
use crate::engine::tests::Game;
use crate::engine::tests::change::Life;
use crate::engine::tests::programs::lineage;
use crate::engine::undo::Done;

/// A ritual whose end lies ahead has a next turn within two of its periods, and its open turn is no
/// further away.
pub(super) fn rituals_go_on(life: &Life, before: &Plan) -> Kept {
    let Game { plan, release, calendar, .. } = &life.game;
    if plan.arranged.ended.is_some() {
        return Ok(());
    }
    let course = Course { plan, release, calendar };
    for (key, step) in plan.newest_turns().into_values() {
        let Some(def) = release.step(&key.id).filter(|def| key.turn >= def.listed()) else { continue };
        let Some(every) = &def.every else { continue };
        // Of a rhythm in which somebody set a day, that day says when it goes on.
        let mut chain = plan.of(&key.id).filter(|(other, _)| other.chain() == key.chain());
        let is_set = chain.any(|(_, step)| matches!(step.due.why.from, Anchor::Chosen { .. }));
        if is_set || plan.arranged.declines(&key.id) || !ritual::moves_on(plan, step, def) {
            continue;
        }
        let far = reach(calendar, plan.effective, every.period, step.due.date);
        let next = ritual::next_turn(&course, def, key, NaiveDate::MIN).map(|(_, dates)| dates.due.date);
        let comes = next.is_some_and(|next| next <= far) || far > ritual::last_day(&every.until, plan, def, calendar);
        let turns: Vec<_> = plan.of(&key.id).map(|(key, step)| (key.to_string(), &step.due, &step.state)).collect();
        ensure(comes, || format!("{key}, due on {}, is followed by {next:?}: {turns:?}", step.due.date))?;
        let was = under_any_name(before, key).map(|was| was.due.date).max();
        let earlier = plan.of(&key.id).filter(|(other, _)| other.member == key.member && other.turn < key.turn);
        let Some(last) = earlier.map(|(_, step)| step.due.date).max() else { continue };
        let far = reach(calendar, plan.effective, every.period, last.max(life.today())).max(was.unwrap_or(last));
        let is_moved_on = matches!(step.due.why.from, Anchor::Opened { .. });
        let is_near = key.turn <= def.listed() || is_moved_on || step.due.date <= far;
        ensure(is_near, || format!("{key} is due on {}, the one before on {last}", step.due.date))?;
    }
    Ok(())
}

/// Two periods from a day, and then as many days that count as did not count since the first: a calendar
/// that is edited moves what is counted from days long past.
fn reach(calendar: &Calendar, first: NaiveDate, period: Period, from: NaiveDate) -> NaiveDate {
    let twice = match period {
        Period::WorkingDays(n) => calendar.after(from, 2 * n),
        Period::Weekly(_) => from + TimeDelta::days(14),
        Period::Months(n) => from + Months::new(u32::from(2 * n)),
    };
    let since = first.iter_days().take_while(|day| *day <= twice);
    let off = since.filter(|day| calendar.is_working(*day) && !calendar.counts(*day));
    calendar.after(twice, 3 + u16::try_from(off.count()).unwrap_or(0))
}

/// A listed day that both releases have is still asked, unless it was done.
pub(super) fn listed_days_that_stay_are_asked(life: &Life, before: &Plan, undone: Option<&Done>) -> Kept {
    let Game { plan, release, tailor, .. } = &life.game;
    if plan.release == before.release || undone.is_some() {
        return Ok(());
    }
    let Some(from) = tailor.tailored(before) else { return Ok(()) };
    let now = |was: &StepDef| release.steps().find(|now| lineage(&now.id) == lineage(&was.id));
    for (was, now) in from.steps().filter_map(|was| Some((was, now(was)?))) {
        let is_alike = now.when == was.when && now.each.is_some() == was.each.is_some();
        let is_list = is_alike && now.every.is_none() && was.every.is_none();
        if !is_list
            || plan.arranged.leaves_out(release, &now.id)
            || plan.arranged.declines(&now.id)
            || plan.arranged.declines(&was.id)
        {
            continue;
        }
        let is_known = |day: &Day| matches!(day, Day::Plan(_) | Day::Launch { .. });
        let stays = |window: &&Window| is_known(&window.due) && now.windows.iter().any(|other| other.due == window.due);
        for (turn, _) in (1..).zip(&was.windows).filter(|(_, window)| stays(window)) {
            let open = before
                .of(&was.id)
                .filter(|(key, step)| key.turn == turn && step.state == (StepState::Todo { earlier: None }));
            for (key, step) in
                open.filter(|(_, step)| matches!(step.due.why.from, Anchor::PlanDay { .. } | Anchor::Launched { .. }))
            {
                let chain = plan
                    .steps
                    .iter()
                    .filter(|(other, _)| lineage(&other.id) == lineage(&key.id) && other.member == key.member);
                let mut open = chain.filter(|(_, step)| !step.state.is_closed());
                let is_asked = open.any(|(_, now)| now.due.date == step.due.date || step.due.date < life.today());
                let days = |def: &StepDef| def.windows.iter().map(|window| window.due.clone()).collect::<Vec<_>>();
                let stand: Vec<_> =
                    plan.of(&now.id).map(|(key, step)| (key.turn, step.due.date, &step.state)).collect();
                ensure(is_asked, || {
                    format!("{key}, {:?}, is asked no more: {:?}, {:?}, {stand:?}", step.due, days(was), days(now))
                })?;
            }
        }
    }
    Ok(())
}
