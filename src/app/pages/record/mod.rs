//! The record of a plan: what was planned, done and learned, for its manager to take along.
//!
//! What only the manager and the mentor read is left out unless the manager ticks it. The words travel with
//! their salts beside the chain of facts, so that anybody can verify them without this program's database.

mod proof;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Days, NaiveDate, Utc};
use diesel_async::AsyncPgConnection;
use serde::Serialize;

pub use proof::{Proven, ProvenFact, ProvenWriting, Unproven, Verified, proven, verify};

use super::cards;
use super::field_view::{Beside, FieldView};
use super::lines::line;
use super::practice::{self, Reading, Shown, ViewShown};
use super::step_form;
use crate::app::wording::Wording;
use crate::app::worlds::{self, Names, PlanWorld};
use crate::app::{Error, earlier};
use crate::engine::access::{self, Viewer};
use crate::engine::plan::{Plan, Progress, Step, StepState, WritingRef};
use crate::engine::release::{Curriculum, StepDef};
use crate::engine::view::{Show, View};
use crate::engine::vocabulary::{PersonId, PlanId, Role, StepId, StepKey, Text};
use crate::engine::zone::local_date;
use crate::store::writings::Writing;
use crate::store::{facts, people, writings};

/// The page on which a record is chosen and read.
#[derive(Debug, Clone, Serialize)]
pub struct RecordPage {
    pub plan_href: String,
    pub href: String,
    /// Where the program is reached: a file that stands alone leads back to it.
    pub base_url: String,
    /// The viewer is the plan's manager, who alone adds private words.
    pub is_own: bool,
    pub private: Vec<PrivateStep>,
    /// As in an address, what was ticked.
    pub query: String,
    /// It can be had as PDF as well.
    pub has_pdf: bool,
    pub record: Record,
}

/// A step whose words go no further than manager and mentor.
#[derive(Debug, Clone, Serialize)]
pub struct PrivateStep {
    pub id: String,
    pub title: Text,
    pub is_ticked: bool,
}

/// The record itself.
#[derive(Debug, Clone, Serialize)]
pub struct Record {
    pub manager: String,
    pub program: Text,
    /// The hash of the release that the plan runs.
    pub release: String,
    pub effective: NaiveDate,
    pub made_at: DateTime<Utc>,
    pub ended_on: Option<NaiveDate>,
    pub progress: Progress,
    pub cast: Vec<Part>,
    pub modules: Vec<RecordModule>,
    /// Steps whose private words were left out.
    pub left_out: usize,
    /// How many facts the chain has, and its newest link, in hex.
    pub facts: usize,
    pub head: String,
}

/// Who plays a part.
#[derive(Debug, Clone, Serialize)]
pub struct Part {
    pub role: Role,
    pub name: String,
}

/// A curriculum with what came of it.
#[derive(Debug, Clone, Serialize)]
pub struct RecordModule {
    pub title: Text,
    pub steps: Vec<RecordStep>,
    pub views: Vec<ViewShown>,
}

/// A step that was done, or that is under way.
#[derive(Debug, Clone, Serialize)]
pub struct RecordStep {
    pub title: Text,
    pub member: Option<String>,
    pub about: Option<String>,
    pub turn: Option<u16>,
    /// As `partials/pill` names it.
    pub state: &'static str,
    pub on: Option<NaiveDate>,
    pub answers: Vec<FieldView>,
    /// Words that were left out.
    pub is_private: bool,
    pub said: Vec<Said>,
}

/// What somebody wrote about it.
#[derive(Debug, Clone, Serialize)]
pub struct Said {
    pub by: String,
    pub at: DateTime<Utc>,
    pub words: String,
}

/// Whether nobody but manager and mentor reads what a step is answered with.
fn is_private(def: &StepDef) -> bool {
    !def.visible_to.iter().any(|role| matches!(role, Role::Superior | Role::Hr))
}

