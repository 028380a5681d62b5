//! What receivers find in DNS about our mail: the key, who may send, what becomes of the rest
//! (RFC 6376, 7208, 7489), and whether what they find speaks of the domain that people see.
//!
//! Looks nothing up by itself but what [`examine`] is asked for. What its findings are called, and
//! what to do about them, `cli` says.

use std::net::SocketAddr;
use std::time::Duration;

use hickory_resolver::config::{ConnectionConfig, NameServerConfig, ResolverConfig};
use hickory_resolver::net::runtime::TokioRuntimeProvider;
use hickory_resolver::proto::rr::{RData, RecordType};
use hickory_resolver::{Resolver, TokioResolver};

use super::dkim::{KeyKind, PublicKey, Signer};

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

/// The record under the name of our key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyRecord {
    Ours,
    /// `t=y`: receivers are asked to treat signed mail as unsigned.
    OursOnTrial,
    Missing,
    Many(usize),
    /// An empty `p=`.
    Revoked,
    Another,
    /// Not for mail, or not for the one way in which lettre hashes.
    NotForThis { tag: &'static str, found: String },
    Broken { found: String },
}

/// Who may send for the domain of the envelope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spf {
    One { record: String },
    Missing,
    /// Receivers take more than one for none.
    Many(usize),
    /// `+all`: the record permits the whole world.
    Anybody { record: String },
}

/// What receivers are asked to do with mail that is not what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Dmarc {
    One { at: String, policy: Policy },
    Missing,
    Many { at: String, count: usize },
    Broken { at: String, record: String },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Policy {
    None,
    Quarantine,
    Reject,
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

/// A DMARC record that can be followed.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Rule {
    policy: Policy,
    of_subdomains: Policy,
    is_strict_for_keys: bool,
    is_strict_for_envelopes: bool,
    /// `psd=`: whether this is a registry's domain and not one company's.
    is_registry: Option<bool>,
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
        let is_aligned = domain == from || (!is_strict && self::organisation(domain, &dns.walk(domain).await?) == organisation);
        Ok(Match { domain: domain.to_owned(), is_strict, is_aligned })
    };
    let key_match = match signer {
        Some(signer) => Some(matching(signer.domain(), rule.is_some_and(|rule| rule.is_strict_for_keys)).await?),
        None => None,
    };
    let envelope = matching(envelope, rule.is_some_and(|rule| rule.is_strict_for_envelopes)).await?;
    Ok(Findings { key, spf, dmarc, alignment: Alignment { key: key_match, envelope } })
}

fn key_record(answers: &[String], ours: &PublicKey) -> KeyRecord {
    let record = match answers {
        [] => return KeyRecord::Missing,
        [one] => one,
        many => return KeyRecord::Many(many.len()),
    };
    let broken = || KeyRecord::Broken { found: record.clone() };
    let Some(tags) = tags(record) else { return broken() };
    let tag = |name: &str| tags.iter().find(|(tag, _)| *tag == name).map(|(_, value)| value.as_str());
    if tag("v").is_some_and(|version| version != "DKIM1" || tags[0].0 != "v") {
        return broken();
    }
    let among = |list: &str, ours: &[&str]| list.split(':').any(|one| ours.contains(&one));
    let kind = match tag("k").unwrap_or("rsa") {
        "rsa" => KeyKind::Rsa,
        "ed25519" => KeyKind::Ed25519,
        _ => return KeyRecord::Another,
    };
    match tag("p") {
        None => broken(),
        Some("") => KeyRecord::Revoked,
        Some(p) => match PublicKey::of(kind, p) {
            None => broken(),
            Some(key) if key != *ours => KeyRecord::Another,
            Some(_) => match (tag("s"), tag("h")) {
                (Some(services), _) if !among(services, &["*", "email"]) => {
                    KeyRecord::NotForThis { tag: "s", found: services.to_owned() }
                }
                (_, Some(hashes)) if !among(hashes, &["sha256"]) => {
                    KeyRecord::NotForThis { tag: "h", found: hashes.to_owned() }
                }
                _ if tag("t").is_some_and(|flags| among(flags, &["y"])) => KeyRecord::OursOnTrial,
                _ => KeyRecord::Ours,
            },
        },
    }
}

