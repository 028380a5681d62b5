//! Where the parts of a condition stand in its text, in bytes. Of most of them the parser keeps one
//! token: the sign, the dot, the bracket.

use std::ops::Range;

use cel::IdedExpr;
use cel::common::ast::{Expr, SourceInfo};

pub struct Tokens<'t> {
    pub text: &'t str,
    pub source: SourceInfo,
}

impl Tokens<'_> {
    /// The names of a path, from its root on.
    pub fn names(&self, mut expr: &IdedExpr) -> Option<Vec<(String, Range<usize>)>> {
        let mut names = Vec::new();
        loop {
            match &expr.expr {
                Expr::Select(select) if !select.test => {
                    names.push((select.field.clone(), self.selected(expr, &select.field)));
                    expr = &select.operand;
                }
                Expr::Ident(name) if !name.starts_with('.') => {
                    names.push((name.clone(), self.own(expr)));
                    names.reverse();
                    return Some(names);
                }
                _ => return None,
            }
        }
    }

    /// The token that the parser keeps of an expression, in bytes.
    pub fn own(&self, expr: &IdedExpr) -> Range<usize> {
        match self.source.offset_for(expr.id) {
            Some((start, last)) => start as usize..(last as usize + 1).min(self.text.len()),
            None => 0..self.text.len(),
        }
    }

    /// Of a name that is selected the parser keeps the dot before it.
    fn selected(&self, expr: &IdedExpr, name: &str) -> Range<usize> {
        let end = self.own(expr).end;
        let rest = self.text.get(end..).unwrap_or_default();
        let start = end + (rest.len() - rest.trim_start().len());
        start..start + name.len()
    }

    /// From the first to the last of its tokens, without brackets around it.
    pub fn range(&self, expr: &IdedExpr) -> Range<usize> {
        let (start, end) = (self.start(expr), self.end(expr));
        start.min(end)..end
    }

    fn start(&self, mut expr: &IdedExpr) -> usize {
        loop {
            expr = match &expr.expr {
                Expr::Select(select) => &select.operand,
                Expr::Call(call) if call.target.is_some() || call.args.len() == 2 => {
                    match call.target.as_deref().or(call.args.first()) {
                        Some(first) => first,
                        None => return self.own(expr).start,
                    }
                }
                // The parser keeps the bracket behind the name.
                Expr::Call(call) if call.func_name == "size" => {
                    let before = self.text.get(..self.own(expr).start).unwrap_or_default();
                    return before.trim_end().len().saturating_sub(call.func_name.len());
                }
                _ => return self.own(expr).start,
            }
        }
    }

    fn end(&self, expr: &IdedExpr) -> usize {
        let closed = |inner: Option<&IdedExpr>, bracket: char| {
            let end = inner.map_or(self.own(expr).end, |inner| self.end(inner));
            self.text.get(end..).and_then(|rest| rest.find(bracket)).map_or(end, |at| end + at + 1)
        };
        match &expr.expr {
            Expr::Select(select) => self.selected(expr, &select.field).end,
            Expr::List(list) => closed(list.elements.last(), ']'),
            Expr::Call(call) if call.func_name == "size" => closed(call.args.last(), ')'),
            Expr::Call(call) => call.args.last().map_or(self.own(expr).end, |last| self.end(last)),
            _ => self.own(expr).end,
        }
    }
}
