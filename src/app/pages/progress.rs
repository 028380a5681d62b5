//! How every plan goes, for HR: counts and names, never what somebody wrote.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use diesel_async::AsyncPgConnection;
use serde::Serialize;

use super::arrange::banner::{self, Banner};
use super::people::{for_hr, href, last_act};
use crate::app::calendar_warnings::{CalendarWarning, warnings};
use crate::app::naming::Naming;
use crate::app::outbox::{self as sending, Canary};
use crate::app::worlds::{Library, Names, PlanWorld};
use crate::app::{Error, mentoring};
use crate::engine::access::{self, Viewer};
use crate::engine::calendar::Dated;
use crate::engine::message::Message;
use crate::engine::plan::{Mentoring, Standing, StepState};
use crate::engine::vocabulary::{PersonId, Role, Text};
use crate::engine::zone::local_date;
use crate::store::{outbox, plans};

/// HR's overview.
#[derive(Debug, Clone, Serialize)]
pub struct ProgressPage {
    /// Plans that run.
    pub active: usize,
    /// People with a step that is late, in whatever part.
    pub overdue_people: usize,
    /// Plans without a mentor who has said yes.
    pub waiting_mentors: usize,
    /// Letters that were given up.
    pub failed_mail: i64,
    /// Set when no mail leaves at all.
    pub canary: Option<Canary>,
    /// Plans on days that nobody published yet.
    pub calendars: Vec<CalendarWarning>,
    /// Plans that somebody should look at, the furthest behind first.
    pub exceptions: Vec<PlanRow>,
    pub on_course: Vec<PlanRow>,
    pub finished: Vec<PlanRow>,
}

/// One plan.
#[derive(Debug, Clone, Serialize)]
pub struct PlanRow {
    /// The plan's page.
    pub href: String,
    pub manager: String,
    pub manager_href: String,
    /// Which plan of theirs.
    pub program: Message,
    /// Today's working day of the plan; none before the first.
    pub day: Option<u16>,
    pub first_day: Dated,
    /// The title of the calendar that it was counted in.
    pub calendar: Text,
    pub done: usize,
    pub all: usize,
    /// Steps that are late, by who has them.
    pub overdue: Vec<Waiting>,
    pub overdue_count: usize,
    /// Steps that are handed in, by who reviews them.
    pub in_review: Vec<Waiting>,
    /// As [`mentoring::state`] says; none: the program has no mentor.
    pub mentoring: Option<&'static str>,
    pub mentor: Option<String>,
    /// Days since the mentor was asked or said no, or since the plan started without one.
    pub mentor_days: i64,
    pub last_act: Option<DateTime<Utc>>,
    pub finished: Option<Finished>,
    /// The plan rests, or somebody is away.
    pub banner: Banner,
}

/// When and how nobody had to work on a plan any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Finished {
    pub on: NaiveDate,
    /// complete: everything was closed; else as it ended: graduated, early, cancelled.
    pub how: &'static str,
}

/// Steps that wait for somebody.
#[derive(Debug, Clone, Serialize)]
pub struct Waiting {
    pub role: Role,
    /// None while nobody has the part.
    pub name: Option<String>,
    pub count: usize,
    /// For how many days the oldest has been late, or waits.
    pub days: i64,
}

/// Days for which a review or a mentor's answer may wait before HR is pointed to it: less would make
/// every plan an exception, and hide those that are.
const PATIENCE: i64 = 3;

impl PlanRow {
    fn is_exception(&self) -> bool {
        let answer_is_late = match self.mentoring {
            Some("asked") => self.mentor_days >= PATIENCE,
            _ => self.lacks_mentor(),
        };
        self.overdue_count > 0 || answer_is_late || self.in_review.iter().any(|one| one.days >= PATIENCE)
    }

    fn lacks_mentor(&self) -> bool {
        self.mentoring.is_some_and(|state| state != "accepted")
    }
}