/// `name=value; name=value`, without white space; none when it is not that, or a name comes twice.
fn tags(record: &str) -> Option<Vec<(&str, String)>> {
    let mut found: Vec<(&str, String)> = Vec::new();
    for tag in record.split(';').map(str::trim).filter(|tag| !tag.is_empty()) {
        let (name, value) = tag.split_once('=')?;
        let name = name.trim_end();
        if found.iter().any(|(known, _)| *known == name) {
            return None;
        }
        found.push((name, value.split_whitespace().collect()));
    }
    Some(found)
}

fn spf(answers: &[String]) -> Spf {
    let is_spf = |record: &&String| {
        let version = record.split(' ').next().unwrap_or_default();
        version.eq_ignore_ascii_case("v=spf1")
    };
    let records: Vec<&String> = answers.iter().filter(is_spf).collect();
    match records[..] {
        [] => Spf::Missing,
        [one] => {
            let is_anybody = one.split(' ').any(|term| matches!(term.to_ascii_lowercase().as_str(), "all" | "+all"));
            let record = one.clone();
            if is_anybody { Spf::Anybody { record } } else { Spf::One { record } }
        }
        _ => Spf::Many(records.len()),
    }
}

fn rule(at: &str, answers: &[String]) -> (Dmarc, Option<Rule>) {
    let is_dmarc = |record: &&String| {
        record.split(';').next().and_then(|tag| tag.split_once('=')).is_some_and(|(name, value)| {
            name.trim() == "v" && value.trim() == "DMARC1"
        })
    };
    let at = at.to_owned();
    let records: Vec<&String> = answers.iter().filter(is_dmarc).collect();
    match records[..] {
        [] => (Dmarc::Missing, None),
        [one] => match read_rule(one) {
            Some(rule) => (Dmarc::One { at, policy: rule.policy }, Some(rule)),
            None => (Dmarc::Broken { at, record: one.clone() }, None),
        },
        _ => (Dmarc::Many { at, count: records.len() }, None),
    }
}

