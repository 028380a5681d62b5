//! Ballots of teams, and the codes that each count once. No row leads from one to the other.

use chrono::{DateTime, Utc};
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Jsonb};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::pool::Tx;
use super::schema::{pulse_codes, pulses};
use super::{Doing, StoreError};
use crate::engine::ballot::{Ballot, FEWEST};
use crate::engine::chain::Link;
use crate::engine::vocabulary::{PersonId, PlanId, StepKey};

/// A pulse to open.
#[derive(Debug, Clone)]
pub struct NewPulse {
    pub id: uuid::Uuid,
    pub plan: PlanId,
    pub step: StepKey,
    pub opened_by: PersonId,
    pub opened_at: DateTime<Utc>,
    pub closes_at: DateTime<Utc>,
    /// What the codes are kept by.
    pub codes: Vec<Link>,
}

/// A pulse as anybody may know it: how many have answered, and nothing of what they said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pulse {
    pub id: uuid::Uuid,
    pub plan: PlanId,
    pub step: StepKey,
    pub opened_at: DateTime<Utc>,
    pub closes_at: DateTime<Utc>,
    pub codes: usize,
    pub cast: usize,
}

impl Pulse {
    /// Whether it takes no more ballots.
    pub fn is_closed(&self, now: DateTime<Utc>) -> bool {
        self.closes_at <= now || self.cast == self.codes
    }
}

type Row = (uuid::Uuid, uuid::Uuid, String, DateTime<Utc>, DateTime<Utc>, i16, i32);

fn pulse((id, plan, step, opened_at, closes_at, codes, cast): Row) -> Result<Pulse, StoreError> {
    let step = step.parse().map_err(|_| StoreError::Broken { what: format!("the step of pulse {id}") })?;
    let (codes, cast) = (usize::try_from(codes).unwrap_or(0), usize::try_from(cast).unwrap_or(0));
    Ok(Pulse { id, plan: PlanId(plan), step, opened_at, closes_at, codes, cast })
}

diesel::define_sql_function! {
    fn jsonb_array_length(array: diesel::sql_types::Jsonb) -> Integer;
}

#[diesel::dsl::auto_type(no_type_alias)]
fn columns() -> _ {
    (
        pulses::id,
        pulses::plan_id,
        pulses::step_key,
        pulses::opened_at,
        pulses::closes_at,
        pulses::codes,
        jsonb_array_length(pulses::ballots),
    )
}

/// Opens a pulse.
///
/// # Errors
/// The step has one, or the database fails.
pub async fn open(tx: &mut Tx, pulse: &NewPulse) -> Result<(), StoreError> {
    let doing = "opening a pulse";
    diesel::insert_into(pulses::table)
        .values((
            pulses::id.eq(pulse.id),
            pulses::plan_id.eq(pulse.plan.0),
            pulses::step_key.eq(pulse.step.to_string()),
            pulses::opened_by.eq(pulse.opened_by.0),
            pulses::opened_at.eq(pulse.opened_at),
            pulses::closes_at.eq(pulse.closes_at),
            pulses::codes.eq(i16::try_from(pulse.codes.len()).unwrap_or(i16::MAX)),
        ))
        .execute(&mut **tx)
        .await
        .doing(doing)?;
    let codes: Vec<_> = pulse
        .codes
        .iter()
        .map(|hash| (pulse_codes::hash.eq(hash.as_slice()), pulse_codes::pulse_id.eq(pulse.id)))
        .collect();
    diesel::insert_into(pulse_codes::table).values(codes).execute(&mut **tx).await.doing(doing).map(drop)
}

/// The pulse of a step.
///
/// # Errors
/// The database fails.
pub async fn of_step(conn: &mut AsyncPgConnection, plan: PlanId, step: &StepKey) -> Result<Option<Pulse>, StoreError> {
    let of_step = pulses::plan_id.eq(plan.0).and(pulses::step_key.eq(step.to_string()));
    let row: Option<Row> =
        pulses::table.filter(of_step).select(columns()).first(conn).await.optional().doing("looking for a pulse")?;
    row.map(pulse).transpose()
}

/// The pulse that a code belongs to, and whether the code has counted.
///
/// # Errors
/// The database fails.
pub async fn behind(conn: &mut AsyncPgConnection, code: &Link) -> Result<Option<(Pulse, bool)>, StoreError> {
    let row: Option<(Row, bool)> = pulse_codes::table
        .inner_join(pulses::table.on(pulses::id.eq(pulse_codes::pulse_id)))
        .filter(pulse_codes::hash.eq(code.as_slice()))
        .select((columns(), pulse_codes::is_spent))
        .first(conn)
        .await
        .optional()
        .doing("looking for a ballot")?;
    row.map(|(row, is_spent)| Ok((pulse(row)?, is_spent))).transpose()
}

