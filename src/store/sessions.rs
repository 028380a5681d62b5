//! Who is signed in. Cookies are kept by their hash; expiry is on the database's clock.

use diesel::prelude::*;
use diesel::sql_types::{Binary, Uuid};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::pool::Tx;
use super::schema::sessions;
use super::{Doing, StoreError};
use crate::engine::chain::Link as Hash;
use crate::engine::vocabulary::PersonId;

/// Makes a session: seven days at most, twelve hours without a visit.
///
/// # Errors
/// The database fails.
pub async fn insert(tx: &mut Tx, token_hash: &Hash, person: PersonId) -> Result<(), StoreError> {
    diesel::sql_query(
        "INSERT INTO sessions (token_hash, person_id, expires_at) VALUES ($1, $2, now() + interval '7 days')",
    )
    .bind::<Binary, _>(token_hash.to_vec())
    .bind::<Uuid, _>(person.0)
    .execute(&mut **tx)
    .await
    .doing("making a session")
    .map(drop)
}

#[derive(QueryableByName)]
struct Signed {
    #[diesel(sql_type = Uuid)]
    person_id: uuid::Uuid,
    #[diesel(sql_type = diesel::sql_types::Bool)]
    stale: bool,
}

/// Whose session it is, if it lives. Notes the visit at most every five minutes.
///
/// # Errors
/// The database fails.
pub async fn person(conn: &mut AsyncPgConnection, token_hash: &Hash) -> Result<Option<PersonId>, StoreError> {
    let found: Option<Signed> = diesel::sql_query(
        "SELECT person_id, seen_at < now() - interval '5 minutes' AS stale FROM sessions \
         WHERE token_hash = $1 AND expires_at > now() AND seen_at > now() - interval '12 hours'",
    )
    .bind::<Binary, _>(token_hash.to_vec())
    .get_result(conn)
    .await
    .optional()
    .doing("reading a session")?;
    let Some(found) = found else { return Ok(None) };
    if found.stale {
        diesel::update(sessions::table.find(token_hash.to_vec()))
            .set(sessions::seen_at.eq(diesel::dsl::now))
            .execute(conn)
            .await
            .doing("noting a visit")?;
    }
    Ok(Some(PersonId(found.person_id)))
}

/// Ends a session.
///
/// # Errors
/// The database fails.
pub async fn end(tx: &mut Tx, token_hash: &Hash) -> Result<(), StoreError> {
    diesel::delete(sessions::table.find(token_hash.to_vec()))
        .execute(&mut **tx)
        .await
        .doing("ending a session")
        .map(drop)
}

/// Drops sessions that have ended and links that can't be used, in one go.
///
/// # Errors
/// The database fails.
pub async fn sweep(tx: &mut Tx) -> Result<(), StoreError> {
    diesel::sql_query("DELETE FROM sessions WHERE expires_at < now() OR seen_at < now() - interval '12 hours'")
        .execute(&mut **tx)
        .await
        .doing("dropping ended sessions")?;
    diesel::sql_query("DELETE FROM links WHERE expires_at < now() - interval '1 day'")
        .execute(&mut **tx)
        .await
        .doing("dropping dead links")
        .map(drop)
}
