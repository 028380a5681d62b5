//! Conditions: what the parser of `cel` reads becomes the engine's condition, or a sentence that says
//! which part is not of the language.
//!
//! A text goes through [`scan`] (letters, brackets), `cel` (what binds to what) and this module, which
//! reads one file alone; once all files are read, [`types`] checks names and types, and [`reach`]
//! whether it can hold at all.

#[path = "condition_reach.rs"]
mod reach;
#[path = "condition_scan.rs"]
mod scan;
#[path = "condition_tokens.rs"]
mod tokens;
#[path = "condition_types.rs"]
mod types;

#[cfg(test)]
#[path = "condition_tests.rs"]
mod tests;

use std::collections::HashMap;
use std::ops::Range;

use cel::IdedExpr;
use cel::common::ast::operators as op;
use cel::common::ast::{CallExpr, Expr, LiteralValue};
use cel::parser::{ParseError, Parser};

use crate::engine::condition::{Comparison, Condition, Path};
use crate::engine::message::Message;
use crate::engine::release::{Field, Number};
use crate::engine::vocabulary::{Role, StepId};

use super::closest::closest;
use super::draft::Unread;
use super::findings::{Findings, Place, short};
use super::map::Reader;
use super::marks::Marks;
use super::tree::Node;

use tokens::Tokens;

/// A condition is read at a glance; this is a page.
const MAX_LENGTH: usize = 2000;

/// What a path starts with.
const ROOTS: [&str; 5] = ["answers", "cast", "metrics", "roster", "this"];

/// A condition of one file, with the places that the checks across files point at.
#[derive(Debug, Clone)]
pub struct ConditionDraft {
    pub condition: Condition,
    pub place: Place,
    places: Places,
}

/// Where a part of a condition stands, and where its own parts stand; of a path, its names.
#[derive(Debug, Clone)]
struct Places {
    here: Place,
    inside: Vec<Places>,
}

/// What a condition may ask for, where it stands.
pub struct Sight<'a> {
    /// By step id.
    pub steps: &'a HashMap<&'a str, StepSight<'a>>,
    /// It stands in a step with `each`.
    pub in_each: bool,
    /// The form's own fields, for a field's `when`, how many of them stand above it, and those that could
    /// not be read.
    pub this: Option<(&'a [Field], usize, &'a Unread)>,
    /// False in a field's `when`: only `this` is asked there.
    pub allows_plan: bool,
    pub metrics: &'a [&'a str],
    /// Files that could not be read may hold what is missing.
    pub is_partial: bool,
}

pub struct StepSight<'a> {
    pub fields: &'a [Field],
    pub unread: &'a Unread,
    pub is_each: bool,
}

/// Reads a condition of the file; what is wrong is reported, with the part of the scalar underlined.
pub fn read(reader: &mut Reader, node: &Node, key: &'static str) -> Option<ConditionDraft> {
    let text = reader.scalar(node, key, "text")?;
    let given = text.chars().count();
    if given > MAX_LENGTH {
        let message = Message::new("problem-text-too-long").with("key", key);
        reader.error(node.span, message.with("max", MAX_LENGTH).with("given", given));
        return None;
    }
    let marks = Marks::new(reader.findings.source(reader.file), node.span, text);
    if let Err(problem) = scan::scan(text) {
        reader.error_with(marks.span(text, &problem.at), problem.message, problem.hint);
        return None;
    }
    let (expr, source) = match Parser::new().parse_with_source_info(text) {
        Ok(parsed) => parsed,
        Err(errors) => {
            let at = errors.errors.first().map_or(0..text.len(), |error| stumbling(text, error));
            reader.error_with(
                marks.span(text, &at),
                Message::new("problem-condition-syntax"),
                Some(Message::new("hint-condition")),
            );
            return None;
        }
    };
    let place = reader.place(node.span);
    let mut lowering = Lowering { reader, tokens: Tokens { text, source }, marks };
    let (condition, places) = lowering.lower(&expr)?;
    Some(ConditionDraft { condition, place, places })
}

/// Checks names and types, and that it can hold.
pub fn check(findings: &mut Findings, draft: &ConditionDraft, sight: &Sight) {
    if !types::check(findings, draft, sight) {
        return;
    }
    match reach::verdict(&draft.condition, sight) {
        Some(reach::Verdict::Never) => findings.error(draft.place, Message::new("problem-never-holds")),
        Some(reach::Verdict::Always) => findings.warning(draft.place, Message::new("problem-always-holds")),
        None => {}
    }
}

/// Where the parser could not go on; it counts lines from 1, and columns from 1 in characters.
fn stumbling(text: &str, error: &ParseError) -> Range<usize> {
    let line = usize::try_from(error.pos.0).unwrap_or(1).saturating_sub(1);
    let column = usize::try_from(error.pos.1).unwrap_or(1).saturating_sub(1);
    let before: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
    let rest = text.get(before..).unwrap_or_default();
    let start = before + rest.char_indices().nth(column).map_or(rest.len(), |(at, _)| at);
    start..text.len().min(start + 1)
}

