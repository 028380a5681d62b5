use chrono_tz::Asia;
use proptest::prelude::*;

use super::cells::{Amounts, Dates};
use super::*;

fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn march() -> Span {
    Span { from: date("2026-03-01"), until: date("2026-03-31") }
}

fn table(columns: &[&str], rows: &[&[&str]]) -> Table {
    let row = |(line, cells): (u64, &&[&str])| Row { line, cells: cells.iter().map(|&cell| cell.to_owned()).collect() };
    let columns = columns.iter().map(|&name| name.to_owned()).collect();
    Table { columns, rows: (2..).zip(rows).map(row).collect(), by_semicolons: false }
}

fn rule(how: How) -> Rule {
    Rule {
        how,
        column: String::new(),
        until: String::new(),
        dated: String::new(),
        only: String::new(),
        says: Vec::new(),
        in_thousands: false,
    }
}

fn deals() -> Table {
    table(
        &["Deal", "Stage", "Amount", "Created", "Closed"],
        &[
            &["A", "Won", "NT$120,000", "2026-02-10", "2026-03-05"],
            &["B", "won", "80000", "2026-03-01", "2026/3/21"],
            &["C", "Quotation", "", "2026-03-09", ""],
            &["D", "Won", "500000", "2026-01-01", "2026-04-02"],
            &["E", "Won", "see notes", "2026-03-02", "2026-03-30"],
            &["F", "Lost", "90,000", "2026-03-15", "soon"],
        ],
    )
}

fn won() -> Rule {
    Rule { dated: "Closed".into(), only: "Stage".into(), says: vec!["WON".into()], ..rule(How::Count) }
}

#[test]
fn rows_are_counted_that_say_so_and_belong_to_the_period() {
    assert_eq!(
        deals().work(&won(), march(), Asia::Taipei),
        Ok(Worked { value: Some("3".into()), rows: 3, unread: vec![], is_unsaid: false })
    );
    let created = Rule { dated: "Created".into(), ..rule(How::Count) };
    assert_eq!(deals().work(&created, march(), Asia::Taipei).map(|worked| worked.value), Ok(Some("4".into())));
    // Nothing counted is a figure as well.
    let none = Rule { says: vec!["Agreed".into()], ..won() };
    let none = deals().work(&none, march(), Asia::Taipei);
    assert_eq!(none, Ok(Worked { value: Some("0".into()), rows: 0, unread: vec![], is_unsaid: true }));
}

#[test]
fn a_mean_leaves_out_what_does_not_read_and_says_where_it_stands() {
    let size = Rule { how: How::Mean, column: "Amount".into(), in_thousands: true, ..won() };
    assert_eq!(
        deals().work(&size, march(), Asia::Taipei),
        Ok(Worked { value: Some("100".into()), rows: 2, unread: vec![6], is_unsaid: false })
    );
    let any = Rule { only: String::new(), says: Vec::new(), ..size };
    assert_eq!(deals().work(&any, march(), Asia::Taipei).map(|worked| worked.unread), Ok(vec![6, 7]));
}

#[test]
fn a_stage_that_holds_a_comma_counts_and_so_does_each_of_several() {
    let stages = table(&["Stage"], &[&["Closed, won"], &["Closed, lost"], &["signed"], &["won"], &["quoted"]]);
    let count = |says: &str| {
        let rule = Rule { only: "Stage".into(), says: vec![says.into()], ..rule(How::Count) };
        stages.work(&rule, march(), Asia::Taipei).map(|worked| worked.rows)
    };
    assert_eq!(count("signed，Closed, lost"), Ok(2));
    assert_eq!(count("closed, won"), Ok(2), "won alone was typed as well");
    assert_eq!(count("Signed、quoted"), Ok(2));
    assert_eq!(count("sign, quote"), Ok(0));
    assert_eq!(count(" , "), Err(Unworked::NoWords));
    assert_eq!(stages.words("Stage", 2), (vec!["Closed, won", "Closed, lost"], true));
    assert!(!stages.words("Stage", 5).1);
}

#[test]
fn a_cycle_is_the_mean_of_days_from_one_date_to_another() {
    let cycle = Rule { how: How::Days, column: "Created".into(), until: "Closed".into(), ..won() };
    // 23, 20 and 28 days.
    assert_eq!(deals().work(&cycle, march(), Asia::Taipei).map(|worked| worked.value), Ok(Some("23.7".into())));
}

