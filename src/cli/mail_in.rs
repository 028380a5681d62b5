//! `mail-in`: one message that a mail server hands over through a pipe.
//!
//! Ends with the codes of sysexits.h, which mail servers know: on 75 they keep the message and come again.

use std::io::Read;
use std::process::ExitCode;

use clap::Args;

use super::{Failure, moment, open, tell};
use crate::app::replies::{self, Door};
use crate::config::{ConfigError, ServeArgs};
use crate::door::smtp::MOST_BYTES;

/// The command was used wrongly.
pub const USAGE: u8 = 64;
/// The message is larger than any that is read.
const DATA: u8 = 65;
/// None of the addresses is ours.
const NO_USER: u8 = 67;
/// Come again.
const LATER: u8 = 75;
/// A setting is missing or wrong.
pub const CONFIG: u8 = 78;

#[derive(Args)]
pub struct Command {
    #[command(flatten)]
    serve: ServeArgs,
    /// The addresses that the message was sent to, from its envelope
    #[arg(required = true, value_name = "ADDRESS")]
    to: Vec<String>,
}

pub async fn run(command: Command) -> Result<ExitCode, Failure> {
    let code = match door(&command) {
        Err(error) => told(CONFIG, &error.into()),
        Ok(door) if !command.to.iter().any(|address| door.takes(address)) => {
            told(NO_USER, &anyhow::anyhow!("none of these addresses is one of {}@{}", door.local, door.domain))
        }
        Ok(door) => take(&command, &door).await,
    };
    Ok(ExitCode::from(code))
}

fn door(command: &Command) -> Result<Door, ConfigError> {
    command.serve.database.url()?;
    let missing = |what: &str| ConfigError(format!("{what}, as `serve` has it"));
    let door = command.serve.mail.door()?.ok_or_else(|| missing("MAIL_REPLY is missing: set it"))?;
    let sender = command.serve.mail_from.clone().ok_or_else(|| missing("MAIL_FROM is missing: set it"))?;
    Ok(Door { local: door.local, domain: door.domain, sender, authserv: door.authserv })
}

async fn take(command: &Command, door: &Door) -> u8 {
    let mut bytes = Vec::new();
    if let Err(error) = std::io::stdin().lock().take(MOST_BYTES as u64 + 1).read_to_end(&mut bytes) {
        return told(LATER, &error.into());
    }
    if bytes.len() > MOST_BYTES {
        return told(DATA, &anyhow::anyhow!("the message is larger than {MOST_BYTES} bytes"));
    }
    let pool = match open(&command.serve.database).await {
        Ok(pool) => pool,
        Err(error) => return told(LATER, &error),
    };
    match replies::take(&pool, door, &command.to, &bytes, &moment()).await {
        Ok(_) => 0,
        Err(error) => told(LATER, &error.into()),
    }
}

/// Mail servers log what a command says.
fn told(code: u8, error: &Failure) -> u8 {
    tell(format_args!("pilothouse: {error:#}\n"));
    code
}
