//! One page for many weekly rituals: a part for each that stands open now.

use chrono::{DateTime, NaiveDate, Utc};
use diesel_async::AsyncPgConnection;
use serde::Serialize;

use super::cards::{self, Shown};
use super::field_view::{Beside, FieldView};
use super::lines::line;
use super::step_form::{self, Asked, FormProblem, StepForm};
use crate::app::Error;
use crate::app::gather::{self, Sent, prefix};
use crate::app::wording::Wording;
use crate::app::worlds::{self, Names, PlanWorld};
use crate::engine::access::Viewer;
use crate::engine::calendar::Dated;
use crate::engine::condition::{Condition, Path};
use crate::engine::form::{Answers, FieldProblem};
use crate::engine::plan::{Standing, Step, StepState};
use crate::engine::release::{Gather, StepDef};
use crate::engine::ritual;
use crate::engine::vocabulary::{PlanId, StepKey, Text};
use crate::store::{files, writings};

/// The gathering page, as its template takes it.
#[derive(Debug, Clone, Serialize)]
pub struct GatherPage {
    pub plan_href: String,
    pub href: String,
    pub title: Text,
    /// Markdown.
    pub body: Text,
    /// Minutes for all of it.
    pub effort: u16,
    pub today: NaiveDate,
    /// The version of the plan that the page shows; an act on an older one is stopped.
    pub seen: u64,
    /// When it was shown, by the server's clock.
    pub now: DateTime<Utc>,
    /// When the newest of what stands in the form was written.
    pub since: Option<DateTime<Utc>>,
    pub sections: Vec<Section>,
    /// Done, with a reviewer, sent back, or waiting for others: each on its own page.
    pub rest: Vec<Shown>,
    /// When the next one opens, if none is open now.
    pub next: Option<Dated>,
    /// The title of the calendar that it was counted in.
    pub calendar: Text,
    pub problems: Vec<FormProblem>,
    pub has_files: bool,
    /// The form was sent with nothing in it.
    pub is_empty: bool,
    /// What was typed for parts that are no longer open.
    pub not_kept: Vec<NotKept>,
}

/// What was typed for one part that can't take it, to be read and copied.
#[derive(Debug, Clone, Serialize)]
pub struct NotKept {
    pub title: Text,
    pub answers: Vec<FieldView>,
}

/// A ritual that stands open.
#[derive(Debug, Clone, Serialize)]
pub struct Section {
    /// Stands before the names of its fields.
    pub prefix: String,
    pub step: Shown,
    pub body: Text,
    /// Nothing is asked but whether it is done.
    pub is_tick: bool,
    pub is_ticked: bool,
    pub fields: Vec<FieldView>,
    pub draft_saved_at: Option<DateTime<Utc>>,
}

/// The page before its parts are told apart.
#[derive(Debug)]
pub struct Gathering {
    page: GatherPage,
    open: Vec<(StepKey, Section, StepForm)>,
    world: PlanWorld,
    names: Names,
    viewer: Viewer,
}

/// A gathering of a plan.
///
/// # Errors
/// There is none of this name, it is not the viewer's to do, or the database fails.
pub async fn load(
    conn: &mut AsyncPgConnection,
    viewer: Viewer,
    plan: PlanId,
    id: &str,
    now: DateTime<Utc>,
) -> Result<Gathering, Error> {
    let world = worlds::find(conn, viewer.scope(), plan).await?;
    let gather = gather::find(&world, viewer, id)?;
    let names = Names::with_rows(conn, viewer.scope(), &[&world]).await?;
    let today = world.today(now);
    let mut page = empty(&world, &names, gather, now);
    let mut open = Vec::new();
    for (key, step, def) in current(&world, gather, today) {
        let standing = world.plan.standing(step, def, today);
        let shown = cards::shown(line(&world, &names, viewer, (key, step, def), today));
        let is_returned = matches!(step.state, StepState::Returned { .. });
        match standing {
            Standing::Open { .. } | Standing::Overdue { .. } if !is_returned => {
                let wording = Wording::of_step(&world, &names, viewer, key);
                let filled = wording.step(def);
                let form = form(conn, viewer, (&world, &names), (key, step, &filled), now).await?;
                open.push((key.clone(), section(key, shown, &filled, &form), form));
            }
            Standing::Closed if !step.state.is_done() => {}
            _ => page.rest.push(shown),
        }
    }
    page.since = open.iter().filter_map(|(_, _, form)| form.since).max();
    page.has_files = open.iter().any(|(_, _, form)| form.has_files);
    if open.is_empty() {
        page.next = next(&world, &names, gather, today);
    }
    Ok(Gathering { page, open, world, names, viewer })
}

