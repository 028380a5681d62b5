//! Texts in both languages, by how long they may be.

#![expect(dead_code, reason = "only the shapes are used")]

use schemars::JsonSchema;

use crate::curriculum::scalar::{MAX_BODY, MAX_LINE, MAX_NOTE};

macro_rules! texts {
    ($($(#[$doc:meta])* $name:ident: $max:ident, $title:literal;)*) => {$(
        $(#[$doc])*
        #[derive(JsonSchema)]
        #[schemars(deny_unknown_fields, title = $title)]
        pub struct $name {
            /// In English.
            #[schemars(length(min = 1, max = $max))]
            en: String,
            /// In Traditional Chinese as written in Taiwan.
            #[schemars(rename = "zh-TW", length(min = 1, max = $max))]
            zh_tw: String,
        }
    )*};
}

texts! {
    /// One line in both languages: `{en: "Team map", zh-TW: "團隊地圖"}`.
    Line: MAX_LINE, "line";
    /// A few sentences in both languages.
    Note: MAX_NOTE, "text";
    /// Markdown in both languages: paragraphs, lists, bold, links.
    Markdown: MAX_BODY, "Markdown";
}
