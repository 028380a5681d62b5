//! People whom only the pages reach: they stopped mail, and their steps stay.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use diesel_async::AsyncPgConnection;

use super::PagesAlone;
use crate::app::Error;
use crate::app::letters::{MOST, Short};
use crate::app::pages::people::href;
use crate::app::worlds::{Names, PlanWorld};
use crate::engine::access::holder_on;
use crate::engine::mail::Topic;
use crate::engine::vocabulary::{PersonId, Role};
use crate::store::stopped;

/// Those with a part in a plan that goes on, by name. HR's own digest leaves nobody waiting.
pub(super) async fn among(
    conn: &mut AsyncPgConnection,
    worlds: &[PlanWorld],
    names: &Names,
    base_url: &str,
    now: DateTime<Utc>,
) -> Result<Short<PagesAlone>, Error> {
    let going_on = worlds.iter().filter(|world| !world.plan.is_over(&world.release));
    let people: BTreeSet<PersonId> = going_on
        .flat_map(|world| Role::ALL.into_iter().filter_map(|role| holder_on(&world.plan, role, world.today(now))))
        .collect();
    let mut found: BTreeMap<PersonId, Vec<Topic>> = BTreeMap::new();
    for (person, topic) in stopped::among(conn, &people.into_iter().collect::<Vec<_>>()).await? {
        if topic != Topic::Digest {
            found.entry(person).or_default().push(topic);
        }
    }
    let row = |(person, topics)| {
        let url = format!("{base_url}{}", href(person));
        PagesAlone { name: names.person(person), topics, url }
    };
    let mut rows: Vec<PagesAlone> = found.into_iter().map(row).collect();
    rows.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(Short::new(rows, MOST, format!("{base_url}/people")))
}
