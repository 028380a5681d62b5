//! Reports, farewells and HR's week, as people read them.

use scraper::{ElementRef, Html, Selector};

use super::*;

letters! {
    a_report_with_everything => Body::Checkpoint(checkpoint());
    a_report_on_a_plan_that_has_not_moved => Body::Checkpoint(bare_checkpoint());
    a_farewell => Body::Graduation(graduation());
    a_farewell_without_a_mentor => Body::Graduation(graduation_without_mentor());
}

pages! {
    a_report_in_html => Body::Checkpoint(checkpoint());
    a_farewell_in_html => Body::Graduation(graduation());
}

#[test]
fn beside_each_bar_of_a_report_stands_its_number() {
    let page = Html::parse_document(&as_html(Lang::En, Body::Checkpoint(checkpoint())));
    let all = |selector: &str| Selector::parse(selector).expect("a selector");
    let bars: Vec<ElementRef> = page.select(&all("table.bar")).collect();
    assert_eq!(bars.len(), 1 + checkpoint().modules.len());
    assert!(bars.iter().all(|bar| bar.attr("aria-hidden") == Some("true")));
    let cells: Vec<String> = page.select(&all("td.cell")).map(|cell| cell.text().collect()).collect();
    let numbers: Vec<String> = checkpoint().modules.iter().map(|module| format!("({}%)", module.percent)).collect();
    assert!(cells.iter().zip(&numbers).all(|(cell, number)| cell.contains(number)), "{cells:?}");
}

#[test]
fn what_is_wrong_with_a_plan_stands_in_the_sheet_too() {
    let renderer = renderer();
    let sheet = crate::mail::sheet::of_the_week(&digest(), Lang::En, renderer);
    let grace = sheet.lines().find(|line| line.contains("Grace Chen")).expect("a row");
    assert!(grace.contains("3 steps are overdue, the oldest for 12 working days. Work has waited"), "{grace}");
    let oscar = sheet.lines().find(|line| line.contains("Oscar Yeh")).expect("a row");
    assert!(oscar.contains("\"running\",\"\",\"https://"), "{oscar}");
}

#[test]
fn a_digest_names_a_plan_that_is_late_once_at_risk_or_not() {
    let text = as_text(Lang::En, Body::Digest(digest()));
    assert!(text.contains("At risk: Grace Chen") && !text.contains("Grace Chen has 3 steps overdue"), "{text}");
    assert!(text.contains("has 1 step overdue") && !text.contains("At risk: Oscar Yeh"), "{text}");
}
