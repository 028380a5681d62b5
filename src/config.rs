//! Settings: from flags, the environment, or a file of `NAME=value` lines, in this order. The only
//! place that reads the environment.

pub mod mail;

use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Args;
use secrecy::{ExposeSecret, SecretString};

use mail::{Mail, MailArgs};

/// A setting that is missing or wrong: one sentence that names it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct ConfigError(pub String);

/// Which database.
#[derive(Debug, Clone, Args)]
pub struct DatabaseArgs {
    /// The PostgreSQL database (postgres://user:password@host/name); the demo starts its own without it
    #[arg(long, env = "DATABASE_URL", hide_env_values = true, value_name = "URL")]
    pub database_url: Option<SecretString>,
    /// A file of settings, one NAME=value a line; flags and the environment win over it
    #[arg(long, env = "PILOTHOUSE_CONFIG", value_name = "FILE")]
    pub config: Option<PathBuf>,
}

/// Where the demo keeps its own database and mailbox.
#[derive(Debug, Clone, Args)]
pub struct DataArgs {
    /// The folder of the demo's own database and mailbox
    #[arg(long, env = "PILOTHOUSE_DATA", default_value = "data", value_name = "FOLDER")]
    pub data: PathBuf,
    /// The folder of PostgreSQL's server programs, when they are not in a usual place
    #[arg(long, env = "PG_BINDIR", value_name = "FOLDER")]
    pub pg_bindir: Option<PathBuf>,
}

/// All that `serve` needs: how mail leaves, where its links lead, the database, and where it listens.
#[derive(Debug, Clone, Args)]
pub struct ServeArgs {
    #[command(flatten)]
    pub database: DatabaseArgs,
    /// Where people reach the program, as it stands in mail: https://…, or http on this machine only
    #[arg(long, env = "BASE_URL", value_name = "URL")]
    pub base_url: Option<String>,
    /// The mail relay: smtps://user:password@host or smtp://host:587 (STARTTLS; plain only on this machine)
    #[arg(long, env = "SMTP_URL", hide_env_values = true, value_name = "URL")]
    pub smtp_url: Option<SecretString>,
    /// The address that mail comes from
    #[arg(long, env = "MAIL_FROM", value_name = "ADDRESS")]
    pub mail_from: Option<String>,
    /// The name that mail comes from
    #[arg(long, env = "MAIL_FROM_NAME", default_value = "Pilothouse", value_name = "NAME")]
    pub mail_from_name: String,
    /// Whom to ask for help: a name, shown at the foot of every page
    #[arg(long, env = "HELP_NAME", value_name = "NAME")]
    pub help_name: Option<String>,
    /// The address for help
    #[arg(long, env = "HELP_EMAIL", value_name = "ADDRESS")]
    pub help_email: Option<String>,
    #[command(flatten)]
    pub mail: MailArgs,
    #[command(flatten)]
    pub print: PrintArgs,
    #[command(flatten)]
    pub listen: ListenArgs,
}

/// What prints pages as PDF.
#[derive(Debug, Clone, Default, Args)]
pub struct PrintArgs {
    /// A Chromium or a Chrome that prints the growth record as PDF; without it the record is a page and data
    #[arg(long, env = "PDF_BROWSER", value_name = "FILE")]
    pub pdf_browser: Option<PathBuf>,
}

impl PrintArgs {
    /// The browser, if one is set.
    ///
    /// # Errors
    /// There is no such file.
    pub fn check(&self) -> Result<Option<PathBuf>, ConfigError> {
        match &self.pdf_browser {
            Some(file) if !file.is_file() => Err(ConfigError(format!(
                "PDF_BROWSER is {}, where no file is; set it to a Chromium such as /usr/bin/chromium, or leave it out",
                file.display()
            ))),
            browser => Ok(browser.clone()),
        }
    }
}

/// Where the program listens.
#[derive(Debug, Clone, Args)]
pub struct ListenArgs {
    /// The address and port to listen on
    #[arg(long, env = "LISTEN", default_value = "127.0.0.1:8080", value_name = "ADDRESS:PORT")]
    pub listen: String,
}

/// Settings of `serve`, checked.
#[derive(Debug, Clone)]
pub struct Serve {
    pub database_url: SecretString,
    pub base_url: String,
    /// Whether browsers reach us by https, so that cookies are `Secure`.
    pub is_https: bool,
    pub smtp_url: SecretString,
    pub mail_from: String,
    pub mail_from_name: String,
    pub listen: SocketAddr,
    pub help: Option<(String, String)>,
    pub pdf_browser: Option<PathBuf>,
    pub mail: Mail,
}

