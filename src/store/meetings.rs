//! Meetings: the times that two people offered each other and agreed on, for a step of a plan.
//!
//! Reads take no scope: whoever asks has reached the plan, or holds a link of its own.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::pool::Tx;
use super::schema::{links, meetings};
use super::{Doing, StoreError};
use crate::engine::chain::Link as Hash;
use crate::engine::vocabulary::{PersonId, PlanId, StepKey, Text};

/// A meeting of a plan's manager with somebody, for a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meeting {
    /// The UID of its invitations.
    pub id: uuid::Uuid,
    pub plan: PlanId,
    pub step: StepKey,
    /// What the step was called when times were offered.
    pub title: Text,
    /// With whom the manager meets.
    pub other: PersonId,
    pub state: State,
    pub offer: Offer,
    /// Grows with each offer.
    pub round: i32,
    /// What was agreed on last; it stays when it is cancelled, for the letter that says so.
    pub agreed: Option<Appointment>,
    /// What stood while the newest offer was open, for whoever undoes the choice from it.
    pub before: Option<Appointment>,
    /// RFC 5545: of the newest invitation or cancellation; none before the first.
    pub sequence: Option<i32>,
    /// What their calendars answered to the newest.
    pub manager_says: Option<Answer>,
    pub other_says: Option<Answer>,
    pub changed_at: DateTime<Utc>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// One of the slots is to be chosen.
    Proposed,
    Agreed,
    /// Agreed, until one of the slots is chosen instead.
    Moving,
    /// Its time came, and another one was begun.
    Held,
    Cancelled,
}

/// Times to choose from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    pub by: PersonId,
    /// None: what was agreed on was not chosen.
    pub slots: Vec<DateTime<Utc>>,
    pub minutes: i16,
    pub place: String,
}

/// A time and a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appointment {
    pub at: DateTime<Utc>,
    pub minutes: i16,
    pub place: String,
}

/// What a calendar answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    Accepted,
    Declined,
    Tentative,
}

/// One of the two who meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Manager,
    Other,
}

impl State {
    const ALL: [State; 5] = [State::Proposed, State::Agreed, State::Moving, State::Held, State::Cancelled];

    fn as_str(self) -> &'static str {
        match self {
            State::Proposed => "proposed",
            State::Agreed => "agreed",
            State::Moving => "moving",
            State::Held => "held",
            State::Cancelled => "cancelled",
        }
    }
}

impl Answer {
    const ALL: [Answer; 3] = [Answer::Accepted, Answer::Declined, Answer::Tentative];

    pub fn as_str(self) -> &'static str {
        match self {
            Answer::Accepted => "accepted",
            Answer::Declined => "declined",
            Answer::Tentative => "tentative",
        }
    }

    fn parse(text: &str) -> Option<Answer> {
        Answer::ALL.into_iter().find(|answer| answer.as_str() == text)
    }
}

impl Appointment {
    pub fn until(&self) -> DateTime<Utc> {
        self.at + chrono::TimeDelta::minutes(self.minutes.into())
    }
}

impl Meeting {
    /// The appointment that stands.
    pub fn standing(&self) -> Option<&Appointment> {
        self.agreed.as_ref().filter(|_| matches!(self.state, State::Agreed | State::Moving))
    }

    /// Whether one of the slots is still to be chosen.
    pub fn is_open(&self) -> bool {
        matches!(self.state, State::Proposed | State::Moving)
    }
}

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = meetings, treat_none_as_null = true)]
struct MeetingRow {
    id: uuid::Uuid,
    plan_id: uuid::Uuid,
    step_key: String,
    title: serde_json::Value,
    other_id: uuid::Uuid,
    state: String,
    offered_by: uuid::Uuid,
    slots: Vec<DateTime<Utc>>,
    slot_minutes: i16,
    slot_place: String,
    round: i32,
    starts_at: Option<DateTime<Utc>>,
    minutes: Option<i16>,
    place: Option<String>,
    sequence: Option<i32>,
    manager_says: Option<String>,
    other_says: Option<String>,
    changed_at: DateTime<Utc>,
    before_starts_at: Option<DateTime<Utc>>,
    before_minutes: Option<i16>,
    before_place: Option<String>,
}

impl TryFrom<MeetingRow> for Meeting {
    type Error = StoreError;

