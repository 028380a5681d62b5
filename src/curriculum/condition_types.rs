//! Whether what a condition names exists, and whether what it compares can be compared.

use crate::engine::condition::{Comparison, Condition, Path};
use crate::engine::message::Message;
use crate::engine::release::{Choice, Field, FieldKind};
use crate::engine::vocabulary::Role;

use super::super::closest::closest;
use super::super::findings::{Findings, short};
use super::{ConditionDraft, Places, Sight};

/// Whether every name was found and every type fits. What does not is reported, except what files
/// that could not be read may hold.
pub fn check(findings: &mut Findings, draft: &ConditionDraft, sight: &Sight) -> bool {
    let mut checker = Checker { findings, sight, is_sound: true };
    checker.truth(&draft.condition, &draft.places);
    checker.is_sound
}

/// What a part of a condition is.
#[derive(Clone, Copy)]
enum Type<'c> {
    Truth,
    Number,
    /// A text in quotes.
    Text(&'c str),
    /// The answer to a choice.
    Option(&'c [Choice]),
    Several(&'c [Choice]),
    /// Literals in brackets.
    Literals,
    /// Of what only the size can be asked: the roster, the rows of a table.
    Many,
    /// Reported already, or not to be known.
    Unknown,
}

impl Type<'_> {
    /// The variant of the messages that names it.
    fn word(self) -> &'static str {
        match self {
            Type::Truth => "truth",
            Type::Number => "number",
            Type::Text(_) | Type::Option(_) => "text",
            Type::Several(_) | Type::Literals | Type::Many | Type::Unknown => "list",
        }
    }

    fn is_list(self) -> bool {
        matches!(self, Type::Several(_) | Type::Literals | Type::Many)
    }
}

struct Checker<'c, 'f, 's> {
    findings: &'f mut Findings<'s>,
    sight: &'c Sight<'c>,
    is_sound: bool,
}

