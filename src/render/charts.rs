//! The drawings of views: where their points, lines and labels lie. What they look like is the template's
//! and the style sheet's; a table with the same figures stands beside each.

use chrono::NaiveDate;
use handlebars::Handlebars;
use serde::{Deserialize, Serialize};

use super::dates;
use super::helpers::{failed, gives, param, reader};

const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 260.0;
/// The least room for the numbers of the axis; longer ones get more.
const LEFT: f64 = 56.0;
const GAP: f64 = 8.0;
/// Of a digit, at the size that labels have on a phone.
const DIGIT: f64 = 13.5;
const RIGHT: f64 = 16.0;
const TOP: f64 = 16.0;
const BOTTOM: f64 = 36.0;

/// A radar is square, with room for the numbers around it.
const RADAR: f64 = 320.0;
const RADIUS: f64 = 124.0;

#[derive(Deserialize)]
struct Series {
    #[serde(default)]
    scale: Option<(i32, i32)>,
    points: Vec<Point>,
}

#[derive(Deserialize)]
struct Way {
    from: Point,
    to: Point,
}

#[derive(Deserialize)]
struct Point {
    on: NaiveDate,
    thousandths: i64,
}

#[derive(Serialize)]
struct LineChart {
    width: f64,
    height: f64,
    left: f64,
    /// Where the numbers of the axis end.
    label_x: f64,
    right: f64,
    base: f64,
    ticks: Vec<Tick>,
    /// Where dates stand, and the dates.
    days: Vec<Day>,
    lines: Vec<Line>,
    ways: Vec<Segment>,
}

#[derive(Serialize)]
struct Tick {
    y: f64,
    text_y: f64,
    value: String,
}

#[derive(Serialize)]
struct Day {
    x: f64,
    /// start, middle, end: how it is anchored.
    anchor: &'static str,
    words: String,
}

#[derive(Serialize)]
struct Line {
    /// As `polyline` takes it.
    points: String,
    dots: Vec<Dot>,
}

#[derive(Serialize)]
struct Dot {
    x: f64,
    y: f64,
}

#[derive(Serialize)]
struct Segment {
    x1: f64,
    y1: f64,
    x2: f64,
    y2: f64,
}

/// Steps between ticks that people read at a glance: 1, 2 or 5 of a power of ten.
fn step(span: f64) -> f64 {
    let rough = (span / 4.0).max(0.001);
    let power = 10f64.powf(rough.log10().floor());
    let times = rough / power;
    power
        * if times <= 1.0 {
            1.0
        } else if times <= 2.0 {
            2.0
        } else if times <= 5.0 {
            5.0
        } else {
            10.0
        }
}

