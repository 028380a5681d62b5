//! A team member, for HR: what was entered, corrected; and back after leaving.

use chrono::{DateTime, NaiveDate, Utc};
use diesel_async::AsyncPgConnection;
use serde::Serialize;

use super::people::{self as list, Mistakes, for_hr};
use crate::app::Error;
use crate::engine::access::Viewer;
use crate::engine::form::FieldProblem;
use crate::engine::vocabulary::{MemberId, PersonId};
use crate::engine::zone::local_date;
use crate::store::{members, people};

/// The page of a member.
#[derive(Debug, Clone, Serialize)]
pub struct MemberPage {
    pub href: String,
    /// As the team's list names them.
    pub known_as: String,
    pub manager: String,
    pub manager_href: String,
    pub name: String,
    pub position: String,
    pub joined_on: String,
    pub left_on: Option<NaiveDate>,
    /// What stands in the form that brings them back.
    pub back_on: String,
    /// The day on which they had left before they came back.
    pub had_left_on: Option<NaiveDate>,
    pub mistakes: Mistakes,
}

/// A member of somebody's team.
///
/// # Errors
/// The viewer is not HR, there is no such member, or the database fails.
pub async fn load(
    conn: &mut AsyncPgConnection,
    viewer: Viewer,
    member: MemberId,
    now: DateTime<Utc>,
) -> Result<MemberPage, Error> {
    for_hr(viewer)?;
    let member = members::find(conn, viewer.scope(), member).await?.ok_or(Error::NotFound)?;
    let manager = people::find(conn, member.manager).await?.ok_or(Error::NotFound)?;
    Ok(MemberPage {
        href: href(member.id),
        known_as: member.name.clone(),
        manager_href: list::href(manager.id),
        back_on: local_date(now, manager.zone).to_string(),
        manager: manager.name,
        name: member.name,
        position: member.position,
        joined_on: member.joined_on.to_string(),
        left_on: member.left_on,
        had_left_on: member.former.filter(|_| member.left_on.is_none()).map(|former| former.until),
        mistakes: Mistakes::default(),
    })
}

impl MemberPage {
    /// Shows what was typed, and what is wrong with it.
    pub fn typed(&mut self, name: &str, position: &str, joined_on: &str, found: Vec<FieldProblem>) {
        name.clone_into(&mut self.name);
        position.clone_into(&mut self.position);
        joined_on.clone_into(&mut self.joined_on);
        self.wrong(found);
    }

    /// Says what is wrong.
    pub fn wrong(&mut self, found: Vec<FieldProblem>) {
        self.mistakes = Mistakes::new("", found, |field| match field {
            "name" => "person-label-member",
            "position" => "person-label-position",
            "back_on" => "member-label-back",
            _ => "person-label-joined",
        });
    }
}

/// The address of a member's page.
pub fn href(member: MemberId) -> String {
    format!("/members/{member}")
}

/// The address of a manager's team, where a changed member is told of.
pub fn team_href(manager: PersonId, member: MemberId) -> String {
    format!("{}?member={member}", list::href(manager))
}
