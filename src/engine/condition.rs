//! Conditions: what a step or a question may depend on. The compiler reads them from CEL and checks
//! their types; here they are only asked.
//!
//! What is not known yet is neither true nor false (Kleene's logic): a step whose condition is
//! unknown waits for the answers that decide it.

use serde::{Deserialize, Serialize};

use super::ask::Number;
use super::vocabulary::{Role, StepId};

/// A condition, or a part of one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    Bool(bool),
    Number(Number),
    Text(String),
    List(Vec<Condition>),
    Path(Path),
    Not(Box<Condition>),
    And(Box<Condition>, Box<Condition>),
    Or(Box<Condition>, Box<Condition>),
    Compare(Comparison, Box<Condition>, Box<Condition>),
    /// Whether the left one is in the list on the right.
    In(Box<Condition>, Box<Condition>),
    Size(Box<Condition>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// What a condition may ask for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Path {
    /// The newest answer to a field of a step; of a rating, to one dimension.
    Answer { step: StepId, field: String, dimension: Option<String> },
    /// An answer of the same form.
    This { field: String, dimension: Option<String> },
    /// Whether somebody plays this part.
    Cast(Role),
    /// The members on the roster.
    Roster,
    /// The latest value of a metric, or the one before it.
    Metric { id: String, before: bool },
}

/// What a path leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Asked, and left empty; or never to be answered.
    Nothing,
    Bool(bool),
    Number(Number),
    Text(String),
    List(Vec<Value>),
}

impl Condition {
    /// Whether the condition holds; none while that is not known. `look` answers none for what is not
    /// known yet.
    pub fn holds(&self, look: &dyn Fn(&Path) -> Option<Value>) -> Option<bool> {
        match self.value(look)? {
            Value::Bool(truth) => Some(truth),
            // An empty answer where a truth is asked for.
            _ => Some(false),
        }
    }

    fn value(&self, look: &dyn Fn(&Path) -> Option<Value>) -> Option<Value> {
        let truth = |of: &Condition| of.holds(look);
        Some(match self {
            Condition::Bool(truth) => Value::Bool(*truth),
            Condition::Number(number) => Value::Number(*number),
            Condition::Text(text) => Value::Text(text.clone()),
            Condition::List(items) => Value::List(items.iter().map(|one| one.value(look)).collect::<Option<_>>()?),
            Condition::Path(path) => look(path)?,
            Condition::Not(one) => Value::Bool(!truth(one)?),
            Condition::And(a, b) => Value::Bool(match (truth(a), truth(b)) {
                (Some(false), _) | (_, Some(false)) => false,
                (a, b) => a? && b?,
            }),
            Condition::Or(a, b) => Value::Bool(match (truth(a), truth(b)) {
                (Some(true), _) | (_, Some(true)) => true,
                (a, b) => a? || b?,
            }),
            Condition::Compare(how, a, b) => Value::Bool(how.holds(&a.value(look)?, &b.value(look)?)),
            Condition::In(one, list) => {
                let (one, list) = (one.value(look)?, list.value(look)?);
                Value::Bool(matches!(list, Value::List(items) if items.contains(&one)))
            }
            Condition::Size(list) => {
                let size = match list.value(look)? {
                    Value::List(items) => items.len(),
                    _ => 0,
                };
                Value::Number(Number(i64::try_from(size).unwrap_or(i64::MAX / 1000).saturating_mul(1000)))
            }
        })
    }

    /// Every path that it asks for, in the order they stand.
    pub fn paths(&self) -> Vec<&Path> {
        match self {
            Condition::Bool(_) | Condition::Number(_) | Condition::Text(_) => Vec::new(),
            Condition::Path(path) => vec![path],
            Condition::List(items) => items.iter().flat_map(Condition::paths).collect(),
            Condition::Not(one) | Condition::Size(one) => one.paths(),
            Condition::And(a, b) | Condition::Or(a, b) | Condition::Compare(_, a, b) | Condition::In(a, b) => {
                a.paths().into_iter().chain(b.paths()).collect()
            }
        }
    }
}

impl Comparison {
    fn holds(self, a: &Value, b: &Value) -> bool {
        match (self, a, b) {
            (Comparison::Equal, a, b) => a == b,
            (Comparison::NotEqual, a, b) => a != b,
            (Comparison::Less, Value::Number(a), Value::Number(b)) => a < b,
            (Comparison::LessOrEqual, Value::Number(a), Value::Number(b)) => a <= b,
            (Comparison::Greater, Value::Number(a), Value::Number(b)) => a > b,
            (Comparison::GreaterOrEqual, Value::Number(a), Value::Number(b)) => a >= b,
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(field: &str) -> Condition {
        Condition::Path(Path::This { field: field.to_owned(), dimension: None })
    }

    fn is(field: &str, value: &str) -> Condition {
        Condition::Compare(Comparison::Equal, Box::new(path(field)), Box::new(Condition::Text(value.to_owned())))
    }

    /// `a` is answered with yes, `empty` was left empty, all else is not known.
    fn look(path: &Path) -> Option<Value> {
        match path {
            Path::This { field, .. } if field == "a" => Some(Value::Text("yes".to_owned())),
            Path::This { field, .. } if field == "empty" => Some(Value::Nothing),
            _ => None,
        }
    }

    fn holds(condition: Condition) -> Option<bool> {
        condition.holds(&look)
    }

    #[test]
    fn what_is_not_known_decides_nothing_unless_the_other_side_does() {
        let unknown = || Box::new(is("later", "yes"));
        let (yes, no) = (|| Box::new(is("a", "yes")), || Box::new(is("a", "no")));
        assert_eq!(holds(*unknown()), None);
        assert_eq!(holds(Condition::And(unknown(), no())), Some(false));
        assert_eq!(holds(Condition::And(yes(), unknown())), None);
        assert_eq!(holds(Condition::Or(unknown(), yes())), Some(true));
        assert_eq!(holds(Condition::Or(no(), unknown())), None);
        assert_eq!(holds(Condition::Not(unknown())), None);
    }

    #[test]
    fn an_empty_answer_equals_nothing_and_is_in_no_list() {
        assert_eq!(holds(is("empty", "yes")), Some(false));
        assert_eq!(holds(Condition::Not(Box::new(is("empty", "yes")))), Some(true));
        let list = Condition::List(vec![Condition::Text("yes".to_owned())]);
        assert_eq!(holds(Condition::In(Box::new(path("empty")), Box::new(list.clone()))), Some(false));
        assert_eq!(holds(Condition::In(Box::new(path("a")), Box::new(list))), Some(true));
        assert_eq!(holds(Condition::Size(Box::new(path("empty")))), Some(false));
    }
}