impl DatabaseArgs {
    /// The database's URL.
    ///
    /// # Errors
    /// It is missing, or no PostgreSQL URL.
    pub fn url(&self) -> Result<SecretString, ConfigError> {
        let missing =
            || ConfigError("DATABASE_URL is missing: set it to postgres://user:password@host/name".to_owned());
        let url = self.database_url.clone().ok_or_else(missing)?;
        match url::Url::parse(url.expose_secret()) {
            Ok(parsed) if matches!(parsed.scheme(), "postgres" | "postgresql") => Ok(url),
            _ => Err(ConfigError("DATABASE_URL must look like postgres://user:password@host/name".to_owned())),
        }
    }
}

impl ListenArgs {
    /// The address to listen on.
    ///
    /// # Errors
    /// It is no address with a port.
    pub fn address(&self) -> Result<SocketAddr, ConfigError> {
        address_of("LISTEN", &self.listen)
    }
}

fn address_of(setting: &str, given: &str) -> Result<SocketAddr, ConfigError> {
    let address = given.replace("localhost:", "127.0.0.1:");
    address.parse().map_err(|_| ConfigError(format!("{setting} is {given:?}; it must look like 127.0.0.1:8080")))
}

impl ServeArgs {
    /// Everything that `serve` needs, or the first setting that is missing or wrong.
    ///
    /// # Errors
    /// One sentence that names the setting.
    pub fn check(&self) -> Result<Serve, ConfigError> {
        let database_url = self.database.url()?;
        let base_url = self.base_url.as_deref().ok_or_else(|| {
            ConfigError(
                "BASE_URL is missing: set it to where people reach the program, such as https://pilothouse.example.com"
                    .to_owned(),
            )
        })?;
        let (base_url, is_https) = check_base_url(base_url)?;
        let smtp_url = self.smtp_url.clone().ok_or_else(|| {
            ConfigError(
                "SMTP_URL is missing: set it to your mail relay, such as smtps://user:password@mail.example.com"
                    .to_owned(),
            )
        })?;
        if !url::Url::parse(smtp_url.expose_secret())
            .is_ok_and(|url| matches!(url.scheme(), "smtp" | "smtps") && url.has_host())
        {
            return Err(ConfigError(
                "SMTP_URL must look like smtps://user:password@host or smtp://host:587".to_owned(),
            ));
        }
        let mail_from = self.mail_from.clone().ok_or_else(|| {
            ConfigError("MAIL_FROM is missing: set it to the address that mail comes from".to_owned())
        })?;
        if !mail_from.contains('@') || mail_from.chars().any(|c| c.is_whitespace() || c.is_control()) {
            return Err(ConfigError(format!("MAIL_FROM is {mail_from:?}; it must be a mail address")));
        }
        let help = match (&self.help_name, &self.help_email) {
            (Some(name), Some(email)) => Some((name.clone(), email.clone())),
            (None, None) => None,
            _ => return Err(ConfigError("HELP_NAME and HELP_EMAIL go together: set both or neither".to_owned())),
        };
        let mail = self.mail.check(&mail_from)?;
        Ok(Serve {
            database_url,
            base_url,
            is_https,
            smtp_url,
            mail_from,
            mail_from_name: self.mail_from_name.clone(),
            listen: self.listen.address()?,
            help,
            pdf_browser: self.print.check()?,
            mail,
        })
    }
}

/// The base URL without a slash at its end, and whether it is https. Plain http would send session
/// cookies in the clear, so only this machine may have it.
fn check_base_url(given: &str) -> Result<(String, bool), ConfigError> {
    let wrong = |why: &str| ConfigError(format!("BASE_URL is {given:?}; {why}"));
    let url = url::Url::parse(given).map_err(|_| wrong("it must look like https://pilothouse.example.com"))?;
    let host = url.host().ok_or_else(|| wrong("it names no host"))?;
    if url.path() != "/" || url.query().is_some() || url.fragment().is_some() || !url.username().is_empty() {
        return Err(wrong("it must end with the host and port"));
    }
    let is_loopback = match host {
        url::Host::Domain(name) => name == "localhost",
        url::Host::Ipv4(ip) => ip.is_loopback(),
        url::Host::Ipv6(ip) => ip.is_loopback(),
    };
    match url.scheme() {
        "https" => Ok((given.trim_end_matches('/').to_owned(), true)),
        "http" if is_loopback => Ok((given.trim_end_matches('/').to_owned(), false)),
        "http" => Err(wrong("plain http is refused except on this machine: use https")),
        _ => Err(wrong("it must begin with https://")),
    }
}

