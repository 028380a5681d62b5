//! Whom the program would tell what on a morning: a preview as a person on a date.

use chrono::NaiveDate;
use serde::Serialize;

use super::Played;
use super::letters::{self, LetterLine};
use crate::engine::access;
use crate::engine::calendar::Dated;
use crate::engine::plan::Standing;
use crate::engine::vocabulary::{Role, Text};

/// What a role's day would show, from a simulation that stopped on its morning.
#[derive(Debug, Clone, Serialize)]
pub struct PreviewPage {
    pub program: Text,
    /// The title of the calendar that dates are counted in.
    pub calendar: Text,
    pub role: Role,
    pub on: NaiveDate,
    /// 0 before the plan's first day.
    pub plan_day: u16,
    pub is_working: bool,
    /// Nobody has the part yet: the mentor has not said yes.
    pub is_vacant: bool,
    pub overdue: Vec<Item>,
    pub today: Vec<Item>,
    /// Within the days that the program calls soon.
    pub soon: Vec<Item>,
    /// Open, and due after that.
    pub later: Vec<Item>,
    pub to_review: Vec<Item>,
    /// Own steps that wait for others.
    pub blocked: Vec<Item>,
    /// The mails of that morning.
    pub letters: Vec<LetterLine>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Item {
    pub title: Text,
    pub members: Vec<String>,
    pub turn: u16,
    pub due: Dated,
    pub minutes: u32,
    /// What it waits for.
    pub waits_for: Vec<Text>,
}

/// A role's day. The simulation has to stop on that morning, or it knows how the day ended.
pub fn preview(played: &Played, role: Role, on: NaiveDate) -> PreviewPage {
    let Played { simulation, release, calendar, .. } = played;
    let plan = &simulation.plan;
    let is_vacant = access::holder(plan, role).is_none();
    let mut page = PreviewPage {
        program: release.program.title.clone(),
        calendar: calendar.title.clone(),
        role,
        on,
        plan_day: calendar.plan_day_of(plan.effective, on),
        is_working: calendar.is_working(on),
        is_vacant,
        overdue: Vec::new(),
        today: Vec::new(),
        soon: Vec::new(),
        later: Vec::new(),
        to_review: Vec::new(),
        blocked: Vec::new(),
        letters: Vec::new(),
    };
    let on_that_morning = simulation.letters.iter().filter(|letter| letter.day == on && letter.to == role);
    page.letters = on_that_morning.map(|letter| letters::line(played, letter)).collect();
    if !is_vacant {
        page.fill(played);
    }
    page
}

impl PreviewPage {
    fn fill(&mut self, played: &Played) {
        let soon = played.calendar.after(self.on, played.release.program.due_soon);
        for (key, step) in &played.simulation.plan.steps {
            let Some(def) = played.release.step(&key.id) else { continue };
            let mut waits_for = Vec::new();
            let list = match played.simulation.plan.standing(step, def, self.on) {
                Standing::InReview { by } if by == self.role => &mut self.to_review,
                _ if def.who != self.role => continue,
                Standing::Overdue { .. } => &mut self.overdue,
                Standing::Open { days: 0 } => &mut self.today,
                Standing::Open { .. } if step.due.date <= soon => &mut self.soon,
                Standing::Open { .. } => &mut self.later,
                Standing::Blocked { by } => {
                    for key in by {
                        let title = played.title(&key.id);
                        if !waits_for.contains(&title) {
                            waits_for.push(title);
                        }
                    }
                    &mut self.blocked
                }
                Standing::Later | Standing::InReview { .. } | Standing::Closed => continue,
            };
            let (title, due) = (def.title.clone(), step.due.clone());
            let name = played.name(key);
            let same = |item: &&mut Item| item.title == title && item.turn == key.turn && item.due.date == due.date;
            match list.iter_mut().find(same) {
                Some(item) => {
                    item.members.extend(name);
                    item.minutes += u32::from(def.effort);
                }
                None => {
                    let (members, minutes) = (name.into_iter().collect(), u32::from(def.effort));
                    list.push(Item { title, members, turn: key.turn, due, minutes, waits_for });
                }
            }
        }
        for list in [
            &mut self.overdue,
            &mut self.today,
            &mut self.soon,
            &mut self.later,
            &mut self.to_review,
            &mut self.blocked,
        ] {
            list.sort_by_key(|item| item.due.date);
        }
    }
}
