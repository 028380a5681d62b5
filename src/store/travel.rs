//! How far the demo's clock is ahead, so that a restart does not turn it back.

use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::pool::Tx;
use super::schema::travel;
use super::{Doing, StoreError};

/// Seconds that the demo's clock is ahead; none in real use.
///
/// # Errors
/// The database fails.
pub async fn ahead(conn: &mut AsyncPgConnection) -> Result<Option<i64>, StoreError> {
    travel::table.select(travel::ahead).first(conn).await.optional().doing("reading the demo's clock")
}

/// Keeps it.
///
/// # Errors
/// The database fails.
pub async fn set(tx: &mut Tx, ahead: i64) -> Result<(), StoreError> {
    diesel::insert_into(travel::table)
        .values((travel::singleton.eq(true), travel::ahead.eq(ahead)))
        .on_conflict(travel::singleton)
        .do_update()
        .set(travel::ahead.eq(ahead))
        .execute(&mut **tx)
        .await
        .doing("keeping the demo's clock")
        .map(drop)
}
