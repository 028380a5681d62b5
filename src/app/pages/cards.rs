//! Steps as cards: the members of a fan-out that fall due together share one.

use serde::Serialize;

use super::branches::Decided;
use super::lines::{StepLine, WaitsFor};
use crate::app::wording::Wording;
use crate::app::worlds::{Names, PlanWorld};
use crate::engine::calendar::Dated;
use crate::engine::message::Message;
use crate::engine::release::Gather;
use crate::engine::vocabulary::{Role, StepKey, Text};

/// A step, or a fan-out that falls due together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Card {
    pub title: Text,
    pub curriculum: Text,
    /// Which plan, where a page shows several.
    pub program: Option<Message>,
    /// As `partials/pill` names it.
    pub state: &'static str,
    /// Sent back by a reviewer, whatever else its state says.
    pub returned: bool,
    pub due: Dated,
    /// The title of the calendar that the dates were counted in.
    pub calendar: Text,
    pub days: i64,
    /// As in [`StepLine`].
    pub away: i64,
    /// Minutes, for one of its lines.
    pub effort: u16,
    pub who: Role,
    pub reviewer: Option<Role>,
    pub turn: Option<u16>,
    pub is_fan_out: bool,
    pub waits_for: Vec<Blocker>,
    /// One for each member; never empty.
    pub lines: Vec<Shown>,
    /// Rituals that share a page; its address.
    pub gathered: Option<String>,
}

impl Card {
    /// How many things there are to do: one for each member, one for a page with many parts.
    pub fn count(&self) -> usize {
        if self.gathered.is_some() { 1 } else { self.lines.len() }
    }
}

/// A line of a list, with what templates need beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Shown {
    #[serde(flatten)]
    pub line: StepLine,
    pub state: &'static str,
    /// About a member whose name stays private.
    pub nameless: bool,
    /// For a step that was not taken: what decided.
    pub decided: Vec<Decided>,
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
        "open" | "overdue" if line.rests => "resting",
        "open" if line.returned => "returned",
        "open" if line.days == 0 => "today",
        other => other,
    }
}

/// A line with what templates need beside it.
pub fn shown(line: StepLine) -> Shown {
    let is_of_member = key(&line).is_some_and(|key| key.member.is_some());
    Shown { state: state(&line), nameless: is_of_member && line.member.is_none(), decided: Vec::new(), line }
}

/// The lines as cards, in the order of each card's first line.
pub fn grouped(program: Option<&Message>, lines: impl IntoIterator<Item = StepLine>) -> Vec<Card> {
    let mut cards: Vec<(Option<StepKey>, Card)> = Vec::new();
    for line in lines {
        let chain = key(&line).map(|key| StepKey { member: None, ..key });
        let line = shown(line);
        let same = cards.iter_mut().find(|(of, card)| {
            *of == chain && card.due == line.line.due && card.state == line.state && card.returned == line.line.returned
        });
        match same {
            Some((_, card)) => card.lines.push(line),
            None => cards.push((chain, card(program, line))),
        }
    }
    cards.into_iter().map(|(_, card)| named(card)).collect()
}

/// A card of one member whose title says the name needs no list of names.
fn named(mut card: Card) -> Card {
    if let [only] = card.lines.as_slice()
        && only.line.names_member
    {
        card.title = only.line.title.clone();
        card.is_fan_out = false;
    }
    card
}

/// As [`grouped`], with the rituals that share a page as one card.
pub fn gathered(
    world: &PlanWorld,
    names: &Names,
    program: Option<&Message>,
    lines: impl IntoIterator<Item = StepLine>,
) -> Vec<Card> {
    let mut parts: Vec<(&Gather, Vec<StepLine>)> = Vec::new();
    let mut single = Vec::new();
    for line in lines {
        let gather = gathering(world, &line);
        match parts.iter_mut().find(|(of, _)| gather.is_some_and(|gather| gather.id == of.id)) {
            Some((_, lines)) => lines.push(line),
            None => match gather {
                Some(gather) => parts.push((gather, vec![line])),
                None => single.push(line),
            },
        }
    }
    let parts = parts.into_iter().filter_map(|(gather, lines)| {
        let mut lines = lines.into_iter().map(shown);
        let mut card = card(program, lines.next()?);
        let gather = Wording::of_plan(world, names).gather(gather);
        card.gathered = Some(gather_href(world, &gather));
        card.title = gather.title;
        card.effort = gather.effort;
        card.curriculum = world.release.program.title.clone();
        card.turn = None;
        card.lines.extend(lines);
        Some(card)
    });
    let mut cards: Vec<Card> = parts.collect();
    cards.extend(grouped(program, single));
    cards.sort_by_key(|card| card.due.date);
    cards
}

