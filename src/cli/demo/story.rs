//! How the sample company lived through its last three months: day by day, through the same use
//! cases as a real one, with the sweep and the mail of every day that passed.

mod script;
mod words;

use std::collections::BTreeMap;

use anyhow::Context;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;
use indicatif::ProgressBar;

use self::script::{Deed, Ritual, Script, StepName};
use self::words::{Scene, Words};
use super::company::{self, Account, TEAMS, Team};
use super::travel::Traveller;
use crate::app::mentoring::{self, Answer as MentorAnswer};
use crate::app::plans::NewPlan;
use crate::app::steps::{self, At};
use crate::app::{Moment, people, plans, pulses, reports, roster, worlds};
use crate::cli::Failure;
use crate::clock::Clock;
use crate::engine::Release;
use crate::engine::access::{Actor, Viewer};
use crate::engine::ballot::Ballot;
use crate::engine::calendar::Calendar;
use crate::engine::form::{Answer, Answers};
use crate::engine::plan::Plan;
use crate::engine::release::StepDef;
use crate::engine::vocabulary::{MemberId, PersonId, PlanId, Role, StepKey};
use crate::engine::zone::{at_hour, local_date};
use crate::startup;
use crate::store::pool::Pool;
use crate::store::{plans as store_plans, releases};
use crate::worker::Worker;

const PROGRAM: &str = "sales_manager";
const ZONE: Tz = chrono_tz::Asia::Taipei;

/// HR sets a plan up this many working days before its day 1.
const SET_UP_BEFORE: u16 = 3;

/// When HR works on accounts and plans, in minutes of the day.
const SET_UP_AT: u16 = 14 * 60 + 20;

/// When managers look at their weekly and monthly habits, and how long after each other they do: on a
/// Friday the page of them takes half an hour.
const RITUALS_AT: u16 = 15 * 60 + 50;
const RITUALS_LAST: u16 = 40;

/// Minutes from one deed of a day to the next.
const DEED_LASTS: u16 = 23;

/// Lets the sample company live until `now`, the last of its days.
pub async fn live(
    pool: &Pool,
    now: DateTime<Utc>,
    worker: &dyn Fn(&Clock) -> Worker,
    bar: &ProgressBar,
) -> Result<(), Failure> {
    let calendar = worlds::Library::default().calendar(&mut *pool.get().await?, company::CALENDAR).await?;
    let release = releases::current(&mut *pool.get().await?, PROGRAM).await?;
    let today = local_date(now, ZONE);
    let lives = TEAMS.iter().map(|team| Life::new(team, &calendar, today)).collect::<Result<Vec<_>, _>>()?;
    let first = lives.iter().map(|life| life.set_up_on(&calendar)).min().unwrap_or(today);
    let begin = minute_of(first, 9 * 60 + 30);
    let clock = Clock::ahead((begin - Clock::system().now()).num_seconds());
    let mut story = Story {
        traveller: Traveller::new(pool.clone(), clock.clone(), worker(&clock)),
        pool: pool.clone(),
        clock,
        calendar: (*calendar).clone(),
        release: release.with_context(|| format!("the program {PROGRAM} is not published"))?,
        accounts: BTreeMap::new(),
        lives,
    };
    for account in company::STAFF {
        story.hire(account).await?;
    }
    bar.set_length(u64::try_from((today - first).num_days()).unwrap_or(0));
    for day in first.iter_days().take_while(|day| *day <= today) {
        for happening in story.happenings(day).into_iter().filter(|happening| happening.at <= now) {
            story.reach(happening.at).await?;
            story.happen(&happening).await?;
        }
        bar.inc(1);
    }
    story.traveller.live_until(now).await
}

/// One manager's part of the story.
struct Life {
    team: &'static Team,
    script: std::rc::Rc<Script>,
    effective: NaiveDate,
    plan: Option<PlanId>,
    members: BTreeMap<String, MemberId>,
}

impl Life {
    fn new(team: &'static Team, calendar: &Calendar, today: NaiveDate) -> Result<Life, Failure> {
        // The newest working day is the day that was reached, also when today is a Sunday.
        let newest = calendar.before(today.succ_opt().unwrap_or(today), 1);
        let effective = calendar.before(newest, team.reached.saturating_sub(1));
        let script = std::rc::Rc::new(script::read(team.script)?);
        Ok(Life { team, script, effective, plan: None, members: BTreeMap::new() })
    }

    fn set_up_on(&self, calendar: &Calendar) -> NaiveDate {
        calendar.before(self.effective, SET_UP_BEFORE)
    }

