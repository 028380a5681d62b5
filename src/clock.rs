//! The program's clock: the only place that asks the machine what time it is.
//!
//! A demo's clock runs ahead of the machine's, and a test's stands still, so everything else gets
//! `now` as an argument.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, TimeDelta, Utc};

/// What people see runs on this clock; leases, back-off and token expiry run on the database's.
#[derive(Debug, Clone)]
pub struct Clock(Kind);

#[derive(Debug, Clone)]
enum Kind {
    System,
    /// Seconds ahead of the machine's clock.
    Ahead(Arc<AtomicI64>),
    /// Stands still at these microseconds since 1970 until it is set.
    Fixed(Arc<AtomicI64>),
}

impl Clock {
    pub fn system() -> Clock {
        Clock(Kind::System)
    }

    /// The demo's clock, `seconds` ahead to begin with.
    pub fn ahead(seconds: i64) -> Clock {
        Clock(Kind::Ahead(Arc::new(AtomicI64::new(seconds))))
    }

    /// A test's clock.
    pub fn fixed(at: DateTime<Utc>) -> Clock {
        Clock(Kind::Fixed(Arc::new(AtomicI64::new(at.timestamp_micros()))))
    }

    pub fn now(&self) -> DateTime<Utc> {
        match &self.0 {
            Kind::System => machine(),
            Kind::Ahead(seconds) => machine() + TimeDelta::seconds(seconds.load(Ordering::SeqCst)),
            Kind::Fixed(micros) => {
                DateTime::from_timestamp_micros(micros.load(Ordering::SeqCst)).unwrap_or(DateTime::UNIX_EPOCH)
            }
        }
    }

    /// Moves a demo's or a test's clock to a moment; the system's clock is nobody's to move.
    pub fn travel_to(&self, to: DateTime<Utc>) {
        match &self.0 {
            Kind::System => {}
            Kind::Ahead(seconds) => {
                // Rounded up: a clock that stopped short of a due moment would be asked again and again.
                let ahead = (to - machine() + TimeDelta::microseconds(999_999)).num_seconds();
                seconds.fetch_max(ahead, Ordering::SeqCst);
            }
            Kind::Fixed(micros) => micros.store(to.timestamp_micros(), Ordering::SeqCst),
        }
    }

    /// How many seconds a demo's clock is ahead.
    pub fn seconds_ahead(&self) -> i64 {
        match &self.0 {
            Kind::Ahead(seconds) => seconds.load(Ordering::SeqCst),
            _ => 0,
        }
    }
}

/// Whole microseconds: Postgres keeps no more, and a fact must read back as it was written.
#[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
fn machine() -> DateTime<Utc> {
    let now = Utc::now();
    DateTime::from_timestamp_micros(now.timestamp_micros()).unwrap_or(now)
}