/// The page on which a line is handed in with others; what was returned has its own.
pub fn gathering<'w>(world: &'w PlanWorld, line: &StepLine) -> Option<&'w Gather> {
    let is_open = matches!(line.standing, "open" | "overdue") && !line.returned;
    world.release.program.gathering(&key(line)?.id).filter(|_| is_open)
}

/// The address of the page of a gathering.
pub fn gather_href(world: &PlanWorld, gather: &Gather) -> String {
    format!("/plans/{}/weekly/{}", world.plan.id, gather.id)
}

fn card(program: Option<&Message>, shown: Shown) -> Card {
    let line = &shown.line;
    Card {
        title: line.common_title.clone(),
        curriculum: line.curriculum.clone(),
        program: program.cloned(),
        state: shown.state,
        returned: line.returned,
        due: line.due.clone(),
        calendar: line.calendar.clone(),
        days: line.days,
        away: line.away,
        effort: line.effort,
        who: line.who,
        reviewer: line.reviewer,
        turn: line.turn,
        is_fan_out: shown.nameless || line.member.is_some(),
        waits_for: blockers(&line.waits_for),
        lines: vec![shown],
        gathered: None,
    }
}

/// What is waited for, each title once.
pub fn blockers(waits_for: &[WaitsFor]) -> Vec<Blocker> {
    let mut found: Vec<Blocker> = Vec::new();
    for one in waits_for {
        match found.iter_mut().find(|blocker| blocker.title == one.common_title) {
            Some(blocker) => blocker.lines.push(one.clone()),
            None => found.push(Blocker { title: one.common_title.clone(), lines: vec![one.clone()] }),
        }
    }
    for blocker in &mut found {
        if let [only] = blocker.lines.as_mut_slice()
            && only.names_member
        {
            blocker.title = only.title.clone();
            only.member = None;
        }
    }
    found
}

/// The key of a line.
pub fn key(line: &StepLine) -> Option<StepKey> {
    line.key.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::calendar::samples::{calendar, date};

    fn line(standing: &'static str, days: i64, returned: bool) -> StepLine {
        let words = Text { en: "Talk".to_owned(), zh_tw: "談話".to_owned() };
        let due = calendar().plan_day(date("2030-03-04"), 1);
        StepLine {
            href: "/plans/p/steps/talk".to_owned(),
            key: "talk".to_owned(),
            title: words.clone(),
            common_title: words.clone(),
            curriculum: words,
            member: None,
            names_member: false,
            manager: String::new(),
            who: Role::Manager,
            opens: due.clone(),
            due,
            calendar: calendar().title,
            standing,
            days,
            away: 0,
            rests: false,
            is_added: false,
            returned,
            waits_for: Vec::new(),
            reviewer: None,
            closed_on: None,
            effort: 15,
            turn: None,
            about: None,
            is_ritual: false,
        }
    }

    #[test]
    fn an_open_step_says_first_that_it_came_back_then_that_it_is_due_today() {
        assert_eq!(state(&line("open", 0, true)), "returned");
        assert_eq!(state(&line("open", 0, false)), "today");
        assert_eq!(state(&line("open", 1, false)), "open");
        assert_eq!(state(&line("overdue", 3, true)), "overdue");
        assert_eq!(state(&line("review", 0, false)), "in-review");
    }

    #[test]
    fn a_step_of_a_member_whose_name_is_private_is_nameless() {
        let private = StepLine { key: format!("talk.{}", uuid::Uuid::nil()), ..line("open", 1, false) };
        assert!(shown(private).nameless);
        assert!(!shown(line("open", 1, false)).nameless);
    }

    fn waits_for(title: &str, member: Option<&str>, names_member: bool) -> WaitsFor {
        let words = |text: &str| Text { en: text.to_owned(), zh_tw: text.to_owned() };
        WaitsFor {
            key: "talk".parse().expect("a key"),
            title: words(title),
            common_title: words("Talk with {{member.name}}"),
            member: member.map(str::to_owned),
            names_member,
            href: None,
        }
    }

    #[test]
    fn members_who_are_waited_for_share_their_title() {
        let found =
            blockers(&[waits_for("Talk with Chen", Some("Chen"), true), waits_for("Talk with Lin", Some("Lin"), true)]);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].title.en, "Talk with {{member.name}}");
        assert_eq!(found[0].lines.len(), 2);
    }

    #[test]
    fn a_title_that_says_the_members_name_stands_without_it_again() {
        let found = blockers(&[waits_for("Talk with Chen", Some("Chen"), true)]);
        assert_eq!(found[0].title.en, "Talk with Chen");
        assert_eq!(found[0].lines[0].member, None);
    }
}
