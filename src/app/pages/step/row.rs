//! The row of a table for which a step stands.

use diesel_async::AsyncPgConnection;
use serde::Serialize;

use crate::app::pages::field_view::{self, Beside, FieldView};
use crate::app::pages::lines::step_href;
use crate::app::wording::Wording;
use crate::app::worlds::{Names, PlanWorld};
use crate::app::{Error, given};
use crate::engine::access::Viewer;
use crate::engine::form::{Answer, Answers};
use crate::engine::release::StepDef;
use crate::engine::vocabulary::{StepKey, Text};

/// A row of a table that another step was answered with.
#[derive(Debug, Clone, Serialize)]
pub struct FromRow {
    /// The step that asks for the table.
    pub title: Text,
    pub href: String,
    /// The table with this row alone.
    pub answer: FieldView,
}

/// None for whoever may not read the table, and for a step that stands for no row.
pub(super) async fn of(
    conn: &mut AsyncPgConnection,
    viewer: Viewer,
    (world, names): (&PlanWorld, &Names),
    (key, def): (&StepKey, &StepDef),
) -> Result<Option<FromRow>, Error> {
    let Some((source, field)) = def.rows_of() else { return Ok(None) };
    let given = given::readable(conn, viewer.scope(), world, &[source].into()).await?;
    let asked = world.release.step(source).map(|def| Wording::of_step(world, names, viewer, key).step(def));
    Ok(asked.and_then(|asked| {
        let field = asked.ask.iter().find(|one| one.id == field)?;
        let (from, row) = key.row_in(source, field.id.as_str(), &given)?;
        let alone = Answers([(field.id.clone(), Answer::Rows(vec![row.clone()]))].into());
        let answer = field_view::view(field, &alone, &Beside::of(world, names, &from, &[]));
        Some(FromRow { title: asked.title.clone(), href: step_href(&world.plan, &from), answer })
    }))
}
