//! What a deed would change in one plan, as pages show it before it is done.

use chrono::NaiveDate;
use serde::Serialize;

use crate::app::arrange::Previewed;
use crate::app::mornings::Mornings;
use crate::app::wording::Wording;
use crate::app::worlds::{Names, PlanWorld};
use crate::engine::access::{Viewer, holder_on};
use crate::engine::calendar::Dated;
use crate::engine::compare::Changed;
use crate::engine::plan::CloseReason;
use crate::engine::vocabulary::{Role, StepId, StepKey, Text};

/// A plan before and after a deed.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ChangeView {
    /// Nothing that anybody sees would change.
    pub is_empty: bool,
    pub moved: Vec<MovedLine>,
    /// Can be done at once, and could not be before.
    pub opening: Vec<Line>,
    pub changed: Vec<ChangedLine>,
    pub added: Vec<DatedLine>,
    pub removed: Vec<Line>,
    pub closed: Vec<ClosedLine>,
    /// Closed before, and open again.
    pub reopened: Vec<DatedLine>,
    /// Done, and stays so though the change touches it.
    pub done: Vec<Line>,
    pub checkpoints: Vec<CheckpointLine>,
    /// The last day of the program, where it moves.
    pub last_day: Option<DayMove>,
    pub mail: Vec<MailChange>,
    /// The title of the calendar that dates are counted in.
    pub calendar: Text,
}

/// A step by its title.
#[derive(Debug, Clone, Serialize)]
pub struct Line {
    pub title: Text,
    /// About whom, where the title does not say it.
    pub member: Option<String>,
    /// Which turn, when it is not the only one.
    pub turn: Option<u16>,
}

#[derive(Debug, Clone, Serialize)]
pub struct MovedLine {
    #[serde(flatten)]
    pub line: Line,
    pub was: Dated,
    pub now: Dated,
    /// Calendar days later; negative: earlier.
    pub days: i64,
    /// So many calendar days, in either direction.
    pub by: u64,
}

/// A step that is described otherwise.
#[derive(Debug, Clone, Serialize)]
pub struct ChangedLine {
    #[serde(flatten)]
    pub line: Line,
    /// What of it is not as it was, as releases are compared: was, days, and the facets of a step.
    pub keys: Vec<&'static str>,
}

#[derive(Debug, Clone, Serialize)]
pub struct DatedLine {
    #[serde(flatten)]
    pub line: Line,
    pub due: Dated,
}

#[derive(Debug, Clone, Serialize)]
pub struct ClosedLine {
    #[serde(flatten)]
    pub line: Line,
    /// As a state is named: closed, lapsed, not-taken, ended, waived, skipped, plan-ended.
    pub state: &'static str,
}

/// A checkpoint and what slips past the day on which it was.
#[derive(Debug, Clone, Serialize)]
pub struct CheckpointLine {
    pub n: u16,
    /// None: it comes.
    pub was: Option<Dated>,
    /// None: it goes.
    pub now: Option<Dated>,
    /// Its day is not the one that it was.
    pub differs: bool,
    pub slips: Vec<Line>,
}

#[derive(Debug, Clone, Serialize)]
pub struct DayMove {
    pub was: Dated,
    pub now: Dated,
}

/// What the next brief of a role would name besides, and no longer.
#[derive(Debug, Clone, Serialize)]
pub struct MailChange {
    pub role: Role,
    pub name: Option<String>,
    pub more: Vec<Line>,
    pub fewer: Vec<Line>,
}

/// The name of a reason as a state.
pub fn closed_state(reason: CloseReason) -> &'static str {
    match reason {
        CloseReason::MemberLeft => "closed",
        CloseReason::NotTaken => "not-taken",
        CloseReason::Ended => "ended",
        CloseReason::Waived => "waived",
        CloseReason::Skipped => "skipped",
        CloseReason::PlanEnded => "plan-ended",
    }
}

/// A step by its title, as a viewer may read it.
pub fn line(world: &PlanWorld, names: &Names, viewer: Viewer, key: &StepKey) -> Line {
    let def = world.release.step(&key.id);
    let title = def.map(|def| def.title.clone()).unwrap_or_default();
    let wording = Wording::of_step(world, names, viewer, key);
    let member = wording.member.clone().filter(|_| !def.is_some_and(|def| wording.names_member(def)));
    Line { title: wording.text(&title), member, turn: def.and_then(|def| def.number(key)) }
}

fn keys(changed: &Changed) -> Vec<&'static str> {
    let beside = [(changed.is_renamed, "was"), (changed.is_moved, "days")];
    let beside = beside.into_iter().filter_map(|(is, key)| is.then_some(key));
    beside.chain(changed.facets.iter().map(|facet| facet.as_str())).collect()
}

/// What the next mails would name besides, and no longer.
pub fn mail(
    previewed: &Previewed,
    names: &Names,
    viewer: Viewer,
    today: NaiveDate,
    mornings: &Mornings,
) -> Vec<MailChange> {
    let lines = |world: &PlanWorld, keys: &[StepKey]| keys.iter().map(|key| line(world, names, viewer, key)).collect();
    let change = |(role, (more, fewer)): (Role, (Vec<StepKey>, Vec<StepKey>))| MailChange {
        role,
        name: holder_on(&previewed.after.plan, role, today).map(|who| names.person(who)),
        more: lines(&previewed.after, &more),
        fewer: lines(&previewed.before, &fewer),
    };
    mornings.mail(previewed, today).into_iter().map(change).collect()
}

/// The view of a change for a viewer, but for its mail.
pub fn view(previewed: &Previewed, names: &Names, viewer: Viewer, today: NaiveDate, touched: &[StepId]) -> ChangeView {
    let Previewed { before, after } = previewed;
    let found = previewed.comparison(today, touched);
    let line = |world: &PlanWorld, key: &StepKey| line(world, names, viewer, key);
    let now = |key: &StepKey| line(after, key);
    let lines = |keys: &[StepKey]| keys.iter().map(now).collect::<Vec<Line>>();
    let named = |key: &StepKey, dated: &Dated| Wording::of_step(after, names, viewer, key).dated(dated);
    let dated = |(key, due): &(StepKey, Dated)| DatedLine { line: now(key), due: named(key, due) };
    ChangeView {
        is_empty: found.is_empty(),
        mail: Vec::new(),
        moved: found
            .moved
            .iter()
            .map(|one| MovedLine {
                line: now(&one.step),
                was: one.was.clone(),
                now: named(&one.step, &one.now),
                days: (one.now.date - one.was.date).num_days(),
                by: (one.now.date - one.was.date).num_days().unsigned_abs(),
            })
            .collect(),
        opening: lines(&found.opening),
        changed: found.changed.iter().map(|one| ChangedLine { line: now(&one.step), keys: keys(one) }).collect(),
        added: found.added.iter().map(dated).collect(),
        reopened: found.reopened.iter().map(dated).collect(),
        removed: found.removed.iter().map(|key| line(before, key)).collect(),
        closed: found
            .closed
            .iter()
            .map(|(key, reason)| ClosedLine { line: now(key), state: reason.map_or("lapsed", closed_state) })
            .collect(),
        done: lines(&found.done),
        checkpoints: found
            .checkpoints
            .into_iter()
            .map(|one| CheckpointLine {
                n: one.n,
                differs: one.differs(),
                slips: lines(&one.slips),
                was: one.was,
                now: one.now,
            })
            .collect(),
        last_day: found.last_day.map(|(was, now)| DayMove { was, now }),
        calendar: after.calendar.title.clone(),
    }
}
