//! Working days, and dates that can say why they are what they are.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{Datelike, Days, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use super::days::Quarter;
use super::vocabulary::{MemberId, StepId, Text};

mod edit;

pub use edit::{DayIs, DayKind, Gap, Import, Is, Layers, MAX_CLOSED, Override, OverrideKind, Year};

/// No calendar closes for longer than 60 days, which the compiler sees to, and no plan is away for
/// longer than three years; a count that goes on for longer ends.
const LONGEST_CLOSED: u16 = 1500;

/// Days in a row without a worked one, after which no other is looked for.
const LONGEST_OFF: usize = 400;

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
    /// Days worked until noon. They count as working days and hold half the hours.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub half_days: BTreeMap<NaiveDate, Text>,
    /// Stretches that are worked and count in no plan: a quarter's end, when sellers sell. Mail goes on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub freezes: Vec<Freeze>,
    /// So many working days at the end of every quarter that count in no plan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quarter_freeze: Option<QuarterFreeze>,
    /// Days that do not count in one plan; never stored with the calendar.
    #[serde(skip)]
    pub away: Vec<Away>,
}

/// A stretch that is worked and counts in no plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Freeze {
    pub name: Text,
    #[serde(flatten)]
    pub span: Span,
}

/// The last working days of every quarter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuarterFreeze {
    pub name: Text,
    pub days: u16,
}

