//! The chain over a plan's facts: each link covers the payload text as stored and the link before.

use sha2::{Digest, Sha256};

/// One link of the chain.
pub type Link = [u8; 32];

/// What the first fact of a plan is chained to.
pub const ROOT: Link = [0; 32];

/// The link of a fact, over the exact text that is stored (a database may reorder the keys of JSON,
/// so the text is what counts).
pub fn link(before: &Link, payload: &str) -> Link {
    Sha256::new().chain_update(before).chain_update(payload.as_bytes()).finalize().into()
}

/// The digest by which a fact vouches for a writing: the salt keeps short answers from being guessed.
pub fn digest(salt: &[u8], body: &[u8]) -> Link {
    Sha256::new().chain_update(salt).chain_update(body).finalize().into()
}
