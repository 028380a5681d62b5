//! What a manager's script says: the deeds of each plan day, and what is written in rituals.

use std::collections::BTreeMap;

use anyhow::Context;
use serde::Deserialize;

use super::words::Words;
use crate::cli::Failure;
use crate::cli::demo::company;
use crate::engine::ballot::Ballot;
use crate::engine::vocabulary::{MemberId, Role, StepKey};

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
    HandIn {
        step: StepName,
        answers: Words,
    },
    Draft {
        step: StepName,
        answers: Words,
    },
    Accept {
        step: StepName,
        line: String,
    },
    SendBack {
        step: StepName,
        line: String,
    },
    /// A report's reader says `seen` or `talk`.
    Read {
        step: StepName,
        answer: String,
    },
    TakeBack {
        step: StepName,
    },
    Comment {
        step: StepName,
        by: Role,
        text: String,
    },
    MentorAccepts,
    /// Slips are handed out, and members answer.
    Pulse {
        step: StepName,
        ballots: Vec<Ballot>,
    },
    Join {
        name: String,
        position: String,
    },
    Leave {
        name: String,
    },
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
    pub turns: Vec<Words>,
    /// For a ritual with each member: what is written at each turn, as far as it goes.
    #[serde(default)]
    pub members: BTreeMap<String, Vec<Words>>,
}

impl Ritual {
    /// What is written at a turn; none when it is left out.
    pub fn answers(&self, turn: u16, member: Option<&str>) -> Option<&Words> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::demo::company::{TEAMS, Team};
    use crate::cli::demo::story::words::Scene;
    use crate::engine::Release;
    use crate::engine::calendar::Calendar;
    use crate::engine::form;
    use crate::engine::vocabulary::StepId;

    type Members = BTreeMap<String, MemberId>;

    /// A place where words stand: which step, for which member, and who was on the team.
    struct Place<'s> {
        step: StepId,
        member: Option<String>,
        words: &'s Words,
        is_draft: bool,
        team: Members,
    }

    fn shipped() -> (Release, Calendar) {
        let compiled = crate::curriculum::compile(&crate::cli::shipped::files()).expect("the shipped files compile");
        let release = compiled.releases.into_iter().find(|release| release.program.name == "sales_manager");
        let calendar = compiled.calendars.into_iter().find(|calendar| calendar.name == company::CALENDAR);
        (release.expect("the program"), calendar.expect("the calendar"))
    }

    fn id_of(name: &str) -> MemberId {
        let seed = name.bytes().fold(7_u128, |seed, byte| seed.wrapping_mul(257).wrapping_add(u128::from(byte)));
        MemberId(uuid::Uuid::from_u128(seed))
    }

    fn places<'s>(team: &Team, script: &'s Script) -> Vec<Place<'s>> {
        let mut present: Members = team.members.iter().map(|(name, _)| ((*name).to_owned(), id_of(name))).collect();
        let mut places = Vec::new();
        for deed in script.days.iter().flat_map(|day| &day.deeds) {
            match deed {
                Deed::HandIn { step, answers } | Deed::Draft { step, answers } => {
                    let (name, member) = step.parts();
                    let id = name.split('.').next().unwrap_or_default();
                    places.push(Place {
                        step: StepId(id.to_owned()),
                        member: member.map(str::to_owned),
                        words: answers,
                        is_draft: matches!(deed, Deed::Draft { .. }),
                        team: present.clone(),
                    });
                }
                Deed::Join { name, .. } => {
                    present.insert(name.clone(), id_of(name));
                }
                Deed::Leave { name } => {
                    present.remove(name);
                }
                _ => {}
            }
        }
        // Nobody knows on which day a turn falls: it may only name those who are there at the end.
        for ritual in &script.rituals {
            let turn = |member: Option<&String>, words| Place {
                step: StepId(ritual.step.clone()),
                member: member.cloned(),
                words,
                is_draft: false,
                team: present.clone(),
            };
            places.extend(ritual.turns.iter().map(|words| turn(None, words)));
            let members = ritual.members.iter();
            places.extend(members.flat_map(|(name, turns)| turns.iter().map(move |words| turn(Some(name), words))));
        }
        places
    }

    fn problem(place: &Place<'_>, manager: &Team, release: &Release, calendar: &Calendar) -> Option<String> {
        let Place { step, member, words, team, .. } = place;
        let Some(def) = release.step(step) else { return Some("no such step".to_owned()) };
        if def.each.is_some() != member.is_some() {
            return Some("with or without a member".to_owned());
        }
        if let Some(stranger) = member.as_ref().filter(|name| !team.contains_key(*name)) {
            return Some(format!("{stranger} is not on the team"));
        }
        let effective = "2026-09-01".parse().expect("a date"); // a Tuesday
        let lang = manager.manager.lang();
        let filled = match (Scene { calendar, effective, today: effective, lang, members: team }).fill(&def.ask, words)
        {
            Ok(filled) => filled,
            Err(error) => return Some(format!("{error:#}")),
        };
        if place.is_draft {
            return None;
        }
        let ids: Vec<MemberId> = team.values().copied().collect();
        let clean = match form::check(&def.ask, &filled, &ids) {
            Ok(clean) => clean,
            Err(problems) => return Some(format!("{problems:?}")),
        };
        filled.0.keys().find(|field| !clean.0.contains_key(*field)).map(|field| format!("{field} is not asked"))
    }

    #[test]
    fn every_authored_evidence_is_what_its_step_asks_for() {
        let (release, calendar) = shipped();
        let problems: Vec<String> = TEAMS
            .iter()
            .flat_map(|team| {
                let script = read(team.script).expect("a script");
                let found = places(team, &script).into_iter().filter_map(|place| {
                    let what = problem(&place, team, &release, &calendar)?;
                    Some(format!("{}: {} {:?}: {what}", team.script.file, place.step, place.member))
                });
                found.collect::<Vec<_>>()
            })
            .collect();
        assert!(problems.is_empty(), "{}", problems.join("\n"));
    }
}
