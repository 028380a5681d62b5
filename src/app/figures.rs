//! Figures from a CRM: a CSV is uploaded for a step, each field says how it is worked out from the columns, what
//! would come out is looked at, and only then stands in the form's draft.

mod csv;

use chrono::{Datelike, Days};
use chrono_tz::Tz;
use diesel_async::AsyncPgConnection;

use super::files::Upload;
use super::steps::{self, At};
use super::worlds::{self, PlanWorld};
use super::{Error, Moment};
use crate::engine::access::Viewer;
use crate::engine::calendar::Span;
use crate::engine::chain;
use crate::engine::figures::{Reading, Rule, Table, Unworked, Worked};
use crate::engine::form::{self, Answer, Answers, FieldProblem};
use crate::engine::message::Message;
use crate::engine::release::{Field, FieldKind, StepDef};
use crate::engine::vocabulary::StepKey;
use crate::store::figures::{self, Kept};
use crate::store::pool::Tx;
use crate::store::writings;

/// A year of a team's deals is far below.
pub const MOST_BYTES: usize = 4 * 1024 * 1024;

/// A file that nobody took anything from is dropped after so many hours: it may name customers.
pub const KEPT_HOURS: i64 = 24;

/// The words that count for a figure, in characters, as its field takes them.
const MOST_WORDS: usize = 500;

/// The name of a column, in characters, with what tells it from another.
const MOST_COLUMN: usize = 120;

/// The whole reading, in bytes as JSON; the table's own limit lies above, with room for the spaces of its form.
const MOST_READING: usize = 48 * 1024;

/// Fewer numbers are typed sooner than a file is made.
const FEWEST_FIELDS: usize = 3;

/// The field of the page that takes the file.
pub const FILE: &str = "table";

/// The fields of a form that a file can fill.
pub fn fields(asks: &[Field]) -> impl Iterator<Item = &Field> {
    asks.iter().filter(|field| matches!(field.kind, FieldKind::Number { .. }))
}

/// Whether a step's figures may come from a file.
pub fn may_come_from_file(asks: &[Field]) -> bool {
    fields(asks).count() >= FEWEST_FIELDS
}

/// What was uploaded, and how it was read last.
#[derive(Debug, Clone)]
pub struct Offered {
    pub kept: Kept,
    pub table: Table,
    pub reading: Reading,
    /// The manager's, whose days the period has.
    pub zone: Tz,
}

/// So many lines show what is wrong with a file.
const NAMED_LINES: usize = 10;

impl Offered {
    /// What tells this file, read so, from any other: what is taken must be what was looked at.
    pub fn seal(&self) -> String {
        let reading = serde_json::to_vec(&self.reading).unwrap_or_default();
        hex::encode(&chain::digest(&chain::digest(b"pilothouse figures", &self.kept.body), &reading)[..16])
    }

    /// The figure of a field; none when it is not taken from the file.
    ///
    /// # Errors
    /// Why it can't be worked out (no row says anything, for one), or could not be handed in.
    pub fn figure(&self, field: &Field, period: Span) -> Result<Option<Worked>, Message> {
        let Some(rule) = self.reading.get(&field.id) else { return Ok(None) };
        let worked = self.table.work(rule, period, self.zone).map_err(|unworked| match unworked {
            Unworked::NoColumn(column) => Message::new("figures-no-column").with("column", column),
            Unworked::Unnamed => Message::new("figures-unnamed"),
            Unworked::NoWords => Message::new("figures-no-words"),
        })?;
        let Some(value) = &worked.value else {
            let unsaid =
                || Message::new("figures-unsaid").with("column", &*rule.only).with("says", rule.says.join(", "));
            return Err(match worked.unread.as_slice() {
                [] if worked.is_unsaid => unsaid(),
                [] => Message::new("figures-no-rows"),
                lines => {
                    let named: Vec<String> = lines.iter().take(NAMED_LINES).map(u64::to_string).collect();
                    Message::new("figures-none-reads").with("count", lines.len()).with("lines", named.join(", "))
                }
            });
        };
        let alone = Field { when: None, ..field.clone() };
        let given = Answers([(field.id.clone(), Answer::One(value.clone()))].into());
        match form::check(&[alone], &given, &[]) {
            Ok(_) => Ok(Some(worked)),
            Err(problems) => {
                Err(problems.into_iter().next().map_or(Message::new("figures-no-rows"), |one| one.message))
            }
        }
    }
}

/// A step whose form can be filled from a file, with what it asks.
///
/// # Errors
/// The step is not the viewer's to fill in now, or asks for too few numbers.
async fn filling(
    conn: &mut AsyncPgConnection,
    world: &PlanWorld,
    who: Viewer,
    key: &StepKey,
) -> Result<Vec<Field>, Error> {
    let def = steps::fillable(world, who, key)?;
    let asks = worlds::asks(conn, world, key, def).await?;
    if may_come_from_file(&asks) { Ok(asks) } else { Err(Error::NotFound) }
}

/// Keeps a file to look at, in place of the one before.
///
/// # Errors
/// As [`find`]; or the file is no table, and then the one before stays.
pub async fn keep(tx: &mut Tx, who: Viewer, at: &At, upload: Option<Upload>, moment: &Moment) -> Result<(), Error> {
    let world = worlds::find(tx, who.scope(), at.plan).await?;
    filling(tx, &world, who, &at.step).await?;
    let upload = upload.ok_or_else(|| wrong(Message::new("figures-no-file")))?;
    let too_large = || wrong(Message::new("figures-too-large").with("mb", MOST_BYTES / 1024 / 1024));
    let body = upload.body.filter(|body| body.len() <= MOST_BYTES).ok_or_else(too_large)?;
    csv::read(&body).map_err(wrong)?;
    let name: String = upload.name.chars().filter(|c| !c.is_control()).take(120).collect();
    let name = if name.trim().is_empty() { "figures.csv" } else { name.trim() };
    Ok(figures::keep(tx, (at.plan, &at.step, who.id), name, &body, moment.now).await?)
}

