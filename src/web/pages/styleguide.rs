//! The living page of the design system, with samples for every part (`docs/design-system.md`).

mod colours;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::app::pages::field_view::{FieldView, LinkView, Somebody};
use crate::app::pages::sheet;
use crate::app::pages::step_form::FormProblem;
use crate::engine::message::Message;
use crate::engine::release::{Choice, Column, ColumnKind, Dimension, Field, FieldKind, Notes, Number};
use crate::engine::vocabulary::{Lang, Text};
use crate::render::Renderer;
use colours::Pair;

/// Every state that a pill names.
const STATES: [&str; 16] = [
    "later",
    "blocked",
    "open",
    "today",
    "overdue",
    "resting",
    "in-review",
    "returned",
    "done",
    "lapsed",
    "closed",
    "not-taken",
    "ended",
    "waived",
    "skipped",
    "plan-ended",
];

#[derive(Debug, Clone, Serialize)]
pub struct StyleguidePage {
    /// From the largest to the smallest.
    steps: Vec<Token>,
    spaces: Vec<Token>,
    colours: Vec<Colour>,
    text_pairs: Vec<Pair>,
    edge_pairs: Vec<Pair>,
    states: [&'static str; 16],
    fields: Vec<FieldView>,
    /// Fields to be read, one of them without an answer.
    answers: Vec<FieldView>,
    wrong: FieldView,
    problems: Vec<FormProblem>,
    now: DateTime<Utc>,
}

/// A custom property that is a length.
#[derive(Debug, Clone, Serialize)]
struct Token {
    name: String,
    value: String,
}

#[derive(Debug, Clone, Serialize)]
struct Colour {
    name: String,
    light: String,
    dark: String,
}

/// The page, with words of its own in both languages.
pub fn page(renderer: &Renderer, now: DateTime<Utc>) -> StyleguidePage {
    let words = Words(renderer);
    let (light, dark) = colours::properties();
    let tokens = |prefix: &str| {
        let named = light.iter().filter(|(name, _)| name.starts_with(prefix));
        named.map(|(name, value)| Token { name: name.clone(), value: value.clone() }).collect::<Vec<_>>()
    };
    let mut steps = tokens("step-");
    let size = |step: &Token| -step.value.trim_end_matches("rem").parse().unwrap_or(0.0);
    steps.sort_by(|one, other| f64::total_cmp(&size(one), &size(other)));
    let is_colour = |(name, value): (&String, &String)| {
        let dark = dark.get(name).cloned().unwrap_or_default();
        value.starts_with('#').then(|| Colour { name: name.clone(), light: value.clone(), dark })
    };
    let fields = words.fields();
    let wrong = words.wrong();
    let problem = wrong.problem.clone().unwrap_or_else(|| Message::new("field-required"));
    StyleguidePage {
        steps,
        spaces: tokens("space-"),
        colours: light.iter().filter_map(is_colour).collect(),
        text_pairs: colours::pairs(&colours::TEXT),
        edge_pairs: colours::pairs(&colours::EDGES),
        states: STATES,
        answers: fields.iter().filter(|view| is_read(view)).cloned().collect(),
        fields,
        problems: vec![FormProblem {
            field: wrong.field.id.clone(),
            part: None,
            label: wrong.field.label.clone(),
            message: problem,
        }],
        wrong,
        now,
    }
}

/// What somebody wrote would be in one language, so only what has no words of its own is read here.
fn is_read(view: &FieldView) -> bool {
    !matches!(view.field.kind, FieldKind::LongText { .. } | FieldKind::Smart { .. } | FieldKind::File { .. })
}

/// The words of samples: an author's text has both languages at once.
struct Words<'r>(&'r Renderer);