    /// The date of a day in the script.
    fn date(&self, calendar: &Calendar, day: i16) -> NaiveDate {
        match u16::try_from(day) {
            Ok(n) if n > 0 => calendar.plan_date(self.effective, n),
            _ => calendar.before(self.effective, day.unsigned_abs().saturating_add(1)),
        }
    }

    fn holder(&self, role: Role) -> Account {
        match role {
            Role::Manager => self.team.manager,
            Role::Mentor => self.team.mentor,
            Role::Superior => self.team.superior,
            Role::Hr => company::HR,
        }
    }
}

/// Something that happens at a moment: in which life, and what.
struct Happening {
    at: DateTime<Utc>,
    life: usize,
    what: What,
}

enum What {
    SetUp,
    /// The n-th deed of the script's n-th day.
    Deed(usize, usize),
    Rituals,
}

struct Story {
    pool: Pool,
    clock: Clock,
    traveller: Traveller,
    calendar: Calendar,
    release: Release,
    accounts: BTreeMap<&'static str, PersonId>,
    lives: Vec<Life>,
}

impl Story {
    fn happenings(&self, day: NaiveDate) -> Vec<Happening> {
        let mut happenings = Vec::new();
        for (life, of) in self.lives.iter().enumerate() {
            if of.set_up_on(&self.calendar) == day {
                happenings.push(Happening { at: minute_of(day, SET_UP_AT), life, what: What::SetUp });
            }
            let days = of.script.days.iter().enumerate();
            for (n, script_day) in days.filter(|(_, d)| of.date(&self.calendar, d.day) == day) {
                // Not everybody at the same minute, and not on the same minute every day.
                let usual = 10 * 60 + 3 + (script_day.day.unsigned_abs() * 13 + nth(life) * 8) % 45;
                let from = script_day.from.unwrap_or(usual);
                happenings.extend(script_day.deeds.iter().enumerate().map(|(m, _)| Happening {
                    at: minute_of(day, from + nth(m) * DEED_LASTS),
                    life,
                    what: What::Deed(n, m),
                }));
            }
            if self.calendar.is_working(day) {
                let at = minute_of(day, RITUALS_AT + nth(life) * RITUALS_LAST);
                happenings.push(Happening { at, life, what: What::Rituals });
            }
        }
        happenings.sort_by_key(|happening| happening.at);
        happenings
    }

    /// Lives until a moment: sweeps and delivers only when something was due.
    async fn reach(&self, at: DateTime<Utc>) -> Result<(), Failure> {
        let next = worlds::next_due(&mut *self.pool.get().await?).await?;
        if next.is_some_and(|next| next <= at) {
            self.traveller.live_until(at).await?;
        }
        self.clock.travel_to(at);
        Ok(())
    }

    async fn happen(&mut self, happening: &Happening) -> Result<(), Failure> {
        let life = happening.life;
        let done = match happening.what {
            What::SetUp => self.set_up(life).await,
            What::Deed(day, deed) => self.deed(life, day, deed).await,
            What::Rituals => self.rituals(life).await,
        };
        let manager = self.lives.get(life).map_or("", |life| life.team.manager.name);
        done.with_context(|| format!("the sample company, {manager}, at {}", happening.at))
    }

    fn moment(&self) -> Moment {
        Moment { now: self.clock.now(), chance: startup::chance() }
    }

    fn viewer(&self, account: Account) -> Result<Viewer, Failure> {
        let id = *self.accounts.get(account.email).with_context(|| format!("{} has no account yet", account.name))?;
        Ok(Viewer { id, is_hr: account.email == company::HR_EMAIL })
    }

    async fn hire(&mut self, account: Account) -> Result<PersonId, Failure> {
        let (moment, new) = (self.moment(), account.as_new_person());
        let id = self.pool.in_transaction(async |tx| people::add(tx, Actor::Program, &new, &moment).await).await?;
        self.accounts.insert(account.email, id);
        Ok(id)
    }

    /// HR opens the account, writes the roster and starts the plan.
    async fn set_up(&mut self, life: usize) -> Result<(), Failure> {
        let (team, effective) = (self.lives[life].team, self.lives[life].effective);
        let manager = self.hire(team.manager).await?;
        let (hr, superior, mentor) =
            (self.viewer(company::HR)?, self.viewer(team.superior)?.id, self.viewer(team.mentor)?.id);
        let moment = self.moment();
        let new = NewPlan {
            program: PROGRAM.to_owned(),
            manager,
            superior,
            hr: hr.id,
            mentor: Some(mentor),
            then: Vec::new(),
            effective,
            calendar: Some(company::CALENDAR.to_owned()),
        };
        let (plan, members) = self
            .pool
            .in_transaction(async |tx| {
                let mut members = BTreeMap::new();
                for (name, position) in team.members {
                    let id = roster::join(tx, hr, manager, name, position, Some(effective), &moment).await?;
                    members.insert((*name).to_owned(), id);
                }
                let plan = plans::start(tx, Actor::Person(hr), &new, &moment).await?;
                Ok::<_, crate::app::Error>((plan, members))
            })
            .await?;
        self.lives[life].plan = Some(plan);
        self.lives[life].members = members;
        Ok(())
    }

