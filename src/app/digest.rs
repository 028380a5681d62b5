//! HR's weekly digest: what the week was, over every plan; counts and names, never words.

mod backlog;
mod undelivered;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use super::calendar_warnings::{CalendarWarning, warnings};
use super::letters::BriefLetter;
use super::naming::Naming;
use super::pages::arrange::banner;
use super::sweep::digest_week;
use super::worlds::{Library, Names, PlanWorld};
use super::{Error, Moment};
use crate::engine::message::Message;
use crate::engine::plan::{Mentoring, Progress, Standing};
use crate::engine::risk::{Risk, risks};
use crate::engine::vocabulary::Role;
use crate::engine::zone::{local_date, start_of};
use crate::store::people::Person;
use crate::store::plans;
use crate::store::pool::Tx;

/// What HR reads on the first working day of a week.
#[derive(Debug, Clone, Serialize)]
pub struct DigestLetter {
    pub name: String,
    pub from: NaiveDate,
    pub until: NaiveDate,
    /// Managers whose first day was in the week.
    pub started: Vec<Message>,
    /// Managers who closed the last step of their program in the week.
    pub finished: Vec<Message>,
    pub plans: Vec<DigestPlan>,
    /// How many of the plans are at risk.
    pub at_risk: usize,
    /// How many of the others have a step overdue.
    pub late: usize,
    pub waiting: Vec<WaitingMentor>,
    /// Plans that go on after the last day of their program.
    pub past_last_day: Vec<PastLastDay>,
    /// Steps done in the week, over all plans.
    pub done_in_week: usize,
    pub overdue: usize,
    /// Mentors for whom something waits.
    pub backlog: Vec<MentorBacklog>,
    pub bounced: Vec<BouncedPerson>,
    /// Letters that were given up or held since the week began.
    pub faults: Vec<MailFault>,
    /// Plans that rest on days not yet published, or go on past the last known day, by calendar.
    pub calendars: Vec<CalendarWarning>,
    pub people_url: String,
    /// What the reader has to do in plans themselves: the digest stands for the day's brief.
    pub own: Option<BriefLetter>,
}

/// One manager's week.
#[derive(Debug, Clone, Serialize)]
pub struct DigestPlan {
    /// By which rows with as much overdue are sorted.
    pub manager: String,
    /// The manager by name, and the plan where the name alone does not say which one it is.
    pub whose: Message,
    /// The working day of the plan that the digest is read on.
    pub day: u16,
    pub progress: Progress,
    pub percent: usize,
    pub done_in_week: usize,
    pub overdue: usize,
    pub waiting_for_review: usize,
    /// Why it may not come to its end; empty: it is on course.
    pub risks: Vec<Message>,
    pub is_finished: bool,
    /// Rests until somebody takes it up again; nothing in it is late meanwhile.
    pub is_paused: bool,
    pub url: String,
}

/// A plan whose program is over, with steps that are not.
#[derive(Debug, Clone, Serialize)]
pub struct PastLastDay {
    /// As in [`DigestPlan`].
    pub whose: Message,
    pub last_day: NaiveDate,
    /// Steps that are not closed.
    pub open: usize,
    pub url: String,
}

/// A plan without a mentor who has said yes.
#[derive(Debug, Clone, Serialize)]
pub struct WaitingMentor {
    /// As in [`DigestPlan`].
    pub whose: Message,
    /// Who was asked, if anybody.
    pub mentor: Option<String>,
    pub declined: bool,
    /// Days since they were asked or said no.
    pub days: i64,
    pub url: String,
}

/// A mentor for whom something waits.
#[derive(Debug, Clone, Serialize)]
pub struct MentorBacklog {
    pub mentor: String,
    /// Handed in by managers, for the mentor to answer.
    pub reviews: usize,
    /// Steps of the mentor's own that are overdue.
    pub steps: usize,
    /// Of what has waited longest.
    pub since: NaiveDate,
    pub url: String,
}

/// Somebody whose address takes no mail.
#[derive(Debug, Clone, Serialize)]
pub struct BouncedPerson {
    pub name: String,
    /// What the receiving server found wrong, in our words.
    pub what: Message,
    pub since: DateTime<Utc>,
    pub url: String,
}

/// Letters that did not arrive.
#[derive(Debug, Clone, Serialize)]
pub struct MailFault {
    /// failed, held.
    pub state: &'static str,
    pub count: i64,
    pub kinds: Vec<FaultKind>,
    pub url: String,
}

/// Those of one kind among them.
#[derive(Debug, Clone, Serialize)]
pub struct FaultKind {
    pub kind: String,
    pub count: i64,
}

