//! `demo`: a sample company with a database and a mailbox of its own, and a clock that can be moved.

mod company;
mod story;
mod travel;

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use secrecy::ExposeSecret;

use self::travel::Traveller;
use super::{Failure, out, shipped};
use crate::app::pages::everybody;
use crate::app::publish;
use crate::clock::Clock;
use crate::config::{self, DataArgs, DatabaseArgs, ListenArgs, PrintArgs};
use crate::engine::vocabulary::Role;
use crate::mail::{Directory, Mailer, Sender, reading};
use crate::postgres::{Cluster, Keep, Settings};
use crate::render::HelpContact;
use crate::startup;
use crate::store::pool::{self, Pool};
use crate::store::{people, travel as store_travel};
use crate::web::{self, Attachment, MailHead, MailView, State};
use crate::worker::{Pace, Worker};

#[derive(Args)]
pub struct DemoArgs {
    #[command(flatten)]
    database: DatabaseArgs,
    #[command(flatten)]
    data: DataArgs,
    #[command(flatten)]
    print: PrintArgs,
    #[command(flatten)]
    listen: ListenArgs,
    /// Fills the company as of this day instead of today, so that the same dates stand everywhere
    #[arg(long, value_name = "YYYY-MM-DD")]
    day: Option<chrono::NaiveDate>,
}

/// The hour of `--day` in UTC: a working morning in Taiwan.
const HOUR: u32 = 2;

pub async fn run(arguments: DemoArgs) -> Result<ExitCode, Failure> {
    let listening = startup::listen(arguments.listen.address()?)?;
    let base_url = format!("http://{}", listening.address);
    std::fs::create_dir_all(&arguments.data.data)
        .with_context(|| format!("the folder {} cannot be made", arguments.data.data.display()))?;
    // Held until the end: dropping it stops the server that it started.
    let (mut cluster, url) = database(&arguments).await?;
    startup::migrate(&url).await?;
    let mut pool = Pool::new(&url)?;
    if is_half_filled(&pool).await? {
        let Some(cluster) = &cluster else {
            anyhow::bail!(
                "DATABASE_URL holds a sample company that was only half filled: give the demo an empty database"
            );
        };
        drop(pool);
        empty(cluster, &arguments.data.data).await?;
        startup::migrate(&url).await?;
        pool = Pool::new(&url)?;
    }
    let ahead = store_travel::ahead(&mut *pool.get().await?).await?;
    let clock = Clock::ahead(ahead.unwrap_or_else(|| arguments.day.map_or(0, until)));
    let mailer = Arc::new(Mailer::Directory(Directory::open(arguments.data.data.join("mailbox"))?));
    let renderer = startup::renderer()?;
    let sender = Sender {
        reply_to: Some(company::HR_EMAIL.to_owned()),
        ..Sender::new("Pilothouse Demo", "pilothouse@demo.example", &base_url)?
    };
    let worker = |clock: &Clock| Worker {
        pool: pool.clone(),
        renderer: renderer.clone(),
        mailer: mailer.clone(),
        sender: sender.clone(),
        base_url: base_url.clone(),
        clock: clock.clone(),
        chance: startup::chance(),
        pace: Pace::default(),
    };
    fill(&pool, &clock, &worker).await?;
    let traveller = Arc::new(Traveller::new(pool.clone(), clock.clone(), worker(&clock)));
    let state = State {
        pool: pool.clone(),
        renderer: renderer.clone(),
        clock: clock.clone(),
        chance: startup::chance(),
        base_url: base_url.clone(),
        secure_cookies: false,
        help: Some(HelpContact { name: company::HR_NAME.to_owned(), email: company::HR_EMAIL.to_owned() }),
        pdf: arguments.print.check()?.map(startup::printer),
        demo: Some(demo_pages(&traveller, &mailer)),
    };
    greet(&pool, &clock, &base_url).await?;
    let served = startup::run(listening, state, |stop| async move { traveller.keep_up(stop).await }).await;
    drop(pool);
    if let Some(cluster) = &mut cluster {
        cluster.stop()?;
    }
    served?;
    Ok(ExitCode::SUCCESS)
}

/// Seconds from now until the morning of a day, negative when it has passed.
fn until(day: chrono::NaiveDate) -> i64 {
    let morning = day.and_hms_opt(HOUR, 0, 0).unwrap_or_default().and_utc();
    (morning - Clock::system().now()).num_seconds()
}

async fn database(arguments: &DemoArgs) -> Result<(Option<Cluster>, String), Failure> {
    if arguments.database.database_url.is_some() {
        return Ok((None, arguments.database.url()?.expose_secret().to_owned()));
    }
    let settings = Settings {
        folder: absolute(&arguments.data.data)?,
        keep: Keep::Kept,
        bindir: arguments.data.pg_bindir.clone(),
        path: config::variable("PATH"),
    };
    let cluster = actix_web::rt::task::spawn_blocking(move || Cluster::start(&settings)).await??;
    pool::ensure_database(&cluster.url("postgres"), "pilothouse").await?;
    // A sample company survives the program being killed; only the machine's own crash could cost it
    // a last moment, and filling it is twice as quick.
    let url = format!("{}?options=-csynchronous_commit%3Doff", cluster.url("pilothouse"));
    Ok((Some(cluster), url))
}

