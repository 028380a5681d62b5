//! Signs letters (DKIM: RFC 6376, Ed25519 by RFC 8463) and says what DNS must hold for that.
//!
//! lettre signs, and here a key file becomes its key. The private key stays in lettre's type and is
//! shown by nothing: whoever has it writes mail in the company's name.

use std::fmt;
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::SigningKey;
use ed25519_dalek::pkcs8::DecodePrivateKey;
use lettre::Message;
use lettre::message::dkim::{
    DkimCanonicalization, DkimCanonicalizationType, DkimConfig, DkimSigningAlgorithm, DkimSigningKey, dkim_sign,
};
use lettre::message::header::HeaderName;
use rsa::RsaPrivateKey;
use rsa::pkcs1::{DecodeRsaPrivateKey, EncodeRsaPrivateKey, LineEnding};
use rsa::pkcs8::EncodePublicKey;
use rsa::traits::PublicKeyParts;

/// RFC 8301: under it a key is weak; over it many receivers read none, and the signature, which
/// stands on one line, comes near the 998 octets that a line may have.
const RSA_BITS: std::ops::RangeInclusive<usize> = 2048..=4096;

/// What nobody may change, put in, or put a second one of (RFC 6376 section 8.15: receivers differ in
/// which of two they show). RFC 8058 demands the list headers.
///
/// Content-Type is left out: lettre keeps it with the body, does not see it when it signs, and a
/// name in `h=` without its header breaks the signature. The body that it speaks of is signed whole.
const SIGNED: [&str; 15] = [
    "From",
    "Reply-To",
    "To",
    "Cc",
    "Subject",
    "Date",
    "Message-ID",
    "MIME-Version",
    "Content-Language",
    "Auto-Submitted",
    "In-Reply-To",
    "References",
    "List-Id",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
];

/// More is no letter of ours. lettre goes through headers by a call for each character: some 30 KiB
/// would overflow a thread's stack, which ends the process.
const HEADERS: usize = 8 * 1024;

/// Signs letters for one domain.
pub struct Signer {
    config: DkimConfig,
    selector: String,
    domain: String,
    public: PublicKey,
}

/// The half of the key that stands in DNS.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKey {
    pub kind: KeyKind,
    /// RSA: a SubjectPublicKeyInfo. Ed25519: the 32 bytes alone, as RFC 8463 has it.
    pub bytes: Vec<u8>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyKind {
    Rsa,
    Ed25519,
}

/// Settings that cannot sign: one sentence that names the setting and never shows what the file holds.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SignerError {
    #[error("DKIM_KEY is the file {file}, which cannot be read: {why}")]
    Unreadable { file: PathBuf, why: String },
    #[error(
        "DKIM_KEY is the file {file}, which holds no key that can sign: it must be an RSA or Ed25519 private key in \
         PEM, or the 32 bytes of an Ed25519 one in base64"
    )]
    NoKey { file: PathBuf },
    #[error("DKIM_KEY is the file {file}, whose key needs a passphrase: write it without one, for this account alone")]
    Encrypted { file: PathBuf },
    #[error("DKIM_KEY is the file {file}, an RSA key of {bits} bits: receivers take 2048 to 4096")]
    Bits { file: PathBuf, bits: usize },
    #[error("{setting} is {given:?}; it must be a name in DNS such as {example}")]
    Name { setting: &'static str, given: String, example: &'static str },
}

impl Signer {
    /// Reads the key: RSA in PEM (PKCS#1 or PKCS#8), Ed25519 in PEM (PKCS#8) or as base64 of its seed.
    ///
    /// # Errors
    /// The file holds no such key, or a name is none that DNS can have.
    pub fn read(key_file: &Path, selector: &str, domain: &str) -> Result<Signer, SignerError> {
        let selector = dns_name("DKIM_SELECTOR", selector, "pilothouse")?;
        let domain = dns_name("DKIM_DOMAIN", domain, "example.com (xn--... for one that is not ASCII)")?;
        let file = key_file.to_owned();
        let text = match std::fs::read(key_file).map(String::from_utf8) {
            Ok(Ok(text)) => text,
            Ok(Err(_)) => return Err(SignerError::NoKey { file }),
            Err(error) => return Err(SignerError::Unreadable { file, why: error.to_string() }),
        };
        let (key, public) = key(&text, &file)?;
        let canonicalization =
            DkimCanonicalization { header: DkimCanonicalizationType::Relaxed, body: DkimCanonicalizationType::Relaxed };
        // Each name twice: the second stands for there being no second. lettre hashes a header once
        // however often it is named, as RFC 6376 asks.
        let names = SIGNED.iter().chain(&SIGNED).map(|name| HeaderName::new_from_ascii_str(name));
        let config = DkimConfig::new(selector.clone(), domain.clone(), key, names.collect(), canonicalization);
        Ok(Signer { config, selector, domain, public })
    }

