//! Who does an item and how long it takes, as far as its words say.

use crate::engine::vocabulary::Role;

/// A part that is named, and the words that do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Who {
    pub role: Role,
    pub words: String,
}

/// Words for parts. "Manager" in a checklist is the manager of whoever goes through it: in a plan, the
/// superior.
const PARTS: &[(&str, Role)] = &[
    ("mentor", Role::Mentor),
    ("buddy", Role::Mentor),
    ("導師", Role::Mentor),
    ("輔導員", Role::Mentor),
    ("hr", Role::Hr),
    ("human resources", Role::Hr),
    ("people team", Role::Hr),
    ("people ops", Role::Hr),
    ("人資", Role::Hr),
    ("人力資源", Role::Hr),
    ("manager", Role::Superior),
    ("your manager", Role::Superior),
    ("line manager", Role::Superior),
    ("supervisor", Role::Superior),
    ("superior", Role::Superior),
    ("boss", Role::Superior),
    ("主管", Role::Superior),
    ("直屬主管", Role::Superior),
    ("上級", Role::Superior),
    ("new hire", Role::Manager),
    ("new manager", Role::Manager),
    ("新任主管", Role::Manager),
    ("新人", Role::Manager),
];

/// Who does it: `@mentor`, `(HR)`, `[主管]`, `Mentor:` or `人資：` at the front.
pub fn who(text: &str) -> Option<Who> {
    let marked = at_signs(text).chain(brackets(text)).chain(front(text));
    marked
        .filter_map(|words| {
            let wanted = words.trim().to_lowercase().replace(['_', '-'], " ");
            let role = PARTS.iter().find(|(name, _)| *name == wanted).map(|(_, role)| *role)?;
            Some(Who { role, words: words.trim().to_owned() })
        })
        .next()
}

fn at_signs(text: &str) -> impl Iterator<Item = &str> {
    text.split('@').skip(1).map(|rest| {
        let end = rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-'))).unwrap_or(rest.len());
        rest.get(..end).unwrap_or_default()
    })
}

/// What stands in brackets; a list of parts gives the first.
fn brackets(text: &str) -> impl Iterator<Item = &str> {
    text.split(['(', '（', '[', '【']).skip(1).filter_map(|rest| {
        let inside = rest.split([')', '）', ']', '】']).next()?;
        Some(inside.split([',', '/', '、', '&', '+']).next().unwrap_or(inside))
    })
}

fn front(text: &str) -> impl Iterator<Item = &str> {
    text.split_once([':', '：']).map(|(front, _)| front).into_iter()
}

/// Minutes that an item says it takes: `15 min`, `(2 hours)`, `30 分鐘`, `1.5 小時`.
pub fn minutes(text: &str) -> Option<u16> {
    let text = text.to_lowercase();
    let units: [(&str, f64); 10] = [
        ("minutes", 1.0),
        ("minute", 1.0),
        ("mins", 1.0),
        ("min", 1.0),
        ("分鐘", 1.0),
        ("hours", 60.0),
        ("hour", 60.0),
        ("hrs", 60.0),
        ("小時", 60.0),
        ("hr", 60.0),
    ];
    let found = units.iter().find_map(|(unit, factor)| {
        let (before, after) = text.split_once(unit)?;
        let before = before.trim_end_matches([' ', '-', '個']);
        let at = before
            .rfind(|c: char| !(c.is_ascii_digit() || c == '.'))
            .map_or(0, |at| at + before.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8));
        let number: f64 = before.get(at..)?.parse().ok()?;
        let is_word = after.chars().next().is_none_or(|c| !c.is_ascii_alphabetic());
        is_word.then_some(number * factor)
    })?;
    // Whole minutes within what a step may take.
    (1..=1200_u16).rev().find(|n| f64::from(*n) <= found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn role(text: &str) -> Option<Role> {
        who(text).map(|who| who.role)
    }

    #[test]
    fn parts_are_found_where_they_are_marked_and_nowhere_else() {
        assert_eq!(role("Sign the contract @hr"), Some(Role::Hr));
        assert_eq!(role("Meet for lunch (mentor)"), Some(Role::Mentor));
        assert_eq!(role("HR: prepare the badge"), Some(Role::Hr));
        assert_eq!(role("確認座位（主管）"), Some(Role::Superior));
        assert_eq!(role("人資：準備識別證"), Some(Role::Hr));
        assert_eq!(role("Read the HR handbook"), None);
        assert_eq!(role("Ask your mentor (twice)"), None);
    }

    #[test]
    fn a_length_is_read_in_minutes() {
        assert_eq!(minutes("Read it (15 min)"), Some(15));
        assert_eq!(minutes("Workshop, 1.5 hours"), Some(90));
        assert_eq!(minutes("約 30 分鐘"), Some(30));
        assert_eq!(minutes("Read the minutes of the meeting"), None);
        assert_eq!(minutes("100 hours"), Some(1200));
    }
}
