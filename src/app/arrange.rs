//! Arranging one plan: previewed first, then done, and undone as a whole.

use std::rc::Rc;

use chrono::{DateTime, NaiveDate, Utc};
use diesel_async::AsyncPgConnection;

use super::steps::words;
use super::worlds::{self, Library, OwnWords, PlanWorld, plain_words};
use super::{Error, Moment};
use crate::engine::Refusal;
use crate::engine::access::{Actor, Viewer};
use crate::engine::arrange::{Ending, Own};
use crate::engine::compare::{Comparison, Side, compare};
use crate::engine::decide::{self, Request, decide};
use crate::engine::deed::Deed;
use crate::engine::fact::{Fact, What};
use crate::engine::growth::Known;
use crate::engine::plan::{Membership, WritingRef};
use crate::engine::replan::Arrange;
use crate::engine::undo;
use crate::engine::vocabulary::{PersonId, PlanId, Role, StepId, StepKey};
use crate::store::members::{self, Member};
use crate::store::pool::Tx;
use crate::store::writings::{self, Kind, NewWriting};
use crate::store::{facts, people};

/// Longest reason, and longest title and text of a step that one plan alone has, in characters.
const LONGEST_REASON: usize = 2000;
const LONGEST_TITLE: usize = 120;
const LONGEST_TEXT: usize = 5000;
/// Minutes.
const LONGEST_EFFORT: u16 = 480;

/// What somebody wants to arrange, with its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    Move {
        step: StepKey,
        due: NaiveDate,
    },
    /// Everything due from a day on, by so many working days.
    Shift {
        from: NaiveDate,
        days: u16,
    },
    Add(OwnStep),
    Waive {
        step: StepKey,
        reason: String,
    },
    /// Leaves out a curriculum.
    Skip {
        curriculum: String,
        reason: String,
    },
    Leave {
        from: NaiveDate,
        until: NaiveDate,
    },
    Pause,
    Resume,
    Deputy {
        who: PersonId,
        from: NaiveDate,
        until: NaiveDate,
    },
    End {
        how: Ending,
        reason: String,
    },
}

/// A step that one plan alone has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnStep {
    pub title: String,
    /// Markdown; may be empty.
    pub text: String,
    pub who: Role,
    pub review: Option<Role>,
    pub due: NaiveDate,
    /// Minutes.
    pub effort: u16,
}

/// A plan, and what would become of it.
#[derive(Debug, Clone)]
pub struct Previewed {
    pub before: PlanWorld,
    pub after: PlanWorld,
}

impl Previewed {
    /// What differs; `touched` are steps whose definition changes.
    pub fn comparison(&self, today: NaiveDate, touched: &[StepId]) -> Comparison {
        fn side(world: &PlanWorld) -> Side<'_> {
            Side { plan: &world.plan, release: &world.release, calendar: &world.calendar }
        }
        compare(side(&self.before), side(&self.after), today, touched)
    }

    /// What facts would make of a plan, and what time alone would add to it at once.
    pub(super) fn of(before: PlanWorld, facts: &[Fact], known: &Known, now: DateTime<Utc>) -> Result<Previewed, Error> {
        let after = before.around(decide::after(&before.plan, facts)).woken(known, now)?;
        Ok(Previewed { before, after })
    }
}

/// What a wish would do. Changes nothing.
///
/// # Errors
/// The plan is not the viewer's to see, or the rules don't allow the wish.
pub async fn preview(
    conn: &mut AsyncPgConnection,
    who: Viewer,
    plan: PlanId,
    wish: &Wish,
    moment: &Moment,
) -> Result<Previewed, Error> {
    let before = worlds::find(conn, who.scope(), plan).await?;
    let known = worlds::known(conn, &before).await?;
    let (_, facts) = decided(conn, (&before, &known), who, wish, moment).await?;
    let mut previewed = Previewed::of(before, &facts, &known, moment.now)?;
    if let Wish::Add(step) = wish {
        previewed.after = with_own_words(previewed.after, step);
    }
    Ok(previewed)
}

/// Does it. `seen` is the plan's version as previewed: a plan that changed since is previewed again.
///
/// # Errors
/// As [`preview`]; or the plan changed since.
pub async fn apply(
    tx: &mut Tx,
    who: Viewer,
    plan: PlanId,
    wish: &Wish,
    seen: u64,
    moment: &Moment,
) -> Result<(), Error> {
    let world = worlds::lock(tx, who.scope(), plan).await?;
    if world.plan.version != seen {
        return Err(Refusal::PlanChanged.into());
    }
    let known = worlds::known(tx, &world).await?;
    let (writing, facts) = decided(tx, (&world, &known), who, wish, moment).await?;
    worlds::record(tx, &world, &facts, moment).await?;
    match writing {
        Some(writing) => Ok(writings::insert(tx, &writing).await?),
        None => Ok(()),
    }
}

