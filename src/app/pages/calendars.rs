//! Calendars, for HR: what they know and how long, a year's days with where they come from, and what a
//! change would do.

use std::collections::BTreeMap;

use chrono::{Datelike, Months, NaiveDate};
use diesel_async::AsyncPgConnection;
use serde::Serialize;

use super::change::{self, ChangeView};
use super::people::{Mistakes, for_hr};
use crate::app::arrange::Previewed;
use crate::app::calendar_warnings::{self, CalendarWarning, href};
use crate::app::calendars::{Change, Preview};
use crate::app::worlds::{Library, Names};
use crate::app::{Error, Moment};
use crate::curriculum::year::Problem;
use crate::engine::access::Viewer;
use crate::engine::calendar::{Calendar, DayIs, Is, Layers, OverrideKind, Span};
use crate::engine::message::Message;
use crate::engine::vocabulary::Text;
use crate::store::calendars::{self, Company};
use crate::store::{people, plans};

/// Every calendar.
#[derive(Debug, Clone, Serialize)]
pub struct CalendarsPage {
    pub calendars: Vec<CalendarLine>,
}

#[derive(Debug, Clone, Serialize)]
pub struct CalendarLine {
    pub href: String,
    pub title: Text,
    pub source: String,
    pub known: Span,
    pub provisional: Option<Span>,
    /// The published days end within half a year, or have ended.
    pub ends_soon: bool,
    pub people: usize,
    /// Running plans.
    pub plans: usize,
    pub warnings: Vec<CalendarWarning>,
}

/// One calendar and a year of it.
#[derive(Debug, Clone, Serialize)]
pub struct CalendarPage {
    pub line: CalendarLine,
    pub year: i32,
    /// The years beside it.
    pub before: i32,
    pub after: i32,
    pub months: Vec<Month>,
    pub imports: Vec<ImportLine>,
    pub company: Vec<CompanyLine>,
    pub form: CompanyForm,
    pub mistakes: Mistakes,
    /// What is wrong with an uploaded file, by line.
    pub problems: Vec<FileProblem>,
}

/// The days of a month that are not what their weekday says.
#[derive(Debug, Clone, Serialize)]
pub struct Month {
    pub first: NaiveDate,
    /// Days that count in plans.
    pub counts: usize,
    pub days: Vec<DayLine>,
}

#[derive(Debug, Clone, Serialize)]
pub struct DayLine {
    pub date: NaiveDate,
    pub day: DayIs,
    /// file, import or company.
    pub from: &'static str,
    pub provisional: bool,
}

#[derive(Debug, Clone, Serialize)]
pub struct ImportLine {
    pub span: Span,
    pub file: String,
    pub by: String,
    pub at: chrono::DateTime<chrono::Utc>,
}

#[derive(Debug, Clone, Serialize)]
pub struct CompanyLine {
    pub id: String,
    pub kind: OverrideKind,
    pub span: Span,
    pub name: Text,
    /// In every calendar.
    pub everywhere: bool,
    pub by: String,
}

/// The form that adds days of the company, as it was typed.
#[derive(Debug, Clone, Default, Serialize)]
pub struct CompanyForm {
    pub kind: String,
    pub from: String,
    pub until: String,
    pub name_en: String,
    pub name_zh_tw: String,
    pub everywhere: bool,
}

#[derive(Debug, Clone, Serialize)]
pub struct FileProblem {
    pub line: Option<u32>,
    pub message: Message,
}

/// What a change would do.
#[derive(Debug, Clone, Serialize)]
pub struct CalendarPreviewPage {
    pub title: Text,
    pub href: String,
    /// import, drop, add or remove.
    pub what: &'static str,
    /// The name of the file.
    pub file: Option<String>,
    pub calendars: Vec<CalendarChange>,
    pub plans: Vec<PlanMove>,
    /// Running plans that keep every date.
    pub kept: usize,
    /// The change and what was seen, for the button.
    pub change: String,
    pub seen: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct CalendarChange {
    pub title: Text,
    pub was: Known,
    pub now: Known,
    /// Whether the two differ.
    pub knows_more: bool,
    pub days: Vec<DayChange>,
}

/// How long the days are known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Known {
    pub known: Span,
    pub provisional: Option<Span>,
}

