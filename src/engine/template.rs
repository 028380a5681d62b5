//! People in an author's texts: `{{mentor.name}}` stands for whoever is the mentor.
//!
//! A name is filled in where somebody has it at hand; where nobody has, the placeholder stays, and
//! `render` says the part in the reader's words instead.

use super::vocabulary::{Role, Text};

/// Whose name a placeholder stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Who {
    Role(Role),
    /// The member that a step of a fan-out is about.
    Member,
}

impl Who {
    pub const ALL: [Who; 5] = [
        Who::Role(Role::Manager),
        Who::Role(Role::Mentor),
        Who::Role(Role::Superior),
        Who::Role(Role::Hr),
        Who::Member,
    ];

    /// As authors write it, before `.name`.
    pub fn as_str(self) -> &'static str {
        match self {
            Who::Role(role) => role.as_str(),
            Who::Member => "member",
        }
    }

    /// The whole placeholder.
    pub fn placeholder(self) -> String {
        format!("{{{{{}.name}}}}", self.as_str())
    }

    fn parse(inner: &str) -> Option<Who> {
        let name = inner.trim().strip_suffix(".name")?;
        Who::ALL.into_iter().find(|who| who.as_str() == name)
    }
}

/// A piece of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part<'t> {
    Words(&'t str),
    /// A placeholder, and how it was written.
    Name(Who, &'t str),
}

/// The pieces of a text, in order. What only looks like a placeholder is words.
pub fn parts(text: &str) -> Vec<Part<'_>> {
    let mut found = Vec::new();
    let (mut from, mut at) = (0, 0);
    while let Some(open) = text[at..].find("{{").map(|open| at + open) {
        let Some(end) = text[open..].find("}}").map(|end| open + end + 2) else { break };
        // Of `{{{{mentor.name}}` the innermost braces are meant.
        let open = text[open..end].rfind("{{").map_or(open, |last| open + last);
        if let Some(who) = text.get(open + 2..end - 2).and_then(Who::parse) {
            if from < open {
                found.push(Part::Words(&text[from..open]));
            }
            found.push(Part::Name(who, &text[open..end]));
            from = end;
        }
        at = end;
    }
    if from < text.len() {
        found.push(Part::Words(&text[from..]));
    }
    found
}

/// A text with the names that `look` knows; the others stay as they were written.
pub fn fill(text: &str, look: &dyn Fn(Who) -> Option<String>) -> String {
    let said = parts(text).into_iter().map(|part| match part {
        Part::Words(words) => words.to_owned(),
        Part::Name(who, written) => look(who).unwrap_or_else(|| written.to_owned()),
    });
    said.collect()
}

/// As [`fill`], in both languages.
pub fn fill_text(text: &Text, look: &dyn Fn(Who) -> Option<String>) -> Text {
    Text { en: fill(&text.en, look), zh_tw: fill(&text.zh_tw, look) }
}

/// Whether a text speaks of somebody by name, in both languages.
pub fn speaks_of(text: &Text, who: Who) -> bool {
    let speaks = |words: &str| parts(words).iter().any(|part| matches!(part, Part::Name(one, _) if *one == who));
    speaks(&text.en) && speaks(&text.zh_tw)
}

/// A name as Markdown that shows it as it is: nobody's name makes a heading, a link or a tag.
pub fn as_markdown(name: &str) -> String {
    let mut safe = String::with_capacity(name.len());
    for c in name.chars() {
        if c.is_ascii_punctuation() {
            safe.push('\\');
        }
        safe.push(if c.is_control() { ' ' } else { c });
    }
    safe
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn look(who: Who) -> Option<String> {
        match who {
            Who::Role(Role::Manager) => Some("陳怡君".to_owned()),
            Who::Member => Some("{{mentor.name}}".to_owned()),
            _ => None,
        }
    }

    #[test]
    fn a_name_that_is_at_hand_is_filled_in_and_the_others_stay_as_they_were_written() {
        assert_eq!(fill("{{manager.name}} and {{ mentor.name }}.", &look), "陳怡君 and {{ mentor.name }}.");
    }

    #[test]
    fn what_only_looks_like_a_name_stays_as_it_was_written() {
        let odd =
            ["{{nobody.name}}", "{{manager}}", "{{manager.name", "{manager.name}", "}}{{", "{{}}", "{{}", "{{{}}"];
        assert_eq!(odd.map(|text| fill(text, &look)), odd);
        assert_eq!(fill("{{x {{manager.name}} }}", &look), "{{x 陳怡君 }}");
        assert_eq!(fill("{{{manager.name}}}", &look), "{陳怡君}");
    }

    #[test]
    fn a_name_that_looks_like_a_placeholder_is_not_filled_again() {
        assert_eq!(fill("{{member.name}}", &|who| look(who)), "{{mentor.name}}");
    }

    #[test]
    fn a_text_speaks_of_somebody_when_both_languages_do() {
        let text = |en: &str| Text { en: en.to_owned(), zh_tw: "與{{member.name}}談".to_owned() };
        assert!(speaks_of(&text("Talk with {{member.name}}"), Who::Member));
        assert!(!speaks_of(&text("Talk"), Who::Member));
    }

    #[test]
    fn every_placeholder_is_read_back() {
        assert!(Who::ALL.into_iter().all(|who| parts(&who.placeholder()) == [Part::Name(who, &who.placeholder())]));
    }

    proptest! {
        #[test]
        fn the_pieces_of_a_text_are_the_whole_text(text in r"[{}a-z. ]{0,20}(\{\{(manager|mentor|member)\.name\}\})?[{}é中. ]{0,20}") {
            prop_assert_eq!(fill(&text, &|_| None), text);
        }
    }
}
