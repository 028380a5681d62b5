//! When a letter is tried again, and how long to leave a database or a relay alone that is down.

use std::fmt::Display;
use std::time::Duration;

use crate::app::Moment;
use crate::store::outbox::Kind;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;

/// Seconds after each failed attempt; after the last one a letter is given up. A mailbox that is
/// full over a long weekend still gets its mail.
const WAITS: [i64; 11] =
    [MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR, 12 * HOUR, 24 * HOUR, 24 * HOUR, 24 * HOUR];

/// Somebody waits before a screen: soon or never. An hour later the link would only puzzle them.
const WAITS_TO_SIGN_IN: [i64; 5] = [5, 15, 30, MINUTE, 2 * MINUTE];

/// Attempts of which none ended, when a letter is set aside: as many as one that is only unlucky, begun
/// by workers that are killed, is never likely to need.
pub(super) const MOST_BEGUN: i32 = 20;

/// Waits spread over a fifth to each side, so that letters that failed together do not all come
/// back in the same second.
const SPREAD_PER_CENT: i64 = 20;

/// The longest that a database or a relay is left alone.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// Seconds until the next attempt; none when `attempt`, counted from 1, was the last.
pub(super) fn wait_after(kind: Kind, attempt: i32, roll: u8) -> Option<i64> {
    let waits: &[i64] = if kind == Kind::SignIn { &WAITS_TO_SIGN_IN } else { &WAITS };
    let failed = usize::try_from(attempt).unwrap_or(1).max(1);
    waits.get(failed - 1).map(|seconds| spread(*seconds, roll))
}

/// Seconds until a letter is tried again that met a relay or database which could not be used: as
/// after a first failure, however often, because what decides is the pause of what is down.
pub(super) fn wait_for_others(kind: Kind, roll: u8) -> i64 {
    spread(if kind == Kind::SignIn { WAITS_TO_SIGN_IN[0] } else { WAITS[0] }, roll)
}

/// From a fifth less (roll 0) to a fifth more (roll 255).
fn spread(seconds: i64, roll: u8) -> i64 {
    let per_cent = 100 - SPREAD_PER_CENT + 2 * SPREAD_PER_CENT * i64::from(roll) / i64::from(u8::MAX);
    seconds * per_cent / 100
}

/// A random byte for [`wait_after`].
pub(super) fn roll(moment: &Moment) -> u8 {
    moment.salt().first().copied().unwrap_or(0)
}

/// Something that is down: said once, looked at again later and later, and said when it is back.
#[derive(Debug)]
pub(super) struct Troubles {
    doing: &'static str,
    failures: u32,
}

impl Troubles {
    pub fn new(doing: &'static str) -> Troubles {
        Troubles { doing, failures: 0 }
    }

    /// One more failure in a row; how long to wait before the next try.
    pub fn more(&mut self, error: &dyn Display) -> Duration {
        if self.failures == 0 {
            tracing::error!(%error, "{} fails; it is tried again until it works", self.doing);
        } else {
            tracing::debug!(%error, failures = self.failures, "{} still fails", self.doing);
        }
        self.failures = self.failures.saturating_add(1);
        pause_after(self.failures)
    }

    pub fn are_over(&mut self) {
        if self.failures > 0 {
            tracing::info!(failures = self.failures, "{} works again", self.doing);
        }
        self.failures = 0;
    }
}

/// 1, 2, 4 .. seconds, up to the longest.
fn pause_after(failures: u32) -> Duration {
    let doublings = failures.saturating_sub(1).min(16);
    Duration::from_secs(1 << doublings).min(LONGEST_PAUSE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_first_attempts_come_after_one_five_and_fifteen_minutes_and_an_hour() {
        let middle = |attempt| wait_after(Kind::Brief, attempt, 127).expect("another attempt");
        let near = |wait: i64, minutes: i64| (wait - minutes * MINUTE).abs() * 50 <= minutes * MINUTE;
        assert!(near(middle(1), 1) && near(middle(2), 5) && near(middle(3), 15) && near(middle(4), 60));
    }

    #[test]
    fn a_wait_is_a_fifth_shorter_or_longer_at_the_limits_of_chance() {
        assert_eq!(wait_after(Kind::Brief, 1, 0), Some(48));
        assert_eq!(wait_after(Kind::Brief, 1, u8::MAX), Some(72));
        assert_eq!(wait_after(Kind::Digest, 11, 0), Some(24 * HOUR * 4 / 5));
        assert_eq!(wait_after(Kind::Digest, 11, u8::MAX), Some(24 * HOUR * 6 / 5));
    }

    #[test]
    fn the_twelfth_failure_is_the_last() {
        assert!(wait_after(Kind::Welcome, 11, 0).is_some());
        assert_eq!(wait_after(Kind::Welcome, 12, 0), None);
        assert_eq!(wait_after(Kind::Welcome, i32::MAX, 0), None);
    }

    #[test]
    fn a_sign_in_link_is_tried_for_as_long_as_somebody_may_wait_for_it() {
        let all: i64 = (1..=5).filter_map(|attempt| wait_after(Kind::SignIn, attempt, u8::MAX)).sum();
        assert!(all <= 10 * MINUTE);
        assert_eq!(wait_after(Kind::SignIn, 6, 0), None);
    }

    #[test]
    fn an_attempt_that_was_never_counted_waits_like_the_first() {
        assert_eq!(wait_after(Kind::Brief, 0, 0), wait_after(Kind::Brief, 1, 0));
        assert_eq!(wait_after(Kind::Brief, i32::MIN, 0), wait_after(Kind::Brief, 1, 0));
    }

    #[test]
    fn a_database_that_is_down_is_left_alone_longer_and_longer_but_never_over_a_minute() {
        assert_eq!(pause_after(1), Duration::from_secs(1));
        assert_eq!(pause_after(2), Duration::from_secs(2));
        assert_eq!(pause_after(6), Duration::from_secs(32));
        assert_eq!(pause_after(7), Duration::from_secs(60));
        assert_eq!(pause_after(u32::MAX), Duration::from_secs(60));
    }

    proptest! {
        #[test]
        fn every_wait_is_positive_and_at_most_29_hours(attempt in any::<i32>(), roll in any::<u8>(), n in 0..Kind::ALL.len()) {
            if let Some(wait) = wait_after(Kind::ALL[n], attempt, roll) {
                prop_assert!((1..=29 * HOUR).contains(&wait));
            }
        }
    }
}
