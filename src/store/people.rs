//! Accounts: managers, mentors, superiors, HR.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::pool::Tx;
use super::schema::people;
use super::{Doing, StoreError};
use crate::engine::access::{Reach, Scope, Viewer};
use crate::engine::vocabulary::{Lang, PersonId};

/// Somebody with an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub id: PersonId,
    pub name: String,
    pub email: String,
    pub lang: Lang,
    pub zone: Tz,
    /// The calendar that their mail keeps to.
    pub calendar: String,
    /// The whole hour, in their zone, at which the brief comes.
    pub brief_hour: u8,
    /// Somebody chose it; until then a program may give one.
    pub hour_is_own: bool,
    pub is_hr: bool,
    pub next_brief_at: DateTime<Utc>,
    pub next_digest_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
}

impl Person {
    pub fn viewer(&self) -> Viewer {
        Viewer { id: self.id, is_hr: self.is_hr }
    }
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = people)]
struct PersonRow {
    id: uuid::Uuid,
    name: String,
    email: String,
    lang: String,
    zone: String,
    calendar: String,
    brief_hour: i16,
    is_hr: bool,
    next_brief_at: DateTime<Utc>,
    next_digest_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    hour_is_own: bool,
}

impl TryFrom<PersonRow> for Person {
    type Error = StoreError;

    fn try_from(row: PersonRow) -> Result<Person, StoreError> {
        let broken = || StoreError::Broken { what: format!("person {}", row.id) };
        Ok(Person {
            id: PersonId(row.id),
            lang: Lang::parse(&row.lang).ok_or_else(broken)?,
            zone: row.zone.parse().map_err(|_: chrono_tz::ParseError| broken())?,
            brief_hour: u8::try_from(row.brief_hour).map_err(|_| broken())?,
            name: row.name,
            email: row.email,
            calendar: row.calendar,
            is_hr: row.is_hr,
            next_brief_at: row.next_brief_at,
            next_digest_at: row.next_digest_at,
            created_at: row.created_at,
            hour_is_own: row.hour_is_own,
        })
    }
}

impl From<&Person> for PersonRow {
    fn from(person: &Person) -> PersonRow {
        PersonRow {
            id: person.id.0,
            name: person.name.clone(),
            email: person.email.clone(),
            lang: person.lang.as_str().to_owned(),
            zone: person.zone.name().to_owned(),
            calendar: person.calendar.clone(),
            brief_hour: i16::from(person.brief_hour),
            is_hr: person.is_hr,
            next_brief_at: person.next_brief_at,
            next_digest_at: person.next_digest_at,
            created_at: person.created_at,
            hour_is_own: person.hour_is_own,
        }
    }
}

/// Adds an account.
///
/// # Errors
/// [`StoreError::is_duplicate`] when the address has one already.
pub async fn insert(tx: &mut Tx, person: &Person) -> Result<(), StoreError> {
    let row = PersonRow::from(person);
    diesel::insert_into(people::table).values(row).execute(&mut **tx).await.doing("adding a person").map(drop)
}

/// Writes every column of an account but its id and when it was made.
///
/// # Errors
/// As [`insert`].
pub async fn update(tx: &mut Tx, person: &Person) -> Result<(), StoreError> {
    let row = PersonRow::from(person);
    diesel::update(people::table.find(row.id))
        .set((
            people::name.eq(row.name),
            people::email.eq(row.email),
            people::lang.eq(row.lang),
            people::zone.eq(row.zone),
            people::calendar.eq(row.calendar),
            people::brief_hour.eq(row.brief_hour),
            people::is_hr.eq(row.is_hr),
            people::next_brief_at.eq(row.next_brief_at),
            people::next_digest_at.eq(row.next_digest_at),
            people::hour_is_own.eq(row.hour_is_own),
        ))
        .execute(&mut **tx)
        .await
        .doing("changing a person")
        .map(drop)
}

/// One account, whoever asks: names and addresses of colleagues are no secret inside a company, and
/// callers show only what their page is for.
///
/// # Errors
/// The database fails.
pub async fn find(conn: &mut AsyncPgConnection, id: PersonId) -> Result<Option<Person>, StoreError> {
    let row = people::table.find(id.0).select(PersonRow::as_select()).first(conn).await.optional();
    row.doing("reading a person")?.map(Person::try_from).transpose()
}

