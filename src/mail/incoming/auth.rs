//! Whether the receiving server vouches for the sender: `Authentication-Results` (RFC 8601).

use super::mime::Part;

/// Whether a mail is from whom it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Authentic {
    Yes,
    No(Doubt),
}

/// Why a mail is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// No server is named in the settings whose word counts.
    NoServer,
    /// No sender, several, or one that cannot be read.
    NoSender,
    /// That server wrote nothing, or where anybody could have written it.
    NoResult,
    /// It found that the sender's domain disowns the mail.
    Disowned,
    /// What it found true says nothing of the sender's domain.
    NotAligned,
}

/// Fields that whoever writes a mail writes. A server puts its own above them.
const OF_THE_AUTHOR: &[&str] = &["From", "To", "Cc", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type"];

/// Judges by the topmost field that bears the name of our server, and by it alone.
///
/// Each server on the way writes above what it was given, so a field that the sender forged stands
/// below the true one; even when the true one is worse, nothing below it is looked at. Where the
/// true one is missing, a forged one is refused if it stands below any field of the author. One
/// that the sender put at the very top can only be removed by the server itself, as RFC 8601
/// section 5 demands of it: MAIL_AUTHSERV must name a server that does.
pub(super) fn judge(mail: &Part<'_>, from: Option<&str>, authserv: Option<&str>) -> Authentic {
    let Some(authserv) = authserv else { return Authentic::No(Doubt::NoServer) };
    let Some((_, sender)) = from.and_then(|from| from.split_once('@')) else { return Authentic::No(Doubt::NoSender) };
    let first_of_author = mail.position(OF_THE_AUTHOR).unwrap_or(usize::MAX);
    let fields = mail.ordered();
    let above =
        fields.iter().take(first_of_author).filter(|(name, _)| name.eq_ignore_ascii_case("Authentication-Results"));
    let ours =
        above.filter_map(|(_, value)| Results::parse(value)).find(|found| found.server == authserv.to_lowercase());
    ours.map_or(Authentic::No(Doubt::NoResult), |results| results.about(sender))
}

/// One field, read.
#[derive(Debug, Default, PartialEq, Eq)]
struct Results {
    server: String,
    methods: Vec<Method>,
}

/// `dkim=pass header.d=company.example`
#[derive(Debug, Default, PartialEq, Eq)]
struct Method {
    name: String,
    result: String,
    /// `header.d` and its like, with their values.
    properties: Vec<(String, String)>,
}

impl Results {
    /// None when it is not written by the rules: a server that can be brought to write such a field
    /// is not believed.
    fn parse(value: &str) -> Option<Results> {
        let tokens = tokens(value)?;
        let mut segments = tokens.split(|token| *token == Token::End);
        let server = match segments.next()? {
            // After the name a version may stand.
            [Token::Word(server)] | [Token::Word(server), Token::Word(_)] => server.to_lowercase(),
            _ => return None,
        };
        let mut methods = Vec::new();
        for segment in segments {
            match segment {
                [] => {}
                [Token::Word(none)] if none.eq_ignore_ascii_case("none") => {}
                _ => methods.push(Method::parse(segment)?),
            }
        }
        Some(Results { server, methods })
    }

    fn about(&self, sender: &str) -> Authentic {
        let is_aligned = |found: Option<&str>| found.is_some_and(|domain| aligned(domain, sender));
        let dmarc = self.methods.iter().filter(|method| method.name == "dmarc");
        // The domain's own policy may be stricter than what follows, so its refusal ends it.
        if dmarc.clone().any(|method| method.result == "fail") {
            return Authentic::No(Doubt::Disowned);
        }
        let speaks_for_sender =
            self.methods.iter().filter(|method| method.result == "pass").any(|method| match method.name.as_str() {
                "dmarc" => is_aligned(method.property("header.from")),
                "dkim" => is_aligned(method.property("header.d").or_else(|| method.property("header.i"))),
                "spf" => is_aligned(method.property("smtp.mailfrom")),
                _ => false,
            });
        if speaks_for_sender { Authentic::Yes } else { Authentic::No(Doubt::NotAligned) }
    }
}

impl Method {
    /// `name[/version]=result [reason=..] [type.property=value ..]`. Words that belong to no value
    /// spoil the next name, which then means nothing to us.
    fn parse(tokens: &[Token]) -> Option<Method> {
        let mut pairs = Vec::new();
        let mut name = String::new();
        let mut rest = tokens.iter();
        while let Some(token) = rest.next() {
            match token {
                Token::Word(word) => name.push_str(word),
                Token::Equals => {
                    let Some(Token::Word(value)) = rest.next() else { return None };
                    pairs.push((std::mem::take(&mut name).to_lowercase(), value.to_lowercase()));
                }
                Token::End => return None,
            }
        }
        let mut pairs = pairs.into_iter();
        let (method, result) = pairs.next()?;
        let name = method.split('/').next().unwrap_or_default().to_owned();
        Some(Method { name, result, properties: pairs.collect() })
    }

    fn property(&self, name: &str) -> Option<&str> {
        let mut values = self.properties.iter().filter(|(found, _)| found == name).map(|(_, value)| value.as_str());
        // Twice the same is a field that somebody got to write into.
        values.next().filter(|_| values.next().is_none())
    }
}

/// Whether a domain that was proved speaks for the sender's: the same, or one inside the other.
///
/// Simpler than DMARC, which asks a list of public suffixes whether both belong to one owner. A
/// domain without a dot speaks for nobody; for one below a suffix that is let to the public (such
/// as github.io) its parent speaks, and the other way round.
fn aligned(proved: &str, sender: &str) -> bool {
    let proved = proved.rsplit('@').next().unwrap_or_default().trim_end_matches('.');
    let is_inside = |inner: &str, outer: &str| inner.strip_suffix(outer).is_some_and(|rest| rest.ends_with('.'));
    proved.contains('.') && (proved == sender || is_inside(proved, sender) || is_inside(sender, proved))
}

#[derive(Debug, PartialEq, Eq)]
enum Token {
    Word(String),
    Equals,
    /// `;`
    End,
}

/// Words, `=` and `;` without comments; quotes and what is escaped are undone. None when a quote or
/// a comment has no end.
fn tokens(value: &str) -> Option<Vec<Token>> {
    let mut found = Vec::new();
    let mut word: Option<String> = None;
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => {
                let word = word.get_or_insert_default();
                loop {
                    match chars.next()? {
                        '"' => break,
                        '\\' => word.push(chars.next()?),
                        c => word.push(c),
                    }
                }
            }
            '(' | ';' | '=' => {
                found.extend(word.take().map(Token::Word));
                match c {
                    ';' => found.push(Token::End),
                    '=' => found.push(Token::Equals),
                    _ => skip_comment(&mut chars)?,
                }
            }
            c if c.is_whitespace() => found.extend(word.take().map(Token::Word)),
            c => word.get_or_insert_default().push(c),
        }
    }
    found.extend(word.map(Token::Word));
    Some(found)
}

