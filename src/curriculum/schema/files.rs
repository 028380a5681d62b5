//! The five kinds of files, and steps.

#![expect(dead_code, reason = "only the shapes are used")]

use schemars::JsonSchema;

use super::fields::{Ask, Dimension, Notes, ScaleEnds};
use super::{Condition, Date, Day, End, FieldPath, Member, Name, Never, Percent, PlanDay, Role, Text, Weekday};

/// A theme's steps.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct CurriculumFile {
    /// The curriculum's permanent name. This key says what the file is, so it comes first.
    pub curriculum: Name,
    /// The line of the content map.
    pub source: Option<String>,
    pub title: Text,
    /// What these steps are for, in a sentence or two.
    pub summary: Text,
    /// Forms that steps of this and other curricula of the program use by name.
    #[schemars(length(min = 1))]
    pub forms: Option<Vec<Form>>,
    #[schemars(length(min = 1))]
    pub steps: Vec<Step>,
}

/// Steps that are launched when they are needed. Days are T+n, or counted from steps.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct PlaybookFile {
    /// The playbook's permanent name. This key says what the file is, so it comes first.
    pub playbook: Name,
    /// The line of the content map.
    pub source: Option<String>,
    pub title: Text,
    /// When it is launched and what it does, in a sentence or two.
    pub summary: Text,
    /// Who may launch it, and when it is offered.
    pub launch: Launch,
    /// Forms that steps use by name.
    #[schemars(length(min = 1))]
    pub forms: Option<Vec<Form>>,
    #[schemars(length(min = 1))]
    pub steps: Vec<Step>,
}

/// Steps that all rate the same dimensions.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct AssessmentFile {
    /// The assessment's permanent name. This key says what the file is, so it comes first.
    pub assessment: Name,
    /// The line of the content map.
    pub source: Option<String>,
    pub title: Text,
    /// What is rated and what for, in a sentence or two.
    pub summary: Text,
    /// The least and the most; 1 and 5 when it is left out.
    pub scale: Option<ScaleEnds>,
    /// Whether "not observed" is an answer; true when it is left out.
    pub not_observed: Option<bool>,
    /// A line beside each dimension; optional when it is left out.
    pub notes: Option<Notes>,
    /// How many dimensions must be rated; 1 when it is left out.
    #[schemars(range(min = 1))]
    pub at_least: Option<u16>,
    /// What every step rates.
    #[schemars(length(min = 1))]
    pub dimensions: Vec<Dimension>,
    /// Forms that steps use by name.
    #[schemars(length(min = 1))]
    pub forms: Option<Vec<Form>>,
    #[schemars(length(min = 1))]
    pub steps: Vec<RatingStep>,
}

/// Curricula on a calendar, for an audience.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct ProgramFile {
    /// The program's permanent name. This key says what the file is, so it comes first.
    pub program: Name,
    pub title: Text,
    /// For whom it is, in a sentence or two.
    pub summary: Text,
    /// Other programs whose waves, playbooks, gatherings and metrics it takes over.
    #[schemars(length(min = 1))]
    pub includes: Option<Vec<Name>>,
    /// Short for a wave from B1.
    #[schemars(length(min = 1))]
    pub curricula: Option<Vec<Name>>,
    /// Curricula by the day on which they begin.
    #[schemars(length(min = 1))]
    pub waves: Option<Vec<Wave>>,
    #[schemars(length(min = 1))]
    pub playbooks: Option<Vec<Name>>,
    /// The last plan day, which `until: end` means; B250 when it is left out.
    pub ends: Option<PlanDay>,
    /// The roles it needs besides the manager.
    pub cast: Option<Vec<Role>>,
    /// The mentor's step that is done when the mentor says yes.
    pub mentor_accepts: Option<Name>,
    /// Plan days on which progress is reported.
    pub checkpoints: Option<Vec<PlanDay>>,
    pub mail: Option<Mail>,
    /// How much work a week may hold; more is a warning.
    pub load: Option<Load>,
    /// Pages that gather weekly rituals.
    #[schemars(length(min = 1))]
    pub gather: Option<Vec<Gather>>,
    /// Figures that conditions may ask for.
    #[schemars(length(min = 1))]
    pub metrics: Option<Vec<Metric>>,
}

/// Working days, days off, days worked at weekends.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct CalendarFile {
    /// The calendar's permanent name. This key says what the file is, so it comes first.
    pub calendar: Name,
    pub title: Text,
    /// What the dates rest on.
    pub source: String,
    /// The days of the week that are not worked.
    pub weekend: Vec<Weekday>,
    /// The span for which the dates are complete.
    pub known: Span,
    /// The part of it that may still change.
    pub provisional: Option<Span>,
    /// Working days that are off.
    pub holidays: Option<Vec<NamedDate>>,
    /// Weekend days that are worked.
    pub workdays: Option<Vec<NamedDate>>,
}

#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Span {
    pub from: Date,
    pub until: Date,
}

#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct NamedDate {
    pub date: Date,
    pub name: Text,
}