/// The account of an address.
///
/// # Errors
/// The database fails.
pub async fn by_email(conn: &mut AsyncPgConnection, email: &str) -> Result<Option<Person>, StoreError> {
    let email = email.trim().to_lowercase();
    let row = people::table.filter(people::email.eq(email)).select(PersonRow::as_select()).first(conn).await.optional();
    row.doing("reading a person by address")?.map(Person::try_from).transpose()
}

/// These accounts, for names beside their ids.
///
/// # Errors
/// The database fails.
pub async fn some(conn: &mut AsyncPgConnection, ids: &[PersonId]) -> Result<Vec<Person>, StoreError> {
    let ids: Vec<uuid::Uuid> = ids.iter().map(|id| id.0).collect();
    let rows: Vec<PersonRow> = people::table
        .filter(people::id.eq_any(ids))
        .select(PersonRow::as_select())
        .load(conn)
        .await
        .doing("reading people")?;
    rows.into_iter().map(Person::try_from).collect()
}

/// Every account, by name; only HR and the program list them.
///
/// # Errors
/// The database fails.
pub async fn all(conn: &mut AsyncPgConnection, scope: Scope) -> Result<Vec<Person>, StoreError> {
    let mut query = people::table.order((people::name, people::id)).select(PersonRow::as_select()).into_boxed();
    if let Reach::Own(person) = scope.reach() {
        query = query.filter(people::id.eq(person.0));
    }
    let rows: Vec<PersonRow> = query.load(conn).await.doing("listing people")?;
    rows.into_iter().map(Person::try_from).collect()
}

/// Locks and returns the people whose brief or digest is to be looked into by `now`, at most `limit`;
/// rows that another instance is busy with are left to it.
///
/// # Errors
/// The database fails.
pub async fn due_for_mail(tx: &mut Tx, now: DateTime<Utc>, limit: i64) -> Result<Vec<Person>, StoreError> {
    let rows: Vec<PersonRow> = people::table
        .filter(people::next_brief_at.le(now).or(people::next_digest_at.assume_not_null().le(now)))
        .order((people::next_brief_at, people::id))
        .limit(limit)
        .select(PersonRow::as_select())
        .for_update()
        .skip_locked()
        .load(&mut **tx)
        .await
        .doing("looking for briefs and digests that are due")?;
    rows.into_iter().map(Person::try_from).collect()
}

/// Somebody, with when their brief and digest are looked into next.
pub type NextMail = (PersonId, DateTime<Utc>, Option<DateTime<Utc>>);

/// Sets when briefs (and digests, where given) are looked into next, in one statement.
///
/// # Errors
/// The database fails.
pub async fn reschedule(tx: &mut Tx, times: &[NextMail]) -> Result<(), StoreError> {
    use diesel::sql_types::{Array, Nullable, Timestamptz, Uuid};
    let ids: Vec<uuid::Uuid> = times.iter().map(|(id, _, _)| id.0).collect();
    let briefs: Vec<DateTime<Utc>> = times.iter().map(|(_, brief, _)| *brief).collect();
    let digests: Vec<Option<DateTime<Utc>>> = times.iter().map(|(_, _, digest)| *digest).collect();
    diesel::sql_query(
        "UPDATE people SET next_brief_at = t.brief, next_digest_at = t.digest \
         FROM unnest($1, $2, $3) AS t (id, brief, digest) WHERE people.id = t.id",
    )
    .bind::<Array<Uuid>, _>(ids)
    .bind::<Array<Timestamptz>, _>(briefs)
    .bind::<Array<Nullable<Timestamptz>>, _>(digests)
    .execute(&mut **tx)
    .await
    .doing("setting the next briefs")
    .map(drop)
}

/// When the next brief or digest is looked into, over everybody: how far the demo's clock jumps.
///
/// # Errors
/// The database fails.
pub async fn next_mail_at(conn: &mut AsyncPgConnection) -> Result<Option<DateTime<Utc>>, StoreError> {
    use diesel::dsl::min;
    let (brief, digest): (Option<DateTime<Utc>>, Option<DateTime<Utc>>) = people::table
        .select((min(people::next_brief_at), min(people::next_digest_at)))
        .first(conn)
        .await
        .doing("looking for the next mail")?;
    Ok([brief, digest].into_iter().flatten().min())
}
