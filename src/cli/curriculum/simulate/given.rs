//! What the arguments of a simulation say: days, launches, answers.

use std::collections::BTreeMap;

use anyhow::{anyhow, bail, ensure};
use chrono::{Datelike, NaiveDate};

use super::roster::Member;
use crate::cli::Failure;
use crate::engine::calendar::Calendar;
use crate::engine::form::{self, Answer, Answers};
use crate::engine::message::Message;
use crate::engine::release::{Field, FieldKind, NOT_OBSERVED, Release, StepDef};
use crate::engine::vocabulary::{MemberId, Role, StepId};

/// A day as somebody types it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    Day(NaiveDate),
    /// The n-th working day of the plan.
    Plan(u16),
}

impl When {
    pub fn in_plan(self, calendar: &Calendar, effective: NaiveDate) -> NaiveDate {
        match self {
            When::Day(day) => day,
            When::Plan(n) => calendar.plan_date(effective, n),
        }
    }
}

pub fn when(text: &str) -> Result<When, String> {
    match plan_day(text) {
        Some(n) => Ok(When::Plan(n)),
        None => day(text).map(When::Day).map_err(|_| "a day is written as B126 or 2026-08-03".to_owned()),
    }
}

fn plan_day(text: &str) -> Option<u16> {
    text.strip_prefix(['B', 'b'])?.parse().ok().filter(|n| (1..=2000).contains(n))
}

/// Dates that a plan can have; others are typing mistakes, and the last ones of the type overflow.
fn day(text: &str) -> Result<NaiveDate, String> {
    let day: NaiveDate = text.parse().map_err(|_| "a date is written as 2026-02-02".to_owned())?;
    if (2000..2100).contains(&day.year()) { Ok(day) } else { Err("a date lies between 2000 and 2099".to_owned()) }
}

pub fn start(text: &str) -> Result<NaiveDate, String> {
    day(text)
}

pub fn role(text: &str) -> Result<Role, String> {
    Role::parse(text).ok_or_else(|| "the parts are manager, mentor, superior and hr".to_owned())
}

pub fn launch(text: &str) -> Result<(String, u16), String> {
    let parts = text.split_once('=').and_then(|(name, day)| Some((name.trim().to_owned(), plan_day(day.trim())?)));
    parts.ok_or_else(|| "a launch is written as playbook=B30".to_owned())
}

/// Names in a row, or that there is none.
pub fn listed<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    if names.is_empty() { "none".to_owned() } else { names.join(", ") }
}

/// Answers by step, each checked against the field it is for. `problem` finds the words for what a form
/// says about an answer.
pub fn answers(
    given: &[String],
    release: &Release,
    team: &[Member],
    problem: &dyn Fn(&Message) -> String,
) -> Result<BTreeMap<StepId, Answers>, Failure> {
    let mut fields: BTreeMap<(&StepId, &str), (&Field, Vec<Given>)> = BTreeMap::new();
    for text in given {
        let (path, value) = text.split_once('=').ok_or_else(|| written(text))?;
        let mut parts = path.trim().split('.');
        let (Some(step), Some(field), dimension, None) = (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(written(text));
        };
        let def = step_called(release, step)?;
        let field = field_called(def, field)?;
        let one = Given { dimension: dimension.map(str::to_owned), value: value.trim().to_owned() };
        let entry = fields.entry((&def.id, &field.id)).or_insert((field, Vec::new()));
        let is_again = entry.1.iter().any(|other| other.dimension == one.dimension);
        ensure!(!is_again, "`{path}` is answered twice");
        entry.1.push(one);
    }
    let members: Vec<MemberId> = team.iter().map(|member| member.id).collect();
    let mut found: BTreeMap<StepId, Answers> = BTreeMap::new();
    for ((step, name), (field, given)) in fields {
        let answers = Answers([(name.to_owned(), answer(step, field, &given, team)?)].into());
        // Whether it is asked hangs on the other answers; whether it is an answer does not.
        let alone = Field { when: None, ..field.clone() };
        let clean = form::check(std::slice::from_ref(&alone), &answers, &members).map_err(|problems| {
            let said: Vec<String> = problems.iter().map(|one| problem(&one.message)).collect();
            anyhow!("{step}.{name}: {}{}", said.join(" "), options(field))
        })?;
        found.entry(step.clone()).or_default().0.extend(clean.0);
    }
    Ok(found)
}

