//! What each letter holds, before it has words.

mod short;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use serde::Serialize;

pub use short::{MOST, MOST_BESIDE_OTHERS, Short};

use crate::app::digest::DigestLetter;
use crate::app::pages::field_view::FieldView;
use crate::app::pages::lines::StepLine;
use crate::engine::calendar::Dated;
use crate::engine::mail::Topic;
use crate::engine::message::Message;
use crate::engine::plan::Progress;
use crate::engine::vocabulary::{Lang, Role, Text};

/// A letter to one person, before it has words.
#[derive(Debug, Clone)]
pub struct Letter {
    pub to_name: String,
    pub to_email: String,
    pub lang: Lang,
    pub zone: Tz,
    /// The Message-ID is derived from it, so that a retry is the same message.
    pub dedup_key: String,
    /// What it belongs to with others: its root's Message-ID is derived from it.
    pub thread: Option<String>,
    /// The stream that its reader can stop; none: one that they can't do without.
    pub topic: Option<Topic>,
    /// The secret of the link that stops the topic.
    pub stop: Option<String>,
    /// By which an answer finds this letter: 32 hex digits.
    pub token: String,
    /// As that, for what servers report of it and the wish to get no more: whoever gets a copy of an answer
    /// does not see it.
    pub back: String,
    pub body: Body,
}

/// What it says.
#[derive(Debug, Clone)]
pub enum Body {
    Welcome(WelcomeLetter),
    Brief(BriefLetter),
    Escalation(EscalationLetter),
    Returned(ReturnedLetter),
    Review(ReviewLetter),
    Gate(GateLetter),
    Report(ReportLetter),
    MentorRequest(MentorRequestLetter),
    MentorSilent(MentorSilentLetter),
    Checkpoint(CheckpointLetter),
    Graduation(GraduationLetter),
    Proposal(ProposalLetter),
    Meeting(MeetingLetter),
    Answer(AnswerLetter),
    Digest(DigestLetter),
    SignIn(SignInLetter),
}

/// What one press does, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ActLink {
    /// done, snooze, accept, return, seen, talk.
    pub act: &'static str,
    pub url: String,
}

/// A line with an address that works from a mail.
#[derive(Debug, Clone, Serialize)]
pub struct MailLine {
    pub url: String,
    /// How many rituals it stands for, where they share a page.
    pub parts: Option<usize>,
    /// Which plan, where the manager has several running ones.
    pub program: Option<Message>,
    /// By which an answer names it, from 1; none in letters about one thing.
    pub number: Option<usize>,
    /// What can be done from the mail itself.
    pub acts: Vec<ActLink>,
    #[serde(flatten)]
    pub line: StepLine,
}

/// The first morning in the role.
#[derive(Debug, Clone, Serialize)]
pub struct WelcomeLetter {
    pub name: String,
    pub program: Text,
    pub summary: Text,
    pub first_day: Dated,
    /// The title of the calendar that it was counted in.
    pub calendar: Text,
    pub superior: String,
    /// Once they have said yes.
    pub mentor: Option<String>,
    pub hr: String,
    pub steps: Short<MailLine>,
    /// What the day's brief would name of other plans: this letter stands for it.
    pub others: Short<MailLine>,
    pub today_url: String,
}

/// The one mail of a day.
#[derive(Debug, Clone, Serialize)]
pub struct BriefLetter {
    pub name: String,
    pub day: NaiveDate,
    /// Mentors who are away, and for whom the reader answers.
    pub stands_in: Vec<StandsIn>,
    /// Sent back by a reviewer.
    pub returned: Short<MailLine>,
    pub overdue: Short<MailLine>,
    /// So many more are late, and are named on another morning.
    pub besides: usize,
    pub due: Short<MailLine>,
    /// Handed in by others, for this reader to accept or return.
    pub to_review: Short<MailLine>,
    /// Late with others for so long that this reader hears of it.
    pub escalated: Short<Escalated>,
    /// Managers who wait for this reader's answer as a mentor.
    pub asked_by: Short<Asked>,
    /// Who wants to talk about a report.
    pub talks: Short<Talk>,
    /// Playbooks that new figures call for.
    pub offered: Short<OfferLine>,
    pub today_url: String,
    pub settings_url: String,
    /// How many things it names; the preview says so.
    pub count: usize,
}

