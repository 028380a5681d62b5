//! The one mail of a day; and what is left of it for somebody who wants no reminders: what waits for their
//! answer, and what is late with others.

use chrono::NaiveDate;

use super::desk::Desk;
use super::lists::{Lists, written};
use super::{
    Asked, Body, BriefLetter, EscalationLetter, MOST, MOST_BESIDE_OTHERS, MailLine, OfferLine, Short, StandsIn, Talk,
    escalated, mentor,
};
use crate::app::naming::Naming;
use crate::app::offers::{self, Offered};
use crate::app::pages::lines::step_href;
use crate::app::worlds::{Names, PlanWorld, title};
use crate::app::{Error, reports};
use crate::engine::mail::Topic;
use crate::engine::vocabulary::PlanId;
use crate::engine::zone::local_date;
use crate::store::links::ReportAct;
use crate::store::pool::Tx;
use crate::store::report_answers::{self, About, ReportAnswer};
use crate::store::{plans, snoozes, stopped};

/// What the morning brings; none when there is nothing to say.
pub(super) async fn morning(tx: &mut Tx, desk: &mut Desk<'_>) -> Result<Option<Body>, Error> {
    let brief = named(tx, desk, MOST).await?;
    let wants_no_reminders = stopped::is_stopped(tx, desk.person.id, Topic::Reminders).await?;
    Ok(brief.map(|brief| {
        let is_late_alone = brief.count == brief.escalated.all() && brief.stands_in.is_empty();
        if is_late_alone || wants_no_reminders { Body::Escalation(only(brief)) } else { Body::Brief(brief) }
    }))
}

fn only(brief: BriefLetter) -> EscalationLetter {
    let BriefLetter { name, day, to_review, escalated, today_url, .. } = brief;
    EscalationLetter { name, day, to_review, escalated, today_url }
}

/// What HR's digest says of the day: it stands for their brief.
pub(super) async fn compose(tx: &mut Tx, desk: &mut Desk<'_>) -> Result<Option<Box<BriefLetter>>, Error> {
    Ok(named(tx, desk, MOST_BESIDE_OTHERS).await?.map(Box::new))
}

/// Today's brief of the reader, without what they stopped, and of each list so much; none when it would be
/// empty.
async fn named(tx: &mut Tx, desk: &mut Desk<'_>, most: usize) -> Result<Option<BriefLetter>, Error> {
    let viewer = desk.person.viewer();
    let plans = plans::all(tx, viewer.scope()).await?;
    let asked = plans::asking(tx, desk.person.id).await?;
    let all: Vec<_> = plans.iter().chain(&asked).collect();
    let names = Names::around(tx, viewer.scope(), &all).await?;
    let worlds = desk.library.worlds(tx, plans).await?;
    let naming = Naming::among(&worlds);
    let snoozed = snoozes::of(tx, desk.person.id).await?;
    let today_url = desk.url("/");
    let (mut lists, mut stands, mut offered, mut talks) = (Lists::default(), Vec::new(), Vec::new(), Vec::new());
    for world in &worlds {
        let of_plan = |key: &_| snoozed.get(&(world.plan.id, Clone::clone(key))).copied();
        lists.add(desk, (world, naming.apart(world)), &names, &of_plan);
        let today = world.today(desk.moment.now);
        stands.extend(stands_in(world, &naming, &names, desk, today));
        offered.extend(offers(tx, desk, world, today).await?);
        talks.extend(wanted_talks(tx, desk, world, &names).await?);
    }
    if stopped::is_stopped(tx, desk.person.id, Topic::Reminders).await? {
        lists = Lists { to_review: lists.to_review, ..Lists::default() };
        (stands, offered, talks) = (Vec::new(), Vec::new(), Vec::new());
    }
    let escalated = if stopped::is_stopped(tx, desk.person.id, Topic::Queue).await? {
        lists.to_review.clear();
        Short::new(Vec::new(), most, &today_url)
    } else {
        escalated::of(tx, desk, &worlds, &names, most).await?
    };
    let asked_by = asked_by(tx, desk, asked, &names, most).await?;
    let count = lists.count() + escalated.all() + offered.len() + talks.len();
    // Whoever is asked to be a mentor has a letter about it, and a reminder: that alone makes no brief.
    if count == 0 {
        return Ok(None);
    }
    let besides = lists.besides;
    let [overdue, returned, due, to_review] = lists.in_order().map(|list| written(list, most, &today_url, desk));
    Ok(Some(BriefLetter {
        name: desk.person.name.clone(),
        day: desk.today(),
        stands_in: stands,
        returned,
        overdue,
        besides,
        due,
        to_review,
        escalated,
        count: count + asked_by.all(),
        asked_by,
        talks: Short::new(talks, most, &today_url),
        offered: Short::new(offered, most, &today_url),
        today_url,
        settings_url: desk.url("/settings"),
    }))
}

