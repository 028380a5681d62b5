//! The page behind the link in a mentor's mail: the question, and how it stands by now.

use chrono_tz::Tz;
use diesel_async::AsyncPgConnection;
use serde::Serialize;

use super::queue::{self, MentorRequest};
use crate::app::worlds::PlanWorld;
use crate::app::{Error, mentoring};
use crate::engine::plan::Mentoring;
use crate::engine::vocabulary::{Lang, PersonId};

/// The page, and the reader whose language and hours it speaks in.
#[derive(Debug, Clone)]
pub struct Asked {
    pub lang: Lang,
    pub zone: Tz,
    pub page: MentorAnswerPage,
}

/// What the page shows.
#[derive(Debug, Clone, Serialize)]
pub struct MentorAnswerPage {
    /// Who was asked.
    pub name: String,
    /// open, accepted, declined; ended: the plan did; elsewhere: somebody else was asked since.
    pub state: &'static str,
    pub request: MentorRequest,
}

/// The question behind a link; looking changes nothing.
///
/// # Errors
/// There is no such link, or the database fails.
pub async fn load(conn: &mut AsyncPgConnection, secret: &str) -> Result<Asked, Error> {
    let (person, world) = mentoring::question(conn, secret).await?;
    let names = queue::names(conn, &[&world.plan]).await?;
    let page = MentorAnswerPage {
        state: state(&world, person.id),
        request: queue::request(&world, &names),
        name: person.name,
    };
    Ok(Asked { lang: person.lang, zone: person.zone, page })
}

fn state(world: &PlanWorld, person: PersonId) -> &'static str {
    match world.plan.cast.mentor {
        _ if world.plan.arranged.ended.is_some() => "ended",
        _ if mentoring::is_open(&world.plan, person) => "open",
        Mentoring::Accepted { who, .. } if who == person => "accepted",
        Mentoring::Declined { who, .. } if who == person => "declined",
        _ => "elsewhere",
    }
}
