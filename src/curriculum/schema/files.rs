//! The five kinds of files, and steps. What their keys say here is what editors show and what the
//! tables of the author's guide are made of.

#![expect(dead_code, reason = "only the shapes are used")]

use schemars::JsonSchema;

use super::fields::{Ask, Dimension, Notes, ScaleEnds};
use super::texts::{Line, Markdown, Note};
use super::{Condition, Date, Day, End, FieldPath, Member, Name, Never, Percent, PlanDay, Role, Weekday};
use crate::curriculum::lower::{MAX_DUE_SOON, MAX_LISTED, MAX_OVERDUE_EVERY};
use crate::curriculum::lower_ask::MAX_FIELDS;
use crate::curriculum::scalar::MAX_LINE;

/// A theme and its steps.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct CurriculumFile {
    /// The curriculum's permanent name.
    pub curriculum: Name,
    /// What it is drawn from, such as a line of your content map.
    #[schemars(length(min = 1, max = MAX_LINE))]
    pub source: Option<String>,
    /// The heading over these steps.
    pub title: Line,
    /// What these steps are for, in a sentence or two.
    pub summary: Note,
    /// Questions that several steps share, each set under a name.
    #[schemars(length(min = 1, max = 100))]
    pub forms: Option<Vec<Form>>,
    /// What is to be done.
    #[schemars(length(min = 1, max = 10000))]
    pub steps: Vec<Step>,
}

/// A curriculum that is launched on demand. Its days count from the launch or from its own steps.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct PlaybookFile {
    /// The playbook's permanent name.
    pub playbook: Name,
    /// What it is drawn from, such as a line of your content map.
    #[schemars(length(min = 1, max = MAX_LINE))]
    pub source: Option<String>,
    /// The heading over these steps.
    pub title: Line,
    /// When to launch it and what it does, in a sentence or two.
    pub summary: Note,
    /// Who may launch it, and when it is offered.
    pub launch: Launch,
    /// Questions that several steps share, each set under a name.
    #[schemars(length(min = 1, max = 100))]
    pub forms: Option<Vec<Form>>,
    /// What is to be done.
    #[schemars(length(min = 1, max = 10000))]
    pub steps: Vec<Step>,
}

/// A curriculum whose steps all rate the same dimensions.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct AssessmentFile {
    /// The assessment's permanent name.
    pub assessment: Name,
    /// What it is drawn from, such as a line of your content map.
    #[schemars(length(min = 1, max = MAX_LINE))]
    pub source: Option<String>,
    /// The heading over these steps, and the label of their rating.
    pub title: Line,
    /// What is rated and what for, in a sentence or two.
    pub summary: Note,
    /// The lowest and the highest value. Default: 1 and 5.
    pub scale: Option<ScaleEnds>,
    /// Whether "not observed" may be the answer. Default: `true`.
    pub not_observed: Option<bool>,
    /// A line of text beside each dimension; `required` asks for it where a value was given. Default:
    /// `optional`.
    pub notes: Option<Notes>,
    /// How many dimensions need a value; the others may be "not observed". At most as many as there are.
    /// Default: 1.
    #[schemars(range(min = 1))]
    pub at_least: Option<u32>,
    /// What the steps rate.
    #[schemars(length(min = 1, max = 30))]
    pub dimensions: Vec<Dimension>,
    /// Questions that several steps share, each set under a name.
    #[schemars(length(min = 1, max = 100))]
    pub forms: Option<Vec<Form>>,
    /// Who rates, and when.
    #[schemars(length(min = 1, max = 50))]
    pub steps: Vec<RatingStep>,
}

/// Puts curricula on a calendar for one audience: waves, cast, mail, load.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct ProgramFile {
    /// The program's permanent name.
    pub program: Name,
    /// What the program is called on pages and in mail.
    pub title: Line,
    /// For whom it is, and what they can do at its end, in a sentence or two.
    pub summary: Note,
    /// Curricula and assessments that begin on B1. A program has `curricula`, `waves` or `includes`.
    #[schemars(length(min = 1, max = MAX_LISTED))]
    pub curricula: Option<Vec<Name>>,
    /// Curricula and assessments that begin later.
    #[schemars(length(min = 1, max = 50))]
    pub waves: Option<Vec<Wave>>,
    /// Playbooks that can be launched in a plan of this program.
    #[schemars(length(max = MAX_LISTED))]
    pub playbooks: Option<Vec<Name>>,
    /// Other programs whose curricula, waves, playbooks, gatherings and metrics it takes over. Its `cast`,
    /// `mail` and days are its own.
    #[schemars(length(max = MAX_LISTED))]
    pub includes: Option<Vec<Name>>,
    /// The last day of the plan, which `until: end` means. Default: B250, about a year.
    pub ends: Option<PlanDay>,
    /// The roles that the program needs beside the manager. Default: none.
    #[schemars(length(max = 4))]
    pub cast: Option<Vec<CastRole>>,
    /// The step with which the mentor says yes. It stands in every plan once: no playbook, `when`, `each`
    /// or `every`.
    pub mentor_accepts: Option<Name>,
    /// Days in order on which progress is looked at together; the pages of a plan show the next one.
    #[schemars(length(max = MAX_LISTED))]
    pub checkpoints: Option<Vec<PlanDay>>,
    /// When mail names a step.
    pub mail: Option<Mail>,
    /// How much work a week may hold; `check` warns of a week that holds more.
    pub load: Option<Load>,
    /// Pages on which several weekly steps are done in one sitting.
    #[schemars(length(min = 1, max = 20))]
    pub gather: Option<Vec<Gather>>,
    /// Figures that are followed over time and that conditions can ask for.
    #[schemars(length(min = 1, max = 50))]
    pub metrics: Option<Vec<Metric>>,
}