    fn try_from(row: MeetingRow) -> Result<Meeting, StoreError> {
        let broken = || StoreError::Broken { what: format!("meeting {}", row.id) };
        let appointment = |at: Option<_>, minutes: Option<_>, place: Option<_>| {
            at.zip(minutes).zip(place).map(|((at, minutes), place)| Appointment { at, minutes, place })
        };
        let says = |text: Option<&str>| text.map(|text| Answer::parse(text).ok_or_else(broken)).transpose();
        Ok(Meeting {
            id: row.id,
            plan: PlanId(row.plan_id),
            step: row.step_key.parse().map_err(|_| broken())?,
            title: serde_json::from_value(row.title)
                .map_err(|source| StoreError::Unreadable { what: format!("meeting {}", row.id), source })?,
            other: PersonId(row.other_id),
            state: State::ALL.into_iter().find(|state| state.as_str() == row.state).ok_or_else(broken)?,
            round: row.round,
            agreed: appointment(row.starts_at, row.minutes, row.place),
            before: appointment(row.before_starts_at, row.before_minutes, row.before_place),
            sequence: row.sequence,
            manager_says: says(row.manager_says.as_deref())?,
            other_says: says(row.other_says.as_deref())?,
            changed_at: row.changed_at,
            offer: Offer {
                by: PersonId(row.offered_by),
                slots: row.slots,
                minutes: row.slot_minutes,
                place: row.slot_place,
            },
        })
    }
}

impl TryFrom<&Meeting> for MeetingRow {
    type Error = StoreError;

    fn try_from(meeting: &Meeting) -> Result<MeetingRow, StoreError> {
        let (agreed, before) = (meeting.agreed.as_ref(), meeting.before.as_ref());
        let title = serde_json::to_value(&meeting.title);
        let title =
            title.map_err(|source| StoreError::Unreadable { what: format!("meeting {}", meeting.id), source })?;
        Ok(MeetingRow {
            id: meeting.id,
            plan_id: meeting.plan.0,
            step_key: meeting.step.to_string(),
            title,
            other_id: meeting.other.0,
            state: meeting.state.as_str().to_owned(),
            offered_by: meeting.offer.by.0,
            slots: meeting.offer.slots.clone(),
            slot_minutes: meeting.offer.minutes,
            slot_place: meeting.offer.place.clone(),
            round: meeting.round,
            starts_at: agreed.map(|agreed| agreed.at),
            minutes: agreed.map(|agreed| agreed.minutes),
            place: agreed.map(|agreed| agreed.place.clone()),
            sequence: meeting.sequence,
            manager_says: meeting.manager_says.map(|says| says.as_str().to_owned()),
            other_says: meeting.other_says.map(|says| says.as_str().to_owned()),
            changed_at: meeting.changed_at,
            before_starts_at: before.map(|before| before.at),
            before_minutes: before.map(|before| before.minutes),
            before_place: before.map(|before| before.place.clone()),
        })
    }
}

/// Writes a meeting, new or changed.
///
/// # Errors
/// The database fails; or another one of the step is under way.
pub async fn write(tx: &mut Tx, meeting: &Meeting) -> Result<(), StoreError> {
    let row = MeetingRow::try_from(meeting)?;
    diesel::insert_into(meetings::table)
        .values(&row)
        .on_conflict(meetings::id)
        .do_update()
        .set(&row)
        .execute(&mut **tx)
        .await
        .doing("writing a meeting")
        .map(drop)
}

/// One meeting.
///
/// # Errors
/// The database fails.
pub async fn find(conn: &mut AsyncPgConnection, id: uuid::Uuid) -> Result<Option<Meeting>, StoreError> {
    let row = meetings::table.find(id).select(MeetingRow::as_select()).first(conn).await.optional();
    row.doing("reading a meeting")?.map(Meeting::try_from).transpose()
}

/// The meetings of a plan that are under way: proposed or agreed, be it that their time has come.
///
/// # Errors
/// The database fails.
pub async fn under_way(conn: &mut AsyncPgConnection, plan: PlanId) -> Result<Vec<Meeting>, StoreError> {
    let rows: Vec<MeetingRow> = meetings::table
        .filter(meetings::plan_id.eq(plan.0))
        // As in the index.
        .filter(diesel::dsl::sql::<diesel::sql_types::Bool>("state IN ('proposed', 'agreed', 'moving')"))
        .select(MeetingRow::as_select())
        .load(conn)
        .await
        .doing("reading the meetings of a plan")?;
    rows.into_iter().map(Meeting::try_from).collect()
}

