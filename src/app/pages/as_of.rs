//! The page of a plan as it was at the end of a past day: to be read, not to act.

use chrono::{DateTime, Days, NaiveDate, Utc};
use diesel_async::AsyncPgConnection;
use serde::Serialize;

use super::plan::{self, PlanPage};
use crate::app::earlier::{self, Never, Then};
use crate::app::{Error, worlds};
use crate::engine::access::Viewer;
use crate::engine::message::Message;
use crate::engine::vocabulary::PlanId;
use crate::engine::zone::local_date;

/// More of what was typed in place of a date would help nobody.
const SHOWN: usize = 40;

/// The past day that a page shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AsOf {
    pub day: NaiveDate,
    /// The pages of the day before and after, as far as the plan has them.
    pub before: Option<String>,
    pub after: Option<String>,
}

/// A plan at the end of a day as it was typed. A day on which there is nothing to see is answered with
/// the plan of now, which says why.
///
/// # Errors
/// The viewer does not see the plan, or the database fails.
pub async fn load(
    conn: &mut AsyncPgConnection,
    viewer: Viewer,
    plan: PlanId,
    given: &str,
    now: DateTime<Utc>,
) -> Result<PlanPage, Error> {
    let world = worlds::find(conn, viewer.scope(), plan).await?;
    let (world, message) = match given.trim().parse::<NaiveDate>() {
        Ok(day) => {
            let (began, today) = (local_date(world.plan.started_at, world.zone()), world.today(now));
            match earlier::at_end_of(conn, world, day, now).await? {
                Ok(Then { world, at }) => {
                    let href = |day: NaiveDate| format!("/plans/{plan}?as_of={day}");
                    let before = day.checked_sub_days(Days::new(1)).filter(|before| *before >= began).map(href);
                    let after = day.checked_add_days(Days::new(1)).filter(|after| *after <= today).map(href);
                    let page = plan::shown(conn, viewer, world, at).await?;
                    return Ok(to_be_read(page, AsOf { day, before, after }));
                }
                Err((world, Never::BeforeStart(began))) => {
                    (world, Message::new("history-before-start").with("day", began))
                }
                Err((world, Never::NotYet)) => (world, Message::new("history-not-yet").with("day", day)),
            }
        }
        Err(_) => {
            let given: String = given.chars().take(SHOWN).collect();
            (world, Message::new("history-not-a-day").with("given", given))
        }
    };
    let page = plan::shown(conn, viewer, world, now).await?;
    Ok(PlanPage { not_then: Some(message), ..page })
}

/// Without anything to act with.
fn to_be_read(mut page: PlanPage, as_of: AsOf) -> PlanPage {
    page.playbooks.iter_mut().for_each(|playbook| playbook.launch_href = None);
    PlanPage { as_of: Some(as_of), arrange_href: None, versions: Vec::new(), ..page }
}
