//! The page behind a link in the mail that acts: on a step, on a report; and how that stands by now.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use diesel_async::AsyncPgConnection;
use serde::Serialize;

use super::cards::{self, Shown};
use super::lines::line;
use super::names::{self, PlanNames};
use super::step::Typed;
use crate::app::from_mail::{self, Pressed};
use crate::app::worlds::{Names, PlanWorld};
use crate::app::{Error, snoozing};
use crate::engine::Refusal;
use crate::engine::message::Message;
use crate::engine::vocabulary::{Lang, StepKey};
use crate::store::links::{Found, StepAct};

/// The page, the reader in whose language and hours it speaks, and why a press would do nothing, with the
/// names to say that with.
#[derive(Debug, Clone)]
pub struct Linked {
    pub lang: Lang,
    pub zone: Tz,
    pub refusal: Option<Refusal>,
    pub names: PlanNames,
    pub page: ActPage,
}

/// What the page shows.
#[derive(Debug, Clone, Serialize)]
pub struct ActPage {
    pub name: String,
    /// What the link does: done, snooze, accept, return, seen, talk.
    pub act: &'static str,
    /// open: it can be pressed; instead: so too, and takes the place of another answer; done; form: the step
    /// asks for more than a press; moved: the step has moved on; refused: as `why` says; left: the step is not
    /// in the plan any more; gone: the plan is not the reader's any more.
    pub state: &'static str,
    /// None about a report, and when it left or is not theirs.
    pub step: Option<Shown>,
    pub report: Option<Report>,
    /// The first day on which letters name the step again.
    pub until: Option<NaiveDate>,
    pub may_undo: bool,
    /// Where more can be done, after signing in.
    pub url: String,
    pub line: Typed,
    /// Why it can't be pressed; in words, which `render` has.
    pub why: Option<Message>,
}

/// The report that a superior answers.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    pub manager: String,
    pub plan_day: u16,
    pub date: NaiveDate,
}

/// How things stand behind a link; looking changes nothing.
///
/// # Errors
/// There is no such link, or the database fails.
pub async fn load(conn: &mut AsyncPgConnection, secret: &str, now: DateTime<Utc>) -> Result<Linked, Error> {
    let pressed = from_mail::behind(conn, secret).await?;
    let mut linked = Linked {
        lang: pressed.person.lang,
        zone: pressed.person.zone,
        refusal: None,
        names: PlanNames::default(),
        page: gone(&pressed),
    };
    let Some(world) = &pressed.world else { return Ok(linked) };
    linked.names = names::around(conn, pressed.who, world).await?;
    linked.page.url = format!("/plans/{}", world.plan.id);
    match &pressed.does {
        Found::Step(on) => {
            let around = Names::around(conn, pressed.who.scope(), &[&world.plan]).await?;
            linked.page.step = shown(&pressed, world, &around, &on.step, now);
            linked.page.until = (on.act == StepAct::Snooze).then(|| until(&pressed, world, now));
        }
        Found::Report { day, .. } => {
            let date = world.calendar.plan_date(world.plan.effective, *day);
            linked.page.report = Some(Report { manager: world.manager.name.clone(), plan_day: *day, date });
        }
    }
    if let Some(step) = &linked.page.step {
        linked.page.url.clone_from(&step.line.href);
    } else if matches!(pressed.does, Found::Step(_)) {
        linked.page.state = "left";
        return Ok(linked);
    }
    if pressed.is_done(world, now) {
        (linked.page.state, linked.page.may_undo) = ("done", pressed.may_undo(world, now));
    } else if let Err(refusal) = pressed.would_do(world, now) {
        linked.page.state = match refusal {
            Refusal::Evidence(_) => "form",
            Refusal::Changed { .. } => "moved",
            _ => "refused",
        };
        linked.refusal = Some(refusal);
    } else {
        linked.page.state = if pressed.answer.is_some() { "instead" } else { "open" };
    }
    Ok(linked)
}

fn gone(pressed: &Pressed) -> ActPage {
    ActPage {
        name: pressed.person.name.clone(),
        act: match &pressed.does {
            Found::Step(on) => on.act.as_str(),
            Found::Report { act, .. } => act.as_str(),
        },
        state: "gone",
        step: None,
        report: None,
        until: None,
        may_undo: false,
        url: "/".to_owned(),
        line: Typed::default(),
        why: None,
    }
}

fn shown(pressed: &Pressed, world: &PlanWorld, names: &Names, key: &StepKey, now: DateTime<Utc>) -> Option<Shown> {
    let (step, def) = world.plan.steps.get(key).zip(world.release.step(&key.id))?;
    Some(cards::shown(line(world, names, pressed.who, (key, step, def), world.today(now))))
}

fn until(pressed: &Pressed, world: &PlanWorld, now: DateTime<Utc>) -> NaiveDate {
    let today = world.today(now);
    snoozing::lasts(pressed.snooze, today).unwrap_or_else(|| snoozing::until(today, snoozing::DAYS))
}