#[test]
fn a_file_with_a_row_for_each_month_gives_what_its_last_row_says() {
    let months = table(&["月份", "離職"], &[&["2026/3/1", "1"], &["2026/3/31", "2"], &["2026/4/30", "0"]]);
    let left = Rule { column: "離職".into(), dated: "月份".into(), ..rule(How::Last) };
    assert_eq!(months.work(&left, march(), Asia::Taipei).map(|worked| worked.value), Ok(Some("2".into())));
}

#[test]
fn what_no_row_says_is_no_figure() {
    let size = Rule { column: "Amount".into(), says: vec!["Agreed".into()], ..Rule { how: How::Mean, ..won() } };
    let nothing = Worked { value: None, rows: 0, unread: vec![], is_unsaid: true };
    assert_eq!(deals().work(&size, march(), Asia::Taipei), Ok(nothing));
}

#[test]
fn a_column_that_is_missing_is_named() {
    let size = Rule { column: "Betrag".into(), ..rule(How::Sum) };
    assert_eq!(deals().work(&size, march(), Asia::Taipei), Err(Unworked::NoColumn("Betrag".into())));
    assert_eq!(deals().work(&rule(How::Sum), march(), Asia::Taipei), Err(Unworked::Unnamed));
    let half = Rule { says: Vec::new(), ..won() };
    assert_eq!(deals().work(&half, march(), Asia::Taipei), Err(Unworked::NoWords));
    let half = Rule { only: String::new(), ..won() };
    assert_eq!(deals().work(&half, march(), Asia::Taipei), Err(Unworked::Unnamed));
}

#[test]
fn a_row_whose_cells_slipped_or_a_line_of_words_is_no_case_and_is_named() {
    let slipped = table(
        &["Deal", "Stage", "Amount"],
        &[
            &["A", "Won", "1200"],
            &["B", "Won", "1", "200"],
            &["C", "Won", "300", "", ""],
            &["D", "Won"],
            &["Exported by the CRM"],
        ],
    );
    let count = slipped.work(&rule(How::Count), march(), Asia::Taipei);
    assert_eq!(count, Ok(Worked { value: Some("3".into()), rows: 3, unread: vec![3, 6], is_unsaid: false }));
    let sum = Rule { column: "Amount".into(), ..rule(How::Sum) };
    let sum = slipped.work(&sum, march(), Asia::Taipei);
    assert_eq!(sum, Ok(Worked { value: Some("1500".into()), rows: 2, unread: vec![3, 6], is_unsaid: false }));
}

#[test]
fn a_moment_with_its_zone_is_of_the_managers_day() {
    let dates = Dates::of(std::iter::empty(), Asia::Taipei);
    for cell in ["2026-03-31T16:00:00Z", "2026-03-31 16:00:00.000 +00:00", "2026-03-31T18:00:00+0200"] {
        assert_eq!(dates.read(cell), Ok(Some(date("2026-04-01"))), "{cell}");
    }
    assert_eq!(dates.read("2026-03-31T23:30:00"), Ok(Some(date("2026-03-31"))));
}

#[test]
fn numbers_read_as_programs_export_them() {
    let any = Amounts::of(std::iter::empty(), false);
    for (cell, thousandths) in [
        ("1,250,000", 1_250_000_000),
        ("NT$ 1,200", 1_200_000),
        ("-$30", -30_000),
        ("(1,200)", -1_200_000),
        ("１２．５", 12_500),
        ("24%", 24_000),
        ("118.123456", 118_123),
        ("14 天", 14_000),
    ] {
        assert_eq!(any.read(cell), Ok(Some(Number(thousandths))), "{cell}");
    }
    assert_eq!(any.read(" "), Ok(None));
    for cell in ["1.2.3", "12 or 13", "1,20", "#REF!", "1e5"] {
        assert_eq!(any.read(cell), Err(()), "{cell}");
    }
}

#[test]
fn a_column_or_the_file_tells_whether_the_comma_is_the_decimal_sign() {
    let read = |cells: &[&str], by_semicolons| {
        let amounts = Amounts::of(cells.iter().copied(), by_semicolons);
        cells.iter().map(|cell| amounts.read(cell).ok().flatten().map(|number| number.0)).collect::<Vec<_>>()
    };
    let european = read(&["500.000", "1.234,56 €", "1500,5", "-2.000.000", "1\u{202f}200,5", "12.5"], false);
    assert_eq!(
        european,
        [Some(500_000_000), Some(1_234_560), Some(1_500_500), Some(-2_000_000_000), Some(1_200_500), None]
    );
    assert_eq!(read(&["1,200", "3.5"], true), [Some(1_200_000), Some(3_500)]);
    // Either may be meant: then the file decides.
    assert_eq!(read(&["500.000"], true), [Some(500_000_000)]);
    assert_eq!(read(&["500.000", "1,200"], false), [Some(500_000), Some(1_200_000)]);
    assert_eq!(read(&["0,500"], false), [Some(500)]);
}

