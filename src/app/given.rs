//! What a reader may know of what steps of a plan were answered with.

use std::collections::{BTreeMap, BTreeSet};

use diesel_async::AsyncPgConnection;

use super::Error;
use super::worlds::PlanWorld;
use crate::engine::access::Scope;
use crate::engine::form::Answers;
use crate::engine::growth::Known;
use crate::engine::release::{ColumnKind, FieldKind, Release, StepDef};
use crate::engine::vocabulary::{PlanId, StepId, StepKey, WritingId};
use crate::store::writings;

/// The answers that stand in these steps, as far as the scope may read them. What no longer reads, or was
/// erased, is as good as not answered.
///
/// # Errors
/// The database fails.
pub async fn readable(
    conn: &mut AsyncPgConnection,
    scope: Scope,
    world: &PlanWorld,
    steps: &BTreeSet<&StepId>,
) -> Result<Known, Error> {
    let turns = steps.iter().flat_map(|id| world.plan.of(id));
    let wanted: BTreeMap<WritingId, &StepKey> =
        turns.filter_map(|(key, step)| Some((step.state.evidence()?.id, key))).collect();
    let ids: Vec<WritingId> = wanted.keys().copied().collect();
    let read = writings::some(conn, scope, world.plan.id, &ids).await?;
    let answers = read.iter().filter_map(|writing| {
        let answers: Answers = serde_json::from_str(&writing.words()?).ok()?;
        Some(((*wanted.get(&writing.id())?).clone(), answers))
    });
    Ok(answers.collect())
}

/// What each step that stands for a row of a table is about, for whoever may read the table.
pub type Rows = BTreeMap<(PlanId, StepKey), String>;

/// What the steps of these plans are about that stand for rows.
///
/// # Errors
/// The database fails.
pub async fn rows(conn: &mut AsyncPgConnection, scope: Scope, worlds: &[&PlanWorld]) -> Result<Rows, Error> {
    let mut found = Rows::new();
    for world in worlds {
        let stands = |def: &&StepDef| world.plan.of(&def.id).next().is_some();
        let defs: Vec<&StepDef> = world.release.steps().filter(|def| def.is_of_rows()).filter(stands).collect();
        let sources: BTreeSet<&StepId> = defs.iter().filter_map(|def| Some(def.rows_of()?.0)).collect();
        if sources.is_empty() {
            continue;
        }
        let given = readable(conn, scope, world, &sources).await?;
        for def in defs {
            let about = |key: &StepKey| Some(((world.plan.id, key.clone()), about(&world.release, def, key, &given)?));
            found.extend(world.plan.of(&def.id).filter_map(|(key, _)| about(key)));
        }
    }
    Ok(found)
}

/// The cell that says what a row is about: in the column that the step names, or the first of words.
fn about(release: &Release, def: &StepDef, key: &StepKey, given: &Known) -> Option<String> {
    let (source, field) = def.rows_of()?;
    let asked = release.step(source)?.ask.iter().find(|one| one.id == field)?;
    let FieldKind::Table { columns, .. } = &asked.kind else { return None };
    let first = || columns.iter().find(|column| column.kind == ColumnKind::Text).map(|column| &column.id);
    let column = def.about.as_ref().or_else(first)?;
    let cell = key.row_in(source, field, given)?.1.get(column)?.trim();
    (!cell.is_empty()).then(|| cell.to_owned())
}
