//! What time brings: briefs and digests become owed, rituals move on. Cost follows what is due.

use std::collections::HashMap;

use chrono::{DateTime, Datelike, Days, NaiveDate, Utc, Weekday};

use super::worlds::{self, Library};
use super::{Error, Moment};
use crate::engine::access::Actor;
use crate::engine::calendar::Calendar;
use crate::engine::decide::Request;
use crate::engine::zone::{at_hour, local_date, next_at_hour};
use crate::store::outbox::{self, Kind, Owed};
use crate::store::people::{self, Person};
use crate::store::pool::{Pool, Tx};
use crate::store::{plans, sessions};

/// How many rows one transaction takes: short enough that nobody waits behind it.
const BATCH: i64 = 100;

/// What a sweep did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Swept {
    pub briefs: usize,
    pub digests: usize,
    pub woken: usize,
}

/// Owes what is due by now and moves rituals on. Any instance may do it at any time.
///
/// # Errors
/// The database fails; what was done before stays done.
pub async fn sweep(pool: &Pool, moment: &Moment) -> Result<Swept, Error> {
    let mut swept = Swept::default();
    loop {
        let woken = pool.in_transaction(async |tx| wake(tx, moment).await).await?;
        swept.woken += woken;
        if woken == 0 {
            break;
        }
    }
    loop {
        let (looked, owed) = pool.in_transaction(async |tx| briefs(tx, moment).await).await?;
        swept.briefs += owed;
        if looked == 0 {
            break;
        }
    }
    loop {
        let (looked, owed) = pool.in_transaction(async |tx| digests(tx, moment).await).await?;
        swept.digests += owed;
        if looked == 0 {
            break;
        }
    }
    pool.in_transaction(async |tx| sessions::sweep(tx).await.map_err(Error::from)).await?;
    Ok(swept)
}

async fn wake(tx: &mut Tx, moment: &Moment) -> Result<usize, Error> {
    let due = plans::due_to_wake(tx, moment.now, BATCH).await?;
    for plan in &due {
        let world = worlds::lock(tx, Actor::Program.scope(), *plan).await?;
        let after = worlds::act(tx, &world, Actor::Program, Request::Wake, moment).await?;
        if after.version == world.plan.version {
            // Nothing changed (its calendar was edited since): look again tomorrow, not at once.
            plans::wake_at(tx, *plan, moment.now + chrono::TimeDelta::days(1)).await?;
        }
    }
    Ok(due.len())
}

async fn briefs(tx: &mut Tx, moment: &Moment) -> Result<(usize, usize), Error> {
    let mut library = Library::default();
    let mut due = people::due_for_brief(tx, moment.now, BATCH).await?;
    let mut letters = Vec::new();
    for person in &due {
        let calendar = library.calendar(tx, &person.calendar).await?;
        let today = local_date(moment.now, person.zone);
        let hour = at_hour(today, person.brief_hour, person.zone);
        // One brief a day: the welcome is the first morning's.
        let is_theirs = calendar.is_working(today) && hour <= moment.now;
        if is_theirs && !outbox::has_for_day(tx, Kind::Welcome, person.id, today).await? {
            letters.push(letter(moment, Kind::Brief, person, today, hour));
        }
    }
    finish(tx, &mut library, &mut due, letters, moment).await
}

async fn digests(tx: &mut Tx, moment: &Moment) -> Result<(usize, usize), Error> {
    let mut library = Library::default();
    let mut due = people::due_for_digest(tx, moment.now, BATCH).await?;
    let mut letters = Vec::new();
    for person in &due {
        let calendar = library.calendar(tx, &person.calendar).await?;
        let today = local_date(moment.now, person.zone);
        let hour = at_hour(today, person.brief_hour, person.zone);
        if is_digest_day(&calendar, today) && hour <= moment.now {
            letters.push(letter(moment, Kind::Digest, person, today, hour));
        }
    }
    finish(tx, &mut library, &mut due, letters, moment).await
}

async fn finish(
    tx: &mut Tx,
    library: &mut Library,
    due: &mut [Person],
    letters: Vec<Owed>,
    moment: &Moment,
) -> Result<(usize, usize), Error> {
    let owed = outbox::owe(tx, &letters, moment.now).await?;
    let mut calendars: HashMap<String, _> = HashMap::new();
    for person in due.iter() {
        calendars.insert(person.calendar.clone(), library.calendar(tx, &person.calendar).await?);
    }
    for person in due.iter_mut() {
        if let Some(calendar) = calendars.get(&person.calendar) {
            reschedule(person, calendar, moment.now);
        }
    }
    let times: Vec<_> = due.iter().map(|person| (person.id, person.next_brief_at, person.next_digest_at)).collect();
    people::reschedule(tx, &times).await?;
    Ok((due.len(), owed))
}

fn letter(moment: &Moment, kind: Kind, person: &Person, day: NaiveDate, due_at: DateTime<Utc>) -> Owed {
    Owed {
        id: moment.id(),
        dedup_key: format!("{}:{}:{day}", kind.as_str(), person.id),
        kind,
        person: person.id,
        plan: None,
        for_day: Some(day),
        due_at,
    }
}

/// Sets when somebody's next brief and digest are looked into: their hour, their working days.
pub fn reschedule(person: &mut Person, calendar: &Calendar, now: DateTime<Utc>) {
    let never = now + chrono::TimeDelta::days(365);
    let next = next_at_hour(now, person.brief_hour, person.zone, |day| calendar.is_working(day));
    person.next_brief_at = next.unwrap_or(never);
    person.next_digest_at = if person.is_hr {
        let next = next_at_hour(now, person.brief_hour, person.zone, |day| is_digest_day(calendar, day));
        Some(next.unwrap_or(never))
    } else {
        None
    };
}

/// The digest comes on the first working day of the week.
fn is_digest_day(calendar: &Calendar, day: NaiveDate) -> bool {
    let monday = day.week(Weekday::Mon).first_day();
    let before = monday.iter_days().take(day.weekday().num_days_from_monday() as usize);
    calendar.is_working(day) && !before.into_iter().any(|earlier| calendar.is_working(earlier))
}

/// The week that a digest on `day` speaks of: the seven days before it.
pub fn digest_week(day: NaiveDate) -> (NaiveDate, NaiveDate) {
    let monday = day.week(Weekday::Mon).first_day();
    let back = |days| monday.checked_sub_days(Days::new(days)).unwrap_or(monday);
    (back(7), back(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::calendar::samples::{calendar, date};

    #[test]
    fn the_digest_comes_on_the_first_working_day_of_a_week() {
        let mut closed = calendar();
        let name = closed.title.clone();
        closed.holidays.insert(date("2030-03-11"), name); // a Monday off
        assert!(is_digest_day(&closed, date("2030-03-04")));
        assert!(!is_digest_day(&closed, date("2030-03-05")));
        assert!(!is_digest_day(&closed, date("2030-03-11")));
        assert!(is_digest_day(&closed, date("2030-03-12")));
    }

    #[test]
    fn a_digest_speaks_of_the_whole_week_before() {
        assert_eq!(digest_week(date("2030-03-12")), (date("2030-03-04"), date("2030-03-10")));
    }
}
