//! `curriculum simulate`: a program played to its end before anybody is enrolled.

mod given;
mod roster;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, anyhow, bail, ensure};
use chrono::{Datelike, NaiveDate, Weekday};
use clap::{Args, ValueEnum};
use uuid::Uuid;

use super::{files, out, tell};
use crate::app::pages::simulation::{self, Played, SimulationPage, preview};
use crate::cli::wording::{diagnostics, lang, parse_lang};
use crate::cli::{Failure, moment, shipped};
use crate::curriculum::{self, Compiled, SourceFile};
use crate::engine::StartOrder;
use crate::engine::calendar::Calendar;
use crate::engine::form::Answers;
use crate::engine::release::Release;
use crate::engine::simulate::{Setup, Simulation, simulate};
use crate::engine::vocabulary::{Lang, MemberId, PersonId, Role, StepId};
use crate::render::{self, Renderer};
use crate::startup;

/// What is simulated when nobody says which.
const PROGRAM: &str = "sales_manager";
const CALENDAR: &str = "taiwan";

/// How many members a team has when neither the command nor the program says.
const TEAM: u16 = 6;

#[derive(Args)]
pub struct Simulate {
    /// Files, or folders of *.yaml; without any, the program inside this binary
    paths: Vec<PathBuf>,
    /// Which program, when there are several
    #[arg(long, value_name = "NAME")]
    program: Option<String>,
    /// The day the manager takes the role, as 2026-02-02; else the next Monday
    #[arg(long, value_name = "DATE", value_parser = given::start)]
    start: Option<NaiveDate>,
    /// The calendar of working days; else taiwan
    #[arg(long, value_name = "NAME")]
    calendar: Option<String>,
    /// A team of so many, without names; else as many as the program is made for
    #[arg(long, value_name = "N", conflicts_with = "roster", value_parser = clap::value_parser!(u16).range(0..=200))]
    team: Option<u16>,
    /// A team with names: a file with one member a line, `name, position, joined`
    #[arg(long, value_name = "FILE")]
    roster: Option<PathBuf>,
    /// Launch a playbook on a plan day, as underperformance=B30; may be repeated
    #[arg(long, value_name = "PLAYBOOK=DAY", value_parser = given::launch)]
    launch: Vec<(String, u16)>,
    /// Answer a question, as diagnose.leads=yes; a rating's dimension as step.field.dimension=3;
    /// several options with commas between; may be repeated
    #[arg(long, value_name = "STEP.FIELD=VALUE")]
    answer: Vec<String>,
    /// Show it up to this day, as B126 or 2026-08-03
    #[arg(long, value_name = "DAY", value_parser = given::when)]
    until: Option<given::When>,
    /// The hours of the weeks alone
    #[arg(long)]
    weeks: bool,
    /// What it becomes
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Write it to this file instead of the terminal
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// What somebody's day shows, as manager, mentor, superior or hr; needs --on
    #[arg(long = "as", value_name = "ROLE", value_parser = given::role, requires = "on")]
    role: Option<Role>,
    /// The morning on which somebody looks, as 2026-03-10 or B26
    #[arg(long, value_name = "DAY", value_parser = given::when)]
    on: Option<given::When>,
    /// The language of what is said: en or zh-TW; else the terminal's
    #[arg(long, value_parser = parse_lang)]
    lang: Option<Lang>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For a terminal
    Text,
    /// A page of its own
    Html,
    /// The drawing of the hours
    Svg,
    Json,
    /// The dates, for a spreadsheet
    Csv,
}

