//! Logs: one line an event, on standard error, without the words of people or the secrets of links.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;

/// Writes logs of `level` and above (`info`, or what `RUST_LOG` says).
pub fn init(filter: Option<&str>) {
    let filter = EnvFilter::try_new(filter.unwrap_or("info")).unwrap_or_else(|_| EnvFilter::new("info"));
    // Colours are for a terminal; in a file or a journal they are noise.
    let colours = std::io::stderr().is_terminal();
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_ansi(colours).with_writer(std::io::stderr);
    // A second call (in tests) keeps the first.
    drop(log.try_init());
}

/// A path without the secrets that some addresses hold.
pub fn masked(path: &str) -> String {
    let mut parts: Vec<&str> = path.split('/').collect();
    if matches!(parts.get(1), Some(&"sign-in" | &"mentor-answer")) && parts.len() > 2 {
        parts[2] = "…";
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn the_secret_of_a_link_stands_in_no_log() {
        assert_eq!(masked("/sign-in/0123abcd"), "/sign-in/…");
        assert_eq!(masked("/mentor-answer/0123abcd/accept"), "/mentor-answer/…/accept");
        assert_eq!(masked("/plans/1/steps/a"), "/plans/1/steps/a");
    }
}
