//! One-purpose links in mail, kept by the hash of their token. Expiry is on the database's clock.

use diesel::prelude::*;
use diesel::sql_types::{Binary, Interval, Nullable, Text, Uuid};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::pool::Tx;
use super::schema::links;
use super::{Doing, StoreError};
use crate::engine::chain::Link as Hash;
use crate::engine::vocabulary::{PersonId, PlanId};

/// What a link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Makes a session, once, within ten minutes.
    SignIn,
    /// Accepts or declines to be the mentor of a plan, until that is answered.
    MentorAnswer { plan: PlanId },
}

impl Purpose {
    fn as_str(self) -> &'static str {
        match self {
            Purpose::SignIn => "sign_in",
            Purpose::MentorAnswer { .. } => "mentor_answer",
        }
    }
}

/// A sign-in link lives this long.
pub const SIGN_IN_MINUTES: i32 = 10;

/// Keeps the hash of a new link.
///
/// # Errors
/// The database fails.
pub async fn insert(tx: &mut Tx, token_hash: &Hash, person: PersonId, purpose: Purpose) -> Result<(), StoreError> {
    let (plan, lives) = match purpose {
        Purpose::SignIn => (None, Some(chrono::TimeDelta::minutes(i64::from(SIGN_IN_MINUTES)))),
        Purpose::MentorAnswer { plan } => (Some(plan.0), None),
    };
    diesel::sql_query(
        "INSERT INTO links (token_hash, person_id, purpose, plan_id, expires_at) VALUES ($1, $2, $3, $4, now() + $5)",
    )
    .bind::<Binary, _>(token_hash.to_vec())
    .bind::<Uuid, _>(person.0)
    .bind::<Text, _>(purpose.as_str())
    .bind::<Nullable<Uuid>, _>(plan)
    .bind::<Nullable<Interval>, _>(lives)
    .execute(&mut **tx)
    .await
    .doing("keeping a link")
    .map(drop)
}

/// Uses up a sign-in link: whose it was, unless it was used, has expired or never was.
///
/// # Errors
/// The database fails.
pub async fn use_sign_in(tx: &mut Tx, token_hash: &Hash) -> Result<Option<PersonId>, StoreError> {
    let person: Option<uuid::Uuid> = diesel::update(
        links::table.filter(
            links::token_hash
                .eq(token_hash.to_vec())
                .and(links::purpose.eq("sign_in"))
                .and(links::used_at.is_null())
                .and(links::expires_at.gt(diesel::dsl::now.into_sql::<diesel::sql_types::Timestamptz>().nullable())),
        ),
    )
    .set(links::used_at.eq(diesel::dsl::now.into_sql::<diesel::sql_types::Timestamptz>().nullable()))
    .returning(links::person_id)
    .get_result(&mut **tx)
    .await
    .optional()
    .doing("using a sign-in link")?;
    Ok(person.map(PersonId))
}

/// Whether a sign-in link could still be used, without using it: a page is shown by GET, and mail
/// scanners open it too.
///
/// # Errors
/// The database fails.
pub async fn is_live_sign_in(conn: &mut AsyncPgConnection, token_hash: &Hash) -> Result<bool, StoreError> {
    let live: Option<uuid::Uuid> = links::table
        .filter(
            links::token_hash
                .eq(token_hash.to_vec())
                .and(links::purpose.eq("sign_in"))
                .and(links::used_at.is_null())
                .and(links::expires_at.gt(diesel::dsl::now.into_sql::<diesel::sql_types::Timestamptz>().nullable())),
        )
        .select(links::person_id)
        .first(conn)
        .await
        .optional()
        .doing("looking at a sign-in link")?;
    Ok(live.is_some())
}

/// Who may answer for which plan with this link. It lives as long as the question does.
///
/// # Errors
/// The database fails.
pub async fn mentor_answer(
    conn: &mut AsyncPgConnection,
    token_hash: &Hash,
) -> Result<Option<(PersonId, PlanId)>, StoreError> {
    let row: Option<(uuid::Uuid, Option<uuid::Uuid>)> = links::table
        .filter(links::token_hash.eq(token_hash.to_vec()).and(links::purpose.eq("mentor_answer")))
        .select((links::person_id, links::plan_id))
        .first(conn)
        .await
        .optional()
        .doing("looking at a mentor's link")?;
    Ok(row.and_then(|(person, plan)| Some((PersonId(person), PlanId(plan?)))))
}

/// How many sign-in links somebody was given in the last hour: a stranger must not fill a mailbox.
/// Requests for one person wait for each other here, or each would count without the others.
///
/// # Errors
/// The database fails.
pub async fn sign_ins_in_the_last_hour(tx: &mut Tx, person: PersonId) -> Result<i64, StoreError> {
    use super::schema::{outbox, people};
    let row = people::table.find(person.0).select(people::id).for_no_key_update();
    row.execute(&mut **tx).await.doing("waiting for other requests of sign-in links")?;
    outbox::table
        .filter(outbox::person_id.eq(person.0).and(outbox::kind.eq("sign_in")))
        .filter(diesel::dsl::sql::<diesel::sql_types::Bool>("retry_at >= now() - interval '1 hour'"))
        .count()
        .get_result(&mut **tx)
        .await
        .doing("counting sign-in links")
}