fn skip_comment(chars: &mut std::str::Chars<'_>) -> Option<()> {
    let mut depth = 1;
    while depth > 0 {
        match chars.next()? {
            '(' => depth += 1,
            ')' => depth -= 1,
            '\\' => drop(chars.next()?),
            _ => {}
        }
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn about(value: &str) -> Authentic {
        Results::parse(value).expect("a field").about("company.example")
    }

    #[test]
    fn comments_quotes_folds_and_versions_are_read_as_the_rfc_writes_them() {
        let field = "mx.company.example 1 (a (nested \\) one)) ;\r\n\tdkim (why)=pass (2048-bit key; \"kept\")\r\n reason = \"good; dmarc=pass\" header.i=\"@mail.company.example\"";
        let found = Results::parse(field).expect("a field");
        assert_eq!(found.server, "mx.company.example");
        assert_eq!(found.methods.len(), 1);
        assert_eq!(found.methods[0].property("reason"), Some("good; dmarc=pass"));
        assert_eq!(found.about("company.example"), Authentic::Yes);
    }

    #[test]
    fn what_is_not_written_by_the_rules_is_no_result() {
        assert_eq!(Results::parse("mx.company.example; dkim=pass (open"), None);
        assert_eq!(Results::parse("mx.company.example; dkim=pass reason=\"open"), None);
        assert_eq!(Results::parse("mx.company.example; dkim=; dmarc=pass"), None);
        assert_eq!(Results::parse("spf=pass smtp.mailfrom=company.example"), None);
        assert_eq!(Results::parse(""), None);
        assert!(Results::parse("mx.company.example; none").expect("a field").methods.is_empty());
    }

    #[test]
    fn dkim_counts_by_its_domain_and_spf_by_the_envelope() {
        assert_eq!(about("mx; dkim=pass header.d=company.example"), Authentic::Yes);
        assert_eq!(about("mx; dkim=pass header.i=@sub.company.example"), Authentic::Yes);
        assert_eq!(about("mx; spf=pass smtp.mailfrom=grace@company.example"), Authentic::Yes);
        assert_eq!(about("mx; spf=pass smtp.helo=company.example"), Authentic::No(Doubt::NotAligned));
        assert_eq!(about("mx; dkim=fail header.d=company.example"), Authentic::No(Doubt::NotAligned));
        assert_eq!(about("mx; dkim=pass header.d=elsewhere.example"), Authentic::No(Doubt::NotAligned));
        assert_eq!(about("mx; dkim=pass header.d=notcompany.example"), Authentic::No(Doubt::NotAligned));
        assert_eq!(about("mx; dkim=pass header.d=example"), Authentic::No(Doubt::NotAligned));
    }

    #[test]
    fn a_domain_that_disowns_the_mail_is_believed_over_any_pass() {
        let field = "mx; spf=pass smtp.mailfrom=company.example; dmarc=fail header.from=company.example";
        assert_eq!(about(field), Authentic::No(Doubt::Disowned));
    }

    #[test]
    fn a_pass_written_into_a_value_is_no_pass() {
        let field = "mx; spf=fail smtp.mailfrom=\"x; dmarc=pass header.from=company.example\"@evil.example";
        assert_eq!(about(field), Authentic::No(Doubt::NotAligned));
        let twice = "mx; dkim=pass header.d=company.example header.d=evil.example";
        assert_eq!(about(twice), Authentic::No(Doubt::NotAligned));
    }
}
