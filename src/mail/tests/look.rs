//! What makes a letter legible to everybody, held of every letter there is, in both languages.
//!
//! Looks are computed as two kinds of clients do: one that reads nothing but what stands in the
//! elements, and one that goes dark by the block in the head.

use std::collections::BTreeMap;

use scraper::{CaseSensitivity, Node};

use super::*;
use crate::engine::mail::Topic;

const SHEET: &str = include_str!("../../../templates/assets/mail.css");

fn every_letter(holds: impl Fn(Lang, &Html)) {
    for lang in Lang::ALL {
        for body in all() {
            holds(lang, &Html::parse_document(&as_html(lang, body)));
        }
        for topic in Topic::ALL {
            holds(lang, &Html::parse_document(&stoppable(lang, topic).html));
        }
    }
}

/// A letter of a topic that its reader can stop.
fn stoppable(lang: Lang, topic: Topic) -> MailWords {
    let letter = brief();
    let sender = sender();
    let shown = Shown {
        letter: &letter,
        home: &sender.home,
        help: None,
        stop: Some("https://pilothouse.example.com/stop/5ec2e7"),
        topic: Some(topic.as_str()),
        answers: false,
        examples: Vec::new(),
    };
    let renderer = RENDERER.with(|renderer| *renderer);
    renderer.mail("brief", lang, chrono_tz::Tz::Asia__Taipei, &shown).expect("a mail")
}

fn all_of<'a>(page: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    let selector = Selector::parse(selector).expect("a selector");
    page.root_element().select(&selector).collect()
}

fn is(element: &ElementRef<'_>, class: &str) -> bool {
    element.value().has_class(class, CaseSensitivity::CaseSensitive)
}

type Declarations = BTreeMap<String, String>;

fn declarations(style: &str) -> Declarations {
    let pairs = style.split(';').filter_map(|one| one.split_once(':'));
    pairs.map(|(name, value)| (name.trim().to_owned(), value.replace("!important", "").trim().to_owned())).collect()
}

/// The dark block, in an order in which a later rule wins.
fn dark_rules() -> Vec<(Selector, Declarations)> {
    let (_, block) = SHEET.split_once("@media (prefers-color-scheme: dark) {").expect("a dark block");
    let (block, _) = block.split_once("\n}\n").expect("its end");
    let rules = block.split('}').filter_map(|rule| rule.split_once('{'));
    rules.map(|(who, how)| (Selector::parse(who.trim()).expect("a selector"), declarations(how))).collect()
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Colour([u8; 3]);

impl Colour {
    fn parse(text: &str) -> Colour {
        let hex = hex::decode(text.trim_start_matches('#')).expect("a colour of six digits");
        Colour(hex.try_into().expect("three parts"))
    }

    /// As clients show it that go dark by force.
    fn inverted(self) -> Colour {
        Colour(self.0.map(|part| 255 - part))
    }

    /// WCAG 2.2: relative luminance.
    fn luminance(self) -> f64 {
        let [r, g, b] = self.0.map(|part| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }

    fn contrast(self, other: Colour) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }
}

/// How text looks.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Look {
    ink: Colour,
    back: Colour,
    size: f64,
    line: f64,
}

const LIGHT: Look = Look { ink: Colour([0; 3]), back: Colour([255; 3]), size: 16.0, line: 1.2 };
const DARK: Look = Look { ink: Colour([255; 3]), back: Colour([0; 3]), ..LIGHT };

fn own(element: &ElementRef<'_>, dark: &[(Selector, Declarations)]) -> Declarations {
    let mut own = declarations(element.attr("style").unwrap_or_default());
    for (_, how) in dark.iter().filter(|(who, _)| who.matches(element)) {
        own.extend(how.clone());
    }
    own
}

fn look(inherited: Look, own: &Declarations) -> Look {
    let number = |name: &str| own.get(name).map(|value| value.trim_end_matches("px").parse().expect("a number"));
    let colour = |name: &str| own.get(name).map(|value| Colour::parse(value));
    let size = number("font-size").unwrap_or(inherited.size);
    let in_px = own.get("line-height").is_some_and(|value| value.ends_with("px"));
    let line = number("line-height").map(|line: f64| if in_px { line / size } else { line });
    Look {
        ink: colour("color").unwrap_or(inherited.ink),
        back: colour("background-color").unwrap_or(inherited.back),
        size,
        line: line.unwrap_or(inherited.line),
    }
}

/// Every visible text with its look.
fn looks(element: ElementRef<'_>, inherited: Look, dark: &[(Selector, Declarations)], found: &mut Vec<(String, Look)>) {
    let own = own(&element, dark);
    if own.get("display").is_some_and(|display| display == "none") {
        return;
    }
    let here = look(inherited, &own);
    for child in element.children() {
        match child.value() {
            Node::Text(text) if !text.trim().is_empty() => found.push((text.trim().to_owned(), here)),
            _ => ElementRef::wrap(child).into_iter().for_each(|child| looks(child, here, dark, found)),
        }
    }
}

