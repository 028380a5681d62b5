//! Rosters: a manager's team members, who join and leave.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::pool::Tx;
use super::schema::{members, plan_members, plans};
use super::{Doing, StoreError};
use crate::engine::access::{Reach, Scope};
use crate::engine::calendar::Span;
use crate::engine::vocabulary::{MemberId, PersonId};

/// Somebody on a manager's team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    pub id: MemberId,
    pub manager: PersonId,
    pub name: String,
    /// What they do; may be empty.
    pub position: String,
    pub joined_on: NaiveDate,
    pub left_on: Option<NaiveDate>,
    /// The first and last day of the time before, of somebody who left and came back.
    pub former: Option<Span>,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = members)]
struct MemberRow {
    id: uuid::Uuid,
    manager_id: uuid::Uuid,
    name: String,
    position: String,
    joined_on: NaiveDate,
    left_on: Option<NaiveDate>,
    former_joined_on: Option<NaiveDate>,
    former_left_on: Option<NaiveDate>,
}

impl From<MemberRow> for Member {
    fn from(row: MemberRow) -> Member {
        Member {
            id: MemberId(row.id),
            manager: PersonId(row.manager_id),
            name: row.name,
            position: row.position,
            joined_on: row.joined_on,
            left_on: row.left_on,
            former: row.former_joined_on.zip(row.former_left_on).map(|(from, until)| Span { from, until }),
        }
    }
}

/// Adds a member to a roster.
///
/// # Errors
/// The database fails.
pub async fn insert(tx: &mut Tx, member: &Member) -> Result<(), StoreError> {
    let row = MemberRow {
        id: member.id.0,
        manager_id: member.manager.0,
        name: member.name.clone(),
        position: member.position.clone(),
        joined_on: member.joined_on,
        left_on: member.left_on,
        former_joined_on: member.former.map(|span| span.from),
        former_left_on: member.former.map(|span| span.until),
    };
    diesel::insert_into(members::table).values(row).execute(&mut **tx).await.doing("adding a team member").map(drop)
}

/// Marks a member as gone.
///
/// # Errors
/// The database fails.
pub async fn leave(tx: &mut Tx, member: MemberId, on: NaiveDate) -> Result<(), StoreError> {
    diesel::update(members::table.find(member.0))
        .set(members::left_on.eq(on))
        .execute(&mut **tx)
        .await
        .doing("marking a member as gone")
        .map(drop)
}

/// Corrects what was entered of a member.
///
/// # Errors
/// The database fails.
pub async fn correct(
    tx: &mut Tx,
    member: MemberId,
    name: &str,
    position: &str,
    joined_on: NaiveDate,
) -> Result<(), StoreError> {
    diesel::update(members::table.find(member.0))
        .set((members::name.eq(name), members::position.eq(position), members::joined_on.eq(joined_on)))
        .execute(&mut **tx)
        .await
        .doing("correcting a member")
        .map(drop)
}

/// Sets the days of a member who left, or is back: the first, the last, and those of the time before.
///
/// # Errors
/// The database fails.
pub async fn set_days(
    tx: &mut Tx,
    member: MemberId,
    (joined_on, left_on): (NaiveDate, Option<NaiveDate>),
    former: Option<Span>,
) -> Result<(), StoreError> {
    diesel::update(members::table.find(member.0))
        .set((
            members::joined_on.eq(joined_on),
            members::left_on.eq(left_on),
            members::former_joined_on.eq(former.map(|span| span.from)),
            members::former_left_on.eq(former.map(|span| span.until)),
        ))
        .execute(&mut **tx)
        .await
        .doing("setting the days of a member")
        .map(drop)
}

/// The roster of a manager, by joining. A mentor or superior sees the rosters of their plans.
///
/// # Errors
/// The database fails.
pub async fn of_manager(
    conn: &mut AsyncPgConnection,
    scope: Scope,
    manager: PersonId,
) -> Result<Vec<Member>, StoreError> {
    let rows = visible(scope).filter(members::manager_id.eq(manager.0)).order((members::joined_on, members::name));
    let rows: Vec<MemberRow> = rows.select(MemberRow::as_select()).load(conn).await.doing("reading a roster")?;
    Ok(rows.into_iter().map(Member::from).collect())
}

/// One member.
///
/// # Errors
/// The database fails.
pub async fn find(conn: &mut AsyncPgConnection, scope: Scope, id: MemberId) -> Result<Option<Member>, StoreError> {
    let row = visible(scope).filter(members::id.eq(id.0)).select(MemberRow::as_select()).first(conn).await.optional();
    Ok(row.doing("reading a member")?.map(Member::from))
}

/// Every member that the scope reaches, for names beside their ids.
///
/// # Errors
/// The database fails.
pub async fn all(conn: &mut AsyncPgConnection, scope: Scope) -> Result<Vec<Member>, StoreError> {
    let rows: Vec<MemberRow> =
        visible(scope).select(MemberRow::as_select()).load(conn).await.doing("reading members")?;
    Ok(rows.into_iter().map(Member::from).collect())
}

fn visible<'a>(scope: Scope) -> members::BoxedQuery<'a, diesel::pg::Pg> {
    let query = members::table.into_boxed();
    match scope.reach() {
        Reach::Hr(_) | Reach::Program => query,
        Reach::Own(person) => {
            let own_plans = plans::table.filter(super::plans::has_part!(person)).select(plans::id);
            let on_them =
                plan_members::table.filter(plan_members::plan_id.eq_any(own_plans)).select(plan_members::member_id);
            query.filter(members::manager_id.eq(person.0).or(members::id.eq_any(on_them)))
        }
    }
}
