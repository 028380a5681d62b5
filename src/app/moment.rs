//! When and by which chance a use case happens: both come in as an argument.

use std::fmt;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::engine::chain::{Link, digest};
use crate::engine::vocabulary::narrow;

/// The moment of a use case.
#[derive(Debug, Clone)]
pub struct Moment {
    pub now: DateTime<Utc>,
    pub chance: Chance,
}

/// Random bytes from wherever the program or a test takes them.
#[derive(Clone)]
pub struct Chance(Arc<Fill>);

type Fill = dyn Fn(&mut [u8]) + Send + Sync;

impl fmt::Debug for Chance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Chance")
    }
}

impl Chance {
    pub fn new(fill: impl Fn(&mut [u8]) + Send + Sync + 'static) -> Chance {
        Chance(Arc::new(fill))
    }

    fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        (self.0)(&mut bytes);
        bytes
    }
}

/// A secret for a link or a cookie, and the hash by which it is kept.
pub struct Token {
    /// In hex; only the reader of a mail or the holder of a cookie has it.
    pub secret: String,
    pub hash: Link,
}

impl Token {
    fn new(secret: String) -> Token {
        let hash = token_hash(&secret);
        Token { secret, hash }
    }
}

impl Moment {
    /// A new UUIDv7: ordered by the moment, unlike any other.
    pub fn id(&self) -> Uuid {
        let millis = u64::try_from(self.now.timestamp_millis()).unwrap_or(0);
        uuid::Builder::from_unix_timestamp_millis(millis, &self.chance.bytes::<10>()).into_uuid()
    }

    pub fn salt(&self) -> Vec<u8> {
        self.chance.bytes::<16>().to_vec()
    }

    pub fn token(&self) -> Token {
        Token::new(hex::encode(self.chance.bytes::<32>()))
    }

    /// A code for paper: 60 bits in letters and digits that nobody takes for others, and that a phone's keyboard
    /// has. It is kept by [`code_hash`].
    pub fn code(&self) -> String {
        let letter = |byte: u8| char::from(LETTERS[usize::from(byte) % LETTERS.len()]);
        let letters: Vec<char> = self.chance.bytes::<12>().into_iter().map(letter).collect();
        letters.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join("-")
    }

    /// The two secrets of a letter: for what servers report of it, and for answers to it. The first is shown
    /// by no answer, which everybody who gets a copy can read; one row is enough to know both by.
    ///
    /// 128 bits, for an address: its part before the `@` holds no more than 64 characters.
    pub fn letter_tokens(&self) -> (String, Token) {
        let back = hex::encode(self.chance.bytes::<16>());
        let answer = Token::new(answering(&back));
        (back, answer)
    }
}

/// The secret for answers to a letter, from the one for what servers report of it; there is no way back.
pub fn answering(back: &str) -> String {
    hex::encode(&digest(b"pilothouse answer", back.as_bytes())[..16])
}

/// As many as divide a byte evenly, without those that look like others.
const LETTERS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

/// The hash by which a code is kept, however somebody typed it.
pub fn code_hash(code: &str) -> Link {
    let letters: String = code.chars().map(narrow).filter(char::is_ascii_alphanumeric).collect();
    digest(b"pilothouse code", letters.to_ascii_uppercase().as_bytes())
}

/// The hash by which a token is kept.
pub fn token_hash(secret: &str) -> Link {
    digest(b"pilothouse token", secret.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_the_same_however_it_is_typed() {
        let chance = Chance::new(|bytes| bytes.iter_mut().zip(0..).for_each(|(byte, n)| *byte = n * 21));
        let code = Moment { now: DateTime::UNIX_EPOCH, chance }.code();
        assert_eq!((code.len(), code.matches('-').count()), (14, 2));
        assert_eq!(code_hash(&code), code_hash(&format!(" {} ", code.to_lowercase().replace('-', " "))));
        let wide = |c: char| char::from_u32(c as u32 + 0xfee0).expect("a letter");
        assert_eq!(code_hash(&code), code_hash(&code.chars().map(wide).collect::<String>()), "from a Chinese keyboard");
        assert_ne!(code_hash(&code), code_hash(&code.replace('-', "2")));
    }

    #[test]
    fn whoever_has_the_secret_for_answers_has_not_the_one_for_what_servers_report() {
        let chance = Chance::new(|bytes| bytes.fill(7));
        let (back, answer) = Moment { now: DateTime::UNIX_EPOCH, chance }.letter_tokens();
        assert_eq!(answering(&back), answer.secret);
        assert_eq!(token_hash(&answer.secret), answer.hash);
        assert_ne!(back, answer.secret);
        assert_ne!(token_hash(&answering(&answer.secret)), answer.hash);
    }
}
