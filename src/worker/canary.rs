//! Says on the log that no mail leaves at all, to whoever looks after the program.

use chrono::{DateTime, TimeDelta, Utc};

use super::{Worker, WorkerError};
use crate::app::outbox::canary;

/// Between two looks, and before the first: a program that was down for an hour needs a moment to send
/// what waited for it.
const LOOK: TimeDelta = TimeDelta::minutes(1);

/// Between two warnings.
const SAID: TimeDelta = TimeDelta::hours(1);

/// When to look again.
pub(super) struct Watch(DateTime<Utc>);

impl Worker {
    pub(super) fn begin_watch(&self) -> Watch {
        Watch(self.clock.now() + LOOK)
    }

    pub(super) async fn watch(&self, watch: &mut Watch) -> Result<(), WorkerError> {
        let now = self.clock.now();
        if now < watch.0 {
            return Ok(());
        }
        let mut conn = self.pool.get().await?;
        let sung = canary(&mut conn, now).await?;
        watch.0 = now + if sung.is_some() { SAID } else { LOOK };
        if let Some(canary) = sung {
            let last_sent = canary.last_sent.map(tracing::field::display);
            tracing::error!(owed = canary.owed, since = %canary.since, last_sent, "mail is owed, and none leaves");
        }
        Ok(())
    }
}
