//! Published programs.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::upsert::excluded;
use diesel_async::{AsyncPgConnection, RunQueryDsl};

pub use super::calendars::all as calendars;
use super::pool::Tx;
use super::schema::{programs, release_files, releases};
use super::{Doing, StoreError, to_json};
use crate::engine::Release;
use crate::engine::release::COMPILED_VERSION;

/// When and how a program stands published.
#[derive(Debug, Clone)]
pub struct Published {
    pub release: Release,
    pub published_at: DateTime<Utc>,
    /// New plans start on it.
    pub is_current: bool,
}

/// Stores a release with its sources and makes it the one that new plans start on. A release that
/// stands already is only made current again. True: it is new.
///
/// # Errors
/// The database fails.
pub async fn publish(
    tx: &mut Tx,
    release: &Release,
    sources: &[(String, Vec<u8>)],
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let compiled = to_json("a release", release)?;
    let added = diesel::insert_into(releases::table)
        .values((
            releases::hash.eq(&release.hash),
            releases::program.eq(&release.program.name),
            releases::compiled.eq(compiled),
            releases::compiled_version.eq(COMPILED_VERSION),
            releases::published_at.eq(now),
        ))
        .on_conflict_do_nothing()
        .execute(&mut **tx)
        .await
        .doing("storing a release")?;
    if added == 1 {
        let rows: Vec<_> = sources
            .iter()
            .map(|(path, bytes)| {
                (
                    release_files::release_hash.eq(&release.hash),
                    release_files::path.eq(path),
                    release_files::bytes.eq(bytes),
                )
            })
            .collect();
        diesel::insert_into(release_files::table)
            .values(rows)
            .execute(&mut **tx)
            .await
            .doing("storing the sources of a release")?;
    }
    diesel::insert_into(programs::table)
        .values((programs::name.eq(&release.program.name), programs::release_hash.eq(&release.hash)))
        .on_conflict(programs::name)
        .do_update()
        .set(programs::release_hash.eq(excluded(programs::release_hash)))
        .execute(&mut **tx)
        .await
        .doing("making a release current")?;
    Ok(added == 1)
}

/// The release with this hash.
///
/// # Errors
/// The database fails, or the compiled form is of a version that this program does not read.
pub async fn by_hash(conn: &mut AsyncPgConnection, hash: &str) -> Result<Option<Release>, StoreError> {
    let row: Option<(String, i32)> = releases::table
        .find(hash)
        .select((releases::compiled, releases::compiled_version))
        .first(conn)
        .await
        .optional()
        .doing("reading a release")?;
    row.map(|(compiled, version)| read(hash, &compiled, version)).transpose()
}

/// The releases of a program that were published between two of it, in either order.
///
/// # Errors
/// The database fails.
pub async fn between(conn: &mut AsyncPgConnection, one: &str, other: &str) -> Result<Vec<String>, StoreError> {
    let ends: Vec<(String, DateTime<Utc>)> = releases::table
        .filter(releases::hash.eq_any([one, other]))
        .select((releases::program, releases::published_at))
        .load(conn)
        .await
        .doing("reading when releases were published")?;
    let [(program, from), (_, until)] = ends.as_slice() else { return Ok(Vec::new()) };
    releases::table
        .filter(releases::program.eq(program))
        .filter(releases::published_at.between(from.min(until), from.max(until)))
        .filter(releases::hash.ne_all([one, other]))
        .order(releases::published_at)
        .select(releases::hash)
        .load(conn)
        .await
        .doing("listing the releases between two")
}

/// What a release was published from: path and content, by path.
///
/// # Errors
/// The database fails.
pub async fn sources(conn: &mut AsyncPgConnection, hash: &str) -> Result<Vec<(String, Vec<u8>)>, StoreError> {
    release_files::table
        .filter(release_files::release_hash.eq(hash))
        .order(release_files::path)
        .select((release_files::path, release_files::bytes))
        .load(conn)
        .await
        .doing("reading the sources of a release")
}

/// The release of a program that new plans start on.
///
/// # Errors
/// As [`by_hash`].
pub async fn current(conn: &mut AsyncPgConnection, program: &str) -> Result<Option<Release>, StoreError> {
    let row: Option<(String, String, i32)> = programs::table
        .inner_join(releases::table.on(releases::hash.eq(programs::release_hash)))
        .filter(programs::name.eq(program))
        .select((releases::hash, releases::compiled, releases::compiled_version))
        .first(conn)
        .await
        .optional()
        .doing("reading the current release")?;
    row.map(|(hash, compiled, version)| read(&hash, &compiled, version)).transpose()
}

/// The hash of the release of a program that new plans start on.
///
/// # Errors
/// The database fails.
pub async fn current_hash(conn: &mut AsyncPgConnection, program: &str) -> Result<Option<String>, StoreError> {
    let found = programs::table.find(program).select(programs::release_hash).first(conn).await.optional();
    found.doing("reading what is current")
}

/// The hashes of the releases that new plans of these programs start on, by program; nobody publishes
/// another one until the transaction ends.
///
/// # Errors
/// The database fails.
pub async fn hold(tx: &mut Tx, names: &[&str]) -> Result<BTreeMap<String, String>, StoreError> {
    let rows: Vec<(String, String)> = programs::table
        .filter(programs::name.eq_any(names))
        .order(programs::name)
        .select((programs::name, programs::release_hash))
        .for_update()
        .load(&mut **tx)
        .await
        .doing("holding what is current")?;
    Ok(rows.into_iter().collect())
}

/// Every release, newest first.
///
/// # Errors
/// As [`by_hash`].
pub async fn all(conn: &mut AsyncPgConnection) -> Result<Vec<Published>, StoreError> {
    type Row = (String, String, i32, DateTime<Utc>, Option<String>);
    let rows: Vec<Row> = releases::table
        .left_join(programs::table.on(programs::release_hash.eq(releases::hash)))
        .order((releases::published_at.desc(), releases::hash))
        .select((
            releases::hash,
            releases::compiled,
            releases::compiled_version,
            releases::published_at,
            programs::name.nullable(),
        ))
        .load(conn)
        .await
        .doing("listing releases")?;
    rows.into_iter()
        .map(|(hash, compiled, version, published_at, current)| {
            Ok(Published { release: read(&hash, &compiled, version)?, published_at, is_current: current.is_some() })
        })
        .collect()
}

fn read(hash: &str, compiled: &str, version: i32) -> Result<Release, StoreError> {
    let what = || format!("release {hash}");
    if version != COMPILED_VERSION {
        return Err(StoreError::Broken { what: what() });
    }
    serde_json::from_str(compiled).map_err(|source| StoreError::Unreadable { what: what(), source })
}
