//! A running plan takes another release. Steps map by their names and by `was`; finished work is never
//! lost and never asked again.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};

use super::access::Actor;
use super::arrange::{Arrangement, Kept};
use super::decide::{World, needs, needs_hr_or};
use super::decision::Facts;
use super::deed::{Deed, Taken};
use super::diff::{self, Diff, StepChange, StepFacet, StepHow};
use super::fact::{Fact, What};
use super::plan::{CloseReason, Plan, StepState};
use super::refusal::Refusal;
use super::release::{Release, StepDef};
use super::ritual;
use super::vocabulary::{Role, StepId, StepKey, in_run, split_run};

mod family;
mod stays;

use family::{Family, held};
pub use stays::{Stay, StayWhy, stays};

/// What becomes of the changes of a release in the plans that take it; what is not named is applied.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Policy {
    /// Steps whose change, coming or going the plans don't take: as the new release names them, or the
    /// old one if they are gone.
    pub skip: BTreeSet<StepId>,
    /// Those that the manager is asked about.
    pub offer: BTreeSet<StepId>,
}

/// What a release changes against another one, worked out once for all plans that move over.
#[derive(Debug, Clone)]
pub struct Changes {
    from: String,
    pub diff: Diff,
    /// New names by old ones, of every step that stands in both; and the other way round.
    names: BTreeMap<StepId, StepId>,
    olds: BTreeMap<StepId, StepId>,
}

/// An upgrade of one plan.
pub struct Upgrade<'a> {
    /// The release that the plan takes, as published.
    pub to: &'a Release,
    /// From the release that the plan runs.
    pub changes: &'a Changes,
    pub policy: &'a Policy,
    /// Steps with a form that somebody began to fill: they are not taken away.
    pub begun: &'a BTreeSet<StepKey>,
}

/// What becomes of one change in one plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// The plan takes it.
    Taken,
    /// The step stays as the plan has it.
    Stays,
    /// The step is gone from the release; what was done of it stays, and nothing more comes.
    Rests,
    /// A step that the plan does not take.
    Left,
}

impl Changes {
    /// What `to` changes.
    pub fn between(from: &Release, to: &Release) -> Changes {
        let names = diff::names(from, to);
        let olds = names.iter().map(|(old, new)| (new.clone(), old.clone())).collect();
        Changes { from: from.hash.clone(), diff: diff::diff(from, to), names, olds }
    }

    /// The step's name before.
    fn old<'a>(&'a self, new: &'a StepId) -> &'a StepId {
        self.olds.get(new).unwrap_or(new)
    }
}

/// The facts of an upgrade. `world.tailor` holds both releases.
///
/// # Errors
/// The actor is not HR, the plan ended or runs the release already.
pub fn upgrade(world: &World, actor: Actor, upgrade: &Upgrade, now: DateTime<Utc>) -> Result<Vec<Fact>, Refusal> {
    needs(world, actor, Role::Hr)?;
    if let Some(ended) = &world.plan.arranged.ended {
        return Err(Refusal::PlanEnded { how: ended.how, at: ended.at });
    }
    if upgrade.to.hash == world.plan.release {
        return Err(Refusal::SameRelease);
    }
    let passage = Passage::new(world, upgrade);
    let fates: Vec<(&StepChange, Fate)> =
        upgrade.changes.diff.steps.iter().map(|change| (change, passage.fate(change))).collect();
    let names = passage.names();
    let mut facts = Facts::new(actor, now);
    let withdrawn = passage.withdrawn(&fates);
    let taken = passage.taken(&fates, &names, &withdrawn);
    facts.begin(Deed::Upgraded { to: upgrade.to.hash.clone(), taken: Box::new(taken) });
    for step in withdrawn {
        facts.push(What::Withdrawn { step });
    }
    for (old, new) in &names {
        for (key, _) in world.plan.of(old) {
            facts.push(What::Renamed { step: key.clone(), to: StepKey { id: new.clone(), ..key.clone() } });
        }
    }
    facts.grow(world);
    Ok(facts.list)
}

