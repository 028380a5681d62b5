//! Logs: one line an event, on standard error, without the words of people or the secrets of links.

use std::io::IsTerminal;

use tracing::{Level, Metadata};
use tracing_subscriber::filter::{EnvFilter, filter_fn};
use tracing_subscriber::layer::{Layer, SubscriberExt};
use tracing_subscriber::util::SubscriberInitExt;

/// Writes logs as `filter` says (`RUST_LOG`'s syntax); else warnings and errors.
pub fn init(filter: Option<&str>) {
    let filter = EnvFilter::try_new(filter.unwrap_or("warn")).unwrap_or_else(|_| EnvFilter::new("warn"));
    // Colours are for a terminal; in a file or a journal they are noise.
    let colours = std::io::stderr().is_terminal();
    let lines = tracing_subscriber::fmt::layer().with_ansi(colours).with_writer(std::io::stderr);
    let log = tracing_subscriber::registry().with(filter).with(lines.with_filter(filter_fn(is_discreet)));
    // A second call (in tests) keeps the first.
    drop(log.try_init());
}

/// Below `info`, other crates print what passes through them: the database driver every parameter,
/// the templates every value. Those are people's words and the hashes of their cookies.
fn is_discreet(event: &Metadata<'_>) -> bool {
    *event.level() <= Level::INFO || event.target().starts_with("pilothouse")
}