fn line_chart(series: &[Series], ways: &[Way], day: &dyn Fn(NaiveDate) -> String) -> Option<LineChart> {
    let all = || series.iter().flat_map(|one| &one.points).chain(ways.iter().flat_map(|way| [&way.from, &way.to]));
    let (first, last) = (all().map(|point| point.on).min()?, all().map(|point| point.on).max()?);
    let value = |point: &Point| point.thousandths as f64 / 1000.0;
    let (least, most) = all().map(value).fold((f64::MAX, f64::MIN), |(a, b), v| (a.min(v), b.max(v)));
    let scales: Option<Vec<(i32, i32)>> = series.iter().map(|one| one.scale).collect();
    let scale = scales.filter(|_| ways.is_empty()).and_then(|all| {
        let ends = (all.iter().map(|scale| scale.0).min()?, all.iter().map(|scale| scale.1).max()?);
        Some((f64::from(ends.0), f64::from(ends.1)))
    });
    let (low, high, step) = match scale {
        Some((low, high)) => (low, high, 1.0),
        None => {
            // Figures that begin at nothing are drawn from nothing: a cut axis makes a small change look large.
            let least = least.min(0.0);
            let step = step(most - least);
            ((least / step).floor() * step, ((most / step).ceil() * step).max(least + step), step)
        }
    };
    let base = HEIGHT - BOTTOM;
    let days = (last - first).num_days().max(1) as f64;
    let y = |value: f64| tenth(base - (value - low) / (high - low) * (base - TOP));
    let ticks = (0..=((high - low) / step).round() as i64).map(|n| {
        let at = low + step * n as f64;
        Tick { y: y(at), text_y: y(at) + 4.0, value: grouped(&format!("{}", (at * 1000.0).round() / 1000.0)) }
    });
    let ticks: Vec<Tick> = ticks.collect();
    let longest = ticks.iter().map(|tick| tick.value.chars().count()).max().unwrap_or(0);
    let left = LEFT.max(tenth(longest as f64 * DIGIT + GAP));
    let x = |on: NaiveDate| match last == first {
        true => tenth((left + WIDTH - RIGHT) / 2.0),
        false => tenth(left + 8.0 + (on - first).num_days() as f64 / days * (WIDTH - left - RIGHT - 16.0)),
    };
    let line = |one: &Series| {
        let dots: Vec<Dot> = one.points.iter().map(|point| Dot { x: x(point.on), y: y(value(point)) }).collect();
        let points: Vec<String> = dots.iter().map(|dot| format!("{},{}", dot.x, dot.y)).collect();
        Line { points: points.join(" "), dots }
    };
    let way =
        |way: &Way| Segment { x1: x(way.from.on), y1: y(value(&way.from)), x2: x(way.to.on), y2: y(value(&way.to)) };
    let ends = if first == last { vec![(first, "middle")] } else { vec![(first, "start"), (last, "end")] };
    Some(LineChart {
        width: WIDTH,
        height: HEIGHT,
        left,
        label_x: left - GAP,
        right: WIDTH - RIGHT,
        base,
        ticks,
        days: ends.into_iter().map(|(on, anchor)| Day { x: x(on), anchor, words: day(on) }).collect(),
        lines: series.iter().map(line).collect(),
        ways: ways.iter().map(way).collect(),
    })
}

/// A number with its thousands apart, as it was written otherwise.
fn grouped(number: &str) -> String {
    let (sign, rest) = number.strip_prefix('-').map_or(("", number), |rest| ("-", rest));
    let (whole, fraction) = rest.find('.').map_or((rest, ""), |at| rest.split_at(at));
    if !whole.bytes().all(|byte| byte.is_ascii_digit()) {
        return number.to_owned();
    }
    let part = |(at, digit): (usize, char)| {
        let is_next = at > 0 && (whole.len() - at).is_multiple_of(3);
        is_next.then_some(',').into_iter().chain([digit])
    };
    let whole: String = whole.chars().enumerate().flat_map(part).collect();
    format!("{sign}{whole}{fraction}")
}

/// A rater: what they gave each dimension, and which of the lines is theirs wherever they stand.
#[derive(Deserialize)]
struct Rater {
    values: Vec<Option<i32>>,
    line: usize,
}

#[derive(Serialize)]
struct Radar {
    size: f64,
    center: f64,
    rings: Vec<String>,
    spokes: Vec<Spoke>,
    shapes: Vec<Shape>,
}

#[derive(Serialize)]
struct Shape {
    /// As `path` takes it: strokes between neighbours, and nothing across what was not observed.
    path: String,
    dots: Vec<Dot>,
    line: usize,
}

#[derive(Serialize)]
struct Spoke {
    x: f64,
    y: f64,
    text_x: f64,
    text_y: f64,
    n: usize,
}

