//! What the answers of a plan add up to: the views of its curricula, as far as the viewer may read what
//! they are made of.

mod rated;
mod shown;

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use diesel_async::AsyncPgConnection;
use serde::Serialize;

pub(super) use rated::questions;
pub use rated::{Given, RatedView, Score};
pub use shown::{CellCheck, CountLine, FlagLine, Shown, TableLine, ViewShown};

use super::lines::step_href;
use crate::app::Error;
use crate::app::given;
use crate::app::pulses;
use crate::app::wording::Wording;
use crate::app::worlds::{self, Names, PlanWorld};
use crate::engine::access::{self, Viewer};
use crate::engine::growth::Known;
use crate::engine::release::Curriculum;
use crate::engine::view::{Said, Sight, View};
use crate::engine::vocabulary::{PlanId, StepId, StepKey, Text};

/// Every page of views of a plan.
#[derive(Debug, Clone, Serialize)]
pub struct PracticePage {
    pub plan_href: String,
    /// The viewer is the plan's manager.
    pub is_own: bool,
    pub manager: String,
    pub pages: Vec<PageLink>,
}

/// A page of views, in a list.
#[derive(Debug, Clone, Serialize)]
pub struct PageLink {
    pub href: String,
    pub title: Text,
    /// What it shows.
    pub views: Vec<Text>,
    /// Whether anything stands in it yet.
    pub is_begun: bool,
    /// Things worth a look.
    pub flags: usize,
}

/// The views of one curriculum.
#[derive(Debug, Clone, Serialize)]
pub struct ViewsPage {
    pub practice_href: String,
    pub is_own: bool,
    pub manager: String,
    pub title: Text,
    pub views: Vec<ViewShown>,
}

/// Where a view gets its answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SourceLink {
    pub title: Text,
    /// None while the step is not in the plan.
    pub href: Option<String>,
}

/// A plan with what the viewer may read of its answers.
pub(super) struct Reading<'a> {
    pub world: &'a PlanWorld,
    pub names: &'a Names,
    pub given: Known,
    pub said: Said,
    pub now: DateTime<Utc>,
}

impl<'a> Reading<'a> {
    /// # Errors
    /// The database fails.
    pub async fn load(
        conn: &mut AsyncPgConnection,
        viewer: Viewer,
        (world, names): (&'a PlanWorld, &'a Names),
        views: impl IntoIterator<Item = &View>,
        now: DateTime<Utc>,
    ) -> Result<Reading<'a>, Error> {
        let mut steps: BTreeSet<&StepId> = views.into_iter().flat_map(|view| view.steps(&world.release)).collect();
        // What became of rows is answered in the steps that stand for them.
        let rows = world.release.steps().filter(|def| def.rows_of().is_some_and(|(of, _)| steps.contains(of)));
        let rows: Vec<&StepId> = rows.map(|def| &def.id).collect();
        steps.extend(rows);
        let given = given::readable(conn, viewer.scope(), world, &steps).await?;
        let said = pulses::said(conn, viewer, world, &steps, now).await?;
        Ok(Reading { world, names, given, said, now })
    }

    pub fn sight(&self) -> Sight<'_> {
        let PlanWorld { plan, release, calendar, .. } = self.world;
        let (zone, today) = (self.world.zone(), self.world.today(self.now));
        Sight { plan, release, given: &self.given, said: &self.said, zone, calendar, today }
    }

    pub fn wording(&self) -> Wording<'_> {
        Wording::of_plan(self.world, self.names)
    }

    /// Where a view gets its answers, so that an empty one says how to fill it.
    fn sources(&self, view: &View) -> Vec<SourceLink> {
        let link = |id: &StepId| {
            let def = self.world.release.step(id)?;
            let turns: Vec<_> = self.world.plan.of(id).collect();
            let next = turns.iter().find(|(_, step)| !step.state.is_closed()).or(turns.last());
            let href = next.map(|(key, _)| step_href(&self.world.plan, key));
            Some(SourceLink { title: self.wording().text(&def.title), href })
        };
        view.steps(&self.world.release).into_iter().filter_map(link).collect()
    }
}

