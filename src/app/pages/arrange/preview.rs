//! What an arrangement, or its undoing, would do, before it is done.

use chrono::NaiveDate;
use diesel_async::AsyncPgConnection;
use serde::Serialize;

use super::banner::{self, DeputyView};
use super::deeds::undo_href;
use super::{OtherPlan, arrangeable, href, others};
use crate::app::arrange::{self, Previewed, Wish};
use crate::app::mornings::Mornings;
use crate::app::pages::change::{self, ChangeView, Line};
use crate::app::pages::history;
use crate::app::wording::Wording;
use crate::app::worlds::{Names, PlanWorld};
use crate::app::{Error, Moment};
use crate::engine::Refusal;
use crate::engine::access::Viewer;
use crate::engine::arrange::Ending;
use crate::engine::calendar::{Dated, Span};
use crate::engine::message::Message;
use crate::engine::plan::{Step, StepState};
use crate::engine::undo;
use crate::engine::vocabulary::{PlanId, Role, StepKey, Text};
use crate::store::facts;

/// What would come of a wish or of an undo.
#[derive(Debug, Clone, Serialize)]
pub struct PreviewPage {
    pub plan_href: String,
    pub arrange_href: String,
    /// Where the button leads.
    pub action: String,
    pub manager: String,
    pub program: Text,
    pub is_undo: bool,
    pub said: Message,
    pub is_pause: bool,
    /// Where a leave has to be entered as well.
    pub others: Vec<OtherPlan>,
    pub reason: Option<String>,
    /// What a step of this plan alone asks for; Markdown.
    pub text: Option<String>,
    /// What was typed, to be kept.
    pub kept: Vec<Kept>,
    /// The version of the plan that the page shows; a plan that changed since is previewed again.
    pub seen: u64,
    pub change: ChangeView,
    /// Who would stand in for the mentor, and in whose place.
    pub deputy: Option<String>,
    pub replaces: Option<DeputyView>,
    pub handed_over: Vec<HandedOver>,
    /// Work done since, which an undo leaves as it is.
    pub stays: Vec<Line>,
}

/// A field as it was typed.
#[derive(Debug, Clone, Serialize)]
pub struct Kept {
    pub name: String,
    pub value: String,
}

/// A step that goes to the deputy.
#[derive(Debug, Clone, Serialize)]
pub struct HandedOver {
    #[serde(flatten)]
    pub line: Line,
    pub due: Dated,
    /// Somebody else does it, and the deputy answers.
    pub is_review: bool,
}

/// What a wish would do.
///
/// # Errors
/// The viewer may arrange nothing here, or the rules don't allow the wish.
pub async fn wish(
    conn: &mut AsyncPgConnection,
    viewer: Viewer,
    plan: PlanId,
    (wish, kept): (&Wish, Vec<Kept>),
    moment: &Moment,
) -> Result<PreviewPage, Error> {
    arrangeable(conn, viewer, plan, moment.now).await?;
    let previewed = arrange::preview(conn, viewer, plan, wish, moment).await?;
    let names = Names::around(conn, viewer.scope(), &[&previewed.before.plan, &previewed.after.plan]).await?;
    let said = said(&previewed.before, &names, viewer, wish);
    let mornings = Mornings::around(conn, &[&previewed.after.plan], moment.now).await?;
    let mut page = page(&previewed, (&names, &mornings), viewer, said, moment);
    page.kept = kept;
    page.action = href(plan);
    match wish {
        Wish::Deputy { who, from, until } => {
            page.deputy = Some(names.person(*who));
            page.replaces = banner::deputy(&previewed.before, &names, previewed.before.today(moment.now));
            let span = Span { from: *from, until: *until };
            page.handed_over = handed_over(&previewed.after, &names, viewer, span);
        }
        Wish::Waive { reason, .. } | Wish::Skip { reason, .. } | Wish::End { reason, .. } => {
            page.reason = Some(reason.trim().to_owned()).filter(|reason| !reason.is_empty());
        }
        Wish::Add(step) => page.text = Some(step.text.clone()).filter(|text| !text.trim().is_empty()),
        Wish::Leave { .. } => page.others = others(conn, viewer, &previewed.before, moment.now).await?,
        Wish::Pause => page.is_pause = true,
        Wish::Move { .. } | Wish::Shift { .. } | Wish::Resume => {}
    }
    Ok(page)
}

