//! HR's weekly digest: what the week was, over every plan; counts and names, never words.

mod backlog;
mod pages_alone;
mod undelivered;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use super::calendar_warnings::{CalendarWarning, warnings};
use super::letters::{BriefLetter, MOST, Short};
use super::naming::Naming;
use super::pages::arrange::banner;
use super::sweep::digest_week;
use super::worlds::{Library, Names, PlanWorld};
use super::{Error, Moment};
use crate::engine::mail::Topic;
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
    pub started: Short<Message>,
    /// Managers who closed the last step of their program in the week.
    pub finished: Short<Message>,
    #[serde(flatten)]
    pub plans: Plans,
    pub waiting: Short<WaitingMentor>,
    /// Plans that go on after the last day of their program.
    pub past_last_day: Short<PastLastDay>,
    /// Steps done in the week, over all plans.
    pub done_in_week: usize,
    pub overdue: usize,
    /// Mentors for whom something waits.
    pub backlog: Short<MentorBacklog>,
    /// Who stopped mail of a kind.
    pub pages_alone: Short<PagesAlone>,
    pub bounced: Short<BouncedPerson>,
    /// Letters that were given up or held since the digest before.
    pub faults: Vec<MailFault>,
    /// Plans that rest on days not yet published, or go on past the last known day, by calendar.
    pub calendars: Vec<CalendarWarning>,
    pub people_url: String,
    /// What the reader has to do in plans themselves: the digest stands for the day's brief.
    pub own: Option<Box<BriefLetter>>,
}

/// The plans: who is at risk, and who is furthest behind, stands on top.
#[derive(Debug, Clone, Serialize)]
pub struct Plans {
    /// For the sheet, which is as long as it has to be.
    #[serde(skip)]
    pub all: Vec<DigestPlan>,
    pub rows: Short<DigestPlan>,
    pub at_risk: Short<DigestPlan>,
    /// Those among the others that have a step overdue.
    pub late: Short<DigestPlan>,
}

impl Plans {
    pub fn new(mut all: Vec<DigestPlan>, url: &str) -> Plans {
        let behind = |plan: &DigestPlan| (!plan.risks.is_empty(), plan.overdue);
        all.sort_by(|a, b| (behind(b), &a.manager).cmp(&(behind(a), &b.manager)));
        let (at_risk, others): (Vec<_>, Vec<_>) = all.iter().cloned().partition(|plan| !plan.risks.is_empty());
        let late = others.into_iter().filter(|plan| plan.overdue > 0).collect();
        Plans {
            rows: Short::new(all.clone(), MOST, url),
            at_risk: Short::new(at_risk, MOST, url),
            late: Short::new(late, MOST, url),
            all,
        }
    }
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

/// Somebody who stopped mail, and whom the pages alone reach about it.
#[derive(Debug, Clone, Serialize)]
pub struct PagesAlone {
    pub name: String,
    pub topics: Vec<Topic>,
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
    let worlds = Library::default().worlds(tx, plans).await?;
    let naming = Naming::among(&worlds);
    let mut week = Week { from, until, ..Week::default() };
    for world in &worlds {
        let whose = naming.whose(world, names.person(world.plan.cast.manager));
        week.add((world, whose), &names, base_url, moment);
    }
    week.waiting.sort_by_key(|row| std::cmp::Reverse(row.days));
    week.past_last_day.sort_by_key(|row| row.last_day);
    let mut calendars = warnings(&worlds);
    for warning in &mut calendars {
        warning.href = format!("{base_url}{}", warning.href);
    }
    let people_url = format!("{base_url}/progress");
    Ok(Some(DigestLetter {
        name: person.name.clone(),
        from,
        until,
        started: Short::new(week.started, MOST, &people_url),
        finished: Short::new(week.finished, MOST, &people_url),
        plans: Plans::new(week.plans, &people_url),
        waiting: Short::new(week.waiting, MOST, &people_url),
        past_last_day: Short::new(week.past_last_day, MOST, &people_url),
        done_in_week: week.done,
        overdue: week.overdue,
        backlog: Short::new(backlog::of_mentors(&worlds, &names, base_url, moment.now), MOST, &people_url),
        pages_alone: pages_alone::among(tx, &worlds, &names, base_url, moment.now).await?,
        bounced: undelivered::addresses(tx, scope, base_url).await?,
        faults: undelivered::letters(tx, person.id, day, (start_of(from, person.zone), moment.now), base_url).await?,
        calendars,
        people_url,
        own: None,
    }))
}

/// What is found in one plan after another.
#[derive(Default)]
struct Week {
    from: NaiveDate,
    until: NaiveDate,
    started: Vec<Message>,
    finished: Vec<Message>,
    plans: Vec<DigestPlan>,
    waiting: Vec<WaitingMentor>,
    past_last_day: Vec<PastLastDay>,
    done: usize,
    overdue: usize,
}

impl Week {
    fn add(&mut self, (world, whose): (&PlanWorld, Message), names: &Names, base_url: &str, moment: &Moment) {
        let plan = &world.plan;
        let (from, until) = (self.from, self.until);
        let in_week = |date: NaiveDate| from <= date && date <= until;
        let finished_on = banner::completed_at(world).map(|at| local_date(at, world.zone()));
        let (starts, finishes) = (in_week(world.first_day().date), finished_on.is_some_and(in_week));
        if finishes {
            self.finished.push(whose.clone());
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
            day: world.plan_day(self.until),
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
        self.done += done_in_week;
        self.overdue += row.overdue;
        if starts {
            self.started.push(whose.clone());
        }
        if let Some(last) = banner::last_day(world, today).filter(|last| !last.is_today) {
            self.past_last_day.push(PastLastDay {
                whose: whose.clone(),
                last_day: last.date,
                open: last.open,
                url: url.clone(),
            });
        }
        if world.release.program.cast.contains(&Role::Mentor)
            && let Some((mentor, declined, since)) = waiting(&plan.cast.mentor, plan.started_at)
        {
            self.waiting.push(WaitingMentor {
                whose,
                mentor: mentor.map(|who| names.person(who)),
                declined,
                days: (moment.now - since).num_days(),
                url,
            });
        }
        self.plans.push(row);
    }
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
