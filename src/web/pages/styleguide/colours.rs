//! The custom properties of `app.css` in both schemes, and how well what stands on what can be seen.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::render::asset;

/// Text and the ground that it stands on: 4.5 to 1 at least (WCAG 2.2, 1.4.3).
pub const TEXT: [(&str, &str); 37] = [
    ("ink", "back"),
    ("ink", "card"),
    ("ink", "tint"),
    ("ink", "good-tint"),
    ("ink", "bad-tint"),
    ("ink", "warm-tint"),
    ("ink", "wait-tint"),
    ("ink", "dull-tint"),
    ("soft", "back"),
    ("soft", "card"),
    ("soft", "tint"),
    ("soft", "warm-tint"),
    ("soft", "dull-tint"),
    ("accent", "back"),
    ("accent", "card"),
    ("accent", "tint"),
    ("accent", "good-tint"),
    ("accent", "bad-tint"),
    ("accent", "warm-tint"),
    ("accent-hover", "back"),
    ("accent-hover", "card"),
    ("accent-hover", "tint"),
    ("accent-hover", "warm-tint"),
    ("on-accent", "accent"),
    ("on-accent", "accent-hover"),
    ("good", "good-tint"),
    ("good", "card"),
    ("good", "back"),
    ("bad", "bad-tint"),
    ("bad", "card"),
    ("bad", "back"),
    ("warm", "warm-tint"),
    ("warm", "card"),
    ("warm", "back"),
    ("wait", "wait-tint"),
    ("wait", "card"),
    ("wait", "back"),
];

/// Edges of what can be pressed or filled, and marks that mean something: 3 to 1 at least (1.4.11).
pub const EDGES: [(&str, &str); 13] = [
    ("edge", "back"),
    ("edge", "card"),
    ("accent", "back"),
    ("accent", "card"),
    ("accent", "tint"),
    ("focus", "back"),
    ("focus", "card"),
    ("focus", "warm-tint"),
    ("good", "good-tint"),
    ("bad", "bad-tint"),
    ("warm", "warm-tint"),
    ("wait", "wait-tint"),
    ("bad", "card"),
];

/// Name and value of the properties in a scheme, in the order of their names.
pub type Properties = BTreeMap<String, String>;

/// The properties as they stand in light, and in dark where they differ.
pub fn properties() -> (Properties, Properties) {
    let css = asset("app.css").map(|(bytes, _)| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
    let mut blocks = css.split(":root {").skip(1).map(declared);
    let light = blocks.next().unwrap_or_default();
    let mut dark = light.clone();
    dark.extend(blocks.next().unwrap_or_default());
    (light, dark)
}

fn declared(block: &str) -> Properties {
    let inside = block.split('}').next().unwrap_or_default();
    let pairs = inside.split(';').filter_map(|line| line.trim().strip_prefix("--")?.split_once(':'));
    pairs.map(|(name, value)| (name.to_owned(), value.trim().to_owned())).collect()
}

/// Two colours of a scheme on each other.
#[derive(Debug, Clone, Serialize)]
pub struct Seen {
    pub on: String,
    pub ground: String,
    /// As people write it: `7.2`.
    pub contrast: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct Pair {
    pub on: &'static str,
    pub ground: &'static str,
    pub light: Seen,
    pub dark: Seen,
}

pub fn pairs(of: &[(&'static str, &'static str)]) -> Vec<Pair> {
    let (light, dark) = properties();
    let seen = |(on, ground): (&str, &str), scheme: &Properties| {
        let colour = |name: &str| scheme.get(name).cloned().unwrap_or_default();
        let (on, ground) = (colour(on), colour(ground));
        let contrast = format!("{:.1}", contrast(&on, &ground));
        Seen { on, ground, contrast }
    };
    let pair = |pair: &(&'static str, &'static str)| Pair {
        on: pair.0,
        ground: pair.1,
        light: seen(*pair, &light),
        dark: seen(*pair, &dark),
    };
    of.iter().map(pair).collect()
}

/// The contrast of two colours, 1 to 21 (WCAG 2.2, "contrast ratio"); 1 for what is no colour.
pub fn contrast(one: &str, other: &str) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    match one.zip(other) {
        Some((one, other)) => (one.max(other) + 0.05) / (one.min(other) + 0.05),
        None => 1.0,
    }
}

fn luminance(colour: &str) -> Option<f64> {
    let digits = colour.strip_prefix('#')?;
    let width = match digits.len() {
        3 => 1,
        6 => 2,
        _ => return None,
    };
    let channel = |n: usize| {
        let part = digits.get(n * width..(n + 1) * width)?;
        let part = if width == 1 { part.repeat(2) } else { part.to_owned() };
        let value = f64::from(u8::from_str_radix(&part, 16).ok()?) / 255.0;
        Some(if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) })
    };
    Some(0.2126 * channel(0)? + 0.7152 * channel(1)? + 0.0722 * channel(2)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn below(of: &[(&'static str, &'static str)], least: f64) -> Vec<String> {
        let (light, dark) = properties();
        let too_low = |(on, ground): &(&str, &str), scheme: &Properties| {
            let contrast = contrast(&scheme[*on], &scheme[*ground]);
            (contrast < least).then(|| format!("{on} on {ground}: {contrast:.2}"))
        };
        of.iter().flat_map(|pair| [too_low(pair, &light), too_low(pair, &dark)]).flatten().collect()
    }

    #[test]
    fn contrast_is_counted_as_the_guidelines_count_it() {
        assert!((contrast("#fff", "#000000") - 21.0).abs() < 0.001);
        assert!((contrast("#777777", "#fff") - 4.48).abs() < 0.01);
    }

    #[test]
    fn text_can_be_read_on_its_ground_in_both_schemes() {
        assert_eq!(below(&TEXT, 4.5), Vec::<String>::new());
    }

    #[test]
    fn edges_and_marks_can_be_seen_in_both_schemes() {
        assert_eq!(below(&EDGES, 3.0), Vec::<String>::new());
    }

    #[test]
    fn every_custom_property_is_named_in_the_document() {
        let css = String::from_utf8(asset("app.css").expect("the style sheet").0.into_owned()).expect("text");
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/design-system.md");
        let document = std::fs::read_to_string(path).expect("the document");
        let is_name = |c: char| c.is_ascii_alphanumeric() || c == '-';
        let words = css.split(|c| !is_name(c)).filter(|word| word.starts_with("--") && word.len() > 2);
        let missing: std::collections::BTreeSet<&str> =
            words.filter(|name| !document.contains(&format!("`{name}`"))).collect();
        assert!(missing.is_empty(), "docs/design-system.md says nothing of {missing:?}");
    }
}