/// Whether filling was cut short: where the demo's clock stands is written last.
async fn is_half_filled(pool: &Pool) -> Result<bool, Failure> {
    let mut conn = pool.get().await?;
    let everybody = people::all(&mut conn, crate::engine::access::Actor::Program.scope()).await?;
    Ok(!everybody.is_empty() && store_travel::ahead(&mut conn).await?.is_none())
}

/// Begins anew: no database, no mail.
async fn empty(cluster: &Cluster, data: &Path) -> Result<(), Failure> {
    pool::drop_database(&cluster.url("postgres"), "pilothouse").await?;
    pool::ensure_database(&cluster.url("postgres"), "pilothouse").await?;
    let mailbox = data.join("mailbox");
    if mailbox.exists() {
        std::fs::remove_dir_all(&mailbox).with_context(|| format!("{} cannot be emptied", mailbox.display()))?;
    }
    Ok(())
}

fn absolute(path: &Path) -> Result<std::path::PathBuf, Failure> {
    path.canonicalize().with_context(|| format!("the folder {} cannot be found", path.display()))
}

/// Publishes what is inside the binary and, into an empty database, lets the sample company live
/// through its last three months.
async fn fill(pool: &Pool, clock: &Clock, worker: &dyn Fn(&Clock) -> Worker) -> Result<(), Failure> {
    let moment = crate::app::Moment { now: clock.now(), chance: startup::chance() };
    let files = shipped::files();
    pool.in_transaction(async |tx| publish::publish(tx, &files, &moment).await).await?;
    let nobody = people::all(&mut *pool.get().await?, crate::engine::access::Actor::Program.scope()).await?.is_empty();
    if !nobody {
        return Ok(());
    }
    let bar = ProgressBar::new(0);
    bar.set_style(
        ProgressStyle::with_template("Filling the sample company {bar:30} day {pos} of {len}")
            .unwrap_or_else(|_| ProgressStyle::default_bar()),
    );
    story::live(pool, clock.now(), worker, &bar).await?;
    bar.finish_and_clear();
    pool.in_transaction(async |tx| store_travel::set(tx, clock.seconds_ahead()).await).await?;
    Ok(())
}

fn demo_pages(traveller: &Arc<Traveller>, mailer: &Arc<Mailer>) -> web::Demo {
    let (traveller, mailbox, shelf) = (traveller.clone(), mailer.clone(), mailer.clone());
    web::Demo {
        travel: Arc::new(move |by| {
            let traveller = traveller.clone();
            Box::pin(async move { traveller.travel(by).await.map_err(|error| format!("{error:#}")) })
        }),
        mails: Arc::new(move || {
            let Mailer::Directory(mailbox) = &*mailbox else { return Vec::new() };
            let ids = mailbox.list().unwrap_or_default();
            ids.iter().filter_map(|stored| Some(view(mailbox, &stored.id)?.head)).collect()
        }),
        mail: Arc::new(move |id| match &*shelf {
            Mailer::Directory(mailbox) => view(mailbox, id),
            _ => None,
        }),
    }
}

fn view(mailbox: &Directory, id: &str) -> Option<MailView> {
    let mail = reading::read(&mailbox.read(id).ok()??)?;
    let to = mail.to.into_iter().next()?;
    let from = mail.from.into_iter().next()?;
    let head =
        MailHead { id: id.to_owned(), to: to.name, to_email: to.address, subject: mail.subject, date: mail.date? };
    let attachments = mail
        .attachments
        .into_iter()
        .map(|part| Attachment { name: part.name, kind: part.media_type, size: part.size })
        .collect();
    let from = format!("{} <{}>", from.name, from.address);
    Some(MailView { head, from, text: mail.text, html: mail.html, attachments })
}

async fn greet(pool: &Pool, clock: &Clock, base_url: &str) -> Result<(), Failure> {
    let people = everybody::all(&mut *pool.get().await?, clock.now()).await?;
    out(&format!("\nPilothouse demo: {base_url}\n\n"))?;
    for person in people {
        let role = match (person.role, person.day) {
            (Some(Role::Manager), Some(day)) => format!("manager, day {day}"),
            (Some(role), _) => role.as_str().to_owned(),
            (None, _) => String::new(),
        };
        out(&format!("  {role:<16} {base_url}/demo/as/{}  {}\n", person.id, person.name))?;
    }
    out(&format!("\n  mailbox          {base_url}/mailbox\n\nCtrl-C stops it; what you did is kept.\n"))
}
