//! What HR does about mail: gives an address another try, sends a letter again, takes one back; and the
//! sign that no mail leaves at all.

use chrono::{DateTime, TimeDelta, Utc};
use diesel_async::AsyncPgConnection;
use serde::Serialize;

use super::roster::hr_only;
use super::{Error, Moment};
use crate::engine::access::Viewer;
use crate::engine::vocabulary::PersonId;
use crate::store::mailroom::{self, Waiting};
use crate::store::pool::Tx;
use crate::store::{StoreError, bounced, people};

/// A letter that could leave and does not leave for so long means that none does.
const PATIENCE: TimeDelta = TimeDelta::minutes(30);

/// Mail is owed, and none leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Canary {
    /// Since when the oldest letter could have left.
    pub since: DateTime<Utc>,
    /// How many could leave now.
    pub owed: i64,
    pub last_sent: Option<DateTime<Utc>>,
}

/// Whether no mail leaves, although some is owed. Letters that are put off, held or wait for their next
/// try are no sign of it.
///
/// # Errors
/// The database fails.
pub async fn canary(conn: &mut AsyncPgConnection, now: DateTime<Utc>) -> Result<Option<Canary>, StoreError> {
    let waiting = mailroom::waiting(conn, now).await?;
    // Looked up only in trouble: it reads all that was ever sent.
    let last_sent = match waiting.since {
        Some(since) if since <= now - PATIENCE => mailroom::last_sent(conn).await?,
        _ => return Ok(None),
    };
    Ok(sung(now, waiting, last_sent))
}

/// The rule: the oldest has waited too long, and nothing left lately. A relay that fails in the middle of
/// a morning counts, although something left after that letter was due; a long queue that moves does not.
fn sung(now: DateTime<Utc>, waiting: Waiting, last_sent: Option<DateTime<Utc>>) -> Option<Canary> {
    let is_long = |at: DateTime<Utc>| at <= now - PATIENCE;
    let since = waiting.since.filter(|since| is_long(*since))?;
    last_sent.is_none_or(is_long).then_some(Canary { since, owed: waiting.count, last_sent })
}

/// Owes again what is held for somebody whose address is another one now, or is given another try: how
/// many letters. What is of no use any more is seen when it is composed.
///
/// # Errors
/// The database fails.
pub async fn release_held(tx: &mut Tx, person: PersonId, now: DateTime<Utc>) -> Result<usize, StoreError> {
    mailroom::release(tx, person, now).await
}

/// HR gives somebody's address another try: its bounce is forgotten, and what is held for them owed again.
///
/// # Errors
/// The viewer is not HR, or there is no such person.
pub async fn try_address(tx: &mut Tx, who: Viewer, person: PersonId, moment: &Moment) -> Result<(), Error> {
    hr_only(who)?;
    let person = people::find(tx, person).await?.ok_or(Error::NotFound)?;
    bounced::forget(tx, &person.email).await?;
    release_held(tx, person.id, moment.now).await?;
    Ok(())
}

/// HR sends a letter again that was given up, or is held: its address then gets another try. False: it
/// is neither any more.
///
/// # Errors
/// The viewer is not HR, or there is no such letter.
pub async fn again(tx: &mut Tx, who: Viewer, letter: uuid::Uuid, moment: &Moment) -> Result<bool, Error> {
    hr_only(who)?;
    let (person, state) = mailroom::find(tx, letter).await?.ok_or(Error::NotFound)?;
    match state.as_str() {
        "held" => try_address(tx, who, person, moment).await.map(|()| true),
        _ => Ok(mailroom::again(tx, letter, moment.now).await?),
    }
}

/// HR takes a letter back before it leaves. False: it is on its way, or was settled.
///
/// # Errors
/// As [`again`].
pub async fn take_back(tx: &mut Tx, who: Viewer, letter: uuid::Uuid, moment: &Moment) -> Result<bool, Error> {
    hr_only(who)?;
    mailroom::find(tx, letter).await?.ok_or(Error::NotFound)?;
    Ok(mailroom::take_back(tx, letter, moment.now).await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(clock: &str) -> DateTime<Utc> {
        format!("2030-03-04T{clock}:00Z").parse().expect("a moment") // a Monday
    }

    fn at_ten(since: Option<&str>, last_sent: Option<&str>) -> bool {
        let waiting = Waiting { count: 1, since: since.map(at) };
        sung(at("10:00"), waiting, last_sent.map(at)).is_some()
    }

    #[test]
    fn a_letter_that_waits_for_half_an_hour_while_nothing_leaves_is_a_warning() {
        assert!(at_ten(Some("09:30"), None) && at_ten(Some("09:00"), Some("08:00")));
        assert!(!at_ten(Some("09:31"), None), "not yet");
        assert!(!at_ten(None, None), "nothing waits");
    }

    #[test]
    fn a_long_queue_that_moves_is_none_and_one_that_stopped_in_the_middle_is() {
        assert!(!at_ten(Some("09:00"), Some("09:59")));
        assert!(at_ten(Some("09:00"), Some("09:01")));
    }
}
