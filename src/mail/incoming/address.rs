//! Addresses that mail comes back to. The token in one says what the mail is about.

/// An address at our door.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    pub purpose: Purpose,
    /// None: the bare address, which says nothing but that it is ours.
    pub token: Option<String>,
}

/// What an address at our door is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    Answer,
    /// The envelope sender of what we send: bounces come here, and nobody's answers.
    Bounce,
    Unsubscribe,
}

const TOKEN_LENGTH: usize = 32;

impl Purpose {
    fn mark(self) -> &'static str {
        match self {
            Purpose::Answer => "",
            Purpose::Bounce => "b-",
            Purpose::Unsubscribe => "u-",
        }
    }
}

impl Address {
    /// The address as mail bears it, `reply+b-0123..@plans.example.com`.
    pub fn write(&self, local: &str, domain: &str) -> String {
        match &self.token {
            Some(token) => format!("{local}+{}{token}@{domain}", self.purpose.mark()),
            None => format!("{local}@{domain}"),
        }
    }

    /// Reads an address in whatever letter case servers on the way left it; none when it is not at
    /// our door, or bears what is no token of ours.
    pub fn read(address: &str, local: &str, domain: &str) -> Option<Address> {
        let address = address.trim().to_lowercase();
        let (found, at) = address.rsplit_once('@')?;
        if at != domain.to_lowercase() {
            return None;
        }
        let rest = found.strip_prefix(&local.to_lowercase())?;
        if rest.is_empty() {
            return Some(Address { purpose: Purpose::Answer, token: None });
        }
        let rest = rest.strip_prefix('+')?;
        let marked = [Purpose::Bounce, Purpose::Unsubscribe]
            .into_iter()
            .find_map(|purpose| Some((purpose, rest.strip_prefix(purpose.mark())?)));
        let (purpose, token) = marked.unwrap_or((Purpose::Answer, rest));
        let is_token = token.len() == TOKEN_LENGTH && token.bytes().all(|byte| byte.is_ascii_hexdigit());
        is_token.then(|| Address { purpose, token: Some(token.to_owned()) })
    }
}

/// Whether this is the address of whoever looks after a mail server, which each must take, with or
/// without its domain and in any letter case (RFC 5321, 4.5.1).
pub fn is_postmaster(address: &str, domain: &str) -> bool {
    let (local, at) = address.trim().rsplit_once('@').unwrap_or((address.trim(), domain));
    local.eq_ignore_ascii_case("postmaster") && at.eq_ignore_ascii_case(domain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(address: &str) -> Option<Address> {
        Address::read(address, "reply", "plans.company.example")
    }

    proptest! {
        #[test]
        fn an_address_reads_back_as_it_was_written(token in "[0-9a-f]{32}", purpose in 0_usize..3, shouts in any::<bool>()) {
            let purpose = [Purpose::Answer, Purpose::Bounce, Purpose::Unsubscribe][purpose];
            let address = Address { purpose, token: Some(token) };
            let written = address.write("reply", "plans.company.example");
            prop_assert!(written.split('@').next().unwrap().len() <= 64);
            let arrived = if shouts { written.to_uppercase() } else { written };
            prop_assert_eq!(read(&arrived), Some(address));
        }

        #[test]
        fn no_address_elsewhere_is_ours(local in "[a-z0-9+._-]{0,40}", domain in "[a-z]{1,10}(\\.[a-z]{1,10}){0,3}") {
            let address = format!("{}@{}", local, domain);
            prop_assert_eq!(read(&address), None);
        }
    }

    #[test]
    fn the_bare_address_is_ours_and_bears_no_token() {
        assert_eq!(read("Reply@Plans.Company.example"), Some(Address { purpose: Purpose::Answer, token: None }));
    }

    #[test]
    fn a_postmaster_is_known_with_or_without_the_domain() {
        let is_postmaster = |address: &str| super::is_postmaster(address, "plans.company.example");
        assert!(is_postmaster("postmaster") && is_postmaster("PostMaster@Plans.Company.example"));
        for other in ["postmaster@", "postmaster@company.example", "postmaster+x@plans.company.example", "master", ""] {
            assert!(!is_postmaster(other), "{other}");
        }
    }

    #[test]
    fn what_is_no_token_makes_no_address() {
        assert_eq!(read("reply+@plans.company.example"), None);
        assert_eq!(read("reply+0123@plans.company.example"), None);
        assert_eq!(read("reply+b-0123456789abcdef0123456789abcdeg@plans.company.example"), None);
        assert_eq!(read("reply+x-0123456789abcdef0123456789abcdef@plans.company.example"), None);
        assert_eq!(read("reply0123456789abcdef0123456789abcdef@plans.company.example"), None);
        assert_eq!(read("replies@plans.company.example"), None);
        assert_eq!(read(""), None);
    }
}
