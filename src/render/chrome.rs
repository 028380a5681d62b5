//! What every page shows around its own matter.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde::Serialize;

use crate::engine::message::Message;
use crate::engine::vocabulary::{Lang, PersonId, Role};

/// What the layout shows. The page's own title is words, so the page's template gives it.
#[derive(Debug, Clone, Serialize)]
pub struct Chrome {
    pub lang: Lang,
    pub zone: Tz,
    /// The address of this page, to come back to after a change of language.
    pub path: String,
    pub viewer: Option<ViewerChrome>,
    /// The token that every form carries; none before sign-in.
    pub csrf: Option<String>,
    pub nav: Vec<NavItem>,
    pub demo: Option<DemoBar>,
    pub flash: Option<Flash>,
    /// Whom to ask, in the same place on every page.
    pub help: Option<HelpContact>,
}

/// Who is signed in.
#[derive(Debug, Clone, Serialize)]
pub struct ViewerChrome {
    pub name: String,
    /// Tells people apart on one device, and says nothing about them.
    pub token: String,
    pub is_hr: bool,
}

/// A link of the main navigation.
#[derive(Debug, Clone, Serialize)]
pub struct NavItem {
    pub href: String,
    /// The id of its words.
    pub label: &'static str,
    /// The page that stands there, or one below it.
    pub current: bool,
}

/// The bar of the demo, with which time travels.
#[derive(Debug, Clone, Serialize)]
pub struct DemoBar {
    /// The program's clock.
    pub now: DateTime<Utc>,
    /// In whose shoes one can step; none shows no choice.
    pub people: Vec<DemoPerson>,
}

#[derive(Debug, Clone, Serialize)]
pub struct DemoPerson {
    pub id: PersonId,
    pub name: String,
    pub role: Role,
    pub current: bool,
}

/// What the last act came to.
#[derive(Debug, Clone, Serialize)]
pub struct Flash {
    pub message: Message,
    pub kind: FlashKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FlashKind {
    /// It was done.
    Done,
    /// It was refused, and the message says what would help.
    Refused,
}

#[derive(Debug, Clone, Serialize)]
pub struct HelpContact {
    pub name: String,
    pub email: String,
}

impl Chrome {
    /// The chrome of somebody who is not signed in.
    pub fn visitor(lang: Lang, zone: Tz, path: impl Into<String>) -> Chrome {
        Chrome {
            lang,
            zone,
            path: path.into(),
            viewer: None,
            csrf: None,
            nav: Vec::new(),
            demo: None,
            flash: None,
            help: None,
        }
    }
}