    /// Adds the signature. It must come last: a header that changes afterwards breaks it.
    ///
    /// The body must end with a line break, as every multipart does: SMTP would add one, lettre
    /// would not have signed it.
    pub fn sign(&self, message: &mut Message) {
        let headers = message.headers().to_string().len();
        if headers > HEADERS {
            tracing::error!(headers, "a letter with headers too long to sign leaves unsigned");
            return;
        }
        dkim_sign(message, &self.config);
    }

    /// The value of the TXT record that DNS must hold under [`Signer::name`].
    pub fn record(&self) -> String {
        format!("v=DKIM1; k={}; p={}", self.public.kind.as_str(), STANDARD.encode(&self.public.bytes))
    }

    pub fn name(&self) -> String {
        format!("{}._domainkey.{}", self.selector, self.domain)
    }

    pub fn domain(&self) -> &str {
        &self.domain
    }

    pub fn public(&self) -> &PublicKey {
        &self.public
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Signer({})", self.name())
    }
}

impl KeyKind {
    pub fn as_str(self) -> &'static str {
        match self {
            KeyKind::Rsa => "rsa",
            KeyKind::Ed25519 => "ed25519",
        }
    }
}

impl PublicKey {
    /// The key of a record's `p=`; none when that is not base64.
    pub fn of(kind: KeyKind, p: &str) -> Option<PublicKey> {
        let bytes = STANDARD.decode(p).ok()?;
        Some(PublicKey { kind, bytes })
    }
}

fn key(text: &str, file: &Path) -> Result<(DkimSigningKey, PublicKey), SignerError> {
    let no_key = || SignerError::NoKey { file: file.to_owned() };
    if text.contains("ENCRYPTED") {
        return Err(SignerError::Encrypted { file: file.to_owned() });
    }
    let text = text.trim();
    if let Ok(rsa) = RsaPrivateKey::from_pkcs1_pem(text).or_else(|_| RsaPrivateKey::from_pkcs8_pem(text).map_err(drop))
    {
        let bits = rsa.n().bits();
        if !RSA_BITS.contains(&bits) {
            return Err(SignerError::Bits { file: file.to_owned(), bits });
        }
        // PKCS#1 is the one form that lettre reads.
        let pem = rsa.to_pkcs1_pem(LineEnding::LF).map_err(|_| no_key())?;
        let bytes = rsa.to_public_key().to_public_key_der().map_err(|_| no_key())?.into_vec();
        let key = DkimSigningKey::new(&pem, DkimSigningAlgorithm::Rsa).map_err(|_| no_key())?;
        return Ok((key, PublicKey { kind: KeyKind::Rsa, bytes }));
    }
    let seed = || <[u8; 32]>::try_from(STANDARD.decode(text).ok()?).ok();
    let ed25519 = SigningKey::from_pkcs8_pem(text).ok().or_else(|| Some(SigningKey::from_bytes(&seed()?)));
    let ed25519 = ed25519.ok_or_else(no_key)?;
    let key = DkimSigningKey::new(&STANDARD.encode(ed25519.to_bytes()), DkimSigningAlgorithm::Ed25519)
        .map_err(|_| no_key())?;
    Ok((key, PublicKey { kind: KeyKind::Ed25519, bytes: ed25519.verifying_key().to_bytes().to_vec() }))
}