/// What the day's brief would name, but for one plan: the letter about that one stands for the brief.
pub(super) async fn of_other_plans(tx: &mut Tx, desk: &mut Desk<'_>, but: PlanId) -> Result<Short<MailLine>, Error> {
    let viewer = desk.person.viewer();
    let mut plans = plans::all(tx, viewer.scope()).await?;
    plans.retain(|plan| plan.id != but);
    let names = Names::around(tx, viewer.scope(), &plans.iter().collect::<Vec<_>>()).await?;
    let worlds = desk.library.worlds(tx, plans).await?;
    let naming = Naming::among(&worlds);
    let snoozed = snoozes::of(tx, desk.person.id).await?;
    let mut lists = Lists::default();
    for world in &worlds {
        let of_plan = |key: &_| snoozed.get(&(world.plan.id, Clone::clone(key))).copied();
        lists.add(desk, (world, Some(naming.name(world))), &names, &of_plan);
    }
    let lines = lists.in_order().into_iter().flatten().collect();
    let today_url = desk.url("/");
    Ok(written(lines, MOST, &today_url, desk))
}

fn stands_in(world: &PlanWorld, naming: &Naming, names: &Names, desk: &Desk, today: NaiveDate) -> Option<StandsIn> {
    let person = desk.person.id;
    let deputy = world.plan.arranged.deputy.filter(|deputy| deputy.who == person && deputy.span.holds(today))?;
    let mentor = names.person(world.plan.cast.mentor.mentor()?);
    let manager = world.manager.name.clone();
    Some(StandsIn { mentor, manager, until: deputy.span.until, program: naming.apart(world) })
}

/// Said once: on the morning after the figures came.
async fn offers(tx: &mut Tx, desk: &Desk<'_>, world: &PlanWorld, today: NaiveDate) -> Result<Vec<OfferLine>, Error> {
    let is_new = |offer: &Offered| offer.since >= world.calendar.before(today, 1) && offer.since < today;
    let new = offers::of(tx, world, desk.person.viewer(), today).await?.into_iter().filter(is_new);
    Ok(new
        .map(|offer| OfferLine { url: desk.url(&offer.href), manager: offer.manager, playbook: offer.playbook })
        .collect())
}

/// Said once as well, to the manager: on the morning after somebody asked for it.
async fn wanted_talks(tx: &mut Tx, desk: &mut Desk<'_>, world: &PlanWorld, names: &Names) -> Result<Vec<Talk>, Error> {
    if world.plan.cast.manager != desk.person.id {
        return Ok(Vec::new());
    }
    let (today, calendar) = (desk.today(), desk.calendar(tx).await?);
    let is_new = |at| {
        let on = local_date(at, desk.person.zone);
        on >= calendar.before(today, 1) && on < today
    };
    let answers = report_answers::of_plan(tx, world.plan.id).await?.into_iter();
    let wanted = answers.filter(|answer| answer.answer == ReportAct::Talk && is_new(answer.at));
    let talk = |answer: ReportAnswer| {
        let by = names.person(answer.by);
        match answer.about {
            About::Checkpoint(day) => {
                let url = desk.url(&format!("/plans/{}", world.plan.id));
                Some(Talk { by, plan_day: Some(day), step: None, url })
            }
            // Handed in again since: what they wanted to talk about is not what stands there.
            About::Step(key) if reports::handed_in_at(world, &key).is_none_or(|at| at > answer.at) => None,
            About::Step(key) => {
                let url = desk.url(&step_href(&world.plan, &key));
                Some(Talk { by, plan_day: None, step: Some(title(&world.release, &key)), url })
            }
        }
    };
    Ok(wanted.filter_map(talk).collect())
}

/// Who waits for the reader's answer as a mentor since an earlier day: on the first one a letter says it.
async fn asked_by(
    tx: &mut Tx,
    desk: &mut Desk<'_>,
    asked: Vec<crate::engine::Plan>,
    names: &Names,
    most: usize,
) -> Result<Short<Asked>, Error> {
    let today = desk.today();
    let is_older = |plan: &crate::engine::Plan| {
        plan.cast.mentor.waiting().is_some_and(|(_, at)| local_date(at, desk.person.zone) < today)
    };
    let older: Vec<_> = asked.into_iter().filter(is_older).collect();
    let worlds = desk.library.worlds(tx, older).await?;
    Ok(Short::new(worlds, most, desk.url("/")).map(|world| Asked {
        manager: names.person(world.plan.cast.manager),
        program: world.release.program.title.clone(),
        answer_url: mentor::answer_url(desk, world.plan.id),
    }))
}