/// The manager's answer to a change that was offered.
///
/// # Errors
/// Nothing is offered there, the viewer is not the manager, or a hand-in that rests on the step as it is
/// waits for its reviewer.
pub(super) fn answer(world: &World, actor: Actor, step: StepId, take: bool, facts: &mut Facts) -> Result<(), Refusal> {
    needs_hr_or(world, actor, Some(Role::Manager))?;
    if !world.plan.arranged.offers.contains(&step) {
        return Err(Refusal::NothingOffered);
    }
    if !take {
        facts.begin(Deed::OfferDeclined { step });
        return Ok(());
    }
    let of_plan = Family { plan: world.plan, id: &step };
    // The manager's own yes lets a step go on whatever day it was; it gives no step another shape under its day.
    let (none, held) = (BTreeSet::new(), held(world.plan, &BTreeSet::new()));
    let base = world.tailor.releases.get(&world.plan.release);
    let kept = world.release.step(&step).filter(|_| world.plan.arranged.kept.contains_key(&step));
    let (keeps, rests, withdrawn) = match (kept, base.and_then(|base| base.step(&step))) {
        // It was left out until now.
        (None, _) => (false, false, Vec::new()),
        (Some(_), None) => {
            let is_worked = of_plan.is_worked(&none);
            (is_worked, is_worked, of_plan.untouched(&none))
        }
        (Some(was), Some(now)) => {
            let facets = diff::facets(was, now);
            if let Some(key) = of_plan.in_review().filter(|_| changes_review(&facets)) {
                return Err(Refusal::InReview { step: key.clone(), by: was.review.unwrap_or(Role::Mentor) });
            }
            let keeps = !of_plan.holding(was, now, &facets, &held).is_empty();
            let unfit = |key: &StepKey| !keeps && no_longer_fits(world.plan, key, was, now, &facets);
            (keeps, false, of_plan.untouched(&held).into_iter().filter(unfit).collect())
        }
    };
    facts.begin(Deed::OfferTaken { step, keeps, rests });
    for step in withdrawn {
        facts.push(What::Withdrawn { step });
    }
    Ok(())
}

/// A plan on its way to another release.
struct Passage<'a> {
    world: &'a World<'a>,
    upgrade: &'a Upgrade<'a>,
    plan: &'a Plan,
    /// Open turns that are not taken away though nothing was handed in.
    held: BTreeSet<StepKey>,
}

