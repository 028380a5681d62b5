//! The SMTP relay, over connections that are kept between letters.
//!
//! lettre's own pool is left out on purpose. It has no time limit but for connecting, so the worker
//! must be able to drop an attempt that stalls; dropped, that pool takes the connection back in the
//! middle of its dialogue and gives it to the next letter, which then reads answers meant for the
//! one before, and counts as sent what was refused. Here a connection is owned by the attempt that
//! uses it and comes back only when the last answer was read. A second gain: what fails before `MAIL`
//! is known to be the relay's fault and no letter's.

use std::fmt;
use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use lettre::Message;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, Certificate, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use url::Url;

use super::dialogue::Connection;
use super::mailer::SendError;

/// For the TCP connection alone, to each address of the host in turn; the worker limits the whole.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// A relay hangs up on idle clients, often after a minute or five.
const KEEP: Duration = Duration::from_secs(50);

/// A connection that took a letter so shortly ago needs no look before its next one.
const FRESH: Duration = Duration::from_secs(2);

/// A kept connection that says nothing for so long leads nowhere any more.
const ANSWERS: Duration = Duration::from_secs(3);

/// As many as a worker may use at once (`MAIL_CONNECTIONS`).
const KEPT: usize = 64;

/// Where mail leaves through.
pub struct Relay {
    host: String,
    port: u16,
    security: Security,
    credentials: Option<Credentials>,
    hello: ClientId,
    kept: Mutex<Vec<Kept>>,
}

/// How others are kept from listening in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encryption {
    FromTheFirstByte,
    StartTls,
    None,
}

enum Security {
    /// TLS from the first byte.
    Implicit(TlsParameters),
    /// Plain until STARTTLS, which must succeed: a relay that does not offer it gets no mail.
    StartTls(TlsParameters),
    Plain,
}

struct Kept {
    connection: Connection,
    since: Instant,
    /// After a refusal the relay may still remember half a letter.
    needs_reset: bool,
}

/// Settings for the relay that cannot be followed. The address itself is never repeated: it may
/// hold a password.
#[derive(Debug, thiserror::Error)]
pub enum RelayUrlError {
    #[error("the address of the mail relay is not one: {0}")]
    NotAnAddress(#[from] url::ParseError),
    #[error("the address of the mail relay begins with smtp:// or smtps://, not with {0}://")]
    Scheme(String),
    #[error("the address of the mail relay names no host")]
    NoHost,
    #[error("the address of the mail relay ends after the port; settings follow as ?tls=none, ?tls=required, ?ca=FILE")]
    Setting,
    #[error("a user name and a password of the mail relay come together, percent-encoded in UTF-8")]
    Login,
    #[error("a password would go over the network in the clear; leave out ?tls=none")]
    PasswordInTheClear,
    #[error("the certificate {file} cannot be read: {why}")]
    Certificate { file: PathBuf, why: String },
    #[error("TLS cannot be set up: {0}")]
    Tls(String),
}

impl fmt::Debug for Relay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Relay({}:{})", self.host, self.port)
    }
}

impl Relay {
    /// Reads `smtps://user:password@host:465` (TLS from the first byte) or `smtp://host:587`.
    ///
    /// The latter demands STARTTLS, but for a relay on this very machine, where nobody listens in;
    /// `?tls=none` asks for plain text elsewhere, `?tls=required` for STARTTLS here. `?ca=FILE`
    /// trusts one more certificate authority, as companies run for themselves.
    ///
    /// # Errors
    /// The address is not understood, or the certificate not readable.
    pub fn from_url(url: &str) -> Result<Relay, RelayUrlError> {
        let url = Url::parse(url)?;
        let host = url.host_str().filter(|host| !host.is_empty()).ok_or(RelayUrlError::NoHost)?;
        let host = host.trim_start_matches('[').trim_end_matches(']').to_owned();
        if !matches!(url.path(), "" | "/") || url.fragment().is_some() {
            return Err(RelayUrlError::Setting);
        }
        let (mut tls, mut ca) = (None, None);
        for (name, value) in url.query_pairs() {
            match (name.as_ref(), value.as_ref()) {
                ("tls", "none" | "required") => tls = Some(value == "required"),
                ("ca", file) => ca = Some(PathBuf::from(file)),
                _ => return Err(RelayUrlError::Setting),
            }
        }
        let trusted = || trust(&host, ca.as_ref());
        let (security, port) = match (url.scheme(), tls) {
            ("smtps", None | Some(true)) => (Security::Implicit(trusted()?), 465),
            ("smtps", Some(false)) => return Err(RelayUrlError::Setting),
            ("smtp", Some(false)) => (Security::Plain, 25),
            ("smtp", None) if is_this_machine(&host) => (Security::Plain, 25),
            ("smtp", _) => (Security::StartTls(trusted()?), 587),
            (other, _) => return Err(RelayUrlError::Scheme(other.to_owned())),
        };
        let credentials = credentials(&url)?;
        if credentials.is_some() && matches!(security, Security::Plain) && !is_this_machine(&host) {
            return Err(RelayUrlError::PasswordInTheClear);
        }
        let port = url.port().unwrap_or(port);
        Ok(Relay { host, port, security, credentials, hello: ClientId::default(), kept: Mutex::default() })
    }