struct Given {
    dimension: Option<String>,
    value: String,
}

fn written(text: &str) -> Failure {
    anyhow!("`{text}` is no answer; write step.field=value")
}

fn step_called<'a>(release: &'a Release, name: &str) -> Result<&'a StepDef, Failure> {
    if let Some(def) = release.steps().find(|def| def.id.as_str() == name) {
        return Ok(def);
    }
    let nearest = release.steps().map(|def| def.id.as_str()).min_by_key(|id| strsim::osa_distance(id, name));
    let near = nearest.filter(|id| strsim::osa_distance(id, name) <= 3);
    let near = near.map_or_else(String::new, |id| format!(" Did you mean `{id}`?"));
    let deciding = listed(release.asked().into_iter().map(StepId::as_str));
    bail!("`{}` has no step `{name}`.{near} Steps whose answers decide something: {deciding}", release.program.name)
}

fn field_called<'a>(def: &'a StepDef, name: &str) -> Result<&'a Field, Failure> {
    let found = def.ask.iter().find(|field| field.id == name);
    let fields = || listed(def.ask.iter().map(|field| field.id.as_str()));
    found.ok_or_else(|| anyhow!("the step `{}` asks for no `{name}`; it asks for {}", def.id, fields()))
}

/// The answer as a form would hand it in.
fn answer(step: &StepId, field: &Field, given: &[Given], team: &[Member]) -> Result<Answer, Failure> {
    let path = format!("{step}.{}", field.id);
    if let FieldKind::Rating { dimensions, not_observed, .. } = &field.kind {
        let names = || listed(dimensions.iter().map(|one| one.id.as_str()));
        let mut row = BTreeMap::new();
        for one in given {
            let dimension = one.dimension.as_ref().filter(|id| dimensions.iter().any(|one| one.id == **id));
            let dimension = dimension.ok_or_else(|| anyhow!("say which dimension `{path}` rates: {}", names()))?;
            row.insert(dimension.clone(), one.value.clone());
        }
        // What is not said was not seen, where that is a choice.
        for one in dimensions.iter().filter(|_| *not_observed) {
            row.entry(one.id.clone()).or_insert_with(|| NOT_OBSERVED.to_owned());
        }
        return Ok(Answer::Rows(vec![row]));
    }
    let [Given { dimension: None, value }] = given else {
        bail!("`{path}` has no dimensions; write {path}=value");
    };
    match &field.kind {
        FieldKind::Several { .. } => Ok(Answer::Many(value.split(',').map(|one| one.trim().to_owned()).collect())),
        FieldKind::Person => {
            let member = team.iter().find(|member| member.name == *value);
            let names = || listed(team.iter().map(|member| member.name.as_str()));
            let member = member.ok_or_else(|| anyhow!("`{value}` is not in the team; there is {}", names()))?;
            Ok(Answer::One(member.id.to_string()))
        }
        FieldKind::Table { .. } | FieldKind::Smart { .. } | FieldKind::File { .. } => {
            bail!("`{path}` is a table, a goal or a file, which no argument can give")
        }
        _ => Ok(Answer::One(value.clone())),
    }
}

