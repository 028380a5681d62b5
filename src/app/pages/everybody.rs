//! Everybody in the demo, with the part that they play and a plan's day.

use chrono::{DateTime, Utc};
use diesel_async::AsyncPgConnection;
use serde::Serialize;

use crate::app::Error;
use crate::app::worlds::Library;
use crate::engine::access::Actor;
use crate::engine::vocabulary::{PersonId, Role};
use crate::store::{people, plans};

/// Somebody whose shoes a visitor of the demo can step into.
#[derive(Debug, Clone, Serialize)]
pub struct DemoPerson {
    pub id: PersonId,
    pub name: String,
    pub email: String,
    /// The part that matters most for them.
    pub role: Option<Role>,
    /// A manager's working day in the plan.
    pub day: Option<u16>,
}

/// Everybody, managers by their day first.
///
/// # Errors
/// The database fails.
pub async fn all(conn: &mut AsyncPgConnection, now: DateTime<Utc>) -> Result<Vec<DemoPerson>, Error> {
    let scope = Actor::Program.scope();
    let plans = plans::all(conn, scope).await?;
    let worlds = Library::default().worlds(conn, plans).await?;
    let mut list: Vec<DemoPerson> = people::all(conn, scope)
        .await?
        .into_iter()
        .map(|person| {
            let own = worlds.iter().find(|world| world.plan.cast.manager == person.id);
            let plays = |role: fn(&crate::engine::plan::Cast) -> Option<PersonId>| {
                worlds.iter().any(|world| role(&world.plan.cast) == Some(person.id))
            };
            let role = if own.is_some() {
                Some(Role::Manager)
            } else if person.is_hr {
                Some(Role::Hr)
            } else if plays(|cast| cast.mentor.candidate()) {
                Some(Role::Mentor)
            } else if plays(|cast| Some(cast.superior)) {
                Some(Role::Superior)
            } else {
                None
            };
            let day = own.map(|world| world.plan_day(world.today(now)));
            DemoPerson { id: person.id, name: person.name, email: person.email, role, day }
        })
        .collect();
    list.sort_by_key(|person| (person.role.is_none(), person.role, person.day));
    Ok(list)
}