fn radar(raters: &[Rater], min: i32, max: i32) -> Radar {
    let count = raters.iter().map(|rater| rater.values.len()).max().unwrap_or(0).max(1);
    let center = RADAR / 2.0;
    let at = |n: usize, radius: f64| {
        let turn = std::f64::consts::TAU * n as f64 / count as f64;
        Dot { x: tenth(center + radius * turn.sin()), y: tenth(center - radius * turn.cos()) }
    };
    // The lowest value is a small ring and not the middle, where all shapes would meet.
    let radius = |value: i32| RADIUS * (f64::from(value - min) + 1.0) / (f64::from(max - min) + 1.0);
    let joined = |dots: &[Dot]| {
        let points: Vec<String> = dots.iter().map(|dot| format!("{},{}", dot.x, dot.y)).collect();
        points.join(" ")
    };
    let ring = |value: i32| joined(&(0..count).map(|n| at(n, radius(value))).collect::<Vec<_>>());
    let shape = |rater: &Rater| {
        let dot = |n: usize| rater.values.get(n % count).copied().flatten().map(|value| at(n % count, radius(value)));
        let stroke = |n: usize| {
            let (from, to) = (dot(n)?, dot(n + 1)?);
            // A stroke that goes on has no second beginning, or its dashes would begin anew.
            let goes_on = n > 0 && dot(n - 1).is_some();
            let begins = if goes_on { String::new() } else { format!("M{},{}", from.x, from.y) };
            Some(format!("{begins}L{},{}", to.x, to.y))
        };
        Shape {
            path: (0..count).filter_map(stroke).collect(),
            dots: (0..count).filter_map(dot).collect(),
            line: rater.line,
        }
    };
    let spoke = |n: usize| {
        let (end, label) = (at(n, RADIUS), at(n, RADIUS + 18.0));
        Spoke { x: end.x, y: end.y, text_x: label.x, text_y: label.y + 5.0, n: n + 1 }
    };
    Radar {
        size: RADAR,
        center,
        rings: (min..=max).map(ring).collect(),
        spokes: (0..count).map(spoke).collect(),
        shapes: raters.iter().map(shape).collect(),
    }
}

/// A bar as long as its part of the longest, in whole per cent.
fn bars(values: &[i64]) -> Vec<i64> {
    let most = values.iter().copied().max().unwrap_or(0).max(1);
    values.iter().map(|value| (value.max(&0) * 100 / most).clamp(0, 100)).collect()
}

fn tenth(number: f64) -> f64 {
    (number * 10.0).round() / 10.0
}

