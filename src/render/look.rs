//! The look of mail: one style sheet, written into every element that it is for.

use css_inline::{CSSInliner, InlineError};

const SHEET: &str = include_str!("../../templates/assets/mail.css");

/// More elements than most letters have.
const ELEMENTS: usize = 256;

pub(super) struct Look(CSSInliner<'static>);

impl Look {
    pub fn new() -> Look {
        // What no element can hold, the dark colours among it, is kept in the head. A mail links to
        // no style sheet, and none would be fetched.
        let options = CSSInliner::options().extra_css(Some(SHEET.into())).keep_at_rules(true).minify_css(true);
        Look(options.load_remote_stylesheets(false).preallocate_node_capacity(ELEMENTS).build())
    }

    pub fn given_to(&self, html: &str) -> Result<String, InlineError> {
        self.0.inline(html)
    }
}
