//! Where a file asks for what steps are answered with: in views, in tables whose rows stand for other
//! steps, in fields that begin with an earlier answer. Whether it is there is known once all files are.

use crate::engine::message::Message;
use crate::engine::release::{Field, FieldKind};
use crate::engine::view::Source;
use crate::engine::vocabulary::{StepId, is_name};

use super::closest::closest;
use super::draft::{Asked, StepDraft};
use super::findings::{Findings, Place, Placed, short};
use super::group::Group;
use super::map::{Map, Reader};
use super::tree::Node;

/// A step and its field, with what the field has to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ref {
    pub step: String,
    pub field: Option<String>,
    pub place: Place,
    pub needs: Needs,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Needs {
    /// A number or a scale.
    Number,
    /// One option, or several.
    Choice,
    /// Words in one text.
    Words,
    Table,
    /// A table whose rows stand for other steps.
    Entries,
    /// A date, or a goal in five parts.
    End,
    /// What a field of this kind can begin with.
    Begins(Box<FieldKind>),
}

impl Needs {
    fn is_met_by(&self, kind: &FieldKind) -> bool {
        let is_words = |kind: &FieldKind| matches!(kind, FieldKind::Text { .. } | FieldKind::LongText { .. });
        match self {
            Needs::Number => matches!(kind, FieldKind::Number { .. } | FieldKind::Scale { .. }),
            Needs::Choice => matches!(kind, FieldKind::Choice { .. } | FieldKind::Several { .. }),
            Needs::Words => is_words(kind),
            Needs::Table => matches!(kind, FieldKind::Table { of: None, .. }),
            Needs::Entries => matches!(kind, FieldKind::Table { of: Some(_), .. }),
            Needs::End => matches!(kind, FieldKind::Date | FieldKind::Smart { .. }),
            Needs::Begins(target) if is_words(target) => {
                is_words(kind) || matches!(kind, FieldKind::Number { .. } | FieldKind::Scale { .. })
            }
            Needs::Begins(target) => **target == *kind,
        }
    }

    fn as_str(&self) -> &'static str {
        match self {
            Needs::Number => "number",
            Needs::Choice => "choice",
            Needs::Words => "words",
            Needs::Table => "table",
            Needs::Entries => "entries",
            Needs::End => "end",
            Needs::Begins(_) => "begins",
        }
    }
}

impl Reader<'_, '_> {
    /// `some_step` or `some_step.some_field`; `needs_field`: only the latter.
    pub fn source(&mut self, node: &Node, key: &str, needs_field: bool) -> Option<Placed<Source>> {
        let text = self.scalar(node, key, "name")?;
        let (step, field) = text.split_once('.').map_or((text, None), |(step, field)| (step, Some(field)));
        if !is_name(step) || !field.map_or(!needs_field, is_name) {
            self.error(node.span, Message::new("problem-bad-source").with("given", short(text)));
            return None;
        }
        let source = Source { step: StepId(step.to_owned()), field: field.map(str::to_owned) };
        Some(self.placed(source, node.span))
    }

    /// A name that stands for itself.
    pub fn plain_name(&mut self, map: &Map, key: &'static str) -> Option<Placed<String>> {
        let node = self.needed(map, key)?;
        let name = self.scalar(node, key, "name")?.to_owned();
        Some(self.placed(name, node.span))
    }
}

impl Placed<Source> {
    pub fn needing(&self, needs: Needs) -> Ref {
        Ref { step: self.value.step.0.clone(), field: self.value.field.clone(), place: self.place, needs }
    }
}

/// Reports what is asked for and is not there.
pub fn check(findings: &mut Findings, group: &Group) {
    for member in &group.steps {
        for item in &member.step.ask.items {
            let Asked::Field(field) = item else { continue };
            field.refs.iter().for_each(|one| check_one(findings, group, one));
            check_readers(findings, group, member.step, &field.field, &field.refs);
        }
    }
    let mut last = None;
    for member in group.steps.iter().filter(|member| last.replace(member.used.at) != Some(member.used.at)) {
        for view in &member.home.views {
            view.refs.iter().for_each(|one| check_one(findings, group, one));
            view.columns.iter().for_each(|(column, of)| check_column(findings, group, column, of));
        }
    }
}

fn check_one(findings: &mut Findings, group: &Group, one: &Ref) {
    let Some(member) = group.find(&one.step) else {
        return group.unknown_step(findings, &Placed { value: one.step.clone(), place: one.place });
    };
    let Some(id) = &one.field else { return };
    let fields = &member.step.def.ask;
    match fields.iter().find(|field| field.id == *id) {
        Some(found) if one.needs.is_met_by(&found.kind) => {}
        Some(_) => {
            let message = Message::new("problem-other-kind-of-field").with("step", short(&one.step));
            findings.error(one.place, message.with("field", short(id)).with("needs", one.needs.as_str()));
        }
        None if member.step.unread.may_hold(id) => {}
        None => {
            let known = fields.iter().map(|field| field.id.as_str());
            let known = if findings.may_suggest() { closest(id, known) } else { None };
            let hint = known.map(|name| Message::new("hint-did-you-mean").with("name", name));
            let message = Message::new("problem-never-asked").with("step", short(&one.step));
            findings.error_with(one.place, message.with("field", short(id)), hint);
        }
    }
}

/// A column has to be in one of these at least; nothing is said while one of them could not be read.
pub fn check_column(findings: &mut Findings, group: &Group, column: &Placed<String>, of: &[Source]) {
    let mut known: Vec<&str> = Vec::new();
    for source in of {
        let Some(member) = group.find(source.step.as_str()) else { return };
        let Some(table) = &source.field else {
            if member.step.unread.may_hold(&column.value) {
                return;
            }
            known.extend(member.step.def.ask.iter().map(|field| field.id.as_str()));
            continue;
        };
        match member.step.def.ask.iter().find(|field| field.id == *table).map(|field| &field.kind) {
            Some(FieldKind::Table { columns, .. }) => known.extend(columns.iter().map(|column| column.id.as_str())),
            _ => return,
        }
    }
    if !known.contains(&column.value.as_str()) {
        let nearest = if findings.may_suggest() { closest(&column.value, known) } else { None };
        let hint = nearest.map(|name| Message::new("hint-did-you-mean").with("name", name));
        let message = Message::new("problem-unknown-column").with("column", short(&column.value));
        findings.error_with(column.place, message, hint);
    }
}

/// What an entry is about is kept in the answers: nobody may read it there who may not read it where it
/// was written.
fn check_readers(findings: &mut Findings, group: &Group, step: &StepDraft, field: &Field, refs: &[Ref]) {
    if !matches!(field.kind, FieldKind::Table { of: Some(_), .. }) {
        return;
    }
    for one in refs {
        let Some(other) = group.find(&one.step) else { continue };
        let more = step.def.visible_to.iter().find(|role| !other.step.def.visible_to.contains(role));
        if let Some(role) = more {
            let message = Message::new("problem-entries-readers").with("role", *role);
            findings.error(one.place, message.with("step", short(&one.step)));
            return;
        }
    }
}