impl<'c> Checker<'c, '_, '_> {
    fn error(&mut self, at: &Places, message: Message, hint: Option<Message>) -> Type<'c> {
        self.findings.error_with(at.here, message, hint);
        self.unknown()
    }

    fn unknown(&mut self) -> Type<'c> {
        self.is_sound = false;
        Type::Unknown
    }

    /// The nearest of the names, or all of them if they are few.
    fn meant<'k>(&mut self, given: &str, known: impl Iterator<Item = &'k str> + Clone) -> Option<Message> {
        const FEW: usize = 12;
        let may_suggest = self.findings.may_suggest();
        match closest(given, known.clone()).filter(|_| may_suggest) {
            Some(name) => Some(Message::new("hint-did-you-mean").with("name", name)),
            None if known.clone().nth(FEW).is_some() || known.clone().next().is_none() => None,
            None => Some(Message::new("hint-known-keys").with("keys", known.collect::<Vec<_>>().join(", "))),
        }
    }

    fn truth(&mut self, condition: &'c Condition, at: &Places) {
        match self.type_of(condition, at) {
            Type::Truth | Type::Unknown => {}
            other => {
                self.error(at, Message::new("problem-not-a-truth").with("found", other.word()), None);
            }
        }
    }

    fn type_of(&mut self, condition: &'c Condition, at: &Places) -> Type<'c> {
        match (condition, at.inside.as_slice()) {
            (Condition::Number(_), _) => return Type::Number,
            (Condition::Text(text), _) => return Type::Text(text),
            (Condition::Path(path), _) => return self.path(path, at),
            (Condition::List(items), _) => return self.literals(items, at),
            (Condition::Size(list), [inside]) => {
                let found = self.type_of(list, inside);
                if !found.is_list() && !matches!(found, Type::Unknown) {
                    let message = Message::new("problem-size-of").with("part", words(list));
                    self.error(inside, message.with("found", found.word()), None);
                }
                return Type::Number;
            }
            (Condition::Not(one), [inside]) => self.truth(one, inside),
            (Condition::And(a, b) | Condition::Or(a, b), [at_a, at_b]) => {
                self.truth(a, at_a);
                self.truth(b, at_b);
            }
            (Condition::Compare(how, a, b), [at_a, at_b]) => {
                let a = (self.type_of(a, at_a), &**a, at_a);
                let b = (self.type_of(b, at_b), &**b, at_b);
                self.compare(*how, at, a, b);
            }
            (Condition::In(one, list), [at_one, at_list]) => self.is_in((one, at_one), (list, at_list)),
            _ => {}
        }
        Type::Truth
    }

    fn literals(&mut self, items: &'c [Condition], at: &Places) -> Type<'c> {
        let first = items.first().map(std::mem::discriminant);
        if items.iter().any(|item| Some(std::mem::discriminant(item)) != first) {
            return self.error(at, Message::new("problem-list-mixed"), None);
        }
        Type::Literals
    }

    fn compare(
        &mut self,
        how: Comparison,
        at: &Places,
        (a, part_a, at_a): (Type<'c>, &Condition, &Places),
        (b, part_b, at_b): (Type<'c>, &Condition, &Places),
    ) {
        let is_equality = matches!(how, Comparison::Equal | Comparison::NotEqual);
        match (a, b) {
            (Type::Unknown, _) | (_, Type::Unknown) => {}
            (a, _) if a.is_list() => self.list_compared(part_a, at_a),
            (_, b) if b.is_list() => self.list_compared(part_b, at_b),
            (Type::Number, Type::Number) => {}
            (Type::Truth, Type::Truth) if is_equality => {}
            (Type::Option(options), Type::Text(text)) if is_equality => self.option(options, text, part_a, at_b),
            (Type::Text(text), Type::Option(options)) if is_equality => self.option(options, text, part_b, at_a),
            (Type::Text(_) | Type::Option(_), Type::Text(_) | Type::Option(_)) if is_equality => {}
            (a, b) if a.word() == b.word() => {
                self.error(at, Message::new("problem-order").with("found", a.word()), None);
            }
            (a, b) => {
                let message = Message::new("problem-types-differ").with("left", a.word());
                let quoted = self.quoted_number((a, part_a), (b, part_b));
                self.error(at, message.with("right", b.word()), quoted);
            }
        }
    }

    /// `answers.a.n == "5"` means the number.
    fn quoted_number(&self, a: (Type, &Condition), b: (Type, &Condition)) -> Option<Message> {
        let text = match (a, b) {
            ((Type::Number, _), (_, Condition::Text(text))) | ((_, Condition::Text(text)), (Type::Number, _)) => text,
            _ => return None,
        };
        crate::engine::release::Number::parse(text)?;
        Some(Message::new("hint-did-you-mean").with("name", short(text)))
    }

    fn list_compared(&mut self, part: &Condition, at: &Places) {
        self.error(at, Message::new("problem-list-compared").with("part", words(part)), None);
    }

    fn option(&mut self, options: &'c [Choice], text: &str, of: &Condition, at: &Places) {
        if options.iter().any(|option| option.id == text) {
            return;
        }
        let hint = self.meant(text, options.iter().map(|option| option.id.as_str()));
        let message = Message::new("problem-unknown-option").with("part", words(of)).with("name", short(text));
        self.error(at, message, hint);
    }

    fn is_in(&mut self, (one, at_one): (&'c Condition, &Places), (list, at_list): (&'c Condition, &Places)) {
        let (left, right) = (self.type_of(one, at_one), self.type_of(list, at_list));
        match (left, right, list) {
            (Type::Unknown, ..) | (_, Type::Unknown, _) => {}
            (Type::Text(text), Type::Several(options), _) => self.option(options, text, list, at_one),
            (_, Type::Several(_), _) => {
                self.error(at_one, Message::new("problem-in-needs-option").with("part", words(list)), None);
            }
            (left, Type::Literals, _) if left.is_list() => self.list_compared(one, at_one),
            (left, Type::Literals, Condition::List(items)) => {
                for (item, at_item) in items.iter().zip(&at_list.inside) {
                    let item = (self.type_of(item, at_item), item, at_item);
                    self.compare(Comparison::Equal, at_item, (left, one, at_one), item);
                }
            }
            _ => {
                self.error(at_list, Message::new("problem-in-needs-list"), None);
            }
        }
    }

    fn path(&mut self, path: &'c Path, at: &Places) -> Type<'c> {
        let is_of_form = matches!(path, Path::This { .. });
        if is_of_form && self.sight.this.is_none() {
            return self.error(at, Message::new("problem-this-outside-form"), None);
        }
        if !is_of_form && !self.sight.allows_plan {
            return self.error(at, Message::new("problem-plan-in-form"), None);
        }
        match path {
            Path::Cast(Role::Manager) => self.error(at, Message::new("problem-condition-manager"), None),
            Path::Cast(_) => Type::Truth,
            Path::Roster => Type::Many,
            Path::Metric { id, .. } => self.metric(id, at),
            Path::This { field, dimension } => {
                let Some((fields, above, unread)) = self.sight.this else { return self.unknown() };
                match fields.iter().enumerate().find(|(_, one)| one.id == *field) {
                    // Also the field itself: a question can't decide whether it is asked.
                    Some((n, _)) if n >= above => {
                        let message = Message::new("problem-this-asked-later").with("field", short(field));
                        self.error(name(at, 1), message, None)
                    }
                    Some((_, found)) => self.field(found, dimension.as_deref(), at),
                    None if unread.may_hold(field) => self.unknown(),
                    None => {
                        let hint = self.meant(field, fields.iter().map(|field| field.id.as_str()));
                        let message = Message::new("problem-this-never-asked").with("field", short(field));
                        self.error(name(at, 1), message, hint)
                    }
                }
            }
            Path::Answer { step, field, dimension } => self.answer(step.as_str(), field, dimension.as_deref(), at),
        }
    }

    fn metric(&mut self, id: &str, at: &Places) -> Type<'c> {
        if self.sight.metrics.contains(&id) {
            return Type::Number;
        }
        if self.sight.is_partial {
            return self.unknown();
        }
        let hint = self.meant(id, self.sight.metrics.iter().copied());
        self.error(name(at, 1), Message::new("problem-unknown-metric").with("name", short(id)), hint)
    }

    fn answer(&mut self, step: &str, field: &str, dimension: Option<&str>, at: &Places) -> Type<'c> {
        let Some(asked) = self.sight.steps.get(step) else {
            if self.sight.is_partial {
                return self.unknown();
            }
            let known = self.findings.may_suggest().then(|| closest(step, self.sight.steps.keys().copied())).flatten();
            let hint = known.map(|name| Message::new("hint-did-you-mean").with("name", name));
            return self.error(name(at, 1), Message::new("problem-unknown-step").with("name", short(step)), hint);
        };
        if asked.is_each && !self.sight.in_each {
            return self.error(name(at, 1), Message::new("problem-asks-each").with("step", short(step)), None);
        }
        match asked.fields.iter().find(|one| one.id == field) {
            Some(found) => self.field(found, dimension, at),
            None if asked.unread.may_hold(field) => self.unknown(),
            None => {
                let hint = self.meant(field, asked.fields.iter().map(|field| field.id.as_str()));
                let message = Message::new("problem-never-asked").with("field", short(field));
                self.error(name(at, 2), message.with("step", short(step)), hint)
            }
        }
    }

    fn field(&mut self, field: &'c Field, dimension: Option<&str>, at: &Places) -> Type<'c> {
        let last = at.inside.last().unwrap_or(at);
        if let FieldKind::Rating { dimensions, .. } = &field.kind {
            let known = dimensions.iter().map(|one| one.id.as_str());
            let Some(given) = dimension else {
                let message = Message::new("problem-rating-needs-dimension").with("field", short(&field.id));
                let first = dimensions.first().map_or("", |one| one.id.as_str());
                return self.error(at, message.with("dimension", first), None);
            };
            if known.clone().any(|one| one == given) {
                return Type::Number;
            }
            let hint = self.meant(given, known);
            let message = Message::new("problem-unknown-dimension").with("name", short(given));
            return self.error(last, message.with("field", short(&field.id)), hint);
        }
        if let Some(given) = dimension {
            let message = Message::new("problem-no-dimensions").with("field", short(&field.id));
            return self.error(last, message.with("name", short(given)), None);
        }
        match &field.kind {
            FieldKind::Choice { options } => Type::Option(options),
            FieldKind::Several { options, .. } => Type::Several(options),
            FieldKind::Scale { .. } | FieldKind::Number { .. } => Type::Number,
            FieldKind::Table { .. } => Type::Many,
            FieldKind::LongText { .. }
            | FieldKind::Text { .. }
            | FieldKind::Date
            | FieldKind::Person
            | FieldKind::Smart { .. }
            | FieldKind::File { .. }
            | FieldKind::Link
            | FieldKind::Rating { .. } => {
                let message = Message::new("problem-not-comparable").with("field", short(&field.id));
                self.error(last, message.with("type", as_written(&field.kind)), None)
            }
        }
    }
}

/// Where one of a path's names stands.
fn name(at: &Places, place: usize) -> &Places {
    at.inside.get(place).unwrap_or(at)
}

/// The type's name in curriculum files.
fn as_written(kind: &FieldKind) -> &'static str {
    match kind {
        FieldKind::LongText { .. } => "long_text",
        FieldKind::Text { .. } => "text",
        FieldKind::Date => "date",
        FieldKind::Person => "person",
        FieldKind::Smart { .. } => "smart",
        FieldKind::File { .. } => "file",
        FieldKind::Link => "link",
        FieldKind::Choice { .. } => "choice",
        FieldKind::Several { .. } => "several",
        FieldKind::Scale { .. } => "scale",
        FieldKind::Number { .. } => "number",
        FieldKind::Table { .. } => "table",
        FieldKind::Rating { .. } => "rating",
    }
}

/// A part as an author wrote it, for a message.
fn words(part: &Condition) -> String {
    let join = |names: &[&str]| short(&names.join("."));
    match part {
        Condition::Path(Path::Answer { step, field, .. }) => join(&["answers", step.as_str(), field]),
        Condition::Path(Path::This { field, .. }) => join(&["this", field]),
        Condition::Path(Path::Cast(role)) => join(&["cast", role.as_str()]),
        Condition::Path(Path::Roster) => "roster".to_owned(),
        Condition::Path(Path::Metric { id, before }) => join(&["metrics", id, if *before { "before" } else { "last" }]),
        Condition::Text(text) => format!("\"{}\"", short(text)),
        Condition::Number(number) => number.to_string(),
        Condition::Bool(truth) => truth.to_string(),
        Condition::List(_) => "[...]".to_owned(),
        _ => "(...)".to_owned(),
    }
}