impl BriefLetter {
    /// The reader's own lines, as they are shown.
    pub fn lines(&self) -> impl Iterator<Item = &MailLine> {
        [&self.overdue, &self.returned, &self.due, &self.to_review].into_iter().flat_map(|list| &list.shown)
    }
}

/// A step that is late with somebody else.
#[derive(Debug, Clone, Serialize)]
pub struct Escalated {
    pub manager: String,
    /// Who owes it, by name and by part.
    pub owes: String,
    pub role: Role,
    /// It was handed in, and they owe an answer.
    pub is_review: bool,
    /// Working days.
    pub late: u16,
    /// Who heard before this reader.
    pub told: Vec<Role>,
    pub line: MailLine,
}

/// A morning on which nothing but what is late with others is to be said; and what waits for the answer of a
/// reader who wants no reminders.
#[derive(Debug, Clone, Serialize)]
pub struct EscalationLetter {
    pub name: String,
    pub day: NaiveDate,
    pub to_review: Short<MailLine>,
    pub escalated: Short<Escalated>,
    pub today_url: String,
}

/// Somebody wants to talk about a report.
#[derive(Debug, Clone, Serialize)]
pub struct Talk {
    pub by: String,
    /// Of a report at a checkpoint.
    pub plan_day: Option<u16>,
    /// Of a step that is a report: its title.
    pub step: Option<Text>,
    pub url: String,
}

/// For whom the reader stands in, in whose plan, and until when.
#[derive(Debug, Clone, Serialize)]
pub struct StandsIn {
    pub mentor: String,
    pub manager: String,
    pub until: NaiveDate,
    /// As in [`MailLine`].
    pub program: Option<Message>,
}

/// A manager who waits for an answer, and where one press gives it.
#[derive(Debug, Clone, Serialize)]
pub struct Asked {
    pub manager: String,
    pub program: Text,
    pub answer_url: String,
}

/// A playbook that is offered, and where it is launched.
#[derive(Debug, Clone, Serialize)]
pub struct OfferLine {
    pub manager: String,
    pub playbook: Text,
    pub url: String,
}

/// Work came back.
#[derive(Debug, Clone, Serialize)]
pub struct ReturnedLetter {
    pub name: String,
    pub by: String,
    pub line: MailLine,
}

/// Work waits for a mentor's answer.
#[derive(Debug, Clone, Serialize)]
pub struct ReviewLetter {
    pub name: String,
    pub manager: String,
    pub line: MailLine,
    pub handed_in: Vec<HandedIn>,
}

/// What the reader is to judge, where the step reports to them: its own answers, then those of what it comes after.
#[derive(Debug, Clone, Serialize)]
pub struct HandedIn {
    /// Without a member's name.
    pub of: Text,
    pub said: Vec<FieldView>,
}

/// Work waits for the superior's or HR's answer, and others wait behind it.
#[derive(Debug, Clone, Serialize)]
pub struct GateLetter {
    pub name: String,
    pub manager: String,
    pub line: MailLine,
    pub handed_in: Vec<HandedIn>,
    /// Titles, without members' names, of what opens with it.
    pub opens: Vec<Text>,
}

/// What was handed in for its reader to know.
#[derive(Debug, Clone, Serialize)]
pub struct ReportLetter {
    pub name: String,
    pub manager: String,
    pub at: DateTime<Utc>,
    pub line: MailLine,
    /// Question by question; none where the words were erased.
    pub said: Vec<FieldView>,
}

/// Somebody is asked to be a mentor, for the first time or once more.
#[derive(Debug, Clone, Serialize)]
pub struct MentorRequestLetter {
    pub name: String,
    pub manager: String,
    pub program: Text,
    pub first_day: Dated,
    /// The plan has begun already.
    pub has_begun: bool,
    /// The title of the calendar that it was counted in.
    pub calendar: Text,
    pub hr: String,
    /// Steps in which the mentor has a part.
    pub meetings: usize,
    /// Of a reminder: the day they were asked.
    pub asked_on: Option<NaiveDate>,
    /// Of a reminder: on which day the next one is asked, if there is one.
    pub next_on: Option<NaiveDate>,
    pub answer_url: String,
}

