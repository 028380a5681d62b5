//! Edits of a calendar: a year as it was published, and what a company does otherwise.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{Calendar, Freeze, Span, following, preceding};
use crate::engine::vocabulary::{PersonId, Text};

/// The longest stretch without a day that counts in plans, and the longest override, in days: a plant
/// that closes for the summer. Whoever counts goes on a day at a time and gives up at some point.
pub const MAX_CLOSED: usize = 60;

/// What a day is, where it differs from its weekday.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayKind {
    /// A weekday that is not worked.
    Off,
    /// A day of the weekend that is worked (補班).
    Worked,
    /// Half of the day is worked.
    Half,
}

/// Days of which it is known what they are: all of a span, by what differs from the week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Year {
    pub span: Span,
    pub days: BTreeMap<NaiveDate, (DayKind, Text)>,
}

/// What a company does otherwise than the calendar, on each day of a span.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Override {
    pub kind: OverrideKind,
    pub span: Span,
    pub name: Text,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OverrideKind {
    Off,
    Worked,
    Half,
    /// Worked, and counts in no plan.
    Freeze,
}

impl OverrideKind {
    /// The name in forms, tables and message ids.
    pub fn as_str(self) -> &'static str {
        match self {
            OverrideKind::Off => "off",
            OverrideKind::Worked => "worked",
            OverrideKind::Half => "half",
            OverrideKind::Freeze => "freeze",
        }
    }

    pub fn parse(text: &str) -> Option<OverrideKind> {
        use OverrideKind::{Freeze, Half, Off, Worked};
        [Off, Worked, Half, Freeze].into_iter().find(|one| one.as_str() == text)
    }
}

/// A year that was read from somebody's file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Import {
    #[serde(flatten)]
    pub year: Year,
    /// The name of the file.
    pub file: String,
    pub by: PersonId,
    pub at: DateTime<Utc>,
}

/// What a calendar is made of; each layer stands over those before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layers {
    /// As it was published with a curriculum.
    pub file: Calendar,
    /// In the order in which they came.
    pub imports: Vec<Import>,
    pub company: Vec<Override>,
}

impl Layers {
    /// The calendar without the company's days. An import that no longer meets the known days rests.
    pub fn published(&self) -> Calendar {
        let over = |calendar: Calendar, import: &Import| calendar.with_year(&import.year).unwrap_or(calendar);
        self.imports.iter().fold(self.file.clone(), over)
    }

    pub fn calendar(&self) -> Calendar {
        self.published().overridden(&self.company)
    }

    /// Adds a year; those that lie within it have nothing left to say.
    ///
    /// # Errors
    /// The year neither meets nor follows the days that are known.
    pub fn import(&mut self, import: Import) -> Result<(), Gap> {
        self.published().with_year(&import.year)?;
        let span = import.year.span;
        self.imports.retain(|old| !(span.holds(old.year.span.from) && span.holds(old.year.span.until)));
        self.imports.push(import);
        Ok(())
    }
}

/// Days would lie between the known ones and those of the year, of which nothing were known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap {
    pub known: Span,
    pub year: Span,
}

/// What a calendar makes of a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DayIs {
    pub is: Is,
    /// Why it differs from its weekday.
    pub name: Option<Text>,
    /// The freeze it lies in, if it is worked.
    pub freeze: Option<Text>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Is {
    Weekend,
    /// A weekday like any other.
    Work,
    Off,
    /// A day of the weekend that is worked.
    MakeUp,
    Half,
}

impl Calendar {
    /// The calendar with a year's days in place of what it had in that span.
    ///
    /// # Errors
    /// The year neither meets nor follows the days that are known.
    pub fn with_year(&self, year: &Year) -> Result<Calendar, Gap> {
        let (span, known) = (year.span, self.known);
        if span.from > following(known.until) || span.until < preceding(known.from) {
            return Err(Gap { known, year: span });
        }
        let mut calendar = self.clone();
        for days in [&mut calendar.holidays, &mut calendar.workdays, &mut calendar.half_days] {
            days.retain(|day, _| !span.holds(*day));
        }
        for (day, (kind, name)) in &year.days {
            calendar.set(*day, *kind, name);
        }
        calendar.known = Span { from: known.from.min(span.from), until: known.until.max(span.until) };
        calendar.provisional = self.provisional.and_then(|provisional| without(provisional, span));
        Ok(calendar)
    }

    /// Days of a year that are what they were before keep the names that they have in both languages:
    /// offices name a day in lieu without what it stands in for.
    pub fn keep_names(&self, year: &mut Year) {
        for (day, (kind, name)) in &mut year.days {
            let days = match kind {
                DayKind::Off => &self.holidays,
                DayKind::Half => &self.half_days,
                DayKind::Worked => &self.workdays,
            };
            if let Some(kept) = days.get(day).filter(|kept| kept.en != kept.zh_tw) {
                name.clone_from(kept);
            }
        }
    }

