//! Settings of mail beyond the relay: who signs it, where answers come in, how fast it leaves.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Args;

use super::{ConfigError, address_of};

/// How mail is signed, answered and paced.
#[derive(Debug, Clone, Args)]
pub struct MailArgs {
    /// The address that answers come back to, in a domain whose mail reaches this program; name+anything@ must too
    #[arg(long, env = "MAIL_REPLY", value_name = "ADDRESS")]
    pub mail_reply: Option<String>,
    /// Where the program takes answers and bounces by SMTP, from your own mail server alone
    #[arg(long, env = "MAIL_LISTEN", value_name = "ADDRESS:PORT")]
    pub mail_listen: Option<String>,
    /// The name under which your receiving mail server writes Authentication-Results
    #[arg(long, env = "MAIL_AUTHSERV", value_name = "NAME")]
    pub mail_authserv: Option<String>,
    /// The private key that signs mail (DKIM): a file with an RSA key in PEM, or an Ed25519 key in base64
    #[arg(long, env = "DKIM_KEY", value_name = "FILE")]
    pub dkim_key: Option<PathBuf>,
    /// The selector of that key in DNS
    #[arg(long, env = "DKIM_SELECTOR", value_name = "NAME")]
    pub dkim_selector: Option<String>,
    /// The domain of that key; without it, the domain of MAIL_FROM
    #[arg(long, env = "DKIM_DOMAIN", value_name = "DOMAIN")]
    pub dkim_domain: Option<String>,
    /// Connections to the relay at the same time
    #[arg(long, env = "MAIL_CONNECTIONS", default_value_t = 4, value_name = "NUMBER", value_parser = clap::value_parser!(u8).range(1..=64))]
    pub mail_connections: u8,
    /// The most letters a second that this instance gives the relay
    #[arg(long, env = "MAIL_PER_SECOND", value_name = "NUMBER", value_parser = clap::value_parser!(u16).range(1..))]
    pub mail_per_second: Option<u16>,
}

/// Settings of [`MailArgs`], checked.
#[derive(Debug, Clone, Default)]
pub struct Mail {
    pub door: Option<Door>,
    pub dkim: Option<Dkim>,
    pub connections: u8,
    pub per_second: Option<u16>,
}

/// Where answers, bounces and complaints come in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Door {
    /// What stands before the `+` and the token.
    pub local: String,
    pub domain: String,
    /// By SMTP; none: by `pilothouse mail-in` alone.
    pub listen: Option<SocketAddr>,
    /// Whose Authentication-Results are believed; none: no answer is.
    pub authserv: Option<String>,
}

/// The key that signs mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dkim {
    pub key: PathBuf,
    pub selector: String,
    pub domain: String,
}

impl MailArgs {
    /// # Errors
    /// A setting that is wrong, or that needs another one.
    pub fn check(&self, mail_from: &str) -> Result<Mail, ConfigError> {
        Ok(Mail {
            door: self.door()?,
            dkim: self.dkim(mail_from)?,
            connections: self.mail_connections,
            per_second: self.mail_per_second,
        })
    }

    /// # Errors
    /// As [`MailArgs::check`].
    pub fn door(&self) -> Result<Option<Door>, ConfigError> {
        let Some(reply) = &self.mail_reply else {
            return match (&self.mail_listen, &self.mail_authserv) {
                (None, None) => Ok(None),
                _ => Err(ConfigError(
                    "MAIL_LISTEN and MAIL_AUTHSERV need MAIL_REPLY, the address that answers come back to".to_owned(),
                )),
            };
        };
        let wrong = || {
            ConfigError(format!("MAIL_REPLY is {reply:?}; it must be a mail address such as reply@plans.example.com"))
        };
        let (local, domain) = reply.split_once('@').ok_or_else(wrong)?;
        let is_plain = |part: &str| {
            !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'))
        };
        // With the sign and 32 characters of a token it must stay within the 64 of a local part.
        if !is_plain(local) || !is_plain(domain) || local.len() > 30 {
            return Err(wrong());
        }
        let listen = self.mail_listen.as_deref().map(|given| address_of("MAIL_LISTEN", given)).transpose()?;
        Ok(Some(Door {
            local: local.to_lowercase(),
            domain: domain.to_lowercase(),
            listen,
            authserv: self
                .mail_authserv
                .as_ref()
                .map(|name| name.trim().to_lowercase())
                .filter(|name| !name.is_empty()),
        }))
    }

    fn dkim(&self, mail_from: &str) -> Result<Option<Dkim>, ConfigError> {
        match (&self.dkim_key, &self.dkim_selector) {
            (None, None) => Ok(None),
            (Some(key), Some(selector)) => {
                let of_from = mail_from.rsplit('@').next().unwrap_or_default();
                let domain = self.dkim_domain.as_deref().unwrap_or(of_from).to_lowercase();
                Ok(Some(Dkim { key: key.clone(), selector: selector.clone(), domain }))
            }
            _ => Err(ConfigError("DKIM_KEY and DKIM_SELECTOR go together: set both or neither".to_owned())),
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub fn none() -> MailArgs {
        MailArgs {
            mail_reply: None,
            mail_listen: None,
            mail_authserv: None,
            dkim_key: None,
            dkim_selector: None,
            dkim_domain: None,
            mail_connections: 4,
            mail_per_second: None,
        }
    }

    #[test]
    fn nothing_is_needed() {
        let mail = none().check("plans@example.com").expect("settings");
        assert!(mail.door.is_none() && mail.dkim.is_none());
    }

    #[test]
    fn a_door_is_an_address_with_room_for_a_token() {
        let door = |reply: &str| MailArgs { mail_reply: Some(reply.to_owned()), ..none() }.door();
        let open = door("Reply@Plans.Example.com").expect("settings").expect("a door");
        assert_eq!((open.local.as_str(), open.domain.as_str()), ("reply", "plans.example.com"));
        for wrong in ["reply", "@x", "re ply@x", "reply+x@x", &format!("{}@x", "r".repeat(31))] {
            assert!(door(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn settings_that_need_another_one_name_it() {
        let alone = MailArgs { mail_listen: Some("127.0.0.1:2525".to_owned()), ..none() };
        assert!(alone.door().unwrap_err().0.contains("MAIL_REPLY"));
        let alone = MailArgs { dkim_selector: Some("s".to_owned()), ..none() };
        assert!(alone.check("a@b").unwrap_err().0.contains("DKIM_KEY"));
    }

    #[test]
    fn mail_is_signed_for_the_domain_that_it_comes_from() {
        let args = MailArgs { dkim_key: Some("k".into()), dkim_selector: Some("s".to_owned()), ..none() };
        assert_eq!(args.check("plans@Example.com").expect("settings").dkim.expect("a key").domain, "example.com");
    }
}