pub(super) fn register(registry: &mut Handlebars<'static>) {
    gives(registry, "line_chart", |h, ctx| {
        let lang = reader(ctx)?.lang;
        let drawn = line_chart(&param::<Vec<Series>>(h, 0)?, &param::<Vec<Way>>(h, 1)?, &|on| dates::short(lang, on));
        serde_json::to_value(drawn).map_err(failed)
    });
    gives(registry, "radar_chart", |h, _| {
        let raters: Vec<Rater> = param(h, 0)?;
        serde_json::to_value(radar(&raters, param(h, 1)?, param(h, 2)?)).map_err(failed)
    });
    gives(registry, "grouped", |h, _| Ok(grouped(&param::<String>(h, 0)?).into()));
    gives(registry, "bar_lengths", |h, _| {
        #[derive(Deserialize)]
        struct Bar {
            thousandths: i64,
        }
        let values: Vec<i64> = param::<Vec<Bar>>(h, 0)?.into_iter().map(|bar| bar.thousandths).collect();
        serde_json::to_value(bars(&values)).map_err(failed)
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(on: &str, thousandths: i64) -> Point {
        Point { on: on.parse().expect("a date"), thousandths }
    }

    #[test]
    fn answers_on_a_scale_are_drawn_between_its_ends() {
        let points = vec![point("2030-03-04", 3_000), point("2030-04-04", 4_000)];
        let drawn =
            line_chart(&[Series { scale: Some((1, 5)), points }], &[], &|on| on.to_string()).expect("a drawing");
        let ticks: Vec<&str> = drawn.ticks.iter().map(|tick| tick.value.as_str()).collect();
        assert_eq!(ticks, ["1", "2", "3", "4", "5"]);
    }

    #[test]
    fn every_point_of_a_line_lies_inside_the_drawing_and_later_ones_to_the_right() {
        let series = [Series { scale: None, points: vec![point("2030-03-04", 60_000), point("2030-04-04", 75_000)] }];
        let ways = [Way { from: point("2030-03-01", 60_000), to: point("2030-06-28", 100_000) }];
        let drawn = line_chart(&series, &ways, &|on| on.to_string()).expect("a drawing");
        let dots = &drawn.lines[0].dots;
        assert!(dots.iter().all(|dot| (LEFT..=WIDTH - RIGHT).contains(&dot.x) && (TOP..=drawn.base).contains(&dot.y)));
        assert!(dots[0].x < dots[1].x && dots[0].y > dots[1].y);
        assert!(drawn.ways[0].x2 > dots[1].x);
        assert_eq!(drawn.ticks.first().map(|tick| tick.value.as_str()), Some("0"));
    }

    #[test]
    fn one_figure_alone_and_figures_that_never_change_are_drawn_too() {
        for points in [vec![point("2030-03-04", 0)], vec![point("2030-03-04", -5000), point("2030-03-05", -5000)]] {
            let drawn = line_chart(&[Series { scale: None, points }], &[], &|on| on.to_string()).expect("a drawing");
            assert!(drawn.lines[0].dots.iter().all(|dot| dot.x.is_finite() && dot.y.is_finite()));
            assert!(drawn.ticks.len() >= 2);
        }
        assert!(line_chart(&[], &[], &|on| on.to_string()).is_none());
    }

    #[test]
    fn numbers_of_the_axis_are_grouped_and_have_room_for_their_length() {
        let series = [Series {
            scale: None,
            points: vec![point("2030-03-04", 3_000_000_000), point("2030-04-04", 12_500_000_000)],
        }];
        let drawn = line_chart(&series, &[], &|on| on.to_string()).expect("a drawing");
        let labels: Vec<&str> = drawn.ticks.iter().map(|tick| tick.value.as_str()).collect();
        assert_eq!(labels, ["0", "5,000,000", "10,000,000", "15,000,000"]);
        assert!(drawn.label_x >= 10.0 * DIGIT && drawn.lines[0].dots[0].x > drawn.left);
        for (bare, apart) in [("999", "999"), ("-1000.5", "-1,000.5"), ("123456", "123,456"), ("1e9", "1e9"), ("", "")]
        {
            assert_eq!(grouped(bare), apart);
        }
    }

    #[test]
    fn a_radar_draws_no_line_across_what_was_not_observed() {
        let strokes = |values: &[Option<i32>]| {
            let drawn = radar(&[Rater { values: values.to_vec(), line: 0 }], 1, 5);
            let path = &drawn.shapes[0].path;
            (path.matches('M').count(), path.matches('L').count(), drawn.shapes[0].dots.len())
        };
        let (one, none) = (Some(3), None);
        assert_eq!(strokes(&[one, one, one, one]), (1, 4, 4));
        assert_eq!(strokes(&[one, none, one, one]), (1, 2, 3), "from the last on to the first");
        assert_eq!(strokes(&[one, none, one, none]), (0, 0, 2));
        assert_eq!(strokes(&[none, one, one, none, one, one]), (2, 2, 4));
    }

    #[test]
    fn a_radar_leaves_out_what_was_not_observed() {
        let rater = |values: [Option<i32>; 3], line| Rater { values: values.to_vec(), line };
        let raters = [rater([Some(1), None, Some(5)], 0), rater([Some(3), Some(3), Some(3)], 2)];
        let drawn = radar(&raters, 1, 5);
        assert_eq!(drawn.shapes[1].line, 2);
        assert_eq!((drawn.rings.len(), drawn.spokes.len()), (5, 3));
        assert_eq!((drawn.shapes[0].dots.len(), drawn.shapes[1].dots.len()), (2, 3));
        let far = |dot: &Dot| ((dot.x - drawn.center).powi(2) + (dot.y - drawn.center).powi(2)).sqrt();
        assert!(far(&drawn.shapes[0].dots[0]) < far(&drawn.shapes[0].dots[1]));
    }
}
