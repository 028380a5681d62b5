//! What a manager's script says: the deeds of each plan day, and what is written in rituals.
//!
//! A text may name days, since the story always ends today: `{B15}` is the plan's day 15, `{+3}` and
//! `{-3}` are working days after and before the deed, `{0}` is its own day. In a date field they
//! become the date, in a text the date as the manager writes it.

use std::collections::BTreeMap;

use anyhow::{Context, anyhow};
use chrono::{Datelike, NaiveDate};
use serde::Deserialize;

use crate::cli::Failure;
use crate::cli::demo::company;
use crate::engine::calendar::Calendar;
use crate::engine::form::{Answer, Answers};
use crate::engine::release::{Column, ColumnKind, Field, FieldKind};
use crate::engine::vocabulary::{Lang, MemberId, Role, StepKey};

/// What one manager and the people around them do.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Script {
    pub days: Vec<Day>,
    #[serde(default)]
    pub rituals: Vec<Ritual>,
}

/// The deeds of one day, in their order.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Day {
    /// The plan's working day; 0 is the one before day 1.
    pub day: i16,
    /// When the first deed is done, as minutes of the day; a believable time when none is given.
    pub from: Option<u16>,
    pub deeds: Vec<Deed>,
}

#[derive(Debug, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
pub enum Deed {
    HandIn { step: StepName, answers: Answers },
    Draft { step: StepName, answers: Answers },
    Accept { step: StepName, line: String },
    SendBack { step: StepName, line: String },
    TakeBack { step: StepName },
    Comment { step: StepName, by: Role, text: String },
    MentorAccepts,
    Join { name: String, position: String },
    Leave { name: String },
}

/// A ritual: done some working days before each turn is due.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ritual {
    pub step: String,
    #[serde(default)]
    pub early: u16,
    /// Turns that are not done.
    #[serde(default)]
    pub skip: Vec<u16>,
    /// What is written at each turn, over again when there are more turns.
    #[serde(default)]
    pub turns: Vec<Answers>,
    /// For a ritual with each member: what is written at each turn, as far as it goes.
    #[serde(default)]
    pub members: BTreeMap<String, Vec<Answers>>,
}

impl Ritual {
    /// What is written at a turn; none when it is left out.
    pub fn answers(&self, turn: u16, member: Option<&str>) -> Option<&Answers> {
        if self.skip.contains(&turn) {
            return None;
        }
        let nth = usize::from(turn.checked_sub(1)?);
        match member {
            Some(name) => self.members.get(name)?.get(nth),
            None => self.turns.get(nth.checked_rem(self.turns.len())?),
        }
    }
}

/// A step of the plan as a script names it: `step`, `step.2` or `step@member`.
#[derive(Debug, Clone, Deserialize)]
#[serde(transparent)]
pub struct StepName(pub String);

impl StepName {
    fn parts(&self) -> (&str, Option<&str>) {
        self.0.split_once('@').map_or((self.0.as_str(), None), |(step, name)| (step, Some(name)))
    }

    pub fn key(&self, members: &BTreeMap<String, MemberId>) -> Result<StepKey, Failure> {
        let (step, member) = self.parts();
        let mut key: StepKey = step.parse().with_context(|| format!("{} names no step", self.0))?;
        if let Some(name) = member {
            let id = members.get(name).with_context(|| format!("{} names nobody of the team", self.0))?;
            key.member = Some(*id);
        }
        Ok(key)
    }
}

/// Reads an embedded script.
pub fn read(script: company::Script) -> Result<Script, Failure> {
    serde_json::from_str(script.text).with_context(|| format!("src/cli/demo/{} cannot be read", script.file))
}

/// Which days a text's `{..}` stand for.
#[derive(Debug, Clone, Copy)]
pub struct Days<'a> {
    pub calendar: &'a Calendar,
    pub effective: NaiveDate,
    /// The day of the deed.
    pub today: NaiveDate,
    pub lang: Lang,
}

