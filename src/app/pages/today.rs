//! A manager's day: what matters now, what is late, who waits for whom, how far the plan is.

use chrono::{DateTime, Datelike, Days, NaiveDate, Timelike, Utc, Weekday};
use diesel_async::AsyncPgConnection;
use serde::Serialize;

use super::arrange::banner::{self, Banner};
use super::cards::{self, Blocker, Card, Shown};
use super::lines::{StepLine, WaitsFor, lines};
use super::record;
use super::versions::{self, VersionOffer};
use crate::app::naming::Naming;
use crate::app::offers::{self, Offered};
use crate::app::worlds::{Library, Names, PlanWorld};
use crate::app::{Error, mentoring};
use crate::engine::access::{self, Viewer};
use crate::engine::arrange::Counted;
use crate::engine::calendar::Dated;
use crate::engine::message::Message;
use crate::engine::plan::{Plan, Progress, StepState};
use crate::engine::vocabulary::{Role, Text};
use crate::engine::zone::local_date;
use crate::store::{people, plans};

/// The page of a manager's day.
#[derive(Debug, Clone, Serialize)]
pub struct TodayPage {
    pub name: String,
    /// morning, afternoon, evening: how the page greets.
    pub part_of_day: &'static str,
    pub today: NaiveDate,
    /// The viewer's plans, the newest first; none for somebody who is no manager.
    pub plans: Vec<PlanGlance>,
    /// Open in a plan that rests.
    pub resting: Vec<Card>,
    pub overdue: Vec<Card>,
    pub returned: Vec<Card>,
    /// Due today, or within the days that the program calls soon.
    pub soon: Vec<Card>,
    pub week: Vec<Card>,
    /// Open, and due after this week.
    pub later: Vec<Card>,
    /// Nothing is expected today: every plan rests or ended.
    pub rests: bool,
    /// Every plan ended, and nothing more comes.
    pub is_over: bool,
    /// Open steps in all of these.
    pub open: usize,
    pub late: usize,
    /// What opens next, when nothing is open.
    pub next: Option<Shown>,
    pub waits_for_me: Vec<Waiter>,
    pub in_review: Vec<InReview>,
    /// Own steps that somebody else holds up.
    pub blocked: Vec<Card>,
    /// Own steps that open when other own ones are done.
    pub behind: Vec<Card>,
    /// Playbooks that the figures call for.
    pub offered: Vec<Offered>,
    /// Newer versions of steps, to take or to leave.
    pub versions: Vec<VersionOffer>,
    /// Records to take along: the three months are over.
    pub records: Vec<RecordOffer>,
}

/// How far a plan is.
#[derive(Debug, Clone, Serialize)]
pub struct PlanGlance {
    pub href: String,
    /// Which plan of the manager.
    pub program: Message,
    pub progress: Progress,
    /// The working day that today is, or that the plan ended on; 0 before the first.
    pub day: u16,
    /// The first working day, while it is still ahead.
    pub starts: Option<Dated>,
    pub checkpoint: Option<Checkpoint>,
    pub calendar: Text,
    pub completed_on: Option<NaiveDate>,
    /// As [`mentoring::state`] says; none when the program has no mentor, or the plan ended.
    pub mentoring: Option<&'static str>,
    pub mentor: Option<String>,
    pub banner: Banner,
}

/// A plan day at which HR looks how far the plan is.
#[derive(Debug, Clone, Serialize)]
pub struct Checkpoint {
    pub n: u16,
    pub dated: Dated,
    pub is_past: bool,
}

/// What came of a plan, to take along.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RecordOffer {
    pub href: String,
    /// None when the viewer has one plan alone.
    pub program: Option<Message>,
}

/// Somebody whose step waits for the viewer's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Waiter {
    pub name: String,
    pub role: Role,
    /// Whom they stand in for.
    pub stands_for: Option<String>,
    /// What they will do.
    pub step: Text,
    pub mine: Vec<Blocker>,
}

/// Something handed in that a reviewer has not answered.
#[derive(Debug, Clone, Serialize)]
pub struct InReview {
    pub card: Shown,
    /// None while the part is nobody's: the mentor has not said yes.
    pub reviewer: Option<String>,
    pub role: Role,
    /// Whom the reviewer stands in for.
    pub stands_for: Option<String>,
    pub since: DateTime<Utc>,
}

