//! The names that a refusal may speak of, for one reader of one plan.

use std::collections::{BTreeSet, HashMap};

use diesel_async::AsyncPgConnection;

use crate::app::Error;
use crate::app::wording::Wording;
use crate::app::worlds::{self, Names, PlanWorld};
use crate::engine::access::{self, Viewer};
use crate::engine::plan::{Plan, StepState};
use crate::engine::vocabulary::{MemberId, PersonId, PlanId, StepId, Text};
use crate::store::people;

/// Titles of steps and names of people and members.
#[derive(Debug, Clone, Default)]
pub struct PlanNames {
    pub steps: HashMap<StepId, Text>,
    pub people: HashMap<PersonId, String>,
    pub members: HashMap<MemberId, String>,
}

/// The names around a plan that a viewer may read.
///
/// # Errors
/// The viewer does not see the plan, or the database fails.
pub async fn of_plan(conn: &mut AsyncPgConnection, viewer: Viewer, plan: PlanId) -> Result<PlanNames, Error> {
    let world = worlds::find(conn, viewer.scope(), plan).await?;
    around(conn, viewer, &world).await
}

/// As [`of_plan`], of a world that is at hand.
///
/// # Errors
/// The database fails.
pub async fn around(conn: &mut AsyncPgConnection, viewer: Viewer, world: &PlanWorld) -> Result<PlanNames, Error> {
    let known = Names::around(conn, viewer.scope(), &[&world.plan]).await?;
    let acted = actors(&world.plan);
    let others: Vec<PersonId> = acted.into_iter().filter(|id| !known.people.contains_key(id)).collect();
    let others = people::some(conn, &others).await?.into_iter().map(|person| (person.id, person.name));
    // A refusal names a member beside any step, so one private fan-out keeps every name out of it.
    let may_name = world.plan.steps.keys().all(|key| {
        let def = world.release.step(&key.id);
        def.is_some_and(|def| access::may_name_member(&world.plan, key, def, viewer))
    });
    let wording = Wording::of_plan(world, &known);
    Ok(PlanNames {
        steps: world.release.steps().map(|def| (def.id.clone(), wording.text(&def.title))).collect(),
        people: known.people.into_iter().chain(others).collect(),
        members: if may_name { known.members.into_iter().collect() } else { HashMap::new() },
    })
}

/// Everybody who handed in or reviewed something: an HR colleague need not be in the cast.
fn actors(plan: &Plan) -> BTreeSet<PersonId> {
    plan.steps
        .values()
        .flat_map(|step| match &step.state {
            StepState::HandedIn { by, .. } | StepState::Returned { by, .. } => vec![*by],
            StepState::Done { by, review, .. } => std::iter::once(*by).chain(review.as_ref().map(|r| r.by)).collect(),
            StepState::Todo { .. } | StepState::Lapsed { .. } | StepState::Closed { .. } => Vec::new(),
        })
        .collect()
}
