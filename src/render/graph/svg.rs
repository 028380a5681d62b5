//! The drawing as SVG.

use std::fmt::Write;

use super::layout::{self, FONT, LINE, Layout, MARGIN, PAD, Rect, Step, layout};
use super::{Drawing, Edge, Kind};
use crate::engine::vocabulary::Lang;

const STYLE: &str = "\
svg{--back:#f4f6f5;--card:#fff;--module:#e9eeee;--ink:#1b252c;--soft:#4a5861;--edge:#73828b;--after:#4a5861;--join:#1b5a35;--when:#8a4b00;--anchor:#4a3a86}
@media(prefers-color-scheme:dark){svg{--back:#11181d;--card:#1f2b33;--module:#182127;--ink:#e7edf1;--soft:#b1bec7;--edge:#5d6f7b;--after:#b1bec7;--join:#93d8ac;--when:#f0cd83;--anchor:#cabdf7}}
text{font:13px system-ui,'Segoe UI',Roboto,'Noto Sans','PingFang TC','Noto Sans TC','Noto Sans CJK TC','Microsoft JhengHei',sans-serif;fill:var(--ink)}
.title{font-size:20px;font-weight:700}.head{font-size:15px;font-weight:700}.note,.label{font-size:12px;fill:var(--soft)}
.label{paint-order:stroke;stroke:var(--module);stroke-width:3px}
.back{fill:var(--back)}.module{fill:var(--module);stroke:var(--edge)}.step{fill:var(--card);stroke:var(--edge)}
.edge{fill:none;stroke-width:1.6}.after{stroke:var(--after)}.join{stroke:var(--join);stroke-dasharray:9 4}.when{stroke:var(--when);stroke-dasharray:2 4;stroke-width:2.2}.anchor{stroke:var(--anchor);stroke-dasharray:10 3 2 3}
.tip-after{fill:var(--after)}.tip-join{fill:var(--join)}.tip-when{fill:var(--when)}.tip-anchor{fill:var(--anchor)}
";

/// The height of the title.
const TITLE: f64 = 34.0;

/// The line of a legend's sample.
const SAMPLE: f64 = 44.0;

pub fn svg(lang: Lang, drawing: &Drawing) -> String {
    let title = layout::wrap(&drawing.title, 900.0, 20.0);
    let (legend, legend_bottom) = legend(drawing, MARGIN + title.iter().map(|_| TITLE).sum::<f64>());
    let layout = layout(drawing, legend_bottom + LINE);
    let width = layout.width.max(960.0).ceil();
    let height = layout.height.ceil();
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" lang=\"{}\" role=\"img\" aria-labelledby=\"graph-title graph-desc\" \
         width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\">\n<title id=\"graph-title\">{}</title>\n\
         <desc id=\"graph-desc\">{}</desc>\n<style>{STYLE}</style>\n<defs>{}</defs>\n\
         <rect class=\"back\" width=\"{width}\" height=\"{height}\"/>\n",
        lang.as_str(),
        escaped(&drawing.title),
        escaped(&drawing.description),
        Kind::ALL.map(tip).concat(),
    );
    out += &words(&title, "title", MARGIN, MARGIN + 20.0, TITLE);
    out += &legend;
    for module in &layout.modules {
        out += &rect(&module.frame, "module", 10.0);
    }
    // Below the steps, so that no line goes through words.
    for edge in &drawing.edges {
        out += &line(&layout, edge);
    }
    for (module, placed) in drawing.modules.iter().zip(&layout.modules) {
        out += &words(&placed.title, "head", placed.frame.x + PAD, placed.frame.y + PAD + FONT + 2.0, LINE + 2.0);
        for (node, step) in module.steps.iter().zip(&placed.steps) {
            out += &format!("<g><title>{}</title>{}</g>\n", escaped(node.id.as_str()), self::step(step));
        }
    }
    for edge in drawing.edges.iter().filter(|edge| !edge.label.is_empty()) {
        out += &label(&layout, edge);
    }
    out + "</svg>\n"
}

fn tip(kind: Kind) -> String {
    let name = kind.as_str();
    format!(
        "<marker id=\"tip-{name}\" viewBox=\"0 0 8 8\" refX=\"7.5\" refY=\"4\" markerWidth=\"9\" markerHeight=\"9\" \
         markerUnits=\"userSpaceOnUse\" orient=\"auto\"><path class=\"tip-{name}\" d=\"M0 0L8 4L0 8z\"/></marker>"
    )
}

/// Samples of the lines with what they mean, in rows; and where the last one ends.
fn legend(drawing: &Drawing, top: f64) -> (String, f64) {
    let (mut x, mut y) = (MARGIN, top + LINE);
    let mut out = String::new();
    for (kind, words) in &drawing.legend {
        let width = SAMPLE + PAD + layout::measure(words, FONT) + 2.0 * PAD;
        if x > MARGIN && x + width > 960.0 {
            (x, y) = (MARGIN, y + LINE * 1.4);
        }
        let name = kind.as_str();
        let _ = writeln!(
            out,
            "<path class=\"edge {name}\" marker-end=\"url(#tip-{name})\" d=\"M{x:.1} {y:.1}h{SAMPLE}\"/><text x=\"{:.1}\" y=\"{:.1}\">{}</text>",
            x + SAMPLE + PAD,
            y + 4.0,
            escaped(words),
        );
        x += width;
    }
    (out, y + LINE)
}

fn rect(rect: &Rect, class: &str, round: f64) -> String {
    format!(
        "<rect class=\"{class}\" x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{:.1}\" rx=\"{round}\"/>\n",
        rect.x, rect.y, rect.width, rect.height
    )
}

fn words(lines: &[String], class: &str, x: f64, y: f64, height: f64) -> String {
    let mut out = String::new();
    let mut y = y;
    for line in lines {
        let _ = write!(out, "<text class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\">{}</text>", escaped(line));
        y += height;
    }
    out
}

fn step(step: &Step) -> String {
    let (x, top) = (step.frame.x + PAD, step.frame.y + PAD + FONT);
    let below = top + step.title.iter().map(|_| LINE).sum::<f64>();
    rect(&step.frame, "step", 6.0)
        + &words(&step.title, "name", x, top, LINE)
        + &words(&step.note, "note", x, below, LINE)
}

/// A curve, by its ends and the points that it bends to.
struct Curve {
    from: (f64, f64),
    bend: (f64, f64),
    bend_to: (f64, f64),
    to: (f64, f64),
}

fn curve(layout: &Layout, edge: &Edge) -> Option<Curve> {
    let (from, to) = (&layout.step(edge.from)?.frame, &layout.step(edge.to)?.frame);
    if edge.from.0 == edge.to.0 {
        if edge.to.1 == edge.from.1 + 1 {
            let x = from.center();
            let (start, end) = ((x, from.bottom()), (x, to.y));
            return Some(Curve { from: start, bend: start, bend_to: end, to: end });
        }
        // Along the module's side: what waits on the left, what counts from a day on the right.
        let far = (edge.from.1.abs_diff(edge.to.1)).min(8);
        let out = 10.0 + f64::from(u8::try_from(far).unwrap_or(8)) * 2.0;
        let (start, end, x) = match edge.kind {
            Kind::Anchor => ((from.right(), from.middle()), (to.right(), to.middle()), from.right() + out),
            _ => ((from.x, from.middle()), (to.x, to.middle()), from.x - out),
        };
        return Some(Curve { from: start, bend: (x, start.1), bend_to: (x, end.1), to: end });
    }
    let (start, end) = if to.x > from.x {
        ((from.right(), from.middle()), (to.x, to.middle()))
    } else if to.x < from.x {
        ((from.x, from.middle()), (to.right(), to.middle()))
    } else {
        // The same column of another band.
        ((from.x, from.middle()), (to.x, to.middle()))
    };
    let away = ((end.0 - start.0).abs() / 3.0).max(50.0);
    let way = if (to.x - from.x).abs() < 1.0 {
        (-away, -away)
    } else {
        (away.copysign(end.0 - start.0), (-away).copysign(start.0 - end.0))
    };
    Some(Curve { from: start, bend: (start.0 + way.0, start.1), bend_to: (end.0 + way.1, end.1), to: end })
}

fn line(layout: &Layout, edge: &Edge) -> String {
    let Some(Curve { from, bend, bend_to, to }) = curve(layout, edge) else { return String::new() };
    let name = edge.kind.as_str();
    format!(
        "<path class=\"edge {name}\" marker-end=\"url(#tip-{name})\" d=\"M{:.1} {:.1}C{:.1} {:.1} {:.1} {:.1} {:.1} {:.1}\"/>\n",
        from.0, from.1, bend.0, bend.1, bend_to.0, bend_to.1, to.0, to.1
    )
}

/// Beside where the line ends, inside the module's margin.
fn label(layout: &Layout, edge: &Edge) -> String {
    let Some(Curve { to, .. }) = curve(layout, edge) else { return String::new() };
    let is_left = layout.step(edge.to).is_some_and(|step| to.0 <= step.frame.x + 1.0);
    let (x, anchor) = if is_left { (to.0 - 4.0, "end") } else { (to.0 + 4.0, "start") };
    format!(
        "<text class=\"label\" x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"{anchor}\">{}</text>\n",
        to.1 - 5.0,
        escaped(&edge.label)
    )
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars().filter(|c| !c.is_control()) {
        match c {
            '&' => out += "&amp;",
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '"' => out += "&quot;",
            _ => out.push(c),
        }
    }
    out
}
