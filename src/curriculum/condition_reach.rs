//! Whether a condition can hold, and whether it can fail: tried with values that stand for all others.
//!
//! The values of one path are taken as independent of every other's, although a question may not even
//! be asked after some answers: so nothing that can happen is left out, and what is reported is sure.
//! A condition of many paths is not tried: too many combinations.

use std::collections::{BTreeMap, BTreeSet};

use crate::engine::condition::{Condition, Path, Value};
use crate::engine::release::{Choice, Field, FieldKind, Number};

use super::Sight;

const MAX_COMBINATIONS: usize = 20_000;

/// Paths looked up for all combinations together: a file may hold hundreds of long conditions.
const MAX_LOOKS: usize = 200_000;

/// A list of a size that is compared with more than this is not tried: it would have to be made.
const MAX_SIZE: i64 = 200;

pub enum Verdict {
    Never,
    Always,
}

/// None if it depends, or would take too long to tell.
pub fn verdict(condition: &Condition, sight: &Sight) -> Option<Verdict> {
    let mut asked = Asked::default();
    asked.look_at(condition);
    if asked.is_beyond {
        return None;
    }
    let looks = condition.paths();
    let max = MAX_COMBINATIONS.min(MAX_LOOKS / looks.len().max(1));
    let paths: BTreeSet<&Path> = looks.into_iter().collect();
    let numbers = asked.numbers(&paths, sight);
    let mut count: usize = 1;
    let mut choices: Vec<(&Path, Vec<Value>)> = Vec::with_capacity(paths.len());
    for path in paths {
        let values = asked.values(path, sight, &numbers)?;
        count = count.checked_mul(values.len()).filter(|count| *count <= max)?;
        choices.push((path, values));
    }
    let (mut may_hold, mut may_fail) = (false, false);
    for combination in 0..count {
        let holds = condition.holds(&|path| {
            let mut rest = combination;
            for (one, values) in &choices {
                if *one == path {
                    return values.get(rest.checked_rem(values.len())?).cloned();
                }
                rest = rest.checked_div(values.len())?;
            }
            None
        })?;
        may_hold |= holds;
        may_fail |= !holds;
        if may_hold && may_fail {
            return None;
        }
    }
    match (may_hold, may_fail) {
        (false, true) => Some(Verdict::Never),
        (true, false) => Some(Verdict::Always),
        _ => None,
    }
}

/// What a condition compares its paths with; numbers in thousandths.
#[derive(Default)]
struct Asked<'c> {
    numbers: BTreeMap<&'c Path, BTreeSet<i64>>,
    texts: BTreeMap<&'c Path, BTreeSet<&'c str>>,
    sizes: BTreeMap<&'c Path, BTreeSet<i64>>,
    /// Some paths are compared with each other.
    is_crossed: bool,
    /// A size is compared with what is not written down.
    is_beyond: bool,
}

impl<'c> Asked<'c> {
    fn look_at(&mut self, condition: &'c Condition) {
        match condition {
            Condition::Not(one) => self.look_at(one),
            Condition::And(a, b) | Condition::Or(a, b) => {
                self.look_at(a);
                self.look_at(b);
            }
            Condition::Compare(_, a, b) | Condition::In(a, b) => {
                self.pair(a, b);
                self.pair(b, a);
                self.look_at(a);
                self.look_at(b);
            }
            _ => {}
        }
    }

    fn pair(&mut self, one: &'c Condition, other: &'c Condition) {
        let others = match other {
            Condition::List(items) => items.as_slice(),
            other => std::slice::from_ref(other),
        };
        match one {
            Condition::Path(path) => {
                for other in others {
                    match other {
                        Condition::Number(number) => drop(self.numbers.entry(path).or_default().insert(number.0)),
                        Condition::Text(text) => drop(self.texts.entry(path).or_default().insert(text)),
                        Condition::Path(_) => self.is_crossed = true,
                        _ => {}
                    }
                }
            }
            Condition::Size(list) => {
                for other in others {
                    let Condition::Number(number) = other else {
                        self.is_beyond = true;
                        continue;
                    };
                    self.is_beyond |= number.0 > MAX_SIZE * 1000;
                    if let Condition::Path(path) = &**list {
                        self.sizes.entry(path).or_default().insert(number.0);
                    }
                }
            }
            _ => {}
        }
    }

