//! `serve`: pages and mail for real use.

use std::process::ExitCode;
use std::sync::Arc;

use secrecy::ExposeSecret;
use tokio::sync::watch;

use super::Failure;
use crate::app::replies;
use crate::clock::Clock;
use crate::config::ServeArgs;
use crate::door;
use crate::mail::dkim::Signer;
use crate::mail::{Door, Mailer, Relay, Sender};
use crate::render::HelpContact;
use crate::store::pool::Pool;
use crate::web::State;
use crate::worker::{Pace, Worker};
use crate::{app, startup};

pub async fn run(given: ServeArgs) -> Result<ExitCode, Failure> {
    let settings = given.check()?;
    let mailer = Mailer::Smtp(Relay::from_url(settings.smtp_url.expose_secret())?);
    let signer = settings.mail.dkim.as_ref().map(|dkim| Signer::read(&dkim.key, &dkim.selector, &dkim.domain));
    let signer = signer.transpose()?;
    let listening = startup::listen(settings.listen)?;
    let letterbox = settings.mail.door.as_ref().and_then(|door| door.listen).map(door::listen).transpose()?;
    startup::check_database(settings.database_url.expose_secret()).await?;
    let pool = Pool::new(settings.database_url.expose_secret())?;
    let renderer = startup::renderer()?;
    let mut conn = pool.get().await?;
    if app::people::has_no_hr(&mut conn).await? {
        tracing::warn!("nobody can sign in yet: make the first account with `pilothouse person add --role hr`");
    }
    if crate::store::releases::all(&mut conn).await?.is_empty() {
        tracing::warn!("no program is published yet: run `pilothouse curriculum publish`");
    }
    drop(conn);
    let clock = Clock::system();
    let state = State {
        pool: pool.clone(),
        renderer: renderer.clone(),
        clock: clock.clone(),
        chance: startup::chance(),
        base_url: settings.base_url.clone(),
        secure_cookies: settings.is_https,
        help: settings.help.map(|(name, email)| HelpContact { name, email }),
        pdf: settings.pdf_browser.map(startup::printer),
        demo: None,
    };
    let door = settings.mail.door.as_ref().map(|door| door::Door {
        pool: pool.clone(),
        address: replies::Door {
            local: door.local.clone(),
            domain: door.domain.clone(),
            sender: settings.mail_from.clone(),
            authserv: door.authserv.clone(),
        },
        clock: clock.clone(),
        chance: startup::chance(),
    });
    let sender = Sender {
        reply_to: state.help.as_ref().map(|help| help.email.clone()),
        door: settings.mail.door.map(|door| Door { local: door.local, domain: door.domain }),
        signer: signer.map(Arc::new),
        ..Sender::new(&settings.mail_from_name, &settings.mail_from, &settings.base_url)?
    };
    let worker = Worker {
        pool,
        renderer,
        mailer: Arc::new(mailer),
        sender,
        base_url: settings.base_url.clone(),
        clock,
        chance: startup::chance(),
        pace: Pace {
            at_once: usize::from(settings.mail.connections),
            per_second: settings.mail.per_second,
            ..Pace::default()
        },
    };
    tracing::info!("serving {} on {}", settings.base_url, listening.address);
    let work = async |stop: watch::Receiver<bool>| {
        let takes = async {
            match door.zip(letterbox) {
                Some((door, listener)) => Ok(door.run(listener, stop.clone()).await?),
                None => Ok(()),
            }
        };
        let delivers = async { Ok::<(), Failure>(worker.run(stop.clone()).await?) };
        tokio::try_join!(delivers, takes).map(drop)
    };
    startup::run(listening, state, work).await?;
    Ok(ExitCode::SUCCESS)
}
