//! The curriculum as YAML that a person goes on with.

use std::fmt::Write;

use super::Draft;
use crate::engine::vocabulary::Lang;

/// `other` is the language that was not there: its words are copies, marked to be translated.
pub fn file(name: &str, other: Lang, title: &str, summary: &str, drafts: &[Draft]) -> String {
    let mut out = format!(
        "# yaml-language-server: $schema=schema.json\n# Imported from a checklist. The {} texts are copies: translate them.\ncurriculum: {name}\n",
        other.as_str()
    );
    text(&mut out, 0, "title", title);
    text(&mut out, 0, "summary", summary);
    out.push_str("steps:\n");
    for draft in drafts {
        let _ = writeln!(out, "  - id: {}", draft.id);
        text(&mut out, 4, "title", &draft.title);
        text(&mut out, 4, "body", &draft.body);
        if let Some(who) = draft.who {
            let _ = writeln!(out, "    who: {}", who.as_str());
        }
        let _ = writeln!(
            out,
            "    opens: B{}\n    due: B{}\n    effort: {}",
            draft.days.opens, draft.days.due, draft.effort
        );
    }
    out
}

/// A text in both languages, with the same words.
fn text(out: &mut String, indent: usize, key: &str, words: &str) {
    let spaces = " ".repeat(indent);
    let _ = writeln!(out, "{spaces}{key}:");
    for lang in Lang::ALL {
        let _ = writeln!(out, "{spaces}  {}: {}", lang.as_str(), scalar(words, indent + 4));
    }
}

/// Words as a scalar: several lines as a block where that keeps every character, else in quotes.
fn scalar(words: &str, indent: usize) -> String {
    let may_be_block = words.contains('\n')
        && !words.starts_with([' ', '\n'])
        && words.lines().all(|line| !line.ends_with(' ') && !line.starts_with('\t') && line.chars().all(is_printable));
    if !may_be_block {
        return quoted(words);
    }
    let spaces = " ".repeat(indent);
    let lines: Vec<String> =
        words.lines().map(|line| if line.is_empty() { String::new() } else { format!("{spaces}{line}") }).collect();
    format!("|-\n{}", lines.join("\n"))
}

/// Characters that YAML takes as they are and that break no line.
fn is_printable(c: char) -> bool {
    matches!(c, '\t' | ' '..='~' | '\u{a0}'..='\u{2027}' | '\u{202a}'..='\u{d7ff}' | '\u{e000}'..='\u{fefe}' | '\u{ff00}'..='\u{fffd}' | '\u{10000}'..='\u{10ffff}')
}

fn quoted(words: &str) -> String {
    let mut out = String::from("\"");
    for c in words.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            _ if is_printable(c) => out.push(c),
            _ => {
                let _ = write!(out, "\\U{:08X}", u32::from(c));
            }
        }
    }
    out.push('"');
    out
}
