//! Words as a script writes them, and what becomes of them on the day of the deed.
//!
//! A text may name days, since the story always ends today: `{B15}` is the plan's day 15, `{+3}` and
//! `{-3}` are working days after and before the deed, `{0}` is its own day. In a date field they
//! become the date, in a text the date as the manager writes it. Where a form asks for a person, the
//! script writes the member's name.

use std::collections::BTreeMap;

use anyhow::{Context, anyhow};
use chrono::{Datelike, NaiveDate};
use serde::Deserialize;

use crate::cli::Failure;
use crate::engine::calendar::Calendar;
use crate::engine::form::{Answer, Answers, NOTE};
use crate::engine::release::{Column, ColumnKind, Dimension, ENTRY, Field, FieldKind, OWNER, SMART};
use crate::engine::vocabulary::{Lang, MemberId};

/// What is written into a form, by field.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(transparent)]
pub struct Words(BTreeMap<String, Written>);

#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
enum Written {
    /// A text, a number, a day, the option that is chosen, a member's name.
    One(String),
    /// The parts of a goal, or the dimensions of a rating and the lines beside them.
    Parts(BTreeMap<String, String>),
    /// The rows of a table.
    Rows(Vec<BTreeMap<String, String>>),
    /// The options that are chosen.
    Many(Vec<String>),
}

/// When a deed is done, and who is on the team: what its words may name.
#[derive(Debug, Clone, Copy)]
pub struct Scene<'a> {
    pub calendar: &'a Calendar,
    pub effective: NaiveDate,
    /// The day of the deed.
    pub today: NaiveDate,
    pub lang: Lang,
    pub members: &'a BTreeMap<String, MemberId>,
}