/// Undoes the deed whose fact has this number. `seen` is the plan's version as previewed; none:
/// nobody looked first.
///
/// # Errors
/// The plan is not the viewer's to see, there is no such deed, it is too old or was undone.
pub async fn undo(
    tx: &mut Tx,
    who: Viewer,
    plan: PlanId,
    deed: u64,
    seen: Option<u64>,
    moment: &Moment,
) -> Result<(), Error> {
    let world = worlds::lock(tx, who.scope(), plan).await?;
    if seen.is_some_and(|seen| world.plan.version != seen) {
        return Err(Refusal::PlanChanged.into());
    }
    in_this_plan(tx, &world, deed).await?;
    undone(tx, world, who, deed, moment).await
}

/// As [`undo`], also for what the roster did.
pub(super) async fn undo_deed(tx: &mut Tx, who: Viewer, plan: PlanId, deed: u64, moment: &Moment) -> Result<(), Error> {
    let world = worlds::lock(tx, who.scope(), plan).await?;
    undone(tx, world, who, deed, moment).await
}

async fn undone(tx: &mut Tx, world: PlanWorld, who: Viewer, deed: u64, moment: &Moment) -> Result<(), Error> {
    let (world, facts) = undoing(tx, &mut Library::default(), world, who, deed, moment).await?;
    worlds::record(tx, &world, &facts, moment).await.map(drop)
}

/// What came with the roster or with a calendar is undone there, for every plan.
async fn in_this_plan(conn: &mut AsyncPgConnection, world: &PlanWorld, deed: u64) -> Result<(), Error> {
    let facts = facts::read(conn, world.plan.id).await?;
    let at = usize::try_from(deed.saturating_sub(1)).unwrap_or(usize::MAX);
    match facts.get(at).map(|fact| &fact.what) {
        Some(What::Deed { deed, .. }) if deed.is_of_roster() => Err(Refusal::OfRoster.into()),
        Some(What::Deed { deed, .. }) if deed.is_of_calendar() => Err(Refusal::OfCalendar.into()),
        Some(What::Deed { .. }) => Ok(()),
        _ => Err(Error::NotFound),
    }
}

/// What undoing a deed would do. Changes nothing.
///
/// # Errors
/// As [`undo`].
pub async fn preview_undo(
    conn: &mut AsyncPgConnection,
    who: Viewer,
    plan: PlanId,
    deed: u64,
    moment: &Moment,
) -> Result<Previewed, Error> {
    let world = worlds::find(conn, who.scope(), plan).await?;
    in_this_plan(conn, &world, deed).await?;
    let (before, facts) = undoing(conn, &mut Library::default(), world, who, deed, moment).await?;
    let known = worlds::known(conn, &before).await?;
    Previewed::of(before, &facts, &known, moment.now)
}

/// What undoing a deed does, with the world that it was decided in.
pub(super) async fn undoing(
    conn: &mut AsyncPgConnection,
    library: &mut Library,
    world: PlanWorld,
    who: Viewer,
    deed: u64,
    moment: &Moment,
) -> Result<(PlanWorld, Vec<Fact>), Error> {
    let facts = facts::read(conn, world.plan.id).await?;
    let done = undo::find(&world.plan, &facts, deed).ok_or(Refusal::NothingToUndo)?;
    // The release that the plan goes back to, beside the one that it runs.
    let kept = done.back.arranged.kept.values().map(|kept| &kept.release);
    let mut world = library.with_releases(conn, world, kept.chain([&done.back.release])).await?;
    let back = done.calendar(&world.plan);
    if *back != world.plan.calendar {
        // Dates that are counted over again are counted where the plan goes back to.
        let calendar = library.calendar(conn, back).await?;
        world.calendar = Rc::new(calendar.without(&world.plan.arranged.away));
    }
    let known = worlds::known(conn, &world).await?;
    let mut facts = undo::undo(&world.world(&known), Actor::Person(who), &done, moment.now)?;
    if matches!(done.fact.what, What::Deed { deed: Deed::Ended { .. }, .. }) {
        let again = world.around(decide::after(&world.plan, &facts));
        facts.extend(with_roster(conn, again, who, moment).await?);
    }
    Ok((world, facts))
}

/// Who joined, left or was corrected while the plan had ended.
async fn with_roster(
    conn: &mut AsyncPgConnection,
    mut world: PlanWorld,
    who: Viewer,
    moment: &Moment,
) -> Result<Vec<Fact>, Error> {
    let known = worlds::known(conn, &world).await?;
    let mut facts = Vec::new();
    for Member { id: member, joined_on, left_on, .. } in
        members::of_manager(conn, who.scope(), world.manager.id).await?
    {
        let request = match (world.plan.members.get(&member), left_on) {
            (None | Some(Membership { left: Some(_), .. }), None) => Request::Join { member, on: joined_on },
            (Some(Membership { left: None, .. }), Some(on)) => Request::Leave { member, on },
            (Some(Membership { joined, .. }), None) if *joined != joined_on => {
                Request::CorrectMember { member, joined: joined_on }
            }
            _ => continue,
        };
        let new = decide(&world.world(&known), Actor::Person(who), request, moment.now)?;
        let after = decide::after(&world.plan, &new);
        world = world.around(after);
        facts.extend(new);
    }
    Ok(facts)
}

