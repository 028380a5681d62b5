use super::samples::{calendar, date};
use super::*;
use proptest::prelude::*;

#[test]
fn the_first_day_is_the_first_working_day_on_or_after_the_effective_date() {
    assert_eq!(calendar().plan_date(date("2030-03-02"), 1), date("2030-03-04")); // Saturday to Monday
}

#[test]
fn a_holiday_pushes_the_count_and_is_named_in_the_reason() {
    let third = calendar().plan_day(date("2030-03-04"), 3); // Mon, Tue, (Wed off), Thu
    assert_eq!(third.date, date("2030-03-07"));
    assert_eq!(third.why.skipped.len(), 1);
    assert_eq!(third.why.skipped[0].date, date("2030-03-06"));
}

#[test]
fn a_holiday_that_a_count_backwards_passed_over_is_named_too() {
    let (c, due) = (calendar(), date("2030-03-08"));
    let opens = c.dated(c.before(due, 3), Anchor::Before { n: 3, due }, due);
    assert_eq!(opens.date, date("2030-03-04"));
    assert_eq!(opens.why.skipped[0].date, date("2030-03-06"));
}

#[test]
fn a_make_up_saturday_counts() {
    assert_eq!(calendar().plan_date(date("2030-03-04"), 5), date("2030-03-09"));
}

#[test]
fn a_day_that_is_not_published_yet_is_provisional() {
    assert!(calendar().is_provisional(date("2031-05-01")));
    assert!(calendar().is_provisional(date("2032-05-03")));
    assert!(!calendar().is_provisional(date("2030-05-02")));
}

#[test]
fn a_quarter_begins_and_ends_on_working_days() {
    let c = calendar();
    assert_eq!(c.quarter(date("2030-02-14"), 0, Quarter::Start), date("2030-01-01")); // a Tuesday, worked here
    assert_eq!(c.quarter(date("2030-02-14"), 0, Quarter::End), date("2030-03-29")); // the 31st is a Sunday
    assert_eq!(c.quarter(date("2030-11-14"), 1, Quarter::Start), date("2031-01-01"));
    assert_eq!(c.quarter(date("2030-11-14"), -4, Quarter::End), date("2029-12-31"));
}

#[test]
fn before_undoes_after_between_working_days() {
    let c = calendar();
    assert_eq!(c.before(c.after(date("2030-03-04"), 7), 7), date("2030-03-04"));
}

fn span(from: &str, until: &str) -> Span {
    Span { from: date(from), until: date(until) }
}

fn name(words: &str) -> Text {
    Text { en: words.to_owned(), zh_tw: words.to_owned() }
}

fn company(kind: OverrideKind, from: &str, until: &str) -> Override {
    Override { kind, span: span(from, until), name: name("Company") }
}

fn year(from: &str, until: &str, days: &[(&str, DayKind)]) -> Year {
    let days = days.iter().map(|(day, kind)| (date(day), (*kind, name(day)))).collect();
    Year { span: span(from, until), days }
}

#[test]
fn a_published_year_replaces_the_days_of_its_span_and_no_others() {
    let revised = year("2030-03-07", "2030-12-31", &[("2030-03-08", DayKind::Off)]);
    let c = calendar().with_year(&revised).expect("it meets the known days");
    assert!(!c.is_working(date("2030-03-06")), "before the span");
    assert!(!c.is_working(date("2030-03-08")), "a new day off");
    assert!(!c.is_working(date("2030-03-09")), "the make-up Saturday is gone");
    assert_eq!((c.known, c.provisional), (calendar().known, calendar().provisional));
}

#[test]
fn a_published_year_is_no_longer_provisional() {
    let c = calendar().with_year(&year("2031-01-01", "2031-12-31", &[("2031-01-01", DayKind::Off)]));
    let c = c.expect("it meets the known days");
    assert_eq!(c.provisional, None);
    assert!(!c.is_provisional(date("2031-05-02")));
    let half = calendar().with_year(&year("2031-01-01", "2031-06-30", &[])).expect("it meets the known days");
    assert_eq!(half.provisional, Some(span("2031-07-01", "2031-12-31")));
    let middle = calendar().with_year(&year("2031-03-01", "2031-06-30", &[])).expect("it meets the known days");
    assert_eq!(middle.provisional, calendar().provisional, "two pieces stay marked as one");
}