#[test]
fn dates_with_points_begin_with_the_day_and_a_guess_is_told() {
    let dotted = table(&["on"], &[&["01.10.2026"], &["02.10.2026"]]);
    assert_eq!(Dates::of(dotted.cells(0), Asia::Taipei).read("01.10.2026"), Ok(Some(date("2026-10-01"))));
    assert_eq!(dotted.guessed("on", Asia::Taipei), None);
    let slashed = table(&["on"], &[&[""], &["5/5/2026"], &["01/10/2026"]]);
    assert_eq!(slashed.guessed("on", Asia::Taipei), Some(("01/10/2026", date("2026-01-10"))));
    let shown = table(&["on"], &[&["01/10/2026"], &["01/31/2026"]]);
    assert_eq!(shown.guessed("on", Asia::Taipei), None);
    assert_eq!(slashed.guessed("off", Asia::Taipei), None);
    // Another column of the same file shows it.
    let both = table(&["opened", "closed"], &[&["1/11/2026", "13/11/2026"]]);
    assert_eq!(both.guessed("opened", Asia::Taipei), None);
}

#[test]
fn dates_read_as_programs_export_them() {
    let any = Dates::of(std::iter::empty(), Asia::Taipei);
    for cell in [
        "2026-03-05",
        "2026/3/5",
        "2026.03.05",
        "2026年3月5日",
        "115/03/05",
        "20260305",
        "1150305",
        "3/5/2026",
        "2026-03-05T09:30:00",
        "2026/3/5 上午 09:30",
    ] {
        assert_eq!(any.read(cell), Ok(Some(date("2026-03-05"))), "{cell}");
    }
    for cell in ["soon", "2026-02-30", "05/03/26", "2026-03", "1/2/3/2026"] {
        assert_eq!(any.read(cell), Err(()), "{cell}");
    }
}

#[test]
fn one_day_past_the_twelfth_tells_how_a_column_is_written() {
    let european = Dates::of(["05/03/2026", "25/03/2026"].into_iter(), Asia::Taipei);
    assert_eq!(european.read("05/03/2026"), Ok(Some(date("2026-03-05"))));
    let american = Dates::of(["03/05/2026", "03/25/2026"].into_iter(), Asia::Taipei);
    assert_eq!(american.read("03/05/2026"), Ok(Some(date("2026-03-05"))));
}

proptest! {
    #[test]
    fn a_sum_is_that_of_its_rows(values in prop::collection::vec(-1_000_000_000..1_000_000_000_i64, 1..50)) {
        let cells: Vec<String> = values.iter().map(|value| Number(*value).to_string()).collect();
        let rows: Vec<[&str; 1]> = cells.iter().map(|cell| [cell.as_str()]).collect();
        let rows: Vec<&[&str]> = rows.iter().map(|row| row.as_slice()).collect();
        let sum = Rule { column: "n".into(), ..rule(How::Sum) };
        let worked = table(&["n"], &rows).work(&sum, march(), Asia::Taipei).expect("a sum");
        prop_assert_eq!(worked.value, Some(Number(values.iter().sum()).to_string()));
    }

    #[test]
    fn any_date_reads_back_however_it_is_written(days in 0..60_000_i32) {
        let on = date("1950-01-01") + chrono::TimeDelta::days(days.into());
        let any = Dates::of(std::iter::empty(), Asia::Taipei);
        for written in ["%Y-%m-%d", "%Y/%-m/%-d", "%m/%d/%Y", "%Y年%-m月%-d日", "%Y-%m-%d %H:%M"] {
            let cell = on.and_hms_opt(8, 5, 0).expect("an hour").format(written).to_string();
            prop_assert_eq!(any.read(&cell), Ok(Some(on)));
        }
    }

    #[test]
    fn no_cell_is_too_strange(cell in ".{0,40}") {
        let cells = || [cell.as_str()].into_iter();
        let _ = (Amounts::of(cells(), true).read(&cell), Dates::of(cells(), Asia::Taipei).read(&cell));
    }
}