/// The arguments of the program with those of a settings file behind them: a flag or a variable of
/// the environment wins over the file.
///
/// # Errors
/// The file cannot be read, or a line is not `NAME=value` with a known name.
pub fn with_file(mut arguments: Vec<OsString>) -> Result<Vec<OsString>, ConfigError> {
    let Some(path) = file_of(&arguments) else { return Ok(arguments) };
    let takes_all = ["serve", "doctor", "mail-in"];
    let takes_all = arguments.get(1).is_some_and(|command| takes_all.iter().any(|one| command == one));
    let text = std::fs::read_to_string(&path)
        .map_err(|error| ConfigError(format!("the settings file {} cannot be read: {error}", path.display())))?;
    for (n, line) in text.lines().enumerate().map(|(n, line)| (n + 1, line.trim())) {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let wrong = |why: &str| ConfigError(format!("{}:{n}: {why}", path.display()));
        let (name, value) = line.split_once('=').ok_or_else(|| wrong("a setting is a line NAME=value"))?;
        let (name, value) = (name.trim(), value.trim().trim_matches('"'));
        let flag = FILE_SETTINGS.iter().find(|(known, _)| *known == name).map(|(_, flag)| *flag);
        let flag = flag.ok_or_else(|| wrong(&format!("there is no setting {name}; see --help for their names")))?;
        let given = arguments.iter().any(|argument| {
            let argument = argument.to_string_lossy();
            argument == flag || argument.starts_with(&format!("{flag}="))
        });
        // A command that needs the database alone reads the same file.
        if !given && variable(name).is_none() && (takes_all || name == "DATABASE_URL") {
            arguments.push(format!("{flag}={value}").into());
        }
    }
    Ok(arguments)
}

/// What a settings file may hold: the variables of `serve --help` and their flags.
const FILE_SETTINGS: [(&str, &str); 17] = [
    ("DATABASE_URL", "--database-url"),
    ("BASE_URL", "--base-url"),
    ("SMTP_URL", "--smtp-url"),
    ("MAIL_FROM", "--mail-from"),
    ("MAIL_FROM_NAME", "--mail-from-name"),
    ("HELP_NAME", "--help-name"),
    ("HELP_EMAIL", "--help-email"),
    ("PDF_BROWSER", "--pdf-browser"),
    ("LISTEN", "--listen"),
    ("MAIL_REPLY", "--mail-reply"),
    ("MAIL_LISTEN", "--mail-listen"),
    ("MAIL_AUTHSERV", "--mail-authserv"),
    ("DKIM_KEY", "--dkim-key"),
    ("DKIM_SELECTOR", "--dkim-selector"),
    ("DKIM_DOMAIN", "--dkim-domain"),
    ("MAIL_CONNECTIONS", "--mail-connections"),
    ("MAIL_PER_SECOND", "--mail-per-second"),
];

fn file_of(arguments: &[OsString]) -> Option<PathBuf> {
    let is_demo = arguments.get(1).is_none_or(|command| command == "demo");
    let mut rest = arguments.iter().skip(2);
    while let Some(argument) = rest.next() {
        let text = argument.to_string_lossy();
        if text == "--config" {
            return rest.next().map(PathBuf::from);
        }
        if let Some(path) = text.strip_prefix("--config=") {
            return Some(PathBuf::from(path));
        }
    }
    if is_demo { None } else { variable("PILOTHOUSE_CONFIG").map(PathBuf::from) }
}

/// A variable of the environment.
#[expect(clippy::disallowed_methods, reason = "the one place that reads the environment")]
pub fn variable(name: &str) -> Option<OsString> {
    std::env::var_os(name).filter(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_is_for_this_machine_only() {
        assert_eq!(check_base_url("http://127.0.0.1:8080/"), Ok(("http://127.0.0.1:8080".to_owned(), false)));
        assert_eq!(check_base_url("https://plans.example.com"), Ok(("https://plans.example.com".to_owned(), true)));
        assert!(check_base_url("http://plans.example.com").is_err());
        assert!(check_base_url("http://127.0.0.1.example.com").is_err());
        assert!(check_base_url("https://plans.example.com/app").is_err());
        assert!(check_base_url("ftp://x").is_err());
    }

    #[test]
    fn a_browser_that_is_not_there_is_named() {
        let print = |file: &str| PrintArgs { pdf_browser: Some(file.into()) }.check();
        assert!(print("/nowhere/chromium").unwrap_err().0.starts_with("PDF_BROWSER is /nowhere/chromium"));
        assert!(print(file!()).is_ok_and(|browser| browser.is_some()));
        assert_eq!(PrintArgs::default().check(), Ok(None));
    }

    #[test]
    fn a_missing_setting_is_named() {
        let nothing = ServeArgs {
            database: DatabaseArgs { database_url: None, config: None },
            base_url: None,
            smtp_url: None,
            mail_from: None,
            mail_from_name: String::new(),
            help_name: None,
            help_email: None,
            mail: mail::tests::none(),
            print: PrintArgs::default(),
            listen: ListenArgs { listen: "127.0.0.1:8080".to_owned() },
        };
        let named = |given: &ServeArgs| given.check().unwrap_err().0;
        assert!(named(&nothing).starts_with("DATABASE_URL"));
        let database = DatabaseArgs { database_url: Some("postgres://localhost/x".into()), config: None };
        let some = ServeArgs { database, ..nothing };
        assert!(named(&some).starts_with("BASE_URL"));
        let some = ServeArgs { base_url: Some("https://x.example".to_owned()), ..some };
        assert!(named(&some).starts_with("SMTP_URL"));
    }
}