fn empty(world: &PlanWorld, names: &Names, gather: &Gather, now: DateTime<Utc>) -> GatherPage {
    let said = Wording::of_plan(world, names).gather(gather);
    GatherPage {
        plan_href: format!("/plans/{}", world.plan.id),
        href: cards::gather_href(world, gather),
        title: said.title,
        body: said.body,
        effort: gather.effort,
        today: world.today(now),
        seen: world.plan.version,
        now,
        since: None,
        sections: Vec::new(),
        rest: Vec::new(),
        next: None,
        calendar: world.calendar.title.clone(),
        problems: Vec::new(),
        has_files: false,
        is_empty: false,
        not_kept: Vec::new(),
    }
}

/// The turn of each ritual that has opened last. The one after it stands in the plan as soon as this
/// one is done.
fn current<'w>(world: &'w PlanWorld, gather: &Gather, today: NaiveDate) -> Vec<(&'w StepKey, &'w Step, &'w StepDef)> {
    let of = |def: &'w StepDef| {
        let opened = world.plan.of(&def.id).filter(|(key, step)| key.member.is_none() && step.opens.date <= today);
        opened.last().map(|(key, step)| (key, step, def))
    };
    gather.steps.iter().filter_map(|id| world.release.step(id)).filter_map(of).collect()
}

/// The day on which the first of its rituals opens next.
fn next(world: &PlanWorld, names: &Names, gather: &Gather, today: NaiveDate) -> Option<Dated> {
    let plan = &world.plan;
    let of = |def: &StepDef| {
        let (key, newest) = plan.of(&def.id).last()?;
        if newest.opens.date > today {
            return Some(newest.opens.clone());
        }
        ritual::next_turn(&world.course(plan), def, key, today).map(|(_, dates)| dates.opens)
    };
    let opening = gather.steps.iter().filter_map(|id| world.release.step(id)).filter_map(of);
    let first = opening.filter(|opens| opens.date > today).min_by_key(|opens| opens.date)?;
    Some(Wording::of_plan(world, names).dated(&first))
}

async fn form(
    conn: &mut AsyncPgConnection,
    viewer: Viewer,
    (world, names): (&PlanWorld, &Names),
    (key, step, def): (&StepKey, &Step, &StepDef),
    now: DateTime<Utc>,
) -> Result<StepForm, Error> {
    let words = writings::of_plan(conn, viewer.scope(), world.plan.id, Some(key)).await?;
    let heads = files::heads_beside(conn, viewer.scope(), world.plan.id, Some(key), &words).await?;
    let earlier = step.state.evidence().and_then(|evidence| words.iter().find(|words| words.id() == evidence.id));
    let beside = Beside::of(world, names, key, &heads);
    let mut form = step_form::load(conn, viewer, (world, names), (key, def), now, earlier, beside).await?;
    // A part that is left empty lapses, so nothing may stand in it that nobody wrote.
    form.suggest();
    Ok(form)
}

fn section(key: &StepKey, step: Shown, def: &StepDef, form: &StepForm) -> Section {
    Section {
        prefix: prefix(key),
        step,
        body: def.body.clone(),
        is_tick: form.is_tick,
        is_ticked: false,
        fields: Vec::new(),
        draft_saved_at: form.draft_saved_at,
    }
}

impl Gathering {
    /// The parts whose form holds a draft.
    pub fn drafts(&self) -> Vec<StepKey> {
        let has_draft = self.open.iter().filter(|(_, _, form)| form.draft_saved_at.is_some());
        has_draft.map(|(key, ..)| key.clone()).collect()
    }

