//! One-purpose links in mail, kept by the hash of their token. Expiry is on the database's clock.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Binary, Integer, Nullable, SmallInt, Text, Timestamptz, Uuid};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use serde::{Deserialize, Serialize};

use super::pool::Tx;
use super::prepared::Prepared;
use super::schema::links;
use super::{Doing, StoreError, from_json};
use crate::engine::chain::Link as Hash;
use crate::engine::mail::Topic;
use crate::engine::vocabulary::{PersonId, PlanId, StepKey};

/// What a link is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Purpose {
    /// Makes a session, once, within ten minutes.
    SignIn,
    /// Accepts or declines to be the mentor of a plan, until that is answered.
    MentorAnswer { plan: PlanId },
    /// One act on one step, until it moves on.
    Step(StepLink),
    /// A superior's answer to a report.
    Report { plan: PlanId, day: u16, act: ReportAct },
    /// One of the proposed times of a meeting.
    Slot { meeting: uuid::Uuid, at: DateTime<Utc> },
    /// What comes back to a letter, with what it said.
    Letter { letter: uuid::Uuid, said: Said },
    /// Stops a topic.
    Unsubscribe { topic: Topic },
}

/// What a link does to a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepLink {
    pub plan: PlanId,
    pub step: StepKey,
    pub act: StepAct,
    /// The plan's version that the letter showed.
    pub seen: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepAct {
    Done,
    Snooze,
    Accept,
    Return,
    /// Says something to a report, which the step is.
    Answer(ReportAct),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReportAct {
    Seen,
    Talk,
}

/// What a letter said, for whatever comes back to it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// The stream that it belongs to: a brief is not always of the same one.
    pub topic: Option<Topic>,
    pub items: Vec<Item>,
}

/// Something that a letter named, which an answer to it may mean.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Item {
    /// A step, and whether the reader reviews it instead of doing it.
    Step {
        plan: PlanId,
        step: StepKey,
        seen: u64,
        reviews: bool,
    },
    Mentoring {
        plan: PlanId,
    },
    Report {
        plan: PlanId,
        day: u16,
    },
    /// A step that is a report to the reader.
    Reading {
        plan: PlanId,
        step: StepKey,
        seen: u64,
    },
    Slot {
        meeting: uuid::Uuid,
        at: DateTime<Utc>,
    },
}

impl StepAct {
    pub fn as_str(self) -> &'static str {
        match self {
            StepAct::Done => "done",
            StepAct::Snooze => "snooze",
            StepAct::Accept => "accept",
            StepAct::Return => "return",
            StepAct::Answer(answer) => answer.as_str(),
        }
    }

    fn parse(text: &str) -> Option<StepAct> {
        let acts = [StepAct::Done, StepAct::Snooze, StepAct::Accept, StepAct::Return];
        let answer = || ReportAct::parse(text).map(StepAct::Answer);
        acts.into_iter().find(|act| act.as_str() == text).or_else(answer)
    }
}

impl ReportAct {
    pub fn as_str(self) -> &'static str {
        match self {
            ReportAct::Seen => "seen",
            ReportAct::Talk => "talk",
        }
    }

    pub fn parse(text: &str) -> Option<ReportAct> {
        [ReportAct::Seen, ReportAct::Talk].into_iter().find(|act| act.as_str() == text)
    }
}

/// A link to keep, by the hash of its token.
#[derive(Debug, Clone)]
pub struct NewLink {
    pub token_hash: Hash,
    pub person: PersonId,
    pub purpose: Purpose,
}

/// A sign-in link lives this long.
pub const SIGN_IN_MINUTES: i32 = 10;

#[derive(Default)]
struct Columns {
    purpose: &'static str,
    plan: Option<uuid::Uuid>,
    lives: Option<i32>,
    step: Option<String>,
    act: Option<&'static str>,
    seen: Option<i64>,
    letter: Option<uuid::Uuid>,
    topic: Option<&'static str>,
    day: Option<i16>,
    meeting: Option<uuid::Uuid>,
    slot: Option<DateTime<Utc>>,
    items: Option<String>,
}

impl Columns {
    fn of(purpose: &Purpose) -> Columns {
        let bare = |purpose| Columns { purpose, ..Columns::default() };
        match purpose {
            Purpose::SignIn => Columns { lives: Some(SIGN_IN_MINUTES), ..bare("sign_in") },
            Purpose::MentorAnswer { plan } => Columns { plan: Some(plan.0), ..bare("mentor_answer") },
            Purpose::Step(StepLink { plan, step, act, seen }) => Columns {
                plan: Some(plan.0),
                step: Some(step.to_string()),
                act: Some(act.as_str()),
                seen: i64::try_from(*seen).ok(),
                ..bare("step")
            },
            Purpose::Report { plan, day, act } => {
                Columns { plan: Some(plan.0), day: i16::try_from(*day).ok(), act: Some(act.as_str()), ..bare("report") }
            }
            Purpose::Slot { meeting, at } => Columns { meeting: Some(*meeting), slot: Some(*at), ..bare("slot") },
            Purpose::Letter { letter, said } => {
                Columns { letter: Some(*letter), items: serde_json::to_string(said).ok(), ..bare("letter") }
            }
            Purpose::Unsubscribe { topic } => Columns { topic: Some(topic.as_str()), ..bare("unsubscribe") },
        }
    }
}

