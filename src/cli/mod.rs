//! Commands. Each prints what a person needs and answers an exit code: 0 done, 1 not done, 2 asked
//! wrongly.

// A stream whose reader is gone must end nothing: see `out` and `tell`.
#![deny(clippy::print_stdout, clippy::print_stderr)]

mod curriculum;
mod demo;
mod doctor;
mod mail_in;
mod outbox;
mod people;
mod plan;
mod record;
mod serve;
mod shipped;
mod wording;

use std::fmt;
use std::io::{ErrorKind, Write};
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use secrecy::ExposeSecret;

use crate::clock::Clock;
use crate::config::{self, DatabaseArgs, ServeArgs};
use crate::store::pool::Pool;
use crate::{startup, telemetry};

/// Below the list of commands: where the settings are told, and the one that belongs to no command.
const SETTINGS: &str = "Settings are flags or variables of the environment; `pilothouse serve --help` names them, and \
                        RUST_LOG=debug logs more.";

/// Onboarding and training plans for newly promoted managers.
#[derive(Parser)]
#[command(name = "pilothouse", version, about, after_help = SETTINGS, arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Try it: a sample company, a database and a mailbox of its own, and a clock you can move
    Demo(demo::DemoArgs),
    /// Serve for real use: pages and mail
    Serve(ServeArgs),
    /// Bring the database to this version's schema
    Migrate(DatabaseArgs),
    /// Accounts
    #[command(subcommand)]
    Person(people::Command),
    /// Curriculum files: check, simulate, publish
    #[command(subcommand)]
    Curriculum(curriculum::Command),
    /// Plans: start and show
    #[command(subcommand)]
    Plan(plan::Command),
    /// Mail that is owed, sent, given up
    #[command(subcommand)]
    Outbox(outbox::Command),
    /// Take one message from standard input: an answer to a letter, or one that came back
    MailIn(mail_in::Command),
    /// A plan's record that somebody took along
    #[command(subcommand)]
    Record(record::Command),
    /// Check everything: settings, database, mail, and every plan against its facts
    Doctor(doctor::Command),
}

/// Why a command was not done, as one sentence.
type Failure = anyhow::Error;

/// What the program's `main` does.
pub fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().collect();
    // Mail servers know other codes than people do.
    let of_mail_in = |code| arguments.get(1).filter(|command| *command == "mail-in").map(|_| ExitCode::from(code));
    let given = match config::with_file(arguments.clone()) {
        Ok(arguments) => Arguments::try_parse_from(arguments),
        Err(error) => {
            let code = fail(&error.into());
            return of_mail_in(mail_in::CONFIG).unwrap_or(code);
        }
    };
    let arguments = match given {
        Ok(arguments) => arguments,
        Err(error) => match of_mail_in(mail_in::USAGE).filter(|_| error.use_stderr()) {
            Some(code) => {
                tell(format_args!("{error}"));
                return code;
            }
            None => error.exit(),
        },
    };
    // A server tells what it does; a command tells only what is wrong.
    let level = if matches!(arguments.command, Command::Serve(_)) { "info" } else { "warn" };
    let filter = config::variable("RUST_LOG").and_then(|filter| filter.into_string().ok());
    telemetry::init(Some(filter.as_deref().unwrap_or(level)));
    // One thread with a local set: use cases need not be Send. The web server has threads of its own.
    match actix_web::rt::System::new().block_on(run(arguments.command)) {
        Ok(code) => code,
        Err(error) => fail(&error),
    }
}

fn fail(error: &Failure) -> ExitCode {
    tell(format_args!("pilothouse: {error:#}\n"));
    ExitCode::FAILURE
}

async fn run(command: Command) -> Result<ExitCode, Failure> {
    match command {
        Command::Demo(arguments) => demo::run(arguments).await,
        Command::Serve(settings) => serve::run(settings).await,
        Command::Migrate(database) => migrate(&database).await,
        Command::Person(command) => people::run(command).await,
        Command::Curriculum(command) => curriculum::run(command).await,
        Command::Plan(command) => plan::run(command).await,
        Command::Outbox(command) => outbox::run(command).await,
        Command::MailIn(command) => mail_in::run(command).await,
        Command::Record(command) => record::run(&command),
        Command::Doctor(command) => doctor::run(command).await,
    }
}

async fn migrate(database: &DatabaseArgs) -> Result<ExitCode, Failure> {
    let done = startup::migrate(database.url()?.expose_secret()).await?;
    if done.is_empty() {
        out("The database is up to date.\n")?;
    }
    for migration in done {
        out(&format!("Ran {migration}\n"))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// A database whose schema is this program's.
async fn open(database: &DatabaseArgs) -> Result<Pool, Failure> {
    let url = database.url()?;
    startup::check_database(url.expose_secret()).await?;
    Ok(Pool::new(url.expose_secret())?)
}

/// The moment of a command.
fn moment() -> crate::app::Moment {
    crate::app::Moment { now: Clock::system().now(), chance: startup::chance() }
}

/// Prints what a command answers. A reader that stops reading, as `head` does, is no mistake.
fn out(text: &str) -> Result<(), Failure> {
    let mut stdout = std::io::stdout().lock();
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}

/// Tells beside the answer what a person should know, whether or not somebody listens.
fn tell(text: fmt::Arguments) {
    let _ = std::io::stderr().write_fmt(text);
}