async fn decided(
    conn: &mut AsyncPgConnection,
    (world, known): (&PlanWorld, &Known),
    who: Viewer,
    wish: &Wish,
    moment: &Moment,
) -> Result<(Option<NewWriting>, Vec<Fact>), Error> {
    let kept = keep(world, who, wish, moment)?;
    let reference = kept.as_ref().map(|(_, reference)| *reference);
    if let Wish::Deputy { who, .. } = wish {
        people::find(conn, *who).await?.ok_or(Error::NotFound)?;
    }
    let request = Request::Arrange(arrangement(wish, reference)?);
    let facts = decide(&world.world(known), Actor::Person(who), request, moment.now)?;
    Ok((kept.map(|(writing, _)| writing), facts))
}

fn arrangement(wish: &Wish, words: Option<WritingRef>) -> Result<Arrange, Refusal> {
    Ok(match wish.clone() {
        Wish::Move { step, due } => Arrange::Move { step, due },
        Wish::Shift { from, days } => Arrange::Shift { from, days },
        Wish::Add(OwnStep { who, review, due, effort, .. }) => {
            let words = words.ok_or(Refusal::BadWords)?;
            let review = review.filter(|role| *role != who);
            Arrange::Add { own: Own { who, review, effort: effort.min(LONGEST_EFFORT), words }, due }
        }
        Wish::Waive { step, .. } => Arrange::Waive { step, reason: words },
        Wish::Skip { curriculum, .. } => Arrange::Skip { curriculum, reason: words },
        Wish::Leave { from, until } => Arrange::Leave { from, until },
        Wish::Pause => Arrange::Pause,
        Wish::Resume => Arrange::Resume,
        Wish::Deputy { who, from, until } => Arrange::NameDeputy { who, from, until },
        Wish::End { how, .. } => Arrange::End { how, reason: words },
    })
}

/// The words of a wish, for everybody who has a part in the plan: a plan that changes says why.
fn keep(
    world: &PlanWorld,
    who: Viewer,
    wish: &Wish,
    moment: &Moment,
) -> Result<Option<(NewWriting, WritingRef)>, Error> {
    let nowhere = StepKey::first(&StepId("plan".to_owned()), None);
    let kept = |kind: Kind, step: Option<&StepKey>, body: Vec<u8>| {
        let (mut writing, reference) =
            words(world, step.unwrap_or(&nowhere), who, kind, body, Role::ALL.to_vec(), moment);
        writing.step = step.cloned();
        (writing, reference)
    };
    let reason = |step: Option<&StepKey>, reason: &str| -> Result<Option<(NewWriting, WritingRef)>, Error> {
        let reason = plain_words(reason, LONGEST_REASON)?;
        Ok((!reason.is_empty()).then(|| kept(Kind::Reason, step, reason.into_bytes())))
    };
    match wish {
        Wish::Waive { step, reason: given } => reason(Some(step), given),
        Wish::Skip { reason: given, .. } | Wish::End { reason: given, .. } => reason(None, given),
        Wish::Add(step) => {
            let title = plain_words(&step.title, LONGEST_TITLE)?;
            if title.is_empty() || !crate::engine::vocabulary::is_plain_line(&title) {
                return Err(Refusal::TitleNeeded.into());
            }
            let words = OwnWords { title, text: plain_words(&step.text, LONGEST_TEXT)? };
            let body = serde_json::to_vec(&words).map_err(|_| Error::Refused(Refusal::BadWords))?;
            Ok(Some(kept(Kind::Step, None, body)))
        }
        _ => Ok(None),
    }
}

/// A preview shows a step under its title before the words are kept.
fn with_own_words(world: PlanWorld, step: &OwnStep) -> PlanWorld {
    let both = |words: &str| crate::engine::vocabulary::Text { en: words.to_owned(), zh_tw: words.to_owned() };
    let mut tailor = (*world.tailor).clone();
    for id in world.plan.arranged.own.keys().filter(|id| !world.tailor.words.contains_key(*id)) {
        tailor.words.insert(id.clone(), (both(step.title.trim()), both(step.text.trim())));
    }
    let release = tailor.tailored(&world.plan).unwrap_or_else(|| world.release.clone());
    PlanWorld { tailor: Rc::new(tailor), release, ..world }
}
