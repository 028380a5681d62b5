//! "Did you mean": the known name that is nearest to one that was not found.

/// A longer word is no slip of a name, and comparing takes the product of the lengths.
const MAX_COMPARED: usize = 64;

/// The nearest of the known names, if a slip of the fingers explains the difference.
pub fn closest<'k>(given: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    if given.len() > MAX_COMPARED {
        return None;
    }
    let slips = (given.len() / 3).max(1);
    let lowered = given.to_lowercase();
    known
        .into_iter()
        .filter(|name| name.len().abs_diff(given.len()) <= slips)
        .map(|name| (strsim::osa_distance(&lowered, &name.to_lowercase()), name))
        .filter(|(distance, _)| *distance <= slips)
        .min() // by name among equals, whatever order they come in
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_found_and_another_word_is_not() {
        assert_eq!(closest("reveiw", ["due", "review"]), Some("review"));
        assert_eq!(closest("zh-tw", ["en", "zh-TW"]), Some("zh-TW"));
        assert_eq!(closest("deadline", ["due", "review"]), None);
    }
}