/// The page of a record.
///
/// # Errors
/// The viewer does not see the plan, or the database fails.
pub async fn load(
    conn: &mut AsyncPgConnection,
    viewer: Viewer,
    plan: PlanId,
    ticked: &BTreeSet<String>,
    base_url: &str,
    now: DateTime<Utc>,
) -> Result<RecordPage, Error> {
    let world = worlds::find(conn, viewer.scope(), plan).await?;
    let is_own = world.plan.cast.manager == viewer.id;
    let ticked = if is_own { ticked.clone() } else { BTreeSet::new() };
    let names = Names::with_rows(conn, viewer.scope(), &[&world]).await?;
    let wording = Wording::of_plan(&world, &names);
    let stands = |def: &&StepDef| world.plan.of(&def.id).any(|(_, step)| step.state.evidence().is_some());
    let private = world.release.steps().filter(|def| is_private(def)).filter(stands).map(|def| PrivateStep {
        id: def.id.to_string(),
        title: wording.text(&def.title),
        is_ticked: ticked.contains(def.id.as_str()),
    });
    let pairs: Vec<String> = ticked.iter().map(|id| format!("private={id}")).collect();
    Ok(RecordPage {
        plan_href: format!("/plans/{plan}"),
        href: format!("/plans/{plan}/record"),
        base_url: base_url.to_owned(),
        is_own,
        private: if is_own { private.collect() } else { Vec::new() },
        query: pairs.join("&"),
        has_pdf: false,
        record: record(conn, viewer, (&world, &names), &ticked, now).await?,
    })
}

async fn record(
    conn: &mut AsyncPgConnection,
    viewer: Viewer,
    (world, names): (&PlanWorld, &Names),
    ticked: &BTreeSet<String>,
    now: DateTime<Utc>,
) -> Result<Record, Error> {
    let plan = &world.plan;
    let words = writings::of_plan(conn, viewer.scope(), plan.id, None).await?;
    let authors: Vec<_> = words.iter().map(Writing::author).collect::<BTreeSet<_>>().into_iter().collect();
    let authors: BTreeMap<_, String> =
        people::some(conn, &authors).await?.into_iter().map(|person| (person.id, person.name)).collect();
    let may_hold = |id: &StepId| {
        let def = world.release.step(id);
        def.is_some_and(|def| !is_private(def) || ticked.contains(def.id.as_str()))
    };
    let was_upgraded = facts::was_upgraded(conn, plan.id).await?;
    let (mut modules, mut left_out) = (Vec::new(), 0);
    for curriculum in &world.release.curricula {
        let mut steps = Vec::new();
        for def in &curriculum.steps {
            for (key, step) in plan.of(&def.id).filter(|(_, step)| is_told(step)) {
                let own = Own { key, step, def, may_hold: may_hold(&def.id) };
                let asked_then = match step.state.evidence() {
                    Some(evidence) if was_upgraded => earlier::answered_def(conn, world, evidence).await?,
                    _ => None,
                };
                steps.push(told(viewer, (world, names), &own, asked_then.as_ref(), (&words, &authors), now));
            }
        }
        left_out += steps.iter().filter(|step| step.is_private).count();
        let views = views(conn, viewer, (world, names), curriculum, &may_hold, now).await?;
        if !steps.is_empty() || !views.is_empty() {
            modules.push(RecordModule { title: curriculum.title.clone(), steps, views });
        }
    }
    let sealed = facts::of_plan(conn, plan.id).await?;
    let part = |role: Role| access::holder(plan, role).map(|who| Part { role, name: names.person(who) });
    Ok(Record {
        manager: names.person(plan.cast.manager),
        program: world.release.program.title.clone(),
        release: plan.release.clone(),
        effective: plan.effective,
        made_at: now,
        ended_on: plan.arranged.ended.as_ref().map(|ended| local_date(ended.at, world.zone())),
        progress: plan.progress(&world.release),
        cast: Role::ALL.into_iter().filter_map(part).collect(),
        modules,
        left_out,
        facts: sealed.len(),
        head: hex::encode(plan.head),
    })
}

/// A step of a plan, and whether its words may stand in the record.
struct Own<'a> {
    key: &'a StepKey,
    step: &'a Step,
    def: &'a StepDef,
    may_hold: bool,
}

/// Whether a record tells of a step: of what was done, or waits for an answer.
fn is_told(step: &Step) -> bool {
    matches!(step.state, StepState::Done { .. } | StepState::HandedIn { .. } | StepState::Returned { .. })
}

