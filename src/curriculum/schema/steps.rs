//! Steps. What their keys say here is what editors show and what the tables of the author's guide are made
//! of.

#![expect(dead_code, reason = "only the shapes are used")]

use schemars::JsonSchema;

use super::fields::Ask;
use super::texts::{Line, Markdown};
use super::{Condition, Day, End, Member, Name, Never, Percent, Role, Weekday};
use crate::curriculum::lower::{MAX_DUE_SOON, MAX_LISTED, MAX_OVERDUE_EVERY};
use crate::curriculum::lower_ask::MAX_FIELDS;
use crate::curriculum::scalar::MAX_LINE;

macro_rules! step {
    ($(#[$doc:meta])* $name:ident { $($(#[$more:meta])* $key:ident: $kind:ty,)* }) => {
        $(#[$doc])*
        #[derive(JsonSchema)]
        #[schemars(deny_unknown_fields, title = "step")]
        pub struct $name {
            /// The step's permanent name, unique in the program.
            pub id: Name,
            /// Earlier names of this step. After a rename done work is found by them.
            #[schemars(length(min = 1, max = MAX_LISTED))]
            pub was: Option<Vec<Name>>,
            /// What it is drawn from, such as a line of your content map.
            #[schemars(length(min = 1, max = MAX_LINE))]
            pub source: Option<String>,
            /// What lists and mail call the step.
            pub title: Line,
            /// Why, what to do, how, and what shows that it is done.
            pub body: Markdown,
            /// Who does it. Default: `manager`.
            pub who: Option<Role>,
            /// When it opens: as many days as `due` has, counted from the same thing. Default: five working
            /// days before it is due, but not before B1 or T+0; with `due: some_step+3`, when that step is
            /// closed.
            pub opens: Option<Days>,
            /// When it is due. A list of days of the plan, or of days after a launch, is one turn each.
            pub due: Days,
            /// Steps that must be closed first. One with `each` counts when it is closed for every member;
            /// a branch that was not taken counts as closed.
            #[schemars(length(max = MAX_LISTED))]
            pub after: Option<Vec<After>>,
            /// The step opens only if this holds. Until the answers are there it stands as depending on
            /// them; if it does not hold, the step is shown as not taken, and is never overdue. If its days
            /// have passed by then, they move to the day it opens.
            pub when: Option<Condition>,
            /// One step for each team member, and for whoever joins later.
            pub each: Option<Each>,
            /// It recurs: turns follow after the last day of `due`. Exactly one rhythm, and an end.
            pub every: Option<Every>,
            $($(#[$more])* pub $key: $kind,)*
            /// What is handed in. Without it the step is ticked.
            #[schemars(length(min = 1, max = MAX_FIELDS))]
            pub ask: Option<Vec<Ask>>,
            /// Who accepts or returns it; somebody else than `who`. Default: nobody.
            pub review: Option<Reviewer>,
            /// Who gets by mail what is handed in, and answers "seen" or "let's talk"; somebody else than
            /// `who`. Nothing waits for the answer. Where the same one has the `review`, the mail that asks for
            /// it carries what was handed in, here and in the steps of `after`, so that it can be judged without
            /// signing in.
            pub report: Option<Senior>,
            /// Who reads what is handed in; it must hold who does the step, and who reviews it or gets it by
            /// mail. Default: manager, mentor and those.
            #[schemars(length(min = 1, max = 4))]
            pub visible_to: Option<Vec<Role>>,
            /// Minutes that it takes.
            #[schemars(range(min = 1, max = 1200))]
            pub effort: u32,
            /// `never`: on the page, but in no mail. Or other days than the program's `mail` says.
            pub remind: Option<Remind>,
            /// It is a meeting of the manager with this role: the two agree on a time, and both are
            /// invited. One of them does the step, and not for each member.
            pub meet: Option<Senior>,
            /// With `due: some_step.some_table.some_date+0`: the column that says what each turn is about.
            /// Pages show it beside the title, to those who read the table; mail never does. Default: the
            /// first column of the type `text`.
            pub about: Option<Name>,
        }
    };
}

step! {
    /// One thing to do.
    Step {}
}

step! {
    /// A step that rates the assessment's dimensions. Its form is that rating, a field named `scores`, and
    /// then its own `ask`; with `by: members` its form is its own `ask` alone.
    RatingStep {
        /// The dimensions that it rates. Default: all.
        #[schemars(length(min = 1, max = MAX_LISTED))]
        rates: Option<Vec<Name>>,
        /// `members`: not who does the step rates, but the manager's team, each in secret on a ballot that
        /// the doer hands out. The result opens when they are closed, if five have answered. Not for each
        /// member, and not the manager's to do.
        by: Option<Members>,
    }
}

super::words! {
    /// The members of the manager's team.
    Members = "members",
    /// The manager does, and can't review.
    Reviewer = "mentor" | "superior" | "hr",
    /// Whom the manager turns to.
    Senior = "mentor" | "superior",
}

#[derive(JsonSchema)]
#[schemars(untagged)]
pub enum Days {
    One(Day),
    Many(#[schemars(length(min = 1, max = 100))] Vec<Day>),
}

#[derive(JsonSchema)]
#[schemars(untagged)]
pub enum After {
    Step(Name),
    Join(Join),
}

/// Steps of which a part is enough. A step holds at most five such items.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, title = "join")]
pub struct Join {
    /// The steps. One with `each` counts once for each member.
    #[schemars(length(min = 1, max = MAX_LISTED))]
    pub of: Vec<Name>,
    /// How many of them must be closed, or what part.
    pub at_least: Share,
    /// The question that is asked if the step is handed in before all of them are closed.
    pub reason: Line,
}

#[derive(JsonSchema)]
#[schemars(untagged)]
pub enum Share {
    Count(#[schemars(range(min = 1, max = 500))] u32),
    Percent(Percent),
}

#[derive(JsonSchema)]
#[schemars(untagged)]
pub enum Each {
    Member(Member),
    Within(EachWithin),
}

/// One step for each team member, with days of their own for later joiners.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct EachWithin {
    /// Always `member`.
    pub of: Member,
    /// Working days that are given for a member who joins later; a day that an answer named stands as it was
    /// named. Default: 5.
    #[schemars(range(min = 1, max = 100))]
    pub within: Option<u32>,
}

/// Exactly one rhythm, and an end.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Every {
    /// Every so many working days.
    #[schemars(range(min = 1, max = 400))]
    pub working_days: Option<u32>,
    /// Every week on this day; the first one at least four days after the last day of `due`.
    pub weekly: Option<Weekday>,
    /// Every so many months.
    #[schemars(range(min = 1, max = 24))]
    pub months: Option<u32>,
    /// Every so many quarters.
    #[schemars(range(min = 1, max = 8))]
    pub quarters: Option<u32>,
    /// Every so many years. With `due: quarter_end-10` only `quarters` and `years` can stand.
    #[schemars(range(min = 1, max = 2))]
    pub years: Option<u32>,
    /// The last day on which a turn may fall (`B250`, in a playbook `T+40`), `end` for the last day of the
    /// program, or a step: until that is closed.
    pub until: Until,
}

#[derive(JsonSchema)]
#[schemars(untagged)]
pub enum Until {
    End(End),
    Day(Day),
    Step(Name),
}

#[derive(JsonSchema)]
#[schemars(untagged)]
pub enum Remind {
    Never(Never),
    Own(Reminders),
}

/// When the mail of the morning names this step.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Reminders {
    /// Working days before the due day on which the mail first names it. Default: as in the program's
    /// `mail`.
    #[schemars(range(min = 0, max = MAX_DUE_SOON))]
    pub due_soon: Option<u32>,
    /// Working days from one reminder to the next when it is overdue. Default: as in the program's `mail`.
    #[schemars(range(min = 1, max = MAX_OVERDUE_EVERY))]
    pub overdue_every: Option<u32>,
}
