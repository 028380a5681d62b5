//! What stood before a deed, what it left and what stands now, joined into what undoing it leaves.

use std::collections::{BTreeMap, BTreeSet};

/// Something before a deed, what it goes back to, after the deed, and now.
#[derive(Clone, Copy)]
pub(super) struct Sides<'a, T> {
    pub(super) before: &'a T,
    pub(super) back: &'a T,
    pub(super) after: &'a T,
    pub(super) now: &'a T,
}

impl<'a, T> Sides<'a, T> {
    pub(super) fn of<U>(&self, part: impl Fn(&'a T) -> &'a U) -> Sides<'a, U> {
        Sides { before: part(self.before), back: part(self.back), after: part(self.after), now: part(self.now) }
    }
}

impl<'a, T: PartialEq> Sides<'a, T> {
    /// What goes back, unless the deed did not change it or somebody changed it since.
    pub(super) fn one(&self) -> &'a T {
        let is_of_deed = self.before != self.after && self.now == self.after;
        if is_of_deed { self.back } else { self.now }
    }
}

impl<K: Ord + Clone, V: Clone + PartialEq> Sides<'_, BTreeMap<K, V>> {
    pub(super) fn merged(&self) -> BTreeMap<K, V> {
        self.merged_if(PartialEq::eq)
    }

    /// Each entry as [`Sides::one`]; `is_as_left` compares one that the deed left, or that stood before
    /// it, with the same now.
    pub(super) fn merged_if(&self, is_as_left: impl Fn(&V, &V) -> bool) -> BTreeMap<K, V> {
        let keys: BTreeSet<&K> = self.back.keys().chain(self.now.keys()).collect();
        let value = |key: &K| {
            let left = [self.after.get(key), self.back.get(key)];
            let stands = left.into_iter().any(|left| match (left, self.now.get(key)) {
                (Some(left), Some(now)) => is_as_left(left, now),
                (left, now) => left.is_none() && now.is_none(),
            });
            let is_of_deed = self.before.get(key) != self.after.get(key);
            let was = if stands && is_of_deed { self.back.get(key) } else { self.now.get(key) };
            Some((key.clone(), was?.clone()))
        };
        keys.into_iter().filter_map(value).collect()
    }
}

impl<T: Ord + Clone> Sides<'_, BTreeSet<T>> {
    pub(super) fn merged_set(&self) -> BTreeSet<T> {
        let is_in = |one: &&T| {
            let is_in = |set: &BTreeSet<T>| set.contains(*one);
            let is_of_deed = is_in(self.before) != is_in(self.after) && is_in(self.now) == is_in(self.after);
            if is_of_deed { is_in(self.back) } else { is_in(self.now) }
        };
        self.back.union(self.now).filter(is_in).cloned().collect()
    }
}
