//! What is published, for HR: releases, one of them in full, and the calendars.

use chrono::{DateTime, NaiveDate, Utc};
use diesel_async::AsyncPgConnection;
use serde::Serialize;

use super::drafts::{self, DraftLine};
use super::people::{Mistakes, for_hr};
use super::rollout;
use crate::app::{Error, rollouts};
use crate::engine::access::Viewer;
use crate::engine::calendar::{Calendar, Span};
use crate::engine::message::Message;
use crate::engine::release::{Curriculum, Field, FieldKind, Number, Period, Release, StepDef, Window};
use crate::engine::vocabulary::{Role, Text};
use crate::store::releases::Published;
use crate::store::{plans, releases};

/// Every release and calendar.
#[derive(Debug, Clone, Serialize)]
pub struct CurriculaPage {
    pub drafts: Vec<DraftLine>,
    /// What is wrong with an upload.
    pub mistakes: Mistakes,
    pub releases: Vec<ReleaseLine>,
    pub calendars: Vec<CalendarLine>,
}

#[derive(Debug, Clone, Serialize)]
pub struct ReleaseLine {
    pub href: String,
    pub title: Text,
    pub summary: Text,
    /// The first digits of the hash, as people say it.
    pub short_hash: String,
    pub hash: String,
    pub published_at: DateTime<Utc>,
    /// New plans start on it.
    pub is_current: bool,
    pub steps: usize,
    /// Plans pinned to it.
    pub plans: usize,
}

#[derive(Debug, Clone, Serialize)]
pub struct CalendarLine {
    pub name: String,
    pub title: Text,
    pub source: String,
    pub known: Span,
    pub provisional: Option<Span>,
    /// Days off outside the weekend.
    pub holidays: usize,
    /// Weekend days that are worked.
    pub workdays: usize,
    /// The known days end within half a year, or have ended.
    pub ends_soon: bool,
}

/// One release in full.
#[derive(Debug, Clone, Serialize)]
pub struct ReleasePage {
    pub release: ReleaseLine,
    pub cast: Vec<Role>,
    /// Plan days.
    pub checkpoints: Vec<u16>,
    /// Running plans of the program on other releases, when this one is current.
    pub behind: usize,
    /// Where HR looks at what it would do to them.
    pub rollout_href: String,
    pub modules: Vec<Module>,
}

/// A curriculum of the release.
#[derive(Debug, Clone, Serialize)]
pub struct Module {
    /// The end of its id on the page.
    pub name: String,
    pub title: Text,
    pub summary: Text,
    pub steps: Vec<StepView>,
}

/// A step as its author wrote it.
#[derive(Debug, Clone, Serialize)]
pub struct StepView {
    pub id: String,
    /// The line of the content map.
    pub source: Option<String>,
    pub title: Text,
    /// Markdown.
    pub body: Text,
    pub who: Role,
    /// `B3–B10`, one per listed day.
    pub windows: Vec<String>,
    /// Working days that a later joiner has; none when it is not a step per member.
    pub each_within: Option<u16>,
    pub every: Option<Message>,
    /// `B250`: the day after which no turn is due.
    pub until: Option<String>,
    pub after: Vec<Text>,
    pub ask: Vec<Asked>,
    pub review: Option<Role>,
    pub visible_to: Vec<Role>,
    pub effort: u16,
}

/// A piece of evidence that a step asks for.
#[derive(Debug, Clone, Serialize)]
pub struct Asked {
    pub label: Text,
    pub help: Option<Text>,
    pub required: bool,
    /// What kind of answer.
    pub kind: Message,
    /// The options of a choice or the columns of a table.
    pub parts: Vec<Text>,
}

/// What is published.
///
/// # Errors
/// The viewer is not HR, or the database fails.
pub async fn load(conn: &mut AsyncPgConnection, viewer: Viewer, today: NaiveDate) -> Result<CurriculaPage, Error> {
    for_hr(viewer)?;
    let pinned = pinned(conn, viewer).await?;
    let releases = releases::all(conn).await?.iter().map(|one| release_line(one, &pinned)).collect();
    let calendars = releases::calendars(conn).await?.into_iter().map(|one| calendar_line(one, today)).collect();
    let drafts = drafts::all(conn, viewer).await?;
    Ok(CurriculaPage { drafts, mistakes: Mistakes::default(), releases, calendars })
}

/// One release in full.
///
/// # Errors
/// The viewer is not HR, there is no such release, or the database fails.
pub async fn load_one(conn: &mut AsyncPgConnection, viewer: Viewer, hash: &str) -> Result<ReleasePage, Error> {
    for_hr(viewer)?;
    let pinned = pinned(conn, viewer).await?;
    let all = releases::all(conn).await?;
    let found = all.into_iter().find(|one| one.release.hash == hash).ok_or(Error::NotFound)?;
    let release = &found.release;
    let behind = if found.is_current { rollouts::affected(conn, viewer, release).await?.len() } else { 0 };
    Ok(ReleasePage {
        behind,
        rollout_href: rollout::href(hash),
        release: release_line(&found, &pinned),
        cast: release.program.cast.clone(),
        checkpoints: release.program.checkpoints.clone(),
        modules: release.curricula.iter().map(|curriculum| module(release, curriculum)).collect(),
    })
}

