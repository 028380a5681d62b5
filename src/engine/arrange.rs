//! What was arranged for one plan and no other: leave, pauses, steps of its own, what is left out,
//! what is kept from an earlier release, how it ended.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::calendar::{Away, AwayCause, Dated, Span};
use super::plan::WritingRef;
use super::release::Release;
use super::vocabulary::{PersonId, Role, StepId, StepKey, split_run};

/// What was arranged for a plan. An entry names the fact that arranged it where undoing needs it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Arrangement {
    /// Days that do not count.
    pub away: Vec<Away>,
    /// Nothing opens and nothing becomes late until the plan is taken up again.
    pub paused: Option<Paused>,
    pub deputy: Option<Deputy>,
    /// Steps that only this plan has.
    pub own: BTreeMap<StepId, Own>,
    /// Curricula whose steps are left out.
    pub skipped: BTreeSet<String>,
    /// Steps of the release that this plan does not take; of a step that is kept too, nothing more comes.
    pub declined: BTreeSet<StepId>,
    /// Steps that this plan runs as an earlier release had them.
    pub kept: BTreeMap<StepId, Kept>,
    /// Changes of the release that wait for the manager's yes.
    pub offers: BTreeSet<StepId>,
    /// Turns from which later ones are counted: the step came to recur otherwise after them.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub bases: BTreeSet<StepKey>,
    /// Runs of playbooks that were over when the plan took another release: it adds nothing to them unless
    /// something in them is open again.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub over: BTreeSet<String>,
    /// New names of steps by those that letters sent earlier may use.
    pub renamed: BTreeMap<StepId, StepId>,
    pub ended: Option<Ended>,
}

/// A plan that rests until somebody takes it up again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paused {
    pub from: NaiveDate,
    /// The number of the fact that began it.
    pub deed: u64,
}

/// Who stands in for the mentor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deputy {
    pub who: PersonId,
    #[serde(flatten)]
    pub span: Span,
}

/// A step that only one plan has. Its title and text are a writing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Own {
    pub who: Role,
    pub review: Option<Role>,
    /// Minutes.
    pub effort: u16,
    pub words: WritingRef,
}

/// A step as an earlier release had it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// The hash of that release.
    pub release: String,
    /// The step's name there.
    pub id: StepId,
    /// Only since somebody worked at it when the release that had it was taken back.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub for_work: bool,
}

/// How a plan came to its end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    pub how: Ending,
    pub at: DateTime<Utc>,
    pub reason: Option<WritingRef>,
    /// None: the plan ended before this was kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counted: Option<Counted>,
}

/// What the calendar said of a plan when it ended: one that is edited later changes nothing that is over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    /// The working day of the plan that it was.
    pub day: u16,
    /// In the order of the program.
    pub checkpoints: Vec<Dated>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// Everything that was listed is closed.
    Graduated,
    /// Ended in the manager's favour before everything was closed.
    Early,
    Cancelled,
}

impl Ending {
    /// The name in forms, tables and message ids.
    pub fn as_str(self) -> &'static str {
        match self {
            Ending::Graduated => "graduated",
            Ending::Early => "early",
            Ending::Cancelled => "cancelled",
        }
    }

    pub fn parse(text: &str) -> Option<Ending> {
        [Ending::Graduated, Ending::Early, Ending::Cancelled].into_iter().find(|one| one.as_str() == text)
    }
}

/// The step and the number of the run, of a step of a playbook's further run (`x~2`).
pub fn run_of(id: &StepId) -> Option<(StepId, &str)> {
    split_run(id.as_str()).map(|(base, number)| (StepId(base.to_owned()), number))
}

impl Arrangement {
    /// The same of steps that have other names now.
    pub(super) fn by_names(&self, names: &BTreeMap<StepId, StepId>) -> Arrangement {
        let name = |id: &StepId| names.get(id).unwrap_or(id).clone();
        Arrangement {
            kept: self.kept.iter().map(|(id, kept)| (name(id), kept.clone())).collect(),
            declined: self.declined.iter().map(name).collect(),
            offers: self.offers.iter().map(name).collect(),
            bases: self.bases.iter().map(|key| StepKey { id: name(&key.id), ..key.clone() }).collect(),
            renamed: self.renamed.iter().map(|(was, id)| (was.clone(), name(id))).collect(),
            ..self.clone()
        }
    }

    /// The deputy on a day.
    pub fn deputy_on(&self, day: NaiveDate) -> Option<PersonId> {
        self.deputy.filter(|deputy| deputy.span.holds(day)).map(|deputy| deputy.who)
    }

    /// Whether nothing more comes of a step in this plan, in whichever run of its playbook.
    pub fn declines(&self, id: &StepId) -> bool {
        let of_run = || run_of(id).is_some_and(|(base, _)| self.declined.contains(&base));
        self.declined.contains(id) || (!self.declined.is_empty() && of_run())
    }

    /// Whether a step is of a curriculum that this plan leaves out.
    pub fn leaves_out(&self, release: &Release, id: &StepId) -> bool {
        release.curriculum_of(id).is_some_and(|curriculum| self.skipped.contains(&curriculum.name))
    }

    /// Whether what was handed in for a step may still go back for more work.
    pub fn may_return(&self, release: &Release, id: &StepId) -> bool {
        self.ended.is_none() && !self.leaves_out(release, id)
    }

    /// How many days after one day, up to another, the manager was away or the plan rested.
    pub fn days_away(&self, after: NaiveDate, until: NaiveDate) -> i64 {
        let counted = after.iter_days().skip(1).take_while(|day| *day <= until);
        let is_away =
            |day: &NaiveDate| self.away.iter().any(|away| away.cause != AwayCause::Shift && away.span.holds(*day));
        i64::try_from(counted.filter(is_away).count()).unwrap_or(i64::MAX)
    }

    /// The manager's leaves that are not over by a day.
    pub fn leaves_from(&self, day: NaiveDate) -> impl Iterator<Item = Span> + '_ {
        let leaves = self.away.iter().filter(|away| away.cause == AwayCause::Leave).map(|away| away.span);
        leaves.filter(move |span| span.until >= day)
    }

    /// Whether the manager is away on a day, or the plan rests.
    pub fn rests_on(&self, day: NaiveDate) -> bool {
        self.paused.is_some_and(|paused| paused.from <= day)
            || self.away.iter().any(|away| away.cause != AwayCause::Shift && away.span.holds(day))
    }
}
