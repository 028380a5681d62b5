//! What it brings when somebody who was asked to be a mentor does not answer.

use chrono::NaiveDate;
use chrono_tz::Tz;

use super::ritual::Course;
use super::vocabulary::PersonId;
use super::zone::local_date;

/// Somebody who was asked and has not answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Silence {
    pub who: PersonId,
    pub asked_on: NaiveDate,
    /// They are asked once more.
    pub remind_on: NaiveDate,
    /// The next one is asked, or HR hears that there is none.
    pub next_on: NaiveDate,
}

/// Whose answer a plan waits for, and what comes when; none while it rests or is over.
pub fn silence(course: &Course, zone: Tz) -> Option<Silence> {
    let Course { plan, release, calendar } = *course;
    if plan.arranged.ended.is_some() || plan.arranged.paused.is_some() {
        return None;
    }
    let (who, at) = plan.cast.mentor.waiting()?;
    let policy = release.program.mail.mentor;
    let asked_on = local_date(at, zone);
    let after = |days| calendar.after(asked_on, days);
    Some(Silence { who, asked_on, remind_on: after(policy.remind), next_on: after(policy.next) })
}

/// The day on which the next one on the list is asked.
pub fn next_is_asked_on(course: &Course, zone: Tz) -> Option<NaiveDate> {
    silence(course, zone).filter(|_| !course.plan.cast.mentor.then().is_empty()).map(|silence| silence.next_on)
}
