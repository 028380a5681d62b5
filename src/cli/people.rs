//! `person add` and `person list`.

use std::process::ExitCode;

use clap::{Args, Subcommand, ValueEnum};

use super::wording::{failure, parse_lang};
use super::{Failure, moment, open, out};
use crate::app::people::{self, NewPerson};
use crate::config::DatabaseArgs;
use crate::engine::access::Actor;
use crate::engine::vocabulary::Lang;
use crate::store;

#[derive(Subcommand)]
pub enum Command {
    /// Add an account and mail it a sign-in link
    Add(Add),
    /// List accounts
    List(DatabaseArgs),
}

#[derive(Args)]
pub struct Add {
    #[command(flatten)]
    database: DatabaseArgs,
    /// Their name
    #[arg(long)]
    name: String,
    /// Their mail address
    #[arg(long)]
    email: String,
    /// HR starts plans and sees everybody's progress; anybody else gets a part by being put in a plan
    #[arg(long, value_enum, default_value = "person")]
    role: Role,
    /// The language of their pages and mail: en or zh-TW
    #[arg(long, default_value = "en", value_parser = parse_lang)]
    lang: Lang,
    /// Their time zone
    #[arg(long, default_value = "Asia/Taipei")]
    zone: String,
    /// The calendar whose working days their mail keeps to
    #[arg(long, default_value = "taiwan")]
    calendar: String,
    /// The hour at which their brief comes, 0 to 23
    #[arg(long, default_value_t = 9)]
    hour: u8,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Role {
    Hr,
    Person,
}

pub async fn run(command: Command) -> Result<ExitCode, Failure> {
    match command {
        Command::Add(add) => add_person(add).await,
        Command::List(database) => list(&database).await,
    }
}

async fn add_person(add: Add) -> Result<ExitCode, Failure> {
    let pool = open(&add.database).await?;
    let new = NewPerson {
        name: add.name,
        email: add.email,
        lang: add.lang,
        zone: add.zone,
        calendar: add.calendar,
        brief_hour: add.hour,
        is_hr: add.role == Role::Hr,
    };
    let moment = moment();
    super::curriculum::publish_if_empty(&pool, &moment).await?;
    let id = pool.in_transaction(async |tx| people::add_first(tx, &new, &moment).await).await.map_err(failure)?;
    out(&format!("Added {} ({id}). A sign-in link leaves by mail as soon as `pilothouse serve` runs.\n", new.name))?;
    Ok(ExitCode::SUCCESS)
}

async fn list(database: &DatabaseArgs) -> Result<ExitCode, Failure> {
    let pool = open(database).await?;
    let mut conn = pool.get().await?;
    for person in store::people::all(&mut conn, Actor::Program.scope()).await? {
        let role = if person.is_hr { "hr" } else { "" };
        let lang = person.lang.as_str();
        out(&format!("{}  {lang:<5}  {role:<3}  {}  <{}>\n", person.id, person.name, person.email))?;
    }
    Ok(ExitCode::SUCCESS)
}