/// A manager's day, over all their plans.
///
/// # Errors
/// The viewer has no account, or the database fails.
pub async fn load(conn: &mut AsyncPgConnection, viewer: Viewer, now: DateTime<Utc>) -> Result<TodayPage, Error> {
    let person = people::find(conn, viewer.id).await?.ok_or(Error::NotFound)?;
    let reached = plans::all(conn, viewer.scope()).await?;
    let own: Vec<Plan> = reached.into_iter().rev().filter(|plan| plan.cast.manager == viewer.id).collect();
    let worlds = Library::default().worlds(conn, own).await?;
    let names = Names::with_rows(conn, viewer.scope(), &worlds.iter().collect::<Vec<_>>()).await?;
    let naming = Naming::among(&worlds);
    let mut page = TodayPage {
        name: person.name,
        part_of_day: part_of_day(now.with_timezone(&person.zone).hour()),
        today: local_date(now, person.zone),
        plans: worlds.iter().map(|world| glance(world, naming.name(world), &names, now)).collect(),
        resting: Vec::new(),
        overdue: Vec::new(),
        returned: Vec::new(),
        soon: Vec::new(),
        week: Vec::new(),
        later: Vec::new(),
        rests: false,
        is_over: false,
        open: 0,
        late: 0,
        next: None,
        waits_for_me: Vec::new(),
        in_review: Vec::new(),
        blocked: Vec::new(),
        behind: Vec::new(),
        offered: Vec::new(),
        versions: Vec::new(),
        records: Vec::new(),
    };
    let has_ended = |glance: &PlanGlance| glance.banner.ended.is_some();
    let every = |is: &dyn Fn(&PlanGlance) -> bool| !page.plans.is_empty() && page.plans.iter().all(is);
    (page.rests, page.is_over) = (every(&|glance| glance.banner.rests || has_ended(glance)), every(&has_ended));
    for world in &worlds {
        let program = (worlds.len() > 1).then(|| naming.name(world));
        page.add((world, program.as_ref()), &names, viewer, world.today(now));
        page.versions.extend(versions::of(conn, world, &names, viewer, now).await?);
        let record = record::offered(world, world.today(now));
        page.records.extend(record.map(|href| RecordOffer { href, program: program.clone() }));
        page.offered.extend(offers::of(conn, world, viewer, world.today(now)).await?);
    }
    page.settle();
    Ok(page)
}

fn part_of_day(hour: u32) -> &'static str {
    match hour {
        5..12 => "morning",
        12..18 => "afternoon",
        _ => "evening",
    }
}

impl TodayPage {
    fn add(
        &mut self,
        (world, program): (&PlanWorld, Option<&Message>),
        names: &Names,
        viewer: Viewer,
        today: NaiveDate,
    ) {
        let soon = world.calendar.after(today, world.release.program.due_soon);
        let sunday = end_of_week(today);
        let rests = world.plan.arranged.rests_on(today);
        let mut sorted: [Vec<StepLine>; 8] = Default::default();
        for mut line in lines(world, names, viewer, today) {
            if rests && matches!(line.standing, "open" | "overdue") {
                // Nobody is late in a plan that rests; how long is left shows when it goes on.
                (line.standing, line.days) = ("open", (line.due.date - today).num_days());
            }
            if line.who != Role::Manager {
                self.waits_for_me.extend(waiter(world, names, &line, today));
                continue;
            }
            let at = match line.standing {
                "open" if rests => 0,
                "overdue" => 1,
                "open" if line.returned => 2,
                "open" if line.due.date <= soon => 3,
                "open" if line.due.date <= sunday => 4,
                "open" => 5,
                "blocked" if line.waits_for.iter().any(|one| !is_ones_own(world, one)) => 6,
                "blocked" => 7,
                // Nobody answers any more.
                "review" if world.plan.arranged.ended.is_some() => continue,
                "review" => {
                    self.in_review.extend(in_review(world, names, line, today));
                    continue;
                }
                "later" => {
                    let is_sooner = self.next.as_ref().is_none_or(|next| line.opens.date < next.line.opens.date);
                    if is_sooner {
                        self.next = Some(cards::shown(line));
                    }
                    continue;
                }
                _ => continue,
            };
            sorted[at].push(line);
        }
        bring_together(world, &mut sorted);
        let cards = sorted.map(|lines| cards::gathered(world, names, program, lines));
        let count = |cards: &[Card]| cards.iter().map(Card::count).sum::<usize>();
        self.open += cards[..6].iter().map(|cards| count(cards)).sum::<usize>();
        self.late += count(&cards[1]);
        let [resting, overdue, returned, soon, week, later, blocked, behind] = cards;
        self.resting.extend(resting);
        self.overdue.extend(overdue);
        self.returned.extend(returned);
        self.soon.extend(soon);
        self.week.extend(week);
        self.later.extend(later);
        self.blocked.extend(blocked);
        self.behind.extend(behind);
    }

    /// Several plans were added one after the other; what is due first stands first.
    fn settle(&mut self) {
        let Self { resting, overdue, returned, soon, week, later, .. } = self;
        for list in [resting, overdue, returned, soon, week, later] {
            list.sort_by_key(|card| card.due.date);
        }
        self.in_review.sort_by_key(|one| one.since);
        if self.open > 0 {
            self.next = None;
        }
    }
}

/// Rituals that share a page stand together where the most urgent of them stands.
fn bring_together(world: &PlanWorld, sorted: &mut [Vec<StepLine>]) {
    for gather in &world.release.program.gather {
        let is_part = |line: &StepLine| cards::gathering(world, line).is_some_and(|of| of.id == gather.id);
        let Some(first) = sorted.iter().position(|lines| lines.iter().any(is_part)) else { continue };
        for at in first + 1..sorted.len() {
            let (parts, rest): (Vec<_>, Vec<_>) = std::mem::take(&mut sorted[at]).into_iter().partition(is_part);
            sorted[at] = rest;
            sorted[first].extend(parts);
        }
    }
}