pub fn run(command: &Simulate) -> Result<ExitCode, Failure> {
    let renderer = startup::renderer()?;
    let lang = lang(command.lang);
    let found = if command.paths.is_empty() { None } else { Some(files::read(&command.paths)?) };
    let sources = found.as_ref().map_or_else(shipped::files, |found| with_calendars(&found.files));
    let compiled = match curriculum::compile(&sources) {
        Ok(compiled) => compiled,
        Err(mistakes) => {
            let placed = found.map_or_else(|| mistakes.clone(), |found| found.placed(&mistakes));
            tell(format_args!("{}\n", diagnostics(&renderer, lang, &placed)));
            return Ok(ExitCode::FAILURE);
        }
    };
    let said = command.said(&compiled, &renderer, lang)?;
    match &command.out {
        Some(path) => {
            std::fs::write(path, said).with_context(|| format!("{} cannot be written", path.display()))?;
            tell(format_args!("Wrote {}\n", path.display()));
        }
        None => out(&said)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// Files that are played. The calendars of this binary stand in where they hold none.
fn with_calendars(files: &[SourceFile]) -> Vec<SourceFile> {
    let is_calendar = |file: &SourceFile| {
        let text = String::from_utf8_lossy(&file.bytes);
        text.lines().any(|line| line.starts_with("calendar:"))
    };
    let mut all = files.to_vec();
    if !files.iter().any(is_calendar) {
        all.extend(shipped::files().into_iter().filter(|file| file.path.starts_with("calendars/")));
    }
    all
}

impl Simulate {
    fn said(&self, compiled: &Compiled, renderer: &Renderer, lang: Lang) -> Result<String, Failure> {
        let release = self.release(&compiled.releases)?;
        let calendar = self.calendar(&compiled.calendars)?;
        let effective = self.start.unwrap_or_else(|| next_monday(moment().now.date_naive()));
        let team = self.team(release, effective, renderer, lang)?;
        let launches = self.launches(release)?;
        let problem = |message: &_| renderer.sentence(lang, message);
        let answers = given::answers(&self.answer, release, &team, &problem)?;
        let day = |when: &given::When| when.in_plan(calendar, effective);
        let on = self.on.as_ref().map(day);
        let played = Game { release, calendar, effective, team: &team, launches: &launches, answers: &answers, on };
        let simulation = played.play(renderer, lang)?;
        let names = team.iter().map(|member| (member.id, member.name.clone())).collect();
        let until = self.until.as_ref().map(day);
        ensure!(until.is_none_or(|until| effective <= until), "--until lies before the first day, {effective}");
        let played = Played { simulation: &simulation, release, calendar, names: &names, until };
        match on {
            Some(on) => self.preview(&played, on, renderer, lang),
            None => {
                let page = SimulationPage { only_weeks: self.weeks, ..simulation::page(&played) };
                Ok(match self.format {
                    Format::Text => renderer.plain("simulation", lang, &page)?,
                    Format::Csv => renderer.plain("simulation.csv", lang, &page)?,
                    Format::Html => renderer.document("simulation", lang, &page)?,
                    Format::Svg => renderer.document("simulation_chart", lang, &page)?.trim_start().to_owned(),
                    Format::Json => serde_json::to_string_pretty(&page)? + "\n",
                })
            }
        }
    }

    fn preview(&self, played: &Played, on: NaiveDate, renderer: &Renderer, lang: Lang) -> Result<String, Failure> {
        let page = preview::preview(played, self.role.unwrap_or(Role::Manager), on);
        Ok(match self.format {
            Format::Text => renderer.plain("preview", lang, &page)?,
            Format::Html => renderer.document("preview", lang, &page)?,
            Format::Json => serde_json::to_string_pretty(&page)? + "\n",
            Format::Svg | Format::Csv => bail!("somebody's day comes as text, html or json"),
        })
    }

    fn release<'a>(&self, releases: &'a [Release]) -> Result<&'a Release, Failure> {
        let names = || given::listed(releases.iter().map(|release| release.program.name.as_str()));
        let found = |name: &str| releases.iter().find(|release| release.program.name == name);
        match (&self.program, releases) {
            (_, []) => Err(anyhow!("there is no program in these files")),
            (Some(name), _) => found(name).ok_or_else(|| anyhow!("there is no program `{name}`; there is {}", names())),
            (None, [only]) => Ok(only),
            (None, _) => found(PROGRAM).ok_or_else(|| anyhow!("say which --program: {}", names())),
        }
    }

    fn calendar<'a>(&self, calendars: &'a [Calendar]) -> Result<&'a Calendar, Failure> {
        let names = || given::listed(calendars.iter().map(|calendar| calendar.name.as_str()));
        let found = |name: &str| calendars.iter().find(|calendar| calendar.name == name);
        match (&self.calendar, calendars) {
            (Some(name), _) => {
                found(name).ok_or_else(|| anyhow!("there is no calendar `{name}`; there is {}", names()))
            }
            (None, [only]) => Ok(only),
            (None, _) => found(CALENDAR).ok_or_else(|| anyhow!("say which --calendar: {}", names())),
        }
    }

    fn team(
        &self,
        release: &Release,
        effective: NaiveDate,
        renderer: &Renderer,
        lang: Lang,
    ) -> Result<Vec<roster::Member>, Failure> {
        if let Some(path) = &self.roster {
            let text = files::read_text(path)?;
            return roster::read(&text, effective).with_context(|| path.display().to_string());
        }
        let size = self.team.or(release.program.load.map(|load| load.team)).unwrap_or(TEAM);
        let named = |n: u16| {
            let message = crate::engine::message::Message::new("simulate-member").with("n", i64::from(n));
            roster::Member { id: roster::id(n.into()), name: renderer.sentence(lang, &message), joined: effective }
        };
        Ok((1..=size).map(named).collect())
    }

    fn launches(&self, release: &Release) -> Result<Vec<(String, u16)>, Failure> {
        let playbooks = || release.curricula.iter().filter(|curriculum| curriculum.launch.is_some());
        for (n, (name, day)) in self.launch.iter().enumerate() {
            if !playbooks().any(|playbook| playbook.name == *name) {
                let names = given::listed(playbooks().map(|playbook| playbook.name.as_str()));
                bail!("`{}` has no playbook `{name}`; there is {names}", release.program.name);
            }
            let ends = release.program.ends;
            ensure!((1..=ends).contains(day), "the plan has the days B1 to B{ends}; `{name}` is launched on B{day}");
            let is_twice = self.launch.iter().take(n).any(|(other, _)| other == name);
            ensure!(!is_twice, "`{name}` is launched twice; one run of it is played");
        }
        Ok(self.launch.clone())
    }
}

