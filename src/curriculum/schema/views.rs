//! Views. What the keys say here is what editors show and what the tables of the author's guide are made of.

#![expect(dead_code, reason = "only the shapes are used")]

use schemars::JsonSchema;

use super::texts::{Line, Note};
use super::{FieldPath, Name, SourcePath};
use crate::curriculum::lower::MAX_LISTED;
use crate::curriculum::lower_views::{MAX_QUIET, MAX_SAME, MAX_SIGNS, MAX_SOURCES};

/// A page that fills itself from answers. Whoever may read the answers sees it, and no more of it than
/// they may read. It has exactly one of `table`, `counts`, `line` and `funnel`.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, title = "view")]
pub struct View {
    /// The view's permanent name, unique in its file.
    pub id: Name,
    /// Its heading.
    pub title: Line,
    /// How to read it, and what to do with it.
    pub help: Note,
    /// A row for each turn of steps, or for each row of a table that they ask for.
    pub table: Option<TableView>,
    /// How often each option of a `choice` or `several` was chosen, in everybody's newest answer; also
    /// those that nobody chose.
    pub counts: Option<FieldPath>,
    /// Figures over time.
    pub line: Option<LineView>,
    /// How much is left from stage to stage, with the stage that lost most.
    pub funnel: Option<FunnelView>,
}

/// Rows of answers. Where another step stands for each row, it says what became of it.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct TableView {
    /// Steps, or steps and a table that they ask for.
    #[schemars(length(min = 1, max = MAX_SOURCES))]
    pub of: Vec<SourcePath>,
    /// Fields of these steps, or columns of these tables, in their order.
    #[schemars(length(min = 1, max = MAX_LISTED))]
    pub columns: Vec<Name>,
    /// A table with `of` in which each of these turns is looked at again: the last look stands beside it.
    pub checks: Option<FieldPath>,
    /// What is worth a look.
    #[schemars(length(min = 1, max = MAX_SIGNS))]
    pub signs: Option<Vec<Sign>>,
}

/// Something to say when it is so. Exactly one of `quiet`, `same` and `says`.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, title = "sign")]
pub struct Sign {
    /// A row that is not over was not looked at for more than so many working days.
    #[schemars(range(min = 1, max = MAX_QUIET))]
    pub quiet: Option<u32>,
    /// The newest rows all have the same in this column.
    pub same: Option<Name>,
    /// How many rows, with `same`.
    #[schemars(range(min = 2, max = MAX_SAME))]
    pub times: Option<u32>,
    /// The last look at a row, or the row itself, has one of `is` in this column.
    pub says: Option<Name>,
    /// Options, with `says`.
    #[schemars(length(min = 1, max = MAX_LISTED))]
    pub is: Option<Vec<Name>>,
    /// What the page says then.
    pub say: Line,
}

/// Figures by the days on which they were handed in.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct LineView {
    /// Fields of the type `number` or `scale`.
    #[schemars(length(min = 1, max = MAX_SOURCES))]
    pub of: Vec<FieldPath>,
    /// Where the figure should go: the straight way is drawn beside it.
    pub goal: Option<GoalOf>,
}

/// The step that sets a goal, and its fields. A goal that is set again begins a new way.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct GoalOf {
    /// The step.
    pub step: Name,
    /// Its field with the figure on that day.
    pub from: Name,
    /// Its field with the figure to reach.
    pub to: Name,
    /// Its field with the day: a `date`, or a goal of the type `smart`.
    pub by: Name,
}

/// Stages of which each passes on a part.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct FunnelView {
    /// The step that asks for the figures; the newest ones are shown, beside those before.
    pub step: Name,
    /// Its fields of the type `number`, from the first stage to the last.
    #[schemars(length(min = 1, max = MAX_LISTED))]
    pub stages: Vec<Name>,
}