    async fn deed(&mut self, life: usize, day: usize, deed: usize) -> Result<(), Failure> {
        let script = self.lives[life].script.clone();
        let Some(deed) = script.days.get(day).and_then(|day| day.deeds.get(deed)) else { return Ok(()) };
        let moment = self.moment();
        match deed {
            Deed::HandIn { step, answers } => {
                let key = step.key(&self.lives[life].members)?;
                self.hand_in(life, key, answers).await?;
            }
            Deed::Draft { step, answers } => {
                let (at, def) = self.at(life, &step.key(&self.lives[life].members)?)?;
                let (who, given) = self.written(life, def, answers)?;
                self.pool.in_transaction(async |tx| steps::save_draft(tx, who, &at, &given, &moment).await).await?;
            }
            Deed::Accept { step, line } | Deed::SendBack { step, line } => {
                let (at, def) = self.at(life, &step.key(&self.lives[life].members)?)?;
                let reviewer = def.review.with_context(|| format!("{} has no reviewer", step.0))?;
                let who = self.viewer(self.lives[life].holder(reviewer))?;
                let line = self.scene(life).text(line, false)?;
                let accepts = matches!(deed, Deed::Accept { .. });
                let done = async |tx: &mut crate::store::pool::Tx| {
                    if accepts {
                        steps::accept(tx, who, &at, &line, &moment).await
                    } else {
                        steps::send_back(tx, who, &at, &line, &moment).await
                    }
                };
                self.pool.in_transaction(done).await.with_context(|| step.0.clone())?;
            }
            Deed::Read { step, answer } => {
                let (at, def) = self.at(life, &step.key(&self.lives[life].members)?)?;
                let reader = def.reports_to().with_context(|| format!("{} reports to nobody", step.0))?;
                let (who, said) = (self.viewer(self.lives[life].holder(reader))?, reports::said(answer)?);
                let done = async |tx: &mut crate::store::pool::Tx| reports::answer(tx, who, &at, said, &moment).await;
                self.pool.in_transaction(done).await.with_context(|| step.0.clone())?;
            }
            Deed::TakeBack { step } => {
                let (at, def) = self.at(life, &step.key(&self.lives[life].members)?)?;
                let who = self.viewer(self.lives[life].holder(def.who))?;
                self.pool.in_transaction(async |tx| steps::take_back(tx, who, &at, &moment).await).await?;
            }
            Deed::Comment { step, by, text } => {
                let (at, _) = self.at(life, &step.key(&self.lives[life].members)?)?;
                let who = self.viewer(self.lives[life].holder(*by))?;
                let text = self.scene(life).text(text, false)?;
                self.pool.in_transaction(async |tx| steps::comment(tx, who, &at, &text, &moment).await).await?;
            }
            Deed::Pulse { step, ballots } => self.pulse(life, step, ballots).await?,
            Deed::MentorAccepts => {
                let (who, plan) = (self.viewer(self.lives[life].team.mentor)?, self.plan(life)?);
                let answer = async |tx: &mut crate::store::pool::Tx| {
                    mentoring::answer(tx, who, plan, MentorAnswer::Accept, &moment).await
                };
                self.pool.in_transaction(answer).await?;
            }
            Deed::Join { name, position } => {
                let (hr, manager) = (self.viewer(company::HR)?, self.viewer(self.lives[life].team.manager)?.id);
                let joined = async |tx: &mut crate::store::pool::Tx| {
                    roster::join(tx, hr, manager, name, position, None, &moment).await
                };
                let id = self.pool.in_transaction(joined).await?;
                self.lives[life].members.insert(name.clone(), id);
            }
            Deed::Leave { name } => {
                let hr = self.viewer(company::HR)?;
                let member =
                    *self.lives[life].members.get(name).with_context(|| format!("{name} is not on the team"))?;
                self.pool.in_transaction(async |tx| roster::leave(tx, hr, member, None, &moment).await).await?;
            }
        }
        Ok(())
    }

