//! A sheet of paper for a talk: what a step asks, with room to write and nothing that was answered.

use chrono::{DateTime, Utc};
use diesel_async::AsyncPgConnection;
use serde::Serialize;

use super::cards::{self, Shown};
use super::field_view::{Beside, FieldView, to_fill};
use super::lines::line;
use crate::app::Error;
use crate::app::wording::Wording;
use crate::app::worlds::{self, Names};
use crate::engine::access::{self, Viewer};
use crate::engine::form::Answers;
use crate::engine::release::{Field, FieldKind};
use crate::engine::vocabulary::{PlanId, StepKey};

/// Rows of a table, where it may have as many.
const ROWS: u16 = 5;

/// A step's questions on paper.
#[derive(Debug, Clone, Serialize)]
pub struct SheetPage {
    pub step: Shown,
    pub fields: Vec<FieldView>,
}

/// The sheet of a step that the viewer does.
///
/// # Errors
/// The step is not the viewer's to do, it asks nothing, or the database fails.
pub async fn load(
    conn: &mut AsyncPgConnection,
    viewer: Viewer,
    plan: PlanId,
    key: &StepKey,
    now: DateTime<Utc>,
) -> Result<SheetPage, Error> {
    let world = worlds::find(conn, viewer.scope(), plan).await?;
    let step = world.plan.steps.get(key).ok_or(Error::NotFound)?;
    let def = world.release.step(&key.id).ok_or(Error::NotFound)?;
    if !access::may_do(&world.plan, def, viewer) {
        return Err(Error::NotFound);
    }
    let names = Names::around(conn, viewer.scope(), &[&world.plan]).await?;
    let filled = Wording::of_step(&world, &names, viewer, key).step(def);
    let asks = worlds::asks(conn, &world, key, &filled).await?;
    if asks.is_empty() {
        return Err(Error::NotFound);
    }
    Ok(SheetPage {
        step: cards::shown(line(&world, &names, viewer, (key, step, def), world.today(now))),
        fields: empty(&asks),
    })
}

/// Fields with nothing in them, and as many rows as paper has room for.
pub(crate) fn empty(asks: &[Field]) -> Vec<FieldView> {
    let one = |field| {
        let mut view = to_fill(asks, field, &Answers::default(), &Beside::default());
        if let FieldKind::Table { min_rows, max_rows, of: None, .. } = field.kind {
            view.rows.resize_with(ROWS.min(max_rows).max(min_rows).into(), Default::default);
        }
        view
    };
    asks.iter().map(one).collect()
}
