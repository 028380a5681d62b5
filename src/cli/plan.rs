//! `plan start` and `plan show`.

use std::process::ExitCode;

use anyhow::Context;
use chrono::NaiveDate;
use clap::{Args, Subcommand};

use super::wording::{failure, lang, parse_lang};
use super::{Failure, moment, open, out};
use crate::app::plans::{self, NewPlan};
use crate::app::wording::Wording;
use crate::app::worlds::{self, Names};
use crate::config::DatabaseArgs;
use crate::engine::access::Actor;
use crate::engine::plan::Standing;
use crate::engine::vocabulary::{Lang, PersonId, PlanId};
use crate::engine::zone::local_date;
use crate::render::Renderer;
use crate::store::people;
use crate::store::pool::Conn;

#[derive(Subcommand)]
pub enum Command {
    /// Start a plan
    Start(Start),
    /// Show a plan's steps and dates; without a plan, list them
    Show(Show),
}

#[derive(Args)]
pub struct Start {
    #[command(flatten)]
    database: DatabaseArgs,
    /// The program
    #[arg(long, default_value = "sales_manager")]
    program: String,
    /// The newly promoted manager's address
    #[arg(long)]
    manager: String,
    /// Their superior's address
    #[arg(long)]
    superior: String,
    /// The HR owner's address
    #[arg(long)]
    hr: String,
    /// The address of whoever is asked to be the mentor
    #[arg(long)]
    mentor: Option<String>,
    /// Who is asked next when they say no or nothing; more than once for several, in this order
    #[arg(long, requires = "mentor")]
    then: Vec<String>,
    /// The day they take the role, as 2026-03-02; today when it is left out
    #[arg(long)]
    on: Option<NaiveDate>,
    /// The calendar; the manager's own when it is left out
    #[arg(long)]
    calendar: Option<String>,
}

#[derive(Args)]
pub struct Show {
    #[command(flatten)]
    database: DatabaseArgs,
    plan: Option<PlanId>,
    /// The language of titles: en or zh-TW; else the terminal's
    #[arg(long, value_parser = parse_lang)]
    lang: Option<Lang>,
}

pub async fn run(command: Command) -> Result<ExitCode, Failure> {
    match command {
        Command::Start(start) => start_plan(start).await,
        Command::Show(show) => show_plans(show).await,
    }
}

async fn person(conn: &mut Conn, email: &str) -> Result<PersonId, Failure> {
    let person = people::by_email(conn, email).await?;
    Ok(person.with_context(|| format!("nobody has the address {email}: add them with `pilothouse person add`"))?.id)
}

async fn start_plan(start: Start) -> Result<ExitCode, Failure> {
    let pool = open(&start.database).await?;
    let moment = moment();
    let mut conn = pool.get().await?;
    let manager = people::by_email(&mut conn, &start.manager).await?;
    let manager = manager.with_context(|| format!("nobody has the address {}", start.manager))?;
    let mentor = match &start.mentor {
        Some(email) => Some(person(&mut conn, email).await?),
        None => None,
    };
    let mut then = Vec::new();
    for email in &start.then {
        then.push(person(&mut conn, email).await?);
    }
    let new = NewPlan {
        program: start.program.clone(),
        manager: manager.id,
        superior: person(&mut conn, &start.superior).await?,
        hr: person(&mut conn, &start.hr).await?,
        mentor,
        then,
        effective: start.on.unwrap_or_else(|| local_date(moment.now, manager.zone)),
        calendar: start.calendar,
    };
    drop(conn);
    let plan = pool.in_transaction(async |tx| plans::start(tx, Actor::Program, &new, &moment).await).await;
    match plan {
        Ok(plan) => out(&format!("Started plan {plan} for {}.\n", manager.name))?,
        Err(app) => match app {
            crate::app::Error::NotFound => anyhow::bail!("there is no program {}: publish it first", start.program),
            other => return Err(failure(other)),
        },
    }
    Ok(ExitCode::SUCCESS)
}

async fn show_plans(show: Show) -> Result<ExitCode, Failure> {
    let pool = open(&show.database).await?;
    let mut conn = pool.get().await?;
    let scope = Actor::Program.scope();
    let (lang, now) = (lang(show.lang), moment().now);
    let Some(id) = show.plan else {
        let plans = crate::store::plans::all(&mut conn, scope).await?;
        let names = Names::around(&mut conn, scope, &plans.iter().collect::<Vec<_>>()).await?;
        for plan in &plans {
            out(&format!("{}  {}  {}\n", plan.id, plan.effective, names.person(plan.cast.manager)))?;
        }
        return Ok(ExitCode::SUCCESS);
    };
    let world = match worlds::find(&mut conn, scope, id).await {
        Err(crate::app::Error::NotFound) => anyhow::bail!("there is no plan {id}"),
        other => other?,
    };
    let names = Names::around(&mut conn, scope, &[&world.plan]).await?;
    let today = world.today(now);
    let mut steps: Vec<_> = world.plan.steps.iter().collect();
    steps.sort_by_key(|(key, step)| (step.due.date, (*key).clone()));
    let renderer = Renderer::new()?;
    let title = world.release.program.title.in_lang(lang);
    out(&format!("{}: {title}\n", names.person(world.plan.cast.manager)))?;
    for (key, step) in steps {
        let Some(def) = world.release.step(&key.id) else { continue };
        let standing = match world.plan.standing(step, def, today) {
            Standing::Later => "later",
            Standing::Blocked { .. } => "waits",
            Standing::Open { .. } => "open",
            Standing::Overdue { .. } => "OVERDUE",
            Standing::InReview { .. } => "review",
            Standing::Closed if step.state.is_done() => "done",
            Standing::Closed => "closed",
        };
        let mut wording = Wording::of_plan(&world, &names);
        wording.member = names.member(key.member);
        let title = renderer.text(lang, &wording.text(&def.title));
        let member = wording.member.as_ref().filter(|_| !wording.names_member(def));
        let member = member.map(|name| format!(" — {name}")).unwrap_or_default();
        out(&format!("{}  {}  {standing:<7}  {title}{member}\n", step.opens.date, step.due.date))?;
    }
    Ok(ExitCode::SUCCESS)
}
