//! Addresses that take no mail.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::pool::Tx;
use super::schema::bounced;
use super::{Doing, StoreError};
use crate::engine::vocabulary::is_plain_line;

/// How much is kept of what a server said.
const MOST: usize = 500;

/// An address that takes no mail.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = bounced)]
pub struct Bounced {
    /// In lower case, as accounts have theirs.
    pub email: String,
    pub at: DateTime<Utc>,
    /// RFC 3463: `5.1.1`.
    pub status: String,
    /// What the receiving server said, one line.
    pub said: String,
}

/// Those of some addresses that take no mail.
///
/// # Errors
/// The database fails.
pub async fn among(conn: &mut AsyncPgConnection, emails: &[String]) -> Result<Vec<Bounced>, StoreError> {
    bounced::table
        .filter(bounced::email.eq_any(emails))
        .order(bounced::email)
        .load(conn)
        .await
        .doing("looking for addresses that take no mail")
}

/// What is known of an address, if it takes no mail.
///
/// # Errors
/// The database fails.
pub async fn find(conn: &mut AsyncPgConnection, email: &str) -> Result<Option<Bounced>, StoreError> {
    bounced::table.find(email).first(conn).await.optional().doing("looking whether an address takes mail")
}

/// Keeps that an address takes no mail. Since when stays, and the newest answer counts.
///
/// # Errors
/// The status is none of RFC 3463's 5.x.x, or the database fails.
pub async fn put(tx: &mut Tx, address: &Bounced) -> Result<(), StoreError> {
    // A stranger's server wrote it.
    let plain = |c: char| if is_plain_line(c.encode_utf8(&mut [0; 4])) { c } else { ' ' };
    let row = Bounced {
        email: address.email.to_lowercase(),
        said: address.said.trim().chars().map(plain).take(MOST).collect(),
        ..address.clone()
    };
    let (status, said) = (bounced::status.eq(row.status.clone()), bounced::said.eq(row.said.clone()));
    diesel::insert_into(bounced::table)
        .values(row)
        .on_conflict(bounced::email)
        .do_update()
        .set((status, said))
        .execute(&mut **tx)
        .await
        .doing("keeping that an address takes no mail")
        .map(drop)
}

/// Gives an address another try.
///
/// # Errors
/// The database fails.
pub async fn forget(tx: &mut Tx, email: &str) -> Result<(), StoreError> {
    diesel::delete(bounced::table.find(email)).execute(&mut **tx).await.doing("forgetting a bounce").map(drop)
}
