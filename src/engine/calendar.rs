//! Working days, and dates that can say why they are what they are.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use super::days::Quarter;
use super::vocabulary::{MemberId, StepId, Text};

/// Which days are worked somewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calendar {
    pub name: String,
    pub title: Text,
    /// Who published the days.
    pub source: String,
    pub weekend: Vec<Weekday>,
    /// Outside this span only the weekend is known, and every date is provisional.
    pub known: Span,
    /// Days that were derived and not yet published.
    pub provisional: Option<Span>,
    /// Days off outside the weekend.
    pub holidays: BTreeMap<NaiveDate, Text>,
    /// Weekend days that are worked (補班).
    pub workdays: BTreeMap<NaiveDate, Text>,
}

/// Days from one to another, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    pub from: NaiveDate,
    pub until: NaiveDate,
}

impl Span {
    pub fn holds(&self, day: NaiveDate) -> bool {
        self.from <= day && day <= self.until
    }
}

/// A date with the answer to "why this date?".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dated {
    pub date: NaiveDate,
    pub why: Why,
}

/// How a date came about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Why {
    pub from: Anchor,
    /// The calendar it was counted in.
    pub calendar: String,
    /// The holidays that were passed over between the anchor and the date.
    #[serde(default)]
    pub skipped: Vec<Skipped>,
    /// Rests on days that are not yet published.
    #[serde(default)]
    pub provisional: bool,
}

/// A holiday that pushed a date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skipped {
    pub date: NaiveDate,
    pub name: Text,
}

/// What a date was counted from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Anchor {
    /// The n-th working day of the plan; day 1 is the first one on or after `effective`.
    PlanDay { n: u16, effective: NaiveDate },
    /// The n-th working day after a member joined.
    Joined { n: u16, member: MemberId, on: NaiveDate },
    /// A turn, `n` working days after the last listed day `base`.
    Turn { turn: u16, n: u16, base: NaiveDate },
    /// The calendar day that a recurrence lands on; `moved` forward when it is not worked.
    Recurs { turn: u16, nominal: NaiveDate, moved: bool },
    /// The n-th working day before `due`.
    Before { n: u16, due: NaiveDate },
    /// The n-th working day after a playbook was launched.
    Launched { n: u16, playbook: Text, on: NaiveDate },
    /// The n-th working day after another step was closed.
    Closed { n: u16, step: StepId, title: Text, on: NaiveDate },
    /// The n-th working day after (before, if negative) a date that was answered in another step.
    Answered { n: i16, step: StepId, title: Text, on: NaiveDate },
    /// The first of the weekday of its page from a day on, or the next day that is worked.
    OnWeekday { turn: u16, from: NaiveDate, nominal: NaiveDate },
    /// The n-th working day before a turn of another step is due.
    BeforeTurn { n: u16, step: StepId, title: Text, due: NaiveDate },
    /// The n-th working day after (before, if negative) the first or last working day of a quarter.
    Quarter { quarter: Quarter, n: i16, day: NaiveDate },
    /// The n-th working day after the answer that opened the branch: its own days had passed.
    Opened { n: u16, on: NaiveDate },
}

impl Calendar {
    pub fn is_working(&self, day: NaiveDate) -> bool {
        if self.weekend.contains(&day.weekday()) {
            self.workdays.contains_key(&day)
        } else {
            !self.holidays.contains_key(&day)
        }
    }

    /// Whether the days up to this one are published.
    pub fn is_provisional(&self, day: NaiveDate) -> bool {
        !self.known.holds(day) || self.provisional.is_some_and(|span| span.holds(day))
    }

    /// `day` itself when it is worked, else the next day that is.
    pub fn on_or_after(&self, day: NaiveDate) -> NaiveDate {
        let mut day = day;
        // A calendar that closes for longer than this is a mistake in the file; the compiler refuses
        // it, and the count ends here all the same.
        for _ in 0..400 {
            if self.is_working(day) {
                return day;
            }
            day = following(day);
        }
        day
    }

    /// The n-th working day after `day`; 0 is `day` moved forward to a working day.
    pub fn after(&self, day: NaiveDate, n: u16) -> NaiveDate {
        (0..n).fold(self.on_or_after(day), |day, _| self.on_or_after(following(day)))
    }

    /// The n-th working day before `day`.
    pub fn before(&self, day: NaiveDate, n: u16) -> NaiveDate {
        let mut day = day;
        for _ in 0..n {
            day = preceding(day);
            for _ in 0..400 {
                if self.is_working(day) {
                    break;
                }
                day = preceding(day);
            }
        }
        day
    }

    /// The n-th working day after a day, or before it if negative.
    pub fn beside(&self, day: NaiveDate, n: i16) -> NaiveDate {
        if n < 0 { self.before(day, n.unsigned_abs()) } else { self.after(day, n.unsigned_abs()) }
    }

    /// The first or last working day of the calendar quarter that is so many after the one of `day`.
    pub fn quarter(&self, day: NaiveDate, ahead: i32, end: Quarter) -> NaiveDate {
        let quarters = day.year() * 4 + i32::try_from(day.month0() / 3).unwrap_or(0) + ahead;
        let first = |quarters: i32| {
            let month = u32::try_from(quarters.rem_euclid(4) * 3 + 1).unwrap_or(1);
            NaiveDate::from_ymd_opt(quarters.div_euclid(4), month, 1).unwrap_or(day)
        };
        match end {
            Quarter::Start => self.on_or_after(first(quarters)),
            Quarter::End => self.before(first(quarters + 1), 1),
        }
    }

