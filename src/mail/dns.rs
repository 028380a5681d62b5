//! What receivers find in DNS about our mail: the key, who may send, what becomes of the rest
//! (RFC 6376, 7208, 7489), and whether what they find speaks of the domain that people see.
//!
//! Looks nothing up by itself but what [`examine`] is asked for. What its findings are called, and
//! what to do about them, `cli` says.

mod records;

use std::net::SocketAddr;
use std::time::Duration;

use hickory_resolver::config::{ConnectionConfig, NameServerConfig, ResolverConfig};
use hickory_resolver::net::runtime::TokioRuntimeProvider;
use hickory_resolver::proto::rr::{RData, RecordType};
use hickory_resolver::{Resolver, TokioResolver};

use super::dkim::Signer;
pub use records::{Dmarc, KeyRecord, Policy, Spf};
use records::{Rule, key_record, rule, spf};

/// For one question to one server; it is asked twice.
const PATIENCE: Duration = Duration::from_secs(3);

/// The most labels of a name that are asked for one by one, so that a long one is no burden on DNS.
const WALKED: usize = 8;

/// A DNS server, or those of this machine.
pub struct Dns(TokioResolver);

/// No answer, which says neither that there is a record nor that there is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no answer about {name}: {why}")]
pub struct DnsError {
    pub name: String,
    pub why: String,
}

/// What was found about mail from one domain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Findings {
    /// None: letters are not signed here.
    pub key: Option<KeyRecord>,
    pub spf: Spf,
    pub dmarc: Dmarc,
    pub alignment: Alignment,
}

/// Whether the domains behind the scenes go with the one that people see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alignment {
    /// None: letters are not signed here.
    pub key: Option<Match>,
    pub envelope: Match,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    pub domain: String,
    pub is_strict: bool,
    pub is_aligned: bool,
}

impl Dns {
    /// Through this server, or through those that the machine uses.
    ///
    /// # Errors
    /// The machine's settings for DNS cannot be read.
    pub fn new(server: Option<SocketAddr>) -> Result<Dns, DnsError> {
        let unusable = |why: String| DnsError { name: "anything".to_owned(), why };
        let mut builder = match server {
            Some(server) => {
                let mut ways = [ConnectionConfig::udp(), ConnectionConfig::tcp()];
                ways.iter_mut().for_each(|way| way.port = server.port());
                let server = NameServerConfig::new(server.ip(), true, ways.into());
                let config = ResolverConfig::from_name_servers(vec![server]);
                Resolver::builder_with_config(config, TokioRuntimeProvider::default())
            }
            None => TokioResolver::builder_tokio().map_err(|error| unusable(error.to_string()))?,
        };
        builder.options_mut().timeout = PATIENCE;
        builder.options_mut().attempts = 2;
        Ok(Dns(builder.build().map_err(|error| unusable(error.to_string()))?))
    }

    /// The TXT records under a name, each of its strings joined: a longer one than 255 octets comes
    /// in several.
    async fn texts(&self, name: &str) -> Result<Vec<String>, DnsError> {
        // With the dot at its end no search domain of the machine is appended.
        match self.0.lookup(format!("{name}."), RecordType::TXT).await {
            Ok(found) => Ok(found
                .answers()
                .iter()
                .filter_map(|record| match &record.data {
                    RData::TXT(text) => Some(String::from_utf8_lossy(&text.txt_data.concat()).into_owned()),
                    _ => None,
                })
                .collect()),
            Err(error) if error.is_no_records_found() => Ok(Vec::new()),
            Err(error) => Err(DnsError { name: name.to_owned(), why: error.to_string() }),
        }
    }

    /// The records of a domain's policy and of the domains above it, the nearest first.
    async fn walk(&self, domain: &str) -> Result<Vec<(String, Dmarc, Option<Rule>)>, DnsError> {
        let mut found = Vec::new();
        for domain in above(domain) {
            let at = format!("_dmarc.{domain}");
            let (dmarc, rule) = rule(&at, &self.texts(&at).await?);
            if dmarc != Dmarc::Missing {
                found.push((domain, dmarc, rule));
            }
        }
        Ok(found)
    }
}

