//! What views work out, without a plan around them.

use chrono::NaiveDate;

use super::{Point, Rated, Rater, Way, agenda, spreads};
use crate::engine::calendar::samples::date;
use crate::engine::release::{Dimension, Number};
use crate::engine::samples::text;
use crate::engine::vocabulary::{Role, StepId, StepKey};

fn point(on: &str, value: i64) -> Point {
    Point { on: date(on), value: Number(value * 1000) }
}

#[test]
fn a_way_rises_evenly_and_stays_where_it_leads() {
    let way = Way { start: point("2030-03-01", 60), end: point("2030-03-31", 75) };
    assert_eq!(way.at(date("2030-02-01")), Number(60_000));
    assert_eq!(way.at(date("2030-03-16")), Number(67_500));
    assert_eq!(way.at(date("2030-05-01")), Number(75_000));
    let down = Way { start: point("2030-03-01", 10), end: point("2030-03-11", 5) };
    assert_eq!(down.at(date("2030-03-03")), Number(9_000));
}

#[test]
fn the_longest_way_of_the_largest_figures_does_not_overflow() {
    let end = Point { on: NaiveDate::MAX, value: Number(i64::MAX) };
    let way = Way { start: Point { on: NaiveDate::MIN, value: Number(i64::MIN) }, end };
    assert!(way.at(date("2030-03-01")) <= Number(i64::MAX));
}

fn dimension(id: &str) -> Dimension {
    Dimension { id: id.to_owned(), source: None, label: text(id), help: None, low: None, middle: None, high: None }
}

fn rater(id: &str, times: &[&[(&str, i32)]]) -> Rater {
    let step = StepId(id.to_owned());
    let time = |values: &&[(&str, i32)]| Rated {
        key: StepKey::first(&step, None),
        on: date("2030-03-04"),
        values: values.iter().map(|(id, value)| ((*id).to_owned(), *value)).collect(),
        notes: [].into(),
    };
    let times = times.iter().map(time).collect();
    Rater { step: step.clone(), title: text(id), who: Role::Manager, is_team: false, asked: Vec::new(), times }
}

#[test]
fn the_agenda_begins_where_raters_are_furthest_apart_and_then_where_they_rate_lowest() {
    let dimensions = ["calm", "lets_go", "listens", "unseen"].map(dimension);
    let own = rater("own", &[&[("calm", 1), ("lets_go", 4)], &[("calm", 3), ("listens", 2)]]);
    let mentor = rater("mentor", &[&[("calm", 3), ("lets_go", 2), ("listens", 2)]]);
    let spread = spreads(&dimensions, &[own, mentor]);
    let gaps: Vec<Option<i32>> = spread.iter().map(|one| one.gap).collect();
    // The newest value of each counts, also where the last time left the dimension out.
    assert_eq!(gaps, [Some(0), Some(2), Some(0), None]);
    let asked: Vec<&str> = agenda(&spread, 3).iter().map(|one| one.dimension.id.as_str()).collect();
    assert_eq!(asked, ["lets_go", "listens", "calm"]);
}