    /// Numbers to try for each path that leads to one.
    ///
    /// Between two numbers that a path is compared with, one is like another; with several paths that
    /// are compared with each other, as many must be tried there as there are paths, and all of them
    /// are tried against the numbers and limits of all.
    fn numbers(&self, paths: &BTreeSet<&'c Path>, sight: &Sight) -> BTreeMap<&'c Path, BTreeSet<i64>> {
        let ranges: Vec<(&Path, Range)> = paths.iter().filter_map(|path| Some((*path, range(path, sight)?))).collect();
        let none = BTreeSet::new();
        if !self.is_crossed {
            let own = |path: &Path| self.numbers.get(path).unwrap_or(&none);
            return ranges.into_iter().map(|(path, range)| (path, range.samples(own(path), 1))).collect();
        }
        let among = i64::try_from(ranges.len()).unwrap_or(i64::MAX).max(1);
        let mut known: BTreeSet<i64> = self.numbers.values().flatten().copied().collect();
        known.extend(ranges.iter().flat_map(|(_, range)| [range.min, range.max]).flatten());
        let mut found = BTreeMap::new();
        // Decimal numbers may lie between the whole ones, so these are known to them.
        let (whole, decimal): (Vec<_>, Vec<_>) = ranges.into_iter().partition(|(_, range)| range.unit > 1);
        for (path, range) in whole {
            found.insert(path, range.samples(&known, among));
        }
        known.extend(found.values().flatten().copied().collect::<Vec<_>>());
        for (path, range) in decimal {
            found.insert(path, range.samples(&known, among));
        }
        found
    }

    fn values(&self, path: &Path, sight: &Sight, numbers: &BTreeMap<&Path, BTreeSet<i64>>) -> Option<Vec<Value>> {
        if let Some(numbers) = numbers.get(path) {
            let values = numbers.iter().map(|number| Value::Number(Number(*number)));
            let nothing = (!matches!(path, Path::Metric { .. })).then_some(Value::Nothing);
            return Some(values.chain(nothing).collect());
        }
        match (path, field(path, sight).map(|field| &field.kind)) {
            (Path::Cast(_), _) => Some(vec![Value::Bool(true), Value::Bool(false)]),
            (Path::Roster, _) => Some(self.rows(path, 0, usize::MAX)),
            (_, Some(FieldKind::Table { min_rows, max_rows, .. })) => {
                Some(self.rows(path, usize::from(*min_rows), usize::from(*max_rows)))
            }
            (_, Some(FieldKind::Choice { options })) => {
                let (mentioned, others) = self.mentioned(path, options);
                // One that is not mentioned is like another, unless it is compared with another answer.
                let others = others.into_iter().take(if self.is_crossed { usize::MAX } else { 1 });
                let texts = mentioned.into_iter().chain(others).map(|id| Value::Text(id.to_owned()));
                Some(texts.chain([Value::Nothing]).collect())
            }
            (_, Some(FieldKind::Several { options, min, max })) => {
                self.subsets(path, options, usize::from(*min), usize::from(*max))
            }
            _ => None,
        }
    }

    /// Past the largest size that it is compared with, one is like another.
    fn past_sizes(&self, path: &Path) -> usize {
        let largest = self.sizes.get(path).and_then(BTreeSet::last).copied().unwrap_or(0);
        usize::try_from(largest.div_euclid(1000) + 1).unwrap_or(0)
    }

    /// Lists of the sizes that can be, and none at all.
    fn rows(&self, path: &Path, min: usize, max: usize) -> Vec<Value> {
        let most = self.past_sizes(path).max(min).min(max);
        let sizes = std::iter::once(0).chain(min.max(1)..=most);
        sizes.map(|size| Value::List(vec![Value::Nothing; size])).collect()
    }

    fn mentioned<'o>(&self, path: &Path, options: &'o [Choice]) -> (Vec<&'o str>, Vec<&'o str>) {
        let is_mentioned = |id: &&str| self.texts.get(path).is_some_and(|texts| texts.contains(*id));
        options.iter().map(|option| option.id.as_str()).partition(is_mentioned)
    }