/// What can be chosen.
fn options(field: &Field) -> String {
    match &field.kind {
        FieldKind::Choice { options } | FieldKind::Several { options, .. } => {
            format!(" There is {}.", listed(options.iter().map(|option| option.id.as_str())))
        }
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::roster;
    use super::*;
    use crate::curriculum::{SourceFile, compile};

    const PROGRAM: &str = "program: small\ntitle: {en: Small, zh-TW: 小}\nsummary: {en: Small, zh-TW: 小}\n\
        curricula: [one]\ncast: [superior, hr]\n";

    const CURRICULUM: &str = "
curriculum: one
title: {en: One, zh-TW: 一}
summary: {en: One, zh-TW: 一}
steps:
  - id: diagnose
    title: {en: Diagnose, zh-TW: 診斷}
    body: {en: Do it., zh-TW: 做。}
    due: B3
    effort: 10
    ask:
      - {id: leads, type: choice, label: {en: Leads, zh-TW: 名單}, options: [{id: yes_, label: {en: Y, zh-TW: 是}}, {id: no_, label: {en: N, zh-TW: 否}}]}
      - {id: causes, type: several, label: {en: Causes, zh-TW: 原因}, options: [{id: price, label: {en: P, zh-TW: 價}}, {id: time, label: {en: T, zh-TW: 時}}]}
      - {id: whom, type: person, label: {en: Whom, zh-TW: 誰}}
      - {id: goal, type: smart, label: {en: Goal, zh-TW: 目標}}
      - id: scores
        type: rating
        label: {en: Scores, zh-TW: 評分}
        dimensions: [{id: trust, label: {en: Trust, zh-TW: 信任}}, {id: pace, label: {en: Pace, zh-TW: 步調}}]
";

    fn release() -> Release {
        let file = |path: &str, text: &str| SourceFile { path: path.to_owned(), bytes: text.into() };
        let files = [file("small.yaml", PROGRAM), file("one.yaml", CURRICULUM)];
        let compiled = compile(&files).unwrap_or_else(|found| panic!("{found:#?}"));
        compiled.releases.into_iter().next().expect("a release")
    }

    fn given(texts: &[&str]) -> Result<Answers, String> {
        let day = "2026-02-02".parse().expect("a date");
        let team = [roster::Member { id: roster::id(1), name: "Wu".to_owned(), joined: day }];
        let texts: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
        let found = answers(&texts, &release(), &team, &|message| message.id.to_owned());
        let found = found.map_err(|problem| format!("{problem:#}"))?;
        Ok(found.into_values().next().unwrap_or_default())
    }

    #[test]
    fn answers_become_what_a_form_would_hand_in() {
        let all = ["diagnose.leads=yes_", "diagnose.causes=time, price", "diagnose.whom=Wu", "diagnose.scores.trust=4"];
        let answers = given(&all).expect("answers");
        assert_eq!(answers.text("leads"), "yes_");
        assert_eq!(answers.many("causes"), ["price", "time"]);
        assert_eq!(answers.text("whom"), roster::id(1).to_string());
        let row = &answers.rows("scores")[0];
        assert_eq!((row["trust"].as_str(), row["pace"].as_str()), ("4", NOT_OBSERVED));
    }

    #[test]
    fn a_wrong_answer_says_what_is_wrong_and_what_exists() {
        let problem = |text: &str| given(&[text]).expect_err("a mistake");
        assert_eq!(problem("diagnose=yes_"), "`diagnose=yes_` is no answer; write step.field=value");
        assert!(problem("diagnoze.leads=yes_").starts_with("`small` has no step `diagnoze`. Did you mean `diagnose`?"));
        assert!(problem("diagnose.lead=yes_").contains("asks for no `lead`; it asks for `leads`, `causes`"));
        assert_eq!(problem("diagnose.leads=maybe"), "diagnose.leads: field-not-an-option There is `yes_`, `no_`.");
        assert_eq!(problem("diagnose.whom=Lin"), "`Lin` is not in the team; there is `Wu`");
        assert!(problem("diagnose.scores=4").contains("which dimension `diagnose.scores` rates: `trust`, `pace`"));
        assert!(problem("diagnose.scores.trust=9").contains("field-dimension-out-of-scale"));
        assert!(problem("diagnose.goal=more").contains("which no argument can give"));
        let twice = given(&["diagnose.leads=yes_", "diagnose.leads=no_"]).expect_err("a mistake");
        assert_eq!(twice, "`diagnose.leads` is answered twice");
    }

    #[test]
    fn a_day_is_a_plan_day_or_a_date() {
        assert_eq!(when("B26"), Ok(When::Plan(26)));
        assert_eq!(when("2026-03-10"), Ok(When::Day("2026-03-10".parse().expect("a date"))));
        assert_eq!(launch("rescue = b30"), Ok(("rescue".to_owned(), 30)));
        assert!(when("B0").is_err() && when("262000-01-01").is_err() && launch("rescue=30").is_err());
    }
}