/// Which days are worked.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct CalendarFile {
    /// The calendar's permanent name.
    pub calendar: Name,
    /// What the calendar is called.
    pub title: Line,
    /// What the dates rest on, such as an official announcement.
    #[schemars(length(min = 1, max = MAX_LINE))]
    pub source: String,
    /// The days of the week that are not worked; at least one day must be.
    #[schemars(length(max = 7))]
    pub weekend: Vec<Weekday>,
    /// The span for which the list is complete. Outside it all days but the weekend are taken for worked,
    /// and pages mark the dates as provisional.
    pub known: Span,
    /// The part of `known` that may still change; pages mark it as well.
    pub provisional: Option<Span>,
    /// Days off that are not at the weekend.
    #[schemars(length(max = 5000))]
    pub holidays: Option<Vec<NamedDate>>,
    /// Days at the weekend that are worked.
    #[schemars(length(max = 5000))]
    pub workdays: Option<Vec<NamedDate>>,
}

/// The first and the last day.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Span {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub until: Date,
}

/// A day off, or a day at the weekend that is worked.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct NamedDate {
    /// The day.
    pub date: Date,
    /// What "why this date?" calls it.
    pub name: Line,
}

/// How a playbook begins.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Launch {
    /// The roles that may launch it.
    #[schemars(length(min = 1, max = 4))]
    pub who: Vec<Role>,
    /// It is offered to them while this holds. Without it they find it among the playbooks.
    pub offer: Option<Condition>,
}

/// Questions under a name.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Form {
    /// The form's permanent name. Steps put its fields among theirs with `{use: name}`, in other curricula
    /// of the program too.
    pub id: Name,
    /// Its fields.
    #[schemars(length(min = 1, max = MAX_FIELDS))]
    pub ask: Vec<Ask>,
}

/// Curricula that begin on a later day.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Wave {
    /// The day of the plan that is `B1` in these curricula.
    pub from: PlanDay,
    /// Which ones.
    #[schemars(length(min = 1, max = MAX_LISTED))]
    pub curricula: Vec<Name>,
}

/// When the mail of the morning names a step.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Mail {
    /// Working days before the due day on which the mail first names a step. Default: 2.
    #[schemars(range(min = 0, max = MAX_DUE_SOON))]
    pub due_soon: Option<u32>,
    /// Working days from one reminder of an overdue step to the next. Default: 1.
    #[schemars(range(min = 1, max = MAX_OVERDUE_EVERY))]
    pub overdue_every: Option<u32>,
}

/// When the mail of the morning names this step.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Reminders {
    /// As in the program's `mail`. Default: as there.
    #[schemars(range(min = 0, max = MAX_DUE_SOON))]
    pub due_soon: Option<u32>,
    /// As in the program's `mail`. Default: as there.
    #[schemars(range(min = 1, max = MAX_OVERDUE_EVERY))]
    pub overdue_every: Option<u32>,
}

/// How much work a week may hold.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Load {
    /// Hours of the manager in a week.
    #[schemars(range(min = 1, max = 60))]
    pub hours: u32,
    /// The size of the team for which they are counted.
    #[schemars(range(min = 1, max = 200))]
    pub team: u32,
}

/// One page for several weekly steps.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Gather {
    /// The page's permanent name.
    pub id: Name,
    /// The page's heading.
    pub title: Line,
    /// What the page says above the steps.
    pub body: Markdown,
    /// The day of the week on which it is filled in.
    pub weekly: Weekday,
    /// Minutes for the whole page; they replace those of its steps.
    #[schemars(range(min = 1, max = 1200))]
    pub effort: u32,
    /// Steps of the manager that recur weekly on this day, without `each`.
    #[schemars(length(min = 1, max = MAX_LISTED))]
    pub steps: Vec<Name>,
}

/// A figure that is followed over time.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Metric {
    /// The metric's permanent name.
    pub id: Name,
    /// What pages call it.
    pub title: Line,
    /// The field that it is answered in: a `number` or a `scale`.
    pub from: FieldPath,
}

macro_rules! step {
    ($(#[$doc:meta])* $name:ident { $($(#[$more:meta])* $key:ident: $kind:ty,)* }) => {
        $(#[$doc])*
        #[derive(JsonSchema)]
        #[schemars(deny_unknown_fields)]
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
            /// Who reads what is handed in; it must hold who does and who reviews the step. Default: manager,
            /// mentor, who does it and who reviews it.
            #[schemars(length(min = 1, max = 4))]
            pub visible_to: Option<Vec<Role>>,
            /// Minutes that it takes.
            #[schemars(range(min = 1, max = 1200))]
            pub effort: u32,
            /// `never`: on the page, but in no mail. Or other days than the program's `mail` says.
            pub remind: Option<Remind>,
        }
    };
}

step! {
    /// One thing to do.
    Step {}
}

step! {
    /// A step that rates the assessment's dimensions. Its form is that rating, a field named `scores`, and
    /// then its own `ask`.
    RatingStep {
        /// The dimensions that it rates. Default: all.
        #[schemars(length(min = 1, max = MAX_LISTED))]
        rates: Option<Vec<Name>>,
    }
}

super::words! {
    /// Who may stand in a cast: the manager is always there.
    CastRole = "mentor" | "superior" | "hr",
    /// Who may review.
    Reviewer = "mentor" | "superior" | "hr",
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
#[schemars(deny_unknown_fields)]
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
    /// Working days that are given for a member who joins later. Default: 5.
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
    /// Every week on this day.
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
