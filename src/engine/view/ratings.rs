//! Ratings: who rated what, how it went on, and where raters are apart.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::Sight;
use crate::engine::form::{Answers, NOTE};
use crate::engine::release::{Dimension, FieldKind, NOT_OBSERVED, StepDef};
use crate::engine::vocabulary::{Role, StepId, StepKey, Text};

/// Who rated: a step of the assessment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rater {
    pub step: StepId,
    pub title: Text,
    pub who: Role,
    /// The members rated in secret, and `who` handed their ballots out.
    pub is_team: bool,
    /// The dimensions that the step asks for.
    pub asked: Vec<String>,
    /// Each time, the oldest first.
    pub times: Vec<Rated>,
}

/// What was rated once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rated {
    pub key: StepKey,
    pub on: NaiveDate,
    /// By dimension; without those that were not observed.
    pub values: BTreeMap<String, i32>,
    /// The lines beside them.
    pub notes: BTreeMap<String, String>,
}

/// What raters said of a dimension, and how far apart they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spread {
    pub dimension: Dimension,
    /// The newest value of each rater, in their order.
    pub values: Vec<Option<i32>>,
    /// From the lowest to the highest; none while fewer than two have rated it.
    pub gap: Option<i32>,
}

impl Sight<'_> {
    /// Who rated in an assessment, as far as the viewer may read.
    pub fn raters(&self, assessment: &str) -> Vec<Rater> {
        let home = self.release.curricula.iter().find(|one| one.name == assessment);
        let raters = home.iter().flat_map(|home| &home.steps).map(|def| Rater {
            step: def.id.clone(),
            title: def.title.clone(),
            who: def.who,
            is_team: def.ballot.is_some(),
            asked: rating(def).map_or(Vec::new(), |(_, of)| of.iter().map(|one| one.id.clone()).collect()),
            times: self.times(def),
        });
        raters.filter(|rater| !rater.times.is_empty()).collect()
    }

    fn times(&self, def: &StepDef) -> Vec<Rated> {
        let Some((id, dimensions)) = rating(def) else { return Vec::new() };
        let rated = |(key, on, answers): (&StepKey, NaiveDate, &Answers)| {
            let row = answers.rows(id).first()?;
            let value = |one: &Dimension| {
                let given = row.get(&one.id).filter(|given| *given != NOT_OBSERVED)?;
                Some((one.id.clone(), given.parse().ok()?))
            };
            let note = |one: &Dimension| {
                let note = row.get(&format!("{}{}", one.id, NOTE))?;
                Some((one.id.clone(), note.clone()))
            };
            let values = dimensions.iter().filter_map(value).collect();
            Some(Rated { key: key.clone(), on, values, notes: dimensions.iter().filter_map(note).collect() })
        };
        if def.ballot.is_none() {
            return self.answered(&def.id).filter_map(rated).collect();
        }
        // Also of a turn that was never handed in, or has lapsed: the team has said it all the same.
        let said = |(key, _)| self.said.get(key).map(|(on, answers)| (key, *on, answers));
        self.plan.of(&def.id).filter_map(said).filter_map(rated).collect()
    }
}

/// The field in which a step rates, and what it rates there.
fn rating(def: &StepDef) -> Option<(&str, &[Dimension])> {
    def.ask.iter().chain(&def.ballot).find_map(|field| match &field.kind {
        FieldKind::Rating { dimensions, .. } => Some((field.id.as_str(), dimensions.as_slice())),
        _ => None,
    })
}

/// The dimensions with the newest value of each rater, in the order of the scorecard.
pub fn spreads(dimensions: &[Dimension], raters: &[Rater]) -> Vec<Spread> {
    let spread = |dimension: &Dimension| {
        let newest = |rater: &Rater| rater.times.iter().rev().find_map(|time| time.values.get(&dimension.id)).copied();
        let values: Vec<Option<i32>> = raters.iter().map(newest).collect();
        let given = || values.iter().flatten();
        let gap = given().max().zip(given().min()).filter(|_| given().count() > 1).map(|(most, least)| most - least);
        Spread { dimension: dimension.clone(), values, gap }
    };
    dimensions.iter().map(spread).collect()
}

/// The dimensions to talk about first: where raters are furthest apart, then where they rate lowest.
pub fn agenda(spreads: &[Spread], most: usize) -> Vec<&Spread> {
    let mut apart: Vec<&Spread> = spreads.iter().filter(|one| one.values.iter().flatten().next().is_some()).collect();
    let least = |one: &Spread| one.values.iter().flatten().min().copied();
    apart.sort_by_key(|one| (std::cmp::Reverse(one.gap), least(one)));
    apart.truncate(most);
    apart
}