fn told(
    viewer: Viewer,
    (world, names): (&PlanWorld, &Names),
    own: &Own,
    asked_then: Option<&StepDef>,
    (words, authors): (&[Writing], &BTreeMap<PersonId, String>),
    now: DateTime<Utc>,
) -> RecordStep {
    let Own { key, step, def, may_hold } = own;
    let shown = cards::shown(line(world, names, viewer, (key, step, def), world.today(now)));
    let wording = Wording::of_step(world, names, viewer, key);
    let asked = wording.step(asked_then.unwrap_or(def));
    let of_step: Vec<&Writing> =
        words.iter().filter(|one| one.step_key.as_deref() == Some(key.to_string().as_str())).collect();
    let find = |reference: Option<WritingRef>| {
        let id = reference?.id;
        of_step.iter().find(|one| one.id() == id).and_then(|one| one.words())
    };
    let beside = Beside::of(world, names, key, &[]);
    let evidence = step.state.evidence();
    // Words that the viewer may not read are not among these, but for that they stand there.
    let is_left_out = evidence.is_some_and(|evidence| {
        let readable = of_step.iter().find(|one| one.id() == evidence.id);
        readable.is_none_or(|one| !may_hold && one.words().is_some())
    });
    let evidence = find(evidence);
    let answers = evidence.as_deref().filter(|_| *may_hold);
    let answers = answers.and_then(|body| step_form::answered(&asked, body, &beside)).unwrap_or_default();
    let line = match &step.state {
        StepState::Returned { line, .. } => Some(line.id),
        StepState::Done { review: Some(review), .. } => review.line.map(|line| line.id),
        _ => None,
    };
    let is_said = |one: &&&Writing| one.is_comment() || Some(one.id()) == line;
    let said = of_step.iter().filter(is_said).filter_map(|one| {
        let by = authors.get(&one.author()).cloned().unwrap_or_default();
        Some(Said { by, at: one.written_at, words: one.words()? })
    });
    RecordStep {
        title: shown.line.title.clone(),
        member: shown.line.member.clone().filter(|_| !shown.line.names_member),
        about: shown.line.about.clone().filter(|_| *may_hold),
        turn: shown.line.turn,
        state: shown.state,
        on: shown.line.closed_on,
        is_private: is_left_out,
        said: if *may_hold { said.collect() } else { Vec::new() },
        answers,
    }
}

/// The views of a curriculum that are made of what the record may hold.
async fn views(
    conn: &mut AsyncPgConnection,
    viewer: Viewer,
    (world, names): (&PlanWorld, &Names),
    curriculum: &Curriculum,
    may_hold: &dyn Fn(&StepId) -> bool,
    now: DateTime<Utc>,
) -> Result<Vec<ViewShown>, Error> {
    let holds = |view: &&View| {
        // A scorecard shows those ratings that it may, and needs not all.
        let steps = view.steps(&world.release);
        matches!(view.show, Show::Ratings { .. }) || steps.into_iter().all(may_hold)
    };
    let held: Vec<&View> = curriculum.views.iter().filter(holds).collect();
    if held.is_empty() {
        return Ok(Vec::new());
    }
    let mut reading = Reading::load(conn, viewer, (world, names), held.iter().copied(), now).await?;
    reading.given.retain(|key, _| may_hold(&key.id));
    let shown = held.into_iter().map(|view| practice::shown_of(&reading, view));
    Ok(shown.filter(|view| !matches!(view.shown, Shown::Empty)).collect())
}

/// So many days after the last checkpoint the record is offered.
const OFFERED_DAYS: u64 = 30;

/// Where a manager finds the record while it is offered: the last checkpoint has come, or the plan has ended.
pub(super) fn offered(world: &PlanWorld, today: NaiveDate) -> Option<String> {
    let plan = &world.plan;
    let last =
        world.release.program.checkpoints.iter().max().map(|last| world.calendar.plan_date(plan.effective, *last));
    let has_come = last.is_some_and(|on| on <= today && today <= on + Days::new(OFFERED_DAYS));
    let is_time = plan.arranged.ended.is_some() || has_come;
    (is_time && has_record(plan)).then(|| format!("/plans/{}/record", plan.id))
}

/// Whether there is anything to take along yet.
pub(super) fn has_record(plan: &Plan) -> bool {
    plan.steps.values().any(is_told)
}
