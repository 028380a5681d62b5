//! A draft of a release, for HR: every mistake, or what would be published.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use diesel_async::AsyncPgConnection;
use serde::Serialize;

use super::curricula::pinned;
use super::people::Mistakes;
use crate::app::Error;
use crate::app::drafts;
use crate::curriculum::{self, Compiled};
use crate::engine::access::Viewer;
use crate::engine::calendar::{Calendar, Span};
use crate::engine::diagnostic::Diagnostic;
use crate::engine::load;
use crate::engine::release::Release;
use crate::engine::vocabulary::Text;
use crate::store::curriculum_drafts::{self as rows, DraftHead, DraftId};
use crate::store::releases::Published;
use crate::store::{calendars, people, releases};

/// The weeks over which the load is judged.
const FIRST_WEEKS: usize = 13;

/// How many members a team has when the program does not say.
pub(super) const TEAM: u16 = 6;

/// A draft in a list, or the head of its page.
#[derive(Debug, Clone, Serialize)]
pub struct DraftLine {
    pub href: String,
    pub name: String,
    pub uploaded_by: String,
    pub uploaded_at: DateTime<Utc>,
    /// When it is dropped.
    pub until: DateTime<Utc>,
}

/// A draft in full.
#[derive(Debug, Clone, Serialize)]
pub struct DraftPage {
    pub draft: DraftLine,
    /// How many curriculum files it holds.
    pub count: usize,
    pub ignored: Vec<String>,
    pub errors: usize,
    /// Mistakes and warnings, by file.
    pub files: Vec<FileLine>,
    /// Empty while there are mistakes.
    pub programs: Vec<ProgramView>,
    pub calendars: Vec<CalendarView>,
    /// None: there are mistakes, or all of it stands published.
    pub publish: Option<PublishForm>,
    pub mistakes: Mistakes,
}

/// What was found in one file.
#[derive(Debug, Clone, Serialize)]
pub struct FileLine {
    pub path: String,
    pub errors: usize,
    pub warnings: usize,
    pub found: Vec<Diagnostic>,
}

/// A program of the draft.
#[derive(Debug, Clone, Serialize)]
pub struct ProgramView {
    pub name: String,
    pub title: Text,
    pub summary: Text,
    pub short_hash: String,
    pub hash: String,
    /// Where its own pages begin.
    pub href: String,
    pub curricula: usize,
    pub steps: usize,
    /// new, changed, current, earlier (published, and new plans start on another one)
    pub state: &'static str,
    /// The release that new plans start on now, when it is another one.
    pub replaces: Option<Replaced>,
    pub load: LoadView,
}

/// The release that a draft would take the place of.
#[derive(Debug, Clone, Serialize)]
pub struct Replaced {
    pub href: String,
    pub short_hash: String,
    /// Plans that stand on it, and stay there.
    pub plans: usize,
}

/// The manager's weeks, before any date is known. In minutes.
#[derive(Debug, Clone, Serialize)]
pub struct LoadView {
    pub team: u16,
    /// Of an average week among the first so many.
    pub mean: u32,
    pub mean_of: usize,
    pub heaviest: u32,
    pub heaviest_week: u16,
    /// A week over it is too much; what the program's author set.
    pub limit: Option<u32>,
    pub heavy_weeks: usize,
}

#[derive(Debug, Clone, Serialize)]
pub struct CalendarView {
    pub title: Text,
    pub known: Span,
    /// new, changed, current
    pub state: &'static str,
}

/// What the button says was seen.
#[derive(Debug, Clone, Serialize)]
pub struct PublishForm {
    /// Hashes with spaces between them, in the order of the programs.
    pub releases: String,
    /// The same of what new plans start on now; `-` where a program is new.
    pub current: String,
}

/// Every draft, newest first.
///
/// # Errors
/// The database fails.
pub(super) async fn all(conn: &mut AsyncPgConnection, viewer: Viewer) -> Result<Vec<DraftLine>, Error> {
    let heads = rows::all(conn, viewer.scope()).await?;
    let ids: Vec<_> = heads.iter().map(DraftHead::uploaded_by).collect();
    let names: BTreeMap<_, _> = people::some(conn, &ids).await?.into_iter().map(|one| (one.id, one.name)).collect();
    let name = |head: &DraftHead| names.get(&head.uploaded_by()).cloned().unwrap_or_default();
    Ok(heads.iter().map(|head| line(head, name(head))).collect())
}

/// One draft, checked.
///
/// # Errors
/// The viewer is not HR, there is no such draft, or the database fails.
pub async fn load(conn: &mut AsyncPgConnection, viewer: Viewer, id: DraftId) -> Result<DraftPage, Error> {
    let draft = drafts::open(conn, viewer, id).await?;
    let by = people::find(conn, draft.head.uploaded_by()).await?.map(|one| one.name).unwrap_or_default();
    let mut page = DraftPage {
        draft: line(&draft.head, by),
        count: draft.files.len(),
        ignored: draft.head.ignored.clone(),
        errors: 0,
        files: Vec::new(),
        programs: Vec::new(),
        calendars: Vec::new(),
        publish: None,
        mistakes: Mistakes::default(),
    };
    match curriculum::compile(&draft.files) {
        Ok(compiled) => page.fill(conn, viewer, compiled).await?,
        Err(found) => page.find(found),
    }
    Ok(page)
}

