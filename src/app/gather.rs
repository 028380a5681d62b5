//! Handing in what one page gathers: many weekly rituals, all or none of them.

use super::files::Given;
use super::steps::{self, At};
use super::worlds::{self, PlanWorld};
use super::{Error, Moment};
use crate::engine::Refusal;
use crate::engine::access::{self, Viewer};
use crate::engine::form::FieldProblem;
use crate::engine::release::Gather;
use crate::engine::vocabulary::{PlanId, StepKey};
use crate::store::pool::Tx;
use crate::store::{self, writings};

/// The page of a plan that acts, as its doer saw it.
#[derive(Debug, Clone)]
pub struct Page {
    pub plan: PlanId,
    /// The gathering's id.
    pub gather: String,
    pub seen: Option<u64>,
}

/// Parts of the page with what was sent for them.
pub type Sent = Vec<(StepKey, Given)>;

/// How the fields of one part are told from those of the others: their names begin with this.
pub fn prefix(key: &StepKey) -> String {
    format!("{}-{}--", key.id, key.turn)
}

/// The part that a name with a prefix belongs to.
pub fn part(name: &str) -> Option<StepKey> {
    let (id, turn) = name.split_once("--")?.0.rsplit_once('-')?;
    let key: StepKey = id.parse().ok()?;
    Some(key.at_turn(turn.parse().ok().filter(|turn| *turn > 0)?))
}

/// Hands in the parts that were filled in. A part that is wholly empty is left for later, without the
/// draft that stood in it.
///
/// # Errors
/// The page is not the viewer's; nothing was filled in ([`Error::Invalid`] without a problem); a part
/// is not as its form asks (with every problem of every part, under prefixed names); or a rule refuses
/// a part. Then nothing was handed in.
pub async fn hand_in(tx: &mut Tx, who: Viewer, page: &Page, sent: Sent, moment: &Moment) -> Result<(), Error> {
    may_use(tx, who, page, &sent).await?;
    let (filled, emptied): (Sent, Sent) = sent.into_iter().partition(|(_, given)| has_words(given));
    if filled.is_empty() {
        return Err(Error::Invalid(Vec::new()));
    }
    let mut problems = Vec::new();
    for (step, given) in filled {
        let before = prefix(&step);
        let at = At { plan: page.plan, step, seen: page.seen };
        match steps::hand_in(tx, who, &at, given, moment).await {
            Ok(()) => {}
            Err(Error::Refused(Refusal::Evidence(of_part))) => {
                problems.extend(of_part.into_iter().map(|problem| FieldProblem {
                    field: format!("{before}{}", problem.field),
                    message: problem.message,
                }))
            }
            Err(other) => return Err(other),
        }
    }
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    for (step, _) in emptied {
        store::files::prune(tx, page.plan, &step, who.id, &[]).await?;
        writings::drop_draft(tx, page.plan, &step, who.id).await?;
    }
    Ok(())
}

/// Keeps what was typed as a draft of each part. An empty part is kept only where it empties a draft:
/// `drafts` are the parts that have one.
///
/// # Errors
/// As [`steps::save_draft`].
pub async fn save_drafts(
    tx: &mut Tx,
    who: Viewer,
    page: &Page,
    sent: Sent,
    drafts: &[StepKey],
    moment: &Moment,
) -> Result<(), Error> {
    may_use(tx, who, page, &sent).await?;
    for (step, given) in sent.into_iter().filter(|(step, given)| has_words(given) || drafts.contains(step)) {
        let at = At { plan: page.plan, step, seen: page.seen };
        steps::save_draft(tx, who, &at, given, moment).await?;
    }
    Ok(())
}

/// Whether anything was written, chosen or uploaded.
pub fn has_words(given: &Given) -> bool {
    !given.answers.texts().is_empty() || !given.uploads.is_empty()
}

async fn may_use(tx: &mut Tx, who: Viewer, page: &Page, sent: &Sent) -> Result<(), Error> {
    let world = worlds::find(tx, who.scope(), page.plan).await?;
    let gather = find(&world, who, &page.gather)?;
    let is_part = |key: &StepKey| key.member.is_none() && gather.steps.contains(&key.id);
    if sent.iter().all(|(key, _)| is_part(key)) { Ok(()) } else { Err(Error::NotFound) }
}

/// A gathering of the plan's program, for whoever does its rituals.
///
/// # Errors
/// There is none of this name, or it is not the viewer's to do: both look the same.
pub fn find<'w>(world: &'w PlanWorld, who: Viewer, id: &str) -> Result<&'w Gather, Error> {
    let gather = world.release.program.gather.iter().find(|gather| gather.id == id).ok_or(Error::NotFound)?;
    let mut steps = gather.steps.iter().filter_map(|step| world.release.step(step));
    if steps.any(|def| access::may_do(&world.plan, def, who)) { Ok(gather) } else { Err(Error::NotFound) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_part_of_a_field_is_read_from_its_name() {
        let key: StepKey = "coach_or_closer.3".parse().expect("a key");
        assert_eq!(part(&format!("{}what.0.by", prefix(&key))), Some(key));
        assert_eq!(part("seen"), None);
        assert_eq!(part("coach-0--what"), None);
        assert_eq!(part("coach--what"), None);
    }
}
