//! What a program says about its mail, and when a letter may leave.

use chrono::{DateTime, NaiveDate, Timelike, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::vocabulary::Role;
use super::zone::{local_date, next_at_hour};

/// A stream of letters that its reader can stop; their steps stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// What is due, late or sent back.
    Reminders,
    /// What waits for this reader's answer, and what is late with others.
    Queue,
    /// A manager's reports at their checkpoints.
    Reports,
    /// HR's weekly digest.
    Digest,
}

impl Topic {
    pub const ALL: [Topic; 4] = [Topic::Reminders, Topic::Queue, Topic::Reports, Topic::Digest];

    pub fn as_str(self) -> &'static str {
        match self {
            Topic::Reminders => "reminders",
            Topic::Queue => "queue",
            Topic::Reports => "reports",
            Topic::Digest => "digest",
        }
    }

    pub fn parse(text: &str) -> Option<Topic> {
        Topic::ALL.into_iter().find(|topic| topic.as_str() == text)
    }
}

/// A program's policy of mail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policy {
    /// The hour of the brief, in the manager's zone, until they choose their own.
    #[serde(default)]
    pub hour: Option<u8>,
    #[serde(default)]
    pub quiet: Quiet,
    #[serde(default)]
    pub ladder: Ladder,
    /// What is said at once, apart from the brief.
    #[serde(default = "Urgent::usual")]
    pub urgent: Vec<Urgent>,
    /// The most letters a day that are said at once; what is beyond waits for the brief.
    #[serde(default = "three")]
    pub urgent_a_day: u8,
    #[serde(default)]
    pub mentor: Silence,
}

impl Default for Policy {
    fn default() -> Policy {
        Policy {
            hour: None,
            quiet: Quiet::default(),
            ladder: Ladder::default(),
            urgent: Urgent::usual(),
            urgent_a_day: three(),
            mentor: Silence::default(),
        }
    }
}

fn three() -> u8 {
    3
}

/// Hours of the reader's day in which nothing but a sign-in link leaves: from `from` on, before `until`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quiet {
    pub from: u8,
    pub until: u8,
}

impl Default for Quiet {
    fn default() -> Quiet {
        Quiet { from: 20, until: 7 }
    }
}

impl Quiet {
    /// No hour of any day.
    pub const NEVER: Quiet = Quiet { from: 0, until: 0 };

    /// Whether an hour of the day (0 to 23) is one of them.
    pub fn holds(self, hour: u8) -> bool {
        if self.from <= self.until {
            self.from <= hour && hour < self.until
        } else {
            hour >= self.from || hour < self.until
        }
    }
}

/// After how many working days late the next one hears of a step; none: never.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ladder {
    pub mentor: Option<u16>,
    pub superior: Option<u16>,
    pub hr: Option<u16>,
}

impl Default for Ladder {
    fn default() -> Ladder {
        Ladder { mentor: Some(3), superior: Some(5), hr: Some(10) }
    }
}

impl Ladder {
    /// The roles that hear of a step that `person` owes and that is `late` working days late, in the order
    /// of the ladder: only those above that person.
    pub fn reached(&self, person: Role, late: u16) -> impl Iterator<Item = Role> {
        let rungs = [(Role::Mentor, self.mentor), (Role::Superior, self.superior), (Role::Hr, self.hr)];
        let above = rungs.iter().position(|(role, _)| *role == person).map_or(0, |at| at + 1);
        rungs
            .into_iter()
            .skip(above)
            .filter_map(move |(role, after)| after.is_some_and(|after| late >= after).then_some(role))
    }
}

/// What may be said at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Urgent {
    /// Work that was sent back, to who did it.
    Returned,
    /// Work that waits for a mentor's answer.
    Review,
    /// Work that waits for the superior's or HR's answer.
    Gate,
}

impl Urgent {
    pub const ALL: [Urgent; 3] = [Urgent::Returned, Urgent::Review, Urgent::Gate];

    fn usual() -> Vec<Urgent> {
        vec![Urgent::Returned, Urgent::Gate]
    }

    pub fn as_str(self) -> &'static str {
        match self {
            Urgent::Returned => "returned",
            Urgent::Review => "review",
            Urgent::Gate => "gate",
        }
    }
}

/// What a mentor's silence brings, in working days since they were asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Silence {
    /// They are asked once more.
    pub remind: u16,
    /// The next one on the list is asked, and HR is told.
    pub next: u16,
}

impl Default for Silence {
    fn default() -> Silence {
        Silence { remind: 2, next: 3 }
    }
}

/// When a letter that is ready now may leave: now, unless it is a quiet hour (but the one that the reader
/// chose themselves) or no working day of theirs; then at their own hour of the next one. None: the calendar has no working day ahead.
pub fn leaves_at(
    now: DateTime<Utc>,
    hour: u8,
    zone: Tz,
    quiet: Quiet,
    is_working: impl Fn(NaiveDate) -> bool,
) -> Option<DateTime<Utc>> {
    let local = u8::try_from(now.with_timezone(&zone).hour()).unwrap_or(0);
    if is_working(local_date(now, zone)) && (local == hour || !quiet.holds(local)) {
        return Some(now);
    }
    next_at_hour(now, hour, zone, is_working)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::calendar::samples::calendar;

    fn leaves(now: &str) -> String {
        let now = now.parse().expect("a moment");
        let days = calendar();
        let at = leaves_at(now, 9, chrono_tz::Asia::Taipei, Quiet::default(), |day| days.is_working(day));
        at.expect("a day").to_rfc3339()
    }

    #[test]
    fn a_letter_leaves_by_day_and_waits_at_night_and_over_the_weekend() {
        assert_eq!(leaves("2030-03-04T02:00:00Z"), "2030-03-04T02:00:00+00:00"); // Monday, ten in Taipei
        assert_eq!(leaves("2030-03-04T12:00:00Z"), "2030-03-05T01:00:00+00:00"); // eight in the evening
        assert_eq!(leaves("2030-03-04T22:59:00Z"), "2030-03-05T01:00:00+00:00"); // Tuesday, a minute to seven
        assert_eq!(leaves("2030-03-15T23:30:00Z"), "2030-03-18T01:00:00+00:00"); // Saturday
    }

    #[test]
    fn quiet_hours_go_over_midnight_or_stay_within_a_day() {
        let night = Quiet { from: 20, until: 7 };
        assert!(night.holds(20) && night.holds(23) && night.holds(0) && night.holds(6));
        assert!(!night.holds(7) && !night.holds(19));
        let noon = Quiet { from: 12, until: 13 };
        assert!(noon.holds(12) && !noon.holds(13) && !noon.holds(11));
        assert!(!Quiet { from: 8, until: 8 }.holds(8), "no hour is quiet");
    }

    #[test]
    fn only_who_stands_above_hears_of_what_is_late() {
        let ladder = Ladder::default();
        let hear = |person, late| ladder.reached(person, late).collect::<Vec<_>>();
        assert_eq!(hear(Role::Manager, 2), []);
        assert_eq!(hear(Role::Manager, 3), [Role::Mentor]);
        assert_eq!(hear(Role::Manager, 10), [Role::Mentor, Role::Superior, Role::Hr]);
        assert_eq!(hear(Role::Mentor, 10), [Role::Superior, Role::Hr]);
        assert_eq!(hear(Role::Hr, 99), []);
    }
}