struct Lowering<'r, 'f, 's, 't> {
    reader: &'r mut Reader<'f, 's>,
    tokens: Tokens<'t>,
    marks: Marks,
}

type Lowered = Option<(Condition, Places)>;

impl Lowering<'_, '_, '_, '_> {
    fn lower(&mut self, expr: &IdedExpr) -> Lowered {
        match &expr.expr {
            Expr::Literal(literal) => self.literal(expr, literal, false),
            Expr::Ident(_) | Expr::Select(_) => self.path(expr),
            Expr::List(list) if list.optional_indices.is_empty() => {
                let items = list.elements.iter().map(|item| self.item(item));
                let (items, inside) = together(items.collect::<Vec<_>>())?;
                Some((Condition::List(items), self.places(expr, inside)))
            }
            Expr::Call(call) => self.call(expr, call),
            _ => self.refuse(expr),
        }
    }

    /// What may stand in a list.
    fn item(&mut self, item: &IdedExpr) -> Lowered {
        match &item.expr {
            Expr::Literal(_) => self.lower(item),
            Expr::Call(call) if call.func_name == op::NEGATE => self.lower(item),
            _ => {
                let word = self.lone_word(item);
                self.report(self.tokens.range(item), Message::new("problem-condition-item"), word);
                None
            }
        }
    }

    fn literal(&mut self, expr: &IdedExpr, literal: &LiteralValue, negative: bool) -> Lowered {
        let number = |digits: String| {
            let number = Number::parse(&digits)?;
            Some(Condition::Number(if negative { Number(number.0.checked_neg()?) } else { number }))
        };
        let value = match literal {
            LiteralValue::Boolean(truth) if !negative => Some(Condition::Bool(**truth)),
            LiteralValue::String(text) if !negative => Some(Condition::Text(text.inner().to_owned())),
            LiteralValue::Int(whole) => number(whole.to_string()),
            LiteralValue::Double(decimal) => number(decimal.to_string()),
            _ => return self.refuse(expr),
        };
        let Some(value) = value else {
            let range = self.tokens.range(expr);
            let given = short(self.tokens.text.get(range.clone()).unwrap_or_default());
            self.report(range, Message::new("problem-condition-number").with("number", given), None);
            return None;
        };
        Some((value, self.places(expr, Vec::new())))
    }

    fn call(&mut self, expr: &IdedExpr, call: &CallExpr) -> Lowered {
        let name = call.func_name.as_str();
        match (name, call.target.as_deref(), call.args.as_slice()) {
            (op::LOGICAL_NOT, None, [one]) => {
                let (one, at) = self.lower(one)?;
                Some((Condition::Not(Box::new(one)), self.places(expr, vec![at])))
            }
            ("size", None, [one]) => {
                let (one, at) = self.lower(one)?;
                Some((Condition::Size(Box::new(one)), self.places(expr, vec![at])))
            }
            (op::NEGATE, None, [one]) => match &one.expr {
                Expr::Literal(literal) => self.literal(one, literal, true),
                _ => self.refuse(expr),
            },
            (_, None, [a, b]) => {
                let Some(make) = binary(name) else { return self.refuse(expr) };
                if !is_logic(name) && [a, b].into_iter().any(is_comparison) {
                    self.report(self.tokens.range(expr), Message::new("problem-condition-chained"), None);
                    return None;
                }
                let (a, b) = (self.lower(a), self.lower(b));
                let ((a, at_a), (b, at_b)) = (a?, b?);
                Some((make(Box::new(a), Box::new(b)), self.places(expr, vec![at_a, at_b])))
            }
            _ => self.refuse(expr),
        }
    }

    fn path(&mut self, expr: &IdedExpr) -> Lowered {
        let Some(names) = self.tokens.names(expr) else { return self.refuse(expr) };
        let words: Vec<&str> = names.iter().map(|(name, _)| name.as_str()).collect();
        let owned = |word: &&str| (*word).to_owned();
        let path = match words.as_slice() {
            ["answers", step, field, more @ ..] if more.len() <= 1 => {
                Path::Answer { step: StepId(owned(step)), field: owned(field), dimension: more.first().map(owned) }
            }
            ["this", field, more @ ..] if more.len() <= 1 => {
                Path::This { field: owned(field), dimension: more.first().map(owned) }
            }
            ["roster"] => Path::Roster,
            ["metrics", id, "last"] => Path::Metric { id: owned(id), before: false },
            ["metrics", id, "before"] => Path::Metric { id: owned(id), before: true },
            ["cast", role] => match Role::parse(role) {
                Some(role) => Path::Cast(role),
                None => return self.unknown_role(role, names.last()),
            },
            [root, ..] => return self.bad_path(expr, root, &words, &names),
            [] => return self.refuse(expr),
        };
        let inside = names.into_iter().map(|(_, at)| Places { here: self.place(&at), inside: Vec::new() });
        let inside = inside.collect();
        Some((Condition::Path(path), self.places(expr, inside)))
    }