    /// The page with what was typed into it, and what is wrong with that.
    pub fn typed(&mut self, sent: &Sent, problems: &[FieldProblem]) {
        self.page.is_empty = problems.is_empty() && !sent.iter().any(|(_, given)| gather::has_words(given));
        for (key, given) in sent {
            match self.open.iter_mut().find(|(open, ..)| open == key) {
                Some((_, section, form)) => {
                    let own = problems.iter().filter_map(|problem| {
                        let field = problem.field.strip_prefix(&section.prefix)?.to_owned();
                        Some(FieldProblem { field, message: problem.message.clone() })
                    });
                    section.is_ticked = form.is_tick && gather::has_words(given);
                    form.typed(&given.answers, &own.collect::<Vec<_>>());
                }
                None => self.page.not_kept.extend(not_kept(&self.world, &self.names, self.viewer, key, &given.answers)),
            }
        }
    }

    /// The page, each part under names of its own.
    pub fn page(self) -> GatherPage {
        let mut page = self.page;
        for (_, mut section, form) in self.open {
            let before = section.prefix.clone();
            let title = section.step.line.title.clone();
            let apart = |problem: FormProblem| FormProblem {
                field: format!("{before}{}", problem.field),
                part: Some(title.clone()),
                ..problem
            };
            page.problems.extend(form.problems.into_iter().map(apart));
            section.fields = form.fields.into_iter().map(|view| under(view, &before)).collect();
            page.sections.push(section);
        }
        page
    }
}

fn not_kept(world: &PlanWorld, names: &Names, viewer: Viewer, key: &StepKey, answers: &Answers) -> Option<NotKept> {
    let def = Wording::of_step(world, names, viewer, key).step(world.release.step(&key.id)?);
    let asked = Asked::new(world.plan.asks(key, &def), Beside::of(world, names, key, &[]));
    let answers = asked.typed(answers);
    (!answers.is_empty()).then_some(NotKept { title: def.title, answers })
}

/// A field under a name that no other part has; so are those that its condition asks for.
fn under(mut view: FieldView, before: &str) -> FieldView {
    view.field.id = format!("{before}{}", view.field.id);
    view.field.when = view.field.when.map(|when| asks_under(when, before));
    if let (Some(asked), Some(when)) = (&mut view.asked, &view.field.when) {
        asked.condition = serde_json::to_string(when).unwrap_or_default();
    }
    view
}

fn asks_under(condition: Condition, before: &str) -> Condition {
    let one = |condition: Box<Condition>| Box::new(asks_under(*condition, before));
    match condition {
        Condition::Path(Path::This { field, dimension }) => {
            Condition::Path(Path::This { field: format!("{before}{field}"), dimension })
        }
        Condition::List(items) => Condition::List(items.into_iter().map(|item| asks_under(item, before)).collect()),
        Condition::Not(a) => Condition::Not(one(a)),
        Condition::And(a, b) => Condition::And(one(a), one(b)),
        Condition::Or(a, b) => Condition::Or(one(a), one(b)),
        Condition::Compare(how, a, b) => Condition::Compare(how, one(a), one(b)),
        Condition::In(a, b) => Condition::In(one(a), one(b)),
        Condition::Size(a) => Condition::Size(one(a)),
        other @ (Condition::Bool(_) | Condition::Number(_) | Condition::Text(_) | Condition::Path(_)) => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_condition_asks_for_the_fields_of_its_own_part() {
        let path = |field: &str| Condition::Path(Path::This { field: field.to_owned(), dimension: None });
        let roster = || Box::new(Condition::Path(Path::Roster));
        let both = Condition::And(Box::new(path("a")), Box::new(Condition::In(Box::new(path("b")), roster())));
        let apart = asks_under(both, "coach-3--");
        let asked: Vec<Path> = apart.paths().into_iter().cloned().collect();
        let this = |field: &str| Path::This { field: field.to_owned(), dimension: None };
        assert_eq!(asked, [this("coach-3--a"), this("coach-3--b"), Path::Roster]);
    }
}