    /// The calendar as a company works, each override over those before it.
    pub fn overridden(&self, overrides: &[Override]) -> Calendar {
        let mut calendar = self.clone();
        for Override { kind, span, name } in overrides {
            let kind = match kind {
                OverrideKind::Off => DayKind::Off,
                OverrideKind::Worked => DayKind::Worked,
                OverrideKind::Half => DayKind::Half,
                OverrideKind::Freeze => {
                    calendar.freezes.push(Freeze { name: name.clone(), span: *span });
                    continue;
                }
            };
            for day in span.from.iter_days().take_while(|day| *day <= span.until) {
                calendar.set(day, kind, name);
            }
        }
        calendar
    }

    /// A day off on a weekend is no news, nor is a weekday that is worked: they only take back what
    /// was said of the day before.
    fn set(&mut self, day: NaiveDate, kind: DayKind, name: &Text) {
        for days in [&mut self.holidays, &mut self.workdays, &mut self.half_days] {
            days.remove(&day);
        }
        let is_weekend = self.weekend.contains(&day.weekday());
        match (kind, is_weekend) {
            (DayKind::Off, false) => drop(self.holidays.insert(day, name.clone())),
            (DayKind::Worked | DayKind::Half, true) => drop(self.workdays.insert(day, name.clone())),
            _ => {}
        }
        if kind == DayKind::Half {
            self.half_days.insert(day, name.clone());
        }
    }

    /// What the calendar makes of a day.
    pub fn day(&self, day: NaiveDate) -> DayIs {
        let is_weekend = self.weekend.contains(&day.weekday());
        let named = |days: &BTreeMap<NaiveDate, Text>| days.get(&day).cloned();
        let (is, name) = match (named(&self.half_days).filter(|_| self.is_working(day)), is_weekend) {
            (Some(name), _) => (Is::Half, Some(name)),
            (None, true) => named(&self.workdays).map_or((Is::Weekend, None), |name| (Is::MakeUp, Some(name))),
            (None, false) => named(&self.holidays).map_or((Is::Work, None), |name| (Is::Off, Some(name))),
        };
        let freeze = if self.is_working(day) { self.frozen_by(day).cloned() } else { None };
        DayIs { is, name, freeze }
    }

    /// How many halves of a day a plan has: none, one, two.
    pub fn halves(&self, day: NaiveDate) -> usize {
        match (self.counts(day), self.half_days.contains_key(&day)) {
            (false, _) => 0,
            (true, true) => 1,
            (true, false) => 2,
        }
    }

    /// Where stretches begin in which more than [`MAX_CLOSED`] days in a row don't count. Only a day off
    /// or a freeze can make one.
    pub fn closed_too_long(&self) -> Vec<NaiveDate> {
        let frozen = self.freezes.iter().map(|freeze| freeze.span.from);
        let mut days: Vec<NaiveDate> = self.holidays.keys().copied().chain(frozen).collect();
        days.sort();
        let (mut last, mut found) = (NaiveDate::MIN, Vec::new());
        for day in days {
            if day <= last {
                continue; // within the stretch before
            }
            // The end of a quarter may lead up to it.
            let before = std::iter::successors(Some(day), NaiveDate::pred_opt).take(MAX_CLOSED);
            let before = before.take_while(|date| !self.counts(*date));
            let first = before.filter(|date| !self.weekend.contains(&date.weekday())).last().unwrap_or(day);
            let closed = first.iter_days().take(MAX_CLOSED + 1).take_while(|date| !self.counts(*date));
            let closed: Vec<NaiveDate> = closed.collect();
            last = closed.last().copied().unwrap_or(day);
            if closed.len() > MAX_CLOSED {
                found.push(first);
            }
        }
        found
    }

    /// The days that another calendar makes something else of, in order, with both.
    pub fn differing(&self, other: &Calendar) -> Vec<(NaiveDate, DayIs, DayIs)> {
        let named = |calendar: &Calendar| -> Vec<NaiveDate> {
            let listed = [&calendar.holidays, &calendar.workdays, &calendar.half_days];
            let listed = listed.into_iter().flat_map(|days| days.keys().copied());
            let frozen = calendar.freezes.iter().flat_map(|freeze| {
                let until = freeze.span.until;
                freeze.span.from.iter_days().take_while(move |day| *day <= until)
            });
            listed.chain(frozen).collect()
        };
        let mut days: Vec<NaiveDate> = named(self).into_iter().chain(named(other)).collect();
        days.sort();
        days.dedup();
        let both = days.into_iter().map(|day| (day, self.day(day), other.day(day)));
        both.filter(|(_, was, now)| was != now).collect()
    }
}

/// A span without another one. What would be left in two pieces stays whole: better a day that is
/// marked in vain than one that is not marked.
fn without(span: Span, taken: Span) -> Option<Span> {
    let head = taken.from <= span.from && taken.until >= span.from;
    let tail = taken.until >= span.until && taken.from <= span.until;
    match (head, tail) {
        (true, true) => None,
        (true, false) => Some(Span { from: following(taken.until), ..span }),
        (false, true) => Some(Span { until: preceding(taken.from), ..span }),
        (false, false) => Some(span),
    }
}