#[test]
fn a_year_after_the_known_ones_makes_them_longer_and_a_gap_is_refused() {
    let next = year("2032-01-01", "2032-12-31", &[]);
    let c = calendar().with_year(&next).expect("it follows the known days");
    assert_eq!(c.known, span("2030-01-01", "2032-12-31"));
    let later = year("2033-01-01", "2033-12-31", &[]);
    assert_eq!(calendar().with_year(&later), Err(Gap { known: calendar().known, year: later.span }));
    assert!(c.with_year(&later).is_ok());
    assert!(calendar().with_year(&year("2029-01-01", "2029-12-31", &[])).is_ok());
}

#[test]
fn company_days_stand_over_the_calendar_and_the_later_one_over_the_earlier() {
    let c = calendar().overridden(&[
        company(OverrideKind::Off, "2030-03-07", "2030-03-10"),
        company(OverrideKind::Worked, "2030-03-06", "2030-03-07"),
        company(OverrideKind::Half, "2030-03-11", "2030-03-11"),
    ]);
    assert_eq!(c.day(date("2030-03-06")).is, Is::Work, "the holiday is worked");
    assert_eq!(c.day(date("2030-03-07")).is, Is::Work);
    assert_eq!(c.day(date("2030-03-08")), DayIs { is: Is::Off, name: Some(name("Company")), freeze: None });
    assert_eq!(c.day(date("2030-03-09")).is, Is::Weekend, "the make-up Saturday is taken back");
    assert_eq!((c.day(date("2030-03-11")).is, c.is_working(date("2030-03-11"))), (Is::Half, true));
}

#[test]
fn in_a_freeze_people_work_and_nothing_counts() {
    let c = calendar().overridden(&[company(OverrideKind::Freeze, "2030-03-05", "2030-03-07")]);
    let second = c.plan_day(date("2030-03-04"), 2);
    assert_eq!(second.date, date("2030-03-08"));
    assert_eq!(second.why.passed[0].cause, PassedCause::Freeze(name("Company")));
    assert!(c.is_working(date("2030-03-05")) && !c.counts(date("2030-03-05")));
    assert_eq!(c.day(date("2030-03-05")).freeze, Some(name("Company")));
    assert_eq!(c.day(date("2030-03-06")).freeze, None, "a holiday in a freeze is a holiday");
}

#[test]
fn what_differs_is_told_day_by_day_with_its_names() {
    let revised = year("2030-01-01", "2030-12-31", &[("2030-03-06", DayKind::Off), ("2030-03-08", DayKind::Half)]);
    let c = calendar().with_year(&revised).expect("it meets the known days");
    let differing = calendar().differing(&c);
    let told: Vec<_> = differing.iter().map(|(day, was, now)| (day.to_string(), was.is, now.is)).collect();
    let told: Vec<_> = told.iter().map(|(day, was, now)| (day.as_str(), *was, *now)).collect();
    let expected = [
        ("2030-03-06", Is::Off, Is::Off), // another name
        ("2030-03-08", Is::Work, Is::Half),
        ("2030-03-09", Is::MakeUp, Is::Weekend),
    ];
    assert_eq!(told, expected);
}

proptest! {
    #[test]
    fn plan_days_are_worked_strictly_ordered_and_counted_back(offset in 0u64..600, n in 1u16..260) {
        let c = calendar();
        let effective = date("2030-01-01") + Days::new(offset);
        let (this, next) = (c.plan_date(effective, n), c.plan_date(effective, n + 1));
        prop_assert!(c.is_working(this) && this >= effective && this < next);
        prop_assert_eq!(c.plan_day_of(effective, this), n);
    }
}
