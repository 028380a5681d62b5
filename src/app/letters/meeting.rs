//! Letters about meetings: times to choose from, and invitations with their changes and cancellations.

use chrono::TimeDelta;

use super::{Invite, MeetingLetter, MeetingNews, ProposalLetter, SlotLine};
use crate::app::pages::lines::step_href;
use crate::app::wording::Wording;
use crate::app::worlds::{self, Names, PlanWorld};
use crate::app::{Error, Moment};
use crate::engine::access::Actor;
use crate::engine::vocabulary::{PersonId, Text};
use crate::store::links::{self, NewLink, Purpose};
use crate::store::meetings::{self, Meeting, Side, State};
use crate::store::outbox::Claimed;
use crate::store::people::{self, Person};
use crate::store::pool::Tx;

/// The times that one of the two offers the other, unless one was chosen or others were offered since.
///
/// # Errors
/// The database fails, or what the letter speaks of is gone.
pub async fn proposal(
    tx: &mut Tx,
    claimed: &Claimed,
    person: &Person,
    base_url: &str,
    moment: &Moment,
) -> Result<Option<ProposalLetter>, Error> {
    let Some(found) = Found::of(tx, claimed, person).await? else { return Ok(None) };
    let meeting = &found.meeting;
    let is_newest = number(claimed) == Some(meeting.round);
    let times: Vec<_> = meeting.offer.slots.iter().copied().filter(|at| *at > moment.now).collect();
    if !is_newest || !meeting.is_open() || meeting.offer.by == person.id || times.is_empty() {
        return Ok(None);
    }
    let length = TimeDelta::minutes(meeting.offer.minutes.into());
    let (mut slots, mut kept) = (Vec::new(), Vec::new());
    for (number, at) in (1..).zip(times) {
        let token = moment.token();
        let purpose = Purpose::Slot { meeting: meeting.id, at };
        kept.push(NewLink { token_hash: token.hash, person: person.id, purpose });
        slots.push(SlotLine { number, at, until: at + length, url: format!("{base_url}/meet/{}", token.secret) });
    }
    links::insert(tx, &kept).await?;
    Ok(Some(ProposalLetter {
        name: person.name.clone(),
        with: found.with.name.clone(),
        title: found.title(tx).await?,
        minutes: u16::try_from(meeting.offer.minutes).unwrap_or(0),
        place: meeting.offer.place.clone(),
        slots,
        url: found.url(base_url),
    }))
}

/// The invitation of a number, its change or its cancellation, unless there is a newer one for the same
/// person, its time is over, or they were never invited to what is off.
///
/// # Errors
/// As [`proposal`].
pub async fn news(
    tx: &mut Tx,
    claimed: &Claimed,
    person: &Person,
    base_url: &str,
    moment: &Moment,
) -> Result<Option<MeetingLetter>, Error> {
    let Some(found) = Found::of(tx, claimed, person).await? else { return Ok(None) };
    let meeting = &found.meeting;
    let (Some(agreed), Some(sequence)) = (&meeting.agreed, meeting.sequence) else { return Ok(None) };
    if number(claimed) != Some(sequence) || agreed.until() <= moment.now {
        return Ok(None);
    }
    // A choice that was undone leaves its times to choose from, and nothing agreed.
    let news = if matches!(meeting.state, State::Cancelled | State::Proposed) {
        if meetings::first_written(tx, meeting.id, found.to).await?.is_none() {
            return Ok(None);
        }
        MeetingNews::Cancelled
    } else if meetings::note_written(tx, meeting.id, found.to, sequence).await? == sequence {
        MeetingNews::Agreed
    } else {
        MeetingNews::Changed
    };
    // What is called off is what stands in their calendar: a change that was never sent does not.
    let at = if news == MeetingNews::Cancelled {
        meetings::told(tx, meeting.id, found.to).await?.unwrap_or(agreed.at)
    } else {
        meetings::note_told(tx, meeting.id, found.to, agreed.at).await?;
        agreed.at
    };
    let both = match found.to {
        Side::Manager => [person, &found.with],
        Side::Other => [&found.with, person],
    };
    Ok(Some(MeetingLetter {
        name: person.name.clone(),
        with: found.with.name.clone(),
        news,
        title: found.title(tx).await?,
        at,
        until: at + (agreed.until() - agreed.at),
        place: agreed.place.clone(),
        url: found.url(base_url),
        invite: Invite {
            uid: meeting.id.to_string(),
            sequence: u32::try_from(sequence).unwrap_or(0),
            is_cancelled: news == MeetingNews::Cancelled,
            stamp: meeting.changed_at,
            attendees: both.map(|one| (one.name.clone(), one.email.clone())).into(),
        },
    }))
}

/// The round or the sequence that a letter was owed for.
fn number(claimed: &Claimed) -> Option<i32> {
    claimed.dedup_key.split(':').nth(2)?.parse().ok()
}

/// What a letter is about, and whom its reader meets.
struct Found {
    meeting: Meeting,
    world: PlanWorld,
    to: Side,
    with: Person,
}

impl Found {
    /// None: the reader is not one of the two any more.
    async fn of(tx: &mut Tx, claimed: &Claimed, person: &Person) -> Result<Option<Found>, Error> {
        let Some(id) = claimed.meeting else { return Ok(None) };
        let meeting = meetings::find(tx, id).await?.ok_or(Error::NotFound)?;
        let world = worlds::find(tx, Actor::Program.scope(), meeting.plan).await?;
        let manager = world.plan.cast.manager;
        let (to, with): (Side, PersonId) = match person.id {
            who if who == manager => (Side::Manager, meeting.other),
            who if who == meeting.other => (Side::Other, manager),
            _ => return Ok(None),
        };
        let with = people::find(tx, with).await?.ok_or(Error::NotFound)?;
        Ok(Some(Found { meeting, world, to, with }))
    }

    /// Without a member's name: invitations stand in calendars that others read.
    async fn title(&self, tx: &mut Tx) -> Result<Text, Error> {
        let names = Names::around(tx, Actor::Program.scope(), &[&self.world.plan]).await?;
        let def = self.world.release.step(&self.meeting.step.id);
        let title = def.map_or(&self.meeting.title, |def| &def.title);
        Ok(Wording::of_plan(&self.world, &names).text(title))
    }

    fn url(&self, base_url: &str) -> String {
        format!("{base_url}{}", step_href(&self.world.plan, &self.meeting.step))
    }
}
