//! What is late with others for so long that the reader hears of it: each rung of the ladder once.

use std::collections::{BTreeMap, BTreeSet};

use super::desk::Desk;
use super::lists::mail_lines;
use super::{Escalated, Short};
use crate::app::Error;
use crate::app::worlds::{Names, PlanWorld};
use crate::engine::access::holder_on;
use crate::engine::ladder::{self, Late};
use crate::engine::vocabulary::{PersonId, Role};
use crate::store::escalations::{self, Told};
use crate::store::pool::Tx;
use crate::store::{bounced, people, snoozes};

/// What is late in a plan, and the rungs on which the reader stands.
struct Reached<'w> {
    world: &'w PlanWorld,
    late: Late,
    rungs: Vec<Role>,
}

/// Finds it, the latest first, and puts down that this letter tells what it shows: the next one tells the
/// rest. Nothing is told of somebody whose reminders can't
/// have arrived, or who put the step off.
pub(super) async fn of(
    tx: &mut Tx,
    desk: &Desk<'_>,
    worlds: &[PlanWorld],
    names: &Names,
    most: usize,
) -> Result<Short<Escalated>, Error> {
    let reached: Vec<Reached> = worlds.iter().flat_map(|world| reached(desk, world)).collect();
    if reached.is_empty() {
        return Ok(Short::new(Vec::new(), most, desk.url("/")));
    }
    let plans: Vec<_> = reached.iter().map(|one| one.world.plan.id).collect::<BTreeSet<_>>().into_iter().collect();
    let told: BTreeMap<Told, uuid::Uuid> = escalations::in_plans(tx, &plans).await?.into_iter().collect();
    let put_off = snoozes::in_plans(tx, &plans).await?;
    let unreached = unreached(tx, reached.iter().map(|one| one.late.who)).await?;
    let mut lines = Vec::new();
    for Reached { world, late, rungs } in reached {
        let plan = world.plan.id;
        let rung = |rung| Told { plan, step: late.step.clone(), since: late.since, rung };
        let is_new = |role: &Role| told.get(&rung(*role)).is_none_or(|letter| *letter == desk.claimed.id);
        let today = world.today(desk.moment.now);
        let snoozed = put_off.get(&(plan, late.step.clone(), late.who)).is_some_and(|snooze| snooze.until > today);
        let new: Vec<Role> = rungs.into_iter().filter(is_new).collect();
        if new.is_empty() || snoozed || unreached.contains(&late.who) {
            continue;
        }
        let line = mail_lines(desk, world, names).find(|line| line.line.key == late.step.to_string());
        let Some(line) = line else { continue };
        let before = |role: &Role| told.contains_key(&rung(*role)) && !new.contains(role);
        let line = Escalated {
            manager: world.manager.name.clone(),
            owes: names.person(late.who),
            role: late.role,
            is_review: late.is_review,
            late: late.late,
            told: Role::ALL.into_iter().filter(before).collect(),
            line,
        };
        lines.push((line, new.into_iter().map(rung).collect::<Vec<_>>()));
    }
    lines.sort_by_key(|(line, _)| std::cmp::Reverse(line.late));
    let lines = Short::new(lines, most, desk.url("/"));
    let says: Vec<Told> = lines.shown.iter().flat_map(|(_, says)| says).cloned().collect();
    escalations::put(tx, desk.claimed.id, &says).await?;
    Ok(lines.map(|(line, _)| line))
}

fn reached<'w>(desk: &Desk, world: &'w PlanWorld) -> Vec<Reached<'w>> {
    let (plan, person) = (&world.plan, desk.person.id);
    let today = world.today(desk.moment.now);
    let plays = |role: &Role| holder_on(plan, *role, today) == Some(person);
    // A manager alone stands on no rung: nothing need be counted.
    if ![Role::Mentor, Role::Superior, Role::Hr].iter().any(plays) {
        return Vec::new();
    }
    let ladder = &world.release.program.mail.ladder;
    let late = ladder::late(&world.course(plan), world.zone(), today).into_iter();
    late.filter(|late| late.who != person)
        .filter_map(|late| {
            let rungs: Vec<Role> = ladder.reached(late.role, late.late).filter(plays).collect();
            (!rungs.is_empty()).then_some(Reached { world, late, rungs })
        })
        .collect()
}

/// Those whose address takes no mail: HR hears of that instead.
async fn unreached(tx: &mut Tx, who: impl Iterator<Item = PersonId>) -> Result<BTreeSet<PersonId>, Error> {
    let ids: Vec<PersonId> = who.collect::<BTreeSet<_>>().into_iter().collect();
    let people = people::some(tx, &ids).await?;
    let emails: Vec<String> = people.iter().map(|person| person.email.clone()).collect();
    let bounced: BTreeSet<String> = bounced::among(tx, &emails).await?.into_iter().map(|one| one.email).collect();
    Ok(people.into_iter().filter(|person| bounced.contains(&person.email)).map(|person| person.id).collect())
}
