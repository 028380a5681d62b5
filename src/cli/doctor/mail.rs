//! `doctor --mail`: the whole way of the mail, from the key to a letter in somebody's mailbox.

use std::net::SocketAddr;
use std::process::ExitCode;
use std::time::Duration;

use clap::Args;
use secrecy::ExposeSecret;

use super::super::{Failure, moment};
use super::Report;
use crate::config::{ConfigError, Serve};
use crate::mail::dkim::{KeyKind, Signer};
use crate::mail::dns::{self, Alignment, Dmarc, Dns, KeyRecord, Match, Policy, Spf};
use crate::mail::trial::Trial;
use crate::mail::{Encryption, Mailer, Relay};
use crate::startup;

/// A relay that answers later than this answers nobody's letter.
const PATIENCE: Duration = Duration::from_secs(60);

#[derive(Args)]
pub struct MailChecks {
    /// Check mail instead: the relay, TLS, sign-in, the key that signs, and what DNS says of them
    #[arg(long)]
    pub mail: bool,
    /// With --mail: send a test letter to this address
    #[arg(long, requires = "mail", value_name = "ADDRESS")]
    to: Option<String>,
    /// With --mail: ask this DNS server, not those that this machine uses
    #[arg(long, requires = "mail", value_name = "IP:PORT")]
    resolver: Option<SocketAddr>,
}

impl MailChecks {
    pub async fn run(&self, mut report: Report, settings: Result<Serve, ConfigError>) -> Result<ExitCode, Failure> {
        let settings = match settings {
            Ok(settings) => settings,
            Err(error) => {
                report.say("settings", Err(error.to_string()))?;
                return Ok(report.code());
            }
        };
        report.say("settings", Ok(format!("mail comes from {}", settings.mail_from)))?;
        let key = settings.mail.dkim.as_ref().map(|dkim| Signer::read(&dkim.key, &dkim.selector, &dkim.domain));
        // A letter that would leave unsigned tries nothing: it is not how letters leave.
        let (signer, is_key_well) = match key {
            None => (None, true),
            Some(Ok(signer)) => (Some(signer), true),
            Some(Err(error)) => {
                report.say("DKIM", Err(error.to_string()))?;
                (None, false)
            }
        };
        let relay = relay(&mut report, &settings).await?;
        self.names(&mut report, &settings, signer.as_ref(), is_key_well).await?;
        match (&self.to, relay) {
            (None, _) => report.note("letter", "none was sent; --to ADDRESS sends a test letter")?,
            (Some(to), Some(relay)) if is_key_well => {
                report.say("letter", send(&settings, signer.as_ref(), relay, to).await)?;
            }
            (Some(_), _) => report.note("letter", "none was sent, because of what failed above")?,
        }
        Ok(report.code())
    }

    async fn names(
        &self,
        report: &mut Report,
        settings: &Serve,
        signer: Option<&Signer>,
        is_key_well: bool,
    ) -> Result<(), Failure> {
        let (from, envelope) = (domain(&settings.mail_from), domain(&return_path(settings)));
        let findings = match Dns::new(self.resolver) {
            Ok(dns) => dns::examine(&dns, &from, &envelope, signer).await,
            Err(error) => Err(error),
        };
        let findings = match findings {
            Ok(findings) => findings,
            Err(error) => {
                report.say("DNS", Err(error.to_string()))?;
                // Whoever sets all this up may have no DNS here, and needs it to publish the key.
                return signer.map_or(Ok(()), |signer| {
                    report.note("DKIM", &format!("{} must hold: {}", signer.name(), signer.record()))
                });
            }
        };
        match (signer, &findings.key) {
            (Some(signer), Some(record)) => report.say("DKIM", key(record, signer))?,
            _ if is_key_well => report.note(
                "DKIM",
                &format!(
                    "letters are not signed here; either the relay signs for {from}, or set DKIM_KEY and DKIM_SELECTOR"
                ),
            )?,
            _ => (),
        }
        if signer.is_some_and(|signer| signer.public().kind == KeyKind::Ed25519) {
            report.note("DKIM", "many large receivers verify RSA alone, for which an Ed25519 signature is none")?;
        }
        if findings.key == Some(KeyRecord::OursOnTrial) {
            report.note("DKIM", "t=y in the record asks receivers to treat signed mail as unsigned: take it out")?;
        }
        report.say("SPF", spf(&findings.spf, &envelope))?;
        match dmarc(&findings.dmarc, &from) {
            Some(said) => report.say("DMARC", said)?,
            None => report.note(
                "DMARC",
                &format!(
                    "no record for {from}, which large receivers ask for; put TXT at _dmarc.{from}: v=DMARC1; p=none"
                ),
            )?,
        }
        alignment(report, &findings.alignment, &from)
    }
}

async fn relay(report: &mut Report, settings: &Serve) -> Result<Option<Relay>, Failure> {
    let relay = match Relay::from_url(settings.smtp_url.expose_secret()) {
        Ok(relay) => relay,
        Err(error) => {
            report.say("relay", Err(format!("SMTP_URL: {error}")))?;
            return Ok(None);
        }
    };
    let how = match relay.encryption() {
        Encryption::FromTheFirstByte => "TLS from the first byte",
        Encryption::StartTls => "STARTTLS",
        Encryption::None if relay.is_this_machine() => "plain, on this machine",
        Encryption::None => "plain over the network, as ?tls=none asks",
    };
    let who = if relay.signs_in() { "signed in" } else { "without sign-in" };
    let address = relay.address();
    let found = match tokio::time::timeout(PATIENCE, relay.test()).await {
        Ok(Ok(())) => Ok(format!("{address} answers; {how}; {who}")),
        Ok(Err(error)) => Err(format!("{address} ({how}; {who}): {error}; SMTP_URL says where it is and who signs in")),
        Err(_) => Err(format!("{address} did not answer in {} s; SMTP_URL says where it is", PATIENCE.as_secs())),
    };
    let is_well = found.is_ok();
    report.say("relay", found)?;
    Ok(is_well.then_some(relay))
}

