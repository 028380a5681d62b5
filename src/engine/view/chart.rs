//! Counts, lines and funnels.

use chrono::NaiveDate;

use super::{Goal, Sight, Source};
use crate::engine::form::Answers;
use crate::engine::release::{Choice, FieldKind, Number};
use crate::engine::vocabulary::{StepId, StepKey, Text};

/// An option, and who chose it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    pub option: Choice,
    pub by: Vec<StepKey>,
}

impl Sight<'_> {
    /// How often each option was chosen, the most frequent first; and of how many answers.
    pub fn counts(&self, of: &Source) -> (Vec<Count>, usize) {
        let options = match self.field(of).map(|field| &field.kind) {
            Some(FieldKind::Choice { options } | FieldKind::Several { options, .. }) => options.as_slice(),
            _ => &[],
        };
        let answers: Vec<_> = self.newest(&of.step).into_iter().filter(|(key, ..)| self.is_here(key)).collect();
        let id = of.field.as_deref().unwrap_or_default();
        let by = |option: &Choice| {
            let chose = answers.iter().filter(|(_, _, answers)| answers.many(id).contains(&option.id));
            chose.map(|(key, ..)| (*key).clone()).collect::<Vec<_>>()
        };
        let mut counts: Vec<Count> =
            options.iter().map(|option| Count { option: option.clone(), by: by(option) }).collect();
        counts.sort_by_key(|count| std::cmp::Reverse(count.by.len()));
        (counts, answers.len())
    }
}

/// A figure on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point {
    pub on: NaiveDate,
    pub value: Number,
}

/// A figure over time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    pub label: Text,
    pub unit: Option<Text>,
    /// The ends of the scale on which it was answered.
    pub scale: Option<(i32, i32)>,
    pub points: Vec<Point>,
}

/// The straight way from where a goal was set to where it leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Way {
    pub start: Point,
    pub end: Point,
}

impl Way {
    /// Where the figure should stand on a day, to the thousandth.
    pub fn at(&self, on: NaiveDate) -> Number {
        let (all, gone) = ((self.end.on - self.start.on).num_days(), (on - self.start.on).num_days());
        if all <= 0 || gone >= all {
            return self.end.value;
        }
        let rise = i128::from(self.end.value.0) - i128::from(self.start.value.0);
        let risen = rise * i128::from(gone.max(0)) / i128::from(all);
        Number(self.start.value.0.saturating_add(i64::try_from(risen).unwrap_or_default()))
    }
}

impl Sight<'_> {
    /// The figures of a line view, by the days on which they were handed in.
    pub fn series(&self, of: &[Source]) -> Vec<Series> {
        let series = of.iter().filter_map(|source| {
            let field = self.field(source)?;
            let points = self
                .answered(&source.step)
                .filter_map(|(_, on, answers)| Some(Point { on, value: Number::parse(answers.text(&field.id))? }));
            let mut points: Vec<Point> = points.collect();
            points.sort_by_key(|point| point.on);
            let (unit, scale) = match &field.kind {
                FieldKind::Number { unit, .. } => (unit.clone(), None),
                FieldKind::Scale { min, max, .. } => (None, Some((*min, *max))),
                _ => (None, None),
            };
            Some(Series { label: field.label.clone(), unit, scale, points })
        });
        series.collect()
    }

    /// The ways of a goal, each from the day on which it was set.
    pub fn ways(&self, goal: &Goal) -> Vec<Way> {
        let way = |(_, on, answers): (&StepKey, NaiveDate, &Answers)| {
            let number = |id: &str| Number::parse(answers.text(id));
            let by = answers.rows(&goal.by).first().and_then(|row| row.get("time_bound"));
            let by: NaiveDate = by.map_or(answers.text(&goal.by), String::as_str).parse().ok()?;
            let (start, end) = (Point { on, value: number(&goal.from)? }, Point { on: by, value: number(&goal.to)? });
            (end.on > start.on).then_some(Way { start, end })
        };
        self.answered(&goal.step).filter_map(way).collect()
    }
}

/// A stage of a funnel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stage {
    pub label: Text,
    pub value: Number,
    /// Of the stage before, in thousandths; none for the first, and where nothing came in.
    pub kept: Option<i64>,
    /// The same in the answers before.
    pub kept_before: Option<i64>,
}

/// A funnel, with the stage that lost most of what came into it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Funnel {
    pub on: NaiveDate,
    pub stages: Vec<Stage>,
    pub lost_most: Option<usize>,
}

impl Sight<'_> {
    /// The newest funnel; none before the first answer.
    pub fn funnel(&self, step: &StepId, stages: &[String]) -> Option<Funnel> {
        let mut answered: Vec<_> = self.answered(step).collect();
        answered.sort_by_key(|(key, on, _)| (*on, key.turn));
        let (_, on, newest) = *answered.last()?;
        let before = answered.iter().rev().nth(1).map(|(.., answers)| *answers);
        let def = self.release.step(step)?;
        let figure = |answers: &Answers, id: &str| Number::parse(answers.text(id));
        let kept = |answers: &Answers, at: usize| {
            let (from, to) = (figure(answers, stages.get(at.checked_sub(1)?)?)?, figure(answers, stages.get(at)?)?);
            (from.0 > 0).then(|| i64::try_from(i128::from(to.0) * 1000 / i128::from(from.0)).unwrap_or(i64::MAX))
        };
        let stages: Vec<Stage> = stages
            .iter()
            .enumerate()
            .filter_map(|(at, id)| {
                let label = def.ask.iter().find(|field| field.id == *id)?.label.clone();
                let value = figure(newest, id)?;
                Some(Stage { label, value, kept: kept(newest, at), kept_before: before.and_then(|old| kept(old, at)) })
            })
            .collect();
        let losses = stages.iter().enumerate().filter_map(|(at, stage)| Some((stage.kept?, at)));
        let lost_most = losses.min().filter(|(kept, _)| *kept < 1000).map(|(_, at)| at);
        Some(Funnel { on, stages, lost_most })
    }
}
