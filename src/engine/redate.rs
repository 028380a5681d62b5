//! Dates over again: what the open steps of a plan would be due on by the release, the calendar and the
//! arrangements as they are now. Closed steps keep the dates on which they were done.

use super::calendar::{Anchor, AwayCause, Calendar, Dated};
use super::fact::{What, fold_what};
use super::growth::{self, Ground};
use super::plan::{Plan, Step};
use super::release::StepDef;
use super::ritual::{self, Course, Dates};
use super::vocabulary::StepKey;

/// Rounds until dates that are counted from each other have settled; two are enough for every program
/// that the compiler lets through, and a plan that would not settle keeps what it has by then.
const ROUNDS: usize = 6;

/// The steps whose dates change, and to what, in the order of the release.
pub fn redated(ground: &Ground, plan: &Plan) -> Vec<What> {
    let mut now = plan.clone();
    for round in 0..ROUNDS {
        let mut has_moved = false;
        // After the first round only those can move again that are counted from other steps' days.
        for def in ground.release.steps().filter(|def| round == 0 || def.follows_turns() || def.every.is_some()) {
            let open = now.of(&def.id).filter(|(_, step)| !step.state.is_closed()).map(|(key, _)| key);
            let open: Vec<StepKey> = open.filter(|key| !ritual::is_passed(&now, def, key)).cloned().collect();
            for key in open {
                // What a step was is asked of the plan as it stands, not of an earlier round: a day that was
                // counted on the way is nobody's.
                let (Some(was), Some(step)) = (plan.steps.get(&key), now.steps.get(&key)) else { continue };
                let dates = dates_now(ground, &now, def, &key, was).unwrap_or_else(|| on_days_that_count(ground, was));
                let dates = not_late(ground, def, (&key, was), not_shut(ground, was, dates));
                if (&dates.opens, &dates.due) != (&step.opens, &step.due) {
                    has_moved = true;
                    now = fold_what(now, &What::Moved { step: key, opens: dates.opens, due: dates.due });
                }
            }
        }
        if !has_moved {
            break;
        }
    }
    let differs = |key: &&StepKey| {
        let dates = |plan: &Plan| plan.steps.get(key).map(|step| (step.opens.clone(), step.due.clone()));
        dates(plan) != dates(&now)
    };
    let in_order = ground.release.steps().flat_map(|def| now.of(&def.id).map(|(key, _)| key));
    in_order
        .filter(differs)
        .filter_map(|key| {
            let step = now.steps.get(key)?;
            Some(What::Moved { step: key.clone(), opens: step.opens.clone(), due: step.due.clone() })
        })
        .collect()
}

/// What stands open stays open since the day on which it opened: somebody may be at it. In a pause nothing
/// came to stand open but on its first day.
fn not_shut(ground: &Ground, step: &Step, dates: Dates) -> Dates {
    let opens = step.opens.date;
    let pauses = ground.calendar.away.iter().filter(|away| away.cause == AwayCause::Pause);
    let slept = pauses.map(|away| away.span).any(|span| span.from < opens && opens <= span.until);
    let is_open = opens <= ground.today && !slept;
    if !is_open || dates.opens.date <= opens {
        return dates;
    }
    let stood = || ground.calendar.dated(opens, Anchor::Stood { on: opens }, opens);
    let opens = if again(ground.calendar, &step.opens).is_some() { step.opens.clone() } else { stood() };
    Dates { opens, ..dates }
}

/// Another release makes nothing late: what was not due before today is not due before today, and a turn
/// of another rhythm that has passed by its days begins today.
fn not_late(ground: &Ground, def: &StepDef, (key, was): (&StepKey, &Step), dates: Dates) -> Dates {
    let recurs = key.turn > def.listed() && def.is_ritual_turn(key.turn);
    let is_other_turn = recurs && dates.due.date != was.due.date;
    let may_be_late = was.due.date < ground.today && !is_other_turn;
    let becomes_late = ground.is_change && dates.due.date < ground.today && !may_be_late;
    if becomes_late { growth::not_passed(ground, def, dates) } else { dates }
}

/// What its days are counted from is open again, or gone: they stay, as far as they count.
fn on_days_that_count(ground: &Ground, step: &Step) -> Dates {
    let calendar = ground.calendar;
    let kept = |dated: &Dated| match calendar.counts(dated.date) {
        true => dated.clone(),
        false => calendar.dated(calendar.on_or_after(dated.date), dated.why.from.clone(), dated.date),
    };
    Dates { opens: kept(&step.opens), due: kept(&step.due) }
}

fn dates_now(ground: &Ground, plan: &Plan, def: &StepDef, key: &StepKey, step: &Step) -> Option<Dates> {
    let again = |dated: &Dated| again(ground.calendar, dated);
    let (opens, due) = (again(&step.opens), again(&step.due));
    // A window that was cut short by a chosen day opens with the rest; a step of this plan alone has no other.
    let is_cut = matches!(step.opens.why.from, Anchor::Chosen { .. }) && !plan.arranged.own.contains_key(&def.id);
    if let (Some(opens), Some(due)) = (&opens, &due)
        && !is_cut
    {
        return Some(Dates { opens: opens.clone(), due: due.clone() });
    }
    let counted = if key.turn <= def.listed() || def.follows_turns() {
        growth::dates(ground, plan, def, key)
    } else {
        let course = Course { plan, release: ground.release, calendar: ground.calendar };
        ritual::dates_of_turn(&course, def, key)
    };
    let mut dates = match (counted, &due) {
        (Some(dates), _) => dates,
        (None, Some(due)) => {
            Dates { opens: opens.unwrap_or_else(|| on_days_that_count(ground, step).opens), due: due.clone() }
        }
        (None, None) => return None,
    };
    // A day that somebody chose stands; the window before it opens with the rest.
    if let Some(due) = due {
        if dates.opens.date > due.date {
            dates.opens = due.clone();
        }
        dates.due = due;
    }
    Some(dates)
}

/// Days that the release does not know: set by hand, or counted from the moment a branch opened.
fn again(calendar: &Calendar, dated: &Dated) -> Option<Dated> {
    match &dated.why.from {
        Anchor::Chosen { on } => Some(calendar.dated(calendar.on_or_after(*on), dated.why.from.clone(), *on)),
        Anchor::Opened { n, on } => {
            let date = calendar.after(calendar.on_or_after(*on), *n);
            Some(calendar.dated(date, dated.why.from.clone(), *on))
        }
        _ => None,
    }
}
