//! What time brings: briefs and digests become owed, rituals move on. Cost follows what is due.

use chrono::{DateTime, Datelike, Days, NaiveDate, Utc, Weekday};

use super::worlds::{self, Library};
use super::{Error, Moment, drafts, figures};
use crate::engine::access::Actor;
use crate::engine::calendar::Calendar;
use crate::engine::decide::Request;
use crate::engine::vocabulary::PlanId;
use crate::engine::zone::{at_hour, local_date, next_at_hour, start_of};
use crate::store::outbox::{self, Kind, Owed};
use crate::store::people::{self, Person};
use crate::store::pool::{Pool, Tx};
use crate::store::{curriculum_drafts, figures as figure_tables, plans, pulses, sessions};

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
    let mut swept = Swept { woken: wake_all(pool, moment).await?, ..Swept::default() };
    loop {
        let (looked, briefs, digests) = pool.in_transaction(async |tx| mornings(tx, moment).await).await?;
        swept.briefs += briefs;
        swept.digests += digests;
        if looked == 0 {
            break;
        }
    }
    pool.in_transaction(async |tx| sessions::sweep(tx).await.map_err(Error::from)).await?;
    let old = moment.now - chrono::TimeDelta::days(drafts::DAYS);
    pool.in_transaction(async |tx| curriculum_drafts::sweep(tx, old).await.map_err(Error::from)).await?;
    let old = moment.now - chrono::TimeDelta::hours(figures::KEPT_HOURS);
    pool.in_transaction(async |tx| figure_tables::sweep(tx, old).await.map_err(Error::from)).await?;
    pool.in_transaction(async |tx| pulses::forget_sealed(tx, moment.now).await.map_err(Error::from)).await?;
    Ok(swept)
}

/// Each plan in a transaction of its own: one that can't be woken must not hold up the others, or
/// anybody's brief.
async fn wake_all(pool: &Pool, moment: &Moment) -> Result<usize, Error> {
    let mut woken = 0;
    loop {
        let due =
            pool.in_transaction(async |tx| Ok::<_, Error>(plans::due_to_wake(tx, moment.now, BATCH).await?)).await?;
        if due.is_empty() {
            return Ok(woken);
        }
        for plan in due {
            match pool.in_transaction(async |tx| wake(tx, plan, moment).await).await {
                Ok(()) => woken += 1,
                Err(Error::Store(error)) if error.is_transient() => return Err(error.into()),
                Err(error) => {
                    tracing::error!(%plan, "the plan could not be woken, and is put off for an hour: {error}");
                    let later = moment.now + chrono::TimeDelta::hours(1);
                    pool.in_transaction(async |tx| plans::wake_at(tx, plan, later).await).await?;
                }
            }
        }
    }
}

async fn wake(tx: &mut Tx, plan: PlanId, moment: &Moment) -> Result<(), Error> {
    let world = worlds::lock(tx, Actor::Program.scope(), plan).await?;
    let after = worlds::act(tx, &world, Actor::Program, Request::Wake, moment).await?;
    if after.version == world.plan.version {
        // Nothing to do: another instance was quicker, or the calendar was edited since.
        let next = world.around(after).next_wake(moment.now).map(|day| start_of(day, world.zone()));
        let tomorrow = moment.now + chrono::TimeDelta::days(1);
        let next = next.map(|next| if next > moment.now { next } else { tomorrow });
        plans::wake_at(tx, plan, next.unwrap_or(tomorrow)).await?;
    }
    Ok(())
}

/// Owes the briefs and digests of everybody whose hour has come, and sets when they are looked into
/// next: how many people, briefs and digests.
async fn mornings(tx: &mut Tx, moment: &Moment) -> Result<(usize, usize, usize), Error> {
    let mut library = Library::default();
    let mut due = people::due_for_mail(tx, moment.now, BATCH).await?;
    let (mut briefs, mut digests) = (Vec::new(), Vec::new());
    for person in &mut due {
        let calendar = library.calendar(tx, &person.calendar).await?;
        let today = local_date(moment.now, person.zone);
        let hour = at_hour(today, person.brief_hour, person.zone);
        let has_come = hour <= moment.now;
        let digest_waits = person.next_digest_at.is_some_and(|at| at <= moment.now);
        let is_digest = digest_waits && has_come && calendar.is_working(today);
        let is_brief = has_come && person.next_brief_at <= moment.now && calendar.is_working(today);
        // One mail a day: the digest holds that morning's brief, and the welcome, late or not, stands for it.
        if is_digest {
            digests.push(letter(moment, Kind::Digest, person, today, hour));
        } else if is_brief && !outbox::welcomes(tx, person.id, today).await? {
            briefs.push(letter(moment, Kind::Brief, person, today, hour));
        }
        reschedule(person, &calendar, moment.now);
        if digest_waits && !is_digest {
            // The program slept through its day. Unlike a brief, which tomorrow's replaces, it comes late.
            person.next_digest_at = Some(person.next_brief_at);
        }
    }
    let times: Vec<_> = due.iter().map(|person| (person.id, person.next_brief_at, person.next_digest_at)).collect();
    people::reschedule(tx, &times).await?;
    let (briefs, digests) = (outbox::owe(tx, &briefs, moment.now).await?, outbox::owe(tx, &digests, moment.now).await?);
    Ok((due.len(), briefs, digests))
}

fn letter(moment: &Moment, kind: Kind, person: &Person, day: NaiveDate, due_at: DateTime<Utc>) -> Owed {
    Owed {
        id: moment.id(),
        dedup_key: format!("{}:{}:{day}", kind.as_str(), person.id),
        kind,
        person: person.id,
        plan: None,
        for_day: Some(day),
        step: None,
        meeting: None,
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

/// Sets them after somebody changed their hour, zone or calendar. What was due stays due; and an hour
/// that today's brief was still waiting for, moved before now, makes it due.
pub fn reschedule_after_change(person: &mut Person, before: &Person, calendar: &Calendar, now: DateTime<Utc>) {
    reschedule(person, calendar, now);
    let today = local_date(now, person.zone);
    let waited_today = |at| local_date(at, before.zone) <= local_date(now, before.zone);
    let has_come = at_hour(today, person.brief_hour, person.zone) <= now;
    if waited_today(before.next_brief_at) && has_come {
        person.next_brief_at = now;
    }
    if person.is_hr && before.next_digest_at.is_some_and(waited_today) && has_come {
        person.next_digest_at = Some(now);
    }
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