/// Keeps new links, in one statement.
///
/// # Errors
/// The database fails.
pub async fn insert(tx: &mut Tx, links: &[NewLink]) -> Result<(), StoreError> {
    if links.is_empty() {
        return Ok(());
    }
    let rows: Vec<Columns> = links.iter().map(|link| Columns::of(&link.purpose)).collect();
    fn each<'r, T>(rows: &'r [Columns], of: impl Fn(&'r Columns) -> T) -> Vec<T> {
        rows.iter().map(of).collect()
    }
    let insert = diesel::sql_query(
        "INSERT INTO links (token_hash, person_id, purpose, plan_id, expires_at, step_key, act, seen, letter_id, topic, \
           plan_day, meeting_id, slot, items) \
         SELECT hash, person, purpose, plan, now() + make_interval(mins => lives), step, act, seen, letter, topic, day, \
           meeting, slot, items::jsonb \
         FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) \
           AS t (hash, person, purpose, plan, lives, step, act, seen, letter, topic, day, meeting, slot, items)",
    )
    .bind::<Array<Binary>, _>(links.iter().map(|link| link.token_hash.to_vec()).collect::<Vec<_>>())
    .bind::<Array<Uuid>, _>(links.iter().map(|link| link.person.0).collect::<Vec<_>>())
    .bind::<Array<Text>, _>(each(&rows, |row| row.purpose))
    .bind::<Array<Nullable<Uuid>>, _>(each(&rows, |row| row.plan))
    .bind::<Array<Nullable<Integer>>, _>(each(&rows, |row| row.lives))
    .bind::<Array<Nullable<Text>>, _>(each(&rows, |row| row.step.as_deref()))
    .bind::<Array<Nullable<Text>>, _>(each(&rows, |row| row.act))
    .bind::<Array<Nullable<BigInt>>, _>(each(&rows, |row| row.seen))
    .bind::<Array<Nullable<Uuid>>, _>(each(&rows, |row| row.letter))
    .bind::<Array<Nullable<Text>>, _>(each(&rows, |row| row.topic))
    .bind::<Array<Nullable<SmallInt>>, _>(each(&rows, |row| row.day))
    .bind::<Array<Nullable<Uuid>>, _>(each(&rows, |row| row.meeting))
    .bind::<Array<Nullable<Timestamptz>>, _>(each(&rows, |row| row.slot))
    .bind::<Array<Nullable<Text>>, _>(each(&rows, |row| row.items.as_deref()));
    Prepared(insert).execute(&mut **tx).await.doing("keeping links").map(drop)
}

/// What a link acts on, by its token: a step's, a report's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    Step(StepLink),
    Report { plan: PlanId, day: u16, act: ReportAct },
}

impl Found {
    pub fn plan(&self) -> PlanId {
        match self {
            Found::Step(on) => on.plan,
            Found::Report { plan, .. } => *plan,
        }
    }
}

/// Whose link this is and what it does, where it acts on a step or a report. Whether it may still act is
/// the engine's business: it lives until its step moves on.
///
/// # Errors
/// The database fails.
pub async fn acting(conn: &mut AsyncPgConnection, token_hash: &Hash) -> Result<Option<(PersonId, Found)>, StoreError> {
    type Row = (uuid::Uuid, Option<uuid::Uuid>, Option<String>, Option<String>, Option<i64>, Option<i16>);
    let row: Option<Row> = links::table
        .filter(links::token_hash.eq(token_hash.to_vec()).and(links::purpose.eq_any(["step", "report"])))
        .select((links::person_id, links::plan_id, links::step_key, links::act, links::seen, links::plan_day))
        .first(conn)
        .await
        .optional()
        .doing("looking at a link")?;
    let Some((person, plan, step, act, seen, day)) = row else { return Ok(None) };
    let found = match (plan.map(PlanId), step, day) {
        (Some(plan), Some(step), _) => {
            step.parse().ok().zip(act.as_deref().and_then(StepAct::parse)).map(|(step, act)| {
                let seen = seen.and_then(|seen| u64::try_from(seen).ok()).unwrap_or_default();
                Found::Step(StepLink { plan, step, act, seen })
            })
        }
        (Some(plan), None, Some(day)) => act
            .as_deref()
            .and_then(ReportAct::parse)
            .zip(u16::try_from(day).ok())
            .map(|(act, day)| Found::Report { plan, day, act }),
        _ => None,
    };
    Ok(found.map(|found| (PersonId(person), found)))
}

/// A step stands again as a letter showed it: what that letter offers its reader about it is as new as the
/// plan's version `seen`.
///
/// # Errors
/// The database fails.
pub async fn shown_again(tx: &mut Tx, person: PersonId, on: &StepLink, seen: u64) -> Result<(), StoreError> {
    let version = |version: u64| i64::try_from(version).unwrap_or(i64::MAX);
    let step = links::plan_id.eq(on.plan.0).and(links::step_key.eq(on.step.to_string()));
    let shown = step.and(links::person_id.eq(person.0)).and(links::seen.eq(version(on.seen)));
    diesel::update(links::table.filter(shown))
        .set(links::seen.eq(version(seen)))
        .execute(&mut **tx)
        .await
        .doing("making links as new as their step")
        .map(drop)
}

/// The letter that a token belongs to, to whom it went, and what it said.
///
/// # Errors
/// The database fails; or what it said does not read.
pub async fn letter(
    conn: &mut AsyncPgConnection,
    token_hash: &Hash,
) -> Result<Option<(PersonId, uuid::Uuid, Said)>, StoreError> {
    type Row = (uuid::Uuid, Option<uuid::Uuid>, Option<serde_json::Value>);
    let row: Option<Row> = links::table
        .filter(links::token_hash.eq(token_hash.to_vec()).and(links::purpose.eq("letter")))
        .select((links::person_id, links::letter_id, links::items))
        .first(conn)
        .await
        .optional()
        .doing("looking for the letter of an answer")?;
    let Some((person, Some(letter), said)) = row else { return Ok(None) };
    let said = said.map(|said| from_json(&format!("what the letter {letter} said"), said)).transpose()?;
    Ok(Some((PersonId(person), letter, said.unwrap_or_default())))
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
