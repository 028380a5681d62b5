//! The names that a plan's history speaks of, as far as one viewer may know them.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use diesel_async::AsyncPgConnection;

use super::acts::{Act, Changes, Numbered, mentioned};
use super::telling::{Named, StepName};
use crate::app::Error;
use crate::app::wording::Wording;
use crate::app::worlds::{Library, Names, OwnWords, PlanWorld};
use crate::engine::access::{self, Viewer};
use crate::engine::deed::Deed;
use crate::engine::fact::What;
use crate::engine::release::{Release, StepDef};
use crate::engine::vocabulary::{PersonId, Role, StepId, StepKey, Text, WritingId};
use crate::store::{people, writings};

/// The names in these acts; `facts` are all facts of the plan.
pub(super) async fn around(
    conn: &mut AsyncPgConnection,
    viewer: Viewer,
    world: &PlanWorld,
    (facts, changes): (&[Numbered], Changes),
    acts: &[Act<'_>],
) -> Result<Named, Error> {
    let known = Names::with_rows(conn, viewer.scope(), &[world]).await?;
    let told: Vec<&Numbered> = acts.iter().flat_map(Act::facts).collect();
    let mut keys: BTreeSet<StepKey> = told.iter().flat_map(|(_, fact)| mentioned(&fact.what)).collect();
    let back = told.iter().filter_map(|(n, _)| changes.back.get(n));
    keys.extend(back.flatten().map(|(key, _)| key.clone()));
    let earlier = earlier_releases(conn, world, facts, &keys).await?;
    let own = own_titles(conn, viewer, world, facts).await?;
    let named = told.iter().flat_map(|(_, fact)| people_in(&fact.what).into_iter().chain(fact.by));
    let ids: BTreeSet<PersonId> = named.chain(changes.replaced.values().map(|deputy| deputy.who)).collect();
    let ids: Vec<PersonId> = ids.into_iter().collect();
    let people = people::some(conn, &ids).await?.into_iter().map(|person| (person.id, person.name)).collect();
    let releases = || std::iter::once(&world.release).chain(&earlier);
    let name = |key: StepKey| {
        let def = releases().find_map(|release| release.step(&key.id));
        let name = match (def, own.get(&key.id)) {
            (Some(def), _) => step_name(world, &known, viewer, &key, def),
            (None, Some(title)) => StepName { title: title.clone(), member: None, turn: None },
            (None, None) => return None,
        };
        Some((key, name))
    };
    let titles = releases().flat_map(|release| &release.curricula).map(|one| (one.name.clone(), one.title.clone()));
    let curricula = titles.fold(BTreeMap::new(), |mut found: BTreeMap<String, Text>, (name, title)| {
        found.entry(name).or_insert(title);
        found
    });
    Ok(Named {
        steps: keys.into_iter().filter_map(name).collect(),
        people,
        curricula,
        calendars: [(world.plan.calendar.clone(), world.calendar.title.clone())].into(),
        discreet: discreet(world, viewer, facts),
        changes,
        members: known.members,
    })
}

/// A name goes no further beside a step here than on the step's own page.
fn step_name(world: &PlanWorld, names: &Names, viewer: Viewer, key: &StepKey, def: &StepDef) -> StepName {
    let mut wording = Wording::of_plan(world, names);
    if access::may_name_member(&world.plan, key, def, viewer) {
        wording.member = names.member(key.member);
    }
    let about = names.rows.get(&(world.plan.id, key.clone())).cloned();
    StepName {
        title: wording.text(&def.title),
        turn: def.number(key).filter(|_| about.is_none()),
        member: about.or_else(|| wording.member.clone().filter(|_| !wording.names_member(def))),
    }
}

/// Those that the plan ran before, the newest first, where a step is in none that it runs now.
async fn earlier_releases(
    conn: &mut AsyncPgConnection,
    world: &PlanWorld,
    facts: &[Numbered],
    keys: &BTreeSet<StepKey>,
) -> Result<Vec<Rc<Release>>, Error> {
    if keys.iter().all(|key| world.release.step(&key.id).is_some()) {
        return Ok(Vec::new());
    }
    let mut hashes: Vec<&String> = Vec::new();
    for (_, fact) in facts.iter().rev() {
        let hash = match &fact.what {
            What::Started { release, .. } => release,
            What::Deed { deed: Deed::Upgraded { to, .. }, .. } => to,
            _ => continue,
        };
        if !hashes.contains(&hash) {
            hashes.push(hash);
        }
    }
    let (mut library, mut found) = (Library::default(), Vec::new());
    for hash in hashes {
        found.push(library.release(conn, hash).await?);
    }
    Ok(found)
}

/// The titles of steps that only this plan had, be they gone.
async fn own_titles(
    conn: &mut AsyncPgConnection,
    viewer: Viewer,
    world: &PlanWorld,
    facts: &[Numbered],
) -> Result<HashMap<StepId, Text>, Error> {
    let added: HashMap<WritingId, &StepId> = facts
        .iter()
        .filter_map(|(_, fact)| match &fact.what {
            What::Deed { deed: Deed::Added { step, own }, .. } if world.release.step(step).is_none() => {
                Some((own.words.id, step))
            }
            _ => None,
        })
        .collect();
    let ids: Vec<WritingId> = added.keys().copied().collect();
    let read = writings::some(conn, viewer.scope(), world.plan.id, &ids).await?;
    let title = |writing: &writings::Writing| {
        let OwnWords { title, .. } = serde_json::from_str(&writing.words()?).ok()?;
        Some(((*added.get(&writing.id())?).clone(), Text { en: title.clone(), zh_tw: title }))
    };
    Ok(read.iter().filter_map(title).collect())
}

fn people_in(what: &What) -> Vec<PersonId> {
    match what {
        What::Started { manager, superior, hr, .. } => vec![*manager, *superior, *hr],
        What::Recast { superior, hr } => vec![*superior, *hr],
        What::MentorAsked { mentor, .. } | What::MentorAccepted { mentor } | What::MentorDeclined { mentor, .. } => {
            vec![*mentor]
        }
        What::Deed { deed: Deed::DeputyNamed { who, .. }, .. } => vec![*who],
        _ => Vec::new(),
    }
}

/// Whoever has not said yes, or said no, is between them and HR.
fn discreet(world: &PlanWorld, viewer: Viewer, facts: &[Numbered]) -> Vec<u64> {
    if access::roles(&world.plan, viewer).contains(&Role::Hr) {
        return Vec::new();
    }
    let said_yes = |seq: u64, who: PersonId| {
        let later = facts.iter().filter(|(later, _)| *later > seq);
        let answer = later.map(|(_, fact)| &fact.what).find_map(|what| match what {
            What::MentorAccepted { mentor } if *mentor == who => Some(true),
            What::MentorDeclined { mentor, .. } if *mentor == who => Some(false),
            // Somebody else was asked instead.
            What::MentorAsked { .. } => Some(false),
            _ => None,
        });
        answer == Some(true)
    };
    let is_discreet = |(seq, fact): &&Numbered| match fact.what {
        What::MentorAsked { mentor, .. } => mentor != viewer.id && !said_yes(*seq, mentor),
        What::MentorDeclined { mentor, .. } => mentor != viewer.id,
        _ => false,
    };
    facts.iter().filter(is_discreet).map(|(seq, _)| *seq).collect()
}