/// Locks a pulse and answers what stands in it, to add one more.
///
/// # Errors
/// The database fails.
pub async fn lock(tx: &mut Tx, id: uuid::Uuid) -> Result<Option<(Pulse, Vec<Ballot>)>, StoreError> {
    let row: Option<(Row, serde_json::Value)> = pulses::table
        .find(id)
        .select((columns(), pulses::ballots))
        .for_update()
        .first(&mut **tx)
        .await
        .optional()
        .doing("locking a pulse")?;
    row.map(|(row, ballots)| Ok((pulse(row)?, read(ballots)?))).transpose()
}

/// Spends a code of a locked pulse. False: it was spent.
///
/// # Errors
/// The database fails.
pub async fn spend(tx: &mut Tx, pulse: uuid::Uuid, code: &Link) -> Result<bool, StoreError> {
    let of_pulse = || pulse_codes::table.filter(pulse_codes::pulse_id.eq(pulse));
    let is_it = || pulse_codes::hash.eq(code.as_slice());
    let unspent = of_pulse().filter(is_it().and(pulse_codes::is_spent.eq(false)));
    let is_unspent: bool =
        diesel::select(diesel::dsl::exists(unspent)).get_result(&mut **tx).await.doing("looking for a ballot")?;
    if is_unspent {
        // Every row is written anew each time: which one alone was would tell the order in which codes are used.
        diesel::update(of_pulse())
            .set(pulse_codes::is_spent.eq(pulse_codes::is_spent.or(is_it())))
            .execute(&mut **tx)
            .await
            .doing("counting a ballot")?;
    }
    Ok(is_unspent)
}

/// Keeps the ballots of a pulse in place of those before.
///
/// # Errors
/// The database fails.
pub async fn keep(tx: &mut Tx, id: uuid::Uuid, ballots: &[Ballot]) -> Result<(), StoreError> {
    let ballots = serde_json::to_value(ballots).map_err(|_| StoreError::Broken { what: "a ballot".to_owned() })?;
    diesel::update(pulses::table.find(id))
        .set(pulses::ballots.eq(ballots))
        .execute(&mut **tx)
        .await
        .doing("keeping a ballot")
        .map(drop)
}

/// Drops a pulse that nobody has answered, with its codes. False: somebody has.
///
/// # Errors
/// The database fails.
pub async fn discard(tx: &mut Tx, id: uuid::Uuid) -> Result<bool, StoreError> {
    let unanswered = pulses::table.filter(pulses::id.eq(id).and(jsonb_array_length(pulses::ballots).eq(0)));
    diesel::delete(unanswered).execute(&mut **tx).await.doing("dropping a pulse").map(|count| count == 1)
}

/// Forgets what was said in every pulse that closed before enough had answered: nobody may ever read it. How many
/// answered stays.
///
/// # Errors
/// The database fails.
pub async fn forget_sealed(tx: &mut Tx, now: DateTime<Utc>) -> Result<usize, StoreError> {
    let fewest = i32::try_from(FEWEST).unwrap_or(i32::MAX);
    let sealed = pulses::table
        .filter(pulses::closes_at.le(now).and(jsonb_array_length(pulses::ballots).lt(fewest)))
        .filter(sql::<Bool>("jsonb_path_exists(ballots, '$[*] ? (@.type() != \"null\")')"));
    diesel::update(sealed)
        .set(pulses::ballots.eq(sql::<Jsonb>("(SELECT jsonb_agg(NULL::jsonb) FROM jsonb_array_elements(ballots))")))
        .execute(&mut **tx)
        .await
        .doing("forgetting what stays sealed")
}

/// What teams said in a plan, of every pulse that is closed and that enough have answered, with when it was
/// opened to them. Nothing else reads ballots.
///
/// # Errors
/// The database fails.
pub async fn opened(
    conn: &mut AsyncPgConnection,
    plan: PlanId,
    now: DateTime<Utc>,
) -> Result<Vec<(StepKey, DateTime<Utc>, Vec<Ballot>)>, StoreError> {
    let fewest = i32::try_from(FEWEST).unwrap_or(i32::MAX);
    let is_full = sql::<Bool>("jsonb_array_length(ballots) = codes");
    let rows: Vec<(String, DateTime<Utc>, serde_json::Value)> = pulses::table
        .filter(pulses::plan_id.eq(plan.0))
        .filter(jsonb_array_length(pulses::ballots).ge(fewest))
        .filter(pulses::closes_at.le(now).or(is_full))
        .select((pulses::step_key, pulses::opened_at, pulses::ballots))
        .load(conn)
        .await
        .doing("reading what a team said")?;
    let read = |(step, opened_at, ballots): (String, DateTime<Utc>, serde_json::Value)| {
        let step = step.parse().map_err(|_| StoreError::Broken { what: "the step of a pulse".to_owned() })?;
        Ok((step, opened_at, read(ballots)?))
    };
    rows.into_iter().map(read).collect()
}

fn read(ballots: serde_json::Value) -> Result<Vec<Ballot>, StoreError> {
    serde_json::from_value(ballots).map_err(|_| StoreError::Broken { what: "ballots".to_owned() })
}
