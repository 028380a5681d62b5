//! Whether a week of a program asks for more than its author allows.

use crate::engine::load;
use crate::engine::message::Message;
use crate::engine::release::Release;

use super::findings::Findings;
use super::programs::Whole;

/// Steps that are named.
const NAMED: usize = 3;

/// Warns of the fullest week. Asked only of a release that nothing is wrong with.
pub fn check(findings: &mut Findings, whole: &Whole, release: &Release) {
    let Some(limit) = release.program.load else { return };
    let weeks = load::weeks(release, limit.team);
    let over = |week: &&load::Week| week.minutes > u32::from(limit.hours) * 60;
    let count = weeks.iter().filter(over).count();
    // Of equally full weeks, the first.
    let Some(worst) = weeks.iter().filter(over).rev().max_by_key(|week| week.minutes) else { return };
    let named = worst.shares.iter().take(NAMED).map(|(id, minutes)| format!("{id} ({})", hours(*minutes)));
    let message = Message::new("problem-load-over-limit").with("week", i64::from(worst.number));
    let message = message.with("hours", hours(worst.minutes)).with("limit", i64::from(limit.hours));
    let message = message.with("team", i64::from(limit.team)).with("count", count);
    findings.warning(whole.own.load, message.with("steps", named.collect::<Vec<_>>().join(", ")));
}

/// With one digit after the point.
fn hours(minutes: u32) -> String {
    format!("{:.1}", f64::from(minutes) / 60.0)
}
