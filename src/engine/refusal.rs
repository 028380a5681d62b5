//! Why a request was not done: a code with arguments, for `render` to say.

use chrono::{DateTime, NaiveDate, Utc};

use super::arrange::Ending;
use super::form::FieldProblem;
use super::vocabulary::{MemberId, PersonId, Role, StepKey};

/// A request that the rules don't allow now. Not an error: nothing is broken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The plan has no such step.
    NoSuchStep { step: StepKey },
    /// The step waits for others.
    Blocked { step: StepKey, by: Vec<StepKey> },
    /// The step opens later.
    NotOpenYet { step: StepKey, opens: NaiveDate },
    /// Only this role may act here.
    NotYours { needs: Role },
    /// Only the two who meet may act here: the manager and this role.
    NotOfMeeting { with: Role },
    /// Nothing more is expected of the step.
    AlreadyClosed { step: StepKey },
    /// It was handed in and waits for this role.
    InReview { step: StepKey, by: Role },
    /// Nothing was handed in that could be accepted or returned.
    NothingToReview { step: StepKey },
    /// A step goes back with a line that says what is missing.
    LineNeeded,
    /// The evidence is not what the step asks for.
    Evidence(Vec<FieldProblem>),
    /// Somebody changed the step after the page was shown.
    Changed { step: StepKey, by: Option<PersonId>, at: DateTime<Utc> },
    /// Only one's own hand-in can be taken back, and only before a reviewer accepted it.
    CannotTakeBack { step: StepKey },
    /// What was built on it stands: this step comes after it, reports to its reviewer, and was accepted.
    AcceptedUpon { step: StepKey },
    /// What was built on it stands: the next turn is already under way.
    NextTurnUnderWay { step: StepKey },
    /// What was built on it stands: a branch that it opened is already under way.
    BranchUnderWay { step: StepKey },
    /// The program has no such playbook.
    NoSuchPlaybook,
    /// The playbook's last run is not over.
    PlaybookRuns,
    /// The program has no such curriculum.
    NoSuchModule,
    /// The curriculum was left out of this plan before.
    ModuleSkipped,
    /// Its module was left out: what was handed in is accepted, and not open again.
    LeftOut,
    /// The plan rests already.
    Paused,
    /// The plan does not rest.
    NotPaused,
    /// A step can be put off so often in a row.
    PutOffTooOften { times: u16 },
    /// The plan ended, and is only read.
    PlanEnded { how: Ending, at: DateTime<Utc> },
    /// A plan graduates when everything in it that was listed is closed.
    StepsLeft,
    /// There is no mentor to stand in for.
    NoMentor,
    /// The day is over.
    DayPassed { day: NaiveDate },
    /// The last day comes before the first one that it may be.
    EndsBefore { from: NaiveDate, until: NaiveDate },
    /// The leave is over before the plan begins.
    LeaveBeforePlan { begins: NaiveDate, until: NaiveDate },
    /// So many days at most.
    TooLong { most: i64 },
    /// Nothing is offered there.
    NothingOffered,
    /// The plan has no such deed, or it was undone.
    NothingToUndo,
    /// Deeds are undone within so many days.
    TooLateToUndo { days: i64 },
    /// It came with the roster, and is undone on the member's page for every plan at once.
    OfRoster,
    /// It came with the calendar, and is changed there for every plan at once.
    OfCalendar,
    /// No working day, where at least one is needed.
    NoDays,
    /// A later upgrade rests on it.
    LaterUpgrade,
    /// A later upgrade of many plans stands on some of the same.
    LaterRollout,
    /// The plan changed after the preview was shown.
    PlanChanged,
    /// A step needs a title on one line.
    TitleNeeded,
    /// The plan runs this release already.
    SameRelease,
    /// Only somebody who was asked can answer.
    NotAsked,
    /// The mentor can't be the manager or the superior of the same plan.
    MentorInCast { role: Role },
    /// This person is already asked, or is the mentor.
    AlreadyMentor { who: PersonId },
    /// The manager can't be their own superior.
    SuperiorIsManager,
    /// The member is on the plan's roster already.
    MemberPresent { member: MemberId },
    /// The member is not on the plan's roster.
    MemberAbsent { member: MemberId },
    /// The day is before the member joined.
    LeftBeforeJoining,
    /// The day is too far away to be meant.
    DayOutOfRange { day: NaiveDate },
    /// So few people can't answer in secret.
    TeamTooSmall { fewest: usize },
    /// Somebody has answered already.
    PulseAnswered,
    /// The words hold a control character, or are too many.
    BadWords,
}
