//! A scorecard: who rated what, how it went on, where raters are apart, and what to talk about.

use chrono::NaiveDate;
use serde::Serialize;

use super::Reading;
use crate::app::pages::lines::step_href;
use crate::engine::message::Message;
use crate::engine::release::{Curriculum, Dimension, FieldKind, StepDef};
use crate::engine::view::{Rater, Spread, agenda, spreads};
use crate::engine::vocabulary::{Role, Text};

/// So many questions are an agenda; more are a list.
const QUESTIONS: usize = 3;

/// The lines that a drawing tells apart.
const LINES: usize = 5;

/// The ratings of an assessment.
#[derive(Debug, Clone, Serialize)]
pub struct RatedView {
    pub min: i32,
    pub max: i32,
    pub raters: Vec<RaterLine>,
    pub dimensions: Vec<DimensionLine>,
    /// What to ask in the next meeting, from the widest gaps.
    pub agenda: Vec<Message>,
}

/// Who rated, and when last.
#[derive(Debug, Clone, Serialize)]
pub struct RaterLine {
    pub title: Text,
    pub who: Role,
    /// The members rated in secret.
    pub is_team: bool,
    pub href: String,
    pub on: NaiveDate,
    pub times: usize,
    /// Which of the drawing's lines is theirs: the same wherever the assessment is shown, whoever else is shown.
    pub line: usize,
    /// The newest values, in the order of the dimensions, for the drawing.
    pub values: Vec<Option<i32>>,
}

#[derive(Debug, Clone, Serialize)]
pub struct DimensionLine {
    pub label: Text,
    pub help: Option<Text>,
    /// By rater.
    pub scores: Vec<Given>,
    pub gap: Option<i32>,
}

/// What a rater said of a dimension.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Given {
    /// None: nothing was observed.
    pub score: Option<Score>,
    pub is_asked: bool,
}

/// What a rater gave a dimension, each time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Score {
    pub value: i32,
    /// When, if the rater has rated again since and observed nothing of it.
    pub since: Option<NaiveDate>,
    /// What was given before, the oldest first.
    pub before: Vec<i32>,
    /// The line beside it: what it rests on.
    pub note: Option<String>,
    /// The step in which it was given.
    pub href: String,
}

/// Who rated, by the titles that the plan's people know.
fn raters(reading: &Reading, assessment: &str) -> Vec<Rater> {
    let wording = reading.wording();
    let titled = |rater: Rater| Rater { title: wording.text(&rater.title), ..rater };
    reading.sight().raters(assessment).into_iter().map(titled).collect()
}

/// What to talk about next, from the newest ratings of an assessment.
pub(in crate::app::pages) fn questions(reading: &Reading, assessment: &str) -> Vec<Message> {
    let raters = raters(reading, assessment);
    let home = reading.world.release.curricula.iter().find(|one| one.name == assessment);
    let rated = home.map_or(Vec::new(), |home| spreads(&home.dimensions, &raters));
    agenda(&rated, QUESTIONS).iter().filter_map(|spread| question(spread, &raters)).collect()
}

pub(super) fn shown(reading: &Reading, assessment: &str) -> Option<RatedView> {
    let raters = raters(reading, assessment);
    if raters.is_empty() {
        return None;
    }
    let home = reading.world.release.curricula.iter().find(|one| one.name == assessment)?;
    let (min, max) =
        home.steps.iter().flat_map(|def| def.ask.iter().chain(&def.ballot)).find_map(|field| match &field.kind {
            FieldKind::Rating { min, max, .. } => Some((*min, *max)),
            _ => None,
        })?;
    let rated = spreads(&home.dimensions, &raters);
    let line = |spread: &Spread| DimensionLine {
        label: spread.dimension.label.clone(),
        help: spread.dimension.help.clone(),
        scores: raters
            .iter()
            .map(|rater| Given {
                score: score(reading, rater, &spread.dimension),
                is_asked: rater.asked.contains(&spread.dimension.id),
            })
            .collect(),
        gap: spread.gap,
    };
    Some(RatedView {
        min,
        max,
        agenda: questions(reading, assessment),
        dimensions: rated.iter().map(line).collect(),
        raters: raters
            .iter()
            .enumerate()
            .filter_map(|(at, rater)| rater_line(reading, home, (at, rater), &rated))
            .collect(),
    })
}

fn rater_line(
    reading: &Reading,
    home: &Curriculum,
    (at, rater): (usize, &Rater),
    rated: &[Spread],
) -> Option<RaterLine> {
    let last = rater.times.last()?;
    let rates =
        |def: &&StepDef| def.ask.iter().chain(&def.ballot).any(|field| matches!(field.kind, FieldKind::Rating { .. }));
    Some(RaterLine {
        title: rater.title.clone(),
        who: rater.who,
        is_team: rater.is_team,
        href: step_href(&reading.world.plan, &last.key),
        on: last.on,
        times: rater.times.len(),
        line: home.steps.iter().filter(rates).position(|def| def.id == rater.step)? % LINES,
        values: rated.iter().map(|spread| spread.values.get(at).copied().flatten()).collect(),
    })
}

fn score(reading: &Reading, rater: &Rater, dimension: &Dimension) -> Option<Score> {
    let given: Vec<_> = rater.times.iter().filter(|time| time.values.contains_key(&dimension.id)).collect();
    let (last, before) = given.split_last()?;
    let value = |time: &crate::engine::view::Rated| time.values.get(&dimension.id).copied();
    Some(Score {
        value: value(last)?,
        since: Some(last.on).filter(|_| rater.times.last().is_some_and(|newest| newest.key != last.key)),
        before: before.iter().filter_map(|time| value(time)).collect(),
        note: last.notes.get(&dimension.id).cloned(),
        href: step_href(&reading.world.plan, &last.key),
    })
}

/// What to ask about a dimension: two who see it differently, or one low value.
fn question(spread: &Spread, raters: &[Rater]) -> Option<Message> {
    let given = || spread.values.iter().zip(raters).filter_map(|(value, rater)| Some(((*value)?, rater)));
    let (most, least) = (given().max_by_key(|(value, _)| *value)?, given().min_by_key(|(value, _)| *value)?);
    let message = |id: &'static str| Message::new(id).with("dimension", spread.dimension.label.clone());
    if most.0 == least.0 {
        return Some(message("agenda-alike").with("value", i64::from(least.0)));
    }
    let who = |rater: &Rater| rater.title.clone();
    let message = message("agenda-apart").with("high", i64::from(most.0)).with("low", i64::from(least.0));
    Some(message.with("higher", who(most.1)).with("lower", who(least.1)))
}