/// The views of a curriculum that a viewer may see: of steps of which they read one at least.
fn visible<'a>(world: &'a PlanWorld, viewer: Viewer, curriculum: &'a Curriculum) -> Vec<&'a View> {
    let reads = |id: &StepId| world.release.step(id).is_some_and(|def| access::may_read(&world.plan, def, viewer));
    let sees = |view: &&View| view.steps(&world.release).into_iter().any(reads);
    curriculum.views.iter().filter(sees).collect()
}

/// The pages of views of a plan.
///
/// # Errors
/// The viewer does not see the plan, or the database fails.
pub async fn load(
    conn: &mut AsyncPgConnection,
    viewer: Viewer,
    plan: PlanId,
    now: DateTime<Utc>,
) -> Result<PracticePage, Error> {
    let world = worlds::find(conn, viewer.scope(), plan).await?;
    let names = Names::around(conn, viewer.scope(), &[&world.plan]).await?;
    let curricula: Vec<(&Curriculum, Vec<&View>)> = world
        .release
        .curricula
        .iter()
        .map(|curriculum| (curriculum, visible(&world, viewer, curriculum)))
        .filter(|(_, views)| !views.is_empty())
        .collect();
    let all = curricula.iter().flat_map(|(_, views)| views.iter().copied());
    let reading = Reading::load(conn, viewer, (&world, &names), all, now).await?;
    let pages = curricula.iter().map(|(curriculum, views)| {
        let shown: Vec<Shown> = views.iter().map(|view| shown::shown(&reading, view)).collect();
        PageLink {
            href: format!("/plans/{plan}/practice/{}", curriculum.name),
            title: curriculum.title.clone(),
            views: views.iter().map(|view| view.title.clone()).collect(),
            is_begun: shown.iter().any(|one| !matches!(one, Shown::Empty)),
            flags: shown.iter().map(Shown::flags).sum(),
        }
    });
    Ok(PracticePage {
        plan_href: format!("/plans/{plan}"),
        is_own: world.plan.cast.manager == viewer.id,
        manager: names.person(world.plan.cast.manager),
        pages: pages.collect(),
    })
}

/// The views of one curriculum of a plan.
///
/// # Errors
/// The viewer does not see the plan or any of these views, or the database fails.
pub async fn views(
    conn: &mut AsyncPgConnection,
    viewer: Viewer,
    plan: PlanId,
    curriculum: &str,
    now: DateTime<Utc>,
) -> Result<ViewsPage, Error> {
    let world = worlds::find(conn, viewer.scope(), plan).await?;
    let names = Names::around(conn, viewer.scope(), &[&world.plan]).await?;
    let found = world.release.curricula.iter().find(|one| one.name == curriculum).ok_or(Error::NotFound)?;
    let views = visible(&world, viewer, found);
    if views.is_empty() {
        return Err(Error::NotFound);
    }
    let reading = Reading::load(conn, viewer, (&world, &names), views.iter().copied(), now).await?;
    let shown = views.iter().map(|view| shown_of(&reading, view));
    Ok(ViewsPage {
        practice_href: format!("/plans/{plan}/practice"),
        is_own: world.plan.cast.manager == viewer.id,
        manager: names.person(world.plan.cast.manager),
        title: found.title.clone(),
        views: shown.collect(),
    })
}

/// One view with what stands in it.
pub(super) fn shown_of(reading: &Reading, view: &View) -> ViewShown {
    ViewShown {
        id: view.id.clone(),
        title: view.title.clone(),
        help: view.help.clone(),
        from: reading.sources(view),
        shown: shown::shown(reading, view),
    }
}

/// The page that puts the answers of a step's curriculum together.
pub(super) fn href_beside(world: &PlanWorld, viewer: Viewer, key: &StepKey) -> Option<String> {
    let home = world.release.curriculum_of(&key.id)?;
    let is_there = !visible(world, viewer, home).is_empty();
    is_there.then(|| format!("/plans/{}/practice/{}", world.plan.id, home.name))
}

/// Whether a plan has anything to look at for a viewer.
pub(super) fn has_views(world: &PlanWorld, viewer: Viewer) -> bool {
    world.release.curricula.iter().any(|curriculum| !visible(world, viewer, curriculum).is_empty())
}
