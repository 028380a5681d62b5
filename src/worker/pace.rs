//! How often the worker looks, how much it takes at once, and how long it waits for others.

use std::collections::VecDeque;
use std::time::Duration;

use tokio::time::Instant;

/// How often it looks, how much it takes at once, and how long it waits for others.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// Between two looks when there was nothing to do.
    pub idle: Duration,
    /// Letters on their way at the same time, each on a connection of its own. One is kept free for
    /// letters that somebody waits for, where there are two or more.
    pub at_once: usize,
    /// The most letters that are begun in any second.
    pub per_second: Option<u16>,
    pub limits: Limits,
}

/// How long each part of an attempt may take, and how long a letter is leased for it.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// From its claim until it is begun; longer and it is given back.
    pub begin: Duration,
    pub compose: Duration,
    pub connect: Duration,
    pub send: Duration,
    /// How long settling is tried while the database is away.
    pub settle: Duration,
    /// Outlives all of these, or a slow relay gets the mail twice.
    pub lease: Duration,
}

impl Limits {
    pub const USUAL: Limits = Limits {
        begin: Duration::from_secs(20),
        compose: Duration::from_secs(10),
        connect: Duration::from_secs(15),
        send: Duration::from_secs(30),
        settle: Duration::from_secs(30),
        lease: Duration::from_secs(120),
    };

    const fn attempt(&self) -> u64 {
        self.compose.as_secs() + self.connect.as_secs() + self.send.as_secs()
    }
}

const _: () = {
    let usual = Limits::USUAL;
    assert!(usual.attempt() <= 60);
    assert!(usual.begin.as_secs() + usual.attempt() + usual.settle.as_secs() < usual.lease.as_secs());
};

impl Default for Pace {
    fn default() -> Pace {
        Pace { idle: Duration::from_secs(1), at_once: 4, per_second: None, limits: Limits::USUAL }
    }
}

/// Sees that no second has more letters than it may: remembers when the last ones left.
pub(super) struct Meter {
    most: Option<usize>,
    left: VecDeque<Instant>,
}

const SECOND: Duration = Duration::from_secs(1);

impl Meter {
    pub fn new(per_second: Option<u16>) -> Meter {
        Meter { most: per_second.map(usize::from), left: VecDeque::new() }
    }

    /// When the next letter may leave.
    pub fn next(&self) -> Option<Instant> {
        let earlier = self.left.len().checked_sub(self.most?)?;
        self.left.get(earlier).map(|left| *left + SECOND)
    }

    /// How many left within the last second.
    pub fn rate(&mut self, now: Instant) -> usize {
        while self.left.front().is_some_and(|left| *left + SECOND <= now) {
            self.left.pop_front();
        }
        self.left.len()
    }

    pub fn count(&mut self, now: Instant) {
        self.rate(now);
        self.left.push_back(now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_second_has_more_letters_than_it_may() {
        let (mut meter, begun) = (Meter::new(Some(3)), Instant::now());
        let mut now = begun;
        let mut left = Vec::new();
        for _ in 0..30 {
            now = meter.next().map_or(now, |next| next.max(now));
            meter.count(now);
            left.push(now);
            now += Duration::from_millis(70);
        }
        let crowded = left.windows(4).filter(|four| four[3] - four[0] < Duration::from_secs(1)).count();
        assert_eq!(crowded, 0);
        assert!(left[29] - begun < Duration::from_secs(10), "and no more is waited than need be");
    }

    #[test]
    fn without_a_limit_nothing_is_waited_for() {
        let (mut meter, now) = (Meter::new(None), Instant::now());
        for _ in 0..5 {
            meter.count(now);
        }
        assert!(meter.next().is_none());
    }

    #[test]
    fn the_rate_is_that_of_the_last_second() {
        let (mut meter, now) = (Meter::new(None), Instant::now());
        for tenth in 0..30 {
            meter.count(now + SECOND / 10 * tenth);
        }
        assert_eq!(meter.rate(now + SECOND * 29 / 10), 10);
        assert_eq!(meter.rate(now + SECOND * 4), 0);
    }
}