/// What is played, with everybody in it.
struct Game<'a> {
    release: &'a Release,
    calendar: &'a Calendar,
    effective: NaiveDate,
    team: &'a [roster::Member],
    launches: &'a [(String, u16)],
    answers: &'a BTreeMap<StepId, Answers>,
    on: Option<NaiveDate>,
}

impl Game<'_> {
    fn play(&self, renderer: &Renderer, lang: Lang) -> Result<Simulation, Failure> {
        let person = |n: u128| PersonId(Uuid::from_u128(n));
        let order = StartOrder {
            own_calendar: false,
            effective: self.effective,
            manager: person(1),
            superior: person(2),
            hr: person(3),
            mentor: self.release.program.cast.contains(&Role::Mentor).then(|| person(4)),
            then: Vec::new(),
            members: self.team.iter().map(|member| (member.id, member.joined)).collect::<Vec<(MemberId, _)>>(),
        };
        let setup = Setup {
            release: self.release,
            calendar: self.calendar,
            // Days are the manager's days, whichever zone that is in.
            zone: chrono_tz::Tz::UTC,
            order: &order,
            launches: self.launches,
            answers: self.answers,
            stop_on: self.on,
        };
        let words = |refusal| renderer.sentence(lang, &render::refusal(&refusal, &render::Names::default()));
        simulate(&setup).map_err(|refusal| anyhow!(words(refusal)))
    }
}

fn next_monday(today: NaiveDate) -> NaiveDate {
    today.iter_days().skip(1).find(|day| day.weekday() == Weekday::Mon).unwrap_or(today)
}
