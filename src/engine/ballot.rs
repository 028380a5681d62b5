//! What a team says in secret: ballots, and what they come to.
//!
//! A ballot is what was rated and nothing else. Who cast it, when, and in which order is known to nobody, so it
//! is no fact either. Sorted ballots say the same in whichever order they came.

use std::collections::BTreeMap;

use super::form::{Answer, Answers, NOTE};
use super::release::{Dimension, Field, FieldKind, NOT_OBSERVED};

/// Fewer ballots than these are never opened: from four, somebody who knows three knows the last.
pub const FEWEST: usize = 5;

/// So long a pulse takes ballots, unless all of them have come.
pub const DAYS: i64 = 14;

/// By dimension, what one member gave; without what they did not observe.
pub type Ballot = BTreeMap<String, i32>;

/// How often each value was given to a dimension.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted<'a> {
    pub dimension: &'a Dimension,
    /// By value, lowest first.
    pub times: BTreeMap<i32, usize>,
}

impl Counted<'_> {
    /// How many gave it a value.
    pub fn given(&self) -> usize {
        self.times.values().sum()
    }

    /// The value in the middle; of an even number, the lower of the two there. Values of a scale have an order
    /// and no sum, so no mean. None while fewer than [`FEWEST`] gave one.
    pub fn middle(&self) -> Option<i32> {
        let given = self.given();
        if given < FEWEST {
            return None;
        }
        let mut passed = 0;
        let reaches = |(_, times): &(&i32, &usize)| {
            passed += **times;
            passed >= given.div_ceil(2)
        };
        self.times.iter().find(reaches).map(|(value, _)| *value)
    }
}

/// What a sheet of answers comes to as a ballot.
pub fn ballot(field: &Field, answers: &Answers) -> Ballot {
    let row = answers.rows(&field.id).first();
    let values = dimensions(field).iter().filter_map(|one| {
        let given = row?.get(&one.id).filter(|given| *given != NOT_OBSERVED)?;
        Some((one.id.clone(), given.parse().ok()?))
    });
    values.collect()
}

/// The ballots with one more, in an order that says nothing.
pub fn with(mut ballots: Vec<Ballot>, one: Ballot) -> Vec<Ballot> {
    ballots.push(one);
    ballots.sort();
    ballots
}

/// What ballots say of each dimension.
pub fn counted<'a>(field: &'a Field, ballots: &[Ballot]) -> Vec<Counted<'a>> {
    let count = |dimension: &'a Dimension| {
        let mut times = BTreeMap::new();
        for value in ballots.iter().filter_map(|ballot| ballot.get(&dimension.id)) {
            *times.entry(*value).or_default() += 1;
        }
        Counted { dimension, times }
    };
    dimensions(field).iter().map(count).collect()
}

/// What the ballots come to, as a rater would have answered: the middle of each dimension, and beside it every
/// value, lowest first. Too few values of a dimension are as good as none.
pub fn answers(field: &Field, ballots: &[Ballot]) -> Answers {
    let mut row = BTreeMap::new();
    for counted in counted(field, ballots) {
        let Some(middle) = counted.middle() else { continue };
        let values = counted.times.iter().flat_map(|(value, times)| std::iter::repeat_n(value.to_string(), *times));
        row.insert(counted.dimension.id.clone(), middle.to_string());
        row.insert(format!("{}{NOTE}", counted.dimension.id), values.collect::<Vec<_>>().join(", "));
    }
    Answers([(field.id.clone(), Answer::Rows(vec![row]))].into())
}

fn dimensions(field: &Field) -> &[Dimension] {
    match &field.kind {
        FieldKind::Rating { dimensions, .. } => dimensions,
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::engine::release::Notes;
    use crate::engine::vocabulary::Text;

    fn field() -> Field {
        let dimension = |id: &str| Dimension {
            id: id.to_owned(),
            source: None,
            label: Text::default(),
            help: None,
            low: None,
            middle: None,
            high: None,
        };
        let kind = FieldKind::Rating {
            dimensions: vec![dimension("growth"), dimension("calm")],
            min: 1,
            max: 5,
            not_observed: true,
            notes: Notes::None,
            at_least: 1,
        };
        let id = "scores".to_owned();
        Field { id, label: Text::default(), help: None, required: true, when: None, begin: None, kind }
    }

    fn ballots(growth: &[i32]) -> Vec<Ballot> {
        growth.iter().fold(Vec::new(), |all, value| with(all, [("growth".to_owned(), *value)].into()))
    }

    fn middle(growth: &[i32]) -> Option<i32> {
        counted(&field(), &ballots(growth)).first().and_then(Counted::middle)
    }

    #[test]
    fn four_values_of_a_dimension_have_no_middle_and_five_have_one() {
        assert_eq!(middle(&[1, 2, 3, 4]), None);
        assert_eq!(middle(&[5, 1, 3, 2, 4]), Some(3));
        assert_eq!(middle(&[1, 2, 2, 4, 5, 5]), Some(2));
        assert_eq!(middle(&[5, 5, 5, 5, 5]), Some(5));
    }

    #[test]
    fn what_too_few_observed_is_left_out_of_what_a_team_answers() {
        let mut all = ballots(&[2, 3, 3, 4, 5]);
        all.iter_mut().take(4).for_each(|ballot| ballot.extend([("calm".to_owned(), 4)]));
        let answers = answers(&field(), &all);
        let row = answers.rows("scores").first().expect("a row");
        assert_eq!(row.get("growth").map(String::as_str), Some("3"));
        assert_eq!(row.get(&format!("growth{NOTE}")).map(String::as_str), Some("2, 3, 3, 4, 5"));
        assert_eq!(row.get("calm"), None);
    }

    #[test]
    fn a_ballot_keeps_what_was_rated_and_nothing_else() {
        let row = [("growth", "4"), ("calm", NOT_OBSERVED), ("growth:note", "Mei said so"), ("person", "Mei")];
        let row = row.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
        let answers = Answers([("scores".to_owned(), Answer::Rows(vec![row]))].into());
        assert_eq!(ballot(&field(), &answers), [("growth".to_owned(), 4)].into());
    }

    proptest! {
        #[test]
        fn ballots_say_the_same_in_whichever_order_they_came(
            (values, shuffled) in prop::collection::vec(1..=5_i32, 0..30)
                .prop_flat_map(|values| (Just(values.clone()), Just(values).prop_shuffle()))
        ) {
            prop_assert_eq!(ballots(&values), ballots(&shuffled));
        }

        #[test]
        fn as_many_stand_on_either_side_of_the_middle(values in prop::collection::vec(1..=5_i32, FEWEST..30)) {
            let middle = middle(&values).expect("a middle");
            let (below, above) =
                (values.iter().filter(|one| **one < middle).count(), values.iter().filter(|one| **one > middle).count());
            prop_assert!(values.contains(&middle));
            prop_assert!(2 * below < values.len() && 2 * above <= values.len());
        }
    }
}
