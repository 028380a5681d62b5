//! The digest's figures as a table that Excel and its kin open.

use super::headers::plain;
use crate::app::digest::{DigestLetter, DigestPlan};
use crate::engine::message::Message;
use crate::engine::vocabulary::Lang;
use crate::render::Renderer;

/// Without it Excel takes UTF-8 for the machine's old character set.
const BYTE_ORDER_MARK: char = '\u{feff}';

const COLUMNS: [&str; 11] = [
    "form-sheet-plan",
    "form-sheet-day",
    "form-sheet-done",
    "form-sheet-all",
    "form-sheet-percent",
    "form-sheet-done-in-week",
    "form-sheet-overdue",
    "form-sheet-waiting",
    "form-sheet-state",
    "mail-digest-sheet-risks",
    "form-sheet-address",
];

/// A row a plan, in the order of the letter (RFC 4180).
pub(super) fn of_the_week(digest: &DigestLetter, lang: Lang, renderer: &Renderer) -> String {
    let say = |id| renderer.sentence(lang, &Message::new(id));
    let row = |plan: &DigestPlan| {
        let state = match plan {
            DigestPlan { is_finished: true, .. } => "form-sheet-finished",
            DigestPlan { is_paused: true, .. } => "form-sheet-paused",
            _ => "form-sheet-running",
        };
        [
            renderer.sentence(lang, &plan.whose),
            plan.day.to_string(),
            plan.progress.done.to_string(),
            plan.progress.all.to_string(),
            plan.percent.to_string(),
            plan.done_in_week.to_string(),
            plan.overdue.to_string(),
            plan.waiting_for_review.to_string(),
            say(state),
            plan.risks.iter().map(|risk| renderer.sentence(lang, risk)).collect::<Vec<_>>().join(" "),
            plan.url.clone(),
        ]
    };
    let mut table = String::from(BYTE_ORDER_MARK);
    for cells in std::iter::once(COLUMNS.map(say)).chain(digest.plans.all.iter().map(row)) {
        table += &cells.map(|cell| quoted(&cell)).join(",");
        table += "\r\n";
    }
    table
}

/// A cell that is text to whatever opens it: with one of these signs before it, in either width, it
/// would be a formula.
fn quoted(cell: &str) -> String {
    let cell = plain(cell);
    let guard = if cell.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']) { "'" } else { "" };
    format!("\"{guard}{}\"", cell.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_never_a_formula() {
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", "＝1", "\t=1", "\r=1", " =1"] {
            assert_eq!(quoted(formula), format!("\"'{}\"", formula.trim()));
        }
    }

    #[test]
    fn a_name_is_never_a_second_cell_or_row() {
        assert_eq!(quoted("Chen, \"Grace\"\r\n陳怡君"), "\"Chen, \"\"Grace\"\" 陳怡君\"");
    }
}