/// A name as it stands in a signature. What DNS could not have would cut the header in two.
fn dns_name(setting: &'static str, given: &str, example: &'static str) -> Result<String, SignerError> {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len()) && label.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
    };
    if given.len() <= 200 && given.split('.').all(is_label) {
        return Ok(given.to_ascii_lowercase());
    }
    Err(SignerError::Name { setting, given: given.to_owned(), example })
}

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use lettre::message::{MultiPart, SinglePart, header::HeaderValue};
    use rsa::pkcs8::EncodePrivateKey;

    use super::*;

    /// A key made for this test, which signs nothing else.
    const RSA: &str = include_str!("../../tests/mail/dkim_rsa.pem");
    /// Of RFC 8463 (appendix A.1), as is its record.
    const SEED: &str = "nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=";
    const RECORD: &str = "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";

    fn read(text: &str) -> Result<Signer, SignerError> {
        let file = tempfile::NamedTempFile::new().expect("a file");
        std::fs::write(file.path(), text).expect("a file");
        Signer::read(file.path(), "s1", "Example.com")
    }

    fn letter(references: usize) -> Message {
        let references = HeaderValue::new(
            HeaderName::new_from_ascii_str("References"),
            "<0123456789abcdef@example.com> ".repeat(references).trim_end().to_owned(),
        );
        Message::builder()
            .from("plans@example.com".parse().expect("an address"))
            .to("mei@example.org".parse().expect("an address"))
            .subject("本週的步驟")
            .date(SystemTime::UNIX_EPOCH)
            .raw_header(references)
            .multipart(MultiPart::mixed().singlepart(SinglePart::plain("嗨".to_owned())))
            .expect("a message")
    }

    /// The names in `h=`.
    fn signed(signer: &Signer, mut message: Message) -> Option<Vec<String>> {
        signer.sign(&mut message);
        let header = message.headers().get_raw("DKIM-Signature")?;
        let names = header.split("; ").find_map(|tag| tag.strip_prefix("h=")).expect("h=");
        Some(names.split(':').map(str::to_owned).collect())
    }

    #[test]
    fn an_ed25519_key_in_either_form_gives_the_same_record() {
        let seed = read(&format!("{SEED}\n")).expect("a key");
        let key = SigningKey::from_bytes(&STANDARD.decode(SEED).expect("base64").try_into().expect("32 bytes"));
        let pem = ed25519_dalek::pkcs8::EncodePrivateKey::to_pkcs8_pem(&key, LineEnding::CRLF).expect("PEM");

        assert_eq!(seed.record(), RECORD);
        assert_eq!(seed.name(), "s1._domainkey.example.com");
        assert_eq!(read(&pem).expect("a key").record(), seed.record());
    }

    #[test]
    fn an_rsa_key_in_either_form_gives_the_same_record() {
        let pkcs1 = read(RSA).expect("a key");
        let key = RsaPrivateKey::from_pkcs1_pem(RSA).expect("a key");
        let pkcs8 = read(&key.to_pkcs8_pem(LineEnding::LF).expect("PEM")).expect("a key");

        assert!(pkcs1.record().starts_with("v=DKIM1; k=rsa; p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A"));
        assert_eq!(pkcs8.record(), pkcs1.record());
    }

    #[test]
    fn the_published_key_of_rfc_6376_is_too_weak_for_receivers_of_today() {
        let said = read(include_str!("../../tests/mail/dkim_rfc6376.pem")).unwrap_err();
        assert!(matches!(said, SignerError::Bits { bits: 1024, .. }), "{said}");
    }

    #[test]
    fn what_nobody_may_add_a_second_time_is_named_twice() {
        let names = signed(&read(SEED).expect("a key"), letter(1)).expect("a signature");

        for name in ["from", "subject", "reply-to", "list-id", "list-unsubscribe", "list-unsubscribe-post"] {
            assert_eq!(names.iter().filter(|named| *named == name).count(), 2, "{name}");
        }
        // lettre would not hash it.
        assert!(!names.contains(&"content-type".to_owned()));
    }

    #[test]
    fn headers_that_would_overflow_a_stack_are_not_signed() {
        let signer = read(SEED).expect("a key");
        let small_stack = std::thread::Builder::new().stack_size(2 << 20);
        let tried = small_stack.spawn(move || (signed(&signer, letter(200)), signed(&signer, letter(5000))));
        let (long, endless) = tried.expect("a thread").join().expect("no overflow");

        assert!(long.is_some() && endless.is_none());
    }

    #[test]
    fn no_error_shows_what_the_file_holds() {
        let cut = &RSA[..RSA.len() / 2];
        let said = [read("c2VjcmV0LWNhbmFyeQ==").unwrap_err(), read(cut).unwrap_err(), read("").unwrap_err()];

        assert!(said.iter().all(|error| matches!(error, SignerError::NoKey { .. })), "{said:?}");
        assert!(!format!("{said:?}").contains("c2VjcmV0"));
        assert_eq!(format!("{:?}", read(SEED).expect("a key")), "Signer(s1._domainkey.example.com)");
        let locked = "-----BEGIN ENCRYPTED PRIVATE KEY-----";
        assert!(matches!(read(locked).unwrap_err(), SignerError::Encrypted { .. }));
    }

    #[test]
    fn a_name_that_would_break_the_header_is_refused_with_its_setting() {
        let said = |selector, domain| Signer::read(Path::new("/nowhere"), selector, domain).unwrap_err().to_string();

        assert!(said("s1; d=example.net", "example.com").starts_with("DKIM_SELECTOR is"));
        assert!(said("s1", "例.example").starts_with("DKIM_DOMAIN is"));
        assert!(said("s1", "example.com").starts_with("DKIM_KEY is the file /nowhere, which cannot be read"));
    }
}
