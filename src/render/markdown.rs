//! Markdown as authors and people write it, as HTML that can do no harm.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

/// What is let through. No images: a page shows none, and in a mail they call home.
static SAFE: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::empty();
    builder
        .tags(HashSet::from([
            "p",
            "br",
            "hr",
            "strong",
            "em",
            "del",
            "code",
            "pre",
            "blockquote",
            "ul",
            "ol",
            "li",
            "h3",
            "h4",
            "h5",
            "h6",
            "a",
            "table",
            "thead",
            "tbody",
            "tr",
            "th",
            "td",
        ]))
        .tag_attributes(HashMap::from([("a", HashSet::from(["href", "title"])), ("ol", HashSet::from(["start"]))]))
        .url_schemes(HashSet::from(["https", "http", "mailto", "tel"]))
        .url_relative(UrlRelative::Deny)
        .link_rel(Some("noopener noreferrer"));
    builder
});

/// Safe HTML. Raw HTML in the source is shown as it was typed. Headings begin at `h3`: the page has
/// its own `h1`, and its parts have `h2`.
pub fn markdown(source: &str) -> String {
    let events =
        Parser::new_ext(source, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH).map(|event| match event {
            Event::Html(raw) | Event::InlineHtml(raw) => Event::Text(raw),
            Event::Start(Tag::Heading { level, .. }) => {
                Event::Start(Tag::Heading { level: lower(level), id: None, classes: Vec::new(), attrs: Vec::new() })
            }
            Event::End(TagEnd::Heading(level)) => Event::End(TagEnd::Heading(lower(level))),
            other => other,
        });
    let mut raw = String::new();
    html::push_html(&mut raw, events);
    SAFE.clean(&raw).to_string()
}

fn lower(level: HeadingLevel) -> HeadingLevel {
    match level {
        HeadingLevel::H1 => HeadingLevel::H3,
        HeadingLevel::H2 => HeadingLevel::H4,
        HeadingLevel::H3 => HeadingLevel::H5,
        HeadingLevel::H4 | HeadingLevel::H5 | HeadingLevel::H6 => HeadingLevel::H6,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn raw_html_is_shown_and_not_obeyed() {
        assert_eq!(
            markdown("**Why.** <script>alert(1)</script>"),
            "<p><strong>Why.</strong> &lt;script&gt;alert(1)&lt;/script&gt;</p>\n"
        );
    }

    #[test]
    fn a_body_never_has_the_headings_of_the_page() {
        assert_eq!(markdown("# One\n\n## Two"), "<h3>One</h3>\n<h4>Two</h4>\n");
    }

    #[test]
    fn a_link_that_would_run_a_script_goes_nowhere() {
        assert!(!markdown("[x](javascript:alert(1)) ![y](https://example.com/pixel.png)").contains("javascript"));
        assert!(!markdown("![y](https://example.com/pixel.png)").contains("<img"));
    }

    proptest! {
        #[test]
        fn no_source_makes_a_tag_that_was_not_let_through(source in r#"[<>a-z"'=/#*`\[\]()\n&;: svgmathscriptonload-]{0,80}"#) {
            let made = markdown(&source);
            for forbidden in ["<svg", "<math", "<script", "<img", "<h1", "<h2", "<style", "<iframe"] {
                prop_assert!(!made.contains(forbidden), "{made}");
            }
        }
    }
}