fn read_rule(record: &str) -> Option<Rule> {
    let tags = tags(record)?;
    let tag = |name: &str| tags.iter().find(|(tag, _)| *tag == name).map(|(_, value)| value.to_ascii_lowercase());
    let policy = |value: &str| match value {
        "none" => Some(Policy::None),
        "quarantine" => Some(Policy::Quarantine),
        "reject" => Some(Policy::Reject),
        _ => None,
    };
    let of_domain = policy(&tag("p")?)?;
    Some(Rule {
        policy: of_domain,
        of_subdomains: tag("sp").map_or(Some(of_domain), |value| policy(&value))?,
        is_strict_for_keys: tag("adkim").is_some_and(|value| value == "s"),
        is_strict_for_envelopes: tag("aspf").is_some_and(|value| value == "s"),
        is_registry: tag("psd").and_then(|value| match value.as_str() {
            "y" => Some(true),
            "n" => Some(false),
            _ => None,
        }),
    })
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

    const P: &str = "IBKR9AcHhouu5DrS35Q9IHoJXsmyifhC980Iz7dBuJ0=";

    fn found(records: &[&str]) -> KeyRecord {
        let ours = PublicKey::of(KeyKind::Ed25519, P).expect("a key");
        key_record(&texts(records), &ours)
    }

    fn texts(records: &[&str]) -> Vec<String> {
        records.iter().map(|record| (*record).to_owned()).collect()
    }

    fn walked(records: &[(&str, &str)]) -> Vec<(String, Dmarc, Option<Rule>)> {
        let read = |(domain, record): &(&str, &str)| {
            let (dmarc, rule) = rule(&format!("_dmarc.{domain}"), &texts(&[record]));
            ((*domain).to_owned(), dmarc, rule)
        };
        records.iter().map(read).collect()
    }

    #[test]
    fn our_key_is_known_however_its_record_is_spaced() {
        assert_eq!(found(&[&format!("v=DKIM1; k=ed25519; p={P}")]), KeyRecord::Ours);
        assert_eq!(found(&[&format!("k = ed25519 ;p= {} {};", &P[..20], &P[20..])]), KeyRecord::Ours);
        assert_eq!(found(&[&format!("v=DKIM1;k=ed25519;h=sha1:sha256;s=email;t=s;p={P}")]), KeyRecord::Ours);
        assert_eq!(found(&[&format!("v=DKIM1; k=ed25519; t=y:s; p={P}")]), KeyRecord::OursOnTrial);
    }

    #[test]
    fn another_key_a_revoked_one_and_none_are_told_apart() {
        assert_eq!(found(&[]), KeyRecord::Missing);
        assert_eq!(found(&["v=DKIM1; k=ed25519; p="]), KeyRecord::Revoked);
        assert_eq!(found(&["v=DKIM1; k=ed25519; p=AAAA"]), KeyRecord::Another);
        // Without k= it is an RSA key.
        assert_eq!(found(&[&format!("v=DKIM1; p={P}")]), KeyRecord::Another);
        assert_eq!(found(&["v=DKIM1; p=AAAA", "v=DKIM1; p=BBBB"]), KeyRecord::Many(2));
    }

    #[test]
    fn a_record_that_receivers_cannot_use_is_broken() {
        let is_broken = |record: &str| matches!(found(&[record]), KeyRecord::Broken { .. });
        assert!(is_broken("v=spf1 -all"));
        assert!(is_broken("v=DKIM1; k=ed25519"));
        assert!(is_broken(&format!("v=DKIM2; k=ed25519; p={P}")));
        assert!(is_broken(&format!("k=ed25519; v=DKIM1; p={P}")));
        assert!(is_broken(&format!("v=DKIM1; k=ed25519; p={P}; p={P}")));
        assert!(is_broken("v=DKIM1; k=ed25519; p=\"AAAA\""));
        let not_for = |record: &str| matches!(found(&[record]), KeyRecord::NotForThis { .. });
        assert!(not_for(&format!("k=ed25519; s=tlsrpt; p={P}")));
        assert!(not_for(&format!("k=ed25519; h=sha1; p={P}")));
    }

    #[test]
    fn one_spf_record_counts_and_no_other_text() {
        assert_eq!(spf(&texts(&["google-site-verification=x", "v=spf10 -all"])), Spf::Missing);
        assert!(matches!(spf(&texts(&["x", "V=SPF1 mx ~all"])), Spf::One { .. }));
        assert_eq!(spf(&texts(&["v=spf1 mx -all", "v=spf1 a -all"])), Spf::Many(2));
        assert!(matches!(spf(&texts(&["v=spf1 mx +all"])), Spf::Anybody { .. }));
        assert!(matches!(spf(&texts(&["v=spf1 mx all"])), Spf::Anybody { .. }));
    }

    #[test]
    fn a_policy_is_read_with_what_it_leaves_out() {
        let rule = read_rule("v=DMARC1; p=Reject; adkim=s").expect("a rule");
        assert_eq!((rule.policy, rule.of_subdomains), (Policy::Reject, Policy::Reject));
        assert!(rule.is_strict_for_keys && !rule.is_strict_for_envelopes);
        assert_eq!(read_rule("v=DMARC1; p=none; sp=quarantine").expect("a rule").of_subdomains, Policy::Quarantine);
        assert_eq!(read_rule("v=DMARC1; p=drop"), None);
        assert_eq!(read_rule("v=DMARC1; rua=mailto:x@example.com"), None);
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
