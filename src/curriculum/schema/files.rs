//! The five kinds of files. What their keys say here is what editors show and what the
//! tables of the author's guide are made of.

#![expect(dead_code, reason = "only the shapes are used")]

use schemars::JsonSchema;

use super::fields::{Ask, Dimension, Notes, ScaleEnds};
use super::steps::{RatingStep, Step};
use super::texts::{Line, Markdown, Note};
use super::views::View;
use super::{Condition, Date, FieldPath, Name, Never, PlanDay, Role, Weekday};
use crate::curriculum::lower::{MAX_DUE_SOON, MAX_LISTED, MAX_OVERDUE_EVERY};
use crate::curriculum::lower_ask::MAX_FIELDS;
use crate::curriculum::lower_calendar::MAX_QUARTER_FREEZE;
use crate::curriculum::lower_mail::{LAST_HOUR, MAX_LATE, MAX_SILENCE, MAX_URGENT_A_DAY};
use crate::curriculum::lower_views::MAX_VIEWS;
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
    /// What its answers add up to: pages that fill themselves.
    #[schemars(length(min = 1, max = MAX_VIEWS))]
    pub views: Option<Vec<View>>,
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
    /// Who may launch it, and when it is time to.
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
    /// What its answers add up to: pages that fill themselves.
    #[schemars(length(min = 1, max = MAX_VIEWS))]
    pub views: Option<Vec<View>>,
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
    /// When mail leaves, what it names, and who hears next.
    pub mail: Option<Mail>,
    /// How much work a week may hold; `check` warns of a week that holds more.
    pub load: Option<Load>,
    /// Pages on which several weekly steps are done in one sitting. A page is open the whole week; mail
    /// names it on its day and on no other, and a step that was missed lapses unchased.
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
    /// Days of which half is worked. They count as any working day and hold half the hours.
    #[schemars(length(max = 5000))]
    pub half_days: Option<Vec<NamedDate>>,
    /// Stretches in which people work and nothing of a plan is due, such as a stocktaking. Mail goes on.
    #[schemars(length(max = 100))]
    pub freezes: Option<Vec<Freeze>>,
    /// The same at the end of every quarter.
    pub quarter_freeze: Option<QuarterFreeze>,
}

/// Days that are worked and count in no plan.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, title = "freeze")]
pub struct Freeze {
    /// The first day.
    pub from: Date,
    /// The last day, at most 60 days after the first.
    pub until: Date,
    /// What "why this date?" calls it.
    pub name: Line,
}

/// The last days of every quarter.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, title = "quarter freeze")]
pub struct QuarterFreeze {
    /// How many working days, counted back from the last one of the quarter.
    #[schemars(range(min = 1, max = MAX_QUARTER_FREEZE))]
    pub days: u32,
    /// What "why this date?" calls it.
    pub name: Line,
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

/// A day off, a day at the weekend that is worked, or a half day.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, title = "named date")]
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
    /// When it is time to launch it, over answers and metrics.
    pub offer: Option<Condition>,
}

/// Questions under a name.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, title = "form")]
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
#[schemars(deny_unknown_fields, title = "wave")]
pub struct Wave {
    /// The day of the plan that is `B1` in these curricula.
    pub from: PlanDay,
    /// Which ones.
    #[schemars(length(min = 1, max = MAX_LISTED))]
    pub curricula: Vec<Name>,
}

/// When mail leaves, what it names, and who hears next.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Mail {
    /// Working days before the due day on which the mail first names a step. Default: 2.
    #[schemars(range(min = 0, max = MAX_DUE_SOON))]
    pub due_soon: Option<u32>,
    /// Working days from one reminder of an overdue step to the next. Default: 1.
    #[schemars(range(min = 1, max = MAX_OVERDUE_EVERY))]
    pub overdue_every: Option<u32>,
    /// The hour of the day at which the manager's brief leaves, in their zone, until they choose one
    /// themselves; no quiet hour. Default: the hour that stands in their account.
    #[schemars(range(min = 0, max = LAST_HOUR))]
    pub hour: Option<u32>,
    /// Hours of the reader's day in which nothing leaves but sign-in links, and briefs for which the
    /// reader chose such an hour. Default: from 20 until 7. `never`: no hour is quiet.
    pub quiet: Option<Quiet>,
    /// Who hears of a step that stays undone, and after how many working days late. Those with
    /// `remind: never` are left out. Default: the mentor after 3, the superior after 5, hr after 10.
    pub ladder: Option<Ladder>,
    /// What is said at once and not only in the brief: `returned`, work that was sent back; `review`, work
    /// that waits for the mentor; `gate`, work that waits for the superior or hr. Default: `returned` and
    /// `gate`; `[]` for nothing.
    #[schemars(length(max = 3))]
    pub urgent: Option<Vec<Urgent>>,
    /// The most letters that a person gets at once on a day; what is beyond waits for the brief. Default: 3.
    #[schemars(range(min = 0, max = MAX_URGENT_A_DAY))]
    pub urgent_a_day: Option<u32>,
    /// What happens when somebody who is asked to be the mentor does not answer. Default: reminded after
    /// 2, the next one asked after 3.
    pub mentor: Option<Silence>,
}

#[derive(JsonSchema)]
#[schemars(untagged)]
pub enum Quiet {
    Never(Never),
    Hours(QuietHours),
}

/// From one hour until another, over midnight too.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct QuietHours {
    /// The first quiet hour.
    #[schemars(range(min = 0, max = LAST_HOUR))]
    pub from: u32,
    /// The hour at which mail leaves again.
    #[schemars(range(min = 0, max = LAST_HOUR))]
    pub until: u32,
}

/// Who hears next of what is late.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Ladder {
    /// Working days late after which the mentor hears.
    pub mentor: Rung,
    /// After which the superior hears; not before the mentor.
    pub superior: Rung,
    /// After which hr hears; not before the other two.
    pub hr: Rung,
}

#[derive(JsonSchema)]
#[schemars(untagged)]
pub enum Rung {
    Days(#[schemars(range(min = 1, max = MAX_LATE))] u32),
    Never(Never),
}

/// In working days since they were asked.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Silence {
    /// Working days after which they are asked once more.
    #[schemars(range(min = 1, max = MAX_SILENCE))]
    pub remind: u32,
    /// Working days after which the next one is asked and hr is told; more than `remind`.
    #[schemars(range(min = 1, max = MAX_SILENCE))]
    pub next: u32,
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
#[schemars(deny_unknown_fields, title = "page")]
pub struct Gather {
    /// The page's permanent name.
    pub id: Name,
    /// The page's heading.
    pub title: Line,
    /// What the page says above the steps.
    pub body: Markdown,
    /// The day of the week on which it is filled in. The first turn of each of its steps falls on the
    /// first such day on or after `due`.
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
#[schemars(deny_unknown_fields, title = "metric")]
pub struct Metric {
    /// The metric's permanent name.
    pub id: Name,
    /// What pages call it.
    pub title: Line,
    /// The field that it is answered in: a `number` or a `scale`.
    pub from: FieldPath,
}

super::words! {
    /// The manager is always there.
    CastRole = "mentor" | "superior" | "hr",
    Urgent = "returned" | "review" | "gate",
}