/// Looks up all that receivers look up.
///
/// # Errors
/// A question stayed without an answer.
pub async fn examine(dns: &Dns, from: &str, envelope: &str, signer: Option<&Signer>) -> Result<Findings, DnsError> {
    let key = match signer {
        Some(signer) => Some(key_record(&dns.texts(&signer.name()).await?, signer.public())),
        None => None,
    };
    let spf = spf(&dns.texts(envelope).await?);
    let walked = dns.walk(from).await?;
    let organisation = organisation(from, &walked);
    let own = walked.iter().find(|(domain, ..)| domain == from);
    let applies = own.or_else(|| walked.iter().find(|(domain, ..)| *domain == organisation));
    let (mut dmarc, rule) = applies.map_or((Dmarc::Missing, None), |(_, dmarc, rule)| (dmarc.clone(), rule.as_ref()));
    if let (Dmarc::One { policy, .. }, Some(rule), None) = (&mut dmarc, rule, own) {
        *policy = rule.of_subdomains;
    }
    let matching = async |domain: &str, is_strict: bool| {
        let is_aligned =
            domain == from || (!is_strict && self::organisation(domain, &dns.walk(domain).await?) == organisation);
        Ok(Match { domain: domain.to_owned(), is_strict, is_aligned })
    };
    let key_match = match signer {
        Some(signer) => Some(matching(signer.domain(), rule.is_some_and(|rule| rule.is_strict_for_keys)).await?),
        None => None,
    };
    let envelope = matching(envelope, rule.is_some_and(|rule| rule.is_strict_for_envelopes)).await?;
    Ok(Findings { key, spf, dmarc, alignment: Alignment { key: key_match, envelope } })
}

/// The domain and those above it.
fn above(domain: &str) -> Vec<String> {
    let labels: Vec<&str> = domain.split('.').collect();
    let ancestors = (1..labels.len()).filter(|from| labels.len() - from < WALKED);
    std::iter::once(0).chain(ancestors).map(|from| labels[from..].join(".")).collect()
}

/// The domain that stands for the whole company: the highest with a policy, unless one says that it
/// is or is not a registry's. Found in DNS alone, as DMARC does now (the tree walk), and not in a
/// list of the world's suffixes, which would be old by the time it is read.
fn organisation(domain: &str, walked: &[(String, Dmarc, Option<Rule>)]) -> String {
    let says = |registry: bool| {
        walked.iter().find(|(_, _, rule)| rule.as_ref().is_some_and(|rule| rule.is_registry == Some(registry)))
    };
    if let Some((company, ..)) = says(false) {
        return company.clone();
    }
    if let Some((registry, ..)) = says(true).filter(|(registry, ..)| registry != domain) {
        let below = |above: &String| above.split_once('.').is_some_and(|(_, rest)| rest == registry);
        return above(domain).into_iter().find(below).unwrap_or_else(|| domain.to_owned());
    }
    let highest = walked.iter().rev().find(|(_, _, rule)| rule.is_some());
    highest.map_or_else(|| domain.to_owned(), |(highest, ..)| highest.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn walked(records: &[(&str, &str)]) -> Vec<(String, Dmarc, Option<Rule>)> {
        let read = |(domain, record): &(&str, &str)| {
            let (dmarc, rule) = rule(&format!("_dmarc.{domain}"), &[(*record).to_owned()]);
            ((*domain).to_owned(), dmarc, rule)
        };
        records.iter().map(read).collect()
    }

    #[test]
    fn a_long_name_is_not_asked_for_label_by_label() {
        assert_eq!(above("a.example.com"), ["a.example.com", "example.com", "com"]);
        let long = above("1.2.3.4.5.6.7.8.9.10");
        assert_eq!((long.len(), long[1].as_str()), (8, "4.5.6.7.8.9.10"));
    }

    #[test]
    fn a_company_is_the_highest_domain_with_a_policy_that_is_no_registrys() {
        let both = [("a.example.com", "v=DMARC1; p=none"), ("example.com", "v=DMARC1; p=none")];
        assert_eq!(organisation("a.example.com", &walked(&both)), "example.com");
        assert_eq!(organisation("a.example.com", &walked(&[])), "a.example.com");
        let own = [("a.example.com", "v=DMARC1; p=none; psd=n"), ("example.com", "v=DMARC1; p=none")];
        assert_eq!(organisation("a.example.com", &walked(&own)), "a.example.com");
        let registry = [("gov.tw", "v=DMARC1; p=none; psd=y")];
        assert_eq!(organisation("a.office.gov.tw", &walked(&registry)), "office.gov.tw");
    }
}