    fn unknown_role(&mut self, role: &str, name: Option<&(String, Range<usize>)>) -> Lowered {
        let roles = Role::ALL.into_iter().filter(|role| *role != Role::Manager).map(Role::as_str);
        let roles: Vec<&str> = roles.collect();
        let hint =
            closest(role, roles.iter().copied()).map(|name| Message::new("hint-did-you-mean").with("name", name));
        let message = Message::new("problem-unknown-role").with("name", short(role)).with("roles", roles.join(", "));
        self.report(name.map_or(0..0, |(_, at)| at.clone()), message, hint);
        None
    }

    fn bad_path(&mut self, expr: &IdedExpr, root: &str, words: &[&str], names: &[(String, Range<usize>)]) -> Lowered {
        let form = match root {
            "answers" => "answers.step.field",
            "this" => "this.field",
            "cast" => "cast.mentor",
            "roster" => "size(roster)",
            "metrics" => "metrics.name.last, metrics.name.before",
            _ => {
                let meant = closest(root, ROOTS).map(|name| Message::new("hint-did-you-mean").with("name", name));
                let hint = meant.or_else(|| self.lone_word(expr));
                let message = Message::new("problem-condition-root").with("name", short(root));
                let at = names.first().map_or(0..0, |(_, at)| at.clone());
                self.report(at, message.with("roots", ROOTS.join(", ")), hint);
                return None;
            }
        };
        let message = Message::new("problem-condition-path").with("path", short(&words.join(".")));
        self.report(self.tokens.range(expr), message.with("form", form), None);
        None
    }

    /// A word by itself is often a text that lacks its quotes.
    fn lone_word(&self, expr: &IdedExpr) -> Option<Message> {
        let Expr::Ident(word) = &expr.expr else { return None };
        Some(Message::new("hint-quote-word").with("name", format!("\"{}\"", short(word))))
    }

    fn refuse(&mut self, expr: &IdedExpr) -> Lowered {
        let range = match &expr.expr {
            // Of what stands between two values, or before one, the sign itself.
            Expr::Call(_) => self.tokens.own(expr),
            _ => self.tokens.range(expr),
        };
        let part = short(self.tokens.text.get(range.clone()).unwrap_or_default());
        let message = Message::new("problem-condition-part").with("part", part);
        self.report(range, message, Some(Message::new("hint-condition")));
        None
    }

    fn report(&mut self, part: Range<usize>, message: Message, hint: Option<Message>) {
        let span = self.marks.span(self.tokens.text, &part);
        self.reader.error_with(span, message, hint);
    }

    fn place(&self, part: &Range<usize>) -> Place {
        self.reader.place(self.marks.span(self.tokens.text, part))
    }

    fn places(&self, expr: &IdedExpr, inside: Vec<Places>) -> Places {
        Places { here: self.place(&self.tokens.range(expr)), inside }
    }
}

/// All of them, or none if one was refused; every one was looked at.
fn together(lowered: Vec<Lowered>) -> Option<(Vec<Condition>, Vec<Places>)> {
    lowered.into_iter().collect::<Option<Vec<_>>>().map(|all| all.into_iter().unzip())
}

fn is_logic(operator: &str) -> bool {
    matches!(operator, op::LOGICAL_AND | op::LOGICAL_OR)
}

/// What is compared with something else only in brackets: without them, [`scan`] refuses it.
fn is_comparison(expr: &IdedExpr) -> bool {
    let Expr::Call(call) = &expr.expr else { return false };
    binary(&call.func_name).is_some() && !is_logic(&call.func_name)
}

type Binary = fn(Box<Condition>, Box<Condition>) -> Condition;

fn binary(operator: &str) -> Option<Binary> {
    Some(match operator {
        op::LOGICAL_AND => Condition::And,
        op::LOGICAL_OR => Condition::Or,
        op::IN => Condition::In,
        op::EQUALS => |a, b| Condition::Compare(Comparison::Equal, a, b),
        op::NOT_EQUALS => |a, b| Condition::Compare(Comparison::NotEqual, a, b),
        op::LESS => |a, b| Condition::Compare(Comparison::Less, a, b),
        op::LESS_EQUALS => |a, b| Condition::Compare(Comparison::LessOrEqual, a, b),
        op::GREATER => |a, b| Condition::Compare(Comparison::Greater, a, b),
        op::GREATER_EQUALS => |a, b| Condition::Compare(Comparison::GreaterOrEqual, a, b),
        _ => return None,
    })
}