    pub fn address(&self) -> String {
        format!("{}:{}", self.host, self.port)
    }

    pub fn is_this_machine(&self) -> bool {
        is_this_machine(&self.host)
    }

    pub fn encryption(&self) -> Encryption {
        match self.security {
            Security::Implicit(_) => Encryption::FromTheFirstByte,
            Security::StartTls(_) => Encryption::StartTls,
            Security::Plain => Encryption::None,
        }
    }

    pub fn signs_in(&self) -> bool {
        self.credentials.is_some()
    }

    /// Whether a letter could go now: reaches the relay, sets up TLS and signs in, and sends nothing.
    ///
    /// # Errors
    /// What stands in the way, in the relay's or the network's words.
    pub async fn test(&self) -> Result<(), SendError> {
        let connection = self.connect().await?;
        self.keep(connection, false);
        Ok(())
    }

    /// A connection that a letter can go over now.
    pub(super) async fn connect(&self) -> Result<Connection, SendError> {
        while let Some(Kept { mut connection, since, needs_reset }) = self.take() {
            let is_ready = !needs_reset && since.elapsed() < FRESH;
            if is_ready || (since.elapsed() < KEEP && has_answered(&mut connection).await) {
                return Ok(connection);
            }
        }
        self.open().await.map_err(|error| SendError::Relay { why: error.to_string() })
    }

    async fn open(&self) -> Result<Connection, lettre::transport::smtp::Error> {
        let implicit = match &self.security {
            Security::Implicit(tls) => Some(tls.clone()),
            Security::StartTls(_) | Security::Plain => None,
        };
        let server = (self.host.as_str(), self.port);
        let mut smtp =
            AsyncSmtpConnection::connect_tokio1(server, Some(CONNECT_TIMEOUT), &self.hello, implicit, None).await?;
        if let Security::StartTls(tls) = &self.security {
            smtp.starttls(tls.clone(), &self.hello).await?;
        }
        let mut connection = Connection::greet(smtp, &self.hello).await?;
        if let Some(credentials) = &self.credentials {
            connection.smtp().auth(DEFAULT_MECHANISMS, credentials).await?;
        }
        Ok(connection)
    }

    /// Sends over a connection, which is kept for the next letter when the relay took this one or
    /// refused it in so many words. After a broken dialogue nobody knows what the next answer would be
    /// about: then it ends here.
    pub(super) async fn send(&self, mut connection: Connection, message: &Message) -> Result<(), SendError> {
        let sent = connection.send(message).await;
        if connection.goes_on() {
            self.keep(connection, sent.is_err());
        }
        sent
    }

    fn take(&self) -> Option<Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).pop()
    }

    pub(super) fn keep(&self, connection: Connection, needs_reset: bool) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() < KEPT {
            kept.push(Kept { connection, since: Instant::now(), needs_reset });
        }
    }
}

async fn has_answered(connection: &mut Connection) -> bool {
    matches!(tokio::time::timeout(ANSWERS, connection.reset()).await, Ok(true))
}

