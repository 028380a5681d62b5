//! The drawing of the hours per week: where its bars, lines and labels lie. What they look like is the
//! template's and the style sheet's.

use serde::{Deserialize, Serialize};

/// The drawing, in its own units.
const CHART_WIDTH: f64 = 960.0;
const CHART_HEIGHT: f64 = 320.0;
const LEFT: f64 = 44.0;
const RIGHT: f64 = 12.0;
const TOP: f64 = 30.0;
const BOTTOM: f64 = 44.0;

#[derive(Deserialize)]
pub(super) struct ChartWeek {
    n: i64,
    manager: u32,
    mentor: u32,
    is_heavy: bool,
}

#[derive(Serialize)]
pub(super) struct Chart {
    width: f64,
    height: f64,
    left: f64,
    right: f64,
    limit: Option<Line>,
    limit_label_y: f64,
    labels_y: f64,
    legend_y: f64,
    legend_box_y: f64,
    ticks: Vec<Line>,
    bars: Vec<Bar>,
    /// Where week numbers stand.
    labels: Vec<Label>,
}

#[derive(Serialize)]
struct Line {
    y: f64,
    /// Where its number stands.
    text_y: f64,
    hours: String,
}

#[derive(Serialize)]
struct Bar {
    n: i64,
    x: f64,
    y: f64,
    width: f64,
    height: f64,
    mentor_x: f64,
    mentor_y: f64,
    mentor_width: f64,
    mentor_height: f64,
    is_heavy: bool,
    manager: u32,
    mentor: u32,
}

#[derive(Serialize)]
struct Label {
    n: i64,
    x: f64,
}

/// Where everything of the drawing lies, for minutes of weeks and their limit.
pub(super) fn chart(weeks: &[ChartWeek], limit: Option<u32>) -> Chart {
    let most = weeks.iter().map(|week| week.manager.max(week.mentor)).chain(limit).max().unwrap_or(0);
    // A line of hours above the highest bar, at even numbers.
    let hours = (most.div_ceil(120) * 2).max(2);
    let hours = if hours * 60 < most + 20 { hours + 2 } else { hours };
    let (base, room) = (CHART_HEIGHT - BOTTOM, CHART_HEIGHT - BOTTOM - TOP);
    let tall = |minutes: u32| tenth(f64::from(minutes) / f64::from(hours * 60) * room);
    let line = |minutes: u32| {
        let y = tenth(base - tall(minutes));
        Line { y, text_y: tenth(y + 4.0), hours: (minutes / 60).to_string() }
    };
    let slot = (CHART_WIDTH - LEFT - RIGHT) / weeks.len().max(1) as f64;
    let bars = weeks.iter().enumerate().map(|(at, week)| {
        let x = LEFT + slot * at as f64;
        let (height, mentor_height) = (tall(week.manager), tall(week.mentor));
        Bar {
            n: week.n,
            x: tenth(x + slot * 0.12),
            y: tenth(base - height),
            width: tenth(slot * 0.54),
            height,
            mentor_x: tenth(x + slot * 0.68),
            mentor_y: tenth(base - mentor_height),
            mentor_width: tenth(slot * 0.2),
            mentor_height,
            is_heavy: week.is_heavy,
            manager: week.manager,
            mentor: week.mentor,
        }
    });
    let every = weeks.len().div_ceil(20).max(1);
    let labels = weeks.iter().enumerate().step_by(every);
    Chart {
        width: CHART_WIDTH,
        height: CHART_HEIGHT,
        left: LEFT,
        right: CHART_WIDTH - RIGHT,
        limit_label_y: limit.map_or(TOP, |limit| line(limit).y) - 6.0,
        limit: limit.map(line),
        labels_y: base + 18.0,
        legend_y: base + 36.0,
        legend_box_y: base + 27.0,
        ticks: (0..=hours / 2).map(|step| line(step * 120)).collect(),
        bars: bars.collect(),
        labels: labels.map(|(at, week)| Label { n: week.n, x: tenth(LEFT + slot * (at as f64 + 0.39)) }).collect(),
    }
}

fn tenth(number: f64) -> f64 {
    (number * 10.0).round() / 10.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_bar_of_the_chart_lies_inside_it_below_the_limit_unless_it_is_heavy() {
        let week = |n: i64, manager: u32| ChartWeek { n, manager, mentor: 30, is_heavy: manager > 480 };
        let drawn = chart(&[week(1, 0), week(2, 480), week(3, 700)], Some(480));
        let limit = drawn.limit.expect("a limit").y;
        assert!(drawn.bars.iter().all(|bar| bar.y >= TOP && bar.x + bar.width <= CHART_WIDTH));
        assert!(drawn.bars[1].y >= limit && drawn.bars[2].y < limit);
    }
}
