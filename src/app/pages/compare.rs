//! A release beside another one of the same program, for HR: what a plan that moved over would notice.

use chrono::{DateTime, Utc};
use diesel_async::AsyncPgConnection;
use serde::Serialize;

use super::curricula::pinned;
use super::drafts::short;
use super::tryout::{About, Which, subject};
use crate::app::Error;
use crate::engine::access::Viewer;
use crate::engine::diff::{Diff, StepHow, diff};
use crate::store::releases;

/// Two releases.
#[derive(Debug, Clone, Serialize)]
pub struct Compared {
    /// The newer one, as far as the reader is concerned.
    pub about: About,
    /// What it is held against; none when the program was never published otherwise.
    pub beside: Option<Beside>,
    /// What it can be held against.
    pub choices: Vec<Beside>,
    pub steps: usize,
    pub added: usize,
    pub removed: usize,
    pub changed: usize,
    /// `render` has the words.
    #[serde(skip)]
    pub diff: Diff,
}

/// A published release of the program.
#[derive(Debug, Clone, Serialize)]
pub struct Beside {
    pub hash: String,
    pub href: String,
    pub short_hash: String,
    pub published_at: DateTime<Utc>,
    pub is_current: bool,
    /// Plans that stand on it, and stay there.
    pub plans: usize,
}

/// Compares a release with another one: `with`, else the one that new plans start on, else the newest.
///
/// # Errors
/// The viewer is not HR, there is no such release, or the database fails.
pub async fn load(conn: &mut AsyncPgConnection, viewer: Viewer, which: &Which, with: &str) -> Result<Compared, Error> {
    let subject = subject(conn, viewer, which).await?;
    let program = &subject.release.program.name;
    let plans = pinned(conn, viewer).await?;
    let mut others = releases::all(conn).await?;
    others.retain(|one| one.release.program.name == *program && one.release.hash != subject.release.hash);
    let chosen = match others.iter().position(|one| one.release.hash == with) {
        None if !with.is_empty() => return Err(Error::NotFound),
        None => others.iter().position(|one| one.is_current).or_else(|| (!others.is_empty()).then_some(0)),
        found => found,
    };
    let choices: Vec<Beside> = others
        .iter()
        .map(|one| Beside {
            hash: one.release.hash.clone(),
            href: format!("/curricula/{}", one.release.hash),
            short_hash: short(&one.release.hash),
            published_at: one.published_at,
            is_current: one.is_current,
            plans: plans.iter().filter(|plan| **plan == one.release.hash).count(),
        })
        .collect();
    let found = chosen.and_then(|at| others.get(at)).map(|one| diff(&one.release, &subject.release));
    let found = found.unwrap_or_default();
    let count = |is: fn(&StepHow) -> bool| found.steps.iter().filter(|change| is(&change.how)).count();
    Ok(Compared {
        beside: chosen.and_then(|at| choices.get(at)).cloned(),
        choices,
        steps: subject.release.steps().count(),
        added: count(|how| matches!(how, StepHow::Added { .. })),
        removed: count(|how| matches!(how, StepHow::Removed { .. })),
        changed: count(|how| matches!(how, StepHow::Changed { .. })),
        about: subject.about,
        diff: found,
    })
}
