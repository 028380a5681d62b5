//! What a TXT record says, read as receivers read it.

use crate::mail::dkim::{KeyKind, PublicKey};

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
    NotForThis {
        tag: &'static str,
        found: String,
    },
    Broken {
        found: String,
    },
}

/// Who may send for the domain of the envelope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spf {
    One {
        record: String,
    },
    Missing,
    /// Receivers take more than one for none.
    Many(usize),
    /// `+all`: the record permits the whole world.
    Anybody {
        record: String,
    },
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

/// A DMARC record that can be followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rule {
    pub policy: Policy,
    pub of_subdomains: Policy,
    pub is_strict_for_keys: bool,
    pub is_strict_for_envelopes: bool,
    /// `psd=`: whether this is a registry's domain and not one company's.
    pub is_registry: Option<bool>,
}

pub(super) fn key_record(answers: &[String], ours: &PublicKey) -> KeyRecord {
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

pub(super) fn spf(answers: &[String]) -> Spf {
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

pub(super) fn rule(at: &str, answers: &[String]) -> (Dmarc, Option<Rule>) {
    let is_dmarc = |record: &&String| {
        record
            .split(';')
            .next()
            .and_then(|tag| tag.split_once('='))
            .is_some_and(|(name, value)| name.trim() == "v" && value.trim() == "DMARC1")
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
}
