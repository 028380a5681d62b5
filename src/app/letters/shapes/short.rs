//! Lists of which a letter shows the first lines: mail clients clip a letter that is too long, and what
//! stands at its end with it.

use serde::Serialize;

/// So many lines of a list are shown.
pub const MOST: usize = 8;

/// As [`MOST`], of the reader's own lists in HR's digest, which has lists enough of its own.
pub const MOST_BESIDE_OTHERS: usize = 4;

/// The first lines of a list, and how many more it has.
#[derive(Debug, Clone, Serialize)]
pub struct Short<T> {
    pub shown: Vec<T>,
    pub more: usize,
    /// Where all of it stands.
    pub url: String,
}

impl<T> Short<T> {
    /// The first `most` of a list that begins with the most urgent.
    pub fn new(mut list: Vec<T>, most: usize, url: impl Into<String>) -> Short<T> {
        let more = list.len().saturating_sub(most);
        list.truncate(most);
        Short { shown: list, more, url: url.into() }
    }

    /// How long the whole list is.
    pub fn all(&self) -> usize {
        self.shown.len() + self.more
    }

    pub fn map<U>(self, to: impl FnMut(T) -> U) -> Short<U> {
        Short { shown: self.shown.into_iter().map(to).collect(), more: self.more, url: self.url }
    }
}