/// Who may launch a playbook, and when it is offered.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Launch {
    #[schemars(length(min = 1))]
    pub who: Vec<Role>,
    /// Offered when this holds; over metrics and answers.
    pub offer: Option<Condition>,
}

/// Fields under a name.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Form {
    pub id: Name,
    #[schemars(length(min = 1))]
    pub ask: Vec<Ask>,
}

#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Wave {
    /// The plan day that is B1 of these curricula.
    pub from: PlanDay,
    #[schemars(length(min = 1))]
    pub curricula: Vec<Name>,
}

#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Mail {
    /// Working days ahead at which a mail first names a step.
    #[schemars(range(min = 0, max = 20))]
    pub due_soon: Option<u16>,
    /// Working days between two reminders of a late step.
    #[schemars(range(min = 1, max = 20))]
    pub overdue_every: Option<u16>,
}

#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Load {
    /// Hours of a week.
    #[schemars(range(min = 1))]
    pub hours: u16,
    /// For a team of so many.
    #[schemars(range(min = 1))]
    pub team: Option<u16>,
}

/// One page for many weekly rituals.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Gather {
    pub id: Name,
    pub title: Text,
    /// Markdown.
    pub body: Text,
    pub weekly: Weekday,
    /// Minutes for the whole page, instead of the steps' own.
    #[schemars(range(min = 1, max = 1200))]
    pub effort: u16,
    /// Steps of the manager that recur on this day, without each.
    #[schemars(length(min = 1))]
    pub steps: Vec<Name>,
}

#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Metric {
    pub id: Name,
    pub title: Text,
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
            /// Earlier names of this step, so that done work stays done.
            #[schemars(length(min = 1))]
            pub was: Option<Vec<Name>>,
            /// The line of the content map.
            pub source: Option<String>,
            pub title: Text,
            /// Markdown: why, what to do, how, and what shows that it is done.
            pub body: Text,
            /// Who does it; the manager when it is left out.
            pub who: Option<Role>,
            /// The day on which it opens; five working days before due when it is left out.
            pub opens: Option<Days>,
            /// The day on which it is due; a list is one turn each.
            pub due: Days,
            /// What must be closed first.
            pub after: Option<Vec<After>>,
            /// The step opens only if this holds.
            pub when: Option<Condition>,
            /// One step for each team member.
            pub each: Option<Each>,
            /// How it recurs.
            pub every: Option<Every>,
            $($(#[$more])* pub $key: $kind,)*
            /// What is handed in; without it the step is ticked.
            #[schemars(length(min = 1))]
            pub ask: Option<Vec<Ask>>,
            /// Who accepts or returns what is handed in: mentor, superior or hr.
            pub review: Option<Role>,
            /// Who reads what is handed in; manager, mentor, doer and reviewer when it is left out.
            #[schemars(length(min = 1))]
            pub visible_to: Option<Vec<Role>>,
            /// Minutes.
            #[schemars(range(min = 1, max = 1200))]
            pub effort: u16,
            /// Its reminders, if not as the program says.
            pub remind: Option<Remind>,
        }
    };
}

step! {
    /// One thing to do.
    Step {}
}

step! {
    /// A step that rates the assessment's dimensions.
    RatingStep {
        /// Which dimensions it rates; all when it is left out.
        #[schemars(length(min = 1))]
        rates: Option<Vec<Name>>,
    }
}

#[derive(JsonSchema)]
#[schemars(untagged)]
pub enum Days {
    One(Day),
    Many(#[schemars(length(min = 1))] Vec<Day>),
}

#[derive(JsonSchema)]
#[schemars(untagged)]
pub enum After {
    Step(Name),
    Join(Join),
}

/// Steps of which some must be closed first.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Join {
    #[schemars(length(min = 1))]
    pub of: Vec<Name>,
    /// How many, or what part of all.
    pub at_least: Share,
    /// The question that asks why it goes on without the rest.
    pub reason: Text,
}

#[derive(JsonSchema)]
#[schemars(untagged)]
pub enum Share {
    Count(#[schemars(range(min = 1))] u16),
    Percent(Percent),
}

#[derive(JsonSchema)]
#[schemars(untagged)]
pub enum Each {
    Member(Member),
    Within(EachWithin),
}

#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct EachWithin {
    pub of: Member,
    /// Working days that a step for a later joiner has; 5 when it is left out.
    #[schemars(range(min = 1, max = 100))]
    pub within: Option<u16>,
}

/// Exactly one rhythm, and an end.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Every {
    #[schemars(range(min = 1))]
    pub working_days: Option<u16>,
    pub weekly: Option<Weekday>,
    #[schemars(range(min = 1))]
    pub months: Option<u16>,
    #[schemars(range(min = 1))]
    pub quarters: Option<u16>,
    #[schemars(range(min = 1))]
    pub years: Option<u16>,
    /// A day, `end` (the last day of the program), or a step: until it is closed.
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
    /// On the page only, no mail.
    Never(Never),
    Own(Mail),
}