impl Days<'_> {
    /// Answers with the days put in.
    pub fn fill(&self, fields: &[Field], answers: &Answers) -> Result<Answers, Failure> {
        let filled = answers.0.iter().map(|(id, answer)| {
            let field = fields.iter().find(|field| field.id == *id).with_context(|| format!("no field {id}"))?;
            Ok((id.clone(), self.answer(field, answer)?))
        });
        Ok(Answers(filled.collect::<Result<_, Failure>>()?))
    }

    fn answer(&self, field: &Field, answer: &Answer) -> Result<Answer, Failure> {
        match (&field.kind, answer) {
            (FieldKind::Table { columns, .. }, Answer::Rows(rows)) => {
                Ok(Answer::Rows(rows.iter().map(|row| self.row(columns, row)).collect::<Result<_, _>>()?))
            }
            (FieldKind::Table { .. }, Answer::One(_)) | (_, Answer::Rows(_)) => {
                Err(anyhow!("the answer to {} has another form than its field", field.id))
            }
            (kind, Answer::One(text)) => Ok(Answer::One(self.text(text, matches!(kind, FieldKind::Date))?)),
        }
    }

    fn row(&self, columns: &[Column], row: &BTreeMap<String, String>) -> Result<BTreeMap<String, String>, Failure> {
        row.iter()
            .map(|(id, cell)| {
                let column =
                    columns.iter().find(|column| column.id == *id).with_context(|| format!("no column {id}"))?;
                Ok((id.clone(), self.text(cell, matches!(column.kind, ColumnKind::Date))?))
            })
            .collect()
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
            ("B", n) => Some(self.calendar.plan_day(self.effective, number(n)?).date),
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
    use std::collections::BTreeSet;

    use super::*;
    use crate::cli::demo::company::{TEAMS, Team};
    use crate::engine::Release;
    use crate::engine::form;
    use crate::engine::vocabulary::StepId;

    fn shipped() -> (Release, Calendar) {
        let compiled = crate::curriculum::compile(&crate::cli::shipped::files()).expect("the shipped files compile");
        let release = compiled.releases.into_iter().find(|release| release.program.name == "sales_manager");
        let calendar = compiled.calendars.into_iter().find(|calendar| calendar.name == company::CALENDAR);
        (release.expect("the program"), calendar.expect("the calendar"))
    }

    /// Every place where words stand: which step, for which member, and the words.
    fn written(script: &Script) -> Vec<(StepId, Option<String>, &Answers)> {
        let deeds = script.days.iter().flat_map(|day| &day.deeds).filter_map(|deed| match deed {
            Deed::HandIn { step, answers } => {
                let (step, member) = step.parts();
                let id = step.split('.').next().unwrap_or_default();
                Some((StepId(id.to_owned()), member.map(str::to_owned), answers))
            }
            _ => None,
        });
        let turns = script.rituals.iter().flat_map(|ritual| {
            let alone = ritual.turns.iter().map(|answers| (StepId(ritual.step.clone()), None, answers));
            let each = ritual.members.iter().flat_map(|(name, turns)| {
                turns.iter().map(|answers| (StepId(ritual.step.clone()), Some(name.clone()), answers))
            });
            alone.chain(each).collect::<Vec<_>>()
        });
        deeds.chain(turns).collect()
    }

    fn problems_of(team: &Team, release: &Release, calendar: &Calendar) -> Vec<String> {
        let script = read(team.script).expect("a script");
        let effective = "2026-09-01".parse().expect("a date");
        let days = Days { calendar, effective, today: effective, lang: team.manager.lang() };
        let problem = |(id, member, answers): (StepId, Option<String>, &Answers)| {
            let Some(def) = release.step(&id) else { return Some(format!("{id}: no such step")) };
            if def.each.is_some() != member.is_some() {
                return Some(format!("{id}: with or without a member"));
            }
            let filled = match days.fill(&def.ask, answers) {
                Ok(filled) => filled,
                Err(error) => return Some(format!("{id}: {error:#}")),
            };
            form::check(&def.ask, &filled).err().map(|problems| format!("{id} {member:?}: {problems:?}"))
        };
        written(&script).into_iter().filter_map(problem).map(|what| format!("{}: {what}", team.script.file)).collect()
    }

    #[test]
    fn every_authored_evidence_is_what_its_step_asks_for() {
        let (release, calendar) = shipped();
        let problems: Vec<String> = TEAMS.iter().flat_map(|team| problems_of(team, &release, &calendar)).collect();
        assert!(problems.is_empty(), "{}", problems.join("\n"));
    }

    #[test]
    fn every_member_a_script_names_is_on_the_team_or_joins_it() {
        let strangers: Vec<String> = TEAMS
            .iter()
            .flat_map(|team| {
                let script = read(team.script).expect("a script");
                let joins = script.days.iter().flat_map(|day| &day.deeds).filter_map(|deed| match deed {
                    Deed::Join { name, .. } => Some(name.clone()),
                    _ => None,
                });
                let known: BTreeSet<String> =
                    team.members.iter().map(|(name, _)| (*name).to_owned()).chain(joins).collect();
                let named: Vec<String> = written(&script).into_iter().filter_map(|(_, member, _)| member).collect();
                named.into_iter().filter(move |name| !known.contains(name)).collect::<Vec<_>>()
            })
            .collect();
        assert_eq!(strangers, Vec::<String>::new());
    }

    #[test]
    fn a_day_in_a_text_is_spoken_and_in_a_date_field_is_the_date() {
        let (_, calendar) = shipped();
        let today = "2026-09-24".parse().expect("a date"); // a Thursday before a holiday and a weekend
        let days = Days { calendar: &calendar, effective: today, today, lang: Lang::ZhTw };
        assert_eq!(days.text("{+1} 前", false).expect("a text"), "9 月 29 日 前");
        assert_eq!(days.text("{B1}", true).expect("a date"), "2026-09-24");
        assert!(days.text("{someday}", false).is_err());
    }
}