impl<'a> Passage<'a> {
    fn new(world: &'a World<'a>, upgrade: &'a Upgrade<'a>) -> Passage<'a> {
        Passage { world, upgrade, plan: world.plan, held: held(world.plan, upgrade.begun) }
    }

    fn family(&self, id: &'a StepId) -> Family<'a> {
        Family { plan: self.plan, id }
    }

    /// A step as this plan has it; of a playbook that is left out, as its release has it.
    fn was(&self, old: &StepId) -> Option<&'a StepDef> {
        let base = || self.world.tailor.releases.get(&self.plan.release)?.step(old);
        self.world.release.step(old).or_else(base)
    }

    /// The old name of a changed step in this plan: where another step of the plan bears the new one
    /// already, nothing is renamed.
    fn collides(&self, old: &StepId, new: &'a StepId) -> bool {
        old != new && self.family(new).steps().next().is_some()
    }

    /// New names of the steps that stand in the plan, those of a playbook's further runs among them.
    fn names(&self) -> BTreeMap<StepId, StepId> {
        let changes = self.upgrade.changes;
        let renamed = changes.names.iter().filter(|(old, new)| old != new && !self.collides(old, new));
        let whole = |(old, new): (&StepId, &StepId)| {
            let runs = numbers(self.plan).map(|n| (run_step(old, n), run_step(new, n)));
            std::iter::once((old.clone(), new.clone())).chain(runs.collect::<Vec<_>>()).collect::<Vec<_>>()
        };
        renamed.flat_map(whole).collect()
    }

    fn fate(&self, change: &'a StepChange) -> Fate {
        let (plan, Upgrade { to, policy, .. }) = (self.plan, self.upgrade);
        let new = &change.step;
        let old = self.upgrade.changes.old(new);
        let is_held = policy.skip.contains(new) || self.is_offered(change);
        let (is_kept, is_declined) = (plan.arranged.kept.contains_key(old), plan.arranged.declined.contains(old));
        match &change.how {
            StepHow::Removed { .. } => match (is_held && !is_declined, self.family(old).is_worked(&self.held)) {
                (true, _) => Fate::Stays,
                (false, true) => Fate::Rests,
                (false, false) => Fate::Taken,
            },
            StepHow::Added { .. } if !is_kept => {
                if is_held {
                    Fate::Left
                } else {
                    Fate::Taken
                }
            }
            StepHow::Changed { .. } if is_declined && !is_kept => Fate::Left,
            how => {
                if self.was(old).is_none() || to.step(new).is_none() {
                    return Fate::Taken;
                }
                let stays = is_held || (is_kept && is_name(how)) || self.is_bound(change);
                if stays { Fate::Stays } else { Fate::Taken }
            }
        }
    }

    /// What of a step is not as this plan has it, which may be as an earlier release had it.
    fn facets(&self, was: &StepDef, now: &StepDef, how: &StepHow) -> Vec<StepFacet> {
        match how {
            StepHow::Changed { facets, .. } if !self.plan.arranged.kept.contains_key(&was.id) => facets.clone(),
            _ => diff::facets(&diff::with_names(was, &|id| self.upgrade.changes.names.get(id)), now),
        }
    }

    /// How the plan takes the release.
    fn taken(
        &self,
        fates: &[(&StepChange, Fate)],
        names: &BTreeMap<StepId, StepId>,
        withdrawn: &BTreeSet<StepKey>,
    ) -> Taken {
        let now = |id: &StepId| names.get(id).unwrap_or(id).clone();
        // What was kept, left out or offered before stays so, by its new name.
        let Arrangement { kept, declined, offers, renamed, bases, mut over, .. } = self.plan.arranged.by_names(names);
        over.extend(self.runs_over());
        let mut taken = Taken { kept, declined, offers, renamed, bases, over };
        taken.renamed.extend(names.iter().map(|(old, new)| (old.clone(), new.clone())));
        for (change, fate) in fates {
            let old = self.upgrade.changes.old(&change.step);
            let id = now(old);
            let kept = || Kept { release: self.upgrade.changes.from.clone(), id: old.clone(), for_work: false };
            match fate {
                Fate::Taken => {
                    taken.kept.remove(&id);
                    taken.declined.remove(&id);
                    if let Some((was, becomes)) = self.was(old).zip(self.upgrade.to.step(&change.step)) {
                        let stand = self.family(old).steps().filter(|(key, _)| !withdrawn.contains(*key));
                        let bases = ritual::new_bases(was, becomes, stand);
                        taken.bases.extend(bases.into_iter().map(|key| StepKey { id: now(&key.id), ..key }));
                    }
                }
                Fate::Stays => taken.kept.entry(id.clone()).or_insert_with(kept).for_work = false,
                Fate::Rests => {
                    taken.kept.entry(id.clone()).or_insert_with(kept);
                    taken.declined.insert(id.clone());
                }
                Fate::Left => drop(taken.declined.insert(id.clone())),
            }
            let may_offer = match fate {
                Fate::Left => true,
                Fate::Stays => !self.is_bound(change),
                Fate::Taken | Fate::Rests => false,
            };
            // What was offered before is answered by a change that is taken, not by a new name.
            let is_settled = *fate != Fate::Left && !is_name(&change.how);
            if may_offer && self.is_offered(change) {
                taken.offers.insert(id);
            } else if is_settled || self.upgrade.policy.skip.contains(&change.step) {
                taken.offers.remove(&id);
            }
        }
        taken.declined.retain(|id| self.upgrade.to.step(id).is_some() || taken.kept.contains_key(id));
        taken.offers.retain(|id| taken.kept.contains_key(id) || taken.declined.contains(id));
        taken
    }

    /// The runs of playbooks in which nothing is left to do.
    fn runs_over(&self) -> impl Iterator<Item = String> + use<'a> {
        let (plan, release) = (self.plan, self.world.release);
        let steps = |run: &str| {
            let defs = release.curricula.iter().filter(move |one| one.name == run).flat_map(|one| &one.steps);
            defs.flat_map(|def| plan.of(&def.id)).map(|(_, step)| step.state.is_closed()).collect::<Vec<_>>()
        };
        let is_over =
            move |run: &&String| Some(steps(run)).is_some_and(|all| !all.is_empty() && all.iter().all(|is| *is));
        plan.launches.keys().filter(is_over).cloned()
    }

    /// Whether a step stays as it is whatever the policy says.
    fn is_bound(&self, change: &'a StepChange) -> bool {
        self.collides(self.upgrade.changes.old(&change.step), &change.step) || !self.holding(change).is_empty()
    }

    /// The turns for whose sake a step stays as it is.
    fn holding(&self, change: &'a StepChange) -> Vec<&'a StepKey> {
        let old = self.upgrade.changes.old(&change.step);
        let Some((was, now)) = self.was(old).zip(self.upgrade.to.step(&change.step)) else { return Vec::new() };
        self.family(old).holding(was, now, &self.facets(was, now, &change.how), &self.held)
    }

    /// Whether the manager is asked: not about a name, nor about a step that is over in this plan.
    fn is_offered(&self, change: &'a StepChange) -> bool {
        let old = self.upgrade.changes.old(&change.step);
        let defs = [self.was(old), self.upgrade.to.step(&change.step)];
        let is_over = || self.family(old).is_over(&defs.into_iter().flatten().collect::<Vec<_>>());
        self.upgrade.policy.offer.contains(&change.step) && !is_name(&change.how) && !is_over()
    }

    /// The steps that leave the plan: gone from the release or of another shape, and nobody did anything
    /// about them.
    fn withdrawn(&self, fates: &[(&'a StepChange, Fate)]) -> BTreeSet<StepKey> {
        let mut gone = BTreeSet::new();
        for (change, fate) in fates.iter().filter(|(_, fate)| matches!(fate, Fate::Taken | Fate::Rests)) {
            let old = self.upgrade.changes.old(&change.step);
            let untouched = self.family(old).untouched(&self.held);
            let both = self.was(old).zip(self.upgrade.to.step(&change.step));
            match both.filter(|_| *fate == Fate::Taken) {
                None => gone.extend(untouched),
                Some((was, now)) => {
                    let facets = self.facets(was, now, &change.how);
                    gone.extend(untouched.into_iter().filter(|key| no_longer_fits(self.plan, key, was, now, &facets)));
                }
            }
        }
        gone
    }
}

/// The numbers of the further runs of playbooks in a plan.
fn numbers(plan: &Plan) -> impl Iterator<Item = &str> {
    let all: BTreeSet<&str> = plan.launches.keys().filter_map(|run| Some(split_run(run)?.1)).collect();
    all.into_iter()
}

/// A step in a further run.
fn run_step(id: &StepId, number: &str) -> StepId {
    StepId(in_run(id.as_str(), number))
}

/// Nothing but its name differs.
fn is_name(how: &StepHow) -> bool {
    matches!(how, StepHow::Changed { moved: None, facets, .. } if facets.is_empty())
}

fn changes_review(facets: &[StepFacet]) -> bool {
    facets.contains(&StepFacet::Review) || facets.contains(&StepFacet::Who)
}

/// Nobody did anything about it.
pub(super) fn is_untouched(state: &StepState) -> bool {
    matches!(state, StepState::Todo { earlier: None } | StepState::Closed { reason: CloseReason::NotTaken, .. })
}

/// Whether an untouched turn can't stand under the new definition: it is planned over again, if at all.
fn no_longer_fits(plan: &Plan, key: &StepKey, was: &StepDef, now: &StepDef, facets: &[StepFacet]) -> bool {
    let is_undecided = plan.steps.get(key).is_some_and(|step| step.state.is_closed());
    let has_shape = was.each.is_some() != now.each.is_some() || was.follows_turns() != now.follows_turns();
    // A listed day that the list no longer has is no turn of a rhythm.
    let is_gone = !now.may_have(key.turn) || (now.listed() < key.turn && key.turn <= was.listed());
    has_shape || is_gone || (is_undecided && facets.contains(&StepFacet::When))
}