fn light_and_dark(page: &Html) -> [Vec<(String, Look)>; 2] {
    let body = all_of(page, "body")[0];
    [(LIGHT, Vec::new()), (DARK, dark_rules())].map(|(start, rules)| {
        let mut found = Vec::new();
        looks(body, start, &rules, &mut found);
        found
    })
}

/// The style of every element, in their order.
fn styles(page: &str) -> Vec<(String, Declarations)> {
    let page = Html::parse_document(page);
    let elements = page.root_element().descendent_elements();
    let style = |element: ElementRef<'_>| declarations(element.attr("style").unwrap_or_default());
    elements.map(|element| (element.value().name().to_owned(), style(element))).collect()
}

#[test]
fn every_element_has_the_style_that_css_inline_gives_it_in_the_whole_letter() {
    let renderer = RENDERER.with(|renderer| *renderer);
    for lang in Lang::ALL {
        for body in all() {
            let ours = as_html(lang, body);
            let mut bare = String::new();
            for (n, part) in ours.split(" style=\"").enumerate() {
                bare += if n == 0 { part } else { part.split_once('"').expect("its end").1 };
            }
            let theirs = renderer.by_css_inline(&bare);
            // Its own block in the head is not ours.
            let both = [&ours, &theirs].map(|page| styles(page).into_iter().filter(|(name, _)| name != "style"));
            let [ours, theirs] = both.map(Iterator::collect::<Vec<_>>);
            assert_eq!(ours, theirs);
        }
    }
}

#[test]
fn text_is_large_and_airy_enough_in_every_letter() {
    every_letter(|lang, page| {
        let least = if lang == Lang::ZhTw { 1.6 } else { 1.5 };
        for (text, look) in light_and_dark(page).concat() {
            assert!(look.size >= 16.0 && look.line >= least, "{text}: {look:?}");
        }
    });
}

#[test]
fn text_stands_out_in_light_in_dark_and_where_colours_are_inverted() {
    every_letter(|_, page| {
        let [light, dark] = light_and_dark(page);
        assert!(light.len() > 5 && light.len() == dark.len());
        for (text, Look { ink, back, .. }) in light.iter().chain(&dark) {
            assert!(ink.contrast(*back) >= 4.5, "{text}: {ink:?} on {back:?}");
        }
        for (text, Look { ink, back, .. }) in &light {
            assert!(ink.inverted().contrast(back.inverted()) >= 4.5, "{text}: {ink:?} on {back:?}, inverted");
        }
        for (light, dark) in light.iter().zip(&dark) {
            assert!(light.1.ink != dark.1.ink, "{} has no dark colour", light.0);
        }
    });
}

#[test]
fn a_bar_stands_out_and_its_number_stands_beside_it() {
    let page = Html::parse_document(&as_html(Lang::En, Body::Digest(digest())));
    let bars = all_of(&page, "table.bar");
    assert_eq!(bars.len(), digest().plans.all.len());
    for (bar, plan) in bars.iter().zip(digest().plans.all) {
        let cell = ElementRef::wrap(bar.parent().expect("a cell")).expect("an element");
        assert_eq!(cell.value().name(), "td");
        assert!(cell.text().collect::<String>().contains(&format!("({}%)", plan.percent)));
        assert_eq!((bar.attr("role"), bar.attr("aria-hidden")), (Some("presentation"), Some("true")));
        let width = bar.descendent_elements().find(|cell| is(cell, "done")).and_then(|cell| cell.attr("width"));
        assert_eq!(width.unwrap_or("0%"), format!("{}%", plan.percent));
    }
    for rules in [Vec::new(), dark_rules()] {
        let shade = |class: &str| {
            let cell = all_of(&page, class)[0];
            look(LIGHT, &own(&cell, &rules)).back
        };
        assert!(shade("td.done").contrast(shade("td.left")) >= 3.0);
    }
}

#[test]
fn every_link_is_as_high_as_a_finger() {
    every_letter(|_, page| {
        for link in all_of(page, "a") {
            let around: Vec<_> = link.ancestors().filter_map(ElementRef::wrap).collect();
            let inherited = around.iter().rev().fold(LIGHT, |above, one| look(above, &own(one, &[])));
            let written = own(&link, &[]);
            let Look { size, line, .. } = look(inherited, &written);
            let padding = written.get("padding").and_then(|padding| padding.split("px").next()?.parse::<f64>().ok());
            let height = size * line + 2.0 * padding.unwrap_or_default();
            assert_eq!(written.get("display").map(String::as_str), Some("inline-block"), "{}", link.html());
            assert!(height >= 44.0, "{height} px: {}", link.html());
        }
    });
}

#[test]
fn what_is_late_is_said_in_words_and_not_by_colour_alone() {
    for (lang, word) in [(Lang::En, "late"), (Lang::ZhTw, "逾期")] {
        let page = Html::parse_document(&as_html(lang, Body::Brief(brief())));
        let late = all_of(&page, ".late");
        assert_eq!(late.len(), brief().overdue.shown.len());
        assert!(late.iter().all(|one| one.text().any(|text| text.contains(word))));
    }
}