/// What undoing a deed would do.
///
/// # Errors
/// As [`wish`]; or there is no such deed, or it is undone elsewhere.
pub async fn undo(
    conn: &mut AsyncPgConnection,
    viewer: Viewer,
    plan: PlanId,
    deed: u64,
    moment: &Moment,
) -> Result<PreviewPage, Error> {
    let (world, _) = arrangeable(conn, viewer, plan, moment.now).await?;
    let facts = facts::read(conn, plan).await?;
    let done = undo::find(&world.plan, &facts, deed).ok_or(Error::NotFound)?;
    let told = history::deeds(conn, viewer, &world, facts).await?.into_iter().find(|act| act.n == deed);
    let told = told.ok_or(Refusal::NothingToUndo)?;
    let previewed = arrange::preview_undo(conn, viewer, plan, deed, moment).await?;
    let names = Names::around(conn, viewer.scope(), &[&previewed.before.plan, &previewed.after.plan]).await?;
    let mornings = Mornings::around(conn, &[&previewed.after.plan], moment.now).await?;
    let mut page = page(&previewed, (&names, &mornings), viewer, told.says, moment);
    page.is_undo = true;
    page.reason = told.words;
    page.action = undo_href(plan, deed);
    let (before, after) = (undo::as_named_now(&done.before, &previewed.after.plan), &previewed.after.plan.steps);
    let worked_since = |(key, step): &(&StepKey, &Step)| {
        is_somebodys_work(&step.state) && before.get(*key).map(|before| &before.state) != Some(&step.state)
    };
    let stays = after.iter().filter(worked_since);
    page.stays = stays.map(|(key, _)| change::line(&previewed.after, &names, viewer, key)).collect();
    Ok(page)
}

/// Whether somebody worked at a step; what only time opened or let lapse, or a deed closed, nobody did.
fn is_somebodys_work(state: &StepState) -> bool {
    match state {
        StepState::HandedIn { .. } | StepState::Returned { .. } | StepState::Done { .. } => true,
        StepState::Todo { earlier } => earlier.is_some(),
        StepState::Lapsed { .. } | StepState::Closed { .. } => false,
    }
}

fn page(
    previewed: &Previewed,
    (names, mornings): (&Names, &Mornings),
    viewer: Viewer,
    said: Message,
    moment: &Moment,
) -> PreviewPage {
    let world = &previewed.before;
    let (plan, today) = (world.plan.id, world.today(moment.now));
    PreviewPage {
        plan_href: format!("/plans/{plan}"),
        arrange_href: href(plan),
        action: String::new(),
        manager: world.manager.name.clone(),
        program: world.release.program.title.clone(),
        is_undo: false,
        said,
        is_pause: false,
        others: Vec::new(),
        reason: None,
        text: None,
        kept: Vec::new(),
        seen: world.plan.version,
        change: ChangeView {
            mail: change::mail(previewed, names, viewer, today, mornings),
            ..change::view(previewed, names, viewer, today, &[])
        },
        deputy: None,
        replaces: None,
        handed_over: Vec::new(),
        stays: Vec::new(),
    }
}

/// A wish as a sentence.
fn said(world: &PlanWorld, names: &Names, viewer: Viewer, wish: &Wish) -> Message {
    let title = |key: &StepKey| change::line(world, names, viewer, key).title;
    match wish {
        Wish::Move { step, due } => {
            let on = world.calendar.on_or_after(*due);
            Message::new("arrange-wish-move").with("step", title(step)).with("due", on)
        }
        Wish::Shift { from, days } => {
            let from: NaiveDate = world.calendar.on_or_after(*from);
            Message::new("arrange-wish-shift").with("from", from).with("days", usize::from(*days))
        }
        Wish::Add(step) => Message::new("arrange-wish-add").with("step", step.title.trim()),
        Wish::Waive { step, .. } => Message::new("arrange-wish-waive").with("step", title(step)),
        Wish::Skip { curriculum, .. } => {
            let found = world.release.curricula.iter().find(|one| one.name == *curriculum);
            let title = found.map(|one| one.title.clone()).unwrap_or_default();
            Message::new("arrange-wish-skip").with("module", title)
        }
        Wish::Leave { from, until } => Message::new("arrange-wish-leave").with("from", *from).with("until", *until),
        Wish::Pause => Message::new("arrange-wish-pause"),
        Wish::Resume => Message::new("arrange-wish-resume"),
        Wish::Deputy { who, from, until } => Message::new("arrange-wish-deputy")
            .with("name", names.person(*who))
            .with("from", *from)
            .with("until", *until),
        Wish::End { how, .. } => Message::new(match how {
            Ending::Graduated => "arrange-wish-graduate",
            Ending::Early => "arrange-wish-early",
            Ending::Cancelled => "arrange-wish-cancel",
        }),
    }
}

/// What of the mentor's is there in the days in which somebody stands in: what falls due in them or
/// before, what is open by then, and what waits for an answer already.
fn handed_over(world: &PlanWorld, names: &Names, viewer: Viewer, span: Span) -> Vec<HandedOver> {
    let mut found: Vec<HandedOver> = world
        .plan
        .steps
        .iter()
        .filter(|(_, step)| !step.state.is_closed())
        .filter_map(|(key, step)| {
            let def = world.release.step(&key.id)?;
            let waits = matches!(step.state, StepState::HandedIn { .. });
            let is_review = def.who != Role::Mentor;
            let is_mentors = if is_review { def.review == Some(Role::Mentor) } else { !waits };
            let is_there = if is_review { waits } else { step.opens.date <= span.until };
            let is_then = is_there || step.due.date <= span.until;
            (is_then && is_mentors).then(|| HandedOver {
                line: change::line(world, names, viewer, key),
                due: Wording::of_step(world, names, viewer, key).dated(&step.due),
                is_review,
            })
        })
        .collect();
    found.sort_by_key(|one| one.due.date);
    found
}
