//! The drawing as a Mermaid flowchart.

use std::fmt::Write;

use super::{At, Drawing, Kind};

pub fn mermaid(drawing: &Drawing) -> String {
    let mut out = format!(
        "---\ntitle: \"{}\"\n---\nflowchart TB\n  accTitle: {}\n  accDescr: {}\n",
        drawing.title.replace('\\', "\\\\").replace('"', "\\\""),
        one_line(&drawing.title),
        one_line(&drawing.description),
    );
    for (m, module) in drawing.modules.iter().enumerate() {
        let _ = writeln!(out, "  subgraph m{m}[\"{}\"]\n    direction TB", escaped(&module.title));
        for (s, node) in module.steps.iter().enumerate() {
            let _ = writeln!(out, "    {}[\"{}<br/>{}\"]", id((m, s)), escaped(&node.title), escaped(&node.note));
        }
        // The names of the files, for whoever edits them.
        let _ = writeln!(out, "  end\n  %% m{m} = {}", module.name);
    }
    for edge in &drawing.edges {
        let (line, label) = (line(edge.kind), escaped(&edge.label));
        let label = if label.is_empty() { String::new() } else { format!("|\"{label}\"|") };
        let _ = writeln!(out, "  {} {line}{label} {}", id(edge.from), id(edge.to));
    }
    for (kind, words) in &drawing.legend {
        let _ = writeln!(out, "  %% {} {}", line(*kind), one_line(words));
    }
    out
}

/// Names of steps may be words of Mermaid, such as `end`; numbers never are.
fn id((module, step): At) -> String {
    format!("m{module}s{step}")
}

fn line(kind: Kind) -> &'static str {
    match kind {
        Kind::After => "-->",
        Kind::Join => "-.->",
        Kind::When => "==>",
        Kind::Anchor => "--o",
    }
}

fn one_line(text: &str) -> String {
    // A hash or a semicolon would end what it stands in.
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace(['#', ';'], ",").replace(['{', '}'], "")
}

/// Inside quotes nearly all is plain; the rest has codes of Mermaid's own.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.split_whitespace().collect::<Vec<_>>().join(" ").chars().filter(|c| !c.is_control()) {
        match c {
            '"' | '#' | '&' | '<' | '>' | '`' | ';' | '\\' | '[' | ']' | '{' | '}' | '|' => {
                let _ = write!(out, "#{};", u32::from(c));
            }
            _ => out.push(c),
        }
    }
    out
}
