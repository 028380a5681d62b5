//! Where everything of a drawing stands: modules in columns, columns in bands, no box over another,
//! every text wrapped inside its box.

use unicode_width::UnicodeWidthChar;

use super::{At, Drawing};

pub const BOX: f64 = 232.0;
pub const PAD: f64 = 10.0;
pub const LINE: f64 = 18.0;
pub const FONT: f64 = 13.0;
/// Around the whole drawing.
pub const MARGIN: f64 = 24.0;
/// Between boxes of a column.
const GAP: f64 = 18.0;
/// Between columns: lines turn here.
const GUTTER: f64 = 72.0;
/// Between bands.
const BAND: f64 = 56.0;
/// Inside a module, around its steps: lines to the same column turn here.
const FRAME: f64 = 28.0;
/// Wider than this, a drawing needs two screens.
const COLUMNS: usize = 6;

pub struct Rect {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
}

impl Rect {
    pub fn right(&self) -> f64 {
        self.x + self.width
    }

    pub fn bottom(&self) -> f64 {
        self.y + self.height
    }

    pub fn middle(&self) -> f64 {
        self.y + self.height / 2.0
    }

    pub fn center(&self) -> f64 {
        self.x + self.width / 2.0
    }
}

pub struct Layout {
    pub width: f64,
    pub height: f64,
    pub modules: Vec<Placed>,
}

/// A module and its steps, where they stand.
pub struct Placed {
    pub frame: Rect,
    pub title: Vec<String>,
    pub steps: Vec<Step>,
}

pub struct Step {
    pub frame: Rect,
    pub title: Vec<String>,
    pub note: Vec<String>,
}

impl Layout {
    pub fn step(&self, at: At) -> Option<&Step> {
        self.modules.get(at.0)?.steps.get(at.1)
    }
}

/// `top` is what stands above: the title and the legend.
pub fn layout(drawing: &Drawing, top: f64) -> Layout {
    let column = BOX + 2.0 * FRAME;
    let mut y = top;
    let mut modules: Vec<Placed> = Vec::new();
    for band in drawing.modules.chunks(COLUMNS) {
        let mut x = MARGIN;
        let mut lowest = y;
        for module in band {
            let placed = place(module, x, y, column);
            lowest = lowest.max(placed.frame.bottom());
            modules.push(placed);
            x += column + GUTTER;
        }
        y = lowest + BAND;
    }
    let right = modules.iter().map(|module| module.frame.right()).fold(2.0 * column, f64::max);
    Layout { width: right + MARGIN, height: y - BAND + MARGIN, modules }
}

fn place(module: &super::Module, x: f64, y: f64, width: f64) -> Placed {
    let title = wrap(&module.title, width - 2.0 * PAD, FONT + 2.0);
    let mut below = y + PAD + lines(&title) * (LINE + 2.0) + PAD;
    let mut steps = Vec::new();
    for node in &module.steps {
        let title = wrap(&node.title, BOX - 2.0 * PAD, FONT);
        let note = wrap(&node.note, BOX - 2.0 * PAD, FONT - 1.0);
        let height = PAD + (lines(&title) + lines(&note)) * LINE + PAD;
        steps.push(Step { frame: Rect { x: x + FRAME, y: below, width: BOX, height }, title, note });
        below += height + GAP;
    }
    Placed { frame: Rect { x, y, width, height: below - y }, title, steps }
}

fn lines(of: &[String]) -> f64 {
    of.iter().map(|_| 1.0).sum()
}

/// A text in lines that are no wider than `width`. Words of Latin script stay whole where they can.
pub fn wrap(text: &str, width: f64, size: f64) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in words(text) {
        if measure(&format!("{line}{}", word.trim_end()), size) <= width {
            line += &word;
            continue;
        }
        if !line.trim().is_empty() {
            lines.push(std::mem::take(&mut line).trim().to_owned());
        }
        // A word that is wider than the line is broken.
        for c in word.chars() {
            if measure(&format!("{line}{c}"), size) > width && !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            line.push(c);
        }
    }
    if !line.trim().is_empty() {
        lines.push(line.trim().to_owned());
    }
    lines
}

/// What may not be broken, with the space behind it: a word, or one wide character. A mark that ends a
/// clause goes with what it ends.
fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut open = false;
    for c in text.split_whitespace().collect::<Vec<_>>().join(" ").chars() {
        let is_wide = c.width() == Some(2);
        let clings = "，。、；：？！）」』,.;:?!)".contains(c);
        match words.last_mut() {
            Some(word) if clings || c == ' ' || (open && !is_wide) => word.push(c),
            _ => words.push(c.to_string()),
        }
        open = !is_wide && c != ' ';
    }
    words
}

/// The width of a text, rather too wide than too narrow: nobody knows the reader's font.
pub fn measure(text: &str, size: f64) -> f64 {
    let of = |c: char| match c {
        _ if c.width() == Some(2) => 1.04,
        'i' | 'j' | 'l' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' => 0.34,
        ' ' | 'f' | 't' | 'r' | '(' | ')' | '-' => 0.42,
        'm' | 'w' | 'M' | 'W' | '@' | '%' | '…' | '—' => 1.0,
        'A'..='Z' | '&' | '+' | '–' => 0.76,
        _ => 0.62,
    };
    text.chars().map(of).sum::<f64>() * size
}