impl Scene<'_> {
    /// Answers with the days and members put in.
    pub fn fill(&self, fields: &[Field], words: &Words) -> Result<Answers, Failure> {
        let filled = words.0.iter().map(|(id, written)| {
            let field = fields.iter().find(|field| field.id == *id).with_context(|| format!("no field {id}"))?;
            Ok((id.clone(), self.answer(field, written).with_context(|| id.clone())?))
        });
        Ok(Answers(filled.collect::<Result<_, Failure>>()?))
    }

    fn answer(&self, field: &Field, written: &Written) -> Result<Answer, Failure> {
        match (&field.kind, written) {
            (FieldKind::Table { columns, .. }, Written::Rows(rows)) => {
                Ok(Answer::Rows(rows.iter().map(|row| self.row(columns, row)).collect::<Result<_, _>>()?))
            }
            (FieldKind::Smart { .. }, Written::Parts(parts)) => self.goal(parts),
            (FieldKind::Rating { dimensions, .. }, Written::Parts(parts)) => self.rating(dimensions, parts),
            (FieldKind::Several { .. }, Written::Many(many)) => Ok(Answer::Many(many.clone())),
            (FieldKind::Person, Written::One(name)) => Ok(Answer::One(self.member(name)?)),
            (FieldKind::Date, Written::One(text)) => Ok(Answer::One(self.text(text, true)?)),
            (
                FieldKind::Text { .. }
                | FieldKind::LongText { .. }
                | FieldKind::Choice { .. }
                | FieldKind::Scale { .. }
                | FieldKind::Number { .. }
                | FieldKind::Link,
                Written::One(text),
            ) => Ok(Answer::One(self.text(text, false)?)),
            _ => Err(anyhow!("the answer has another form than its field")),
        }
    }

    fn goal(&self, parts: &BTreeMap<String, String>) -> Result<Answer, Failure> {
        let filled = parts.iter().map(|(id, part)| {
            anyhow::ensure!(SMART.contains(&id.as_str()) || id == OWNER, "a goal has no part {id}");
            Ok((id.clone(), self.text(part, id == "time_bound")?))
        });
        Ok(Answer::Rows(vec![filled.collect::<Result<_, Failure>>()?]))
    }

    fn rating(&self, dimensions: &[Dimension], parts: &BTreeMap<String, String>) -> Result<Answer, Failure> {
        let filled = parts.iter().map(|(id, part)| {
            let rated = id.strip_suffix(NOTE).unwrap_or(id);
            anyhow::ensure!(dimensions.iter().any(|one| one.id == rated), "no dimension {rated}");
            Ok((id.clone(), self.text(part, false)?))
        });
        Ok(Answer::Rows(vec![filled.collect::<Result<_, Failure>>()?]))
    }

    fn row(&self, columns: &[Column], row: &BTreeMap<String, String>) -> Result<BTreeMap<String, String>, Failure> {
        row.iter()
            .map(|(id, cell)| {
                if id == ENTRY {
                    return Ok((id.clone(), cell.clone()));
                }
                let column =
                    columns.iter().find(|column| column.id == *id).with_context(|| format!("no column {id}"))?;
                let filled = match column.kind {
                    ColumnKind::Person => self.member(cell)?,
                    _ => self.text(cell, matches!(column.kind, ColumnKind::Date))?,
                };
                Ok((id.clone(), filled))
            })
            .collect()
    }

    fn member(&self, name: &str) -> Result<String, Failure> {
        let id = self.members.get(name).with_context(|| format!("{name} is not on the team"))?;
        Ok(id.to_string())
    }

    /// A text with the days put in.
    pub fn text(&self, text: &str, as_date: bool) -> Result<String, Failure> {
        let mut parts = text.split('{');
        let mut filled = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (token, rest) = part.split_once('}').with_context(|| format!("an open brace in: {text}"))?;
            let day = self.day(token).with_context(|| format!("{{{token}}} is no day, in: {text}"))?;
            filled.push_str(&if as_date { day.to_string() } else { self.spoken(day) });
            filled.push_str(rest);
        }
        Ok(filled)
    }

    fn day(&self, token: &str) -> Option<NaiveDate> {
        let number = |text: &str| text.parse::<u16>().ok();
        match token.split_at_checked(1)? {
            ("B", n) => Some(self.calendar.plan_date(self.effective, number(n)?)),
            ("+", n) => Some(self.calendar.after(self.today, number(n)?)),
            ("-", n) => Some(self.calendar.before(self.today, number(n)?)),
            ("0", "") => Some(self.today),
            _ => None,
        }
    }

    fn spoken(&self, day: NaiveDate) -> String {
        match self.lang {
            Lang::En => day.format("%-d %B").to_string(),
            Lang::ZhTw => format!("{} 月 {} 日", day.month(), day.day()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::vocabulary::Text;

    fn calendar() -> Calendar {
        let compiled = crate::curriculum::compile(&crate::cli::shipped::files()).expect("the shipped files compile");
        compiled.calendars.into_iter().find(|calendar| calendar.name == "taiwan").expect("the calendar")
    }

    #[test]
    fn a_day_in_a_text_is_spoken_and_in_a_date_field_is_the_date() {
        let (calendar, members) = (calendar(), BTreeMap::new());
        let today = "2026-09-24".parse().expect("a date"); // a Thursday before a holiday and a weekend
        let scene = Scene { calendar: &calendar, effective: today, today, lang: Lang::ZhTw, members: &members };
        assert_eq!(scene.text("{+1} 前", false).expect("a text"), "9 月 29 日 前");
        assert_eq!(scene.text("{B1}", true).expect("a date"), "2026-09-24");
        assert!(scene.text("{someday}", false).is_err());
    }

    #[test]
    fn a_name_becomes_the_member_and_a_stranger_is_refused() {
        let (calendar, id) = (calendar(), MemberId(uuid::Uuid::from_u128(7)));
        let members = BTreeMap::from([("賴思妤".to_owned(), id)]);
        let today = "2026-09-24".parse().expect("a date"); // a Thursday
        let scene = Scene { calendar: &calendar, effective: today, today, lang: Lang::ZhTw, members: &members };
        let label = Text { en: "Whom".to_owned(), zh_tw: "哪一位".to_owned() };
        let fields = [Field {
            id: "whom".to_owned(),
            label,
            help: None,
            required: true,
            when: None,
            begin: None,
            kind: FieldKind::Person,
        }];
        let whom = |name: &str| Words(BTreeMap::from([("whom".to_owned(), Written::One(name.to_owned()))]));
        assert_eq!(scene.fill(&fields, &whom("賴思妤")).expect("a member").text("whom"), id.to_string());
        assert!(scene.fill(&fields, &whom("思妤")).is_err());
    }
}
