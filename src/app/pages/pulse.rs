//! A team's pulse: what its step shows, and the ballot that a member fills in.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use diesel_async::AsyncPgConnection;
use serde::Serialize;

use super::field_view::{Beside, FieldView, to_fill};
use crate::app::pulses::{self, Blank};
use crate::app::wording::Wording;
use crate::app::worlds::{Names, PlanWorld};
use crate::app::{Error, steps};
use crate::engine::access::{self, Actor, Viewer};
use crate::engine::ballot::{self, FEWEST};
use crate::engine::form::{Answers, FieldProblem};
use crate::engine::release::StepDef;
use crate::engine::vocabulary::{StepKey, Text};
use crate::store::pulses as store;

/// A pulse on the page of its step.
#[derive(Debug, Clone, Serialize)]
pub struct PulseBlock {
    /// later, small, ready, open, sealed, read.
    pub state: &'static str,
    /// The viewer opens it and hands the slips out.
    pub is_yours: bool,
    /// Nobody has answered, so it can be opened anew.
    pub may_discard: bool,
    pub fewest: usize,
    pub members: usize,
    pub codes: usize,
    pub cast: usize,
    pub closes_at: Option<DateTime<Utc>>,
    pub said: Vec<SaidLine>,
}

/// What a team said of a dimension.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SaidLine {
    pub label: Text,
    pub middle: Option<i32>,
    /// Each value and how often it was given, lowest first; none while too few gave one.
    pub times: Vec<(i32, usize)>,
}

/// What a step with a ballot shows; none of a step without, and to whoever may not read what comes of it.
///
/// # Errors
/// The database fails.
pub(super) async fn block(
    conn: &mut AsyncPgConnection,
    viewer: Viewer,
    world: &PlanWorld,
    (key, def): (&StepKey, &StepDef),
    now: DateTime<Utc>,
) -> Result<Option<PulseBlock>, Error> {
    let Some(field) = def.ballot.as_ref().filter(|_| access::may_read(&world.plan, def, viewer)) else {
        return Ok(None);
    };
    let pulse = store::of_step(conn, world.plan.id, key).await?;
    let ballots = pulses::ballots(conn, viewer, world, key, now).await?;
    let members = world.plan.present().count();
    let step = world.plan.steps.get(key);
    let is_open = step.is_some_and(|step| world.plan.standing(step, def, world.today(now)).is_actionable());
    let is_yours = access::may_do(&world.plan, def, viewer);
    let state = match (&pulse, &ballots) {
        (_, Some(_)) => "read",
        (Some(pulse), None) if pulse.is_closed(now) => "sealed",
        (Some(_), None) => "open",
        (None, _) if !is_open => "later",
        (None, _) if members < FEWEST => "small",
        (None, _) => "ready",
    };
    let said = ballots.map_or(Vec::new(), |ballots| {
        let line = |counted: ballot::Counted| SaidLine {
            label: counted.dimension.label.clone(),
            middle: counted.middle(),
            times: if counted.middle().is_some() { counted.times.into_iter().collect() } else { Vec::new() },
        };
        ballot::counted(field, &ballots).into_iter().map(line).collect()
    });
    Ok(Some(PulseBlock {
        state,
        is_yours,
        may_discard: is_yours && pulse.as_ref().is_some_and(|pulse| pulse.cast == 0),
        fewest: FEWEST,
        members,
        codes: pulse.as_ref().map_or(0, |pulse| pulse.codes),
        cast: pulse.as_ref().map_or(0, |pulse| pulse.cast),
        closes_at: pulse.as_ref().map(|pulse| pulse.closes_at),
        said,
    }))
}

/// A ballot, and the zone that its dates are in.
#[derive(Debug, Clone)]
pub struct Opened {
    pub zone: Tz,
    pub page: BallotPage,
}

/// What a member sees who comes with a code.
#[derive(Debug, Clone, Serialize)]
pub struct BallotPage {
    /// open, spent, closed.
    pub state: &'static str,
    pub href: String,
    pub manager: String,
    pub closes_at: DateTime<Utc>,
    pub fewest: usize,
    pub field: FieldView,
    pub problems: Vec<super::step_form::FormProblem>,
}

/// The ballot behind a code, with what was typed into it and what is wrong with that.
///
/// # Errors
/// There is no such code, or the database fails.
pub async fn load(
    conn: &mut AsyncPgConnection,
    code: &str,
    (typed, problems): (&Answers, &[FieldProblem]),
    now: DateTime<Utc>,
) -> Result<Opened, Error> {
    let Blank { pulse, is_spent, world, .. } = pulses::behind(conn, code).await?;
    let names = Names::around(conn, Actor::Program.scope(), &[&world.plan]).await?;
    let def = world.release.step(&pulse.step.id).ok_or(Error::NotFound)?;
    let field = Wording::of_plan(&world, &names).step(def).ballot.ok_or(Error::NotFound)?;
    let fields = std::slice::from_ref(&field);
    let problem = problems.iter().find(|problem| problem.field == field.id).map(|problem| problem.message.clone());
    let problems = problem.iter().map(|message| super::step_form::FormProblem {
        field: field.id.clone(),
        part: None,
        label: field.label.clone(),
        message: message.clone(),
    });
    let problems = problems.collect();
    let shown = to_fill(fields, &field, &steps::fitted(fields, typed.clone()), &Beside::default());
    let page = BallotPage {
        state: if is_spent {
            "spent"
        } else if pulse.is_closed(now) {
            "closed"
        } else {
            "open"
        },
        href: format!("/pulse/{code}"),
        manager: names.person(world.plan.cast.manager),
        closes_at: pulse.closes_at,
        fewest: FEWEST,
        field: FieldView { problem, ..shown },
        problems,
    };
    Ok(Opened { zone: world.zone(), page })
}