#[derive(Debug, Clone, Serialize)]
pub struct DayChange {
    pub date: NaiveDate,
    pub was: DayIs,
    pub now: DayIs,
}

/// A plan whose dates move.
#[derive(Debug, Clone, Serialize)]
pub struct PlanMove {
    pub manager: String,
    pub href: String,
    /// Steps that move.
    pub steps: usize,
    /// The furthest moves on and back, in calendar days; 0: none.
    pub later: u64,
    pub earlier: u64,
    pub change: ChangeView,
}

/// Every calendar, with who is on it.
///
/// # Errors
/// The viewer is not HR, or the database fails.
pub async fn load(conn: &mut AsyncPgConnection, viewer: Viewer, today: NaiveDate) -> Result<CalendarsPage, Error> {
    for_hr(viewer)?;
    let lines = lines(conn, viewer, today).await?;
    Ok(CalendarsPage { calendars: lines.into_values().map(|(line, _)| line).collect() })
}

async fn lines(
    conn: &mut AsyncPgConnection,
    viewer: Viewer,
    today: NaiveDate,
) -> Result<BTreeMap<String, (CalendarLine, Layers)>, Error> {
    let layers = calendars::layers(conn).await?;
    let everybody = people::all(conn, viewer.scope()).await?;
    let mut running = plans::all(conn, viewer.scope()).await?;
    running.retain(|plan| plan.arranged.ended.is_none());
    let worlds = Library::default().worlds(conn, running).await?;
    let mut warnings = calendar_warnings::warnings(&worlds);
    let line = |(name, layers): (String, Layers)| {
        let calendar = layers.calendar();
        let published_until = calendar.provisional.map_or(calendar.known.until, |span| span.from);
        let line = CalendarLine {
            href: href(&name),
            ends_soon: today.checked_add_months(Months::new(6)).is_none_or(|soon| published_until < soon),
            people: everybody.iter().filter(|person| person.calendar == name).count(),
            plans: worlds.iter().filter(|world| world.plan.calendar == name).count(),
            warnings: warnings.extract_if(.., |one| one.name == name).collect(),
            title: calendar.title,
            source: calendar.source,
            known: calendar.known,
            provisional: calendar.provisional,
        };
        (name, (line, layers))
    };
    Ok(layers.into_iter().map(line).collect())
}

/// One calendar, in a year or in this one.
///
/// # Errors
/// The viewer is not HR, there is no such calendar, or the database fails.
pub async fn load_one(
    conn: &mut AsyncPgConnection,
    viewer: Viewer,
    name: &str,
    year: Option<i32>,
    today: NaiveDate,
) -> Result<CalendarPage, Error> {
    for_hr(viewer)?;
    let (line, layers) = lines(conn, viewer, today).await?.remove(name).ok_or(Error::NotFound)?;
    let year = year.filter(|year| (1900..=2200).contains(year)).unwrap_or(today.year());
    let company = calendars::company(conn).await?;
    let company: Vec<Company> =
        company.into_iter().filter(|one| one.calendar.as_ref().is_none_or(|one| one == name)).collect();
    let ids: Vec<_> = layers.imports.iter().map(|one| one.by).chain(company.iter().map(|one| one.by)).collect();
    let names: BTreeMap<_, _> =
        people::some(conn, &ids).await?.into_iter().map(|person| (person.id, person.name)).collect();
    let by = |id| names.get(&id).cloned().unwrap_or_default();
    let imports = layers.imports.iter().map(|one| ImportLine {
        span: one.year.span,
        file: one.file.clone(),
        by: by(one.by),
        at: one.at,
    });
    let company_line = |one: Company| CompanyLine {
        id: one.id.to_string(),
        kind: one.days.kind,
        span: one.days.span,
        name: one.days.name,
        everywhere: one.calendar.is_none(),
        by: by(one.by),
    };
    Ok(CalendarPage {
        months: (1..=12)
            .filter_map(|month| Some(month_of(&layers, NaiveDate::from_ymd_opt(year, month, 1)?)))
            .collect(),
        imports: imports.collect(),
        company: company.into_iter().map(company_line).collect(),
        line,
        year,
        before: year - 1,
        after: year + 1,
        form: CompanyForm::default(),
        mistakes: Mistakes::default(),
        problems: Vec::new(),
    })
}

