//! The steps that a brief names, with what can be done about each from the mail itself.

use super::desk::Desk;
use super::{MailLine, Short};
use crate::app::pages::cards;
use crate::app::pages::lines::{self, lines};
use crate::app::wording::Wording;
use crate::app::worlds::{Names, PlanWorld};
use crate::engine::access;
use crate::engine::brief::{self, Mention};
use crate::engine::message::Message;
use crate::engine::plan::Step;
use crate::engine::release::StepDef;
use crate::engine::vocabulary::{Role, StepId, StepKey};
use crate::store::links::{StepAct, StepLink};
use crate::store::snoozes::Snooze;

/// A step can be put off so often in a row.
pub const MOST_SNOOZES: u16 = 3;

/// What a brief names, before its lines have numbers and links.
#[derive(Default)]
pub(super) struct Lists {
    pub overdue: Vec<Line>,
    pub returned: Vec<Line>,
    pub due: Vec<Line>,
    pub to_review: Vec<Line>,
    /// Late as well, and named on another morning.
    pub besides: usize,
}

/// A line, and what it stands for; none where it stands for several.
#[derive(Clone)]
pub(super) struct Line {
    mail: MailLine,
    on: Option<On>,
}

#[derive(Clone)]
struct On {
    link: StepLink,
    acts: Vec<StepAct>,
}

impl Lists {
    /// Adds what a plan has for the reader.
    pub fn add(
        &mut self,
        desk: &Desk,
        (world, program): (&PlanWorld, Option<Message>),
        names: &Names,
        snoozed: &impl Fn(&StepKey) -> Option<Snooze>,
    ) {
        let person = &desk.person;
        let owns_hr = world.plan.cast.hr == person.id;
        let today = world.today(desk.moment.now);
        // While somebody stands in for the mentor, what waits is said to them alone.
        let has_it =
            |role: &Role| (*role != Role::Hr || owns_hr) && access::is_on_duty(&world.plan, person.id, *role, today);
        let roles: Vec<Role> = access::roles(&world.plan, person.viewer()).into_iter().filter(has_it).collect();
        for mail in mail_lines(desk, world, names) {
            let Some((key, step, def)) = found(world, &mail) else { continue };
            let snooze = snoozed(&key);
            if snooze.is_some_and(|snooze| snooze.until > today) {
                continue;
            }
            let named = (&key, step, def);
            let said = brief::mention(&world.plan, &world.release.program, &world.calendar, named, &roles, today);
            let list = match said {
                Some(Mention::Returned) => &mut self.returned,
                Some(Mention::Overdue) => &mut self.overdue,
                Some(Mention::Due) => &mut self.due,
                Some(Mention::ToReview) => &mut self.to_review,
                None => {
                    self.besides +=
                        usize::from(brief::is_late_besides(&world.plan, &world.release.program, named, &roles, today));
                    continue;
                }
            };
            let acts = match said {
                Some(Mention::ToReview) => vec![StepAct::Accept, StepAct::Return],
                Some(Mention::Returned) => done(world, &key, def).into_iter().collect(),
                _ => {
                    let may_snooze = snooze.is_none_or(|snooze| snooze.times < MOST_SNOOZES);
                    done(world, &key, def).into_iter().chain(may_snooze.then_some(StepAct::Snooze)).collect()
                }
            };
            let on = Some(on(world, key, step, acts));
            list.push(Line { mail: MailLine { program: program.clone(), ..mail }, on });
        }
        gather(desk, world, names, [&mut self.overdue, &mut self.due]);
    }

    /// How many things they name.
    pub fn count(&self) -> usize {
        self.overdue.len() + self.returned.len() + self.due.len() + self.to_review.len()
    }

    /// Its lists as they are shown: overdue, returned, due, to review.
    pub fn in_order(mut self) -> [Vec<Line>; 4] {
        // Plan by plan as they were added, they would begin with a plan and not with what is most urgent.
        for list in [&mut self.overdue, &mut self.returned, &mut self.due] {
            list.sort_by_key(|line| line.mail.line.due.date);
        }
        self.to_review.sort_by_key(|line| std::cmp::Reverse(line.mail.line.days));
        [self.overdue, self.returned, self.due, self.to_review]
    }
}

/// The first lines of a list, with numbers and links: what is not shown can't be answered.
pub(super) fn written(lines: Vec<Line>, most: usize, url: &str, desk: &mut Desk) -> Short<MailLine> {
    Short::new(lines, most, url).map(|line| line.written(desk, true))
}

