//! Views: what answers add up to.

use std::collections::HashMap;

use crate::engine::message::Message;
use crate::engine::view::{Goal, Show, Sign, Source, View, When};

use super::draft::ViewDraft;
use super::findings::Placed;
use super::lower::references;
use super::lower_ask::id;
use super::map::{Map, Reader};
use super::refs::{Needs, Ref};
use super::scalar::{MAX_NOTE, Shape};
use super::tree::Node;

pub const MAX_VIEWS: usize = 20;
pub const MAX_SOURCES: usize = 10;
pub const MAX_SIGNS: usize = 10;

/// Working days without a look, and rows in a row.
pub const MAX_QUIET: i64 = 100;
pub const MAX_SAME: i64 = 20;

/// The view that every assessment has.
pub const RATINGS: &str = "ratings";

const KINDS: [&str; 4] = ["table", "counts", "line", "funnel"];

pub fn views(reader: &mut Reader, map: &Map) -> Vec<ViewDraft> {
    let Some(node) = reader.optional(map, "views") else { return Vec::new() };
    let items = reader.list(node, "views", MAX_VIEWS);
    let mut known = HashMap::new();
    if map.has("assessment") {
        known.insert(RATINGS.to_owned(), map.key_span("assessment"));
    }
    let mut views = Vec::new();
    for item in items.iter().take(MAX_VIEWS) {
        let Some(map) = reader.map(item, "views", &[&["id", "title", "help"], &KINDS[..]].concat()) else { continue };
        let id = id(reader, &map, "view", &mut known);
        let title = reader.needed_text(&map, "title", Shape::Line);
        let help = reader.needed_text(&map, "help", Shape::Block(MAX_NOTE));
        if let Some(shown) = shown(reader, &map) {
            let Shown { show, refs, columns } = shown;
            views.push(ViewDraft { view: View { id, title, help, show }, refs, columns });
        }
    }
    views
}

struct Shown {
    show: Show,
    refs: Vec<Ref>,
    /// The columns, and in what they have to be.
    columns: Vec<(Placed<String>, Vec<Source>)>,
}

fn shown(reader: &mut Reader, map: &Map) -> Option<Shown> {
    let given: Vec<&str> = KINDS.into_iter().filter(|kind| map.has(kind)).collect();
    let [kind] = given.as_slice() else {
        reader.error(map.span, Message::new("problem-bad-view").with("kinds", KINDS.join(", ")));
        return None;
    };
    match *kind {
        "table" => reader.optional(map, "table").and_then(|node| table(reader, node)),
        "line" => reader.optional(map, "line").and_then(|node| line(reader, node)),
        "funnel" => reader.optional(map, "funnel").and_then(|node| funnel(reader, node)),
        _ => {
            let of = reader.optional(map, "counts").and_then(|node| reader.source(node, "counts", true))?;
            let refs = vec![of.needing(Needs::Choice)];
            Some(Shown { show: Show::Counts { of: of.value }, refs, columns: Vec::new() })
        }
    }
}

/// With whether all of them could be read.
fn sources(reader: &mut Reader, map: &Map, needs_field: bool) -> (Vec<Placed<Source>>, bool) {
    let Some(node) = reader.needed(map, "of") else { return (Vec::new(), false) };
    let items = reader.list(node, "of", MAX_SOURCES);
    let items = items.iter().take(MAX_SOURCES);
    let found: Vec<_> = items.clone().filter_map(|item| reader.source(item, "of", needs_field)).collect();
    let is_whole = found.len() == items.len();
    (found, is_whole)
}

fn plain(sources: &[Placed<Source>]) -> Vec<Source> {
    sources.iter().map(|source| source.value.clone()).collect()
}

fn names(reader: &mut Reader, map: &Map, key: &'static str) -> Vec<Placed<String>> {
    let Some(node) = reader.needed(map, key) else { return Vec::new() };
    references(reader, node, key, false)
}

fn values(names: &[Placed<String>]) -> Vec<String> {
    names.iter().map(|name| name.value.clone()).collect()
}