    /// What may be chosen of the options that are mentioned, with as many others as matter.
    fn subsets(&self, path: &Path, options: &[Choice], min: usize, max: usize) -> Option<Vec<Value>> {
        let (mentioned, others) = self.mentioned(path, options);
        let past = self.past_sizes(path);
        let kinds = 1_usize.checked_shl(u32::try_from(mentioned.len()).ok()?).filter(|n| *n <= MAX_COMBINATIONS)?;
        let mut found = vec![Value::List(Vec::new())];
        for kind in 0..kinds {
            let chosen = mentioned.iter().enumerate().filter(|(bit, _)| kind >> bit & 1 == 1).map(|(_, id)| *id);
            let chosen: Vec<&str> = chosen.collect();
            let least = chosen.len().max(min).max(1);
            let most = (chosen.len() + others.len()).min(max).min(past.max(least));
            for size in least..=most {
                let all = chosen.iter().chain(&others).take(size);
                found.push(Value::List(all.map(|id| Value::Text((*id).to_owned())).collect()));
            }
            if found.len() > MAX_COMBINATIONS {
                return None;
            }
        }
        Some(found)
    }
}

fn field<'a>(path: &Path, sight: &Sight<'a>) -> Option<&'a Field> {
    let (fields, id) = match path {
        Path::Answer { step, field, .. } => (sight.steps.get(step.as_str())?.fields, field),
        Path::This { field, .. } => (sight.this?.0, field),
        _ => return None,
    };
    fields.iter().find(|one| one.id == *id)
}

/// The numbers that an answer may be, in thousandths.
struct Range {
    min: Option<i64>,
    max: Option<i64>,
    unit: i64,
}

fn range(path: &Path, sight: &Sight) -> Option<Range> {
    let whole = |min: i32, max: i32| {
        Some(Range { min: Some(i64::from(min) * 1000), max: Some(i64::from(max) * 1000), unit: 1000 })
    };
    if matches!(path, Path::Metric { .. }) {
        return Some(Range { min: None, max: None, unit: 1 });
    }
    match &field(path, sight)?.kind {
        FieldKind::Scale { min, max, .. } | FieldKind::Rating { min, max, .. } => whole(*min, *max),
        FieldKind::Number { min, max, .. } => {
            Some(Range { min: min.map(|min| min.0), max: max.map(|max| max.0), unit: 1 })
        }
        _ => None,
    }
}

impl Range {
    /// Each of the known numbers, so many between each and the next, and so many beyond the ends.
    fn samples(&self, known: &BTreeSet<i64>, among: i64) -> BTreeSet<i64> {
        let grid = |number: &i64| number.div_euclid(self.unit).saturating_mul(self.unit);
        let mut starts: BTreeSet<i64> = known.iter().map(grid).collect();
        let before = |start: i64| start.saturating_sub(among.saturating_mul(self.unit));
        let first = starts.first().copied().or(self.max).unwrap_or(0);
        starts.insert(self.min.unwrap_or(before(first)));
        starts.extend(self.max.map(before));
        let from = |start: i64| (0..=among).map(move |n| start.saturating_add(n.saturating_mul(self.unit)));
        let is_within = |n: &i64| self.min.is_none_or(|min| *n >= min) && self.max.is_none_or(|max| *n <= max);
        starts.into_iter().flat_map(from).filter(is_within).collect()
    }
}