impl DraftPage {
    fn find(&mut self, found: Vec<Diagnostic>) {
        self.errors = found.iter().filter(|one| one.is_error()).count();
        // They come in the order of their files.
        for one in found {
            match self.files.last_mut().filter(|file| file.path == one.file) {
                Some(file) => file.add(one),
                None => {
                    let mut file = FileLine { path: one.file.clone(), errors: 0, warnings: 0, found: Vec::new() };
                    file.add(one);
                    self.files.push(file);
                }
            }
        }
    }

    async fn fill(&mut self, conn: &mut AsyncPgConnection, viewer: Viewer, compiled: Compiled) -> Result<(), Error> {
        self.find(compiled.warnings);
        let published = releases::all(conn).await?;
        let plans = pinned(conn, viewer).await?;
        let calendars: Vec<Calendar> = calendars::layers(conn).await?.into_values().map(|one| one.file).collect();
        for release in &compiled.releases {
            self.programs.push(program(&self.draft.href, release, &published, &plans));
        }
        self.calendars = compiled.calendars.into_iter().map(|one| calendar(one, &calendars)).collect();
        let states = self.programs.iter().map(|one| one.state).chain(self.calendars.iter().map(|one| one.state));
        if states.into_iter().any(|state| state != "current") {
            let current = self.programs.iter().map(|one| current(&published, &one.name));
            self.publish = Some(PublishForm {
                releases: self.programs.iter().map(|one| one.hash.as_str()).collect::<Vec<_>>().join(" "),
                current: current.map(|one| one.map_or("-", |one| &one.release.hash)).collect::<Vec<_>>().join(" "),
            });
        }
        Ok(())
    }
}

impl FileLine {
    fn add(&mut self, one: Diagnostic) {
        if one.is_error() {
            self.errors += 1;
        } else {
            self.warnings += 1;
        }
        self.found.push(one);
    }
}

fn line(head: &DraftHead, uploaded_by: String) -> DraftLine {
    DraftLine {
        href: href(head.id()),
        name: head.name.clone(),
        uploaded_by,
        uploaded_at: head.uploaded_at,
        until: head.uploaded_at + chrono::TimeDelta::days(drafts::DAYS),
    }
}

/// The address of a draft's page.
pub fn href(id: DraftId) -> String {
    format!("/curricula/drafts/{id}")
}

/// The release that new plans of a program start on.
pub(super) fn current<'a>(published: &'a [Published], program: &str) -> Option<&'a Published> {
    published.iter().find(|one| one.is_current && one.release.program.name == program)
}

fn program(href: &str, release: &Release, published: &[Published], plans: &[String]) -> ProgramView {
    let now = current(published, &release.program.name);
    let stands = published.iter().any(|one| one.release.hash == release.hash);
    let other = now.filter(|now| now.release.hash != release.hash);
    ProgramView {
        name: release.program.name.clone(),
        title: release.program.title.clone(),
        summary: release.program.summary.clone(),
        short_hash: short(&release.hash),
        hash: release.hash.clone(),
        href: format!("{href}/{}", release.program.name),
        curricula: release.curricula.len(),
        steps: release.steps().count(),
        state: match (now, other) {
            (None, _) => "new",
            (Some(_), None) => "current",
            (Some(_), Some(_)) if stands => "earlier",
            (Some(_), Some(_)) => "changed",
        },
        replaces: other.map(|other| replaced(other, plans)),
        load: load_of(release),
    }
}

/// A published release beside a draft.
pub(super) fn replaced(other: &Published, plans: &[String]) -> Replaced {
    let hash = &other.release.hash;
    Replaced {
        href: format!("/curricula/{hash}"),
        short_hash: short(hash),
        plans: plans.iter().filter(|plan| *plan == hash).count(),
    }
}

/// The first digits of a hash, as people say it.
pub(super) fn short(hash: &str) -> String {
    hash.chars().take(12).collect()
}

fn load_of(release: &Release) -> LoadView {
    let team = release.program.load.map_or(TEAM, |load| load.team);
    let limit = release.program.load.map(|load| u32::from(load.hours) * 60);
    let weeks = load::weeks(release, team);
    let heaviest = weeks.iter().max_by_key(|week| (week.minutes, std::cmp::Reverse(week.number)));
    let first = weeks.iter().take(FIRST_WEEKS);
    let count = u32::try_from(first.len().max(1)).unwrap_or(1);
    LoadView {
        team,
        mean: first.map(|week| week.minutes).sum::<u32>() / count,
        mean_of: FIRST_WEEKS,
        heaviest: heaviest.map_or(0, |week| week.minutes),
        heaviest_week: heaviest.map_or(0, |week| week.number),
        limit,
        heavy_weeks: weeks.iter().filter(|week| limit.is_some_and(|limit| week.minutes > limit)).count(),
    }
}

fn calendar(one: Calendar, published: &[Calendar]) -> CalendarView {
    let state = match published.iter().find(|other| other.name == one.name) {
        None => "new",
        Some(other) if *other == one => "current",
        Some(_) => "changed",
    };
    CalendarView { title: one.title, known: one.known, state }
}
