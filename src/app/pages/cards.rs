//! Steps as cards: the members of a fan-out that fall due together share one.

use serde::Serialize;

use super::lines::{StepLine, WaitsFor};
use crate::app::worlds::PlanWorld;
use crate::engine::calendar::Dated;
use crate::engine::vocabulary::{Role, StepKey, Text};

/// A step, or a fan-out that falls due together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Card {
    pub title: Text,
    pub curriculum: Text,
    /// The program, where a page shows several plans.
    pub program: Option<Text>,
    /// As `partials/pill` names it.
    pub state: &'static str,
    /// Sent back by a reviewer, whatever else its state says.
    pub returned: bool,
    pub due: Dated,
    /// The title of the calendar that the dates were counted in.
    pub calendar: Text,
    pub days: i64,
    /// Minutes, for one of its lines.
    pub effort: u16,
    pub who: Role,
    pub reviewer: Option<Role>,
    pub turn: Option<u16>,
    pub is_fan_out: bool,
    pub waits_for: Vec<Blocker>,
    /// One for each member; never empty.
    pub lines: Vec<Shown>,
}

/// A line of a list, with what templates need beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Shown {
    #[serde(flatten)]
    pub line: StepLine,
    pub state: &'static str,
    /// About a member whose name stays private.
    pub nameless: bool,
    pub dated: Dated,
}

/// A step that others wait for; of a fan-out, the members that are still open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Blocker {
    pub title: Text,
    pub lines: Vec<WaitsFor>,
}

/// The name of a line's state for `partials/pill`.
pub fn state(line: &StepLine) -> &'static str {
    match line.standing {
        "review" => "in-review",
        "open" if line.returned => "returned",
        "open" if line.days == 0 => "today",
        other => other,
    }
}

/// A line with what templates need beside it.
pub fn shown(line: StepLine) -> Shown {
    let is_of_member = key(&line).is_some_and(|key| key.member.is_some());
    Shown {
        state: state(&line),
        nameless: is_of_member && line.member.is_none(),
        dated: Dated { date: line.due, why: line.why.clone() },
        line,
    }
}

/// The lines as cards, in the order of each card's first line.
pub fn grouped(world: &PlanWorld, program: Option<&Text>, lines: impl IntoIterator<Item = StepLine>) -> Vec<Card> {
    let mut cards: Vec<(Option<StepKey>, Card)> = Vec::new();
    for line in lines {
        let chain = key(&line).map(|key| StepKey { member: None, ..key });
        let line = shown(line);
        let same = cards.iter_mut().find(|(of, card)| {
            *of == chain && card.due == line.dated && card.state == line.state && card.returned == line.line.returned
        });
        match same {
            Some((_, card)) => card.lines.push(line),
            None => cards.push((chain, card(world, program, line))),
        }
    }
    cards.into_iter().map(|(_, card)| card).collect()
}

fn card(world: &PlanWorld, program: Option<&Text>, shown: Shown) -> Card {
    let line = &shown.line;
    Card {
        title: line.title.clone(),
        curriculum: line.curriculum.clone(),
        program: program.cloned(),
        state: shown.state,
        returned: line.returned,
        due: shown.dated.clone(),
        calendar: world.calendar.title.clone(),
        days: line.days,
        effort: line.effort,
        who: line.who,
        reviewer: line.reviewer,
        turn: line.turn,
        is_fan_out: shown.nameless || line.member.is_some(),
        waits_for: blockers(&line.waits_for),
        lines: vec![shown],
    }
}

/// What is waited for, each title once.
pub fn blockers(waits_for: &[WaitsFor]) -> Vec<Blocker> {
    let mut found: Vec<Blocker> = Vec::new();
    for one in waits_for {
        match found.iter_mut().find(|blocker| blocker.title == one.title) {
            Some(blocker) => blocker.lines.push(one.clone()),
            None => found.push(Blocker { title: one.title.clone(), lines: vec![one.clone()] }),
        }
    }
    found
}

/// The key of a line.
pub fn key(line: &StepLine) -> Option<StepKey> {
    line.key.parse().ok()
}