/// The meeting of a step that is under way.
///
/// # Errors
/// The database fails.
pub async fn of_step(
    conn: &mut AsyncPgConnection,
    plan: PlanId,
    step: &StepKey,
) -> Result<Option<Meeting>, StoreError> {
    let row = meetings::table
        .filter(meetings::plan_id.eq(plan.0).and(meetings::step_key.eq(step.to_string())))
        .filter(diesel::dsl::sql::<diesel::sql_types::Bool>("state IN ('proposed', 'agreed', 'moving')"))
        .select(MeetingRow::as_select())
        .first(conn)
        .await
        .optional()
        .doing("reading the meeting of a step")?;
    row.map(Meeting::try_from).transpose()
}

/// The first invitation that was written to one of the two; none: their calendar has nothing to cancel.
///
/// # Errors
/// The database fails.
pub async fn first_written(conn: &mut AsyncPgConnection, id: uuid::Uuid, to: Side) -> Result<Option<i32>, StoreError> {
    let row = meetings::table.find(id);
    match to {
        Side::Manager => row.select(meetings::manager_from).first(conn).await,
        Side::Other => row.select(meetings::other_from).first(conn).await,
    }
    .doing("looking for an invitation")
}

/// Notes that an invitation is written to one of the two, before it leaves: whatever becomes of it, it may
/// have to be cancelled. Answers the first one.
///
/// # Errors
/// The database fails.
pub async fn note_written(tx: &mut Tx, id: uuid::Uuid, to: Side, sequence: i32) -> Result<i32, StoreError> {
    if let Some(first) = first_written(tx, id, to).await? {
        return Ok(first);
    }
    let row = diesel::update(meetings::table.find(id));
    match to {
        Side::Manager => row.set(meetings::manager_from.eq(sequence)).execute(&mut **tx).await,
        Side::Other => row.set(meetings::other_from.eq(sequence)).execute(&mut **tx).await,
    }
    .doing("noting an invitation")?;
    Ok(sequence)
}

/// Notes which time one of the two is told.
///
/// # Errors
/// The database fails.
pub async fn note_told(tx: &mut Tx, id: uuid::Uuid, to: Side, at: DateTime<Utc>) -> Result<(), StoreError> {
    let row = diesel::update(meetings::table.find(id));
    match to {
        Side::Manager => row.set(meetings::manager_told.eq(at)).execute(&mut **tx).await,
        Side::Other => row.set(meetings::other_told.eq(at)).execute(&mut **tx).await,
    }
    .doing("noting the time of an invitation")
    .map(drop)
}

/// The time that one of the two was told last.
///
/// # Errors
/// The database fails.
pub async fn told(conn: &mut AsyncPgConnection, id: uuid::Uuid, to: Side) -> Result<Option<DateTime<Utc>>, StoreError> {
    let row = meetings::table.find(id);
    match to {
        Side::Manager => row.select(meetings::manager_told).first(conn).await,
        Side::Other => row.select(meetings::other_told).first(conn).await,
    }
    .doing("looking for the time of an invitation")
}

/// Keeps what a calendar answered to an invitation, unless a newer one was sent out. False: it came too late.
///
/// # Errors
/// The database fails.
pub async fn answered(
    tx: &mut Tx,
    id: uuid::Uuid,
    by: Side,
    sequence: i32,
    answer: Answer,
) -> Result<bool, StoreError> {
    let row = diesel::update(
        meetings::table
            .filter(meetings::id.eq(id).and(meetings::sequence.eq(sequence)))
            .filter(meetings::state.eq_any(["agreed", "moving"])),
    );
    let changed = match by {
        Side::Manager => row.set(meetings::manager_says.eq(answer.as_str())).execute(&mut **tx).await,
        Side::Other => row.set(meetings::other_says.eq(answer.as_str())).execute(&mut **tx).await,
    };
    Ok(changed.doing("keeping what a calendar answered")? == 1)
}

/// Whose link it is, to which meeting and which of its times.
///
/// # Errors
/// The database fails.
pub async fn by_link(
    conn: &mut AsyncPgConnection,
    token_hash: &Hash,
) -> Result<Option<(PersonId, Meeting, DateTime<Utc>)>, StoreError> {
    let row: Option<(uuid::Uuid, Option<DateTime<Utc>>, MeetingRow)> = links::table
        .inner_join(meetings::table.on(links::meeting_id.eq(meetings::id.nullable())))
        .filter(links::token_hash.eq(token_hash.to_vec()).and(links::purpose.eq("slot")))
        .select((links::person_id, links::slot, MeetingRow::as_select()))
        .first(conn)
        .await
        .optional()
        .doing("looking at a link to a meeting")?;
    let Some((person, Some(slot), meeting)) = row else { return Ok(None) };
    Ok(Some((PersonId(person), meeting.try_into()?, slot)))
}