/// How every plan stands.
///
/// # Errors
/// The viewer is not HR, or the database fails.
pub async fn load(conn: &mut AsyncPgConnection, viewer: Viewer, now: DateTime<Utc>) -> Result<ProgressPage, Error> {
    for_hr(viewer)?;
    let all = plans::all(conn, viewer.scope()).await?;
    let names = Names::around(conn, viewer.scope(), &all.iter().collect::<Vec<_>>()).await?;
    let worlds = Library::default().worlds(conn, all).await?;
    let failed_mail =
        outbox::counts(conn).await?.into_iter().find(|(state, _)| state == "failed").map_or(0, |(_, n)| n);
    let mut late: BTreeSet<PersonId> = BTreeSet::new();
    let canary = sending::canary(conn, now).await?;
    let naming = Naming::among(&worlds);
    let rows: Vec<PlanRow> = worlds.iter().map(|world| row((world, &naming), &names, now, &mut late)).collect();
    let (finished, running): (Vec<PlanRow>, Vec<PlanRow>) = rows.into_iter().partition(|row| row.finished.is_some());
    let active = running.len();
    let waiting_mentors = running.iter().filter(|row| row.lacks_mentor()).count();
    let (mut exceptions, on_course): (Vec<PlanRow>, Vec<PlanRow>) =
        running.into_iter().partition(PlanRow::is_exception);
    exceptions.sort_by(|a, b| {
        let weight = |row: &PlanRow| (row.overdue_count, row.lacks_mentor(), row.in_review.len());
        weight(b).cmp(&weight(a)).then_with(|| a.manager.cmp(&b.manager))
    });
    Ok(ProgressPage {
        calendars: warnings(&worlds),
        active,
        overdue_people: late.len(),
        waiting_mentors,
        failed_mail,
        canary,
        exceptions,
        on_course,
        finished,
    })
}

/// How many steps wait for each part, and the days of the oldest.
type Counts = BTreeMap<Role, (usize, i64)>;

fn count(counts: &mut Counts, role: Role, days: i64) {
    let (count, oldest) = counts.entry(role).or_default();
    *count += 1;
    *oldest = days.max(*oldest);
}

/// How a plan was finished, if it was.
pub(super) fn finished(world: &PlanWorld) -> Option<Finished> {
    let (at, how) = match &world.plan.arranged.ended {
        Some(ended) => (ended.at, ended.how.as_str()),
        None => (world.plan.completed_at(&world.release)?, "complete"),
    };
    Some(Finished { on: local_date(at, world.zone()), how })
}

fn row(
    (world, naming): (&PlanWorld, &Naming),
    names: &Names,
    now: DateTime<Utc>,
    late: &mut BTreeSet<PersonId>,
) -> PlanRow {
    let plan = &world.plan;
    let today = world.today(now);
    let finished = finished(world);
    let (mut overdue, mut in_review) = (Counts::new(), Counts::new());
    for (key, step) in &plan.steps {
        let Some(def) = world.release.step(&key.id) else { continue };
        match (plan.standing(step, def, today), &step.state) {
            (Standing::Overdue { days }, _) => count(&mut overdue, def.who, days),
            (Standing::InReview { by }, StepState::HandedIn { at, .. }) => {
                count(&mut in_review, by, (now - *at).num_days());
            }
            _ => {}
        }
    }
    if finished.is_none() {
        late.extend(overdue.keys().filter_map(|role| access::holder(plan, *role)));
    }
    let progress = plan.progress(&world.release);
    let first_day = world.first_day();
    let since = match plan.cast.mentor {
        Mentoring::Nobody => plan.started_at,
        Mentoring::Asked { at, .. } | Mentoring::Accepted { at, .. } | Mentoring::Declined { at, .. } => at,
    };
    let waiting = |counts: Counts| -> Vec<Waiting> {
        let name = |role| access::holder(plan, role).map(|who| names.person(who));
        counts.into_iter().map(|(role, (count, days))| Waiting { role, name: name(role), count, days }).collect()
    };
    PlanRow {
        href: format!("/plans/{}", plan.id),
        manager: names.person(plan.cast.manager),
        manager_href: href(plan.cast.manager),
        program: naming.name(world),
        day: (first_day.date <= today).then(|| world.plan_day(today)),
        first_day,
        calendar: world.calendar.title.clone(),
        done: progress.done,
        all: progress.all,
        overdue_count: overdue.values().map(|(count, _)| count).sum(),
        overdue: waiting(overdue),
        in_review: waiting(in_review),
        mentoring: world.release.program.cast.contains(&Role::Mentor).then(|| mentoring::state(plan)),
        mentor: plan.cast.mentor.candidate().map(|who| names.person(who)),
        mentor_days: (now - since).num_days(),
        last_act: last_act(world),
        banner: banner::banner(world, names, today),
        finished,
    }
}