fn table(reader: &mut Reader, node: &Node) -> Option<Shown> {
    let map = reader.map(node, "table", &["of", "columns", "checks", "signs"])?;
    let (of, is_whole) = sources(reader, &map, false);
    let columns = names(reader, &map, "columns");
    let checks = reader.optional(&map, "checks").and_then(|node| reader.source(node, "checks", true));
    let signs = reader.optional(&map, "signs").map_or(Vec::new(), |node| signs(reader, node));
    let mut refs: Vec<Ref> = of.iter().map(|source| source.needing(Needs::Table)).collect();
    refs.extend(checks.iter().map(|source| source.needing(Needs::Entries)));
    let within = plain(&of);
    let looked: Vec<Source> = within.iter().cloned().chain(checks.iter().map(|one| one.value.clone())).collect();
    let mut named: Vec<_> = columns.iter().map(|column| (column.clone(), within.clone())).collect();
    named.extend(signs.iter().filter_map(|(_, column)| Some((column.clone()?, looked.clone()))));
    // What could not be read may have any column.
    named.retain(|_| is_whole);
    let signs = signs.into_iter().map(|(sign, _)| sign).collect();
    let checks = checks.map(|checks| checks.value);
    let show = Show::Table { of: within, columns: values(&columns), checks, signs };
    Some(Shown { show, refs, columns: named })
}

/// Each with the column that it looks at.
fn signs(reader: &mut Reader, node: &Node) -> Vec<(Sign, Option<Placed<String>>)> {
    let items = reader.list(node, "signs", MAX_SIGNS);
    items.iter().take(MAX_SIGNS).filter_map(|item| sign(reader, item)).collect()
}

fn sign(reader: &mut Reader, node: &Node) -> Option<(Sign, Option<Placed<String>>)> {
    let map = reader.map(node, "signs", &["quiet", "same", "times", "says", "is", "say"])?;
    let say = reader.needed_text(&map, "say", Shape::Line);
    let mut small = |key: &'static str, min: i64, max: i64| {
        let n = reader.optional(&map, key).and_then(|node| reader.whole(node, key, min, max))?;
        u16::try_from(n).ok()
    };
    let (quiet, times) = (small("quiet", 1, MAX_QUIET), small("times", 2, MAX_SAME));
    let is = reader.optional(&map, "is").map_or(Vec::new(), |node| references(reader, node, "is", false));
    let column = |reader: &mut Reader, key: &'static str| {
        let node = reader.optional(&map, key)?;
        let name = reader.scalar(node, key, "name")?.to_owned();
        Some(reader.placed(name, node.span))
    };
    let (same, says) = (column(reader, "same"), column(reader, "says"));
    let given = ["quiet", "same", "times", "says", "is"].map(|key| map.has(key));
    let (when, column) = match given {
        [true, false, false, false, false] => (When::Quiet(quiet?), None),
        [false, true, true, false, false] => (When::Same { column: same.clone()?.value, times: times? }, same),
        [false, false, false, true, true] => (When::Says { column: says.clone()?.value, is: values(&is) }, says),
        _ => {
            reader.error(map.span, Message::new("problem-bad-sign"));
            return None;
        }
    };
    Some((Sign { when, say }, column))
}

fn line(reader: &mut Reader, node: &Node) -> Option<Shown> {
    let map = reader.map(node, "line", &["of", "goal"])?;
    let (of, _) = sources(reader, &map, true);
    let mut refs: Vec<Ref> = of.iter().map(|source| source.needing(Needs::Number)).collect();
    let goal = reader.optional(&map, "goal").and_then(|node| goal(reader, node, &mut refs));
    Some(Shown { show: Show::Line { of: plain(&of), goal }, refs, columns: Vec::new() })
}

fn goal(reader: &mut Reader, node: &Node, refs: &mut Vec<Ref>) -> Option<Goal> {
    let map = reader.map(node, "goal", &["step", "from", "to", "by"])?;
    let mut name = |key: &'static str| reader.plain_name(&map, key);
    let (step, from, to, by) = (name("step"), name("from"), name("to"), name("by"));
    let (step, from, to, by) = (step?, from?, to?, by?);
    let mut need = |field: &Placed<String>, needs: Needs| {
        refs.push(Ref { step: step.value.clone(), field: Some(field.value.clone()), place: field.place, needs });
    };
    need(&from, Needs::Number);
    need(&to, Needs::Number);
    need(&by, Needs::End);
    let step = crate::engine::vocabulary::StepId(step.value);
    Some(Goal { step, from: from.value, to: to.value, by: by.value })
}

fn funnel(reader: &mut Reader, node: &Node) -> Option<Shown> {
    let map = reader.map(node, "funnel", &["step", "stages"])?;
    let (step, stages) = (reader.plain_name(&map, "step"), names(reader, &map, "stages"));
    let step = step?;
    let need = |stage: &Placed<String>| Ref {
        step: step.value.clone(),
        field: Some(stage.value.clone()),
        place: stage.place,
        needs: Needs::Number,
    };
    let refs = stages.iter().map(need).collect();
    let show = Show::Funnel { step: crate::engine::vocabulary::StepId(step.value.clone()), stages: values(&stages) };
    Some(Shown { show, refs, columns: Vec::new() })
}
