//! How the sample company lived through its last three months.

use chrono::{DateTime, Utc};
use indicatif::ProgressBar;

use crate::cli::Failure;
use crate::clock::Clock;
use crate::store::pool::Pool;
use crate::worker::Worker;

pub async fn live(
    _pool: &Pool,
    _now: DateTime<Utc>,
    _worker: &dyn Fn(&Clock) -> Worker,
    _bar: &ProgressBar,
) -> Result<(), Failure> {
    Ok(())
}
