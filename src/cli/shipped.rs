//! The program and calendars that are inside the binary.

use rust_embed::RustEmbed;

use crate::curriculum::SourceFile;

#[derive(RustEmbed)]
#[folder = "curricula"]
#[include = "*.yaml"]
#[include = "calendars/*.yaml"]
struct Shipped;

/// Every shipped file.
pub fn files() -> Vec<SourceFile> {
    Shipped::iter()
        .filter_map(|path| {
            let file = Shipped::get(&path)?;
            Some(SourceFile { path: path.into_owned(), bytes: file.data.into_owned() })
        })
        .collect()
}