#[test]
fn a_letter_says_its_language_and_its_title_and_has_one_first_heading() {
    every_letter(|lang, page| {
        let tag = if lang == Lang::ZhTw { "zh-Hant-TW" } else { "en" };
        let root = page.root_element();
        assert_eq!((root.attr("lang"), root.attr("xml:lang")), (Some(tag), Some(tag)));
        assert_eq!(all_of(page, "[lang]").len(), 0, "no part is in another language");
        let said =
            |selector: &str| all_of(page, selector).iter().map(|one| one.text().collect()).collect::<Vec<String>>();
        assert_eq!(said("title"), said("h1"));
        assert!(said("title").iter().all(|title| !title.is_empty()));
        let levels: Vec<u32> = all_of(page, "h1, h2, h3, h4, h5, h6")
            .iter()
            .filter_map(|heading| heading.value().name()[1..].parse().ok())
            .collect();
        assert_eq!((levels.first(), levels.iter().filter(|level| **level == 1).count()), (Some(&1), 1));
        assert!(levels.windows(2).all(|two| two[1] <= two[0] + 1), "{levels:?}");
    });
}

#[test]
fn a_table_is_either_layout_or_has_heads() {
    every_letter(|_, page| {
        for table in all_of(page, "table") {
            let is_own = |head: &ElementRef<'_>| {
                let mut around = head.ancestors().filter_map(ElementRef::wrap);
                around.find(|one| one.value().name() == "table") == Some(table)
            };
            let heads = table.descendent_elements().filter(|one| one.value().name() == "th");
            let heads: Vec<_> = heads.filter(is_own).collect();
            assert_eq!(table.attr("role") == Some("presentation"), heads.is_empty(), "{}", table.html());
            assert!(heads.iter().all(|head| matches!(head.attr("scope"), Some("col" | "row"))));
        }
    });
}

#[test]
fn a_letter_offers_light_and_dark_and_keeps_the_charset_where_it_is_looked_for() {
    every_letter(|_, page| {
        for name in ["color-scheme", "supported-color-schemes"] {
            let meta = all_of(page, &format!("head > meta[name={name}]"));
            assert_eq!(meta.iter().filter_map(|one| one.attr("content")).collect::<Vec<_>>(), ["light dark"]);
        }
        let styles: Vec<String> = all_of(page, "style").iter().map(|style| style.text().collect()).collect();
        let [style] = styles.as_slice() else { panic!("{styles:?}") };
        assert!(style.contains(":root { color-scheme: light dark;") && style.contains("(prefers-color-scheme: dark)"));
        let html = page.html();
        assert!(html.find("<meta charset").is_some_and(|at| at < 1000), "{html}");
    });
}

#[test]
fn a_letter_holds_no_picture_script_or_form_and_leads_nowhere_but_home() {
    every_letter(|_, page| {
        let foreign = "img, picture, svg, video, audio, object, embed, iframe, script, form, input, button, select, \
                       textarea, link, base, [src], [background], [srcset], [onclick], [onload]";
        assert_eq!(all_of(page, foreign).len(), 0);
        for link in all_of(page, "[href]") {
            let address = link.attr("href").unwrap_or_default();
            assert!(address.starts_with(&sender().home) || address == "mailto:hr@example.com", "{address}");
        }
        let html = page.html();
        assert!(!html.contains("url(") && !html.contains("@import"));
        assert_eq!(html.matches("://").count(), html.matches(&sender().home).count());
    });
}

#[test]
fn the_preview_is_the_first_text_of_a_letter_and_hidden_once_it_is_open() {
    for lang in Lang::ALL {
        for body in all() {
            let mail = sent(&letter(lang, body));
            let page = Html::parse_document(&mail.html);
            let first = all_of(&page, "body > *")[0];
            let written = own(&first, &[]);
            assert_eq!(["display", "mso-hide"].map(|name| written[name].as_str()), ["none", "all"]);
            let preview: String = first.text().collect();
            assert!(!preview.is_empty() && preview != mail.subject, "{preview}");
            assert_eq!(mail.text.lines().next(), Some(preview.as_str()));
        }
    }
}

#[test]
fn a_letter_says_whose_it_is_why_it_comes_and_how_it_stops() {
    for lang in Lang::ALL {
        for topic in Topic::ALL {
            let mail = stoppable(lang, topic);
            let said = |id: &str| {
                let id: &'static str = Box::leak(format!("{id}{}", topic.as_str()).into_boxed_str());
                RENDERER.with(|renderer| renderer.sentence(lang, &crate::engine::message::Message::new(id)))
            };
            for body in [&mail.text, &mail.html] {
                assert!(body.contains(&said("mail-topic-")) && body.contains(&said("mail-stop-")), "{body}");
                assert!(body.contains("https://pilothouse.example.com/stop/5ec2e7"), "{body}");
            }
        }
        let mail = sent(&letter(lang, Body::SignIn(sign_in())));
        assert!(!mail.text.contains("/stop/") && mail.text.contains("hr@example.com"));
        assert!(mail.text.contains("\r\nhttps://pilothouse.example.com\r\n"), "{}", mail.text);
    }
}
