//! A program as a drawing: modules as boxes, steps in the order of their days, and what waits for
//! what. [`svg`] lays it out itself, so that it needs no tool; [`mermaid`] leaves that to wherever
//! Markdown is shown.

mod layout;
mod mermaid;
mod svg;

#[cfg(test)]
mod tests;

use std::collections::HashMap;

use super::Renderer;
use super::telling::{Telling, short_days};
use crate::engine::condition::{Condition, Path};
use crate::engine::days::{Day, Until};
use crate::engine::message::Message;
use crate::engine::release::{Release, StepDef};
use crate::engine::vocabulary::{Lang, StepId};

/// Days that count from other days are followed so far; a circle ends here.
const MAX_ANCHORS: u8 = 12;

/// What is drawn, in the reader's words.
struct Drawing {
    title: String,
    /// For those who can't see it.
    description: String,
    modules: Vec<Module>,
    edges: Vec<Edge>,
    legend: Vec<(Kind, String)>,
}

struct Module {
    name: String,
    title: String,
    /// In the order of their first days.
    steps: Vec<Node>,
}

struct Node {
    id: StepId,
    title: String,
    /// Days and who, in a few characters.
    note: String,
}

/// Steps by where they stand: module, step.
type At = (usize, usize);

struct Edge {
    from: At,
    to: At,
    kind: Kind,
    label: String,
}

/// Why one step waits for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Kind {
    After,
    Join,
    When,
    Anchor,
}

impl Kind {
    const ALL: [Kind; 4] = [Kind::After, Kind::Join, Kind::When, Kind::Anchor];

    fn as_str(self) -> &'static str {
        match self {
            Kind::After => "after",
            Kind::Join => "join",
            Kind::When => "when",
            Kind::Anchor => "anchor",
        }
    }
}

/// The program as SVG with colours of its own, light and dark.
pub fn svg(renderer: &Renderer, lang: Lang, release: &Release) -> String {
    svg::svg(lang, &drawing(renderer, lang, release))
}

/// The program as a Mermaid flowchart.
pub fn mermaid(renderer: &Renderer, lang: Lang, release: &Release) -> String {
    mermaid::mermaid(&drawing(renderer, lang, release))
}

fn drawing(renderer: &Renderer, lang: Lang, release: &Release) -> Drawing {
    let telling = Telling::new(renderer, release, lang);
    let modules: Vec<Module> = release
        .curricula
        .iter()
        .map(|module| {
            let mut steps: Vec<&StepDef> = module.steps.iter().collect();
            steps.sort_by_key(|def| first_day(release, def, MAX_ANCHORS));
            Module {
                name: module.name.clone(),
                title: telling.text(&module.title),
                steps: steps.into_iter().map(|def| node(&telling, def)).collect(),
            }
        })
        .collect();
    let places: HashMap<StepId, At> = modules
        .iter()
        .enumerate()
        .flat_map(|(m, module)| module.steps.iter().enumerate().map(move |(s, node)| (node.id.clone(), (m, s))))
        .collect();
    let edges = release.steps().flat_map(|def| edges(&telling, &places, def)).collect();
    let title = telling.text(&release.program.title);
    let description = telling.say(
        &Message::new("graph-description")
            .with("program", title.as_str())
            .with("modules", modules.len())
            .with("steps", release.steps().count()),
    );
    let legend = Kind::ALL.map(|kind| (kind, telling.say(&Message::new("graph-legend").with("kind", kind.as_str()))));
    Drawing { title, description, modules, edges, legend: legend.into() }
}

fn node(telling: &Telling, def: &StepDef) -> Node {
    let mut note = vec![short_days(def), telling.role(def.who)];
    if def.each.is_some() {
        note.push(telling.say(&Message::new("graph-each")));
    }
    if def.every.is_some() {
        note.push(telling.say(&Message::new("graph-every")));
    }
    note.retain(|part| !part.is_empty());
    Node { id: def.id.clone(), title: telling.text(&def.title), note: note.join(" · ") }
}

/// About when a step comes: the day it is due, in working days from where its curriculum begins.
fn first_day(release: &Release, def: &StepDef, depth: u8) -> i32 {
    let from = |id: &StepId| match release.step(id) {
        Some(other) if depth > 0 => first_day(release, other, depth - 1),
        _ => 0,
    };
    match def.windows.first().map(|window| &window.due) {
        Some(Day::Plan(n) | Day::Launch { launch: n }) => i32::from(*n),
        Some(Day::Closed { step, after }) => from(step) + i32::from(*after),
        Some(Day::Answer { step, n, .. }) => from(step) + i32::from(*n),
        Some(Day::Turn { turn_of, before, .. }) => from(turn_of) - i32::from(*before),
        Some(Day::Quarter { not_before, .. }) => i32::from(*not_before),
        None => 0,
    }
}

fn edges(telling: &Telling, places: &HashMap<StepId, At>, def: &StepDef) -> Vec<Edge> {
    let Some(to) = places.get(&def.id) else { return Vec::new() };
    let mut found: Vec<Edge> = Vec::new();
    let mut add = |from: &StepId, kind: Kind, label: String| {
        let Some(from) = places.get(from).filter(|from| *from != to) else { return };
        if !found.iter().any(|edge| edge.from == *from && edge.kind == kind) {
            found.push(Edge { from: *from, to: *to, kind, label });
        }
    };
    def.after.iter().for_each(|id| add(id, Kind::After, String::new()));
    for join in &def.joins {
        let share = telling.share(join);
        join.of.iter().for_each(|id| add(id, Kind::Join, share.clone()));
    }
    let answers = def.when.as_ref().map(Condition::paths).unwrap_or_default();
    for path in answers {
        match path {
            Path::Answer { step, .. } => add(step, Kind::When, String::new()),
            Path::Metric { id, .. } => {
                let metric = telling.release.program.metrics.iter().find(|metric| metric.id == *id);
                if let Some(metric) = metric {
                    add(&metric.step, Kind::When, String::new());
                }
            }
            Path::This { .. } | Path::Cast(_) | Path::Roster => {}
        }
    }
    for day in def.windows.iter().map(|window| &window.due) {
        if let Some(step) = day.waits_for() {
            let whole = day.to_string();
            let at = whole.rfind(['+', '-']).unwrap_or(whole.len());
            add(step, Kind::Anchor, whole.get(at..).unwrap_or_default().to_owned());
        }
    }
    if let Some(Until::Closed { step, .. }) = def.every.as_ref().map(|every| &every.until) {
        add(step, Kind::Anchor, String::new());
    }
    found
}