    /// `Bn`: the n-th working day of a plan whose manager takes the role on `effective`.
    pub fn plan_day(&self, effective: NaiveDate, n: u16) -> Dated {
        let date = self.after(effective, n.saturating_sub(1));
        self.dated(date, Anchor::PlanDay { n, effective }, effective)
    }

    /// Which working day of the plan `day` is; 0 before the first.
    pub fn plan_day_of(&self, effective: NaiveDate, day: NaiveDate) -> u16 {
        let worked = effective.iter_days().take_while(|d| *d <= day).filter(|d| self.is_working(*d)).count();
        u16::try_from(worked).unwrap_or(u16::MAX)
    }

    /// A date with its reason: the holidays between `since`, the day it is counted from, and the date
    /// are those it passed over, forwards or backwards.
    pub fn dated(&self, date: NaiveDate, from: Anchor, since: NaiveDate) -> Dated {
        let skipped = self
            .holidays
            .range(since.min(date)..=since.max(date))
            .filter(|(day, _)| !self.weekend.contains(&day.weekday()))
            .map(|(day, name)| Skipped { date: *day, name: name.clone() })
            .collect();
        Dated { date, why: Why { from, calendar: self.name.clone(), skipped, provisional: self.is_provisional(date) } }
    }
}

fn following(day: NaiveDate) -> NaiveDate {
    day.checked_add_days(Days::new(1)).unwrap_or(NaiveDate::MAX)
}

fn preceding(day: NaiveDate) -> NaiveDate {
    day.checked_sub_days(Days::new(1)).unwrap_or(NaiveDate::MIN)
}

#[cfg(test)]
pub mod samples {
    use super::*;

    pub fn date(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    /// Monday to Friday, with one holiday on Wednesday 2030-03-06 and one Saturday worked.
    pub fn calendar() -> Calendar {
        let text = |words: &str| Text { en: words.to_owned(), zh_tw: words.to_owned() };
        Calendar {
            name: "sample".to_owned(),
            title: text("Sample"),
            source: "made up".to_owned(),
            weekend: vec![Weekday::Sat, Weekday::Sun],
            known: Span { from: date("2030-01-01"), until: date("2031-12-31") },
            provisional: Some(Span { from: date("2031-01-01"), until: date("2031-12-31") }),
            holidays: [(date("2030-03-06"), text("Founders' day"))].into(),
            workdays: [(date("2030-03-09"), text("Make-up day"))].into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::samples::{calendar, date};
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_first_day_is_the_first_working_day_on_or_after_the_effective_date() {
        assert_eq!(calendar().plan_day(date("2030-03-02"), 1).date, date("2030-03-04")); // Saturday to Monday
    }

    #[test]
    fn a_holiday_pushes_the_count_and_is_named_in_the_reason() {
        let third = calendar().plan_day(date("2030-03-04"), 3); // Mon, Tue, (Wed off), Thu
        assert_eq!(third.date, date("2030-03-07"));
        assert_eq!(third.why.skipped.len(), 1);
        assert_eq!(third.why.skipped[0].date, date("2030-03-06"));
    }

    #[test]
    fn a_holiday_that_a_count_backwards_passed_over_is_named_too() {
        let (c, due) = (calendar(), date("2030-03-08"));
        let opens = c.dated(c.before(due, 3), Anchor::Before { n: 3, due }, due);
        assert_eq!(opens.date, date("2030-03-04"));
        assert_eq!(opens.why.skipped[0].date, date("2030-03-06"));
    }

    #[test]
    fn a_make_up_saturday_counts() {
        assert_eq!(calendar().plan_day(date("2030-03-04"), 5).date, date("2030-03-09"));
    }

    #[test]
    fn a_day_that_is_not_published_yet_is_provisional() {
        assert!(calendar().is_provisional(date("2031-05-01")));
        assert!(calendar().is_provisional(date("2032-05-03")));
        assert!(!calendar().is_provisional(date("2030-05-02")));
    }

    #[test]
    fn a_quarter_begins_and_ends_on_working_days() {
        let c = calendar();
        assert_eq!(c.quarter(date("2030-02-14"), 0, Quarter::Start), date("2030-01-01")); // a Tuesday, worked here
        assert_eq!(c.quarter(date("2030-02-14"), 0, Quarter::End), date("2030-03-29")); // the 31st is a Sunday
        assert_eq!(c.quarter(date("2030-11-14"), 1, Quarter::Start), date("2031-01-01"));
        assert_eq!(c.quarter(date("2030-11-14"), -4, Quarter::End), date("2029-12-31"));
    }

    #[test]
    fn before_undoes_after_between_working_days() {
        let c = calendar();
        assert_eq!(c.before(c.after(date("2030-03-04"), 7), 7), date("2030-03-04"));
    }

    proptest! {
        #[test]
        fn plan_days_are_worked_strictly_ordered_and_counted_back(offset in 0u64..600, n in 1u16..260) {
            let c = calendar();
            let effective = date("2030-01-01") + Days::new(offset);
            let (this, next) = (c.plan_day(effective, n).date, c.plan_day(effective, n + 1).date);
            prop_assert!(c.is_working(this) && this >= effective && this < next);
            prop_assert_eq!(c.plan_day_of(effective, this), n);
        }
    }
}