/// The release of every plan.
pub(super) async fn pinned(conn: &mut AsyncPgConnection, viewer: Viewer) -> Result<Vec<String>, Error> {
    Ok(plans::all(conn, viewer.scope()).await?.into_iter().map(|plan| plan.release).collect())
}

fn release_line(published: &Published, pinned: &[String]) -> ReleaseLine {
    let release = &published.release;
    ReleaseLine {
        href: format!("/curricula/{}", release.hash),
        title: release.program.title.clone(),
        summary: release.program.summary.clone(),
        short_hash: release.hash.chars().take(12).collect(),
        hash: release.hash.clone(),
        published_at: published.published_at,
        is_current: published.is_current,
        steps: release.steps().count(),
        plans: pinned.iter().filter(|hash| **hash == release.hash).count(),
    }
}

fn calendar_line(calendar: Calendar, today: NaiveDate) -> CalendarLine {
    let published_until = calendar.provisional.map_or(calendar.known.until, |span| span.from);
    CalendarLine {
        name: calendar.name,
        title: calendar.title,
        source: calendar.source,
        known: calendar.known,
        provisional: calendar.provisional,
        holidays: calendar.holidays.len(),
        workdays: calendar.workdays.len(),
        ends_soon: (published_until - today).num_days() < 183,
    }
}

fn module(release: &Release, curriculum: &Curriculum) -> Module {
    Module {
        name: curriculum.name.clone(),
        title: curriculum.title.clone(),
        summary: curriculum.summary.clone(),
        steps: curriculum.steps.iter().map(|def| step(release, def)).collect(),
    }
}

fn step(release: &Release, def: &StepDef) -> StepView {
    StepView {
        id: def.id.to_string(),
        source: def.source.clone(),
        title: def.title.clone(),
        body: def.body.clone(),
        who: def.who,
        windows: def.windows.iter().map(Window::to_string).collect(),
        each_within: def.each.map(|each| each.within),
        every: def.every.as_ref().map(|every| period(every.period)),
        until: def.every.as_ref().map(|every| every.until.to_string()),
        after: def.after.iter().filter_map(|id| release.step(id)).map(|other| other.title.clone()).collect(),
        ask: def.ask.iter().map(asked).collect(),
        review: def.review,
        visible_to: def.visible_to.clone(),
        effort: def.effort,
    }
}

/// How often, as words.
pub(super) fn period(period: Period) -> Message {
    match period {
        Period::WorkingDays(n) => Message::new("curricula-every-working-days").with("n", i64::from(n)),
        Period::Weekly(day) => Message::new("curricula-every-week").with("weekday", day.to_string()),
        Period::Months(n) => Message::new("curricula-every-months").with("n", i64::from(n)),
    }
}

fn asked(field: &Field) -> Asked {
    let (kind, parts) = match &field.kind {
        FieldKind::LongText { min, max, .. } | FieldKind::Text { min, max, .. } => {
            (Message::new("curricula-ask-text").with("min", i64::from(*min)).with("max", i64::from(*max)), Vec::new())
        }
        FieldKind::Choice { options } => (
            Message::new("curricula-ask-choice").with("count", options.len()),
            options.iter().map(|option| option.label.clone()).collect(),
        ),
        FieldKind::Several { options, min, max } => (
            Message::new("curricula-ask-several").with("min", i64::from(*min)).with("max", i64::from(*max)),
            options.iter().map(|option| option.label.clone()).collect(),
        ),
        FieldKind::Person => (Message::new("curricula-ask-person"), Vec::new()),
        FieldKind::Smart { .. } => (Message::new("curricula-ask-smart"), Vec::new()),
        FieldKind::Rating { dimensions, min, max, .. } => (
            Message::new("curricula-ask-rating").with("min", i64::from(*min)).with("max", i64::from(*max)),
            dimensions.iter().map(|one| one.label.clone()).collect(),
        ),
        FieldKind::File { max_mb } => (Message::new("curricula-ask-file").with("max", i64::from(*max_mb)), Vec::new()),
        FieldKind::Link => (Message::new("curricula-ask-link"), Vec::new()),
        FieldKind::Scale { min, max, low, high } => (
            Message::new("curricula-ask-scale").with("min", i64::from(*min)).with("max", i64::from(*max)),
            [low, high].into_iter().flatten().cloned().collect(),
        ),
        FieldKind::Number { min, max, .. } => (number(*min, *max), Vec::new()),
        FieldKind::Date => (Message::new("curricula-ask-date"), Vec::new()),
        FieldKind::Table { columns, min_rows, max_rows, of: _ } => (
            Message::new("curricula-ask-table").with("min", i64::from(*min_rows)).with("max", i64::from(*max_rows)),
            columns.iter().map(|column| column.label.clone()).collect(),
        ),
    };
    Asked { label: field.label.clone(), help: field.help.clone(), required: field.required, kind, parts }
}

fn number(min: Option<Number>, max: Option<Number>) -> Message {
    match (min, max) {
        (None, None) => Message::new("curricula-ask-number"),
        (Some(min), None) => Message::new("curricula-ask-number-from").with("min", min.to_string()),
        (None, Some(max)) => Message::new("curricula-ask-number-to").with("max", max.to_string()),
        (Some(min), Some(max)) => {
            Message::new("curricula-ask-number-between").with("min", min.to_string()).with("max", max.to_string())
        }
    }
}