/// Days that do not count in one plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Away {
    pub span: Span,
    pub cause: AwayCause,
    /// The number of the fact that arranged it.
    pub deed: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AwayCause {
    /// The manager is on leave.
    Leave,
    /// The plan was paused.
    Pause,
    /// The rest of the plan was moved on.
    Shift,
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

/// How a date came about. What many dates have in common is shared: plans hold hundreds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Why {
    pub from: Anchor,
    /// The calendar it was counted in.
    pub calendar: Arc<str>,
    /// The holidays that were passed over between the anchor and the date.
    #[serde(default)]
    pub skipped: Arc<[Skipped]>,
    /// The stretches that did not count in this plan and were passed over.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub passed: Vec<Passed>,
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

/// A stretch that pushed a date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passed {
    #[serde(flatten)]
    pub span: Span,
    pub cause: PassedCause,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PassedCause {
    Leave,
    Pause,
    Shift,
    /// By the name of the freeze.
    Freeze(Text),
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
    /// The n-th working day after (before, if negative) the first or last working day of a quarter;
    /// `nominal` is that day where it does not count in the plan, and the next that does is taken.
    Quarter {
        quarter: Quarter,
        n: i16,
        day: NaiveDate,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        nominal: Option<NaiveDate>,
    },
    /// It stood open when its days were counted anew, and stays so.
    Stood { on: NaiveDate },
    /// The n-th working day after the answer that opened the branch: its own days had passed.
    Opened { n: u16, on: NaiveDate },
    /// Somebody set the day for this one plan; `on` is the day they set.
    Chosen { on: NaiveDate },
}

impl Calendar {
    pub fn is_working(&self, day: NaiveDate) -> bool {
        if self.weekend.contains(&day.weekday()) {
            self.workdays.contains_key(&day)
        } else {
            !self.holidays.contains_key(&day)
        }
    }

    /// Whether a day is worked and counts in the plan that this calendar is for.
    pub fn counts(&self, day: NaiveDate) -> bool {
        self.is_working(day) && !self.is_away(day) && !self.is_frozen(day)
    }

    /// The calendar for a plan in which these days do not count.
    pub fn without(&self, away: &[Away]) -> Calendar {
        Calendar { away: away.to_vec(), ..self.clone() }
    }

    /// As [`Calendar::without`], which may be this one.
    pub fn leaving_out(&self, away: &[Away]) -> Cow<'_, Calendar> {
        if self.away == away { Cow::Borrowed(self) } else { Cow::Owned(self.without(away)) }
    }

    /// Whether a day does not count because of what was arranged for the plan.
    pub fn is_away(&self, day: NaiveDate) -> bool {
        self.away.iter().any(|away| away.span.holds(day))
    }

    fn is_frozen(&self, day: NaiveDate) -> bool {
        self.frozen_by(day).is_some()
    }

    /// The name of the freeze that a day lies in.
    fn frozen_by(&self, day: NaiveDate) -> Option<&Text> {
        let freeze = self.freezes.iter().find(|freeze| freeze.span.holds(day)).map(|freeze| &freeze.name);
        let of_quarter = self.quarter_freeze.as_ref().map(|freeze| &freeze.name);
        freeze.or_else(|| of_quarter.filter(|_| self.is_quarter_frozen(day)))
    }

    /// Whether a day is among the last working days of its quarter.
    fn is_quarter_frozen(&self, day: NaiveDate) -> bool {
        let Some(freeze) = &self.quarter_freeze else { return false };
        let end = self.quarter(day, 0, Quarter::End);
        let left = day.iter_days().skip(1).take_while(|later| *later <= end).filter(|later| self.is_working(*later));
        left.take(usize::from(freeze.days)).count() < usize::from(freeze.days) && day <= end
    }

    /// Whether the days up to this one are published.
    pub fn is_provisional(&self, day: NaiveDate) -> bool {
        !self.known.holds(day) || self.provisional.is_some_and(|span| span.holds(day))
    }

    /// `day` itself when it is worked and counts, else the next day that does.
    pub fn on_or_after(&self, day: NaiveDate) -> NaiveDate {
        let mut day = day;
        for _ in 0..LONGEST_CLOSED {
            if self.counts(day) {
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
            for _ in 0..LONGEST_CLOSED {
                if self.counts(day) {
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
            Quarter::Start => self.worked(first(quarters), following),
            Quarter::End => self.worked(preceding(first(quarters + 1)), preceding),
        }
    }

    /// The n-th worked day after a day, or before it if negative, counted or not.
    pub fn worked_beside(&self, day: NaiveDate, n: i16) -> NaiveDate {
        let beside = if n < 0 { preceding } else { following };
        (0..n.unsigned_abs()).fold(day, |day, _| self.worked(beside(day), beside))
    }

    /// `day` itself when it is worked, else the next such day in a direction, counted or not.
    fn worked(&self, day: NaiveDate, beside: fn(NaiveDate) -> NaiveDate) -> NaiveDate {
        std::iter::successors(Some(day), |day| Some(beside(*day)))
            .take(LONGEST_OFF)
            .find(|day| self.is_working(*day))
            .unwrap_or(day)
    }

    /// `Bn`: the n-th working day of a plan whose manager takes the role on `effective`.
    pub fn plan_day(&self, effective: NaiveDate, n: u16) -> Dated {
        self.dated(self.plan_date(effective, n), Anchor::PlanDay { n, effective }, effective)
    }

    /// As [`Calendar::plan_day`], without the reason.
    pub fn plan_date(&self, effective: NaiveDate, n: u16) -> NaiveDate {
        self.after(effective, n.saturating_sub(1))
    }

    /// Which working day of the plan `day` is; 0 before the first.
    pub fn plan_day_of(&self, effective: NaiveDate, day: NaiveDate) -> u16 {
        let worked = effective.iter_days().take_while(|d| *d <= day).filter(|d| self.counts(*d)).count();
        u16::try_from(worked).unwrap_or(u16::MAX)
    }

    /// A date with its reason: the holidays between `since`, the day it is counted from, and the date
    /// are those it passed over, forwards or backwards.
    pub fn dated(&self, date: NaiveDate, from: Anchor, since: NaiveDate) -> Dated {
        let skipped = self.skipped(since.min(date), since.max(date));
        let passed = self.passed(since.min(date), since.max(date));
        let provisional = self.is_provisional(date);
        Dated { date, why: Why { from, calendar: self.name.as_str().into(), skipped, passed, provisional } }
    }

    /// A day of a quarter: only what lies between the day that it would be and the one that counts is
    /// passed over.
    pub fn in_quarter(&self, quarter: Quarter, n: i16, day: NaiveDate) -> Dated {
        let nominal = self.worked_beside(day, n);
        let date = self.on_or_after(nominal);
        let moved = (date != nominal).then_some(nominal);
        let why = Why {
            from: Anchor::Quarter { quarter, n, day, nominal: moved },
            calendar: self.name.as_str().into(),
            skipped: self.skipped(nominal.min(day), date.max(day)),
            passed: moved.map_or_else(Vec::new, |nominal| self.passed(nominal, date)),
            provisional: self.is_provisional(date),
        };
        Dated { date, why }
    }

    /// The holidays between two days that fall on no weekend.
    fn skipped(&self, from: NaiveDate, until: NaiveDate) -> Arc<[Skipped]> {
        let days = self.holidays.range(from..=until).filter(|(day, _)| !self.weekend.contains(&day.weekday()));
        days.map(|(day, name)| Skipped { date: *day, name: name.clone() }).collect()
    }

    /// The stretches between two days that do not count here, without those that hold no working day.
    fn passed(&self, from: NaiveDate, until: NaiveDate) -> Vec<Passed> {
        let away = self.away.iter().map(|away| {
            let cause = match away.cause {
                AwayCause::Leave => PassedCause::Leave,
                AwayCause::Pause => PassedCause::Pause,
                AwayCause::Shift => PassedCause::Shift,
            };
            (away.span, cause)
        });
        let freezes = self.freezes.iter().map(|freeze| (freeze.span, PassedCause::Freeze(freeze.name.clone())));
        let quarters = self.quarter_freeze.iter().flat_map(|freeze| {
            let count = |from: NaiveDate, until: NaiveDate| (until.year() - from.year()) * 4 + 4;
            (0..=count(from, until)).filter_map(|ahead| {
                let until = self.quarter(from, ahead, Quarter::End);
                let from = self.worked_beside(until, 1 - i16::try_from(freeze.days).ok()?);
                Some((Span { from, until }, PassedCause::Freeze(freeze.name.clone())))
            })
        });
        let meets = |span: &Span| {
            let days = span.from.max(from).iter_days().take_while(|day| *day <= span.until.min(until));
            days.take(LONGEST_OFF).any(|day| self.is_working(day))
        };
        let found = away.chain(freezes).chain(quarters).filter(|(span, _)| meets(span));
        found.map(|(span, cause)| Passed { span, cause }).collect()
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
            half_days: BTreeMap::new(),
            freezes: Vec::new(),
            quarter_freeze: None,
            away: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests;