fn wrong(message: Message) -> Error {
    Error::Invalid(vec![FieldProblem { field: FILE.to_owned(), message }])
}

/// What the viewer uploaded for a step; none: nothing yet, or it was dropped.
///
/// # Errors
/// The step is not the viewer's to fill in now, or asks for too few numbers.
pub async fn find(
    conn: &mut AsyncPgConnection,
    who: Viewer,
    world: &PlanWorld,
    key: &StepKey,
) -> Result<(Vec<Field>, Option<Offered>), Error> {
    let asks = filling(conn, world, who, key).await?;
    let Some(kept) = figures::find(conn, (world.plan.id, key, who.id)).await? else { return Ok((asks, None)) };
    let table = csv::read(&kept.body).map_err(wrong)?;
    let reading = figures::reading(conn, (world.plan.id, &key.id, who.id)).await?;
    Ok((asks, Some(Offered { kept, table, reading, zone: world.zone() })))
}

/// Remembers how the columns are read.
///
/// # Errors
/// As [`find`]; or it holds more than it needs.
pub async fn remember(tx: &mut Tx, who: Viewer, at: &At, reading: &Reading, moment: &Moment) -> Result<(), Error> {
    let world = worlds::find(tx, who.scope(), at.plan).await?;
    let asks = filling(tx, &world, who, &at.step).await?;
    let known = |(id, _): &(&String, _)| fields(&asks).any(|field| field.id == **id);
    let reading: Reading = reading.iter().filter(known).map(|(id, rule)| (id.clone(), rule.clone())).collect();
    let is_fit = |rule: &Rule| {
        let columns = [&rule.column, &rule.until, &rule.dated, &rule.only];
        let words: usize = rule.says.iter().map(|typed| typed.chars().count()).sum();
        words <= MOST_WORDS && columns.iter().all(|column| column.chars().count() <= MOST_COLUMN)
    };
    let size = serde_json::to_vec(&reading).map_or(usize::MAX, |bytes| bytes.len());
    if size > MOST_READING || !reading.values().all(is_fit) {
        return Err(wrong(Message::new("figures-too-long").with("max", MOST_WORDS)));
    }
    Ok(figures::remember(tx, (at.plan, &at.step.id, who.id), &reading, moment.now).await?)
}

/// Puts the figures of a period into the draft of the form, beside what stands in it, and drops the file. What
/// can't be worked out leaves its field as it is. `seen` is the seal of what was looked at. False: there is no
/// file any more.
///
/// # Errors
/// As [`find`]; or the file, or how it is read, is no longer what was looked at.
pub async fn take(
    tx: &mut Tx,
    who: Viewer,
    at: &At,
    (seen, period): (&str, Option<Span>),
    moment: &Moment,
) -> Result<bool, Error> {
    let world = worlds::find(tx, who.scope(), at.plan).await?;
    let (asks, offered) = find(tx, who, &world, &at.step).await?;
    let (Some(offered), Some(def)) = (offered, world.release.step(&at.step.id)) else { return Ok(false) };
    if offered.seal() != seen {
        return Err(wrong(Message::new("figures-changed")));
    }
    let period = period.unwrap_or_else(|| self::period(&world, &at.step, def));
    let mut answers = standing(tx, &world, who, &at.step).await?;
    for field in fields(&asks) {
        if let Ok(Some(Worked { value: Some(value), .. })) = offered.figure(field, period) {
            answers.0.insert(field.id.clone(), Answer::One(value));
        }
    }
    steps::save_draft(tx, who, at, answers, moment).await?;
    figures::discard(tx, (at.plan, &at.step, who.id)).await?;
    Ok(true)
}

/// Drops the file.
///
/// # Errors
/// As [`find`].
pub async fn discard(tx: &mut Tx, who: Viewer, at: &At) -> Result<(), Error> {
    let world = worlds::find(tx, who.scope(), at.plan).await?;
    filling(tx, &world, who, &at.step).await?;
    Ok(figures::discard(tx, (at.plan, &at.step, who.id)).await?)
}

/// What stands in the form of a step: the draft, or what came back.
///
/// # Errors
/// The database fails.
pub async fn standing(
    conn: &mut AsyncPgConnection,
    world: &PlanWorld,
    who: Viewer,
    key: &StepKey,
) -> Result<Answers, Error> {
    let draft = writings::draft(conn, world.plan.id, key, who.id).await?;
    let evidence = world.plan.steps.get(key).and_then(|step| step.state.evidence());
    let ids: Vec<_> = evidence.iter().map(|evidence| evidence.id).collect();
    let earlier = writings::some(conn, who.scope(), world.plan.id, &ids).await?;
    Ok(steps::standing(draft, earlier.first()).0)
}

/// The days that a turn's figures are of, unless somebody says otherwise: the month before it is due, or the week
/// up to that day.
pub fn period(world: &PlanWorld, key: &StepKey, def: &StepDef) -> Span {
    let due = world.plan.steps.get(key).map_or(world.plan.effective, |step| step.due.date);
    if def.every.as_ref().is_some_and(|every| every.period.is_short()) {
        return Span { from: due - Days::new(6), until: due };
    }
    let until = due - Days::new(u64::from(due.day()));
    Span { from: until.with_day(1).unwrap_or(until), until }
}
