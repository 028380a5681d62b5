//! Letters that become owed: because of facts, and because a day has come in a plan.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::letters::mentor::{Missed, silent_key};
use super::letters::milestones::checkpoint_key;
use super::worlds::PlanWorld;
use super::{Error, Moment};
use crate::engine::Plan;
use crate::engine::fact::Fact;
use crate::engine::notice::{self, Notice};
use crate::engine::silence::{Silence, silence};
use crate::engine::vocabulary::{PersonId, StepKey};
use crate::engine::zone::{at_hour, local_date};
use crate::store::outbox::{self, Kind, Owed};
use crate::store::pool::Tx;

/// A day that passed while the program slept still brings its letters for so long.
const LATE: TimeDelta = TimeDelta::days(14);

/// What facts and the day bring.
pub(super) async fn notices(
    tx: &mut Tx,
    world: &PlanWorld,
    plan: &Plan,
    facts: &[Fact],
    moment: &Moment,
) -> Result<(), Error> {
    let today = world.today(moment.now);
    let after = world.around(plan.clone());
    let notices = notice::notices(&world.plan, plan, &after.release, facts, today);
    let mut letters: Vec<Owed> = notices.into_iter().map(|notice| of_notice(&after, notice, moment)).collect();
    letters.extend(of_today(&after, moment));
    outbox::owe(tx, &letters, moment.now).await?;
    Ok(())
}

/// The next day that brings something.
pub(super) fn next_day(world: &PlanWorld, now: DateTime<Utc>) -> Option<NaiveDate> {
    let today = world.today(now);
    let of_silence = waits(world).into_iter().flat_map(|waits| [waits.remind_on, waits.next_on]);
    of_silence.chain(checkpoints(world).map(|(_, on)| on)).filter(|day| *day > today).min()
}

fn waits(world: &PlanWorld) -> Option<Silence> {
    silence(&world.course(&world.plan), world.zone())
}

/// The plan days on which the superior gets a report, with their dates: none before the plan existed.
fn checkpoints(world: &PlanWorld) -> impl Iterator<Item = (u16, NaiveDate)> + '_ {
    let plan = &world.plan;
    let began = local_date(plan.started_at, world.zone());
    let runs = plan.arranged.ended.is_none() && plan.arranged.paused.is_none();
    let days = world.release.program.checkpoints.iter().filter(move |_| runs);
    days.map(|day| (*day, world.calendar.plan_date(plan.effective, *day))).filter(move |(_, on)| *on >= began)
}

/// A report, a reminder to answer, word that nobody is left to ask.
fn of_today(world: &PlanWorld, moment: &Moment) -> Vec<Owed> {
    let today = world.today(moment.now);
    let has_come = |day: NaiveDate| day <= today && day + LATE >= today;
    let plan = &world.plan;
    let mut letters: Vec<Owed> = checkpoints(world)
        .filter(|(_, on)| has_come(*on))
        .map(|(day, _)| letter(world, Kind::Checkpoint, plan.cast.superior, checkpoint_key(plan.id, day), moment))
        .collect();
    let Some(waits) = waits(world) else { return letters };
    if has_come(waits.remind_on) && today < waits.next_on {
        let key = format!("mentor_reminder:{}:{}:{}", plan.id, waits.asked_on, waits.who);
        letters.push(letter(world, Kind::MentorReminder, waits.who, key, moment));
    }
    if has_come(waits.next_on) && plan.cast.mentor.then().is_empty() {
        // Not the plan's version, which goes on: they are silent once.
        let asked = u64::try_from(waits.asked_on.signed_duration_since(NaiveDate::MIN).num_days()).unwrap_or_default();
        let key = silent_key(plan.id, waits.who, Missed::Silent, asked);
        letters.push(letter(world, Kind::MentorSilent, plan.cast.hr, key, moment));
    }
    letters
}

fn of_notice(world: &PlanWorld, notice: Notice, moment: &Moment) -> Owed {
    let plan = &world.plan;
    let version = plan.version;
    let of_step = |kind: Kind, to, step: StepKey| {
        let key = format!("{}:{}:{version}:{step}", kind.as_str(), plan.id);
        Owed { step: Some(step), ..letter(world, kind, to, key, moment) }
    };
    match notice {
        Notice::Welcome { to } => {
            // The welcome comes with the first morning in the role, not in the night before.
            let first = world.calendar.on_or_after(plan.effective);
            let due_at = at_hour(first, world.manager.brief_hour, world.zone()).max(moment.now);
            let for_day = Some(local_date(due_at, world.zone()));
            let key = format!("welcome:{}", plan.id);
            Owed { due_at, for_day, ..letter(world, Kind::Welcome, to, key, moment) }
        }
        Notice::MentorRequest { to } => {
            letter(world, Kind::MentorRequest, to, format!("mentor_request:{}:{version}", plan.id), moment)
        }
        Notice::MentorMissed { to, asked, declined } => {
            let missed = if declined { Missed::Declined } else { Missed::Silent };
            letter(world, Kind::MentorSilent, to, silent_key(plan.id, asked, missed, version), moment)
        }
        Notice::Returned { to, step } => of_step(Kind::Returned, to, step),
        Notice::Review { to, step } => of_step(Kind::Review, to, step),
        Notice::Gate { to, step } => of_step(Kind::Gate, to, step),
        Notice::Report { to, step } => of_step(Kind::Report, to, step),
        Notice::Graduation { to } => {
            letter(world, Kind::Graduation, to, format!("graduation:{}:{version}", plan.id), moment)
        }
    }
}

fn letter(world: &PlanWorld, kind: Kind, person: PersonId, dedup_key: String, moment: &Moment) -> Owed {
    Owed {
        id: moment.id(),
        dedup_key,
        kind,
        person,
        plan: Some(world.plan.id),
        for_day: None,
        step: None,
        meeting: None,
        due_at: moment.now,
    }
}