impl Line {
    fn written(self, desk: &mut Desk, is_numbered: bool) -> MailLine {
        let Line { mut mail, on } = self;
        let Some(On { link, acts }) = on else { return mail };
        let number = desk.number(link.plan, &link);
        mail.number = is_numbered.then_some(number);
        mail.acts = acts.into_iter().map(|act| desk.step_act(&StepLink { act, ..link.clone() })).collect();
        mail
    }
}

/// One step as the subject of a letter, with what can be done about it; none when it is not there any more.
pub(super) fn single(
    desk: &mut Desk,
    world: &PlanWorld,
    names: &Names,
    key: &StepKey,
    acts: impl FnOnce(&StepDef) -> Vec<StepAct>,
) -> Option<MailLine> {
    let mail = mail_lines(desk, world, names).find(|line| line.line.key == key.to_string())?;
    let (key, step, def) = found(world, &mail)?;
    let acts = acts(def);
    Some(Line { mail, on: Some(on(world, key, step, acts)) }.written(desk, false))
}

/// Whether a step can be ticked without a word: there is nothing to fill in.
pub(super) fn done(world: &PlanWorld, key: &StepKey, def: &StepDef) -> Option<StepAct> {
    world.plan.asks(key, def).is_empty().then_some(StepAct::Done)
}

fn on(world: &PlanWorld, step: StepKey, stands: &Step, acts: Vec<StepAct>) -> On {
    let act = acts.first().copied().unwrap_or(StepAct::Snooze);
    On { link: StepLink { plan: world.plan.id, step, act, seen: stands.touched }, acts }
}

fn found<'w>(world: &'w PlanWorld, line: &MailLine) -> Option<(StepKey, &'w Step, &'w StepDef)> {
    let key: StepKey = line.line.key.parse().ok()?;
    let (step, def) = world.plan.steps.get(&key).zip(world.release.step(&key.id))?;
    Some((key, step, def))
}

/// Every step of a plan as the reader may see it, without numbers and links that act.
pub(super) fn mail_lines(desk: &Desk, world: &PlanWorld, names: &Names) -> impl Iterator<Item = MailLine> + use<> {
    let base_url = desk.base_url.to_owned();
    lines(world, names, desk.person.viewer(), world.today(desk.moment.now)).into_iter().map(move |line| MailLine {
        url: format!("{base_url}{}", line.href),
        parts: None,
        program: None,
        number: None,
        acts: Vec::new(),
        line,
    })
}

/// Puts one line in place of the rituals that share a page, where the first of them stands; `lists`
/// begin with the most urgent.
pub(super) fn gather<const N: usize>(desk: &Desk, world: &PlanWorld, names: &Names, mut lists: [&mut Vec<Line>; N]) {
    let of_plan = lines::step_href(&world.plan, &StepKey::first(&StepId(String::new()), None));
    for gather in &world.release.program.gather {
        let is_part = |line: &Line| {
            let line = &line.mail.line;
            let gathering = cards::gathering(world, line);
            line.href.starts_with(&of_plan) && gathering.is_some_and(|one| one.id == gather.id)
        };
        let found = lists.iter().enumerate().find_map(|(n, list)| Some((n, list.iter().position(is_part)?)));
        let Some((list, at)) = found else { continue };
        let parts = lists.iter().flat_map(|list| list.iter()).filter(|line| is_part(line)).count();
        let mut one = lists[list][at].mail.clone();
        lists.iter_mut().for_each(|list| list.retain(|line| !is_part(line)));
        let said = Wording::of_plan(world, names).gather(gather);
        one.parts = Some(parts);
        one.url = desk.url(&cards::gather_href(world, gather));
        (one.line.common_title, one.line.title) = (said.title.clone(), said.title);
        (one.line.effort, one.line.turn) = (gather.effort, None);
        lists[list].insert(at, Line { mail: one, on: None });
    }
}

/// The manager's own steps that stand open and are due by a day, gathered.
pub(super) fn open_by(
    desk: &mut Desk,
    world: &PlanWorld,
    names: &Names,
    day: chrono::NaiveDate,
    is_wanted: impl Fn(&MailLine) -> bool,
) -> Vec<MailLine> {
    let open = |line: &MailLine| matches!(line.line.standing, "open" | "overdue") && line.line.due.date <= day;
    let mut list: Vec<Line> = mail_lines(desk, world, names)
        .filter(|line| open(line) && is_wanted(line))
        .map(|mail| Line { mail, on: None })
        .collect();
    gather(desk, world, names, [&mut list]);
    list.into_iter().map(|line| line.mail).collect()
}