fn month_of(layers: &Layers, first: NaiveDate) -> Month {
    let (calendar, published) = (layers.calendar(), layers.published());
    let days: Vec<NaiveDate> = first.iter_days().take_while(|day| day.month() == first.month()).collect();
    let is_told = |day: &DayIs| day.freeze.is_some() || !matches!(day.is, Is::Work | Is::Weekend) || day.name.is_some();
    let line = |date: &NaiveDate| {
        let (day, was) = (calendar.day(*date), published.day(*date));
        let is_imported = layers.imports.iter().any(|import| import.year.span.holds(*date));
        // A day that the company took back is told too.
        (is_told(&day) || is_told(&was)).then(|| DayLine {
            date: *date,
            from: match (day == was, is_imported) {
                (false, _) => "company",
                (true, true) => "import",
                (true, false) => "file",
            },
            provisional: calendar.is_provisional(*date),
            day,
        })
    };
    Month {
        first,
        counts: days.iter().filter(|day| calendar.counts(**day)).count(),
        days: days.iter().filter_map(line).collect(),
    }
}

/// What is wrong with a file, for the page.
pub fn problems(found: Vec<Problem>) -> Vec<FileProblem> {
    found.into_iter().map(|Problem { line, message }| FileProblem { line, message }).collect()
}

/// What a change that was asked for on the page of a calendar would do.
///
/// # Errors
/// There is no such calendar, or the database fails.
pub async fn preview(
    conn: &mut AsyncPgConnection,
    viewer: Viewer,
    name: &str,
    (change, previewed): (&Change, Preview),
    moment: &Moment,
) -> Result<CalendarPreviewPage, Error> {
    let layers = calendars::layers(conn).await?.remove(name).ok_or(Error::NotFound)?;
    let all: Vec<_> = previewed.moved.iter().map(|one| &one.before.plan).collect();
    let names = Names::around(conn, viewer.scope(), &all).await?;
    let mut plans: Vec<PlanMove> = previewed.moved.iter().map(|one| plan_move(one, &names, viewer, moment)).collect();
    plans.sort_by_key(|one| (std::cmp::Reverse(one.later.max(one.earlier)), one.manager.clone()));
    let (what, file) = match change {
        Change::Import { file, .. } => ("import", Some(file.clone())),
        Change::Drop { .. } => ("drop", None),
        Change::Add { .. } => ("add", None),
        Change::Remove { .. } => ("remove", None),
    };
    Ok(CalendarPreviewPage {
        title: layers.file.title,
        href: href(name),
        what,
        file,
        calendars: previewed.calendars.iter().map(|(was, now)| calendar_change(was, now)).collect(),
        plans,
        kept: previewed.kept,
        change: serde_json::to_string(change).map_err(|_| Error::NotFound)?,
        seen: previewed.seen,
    })
}

/// How a plan's dates move.
pub(super) fn plan_move(one: &Previewed, names: &Names, viewer: Viewer, moment: &Moment) -> PlanMove {
    let change = change::view(one, names, viewer, one.before.today(moment.now), &[]);
    let furthest = |is: fn(&i64) -> bool| {
        change.moved.iter().map(|one| one.days).filter(is).map(i64::unsigned_abs).max().unwrap_or(0)
    };
    let (later, earlier) = (furthest(|days| *days > 0), furthest(|days| *days < 0));
    PlanMove {
        manager: names.person(one.before.plan.cast.manager),
        href: format!("/plans/{}", one.before.plan.id),
        steps: change.moved.len(),
        later,
        earlier,
        change,
    }
}

fn calendar_change(was: &Calendar, now: &Calendar) -> CalendarChange {
    let known = |calendar: &Calendar| Known { known: calendar.known, provisional: calendar.provisional };
    CalendarChange {
        title: now.title.clone(),
        knows_more: known(was) != known(now),
        was: known(was),
        now: known(now),
        days: was.differing(now).into_iter().map(|(date, was, now)| DayChange { date, was, now }).collect(),
    }
}
