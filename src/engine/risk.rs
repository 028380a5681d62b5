//! Why a plan may not come to its end: what HR reads of it once a week.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

use super::plan::{Standing, Step, StepState};
use super::ritual::Course;
use super::vocabulary::Role;
use super::zone::local_date;

/// So many working days: what is late, or waits for an answer, for less than a week settles itself.
pub const PATIENCE: u16 = 5;

/// So many working days in which nobody did anything are no coincidence.
pub const SILENCE: u16 = 10;

/// A reason to look at a plan. Days are working days that count in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Risk {
    /// So many steps are overdue, the oldest for so long.
    Late { steps: usize, days: u16 },
    /// What was handed in waits for this reviewer.
    Unanswered { by: Role, days: u16 },
    /// There is something to do, and nothing was done for so long.
    Silent { days: u16 },
    /// The plan has begun so long ago, and nobody has said yes to being its mentor.
    NoMentor { days: u16 },
}

/// Every reason that a plan has on a day; none while it rests, before it begins and once it is over.
pub fn risks(course: &Course, zone: Tz, today: NaiveDate) -> Vec<Risk> {
    let Course { plan, release, calendar } = *course;
    let first_day = calendar.plan_date(plan.effective, 1);
    if plan.is_over(release) || plan.arranged.rests_on(today) || today < first_day {
        return Vec::new();
    }
    let since = |day: NaiveDate| {
        let days = day.iter_days().skip(1).take_while(|day| *day <= today).filter(|day| calendar.counts(*day)).count();
        u16::try_from(days).unwrap_or(u16::MAX)
    };
    let defs = release.by_id();
    let standing = |(key, step)| Some((step, plan.standing(step, defs.get(key)?, today)));
    let steps: Vec<(&Step, Standing)> = plan.steps.iter().filter_map(|(key, step)| standing((&key.id, step))).collect();

    let overdue = || steps.iter().filter(|(_, standing)| matches!(standing, Standing::Overdue { .. }));
    let oldest = overdue().map(|(step, _)| since(step.due.date)).max().unwrap_or(0);
    let late = (oldest >= PATIENCE).then(|| Risk::Late { steps: overdue().count(), days: oldest });

    let waits = steps.iter().filter_map(|(step, standing)| match (&step.state, standing) {
        (StepState::HandedIn { at, .. }, Standing::InReview { by }) => Some((since(local_date(*at, zone)), *by)),
        _ => None,
    });
    let longest = waits.max_by_key(|(days, _)| *days).filter(|(days, _)| *days >= PATIENCE);
    let unanswered = longest.map(|(days, by)| Risk::Unanswered { by, days });

    let acted = steps.iter().filter_map(|(step, _)| done_at(step)).map(|at| local_date(at, zone)).max();
    let quiet = since(acted.map_or(first_day, |day| day.max(first_day)));
    let has_work = steps.iter().any(|(_, standing)| standing.is_actionable());
    let silent = (has_work && quiet >= SILENCE).then_some(Risk::Silent { days: quiet });

    let begun = since(first_day);
    let lacks_mentor = release.program.cast.contains(&Role::Mentor) && plan.cast.mentor.mentor().is_none();
    let no_mentor = (lacks_mentor && begun >= PATIENCE).then_some(Risk::NoMentor { days: begun });

    [late, unanswered, silent, no_mentor].into_iter().flatten().collect()
}

/// When somebody did a step, if they did.
fn done_at(step: &Step) -> Option<DateTime<Utc>> {
    match &step.state {
        StepState::HandedIn { at, .. } | StepState::Done { at, .. } => Some(*at),
        StepState::Returned { handed_in, .. } => handed_in.map(|handed_in| handed_in.at),
        StepState::Todo { .. } | StepState::Lapsed { .. } | StepState::Closed { .. } => None,
    }
}
