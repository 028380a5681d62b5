//! An author's texts as one plan says them: with the names of its people in them.
//!
//! Every text of a definition that leaves `app` for a plan goes through here. A name that nobody has
//! yet, or that the viewer may not read, stays a placeholder; `render` says the part instead.

use chrono::NaiveDate;

use super::worlds::{Names, PlanWorld};
use crate::engine::access::{self, Viewer};
use crate::engine::calendar::{Anchor, Dated, Why};
use crate::engine::plan::Plan;
use crate::engine::release::{Choice, Column, ColumnKind, Dimension, Field, FieldKind, Gather, StepDef};
use crate::engine::template::{self, Who};
use crate::engine::vocabulary::{StepKey, Text};

/// The names that the texts of one step may hold, for one viewer.
#[derive(Debug, Clone)]
pub struct Wording<'a> {
    plan: &'a Plan,
    names: &'a Names,
    /// The member of a fan-out, where the viewer may know the name.
    pub member: Option<String>,
    /// The day on which a step is due: whoever stands in for the mentor then is meant.
    due: Option<NaiveDate>,
}

impl<'a> Wording<'a> {
    /// Of texts that are about no member.
    pub fn of_plan(world: &'a PlanWorld, names: &'a Names) -> Wording<'a> {
        Wording { plan: &world.plan, names, member: None, due: None }
    }

    /// Of a step's texts.
    pub fn of_step(world: &'a PlanWorld, names: &'a Names, viewer: Viewer, key: &StepKey) -> Wording<'a> {
        let def = world.release.step(&key.id);
        let may_name = def.is_some_and(|def| access::may_name_member(&world.plan, key, def, viewer));
        let member = if may_name { names.member(key.member) } else { None };
        let due = world.plan.steps.get(key).map(|step| step.due.date);
        Wording { member, due, ..Wording::of_plan(world, names) }
    }

    fn name(&self, who: Who) -> Option<String> {
        let name = match who {
            Who::Role(role) => {
                let then = self.due.and_then(|due| access::holder_on(self.plan, role, due));
                let holder = then.or_else(|| access::holder(self.plan, role));
                holder.and_then(|id| self.names.people.get(&id).cloned())
            }
            Who::Member => self.member.clone(),
        };
        name.filter(|name| !name.is_empty())
    }

    /// A title, a label, a line.
    pub fn text(&self, text: &Text) -> Text {
        template::fill_text(text, &|who| self.name(who))
    }

    /// A text that is Markdown: names stand in it as they are.
    pub fn body(&self, text: &Text) -> Text {
        template::fill_text(text, &|who| self.name(who).map(|name| template::as_markdown(&name)))
    }

    /// A title as it stands above all members of a fan-out.
    pub fn common(&self, text: &Text) -> Text {
        Wording { member: None, ..self.clone() }.text(text)
    }

    /// Whether the title of a step already says the member's name, so that a list need not.
    pub fn names_member(&self, def: &StepDef) -> bool {
        self.member.is_some() && template::speaks_of(&def.title, Who::Member)
    }

    /// A step's definition with every text filled.
    pub fn step(&self, def: &StepDef) -> StepDef {
        let mut def = def.clone();
        def.title = self.text(&def.title);
        def.body = self.body(&def.body);
        def.ask.iter_mut().chain(&mut def.ballot).for_each(|field| self.fill_field(field));
        def.joins.iter_mut().for_each(|join| self.fill_field(&mut join.reason));
        def
    }

    /// A gathering with its texts filled.
    pub fn gather(&self, gather: &Gather) -> Gather {
        Gather { title: self.text(&gather.title), body: self.body(&gather.body), ..gather.clone() }
    }

    /// A date whose reason names another step by its title.
    pub fn dated(&self, dated: &Dated) -> Dated {
        Dated { date: dated.date, why: self.why(&dated.why) }
    }

    pub fn why(&self, why: &Why) -> Why {
        let mut why = why.clone();
        match &mut why.from {
            Anchor::Closed { title, .. } | Anchor::Answered { title, .. } | Anchor::BeforeTurn { title, .. } => {
                *title = self.text(title);
            }
            _ => {}
        }
        why
    }

    fn fill_field(&self, field: &mut Field) {
        self.fill(&mut field.label);
        self.fill_some(&mut field.help);
        match &mut field.kind {
            FieldKind::LongText { example, .. } | FieldKind::Text { example, .. } | FieldKind::Smart { example } => {
                self.fill_some(example);
            }
            FieldKind::Choice { options } | FieldKind::Several { options, .. } => self.fill_options(options),
            FieldKind::Scale { low, high, .. } => {
                self.fill_some(low);
                self.fill_some(high);
            }
            FieldKind::Number { unit, .. } => self.fill_some(unit),
            FieldKind::Table { columns, .. } => columns.iter_mut().for_each(|column| self.fill_column(column)),
            FieldKind::Rating { dimensions, .. } => dimensions.iter_mut().for_each(|one| self.fill_dimension(one)),
            FieldKind::Date | FieldKind::Person | FieldKind::File { .. } | FieldKind::Link => {}
        }
    }

    fn fill_column(&self, column: &mut Column) {
        self.fill(&mut column.label);
        if let ColumnKind::Choice { options } = &mut column.kind {
            self.fill_options(options);
        }
    }

    fn fill_dimension(&self, one: &mut Dimension) {
        self.fill(&mut one.label);
        [&mut one.help, &mut one.low, &mut one.middle, &mut one.high].into_iter().for_each(|text| self.fill_some(text));
    }

    fn fill_options(&self, options: &mut [Choice]) {
        options.iter_mut().for_each(|option| self.fill(&mut option.label));
    }

    fn fill_some(&self, text: &mut Option<Text>) {
        text.iter_mut().for_each(|text| self.fill(text));
    }

    fn fill(&self, text: &mut Text) {
        *text = self.text(text);
    }
}
