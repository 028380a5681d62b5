//! Calendars in layers: as published with a curriculum, years that HR imported over them, and what the
//! company does otherwise. None of them takes another one out.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::upsert::excluded;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use serde::{Deserialize, Serialize};

use super::pool::Tx;
use super::schema::{calendar_overrides, calendars};
use super::{Doing, StoreError, to_json};
use crate::engine::calendar::{Calendar, Import, Layers, Override, OverrideKind, Span};
use crate::engine::vocabulary::{PersonId, Text};

/// Days of the company.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct OverrideId(pub uuid::Uuid);

impl fmt::Display for OverrideId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for OverrideId {
    type Err = uuid::Error;

    fn from_str(text: &str) -> Result<OverrideId, uuid::Error> {
        text.parse().map(OverrideId)
    }
}

/// Days of the company, and who said so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Company {
    pub id: OverrideId,
    /// None: in every calendar.
    pub calendar: Option<String>,
    pub days: Override,
    pub by: PersonId,
    pub at: DateTime<Utc>,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = calendar_overrides)]
struct CompanyRow {
    id: uuid::Uuid,
    calendar: Option<String>,
    kind: String,
    from_on: NaiveDate,
    until_on: NaiveDate,
    name_en: String,
    name_zh_tw: String,
    added_by: uuid::Uuid,
    added_at: DateTime<Utc>,
}

/// The column `compiled` of a calendar.
#[derive(Serialize, Deserialize)]
struct Stored {
    #[serde(flatten)]
    file: Calendar,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    imports: Vec<Import>,
}

impl TryFrom<CompanyRow> for Company {
    type Error = StoreError;

    fn try_from(row: CompanyRow) -> Result<Company, StoreError> {
        let kind = OverrideKind::parse(&row.kind)
            .ok_or_else(|| StoreError::Broken { what: format!("company days {}", row.id) })?;
        Ok(Company {
            id: OverrideId(row.id),
            calendar: row.calendar,
            days: Override {
                kind,
                span: Span { from: row.from_on, until: row.until_on },
                name: Text { en: row.name_en, zh_tw: row.name_zh_tw },
            },
            by: PersonId(row.added_by),
            at: row.added_at,
        })
    }
}

/// Every calendar as it is worked and counted in, by name.
///
/// # Errors
/// The database fails.
pub async fn all(conn: &mut AsyncPgConnection) -> Result<Vec<Calendar>, StoreError> {
    Ok(layers(conn).await?.values().map(Layers::calendar).collect())
}

/// Every calendar in its layers, by name.
///
/// # Errors
/// The database fails.
pub async fn layers(conn: &mut AsyncPgConnection) -> Result<BTreeMap<String, Layers>, StoreError> {
    let rows: Vec<(String, String)> = calendars::table
        .order(calendars::name)
        .select((calendars::name, calendars::compiled))
        .load(conn)
        .await
        .doing("reading calendars")?;
    let company = company(conn).await?;
    rows.into_iter()
        .map(|(name, compiled)| {
            let stored = read(&name, &compiled)?;
            let own = company.iter().filter(|one| one.calendar.as_ref().is_none_or(|one| *one == name));
            let company = own.map(|one| one.days.clone()).collect();
            Ok((name, Layers { file: stored.file, imports: stored.imports, company }))
        })
        .collect()
}

fn read(name: &str, compiled: &str) -> Result<Stored, StoreError> {
    let broken = |source| StoreError::Unreadable { what: format!("calendar {name}"), source };
    serde_json::from_str(compiled).map_err(broken)
}

/// Whoever edits calendars comes after whoever is at it, and no plan is started meanwhile.
///
/// # Errors
/// The database fails.
pub async fn hold(tx: &mut Tx) -> Result<(), StoreError> {
    let held = calendars::table.select(calendars::name).order(calendars::name).for_update();
    held.load::<String>(&mut **tx).await.doing("holding calendars").map(drop)
}

/// Stores a calendar of a curriculum. What was imported over it stays, and so do the company's days;
/// dates that stand keep their reasons.
///
/// # Errors
/// The database fails.
pub async fn publish(tx: &mut Tx, calendar: &Calendar, now: DateTime<Utc>) -> Result<(), StoreError> {
    let row: Option<String> = calendars::table
        .find(&calendar.name)
        .select(calendars::compiled)
        .first(&mut **tx)
        .await
        .optional()
        .doing("reading a calendar")?;
    let imports = match row {
        Some(compiled) => read(&calendar.name, &compiled)?.imports,
        None => Vec::new(),
    };
    save(tx, calendar.clone(), imports, now).await
}

/// Stores a calendar with what was imported over it.
///
/// # Errors
/// The database fails.
pub async fn save(tx: &mut Tx, file: Calendar, imports: Vec<Import>, now: DateTime<Utc>) -> Result<(), StoreError> {
    let name = file.name.clone();
    diesel::insert_into(calendars::table)
        .values((
            calendars::name.eq(name),
            calendars::compiled.eq(to_json("a calendar", &Stored { file, imports })?),
            calendars::published_at.eq(now),
        ))
        .on_conflict(calendars::name)
        .do_update()
        .set((
            calendars::compiled.eq(excluded(calendars::compiled)),
            calendars::published_at.eq(excluded(calendars::published_at)),
        ))
        .execute(&mut **tx)
        .await
        .doing("storing a calendar")
        .map(drop)
}

/// The company's days, in the order in which they were added.
///
/// # Errors
/// The database fails.
pub async fn company(conn: &mut AsyncPgConnection) -> Result<Vec<Company>, StoreError> {
    let rows: Vec<CompanyRow> = calendar_overrides::table
        .order((calendar_overrides::added_at, calendar_overrides::id))
        .select(CompanyRow::as_select())
        .load(conn)
        .await
        .doing("reading a company's days")?;
    rows.into_iter().map(Company::try_from).collect()
}

/// Adds days of the company.
///
/// # Errors
/// The database fails.
pub async fn add(tx: &mut Tx, new: &Company) -> Result<(), StoreError> {
    let Override { kind, span, name } = &new.days;
    let row = CompanyRow {
        id: new.id.0,
        calendar: new.calendar.clone(),
        kind: kind.as_str().to_owned(),
        from_on: span.from,
        until_on: span.until,
        name_en: name.en.clone(),
        name_zh_tw: name.zh_tw.clone(),
        added_by: new.by.0,
        added_at: new.at,
    };
    let added = diesel::insert_into(calendar_overrides::table).values(row).execute(&mut **tx).await;
    added.doing("adding days of a company").map(drop)
}

/// Takes days of the company out. True: they were there.
///
/// # Errors
/// The database fails.
pub async fn remove(tx: &mut Tx, id: OverrideId) -> Result<bool, StoreError> {
    let gone = diesel::delete(calendar_overrides::table.find(id.0)).execute(&mut **tx).await;
    gone.doing("taking days of a company out").map(|count| count > 0)
}
