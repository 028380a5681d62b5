//! What is written, and sent to the two, when a meeting changes.

use crate::app::{Error, Moment};
use crate::engine::vocabulary::PersonId;
use crate::store::meetings::{self, Appointment, Meeting, State};
use crate::store::outbox::{self, Kind, Owed};
use crate::store::pool::Tx;

pub(super) async fn agree(
    tx: &mut Tx,
    manager: PersonId,
    meeting: Meeting,
    agreed: Appointment,
    moment: &Moment,
) -> Result<(), Error> {
    let meeting = Meeting { state: State::Agreed, agreed: Some(agreed), ..meeting };
    send_out(tx, manager, meeting, moment).await
}

pub(super) async fn call_off(tx: &mut Tx, manager: PersonId, meeting: Meeting, moment: &Moment) -> Result<(), Error> {
    let is_known = meeting.standing().is_some();
    let meeting = Meeting { state: State::Cancelled, ..meeting };
    if is_known {
        return send_out(tx, manager, meeting, moment).await;
    }
    Ok(meetings::write(tx, &Meeting { changed_at: moment.now, ..meeting }).await?)
}

/// Writes a meeting with the next number, and owes both a letter about it.
pub(super) async fn send_out(tx: &mut Tx, manager: PersonId, meeting: Meeting, moment: &Moment) -> Result<(), Error> {
    let sequence = meeting.sequence.map_or(0, |sequence| sequence.saturating_add(1));
    // The stamp of the invitation: of two versions, calendars take the one that was made later (RFC 5546,
    // 2.1.4), also where a machine's clock was set back.
    let changed_at = meeting.changed_at.max(moment.now);
    let meeting = Meeting { sequence: Some(sequence), manager_says: None, other_says: None, changed_at, ..meeting };
    meetings::write(tx, &meeting).await?;
    let both = [manager, meeting.other];
    let letters = both.map(|to| (to, Kind::Meeting, format!("meeting:{}:{sequence}:{to}", meeting.id)));
    owe(tx, &meeting, letters.into(), moment).await
}

pub(super) async fn owe(
    tx: &mut Tx,
    meeting: &Meeting,
    letters: Vec<(PersonId, Kind, String)>,
    moment: &Moment,
) -> Result<(), Error> {
    let letters: Vec<Owed> = letters
        .into_iter()
        .map(|(person, kind, dedup_key)| Owed {
            id: moment.id(),
            dedup_key,
            kind,
            person,
            plan: Some(meeting.plan),
            for_day: None,
            step: Some(meeting.step.clone()),
            meeting: Some(meeting.id),
            due_at: moment.now,
        })
        .collect();
    outbox::owe(tx, &letters, moment.now).await?;
    Ok(())
}
