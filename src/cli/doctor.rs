//! `doctor`: everything that can be checked without changing anything.

mod mail;

use std::process::ExitCode;

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use secrecy::ExposeSecret;

use super::{Failure, open, out};
use crate::app::doctor::{Drift, examine};
use crate::app::outbox::{Canary, canary};
use crate::config::ServeArgs;
use crate::mail::{Mailer, Relay};
use crate::startup;
use crate::store::{outbox, plans};

#[derive(Args)]
pub struct Command {
    #[command(flatten)]
    serve: ServeArgs,
    #[command(flatten)]
    mail: mail::MailChecks,
}

/// What was found, printed as it is found.
struct Report {
    is_well: bool,
}

impl Report {
    fn say(&mut self, what: &str, found: Result<String, String>) -> Result<(), Failure> {
        self.is_well &= found.is_ok();
        match found {
            Ok(well) => out(&format!("ok    {what}: {well}\n")),
            Err(ill) => out(&format!("FAIL  {what}: {ill}\n")),
        }
    }

    /// What is not wrong, but should be known.
    fn note(&self, what: &str, known: &str) -> Result<(), Failure> {
        out(&format!("note  {what}: {known}\n"))
    }

    fn code(&self) -> ExitCode {
        if self.is_well { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}

pub async fn run(command: Command) -> Result<ExitCode, Failure> {
    let mut report = Report { is_well: true };
    let settings = command.serve.check();
    if command.mail.mail {
        return command.mail.run(report, settings).await;
    }
    report.say("settings", settings.as_ref().map(|s| format!("serves {}", s.base_url)).map_err(ToString::to_string))?;
    if let Ok(settings) = &settings {
        let found = match Relay::from_url(settings.smtp_url.expose_secret()).map(Mailer::Smtp) {
            Ok(mailer) => mailer.connect().await.map(|courier| courier.leave()).map_err(|error| error.to_string()),
            Err(error) => Err(error.to_string()),
        };
        report.say("mail", found.map(|()| "the relay answers".to_owned()))?;
    }
    if let Some(browser) = settings.as_ref().ok().and_then(|settings| settings.pdf_browser.clone()) {
        let printed = startup::printer(browser)("<p>doctor</p>".to_owned()).await;
        report.say("pdf", printed.map(|pdf| format!("the browser prints ({} bytes)", pdf.len())))?;
    }
    let pool = match open(&command.serve.database).await {
        Ok(pool) => {
            report.say("database", Ok("answers, schema up to date".to_owned()))?;
            pool
        }
        Err(error) => {
            report.say("database", Err(format!("{error:#}")))?;
            return Ok(ExitCode::FAILURE);
        }
    };
    let mut conn = pool.get().await?;
    let failed = outbox::counts(&mut conn).await?.into_iter().find(|(state, _)| state == "failed");
    report.say(
        "outbox",
        match failed {
            Some((_, count)) => {
                Err(format!("{count} letters were given up: see `pilothouse outbox list --state failed`"))
            }
            None => Ok("no letter was given up".to_owned()),
        },
    )?;
    report.say(
        "sending",
        match canary(&mut conn, super::moment().now).await? {
            Some(Canary { since, owed, .. }) => {
                Err(format!("{owed} letters could leave, the oldest since {since}, and none does: is `serve` running?"))
            }
            None => Ok("no letter waits that could leave".to_owned()),
        },
    )?;
    let ids = plans::ids(&mut conn).await?;
    let bar = ProgressBar::new(ids.len() as u64);
    bar.set_style(
        ProgressStyle::with_template("{bar:30} {pos}/{len} plans").unwrap_or_else(|_| ProgressStyle::default_bar()),
    );
    let (mut facts, mut drifted) = (0, 0);
    for id in &ids {
        let finding = examine(&mut conn, *id).await?;
        facts += finding.facts;
        drifted += usize::from(!finding.drift.is_empty());
        for drift in &finding.drift {
            bar.suspend(|| out(&format!("FAIL  plan {id}: {}\n", describe(drift))))?;
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    report.say(
        "plans",
        if drifted == 0 {
            Ok(format!("{} plans, {facts} facts, zero drift", ids.len()))
        } else {
            Err(format!("{drifted} of {} plans have drifted from their facts", ids.len()))
        },
    )?;
    Ok(report.code())
}

fn describe(drift: &Drift) -> String {
    match drift {
        Drift::Gap { seq } => format!("fact {seq} is missing"),
        Drift::BrokenLink { seq } => format!("fact {seq} was changed after it was written"),
        Drift::Unreadable { seq, why } => format!("fact {seq} cannot be read: {why}"),
        Drift::Projection { what } => format!("{what} is not what the facts say"),
        Drift::Writing { id } => format!("the words {id} are not those that its fact vouches for"),
    }
}