fn is_this_machine(host: &str) -> bool {
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

fn trust(host: &str, ca: Option<&PathBuf>) -> Result<TlsParameters, RelayUrlError> {
    let mut tls = TlsParameters::builder(host.to_owned());
    if let Some(file) = ca {
        let unreadable = |why: String| RelayUrlError::Certificate { file: file.clone(), why };
        let pem = std::fs::read(file).map_err(|error| unreadable(error.to_string()))?;
        tls = tls.add_root_certificate(Certificate::from_pem(&pem).map_err(|error| unreadable(error.to_string()))?);
    }
    tls.build().map_err(|error| RelayUrlError::Tls(error.to_string()))
}

fn credentials(url: &Url) -> Result<Option<Credentials>, RelayUrlError> {
    match (url.username(), url.password()) {
        ("", None) => Ok(None),
        ("", Some(_)) | (_, None) => Err(RelayUrlError::Login),
        (user, Some(password)) => Ok(Some(Credentials::new(decoded(user)?, decoded(password)?))),
    }
}

/// What `%40` and the like stand for.
fn decoded(part: &str) -> Result<String, RelayUrlError> {
    let mut bytes = Vec::with_capacity(part.len());
    let mut rest = part.as_bytes();
    while let [first, after @ ..] = rest {
        rest = after;
        if *first == b'%' {
            let (code, after) = after.split_at_checked(2).ok_or(RelayUrlError::Login)?;
            bytes.extend(hex::decode(code).or(Err(RelayUrlError::Login))?);
            rest = after;
        } else {
            bytes.push(*first);
        }
    }
    String::from_utf8(bytes).or(Err(RelayUrlError::Login))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn security(url: &str) -> (&'static str, u16) {
        let relay = Relay::from_url(url).expect("a relay");
        let name = match relay.security {
            Security::Implicit(_) => "implicit",
            Security::StartTls(_) => "starttls",
            Security::Plain => "plain",
        };
        (name, relay.port)
    }

    #[test]
    fn mail_leaves_the_machine_encrypted_unless_somebody_says_otherwise() {
        assert_eq!(security("smtp://mail.example.com"), ("starttls", 587));
        assert_eq!(security("smtp://mail.example.com:25"), ("starttls", 25));
        assert_eq!(security("smtps://mail.example.com"), ("implicit", 465));
        assert_eq!(security("smtp://mail.example.com:25?tls=none"), ("plain", 25));
    }

    #[test]
    fn a_relay_on_this_machine_needs_no_encryption() {
        assert_eq!(security("smtp://localhost:2525"), ("plain", 2525));
        assert_eq!(security("smtp://127.0.0.1"), ("plain", 25));
        assert_eq!(security("smtp://[::1]"), ("plain", 25));
        assert_eq!(security("smtp://localhost:2525?tls=required"), ("starttls", 2525));
    }

    #[test]
    fn a_name_that_only_begins_like_this_machine_is_another_one() {
        assert_eq!(security("smtp://localhost.example.com"), ("starttls", 587));
        assert_eq!(security("smtp://128.0.0.1"), ("starttls", 587));
    }

    #[test]
    fn a_password_never_goes_in_the_clear() {
        let refused = Relay::from_url("smtp://me:secret@mail.example.com?tls=none").expect_err("a refusal");
        assert!(matches!(refused, RelayUrlError::PasswordInTheClear));
    }

    #[test]
    fn an_address_with_a_mistake_is_refused_without_repeating_the_password() {
        let refused = |url| Relay::from_url(url).expect_err("a refusal").to_string();
        let all = [
            refused("http://me:secret@mail.example.com"),
            refused("smtps://me:secret@mail.example.com?tls=none"),
            refused("smtps://me:secret@mail.example.com?tsl=none"),
            refused("smtps://me:secret@mail.example.com/inbox"),
            refused("smtps://secret@mail.example.com"),
            refused("smtps://me:secret%zz@mail.example.com"),
            refused("smtps://me:secret@mail.example.com:port"),
        ];
        assert!(!all.concat().contains("secret"));
    }

    #[test]
    fn a_password_may_hold_the_characters_that_end_one() {
        assert_eq!(decoded("a%40b%3Ac%25").expect("a password"), "a@b:c%");
        assert_eq!(decoded("%E5%AF%86").expect("a password"), "密");
    }

    #[test]
    fn a_relay_shows_no_password() {
        let relay = Relay::from_url("smtps://me:secret@mail.example.com").expect("a relay");
        assert_eq!(format!("{relay:?}"), "Relay(mail.example.com:465)");
    }
}
