//! Forms by name, set into the steps that ask for them.

use std::collections::{BTreeMap, HashMap};

use crate::engine::message::Message;
use crate::engine::release::Field;
use crate::engine::template::Who;

use super::closest::closest;
use super::condition::{self, Sight};
use super::draft::{AskDraft, Asked, FieldDraft, Files, FormDraft, StepDraft, Unread};
use super::duplicate;
use super::findings::{Findings, Place, Placed, short};
use super::lower_ask::MAX_FIELDS;

/// Steps that may ask for one form. Each holds it, so that a small file could mean a large release.
const MAX_USES: usize = 50;

pub fn splice(findings: &mut Findings, files: &mut Files) {
    for form in files.forms.values_mut() {
        let mut ids = HashMap::new();
        form.fields = own_fields(&form.ask).filter_map(|one| known(findings, &mut ids, one)).collect();
        check_conditions(findings, &form.ask, (&form.fields, &form.unread), false);
    }
    let mut uses = HashMap::new();
    let may_be_elsewhere = files.unreadable.a_curriculum();
    for step in files.curricula.iter_mut().flat_map(|curriculum| &mut curriculum.steps) {
        let mut spliced = Spliced { findings, forms: &files.forms, uses: &mut uses, is_whole: true };
        let fields = spliced.fields(step);
        let is_whole = spliced.is_whole;
        if !is_whole && !may_be_elsewhere {
            unknown_forms(findings, &files.forms, &step.ask);
        }
        if is_whole {
            check_conditions(findings, &step.ask, (&fields, &step.unread), step.def.each.is_some());
        }
        step.def.ask = fields;
    }
    for form in files.forms.values().filter(|form| !uses.contains_key(form.name.value.as_str())) {
        // A step that could not be read may ask for it.
        if !may_be_elsewhere {
            let message = Message::new("problem-unused-form").with("name", short(&form.name.value));
            findings.warning(form.name.place, message);
        }
    }
}

fn own_fields(ask: &AskDraft) -> impl Iterator<Item = &FieldDraft> {
    ask.items.iter().filter_map(|item| match item {
        Asked::Field(field) => Some(&**field),
        Asked::Use(_) | Asked::Unread(_) => None,
    })
}

/// The field, unless its name is taken; the second place is reported.
fn known(findings: &mut Findings, ids: &mut HashMap<String, Place>, one: &FieldDraft) -> Option<Field> {
    is_new(findings, ids, &one.id.value, one.id.place, one.id.place).then(|| one.field.clone())
}

/// `shown` is where a second field of the name is reported.
fn is_new(findings: &mut Findings, ids: &mut HashMap<String, Place>, id: &str, place: Place, shown: Place) -> bool {
    if id.is_empty() {
        return true; // reported
    }
    if let Some(first) = ids.get(id) {
        let message = duplicate(findings, "field", id, *first);
        findings.error(shown, message);
        return false;
    }
    ids.insert(id.to_owned(), place);
    true
}

/// A field may ask only for those above it: of a form by name, or of all that its step asks.
fn check_conditions(findings: &mut Findings, ask: &AskDraft, (fields, unread): (&[Field], &Unread), in_each: bool) {
    let (steps, metrics) = (HashMap::new(), []);
    for one in own_fields(ask) {
        let Some(when) = &one.when else { continue };
        let above = fields.iter().position(|field| field.id == one.id.value).unwrap_or(fields.len());
        let this = Some((fields, above, unread));
        let sight = Sight { steps: &steps, in_each, this, allows_plan: false, metrics: &metrics, is_partial: false };
        condition::check(findings, when, &sight);
    }
}

struct Spliced<'a, 'f, 's> {
    findings: &'f mut Findings<'s>,
    forms: &'a BTreeMap<String, FormDraft>,
    uses: &'f mut HashMap<&'a str, usize>,
    /// Every form was found.
    is_whole: bool,
}

impl Spliced<'_, '_, '_> {
    fn fields(&mut self, step: &mut StepDraft) -> Vec<Field> {
        let mut ids = HashMap::new();
        for join in &step.def.joins {
            ids.insert(join.reason.id.clone(), step.id.place);
        }
        let mut fields = Vec::new();
        let mut names = Vec::new();
        for item in &step.ask.items {
            match item {
                Asked::Field(one) => fields.extend(known(self.findings, &mut ids, one)),
                Asked::Use(name) => {
                    step.unread.add(self.forms.get(&name.value).map(|form| &form.unread));
                    self.form(name, &mut ids, &mut fields, &mut names);
                }
                Asked::Unread(_) => {}
            }
        }
        for who in names.iter().filter(|who| who.value == Who::Member && step.def.each.is_none()) {
            self.findings.error(who.place, Message::new("problem-member-without-each"));
        }
        step.names.append(&mut names);
        step.names.extend(step.ask.names.iter().cloned());
        if fields.len() > MAX_FIELDS {
            let message = Message::new("problem-too-many").with("key", "ask").with("max", MAX_FIELDS);
            self.findings.error(step.ask.place, message.with("given", fields.len()));
        }
        fields
    }

    fn form(
        &mut self,
        name: &Placed<String>,
        ids: &mut HashMap<String, Place>,
        fields: &mut Vec<Field>,
        names: &mut Vec<Placed<Who>>,
    ) {
        let Some((key, form)) = self.forms.get_key_value(&name.value) else {
            self.is_whole = false;
            return;
        };
        let uses = self.uses.entry(key).or_insert(0);
        *uses += 1;
        if *uses > MAX_USES {
            let message = Message::new("problem-form-too-often").with("name", short(&name.value));
            self.findings.error(name.place, message.with("max", MAX_USES));
            return;
        }
        for field in &form.fields {
            let own = own_fields(&form.ask).find(|one| one.id.value == field.id);
            let place = own.map_or(form.name.place, |one| one.id.place);
            if is_new(self.findings, ids, &field.id, place, name.place) {
                fields.push(field.clone());
            }
        }
        let speaks_of = |who: &Who| form.ask.names.iter().any(|name| name.value == *who);
        let whos = Who::ALL.into_iter().filter(speaks_of);
        names.extend(whos.map(|value| Placed { value, place: name.place }));
    }
}

fn unknown_forms(findings: &mut Findings, forms: &BTreeMap<String, FormDraft>, ask: &AskDraft) {
    for item in &ask.items {
        let Asked::Use(name) = item else { continue };
        if forms.contains_key(&name.value) {
            continue;
        }
        let may_suggest = findings.may_suggest();
        let hint = closest(&name.value, forms.keys().map(String::as_str)).filter(|_| may_suggest);
        let hint = hint.map(|name| Message::new("hint-did-you-mean").with("name", name));
        findings.error_with(name.place, Message::new("problem-unknown-form").with("name", short(&name.value)), hint);
    }
}