async fn send(settings: &Serve, signer: Option<&Signer>, relay: Relay, to: &str) -> Result<String, String> {
    let renderer = startup::renderer().map_err(|error| error.to_string())?;
    let trial = Trial {
        from_name: &settings.mail_from_name,
        from_email: &settings.mail_from,
        return_path: &return_path(settings),
        to,
    };
    let message = trial.write(&renderer, signer, moment().now).map_err(|error| error.to_string())?;
    match tokio::time::timeout(PATIENCE, Mailer::Smtp(relay).send(&message)).await {
        Ok(Ok(())) => Ok(format!("the relay took it for {to}; read there what Authentication-Results say")),
        Ok(Err(error)) => Err(error.to_string()),
        Err(_) => Err(format!("the relay did not say in {} s whether it took it", PATIENCE.as_secs())),
    }
}

/// Where bounces go: the door with a token before the sign in real letters, or else the sender.
fn return_path(settings: &Serve) -> String {
    settings
        .mail
        .door
        .as_ref()
        .map_or_else(|| settings.mail_from.clone(), |door| format!("{}@{}", door.local, door.domain))
}

fn domain(address: &str) -> String {
    address.rsplit('@').next().unwrap_or_default().to_lowercase()
}

fn key(record: &KeyRecord, signer: &Signer) -> Result<String, String> {
    let (name, ours) = (signer.name(), signer.record());
    let ill = match record {
        KeyRecord::Ours | KeyRecord::OursOnTrial => return Ok(format!("{name} holds the key that signs")),
        KeyRecord::Missing => format!("{name} has no TXT record; it must hold: {ours}"),
        KeyRecord::Many(count) => format!("{name} has {count} TXT records; it must hold one alone: {ours}"),
        KeyRecord::Revoked => {
            format!("{name} revokes its key (p= is empty); sign with a new key and selector, or put there: {ours}")
        }
        KeyRecord::Another => format!("{name} holds another key than DKIM_KEY; for that it must hold: {ours}"),
        KeyRecord::NotForThis { tag, found } => {
            format!("{name} says {tag}={found}, which shuts these signatures out; it must hold: {ours}")
        }
        KeyRecord::Broken { found } => format!("{name} holds what receivers cannot use: {found}; it must hold: {ours}"),
    };
    Err(ill)
}

fn spf(spf: &Spf, envelope: &str) -> Result<String, String> {
    match spf {
        Spf::One { record } => Ok(format!("{envelope} says who may send for it: {record}")),
        Spf::Missing => Err(format!(
            "{envelope} has no SPF record; put TXT there that names what your relay sends from, such as: v=spf1 \
             include:RELAY ~all"
        )),
        Spf::Many(count) => {
            Err(format!("{envelope} has {count} SPF records, which receivers take for none; make one of them"))
        }
        Spf::Anybody { record } => {
            Err(format!("{envelope} lets everybody send for it: {record}; end the record with ~all or -all"))
        }
    }
}

/// None where there is nothing to be right or wrong.
fn dmarc(dmarc: &Dmarc, from: &str) -> Option<Result<String, String>> {
    let said = match dmarc {
        Dmarc::Missing => return None,
        Dmarc::One { at, policy } => {
            let policy = match policy {
                Policy::None => "none",
                Policy::Quarantine => "quarantine",
                Policy::Reject => "reject",
            };
            Ok(format!("{at} asks receivers for p={policy} on what fails as {from}"))
        }
        Dmarc::Many { at, count } => {
            Err(format!("{at} has {count} DMARC records, which receivers take for none; leave one"))
        }
        Dmarc::Broken { at, record } => {
            Err(format!("{at} holds what receivers cannot follow: {record}; put there: v=DMARC1; p=none"))
        }
    };
    Some(said)
}

/// One of the two must go with From, or receivers treat the letters as forged. A signature that speaks
/// for somebody else is a mistake even where SPF saves them.
fn alignment(report: &mut Report, Alignment { key, envelope }: &Alignment, from: &str) -> Result<(), Failure> {
    let how = |Match { is_strict, .. }: &Match| if *is_strict { "strictly" } else { "relaxed" };
    match key {
        Some(key) if key.is_aligned => {
            report.say(
                "alignment",
                Ok(format!("the signature for {} goes with From {from} ({})", key.domain, how(key))),
            )?;
            if !envelope.is_aligned {
                let known = format!(
                    "the envelope's {} does not go with From {from} ({}), so the signature alone speaks for letters",
                    envelope.domain,
                    how(envelope)
                );
                report.note("alignment", &known)?;
            }
            Ok(())
        }
        Some(key) => report.say(
            "alignment",
            Err(format!(
                "the signature for {} does not go with From {from} ({}); set DKIM_DOMAIN to {from} and publish the key \
                 there",
                key.domain,
                how(key)
            )),
        ),
        None if envelope.is_aligned => {
            let known = format!(
                "the envelope's {} goes with From {from}; SPF alone speaks for letters, and no longer does when they \
                 are forwarded",
                envelope.domain
            );
            report.note("alignment", &known)
        }
        None => report.say(
            "alignment",
            Err(format!(
                "the envelope's {} does not go with From {from} ({}), and no signature does: set DKIM_KEY and \
                 DKIM_SELECTOR",
                envelope.domain,
                how(envelope)
            )),
        ),
    }
}
