//! Mentors for whom something waits.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};

use super::MentorBacklog;
use crate::app::pages::people::href;
use crate::app::worlds::{Names, PlanWorld};
use crate::engine::access::holder_on;
use crate::engine::plan::{Standing, StepState};
use crate::engine::vocabulary::{PersonId, Role};
use crate::engine::zone::local_date;

/// What waits for each mentor over all plans that go on, the longest wait first. While somebody stands in
/// for a mentor, it waits for them.
pub(super) fn of_mentors(
    worlds: &[PlanWorld],
    names: &Names,
    base_url: &str,
    now: DateTime<Utc>,
) -> Vec<MentorBacklog> {
    let mut found: BTreeMap<PersonId, MentorBacklog> = BTreeMap::new();
    for world in worlds {
        let (plan, today) = (&world.plan, world.today(now));
        let Some(mentor) = holder_on(plan, Role::Mentor, today) else { continue };
        if plan.is_over(&world.release) || plan.arranged.rests_on(today) {
            continue;
        }
        for (is_review, since) in waiting(world, today) {
            let row = found.entry(mentor).or_insert_with(|| MentorBacklog {
                mentor: names.person(mentor),
                reviews: 0,
                steps: 0,
                since,
                url: format!("{base_url}{}", href(mentor)),
            });
            *(if is_review { &mut row.reviews } else { &mut row.steps }) += 1;
            row.since = row.since.min(since);
        }
    }
    let mut rows: Vec<MentorBacklog> = found.into_values().collect();
    rows.sort_by(|a, b| (a.since, &a.mentor).cmp(&(b.since, &b.mentor)));
    rows
}

/// What waits for the mentor of a plan: whether it is an answer, and since when.
fn waiting(world: &PlanWorld, today: NaiveDate) -> impl Iterator<Item = (bool, NaiveDate)> + '_ {
    world.plan.steps.iter().filter_map(move |(key, step)| {
        let def = world.release.step(&key.id)?;
        match (world.plan.standing(step, def, today), &step.state) {
            (Standing::InReview { by: Role::Mentor }, StepState::HandedIn { at, .. }) => {
                Some((true, local_date(*at, world.zone())))
            }
            (Standing::Overdue { .. }, _) if def.who == Role::Mentor => Some((false, step.due.date)),
            _ => None,
        }
    })
}