/// To HR: somebody asked to be a mentor was silent for too long, or said no.
#[derive(Debug, Clone, Serialize)]
pub struct MentorSilentLetter {
    pub name: String,
    pub manager: String,
    pub program: Text,
    pub asked: String,
    pub declined: bool,
    /// Who was asked in their place; none: nobody is left on the list.
    pub next: Option<String>,
    pub url: String,
}

/// A superior's report at a checkpoint.
#[derive(Debug, Clone, Serialize)]
pub struct CheckpointLetter {
    pub name: String,
    pub manager: String,
    pub program: Text,
    pub plan_day: u16,
    pub date: Dated,
    pub calendar: Text,
    pub progress: Progress,
    pub percent: usize,
    /// Titles of the modules, with how far each is.
    pub modules: Vec<ModuleLine>,
    /// Done since the checkpoint before, or since the plan began.
    pub done: usize,
    pub since: NaiveDate,
    pub overdue: Short<MailLine>,
    /// What comes until the next checkpoint.
    pub next: Short<MailLine>,
    pub mentor: Option<String>,
    pub acts: Vec<ActLink>,
    pub plan_url: String,
}

/// A curriculum of a plan and how far it is.
#[derive(Debug, Clone, Serialize)]
pub struct ModuleLine {
    pub title: Text,
    pub progress: Progress,
    pub percent: usize,
}

/// The plan is done.
#[derive(Debug, Clone, Serialize)]
pub struct GraduationLetter {
    pub name: String,
    pub program: Text,
    pub first_day: NaiveDate,
    pub last_day: NaiveDate,
    pub progress: Progress,
    pub superior: String,
    pub mentor: Option<String>,
    pub hr: String,
    pub plan_url: String,
}

/// Times of a meeting to choose from.
#[derive(Debug, Clone, Serialize)]
pub struct ProposalLetter {
    pub name: String,
    pub with: String,
    /// The step that it is for, without a member's name.
    pub title: Text,
    pub minutes: u16,
    pub place: String,
    pub slots: Vec<SlotLine>,
    /// Where other times are proposed.
    pub url: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct SlotLine {
    /// By which an answer chooses it, from 1.
    pub number: usize,
    pub at: DateTime<Utc>,
    pub until: DateTime<Utc>,
    pub url: String,
}

/// What became of a meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MeetingNews {
    Agreed,
    Changed,
    Cancelled,
}

/// An invitation, its change, or its cancellation.
#[derive(Debug, Clone, Serialize)]
pub struct MeetingLetter {
    pub name: String,
    pub with: String,
    pub news: MeetingNews,
    pub title: Text,
    pub at: DateTime<Utc>,
    pub until: DateTime<Utc>,
    pub place: String,
    pub url: String,
    pub invite: Invite,
}

/// The same for calendars (RFC 5545): the part that a letter of a meeting carries.
#[derive(Debug, Clone, Serialize)]
pub struct Invite {
    /// Stays the same for the life of a meeting; without a domain.
    pub uid: String,
    pub sequence: u32,
    pub is_cancelled: bool,
    /// When this version of it was made.
    pub stamp: DateTime<Utc>,
    /// Both who meet: name and address.
    pub attendees: Vec<(String, String)>,
}

/// To somebody whose reply did not do what it may have been meant to: why, and where it can be done.
#[derive(Debug, Clone, Serialize)]
pub struct AnswerLetter {
    pub name: String,
    /// What became of the reply: as the subject, as the title, and in full.
    pub subject: Message,
    pub title: Message,
    pub became: Message,
    pub why: Message,
    pub url: String,
}

/// A link that signs in.
#[derive(Debug, Clone, Serialize)]
pub struct SignInLetter {
    pub name: String,
    pub url: String,
    pub minutes: i32,
    /// Their account was just made; nobody asked for the link.
    pub is_invitation: bool,
    /// Where another link is to be had.
    pub again_url: String,
}
