//! On which morning the next mail reaches whom: at their hour, on a working day of theirs.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use diesel_async::AsyncPgConnection;

use super::Error;
use super::arrange::Previewed;
use super::worlds::{Library, PlanWorld};
use crate::engine::access::holder_on;
use crate::engine::compare::{self, Mail, Side};
use crate::engine::plan::Plan;
use crate::engine::vocabulary::{PersonId, Role};
use crate::engine::zone::{local_date, next_at_hour};
use crate::store::people;

/// The day of the next brief of everybody who plays a role in some plans.
#[derive(Debug, Clone, Default)]
pub struct Mornings(BTreeMap<PersonId, NaiveDate>);

impl Mornings {
    /// # Errors
    /// The database fails.
    pub async fn around(conn: &mut AsyncPgConnection, plans: &[&Plan], now: DateTime<Utc>) -> Result<Mornings, Error> {
        let ids: Vec<PersonId> = plans
            .iter()
            .flat_map(|plan| {
                let cast = &plan.cast;
                let deputy = plan.arranged.deputy.map(|deputy| deputy.who);
                [Some(cast.manager), Some(cast.superior), Some(cast.hr), cast.mentor.candidate(), deputy]
            })
            .flatten()
            .collect();
        let (mut library, mut mornings) = (Library::default(), BTreeMap::new());
        for person in people::some(conn, &ids).await? {
            let calendar = library.calendar(conn, &person.calendar).await?;
            let next = next_at_hour(now, person.brief_hour, person.zone, |day| calendar.is_working(day));
            mornings.extend(next.map(|next| (person.id, local_date(next, person.zone))));
        }
        Ok(Mornings(mornings))
    }

    /// What the next briefs would name besides, and no longer.
    pub fn mail(&self, previewed: &Previewed, today: NaiveDate) -> Mail {
        fn side(world: &PlanWorld) -> Side<'_> {
            Side { plan: &world.plan, release: &world.release, calendar: &world.calendar }
        }
        let Previewed { before, after } = previewed;
        let morning = |role: Role| {
            let holder = holder_on(&after.plan, role, today);
            // Nobody plays it yet: whoever comes to reads on the plan's days.
            let next = || before.calendar.worked_beside(today, 1);
            holder.and_then(|who| self.0.get(&who).copied()).unwrap_or_else(next)
        };
        compare::mail(side(before), side(after), morning)
    }
}