impl Words<'_> {
    fn text(&self, id: &'static str) -> Text {
        let message = Message::new(id);
        Text { en: self.0.sentence(Lang::En, &message), zh_tw: self.0.sentence(Lang::ZhTw, &message) }
    }

    fn field(&self, id: &str, label: &'static str, kind: FieldKind) -> Field {
        Field { id: id.to_owned(), label: self.text(label), help: None, required: true, when: None, begin: None, kind }
    }

    fn options(&self) -> Vec<Choice> {
        let options = [("price", "style-option-price"), ("time", "style-option-time"), ("trust", "style-option-trust")];
        options.map(|(id, label)| Choice { id: id.to_owned(), label: self.text(label) }).into()
    }

    fn table(&self) -> FieldKind {
        let column =
            |id: &str, label, kind| Column { id: id.to_owned(), label: self.text(label), required: true, kind };
        let columns = vec![
            column("what", "style-column-what", ColumnKind::Text),
            column("whom", "style-column-whom", ColumnKind::Person),
            column("until", "style-column-until", ColumnKind::Date),
        ];
        FieldKind::Table { columns, min_rows: 1, max_rows: 4, of: None }
    }

    fn rating(&self) -> FieldKind {
        let listens = Dimension {
            id: "listens".to_owned(),
            source: None,
            label: self.text("style-dimension"),
            help: None,
            low: Some(self.text("style-dimension-low")),
            middle: None,
            high: Some(self.text("style-dimension-high")),
        };
        let (notes, dimensions) = (Notes::Optional, vec![listens]);
        FieldKind::Rating { dimensions, min: 1, max: 5, not_observed: true, notes, at_least: 1 }
    }

    /// One field of every kind, some of them filled.
    fn fields(&self) -> Vec<FieldView> {
        let low_high = (Some(self.text("style-scale-low")), Some(self.text("style-scale-high")));
        let mut long = self.field("long", "style-long", FieldKind::LongText { example: None, min: 20, max: 2000 });
        long.help = Some(self.text("style-long-help"));
        let mut file = self.field("file", "style-file", FieldKind::File { max_mb: 5 });
        file.required = false;
        let unit = Some(self.text("style-unit"));
        let example = Some(self.text("style-line-example"));
        let asks = [
            self.field("line", "style-line", FieldKind::Text { example, min: 1, max: 80 }),
            long,
            self.field("choice", "style-choice", FieldKind::Choice { options: self.options() }),
            self.field("several", "style-several", FieldKind::Several { options: self.options(), min: 1, max: 2 }),
            self.field("scale", "style-scale", FieldKind::Scale { min: 1, max: 5, low: low_high.0, high: low_high.1 }),
            self.field("number", "style-number", FieldKind::Number { min: Some(Number(0)), max: None, unit }),
            self.field("date", "style-date", FieldKind::Date),
            self.field("person", "style-person", FieldKind::Person),
            self.field("table", "style-table-field", self.table()),
            self.field("goal", "style-goal", FieldKind::Smart { example: None }),
            self.field("rating", "style-rating", self.rating()),
            file,
            self.field("link", "style-link", FieldKind::Link),
        ];
        let mut views = sheet::empty(&asks);
        for view in &mut views {
            self.fill(view);
        }
        views
    }

    fn fill(&self, view: &mut FieldView) {
        let somebody = |id: &str, name: &str| Somebody { id: id.to_owned(), name: name.to_owned(), is_here: true };
        view.value = match view.field.id.as_str() {
            "choice" => "time",
            "scale" => "4",
            "number" => "12.5",
            "date" => "2030-03-04",
            "person" => "b",
            "link" => "https://example.com/",
            _ => "",
        }
        .to_owned();
        match &view.field.kind {
            FieldKind::Link => {
                view.link = Some(LinkView { href: view.value.clone(), host: "example.com".to_owned() });
            }
            FieldKind::Several { .. } => view.chosen = [("price".to_owned(), true)].into(),
            FieldKind::Person => view.people = vec![somebody("a", "林怡君"), somebody("b", "Kevin Lin")],
            FieldKind::Table { .. } => {
                view.people = vec![somebody("a", "林怡君"), somebody("b", "Kevin Lin")];
                let row = [("whom".to_owned(), "a".to_owned()), ("until".to_owned(), "2030-03-08".to_owned())];
                view.rows = vec![row.into(), BTreeMap::new()];
            }
            FieldKind::Rating { .. } => {
                view.rows = vec![[("listens".to_owned(), "4".to_owned())].into()];
            }
            FieldKind::Smart { .. } => view.rows = vec![BTreeMap::new()],
            _ => {}
        }
    }

    /// A field that came back with what is wrong with it.
    fn wrong(&self) -> FieldView {
        let kind = FieldKind::Text { example: None, min: 1, max: 80 };
        let mut view = sheet::empty(&[self.field("wrong", "style-wrong", kind)]).remove(0);
        view.problem = Some(Message::new("field-required"));
        view
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::Chrome;
    use scraper::{Html, Selector};

    fn rendered(lang: Lang) -> Html {
        let renderer = crate::render::shared();
        let now = "2030-03-04T01:00:00Z".parse().expect("a moment");
        let chrome = Chrome::visitor(lang, chrono_tz::Asia::Taipei, "/styleguide");
        Html::parse_document(&renderer.page("styleguide", &chrome, &page(renderer, now)).expect("a page"))
    }

    fn count(page: &Html, selector: &str) -> usize {
        page.select(&Selector::parse(selector).expect("a selector")).count()
    }

    #[test]
    fn the_styleguide_shows_every_kind_of_field_every_state_and_every_token_in_both_languages() {
        for page in Lang::ALL.map(rendered) {
            for kind in [
                "line", "text", "choice", "several", "scale", "number", "date", "person", "table", "smart", "rating",
                "file", "link",
            ] {
                assert!(count(&page, &format!("[data-kind={kind}]")) > 0, "{kind}");
            }
            assert!(STATES.iter().all(|state| count(&page, &format!(".pill-{state}")) > 0));
            assert_eq!((count(&page, "[data-step]"), count(&page, "[data-space]")), (6, 6));
            assert_eq!(count(&page, "[data-pair]"), colours::TEXT.len() + colours::EDGES.len());
            assert_eq!(count(&page, "h1"), 1);
        }
    }
}