fn end_of_week(day: NaiveDate) -> NaiveDate {
    let ahead = Weekday::Sun.num_days_from_monday() - day.weekday().num_days_from_monday();
    day.checked_add_days(Days::new(u64::from(ahead))).unwrap_or(day)
}

/// Who waits: a step of another part that is held up by steps of the manager.
fn waiter(world: &PlanWorld, names: &Names, line: &StepLine, today: NaiveDate) -> Option<Waiter> {
    if line.standing != "blocked" {
        return None;
    }
    let mine: Vec<_> = line.waits_for.iter().filter(|one| is_ones_own(world, one)).cloned().collect();
    let name = access::holder_on(&world.plan, line.who, today).map(|id| names.person(id))?;
    let stands_for = banner::stands_for(world, names, line.who, today);
    let waiter = Waiter { name, role: line.who, stands_for, step: line.title.clone(), mine: cards::blockers(&mine) };
    (!waiter.mine.is_empty()).then_some(waiter)
}

/// Whether a step that is waited for is the manager's to do, and not with a reviewer.
fn is_ones_own(world: &PlanWorld, one: &WaitsFor) -> bool {
    let is_in_review =
        world.plan.steps.get(&one.key).is_some_and(|step| matches!(step.state, StepState::HandedIn { .. }));
    !is_in_review && world.release.step(&one.key.id).is_some_and(|def| def.who == Role::Manager)
}

fn in_review(world: &PlanWorld, names: &Names, line: StepLine, today: NaiveDate) -> Option<InReview> {
    let StepState::HandedIn { at, .. } = world.plan.steps.get(&cards::key(&line)?)?.state else { return None };
    let role = line.reviewer.unwrap_or(Role::Mentor);
    let reviewer = access::holder_on(&world.plan, role, today).map(|id| names.person(id));
    let stands_for = banner::stands_for(world, names, role, today);
    Some(InReview { card: cards::shown(line), reviewer, role, stands_for, since: at })
}

/// How far a plan is; `program` says which one it is.
pub fn glance(world: &PlanWorld, program: Message, names: &Names, now: DateTime<Utc>) -> PlanGlance {
    let (plan, today) = (&world.plan, world.today(now));
    let first = world.first_day();
    let completed_at = banner::completed_at(world);
    PlanGlance {
        href: format!("/plans/{}", plan.id),
        program,
        progress: plan.progress(&world.release),
        day: world.plan_day(today),
        starts: (today < first.date).then_some(first),
        checkpoint: checkpoints(world, today).into_iter().find(|checkpoint| !checkpoint.is_past),
        calendar: world.calendar.title.clone(),
        completed_on: completed_at.map(|at| local_date(at, world.zone())),
        // Nobody mentors, or is looked for, in a plan that is over.
        mentoring: (has_mentor(world) && plan.arranged.ended.is_none()).then(|| mentoring::state(plan)),
        mentor: plan.cast.mentor.mentor().map(|id| names.person(id)),
        banner: banner::banner(world, names, today),
    }
}

/// What the calendar said of a plan that ended.
fn counted(plan: &Plan) -> Option<&Counted> {
    plan.arranged.ended.as_ref()?.counted.as_ref()
}

/// The checkpoints of a plan by day; of one that ended, those that it reached.
pub fn checkpoints(world: &PlanWorld, today: NaiveDate) -> Vec<Checkpoint> {
    let days = &world.release.program.checkpoints;
    let dated = match counted(&world.plan) {
        Some(counted) => counted.checkpoints.clone(),
        None => days.iter().map(|n| world.calendar.plan_day(world.plan.effective, *n)).collect(),
    };
    let has_ended = world.plan.arranged.ended.is_some();
    let reached = if has_ended { world.plan_day(today) } else { u16::MAX };
    let checkpoint = |(n, dated): (&u16, Dated)| Checkpoint { n: *n, is_past: has_ended || dated.date < today, dated };
    days.iter().zip(dated).filter(|(n, _)| **n <= reached).map(checkpoint).collect()
}

/// Whether the program has a mentor at all.
pub fn has_mentor(world: &PlanWorld) -> bool {
    world.release.program.cast.contains(&Role::Mentor)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_ends_on_its_sunday() {
        let day = |text: &str| text.parse::<NaiveDate>().expect("a date");
        assert_eq!(end_of_week(day("2030-03-04")), day("2030-03-10")); // a Monday
        assert_eq!(end_of_week(day("2030-03-10")), day("2030-03-10")); // a Sunday
    }

    #[test]
    fn the_greeting_follows_the_clock_on_the_wall() {
        assert_eq!(part_of_day(5), "morning");
        assert_eq!(part_of_day(12), "afternoon");
        assert_eq!(part_of_day(18), "evening");
        assert_eq!(part_of_day(4), "evening");
    }
}