    /// Makes slips for the team, of which some are used on the same day.
    async fn pulse(&self, life: usize, step: &StepName, ballots: &[Ballot]) -> Result<(), Failure> {
        let (at, def) = self.at(life, &step.key(&self.lives[life].members)?)?;
        let field = def.ballot.as_ref().with_context(|| format!("{} asks for no ballots", step.0))?;
        let (who, moment) = (self.viewer(self.lives[life].holder(def.who))?, self.moment());
        let opened = self.pool.in_transaction(async |tx| pulses::open(tx, who, &at, &moment).await).await;
        let codes = opened.with_context(|| step.0.clone())?.context("the pulse was opened already")?;
        for (code, ballot) in codes.iter().zip(ballots) {
            let row = ballot.iter().map(|(dimension, value)| (dimension.clone(), value.to_string())).collect();
            let given = Answers([(field.id.clone(), Answer::Rows(vec![row]))].into());
            self.pool.in_transaction(async |tx| pulses::cast(tx, code, &given, moment.now).await).await?;
        }
        Ok(())
    }

    /// Hands in what is due of weekly and monthly habits.
    async fn rituals(&mut self, life: usize) -> Result<(), Failure> {
        let script = self.lives[life].script.clone();
        let Some(plan) = self.lives[life].plan.filter(|_| !script.rituals.is_empty()) else { return Ok(()) };
        let scope = Actor::Program.scope();
        let plan = store_plans::find(&mut *self.pool.get().await?, scope, plan).await?.context("the plan is gone")?;
        for ritual in &script.rituals {
            for (key, answers) in self.due(life, &plan, ritual) {
                let at = self.clock.now() + TimeDelta::minutes(3);
                self.reach(at).await?;
                self.hand_in(life, key, answers).await?;
            }
        }
        Ok(())
    }

    /// The turns of a ritual that are done today, and what is written.
    fn due<'s>(&self, life: usize, plan: &Plan, ritual: &'s Ritual) -> Vec<(StepKey, &'s Words)> {
        let (today, life) = (self.today(), &self.lives[life]);
        let position = |member: MemberId| life.members.values().position(|id| *id == member).map_or(0, nth);
        let turns = plan.steps.iter().filter(|(key, _)| key.id.as_str() == ritual.step);
        turns
            .filter_map(|(key, step)| {
                let def = self.release.step(&key.id)?;
                // One member a day: nobody holds six talks in an afternoon.
                let early = ritual.early + key.member.map_or(0, position);
                let is_time = self.calendar.before(step.due.date, early) <= today;
                let is_open = plan.standing(step, def, today).is_actionable();
                let name = key.member.and_then(|member| {
                    life.members.iter().find(|(_, id)| **id == member).map(|(name, _)| name.as_str())
                });
                let answers = ritual.answers(key.turn, name)?;
                (is_time && is_open).then(|| (key.clone(), answers))
            })
            .collect()
    }

    async fn hand_in(&self, life: usize, key: StepKey, words: &Words) -> Result<(), Failure> {
        let (at, def) = self.at(life, &key)?;
        let (who, given) = self.written(life, def, words)?;
        let moment = self.moment();
        let handed_in = self.pool.in_transaction(async |tx| steps::hand_in(tx, who, &at, given, &moment).await).await;
        handed_in.with_context(|| key.to_string())
    }

    fn plan(&self, life: usize) -> Result<PlanId, Failure> {
        self.lives[life].plan.context("the plan has not started")
    }

    fn at(&self, life: usize, key: &StepKey) -> Result<(At, &StepDef), Failure> {
        let def = self.release.step(&key.id).with_context(|| format!("the program has no step {}", key.id))?;
        Ok((At { plan: self.plan(life)?, step: key.clone(), seen: None }, def))
    }

    /// Who does a step, and the words with their days and members.
    fn written(&self, life: usize, def: &StepDef, words: &Words) -> Result<(Viewer, Answers), Failure> {
        let given = self.scene(life).fill(&def.ask, words).with_context(|| def.id.to_string())?;
        Ok((self.viewer(self.lives[life].holder(def.who))?, given))
    }

    fn scene(&self, life: usize) -> Scene<'_> {
        let life = &self.lives[life];
        let (effective, lang) = (life.effective, life.team.manager.lang());
        Scene { calendar: &self.calendar, effective, today: self.today(), lang, members: &life.members }
    }

    fn today(&self) -> NaiveDate {
        local_date(self.clock.now(), ZONE)
    }
}

/// A moment of a day at work.
fn minute_of(day: NaiveDate, minute: u16) -> DateTime<Utc> {
    at_hour(day, 0, ZONE) + TimeDelta::minutes(i64::from(minute))
}

/// A place in a short list, for counting minutes and days with.
fn nth(place: usize) -> u16 {
    u16::try_from(place).unwrap_or(0)
}
