//! The look of mail: one style sheet, written into every element that it is for.
//!
//! What an element looks like hangs on its name and its classes alone, so css-inline is asked once for each
//! such pair: for every letter it was the largest part of writing. `mail/tests/look.rs` holds every letter against
//! css-inline's own reading of the whole.

use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

use css_inline::{CSSInliner, InlineError};

const SHEET: &str = include_str!("../../templates/assets/mail.css");

pub(super) struct Look {
    inliner: CSSInliner<'static>,
    /// What no element can hold, the dark colours among it: for the head.
    head: String,
    /// By an element's name and its classes. Both stand in templates, so there are few.
    styles: RwLock<HashMap<String, String>>,
}

impl Look {
    pub fn new() -> Result<Look, InlineError> {
        // A mail links to no style sheet, and none would be fetched.
        let options = CSSInliner::options().extra_css(Some(SHEET.into())).keep_at_rules(true).minify_css(true);
        let inliner = options.load_remote_stylesheets(false).build();
        let empty = inliner.inline("<p></p>")?;
        let head = empty.split_once("<head>").and_then(|(_, rest)| rest.split_once("</head>"));
        let head = head.map(|(head, _)| head.to_owned()).unwrap_or_default();
        Ok(Look { inliner, head, styles: RwLock::default() })
    }

    /// The page with its styles. It must be of our templates: with attributes in double quotes, and without styles.
    pub fn given_to(&self, html: &str) -> Result<String, InlineError> {
        let mut styled = String::with_capacity(2 * html.len() + self.head.len());
        let mut key = String::new();
        let mut rest = html;
        while let Some(at) = rest.find('<') {
            let (text, from) = rest.split_at(at);
            styled.push_str(text);
            let end = if from.starts_with("<!--") { from.find("-->").map(|end| end + 3) } else { end_of_tag(from) };
            let (tag, after) = from.split_at(end.unwrap_or(from.len()));
            if tag == "</head>" {
                styled.push_str(&self.head);
            }
            match tag.strip_suffix('>').zip(name(tag)) {
                Some((open, name)) => {
                    key.clear();
                    key.extend([name, " ", classes(tag)]);
                    styled.push_str(open);
                    self.write(&key, &mut styled)?;
                    styled.push('>');
                }
                None => styled.push_str(tag),
            }
            rest = after;
        }
        styled.push_str(rest);
        Ok(styled)
    }

    /// css-inline's own reading of a whole page.
    #[cfg(test)]
    pub fn by_css_inline(&self, html: &str) -> String {
        self.inliner.inline(html).expect("styles")
    }

    fn write(&self, key: &str, styled: &mut String) -> Result<(), InlineError> {
        if let Some(style) = self.styles.read().unwrap_or_else(PoisonError::into_inner).get(key) {
            styled.push_str(style);
            return Ok(());
        }
        let style = self.style(key)?;
        styled.push_str(&style);
        self.styles.write().unwrap_or_else(PoisonError::into_inner).insert(key.to_owned(), style);
        Ok(())
    }

    /// The attribute that such an element gets; nothing where the sheet says nothing of it.
    fn style(&self, key: &str) -> Result<String, InlineError> {
        let (name, classes) = key.split_once(' ').unwrap_or((key, ""));
        let around = match name {
            "html" | "head" | "meta" | "title" => return Ok(String::new()),
            "td" | "th" => "<table><tr>",
            "tr" => "<table>",
            _ => "",
        };
        let page = self.inliner.inline(&format!("{around}<{name} class=\"{classes}\">"))?;
        let start = page.find(&format!("<{name} class=")).map_or("", |at| &page[at..]);
        let tag = &start[..end_of_tag(start).unwrap_or_default()];
        let style = tag.split_once(" style=\"").and_then(|(_, rest)| rest.split_once('"'));
        Ok(style.map(|(style, _)| format!(" style=\"{style}\"")).unwrap_or_default())
    }
}

/// Behind the `>`; one within quotes is text.
fn end_of_tag(from: &str) -> Option<usize> {
    let mut is_quoted = false;
    let end = from.bytes().position(|byte| {
        is_quoted ^= byte == b'"';
        byte == b'>' && !is_quoted
    });
    end.map(|end| end + 1)
}

/// The name of the element that begins here; none for an end, a comment or a doctype.
fn name(tag: &str) -> Option<&str> {
    let inside = &tag[1..];
    let end = inside.find(|c: char| !c.is_ascii_alphanumeric())?;
    (end > 0).then(|| &inside[..end])
}

fn classes(tag: &str) -> &str {
    tag.split_once(" class=\"").and_then(|(_, rest)| rest.split_once('"')).map_or("", |(classes, _)| classes)
}
