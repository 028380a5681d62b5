//! `outbox list` and `outbox retry`.

use std::process::ExitCode;

use clap::{Args, Subcommand, ValueEnum};

use super::{Failure, open, out};
use crate::config::DatabaseArgs;
use crate::store::outbox;

#[derive(Subcommand)]
pub enum Command {
    /// List letters, newest first
    List(List),
    /// Owe letters again that were given up: one, or all
    Retry(Retry),
}

#[derive(Args)]
pub struct List {
    #[command(flatten)]
    database: DatabaseArgs,
    /// Only letters in this state
    #[arg(long, value_enum)]
    state: Option<State>,
    #[arg(long, default_value_t = 50)]
    limit: u16,
}

#[derive(Clone, Copy, ValueEnum)]
enum State {
    Owed,
    Sent,
    Unneeded,
    Failed,
    Held,
}

#[derive(Args)]
pub struct Retry {
    #[command(flatten)]
    database: DatabaseArgs,
    /// The letter's id, from `outbox list`; without it, every letter that was given up
    id: Option<uuid::Uuid>,
}

pub async fn run(command: Command) -> Result<ExitCode, Failure> {
    match command {
        Command::List(list) => show(list).await,
        Command::Retry(retry) => {
            let pool = open(&retry.database).await?;
            let owed = pool.in_transaction(async |tx| outbox::retry(tx, retry.id).await).await?;
            anyhow::ensure!(owed > 0 || retry.id.is_none(), "there is no such letter to send again");
            out(&format!("{owed} letters are owed again.\n"))?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

async fn show(list: List) -> Result<ExitCode, Failure> {
    let pool = open(&list.database).await?;
    let mut conn = pool.get().await?;
    let state = list.state.and_then(|state| Some(state.to_possible_value()?.get_name().to_owned()));
    for row in outbox::list(&mut conn, state.as_deref(), i64::from(list.limit)).await? {
        let reasons = row.why.into_iter().chain(row.last_error);
        let reasons: String = reasons.map(|reason| format!("  {reason}")).collect();
        let when = row.settled_at.unwrap_or(row.due_at).format("%Y-%m-%d %H:%M");
        out(&format!(
            "{}  {:<8}  {when}  {:<14}  to {}  attempts {}{reasons}\n",
            row.id, row.state, row.kind, row.person, row.attempts
        ))?;
    }
    for (state, count) in outbox::counts(&mut conn).await? {
        out(&format!("{state}: {count}\n"))?;
    }
    Ok(ExitCode::SUCCESS)
}