/// The digest of the week before `day`; none while there is no plan to speak of.
///
/// # Errors
/// The database fails.
pub async fn compose(
    tx: &mut Tx,
    person: &Person,
    day: NaiveDate,
    base_url: &str,
    moment: &Moment,
) -> Result<Option<DigestLetter>, Error> {
    if !person.is_hr {
        return Ok(None);
    }
    let (from, until) = digest_week(day);
    let scope = person.viewer().scope();
    let plans = plans::all(tx, scope).await?;
    if plans.is_empty() {
        return Ok(None);
    }
    let names = Names::around(tx, scope, &plans.iter().collect::<Vec<_>>()).await?;
    let mut letter = DigestLetter {
        name: person.name.clone(),
        from,
        until,
        started: Vec::new(),
        finished: Vec::new(),
        plans: Vec::new(),
        at_risk: 0,
        late: 0,
        waiting: Vec::new(),
        past_last_day: Vec::new(),
        done_in_week: 0,
        overdue: 0,
        backlog: Vec::new(),
        bounced: undelivered::addresses(tx, scope, base_url).await?,
        faults: undelivered::letters(tx, start_of(from, person.zone), base_url).await?,
        calendars: Vec::new(),
        people_url: format!("{base_url}/progress"),
        own: None,
    };
    let worlds = Library::default().worlds(tx, plans).await?;
    letter.calendars = warnings(&worlds);
    for warning in &mut letter.calendars {
        warning.href = format!("{base_url}{}", warning.href);
    }
    letter.backlog = backlog::of_mentors(&worlds, &names, base_url, moment.now);
    let naming = Naming::among(&worlds);
    for world in worlds {
        let whose = naming.whose(&world, names.person(world.plan.cast.manager));
        add(&mut letter, (&world, whose), &names, base_url, moment);
    }
    letter.at_risk = letter.plans.iter().filter(|plan| !plan.risks.is_empty()).count();
    letter.late = letter.plans.iter().filter(|plan| plan.risks.is_empty() && plan.overdue > 0).count();
    // Exceptions first: who is at risk, and who is furthest behind, stands on top.
    let behind = |plan: &DigestPlan| (!plan.risks.is_empty(), plan.overdue);
    letter.plans.sort_by(|a, b| (behind(b), &a.manager).cmp(&(behind(a), &b.manager)));
    Ok(Some(letter))
}

fn add(
    letter: &mut DigestLetter,
    (world, whose): (&PlanWorld, Message),
    names: &Names,
    base_url: &str,
    moment: &Moment,
) {
    let plan = &world.plan;
    let in_week = |date: NaiveDate| letter.from <= date && date <= letter.until;
    let finished_on = banner::completed_at(world).map(|at| local_date(at, world.zone()));
    let (starts, finishes) = (in_week(world.first_day().date), finished_on.is_some_and(in_week));
    if finishes {
        letter.finished.push(whose.clone());
    }
    if plan.arranged.ended.is_some() {
        return; // over: what was left in it is nobody's any more
    }
    let url = format!("{base_url}/plans/{}", plan.id);
    let done_in_week = plan.done_in(&world.release, |at| in_week(local_date(at, world.zone())));
    let today = world.today(moment.now);
    let mut row = DigestPlan {
        manager: names.person(plan.cast.manager),
        whose: whose.clone(),
        day: world.calendar.plan_day_of(plan.effective, letter.until),
        progress: plan.progress(&world.release),
        percent: plan.progress(&world.release).percent(),
        done_in_week,
        overdue: 0,
        waiting_for_review: 0,
        risks: risks(&world.course(plan), world.zone(), today).into_iter().map(said).collect(),
        is_finished: finished_on.is_some(),
        is_paused: plan.arranged.paused.is_some(),
        url: url.clone(),
    };
    for (key, step) in &plan.steps {
        let Some(def) = world.release.step(&key.id) else { continue };
        match plan.standing(step, def, today) {
            Standing::Overdue { .. } if !row.is_paused => row.overdue += 1,
            Standing::InReview { .. } => row.waiting_for_review += 1,
            _ => {}
        }
    }
    letter.done_in_week += done_in_week;
    letter.overdue += row.overdue;
    if starts {
        letter.started.push(whose.clone());
    }
    if let Some(last) = banner::last_day(world, today).filter(|last| !last.is_today) {
        letter.past_last_day.push(PastLastDay {
            whose: whose.clone(),
            last_day: last.date,
            open: last.open,
            url: url.clone(),
        });
    }
    if world.release.program.cast.contains(&Role::Mentor)
        && let Some((mentor, declined, since)) = waiting(&plan.cast.mentor, plan.started_at)
    {
        letter.waiting.push(WaitingMentor {
            whose,
            mentor: mentor.map(|who| names.person(who)),
            declined,
            days: (moment.now - since).num_days(),
            url,
        });
    }
    letter.plans.push(row);
}

type Since = chrono::DateTime<chrono::Utc>;

fn waiting(mentor: &Mentoring, started: Since) -> Option<(Option<crate::engine::vocabulary::PersonId>, bool, Since)> {
    match mentor {
        Mentoring::Nobody => Some((None, false, started)),
        Mentoring::Asked { who, at, .. } => Some((Some(*who), false, *at)),
        Mentoring::Declined { who, at, .. } => Some((Some(*who), true, *at)),
        Mentoring::Accepted { .. } => None,
    }
}

/// A risk as a sentence; in the sheet too.
fn said(risk: Risk) -> Message {
    let days = |id, days: u16| Message::new(id).with("days", i64::from(days));
    match risk {
        Risk::Late { steps, days: late } => days("mail-digest-risk-late", late).with("count", steps),
        Risk::Unanswered { by, days: waits } => days("mail-digest-risk-unanswered", waits).with("role", by),
        Risk::Silent { days: quiet } => days("mail-digest-risk-silent", quiet),
        Risk::NoMentor { days: begun } => days("mail-digest-risk-no-mentor", begun),
    }
}
